//! 督察巡查 (B4, M1.4): a plan, its approval, entry, working papers, report, deliberation, feedback with copies, rectification, look-back.
//! Reviews and checks are embedded by naming the inspection they belong to; the group reads their results, never their cases.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::*;
use crate::registers::codes::{FEEDBACK_COPY, INSPECTION_KIND};

/// Mark: the group has entered and has not yet reported.
pub(crate) const UNDER_WAY: &str = "under_way";
/// Mark beside it: of the kind 政治督察; without it the other kind.
pub(crate) const POLITICAL: &str = "political";
const POLITICAL_KIND: &str = "政治督察";
const CONDUCT_KIND: &str = "纪律作风督查巡查";
/// Which group carries out which kind (A).
const KINDS: [(&str, &str); 2] = [(POLITICAL_KIND, "R4"), (CONDUCT_KIND, "R5")];

/// The group that carries out inspections of this kind; either, while there is none, since either may open.
pub(super) fn groups(kind: &str) -> Vec<Party> {
    let of = KINDS.iter().filter(|k| kind.is_empty() || k.0 == kind);
    of.map(|k| role(Standing::Inspector, k.1)).collect()
}
/// The kind of inspection this person's group carries out.
pub(super) fn group_of(who: &Person) -> Option<&'static str> {
    KINDS.iter().find(|k| in_role(who, k.1)).map(|k| k.0)
}
/// A group plans for itself; the office for either.
pub(super) fn own_group(kind: &str, at: &At) -> Result<(), Refusal> {
    let own = in_role(at.who, "R1") || KINDS.iter().any(|k| k.0 == kind && in_role(at.who, k.1));
    if own { Ok(()) } else { Err(Refusal::at("kind", "督察组只能拟订本组的事项。")) }
}
/// Kind of the inspection named in this field, which is under way; empty where none is named.
pub(super) fn embedded_in(named: Option<&str>, at: &At) -> String {
    let kind = if at.carries(named, POLITICAL) { POLITICAL_KIND } else { CONDUCT_KIND };
    named.map(|_| kind).unwrap_or_default().to_owned()
}

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Proposed,
    Returned,
    Approved,
    UnderWay,
    Reported,
    Deliberated,
    Rectifying,
    LookedBack,
    Archived,
    Abandoned,
}
/// 方案.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub kind: String,
    pub org: String,
    pub scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_problem: Option<String>,
    pub leader: String,
    pub members: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Propose(Plan),
    Revise(Plan),
    ReturnPlan {
        reason: String,
    },
    Approve {},
    Abandon {
        reason: String,
    },
    Announce {
        announced_on: Date,
        contact: String,
    },
    AddPaper {
        paper_kind: String,
    },
    Report {
        found: String,
        problems: Vec<String>,
        #[serde(default)]
        files: Vec<String>,
    },
    ReturnReport {
        reason: String,
    },
    Deliberate {
        opinion: String,
        agreed: i64,
        #[serde(default)]
        opposed: i64,
        minutes: Vec<String>,
    },
    FeedBack {
        served_on: Date,
        feedback: String,
        #[serde(default)]
        document: Vec<String>,
    },
    Copy {
        recipient: String,
        copied_to: String,
        sent_on: Date,
    },
    Receipt {
        copy: String,
        received_on: Date,
        signed_by: String,
        #[serde(default)]
        receipt: Vec<String>,
    },
    Rectify {
        problems: Vec<String>,
        severity: String,
        gist: String,
    },
    ReportBack {
        rectified: String,
        #[serde(default)]
        evidence: Vec<String>,
    },
    LookBack {
        finding: String,
    },
    Archive {},
}
/// A copy of the feedback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Copied {
    recipient: String,
    org: String,
    sent_on: String,
    /// Empty until the receipt is there.
    received_on: String,
}
impl Copied {
    /// What a receipt is chosen by.
    fn name(&self) -> String {
        format!("{} {}", FEEDBACK_COPY.label_of(&self.recipient), self.org)
    }
}
/// What lasts of an inspection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inspection {
    plan: Plan,
    reason: String,
    announced: Option<Date>,
    contact: String,
    under_way: bool,
    found: String,
    problems: Vec<String>,
    opinion: String,
    agreed: i64,
    opposed: i64,
    served: Option<Date>,
    feedback: String,
    copies: Vec<Copied>,
    rectified: String,
    finding: String,
    archived: Option<Date>,
}
impl Inspection {
    /// Code of the inspected unit.
    pub fn org(&self) -> &str {
        &self.plan.org
    }
}

