//! 提醒: what is told to whom in which words. One rule for every channel: a notice says which matter and what is to be done, in fixed
//! words; of what is confidential, and to whoever is not of the office, it says nothing but that something waits (trust.md 4.3, T5).

use crate::procedures;

/// What a person is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// 到我手里.
    Reached,
    /// 被退回.
    Returned,
    /// 待我签批.
    ToSign,
    /// 文书送达.
    Served,
    /// 将到期.
    Soon,
    /// 今日到期.
    Today,
    /// 已逾期.
    Overdue,
    /// 逾期升级.
    Escalated,
    /// 再逾期升级.
    EscalatedAgain,
    /// 代理到期.
    Delegation,
    /// 系统告警.
    Alarm,
}
impl Event {
    /// Every event, in the order settings show them.
    pub const ALL: &'static [Self] = &[
        Self::Reached,
        Self::Returned,
        Self::ToSign,
        Self::Served,
        Self::Soon,
        Self::Today,
        Self::Overdue,
        Self::Escalated,
        Self::EscalatedAgain,
        Self::Delegation,
        Self::Alarm,
    ];
    /// As tables and gateways name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::Returned => "returned",
            Self::ToSign => "to_sign",
            Self::Served => "served",
            Self::Soon => "soon",
            Self::Today => "today",
            Self::Overdue => "overdue",
            Self::Escalated => "escalated",
            Self::EscalatedAgain => "escalated_again",
            Self::Delegation => "delegation",
            Self::Alarm => "alarm",
        }
    }
    /// The event of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|e| e.name() == name)
    }
    /// 中文, and what is to be done.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reached => "到你手里，请办理",
            Self::Returned => "被退回，请重办",
            Self::ToSign => "待你签批",
            Self::Served => "有文书送达，请查看",
            Self::Soon => "3 个工作日内到期",
            Self::Today => "今日到期",
            Self::Overdue => "已逾期，请尽快办理",
            Self::Escalated => "逾期，已升级",
            Self::EscalatedAgain => "再逾期，已升级",
            Self::Delegation => "代理明日到期",
            Self::Alarm => "系统告警，请查看",
        }
    }
    /// What a step leads to for whoever holds the ball after it: `label` is that of the step, `phase` that of the phase it led to.
    pub fn of_step(action: &str, label: &str, phase: &str) -> Self {
        match () {
            () if label.contains("退回") || label.contains("补正") => Self::Returned,
            () if action.starts_with("serve") || label.contains("送达") => Self::Served,
            () if phase.starts_with('待') && ["签发", "审签", "签字", "批准", "审批", "签批"].iter().any(|w| phase.contains(w)) => {
                Self::ToSign
            }
            () => Self::Reached,
        }
    }
    /// Whether it is about a matter.
    pub const fn of_matter(self) -> bool {
        !matches!(self, Self::Delegation | Self::Alarm)
    }
}

/// Roles of the office: only they read numbers outside the house.
pub const INSIDE: &[&str] = &["R1", "R2", "R3", "R4", "R5", "R7", "R8", "R14", "R15", "R17", "R18"];
/// Kinds of whose matters not even the number leaves the house, besides those on the confidential chain: that there is one tells too much.
pub const DISCREET: &[&str] =
    &["referral", "packet", "negative_list_entry", "inquiry_record", "accountability", "erasure", "grant", "observer"];
/// All that is said where nothing may be said.
pub const SOMETHING: &str = "有一件保密事项待办，请登录查看";

/// What a notice says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Name of the event, or `matter` where not even that may be told.
    pub what: &'static str,
    /// The whole text.
    pub text: String,
}
/// Whether number and event of a matter of this kind may be told to this reader.
pub fn open(kind: &str, inside: bool) -> bool {
    inside && !DISCREET.contains(&kind) && procedures::kind(kind).is_some_and(|k| !k.confidential)
}
/// What a notice of this event says about a matter of this kind, on whichever channel. `inside`: the reader is of the office.
pub fn told(event: Event, kind: &str, number: &str, inside: bool) -> Told {
    let text = match procedures::kind(kind) {
        _ if event == Event::Alarm => "系统有一条告警，请登录查看".to_owned(),
        _ if event == Event::Delegation => "有一项代理明日到期，请登录查看".to_owned(),
        Some(k) if open(kind, inside) => format!("{} {number}：{}", k.label, event.label()),
        _ => return Told { what: "matter", text: SOMETHING.to_owned() },
    };
    Told { what: event.name(), text }
}
/// One message for many notices: counts, and the numbers that may be told. Of each `(event, kind, number)`.
pub fn digest(all: &[(Event, String, String)], inside: bool) -> String {
    let mut lines = vec![format!("共 {} 条提醒，请登录查看。", all.len())];
    let told = |(event, kind, _): &&(Event, String, String)| !event.of_matter() || open(kind, inside);
    for event in Event::ALL {
        let these: Vec<_> = all.iter().filter(|n| n.0 == *event).filter(told).collect();
        let numbers: Vec<&str> = these.iter().map(|n| n.2.as_str()).filter(|n| !n.is_empty()).collect();
        if !these.is_empty() {
            let which = if numbers.is_empty() { String::new() } else { format!("：{}", numbers.join("、")) };
            lines.push(format!("{} {} 条{which}", event.label(), these.len()));
        }
    }
    let rest = all.iter().filter(|n| !told(n)).count();
    if rest > 0 {
        lines.push(format!("保密事项待办 {rest} 条"));
    }
    lines.join("\n")
}
