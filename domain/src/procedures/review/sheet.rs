//! 评分表 against what the review is pinned to (D): what an item is worth comes from the edition and is never typed, a veto is one of
//! its vetoes and costs no points, and every row says where in the dossier (扣分须写卷页码). Where the edition rests on a whole sheet, a row
//! names the ground of deduction, which tells severity and problem.
use super::counting::{At, CardAnswer, Sheets, Wrong, first_word, judge};
use super::scoring::{Deduction, Scale, points, tenths, total};
use crate::procedures::standard::{Edition, Item, Veto};
use crate::registers::codes;
use crate::standards::{self, Card, names_pages};

/// What is wrong with one cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row, from 0.
    pub row: usize,
    /// Name of its column.
    pub column: &'static str,
    /// What is wrong and what to do.
    pub say: String,
}
/// More rows than this are refused: nobody reads them, and comparing each with each stays quick.
pub const MOST_ROWS: usize = 200;

/// One sheet: its edition, and the whole sheet where there is one.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// As it is read.
    pub edition: Edition,
    /// As it is counted.
    pub sheet: Option<standards::Sheet>,
}
/// What a scoring is counted on: the base sheet first, then the overlay; the card.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    /// At least one.
    pub parts: Vec<Part>,
    /// 附卡.
    pub card: Option<Card>,
}
/// What rows and answers come to so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoFar {
    /// In tenths, of the lower sheet.
    pub total: i64,
    /// Name of the grade.
    pub grade: String,
}
/// Whether a row's text names this item: the whole of it, or its code before the name.
fn is(name: &str, text: &str) -> bool {
    name == text || (!text.is_empty() && first_word(name) == text)
}
impl Basis {
    /// A standard without a whole sheet.
    pub fn of(edition: Edition) -> Self {
        Self { parts: vec![Part { edition, sheet: None }], card: None }
    }
    /// Whether rows are counted on whole sheets.
    pub fn whole(&self) -> bool {
        self.parts.iter().any(|p| p.sheet.is_some())
    }
    /// Every item with the part it belongs to, and its place in the whole sheet.
    pub fn items(&self) -> impl Iterator<Item = (usize, &Item, Option<&standards::Item>)> {
        self.parts.iter().enumerate().flat_map(|(n, p)| {
            let of = |i: &Item| p.sheet.as_ref().and_then(|s| s.item(first_word(&i.item)));
            p.edition.items.iter().map(move |i| (n, i, of(i)))
        })
    }
    /// Every veto.
    pub fn vetoes(&self) -> impl Iterator<Item = &Veto> {
        self.parts.iter().flat_map(|p| &p.edition.vetoes)
    }
    fn tier(&self, part: usize, code: &str) -> Option<&standards::Tier> {
        self.parts.get(part)?.sheet.as_ref()?.tiers.iter().find(|t| t.code == code)
    }
    /// What only the standard knows of a row; nothing where it knows no such item.
    fn fill(&self, d: &mut Deduction) -> Option<()> {
        if let Some(v) = self.vetoes().find(|v| is(&v.veto, &d.item)) {
            d.item.clone_from(&v.veto);
            (d.full, d.points, d.severity) = ("0".into(), "0".into(), "否决".into());
            return Some(());
        }
        let (part, item, whole) = self.items().find(|(_, i, _)| is(&i.item, &d.item))?;
        d.item.clone_from(&item.item);
        d.full.clone_from(&item.full);
        let ground = first_word(&d.by);
        if let Some(m) = whole.and_then(|w| w.measures.iter().find(|m| m.code == ground)) {
            d.severity.clone_from(&m.severity);
            if let (true, Some(problem)) = (d.problem.is_empty(), &m.problem) {
                d.problem.clone_from(problem);
            }
        } else if let Some(t) = self.tier(part, ground) {
            d.severity.clone_from(&t.severity);
        }
        Some(())
    }
    /// The rows as the house completes them, and what is wrong with their cells.
    pub fn complete(&self, mut rows: Vec<Deduction>) -> (Vec<Deduction>, Vec<Fault>) {
        let (mut all, mut faults): (Vec<Deduction>, Vec<Fault>) = (vec![], vec![]);
        if rows.len() > MOST_ROWS {
            faults.push(Fault { row: MOST_ROWS, column: "item", say: format!("最多 {MOST_ROWS} 行，请合并。") });
            rows.truncate(MOST_ROWS);
        }
        for (n, mut d) in rows.into_iter().enumerate() {
            let mut wrong = |column, say: &str| faults.push(Fault { row: n, column, say: say.to_owned() });
            if self.fill(&mut d).is_none() {
                wrong("item", "评查标准没有这一条目。");
            }
            let veto = d.veto();
            match (tenths(&d.points), tenths(&d.full)) {
                (None, _) => wrong("points", "写明扣几分，最多一位小数，如 2.5。"),
                // On a whole sheet several places may add up to more; the item is then used up.
                (Some(lost), Some(full)) if lost > full && !self.whole() => {
                    wrong("points", &format!("本项共 {} 分，不能多扣。", points(full)));
                }
                _ => {}
            }
            if !names_pages(&d.page) {
                wrong("page", "写明卷页码，如“卷一 P31”；遍及全卷的写“全卷”。");
            }
            if !codes::PROBLEM.has(&d.problem) {
                wrong("problem", "请选择问题码。");
            }
            if !codes::SEVERITY.has(&d.severity) {
                if self.whole() { wrong("by", "请选择扣分事由。") } else { wrong("severity", "请选择严重度。") }
            }
            if veto && d.note.trim().is_empty() {
                wrong("note", "写明否决项的事实。");
            }
            let same = |x: &Deduction| x.item == d.item && (veto || x.page == d.page && x.problem == d.problem && x.note == d.note);
            if let Some(before) = all.iter().position(same).filter(|_| !self.whole()) {
                wrong("page", &format!("与第 {} 行相同，同一瑕疵不重复扣。", before + 1));
            }
            all.push(d);
        }
        (all, faults)
    }
    /// The whole sheets; nothing where rows are not counted on any.
    pub fn sheets(&self) -> Option<Sheets<'_>> {
        let mut sheets = self.parts.iter().filter_map(|p| p.sheet.as_ref());
        sheets.next().map(|base| Sheets { base, overlay: sheets.next(), card: self.card.as_ref() })
    }
    /// What the whole sheets find wrong with completed rows and answers; nothing where there is none.
    pub fn judge(&self, scale: &Scale, rows: &[Deduction], answers: &[CardAnswer]) -> Vec<Wrong> {
        let Some(sheets) = self.sheets() else { return vec![] };
        let stop = |w: Wrong| Wrong { say: format!("{}。", w.say), ..w };
        judge(sheets, scale, rows, answers).err().unwrap_or_default().into_iter().map(stop).collect()
    }
    /// What completed rows come to; rows that do not read yet cost nothing.
    pub fn so_far(&self, scale: &Scale, rows: &[Deduction], answers: &[CardAnswer]) -> SoFar {
        let failed = self.card.as_ref().filter(|_| answers.iter().any(|a| a.said == "否"));
        let mut touched = !self.whole() && rows.iter().any(Deduction::substantive);
        let mut lowest = 1_000;
        for n in 0..self.parts.len() {
            let of_part = |d: &&Deduction| self.items().any(|(part, i, _)| part == n && i.item == d.item);
            let reads = |d: &&Deduction| tenths(&d.points).is_some() && tenths(&d.full).is_some();
            let mut read: Vec<Deduction> = rows.iter().filter(|d| of_part(d) && reads(d)).cloned().collect();
            let hit =
                self.items().find(|(part, _, whole)| *part == n && failed.is_some_and(|c| whole.is_some_and(|w| w.code == c.effect.item)));
            if let (Some((_, item, _)), Some(card)) = (hit, failed) {
                let points = card.effect.points.to_string();
                read.push(Deduction { item: item.item.clone(), full: item.full.clone(), points, ..Deduction::default() });
            }
            let costs = |d: &&Deduction| tenths(&d.points).is_some_and(|p| p > 0);
            let substantive = |d: &Deduction| self.items().any(|(_, i, whole)| i.item == d.item && whole.is_some_and(|w| w.substantive));
            touched |= read.iter().filter(costs).any(substantive);
            lowest = lowest.min(total(&read).unwrap_or(0));
        }
        let rank = scale.rank(lowest, touched, rows.iter().any(Deduction::veto));
        SoFar { total: lowest, grade: scale.name(rank).to_owned() }
    }
}
/// Rows on an edition without a whole sheet.
pub fn complete(edition: &Edition, rows: Vec<Deduction>) -> (Vec<Deduction>, Vec<Fault>) {
    Basis::of(edition.clone()).complete(rows)
}
/// Faults of whole sheets that stand at a cell, apart from those that do not.
pub fn at_cells(all: Vec<Wrong>) -> (Vec<Fault>, Vec<Wrong>) {
    let (cells, others): (Vec<Wrong>, Vec<Wrong>) = all.into_iter().partition(|w| matches!(w.at, At::Cell(..)));
    let fault = |w: Wrong| if let At::Cell(row, column) = w.at { Some(Fault { row, column, say: w.say }) } else { None };
    (cells.into_iter().filter_map(fault).collect(), others)
}
