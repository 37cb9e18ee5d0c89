//! 单位画像: the whole supervision of one unit in one place, as far as this person may see it. Codes and counts, no person's name;
//! fewer than five cases are compared with nothing (case-review.md E).
use domain::agreement::{Rate, rate};
use domain::engine::{Entry, Person, holders, in_role};
use domain::registers::parameters::FEW;
use jiff::civil::Date;
use std::collections::BTreeMap;

use super::queries::{self, Eyes};
use crate::appeals;
use crate::db::Tx;
use crate::edge::Now;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Circumstances, Item};
use crate::registers::Registers;

/// More rectifications of one unit than these are not looked through one by one.
const LOOKED_AT: i64 = 2_000;
/// A list of what is due, and of what happened, on one page.
const LISTED: i64 = 20;

/// How often a problem was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    pub clues: u64,
    pub reviews: u64,
    pub rectifications: u64,
    /// Reviews with it in a hundred concluded cases; nothing below five cases.
    pub rate: Option<Rate>,
}
/// How its rectifications went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rectified {
    pub all: u64,
    pub on_time: u64,
    pub late: u64,
    pub returned: u64,
    pub relapsed: u64,
}
/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub at_ms: i64,
    pub number: String,
    pub kind: &'static str,
    /// The step, and as what whoever took it stood.
    pub label: &'static str,
    pub standing: &'static str,
}
/// What there is to see.
#[derive(Clone, Debug, Default)]
pub struct Portrait {
    /// `(kind, phase, how many)`.
    pub counts: Vec<(String, String, u64)>,
    /// Overdue, and due within three working days.
    pub over: usize,
    pub soon: usize,
    pub due: Vec<Item>,
    /// Concluded cases (办结案件).
    pub cases: u64,
    pub problems: BTreeMap<String, Problem>,
    pub grades: Vec<(String, u64)>,
    /// Fewer than these are compared with nothing.
    pub few: usize,
    pub rectified: Rectified,
    pub events: Vec<Event>,
    /// How many enterprises rated what came of an appeal against it, and the mean in tenths: of ended quarters, nothing below `few`.
    pub rated: Option<(usize, i64)>,
}

/// Whether this person has a page of the unit: the office and those who inspect of every unit, a unit of itself; nobody of a unit he
/// has a registered conflict with, but for his own cause.
pub fn may_open(who: &Person, registers: &Registers, code: &str) -> bool {
    let own = who.roles.iter().any(|r| r.role == "R9" && r.org == code);
    let over = ["R1", "R2", "R3", "R4", "R5"].iter().any(|r| in_role(who, r));
    let barred = || registers.conflicts_of(&who.id).iter().any(|c| c.kind == "org" && registers.under(code, &c.target));
    registers.org(code).is_some() && (own || over && !barred())
}
/// The unit as this person may see it.
///
/// # Errors
/// A fault of the engine.
pub fn portrait(tx: &Tx, house: &House, who: &Person, code: &str, now: Now) -> Result<Portrait> {
    let registers = house.registers(tx)?;
    let (keys, barred) = (holders(who), matters::barred(who, &registers));
    let eyes = Eyes { org: code, keys: &keys, barred: &barred };
    let counts = eyes.counts(tx)?.into_iter().map(|mut r| (r.take(0), r.take(1), r.count(2))).collect();
    let soon = registers.calendar.due(now.today, 3, domain::calendar::Unit::WorkingDays).0.to_string();
    let today = now.today.to_string();
    let late = eyes.due_by(tx, &soon, i64::MAX)?;
    let over = late.iter().filter(|r| r.text(1) < today.as_str()).count();
    let mut due = vec![];
    for row in late.iter().take(usize::try_from(LISTED).unwrap_or(20)) {
        due.extend(matters::item_of(tx, row.int(0))?.map(|r| Item::read(tx, house, &registers, who, r)).transpose()?);
    }
    let cases = eyes.measured(tx, "办结案件")?.iter().map(|r| r.count(1)).sum();
    let few = registers.count(FEW);
    Ok(Portrait {
        counts,
        over,
        soon: late.len() - over,
        due,
        cases,
        problems: problems(tx, &eyes, cases, few)?,
        few,
        grades: eyes.measured(tx, "评查定论")?.into_iter().map(|mut r| (r.take(0), r.count(1))).collect(),
        rectified: rectified(tx, &eyes)?,
        events: events(tx, &eyes, who, now, &registers)?,
        rated: appeals::rated(&queries::scores(tx, code, &quarter(now.today).to_string())?, few),
    })
}
/// The first day of a quarter. What was counted before stays: no single rating shows in the difference of two looks.
fn quarter(today: Date) -> Date {
    today.with().month((today.month() - 1) / 3 * 3 + 1).day(1).build().unwrap_or(today)
}
fn problems(tx: &Tx, eyes: &Eyes, cases: u64, few: usize) -> Result<BTreeMap<String, Problem>> {
    let mut all: BTreeMap<String, Problem> = BTreeMap::new();
    for row in eyes.problems(tx)? {
        for code in row.text(1).split(' ') {
            let one = all.entry(code.to_owned()).or_default();
            let place = match row.text(0) {
                "clue" => &mut one.clues,
                "review" => &mut one.reviews,
                _ => &mut one.rectifications,
            };
            *place += row.count(2);
        }
    }
    let many = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    all.values_mut().for_each(|p| p.rate = rate(many(p.reviews), many(cases), few));
    Ok(all)
}
fn rectified(tx: &Tx, eyes: &Eyes) -> Result<Rectified> {
    let mut all = Rectified::default();
    for id in eyes.newest(tx, "rectification", LOOKED_AT)? {
        let Some(loaded) = matters::load_by_id(tx, id)? else { continue };
        let (hands, clock) = (loaded.matter.hands(), loaded.matter.clocks().get("rectify"));
        let ended = clock.and_then(|c| Some((c.stopped?, c.due)));
        all.all += 1;
        all.on_time += u64::from(ended.is_some_and(|(on, due)| on <= due));
        all.late += u64::from(ended.is_some_and(|(on, due)| on > due));
        all.returned += u64::from(hands.contains_key("send_back"));
        all.relapsed += u64::from(hands.contains_key("relapse"));
    }
    Ok(all)
}
/// What happened last, by standing: who it was is read on the matter itself, by those who may.
fn events(tx: &Tx, eyes: &Eyes, who: &Person, now: Now, registers: &std::sync::Arc<Registers>) -> Result<Vec<Event>> {
    let mut all = vec![];
    for id in eyes.newest(tx, "", LISTED)? {
        let Some(loaded) = matters::load_by_id(tx, id)? else { continue };
        let mine = loaded.matter.mine(&Circumstances::of(tx, &loaded, who, now, registers)?.at(who));
        let kind = domain::procedures::kind(loaded.matter.kind()).map_or("", |k| k.label);
        for kept in crate::ledger::stream(tx, &loaded.number)? {
            let Ok(entry) = serde_json::from_slice::<Entry>(&kept.event.payload) else { continue };
            let Some(told) = loaded.matter.timeline(&entry, &mine, &who.id) else { continue };
            let (at_ms, standing) = (kept.event.time_ms, entry.stamp.standing.label());
            all.push(Event { at_ms, number: loaded.number.clone(), kind, label: told.label, standing });
        }
    }
    all.sort_by_key(|e: &Event| std::cmp::Reverse(e.at_ms));
    all.truncate(usize::try_from(LISTED).unwrap_or(20));
    Ok(all)
}
