//! 负面清单 (B12): what a nomination says of its review, how many points a statement has, who votes; and the revoked conclusion that takes
//! every entry from it off the list at once.
use domain::engine::{Form, Refusal};
use domain::procedures::review::Review;
use serde_json::{Value as Json, json};

use crate::concerning::{RECEIPTED, points};
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Loaded};
use crate::people;

pub(super) fn complete(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "nominate" => nominate(desk, ask, form),
        "state" | "state_on_paper" | "state_late" => {
            form.insert("points".into(), json!(points(form, "statement")));
            Ok(())
        }
        "decide_list" | "decide_against" => voters(desk, form),
        _ => Ok(()),
    }
}
fn text<'a>(form: &'a Form, name: &str) -> &'a str {
    form.get(name).and_then(Json::as_str).unwrap_or("")
}
fn nominate(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    let officer = text(form, "officer").to_owned();
    if let Some(account) = people::accounts(desk.tx)?.into_iter().find(|a| a.id == officer) {
        form.insert("org".into(), json!(account.org));
    }
    // A review one may not see is the same as none.
    let Some(loaded) = desk.known(ask.who, text(form, "review"))? else { return Ok(()) };
    let Some(review) = loaded.of::<Review>() else { return Ok(()) };
    let (concluded, grave, named) = review.state.for_list();
    form.insert("concluded_on".into(), json!(concluded));
    form.insert("grave".into(), json!(grave));
    if !named.is_empty() {
        form.insert("named".into(), json!(named));
    }
    Ok(())
}
/// Those who voted are people of the house: whoever prepared the matter is told from them by his account.
fn voters(desk: &Desk, form: &Form) -> Result<()> {
    for (n, row) in form.get("votes").and_then(Json::as_array).into_iter().flatten().enumerate() {
        let person = row.get("person").and_then(Json::as_str).unwrap_or("");
        if !person.is_empty() && !people::exists(desk.tx, person)? {
            return Err(Failure::Refused(Refusal::at("votes", format!("第 {} 行：没有这个人。请从列表中选择。", n + 1))));
        }
    }
    Ok(())
}
pub(super) fn after(desk: &mut Desk, action: &str) {
    // Covered by a signed root before he is answered: nobody can say later that it never arrived.
    if RECEIPTED.contains(&action) {
        desk.checkpoint();
    }
}
/// The review was revoked: what comes from it is excluded or removed, whatever phase it is in.
pub(super) fn source_revoked(desk: &mut Desk, review: &Loaded, cause: u64) -> Result<()> {
    for number in matters::linked(desk.tx, review.id, "review")? {
        let Some(entry) = matters::load(desk.tx, &number)?.filter(|l| l.matter.kind() == "negative_list_entry") else { continue };
        if let Some(action) = ["exclude_revoked", "remove_revoked"].into_iter().find(|a| entry.matter.stands(a)) {
            desk.as_house(&number, action, Form::new(), cause)?;
        }
    }
    Ok(())
}
