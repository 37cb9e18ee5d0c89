//! 联席会议 (M4.1, `enterprise.md` B8): topics from what is overdue, what is common and what members propose; agenda, notice, minutes; tasks,
//! each a matter of its own, to their closure; the half-year circular from counted figures.
//!
//! The conference coordinates and tells. It decides no case: what it hands out are tasks, and topics carry counts, never an enterprise.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::calendar::Half;
use crate::engine::{Standing::*, *};

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Gathering,
    Ready,
    Approved,
    Notified,
    Held,
    Minuted,
    Following,
    Closed,
    Cancelled,
}
/// A member, by its organisation.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberRow {
    pub org: String,
}
/// A topic the house or a member found.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Topic {
    pub source: String,
    pub what: String,
    /// A task of an earlier conference that is overdue.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub matter_no: String,
}
/// A line of the agenda.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    pub topic: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub org: String,
}
/// Who came.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Present {
    pub org: String,
    pub post: String,
}
/// A task or an opinion to be answered.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Task {
    pub kind: String,
    pub task: String,
    pub org: String,
    pub due: String,
}
/// A counted figure of the circular: its definition is the measure and the days.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figure {
    pub group: String,
    pub label: String,
    pub value: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Call {
        kind: String,
        year: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        half: Option<String>,
        planned: Date,
        members: Vec<MemberRow>,
    },
    Propose {
        topic: String,
        why: String,
    },
    Gather {
        #[serde(default)]
        topics: Vec<Topic>,
    },
    Prepare {
        agenda: Vec<Item>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        files: Option<Vec<String>>,
    },
    ReturnAgenda {
        reason: String,
    },
    Approve {},
    Notify {
        meets_on: Date,
        place: String,
    },
    Attend {
        comes: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<String>,
        #[serde(default)]
        org: String,
    },
    Hold {
        held_on: Date,
        present: Vec<Present>,
    },
    Minute {
        minutes: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tasks: Option<Vec<Task>>,
    },
    ReturnMinutes {
        reason: String,
    },
    Sign {},
    DraftCircular {
        analysis: String,
        #[serde(default)]
        figures: Vec<Figure>,
        #[serde(default)]
        as_of: i64,
    },
    IssueCircular {
        doc_no: String,
        public: bool,
    },
    Close {
        summary: String,
    },
    Cancel {
        reason: String,
    },
}
/// 半年通报, as drafted and as issued.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Circular {
    pub analysis: String,
    pub figures: Vec<Figure>,
    /// Position on the ledger up to which was counted.
    pub as_of: i64,
    pub doc_no: String,
    pub public: bool,
    pub issued: Option<Date>,
}
/// What lasts of a conference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JointConference {
    kind: String,
    year: i64,
    half: String,
    planned: Option<Date>,
    members: Vec<String>,
    proposed: Vec<Topic>,
    topics: Vec<Topic>,
    agenda: Vec<Item>,
    meets_on: Option<Date>,
    place: String,
    replies: Vec<(String, String, String)>,
    held_on: Option<Date>,
    present: Vec<Present>,
    minutes: String,
    tasks: Vec<Task>,
    circular: Circular,
    reason: String,
    summary: String,
}
/// The kind of conference that issues a circular every half year.
pub const HALF_YEARLY: &str = "半年通报";
/// Roles that speak for a member.
pub const MEMBER_ROLES: &[&str] = &["R1", "R2", "R3", "R9", "R17", "R18", "R20"];
/// Everybody of a member who may stand for it.
pub(super) fn member(org: &str) -> impl Iterator<Item = Party> + '_ {
    MEMBER_ROLES.iter().map(move |r| role_in(Member, r, org))
}
impl JointConference {
    /// First and last day of the half year it is about; nothing for other kinds.
    pub fn period(&self) -> Option<(Date, Date)> {
        Half::named(self.year, &self.half).filter(|_| self.kind == HALF_YEARLY).map(Half::days)
    }
    /// The year it is about.
    pub fn year(&self) -> i64 {
        self.year
    }
    /// The half of the year, or nothing.
    pub fn half(&self) -> &str {
        &self.half
    }
    /// The circular.
    pub fn circular(&self) -> &Circular {
        &self.circular
    }
    /// What it is called.
    pub fn name(&self) -> String {
        let what = crate::registers::codes::CONFERENCE_KIND.label_of(&self.kind);
        format!("{}年{}{what}", self.year, self.half)
    }
}

