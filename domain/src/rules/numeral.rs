//! Numbers of articles, in the ways people write them.
use crate::identifiers::half_width;

/// Full-width digits as plain ones, and every kind of blank as one.
pub fn plain(c: char) -> char {
    match c {
        '０'..='９' => half_width(c),
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
fn digit(c: char) -> Option<u32> {
    "零一二三四五六七八九".chars().zip(0..).find(|(d, _)| *d == c).map(|(_, n)| n).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}
/// Whether numbers are written with it.
pub fn is_part(c: char) -> bool {
    plain(c).is_ascii_digit() || digit(c).is_some() || matches!(c, '十' | '百' | '千')
}
/// “一百三十三”, “133”, “１３３”.
pub fn parse(text: &str) -> Option<u32> {
    let ascii: String = text.chars().map(plain).collect();
    if ascii.is_empty() || ascii.len() > 60 {
        return None;
    }
    if ascii.chars().all(|c| c.is_ascii_digit()) {
        return ascii.parse().ok();
    }
    let (mut sum, mut open) = (0u32, None);
    for c in ascii.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            c => {
                open = Some(digit(c)?);
                continue;
            }
        };
        sum = sum.checked_add(open.take().filter(|n| *n > 0).unwrap_or(1) * unit)?;
    }
    sum.checked_add(open.unwrap_or(0))
}
/// The number a text begins with, between 1 and 9999, and what follows it.
pub fn leading(text: &str) -> Option<(u32, &str)> {
    let (n, rest) = text.split_at_checked(text.find(|c| !is_part(c)).unwrap_or(text.len()))?;
    parse(n).filter(|n| (1..10_000).contains(n)).map(|n| (n, rest))
}
/// The number as laws write it, below ten thousand.
pub fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut text = String::new();
    let mut gap = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let d = n / unit % 10;
        if d == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            text.push('零');
        }
        if !(d == 1 && unit == 10 && text.is_empty()) {
            text.push_str(DIGITS.get(d as usize).copied().unwrap_or(""));
        }
        text.push_str(name);
    }
    if text.is_empty() { "零".into() } else { text }
}
