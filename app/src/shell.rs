//! The HTML document, and the routes of the pages.

use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    features::{
        agenda::AgendaPage,
        announcements::{AnnouncementListPage, AnnouncementPage, TemplatePage},
        api::ApiPage,
        candidates::{CandidateListPage, CandidatePage},
        check_ins::{CommentsPage, GapsPage, HeatPage, MeetingPage, MinutesPage, SheetPage},
        checklist::{ChecklistPage, ChecklistTablePage},
        dashboard::DashboardPage,
        decide::DecidePage,
        decisions::{DecisionListPage, DecisionPage},
        diagnostics::DiagnosticListPage,
        errors::NotFoundPage,
        exceptions::{ExceptionListPage, ExceptionPage, ExceptionStatisticsPage, NewExceptionPage},
        freeze_day::FreezeDayPage,
        glossary::GlossaryPage,
        me::MePage,
        meetings::MeetingsPage,
        mismatches::MismatchListPage,
        outbox::{OutboxPage, OutgoingPage},
        plan::PlanPage,
        proposal::ProposalPage,
        proposals::ProposalListPage,
        pulls::{PullListPage, PullPage},
        releases::{ReleaseListPage, ReleasePage},
        reminders::{ReminderLinkPage, ReminderListPage},
        representation::RepresentationPage,
        rosters::RostersPage,
        settings::SettingsPage,
        sign_in::SignInPage,
        slips::{ReleaseSlipsPage, SlipsPage},
        start::StartPage,
        sync::SyncPage,
        tokens::FreshTokenPage,
    },
    port::{Assets, ScriptAssets, Theme},
    ui,
};

/// The document around the pages. Expects [`Assets`] in the context, and takes [`Theme`] and the nonce from it where
/// they are provided.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>();
    let theme = use_context::<Theme>().unwrap_or_default();
    let css = assets.as_ref().map(|assets| assets.css_href.clone());
    let script = assets.and_then(|assets| assets.script);
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.word()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                {css.map(|href| view! { <link rel="stylesheet" href=href/> })}
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                {script.map(loader)}
                <MetaTags/>
            </head>
            <body>
                <App/>
                {ui::sprite()}
            </body>
        </html>
    }
}

/// Loads the wasm package and enlivens the islands once the browser is idle. Written here rather than taken from
/// `HydrationScripts`, because the names of the assets carry hashes that the server knows.
fn loader(assets: ScriptAssets) -> impl IntoView {
    let ScriptAssets { js_href, wasm_href } = assets;
    let code = format!(
        "import({js_href:?}).then(async m=>{{await m.default({{module_or_path:{wasm_href:?}}});m.hydrate();\
         for(const e of document.querySelectorAll('leptos-island'))m[e.dataset.component]?.(e);\
         document.documentElement.dataset.islands='ready'}})"
    );
    view! {
        <link rel="modulepreload" href=js_href nonce=use_nonce()/>
        <link rel="preload" href=wasm_href r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=use_nonce() inner_html=code></script>
    }
}

