//! The short name of a proposal's directory.

/// Longest one, in characters.
const MAX: usize = 48;

/// "Prow job config linting (presubmit)" becomes `prow-job-config-linting-presubmit`; cut at a word.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::new();
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        if !slug.is_empty() && slug.len() + 1 + word.len() > MAX {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.extend(word.chars().take(MAX).map(|c| c.to_ascii_lowercase()));
    }
    if slug.is_empty() { "short-title".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_made_of_the_words_of_the_title() {
        assert_eq!(slug("Prow job config linting (presubmit)"), "prow-job-config-linting-presubmit");
        assert_eq!(slug("  ../../etc/passwd?x=1 "), "etc-passwd-x-1");
        assert_eq!(slug("日本語"), "short-title");
        assert_eq!(slug(&"long words ".repeat(30)), "long-words-long-words-long-words-long-words-long");
        assert_eq!(slug(&"x".repeat(300)).len(), MAX);
    }
}
