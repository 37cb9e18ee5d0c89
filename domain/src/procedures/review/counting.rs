//! 按评查表计分 (D): where the pinned edition rests on a whole sheet, the house counts each scoring with `crate::standards` before the gate.
//! What it found is part of the act, in rows one reads, so that history alone tells every score.
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::scoring::{Deduction, Scale};
use crate::agreement::{self, Sitting};
use crate::engine::Refusal;
use crate::standards::{Answer, Card, Grade, ItemScore, Points, Reason, Said, Score, Scoring, Sheet, VetoMark, score};

/// What a review is pinned to for ever.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pin {
    /// 基础表、叠加表、附卡.
    pub part: String,
    /// Number of the standard.
    pub standard: String,
    pub title: String,
    pub digest: String,
}
/// An answer on the card.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CardAnswer {
    /// Code of the question, or the question.
    pub question: String,
    pub said: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}
/// What became of one item.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counted {
    pub sheet: String,
    pub item: String,
    pub name: String,
    pub full: String,
    pub deducted: String,
    pub left: String,
}
/// What became of one sheet.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Graded {
    pub sheet: String,
    pub version: String,
    pub total: String,
    pub grade: String,
    /// Nothing deducted from a substantive item: 是、否.
    pub clean: String,
    pub vetoes: String,
    /// Name of the card that failed.
    pub card: String,
    pub notes: String,
}
/// The sheets a scoring is counted with.
#[derive(Clone, Copy, Debug)]
pub struct Sheets<'a> {
    /// 基础表.
    pub base: &'a Sheet,
    /// 叠加表.
    pub overlay: Option<&'a Sheet>,
    /// 附卡.
    pub card: Option<&'a Card>,
}

/// Points in tenths, half a tenth up, in favour of whoever is reviewed.
pub(super) fn in_tenths(points: Points) -> i64 {
    (i64::from(points.0) + 5).div_euclid(10)
}
pub(super) fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or("")
}
/// A thing of the sheet by its code, alone or before its name, or by its name.
pub(super) fn named(text: &str, code: &str, name: &str) -> bool {
    first_word(text) == code || text.trim() == name
}
fn at_row(row: usize, column: &'static str, say: impl Into<String>) -> Wrong {
    Wrong { at: At::Cell(row, column), say: say.into() }
}
/// Where something is wrong with a scoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A row of deduction or veto, and its column.
    Cell(usize, &'static str),
    /// A question of the card, from 0.
    Question(usize),
    /// The card as a whole.
    Card,
    /// The sheet as a whole.
    Sheet,
}
/// What is wrong with a scoring, without the full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub at: At,
    /// In words.
    pub say: String,
}

