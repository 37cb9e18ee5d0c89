//! 诉求件里记下的东西: letters, ratings, warnings, requests for the identity.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A letter of the mailbox: its text and files are references nobody but the desk and the reporter opens.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Letter {
    /// From the reporter; otherwise to him.
    pub his: bool,
    pub text: String,
    pub files: Vec<String>,
    pub on: Option<Date>,
}
/// The enterprise's own word.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rating {
    pub score: String,
    pub solved: String,
    pub words: Option<String>,
    pub on: Option<Date>,
}
/// 打击报复预警: the accused unit inspected or penalised the same enterprise after it had complained.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Warning {
    pub record: String,
    pub decided: Option<Date>,
    pub what: String,
    pub finding: String,
    pub cleared: String,
}
/// A request to open the identity. Two custodians approve it, neither of them who asked.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asking {
    pub by: String,
    pub ground: String,
    pub reason: String,
    pub approved: Vec<String>,
}
/// A unit that is accused besides the first. Its member has a name of its own, so that the house finds it in the stored state.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Accused {
    pub accused_org: String,
}
