//! 热线来电 (`enterprise.md` B1, M4.1): a call taken at the desk, an order sent over by 12345, a row of the old hotline's export. What
//! becomes a complaint goes on as 企业诉求 with the very texts that were sealed here; the unit concerned is never a party.
pub mod polite;
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::*;
use crate::registers::codes::ENTERPRISE_PROBLEM;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Open,
    CallingBack,
    Closed,
    Merged,
    Voided,
}
/// What a call says. Who called, and his own words, are references into the vault.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Call {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uscc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclose: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problems: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub demand: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub litigation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_of_scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_remedy: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Keyed digests by which the same enterprise, telephone or paper is found again without being read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firm: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper_key: Option<String>,
}
impl Call {
    fn org(&self) -> &str {
        self.org.as_deref().unwrap_or("")
    }
    fn is(&self, outcome: &str) -> bool {
        self.outcome.as_deref() == Some(outcome)
    }
    /// What was said later stands beside what was said first.
    fn add(&mut self, new: Self) {
        macro_rules! keep { ($($f:ident),*) => { $(if new.$f.is_some() { self.$f = new.$f; })* }; }
        keep!(mode, disclose, org, act_type, problems, facts, litigation, outcome, out_of_scope);
    }
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Take(Call),
    TakeBack(Call),
    Relay(Call),
    Register(Call),
    Settle {
        outcome: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        out_of_scope: Option<String>,
        result: String,
    },
    CallBack {
        result: String,
    },
    Miss {},
    Merge {
        into: String,
        reason: String,
    },
    EnterOpen(Call),
    EnterClosed(Call),
    EnterRelayed(Call),
    Void {},
}
/// What lasts of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HotlineCall {
    said: Call,
    result: String,
    /// Attempts to call back that nobody answered.
    missed: u32,
    into: String,
    reason: String,
    touched: bool,
    voided: bool,
}
/// Outcomes (code table HOTLINE_OUTCOME).
const ADVISED: &str = "咨询答复";
const COMPLAINT: &str = "登记为诉求";
const OUT_OF_SCOPE: &str = "不属受理范围";
/// Codes of APPEAL_MODE and LITIGATION.
const ANONYMOUS: &str = "匿名";
const NONE_PENDING: &str = "没有";

impl HotlineCall {
    /// Number of the order of 12345, where it came from there.
    pub fn order_no(&self) -> Option<&str> {
        self.said.order_no.as_deref()
    }
    /// Code of the unit concerned, or nothing.
    pub fn org(&self) -> &str {
        self.said.org()
    }
    /// The day it came.
    pub fn received(&self) -> Option<Date> {
        self.said.received
    }
    /// What was said of it to the caller: a code of HOTLINE_OUTCOME.
    pub fn outcome(&self) -> &str {
        self.said.outcome.as_deref().unwrap_or("")
    }
    /// Where the caller was sent.
    pub fn sent_to(&self) -> &str {
        self.said.out_of_scope.as_deref().unwrap_or("")
    }
    /// 企业诉求 with the references of this call: nothing is opened, nothing is typed again. Of whom it is anonymous, nothing is handed on.
    fn appeal(&self) -> Request {
        let mut s = self.said.clone();
        if s.mode.as_deref() == Some(ANONYMOUS) {
            (s.reporter_name, s.reporter_phone, s.enterprise, s.uscc, s.recording, s.firm) = (None, None, None, None, None, None);
        }
        let source = if s.order_no.is_some() { "12345" } else { "热线" };
        let form = j!({
            "source": source, "mode": s.mode.as_deref().unwrap_or("保密"), "reporter_name": s.reporter_name, "reporter_phone": s.reporter_phone,
            "enterprise": s.enterprise, "uscc": s.uscc, "disclose": s.disclose.unwrap_or(false), "org": s.org, "act_type": s.act_type,
            "problems": s.problems, "facts": s.facts, "demand": s.demand, "litigation": s.litigation.as_deref().unwrap_or(NONE_PENDING),
            "doc_no": s.doc_no, "recording": s.recording, "firm": s.firm,
        });
        Request { kind: "enterprise_appeal", action: "from_call", form, link: None }
    }
}
/// What an outcome asks of the call: a complaint names the unit and what it is about, and nothing that is before a court or in review.
fn judge(call: &Call) -> Vec<(String, String)> {
    let mut wrong = vec![];
    let mut must = |missing: bool, field: &str, say: &str| {
        if missing {
            wrong.push((field.to_owned(), say.to_owned()));
        }
    };
    if call.is(COMPLAINT) && call.into.is_none() {
        must(call.org.is_none(), "org", "登记为诉求须写明被反映单位。");
        must(call.act_type.is_none(), "act_type", "登记为诉求须选执法行为类型。");
        must(call.problems.is_none(), "problems", "登记为诉求须选问题类别。");
        must(call.facts.is_none(), "facts", "登记为诉求须写事实。");
        must(call.litigation.is_none(), "litigation", "请问明是否已复议、起诉。");
        let pending = call.litigation.as_deref().is_some_and(|l| l != NONE_PENDING);
        must(pending, "litigation", "已在复议、诉讼的不重复监督。请选“不属受理范围”，告知复议、诉讼途径。");
        let nobody = call.reporter_name.is_none() && call.reporter_phone.is_none();
        must(nobody && call.mode.as_deref() != Some(ANONYMOUS), "mode", "姓名、电话都没有的，请选匿名。");
    }
    must(call.is(ADVISED) && call.facts.is_none(), "facts", "咨询答复须写问了什么。");
    must(call.is(OUT_OF_SCOPE) && call.out_of_scope.is_none(), "out_of_scope", "请选告知来电人去哪里。");
    must(!call.is(OUT_OF_SCOPE) && call.out_of_scope.is_some(), "out_of_scope", "只有不属受理范围的才选去向。");
    must(call.into.is_some() && !call.is(COMPLAINT), "into", "并入已有件的，结果请选“登记为诉求”。");
    wrong
}
/// What an anonymous call may not leave behind.
fn unnamed(call: &Call) -> Vec<(String, String)> {
    let given = [
        ("reporter_name", &call.reporter_name),
        ("reporter_phone", &call.reporter_phone),
        ("enterprise", &call.enterprise),
        ("uscc", &call.uscc),
        ("recording", &call.recording),
    ];
    let said = given.into_iter().filter(|(_, v)| call.mode.as_deref() == Some(ANONYMOUS) && v.is_some());
    said.map(|(f, _)| (f.to_owned(), "匿名来电不登记此项。请删去，或改选保密。".to_owned())).collect()
}
fn refused(fields: Vec<(String, String)>) -> Result<(), Refusal> {
    if fields.is_empty() { Ok(()) } else { Err(Refusal { fields, ..refusals::BAD_FORM }) }
}

