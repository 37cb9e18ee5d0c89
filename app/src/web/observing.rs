//! 观摩表 (prototype `observation.html`): one observer's sheet on his phone. It is kept by the server as he types; while the net is away the
//! browser keeps it sealed (`offline.js`), and what two devices said differently stands side by side until he chooses. Nobody's sheet but
//! one's own is ever here. Without script every button is an answer of the server.
use domain::engine::Standing;
use domain::procedures::observation::{HINTS, Observation, Phase, Timing};
use domain::registers::codes::{CHECK_RESULT, OBSERVATION_ITEM, SERVE_WAY};
use serde_json::{Value as Json, json};

use super::api::take as act;
use super::observe_pages::{ObserveItem, ObservePage, PaperPage, Said};
use super::pages::html;
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::matters::{self, Circumstances, Loaded, Seen, UNWRITABLE, Where};
use crate::observations::{self, Given, Held, Photo, Sheet, Value};
use crate::{edge, files};

/// 总体印象 among the items.
const ALL: &str = "all";

/// Addresses on the page of the matter.
pub fn tools(v: &Visit, seen: &Seen) -> Vec<(String, String)> {
    let Some(o) = seen.loaded.of::<Observation>().map(|m| &m.state) else { return vec![] };
    let number = &seen.item.number;
    let all = [
        (o.seat(&v.who.id).is_some(), "观摩表", format!("/observe/{number}")),
        (o.notice().is_some(), "派员通知书", format!("/observation/{number}/notice")),
        (o.service().is_some() && reads_opinion(&seen.mine), "送达证明", format!("/observation/{number}/service")),
    ];
    all.into_iter().filter(|t| t.0).map(|(_, label, href)| (label.to_owned(), href)).collect()
}
fn reads_opinion(mine: &[Standing]) -> bool {
    mine.iter().any(|s| matches!(s, Standing::Intake | Standing::Lead | Standing::Observer | Standing::Respondent))
}
/// `GET /matter/{number}/do/hand_in`: the form is a page of its own.
///
/// # Errors
/// A fault of the engine.
pub fn form(v: &Visit) -> Result<Option<Reply>> {
    let number = v.part("number");
    let sheet = v.part("action") == "hand_in" && matters::load(v.tx, number)?.is_some_and(|l| l.matter.kind() == "observation");
    Ok(sheet.then(|| Reply::Go(format!("/observe/{number}"))))
}
/// The matter, where this person has a seat in it and still sees it.
fn seated(v: &Visit, number: &str) -> Result<Loaded> {
    let loaded = matters::load(v.tx, number)?.ok_or(Failure::NotFound)?;
    let circumstances = Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    let mine = loaded.matter.mine(&circumstances.at(v.who));
    let sits = loaded.of::<Observation>().is_some_and(|m| m.state.seat(&v.who.id).is_some());
    if sits && mine.contains(&Standing::Observer) { Ok(loaded) } else { Err(Failure::NotFound) }
}
/// Whether his sheet may be written to now.
fn open(loaded: &Loaded, who: &str) -> bool {
    let writing = |p: Option<Phase>| matches!(p, Some(Phase::OnSite | Phase::Recording));
    loaded.of::<Observation>().is_some_and(|m| writing(m.phase) && m.state.seat(who).is_some_and(|s| s.open()))
}
/// `GET /observe/{number}`.
///
/// # Errors
/// `NotFound` where he has no seat.
pub fn page(v: &Visit) -> Result<Reply> {
    Ok(Reply::Html(html(&shown(v, v.part("number"), &[], false)?)))
}
fn shown(v: &Visit, number: &str, errors: &[(String, String)], confirm: bool) -> Result<ObservePage> {
    let loaded = seated(v, number)?;
    v.house.reads.note(&v.who.id, loaded.id, "查看", v.now);
    let Some(m) = loaded.of::<Observation>() else { return Err(Failure::NotFound) };
    let (o, about) = (&m.state, m.state.about());
    let (sheet, saved) = Sheet::of(v.tx, v.house, &v.who.id, number)?;
    let seat = o.seat(&v.who.id).ok_or(Failure::NotFound)?;
    let item = |code: &str, label: &str| {
        let held = sheet.items.get(code).cloned().unwrap_or_default();
        let photos = sheet.photos.iter().filter(|p| p.item == code).map(|p| format!("/observe/{number}/photo/{}", p.id));
        ObserveItem {
            code: code.to_owned(),
            label: label.to_owned(),
            hint: HINTS.iter().find(|h| h.0 == code).map_or("", |h| h.1),
            rev: held.rev,
            said: said(&held.value),
            others: held.others.iter().map(said).collect(),
            photos: photos.collect(),
            error: errors.iter().find(|e| e.0 == code).map(|e| e.1.clone()).unwrap_or_default(),
        }
    };
    let items: Vec<ObserveItem> = OBSERVATION_ITEM.rows.iter().map(|(code, label)| item(code, label)).collect();
    let leads = if o.leader() == Some(v.who.id.as_str()) { "（组长）" } else { "" };
    let offers = loaded.matter.offered(&Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?.at(v.who));
    let way = |o: &domain::engine::Offer| (o.label.to_owned(), format!("/matter/{number}/do/{}", o.action));
    let enterprise = match domain::engine::is_vault_ref(&about.enterprise) {
        Some(r) => crate::vault::open(v.tx, &v.house.keys, r)?.unwrap_or_default(),
        None => about.enterprise.clone(),
    };
    let open = open(&loaded, &v.who.id);
    Ok(ObservePage {
        csrf: v.session.map(|s| s.csrf.clone()).unwrap_or_default(),
        number: number.to_owned(),
        seat: format!("{}{leads}", seat.code),
        unit: v.registers.org_name(&about.org).to_owned(),
        task: about.task_no.clone(),
        enterprise,
        arrived: o.arrival().map(|(day, time)| format!("{} {time}", present::day(day, v.now.today))).unwrap_or_default(),
        saved: if saved > 0 { format!("已传 {}", clock(saved)) } else { String::new() },
        open,
        closed: match () {
            () if open => "",
            () if seat.record.is_some() => "你已交给组长，不能修改。同组他人的记录在本件页面看。",
            () => "到场后才能填写。先在下面登记到场。",
        },
        filled: items.iter().filter(|i| !i.said.result.is_empty()).count(),
        all: item(ALL, "总体印象"),
        items,
        errors: errors.iter().map(|(code, say)| (anchor(code), format!("{}：{say}", label(code)))).collect(),
        confirm,
        ways: offers.iter().filter(|o| o.blocked.is_none() && o.action != "hand_in").map(way).collect(),
        most: observations::PHOTOS,
    })
}
fn said(value: &Value) -> Said {
    let words = [CHECK_RESULT.label_of(&value.result), &value.note, &value.at];
    let words = words.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("，");
    let words = if words.is_empty() { "没有填".to_owned() } else { words };
    Said { result: value.result.clone(), note: value.note.clone(), at: value.at.clone(), json: json!(value).to_string(), words }
}
fn anchor(code: &str) -> String {
    format!("o-{code}")
}
fn label(code: &str) -> String {
    if code == ALL { "总体印象".into() } else { format!("第 {code} 项") }
}
/// The time of day of a moment.
fn clock(ms: i64) -> String {
    edge::minute_of(ms).split(' ').next_back().unwrap_or("").to_owned()
}
/// Whoever sends something to his own sheet, while it may be written to.
fn writes(p: &Post, number: &str) -> Result<()> {
    let may = p.visit(|v| Ok(open(&seated(v, number)?, &p.who.id)))?;
    if may { Ok(()) } else { Err(Failure::Bad(409, "现在不能填写：还没有到场，或者你已交给组长。".into())) }
}
fn keep(p: &Post, number: &str, given: Vec<Given>, photos: Vec<Photo>) -> Result<Sheet> {
    if given.iter().any(|g| [&g.value.result, &g.value.note, &g.value.at].into_iter().any(|t| t.contains(matters::unwritable))) {
        return Err(Failure::Bad(422, UNWRITABLE.into()));
    }
    let (who, number, now, house) = (p.who.id.clone(), number.to_owned(), p.now.ms, p.house.clone());
    p.house.db.write_here(move |tx| observations::sync(tx, &house, (&who, &number), now, given, photos))
}
/// Everything the form of a browser without script says.
fn given(p: &Post) -> Vec<Given> {
    let codes = OBSERVATION_ITEM.rows.iter().map(|r| r.0).chain([ALL]);
    let one = |code: &str| {
        let of = |name: &str| p.form.get(&format!("{name}.{code}")).replace("\r\n", "\n").trim().to_owned();
        let own = Value { result: of("result"), note: of("note"), at: of("at") };
        let chosen = serde_json::from_str::<Value>(&of("pick"));
        Given { item: code.to_owned(), base: of("base").parse().unwrap_or(0), pick: chosen.is_ok(), value: chosen.unwrap_or(own) }
    };
    codes.filter(|c| p.form.has(&format!("base.{c}"))).map(one).collect()
}
fn taken(p: &Post) -> Result<Vec<Photo>> {
    let photos = p.uploads.iter().filter_map(|u| Some((u, u.field.strip_prefix("photo.")?.to_owned())));
    photos.map(|(u, item)| Ok(Photo { id: image(p, &u.name, &u.bytes)?, item, key: p.form.get("key").to_owned() })).collect()
}
/// A photograph, and nothing else.
fn image(p: &Post, name: &str, bytes: &[u8]) -> Result<String> {
    let picture = bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG\r\n\x1a\n");
    if !picture {
        return Err(Failure::Bad(422, "只能上传照片（JPEG、PNG）。".into()));
    }
    files::take_in(&p.house, &p.who.id, name, bytes)
}
/// `POST /observe/{number}`: keeps the sheet, asks once more, or hands it in.
///
/// # Errors
/// As the gate; the sheet is kept whatever it refuses.
pub fn take(p: &Post) -> Result<Reply> {
    let number = p.part("number").to_owned();
    writes(p, &number)?;
    let sheet = keep(p, &number, given(p), taken(p)?)?;
    let again = |status: u16, errors: &[(String, String)], ask: bool| -> Result<Reply> {
        Ok(Reply::Page(status, html(&p.visit(|v| shown(v, &number, errors, ask))?)))
    };
    let errors = faults(&sheet);
    match p.form.get("op") {
        "send" | "hand" if !errors.is_empty() => again(422, &errors, false),
        "send" => again(200, &[], true),
        "hand" => match act(p, Where::On(number.clone()), "hand_in", as_form(&sheet), None, None) {
            Ok(_) => {
                let (who, place) = (p.who.id.clone(), number.clone());
                p.house.db.write_here(move |tx| Sheet::drop(tx, &who, &place))?;
                Ok(Reply::Go(format!("/matter/{number}?done={}", encode("已交给组长，已留痕。"))))
            }
            Err(Failure::Refused(r)) if !r.fields.is_empty() => {
                let errors: Vec<_> =
                    r.fields.into_iter().map(|(name, say)| (if name == "impression" { ALL } else { "1" }.to_owned(), say)).collect();
                again(422, &errors, false)
            }
            Err(other) => Err(other),
        },
        _ => Ok(Reply::Go(format!("/observe/{number}"))),
    }
}
/// What still keeps the sheet from being handed in: `(code, message)`.
fn faults(sheet: &Sheet) -> Vec<(String, String)> {
    let blank = Held::default();
    let mut all = vec![];
    for (code, _) in OBSERVATION_ITEM.rows {
        let held = sheet.items.get(*code).unwrap_or(&blank);
        let value = &held.value;
        let wrong = match () {
            () if !held.others.is_empty() => "两台设备填得不同，请选定一个。",
            () if !CHECK_RESULT.has(&value.result) => "请选择符合、不符合或未涉及。",
            () if value.result == "不符合" && value.note.trim().is_empty() => "不符合的，请写说明。",
            () if !value.at.is_empty() && !domain::procedures::observation::is_time(&value.at) => "时点写作 09:25。",
            () => continue,
        };
        all.push(((*code).to_owned(), wrong.to_owned()));
    }
    let directs = |text: &str| domain::wording::words(&domain::wording::check(text));
    for (code, held) in &sheet.items {
        let say = directs(&held.value.note);
        if !say.is_empty() {
            all.push((code.clone(), say));
        } else if code == ALL && !held.others.is_empty() {
            all.push((code.clone(), "两台设备填得不同，请选定一个。".to_owned()));
        }
    }
    all
}
/// The sheet as the gate reads it.
fn as_form(sheet: &Sheet) -> domain::engine::Form {
    let rows = OBSERVATION_ITEM.rows.iter().map(|(code, _)| {
        let value = sheet.items.get(*code).map(|h| h.value.clone()).unwrap_or_default();
        json!({"item": code, "result": value.result, "note": value.note.trim(), "at": value.at})
    });
    let mut form = domain::engine::Form::from_iter([("items".to_owned(), json!(rows.collect::<Vec<_>>()))]);
    let impression = sheet.items.get(ALL).map(|h| h.value.note.trim().to_owned()).unwrap_or_default();
    if !impression.is_empty() {
        form.insert("impression".to_owned(), json!(impression));
    }
    if !sheet.photos.is_empty() {
        form.insert("photos".to_owned(), json!(sheet.photos.iter().map(|p| &p.id).collect::<Vec<_>>()));
    }
    form
}
/// The sheet as the script reads it.
fn told(number: &str, sheet: &Sheet, now: i64) -> Json {
    let item = |h: &Held| json!({"rev": h.rev, "value": h.value, "others": h.others});
    let items: serde_json::Map<String, Json> = sheet.items.iter().map(|(code, h)| (code.clone(), item(h))).collect();
    let photo = |p: &Photo| json!({"item": p.item, "key": p.key, "src": format!("/observe/{number}/photo/{}", p.id)});
    json!({"saved": clock(now), "items": items, "photos": sheet.photos.iter().map(photo).collect::<Vec<_>>()})
}
/// `POST /observe/{number}/sync`: what a device has typed since it was last heard of, as JSON `{"items": […]}`.
///
/// # Errors
/// 409 where the sheet is closed.
pub fn sync(p: &Post) -> Result<Reply> {
    let number = p.part("number");
    writes(p, number)?;
    let body: Json = serde_json::from_slice(&p.body).map_err(|_| Failure::Bad(400, "内容读不出来。".into()))?;
    let items = body.get("items").cloned().unwrap_or_else(|| json!([]));
    let given: Vec<Given> = serde_json::from_value(items).map_err(|_| Failure::Bad(400, "内容读不出来。".into()))?;
    let sheet = keep(p, number, given.into_iter().take(40).collect(), vec![])?;
    Ok(Reply::Json(200, told(number, &sheet, p.now.ms)))
}
/// `POST /observe/{number}/photo`: one photograph under `photo.{item}`, with the device's own `key`.
///
/// # Errors
/// 422 where it is no photograph.
pub fn photo(p: &Post) -> Result<Reply> {
    let number = p.part("number");
    writes(p, number)?;
    let (known, _) = p.visit(|v| Sheet::of(v.tx, v.house, &p.who.id, number))?;
    let key = p.form.get("key");
    // A device that was not answered sends it again.
    let again = !key.is_empty() && known.photos.iter().any(|k| k.key == key);
    let sheet = keep(p, number, vec![], if again { vec![] } else { taken(p)? })?;
    Ok(Reply::Json(200, told(number, &sheet, p.now.ms)))
}
/// `GET /observe/{number}/photo/{id}`: his own, before it is handed in.
///
/// # Errors
/// `NotFound` for anybody else's.
pub fn picture(v: &Visit) -> Result<Reply> {
    let (number, id) = (v.part("number"), v.part("id"));
    seated(v, number)?;
    let (sheet, _) = Sheet::of(v.tx, v.house, &v.who.id, number)?;
    if !sheet.photos.iter().any(|p| p.id == id) {
        return Err(Failure::NotFound);
    }
    let (file, ..) = files::get(v.tx, v.house, id)?.ok_or(Failure::NotFound)?;
    let kind = if file.mime == "image/png" { "image/png" } else { "image/jpeg" };
    Ok(Reply::Inline(files::bytes(v.house, &file.digest)?, kind))
}