/// The routes. Every page is rendered whole before its first byte is sent.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=NotFoundPage>
                <Route path=path!("/") view=DashboardPage ssr=SsrMode::Async/>
                <Route path=path!("/proposals") view=ProposalListPage ssr=SsrMode::Async/>
                <Route path=path!("/releases") view=ReleaseListPage ssr=SsrMode::Async/>
                <Route path=path!("/releases/:version") view=ReleasePage ssr=SsrMode::Async/>
                <Route path=path!("/releases/:version/plan") view=PlanPage ssr=SsrMode::Async/>
                <Route path=path!("/releases/:version/checklist") view=ChecklistTablePage ssr=SsrMode::Async/>
                <Route path=path!("/releases/:version/slips") view=ReleaseSlipsPage ssr=SsrMode::Async/>
                <Route path=path!("/agenda") view=AgendaPage ssr=SsrMode::Async/>
                <Route path=path!("/slips") view=SlipsPage ssr=SsrMode::Async/>
                <Route path=path!("/releases/:version/freeze/:freeze") view=FreezeDayPage ssr=SsrMode::Async/>
                <Route path=path!("/meetings") view=MeetingsPage ssr=SsrMode::Async/>
                <Route path=path!("/representation") view=RepresentationPage ssr=SsrMode::Async/>
                <Route path=path!("/announcements") view=AnnouncementListPage ssr=SsrMode::Async/>
                <Route path=path!("/announcements/templates/:what") view=TemplatePage ssr=SsrMode::Async/>
                <Route path=path!("/announcements/:release/:what") view=AnnouncementPage ssr=SsrMode::Async/>
                <Route path=path!("/check-ins/:release") view=HeatPage ssr=SsrMode::Async/>
                <Route path=path!("/check-ins/:release/:week") view=SheetPage ssr=SsrMode::Async/>
                <Route path=path!("/check-ins/:release/:week/gaps") view=GapsPage ssr=SsrMode::Async/>
                <Route path=path!("/check-ins/:release/:week/meeting") view=MeetingPage ssr=SsrMode::Async/>
                <Route path=path!("/check-ins/:release/:week/comments") view=CommentsPage ssr=SsrMode::Async/>
                <Route path=path!("/check-ins/:release/:week/minutes") view=MinutesPage ssr=SsrMode::Async/>
                <Route path=path!("/glossary") view=GlossaryPage ssr=SsrMode::Async/>
                <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                <Route path=path!("/settings/rosters") view=RostersPage ssr=SsrMode::Async/>
                <Route path=path!("/me") view=MePage ssr=SsrMode::Async/>
                <Route path=path!("/start") view=StartPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/me/tokens") view=FreshTokenPage ssr=SsrMode::Async/>
                <Route path=path!("/decisions") view=DecisionListPage ssr=SsrMode::Async/>
                <Route path=path!("/decisions/:id") view=DecisionPage ssr=SsrMode::Async/>
                <Route path=path!("/mismatches") view=MismatchListPage ssr=SsrMode::Async/>
                <Route path=path!("/reminders") view=ReminderListPage ssr=SsrMode::Async/>
                <Route path=path!("/reminders/:token") view=ReminderLinkPage ssr=SsrMode::Async/>
                <Route path=path!("/diagnostics") view=DiagnosticListPage ssr=SsrMode::Async/>
                <Route path=path!("/candidates") view=CandidateListPage ssr=SsrMode::Async/>
                <Route path=path!("/candidates/:owner/:repo/:number") view=CandidatePage ssr=SsrMode::Async/>
                <Route path=path!("/sync") view=SyncPage ssr=SsrMode::Async/>
                <Route path=path!("/pulls") view=PullListPage ssr=SsrMode::Async/>
                <Route path=path!("/pulls/:owner/:repo/:number") view=PullPage ssr=SsrMode::Async/>
                <Route path=path!("/:source/:number/decide/:action") view=DecidePage ssr=SsrMode::Async/>
                <Route path=path!("/exceptions") view=ExceptionListPage ssr=SsrMode::Async/>
                <Route path=path!("/exceptions/new") view=NewExceptionPage ssr=SsrMode::Async/>
                <Route path=path!("/exceptions/statistics") view=ExceptionStatisticsPage ssr=SsrMode::Async/>
                <Route path=path!("/exceptions/:id") view=ExceptionPage ssr=SsrMode::Async/>
                <Route path=path!("/api/v1/docs") view=ApiPage ssr=SsrMode::Async/>
                <Route path=path!("/outbox") view=OutboxPage ssr=SsrMode::Async/>
                <Route path=path!("/outbox/*key") view=OutgoingPage ssr=SsrMode::Async/>
                <Route path=path!("/:source/:number") view=ProposalPage ssr=SsrMode::Async/>
                <Route path=path!("/:source/:number/checklist") view=ChecklistPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
