//! 步骤的内容, one variant per row of `tables`.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What opens an entry. The last five are the house's own.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Nomination {
    pub review: String,
    pub officer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer_ground: Option<String>,
    pub category: String,
    pub problems: Vec<String>,
    /// Vault references.
    pub facts: String,
    pub evidence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cited_no: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cited: Vec<String>,
    /// The entry this one would go on from (延续须重走告知).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<String>,
    pub org: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concluded_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grave: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
}
/// One of the two separate judgements of who is to answer for it (归因审查).
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    pub only_general: bool,
    pub dispute: bool,
    pub new_evidence: bool,
    pub interfered: bool,
    /// Vault reference.
    pub attribution: String,
}
/// How and when a paper reached him.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    pub served_on: Option<Date>,
    pub serve_way: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub receipt: Vec<String>,
}
/// What he has to say.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// Vault reference; one point a line.
    pub statement: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paper: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_on: Option<Date>,
    /// How many points; counted by the house before the text is sealed.
    pub points: i64,
}
/// One vote.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vote {
    pub person: String,
    pub vote: String,
    pub why: String,
}
/// A recipient told that the entry is gone.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    pub org: String,
    pub told_on: String,
    pub doc_no: String,
}
/// The collective decision to list.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decision {
    pub votes: Vec<Vote>,
    pub months: i64,
    /// Vault references.
    pub decision: String,
    pub gist: String,
    pub doc_no: String,
    pub minutes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}
/// An application of his: for review, to the superior, for correction.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Application {
    /// Vault reference.
    pub grounds: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
}
/// What a review or a superior body came to.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finding {
    /// Vault reference.
    pub answer: String,
    pub doc_no: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub document: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Nominate(Nomination),
    AttachFinding {
        body: String,
        doc_no: String,
        finding: Vec<String>,
    },
    AttachAcknowledgement {
        acknowledged_on: Date,
        acknowledgement: Vec<String>,
    },
    Attribute(Attribution),
    ProposeList {
        months: i64,
    },
    Exclude {
        exclusion: String,
        reason: String,
    },
    ExcludeRevoked {},
    IssueNotice {
        doc_no: String,
        basis: String,
    },
    ServeNotice(Service),
    State(Statement),
    StateOnPaper(Statement),
    StateLate(Statement),
    WaiveStatement {},
    ApplyRecusal {
        recusal_whom: String,
        recusal_why: String,
    },
    AnswerRecusal {
        recusal: String,
        granted: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recused: Option<String>,
        recusal_answer: String,
    },
    LapseStatement {},
    SubmitUnstated {},
    Answer {
        point: String,
        adopted: String,
        answer: String,
    },
    SubmitAnswers {},
    ReturnAnswers {
        reason: String,
    },
    Countersign {},
    DecideList(Decision),
    DecideAgainst {
        votes: Vec<Vote>,
        decision: String,
        minutes: Vec<String>,
    },
    ServeDecision(Service),
    ApplyReview(Application),
    Uphold(Finding),
    ShortenOnReview(Finding),
    RemoveOnReview(Finding),
    ServeReview(Service),
    LapseReview {},
    AppealDirectly(Application),
    Appeal(Application),
    ProlongAppeal {
        reason: String,
    },
    AppealUpheld(Finding),
    AppealShortened(Finding),
    AppealReversed(Finding),
    Provide {
        to_org: String,
        purpose: String,
        use_basis: String,
    },
    Expire {},
    RemoveEarly {
        removal: String,
        reason: String,
        document: Vec<String>,
    },
    RemoveRevoked {},
    Exonerate {
        letter: String,
        doc_no: String,
        document: Vec<String>,
    },
    ConfirmCorrected {
        #[serde(default)]
        told: Vec<Told>,
    },
    AskCorrection(Application),
    RefuseCorrection {
        answer: String,
        doc_no: String,
    },
}
