//! 评分表 laid out for its page: rows under their items, sheet by sheet; questions of the card; words for total and grade.
use domain::procedures::review::counting::{At, CardAnswer, Wrong};
use domain::procedures::review::scoring::{Deduction, Scale, points, tenths};
use domain::procedures::review::sheet::{Basis, Fault, MOST_ROWS, at_cells};
use domain::procedures::standard::Item;
use domain::registers::codes;
use domain::standards;
use std::collections::BTreeMap;

use super::expert_pages::{SheetCard, SheetItem, SheetQuestion, SheetRow, SheetVeto};
use super::pages::Options;
use super::visit::Values;

/// Columns a person fills in.
pub const COLUMNS: [(&str, &str); 8] = [
    ("item", "条目"),
    ("by", "扣分事由"),
    ("points", "扣分"),
    ("page", "卷页码"),
    ("problem", "问题码"),
    ("severity", "严重度"),
    ("note", "说明"),
    ("document", "有权机关文书"),
];
/// The cell of a column; nothing where there is no such column.
pub fn cell<'a>(d: &'a mut Deduction, column: &str) -> Option<&'a mut String> {
    Some(match column {
        "item" => &mut d.item,
        "by" => &mut d.by,
        "points" => &mut d.points,
        "page" => &mut d.page,
        "problem" => &mut d.problem,
        "severity" => &mut d.severity,
        "note" => &mut d.note,
        "document" => &mut d.document,
        _ => return None,
    })
}
/// `name.n.column` of a form, by place.
fn by_place<'a>(values: &'a Values, name: &str) -> impl Iterator<Item = (usize, &'a str, String)> {
    let prefix = format!("{name}.");
    values.0.iter().filter_map(move |(n, text)| {
        let (n, column) = n.strip_prefix(&prefix)?.split_once('.')?;
        Some((n.parse::<usize>().ok().filter(|n| *n < MOST_ROWS)?, column, text.trim().to_owned()))
    })
}
/// A row somebody asked for and has not filled in: it says nothing.
fn blank(d: &Deduction) -> bool {
    [&d.points, &d.page, &d.problem, &d.severity, &d.note, &d.by, &d.document].iter().all(|t| t.is_empty())
}
/// Rows by their place in the form; a veto that is not ticked has none.
pub fn rows(values: &Values, field: &str, basis: &Basis) -> Vec<Deduction> {
    let mut all: BTreeMap<usize, Deduction> = BTreeMap::new();
    for (n, column, text) in by_place(values, field) {
        if let Some(into) = cell(all.entry(n).or_default(), column) {
            *into = text;
        }
    }
    values.get("drop").parse().ok().and_then(|n: usize| all.remove(&n));
    let mut all: Vec<Deduction> = all.into_values().filter(|d| !d.item.is_empty() || !blank(d)).collect();
    let veto = |item: &str| basis.vetoes().any(|v| v.veto == item);
    if values.has("ticks") {
        all.retain(|d| !veto(&d.item) || values.all("veto").any(|t| t == d.item));
        for text in values.all("veto").filter(|t| veto(t)) {
            if !all.iter().any(|d| d.item == text) {
                all.push(Deduction { item: text.to_owned(), ..Deduction::default() });
            }
        }
    }
    if basis.items().any(|(_, i, _)| i.item == values.get("more")) {
        all.push(Deduction { item: values.get("more").to_owned(), ..Deduction::default() });
    }
    all
}
/// Answers on the card that say something.
pub fn answers(values: &Values) -> Vec<CardAnswer> {
    let mut all: BTreeMap<usize, CardAnswer> = BTreeMap::new();
    for (n, column, text) in by_place(values, "card") {
        let row = all.entry(n).or_default();
        match column {
            "question" => row.question = text,
            "said" => row.said = text,
            "page" => row.page = text,
            "note" => row.note = text,
            _ => {}
        }
    }
    all.into_values().filter(|a| !a.said.is_empty()).collect()
}
/// A scoring looked through.
pub struct Checked {
    /// Rows that say something, as the house completes them.
    pub rows: Vec<Deduction>,
    /// At the places the rows have on the page.
    pub faults: Vec<Fault>,
    /// What stands at no cell.
    pub others: Vec<Wrong>,
}
impl Checked {
    /// Whether it may be handed in, as far as rows and card go.
    pub fn sound(&self) -> bool {
        self.faults.is_empty() && self.others.is_empty()
    }
}
/// Looks a scoring through: cells first, then what the whole sheets find in the rows that read.
pub fn check(basis: &Basis, scale: &Scale, all: &[Deduction], answers: &[CardAnswer]) -> Checked {
    let says = |d: &Deduction| !blank(d) || basis.vetoes().any(|v| v.veto == d.item);
    let (places, rows): (Vec<usize>, Vec<Deduction>) = all.iter().enumerate().filter(|(_, d)| says(d)).map(|(n, d)| (n, d.clone())).unzip();
    let (rows, mut faults) = basis.complete(rows);
    let reads = |n: usize| !faults.iter().any(|f| f.row == n);
    let (kept, sound): (Vec<usize>, Vec<Deduction>) =
        rows.iter().enumerate().filter(|(n, _)| reads(*n)).map(|(n, d)| (n, d.clone())).unzip();
    let (cells, others) = at_cells(basis.judge(scale, &sound, answers));
    faults.extend(cells.into_iter().map(|f| Fault { row: kept.get(f.row).copied().unwrap_or(0), ..f }));
    let faults = faults.into_iter().map(|f| Fault { row: places.get(f.row).copied().unwrap_or(0), ..f }).collect();
    Checked { rows, faults, others }
}
/// What a fault is about, in a few words.
pub fn place(all: &[Deduction], f: &Fault) -> String {
    let column = COLUMNS.iter().find(|(c, _)| *c == f.column).map_or("", |(_, l)| l);
    format!("{} {column}", all.get(f.row).map_or("", |d| d.item.as_str()))
}
/// Anchor and label of what stands at no cell.
pub fn elsewhere(w: &Wrong) -> (String, String) {
    match w.at {
        At::Question(n) => (format!("c-{n}"), format!("附卡第 {} 项", n + 1)),
        At::Card => ("card".into(), "附卡".into()),
        At::Cell(..) | At::Sheet => ("sheet".into(), "评分表".into()),
    }
}
/// “未告知家属（2–4）”.
fn grounds(whole: Option<&standards::Item>, sheet: Option<&standards::Sheet>) -> Options {
    let range = |min: standards::Points, max: standards::Points| if min == max { min.to_string() } else { format!("{min}–{max}") };
    let measure = |m: &standards::Measure| {
        let cost = format!("{}{}", if m.each { "每处 " } else { "" }, range(m.min, m.max));
        (m.code.clone(), format!("{}（{cost}）", m.text), false)
    };
    let tier = |t: &standards::Tier| {
        let cost = match (t.min, t.max) {
            (Some(min), Some(max)) => range(min, max),
            _ => "本项扣完".into(),
        };
        (t.code.clone(), format!("{}（{cost}）", t.text), false)
    };
    let own = whole.map(|w| w.measures.iter().map(measure).collect::<Vec<_>>()).unwrap_or_default();
    own.into_iter().chain(sheet.map(|s| s.tiers.iter().map(tier).collect::<Vec<_>>()).unwrap_or_default()).collect()
}
fn row(n: usize, d: &Deduction, nth: usize, grounds: &Options, faults: &[Fault]) -> SheetRow {
    SheetRow {
        n,
        item: d.item.clone(),
        label: format!("{} 第 {nth} 行", d.item),
        points: d.points.clone(),
        page: d.page.clone(),
        problem: d.problem.clone(),
        severity: d.severity.clone(),
        note: d.note.clone(),
        by: d.by.clone(),
        document: d.document.clone(),
        grounds: grounds.clone(),
        errors: faults.iter().filter(|f| f.row == n).map(|f| (f.column, f.say.clone())).collect(),
    }
}
/// Rows under their items, in the order of the sheets; what they do not know stands last, and is not lost.
pub fn lay_out(
    basis: &Basis,
    all: &[Deduction],
    answers: &[CardAnswer],
    faults: &[Fault],
    fresh: &str,
) -> (Vec<SheetVeto>, Vec<SheetRow>, Vec<SheetItem>) {
    let of = |name: &str, grounds: &Options| -> Vec<SheetRow> {
        all.iter().enumerate().filter(|(_, d)| d.item == name).enumerate().map(|(i, (n, d))| row(n, d, i + 1, grounds, faults)).collect()
    };
    let ticked = |text: &str| all.iter().any(|d| d.item == text);
    let vetoes = basis.vetoes().map(|x| SheetVeto { text: x.veto.clone(), basis: x.basis.clone(), ticked: ticked(&x.veto) }).collect();
    let veto_rows = basis.vetoes().flat_map(|x| of(&x.veto, &vec![])).collect();
    let known = |name: &str| basis.items().any(|(_, i, _)| i.item == name) || basis.vetoes().any(|x| x.veto == name);
    let mut strange: Vec<&str> = all.iter().map(|d| d.item.as_str()).filter(|i| !known(i)).collect();
    strange.dedup();
    let blank: Vec<Item> = strange.iter().map(|n| Item { item: (*n).to_owned(), full: "0".into(), ..Item::default() }).collect();
    let failed = basis.card.as_ref().filter(|_| answers.iter().any(|a| a.said == "否")).map(|c| &c.effect);
    let by_card = |whole: Option<&standards::Item>| {
        let effect = failed.filter(|e| whole.is_some_and(|w| w.code == e.item));
        effect.and_then(|e| tenths(&e.points.to_string())).unwrap_or(0)
    };
    let mut before = usize::MAX;
    let mut one = |(part, i, whole): (usize, &Item, Option<&standards::Item>)| {
        let of_part = basis.parts.get(part);
        let grounds = grounds(whole, whole.and(of_part.and_then(|p| p.sheet.as_ref())));
        let rows = of(&i.item, &grounds);
        let full = tenths(&i.full).unwrap_or(0);
        let lost = (rows.iter().filter_map(|r| tenths(&r.points)).sum::<i64>() + by_card(whole)).min(full);
        let begins = basis.parts.len() > 1 && std::mem::replace(&mut before, part) != part;
        SheetItem {
            open: !rows.is_empty() || i.item == fresh,
            name: i.item.clone(),
            full: i.full.clone(),
            tenths: full,
            criteria: i.criteria.clone(),
            tiers: if whole.is_some() { String::new() } else { i.tiers.clone() },
            part: of_part.filter(|_| begins).map(|p| format!("{} {}", p.edition.standard_kind, p.edition.name)),
            nth_part: part,
            substantive: whole.is_some_and(|w| w.substantive),
            grounds,
            rows,
            lost: points(lost),
            left: points(full - lost),
        }
    };
    let mut items: Vec<SheetItem> = basis.items().map(&mut one).collect();
    items.extend(blank.iter().map(|i| one((0, i, None))));
    (vetoes, veto_rows, items)
}
/// A sheet that is locked: codes in words.
pub fn in_words(veto_rows: &mut [SheetRow], items: &mut [SheetItem]) {
    for r in veto_rows.iter_mut().chain(items.iter_mut().flat_map(|i| &mut i.rows)) {
        r.problem = codes::PROBLEM.label_of(&r.problem).to_owned();
        if let Some((_, label, _)) = r.grounds.iter().find(|g| g.0 == r.by) {
            r.by.clone_from(label);
        }
    }
}
/// The card with what has been answered so far.
pub fn card(basis: &Basis, items: &[SheetItem], given: &[CardAnswer], told: &[Wrong]) -> Option<SheetCard> {
    let card = basis.card.as_ref()?;
    let names = |a: &CardAnswer, q: &standards::Question| a.question == q.text || a.question.split_whitespace().next() == Some(&q.code);
    let question = |(n, q): (usize, &standards::Question)| {
        let answer = given.iter().find(|a| names(a, q)).cloned().unwrap_or_default();
        let error = told.iter().find(|w| w.at == At::Question(n)).map(|w| w.say.clone()).unwrap_or_default();
        let text = format!("{} {}", q.code, q.text);
        SheetQuestion { n, text, optional: q.optional, said: answer.said, page: answer.page, note: answer.note, error }
    };
    let costs = |i: &SheetItem| i.name.split_whitespace().next() == Some(card.effect.item.as_str());
    Some(SheetCard {
        name: card.name.clone(),
        notes: card.notes.join("；"),
        item: items.iter().position(costs).map_or(0, |n| n + 1),
        tenths: tenths(&card.effect.points.to_string()).unwrap_or(0),
        questions: card.questions.iter().enumerate().map(question).collect(),
    })
}
/// Where the standard names its vetoes, none is invented at an item.
pub fn severities(basis: &Basis) -> Options {
    let none = basis.vetoes().next().is_none();
    let offered = codes::SEVERITY.rows.iter().filter(|(c, _)| *c != "否决" || none);
    offered.map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), false)).collect()
}
/// `"瑕疵 70–84.9 分"`.
pub fn grade_words(scale: &Scale, grade: &str) -> String {
    let Some(at) = scale.0.iter().position(|(name, _)| name == grade) else { return grade.to_owned() };
    let from = scale.0.get(at).map_or(0, |(_, from)| *from);
    let to = at.checked_sub(1).and_then(|before| scale.0.get(before)).map_or(1_000, |(_, from)| from - 1);
    format!("{grade} {}–{} 分", points(from), points(to))
}
/// Colour of a grade's tag.
pub fn tone(scale: &Scale, grade: &str) -> &'static str {
    let at = scale.0.iter().position(|(name, _)| name == grade).unwrap_or(0);
    match at {
        _ if at == scale.worst() => "red",
        0 | 1 => "green",
        _ => "amber",
    }
}
