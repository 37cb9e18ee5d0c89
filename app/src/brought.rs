//! What is brought before the office from outside: a procuratorate's paper, its request for supervision (B6), or whom it would send (B7).
//! Which office handles it follows from the register of organisations, whom it concerns from the opinion it names; neither is typed.
use domain::engine::{Form, refusals};
use domain::procedures::procuratorial_opinion::ProcuratorialOpinion;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{Ask, Desk, Loaded};
use crate::people;
use crate::registers::Registers;

/// The nearest body above this one that has an office (R1).
///
/// # Errors
/// A fault of the engine.
pub fn office(tx: &Tx, registers: &Registers, org: &str, today: Date) -> Result<Option<String>> {
    let holders = people::everybody(tx, today)?;
    let path = registers.org(org).map_or("", |o| o.path.as_str());
    let mut above = path.split('/').rev().filter(|code| !code.is_empty() && *code != org);
    let handles = |code: &&str| holders.iter().any(|(_, role, at)| role == "R1" && at == code);
    Ok(above.find(handles).map(ToOwned::to_owned))
}
/// The office that a matter of this kind belongs to which another one opens: the cause's own; but whoever's matter leads to a supervision
/// of enforcement, it is the judicial administration's (boundary 8): of the place the unit lies in, of its city otherwise.
///
/// # Errors
/// A sentence where there is none; a fault of the engine.
pub fn keeper(tx: &Tx, registers: &Registers, (kind, org): (&str, &str), cause: String, today: Date) -> Result<String> {
    if kind != "administrative_supervision" {
        return Ok(cause);
    }
    let all: Vec<String> = people::everybody(tx, today)?.into_iter().filter(|(_, role, _)| role == "R17").map(|(.., at)| at).collect();
    if all.contains(&cause) {
        return Ok(cause);
    }
    let place = |code: &str| registers.org(code).map_or("", |o| o.region.as_str()).to_owned();
    let unit = place(org);
    let city = format!("{}00", unit.get(..4).unwrap_or(""));
    let near = |place_of: &str| all.iter().find(|code| place(code) == place_of);
    let keeper = near(&unit).or_else(|| near(&city)).or(all.first()).cloned();
    keeper.ok_or_else(|| Failure::Bad(409, "没有可以接收的司法行政机关：还没有司法局监督经办。".into()))
}
/// The joint offices that take in what units and enterprises bring (联席办, R14), wherever they stand.
///
/// # Errors
/// A fault of the engine.
pub fn desks(tx: &Tx, today: Date) -> Result<Vec<String>> {
    let mut all: Vec<String> = people::everybody(tx, today)?.into_iter().filter(|(_, role, _)| role == "R14").map(|(.., at)| at).collect();
    all.sort_unstable();
    all.dedup();
    Ok(all)
}
/// Fills in whom a request concerns, and turns away what was brought before another office than the one above.
///
/// # Errors
/// `not_yours` before the wrong office; a fault of the engine.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    if !matches!(ask.action, "register" | "request" | "propose") || ask.who.is_house() {
        return Ok(());
    }
    let text = |form: &Form, name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    if ask.action == "request" {
        // An opinion one may not see is the same as none.
        let seen = desk.known(ask.who, &text(form, "procuratorial_opinion"))?;
        if let Some(opinion) = seen.as_ref().and_then(Loaded::of::<ProcuratorialOpinion>) {
            form.insert("org".into(), json!(opinion.state.unit()));
            form.insert("proc_org".into(), json!(opinion.state.procuratorate()));
        }
    }
    let (owner, from) = (loaded.matter.owner(), text(form, if ask.action == "propose" { "org" } else { "proc_org" }));
    let own = ask.who.roles.iter().any(|r| r.role == "R1" && r.org == owner);
    if own || from.is_empty() || office(desk.tx, &desk.registers, &from, desk.now.today)?.as_deref() == Some(owner) {
        return Ok(());
    }
    Err(refusals::NOT_YOURS.into())
}
