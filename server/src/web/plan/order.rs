//! Ordering what is accepted: the numbers typed or dragged, and one step up or down without script.

use axum::extract::Path;
use domain::RuleError;

use super::OfPlan;
use crate::{
    usecases::decide::{DecideError, SourceDecision},
    web::forms::{Answer, Fields, Posted, problem, see_other},
};

/// Saves the whole order.
pub async fn order(Path(version): Path<String>, posted: Posted) -> Answer {
    let mut form = OfPlan::read(&version, posted).await?;
    let typed = match read(&form.sent.fields) {
        Ok(typed) => typed,
        Err((field, words)) => return Ok(form.sent.again(vec![problem(&field, words)], 422).await),
    };
    let mut order = in_order(typed);
    if let Some(step) = form.sent.fields.get("move") {
        take(&mut order, step);
    }
    let release = form.address.release;
    Ok(match form.decide(SourceDecision::Reorder { release, order: order.clone() }).await {
        Ok(()) => form.done("order"),
        // Nothing moved: that is no mistake.
        Err(DecideError::Rule(RuleError::Already(_))) => see_other(&form.address.page()),
        Err(error) => {
            keep(&mut form.sent.fields, &order);
            form.refused(error).await
        }
    })
}

/// A row as posted: its number, the place it had when the page was drawn, the place typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Typed {
    number: u32,
    was: Option<u32>,
    place: Option<u32>,
}

/// Rows in the order of the page.
fn read(fields: &Fields) -> Result<Vec<Typed>, (String, String)> {
    let mut rows = Vec::new();
    for (name, value) in &fields.0 {
        let Some(number) = name.strip_prefix("rank-").and_then(|number| number.parse().ok()) else { continue };
        let value = value.trim();
        let place = match value {
            "" => None,
            _ => Some(value.parse().ok().filter(|place| *place > 0).ok_or_else(|| {
                (name.clone(), format!("“{value}” is no place in the order; write a whole number from 1"))
            })?),
        };
        let was = fields.get(&format!("was-{number}")).and_then(|was| was.parse().ok());
        rows.push(Typed { number, was, place });
    }
    Ok(rows)
}

/// By the places typed. Where two have the same, the one that was moved gets it: moving up it comes before the other,
/// moving down behind it. Without a place, at the end.
fn in_order(mut rows: Vec<Typed>) -> Vec<u32> {
    rows.sort_by_key(|row| {
        let side = match (row.place, row.was) {
            (Some(place), Some(was)) if place > was => 2,
            (Some(place), Some(was)) if place == was => 1,
            _ => 0,
        };
        (row.place.unwrap_or(u32::MAX), side)
    });
    rows.into_iter().map(|row| row.number).collect()
}

/// "up-4702", "down-4702": one step, as far as there is one.
fn take(order: &mut [u32], step: &str) {
    let Some((way, number)) = step.split_once('-') else { return };
    let Some(here) = number.parse().ok().and_then(|number: u32| order.iter().position(|known| *known == number)) else {
        return;
    };
    let there = if way == "up" { here.checked_sub(1) } else { Some(here + 1).filter(|there| *there < order.len()) };
    if let Some(there) = there {
        order.swap(here, there);
    }
}

/// The order as numbers, for the page that is drawn again.
fn keep(fields: &mut Fields, order: &[u32]) {
    fields.0.retain(|(name, _)| !name.starts_with("rank-"));
    let places = order.iter().enumerate();
    fields.0.extend(places.map(|(place, number)| (format!("rank-{number}"), (place + 1).to_string())));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(rows: &[(u32, u32, u32)]) -> Vec<u32> {
        in_order(
            rows.iter()
                .map(|(number, was, place)| Typed { number: *number, was: Some(*was), place: Some(*place) })
                .collect(),
        )
    }

    #[test]
    fn a_typed_place_is_taken_from_both_sides() {
        assert_eq!(ordered(&[(10, 1, 1), (20, 2, 2), (30, 3, 3), (40, 4, 2)]), [10, 40, 20, 30]);
        assert_eq!(ordered(&[(10, 1, 3), (20, 2, 2), (30, 3, 3), (40, 4, 4)]), [20, 30, 10, 40]);
    }

    #[test]
    fn those_without_a_place_come_last_in_the_order_of_the_page() {
        let row = |number, place| Typed { number, was: None, place };
        assert_eq!(in_order(vec![row(1, None), row(2, Some(7)), row(3, None)]), [2, 1, 3]);
    }

    #[test]
    fn a_step_stays_within_the_list() {
        let mut order = [1, 2, 3];
        take(&mut order, "up-1");
        take(&mut order, "down-3");
        take(&mut order, "down-9");
        take(&mut order, "nonsense");
        assert_eq!(order, [1, 2, 3]);
        take(&mut order, "up-3");
        assert_eq!(order, [1, 3, 2]);
        take(&mut order, "down-1");
        assert_eq!(order, [3, 1, 2]);
    }

    #[test]
    fn what_is_no_place_is_told_with_its_field() {
        let fields = Fields(vec![("rank-7".to_owned(), "first".to_owned())]);
        assert_eq!(read(&fields).unwrap_err().0, "rank-7");
        let fields = Fields(vec![("rank-7".to_owned(), "0".to_owned())]);
        assert!(read(&fields).is_err());
    }
}
