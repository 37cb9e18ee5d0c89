//! SQL of the half-year report.
use crate::db::{self, Row, Tx, Value};
use crate::failure::Result;
use crate::params;

/// `(number, measure, org, category, value, day)` of every fact of these measures that stood at a position, of this owner's matters.
pub fn stood(tx: &Tx, owner: &str, as_of: i64, measures: &[&str]) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![owner.into(), as_of.into()];
    let list = db::list(&mut params, measures.iter().copied());
    let sql = format!(
        "SELECT i.number, f.measure, f.org, f.category, f.value, f.on_day FROM fact f JOIN idx i ON i.id = f.id \
         WHERE i.owner = $1 AND f.since_seq <= $2 AND f.until_seq > $2 AND f.measure IN ({list}) ORDER BY i.id, f.measure, f.on_day"
    );
    tx.rows(&sql, &params)
}
/// Number of the batch that opened a review.
pub fn batch_of(tx: &Tx, review: &str) -> Result<Option<String>> {
    let sql = "SELECT b.number FROM idx r JOIN link l ON l.b = r.id JOIN idx b ON b.id = l.a WHERE r.number = $1 AND b.kind = 'review_batch' \
               ORDER BY b.id LIMIT 1";
    Ok(tx.one(sql, params![review])?.map(|mut r| r.take(0)))
}
/// Row keys of these matters that belong to this owner, in the order of their opening.
pub fn ids(tx: &Tx, owner: &str, numbers: &[String]) -> Result<Vec<i64>> {
    let mut all = vec![];
    for part in numbers.chunks(200) {
        let mut params: Vec<Value> = vec![owner.into()];
        let list = db::list(&mut params, part.iter().map(String::as_str));
        let sql = format!("SELECT id FROM idx WHERE owner = $1 AND number IN ({list}) ORDER BY id");
        all.extend(tx.rows(&sql, &params)?.iter().map(|r| r.int(0)));
    }
    Ok(all)
}
/// Number of an office's report under this name that still stands.
pub fn standing(tx: &Tx, owner: &str, name: &str) -> Result<Option<String>> {
    let sql = "SELECT number FROM idx WHERE kind = 'half_year_report' AND owner = $1 AND title = $2 AND phase NOT IN ('Abandoned', 'Withdrawn') \
               ORDER BY id LIMIT 1";
    Ok(tx.one(sql, params![owner, name])?.map(|mut r| r.take(0)))
}
