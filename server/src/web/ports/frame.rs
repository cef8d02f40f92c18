//! What every page shows around its content.

use app::{
    features::frame::port::{Frame, FramePort},
    port::Answer,
    query::At,
};

use super::{Ports, unavailable};
use crate::web::health;

impl FramePort for Ports {
    fn frame(&self, at: At) -> Answer<'_, Frame> {
        Box::pin(async move {
            let now = self.0.context.clock.now();
            let read = async {
                let mut conn = self.0.context.pool.acquire().await?;
                health::age(&mut conn, &self.0.context.config, now).await
            };
            let age = read.await.map_err(unavailable)?;
            Ok(Frame {
                demo: age.demo,
                now,
                at: at.instant(),
                data_as_of: age.data_as_of,
                stale: age.stale,
                from_github: age.origin == health::Origin::GitHub,
                version: env!("CARGO_PKG_VERSION").to_owned(),
            })
        })
    }
}
