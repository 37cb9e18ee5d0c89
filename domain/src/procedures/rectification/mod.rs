//! 整改 (M1.5, B5): plan, report, acceptance, look-back, relapse, closure, and, once T28 has run, a re-sample that proves the effect or
//! does not. One list for every kind of supervision. Accountability is a matter of its own, linked here; this line never waits inside it.
//!
//! Batches that check it (复查) link to it by its kind's name; the app counts before and after, nobody types it.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;
use std::collections::BTreeMap;

use crate::agreement::{self, Group};
use crate::engine::*;
use crate::registers::parameters;

/// Mark: the re-sample proved its effect.
pub const PROVED: &str = "proved";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafted,
    Demanded,
    Planning,
    PlanFiled,
    Rectifying,
    Reported,
    Continuing,
    LookingBack,
    Closed,
    Resampling,
    Proved,
    Waived,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open {
        org: String,
        problems: Vec<String>,
        severity: String,
        gist: String,
        #[serde(default)]
        source: String,
    },
    Demand {
        what: String,
        #[serde(default)]
        files: Vec<String>,
    },
    Sign {},
    Plan {
        plan: String,
        #[serde(default)]
        files: Vec<String>,
    },
    ReturnPlan {
        reason: String,
    },
    ConfirmPlan {},
    Report {
        result: String,
        evidence: Vec<String>,
    },
    SendBack {
        reason: String,
    },
    AcceptPartly {
        done: String,
        remaining: String,
    },
    Accept {
        opinion: String,
    },
    AcceptGrave {
        opinion: String,
    },
    Urge {
        letter: String,
    },
    Interview {
        letter: String,
    },
    Circulate {
        letter: String,
    },
    Pause {
        reason: String,
    },
    Resume {},
    Extend {
        reason: String,
    },
    Hold {
        finding: String,
    },
    Relapse {
        finding: String,
    },
    Accountability {
        facts: String,
    },
    Close {},
    DueResample {},
    Compare(Comparison),
    Prove {},
    WaiveResample {
        reason: String,
    },
}
/// 再抽检验: concluded reviews of the unit before and after, and how many of them bear one of the problems.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Comparison {
    pub before_n: i64,
    pub before_bad: i64,
    pub after_n: i64,
    pub after_bad: i64,
    /// A code of `RESAMPLE`.
    pub outcome: String,
    pub reckoning: String,
}
impl Comparison {
    /// What these counts say at this least number and this level (T28): a code of `RESAMPLE`, and the reckoning in words.
    pub fn judged(&self, least: i64, level: i64) -> (&'static str, String) {
        let group = |all: i64, bad: i64| {
            let all = usize::try_from(all).unwrap_or(0);
            Group { all, bad: usize::try_from(bad).unwrap_or(0).min(all) }
        };
        let (before, after) = (group(self.before_n, self.before_bad), group(self.after_n, self.after_bad));
        agreement::compare(before, after, usize::try_from(least).unwrap_or(0), u32::try_from(level).unwrap_or(0))
    }
}

