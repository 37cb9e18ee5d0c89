//! Beyond the table of an accompanied observation (M4.3, enterprise.md B3): the task taken over from its request, what follows from an
//! absence or from a service, and the sheet an observer fills in on several devices.
mod sheet;

pub use sheet::{Given, Held, PHOTOS, Photo, Sheet, Value, sync};

use domain::engine::{Entry, Form, Refusal, is_vault_ref};
use domain::procedures::observation::Observation;
use domain::procedures::observation_request::ObservationRequest;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Loaded};
use crate::{conflicts, edge, vault};

/// Before the gate: unit, task, enterprise, time and place are those of the request, which must be approved and not taken up yet (0.5).
///
/// # Errors
/// A refusal at the field of the request.
pub fn complete(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    if ask.action != "assign" {
        return Ok(());
    }
    let number = form.get("observation_request").and_then(Json::as_str).unwrap_or("").to_owned();
    // The gate says what is missing or unknown.
    let Some(loaded) = desk.known(ask.who, &number)? else { return Ok(()) };
    let Some(request) = loaded.of::<ObservationRequest>().map(|m| &m.state) else { return Ok(()) };
    let no = |say: &str| Err(Failure::Refused(Refusal::at("observation_request", say)));
    if !loaded.matter.stands("assign") {
        return no("这件申请没有同意，或者已经派员。");
    }
    let Some(task) = request.task() else { return no("执法单位还没有确认执法任务。") };
    let text = |reference: &str| -> Result<String> {
        match is_vault_ref(reference) {
            Some(r) => Ok(vault::open(desk.tx, &desk.house.keys, r)?.unwrap_or_default()),
            None => Ok(reference.to_owned()),
        }
    };
    let told = [
        ("org", json!(request.unit())),
        ("task_no", json!(task.task_no)),
        ("act_type", json!(request.act_type())),
        ("visit_on", json!(request.day())),
        ("enterprise", json!(text(&task.inspected)?)),
        ("officers", json!(text(&task.officers)?)),
        ("place", json!(text(request.place())?)),
    ];
    form.extend(told.map(|(name, value)| (name.to_owned(), value)));
    let firms = request.firms().join(" ");
    if !firms.is_empty() {
        form.insert("firms".to_owned(), json!(firms));
    }
    Ok(())
}
/// After a step was recorded: a service asks for a checkpoint, so that its time can be proved; an absence is told to the observer's own
/// record (B9); a seat that changed hands is looked at for registered conflicts.
///
/// # Errors
/// What the observer's record refuses; the act is then undone.
pub fn after(desk: &mut Desk, loaded: &Loaded, entry: &Entry, seq: u64) -> Result<()> {
    match entry.action().map_or("", |(action, _)| action) {
        "serve" => desk.checkpoint(),
        "draw_observers" | "draw_more" | "step_down" | "replace" => conflicts::reseat(desk, loaded.id)?,
        "absent" => absent(desk, loaded, entry, seq)?,
        _ => {}
    }
    Ok(())
}
fn absent(desk: &mut Desk, loaded: &Loaded, entry: &Entry, seq: u64) -> Result<()> {
    let Some((_, contents)) = entry.action() else { return Ok(()) };
    let text = |name: &str| contents.get(name).and_then(Json::as_str).unwrap_or("");
    let Some(observation) = loaded.of::<Observation>().map(|m| &m.state) else { return Ok(()) };
    let Some(seat) = observation.seat(text("observer")) else { return Ok(()) };
    // Whoever has left the roll meanwhile is counted no more.
    let there = matters::load(desk.tx, &seat.observer)?.is_some_and(|l| l.matter.stands("note_absence"));
    if !there {
        return Ok(());
    }
    let day = observation.arrival().map_or(desk.now.today, |(day, _)| day);
    let mut form = Form::from_iter([("on".to_owned(), json!(day)), ("task".to_owned(), json!(loaded.number))]);
    if contents.get("excused") == Some(&Json::Bool(true)) {
        form.insert("excuse".to_owned(), json!(text("reason")));
    }
    let observer = seat.observer.clone();
    desk.as_house(&observer, "note_absence", form, seq).map(drop)
}
/// What proves when an opinion was served: place and fingerprint of the entry, its time, and the signed checkpoint behind it.
pub struct Proof {
    /// Ledger position.
    pub seq: u64,
    /// Fingerprint, hex.
    pub fingerprint: String,
    /// When it was written, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// The first checkpoint that covers it: `(entries, text)`.
    pub checkpoint: Option<(u64, String)>,
}
/// The proof of this matter's service; nothing where none was recorded.
///
/// # Errors
/// A fault of the engine.
pub fn proof(tx: &Tx, number: &str) -> Result<Option<Proof>> {
    let serve = |k: &crate::ledger::Kept| {
        serde_json::from_slice::<Entry>(&k.event.payload).is_ok_and(|e| e.action().is_some_and(|(a, _)| a == "serve"))
    };
    let Some(kept) = crate::ledger::stream(tx, number)?.into_iter().find(serve) else { return Ok(None) };
    let checkpoint = crate::ledger::covering(tx, crate::ledger::CHAIN_MAIN, kept.seq)?;
    Ok(Some(Proof { seq: kept.seq, fingerprint: edge::hex(&kept.h), at_ms: kept.event.time_ms, checkpoint }))
}
