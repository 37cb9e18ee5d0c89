//! What the house knows of a review beyond its page: what a sheet is scored by, the dossier's papers for the reading room.
use domain::engine::{Form, Refusal, refusals};
use domain::procedures::review::Review;
use domain::procedures::review::counting::{self, CardAnswer};
use domain::procedures::review::scoring::Deduction;
use domain::procedures::review::sheet::{Basis, Fault, Part};
use domain::standards::Content;
use serde_json::json;

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
pub fn papers(tx: &Tx, house: &House, review: &Review) -> Result<(i64, Vec<File>)> {
    let Some(id) = matters::load(tx, review.about().0)?.map(|l| l.id) else { return Ok((0, vec![])) };
    Ok((id, files::of_matter(tx, house, id)?.into_iter().filter(|(_, field)| field == "files").map(|(f, _)| f).collect()))
}
/// Before the gate: what each item is worth, from the edition, whoever sends the sheet; on whole sheets, what the scoring comes to.
///
/// # Errors
/// What is wrong with the sheet, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let (Some(field), Some(review)) = (sheet_field(ask.action), loaded.of::<Review>().map(|m| &m.state)) else { return Ok(()) };
    let given = |form: &Form, name: &str| form.get(name).cloned().unwrap_or_else(|| json!([]));
    // What does not read as rows is the gate's to refuse.
    let Ok(rows) = serde_json::from_value::<Vec<Deduction>>(given(form, field)) else { return Ok(()) };
    let basis = basis(desk.tx, desk.house, review)?;
    let (rows, faults) = basis.complete(rows);
    if let Some(kept) = form.get_mut(field) {
        *kept = json!(rows);
    }
    if review.pins().is_empty() {
        let say =
            |f: &Fault| Refusal { fields: vec![(field.to_owned(), format!("第 {} 行：{}", f.row + 1, f.say))], ..refusals::BAD_FORM };
        return faults.first().map_or(Ok(()), |f| Err(say(f).into()));
    }
    let Ok(answers) = serde_json::from_value::<Vec<CardAnswer>>(given(form, "card")) else { return Ok(()) };
    let sheets = basis.sheets().ok_or_else(|| Failure::Fault("固定的评查表不在了".into()))?;
    let (counted, graded) = counting::count(sheets, review.scale(), field, &rows, &answers)?;
    form.extend([("counted".to_owned(), json!(counted)), ("graded".to_owned(), json!(graded))]);
    Ok(())
}
