//! Files that wait between looking and taking in. They are full of persons: sealed with the key of the house, gone with the batch, with
//! the decision to drop them, or after a day.
use domain::engine::Person;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use super::{Plan, queries};
use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::{sealing, vault};

/// How long a file waits.
const DAY_MS: i64 = 86_400_000;
/// Rows taken in so far, of batches under way in this process.
static UNDER_WAY: LazyLock<Mutex<UnderWay>> = LazyLock::new(Mutex::default);
/// Folder of the house and number of the file → rows done, of how many.
type UnderWay = HashMap<(PathBuf, i64), (usize, usize)>;

/// A file somebody uploaded, and how far it is.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    pub n: i64,
    pub kind: String,
    pub name: String,
    /// `checked`, `taking`, `taken`, `undone`, `dropped`, `expired`.
    pub state: String,
    pub outcome: String,
    /// Number of the batch, once taken in.
    pub batch: String,
    pub at_ms: i64,
    /// What the person said each column holds.
    pub fields: Option<Vec<String>>,
    /// Counts of the dry run, once the file is gone.
    pub report: Vec<(String, usize)>,
    digest: String,
}
fn about(person: &str, digest: &str) -> String {
    format!("{person}|{digest}")
}
fn state(state: &str, at_ms: i64, now_ms: i64) -> String {
    (if matches!(state, "checked" | "taking") && at_ms <= now_ms - DAY_MS { "expired" } else { state }).to_owned()
}
/// Keeps a file that was looked at; returns its number.
///
/// # Errors
/// A fault of the engine.
pub fn put(house: &House, who: &Person, kind: &str, name: &str, bytes: &[u8], plan: &Plan) -> Result<i64> {
    let sealed = vault::seal_bytes(&house.keys, "staging", &about(&who.id, &plan.digest), bytes)?;
    let (person, kind, digest, total, now) =
        (who.id.clone(), kind.to_owned(), plan.digest.clone(), plan.table.rows.len(), house.clock.now().ms);
    let name: String = name.chars().take(120).collect();
    let name = sealing::seal(&house.keys, &digest, &name)?;
    house.db.write_here(move |tx| {
        queries::expire(tx, now - DAY_MS)?;
        queries::put_staged(tx, [&person, &kind, &name, &digest], sealed, total, now)
    })
}
/// The newest files of a person.
///
/// # Errors
/// A fault of the engine.
pub fn list(tx: &Tx, house: &House, who: &Person) -> Result<Vec<Staged>> {
    let now = house.clock.now().ms;
    let one = |mut r: crate::db::Row| {
        Ok(Staged {
            n: r.int(0),
            kind: r.take(1),
            name: sealing::open(&house.keys, r.text(7), r.text(2))?,
            state: state(r.text(3), r.int(5), now),
            batch: r.take(4),
            at_ms: r.int(5),
            ..Staged::default()
        })
    };
    queries::staged_of(tx, &who.id)?.into_iter().map(one).collect()
}
/// One of them.
///
/// # Errors
/// `NotFound` where it is somebody else's.
pub fn get(tx: &Tx, house: &House, who: &Person, n: i64) -> Result<Staged> {
    let mut r = queries::staged(tx, n, &who.id)?.ok_or(Failure::NotFound)?;
    let at_ms = r.int(7);
    Ok(Staged {
        n,
        fields: Some(r.text(3)).filter(|m| !m.is_empty()).map(serde_json::from_str).transpose()?,
        report: Some(r.text(8)).filter(|m| !m.is_empty()).map(serde_json::from_str).transpose()?.unwrap_or_default(),
        state: state(r.text(4), at_ms, house.clock.now().ms),
        at_ms,
        kind: r.take(0),
        name: sealing::open(&house.keys, r.text(2), r.text(1))?,
        digest: r.take(2),
        outcome: r.take(5),
        batch: r.take(6),
    })
}
/// Looks at a waiting file again.
///
/// # Errors
/// `Bad(409)` when the file is gone.
pub fn plan(tx: &Tx, house: &House, who: &Person, s: &Staged) -> Result<Plan> {
    let gone = || Failure::Bad(409, "上传的文件已不在系统里（入库、放弃或满 24 小时后即删除）。需要时请重新上传。".into());
    let sealed = queries::staged_body(tx, s.n)?;
    if sealed.is_empty() || s.state == "expired" {
        return Err(gone());
    }
    let bytes = vault::open_bytes(&house.keys, "staging", &about(&who.id, &s.digest), &sealed)?;
    drop(sealed);
    super::plan(tx, house, who, &s.kind, &bytes, s.fields.as_deref())
}
/// What the person says each column holds; remembered for the next file with the same headings.
///
/// # Errors
/// `Bad(422)` where two columns are to hold the same field.
pub fn map(house: &House, s: &Staged, plan: &Plan, fields: Vec<String>) -> Result<()> {
    let twice = plan.layout.columns.iter().find(|c| fields.iter().filter(|f| *f == c.field).count() > 1);
    if let Some(column) = twice {
        let label = column.labels.first().copied().unwrap_or(column.field);
        return Err(Failure::Bad(422, format!("有两列都对应“{label}”。每个字段只能对应一列，请改正。")));
    }
    let (n, kind, headings, now) = (s.n, s.kind.clone(), super::headings(&plan.mapping), house.clock.now().ms);
    house.db.write_here(move |tx| {
        let text = serde_json::to_string(&fields)?;
        queries::put_mapping(tx, &kind, &headings, &text, now)?;
        if queries::set_mapping(tx, n, &text)? {
            Ok(())
        } else {
            Err(Failure::Bad(409, "这份文件已不在待入库的状态。".into()))
        }
    })
}
/// Claims the file for taking in. `false`: somebody, perhaps the same person by a second click, has done so.
///
/// # Errors
/// A fault of the engine.
pub fn begin(house: &House, n: i64) -> Result<bool> {
    let free = UNDER_WAY.lock().is_ok_and(|mut all| match all.entry((house.folder.clone(), n)) {
        std::collections::hash_map::Entry::Occupied(_) => false,
        std::collections::hash_map::Entry::Vacant(slot) => {
            slot.insert((0, 1));
            true
        }
    });
    if !free {
        return Ok(false);
    }
    let claimed = house.db.write_here(move |tx| queries::begin(tx, n));
    if !matches!(claimed, Ok(true)) {
        end(house, n, None);
    }
    claimed
}
/// Rows done, of how many.
pub fn advance(house: &House, n: i64, done: usize, total: usize) {
    if let Ok(mut all) = UNDER_WAY.lock() {
        all.insert((house.folder.clone(), n), (done, total));
    }
}
/// How far a batch under way in this process is.
pub fn progress(house: &House, n: i64) -> Option<(usize, usize)> {
    UNDER_WAY.lock().ok()?.get(&(house.folder.clone(), n)).copied()
}
/// No longer under way; with the reason where nothing was taken in.
pub fn end(house: &House, n: i64, failed: Option<String>) {
    if let Some(why) = failed {
        let _ = house.db.write_here(move |tx| queries::give_up(tx, n, &why));
    }
    if let Ok(mut all) = UNDER_WAY.lock() {
        all.remove(&(house.folder.clone(), n));
    }
}
/// Drops a file that was not taken in.
///
/// # Errors
/// `Bad(409)` when it is not waiting.
pub fn discard(house: &House, n: i64) -> Result<()> {
    house.db.write_here(move |tx| match queries::discard(tx, n)? {
        true => Ok(()),
        false => Err(Failure::Bad(409, "这份文件已不在待入库的状态。".into())),
    })
}
/// Files that have waited a day are let go. Part of the house's own work.
///
/// # Errors
/// A fault of the engine.
pub fn expire(house: &House) -> Result<u64> {
    let before = house.clock.now().ms - DAY_MS;
    house.db.write_here(move |tx| queries::expire(tx, before))
}
