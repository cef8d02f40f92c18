//! Style sheet and browser part: loaded once, compressed once, named after their content, cached for ever.

use std::{collections::HashMap, io::Write, path::Path};

use axum::{
    extract::{Path as UrlPath, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};

use super::AppState;
use crate::store::blob;

const CSS: &str = include_str!(concat!(env!("OUT_DIR"), "/app.css"));

const FAVICON: &str = concat!(
    r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#00706b"/>"##,
    r##"<path d="M3 11h2l2-6 3 6h3" fill="none" stroke="#fff" stroke-width="1.6"/></svg>"##
);

/// The assets by file name.
#[derive(Debug)]
pub struct Assets {
    files: HashMap<String, Asset>,
    /// What pages link to.
    pub links: app::port::Assets,
}

#[derive(Debug)]
struct Asset {
    kind: &'static str,
    plain: Vec<u8>,
    gzip: Vec<u8>,
}

impl Assets {
    /// The style sheet, and what is in `pkg/` of the site directory. Without that the pages do without script.
    pub fn load(site: &Path) -> Self {
        let mut files = HashMap::new();
        let mut add = |stem: &str, ending: &str, kind: &'static str, plain: Vec<u8>| {
            let hash = blob::address(&plain);
            let name = format!("{stem}.{}.{ending}", hash.get(..12).unwrap_or_default());
            let href = format!("/pkg/{name}");
            files.insert(name, Asset { kind, gzip: gzip(&plain), plain });
            href
        };
        let css_href = add("app", "css", "text/css; charset=utf-8", CSS.as_bytes().to_vec());
        let read = |name: &str| std::fs::read(site.join("pkg").join(name)).ok();
        let script = read("app.js").zip(read("app_bg.wasm")).map(|(js, wasm)| app::port::ScriptAssets {
            js_href: add("app", "js", "text/javascript; charset=utf-8", js),
            wasm_href: add("app", "wasm", "application/wasm", wasm),
        });
        if script.is_none() {
            tracing::warn!(site = %site.display(), "no browser part found; pages are served without script");
        }
        Self { files, links: app::port::Assets { css_href, script } }
    }
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail; if it did, the empty result would simply not be used.
    encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// One asset, by the name that holds its hash.
pub async fn asset(State(state): State<AppState>, UrlPath(file): UrlPath<String>, headers: HeaderMap) -> Response {
    let Some(asset) = state.assets.files.get(&file) else {
        return (StatusCode::NOT_FOUND, "no such asset").into_response();
    };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let common = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if accepts.contains("gzip") && !asset.gzip.is_empty() {
        return (common, [(header::CONTENT_ENCODING, "gzip")], asset.gzip.clone()).into_response();
    }
    (common, asset.plain.clone()).into_response()
}

/// The icon of the tab.
pub async fn favicon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")], FAVICON)
}

/// Everything public may be read by anyone.
pub async fn robots() -> &'static str {
    "User-agent: *\nAllow: /\nDisallow: /api/\n"
}
