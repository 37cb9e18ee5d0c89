//! 共性问题 (M1.2, B2): one problem code seen often enough over units and time; what follows from it – suggestions of whom to inspect, a
//! rectification for each unit – and its end, once every unit has proved that the defect became rarer (T28).
//!
//! Case material does not travel: whoever inspects reads codes, counts, rates and reasons, never the matters behind them. The app counts
//! (`problems`), nobody types what was counted.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::redaction;
use crate::registers::{codes, parameters};

/// Mark: a suggestion of it was adopted; an inspection may go back to it.
pub const ADOPTED: &str = "adopted";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Confirmed,
    Suggested,
    Answered,
    Closed,
    Dropped,
}
/// What was counted in one unit.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    pub org: String,
    pub count: String,
    pub dossiers: String,
    /// Empty where too few dossiers ended to say.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub per_100: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub low: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub high: String,
}
/// A matter that was counted.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Behind {
    pub matter_no: String,
    pub org: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Confirm {
        problem: String,
        from: Date,
        to: Date,
        analysis: String,
        #[serde(default)]
        total: i64,
        #[serde(default)]
        units: Vec<Unit>,
        #[serde(default)]
        matters: Vec<Behind>,
    },
    Suggest {
        target: String,
        inspection_kind: String,
        reasons: String,
    },
    Adopt {
        suggestion: String,
        #[serde(default)]
        note: String,
    },
    Decline {
        suggestion: String,
        reason: String,
    },
    Rectify {
        unit: String,
        severity: String,
        gist: String,
    },
    Close {
        summary: String,
    },
    Drop {
        reason: String,
    },
}
/// A suggestion of whom to inspect, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Suggestion {
    target: String,
    kind: String,
    reasons: String,
    on: Option<Date>,
    adopted: bool,
    said: String,
    answered: Option<Date>,
}
impl Suggestion {
    fn waits(&self) -> bool {
        self.answered.is_none()
    }
    /// Whose it is to answer.
    fn role(&self) -> &'static str {
        if self.kind == "政治督察" { "R4" } else { "R5" }
    }
    fn outcome(&self) -> &'static str {
        match (self.waits(), self.adopted) {
            (true, _) => "待答复",
            (_, true) => "已采纳",
            _ => "不采纳",
        }
    }
}
/// What lasts of a common problem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommonProblem {
    problem: String,
    from: Option<Date>,
    to: Option<Date>,
    analysis: String,
    total: i64,
    units: Vec<Unit>,
    matters: Vec<Behind>,
    confirmed: Option<Date>,
    suggestions: Vec<Suggestion>,
    /// Units for which a rectification was opened.
    rectified: Vec<String>,
    summary: String,
    closed: Option<Date>,
    dropped: Option<Date>,
    reason: String,
}
impl CommonProblem {
    /// The suggestion of this number, counted from one, while it waits.
    fn waiting(&self, number: &str) -> Option<&Suggestion> {
        self.suggestions.get(number.parse::<usize>().ok()?.checked_sub(1)?).filter(|s| s.waits())
    }
    fn answer(&mut self, number: &str, adopted: bool, said: String, on: Date) {
        let place = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        if let Some(s) = place.and_then(|n| self.suggestions.get_mut(n)) {
            (s.adopted, s.said, s.answered) = (adopted, said, Some(on));
        }
    }
    /// Every unit has a rectification of its own.
    fn all_rectified(&self) -> bool {
        self.units.iter().all(|u| self.rectified.contains(&u.org))
    }
    /// A word by which one case could be told: a number of what is behind, or a case number.
    fn names_a_case(&self, text: &str) -> bool {
        redaction::case_number(text).is_some() || self.matters.iter().any(|m| text.contains(m.matter_no.as_str()))
    }
}

