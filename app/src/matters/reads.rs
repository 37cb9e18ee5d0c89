//! 谁看过 (boundary 3): opening the page of a matter leaves a record by itself, appended in groups without holding up the answer.
//! The digest of each day's records is an entry, so that a record cannot quietly go missing.
use std::sync::Mutex;

use super::act::Desk;
use super::queries;
use crate::db::Tx;
use crate::edge::{Now, hex};
use crate::failure::Result;
use crate::house::House;

/// One look at one matter.
struct Read {
    person: String,
    id: i64,
    what: std::borrow::Cow<'static, str>,
    now: Now,
}
/// Looks not yet written.
#[derive(Default)]
pub struct Reads(Mutex<Vec<Read>>);
impl Reads {
    /// Notes a look; costs nothing to the reader. What is looked at and is no matter has the id 0, and its key in `what`.
    pub fn note(&self, person: &str, id: i64, what: impl Into<std::borrow::Cow<'static, str>>, now: Now) {
        // Of confidential intake the day: whoever holds a receipt looks, too.
        let now = queries::dated(now, id);
        if let Ok(mut all) = self.0.lock() {
            all.push(Read { person: person.to_owned(), id, what: what.into(), now });
        }
    }
}
/// Writes what has gathered, then the digests of days gone by that have none, and the head of the confidential chain.
///
/// # Errors
/// A fault of the engine; what had gathered is then tried again.
pub fn flush(house: &House) -> Result<()> {
    let waiting = house.reads.0.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default();
    let inner = house.clone();
    house.db.write_here(move |tx| {
        for r in &waiting {
            queries::put_read(tx, &r.person, r.id, &r.what, &r.now.today.to_string(), r.now.ms)?;
        }
        digests(tx, &inner)?;
        crate::ledger::daily(tx, &inner.keys, inner.clock.now())
    })
}
fn digests(tx: &Tx, house: &House) -> Result<()> {
    let today = house.clock.now().today.to_string();
    let days = queries::read_days(tx, &today)?;
    let open: Vec<_> =
        days.into_iter().filter(|day| !crate::ledger::stream(tx, &format!("reads/{day}")).is_ok_and(|s| !s.is_empty())).collect();
    if open.is_empty() {
        return Ok(());
    }
    let mut desk = Desk::open(tx, house)?;
    for day in open {
        let (count, digest) = digest(tx, &desk, &day)?;
        let said = serde_json::json!({"day": day, "records": count, "digest": digest});
        desk.tell(&format!("reads/{day}"), "reads@1", &said, ("house", "House"), "")?;
    }
    desk.close()
}
fn digest(tx: &Tx, desk: &Desk, day: &str) -> Result<(usize, String)> {
    digest_of(tx, desk.head.alg(), day)
}
/// Number and digest of one day's read records, as the entry of that day states them.
///
/// # Errors
/// A fault of the engine.
pub fn digest_of(tx: &Tx, alg: ledger::Alg, day: &str) -> Result<(usize, String)> {
    let rows = queries::reads_on(tx, day)?;
    let lines: Vec<String> = rows.iter().map(|r| format!("{}|{}|{}|{}\n", r.text(1), r.int(2), r.text(3), r.int(4))).collect();
    Ok((rows.len(), hex(&alg.hash(&[lines.concat().as_bytes()]))))
}
/// Who has looked at a matter since a day: `(person, times, last)`.
///
/// # Errors
/// A fault of the engine.
pub fn viewers(tx: &Tx, id: i64, since: &str) -> Result<Vec<(String, i64, i64)>> {
    Ok(queries::viewers(tx, id, since)?.into_iter().map(|mut r| (r.take(0), r.int(1), r.int(2))).collect())
}
