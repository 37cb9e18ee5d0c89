//! 行政执法监督员 (M4.2, enterprise.md B9): announcement, enrolment, vetting, publicity, approval, appointment, service; renewal, suspension,
//! dismissal after a hearing, the end of a term. Declares himself which units and enterprises he is tied to.
//!
//! The app drives: the pool of a draw is every observer for whom `Observer::may_be_drawn` holds; `appoint`, `bind_account` and
//! `enter_serving` give the role R19 for the term, and `expire`, `dismiss`, `resign` and `suspend` take it away that day; `declare` writes
//! the register of conflicts.
mod tables;

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::registers::codes::OBSERVER_SOURCE;
use crate::registers::parameters;

/// Mark: serves, neither suspended nor about to be dismissed.
pub const SERVING: &str = "serving";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Enrolled,
    Vetted,
    Published,
    Approved,
    Serving,
    Suspended,
    Hearing,
    Dismissed,
    Expired,
    Left,
    Rejected,
    Voided,
}
/// Who he is, what he knows, and how he came.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enrolment {
    pub name: String,
    pub idno: String,
    pub source: String,
    pub route: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announcement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominated_by: Option<String>,
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uscc: Option<String>,
    /// Digests of his own enterprise, by code and by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub education: Option<String>,
    pub specialties: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}
/// What an appointment says.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub account: String,
    pub letter_no: String,
    pub cert_no: String,
    pub promised: bool,
    pub from: Date,
    pub until: Date,
}
/// What a row of an old roll says besides.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    #[serde(flatten)]
    pub said: Enrolment,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_no: Option<String>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tied_firm: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispatched: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}
