//! 评查标准 (M2.3, D): one edition of one sheet, overlay or card. Drafted, approved by another person, in force, superseded; a review
//! stays pinned to the edition it was opened with. Grade names and thresholds are part of the edition (B3: they differ between
//! bodies and years). Scoring by an edition: `procedures::review::scoring`; the shipped sheets: crate module `standards`.
//!
//! An edition may rest on a whole sheet or card of `crate::standards`, kept as an attachment of the house's own making (`sheet`, with its
//! `digest`); the rows here are then what one reads of it. Without one the rows typed here are all there is.
//!
//! The app drives: an attached XLSX or JSON (`source`) completes the form of `draft`; `install` lays the shipped
//! sheets before the lead for approval.
mod edition;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// Mark: in force.
pub const EFFECTIVE: &str = "effective";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafted,
    Proposed,
    Approved,
    Effective,
    Superseded,
    Abandoned,
}
/// 条目: what is looked at, what it is worth, what costs points.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    pub item: String,
    /// 分值; nothing on a card.
    pub full: String,
    pub criteria: String,
    /// 扣分档, in words.
    pub tiers: String,
}
/// 等次 and the score from which it is given; the last one is whatever lies below.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grade {
    pub grade: String,
    pub from: String,
}
/// 否决项.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Veto {
    pub veto: String,
    pub basis: String,
}
/// What an edition says.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edition {
    pub name: String,
    pub standard_kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_type: Option<String>,
    pub edition: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
    pub items: Vec<Item>,
    /// Attachment the edition was read from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    /// Attachment that holds the whole sheet or card as JSON.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheet: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<Veto>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Draft(Edition),
    Revise(Edition),
    Propose {},
    ReturnDraft { reason: String },
    Approve { from: Date, doc_no: String },
    BringIntoForce {},
    Supersede {},
    Repeal { reason: String },
    Abandon { reason: String },
    Install(Edition),
}
/// What lasts of a standard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standard {
    said: Edition,
    from: Option<Date>,
    doc_no: String,
    in_force: bool,
    reason: String,
}
impl Standard {
    /// The edition itself, for scoring and for the sheet page.
    pub fn edition(&self) -> &Edition {
        &self.said
    }
    /// The day from which it was to hold.
    pub fn from(&self) -> Option<Date> {
        self.from
    }
    /// Whether reviews may be opened with it now.
    pub fn in_force(&self) -> bool {
        self.in_force
    }
}
type R = Rule<Standard>;
const WHO: &[Standing] = &[Handler, Lead, Secretary, Chair, Expert];
const D: &str = "本机构设定，非法定（规格D）";
const NAME: Field = field("name", "标准名称", Shape::Short, WHO).optional().hint("附评查表文件的不填，由文件读出；下同。");
const KIND: Field = field("standard_kind", "标准种类", Shape::Code(&codes::STANDARD_KIND), WHO).optional();
const CASE_TYPE: Field = field("case_type", "适用案件类型", Shape::Code(&codes::CASE_TYPE), WHO).optional();
const EDITION: Field = field("edition", "版本", Shape::Short, WHO).optional().hint("如 2026 年第 1 版。");
const REPLACES: Field = field("replaces", "替代哪一版", Shape::Matter("standard"), WHO).optional();
const SOURCE: Field = field("source", "评查表文件", Shape::Files, WHO)
    .optional()
    .hint("XLSX 或 JSON，先从已有标准导出再改；扣分档、否决项、实体项都从文件读出。");
const SHEET: Field = field("sheet", "评查表（系统留存）", Shape::Files, WHO).optional().computed();
const DIGEST: Field = field("digest", "评查表指纹", Shape::Short, WHO).optional().computed();
const ITEMS: Field = field("items", "条目", Shape::Rows(ITEM), WHO).optional().hint("基础表、叠加表各项分值合计 100；附卡不填分值。");
const ITEM: &[Column] = &[
    column("item", "条目"),
    column("full", "分值").optional(),
    column("criteria", "要点").optional(),
    column("tiers", "扣分档").optional(),
];
const VETOES: Field = field("vetoes", "否决项", Shape::Rows(VETO), WHO).optional();
const VETO: &[Column] = &[column("veto", "否决项"), column("basis", "依据").optional()];
const GRADES: Field =
    field("grades", "等次和分数线", Shape::Rows(GRADE), WHO).optional().hint("从高到低，最后一等从 0 分起；不填用系统预设。");
const GRADE: &[Column] = &[column("grade", "等次"), column("from", "自几分起")];
const BASIS: Field = field("basis", "制定依据", Shape::Long, WHO).optional();
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE);
const FROM: Field = field("from", "生效日期", Shape::Date, WHO);
const DOC_NO: Field = field("doc_no", "印发文号", Shape::Short, WHO);
const EDITION_FORM: &[Field] = &[SOURCE, NAME, KIND, CASE_TYPE, EDITION, REPLACES, ITEMS, VETOES, GRADES, BASIS, SHEET, DIGEST];
const INSTALL: &[Field] = &[NAME, KIND, CASE_TYPE, EDITION, ITEMS, VETOES, GRADES, BASIS, SHEET, DIGEST];
const DAY_REACHED: R = rule("not_yet_in_force", "生效日期未到", |s, at| s.from.is_some_and(|d| d <= at.today));

