//! Log-in: password (Argon2id) and one-time code; sessions that can be seen and revoked.
//! Somebody who guesses can slow himself down, never lock the owner out: with a right password and code the owner always gets in.
use argon2::{Argon2, PasswordHash, PasswordHasher as _, PasswordVerifier as _};
use serde_json::json;
use std::sync::LazyLock;
use totp_rs::{Algorithm, Builder, Secret};

use super::accounts::{hash, note};
use super::queries;
use crate::db::Tx;
use crate::edge::random_hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;
use crate::vault;

/// Idle and absolute life of a session, milliseconds.
const IDLE: i64 = 30 * 60 * 1_000;
const ABSOLUTE: i64 = 8 * 3_600 * 1_000;
/// After so many failures a wait begins; it grows to a minute and never longer.
const FREE_TRIES: i64 = 5;

/// What the log-in page sends.
pub struct Attempt {
    pub login: String,
    pub password: String,
    pub code: String,
    pub device: String,
}
/// How it went.
#[derive(Debug)]
pub enum Login {
    /// The cookie's value.
    In(String),
    /// The same words for an unknown account, a wrong password and a wrong code.
    Wrong,
    /// Try again after so many seconds.
    Wait(i64),
}
/// Someone logged in.
#[derive(Clone, Debug)]
pub struct Session {
    pub person: String,
    pub csrf: String,
    pub created_ms: i64,
    pub seen_ms: i64,
    pub strong_ms: i64,
    pub device: String,
    /// Hash of the token; names the session in the device list.
    pub key: String,
    /// Private half of his key, as long as the request that brought the token lasts.
    pub own: Option<vault::Private>,
}

/// A hash nobody knows the password of, so that unknown accounts take as long as known ones.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_password("nobody knows this").unwrap_or_default());

