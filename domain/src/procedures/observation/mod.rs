//! 随队观摩 (M4.3, enterprise.md B3, B4): observers drawn in the open go along with an enforcement task that exists already, write down what
//! they saw, each for himself, and the group says what it thinks of it. Its opinion has no force (boundary 8): the unit reads it before it
//! decides, answers, and the enterprise is told. Whoever goes along looks at the officers and asks nothing of the enterprise (0.5).
//!
//! The app drives, as the house: `draw_observers` and `draw_more` with what a `draw` gave, `replace` when a conflict of a seated observer
//! is registered. The group's leader is the one with the lowest ticket among those who promised and came. What one wrote is read by the
//! others only once they have handed in their own. Sight of the task ends some days after the group is complete (T10).
mod acts;
mod state;
mod tables;

use crate::engine::{Standing::*, *};
use crate::registers::{codes, parameters};
pub use acts::{Act, Chosen, Opening, Record, Served, Terms};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
pub use state::{Observation, Seat, Timing};

/// Mark: the unit answered that it does not adopt all of the opinion.
pub const DECLINED: &str = "declined";
/// Mark: the unit did not answer in time.
pub const UNANSWERED: &str = "unanswered";
/// Mark: the opinion reached the unit after it had decided.
pub const SERVED_LATE: &str = "served_late";
/// A group goes along with so many at the least (B3), whatever the parameter says.
pub const LEAST: usize = 2;

/// What is looked at under each item (B3), by its code; shown under its name on the form.
pub const HINTS: &[(&str, &str)] = &[
    ("1", "证件在有效期内，着装规范"),
    ("2", "两人以上，都有执法资格"),
    ("3", "不粗暴，不刁难"),
    ("4", "有通知书，扫码记录可查；个案检查除外"),
    ("5", "当面说明，企业听清"),
    ("6", "现场笔录交当事人核对签名"),
    ("7", "先告知后检查，步骤不颠倒"),
    ("8", "记录仪全程开启"),
    ("9", "当面告知可以陈述、申辩"),
    ("10", "当面告知可以申请回避"),
    ("11", "不收费，不影响正常经营，不重复要材料"),
    ("12", "执法公示、全过程记录、重大决定法制审核"),
];

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Assigned,
    Promising,
    Confirmed,
    Told,
    OnSite,
    Recording,
    Recorded,
    Opined,
    Approved,
    Served,
    Unanswered,
    Answered,
    Informed,
    Archived,
    Suspended,
    Cancelled,
}

