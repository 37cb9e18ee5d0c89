//! SQL of the inbox.
use crate::db::{Row, Tx, Value};
use crate::failure::Result;
use crate::matters::{self, Barred};
use crate::params;

/// Open matters due by this day: `(id, ball, owner, due)`.
pub fn due_by(tx: &Tx, day: &str) -> Result<Vec<Row>> {
    tx.rows("SELECT id, ball, owner, due FROM idx WHERE closed = 0 AND due <> '' AND due <= $1 ORDER BY due, id", params![day])
}
/// `(id, whether these holders are expected to move)` of open matters they find, due within these days.
pub fn due_between(tx: &Tx, keys: &[String], barred: &Barred, [from, to]: [String; 2], mine: bool, limit: i64) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![];
    let mut bind = |v: Value| {
        params.push(v);
        format!("${}", params.len())
    };
    let owes = matters::standing(keys, barred, " AND p.mine = 1", &mut bind);
    let found = if mine { owes.clone() } else { matters::found(keys, barred, &mut bind) };
    let (from, to, limit) = (bind(from.into()), bind(to.into()), bind(limit.into()));
    let sql = format!(
        "SELECT i.id, CAST(CASE WHEN {owes} THEN 1 ELSE 0 END AS BIGINT) FROM idx i \
         WHERE i.closed = 0 AND i.due <> '' AND i.due >= {from} AND i.due <= {to} AND {found} ORDER BY i.due, i.id LIMIT {limit}"
    );
    tx.rows(&sql, &params)
}
/// `(id, due day)` of what waits for one holder, the first due first.
pub fn waiting_days(tx: &Tx, holder: &str, barred: &Barred, limit: i64) -> Result<Vec<Row>> {
    let mut params: Vec<Value> = vec![holder.into(), limit.into()];
    let cut = barred.cut(&mut params);
    let join = if cut.is_empty() { "" } else { " JOIN idx i ON i.id = p.id" };
    tx.rows(
        &format!("SELECT p.id, p.due FROM party p{join} WHERE p.holder = $1 AND p.mine = 1{cut} ORDER BY p.due, p.id LIMIT $2"),
        &params,
    )
}
