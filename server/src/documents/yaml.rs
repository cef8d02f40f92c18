//! YAML as a small tree with a line for every value.
//!
//! Built from parser events, because the readers need lines and limits more than types: every scalar stays text (a
//! date is read by the one who expects a date). Left out on purpose: tags, merge keys, and every document after the
//! first. Aliases are followed as long as the whole tree stays within [`MAX_NODES`] and [`MAX_TEXT`], so a bomb of
//! them is refused and an honest one is not.

use std::collections::HashMap;

use domain::{Diagnostic, diagnostic::codes};
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::text::line_number;

/// Deepest nesting of lists and maps. The files read here need four levels.
pub const MAX_DEPTH: usize = 32;
/// Most values in one file, those repeated by aliases included.
pub const MAX_NODES: usize = 20_000;
/// Most bytes of text in all values of one file, those repeated by aliases included.
pub const MAX_TEXT: usize = 1024 * 1024;

/// A value and the line on which it starts, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Line in the file.
    pub line: u32,
    /// The value.
    pub value: Value,
}

/// What a YAML value can be, as far as the readers care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// Text, number, date or boolean, as written and unfolded.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar; empty for null; `None` for a list or map.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Null => Some(""),
            Value::Text(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    fn weight(&self) -> (usize, usize) {
        let sum = |a: (usize, usize), b: (usize, usize)| (a.0 + b.0, a.1 + b.1);
        match &self.value {
            Value::Null => (1, 0),
            Value::Text(text) => (1, text.len()),
            Value::List(items) => items.iter().map(Self::weight).fold((1, 0), sum),
            Value::Map(pairs) => pairs.iter().map(|(k, v)| sum(k.weight(), v.weight())).fold((1, 0), sum),
        }
    }
}

/// Parses the first document of `text`; `Ok(None)` when it holds no value. `lines_before` lines stand before `text` in
/// the file and are added to every line.
///
/// # Errors
/// One diagnostic (`yaml-broken`, `too-deep`, `too-large`) with the line at which reading stopped.
pub fn parse(text: &str, lines_before: u32, diagnostics: &mut Vec<Diagnostic>) -> Result<Option<Node>, Diagnostic> {
    let mut builder = Builder::default();
    let mut documents = 0_u32;
    // The parser puts an unexpected end of the text on a line behind the last one.
    let last = text.lines().count().max(1);
    let line_of = |line: usize| line_number(line.clamp(1, last) - 1).saturating_add(lines_before);
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| broken(&error, &line_of))?;
        let line = line_of(span.start.line());
        if matches!(event, Event::DocumentStart(_)) {
            documents += 1;
            if documents > 1 {
                diagnostics.push(Diagnostic::warning(
                    line,
                    codes::YAML_SEVERAL,
                    "The file holds more than one YAML document; only the first was read.",
                    "Remove the line `---` and what follows, or merge it into the first.",
                ));
                break;
            }
        }
        builder.take(event, line)?;
    }
    Ok(builder.root)
}

fn broken(error: &ScanError, line_of: &impl Fn(usize) -> u32) -> Diagnostic {
    let line = line_of(error.marker().line());
    // The parser's own limit for brackets on one line; it looks ahead, so it can hit it before the builder does.
    if error.info().contains("recursion limit") {
        return too_deep(line);
    }
    Diagnostic::error(
        line,
        codes::YAML_BROKEN,
        format!("The YAML cannot be read here: {}.", error.info().trim_end_matches('.')),
        "Correct the line; quote texts that hold a colon, a hash or a leading bracket.",
    )
}

fn too_deep(line: u32) -> Diagnostic {
    Diagnostic::error(
        line,
        codes::TOO_DEEP,
        format!("Values are nested deeper than {MAX_DEPTH} levels."),
        "Write the file as a plain list or map.",
    )
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    text: usize,
    root: Option<Node>,
}

