//! 公民身份号码 (GB 11643); 港澳台居民居住证 are built alike.
use jiff::civil::Date;

use super::{Fault, Wrong, digits, fold, region};

/// A number of identity, and what it tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citizen {
    /// Eighteen places, X in capitals.
    pub number: String,
    /// It came with the fifteen places of the first generation, which prove nothing.
    pub old: bool,
    /// 出生日期.
    pub birth: Date,
    /// 男 or 女.
    pub sex: &'static str,
}
/// The number with eighteen places.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check(text: &str) -> Result<Citizen, Wrong> {
    let given = fold(text);
    let (body, old) = match (given.chars().count(), given.get(..6), given.get(6..), given.get(..17)) {
        (18, _, _, Some(body)) => (body.to_owned(), false),
        (15, Some(place), Some(rest), _) => (format!("{place}19{rest}"), true),
        (n, ..) => return Err(Wrong::new(Fault::Length, format!("身份证号应为 18 位，现在是 {n} 位。请对照证件重填。"))),
    };
    let end = if old { None } else { given.chars().last() };
    if !digits(&body) || end.is_some_and(|c| !c.is_ascii_digit() && c != 'X') {
        return Err(Wrong::new(Fault::Signs, "身份证号只有数字，末位可以是 X。请对照证件重填。"));
    }
    let last = last(&body);
    if end.is_some_and(|c| c != last) {
        return Err(Wrong::new(Fault::Check, "身份证号校验位不对，可能写错一位或写反两位。请对照证件重填。"));
    }
    if region::province(&body).is_none() && !body.starts_with(OF_TAIWAN) {
        return Err(Wrong::new(Fault::Place, "身份证号开头两位不是省级代码。请对照证件重填。"));
    }
    let number = format!("{body}{last}");
    let Some(birth) = birth(&number) else {
        return Err(Wrong::new(Fault::Birth, "身份证号里的出生日期不存在。请对照证件重填。"));
    };
    let man = number.as_bytes().get(16).is_some_and(|b| b % 2 == 1);
    Ok(Citizen { number, old, birth, sex: if man { "男" } else { "女" } })
}
/// For a field that holds such a number: what is wrong with it.
pub fn wrong(text: &str) -> Option<String> {
    check(text).err().map(|w| w.say)
}
/// How 台湾居民居住证 begin; those of Hong Kong and Macao begin as their regions do.
const OF_TAIWAN: &str = "83";

/// The check character of seventeen digits: powers of two modulo eleven.
fn last(body: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
    let signs = "10X98765432".chars();
    signs.zip(0..).find(|(_, n)| *n == sum % 11).map_or('X', |(c, _)| c)
}
/// The day that stands at the seventh place of eighteen; nobody whose number is kept was born before 1800.
pub(super) fn birth(number: &str) -> Option<Date> {
    let part = |a: usize, b: usize| number.get(a..b)?.parse::<i16>().ok();
    let year = part(6, 10).filter(|y| (1800..2100).contains(y))?;
    Date::new(year, i8::try_from(part(10, 12)?).ok()?, i8::try_from(part(12, 14)?).ok()?).ok()
}
