//! 联席会议任务 (M4.1, `enterprise.md` B8): what a conference asked a member to do, or an opinion of the symposium it has to answer. What is
//! overdue goes onto the next agenda by itself.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::CLOSED;
use super::joint_conference::member;
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Assigned,
    Reported,
    Done,
    Dropped,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Assign { kind: String, task: String, org: String, due: Date },
    Report { result: String },
    ReturnReport { reason: String },
    Put { due: Date, reason: String },
    Close { outcome: String },
    Drop { reason: String },
}
/// What lasts of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConferenceTask {
    kind: String,
    task: String,
    org: String,
    due: Option<Date>,
    result: String,
    reason: String,
    outcome: String,
    assigned: Option<Date>,
    closed: Option<Date>,
    dropped: bool,
}
impl ConferenceTask {
    /// What is to be done, by whom, and by when.
    pub fn what(&self) -> (&str, &str, Option<Date>) {
        (&self.task, &self.org, self.due)
    }
}
const ALL: &[Standing] = &[Intake, Lead, Member];
const B8: &str = "本机构设定，非法定（规格B8）";
const KIND: Field = field("kind", "种类", Shape::Code(&codes::TASK_KIND), ALL);
const TASK: Field = field("task", "内容", Shape::Long, ALL).guarded();
const ORG: Field = field("org", "承办单位", Shape::Org, ALL);
const DUE: Field = field("due", "期限", Shape::Date, ALL);
const RESULT: Field = field("result", "办理情况", Shape::Long, ALL).guarded();
const REASON: Field = field("reason", "理由", Shape::Long, ALL).guarded();
const OUTCOME: Field = field("outcome", "结果", Shape::Code(&codes::TASK_OUTCOME), ALL).hint("如实填写，没有落实的不写已落实。");

impl Procedure for ConferenceTask {
    const KIND: &'static str = "conference_task";
    const LABEL: &'static str = "联席会议任务";
    const PREFIX: &'static str = "RW";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Assigned, "办理中", true, Some(Member)),
        phase(Reported, "待核对", true, Some(Intake)),
        phase(Done, "已销号", true, None),
        phase(Dropped, "已撤销", false, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("assign",        "分解任务",     &[],                   Go(Assigned), &[House],  B8, &[KIND, TASK, ORG, DUE]).seen(&[Member]),
        step("report",        "报办理情况",   &[Assigned],           Go(Reported), &[Member], B8, &[RESULT]),
        step("return_report", "退回",         &[Reported],           Go(Assigned), &[Intake], B8, &[REASON]).seen(&[Member]),
        step("put",           "改期",         &[Assigned, Reported], Stay,         &[Lead],   B8, &[DUE, REASON]).seen(&[Member]),
        step("close",         "销号",         &[Reported],           Go(Done),     &[Intake], B8, &[OUTCOME]).seen(&[Member]),
        step("drop",          "撤销任务",     &[Assigned, Reported], Go(Dropped),  &[Lead],   B8, &[REASON]).seen(&[Member]),
    ];
    #[rustfmt::skip]
    const CLOCKS: &'static [Clock] = &[
        clock("due", "办理任务", Length::Field("due"), &["assign", "put"], &["close", "drop"]),
    ];
    const MARKS: &'static [&'static str] = &[CLOSED];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Put { due, .. } if *due <= at.today => Err(Refusal::at("due", "期限应晚于今日。")),
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Assign { kind, task, org, due } => {
                (self.kind, self.task, self.org, self.due, self.assigned) = (kind, task, org, Some(due), Some(stamp.on));
            }
            Act::Report { result } => (self.result, self.reason) = (result, String::new()),
            Act::ReturnReport { reason } => self.reason = reason,
            Act::Put { due, reason } => (self.due, self.reason) = (Some(due), reason),
            Act::Close { outcome } => (self.outcome, self.closed) = (outcome, Some(stamp.on)),
            Act::Drop { reason } => (self.reason, self.dropped) = (reason, true),
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = vec![role(Intake, "R14"), role(Lead, "R15")];
        all.extend(member(&self.org));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(CLOSED, self.closed.is_some() || self.dropped)])
    }
    fn index(&self) -> Index {
        index(format!("{{org}}：{}", codes::TASK_KIND.label_of(&self.kind)), &self.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let rows = vec![
            KIND.row(self.kind.as_str()),
            TASK.row(self.task.as_str()),
            ORG.row(self.org.as_str()),
            DUE.row(j!(self.due)),
            RESULT.row(self.result.as_str()),
            REASON.row(self.reason.as_str()),
            OUTCOME.row(self.outcome.as_str()),
        ];
        vec![section("任务", rows)]
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.org, &self.kind, [("会议任务", self.assigned), ("会议任务销号", self.closed)])
    }
}
