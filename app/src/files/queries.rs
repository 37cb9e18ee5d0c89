//! SQL of attachments.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

#[allow(clippy::too_many_arguments)] // the columns of the row
pub fn put(
    tx: &Tx,
    id: &str,
    name: &str,
    mime: &str,
    size: usize,
    digest: &str,
    salt: [u8; 32],
    by: &str,
    at_ms: i64,
    sealed: bool,
) -> Result<()> {
    let sql = "INSERT INTO file (id, name, mime, size, digest, salt, by_person, at_ms, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.exec(sql, params![id, name, mime, size, digest, salt, by, at_ms, sealed]).map(drop)
}
pub fn get(tx: &Tx, id: &str) -> Result<Option<Row>> {
    tx.one("SELECT name, mime, size, digest, at_ms, salt, by_person, matter, field, sealed FROM file WHERE id = $1", params![id])
}
pub fn give(tx: &Tx, id: &str, matter: i64, field: &str) -> Result<()> {
    tx.exec("UPDATE file SET matter = $2, field = $3 WHERE id = $1", params![id, matter, field]).map(drop)
}
pub fn of_matter(tx: &Tx, matter: i64) -> Result<Vec<Row>> {
    tx.rows("SELECT id, name, mime, size, digest, at_ms, field FROM file WHERE matter = $1 ORDER BY at_ms, id", params![matter])
}
/// Marks a sealed file as destroyed; its digest stays until its bytes are gone from the disk.
pub fn shred(tx: &Tx, id: &str, gone: i64) -> Result<bool> {
    Ok(tx.exec("UPDATE file SET sealed = $2 WHERE id = $1 AND sealed = 1", params![id, gone])? > 0)
}
/// Number and digest of those destroyed whose bytes may still lie on the disk.
pub fn shredded(tx: &Tx, gone: i64) -> Result<Vec<Row>> {
    tx.rows("SELECT id, digest FROM file WHERE sealed = $1 AND digest <> ''", params![gone])
}
pub fn forget_digest(tx: &Tx, id: &str) -> Result<()> {
    tx.exec("UPDATE file SET digest = '' WHERE id = $1", params![id]).map(drop)
}
