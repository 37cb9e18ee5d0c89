//! 评分表 (prototype `scoring.html`): the sheet of one expert, item by item, by the edition the review is pinned to. Adding a row,
//! counting and locking are answers of the server; the script only spares the waiting. Nobody's sheet but one's own is ever here.
use domain::engine::StepInfo;
use domain::procedures::review::counting::CardAnswer;
use domain::procedures::review::scoring::{Deduction, points};
use domain::procedures::review::sheet::Basis;
use domain::procedures::review::{Review, Sheet};
use domain::registers::codes;
use serde_json::{Value as Json, json};

use super::api::take;
use super::doing::{drop_draft, field_views, keep_draft};
use super::expert_pages::{ScoringPage, SheetRow};
use super::pages::{FieldView, html};
use super::sheet_view::Checked;
use super::visit::{Post, Reply, Values, Visit, encode};
use super::{forms, present, reading, sheet_view};
use crate::failure::{Failure, Result};
use crate::matters::{self, Circumstances, Where};
use crate::{edge, own, reviews};

/// `GET /matter/{number}/do/submit` and `…/re_examine` of a review: its sheet. Nothing where it is no sheet.
pub fn form(v: &Visit) -> Result<Option<Reply>> {
    let Some(field) = reviews::sheet_field(v.part("action")) else { return Ok(None) };
    let page = page(v, v.part("number"), v.part("action"), field, None)?;
    Ok(page.map(|p| Reply::Html(html(&p))))
}
/// What came with a press of a button.
struct Given<'a> {
    values: &'a Values,
    /// Messages stand at their cells: somebody asked to count or to lock.
    told: bool,
    /// Of what the house refused: `(field, message)`.
    refused: Vec<(String, String)>,
}
fn page(v: &Visit, number: &str, action: &str, field: &'static str, given: Option<&Given>) -> Result<Option<ScoringPage>> {
    let loaded = matters::load(v.tx, number)?.ok_or(Failure::NotFound)?;
    let Some(review) = loaded.of::<Review>().map(|m| &m.state) else { return Ok(None) };
    // Not `matters::see`: timeline and links are no part of this page, and a hundred experts open it at once.
    let circumstances = Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    let at = circumstances.at(v.who);
    if loaded.matter.mine(&at).is_empty() {
        return Err(Failure::NotFound);
    }
    v.house.reads.note(&v.who.id, loaded.id, "查看", v.now);
    let offers = loaded.matter.offered(&at);
    let row = domain::procedures::kind("review").and_then(|k| k.step(action)).ok_or(Failure::NotFound)?;
    let (basis, scale) = (reviews::basis(v.tx, v.house, review)?, review.scale());
    let seat = review.seat(&v.who.id, field != "sheet");
    let handed_in = seat.and_then(|s| s.sheet.as_ref());
    match (handed_in, offers.iter().find(|o| o.action == action)) {
        (Some(_), _) => {}
        (None, None) => return Err(Failure::NotFound),
        (None, Some(o)) => {
            if let Some(r) = o.blocked.as_ref().filter(|_| given.is_none()) {
                return Err(Failure::Refused(r.clone()));
            }
        }
    }
    let draft = own::draft(v.tx, v.house, &v.who.id, number, action)?.filter(|_| given.is_none() && handed_in.is_none());
    let values = given.map(|g| g.values.clone()).or_else(|| draft.as_ref().map(|(text, _)| Values::read(text))).unwrap_or_default();
    let all = handed_in.map_or_else(|| sheet_view::rows(&values, field, &basis), |s| s.rows.clone());
    let answers = handed_in.map_or_else(|| sheet_view::answers(&values), |s| s.card.clone());
    let checked = sheet_view::check(&basis, scale, &all, &answers);
    let faults = &checked.faults;
    let so_far = basis.so_far(scale, &checked.rows, &answers);
    let (sum, grade) = handed_in.map_or((so_far.total, so_far.grade), |s| (s.total, review.grade_of(s).to_owned()));
    let mut others = field_views(v, row.fields, &values, &[], &|_| vec![])?;
    others.retain(|f| f.name != field && f.name != "card");
    let open = still_open(&all, &checked, &others, &values);
    let told = given.is_some_and(|g| g.told);
    let (shown, elsewhere) = if told { (faults.as_slice(), checked.others.as_slice()) } else { (&[][..], &[][..]) };
    let mut errors: Vec<_> =
        shown.iter().map(|f| (format!("s-{}-{}", f.row, f.column), sheet_view::place(&all, f), f.say.clone())).collect();
    errors.extend(elsewhere.iter().map(|w| (sheet_view::elsewhere(w).0, sheet_view::elsewhere(w).1, w.say.clone())));
    errors.extend(given.iter().flat_map(|g| &g.refused).map(|r| refused(r, row.label, &mut others)));
    let said = handed_in.map(|s| said(v, row, s)).transpose()?.unwrap_or_default();
    let (vetoes, mut veto_rows, mut items) = sheet_view::lay_out(&basis, &all, &answers, shown, values.get("more"));
    if handed_in.is_some() {
        sheet_view::in_words(&mut veto_rows, &mut items);
    }
    let what = if field == "sheet" { "评分表" } else { "复核评分表" };
    let code = seat.map(|s| s.code.clone()).unwrap_or_default();
    let clock = loaded.matter.clocks().get(if field == "sheet" { "scoring" } else { "re_examination" });
    let due = clock.filter(|r| r.live() && handed_in.is_none());
    Ok(Some(ScoringPage {
        cites: crate::rules::library(v.tx, v.house)?,
        frame: present::frame(
            v,
            row.label,
            &[("工作台", "/"), ("案件评查", "/matters/review"), (number, &format!("/matter/{number}")), ("评分表", "")],
        )?,
        number: number.into(),
        heading: format!("{what}：{}案件", codes::CASE_TYPE.label_of(review.about().2)),
        explain: format!("{code} · 标准 {} · 倒扣，单项扣完为止 · 提交前看不到同组他人分数，提交后不能修改", titles(review, &basis)),
        action: format!("/matter/{number}/do/{action}"),
        version: loaded.matter.version().to_string(),
        key: if values.get("key").is_empty() { edge::random_hex::<8>()? } else { values.get("key").to_owned() },
        field,
        due: due.and_then(|d| present::due(&d.due.to_string(), d.paused.is_some(), d.provisional, &v.registers, v.now.today)),
        sealed: review.sealed(),
        errors,
        draft: draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved))),
        draft_url: format!("/draft/{number}/{action}"),
        vetoes,
        veto_rows,
        card: sheet_view::card(&basis, &items, &answers, elsewhere),
        items,
        whole: basis.whole(),
        parts: basis.parts.len(),
        blank: SheetRow::default(),
        others,
        said,
        total: points(sum),
        grade_words: sheet_view::grade_words(scale, &grade),
        grade_tone: sheet_view::tone(scale, &grade),
        grade,
        scale: json!(scale).to_string(),
        open,
        locked: handed_in.is_some(),
        confirm: None,
        watermark: reading::watermark(&code, v.now),
        papers: reading::papers(v, number, review)?,
        recuse: offers.iter().any(|o| o.action == "recuse" && o.blocked.is_none()).then(|| format!("/matter/{number}/do/recuse")),
        problems: codes::PROBLEM.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), false)).collect(),
        severities: sheet_view::severities(&basis),
    }))
}
/// What is still to be filled in: `(anchor, label)`.
fn still_open(all: &[Deduction], checked: &Checked, others: &[FieldView], values: &Values) -> Vec<(String, String)> {
    let cells = checked.faults.iter().map(|f| (format!("s-{}-{}", f.row, f.column), sheet_view::place(all, f)));
    let missing = others.iter().filter(|f| f.required && values.get(&f.name).trim().is_empty());
    let missing = missing.map(|f| (format!("f-{}", f.name), f.label.clone()));
    cells.chain(checked.others.iter().map(sheet_view::elsewhere)).chain(missing).collect()
}
/// What the house refused, at its field where the page has one: `(anchor, label, message)`.
fn refused((name, say): &(String, String), step: &str, others: &mut [FieldView]) -> (String, String, String) {
    let Some(f) = others.iter_mut().find(|f| f.name == *name) else { return ("sheet".into(), step.into(), say.clone()) };
    f.error = Some(say.clone());
    (format!("f-{name}"), f.label.clone(), say.clone())
}
/// What was said besides the rows of a sheet that is handed in.
fn said(v: &Visit, row: &StepInfo, s: &Sheet) -> Result<Vec<(String, String)>> {
    let mut all = vec![];
    for (name, text) in [("re_examination_finding", &s.finding), ("my_opinion", &s.opinion)] {
        if let Some(f) = row.fields.iter().find(|f| f.name == name && !text.is_empty()) {
            all.push((f.label.to_owned(), present::words(v, f, &Json::from(text.as_str()))?));
        }
    }
    Ok(all)
}
/// What it is counted on, in words.
fn titles(review: &Review, basis: &Basis) -> String {
    if review.pins().is_empty() {
        return basis.parts.iter().map(|p| format!("{}（{}）", p.edition.name, p.edition.edition)).collect();
    }
    review.pins().iter().map(|p| p.title.as_str()).collect::<Vec<_>>().join("、")
}

