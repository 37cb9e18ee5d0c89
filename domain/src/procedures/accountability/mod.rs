//! 责任查究 (M1.5, B5): suggested here, decided by the competent body; only its result comes back. Parallel to the rectification that raised it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::{Standing::*, To::*, *};
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Suggested,
    Referred,
    Answered,
    Withdrawn,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open { org: String, facts: String },
    Refer { to: String },
    Answer { result: String, document: Vec<String> },
    Withdraw { reason: String },
}
/// What lasts of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accountability {
    org: String,
    facts: String,
    to: String,
    result: String,
    suggested: Option<Date>,
    referred: Option<Date>,
    answered: Option<Date>,
    ended: Option<Date>,
}
const B5: &str = "本机构设定，非法定（规格B5）";
const ORG: Field = field("org", "责任单位", Shape::Org, OFFICE);
const FACTS: Field = field("facts", "涉嫌失责事实", Shape::Long, OFFICE).guarded().personal();
const TO: Field = field("to", "有权机关", Shape::Short, OFFICE);
const RESULT: Field = field("result", "有权机关的处理结果", Shape::Long, OFFICE).personal().hint("照录有权机关文书，平台不作认定。");
const DOCUMENT: Field = field("document", "有权机关文书", Shape::Files, OFFICE);
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded();

impl Procedure for Accountability {
    const KIND: &'static str = "accountability";
    const LABEL: &'static str = "责任查究";
    const PREFIX: &'static str = "ZJ";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Suggested, "已建议", true, Some(Lead)),
        phase(Referred, "已移交", true, Some(Handler)),
        phase(Answered, "已反馈", true, None),
        phase(Withdrawn, "已撤回", false, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("open",     "建议查究",       &[],          Go(Suggested), &[House],   B5, &[ORG, FACTS]),
        step("refer",    "移交有权机关",   &[Suggested], Go(Referred),  &[Lead],    B5, &[TO]).grave(),
        step("answer",   "登记处理结果",   &[Referred],  Go(Answered),  &[Handler], B5, &[RESULT, DOCUMENT]),
        step("withdraw", "撤回建议",       &[Suggested], Go(Withdrawn), &[Lead],    B5, &[REASON]),
    ];
    const MARKS: &'static [&'static str] = &[super::ANSWERED];

    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Open { org, facts } => (self.org, self.facts, self.suggested) = (org, facts, Some(stamp.on)),
            Act::Refer { to } => (self.to, self.referred) = (to, Some(stamp.on)),
            Act::Answer { result, .. } => (self.result, self.answered, self.ended) = (result, Some(stamp.on), Some(stamp.on)),
            Act::Withdraw { .. } => (self.suggested, self.ended) = (None, Some(stamp.on)),
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::reviewers()
    }
    fn marks(&self) -> Vec<&'static str> {
        self.ended.map(|_| super::ANSWERED).into_iter().collect()
    }
    fn index(&self) -> Index {
        index("{org}责任查究".into(), &self.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        vec![section(
            "查究",
            vec![ORG.row(self.org.as_str()), FACTS.row(self.facts.as_str()), TO.row(self.to.as_str()), RESULT.row(self.result.as_str())],
        )]
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.org, "", [("查究建议", self.suggested), ("查究移交", self.referred), ("查究反馈", self.answered)])
    }
}