/// A unit or an enterprise he has to do with.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tie {
    pub relation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related_org: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uscc: Option<String>,
    /// Digests of the enterprise, by code and by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Enrol(Enrolment),
    Vet {
        of_age: bool,
        penalised: bool,
        expelled: bool,
        dishonest: bool,
        official: bool,
        opinion: String,
    },
    Reject {
        reason: String,
    },
    Publish {
        place: String,
    },
    NoteObjection {
        objection: String,
        checked: String,
    },
    Approve {
        opinion: String,
    },
    Appoint(Appointment),
    BindAccount {
        account: String,
    },
    Declare(Tie),
    Train {
        trained_on: Date,
        subject: String,
    },
    Assess {
        year: i64,
        assessment: String,
        opinion: String,
    },
    NoteAbsence {
        on: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        excuse: Option<String>,
    },
    Renew {
        until: Date,
        letter_no: String,
    },
    Suspend {
        reason: String,
    },
    Restore {
        reason: String,
    },
    ProposeDismissal {
        dismissal: String,
        facts: String,
    },
    StateCase {
        statement: String,
    },
    AnswerCase {
        answer: String,
    },
    Keep {
        reason: String,
    },
    Dismiss {
        reason: String,
    },
    Resign {
        reason: String,
    },
    Expire {},
    EnterServing(Entered),
    EnterSuspended(Entered),
    EnterDismissed(Entered),
    EnterExpired(Entered),
    Void {},
}
/// What lasts of an observer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Observer {
    said: Enrolment,
    account: String,
    letter_no: String,
    cert_no: String,
    promised: bool,
    from: Option<Date>,
    until: Option<Date>,
    renewals: i64,
    ties: Vec<Tie>,
    /// `(day, subject)`.
    trained: Vec<(Option<Date>, String)>,
    /// `(year, result, opinion)`.
    assessed: Vec<(i64, String, String)>,
    /// `(day, task, excuse)`.
    absences: Vec<(Date, String, String)>,
    /// Counts of the old roll: sent, absent.
    counted: (Option<i64>, Option<i64>),
    serving: bool,
    reason: String,
    dismissal: String,
    facts: String,
    statements: Vec<String>,
    answers: Vec<String>,
    ended: Option<Date>,
    remark: String,
    touched: bool,
    voided: bool,
}
impl Observer {
    /// His account in the house.
    pub fn account(&self) -> &str {
        &self.account
    }
    /// First and last day of his term.
    pub fn term(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.until)
    }
    /// Codes of `OBSERVER_FIELD`: what he knows.
    pub fn specialties(&self) -> &[String] {
        &self.said.specialties
    }
    /// Names of the places he may be sent to.
    pub fn regions(&self) -> Vec<&str> {
        self.said.regions.as_deref().unwrap_or("").split('、').map(str::trim).filter(|r| !r.is_empty()).collect()
    }
    /// What he has declared.
    pub fn ties(&self) -> &[Tie] {
        &self.ties
    }
    /// The unit of the register he works in, and the digests of the enterprise he works in.
    pub fn workplace(&self) -> (Option<&str>, Option<&str>) {
        (self.said.org.as_deref(), self.said.firm.as_deref())
    }
    /// Absences without a reason within the year that ends today.
    pub fn absences(&self, today: Date) -> usize {
        let since = today.saturating_sub(1.year());
        self.absences.iter().filter(|(on, _, excuse)| *on > since && excuse.is_empty()).count()
    }
    /// Whether he stands in the pool on this day.
    ///
    /// # Errors
    /// Why not, in words for the page that explains a draw.
    pub fn may_be_drawn(&self, today: Date) -> Result<(), Refusal> {
        let no = |code, reason| Err(Refusal::new(code, reason));
        match self {
            _ if !self.serving => no("not_serving", "不在聘"),
            _ if self.account.is_empty() => no("no_account", "尚未开通账号"),
            _ if self.until.is_none_or(|u| u < today) => no("term_over", "聘期已满"),
            _ if self.from.is_some_and(|f| f > today) => no("term_ahead", "聘期未到"),
            _ => Ok(()),
        }
    }
    fn enter(&mut self, e: Entered) {
        (self.said, self.account, self.cert_no) = (e.said, e.account.unwrap_or_default(), e.cert_no.unwrap_or_default());
        (self.from, self.until, self.promised) = (e.from, e.until, e.promised == Some(true));
        (self.counted, self.remark) = ((e.dispatched, e.absent), e.remark.unwrap_or_default());
        if e.trained == Some(true) {
            self.trained.push((None, "原名册记载已培训".into()));
        }
        if e.enterprise.is_some() {
            let tie = Tie { relation: "其他".into(), enterprise: e.enterprise, firm: e.tied_firm, ..Tie::default() };
            self.ties.push(tie);
        }
    }
}
/// What a term may not be: backwards, over already, or longer than the house lets it.
fn term(from: Date, until: Date, at: &At) -> Result<(), Refusal> {
    let years = at.parameter(parameters::OBSERVER_YEARS);
    let say = match () {
        () if until <= from || until <= at.today => "聘期止日应晚于起日和今日。".to_owned(),
        () if until > from.saturating_add(years.years()) => format!("每届聘期最长 {years} 年（本机构设定，非法定）。"),
        () => return Ok(()),
    };
    Err(Refusal::at("until", say))
}
/// What bars him by the answers of the vetting (B9 【例】): the house's own conditions, set by parameters.
fn barred(act: &Act, at: &At) -> Vec<(String, String)> {
    let Act::Vet { of_age, penalised, expelled, dishonest, official, .. } = act else { return vec![] };
    let record = at.parameter(parameters::OBSERVER_RECORD) == 1;
    let officials = at.parameter(parameters::OBSERVER_OFFICIALS) == 1;
    let all = [
        ("of_age", !of_age),
        ("penalised", *penalised && record),
        ("expelled", *expelled && record),
        ("dishonest", *dishonest && record),
        ("official", *official && officials),
    ];
    let say = "此项不符合选聘条件（本机构设定，非法定），应办理“审查不通过”。";
    all.into_iter().filter(|c| c.1).map(|c| (c.0.to_owned(), say.to_owned())).collect()
}

