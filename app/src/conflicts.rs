//! 利益冲突 and seats (F1): rows of the register of conflicts the house writes itself, and what follows from any row for somebody who
//! sits in an open review. Nobody loses a seat without a registered conflict; whoever a conflict bars loses it in the same write.
use domain::engine::Form;
use domain::procedures::observation::Observation;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::failure::Result;
use crate::house::House;
use crate::matters::{self, Desk};
use crate::registers::{self, Amendment, Registers};

/// Registers a conflict unless one is registered already, in whatever words.
///
/// # Errors
/// A fault of the engine.
pub fn register(desk: &mut Desk, person: &str, (kind, target): (&str, &str), why: &str, by: (&str, &str)) -> Result<()> {
    let key = format!("{person}|{kind}|{target}");
    if newest(desk, &key)?.1.is_some() {
        return Ok(());
    }
    let (from, body) = (desk.now.today, Some(json!({"why": why})));
    registers::amend(desk, Amendment { register: "conflict", key: &key, from, body, personal: &["why"], batch: "", by }).map(drop)
}
/// Ends a conflict the house registered itself: one that others registered, or in other words, stays.
///
/// # Errors
/// A fault of the engine.
pub fn withdraw(desk: &mut Desk, person: &str, (kind, target): (&str, &str), words: &str, by: (&str, &str)) -> Result<()> {
    let key = format!("{person}|{kind}|{target}");
    let Some(body) = newest(desk, &key)?.1 else { return Ok(()) };
    if !body.get("why").and_then(Json::as_str).is_some_and(|why| why.starts_with(words)) {
        return Ok(());
    }
    let from = desk.now.today;
    registers::amend(desk, Amendment { register: "conflict", key: &key, from, body: None, personal: &[], batch: "", by }).map(drop)
}
/// The newest version of a row, readable, and its place on the ledger.
fn newest(desk: &Desk, key: &str) -> Result<(u64, Option<Json>)> {
    let Some((seq, _, body)) = registers::history(desk.tx, "conflict", key)?.into_iter().next() else { return Ok((0, None)) };
    Ok((seq, body.map(|b| registers::opened(desk, b)).transpose()?))
}
/// After a conflict of this person was registered: every seat of his is looked at.
///
/// # Errors
/// What a review refuses; the registration is then undone.
pub fn recheck(desk: &mut Desk, person: &str) -> Result<()> {
    let seats = matters::seated(desk.tx, person)?;
    if seats.is_empty() {
        return Ok(());
    }
    registers::refresh(desk)?;
    seats.into_iter().try_for_each(|id| reseat(desk, id))
}
/// Takes the first barred person off his seat. The act looks at the seats again, so that a barred alternate does not stay either.
///
/// # Errors
/// What the review refuses.
pub fn reseat(desk: &mut Desk, id: i64) -> Result<()> {
    let Some(leaves) = barred_seat(desk.tx, &desk.registers, id)? else { return Ok(()) };
    let (seq, _) = newest(desk, &leaves.key)?;
    let form =
        Form::from_iter([(leaves.field.to_owned(), json!(leaves.person)), ("conflict".to_owned(), json!(format!("台账第 {seq} 条")))]);
    desk.as_house(&leaves.number, leaves.action, form, seq).map(drop)
}
/// Somebody who has to leave his seat.
struct Leaves {
    number: String,
    action: &'static str,
    /// Name of the field that says who.
    field: &'static str,
    person: String,
    /// Key of the row that bars him.
    key: String,
}
fn barred_seat(tx: &Tx, registers: &Registers, id: i64) -> Result<Option<Leaves>> {
    let Some(review) = matters::load_by_id(tx, id)? else { return Ok(None) };
    let Some(action) = ["replace", "strike"].into_iter().find(|a| review.matter.stands(a)) else { return Ok(None) };
    let field = if review.matter.kind() == "observation" { "observer" } else { "expert" };
    for (person, _) in review.matter.choices(field) {
        for c in registers.conflicts_of(&person) {
            // An enterprise is known by its keyed digest alone.
            let firm = c.kind == "firm" && review.of::<Observation>().is_some_and(|m| m.state.concerns(&c.target));
            if firm || matters::covers(tx, id, &matters::barred_by(std::slice::from_ref(c), registers))? {
                let key = format!("{person}|{}|{}", c.kind, c.target);
                return Ok(Some(Leaves { number: review.number, action, field, person, key }));
            }
        }
    }
    Ok(None)
}
/// Looks at every seat of every open review: an organisation may have moved under another since.
///
/// # Errors
/// A fault of the engine.
pub fn recheck_all(house: &House) -> Result<()> {
    let due = house.db.read_here(|tx| {
        let registers = house.registers(tx)?;
        let open = matters::open_reviews(tx)?.into_iter();
        open.map(|id| Ok(barred_seat(tx, &registers, id)?.map(|_| id))).filter_map(Result::transpose).collect::<Result<Vec<i64>>>()
    })?;
    for id in due {
        let inner = house.clone();
        house.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            reseat(&mut desk, id)?;
            desk.close()
        })?;
    }
    Ok(())
}
