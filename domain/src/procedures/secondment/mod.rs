//! 检察驻点 (M2.1, B7): six-month terms, reviewed by both sides; arrival, handover, the rights that end the same day, appraisal,
//! and the cooling-off in which he keeps out of what he took part in.
//!
//! The app drives: `arrive` and the extensions give the role R7 at the office that owns the matter until `Secondment::term`'s last
//! day; `leave`, `recall` and `lapse` take it away that day and bar him from the matters he acted in; `cool_off` ends that bar. While
//! he serves he is barred from what concerns his own procuratorate.
mod tables;

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use crate::calendar::Unit;
use crate::engine::*;
use crate::registers::{codes::SECONDMENT_POST, parameters};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Proposed,
    SenderAgreed,
    Agreed,
    Serving,
    Left,
    CoolingOff,
    Archived,
    Declined,
}
/// A line of the handover list.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Handed {
    pub thing: String,
    pub to: String,
    pub remark: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Propose {
        person: String,
        org: String,
        post: String,
        from: Date,
        until: Date,
        reason: String,
    },
    AgreeSender {
        opinion: String,
    },
    AgreeHost {
        opinion: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        arrive_by: Option<Date>,
    },
    Decline {
        reason: String,
    },
    Arrive {
        promise: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handover_by: Option<Date>,
    },
    Extend {
        post: String,
        until: Date,
        doc_no: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handover_by: Option<Date>,
    },
    ExtendSamePost {
        until: Date,
        doc_no: String,
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        handover_by: Option<Date>,
    },
    HandOver {
        handover: Vec<Handed>,
    },
    Leave {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cooling_until: Option<Date>,
    },
    Recall {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cooling_until: Option<Date>,
    },
    Lapse {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cooling_until: Option<Date>,
    },
    Appraise {
        appraisal: String,
    },
    CoolOff {},
}

/// What lasts of a secondment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Secondment {
    person: String,
    org: String,
    post: String,
    from: Option<Date>,
    until: Option<Date>,
    reason: String,
    /// Vault reference.
    promise: String,
    arrived: Option<Date>,
    handover: Vec<Handed>,
    left: Option<Date>,
    left_for: String,
    cooling_until: Option<Date>,
    appraisal: String,
}
impl Secondment {
    /// His account, and the procuratorate that sends him.
    pub fn who(&self) -> (&str, &str) {
        (&self.person, &self.org)
    }
    /// Last day of the term, that day included.
    pub fn term(&self) -> Option<Date> {
        self.until
    }
    fn serving(&self) -> bool {
        self.arrived.is_some() && self.left.is_none()
    }
}
/// A term that begins on this day ends on this one at the latest.
fn longest(from: Date, at: &At) -> (i64, Date) {
    let months = at.parameter(parameters::SECONDMENT_MONTHS);
    (months, from.saturating_add(months.months()).saturating_sub(1.days()))
}
/// The day by which his work is to be handed over: so long before the end, and never before today.
fn handover_by(until: Date, at: &At) -> Result<Option<Date>, Refusal> {
    let limit = at.limits.get("N50").ok_or(refusals::NO_LIMIT)?;
    let length = limit.length.ok_or(refusals::NO_LIMIT)?;
    let before = match limit.unit {
        Unit::WorkingDays => at.calendar.working_days_before(until, length),
        Unit::CalendarDays => until.saturating_sub(i64::from(length).days()),
        Unit::Months => until.saturating_sub(i64::from(length).months()),
    };
    Ok(Some(before.max(at.today)))
}
/// The day until which he keeps out of what he took part in.
fn cooling(at: &At) -> Option<Date> {
    let months = at.parameter(parameters::COOLING_TERMS).saturating_mul(at.parameter(parameters::SECONDMENT_MONTHS));
    Some(at.today.saturating_add(months.months()))
}
impl Secondment {
    /// The end of an extension: after the present term, at most one more term long.
    fn extended(&self, until: Date, at: &At) -> Result<Option<Date>, Refusal> {
        let Some(end) = self.until else { return Err(refusals::NOT_NOW) };
        let (months, last) = longest(end.saturating_add(1.days()), at);
        if until <= end || until > last {
            return Err(Refusal::at("until", format!("续期应晚于原止日，每期不超过 {months} 个月，最晚到 {last}。")));
        }
        handover_by(until, at)
    }
}

