//! Reading a yearly holiday notice (M0.2): our own lines or the common JSON. A notice that cannot be complete is
//! refused, because a year counted as published is a year whose deadlines are no longer provisional.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a notice was refused: a Chinese sentence for the person who loads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadNotice(String);

impl fmt::Display for BadNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for BadNotice {}

/// The notice of one year (国务院办公厅关于部分节假日安排的通知).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The year it is for. Days at the end of December before may belong to it.
    pub year: i16,
    /// Its holidays, as written.
    pub holidays: Vec<Holiday>,
}

/// One holiday of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// Its name, such as 春节.
    pub name: String,
    /// The days off, weekends among them included.
    pub off: Vec<Date>,
    /// The weekend days worked instead.
    pub makeup: Vec<Date>,
}

/// More days off than this in one holiday is a slip of the pen.
const LONGEST_HOLIDAY: usize = 31;

impl Notice {
    /// Reads lines or JSON; the forms are told by the first character. See [`super::Calendar::with_notice`].
    ///
    /// # Errors
    /// [`BadNotice`] names the line or the day.
    pub fn read(text: &str) -> Result<Vec<Notice>, BadNotice> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let notices = if text.starts_with('{') { vec![json(text)?] } else { lines(text)? };
        if notices.is_empty() {
            return bad("没有读到放假安排。每行写：年 | 节日 | 放假 | 上班");
        }
        notices.into_iter().map(check).collect()
    }

    /// The notice in words, one line per holiday: “劳动节：5月1日至5日放假，5月9日（星期六）上班”.
    pub fn words(&self) -> Vec<String> {
        let worked = |day: &Date| format!("{}（{}）", runs(&[*day], self.year), weekday_name(*day));
        let line = |h: &Holiday| {
            let makeup: Vec<String> = h.makeup.iter().map(worked).collect();
            let makeup = if makeup.is_empty() { String::new() } else { format!("，{}上班", makeup.join("、")) };
            format!("{}：{}放假{makeup}", h.name, runs(&h.off, self.year))
        };
        self.holidays.iter().map(line).collect()
    }
}

fn bad<T>(reason: impl Into<String>) -> Result<T, BadNotice> {
    Err(BadNotice(reason.into()))
}

fn json(text: &str) -> Result<Notice, BadNotice> {
    #[derive(Deserialize)]
    struct File {
        year: i16,
        days: Vec<Day>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Day {
        name: String,
        date: String,
        is_off_day: bool,
    }
    let file: File = serde_json::from_str(text).or_else(|e| {
        let shape = r#"{"year":2027,"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}"#;
        bad(format!("第 {} 行第 {} 列读不懂。应写成：{shape}", e.line(), e.column()))
    })?;
    let mut holidays: Vec<Holiday> = Vec::new();
    for Day { name, date, is_off_day } in file.days {
        let Ok(day) = date.parse::<Date>() else { return bad(format!("“{date}”不是日期，应写成 2027-01-01")) };
        let at = holidays.iter().position(|h| h.name == name).unwrap_or(holidays.len());
        if at == holidays.len() {
            holidays.push(Holiday { name, off: Vec::new(), makeup: Vec::new() });
        }
        if let Some(holiday) = holidays.get_mut(at) {
            if is_off_day { holiday.off.push(day) } else { holiday.makeup.push(day) }
        }
    }
    Ok(Notice { year: file.year, holidays })
}

fn lines(text: &str) -> Result<Vec<Notice>, BadNotice> {
    let mut notices: Vec<Notice> = Vec::new();
    for (at, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (year, holiday) = line(text).or_else(|e| bad(format!("第 {at} 行：{e}")))?;
        match notices.iter_mut().find(|n| n.year == year) {
            Some(notice) => notice.holidays.push(holiday),
            None => notices.push(Notice { year, holidays: vec![holiday] }),
        }
    }
    Ok(notices)
}

fn line(text: &str) -> Result<(i16, Holiday), BadNotice> {
    let text = text.replace('｜', "|");
    let mut columns = text.split('|').map(str::trim);
    let (Some(year), Some(name), Some(off)) = (columns.next(), columns.next(), columns.next()) else {
        return bad("应有四栏，用竖线隔开：年 | 节日 | 放假 | 上班");
    };
    let makeup = columns.next().unwrap_or_default();
    if columns.next().is_some() {
        return bad("多于四栏。应写：年 | 节日 | 放假 | 上班");
    }
    let Ok(year) = year.parse::<i16>() else { return bad(format!("“{year}”不是年份")) };
    let mut days = Vec::new();
    for range in words(off) {
        let (first, last) = range.split_once("..").unwrap_or((range, range));
        let (first, last) = (date(first, year)?, date(last, year)?);
        if last < first {
            return bad(format!("“{range}”起止颠倒"));
        }
        days.extend(first.series(jiff::Span::new().days(1)).take(LONGEST_HOLIDAY + 1).take_while(|day| *day <= last));
    }
    let makeup = words(makeup).map(|day| date(day, year)).collect::<Result<_, _>>()?;
    Ok((year, Holiday { name: name.into(), off: days, makeup }))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '、', '，', ',']).filter(|word| !word.is_empty())
}

