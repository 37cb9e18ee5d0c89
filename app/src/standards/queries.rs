//! SQL of the standards.
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

/// Numbers of an office's standards in force or on the way there.
pub fn standing(tx: &Tx, owner: &str) -> Result<Vec<String>> {
    let sql = "SELECT number FROM idx WHERE kind = 'standard' AND owner = $1 AND phase IN ('Drafted', 'Proposed', 'Approved', 'Effective')";
    Ok(tx.rows(sql, params![owner])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// Numbers of every standard in force, oldest first.
pub fn effective(tx: &Tx) -> Result<Vec<String>> {
    let sql = "SELECT number FROM idx WHERE kind = 'standard' AND phase = 'Effective' ORDER BY id";
    Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())
}
