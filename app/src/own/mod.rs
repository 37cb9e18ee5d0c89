//! What a person keeps for himself: drafts of forms and saved views. No part of the record, seen by nobody else, sealed with the house key.
mod queries;

use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::sealing;

pub use queries::drop_draft;

/// What a text of somebody's own is about: put elsewhere it does not open.
pub(crate) fn about(person: &str, place: &str, what: &str) -> String {
    format!("{person}|{place}|{what}")
}
/// A draft of the form `action` at `place` (a matter's number or a kind): its text and when it was kept.
///
/// # Errors
/// A fault of the engine.
pub fn draft(tx: &Tx, house: &House, person: &str, place: &str, action: &str) -> Result<Option<(String, i64)>> {
    let Some(r) = queries::draft(tx, person, place, action)? else { return Ok(None) };
    Ok(Some((sealing::open(&house.keys, &about(person, place, action), r.text(0))?, r.int(1))))
}
/// Keeps a draft in place of the one before.
///
/// # Errors
/// A fault of the engine.
pub fn keep_draft(house: &House, person: String, place: String, action: String, form: String, now: i64) -> Result<()> {
    let inner = house.clone();
    house.db.write_here(move |tx| keep_draft_here(tx, &inner, (&person, &place, &action), &form, now))
}
/// Likewise, within a write that has read it.
///
/// # Errors
/// A fault of the engine.
pub fn keep_draft_here(tx: &Tx, house: &House, (person, place, action): (&str, &str, &str), form: &str, now: i64) -> Result<()> {
    let form = sealing::seal(&house.keys, &about(person, place, action), form)?;
    queries::put_draft(tx, person, place, action, &form, now)
}
/// A saved view of a list.
pub struct View {
    pub n: i64,
    pub name: String,
    pub query: String,
}
/// The views a person saved for lists of this kind, oldest first.
///
/// # Errors
/// A fault of the engine.
pub fn views(tx: &Tx, house: &House, person: &str, kind: &str) -> Result<Vec<View>> {
    let open = |text: &str| sealing::open(&house.keys, &about(person, kind, "view"), text);
    let read = |r: crate::db::Row| Ok(View { n: r.int(0), name: open(r.text(1))?, query: open(r.text(2))? });
    queries::views(tx, person, kind)?.into_iter().map(read).collect()
}
/// Saves a view.
///
/// # Errors
/// A fault of the engine.
pub fn save_view(house: &House, person: String, kind: String, name: String, query: String) -> Result<()> {
    let seal = |text: &str| sealing::seal(&house.keys, &about(&person, &kind, "view"), text);
    let (name, query) = (seal(&name)?, seal(&query)?);
    house.db.write_here(move |tx| queries::put_view(tx, &person, &kind, &name, &query))
}
/// Forgets a view of one's own.
///
/// # Errors
/// A fault of the engine.
pub fn drop_view(house: &House, person: String, n: i64) -> Result<()> {
    house.db.write_here(move |tx| queries::drop_view(tx, &person, n))
}
