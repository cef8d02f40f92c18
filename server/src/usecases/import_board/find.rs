//! Which proposal a row is about.

use domain::{Diagnostic, Source, diagnostic::codes};

use crate::{
    documents::BoardItem,
    verdicts::{ProposalRecord, World},
};

/// The proposal of the source that an item is: by its tracking issue, else by the number in its title, which is pointed
/// out since it need not be that of the issue.
///
/// # Errors
/// Why it is none that is known.
pub(super) fn proposal<'w>(
    world: &'w World,
    source: &Source,
    item: &BoardItem,
    line: u32,
    remarks: &mut Vec<Diagnostic>,
) -> Result<&'w ProposalRecord, Diagnostic> {
    let unknown = |message: String, mend: &str| Diagnostic::warning(line, codes::PROPOSAL_UNKNOWN, message, mend);
    let (number, titled) = match item {
        BoardItem::Issue { repository, number } if repository.eq_ignore_ascii_case(&source.repository) => {
            (*number, None)
        }
        BoardItem::Issue { repository, number } => {
            let message = format!("{repository}#{number} is no issue of {}.", source.repository);
            return Err(unknown(message, "Nothing, when it is of another source."));
        }
        BoardItem::Pull { repository, number } => {
            let message = format!("{repository}#{number} is a pull request; a board's rows are tracking issues.");
            return Err(unknown(message, "Put the tracking issue on the board in its place."));
        }
        BoardItem::Titled { noun, number } if source.noun.eq_ignore_ascii_case(noun) => (*number, Some(noun)),
        BoardItem::Titled { noun, number } => {
            let message = format!("The title names {} {number}, which is none of {}.", noun.to_uppercase(), source.id);
            return Err(unknown(message, "Nothing, when it is of another source."));
        }
    };
    let record = world.proposals.get(&(source.id.clone(), number)).ok_or_else(|| {
        let message = format!("No proposal {}/{number} is known here.", source.id);
        unknown(message, "Import its document or read its issue from GitHub, then import the board again.")
    })?;
    if let Some(noun) = titled {
        let message = format!("The row was taken for {}/{number} by its title alone.", source.id);
        let mend = format!("Show the column URL: the number of a {} need not be its issue's.", noun.to_uppercase());
        remarks.push(Diagnostic::warning(line, codes::NOT_STATED, message, mend));
    }
    Ok(record)
}
