//! 整改 (M1.5, B5): plan, report, acceptance, look-back, relapse, closure. Accountability is a matter of its own, linked here;
//! this line never waits inside it.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::*;

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
    const MARKS: &'static [&'static str] = &[super::CLOSED];
    const LOOKS: &'static [(&'static str, &'static str)] = &[("accountability", super::ANSWERED)];

    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Open { org, problems, severity, gist, source } => {
                (self.org, self.problems, self.severity, self.gist, self.source) = (org, problems, severity, gist, source)
            }
            Act::Demand { what, .. } => (self.what, self.demanded) = (what, Some(stamp.on)),
            Act::Plan { plan, .. } => self.plan = plan,
            Act::Report { result, .. } => self.result = result,
            Act::SendBack { .. } => (self.returns, self.paused) = (self.returns + 1, false),
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
                (self.finding, self.accepted) = (finding, None);
            }
            Act::Close {} => self.closed = Some(stamp.on),
            Act::ConfirmPlan {} => (self.paused, self.extended) = (false, false),
            Act::Pause { .. } => self.paused = true,
            Act::Resume {} => self.paused = false,
            Act::Extend { .. } => self.extended = true,
            Act::Sign {} | Act::ReturnPlan { .. } | Act::Accountability { .. } => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        // Before the demand is signed there is nothing the unit should know of.
        if self.demanded.is_some() {
            all.push(role_in(Standing::Respondent, "R9", &self.org));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        self.closed.map(|_| super::CLOSED).into_iter().collect()
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        match act {
            Act::Accountability { facts } => {
                vec![Request { kind: "accountability", action: "open", form: j!({"facts": facts, "org": self.org}), link: None }]
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        Index {
            gist: self.gist.clone(), ..index(format!("{{org}}整改：{}", super::problems(&self.problems)), &self.org, &self.problems)
        }
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
        vec![section("问题", asked.into_iter().chain(weight).collect()), section("要求", demand), section("办理", done)]
    }
    fn facts(&self) -> Vec<Fact> {
        let one = |measure, on| super::counted(measure, &self.org, &self.problems, on);
        [("整改下达", self.demanded), ("整改验收", self.accepted), ("整改销号", self.closed)]
            .into_iter()
            .filter_map(|(m, on)| Some(one(m, on?)))
            .collect()
    }
}
