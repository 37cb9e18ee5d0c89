//! 评分表 against the edition the review is pinned to (D): what an item is worth comes from the edition and is never typed, a veto
//! is one of its vetoes and costs no points, and every row says where in the dossier (扣分须写卷页码).
use super::scoring::{Deduction, Scale, points, tenths, total};
use crate::procedures::standard::Edition;
use crate::registers::codes;
use crate::standards::names_pages;

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

/// The rows as the house completes them, and what is wrong with them.
pub fn complete(edition: &Edition, mut rows: Vec<Deduction>) -> (Vec<Deduction>, Vec<Fault>) {
    let (mut all, mut faults): (Vec<Deduction>, Vec<Fault>) = (vec![], vec![]);
    if rows.len() > MOST_ROWS {
        faults.push(Fault { row: MOST_ROWS, column: "item", say: format!("最多 {MOST_ROWS} 行，请合并。") });
        rows.truncate(MOST_ROWS);
    }
    for (n, mut d) in rows.into_iter().enumerate() {
        let mut wrong = |column, say: &str| faults.push(Fault { row: n, column, say: say.to_owned() });
        let veto = edition.vetoes.iter().any(|v| v.veto == d.item);
        match edition.items.iter().find(|i| i.item == d.item) {
            _ if veto => (d.full, d.points, d.severity) = ("0".into(), "0".into(), "否决".into()),
            Some(i) => d.full.clone_from(&i.full),
            None => wrong("item", "评查标准没有这一条目。"),
        }
        match (tenths(&d.points), tenths(&d.full)) {
            (None, _) => wrong("points", "写明扣几分，最多一位小数，如 2.5。"),
            (Some(lost), Some(full)) if lost > full => wrong("points", &format!("本项共 {} 分，不能多扣。", points(full))),
            _ => {}
        }
        if !names_pages(&d.page) {
            wrong("page", "写明卷页码，如“卷一 P31”；遍及全卷的写“全卷”。");
        }
        if !codes::PROBLEM.has(&d.problem) {
            wrong("problem", "请选择问题码。");
        }
        if !codes::SEVERITY.has(&d.severity) {
            wrong("severity", "请选择严重度。");
        }
        if veto && d.note.trim().is_empty() {
            wrong("note", "写明否决项的事实。");
        }
        let same = |x: &Deduction| x.item == d.item && (veto || x.page == d.page && x.problem == d.problem && x.note == d.note);
        if let Some(before) = all.iter().position(same) {
            wrong("page", &format!("与第 {} 行相同，同一瑕疵不重复扣。", before + 1));
        }
        all.push(d);
    }
    (all, faults)
}
/// What sheet and scale give so far, in tenths and in words; rows that do not read yet cost nothing.
pub fn so_far(scale: &Scale, rows: &[Deduction]) -> (i64, String) {
    let read: Vec<Deduction> = rows.iter().filter(|d| tenths(&d.points).is_some() && tenths(&d.full).is_some()).cloned().collect();
    let total = total(&read).unwrap_or(0);
    let rank = scale.rank(total, rows.iter().any(Deduction::substantive), rows.iter().any(Deduction::veto));
    (total, scale.name(rank).to_owned())
}
