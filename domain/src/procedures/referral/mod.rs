//! 移送 (M2.4, B8): to a competent body and back. What goes out is a package of redacted text, laid down when it is prepared and approved by
//! another person; the receiver reads that and nothing else. While it is under way its source stands still.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
pub use tables::{LAW, RECEIVER, SECRECY, TO_ORG};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafting,
    Prepared,
    Sent,
    Signed,
    Accepted,
    Ended,
    Supplementing,
    Supplemented,
    Refused,
    Withdrawn,
    Received,
    TakenUp,
    SentBack,
}
/// What opens an outgoing referral.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opening {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    pub receiver: String,
    pub to_org: String,
    pub ground: String,
    pub secrecy: String,
}
/// What a package is made of, and the package.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Material {
    pub facts: String,
    pub evidence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_why: Option<String>,
    /// The file the text lies in.
    pub package: Vec<String>,
    /// Fingerprint of its bytes, by the ledger's hash.
    pub digest: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open(Opening),
    OpenFor(Opening),
    Prepare(Material),
    SendBackDraft {
        reason: String,
    },
    Approve {
        #[serde(default)]
        digest: String,
    },
    Withdraw {
        reason: String,
    },
    Sign {},
    Accept {},
    ReturnForSupplement {
        said: String,
    },
    Supplement(Material),
    SendBackSupplement {
        reason: String,
    },
    Refuse {
        said: String,
    },
    Progress {
        progress: String,
        #[serde(default)]
        files: Vec<String>,
    },
    Result {
        result: String,
        #[serde(default)]
        files: Vec<String>,
    },
    RecordResult {
        result: String,
        document: Vec<String>,
    },
    Receive {
        from_org: String,
        doc_no: String,
        received_on: Date,
        gist: String,
        #[serde(default)]
        files: Vec<String>,
    },
    TakeUp {
        clue: String,
    },
    SendBack {
        reason: String,
    },
    TellResult {
        told: String,
    },
}
/// What lasts of a referral.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Referral {
    opening: Opening,
    material: Option<Material>,
    /// `(file, fingerprint)` of every package approved: what was sent.
    sent: Vec<(String, String)>,
    sent_on: Option<Date>,
    signed_on: Option<Date>,
    said: Vec<String>,
    progress: Vec<String>,
    result: String,
    reason: String,
    from_org: String,
    doc_no: String,
    received_on: Option<Date>,
    gist: String,
    clue: String,
    told: String,
    /// The day it came to its proper end.
    done: Option<Date>,
    /// Refused, withdrawn, sent back.
    dropped: bool,
}
/// How numbers of appeals begin.
const APPEAL: &str = "QY-";
impl Referral {
    /// The matter it is about; nothing in an incoming one.
    pub fn source(&self) -> &str {
        &self.opening.source
    }
    /// Who is to receive it.
    pub fn to_org(&self) -> &str {
        &self.opening.to_org
    }
    /// What it was opened with: receiver, ground, secrecy.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }
    /// Sent and not ended: its source stands still, its receiver reads the package.
    pub fn under_way(&self) -> bool {
        !self.sent.is_empty() && self.done.is_none() && !self.dropped
    }
    /// `(file, fingerprint)` of the package as last prepared, which the office reads before anything is sent.
    pub fn prepared(&self) -> Option<(&str, &str)> {
        let m = self.material.as_ref()?;
        Some((m.package.first()?, &m.digest))
    }
    /// `(file, fingerprint)` of what the receiver reads now: the last one approved. What he may read ends with the task (F2).
    pub fn received(&self) -> Option<(&str, &str)> {
        self.sent.last().filter(|_| self.under_way()).map(|(file, digest)| (file.as_str(), digest.as_str()))
    }
    fn incoming(&self) -> bool {
        !self.from_org.is_empty()
    }
}
impl Procedure for Referral {
    const KIND: &'static str = "referral";
    const LABEL: &'static str = "移送";
    const PREFIX: &'static str = "YS";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::CLOSED, REFERRAL_UNDER_WAY];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let desk = ["R14", "R15"].iter().any(|r| in_role(at.who, r));
        let office = ["R1", "R2", "R3"].iter().any(|r| in_role(at.who, r));
        match act {
            Act::Open(o) if desk && !office && !o.source.starts_with(APPEAL) => Err(Refusal::at("source", "联席办只移送企业诉求。")),
            Act::Receive { .. } if desk && !office => Err(Refusal::at("from_org", "移送来件由政法委登记。")),
            Act::Open(o) if office && !desk && o.source.starts_with(APPEAL) => Err(Refusal::at("source", "企业诉求由联席办移送。")),
            Act::Prepare(m) | Act::Supplement(m) if !m.keep.is_empty() && m.keep_why.is_none() => {
                Err(Refusal::at("keep_why", "保留原文的，写明理由。"))
            }
            // The ledger holds what was approved: the package as it lies there.
            Act::Approve { .. } => Ok(Act::Approve { digest: self.prepared().map(|p| p.1.to_owned()).unwrap_or_default() }),
            other => Ok(other),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = Some(stamp.on);
        match act.clone() {
            Act::Open(opening) | Act::OpenFor(opening) => self.opening = opening,
            Act::Prepare(material) | Act::Supplement(material) => self.material = Some(material),
            Act::Approve { digest } => {
                let file = self.prepared().map(|p| p.0.to_owned()).unwrap_or_default();
                self.sent.push((file, digest));
                self.sent_on = on;
            }
            Act::Withdraw { reason } => (self.reason, self.dropped) = (reason, true),
            Act::SendBack { reason } => (self.reason, self.dropped) = (reason, true),
            Act::SendBackDraft { reason } | Act::SendBackSupplement { reason } => self.reason = reason,
            Act::Sign {} => self.signed_on = on,
            Act::ReturnForSupplement { said } => self.said.push(said),
            Act::Refuse { said } => {
                self.said.push(said);
                self.dropped = true;
            }
            Act::Progress { progress, .. } => self.progress.push(progress),
            Act::Result { result, .. } | Act::RecordResult { result, .. } => (self.result, self.done) = (result, on),
            Act::Receive { from_org, doc_no, received_on, gist, .. } => {
                (self.from_org, self.doc_no, self.received_on, self.gist) = (from_org, doc_no, Some(received_on), gist)
            }
            Act::TakeUp { clue } => self.clue = clue,
            Act::TellResult { told } => (self.told, self.done) = (told, on),
            Act::Accept {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        // What the desk of the joint conference refers stays between it and the receiver: the committee never sees an appeal.
        let desk = || vec![role(Standing::Handler, "R14"), role(Standing::Lead, "R15")];
        let mut all = match self.opening.source.as_str() {
            source if source.starts_with(APPEAL) => desk(),
            // Nothing is known yet: the form is offered to both, and the gate asks again.
            "" if *self == Self::default() => [super::office(), desk()].concat(),
            _ => super::office(),
        };
        // Before the approval there is nothing the receiver should know of; a withdrawn one was never his.
        if !self.sent.is_empty() && (!self.dropped || self.signed_on.is_some()) {
            all.extend(["R13", "R11"].map(|r| role_in(Standing::Recipient, r, self.to_org())));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(super::CLOSED, self.done.is_some() || self.dropped), (REFERRAL_UNDER_WAY, self.under_way())])
    }
    fn index(&self) -> Index {
        if self.incoming() {
            return index(format!("{{org}}移送来件（{}）", self.doc_no), &self.from_org, &[]);
        }
        index("移送{org}".into(), self.to_org(), &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        if self.incoming() {
            return vec![];
        }
        facts(self.to_org(), &self.opening.receiver, [("移送", self.sent_on), ("移送办结", self.done)])
    }
}