impl Procedure for Standard {
    const KIND: &'static str = "standard";
    const LABEL: &'static str = "评查标准";
    const PREFIX: &'static str = "BZ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Drafted, "起草中", true, Some(Handler)),
        phase(Proposed, "待批准", true, Some(Lead)),
        phase(Approved, "待生效", true, Some(Handler)),
        phase(Effective, "已生效", true, None),
        phase(Superseded, "已停用", true, None),
        phase(Abandoned, "不再起草", false, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("draft",            "起草标准", &[],          Go(Drafted),    &[Handler], D, EDITION_FORM),
        step("revise",           "修改草案", &[Drafted],   Go(Drafted),    &[Handler], D, EDITION_FORM),
        step("propose",          "报批",     &[Drafted],   Go(Proposed),   &[Handler], D, &[]),
        step("return_draft",     "退回修改", &[Proposed],  Go(Drafted),    &[Lead],    D, &[REASON]),
        step("approve",          "批准",     &[Proposed],  Go(Approved),   &[Lead],    D, &[FROM, DOC_NO]).other_than(&["draft", "revise", "propose"]),
        step("bring_into_force", "生效",     &[Approved],  Go(Effective),  &[Handler], D, &[]).rules(&[DAY_REACHED]).then(&[("standard", "supersede")]),
        step("supersede",        "被新版替代", &[Effective], Go(Superseded), &[House], D, &[]),
        step("repeal",           "停用",     &[Effective], Go(Superseded), &[Lead],    D, &[REASON]),
        step("install",          "装入预置标准", &[],         Go(Proposed),   &[House],   "本机构设定，非法定（规格D），随系统提供，经批准生效", INSTALL),
        step("abandon",          "不再起草", &[Drafted],   Go(Abandoned),  &[Handler], D, &[REASON]),
    ];
    const MARKS: &'static [&'static str] = &[EFFECTIVE];

    fn decide(&self, act: Act, _: &At) -> Result<Act, Refusal> {
        if let Act::Draft(e) | Act::Revise(e) | Act::Install(e) = &act {
            sound(e)?;
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Draft(e) | Act::Revise(e) | Act::Install(e) => self.said = e,
            Act::Approve { from, doc_no } => (self.from, self.doc_no) = (Some(from), doc_no),
            Act::BringIntoForce {} => self.in_force = true,
            Act::Supersede {} => self.in_force = false,
            Act::Repeal { reason } => (self.in_force, self.reason) = (false, reason),
            Act::ReturnDraft { reason } | Act::Abandon { reason } => self.reason = reason,
            Act::Propose {} => self.reason.clear(),
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::reviewers();
        all.extend([role(Chair, "R8"), role(Expert, "R6")]);
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        self.in_force.then_some(EFFECTIVE).into_iter().collect()
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        match act {
            Act::BringIntoForce {} if self.said.replaces.is_some() => {
                vec![Request { kind: "standard", action: "supersede", form: j!({}), link: Some("standard") }]
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        index(format!("{}（{}）", self.said.name, self.said.edition), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let said = vec![
            NAME.row(self.said.name.as_str()),
            KIND.row(self.said.standard_kind.as_str()),
            CASE_TYPE.row(j!(self.said.case_type)),
            EDITION.row(self.said.edition.as_str()),
            REPLACES.row(j!(self.said.replaces)),
            BASIS.row(j!(self.said.basis)),
            DIGEST.row(j!(self.said.digest)),
            FROM.row(self.from.map(|d| d.to_string()).unwrap_or_default()),
            DOC_NO.row(self.doc_no.as_str()),
            REASON.row(self.reason.as_str()),
        ];
        let sheet = vec![ITEMS.row(j!(self.said.items)), VETOES.row(j!(self.said.vetoes)), GRADES.row(j!(self.said.grades))];
        vec![section("标准", said), section("内容", sheet)]
    }
}
/// A sheet is worth 100 points, a card none.
fn sound(e: &Edition) -> Result<(), Refusal> {
    for (field, text) in [("name", &e.name), ("standard_kind", &e.standard_kind), ("edition", &e.edition)] {
        if text.is_empty() {
            return Err(Refusal::at(field, "必填；或附评查表文件。"));
        }
    }
    if e.items.is_empty() {
        return Err(Refusal::at("items", "请填写条目，或附评查表文件。"));
    }
    let tenths = super::review::scoring::tenths;
    let worth: Option<Vec<i64>> = e.items.iter().map(|i| tenths(&i.full)).collect();
    match (e.standard_kind.as_str(), worth) {
        ("附卡", _) if e.items.iter().any(|i| !i.full.is_empty()) => return Err(Refusal::at("items", "附卡只判是否，不填分值。")),
        ("附卡", _) => {}
        (_, None) => return Err(Refusal::at("items", "每个条目都要填分值，如 8 或 0.5。")),
        (_, Some(all)) if all.iter().sum::<i64>() != 1_000 => return Err(Refusal::at("items", "各条目分值合计应为 100。")),
        _ => {}
    }
    sound_grades(&e.grades)
}
/// Thresholds fall from one grade to the next and end at nothing; no rows at all mean the default scale.
pub(super) fn sound_grades(grades: &[Grade]) -> Result<(), Refusal> {
    let Some(from) = grades.iter().map(|g| super::review::scoring::tenths(&g.from)).collect::<Option<Vec<_>>>() else {
        return Err(Refusal::at("grades", "分数线应为数字，如 94.9。"));
    };
    let falls = from.windows(2).all(|w| w.first() > w.last());
    if !from.is_empty() && (from.len() < 2 || !falls || from.last() != Some(&0)) {
        return Err(Refusal::at("grades", "等次至少两等，从高到低，最后一等从 0 分起。"));
    }
    Ok(())
}
