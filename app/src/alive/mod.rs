//! 活情况 (B10, M3.1): what concluded matters say of a unit, and of a leading official's term: by half-year, positive facts beside negative
//! ones, each number open to its matters. No score and no rank; of persons nobody but those the register names as leading officials.
mod measures;
mod queries;

pub use measures::{BASES, Base, Row, Side};

use domain::calendar::Half;
use domain::engine::{Person, Procedure as _, holders, in_role};
use domain::procedures::PROVIDABLE;
use domain::procedures::negative_list_entry::NegativeListEntry;
use domain::registers::parameters::FEW;
use jiff::civil::Date;
use std::collections::BTreeMap;

use crate::appeals;
use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Barred, Loaded};
use crate::registers::{Official, Registers};

/// Who reads of units and of leading officials; the official reads of himself.
pub const READERS: &[&str] = &["R1", "R2", "R3"];
/// More matters of one kind than these are not looked through one by one.
pub const LOOKED_AT: i64 = 2_000;
/// So many half-years stand side by side.
const SHOWN: usize = 4;
/// Entries of the negative list: of a person only those that may be told.
const LISTED: &str = NegativeListEntry::KIND;
/// Address part of their row.
pub const LISTED_CODE: &str = "listed";

/// “2026H1”, as the addresses of these pages say it.
pub fn code(half: Half) -> String {
    half.key().replace('-', "H")
}
/// As `code` writes it.
pub fn read(code: &str) -> Option<Half> {
    let (year, half) = code.split_once('H')?;
    Half::read(&format!("{year}-{half}")).filter(|h| (2000..=2100).contains(&h.year()))
}
/// The half-years of a page, the present one last.
pub fn halves(today: Date) -> Vec<Half> {
    let mut all: Vec<Half> = std::iter::successors(Some(Half::of(today)), |h| Some(h.before())).take(SHOWN).collect();
    all.reverse();
    all
}
/// Whose matters are counted.
#[derive(Clone, Copy)]
pub enum About<'a> {
    /// A unit's.
    Unit(&'a str),
    /// Those in which an official himself stands as the officer in charge.
    Own(&'a Official),
    /// Duties of his unit that began and ended in his term.
    Term(&'a Official),
}
/// A line of the page: the matters of each half-year, and how many concluded matters of that kind there are in all.
pub struct Line {
    pub code: &'static str,
    pub label: &'static str,
    pub side: Side,
    pub of: &'static str,
    pub halves: Vec<Vec<i64>>,
    pub all: usize,
    /// Told in hundredths with how many it is; a single listing is no share of anything.
    pub shared: bool,
}
impl Line {
    /// How many in all.
    pub fn total(&self) -> usize {
        self.halves.iter().map(Vec::len).sum()
    }
}
/// What one reader may know.
pub struct Eyes<'a> {
    pub registers: &'a Registers,
    pub today: Date,
    sight: Option<(Vec<String>, Barred)>,
}
impl<'a> Eyes<'a> {
    /// The office sees what it finds; whoever is told of himself is told all of it, as bare numbers.
    pub fn of(who: &Person, registers: &'a Registers, today: Date, own: bool) -> Self {
        Self { registers, today, sight: (!own).then(|| (holders(who), matters::barred(who, registers))) }
    }
    fn sight(&self) -> Option<(&[String], &Barred)> {
        self.sight.as_ref().map(|(keys, barred)| (keys.as_slice(), barred))
    }
}
/// Whether this person has the page of a unit: the office, of every unit it has no registered conflict with.
pub fn may_open_unit(who: &Person, registers: &Registers, code: &str) -> bool {
    let barred = || registers.conflicts_of(&who.id).iter().any(|c| c.kind == "org" && registers.under(code, &c.target));
    READERS.iter().any(|r| in_role(who, r)) && registers.org(code).is_some() && !barred()
}
/// Whether this person has the page of a leading official: himself; the office, where it has no conflict with the unit he leads. There is
/// none of anybody else, for anybody.
pub fn may_open(who: &Person, registers: &Registers, official: &Official) -> bool {
    own(who, official) || may_open_unit(who, registers, &official.unit)
}
/// Whether it is about himself.
pub fn own(who: &Person, official: &Official) -> bool {
    !official.account.is_empty() && official.account == who.id
}
/// The leading official this account belongs to.
pub fn mine<'a>(who: &Person, registers: &'a Registers) -> Option<&'a Official> {
    registers.officials().find(|o| own(who, o))
}
/// The bases that are counted of this.
fn bases(about: About) -> impl Iterator<Item = &'static Base> {
    BASES.iter().filter(move |b| match about {
        About::Unit(_) => true,
        About::Own(_) => b.kind == "review",
        About::Term(_) => b.led,
    })
}
/// Every line of a page, in its order.
///
/// # Errors
/// A fault of the engine.
pub fn lines(tx: &Tx, eyes: &Eyes, about: About) -> Result<Vec<Line>> {
    let shown = halves(eyes.today);
    let mut all = vec![];
    for base in bases(about) {
        let found = concluded(tx, eyes, about, base, &shown)?;
        for row in base.rows {
            let of_half = |h: &Half| -> Vec<i64> {
                found.iter().filter(|(_, on, l)| Half::of(*on) == *h && row.counts(l, eyes.today)).map(|(id, ..)| *id).collect()
            };
            let halves = shown.iter().map(of_half).collect();
            all.push(Line { code: row.code, label: row.label, side: row.side, of: base.label, halves, all: found.len(), shared: true });
        }
    }
    if let About::Own(official) = about {
        all.extend(listed(tx, eyes, official, &shown)?);
    }
    Ok(all)
}
/// Matters of a base: concluded, past remedy, and – toward a term – begun in it.
fn concluded(tx: &Tx, eyes: &Eyes, about: About, base: &Base, shown: &[Half]) -> Result<Vec<(i64, Date, Loaded)>> {
    let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return Ok(vec![]) };
    let holder = if let About::Own(o) = about { format!("p:{}", o.account) } else { String::new() };
    if holder == "p:" {
        return Ok(vec![]);
    }
    let org = match about {
        About::Unit(code) => code,
        About::Own(o) | About::Term(o) => &o.unit,
    };
    let (from, to) = (first.first().to_string(), last.last().min(eyes.today).to_string());
    let asked = queries::Asked {
        kind: base.kind,
        measure: base.measure,
        org,
        officer: &holder,
        from: &from,
        to: &to,
        sight: eyes.sight(),
        limit: LOOKED_AT,
    };
    let mut all: BTreeMap<i64, (i64, Date, Loaded)> = BTreeMap::new();
    for r in queries::concluded(tx, &asked)? {
        let (Ok(on), Ok(opened)) = (r.text(1).parse::<Date>(), r.text(2).parse::<Date>()) else { continue };
        // What was taken over from an old ledger began nobody knows when: it is nobody's.
        let in_term = if let About::Term(o) = about { opened >= o.since && on >= opened } else { true };
        if !in_term || !past_remedy(eyes, base, on) {
            continue;
        }
        let Some(loaded) = matters::load_by_id(tx, r.int(0))? else { continue };
        if measures::concluded(base, &loaded) {
            all.insert(r.int(0), (r.int(0), on, loaded));
        }
    }
    Ok(all.into_values().collect())
}
/// The time to ask for review has run out; where the register knows no such time, nothing is told.
fn past_remedy(eyes: &Eyes, base: &Base, on: Date) -> bool {
    let Some(code) = base.remedy else { return true };
    let limit = eyes.registers.limits.get(code).and_then(|l| Some((l.length?, l.unit)));
    limit.is_some_and(|(length, unit)| eyes.registers.calendar.due(on, length, unit).0 < eyes.today)
}
/// Entries of the negative list that may be told: in force, and the time to ask for review run out or the review upheld.
fn listed(tx: &Tx, eyes: &Eyes, official: &Official, shown: &[Half]) -> Result<Option<Line>> {
    if official.account.is_empty() {
        return Ok(None);
    }
    let rows = queries::marked(tx, LISTED, PROVIDABLE, &format!("p:{}", official.account), eyes.sight())?;
    let day = |r: &crate::db::Row| r.text(1).parse::<Date>().ok();
    let of_half = |h: &Half| rows.iter().filter(|r| day(r).is_some_and(|d| Half::of(d) == *h)).map(|r| r.int(0)).collect::<Vec<i64>>();
    let halves: Vec<Vec<i64>> = shown.iter().map(of_half).collect();
    let line = Line { code: LISTED_CODE, label: "列入负面清单", side: Side::Bad, of: "", halves, all: rows.len(), shared: false };
    Ok((line.total() > 0).then_some(line))
}
/// The matters behind one number of a page.
///
/// # Errors
/// A fault of the engine.
pub fn behind(tx: &Tx, eyes: &Eyes, about: About, code: &str, half: Option<Half>) -> Result<Option<(String, Vec<i64>)>> {
    let shown = halves(eyes.today);
    let Some(line) = lines(tx, eyes, about)?.into_iter().find(|l| l.code == code) else { return Ok(None) };
    let fits = |h: &Half| half.is_none_or(|wanted| wanted == *h);
    let ids = shown.iter().zip(&line.halves).filter(|(h, _)| fits(h)).flat_map(|(_, ids)| ids.iter().copied()).collect();
    let label = half.map_or_else(|| line.label.to_owned(), |h| format!("{} {} 年{}", line.label, h.year(), h.code()));
    Ok(Some((label, ids)))
}
/// What enterprises rated, of half-years that have ended and with enough of them; told to nobody case by case.
///
/// # Errors
/// A fault of the engine.
pub fn rated(tx: &Tx, eyes: &Eyes, unit: &str) -> Result<Vec<Option<(usize, i64)>>> {
    let few = eyes.registers.count(FEW);
    let of = |h: Half| -> Result<Option<(usize, i64)>> {
        if h.last() >= eyes.today {
            return Ok(None);
        }
        Ok(appeals::rated(&queries::scores(tx, unit, &h.first().to_string(), &h.last().to_string())?, few))
    };
    halves(eyes.today).into_iter().map(of).collect()
}
/// What a look at an official's page is called in the read records.
pub fn look(official: &Official) -> String {
    format!("活情况 {}", official.key)
}
/// Leaves a read record with the official's key.
pub fn noted(house: &House, who: &Person, official: &Official, now: crate::edge::Now) {
    house.reads.note(&who.id, 0, look(official), now);
}
/// `(how often, by how many)` his page was looked at since a day.
///
/// # Errors
/// A fault of the engine.
pub fn looks(tx: &Tx, official: &Official, since: Date) -> Result<(i64, i64)> {
    queries::looks(tx, &look(official), &since.to_string())
}
