//! One cell becomes one canonical value, with notes on what was unusual and what cannot be.
use domain::identifiers::{Fault, citizen, credit, half_width, means_a_person, phone, region};
use jiff::civil::{Date, Time};
use serde_json::{Value as Json, json};

use crate::book::Cell;
use crate::case_no::{self, canonical};
use crate::figures::{count, money};
use crate::layouts::{Column, Kind};
use crate::units::Units;

/// What came of a cell.
pub struct Read {
    /// Canonical value; null when empty.
    pub value: Json,
    /// `(code, message)`; codes R… reject the row, W… only note, N… say that it was put right.
    pub notes: Vec<(&'static str, String)>,
}
fn ok(value: impl Into<Json>) -> Read {
    Read { value: value.into(), notes: vec![] }
}
fn with(value: impl Into<Json>, code: &'static str, say: impl Into<String>) -> Read {
    Read { value: value.into(), notes: vec![(code, say.into())] }
}
/// A full-width letter, digit or sign as its plain one.
pub fn half(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half_width(c),
        c => c,
    }
}
/// Characters that show nothing and may mean something to a program: control characters, and marks that turn the writing round.
fn unseen(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
/// Without line ends and unseen characters inside, spaces around, and full-width digits and letters.
fn clean(text: &str) -> String {
    tidy(&text.replace(['\n', '\r'], ""))
}
/// The same with its paragraphs.
fn paragraphs(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(tidy).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
fn tidy(line: &str) -> String {
    let plain = |c: char| if c == '\t' { ' ' } else { half(c) };
    let inner: String = line.chars().filter(|c| !unseen(*c)).map(plain).collect();
    inner.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}' || c == '\u{3000}' || c == '\u{feff}').to_owned()
}
fn blank(text: &str) -> bool {
    matches!(text, "" | "—" | "——" | "/" | "无" | "暂无" | "NULL" | "null" | "-" | "--")
}
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(t) => clean(t),
        Cell::Number(n) | Cell::Day(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
        Cell::Number(n) | Cell::Day(n) => format!("{n}"),
        Cell::Bool(b) => (if *b { "TRUE" } else { "FALSE" }).into(),
        Cell::Error(e) => e.clone(),
        Cell::Formula => String::new(),
    }
}
/// What signs a program takes for the beginning of a formula (trust.md T14).
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
/// Longest text of a cell.
const LONGEST: usize = 20_000;

