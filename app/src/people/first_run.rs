//! The first run: the office itself and three administrators, none of whom has a business right. Whoever may read the console gets a
//! link to the wizard; there is no built-in password and no second first run.
use serde_json::json;

use super::accounts::{accounts, create, hash, invite};
use super::queries;
use crate::db::Tx;
use crate::edge::random_hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;
use crate::registers::{self, Amendment};

/// How long the wizard's link lives, milliseconds.
const LIFE: i64 = 86_400_000;
/// `(role, log-in, who)` of the three administrators.
const THREE: [(&str, &str, &str); 3] =
    [("SYS", "system-admin", "系统管理员"), ("SEC", "security-admin", "安全保密管理员"), ("AUD", "auditor", "审计员")];

/// A fresh token for the wizard, where there are no accounts yet; an earlier one dies.
///
/// # Errors
/// A fault of the engine.
pub fn first_run(house: &House) -> Result<Option<String>> {
    if !house.db.read_here(accounts)?.is_empty() {
        return Ok(None);
    }
    let token = random_hex::<24>()?;
    let value = format!("{}|{}", hash(&token), house.clock.now().ms + LIFE);
    house.db.write_here(move |tx| queries::put_setup(tx, &value))?;
    Ok(Some(token))
}
/// Whether this token opens the wizard now.
///
/// # Errors
/// A fault of the engine.
pub fn setup_open(tx: &Tx, token: &str, now_ms: i64) -> Result<bool> {
    let kept = queries::setup(tx)?.unwrap_or_default();
    let (known, until) = kept.split_once('|').unwrap_or(("", "0"));
    Ok(!known.is_empty() && known == hash(token) && until.parse().is_ok_and(|until: i64| now_ms < until))
}
/// Founds the house; `token`: the wizard's, `None` from the console. Returns `(log-in, who, one-time token)` of the three.
///
/// # Errors
/// When there are accounts already, the token is not good, or name and code are malformed.
pub fn found(house: &House, token: Option<&str>, org: &str, code: &str) -> Result<Vec<(String, String, String)>> {
    let (inner, org, code) = (house.clone(), org.trim().to_owned(), code.trim().to_owned());
    let wrong = |field: &str, say: &str| Err(Failure::Refused(domain::engine::Refusal::at(field, say)));
    if !(2..=60).contains(&org.chars().count()) {
        return wrong("org", "机构名称应为 2 至 60 字。");
    }
    if !(2..=32).contains(&code.len()) || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        return wrong("code", "机构编码应为 2 至 32 位字母或数字，如 361200ZF。");
    }
    let token = token.map(ToOwned::to_owned);
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        // Inside the write: of two who press at once, the second finds accounts.
        if !accounts(tx)?.is_empty() {
            return Err(Failure::Bad(409, "已经有账号，不能再次初始化。".into()));
        }
        if let Some(token) = &token
            && !setup_open(tx, token, desk.now.ms)?
        {
            return Err(Failure::Bad(404, "链接已用过或已过期。请重新启动服务取得新的链接。".into()));
        }
        let (by, from) = (("console", "console"), desk.now.today);
        let body = json!({"name": org, "short": "", "parent": "", "level": "市级", "kind": "党委政法委", "region": "", "status": "有效", "former": ""});
        registers::amend(&mut desk, Amendment { register: "organisation", key: &code, from, body: Some(body), personal: &[], batch: "", by })?;
        let mut links = vec![];
        for (role, login, who) in THREE {
            let id = create(&mut desk, login, who, &code, by)?;
            let key = format!("{id}|{role}|{code}|");
            let body = json!({"from": from.to_string(), "until": ""});
            registers::amend(&mut desk, Amendment { register: "holding", key: &key, from, body: Some(body), personal: &[], batch: "", by })?;
            links.push((login.to_owned(), who.to_owned(), invite(&mut desk, &id, by)?));
        }
        queries::put_setup(tx, "")?;
        desk.close()?;
        Ok(links)
    })
}
