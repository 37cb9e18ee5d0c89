//! What a reporter reads of his matter: what he sent, what he is answered, how far it is. Days, never hours (trust.md 4.3).
use domain::engine::{Entry, Shape, Standing, is_vault_ref};
use jiff::civil::Date;
use serde_json::Value as Json;

use super::Held;
use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{Loaded, file_ids, text_of, with_names};
use crate::registers::Registers;
use crate::{ledger, vault};

/// One step, as the reporter reads it.
#[derive(Clone, Debug)]
pub struct Letter {
    pub on: Date,
    pub label: &'static str,
    /// His own.
    pub own: bool,
    /// `(label, text)`.
    pub texts: Vec<(&'static str, String)>,
}
/// Every step he may read, newest first. Leaves no read record: one would tell when he looked.
///
/// # Errors
/// A fault of the engine.
pub fn letters(tx: &Tx, house: &House, registers: &Registers, loaded: &Loaded, held: &Held) -> Result<Vec<Letter>> {
    let mut all = vec![];
    for kept in ledger::stream(tx, &loaded.number)? {
        let Ok(entry) = serde_json::from_slice::<Entry>(&kept.event.payload) else { continue };
        let own = entry.stamp.standing == Standing::Reporter;
        // Steps of the house that nobody else may read are not his either: `timeline` alone decides.
        let Some(told) = loaded.matter.timeline(&entry, &[Standing::Reporter], "reporter") else { continue };
        let Some((action, contents)) = entry.action() else { continue };
        let fields = domain::procedures::kind(loaded.matter.kind()).and_then(|k| k.step(action)).map_or(&[][..], |s| s.fields);
        let mut texts = vec![];
        for f in fields {
            let value = contents.get(f.name).unwrap_or(&Json::Null);
            // Whatever of a step he reads is sealed to him: his own words, and the answers to them.
            let mine = f.vault == Some("original");
            let read = told.fields.iter().any(|(known, _)| known.name == f.name);
            if value.is_null() || !(mine || read) || f.computed {
                continue;
            }
            let text = match value.as_str().and_then(is_vault_ref) {
                Some(reference) if mine => match vault::open_with(tx, &held.private, reference)? {
                    Some(text) => text,
                    None => continue,
                },
                // Names lie encrypted with the files, and to tell them each would have to be opened whole.
                _ if matches!(f.shape, Shape::Files) => format!("{} 份", file_ids(value).len()),
                _ => {
                    let mut open = |r: &str| Ok(vault::open(tx, &house.keys, r)?.unwrap_or_default());
                    text_of(f, with_names(tx, f, value)?.as_ref(), registers, &mut open)?
                }
            };
            texts.push((f.label, text));
        }
        all.push(Letter { on: entry.stamp.on, label: told.label, own, texts });
    }
    all.reverse();
    Ok(all)
}
