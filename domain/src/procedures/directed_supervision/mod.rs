//! 定向监督 (M3.2, B11): the organisation department asks for a look at a post or a field, never at a pending case. The committee approves
//! it; a review batch or a check carries it out; what comes out of it, counts only, goes back in a packet, and its use is reported.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::special_check::names_somebody;
use crate::engine::*;
use crate::redaction::case_number;
use crate::registers::codes::SUPERVISION_TARGET;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Requested,
    Returned,
    Accepted,
    Arranging,
    UnderWay,
    ResultDrafted,
    Answered,
    Closed,
    Refused,
    Withdrawn,
}
/// 商请.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wanted {
    pub target: String,
    pub post: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    pub purpose: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub basis: String,
    /// Who asks; filled in by the house from the role he holds.
    pub from_org: String,
}
/// 结果: counts and what they say, no case, no person.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcome {
    pub looked_at: i64,
    pub with_problems: i64,
    pub found: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub good: Option<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Request(Wanted),
    Revise(Wanted),
    Withdraw {
        reason: String,
    },
    AcceptForm {},
    ReturnRequest {
        reason: String,
    },
    Approve {},
    Refuse {
        reason: String,
    },
    Arrange {
        #[serde(default)]
        review_batch: Option<String>,
        #[serde(default)]
        special_check: Option<String>,
    },
    Result(Outcome),
    SendBackResult {
        why: String,
    },
    ApproveResult {},
    TakeBackResult {
        why: String,
    },
    RecordUse {
        used: String,
        document: Vec<String>,
    },
    Close {},
}
/// What lasts of a directed supervision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DirectedSupervision {
    wanted: Wanted,
    requested: Option<Date>,
    approved: Option<Date>,
    /// The batch or check that carries it out now.
    arranged: String,
    outcome: Option<Outcome>,
    answered: Option<Date>,
    used: String,
    reason: String,
    why: String,
    ended: bool,
}
/// Said of a request that aims at a case (B11).
pub const NO_CASE: &str = "不能以特定在办案件为标的。请写岗位或领域，不写案号、件号和当事人。";
/// What points to one case without a number.
const ONE_CASE: &[&str] = &["一案", "该案", "本案", "此案"];

/// Whether a text aims at one case: by its number, by the number of a matter here, by who is in it, or by a word for it.
pub fn aims_at_a_case(text: &str) -> bool {
    let spaceless: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    // 一案一档 is a way of filing.
    let spaceless = spaceless.replace("一案一", "");
    case_number(text).is_some()
        || names_somebody(text, false).is_some()
        || super::numbered(&spaceless).is_some()
        || ONE_CASE.iter().any(|w| spaceless.contains(w))
}
impl DirectedSupervision {
    /// Every text of an act that may not aim at a case, by its field.
    fn texts(act: &Act) -> Vec<(&'static str, &str)> {
        match act {
            Act::Request(w) | Act::Revise(w) => vec![("post", &w.post), ("purpose", &w.purpose), ("basis", &w.basis)],
            Act::Result(o) => vec![("found", &o.found), ("good", o.good.as_deref().unwrap_or(""))],
            _ => vec![],
        }
    }
    /// The organisation this person asks for: where he holds the role.
    fn asking(said: &str, at: &At) -> String {
        let mut held = at.who.roles.iter().filter(|r| r.role == "R12");
        let own = held.clone().find(|r| r.org == said);
        own.or_else(|| held.next()).map(|r| r.org.clone()).unwrap_or_default()
    }
    /// Whether what carries it out has come to its end.
    fn carried_out(&self, at: &At) -> bool {
        let now = Some(self.arranged.as_str()).filter(|n| !n.is_empty());
        now.is_some() && (at.carries(now, super::CLOSED) || at.carries(now, super::special_check::CHECKED))
    }
}

impl Procedure for DirectedSupervision {
    const KIND: &'static str = "directed_supervision";
    const LABEL: &'static str = "定向监督";
    const PREFIX: &'static str = "DX";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::PROVIDABLE, super::CLOSED];
    const LOOKS: &'static [(&'static str, &'static str)] =
        &[("review_batch", super::CLOSED), ("special_check", super::special_check::CHECKED), ("packet", super::packet::REPLIED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field, say: &str| Err(Refusal::at(field, say));
        if let Some((field, _)) = Self::texts(&act).into_iter().find(|(_, text)| aims_at_a_case(text)) {
            return wrong(field, if matches!(act, Act::Result(_)) { "只写件数和情况，不写案号、件号和姓名。" } else { NO_CASE });
        }
        match act {
            Act::Request(w) | Act::Revise(w) if w.from > w.to => wrong("to", "止日不能早于起日。"),
            Act::Request(w) => Ok(Act::Request(Wanted { from_org: Self::asking(&w.from_org, at), ..w })),
            Act::Revise(w) => Ok(Act::Revise(Wanted { from_org: self.wanted.from_org.clone(), ..w })),
            Act::Arrange { review_batch, special_check } if review_batch.is_some() == special_check.is_some() => {
                wrong("review_batch", "评查批次、专项检查填其中一项。")
            }
            Act::Result(o) if o.looked_at < 0 || o.with_problems < 0 => wrong("looked_at", "件数不能为负。"),
            Act::Result(o) if o.with_problems > o.looked_at => wrong("with_problems", "问题件数不能多于件数。"),
            other => Ok(other),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = Some(stamp.on);
        match act.clone() {
            Act::Request(wanted) => (self.wanted, self.requested) = (wanted, on),
            Act::Revise(wanted) => self.wanted = wanted,
            Act::ReturnRequest { reason } => self.reason = reason,
            Act::SendBackResult { why } => self.why = why,
            Act::Withdraw { reason } | Act::Refuse { reason } => (self.reason, self.ended) = (reason, true),
            Act::Approve {} => self.approved = on,
            Act::Arrange { review_batch, special_check } => self.arranged = review_batch.or(special_check).unwrap_or_default(),
            Act::Result(outcome) => self.outcome = Some(outcome),
            Act::ApproveResult {} => (self.answered, self.why) = (on, String::new()),
            Act::TakeBackResult { why } => (self.why, self.answered, self.ended) = (why, None, false),
            Act::RecordUse { used, .. } => self.used = used,
            Act::Close {} => self.ended = true,
            Act::AcceptForm {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.push(role_in(Standing::Requester, "R12", &self.wanted.from_org));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(super::PROVIDABLE, self.answered.is_some()), (super::CLOSED, self.ended)])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let w = &self.wanted;
        match act {
            Act::ApproveResult {} => {
                let form = j!({"kind": "定向监督", "to_org": w.from_org, "purpose": w.purpose, "basis": w.basis});
                vec![Request { kind: "packet", action: "open_for", form, link: None }]
            }
            Act::TakeBackResult { why } => {
                vec![Request { kind: "packet", action: "source_withdrawn", form: j!({"reason": why}), link: Some("packet") }]
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        let w = &self.wanted;
        let target = SUPERVISION_TARGET.label_of(&w.target);
        index(format!("定向监督{target}：{}", w.post), w.org.as_deref().unwrap_or(""), &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.wanted.from_org, &self.wanted.target, [("定向监督", self.requested), ("定向监督函复", self.answered)])
    }
}