impl Procedure for CommonProblem {
    const KIND: &'static str = "common_problem";
    const LABEL: &'static str = "共性问题";
    const PREFIX: &'static str = "GX";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[ADOPTED];
    const LOOKS: &'static [(&'static str, &'static str)] =
        &[("rectification", super::CLOSED), ("rectification", super::rectification::PROVED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Confirm { from, to, .. } if from > to => Err(Refusal::at("to", "止日不能早于起日。")),
            Act::Confirm { total, units, .. } => {
                let (count, wide) = (at.parameter(parameters::COMMON_COUNT), at.parameter(parameters::COMMON_UNITS));
                let there = i64::try_from(units.len()).unwrap_or(0);
                if *total >= count || there >= wide {
                    return Ok(act);
                }
                let say = format!("期间内只有 {total} 件、{there} 个单位；须满 {count} 件，或者 {wide} 个单位。");
                Err(Refusal::at("problem", say))
            }
            Act::Suggest { reasons, .. } if self.names_a_case(reasons) => {
                Err(Refusal::at("reasons", "个案材料不随行：不写编号、案号，只写问题码、计数和理由。"))
            }
            Act::Suggest { target, inspection_kind, .. } => {
                let same = |s: &&Suggestion| s.target == *target && s.kind == *inspection_kind;
                match self.suggestions.iter().filter(same).any(|s| s.waits() || s.adopted) {
                    true => Err(Refusal::at("target", "已就该单位提出过这种督察巡查的建议。")),
                    false => Ok(act),
                }
            }
            Act::Adopt { suggestion, .. } | Act::Decline { suggestion, .. } => match self.waiting(suggestion) {
                Some(s) if !at.who.is_house() && !in_role(at.who, s.role()) => {
                    Err(Refusal::at("suggestion", format!("这项建议由{}答复。", codes::ROLE.label_of(s.role()))))
                }
                _ => Ok(act),
            },
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Confirm { problem, from, to, analysis, total, units, matters } => {
                (self.problem, self.from, self.to, self.analysis) = (problem, Some(from), Some(to), analysis);
                (self.total, self.units, self.matters, self.confirmed) = (total, units, matters, Some(stamp.on));
            }
            Act::Suggest { target, inspection_kind: kind, reasons } => {
                self.suggestions.push(Suggestion { target, kind, reasons, on: Some(stamp.on), ..Suggestion::default() });
            }
            Act::Adopt { suggestion, note } => self.answer(&suggestion, true, note, stamp.on),
            Act::Decline { suggestion, reason } => self.answer(&suggestion, false, reason, stamp.on),
            Act::Rectify { unit, .. } => self.rectified.push(unit),
            Act::Close { summary } => (self.summary, self.closed) = (summary, Some(stamp.on)),
            Act::Drop { reason } => (self.reason, self.dropped) = (reason, Some(stamp.on)),
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        for code in ["R4", "R5"] {
            all.extend(self.suggestions.iter().any(|s| s.role() == code).then(|| role(Standing::Inspector, code)));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(ADOPTED, self.suggestions.iter().any(|s| s.adopted))])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let Act::Rectify { unit, severity, gist } = act else { return vec![] };
        vec![super::rectify(unit, std::slice::from_ref(&self.problem), severity, gist, "共性")]
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        // The app says a unit's name for its code in braces.
        let unit = |u: &Unit| (u.org.clone(), format!("{{{}}}", u.org));
        match field {
            "target" => self.units.iter().map(unit).collect(),
            "unit" => self.units.iter().filter(|u| !self.rectified.contains(&u.org)).map(unit).collect(),
            "suggestion" => {
                let open = self.suggestions.iter().enumerate().filter(|(_, s)| s.waits());
                open.map(|(n, s)| ((n + 1).to_string(), format!("{}. {{{}}}：{}", n + 1, s.target, s.kind))).collect()
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        let codes = [self.problem.clone()];
        index(format!("共性问题：{}", super::problems(&codes)), "", &codes)
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        if self.dropped.is_some() {
            return vec![];
        }
        let mut all = facts("", &self.problem, [("共性问题", self.confirmed), ("共性问题销号", self.closed)]);
        for s in &self.suggestions {
            let answer = if s.adopted { "督察建议采纳" } else { "督察建议不采纳" };
            all.extend(facts(&s.target, &self.problem, [("督察建议", s.on), (answer, s.answered)]));
        }
        all
    }
}
