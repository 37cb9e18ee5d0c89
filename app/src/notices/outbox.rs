//! The outbox: from notices to messages, each leased while it is sent, tried again for a day, given up where everybody can see it.
//! At least once: a node that dies between sending and noting it leaves the message to another, under the same event number.
use domain::engine::{Person, holders};
use domain::notices::{Event, digest, told};
use ledger::Alg;

use super::settings::{CHANNELS, Settings, everybody, settings};
use super::{Gateways, Letter, inside, queries};
use crate::db::{Row, Tx};
use crate::edge::{Now, hex};
use crate::failure::Result;
use crate::house::House;
use crate::ledger::Head;
use crate::{matters, people};

/// Nobody else sends a message so long after one node has taken it; longer than any gateway is waited for.
pub const LEASE_MS: i64 = 120_000;
/// A message is tried so often, over about a day.
pub const MOST_TRIES: i64 = 12;
/// Minutes until the next try: 1, 2, 4 … and never more than six hours.
fn wait_ms(tries: i64) -> i64 {
    let doubled = 1i64 << tries.clamp(1, 10).saturating_sub(1);
    doubled.min(360) * 60_000
}
/// The same event on every node and at every try.
fn event_of(house: &House, what: &str) -> String {
    hex(&Alg::Sha256.hmac(&house.keys.compartment("notice"), what.as_bytes())).chars().take(32).collect()
}
/// Makes messages of notices for whoever asked for them, and digests whose hour has come. Idempotent; two nodes take turns.
///
/// # Errors
/// A fault of the engine.
pub fn fan_out(house: &House) -> Result<()> {
    while house.db.read_here(|tx| Ok(!queries::unsent(tx, 1)?.is_empty()))? {
        let inner = house.clone();
        house.db.write_here(move |tx| {
            Head::take(tx)?;
            notices(tx, &inner)
        })?;
    }
    if house.db.read_here(queries::holds_any)? {
        let inner = house.clone();
        house.db.write_here(move |tx| {
            Head::take(tx)?;
            digests(tx, &inner)
        })?;
    }
    Ok(())
}
/// Whoever wants something told, with what he holds today.
fn readers(tx: &Tx, house: &House, now: Now) -> Result<Vec<(Person, Settings)>> {
    let mut all = vec![];
    for (id, chosen) in everybody(tx, house)? {
        all.extend(people::person(tx, &id, now.today)?.map(|person| (person, chosen)));
    }
    Ok(all)
}
fn notices(tx: &Tx, house: &House) -> Result<()> {
    let now = house.clock.now();
    let (readers, day) = (readers(tx, house, now)?, now.today.to_string());
    for row in queries::unsent(tx, 500)? {
        let (n, holder, what) = (row.int(0), row.text(1), row.text(2));
        for (person, chosen) in readers.iter().filter(|(p, _)| holders(p).iter().any(|h| h == holder)) {
            for (channel, ..) in CHANNELS.iter().filter(|c| chosen.wants(c.0, what) && chosen.reached(c.0).is_some()) {
                let held = !chosen.digest.is_empty();
                let event = event_of(house, &format!("{n}|{}|{channel}", person.id));
                let due_ms = if held { now.ms } else { chosen.after_quiet(now.ms) };
                let state = if held { "held" } else { "waiting" };
                // The event's name is told to no table: with the day it would tell what happened to whom.
                let post =
                    queries::Post { event: &event, person: &person.id, channel, what: "notice", notice: n, state, due_ms, day: &day };
                queries::put_delivery(tx, &post)?;
            }
        }
        queries::sent(tx, n)?;
    }
    Ok(())
}
fn digests(tx: &Tx, house: &House) -> Result<()> {
    let now = house.clock.now();
    for (person, chosen) in readers(tx, house, now)? {
        // Who wants no digest any more gets what was held at once.
        let at = chosen.digest_at(now).unwrap_or(now.ms);
        for (channel, ..) in CHANNELS {
            let event = event_of(house, &format!("digest|{}|{channel}|{at}", person.id));
            if queries::fold(tx, (&person.id, channel), at, &event)? > 0 {
                let (due_ms, day) = (chosen.after_quiet(now.ms), now.today.to_string());
                let post = queries::Post {
                    event: &event,
                    person: &person.id,
                    channel,
                    what: "digest",
                    notice: 0,
                    state: "waiting",
                    due_ms,
                    day: &day,
                };
                queries::put_delivery(tx, &post)?;
            }
        }
    }
    Ok(())
}

