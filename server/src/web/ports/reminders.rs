//! Reminders.

use app::{
    features::reminders::port::{LinkView, ReminderListView, RemindersPort},
    port::{Answer, PageError},
};

use super::{Ports, unavailable};
use crate::{
    store::{person, subscription},
    web::reminders,
};

impl RemindersPort for Ports {
    fn reminders(&self) -> Answer<'_, ReminderListView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let selection = reminders::select(&self.0).await.map_err(unavailable)?;
            Ok(ReminderListView {
                any_proposal: !world.proposals.is_empty(),
                mail: self.0.context.config.mail.is_configured(),
                overdue: reminders::due(&world, &selection.overdue, &selection.earlier),
                due: reminders::due(&world, &selection.due, &selection.earlier),
                sent: selection.sent.iter().map(|one| reminders::sent(&world, one)).collect(),
            })
        })
    }

    fn reminder_link(&self, token: String) -> Answer<'_, LinkView> {
        Box::pin(async move {
            let missing = || PageError::NotFound("This link".to_owned());
            let mut conn = self.0.context.pool.acquire().await.map_err(|error| unavailable(error.into()))?;
            let kept = subscription::by_token(&mut conn, &token).await.map_err(unavailable)?.ok_or_else(missing)?;
            let person = person::find(&mut conn, kept.person).await.map_err(unavailable)?.ok_or_else(missing)?;
            let address = kept.address.ok_or_else(missing)?;
            let confirmed = kept.confirmed_at.is_some();
            Ok(LinkView { login: person.login, address, confirmed, cadence: kept.cadence, token: kept.token })
        })
    }
}
