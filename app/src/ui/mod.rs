//! Widgets that know nothing of the product: they draw what they are given, in the tokens of `style/`.
//!
//! Leaves are functions, containers are components. No inline styles anywhere (the CSP forbids them): what depends on
//! data goes into SVG attributes and classes.

mod bar;
mod bars;
mod chart;
mod copyable;
mod draft;
mod form;
mod icon;
mod markup;
mod pager;
mod panel;
mod prose;
mod table;
mod time;
mod timeline;
mod tone;

pub use bar::{Slice, stacked_bar};
pub use bars::{Bar, bar_chart};
pub use chart::{Day, Mark, Series, area_chart};
pub use copyable::copyable;
pub use draft::{
    FormState, Input, Problem, date_input, form_state, number_input, people_input, problems, radio_group, select_input,
    suggested_input, text_area, text_input, time_input, url_input,
};
pub use form::{Pick, checkbox, csrf_field, date_field, hidden_field, select_field, text_field};
pub use icon::{Icon, icon, sprite};
pub use markup::Markup;
pub use pager::pager;
pub use panel::{Empty, Panel, notice};
pub use prose::prose;
pub use table::{Column, header_cell};
pub use time::{age, day_time, local_time};
pub use timeline::{Post, Segment, timeline};
pub use tone::{Tone, badge, chip, dot};
