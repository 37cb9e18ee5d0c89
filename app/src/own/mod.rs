//! What a person keeps for himself: drafts of forms and saved views. No part of the record, seen by nobody else.
mod queries;

use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;

pub use queries::drop_draft;

/// A draft of the form `action` at `place` (a matter's number or a kind): its text and when it was kept.
///
/// # Errors
/// A fault of the engine.
pub fn draft(tx: &Tx, person: &str, place: &str, action: &str) -> Result<Option<(String, i64)>> {
    Ok(queries::draft(tx, person, place, action)?.map(|mut r| (r.take(0), r.int(1))))
}
/// Keeps a draft in place of the one before.
///
/// # Errors
/// A fault of the engine.
pub fn keep_draft(house: &House, person: String, place: String, action: String, form: String, now: i64) -> Result<()> {
    house.db.write_here(move |tx| queries::put_draft(tx, &person, &place, &action, &form, now))
}
/// Likewise, within a write that has read it.
///
/// # Errors
/// A fault of the engine.
pub fn keep_draft_here(tx: &Tx, person: &str, place: &str, action: &str, form: &str, now: i64) -> Result<()> {
    queries::put_draft(tx, person, place, action, form, now)
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
pub fn views(tx: &Tx, person: &str, kind: &str) -> Result<Vec<View>> {
    Ok(queries::views(tx, person, kind)?.into_iter().map(|mut r| View { n: r.int(0), name: r.take(1), query: r.take(2) }).collect())
}
/// Saves a view.
///
/// # Errors
/// A fault of the engine.
pub fn save_view(house: &House, person: String, kind: String, name: String, query: String) -> Result<()> {
    house.db.write_here(move |tx| queries::put_view(tx, &person, &kind, &name, &query))
}
/// Forgets a view of one's own.
///
/// # Errors
/// A fault of the engine.
pub fn drop_view(house: &House, person: String, n: i64) -> Result<()> {
    house.db.write_here(move |tx| queries::drop_view(tx, &person, n))
}
