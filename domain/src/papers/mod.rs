//! 文书 (M0.4; `case-review.md` B, `enterprise.md` B and C): which papers there are, from which step each arises, what it says, and for
//! whom it is written. A paper tells what its reader may read of the matter, and nothing else.
mod clues;
mod compose;
mod conferences;
mod enforcement;
mod enterprise;
mod evaluation;
mod experts;
mod inspections;
mod judicial;
mod procuratorate;
mod rectifications;
mod reviews;
mod sheet;

pub use compose::compose;
pub use sheet::{Block, Layout, Proof, Sheet};

use crate::engine::Standing;
use crate::registers::limits::Limit;
use std::collections::BTreeMap;

/// One kind of paper.
#[derive(Clone, Copy, Debug)]
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
    /// Made only where this field of the step holds this code: (field, code).
    pub only: Option<(&'static str, &'static str)>,
}
/// One of this layout; the methods say the rest.
const fn written(layout: Layout, code: &'static str, label: &'static str, kind: &'static str, steps: &'static [&'static str]) -> Paper {
    let series = match layout {
        Layout::Document => Some("document"),
        Layout::Letter => Some("letter"),
        Layout::Record | Layout::Certificate => None,
    };
    Paper { code, label, kind, steps, layout, series, reader: Standing::Handler, to: "", title: "", parts: &[], basis: "", only: None }
}
/// 文件格式.
const fn document(code: &'static str, label: &'static str, kind: &'static str, steps: &'static [&'static str]) -> Paper {
    written(Layout::Document, code, label, kind, steps)
}
/// 信函格式.
const fn letter(code: &'static str, label: &'static str, kind: &'static str, steps: &'static [&'static str]) -> Paper {
    written(Layout::Letter, code, label, kind, steps)
}
/// 内部记录.
const fn record(code: &'static str, label: &'static str, kind: &'static str, steps: &'static [&'static str]) -> Paper {
    written(Layout::Record, code, label, kind, steps)
}
/// 聘书.
const fn certificate(code: &'static str, label: &'static str, kind: &'static str, steps: &'static [&'static str]) -> Paper {
    written(Layout::Certificate, code, label, kind, steps)
}
impl Paper {
    /// Numbered among the reports.
    const fn report(mut self) -> Self {
        self.series = Some("report");
        self
    }
    /// Written for whoever stands so.
    const fn read_by(mut self, reader: Standing) -> Self {
        self.reader = reader;
        self
    }
    /// Addressed to whom this field names, who reads it standing so.
    const fn to(mut self, field: &'static str, reader: Standing) -> Self {
        (self.to, self.reader) = (field, reader);
        self
    }
    /// Title and text.
    const fn says(mut self, title: &'static str, parts: &'static [Part], basis: &'static str) -> Self {
        (self.title, self.parts, self.basis) = (title, parts, basis);
        self
    }
    /// Only where the field holds this code.
    const fn only(mut self, field: &'static str, code: &'static str) -> Self {
        self.only = Some((field, code));
        self
    }
    /// Whether the step that was taken, as it stands in the entry, makes this paper.
    #[must_use]
    pub fn applies(&self, act: &serde_json::Value) -> bool {
        self.only.is_none_or(|(field, code)| act.get(field).and_then(serde_json::Value::as_str) == Some(code))
    }
    /// Names of the fields it tells, addressee and title included.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static str> {
        let told = self.parts.iter().flat_map(|part| match part {
            Part::Head(text) | Part::Say(text) => compose::named(text),
            Part::Text(field) | Part::Table(field) => vec![*field],
            Part::Facts(fields) => fields.to_vec(),
            Part::All => vec![],
        });
        let besides = compose::named(self.title).into_iter().chain(Some(self.to).filter(|to| !to.is_empty()));
        let mut all: Vec<&str> = told.chain(besides).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
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
/// Head and rows; each row as long as the head.
pub type Table = (Vec<String>, Vec<Vec<String>>);
/// What the house knows when a paper is written, already in words.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// 发文机关.
    pub organ: String,
    /// Number of the paper, or of the matter.
    pub number: String,
    /// The day on the paper.
    pub on: Option<jiff::civil::Date>,
    /// Values by field name: the act's own, then the page's; only what `reader` reads. Besides: `matter` (number), and the length of every
    /// limit in words under its code (`T19`: “7个工作日”; `lengths`). What the paper's own reader filled in (`Field::own`) counts as read.
    pub values: BTreeMap<String, String>,
    /// Labels of those fields.
    pub labels: BTreeMap<String, String>,
    /// `Rows` fields: head and rows.
    pub tables: BTreeMap<String, Table>,
    /// Sections of the page, in order: heading and pairs.
    pub sections: Vec<(String, Vec<(String, String)>)>,
    /// 抄送机关.
    pub copies: Vec<String>,
    /// Names of attachments.
    pub attachments: Vec<String>,
}
/// The limits' lengths in words, by code, for `Given::values`.
pub fn lengths<'a>(limits: impl IntoIterator<Item = &'a Limit>) -> impl Iterator<Item = (String, String)> {
    limits.into_iter().filter_map(|l| Some((l.code.clone(), l.unit.words(l.length?).replace(' ', ""))))
}
/// 发文字号的类别: (code, 机关代字 after that of the organ, what it is for).
pub const SERIES: &[(&str, &str, &str)] =
    &[("document", "督", "通知、决定、通报"), ("letter", "督函", "函、告知书"), ("report", "督报", "报告、专报")];
const FIELDS_OF_WORK: &[&[Paper]] = &[
    clues::PAPERS,
    reviews::PAPERS,
    inspections::PAPERS,
    rectifications::PAPERS,
    procuratorate::PAPERS,
    judicial::PAPERS,
    experts::PAPERS,
    evaluation::PAPERS,
    enterprise::PAPERS,
    enforcement::PAPERS,
    conferences::PAPERS,
];
/// Every kind of paper.
pub const PAPERS: &[Paper] = &join::<{ count() }>();

#[expect(clippy::indexing_slicing, reason = "reckoned while the house is built")]
const fn count() -> usize {
    let (mut n, mut at) = (0, 0);
    while at < FIELDS_OF_WORK.len() {
        n += FIELDS_OF_WORK[at].len();
        at += 1;
    }
    n
}
#[expect(clippy::indexing_slicing, reason = "reckoned while the house is built")]
const fn join<const N: usize>() -> [Paper; N] {
    let mut all = [clues::PAPERS[0]; N];
    let (mut n, mut at) = (0, 0);
    while at < FIELDS_OF_WORK.len() {
        let mut row = 0;
        while row < FIELDS_OF_WORK[at].len() {
            all[n] = FIELDS_OF_WORK[at][row];
            (n, row) = (n + 1, row + 1);
        }
        at += 1;
    }
    all
}

/// The paper of this code.
#[must_use]
pub fn paper(code: &str) -> Option<&'static Paper> {
    PAPERS.iter().find(|p| p.code == code)
}
/// Papers that a step of a procedure makes.
pub fn of<'a>(kind: &'a str, action: &'a str) -> impl Iterator<Item = &'static Paper> + use<'a> {
    PAPERS.iter().filter(move |p| p.kind == kind && p.steps.contains(&action))
}
