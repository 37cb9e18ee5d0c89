//! 期限: named lengths; clocks that start, pause, extend and stop by named steps; windows that gate steps.
//! A clock keeps the spells it is made of, so its due day can be reckoned again when a year's notice is published,
//! and explained step by step (白盒). No deadline ever blocks; only windows do.

use jiff::{ToSpan as _, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;

use super::words::{At, Refusal, refusals::*};
use crate::calendar::{Calendar, LONGEST, Line, Unit};
use crate::registers::limits::{Floor, at_least};

/// How long.
#[derive(Clone, Copy, Debug)]
pub enum Length {
    /// A name in the register of limits, and the floor below which no administrator may set it.
    Limit(&'static str, Option<Floor>),
    /// The paper itself sets the day: a date field of the starting step.
    Field(&'static str),
    /// Papers of different kinds have different limits: a code field of the starting step names the kind.
    ByCode {
        /// The code field.
        code: &'static str,
        /// For each code of its table a limit, or nothing where the paper itself sets the day.
        limits: &'static [(&'static str, Option<&'static str>)],
        /// The date field holding that day.
        paper: &'static str,
    },
}
impl Length {
    /// Every limit it may name.
    pub fn limits(&self) -> Vec<&'static str> {
        match self {
            Self::Limit(name, _) => vec![name],
            Self::Field(_) => vec![],
            Self::ByCode { limits, .. } => limits.iter().filter_map(|l| l.1).collect(),
        }
    }
    /// The date field it may need.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Limit(..) => None,
            Self::Field(name) | Self::ByCode { paper: name, .. } => Some(name),
        }
    }
    /// What it comes to for these contents: a limit or a field.
    fn chosen(self, act: &Json) -> Option<Self> {
        let Self::ByCode { code, limits, paper } = self else { return Some(self) };
        let kind = act.get(code)?.as_str()?;
        let limit = limits.iter().find(|l| l.0 == kind)?.1;
        Some(limit.map_or(Self::Field(paper), |name| Self::Limit(name, None)))
    }
}
/// One row of 期限表. All lists are actions of the same procedure.
#[derive(Debug)]
pub struct Clock {
    /// Identifier.
    pub name: &'static str,
    /// 中文.
    pub label: &'static str,
    /// How long.
    pub length: Length,
    /// A date field of the starting step to count from (送达日, 收到日); otherwise the day of the act. Never a future day.
    pub counted: Option<&'static str>,
    /// Actions that start it.
    pub starts: &'static [&'static str],
    /// Actions that stop it.
    pub stops: &'static [&'static str],
    /// Actions that pause it.
    pub pauses: &'static [&'static str],
    /// Actions that let it run on.
    pub resumes: &'static [&'static str],
    /// `(action, limit)`: at most once per run.
    pub extends: Option<(&'static str, &'static str)>,
    /// Never later than this other clock, which stands above it.
    pub inside: Option<&'static str>,
    /// The step of `Standing::Time` to press when it has run out.
    pub then: Option<&'static str>,
    /// Not a duty of anyone: it only opens a window (回头看最早).
    pub opens: bool,
}
/// A clock that starts and stops by these actions.
pub const fn clock(
    name: &'static str,
    label: &'static str,
    length: Length,
    starts: &'static [&'static str],
    stops: &'static [&'static str],
) -> Clock {
    Clock {
        name,
        label,
        length,
        counted: None,
        starts,
        stops,
        pauses: &[],
        resumes: &[],
        extends: None,
        inside: None,
        then: None,
        opens: false,
    }
}
impl Clock {
    /// Counts from this date field of the starting step.
    pub const fn counted(mut self, field: &'static str) -> Self {
        self.counted = Some(field);
        self
    }
    /// Stands still between these actions.
    pub const fn paused(mut self, pauses: &'static [&'static str], resumes: &'static [&'static str]) -> Self {
        (self.pauses, self.resumes) = (pauses, resumes);
        self
    }
    /// Extended once by this action, by this limit.
    pub const fn extended(mut self, action: &'static str, limit: &'static str) -> Self {
        self.extends = Some((action, limit));
        self
    }
    /// Ends no later than this other clock.
    pub const fn inside(mut self, outer: &'static str) -> Self {
        self.inside = Some(outer);
        self
    }
    /// Presses this step of time when it has run out.
    pub const fn then(mut self, action: &'static str) -> Self {
        self.then = Some(action);
        self
    }
    /// Only opens a window; it never turns red.
    pub const fn opens(mut self) -> Self {
        self.opens = true;
        self
    }
}

