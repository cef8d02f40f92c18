//! CEP Tracker's server: where the rules meet files, the database and the web.
//!
//! `web | cli → usecases → store | documents`; nothing points back. See ARCHITECTURE.md for the map.

pub mod cli;
pub mod clock;
pub mod database;
pub mod demo;
pub mod documents;
pub mod files;
pub mod postgres;
pub mod render;
pub mod store;
pub mod usecases;
pub mod verdicts;
pub mod web;
