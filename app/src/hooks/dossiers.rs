//! Who had to do with a case may review neither it nor what is opened on it (F1); a sealed case keeps no text that names its parties (F3).
use domain::engine::{Entry, is_vault_ref};
use domain::procedures::dossier::Dossier;
use domain::procedures::review::Review;
use serde_json::Value as Json;

use super::shred;
use crate::failure::Result;
use crate::matters::{self, Desk, Loaded};
use crate::{conflicts, search, vault};

/// How the reasons of rows begin that follow from a dossier: no other row ends with it.
const NAMED: &str = "案卷登记的涉案人员：";

pub(super) fn after(desk: &mut Desk, loaded: &Loaded, entry: &Entry, by: (&str, &str)) -> Result<()> {
    let Some((action, contents)) = entry.action() else { return Ok(()) };
    let text = |name: &str| contents.get(name).and_then(Json::as_str).unwrap_or("");
    match action {
        "seal" => seal(desk, loaded, by),
        "name_person" => targets(desk, loaded)?.iter().try_for_each(|n| named(desk, text("person"), text("capacity"), n, by)),
        _ => {
            let all = targets(desk, loaded)?;
            all.iter().try_for_each(|n| conflicts::withdraw(desk, text("named"), ("matter", n), NAMED, by))
        }
    }
}
fn named(desk: &mut Desk, person: &str, capacity: &str, number: &str, by: (&str, &str)) -> Result<()> {
    conflicts::register(desk, person, ("matter", number), &format!("{NAMED}{capacity}"), by)
}
/// The dossier and its reviews.
fn targets(desk: &Desk, loaded: &Loaded) -> Result<Vec<String>> {
    let mut all = matters::linked(desk.tx, loaded.id, "review")?;
    all.insert(0, loaded.number.clone());
    Ok(all)
}
/// A review opened on a dossier bars whom the dossier names.
pub(super) fn of_review(desk: &mut Desk, loaded: &Loaded, by: (&str, &str)) -> Result<()> {
    let Some(review) = loaded.of::<Review>() else { return Ok(()) };
    let Some(dossier) = matters::load_as::<Dossier>(desk.tx, review.state.about().0)? else { return Ok(()) };
    dossier.state.people().iter().try_for_each(|(capacity, person)| named(desk, person, capacity, &loaded.number, by))
}
/// Also what was overwritten before the seal: a corrected name is still a name.
fn seal(desk: &mut Desk, loaded: &Loaded, by: (&str, &str)) -> Result<()> {
    let Some(dossier) = loaded.of::<Dossier>() else { return Ok(()) };
    let mut refs: Vec<String> = dossier.state.names().into_iter().map(ToOwned::to_owned).collect();
    for kept in crate::ledger::stream(desk.tx, &loaded.number)? {
        let entry: Entry = serde_json::from_slice(&kept.event.payload)?;
        let Some((_, contents)) = entry.action() else { continue };
        let said = ["parties", "result", "remark", "agents"].iter().filter_map(|f| is_vault_ref(contents.get(f)?.as_str()?));
        refs.extend(said.map(ToOwned::to_owned));
    }
    refs.sort_unstable();
    refs.dedup();
    shred(desk, &loaded.number, refs, &loaded.number, by)?;
    let resolve = &mut |r: &str| Ok(vault::open(desk.tx, &desk.house.keys, r)?.filter(|t| t != vault::SHREDDED).unwrap_or_default());
    let docs = matters::docs(loaded.matter.as_ref(), &loaded.number, &desk.registers, resolve)?;
    search::put(desk.tx, &desk.house.keys, loaded.id, &docs, true)
}
