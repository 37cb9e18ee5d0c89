//! 半年分析研判 (M3.1, B10): figures counted by the house at a position of the ledger, checked by another person, analysed by hand, deliberated,
//! signed, sent to the organisation department as a packet; its suggestions come back, and each use of the report is entered.
//!
//! What may be counted stands in `figures`; nobody types a figure. Persons are written of in words only, of leading officials only, and never
//! without what is to their credit. The app fills in `draft`, and looks up what `analyse` cites.
pub mod figures;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::special_check::names::names_somebody;
use crate::calendar::Half;
use crate::engine::*;
use crate::registers::parameters;
use figures::{Figure, Period};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Opened,
    Drafted,
    Checked,
    Analysed,
    Deliberated,
    Signed,
    Sent,
    Closed,
    Archived,
    Abandoned,
    Withdrawn,
}
/// 标准版本、抽样方法、样本量, of the reviews counted (E: 报告必附).
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct Method {
    pub kind: String,
    pub standard: String,
    pub sampling: String,
    pub universe: String,
    pub sample: String,
    pub counted: String,
}
/// A unit's leading group in words: what is to its credit is a column of its own and never empty.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Team {
    pub org: String,
    pub good: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bad: String,
}
/// A concluded matter that the analysis rests on.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ground {
    pub matter_no: String,
}
/// Who took part in the deliberation.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Present {
    pub post: String,
}
/// What the house counted.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    pub figures: Vec<Figure>,
    pub methods: Vec<Method>,
    /// Position on the ledger up to which was counted.
    pub as_of: i64,
    /// `few`, and the days of T15a, as the registers held them then.
    pub few: i64,
    pub remedy: i64,
}
/// What was written about the figures.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Analysis {
    pub summary: String,
    pub teams: Vec<Team>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub officials_good: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub officials_bad: String,
    pub leads: String,
    pub suggestions: String,
    pub grounds: Vec<Ground>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open {
        year: i64,
        half: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cut: Option<Date>,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        standing: String,
    },
    Draft(Counts),
    Check {
        checked: String,
    },
    Analyse(Analysis),
    Deliberate {
        held_on: Date,
        present: Vec<Present>,
        minutes: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    ReturnDraft {
        reason: String,
    },
    Sign {},
    Send {
        to_org: String,
        letter_no: String,
    },
    RecordSuggestions {
        received_on: Date,
        suggested: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<String>,
    },
    RecordUse {
        used_on: Date,
        used_for: String,
    },
    Close {
        summary: String,
    },
    Archive {},
    Abandon {
        reason: String,
    },
    Withdraw {
        reason: String,
    },
}
/// What lasts of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HalfYearReport {
    year: i64,
    half: String,
    cut: Option<Date>,
    counts: Counts,
    checked: String,
    analysis: Analysis,
    held_on: Option<Date>,
    present: Vec<Present>,
    minutes: String,
    reason: String,
    signed: Option<Date>,
    to_org: String,
    letter_no: String,
    sent: Option<Date>,
    suggestions: Vec<(Date, String)>,
    uses: Vec<(Date, String)>,
    summary: String,
    closed: Option<Date>,
    withdrawn: bool,
}
/// Kind of the packet a report goes out as, a code of `PACKET_KIND`.
pub const PACKET: &str = "半年报告";
/// Kind of the organisations it may be sent to.
pub const RECEIVER: &str = "组织部门";
const PURPOSE: &str = "商请就领导班子和干部综合评价提出工作建议，并回告使用情况";
const LEGAL: &str = "《中国共产党政法工作条例》第三十三条";
/// Which matters an analysis may cite, by the letters of their numbers, and the mark that says they have ended beyond remedy.
pub const CITABLE: &[(&str, &str)] = &[("PC-", super::review::CONCLUDED), ("ZG-", super::CLOSED), ("ZJ-", super::ANSWERED)];

impl HalfYearReport {
    /// What was counted.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
    /// What was written.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }
    /// The days it is about, and how long a remedy took when it was counted.
    pub fn period(&self) -> Option<Period> {
        let (from, to) = Half::named(self.year, &self.half)?.days();
        Some(Period { from, to, remedy: self.counts.remedy })
    }
    /// The day it was signed on; nothing while it is a draft.
    pub fn signed(&self) -> Option<Date> {
        self.signed
    }
    /// Number of the letter it went out with.
    pub fn letter_no(&self) -> &str {
        &self.letter_no
    }
    /// What it is called.
    pub fn name(&self) -> String {
        Self::named(self.year, &self.half)
    }
    /// What the report of a half year is called.
    pub fn named(year: i64, half: &str) -> String {
        format!("{year}年{half}执法监督分析研判报告")
    }
    /// What of the figures may be told outside.
    pub fn told(&self) -> Vec<Figure> {
        figures::told(&self.counts.figures, self.counts.few)
    }
    /// Every matter cited has ended beyond remedy, and still has.
    fn rests(&self, at: &At) -> bool {
        let ended = |number: &str| CITABLE.iter().find(|c| number.starts_with(c.0)).is_some_and(|c| at.carries(Some(number), c.1));
        self.analysis.grounds.iter().all(|g| ended(&g.matter_no))
    }
    fn answered(&self, at: &At) -> bool {
        let carries = |k: &Kin, mark: &str| k.marks.iter().any(|m| m == mark);
        let back = |k: &Kin| k.link == "packet" && carries(k, super::packet::RECEIVED) && carries(k, super::packet::REPLIED);
        !self.suggestions.is_empty() || at.kin.iter().any(back)
    }
}
/// What is wrong with an analysis, at which field.
fn unsound(a: &Analysis) -> Option<(&'static str, String)> {
    for (n, team) in a.teams.iter().enumerate() {
        if let Some(say) = [&team.good, &team.bad].into_iter().find_map(|t| names_somebody(t, false)) {
            return Some(("teams", format!("第 {} 行：{say}", n + 1)));
        }
        if a.teams.iter().take(n).any(|other| other.org == team.org) {
            return Some(("teams", format!("第 {} 行的单位已经写过。", n + 1)));
        }
    }
    for (field, text) in [("summary", &a.summary), ("leads", &a.leads), ("suggestions", &a.suggestions)] {
        if let Some(say) = names_somebody(text, false) {
            return Some((field, say));
        }
    }
    if !a.officials_bad.is_empty() && a.officials_good.is_empty() {
        return Some(("officials_good", "写了负面事项的，须同时写正面事项。".into()));
    }
    let cites = |g: &&Ground| !CITABLE.iter().any(|c| g.matter_no.starts_with(c.0));
    let other = a.grounds.iter().find(cites)?;
    Some(("grounds", format!("{} 不能作依据。只能引用已定论的评查件、已销号的整改件、已反馈的责任查究。", other.matter_no)))
}

