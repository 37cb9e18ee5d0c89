//! Numbers as plain sums of facts, each of which opens to its matters (M0.4).
mod grids;
mod measures;
mod period;
mod queries;
mod sums;
mod tally;
pub mod unit;

pub use grids::{Chart, Grid, Makes, named};
pub use measures::{Desk, FLOW, Measure, READERS, TABLES, Table, UNREGISTERED, measure, table};
pub use period::{Period, key, number};
pub use queries::Behind;
pub use sums::{Eyes, Sums, spans, twelve};
pub use tally::{Life, Tally, catch_up, month, put, week};

use domain::engine::{Person, Running, holders};
use domain::registers::codes::RECTIFICATION_SOURCE;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

use crate::db::Tx;
use crate::failure::{Failure, Result};
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
    told(|label| sum_for(tx, house, who, label))
}
/// The matters behind a number that this person may see, and how many he may not.
///
/// # Errors
/// A fault of the engine.
pub fn behind(tx: &Tx, house: &House, who: &Person, measure: &str) -> Result<(Vec<Item>, usize)> {
    told_of(tx, house, who, queries::behind(tx, measure)?.iter().map(|r| r.int(0)))
}
/// Likewise, of these matters.
///
/// # Errors
/// A fault of the engine.
pub fn told_of(tx: &Tx, house: &House, who: &Person, ids: impl Iterator<Item = i64>) -> Result<(Vec<Item>, usize)> {
    let registers = house.registers(tx)?;
    let (keys, barred) = (holders(who), matters::barred(who, &registers));
    let (mut seen, mut hidden) = (vec![], 0);
    for id in ids {
        match matters::holds(tx, id, &keys, &barred)? {
            true => seen.extend(matters::item_of(tx, id)?.map(|r| Item::read(tx, house, &registers, who, r)).transpose()?),
            false if !barred.is_empty() && matters::covers(tx, id, &barred)? => {}
            false => hidden += 1,
        }
    }
    Ok((seen, hidden))
}

/// What is counted of rectifications, in the order of their life (M1.5).
pub const RECTIFIED: [&str; 6] = ["整改下达", "整改验收", "整改退回", "整改反弹", "整改销号", "整改检验"];
/// What is counted of accountability.
pub const ACCOUNTED: [&str; 3] = ["查究建议", "查究移交", "查究反馈"];
/// A rectification under one of `RECTIFIED`.
pub struct Rectified {
    pub id: i64,
    pub measure: &'static str,
    pub org: String,
    /// A code of `RECTIFICATION_SOURCE`; empty in old entries.
    pub source: String,
    /// Accepted within the limit of the work; of 整改验收 only.
    pub in_time: bool,
}
/// Everything counted of rectifications, but what a conflict takes out of this person's sight.
///
/// # Errors
/// A fault of the engine.
pub fn rectified(tx: &Tx, house: &House, who: &Person) -> Result<Vec<Rectified>> {
    #[derive(serde::Deserialize)]
    struct Clocks {
        clocks: BTreeMap<String, Running>,
    }
    let barred = matters::barred(who, &*house.registers(tx)?);
    let (mut all, mut timely) = (vec![], BTreeSet::new());
    for (id, body) in queries::accepted(tx)? {
        let work = serde_json::from_str::<Clocks>(&body)?.clocks.remove("rectify");
        if work.is_some_and(|c| c.stopped.is_some_and(|on| on <= c.due)) {
            timely.insert(id);
        }
    }
    for measure in RECTIFIED {
        for mut r in queries::standing(tx, measure, &barred)? {
            let source = r.text(2).split(' ').find(|c| RECTIFICATION_SOURCE.has(c)).unwrap_or_default().to_owned();
            let in_time = measure == "整改验收" && timely.contains(&r.int(0));
            all.push(Rectified { id: r.int(0), measure, org: r.take(1), source, in_time });
        }
    }
    Ok(all)
}
/// The facts behind one number.
///
/// # Errors
/// `NotFound` where this person is told nothing of the measure.
pub fn behind_number<'a>(
    eyes: &'a Eyes,
    m: &'static Measure,
    period: Period,
    categories: &'a [String],
    class: &'a str,
) -> Result<Behind<'a>> {
    let owners = eyes.owners(m).ok_or(Failure::NotFound)?;
    let asked =
        queries::Asked { names: std::slice::from_ref(&m.name), owners, org: eyes.org.as_deref(), keys: &eyes.keys, barred: &eyes.barred };
    Ok(Behind { asked, categories, class, days: [format!("{}-01", key(period.from)), format!("{}-01", key(period.to + 1))] })
}
/// Open matters of his desks that this person finds: all, overdue, due within three working days, standing still.
///
/// # Errors
/// A fault of the engine.
pub fn open_now(tx: &Tx, house: &House, eyes: &Eyes, today: Date) -> Result<[i64; 4]> {
    let soon = house.registers(tx)?.calendar.due(today, 3, domain::calendar::Unit::WorkingDays).0.to_string();
    let mut owners: Vec<String> = eyes.desks.iter().flat_map(|(_, o)| o.iter().cloned()).collect();
    owners.sort_unstable();
    owners.dedup();
    queries::open_now(tx, &owners, &eyes.keys, &eyes.barred, [today.to_string(), soon])
}
/// The sum of a measure as this person may know it.
///
/// # Errors
/// A fault of the engine.
pub fn sum_for(tx: &Tx, house: &House, who: &Person, measure: &str) -> Result<i64> {
    let barred = matters::barred(who, &*house.registers(tx)?);
    let hidden = if barred.is_empty() { 0 } else { queries::barred_sum(tx, measure, &barred)? };
    Ok(queries::sum(tx, measure)? - hidden)
}
