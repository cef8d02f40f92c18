//! The `Link` header, which leads from page to page.

/// The path and query of the next page. GitHub gives whole addresses, of repositories by number too; only what is under
/// the API's own address is followed, so that the token goes nowhere else.
pub fn next(header: &str, api: &str) -> Option<String> {
    let next = header.split(',').find(|part| {
        part.split(';').skip(1).any(|parameter| parameter.trim().replace('"', "").eq_ignore_ascii_case("rel=next"))
    })?;
    let url = next.split(';').next()?.trim().strip_prefix('<')?.strip_suffix('>')?;
    below(url, api)
}

/// The path and query of an address under the API's own.
pub fn below(url: &str, api: &str) -> Option<String> {
    if url.starts_with('/') && !url.starts_with("//") {
        return Some(url.to_owned());
    }
    url.strip_prefix(api.trim_end_matches('/')).filter(|path| path.starts_with('/')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "https://api.github.com";

    #[test]
    fn the_next_page_is_found_among_others() {
        let header = "<https://api.github.com/repositories/1/issues?page=1>; rel=\"prev\", \
                      <https://api.github.com/repositories/1/issues?page=3>; rel=\"next\", \
                      <https://api.github.com/repositories/1/issues?page=9>; rel=\"last\"";
        assert_eq!(next(header, API).as_deref(), Some("/repositories/1/issues?page=3"));
        assert_eq!(next("<https://api.github.com/x?page=1>; rel=\"first\"", API), None);
    }

    #[test]
    fn another_host_is_not_followed() {
        assert_eq!(next("<https://api.github.com.evil.test/x>; rel=\"next\"", API), None);
        assert_eq!(next("<//evil.test/x>; rel=\"next\"", API), None);
    }
}
