//! Numbers as plain sums of facts, each of which opens to its matters (M0.4).
use domain::engine::{Person, holders};

use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{Item, queries};
use crate::params;

/// The measures of the funnel, in order (case-review.md E1).
pub const FUNNEL: [&str; 5] = ["线索", "研判", "评查", "督促纠错纠偏", "整改销号"];

/// The funnel now: `(label, number, note)`.
///
/// # Errors
/// A fault of the engine.
pub fn funnel(tx: &Tx) -> Result<Vec<(&'static str, i64, String)>> {
    let mut all: Vec<(&'static str, i64, String)> = vec![];
    for label in FUNNEL {
        let n = tx
            .one(
                "SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM fact WHERE measure = $1 AND until_seq = $2",
                params![label, i64::MAX],
            )?
            .map_or(0, |r| r.int(0));
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
/// The matters behind a number that this person may see, and how many he may not.
///
/// # Errors
/// A fault of the engine.
pub fn behind(tx: &Tx, house: &House, who: &Person, measure: &str) -> Result<(Vec<Item>, usize)> {
    let registers = house.registers(tx)?;
    let (keys, barred) = (holders(who), crate::matters::barred(who, &registers));
    let (mut seen, mut hidden) = (vec![], 0);
    for row in tx.rows(
        "SELECT DISTINCT id FROM fact WHERE measure = $1 AND until_seq = $2 ORDER BY id DESC LIMIT 2000",
        params![measure, i64::MAX],
    )? {
        match queries::holds(tx, row.int(0), &keys, &barred)? {
            true => seen.extend(queries::item_of(tx, row.int(0))?.map(|r| Item::read(tx, house, &registers, who, r)).transpose()?),
            false => hidden += 1,
        }
    }
    Ok((seen, hidden))
}
