//! One's own page.

use app::{
    features::me::port::{MePort, MeView},
    port::{Answer, PageError},
};

use super::{Ports, unavailable};
use crate::web::me;

impl MePort for Ports {
    fn me(&self) -> Answer<'_, MeView> {
        Box::pin(async move {
            let person =
                self.1.as_ref().ok_or_else(|| PageError::NotFound("Your page: without signing in it".to_owned()))?;
            me::view(&self.0, person).await.map_err(unavailable)
        })
    }
}
