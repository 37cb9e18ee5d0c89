//! 期间: whole months, with the same span before it (环比) and the same months a year ago (同比).
use jiff::civil::Date;

/// Months counted through: year × 12 + month − 1. From and to, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: i32,
    pub to: i32,
}
/// The number of a month.
pub fn number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}
/// `2026-06`.
pub fn key(month: i32) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}
fn read(text: &str) -> Option<i32> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (i32, i32) = (year.parse().ok()?, month.parse().ok()?);
    ((1990..=2200).contains(&year) && (1..=12).contains(&month)).then_some(year * 12 + month - 1)
}
impl Period {
    /// The whole year of a day.
    pub fn year_of(day: Date) -> Self {
        let from = i32::from(day.year()) * 12;
        Self { from, to: from + 11 }
    }
    /// `2026`, `2026H1`, `2026Q3`.
    pub fn named(text: &str) -> Option<Self> {
        let year: i32 = text.get(..4)?.parse().ok().filter(|y| (1990..=2200).contains(y))?;
        let span = |months: i32, nth: i32| Self { from: year * 12 + months * (nth - 1), to: year * 12 + months * nth - 1 };
        match text.get(4..)? {
            "" => Some(span(12, 1)),
            "H1" => Some(span(6, 1)),
            "H2" => Some(span(6, 2)),
            "Q1" => Some(span(3, 1)),
            "Q2" => Some(span(3, 2)),
            "Q3" => Some(span(3, 3)),
            "Q4" => Some(span(3, 4)),
            _ => None,
        }
    }
    /// From month to month, at most ten years.
    pub fn between(from: &str, to: &str) -> Option<Self> {
        let (from, to) = (read(from)?, read(to)?);
        (from <= to && to - from < 120).then_some(Self { from, to })
    }
    /// As many months, just before.
    pub const fn before(self) -> Self {
        Self { from: self.from - (self.to - self.from + 1), to: self.from - 1 }
    }
    /// The same months a year ago.
    pub const fn year_ago(self) -> Self {
        Self { from: self.from - 12, to: self.to - 12 }
    }
    /// Whether a month, as the tally writes it, lies within.
    pub fn has(self, month: &str) -> bool {
        read(month).is_some_and(|m| (self.from..=self.to).contains(&m))
    }
    /// First and last month, as the tally writes them.
    pub fn keys(self) -> [String; 2] {
        [key(self.from), key(self.to)]
    }
    /// First and last span of the tally that add up to it: whole years, or months.
    pub fn spans(self) -> [String; 2] {
        let year = |m: i32| format!("Y{:04}", m.div_euclid(12));
        if self.from.rem_euclid(12) == 0 && self.to.rem_euclid(12) == 11 { [year(self.from), year(self.to)] } else { self.keys() }
    }
    /// “2026年上半年”.
    pub fn words(self) -> String {
        let (year, first, long) = (self.from.div_euclid(12), self.from.rem_euclid(12), self.to - self.from + 1);
        let (to, last) = (self.to.div_euclid(12), self.to.rem_euclid(12));
        match (long, first) {
            (12, 0) => format!("{year}年"),
            (6, 0) => format!("{year}年上半年"),
            (6, 6) => format!("{year}年下半年"),
            (3, 0 | 3 | 6 | 9) => format!("{year}年{}季度", ["一", "二", "三", "四"].get(first.unsigned_abs() as usize / 3).unwrap_or(&"")),
            (1, _) => format!("{year}年{}月", first + 1),
            _ if to == year => format!("{year}年{}月至{}月", first + 1, last + 1),
            _ => format!("{year}年{}月至{to}年{}月", first + 1, last + 1),
        }
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_knows_its_months_the_span_before_and_the_year_ago() {
        let half = Period::named("2026H1").unwrap_or(Period { from: 0, to: 0 });
        assert_eq!((half.keys(), half.words()), (["2026-01".into(), "2026-06".into()], "2026年上半年".to_owned()));
        assert_eq!((half.before().words(), half.year_ago().words()), ("2025年下半年".to_owned(), "2025年上半年".to_owned()));
        assert_eq!((half.spans(), Period::named("2026").map(Period::spans)), (half.keys(), Some(["Y2026".into(), "Y2026".into()])));
        let third = Period::named("2026Q3").unwrap_or(half);
        assert_eq!((third.words(), third.before().words()), ("2026年三季度".to_owned(), "2026年二季度".to_owned()));
        let own = Period::between("2025-11", "2026-02").unwrap_or(half);
        assert_eq!((own.words(), own.before().keys()), ("2025年11月至2026年2月".to_owned(), ["2025-07".into(), "2025-10".into()]));
        assert!(own.has("2025-12") && !own.has("2026-03") && !own.has("W2026-01-05"));
        assert_eq!(
            (Period::between("2026-02", "2026-01"), Period::named("2026Q5"), Period::named("26"), Period::between("2026-13", "2027-01")),
            (None, None, None, None)
        );
    }
}
