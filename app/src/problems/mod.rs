//! 共性问题 (B2): candidates counted from problem codes over units and time, each with the exact matters behind it; and what a re-sample
//! check compares (T28). The same affair counts once: a clue that led to a counted review or demand is that review or demand.
mod queries;

use domain::agreement::{Rate, rate};
use domain::engine::{Form, Person};
use domain::procedures::common_problem::{Behind, Unit};
use domain::procedures::rectification::Rectification;
use domain::registers::codes::PROBLEM;
use domain::registers::parameters::{COMMON_COUNT, COMMON_UNITS, FEW};
use jiff::{ToSpan as _, civil::Date};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Barred, Desk, Loaded};
use crate::registers::Registers;

/// A counted matter.
pub struct Counted {
    pub id: i64,
    pub number: String,
}
/// One problem in one unit.
pub struct Cell {
    pub org: String,
    pub matters: Vec<Counted>,
    /// Dossiers that ended in the same days.
    pub dossiers: usize,
    /// Per hundred dossiers; nothing where too few ended.
    pub rate: Option<Rate>,
}
/// One problem, the units with the highest rates first, those without one last.
pub struct Candidate {
    pub problem: String,
    pub units: Vec<Cell>,
    /// Seen often enough to be confirmed.
    pub enough: bool,
}
impl Candidate {
    /// How many matters.
    pub fn total(&self) -> usize {
        self.units.iter().map(|u| u.matters.len()).sum()
    }
}
/// Dossiers of these offices that ended in these days, by unit, without what a person may not know of.
///
/// # Errors
/// A fault of the engine.
pub fn dossiers(tx: &Tx, days: (&str, &str), offices: &[&str], barred: &Barred) -> Result<BTreeMap<String, usize>> {
    let number = |(org, n): (String, i64)| (org, usize::try_from(n).unwrap_or(0));
    Ok(queries::dossiers(tx, days, offices, barred)?.into_iter().map(number).collect())
}
/// Roles whose offices' matters are counted for them (`/problems`).
pub const COUNTERS: &[&str] = &["R1", "R2", "R3", "R7"];
/// Every problem seen in these days in matters of his own office, as this person may know it; those that may be confirmed first, then the most frequent.
///
/// # Errors
/// A fault of the engine.
pub fn candidates(tx: &Tx, registers: &Registers, who: &Person, (from, to): (&str, &str)) -> Result<Vec<Candidate>> {
    let barred = matters::barred(who, registers);
    let offices: Vec<&str> = who.roles.iter().filter(|r| COUNTERS.contains(&r.role.as_str())).map(|r| r.org.as_str()).collect();
    let few = registers.count(FEW);
    let mut cells: BTreeMap<(String, String), Vec<(Counted, bool)>> = BTreeMap::new();
    for r in queries::counted(tx, (from, to), &offices, &barred)? {
        for code in r.text(4).split(' ').filter(|c| PROBLEM.has(c)) {
            let counted = Counted { id: r.int(0), number: r.text(1).to_owned() };
            cells.entry((code.to_owned(), r.text(3).to_owned())).or_default().push((counted, r.text(2) == "clue"));
        }
    }
    let mut led: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    queries::led(tx)?.into_iter().for_each(|(clue, to)| led.entry(clue).or_default().push(to));
    let ended = dossiers(tx, (from, to), &offices, &barred)?;
    let mut all: BTreeMap<String, Vec<Cell>> = BTreeMap::new();
    for ((problem, org), counted) in cells {
        let there: BTreeSet<i64> = counted.iter().filter(|(_, clue)| !clue).map(|(c, _)| c.id).collect();
        let again = |id: i64| led.get(&id).is_some_and(|to| to.iter().any(|x| there.contains(x)));
        let matters: Vec<Counted> = counted.into_iter().filter(|(c, clue)| !(*clue && again(c.id))).map(|(c, _)| c).collect();
        let dossiers = ended.get(&org).copied().unwrap_or(0);
        all.entry(problem).or_default().push(Cell { rate: rate(matters.len(), dossiers, few), org, matters, dossiers });
    }
    let (count, wide) = (registers.count(COMMON_COUNT), registers.count(COMMON_UNITS));
    let candidate = |(problem, mut units): (String, Vec<Cell>)| {
        units.sort_by_key(|u| (std::cmp::Reverse(u.rate.as_ref().map(|r| r.rank)), std::cmp::Reverse(u.matters.len()), u.org.clone()));
        let mut one = Candidate { problem, units, enough: false };
        one.enough = one.total() >= count || one.units.len() >= wide;
        one
    };
    let mut all: Vec<Candidate> = all.into_iter().map(candidate).collect();
    all.sort_by_key(|c| (!c.enough, std::cmp::Reverse(c.total()), c.problem.clone()));
    Ok(all)
}
/// Before the gate: what was counted, and what a re-sample found; nobody types it.
///
/// # Errors
/// A fault of the engine.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "confirm" => confirm(desk, ask, form),
        "compare" => compare(desk, loaded, form),
        _ => Ok(()),
    }
}
fn confirm(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    let text = |name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    let (problem, period) = (text("problem"), (text("from"), text("to")));
    let all = candidates(desk.tx, &desk.registers, ask.who, (&period.0, &period.1))?;
    let Some(found) = all.into_iter().find(|c| c.problem == problem) else { return Ok(()) };
    let unit = |cell: &Cell| {
        let rate = cell.rate.clone();
        let (low, high) = rate.as_ref().and_then(|r| r.interval.clone()).unwrap_or_default();
        let per_100 = rate.map(|r| r.per_100).unwrap_or_default();
        Unit { org: cell.org.clone(), count: cell.matters.len().to_string(), dossiers: cell.dossiers.to_string(), per_100, low, high }
    };
    let behind = |cell: &Cell| -> Vec<Behind> {
        cell.matters.iter().map(|m| Behind { matter_no: m.number.clone(), org: cell.org.clone() }).collect()
    };
    form.insert("total".into(), json!(found.total()));
    form.insert("units".into(), json!(found.units.iter().map(unit).collect::<Vec<_>>()));
    form.insert("matters".into(), json!(found.units.iter().flat_map(behind).collect::<Vec<_>>()));
    Ok(())
}
/// The unit's concluded reviews of the twelve months up to the demand, against those of the batches that check it.
fn compare(desk: &Desk, loaded: &Loaded, form: &mut Form) -> Result<()> {
    let checked = &loaded.of::<Rectification>().ok_or(Failure::NotFound)?.state;
    let (org, problems, demanded, closed) = checked.resampled();
    let day = |d: Option<Date>| d.unwrap_or(desk.now.today);
    let demanded = day(demanded);
    let before = queries::concluded(desk.tx, org, &demanded.saturating_sub(12.months()).to_string(), &demanded.to_string())?;
    let after = queries::checked(desk.tx, loaded.id, org, &day(closed).to_string())?;
    let bad = |all: &[String]| all.iter().filter(|codes| codes.split(' ').any(|c| problems.iter().any(|p| p == c))).count();
    for (name, n) in [("before_n", before.len()), ("before_bad", bad(&before)), ("after_n", after.len()), ("after_bad", bad(&after))] {
        form.insert(name.into(), json!(n));
    }
    Ok(())
}
