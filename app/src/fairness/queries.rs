//! SQL of the fair comparison.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::Barred;
use crate::params;

/// `(id, number, org, body)` of the reviews concluded in these days whose conclusion stands.
pub fn concluded(tx: &Tx, (from, to): (&str, &str), offices: &[&str], barred: &Barred) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![from.into(), to.into(), i64::MAX.into()];
    let cut = barred.within(offices, &mut params);
    let sql = format!(
        "SELECT DISTINCT i.id, i.number, i.org, m.body FROM fact f JOIN idx i ON i.id = f.id JOIN matter m ON m.id = f.id \
         WHERE f.measure = '评查定论' AND f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3 AND i.kind = 'review' AND i.org <> ''{cut} \
         ORDER BY i.id"
    );
    tx.rows(&sql, &params)
}
/// The newest day in these on which a review was concluded whose conclusion stands.
pub fn newest(tx: &Tx, (from, to): (&str, &str), offices: &[&str], barred: &Barred) -> Result<Option<String>> {
    let mut params: Vec<Value> = vec![from.into(), to.into(), i64::MAX.into()];
    let cut = barred.within(offices, &mut params);
    let sql = format!(
        "SELECT f.on_day FROM fact f JOIN idx i ON i.id = f.id \
         WHERE f.measure = '评查定论' AND f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3 AND i.kind = 'review' AND i.org <> ''{cut} \
         ORDER BY f.on_day DESC LIMIT 1"
    );
    Ok(tx.one(&sql, &params)?.map(|mut r| r.take(0)))
}
/// Offices whose reviews were concluded in these days.
pub fn owners(tx: &Tx, (from, to): (&str, &str)) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT i.owner FROM fact f JOIN idx i ON i.id = f.id \
               WHERE f.measure = '评查定论' AND f.on_day >= $1 AND f.on_day <= $2 AND f.until_seq = $3 AND i.kind = 'review' ORDER BY i.owner";
    Ok(tx.rows(sql, params![from, to, i64::MAX])?.into_iter().map(|mut r| r.take(0)).collect())
}
/// Bodies of an office's warnings of a unit.
pub fn warnings(tx: &Tx, owner: &str, org: &str) -> Result<Vec<String>> {
    let sql = "SELECT m.body FROM idx i JOIN matter m ON m.id = i.id WHERE i.kind = 'early_warning' AND i.owner = $1 AND i.org = $2";
    Ok(tx.rows(sql, params![owner, org])?.into_iter().map(|mut r| r.take(0)).collect())
}