/// A list or map whose end has not come yet.
struct Open {
    node: Node,
    key: Option<Node>,
    anchor: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, line: u32) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let null = style == ScalarStyle::Plain && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                let value = if null { Value::Null } else { Value::Text(text.into_owned()) };
                let node = Node { line, value };
                self.spend(&node)?;
                self.finish(node, anchor);
            }
            Event::SequenceStart(anchor, _) => self.begin(Node { line, value: Value::List(Vec::new()) }, anchor)?,
            Event::MappingStart(anchor, _) => self.begin(Node { line, value: Value::Map(Vec::new()) }, anchor)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(done) = self.open.pop() {
                    self.finish(done.node, done.anchor);
                }
            }
            Event::Alias(anchor) => self.repeat(anchor, line)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn begin(&mut self, node: Node, anchor: usize) -> Result<(), Diagnostic> {
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(node.line));
        }
        self.spend(&node)?;
        self.open.push(Open { node, key: None, anchor });
        Ok(())
    }

    /// Puts a copy of the anchored value here. An alias to a list that is still open would be a tree without end; it
    /// reads as nothing.
    fn repeat(&mut self, anchor: usize, line: u32) -> Result<(), Diagnostic> {
        let Some(anchored) = self.anchors.remove(&anchor) else {
            self.attach(Node { line, value: Value::Null });
            return Ok(());
        };
        self.spend(&Node { line, value: Value::Null })?;
        self.spend(&anchored)?;
        self.attach(anchored.clone());
        self.anchors.insert(anchor, anchored);
        Ok(())
    }

    fn spend(&mut self, node: &Node) -> Result<(), Diagnostic> {
        let (nodes, text) = node.weight();
        self.nodes = self.nodes.saturating_add(nodes);
        self.text = self.text.saturating_add(text);
        if self.nodes <= MAX_NODES && self.text <= MAX_TEXT {
            return Ok(());
        }
        Err(Diagnostic::error(
            node.line,
            codes::TOO_LARGE,
            "The values of the file, those repeated by aliases included, are more than a reader takes.",
            "Write values out in place of aliases, and split the file.",
        ))
    }

    fn finish(&mut self, node: Node, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        self.attach(node);
    }

    fn attach(&mut self, node: Node) {
        let Some(parent) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut parent.node.value {
            Value::List(items) => items.push(node),
            Value::Map(pairs) => match parent.key.take() {
                Some(key) => pairs.push((key, node)),
                None => parent.key = Some(node),
            },
            Value::Null | Value::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        parse(text, 0, &mut Vec::new()).err().map(|d| d.code)
    }

    #[test]
    fn every_value_knows_its_line() {
        let root = parse("a: 1\nb:\n  - x\n  - ~\n", 10, &mut Vec::new()).unwrap().unwrap();
        let Value::Map(pairs) = root.value else { panic!("a map") };
        assert_eq!(pairs[1].0.line, 12);
        let Value::List(items) = &pairs[1].1.value else { panic!("a list") };
        assert_eq!((items[0].line, items[0].text(), &items[1].value), (13, Some("x"), &Value::Null));
    }

    #[test]
    fn honest_aliases_are_followed_and_bombs_are_refused() {
        let root = parse("- &a hello\n- *a\n", 0, &mut Vec::new()).unwrap().unwrap();
        assert!(matches!(root.value, Value::List(items) if items[1].text() == Some("hello")));
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for i in 1..30 {
            let refs = vec![format!("*a{}", i - 1); 9].join(",");
            bomb = [bomb, format!("a{i}: &a{i} [{refs}]\n")].concat();
        }
        assert_eq!(code(&bomb).as_deref(), Some("too-large"));
        let long = format!("- &a {}\n{}", "x".repeat(100_000), "- *a\n".repeat(10_000));
        assert_eq!(code(&long).as_deref(), Some("too-large"));
    }

    #[test]
    fn deep_nesting_is_refused_in_either_style() {
        assert_eq!(code(&"[".repeat(250_000)).as_deref(), Some("too-deep"));
        assert_eq!(code(&"- ".repeat(100_000)).as_deref(), Some("too-deep"));
        assert_eq!(code(&"{a: ".repeat(60_000)).as_deref(), Some("too-deep"));
        let block: String = (0..700).flat_map(|depth| [" ".repeat(depth), "a:\n".to_owned()]).collect();
        assert_eq!(code(&block).as_deref(), Some("too-deep"));
    }

    #[test]
    fn only_the_first_of_several_documents_is_read_and_that_is_said() {
        let mut diagnostics = Vec::new();
        let root = parse("- a\n---\n- b\n", 0, &mut diagnostics).unwrap().unwrap();
        assert!(matches!(root.value, Value::List(items) if items.len() == 1));
        assert_eq!(diagnostics[0].code, "yaml-several");
    }
}
