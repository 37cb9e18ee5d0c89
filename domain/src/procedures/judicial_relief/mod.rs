//! 司法救助转办 (M2.4, B9): someone in need is found, told his right, asked; with his consent the body that handles his case audits, the
//! committee decides, he is told, paid and visited. Bank accounts and the like never enter (`Field::frugal`).
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::registers::codes::RELIEF_GROUND;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Discovered,
    Told,
    Consented,
    PassedOn,
    Audited,
    Approved,
    Notified,
    Paid,
    Closed,
    Rejected,
    Declined,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Discover {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clue: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        review: Option<String>,
        name: String,
        contact: String,
        situation: String,
        ground: String,
    },
    TellRight {
        told_on: Date,
        how: String,
    },
    Consent {
        explained: bool,
        proof: Vec<String>,
    },
    Decline {
        reason: String,
    },
    PassOn {
        org: String,
        doc_no: String,
    },
    Audit {
        eligible: bool,
        finding: String,
        #[serde(default)]
        files: Vec<String>,
    },
    DecideRelief {
        amount: i64,
        decision: String,
    },
    RefuseRelief {
        decision: String,
    },
    Notify {
        notified_on: Date,
        how: String,
    },
    NotifyRefusal {
        notified_on: Date,
        how: String,
    },
    Pay {
        paid_on: Date,
        pay_doc: String,
    },
    Revisit {
        visited_on: Date,
        visit: String,
    },
}

/// What lasts of a relief.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JudicialRelief {
    /// 线索、评查件 it was found in.
    sources: [Option<String>; 2],
    /// Vault references.
    name: String,
    contact: String,
    situation: String,
    ground: String,
    found: Option<Date>,
    told_on: Option<Date>,
    how: String,
    org: String,
    doc_no: String,
    eligible: Option<bool>,
    finding: String,
    amount: Option<i64>,
    decision: String,
    notified_on: Option<Date>,
    paid_on: Option<Date>,
    pay_doc: String,
    visited_on: Option<Date>,
    visit: String,
    reason: String,
}

impl Procedure for JudicialRelief {
    const KIND: &'static str = "judicial_relief";
    const LABEL: &'static str = "司法救助";
    const PREFIX: &'static str = "JZ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;

    fn decide(&self, act: Act, _: &At) -> Result<Act, Refusal> {
        let after = |field: &str, on: Date, since: Option<Date>| match since {
            Some(since) if on < since => Err(Refusal::at(field, "日期不能早于上一环节。")),
            _ => Ok(()),
        };
        match &act {
            Act::Consent { explained: false, .. } => {
                return Err(Refusal::at("explained", "须先说明将向哪类机关提供姓名、联系方式和困难情况；未说明的不能转办。"));
            }
            Act::DecideRelief { amount, .. } if *amount <= 0 => return Err(Refusal::at("amount", "救助金额应大于零。")),
            Act::Notify { notified_on, .. } | Act::NotifyRefusal { notified_on, .. } => after("notified_on", *notified_on, self.told_on)?,
            Act::Pay { paid_on, .. } => after("paid_on", *paid_on, self.told_on)?,
            Act::Revisit { visited_on, .. } => after("visited_on", *visited_on, self.paid_on)?,
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Discover { clue, review, name, contact, situation, ground } => {
                (self.sources, self.name, self.contact) = ([clue, review], name, contact);
                (self.situation, self.ground, self.found) = (situation, ground, Some(stamp.on));
            }
            Act::TellRight { told_on, how } => (self.told_on, self.how) = (Some(told_on), how),
            Act::Decline { reason } => self.reason = reason,
            Act::PassOn { org, doc_no } => (self.org, self.doc_no) = (org, doc_no),
            Act::Audit { eligible, finding, .. } => (self.eligible, self.finding) = (Some(eligible), finding),
            Act::DecideRelief { amount, decision } => (self.amount, self.decision) = (Some(amount), decision),
            Act::RefuseRelief { decision } => self.decision = decision,
            Act::Notify { notified_on, .. } | Act::NotifyRefusal { notified_on, .. } => self.notified_on = Some(notified_on),
            Act::Pay { paid_on, pay_doc } => (self.paid_on, self.pay_doc) = (Some(paid_on), pay_doc),
            Act::Revisit { visited_on, visit } => (self.visited_on, self.visit) = (Some(visited_on), visit),
            Act::Consent { .. } => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        // Nobody outside learns of a person in need before he has agreed and his case is passed on.
        if !self.org.is_empty() {
            all.push(role_in(Standing::Respondent, "R9", &self.org));
        }
        all
    }
    fn index(&self) -> Index {
        let of = if self.org.is_empty() { "" } else { "{org}" };
        index(format!("{of}司法救助：{}", RELIEF_GROUND.label_of(&self.ground)), &self.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let mut all = facts(&self.org, &self.ground, [("司法救助", self.found), ("司法救助发放", self.paid_on)]);
        all.extend(self.paid_on.zip(self.amount).map(|(on, value)| Fact { value, ..fact("救助金额", &self.org, &self.ground, on) }));
        all
    }
}
