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
/// What a document must hold.
#[derive(Clone, Debug)]
pub enum Expr {
    Token(String),
    All(Vec<Expr>),
    Any(Vec<Expr>),
    /// The first and none of the others.
    But(Box<Expr>, Vec<Expr>),
}
impl Expr {
    /// As the engine reads it. Tokens hold plain letters and digits only: nothing in them can end the quotes.
    pub fn written(&self, dialect: Dialect) -> String {
        let (quote, and, or, not) = match dialect {
            Dialect::Sqlite => ('"', " AND ", " OR ", " NOT "),
            Dialect::Postgres => ('\'', " & ", " | ", " & !"),
        };
        let joined = |all: &[Self], with: &str| all.iter().map(|e| e.written(dialect)).collect::<Vec<_>>().join(with);
        match self {
            Self::Token(t) => format!("{quote}{t}{quote}"),
            Self::All(all) => format!("({})", joined(all, and)),
            Self::Any(all) => format!("({})", joined(all, or)),
            Self::But(first, others) if others.is_empty() => first.written(dialect),
            Self::But(first, others) => format!("({}{not}({}))", first.written(dialect), joined(others, or)),
        }
    }
}
/// Rows within these bounds, newest first.
pub fn hits(tx: &Tx, expr: &Expr, (least, below): (i64, i64), limit: usize) -> Result<Vec<i64>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "SELECT rowid FROM search WHERE search MATCH $1 AND rowid >= $4 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
        Dialect::Postgres => {
            "SELECT rowid FROM search WHERE doc @@ $1::text::tsquery AND rowid >= $4 AND rowid < $2 ORDER BY rowid DESC LIMIT $3"
        }
    };
    Ok(tx.rows(sql, params![expr.written(tx.dialect()), below, limit, least])?.iter().map(|r| r.int(0)).collect())
}
/// Whether this holder has a seat in some review.
pub fn sits(tx: &Tx, holder: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM party WHERE holder = $1 AND kind = 'review' LIMIT 1", params![holder])?.is_some())
}
/// Officers of the register whose name holds these letters: `(key, name, org, post)`.
pub fn officers(tx: &Tx, part: &str, limit: usize) -> Result<Vec<[String; 4]>> {
    let sql = "SELECT key, name, org, post FROM officer WHERE name LIKE $1 ORDER BY name, key LIMIT $2";
    let rows = tx.rows(sql, params![format!("%{part}%"), limit])?;
    Ok(rows.into_iter().map(|mut r| [r.take(0), r.take(1), r.take(2), r.take(3)]).collect())
}
