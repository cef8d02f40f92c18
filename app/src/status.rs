//! How the statuses of P-12 are named, drawn, filtered and explained. What they mean is decided in `domain`.

use domain::Status;

use crate::ui::{Icon, Tone};

/// Everything people see of a status, whatever its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusInfo {
    /// Value of the filter `status`, also used in exports.
    pub slug: &'static str,
    /// Its name.
    pub label: &'static str,
    /// Its colour, which never stands alone.
    pub tone: Tone,
    /// Its icon.
    pub icon: Icon,
    /// Row of the table in P-12.
    pub row: u8,
    /// What it means, in a sentence or two.
    pub meaning: &'static str,
}

macro_rules! statuses {
    ($($slug:literal $label:literal $tone:ident $icon:ident $row:literal $meaning:literal)*) => {
        &[$(StatusInfo {
            slug: $slug, label: $label, tone: Tone::$tone, icon: Icon::$icon, row: $row, meaning: $meaning,
        }),*]
    };
}

/// Every status, in the order of P-12.
pub const ALL: &[StatusInfo] = statuses! {
    "rejected" "Rejected" Quiet Slash 1 "The owning SIG decided against it. Nothing lifts this."
    "withdrawn" "Withdrawn" Quiet Slash 1 "Its owner took it back. Nothing lifts this."
    "replaced" "Replaced" Quiet Arrow 1 "Another proposal took its place. Nothing lifts this."
    "deprecated" "Deprecated" Quiet Slash 1 "What is left of it is no longer pursued, until it is accepted for a release again."
    "deferred" "Deferred" Quiet Pause 1 "Put off until it is accepted for a release again."
    "not-targeted" "Not targeted" Quiet Minus 2 "Neither document nor issue names this release, and no decision links the two."
    "retargeted" "Retargeted" Quiet Arrow 3 "Moved to another release, with a reason on record."
    "removed" "Removed from Milestone" Quiet Minus 3 "Taken out of this release; a re-admission or a granted exception brings it back."
    "proposed" "Proposed for consideration" Quiet Plus 4 "Names this release as its target; the owning SIG has not accepted it yet."
    "not-accepted" "Not accepted" Quiet Minus 4 "A freeze passed before the owning SIG accepted it for this release."
    "exception-denied-ef" "Exception denied (EF)" Bad Slash 5 "Missed the Enhancement Freeze, and the latest request for an exception was denied."
    "exception-denied-cf" "Exception denied (CF)" Bad Slash 5 "Missed the Code Freeze, and the latest request for an exception was denied."
    "exception-required-ef" "Exception required (EF)" Bad Cross 5 "The Enhancement Freeze passed with a requirement open: it needs an exception or leaves the release."
    "exception-required-cf" "Exception required (CF)" Bad Cross 5 "The Code Freeze passed with a requirement open: it needs an exception or leaves the release."
    "missed-ef" "Missed (EF)" Bad Cross 5 "The release is out, and the requirements of the Enhancement Freeze were never met."
    "missed-cf" "Missed (CF)" Bad Cross 5 "The release is out, and the requirements of the Code Freeze were never met."
    "not-verified-due-ef" "Not verified, due (EF)" Unknown Unknown 6 "The Enhancement Freeze passed and a requirement could not be checked. Unknown is not a fail, but somebody has to look."
    "not-verified-due-cf" "Not verified, due (CF)" Unknown Unknown 6 "The Code Freeze passed and a requirement could not be checked. Unknown is not a fail, but somebody has to look."
    "never-verified-ef" "Not verified (EF)" Unknown Unknown 6 "The release is out, and whether it met the Enhancement Freeze was never checked."
    "never-verified-cf" "Not verified (CF)" Unknown Unknown 6 "The release is out, and whether it met the Code Freeze was never checked."
    "exception-pending-ef" "Exception pending (EF)" Exception Clock 7 "An exception for the Enhancement Freeze was asked for and nobody has decided yet."
    "exception-pending-cf" "Exception pending (CF)" Exception Clock 7 "An exception for the Code Freeze was asked for and nobody has decided yet."
    "exception-until-ef" "Exception granted (EF)" Exception Hourglass 8 "A granted exception for the Enhancement Freeze runs; what is open has to be done by its end."
    "exception-until-cf" "Exception granted (CF)" Exception Hourglass 8 "A granted exception for the Code Freeze runs; what is open has to be done by its end."
    "no-date-ef" "No date (EF)" Unknown Calendar 9 "The schedule of the release does not state the Enhancement Freeze yet."
    "no-date-cf" "No date (CF)" Unknown Calendar 9 "The schedule of the release does not state the Code Freeze yet."
    "ready-ef" "Ready for EF" Good Check 11 "Every requirement of the coming Enhancement Freeze is met."
    "ready-cf" "Ready for CF" Good Check 11 "Every requirement of the coming Code Freeze is met."
    "not-ready-ef" "Not ready for EF" Busy Circle 11 "The Enhancement Freeze is ahead and at least one of its requirements is open."
    "not-ready-cf" "Not ready for CF" Busy Circle 11 "The Code Freeze is ahead and at least one of its requirements is open."
    "not-verified-ef" "Not verified for EF" Unknown Unknown 11 "The Enhancement Freeze is ahead; nothing fails, but something could not be checked."
    "not-verified-cf" "Not verified for CF" Unknown Unknown 11 "The Code Freeze is ahead; nothing fails, but something could not be checked."
    "complete" "Complete" Good Checks 12 "Both freezes are met; the release is still to come."
    "shipped" "Shipped" Good Flag 12 "Both freezes are met and the work is in the release."
    "complete-not-landed" "Complete, not landed" Bad Branch 12 "Both freezes were met, but the work is not in the release branch."
    "complete-landing-not-verified" "Complete, landing not verified" Unknown Unknown 12 "Both freezes were met; whether the work is in the release branch could not be checked."
};

