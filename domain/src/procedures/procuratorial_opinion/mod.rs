//! 检察监督意见 (B6, T5–T13, M2.6): what a procuratorate asked of a unit, whether the unit answered in time, the reminder, the reasons.
//! The office only registers and keeps in view: adopting or not is between the procuratorate and the unit. What a request for
//! supervision needs is published as marks, so that nobody can type it there. Rows of an old ledger enter as history, by import only.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use tables::BY_PAPER;

/// Mark: the reply term ran out without a reply.
pub const DUE_PASSED: &str = "due_passed";
/// Mark: no reply of any kind is registered.
pub const UNANSWERED: &str = "unanswered";
/// Mark: the unit does not adopt it.
pub const DECLINED: &str = "declined";
/// Mark: adopted, and not put right in the time the unit itself named.
pub const UNCORRECTED: &str = "uncorrected";
/// Mark: the procuratorate recorded that the unit did not cooperate in its inquiry.
pub const UNCOOPERATIVE: &str = "uncooperative";
/// Mark: a reminder was served, with proof.
pub const REMINDED: &str = "reminded";
/// Mark: the day named in the reminder has passed.
pub const REMINDER_PASSED: &str = "reminder_passed";
/// Mark: the unit gave reasons.
pub const REASONS_GIVEN: &str = "reasons_given";
/// Mark: it gave none after the reminder, as the procuratorate recorded.
pub const NO_REASONS: &str = "no_reasons";
/// Mark: the procuratorate's own re-examination and the procedure of the one above are done.
pub const RE_EXAMINED: &str = "re_examined";
/// Mark: a request for supervision names it.
pub const ESCALATED: &str = "escalated";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Awaiting,
    Contested,
    Adopted,
    Corrected,
    Unheeded,
    Reminded,
    Closed,
    Voided,
}
/// What the paper says.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    pub proc_org: String,
    pub kind: String,
    pub doc_no: String,
    pub org: String,
    pub matter: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serve_way: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<Vec<String>>,
}
/// What happened before the system, as the old ledger tells it.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    #[serde(flatten)]
    pub said: Said,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none_given: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminded_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reminder_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Register(Said),
    Extend {
        ground: String,
    },
    Adopt {
        adoption: String,
        replied_on: Date,
        correct_by: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<String>,
        #[serde(default)]
        files: Vec<String>,
    },
    Object {
        replied_on: Date,
        reasons: String,
        #[serde(default)]
        files: Vec<String>,
    },
    Decline {
        replied_on: Date,
        reasons: String,
        #[serde(default)]
        files: Vec<String>,
    },
    Uphold {
        finding: String,
    },
    Withdraw {
        finding: String,
    },
    LapseReply {},
    LapseAgain {},
    LapseCorrection {},
    RecordUncooperative {
        refused_on: Date,
        conduct: String,
        inquiry: Vec<String>,
    },
    Remind {
        reminded_on: Date,
        reminder_no: String,
        remind_by: Date,
        proof: Vec<String>,
    },
    LapseReminder {},
    Reasons {
        said_on: Date,
        reasons: String,
        #[serde(default)]
        files: Vec<String>,
    },
    NoReasons {},
    Correct {
        result: String,
        #[serde(default)]
        files: Vec<String>,
    },
    NotCorrected {
        finding: String,
    },
    ReportUp {
        passed_on: Date,
        superior: String,
        passed: String,
        #[serde(default)]
        superior_files: Vec<String>,
    },
    Escalate {},
    Close {
        result: String,
    },
    EnterAwaiting(History),
    EnterContested(History),
    EnterAdopted(History),
    EnterUnheeded(History),
    EnterClosed(History),
    Void {},
}
impl Act {
    /// Taken from an old ledger.
    const fn enters(&self) -> bool {
        matches!(
            self,
            Self::EnterAwaiting(_) | Self::EnterContested(_) | Self::EnterAdopted(_) | Self::EnterUnheeded(_) | Self::EnterClosed(_)
        )
    }
}

