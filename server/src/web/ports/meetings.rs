//! When SIGs and the release team meet.

use app::{
    features::meetings::port::{Line, MeetingsPort, MeetingsView},
    port::Answer,
};
use domain::{Action, meeting::Meeting, representation::Seat};

use super::{Ports, unavailable};
use crate::{
    config::is_admin,
    store::{
        self,
        calendar::{self, KeptList},
        meeting, setting,
    },
    usecases::keep_list::{can_undo, may, standing},
    verdicts::World,
};

impl MeetingsPort for Ports {
    fn meetings(&self) -> Answer<'_, MeetingsView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            self.list_of_meetings(&world).await.map_err(unavailable)
        })
    }
}

impl Ports {
    /// The meetings of the main calendar.
    pub(super) async fn meetings_of(&self, world: &World) -> store::Result<Vec<Meeting>> {
        let calendar = world.main_calendar().map_or("", |calendar| calendar.id.as_str());
        meeting::of_calendar(&mut *self.0.context.pool.acquire().await?, calendar).await
    }

    async fn list_of_meetings(&self, world: &World) -> store::Result<MeetingsView> {
        let now = self.0.context.clock.now();
        let mut conn = self.0.context.pool.acquire().await?;
        let calendar = world.main_calendar().map_or("", |calendar| calendar.id.as_str());
        let history = calendar::history_of(&mut conn, calendar, KeptList::Meetings).await?;
        let demo = setting::is_demo(&mut conn).await?;
        let viewer = self.1.as_ref();
        let standing =
            viewer.map(|person| standing(world, person, is_admin(&self.0.context.config, demo, person), now));
        drop(conn);
        let mine =
            |seat: &Seat| standing.as_ref().is_some_and(|standing| may(Action::KeepMeetings, standing, seat).is_ok());
        let line = |one: Meeting| Line { next: one.next(now), may: mine(&one.of), meeting: one };
        let mut lines: Vec<_> = self.meetings_of(world).await?.into_iter().map(line).collect();
        lines.sort_by(|a, b| (a.next, &a.meeting.title).cmp(&(b.next, &b.meeting.title)));
        Ok(MeetingsView {
            lines,
            seats: world.seats().into_iter().filter(mine).collect(),
            seen: history.last().map_or(0, |last| last.id),
            undo: viewer.is_some_and(|person| can_undo(&history, person, now)),
            today: now.date_naive(),
        })
    }
}
