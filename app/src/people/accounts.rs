//! Accounts and the one-time links by which their owners take them.
use serde_json::json;

use super::queries;
use crate::db::{Row, Tx};
use crate::edge::{hex, random, random_hex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Pseudonymous key, as on the ledger.
    pub id: String,
    pub login: String,
    pub name: String,
    pub org: String,
    /// `invited`, `active`, `disabled`.
    pub state: String,
    pub seen_ms: i64,
}
impl Account {
    pub(super) fn read(mut r: Row) -> Self {
        Self { id: r.take(0), login: r.take(1), name: r.take(2), org: r.take(3), state: r.take(4), seen_ms: r.int(5) }
    }
}
/// Every account.
///
/// # Errors
/// A fault of the engine.
pub fn accounts(tx: &Tx) -> Result<Vec<Account>> {
    Ok(queries::accounts(tx)?.into_iter().map(Account::read).collect())
}
/// The account of this log-in name.
///
/// # Errors
/// A fault of the engine.
pub fn by_login(tx: &Tx, login: &str) -> Result<Option<Account>> {
    Ok(queries::by_login(tx, login)?.map(Account::read))
}
/// Whether there is such a person.
///
/// # Errors
/// A fault of the engine.
pub fn exists(tx: &Tx, id: &str) -> Result<bool> {
    Ok(queries::account(tx, id)?.is_some())
}
/// Name of a person, for those who may know it; the key itself where there is none.
///
/// # Errors
/// A fault of the engine.
pub fn name(tx: &Tx, id: &str) -> Result<String> {
    Ok(match id {
        "house" => "系统".into(),
        "time" => "期限届满".into(),
        _ => queries::account(tx, id)?.map_or_else(|| id.to_owned(), |mut r| r.take(2)),
    })
}
/// Makes an account without a password; its owner takes it by a one-time link.
///
/// # Errors
/// When the log-in name is taken or malformed.
pub fn create(desk: &mut Desk, login: &str, name: &str, org: &str, by: (&str, &str)) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !(3..=40).contains(&login.len()) || !login.chars().all(plain) {
        return Err(Failure::Bad(422, "账号应为 3 至 40 位字母、数字或 - _ .".into()));
    }
    if name.trim().is_empty() || name.chars().count() > 40 {
        return Err(Failure::Bad(422, "姓名应为 1 至 40 字。".into()));
    }
    if queries::by_login(desk.tx, login)?.is_some() {
        return Err(Failure::Bad(409, format!("账号“{login}”已有人使用。")));
    }
    let id = format!("P{}", random_hex::<6>()?);
    queries::put_account(desk.tx, &id, login, name, org, desk.now.ms)?;
    note(desk, &id, &json!({"created": {"org": org}}), by)?;
    Ok(id)
}
/// An entry about an account, on the account's own stream. Names and log-ins stay out of it.
pub(super) fn note(desk: &mut Desk, id: &str, what: &serde_json::Value, by: (&str, &str)) -> Result<()> {
    desk.tell(&format!("account/{id}"), "account@1", what, by, "")
}
/// A one-time link for an account, good for 24 hours; returns its token. An earlier link dies.
///
/// # Errors
/// A fault of the engine.
pub fn invite(desk: &mut Desk, id: &str, by: (&str, &str)) -> Result<String> {
    let token = random_hex::<24>()?;
    let totp = random::<20>()?;
    queries::put_invitation(desk.tx, &hash(&token), id, desk.now.ms + 86_400_000, &totp)?;
    note(desk, id, &json!({"invited": {}}), by)?;
    Ok(token)
}
/// Only hashes of tokens are stored.
pub(super) fn hash(token: &str) -> String {
    hex(&ledger::Alg::Sha256.hash(&[token.as_bytes()]))
}
/// The account and TOTP secret behind an unused link that has not expired.
///
/// # Errors
/// A fault of the engine.
pub fn open_invitation(tx: &Tx, token: &str, now_ms: i64) -> Result<Option<(Account, Vec<u8>)>> {
    let Some(row) = queries::invitation(tx, &hash(token))?.filter(|r| r.int(1) > now_ms && r.int(2) == 0) else { return Ok(None) };
    let account = queries::account(tx, row.text(0))?.map(Account::read);
    Ok(account.map(|a| (a, row.bytes(3).to_vec())))
}
/// Sets password and TOTP by a one-time link; the link is used up.
///
/// # Errors
/// A refusal in words: link used or expired, password weak, code wrong.
pub fn take_invitation(house: &House, token: &str, password: &str, code: &str) -> Result<String> {
    let now = house.clock.now();
    let (account, secret) = house.db.read_here(|tx| open_invitation(tx, token, now.ms))?.ok_or_else(used)?;
    if let Some(say) = weak(password, &account) {
        return Err(Failure::Refused(domain::engine::Refusal::at("password", say)));
    }
    let step = super::login::totp_step(&secret, code, now.ms)
        .ok_or_else(|| Failure::Refused(domain::engine::Refusal::at("code", "口令不对。请输入令牌上此刻显示的 6 位数字。")))?;
    let phc = super::login::hash_password(password)?;
    let (inner, token) = (house.clone(), token.to_owned());
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        if !queries::use_invitation(tx, &hash(&token), now.ms)? {
            return Err(used());
        }
        queries::activate(tx, &account.id, &phc, Some(&secret), step)?;
        queries::end_sessions(tx, &account.id, "")?;
        note(&mut desk, &account.id, &json!({"activated": {}}), (&account.id, "self"))?;
        desk.close()?;
        Ok(account.login)
    })
}
/// Lets an account of the demonstration in by password alone; every other account takes its token by a one-time link.
///
/// # Errors
/// A fault of the engine.
pub(crate) fn open_demo(desk: &mut Desk, id: &str, phc: &str) -> Result<()> {
    queries::activate(desk.tx, id, phc, None, 0)?;
    note(desk, id, &json!({"activated": {}}), ("console", "console"))
}
fn used() -> Failure {
    Failure::Bad(404, "链接已用过或已过期。请向管理员重新要一个。".into())
}
/// Profile `djbh` (trust.md 3, row 3): at least twelve characters of three classes, nothing obvious.
fn weak(password: &str, account: &Account) -> Option<&'static str> {
    let classes = [
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_ascii_alphanumeric()),
    ];
    let lower = password.to_lowercase();
    match () {
        () if password.chars().count() < 12 => Some("密码至少 12 位。"),
        () if password.len() > 256 => Some("密码最多 256 字节。"),
        () if classes.iter().filter(|c| **c).count() < 3 => Some("密码应含大写、小写、数字、符号中的三类。"),
        () if lower.contains(&account.login.to_lowercase()) => Some("密码不能含账号。"),
        () if ["password", "123456", "qwerty", "abcdef", "admin"].iter().any(|w| lower.contains(w)) => Some("密码过于常见，请换一个。"),
        () => None,
    }
}
