//! The hotline beyond its table: keyed digests by which a caller, a paper and an order of 12345 are found again without being read, hints
//! of duplicates at the desk, and what goes to 12345 and comes from there (`enterprise.md` B1, M4.1).
mod queries;

use domain::engine::{Entry, Form, Person, Refusal, holders};
use domain::identifiers::{credit, phone};
use domain::procedures::hotline_call::HotlineCall;
use domain::registers::codes::ENTERPRISE_PROBLEM;
use domain::registers::parameters::SAME_CALL_DAYS;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::edge::{self, Now};
use crate::failure::{Failure, Result};
use crate::house::{House, Keys};
use crate::matters::{self, Ask, Desk, Done, Item, Loaded, Where};

/// Who works at the desk, and who leads there.
pub const DESK: &[&str] = &["R14", "R15"];
/// Kinds a caller may be known from.
const KINDS: [&str; 2] = ["hotline_call", "enterprise_appeal"];
/// The body that orders are exchanged with.
const WENT_THERE: &str = "12345";

fn text<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.get(name).and_then(Json::as_str).map(str::trim).filter(|t| !t.is_empty())
}
/// The keyed digest of an enterprise, as `enterprise_appeal` has it too.
fn firm(keys: &Keys, uscc: &str) -> String {
    keys.blind(&credit::check(uscc).unwrap_or_else(|_| uscc.to_owned()))
}
fn telephone(keys: &Keys, number: &str) -> String {
    keys.blind(&format!("phone|{}", phone::check(number).map_or_else(|_| number.to_owned(), |p| p.number)))
}
fn paper(keys: &Keys, number: &str) -> String {
    keys.blind(&format!("paper|{}", sheets::canonical(number)))
}
/// Completes the digests of an opening, while its texts can still be read; numbers that are none are told at their field.
///
/// # Errors
/// `Refused`, field by field. What an old ledger says was judged by the importer.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    if !loaded.number.is_empty() {
        return Ok(());
    }
    let mut wrong = vec![];
    if !ask.who.is_house() {
        wrong.extend(text(form, "uscc").and_then(|t| credit::check(t).err()).map(|w| ("uscc".to_owned(), w.say)));
        wrong.extend(text(form, "reporter_phone").and_then(|t| phone::check(t).err()).map(|w| ("reporter_phone".to_owned(), w.say)));
    }
    if !wrong.is_empty() {
        return Err(Failure::Refused(Refusal { fields: wrong, ..domain::engine::refusals::BAD_FORM }));
    }
    let keys = &desk.house.keys;
    for (field, of, digest) in
        [("firm", "uscc", firm as fn(&Keys, &str) -> String), ("phone_key", "reporter_phone", telephone), ("paper_key", "doc_no", paper)]
    {
        if let Some(digest) = text(form, of).map(|t| digest(keys, t)) {
            form.insert(field.to_owned(), json!(digest));
        }
    }
    Ok(())
}
/// The keys an opening is found again by; a row taken back is found by none.
///
/// # Errors
/// A fault of the engine.
pub fn keep(desk: &Desk, loaded: &Loaded, entry: &Entry) -> Result<()> {
    let kind = loaded.matter.kind();
    let Some((action, contents)) = entry.action().filter(|_| KINDS.contains(&kind)) else { return Ok(()) };
    if action == "void" {
        return queries::drop_hints(desk.tx, kind, loaded.id);
    }
    if entry.number.is_empty() {
        return Ok(());
    }
    for field in ["firm", "phone_key", "paper_key"] {
        if let Some(digest) = contents.get(field).and_then(Json::as_str).filter(|d| !d.is_empty()) {
            queries::put_hint(desk.tx, kind, digest, loaded.id)?;
        }
    }
    Ok(())
}

