//! Check-ins.

use app::{
    features::check_ins::port::{CheckInsPort, CommentsView, HeatView, MinutesView, WeekAsk, WeekView},
    port::{Answer, PageError},
    query::{At, ReleaseChoice},
};

use super::{Ports, unavailable};
use crate::{
    store::StoreError,
    web::check_ins::{self, comments_by_people},
};

impl Ports {
    async fn week_of(&self, ask: WeekAsk) -> Result<WeekView, PageError> {
        let world = self.0.verdicts.world().await.map_err(unavailable)?;
        let now = self.0.context.clock.now();
        let mut conn = self.0.context.pool.acquire().await.map_err(|error| unavailable(StoreError::from(error)))?;
        let comments = comments_by_people(&mut conn, &world, now).await.map_err(unavailable)?;
        check_ins::week(&world, ask, self.1.as_ref(), &comments, now)
    }
}

impl CheckInsPort for Ports {
    fn week(&self, ask: WeekAsk) -> Answer<'_, WeekView> {
        Box::pin(self.week_of(ask))
    }

    fn comments(&self, ask: WeekAsk) -> Answer<'_, CommentsView> {
        Box::pin(async move {
            let view = self.week_of(ask).await?;
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let mut conn = self.0.context.pool.acquire().await.map_err(|error| unavailable(StoreError::from(error)))?;
            check_ins::comments(&mut conn, &self.0.context.config, &world, &view).await.map_err(unavailable)
        })
    }

    fn minutes(&self, ask: WeekAsk) -> Answer<'_, MinutesView> {
        Box::pin(async move {
            let view = self.week_of(ask).await?;
            Ok(check_ins::minutes(&self.0.context.config, &view))
        })
    }

    fn heat(&self, release: ReleaseChoice, at: At) -> Answer<'_, HeatView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            check_ins::heat(&world, release, at, self.0.context.clock.now())
        })
    }
}
