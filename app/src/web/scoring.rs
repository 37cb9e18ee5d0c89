//! 评分表 (prototype `scoring.html`): the sheet of one expert, item by item, by the edition the review is pinned to. Adding a row,
//! counting and locking are answers of the server; the script only spares the waiting. Nobody's sheet but one's own is ever here.
use domain::engine::StepInfo;
use domain::procedures::review::Sheet;
use domain::procedures::review::scoring::{Deduction, Scale, points, tenths};
use domain::procedures::review::sheet::{self, Fault, MOST_ROWS};
use domain::procedures::standard::Edition;
use domain::registers::codes;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

use super::api::take;
use super::doing::{drop_draft, field_views, keep_draft};
use super::expert_pages::{ScoringPage, SheetItem, SheetRow, SheetVeto};
use super::pages::{FieldView, html};
use super::visit::{Post, Reply, Values, Visit, encode};
use super::{forms, present, reading};
use crate::failure::{Failure, Result};
use crate::matters::{self, Circumstances, Where};
use crate::{edge, own, reviews};

const COLUMNS: [(&str, &str); 6] =
    [("item", "条目"), ("points", "扣分"), ("page", "卷页码"), ("problem", "问题码"), ("severity", "严重度"), ("note", "说明")];

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
/// Rows by their place in the form; a veto that is not ticked has none.
fn rows(values: &Values, field: &str, edition: &Edition) -> Vec<Deduction> {
    let mut by_place: BTreeMap<usize, Deduction> = BTreeMap::new();
    for (name, text) in &values.0 {
        let cell = name.strip_prefix(field).and_then(|r| r.strip_prefix('.')).and_then(|r| r.split_once('.'));
        let Some((n, column)) = cell.and_then(|(n, c)| Some((n.parse::<usize>().ok().filter(|n| *n < MOST_ROWS)?, c))) else { continue };
        let row = by_place.entry(n).or_default();
        let text = text.trim().to_owned();
        match column {
            "item" => row.item = text,
            "points" => row.points = text,
            "page" => row.page = text,
            "problem" => row.problem = text,
            "severity" => row.severity = text,
            "note" => row.note = text,
            _ => {}
        }
    }
    values.get("drop").parse().ok().and_then(|n: usize| by_place.remove(&n));
    let mut all: Vec<Deduction> = by_place.into_values().filter(|d| !d.item.is_empty() || !blank(d)).collect();
    let veto = |item: &str| edition.vetoes.iter().any(|v| v.veto == item);
    if values.has("ticks") {
        all.retain(|d| !veto(&d.item) || values.all("veto").any(|t| t == d.item));
        for text in values.all("veto").filter(|t| veto(t)) {
            if !all.iter().any(|d| d.item == text) {
                all.push(Deduction { item: text.to_owned(), ..Deduction::default() });
            }
        }
    }
    if edition.items.iter().any(|i| i.item == values.get("more")) {
        all.push(Deduction { item: values.get("more").to_owned(), ..Deduction::default() });
    }
    all
}
/// A row somebody asked for and has not filled in: it says nothing.
fn blank(d: &Deduction) -> bool {
    [&d.points, &d.page, &d.problem, &d.severity, &d.note].iter().all(|t| t.is_empty())
}
/// The rows that say something, each with its place, as the edition completes them; faults at those places.
fn counted(edition: &Edition, all: &[Deduction]) -> (Vec<Deduction>, Vec<Fault>) {
    let says = |d: &&(usize, &Deduction)| !blank(d.1) || edition.vetoes.iter().any(|v| v.veto == d.1.item);
    let (places, rows): (Vec<usize>, Vec<Deduction>) =
        all.iter().enumerate().collect::<Vec<_>>().iter().filter(says).map(|(n, d)| (*n, (*d).clone())).unzip();
    let (rows, faults) = sheet::complete(edition, rows);
    (rows, faults.into_iter().map(|f| Fault { row: places.get(f.row).copied().unwrap_or(0), ..f }).collect())
}
fn page(v: &Visit, number: &str, action: &str, field: &'static str, given: Option<&Given>) -> Result<Option<ScoringPage>> {
    let loaded = matters::load(v.tx, number)?.ok_or(Failure::NotFound)?;
    // Whole sheets ask for grounds, documents and cards that this page does not know: the plain form takes them.
    let Some(review) = reviews::review(&loaded)?.filter(|r| r.pins().is_empty()) else { return Ok(None) };
    // Not `matters::see`: timeline and links are no part of this page, and a hundred experts open it at once.
    let circumstances = Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    let at = circumstances.at(v.who);
    if loaded.matter.mine(&at).is_empty() {
        return Err(Failure::NotFound);
    }
    v.house.reads.note(&v.who.id, loaded.id, "查看", v.now);
    let offers = loaded.matter.offered(&at);
    let row = domain::procedures::kind("review").and_then(|k| k.step(action)).ok_or(Failure::NotFound)?;
    let (standard, scale) = review.pinned();
    let edition = reviews::edition(v.tx, standard)?;
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
    let draft = own::draft(v.tx, &v.who.id, number, action)?.filter(|_| given.is_none() && handed_in.is_none());
    let values = given.map(|g| g.values.clone()).or_else(|| draft.as_ref().map(|(text, _)| Values::read(text))).unwrap_or_default();
    let all = handed_in.map_or_else(|| rows(&values, field, &edition), |s| s.rows.clone());
    let (done, faults) = counted(&edition, &all);
    let (sum, grade) = sheet::so_far(scale, &done);
    let mut others = field_views(v, row.fields, &values, &[], &|_| vec![])?;
    others.retain(|f| f.name != field);
    let missing = others.iter().filter(|f| f.required && values.get(&f.name).trim().is_empty());
    let mut open: Vec<(String, String)> = faults.iter().map(|f| (format!("s-{}-{}", f.row, f.column), place(&all, f))).collect();
    open.extend(missing.map(|f| (format!("f-{}", f.name), f.label.clone())));
    let told = given.is_some_and(|g| g.told);
    let shown = if told { faults.as_slice() } else { &[] };
    let mut errors: Vec<_> = shown.iter().map(|f| (format!("s-{}-{}", f.row, f.column), place(&all, f), f.say.clone())).collect();
    errors.extend(given.iter().flat_map(|g| &g.refused).map(|r| refused(r, row.label, &mut others)));
    let said = handed_in.map(|s| said(v, row, s)).transpose()?.unwrap_or_default();
    let (mut veto_rows, mut items) = lay_out(&edition, &all, shown, values.get("more"));
    if handed_in.is_some() {
        let words = |r: &mut SheetRow| r.problem = codes::PROBLEM.label_of(&r.problem).to_owned();
        veto_rows.iter_mut().chain(items.iter_mut().flat_map(|i| &mut i.rows)).for_each(words);
    }
    let case = codes::CASE_TYPE.label_of(review.about().2);
    let heading = format!("{}：{case}案件", if field == "sheet" { "评分表" } else { "复核评分表" });
    let code = seat.map(|s| s.code.clone()).unwrap_or_default();
    let clock = loaded.matter.clocks().get(if field == "sheet" { "scoring" } else { "re_examination" });
    let due = clock.filter(|r| r.live() && handed_in.is_none());
    Ok(Some(ScoringPage {
        frame: present::frame(
            v,
            row.label,
            &[("工作台", "/"), ("案件评查", "/matters/review"), (number, &format!("/matter/{number}")), ("评分表", "")],
        )?,
        number: number.into(),
        heading,
        explain: format!(
            "{code} · 标准 {}（{}）· 倒扣，单项扣完为止 · 提交前看不到同组他人分数，提交后不能修改",
            edition.name, edition.edition
        ),
        action: format!("/matter/{number}/do/{action}"),
        version: loaded.matter.version().to_string(),
        key: if values.get("key").is_empty() { edge::random_hex::<8>()? } else { values.get("key").to_owned() },
        field,
        due: due.and_then(|d| present::due(&d.due.to_string(), d.paused.is_some(), d.provisional, &v.registers, v.now.today)),
        sealed: review.sealed(),
        errors,
        draft: draft.map(|(_, saved)| format!("已恢复 {} 暂存的内容。", edge::minute_of(saved))),
        draft_url: format!("/draft/{number}/{action}"),
        vetoes: edition.vetoes.iter().map(|x| veto(x, &all)).collect(),
        veto_rows,
        items,
        blank: SheetRow::default(),
        others,
        said,
        total: points(handed_in.map_or(sum, |s| s.total)),
        grade_words: grade_words(scale, &grade),
        grade_tone: tone(scale, &grade),
        grade,
        scale: json!(scale).to_string(),
        open,
        locked: handed_in.is_some(),
        confirm: None,
        watermark: reading::watermark(&code, v.now),
        papers: reading::papers(v, number, &review)?,
        recuse: offers.iter().any(|o| o.action == "recuse" && o.blocked.is_none()).then(|| format!("/matter/{number}/do/recuse")),
        problems: codes::PROBLEM.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), false)).collect(),
        severities: severities(&edition),
    }))
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
/// Where the edition names its vetoes, none is invented at an item.
fn severities(edition: &Edition) -> super::pages::Options {
    let offered = codes::SEVERITY.rows.iter().filter(|(c, _)| *c != "否决" || edition.vetoes.is_empty());
    offered.map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), false)).collect()
}
fn place(all: &[Deduction], f: &Fault) -> String {
    let column = COLUMNS.iter().find(|(c, _)| *c == f.column).map_or("", |(_, l)| l);
    format!("{} {column}", all.get(f.row).map_or("", |d| d.item.as_str()))
}
fn veto(x: &domain::procedures::standard::Veto, all: &[Deduction]) -> SheetVeto {
    SheetVeto { text: x.veto.clone(), basis: x.basis.clone(), ticked: all.iter().any(|d| d.item == x.veto) }
}
/// `"瑕疵 70–84.9 分"`.
fn grade_words(scale: &Scale, grade: &str) -> String {
    let Some(at) = scale.0.iter().position(|(name, _)| name == grade) else { return grade.to_owned() };
    let from = scale.0.get(at).map_or(0, |(_, from)| *from);
    let to = at.checked_sub(1).and_then(|before| scale.0.get(before)).map_or(1_000, |(_, from)| from - 1);
    format!("{grade} {}–{} 分", points(from), points(to))
}
fn tone(scale: &Scale, grade: &str) -> &'static str {
    let at = scale.0.iter().position(|(name, _)| name == grade).unwrap_or(0);
    match at {
        _ if at == scale.worst() => "red",
        0 | 1 => "green",
        _ => "amber",
    }
}
/// Rows under their items, in the order of the edition; what the edition does not know stands last, and is not lost.
fn lay_out(edition: &Edition, all: &[Deduction], faults: &[Fault], fresh: &str) -> (Vec<SheetRow>, Vec<SheetItem>) {
    let row = |(n, d): (usize, &Deduction), nth: usize| SheetRow {
        n,
        item: d.item.clone(),
        label: format!("{} 第 {nth} 行", d.item),
        points: d.points.clone(),
        page: d.page.clone(),
        problem: d.problem.clone(),
        severity: d.severity.clone(),
        note: d.note.clone(),
        errors: faults.iter().filter(|f| f.row == n).map(|f| (f.column, f.say.clone())).collect(),
    };
    let of = |name: &str| -> Vec<SheetRow> {
        all.iter().enumerate().filter(|(_, d)| d.item == name).enumerate().map(|(i, x)| row(x, i + 1)).collect()
    };
    let vetoes = edition.vetoes.iter().flat_map(|x| of(&x.veto)).collect();
    let known = |name: &str| edition.items.iter().any(|i| i.item == name) || edition.vetoes.iter().any(|x| x.veto == name);
    let mut strange: Vec<&str> = all.iter().map(|d| d.item.as_str()).filter(|i| !known(i)).collect();
    strange.dedup();
    let blank = |name: &&str| domain::procedures::standard::Item { item: (*name).to_owned(), full: "0".into(), ..Default::default() };
    let items = edition.items.iter().cloned().chain(strange.iter().map(blank));
    let one = |i: domain::procedures::standard::Item| {
        let rows = of(&i.item);
        let full = tenths(&i.full).unwrap_or(0);
        let lost = rows.iter().filter_map(|r| tenths(&r.points)).sum::<i64>().min(full);
        SheetItem {
            open: !rows.is_empty() || i.item == fresh,
            name: i.item,
            full: i.full,
            tenths: full,
            criteria: i.criteria,
            tiers: i.tiers,
            rows,
            lost: points(lost),
            left: points(full - lost),
        }
    };
    (vetoes, items.map(one).collect())
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
    let Some(edition) = p.visit(|v| {
        let seen = matters::load(v.tx, number)?.ok_or(Failure::NotFound)?;
        reviews::review(&seen)?.filter(|r| r.pins().is_empty()).map(|r| reviews::edition(v.tx, r.pinned().0)).transpose()
    })?
    else {
        return Ok(None);
    };
    let (done, faults) = counted(&edition, &rows(&p.form, field, &edition));
    let mut values = Values(p.form.0.iter().filter(|(n, _)| !n.starts_with(&format!("{field}."))).cloned().collect());
    for (n, d) in done.iter().enumerate().filter(|_| faults.is_empty()) {
        let cells = [&d.item, &d.points, &d.page, &d.problem, &d.severity, &d.note].into_iter().zip(COLUMNS.map(|c| c.0));
        let cells = cells.chain([(&d.full, "full")]);
        values.0.extend(cells.map(|(text, column)| (format!("{field}.{n}.{column}"), text.clone())));
    }
    let form = match forms::read(row.fields, &values, &[]) {
        Ok(form) if faults.is_empty() => form,
        Ok(_) => return shown(422, true, vec![]),
        Err(Failure::Refused(r)) => return shown(422, true, r.fields),
        Err(other) => return Err(other),
    };
    if op == "lock" {
        return ask_once_more(p, number, action, field, values, done.len()).map(Some);
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
