//! Forms made from a row's fields, and the acts they send.
use domain::engine::{Field, Refusal, Shape};
use serde_json::Value as Json;

use super::api::{take, take_shown};
use super::forms;
use super::pages::{self, FieldView, FormCell, FormPage, Input, html};
use super::visit::{Post, Reply, Values, Visit, encode};
use super::{present, scoring};
use crate::failure::{Failure, Result};
use crate::matters::{self, Where};
use crate::{edge, files, own, people};

/// `GET /matter/{number}/identity`: the confirmation page before a sealed identity is opened.
pub fn identity(v: &Visit) -> Result<Reply> {
    let seen = matters::see(v.tx, v.house, v.who, v.part("number"), v.now)?;
    let offer = seen.offers.iter().find(|o| o.action == "open_identity").ok_or(Failure::NotFound)?;
    if let Some(r) = &offer.blocked {
        return Err(Failure::Refused(r.clone()));
    }
    let number = &seen.item.number;
    let page = FormPage {
        key_name: "key",
        frame: present::frame(v, "查阅反映人身份", &[("工作台", "/"), (number, &format!("/matter/{number}")), ("查阅反映人身份", "")])?,
        heading: "查阅反映人身份？".into(),
        explain: "批准只管一次。查阅先留痕，后显示。".into(),
        action: format!("/matter/{number}/do/open_identity"),
        version: seen.loaded.matter.version().to_string(),
        key: edge::random_hex::<8>()?,
        submit: "查阅，我只用于所选事由".into(),
        cancel: format!("/matter/{number}"),
        grave: Some("不得向被反映人、被反映单位透露。".into()),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}

/// `GET /matter/{number}/do/{action}`.
pub fn form(v: &Visit) -> Result<Reply> {
    if let Some(sheet) = scoring::form(v)? {
        return Ok(sheet);
    }
    if let Some(sheet) = super::observing::form(v)? {
        return Ok(sheet);
    }
    if let Some(page) = super::packets::form(v)? {
        return Ok(page);
    }
    let (page, _) = act_form(v, v.part("number"), v.part("action"), None)?;
    Ok(Reply::Html(html(&page)))
}
/// Name of the input that makes a form count once: a change order has a field named `key` of its own.
pub(super) fn once(fields: &[Field]) -> &'static str {
    if fields.iter().any(|f| f.name == "key") { "once" } else { "key" }
}
fn act_form(v: &Visit, number: &str, action: &str, given: Option<(&Values, &[(String, String)])>) -> Result<(FormPage, &'static [Field])> {
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let kind = domain::procedures::kind(&seen.item.kind).ok_or(Failure::NotFound)?;
    let offer = seen.offers.iter().find(|o| o.action == action).ok_or(Failure::NotFound)?;
    if let Some(r) = offer.blocked.as_ref().filter(|_| given.is_none()) {
        return Err(Failure::Refused(r.clone()));
    }
    let row = kind.step(action).ok_or(Failure::NotFound)?;
    let draft = own::draft(v.tx, v.house, &v.who.id, number, action)?.filter(|_| given.is_none());
    let values = given.map(|(g, _)| g.clone()).or_else(|| draft.as_ref().map(|(text, _)| Values::read(text))).unwrap_or_default();
    let choices = |f: &str| seen.loaded.matter.choices(f);
    let fields = field_views(v, row.fields, &values, given.map_or(&[], |(_, f)| f), &choices)?;
    let page = FormPage {
        frame: present::frame(
            v,
            row.label,
            &[("工作台", "/"), (kind.label, &format!("/matters/{}", kind.name)), (number, &format!("/matter/{number}")), (row.label, "")],
        )?,
        heading: row.label.into(),
        explain: format!("{number} {} · 依据：{}", seen.item.title, row.basis),
        action: format!("/matter/{number}/do/{action}"),
        fields,
        version: if values.get("version").is_empty() { seen.loaded.matter.version().to_string() } else { values.get("version").to_owned() },
        key_name: once(row.fields),
        key: if values.get(once(row.fields)).is_empty() { edge::random_hex::<8>()? } else { values.get(once(row.fields)).to_owned() },
        submit: row.label.into(),
        cancel: format!("/matter/{number}"),
        grave: row.grave.then(|| format!("“{}”办理后不能撤回，会记入时间线和台账。", row.label)),
        draft: draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved))),
        draft_url: format!("/draft/{number}/{action}"),
        multipart: row.fields.iter().any(|f| !f.computed && matches!(f.shape, Shape::Files)),
        ..Default::default()
    };
    Ok((page, row.fields))
}
/// `GET /matters/{kind}/new/{action}`.
pub fn opening_form(v: &Visit) -> Result<Reply> {
    let (page, _) = new_form(v, v.part("kind"), v.part("action"), v.query.get("owner"), None)?;
    Ok(Reply::Html(html(&page)))
}
fn new_form(
    v: &Visit,
    kind: &str,
    action: &str,
    owner: &str,
    given: Option<(&Values, &[(String, String)])>,
) -> Result<(FormPage, &'static [Field])> {
    let kind = domain::procedures::kind(kind).ok_or(Failure::NotFound)?;
    let offers = matters::offers_opening(v.tx, v.house, v.who, kind.name, v.now)?;
    let (owner, _) =
        offers.iter().find(|(o, offer)| offer.action == action && (owner.is_empty() || o == owner)).ok_or(Failure::NotFound)?;
    let row = kind.step(action).ok_or(Failure::NotFound)?;
    // What a link asks for stands before what was kept of an earlier try.
    let asked = v.query.0.iter().filter(|(n, _)| row.fields.iter().any(|f| f.name == n && !f.computed)).cloned().collect();
    let asked = Some(Values(asked)).filter(|a| given.is_none() && !a.0.is_empty());
    let draft = own::draft(v.tx, v.house, &v.who.id, kind.name, action)?.filter(|_| given.is_none() && asked.is_none());
    let values = given.map(|(g, _)| g.clone()).or(asked).or_else(|| draft.as_ref().map(|(text, _)| Values::read(text)));
    let values = values.unwrap_or_default();
    // Where he came from, when a matter's page filled in its number.
    let from = v.query.0.iter().find(|(n, _)| row.fields.iter().any(|f| f.name == n && matches!(f.shape, Shape::Matter(_))));
    let from = from.map(|(_, number)| encode(number));
    let page = FormPage {
        frame: present::frame(v, row.label, &[("工作台", "/"), (kind.label, &format!("/matters/{}", kind.name)), (row.label, "")])?,
        heading: row.label.into(),
        explain: format!("依据：{}", row.basis),
        action: format!("/matters/{}/new/{action}", kind.name),
        fields: field_views(v, row.fields, &values, given.map_or(&[], |(_, f)| f), &|_| vec![])?,
        key_name: once(row.fields),
        key: if values.get(once(row.fields)).is_empty() { edge::random_hex::<8>()? } else { values.get(once(row.fields)).to_owned() },
        submit: row.label.into(),
        cancel: from.map_or_else(|| format!("/matters/{}", kind.name), |number| format!("/matter/{number}")),
        draft: draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved))),
        draft_url: format!("/draft/{}/{action}", kind.name),
        multipart: row.fields.iter().any(|f| !f.computed && matches!(f.shape, Shape::Files)),
        hidden: vec![("owner".into(), owner.clone())],
        ..Default::default()
    };
    Ok((page, row.fields))
}
pub(super) fn field_views(
    v: &Visit,
    fields: &'static [Field],
    values: &Values,
    added: &[(String, String)],
    choices: &dyn Fn(&str) -> Vec<(String, String)>,
) -> Result<Vec<FieldView>> {
    let mut all = vec![];
    for f in fields.iter().filter(|f| !f.computed) {
        let text = values.get(f.name).to_owned();
        let table = |t: &domain::registers::codes::CodeTable| {
            t.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), values.all(f.name).any(|x| x == *c))).collect::<Vec<_>>()
        };
        let input = match f.shape {
            Shape::Short | Shape::Number | Shape::Money | Shape::Matter(_) => Input::Line(text),
            Shape::Long => Input::Text(text),
            Shape::Date => Input::Date(text),
            Shape::YesNo => Input::YesNo(match text.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            }),
            Shape::Code(t) => Input::One(table(t)),
            Shape::Codes(t) => Input::Many(table(t)),
            Shape::Choice => Input::One(choices(f.name).into_iter().map(|(c, l)| (c.clone(), named(v, l), c == text)).collect()),
            Shape::Org => Input::One(units(v).map(|(code, name)| (code.clone(), name, code == text)).collect()),
            Shape::Person => {
                let offered = people::accounts(v.tx)?.into_iter().filter(|a| offers(v, a));
                Input::Pick(text, offered.map(|a| (a.id, format!("{} · {}", a.name, v.registers.org_name(&a.org)))).collect())
            }
            Shape::Rows(columns) => {
                let cells = |n: usize| columns.iter().map(|c| form_cell(v, c, format!("{}.{n}.{}", f.name, c.name), values)).collect();
                let row = |name: &str| name.strip_prefix(f.name)?.strip_prefix('.')?.split('.').next()?.parse::<usize>().ok();
                let had = values.0.iter().filter_map(|(name, _)| row(name)).max().map_or(0, |n| n + 1);
                let more = usize::from(values.get("more") == f.name);
                Input::Rows(columns.iter().map(|c| c.label).collect(), (0..(had + more).clamp(2, 200)).map(cells).collect())
            }
            Shape::Files => {
                let mut have: Vec<(String, String)> =
                    added.iter().filter(|(field, _)| field == f.name).map(|(_, id)| (id.clone(), String::new())).collect();
                have.extend(values.all(f.name).filter(|x| !x.is_empty()).map(|id| (id.to_owned(), String::new())));
                for h in &mut have {
                    let name = files::get(v.tx, v.house, &h.0)?.map(|(file, ..)| file.name);
                    h.1 = name.map(|name| if name.is_empty() { "封存附件".into() } else { name }).unwrap_or_default();
                }
                Input::Files(have)
            }
        };
        all.push(FieldView { name: f.name.into(), label: f.label.into(), hint: f.hint.into(), required: f.required, error: None, input });
    }
    Ok(all)
}
/// `(code, name)` of the units that may be named.
fn units<'a>(v: &'a Visit) -> impl Iterator<Item = (String, String)> + 'a {
    v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.code.clone(), o.name.clone()))
}
/// `(key, name)` of the accounts of the office, as far as they are offered to this person.
fn voters(v: &Visit) -> Vec<(String, String)> {
    let mine = |a: &people::Account| v.who.roles.iter().any(|r| r.org == a.org);
    let all = people::accounts(v.tx).unwrap_or_default();
    all.into_iter().filter(|a| mine(a) && offers(v, a)).map(|a| (a.id, a.name)).collect()
}
fn form_cell(v: &Visit, c: &domain::engine::Column, name: String, values: &Values) -> FormCell {
    let value = values.get(&name).to_owned();
    let chosen = |(code, label): (String, String)| (code.clone(), label, code == value);
    let options = match (c.codes, c.name) {
        (Some(table), _) => table.rows.iter().map(|(code, label)| chosen(((*code).to_owned(), (*label).to_owned()))).collect(),
        (None, "org") => units(v).map(chosen).collect(),
        // Who voted is told from who prepared it by his account; elsewhere a column of persons is the house's.
        (None, "person") if name.starts_with("votes.") => voters(v).into_iter().map(chosen).collect(),
        _ => vec![],
    };
    FormCell { name, label: c.label, value, options }
}
/// Roles of other bodies: who is registered elsewhere is no business of theirs.
const OUTSIDE: &[&str] = &["R9", "R10", "R11", "R12", "R13"];
/// Whether this person is offered that account.
fn offers(v: &Visit, account: &people::Account) -> bool {
    v.who.roles.iter().any(|r| !OUTSIDE.contains(&r.role.as_str()) || v.registers.under(&account.org, &r.org))
}
/// A choice with the unit's name for its code in braces.
fn named(v: &Visit, label: String) -> String {
    let code = label.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(code, _)| code.to_owned());
    code.map_or_else(|| label.clone(), |code| label.replace(&format!("{{{code}}}"), v.registers.org_name(&code)))
}
/// Files that came with a form; a reporter's own are encrypted to the office that owns the matter before they touch the disk.
fn take_files(p: &Post, fields: &[Field], owner: &str, receipt_key: &str) -> Result<Vec<(String, String)>> {
    let sealed = |name: &str| fields.iter().any(|f| f.name == name && f.vault == Some("original"));
    let one = |u: &super::visit::Upload| {
        if sealed(&u.field) {
            files::take_in_for(&p.house, &p.who.id, owner, receipt_key, &u.name, &u.bytes)
        } else {
            files::take_in(&p.house, &p.who.id, &u.name, &u.bytes)
        }
    };
    p.uploads.iter().map(|u| Ok((u.field.clone(), one(u)?))).collect()
}
/// The form again, with what was wrong at its place and nothing lost; or the failure itself where it is another one.
fn again(failure: Failure, again: impl FnOnce() -> Result<(FormPage, &'static [Field])>, conflict: Vec<String>) -> Result<Reply> {
    let (status, refusal) = match failure {
        Failure::Refused(r) if !r.fields.is_empty() => (422, r),
        Failure::Stale => (409, Refusal::new("stale", "")),
        other => return Err(other),
    };
    let (mut page, fields) = again()?;
    for (name, say) in &refusal.fields {
        let label = fields.iter().find(|f| f.name == name).map_or(name.as_str(), |f| f.label);
        page.errors.push((name.clone(), label.to_owned(), say.clone()));
        if let Some(f) = page.fields.iter_mut().find(|f| f.name == *name) {
            f.error = Some(say.clone());
        }
    }
    page.conflict = conflict;
    Ok(Reply::Page(status, html(&page)))
}
pub(super) fn drop_draft(p: &Post, place: &str, action: &str) -> Result<()> {
    let (person, place, action) = (p.who.id.clone(), place.to_owned(), action.to_owned());
    p.house.db.write_here(move |tx| own::drop_draft(tx, &person, &place, &action))
}
/// `POST /matter/{number}/do/{action}`.
pub fn act(p: &Post) -> Result<Reply> {
    if let Some(sheet) = scoring::act(p)? {
        return Ok(sheet);
    }
    if let Some(shown) = super::packets::act(p)? {
        return Ok(shown);
    }
    let (number, action) = (p.part("number").to_owned(), p.part("action").to_owned());
    let loaded = p.visit(|v| matters::load(v.tx, &number))?.ok_or(Failure::NotFound)?;
    let kind = domain::procedures::kind(loaded.matter.kind()).ok_or(Failure::NotFound)?;
    let row = kind.step(&action).filter(|r| r.by_people()).ok_or(Failure::NotFound)?;
    let added = take_files(p, row.fields, loaded.matter.owner(), &matters::receipt_key(&loaded, &Default::default())?)?;
    if !p.form.get("more").is_empty() {
        let (page, _) = p.visit(|v| act_form(v, &number, &action, Some((&p.form, &added))))?;
        return Ok(Reply::Html(html(&page)));
    }
    let version = p.form.get("version").parse().ok();
    let key = Some(p.form.get(once(row.fields)).to_owned()).filter(|k| !k.is_empty());
    let done =
        forms::read(row.fields, &p.form, &added).and_then(|form| take_shown(p, Where::On(number.clone()), &action, form, version, key));
    match done {
        Ok((done, shown)) => {
            drop_draft(p, &number, &action)?;
            if action == "open_identity" {
                return p.visit(|v| show_identity(v, &done.number, shown));
            }
            Ok(Reply::Go(format!("/matter/{}?done={}", done.number, encode(&format!("已{}，已留痕。", row.label)))))
        }
        Err(failure) => {
            let meanwhile =
                if matches!(failure, Failure::Stale) { p.visit(|v| meanwhile(v, &number, version.unwrap_or(0)))? } else { vec![] };
            let mut values = p.form.clone();
            // The next try starts from what has happened meanwhile.
            values.0.retain(|(n, _)| n != "version" && n != once(row.fields) || meanwhile.is_empty());
            again(failure, || p.visit(|v| act_form(v, &number, &action, Some((&values, &added)))), meanwhile)
        }
    }
}
/// Who did what since the form was made.
fn meanwhile(v: &Visit, number: &str, since: u32) -> Result<Vec<String>> {
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    let newer = usize::try_from(seen.loaded.matter.version().saturating_sub(since)).unwrap_or(0);
    Ok(seen.lines.iter().take(newer).map(|l| format!("{} {}：{}", edge::minute_of(l.at_ms), l.actor, l.label)).collect())
}
/// The sealed identity, shown once, after its own entry is durable.
fn show_identity(v: &Visit, number: &str, shown: Vec<(String, String)>) -> Result<Reply> {
    let loaded = matters::load(v.tx, number)?.ok_or(Failure::NotFound)?;
    let body: Json = serde_json::from_str(&loaded.matter.body())?;
    let said = body.pointer("/state/said").cloned().unwrap_or_default();
    let mut rows: Vec<_> = shown.into_iter().map(|(label, text)| vec![pages::Cell::Text(label), pages::Cell::Text(text)]).collect();
    for (name, label) in [("reporter", "反映人姓名"), ("reporter_id", "身份证号"), ("reporter_phone", "联系电话")] {
        if let Some(reference) = said.get(name).and_then(Json::as_str).and_then(domain::engine::is_vault_ref) {
            let text = crate::vault::open_identity(v.tx, &v.house.keys, reference)?;
            rows.extend(text.map(|text| vec![pages::Cell::Text(label.into()), pages::Cell::Text(text)]));
        }
    }
    v.house.reads.note(&v.who.id, loaded.id, "查阅身份", v.now);
    let page = pages::TablePage {
        frame: present::frame(v, "反映人身份", &[("工作台", "/"), (number, &format!("/matter/{number}")), ("反映人身份", "")])?,
        heading: "反映人身份".into(),
        explain: "只显示这一次。离开本页后须重新申请。".into(),
        columns: vec!["项目", "内容"],
        rows,
        empty: "本件没有登记反映人身份".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /matters/{kind}/new/{action}`.
pub fn open(p: &Post) -> Result<Reply> {
    let (kind, action, owner) = (p.part("kind").to_owned(), p.part("action").to_owned(), p.form.get("owner").to_owned());
    let row =
        domain::procedures::kind(&kind).and_then(|k| k.step(&action)).filter(|r| r.opens() && r.by_people()).ok_or(Failure::NotFound)?;
    let added = take_files(p, row.fields, &owner, "")?;
    let key = Some(p.form.get(once(row.fields)).to_owned()).filter(|k| !k.is_empty());
    if !p.form.get("more").is_empty() {
        let (page, _) = p.visit(|v| new_form(v, &kind, &action, &owner, Some((&p.form, &added))))?;
        return Ok(Reply::Html(html(&page)));
    }
    let place = Where::Open { kind: kind.clone(), owner: owner.clone(), links: vec![] };
    match forms::read(row.fields, &p.form, &added).and_then(|form| take(p, place, &action, form, None, key)) {
        Ok(done) => {
            drop_draft(p, &kind, &action)?;
            Ok(Reply::Go(format!("/matter/{}?done={}", done.number, encode(&format!("已{}，已留痕。", row.label)))))
        }
        Err(failure) => again(failure, || p.visit(|v| new_form(v, &kind, &action, &owner, Some((&p.form, &added)))), vec![]),
    }
}
/// Keeps what was typed into a form: names of buttons and of the page itself are no part of it.
pub(super) fn keep_draft(p: &Post, place: &str, action: &str, form: &Values) -> Result<()> {
    let own = form.has("once");
    let ours = |n: &str| matches!(n, "csrf" | "once" | "version" | "op" | "more" | "drop") || n == "key" && !own;
    let kept = form.0.iter().filter(|(n, _)| !ours(n));
    let text: String = kept.map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect::<Vec<_>>().join("&");
    if text.len() > 200_000 {
        return Err(Failure::Bad(413, "草稿过长。".into()));
    }
    own::keep_draft(&p.house, p.who.id.clone(), place.to_owned(), action.to_owned(), text, p.now.ms)
}
/// `POST /draft/{place}/{action}`: kept for the writer alone, never on the ledger.
pub fn save_draft(p: &Post) -> Result<Reply> {
    let (place, action) = (p.part("place"), p.part("action"));
    let back = if place == super::desk::PLACE {
        "/desk".to_owned()
    } else if domain::procedures::kind(place).is_some() {
        format!("/matters/{place}/new/{action}")
    } else {
        format!("/matter/{place}/do/{action}")
    };
    keep_draft(p, place, action, &p.form)?;
    if p.headers.contains_key("x-draft") { Ok(Reply::Json(200, serde_json::json!({"saved": true}))) } else { Ok(Reply::Go(back)) }
}
