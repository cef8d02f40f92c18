//! HTML written straight into a string, for rows that come by the hundred: a tree of views for them costs as much as
//! all else of a request together.
//!
//! Only text known at compile time goes in as it is; whatever comes from data is escaped, by the types.

use super::{Icon, Tone};

/// HTML in the making.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Room for about so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// HTML as written in the source.
    pub fn raw(&mut self, html: &'static str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Text or the value of a quoted attribute, escaped.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            self.0.push_str(&rest[..at]);
            self.0.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            });
            rest = &rest[at + 1..];
        }
        self.0.push_str(rest);
        self
    }

    /// The same as [`super::icon`].
    pub fn icon(&mut self, which: Icon) -> &mut Self {
        self.raw("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"").raw(which.href()).raw("\"></use></svg>")
    }

    /// The same as [`super::badge`].
    pub fn badge(&mut self, tone: Tone, which: Icon, words: &str) -> &mut Self {
        self.raw("<span class=\"badge ").raw(tone.class()).raw("\">").icon(which).text(words).raw("</span>")
    }

    /// What was written.
    pub fn into_html(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_from_data_is_inert() {
        let mut markup = Markup::default();
        markup.raw("<b title=\"").text("\" onclick='x'").raw("\">").text("<script>ä & ö</script>").raw("</b>");
        assert_eq!(
            markup.into_html(),
            "<b title=\"&quot; onclick=&#39;x&#39;\">&lt;script&gt;ä &amp; ö&lt;/script&gt;</b>"
        );
    }
}
