//! 专项检查 (M1.4 执法检查, M2.7 联合专项检查): a checklist, findings on the spot, a conclusion, clues passed on, rectification. Findings say how
//! many and what, never who: what identifies a person is refused at its field (boundary 6), and there is no attachment to write it into.
pub(super) mod names;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::inspection::{embedded_in, group_of, groups};
use crate::engine::*;
use crate::registers::codes::{CHECK_MODE, RECEIVER_BODY};
pub(super) use names::names_somebody;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Planned,
    Returned,
    Checking,
    Concluded,
    Closed,
    Abandoned,
}
/// 检查清单的一项.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    pub item: String,
    pub basis: String,
}
/// 参加单位.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Partner {
    pub org: String,
    pub contact: String,
}
/// 方案.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub name: String,
    pub mode: String,
    pub theme: String,
    pub org: String,
    pub checklist: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partner>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    /// The inspection it is embedded in (B4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspection: Option<String>,
    /// The group that drew it up, if a group did; filled in by the house.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub group: String,
}
/// 检查发现.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    pub item: String,
    pub check_result: String,
    pub found: String,
    pub cases: i64,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Plan(Plan),
    Revise(Plan),
    ReturnPlan {
        reason: String,
    },
    Approve {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        embedded: String,
    },
    Abandon {
        reason: String,
    },
    Find(Finding),
    Conclude {
        conclusion: String,
    },
    Refer {
        receiver: String,
        referred: String,
    },
    Rectify {
        problems: Vec<String>,
        severity: String,
        gist: String,
    },
    Close {},
}
/// What lasts of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpecialCheck {
    plan: Plan,
    /// Kind of the inspection it is embedded in; empty where it stands alone.
    embedded: String,
    reason: String,
    findings: Vec<Finding>,
    conclusion: String,
    referred: Vec<(String, String)>,
    concluded: Option<Date>,
}
/// Mark: its conclusion stands.
pub const CHECKED: &str = "check_concluded";
/// Of these records not even a case number is written down (F3).
const SEALED: [&str; 2] = ["未成年人犯罪记录封存", "治安违法记录封存"];

impl SpecialCheck {
    /// Every text of an act, by its field.
    fn texts(act: &Act) -> Vec<(&'static str, &str)> {
        match act {
            Act::Plan(p) | Act::Revise(p) => {
                let mut all = vec![("name", p.name.as_str())];
                all.extend(p.checklist.iter().flat_map(|i| [("checklist", i.item.as_str()), ("checklist", &i.basis)]));
                all.extend(p.partners.iter().map(|x| ("partners", x.contact.as_str())));
                all
            }
            Act::ReturnPlan { reason } | Act::Abandon { reason } => vec![("reason", reason)],
            Act::Find(f) => vec![("found", &f.found)],
            Act::Conclude { conclusion } => vec![("conclusion", conclusion)],
            Act::Refer { referred, .. } => vec![("referred", referred)],
            Act::Rectify { gist, .. } => vec![("gist", gist)],
            Act::Approve { .. } | Act::Close {} => vec![],
        }
    }
    /// Clues passed on, in words.
    fn referrals(&self) -> Vec<String> {
        self.referred.iter().map(|(to, what)| format!("{}：{what}", RECEIVER_BODY.label_of(to))).collect()
    }
    /// Number of the inspection it was approved as a part of.
    pub fn embedded_in(&self) -> Option<&str> {
        self.plan.inspection.as_deref().filter(|_| !self.embedded.is_empty())
    }
    /// Findings that something is not as it should be.
    fn wrong(&self) -> i64 {
        i64::try_from(self.findings.iter().filter(|f| f.check_result == "不符合").count()).unwrap_or(i64::MAX)
    }
}

impl Procedure for SpecialCheck {
    const KIND: &'static str = "special_check";
    const LABEL: &'static str = "专项检查";
    const PREFIX: &'static str = "ZX";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[CHECKED];
    const LOOKS: &'static [(&'static str, &'static str)] =
        &[("inspection", super::inspection::UNDER_WAY), ("inspection", super::inspection::POLITICAL), ("rectification", super::CLOSED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let theme = if let Act::Plan(p) | Act::Revise(p) = &act { &p.theme } else { &self.plan.theme };
        let sealed = SEALED.contains(&theme.as_str());
        for (field, text) in Self::texts(&act) {
            if let Some(say) = names_somebody(text, sealed) {
                return Err(Refusal::at(field, say));
            }
        }
        let wrong = |field, say: &str| Err(Refusal::at(field, say));
        match act {
            Act::Plan(p) | Act::Revise(p) if p.from > p.to => wrong("to", "止日不能早于起日。"),
            Act::Plan(p) | Act::Revise(p)
                if p.checklist.iter().enumerate().any(|(n, i)| p.checklist.iter().take(n).any(|x| x.item == i.item)) =>
            {
                wrong("checklist", "检查清单有重复的项目。")
            }
            // A group that draws up a check carries it out.
            Act::Plan(p) => {
                let group = if in_role(at.who, "R1") { None } else { group_of(at.who) };
                Ok(Act::Plan(Plan { group: group.unwrap_or_default().to_owned(), ..p }))
            }
            Act::Revise(p) => Ok(Act::Revise(Plan { group: self.plan.group.clone(), ..p })),
            Act::Approve { .. } => Ok(Act::Approve { embedded: embedded_in(self.plan.inspection.as_deref(), at) }),
            Act::Find(f) if f.cases < 0 => wrong("cases", "件数不能为负。"),
            act => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Plan(plan) | Act::Revise(plan) => (self.plan, self.reason) = (plan, String::new()),
            Act::ReturnPlan { reason } | Act::Abandon { reason } => self.reason = reason,
            Act::Approve { embedded } => self.embedded = embedded,
            Act::Find(finding) => {
                // What is found later about the same item stands.
                self.findings.retain(|f| f.item != finding.item);
                self.findings.push(finding);
            }
            Act::Conclude { conclusion } => (self.conclusion, self.concluded) = (conclusion, Some(stamp.on)),
            Act::Refer { receiver, referred } => self.referred.push((receiver, referred)),
            Act::Rectify { .. } | Act::Close {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        // Whoever may open one must stand somewhere before it is there.
        let blank = self.plan == Plan::default();
        for (kind, stands) in [("", blank), (&self.plan.group, true), (&self.embedded, true)] {
            if stands && (blank || !kind.is_empty()) {
                all.extend(groups(kind).into_iter().filter(|p| !all.contains(p)).collect::<Vec<_>>());
            }
        }
        if self.concluded.is_some() {
            all.push(role_in(Standing::Respondent, "R9", &self.plan.org));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        self.concluded.map(|_| CHECKED).into_iter().collect()
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let Act::Rectify { problems, severity, gist } = act else { return vec![] };
        vec![super::rectify(&self.plan.org, problems, severity, gist, "检查")]
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        let items = self.plan.checklist.iter().filter(|_| field == "item");
        items.map(|i| (i.item.clone(), i.item.clone())).collect()
    }
    fn index(&self) -> Index {
        index(format!("{{org}}{}：{}", CHECK_MODE.label_of(&self.plan.mode), self.plan.name), &self.plan.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let Some(on) = self.concluded else { return vec![] };
        let one = |measure, value| Fact { value, ..fact(measure, &self.plan.org, &self.plan.theme, on) };
        vec![one("专项检查", 1), one("检查问题", self.wrong())]
    }
}
