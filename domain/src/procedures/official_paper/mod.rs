//! 公文 (M0.4; GB/T 9704-2012): a numbered paper drawn from a matter, reviewed by another person, signed, numbered without gaps, served. What
//! it says is frozen at the signature and committed to; a number once given is kept, also when its paper is void.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::engine::*;
use crate::papers::{self, Paper};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafting,
    Reviewing,
    Signing,
    Signed,
    Served,
    Sent,
    Acknowledged,
    Dropped,
    Voided,
}
/// What may be written about a paper besides what its source says.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    /// The organisation of the register it goes to.
    pub to_org: String,
    /// Whom it goes to where the register does not know him; a vault reference.
    pub to: String,
    /// One a line.
    pub copies: String,
    /// Takes the place of the text that the house composes; a vault reference.
    pub body: String,
    /// One a line.
    pub attachments: String,
}
/// What a paper is drafted with.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opening {
    /// The matter it is drawn from.
    pub about: String,
    /// A code of `papers::PAPERS`.
    pub paper: String,
    #[serde(flatten)]
    pub wording: Wording,
    /// The role of the office that drafts: "R1", "R17", "R14".
    pub office: String,
    /// The organisation that issues it.
    pub organ: String,
}
/// A sheet laid down: the file it lies in, sealed with its salt, and the salted commitment to its bytes.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Laid {
    pub sheet: Vec<String>,
    pub commitment: String,
}
/// What the signature gives: the number, the series it counts in, and the sheet with both upon it.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signature {
    pub doc_number: String,
    pub series: String,
    pub sheet: Vec<String>,
    pub commitment: String,
}
impl Signature {
    /// Where its sheet lies.
    pub fn laid(&self) -> Laid {
        Laid { sheet: self.sheet.clone(), commitment: self.commitment.clone() }
    }
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Draft(Opening),
    Revise(Wording),
    Submit(Laid),
    SendBack {
        reason: String,
    },
    Review {
        #[serde(default)]
        remark: String,
    },
    Sign(Signature),
    Serve {
        served_on: Date,
        way: String,
        #[serde(default)]
        receipt: Vec<String>,
    },
    SendOut {
        served_on: Date,
        way: String,
        #[serde(default)]
        receipt: Vec<String>,
    },
    Acknowledge {},
    RecordReceipt {
        received_on: Date,
        receipt: Vec<String>,
    },
    Drop {
        reason: String,
    },
    Void {
        void_reason: String,
    },
}
/// Measure: numbers given. How many there are of a series in a year is how the next one is found.
pub const NUMBERED: &str = "公文";
/// Measure: numbers whose paper is void.
pub const VOIDED: &str = "公文作废";
/// Offices that issue papers: who drafts and reviews there, who signs.
pub const OFFICES: [(&str, &str); 3] = [("R1", "R2"), ("R17", "R18"), ("R14", "R15")];

/// What lasts of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficialPaper {
    opening: Opening,
    submitted: Option<Laid>,
    signed: Option<Signature>,
    signed_on: Option<Date>,
    served_on: Option<Date>,
    way: String,
    /// Entered, which is the day the unit could first see it.
    served: bool,
    received_on: Option<Date>,
    reason: String,
    remark: String,
    void_reason: String,
    voided_on: Option<Date>,
}
impl OfficialPaper {
    /// What it was drafted with, as last revised.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }
    /// Its kind.
    pub fn paper(&self) -> Option<&'static Paper> {
        papers::paper(&self.opening.paper)
    }
    /// The sheet as it was handed in for review.
    pub fn submitted(&self) -> Option<&Laid> {
        self.submitted.as_ref()
    }
    /// What the signature gave.
    pub fn signed(&self) -> Option<&Signature> {
        self.signed.as_ref()
    }
    /// The day of the signature, which is the day on the paper.
    pub fn signed_on(&self) -> Option<Date> {
        self.signed_on
    }
    /// The day it was served, as the office says.
    pub fn served_on(&self) -> Option<Date> {
        self.served_on
    }
    /// The day it arrived.
    pub fn received_on(&self) -> Option<Date> {
        self.received_on
    }
    /// The day it became void.
    pub fn voided_on(&self) -> Option<Date> {
        self.voided_on
    }
    /// Its unit reads it here: the paper is written for the unit, and the unit is in the register.
    pub fn in_house(&self) -> bool {
        !self.opening.wording.to_org.is_empty() && self.paper().is_some_and(|p| p.reader == Standing::Respondent)
    }
}

impl Procedure for OfficialPaper {
    const KIND: &'static str = "official_paper";
    const LABEL: &'static str = "公文";
    const PREFIX: &'static str = "FW";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let early = |on: &Date| self.signed_on.is_some_and(|signed| *on < signed);
        if let Act::Draft(mut opening) = act {
            // Whoever drafts does so for an office he belongs to.
            if !in_role(at.who, &opening.office) {
                let own = OFFICES.iter().find(|(handler, _)| in_role(at.who, handler));
                opening.office = own.map_or_else(String::new, |(handler, _)| (*handler).to_owned());
            }
            return Ok(Act::Draft(opening));
        }
        match &act {
            Act::Serve { served_on, .. } | Act::SendOut { served_on, .. } if early(served_on) => {
                Err(Refusal::at("served_on", "送达日期不能早于签发日期。"))
            }
            Act::RecordReceipt { received_on, .. } if self.served_on.is_some_and(|served| *received_on < served) => {
                Err(Refusal::at("received_on", "收到日期不能早于送达日期。"))
            }
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        let on = Some(stamp.on);
        match act.clone() {
            Act::Draft(opening) => self.opening = opening,
            Act::Revise(wording) => self.opening.wording = wording,
            Act::Submit(laid) => self.submitted = Some(laid),
            Act::SendBack { reason } | Act::Drop { reason } => self.reason = reason,
            Act::Review { remark } => self.remark = remark,
            Act::Sign(signature) => (self.signed, self.signed_on) = (Some(signature), on),
            Act::Serve { served_on, way, .. } | Act::SendOut { served_on, way, .. } => {
                (self.served_on, self.way, self.served) = (Some(served_on), way, true);
            }
            Act::Acknowledge {} => self.received_on = on,
            Act::RecordReceipt { received_on, .. } => self.received_on = Some(received_on),
            Act::Void { void_reason } => (self.void_reason, self.voided_on) = (void_reason, on),
        }
    }
    fn parties(&self) -> Vec<Party> {
        let office = self.opening.office.as_str();
        // Before it is drafted it may be anybody's who drafts.
        let offices = OFFICES.into_iter().filter(|(handler, _)| office.is_empty() || *handler == office);
        let mut all: Vec<Party> =
            offices.flat_map(|(handler, lead)| [role(Standing::Handler, handler), role(Standing::Lead, lead)]).collect();
        if office.is_empty() || office == "R1" {
            all.push(role(Standing::Secretary, "R3"));
        }
        if self.served && self.in_house() {
            all.push(role_in(Standing::Respondent, "R9", &self.opening.wording.to_org));
        }
        all
    }
    fn index(&self) -> Index {
        let label = self.paper().map_or(Self::LABEL, |p| p.label);
        index(label.to_owned(), &self.opening.wording.to_org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let series = self.signed.as_ref().map_or("", |s| s.series.as_str());
        let days = [
            (NUMBERED, self.signed_on),
            ("公文送达", self.signed_on.and(self.served_on)),
            ("公文签收", self.received_on),
            (VOIDED, self.voided_on),
        ];
        facts(&self.opening.organ, series, days)
    }
}
