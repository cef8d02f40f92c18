//! Pages of lists, with GitHub's Link header: it leads to `/repositories/ID/…` and keeps what was asked.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::ask::{Ask, Reply};

/// The page of `rows` that is asked for; `address` is the list's own without a query. Only its rows are drawn.
pub fn page<T>(ask: &Ask, address: &str, rows: &[T], draw: impl Fn(&T) -> Value) -> Reply {
    let number = |name: &str, otherwise: usize| {
        ask.parameter(name).and_then(|text| text.parse().ok()).filter(|number| *number > 0).unwrap_or(otherwise)
    };
    let (size, page) = (number("per_page", 30).min(100), number("page", 1));
    let last = rows.len().div_ceil(size).max(1);
    let body: Vec<_> = rows.iter().skip((page - 1) * size).take(size).map(draw).collect();
    let reply = Reply::ok(body);
    let mut links = Vec::new();
    if page > 1 {
        links.push(("prev", (page - 1).min(last)));
    }
    if page < last {
        links.extend([("next", page + 1), ("last", last)]);
    }
    if page > 1 {
        if page == last {
            links.push(("last", last));
        }
        links.push(("first", 1));
    }
    if last == 1 && page == 1 {
        return reply;
    }
    let links: Vec<_> =
        links.iter().map(|(name, page)| format!("<{}>; rel=\"{name}\"", at(ask, address, *page))).collect();
    reply.header("link", links.join(", "))
}

fn at(ask: &Ask, address: &str, page: usize) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().replace("%5F", "_");
    let kept = ask.query.iter().filter(|(name, _)| name != "page");
    let mut pairs: Vec<_> = kept.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.push(format!("page={page}"));
    format!("{address}?{}", pairs.join("&"))
}
