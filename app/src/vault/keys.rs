//! Key pairs of persons. The private half lies wrapped under Argon2id(password, own salt) and the house's pepper; while its owner is
//! logged in, also under a key that follows from the session's token, of which the database knows the hash only.
use argon2::{Algorithm, Argon2, Params, Version};

use super::suites::{self, Private, Public, Suite};
use super::{note, queries, roles};
use crate::db::Tx;
use crate::edge::random;
use crate::failure::{Failure, Result};
use crate::house::{House, Keys};
use crate::matters::Desk;

/// How dear a guess is (trust.md 2.4).
#[derive(Clone, Copy, Debug)]
pub enum Cost {
    /// A password, which a one-time code stands beside: 19 MiB, two passes.
    Password,
    /// The code of a receipt, which stands alone: 64 MiB, three passes.
    Receipt,
}
fn stretched(keys: &Keys, cost: Cost, secret: &str, salt: &[u8]) -> Result<[u8; 32]> {
    let fault = |e: argon2::Error| Failure::Fault(e.to_string());
    let (memory, passes) = match cost {
        Cost::Password => (19_456, 2),
        Cost::Receipt => (65_536, 3),
    };
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(memory, passes, 1, Some(32)).map_err(fault)?);
    let mut out = [0; 32];
    argon.hash_password_into(secret.as_bytes(), salt, &mut out).map_err(fault)?;
    Ok(ledger::Alg::Sha256.hmac(&keys.compartment("pepper"), &out))
}
/// Wraps a private half under what its owner remembers. Runs Argon2: off the async threads, a few at a time.
///
/// # Errors
/// When there is no randomness to be had.
pub fn wrap(keys: &Keys, suite: Suite, cost: Cost, secret: &str, private: &Private) -> Result<Vec<u8>> {
    let salt = random::<16>()?;
    let key = stretched(keys, cost, secret, &salt)?;
    Ok([&salt[..], &suites::encrypt(suite, &key, "own", &private.to_bytes())?].concat())
}
/// Opens what `wrap` made; `None` for another secret or another house. Runs Argon2 either way.
///
/// # Errors
/// When Argon2 cannot run.
pub fn unwrap(keys: &Keys, cost: Cost, secret: &str, wrapped: &[u8]) -> Result<Option<Private>> {
    let Some((salt, sealed)) = wrapped.split_at_checked(16) else { return Ok(None) };
    let key = stretched(keys, cost, secret, salt)?;
    Ok(suites::decrypt(&key, "own", sealed).and_then(|b| Private::from_bytes(&b)))
}
fn of_token(token: &str) -> [u8; 32] {
    ledger::Alg::Sha256.hmac(token.as_bytes(), b"xiezhi|session key")
}
/// Wraps the private half for one session.
///
/// # Errors
/// When there is no randomness to be had.
pub fn for_session(suite: Suite, token: &str, private: &Private) -> Result<Vec<u8>> {
    suites::encrypt(suite, &of_token(token), "session", &private.to_bytes())
}
/// The private half of whoever sent this token; nothing where the session has none.
pub fn of_session(token: &str, wrapped: &[u8]) -> Option<Private> {
    suites::decrypt(&of_token(token), "session", wrapped).and_then(|b| Private::from_bytes(&b))
}

/// The key of somebody whose password is at hand.
pub struct Own {
    /// His private half.
    pub private: Private,
    /// Where it was made just now: wrapped, and the public half that it takes the place of.
    fresh: Option<(Vec<u8>, String)>,
}
/// The key of this person, by his password; made where there is none, or where the old one opens by this password no longer (then what
/// was sealed to it is lost to him until others seal it to the new one). Only holders of a role with a key need one. Runs Argon2.
///
/// # Errors
/// A fault of the engine.
pub fn unlock(house: &House, person: &str, password: &str) -> Result<Option<Own>> {
    let today = house.clock.now().today;
    let (needed, known, alg) = house.db.read_here(|tx| {
        let who = crate::people::person(tx, person, today)?;
        let needed = who.is_some_and(|w| w.roles.iter().any(|r| roles::custody(&r.role).is_some()));
        Ok((needed, queries::person_key(tx, person)?, crate::ledger::identity(tx)?.1))
    })?;
    if !needed {
        return Ok(None);
    }
    if let Some(row) = &known
        && let Some(private) = unwrap(&house.keys, Cost::Password, password, row.bytes(1))?
    {
        return Ok(Some(Own { private, fresh: None }));
    }
    let suite = Suite::of(alg);
    let private = Private::new(suite)?;
    let wrapped = wrap(&house.keys, suite, Cost::Password, password, &private)?;
    Ok(Some(Own { private, fresh: Some((wrapped, known.map(|mut r| r.take(0)).unwrap_or_default())) }))
}
/// Somebody has logged in: his new key is kept, and the keys of his roles are brought up to date.
///
/// # Errors
/// When another log-in has made a key meanwhile, or a fault of the engine.
pub fn arrive(desk: &mut Desk, person: &str, own: &Own) -> Result<()> {
    if let Some((wrapped, known)) = &own.fresh {
        let now = queries::person_key(desk.tx, person)?.map(|mut r| r.take(0)).unwrap_or_default();
        if now != *known {
            return Err(Failure::Bad(409, "同一账号正在另一处登录，请再试一次。".into()));
        }
        let public = own.private.public().map(|p| p.text()).unwrap_or_default();
        queries::put_person_key(desk.tx, person, &public, wrapped, desk.now.ms)?;
        queries::drop_shares_of(desk.tx, person)?;
        let what = if known.is_empty() { "person_key_made" } else { "person_key_replaced" };
        note(desk, &format!("vault/person/{person}"), what, &serde_json::json!({ "public": public }), (person, "self"))?;
    }
    roles::keep(desk, person, &own.private)
}
/// The public half of a person's key.
///
/// # Errors
/// A fault of the engine.
pub(super) fn public_of(tx: &Tx, person: &str) -> Result<Option<Public>> {
    Ok(queries::person_key(tx, person)?.and_then(|r| Public::read(r.text(0))))
}
