//! 底稿 (B4): talks, looks into files, working papers of one inspection. Read by the group that inspects and the lead, by nobody else;
//! what was said lies in the vault. A paper stands when a second of the group has signed it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use super::inspection::groups;
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// Mark: filed or withdrawn; nothing is owed here any more.
pub(crate) const DONE: &str = "done";
const TALK: &str = "谈话";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Opened,
    Written,
    Signed,
    Filed,
    Withdrawn,
}
/// 底稿内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    pub held_on: Option<Date>,
    pub place: String,
    pub talked_to: String,
    pub second: String,
    pub content: String,
    pub secrecy: String,
    pub problems: Vec<String>,
    pub files: Vec<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open { kind: String, org: String, paper_kind: String },
    Write(Said),
    Sign {},
    File {},
    Withdraw { reason: String },
}
/// What lasts of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkingPaper {
    kind: String,
    org: String,
    paper_kind: String,
    said: Said,
    reason: String,
    done: bool,
}
const ALL: &[Standing] = &[Lead, Inspector];
const B4: &str = "本机构设定，非法定（规格B4）";
const F2: &str = "本机构设定，非法定（规格B4、F2）";
const KIND: Field = field("kind", "督察种类", Shape::Code(&codes::INSPECTION_KIND), ALL);
const ORG: Field = field("org", "被督察单位", Shape::Org, ALL);
const PAPER_KIND: Field = field("paper_kind", "底稿种类", Shape::Code(&codes::PAPER_KIND), ALL);
const HELD_ON: Field = field("held_on", "日期", Shape::Date, ALL).past();
const PLACE: Field = field("place", "地点", Shape::Short, ALL);
const TALKED_TO: Field = field("talked_to", "谈话对象", Shape::Short, ALL).personal().optional().hint("谈话笔录必填。");
const SECOND: Field = field("second", "第二名参加人", Shape::Person, ALL).optional().hint("谈话至少两人参加，谈话笔录必填，由他签字。");
const SECRECY: Field = field("secrecy", "密级", Shape::Code(&codes::SECRECY), ALL).hint("国家秘密不能录入本系统，请按保密规定另行办理。");
const CONTENT: Field = field("content", "内容", Shape::Long, ALL).personal();
const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), ALL).optional();
const FILES: Field = field("files", "附件", Shape::Files, ALL).optional();
const REASON: Field = field("reason", "撤回理由", Shape::Long, ALL).guarded();

const SECOND_SIGNS: Rule<WorkingPaper> =
    rule("not_the_second", "谈话笔录由参加谈话的第二人签字", |s, at| s.said.second.is_empty() || s.said.second == at.who.id);

impl Procedure for WorkingPaper {
    const KIND: &'static str = "working_paper";
    const LABEL: &'static str = "底稿";
    const PREFIX: &'static str = "DG";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Opened, "待填写", true, Some(Inspector)),
        phase(Written, "待签字", true, Some(Inspector)),
        phase(Signed, "待归卷", true, Some(Inspector)),
        phase(Filed, "已归卷", true, None),
        phase(Withdrawn, "已撤回", false, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("open",     "立底稿",         &[],                Go(Opened),    &[House],     B4, &[KIND, ORG, PAPER_KIND]),
        step("write",    "填写、修改底稿", &[Opened, Written], Go(Written),   &[Inspector], F2, &[HELD_ON, PLACE, TALKED_TO, SECOND, SECRECY, CONTENT, PROBLEMS, FILES]),
        step("sign",     "签字",           &[Written],         Go(Signed),    &[Inspector], B4, &[]).other_than(&["write"]).rules(&[SECOND_SIGNS]),
        step("file",     "归卷",           &[Signed],          Go(Filed),     &[Inspector], B4, &[]).grave(),
        step("withdraw", "撤回底稿",       &[Opened, Written], Go(Withdrawn), &[Inspector], B4, &[REASON]),
    ];
    const CLOCKS: &'static [Clock] = &[clock("file", "底稿归卷", Length::Limit("N33", None), &["open"], &["file", "withdraw"])];
    const MARKS: &'static [&'static str] = &[DONE];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        let wrong = |field, say: &str| Err(Refusal::at(field, say));
        let Act::Write(said) = &act else { return Ok(act) };
        let talk = self.paper_kind == TALK;
        match said {
            s if talk && s.talked_to.is_empty() => wrong("talked_to", "谈话笔录须填谈话对象。"),
            s if talk && s.second.is_empty() => wrong("second", "谈话至少两人参加，请填第二名参加人。"),
            s if s.second == at.who.id => wrong("second", "第二名参加人不能是填写人自己。"),
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Open { kind, org, paper_kind } => (self.kind, self.org, self.paper_kind) = (kind, org, paper_kind),
            Act::Write(said) => self.said = said,
            Act::Sign {} => {}
            Act::File {} => self.done = true,
            Act::Withdraw { reason } => (self.reason, self.done) = (reason, true),
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = groups(&self.kind);
        all.push(role(Lead, "R2"));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(DONE, self.done)])
    }
    fn index(&self) -> Index {
        index(format!("{{org}}底稿：{}", codes::PAPER_KIND.label_of(&self.paper_kind)), &self.org, &self.said.problems)
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let s = &self.said;
        let rows = vec![
            KIND.row(self.kind.as_str()),
            ORG.row(self.org.as_str()),
            PAPER_KIND.row(self.paper_kind.as_str()),
            HELD_ON.row(j!(s.held_on)),
            PLACE.row(s.place.as_str()),
            TALKED_TO.row(s.talked_to.as_str()),
            SECOND.row(s.second.as_str()),
            SECRECY.row(s.secrecy.as_str()),
            CONTENT.row(s.content.as_str()),
            PROBLEMS.row(s.problems.clone()),
            REASON.row(self.reason.as_str()),
        ];
        vec![section("底稿", rows)]
    }
}
