//! 授权包 (M3.4, `case-review.md` F7): what a body outside reads, and all it reads: sealed, versioned, for a purpose, on a basis, until a
//! day; it can be taken back, and each look leaves a receipt. What is withdrawn at its source is unreadable at once and put right by a
//! letter to whoever had received it (T26).
mod tables;

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::registers::{codes, parameters};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafting,
    Prepared,
    Sent,
    Open,
    Expired,
    Revoked,
    ToCorrect,
    CorrectionDrafted,
    CorrectionSent,
    Corrected,
}
/// 来源 of a packet: a matter that may be told to bodies outside.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    pub matter_no: String,
}
/// What a packet is opened with.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opening {
    pub kind: String,
    pub to_org: String,
    pub purpose: String,
    pub basis: String,
    pub sources: Vec<Source>,
    /// The role that reads it there, by the kind of the body: "R12" of the organisation department. Empty where none was found out.
    pub to_role: String,
}
/// A text laid down: the file it lies in, sealed, and the fingerprint of what was sealed.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Laid {
    pub package: Vec<String>,
    pub digest: String,
    /// Last day it may be read; none of a letter that puts right.
    pub until: Option<Date>,
}
/// One version as it went out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Edition {
    /// What was approved.
    pub laid: Laid,
    /// The day it was.
    pub sent_on: Option<Date>,
    /// A letter that puts right what went out before.
    pub correction: bool,
}
/// One look: the receipt lies in a file, sealed, byte for byte as it was shown.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    pub by: String,
    pub at_ms: i64,
    pub on: Option<Date>,
    /// Which version, counted from 1.
    pub edition: i64,
    pub receipt: Vec<String>,
    pub receipt_digest: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open(Opening),
    OpenFor(Opening),
    Prepare(Laid),
    SendBackDraft {
        reason: String,
    },
    Approve {
        #[serde(default)]
        digest: String,
        #[serde(default)]
        until: Option<Date>,
    },
    Sign {},
    Look {
        #[serde(default)]
        edition: i64,
        receipt: Vec<String>,
        receipt_digest: String,
    },
    Reply {
        suggestions: String,
        #[serde(default)]
        files: Vec<String>,
    },
    ReportUse {
        used: String,
        #[serde(default)]
        files: Vec<String>,
    },
    NewVersion {
        reason: String,
    },
    Revoke {
        reason: String,
    },
    Expire {},
    SourceWithdrawn {
        reason: String,
    },
    Correct {
        correction: String,
        package: Vec<String>,
        digest: String,
    },
    SendBackCorrection {
        reason: String,
    },
    ApproveCorrection {
        #[serde(default)]
        digest: String,
    },
    Acknowledge {},
    RecordAcknowledgement {
        document: Vec<String>,
    },
}
/// Mark: the body it went to has signed for it.
pub const RECEIVED: &str = "packet_received";
/// Mark: that body has answered: with suggestions, or with the use it made of it.
pub const REPLIED: &str = "packet_replied";
/// Roles of the bodies a packet may go to (`case-review.md` A).
pub const READERS: [&str; 3] = ["R12", "R13", "R11"];
/// What lasts of a packet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Packet {
    opening: Opening,
    opened: Option<Date>,
    prepared: Option<Laid>,
    sent: Vec<Edition>,
    looks: Vec<Look>,
    signed_on: Option<Date>,
    replies: Vec<String>,
    uses: Vec<String>,
    reason: String,
    correction: String,
    /// Its source was withdrawn after it had gone out.
    correcting: bool,
    ended: bool,
}
impl Packet {
    /// What it was opened with.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }
    /// The body that reads it.
    pub fn to_org(&self) -> &str {
        &self.opening.to_org
    }
    /// Numbers of the matters it tells of.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        self.opening.sources.iter().map(|s| s.matter_no.as_str()).filter(|n| !n.is_empty())
    }
    /// What was laid down last, for the office to read before it approves.
    pub fn prepared(&self) -> Option<&Laid> {
        self.prepared.as_ref()
    }
    /// Every version that went out, the first one first.
    pub fn sent(&self) -> &[Edition] {
        &self.sent
    }
    /// The version that went out last, with its number counted from 1.
    pub fn newest(&self) -> Option<(usize, &Edition)> {
        self.sent.last().map(|e| (self.sent.len(), e))
    }
    /// Every look, the first one first.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }
    /// What the body has answered: `(suggestions, uses)`, vault references for texts.
    pub fn answers(&self) -> (&[String], &[String]) {
        (&self.replies, &self.uses)
    }
    /// Whether every source may still be told to bodies outside; looked up anew at every reading.
    fn provided(&self, at: &At) -> bool {
        self.sources().next().is_some() && self.sources().all(|n| at.carries(Some(n), super::PROVIDABLE))
    }
    /// Whether a body of this role may receive a packet of this kind (F7; A: R11 不能看组织部报告).
    fn suits(opening: &Opening) -> Result<(), Refusal> {
        let only: &[&str] = match opening.kind.as_str() {
            "半年报告" => &["R12", "R13"],
            "定向监督" => &["R12"],
            _ => &READERS,
        };
        if opening.to_role.is_empty() || only.contains(&opening.to_role.as_str()) {
            return Ok(());
        }
        Err(Refusal::at("to_org", "这种授权包不能发给该机关。"))
    }
    /// Looks of one day are one fact: how often it was read.
    fn read_facts(&self) -> Vec<Fact> {
        let mut all: Vec<Fact> = vec![];
        for on in self.looks.iter().filter_map(|l| l.on) {
            match all.iter_mut().find(|f| f.on == on) {
                Some(f) => f.value += 1,
                None => all.push(fact(LOOKED, self.to_org(), &self.opening.kind, on)),
            }
        }
        all
    }
}
/// Measure: how often packets were read.
pub const LOOKED: &str = "授权包查看";

