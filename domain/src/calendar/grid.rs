//! The day grid of a deadline (逐日计算 under the 白盒): whole weeks, each day with its kind and its number in the count.

use super::{Calendar, DayKind, Unit, number, plus};
use jiff::civil::Date;
use serde::Serialize;

/// Longer periods have no grid: nobody would read it.
const WEEKS: i64 = 54;

/// One day of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The day.
    pub day: Date,
    /// What it is.
    pub kind: DayKind,
    /// The how-manieth day of the period it is; none for a day that does not count or lies outside.
    pub ordinal: Option<u32>,
}

impl Calendar {
    /// The weeks, Monday first, from the one of `start` to the one of the due day; empty when there are more than 54.
    pub fn grid(&self, start: Date, length: u32, unit: Unit) -> Vec<Vec<Cell>> {
        let last = self.last(start, length, unit);
        let monday = number(start).div_euclid(7);
        let weeks = number(self.roll(last)).div_euclid(7) - monday + 1;
        if weeks > WEEKS {
            return Vec::new();
        }
        let mut ordinal = 0;
        let mut cell = |n: i64| {
            let day = plus(super::MONDAY, n);
            let counts = day > start && day <= last && (unit != Unit::WorkingDays || self.works(day));
            ordinal += u32::from(counts);
            Cell { day, kind: self.day(day), ordinal: counts.then_some(ordinal) }
        };
        let exists = number(Date::MIN)..=number(Date::MAX);
        (monday..monday + weeks).map(|week| (week * 7..week * 7 + 7).filter(|n| exists.contains(n)).map(&mut cell).collect()).collect()
    }
}