fn paper(v: &Visit, number: &str, heading: &str) -> Result<(Seen, PaperPage)> {
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let page = PaperPage {
        frame: present::frame(
            v,
            heading,
            &[("工作台", "/"), ("随队观摩", "/matters/observation"), (number, &format!("/matter/{number}")), (heading, "")],
        )?,
        number: number.to_owned(),
        heading: heading.to_owned(),
        signed: v.registers.org_name(seen.loaded.matter.owner()).to_owned(),
        ..Default::default()
    };
    Ok((seen, page))
}
/// `GET /observation/{number}/notice`: 派员通知书, for whoever reads the matter.
///
/// # Errors
/// `NotFound` before it was given.
pub fn notice(v: &Visit) -> Result<Reply> {
    let (seen, mut page) = paper(v, v.part("number"), "派员通知书")?;
    let o = seen.loaded.of::<Observation>().map(|m| &m.state).ok_or(Failure::NotFound)?;
    let (no, day) = o.notice().ok_or(Failure::NotFound)?;
    let about = o.about();
    let names = o.seats().iter().map(|s| crate::people::name(v.tx, &s.who)).collect::<Result<Vec<_>>>()?;
    let told = |name: &str| seen.sections.iter().flat_map(|s| &s.rows).find(|r| r.field.name == name);
    let text = |name: &str| told(name).map_or_else(|| Ok(String::new()), |r| present::words(v, r.field, &r.value));
    page.doc_no = no.to_owned();
    page.to = v.registers.org_name(&about.org).to_owned();
    page.words = vec![
        "现派下列监督员随队观摩你单位的执法任务。".to_owned(),
        "监督员只看执法人员履职情况，不检查企业，不索要材料，不收取费用。观摩不影响执法任务按时开展。".to_owned(),
        "观摩后形成的意见供你单位作决定时参考，没有强制力。".to_owned(),
    ];
    page.facts =
        [("监督员", names.join("、")), ("执法任务", about.task_no.clone()), ("企业", text("enterprise")?), ("地点", text("place")?)]
            .into_iter()
            .chain([
                ("观摩日期", about.visit_on.map(|d| present::day(d, v.now.today)).unwrap_or_default()),
                ("通知日期", present::day(day, v.now.today)),
            ])
            .map(|(l, t)| (l.to_owned(), t))
            .collect();
    Ok(Reply::Html(html(&page)))
}
/// `GET /observation/{number}/service`: 送达证明, with what proves its time.
///
/// # Errors
/// `NotFound` before the opinion was served, and for whoever does not read it.
pub fn service(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let (seen, mut page) = paper(v, number, "送达证明")?;
    let o = seen.loaded.of::<Observation>().map(|m| &m.state).filter(|_| reads_opinion(&seen.mine)).ok_or(Failure::NotFound)?;
    let (no, served, noted, signed) = o.service().ok_or(Failure::NotFound)?;
    let proof = observations::proof(v.tx, number)?.ok_or(Failure::NotFound)?;
    let day = |d: jiff::civil::Date| present::day(d, v.now.today);
    page.doc_no = no.to_owned();
    page.to = v.registers.org_name(&o.about().org).to_owned();
    page.words = vec!["下列观摩监督意见已送达，供你单位作决定时参考，没有强制力。".to_owned()];
    let mut facts = vec![
        ("送达日期", day(served.served_on)),
        ("送达方式", SERVE_WAY.label_of(&served.serve_way).to_owned()),
        ("单位签收", signed.map_or_else(|| "尚未在本系统签收".to_owned(), day)),
        ("单位登记的决定日期", o.decided().map_or_else(|| "尚未登记".to_owned(), day)),
        ("与执法决定的先后", o.timing().label().to_owned()),
    ];
    if noted > served.served_on {
        facts.push(("说明", format!("送达登记于 {} 入账，晚于所称送达日期。台账只能证明入账时间。", day(noted))));
    }
    page.facts = facts.into_iter().map(|(l, t)| (l.to_owned(), t)).collect();
    page.note =
        if o.timing() == Timing::Late { "送达晚于决定，意见未能在决定前供参考。".to_owned() } else { String::new() };
    page.proof = vec![
        ("台账位置".to_owned(), format!("第 {} 条", proof.seq)),
        ("入账时间".to_owned(), edge::minute_of(proof.at_ms)),
        ("本条指纹".to_owned(), proof.fingerprint),
    ];
    if let Some((size, text)) = proof.checkpoint {
        page.proof.push(("覆盖本条的检查点".to_owned(), format!("前 {size} 条，签名如下")));
        page.checkpoint = text;
    }
    Ok(Reply::Html(html(&page)))
}