/// Sends what is due by these gateways; returns how many went out. A gateway that is down costs nothing but a later try.
///
/// # Errors
/// A fault of the engine.
pub fn deliver(house: &House, gateways: &Gateways) -> Result<usize> {
    let (channels, mut sent) = (gateways.channels(), 0);
    if channels.is_empty() {
        return Ok(0);
    }
    // Bounded, so that the house's other work comes round.
    for _ in 0..500 {
        let (now, named) = (house.clock.now(), channels.clone());
        let row = house.db.write_here(move |tx| queries::claim(tx, &named, now.ms, now.ms + LEASE_MS))?;
        let Some(row) = row else { break };
        let letter = house.db.read_here(|tx| letter(tx, house, &row, now))?;
        let (state, due_ms, trouble) = match letter.map(|l| gateways.send(&l)) {
            None => ("dropped", now.ms, String::new()),
            Some(Ok(())) => ("sent", now.ms, String::new()),
            Some(Err(t)) if t.final_ || row.int(5) >= MOST_TRIES => ("dead", now.ms, t.words),
            Some(Err(t)) => ("waiting", now.ms + wait_ms(row.int(5)), t.words),
        };
        sent += usize::from(state == "sent");
        let (event, state) = (row.text(0).to_owned(), state.to_owned());
        house.db.write_here(move |tx| {
            queries::settle(tx, &event, &state, due_ms, &trouble)?;
            if state == "dead" { super::alarm(tx, now) } else { Ok(()) }
        })?;
    }
    Ok(sent)
}
/// What a message says to its reader now; nothing where he may no longer read it, or wants it no more.
fn letter(tx: &Tx, house: &House, row: &Row, now: Now) -> Result<Option<Letter>> {
    let (id, channel, what) = (row.text(1), row.text(2), row.text(3));
    let Some(person) = people::person(tx, id, now.today)? else { return Ok(None) };
    let chosen = settings(tx, house, id)?;
    let letter = |to: &str, what: &'static str, text: String| {
        Some(Letter { event: row.text(0).to_owned(), channel: channel.to_owned(), to: to.to_owned(), what, text, at_ms: now.ms })
    };
    if what == "code" {
        let waiting = chosen.addresses.get(channel).filter(|a| !a.code.is_empty());
        return Ok(waiting.and_then(|a| letter(&a.to, "code", format!("验证码 {}，30 分钟内有效", a.code))));
    }
    let Some(to) = chosen.reached(channel) else { return Ok(None) };
    if what == "digest" {
        let mut all = vec![];
        for row in queries::folded(tx, row.text(0))? {
            all.extend(readable(tx, house, &person, &row)?);
        }
        return Ok(if all.is_empty() { None } else { letter(to, "digest", digest(&all, inside(&person))) });
    }
    let Some(notice) = queries::notice(tx, row.int(4))? else { return Ok(None) };
    let told = readable(tx, house, &person, &notice)?.map(|(event, kind, number)| told(event, &kind, &number, inside(&person)));
    Ok(told.and_then(|t| letter(to, t.what, t.text)))
}
/// A notice `(id, what)` as this person may still read it: event, kind, number.
fn readable(tx: &Tx, house: &House, who: &Person, row: &Row) -> Result<Option<(Event, String, String)>> {
    let Some(event) = Event::of(row.text(1)) else { return Ok(None) };
    if row.int(0) == 0 {
        return Ok(Some((event, String::new(), String::new())));
    }
    let barred = matters::barred(who, &*house.registers(tx)?);
    if !matters::holds(tx, row.int(0), &holders(who), &barred)? {
        return Ok(None);
    }
    Ok(matters::item_of(tx, row.int(0))?.map(|mut r| (event, r.take(1), r.take(2))))
}

/// A message that was given up.
pub struct Dead {
    pub event: String,
    pub channel: String,
    pub tries: i64,
    pub trouble: String,
    pub day: String,
}
/// Messages given up, newest first.
///
/// # Errors
/// A fault of the engine.
pub fn dead(tx: &Tx) -> Result<Vec<Dead>> {
    let read = |mut r: Row| Dead { event: r.take(0), channel: r.take(1), tries: r.int(2), trouble: r.take(3), day: r.take(4) };
    Ok(queries::dead(tx, 200)?.into_iter().map(read).collect())
}
/// How many messages to this person were given up.
///
/// # Errors
/// A fault of the engine.
pub fn dead_of(tx: &Tx, person: &str) -> Result<i64> {
    queries::dead_of(tx, person)
}
/// How many messages of each channel are in each state.
///
/// # Errors
/// A fault of the engine.
pub fn states(tx: &Tx) -> Result<Vec<(String, String, i64)>> {
    Ok(queries::states(tx)?.into_iter().map(|mut r| (r.take(0), r.take(1), r.int(2))).collect())
}
/// Tries a message that was given up from the beginning.
///
/// # Errors
/// A fault of the engine.
pub fn retry(tx: &Tx, event: &str, now: Now) -> Result<bool> {
    queries::again(tx, event, now.ms)
}
