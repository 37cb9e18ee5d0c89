//! SQL of the portal.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

pub fn put_receipt(tx: &Tx, number: &str, matter: &str, wrapped: &[u8]) -> Result<()> {
    let sql = "INSERT INTO receipt (number, matter, wrapped) VALUES ($1, $2, $3)";
    tx.exec(sql, params![number, matter, wrapped.to_vec()]).map(drop)
}
pub fn receipt(tx: &Tx, number: &str) -> Result<Option<Row>> {
    tx.one("SELECT matter, wrapped FROM receipt WHERE number = $1", params![number])
}
/// Whether the form was new.
pub fn put_form(tx: &Tx, form: &str, receipt: &str, day: &str) -> Result<bool> {
    let sql = "INSERT INTO sent_form (form, receipt, day) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.exec(sql, params![form, receipt, day])? > 0)
}
pub fn form(tx: &Tx, form: &str) -> Result<Option<String>> {
    Ok(tx.one("SELECT receipt FROM sent_form WHERE form = $1", params![form])?.map(|mut r| r.take(0)))
}
pub fn forget_forms(tx: &Tx, before: &str) -> Result<()> {
    tx.exec("DELETE FROM sent_form WHERE day < $1", params![before]).map(drop)
}
