//! 依法销毁 (trust.md 4.1): texts about a natural person are destroyed on a legal order, proposed by one and approved by another.
//! Salt and ciphertext go, commitments stay: the ledger still verifies and says “lawfully destroyed”.

use serde::{Deserialize, Serialize};

use crate::engine::{Standing::*, To::*, *};
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Proposed,
    Destroyed,
    Refused,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Propose { target: String, what: String, ground: String, order: Vec<String> },
    Approve {},
    Refuse { reason: String },
}
/// What lasts of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// Number of the matter whose personal texts are to be destroyed.
    pub target: String,
    what: String,
    ground: String,
    reason: String,
}
const B: &str = "个人信息保护法第47条";
const TARGET: Field = field("target", "销毁哪件的个人信息", Shape::Matter(""), OFFICE).hint("填编号。该件中所有入保密仓的文字都会销毁。");
const WHAT: Field = field("what", "销毁范围", Shape::Short, OFFICE);
const GROUND: Field = field("ground", "法定事由", Shape::Long, OFFICE);
const ORDER: Field = field("order", "有权机关文书", Shape::Files, OFFICE);
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE);

impl Procedure for Erasure {
    const KIND: &'static str = "erasure";
    const LABEL: &'static str = "依法销毁";
    const PREFIX: &'static str = "XH";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] =
        &[phase(Proposed, "待批准", true, Some(Lead)), phase(Destroyed, "已销毁", true, None), phase(Refused, "不批准", false, None)];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("propose", "申请销毁", &[],         Go(Proposed),  &[Handler], B, &[TARGET, WHAT, GROUND, ORDER]),
        step("approve", "批准销毁", &[Proposed], Go(Destroyed), &[Lead],    B, &[]).other_than(&["propose"]).grave(),
        step("refuse",  "不批准",   &[Proposed], Go(Refused),   &[Lead],    B, &[REASON]),
    ];

    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Propose { target, what, ground, .. } => (self.target, self.what, self.ground) = (target, what, ground),
            Act::Approve {} => {}
            Act::Refuse { reason } => self.reason = reason,
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::office()
    }
    fn index(&self) -> Index {
        index(format!("依法销毁 {}", self.target), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let rows = vec![
            TARGET.row(self.target.as_str()),
            WHAT.row(self.what.as_str()),
            GROUND.row(self.ground.as_str()),
            REASON.row(self.reason.as_str()),
        ];
        vec![section("销毁", rows)]
    }
}
