//! Whoever serves for a term – an expert, an observer – holds his role for that long, and what he declares bars him.
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;

use crate::conflicts;
use crate::failure::Result;
use crate::matters::Desk;
use crate::registers::{self, Amendment};

/// A role held for a term, in the organisation that keeps the roll.
pub(super) struct Term<'a> {
    pub person: &'a str,
    pub role: &'a str,
    pub owner: &'a str,
    /// The first and the last day.
    pub days: (Option<Date>, Option<Date>),
}
impl Term<'_> {
    /// From the first day of the term to the last, or from today no more.
    pub fn hold(&self, desk: &mut Desk, in_force: bool, by: (&str, &str)) -> Result<()> {
        let key = format!("{}|{}|{}|", self.person, self.role, self.owner);
        let held = registers::history(desk.tx, "holding", &key)?.first().is_some_and(|(_, _, body)| body.is_some());
        if !in_force && !held {
            return Ok(());
        }
        let (from, (first, last)) = (desk.now.today, self.days);
        let body =
            in_force.then(|| json!({"from": first.unwrap_or(from).to_string(), "until": last.map(|d| d.to_string()).unwrap_or_default()}));
        registers::amend(desk, Amendment { register: "holding", key: &key, from, body, personal: &[], batch: "", by }).map(drop)
    }
}
/// Everything he has declared of this kind stands in the register, target by target with its reason; what he no longer declares is ended.
/// `words`: how the reasons begin that follow from a declaration; no other row ends with it.
pub(super) fn declared(
    desk: &mut Desk,
    person: &str,
    kind: &str,
    words: &str,
    all: &BTreeMap<String, String>,
    by: (&str, &str),
) -> Result<()> {
    let stale: Vec<String> = desk.registers.conflicts_of(person).iter().filter(|c| c.kind == kind).map(|c| c.target.clone()).collect();
    for target in stale.iter().filter(|t| !all.contains_key(*t)) {
        conflicts::withdraw(desk, person, (kind, target), words, by)?;
    }
    all.iter().try_for_each(|(target, why)| conflicts::register(desk, person, (kind, target), why, by))
}
