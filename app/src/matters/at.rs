//! The circumstances of an act, loaded inside its transaction: kin, conflicts, limits, calendar.
use domain::engine::{AnyMatter, At, Kin, Matter, Person, Procedure};
use std::any::Any;
use std::sync::Arc;

use super::queries;
use crate::db::Tx;
use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::registers::Registers;

/// A matter with its keys.
pub struct Loaded {
    /// Row key.
    pub id: i64,
    /// 编号, also its stream on the ledger.
    pub number: String,
    /// The matter.
    pub matter: Box<dyn AnyMatter>,
}
impl Loaded {
    /// The matter with its type; nothing where it is of another kind.
    pub fn of<S: Procedure>(&self) -> Option<&Matter<S>> {
        (self.matter.as_ref() as &dyn Any).downcast_ref()
    }
}
/// The matter of this number, whoever asks: the caller must look at the standings.
///
/// # Errors
/// A fault of the engine, or a body that no longer reads.
pub fn load(tx: &Tx, number: &str) -> Result<Option<Loaded>> {
    queries::matter(tx, number)?.map(read).transpose()
}
/// Likewise, with its type; nothing where it is of another kind.
///
/// # Errors
/// As `load`.
pub fn load_as<S: Procedure>(tx: &Tx, number: &str) -> Result<Option<Matter<S>>> {
    let loaded: Option<Box<dyn Any>> = load(tx, number)?.map(|l| l.matter as _);
    Ok(loaded.and_then(|m| m.downcast().ok()).map(|m| *m))
}
/// Likewise, by row key.
///
/// # Errors
/// As `load`.
pub fn load_by_id(tx: &Tx, id: i64) -> Result<Option<Loaded>> {
    queries::matter_by_id(tx, id)?.map(read).transpose()
}
fn read(mut row: crate::db::Row) -> Result<Loaded> {
    let kind = domain::procedures::kind(row.text(2)).ok_or_else(|| Failure::Fault(format!("未知的流程 {}", row.text(2))))?;
    Ok(Loaded { id: row.int(0), matter: (kind.load)(row.text(3))?, number: row.take(1) })
}

/// Numbers of the matters in which this person took a step himself while this role of the organisation opened them to him.
///
/// # Errors
/// As `load`.
pub fn acted_in(tx: &Tx, person: &str, role: &str, org: &str) -> Result<Vec<String>> {
    let mut all = vec![];
    for id in queries::naming(tx, person, role, org)? {
        let Some(loaded) = load_by_id(tx, id)? else { continue };
        // His own post names him too, and a step of his there is no part taken in a case.
        let took = loaded.matter.hands().values().any(|hands| hands.iter().any(|h| h == person));
        if took && loaded.matter.kind() != "secondment" {
            all.push(loaded.number);
        }
    }
    Ok(all)
}

/// What a rule may look at besides the matter.
pub struct Circumstances {
    now: Now,
    registers: Arc<Registers>,
    kin: Vec<Kin>,
    recused: bool,
}
impl Circumstances {
    /// Of a matter that exists.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn of(tx: &Tx, loaded: &Loaded, who: &Person, now: Now, registers: &Arc<Registers>) -> Result<Self> {
        let kin = queries::kin(tx, loaded.id)?;
        let recused = recused(tx, Some(loaded.id), "", who, registers)?;
        Ok(Self { now, registers: registers.clone(), kin, recused })
    }
    /// Of one about to be opened, linked to these.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn of_opening(tx: &Tx, links: &[i64], org: &str, who: &Person, now: Now, registers: &Arc<Registers>) -> Result<Self> {
        let mut kin = vec![];
        for id in links {
            kin.extend(queries::as_kin(tx, *id)?);
        }
        Ok(Self { now, registers: registers.clone(), kin, recused: recused(tx, None, org, who, registers)? })
    }
    /// As the engine takes them.
    pub fn at<'a>(&'a self, who: &'a Person) -> At<'a> {
        At {
            now_ms: self.now.ms,
            today: self.now.today,
            who,
            recused: self.recused,
            kin: &self.kin,
            limits: &self.registers.limits,
            parameters: &self.registers.parameters,
            calendar: &self.registers.calendar,
        }
    }
}
/// Whether this matter is out of the person's sight: a registered conflict of interest with it or another of the same case, with its
/// organisation or any above it (boundary 5), or a seat among those who judge that case blind.
///
/// # Errors
/// A fault of the engine.
pub fn recused(tx: &Tx, id: Option<i64>, org: &str, who: &Person, registers: &Registers) -> Result<bool> {
    let barred = super::list::barred(who, registers);
    match id {
        _ if who.is_house() || barred.is_empty() => Ok(false),
        Some(id) => queries::covers(tx, id, &barred),
        None => Ok(barred.orgs.iter().any(|o| o == org)),
    }
}
/// Whether this person stands in any way toward the matter: to him it exists.
///
/// # Errors
/// A fault of the engine.
pub fn knows(tx: &Tx, loaded: &Loaded, who: &Person, now: Now, registers: &Arc<Registers>) -> Result<bool> {
    let circumstances = Circumstances::of(tx, loaded, who, now, registers)?;
    Ok(!loaded.matter.mine(&circumstances.at(who)).is_empty())
}
/// Whether a registered conflict of this person bars him from the matter.
///
/// # Errors
/// A fault of the engine.
pub fn conflicted(tx: &Tx, id: i64, person: &str, registers: &Registers) -> Result<bool> {
    let barred = super::list::barred_by(registers.conflicts_of(person), registers);
    if barred.is_empty() { Ok(false) } else { queries::covers(tx, id, &barred) }
}
