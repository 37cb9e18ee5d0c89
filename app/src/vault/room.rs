//! What of a matter is sealed, and who may read it in the reading room of the intake.
use domain::engine::{Person, Standing, is_vault_ref};
use domain::procedures::enterprise_appeal::{EnterpriseAppeal, guard};
use serde_json::json;

use super::note;
use crate::db::Tx;
use crate::edge::day_of;
use crate::failure::Result;
use crate::matters::{Desk, Loaded};
use crate::people;
use crate::registers::Registers;

/// What lies sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A text, by its reference.
    Text(String),
    /// A file, by its number.
    File(String),
}
impl Kept {
    /// Its reference or number.
    pub fn id(self) -> String {
        let (Self::Text(id) | Self::File(id)) = self;
        id
    }
}
/// One sealed value of a matter.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Of its field.
    pub label: &'static str,
    /// Name of its field.
    pub name: &'static str,
    /// Of the step that brought it.
    pub step: &'static str,
    /// The day it came; nobody needs the minute.
    pub day: jiff::civil::Date,
    pub kept: Kept,
}
/// Everything of a matter that lies in this compartment, in the order it came.
///
/// # Errors
/// A fault of the engine.
pub fn sealed_of(tx: &Tx, loaded: &Loaded, compartment: &str) -> Result<Vec<Sealed>> {
    let mut all = vec![];
    let Some(kind) = domain::procedures::kind(loaded.matter.kind()) else { return Ok(all) };
    for entry in crate::ledger::stream(tx, &loaded.number)? {
        let Ok(told) = serde_json::from_slice::<domain::engine::Entry>(&entry.event.payload) else { continue };
        let Some((action, contents)) = told.action() else { continue };
        let Some(row) = kind.step(action) else { continue };
        for f in row.fields.iter().filter(|f| f.vault == Some(compartment)) {
            let Some(value) = contents.get(f.name) else { continue };
            let text = value.as_str().and_then(is_vault_ref).map(|r| Kept::Text(r.to_owned()));
            let files = crate::matters::file_ids(value).into_iter().map(|id| Kept::File(id.to_owned()));
            let one = |kept| Sealed { label: f.label, name: f.name, step: row.label, day: day_of(entry.event.time_ms), kept };
            all.extend(text.into_iter().chain(files).map(one));
        }
    }
    Ok(all)
}
/// Whether this person, who stands so toward the matter, may enter the reading room: the intake, never the accused side, never one of the
/// three administrators. Forwarding guard at reading (trust.md 4.3): nobody of an accused organisation or one under it, nor of the office
/// above whose chief is named, whatever he holds.
pub fn may_read(registers: &Registers, who: &Person, mine: &[Standing], loaded: &Loaded) -> bool {
    let index = loaded.matter.index();
    let appeal = loaded.of::<EnterpriseAppeal>().map(|m| &m.state);
    let accused = appeal.map_or_else(|| vec![index.org.as_str()], EnterpriseAppeal::accused);
    let accused: Vec<&str> = accused.into_iter().filter(|o| !o.is_empty()).collect();
    let above = |org: &str| registers.org(org).map(|o| o.parent.clone());
    let free = |org: &String| guard::verdict(org, &accused, appeal.is_some_and(EnterpriseAppeal::chief_named), above) == guard::FREE;
    let intake = mine.contains(&Standing::Intake);
    let party = mine.iter().any(|s| matches!(s, Standing::Respondent | Standing::Officer));
    let admin = who.roles.iter().any(|r| people::ADMINS.contains(&r.role.as_str()));
    let mut orgs = std::iter::once(&who.org).chain(who.roles.iter().map(|r| &r.org));
    intake && !party && !admin && orgs.all(free)
}
/// A reading, with its ground: an entry that names the reader, durable before anything is shown.
///
/// # Errors
/// A fault of the engine.
pub fn note_reading(desk: &mut Desk, number: &str, ground: &str, file: &str, by: &str) -> Result<()> {
    note(desk, &format!("vault/{number}"), "original_read", &json!({"ground": ground, "file": file}), (by, "Intake"))
}
