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
            Ok(agenda::view(&world, &ask, self.1.as_ref(), (moment, self.0.context.config.address())))
        })
    }
}
