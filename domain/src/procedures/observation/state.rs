//! What lasts of an observation, and what follows from it.
use super::*;

/// A seat in the group.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seat {
    /// Account; empty until more are drawn.
    pub who: String,
    /// Number in the register of observers.
    pub observer: String,
    /// 监督员1 ….
    pub code: String,
    /// Place of his ticket among all that were drawn here: the lowest leads.
    pub rank: usize,
    pub promised: bool,
    /// 缺席: with a reason or without.
    pub absent: Option<bool>,
    pub record: Option<Record>,
}
impl Seat {
    /// Somebody sits here who may still leave.
    pub fn open(&self) -> bool {
        !self.who.is_empty() && self.absent.is_none() && self.record.is_none()
    }
    fn comes(&self) -> bool {
        !self.who.is_empty() && self.promised && self.absent.is_none()
    }
}
/// Whether the opinion came before the unit's own decision, as the days on record say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Not served yet.
    Unserved,
    /// Served; no decision is on record.
    Open,
    /// The day of service is before that of the decision.
    Before,
    /// The same day: the papers must tell.
    SameDay,
    /// Served after the unit had decided.
    Late,
}
impl Timing {
    /// In words, as pages and the proof of service print it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unserved => "尚未送达",
            Self::Open => "已送达，单位尚未登记决定日期",
            Self::Before => "送达早于决定",
            Self::SameDay => "送达与决定同日，先后以双方文书为准",
            Self::Late => "送达晚于决定",
        }
    }
}
/// A note from the site: a reminder, or what the judicial administration's officer stopped.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    pub who: String,
    pub stop: bool,
    pub at: String,
    pub words: String,
    pub heard: String,
}
/// Somebody drawn, with the place of his ticket.
type Ranked = (Chosen, usize);
/// What lasts of an observation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Observation {
    pub(super) said: Opening,
    pub(super) seats: Vec<Seat>,
    pub(super) alternates: Vec<Ranked>,
    /// Everyone who was ever drawn here, alternates too.
    pub(super) sat: Vec<String>,
    /// `(draw, digest of its proof)`.
    pub(super) draws: Vec<(String, String)>,
    pub(super) notice_no: String,
    pub(super) notified: Option<Date>,
    pub(super) notice_way: String,
    pub(super) enterprise_way: String,
    /// The judicial administration's officer on the spot.
    pub(super) justice: Option<String>,
    pub(super) arrived_on: Option<Date>,
    pub(super) arrived: String,
    pub(super) ended_on: Option<Date>,
    pub(super) left: String,
    pub(super) notes: Vec<Note>,
    pub(super) opinion: String,
    pub(super) differing: String,
    pub(super) opined: Option<Date>,
    pub(super) sent_back: String,
    pub(super) approved: Option<Date>,
    pub(super) doc_no: String,
    pub(super) served: Option<Served>,
    /// The day on which the service was written down: the ledger proves this one.
    pub(super) served_noted: Option<Date>,
    pub(super) signed: Option<Date>,
    pub(super) decided_on: Option<Date>,
    pub(super) decision_no: String,
    pub(super) response: String,
    pub(super) reasons: String,
    pub(super) files: Vec<String>,
    pub(super) responded: Option<Date>,
    pub(super) lapsed: Option<Date>,
    pub(super) informed: Option<Date>,
    pub(super) informed_text: String,
    /// The group has no sight of it any more, save a leader who still owes the opinion.
    pub(super) shut: bool,
    pub(super) reason: String,
    pub(super) ended: Option<Date>,
}
impl Observation {
    /// What it is about: unit, keyed digest of the enterprise, specialties and region asked for.
    pub fn about(&self) -> &Opening {
        &self.said
    }
    /// Whether this digest is one of an enterprise concerned.
    pub fn concerns(&self, firm: &str) -> bool {
        self.said.firms.as_deref().unwrap_or("").split(' ').any(|f| !f.is_empty() && f == firm)
    }
    /// How many seats wait for `draw_more`.
    pub fn vacancies(&self) -> usize {
        self.seats.iter().filter(|s| s.who.is_empty()).count()
    }
    /// Whoever was drawn here once is not drawn again.
    pub fn barred(&self) -> &[String] {
        &self.sat
    }
    /// This person's seat.
    pub fn seat(&self, who: &str) -> Option<&Seat> {
        self.seats.iter().find(|s| !who.is_empty() && s.who == who)
    }
    /// The group's seats.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }
    /// Accounts of the group's leader: the lowest ticket among those who promised and came.
    pub fn leader(&self) -> Option<&str> {
        self.seats.iter().filter(|s| s.comes()).min_by_key(|s| s.rank).map(|s| s.who.as_str())
    }
    /// How the unit was served: `(document number, service, day of the note, signed)`.
    pub fn service(&self) -> Option<(&str, &Served, Date, Option<Date>)> {
        let (served, noted) = self.served.as_ref().zip(self.served_noted)?;
        Some((&self.doc_no, served, noted, self.signed))
    }
    /// The served opinion as it lies in the vault, and the differing views.
    pub fn opinion(&self) -> (&str, &str) {
        (&self.opinion, &self.differing)
    }
    /// The notice to unit and enterprise: number and day.
    pub fn notice(&self) -> Option<(&str, Date)> {
        self.notified.map(|day| (self.notice_no.as_str(), day))
    }
    /// When they arrived: day and time.
    pub fn arrival(&self) -> Option<(Date, &str)> {
        self.arrived_on.map(|day| (day, self.arrived.as_str()))
    }
    /// The day the unit decided, as it stated it.
    pub fn decided(&self) -> Option<Date> {
        self.decided_on
    }
    /// Whether the opinion came before the decision.
    pub fn timing(&self) -> Timing {
        match (&self.served, self.decided_on) {
            (None, _) => Timing::Unserved,
            (Some(_), None) => Timing::Open,
            (Some(s), Some(day)) => match s.served_on.cmp(&day) {
                std::cmp::Ordering::Less => Timing::Before,
                std::cmp::Ordering::Equal => Timing::SameDay,
                std::cmp::Ordering::Greater => Timing::Late,
            },
        }
    }
    /// Who of the group still sees it.
    pub(super) fn looking(&self) -> impl Iterator<Item = &Seat> {
        let owes = self.leader().filter(|_| self.approved.is_none());
        let still = move |s: &&Seat| s.absent.is_none() && (!self.shut || owes == Some(s.who.as_str()));
        self.seats.iter().filter(|_| self.ended.is_none()).filter(still)
    }
    pub(super) fn open_seat(&self, who: &str) -> Option<&Seat> {
        self.seat(who).filter(|s| s.open())
    }
    /// Every seat is filled and has promised.
    pub(super) fn all_promised(&self) -> bool {
        !self.seats.is_empty() && self.seats.iter().all(|s| s.promised && !s.who.is_empty())
    }
    /// Enough of them promised, and the rest of the seats stand empty with nobody left to fill them.
    pub(super) fn enough(&self) -> bool {
        let filled: Vec<&Seat> = self.seats.iter().filter(|s| !s.who.is_empty()).collect();
        filled.len() >= LEAST && filled.iter().all(|s| s.promised)
    }
    /// Whoever came has handed in, and there are enough of them to be a group.
    pub(super) fn all_in(&self) -> bool {
        let came: Vec<&Seat> = self.seats.iter().filter(|s| s.comes()).collect();
        came.len() >= LEAST && came.iter().all(|s| s.record.is_some())
    }
    fn seat_of(&mut self, who: &str) -> Option<&mut Seat> {
        self.seats.iter_mut().find(|s| !who.is_empty() && s.who == who)
    }
    fn ranked(&mut self, chosen: &[Chosen], alternates: &[Chosen]) -> [Vec<Ranked>; 2] {
        // Tickets of a later draw come after those of the first.
        let from = self.sat.len();
        self.sat.extend(chosen.iter().chain(alternates).map(|c| c.person.clone()));
        let mut all: Vec<_> = chosen.iter().chain(alternates).cloned().zip(from..).collect();
        let rest = all.split_off(chosen.len());
        [all, rest]
    }
    /// The seat goes to the next alternate in the order of the tickets, or stands empty until more are drawn.
    fn substitute(&mut self, who: &str) {
        let next = if self.alternates.is_empty() { None } else { Some(self.alternates.remove(0)) };
        if let Some(seat) = self.seat_of(who) {
            let code = seat.code.clone();
            *seat = next.map_or_else(|| Seat { code: code.clone(), ..Seat::default() }, |(c, rank)| Seat::new(c, rank, code.clone()));
        }
    }
    pub(super) fn take_up(&mut self, act: &Act, stamp: &Stamp) {
        let (on, by) = (stamp.on, stamp.by.clone());
        match act.clone() {
            Act::Assign(said) => self.said = said,
            Act::Widen { specialties, region, .. } => (self.said.specialties, self.said.region) = (specialties, region),
            Act::DrawObservers { draw, proof, chosen, alternates } => {
                let [seats, rest] = self.ranked(&chosen, &alternates);
                self.draws.push((draw, proof));
                self.seats = seats.into_iter().enumerate().map(|(n, (c, rank))| Seat::new(c, rank, format!("监督员{}", n + 1))).collect();
                self.alternates = rest;
            }
            Act::DrawMore { draw, proof, chosen, alternates } => {
                let [seats, rest] = self.ranked(&chosen, &alternates);
                self.draws.push((draw, proof));
                let empty = self.seats.iter_mut().filter(|s| s.who.is_empty());
                for (seat, (c, rank)) in empty.zip(seats) {
                    *seat = Seat::new(c, rank, seat.code.clone());
                }
                self.alternates.extend(rest);
            }
            Act::Promise { .. } => {
                if let Some(seat) = self.seat_of(&by) {
                    seat.promised = true;
                }
            }
            Act::StepDown { .. } => self.substitute(&by),
            Act::Replace { observer, .. } => self.substitute(&observer),
            Act::Confirm {} => self.seats.retain(|s| !s.who.is_empty()),
            Act::Notify { notice_no, notified_on, serve_way, enterprise_way, justice } => {
                (self.notice_no, self.notified, self.notice_way) = (notice_no, Some(notified_on), serve_way);
                (self.enterprise_way, self.justice) = (enterprise_way, justice);
            }
            Act::Begin { arrived_on, arrived } => (self.arrived_on, self.arrived) = (Some(arrived_on), arrived),
            Act::Remind { said_at, words, heard } => {
                self.notes.push(Note { who: by, stop: false, at: said_at, words, heard: heard.unwrap_or_default() });
            }
            Act::Stop { said_at, words } => {
                self.notes.push(Note { who: by, stop: true, at: said_at, words, heard: String::new() });
            }
            Act::Finish { ended_on, left } => (self.ended_on, self.left) = (Some(ended_on), left),
            Act::HandIn { items, impression, photos } => {
                if let Some(seat) = self.seat_of(&by) {
                    seat.record = Some(Record { items, impression: impression.unwrap_or_default(), photos, on: Some(on) });
                }
            }
            Act::Absent { observer, excused, .. } => {
                if let Some(seat) = self.seat_of(&observer) {
                    seat.absent = Some(excused);
                }
            }
            Act::Opine { opinion, differing } => {
                (self.opinion, self.differing, self.opined) = (opinion, differing.unwrap_or_default(), Some(on));
                self.sent_back.clear();
            }
            Act::SendBack { reason } => self.sent_back = reason,
            other => self.close_up(other, on),
        }
    }
    /// What happens behind the group's work.
    fn close_up(&mut self, act: Act, on: Date) {
        match act {
            Act::Approve { doc_no } => (self.approved, self.doc_no) = (Some(on), doc_no),
            Act::Serve(served) => (self.served, self.served_noted) = (Some(served), Some(on)),
            Act::Sign {} => self.signed = Some(on),
            Act::DecideOn { decided_on, decision_no } => {
                (self.decided_on, self.decision_no) = (Some(decided_on), decision_no.unwrap_or_default());
            }
            Act::Respond { response, reasons, files } => {
                (self.response, self.reasons, self.files) = (response, reasons.unwrap_or_default(), files);
                self.responded = Some(on);
            }
            Act::LapseResponse {} => self.lapsed = Some(on),
            Act::Inform { informed_on, text } => (self.informed, self.informed_text) = (Some(informed_on), text),
            Act::Archive {} => self.ended = Some(on),
            Act::EndAccess {} => self.shut = true,
            Act::Suspend { reason } | Act::Resume { reason } => self.reason = reason,
            Act::Cancel { reason } => (self.reason, self.ended) = (reason, Some(on)),
            _ => {}
        }
    }
}
impl Seat {
    fn new(c: Chosen, rank: usize, code: String) -> Self {
        Self { who: c.person, observer: c.observer, code, rank, ..Self::default() }
    }
}
