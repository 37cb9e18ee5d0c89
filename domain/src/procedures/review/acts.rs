//! 步骤的内容, one variant per row of `tables`.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counting::{CardAnswer, Counted, Graded, Pin};
use super::scoring::Deduction;
use super::state::Drawn;
use crate::procedures::standard::Grade;

/// What opens a review: the dossier as it was sampled, the edition it is pinned to.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opening {
    pub dossier: String,
    pub org: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_no: Option<String>,
    pub case_type: String,
    pub closed_on: Option<Date>,
    pub effective_on: Option<Date>,
    pub sealed: bool,
    pub standard: String,
    pub kind: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grades: Vec<Grade>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
}
/// A ground of an objection.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ground {
    pub item: String,
    pub ground: String,
    pub evidence: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open(Opening),
    DrawPanel(Drawn),
    DrawMore(Drawn),
    DrawReExaminers(Drawn),
    Promise {
        no_conflict: bool,
        secrecy: bool,
    },
    PromiseLate {
        no_conflict: bool,
        secrecy: bool,
    },
    Recuse {
        relation: String,
        reason: String,
    },
    Replace {
        expert: String,
        conflict: String,
    },
    Strike {
        expert: String,
        conflict: String,
    },
    RequestDossier {
        letter_no: String,
        reason: String,
        due: Date,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seal_ground: Option<String>,
    },
    Urge {
        letter_no: String,
    },
    Circulate {
        letter_no: String,
        reason: String,
    },
    Receive {
        received_on: Date,
        volumes: i64,
    },
    Submit {
        #[serde(default)]
        sheet: Vec<Deduction>,
        my_opinion: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        card: Vec<CardAnswer>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counted: Vec<Counted>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        graded: Vec<Graded>,
        #[serde(default)]
        total: i64,
    },
    AdoptMean {
        #[serde(default)]
        problems: Vec<String>,
        opinion: String,
        accountable: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        differs: Option<String>,
        #[serde(default)]
        total: i64,
    },
    Deliberate {
        score: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        veto_stands: Option<bool>,
        #[serde(default)]
        problems: Vec<String>,
        opinion: String,
        accountable: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        differs: Option<String>,
        minutes: Vec<String>,
    },
    Dissent {
        dissent: String,
    },
    ReturnOpinion {
        reason: String,
    },
    Feed {
        doc_no: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        officer: Option<String>,
    },
    Serve {
        served_on: Date,
        #[serde(default)]
        receipt: Vec<String>,
    },
    Object {
        grounds: Vec<Ground>,
        #[serde(default)]
        files: Vec<String>,
    },
    ObjectToo {
        grounds: Vec<Ground>,
        #[serde(default)]
        files: Vec<String>,
    },
    Waive {},
    LapseObjection {},
    ReExamine {
        #[serde(default)]
        second_sheet: Vec<Deduction>,
        re_examination_finding: String,
        my_opinion: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        card: Vec<CardAnswer>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counted: Vec<Counted>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        graded: Vec<Graded>,
        #[serde(default)]
        total: i64,
    },
    Uphold {
        answer: String,
    },
    Alter {
        answer: String,
        #[serde(default)]
        total: i64,
    },
    Annul {
        answer: String,
        #[serde(default)]
        total: i64,
    },
    Settle {
        doc_no: String,
    },
    SettleGrave {
        doc_no: String,
    },
    ConcludePraise {
        praise: String,
    },
    ConcludePlain {},
    ConcludeRectify {
        problems: Vec<String>,
        severity: String,
        gist: String,
    },
    SuggestReview {
        receiver: String,
        facts: String,
    },
    RecordReply {
        result: String,
        document: Vec<String>,
    },
    Accountability {
        facts: String,
    },
    Cite {
        body: String,
        doc_no: String,
        document: Vec<String>,
    },
    Refer {
        receiver: String,
        #[serde(default)]
        to_org: String,
        #[serde(default)]
        secrecy: String,
        facts: String,
        evidence: Vec<String>,
    },
    PassClue {
        receiver: String,
        #[serde(default)]
        to_org: String,
        #[serde(default)]
        secrecy: String,
        facts: String,
        evidence: Vec<String>,
    },
    TakeUpAgain {
        result: String,
        document: Vec<String>,
    },
    Revoke {
        body: String,
        doc_no: String,
        document: Vec<String>,
    },
    Stop {
        reason: String,
    },
}
