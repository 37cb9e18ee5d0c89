//! Numbers as plain sums of facts, each of which opens to its matters (M0.4).
mod queries;
pub mod unit;

use domain::engine::{Person, holders};

use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Item};

/// The measures of the funnel, in order (case-review.md E1).
pub const FUNNEL: [&str; 5] = ["线索", "研判", "评查", "督促纠错纠偏", "整改销号"];

/// The funnel now: `(label, number, note)`.
///
/// # Errors
/// A fault of the engine.
pub fn funnel(tx: &Tx) -> Result<Vec<(&'static str, i64, String)>> {
    told(|label| queries::sum(tx, label))
}
fn told(sum: impl Fn(&str) -> Result<i64>) -> Result<Vec<(&'static str, i64, String)>> {
    let mut all: Vec<(&'static str, i64, String)> = vec![];
    for label in FUNNEL {
        let n = sum(label)?;
        let note = match label {
            "研判" | "评查" => all
                .last()
                .filter(|(_, before, _)| *before > 0)
                .map(|(l, before, _)| format!("{l}的 {}.{}%", n * 1_000 / before / 10, n * 1_000 / before % 10))
                .unwrap_or_default(),
            "督促纠错纠偏" => "不推定全部出自评查".to_owned(),
            _ => String::new(),
        };
        all.push((label, n, note));
    }
    Ok(all)
}
/// The funnel as this person may know it: what a conflict takes out of his sight is not counted for him.
///
/// # Errors
/// A fault of the engine.
pub fn funnel_for(tx: &Tx, house: &House, who: &Person) -> Result<Vec<(&'static str, i64, String)>> {
    let barred = matters::barred(who, &*house.registers(tx)?);
    if barred.is_empty() { funnel(tx) } else { told(|label| Ok(queries::sum(tx, label)? - queries::barred_sum(tx, label, &barred)?)) }
}
/// The matters behind a number that this person may see, and how many he may not.
///
/// # Errors
/// A fault of the engine.
pub fn behind(tx: &Tx, house: &House, who: &Person, measure: &str) -> Result<(Vec<Item>, usize)> {
    let registers = house.registers(tx)?;
    let (keys, barred) = (holders(who), matters::barred(who, &registers));
    let (mut seen, mut hidden) = (vec![], 0);
    for row in queries::behind(tx, measure)? {
        match matters::holds(tx, row.int(0), &keys, &barred)? {
            true => seen.extend(matters::item_of(tx, row.int(0))?.map(|r| Item::read(tx, house, &registers, who, r)).transpose()?),
            false if !barred.is_empty() && matters::covers(tx, row.int(0), &barred)? => {}
            false => hidden += 1,
        }
    }
    Ok((seen, hidden))
}
