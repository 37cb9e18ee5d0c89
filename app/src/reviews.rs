//! What the house knows of a review beyond its page: the edition a sheet is scored by, the dossier's papers for the reading room.
use domain::engine::{Form, Matter, Refusal, refusals};
use domain::procedures::review::{Review, scoring::Deduction, sheet};
use domain::procedures::standard::{Edition, Standard};
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::files::{self, File};
use crate::matters::{self, Ask, Desk, Loaded};

/// The field a step's sheet is given under.
pub fn sheet_field(action: &str) -> Option<&'static str> {
    match action {
        "submit" => Some("sheet"),
        "re_examine" => Some("second_sheet"),
        _ => None,
    }
}
/// The review in a loaded matter; nothing where it is another kind.
///
/// # Errors
/// A body that no longer reads.
pub fn review(loaded: &Loaded) -> Result<Option<Review>> {
    if loaded.matter.kind() != "review" {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str::<Matter<Review>>(&loaded.matter.body())?.state))
}
/// The edition a review is pinned to.
///
/// # Errors
/// `NotFound` where there is none of this number.
pub fn edition(tx: &Tx, number: &str) -> Result<Edition> {
    let loaded = matters::load(tx, number)?.filter(|l| l.matter.kind() == "standard").ok_or(Failure::NotFound)?;
    Ok(serde_json::from_str::<Matter<Standard>>(&loaded.matter.body())?.state.edition().clone())
}
/// Papers of the dossier under review, in the order they came in, with the dossier's row key.
///
/// # Errors
/// A fault of the engine.
pub fn papers(tx: &Tx, review: &Review) -> Result<(i64, Vec<File>)> {
    let Some(id) = matters::load(tx, review.about().0)?.map(|l| l.id) else { return Ok((0, vec![])) };
    Ok((id, files::of_matter(tx, id)?.into_iter().filter(|(_, field)| field == "files").map(|(f, _)| f).collect()))
}
/// Before the gate: what each item is worth, from the edition, whoever sends the sheet.
///
/// # Errors
/// What is wrong with the sheet, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let Some(field) = sheet_field(ask.action) else { return Ok(()) };
    // What does not read as rows is the gate's to refuse.
    let Some(rows) = form.get(field).and_then(|v| serde_json::from_value::<Vec<Deduction>>(v.clone()).ok()) else { return Ok(()) };
    let Some(review) = review(loaded)? else { return Ok(()) };
    let (rows, faults) = sheet::complete(&edition(desk.tx, review.pinned().0)?, rows);
    // A review pinned to whole sheets is judged by them; here only worths are filled in.
    if let Some(f) = faults.first().filter(|_| review.pins().is_empty()) {
        let say = format!("第 {} 行：{}", f.row + 1, f.say);
        return Err(Refusal { fields: vec![(field.to_owned(), say)], ..refusals::BAD_FORM }.into());
    }
    form.insert(field.to_owned(), Json::Array(rows.into_iter().map(|d| json!(d)).collect()));
    Ok(())
}