/// What a part of a clock's life is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spell {
    /// The limit itself.
    Limit,
    /// A day set by the paper.
    Paper,
    /// Time during which it stood still.
    Pause,
    /// The one extension.
    Extension,
    /// Cut to the end of the clock around it.
    Cap,
}
/// One part of a clock's life: enough to reckon it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// What it is.
    pub spell: Spell,
    /// Length in `unit`; zero where `until` says it all.
    #[serde(default)]
    pub length: u32,
    /// Unit of `length`.
    pub unit: Unit,
    /// Name of the limit, empty for pauses and papers.
    #[serde(default)]
    pub code: String,
    /// Where the length comes from, in words.
    #[serde(default)]
    pub basis: String,
    /// A day given outright (paper, cap).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A clock on one matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The day it counts from; the first counted day is the next.
    pub began: Date,
    /// Last day.
    pub due: Date,
    /// The period touches a year whose holiday notice is unpublished (暂定).
    pub provisional: bool,
    /// What it is made of.
    pub spans: Vec<Span>,
    /// Since when it stands still.
    pub paused: Option<Date>,
    /// Its one extension is used.
    pub extended: bool,
    /// The day it was met.
    pub stopped: Option<Date>,
}
impl Running {
    /// Whether the last day has passed, on this day. A paused clock never runs out.
    pub fn over(&self, today: Date) -> bool {
        self.paused.is_none() && today > self.due
    }
    /// The same run, had this limit been so long (参数总览); nothing where it is not made of that limit. What has happened stays as it is.
    pub fn under(&self, code: &str, limit: (u32, Unit), floor: Option<Floor>, calendar: &Calendar) -> Option<Self> {
        let mut run = self.clone();
        let mine = |s: &&mut Span| s.code == code && matches!(s.spell, Spell::Limit | Spell::Extension);
        let span = run.spans.iter_mut().find(mine)?;
        let floor = floor.filter(|_| span.spell == Spell::Limit);
        (span.length, span.unit) = at_least(calendar, run.began, limit, floor);
        Some(run.reckoned(calendar))
    }
    /// Whether it was met late, or not at all by this day.
    pub fn late(&self, today: Date) -> bool {
        self.stopped.map_or_else(|| self.over(today), |on| on > self.due)
    }
    /// Whether somebody still owes something by it.
    pub fn live(&self) -> bool {
        self.stopped.is_none()
    }
    fn reckoned(mut self, calendar: &Calendar) -> Self {
        (self.due, self.provisional) = reckon(self.began, &self.spans, calendar);
        self
    }
    fn length_unit(&self) -> Unit {
        self.spans.first().map_or(Unit::CalendarDays, |s| s.unit)
    }
    /// 白盒: the reckoning in words, one line each (ui.md §5).
    pub fn why(&self, calendar: &Calendar) -> Vec<Line> {
        let mut lines = vec![Line::new("起算日", "次日起算", Some(self.began))];
        let mut day = self.began;
        for span in &self.spans {
            let mut say = |what: &str, detail: String, day: Date| lines.push(Line::new(what, detail, Some(day)));
            let end = plain_end(day, span.length, span.unit, calendar);
            match span.spell {
                Spell::Limit | Spell::Extension => {
                    let what = if span.spell == Spell::Limit { "加期限" } else { "延长" };
                    say(what, format!("{}，参数 {}（{}）", span.unit.words(span.length), span.code, span.basis), end);
                    let steps = calendar.reckon(day, span.length, span.unit).steps;
                    lines.extend(steps.into_iter().filter(|l| matches!(l.what.as_str(), "不计" | "调休" | "放假依据")));
                    day = end;
                }
                Spell::Pause => {
                    day = end;
                    say("暂停", format!("停计 {}，顺延", span.unit.words(span.length)), day);
                }
                Spell::Paper | Spell::Cap => {
                    day = span.until.unwrap_or(day);
                    let detail = if span.spell == Spell::Paper { "文书所定期限" } else { "不晚于外层期限的末日" };
                    say("定期限", detail.into(), day);
                }
            }
        }
        lines.extend(self.closing_lines(day, calendar));
        lines
    }
    fn closing_lines(&self, end: Date, calendar: &Calendar) -> Vec<Line> {
        let checked =
            if end == self.due { "末日为工作日或文书所定，不顺延" } else { "末日为休息日，顺延至下一工作日" };
        let mut lines = vec![Line::new("末日检查", checked, Some(self.due))];
        if self.provisional {
            lines.push(Line::new("暂定", "所涉年份的放假安排尚未发布，发布后自动重算并留痕", None));
        }
        if let Some(since) = self.paused {
            lines.push(Line::new("暂停中", "恢复后按停计天数顺延", Some(since)));
        }
        match self.stopped {
            Some(on) => lines.push(Line::new("实际办结", if on > self.due { "逾期" } else { "按期" }, Some(on))),
            None => lines.push(Line::new(
                "提醒",
                "到期前 3 个工作日、当日；逾期升级分管领导，再逾期升级书记会议",
                Some(calendar.working_days_before(self.due, 3)),
            )),
        }
        lines
    }
}