impl Procedure for Packet {
    const KIND: &'static str = "packet";
    const LABEL: &'static str = "授权包";
    const PREFIX: &'static str = "SB";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[RECEIVED, REPLIED, super::CLOSED];
    const LOOKS: &'static [(&'static str, &'static str)] =
        &[("directed_supervision", super::PROVIDABLE), ("half_year_report", super::PROVIDABLE), ("negative_list_entry", super::PROVIDABLE)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field, say: &str| Err(Refusal::at(field, say));
        let laid = || self.prepared.clone().unwrap_or_default();
        match act {
            Act::Open(o) => Self::suits(&o).map(|()| Act::Open(o)),
            Act::OpenFor(o) => Self::suits(&o).map(|()| Act::OpenFor(o)),
            Act::Prepare(l) if l.until.is_none_or(|until| until < at.today) => wrong("until", "截止日不能早于今日。"),
            Act::Prepare(l) if l.until > Some(at.today.saturating_add(at.parameter(parameters::PACKET_DAYS).days())) => {
                Err(Refusal::at("until", format!("最长可看 {} 日。", at.parameter(parameters::PACKET_DAYS))))
            }
            // The ledger holds what was approved: the package as it lies there, and until when.
            Act::Approve { .. } => Ok(Act::Approve { digest: laid().digest, until: laid().until }),
            Act::ApproveCorrection { .. } => Ok(Act::ApproveCorrection { digest: laid().digest }),
            Act::Look { receipt, receipt_digest, .. } => {
                Ok(Act::Look { edition: i64::try_from(self.sent.len()).unwrap_or(i64::MAX), receipt, receipt_digest })
            }
            other => Ok(other),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = Some(stamp.on);
        match act.clone() {
            Act::Open(opening) | Act::OpenFor(opening) => (self.opening, self.opened) = (opening, on),
            Act::Prepare(laid) => self.prepared = Some(laid),
            Act::Correct { correction, package, digest } => {
                (self.correction, self.prepared) = (correction, Some(Laid { package, digest, until: None }));
            }
            Act::Approve { .. } | Act::ApproveCorrection { .. } => {
                let laid = self.prepared.clone().unwrap_or_default();
                self.sent.push(Edition { laid, sent_on: on, correction: self.correcting });
            }
            Act::Sign {} => self.signed_on = on,
            Act::Look { edition, receipt, receipt_digest } => {
                self.looks.push(Look { by: stamp.by.clone(), at_ms: stamp.at_ms, on, edition, receipt, receipt_digest });
            }
            Act::Reply { suggestions, .. } => self.replies.push(suggestions),
            Act::ReportUse { used, .. } => self.uses.push(used),
            Act::NewVersion { reason } => (self.reason, self.ended) = (reason, false),
            Act::SendBackDraft { reason } | Act::SendBackCorrection { reason } => self.reason = reason,
            Act::Revoke { reason } => (self.reason, self.ended) = (reason, true),
            Act::Expire {} | Act::Acknowledge {} | Act::RecordAcknowledgement { .. } => self.ended = true,
            Act::SourceWithdrawn { reason } => {
                self.reason = reason;
                // What never went out needs no letter; it cannot be approved any more.
                if !self.sent.is_empty() {
                    (self.correcting, self.ended) = (true, false);
                }
            }
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        // Before the approval there is nothing the body should know of.
        if !self.sent.is_empty() {
            let role = self.opening.to_role.as_str();
            let reads = READERS.into_iter().filter(|r| role.is_empty() || *r == role);
            all.extend(reads.map(|r| role_in(Standing::Recipient, r, self.to_org())));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        let answered = !self.replies.is_empty() || !self.uses.is_empty();
        marks([(RECEIVED, self.signed_on.is_some()), (REPLIED, answered), (super::CLOSED, self.ended)])
    }
    fn index(&self) -> Index {
        index(format!("送{{org}}：{}", codes::PACKET_KIND.label_of(&self.opening.kind)), self.to_org(), &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let first = self.sent.first().and_then(|e| e.sent_on);
        let mut all = facts(self.to_org(), &self.opening.kind, [("授权包", first)]);
        all.extend(self.read_facts());
        all
    }
}
