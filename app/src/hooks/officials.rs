//! 领导干部名录 (B10): whose 活情况 there is, is a fact two persons have put down, with the officer, his unit, his term and – where he has
//! one – his account named outright; nothing is told from a post's name.
use domain::engine::Refusal;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::failure::{Failure, Result};
use crate::matters::Desk;
use crate::{people, registers};

/// What he is taken off the list by.
const OUT: &str = "免职";
/// In place of a log-in name.
const NONE: &str = "无";

/// The row a change order would write; none where it takes him off.
pub(super) fn read(desk: &Desk, key: &str, value: &str) -> Result<Option<Json>> {
    let wrong = |field: &str, say: &str| Err(Failure::Refused(Refusal::at(field, say.to_owned())));
    let Some((name, org)) = registers::officer(desk.tx, key)? else {
        return wrong("key", "没有这个编号的干警，编号见干警页。");
    };
    if value.trim() == OUT {
        return if desk.registers.official(key).is_some() { Ok(None) } else { wrong("key", "此人不在领导干部名录上。") };
    }
    let words: Vec<&str> = value.split_whitespace().collect();
    let [unit, since, login, post @ ..] = words.as_slice() else { return wrong("value", FORM) };
    let (Ok(since), false) = (since.parse::<Date>(), post.is_empty()) else { return wrong("value", FORM) };
    if desk.registers.org(unit).is_none() || !desk.registers.under(&org, unit) {
        return wrong("value", "单位编码应为此人所在单位，或其上级单位。");
    }
    if since > desk.now.today {
        return wrong("value", "任职日不能晚于今日。");
    }
    let account = if *login == NONE { String::new() } else { account(desk, key, login, &name)? };
    Ok(Some(json!({"unit": unit, "since": since.to_string(), "account": account, "post": post.concat()})))
}
const FORM: &str = "应写作“单位编码 任职日 登录名 职务”，如“361200GA 2025-01-06 ganjing 局长”。";
/// The account is his: the same name, and nobody else's on the list.
fn account(desk: &Desk, key: &str, login: &str, name: &str) -> Result<String> {
    let wrong = |say: &str| Err(Failure::Refused(Refusal::at("value", say.to_owned())));
    match people::by_login(desk.tx, login)? {
        None => wrong("没有这个登录名。"),
        Some(found) if found.name != name => wrong("登录名的姓名与干警登记的姓名不一致。"),
        Some(found) if desk.registers.officials().any(|o| o.account == found.id && o.key != key) => wrong("这个账号已对应另一人。"),
        Some(found) => Ok(found.id),
    }
}
