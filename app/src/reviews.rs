//! What the house knows of a review beyond its page: what a sheet is scored by, the dossier's papers for the reading room.
use domain::engine::{Form, Refusal, refusals};
use domain::procedures::review::Review;
use domain::procedures::review::scoring::Deduction;
use domain::procedures::review::sheet::{Basis, Part};
use domain::standards::Content;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::files::{self, File};
use crate::house::House;
use crate::matters::{self, Ask, Desk, Loaded};
use crate::standards;

/// The field a step's sheet is given under.
pub fn sheet_field(action: &str) -> Option<&'static str> {
    match action {
        "submit" => Some("sheet"),
        "re_examine" => Some("second_sheet"),
        _ => None,
    }
}
/// What a review's sheets are counted on: what it is pinned to, or the rows of its standard.
///
/// # Errors
/// `NotFound` where there is no such standard.
pub fn basis(tx: &Tx, house: &House, review: &Review) -> Result<Basis> {
    let mut basis = Basis::default();
    for pin in review.pins() {
        let (edition, content) = standards::edition(tx, house, &pin.standard)?.ok_or(Failure::NotFound)?;
        match content {
            Some(Content::Card(card)) => basis.card = Some(*card),
            Some(Content::Sheet(sheet)) => basis.parts.push(Part { edition, sheet: Some(*sheet) }),
            None => basis.parts.push(Part { edition, sheet: None }),
        }
    }
    if basis.parts.is_empty() {
        let (edition, _) = standards::edition(tx, house, review.standard())?.ok_or(Failure::NotFound)?;
        basis.parts.push(Part { edition, sheet: None });
    }
    Ok(basis)
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
    let Some(review) = loaded.of::<Review>().map(|m| &m.state) else { return Ok(()) };
    let (rows, faults) = basis(desk.tx, desk.house, review)?.complete(rows);
    // A review pinned to whole sheets is judged by them; here only what they know is filled in.
    if let Some(f) = faults.first().filter(|_| review.pins().is_empty()) {
        let say = format!("第 {} 行：{}", f.row + 1, f.say);
        return Err(Refusal { fields: vec![(field.to_owned(), say)], ..refusals::BAD_FORM }.into());
    }
    form.insert(field.to_owned(), Json::Array(rows.into_iter().map(|d| json!(d)).collect()));
    Ok(())
}
