//! 变更单 (engine.md 4 (k)): limits, parameters and holiday notices change only when one person proposes and another approves.
//! The house writes the register in the transaction of the approval.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes::CodeTable;
use Phase::*;

/// Registers under this lock.
pub static GUARDED: CodeTable = CodeTable {
    name: "guarded",
    label: "底册",
    rows: &[("limit", "期限参数"), ("parameter", "其他参数"), ("notice", "放假安排"), ("official", "领导干部名录")],
};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Proposed,
    Approved,
    Refused,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Propose { register: String, key: String, value: String, from: Date, reason: String },
    Approve {},
    Refuse { reason: String },
}
/// What lasts of a change order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// Which register.
    pub register: String,
    /// Which row.
    pub key: String,
    /// The new value, as typed; the house has checked it.
    pub value: String,
    /// From when.
    pub from: Option<Date>,
    reason: String,
}
const B: &str = "本机构设定，非法定（变更单）";
const REGISTER: Field = field("register", "底册", Shape::Code(&GUARDED), OFFICE);
const KEY: Field = field("key", "条目", Shape::Short, OFFICE).hint("期限参数如 T21b；放假安排填年份；领导干部名录填干警编号。");
const VALUE: Field = field("value", "新值", Shape::Long, OFFICE)
    .hint("期限参数写“60 calendar_days”“15 working_days”“3 months”，后接依据；放假安排按通知逐行写；领导干部名录写“单位编码 任职日 登录名 职务”，没有账号的登录名写“无”；免职写“免职”。");
const FROM: Field = field("from", "生效日", Shape::Date, OFFICE);
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE);

impl Procedure for Amendment {
    const KIND: &'static str = "amendment";
    const LABEL: &'static str = "变更单";
    const PREFIX: &'static str = "BG";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] =
        &[phase(Proposed, "待批准", true, Some(Lead)), phase(Approved, "已生效", true, None), phase(Refused, "不批准", false, None)];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("propose", "提出变更", &[],         Go(Proposed), &[Handler], B, &[REGISTER, KEY, VALUE, FROM, REASON]),
        step("approve", "批准变更", &[Proposed], Go(Approved), &[Lead],    B, &[]).other_than(&["propose"]).grave(),
        step("refuse",  "不批准",   &[Proposed], Go(Refused),  &[Lead],    B, &[REASON]),
    ];

    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Propose { register, key, value, from, reason } => {
                (self.register, self.key, self.value, self.from, self.reason) = (register, key, value, Some(from), reason);
            }
            Act::Approve {} => {}
            Act::Refuse { reason } => self.reason = reason,
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::office()
    }
    fn index(&self) -> Index {
        index(format!("变更{} {}", GUARDED.label_of(&self.register), self.key), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let from = self.from.map(|d| d.to_string()).unwrap_or_default();
        let rows = vec![
            REGISTER.row(self.register.as_str()),
            KEY.row(self.key.as_str()),
            VALUE.row(self.value.as_str()),
            FROM.row(from),
            REASON.row(self.reason.as_str()),
        ];
        vec![section("变更", rows)]
    }
}
