//! An expert's term is a role held for that long (B14a); what he declares bars him in the register of conflicts (F1).
use domain::procedures::expert::{Expert, SERVING};
use domain::registers::codes::RELATION;
use serde_json::json;
use std::collections::BTreeMap;

use super::may_hold;
use crate::conflicts;
use crate::failure::Result;
use crate::matters::{Desk, Loaded};
use crate::registers::{self, Amendment};

const ROLE: &str = "R6";
/// How the reasons of rows begin that follow from a declaration: no other row ends with it.
const DECLARED: &str = "专家申报：";

pub(super) fn after(desk: &mut Desk, loaded: &Loaded, action: &str, by: (&str, &str)) -> Result<()> {
    let Some(expert) = loaded.of::<Expert>().map(|m| &m.state) else { return Ok(()) };
    if expert.account().is_empty() {
        return Ok(());
    }
    let begins = matches!(action, "appoint" | "appoint_lawyer" | "enter_serving" | "bind_account");
    if (begins || matches!(action, "restore" | "renew" | "keep")) && loaded.matter.marks().contains(&SERVING) {
        may_hold(desk, expert.account(), ROLE, "account")?;
        hold(desk, loaded, expert, true, by)?;
    }
    if matches!(action, "suspend" | "dismiss" | "expire" | "resign" | "void") {
        hold(desk, loaded, expert, false, by)?;
    }
    if begins || matches!(action, "declare" | "relate") { declared(desk, expert, by) } else { Ok(()) }
}
/// In the organisation that keeps the pool, from the first day of the term to the last.
fn hold(desk: &mut Desk, loaded: &Loaded, expert: &Expert, in_force: bool, by: (&str, &str)) -> Result<()> {
    let key = format!("{}|{ROLE}|{}|", expert.account(), loaded.matter.owner());
    let held = registers::history(desk.tx, "holding", &key)?.first().is_some_and(|(_, _, body)| body.is_some());
    if !in_force && !held {
        return Ok(());
    }
    let (from, (first, last)) = (desk.now.today, expert.term());
    let body =
        in_force.then(|| json!({"from": first.unwrap_or(from).to_string(), "until": last.map(|d| d.to_string()).unwrap_or_default()}));
    registers::amend(desk, Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by }).map(drop)
}
/// Every unit he has declared stands in the register; what he no longer declares is ended.
fn declared(desk: &mut Desk, expert: &Expert, by: (&str, &str)) -> Result<()> {
    let (_, relations, clients) = expert.relations();
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for r in relations.iter().filter(|r| !r.org.is_empty()) {
        all.entry(r.org.clone()).or_insert_with(|| format!("{DECLARED}{}", RELATION.label_of(&r.relation)));
    }
    for c in clients {
        let named = |o: &&registers::Org| o.code == c.org.trim() || o.name == c.client.trim();
        if let Some(org) = desk.registers.orgs().find(named) {
            all.entry(org.code.clone()).or_insert_with(|| format!("{DECLARED}在办代理单位"));
        }
    }
    let stale: Vec<String> =
        desk.registers.conflicts_of(expert.account()).iter().filter(|c| c.kind == "org").map(|c| c.target.clone()).collect();
    for org in stale.iter().filter(|o| !all.contains_key(*o)) {
        conflicts::withdraw(desk, expert.account(), ("org", org), DECLARED, by)?;
    }
    all.iter().try_for_each(|(org, why)| conflicts::register(desk, expert.account(), ("org", org), why, by))
}
