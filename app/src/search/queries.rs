//! SQL of the search index: the one slice whose text differs per engine.
use crate::db::{Dialect, Tx};
use crate::failure::Result;
use crate::params;

pub fn put_doc(tx: &Tx, row: i64, tokens: &[String]) -> Result<()> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "INSERT INTO search (rowid, doc) VALUES ($1, $2)",
        Dialect::Postgres => "INSERT INTO search (rowid, doc) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))",
    };
    tx.exec(sql, params![row, tokens.join(" ")]).map(drop)
}
pub fn drop_doc(tx: &Tx, row: i64) -> Result<()> {
    tx.exec("DELETE FROM search WHERE rowid = $1", params![row]).map(drop)
}
/// Rows within these bounds, newest first.
pub fn hits(tx: &Tx, words: &[String], holders: &[String], (least, below): (i64, i64), limit: usize) -> Result<Vec<i64>> {
    let (query, sql) = match tx.dialect() {
        Dialect::Sqlite => (
            fts5(words, holders),
            "SELECT rowid FROM search WHERE search MATCH $1 AND rowid >= $4 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
        ),
        Dialect::Postgres => (
            tsquery(words, holders),
            "SELECT rowid FROM search WHERE doc @@ $1::text::tsquery AND rowid >= $4 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
        ),
    };
    Ok(tx.rows(sql, params![query, below, limit, least])?.iter().map(|r| r.int(0)).collect())
}
/// Tokens hold plain letters and digits only: nothing in them can end the quotes.
fn fts5(words: &[String], holders: &[String]) -> String {
    let quoted = |all: &[String]| all.iter().map(|t| format!("\"{t}\"")).collect::<Vec<_>>();
    format!("{} AND ({})", quoted(words).join(" AND "), quoted(holders).join(" OR "))
}
fn tsquery(words: &[String], holders: &[String]) -> String {
    let quoted = |all: &[String]| all.iter().map(|t| format!("'{t}'")).collect::<Vec<_>>();
    format!("{} & ({})", quoted(words).join(" & "), quoted(holders).join(" | "))
}
/// Whether this holder has a seat in some review.
pub fn sits(tx: &Tx, holder: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM party WHERE holder = $1 AND kind = 'review' LIMIT 1", params![holder])?.is_some())
}
