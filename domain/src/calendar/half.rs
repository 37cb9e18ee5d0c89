//! 半年: what reports, comparisons and circulars are about (B10, E).
use jiff::civil::{Date, date};

/// The first half of a year.
const FIRST: &str = "上半年";

/// Of a year, the first half or the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Half {
    /// Which year; one that the calendar has.
    year: i16,
    /// July to December.
    second: bool,
}
impl Half {
    /// Of a year and a code of `HALF`; nothing of a year the calendar does not have.
    pub fn named(year: i64, code: &str) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|y| Date::new(*y, 1, 1).is_ok())?;
        Some(Self { year, second: code != FIRST })
    }
    /// “2025-2”, as an address says it; of years in living memory.
    pub fn read(text: &str) -> Option<Self> {
        let (year, half) = text.split_once('-')?;
        let year = year.parse().ok().filter(|y| (1990..=2200).contains(y))?;
        matches!(half, "1" | "2").then(|| Self { year, second: half == "2" })
    }
    /// The one this day lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), second: day.month() > 6 }
    }
    /// The one before; the first of all has none but itself.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.first().yesterday().unwrap_or(self.first()))
    }
    /// Which year.
    pub const fn year(self) -> i16 {
        self.year
    }
    /// As `read` takes it.
    pub fn key(self) -> String {
        format!("{}-{}", self.year, if self.second { 2 } else { 1 })
    }
    /// A code of `HALF`.
    pub const fn code(self) -> &'static str {
        if self.second { "下半年" } else { FIRST }
    }
    /// “2025年下半年”.
    pub fn words(self) -> String {
        format!("{}年{}", self.year, self.code())
    }
    /// First and last day.
    pub fn days(self) -> (Date, Date) {
        let y = self.year;
        if self.second { (date(y, 7, 1), date(y, 12, 31)) } else { (date(y, 1, 1), date(y, 6, 30)) }
    }
    /// First day.
    pub fn first(self) -> Date {
        self.days().0
    }
    /// Last day.
    pub fn last(self) -> Date {
        self.days().1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_follow_one_another_and_read_as_they_are_written() {
        let half = Half::of(date(2026, 1, 1));
        assert_eq!((half.words().as_str(), half.days()), ("2026年上半年", (date(2026, 1, 1), date(2026, 6, 30))));
        assert_eq!((half.before().key().as_str(), half.before().days()), ("2025-2", (date(2025, 7, 1), date(2025, 12, 31))));
        for half in [half, half.before(), half.before().before()] {
            assert_eq!(Half::read(&half.key()), Some(half));
            assert_eq!(Half::named(half.year().into(), half.code()), Some(half));
            assert_eq!((Half::of(half.first()), Half::of(half.last())), (half, half));
        }
        assert_eq!([Half::read("2025-3"), Half::read("25-1"), Half::read("2025")], [None; 3]);
        assert_eq!(Half::named(10_000, FIRST), None);
        let first = Half::of(Date::MIN);
        assert_eq!(first.before(), first);
    }
}
