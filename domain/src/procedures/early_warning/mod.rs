//! 预警 (issue 6, 5; `case-review.md` E): a unit whose reviews were hit more often in a half year than chance and its mix of cases explain.
//! A warning asks somebody to look; it finds nothing. It is of the office alone: no unit, no officer, nobody outside ever learns of it, and
//! so it is counted in no statistic and linked to no matter of theirs.
//!
//! The app raises it once for a unit, a measure and a half year, out of the comparison of `agreement::fair` (`app/src/fairness`); what was
//! computed is frozen in the opening, with the digest of the rows behind it. It is cleared with a reason by somebody else than whoever
//! looked and proposed.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::agreement::LEAST_EVENTS;
use crate::engine::*;
use crate::registers::{codes, parameters};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Raised,
    Examined,
    Clearing,
    Acting,
    Cleared,
    Closed,
}
/// One stratum of the unit, as it was held against the city.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stratum {
    pub case_type: String,
    pub reviewed: String,
    pub hits: String,
    pub city: String,
}
/// What was computed: the unit, the measure, the half year, and the numbers.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Computed {
    pub org: String,
    pub measure: String,
    pub year: i64,
    pub half: String,
    pub reviewed: i64,
    pub observed: i64,
    pub expected: String,
    /// At so many it lies outside.
    pub limit: i64,
    /// Units compared: the tails are divided by them.
    pub compared: i64,
    /// Different cases among the observed …
    pub cases: i64,
    /// … and different reviewers behind them.
    pub reviewers: i64,
    pub strata: Vec<Stratum>,
    /// Of the numbers of the matters behind it.
    pub digest: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Raise(Computed),
    Examine { note: String },
    ProposeClear { ground: String, explanation: String },
    ReturnClear { reason: String },
    Clear {},
    ActOn { means: String, followed: String },
    Close { summary: String },
}
/// What lasts of a warning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlyWarning {
    said: Computed,
    note: String,
    ground: String,
    explanation: String,
    reason: String,
    /// `(means, number)` of what was opened because of it.
    followed: Vec<(String, String)>,
    summary: String,
    raised: Option<Date>,
    cleared: Option<Date>,
    closed: Option<Date>,
}
impl EarlyWarning {
    /// What was computed when it was raised.
    pub const fn computed(&self) -> &Computed {
        &self.said
    }
    /// `(means, number)` of what was opened because of it, oldest first.
    pub fn followed(&self) -> &[(String, String)] {
        &self.followed
    }
}
/// One event alone is no pattern, however the parameter is set; nor is what one reviewer alone found.
fn judge(c: &Computed, least: i64) -> Result<(), Refusal> {
    match () {
        () if c.cases < least.max(LEAST_EVENTS) => Err(Refusal::at("cases", "不同案件的件数不足，单独一件不能形成预警。")),
        () if c.reviewers < 2 => Err(Refusal::at("reviewers", "只有一名评查员的，不能形成预警。")),
        () if c.observed < c.limit => Err(Refusal::at("observed", "没有超过上限，不能形成预警。")),
        () if c.cases > c.observed || c.observed > c.reviewed => Err(Refusal::at("observed", "件数前后不一致。")),
        () => Ok(()),
    }
}

impl Procedure for EarlyWarning {
    const KIND: &'static str = "early_warning";
    const LABEL: &'static str = "预警";
    const PREFIX: &'static str = "YJ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::CLOSED];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Raise(c) => judge(c, at.parameter(parameters::WARNING_EVENTS))?,
            Act::ActOn { followed, .. } if self.followed.iter().any(|(_, n)| n == followed) => {
                return Err(Refusal::at("followed", "这一件已经登记。"));
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Raise(computed) => (self.said, self.raised) = (computed, Some(stamp.on)),
            Act::Examine { note } => self.note = note,
            Act::ProposeClear { ground, explanation } => {
                (self.ground, self.explanation, self.reason) = (ground, explanation, String::new())
            }
            Act::ReturnClear { reason } => self.reason = reason,
            Act::Clear {} => self.cleared = Some(stamp.on),
            Act::ActOn { means, followed } => self.followed.push((means, followed)),
            Act::Close { summary } => (self.summary, self.closed) = (summary, Some(stamp.on)),
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::office()
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(super::CLOSED, self.cleared.or(self.closed).is_some())])
    }
    fn index(&self) -> Index {
        let c = &self.said;
        index(format!("{{org}}：{}年{}{}偏高", c.year, c.half, codes::FAIR_MEASURE.label_of(&c.measure)), &c.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
}
