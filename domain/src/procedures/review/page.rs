//! 页面: each value under the field whose audience may read it now. Blindness is a choice between two fields, never an audience that moves.
use super::{Deduction, Phase, Phase::*, Review, Seat, scoring::points, tables::*};
use crate::engine::{Row, Section, section};
use serde_json::{Value as Json, json as j};

/// The sheets of the panel are all in: experts may read one another.
fn open(phase: Phase) -> bool {
    !matches!(phase, Drawing | Promising | Fetching | Requested | Scoring)
}
/// The opinion has gone out to the unit.
fn fed(phase: Phase) -> bool {
    open(phase) && !matches!(phase, Deliberating | Drafted | Frozen | Stopped)
}
fn rows_of(sheet: &[Deduction]) -> Json {
    j!(sheet)
}
impl Review {
    fn scores(&self, seats: &[Seat]) -> Json {
        let row = |s: &Seat| {
            let sheet = s.sheet.as_ref()?;
            let grade = self.scale.name(self.rank_of(sheet));
            Some(j!({"code": s.code, "total": points(sheet.total), "grade": grade, "finding": sheet.finding}))
        };
        Json::from(seats.iter().filter_map(row).collect::<Vec<_>>())
    }
    fn seats_told(&self) -> Vec<Json> {
        let state = |s: &Seat| match (&s.sheet, s.promised, s.who.is_empty()) {
            (Some(_), ..) => "已提交",
            (None, true, _) => "已承诺",
            (None, false, false) => "待承诺",
            (None, false, true) => "空缺",
        };
        self.panel.iter().chain(&self.second).map(|s| j!({"code": s.code, "state": state(s)})).collect()
    }
    /// A person's own sheet, always; everybody's once all are in.
    fn sheets_told(&self, phase: Phase) -> Vec<Row> {
        let mut rows = vec![];
        for s in &self.panel {
            let Some(sheet) = &s.sheet else { continue };
            if open(phase) {
                rows.extend([
                    SHEET_OPEN.row(rows_of(&sheet.rows)),
                    CARD_OPEN.row(j!(sheet.card)),
                    MY_OPINION_OPEN.row(sheet.opinion.as_str()),
                ]);
                rows.extend([COUNTED_OPEN.row(j!(sheet.counted)), GRADED_OPEN.row(j!(sheet.graded))]);
            } else {
                rows.extend([SHEET.row_of(&s.who, rows_of(&sheet.rows)), MY_OPINION.row_of(&s.who, sheet.opinion.as_str())]);
                rows.extend([CARD.row_of(&s.who, j!(sheet.card)), GRADED.row_of(&s.who, j!(sheet.graded))]);
            }
            rows.push(TOTAL.row_of(&s.who, points(sheet.total)));
        }
        let all_in = Self::all_in(&self.second);
        for s in &self.second {
            let Some(sheet) = &s.sheet else { continue };
            if all_in {
                rows.push(SECOND_OPEN.row(rows_of(&sheet.rows)));
            } else {
                rows.push(SECOND_SHEET.row_of(&s.who, rows_of(&sheet.rows)));
            }
            rows.extend([
                CARD.row_of(&s.who, j!(sheet.card)),
                GRADED.row_of(&s.who, j!(sheet.graded)),
                MY_OPINION.row_of(&s.who, sheet.opinion.as_str()),
                FINDING.row_of(&s.who, sheet.finding.as_str()),
                TOTAL.row_of(&s.who, points(sheet.total)),
            ]);
        }
        rows
    }
    fn result(&self, phase: Phase) -> Vec<Row> {
        let d = &self.draft;
        if d.text.is_empty() || matches!(phase, Scoring | Deliberating) {
            return vec![];
        }
        let mut rows = vec![ACCOUNTABLE.row(d.accountable), DIFFERS.row(d.differs.as_str())];
        if fed(phase) {
            rows.extend([
                DOC_NO.row(if self.settled_no.is_empty() { self.fed_no.as_str() } else { self.settled_no.as_str() }),
                OPINION.row(d.text.as_str()),
                PROBLEMS.row(d.problems.clone()),
                RESULT_SCORE.row(points(d.score)),
                GRADE.row(self.grade()),
            ]);
        } else {
            rows.extend([SCORE.row(points(d.score)), DRAFT.row(d.text.as_str())]);
        }
        rows.extend([OUTCOME.row(self.outcome.as_str()), ANSWER.row(self.answer.as_str()), CONSEQUENCE.row(self.consequence.as_str())]);
        rows
    }
}
pub fn page(s: &Review, phase: Phase) -> Vec<Section> {
    let panel = s.panel.iter().chain(&s.second).map(|x| j!({"code": x.code, "person": x.who})).collect::<Vec<_>>();
    let mut case = vec![
        KIND.row(s.kind.as_str()),
        CASE_TYPE.row(s.case_type.as_str()),
        SEALED.row(s.sealed),
        STANDARD.row(s.standard.as_str()),
        PINS.row(j!(s.pins)),
        DOSSIER.row(s.dossier.as_str()),
        ORG.row(s.org.as_str()),
        CASE_NO.row(s.case_no.as_str()),
    ];
    if open(phase) {
        case.push(ORG_OPEN.row(s.org.as_str()));
    }
    if Review::all_in(&s.second) {
        case.push(ORG_SECOND.row(s.org.as_str()));
    }
    let mut seats = vec![SEATS.row(s.seats_told()), PANEL.row(panel)];
    if let Some((draw, proof)) = s.draws.last() {
        seats.extend([DRAW.row(draw.as_str()), PROOF.row(proof.as_str())]);
    }
    let mut fetched =
        vec![LETTER_NO.row(s.letter_no.as_str()), CALL.row(s.letter.as_str()), DUE.row(j!(s.due)), RECEIVED_ON.row(j!(s.received))];
    if s.urged > 0 {
        fetched.push(URGED.row(s.urged));
    }
    let mut scored = s.sheets_told(phase);
    if open(phase) && phase != Deliberating {
        scored.push(SCORES.row(s.scores(&s.panel)));
    }
    if Review::all_in(&s.second) {
        scored.push(SECOND_SCORES.row(s.scores(&s.second)));
    }
    scored.extend(s.dissents.iter().map(|(_, words)| DISSENT.row(words.as_str())));
    let objection = vec![GROUNDS.row(j!(s.grounds))];
    let cited: Vec<_> = s.cited.iter().map(|(body, no)| j!({"body": body, "doc_no": no})).collect();
    let mut after =
        vec![RECEIVER.row(s.suggested.as_str()), RECEIVER.row(s.referred.as_str()), CITED.row(cited), STOP.row(s.reason.as_str())];
    after.extend(s.replies.iter().map(|r| RESULT.row(r.as_str())));
    vec![
        section("案件", case),
        section("专家", seats),
        section("调卷", fetched),
        section("评分", scored),
        section("意见", s.result(phase)),
        section("异议", objection),
        section("后续", after),
    ]
}
