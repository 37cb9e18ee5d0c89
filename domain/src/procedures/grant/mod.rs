//! 授权单 (三员分立, trust.md T9): the system administrator proposes who holds which role, the security administrator approves or
//! withdraws, the auditor reads. None of the three has a business right; nobody approves what he proposed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Proposed,
    InForce,
    Refused,
    Withdrawn,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Propose {
        person: String,
        role: String,
        org: String,
        from: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
        reason: String,
    },
    Approve {},
    Refuse {
        reason: String,
    },
    Withdraw {
        reason: String,
    },
}
/// What lasts of a grant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Who.
    pub person: String,
    /// Which role.
    pub role: String,
    /// In which organisation.
    pub org: String,
    /// From when.
    pub from: Option<Date>,
    /// Until when, that day included.
    pub until: Option<Date>,
    reason: String,
}
const WHO: &[Standing] = &[SystemAdmin, SecurityAdmin, Auditor];
const B: &str = "三员分立（规格R14【设】）";
const PERSON: Field = field("person", "人员", Shape::Person, WHO);
const ROLE: Field = field("role", "角色", Shape::Code(&codes::ROLE), WHO);
const ORG: Field = field("org", "在哪个机构", Shape::Org, WHO);
const FROM: Field = field("from", "自", Shape::Date, WHO);
const UNTIL: Field = field("until", "至", Shape::Date, WHO).optional().hint("不填为长期。到期当日之后自动失效。");
const REASON: Field = field("reason", "理由", Shape::Long, WHO);

/// Nobody gives himself a role, whoever proposed it.
const FOR_ANOTHER: Rule<Grant> = rule("own_grant", "不能批准给自己的授权", |s, at| s.person != at.who.id);

impl Procedure for Grant {
    const KIND: &'static str = "grant";
    const LABEL: &'static str = "授权单";
    const PREFIX: &'static str = "SQ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Proposed, "待批准", true, Some(SecurityAdmin)),
        phase(InForce, "生效", true, Some(SecurityAdmin)),
        phase(Refused, "不批准", false, None),
        phase(Withdrawn, "已收回", true, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("propose",  "提出授权", &[],         Go(Proposed),  &[SystemAdmin],   B, &[PERSON, ROLE, ORG, FROM, UNTIL, REASON]).seen(&[Auditor]),
        step("approve",  "批准授权", &[Proposed], Go(InForce),   &[SecurityAdmin], B, &[]).other_than(&["propose"]).rules(&[FOR_ANOTHER]).seen(&[SystemAdmin, Auditor]).grave(),
        step("refuse",   "不批准",   &[Proposed], Go(Refused),   &[SecurityAdmin], B, &[REASON]).seen(&[SystemAdmin, Auditor]),
        step("withdraw", "收回授权", &[InForce],  Go(Withdrawn), &[SecurityAdmin], B, &[REASON]).seen(&[SystemAdmin, Auditor]),
    ];

    fn decide(&self, act: Act, _: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Propose { from, until: Some(until), .. } if until < from => Err(Refusal::at("until", "止日不能早于起日。")),
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Propose { person, role, org, from, until, reason } => {
                (self.person, self.role, self.org, self.from, self.until, self.reason) = (person, role, org, Some(from), until, reason);
            }
            Act::Approve {} | Act::Refuse { .. } | Act::Withdraw { .. } => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        vec![role(SystemAdmin, "SYS"), role(SecurityAdmin, "SEC"), role(Auditor, "AUD")]
    }
    fn index(&self) -> Index {
        index(format!("授权 {}：{{org}}", codes::ROLE.label_of(&self.role)), &self.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let rows = vec![
            PERSON.row(self.person.as_str()),
            ROLE.row(self.role.as_str()),
            ORG.row(self.org.as_str()),
            FROM.row(j!(self.from)),
            UNTIL.row(j!(self.until)),
            REASON.row(self.reason.as_str()),
        ];
        vec![section("授权", rows)]
    }
}
