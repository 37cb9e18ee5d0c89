//! What an inspection brings together (B4, M1.5): results of the reviews and checks embedded in it, as far as they concern the inspected
//! unit, and how its rectifications stand. Counts and stages only: no case, no score, no name.
mod queries;

use domain::engine::Person;
use domain::procedures::{inspection::Inspection, review_batch::ReviewBatch, special_check::SpecialCheck};

use crate::db::Tx;
use crate::failure::Result;
use crate::matters;
use crate::registers::Registers;

/// One matter that belongs to an inspection.
pub struct Part {
    pub kind: String,
    pub number: String,
    pub phase: String,
    pub closed: bool,
    /// Of the inspected unit: what is counted, with a code that divides it.
    pub counts: Vec<(String, String, i64)>,
}
/// What belongs to the inspection of this number, in the order of its opening, without what a conflict takes out of this person's sight.
///
/// # Errors
/// A fault of the engine.
pub fn parts(tx: &Tx, number: &str, who: &Person, registers: &Registers) -> Result<Vec<Part>> {
    let Some(inspection) = matters::load(tx, number)? else { return Ok(vec![]) };
    let Some(org) = inspection.of::<Inspection>().map(|m| m.state.org().to_owned()) else { return Ok(vec![]) };
    let (mut all, barred) = (vec![], matters::barred(who, registers));
    for (id, mut part) in queries::parts(tx, inspection.id)? {
        if !barred.is_empty() && matters::covers(tx, id, &barred)? {
            continue;
        }
        // A plan may have named another inspection first, or none has been approved yet.
        let named = matters::load_by_id(tx, id)?.is_some_and(|l| match (l.of::<ReviewBatch>(), l.of::<SpecialCheck>()) {
            (Some(batch), _) => batch.state.embedded_in() == Some(number),
            (_, Some(check)) => check.state.embedded_in() == Some(number),
            _ => true,
        });
        if !named {
            continue;
        }
        part.counts = queries::counts(tx, id, &org)?;
        all.push(part);
    }
    Ok(all)
}
