//! Pages of lists: how long, which, and where the others are.

use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::Problem;
use app::query::{Parameters, encode};

/// A page of a list. The header `Link` leads to the first, previous, next and last page (RFC 8288).
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The instant it was judged at; absent where nothing is judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
    /// How many match.
    pub total: usize,
    /// This page, from 1; the last one when a later one was asked for.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// The objects of this page.
    pub items: Vec<T>,
    #[serde(skip)]
    #[schema(ignore)]
    links: String,
}

/// Which part of a list.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageParameters {
    /// The page, from 1.
    #[param(minimum = 1, example = 1)]
    pub page: Option<u32>,
    /// Objects of a page: 1 to 500, 100 without it.
    #[param(minimum = 1, maximum = 500, example = 20)]
    pub limit: Option<u32>,
}

/// Objects of a page, where the reader does not say.
const LIMIT: u32 = 100;

/// Most objects of a page.
const MOST: u32 = 500;

/// The part of a list that an address asks for.
#[derive(Debug)]
pub struct Paging<'a> {
    uri: &'a Uri,
    /// Objects of a page.
    pub limit: u32,
    asked: u32,
}

impl<'a> Paging<'a> {
    /// Reads `limit`; the page was read with the filters.
    ///
    /// # Errors
    /// When it is no number from 1 to 500.
    pub fn of(uri: &'a Uri, page: u32) -> Result<Self, Problem> {
        let parameters = Parameters::parse(uri.query().unwrap_or_default());
        let limit = match parameters.first("limit") {
            None => LIMIT,
            Some(text) => text.parse().ok().filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| {
                let words = format!("`limit={text}` cannot be used; understood: a whole number from 1 to {MOST}.");
                Problem::new(StatusCode::BAD_REQUEST, words)
            })?,
        };
        Ok(Self { uri, limit, asked: page.max(1) })
    }

    /// Reads `limit` and `page` of a list without filters.
    ///
    /// # Errors
    /// When one of them is no such number.
    pub fn asked(uri: &'a Uri) -> Result<Self, Problem> {
        let parameters = Parameters::parse(uri.query().unwrap_or_default());
        let page = parameters.first("page").map(str::parse::<u32>).transpose().map_err(|_| {
            Problem::new(StatusCode::BAD_REQUEST, "`page` cannot be used; understood: a whole number from 1.")
        })?;
        Self::of(uri, page.unwrap_or(1))
    }

    /// How many pages so many objects make.
    pub fn pages(&self, total: usize) -> u32 {
        u32::try_from(total.div_ceil(self.limit as usize)).unwrap_or(u32::MAX).max(1)
    }

    /// Where the objects of the page begin.
    fn first(&self, page: u32) -> usize {
        (page as usize - 1).saturating_mul(self.limit as usize)
    }

    /// The page of a list that is at hand as a whole.
    pub fn cut<T, U>(&self, at: Option<DateTime<Utc>>, all: &[T], object: impl Fn(&T) -> U) -> Page<U> {
        let page = self.asked.min(self.pages(all.len()));
        let items = all.iter().skip(self.first(page)).take(self.limit as usize).map(object).collect();
        self.page(at, (all.len(), page), items)
    }

    /// The same of objects that are made already.
    pub fn whole<T>(&self, at: Option<DateTime<Utc>>, all: Vec<T>) -> Page<T> {
        let (total, page) = (all.len(), self.asked.min(self.pages(all.len())));
        let items = all.into_iter().skip(self.first(page)).take(self.limit as usize).collect();
        self.page(at, (total, page), items)
    }

    /// A page that was read from the database.
    pub fn page<T>(&self, at: Option<DateTime<Utc>>, (total, page): (usize, u32), items: Vec<T>) -> Page<T> {
        let pages = self.pages(total);
        Page { at, total, page, pages, items, links: self.links(page, pages) }
    }

    /// The value of the header `Link`.
    fn links(&self, page: u32, pages: u32) -> String {
        let (before, after) = ((page > 1).then(|| page - 1), (page < pages).then(|| page + 1));
        let all = [("first", Some(1)), ("prev", before), ("next", after), ("last", Some(pages))];
        let links = all.iter().filter_map(|(rel, page)| Some(format!("<{}>; rel=\"{rel}\"", self.address((*page)?))));
        links.collect::<Vec<_>>().join(", ")
    }

    fn address(&self, page: u32) -> String {
        let parameters = Parameters::parse(self.uri.query().unwrap_or_default());
        let kept = parameters.iter().filter(|(name, _)| *name != "page");
        let pairs = kept.map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let pairs: Vec<_> = pairs.chain([format!("page={page}")]).collect();
        format!("{}?{}", self.uri.path(), pairs.join("&"))
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let link = HeaderValue::from_str(&self.links);
        let mut response = Json(self).into_response();
        if let Ok(link) = link {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}
