//! Numbers a record has no use for (B9: 平台不存银行卡等与评查无关信息): of a bank card, an account, an identity card, a passport.
//! Telephone numbers, dates, case and document numbers pass.

/// A card, an account or an identity card has at least so many digits; a telephone number has fewer.
const LONG: usize = 13;

/// Whether the text holds a number like a bank card's, an account's or a personal document's.
pub fn identifies(text: &str) -> bool {
    let plain: Vec<char> = text.chars().map(narrow).collect();
    runs(&plain).iter().any(|digits| digits.len() >= LONG && !telephones(digits)) || passport(&plain)
}
/// Full-width signs as the ones they stand for.
fn narrow(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        0x3000 | 0xA0 => ' ',
        _ => c,
    }
}
/// Digits written as one number, whether or not one sign divides them into groups: 6222 0212 …, 6222-0212-….
fn runs(text: &[char]) -> Vec<String> {
    let (mut all, mut run, mut between) = (vec![], String::new(), None);
    let mut signs = text.iter().peekable();
    while let Some(c) = signs.next() {
        let divides = matches!(c, ' ' | '-' | '.' | '·' | ',') && signs.peek().is_some_and(|next| next.is_ascii_digit());
        if c.is_ascii_digit() {
            run.push(*c);
        } else if divides && !run.is_empty() && between.is_none_or(|b| b == *c) {
            between = Some(*c);
        } else {
            all.push(std::mem::take(&mut run));
            between = None;
        }
    }
    all.push(run);
    all
}
/// One or more mobile numbers, with or without the country's prefix.
fn telephones(digits: &str) -> bool {
    let own = digits.strip_prefix("00").unwrap_or(digits);
    let own = own.strip_prefix("86").filter(|rest| rest.len().is_multiple_of(11)).unwrap_or(digits);
    let mobile = |n: usize| own.get(n * 11..n * 11 + 2).is_some_and(|s| s.starts_with('1') && s > "12");
    own.len().is_multiple_of(11) && (0..own.len() / 11).all(mobile)
}
/// A letter and eight digits, by themselves.
fn passport(text: &[char]) -> bool {
    let word = |c: &char| c.is_ascii_alphanumeric();
    text.split(|c| !word(c))
        .any(|w| matches!(w, [first, rest @ ..] if first.is_ascii_alphabetic() && rest.len() == 8 && rest.iter().all(char::is_ascii_digit)))
}
