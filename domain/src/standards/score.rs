//! One reviewer's scoring (评分表) as it is submitted; [`super::score`] checks and adds it up.

use super::Points;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::identifiers;

/// Everything one reviewer says about one dossier on one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scoring {
    /// Rows of deduction (扣分).
    pub deductions: Vec<Deduction>,
    /// Vetoes found (否决项).
    pub vetoes: Vec<VetoMark>,
    /// Answers to the card's questions, by question code.
    pub answers: BTreeMap<String, Answer>,
}

/// One row of deduction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deduction {
    /// Item code.
    pub item: String,
    /// A measure of the item, or a tier of the sheet (then a remark is required).
    pub by: String,
    /// 处数: how many occurrences this row counts, each with `points`; above one only where the measure says 每处.
    #[serde(default = "one")]
    pub places: u32,
    /// Points for one occurrence.
    pub points: Points,
    /// 卷页码, such as `卷一 P31`; `全卷` where the flaw is everywhere.
    pub pages: String,
    /// 说明.
    #[serde(default)]
    pub remark: String,
    /// 法律规定不明确: written down, not deducted.
    #[serde(default)]
    pub unclear: bool,
}
fn one() -> u32 {
    1
}

/// A veto found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VetoMark {
    /// Veto code.
    pub veto: String,
    /// 卷页码.
    pub pages: String,
    /// What was found.
    pub remark: String,
    /// The competent body's document with its number, where the veto stands on one.
    #[serde(default)]
    pub document: String,
}

/// An answer on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What.
    pub said: Said,
    /// 卷页码; required with 否.
    #[serde(default)]
    pub pages: String,
    /// Required with 否.
    #[serde(default)]
    pub remark: String,
}

/// 是, 否, 不涉及.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// 是.
    Yes,
    /// 否.
    No,
    /// 不涉及.
    NotApplicable,
}

/// Full-width ASCII and the ideographic space as their plain forms.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        c => identifiers::half_width(c),
    }
}

/// 卷页码 as compared: what differs only in spaces, width, dashes, case or punctuation is the same place.
pub(super) fn place(pages: &str) -> String {
    let dash = |c: char| if matches!(c, '–' | '—' | '－' | '~' | '～' | '至' | '−') { '-' } else { c };
    let kept = |c: &char| c.is_alphanumeric() || *c == '-';
    pages.chars().map(half_width).map(dash).filter(kept).flat_map(char::to_lowercase).filter(|c| !matches!(c, '第' | '页')).collect()
}

/// Whether a text can be a 卷页码: it names a number or the whole file.
pub fn names_pages(pages: &str) -> bool {
    let number = |c: char| half_width(c).is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    pages.contains("全卷") || pages.chars().any(number)
}
