//! The JSON that `inspect --json` prints: flat, with the words of the readers, stable for other programs.

use domain::{Deadline, DocumentReading, FreezeZone, ScheduleReading, Target};
use serde_json::{Value, json};

use super::files::Content;
use crate::documents::{Located, SourceTemplate};

/// One file as one object.
pub fn object(path: &str, content: &Content) -> Value {
    let mut object = match content {
        Content::Proposal { source, located, reading } => proposal(source, located.as_ref(), reading),
        Content::Schedule(reading) => schedule(reading),
    };
    if let Value::Object(fields) = &mut object {
        fields.insert("path".to_owned(), path.into());
        fields.insert("kind".to_owned(), content.kind().into());
    }
    object
}

fn proposal(source: &SourceTemplate, located: Option<&Located>, reading: &DocumentReading) -> Value {
    let (filled, asked) = reading.completeness();
    json!({
        "source": source.id,
        "main": located.is_none_or(|located| located.main),
        "template": located.is_some_and(|located| located.template),
        "path_number": located.and_then(|located| located.number),
        "path_sig": located.and_then(|located| located.sig.as_deref()),
        "number": reading.number.as_ref().map(|number| number.value),
        "title": reading.title.as_ref().map(|title| &title.value),
        "status": reading.status.as_ref().map(|status| status.value),
        "targets": reading.targets.iter().map(target).collect::<Vec<_>>(),
        "sections": reading.sections,
        "completeness": { "filled": filled, "asked": asked },
        "checklist": reading.checklist,
        "owners": reading.owners,
        "reviewers": reading.reviewers,
        "approvers": reading.approvers,
        "owning_sig": reading.owning_sig,
        "participating_sigs": reading.participating_sigs,
        "replaced_by": reading.replaced_by,
        "feature_gate": reading.feature_gate,
        "history": reading.history,
        "diagnostics": reading.diagnostics,
    })
}

fn target(target: &Target) -> Value {
    let mut object = json!({
        "stage": target.stage_text,
        "raw": target.raw,
        "version": null,
        "line": target.line,
        "from": target.from,
    });
    // The reading brings the keys `reading` and, for a release, `version`.
    if let (Value::Object(fields), Ok(Value::Object(reading))) = (&mut object, serde_json::to_value(target.reading)) {
        fields.extend(reading);
    }
    object
}

fn schedule(reading: &ScheduleReading) -> Value {
    json!({
        "version": reading.version,
        "enhancement_freeze": deadline(reading.enhancement_freeze),
        "code_freeze": deadline(reading.code_freeze),
        "branch_cut": deadline(reading.branch_cut),
        "thaw": deadline(reading.thaw),
        "ga": deadline(reading.ga),
        "rows": reading.rows,
        "diagnostics": reading.diagnostics,
    })
}

fn deadline(deadline: Deadline) -> Value {
    let instant = deadline.date.map(|day| FreezeZone::ANYWHERE_ON_EARTH.end_of(day));
    json!({
        "date": deadline.date,
        "instant": instant.map(|instant| instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
        "from": deadline.from,
        "line": deadline.line,
    })
}
