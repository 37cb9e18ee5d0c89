//! SQL of the search index: the one slice whose text differs per engine.
use super::Word;
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
pub fn clear(tx: &Tx) -> Result<()> {
    match tx.dialect() {
        Dialect::Sqlite => tx.exec("DELETE FROM search WHERE rowid IS NOT NULL", &[]).map(drop),
        Dialect::Postgres => tx.exec("DELETE FROM search", &[]).map(drop),
    }
}
/// Rows within these bounds, newest first.
pub fn hits(tx: &Tx, words: &[Word], holders: &[String], (least, below): (i64, i64), limit: usize) -> Result<Vec<i64>> {
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
/// Tokens hold letters, digits and Han characters only: nothing in them can end the quotes.
fn fts5(words: &[Word], holders: &[String]) -> String {
    let word = |w: &Word| match w {
        Word::Whole(t) => format!("\"{t}\""),
        Word::Begins(t) => format!("\"{t}\" *"),
    };
    let words: Vec<String> = words.iter().map(word).collect();
    let holders: Vec<String> = holders.iter().map(|h| format!("\"{h}\"")).collect();
    format!("{} AND ({})", words.join(" AND "), holders.join(" OR "))
}
fn tsquery(words: &[Word], holders: &[String]) -> String {
    let word = |w: &Word| match w {
        Word::Whole(t) => format!("'{t}'"),
        Word::Begins(t) => format!("'{t}':*"),
    };
    let words: Vec<String> = words.iter().map(word).collect();
    let holders: Vec<String> = holders.iter().map(|h| format!("'{h}'")).collect();
    format!("{} & ({})", words.join(" & "), holders.join(" | "))
}
/// Whether this holder has a seat in some review.
pub fn sits(tx: &Tx, holder: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM party WHERE holder = $1 AND kind = 'review' LIMIT 1", params![holder])?.is_some())
}
