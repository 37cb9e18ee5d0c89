//! 评查批次 (M2.2, M2.3, B3.1–2): a plan, its approval, the frozen universe, the sample, one review per dossier; closed by a person when
//! every review is. Looks at its reviews, is never told by them.
//!
//! The app drives: `freeze` with every dossier for which `dossier::may_enter_review` holds within the plan's range (root by
//! `trust.md` 4.2); a `draw` announced for this batch ends in `take_sample` by the house, with the digest of its proof file.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::dossier::may_enter_review;
use super::inspection::{embedded_in, groups};
use super::standard::{Grade, sound_grades};
use crate::engine::*;
use crate::registers::codes::REVIEW_KIND;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Planned,
    Returned,
    Approved,
    Frozen,
    Sampled,
    Running,
    Closed,
    Abandoned,
}
/// 方案.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub name: String,
    pub kind: String,
    pub scope: String,
    pub case_types: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub standard: String,
    pub sampling: String,
    pub size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strata: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub must_review: Vec<String>,
    /// The one unit it reviews.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The clue it goes back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clue: Option<String>,
    /// The inspection it is embedded in (B4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection: Option<String>,
    /// The closed rectification whose effect it checks (T28).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rectification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
/// A dossier of the sample, as it was when the universe was frozen.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    pub dossier: String,
    pub org: String,
    pub case_no: String,
    pub case_type: String,
    pub closed_on: String,
    pub effective_on: String,
    pub sealed: String,
    pub must: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Plan(Plan),
    Revise(Plan),
    ReturnPlan {
        remark: String,
    },
    Approve {
        finish_by: Date,
        /// Kind of the inspection it is embedded in; filled in by the house.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        embedded: String,
    },
    Freeze {
        root: String,
        universe: i64,
        excluded: i64,
        #[serde(default)]
        grades: Vec<Grade>,
    },
    Thaw {
        remark: String,
    },
    TakeSample {
        draw: String,
        proof: String,
        dossiers: Vec<Chosen>,
    },
    DrawAgain {
        remark: String,
    },
    OpenReviews {},
    Close {
        summary: String,
    },
    Abandon {
        remark: String,
    },
}
/// What lasts of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewBatch {
    plan: Plan,
    approved: Option<Date>,
    /// Kind of the inspection it is embedded in: its group reads the results.
    #[serde(skip_serializing_if = "String::is_empty")]
    embedded: String,
    finish_by: Option<Date>,
    root: String,
    universe: i64,
    excluded: i64,
    grades: Vec<Grade>,
    /// Every draw made for this batch, the valid one last.
    draws: Vec<String>,
    proof: String,
    dossiers: Vec<Chosen>,
    remark: String,
    summary: String,
    closed: Option<Date>,
}
impl ReviewBatch {
    /// What the universe is made of and how many are wanted.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
    /// Number of the inspection it was approved as a part of.
    pub fn embedded_in(&self) -> Option<&str> {
        self.plan.inspection.as_deref().filter(|_| !self.embedded.is_empty())
    }
    /// Digest of the proof of the valid sample; empty before it.
    pub fn proof(&self) -> &str {
        &self.proof
    }
    /// How many there were to choose from, and how many were chosen.
    pub fn drawn(&self) -> (i64, usize) {
        (self.universe, self.dossiers.len())
    }
    /// Root of the frozen universe.
    pub fn root(&self) -> &str {
        &self.root
    }
}
fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