impl Procedure for HalfYearReport {
    const KIND: &'static str = "half_year_report";
    const LABEL: &'static str = "半年分析研判";
    const PREFIX: &'static str = "BN";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::PROVIDABLE, super::CLOSED];
    const LOOKS: &'static [(&'static str, &'static str)] = &[
        ("packet", super::packet::RECEIVED),
        ("packet", super::packet::REPLIED),
        ("review", super::review::CONCLUDED),
        ("rectification", super::CLOSED),
        ("accountability", super::ANSWERED),
    ];

    fn decide(&self, mut act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field: &str, say: String| Err(Refusal::at(field, say));
        match &mut act {
            Act::Open { year, half, cut, standing } => {
                if !standing.is_empty() {
                    return wrong("half", format!("这半年已有 {standing}。要重做，先撤回或终止它。"));
                }
                *cut = Half::named(*year, half).map(Half::last);
                let Some(day) = *cut else { return wrong("year", "年度应如 2026。".into()) };
                if day >= at.today {
                    return wrong("half", format!("取数截止日 {day} 过后才能立报告。"));
                }
            }
            Act::Draft(counts) if counts.figures.is_empty() => return wrong("figures", "没有取到数。".into()),
            Act::Analyse(a) => {
                if let Some((field, say)) = unsound(a) {
                    return wrong(field, say);
                }
            }
            Act::Deliberate { present, .. } => {
                let least = at.parameter(parameters::ASSESSORS);
                if i64::try_from(present.len()).unwrap_or(i64::MAX) < least {
                    return wrong("present", format!("参加研判会的不少于 {least} 人。"));
                }
            }
            Act::RecordSuggestions { received_on: on, .. } | Act::RecordUse { used_on: on, .. } if self.sent.is_some_and(|s| *on < s) => {
                let field = if matches!(act, Act::RecordUse { .. }) { "used_on" } else { "received_on" };
                return wrong(field, "不能早于发出商请函的日期。".into());
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Open { year, half, cut, .. } => (self.year, self.half, self.cut) = (year, half, cut),
            // A new count is to be checked and read anew.
            Act::Draft(counts) => (self.counts, self.checked) = (counts, String::new()),
            Act::Check { checked } => self.checked = checked,
            Act::Analyse(analysis) => (self.analysis, self.reason) = (analysis, String::new()),
            Act::Deliberate { held_on, present, minutes, .. } => {
                (self.held_on, self.present, self.minutes) = (Some(held_on), present, minutes)
            }
            Act::ReturnDraft { reason } | Act::Abandon { reason } => self.reason = reason,
            Act::Sign {} => self.signed = Some(stamp.on),
            Act::Send { to_org, letter_no } => (self.to_org, self.letter_no, self.sent) = (to_org, letter_no, Some(stamp.on)),
            Act::RecordSuggestions { received_on, suggested, .. } => self.suggestions.push((received_on, suggested)),
            Act::RecordUse { used_on, used_for } => self.uses.push((used_on, used_for)),
            Act::Close { summary } => (self.summary, self.closed) = (summary, Some(stamp.on)),
            Act::Withdraw { reason } => (self.reason, self.withdrawn) = (reason, true),
            Act::Archive {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::office()
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(super::PROVIDABLE, self.signed.is_some() && !self.withdrawn), (super::CLOSED, self.closed.is_some() || self.withdrawn)])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        match act {
            Act::Send { to_org, .. } => {
                let form = j!({"kind": PACKET, "to_org": to_org, "purpose": PURPOSE, "basis": LEGAL});
                vec![Request { kind: "packet", action: "open_for", form, link: None }]
            }
            Act::Withdraw { reason } if self.sent.is_some() => {
                vec![Request { kind: "packet", action: "source_withdrawn", form: j!({"reason": reason}), link: Some("packet") }]
            }
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        index(self.name(), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        facts("", &self.half, [("半年报告", self.signed.filter(|_| !self.withdrawn)), ("半年报告销号", self.closed)])
    }
}