impl Procedure for Secondment {
    const KIND: &'static str = "secondment";
    const LABEL: &'static str = "检察驻点";
    const PREFIX: &'static str = "ZD";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        Ok(match act {
            Act::Propose { from, until, .. } => {
                let (months, last) = longest(from, at);
                if until < from || until < at.today || until > last {
                    let say = format!("止日不早于起日和今日；每期不超过 {months} 个月，最晚到 {last}。");
                    return Err(Refusal::at("until", say));
                }
                act
            }
            Act::AgreeHost { opinion, .. } => {
                let limit = at.limits.get("N52").ok_or(refusals::NO_LIMIT)?;
                let begins = self.from.map_or(at.today, |from| from.max(at.today));
                let by = at.calendar.due(begins, limit.length.ok_or(refusals::NO_LIMIT)?, limit.unit).0;
                Act::AgreeHost { opinion, arrive_by: Some(by) }
            }
            Act::Arrive { promise, .. } => {
                let until = self.until.ok_or(refusals::NOT_NOW)?;
                Act::Arrive { promise, until: Some(until), handover_by: handover_by(until, at)? }
            }
            Act::Extend { post, until, doc_no, .. } => {
                if post == self.post {
                    return Err(Refusal::at("post", "不宜连任同岗。确有必要的，由书记会议办理“续任同岗”并写明理由。"));
                }
                let handover_by = self.extended(until, at)?;
                Act::Extend { post, until, doc_no, handover_by }
            }
            Act::ExtendSamePost { until, doc_no, reason, .. } => {
                let handover_by = self.extended(until, at)?;
                Act::ExtendSamePost { until, doc_no, reason, handover_by }
            }
            Act::Leave { .. } => Act::Leave { cooling_until: cooling(at) },
            Act::Recall { reason, .. } => Act::Recall { reason, cooling_until: cooling(at) },
            Act::Lapse { .. } => Act::Lapse { cooling_until: cooling(at) },
            other => other,
        })
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Propose { person, org, post, from, until, reason } => {
                (self.person, self.org, self.post, self.reason) = (person, org, post, reason);
                (self.from, self.until) = (Some(from), Some(until));
            }
            Act::Decline { reason } => self.left_for = reason,
            Act::Arrive { promise, .. } => (self.promise, self.arrived) = (promise, Some(stamp.on)),
            Act::Extend { post, until, .. } => (self.post, self.until, self.handover) = (post, Some(until), vec![]),
            Act::ExtendSamePost { until, .. } => (self.until, self.handover) = (Some(until), vec![]),
            Act::HandOver { handover } => self.handover = handover,
            Act::Leave { cooling_until } | Act::Lapse { cooling_until } => {
                (self.left, self.cooling_until) = (Some(stamp.on), cooling_until);
            }
            Act::Recall { reason, cooling_until } => {
                (self.left, self.left_for, self.cooling_until) = (Some(stamp.on), reason, cooling_until);
            }
            Act::Appraise { appraisal } => self.appraisal = appraisal,
            Act::AgreeSender { .. } | Act::AgreeHost { .. } | Act::CoolOff {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.push(role_in(Standing::Procurator, "R11", &self.org));
        // He follows his own post while he holds it, and not one day longer.
        if self.serving() {
            all.push(person(Standing::Officer, &self.person));
        }
        all
    }
    fn index(&self) -> Index {
        index(format!("{{org}}选派检察驻点人员：{}", SECONDMENT_POST.label_of(&self.post)), &self.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.org, &self.post, [("检察驻点", self.arrived)])
    }
}
