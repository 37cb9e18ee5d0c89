//! People: accounts, log-in, sessions, invitations, API tokens, and what each person holds today.
//! An administrator can never set or see a password; a new account gets a one-time link.
mod accounts;
mod first_run;
mod login;
mod queries;
mod tokens;

pub(crate) use accounts::open_demo;
pub use accounts::{Account, accounts, by_login, create, exists, invite, name, open_invitation, take_invitation};
pub use first_run::{first_run, found, setup_open};
pub use login::{Attempt, Login, Session, hash_password, log_in, log_out, otpauth, revoke, seen, session, sessions, steps_up};
pub use tokens::{ApiToken, SCOPES, api_tokens, bearer, issue, withdraw};

use domain::engine::{Person, RoleHeld};
use jiff::civil::Date;

use crate::db::Tx;
use crate::failure::Result;

/// Roles of the three administrators (三员): none of them has any business right.
pub const ADMINS: &[&str] = &["SYS", "SEC", "AUD"];
/// 中文 of a role.
pub fn role_label(role: &str) -> &str {
    domain::registers::codes::ROLE.label_of(role)
}

/// The person of this account, with what he holds on this day.
///
/// # Errors
/// A fault of the engine.
pub fn person(tx: &Tx, id: &str, today: Date) -> Result<Option<Person>> {
    let Some(mut row) = queries::account(tx, id)?.filter(|r| r.text(4) == "active") else { return Ok(None) };
    let held = queries::holdings(tx, id, &today.to_string())?;
    let roles = held.into_iter().map(|mut r| RoleHeld { role: r.take(0), org: r.take(1), of: Some(r.take(2)).filter(|of| !of.is_empty()) });
    Ok(Some(Person { id: id.to_owned(), org: row.take(3), roles: roles.collect(), system: None }))
}
/// Everything anybody holds on this day: `(person, role, org)`.
///
/// # Errors
/// A fault of the engine.
pub fn everybody(tx: &Tx, today: Date) -> Result<Vec<(String, String, String)>> {
    Ok(queries::all_holdings(tx, &today.to_string())?.into_iter().map(|mut r| (r.take(0), r.take(1), r.take(2))).collect())
}
