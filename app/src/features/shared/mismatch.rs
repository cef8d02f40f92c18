//! One disagreement: both sides, since when, and what mends it (P-13).

use chrono::{DateTime, Utc};
use domain::Mismatch;
use leptos::prelude::*;

use crate::ui;

/// A line of a list of disagreements. `of` names the proposal where the list spans several.
pub fn mismatch(mismatch: &Mismatch, of: Option<AnyView>, now: DateTime<Utc>) -> AnyView {
    let since = mismatch.since.filter(|at| *at <= now).map(|at| view! { " · since "{ui::age(at, now)} });
    let fix = (!mismatch.fix.is_empty()).then(|| {
        view! {
            <div class="fix">
                <small>{mismatch.fix_kind.words()}":"</small>
                <pre tabindex="0"><code>{mismatch.fix.clone()}</code></pre>
                <button type="button" class="btn needs-script" data-copy="" aria-live="polite">"Copy fix"</button>
            </div>
        }
    });
    view! {
        <li>
            {of}
            <p>{ui::prose(&mismatch.text)}</p>
            <small>{mismatch.left.clone()}" ↔ "{mismatch.right.clone()}{since}</small>
            {fix}
        </li>
    }
    .into_any()
}
