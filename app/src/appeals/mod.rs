//! 企业诉求 beyond its table (trust.md 4.3, T6): which office receives one so that nobody it is about ever opens it, where it may not be
//! sent, and who is told when the accused unit turns on the enterprise (E16).
mod queries;

use domain::engine::{Form, Refusal, is_vault_ref};
use domain::identifiers::{citizen, credit, phone};
use domain::procedures::enforcement_record::EnforcementRecord;
use domain::procedures::enterprise_appeal::{EnterpriseAppeal, guard};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::cmp::Reverse;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Loaded};
use crate::registers::Registers;
use crate::{brought, conflicts, enforcement, people, vault};

/// Who receives appeals in an organisation.
const DESK: &str = "R14";
/// Kind of the organisation that has the desk of the joint conference by default, and of the one that stands in last.
const CHAMBER: &str = "工商联";
const COMMITTEE: &str = "党委政法委";
/// Said where no desk may open an appeal against these units.
pub const NOBODY: &str = "没有可以受理的单位：各受理处都在被反映单位之内。请向上级机关或监察机关反映。";

/// The office an appeal against these units belongs to: the desk of the place; where that lies with the accused, the nearest one above it,
/// then any other, then the political and legal committee. Nothing where every one of them lies with the accused.
///
/// # Errors
/// A fault of the engine.
pub fn owner_of_intake(tx: &Tx, registers: &Registers, accused: &[&str], today: Date) -> Result<Option<String>> {
    let mut desks: Vec<String> = people::everybody(tx, today)?.into_iter().filter(|(_, role, _)| role == DESK).map(|d| d.2).collect();
    desks.sort();
    desks.dedup();
    let free = |desk: &str| !accused.iter().any(|a| registers.under(desk, a));
    let org = |code: &str| registers.org(code);
    let place = accused.first().and_then(|a| org(a)).map_or("", |o| o.region.as_str());
    // The desk of the county before that of the city: the longest code of a region that covers the place.
    let near = |desk: &&String| {
        let region = org(desk).map_or("", |o| o.region.trim_end_matches('0'));
        let covers = place.starts_with(region).then_some(region.len());
        (org(desk).is_some_and(|o| o.kind == CHAMBER), covers, Reverse((*desk).clone()))
    };
    let Some(usual) = desks.iter().max_by_key(near) else { return Ok(None) };
    let path = org(usual).map_or("", |o| o.path.as_str());
    let above = path.split('/').rev().filter(|code| desks.iter().any(|d| d == code)).map(ToOwned::to_owned);
    let rest = desks.iter().cloned().chain(registers.orgs().filter(|o| o.kind == COMMITTEE).map(|o| o.code.clone()));
    Ok(std::iter::once(usual.clone()).chain(above).chain(rest).find(|desk| free(desk)))
}
/// An office never receives what is about itself or a body above it.
fn receivable(desk: &Desk, owner: &str, accused: &[&str], field: &str) -> Result<()> {
    if !accused.iter().any(|a| !a.is_empty() && desk.registers.under(owner, a)) {
        return Ok(());
    }
    let say = match owner_of_intake(desk.tx, &desk.registers, accused, desk.now.today)? {
        Some(other) => format!("本受理单位在被反映单位之内，不能由本处受理。请由{}另行登记。", desk.registers.org_name(&other)),
        None => NOBODY.to_owned(),
    };
    Err(Failure::Refused(Refusal::at(field, say)))
}
fn text<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).and_then(Json::as_str).map_or("", str::trim)
}
fn units(form: &Form) -> Vec<&str> {
    let rows = form.get("accused_more").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    rows.iter().filter_map(|row| row.get("org")?.as_str()).collect()
}
/// Before the gate: whose desk it is, the digest of the enterprise, where it goes and whether it may.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let owner = loaded.matter.owner();
    match ask.action {
        "submit" | "register" | "from_call" => {
            receivable(desk, owner, &[text(form, "org")], "org")?;
            if ask.action == "from_call" { Ok(()) } else { identify(desk, form) }
        }
        "screen" | "mend" => {
            receivable(desk, owner, &units(form), "accused_more")?;
            receivable(desk, owner, &[text(form, "org")], "org")
        }
        "transfer" | "forward" if loaded.matter.stands(ask.action) => {
            let Some(appeal) = loaded.of::<EnterpriseAppeal>().map(|m| &m.state) else { return Ok(()) };
            if ask.action == "transfer" {
                let first = appeal.accused().first().copied().unwrap_or("").to_owned();
                let kind = ("administrative_supervision", first.as_str());
                let to = brought::keeper(desk.tx, &desk.registers, kind, owner.to_owned(), desk.now.today)?;
                form.insert("receiver".into(), json!(to));
            }
            let verdict = verdict(desk, appeal, text(form, "receiver"))?;
            form.insert("receiver_barred".into(), json!(verdict));
            Ok(())
        }
        _ => Ok(()),
    }
}
/// Numbers that cannot be any are told before they are sealed; the enterprise is known again by a digest.
fn identify(desk: &Desk, form: &mut Form) -> Result<()> {
    let mut wrong = vec![];
    let mut judge = |name: &str, say: Option<String>| wrong.extend(say.map(|say| (name.to_owned(), say)));
    let given = |name: &str| Some(text(form, name)).filter(|t| !t.is_empty());
    judge("reporter_phone", given("reporter_phone").and_then(|t| phone::check(t).err()).map(|w| w.say));
    judge("reporter_id", given("reporter_id").and_then(|t| citizen::check(t).err()).map(|w| w.say));
    let code = given("uscc").map(credit::check).transpose();
    judge("uscc", code.as_ref().err().map(|w| w.say.clone()));
    if !wrong.is_empty() {
        return Err(Failure::Refused(Refusal { fields: wrong, ..domain::engine::refusals::BAD_FORM }));
    }
    if let Ok(Some(code)) = code {
        form.insert("firm".into(), json!(desk.house.keys.blind(&code)));
        form.insert("uscc".into(), json!(code));
    }
    Ok(())
}
/// Whether the appeal may go to this unit: `guard::FREE`, or why not.
///
/// # Errors
/// A fault of the engine.
pub fn verdict(desk: &Desk, appeal: &EnterpriseAppeal, receiver: &str) -> Result<&'static str> {
    let above = |unit: &str| desk.registers.org(unit).map(|o| o.parent.clone()).filter(|p| !p.is_empty());
    let by_tree = guard::verdict(receiver, &appeal.accused(), appeal.chief_named(), above);
    if by_tree != guard::FREE {
        return Ok(by_tree);
    }
    let named = named(desk, appeal)?;
    let holders = people::everybody(desk.tx, desk.now.today)?;
    let liaison = holders.iter().any(|(person, role, org)| role == "R9" && org == receiver && named.contains(person));
    Ok(if liaison { guard::PERSON } else { guard::FREE })
}
/// Whoever of the house bears the name of an accused person.
fn named(desk: &Desk, appeal: &EnterpriseAppeal) -> Result<Vec<String>> {
    let people = match is_vault_ref(appeal.accused_people()) {
        Some(reference) => vault::open(desk.tx, &desk.house.keys, reference)?.unwrap_or_default(),
        None => String::new(),
    };
    let names: Vec<&str> = people.split(['\n', '\r', '、', '，', ',', '；', ';', ' ']).map(str::trim).filter(|n| !n.is_empty()).collect();
    if names.is_empty() {
        return Ok(vec![]);
    }
    let mut all = vec![];
    for (person, ..) in people::everybody(desk.tx, desk.now.today)? {
        if !all.contains(&person) && names.contains(&people::name(desk.tx, &person)?.as_str()) {
            all.push(person);
        }
    }
    Ok(all)
}
/// After an act: accused persons are kept away from it for good, and the enterprise is watched over.
///
/// # Errors
/// A fault of the engine.
pub fn after(desk: &mut Desk, loaded: &Loaded, action: &str, seq: u64) -> Result<()> {
    let Some(appeal) = loaded.of::<EnterpriseAppeal>().map(|m| m.state.clone()) else { return Ok(()) };
    match action {
        "screen" | "mend" => {
            for person in named(desk, &appeal)? {
                conflicts::register(desk, &person, ("matter", &loaded.number), "本件须回避", ("house", "House"))?;
            }
            Ok(())
        }
        "submit" | "register" | "from_call" | "enter" if !appeal.firm().is_empty() => {
            let firm = enforcement::firm_of(&desk.house.keys, appeal.firm());
            queries::put_watch(desk.tx, &watched_by(&desk.house.keys, &firm), loaded.id)?;
            // History may come after what followed it.
            let until = (Date::MIN, desk.now.today);
            for org in appeal.accused() {
                for record in enforcement::records_of(desk.tx, &desk.house.keys, appeal.firm(), org, until)? {
                    warn(desk, loaded, &record.number, &record.said, seq)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
/// Under what an appeal waits for records of this enterprise: digested once more, since a record's number is published beside the
/// enterprise's name, and a stolen file must not lead from there to the appeal.
fn watched_by(keys: &crate::house::Keys, firm: &str) -> String {
    keys.blind(&format!("watch|{firm}"))
}
/// 报复监测 (E16): a new record of enforcement is held against the appeals of the same enterprise. Only the desk is told.
///
/// # Errors
/// A fault of the engine.
pub fn watch(desk: &mut Desk, record: &Loaded, seq: u64) -> Result<()> {
    let Some(said) = record.of::<EnforcementRecord>().map(|m| m.state.said().clone()) else { return Ok(()) };
    for id in queries::watched(desk.tx, &watched_by(&desk.house.keys, &said.firm))? {
        if let Some(appeal) = matters::load_by_id(desk.tx, id)? {
            warn(desk, &appeal, &record.number, &said, seq)?;
        }
    }
    Ok(())
}
fn warn(desk: &mut Desk, appeal: &Loaded, number: &str, said: &domain::procedures::enforcement_record::Record, seq: u64) -> Result<()> {
    let Some(state) = appeal.of::<EnterpriseAppeal>().map(|m| &m.state) else { return Ok(()) };
    let same = state.accused().iter().any(|a| desk.registers.under(&said.org, a));
    let registers = &desk.registers;
    let day = said.decided_on.filter(|day| state.watches(*day, &registers.limits, &registers.calendar));
    let Some(day) = day.filter(|_| same && !state.warned_of(number)) else { return Ok(()) };
    let form = json!({"record": number, "decided": day, "what": said.act_type});
    desk.as_house(&appeal.number, "alert", form.as_object().cloned().unwrap_or_default(), seq).map(drop)
}
/// What the enterprises say of a unit, as the unit itself may be told: how many, and the mean in tenths; nothing below the number that
/// tells nobody apart (`few`).
pub fn rated(scores: &[i64], few: usize) -> Option<(usize, i64)> {
    let n = i64::try_from(scores.len()).ok().filter(|n| *n > 0 && scores.len() >= few)?;
    Some((scores.len(), scores.iter().sum::<i64>().saturating_mul(10).checked_div(n)?))
}
