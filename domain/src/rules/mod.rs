//! 制度库 (M2.5): texts of rules read into articles, which version holds on a day, and citations found in other texts.
//! Pure: files, tables and today come from outside.
mod cite;
mod numeral;
mod read;

pub use cite::{Citation, Names};
pub use numeral::chinese;
pub use read::{Article, Text, key};

use jiff::civil::Date;

/// How a version stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // each is explained by its label
pub enum State {
    InForce,
    Coming,
    Amended,
    Repealed,
}
impl State {
    /// 中文, as pages print it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InForce => "现行",
            Self::Coming => "尚未施行",
            Self::Amended => "已被修改",
            Self::Repealed => "已废止",
        }
    }
}
/// What decides how a version stands: its own date, its first day in force, its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Date of adoption or publication, the version's name.
    pub version: Date,
    /// First day in force.
    pub effective: Date,
    /// From this day on no longer in force.
    pub repealed: Option<Date>,
}
/// How each of these versions of one rule stands on a day: of those that have begun the newest holds, unless it was repealed.
pub fn states(lives: &[Life], today: Date) -> Vec<State> {
    let begun = |l: &&Life| l.effective <= today;
    let newest = lives.iter().filter(begun).max_by_key(|l| (l.effective, l.version)).copied();
    let state = |l: &Life| match l.repealed {
        Some(day) if day <= today => State::Repealed,
        _ if l.effective > today => State::Coming,
        _ if Some(*l) == newest => State::InForce,
        _ => State::Amended,
    };
    lives.iter().map(state).collect()
}
