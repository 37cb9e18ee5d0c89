//! What an act does beyond its own matter, where a procedure's last step amends a register or the vault: a grant takes effect,
//! a change order enters its register, a lawful erasure destroys texts. In the transaction of the act.
mod dossiers;
mod experts;
mod joint_rules;
mod negative_list;
mod observers;
mod officials;
mod queries;
mod secondment;
mod supervision;
mod terms;

use domain::calendar::{Notice, Unit};
use domain::engine::{Entry, Form, Refusal};
use domain::registers::limits::{Limit, OWN};
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::failure::{Failure, Result};
use crate::matters::{Ask, Desk, Done, Loaded, load};
use crate::registers::{self, Amendment};
use crate::{
    appeals, brought, conferences, conflicts, draws, enforcement, fairness, files, hotline, observations, packets, people, problems,
    referrals, reviews, search, standards, vault,
};

/// Before the gate: completes the fields only the house may fill in.
///
/// # Errors
/// What stands in the way, in words.
pub fn before(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match loaded.matter.kind() {
        "draw" => draws::complete(desk, loaded, ask, form),
        "standard" => standards::complete(desk, ask, form),
        "joint_conference" => conferences::complete(desk, loaded, ask, form),
        "referral" => referrals::complete(desk, loaded, ask, form),
        "packet" => packets::complete(desk, loaded, ask, form),
        "official_paper" => crate::documents::complete(desk, loaded, ask, form),
        "directed_supervision" => packets::asked(desk, loaded, ask, form),
        "half_year_report" => crate::reports::complete(desk, loaded, ask, form),
        "review" if ask.action == "open" => standards::pin(desk, form),
        "common_problem" | "rectification" => problems::complete(desk, loaded, ask, form),
        "administrative_supervision" => supervision::complete(desk, loaded, ask, form),
        "enforcement_record" => enforcement::complete(desk, ask, form),
        "enterprise_appeal" => appeals::complete(desk, loaded, ask, form),
        "observation" => observations::complete(desk, ask, form),
        "hotline_call" => hotline::complete(desk, loaded, ask, form),
        "early_warning" => fairness::complete(desk, loaded, ask, form),
        "observer" => observers::complete(desk, ask, form),
        "negative_list_entry" => negative_list::complete(desk, ask, form),
        "observation_request" => observers::complete_request(desk, loaded, ask, form),
        "review" => reviews::complete(desk, loaded, ask, form),
        "procuratorial_opinion" | "escalation" | "secondment" => brought::complete(desk, loaded, ask, form),
        _ => Ok(()),
    }
}
/// After one step was recorded.
///
/// # Errors
/// What the register or the vault refuses; the act is then undone.
pub fn after(desk: &mut Desk, loaded: &Loaded, entry: &Entry, done: &Done) -> Result<()> {
    let by = (entry.stamp.by.as_str(), "House");
    let state = || -> Result<Json> { Ok(serde_json::from_str::<Json>(&loaded.matter.body())?.get("state").cloned().unwrap_or_default()) };
    crate::import::known::keep(desk, loaded, entry)?;
    vault::after(desk, loaded, entry)?;
    hotline::keep(desk, loaded, entry)?;
    match (loaded.matter.kind(), entry.action().map_or("", |(a, _)| a)) {
        ("expert", action) => experts::after(desk, loaded, action, by),
        ("observer", action) => observers::after(desk, loaded, action, by),
        ("secondment", action) => secondment::after(desk, loaded, action, by),
        ("enforcement_record", "record" | "enter_record") => {
            enforcement::kept(desk, loaded)?;
            appeals::watch(desk, loaded, done.seq)
        }
        ("enterprise_appeal", action) => appeals::after(desk, loaded, action, done.seq),
        ("dossier", "name_person" | "drop_person" | "seal") => dossiers::after(desk, loaded, entry, by),
        ("review", "open") => dossiers::of_review(desk, loaded, by),
        ("review", "recuse" | "replace" | "strike" | "draw_panel" | "draw_more" | "draw_re_examiners") => {
            conflicts::reseat(desk, loaded.id)
        }
        ("review", "revoke") => negative_list::source_revoked(desk, loaded, done.seq),
        ("negative_list_entry", action) => {
            negative_list::after(desk, action);
            Ok(())
        }
        ("joint_rule", action) => joint_rules::after(desk, loaded, action, by),
        ("packet", "look") => packets::after(desk, loaded, entry),
        ("official_paper", action) => {
            crate::documents::signed_in(desk, action);
            Ok(())
        }
        ("observation", _) => observations::after(desk, loaded, entry, done.seq),
        ("grant", "propose") => state().and_then(|g| may_hold(desk, text(&g, "person"), text(&g, "role"), "role")),
        ("grant", action @ ("approve" | "withdraw")) => grant(desk, &state()?, action == "approve", by),
        ("amendment", "propose") => read_amendment(desk, &state()?).map(drop),
        ("amendment", "approve") => amend(desk, &state()?, by),
        ("draw", "freeze") => draws::frozen(desk, loaded, done.seq),
        ("draw", "draw") => draws::carry(desk, loaded, done.seq),
        ("erasure", "approve") => erase(desk, &state()?, &loaded.number, by),
        _ => Ok(()),
    }
}
fn text<'a>(state: &'a Json, name: &str) -> &'a str {
    state.get(name).and_then(Json::as_str).unwrap_or("")
}
fn day(state: &Json, name: &str, otherwise: Date) -> Date {
    text(state, name).parse().unwrap_or(otherwise)
}
/// 三员分立: none of the three holds a business role, and nobody holds two of the three.
fn may_hold(desk: &Desk, person: &str, role: &str, field: &str) -> Result<()> {
    let wrong = |say: &str| Err(Failure::Refused(Refusal::at(field, say)));
    let held: Vec<String> =
        people::everybody(desk.tx, desk.now.today)?.into_iter().filter(|(p, ..)| p == person).map(|(_, r, _)| r).collect();
    let admin = |r: &str| people::ADMINS.contains(&r);
    match (admin(role), held.iter().any(|r| admin(r)), held.iter().any(|r| !admin(r))) {
        (true, _, true) => wrong("此人已有业务角色，不能再任三员。"),
        (true, true, _) if !held.iter().any(|r| r == role) => wrong("一人只能任三员之一。"),
        (false, true, _) => wrong("三员不能有业务角色。"),
        _ => Ok(()),
    }
}
fn grant(desk: &mut Desk, grant: &Json, in_force: bool, by: (&str, &str)) -> Result<()> {
    if in_force {
        may_hold(desk, text(grant, "person"), text(grant, "role"), "role")?;
    }
    let key = format!("{}|{}|{}|", text(grant, "person"), text(grant, "role"), text(grant, "org"));
    let body = in_force.then(|| json!({"from": text(grant, "from"), "until": text(grant, "until")}));
    let from = desk.now.today;
    registers::amend(desk, Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by })?;
    Ok(())
}
/// What a change order would write, or what is wrong with it.
fn read_amendment(desk: &Desk, order: &Json) -> Result<(&'static str, Option<Json>)> {
    let (register, key, value) = (text(order, "register"), text(order, "key"), text(order, "value"));
    let wrong = |say: String| Failure::Refused(Refusal::at("value", say));
    match register {
        "limit" => {
            let known = desk.registers.limits.get(key).ok_or_else(|| Failure::Refused(Refusal::at("key", "没有这个期限参数。")))?;
            if known.law {
                return Err(Failure::Refused(Refusal::at("key", "这是法定期限，不能在此变更。")));
            }
            let limit = read_limit(known, value)
                .ok_or_else(|| wrong("应写作“60 calendar_days 依据”，单位为 working_days、calendar_days 或 months。".into()))?;
            limit.fault().map_or_else(|| Ok(("limit", Some(serde_json::to_value(&limit)?))), |say| Err(wrong(format!("{say}。"))))
        }
        "parameter" => {
            let number: i64 =
                value.trim().parse().ok().filter(|n| (1..=1_000).contains(n)).ok_or_else(|| wrong("应为 1 至 1000 的整数。".into()))?;
            let label = domain::registers::parameters::DEFAULTS.iter().find(|(k, ..)| *k == key).map(|(_, l, _)| *l);
            let label = label.ok_or_else(|| Failure::Refused(Refusal::at("key", "没有这个参数。")))?;
            Ok(("parameter", Some(json!({"label": label, "value": number}))))
        }
        "official" => officials::read(desk, key, value).map(|body| ("official", body)),
        _ => {
            let notices = Notice::read(value).map_err(|e| wrong(e.to_string()))?;
            let year = notices.first().map(|n| n.year.to_string()).unwrap_or_default();
            if notices.len() != 1 || year != key {
                return Err(Failure::Refused(Refusal::at("key", "一次变更一年，条目应填该年份。")));
            }
            Ok(("notice", Some(json!({"text": value}))))
        }
    }
}
fn read_limit(known: &Limit, value: &str) -> Option<Limit> {
    let mut words = value.split_whitespace();
    let length: u32 = words.next()?.parse().ok()?;
    let unit: Unit = serde_json::from_value(Json::from(words.next()?)).ok()?;
    let rest = words.collect::<Vec<_>>().join(" ");
    let basis = if rest.is_empty() { OWN.to_owned() } else { format!("{OWN}；{rest}") };
    Some(Limit { length: Some(length), unit, basis, ..known.clone() })
}
fn amend(desk: &mut Desk, order: &Json, by: (&str, &str)) -> Result<()> {
    let (register, body) = read_amendment(desk, order)?;
    let from = day(order, "from", desk.now.today);
    let key = text(order, "key").to_owned();
    registers::amend(desk, Amendment { register, key: &key, from, body, personal: &[], batch: "", by })?;
    if register == "notice" {
        registers::refresh(desk)?;
        desk.rereckon()?;
    }
    Ok(())
}
/// Destroys every text of the target that lies in the vault, and takes its words out of the search index.
fn erase(desk: &mut Desk, order: &Json, number: &str, by: (&str, &str)) -> Result<()> {
    let target = load(desk.tx, text(order, "target"))?.ok_or(Failure::NotFound)?;
    let mut refs = vec![];
    for kept in crate::ledger::stream(desk.tx, &target.number)? {
        refs.extend(kept.event.vault_refs.iter().map(|(r, _)| r.clone()));
    }
    // What a reaction handed on was sealed by its cause and lies here too.
    for compartment in vault::BY_KEY {
        refs.extend(vault::sealed_of(desk.tx, &target, compartment)?.into_iter().map(|s| s.kept.id()));
    }
    refs.sort_unstable();
    refs.dedup();
    let docs = crate::matters::docs(target.matter.as_ref(), &target.number, &desk.registers, &mut |_| Ok(String::new()))?;
    search::put(desk.tx, &desk.house.keys, target.id, &docs, true)?;
    shred(desk, &target.number, refs, number, by)
}
/// Shreds these texts and says so on the ledger.
fn shred(desk: &mut Desk, target: &str, refs: Vec<String>, order: &str, by: (&str, &str)) -> Result<()> {
    let mut gone = vec![];
    for reference in refs {
        let file = reference.starts_with('F');
        if if file { files::shred(desk.tx, &reference) } else { vault::shred(desk.tx, &reference, desk.now.ms) }? {
            gone.push(reference);
        }
    }
    let said = json!({"shredded": gone, "target": target, "order": order});
    desk.tell(&format!("vault/{order}"), "vault.shredded@1", &said, by, "")
}
