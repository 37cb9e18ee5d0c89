//! 汇总: standing facts added up by month and by year, and by week without unit and category. Written in the act's own transaction, compared by
//! `verify`, written whole by the first start after facts of a build have changed.
use domain::engine::{AnyMatter, Entry, Fact};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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
/// Open-ended life of a fact.
const FOREVER: i64 = i64::MAX;
/// Writes what the entry `seq` made of the facts of a matter: those that stood before it and those that stand now.
///
/// # Errors
/// A fault of the engine.
pub fn put(tx: &Tx, id: i64, owner: &str, (old, new): (&BTreeSet<Fact>, &BTreeSet<Fact>), seq: u64) -> Result<()> {
    for gone in old.difference(new) {
        queries::end_fact(tx, id, gone, seq)?;
        count(tx, owner, gone, -1)?;
    }
    for fact in new.difference(old) {
        queries::put_fact(tx, id, fact, seq, FOREVER)?;
        count(tx, owner, fact, 1)?;
    }
    Ok(())
}
/// Adds a fact to the table, or takes it away (`sign` −1).
fn count(tx: &Tx, owner: &str, f: &Fact, sign: i64) -> Result<()> {
    for (span, org, category) in places(f) {
        queries::add(tx, [f.measure, &span, owner, org, category], sign * f.value, sign)?;
    }
    Ok(())
}
/// The facts of a matter: each with the entry that made it and the one that ended it, or the end of time.
#[derive(Default)]
pub struct Life(pub Vec<(Fact, u64, i64)>);
impl Life {
    /// Takes up one entry of the matter.
    ///
    /// # Errors
    /// An entry that does not read.
    pub fn follow(&mut self, matter: &mut dyn AnyMatter, entry: &Entry, seq: u64) -> Result<()> {
        let before: BTreeSet<Fact> = matter.facts().into_iter().collect();
        matter.follow_entry(entry)?;
        let now: BTreeSet<Fact> = matter.facts().into_iter().collect();
        for gone in before.difference(&now) {
            if let Some((_, _, until)) = self.0.iter_mut().find(|(f, _, until)| f == gone && *until == FOREVER) {
                *until = seq.cast_signed();
            }
        }
        self.0.extend(now.difference(&before).map(|f| (f.clone(), seq, FOREVER)));
        Ok(())
    }
    /// What still stands.
    pub fn standing(&self) -> impl Iterator<Item = &Fact> {
        self.0.iter().filter(|(.., until)| *until == FOREVER).map(|(f, ..)| f)
    }
}
/// Writes the facts of a matter anew, as its entries tell them to this build.
fn anew(tx: &Tx, id: i64) -> Result<()> {
    let Some(loaded) = matters::load_by_id(tx, id)? else { return Ok(()) };
    let Some(kind) = domain::procedures::kind(loaded.matter.kind()) else { return Ok(()) };
    let (mut life, mut matter) = (Life::default(), (kind.blank)(""));
    for kept in crate::ledger::stream(tx, &loaded.number)? {
        life.follow(matter.as_mut(), &serde_json::from_slice(&kept.event.payload)?, kept.seq)?;
    }
    queries::drop_facts(tx, id)?;
    life.0.iter().try_for_each(|(f, since, until)| queries::put_fact(tx, id, f, *since, *until))
}
fn places(f: &Fact) -> [(String, &str, &str); 3] {
    spans(f.on, &f.org, &f.category)
}
/// Where a fact of this day is counted. Years besides months: five years of a large city are few rows then.
fn spans<'a>(on: Date, org: &'a str, category: &'a str) -> [(String, &'a str, &'a str); 3] {
    [(month(on), org, category), (format!("Y{:04}", on.year()), org, category), (week(on), "", "")]
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
    ids.iter().try_for_each(|id| anew(tx, *id))?;
    if let Some(last) = ids.last() {
        return queries::went_to(tx, *last);
    }
    let mut all = Tally::default();
    queries::each_standing(tx, |r| {
        if let Ok(on) = r.text(4).parse::<Date>() {
            for (span, org, category) in spans(on, r.text(2), r.text(3)) {
                all.add([r.text(0), &span, r.text(1), org, category], r.int(5));
            }
        }
        Ok(true)
    })?;
    queries::clear(tx)?;
    for (key, (value, n)) in &all.0 {
        queries::add(tx, key.each_ref().map(String::as_str), *value, *n)?;
    }
    queries::all_done(tx)
}
