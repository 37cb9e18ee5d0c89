//! What is said at each step of a supervision, and what lasts of a paper.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is to be looked at.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lead {
    pub org: String,
    pub gist: String,
    pub act_type: String,
    pub problems: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub litigation: Option<String>,
    /// 管理体制 of the unit, as its register says.
    pub regime: String,
    /// The office that passed it on.
    pub sender: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}
/// One of the persons who carried out a measure.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Supervisor {
    pub supervisor: String,
    pub certificate: String,
}
/// 监督措施 (22).
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Measure {
    pub measure: String,
    pub done_on: Option<Date>,
    pub people: Vec<Supervisor>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<String>,
    pub record: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}
/// What a paper says before it is signed.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub letter: String,
    pub report_by: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_until: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superior: Option<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Receive(Lead),
    Open(Lead),
    ProposeFiling {
        filing: String,
        supervision_kind: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        superior_doc: Option<String>,
        litigation: String,
        reason: String,
    },
    File {
        #[serde(default)]
        regime: String,
    },
    NotFile {
        reason: String,
    },
    ReturnFiling {
        reason: String,
    },
    Guide {
        remedy: String,
        guidance: String,
    },
    Measure(Measure),
    Suspend {
        reason: String,
    },
    Resume {},
    RaiseFiling {
        reason: String,
    },
    Conclude {
        natures: Vec<String>,
        grave: bool,
        finding: String,
        #[serde(default)]
        files: Vec<String>,
    },
    ReturnInvestigation {
        reason: String,
    },
    ApproveFinding {},
    CorrectOnSpot(Measure),
    DraftReminder(Draft),
    DraftPromptingLetter(Draft),
    DraftCorrectionOpinion(Draft),
    DraftListing(Draft),
    DraftRaise(Draft),
    ReturnDraft {
        reason: String,
    },
    Issue {
        doc_no: String,
    },
    ProposeDecision {
        government: String,
        decision_ground: String,
        contents: Vec<String>,
        proposal: String,
    },
    WithdrawProposal {
        reason: String,
    },
    Decide {
        doc_no: String,
        contents: Vec<String>,
        decision: String,
        report_by: Date,
    },
    Decline {
        reason: String,
    },
    TellSuperior {
        superior: String,
        doc_no: String,
        told_on: Date,
        letter: String,
    },
    NoteSuperior {
        replied_on: Date,
        reply: String,
    },
    Serve {
        served_on: Date,
        serve_way: String,
        receipt: Vec<String>,
        /// The day the paper names.
        #[serde(default)]
        report_by: Option<Date>,
    },
    Sign {},
    AskExtension {
        asked_until: Date,
        reason: String,
    },
    Extend {
        report_by: Date,
    },
    Report {
        result: String,
        evidence: Vec<String>,
    },
    LapseReport {},
    Clear {
        opinion: String,
    },
    SendBack {
        report_by: Date,
        reason: String,
    },
    Escalate {
        reason: String,
    },
    Object {
        grounds: String,
        #[serde(default)]
        files: Vec<String>,
    },
    Uphold {
        answer: String,
    },
    Vary {
        answer: String,
        letter: String,
        report_by: Date,
    },
    Revoke {
        answer: String,
    },
    Circulate {
        publicity: String,
        letter: String,
    },
    SuggestAboutStaff {
        body: String,
        suggestion: Vec<String>,
        considered: String,
    },
    Refer {
        body: String,
        doc_no: String,
        referred_on: Date,
        facts: String,
    },
    Settle {
        reason: String,
    },
    ReturnSettlement {
        reason: String,
    },
    Close {
        outcome: String,
    },
}
/// A paper that was signed.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    /// A code of `SUPERVISION_PAPER`.
    pub paper: String,
    pub doc_no: String,
    pub letter: String,
    pub issued_on: Option<Date>,
    pub served_on: Option<Date>,
    pub report_by: Option<Date>,
    /// The first report of any kind.
    pub reported_on: Option<Date>,
    pub overdue: bool,
    pub revoked: bool,
}
