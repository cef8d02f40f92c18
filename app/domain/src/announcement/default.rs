//! The templates that every tracker begins with.

use super::{Announcement, Template};
use crate::Freeze;

pub(super) fn template(which: Announcement) -> Template {
    let (subject, body) = match which {
        Announcement::Call => ("[{{release}}] Call for proposals", CALL),
        Announcement::EnhancementReminder => {
            return of(Freeze::Enhancement, "[{{release}}] <freeze> is near", REMINDER);
        }
        Announcement::Enhancement => return of(Freeze::Enhancement, "[{{release}}] <freeze>: what met it", RESULT),
        Announcement::CodeReminder => return of(Freeze::Code, "[{{release}}] <freeze> is near", REMINDER),
        Announcement::Code => return of(Freeze::Code, "[{{release}}] <freeze>: what met it", RESULT),
        Announcement::Exceptions => ("[{{release}}] Decisions on exceptions", EXCEPTIONS),
        Announcement::CleanUp => ("[{{release}}] End of the cycle: what is left", CLEAN_UP),
        Announcement::Highlights => ("Highlights of {{release}}", HIGHLIGHTS),
    };
    Template { subject: subject.to_owned(), body: body.to_owned() }
}

const CALL: &str = "\
Hello,

planning of {{release}} has begun. A proposal that should be part of it needs a merged document with graduation criteria, a reviewer and an approver by name, and the word of its owner to implement it, by the Enhancement Freeze: {{ef}}.

Proposed so far
---------------
{{proposed}}

Accepted so far
---------------
{{accepted}}

Start a proposal: {{base}}/start?release={{release}}
The plan: {{base}}/releases/{{release}}/plan
";

/// What the reminder of each freeze says besides the day.
const fn asked(freeze: Freeze) -> &'static str {
    match freeze {
        Freeze::Enhancement => "{{tracked}} proposals are tracked.",
        Freeze::Code => {
            "Until then every implementation pull request has to be merged, and the documentation at least under way."
        }
    }
}

/// A template that both freezes share, for one of them. Whoever changes it changes that of one freeze.
fn of(freeze: Freeze, subject: &str, body: &str) -> Template {
    let named = |text: &str| {
        text.replace("<asked>", asked(freeze)).replace("<freeze>", freeze.name()).replace("<slug>", freeze.slug())
    };
    Template { subject: named(subject), body: named(body) }
}

const REMINDER: &str = "\
Hello,

the <freeze> of {{release}} is on {{<slug>}}. <asked> What misses the freeze needs an exception.

Not ready
---------
{{unready}}

With an exception
-----------------
{{excepted}}

Ready
-----
{{ready}}

If the freeze were now: {{base}}/releases/{{release}}/freeze/<slug>
Ask for an exception: {{base}}/exceptions/new
";

const RESULT: &str = "\
Hello,

{{<slug>-result}}

{{<slug>-groups}}

With evidence: {{base}}/releases/{{release}}/freeze/<slug>
";

const EXCEPTIONS: &str = "\
Hello,

these exceptions were decided for {{release}}.

{{exceptions}}

All requests: {{base}}/exceptions?release={{release}}
";

const CLEAN_UP: &str = "\
Hello,

{{release}} is out: {{ga}}. Owners of what is left, please retarget it to {{next}} or later, or close it, and bring the documents up to date.

Left
----
{{open}}

Done
----
{{ready}}

The release: {{base}}/releases/{{release}}
";

const HIGHLIGHTS: &str = "\
# Highlights of {{release}}

General availability: {{ga}}

## What is new

{{highlights}}

## All proposals

{{accepted}}
";
