//! Public results that nobody taking part can steer. A beacon is named in advance and entered by hand afterwards.
//!
//! | name | value after the colon | source |
//! |---|---|---|
//! | `ssq-2026123` 双色球 | six of 01–33 ascending, `+`, one of 01–16 | 中国福利彩票; 24.1 bits |
//! | `dlt-26123` 大乐透 | five of 01–35 ascending, `+`, two of 01–12 ascending | 中国体育彩票; 24.4 bits |
//! | `pl5-26300` 排列5 | five digits | 中国体育彩票; 16.6 bits |
//! | `drand-CHAIN-ROUND` | 64 hex digits, the round's randomness | drand; its BLS signature is checked outside |
//!
//! Several are joined with `;`, in the same order in name and value.
use super::{Refused, Wrong};

/// Whether a beacon's name has a known form.
///
/// # Errors
/// Which part has none, or stands twice.
pub fn beacon_name(name: &str) -> Result<(), Refused> {
    let parts: Vec<&str> = name.split(';').collect();
    for (n, part) in parts.iter().enumerate() {
        let known = match part.split_once('-') {
            Some(("ssq", issue)) => digits(issue, 7),
            Some(("dlt" | "pl5", issue)) => digits(issue, 5),
            Some(("drand", rest)) => rest.split_once('-').is_some_and(|(chain, round)| is_hex(chain) && is_round(round)),
            _ => false,
        };
        let say = || format!("“{part}”不是认得的信标名：双色球 ssq-2026123、大乐透 dlt-26123、排列5 pl5-26300、drand-链指纹-轮次。");
        Refused::unless(known, Wrong::Beacon, say)?;
        let twice = parts.iter().take(n).any(|p| p == part);
        Refused::unless(!twice, Wrong::Beacon, || format!("信标“{part}”写了两次。"))?;
    }
    Ok(())
}
/// Whether a value is a possible result of the beacon of this name. An empty name asks for an empty value.
///
/// # Errors
/// Which part is impossible.
pub fn beacon_value(name: &str, value: &str) -> Result<(), Refused> {
    if name.is_empty() {
        return Refused::unless(value.is_empty(), Wrong::Beacon, || "公告没有信标，却填了结果。".into());
    }
    let (names, values): (Vec<&str>, Vec<&str>) = (name.split(';').collect(), value.split(';').collect());
    Refused::unless(names.len() == values.len(), Wrong::Beacon, || format!("信标应有 {} 项结果。", names.len()))?;
    for (name, value) in names.iter().zip(values) {
        let result = value.strip_prefix(name).and_then(|r| r.strip_prefix(':'));
        let say = || format!("应填公告的“{name}”的结果，写作“{name}:…”。");
        let result = result.ok_or_else(|| Refused::new(Wrong::Beacon, say()))?;
        let possible = match name.split('-').next().unwrap_or("") {
            "ssq" => balls(result, (6, 33), (1, 16)),
            "dlt" => balls(result, (5, 35), (2, 12)),
            "pl5" => result.len() == 9 && result.split(',').all(|d| digits(d, 1)),
            _ => is_hex(result),
        };
        Refused::unless(possible, Wrong::Beacon, || format!("“{value}”不是可能的开奖结果。"))?;
    }
    Ok(())
}
fn balls(text: &str, front: (usize, u32), back: (usize, u32)) -> bool {
    let one = |text: &str, (count, most): (usize, u32)| {
        let mut last = 0;
        let fits = |b: &str| digits(b, 2) && b.parse().is_ok_and(|n: u32| n <= most && n > std::mem::replace(&mut last, n));
        text.split(',').count() == count && text.split(',').all(fits)
    };
    text.split_once('+').is_some_and(|(f, b)| one(f, front) && one(b, back))
}
fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|b| b.is_ascii_digit())
}
fn is_round(text: &str) -> bool {
    (1..=15).contains(&text.len()) && !text.starts_with('0') && digits(text, text.len())
}
/// Sixty-four lower-case hex digits.
fn is_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
