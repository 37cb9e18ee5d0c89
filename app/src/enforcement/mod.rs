//! 涉企检查处罚 (enterprise.md B7, D3): whose enterprise a record concerns, by a key nobody has without the house; alerts reckoned from the
//! records, each of which opens to its rows. They show where to look, and accuse nobody.
mod alerts;
mod queries;

pub use alerts::{Alert, alerts};

use domain::engine::{Form, Person, Refusal, holders, in_role};
use domain::identifiers::credit;
use domain::procedures::enforcement_record::{EnforcementRecord, Record};
use jiff::civil::Date;
use serde_json::{Value as Json, json};

use crate::db::{Row, Tx};
use crate::failure::{Failure, Result};
use crate::house::Keys;
use crate::matters::{self, Ask, Desk, Loaded};
use crate::registers::Registers;

/// Who reads the records themselves.
pub const READERS: &[&str] = &["R17", "R18"];
/// And who reads the figures: the joint office.
pub const COUNTERS: &[&str] = &["R14", "R15", "R17", "R18"];

/// One act of enforcement with its keys.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: i64,
    pub number: String,
    pub said: Record,
}
fn read(mut row: Row) -> Result<Told> {
    #[derive(serde::Deserialize)]
    struct Body {
        state: EnforcementRecord,
    }
    let body: Body = serde_json::from_str(row.text(2))?;
    Ok(Told { id: row.int(0), number: row.take(1), said: body.state.said().clone() })
}
/// The enterprise in a record. Its digest in a complaint (`Keys::blind` of its code) is digested once more: a stolen file joins the two
/// as little as it names either.
pub(crate) fn firm_of(keys: &Keys, firm: &str) -> String {
    keys.blind(&format!("enforcement|{firm}"))
}
/// Fills in the digest of the enterprise; a code that cannot be one is told before it is sealed.
///
/// # Errors
/// What is wrong with the code.
pub fn complete(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    let Some(uscc) = form.get("uscc").and_then(Json::as_str).filter(|t| !t.is_empty()) else { return Ok(()) };
    if !matches!(ask.action, "record" | "enter_record") {
        return Ok(());
    }
    let code = credit::check(uscc).map_err(|w| Failure::Refused(Refusal::at("uscc", w.say)))?;
    let firm = firm_of(&desk.house.keys, &desk.house.keys.blind(&code));
    form.insert("uscc".into(), json!(code));
    form.insert("firm".into(), json!(firm));
    Ok(())
}
/// After a record was made: it is found by its enterprise and unit.
///
/// # Errors
/// A fault of the engine.
pub fn kept(desk: &mut Desk, loaded: &Loaded) -> Result<()> {
    let Some(record) = loaded.of::<EnforcementRecord>() else { return Ok(()) };
    let said = record.state.said();
    queries::put_firm(desk.tx, &format!("{}|{}", said.firm, said.org), loaded.id)
}
/// What a unit decided on an enterprise from one day to another. `firm`: `Keys::blind` of its code.
///
/// # Errors
/// A fault of the engine.
pub fn records_of(tx: &Tx, keys: &Keys, firm: &str, org: &str, (from, to): (Date, Date)) -> Result<Vec<Told>> {
    let mut all = vec![];
    for row in queries::of_firm(tx, &format!("{}|{org}", firm_of(keys, firm)))? {
        let stands = matters::load_by_id(tx, row.int(0))?.is_some_and(|l| l.of::<EnforcementRecord>().is_some_and(|m| !m.state.voided()));
        all.extend(Some(read(row)?).filter(|t| stands && t.said.decided_on.is_some_and(|d| from <= d && d <= to)));
    }
    Ok(all)
}
/// The newest day, up to today, on which something was decided.
///
/// # Errors
/// A fault of the engine.
pub fn newest(tx: &Tx, today: Date) -> Result<Option<Date>> {
    Ok(queries::newest(tx, &today.to_string())?.and_then(|day| day.parse().ok()))
}
/// What was decided in these days as this person may know it: whoever reads records the ones in his sight, the joint office all of them
/// as figures.
///
/// # Errors
/// A fault of the engine.
pub fn decided(tx: &Tx, registers: &Registers, who: &Person, (from, to): (Date, Date), org: &str) -> Result<Vec<Told>> {
    let reads = READERS.iter().any(|r| in_role(who, r));
    let keys = if reads { holders(who) } else { vec![] };
    let rows = queries::decided(tx, (&from.to_string(), &to.to_string()), org, &keys, &matters::barred(who, registers))?;
    rows.into_iter().map(read).collect()
}
