//! The rules of the enhancement process, pure: no I/O, no async, no clock, no framework.
//!
//! Facts, a schedule, decisions and an instant go in; a verdict comes out. The rules carry the numbers of the process
//! description they implement (P-n) or of the requirement they answer (R-n).

pub mod actual;
pub mod announcement;
pub mod belonging;
pub mod candidate;
pub mod check_in;
pub mod checklist;
pub mod decision;
pub mod diagnostic;
pub mod document;
pub mod event;
pub mod exception;
pub mod freeze_day;
pub mod history;
pub mod issue;
pub mod label;
pub mod meeting;
pub mod mismatch;
pub mod outgoing;
pub mod policy;
pub mod reference;
pub mod release;
pub mod reminder;
pub mod representation;
pub mod requirement;
pub mod review;
pub mod schedule;
pub mod slip;
pub mod source;
pub mod status;
pub mod telling;
pub mod verdict;
pub mod version;
pub mod waiting;
pub mod words;
pub mod worklist;

pub use announcement::Announcement;
pub use belonging::{
    Claim, Claimant, Classified, Ground, Mention, MentionForm, Missing, Placement, ProposalKey, PullKey, Submission,
    missing_from_issue, place, place_all,
};
pub use check_in::{CheckIn, Halves, Proposed, Said, Week};
pub use decision::{Case, Decision, Docket, RuleError, Terms};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    ChecklistLine, DocumentReading, DocumentStatus, HistoryEntry, Origin, Section, SectionState, Stage, Stated, Target,
    TargetReading,
};
pub use event::{
    Belonging, CheckInOutcome, Event, Planned, Pull, PullKind, PullState, Reading, Recorded, RetargetReason,
};
pub use exception::{Counted, Exchange, Finding, Lapse, RequestState, RequestView, Requests, Statistics, findings};
pub use freeze_day::{Frozen, Group, Since};
pub use history::{Acceptance, DocumentVersion, History, Known, Landing, Participation};
pub use issue::{IssueReading, LinkedPull, TimelineBox};
pub use label::{Condition, Entitled, LabelVerdict, label_verdict};
pub use mismatch::{FixKind, Judged, Matter, Mismatch, in_the_way_first, mismatches};
pub use policy::{Action, Circumstances, Groups, Refusal, Role, Standing};
pub use reference::{DocumentLink, PullText, Reference, ReferenceForm, ReferencePlace};
pub use release::{Freeze, FreezeZone, Phase, ReleaseDates, current_release};
pub use requirement::{Evidence, Requirement, Rule, Who, missing_sign_offs};
pub use review::{ClockRules, Occasion, ReviewClock, ReviewState, Span, Step, Votes, WaitsOn, review_clock};
pub use schedule::{Deadline, DeadlineOrigin, ScheduleReading, ScheduleRow};
pub use source::Source;
pub use status::{Departure, Ending, FreezeSituation, Outcome, Request, Situation, Status, Timing, status};
pub use verdict::{
    Facts, Judgement, NO_SIG, REVIEW_LAG_DAYS, Share, Subject, Verdict, owning_sig, verdict, verdict_on,
};
pub use version::ReleaseVersion;
pub use waiting::{Concern, Waiting};
pub use words::Tone;
pub use worklist::{Load, WorkItem, Workload, load, work_list};
