//! 提醒 (issue 7, 5): what reached somebody, what falls due, what is to be signed; on the page `/notices`, by e-mail and by webhook.
//! A notice is written for a holder in the transaction of the act, or by the clock; who of his people is told on which channel follows from
//! their own settings, and is a row of the outbox (`delivery`) without a word of contents. What it says is `domain::notices` and nothing else,
//! put together when it is sent, from what its reader may see then. A failure here holds up nothing.
mod gateways;
mod outbox;
mod queries;
mod settings;

pub use gateways::{Gateways, Letter};
pub use outbox::{Dead, LEASE_MS, MOST_TRIES, dead, dead_of, deliver, fan_out, retry, states};
pub use settings::{Address, CHANNELS, DIGESTS, Settings, ask_code, confirm, keep, settings};

use domain::engine::{AnyMatter, Entry, Person, holders};
use domain::notices::{Event, INSIDE, Told, told};
use std::collections::BTreeSet;

use crate::db::Tx;
use crate::edge::{Now, day_start};
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Desk, Loaded};

/// Days an unread notice is counted for in the bar of every page.
const COUNTED_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

/// Whether this person reads numbers outside the house.
pub fn inside(who: &Person) -> bool {
    INSIDE.iter().any(|role| domain::engine::in_role(who, role))
}
/// After a step: tells whom the ball has come to. Of confidential intake nothing is written at the hour it happens (`confidential`).
///
/// # Errors
/// A fault of the engine.
pub fn moved(desk: &Desk, loaded: &Loaded, before: Option<&dyn AnyMatter>, entry: &Entry, who: &Person) -> Result<()> {
    let matter = loaded.matter.as_ref();
    let Some(kind) = domain::procedures::kind(matter.kind()).filter(|k| !k.confidential) else { return Ok(()) };
    let Some(step) = entry.action().and_then(|(action, _)| kind.step(action)) else { return Ok(()) };
    // An import of thousands is told by its batch.
    if before.is_none() && step.action.starts_with("enter") {
        return Ok(());
    }
    let event = Event::of_step(step.action, step.label, matter.phase().map_or("", |p| p.label));
    let parties =
        |m: &dyn AnyMatter| matters::parties_of(m).into_iter().map(|(holder, _, mine, _)| (holder, mine)).collect::<BTreeSet<_>>();
    let (had, own) = (before.map(parties).unwrap_or_default(), holders(who));
    let day = desk.now.today.to_string();
    for (holder, mine) in parties(matter) {
        // Whoever is served learns it whether or not he is to move.
        let new =
            if mine { !had.contains(&(holder.clone(), true)) } else { event == Event::Served && !had.iter().any(|(h, _)| *h == holder) };
        if new && !own.contains(&holder) {
            queries::put(desk.tx, &holder, loaded.id, event.name(), &day, desk.now.ms)?;
        }
    }
    Ok(())
}
/// What changed on the confidential chain yesterday is told today: at the hour of a notice nobody can tell when somebody came.
fn confidential(tx: &Tx, now: Now) -> Result<()> {
    let today = day_start(now.ms);
    for id in queries::changed(tx, matters::CONFIDENTIAL_FROM, today - DAY_MS, today)? {
        for holder in queries::ball_holders(tx, id)? {
            queries::put(tx, &holder, id, Event::Reached.name(), &now.today.to_string(), today)?;
        }
    }
    Ok(())
}
/// Writes a notice for a holder; the same is told once a day.
///
/// # Errors
/// A fault of the engine.
pub fn put(tx: &Tx, holder: &str, id: i64, event: Event, day: &str, now: Now) -> Result<()> {
    queries::put(tx, holder, id, event.name(), day, matters::dated(now, id).ms)
}
/// Those whose ball a matter is.
///
/// # Errors
/// A fault of the engine.
pub fn ball_holders(tx: &Tx, id: i64) -> Result<Vec<String>> {
    queries::ball_holders(tx, id)
}
/// What the clock tells besides deadlines: confidential intake of yesterday, delegations that end tomorrow. Forgets what is old.
///
/// # Errors
/// A fault of the engine.
pub fn tick(tx: &Tx, house: &House) -> Result<()> {
    let now = house.clock.now();
    confidential(tx, now)?;
    let tomorrow = now.today.saturating_add(jiff::Span::new().days(1)).to_string();
    for row in queries::delegations_ending(tx, &tomorrow)? {
        for person in [row.text(0), row.text(1)] {
            put(tx, &format!("p:{person}"), 0, Event::Delegation, &tomorrow, now)?;
        }
    }
    let kept = house.registers(tx)?.limits.get("N170").and_then(|l| l.length).unwrap_or(184);
    let before = now.ms - i64::from(kept) * DAY_MS;
    queries::sweep(tx, before, &crate::edge::day_of(before).to_string())
}
/// Tells the system administrators that something needs a look, once a day.
///
/// # Errors
/// A fault of the engine.
pub fn alarm(tx: &Tx, now: Now) -> Result<()> {
    let orgs: BTreeSet<String> =
        crate::people::everybody(tx, now.today)?.into_iter().filter(|(_, role, _)| role == "SYS").map(|(.., org)| org).collect();
    for org in orgs {
        put(tx, &format!("r:SYS@{org}"), 0, Event::Alarm, &now.today.to_string(), now)?;
    }
    Ok(())
}

