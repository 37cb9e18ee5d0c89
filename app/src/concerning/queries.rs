//! SQL of what concerns one person.
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

/// Matters that name this person himself, the newest first.
pub fn naming(tx: &Tx, holder: &str) -> Result<Vec<i64>> {
    let sql = "SELECT DISTINCT id FROM party WHERE holder = $1 ORDER BY id DESC LIMIT 200";
    Ok(tx.rows(sql, params![holder])?.iter().map(|r| r.int(0)).collect())
}
