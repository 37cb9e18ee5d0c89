//! Amounts and counts. No binary fractions: an amount is its digits.
use serde_json::Value as Json;

use crate::book::Cell;

/// A hundred thousand million yuan: more is a slip of the hand.
const MOST: i64 = 10_000_000_000_000;

/// Yuan as written (¥、千分位、元、万元、亿元) in 分.
pub fn money(cell: &Cell, text: &str) -> Result<i64, String> {
    let wrong = || format!("“{text}”不是金额。请填以元为单位的数字，如 12000 或 12000.50；没有标的额请留空。");
    // What a sheet computed may end in a trace of the binary fraction.
    let plain = match cell {
        Cell::Number(n) | Cell::Day(n) => format!("{n:.2}"),
        _ => text.chars().map(plain).filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，')).collect(),
    };
    let plain = plain.trim_start_matches("人民币").trim_start_matches("RMB").trim_start_matches(['¥', '￥']).trim_end_matches('整');
    let plain = plain.strip_suffix('元').unwrap_or(plain);
    let (digits, places) = [("亿", 8), ("万", 4)]
        .into_iter()
        .find_map(|(unit, zeros)| Some((plain.strip_suffix(unit)?, zeros)))
        .map_or((plain, 2), |(rest, zeros)| (rest, zeros + 2));
    if digits.starts_with('-') {
        return Err(format!("“{text}”小于 0。金额不能是负数，请核对。"));
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = part.trim_end_matches('0');
    let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !number(whole) || !number(part) {
        return Err(wrong());
    }
    if part.len() > places {
        return Err(format!("“{text}”比分还细。金额最多写到两位小数，请核对。"));
    }
    let cents: Option<i64> = format!("{whole}{part:0<places$}").parse().ok().filter(|c| *c <= MOST);
    cents.ok_or_else(|| format!("“{text}”过大。请核对金额和单位（元）。"))
}
/// A full-width sign as its plain one.
fn plain(c: char) -> char {
    match c {
        '．' => '.',
        '－' | '−' => '-',
        c => crate::cells::half(c),
    }
}
/// A whole number from 0.
pub fn count(text: &str) -> Result<Json, String> {
    let number = text.trim_end_matches(['次', '件', '个']).trim();
    number.parse::<u32>().map(Json::from).map_err(|_| format!("“{text}”不是次数。请填 0 或大于 0 的整数。"))
}
