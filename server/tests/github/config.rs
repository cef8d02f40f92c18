//! The one place where the stand-in knows the product: the configuration of a server that uses it.

use server::config::Config;

use super::{
    GitHub,
    oauth::{CLIENT, SECRET},
};

impl GitHub {
    /// The configuration of a server that signs in here.
    pub fn config(&self) -> Config {
        let mut config = Config { base_url: Some("http://tracker.test".to_owned()), ..Config::default() };
        self.url().clone_into(&mut config.github.web_url);
        self.url().clone_into(&mut config.github.api_url);
        config.github.client_id = Some(CLIENT.to_owned());
        config.github.client_secret = Some(SECRET.into());
        config.github.token = Some(self.token().into());
        config
    }
}
