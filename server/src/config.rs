//! What whoever runs a server can configure, as arguments or in the environment. Where the data lives is
//! [`crate::database::DatabaseConfig`].
//!
//! A setting that cannot be used stops the start and is named. Secrets are kept in a type that never prints.

use clap::Args;
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use crate::{demo, store::person::Person};

/// Configuration of a server.
#[derive(Debug, Clone, Default, Args)]
pub struct Config {
    /// Address under which people reach the server, e.g. `https://ceps.example.org`. Decides whether cookies are for
    /// HTTPS alone, and where GitHub sends people back to.
    #[arg(long, env = "CEP_TRACKER_BASE_URL", value_name = "URL", value_parser = server_address)]
    pub base_url: Option<String>,

    /// Address at which this server listens, once it does: where links lead as long as no other address is configured.
    #[arg(skip)]
    pub listens_at: Option<String>,

    /// Who administers the tracker: logins or numeric ids of GitHub, separated by commas. Digits alone are an id.
    #[arg(long, env = "CEP_TRACKER_ADMINS", value_name = "PEOPLE", value_delimiter = ',')]
    pub admins: Vec<String>,

    /// GitHub.
    #[command(flatten)]
    pub github: GitHubConfig,

    /// Mail.
    #[command(flatten)]
    pub mail: MailConfig,
}

/// How mail is sent. Without a server, mails are given ready to send.
#[derive(Debug, Clone, Default, Args)]
pub struct MailConfig {
    /// The SMTP server, e.g. `smtps://user:password@mail.example.org` or `smtp://mail.example.org:587?tls=required`.
    #[arg(long = "smtp-url", env = "CEP_TRACKER_SMTP_URL", value_name = "URL", hide_env_values = true)]
    pub smtp_url: Option<SecretString>,

    /// The sender of all mail, e.g. `CEP Tracker <ceps@example.org>`.
    #[arg(long = "mail-from", env = "CEP_TRACKER_MAIL_FROM", value_name = "ADDRESS")]
    pub from: Option<String>,
}

impl MailConfig {
    /// Whether mail can be sent. An empty variable is as good as none.
    pub fn is_configured(&self) -> bool {
        given(self.smtp_url.as_ref()).is_some()
    }
}

/// How GitHub is reached, and as whom.
#[derive(Debug, Clone, Args)]
pub struct GitHubConfig {
    /// GitHub's web pages, where people sign in.
    #[arg(long = "github-url", env = "CEP_TRACKER_GITHUB_URL", value_name = "URL", default_value = GITHUB, value_parser = address)]
    pub web_url: String,

    /// GitHub's API.
    #[arg(long = "github-api-url", env = "CEP_TRACKER_GITHUB_API_URL", value_name = "URL", default_value = GITHUB_API, value_parser = address)]
    pub api_url: String,

    /// Id of the OAuth app with which people sign in.
    #[arg(long = "github-client-id", env = "CEP_TRACKER_GITHUB_CLIENT_ID", value_name = "ID")]
    pub client_id: Option<String>,

    /// Its secret.
    #[arg(
        long = "github-client-secret",
        env = "CEP_TRACKER_GITHUB_CLIENT_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub client_secret: Option<SecretString>,

    /// A token with which GitHub is read, and written to once that is turned on.
    #[arg(long = "github-token", env = "CEP_TRACKER_GITHUB_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub token: Option<SecretString>,

    /// Id of a GitHub App to use in place of a token.
    #[arg(long = "github-app-id", env = "CEP_TRACKER_GITHUB_APP_ID", value_name = "ID")]
    pub app_id: Option<u64>,

    /// Its private key, as PEM.
    #[arg(long = "github-app-key", env = "CEP_TRACKER_GITHUB_APP_KEY", value_name = "PEM", hide_env_values = true)]
    pub app_key: Option<SecretString>,

    /// The number of its installation.
    #[arg(long = "github-app-installation", env = "CEP_TRACKER_GITHUB_APP_INSTALLATION", value_name = "NUMBER")]
    pub app_installation: Option<u64>,

    /// The secret with which GitHub signs webhooks; without it none is taken.
    #[arg(
        long = "github-webhook-secret",
        env = "CEP_TRACKER_GITHUB_WEBHOOK_SECRET",
        value_name = "SECRET",
        hide_env_values = true
    )]
    pub webhook_secret: Option<SecretString>,

    /// Minutes between two readings of GitHub.
    #[arg(long = "github-every", env = "CEP_TRACKER_GITHUB_EVERY", value_name = "MINUTES", default_value_t = EVERY, value_parser = clap::value_parser!(u16).range(1..))]
    pub every: u16,
}

