//! CEP Tracker's server: where the rules meet files, the database and the web.
