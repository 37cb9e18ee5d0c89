//! 评查专家 (M1.3, B14a): nomination, vetting, publicity, appointment, service; renewal, suspension, dismissal after a hearing.
//! Declares his relations himself: the house compares them with what is drawn, he is shown no name (issue 3, 6).
//!
//! The app drives: the pool of a draw is every expert for whom `Expert::may_be_drawn` holds and whose tasks are fewer than the
//! parameter `workload`; `appoint`, `appoint_lawyer`, `bind_account` and `enter_serving` give the role R6 for the term, and `expire`,
//! `dismiss`, `resign` and `suspend` take it away that day; `declare` and `relate` write the register of conflicts.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::engine::*;
use crate::registers::codes::EXPERT_CATEGORY;

/// Mark: serves, neither suspended nor about to be dismissed.
pub const SERVING: &str = "serving";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Nominated,
    Vetted,
    Published,
    Serving,
    Suspended,
    Hearing,
    Dismissed,
    Expired,
    Left,
    Rejected,
    Voided,
}
/// What a nomination says.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Nomination {
    pub name: String,
    pub category: String,
    pub unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    pub professions: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nominated_by: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}
/// What an appointment says.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    pub account: String,
    pub letter_no: String,
    pub from: Date,
    pub until: Date,
}
/// What a row of an old roll says.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    #[serde(flatten)]
    pub said: Nomination,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    pub until: Date,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Barring>,
}
/// A relation as a roll says it: which organisation, without the relative's name.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Barring {
    pub relation: String,
    pub org: String,
}
/// A unit a lawyer acts for.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    pub client: String,
    pub org: String,
    pub matter: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Nominate(Nomination),
    Vet {
        political: bool,
        professional: bool,
        clean_record: bool,
        no_interest: bool,
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
    Appoint(Appointment),
    AppointLawyer(Appointment),
    BindAccount {
        account: String,
    },
    Declare {
        #[serde(default)]
        clients: Vec<Client>,
        no_clients: bool,
    },
    Relate {
        relation: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        related_org: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relative: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case_no: Option<String>,
    },
    Assess {
        review: String,
        assessment: String,
        opinion: String,
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
    Void {},
}
/// A declared relation: what bars him from a review.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub relation: String,
    pub org: String,
    /// Vault reference of a name.
    pub relative: String,
    pub case_no: String,
}
/// What lasts of an expert.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Expert {
    said: Nomination,
    account: String,
    letter_no: String,
    from: Option<Date>,
    until: Option<Date>,
    clients: Vec<Client>,
    declared: Option<Date>,
    relations: Vec<Relation>,
    /// `(review, assessment, opinion)`.
    assessed: Vec<(String, String, String)>,
    serving: bool,
    reason: String,
    dismissal: String,
    facts: String,
    statements: Vec<String>,
    answers: Vec<String>,
    ended: Option<Date>,
    touched: bool,
    voided: bool,
}
impl Expert {
    fn lawyer(&self) -> bool {
        self.said.category == "律师"
    }
    /// His account in the house.
    pub fn account(&self) -> &str {
        &self.account
    }
    /// First and last day of his term.
    pub fn term(&self) -> (Option<Date>, Option<Date>) {
        (self.from, self.until)
    }
    /// One of the six categories: the stratum of a draw.
    pub fn category(&self) -> &str {
        &self.said.category
    }
    /// Case types he knows: a panel needs at least one expert of the dossier's.
    pub fn professions(&self) -> &[String] {
        &self.said.professions
    }
    /// What bars him, besides what the register of conflicts says: his own organisation, declared relations, clients.
    pub fn relations(&self) -> (Option<&str>, &[Relation], &[Client]) {
        (self.said.org.as_deref(), &self.relations, &self.clients)
    }
    /// Absences without a reason at the end of his record, one after another (two are a ground for dismissal).
    pub fn absences(&self) -> usize {
        self.assessed.iter().rev().take_while(|a| a.1 == "无故缺席").count()
    }
    /// Whether he stands in the pool on this day; `clocks` are his matter's.
    ///
    /// # Errors
    /// Why not, in words for the page that explains an infeasible panel.
    pub fn may_be_drawn(&self, clocks: &BTreeMap<String, Running>, today: Date) -> Result<(), Refusal> {
        let late = clocks.get("declaration").is_some_and(|c| c.live() && c.over(today));
        let never = self.lawyer() && self.declared.is_none();
        let no = |code, reason| Err(Refusal::new(code, reason));
        match self {
            _ if !self.serving => no("not_serving", "不在库"),
            _ if self.account.is_empty() => no("no_account", "尚未开通账号"),
            _ if self.until.is_none_or(|u| u < today) => no("term_over", "聘期已满"),
            _ if self.from.is_some_and(|f| f > today) => no("term_ahead", "聘期未到"),
            _ if late || never => no("undeclared", "未按季申报在办代理单位"),
            _ => Ok(()),
        }
    }
}

