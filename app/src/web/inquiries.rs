//! 过问记录按季导出 (boundary 3, T25): what this person may read of a quarter's records, one row each, to be checked against.
use jiff::civil::{Date, date};

use super::present;
use super::visit::{Reply, Visit};
use crate::failure::{Failure, Result};
use crate::{matters, table};

const COLUMNS: [(&str, &str); 9] = [
    ("kind", "记录种类"),
    ("on", "日期"),
    ("org", "办案单位"),
    ("case_no", "案号"),
    ("asked_by", "过问人及单位职务"),
    ("content", "内容"),
    ("ground", "事由"),
    ("difference", "不一致之处"),
    ("result", "核对结果"),
];
/// First day of a quarter and of the next: `2026Q2`.
fn quarter(text: &str) -> Option<(Date, Date)> {
    let (year, q) = text.split_once('Q')?;
    let (year, q): (i16, i8) = (year.parse().ok().filter(|y| (2000..2100).contains(y))?, q.parse().ok().filter(|q| (1..=4).contains(q))?);
    let after = if q == 4 { date(year + 1, 1, 1) } else { date(year, q * 3 + 1, 1) };
    Some((date(year, q * 3 - 2, 1), after))
}
/// The quarter a day lies in, as addresses write it.
pub fn quarter_of(day: Date) -> String {
    format!("{}Q{}", day.year(), (day.month() + 2) / 3)
}
/// `GET /inquiries/{quarter}`: each row read is noted like a page opened.
pub fn export(v: &Visit) -> Result<Reply> {
    let (from, after) = quarter(v.part("quarter")).ok_or(Failure::NotFound)?;
    let mut f = matters::Filter { kind: "inquiry_record".into(), limit: 1_000, ..Default::default() };
    let mut rows = vec![];
    loop {
        let listing = matters::list(v.tx, v.house, v.who, &f, v.now)?;
        for item in &listing.items {
            let seen = matters::see(v.tx, v.house, v.who, &item.number, v.now)?;
            let values: Vec<_> = seen.sections.iter().flat_map(|s| &s.rows).collect();
            let value = |name: &str| values.iter().find(|r| r.field.name == name);
            let on = value("on").and_then(|r| r.value.as_str()).and_then(|d| d.parse::<Date>().ok());
            if on.is_none_or(|d| d < from || d >= after) {
                continue;
            }
            let mut row = vec![item.number.clone(), present::stage(&item.kind, &item.phase, item.closed).label];
            for (name, _) in COLUMNS {
                row.push(value(name).map(|r| present::words(v, r.field, &r.value)).transpose()?.unwrap_or_default());
            }
            rows.push(row);
        }
        match listing.items.last().filter(|_| listing.more) {
            Some(last) => f.from = last.id,
            None => break,
        }
    }
    let head: Vec<&str> = ["编号", "核对情况"].into_iter().chain(COLUMNS.map(|(_, l)| l)).collect();
    Ok(Reply::Download(table::xlsx(&head, &rows)?, table::XLSX, format!("过问记录-{}.xlsx", v.part("quarter"))))
}