impl Procedure for JointConference {
    const KIND: &'static str = "joint_conference";
    const LABEL: &'static str = "联席会议";
    const PREFIX: &'static str = "LH";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const LOOKS: &'static [(&'static str, &'static str)] = &[("conference_task", super::CLOSED)];

    fn decide(&self, mut act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field: &str, say: String| Err(Refusal::at(field, say));
        match &mut act {
            Act::Call { kind, year, half, members, .. } => {
                let this = i64::from(at.today.year());
                if !(this - 1..=this + 1).contains(year) {
                    return wrong("year", format!("年度应为 {} 至 {}。", this - 1, this + 1));
                }
                if (kind == HALF_YEARLY) != half.is_some() {
                    return wrong(
                        "half",
                        if half.is_some() {
                            "只有半年通报会填上半年、下半年。"
                        } else {
                            "半年通报会须填上半年或下半年。"
                        }
                        .into(),
                    );
                }
                let again = |(n, m): &(usize, &MemberRow)| members.iter().take(*n).any(|other| other.org == m.org);
                if let Some((n, _)) = members.iter().enumerate().find(again) {
                    return wrong("members", format!("第 {} 行的单位已经列过。", n + 1));
                }
            }
            Act::Notify { meets_on, .. } if *meets_on < at.today => return wrong("meets_on", "开会日期不能早于今日。".into()),
            Act::Attend { comes, note, org } => {
                let speaks = |r: &&RoleHeld| MEMBER_ROLES.contains(&r.role.as_str()) && self.members.contains(&r.org);
                *org = at.who.roles.iter().find(speaks).map(|r| r.org.clone()).unwrap_or_default();
                if comes == "请假" && note.is_none() {
                    return wrong("note", "请假须说明原因。".into());
                }
            }
            Act::Hold { present, .. } => {
                if let Some(n) = present.iter().position(|p| !self.members.contains(&p.org)) {
                    return wrong("present", format!("第 {} 行不是成员单位。", n + 1));
                }
            }
            Act::Minute { tasks: Some(tasks), .. } => {
                for (n, t) in tasks.iter().enumerate() {
                    if t.due.parse::<Date>().map_or(true, |due| due <= at.today) {
                        return wrong("tasks", format!("第 {} 行的期限应为晚于今日的日期，如 2026-06-16。", n + 1));
                    }
                }
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Call { kind, year, half, planned, members } => {
                (self.kind, self.year, self.half, self.planned) = (kind, year, half.unwrap_or_default(), Some(planned));
                self.members = members.into_iter().map(|m| m.org).collect();
            }
            Act::Propose { topic, why } => {
                self.proposed.push(Topic { source: "提议".into(), what: format!("{topic}：{why}"), matter_no: String::new() });
            }
            Act::Gather { topics } => self.topics = topics,
            Act::Prepare { agenda, .. } => (self.agenda, self.reason) = (agenda, String::new()),
            Act::ReturnAgenda { reason } | Act::ReturnMinutes { reason } | Act::Cancel { reason } => self.reason = reason,
            Act::Notify { meets_on, place } => (self.meets_on, self.place) = (Some(meets_on), place),
            Act::Attend { comes, note, org } => {
                self.replies.retain(|r| r.0 != org);
                self.replies.push((org, comes, note.unwrap_or_default()));
            }
            Act::Hold { held_on, present } => (self.held_on, self.present) = (Some(held_on), present),
            Act::Minute { minutes, tasks } => (self.minutes, self.tasks, self.reason) = (minutes, tasks.unwrap_or_default(), String::new()),
            Act::DraftCircular { analysis, figures, as_of } => self.circular = Circular { analysis, figures, as_of, ..Circular::default() },
            Act::IssueCircular { doc_no, public } => {
                (self.circular.doc_no, self.circular.public, self.circular.issued) = (doc_no, public, Some(stamp.on));
            }
            Act::Close { summary } => self.summary = summary,
            Act::Approve {} | Act::Sign {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = vec![role(Intake, "R14"), role(Lead, "R15")];
        all.extend(self.members.iter().flat_map(|org| member(org)));
        all
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let open = |t: &Task| Request { action: "assign", ..Request::open("conference_task", j!(t)) };
        if matches!(act, Act::Sign {}) { self.tasks.iter().map(open).collect() } else { vec![] }
    }
    fn index(&self) -> Index {
        index(self.name(), "", &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        facts("", &self.kind, [("联席会议", self.held_on), ("半年通报", self.circular.issued)])
    }
}
