//! An expert's term is a role held for that long (B14a); what he declares bars him in the register of conflicts (F1).
use domain::procedures::expert::{Expert, SERVING};
use domain::registers::codes::RELATION;
use std::collections::BTreeMap;

use super::may_hold;
use super::terms::{Term, declared};
use crate::failure::Result;
use crate::matters::{Desk, Loaded};
use crate::registers;

const ROLE: &str = "R6";
/// How the reasons of rows begin that follow from a declaration: no other row ends with it.
const DECLARED: &str = "专家申报：";

pub(super) fn after(desk: &mut Desk, loaded: &Loaded, action: &str, by: (&str, &str)) -> Result<()> {
    let Some(expert) = loaded.of::<Expert>().map(|m| &m.state) else { return Ok(()) };
    if expert.account().is_empty() {
        return Ok(());
    }
    let term = Term { person: expert.account(), role: ROLE, owner: loaded.matter.owner(), days: expert.term() };
    let begins = matches!(action, "appoint" | "appoint_lawyer" | "enter_serving" | "bind_account");
    if (begins || matches!(action, "restore" | "renew" | "keep")) && loaded.matter.marks().contains(&SERVING) {
        may_hold(desk, expert.account(), ROLE, "account")?;
        term.hold(desk, true, by)?;
    }
    if matches!(action, "suspend" | "dismiss" | "expire" | "resign" | "void") {
        term.hold(desk, false, by)?;
    }
    if begins || matches!(action, "declare" | "relate") { ties(desk, expert, by) } else { Ok(()) }
}
/// Every unit he has declared.
fn ties(desk: &mut Desk, expert: &Expert, by: (&str, &str)) -> Result<()> {
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
    declared(desk, expert.account(), "org", DECLARED, &all, by)
}