impl Procedure for Observer {
    const KIND: &'static str = "observer";
    const LABEL: &'static str = "行政执法监督员";
    const PREFIX: &'static str = "JD";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[SERVING];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field: &str, say: &str| Err(Refusal::at(field, say));
        match &act {
            Act::Enrol(e) if e.route == "单位推荐" && e.nominated_by.is_none() => {
                return wrong("nominated_by", "单位推荐的，请填写推荐单位。");
            }
            Act::Enrol(e) if e.route != "定向" && (e.announcement.is_none() || e.announced_on.is_none()) => {
                return wrong("announcement", "公开选聘的，请填写公告和公告日期。");
            }
            Act::Vet { .. } => {
                let fields = barred(&act, at);
                if !fields.is_empty() {
                    return Err(Refusal { fields, ..refusals::BAD_FORM });
                }
            }
            Act::Appoint(a) if !a.promised => return wrong("promised", "签订保密、廉洁承诺书后才能聘任。"),
            Act::Appoint(a) => term(a.from, a.until, at)?,
            Act::Renew { until, .. } => term(self.until.unwrap_or(at.today), *until, at)?,
            Act::Declare(t) if t.related_org.is_none() && t.enterprise.is_none() => {
                return wrong("related_org", "单位、企业至少填一项。");
            }
            Act::Declare(t) if t.uscc.is_some() && t.enterprise.is_none() => return wrong("enterprise", "请填写企业名称。"),
            Act::Assess { year, .. } if !(2020..=i64::from(at.today.year())).contains(year) => {
                return wrong("year", "请填写考核年度，如 2026。");
            }
            Act::Assess { year, .. } if self.assessed.iter().any(|a| a.0 == *year) => return wrong("year", "这一年度已经考核。"),
            Act::ProposeDismissal { dismissal, .. }
                if dismissal == "缺派"
                    && i64::try_from(self.absences(at.today)).unwrap_or(0) < at.parameter(parameters::OBSERVER_ABSENCES) =>
            {
                return wrong("dismissal", "近一年登记的无故缺派没有达到规定次数。");
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        use Act::*;
        self.touched = !matches!(act, EnterServing(_) | EnterSuspended(_) | EnterDismissed(_) | EnterExpired(_));
        let ends = matches!(act, Dismiss { .. } | Resign { .. } | Expire {});
        self.ended = self.ended.or(ends.then_some(stamp.on));
        self.serving = match act {
            Appoint(_) | EnterServing(_) | Restore { .. } | Keep { .. } => true,
            Suspend { .. } | ProposeDismissal { .. } | Void {} => false,
            _ => self.serving && !ends,
        };
        match act.clone() {
            Enrol(said) => self.said = said,
            Appoint(a) => {
                (self.account, self.letter_no, self.cert_no) = (a.account, a.letter_no, a.cert_no);
                (self.from, self.until, self.promised) = (Some(a.from), Some(a.until), a.promised);
            }
            EnterServing(e) | EnterSuspended(e) | EnterDismissed(e) | EnterExpired(e) => self.enter(e),
            BindAccount { account } => self.account = account,
            Declare(tie) => self.ties.push(tie),
            Train { trained_on, subject } => self.trained.push((Some(trained_on), subject)),
            Assess { year, assessment, opinion } => self.assessed.push((year, assessment, opinion)),
            NoteAbsence { on, task, excuse } => self.absences.push((on, task.unwrap_or_default(), excuse.unwrap_or_default())),
            Renew { until, letter_no } => (self.until, self.letter_no, self.renewals) = (Some(until), letter_no, self.renewals + 1),
            Suspend { reason } | Dismiss { reason } | Resign { reason } | Reject { reason } => self.reason = reason,
            Restore { .. } | Keep { .. } => self.reason.clear(),
            ProposeDismissal { dismissal, facts } => {
                (self.dismissal, self.facts, self.statements, self.answers) = (dismissal, facts, vec![], vec![]);
            }
            StateCase { statement } => self.statements.push(statement),
            AnswerCase { answer } => self.answers.push(answer),
            Void {} => self.voided = true,
            Vet { .. } | Publish { .. } | NoteObjection { .. } | Approve { .. } | Expire {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::intake();
        all.push(person(Standing::Observer, &self.account));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(SERVING, self.serving)])
    }
    fn index(&self) -> Index {
        let title = format!("{}监督员", OBSERVER_SOURCE.label_of(&self.said.source));
        // It concerns no organisation: where he works bars him, and would bar him from his own record.
        Index { gist: self.said.name.clone(), ..index(title, "", &self.said.specialties) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let (stands, dismissed) = (|_: &Date| !self.voided, |_: &Date| !self.dismissal.is_empty());
        let all = [("监督员聘任", self.from.filter(stands)), ("监督员解聘", self.ended.filter(dismissed).filter(stands))];
        facts("", &self.said.source, all)
    }
}
