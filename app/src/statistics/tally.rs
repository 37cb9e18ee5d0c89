//! 汇总: standing facts added up by month, and by week without unit and category. Written in the act's own transaction, compared by
//! `verify`, written whole by the first start after facts of a build have changed.
use domain::engine::Fact;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::queries;
use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters;

/// The month of a day, `2026-06`.
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}
/// The week of a day, by its Monday: `W2026-06-15`.
pub fn week(day: Date) -> String {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    format!("W{}", day.saturating_sub(jiff::Span::new().days(back)))
}
/// Adds a fact, or takes it away (`sign` −1).
///
/// # Errors
/// A fault of the engine.
pub fn tally(tx: &Tx, owner: &str, f: &Fact, sign: i64) -> Result<()> {
    for (span, org, category) in places(f) {
        queries::add(tx, [f.measure, &span, owner, org, category], sign * f.value, sign)?;
    }
    Ok(())
}
fn places(f: &Fact) -> [(String, &str, &str); 2] {
    [(month(f.on), f.org.as_str(), f.category.as_str()), (week(f.on), "", "")]
}
/// The whole table, as it follows from the facts: measure, span, owner, unit, category → sum and number.
#[derive(Default)]
pub struct Tally(BTreeMap<[String; 5], (i64, i64)>);
impl Tally {
    /// Adds a standing fact.
    pub fn count(&mut self, owner: &str, f: &Fact) {
        for (span, org, category) in places(f) {
            self.add([f.measure, &span, owner, org, category], f.value);
        }
    }
    fn add(&mut self, key: [&str; 5], value: i64) {
        let (sum, n) = self.0.entry(key.map(ToOwned::to_owned)).or_default();
        (*sum, *n) = (*sum + value, *n + 1);
    }
    /// The first row of the table that is not as it should be.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn differs(mut self, tx: &Tx) -> Result<Option<String>> {
        let mut wrong = None;
        queries::each(tx, |mut r| {
            let (is, key) = ((r.int(5), r.int(6)), [r.take(0), r.take(1), r.take(2), r.take(3), r.take(4)]);
            if self.0.remove(&key) != Some(is) {
                wrong = Some(format!("统计汇总 {}：与台账不符", key.join(" ")));
            }
            Ok(wrong.is_none())
        })?;
        Ok(wrong.or_else(|| self.0.keys().next().map(|key| format!("缺少统计汇总 {}", key.join(" ")))))
    }
}
/// Writes the facts of every matter anew, so many at once, and then the table: once after an upgrade. A start that is cut short goes on at
/// the next. Costs one look-up where nothing is to be done.
///
/// # Errors
/// A fault of the engine, or a matter that no longer reads.
pub fn catch_up(house: &House) -> Result<()> {
    while house.db.read_here(queries::facts_after)?.is_some() {
        house.db.write_here(piece)?;
    }
    Ok(())
}
fn piece(tx: &Tx) -> Result<()> {
    // Two nodes that start together take turns.
    crate::ledger::Head::take(tx)?;
    let Some(after) = queries::facts_after(tx)? else { return Ok(()) };
    let ids = queries::ids_after(tx, after, 500)?;
    ids.iter().try_for_each(|id| matters::refact(tx, *id))?;
    if let Some(last) = ids.last() {
        return queries::went_to(tx, *last);
    }
    let mut all = Tally::default();
    queries::each_standing(tx, |r| {
        if let Ok(on) = r.text(4).parse::<Date>() {
            all.add([r.text(0), &month(on), r.text(1), r.text(2), r.text(3)], r.int(5));
            all.add([r.text(0), &week(on), r.text(1), "", ""], r.int(5));
        }
        Ok(true)
    })?;
    queries::clear(tx)?;
    for (key, (value, n)) in &all.0 {
        queries::add(tx, key.each_ref().map(String::as_str), *value, *n)?;
    }
    queries::all_done(tx)
}
