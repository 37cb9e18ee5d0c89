//! An observer's term is a role held for that long (enterprise.md B9); what he declares – units by their code, enterprises by keyed digests –
//! bars him in the register of conflicts. Digests are made while the texts of a form can still be read.
use domain::engine::{Form, Refusal, is_vault_ref, refusals};
use domain::identifiers::{citizen, credit, half_width};
use domain::procedures::observer::{Observer, SERVING};
use domain::registers::codes::OBSERVER_TIE;
use domain::registers::parameters::{OBSERVER_AGE, OBSERVERS, value};
use jiff::ToSpan as _;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use super::terms::{Term, declared};
use super::{may_hold, queries};
use crate::brought;
use crate::failure::{Failure, Result};
use crate::house::Keys;
use crate::matters::{Ask, Desk, Loaded};

const ROLE: &str = "R19";
/// How the reasons of rows begin that follow from a declaration: no other row ends with it.
const DECLARED: &str = "监督员申报：";

fn text<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.get(name).and_then(Json::as_str).map(str::trim).filter(|t| !t.is_empty() && is_vault_ref(t).is_none())
}
/// Digests under which an enterprise is found again without being read: by its code, and by its name, since a roll often knows no more.
fn digests(keys: &Keys, uscc: Option<&str>, name: Option<&str>) -> Option<String> {
    let code = uscc.and_then(|t| credit::check(t).ok()).map(|code| keys.blind(&code));
    let plain = |name: &str| name.chars().filter(|c| !c.is_whitespace()).map(half_width).collect::<String>();
    let name = name.map(|t| keys.blind(&format!("firm|{}", plain(t))));
    let all: Vec<String> = code.into_iter().chain(name).collect();
    (!all.is_empty()).then(|| all.join(" "))
}
fn fill(desk: &Desk, form: &mut Form, field: &str, uscc: &str, name: &str) {
    if let Some(found) = digests(&desk.house.keys, text(form, uscc), text(form, name)) {
        form.insert(field.to_owned(), json!(found));
    }
}
/// Completes the digests of an enrolment, a row of an old roll, a declaration; turns away who is too young.
pub(super) fn complete(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "declare" => fill(desk, form, "firm", "uscc", "enterprise"),
        "enrol" => fill(desk, form, "firm", "uscc", "unit"),
        action if action.starts_with("enter_") => {
            fill(desk, form, "firm", "uscc", "unit");
            fill(desk, form, "tied_firm", "", "enterprise");
        }
        _ => {}
    }
    let years = value(&desk.registers.parameters, OBSERVER_AGE);
    let born = text(form, "idno").filter(|_| ask.action == "enrol").and_then(|t| citizen::check(t).ok()).map(|c| c.birth);
    if born.is_some_and(|day| day.saturating_add(years.years()) > desk.now.today) {
        return Err(Refusal::at("idno", format!("未满 {years} 周岁，不能选聘（本机构设定，非法定）。")).into());
    }
    Ok(())
}
/// Completes the digests of a request; an invitation goes to an office that takes it in.
pub(super) fn complete_request(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "apply" | "register" => fill(desk, form, "firm", "uscc", "enterprise"),
        "invite" | "confirm_task" => fill(desk, form, "inspected_firm", "inspected_uscc", "inspected"),
        _ => {}
    }
    let desks = brought::desks(desk.tx, desk.now.today)?;
    let elsewhere = loaded.number.is_empty() && !desks.iter().any(|d| d == loaded.matter.owner());
    if elsewhere { Err(refusals::NOT_YOURS.into()) } else { Ok(()) }
}
pub(super) fn after(desk: &mut Desk, loaded: &Loaded, action: &str, by: (&str, &str)) -> Result<()> {
    let Some(observer) = loaded.of::<Observer>().map(|m| &m.state) else { return Ok(()) };
    if action == "appoint" && queries::observers(desk.tx, loaded.matter.owner())? > value(&desk.registers.parameters, OBSERVERS) {
        return Err(Failure::Refused(Refusal::new("too_many_observers", "监督员已达人数上限（本机构设定，非法定）")));
    }
    if observer.account().is_empty() {
        return Ok(());
    }
    let term = Term { person: observer.account(), role: ROLE, owner: loaded.matter.owner(), days: observer.term() };
    let begins = matches!(action, "appoint" | "enter_serving" | "enter_suspended" | "bind_account");
    if (begins || matches!(action, "restore" | "renew" | "keep")) && loaded.matter.marks().contains(&SERVING) {
        may_hold(desk, observer.account(), ROLE, "account")?;
        term.hold(desk, true, by)?;
    }
    if matches!(action, "suspend" | "dismiss" | "expire" | "resign" | "void") {
        term.hold(desk, false, by)?;
    }
    if begins || action == "declare" { ties(desk, observer, by) } else { Ok(()) }
}
/// Where he works, and what he has declared.
fn ties(desk: &mut Desk, observer: &Observer, by: (&str, &str)) -> Result<()> {
    let (mut orgs, mut firms) = (BTreeMap::new(), BTreeMap::new());
    let (org, firm) = observer.workplace();
    let own = (org, firm, format!("{DECLARED}所在单位"));
    let told = observer
        .ties()
        .iter()
        .map(|t| (t.related_org.as_deref(), t.firm.as_deref(), format!("{DECLARED}{}", OBSERVER_TIE.label_of(&t.relation))));
    for (org, firm, why) in std::iter::once(own).chain(told) {
        if let Some(org) = org {
            orgs.entry(org.to_owned()).or_insert_with(|| why.clone());
        }
        for firm in firm.into_iter().flat_map(|f| f.split(' ')) {
            firms.entry(firm.to_owned()).or_insert_with(|| why.clone());
        }
    }
    declared(desk, observer.account(), "org", DECLARED, &orgs, by)?;
    declared(desk, observer.account(), "firm", DECLARED, &firms, by)
}
