//! 线索 (M1.1, M1.2, B1): registration, screening, collective assessment, routing. The unit concerned is never a party here.
//! What 反映人 fields hold is sealed from the first day (boundary 4). Rows of an old ledger enter as history, by import only.
mod tables;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::*;

/// Mark: its routing to review is approved; a batch may name it as its source.
pub const TO_REVIEW: &str = "to_review";

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Registered,
    Assessing,
    Proposed,
    Routed,
    Closed,
    Merged,
    PassedOn,
    Voided,
}
/// What a registration says; all of it may be corrected later.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub org: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_closed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub officer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_secret: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<String>>,
}
/// Work done before the system, as the old ledger tells it.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct History {
    #[serde(flatten)]
    pub said: Registration,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessed_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_review: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correct_way: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler: Option<String>,
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Register(Registration),
    AmendRecord(Registration),
    Assess {},
    Merge {
        clue: String,
        reason: String,
    },
    PassOn {
        receiver: String,
        reason: String,
    },
    PassDiscipline {
        gist: String,
        receiver: String,
    },
    Opine {
        route: String,
        opinion: String,
    },
    Propose {
        route: String,
        reason: String,
    },
    ReturnProposal {
        reason: String,
    },
    Approve {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_by: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        items: Option<Vec<String>>,
    },
    Rectify {
        problems: Vec<String>,
        severity: String,
        gist: String,
    },
    Tell {
        told_on: Date,
        how: String,
    },
    Close {
        result: String,
    },
    AskIdentity {
        ground: String,
        reason: String,
    },
    ApproveIdentity {},
    RefuseIdentity {
        reason: String,
    },
    OpenIdentity {},
    EnterRegistered(History),
    EnterAssessing(History),
    EnterRouted(History),
    EnterClosed(History),
    EnterPassedOn(History),
    Void {},
}

/// A person's opinion in the collective assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Opinion {
    by: String,
    route: String,
    opinion: String,
}
/// Where a request to open the reporter's identity stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Request1 {
    by: String,
    ground: String,
    approved: bool,
}
/// What lasts of a clue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clue {
    said: Registration,
    history: Option<History>,
    opinions: Vec<Opinion>,
    route: String,
    route_reason: String,
    routed_on: Option<Date>,
    rectified: Vec<(Date, String)>,
    receiver: String,
    gist: String,
    told_on: Option<Date>,
    result: String,
    request: Option<Request1>,
    opened: u32,
    touched: bool,
    voided: bool,
}
impl Clue {
    /// How many opined in the collective assessment that was approved.
    pub fn assessors(&self) -> usize {
        self.opinions.len()
    }
    fn org(&self) -> &str {
        self.said.org.as_deref().unwrap_or("")
    }
    /// Known to be: an old ledger may not say.
    fn concluded(&self) -> bool {
        self.said.is_closed == Some(true)
    }
    fn problems(&self) -> &[String] {
        self.said.problem.as_deref().unwrap_or(&[])
    }
    fn take(&mut self, new: Registration) {
        macro_rules! keep { ($($f:ident),*) => { $(if new.$f.is_some() { self.said.$f = new.$f; })* }; }
        keep!(
            old_no,
            source,
            received,
            doc_no,
            org,
            case_no,
            case_type,
            stage,
            is_closed,
            officer,
            summary,
            problem,
            reporter,
            reporter_id,
            reporter_phone,
            keep_secret,
            remark,
            files
        );
    }
    /// Vault references of the reporter's identity, by field: what `open_identity` may show.
    pub fn identity(&self) -> Vec<(&'static str, String)> {
        let all = [("反映人姓名", &self.said.reporter), ("身份证号", &self.said.reporter_id), ("联系电话", &self.said.reporter_phone)];
        all.into_iter().filter_map(|(label, v)| Some((label, v.clone()?))).collect()
    }
}
const PENDING: &str = "案件尚未办结，不能进入评查，只能作程序性督办。";
const UNCLEAR: &str = "登记没有写明案件是否办结，请先更正登记。";

