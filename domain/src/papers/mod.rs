//! 文书 (M0.4; `case-review.md` B, `enterprise.md` B and C): which papers there are, from which step each arises, what it says, and for
//! whom it is written. A paper tells what its reader may read of the matter, and nothing else.
mod sheet;

pub use sheet::{Block, Layout, Proof, Sheet};

use crate::engine::Standing;
use std::collections::BTreeMap;

/// One kind of paper.
#[derive(Debug)]
pub struct Paper {
    /// Identifier, also of files: "rectification_notice".
    pub code: &'static str,
    /// 中文: “整改通知书”.
    pub label: &'static str,
    /// The procedure it belongs to.
    pub kind: &'static str,
    /// The steps that make it; the newest entry of one of them is what it tells.
    pub steps: &'static [&'static str],
    /// 版式.
    pub layout: Layout,
    /// The series it is numbered in (`SERIES`); none of a record.
    pub series: Option<&'static str>,
    /// For whom it is written: only fields that this standing reads enter it.
    pub reader: Standing,
    /// The field that names whom it goes to (an organisation, a person, or a text); empty where nobody is addressed.
    pub to: &'static str,
    /// 标题; `{field}` stands for the field's value.
    pub title: &'static str,
    /// 正文.
    pub parts: &'static [Part],
    /// Article or place in the specification.
    pub basis: &'static str,
}
/// A piece of a paper's text.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    /// A heading of the first level; the house numbers it (一、二、…).
    Head(&'static str),
    /// A paragraph; `{field}` stands for the field's value. Left out where one of its fields is empty.
    Say(&'static str),
    /// The value of this field as paragraphs; left out where empty.
    Text(&'static str),
    /// Labels and values of these fields, those that are empty left out.
    Facts(&'static [&'static str]),
    /// A `Rows` field as a table.
    Table(&'static str),
    /// Everything the reader may read of the matter: its sections as headings with labels and values.
    All,
}
/// What the house knows when a paper is written, already in words.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// 发文机关.
    pub organ: String,
    /// Number of the paper, or of the matter.
    pub number: String,
    /// The day on the paper.
    pub on: Option<jiff::civil::Date>,
    /// Values by field name: the act's own, then the page's; only what `reader` reads. Besides: `matter` (number), `kind` (its label).
    pub values: BTreeMap<String, String>,
    /// Labels of those fields.
    pub labels: BTreeMap<String, String>,
    /// `Rows` fields: head and rows.
    pub tables: BTreeMap<String, (Vec<String>, Vec<Vec<String>>)>,
    /// Sections of the page, in order: heading and pairs.
    pub sections: Vec<(String, Vec<(String, String)>)>,
}
/// 发文字号的类别: (code, 机关代字 after that of the organ, what it is for).
pub const SERIES: &[(&str, &str, &str)] =
    &[("document", "督", "通知、决定、通报"), ("letter", "督函", "函、告知书"), ("report", "督报", "报告、专报")];
/// Every kind of paper.
pub const PAPERS: &[Paper] = &[];

/// The paper of this code.
#[must_use]
pub fn paper(code: &str) -> Option<&'static Paper> {
    PAPERS.iter().find(|p| p.code == code)
}
/// Papers that a step of a procedure makes.
pub fn of<'a>(kind: &'a str, action: &'a str) -> impl Iterator<Item = &'static Paper> + use<'a> {
    PAPERS.iter().filter(move |p| p.kind == kind && p.steps.contains(&action))
}
