//! A half year.
use jiff::civil::{Date, date};

/// Of a year, the first half or the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Half {
    /// Which year.
    pub year: i16,
    /// July to December.
    pub second: bool,
}
impl Half {
    /// “2025-2”.
    pub fn read(text: &str) -> Option<Self> {
        let (year, half) = text.split_once('-')?;
        let year = year.parse().ok().filter(|y| (1990..=2200).contains(y))?;
        matches!(half, "1" | "2").then(|| Self { year, second: half == "2" })
    }
    /// The one this day lies in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), second: day.month() > 6 }
    }
    /// The one before.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.second { Self { second: false, ..self } } else { Self { year: self.year - 1, second: true } }
    }
    /// As an address says it.
    pub fn key(self) -> String {
        format!("{}-{}", self.year, if self.second { 2 } else { 1 })
    }
    /// A code of `HALF`.
    pub const fn code(self) -> &'static str {
        if self.second { "下半年" } else { "上半年" }
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
}
