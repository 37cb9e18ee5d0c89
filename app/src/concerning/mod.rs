//! 与我有关 (B12, A/R10): what concerns an officer himself, what he may do about it and by when; and the receipt that proves that what he
//! said has arrived.
mod queries;

use domain::engine::{Entry, Holder, Offer, Person, Standing, is_vault_ref};
use ledger::{Hash, Inclusion};
use serde_json::Value as Json;
use std::sync::Arc;

use crate::db::Tx;
use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::{CHAIN_MAIN, Kept};
use crate::matters::{self, Circumstances, Item};
use crate::registers::Registers;
use crate::vault;

/// A matter that is about this person, with what he may do now.
pub struct Mine {
    pub item: Item,
    pub offers: Vec<Offer>,
}
/// Everything in which this person stands as the officer it is about.
///
/// # Errors
/// A fault of the engine.
pub fn mine(tx: &Tx, house: &House, who: &Person, now: Now) -> Result<Vec<Mine>> {
    let registers: Arc<Registers> = house.registers(tx)?;
    let mut all = vec![];
    for id in queries::naming(tx, &Holder::Person(who.id.clone()).key(""))? {
        let Some(loaded) = matters::load_by_id(tx, id)? else { continue };
        let circumstances = Circumstances::of(tx, &loaded, who, now, &registers)?;
        let at = circumstances.at(who);
        if !loaded.matter.mine(&at).contains(&Standing::Officer) {
            continue;
        }
        let Some(row) = matters::item_of(tx, id)? else { continue };
        let offers = loaded.matter.offered(&at).into_iter().filter(|o| o.blocked.is_none()).collect();
        all.push(Mine { item: Item::read(tx, house, &registers, who, row)?, offers });
    }
    Ok(all)
}

/// What has a receipt: what he says, and what he asks for.
pub const RECEIPTED: &[&str] = &[
    "state",
    "state_on_paper",
    "state_late",
    "waive_statement",
    "apply_recusal",
    "apply_review",
    "appeal_directly",
    "appeal",
    "ask_correction",
];

/// Proof that an entry stands on the ledger.
pub struct Receipt {
    pub kept: Kept,
    pub entry: Entry,
    /// The officer sent it himself; otherwise it was entered for him.
    pub online: bool,
    /// `(reference, commitment, salt)` of each text; the salt for its author alone.
    pub texts: Vec<(String, Hash, Option<[u8; 32]>)>,
    /// He who reads it is its author, and gets its bytes.
    own: bool,
    /// The first checkpoint that covers it: `(entries, text)`.
    pub checkpoint: Option<(u64, String)>,
}
/// The receipt of the entry at this position of this matter.
///
/// # Errors
/// `NotFound` where there is no such entry, or it is of another kind.
pub fn receipt(tx: &Tx, who: &Person, number: &str, seq: u64) -> Result<Receipt> {
    let kept = crate::ledger::stream(tx, number)?.into_iter().find(|k| k.seq == seq).ok_or(Failure::NotFound)?;
    let entry: Entry = serde_json::from_slice(&kept.event.payload)?;
    let (_, contents) = entry.action().filter(|(a, _)| RECEIPTED.contains(a)).ok_or(Failure::NotFound)?;
    let own = entry.stamp.by == who.id;
    let said = |r: &str| contents.as_object().is_some_and(|o| o.values().any(|v| v.as_str().and_then(is_vault_ref) == Some(r)));
    let mut texts = vec![];
    for (reference, commitment) in &kept.event.vault_refs {
        let salt = if own && said(reference) { vault::salt_of(tx, reference)? } else { None };
        texts.push((reference.clone(), *commitment, salt));
    }
    let checkpoint = crate::ledger::covering(tx, CHAIN_MAIN, kept.seq)?;
    Ok(Receipt { checkpoint, own, online: entry.stamp.standing == Standing::Officer, texts, entry, kept })
}
/// The file of a receipt, once a checkpoint covers it. Reads every fingerprint up to there: for who asks for the file, not for its page.
///
/// # Errors
/// A fault of the engine.
pub fn proof(tx: &Tx, receipt: Receipt) -> Result<Option<Inclusion>> {
    let Receipt { kept, own, checkpoint: Some((size, checkpoint)), .. } = receipt else { return Ok(None) };
    let mut hashes: Vec<Hash> = vec![];
    crate::ledger::each(tx, CHAIN_MAIN, |row| {
        let h = row.bytes(2).try_into().map_err(|_| Failure::Fault("台账指纹损坏".into()))?;
        hashes.push(h);
        Ok(hashes.len() as u64 != size)
    })?;
    let index = kept.seq.saturating_sub(1);
    let Ok(place) = usize::try_from(index) else { return Ok(None) };
    let path = ledger::inclusion_proof(kept.event.alg, &hashes, place);
    Ok(Some(Inclusion { entry: if own { kept.event.encode() } else { kept.h }, index, path, checkpoint }))
}
/// Positions of the entries of a matter that have a receipt, oldest first, with their labels.
///
/// # Errors
/// A fault of the engine.
pub fn receipts(tx: &Tx, number: &str) -> Result<Vec<(u64, &'static str)>> {
    let mut all = vec![];
    for kept in crate::ledger::stream(tx, number)? {
        let entry: Entry = serde_json::from_slice(&kept.event.payload)?;
        let action = entry.action().map_or("", |(a, _)| a);
        let kind = domain::procedures::kind("negative_list_entry");
        if let Some(step) = kind.and_then(|k| k.step(action)).filter(|_| RECEIPTED.contains(&action)) {
            all.push((kept.seq, step.label));
        }
    }
    Ok(all)
}
/// Number of lines that say something: each is answered by itself.
pub fn points(form: &domain::engine::Form, field: &str) -> usize {
    form.get(field).and_then(Json::as_str).map_or(0, |t| t.lines().filter(|l| !l.trim().is_empty()).count())
}
