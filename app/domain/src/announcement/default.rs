//! The templates that every tracker begins with.

use super::{Announcement, Template};

pub(super) fn template(which: Announcement) -> Template {
    let (subject, body) = match which {
        Announcement::Call => ("[{{release}}] Call for proposals", CALL),
        Announcement::EnhancementReminder => ("[{{release}}] Enhancement Freeze is near", ENHANCEMENT_REMINDER),
        Announcement::Enhancement => ("[{{release}}] Enhancement Freeze: what met it", ENHANCEMENT),
        Announcement::CodeReminder => ("[{{release}}] Code Freeze is near", CODE_REMINDER),
        Announcement::Code => ("[{{release}}] Code Freeze: what met it", CODE),
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

const ENHANCEMENT_REMINDER: &str = "\
Hello,

the Enhancement Freeze of {{release}} is on {{ef}}. {{tracked}} proposals are tracked. What misses the freeze needs an exception.

Not ready
---------
{{open}}

Ready
-----
{{ready}}

If the freeze were now: {{base}}/releases/{{release}}/freeze/ef
Ask for an exception: {{base}}/exceptions/new
";

const ENHANCEMENT: &str = "\
Hello,

the Enhancement Freeze of {{release}} passed on {{ef}}. This is how its proposals stood at that instant.

{{ef-groups}}

With evidence: {{base}}/releases/{{release}}/freeze/ef
";

const CODE_REMINDER: &str = "\
Hello,

the Code Freeze of {{release}} is on {{cf}}. Until then every implementation pull request has to be merged, and the documentation at least under way. What misses the freeze needs an exception.

Not ready
---------
{{open}}

Ready
-----
{{ready}}

If the freeze were now: {{base}}/releases/{{release}}/freeze/cf
Ask for an exception: {{base}}/exceptions/new
";

const CODE: &str = "\
Hello,

the Code Freeze of {{release}} passed on {{cf}}. This is how its proposals stood at that instant.

{{cf-groups}}

With evidence: {{base}}/releases/{{release}}/freeze/cf
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