/// The end of a spell that begins the day after `day`, before any rolling: only the very last day of a clock moves off a holiday.
fn plain_end(day: Date, length: u32, unit: Unit, calendar: &Calendar) -> Date {
    let length = i64::from(length.min(LONGEST));
    match unit {
        Unit::WorkingDays if length == 0 => day,
        Unit::WorkingDays => calendar.due(day, u32::try_from(length).unwrap_or(0), unit).0,
        Unit::CalendarDays => day.saturating_add(length.days()),
        Unit::Months => day.saturating_add(length.months()),
    }
}

/// The last day of these spans, and whether it is provisional.
fn reckon(began: Date, spans: &[Span], calendar: &Calendar) -> (Date, bool) {
    let end = spans.iter().fold(began, |day, span| match span.spell {
        Spell::Limit | Spell::Extension | Spell::Pause => plain_end(day, span.length, span.unit, calendar),
        Spell::Paper => span.until.unwrap_or(day),
        Spell::Cap => span.until.map_or(day, |outer| outer.min(day)),
    });
    // The day a paper names is the day it names.
    let named = spans.iter().all(|s| s.spell == Spell::Paper);
    let due = if named { end } else { calendar.roll(end) };
    (due, !named && (began.year()..=due.year()).any(|y| !calendar.published(y)))
}

