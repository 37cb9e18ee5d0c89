//! What is counted, on which side it stands, and from when on it may be told: each a fact of one kind of matter, concluded and past remedy.
use domain::engine::Running;
use domain::procedures::escalation::Escalation;
use domain::procedures::procuratorial_opinion::ProcuratorialOpinion;
use domain::procedures::review::Review;
use jiff::civil::Date;

use crate::matters::Loaded;

/// Good beside bad, never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Good,
    Bad,
}
/// Concluded matters of one kind, by the fact that concludes them.
pub struct Base {
    pub kind: &'static str,
    pub measure: &'static str,
    /// What the rows are a part of.
    pub label: &'static str,
    /// The time to ask for review that must have run out since.
    pub remedy: Option<&'static str>,
    /// A duty of the unit as such, for which whoever led it then answers: counted toward a leading official's term.
    pub led: bool,
    pub rows: &'static [Row],
}
/// One line of the page.
pub struct Row {
    /// In addresses.
    pub code: &'static str,
    pub label: &'static str,
    pub side: Side,
    is: fn(&Loaded, Date) -> bool,
}
impl Row {
    /// Whether this matter is one of them, as of today.
    pub fn counts(&self, loaded: &Loaded, today: Date) -> bool {
        (self.is)(loaded, today)
    }
}
use Side::{Bad, Good};

#[rustfmt::skip]
pub const BASES: &[Base] = &[
    Base { kind: "review", measure: "评查定论", label: "定论的评查件", remedy: None, led: false, rows: &[
        Row { code: "fine",   label: "优质讲评",           side: Good, is: |l, _| graded(l, &|rank, _| rank == 0) },
        Row { code: "flawed", label: "评查有瑕疵",         side: Bad,  is: |l, _| graded(l, &|rank, worst| rank > 1 && rank < worst) },
        Row { code: "failed", label: "评查末等（不合格）", side: Bad,  is: |l, _| graded(l, &|rank, worst| rank == worst) },
    ] },
    Base { kind: "rectification", measure: "整改销号", label: "销号的整改件", remedy: None, led: true, rows: &[
        Row { code: "punctual", label: "按期整改",   side: Good, is: |l, t| met(l, "rectify", t) && !relapsed(l) },
        Row { code: "proved",   label: "经再抽检验证实", side: Good, is: |l, _| l.matter.marks().contains(&domain::procedures::rectification::PROVED) },
        Row { code: "late",     label: "整改逾期",   side: Bad,  is: |l, t| missed(l, "rectify", t) },
        Row { code: "relapsed", label: "整改后反弹", side: Bad,  is: |l, _| relapsed(l) },
    ] },
    Base { kind: "procuratorial_opinion", measure: "检察意见回复", label: "办结的检察监督意见", remedy: None, led: true, rows: &[
        Row { code: "adopted",  label: "采纳检察意见",       side: Good, is: |l, _| adopted(l) },
        Row { code: "overdue",  label: "检察意见逾期未回复", side: Bad,  is: |l, _| closed(l) && marked(l, domain::procedures::procuratorial_opinion::DUE_PASSED) },
    ] },
    Base { kind: "escalation", measure: "报请办结", label: "办结的报请", remedy: None, led: true, rows: &[
        Row { code: "justified", label: "报请后理由成立",   side: Good, is: |l, _| justified(l) == Some(true) },
        Row { code: "escalated", label: "报请后才答复落实", side: Bad,  is: |l, _| justified(l) == Some(false) },
    ] },
    Base { kind: "prompt", measure: "督办办结", label: "办结的程序性督办", remedy: None, led: true, rows: &[
        Row { code: "answered", label: "督办按期答复", side: Good, is: |l, t| met(l, "reply", t) },
        Row { code: "slow",     label: "督办逾期答复", side: Bad,  is: |l, t| missed(l, "reply", t) },
    ] },
    Base { kind: "conference_task", measure: "会议任务销号", label: "销号的会议任务", remedy: None, led: true, rows: &[
        Row { code: "done",     label: "会议任务按期销号", side: Good, is: |l, t| met(l, "due", t) },
        Row { code: "done_late", label: "会议任务逾期销号", side: Bad, is: |l, t| missed(l, "due", t) },
    ] },
    Base { kind: "accountability", measure: "查究反馈", label: "有反馈的责任查究", remedy: Some("T15a"), led: false, rows: &[
        Row { code: "accounted", label: "责任查究已有结果", side: Bad, is: |_, _| true },
    ] },
];
/// By the place of its grade in the scale it was reviewed by, not by a name that another scale spells otherwise.
fn graded(l: &Loaded, is: &dyn Fn(usize, usize) -> bool) -> bool {
    let Some(review) = l.of::<Review>() else { return false };
    let scale = review.state.pinned().1;
    let Some(grade) = review.state.grade_by(scale) else { return false };
    (0..=scale.worst()).find(|n| scale.name(*n) == grade).is_some_and(|rank| is(rank, scale.worst()))
}
fn clock<'a>(l: &'a Loaded, name: &str) -> Option<&'a Running> {
    l.matter.clocks().get(name)
}
fn met(l: &Loaded, name: &str, today: Date) -> bool {
    clock(l, name).is_some_and(|c| c.stopped.is_some() && !c.late(today))
}
fn missed(l: &Loaded, name: &str, today: Date) -> bool {
    clock(l, name).is_some_and(|c| c.late(today))
}
fn relapsed(l: &Loaded) -> bool {
    l.matter.hands().contains_key("relapse")
}
fn marked(l: &Loaded, mark: &str) -> bool {
    l.matter.marks().contains(&mark)
}
fn closed(l: &Loaded) -> bool {
    marked(l, "closed")
}
fn adopted(l: &Loaded) -> bool {
    l.of::<ProcuratorialOpinion>().is_some_and(|m| m.state.ended_adopted())
        && !marked(l, domain::procedures::procuratorial_opinion::UNCORRECTED)
}
fn justified(l: &Loaded) -> Option<bool> {
    Some(l.of::<Escalation>()?.state.found_justified())
}
/// Opinions are counted among concluded matters once they are closed; the other facts are the conclusion themselves.
pub fn concluded(base: &Base, l: &Loaded) -> bool {
    base.kind != "procuratorial_opinion" || closed(l)
}