/// What is known of a call while it is being typed.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    pub uscc: &'a str,
    pub phone: &'a str,
    pub doc_no: &'a str,
    pub org: &'a str,
    pub problems: &'a [String],
}
/// A matter it may be the same as, and why it seems so.
pub struct Hit {
    pub item: Item,
    pub why: Vec<&'static str>,
}
/// What the house holds that this call may be the same as, newest first; a matter one may not see is the same as nothing.
///
/// # Errors
/// A fault of the engine.
pub fn like(tx: &Tx, house: &House, who: &Person, now: Now, asked: &Asked) -> Result<Vec<Hit>> {
    let registers = house.registers(tx)?;
    let (keys, barred) = (holders(who), matters::barred(who, &registers));
    let mut found: Vec<(i64, &'static str)> = vec![];
    for (text, why, digest) in [
        (asked.uscc, "同一企业", firm as fn(&Keys, &str) -> String),
        (asked.phone, "同一电话", telephone),
        (asked.doc_no, "同一文书号", paper),
    ] {
        if !text.trim().is_empty() {
            found.extend(queries::hinted(tx, &digest(&house.keys, text.trim()))?.into_iter().map(|id| (id, why)));
        }
    }
    if !asked.org.is_empty() && !asked.problems.is_empty() {
        let days = i32::try_from(registers.count(SAME_CALL_DAYS)).unwrap_or(0);
        let from = now.today.saturating_sub(jiff::Span::new().days(days)).to_string();
        let about = queries::about(tx, asked.org, &from)?.into_iter();
        let same = about.filter(|(_, codes)| asked.problems.iter().any(|p| codes.split(' ').any(|c| c == p)));
        found.extend(same.map(|(id, _)| (id, "同一单位同类问题")));
    }
    found.sort_by_key(|(id, _)| -id);
    let mut hits: Vec<Hit> = vec![];
    for (id, why) in found {
        if let Some(hit) = hits.last_mut().filter(|h| h.item.id == id) {
            if !hit.why.contains(&why) {
                hit.why.push(why);
            }
        } else if hits.len() < 12
            && matters::holds(tx, id, &keys, &barred)?
            && let Some(row) = matters::item_of(tx, id)?
        {
            hits.push(Hit { item: Item::read(tx, house, &registers, who, row)?, why: vec![why] });
        }
    }
    Ok(hits)
}

/// What 12345 is told of one matter: neither person nor enterprise nor any text. The 要点 leaves by `forward` and `transfer` alone,
/// which look up whom it may not reach.
pub struct Pushed {
    pub number: String,
    pub order_no: String,
    pub day: String,
    pub categories: Vec<String>,
    pub org: String,
    pub status: &'static str,
}
/// What of a month goes to 12345: complaints, orders that came from there, and calls that were sent there.
///
/// # Errors
/// A fault of the engine.
pub fn pushed(tx: &Tx, house: &House, who: &Person, now: Now, (from, after): (&str, &str)) -> Result<Vec<Pushed>> {
    let mut all = vec![];
    for kind in KINDS {
        let mut f = matters::Filter { kind: kind.into(), limit: 1_000, ..Default::default() };
        loop {
            let listing = matters::list(tx, house, who, &f, now)?;
            for i in listing.items.iter().filter(|i| i.opened_on.as_str() >= from && i.opened_on.as_str() < after) {
                all.extend(push(tx, i)?);
                house.reads.note(&who.id, i.id, "12345互推", now);
            }
            match listing.items.last().filter(|i| listing.more && i.opened_on.as_str() >= from) {
                Some(last) => f.from = last.id,
                None => break,
            }
        }
    }
    all.sort_by(|a: &Pushed, b: &Pushed| (&a.day, &a.number).cmp(&(&b.day, &b.number)));
    Ok(all)
}
fn push(tx: &Tx, i: &Item) -> Result<Option<Pushed>> {
    let mut order_no = String::new();
    if i.kind == "hotline_call" {
        let call = matters::load_as::<HotlineCall>(tx, &i.number)?.map(|m| m.state).unwrap_or_default();
        order_no = call.order_no().unwrap_or("").to_owned();
        if i.phase == "Voided" || order_no.is_empty() && call.sent_to() != WENT_THERE {
            return Ok(None);
        }
    }
    let status = status_of(&i.kind, &i.phase);
    let (number, day, org) = (i.number.clone(), i.opened_on.clone(), i.org.clone());
    let categories = i.codes.iter().filter(|c| ENTERPRISE_PROBLEM.has(c)).cloned().collect();
    Ok(Some(Pushed { number, order_no, day, categories, org, status }))
}
fn status_of(kind: &str, phase: &str) -> &'static str {
    domain::procedures::kind(kind).and_then(|k| k.phase(phase)).map_or("", |p| p.label)
}

/// Where an order of 12345 stands; days, never hours.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Order {
    pub order_no: String,
    pub number: String,
    pub received: String,
    pub status: String,
    pub changed_on: String,
}
/// The order of this number, as far as this person may know of it. What became a complaint tells where that stands.
///
/// # Errors
/// `NotFound`.
pub fn order(tx: &Tx, house: &House, who: &Person, order_no: &str) -> Result<Order> {
    let registers = house.registers(tx)?;
    let id = queries::ordered(tx, &house.keys, order_no)?.ok_or(Failure::NotFound)?;
    if !matters::holds(tx, id, &holders(who), &matters::barred(who, &registers))? {
        return Err(Failure::NotFound);
    }
    let loaded = matters::load_by_id(tx, id)?.ok_or(Failure::NotFound)?;
    let received = loaded.of::<HotlineCall>().and_then(|m| m.state.received()).map(|d| d.to_string()).unwrap_or_default();
    let (kind, phase, changed_ms) = queries::newest_of(tx, id)?;
    let changed_on = edge::day_of(changed_ms).to_string();
    Ok(Order { order_no: order_no.to_owned(), number: loaded.number, received, status: status_of(&kind, &phase).to_owned(), changed_on })
}
/// Takes an order in, or answers as the first time where its number is known.
///
/// # Errors
/// What the gate refuses.
pub fn relay(house: &House, who: &Person, order_no: &str, form: Form) -> Result<Order> {
    let (inner, person, no) = (house.clone(), who.clone(), order_no.to_owned());
    house.db.write_here(move |tx| {
        // The ledger's head first: of two senders the second finds what the first has written.
        let mut desk = Desk::open(tx, &inner)?;
        if queries::ordered(tx, &inner.keys, &no)?.is_none() {
            let owner = person.roles.iter().find(|r| r.role == "R14").map(|r| r.org.clone()).ok_or(Failure::NotFound)?;
            let place = Where::Open { kind: "hotline_call".into(), owner, links: vec![] };
            let _: Done = desk.act(Ask { who: &person, place, action: "relay", form, version: None, key: None })?;
        }
        let told = order(tx, &inner, &person, &no)?;
        desk.close()?;
        Ok(told)
    })
}
