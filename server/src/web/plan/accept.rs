//! Accepting: one by its button, or all that are ticked.

use std::collections::BTreeMap;

use axum::extract::Path;
use domain::Decision;

use super::{OfPlan, Results, numbers};
use crate::{
    usecases::decide::decide,
    verdicts::{Moment, World},
    web::{
        forms::{Answer, Posted, whole},
        views,
    },
};

/// Accepts, each at the end of its SIG's order.
pub async fn accept(Path(version): Path<String>, posted: Posted) -> Answer {
    let form = OfPlan::read(&version, posted).await?;
    let only = numbers(&form.sent.fields, "only");
    let chosen = if only.is_empty() { numbers(&form.sent.fields, "accept") } else { only };
    if chosen.is_empty() {
        return Ok(form.sent.again(vec![whole("tick at least one proposal to accept")], 422).await);
    }
    let mut next = match form.sent.state.verdicts.world().await {
        Ok(world) => Next::of(&world, &form),
        Err(error) => return Ok(form.refused(error.into()).await),
    };
    let (by, release) = (form.sent.by(), form.address.release);
    let mut results = Results::default();
    for number in chosen {
        let place = next.place(number);
        let decision = Decision::Accept { release, rank: Some(*place) };
        let (context, verdicts) = (&form.sent.state.context, &form.sent.state.verdicts);
        let result = decide(context, verdicts, &by, &form.key(number), decision, form.seen(number)).await;
        if result.is_ok() {
            *place = place.saturating_add(1);
        }
        results.add(number, result);
    }
    Ok(results.answer(form, "accepted", "accept", "Accepted").await)
}

/// The next free place in the order of each SIG; one order where the source has one SIG.
struct Next {
    places: BTreeMap<String, u32>,
    sigs: BTreeMap<u32, String>,
}

impl Next {
    fn of(world: &World, form: &OfPlan) -> Self {
        let rows = world.rows(Moment::Now(form.sent.state.context.clock.now()));
        let mut places = BTreeMap::<String, u32>::new();
        for row in views::rows_in(&rows, form.address.release).iter().filter(|row| row.source == form.source()) {
            if let Some(rank) = row.verdict.facts.accepted.filter(|_| row.verdict.tracked).and_then(|a| a.rank) {
                let place = places.entry(row.sig.clone()).or_insert(1);
                *place = (*place).max(rank.saturating_add(1));
            }
        }
        let of_source = rows.iter().filter_map(|rows| rows.first()).filter(|row| row.source == form.source());
        Self { places, sigs: of_source.map(|row| (row.number, row.sig.clone())).collect() }
    }

    fn place(&mut self, number: u32) -> &mut u32 {
        let sig = self.sigs.get(&number).cloned().unwrap_or_default();
        self.places.entry(sig).or_insert(1)
    }
}
