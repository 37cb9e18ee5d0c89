//! A deadline with its steps in words (白盒, M0.2): 起算日, 加期限, 不计, 调休, 放假依据, 末日检查, 暂定.
//! The event it starts from, pauses and reminders are the procedure's to add.

use super::notice::{runs, weekday_name};
use super::{Calendar, DayKind, number, plus};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::ops::Bound::{Excluded, Included};

/// What a length counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日
    WorkingDays,
    /// 自然日
    CalendarDays,
    /// 月, to the day of the same number
    Months,
}

impl Unit {
    /// The unit's name.
    pub const fn label(self) -> &'static str {
        match self {
            Unit::WorkingDays => "工作日",
            Unit::CalendarDays => "自然日",
            Unit::Months => "月",
        }
    }

    /// A length in words: “15 个工作日”, “60 日（自然日）”, “2 个月”.
    pub fn words(self, length: u32) -> String {
        match self {
            Unit::WorkingDays => format!("{length} 个工作日"),
            Unit::CalendarDays => format!("{length} 日（自然日）"),
            Unit::Months => format!("{length} 个月"),
        }
    }
}

/// One row of the 白盒: what was done, in which words, with which day as the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The kind of step.
    pub what: String,
    /// The step in words.
    pub detail: String,
    /// The day it leads to, if it leads to one.
    pub day: Option<Date>,
}

impl Line {
    /// A row; for the steps a procedure adds.
    pub fn new(what: &str, detail: impl Into<String>, day: Option<Date>) -> Line {
        Line { what: what.into(), detail: detail.into(), day }
    }
}

/// A deadline and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// The last day of the period as counted, before it moves off a day off.
    pub last: Date,
    /// The last day on which the thing is in time; always a working day.
    pub due: Date,
    /// A year it touches has no published notice (暂定).
    pub provisional: bool,
    /// The reckoning in words.
    pub steps: Vec<Line>,
}

impl Calendar {
    /// As [`Calendar::due`], with the steps.
    pub fn reckon(&self, start: Date, length: u32, unit: Unit) -> Reckoning {
        let last = self.last(start, length, unit);
        let due = self.roll(last);
        let first = if length == 0 {
            Line::new("起算日", "当日", Some(start))
        } else {
            Line::new("起算日", "次日起算", Some(plus(start, 1)))
        };
        let mut steps = vec![first, Line::new("加期限", unit.words(length), Some(last))];
        if unit == Unit::WorkingDays {
            self.skipped(start, last, &mut steps);
        }
        steps.extend(self.authority(start, last, due, unit));
        steps.push(self.last_day(start, last, due));
        let missing = self.unpublished(start, due);
        if let Some(year) = missing {
            steps.push(Line::new("暂定", format!("{year} 年放假安排未发布或未录入，到期日暂定"), Some(due)));
        }
        Reckoning { last, due, provisional: missing.is_some(), steps }
    }

    /// What a count of working days left out, and the weekends it took in.
    fn skipped(&self, start: Date, last: Date, steps: &mut Vec<Line>) {
        let mut off: Vec<(&str, Vec<Date>)> = Vec::new();
        let mut makeup = Vec::new();
        for (day, fact) in self.facts.range((Excluded(start), Included(last.max(start)))) {
            match off.last_mut() {
                _ if !fact.off => makeup.push(*day),
                Some((name, days)) if *name == fact.name => days.push(*day),
                _ => off.push((&fact.name, vec![*day])),
            }
        }
        let holidays: usize = off.iter().map(|(_, days)| days.len()).sum();
        let all = number(last) - number(start);
        let weekends = all - self.working_days_between(start, last) - i64::try_from(holidays).unwrap_or(all);
        if weekends > 0 {
            steps.push(Line::new("不计", format!("周末 {weekends} 日"), None));
        }
        for (name, days) in off {
            steps.push(Line::new("不计", format!("{name} {}", runs(&days, start.year())), None));
        }
        for day in makeup.into_iter().filter(|day| self.day(*day) == DayKind::Makeup) {
            let detail = format!("{}（{}）上班，计入", day_words(day, start), weekday_name(day));
            steps.push(Line::new("调休", detail, Some(day)));
        }
    }

    /// The notices that were used, as one line.
    fn authority(&self, start: Date, last: Date, due: Date, unit: Unit) -> Option<Line> {
        let from = if unit == Unit::WorkingDays { Excluded(start) } else { Included(last) };
        let mut years: Vec<i16> = self.facts.range((from, Included(due.max(last).max(start)))).map(|(_, fact)| fact.year).collect();
        years.dedup();
        let years: Vec<String> = years.iter().map(i16::to_string).collect();
        (!years.is_empty()).then(|| Line::new("放假依据", format!("国务院办公厅 {} 年部分节假日安排", years.join("、")), None))
    }

    fn last_day(&self, start: Date, last: Date, due: Date) -> Line {
        let kind = match self.day(last) {
            DayKind::Working => "工作日".into(),
            DayKind::Makeup => "调休上班".into(),
            DayKind::Weekend => "周末".into(),
            DayKind::Holiday(name) => format!("{name}放假"),
        };
        let then = if last == due {
            "不顺延".into()
        } else if due > last {
            format!("顺延至{}（{}）", day_words(due, start), weekday_name(due))
        } else {
            "日历到此为止".into()
        };
        Line::new("末日检查", format!("{}为{}，{kind}，{then}", day_words(last, start), weekday_name(last)), Some(due))
    }
}

/// “7月20日”, with the year when it is not the start's.
fn day_words(day: Date, start: Date) -> String {
    runs(&[day], start.year())
}