/// Reads one cell by what its column holds; `not_yet`: words that leave a day empty.
pub fn read(column: &Column, cell: &Cell, units: &Units, not_yet: &[&str]) -> Read {
    let mut read = plain(column, cell, units, not_yet);
    if matches!(cell, Cell::Text(t) if t.chars().any(unseen)) {
        read.notes.push(("W16", "含有看不见的控制字符，已去掉，请核对。".into()));
    }
    if *cell == Cell::Formula && !matches!(column.kind, Kind::Formula) {
        let code = if column.required { "R09" } else { "W05" };
        read.notes.push((code, "是公式，文件里没有保存计算结果，按空处理。请改填结果。".into()));
    }
    read
}
fn plain(column: &Column, cell: &Cell, units: &Units, not_yet: &[&str]) -> Read {
    if matches!(column.kind, Kind::Formula) {
        return ok(Json::Null);
    }
    let text = match (column.kind, cell) {
        (Kind::Prose, Cell::Text(t)) => paragraphs(t),
        _ => shown(cell),
    };
    if matches!(cell, Cell::Error(_))
        || (text.starts_with('#') && matches!(text.as_str(), "#REF!" | "#N/A" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NUM!" | "#NULL!"))
    {
        return with(Json::Null, "R13", format!("单元格是错误值 {text}。请改成实际内容。"));
    }
    let length = text.chars().count();
    if length > LONGEST {
        return with(Json::Null, "R17", format!("最多 {LONGEST} 字，现在是 {length} 字。请缩短，全文作附件。"));
    }
    if let Kind::Bool = column.kind {
        return yes_no(&text);
    }
    if blank(&text) {
        return ok(Json::Null);
    }
    let figure = |read: Result<Json, String>| read.map_or_else(|say| with(Json::Null, "R11", say), ok);
    match column.kind {
        Kind::Date | Kind::Ahead if not_yet.contains(&text.as_str()) => ok(Json::Null),
        // A sheet keeps fifteen digits of a number.
        Kind::Text | Kind::Prose | Kind::List if matches!(cell, Cell::Number(n) if n.abs() >= 1e15) => {
            with(Json::Null, "R05", "号码存成了数值，后几位已丢失。请把该列设为文本后重新填写。")
        }
        Kind::Seq => ok(text.parse::<i64>().map_or(Json::Null, Json::from)),
        Kind::Text | Kind::Prose => words(text),
        Kind::List => words(list(&text, ToOwned::to_owned)),
        Kind::Date | Kind::Ahead => day(cell, &text),
        Kind::Moment => moment(cell, &text),
        Kind::Code(table) => code(table, &text),
        Kind::Unit => match units.find(&text) {
            Some((_, name)) => ok(name),
            None => with(text.as_str(), "R12", format!("“{text}”不在机构表。请写全称，或先在机构中登记。")),
        },
        Kind::Workplace => words(workplace(&text, units)),
        Kind::Workplaces => words(list(&text, |name| workplace(name, units))),
        Kind::Number => ok(canonical(&text)),
        Kind::Paper => ok(case_no::with_zeros(&text)),
        Kind::CaseNumber => case_number(&text, units),
        Kind::Id => id(cell, &text),
        Kind::Credit => organisation(cell, &text),
        Kind::IdOrCredit => id_or_credit(cell, &text),
        Kind::Money => figure(money(cell, &text).map(Json::from)),
        Kind::Count => figure(count(&text)),
        Kind::Phone => telephone(&text),
        Kind::Region => match region::check(&text) {
            Ok(place) => ok(place.code),
            Err(wrong) => with(Json::Null, "R08", wrong.say),
        },
        Kind::Digits(width) => digits(&text, width),
        Kind::Bool | Kind::Formula => ok(Json::Null),
    }
}
fn words(text: String) -> Read {
    let mut notes = vec![];
    // Our own error sheet puts a mark before such a text; back again, it is the text.
    let text = text.strip_prefix('\'').filter(|t| t.starts_with(SIGNS)).map(ToOwned::to_owned).unwrap_or(text);
    if text.chars().count() >= 5_000 {
        notes.push(("W03", "文字很长，已全部入库，请核对。".to_owned()));
    }
    if text.starts_with(SIGNS) {
        notes.push(("W04", "文字以公式符号开头，按普通文字入库，导出时转义。".to_owned()));
    }
    Read { value: text.into(), notes }
}
/// Its parts, each once, with one separator.
fn list(text: &str, each: impl Fn(&str) -> String) -> String {
    let mut all: Vec<String> = vec![];
    for part in text.split(['、', ',', '，', ';', '；']).map(str::trim).filter(|p| !blank(p)).map(each) {
        if !all.contains(&part) {
            all.push(part);
        }
    }
    all.join("、")
}
fn workplace(text: &str, units: &Units) -> String {
    units.find(text).map_or(text, |(_, name)| name).to_owned()
}
fn case_number(text: &str, units: &Units) -> Read {
    let number = canonical(text);
    match case_no::fault(&number, units) {
        None => ok(number),
        Some(say) => with(number, "R14", say),
    }
}
fn yes_no(text: &str) -> Read {
    match text {
        "是" | "√" | "✓" | "☑" | "✔" | "1" | "Y" | "y" | "TRUE" | "true" | "True" | "有" | "yes" | "Yes" => ok(true),
        "否" | "×" | "✗" | "☒" | "0" | "N" | "n" | "FALSE" | "false" | "False" | "no" | "No" => ok(false),
        t if blank(t) => ok(false),
        other => with(Json::Null, "R08", format!("“{other}”认不出是或否。请填“是”或“否”。")),
    }
}
fn code(table: &'static domain::registers::codes::CodeTable, text: &str) -> Read {
    let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－' | '—' | '、' | '.')).collect::<String>();
    let plain = squeeze(text);
    let bare = |label: &str, code: &str| label.strip_prefix(code).map_or(label, str::trim_start).to_owned();
    let fits = |(code, label): &&(&'static str, &'static str)| {
        let name = bare(label, code);
        let number = plain.parse::<u32>().ok().is_some_and(|n| code.parse::<u32>().ok() == Some(n));
        plain == *code
            || plain == squeeze(&name)
            || plain == squeeze(&format!("{code}{name}"))
            || number
            || plain == format!("{name}案件")
            || plain == format!("{name}案")
    };
    match table.rows.iter().find(fits) {
        Some((code, _)) => ok(*code),
        None => with(text, "R08", format!("“{text}”不在代码表“{}”里。请改用表内的值。", table.label)),
    }
}
fn date(y: i64, m: i64, d: i64) -> Option<Date> {
    Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok().filter(|d| (1900..=2999).contains(&d.year()))
}
#[allow(clippy::cast_possible_truncation)] // within 1 and 80,000
fn serial(n: f64) -> Option<Date> {
    let days = n.floor();
    (1.0..=80_000.0).contains(&days).then(|| Date::constant(1899, 12, 30).saturating_add(jiff::Span::new().days(days as i64)))
}
fn day(cell: &Cell, text: &str) -> Read {
    let impossible = || with(Json::Null, "R01", format!("“{text}”不是存在的日期。请改成如 2024-03-05。"));
    let done = |d: Option<Date>| d.map_or_else(impossible, |d| ok(d.to_string()));
    match cell {
        Cell::Day(n) => return done(serial(*n)),
        Cell::Number(n) if *n < 80_000.0 => return done(serial(*n)),
        _ => {}
    }
    let plain: String = text.split(['T']).next().unwrap_or("").chars().filter(|c| !c.is_whitespace() || *c == ' ').collect();
    let plain = plain.split(" 0").next().unwrap_or("").replace([' ', '\u{3000}'], "");
    if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        let n: i64 = plain.parse().unwrap_or(0);
        return done(date(n / 10_000, n / 100 % 100, n % 100));
    }
    let parts: Vec<&str> = plain.split(['年', '月', '日', '-', '/', '.', '－', '．', '／', '号']).filter(|p| !p.is_empty()).collect();
    let numbers: Option<Vec<i64>> = parts.iter().map(|p| p.parse().ok()).collect();
    match (numbers.as_deref(), parts.first().map(|p| p.len())) {
        (Some([y, m, d]), Some(4)) => done(date(*y, *m, *d)),
        (Some([y, m, d]), Some(2)) => match date(2000 + y, *m, *d) {
            Some(d) => with(d.to_string(), "W01", format!("“{text}”只有两位年份，按 {} 年入库，请核对。", d.year())),
            None => impossible(),
        },
        (Some([y, m]), Some(4)) => match date(*y, *m, 1) {
            Some(d) => with(d.to_string(), "W02", format!("“{text}”没有写到日，按当月 1 日入库，请核对。")),
            None => impossible(),
        },
        _ => impossible(),
    }
}
/// A day with its time to the minute: `2024-03-05 14:30:00`.
fn moment(cell: &Cell, text: &str) -> Read {
    let impossible = || with(Json::Null, "R01", format!("“{text}”不是存在的时间。请改成如 2024-03-05 14:30。"));
    let whole = |d: Date, t: Time| format!("{d} {:02}:{:02}:00", t.hour(), t.minute());
    if let Cell::Day(n) | Cell::Number(n) = cell
        && *n < 80_000.0
    {
        return match (serial(*n), minutes(n.fract())) {
            (Some(d), Some(t)) => ok(whole(d, t)),
            _ => impossible(),
        };
    }
    if text.chars().any(|c| !c.is_ascii_digit() && !c.is_whitespace() && !"年月日号时点分秒T:：-/.－．／".contains(c)) {
        return impossible();
    }
    let groups = text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty());
    let parts: Vec<&str> = groups.flat_map(|g| if g.len() < 8 { vec![g] } else { split(g) }).collect();
    let numbers: Vec<i64> = parts.iter().filter_map(|p| p.parse().ok()).collect();
    let [y, m, d, time @ ..] = numbers.as_slice() else { return impossible() };
    let short = parts.first().is_some_and(|p| p.len() == 2);
    let day = date(if short { 2000 + y } else { *y }, *m, *d);
    let clock = match time {
        [] => Some(Time::midnight()),
        [h, min] | [h, min, 0..=59] => i8::try_from(*h).ok().zip(i8::try_from(*min).ok()).and_then(|(h, m)| Time::new(h, m, 0, 0).ok()),
        _ => None,
    };
    match (day, clock) {
        (Some(d), Some(t)) if short => with(whole(d, t), "W01", format!("“{text}”只有两位年份，按 {} 年入库，请核对。", d.year())),
        (Some(d), Some(t)) if time.is_empty() => with(whole(d, t), "W02", format!("“{text}”没有写到时分，按 0 时 0 分入库，请核对。")),
        (Some(d), Some(t)) => ok(whole(d, t)),
        _ => impossible(),
    }
}
/// 20240305, 202403051430 or 20240305143000 in its parts; anything else as it is.
fn split(digits: &str) -> Vec<&str> {
    let ends = [4usize, 6, 8, 10, 12, 14];
    if !matches!(digits.len(), 8 | 12 | 14) {
        return vec![digits];
    }
    let starts = std::iter::once(0).chain(ends);
    starts.zip(ends).filter_map(|(a, b)| digits.get(a..b)).collect()
}
/// The time that a part of a day is, to the nearest minute.
#[allow(clippy::cast_possible_truncation)] // within a day
fn minutes(part: f64) -> Option<Time> {
    let all = ((part * 1_440.0).round() as i64).min(1_439);
    Time::new(i8::try_from(all / 60).ok()?, i8::try_from(all % 60).ok()?, 0, 0).ok()
}
/// A sheet keeps fifteen digits of a number: of a longer one the rest is gone.
fn lost(cell: &Cell, text: &str) -> bool {
    matches!(cell, Cell::Number(_)) && text.len() != 15 || text.contains("E+") || text.contains("e+")
}
/// Without the marks that make a sheet keep a number as text.
fn bare(text: &str) -> &str {
    text.trim_start_matches(['\'', '‘', '’', '`'])
}
fn id(cell: &Cell, text: &str) -> Read {
    if lost(cell, text) {
        return with(Json::Null, "R05", "身份证号存成了数值，后几位已丢失。请把该列设为文本后重新填写。");
    }
    match citizen::check(bare(text)) {
        Ok(c) if c.old => with(c.number, "W06", "15 位旧身份证号已升为 18 位，请核对。"),
        Ok(c) => ok(c.number),
        Err(wrong) => with(Json::Null, "R04", wrong.say),
    }
}
fn organisation(cell: &Cell, text: &str) -> Read {
    if lost(cell, text) {
        return with(Json::Null, "R05", "统一社会信用代码存成了数值，后几位已丢失。请把该列设为文本后重新填写。");
    }
    match credit::check(bare(text)) {
        Ok(code) => ok(code),
        Err(wrong) => with(Json::Null, if wrong.fault == Fault::Check { "R06" } else { "R07" }, wrong.say),
    }
}
fn id_or_credit(cell: &Cell, text: &str) -> Read {
    if lost(cell, text) || means_a_person(bare(text)) { id(cell, text) } else { organisation(cell, text) }
}
fn telephone(text: &str) -> Read {
    match phone::check(text) {
        Ok(phone) => ok(phone.number),
        // What cannot be dialled is still what the ledger says.
        Err(wrong) => with(text.chars().filter(char::is_ascii_digit).collect::<String>(), "W07", wrong.say),
    }
}
fn digits(text: &str, width: usize) -> Read {
    if !text.bytes().all(|b| b.is_ascii_digit()) || text.len() > width {
        return with(text, "R08", format!("“{text}”应为 {width} 位数字。"));
    }
    ok(json!(format!("{text:0>width$}")))
}
