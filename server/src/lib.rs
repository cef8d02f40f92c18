//! CEP Tracker's server: where the rules meet files, the database and the web.
//!
//! `web | cli → usecases → store | documents`; nothing points back. See ARCHITECTURE.md for the map.

pub mod cli;
pub mod clock;
pub mod config;
pub mod database;
pub mod demo;
pub mod documents;
pub mod files;
pub mod github;
pub mod jobs;
pub mod mail;
pub mod postgres;
pub mod render;
pub mod secret;
pub mod start;
pub mod store;
pub mod usecases;
pub mod verdicts;
pub mod web;
