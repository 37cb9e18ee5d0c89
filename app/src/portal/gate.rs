//! What keeps the portal open under a flood and shut to whoever guesses (trust.md T12, 2.4). All of it lies in memory: addresses only
//! as HMACs under a key that dies at midnight, receipts for two minutes.
//!
//! An industrial park stands behind one address, so nobody is refused for his neighbours: the more comes from a prefix, the more work
//! the next form costs. Who has no script waits instead and goes by a narrow lane. Only the whole has a hard cap.
use jiff::civil::Date;
use ledger::{Alg, Hash};
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::{Receipt, Ticket};
use crate::edge::{Now, random};
use crate::failure::Result;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// Forms of a prefix in ten minutes before work is asked for.
const FREE: usize = 20;
/// Most bits ever asked for: some seconds on a telephone.
const HARDEST: u32 = 20;
/// A ticket was given for the work that was due then; it is good for so many bits less than is due now.
const LENIENT: u32 = 4;
/// Without work: how old a form must be, and how many pass in ten minutes, by prefix and in all.
const WAIT: i64 = 3_000;
const LANE: (usize, usize) = (30, 200);
/// Matters taken in in an hour, by prefix and in all.
const TAKEN: (usize, usize) = (500, 1_000);
/// Wrong codes in ten minutes: by number, by prefix, in all.
const TRIES: (usize, usize, usize) = (5, 60, 3_000);
/// Argon2 at the same time, and how many may wait for it (trust.md 2.4).
const SLOTS: usize = 2;
const QUEUE: usize = 16;
/// How long the answer to a form is kept for a second click.
const KEPT: i64 = 2 * MINUTE;
/// Most counters at once.
const COUNTERS: usize = 100_000;

/// Not now: status, seconds to wait, the sentence.
#[derive(Clone, Copy, Debug)]
pub struct Busy {
    pub status: u16,
    pub seconds: i64,
    pub say: &'static str,
}
const CROWD: Busy = Busy { status: 503, seconds: 10, say: "现在提交的人多。请等 10 秒，再点一次“提交”。" };
const FULL: Busy = Busy {
    status: 503, seconds: 300, say: "现在提交的太多，暂时收不下。请 5 分钟后再点“提交”，或打服务热线。"
};
const QUEUED: Busy = Busy { status: 503, seconds: 5, say: "现在使用的人多。请等 5 秒再试一次。" };
const GUESSED: Busy = Busy { status: 429, seconds: 600, say: "试错次数过多。请 10 分钟后再试。" };

/// The network part of an address: what a house or a park has in common.
pub fn prefix(address: Option<IpAddr>) -> String {
    match address.map(|a| a.to_canonical()) {
        Some(IpAddr::V4(a)) => {
            let [a, b, c, _] = a.octets();
            format!("{a}.{b}.{c}")
        }
        Some(IpAddr::V6(a)) => format!("{:x}", u128::from(a) >> 80),
        None => String::new(),
    }
}
/// The gate.
#[derive(Default)]
pub struct Gate {
    counters: Mutex<Counters>,
    argon: Mutex<(usize, usize)>,
    freed: Condvar,
    forms: Mutex<HashMap<String, Sent>>,
    told: Condvar,
}
#[derive(Default)]
struct Counters {
    day: Option<Date>,
    key: [u8; 32],
    stamps: HashMap<Hash, VecDeque<i64>>,
}
enum Sent {
    UnderWay,
    Done { at_ms: i64, content: Hash, receipt: Receipt },
}
/// What is counted, and for whom.
type What<'a> = (&'static str, &'a str);

