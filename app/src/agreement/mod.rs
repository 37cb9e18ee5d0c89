//! 一致性 (issue 3, item 8): the sheets of a batch as `domain::agreement` measures them, never before they were deliberated; the drift of one
//! person for himself. No coefficient decides anything.
mod queries;

use domain::agreement::{Batch, Settings, Sitting, batch};
use domain::engine::Matter;
use domain::procedures::review::{Phase, Review};
use domain::procedures::review_batch::ReviewBatch;

use crate::db::Tx;
use crate::edge::unhex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters;
use crate::standards;

/// A batch measured.
pub struct Measured {
    /// The figures.
    pub batch: Batch,
    /// Numbers of the reviews measured, in the order of the panels.
    pub reviews: Vec<String>,
    /// Reviews not yet deliberated, left out.
    pub waiting: usize,
    /// Digest of the proof of the sample that the intervals are drawn from; empty: none.
    pub seed: String,
}
/// Deliberated: whoever deliberates sees single scores, nobody before.
fn deliberated(phase: Option<Phase>) -> bool {
    use Phase::{Deliberating, Drawing, Fetching, Frozen, Promising, Requested, Scoring, Stopped};
    !matches!(phase, None | Some(Drawing | Promising | Fetching | Requested | Scoring | Deliberating | Frozen | Stopped))
}
/// Names and points of the items of an edition without a sheet.
fn items(tx: &Tx, house: &House, standard: &str) -> Result<Vec<(String, String)>> {
    let edition = standards::edition(tx, house, standard)?;
    Ok(edition.map(|(e, _)| e.items.into_iter().map(|i| (i.item, i.full)).collect()).unwrap_or_default())
}
/// Measures the batch of this number.
///
/// # Errors
/// `NotFound` where it is no batch.
pub fn of_batch(tx: &Tx, house: &House, number: &str) -> Result<Measured> {
    let loaded = matters::load(tx, number)?.ok_or(Failure::NotFound)?;
    let state = &loaded.of::<ReviewBatch>().ok_or(Failure::NotFound)?.state;
    let items = items(tx, house, &state.plan().standard)?;
    let (mut sittings, mut reviews, mut waiting) = (vec![], vec![], 0);
    for (number, body) in queries::reviews_of(tx, loaded.id)? {
        let review: Matter<Review> = serde_json::from_str(&body)?;
        match review.state.sitting(&items).filter(|_| deliberated(review.phase)) {
            Some(sitting) => {
                sittings.push(sitting);
                reviews.push(number);
            }
            None => waiting += 1,
        }
    }
    let seed: Option<[u8; 32]> = unhex(state.proof()).and_then(|bytes| bytes.try_into().ok());
    let batch = batch(&sittings, &Settings::default(), seed.as_ref());
    Ok(Measured { batch, reviews, waiting, seed: seed.map(|_| state.proof().to_owned()).unwrap_or_default() })
}
/// How this person leans against his peers, over everything he ever scored, as he reads it; nothing where he never did.
///
/// # Errors
/// A fault of the engine.
pub fn of_person(tx: &Tx, house: &House, person: &str) -> Result<Option<domain::agreement::Severity>> {
    let mut sittings: Vec<Sitting> = vec![];
    for body in queries::reviews_with(tx, person)? {
        let review: Matter<Review> = serde_json::from_str(&body)?;
        let items = items(tx, house, review.state.standard())?;
        let own = |s: &Sitting| s.seats.iter().any(|seat| seat.rater == person);
        sittings.extend(review.state.sitting(&items).filter(|s| own(s) && deliberated(review.phase)));
    }
    Ok(batch(&sittings, &Settings::default(), None).severity.into_iter().find(|s| s.rater == person))
}