/// Minutes between two readings of GitHub; webhooks tell what happens between them.
const EVERY: u16 = 10;

const GITHUB: &str = "https://github.com";
const GITHUB_API: &str = "https://api.github.com";

impl Default for GitHubConfig {
    fn default() -> Self {
        Self {
            web_url: GITHUB.to_owned(),
            api_url: GITHUB_API.to_owned(),
            client_id: None,
            client_secret: None,
            token: None,
            app_id: None,
            app_key: None,
            app_installation: None,
            webhook_secret: None,
            every: EVERY,
        }
    }
}

/// A GitHub App, complete.
#[derive(Debug, Clone, Copy)]
pub struct App<'a> {
    /// Its id.
    pub id: u64,
    /// Its private key, as PEM.
    pub key: &'a SecretString,
    /// The number of its installation.
    pub installation: u64,
}

impl GitHubConfig {
    /// The token. An empty variable is as good as none.
    pub fn token(&self) -> Option<&SecretString> {
        given(self.token.as_ref())
    }

    /// The App, when all of it is there.
    pub fn app(&self) -> Option<App<'_>> {
        Some(App { id: self.app_id?, key: given(self.app_key.as_ref())?, installation: self.app_installation? })
    }

    /// Whether somebody is configured as whom GitHub can be read and written.
    pub fn has_account(&self) -> bool {
        self.token().is_some() || self.app().is_some()
    }

    /// The secret of webhooks.
    pub fn webhook_secret(&self) -> Option<&SecretString> {
        given(self.webhook_secret.as_ref())
    }

    /// The setting of an App that is missing while another is there.
    fn half_an_app(&self) -> Option<(&'static str, &'static str)> {
        const ID: &str = "CEP_TRACKER_GITHUB_APP_ID";
        let parts = [
            (ID, self.app_id.is_some()),
            ("CEP_TRACKER_GITHUB_APP_KEY", given(self.app_key.as_ref()).is_some()),
            ("CEP_TRACKER_GITHUB_APP_INSTALLATION", self.app_installation.is_some()),
        ];
        let (present, missing) = (parts.iter().find(|part| part.1)?, parts.iter().find(|part| !part.1)?);
        Some((present.0, missing.0))
    }
}

/// Compose files set empty variables.
fn given(secret: Option<&SecretString>) -> Option<&SecretString> {
    secret.filter(|secret| !secret.expose_secret().is_empty())
}

/// Why a server does not start with this configuration; names the setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// One half of the OAuth app or of the GitHub App.
    #[error("{present} is set and {missing} is not; GitHub needs both")]
    Half {
        /// The setting that is there.
        present: &'static str,
        /// The setting that is not.
        missing: &'static str,
    },
    /// GitHub would not know where to send people back to.
    #[error(
        "CEP_TRACKER_BASE_URL is not set; signing in with GitHub needs the address under which people reach the server"
    )]
    NoBaseUrl,
    /// Not an administrator that GitHub could know.
    #[error("CEP_TRACKER_ADMINS names `{0}`, which is neither a login nor a numeric id of GitHub")]
    Admin(String),
}

/// The OAuth app, complete.
#[derive(Debug, Clone, Copy)]
pub struct OAuthApp<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its secret.
    pub secret: &'a SecretString,
    /// Where people are sent back to, without a path.
    pub base_url: &'a str,
}

impl Config {
    /// Says what cannot be used together.
    ///
    /// # Errors
    /// The first setting that does not fit.
    pub fn check(&self) -> Result<(), ConfigError> {
        const ID: &str = "CEP_TRACKER_GITHUB_CLIENT_ID";
        const SECRET: &str = "CEP_TRACKER_GITHUB_CLIENT_SECRET";
        match (self.client_id(), self.client_secret(), &self.base_url) {
            (Some(_), None, _) => return Err(ConfigError::Half { present: ID, missing: SECRET }),
            (None, Some(_), _) => return Err(ConfigError::Half { present: SECRET, missing: ID }),
            (Some(_), Some(_), None) => return Err(ConfigError::NoBaseUrl),
            _ => {}
        }
        if let Some((present, missing)) = self.github.half_an_app() {
            return Err(ConfigError::Half { present, missing });
        }
        let is_login = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        match self.admins.iter().find(|admin| !is_login(admin.trim())) {
            Some(admin) => Err(ConfigError::Admin(admin.clone())),
            None => Ok(()),
        }
    }