/// What lasts of an opinion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProcuratorialOpinion {
    said: Said,
    history: Option<History>,
    /// 已采纳, 部分采纳, 提出异议, 不采纳; empty while nothing was answered.
    answer: String,
    replied_on: Option<Date>,
    /// The first reply of any kind: what statistics count.
    first_reply: Option<Date>,
    correct_by: Option<Date>,
    reasons: String,
    none_given: bool,
    upheld: bool,
    finding: String,
    due_passed: Option<Date>,
    uncorrected: bool,
    extended: bool,
    refused_on: Option<Date>,
    conduct: String,
    reminded_on: Option<Date>,
    reminder_no: String,
    remind_by: Option<Date>,
    reminder_passed: bool,
    passed_on: Option<Date>,
    superior: String,
    passed: String,
    escalated_on: Option<Date>,
    result: String,
    closed: Option<Date>,
    touched: bool,
    voided: bool,
}
impl ProcuratorialOpinion {
    /// Code of the unit it was served on.
    pub fn unit(&self) -> &str {
        &self.said.org
    }
    /// Code of the procuratorate.
    pub fn procuratorate(&self) -> &str {
        &self.said.proc_org
    }
    fn answered(&mut self, answer: &str, on: Date, reasons: Option<String>) {
        (self.answer, self.replied_on, self.uncorrected) = (answer.to_owned(), Some(on), false);
        self.first_reply = self.first_reply.or(Some(on));
        if let Some(reasons) = reasons {
            (self.reasons, self.none_given) = (reasons, false);
        }
    }
    /// Whether it ended as adopted, in whole or in part.
    pub fn ended_adopted(&self) -> bool {
        self.closed.is_some() && matches!(self.answer.as_str(), "已采纳" | "部分采纳")
    }
    fn take(&mut self, h: History) {
        self.said = h.said.clone();
        let status = h.status.clone().unwrap_or_default();
        (self.replied_on, self.first_reply, self.reminded_on, self.escalated_on) =
            (h.replied_on, h.replied_on, h.reminded_on, h.reported_on);
        (self.reasons, self.none_given) = (h.reasons.clone().unwrap_or_default(), h.none_given == Some(true));
        self.reminder_no = h.reminder_no.clone().unwrap_or_default();
        // An old ledger names no new day in its reminders: what it calls overdue or declined after one has outlasted it.
        self.reminder_passed = h.reminded_on.is_some();
        match status.as_str() {
            "逾期未回复" => self.due_passed = h.said.reply_by.or(h.said.served_on),
            "未到期" | "" => {}
            answer => self.answer = answer.to_owned(),
        }
        self.history = Some(History { said: Said::default(), ..h });
    }
}

