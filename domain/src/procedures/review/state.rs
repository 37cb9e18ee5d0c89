//! What lasts of a review, and what follows from it.
use super::*;

/// A seat on a panel: a task of one person, or of nobody until more are drawn.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seat {
    pub who: String,
    /// 匿名号.
    pub code: String,
    pub promised: bool,
    pub sheet: Option<Sheet>,
}
/// A sheet handed in: never altered again.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    pub rows: Vec<Deduction>,
    pub opinion: String,
    /// Tenths of a point.
    pub total: i64,
    /// 维持、变更、撤销: of a re-examiner only.
    pub finding: String,
    pub card: Vec<CardAnswer>,
    pub counted: Vec<Counted>,
    pub graded: Vec<Graded>,
}
/// One drawn person.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Candidate {
    pub person: String,
    pub category: String,
    /// His profession is the dossier's.
    pub fits: String,
}
/// The result of a draw, as its proof file tells it.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drawn {
    pub draw: String,
    pub proof: String,
    pub chosen: Vec<Candidate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<Candidate>,
}
/// 初评意见, later the conclusion.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Opinion {
    pub(super) score: i64,
    pub(super) veto: bool,
    pub(super) substantive: bool,
    pub(super) problems: Vec<String>,
    pub(super) text: String,
    pub(super) accountable: bool,
    pub(super) differs: String,
}
/// What lasts of a review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    pub(super) dossier: String,
    pub(super) org: String,
    pub(super) case_no: String,
    pub(super) case_type: String,
    pub(super) sealed: bool,
    pub(super) standard: String,
    pub(super) kind: String,
    pub(super) scale: Scale,
    pub(super) pins: Vec<Pin>,
    pub(super) opened: Option<Date>,
    pub(super) panel: Vec<Seat>,
    pub(super) second: Vec<Seat>,
    pub(super) alternates: Vec<String>,
    /// Everyone who ever sat or stood ready: none of them re-examines.
    pub(super) sat: Vec<String>,
    /// `(draw, digest of its proof)`.
    pub(super) draws: Vec<(String, String)>,
    pub(super) letter_no: String,
    pub(super) letter: String,
    pub(super) due: Option<Date>,
    pub(super) requested: Option<Date>,
    pub(super) urged: i64,
    pub(super) received: Option<Date>,
    pub(super) draft: Opinion,
    /// `(who, words)`, verbatim.
    pub(super) dissents: Vec<(String, String)>,
    pub(super) fed: Option<Date>,
    pub(super) fed_no: String,
    pub(super) officer: String,
    pub(super) objectors: Vec<String>,
    pub(super) objected: Option<Date>,
    pub(super) grounds: Vec<Ground>,
    /// The opinion objected to: nothing after it is worse.
    pub(super) floor: Option<Opinion>,
    pub(super) outcome: String,
    pub(super) answer: String,
    pub(super) decided: Option<Date>,
    pub(super) settled_no: String,
    pub(super) consequence: String,
    pub(super) concluded: Option<Date>,
    pub(super) suggested: String,
    pub(super) replies: Vec<String>,
    /// `(body, number)` of documents cited.
    pub(super) cited: Vec<(String, String)>,
    pub(super) referred: String,
    pub(super) frozen: bool,
    pub(super) revoked: bool,
    pub(super) revoked_on: Option<Date>,
    pub(super) stopped: Option<Date>,
    pub(super) reason: String,
}
/// What a comparison of units needs of a concluded review (`agreement::fair`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome<'a> {
    /// The case.
    pub dossier: &'a str,
    /// 案件类型: the stratum.
    pub case_type: &'a str,
    /// 定论后转整改.
    pub rectified: bool,
    /// 定论时登记了问题码.
    pub problems: bool,
}
impl Review {
    /// How it ended; nothing where it has not, or where the conclusion was revoked.
    pub fn outcome(&self) -> Option<Outcome<'_>> {
        let stands = self.concluded.is_some() && !self.revoked;
        let (dossier, case_type) = (self.dossier.as_str(), self.case_type.as_str());
        stands.then(|| Outcome { dossier, case_type, rectified: self.consequence == "整改", problems: !self.problems().is_empty() })
    }
    /// Everybody whose sheet the conclusion rests on: the panel, and the re-examiners where there were any.
    pub fn reviewers(&self) -> impl Iterator<Item = &str> {
        self.panel.iter().chain(&self.second).map(|s| s.who.as_str()).filter(|who| !who.is_empty())
    }
    /// The panel, or the re-examiners while they have the floor.
    pub(super) fn active(&self) -> &[Seat] {
        if self.re_examining() { &self.second } else { &self.panel }
    }
    pub(super) fn re_examining(&self) -> bool {
        !self.second.is_empty() && self.outcome.is_empty()
    }
    pub(super) fn active_seat(&self, who: &str) -> Option<&Seat> {
        self.active().iter().find(|s| !who.is_empty() && s.who == who)
    }
    fn own(&mut self, who: &str) -> Option<&mut Seat> {
        let seats = if self.re_examining() { &mut self.second } else { &mut self.panel };
        seats.iter_mut().find(|s| s.who == who)
    }
    /// Whether this expert has promised and the task still runs: only then is the dossier open to him (R6).
    pub fn may_read_dossier(&self, who: &str) -> bool {
        let seat = self.panel.iter().chain(&self.second).find(|s| s.who == who);
        self.ended().is_none() && !self.frozen && self.received.is_some() && seat.is_some_and(|s| s.promised)
    }
    /// Everyone who may not be drawn here any more.
    pub fn barred(&self) -> &[String] {
        &self.sat
    }
    /// Seats that wait for `draw_more`.
    pub fn vacancies(&self) -> usize {
        self.active().iter().filter(|s| s.who.is_empty()).count()
    }
    pub(super) fn ended(&self) -> Option<Date> {
        self.concluded.or(self.stopped)
    }
    pub(super) fn all_in(seats: &[Seat]) -> bool {
        !seats.is_empty() && seats.iter().all(|s| s.sheet.is_some())
    }
    /// Some sheet is still to come: whoever writes it must not know whose case it is.
    pub(super) fn unlocked(&self) -> bool {
        !Self::all_in(&self.panel) || !self.second.is_empty() && !Self::all_in(&self.second)
    }
    fn sheets(seats: &[Seat]) -> impl Iterator<Item = &Sheet> {
        seats.iter().filter_map(|s| s.sheet.as_ref())
    }
    /// Whether the panel's sheets came to one grade; nothing of fewer than two.
    pub(super) fn agreed(&self) -> Option<bool> {
        let ranks: Vec<usize> = Self::sheets(&self.panel).map(|s| self.rank_of(s)).collect();
        (ranks.len() > 1).then(|| ranks.windows(2).all(|w| w.first() == w.last()))
    }
    /// Any veto on any sheet of the panel.
    pub(super) fn vetoed(&self) -> bool {
        Self::sheets(&self.panel).any(Sheet::veto)
    }
    /// Mean of the panel's totals.
    pub(super) fn mean(&self) -> i64 {
        Self::mean_of(&self.panel)
    }
    /// Rank of one sheet by the scale of the review.
    pub(super) fn rank_of(&self, sheet: &Sheet) -> usize {
        self.scale.rank(sheet.total, sheet.substantive(), sheet.veto())
    }
    /// 必须合议 (B3.5): further apart than the parameter says, any veto, or different grades.
    pub fn must_deliberate(&self, spread: i64) -> bool {
        if Self::sheets(&self.panel).any(Sheet::by_sheet) {
            return !self.triggers(spread).is_empty();
        }
        let totals = || Self::sheets(&self.panel).map(|s| s.total);
        let apart = totals().max().unwrap_or(0) - totals().min().unwrap_or(0);
        let mut ranks = Self::sheets(&self.panel).map(|s| self.rank_of(s));
        let first = ranks.next();
        apart > spread.saturating_mul(10) || self.vetoed() || ranks.any(|r| Some(r) != first)
    }
    /// Whether every seat has handed in a sheet.
    pub fn scored(&self) -> bool {
        Self::all_in(&self.panel)
    }
    /// 等次 had these grades begun elsewhere (参数总览); nothing before there is an opinion.
    pub fn grade_by(&self, scale: &Scale) -> Option<String> {
        let d = &self.draft;
        self.concluded.map(|_| scale.name(scale.rank(d.score, d.substantive, d.veto)).to_owned())
    }
    /// The score of the opinion, in tenths.
    pub(super) fn score(&self) -> i64 {
        self.draft.score
    }
    pub(super) fn rank(&self) -> usize {
        self.scale.rank(self.draft.score, self.draft.substantive, self.draft.veto)
    }
    /// 等次 of the opinion.
    pub(super) fn grade(&self) -> &str {
        self.scale.name(self.rank())
    }
    pub(super) fn worst(&self) -> bool {
        self.rank() == self.scale.worst()
    }
    pub(super) fn problems(&self) -> &[String] {
        &self.draft.problems
    }
    /// What most re-examiners found; where there is no majority, 变更.
    pub(super) fn found(&self) -> &'static str {
        let n = self.second.len();
        let most = |what: &str| Self::sheets(&self.second).filter(|s| s.finding == what).count() * 2 > n;
        if most("维持") {
            "维持"
        } else if most("撤销") {
            "撤销"
        } else {
            "变更"
        }
    }
    /// The score the re-examiners make: the mean of theirs, never below the one objected to (boundary 7).
    pub(super) fn re_examined(&self) -> i64 {
        Self::mean_of(&self.second).max(self.draft.score)
    }
    fn most_second(&self, says: fn(&Sheet) -> bool) -> bool {
        Self::sheets(&self.second).filter(|s| says(s)).count() * 2 > self.second.len()
    }
    /// A draw of this review: its own number, nobody twice, nobody who ever sat here.
    pub(super) fn fresh(&self, d: &Drawn) -> Result<(), Refusal> {
        let all: Vec<&str> = d.chosen.iter().chain(&d.alternates).map(|c| c.person.as_str()).collect();
        let wrong = |say: &str| Err(Refusal::at("chosen", say));
        if self.draws.iter().any(|known| known.0 == d.draw) {
            return Err(Refusal::at("draw", "同一抽取编号不能再用。"));
        }
        if all.iter().enumerate().any(|(i, who)| all.iter().skip(i + 1).any(|w| w == who)) {
            return wrong("同一专家抽中两次。");
        }
        if all.iter().any(|who| self.sat.iter().any(|s| s == who)) {
            return wrong("参加过本案评查的专家不能再抽。");
        }
        Ok(())
    }
    /// Likewise, of a whole panel: enough, and an odd number.
    pub(super) fn fair(&self, d: &Drawn, least: i64) -> Result<(), Refusal> {
        let n = i64::try_from(d.chosen.len()).unwrap_or(0);
        if n < least {
            return Err(Refusal::at("chosen", format!("至少抽取 {least} 名专家。")));
        }
        if n % 2 == 0 {
            return Err(Refusal::at("chosen", "专家人数应为单数。"));
        }
        self.fresh(d)
    }
    /// The seat, with any sheet in it, goes to the next alternate, or stands empty until more are drawn.
    fn substitute(&mut self, who: &str) {
        let next = if self.alternates.is_empty() { String::new() } else { self.alternates.remove(0) };
        if let Some(seat) = self.own(who) {
            *seat = Seat { who: next, code: seat.code.clone(), ..Seat::default() };
        }
    }
    fn drawn(&mut self, d: Drawn) -> Vec<String> {
        let people: Vec<String> = d.chosen.into_iter().map(|c| c.person).collect();
        self.alternates = d.alternates.into_iter().map(|c| c.person).collect();
        self.sat.extend(people.iter().chain(&self.alternates).cloned());
        self.draws.push((d.draw, d.proof));
        people
    }
    fn seats(people: Vec<String>, name: &str) -> Vec<Seat> {
        let seat = |(n, who)| Seat { who, code: format!("{name}{}", n + 1), ..Seat::default() };
        people.into_iter().enumerate().map(seat).collect()
    }
    fn decided(&mut self, outcome: &str, answer: String, score: i64, on: Date) {
        (self.outcome, self.answer, self.decided, self.draft.score) = (outcome.to_owned(), answer, Some(on), score);
        if outcome != "维持" {
            // Flags only fall: what most re-examiners do not see is gone.
            self.draft.veto &= self.most_second(Sheet::veto);
            self.draft.substantive &= self.most_second(Sheet::substantive);
        }
        if outcome == "撤销" {
            (self.draft.problems, self.draft.accountable) = (vec![], false);
        }
    }
    fn conclude(&mut self, consequence: &str, on: Date) {
        (self.consequence, self.concluded) = (consequence.to_owned(), Some(on));
    }
    fn object(&mut self, grounds: Vec<Ground>, stamp: &Stamp) {
        self.objectors.push(stamp.by.clone());
        self.grounds.extend(grounds);
        self.objected = self.objected.or(Some(stamp.on));
        self.floor = Some(self.draft.clone());
    }
    pub(super) fn take_up(&mut self, act: &Act, stamp: &Stamp) {
        let on = stamp.on;
        self.take(act.clone(), stamp, on);
        // What came after an objection is never worse (boundary 7).
        if let Some(floor) = &self.floor {
            self.draft.veto &= floor.veto;
            self.draft.substantive &= floor.substantive;
        }
    }
    fn take(&mut self, act: Act, stamp: &Stamp, on: Date) {
        match act {
            Act::Open(o) => {
                (self.dossier, self.org, self.case_no, self.case_type) = (o.dossier, o.org, o.case_no.unwrap_or_default(), o.case_type);
                (self.sealed, self.standard, self.kind, self.scale) = (o.sealed, o.standard, o.kind, Scale::of(&o.grades));
                (self.opened, self.pins) = (Some(on), o.pins);
            }
            Act::DrawPanel(d) => self.panel = Self::seats(self.drawn(d), "评查员"),
            Act::DrawReExaminers(d) => self.second = Self::seats(self.drawn(d), "复核员"),
            Act::DrawMore(d) => {
                let mut people = self.drawn(d);
                people.append(&mut self.alternates);
                self.alternates = people;
                while self.vacancies() > 0 && !self.alternates.is_empty() {
                    self.substitute("");
                }
            }
            Act::Promise { .. } | Act::PromiseLate { .. } => self.own(&stamp.by).into_iter().for_each(|s| s.promised = true),
            Act::Recuse { .. } => self.substitute(&stamp.by),
            Act::Replace { expert, .. } | Act::Strike { expert, .. } => self.substitute(&expert),
            Act::RequestDossier { letter_no, reason, due, .. } => {
                (self.letter_no, self.letter, self.due, self.requested) = (letter_no, reason, Some(due), Some(on));
            }
            Act::Urge { .. } => self.urged = self.urged.saturating_add(1),
            Act::Receive { received_on, .. } => self.received = Some(received_on),
            Act::Submit { sheet, my_opinion, card, counted, graded, total } => {
                let sheet = Sheet { rows: sheet, opinion: my_opinion, total, finding: String::new(), card, counted, graded };
                self.own(&stamp.by).into_iter().for_each(|s| s.sheet = Some(sheet.clone()));
            }
            Act::ReExamine { second_sheet, re_examination_finding, my_opinion, card, counted, graded, total } => {
                let (rows, opinion, finding) = (second_sheet, my_opinion, re_examination_finding);
                let sheet = Sheet { rows, opinion, total, finding, card, counted, graded };
                self.own(&stamp.by).into_iter().for_each(|s| s.sheet = Some(sheet.clone()));
            }
            Act::AdoptMean { problems, opinion, accountable, differs, total } => {
                let substantive = Self::sheets(&self.panel).any(Sheet::substantive);
                let differs = differs.unwrap_or_default();
                self.draft = Opinion { score: total, veto: false, substantive, problems, text: opinion, accountable, differs };
            }
            Act::Deliberate { score, veto_stands, problems, opinion, accountable, differs, .. } => {
                let substantive = problems.iter().any(|p| p.starts_with('S'));
                let (score, veto) = (tenths(&score).unwrap_or(0), veto_stands == Some(true));
                self.draft =
                    Opinion { score, veto, substantive, problems, text: opinion, accountable, differs: differs.unwrap_or_default() };
            }
            Act::Dissent { dissent } => self.dissents.push((stamp.by.clone(), dissent)),
            Act::Feed { doc_no, officer } => {
                (self.fed, self.fed_no, self.officer) = (Some(on), doc_no, officer.unwrap_or_default());
                // Fed again after a referral: everybody may object again, the floor stays.
                (self.second, self.alternates, self.outcome, self.objectors) = (vec![], vec![], String::new(), vec![]);
            }
            Act::Object { grounds, .. } | Act::ObjectToo { grounds, .. } => self.object(grounds, stamp),
            Act::Uphold { answer } => self.decided("维持", answer, self.draft.score, on),
            Act::Alter { answer, total } => self.decided("变更", answer, total, on),
            Act::Annul { answer, total } => self.decided("撤销", answer, total, on),
            Act::Settle { doc_no } | Act::SettleGrave { doc_no } => self.settled_no = doc_no,
            Act::ConcludePraise { .. } => self.conclude("讲评", on),
            Act::ConcludePlain {} => self.conclude("办结", on),
            Act::ConcludeRectify { .. } => self.conclude("整改", on),
            Act::SuggestReview { receiver, .. } => self.suggested = receiver,
            Act::RecordReply { result, .. } => self.replies.push(result),
            Act::Cite { body, doc_no, .. } => self.cited.push((body, doc_no)),
            Act::Refer { receiver, .. } => (self.referred, self.frozen) = (receiver, true),
            Act::PassClue { receiver, .. } => self.referred = receiver,
            Act::TakeUpAgain { result, .. } => {
                self.frozen = false;
                self.replies.push(result);
            }
            Act::Revoke { body, doc_no, .. } => {
                self.cited.push((body, doc_no));
                (self.revoked, self.revoked_on) = (true, Some(on));
            }
            Act::Stop { reason } => (self.reason, self.stopped, self.frozen) = (reason, Some(on), false),
            Act::ReturnOpinion { reason } => self.reason = reason,
            Act::Circulate { .. } | Act::Serve { .. } | Act::Waive {} | Act::LapseObjection {} | Act::Accountability { .. } => {}
        }
    }
}
impl Sheet {
    fn veto(&self) -> bool {
        self.rows.iter().any(Deduction::veto)
    }
    fn substantive(&self) -> bool {
        if self.by_sheet() {
            return self.graded.iter().any(|g| g.clean != "是");
        }
        self.rows.iter().any(Deduction::substantive)
    }
}
