//! 观摩申请、邀请 (M4.3, enterprise.md B2): an enterprise asks, or a unit invites, that observers accompany one task of enforcement.
//! Only a task there is already – approved, put on record, or with its inspection code – is accompanied: no observer starts an inspection
//! (enterprise.md 0-5), and no inspection waits for one.
//!
//! The unit learns of an enterprise's request when the office asks it to confirm the task, and then only what the office writes for it.
//! The observation that follows takes the request up by `assign` and ends it by `close`.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::registers::codes::ENFORCEMENT_ACT;

/// Mark: observers may be drawn for it.
pub const APPROVED: &str = "approved";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Checking,
    Completing,
    Confirming,
    Approved,
    Assigned,
    Closed,
    Refused,
    Reviewing,
    Upheld,
    NoTask,
    Withdrawn,
    Lapsed,
}
/// What an enterprise asks.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub org: String,
    pub act_type: String,
    pub item: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_no: Option<String>,
    pub when: Date,
    pub place: String,
    pub reason: String,
    pub tie: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie_note: Option<String>,
    pub disclose: bool,
    pub enterprise: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uscc: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// Digests of the enterprise, by code and by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
    /// Public key of whoever holds the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt_key: Option<String>,
    /// Later than the house asks for.
    #[serde(default)]
    pub late: bool,
}
/// The task as its unit states it.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub task_no: String,
    pub task_state: String,
    pub basis: String,
    pub officers: String,
    pub inspected: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected_uscc: Option<String>,
    /// Digests of the inspected enterprise, by code and by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected_firm: Option<String>,
}
/// What a unit invites to.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub org: String,
    pub act_type: String,
    pub when: Date,
    pub place: String,
    pub plan: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    #[serde(flatten)]
    pub task: Task,
    #[serde(default)]
    pub late: bool,
}
/// What was still missing, and the day once more.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completion {
    pub supplement: String,
    pub when: Date,
    #[serde(default)]
    pub late: bool,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Apply(Application),
    Register(Application),
    Invite(Invitation),
    AskToComplete {
        note: String,
    },
    Complete(Completion),
    CompleteInvitation(Completion),
    AskConfirm {
        about: String,
    },
    ConfirmTask(Task),
    NoTask {
        reason: String,
    },
    Approve {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_reason: Option<String>,
    },
    Refuse {
        reason: String,
    },
    AskReview {
        ground: String,
    },
    AskUnitReview {
        ground: String,
    },
    Uphold {
        reason: String,
    },
    Reopen {
        reason: String,
    },
    Withdraw {
        ended: String,
    },
    CallOff {
        ended: String,
    },
    Assign {},
    Close {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ended: Option<String>,
    },
    Lapse {},
}
/// What lasts of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObservationRequest {
    application: Option<Application>,
    invitation: Option<Invitation>,
    when: Option<Date>,
    late: bool,
    late_reason: String,
    note: String,
    supplement: String,
    about: String,
    /// The unit has been asked: from now on it knows of the request.
    asked: bool,
    task: Option<Task>,
    no_task: String,
    refusal: String,
    ground: String,
    review: String,
    reopened: bool,
    ended: String,
    opened: Option<Date>,
    approved_on: Option<Date>,
    refused_on: Option<Date>,
    closed: bool,
}
impl ObservationRequest {
    /// The unit whose officers are accompanied.
    pub fn unit(&self) -> &str {
        let invited = self.invitation.as_ref().map(|i| i.org.as_str());
        invited.or(self.application.as_ref().map(|a| a.org.as_str())).unwrap_or("")
    }
    /// The day of the task.
    pub fn day(&self) -> Option<Date> {
        self.when
    }
    /// 执法行为类型.
    pub fn act_type(&self) -> &str {
        let invited = self.invitation.as_ref().map(|i| i.act_type.as_str());
        invited.or(self.application.as_ref().map(|a| a.act_type.as_str())).unwrap_or("")
    }
    /// Where it is: a vault reference.
    pub fn place(&self) -> &str {
        let invited = self.invitation.as_ref().map(|i| i.place.as_str());
        invited.or(self.application.as_ref().map(|a| a.place.as_str())).unwrap_or("")
    }
    /// The task as its unit has stated it: nothing is approved without.
    pub fn task(&self) -> Option<&Task> {
        self.task.as_ref()
    }
    /// Digests of every enterprise concerned, by code and by name: who is tied to one of them is not drawn.
    pub fn firms(&self) -> Vec<&str> {
        let asks = self.application.as_ref().and_then(|a| a.firm.as_deref());
        let inspected = self.task.as_ref().and_then(|t| t.inspected_firm.as_deref());
        let mut all: Vec<&str> = asks.into_iter().chain(inspected).flat_map(|f| f.split(' ')).filter(|f| !f.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
    /// Brought by the unit itself.
    pub fn invited(&self) -> bool {
        self.invitation.is_some()
    }
    fn told(&self) -> bool {
        self.invited() || self.asked
    }
}
/// Whether this day leaves less time than the house asks for (E6).
///
/// # Errors
/// A day that has passed.
fn late(when: Date, at: &At) -> Result<bool, Refusal> {
    if when < at.today {
        return Err(Refusal::at("when", "观摩日期不能早于今日。"));
    }
    let ahead = at.limits.get("E6").and_then(|l| Some(at.calendar.due(at.today, l.length?, l.unit).0));
    Ok(ahead.is_some_and(|earliest| when < earliest))
}

impl Procedure for ObservationRequest {
    const KIND: &'static str = "observation_request";
    const LABEL: &'static str = "观摩申请";
    const PREFIX: &'static str = "GS";
    const CONFIDENTIAL: bool = true;
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[APPROVED, super::CLOSED];

    fn decide(&self, mut act: Act, at: &At) -> Result<Act, Refusal> {
        match &mut act {
            Act::Apply(a) | Act::Register(a) => {
                a.late = late(a.when, at)?;
                if a.tie && a.tie_note.is_none() {
                    return Err(Refusal::at("tie_note", "请说明与哪位监督员有什么利害关系。"));
                }
            }
            Act::Invite(i) => i.late = late(i.when, at)?,
            Act::Complete(c) | Act::CompleteInvitation(c) => c.late = late(c.when, at)?,
            Act::Approve { late_reason } if self.late && late_reason.is_none() => {
                return Err(Refusal::at("late_reason", "提前的时间不够，请说明接受的理由。"));
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        use Act::*;
        match act.clone() {
            Apply(a) | Register(a) => {
                (self.when, self.late, self.opened) = (Some(a.when), a.late, Some(stamp.on));
                self.application = Some(a);
            }
            Invite(i) => {
                (self.when, self.late, self.opened) = (Some(i.when), i.late, Some(stamp.on));
                self.task = Some(i.task.clone());
                self.invitation = Some(i);
            }
            AskToComplete { note } => self.note = note,
            Complete(c) | CompleteInvitation(c) => (self.supplement, self.when, self.late) = (c.supplement, Some(c.when), c.late),
            AskConfirm { about } => (self.about, self.asked) = (about, true),
            ConfirmTask(task) => self.task = Some(task),
            NoTask { reason } => (self.no_task, self.closed) = (reason, true),
            Approve { late_reason } => (self.late_reason, self.approved_on) = (late_reason.unwrap_or_default(), Some(stamp.on)),
            Refuse { reason } => (self.refusal, self.refused_on, self.closed) = (reason, Some(stamp.on), true),
            AskReview { ground } | AskUnitReview { ground } => (self.ground, self.closed) = (ground, false),
            Uphold { reason } => (self.review, self.closed) = (reason, true),
            Reopen { reason } => {
                (self.review, self.reopened) = (reason, true);
                self.refused_on = None;
            }
            Withdraw { ended } | CallOff { ended } => (self.ended, self.closed) = (ended, true),
            Close { ended } => (self.ended, self.closed) = (ended.unwrap_or_default(), true),
            Lapse {} => self.closed = true,
            Assign {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::intake();
        if self.told() {
            all.push(role_in(Standing::Respondent, "R9", self.unit()));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(APPROVED, self.approved_on.is_some() && !self.closed), (super::CLOSED, self.closed)])
    }
    fn index(&self) -> Index {
        // Neither who asked nor whom it is about: the unit reads it.
        let day = self.when.map(|d| d.to_string()).unwrap_or_default();
        let title = format!("{}随队观摩 {day}", ENFORCEMENT_ACT.label_of(self.act_type()));
        Index { gist: self.application.as_ref().map(|a| a.item.clone()).unwrap_or_default(), ..index(title, self.unit(), &[]) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        // Counted under the unit only once it knows.
        let org = if self.told() { self.unit() } else { "" };
        let by = |invited: bool| self.opened.filter(|_| self.invited() == invited);
        let all = [("观摩申请", by(false)), ("观摩邀请", by(true)), ("同意观摩", self.approved_on), ("不同意观摩", self.refused_on)];
        facts(org, self.act_type(), all)
    }
}
