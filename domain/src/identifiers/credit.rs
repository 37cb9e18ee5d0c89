//! 统一社会信用代码 (GB 32100).
use super::{Fault, Wrong, digits, fold, region};

/// Digits and capitals but I, O, S, V and Z; where a sign stands is its value.
const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Powers of three modulo 31: all different, so that no two places can be mistaken for each other.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// The code in capitals.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check(text: &str) -> Result<String, Wrong> {
    let code = fold(text);
    if let Some(odd) = code.chars().find(|c| !SIGNS.contains(*c)) {
        let say = format!("统一社会信用代码里不能有“{odd}”，只用数字和大写字母，不用 I、O、S、V、Z。请对照登记证照重填。");
        return Err(Wrong::new(Fault::Signs, say));
    }
    let (Some(body), Some(place), 18) = (code.get(..17), code.get(2..8), code.len()) else {
        let say = format!("统一社会信用代码应为 18 位，现在是 {} 位。请对照登记证照重填。", code.len());
        return Err(Wrong::new(Fault::Length, say));
    };
    if !code.ends_with(last(body)) {
        return Err(Wrong::new(Fault::Check, "统一社会信用代码校验位不对，可能写错一位或写反两位。请对照登记证照重填。"));
    }
    // What the State registers itself stands at no province.
    if place != "100000" && (!digits(place) || region::province(place).is_none()) {
        let say = format!("统一社会信用代码第 3 至 8 位应是行政区划代码，现在是“{place}”。请对照登记证照重填。");
        return Err(Wrong::new(Fault::Place, say));
    }
    Ok(code)
}
/// For a field that holds such a code: what is wrong with it.
pub fn wrong(text: &str) -> Option<String> {
    check(text).err().map(|w| w.say)
}
/// The check character of seventeen signs.
fn last(body: &str) -> char {
    let sum: usize = body.chars().zip(WEIGHTS).map(|(c, w)| SIGNS.find(c).unwrap_or(0) * w).sum();
    SIGNS.chars().nth((31 - sum % 31) % 31).unwrap_or('0')
}
