//! The icons: one inline SVG sprite per page, used by reference, so that a table of a hundred rows stays small.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident $id:literal $shape:literal)*) => {
        /// An icon of the sprite. Icons are decoration: the word beside them says the same.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names are the pictures")]
        pub enum Icon { $($name),* }

        impl Icon {
            pub(super) const fn href(self) -> &'static str {
                match self { $(Self::$name => concat!("#i-", $id)),* }
            }
        }

        const SYMBOLS: &str = concat!($(
            "<symbol id=\"i-", $id, "\" viewBox=\"0 0 16 16\">", $shape, "</symbol>"
        ),*);
    };
}

icons! {
    Arrow "arrow" r#"<path d="M3 8h9.5M9 4.5 12.5 8 9 11.5"/>"#
    Branch "branch" r#"<circle cx="4.5" cy="3.5" r="1.7"/><circle cx="4.5" cy="12.5" r="1.7"/><circle cx="11.5" cy="5" r="1.7"/><path d="M4.5 5.2v5.6M11.5 6.7c0 3-5 1.8-6.6 4.3"/>"#
    Calendar "calendar" r#"<rect x="2.5" y="3.5" width="11" height="10" rx="1.5"/><path d="M2.5 6.8h11M5.5 2v3M10.5 2v3"/>"#
    Check "check" r#"<path d="M3 8.5 6.5 12 13 4.5"/>"#
    Checks "checks" r#"<path d="M1.5 8.5 4.7 12 10.5 4.5M7.5 11.2l.8.8 6.2-7.5"/>"#
    Chevron "chevron" r#"<path d="m4 6 4 4 4-4"/>"#
    Circle "circle" r#"<circle cx="8" cy="8" r="5"/>"#
    Clock "clock" r#"<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 2"/>"#
    Cross "cross" r#"<path d="m4 4 8 8M12 4l-8 8"/>"#
    Down "down" r#"<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>"#
    External "external" r#"<path d="M9.5 3H13v3.5M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5"/>"#
    Flag "flag" r#"<path d="M4 14V2.5M4 3h8l-2 3 2 3H4"/>"#
    Hourglass "hourglass" r#"<path d="M4 2.5h8M4 13.5h8M5 2.5c0 3 6 4 6 8v3M11 2.5c0 3-6 4-6 8v3"/>"#
    Mail "mail" r#"<rect x="2" y="3.5" width="12" height="9" rx="1.5"/><path d="m2.5 4.5 5.5 4.5 5.5-4.5"/>"#
    Mark "mark" r#"<path d="M1.5 12h3.2L7 4l3 8h4.5"/>"#
    Minus "minus" r#"<circle cx="8" cy="8" r="6"/><path d="M5 8h6"/>"#
    Pause "pause" r#"<circle cx="8" cy="8" r="6"/><path d="M6.3 5.8v4.4M9.7 5.8v4.4"/>"#
    Plus "plus" r#"<circle cx="8" cy="8" r="6"/><path d="M8 5v6M5 8h6"/>"#
    Search "search" r#"<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3 3"/>"#
    Slash "slash" r#"<circle cx="8" cy="8" r="6"/><path d="m4 12 8-8"/>"#
    Theme "theme" r#"<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>"#
    Unknown "unknown" r#"<circle cx="8" cy="8" r="6" stroke-dasharray="2.5 2.2"/><path d="M6.3 6.3a1.8 1.8 0 1 1 2.4 1.8c-.5.2-.7.5-.7 1M8 11.2v.4"/>"#
    Up "up" r#"<path d="M8 13V3M4.5 6.5 8 3l3.5 3.5"/>"#
    Warning "warning" r#"<path d="M8 2.5 14.5 13.5h-13zM8 6.5v3.4M8 11.6v.6"/>"#
}

/// One icon, hidden from screen readers.
pub fn icon(which: Icon) -> impl IntoView {
    view! { <svg class="icon" aria-hidden="true"><use href=which.href()></use></svg> }
}

/// The sprite that [`icon`] refers to; once per page.
pub fn sprite() -> impl IntoView {
    view! { <svg class="sprite" width="0" height="0" aria-hidden="true" inner_html=SYMBOLS></svg> }
}