/// Argon2id, 19 MiB, two passes, as a PHC string.
///
/// # Errors
/// When there is no randomness to be had.
pub fn hash_password(password: &str) -> Result<String> {
    let salt = crate::edge::random::<16>()?;
    let hashed = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    hashed.map(|h| h.to_string()).map_err(|e| Failure::Fault(e.to_string()))
}
fn password_is(phc: &str, password: &str) -> bool {
    let stored = if phc.is_empty() { NOBODY.as_str() } else { phc };
    let right = PasswordHash::new(stored).is_ok_and(|h| Argon2::default().verify_password(password.as_bytes(), &h).is_ok());
    right && !phc.is_empty()
}
/// The time step a code belongs to, if it is right now (one step of clock drift either way).
pub(super) fn totp_step(secret: &[u8], code: &str, now_ms: i64) -> Option<i64> {
    let seconds = u64::try_from(now_ms / 1_000).ok()?;
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_skew(1).with_secret(secret.to_vec()).build_noncompliant();
    totp.check(code.trim(), seconds).and_then(|step| i64::try_from(step).ok())
}
/// Tries to log in. Runs Argon2: call it off the async threads, a few at a time.
///
/// # Errors
/// A fault of the engine.
pub fn log_in(house: &House, attempt: Attempt) -> Result<Login> {
    let now = house.clock.now();
    if attempt.password.len() > 256 {
        return Ok(Login::Wrong);
    }
    let login = attempt.login.clone();
    let row = house.db.read_here(|tx| queries::credentials(tx, &login))?;
    let id = row.as_ref().map(|r| r.text(0).to_owned()).unwrap_or_default();
    let active = row.as_ref().is_some_and(|r| r.text(6) == "active");
    let phc = row.as_ref().map(|r| r.text(1).to_owned()).unwrap_or_default();
    let right = password_is(&phc, &attempt.password);
    let secret = row.as_ref().map(|r| r.bytes(2).to_vec()).unwrap_or_default();
    let last_step = row.as_ref().map_or(0, |r| r.int(3));
    // The demonstration's accounts have no token; every other account has one.
    let step = if secret.is_empty() { right.then_some(0) } else { totp_step(&secret, &attempt.code, now.ms).filter(|s| *s > last_step) };
    let (failures, failed_ms) = row.as_ref().map_or((0, 0), |r| (r.int(4), r.int(5)));
    let Some(step) = step.filter(|_| right && active) else {
        let wait = if failures >= FREE_TRIES { (1i64 << (failures - FREE_TRIES).min(6)).min(60) } else { 0 };
        let left = wait - (now.ms - failed_ms) / 1_000;
        if !id.is_empty() {
            house.db.write_here(move |tx| queries::failed(tx, &id, now.ms))?;
        }
        return Ok(if left > 0 { Login::Wait(left) } else { Login::Wrong });
    };
    let (token, csrf, inner) = (random_hex::<32>()?, random_hex::<16>()?, house.clone());
    let cookie = token.clone();
    let own = vault::unlock(house, &id, &attempt.password)?;
    let (key, device) = (hash(&token), attempt.device.chars().take(120).collect::<String>());
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        // Two log-ins with the same code at once: the second finds the step used.
        if !queries::logged_in(tx, &id, step, now.ms)? {
            return Err(Failure::Bad(409, "动态口令已用过，请等下一个。".into()));
        }
        let wrapped = own.as_ref().map(|o| vault::for_session(vault::Suite::of(desk.head.alg()), &token, &o.private)).transpose()?;
        queries::put_session(tx, &key, &id, &csrf, now.ms, &device, wrapped)?;
        queries::end_oldest_sessions(tx, &id, 5)?;
        note(&mut desk, &id, &json!({"logged_in": {}}), (&id, "self"))?;
        if let Some(own) = &own {
            vault::arrive(&mut desk, &id, own)?;
        }
        desk.close()
    })?;
    Ok(Login::In(cookie))
}
/// The session of a cookie, if it lives; its last use is noted once a minute.
///
/// # Errors
/// A fault of the engine.
pub fn session(tx: &Tx, token: &str, now_ms: i64) -> Result<Option<Session>> {
    let key = hash(token);
    let Some(mut r) = queries::session(tx, &key)? else { return Ok(None) };
    let session = Session {
        person: r.take(0),
        csrf: r.take(1),
        created_ms: r.int(2),
        seen_ms: r.int(3),
        strong_ms: r.int(4),
        device: r.take(5),
        own: vault::of_session(token, r.bytes(6)),
        key,
    };
    let alive = now_ms - session.seen_ms < IDLE && now_ms - session.created_ms < ABSOLUTE;
    Ok(alive.then_some(session))
}
/// Notes that a session is in use, when a minute has passed since it was last noted.
///
/// # Errors
/// A fault of the engine.
pub fn seen(house: &House, session: &Session, now_ms: i64) -> Result<()> {
    if now_ms - session.seen_ms < 60_000 {
        return Ok(());
    }
    let key = session.key.clone();
    house.db.write_here(move |tx| queries::seen(tx, &key, now_ms))
}
/// Whether the session gave its second factor within the last five minutes.
pub fn steps_up(session: &Session, now_ms: i64) -> bool {
    now_ms - session.strong_ms < 5 * 60 * 1_000
}
/// Live sessions of a person.
///
/// # Errors
/// A fault of the engine.
pub fn sessions(tx: &Tx, person: &str, now_ms: i64) -> Result<Vec<Session>> {
    let read = |mut r: crate::db::Row| Session {
        key: r.take(0),
        csrf: r.take(1),
        created_ms: r.int(2),
        seen_ms: r.int(3),
        strong_ms: r.int(4),
        device: r.take(5),
        person: person.to_owned(),
        own: None,
    };
    let all = queries::sessions(tx, person)?.into_iter().map(read);
    Ok(all.filter(|s| now_ms - s.seen_ms < IDLE && now_ms - s.created_ms < ABSOLUTE).collect())
}
/// Ends one session of a person, by its key in the device list.
///
/// # Errors
/// A fault of the engine.
pub fn revoke(house: &House, person: &str, key: &str) -> Result<()> {
    let (person, key) = (person.to_owned(), key.to_owned());
    house.db.write_here(move |tx| queries::end_session(tx, &person, &key))
}
/// Ends the session of a cookie.
///
/// # Errors
/// A fault of the engine.
pub fn log_out(house: &House, session: &Session) -> Result<()> {
    revoke(house, &session.person, &session.key)
}
/// The `otpauth` address of a secret, for the QR code.
pub fn otpauth(secret: &[u8], login: &str) -> String {
    let text = Secret::from(secret.to_vec()).to_base32();
    format!("otpauth://totp/%E7%8D%AC%E8%B1%B8:{login}?secret={text}&issuer=%E7%8D%AC%E8%B1%B8")
}