/// One notice as its reader sees it.
pub struct Notice {
    pub n: i64,
    pub told: Told,
    pub event: Event,
    /// Where it leads; nothing where it is about no matter.
    pub href: String,
    pub day: String,
    pub at_ms: i64,
    pub seen: bool,
}
/// Which notices are asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Name of an event; empty for all.
    pub what: String,
    pub unread: bool,
    /// Keyset: those before this one; 0 for the newest.
    pub before: i64,
}
/// Notices of a person, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn list(tx: &Tx, house: &House, who: &Person, asked: &Asked, limit: i64) -> Result<Vec<Notice>> {
    let (registers, inside) = (house.registers(tx)?, inside(who));
    let (holders, barred) = (holders(who), matters::barred(who, &registers));
    let look = queries::Look {
        person: &who.id,
        holders: &holders,
        barred: &barred,
        what: &asked.what,
        unread: asked.unread,
        since_ms: 0,
        before: if asked.before > 0 { asked.before } else { i64::MAX },
        limit,
    };
    let mut all = vec![];
    for row in queries::list(tx, &look)? {
        let Some(event) = Event::of(row.text(2)) else { continue };
        let matter = if row.int(1) == 0 { None } else { matters::item_of(tx, row.int(1))? };
        let (kind, number) = matter.map(|mut r| (r.take(1), r.take(2))).unwrap_or_default();
        all.push(Notice {
            n: row.int(0),
            told: told(event, &kind, &number, inside),
            event,
            href: if number.is_empty() { String::new() } else { format!("/matter/{number}") },
            day: row.text(3).to_owned(),
            at_ms: row.int(4),
            seen: row.int(5) != 0,
        });
    }
    Ok(all)
}
/// How many unread notices of the last days there are for this person, counted up to a hundred.
///
/// # Errors
/// A fault of the engine.
pub fn unread(tx: &Tx, house: &House, who: &Person, now: Now) -> Result<u32> {
    let registers = house.registers(tx)?;
    let (holders, barred) = (holders(who), matters::barred(who, &registers));
    let since_ms = now.ms - COUNTED_DAYS * DAY_MS;
    let look = queries::Look {
        person: &who.id,
        holders: &holders,
        barred: &barred,
        what: "",
        unread: true,
        since_ms,
        before: i64::MAX,
        limit: 100,
    };
    queries::count(tx, &look)
}
/// Marks notices as read: those of these numbers, or all of his. Another person's stay as they are.
///
/// # Errors
/// A fault of the engine.
pub fn read(tx: &Tx, house: &House, who: &Person, which: &[i64]) -> Result<usize> {
    let asked = Asked { unread: true, ..Default::default() };
    let mine = list(tx, house, who, &asked, 2_000)?;
    let chosen: Vec<i64> = mine.iter().map(|n| n.n).filter(|n| which.is_empty() || which.contains(n)).collect();
    chosen.iter().try_for_each(|n| queries::seen(tx, &who.id, *n))?;
    Ok(chosen.len())
}
