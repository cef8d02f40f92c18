//! The agenda.

use app::{
    features::agenda::port::{AgendaAsk, AgendaPort, AgendaView},
    port::Answer,
};

use super::{Ports, unavailable};
use crate::web::{agenda, views};

impl AgendaPort for Ports {
    fn agenda(&self, ask: AgendaAsk) -> Answer<'_, AgendaView> {
        Box::pin(async move {
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let mut view = agenda::view(&world, &ask, self.1.as_ref(), (moment, self.0.context.config.address()));
            let meetings = self.meetings_of(&world).await.map_err(unavailable)?;
            for part in &mut view.parts {
                let of_sig = meetings.iter().filter(|meeting| meeting.of.sig() == Some(part.sig.as_str()));
                let next = of_sig.filter_map(|meeting| Some((meeting.clone(), meeting.next(moment.instant())?)));
                part.next = next.min_by_key(|(_, at)| *at);
            }
            Ok(view)
        })
    }
}
