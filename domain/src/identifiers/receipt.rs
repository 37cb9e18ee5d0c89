//! 受理号 and 回执密码 of the portal (`enterprise.md` B1): what is read over the telephone and copied by hand.
use super::{Fault, Wrong, digits, fold};

/// A quasigroup of order ten without weak spots (H. M. Damm, 2004): every wrong digit and every two neighbours swapped change the end.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];
/// Where the digits lead; after a check digit that fits, to zero.
fn end(text: &str) -> u8 {
    let step = |at: u8, b: u8| DAMM.get(usize::from(at)).and_then(|row| row.get(usize::from(b.wrapping_sub(b'0')))).copied().unwrap_or(0);
    text.bytes().fold(0, step)
}
/// 受理号: nine digits and their check digit; `None` where there are more than nine.
pub fn receipt_number(nine: u32) -> Option<String> {
    let text = format!("{nine:09}");
    (text.len() == 9).then(|| format!("{text}{}", end(&text)))
}
/// The 受理号 somebody typed, digits alone.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check_number(text: &str) -> Result<String, Wrong> {
    let number = typed(text, 10, "受理号")?;
    if end(&number) == 0 {
        Ok(number)
    } else {
        Err(Wrong::new(Fault::Check, "受理号有误，可能写错一位或写反两位。请对照回执重填。"))
    }
}
/// 回执密码: sixteen digits from chance that enters as bytes. Bytes from 250 are passed over, or the digits 0 to 5 would come oftener;
/// `None` where too few bytes are left (of 32 that happens once in many billions: draw again).
pub fn receipt_code(chance: &[u8]) -> Option<String> {
    let code: String = chance.iter().filter(|b| **b < 250).take(16).map(|b| char::from(b'0' + b % 10)).collect();
    (code.len() == 16).then_some(code)
}
/// The 回执密码 somebody typed, digits alone. It has no check digit: whoever guesses is told nothing.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check_code(text: &str) -> Result<String, Wrong> {
    typed(text, 16, "回执密码")
}
/// Letters and digits of the stronger code (RFC 4648): nothing that looks like another, once 0, 1 and 8 are read as O, I and B.
const STRONG: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The stronger 回执密码: twenty-four signs of five bits each; `None` where fewer than twenty-four bytes are given.
pub fn strong_code(chance: &[u8]) -> Option<String> {
    let code: String = chance.iter().take(24).filter_map(|b| STRONG.chars().nth(usize::from(b % 32))).collect();
    (code.len() == 24).then_some(code)
}
/// The 回执密码 somebody typed, of either kind: one with letters is the stronger one.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check_secret(text: &str) -> Result<String, Wrong> {
    let plain: String = fold(text).chars().filter(|c| *c != '-').collect();
    if !plain.chars().any(|c| c.is_ascii_alphabetic()) {
        return check_code(text);
    }
    let alike = |c: char| match c {
        '0' => 'O',
        '1' => 'I',
        '8' => 'B',
        c => c,
    };
    let code: String = plain.chars().map(alike).collect();
    if code.chars().any(|c| !STRONG.contains(c)) {
        return Err(Wrong::new(Fault::Signs, "回执密码只有数字和字母。请对照回执重填。"));
    }
    match code.len() {
        24 => Ok(code),
        n => Err(Wrong::new(Fault::Length, format!("带字母的回执密码应为 24 位，现在是 {n} 位。请对照回执重填。"))),
    }
}
fn typed(text: &str, width: usize, what: &str) -> Result<String, Wrong> {
    let number: String = fold(text).chars().filter(|c| *c != '-').collect();
    if !digits(&number) {
        return Err(Wrong::new(Fault::Signs, format!("{what}只有数字。请对照回执重填。")));
    }
    if number.len() != width {
        return Err(Wrong::new(Fault::Length, format!("{what}应为 {width} 位数字，现在是 {} 位。请对照回执重填。", number.len())));
    }
    Ok(number)
}
