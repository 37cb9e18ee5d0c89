//! 判重: which matters of the house a row may be the same as – the same old number, or the same case of the same organisation.
//! A matter one may not see is the same as nothing.
use domain::engine::{Entry, Form, Person, holders};
use serde_json::Value as Json;
use sheets::{RowRead, Table, Verdict};
use std::collections::BTreeMap;

use super::history::{KINDS, history, opens};
use super::queries;
use crate::db::Tx;
use crate::failure::Result;
use crate::house::Keys;
use crate::matters::{self, Desk, Loaded};
use crate::registers::Registers;

/// Keys under which a matter is found again: its old number, letter, order or badge, the same case of the same organisation, the same paper of the
/// same procuratorate. Only their keyed digests are kept: some ledgers number by telephone or person.
fn keys(house: &Keys, form: &Form) -> Vec<String> {
    let text = |f: &str| form.get(f).and_then(Json::as_str).map(str::trim).filter(|t| !t.is_empty());
    let old = text("old_no").or(text("letter_no")).map(|n| format!("no|{n}"));
    let case = text("org").zip(text("case_no")).map(|(org, n)| format!("case|{org}|{}", sheets::canonical(n)));
    let paper = text("proc_org").zip(text("doc_no")).map(|(org, n)| format!("paper|{org}|{}", sheets::canonical(n)));
    let badge = text("cert_no").map(|n| format!("badge|{}", sheets::canonical(n)));
    let order = text("order_no").map(|n| format!("order|{n}"));
    let act = text("org").zip(text("doc_no")).filter(|_| form.contains_key("decided_on"));
    let act = act.map(|(org, n)| format!("act|{org}|{}", sheets::canonical(n)));
    old.into_iter().chain(badge).chain(order).chain(case).chain(paper).chain(act).map(|key| house.blind(&key)).collect()
}
/// The digest of a key that an earlier build kept in words, and as they stood.
pub(crate) fn of_before(house: &Keys, key: &str) -> String {
    match key.rsplit_once('|').filter(|_| !key.starts_with("no|")) {
        Some((of, number)) => house.blind(&format!("{of}|{}", sheets::canonical(number))),
        None => house.blind(key),
    }
}
/// Keeps the keys of a matter that ledgers are imported of, with its opening and its corrections; one taken back is the same as nothing.
///
/// # Errors
/// A fault of the engine.
pub fn keep(desk: &Desk, loaded: &Loaded, entry: &Entry) -> Result<()> {
    let Some((action, contents)) = entry.action().filter(|_| KINDS.contains(&loaded.matter.kind())) else { return Ok(()) };
    let (opening, kind) = (!entry.number.is_empty(), loaded.matter.kind());
    if opening {
        let none = Form::new();
        return keys(&desk.house.keys, contents.as_object().unwrap_or(&none))
            .iter()
            .try_for_each(|k| queries::put_match_key(desk.tx, kind, k, loaded.id));
    }
    let named = ["org", "case_no"].iter().any(|f| contents.get(f).is_some());
    if action != "void" && !named {
        return Ok(());
    }
    let body: Json = serde_json::from_str(&loaded.matter.body())?;
    // What a row said may stand beside the rest: the letter of an expert, the badge of an observer.
    let part = |at: &str| body.pointer(at).and_then(Json::as_object).cloned().unwrap_or_default();
    let said: Form = part("/state").into_iter().chain(part("/state/said")).collect();
    keys(&desk.house.keys, &said).iter().try_for_each(|k| match action {
        "void" => queries::drop_match_key(desk.tx, kind, k, loaded.id),
        _ => queries::put_match_key(desk.tx, kind, k, loaded.id),
    })
}
/// Who looks, and for what.
pub struct Looker<'a> {
    holders: Vec<String>,
    barred: matters::Barred,
    codes: &'a BTreeMap<String, String>,
    /// The ledger, and the kind of matter its rows open.
    ledger: &'static str,
    kind: &'static str,
    keys: &'a Keys,
}
impl<'a> Looker<'a> {
    pub fn new(ledger: &'static str, who: &Person, registers: &Registers, codes: &'a BTreeMap<String, String>, keys: &'a Keys) -> Self {
        Self { ledger, kind: opens(ledger).unwrap_or(ledger), keys, holders: holders(who), barred: matters::barred(who, registers), codes }
    }
    /// Numbers of the matters the row may be the same as, of those below this id.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn like(&self, tx: &Tx, row: &RowRead, below: i64) -> Result<Vec<String>> {
        let mut numbers = vec![];
        for key in keys(self.keys, &history(self.ledger, &row.values, self.codes).1) {
            for id in queries::matched(tx, self.kind, &key)?.into_iter().filter(|id| *id < below) {
                if matters::holds(tx, id, &self.holders, &self.barred)? {
                    numbers.extend(queries::number(tx, id)?.filter(|n| !numbers.contains(n)));
                }
            }
        }
        Ok(numbers)
    }
    /// Marks the rows of a table that the house seems to hold already.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn mark(&self, tx: &Tx, table: &mut Table) -> Result<()> {
        if !queries::any_match_key(tx, self.kind)? {
            return Ok(());
        }
        for row in table.rows.iter_mut().filter(|r| matches!(r.verdict, Verdict::Good | Verdict::Noted)) {
            row.known = self.like(tx, row, i64::MAX)?;
            if !row.known.is_empty() {
                row.verdict = Verdict::Known;
            }
        }
        Ok(())
    }
}
