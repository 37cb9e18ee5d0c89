//! SQL of agreement.
use crate::db::Tx;
use crate::failure::Result;
use crate::params;

/// `(number, body)` of the reviews a batch opened, in the order of their opening.
pub fn reviews_of(tx: &Tx, batch: i64) -> Result<Vec<(String, String)>> {
    let sql = "SELECT m.number, m.body FROM link l JOIN matter m ON m.id = l.b WHERE l.a = $1 AND m.kind = 'review' ORDER BY m.id";
    Ok(tx.rows(sql, params![batch])?.into_iter().map(|mut r| (r.take(0), r.take(1))).collect())
}
/// Bodies of the reviews in whose state this person occurs, in the order of their opening.
pub fn reviews_with(tx: &Tx, person: &str) -> Result<Vec<String>> {
    let sql = "SELECT body FROM matter WHERE kind = 'review' AND body LIKE $1 ORDER BY id";
    Ok(tx.rows(sql, params![format!("%\"{person}\"%")])?.into_iter().map(|mut r| r.take(0)).collect())
}
