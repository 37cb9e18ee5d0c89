//! 授权包 (M3.4, F7): the package is laid down, sealed, when it is prepared; what is approved and read afterwards are those bytes. Each look
//! is an act whose receipt holds, byte for byte, what was shown. Outsiders who ask for what is not theirs leave a trace (`refused`).
mod contents;
mod paper;
mod queries;
mod refused;

use domain::engine::{Entry, Form, Refusal, Standing, in_role};
use domain::procedures::PROVIDABLE;
use domain::procedures::packet::{Laid, Look, Packet};
use ledger::Alg;
use serde_json::{Value as Json, json};

use crate::db::Tx;
use crate::edge::hex;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Ask, Desk, Loaded, Where, load};
use crate::{brought, files, people, sealing};

pub use queries::looked;
pub use refused::{note as note_refused, note_empty, outsider};

/// Who reads how packets were used; of these the auditor reads counts.
pub const USES: &[&str] = &["R1", "R2", "R3", "AUD"];
const ALTERED: Refusal = Refusal::new("altered", "授权包与批准时的指纹不符，不能使用。请退回重办");

/// Before the gate: the role that reads, what a packet is made of, its bytes, and the receipt of a look.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "open" => {
            named(desk, ask, form)?;
            receiver(desk, form)
        }
        "open_for" => {
            let Where::Open { links, .. } = &ask.place else { return Ok(()) };
            form.insert("sources".into(), json!(links.iter().map(|n| json!({"matter_no": n})).collect::<Vec<_>>()));
            receiver(desk, form)
        }
        "prepare" | "approve" | "correct" | "approve_correction" | "look" if stands(desk, loaded, ask)? => {
            let Some(packet) = loaded.of::<Packet>().map(|m| &m.state) else { return Ok(()) };
            bytes(desk, loaded, packet, ask, form)
        }
        _ => Ok(()),
    }
}
/// Whether the gate lets this person take the step now: nothing is made for one it turns away.
fn stands(desk: &Desk, loaded: &Loaded, ask: &Ask) -> Result<bool> {
    let circumstances = matters::Circumstances::of(desk.tx, loaded, ask.who, desk.now, &desk.registers)?;
    let offers = loaded.matter.offered(&circumstances.at(ask.who));
    Ok(offers.iter().any(|o| o.action == ask.action && o.blocked.is_none()))
}
fn bytes(desk: &Desk, loaded: &Loaded, packet: &Packet, ask: &Ask, form: &mut Form) -> Result<()> {
    let said = |name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    let unaltered = |laid: Option<&Laid>| {
        let laid = laid.ok_or(Failure::Refused(ALTERED))?;
        read(desk.tx, desk.house, &loaded.number, laid)
    };
    let (field, digest, text) = match ask.action {
        "prepare" => ("package", "digest", contents::of(desk, &loaded.number, packet, &said("until"))?),
        "correct" => ("package", "digest", contents::correction(desk, &loaded.number, packet, &said("correction"))),
        "look" => {
            let (n, edition) = packet.newest().ok_or(Failure::NotFound)?;
            let text = unaltered(Some(&edition.laid))?;
            let reader = format!("{} · {}", people::name(desk.tx, &ask.who.id)?, desk.registers.org_name(&ask.who.org));
            ("receipt", "receipt_digest", paper::shown(desk, (&loaded.number, packet), (n, edition), &reader, &text))
        }
        _ => return unaltered(packet.prepared()).map(drop),
    };
    let sealed = sealing::seal(&desk.house.keys, &about(&loaded.number), &text)?;
    let file = files::take_in_here(desk, &ask.who.id, if field == "receipt" { "查看回执" } else { "授权包" }, sealed.as_bytes())?;
    form.insert(field.into(), json!([file]));
    form.insert(digest.into(), json!(hex(&desk.head.alg().hash(&[text.as_bytes()]))));
    Ok(())
}
/// After a look: what was shown, to be shown once its entry is durable.
///
/// # Errors
/// When the receipt no longer reads.
pub fn after(desk: &mut Desk, loaded: &Loaded, entry: &Entry) -> Result<()> {
    let Some(look) = loaded.of::<Packet>().and_then(|m| m.state.looks().last()).filter(|_| entry.action().is_some_and(|a| a.0 == "look"))
    else {
        return Ok(());
    };
    let html = receipt(desk.tx, desk.house, &loaded.number, look)?;
    desk.shown.push((look.receipt_digest.clone(), html));
    Ok(())
}
/// What must be said again to open what is sealed here.
fn about(number: &str) -> String {
    format!("packet/{number}")
}
fn opened(tx: &Tx, house: &House, number: &str, file: Option<&String>, digest: &str) -> Result<String> {
    let altered = |_| Failure::Refused(ALTERED);
    let (file, ..) = files::get(tx, house, file.map_or("", String::as_str))?.ok_or(Failure::Refused(ALTERED))?;
    let sealed = String::from_utf8(files::bytes(house, &file.digest).map_err(altered)?).map_err(|_| Failure::Refused(ALTERED))?;
    let text = sealing::open(&house.keys, &about(number), &sealed).map_err(altered)?;
    let alg: Alg = crate::ledger::identity(tx)?.1;
    if hex(&alg.hash(&[text.as_bytes()])) == digest { Ok(text) } else { Err(Failure::Refused(ALTERED)) }
}
/// The text of a package, as it was laid down.
///
/// # Errors
/// `altered` where its bytes are no longer those of the fingerprint.
pub fn read(tx: &Tx, house: &House, number: &str, laid: &Laid) -> Result<String> {
    opened(tx, house, number, laid.package.first(), &laid.digest)
}
/// What one look showed, byte for byte.
///
/// # Errors
/// As `read`.
pub fn receipt(tx: &Tx, house: &House, number: &str, look: &Look) -> Result<String> {
    opened(tx, house, number, look.receipt.first(), &look.receipt_digest)
}
/// Roles of bodies outside, by the kind of the body; only these receive packets.
fn role_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "组织部门" => "R12",
        "纪检监察机关" | "公安机关" => "R13",
        "检察机关" => "R11",
        _ => return None,
    })
}
fn receiver(desk: &Desk, form: &mut Form) -> Result<()> {
    let to = form.get("to_org").and_then(Json::as_str).unwrap_or("").to_owned();
    // What does not exist is the gate's to say.
    let Some(org) = desk.registers.org(&to) else { return Ok(()) };
    let Some(role) = role_of(&org.kind) else {
        return Err(Failure::Refused(Refusal::at("to_org", "授权包只发给组织部门、纪检监察机关、公安机关、检察机关。")));
    };
    for number in numbers(form) {
        let Some(source) = load(desk.tx, &number)? else { continue };
        let about = source.matter.index().org;
        // The body that owns the matter stands above everybody; it is not whom the matter is about.
        if !about.is_empty() && about != source.matter.owner() && desk.registers.under(&to, &about) {
            return Err(Failure::Refused(Refusal::at("to_org", "不能发给所涉单位或其下属单位。")));
        }
    }
    form.insert("to_role".into(), json!(role));
    Ok(())
}
fn numbers(form: &Form) -> Vec<String> {
    let rows = form.get("sources").and_then(Json::as_array).into_iter().flatten();
    rows.filter_map(|r| Some(r.get("matter_no")?.as_str()?.trim().to_owned())).collect()
}
/// A source is a matter that he who opens the packet knows, and that may be told to bodies outside.
fn named(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    for number in numbers(form) {
        let wrong = |say: String| Err(Failure::Refused(Refusal::at("sources", say)));
        let Some(known) = desk.known(ask.who, &number)? else { return wrong(format!("没有“{number}”。")) };
        if !known.matter.marks().contains(&PROVIDABLE) {
            return wrong(format!("{number} 现在不能对外提供。"));
        }
    }
    for row in form.get_mut("sources").and_then(Json::as_array_mut).into_iter().flatten() {
        if let Some(number) = row.get_mut("matter_no") {
            *number = json!(number.as_str().unwrap_or("").trim());
        }
    }
    Ok(())
}
/// 定向监督 is brought before the office above the organisation department, by nobody else's department (B11).
///
/// # Errors
/// `not_yours` before another office; a fault of the engine.
pub fn asked(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    if ask.action != "request" || !in_role(ask.who, "R12") {
        return Ok(());
    }
    for held in ask.who.roles.iter().filter(|r| r.role == "R12") {
        if brought::office(desk.tx, &desk.registers, &held.org, desk.now.today)?.as_deref() == Some(loaded.matter.owner()) {
            form.insert("from_org".into(), json!(held.org));
            return Ok(());
        }
    }
    Err(domain::engine::refusals::NOT_YOURS.into())
}
/// How a packet stands for whoever would read it: whether he may now, and otherwise why not, in a sentence that tells nothing of what is
/// in it.
pub struct Access {
    pub readable: bool,
    pub words: String,
}
/// As `Access` says, for one person.
///
/// # Errors
/// `NotFound` for whoever stands in no relation to it; a fault of the engine.
pub fn state(
    tx: &Tx,
    house: &House,
    who: &domain::engine::Person,
    number: &str,
    now: crate::edge::Now,
) -> Result<(Loaded, Vec<Standing>, Access)> {
    let registers = house.registers(tx)?;
    let loaded = load(tx, number)?.ok_or(Failure::NotFound)?;
    let circumstances = matters::Circumstances::of(tx, &loaded, who, now, &registers)?;
    let at = circumstances.at(who);
    let mine = loaded.matter.mine(&at);
    if mine.is_empty() || loaded.of::<Packet>().is_none() {
        return Err(Failure::NotFound);
    }
    let offer = loaded.matter.offered(&at).into_iter().find(|o| o.action == "look");
    let words = match (&offer, loaded.matter.phase().map(|p| p.name.as_str()).unwrap_or("")) {
        (Some(o), _) => o.blocked.as_ref().map_or("可以查看。每次查看都留回执。".to_owned(), |b| format!("{}。", b.reason)),
        (None, "Sent") => "已送达。签收后可以查看。".into(),
        (None, "Revoked") => "已收回，不能再看。".into(),
        (None, "Expired") => "已到期，不能再看。".into(),
        (None, "ToCorrect" | "CorrectionDrafted") => "已停止提供，更正函随后送达。".into(),
        (None, "Drafting" | "Prepared") => "正在准备，现在不能看。旧版不再提供。".into(),
        (None, _) => "由接收机关查看。".into(),
    };
    Ok((loaded, mine, Access { readable: offer.is_some_and(|o| o.blocked.is_none()), words }))
}