/// `MM-DD` of this year, or `YYYY-MM-DD`.
fn date(text: &str, year: i16) -> Result<Date, BadNotice> {
    let full = if text.len() == "MM-DD".len() { format!("{year:04}-{text}") } else { text.into() };
    full.parse().or_else(|_| bad(format!("“{text}”不是日期，应写成 05-01 或 {year}-05-01")))
}

fn check(notice: Notice) -> Result<Notice, BadNotice> {
    let year = notice.year;
    if !(1949..3000).contains(&year) {
        return bad(format!("“{year}”不是年份"));
    }
    let all = |pick: fn(&Holiday) -> &Vec<Date>| -> Vec<Date> { notice.holidays.iter().flat_map(pick).copied().collect() };
    let (off, makeup) = (all(|h| &h.off), all(|h| &h.makeup));
    let near =
        |day: &&Date| day.year() != year && (day.year() + 1, day.month()) != (year, 12) && (day.year() - 1, day.month()) != (year, 1);
    if let Some(day) = off.iter().chain(&makeup).find(near) {
        return bad(format!("{day} 不在 {year} 年内"));
    }
    if let Some(day) = off.iter().find(|day| makeup.contains(day)) {
        return bad(format!("{day} 既写放假又写上班"));
    }
    if let Some(h) = notice.holidays.iter().find(|h| h.name.trim().is_empty()) {
        return bad(format!("{} 的节日没有名称", h.off.first().or(h.makeup.first()).map_or_else(String::new, Date::to_string)));
    }
    if let Some(h) = notice.holidays.iter().find(|h| h.off.len() > LONGEST_HOLIDAY) {
        return bad(format!("{}放假超过 {LONGEST_HOLIDAY} 日，请核对", h.name));
    }
    // 全国年节及纪念日放假办法 fixes these three to the day; a notice without them is cut short or empty.
    for (month, day) in [(1, 1), (5, 1), (10, 1)] {
        if !off.contains(&Date::constant(year, month, day)) {
            return bad(format!("缺少 {year} 年{month}月{day}日放假，通知不完整"));
        }
    }
    Ok(notice)
}

/// Days in words, runs drawn together: “5月1日至5日”, “9月29日至10月6日”. The year is written where it is not `year`.
pub(super) fn runs(days: &[Date], year: i16) -> String {
    let mut spans: Vec<(Date, Date)> = Vec::new();
    for day in days {
        match spans.last_mut() {
            Some((_, last)) if last.tomorrow().is_ok_and(|next| next == *day) => *last = *day,
            _ => spans.push((*day, *day)),
        }
    }
    let words = |(first, last): &(Date, Date)| {
        let mut text = if first.year() == year { String::new() } else { format!("{}年", first.year()) };
        text += &format!("{}月{}日", first.month(), first.day());
        if last > first {
            text += "至";
            if last.year() != first.year() {
                text += &format!("{}年", last.year());
            }
            if last.month() != first.month() {
                text += &format!("{}月", last.month());
            }
            text += &format!("{}日", last.day());
        }
        text
    };
    spans.iter().map(words).collect::<Vec<_>>().join("、")
}

/// “星期六”.
pub(super) fn weekday_name(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "星期一",
        Weekday::Tuesday => "星期二",
        Weekday::Wednesday => "星期三",
        Weekday::Thursday => "星期四",
        Weekday::Friday => "星期五",
        Weekday::Saturday => "星期六",
        Weekday::Sunday => "星期日",
    }
}
