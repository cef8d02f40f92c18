//! The one place where the stand-in knows the product: the configuration of a server that uses it.

use server::config::Config;

use super::{
    GitHub,
    oauth::{CLIENT, SECRET},
};

/// Id of the app.
const APP: u64 = 4711;
/// Id of its installation.
const INSTALLATION: u64 = 7;

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

    /// The configuration of a server that comes as the app, which is installed in an organisation from now on.
    pub fn config_of_app(&self, organization: &str) -> Config {
        let mut config = self.config();
        self.install_app(INSTALLATION, organization);
        self.with(|world| world.access.app = Some(APP));
        config.github.token = None;
        config.github.app_id = Some(APP);
        config.github.app_key = Some(include_str!("app_key_only_for_tests.pem").into());
        config.github.app_installation = Some(INSTALLATION);
        config
    }
}
