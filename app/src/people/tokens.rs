//! Personal API tokens: shown once, stored hashed, with scopes.
use super::accounts::hash;
use super::queries;
use crate::db::Tx;
use crate::edge::random_hex;
use crate::failure::{Failure, Result};
use crate::house::House;

/// Scopes a token can have: reading, acting, importing, exchanging with 12345, the calendar of deadlines.
pub const SCOPES: &[(&str, &str)] =
    &[("read", "查看"), ("act", "办理"), ("import", "导入"), ("exchange", "12345互推"), ("calendar", "日历订阅")];

/// One token, without its secret.
#[derive(Clone, Debug)]
pub struct ApiToken {
    pub key: String,
    pub name: String,
    pub scopes: String,
    pub created_ms: i64,
    pub used_ms: i64,
}
/// Issues a token; the text returned is shown once.
///
/// # Errors
/// An unknown scope, or a fault of the engine.
pub fn issue(house: &House, person: &str, name: &str, scopes: &[String]) -> Result<String> {
    if name.trim().is_empty() || scopes.is_empty() || scopes.iter().any(|s| !SCOPES.iter().any(|(k, _)| k == s)) {
        return Err(Failure::Bad(422, "请写明用途，并至少选一项权限。".into()));
    }
    let token = format!("xz_{}", random_hex::<24>()?);
    let (key, person, name, scopes) = (hash(&token), person.to_owned(), name.trim().chars().take(60).collect::<String>(), scopes.join(" "));
    let now = house.clock.now().ms;
    house.db.write_here(move |tx| queries::put_token(tx, &key, &person, &name, &scopes, now))?;
    Ok(token)
}
/// Whose token this is, and its scopes.
///
/// # Errors
/// A fault of the engine.
pub fn bearer(tx: &Tx, token: &str) -> Result<Option<(String, Vec<String>)>> {
    let row = queries::token(tx, &hash(token))?;
    Ok(row.map(|mut r| (r.take(0), r.text(1).split(' ').map(Into::into).collect())))
}
/// Tokens of a person that have not been withdrawn.
///
/// # Errors
/// A fault of the engine.
pub fn api_tokens(tx: &Tx, person: &str) -> Result<Vec<ApiToken>> {
    let read =
        |mut r: crate::db::Row| ApiToken { key: r.take(0), name: r.take(1), scopes: r.take(2), created_ms: r.int(3), used_ms: r.int(4) };
    Ok(queries::tokens(tx, person)?.into_iter().map(read).collect())
}
/// Withdraws a token.
///
/// # Errors
/// A fault of the engine.
pub fn withdraw(house: &House, person: &str, key: &str) -> Result<()> {
    let (person, key, now) = (person.to_owned(), key.to_owned(), house.clock.now().ms);
    house.db.write_here(move |tx| queries::withdraw_token(tx, &person, &key, now))
}