    /// The OAuth app; `None` when nobody can sign in with GitHub here.
    pub fn oauth_app(&self) -> Option<OAuthApp<'_>> {
        Some(OAuthApp { id: self.client_id()?, secret: self.client_secret()?, base_url: self.base_url.as_deref()? })
    }

    /// Where links in mails and comments lead: the address for people, else where this server listens.
    pub fn address(&self) -> &str {
        self.base_url.as_deref().or(self.listens_at.as_deref()).unwrap_or("http://127.0.0.1:3000")
    }

    /// The Message-ID of a mail that is the only one of this name; a mail that goes out twice is known by it as one.
    pub fn message_id(&self, name: &str) -> String {
        let host = self.address().split("://").nth(1).unwrap_or_default();
        let host = host.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("localhost");
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '.' }).collect();
        format!("<{name}@{host}>")
    }

    /// Whether people reach the server by HTTPS.
    pub fn is_https(&self) -> bool {
        self.base_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// Whether the address for people, if one is configured, leads to their own machine.
    pub fn is_local(&self) -> bool {
        self.base_url.as_deref().is_none_or(|url| {
            let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
            matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
        })
    }

    /// An empty variable is as good as none: compose files set such.
    fn client_id(&self) -> Option<&str> {
        self.github.client_id.as_deref().filter(|id| !id.is_empty())
    }

    fn client_secret(&self) -> Option<&SecretString> {
        given(self.github.client_secret.as_ref())
    }
}

/// Whether `person` administers the tracker: by numeric id always, by login only if the login means them. In the demo
/// one of its people does too, and only there.
pub fn is_admin(config: &Config, demo: bool, person: &Person) -> bool {
    let named = config.admins.iter().map(|admin| admin.trim()).any(|admin| match admin.parse::<i64>() {
        Ok(id) => id == person.id,
        Err(_) => person.is(admin),
    });
    named || (demo && person.id == demo::ADMIN)
}

/// The address of a server without a path: pages link to each other from the root.
fn server_address(text: &str) -> Result<String, String> {
    let address = address(text)?;
    if address.split_once("://").is_some_and(|(_, rest)| rest.contains('/')) {
        return Err("it may not have a path; the tracker is served from the root of its host".to_owned());
    }
    Ok(address)
}

/// An address, without the slash at its end.
fn address(text: &str) -> Result<String, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("it has to begin with https:// or http://".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err("it may only name a server and a path".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(flatten)]
        config: Config,
    }

    fn parsed(args: &[&str]) -> Result<Config, String> {
        Cli::try_parse_from(["test"].iter().chain(args)).map(|cli| cli.config).map_err(|error| error.to_string())
    }

    fn person(id: i64, logins: &[&str]) -> Person {
        let logins: Vec<String> = logins.iter().map(|login| (*login).to_owned()).collect();
        Person { id, login: "present".to_owned(), name: None, logins }
    }

    #[test]
    fn half_an_oauth_app_is_refused_by_name() {
        let config = parsed(&["--github-client-id", "abc"]).unwrap();
        assert!(config.check().unwrap_err().to_string().contains("CEP_TRACKER_GITHUB_CLIENT_SECRET is not"));
        let config = parsed(&["--github-client-id", "abc", "--github-client-secret", "s"]).unwrap();
        assert_eq!(config.check(), Err(ConfigError::NoBaseUrl));
    }

    #[test]
    fn an_address_that_is_none_is_refused_by_name() {
        let said = parsed(&["--base-url", "ceps.example.org"]).unwrap_err();
        assert!(said.contains("--base-url"), "{said}");
        assert!(parsed(&["--base-url", "https://example.org/ceps"]).unwrap_err().contains("may not have a path"));
        assert_eq!(
            parsed(&["--base-url", "https://ceps.example.org/"]).unwrap().base_url.as_deref(),
            Some("https://ceps.example.org")
        );
    }

    #[test]
    fn the_secret_is_not_printed() {
        let config = parsed(&["--github-client-secret", "do-not-tell"]).unwrap();
        assert!(!format!("{config:?}").contains("do-not-tell"));
    }

    #[test]
    fn admins_match_by_number_or_by_a_login_that_means_them() {
        let config = parsed(&["--admins", "Ada, 7"]).unwrap();
        assert_eq!(config.check(), Ok(()));
        assert!(is_admin(&config, false, &person(1, &["ada"])));
        assert!(is_admin(&config, false, &person(7, &[])));
        assert!(!is_admin(&config, false, &person(2, &["present"])));
        assert!(!is_admin(&config, false, &person(demo::ADMIN, &[])));
        assert!(is_admin(&config, true, &person(demo::ADMIN, &[])));
    }

    #[test]
    fn without_arguments_it_is_the_default() {
        let config = parsed(&[]).unwrap();
        assert_eq!(format!("{config:?}"), format!("{:?}", Config::default()));
    }
}
