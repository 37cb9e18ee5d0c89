//! The working-day calendar of mainland China (M0.2): weekends, holidays and 调休 by the State Council's yearly
//! notices, and deadlines that explain themselves. A year without a notice is reckoned by weekends alone and
//! every deadline that touches it is provisional (暂定). It has no clock: days come in as arguments.

mod grid;
mod half;
mod notice;
mod reckon;

pub use grid::Cell;
pub use half::Half;
pub use notice::{BadNotice, Holiday, Notice};
pub use reckon::{Line, Reckoning, Unit};

use jiff::{SignedDuration, Span, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The longest length a person may enter, in any unit. Reckoning itself takes any length and stops at the last
/// working day of the year 9999, marked provisional.
pub const LONGEST: u32 = 100_000;

/// What a day is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Monday to Friday, not a holiday.
    Working,
    /// Saturday or Sunday outside a holiday (休).
    Weekend,
    /// A day off by a notice, with the holiday's name (假).
    Holiday(String),
    /// A Saturday or Sunday worked by a notice (班).
    Makeup,
}

/// The notices known, and what follows from them. Immutable; adding a notice gives a new calendar.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    notices: BTreeMap<i16, Notice>,
    facts: BTreeMap<Date, Fact>,
    /// Days that differ from Monday-to-Friday, with the working days gained or lost up to and including each.
    drift: Vec<(i64, i64)>,
}

#[derive(Clone, Debug)]
struct Fact {
    name: String,
    off: bool,
    /// The year of the notice that says so; it may be the year after.
    year: i16,
}

/// Day 0 of the day numbers: a Monday.
const MONDAY: Date = Date::constant(1, 1, 1);

static BUILT_IN: LazyLock<Calendar> = LazyLock::new(|| {
    // The text is ours and a test reads it; were it broken, every deadline would be provisional, never wrong in silence.
    Calendar::default().with_notice(include_str!("notices.txt")).unwrap_or_default()
});

