//! What is worth reading of a supervision; each value under its field, which says who reads it.
use super::tables::*;
use super::{AdministrativeSupervision, Paper, Phase};
use crate::engine::*;
use crate::registers::codes::{PARTICIPANT, SUPERVISION_MEASURE};
use serde_json::{Value as Json, json as j};

/// How a paper fared.
fn fared(p: &Paper) -> &'static str {
    match p {
        Paper { revoked: true, .. } => "已撤回",
        Paper { overdue: true, reported_on: None, .. } => "逾期未报",
        Paper { overdue: true, .. } => "逾期报送",
        Paper { reported_on: Some(_), .. } => "按期报送",
        Paper { served_on: Some(_), .. } => "已送达",
        _ => "待送达",
    }
}
fn days(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(String::new, |d| d.to_string())
}

pub fn page(s: &AdministrativeSupervision, _: Phase) -> Vec<Section> {
    let lead = &s.lead;
    let filed = vec![
        ORG.row(lead.org.as_str()),
        REGIME.row(lead.regime.as_str()),
        ACT_TYPE.row(lead.act_type.as_str()),
        PROBLEMS.row(lead.problems.clone()),
        SOURCE.row(j!(lead.source)),
        GIST.row(lead.gist.as_str()),
        LITIGATION.row(j!(lead.litigation)),
        FILING.row(s.filing.as_str()),
        SUPERVISION_KIND.row(s.supervision_kind.as_str()),
        SUPERIOR_DOC.row(s.superior_doc.as_str()),
        REASON.row(s.reason.as_str()),
        GUIDANCE.row(s.guidance.as_str()),
        FILES.row(lead.files.clone()),
    ];
    let measure = |m: &super::Measure| {
        let certificates: Vec<&str> = m.people.iter().map(|p| p.certificate.as_str()).collect();
        let guests: Vec<&str> = m.participants.iter().map(|c| PARTICIPANT.label_of(c)).collect();
        j!({"measure": SUPERVISION_MEASURE.label_of(&m.measure), "done_on": days(m.done_on), "certificates": certificates.join("、"),
            "participants": guests.join("、")})
    };
    let measures: Vec<Json> = s.measures.iter().map(measure).collect();
    let found = vec![MEASURES.row(measures), NATURES.row(s.natures.clone()), FOUND.row(s.finding.as_str())];
    let paper = |p: &Paper| j!({"paper": p.paper, "doc_no": p.doc_no, "served_on": days(p.served_on), "report_by": days(p.report_by), "state": fared(p)});
    // The unit reads what was served on it; what is being written, or on its way, is ours.
    let served: Vec<&Paper> = s.papers.iter().filter(|p| p.served_on.is_some()).collect();
    let last = served.last();
    let papers: Vec<Json> = served.iter().copied().map(paper).collect();
    let pending = s.closed.is_none() && last.is_none_or(|p| p.letter != s.draft.letter);
    let draft = vec![
        PAPER_ROW.row(if pending { s.paper.as_str() } else { "" }),
        DRAFT_LETTER.row(if pending { s.draft.letter.as_str() } else { "" }),
        DRAFT_REPORT_BY.row(j!(s.draft.report_by.filter(|_| pending))),
    ];
    let correction = vec![
        PAPERS.row(papers),
        LETTER_ROW.row(last.map_or("", |p| p.letter.as_str())),
        REPORT_BY_ROW.row(j!(last.and_then(|p| p.report_by))),
        ASKED_ROW.row(j!(s.asked_until)),
        RESULT.row(s.result.as_str()),
        OPINION_ROW.row(s.opinion.as_str()),
        OBJECTION.row(s.objection.as_str()),
        ANSWER.row(s.answer.as_str()),
    ];
    let above = vec![
        GROUND.row(s.ground.as_str()),
        CONTENTS.row(s.contents.clone()),
        PROPOSAL.row(s.proposal.as_str()),
        SUPERIOR.row(s.superior.as_str()),
        TOLD_ROW.row(j!(s.told_on)),
        TELLING.row(s.told.as_str()),
        REPLY.row(s.superior_reply.as_str()),
    ];
    let ended = vec![SUGGESTION.row(s.suggested.clone()), REFERRED_ROW.row(j!(s.referred)), OUTCOME.row(s.outcome.as_str())];
    vec![
        section("线索和立项", filed),
        section("调查", found),
        section("报请和告知", above),
        section("拟制的文书", draft),
        section("文书和纠正", correction),
        section("办结", ended),
    ]
}
