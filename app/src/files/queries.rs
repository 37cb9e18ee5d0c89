//! SQL of attachments.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

#[allow(clippy::too_many_arguments)] // the columns of the row
pub fn put(tx: &Tx, id: &str, name: &str, mime: &str, size: usize, digest: &str, salt: [u8; 32], by: &str, at_ms: i64) -> Result<()> {
    let sql = "INSERT INTO file (id, name, mime, size, digest, salt, by_person, at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.exec(sql, params![id, name, mime, size, digest, salt, by, at_ms]).map(drop)
}
pub fn get(tx: &Tx, id: &str) -> Result<Option<Row>> {
    tx.one("SELECT name, mime, size, digest, at_ms, salt, by_person, matter, field FROM file WHERE id = $1", params![id])
}
pub fn give(tx: &Tx, id: &str, matter: i64, field: &str, at_ms: i64) -> Result<()> {
    tx.exec("UPDATE file SET matter = $2, field = $3, at_ms = $4 WHERE id = $1", params![id, matter, field, at_ms]).map(drop)
}
pub fn replace(tx: &Tx, id: &str, name: &str, mime: &str, size: usize, digest: &str) -> Result<()> {
    let sql = "UPDATE file SET name = $2, mime = $3, size = $4, digest = $5 WHERE id = $1";
    tx.exec(sql, params![id, name, mime, size, digest]).map(drop)
}
pub fn used(tx: &Tx, digest: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM file WHERE digest = $1 LIMIT 1", params![digest])?.is_some())
}
pub fn of_matter(tx: &Tx, matter: i64) -> Result<Vec<Row>> {
    tx.rows("SELECT id, name, mime, size, digest, at_ms, field FROM file WHERE matter = $1 ORDER BY at_ms, id", params![matter])
}