impl Procedure for ReviewBatch {
    const KIND: &'static str = "review_batch";
    const LABEL: &'static str = "评查批次";
    const PREFIX: &'static str = "PB";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::CLOSED];
    const LOOKS: &'static [(&'static str, &'static str)] = &[
        ("standard", super::standard::EFFECTIVE),
        ("review", super::CLOSED),
        ("clue", super::clue::TO_REVIEW),
        ("rectification", super::CLOSED),
        ("inspection", super::inspection::UNDER_WAY),
        ("inspection", super::inspection::POLITICAL),
    ];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Plan(p) | Act::Revise(p) if !super::of_his_office(&p.case_types, at) => {
                Err(Refusal::at("case_types", super::OTHER_OFFICE))
            }
            Act::Plan(p) | Act::Revise(p) if p.from > p.to => Err(Refusal::at("to", "案件期间的止日不能早于起日。")),
            Act::Plan(p) | Act::Revise(p) if p.size < 1 && p.sampling != "全部" => Err(Refusal::at("size", "抽取数至少为 1。")),
            Act::Plan(p) | Act::Revise(p) if p.rectification.is_some() && p.kind != "复查" => {
                Err(Refusal::at("kind", "复查整改件的，评查方式应为复查。"))
            }
            Act::Approve { finish_by, .. } if *finish_by <= at.today => Err(Refusal::at("finish_by", "完成期限应晚于今日。")),
            Act::Approve { finish_by, .. } => {
                Ok(Act::Approve { finish_by: *finish_by, embedded: embedded_in(self.plan.inspection.as_deref(), at) })
            }
            Act::Freeze { universe, .. } if *universe < 1 => Err(Refusal::at("universe", "范围内没有可以评查的案卷。")),
            Act::Freeze { grades, .. } => sound_grades(grades).map(|()| act),
            Act::TakeSample { draw, .. } if self.draws.contains(draw) => Err(Refusal::at("draw", "同一抽取编号不能再用。")),
            Act::TakeSample { dossiers, .. } => {
                let twice = |i: usize, c: &Chosen| dossiers.iter().skip(i + 1).any(|d| d.dossier == c.dossier);
                if dossiers.iter().enumerate().any(|(i, c)| twice(i, c)) {
                    return Err(Refusal::at("dossiers", "同一案卷抽中两次。"));
                }
                // Boundary 2, at the door of the review.
                for c in dossiers {
                    may_enter_review(day(&c.closed_on), day(&c.effective_on), at.today)
                        .map_err(|r| Refusal::at("dossiers", format!("{}：{}。", c.dossier, r.reason)))?;
                }
                Ok(act)
            }
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Plan(plan) | Act::Revise(plan) => (self.plan, self.remark) = (plan, String::new()),
            Act::Approve { finish_by, embedded } => {
                (self.approved, self.finish_by, self.embedded) = (Some(stamp.on), Some(finish_by), embedded);
            }
            Act::Freeze { root, universe, excluded, grades } => {
                (self.root, self.universe, self.excluded, self.grades) = (root, universe, excluded, grades);
            }
            Act::TakeSample { draw, proof, dossiers } => {
                self.draws.push(draw);
                (self.proof, self.dossiers) = (proof, dossiers);
            }
            Act::Thaw { remark } => (self.remark, self.root) = (remark, String::new()),
            Act::DrawAgain { remark } => (self.remark, self.dossiers, self.proof) = (remark, vec![], String::new()),
            Act::ReturnPlan { remark } => self.remark = remark,
            Act::Abandon { remark } => (self.remark, self.closed) = (remark, Some(stamp.on)),
            Act::OpenReviews {} => {}
            Act::Close { summary } => (self.summary, self.closed) = (summary, Some(stamp.on)),
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::reviewers();
        all.push(role(Standing::Chair, "R8"));
        if !self.embedded.is_empty() {
            all.extend(groups(&self.embedded));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        self.closed.map(|_| super::CLOSED).into_iter().collect()
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let Act::OpenReviews {} = act else { return vec![] };
        let open = |c: &Chosen| {
            let mut form = j!({
                "dossier": c.dossier, "org": c.org, "case_type": c.case_type, "closed_on": c.closed_on, "effective_on": c.effective_on,
                "standard": self.plan.standard, "kind": self.plan.kind, "sealed": c.sealed == "是",
            });
            if let Some(form) = form.as_object_mut() {
                if !c.case_no.is_empty() {
                    form.insert("case_no".into(), j!(c.case_no));
                }
                if !self.grades.is_empty() {
                    form.insert("grades".into(), j!(self.grades));
                }
            }
            Request::open("review", form)
        };
        self.dossiers.iter().map(open).collect()
    }
    fn index(&self) -> Index {
        index(format!("{}：{}", REVIEW_KIND.label_of(&self.plan.kind), self.plan.name), "", &self.plan.tags)
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        self.approved.map(|on| fact("评查批次", "", &self.plan.kind, on)).into_iter().collect()
    }
}
