//! 年度计划 (B4): whom the groups mean to inspect in a year, approved once, closed with a summary. An inspection may name the plan it
//! follows; a plan opens nothing by itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::inspection::{groups, own_group};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// Mark: approved and not yet closed.
pub(crate) const ACTIVE: &str = "active";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafted,
    Returned,
    Active,
    Closed,
}
/// 督察对象.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Target {
    pub org: String,
    pub scope: String,
    pub quarter: String,
    pub source: String,
}
/// 计划.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub year: i64,
    pub kind: String,
    pub targets: Vec<Target>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Draft(Plan),
    Revise(Plan),
    ReturnPlan { reason: String },
    Approve {},
    Close { summary: String },
}
/// What lasts of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnnualPlan {
    plan: Plan,
    reason: String,
    summary: String,
    approved: Option<Date>,
    closed: Option<Date>,
}
const ALL: &[Standing] = &[Handler, Lead, Secretary, Inspector];
const B4: &str = "本机构设定，非法定（规格B4）";
const YEAR: Field = field("year", "年度", Shape::Number, ALL).hint("如 2026。");
const KIND: Field = field("kind", "种类", Shape::Code(&codes::INSPECTION_KIND), ALL);
const TARGETS: Field = field("targets", "督察对象", Shape::Rows(TARGET), ALL).guarded().hint("一家单位只列一次。");
const TARGET: &[Column] = &[
    column("org", "单位"),
    column("scope", "督察范围"),
    column("quarter", "季度").of(&codes::QUARTER),
    column("source", "来源共性问题编号").optional(),
];
const REASON: Field = field("reason", "退回理由", Shape::Long, ALL).guarded();
const SUMMARY: Field = field("summary", "年度总结", Shape::Long, ALL).guarded();
const PLAN: &[Field] = &[YEAR, KIND, TARGETS];

impl Procedure for AnnualPlan {
    const KIND: &'static str = "annual_plan";
    const LABEL: &'static str = "年度计划";
    const PREFIX: &'static str = "ND";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Drafted, "待批准", true, Some(Secretary)),
        phase(Returned, "计划退回", false, Some(Inspector)),
        phase(Active, "执行中", true, Some(Inspector)),
        phase(Closed, "已总结", true, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("draft",       "拟订年度计划", &[],         Go(Drafted),  &[Inspector, Handler], B4, PLAN),
        step("revise",      "修改年度计划", &[Returned], Go(Drafted),  &[Inspector, Handler], B4, PLAN),
        step("return_plan", "退回计划",     &[Drafted],  Go(Returned), &[Secretary],          B4, &[REASON]).seen(&[Inspector]),
        step("approve",     "批准计划",     &[Drafted],  Go(Active),   &[Secretary],          B4, &[]).other_than(&["draft", "revise"]).seen(&[Inspector]),
        step("close",       "年度总结",     &[Active],   Go(Closed),   &[Inspector, Handler], B4, &[SUMMARY]),
    ];
    #[rustfmt::skip]
    const CLOCKS: &'static [Clock] = &[
        clock("approve", "审批年度计划", Length::Limit("N25", None), &["draft", "revise"], &["return_plan", "approve"]),
        clock("close", "年度计划总结", Length::Limit("N26", None), &["approve"], &["close"]),
    ];
    const MARKS: &'static [&'static str] = &[ACTIVE];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        if let Act::Draft(p) | Act::Revise(p) = &act {
            own_group(&p.kind, at)?;
            let this = i64::from(at.today.year());
            if !(this..=this + 1).contains(&p.year) {
                return Err(Refusal::at("year", format!("年度应为 {this} 或 {}。", this + 1)));
            }
            let again = |(n, t): &(usize, &Target)| p.targets.iter().take(*n).any(|other| other.org == t.org);
            if let Some((n, _)) = p.targets.iter().enumerate().find(again) {
                return Err(Refusal::at("targets", format!("第 {} 行的单位已经列过。一家单位一年只列一次。", n + 1)));
            }
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Draft(plan) | Act::Revise(plan) => (self.plan, self.reason) = (plan, String::new()),
            Act::ReturnPlan { reason } => self.reason = reason,
            Act::Approve {} => self.approved = Some(stamp.on),
            Act::Close { summary } => (self.summary, self.closed) = (summary, Some(stamp.on)),
        }
    }
    fn parties(&self) -> Vec<Party> {
        [super::office(), groups(&self.plan.kind)].concat()
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(ACTIVE, self.approved.is_some() && self.closed.is_none())])
    }
    fn index(&self) -> Index {
        index(format!("{} 年度计划：{}", self.plan.year, codes::INSPECTION_KIND.label_of(&self.plan.kind)), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let p = &self.plan;
        let rows = vec![YEAR.row(p.year), KIND.row(p.kind.as_str()), TARGETS.row(j!(p.targets)), REASON.row(self.reason.as_str())];
        vec![section("计划", rows), section("总结", vec![SUMMARY.row(self.summary.as_str())])]
    }
    fn facts(&self) -> Vec<Fact> {
        facts("", &self.plan.kind, [("年度计划", self.approved)])
    }
}