/// What lasts of a rectification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rectification {
    org: String,
    problems: Vec<String>,
    severity: String,
    gist: String,
    /// 整改来源; empty in entries from before there was one.
    source: String,
    what: String,
    plan: String,
    result: String,
    remaining: String,
    opinion: String,
    finding: String,
    returns: i64,
    /// 0 at first; each relapse adds one, and acceptance moves up to the 分管领导.
    weight: u8,
    pressure: u8,
    held: bool,
    /// The clock of the work stands still by the lead's word.
    paused: bool,
    /// Its one extension is used.
    extended: bool,
    accepted: Option<Date>,
    closed: Option<Date>,
    demanded: Option<Date>,
    /// Days on which it was sent back, and on which it relapsed.
    sent_back: Vec<Date>,
    relapsed: Vec<Date>,
    comparison: Option<Comparison>,
    proved: Option<Date>,
    waived: Option<Date>,
}
impl Rectification {
    /// What a re-sample has to know: unit, problem codes, the day of the demand, the day of the closure.
    pub fn resampled(&self) -> (&str, &[String], Option<Date>, Option<Date>) {
        (&self.org, &self.problems, self.demanded, self.closed)
    }
    /// How often it was sent back, whatever came after.
    pub fn times_sent_back(&self) -> usize {
        self.sent_back.len()
    }
    /// What a re-sample found, once it was compared.
    pub fn compared(&self) -> Option<&Comparison> {
        self.comparison.as_ref()
    }
    /// The defect became rarer; or it did not change, and none was found afterwards.
    fn shows_effect(&self) -> bool {
        self.comparison.as_ref().is_some_and(|c| match c.outcome.as_str() {
            "明显下降" => true,
            "没有明显变化" => c.after_bad == 0,
            _ => false,
        })
    }
}

