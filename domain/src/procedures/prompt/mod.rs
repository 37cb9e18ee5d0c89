//! 程序性督办 (boundary 2, B1): a pending case is asked about by fixed options only, and answered by fixed options only.
//! There is no field in which anything on the merits could be written.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use Phase::*;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Drafted,
    Sent,
    Signed,
    Answered,
    Closed,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Open {
        org: String,
        case_no: String,
        items: Vec<String>,
        reply_by: Date,
    },
    Send {
        reply_by: Date,
    },
    Sign {},
    Answer {
        answer: String,
        answered_on: Date,
        #[serde(default)]
        files: Vec<String>,
    },
    SendBack {},
    Urge {},
    Close {},
}
/// What lasts of a prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    org: String,
    case_no: String,
    items: Vec<String>,
    reply_by: Option<Date>,
    sent: Option<Date>,
    answer: String,
    answered_on: Option<Date>,
    urged: u32,
    closed: Option<Date>,
}
const ALL: &[Standing] = &[Handler, Lead, Secretary, Respondent];
const B1: &str = "本机构设定，非法定（规格B1）";
const ORG: Field = field("org", "办案单位", Shape::Org, ALL);
const CASE_NO: Field = field("case_no", "案号", Shape::Short, ALL);
const ITEMS: Field = field("items", "督办事项", Shape::Codes(&codes::PROMPT_ITEM), ALL).hint("只问程序，不提实体意见。");
const REPLY_BY: Field = field("reply_by", "回复期限", Shape::Date, ALL);
const ANSWER: Field = field("answer", "回复", Shape::Code(&codes::PROMPT_ANSWER), ALL);
const ANSWERED_ON: Field = field("answered_on", "办理日期", Shape::Date, ALL).past();
const FILES: Field = field("files", "程序文书", Shape::Files, ALL).optional().hint("受理通知、送达回证等程序文书。");
const URGED: Field = field("urged", "催办次数", Shape::Number, ALL);

impl Procedure for Prompt {
    const KIND: &'static str = "prompt";
    const LABEL: &'static str = "程序性督办";
    const PREFIX: &'static str = "DB";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[
        phase(Drafted, "待签发", true, Some(Lead)),
        phase(Sent, "待签收", true, Some(Respondent)),
        phase(Signed, "待回复", true, Some(Respondent)),
        phase(Answered, "待核对", true, Some(Handler)),
        phase(Closed, "办结", true, None),
    ];
    #[rustfmt::skip]
    const STEPS: &'static [Step<Self>] = &[
        step("open",      "立督办件",     &[],             Go(Drafted),  &[House, Handler], B1, &[ORG, CASE_NO, ITEMS, REPLY_BY]),
        step("send",      "签发督办函",   &[Drafted],      Go(Sent),     &[Lead],           B1, &[REPLY_BY]).seen(&[Respondent]).grave(),
        step("sign",      "签收",         &[Sent],         Go(Signed),   &[Respondent],     B1, &[]),
        step("answer",    "回复",         &[Signed],       Go(Answered), &[Respondent],     B1, &[ANSWER, ANSWERED_ON, FILES]),
        step("send_back", "退回再报",     &[Answered],     Go(Signed),   &[Handler],        B1, &[]).seen(&[Respondent]),
        step("urge",      "催办",         &[Sent, Signed], Stay,         &[Handler],        B1, &[]).seen(&[Respondent]),
        step("close",     "办结",         &[Answered],     Go(Closed),   &[Handler],        B1, &[]).seen(&[Respondent]),
    ];
    #[rustfmt::skip]
    const CLOCKS: &'static [Clock] = &[
        clock("send", "签发督办函", Length::Limit("N4", None), &["open"], &["send"]),
        clock("sign", "签收", Length::Limit("N5", None), &["send"], &["sign"]),
        clock("reply", "回复督办", Length::Field("reply_by"), &["send"], &["answer"]),
        clock("again", "退回后再回复", Length::Limit("N7", None), &["send_back"], &["answer"]),
        clock("check", "核对回复", Length::Limit("N8", None), &["answer"], &["send_back", "close"]),
    ];
    const MARKS: &'static [&'static str] = &[super::CLOSED];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Send { reply_by } if *reply_by <= at.today => Err(Refusal::at("reply_by", "回复期限应晚于今日。")),
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        match act.clone() {
            Act::Open { org, case_no, items, reply_by } => {
                (self.org, self.case_no, self.items, self.reply_by) = (org, case_no, items, Some(reply_by))
            }
            Act::Send { reply_by } => (self.reply_by, self.sent) = (Some(reply_by), Some(stamp.on)),
            Act::Answer { answer, answered_on, .. } => (self.answer, self.answered_on) = (answer, Some(answered_on)),
            Act::Urge {} => self.urged = self.urged.saturating_add(1),
            Act::Close {} => self.closed = Some(stamp.on),
            Act::Sign {} | Act::SendBack {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        if self.sent.is_some() {
            all.push(role_in(Respondent, "R9", &self.org));
        }
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        self.closed.map(|_| super::CLOSED).into_iter().collect()
    }
    fn index(&self) -> Index {
        index(format!("{{org}}程序性督办：{}", codes(&self.items)), &self.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let asked = vec![
            ORG.row(self.org.as_str()),
            CASE_NO.row(self.case_no.as_str()),
            ITEMS.row(self.items.clone()),
            REPLY_BY.row(j!(self.reply_by)),
        ];
        let mut answered = vec![ANSWER.row(self.answer.as_str()), ANSWERED_ON.row(j!(self.answered_on))];
        if self.urged > 0 {
            answered.push(URGED.row(self.urged));
        }
        vec![section("督办", asked), section("回复", answered)]
    }
    fn facts(&self) -> Vec<Fact> {
        facts(&self.org, "", [("程序性督办", self.sent), ("督办办结", self.closed)])
    }
}
