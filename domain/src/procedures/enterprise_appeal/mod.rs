//! 企业诉求 (M4.4, M4.5, B1): identity, words and files lie sealed; whoever handles it reads a gist that one officer wrote and another
//! passed. The accused is no party and never learns that it exists. 办结 is not 解决: the outcome is told as it is, beside the
//! enterprise's own word.
mod acts;
mod fields;
pub mod guard;
mod state;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use acts::{Act, Mending, Said, Screening, Sending, Unit};
use state::{Accused, Asking, Warning};
pub use state::{Letter, Rating};

use super::administrative_supervision as supervision;
use crate::calendar::Calendar;
use crate::engine::*;
use crate::registers::codes::{ENTERPRISE_PROBLEM, LITIGATION};
use crate::registers::limits::Limits;

/// Mark: accepted.
pub const ACCEPTED: &str = "accepted";
/// Mark: concluded with the outcome 解决.
pub const SOLVED: &str = "solved";
/// Mark: concluded with any other outcome.
pub const UNSOLVED: &str = "unsolved";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Registered,
    Screened,
    Accepted,
    Checking,
    Previewing,
    Cleared,
    Transferred,
    Working,
    Forwarded,
    Answered,
    Mediating,
    Concluded,
    CalledBack,
    ReopenAsked,
    Disciplined,
    Declined,
    Guided,
    Petitioned,
    Merged,
    Withdrawn,
    Voided,
}
/// What lasts of an appeal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnterpriseAppeal {
    said: Said,
    source: String,
    registered: Option<Date>,
    accused_more: Vec<Accused>,
    accused_people: String,
    chief_named: bool,
    litigation: String,
    remedy: String,
    note: String,
    accepted: Option<Date>,
    /// Ended otherwise than by a conclusion.
    ended: Option<Date>,
    to: String,
    reason: String,
    cause: String,
    gist: String,
    clean: Vec<String>,
    passed: bool,
    known_to: String,
    returned: String,
    receiver: String,
    /// Sent to a handling unit, which is therefore a party; otherwise to the judicial administration.
    handled: bool,
    grade: String,
    grade_why: String,
    unit_said: String,
    unit_files: Vec<String>,
    sent_back: String,
    mediator: String,
    agreement: String,
    finding: String,
    extended: bool,
    outcome: String,
    why: String,
    guidance: String,
    late: bool,
    concluded: Option<Date>,
    called_on: Option<Date>,
    said_solved: String,
    rating: Option<Rating>,
    reopened: u32,
    mail: Vec<Letter>,
    request: Option<Asking>,
    opened: u32,
    alerts: Vec<Warning>,
    touched: bool,
    voided: bool,
}
impl EnterpriseAppeal {
    /// Accused units, the first of them the one it was registered against.
    pub fn accused(&self) -> Vec<&str> {
        std::iter::once(self.said.org.as_str()).chain(self.accused_more.iter().map(|a| a.accused_org.as_str())).collect()
    }
    /// Vault reference of the names of accused persons, one a line; empty where none is named.
    pub fn accused_people(&self) -> &str {
        &self.accused_people
    }
    /// The chief of an accused unit is named.
    pub fn chief_named(&self) -> bool {
        self.chief_named
    }
    /// Where it was sent last.
    pub fn receiver(&self) -> &str {
        &self.receiver
    }
    /// Keyed digest of the enterprise's code; empty where it is not known.
    pub fn firm(&self) -> &str {
        self.said.firm.as_deref().unwrap_or("")
    }
    /// Public key of the reporter; empty where he has no receipt.
    pub fn receipt_key(&self) -> &str {
        self.said.receipt_key.as_deref().unwrap_or("")
    }
    /// What whoever came said.
    pub fn said(&self) -> &Said {
        &self.said
    }
    /// The passed gist, as a vault reference; empty before.
    pub fn gist(&self) -> &str {
        if self.passed { &self.gist } else { "" }
    }
    /// Letters to and from the reporter, oldest first.
    pub fn mail(&self) -> &[Letter] {
        &self.mail
    }
    /// The enterprise's own word, once it was given.
    pub fn rating(&self) -> Option<&Rating> {
        self.rating.as_ref()
    }
    /// Vault references of the identity, by label: what two custodians together may open.
    pub fn identity(&self) -> Vec<(&'static str, String)> {
        let s = &self.said;
        let all = [
            ("反映人姓名", &s.reporter_name),
            ("联系电话", &s.reporter_phone),
            ("身份证号", &s.reporter_id),
            ("企业名称", &s.enterprise),
            ("统一社会信用代码", &s.uscc),
            ("录音编号", &s.recording),
        ];
        all.into_iter().filter_map(|(label, v)| Some((label, v.clone()?))).collect()
    }
    /// What the vault asks before it opens the identity for anyone: two custodians have approved, and he is one of them.
    pub fn identity_open_to(&self, who: &str) -> bool {
        self.request.as_ref().is_some_and(|r| r.approved.len() >= 2 && r.approved.iter().any(|a| a == who))
    }
    /// Whether an inspection or a penalty of this day, after it came, falls into the time in which retaliation is watched for (E16).
    pub fn watches(&self, day: Date, limits: &Limits, calendar: &Calendar) -> bool {
        let ends = || {
            let limit = limits.get("E16")?;
            Some(calendar.due(self.registered?, limit.length?, limit.unit).0)
        };
        !self.voided && self.registered.is_some_and(|from| from < day) && ends().is_some_and(|last| day <= last)
    }
    /// Whether this record was warned of already.
    pub fn warned_of(&self, record: &str) -> bool {
        self.alerts.iter().any(|a| a.record == record)
    }
    fn forwarded(&self) -> bool {
        self.handled && !self.receiver.is_empty()
    }
    /// A review or a suit is still open to the enterprise: the answer must say how.
    fn open_remedy(&self) -> bool {
        matches!(self.remedy.as_str(), "可复议" | "先复议" | "可诉讼")
    }
    fn take(&mut self, said: Said, on: Date) {
        (self.registered, self.litigation) = (Some(said.received.unwrap_or(on)), said.litigation.clone());
        self.said = said;
    }
    fn accuse(&mut self, units: Option<Vec<Unit>>, people: Option<String>) {
        if let Some(units) = units {
            self.accused_more = units.into_iter().map(|u| Accused { accused_org: u.org }).collect();
        }
        if let Some(people) = people {
            self.accused_people = people;
        }
    }
    fn send(&mut self, s: Sending, handled: bool) {
        (self.receiver, self.litigation, self.handled) = (s.receiver, s.litigation, handled);
    }
    fn letter(&mut self, his: bool, text: String, files: Option<Vec<String>>, on: Date) {
        self.mail.push(Letter { his, text, files: files.unwrap_or_default(), on: Some(on) });
    }
    /// Begins anew with another gist: what was sent and found before counts no more.
    fn begin_again(&mut self) {
        (self.reopened, self.passed, self.handled, self.extended, self.late) =
            (self.reopened.saturating_add(1), false, false, false, false);
        (self.concluded, self.called_on, self.rating) = (None, None, None);
        for text in [&mut self.receiver, &mut self.grade, &mut self.grade_why, &mut self.unit_said, &mut self.sent_back, &mut self.finding]
        {
            text.clear();
        }
        for text in [&mut self.outcome, &mut self.why, &mut self.said_solved, &mut self.mediator, &mut self.agreement] {
            text.clear();
        }
        self.unit_files.clear();
    }
    /// What is wrong with an opening: an anonymous one holds nothing that could be opened, any other a way back to the reporter.
    fn opening(said: &Said) -> Result<(), Refusal> {
        let wrong = |name: &str, say: &str| Err(Refusal::at(name, say));
        if said.mode != "匿名" {
            let reachable = said.reporter_name.is_some() || said.reporter_phone.is_some();
            return if reachable {
                Ok(())
            } else {
                wrong("reporter_phone", "请至少留姓名或电话之一；不愿留的请选“匿名”。")
            };
        }
        for (name, given) in
            [("reporter_name", &said.reporter_name), ("reporter_phone", &said.reporter_phone), ("reporter_id", &said.reporter_id)]
        {
            if given.is_some() {
                return wrong(name, "匿名件不填姓名和电话。");
            }
        }
        match (&said.enterprise, &said.uscc, &said.recording) {
            (Some(_), ..) => wrong("enterprise", "匿名件不填企业名称；愿意留的请选“保密”。"),
            (_, Some(_), _) => wrong("uscc", "匿名件不填企业代码；愿意留的请选“保密”。"),
            (.., Some(_)) => wrong("recording", "匿名件不关联录音。"),
            _ => Ok(()),
        }
    }
    /// A call has its recording and may name its enterprise: of an anonymous one neither comes here.
    fn handed_on(mut said: Said) -> Result<Said, Refusal> {
        if said.mode == "匿名" {
            (said.enterprise, said.uscc, said.recording) = (None, None, None);
        }
        Self::opening(&said).map(|()| said)
    }
    /// Before anything leaves: no pending review or suit, and not to whom it is about. The house has looked the tree up; the accused
    /// units themselves are refused without it.
    fn sending(&self, s: &Sending) -> Result<(), Refusal> {
        if s.litigation != "没有" {
            let said = LITIGATION.label_of(&s.litigation);
            return Err(Refusal::at("litigation", format!("{said}，不重复监督，请办“引导复议诉讼”。")));
        }
        let found = if self.accused().contains(&s.receiver.as_str()) { guard::ITSELF } else { s.receiver_barred.as_str() };
        guard::sentence(found).map_or(Ok(()), |say| Err(Refusal::at("receiver", say)))
    }
    /// Concluded after the last day of E4, and of E5 where it was extended.
    fn is_late(&self, at: &At) -> bool {
        let add = |day: Date, code: &str| {
            let limit = at.limits.get(code)?;
            Some(at.calendar.due(day, limit.length?, limit.unit).0)
        };
        let due = self.accepted.and_then(|day| add(day, "E4")).and_then(|day| if self.extended { add(day, "E5") } else { Some(day) });
        due.is_some_and(|due| at.today > due)
    }
}
const GUIDANCE_DUE: &str = "企业还可以复议或诉讼，须写明怎样办（条例第33条）。";

