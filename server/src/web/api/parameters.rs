//! The parameters of lists, for the description. They are read by the query types of the pages, which take the same.

use utoipa::IntoParams;

/// As of when.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AtParameter {
    /// The instant that is shown: an instant, or a date, which means its end, Anywhere on Earth. Now without it.
    #[param(example = "now")]
    pub at: Option<String>,
}

/// Which proposals; the parameters of `/proposals`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProposalParameters {
    /// Words in number, title, people and document.
    pub q: Option<String>,
    /// Only those in this release: `v1.10`, `current` or `next`.
    #[param(example = "current")]
    pub release: Option<String>,
    /// Id of a source.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// Statuses, several separated by commas: `ready-cf,not-ready-cf`.
    pub status: Option<String>,
    /// Only those at risk: `1`.
    pub at_risk: Option<String>,
    /// A stage: `alpha`, `beta`, `ga`, `single` or another word.
    pub stage: Option<String>,
    /// Owning SIG.
    pub sig: Option<String>,
    /// Login of an owner.
    pub owner: Option<String>,
    /// Login of a reviewer.
    pub reviewer: Option<String>,
    /// Whom they wait on: `owner`, `release-team`, `somebody` for anybody at all, or a login with `@`.
    pub waiting_on: Option<String>,
    /// `urgency`, `number`, `title`, `release`, `status`, `owner` or `waiting`; with a minus in front turned round.
    pub sort: Option<String>,
}

/// Which requests for exceptions; the parameters of `/exceptions`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExceptionParameters {
    /// Words in proposal, people and the request.
    pub q: Option<String>,
    /// Only those in this release: `v1.10`, `current` or `next`.
    #[param(example = "current")]
    pub release: Option<String>,
    /// `ef`, `cf` or `other`.
    pub freeze: Option<String>,
    /// States, several separated by commas: `in-review,granted`.
    pub state: Option<String>,
    /// Owning SIG.
    pub sig: Option<String>,
    /// Id of a source.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// The order, as the heads of the columns on `/exceptions` write it.
    pub sort: Option<String>,
}

/// Which pull requests; the parameters of `/pulls`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PullParameters {
    /// Only those for this release: `v1.10`, `current` or `next`.
    #[param(example = "current")]
    pub release: Option<String>,
    /// `owner/name`.
    #[param(example = "kubevirt/kubevirt")]
    pub repository: Option<String>,
    /// A login with `@`, or `author`.
    pub waiting_on: Option<String>,
    /// Only those whose review lags: `1`.
    pub lagging: Option<String>,
    /// `implementation`, `docs`, `bug`, `proposal` or `unrelated`.
    pub kind: Option<String>,
    /// `due`: should carry the label of approved work now; `differs`: carries it and should not, or the other way round.
    pub label: Option<String>,
    /// `priority`, `pull`, `proposal`, `waiting` or `freeze`; with a minus in front turned round.
    pub sort: Option<String>,
}

/// Which decisions; the parameters of `/decisions`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DecisionParameters {
    /// Words in reasons, names and titles.
    pub q: Option<String>,
    /// Id of a source.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// A proposal: `4702` or `cep/4702`.
    #[param(example = "cep/4702")]
    pub proposal: Option<String>,
    /// Only those about this release.
    #[param(example = "v1.10")]
    pub release: Option<String>,
    /// A kind of decision: `retarget`, `grant`.
    pub action: Option<String>,
    /// Login of who recorded it or whose word it is.
    pub person: Option<String>,
    /// From the beginning of this day, UTC.
    #[param(example = "2026-01-01")]
    pub from: Option<String>,
    /// To the end of this day, UTC.
    pub to: Option<String>,
}

/// Which disagreements; the parameters of `/mismatches`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MismatchParameters {
    /// Code of a kind.
    pub kind: Option<String>,
    /// Id of a source.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// Only those in the way of this release: `v1.10`, `current` or `next`.
    #[param(example = "current")]
    pub release: Option<String>,
}

/// Which rows of the outbox; the parameters of `/outbox`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OutboxParameters {
    /// A state: `held`, `waiting`, `sending`, `uncertain`, `sent`, `failed` or `cancelled`.
    pub state: Option<String>,
    /// `mail`, `comment` or `label`.
    pub kind: Option<String>,
    /// A proposal: `4702` or `cep/4702`.
    #[param(example = "cep/4702")]
    pub proposal: Option<String>,
}

/// Which part of a release's plan; the parameters of `/releases/{version}/plan`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PlanParameters {
    /// Id of a source; the first with proposals without it.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// Only the part of this SIG.
    pub sig: Option<String>,
}

/// Which checklists of a release; the parameters of `/releases/{version}/checklist`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChecklistParameters {
    /// Id of a source; the first with tracked proposals without it.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// Only those in which this line is open: its key, or `any`.
    pub open: Option<String>,
}

/// Which check-ins of a week; the parameters of `/releases/{version}/check-ins/{week}`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CheckInParameters {
    /// Only those about which a side has still to speak: `1`.
    pub gaps: Option<String>,
}

/// For which release.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReleaseParameter {
    /// The release: `v1.10`, `current` or `next`; without it the current one, else its latest.
    #[param(example = "current")]
    pub release: Option<String>,
}

/// Which diagnostics; the parameters of `/diagnostics`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiagnosticParameters {
    /// Stable name of a kind.
    pub kind: Option<String>,
    /// How much they matter: `note`, `warning` or `error`.
    pub severity: Option<String>,
    /// In which kind of text, as the filter of `/diagnostics` writes it.
    pub r#where: Option<String>,
    /// Id of a source.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// Only those about proposals in this release: `v1.10`, `current` or `next`.
    #[param(example = "current")]
    pub release: Option<String>,
    /// A proposal.
    #[param(example = "cep/4702")]
    pub proposal: Option<String>,
}

/// Which candidates; the parameters of `/candidates`.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CandidateParameters {
    /// Words in title, path, number and people.
    pub q: Option<String>,
    /// Id of a source.
    #[param(example = "cep")]
    pub source: Option<String>,
    /// Only those that state this release: `v1.10`, `current` or `next`.
    #[param(example = "current")]
    pub release: Option<String>,
}
