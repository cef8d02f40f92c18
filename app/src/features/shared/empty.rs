//! What stands where nothing was read yet.

use leptos::prelude::*;

use crate::ui::Empty;

/// How to get data in.
pub fn nothing_imported() -> AnyView {
    view! {
        <Empty what="Nothing was read yet.">
            <p>"Import proposals and release schedules from checkouts of their repositories:"</p>
            <pre tabindex="0"><code>"cep-tracker import --source cep=DIR --source vep=DIR --releases DIR"</code></pre>
            <p>"Or look around in the demo world first: "<code>"cep-tracker demo load"</code></p>
        </Empty>
    }
    .into_any()
}
