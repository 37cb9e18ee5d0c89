//! SQL of people.
use crate::db::{Row, Tx};
use crate::failure::Result;
use crate::params;

const COLUMNS: &str = "SELECT id, login, name, org, state, seen_ms FROM account";

pub fn account(tx: &Tx, id: &str) -> Result<Option<Row>> {
    tx.one("SELECT id, login, name, org, state, seen_ms FROM account WHERE id = $1", params![id])
}
pub fn by_login(tx: &Tx, login: &str) -> Result<Option<Row>> {
    tx.one("SELECT id, login, name, org, state, seen_ms FROM account WHERE login = $1", params![login])
}
pub fn accounts(tx: &Tx) -> Result<Vec<Row>> {
    tx.rows(&format!("{COLUMNS} ORDER BY org, login"), &[])
}
pub fn put_account(tx: &Tx, id: &str, login: &str, name: &str, org: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO account (id, login, name, org, password, state, created_ms) VALUES ($1, $2, $3, $4, '', 'invited', $5)";
    tx.exec(sql, params![id, login, name, org, now]).map(drop)
}
pub fn credentials(tx: &Tx, login: &str) -> Result<Option<Row>> {
    tx.one("SELECT id, password, totp, totp_step, failures, failed_ms, state FROM account WHERE login = $1", params![login])
}
pub fn activate(tx: &Tx, id: &str, phc: &str, totp: Option<&[u8]>, step: i64) -> Result<()> {
    let sql = "UPDATE account SET password = $2, totp = $3, totp_step = $4, state = 'active', failures = 0 WHERE id = $1";
    tx.exec(sql, params![id, phc, totp, step]).map(drop)
}
pub fn failed(tx: &Tx, id: &str, now: i64) -> Result<()> {
    tx.exec("UPDATE account SET failures = failures + 1, failed_ms = $2 WHERE id = $1", params![id, now]).map(drop)
}
pub fn logged_in(tx: &Tx, id: &str, step: i64, now: i64) -> Result<bool> {
    let sql = "UPDATE account SET failures = 0, totp_step = $2, seen_ms = $3 WHERE id = $1 AND (totp_step < $2 OR $2 = 0)";
    Ok(tx.exec(sql, params![id, step, now])? > 0)
}
/// In force on day `$1`; what was delegated no longer than he holds it himself who delegated it.
macro_rules! in_force {
    () => {
        "h.from_day <= $1 AND (h.until_day = '' OR h.until_day >= $1) AND (h.of_person = '' OR EXISTS (SELECT 1 FROM holding o \
         WHERE o.person = h.of_person AND o.role = h.role AND o.org = h.org AND o.of_person = '' AND o.from_day <= $1 \
         AND (o.until_day = '' OR o.until_day >= $1)))"
    };
}
pub fn holdings(tx: &Tx, id: &str, today: &str) -> Result<Vec<Row>> {
    let sql = concat!("SELECT h.role, h.org, h.of_person FROM holding h WHERE h.person = $2 AND ", in_force!(), " ORDER BY h.role, h.org");
    tx.rows(sql, params![today, id])
}
pub fn all_holdings(tx: &Tx, today: &str) -> Result<Vec<Row>> {
    let sql = concat!("SELECT h.person, h.role, h.org FROM holding h WHERE ", in_force!(), " ORDER BY h.person, h.role");
    tx.rows(sql, params![today])
}
pub fn put_invitation(tx: &Tx, token: &str, person: &str, expires: i64, totp: &[u8]) -> Result<()> {
    tx.exec("DELETE FROM invitation WHERE person = $1", params![person])?;
    tx.exec("INSERT INTO invitation (token, person, expires_ms, totp) VALUES ($1, $2, $3, $4)", params![token, person, expires, totp])
        .map(drop)
}
pub fn invitation(tx: &Tx, token: &str) -> Result<Option<Row>> {
    tx.one("SELECT person, expires_ms, used_ms, totp FROM invitation WHERE token = $1", params![token])
}
pub fn use_invitation(tx: &Tx, token: &str, now: i64) -> Result<bool> {
    Ok(tx.exec("UPDATE invitation SET used_ms = $2 WHERE token = $1 AND used_ms = 0 AND expires_ms > $2", params![token, now])? > 0)
}
pub fn put_session(tx: &Tx, key: &str, person: &str, csrf: &str, now: i64, device: &str, own: Option<Vec<u8>>) -> Result<()> {
    let sql =
        "INSERT INTO session (token, person, csrf, created_ms, seen_ms, strong_ms, device, own) VALUES ($1, $2, $3, $4, $4, $4, $5, $6)";
    tx.exec(sql, params![key, person, csrf, now, device, own]).map(drop)
}
pub fn session(tx: &Tx, key: &str) -> Result<Option<Row>> {
    tx.one("SELECT person, csrf, created_ms, seen_ms, strong_ms, device, own FROM session WHERE token = $1", params![key])
}
pub fn sessions(tx: &Tx, person: &str) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT token, csrf, created_ms, seen_ms, strong_ms, device FROM session WHERE person = $1 ORDER BY seen_ms DESC",
        params![person],
    )
}
pub fn seen(tx: &Tx, key: &str, now: i64) -> Result<()> {
    tx.exec("UPDATE session SET seen_ms = $2 WHERE token = $1", params![key, now]).map(drop)
}
pub fn end_session(tx: &Tx, person: &str, key: &str) -> Result<()> {
    tx.exec("DELETE FROM session WHERE token = $2 AND person = $1", params![person, key]).map(drop)
}
pub fn end_sessions(tx: &Tx, person: &str, but: &str) -> Result<()> {
    tx.exec("DELETE FROM session WHERE person = $1 AND token <> $2", params![person, but]).map(drop)
}
pub fn end_oldest_sessions(tx: &Tx, person: &str, keep: i64) -> Result<()> {
    let sql = "DELETE FROM session WHERE person = $1 AND token NOT IN (SELECT token FROM session WHERE person = $1 ORDER BY created_ms DESC LIMIT $2)";
    tx.exec(sql, params![person, keep]).map(drop)
}
pub fn put_token(tx: &Tx, key: &str, person: &str, name: &str, scopes: &str, now: i64) -> Result<()> {
    let sql = "INSERT INTO api_token (token, person, name, scopes, created_ms) VALUES ($1, $2, $3, $4, $5)";
    tx.exec(sql, params![key, person, name, scopes, now]).map(drop)
}
pub fn token(tx: &Tx, key: &str) -> Result<Option<Row>> {
    tx.one("SELECT person, scopes FROM api_token WHERE token = $1 AND revoked_ms = 0", params![key])
}
pub fn tokens(tx: &Tx, person: &str) -> Result<Vec<Row>> {
    tx.rows(
        "SELECT token, name, scopes, created_ms, used_ms FROM api_token WHERE person = $1 AND revoked_ms = 0 ORDER BY created_ms DESC",
        params![person],
    )
}
pub fn withdraw_token(tx: &Tx, person: &str, key: &str, now: i64) -> Result<()> {
    tx.exec("UPDATE api_token SET revoked_ms = $3 WHERE token = $2 AND person = $1", params![person, key, now]).map(drop)
}
/// Hash and end of the first-run wizard's token; empty once used.
pub fn setup(tx: &Tx) -> Result<Option<String>> {
    let row = tx.one("SELECT value FROM secret WHERE name = 'setup'", &[])?;
    Ok(row.map(|r| String::from_utf8_lossy(r.bytes(0)).into_owned()))
}
pub fn put_setup(tx: &Tx, value: &str) -> Result<()> {
    let sql = "INSERT INTO secret (name, value) VALUES ('setup', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.exec(sql, params![value.as_bytes()]).map(drop)
}
