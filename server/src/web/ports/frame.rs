//! What every page shows around its content.

use app::{
    features::frame::port::{Frame, FramePort},
    port::Answer,
    query::At,
};

use super::{Ports, unavailable};
use crate::{
    store::{self, import_run, setting},
    web::health::STALE_AFTER,
};

impl FramePort for Ports {
    fn frame(&self, at: At) -> Answer<'_, Frame> {
        Box::pin(async move {
            let now = self.0.context.clock.now();
            let read = async {
                let mut conn = self.0.context.pool.acquire().await?;
                let demo = setting::get(&mut conn, setting::DEMO).await?;
                store::Result::Ok((demo == Some(true.into()), import_run::last_read(&mut conn).await?))
            };
            let (demo, data_as_of) = read.await.map_err(unavailable)?;
            Ok(Frame {
                demo,
                now,
                at: at.instant(),
                data_as_of,
                stale: data_as_of.is_some_and(|read| now - read > STALE_AFTER) && !demo,
                version: env!("CARGO_PKG_VERSION").to_owned(),
            })
        })
    }
}