impl Calendar {
    /// The calendar of the notices that come with the program: 2018 to 2026.
    pub fn built_in() -> &'static Calendar {
        &BUILT_IN
    }

    /// This calendar and the notices of `text`: lines of the form of `notices.txt`
    /// (`年 | 节日 | 放假 | 上班`, as in `2026 | 春节 | 02-15..02-23 | 02-14 02-28`), or one year as JSON
    /// `{"year":2026,"days":[{"name":"春节","date":"2026-02-15","isOffDay":true}]}`.
    /// A year already known is replaced.
    ///
    /// # Errors
    /// [`BadNotice`], a Chinese sentence that names the line or the day.
    pub fn with_notice(&self, text: &str) -> Result<Calendar, BadNotice> {
        Ok(self.with(Notice::read(text)?))
    }

    /// This calendar and these notices; a year already known is replaced. Where two notices speak of the same day
    /// (the end of December), the later year's decides.
    pub fn with(&self, notices: impl IntoIterator<Item = Notice>) -> Calendar {
        let mut all = self.notices.clone();
        all.extend(notices.into_iter().map(|n| (n.year, n)));
        let mut facts = BTreeMap::new();
        for Notice { year, holidays } in all.values() {
            for Holiday { name, off, makeup } in holidays {
                let fact = |off| Fact { name: name.clone(), off, year: *year };
                facts.extend(off.iter().map(|day| (*day, fact(true))));
                facts.extend(makeup.iter().map(|day| (*day, fact(false))));
            }
        }
        let mut drift = Vec::new();
        let mut sum = 0;
        for (day, fact) in &facts {
            let n = number(*day);
            if fact.off == weekday(n) {
                sum += if fact.off { -1 } else { 1 };
                drift.push((n, sum));
            }
        }
        Calendar { notices: all, facts, drift }
    }

    /// Whether the notice of this year is known.
    pub fn published(&self, year: i16) -> bool {
        self.notices.contains_key(&year)
    }

    /// The notices known, by year.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.values()
    }

    /// Whether work is done on this day: Monday to Friday unless a notice says otherwise.
    pub fn works(&self, date: Date) -> bool {
        let n = number(date);
        weekday(n) != self.drift.binary_search_by_key(&n, |(day, _)| *day).is_ok()
    }

    /// What this day is.
    pub fn day(&self, date: Date) -> DayKind {
        match (self.facts.get(&date), weekday(number(date))) {
            (Some(fact), _) if fact.off => DayKind::Holiday(fact.name.clone()),
            (Some(_), false) => DayKind::Makeup,
            (_, true) => DayKind::Working,
            (None, false) => DayKind::Weekend,
        }
    }

    /// The last day of a period of `length` `unit`s that counts from the day after `start`, and whether it is
    /// provisional: some year from `start` to that day has no notice. A last day off moves to the next working day.
    /// Length 0 ends on `start` itself, moved likewise. Months end on the day of the same number, or the month's last.
    pub fn due(&self, start: Date, length: u32, unit: Unit) -> (Date, bool) {
        let due = self.roll(self.last(start, length, unit));
        (due, self.unpublished(start, due).is_some())
    }

    /// `due` moved by a pause of so many calendar days, and on to the next working day. Give it
    /// [`Reckoning::last`] rather than a day that has moved on already. A working-day clock that paused
    /// goes on with [`Calendar::due`] from its old last day, by [`Calendar::working_days_between`].
    pub fn shift(&self, due: Date, days: u32) -> Date {
        self.roll(plus(due, i64::from(days)))
    }

    /// Working days after `a` up to and including `b`; negative when `b` comes first, so that
    /// `working_days_between(today, due)` is what remains (剩) or, negative, what is overdue (逾期).
    pub fn working_days_between(&self, a: Date, b: Date) -> i64 {
        self.count(number(b)) - self.count(number(a))
    }

    /// The working day from which only `days` working days remain until `due`: the day of the reminder.
    pub fn working_days_before(&self, due: Date, days: u32) -> Date {
        self.nth(self.count(number(due)) - i64::from(days))
    }

    /// The same day if work is done on it, else the next on which it is.
    pub fn roll(&self, date: Date) -> Date {
        self.nth(self.count(number(date) - 1) + 1)
    }

    /// The last day of the period before it is moved off a day off.
    fn last(&self, start: Date, length: u32, unit: Unit) -> Date {
        match unit {
            Unit::WorkingDays if length == 0 => start,
            Unit::WorkingDays => self.nth(self.count(number(start)) + i64::from(length)),
            Unit::CalendarDays => plus(start, i64::from(length)),
            Unit::Months => Span::new().try_months(length).map_or(Date::MAX, |months| start.saturating_add(months)),
        }
    }

    /// The first year from `a` to `b` whose notice is not known.
    fn unpublished(&self, a: Date, b: Date) -> Option<i16> {
        (a.year()..=b.year()).find(|year| !self.published(*year))
    }

    /// Working days up to and including the day of this number, from an arbitrary zero.
    fn count(&self, n: i64) -> i64 {
        let known = self.drift.partition_point(|(day, _)| *day <= n);
        let drift = known.checked_sub(1).and_then(|i| self.drift.get(i)).map_or(0, |(_, sum)| *sum);
        n.div_euclid(7) * 5 + (n.rem_euclid(7) + 1).min(5) + drift
    }

    /// The day on which the count of working days reaches `count`; the last working day of all if none does.
    fn nth(&self, count: i64) -> Date {
        let (first, last) = (number(Date::MIN), number(Date::MAX));
        let count = count.min(self.count(last));
        // Without notices the day would be near `guess`; each of their days moves it by less than two.
        let (guess, slack) = (count.div_euclid(5) * 7, i64::try_from(self.drift.len()).unwrap_or(last) * 2 + 14);
        let (mut low, mut high) = ((guess - slack).clamp(first, last), (guess + slack).clamp(first, last));
        while low < high {
            let middle = low + (high - low).div_euclid(2);
            if self.count(middle) < count { low = middle + 1 } else { high = middle }
        }
        plus(MONDAY, low)
    }
}

/// Days since [`MONDAY`].
fn number(date: Date) -> i64 {
    date.duration_since(MONDAY).as_hours() / 24
}

/// Monday to Friday.
fn weekday(n: i64) -> bool {
    n.rem_euclid(7) < 5
}

/// So many days later, at most the last day there is.
fn plus(date: Date, days: i64) -> Date {
    date.saturating_add(SignedDuration::from_hours(days * 24))
}
