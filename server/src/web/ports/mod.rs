//! The ports of the app, implemented by delegating to the verdict cache and the store.

mod dashboard;
mod frame;
mod proposal;
mod proposals;
mod releases;
mod settings;

use std::sync::Arc;

use app::{
    features::{
        dashboard::port::DashboardPort, frame::port::FramePort, proposal::port::ProposalPort,
        proposals::port::ProposalListPort, releases::port::ReleasesPort, settings::port::SettingsPort,
    },
    port::PageError,
};
use leptos::prelude::provide_context;

use super::AppState;
use crate::store::StoreError;

/// Implements every port over the state.
pub struct Ports(pub AppState);

/// Puts the ports into the context of a page.
pub fn provide(state: &AppState) {
    let ports = Arc::new(Ports(state.clone()));
    provide_context::<Arc<dyn FramePort>>(ports.clone());
    provide_context::<Arc<dyn DashboardPort>>(ports.clone());
    provide_context::<Arc<dyn ProposalListPort>>(ports.clone());
    provide_context::<Arc<dyn ProposalPort>>(ports.clone());
    provide_context::<Arc<dyn ReleasesPort>>(ports.clone());
    provide_context::<Arc<dyn SettingsPort>>(ports);
}

/// What people read when the database fails; the log gets the rest, once.
fn unavailable(error: StoreError) -> PageError {
    tracing::error!(%error, "reading for a page");
    PageError::Unavailable(
        "The database does not answer at the moment. Nothing is lost; try again in a minute.".to_owned(),
    )
}