/// A lock that a panic elsewhere does not shut for ever.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
impl Counters {
    fn turn(&mut self, now: Now) -> Result<()> {
        if self.day != Some(now.today) {
            (self.day, self.key) = (Some(now.today), random::<32>()?);
            self.stamps.clear();
        }
        if self.stamps.len() > COUNTERS {
            self.stamps.retain(|_, s| s.back().is_some_and(|ms| now.ms - ms < HOUR));
        }
        Ok(())
    }
    /// Stamps of the last while, oldest first.
    fn of(&mut self, now: Now, (kind, who): What, within: i64) -> &mut VecDeque<i64> {
        let name = Alg::Sha256.hmac(&self.key, format!("{kind}|{who}").as_bytes());
        let stamps = self.stamps.entry(name).or_default();
        while stamps.front().is_some_and(|ms| now.ms - ms >= within) {
            stamps.pop_front();
        }
        stamps
    }
    /// All of them, or none.
    fn take(&mut self, now: Now, all: &[(What, usize)], within: i64) -> bool {
        let free = all.iter().all(|(what, most)| self.of(now, *what, within).len() < *most);
        if free {
            all.iter().for_each(|(what, _)| self.of(now, *what, within).push_back(now.ms));
        }
        free
    }
    fn give_back(&mut self, now: Now, all: &[What]) {
        for what in all {
            self.of(now, *what, HOUR).pop_back();
        }
    }
    /// Bits of work that are due from this prefix now.
    fn due(&mut self, now: Now, prefix: &str) -> u32 {
        let (near, all) = (self.of(now, ("form", prefix), 10 * MINUTE).len(), self.of(now, ("taken", ""), HOUR).len());
        let near = if near < FREE { 0 } else { 12 + 2 * (near / FREE).ilog2() };
        let all = match all {
            0..200 => 0,
            200..500 => 14,
            500..800 => 16,
            _ => 18,
        };
        near.max(all).min(HARDEST)
    }
}
impl Gate {
    /// Bits of work a form given out now should ask for.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn due(&self, now: Now, prefix: &str) -> Result<u32> {
        let mut counters = lock(&self.counters);
        counters.turn(now)?;
        Ok(counters.due(now, prefix))
    }
    /// Lets a form in by its work, by its age, or not now.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn form(&self, now: Now, prefix: &str, ticket: &Ticket, work: &str) -> Result<std::result::Result<(), Busy>> {
        let mut counters = lock(&self.counters);
        counters.turn(now)?;
        let due = counters.due(now, prefix);
        counters.of(now, ("form", prefix), 10 * MINUTE).push_back(now.ms);
        if ticket.bits + LENIENT >= due && (due == 0 || ticket.bits > 0) && ticket.worked(work, due.min(ticket.bits)) {
            return Ok(Ok(()));
        }
        let lane = [(("lane", prefix), LANE.0), (("lane", ""), LANE.1)];
        let passes = ticket.age(now) >= WAIT && counters.take(now, &lane, 10 * MINUTE);
        Ok(if passes { Ok(()) } else { Err(CROWD) })
    }
    /// Takes one of the places of this hour for a matter.
    ///
    /// # Errors
    /// When the hour is full.
    pub fn place(&self, now: Now, prefix: &str) -> std::result::Result<(), Busy> {
        let all = [(("taken", prefix), TAKEN.0), (("taken", ""), TAKEN.1)];
        if lock(&self.counters).take(now, &all, HOUR) { Ok(()) } else { Err(FULL) }
    }
    /// Gives it back: nothing was taken in.
    pub fn unplace(&self, now: Now, prefix: &str) {
        lock(&self.counters).give_back(now, &[("taken", prefix), ("taken", "")]);
    }
    /// Counts a try before it is made, so that a hundred at once are not a hundred tries.
    ///
    /// # Errors
    /// When there is no randomness to be had.
    pub fn knock(&self, now: Now, number: &str, prefix: &str) -> Result<std::result::Result<(), Busy>> {
        let mut counters = lock(&self.counters);
        counters.turn(now)?;
        let all = [(("number", number), TRIES.0), (("knock", prefix), TRIES.1), (("knock", ""), TRIES.2)];
        Ok(if counters.take(now, &all, 10 * MINUTE) { Ok(()) } else { Err(GUESSED) })
    }
    /// The code was right: it counts as no try.
    pub fn right(&self, now: Now, number: &str, prefix: &str) {
        lock(&self.counters).give_back(now, &[("number", number), ("knock", prefix), ("knock", "")]);
    }
    /// A place at Argon2; held by the thread that works, so that a caller who goes away frees nothing too early.
    ///
    /// # Errors
    /// When too many wait already.
    pub fn slot(&self) -> std::result::Result<Slot<'_>, Busy> {
        let mut state = lock(&self.argon);
        if state.0 >= SLOTS {
            if state.1 >= QUEUE {
                return Err(QUEUED);
            }
            state.1 += 1;
            while state.0 >= SLOTS {
                state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.1 -= 1;
        }
        state.0 += 1;
        Ok(Slot(self))
    }
    /// Whether this form has been sent from here before. A double click throws the first answer away and shows the second: for two
    /// minutes the same contents get the same receipt again, from memory, and the code is derived from nothing and stored nowhere.
    /// After that, or with other contents, it is told as shown once.
    pub fn first(&self, now: Now, form: &str, content: &Hash) -> Twice<'_> {
        let mut forms = lock(&self.forms);
        forms.retain(|_, s| !matches!(s, Sent::Done { at_ms, .. } if now.ms - *at_ms > KEPT));
        loop {
            match forms.get(form) {
                None => {
                    forms.insert(form.to_owned(), Sent::UnderWay);
                    return Twice::First(Sending { gate: self, form: form.to_owned() });
                }
                Some(Sent::Done { content: known, receipt, .. }) if known == content => return Twice::Same(receipt.clone()),
                Some(Sent::Done { .. }) => return Twice::Other,
                Some(Sent::UnderWay) => forms = self.told.wait(forms).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
/// A place at Argon2.
pub struct Slot<'a>(&'a Gate);
impl Drop for Slot<'_> {
    fn drop(&mut self) {
        lock(&self.0.argon).0 -= 1;
        self.0.freed.notify_one();
    }
}
/// What is known of a form that comes in.
pub enum Twice<'a> {
    /// Never seen.
    First(Sending<'a>),
    /// The very same a moment ago.
    Same(Receipt),
    /// The same form with other contents.
    Other,
}
/// A form under way; forgotten unless it is done.
pub struct Sending<'a> {
    gate: &'a Gate,
    form: String,
}
impl Sending<'_> {
    /// Keeps the answer for a second click.
    pub fn done(self, now: Now, content: Hash, receipt: Receipt) {
        lock(&self.gate.forms).insert(self.form.clone(), Sent::Done { at_ms: now.ms, content, receipt });
    }
}
impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let mut forms = lock(&self.gate.forms);
        if matches!(forms.get(&self.form), Some(Sent::UnderWay)) {
            forms.remove(&self.form);
        }
        drop(forms);
        self.gate.told.notify_all();
    }
}