impl Procedure for Clue {
    const KIND: &'static str = "clue";
    const LABEL: &'static str = "线索";
    const PREFIX: &'static str = "XS";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = tables::PHASES;
    const STEPS: &'static [Step<Self>] = tables::STEPS;
    const CLOCKS: &'static [Clock] = tables::CLOCKS;
    const MARKS: &'static [&'static str] = &[TO_REVIEW];
    const LOOKS: &'static [(&'static str, &'static str)] = &[("prompt", super::CLOSED), ("rectification", super::CLOSED)];

    fn decide(&self, act: Act, at: &At) -> Result<Act, Refusal> {
        match &act {
            // Boundary 2: a pending case meets no review, only the fixed options of a procedural prompt.
            Act::Opine { route, .. } | Act::Propose { route, .. } if !self.concluded() && route == "转评查" => {
                Err(Refusal::at("route", if self.said.is_closed.is_none() { UNCLEAR } else { PENDING }))
            }
            Act::Approve { reply_by, items }
                if self.route == "程序性督办" && (reply_by.is_none() || items.as_ref().is_none_or(Vec::is_empty)) =>
            {
                Err(Refusal {
                    fields: vec![
                        ("items".into(), "程序性督办须选督办事项。".into()),
                        ("reply_by".into(), "程序性督办须定回复期限。".into()),
                    ],
                    ..refusals::BAD_FORM
                })
            }
            Act::Approve { reply_by: Some(day), .. } if *day <= at.today => Err(Refusal::at("reply_by", "回复期限应晚于今日。")),
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, stamp: &Stamp) {
        self.touched = !matches!(
            act,
            Act::EnterRegistered(_) | Act::EnterAssessing(_) | Act::EnterRouted(_) | Act::EnterClosed(_) | Act::EnterPassedOn(_)
        );
        match act.clone() {
            Act::Register(said) | Act::AmendRecord(said) => self.take(said),
            Act::EnterRegistered(h) | Act::EnterAssessing(h) | Act::EnterRouted(h) | Act::EnterClosed(h) | Act::EnterPassedOn(h) => {
                self.said = h.said.clone();
                self.route = h.disposal.clone().unwrap_or_default();
                self.history = Some(History { said: Registration::default(), ..h });
            }
            Act::Merge { reason, .. } => self.result = reason,
            Act::PassOn { receiver, reason } => (self.receiver, self.result) = (receiver, reason),
            Act::PassDiscipline { gist, receiver } => (self.receiver, self.gist) = (receiver, gist),
            Act::Opine { route, opinion } => self.opinions.push(Opinion { by: stamp.by.clone(), route, opinion }),
            Act::Propose { route, reason } => (self.route, self.route_reason) = (route, reason),
            Act::ReturnProposal { .. } => (self.route, self.opinions) = (String::new(), vec![]),
            Act::Approve { .. } => self.routed_on = Some(stamp.on),
            Act::Rectify { problems, .. } => self.rectified.push((stamp.on, problems.first().cloned().unwrap_or_default())),
            Act::Tell { told_on, .. } => self.told_on = Some(told_on),
            Act::Close { result } => self.result = result,
            Act::AskIdentity { ground, .. } => self.request = Some(Request1 { by: stamp.by.clone(), ground, approved: false }),
            Act::ApproveIdentity {} => {
                if let Some(r) = &mut self.request {
                    r.approved = true;
                }
            }
            Act::RefuseIdentity { .. } => self.request = None,
            Act::OpenIdentity {} => (self.request, self.opened) = (None, self.opened.saturating_add(1)),
            Act::Void {} => self.voided = true,
            Act::Assess {} => {}
        }
    }
    fn parties(&self) -> Vec<Party> {
        let mut all = super::office();
        all.push(role(Standing::Handler, "R7"));
        all
    }
    fn marks(&self) -> Vec<&'static str> {
        marks([(TO_REVIEW, self.routed_on.is_some() && self.route == "转评查")])
    }
    fn follow(&self, act: &Act) -> Vec<Request> {
        match act {
            Act::Approve { reply_by: Some(day), items: Some(items) } if self.route == "程序性督办" => {
                let case_no = self.said.case_no.as_deref().unwrap_or("未载明");
                vec![Request::open("prompt", j!({"org": self.org(), "case_no": case_no, "items": items, "reply_by": day}))]
            }
            Act::Rectify { problems, severity, gist } => vec![super::rectify(self.org(), problems, severity, gist, "线索")],
            _ => vec![],
        }
    }
    fn index(&self) -> Index {
        let source = self.said.source.as_deref().unwrap_or("");
        let what = if self.problems().is_empty() { "线索".to_owned() } else { super::problems(self.problems()) };
        let title = format!("{{org}}：{what}（{source}）");
        Index { gist: self.said.summary.clone().unwrap_or_default(), ..index(title, self.org(), self.problems()) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        tables::page(self)
    }
    fn facts(&self) -> Vec<Fact> {
        // An import taken back counts nowhere.
        if self.voided {
            return vec![];
        }
        let code = self.problems().first().map_or("", String::as_str);
        let one = |measure, on: Option<Date>| on.map(|on| fact(measure, self.org(), code, on));
        let (received, h) = (self.said.received, self.history.as_ref());
        let yes = |flag: Option<bool>, on: Option<Date>| if flag == Some(true) { on.or(received) } else { None };
        // A proposal sent back is no finished assessment: it counts once it is approved.
        let assessed = h.and_then(|h| yes(h.assessed, h.assessed_on)).or(self.routed_on);
        let live_review = self.routed_on.filter(|_| self.route == "转评查");
        let reviewed = h.and_then(|h| yes(h.to_review, h.review_on.or(h.assessed_on))).or(live_review);
        let corrected = h.and_then(|h| yes(h.corrected, h.corrected_on)).or(self.rectified.first().map(|(on, _)| *on));
        let source = received.map(|on| fact("线索来源", self.org(), self.said.source.as_deref().unwrap_or(""), on));
        [one("线索", received), one("研判", assessed), one("评查", reviewed), one("督促纠错纠偏", corrected), source]
            .into_iter()
            .flatten()
            .collect()
    }
}
