//! What is brought before the office from outside: a procuratorate's paper, its request for supervision (B6), or whom it would send (B7).
//! Which office handles it follows from the register of organisations, whom it concerns from the opinion it names; neither is typed.
use domain::engine::{Form, refusals};
use domain::procedures::procuratorial_opinion::ProcuratorialOpinion;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::failure::Result;
use crate::matters::{self, Ask, Desk, Loaded};
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
        let number = text(form, "procuratorial_opinion");
        let seen = match matters::load(desk.tx, &number)? {
            Some(found) if matters::knows(desk.tx, &found, ask.who, desk.now, &desk.registers)? => Some(found),
            _ => None,
        };
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
