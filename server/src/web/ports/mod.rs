//! The ports of the app, implemented by delegating to the verdict cache and the store.

mod agenda;
pub mod announcements;
mod api;
mod around;
mod candidates;
mod check_ins;
mod checklist;
mod dashboard;
mod decide;
mod decisions;
mod diagnostics;
mod exceptions;
mod frame;
pub mod freeze_day;
mod me;
mod meetings;
mod mismatches;
mod outbox;
mod plan;
mod proposal;
mod proposals;
mod pulls;
mod releases;
mod reminders;
mod representation;
mod rosters;
mod settings;
mod sign_in;
mod slips;
mod start;
mod sync;

use std::sync::Arc;

use app::{
    features::{
        agenda::port::AgendaPort, announcements::port::AnnouncementsPort, api::port::ApiPort,
        candidates::port::CandidatesPort, check_ins::port::CheckInsPort, checklist::port::ChecklistPort,
        dashboard::port::DashboardPort, decide::port::DecidePort, decisions::port::DecisionsPort,
        diagnostics::port::DiagnosticsPort, frame::port::FramePort, freeze_day::port::FreezePort, me::port::MePort,
        meetings::port::MeetingsPort, mismatches::port::MismatchesPort, outbox::port::OutboxPort, plan::port::PlanPort,
        proposal::port::ProposalPort, proposals::port::ProposalListPort, pulls::port::PullsPort,
        releases::port::ReleasesPort, reminders::port::RemindersPort, representation::port::RepresentationPort,
        rosters::port::RostersPort, settings::port::SettingsPort, sign_in::port::SignInPort, slips::port::SlipsPort,
        start::port::StartPort, sync::port::SyncPort,
    },
    port::PageError,
};
use leptos::prelude::provide_context;

use super::AppState;
use crate::store::{StoreError, person::Person};
pub use checklist::{summary as checklist_summary, table as checklists};
pub use plan::view as plan;
pub use releases::chosen;
pub use start::beginning;
pub use sync::runs;

/// Implements every port over the state, for whoever looks.
pub struct Ports(pub AppState, pub Option<Person>);

/// Puts the ports into the context of a page.
pub fn provide(state: &AppState, viewer: Option<&Person>) {
    let ports = Arc::new(Ports(state.clone(), viewer.cloned()));
    provide_context::<Arc<dyn app::features::exceptions::port::ExceptionsPort>>(ports.clone());
    provide_context::<Arc<dyn FramePort>>(ports.clone());
    provide_context::<Arc<dyn ApiPort>>(ports.clone());
    provide_context::<Arc<dyn AnnouncementsPort>>(ports.clone());
    provide_context::<Arc<dyn MeetingsPort>>(ports.clone());
    provide_context::<Arc<dyn RepresentationPort>>(ports.clone());
    provide_context::<Arc<dyn RemindersPort>>(ports.clone());
    provide_context::<Arc<dyn FreezePort>>(ports.clone());
    provide_context::<Arc<dyn DashboardPort>>(ports.clone());
    provide_context::<Arc<dyn CheckInsPort>>(ports.clone());
    provide_context::<Arc<dyn ChecklistPort>>(ports.clone());
    provide_context::<Arc<dyn DecidePort>>(ports.clone());
    provide_context::<Arc<dyn DecisionsPort>>(ports.clone());
    provide_context::<Arc<dyn OutboxPort>>(ports.clone());
    provide_context::<Arc<dyn PlanPort>>(ports.clone());
    provide_context::<Arc<dyn ProposalListPort>>(ports.clone());
    provide_context::<Arc<dyn ProposalPort>>(ports.clone());
    provide_context::<Arc<dyn MismatchesPort>>(ports.clone());
    provide_context::<Arc<dyn DiagnosticsPort>>(ports.clone());
    provide_context::<Arc<dyn SyncPort>>(ports.clone());
    provide_context::<Arc<dyn CandidatesPort>>(ports.clone());
    provide_context::<Arc<dyn PullsPort>>(ports.clone());
    provide_context::<Arc<dyn ReleasesPort>>(ports.clone());
    provide_context::<Arc<dyn SettingsPort>>(ports.clone());
    provide_context::<Arc<dyn MePort>>(ports.clone());
    provide_context::<Arc<dyn RostersPort>>(ports.clone());
    provide_context::<Arc<dyn AgendaPort>>(ports.clone());
    provide_context::<Arc<dyn SlipsPort>>(ports.clone());
    provide_context::<Arc<dyn StartPort>>(ports.clone());
    provide_context::<Arc<dyn SignInPort>>(ports);
}

/// What people read when the database fails; the log gets the rest, once.
fn unavailable(error: StoreError) -> PageError {
    tracing::error!(%error, "reading for a page");
    PageError::Unavailable(
        "The database does not answer at the moment. Nothing is lost; try again in a minute.".to_owned(),
    )
}
