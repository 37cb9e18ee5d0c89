//! `/api/v1`: everything a page can do, through the same doors. Rows and fields are the procedures' own.
use domain::engine::{Form, Standing, holders};
use serde_json::{Value as Json, json};

use super::visit::{Post, Reply, Visit};
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Filter, Item, Line, Where};
use crate::registers::Registers;
use crate::{edge, files, inbox};

/// `GET /api/v1/me`.
pub fn me(v: &Visit) -> Result<Reply> {
    Ok(Reply::Json(200, json!({"id": v.who.id, "org": v.who.org, "roles": v.who.roles})))
}
/// `GET /api/v1/kinds`.
pub fn kinds(_: &Visit) -> Result<Reply> {
    Ok(Reply::Json(200, super::openapi::kinds()))
}
/// An item as JSON.
pub fn item(i: &Item, registers: &Registers) -> Json {
    let kind = domain::procedures::kind(&i.kind);
    let phase = kind.and_then(|k| k.phase(&i.phase)).map_or("", |p| p.label);
    json!({
        "number": i.number, "kind": i.kind, "title": i.title, "gist": i.gist, "phase": i.phase, "phase_label": phase, "ball": i.ball,
        "org": i.org, "org_name": registers.org_name(&i.org), "codes": i.codes, "due": i.due, "due_label": i.due_label,
        "provisional": i.provisional, "paused": i.paused, "closed": i.closed, "opened_on": i.opened_on, "cursor": i.id,
    })
}
/// The filter of a query string, as lists and the API read it.
pub fn filter(v: &Visit, kind: &str) -> Filter {
    let text = |n: &str| v.query.get(n).to_owned();
    let before = v.query.get("before").parse::<i64>().ok();
    Filter {
        kind: kind.to_owned(),
        q: text("q"),
        phase: text("phase"),
        org: text("org"),
        code: text("code"),
        due: text("due"),
        open: text("open"),
        mine: v.query.get("mine") == "1",
        from: before.or_else(|| v.query.get("after").parse().ok()).unwrap_or(0),
        back: before.is_some(),
        limit: v.query.get("limit").parse().unwrap_or(50).clamp(1, 100),
    }
}
/// `GET /api/v1/matters`.
pub fn list(v: &Visit) -> Result<Reply> {
    let listing = matters::list(v.tx, v.house, v.who, &filter(v, v.query.get("kind")), v.now)?;
    super::lists::note_empty(v, v.query.get("kind"), listing.items.len());
    let items: Vec<Json> = listing.items.iter().map(|i| item(i, &v.registers)).collect();
    let next = listing.items.last().filter(|_| listing.more).map(|i| i.id);
    Ok(Reply::Json(200, json!({"items": items, "next": next})))
}
fn line(l: &Line) -> Json {
    let fields: Vec<Json> = l.fields.iter().map(|(label, text)| json!({"label": label, "text": text})).collect();
    json!({"seq": l.seq, "hash": l.fingerprint, "at": edge::minute_of(l.at_ms), "actor": l.actor, "standing": l.standing.label(), "label": l.label, "fields": fields})
}
/// `GET /api/v1/matters/{number}`.
pub fn detail(v: &Visit) -> Result<Reply> {
    let seen = matters::see(v.tx, v.house, v.who, v.part("number"), v.now)?;
    let mut sections = vec![];
    for s in &seen.sections {
        let mut rows = vec![];
        for r in &s.rows {
            let text = super::present::words(v, r.field, &r.value)?;
            rows.push(json!({"field": r.field.name, "label": r.field.label, "text": text}));
        }
        sections.push(json!({"label": s.label, "rows": rows}));
    }
    let offers = seen.offers.iter().map(|o| json!({"action": o.action, "label": o.label, "blocked": o.blocked.as_ref().map(|b| b.reason)}));
    let deadlines = seen.deadlines.iter().map(|d| {
        json!({"label": d.label, "began": d.began.to_string(), "due": d.due.to_string(), "provisional": d.provisional,
        "stopped": d.stopped.map(|x| x.to_string()), "paused": d.paused.map(|x| x.to_string()), "steps": d.why})
    });
    let links = seen.links.iter().map(|l| json!({"depth": l.depth, "matter": l.item.as_ref().map(|i| item(i, &v.registers))}));
    Ok(Reply::Json(
        200,
        json!({
            "matter": item(&seen.item, &v.registers), "version": seen.loaded.matter.version(), "standings": seen.mine.iter().map(|s: &Standing| s.label()).collect::<Vec<_>>(),
            "sections": sections, "actions": offers.collect::<Vec<_>>(), "deadlines": deadlines.collect::<Vec<_>>(), "links": links.collect::<Vec<_>>(),
            "timeline": seen.lines.iter().map(line).collect::<Vec<_>>(),
        }),
    ))
}
fn body(post: &Post) -> Result<Json> {
    serde_json::from_slice(&post.body).map_err(|e| Failure::Bad(400, format!("不是合格的 JSON：第 {} 行第 {} 列。", e.line(), e.column())))
}
fn form_of(body: &Json) -> Result<Form> {
    match body.get("form") {
        None | Some(Json::Null) => Ok(Form::new()),
        Some(Json::Object(form)) => Ok(form.clone()),
        Some(_) => Err(Failure::Bad(422, "form 应为对象。".into())),
    }
}
/// Acts, durable before the answer.
pub(super) fn take(
    post: &Post,
    place: Where,
    action: &str,
    form: Form,
    version: Option<u32>,
    key: Option<String>,
) -> Result<matters::Done> {
    take_shown(post, place, action, form, version, key).map(|(done, _)| done)
}
/// Acts likewise; also what the act has opened, `(label, text)`, to be shown once. A token brings no key of its own, only a session does.
pub(super) fn take_shown(
    post: &Post,
    place: Where,
    action: &str,
    form: Form,
    version: Option<u32>,
    key: Option<String>,
) -> Result<(matters::Done, Vec<(String, String)>)> {
    let (house, who, action) = (post.house.clone(), post.who.clone(), action.to_owned());
    let own = post.session.as_ref().and_then(|s| s.own.clone());
    post.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        desk.own.clone_from(&own);
        let done = desk.act(Ask { who: &who, place: place.clone(), action: &action, form, version, key: key.as_deref() })?;
        let shown = std::mem::take(&mut desk.shown);
        desk.close()?;
        Ok((done, shown))
    })
}
fn key_of(post: &Post) -> Option<String> {
    post.headers.get("idempotency-key").and_then(|v| v.to_str().ok()).filter(|k| !k.is_empty()).map(ToOwned::to_owned)
}
fn version_of(body: &Json) -> Option<u32> {
    body.get("version").and_then(Json::as_u64).and_then(|v| u32::try_from(v).ok())
}
/// `POST /api/v1/matters`: `{"kind": …, "action": …, "owner": …, "links": […], "form": {…}}`.
pub fn open(post: &Post) -> Result<Reply> {
    let body = body(post)?;
    let text = |n: &str| body.get(n).and_then(Json::as_str).unwrap_or("").to_owned();
    let owner = Some(text("owner")).filter(|o| !o.is_empty()).or_else(|| post.who.roles.first().map(|r| r.org.clone())).unwrap_or_default();
    let links: Vec<String> = body
        .get("links")
        .and_then(Json::as_array)
        .map(|a| a.iter().filter_map(Json::as_str).map(ToOwned::to_owned).collect())
        .unwrap_or_default();
    if links.iter().any(|l| l.contains('\0')) {
        return Err(Failure::NotFound);
    }
    let done = take(post, Where::Open { kind: text("kind"), owner, links }, &text("action"), form_of(&body)?, None, key_of(post))?;
    Ok(Reply::Json(201, serde_json::to_value(done)?))
}
/// `POST /api/v1/matters/{number}/{action}`: `{"version": …, "form": {…}}`.
pub fn act(post: &Post) -> Result<Reply> {
    let body = body(post)?;
    let number = post.part("number");
    // A receipt says what somebody was shown; a program shows nothing.
    if post.part("action") == "look" && post.visit(|v| matters::load(v.tx, number))?.is_some_and(|l| l.matter.kind() == "packet") {
        return Err(Failure::NotFound);
    }
    let done =
        take(post, Where::On(post.part("number").to_owned()), post.part("action"), form_of(&body)?, version_of(&body), key_of(post))?;
    Ok(Reply::Json(200, serde_json::to_value(done)?))
}
/// `POST /api/v1/files?name=…`, the bytes as body; with `seal=机构编码` a reporter's own file, encrypted to the intake of that office.
pub fn upload(post: &Post) -> Result<Reply> {
    let (name, owner) = (post.query.get("name"), post.query.get("seal"));
    let id = if owner.is_empty() {
        files::take_in(&post.house, &post.who.id, name, &post.body)?
    } else {
        files::take_in_for(&post.house, &post.who.id, owner, "", name, &post.body)?
    };
    Ok(Reply::Json(201, json!({"id": id})))
}
/// A hit as the command line and the API print it.
pub fn hit(i: &Item) -> Json {
    json!({"kind": i.kind, "number": i.number, "title": i.title, "snippet": i.gist})
}
/// `GET /api/v1/inbox`.
pub fn inbox(v: &Visit) -> Result<Reply> {
    let items = inbox::waiting(v.tx, v.house, v.who, 100)?;
    Ok(Reply::Json(200, json!({"items": items.iter().map(|i| item(i, &v.registers)).collect::<Vec<_>>(), "holders": holders(v.who).len()})))
}
/// A reckoning as the command line and the API print it.
pub fn reckoning(registers: &Registers, from: &str, length: Option<u32>, working: bool) -> Result<Json> {
    let from: jiff::civil::Date = from.parse().map_err(|_| Failure::Bad(422, "起算日应为日期，如 2026-06-16。".into()))?;
    let length =
        length.filter(|n| *n <= domain::calendar::LONGEST).ok_or_else(|| Failure::Bad(422, "天数应为 0 至 100000 的整数。".into()))?;
    let unit = if working { domain::calendar::Unit::WorkingDays } else { domain::calendar::Unit::CalendarDays };
    let r = registers.calendar.reckon(from, length, unit);
    Ok(json!({"due": r.due.to_string(), "provisional": r.provisional, "steps": r.steps}))
}
/// `GET /api/v1/deadline?from=…&working_days=…`.
pub fn deadline(v: &Visit) -> Result<Reply> {
    let working = !v.query.get("working_days").is_empty();
    let length = v.query.get(if working { "working_days" } else { "calendar_days" }).parse().ok();
    Ok(Reply::Json(200, reckoning(&v.registers, v.query.get("from"), length, working)?))
}
/// `GET /api/v1/limits`.
pub fn limits(v: &Visit) -> Result<Reply> {
    Ok(Reply::Json(200, json!({"limits": v.registers.limits, "parameters": v.registers.parameters})))
}
/// `GET /api/v1/organisations`.
pub fn organisations(v: &Visit) -> Result<Reply> {
    Ok(Reply::Json(200, json!({"organisations": v.registers.orgs().collect::<Vec<_>>()})))
}
/// `GET /api/v1/ledger`.
pub fn ledger(v: &Visit) -> Result<Reply> {
    let (id, alg, size) = crate::ledger::identity(v.tx)?;
    let checkpoint = crate::ledger::newest_checkpoint(v.tx)?;
    Ok(Reply::Json(200, json!({"ledger_id": id, "alg": alg.name(), "size": size, "checkpoint": checkpoint.map(|(_, text)| text)})))
}
/// `POST /api/v1/imports/{kind}?name=…&dry_run=1`, the file as body.
pub fn import(post: &Post) -> Result<Reply> {
    let plan = post.house.db.read_here(|tx| crate::import::plan(tx, &post.house, &post.who, post.part("kind"), &post.body, None))?;
    plan.whole()?;
    let mut summary = sheets::summary_json(&plan.table);
    if post.query.get("dry_run") != "1" {
        let done = crate::import::take(&post.house, &post.who, post.query.get("name"), plan, None, None, &mut |_, _| {})?;
        if let Some(o) = summary.as_object_mut() {
            o.insert("batch".into(), done.batch.into());
        }
    }
    Ok(Reply::Json(200, summary))
}
