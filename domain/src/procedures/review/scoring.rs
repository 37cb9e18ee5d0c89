//! 计分 (D): deductions on a sheet of 100, in tenths of a point; grades by the scale of the edition the review is pinned to.
//! The one hook for another way of counting: `total`, called by `Review::decide` on every sheet, never at replay.

use serde::{Deserialize, Serialize};

/// 一处扣分.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deduction {
    pub item: String,
    /// 该条目分值: an item loses no more than it is worth.
    pub full: String,
    pub points: String,
    /// 卷页码: no deduction without one.
    pub page: String,
    pub problem: String,
    pub severity: String,
    pub note: String,
    /// 扣分事由 of the sheet, by code or in words; without one the tier of the severity.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// The competent body's document a veto stands on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub document: String,
}
impl Deduction {
    /// A veto makes the review 不合格 and must be deliberated.
    pub fn veto(&self) -> bool {
        self.severity == "否决"
    }
    /// Points lost on the merits (问题目录 S): no dossier that has any is 优质.
    pub fn substantive(&self) -> bool {
        self.problem.starts_with('S')
    }
}

/// Tenths of a point from "84.5"; nothing when it is no such number between 0 and 100.
pub fn tenths(text: &str) -> Option<i64> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 1 || whole.len() > 3 {
        return None;
    }
    let value = whole.parse::<i64>().ok()?.checked_mul(10)?.checked_add(part.parse::<i64>().ok()?)?;
    (value <= 1_000).then_some(value)
}
/// "84.5" from tenths.
pub fn points(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// What is left of 100: points are taken off item by item, no item below nothing (D, “单项扣完为止不倒欠”). In tenths.
/// Nothing when a number does not read.
pub fn total(sheet: &[Deduction]) -> Option<i64> {
    let mut items: Vec<(&str, i64, i64)> = vec![];
    for d in sheet {
        let (full, lost) = (tenths(&d.full)?, tenths(&d.points)?);
        match items.iter_mut().find(|i| i.0 == d.item) {
            Some(item) => item.2 = item.2.saturating_add(lost),
            None => items.push((&d.item, full, lost)),
        }
    }
    let lost: i64 = items.iter().map(|(_, full, lost)| lost.min(full)).sum();
    Some((1_000 - lost).max(0))
}
/// The mean of totals, half a tenth up, in favour of whoever is reviewed.
pub fn mean(totals: &[i64]) -> i64 {
    let n = i64::try_from(totals.len()).unwrap_or(1).max(1);
    (totals.iter().sum::<i64>() * 2 + n).div_euclid(n * 2)
}

/// 等次表 of an edition: `(name, from so many tenths)`, best first; the last begins at nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scale(pub Vec<(String, i64)>);
impl Default for Scale {
    /// `case-review.md` B3【设】.
    fn default() -> Self {
        Self([("优质", 950), ("合格", 850), ("瑕疵", 700), ("不合格", 0)].map(|(g, from)| (g.to_owned(), from)).to_vec())
    }
}
impl Scale {
    /// From the rows of an edition; the default where there are none or they do not read.
    pub fn of(rows: &[crate::procedures::standard::Grade]) -> Self {
        let read: Option<Vec<_>> = rows.iter().map(|g| Some((g.grade.clone(), tenths(&g.from)?))).collect();
        read.filter(|r| !r.is_empty()).map_or_else(Self::default, Self)
    }
    /// Rank of the worst grade.
    pub fn worst(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
    /// Rank of a total, best 0. Points lost on the merits bar the first grade, a veto gives the last.
    pub fn rank(&self, total: i64, substantive: bool, veto: bool) -> usize {
        if veto {
            return self.worst();
        }
        let by_points = self.0.iter().position(|(_, from)| total >= *from).unwrap_or_else(|| self.worst());
        if substantive { by_points.max(1.min(self.worst())) } else { by_points }
    }
    /// Name of a rank.
    pub fn name(&self, rank: usize) -> &str {
        self.0.get(rank).map_or("", |g| g.0.as_str())
    }
}
