//! 授权包 (M3.4, `case-review.md` F7): what a body outside reads, and all it reads: sealed, versioned, for a purpose, on a basis, until a
//! day; it can be taken back, and each look leaves a receipt.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafting,
    ToCorrect,
    Revoked,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    OpenFor { kind: String, to_org: String, purpose: String, basis: String },
    SourceWithdrawn { reason: String },
    Revoke { reason: String },
}
/// Mark: the body it went to has signed for it.
pub const RECEIVED: &str = "packet_received";
/// Mark: that body has answered: with suggestions, or with the use it made of it.
pub const REPLIED: &str = "packet_replied";
/// What lasts of a packet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Packet {
    kind: String,
    to_org: String,
    purpose: String,
    basis: String,
    reason: String,
    opened: Option<Date>,
}
const M3_4: &str = "本机构设定，非法定（规格F7）";
const WITH: &[Standing] = &[Handler, Lead, Secretary, Recipient];
const KIND: Field = field("kind", "授权包种类", Shape::Code(&codes::PACKET_KIND), WITH);
const TO_ORG: Field = field("to_org", "接收机关", Shape::Org, WITH);
const PURPOSE: Field = field("purpose", "用途", Shape::Long, WITH).guarded();
const BASIS: Field = field("basis", "依据", Shape::Short, WITH);
const REASON: Field = field("reason", "理由", Shape::Long, WITH).guarded();

impl Procedure for Packet {
    const KIND: &'static str = "packet";
    const LABEL: &'static str = "授权包";
    const PREFIX: &'static str = "SB";
    type Phase = Phase;
    type Act = Act;
    const MARKS: &'static [&'static str] = &[RECEIVED, REPLIED];
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Drafting, "拟办", true, Some(Handler)),
        phase(ToCorrect, "须更正", false, Some(Handler)),
        phase(Revoked, "已收回", true, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("open_for",         "拟授权包",       &[],                   Go(Drafting),  &[House], M3_4, &[KIND, TO_ORG, PURPOSE, BASIS]),
        step("source_withdrawn", "来源已经撤下",   &[Drafting, ToCorrect], Go(ToCorrect), &[House], M3_4, &[REASON]),
        step("revoke",           "收回",           &[Drafting, ToCorrect], Go(Revoked),   &[Lead],  M3_4, &[REASON]),
    ];

    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::OpenFor { kind, to_org, purpose, basis } => {
                (self.kind, self.to_org, self.purpose, self.basis, self.opened) = (kind, to_org, purpose, basis, Some(stamp.on));
            }
            Act::SourceWithdrawn { reason } | Act::Revoke { reason } => self.reason = reason,
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::office()
    }
    fn index(&self) -> Index {
        index(format!("送{{org}}：{}", codes::PACKET_KIND.label_of(&self.kind)), &self.to_org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        vec![section(
            "授权包",
            vec![
                KIND.row(self.kind.as_str()),
                TO_ORG.row(self.to_org.as_str()),
                PURPOSE.row(self.purpose.as_str()),
                BASIS.row(self.basis.as_str()),
                REASON.row(self.reason.as_str()),
            ],
        )]
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.to_org, &self.kind, [("授权包", self.opened)])
    }
}
