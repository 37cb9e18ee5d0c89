//! 待办: what waits for a person, derived from whose ball it is; reminders before and at the due day, escalation when overdue.
//! Nothing here is an entry: a deadline turns red, reminds and escalates, and never blocks.
pub mod ical;
mod queries;

use domain::engine::{Person, holders};
use domain::notices::Event;
use jiff::civil::Date;

use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Desk, Item};
use crate::notices;

/// What waits for this person, by due day.
///
/// # Errors
/// A fault of the engine.
pub fn waiting(tx: &Tx, house: &House, who: &Person, limit: i64) -> Result<Vec<Item>> {
    let registers = house.registers(tx)?;
    let mut rows: Vec<Row> = vec![];
    let barred = matters::barred(who, &registers);
    for holder in holders(who) {
        rows.extend(matters::inbox(tx, &holder, &barred, limit)?);
    }
    rows.sort_by(|a, b| {
        let due = |r: &Row| if r.text(10).is_empty() { "9999".to_owned() } else { r.text(10).to_owned() };
        (due(a), a.int(0)).cmp(&(due(b), b.int(0)))
    });
    rows.dedup_by_key(|r| r.int(0));
    rows.truncate(usize::try_from(limit).unwrap_or(100));
    rows.into_iter().map(|r| Item::read(tx, house, &registers, who, r)).collect()
}
/// A matter with a day by which somebody owes something.
pub struct Due {
    pub item: Item,
    /// This person owes it; he only follows it where not.
    pub mine: bool,
}
/// More of them than these are not listed one by one.
pub const LISTED: i64 = 400;
/// What is due from one day to another, the first first, at most `LISTED`; only what he owes himself where he asks so.
///
/// # Errors
/// A fault of the engine.
pub fn due(tx: &Tx, house: &House, who: &Person, days: [Date; 2], mine: bool) -> Result<Vec<Due>> {
    let registers = house.registers(tx)?;
    let mut all = vec![];
    for r in queries::due_between(tx, &holders(who), &matters::barred(who, &registers), days.map(|d| d.to_string()), mine, LISTED)? {
        let Some(row) = matters::item_of(tx, r.int(0))? else { continue };
        all.push(Due { item: Item::read(tx, house, &registers, who, row)?, mine: r.yes(1) });
    }
    Ok(all)
}
/// How many days of what he owes are looked at for a picture.
const AHEAD: i64 = 3_000;
/// The due days of what waits for this person, the first first: at most so many. Whatever has none stands last, as an empty text.
///
/// # Errors
/// A fault of the engine.
pub fn days(tx: &Tx, house: &House, who: &Person) -> Result<Vec<String>> {
    let barred = matters::barred(who, &*house.registers(tx)?);
    let mut all = std::collections::BTreeMap::new();
    for holder in holders(who) {
        for mut r in queries::waiting_days(tx, &holder, &barred, AHEAD)? {
            all.insert(r.int(0), r.take(1));
        }
    }
    let mut days: Vec<String> = all.into_values().map(|d| if d.starts_with("9999") { String::new() } else { d }).collect();
    days.sort_by_key(|d| (d.is_empty(), d.clone()));
    Ok(days)
}
/// How many wait, counted up to a hundred per holder.
///
/// # Errors
/// A fault of the engine.
pub fn count(tx: &Tx, house: &House, who: &Person) -> Result<u32> {
    let (mut all, barred) = (0, matters::barred(who, &*house.registers(tx)?));
    for holder in holders(who) {
        all += matters::waiting(tx, &holder, &barred, "99999", 100)?;
    }
    Ok(u32::try_from(all).unwrap_or(0))
}
/// Presses the steps of time whose clocks have run out, and writes today's reminders and escalations. Idempotent: a second run on
/// the same day, or on a second node, finds nothing to do. A matter that fails keeps time from no other.
///
/// # Errors
/// The first fault, after everything else was done.
pub fn tick(house: &House) -> Result<usize> {
    let today = house.clock.now().today.to_string();
    let ids = house.db.read_here(|tx| matters::overdue(tx, &today))?;
    let (mut pressed, mut failed) = (0, None);
    for id in ids {
        let inner = house.clone();
        match house.db.write_here(move |tx| press(tx, &inner, id)) {
            Ok(steps) => pressed += steps,
            Err(f) => failed = failed.or(Some(f)),
        }
    }
    crate::conflicts::recheck_all(house)?;
    let inner = house.clone();
    house.db.write_here(move |tx| remind(tx, &inner))?;
    failed = failed.or(crate::fairness::watch(house).err());
    failed.map_or(Ok(pressed), Err)
}
fn press(tx: &Tx, house: &House, id: i64) -> Result<usize> {
    let mut desk = Desk::open(tx, house)?;
    let Some(loaded) = matters::load_by_id(tx, id)? else { return Ok(0) };
    let time = Person::time(loaded.matter.owner());
    let steps = loaded.matter.lapsed(desk.now.today);
    for action in &steps {
        let place = matters::Where::On(loaded.number.clone());
        desk.act(matters::Ask { who: &time, place, action, form: Default::default(), version: None, key: None })?;
    }
    desk.close()?;
    Ok(steps.len())
}
/// Three working days before, on the day, and once overdue: first the lead, then the secretary (B: 通用规则). Whoever is to move is told of
/// each.
fn remind(tx: &Tx, house: &House) -> Result<()> {
    let (now, registers) = (house.clock.now(), house.registers(tx)?);
    let today = now.today.to_string();
    let soon = registers.calendar.due(now.today, 3, domain::calendar::Unit::WorkingDays).0.to_string();
    for row in queries::due_by(tx, &soon)? {
        let (id, due) = (row.int(0), row.text(3));
        let late = due.parse().map_or(0, |d| registers.calendar.working_days_between(d, now.today));
        let (event, above, roles) = match late {
            n if n > 5 => (Event::Overdue, Event::EscalatedAgain, &["R3", "R15", "R18"][..]),
            n if n > 0 => (Event::Overdue, Event::Escalated, &["R2", "R15", "R18"][..]),
            _ if due == today => (Event::Today, Event::Today, &[][..]),
            _ => (Event::Soon, Event::Soon, &[][..]),
        };
        for holder in notices::ball_holders(tx, id)? {
            notices::put(tx, &holder, id, event, due, now)?;
        }
        // An office has one of each: the others are nobody there.
        for role in roles {
            notices::put(tx, &format!("r:{role}@{}", row.text(2)), id, above, due, now)?;
        }
    }
    notices::tick(tx, house)
}