impl Procedure for Inspection {
    const KIND: &'static str = "inspection";
    const LABEL: &'static str = "督察巡查";
    const PREFIX: &'static str = "DC";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[UNDER_WAY, POLITICAL];
    const LOOKS: &'static [(&'static str, &'static str)] = &[
        ("annual_plan", super::annual_plan::ACTIVE),
        ("working_paper", super::working_paper::DONE),
        ("rectification", super::CLOSED),
        ("common_problem", super::common_problem::ADOPTED),
    ];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field, say: &str| Err(Refusal::at(field, say));
        match &act {
            Act::Propose(p) | Act::Revise(p) => {
                own_group(&p.kind, at)?;
                if p.from > p.to { wrong("to", "止日不能早于起日。") } else { Ok(act) }
            }
            Act::Deliberate { agreed, opposed, .. } if *agreed < 0 || *opposed < 0 => wrong("agreed", "票数不能为负。"),
            Act::Deliberate { agreed, opposed, .. } if agreed <= opposed => wrong("agreed", "赞成票不多于反对票，请退回报告。"),
            Act::Copy { recipient, copied_to, .. } if self.copies.iter().any(|c| c.recipient == *recipient && c.org == *copied_to) => {
                wrong("copied_to", "已经抄送过。")
            }
            Act::Receipt { copy, received_on, .. }
                if self.copies.iter().any(|c| c.name() == *copy && c.sent_on > received_on.to_string()) =>
            {
                wrong("received_on", "签收日期不能早于送出日期。")
            }
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Propose(plan) | Act::Revise(plan) => (self.plan, self.reason) = (plan, String::new()),
            Act::ReturnPlan { reason } | Act::Abandon { reason } => self.reason = reason,
            Act::Announce { announced_on, contact } => {
                (self.announced, self.contact, self.under_way) = (Some(announced_on), contact, true);
            }
            Act::Report { found, problems, .. } => {
                (self.found, self.problems, self.under_way) = (found, problems, false);
                self.reason.clear();
            }
            Act::ReturnReport { reason } => (self.reason, self.under_way) = (reason, true),
            Act::Deliberate { opinion, agreed, opposed, .. } => (self.opinion, self.agreed, self.opposed) = (opinion, agreed, opposed),
            Act::FeedBack { served_on, feedback, .. } => (self.served, self.feedback) = (Some(served_on), feedback),
            Act::Copy { recipient, copied_to, sent_on } => {
                let copy = Copied { recipient, org: copied_to, sent_on: sent_on.to_string(), received_on: String::new() };
                self.copies.push(copy);
            }
            Act::Receipt { copy, received_on, .. } => {
                self.copies.iter_mut().filter(|c| c.name() == copy).for_each(|c| c.received_on = received_on.to_string());
            }
            Act::ReportBack { rectified, .. } => self.rectified = rectified,
            Act::LookBack { finding } => self.finding = finding,
            Act::Archive {} => self.archived = Some(stamp.on),
            Act::Approve {} | Act::AddPaper { .. } | Act::Rectify { .. } => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = [super::office(), groups(&self.plan.kind)].concat();
        // Before the group has entered there is nothing the unit should know of.
        if self.announced.is_some() {
            all.push(role_in(Standing::Respondent, "R9", &self.plan.org));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(UNDER_WAY, self.under_way), (POLITICAL, self.under_way && self.plan.kind == POLITICAL_KIND)])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let Plan { kind, org, .. } = &self.plan;
        match act {
            Act::AddPaper { paper_kind } => {
                vec![Request::open("working_paper", j!({"kind": kind, "org": org, "paper_kind": paper_kind}))]
            }
            Act::Rectify { problems, severity, gist } => vec![super::rectify(org, problems, severity, gist, "督察")],
            _ => vec![],
        }
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        let open = self.copies.iter().filter(|c| field == "copy" && c.received_on.is_empty());
        open.map(|c| (c.name(), c.name())).collect()
    }
    fn index(&self) -> Index {
        // The unit reads these too: what was found is told by the feedback.
        let problems = if self.served.is_some() { &self.problems[..] } else { &[] };
        index(format!("{{org}}{}", INSPECTION_KIND.label_of(&self.plan.kind)), &self.plan.org, problems)
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let all = [("督察进驻", self.announced), ("督察反馈", self.served), ("督察归档", self.archived)];
        facts(&self.plan.org, &self.plan.kind, all)
    }
}
