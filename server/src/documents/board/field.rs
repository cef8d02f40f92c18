//! The fields of a board, and a row that is put together from them.

use domain::{Diagnostic, ReferenceForm, diagnostic::codes};

use super::{
    super::{
        link::{Link, To, links_of, nouns_of},
        text::{clip, quoted},
    },
    BoardItem, BoardRow,
};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// Address of the issue.
    Url,
    Repository,
    Number,
    Status,
    Reviewer,
    Exception,
    Promotion,
    Stage,
}

impl Field {
    /// The field that goes by a name, whatever its case; none for one from which nothing follows.
    pub(super) fn named(name: &str) -> Option<Self> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let name = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
        Some(match name.as_str() {
            "title" => Self::Title,
            "url" | "issue" | "issue url" | "link" | "tracking issue" => Self::Url,
            "repository" => Self::Repository,
            "number" | "issue number" => Self::Number,
            "status" => Self::Status,
            // Not GitHub's own field "Reviewers", which holds those of pull requests.
            "reviewer" | "vep reviewer" | "cep reviewer" | "enhancement reviewer" => Self::Reviewer,
            "exception" | "exception phase" | "exception status" => Self::Exception,
            "promotion" | "promotion phase" => Self::Promotion,
            "stage" | "target stage" => Self::Stage,
            _ => return None,
        })
    }
}

/// A row of which not all fields were seen yet.
#[derive(Debug, Default)]
pub(super) struct Draft {
    row: BoardRow,
    url: String,
    repository: String,
    number: String,
}

impl Draft {
    pub(super) fn new(line: u32) -> Self {
        Self { row: BoardRow { line, ..BoardRow::default() }, ..Self::default() }
    }

    /// Puts a value into a field; an empty one leaves it as it is, and so does a second one.
    pub(super) fn put(&mut self, field: Field, value: &str) {
        let value = clip(value);
        let optional = match field {
            Field::Title => return set(&mut self.row.title, value),
            Field::Url => return set(&mut self.url, value),
            Field::Repository => return set(&mut self.repository, value),
            Field::Number => return set(&mut self.number, value),
            Field::Status => &mut self.row.status,
            Field::Reviewer => &mut self.row.reviewer,
            Field::Exception => &mut self.row.exception,
            Field::Promotion => &mut self.row.promotion,
            Field::Stage => &mut self.row.stage,
        };
        if !value.is_empty() && optional.is_none() {
            *optional = Some(value);
        }
    }

    /// The row, with what it names.
    pub(super) fn row(mut self, found: &mut Vec<Diagnostic>) -> BoardRow {
        self.row.item = self.item();
        if self.row.item.is_none() {
            let named = [&self.url, &self.row.title].into_iter().find(|text| !text.is_empty());
            let named = named.map_or_else(|| "The row".to_owned(), |text| quoted(text));
            let message = format!("{named} names no issue.");
            let mend = "Put the tracking issue on the board in place of a note, or show the column URL.";
            found.push(Diagnostic::error(self.row.line, codes::ROW_LOST, message, mend));
        }
        self.row
    }

    /// What the row is: by its address, else by repository and number, else by what its title names.
    fn item(&self) -> Option<BoardItem> {
        let numbered = || format!("{}#{}", self.repository, self.number.trim_start_matches('#'));
        let places = [self.url.clone(), numbered(), self.row.title.clone()];
        places.iter().find_map(|text| links_of(text).iter().find_map(item_of)).or_else(|| {
            let mut named = nouns_of(&self.row.title);
            named.dedup();
            // Of several nobody knows which it is.
            let [(noun, number)] = named.as_slice() else { return None };
            Some(BoardItem::Titled { noun: (*noun).to_owned(), number: *number })
        })
    }
}

fn set(place: &mut String, value: String) {
    if place.is_empty() {
        *place = value;
    }
}

/// What a link that names its repository leads to.
fn item_of(link: &Link<'_>) -> Option<BoardItem> {
    let repository = format!("{}/{}", link.owner?, link.repository?);
    match link.to {
        To::Issue(number) | To::MisspeltIssue(number) => Some(BoardItem::Issue { repository, number }),
        To::Either(number) if link.form == ReferenceForm::Qualified => Some(BoardItem::Issue { repository, number }),
        To::Pull(number) => Some(BoardItem::Pull { repository, number }),
        _ => None,
    }
}