impl Procedure for Observation {
    const KIND: &'static str = "observation";
    const LABEL: &'static str = "随队观摩";
    const PREFIX: &'static str = "GM";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[super::CLOSED, DECLINED, UNANSWERED, SERVED_LATE];
    const LOOKS: &'static [(&'static str, &'static str)] = tables::LOOKS;

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            Act::DrawObservers { chosen, .. } | Act::DrawMore { chosen, .. } => self.fair(&act, chosen, at)?,
            Act::Promise { secrecy, integrity, no_interest } => promised([*secrecy, *integrity, *no_interest])?,
            Act::Replace { observer, .. } if self.open_seat(observer).is_none() => {
                return Err(Refusal::at("observer", "此人不在组内，或已交记录。"));
            }
            Act::Absent { observer, .. } if self.open_seat(observer).is_none() => {
                return Err(Refusal::at("observer", "此人不在组内，或已交记录。"));
            }
            Act::Begin { arrived, .. } => clock_time("arrived", arrived)?,
            Act::Finish { left, .. } => clock_time("left", left)?,
            Act::Remind { said_at, .. } | Act::Stop { said_at, .. } => clock_time("said_at", said_at)?,
            Act::HandIn { items, .. } => whole(items)?,
            Act::Serve(s) => self.servable(s)?,
            Act::Respond { response, reasons: None, .. } if response != "采纳" => {
                return Err(Refusal::at("reasons", "部分采纳、不采纳的，请写明理由。"));
            }
            _ => {}
        }
        Ok(act)
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.take_up(act, stamp);
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::intake();
        // The unit learns of it by the notice, not from a list.
        if self.notified.is_some() {
            all.push(role_in(Respondent, "R9", &self.said.org));
            all.push(person(Member, self.justice.as_deref().unwrap_or("")));
        }
        all.extend(self.looking().map(|s| person(Observer, &s.who)));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([
            (super::CLOSED, self.ended.is_some()),
            (DECLINED, matches!(self.response.as_str(), "部分采纳" | "不采纳")),
            (UNANSWERED, self.lapsed.is_some() && self.responded.is_none()),
            (SERVED_LATE, self.timing() == Timing::Late),
        ])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        tables::follow(act)
    }
    fn choices(&self, field: &str) -> Vec<(String, String)> {
        let seats = self.seats.iter().filter(|s| field == "observer" && s.open());
        seats.map(|s| (s.who.clone(), s.code.clone())).collect()
    }
    fn index(&self) -> Index {
        // Read by every party: no enterprise.
        index("随队观摩：{org}".to_owned(), &self.said.org, &[])
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        let org = self.said.org.as_str();
        let mut all = facts(
            org,
            "",
            [
                ("随队观摩", self.arrived_on),
                ("观摩意见送达", self.served.as_ref().map(|s| s.served_on)),
                ("观摩意见晚于决定送达", self.served.as_ref().map(|s| s.served_on).filter(|_| self.timing() == Timing::Late)),
            ],
        );
        all.extend(self.responded.map(|on| fact("观摩意见回应", org, &self.response, on)));
        let found = self.seats.iter().filter_map(|s| s.record.as_ref()).flat_map(|r| &r.items);
        let wrong = i64::try_from(found.filter(|i| i.result == "不符合").count()).unwrap_or(0);
        all.extend(self.opined.filter(|_| wrong > 0).map(|on| Fact { value: wrong, ..fact("观摩不符合项", org, "", on) }));
        all
    }
}
impl Observation {
    /// A group as a draw gives it: enough of them, nobody twice, nobody who was here before, a draw that is new.
    fn fair(&self, act: &Act, chosen: &[Chosen], at: &At) -> Result<(), Refusal> {
        let (draw, alternates) = match act {
            Act::DrawObservers { draw, alternates, .. } | Act::DrawMore { draw, alternates, .. } => (draw, alternates),
            _ => return Ok(()),
        };
        let wrong = |say: String| Err(Refusal::at("chosen", say));
        let least = match act {
            Act::DrawObservers { .. } => usize::try_from(at.parameter(parameters::OBSERVER_GROUP)).unwrap_or(LEAST).max(LEAST),
            _ => 1,
        };
        let all: Vec<&str> = chosen.iter().chain(alternates).map(|c| c.person.as_str()).collect();
        if self.draws.iter().any(|known| known.0 == *draw) {
            return Err(Refusal::at("draw", "同一抽取编号不能再用。"));
        }
        if chosen.len() < least {
            return wrong(format!("至少抽取 {least} 名监督员。"));
        }
        if all.iter().enumerate().any(|(i, who)| all.iter().skip(i + 1).any(|w| w == who)) {
            return wrong("同一监督员抽中两次。".to_owned());
        }
        if all.iter().any(|who| self.sat.iter().any(|s| s == who)) {
            return wrong("抽到过本件的监督员不能再抽。".to_owned());
        }
        Ok(())
    }
    fn servable(&self, s: &Served) -> Result<(), Refusal> {
        if self.approved.is_some_and(|day| s.served_on < day) {
            return Err(Refusal::at("served_on", "送达日期不能早于审核通过的日期。"));
        }
        if s.serve_way != "电子送达" && s.receipt.is_empty() {
            return Err(Refusal::at("receipt", "不是电子送达的，请附送达回证。"));
        }
        Ok(())
    }
}
/// 承诺书 (B3): all three, or he does not go.
fn promised(said: [bool; 3]) -> Result<(), Refusal> {
    let all = [
        ("secrecy", "不作保密承诺的，不能随队。"),
        ("integrity", "不作廉洁承诺的，不能随队。"),
        ("no_interest", "有利害关系的，请办理“申请回避、退出”。"),
    ];
    let fields: Vec<_> =
        all.iter().zip(said).filter(|(_, said)| !said).map(|((name, say), _)| ((*name).to_owned(), (*say).to_owned())).collect();
    if fields.is_empty() { Ok(()) } else { Err(Refusal { fields, ..refusals::BAD_FORM }) }
}
/// A time of day, as a clock shows it.
fn clock_time(field: &str, text: &str) -> Result<(), Refusal> {
    if is_time(text) { Ok(()) } else { Err(Refusal::at(field, "写作 09:25。")) }
}
/// Whether this is a time of day, `09:25`.
pub fn is_time(text: &str) -> bool {
    text.len() == 5 && jiff::civil::Time::strptime("%H:%M", text).is_ok()
}
/// A record answers every item once, and says what it saw where something was amiss (B3).
fn whole(items: &[Terms]) -> Result<(), Refusal> {
    let say = |text: String| Err(Refusal::at("items", text));
    for (n, (code, label)) in codes::OBSERVATION_ITEM.rows.iter().enumerate() {
        let given: Vec<&Terms> = items.iter().filter(|i| i.item == *code).collect();
        let [one] = given.as_slice() else {
            return say(format!("第 {} 项“{label}”应答一次，现在是 {} 次。", n + 1, given.len()));
        };
        if one.result == "不符合" && one.note.trim().is_empty() {
            return say(format!("第 {} 项“{label}”不符合，请写说明。", n + 1));
        }
        if !one.at.is_empty() && !is_time(&one.at) {
            return say(format!("第 {} 项“{label}”的时点写作 09:25。", n + 1));
        }
    }
    Ok(())
}