/// When a step may be taken, by a clock of the same matter.
#[derive(Clone, Copy, Debug)]
pub enum Window {
    /// Whenever.
    Any,
    /// Until the clock has run out.
    Within(&'static str),
    /// Once the clock has run out.
    After(&'static str),
}
impl Window {
    /// The refusal, if the window is shut on this day.
    ///
    /// # Errors
    /// `too_early` or `too_late`; a clock that never started keeps both windows shut.
    pub fn check(&self, clocks: &BTreeMap<String, Running>, today: Date) -> Result<(), Refusal> {
        match self {
            Self::Any => Ok(()),
            Self::Within(name) => clocks.get(*name).filter(|c| !c.over(today)).map(|_| ()).ok_or(TOO_LATE),
            Self::After(name) => clocks.get(*name).filter(|c| c.over(today)).map(|_| ()).ok_or(TOO_EARLY),
        }
    }
}

/// Which clocks an action sets, and how. Pure; the result is frozen in the entry.
///
/// # Errors
/// `no_limit` when the register lacks a limit, `future` when a day of service lies ahead.
pub fn turn(
    table: &[Clock],
    running: &BTreeMap<String, Running>,
    action: &str,
    act: &Json,
    at: &At,
) -> Result<Vec<(String, Running)>, Refusal> {
    let mut set: Vec<(String, Running)> = vec![];
    for row in table {
        let now = running.get(row.name);
        // The outer clock as this very act leaves it: outer rows stand above inner ones.
        let outer = row.inside.and_then(|name| set.iter().find(|s| s.0 == name).map(|s| &s.1).or(running.get(name)));
        let next = if row.starts.contains(&action) {
            Some(start(row, act, outer, at)?)
        } else {
            now.filter(|c| c.live()).map(|c| run_on(row, c, action, at)).transpose()?.filter(|c| Some(c) != now)
        };
        set.extend(next.map(|c| (row.name.to_owned(), c)));
    }
    Ok(set)
}

fn start(row: &Clock, act: &Json, outer: Option<&Running>, at: &At) -> Result<Running, Refusal> {
    let day = |f: &str| act.get(f).and_then(Json::as_str).and_then(|s| s.parse::<Date>().ok());
    let began = row.counted.and_then(day).unwrap_or(at.today);
    if began > at.today {
        return Err(Refusal { fields: row.counted.map(|f| (f.to_owned(), FUTURE.reason.to_owned())).into_iter().collect(), ..FUTURE });
    }
    let first = match row.length.chosen(act).ok_or(NO_LIMIT)? {
        Length::ByCode { .. } => return Err(NO_LIMIT),
        Length::Field(name) => {
            let until = day(name).ok_or(NO_LIMIT)?;
            Span {
                spell: Spell::Paper,
                length: 0,
                unit: Unit::CalendarDays,
                code: String::new(),
                basis: "文书所定".into(),
                until: Some(until),
            }
        }
        Length::Limit(name, floor) => {
            let limit = at.limits.get(name).ok_or(NO_LIMIT)?;
            let length = limit.length.ok_or(NO_LIMIT)?;
            let (length, unit) = at_least(at.calendar, began, (length, limit.unit), floor);
            Span { spell: Spell::Limit, length, unit, code: name.to_owned(), basis: limit.basis.clone(), until: None }
        }
    };
    let cap = outer.map(|o| Span {
        spell: Spell::Cap,
        length: 0,
        unit: Unit::CalendarDays,
        code: String::new(),
        basis: String::new(),
        until: Some(o.due),
    });
    let spans: Vec<Span> = std::iter::once(first).chain(cap).collect();
    let run = Running { began, due: began, provisional: false, spans, paused: None, extended: false, stopped: None };
    let mut run = run.reckoned(at.calendar);
    // A cap that does not bind says nothing.
    if outer.is_some_and(|o| o.due > run.due) {
        run.spans.retain(|s| s.spell != Spell::Cap);
    }
    Ok(run)
}

fn run_on(row: &Clock, live: &Running, action: &str, at: &At) -> Result<Running, Refusal> {
    let mut c = live.clone();
    // Stopped while it stands still, it has stood still until now: whoever was in time stays in time.
    let ends_pause = row.resumes.contains(&action) || row.stops.contains(&action);
    if let Some(since) = c.paused.filter(|_| ends_pause) {
        // A clock of working days stands still by working days; the day it stopped on has been counted.
        let unit = if c.length_unit() == Unit::WorkingDays { Unit::WorkingDays } else { Unit::CalendarDays };
        let length = match unit {
            Unit::WorkingDays => u32::try_from(at.calendar.working_days_between(since, at.today)).unwrap_or(0),
            Unit::CalendarDays | Unit::Months => u32::try_from((at.today - since).get_days()).unwrap_or(0),
        };
        c.spans.push(Span { spell: Spell::Pause, length, unit, code: String::new(), basis: String::new(), until: None });
        c.paused = None;
        c = c.reckoned(at.calendar);
    }
    if row.stops.contains(&action) {
        c.stopped = Some(at.today);
    } else if row.pauses.contains(&action) && c.paused.is_none() {
        c.paused = Some(at.today);
    } else if let Some((_, name)) = row.extends.filter(|(a, _)| *a == action && !c.extended) {
        let limit = at.limits.get(name).ok_or(NO_LIMIT)?;
        let length = limit.length.ok_or(NO_LIMIT)?;
        c.spans.push(Span {
            spell: Spell::Extension,
            length,
            unit: limit.unit,
            code: name.into(),
            basis: limit.basis.clone(),
            until: None,
        });
        c.extended = true;
        c = c.reckoned(at.calendar);
    }
    Ok(c)
}

/// The live clocks whose due day or certainty a new notice moves.
pub(super) fn moved(running: &BTreeMap<String, Running>, calendar: &Calendar) -> Vec<(String, Running)> {
    let live = running.iter().filter(|(_, c)| c.live());
    live.map(|(name, c)| (name, c, c.clone().reckoned(calendar)))
        .filter(|(_, c, new)| *c != new)
        .map(|(n, _, new)| (n.clone(), new))
        .collect()
}
