//! 页面: everything about him is his to read; of the votes he reads the result and the reasons against, not who voted how.
use serde_json::{Value as Json, json as j};

use super::fields::*;
use super::{NegativeListEntry, Phase, state::Stated};
use crate::engine::{Row, Section, section};

/// Said on every page of it: what this is, and what it is not.
pub const NOT_A_PENALTY: &str = "负面清单只作协管、协查参考，不是对人的处理决定。";
/// What the notice tells him, word for word.
const HIS_RIGHTS: &str = "你可以查阅与你有关的事实和依据，陈述和申辩，也可以委托代理人。你可以申请办理人员回避。\
    收到决定后，你可以在期限内申请复核，也可以申诉；其间不对外提供。陈述、申辩不会加重。错误列入的，更正并恢复名誉。";

fn yes(b: bool) -> &'static str {
    if b { "是" } else { "否" }
}
fn span(s: &Stated) -> String {
    let points = if s.first == s.last { format!("第 {} 条", s.first) } else { format!("第 {}–{} 条", s.first, s.last) };
    let on = s.on.map(|d| d.to_string()).unwrap_or_default();
    format!("{points}（{on}，{}）", if s.on_paper { "书面，代为登记" } else { "本人在线提交" })
}
impl NegativeListEntry {
    fn attributed(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.findings.iter().flat_map(|(body, no)| [BODY.row(body.as_str()), DOC_NO.row(no.as_str())]).collect();
        rows.push(ACKNOWLEDGED_ON.row(j!(self.acknowledged)));
        if self.both_judged() {
            let check = |x: &super::state::Judged| {
                let s = &x.said;
                j!({"who": x.standing.label(), "only_general": yes(s.only_general), "dispute": yes(s.dispute),
                    "new_evidence": yes(s.new_evidence), "interfered": yes(s.interfered)})
            };
            rows.push(CHECKS.row(self.judged.iter().map(check).collect::<Vec<_>>()));
            rows.extend(self.judged.iter().map(|x| ATTRIBUTION_OPEN.row(x.said.attribution.as_str())));
        } else {
            rows.extend(self.judged.iter().map(|x| ATTRIBUTION.row_of(&x.by, x.said.attribution.as_str())));
        }
        rows
    }
    fn heard(&self) -> Vec<Row> {
        let mut rows = vec![];
        for s in &self.stated {
            rows.extend([NUMBERS.row(span(s)), STATEMENT.row(s.text.as_str()), AGENT.row(s.agent.as_str())]);
        }
        if self.waived {
            rows.push(NUMBERS.row("本人表示不申辩；申辩期不因此缩短"));
        }
        let row = |a: &super::state::Answered| j!({"point": format!("第 {} 条", a.point), "adopted": a.adopted});
        rows.push(ANSWERED.row(self.answers.iter().map(row).collect::<Vec<_>>()));
        rows.extend(self.answers.iter().map(|a| ANSWER.row(a.text.as_str())));
        rows.push(RETURNED.row(self.returned.as_str()));
        rows
    }
    fn recusals_told(&self) -> Vec<Row> {
        let one = |r: &super::state::Recusal| {
            let granted = r.granted.map_or(Json::Null, Json::from);
            [
                RECUSAL_WHOM.row(r.whom.as_str()),
                RECUSAL_WHY.row(r.why.as_str()),
                GRANTED.row(granted),
                RECUSAL_ANSWER.row(r.answer.as_str()),
            ]
        };
        self.recusals.iter().flat_map(one).collect()
    }
    fn decided_told(&self) -> Vec<Row> {
        if self.votes.is_empty() {
            return vec![];
        }
        let n = |what: &str| self.votes.iter().filter(|v| v.vote == what).count();
        let tally = format!("赞成 {} 票，反对 {} 票，弃权 {} 票", n("赞成"), n("反对"), n("弃权"));
        let against: Vec<Json> = self.votes.iter().filter(|v| v.vote == "反对").map(|v| j!({"why": v.why})).collect();
        let mut rows = vec![TALLY.row(tally), DISSENTS.row(against), VOTES.row(j!(self.votes)), DECISION.row(self.against.as_str())];
        if let Some(d) = &self.decision {
            rows.extend([
                DECISION.row(d.decision.as_str()),
                DECISION_NO.row(d.doc_no.as_str()),
                MONTHS.row(d.months),
                DECIDED_ON.row(j!(self.decided)),
                UNTIL.row(j!(d.until)),
                GIST.row(d.gist.as_str()),
            ]);
        }
        if let Some(s) = &self.decision_served {
            rows.push(SERVED_ON.row(j!(s.served_on)));
        }
        rows
    }
    fn relieved(&self) -> Vec<Row> {
        let one = |r: &super::state::Relief| {
            let outcome = if r.outcome.is_empty() { "办理中" } else { r.outcome.as_str() };
            [
                RELIEF.row(format!("{}：{outcome}", r.way)),
                GROUNDS.row(r.grounds.as_str()),
                ANSWER.row(r.answer.as_str()),
                BODY.row(r.body.as_str()),
                DOC_NO.row(r.doc_no.as_str()),
            ]
        };
        self.relief.iter().flat_map(one).collect()
    }
    fn ended_told(&self) -> Vec<Row> {
        vec![
            EXCLUSION.row(self.exclusion.as_str()),
            REMOVED_FOR.row(self.removal.as_str()),
            REMOVED_ON.row(j!(self.removed)),
            REASON.row(self.reason.as_str()),
            LETTER.row(self.letter.as_str()),
            TOLD_TO.row(j!(self.told)),
        ]
    }
    /// What a packet carries. Nothing stands here while any remedy runs.
    fn listed(&self) -> Vec<Row> {
        let Some(d) = self.decision.as_ref().filter(|_| self.open) else { return vec![] };
        vec![
            LISTED_PERSON.row(self.said.officer.as_str()),
            LISTED_ORG.row(self.said.org.as_str()),
            LISTED_CATEGORY.row(self.said.category.as_str()),
            LISTED_GIST.row(d.gist.as_str()),
            LISTED_MONTHS.row(d.months),
            LISTED_UNTIL.row(j!(d.until)),
            LISTED_NATURE.row(NOT_A_PENALTY),
        ]
    }
}
pub fn page(s: &NegativeListEntry, _: Phase) -> Vec<Section> {
    let n = &s.said;
    let about = vec![
        NATURE.row(NOT_A_PENALTY),
        OFFICER.row(n.officer.as_str()),
        ORG.row(n.org.as_str()),
        CATEGORY.row(n.category.as_str()),
        PROBLEMS.row(n.problems.clone()),
        FACTS.row(n.facts.as_str()),
        EVIDENCE.row(n.evidence.as_str()),
        CITED_BODY.row(j!(n.cited_body)),
        CITED_NO.row(j!(n.cited_no)),
        REVIEW.row(n.review.as_str()),
        CONCLUDED_ON.row(j!(n.concluded_on)),
        OFFICER_GROUND.row(j!(n.officer_ground)),
        RENEWS.row(j!(n.renews)),
    ];
    let mut notice = vec![];
    if s.months > 0 && s.decision.is_none() {
        notice.push(MONTHS.row(s.months));
    }
    if s.noticed.is_some() {
        notice.extend([NOTICE_NO.row(s.notice_no.as_str()), BASIS.row(s.basis.as_str()), RIGHTS.row(HIS_RIGHTS)]);
    }
    if let Some(served) = &s.served {
        notice.extend([SERVED_ON.row(j!(served.served_on)), SERVE_WAY.row(served.serve_way.as_str())]);
    }
    let provided = |(org, purpose, on): &(String, String, Option<jiff::civil::Date>)| j!({"org": org, "purpose": purpose, "on": on});
    let mut given = s.listed();
    given.push(PROVIDED.row(s.provided.iter().map(provided).collect::<Vec<_>>()));
    vec![
        section("事项", about),
        section("责任归因", s.attributed()),
        section("告知", notice),
        section("申辩和答复", s.heard()),
        section("回避", s.recusals_told()),
        section("审定", s.decided_told()),
        section("救济", s.relieved()),
        section("移出、排除", s.ended_told()),
        section("对外提供", given),
    ]
}
