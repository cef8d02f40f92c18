//! Who speaks for whom in which week.

use app::{
    features::representation::port::{Line, RepresentationPort, RepresentationView, SeatRow},
    port::Answer,
};
use domain::{Action, Week, representation::Seat};

use super::{Ports, unavailable};
use crate::{
    config::is_admin,
    store::{
        self,
        calendar::{self, KeptList},
        setting,
    },
    usecases::keep_list::{can_undo, may, standing},
    verdicts::World,
};

/// How many weeks the page shows, the one before the present included.
const WEEKS: usize = 9;

impl RepresentationPort for Ports {
    fn representation(&self) -> Answer<'_, RepresentationView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            self.representatives(&world).await.map_err(unavailable)
        })
    }
}

impl Ports {
    async fn representatives(&self, world: &World) -> store::Result<RepresentationView> {
        let now = self.0.context.clock.now();
        let present = Week::of(now);
        let mut conn = self.0.context.pool.acquire().await?;
        let calendar = world.main_calendar().map_or("", |calendar| calendar.id.as_str());
        let history = calendar::history_of(&mut conn, calendar, KeptList::Representation).await?;
        let demo = setting::is_demo(&mut conn).await?;
        let viewer = self.1.as_ref();
        let standing =
            viewer.map(|person| standing(world, person, is_admin(&self.0.context.config, demo, person), now));
        let mine =
            |seat: &Seat| standing.as_ref().is_some_and(|standing| may(Action::Represent, standing, seat).is_ok());
        let roster = world.representatives();
        let weeks: Vec<Week> =
            std::iter::successors(Some(present.previous()), |week| Some(week.next())).take(WEEKS).collect();
        let seats = world.seats();
        let row = |seat: &Seat| SeatRow {
            seat: seat.clone(),
            kept: roster.iter().any(|one| one.seat == *seat),
            weeks: weeks
                .iter()
                .map(|week| {
                    roster.iter().find(|one| one.seat == *seat && one.in_week(*week)).map(|one| one.login.clone())
                })
                .collect(),
        };
        let line = |one: &domain::representation::Representative| Line {
            key: format!("{},{}", one.seat.slug(), one.from),
            one: one.clone(),
            over: one.to.is_some_and(|to| to < present),
            may: mine(&one.seat),
        };
        Ok(RepresentationView {
            present,
            weeks: weeks.clone(),
            rows: seats.iter().map(row).collect(),
            gaps: world.representation_gaps(now),
            lines: roster.iter().map(line).collect(),
            seats: seats.iter().filter(|seat| mine(seat)).cloned().collect(),
            seen: history.last().map_or(0, |last| last.id),
            undo: viewer.is_some_and(|person| can_undo(&history, person, now)),
        })
    }
}
