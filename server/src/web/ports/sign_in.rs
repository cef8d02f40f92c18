//! The page for signing in.

use app::{
    features::sign_in::port::{PersonaCard, SignInPort, SignInView},
    port::Answer,
};

use super::{Ports, unavailable};
use crate::{demo, web::sign_in::offers_personas};

impl SignInPort for Ports {
    fn ways(&self) -> Answer<'_, SignInView> {
        Box::pin(async move {
            if !offers_personas(&self.0).await.map_err(unavailable)? {
                return Ok(if self.0.github.is_some() { SignInView::GitHub } else { SignInView::Nothing });
            }
            let card = |persona: demo::Persona| PersonaCard {
                id: persona.id,
                login: persona.login.to_owned(),
                name: persona.name.to_owned(),
                role: persona.role.to_owned(),
                try_this: persona.try_this.to_owned(),
            };
            Ok(SignInView::Personas(demo::personas().into_iter().map(card).collect()))
        })
    }
}
