//! 步骤的内容, one variant for each row.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What whoever came says, or the desk takes down for him. Identity and words are references into the vault.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    pub mode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uscc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclose: Option<bool>,
    pub org: String,
    pub act_type: String,
    pub problems: Vec<String>,
    pub facts: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<String>,
    pub litigation: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<String>>,
    /// Public key of the reporter: what is written to him is sealed to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_key: Option<String>,
    /// Keyed digest of his 统一社会信用代码: the same enterprise is known again, and nobody can read which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    /// Of history: the day it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
}
/// A unit that is accused too.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub org: String,
}
/// What is corrected; nothing else changes.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mending {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accused_more: Option<Vec<Unit>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accused_people: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chief_named: Option<bool>,
}
/// 甄别.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Screening {
    pub litigation: String,
    pub remedy: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accused_more: Option<Vec<Unit>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accused_people: Option<String>,
    pub chief_named: bool,
    pub note: String,
}
/// Where it is sent, what was looked at before, and what the house found of the receiver.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sending {
    pub receiver: String,
    pub litigation: String,
    pub receiver_barred: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Submit(Said),
    Register(Said),
    FromCall(Said),
    Enter(Said),
    Mend(Mending),
    Screen(Screening),
    Merge {
        into: String,
        reason: String,
    },
    Accept {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guidance: Option<String>,
    },
    Decline {
        reason: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guidance: Option<String>,
    },
    Guide {
        litigation: String,
        guidance: String,
    },
    Petition {
        to: String,
        reason: String,
    },
    Discipline {
        cause: String,
    },
    Redact {
        gist: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clean: Option<Vec<String>>,
    },
    ReturnGist {
        returned: String,
    },
    PassGist {
        known_to: String,
    },
    ReworkGist {
        returned: String,
    },
    Preview {},
    AgreeGist {},
    ObjectGist {
        reason: String,
    },
    LapsePreview {},
    Transfer(Sending),
    Forward(Sending),
    Grade {
        grade: String,
        grade_why: String,
    },
    Answer {
        unit_said: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_files: Option<Vec<String>>,
    },
    ReturnAnswer {
        sent_back: String,
    },
    RecordResult {
        unit_said: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_files: Option<Vec<String>>,
    },
    Mediate {
        agreed: bool,
        agreed_on: Date,
        mediator: String,
    },
    Settle {
        agreement: String,
    },
    Fail {
        reason: String,
    },
    Check {
        finding: String,
    },
    Extend {
        reason: String,
    },
    Conclude {
        outcome: String,
        why: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        guidance: Option<String>,
        #[serde(default)]
        late: bool,
    },
    CallBack {
        called_on: Date,
        reached: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said_solved: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heard: Option<String>,
    },
    Reopen {
        reason: String,
    },
    RefuseReopen {
        reason: String,
    },
    AskReopen {
        reason: String,
    },
    Supplement {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        files: Option<Vec<String>>,
    },
    Message {
        text: String,
    },
    Reply {
        text: String,
    },
    Withdraw {},
    Rate {
        score: String,
        solved: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    AskIdentity {
        ground: String,
        reason: String,
    },
    ApproveIdentity {},
    RefuseIdentity {
        reason: String,
    },
    OpenIdentity {},
    Alert {
        record: String,
        decided: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        what: Option<String>,
    },
    LookIntoAlert {
        alert: String,
        alert_finding: String,
    },
    ClearAlert {
        looked: String,
        cleared_why: String,
    },
    Void {},
}