/// What belongs to a slug; one that is not known is drawn as an unknown status, so that a page never fails for it.
pub fn of_slug(slug: &str) -> &'static StatusInfo {
    const NO_SUCH: StatusInfo = StatusInfo {
        slug: "unknown",
        label: "Unknown status",
        tone: Tone::Unknown,
        icon: Icon::Unknown,
        row: 0,
        meaning: "This program does not know the status.",
    };
    ALL.iter().find(|info| info.slug == slug).unwrap_or(&NO_SUCH)
}

/// What belongs to a status.
pub fn info(status: &Status) -> &'static StatusInfo {
    of_slug(status.slug())
}

/// The slug in its static form, when it is one.
pub fn known_slug(slug: &str) -> Option<&'static str> {
    ALL.iter().find(|info| info.slug.eq_ignore_ascii_case(slug)).map(|info| info.slug)
}

#[cfg(test)]
mod tests {
    use domain::{Departure, Ending, Freeze};

    use super::*;

    #[test]
    fn every_slug_is_there_once_and_in_the_order_of_the_table() {
        let mut slugs: Vec<_> = ALL.iter().map(|info| info.slug).collect();
        assert!(ALL.is_sorted_by_key(|info| info.row));
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), ALL.len());
    }

    #[test]
    fn every_status_has_a_line_of_its_own_with_the_tone_of_the_domain() {
        let until = "2026-10-28T12:00:00Z".parse().unwrap();
        let mut all = vec![
            Status::NotTargeted,
            Status::Departed { departure: Departure::Retargeted("v1.11".parse().unwrap()) },
            Status::Departed { departure: Departure::Removed },
            Status::Proposed,
            Status::NotAccepted,
            Status::Complete,
            Status::Shipped,
            Status::CompleteNotLanded,
            Status::CompleteLandingNotVerified,
        ];
        let endings =
            [Ending::Rejected, Ending::Withdrawn, Ending::Replaced(None), Ending::Deprecated, Ending::Deferred];
        all.extend(endings.map(|ending| Status::Ended { ending }));
        for freeze in Freeze::BOTH {
            all.extend([
                Status::ExceptionDenied { freeze },
                Status::ExceptionRequired { freeze },
                Status::Missed { freeze },
                Status::NotVerifiedDue { freeze },
                Status::NeverVerified { freeze },
                Status::ExceptionPending { freeze },
                Status::ExceptionUntil { freeze, until },
                Status::NoDate { freeze },
                Status::Ready { freeze },
                Status::NotReady { freeze },
                Status::NotVerified { freeze },
            ]);
        }
        assert_eq!(all.len(), ALL.len());
        for status in &all {
            assert_eq!(info(status).slug, status.slug());
            assert_eq!(info(status).tone, Tone::from(status.tone()), "{}", status.slug());
        }
    }
}