/// Counts one scoring on its sheets. `field` is the one that holds the rows, for the refusal.
///
/// # Errors
/// What is wrong with a row or an answer, in words.
pub fn count(
    sheets: Sheets<'_>,
    scale: &Scale,
    field: &'static str,
    rows: &[Deduction],
    answers: &[CardAnswer],
) -> Result<(Vec<Counted>, Vec<Graded>), Refusal> {
    judge(sheets, scale, rows, answers).map_err(|all| refusal(field, &all))
}
/// Likewise, with everything that is wrong at its place.
///
/// # Errors
/// What is wrong.
pub fn judge(
    sheets: Sheets<'_>,
    scale: &Scale,
    rows: &[Deduction],
    answers: &[CardAnswer],
) -> Result<(Vec<Counted>, Vec<Graded>), Vec<Wrong>> {
    let all: Vec<&Sheet> = std::iter::once(sheets.base).chain(sheets.overlay).collect();
    let mut parts: Vec<Part> = all.iter().map(|_| Part::default()).collect();
    let mut wrong = vec![];
    for (n, row) in rows.iter().enumerate() {
        if row.veto() {
            match veto(&all, row) {
                Some((i, mark)) => parts.get_mut(i).into_iter().for_each(|p| p.veto(n, mark.clone())),
                None => wrong.push(at_row(n, "item", "否决项请写明是表中哪一项，如“D1.V1”")),
            }
            continue;
        }
        match deduction(&all, row) {
            Ok((i, d)) => parts.get_mut(i).into_iter().for_each(|p| p.deduction(n, d.clone())),
            Err((column, say)) => wrong.push(at_row(n, column, say)),
        }
    }
    if let (Some(card), Some(base)) = (sheets.card, parts.first_mut()) {
        base.scoring.answers = answered(card, answers, &mut wrong);
    } else if !answers.is_empty() {
        wrong.push(Wrong { at: At::Card, say: "本件不适用附卡，请删去附卡的回答".into() });
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let scale = standard_scale(scale);
    let (mut counted, mut graded) = (vec![], vec![]);
    for (n, (sheet, part)) in all.iter().zip(&parts).enumerate() {
        let card = sheets.card.filter(|_| n == 0);
        match score(sheet, card, &scale, &part.scoring) {
            Ok(made) => {
                counted.extend(made.items.iter().map(|i| Counted {
                    sheet: made.sheet.clone(),
                    item: i.code.clone(),
                    name: i.name.clone(),
                    full: i.full.to_string(),
                    deducted: i.deducted.to_string(),
                    left: i.left.to_string(),
                }));
                graded.push(told(sheet, &made));
            }
            Err(faults) => wrong.extend(faults.iter().map(|f| part.wrong(f, card))),
        }
    }
    if wrong.is_empty() { Ok((counted, graded)) } else { Err(wrong) }
}
/// What goes to one sheet, and from which rows it came.
#[derive(Default)]
struct Part {
    scoring: Scoring,
    deductions: Vec<usize>,
    vetoes: Vec<usize>,
}
impl Part {
    fn deduction(&mut self, row: usize, d: crate::standards::Deduction) {
        self.scoring.deductions.push(d);
        self.deductions.push(row);
    }
    fn veto(&mut self, row: usize, mark: VetoMark) {
        self.scoring.vetoes.push(mark);
        self.vetoes.push(row);
    }
    /// A fault of the standards at the row it came from.
    fn wrong(&self, f: &crate::standards::Fault, card: Option<&Card>) -> Wrong {
        let parts: Vec<&str> = f.place.splitn(3, '.').collect();
        let column = |name: &str| match name {
            "pages" => "page",
            "points" | "places" => "points",
            "remark" => "note",
            "document" => "document",
            "by" => "by",
            _ => "item",
        };
        let line = |lines: &[usize], i: &str| i.parse().ok().and_then(|i: usize| lines.get(i)).copied();
        let question = |code: &str| card.and_then(|c| c.questions.iter().position(|q| q.code == code));
        let at = match parts.as_slice() {
            ["deductions", i, name] => line(&self.deductions, i).map(|n| At::Cell(n, column(name))),
            ["vetoes", i, name] => line(&self.vetoes, i).map(|n| At::Cell(n, column(name))),
            ["answers", ..] => Some(f.place.strip_prefix("answers.").and_then(question).map_or(At::Card, At::Question)),
            _ => None,
        };
        Wrong { at: at.unwrap_or(At::Sheet), say: f.message.clone() }
    }
}
fn told(sheet: &Sheet, made: &Score) -> Graded {
    let failed = made.reasons.iter().find_map(|r| if let Reason::Card(name, _) = r { Some(name.clone()) } else { None });
    let veto = |code: &String| sheet.vetoes.iter().find(|v| v.code == *code).map_or_else(|| code.clone(), |v| v.text.clone());
    Graded {
        sheet: made.sheet.clone(),
        version: made.version.clone(),
        total: made.total.to_string(),
        grade: made.grade.clone(),
        clean: if made.clean { "是" } else { "否" }.into(),
        vetoes: made.vetoes.iter().map(veto).collect::<Vec<_>>().join("；"),
        card: failed.unwrap_or_default(),
        notes: made.notes.join("；"),
    }
}
/// Everything that is wrong, at the field.
fn refusal(field: &'static str, all: &[Wrong]) -> Refusal {
    let say = |w: &Wrong| match w.at {
        At::Cell(n, _) => (field.to_owned(), format!("第 {} 行：{}。", n + 1, w.say)),
        At::Question(_) | At::Card => ("card".to_owned(), format!("{}。", w.say)),
        At::Sheet => (field.to_owned(), format!("{}。", w.say)),
    };
    Refusal { fields: all.iter().map(say).collect(), ..crate::engine::refusals::BAD_FORM }
}
fn veto(all: &[&Sheet], row: &Deduction) -> Option<(usize, VetoMark)> {
    let of = |text: &str| {
        let found = |s: &&Sheet| s.vetoes.iter().find(|v| !text.is_empty() && named(text, &v.code, &v.text)).map(|v| v.code.clone());
        all.iter().enumerate().find_map(|(i, s)| found(s).map(|code| (i, code)))
    };
    let (i, veto) = of(&row.by).or_else(|| of(&row.item)).or_else(|| of(&row.note))?;
    let remark = if row.note.trim().is_empty() { row.item.clone() } else { row.note.clone() };
    Some((i, VetoMark { veto, pages: row.page.clone(), remark, document: row.document.clone() }))
}
fn deduction(all: &[&Sheet], row: &Deduction) -> Result<(usize, crate::standards::Deduction), (&'static str, String)> {
    let item = |s: &&Sheet| s.items.iter().find(|i| named(&row.item, &i.code, &i.name)).cloned();
    let found = all.iter().enumerate().find_map(|(n, s)| item(s).map(|i| (n, i)));
    let (n, item) = found.ok_or_else(|| ("item", format!("评查表没有条目“{}”", row.item)))?;
    if Points::read(&row.full) != Some(item.points) {
        return Err(("item", format!("“{}”的分值应为 {}", item.name, item.points)));
    }
    let asked = Points::read(&row.points).ok_or_else(|| ("points", "扣分应为数，如 2 或 0.5".to_owned()))?;
    let measure = item.measures.iter().find(|m| !row.by.is_empty() && named(&row.by, &m.code, &m.text));
    // Written down at nought: the law is unclear there, nothing is deducted.
    let unclear = asked == Points::ZERO;
    let least = measure.map_or(Points::ZERO, |m| m.min);
    let many = |unit: Points| if unit.0 > 0 && asked.0 % unit.0 == 0 { asked.0 / unit.0 } else { 1 };
    let places = measure.filter(|m| m.each && m.min == m.max && asked > m.max).map_or(1, |m| many(m.min));
    let points = if unclear { least } else { Points(asked.0 / places.max(1)) };
    let by = match measure {
        Some(m) => m.code.clone(),
        None if row.by.trim().is_empty() => row.severity.clone(),
        None => first_word(&row.by).to_owned(),
    };
    let tier = all.get(n).and_then(|s| s.tiers.iter().find(|t| t.code == by));
    let points = if unclear && measure.is_none() { tier.map_or(points, |t| t.min.unwrap_or(item.points)) } else { points };
    let (pages, remark) = (row.page.clone(), row.note.clone());
    Ok((n, crate::standards::Deduction { item: item.code, by, places, points, pages, remark, unclear }))
}
fn answered(card: &Card, answers: &[CardAnswer], wrong: &mut Vec<Wrong>) -> BTreeMap<String, Answer> {
    let mut all = BTreeMap::new();
    for (n, a) in answers.iter().enumerate() {
        let Some(question) = card.questions.iter().find(|q| named(&a.question, &q.code, &q.text)) else {
            wrong.push(Wrong { at: At::Card, say: format!("第 {} 行：{}附卡没有“{}”", n + 1, card.name, a.question) });
            continue;
        };
        let said = match a.said.as_str() {
            "是" => Said::Yes,
            "否" => Said::No,
            _ => Said::NotApplicable,
        };
        all.insert(question.code.clone(), Answer { said, pages: a.page.clone(), remark: a.note.clone() });
    }
    all
}
/// The scale of the review as `crate::standards` knows it: points lost on the merits bar the first grade.
fn standard_scale(scale: &Scale) -> crate::standards::Scale {
    let points = |t: i64| Points(u32::try_from(t * 10).unwrap_or(0));
    let grade = |(n, (name, from)): (usize, &(String, i64))| Grade { name: name.clone(), from: points(*from), clean: n == 0 };
    crate::standards::Scale {
        code: String::new(),
        name: String::new(),
        version: String::new(),
        effective: jiff::civil::Date::MIN,
        basis: String::new(),
        grades: scale.0.iter().enumerate().map(grade).collect(),
    }
}
impl Graded {
    /// Total in tenths of a point.
    pub(super) fn tenths(&self) -> i64 {
        Points::read(&self.total).map_or(0, in_tenths)
    }
    /// The score as `crate::standards` made it, as far as agreement is measured on it.
    fn score(&self, counted: &[Counted], scale: &Scale) -> Score {
        let read = |t: &str| Points::read(t).unwrap_or_default();
        let item = |c: &Counted| ItemScore {
            code: c.item.clone(),
            name: c.name.clone(),
            full: read(&c.full),
            asked: read(&c.deducted),
            deducted: read(&c.deducted),
            left: read(&c.left),
        };
        let vetoes: Vec<String> = self.vetoes.split('；').filter(|t| !t.is_empty()).map(str::to_owned).collect();
        let card = (!self.card.is_empty()).then(|| Reason::Card(self.card.clone(), vec![]));
        Score {
            sheet: self.sheet.clone(),
            version: self.version.clone(),
            items: counted.iter().filter(|c| c.sheet == self.sheet).map(item).collect(),
            total: read(&self.total),
            grade: self.grade.clone(),
            rank: scale.0.iter().position(|g| g.0 == self.grade).unwrap_or_default(),
            reasons: vetoes.iter().cloned().map(Reason::Veto).chain(card).collect(),
            vetoes,
            clean: self.clean == "是",
            notes: vec![],
        }
    }
}
impl super::Sheet {
    /// Counted on a whole sheet of the standards.
    pub(super) fn by_sheet(&self) -> bool {
        !self.graded.is_empty()
    }
    /// The scores of one seat; without a sheet, of the items its rows name.
    pub(super) fn seat(&self, rater: &str, scale: &Scale, rank: usize, items: &[(String, String)]) -> agreement::Seat {
        let mut scores = self.graded.iter().map(|g| g.score(&self.counted, scale));
        let score = scores.next().unwrap_or_else(|| self.plain(scale, rank, items));
        agreement::Seat { rater: rater.to_owned(), score, overlay: scores.next() }
    }
    fn plain(&self, scale: &Scale, rank: usize, items: &[(String, String)]) -> Score {
        let item = |(name, full): &(String, String)| {
            let full = Points::read(full).unwrap_or_default();
            let lost = |d: &&Deduction| named(&d.item, first_word(name), name);
            let asked: Points = self.rows.iter().filter(lost).filter_map(|d| Points::read(&d.points)).sum();
            let deducted = asked.min(full);
            ItemScore { code: name.clone(), name: name.clone(), full, asked, deducted, left: full.less(deducted) }
        };
        Score {
            sheet: String::new(),
            version: String::new(),
            items: items.iter().map(item).collect(),
            total: Points(u32::try_from(self.total * 10).unwrap_or(0)),
            grade: scale.name(rank).to_owned(),
            rank,
            vetoes: vec![],
            clean: true,
            reasons: self.rows.iter().filter(|d| d.veto()).map(|d| Reason::Veto(d.item.clone())).collect(),
            notes: vec![],
        }
    }
}
impl super::Review {
    /// The panel's scores once all are in, for measuring agreement. `items`: names and points of the edition, for sheets not counted by the
    /// standards.
    pub fn sitting(&self, items: &[(String, String)]) -> Option<Sitting> {
        if !Self::all_in(&self.panel) {
            return None;
        }
        let seat = |s: &super::Seat| s.sheet.as_ref().map(|sheet| sheet.seat(&s.who, &self.scale, self.rank_of(sheet), items));
        Some(Sitting { dossier: self.dossier.clone(), seats: self.panel.iter().filter_map(seat).collect() })
    }
    /// Why the panel must deliberate, in words without a name.
    pub fn triggers(&self, spread: i64) -> Vec<String> {
        let points = Points::whole(u32::try_from(spread).unwrap_or(0));
        let rule = agreement::PanelRule { dispersion: points, ..Default::default() };
        self.sitting(&[]).map(|s| agreement::panel(&s, &rule).triggers.iter().map(agreement::Trigger::words).collect()).unwrap_or_default()
    }
    /// What it is pinned to: `(part, number of the standard)`.
    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }
    /// Number of the standard named when it was opened.
    pub fn standard(&self) -> &str {
        &self.standard
    }
    /// Its scale of grades.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }
    /// Mean of the totals; where two sheets were counted, the lower of the two means.
    pub(super) fn mean_of(seats: &[super::Seat]) -> i64 {
        let sheets: Vec<&super::Sheet> = seats.iter().filter_map(|s| s.sheet.as_ref()).collect();
        let both = !sheets.is_empty() && sheets.iter().all(|s| s.graded.len() == 2);
        let of = |n: usize| {
            let all: Vec<i64> = sheets.iter().filter_map(|s| s.graded.get(n)).map(Graded::tenths).collect();
            super::scoring::mean(&all)
        };
        if both { of(0).min(of(1)) } else { super::scoring::mean(&sheets.iter().map(|s| s.total).collect::<Vec<_>>()) }
    }
}
/// What the house counted, as it enters the act.
///
/// # Errors
/// Where a pinned sheet was not counted.
pub(super) fn total(pinned: bool, rows: Option<i64>, graded: &[Graded], field: &'static str) -> Result<i64, Refusal> {
    match graded.iter().map(Graded::tenths).min() {
        Some(total) => Ok(total),
        None if pinned => Err(Refusal::at(field, "尚未按评查表计分，请重新提交。")),
        None => rows.ok_or_else(|| Refusal::at(field, "分值和扣分应为 0 至 100 的数，最多一位小数。")),
    }
}