impl Procedure for Expert {
    const KIND: &'static str = "expert";
    const LABEL: &'static str = "评查专家";
    const PREFIX: &'static str = "ZJK";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[SERVING];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Vet { political, professional, clean_record, no_interest, .. } => {
                let all = [
                    ("political", political),
                    ("professional", professional),
                    ("clean_record", clean_record),
                    ("no_interest", no_interest),
                ];
                let fields: Vec<_> =
                    all.iter().filter(|c| !*c.1).map(|c| (c.0.to_owned(), "此项不符合的，应办理“审查不通过”。".to_owned())).collect();
                if !fields.is_empty() {
                    return Err(Refusal { fields, ..refusals::BAD_FORM });
                }
            }
            Act::Appoint(a) | Act::AppointLawyer(a) if a.until <= a.from || a.until <= at.today => {
                return Err(Refusal::at("until", "聘期止日应晚于起日和今日。"));
            }
            Act::Renew { until, .. } if self.until.is_some_and(|u| *until <= u) => {
                return Err(Refusal::at("until", "续聘止日应晚于原止日。"));
            }
            Act::Declare { clients, no_clients } if clients.is_empty() != *no_clients => {
                return Err(Refusal::at("no_clients", "请填写在办代理单位；确实没有的，选“没有”。"));
            }
            Act::Relate { related_org: None, relative: None, case_no: None, .. } => {
                return Err(Refusal::at("related_org", "单位、人员、案号至少填一项。"));
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.touched = !matches!(act, Act::EnterServing(_));
        let ends = matches!(act, Act::Dismiss { .. } | Act::Resign { .. } | Act::Expire {});
        self.ended = self.ended.or(ends.then_some(stamp.on));
        self.serving = match act {
            Act::Appoint(_) | Act::AppointLawyer(_) | Act::EnterServing(_) | Act::Restore { .. } | Act::Keep { .. } => true,
            Act::Suspend { .. } | Act::ProposeDismissal { .. } | Act::Void {} => false,
            _ => self.serving && !ends,
        };
        match act.clone() {
            Act::Nominate(said) => self.said = said,
            Act::Appoint(a) | Act::AppointLawyer(a) => {
                (self.account, self.letter_no, self.from, self.until) = (a.account, a.letter_no, Some(a.from), Some(a.until));
            }
            Act::EnterServing(e) => {
                (self.said, self.account, self.letter_no) = (e.said, e.account.unwrap_or_default(), e.letter_no.unwrap_or_default());
                (self.from, self.until) = (e.from, Some(e.until));
                let relation = |b: Barring| Relation { relation: b.relation, org: b.org, relative: String::new(), case_no: String::new() };
                self.relations = e.relations.into_iter().map(relation).collect();
            }
            Act::BindAccount { account } => self.account = account,
            Act::Declare { clients, .. } => (self.clients, self.declared) = (clients, Some(stamp.on)),
            Act::Relate { relation, related_org, relative, case_no } => self.relations.push(Relation {
                relation,
                org: related_org.unwrap_or_default(),
                relative: relative.unwrap_or_default(),
                case_no: case_no.unwrap_or_default(),
            }),
            Act::Assess { review, assessment, opinion } => self.assessed.push((review, assessment, opinion)),
            Act::Renew { until, letter_no } => (self.until, self.letter_no) = (Some(until), letter_no),
            Act::Suspend { reason } | Act::Dismiss { reason } | Act::Resign { reason } | Act::Reject { reason } => self.reason = reason,
            Act::Restore { .. } | Act::Keep { .. } => self.reason.clear(),
            Act::ProposeDismissal { dismissal, facts } => {
                (self.dismissal, self.facts, self.statements, self.answers) = (dismissal, facts, vec![], vec![]);
            }
            Act::StateCase { statement } => self.statements.push(statement),
            Act::AnswerCase { answer } => self.answers.push(answer),
            Act::Void {} => self.voided = true,
            Act::Vet { .. } | Act::Publish { .. } | Act::NoteObjection { .. } | Act::Expire {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.push(person(Standing::Expert, &self.account));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        self.serving.then_some(SERVING).into_iter().collect()
    }
    fn index(&self) -> Index {
        let title = format!("{}类评查专家", EXPERT_CATEGORY.label_of(&self.said.category));
        Index { gist: self.said.name.clone(), ..index(title, self.said.org.as_deref().unwrap_or(""), &self.said.professions) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let (stands, dismissed) = (|_: &Date| !self.voided, |_: &Date| !self.dismissal.is_empty());
        facts("", &self.said.category, [("专家聘任", self.from.filter(stands)), ("专家解聘", self.ended.filter(dismissed).filter(stands))])
    }
}
