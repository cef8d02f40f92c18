//! The pages about slips.

use app::{
    features::slips::port::{ReleaseSlipsView, SlipsPort, SlipsView},
    port::{Answer, PageError},
    query::{At, ReleaseChoice},
};

use super::{Ports, releases::chosen, unavailable};
use crate::web::{slips, views};

impl SlipsPort for Ports {
    fn release_slips(&self, choice: ReleaseChoice, at: At) -> Answer<'_, ReleaseSlipsView> {
        Box::pin(async move {
            let moment = views::moment(at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let version = chosen(&world, choice, moment)?;
            let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
            Ok(slips::release(&world, release, moment))
        })
    }

    fn slips(&self, at: At) -> Answer<'_, SlipsView> {
        Box::pin(async move {
            let moment = views::moment(at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            Ok(slips::over(&world, moment))
        })
    }
}
