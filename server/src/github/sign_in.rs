//! GitHub, as far as signing in needs it: where people go to say who they are, and who they turn out to be.
//!
//! Authorization code with PKCE. No scope is asked for: who somebody is, is public. The token is used once and forgotten.

use std::time::Duration;

use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, TokenResponse, TokenUrl, basic::BasicClient,
    url,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use crate::config::{GitHubConfig, OAuthApp};

/// Path at which GitHub sends people back.
pub const CALLBACK: &str = "/sign-in/callback";

/// How long GitHub may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// The way to GitHub.
#[derive(Debug)]
pub struct GitHub {
    client: Client,
    http: reqwest::Client,
    user_url: String,
    web_origin: String,
}

/// A sign-in under way: where to send the person, and what to remember until they come back.
#[derive(Debug)]
pub struct Begun {
    /// GitHub's page.
    pub url: String,
    /// What GitHub has to hand back.
    pub state: String,
    /// What proves that whoever comes back is who was sent.
    pub verifier: String,
}

/// Who somebody is at GitHub.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Identity {
    /// Numeric id, theirs for ever.
    pub id: i64,
    /// Login, theirs for now.
    pub login: String,
    /// Name, if they gave one.
    pub name: Option<String>,
}

/// Why GitHub cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// An address is none.
    #[error(transparent)]
    Address(#[from] url::ParseError),
    /// There is no way out.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

/// Why GitHub did not say who somebody is. The text is for the log.
#[derive(Debug, thiserror::Error)]
pub enum GitHubError {
    /// It did not answer, or not in words that we understand.
    #[error("GitHub does not answer: {0}")]
    Unreachable(String),
    /// It did not accept the code, or our app.
    #[error("GitHub refused: {0}")]
    Refused(String),
}

impl GitHub {
    /// The way to GitHub with an OAuth app.
    ///
    /// # Errors
    /// When an address is none.
    pub fn new(config: &GitHubConfig, app: OAuthApp<'_>) -> Result<Self, SetUpError> {
        let client = BasicClient::new(ClientId::new(app.id.to_owned()))
            .set_client_secret(ClientSecret::new(app.secret.expose_secret().to_owned()))
            .set_auth_uri(AuthUrl::new(format!("{}/login/oauth/authorize", config.web_url))?)
            .set_token_uri(TokenUrl::new(format!("{}/login/oauth/access_token", config.web_url))?)
            .set_redirect_uri(RedirectUrl::new(format!("{}{CALLBACK}", app.base_url))?)
            .set_auth_type(AuthType::RequestBody);
        let http = reqwest::Client::builder()
            // A redirect could take the client's secret elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .user_agent(concat!("cep-tracker/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let web_origin = client.auth_uri().url().origin().ascii_serialization();
        Ok(Self { client, http, user_url: format!("{}/user", config.api_url), web_origin })
    }

    /// The origin that the browser is sent to.
    pub fn web_origin(&self) -> &str {
        &self.web_origin
    }

    /// Begins a sign-in.
    pub fn begin(&self) -> Begun {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (url, state) = self.client.authorize_url(CsrfToken::new_random).set_pkce_challenge(challenge).url();
        Begun { url: url.into(), state: state.into_secret(), verifier: verifier.into_secret() }
    }

    /// Who the person is that came back with `code`.
    ///
    /// # Errors
    /// When GitHub does not say so.
    pub async fn identify(&self, code: String, verifier: String) -> Result<Identity, GitHubError> {
        let token = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(error) => GitHubError::Unreachable(error.to_string()),
                RequestTokenError::ServerResponse(said) => GitHubError::Refused(said.to_string()),
                // GitHub says what it refuses with status 200, which is read as a token first.
                RequestTokenError::Parse(_, body) => match serde_json::from_slice::<Refusal>(&body) {
                    Ok(refusal) => GitHubError::Refused(refusal.error),
                    Err(error) => GitHubError::Unreachable(error.to_string()),
                },
                RequestTokenError::Other(said) => GitHubError::Unreachable(said),
            })?;
        self.user(token.access_token().secret()).await
    }

    async fn user(&self, token: &str) -> Result<Identity, GitHubError> {
        let unreachable = |error: reqwest::Error| GitHubError::Unreachable(error.to_string());
        let answer = self
            .http
            .get(&self.user_url)
            .bearer_auth(token)
            .header("accept", "application/vnd.github+json")
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .map_err(unreachable)?;
        let body = answer.bytes().await.map_err(unreachable)?;
        let identity: Identity =
            serde_json::from_slice(&body).map_err(|error| GitHubError::Unreachable(error.to_string()))?;
        // Ids that are not positive are the demo's.
        if identity.id > 0 { Ok(identity) } else { Err(GitHubError::Unreachable(format!("{} is no id", identity.id))) }
    }
}

#[derive(Debug, Deserialize)]
struct Refusal {
    error: String,
}
