//! The features: one folder each, with its port and views, its page and the parts of it.

pub mod dashboard;
pub mod errors;
pub mod frame;
pub mod glossary;
pub mod proposal;
pub mod proposals;
pub mod releases;
pub mod settings;
pub mod shared;
