//! 身份证: check digit (GB 11643), the old fifteen digits, birth day and sex. 统一社会信用代码: check letter (GB 32100).
use jiff::civil::Date;

/// What is wrong with a number of identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Not eighteen (or fifteen) digits.
    Length,
    /// The check digit does not fit.
    Check,
    /// No such day of birth.
    Birth,
}
/// Eighteen digits of a number; `true` when it came with fifteen.
pub fn full(text: &str) -> Result<(String, bool), Wrong> {
    let upper = text.to_ascii_uppercase();
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match upper.len() {
        18 if digits(upper.get(..17).unwrap_or("x")) => {
            let body = upper.get(..17).unwrap_or("");
            let last = upper.chars().last();
            if check(body) != last {
                return Err(Wrong::Check);
            }
            birth(&upper).map(|_| (upper, false)).ok_or(Wrong::Birth)
        }
        15 if digits(&upper) => {
            let body = format!("{}19{}", upper.get(..6).unwrap_or(""), upper.get(6..).unwrap_or(""));
            let whole = format!("{body}{}", check(&body).ok_or(Wrong::Length)?);
            birth(&whole).map(|_| (whole, true)).ok_or(Wrong::Birth)
        }
        _ => Err(Wrong::Length),
    }
}
fn check(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
    "10X98765432".chars().nth(usize::try_from(sum % 11).ok()?)
}
/// Whether a number means a person. The code of an organisation has letters inside, begins with 9, or fits its own check where no day
/// of birth stands.
pub fn looks_like_one(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let body = upper.strip_suffix('X').unwrap_or(&upper);
    let digits = !body.is_empty() && body.bytes().all(|b| b.is_ascii_digit());
    full(&upper).is_ok() || digits && !(upper.len() == 18 && (upper.starts_with('9') || birth(&upper).is_none() && credit(&upper).is_ok()))
}
/// 统一社会信用代码 in capitals.
pub fn credit(text: &str) -> Result<String, Wrong> {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let code = text.to_ascii_uppercase();
    let places: Option<Vec<usize>> = code.chars().map(|c| SIGNS.find(c)).collect();
    let (Some(places), 18) = (places, code.len()) else { return Err(Wrong::Length) };
    let sum: usize = places.iter().zip(WEIGHTS).map(|(p, w)| p * w).sum();
    if places.last() == Some(&((31 - sum % 31) % 31)) { Ok(code) } else { Err(Wrong::Check) }
}
/// Day of birth in eighteen digits.
pub fn birth(id: &str) -> Option<Date> {
    let part = |a: usize, b: usize| id.get(a..b)?.parse::<i16>().ok();
    Date::new(part(6, 10)?, i8::try_from(part(10, 12)?).ok()?, i8::try_from(part(12, 14)?).ok()?).ok()
}
/// 男 or 女 by the seventeenth digit.
pub fn sex(id: &str) -> Option<&'static str> {
    let digit = id.chars().nth(16)?.to_digit(10)?;
    Some(if digit % 2 == 1 { "男" } else { "女" })
}