impl Procedure for EnterpriseAppeal {
    const KIND: &'static str = "enterprise_appeal";
    const LABEL: &'static str = "企业诉求";
    const PREFIX: &'static str = "QY";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[ACCEPTED, super::CLOSED, SOLVED, UNSOLVED];
    const LOOKS: &'static [(&'static str, &'static str)] = &[
        ("administrative_supervision", supervision::FILED),
        ("administrative_supervision", supervision::NOT_FILED),
        ("administrative_supervision", supervision::CONCLUDED),
        ("administrative_supervision", super::CLOSED),
    ];
    const CONFIDENTIAL: bool = true;

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Submit(said) | Act::Register(said) => Self::opening(said)?,
            Act::Transfer(s) | Act::Forward(s) => self.sending(s)?,
            Act::Accept { guidance: None } | Act::Decline { guidance: None, .. } | Act::Conclude { guidance: None, .. }
                if self.open_remedy() =>
            {
                return Err(Refusal::at("guidance", GUIDANCE_DUE));
            }
            Act::Mediate { agreed: false, .. } => return Err(Refusal::at("agreed", "企业同意后才能启动调解。")),
            Act::CallBack { reached: true, said_solved: None, .. } => {
                return Err(Refusal::at("said_solved", "联系上了的，记下企业说是否解决。"));
            }
            Act::Alert { decided, .. } if !self.watches(*decided, at.limits, at.calendar) => {
                return Err(Refusal::at("decided", "不在报复监测期内。"));
            }
            _ => {}
        }
        Ok(match act {
            Act::FromCall(said) => Act::FromCall(Self::handed_on(said)?),
            Act::Enter(said) => Act::Enter(Self::handed_on(said)?),
            Act::Conclude { outcome, why, guidance, .. } => Act::Conclude { outcome, why, guidance, late: self.is_late(at) },
            other => other,
        })
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = stamp.on;
        self.touched = !matches!(act, Act::Enter(_));
        match act.clone() {
            Act::Submit(said) => {
                self.take(said, on);
                self.source = "APP".into();
            }
            Act::Register(said) | Act::Enter(said) | Act::FromCall(said) => {
                self.source = said.source.clone().unwrap_or_else(|| "热线".into());
                self.take(said, on);
            }
            Act::Mend(m) => {
                self.said.org = m.org.unwrap_or_else(|| self.said.org.clone());
                self.said.act_type = m.act_type.unwrap_or_else(|| self.said.act_type.clone());
                self.said.problems = m.problems.unwrap_or_else(|| self.said.problems.clone());
                self.chief_named = m.chief_named.unwrap_or(self.chief_named);
                self.accuse(m.accused_more, m.accused_people);
            }
            Act::Screen(s) => {
                (self.litigation, self.remedy, self.chief_named, self.note) = (s.litigation, s.remedy, s.chief_named, s.note);
                self.accuse(s.accused_more, s.accused_people);
            }
            Act::Accept { guidance } => (self.accepted, self.guidance) = (Some(on), guidance.unwrap_or_default()),
            Act::Decline { reason, guidance } => {
                (self.reason, self.guidance, self.ended) = (reason, guidance.unwrap_or_default(), Some(on));
            }
            Act::Guide { litigation, guidance } => (self.litigation, self.guidance, self.ended) = (litigation, guidance, Some(on)),
            Act::Petition { to, reason } => (self.to, self.reason, self.ended) = (to, reason, Some(on)),
            Act::Merge { reason, .. } => (self.reason, self.ended) = (reason, Some(on)),
            Act::Withdraw {} => self.ended = Some(on),
            Act::Discipline { cause } => self.cause = cause,
            Act::Redact { gist, clean } => (self.gist, self.clean, self.passed) = (gist, clean.unwrap_or_default(), false),
            Act::PassGist { known_to } => (self.known_to, self.passed) = (known_to, true),
            Act::ReturnGist { returned } | Act::ReworkGist { returned } => (self.returned, self.passed) = (returned, false),
            Act::ObjectGist { reason } => {
                self.passed = false;
                self.letter(true, reason, None, on);
            }
            Act::Preview {} | Act::AgreeGist {} | Act::LapsePreview {} => {}
            Act::Transfer(s) => self.send(s, false),
            Act::Forward(s) => self.send(s, true),
            Act::Grade { grade, grade_why } => (self.grade, self.grade_why) = (grade, grade_why),
            Act::Answer { unit_said, unit_files } | Act::RecordResult { unit_said, unit_files } => {
                (self.unit_said, self.unit_files) = (unit_said, unit_files.unwrap_or_default());
            }
            Act::ReturnAnswer { sent_back } => self.sent_back = sent_back,
            Act::Mediate { mediator, .. } => self.mediator = mediator,
            Act::Settle { agreement } => self.agreement = agreement,
            Act::Fail { reason } => self.reason = reason,
            Act::Check { finding } => self.finding = finding,
            Act::Extend { .. } => self.extended = true,
            Act::Conclude { outcome, why, guidance, late } => {
                (self.outcome, self.why, self.late, self.concluded) = (outcome, why, late, Some(on));
                self.guidance = guidance.unwrap_or_default();
            }
            Act::CallBack { called_on, said_solved, heard, .. } => {
                (self.called_on, self.said_solved) = (Some(called_on), said_solved.unwrap_or_default());
                if let Some(heard) = heard {
                    self.letter(true, heard, None, on);
                }
            }
            Act::Reopen { reason } => {
                self.begin_again();
                self.reason = reason;
                self.accepted = Some(on);
            }
            Act::RefuseReopen { reason } => self.reason = reason,
            Act::AskReopen { reason } => self.letter(true, reason, None, on),
            Act::Supplement { text, files } => self.letter(true, text, files, on),
            Act::Message { text } => self.letter(true, text, None, on),
            Act::Reply { text } => self.letter(false, text, None, on),
            Act::Rate { score, solved, words } => self.rating = Some(Rating { score, solved, words, on: Some(on) }),
            Act::AskIdentity { ground, reason } => {
                self.request = Some(Asking { by: stamp.by.clone(), ground, reason, approved: vec![] });
            }
            Act::ApproveIdentity {} => self.request.iter_mut().for_each(|r| r.approved.push(stamp.by.clone())),
            Act::RefuseIdentity { .. } => self.request = None,
            Act::OpenIdentity {} => (self.request, self.opened) = (None, self.opened.saturating_add(1)),
            Act::Alert { record, decided, what } => {
                self.alerts.push(Warning { record, decided: Some(decided), what: what.unwrap_or_default(), ..Warning::default() });
            }
            Act::LookIntoAlert { alert, alert_finding } => {
                self.alerts.iter_mut().filter(|a| a.record == alert).for_each(|a| a.finding.clone_from(&alert_finding));
            }
            Act::ClearAlert { looked, cleared_why } => {
                self.alerts.iter_mut().filter(|a| a.record == looked).for_each(|a| a.cleared.clone_from(&cleared_why));
            }
            Act::Void {} => self.voided = true,
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = vec![role(Standing::Intake, "R14"), role(Standing::Lead, "R15"), role(Standing::Custodian, "R16")];
        // Before it was forwarded there is nothing the handling unit should know of. Never whom it is about, whatever was sent.
        if self.forwarded() && !self.accused().contains(&self.receiver.as_str()) {
            all.push(role_in(Standing::Recipient, "R9", &self.receiver));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        let done = self.concluded.is_some();
        let closed = done || self.ended.is_some() || self.voided;
        marks([
            (ACCEPTED, self.accepted.is_some()),
            (super::CLOSED, closed),
            (SOLVED, done && self.outcome == "解决"),
            (UNSOLVED, done && self.outcome != "解决"),
        ])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let Act::Transfer(_) = act else { return vec![] };
        let s = &self.said;
        let form = json!({"org": s.org, "gist": self.gist, "act_type": s.act_type, "problems": s.problems});
        vec![Request { kind: "administrative_supervision", action: "receive", form, link: None }]
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        let fits = |a: &&Warning| match field {
            "alert" => a.finding.is_empty(),
            "looked" => !a.finding.is_empty() && a.cleared.is_empty(),
            _ => false,
        };
        self.alerts.iter().filter(fits).map(|a| (a.record.clone(), a.record.clone())).collect()
    }
    fn index(&self) -> Index {
        let problems: Vec<&str> = self.said.problems.iter().map(|c| ENTERPRISE_PROBLEM.label_of(c)).collect();
        let codes: Vec<String> = std::iter::once(self.said.act_type.clone()).chain(self.said.problems.clone()).collect();
        index(format!("{{org}}：{}", problems.join("、")), &self.said.org, &codes)
    }
    fn page(&self, phase: Phase) -> Vec<Section> {
        fields::page(self, phase)
    }
    fn facts(&self) -> Vec<Fact> {
        // An import taken back counts nowhere; what was merged is counted where it went.
        if self.voided {
            return vec![];
        }
        let problem = self.said.problems.first().map_or("", String::as_str);
        let solved = self.concluded.filter(|_| self.outcome == "解决");
        let late = self.concluded.filter(|_| self.late);
        let rated = self
            .rating
            .as_ref()
            .and_then(|r| Some(Fact { value: r.score.parse().ok()?, ..fact("企业评价", &self.said.org, "", r.on?) }));
        let by_source = [
            ("企业诉求", self.registered),
            ("诉求受理", self.accepted),
            ("诉求办结", self.concluded),
            ("诉求解决", solved),
            ("诉求逾期", late),
        ];
        let mut all = facts(&self.said.org, &self.source, by_source);
        all.extend(facts(&self.said.org, problem, [("诉求问题", self.registered), ("诉求问题解决", solved)]));
        all.extend(rated);
        all
    }
}
