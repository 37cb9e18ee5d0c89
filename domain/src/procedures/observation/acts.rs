//! 步骤的内容.
use super::*;

/// What is set up. Unit and task are those of the request, filled in by the house: nobody goes along with what was not approved.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opening {
    pub observation_request: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub specialties: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Computed from here on, from the request.
    pub org: String,
    pub task_no: String,
    pub act_type: String,
    pub visit_on: Option<Date>,
    pub enterprise: String,
    pub officers: String,
    pub place: String,
    /// Digests of every enterprise concerned, parted by spaces: what an observer's own ties are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firms: Option<String>,
}
/// One drawn person: his account, and his number in the register of observers.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    pub person: String,
    pub observer: String,
}
/// One item of a record.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    pub item: String,
    pub result: String,
    pub note: String,
    pub at: String,
}
/// What one observer handed in: never altered again.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    pub items: Vec<Terms>,
    pub impression: String,
    pub photos: Vec<String>,
    pub on: Option<Date>,
}
/// How and when the opinion reached the unit.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    pub served_on: Date,
    pub serve_way: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receipt: Vec<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Assign(Opening),
    Widen {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        specialties: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        region: Option<String>,
        reason: String,
    },
    DrawObservers {
        draw: String,
        proof: String,
        chosen: Vec<Chosen>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        alternates: Vec<Chosen>,
    },
    DrawMore {
        draw: String,
        proof: String,
        chosen: Vec<Chosen>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        alternates: Vec<Chosen>,
    },
    Promise {
        secrecy: bool,
        integrity: bool,
        no_interest: bool,
    },
    StepDown {
        ground: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<String>,
    },
    Replace {
        observer: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conflict: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    Confirm {},
    Notify {
        notice_no: String,
        notified_on: Date,
        serve_way: String,
        enterprise_way: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        justice: Option<String>,
    },
    Begin {
        arrived_on: Date,
        arrived: String,
    },
    Remind {
        said_at: String,
        words: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heard: Option<String>,
    },
    Stop {
        said_at: String,
        words: String,
    },
    Finish {
        ended_on: Date,
        left: String,
    },
    HandIn {
        items: Vec<Terms>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        impression: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        photos: Vec<String>,
    },
    Absent {
        observer: String,
        excused: bool,
        reason: String,
    },
    Opine {
        opinion: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        differing: Option<String>,
    },
    SendBack {
        reason: String,
    },
    Approve {
        doc_no: String,
    },
    Serve(Served),
    Sign {},
    DecideOn {
        decided_on: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decision_no: Option<String>,
    },
    Respond {
        response: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    LapseResponse {},
    Inform {
        informed_on: Date,
        text: String,
    },
    Archive {},
    EndAccess {},
    Suspend {
        reason: String,
    },
    Resume {
        reason: String,
    },
    Cancel {
        reason: String,
    },
}
