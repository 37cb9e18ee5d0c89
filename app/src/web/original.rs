//! 原文阅览室 (trust.md 4.3): a reporter's own words and files, read by the intake with a ground, by each reader's own key. Every reading
//! is an entry that names him, durable before anything is shown; whoever belongs to the accused organisation finds no such room.
use domain::registers::codes::READ_GROUND;

use super::pages::{Cell, FieldView, Input, SmallForm, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit};
use crate::failure::{Failure, Result};
use crate::matters::{self, Desk, Loaded};
use crate::vault::{self, Kept, Sealed};
use crate::{edge, files};

const NO_KEY: &str = "你还没有受理组的密钥。请另一名受理员登录一次，密钥即发给你。";

/// The way to the reading room, for whoever finds one here.
///
/// # Errors
/// A fault of the engine.
pub fn link(v: &Visit, seen: &matters::Seen) -> Result<Option<(String, String)>> {
    let may = vault::may_read(&v.registers, v.who, &seen.mine, &seen.loaded);
    let there = may && !vault::sealed_of(v.tx, &seen.loaded, "original")?.is_empty();
    Ok(there.then(|| ("原文阅览室".into(), format!("/matter/{}/original", seen.item.number))))
}
/// The matter, for whoever may read its original; nobody else learns that there is a room. An API token brings no key.
fn room(v: &Visit) -> Result<(Loaded, Vec<Sealed>)> {
    let loaded = matters::load(v.tx, v.part("number"))?.ok_or(Failure::NotFound)?;
    let circumstances = matters::Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    let mine = loaded.matter.mine(&circumstances.at(v.who));
    if v.session.is_none() || !vault::may_read(&v.registers, v.who, &mine, &loaded) {
        return Err(Failure::NotFound);
    }
    let all = vault::sealed_of(v.tx, &loaded, "original")?;
    Ok((loaded, all))
}
fn page(v: &Visit, number: &str, rows: Vec<Vec<Cell>>, ask: bool) -> Result<Reply> {
    let grounds = READ_GROUND.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), false)).collect();
    let ground =
        FieldView { name: "ground".into(), label: "阅读事由".into(), required: true, input: Input::One(grounds), ..Default::default() };
    let form = SmallForm {
        heading: "阅读原文".into(),
        action: format!("/matter/{number}/original"),
        fields: vec![ground],
        submit: "阅读，我只用于所选事由".into(),
        ..Default::default()
    };
    let page = TablePage {
        frame: present::frame(v, "原文阅览室", &[("工作台", "/"), (number, &format!("/matter/{number}")), ("原文阅览室", "")])?,
        heading: "原文阅览室".into(),
        explain: "反映人的原话和原始附件，只用受理员本人的密钥打开。每次阅读先留痕，后显示；不得转告被反映单位。".into(),
        columns: vec!["项目", "来自", "日期", "内容"],
        rows,
        links: vec![("回到本件".into(), format!("/matter/{number}"))],
        form: ask.then_some(form),
        empty: "本件没有封存的原文".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn row(s: &Sealed, content: Cell) -> Vec<Cell> {
    vec![Cell::Text(s.label.into()), Cell::Text(s.step.into()), Cell::Text(s.day.to_string()), content]
}
/// `GET /matter/{number}/original`: what there is, and the ground asked for. Nothing is opened.
pub fn ask(v: &Visit) -> Result<Reply> {
    let (loaded, all) = room(v)?;
    let kind = |s: &Sealed| if matches!(s.kept, Kept::File(_)) { "封存附件" } else { "封存文字" };
    page(v, &loaded.number, all.iter().map(|s| row(s, Cell::Text(kind(s).into()))).collect(), true)
}
fn ground(p: &Post) -> Result<String> {
    let ground = p.form.get("ground");
    READ_GROUND.has(ground).then(|| ground.to_owned()).ok_or_else(|| Failure::Bad(422, "请选择阅读事由。".into()))
}
/// Leaves the record of a reading.
fn record(p: &Post, loaded: &Loaded, ground: &str, file: &str) -> Result<()> {
    let (house, number, ground, file, by) = (p.house.clone(), loaded.number.clone(), ground.to_owned(), file.to_owned(), p.who.id.clone());
    p.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        vault::note_reading(&mut desk, &number, &ground, &file, &by)?;
        desk.close()
    })?;
    p.house.reads.note(&p.who.id, loaded.id, "阅原文", p.now);
    Ok(())
}
fn own(p: &Post) -> Result<&vault::Private> {
    p.session.as_ref().and_then(|s| s.own.as_ref()).ok_or_else(|| Failure::Forbidden(NO_KEY.into()))
}
/// `POST /matter/{number}/original`: the texts, and a way to each file.
pub fn read(p: &Post) -> Result<Reply> {
    let (loaded, all) = p.visit(room)?;
    let (ground, own) = (ground(p)?, own(p)?);
    record(p, &loaded, &ground, "")?;
    p.visit(|v| {
        let mut rows = vec![];
        for s in &all {
            let content = match &s.kept {
                Kept::Text(r) => Cell::Area(vault::open_for(v.tx, &v.who.id, own, r)?.ok_or_else(|| Failure::Forbidden(NO_KEY.into()))?),
                Kept::File(id) => {
                    Cell::Button(format!("/matter/{}/original/{id}", loaded.number), "下载".into(), vec![("ground".into(), ground.clone())])
                }
            };
            rows.push(row(s, content));
        }
        page(v, &loaded.number, rows, false)
    })
}
/// `POST /matter/{number}/original/{file}`: always an attachment.
pub fn file(p: &Post) -> Result<Reply> {
    let (loaded, all) = p.visit(room)?;
    let id = p.part("file").to_owned();
    if !all.iter().any(|s| s.kept == Kept::File(id.clone())) {
        return Err(Failure::NotFound);
    }
    let (ground, own) = (ground(p)?, own(p)?);
    record(p, &loaded, &ground, &id)?;
    p.visit(|v| {
        let dek = vault::dek_for(v.tx, &v.who.id, own, &id)?.ok_or_else(|| Failure::Forbidden(NO_KEY.into()))?;
        let (name, _, bytes) = files::open_sealed(v.tx, v.house, &id, &dek)?;
        let name = if name.is_empty() { format!("附件-{}", edge::day_of(v.now.ms)) } else { name };
        Ok(Reply::Download(bytes, "application/octet-stream", name))
    })
}