impl Procedure for HotlineCall {
    const KIND: &'static str = "hotline_call";
    const LABEL: &'static str = "热线来电";
    const PREFIX: &'static str = "RX";
    const CONFIDENTIAL: bool = true;
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;

    fn decide(&self, act: Act, _: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Take(call) | Act::TakeBack(call) => refused([judge(call), unnamed(call)].concat())?,
            Act::Register(more) => {
                let mut whole = self.said.clone();
                whole.add(Call { outcome: Some(COMPLAINT.into()), ..more.clone() });
                refused(judge(&whole))?;
            }
            Act::Settle { outcome, .. } if outcome == COMPLAINT => {
                return Err(Refusal::at("outcome", "请用“登记为诉求”办理。"));
            }
            Act::Settle { outcome, out_of_scope, result } => {
                let facts = Some(result.clone());
                let call = Call { outcome: Some(outcome.clone()), out_of_scope: out_of_scope.clone(), facts, ..Call::default() };
                refused(judge(&call))?;
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.touched |= !matches!(
            act,
            Act::Take(_) | Act::TakeBack(_) | Act::Relay(_) | Act::EnterOpen(_) | Act::EnterClosed(_) | Act::EnterRelayed(_)
        );
        match act.clone() {
            Act::Take(call)
            | Act::TakeBack(call)
            | Act::Relay(call)
            | Act::EnterOpen(call)
            | Act::EnterClosed(call)
            | Act::EnterRelayed(call) => {
                self.said = call;
                self.said.received.get_or_insert(stamp.on);
            }
            Act::Register(more) => self.said.add(Call { outcome: Some(COMPLAINT.into()), ..more }),
            Act::Settle { outcome, out_of_scope, result } => {
                self.said.add(Call { outcome: Some(outcome), out_of_scope, ..Call::default() });
                self.result = result;
            }
            Act::CallBack { result } => self.result = result,
            Act::Miss {} => self.missed += 1,
            Act::Merge { into, reason } => (self.into, self.reason) = (into, reason),
            Act::Void {} => self.voided = true,
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::intake()
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        let said = |call: &Call| Self { said: call.clone(), ..Self::default() };
        match act {
            Act::Take(call) | Act::TakeBack(call) if call.is(COMPLAINT) && call.into.is_none() => vec![said(call).appeal()],
            // The gate asks after the act was taken up.
            Act::Register(_) => vec![self.appeal()],
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        let problems = self.said.problems.as_deref().unwrap_or(&[]);
        let words: Vec<&str> = problems.iter().map(|c| ENTERPRISE_PROBLEM.label_of(c)).collect();
        let what = if words.is_empty() { self.outcome().to_owned() } else { words.join("、") };
        let title = match (self.said.org(), what.as_str()) {
            ("", "") => "来电".to_owned(),
            ("", what) => format!("来电：{what}"),
            (_, what) => format!("{{org}}：{what}"),
        };
        index(title, self.said.org(), problems)
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        // Every call counts as one; how many are complaints in substance is counted beside it (`enterprise.md` D4).
        let Some(on) = self.said.received.filter(|_| !self.voided) else { return vec![] };
        let code = self.said.problems.as_ref().and_then(|p| p.first()).map_or("", String::as_str);
        let complaint = self.said.is(COMPLAINT).then_some(on);
        let mut all = facts(self.said.org(), code, [("热线来电", Some(on)), ("热线登记诉求", complaint)]);
        let told = self.said.amount.filter(|n| *n > 0);
        all.extend(told.map(|value| Fact { value, ..fact("反映金额", self.said.org(), code, on) }));
        all
    }
}