impl Procedure for ProcuratorialOpinion {
    const KIND: &'static str = "procuratorial_opinion";
    const LABEL: &'static str = "检察监督意见";
    const PREFIX: &'static str = "JY";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[
        DUE_PASSED,
        UNANSWERED,
        DECLINED,
        UNCORRECTED,
        UNCOOPERATIVE,
        REMINDED,
        REMINDER_PASSED,
        REASONS_GIVEN,
        NO_REASONS,
        RE_EXAMINED,
        ESCALATED,
        super::CLOSED,
    ];

    fn decide(&self, mut act: Act, at: &At) -> Result<Act, Refusal> {
        let served = self.said.served_on;
        let after = |name: &str, day: Date| match served {
            Some(served) if day < served => Err(Refusal::at(name, "日期不能早于送达日期。")),
            _ => Ok(()),
        };
        match &mut act {
            Act::Register(said) => match (said.kind == BY_PAPER, said.reply_by) {
                (true, None) => return Err(Refusal::at("reply_by", "纠正违法通知书按通知书所定期限回复，请填写。")),
                (true, Some(day)) if Some(day) <= said.served_on => return Err(Refusal::at("reply_by", "回复期限应晚于送达日期。")),
                (false, Some(_)) => return Err(Refusal::at("reply_by", "这类文书的回复期限自动计算，不填写。")),
                _ => {}
            },
            Act::EnterAwaiting(h) | Act::EnterContested(h) | Act::EnterAdopted(h) | Act::EnterUnheeded(h) | Act::EnterClosed(h) => {
                if h.said.kind == BY_PAPER && h.due.is_none() {
                    return Err(Refusal::at("due", "纠正违法通知书按通知书所定期限回复，请填写应回复日。"));
                }
                h.said.reply_by = h.due.map(|due| at.calendar.roll(due));
            }
            Act::Adopt { adoption, reasons: None, .. } if *adoption == "部分采纳" => {
                return Err(Refusal::at("reasons", "部分采纳的，请写明未采纳部分的理由。"));
            }
            Act::Adopt { replied_on, correct_by, .. } => {
                after("replied_on", *replied_on)?;
                if *correct_by < *replied_on {
                    return Err(Refusal::at("correct_by", "落实期限不能早于回复日期。"));
                }
            }
            Act::Object { replied_on, .. } | Act::Decline { replied_on, .. } => after("replied_on", *replied_on)?,
            Act::Reasons { said_on, .. } => after("said_on", *said_on)?,
            Act::ReportUp { passed_on, .. } => after("passed_on", *passed_on)?,
            Act::Remind { reminded_on, remind_by, .. } => {
                after("reminded_on", *reminded_on)?;
                if *remind_by <= *reminded_on {
                    return Err(Refusal::at("remind_by", "催告所定回复期限应晚于催告日期。"));
                }
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.touched = !act.enters();
        match act.clone() {
            Act::Register(said) => self.said = said,
            Act::EnterAwaiting(h) | Act::EnterContested(h) | Act::EnterAdopted(h) | Act::EnterUnheeded(h) => self.take(h),
            Act::EnterClosed(h) => {
                self.closed = h.replied_on.or(Some(stamp.on));
                self.take(h);
            }
            Act::Extend { .. } => self.extended = true,
            Act::Adopt { adoption, replied_on, correct_by, reasons, .. } => {
                self.answered(&adoption, replied_on, reasons);
                self.correct_by = Some(correct_by);
            }
            Act::Object { replied_on, reasons, .. } => self.answered("提出异议", replied_on, Some(reasons)),
            Act::Decline { replied_on, reasons, .. } => self.answered("不采纳", replied_on, Some(reasons)),
            // Whoever was upheld against owes a reply once more.
            Act::Uphold { finding } => {
                (self.finding, self.upheld, self.answer, self.due_passed) = (finding, true, String::new(), None);
                // Nor was it reminded of this one.
                (self.reminded_on, self.remind_by, self.reminder_passed) = (None, None, false);
                self.reminder_no.clear();
            }
            Act::Withdraw { finding } => (self.finding, self.closed) = (finding, Some(stamp.on)),
            Act::LapseReply {} | Act::LapseAgain {} => self.due_passed = Some(stamp.on),
            Act::LapseCorrection {} => self.uncorrected = true,
            Act::RecordUncooperative { refused_on, conduct, .. } => (self.refused_on, self.conduct) = (Some(refused_on), conduct),
            Act::Remind { reminded_on, reminder_no, remind_by, .. } => {
                (self.reminded_on, self.reminder_no, self.remind_by) = (Some(reminded_on), reminder_no, Some(remind_by));
                (self.reminder_passed, self.none_given) = (false, false);
            }
            Act::LapseReminder {} => self.reminder_passed = true,
            Act::Reasons { reasons, .. } => (self.reasons, self.none_given) = (reasons, false),
            Act::NoReasons {} => self.none_given = true,
            Act::Correct { result, .. } => (self.result, self.uncorrected) = (result, false),
            Act::NotCorrected { finding } => (self.finding, self.uncorrected) = (finding, true),
            Act::ReportUp { passed_on, superior, passed, .. } => {
                (self.passed_on, self.superior, self.passed) = (Some(passed_on), superior, passed);
            }
            Act::Escalate {} => self.escalated_on = Some(stamp.on),
            Act::Close { result } => (self.result, self.closed) = (result, Some(stamp.on)),
            Act::Void {} => self.voided = true,
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.push(role_in(Standing::Procurator, "R11", &self.said.proc_org));
        // The unit learns of it by service, not from us.
        if self.said.served_on.is_some() && !self.voided {
            all.push(role_in(Standing::Respondent, "R9", &self.said.org));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        if self.voided {
            return vec![];
        }
        marks([
            (DUE_PASSED, self.due_passed.is_some()),
            (UNANSWERED, self.answer.is_empty()),
            (DECLINED, self.answer == "不采纳"),
            (UNCORRECTED, self.uncorrected),
            (UNCOOPERATIVE, self.refused_on.is_some()),
            (REMINDED, self.reminded_on.is_some()),
            (REMINDER_PASSED, self.reminder_passed),
            (REASONS_GIVEN, !self.reasons.is_empty() && !self.none_given),
            (NO_REASONS, self.none_given),
            (RE_EXAMINED, self.passed_on.is_some()),
            (ESCALATED, self.escalated_on.is_some()),
            (super::CLOSED, self.closed.is_some()),
        ])
    }
    fn index(&self) -> Index {
        let title = format!("{{org}}：{} {}", crate::registers::codes::OPINION_KIND.label_of(&self.said.kind), self.said.doc_no);
        Index { gist: self.said.matter.clone(), ..index(title, &self.said.org, &[]) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        // An import taken back counts nowhere.
        if self.voided {
            return vec![];
        }
        // A request made before the system has no matter of its own to count it.
        let reported = self.history.as_ref().and_then(|h| h.reported_on);
        let all = [("检察意见", self.said.served_on), ("检察意见回复", self.first_reply), ("报请执法监督", reported)];
        let mut all = facts(&self.said.org, &self.said.kind, all);
        if let (Some(served), Some(replied)) = (self.said.served_on, self.first_reply) {
            let days = served.until(replied).map_or(0, |s| i64::from(s.get_days())).max(0);
            all.push(fact("意见已回复", &self.said.org, &self.said.kind, served));
            all.push(Fact { value: days, ..fact("意见回复用时", &self.said.org, &self.said.kind, replied) });
        }
        all
    }
}
