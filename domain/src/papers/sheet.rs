//! What stands on a paper, without how it is set: one value that PDF, DOCX and a page are made from, and whose bytes are sealed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// 版式 (GB/T 9704-2012; 记录 and 证书 are the house's own).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// 文件格式: red head, number below it, rule, seal, 版记.
    #[default]
    Document,
    /// 信函格式: letterhead between two rules, number at the right.
    Letter,
    /// 内部记录 (登记表、笔录、名单): no red head, no number of its own; the matter's number and ledger position identify it.
    Record,
    /// 聘书、证明、回执: one page, framed.
    Certificate,
}
impl Layout {
    /// 中文.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Document => "文件格式",
            Self::Letter => "信函格式",
            Self::Record => "内部记录",
            Self::Certificate => "证书",
        }
    }
}
/// One piece of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A heading: level 1 “一、”, 2 “（一）”; the numbering is part of the text.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// Labels and values, one pair a row.
    Facts(Vec<(String, String)>),
    /// A table: head, rows, and the columns whose cells are numbers.
    Table {
        /// 表题; may be empty.
        caption: String,
        /// One word a column.
        head: Vec<String>,
        /// Each as long as the head.
        rows: Vec<Vec<String>>,
    },
    /// A picture drawn by the house, with what it says in words. Its table stands beside it.
    Figure {
        /// 图题.
        caption: String,
        /// SVG.
        svg: String,
        /// What a reader who does not see it is told.
        alt: String,
    },
}
/// 一份文书.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    /// Which kind of paper: a code of `PAPERS`.
    pub code: String,
    /// 版式.
    pub layout: Layout,
    /// 发文机关 as the head prints it.
    pub organ: String,
    /// 发文字号, "宜政法督〔2026〕3号"; of a record the number of the matter.
    pub number: String,
    /// 签发人, of papers that go up (上行文).
    pub signer: String,
    /// 标题.
    pub title: String,
    /// 主送机关.
    pub to: Vec<String>,
    /// 正文.
    pub body: Vec<Block>,
    /// 附件说明: names of attachments.
    pub attachments: Vec<String>,
    /// 署名.
    pub signed: Vec<String>,
    /// 成文日期.
    pub on: Option<Date>,
    /// A place for the seal is kept (印章位置).
    pub seal: bool,
    /// 附注, printed in brackets.
    pub note: String,
    /// 抄送机关.
    pub copies: Vec<String>,
    /// 印发机关.
    pub printed_by: String,
    /// 印发日期.
    pub printed_on: Option<Date>,
    /// Not signed: every page says 未签发.
    pub draft: bool,
}
impl Sheet {
    /// The bytes that are sealed and committed to.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}
/// 存证 of a paper (trust.md 4.1): what the foot prints and the square holds. No part of the `Sheet`: it comes after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Proof {
    /// One line: “存证 <ledger>·<size>·<20 characters of the root>”, or that it awaits the next checkpoint.
    pub line: String,
    /// What the square (QR) says; empty: no square.
    pub square: String,
}
