//! 受理要件 (B6, M2.6): when a request for supervision may be accepted, as rows a lawyer can read. The first row that fits decides.
//! Printed into docs/escalation-grounds.md; every combination is tested against the page in domain/tests/escalation_grounds.rs.

/// 报请情形.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conduct {
    Uncooperative,
    Declined,
    Uncorrected,
    Unanswered,
}
impl Conduct {
    /// Every value.
    pub const ALL: &'static [Self] = &[Self::Uncooperative, Self::Declined, Self::Uncorrected, Self::Unanswered];
    /// Its code in `ESCALATION_CONDUCT`, also its label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Uncooperative => "不配合调查核实",
            Self::Declined => "不采纳",
            Self::Uncorrected => "不纠正",
            Self::Unanswered => "不回复",
        }
    }
    /// The conduct of this code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.label() == code)
    }
}
/// 对方理由.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reasons {
    Given,
    NoneAfterReminder,
    NotSaid,
}
impl Reasons {
    /// Every value.
    pub const ALL: &'static [Self] = &[Self::Given, Self::NoneAfterReminder, Self::NotSaid];
    const fn label(self) -> &'static str {
        match self {
            Self::Given => "已说明",
            Self::NoneAfterReminder => "催告后未说明",
            Self::NotSaid => "未载明",
        }
    }
}
/// The facts of a request. All but the conduct and the papers are marks of the opinion: nobody types them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grounds {
    /// What the procuratorate complains of.
    pub conduct: Conduct,
    /// The opinion's own course bears it out.
    pub borne_out: bool,
    /// The reply term has run out without a reply.
    pub term_over: bool,
    /// A reminder was served.
    pub reminded: bool,
    /// The day it named has passed.
    pub reminder_over: bool,
    /// What the unit says.
    pub reasons: Reasons,
    /// The procuratorate's own re-examination and the next level's procedure are done.
    pub own_done: bool,
    /// 意见书.
    pub paper: bool,
    /// 送达凭证.
    pub service: bool,
    /// 催告凭证.
    pub reminder: bool,
}
impl Grounds {
    const fn papers(&self) -> bool {
        self.paper && self.service && self.reminder
    }
    /// What is to be completed, in the words of the letter.
    pub fn missing(&self) -> Vec<&'static str> {
        let all = [
            (self.paper, "意见书"),
            (self.service, "送达凭证"),
            (self.reminder, "催告凭证"),
            (!matches!(self.reasons, Reasons::NotSaid), "对方理由，或者催告后未说明理由的记录"),
        ];
        all.into_iter().filter_map(|(there, what)| (!there).then_some(what)).collect()
    }
}
/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    /// 受理.
    Admissible,
    /// 补正: what is missing.
    Complete(Vec<&'static str>),
    /// 不予受理: why.
    Refused(&'static str),
}
/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// 受理.
    Accept,
    /// 补正.
    Complete,
    /// 不予受理, for this reason.
    Refuse(&'static str),
}
/// The opinion tells another story.
pub const NOT_BORNE_OUT: &str = "检察监督意见登记的办理情况与所报情形不符";
/// The unit still has time to reply.
pub const TERM_RUNNING: &str = "回复期限尚未届满";
/// No reminder.
pub const NOT_REMINDED: &str = "检察机关尚未催告";
/// The reminder has not run out.
pub const REMINDER_RUNNING: &str = "催告所定期限尚未届满";
/// The procuratorate's own ways are open.
pub const OWN_WAYS: &str = "检察机关自身复核与上一级程序尚未走完";

/// One row; an empty cell fits anything.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    conduct: Option<Conduct>,
    borne_out: Option<bool>,
    term_over: Option<bool>,
    reminded: Option<bool>,
    reminder_over: Option<bool>,
    reasons: Option<Reasons>,
    own_done: Option<bool>,
    papers: Option<bool>,
    /// What follows.
    pub say: Say,
}
const ANY: Row = Row {
    conduct: None,
    borne_out: None,
    term_over: None,
    reminded: None,
    reminder_over: None,
    reasons: None,
    own_done: None,
    papers: None,
    say: Say::Accept,
};
const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);
/// 要件表.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    Row { borne_out: NO, say: Say::Refuse(NOT_BORNE_OUT), ..ANY },
    Row { conduct: Some(Conduct::Unanswered), term_over: NO, say: Say::Refuse(TERM_RUNNING), ..ANY },
    Row { reminded: NO, say: Say::Refuse(NOT_REMINDED), ..ANY },
    Row { own_done: NO, say: Say::Refuse(OWN_WAYS), ..ANY },
    // Whoever has declined with reasons has spoken: the rest of the reminder's term would bring nothing.
    Row { conduct: Some(Conduct::Declined), reasons: Some(Reasons::Given), papers: YES, ..ANY },
    Row { conduct: Some(Conduct::Declined), reasons: Some(Reasons::Given), papers: NO, say: Say::Complete, ..ANY },
    Row { reminder_over: NO, say: Say::Refuse(REMINDER_RUNNING), ..ANY },
    Row { reasons: Some(Reasons::NotSaid), say: Say::Complete, ..ANY },
    Row { papers: NO, say: Say::Complete, ..ANY },
    ANY,
];
impl Row {
    fn fits(&self, g: &Grounds) -> bool {
        let is = |cell: Option<bool>, fact: bool| cell.is_none_or(|c| c == fact);
        self.conduct.is_none_or(|c| c == g.conduct)
            && self.reasons.is_none_or(|r| r == g.reasons)
            && is(self.borne_out, g.borne_out)
            && is(self.term_over, g.term_over)
            && is(self.reminded, g.reminded)
            && is(self.reminder_over, g.reminder_over)
            && is(self.own_done, g.own_done)
            && is(self.papers, g.papers())
    }
}
/// Whether the request may be accepted. The last row fits everything.
pub fn judge(g: &Grounds) -> Judged {
    match ROWS.iter().find(|r| r.fits(g)).map(|r| r.say) {
        Some(Say::Accept) => Judged::Admissible,
        Some(Say::Complete) | None => Judged::Complete(g.missing()),
        Some(Say::Refuse(why)) => Judged::Refused(why),
    }
}
/// The rows as Markdown.
pub fn table() -> String {
    let mut text = String::from(
        "# 报请执法监督的受理要件\n\n自上而下逐行比对，第一行相符的为准；“—”指不论有无。除报请情形和材料外，各项取自所附检察监督意见的登记，不能填写。\n\n\
         | 报请情形 | 与办理情况相符 | 回复期限届满 | 已催告 | 催告期限届满 | 对方理由 | 复核与上一级程序走完 | 三项凭证齐全 | 结论 |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    let yes = |cell: Option<bool>| cell.map_or("—", |c| if c { "是" } else { "否" });
    for r in ROWS {
        let say = match r.say {
            Say::Accept => "受理".to_owned(),
            Say::Complete => "告知补正所缺各项".to_owned(),
            Say::Refuse(why) => format!("不予受理：{why}"),
        };
        let cells = [
            r.conduct.map_or("—", Conduct::label),
            yes(r.borne_out),
            yes(r.term_over),
            yes(r.reminded),
            yes(r.reminder_over),
            r.reasons.map_or("—", Reasons::label),
            yes(r.own_done),
            yes(r.papers),
            &say,
        ];
        text += &format!("| {} |\n", cells.join(" | "));
    }
    text += "\n三项凭证：意见书、送达凭证、催告凭证。依据：本机构设定，非法定（规格B6、M2.6）。\n";
    text
}