/// `POST /matter/{number}/do/submit` and `…/re_examine` of a review. Nothing where it is no sheet.
pub fn act(p: &Post) -> Result<Option<Reply>> {
    let (number, action) = (p.part("number"), p.part("action"));
    let Some(field) = reviews::sheet_field(action) else { return Ok(None) };
    let row = domain::procedures::kind("review").and_then(|k| k.step(action)).ok_or(Failure::NotFound)?;
    let shown = |status: u16, told: bool, refused: Vec<(String, String)>| -> Result<Option<Reply>> {
        let given = Given { values: &p.form, told, refused };
        let Some(page) = p.visit(|v| page(v, number, action, field, Some(&given)))? else { return Ok(None) };
        // Whoever goes back in the browser instead of forth finds it all again.
        let gone = format!("{field}.{}.", p.form.get("drop"));
        let left = Values(p.form.0.iter().filter(|(n, _)| !n.starts_with(&gone)).cloned().collect());
        keep_draft(p, number, action, &left)?;
        Ok(Some(Reply::Page(status, html(&page))))
    };
    let op = p.form.get("op");
    if !p.form.get("more").is_empty() || !p.form.get("drop").is_empty() || matches!(op, "count" | "back") {
        return shown(200, op == "count", vec![]);
    }
    let found = p.visit(|v| {
        let review = matters::load_as::<Review>(v.tx, number)?.map(|m| m.state);
        review.map(|r| Ok((reviews::basis(v.tx, v.house, &r)?, r))).transpose()
    })?;
    let Some((basis, review)) = found else { return Ok(None) };
    let answers = sheet_view::answers(&p.form);
    let checked = sheet_view::check(&basis, review.scale(), &sheet_view::rows(&p.form, field, &basis), &answers);
    let values = as_sent(p, field, &checked, &answers);
    let form = match forms::read(row.fields, &values, &[]) {
        Ok(form) if checked.sound() => form,
        Ok(_) => return shown(422, true, vec![]),
        Err(Failure::Refused(r)) => return shown(422, true, r.fields),
        Err(other) => return Err(other),
    };
    if op == "lock" {
        return ask_once_more(p, number, action, field, values, checked.rows.len()).map(Some);
    }
    let (version, key) = (p.form.get("version").parse().ok(), Some(p.form.get("key").to_owned()).filter(|k| !k.is_empty()));
    match take(p, Where::On(number.to_owned()), action, form, version, key) {
        Ok(done) => {
            drop_draft(p, number, action)?;
            Ok(Some(Reply::Go(format!("/matter/{}?done={}", done.number, encode(&format!("已{}，已留痕。", row.label))))))
        }
        Err(Failure::Refused(r)) if !r.fields.is_empty() => shown(422, true, r.fields),
        Err(other) => Err(other),
    }
}
/// The form as the gate reads it: rows completed, one after another; answers that say something.
fn as_sent(p: &Post, field: &str, checked: &Checked, answers: &[CardAnswer]) -> Values {
    let rows = format!("{field}.");
    let kept = |(n, _): &&(String, String)| !n.starts_with(&rows) && !n.starts_with("card.");
    let mut values = Values(p.form.0.iter().filter(kept).cloned().collect());
    for (n, d) in checked.rows.iter().enumerate().filter(|_| checked.sound()) {
        let mut d = d.clone();
        values.0.push((format!("{field}.{n}.full"), d.full.clone()));
        for (column, _) in sheet_view::COLUMNS {
            if let Some(text) = sheet_view::cell(&mut d, column) {
                values.0.push((format!("{field}.{n}.{column}"), text.clone()));
            }
        }
    }
    for (n, a) in answers.iter().enumerate() {
        for (column, text) in [("question", &a.question), ("said", &a.said), ("page", &a.page), ("note", &a.note)] {
            values.0.push((format!("card.{n}.{column}"), text.clone()));
        }
    }
    values
}
/// The dialog of an irreversible step, as a page of its own.
fn ask_once_more(p: &Post, number: &str, action: &str, field: &'static str, values: Values, rows: usize) -> Result<Reply> {
    let given = Given { values: &p.form, told: false, refused: vec![] };
    let page = p.visit(|v| page(v, number, action, field, Some(&given)))?;
    let mut page = page.ok_or(Failure::NotFound)?;
    keep_draft(p, number, action, &p.form)?;
    let vetoes = page.vetoes.iter().filter(|x| x.ticked).count();
    let says = format!("合计 {} 分，{}；扣分和否决项共 {rows} 行，其中否决项 {vetoes} 行。", page.total, page.grade);
    let kept = |(n, _): &(String, String)| !matches!(n.as_str(), "csrf" | "version" | "key" | "op");
    page.confirm = Some((says, values.0.into_iter().filter(kept).collect()));
    Ok(Reply::Html(html(&page)))
}
