//! Addresses of forms at GitHub that come filled in.

use app::query::encode;

/// GitHub refuses addresses that are longer, and so do some browsers.
const MAX: usize = 7_500;

/// The form for a new issue; the empty one besides. None when title and body are too long for an address.
pub fn new_issue(repository: &str, title: &str, body: &str, labels: &[String]) -> (Option<String>, String) {
    let base = format!("https://github.com/{repository}/issues/new");
    let labels = encode(&labels.join(","));
    let full = format!("{base}?title={}&labels={labels}&body={}", encode(title), encode(body));
    (Some(full).filter(|full| full.len() <= MAX), base)
}

/// The form for a new file on the main branch; the one with nothing but the path besides.
pub fn new_file(repository: &str, path: &str, text: &str) -> (Option<String>, String) {
    let base = format!("https://github.com/{repository}/new/main?filename={}", encode(path));
    let full = format!("{base}&value={}", encode(text));
    (Some(full).filter(|full| full.len() <= MAX), base)
}

#[cfg(test)]
mod tests {
    use app::query::Parameters;

    use super::*;

    #[test]
    fn title_and_body_arrive_as_they_were() {
        let (full, empty) = new_issue("o/r", "50 % & more #1", "a\nb + ä", &["kind/tracker".to_owned()]);
        let full = full.unwrap();
        assert_eq!(empty, "https://github.com/o/r/issues/new");
        assert!(full.ends_with("body=a%0Ab+%2B+%C3%A4"), "{full}");
        assert_eq!(Parameters::parse(full.split_once('?').unwrap().1).first("title"), Some("50 % & more #1"));
    }

    #[test]
    fn what_is_too_long_for_an_address_gets_none() {
        assert_eq!(new_issue("o/r", "t", &"ä".repeat(2_000), &[]).0, None);
        let (full, with_path) = new_file("o/r", "docs/a b/cep.md", &"x".repeat(8_000));
        assert_eq!((full, with_path.as_str()), (None, "https://github.com/o/r/new/main?filename=docs/a+b/cep.md"));
    }
}