impl Procedure for Rectification {
    const KIND: &'static str = "rectification";
    const LABEL: &'static str = "整改件";
    const PREFIX: &'static str = "ZG";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::CLOSED, PROVED];
    const LOOKS: &'static [(&'static str, &'static str)] = &[("accountability", super::ANSWERED), ("rectification", super::CLOSED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let Act::Compare(c) = act else { return Ok(act) };
        let (outcome, reckoning) = c.judged(at.parameter(parameters::RESAMPLE_MIN), at.parameter(parameters::RESAMPLE_LEVEL));
        Ok(Act::Compare(Comparison { outcome: outcome.to_owned(), reckoning, ..c }))
    }

    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Open { org, problems, severity, gist, source } => {
                (self.org, self.problems, self.severity, self.gist, self.source) = (org, problems, severity, gist, source)
            }
            Act::Demand { what, .. } => (self.what, self.demanded) = (what, Some(stamp.on)),
            Act::Plan { plan, .. } => self.plan = plan,
            Act::Report { result, .. } => self.result = result,
            Act::SendBack { .. } => {
                (self.returns, self.paused) = (self.returns + 1, false);
                self.sent_back.push(stamp.on);
            }
            Act::AcceptPartly { remaining, .. } => (self.remaining, self.paused) = (remaining, false),
            Act::Accept { opinion } | Act::AcceptGrave { opinion } => {
                (self.opinion, self.accepted) = (opinion, Some(stamp.on));
                self.remaining.clear();
            }
            Act::Urge { .. } => self.pressure = self.pressure.max(1),
            Act::Interview { .. } => self.pressure = self.pressure.max(2),
            Act::Circulate { .. } => self.pressure = 3,
            Act::Hold { finding } => (self.held, self.finding) = (true, finding),
            Act::Relapse { finding } => {
                (self.weight, self.returns, self.pressure, self.held) = (self.weight.saturating_add(1), 0, 0, false);
                (self.finding, self.accepted, self.closed, self.comparison) = (finding, None, None, None);
                self.relapsed.push(stamp.on);
            }
            Act::Close {} => self.closed = Some(stamp.on),
            Act::ConfirmPlan {} => (self.paused, self.extended) = (false, false),
            Act::Pause { .. } => self.paused = true,
            Act::Resume {} => self.paused = false,
            Act::Extend { .. } => self.extended = true,
            Act::Compare(c) => self.comparison = Some(c),
            Act::Prove {} => self.proved = Some(stamp.on),
            Act::WaiveResample { .. } => self.waived = Some(stamp.on),
            Act::DueResample {} | Act::Sign {} | Act::ReturnPlan { .. } | Act::Accountability { .. } => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::reviewers();
        // Before the demand is signed there is nothing the unit should know of.
        if self.demanded.is_some() {
            all.push(role_in(Standing::Respondent, "R9", &self.org));
            all.extend(["R4", "R5"].map(|code| role(Standing::Inspector, code)));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(super::CLOSED, self.closed.is_some()), (PROVED, self.proved.is_some())])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        match act {
            Act::Accountability { facts } => {
                vec![Request::open("accountability", j!({"facts": facts, "org": self.org}))]
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        // The source stands among the codes: lists filter by it.
        let source = Some(self.source.clone()).filter(|s| !s.is_empty());
        let codes: Vec<String> = self.problems.iter().cloned().chain(source).collect();
        Index { gist: self.gist.clone(), ..index(format!("{{org}}整改：{}", super::problems(&self.problems)), &self.org, &codes) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        use tables::*;
        let weight = (self.weight > 0).then(|| WEIGHT.row(i64::from(self.weight)));
        let asked = vec![
            ORG.row(self.org.as_str()),
            SOURCE.row(self.source.as_str()),
            PROBLEMS.row(self.problems.clone()),
            SEVERITY.row(self.severity.as_str()),
            GIST.row(self.gist.as_str()),
        ];
        let demand = vec![WHAT.row(self.what.as_str()), REMAINING.row(self.remaining.as_str())];
        let done = vec![
            PLAN.row(self.plan.as_str()),
            RESULT.row(self.result.as_str()),
            OPINION.row(self.opinion.as_str()),
            FINDING.row(self.finding.as_str()),
        ];
        let days = vec![
            DEMANDED_ON.row(j!(self.demanded)),
            ACCEPTED_ON.row(j!(self.accepted)),
            CLOSED_ON.row(j!(self.closed)),
            PROVED_ON.row(j!(self.proved)),
        ];
        let check = self.comparison.as_ref().map(|c| {
            let counts = [(&BEFORE_N, c.before_n), (&BEFORE_BAD, c.before_bad), (&AFTER_N, c.after_n), (&AFTER_BAD, c.after_bad)];
            let said = [OUTCOME.row(c.outcome.as_str()), RECKONING.row(c.reckoning.as_str())];
            section("再抽检验", counts.into_iter().map(|(f, n)| f.row(n)).chain(said).collect())
        });
        let main = [
            section("问题", asked.into_iter().chain(weight).collect()),
            section("进度", days),
            section("要求", demand),
            section("办理", done),
        ];
        main.into_iter().chain(check).collect()
    }
    fn facts(&self) -> Vec<Fact> {
        let one = |measure, value, on| Fact { value, ..super::counted(measure, &self.org, &self.problems, on) };
        let once = [("整改下达", self.demanded), ("整改验收", self.accepted), ("整改销号", self.closed), ("整改检验", self.proved)];
        let once = once.into_iter().filter_map(|(m, on)| Some(one(m, 1, on?)));
        // Twice on one day counts twice.
        let often = [("整改退回", &self.sent_back), ("整改反弹", &self.relapsed)].into_iter().flat_map(|(m, days)| {
            let runs = days.chunk_by(|a, b| a == b);
            runs.filter_map(move |run| Some((m, i64::try_from(run.len()).ok()?, *run.first()?)))
        });
        let again = [("退回后验收", &self.sent_back), ("反弹后验收", &self.relapsed)].into_iter();
        let again = again.filter(|(_, days)| !days.is_empty()).filter_map(|(m, _)| Some(one(m, 1, self.accepted?)));
        let severity = self.demanded.map(|on| fact("整改严重度", &self.org, &self.severity, on));
        once.chain(often.map(|(m, n, on)| one(m, n, on))).chain(again).chain(severity).collect()
    }
    fn clocked(&self, clocks: &BTreeMap<String, Running>) -> Vec<Fact> {
        let in_time = clocks.get("rectify").is_some_and(|c| c.stopped.is_some_and(|on| on <= c.due));
        let measure = if in_time { "按期验收" } else { "逾期验收" };
        self.accepted.map(|on| super::counted(measure, &self.org, &self.problems, on)).into_iter().collect()
    }
}
