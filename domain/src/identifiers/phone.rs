//! Telephone numbers of the country: mobile ones and landlines with their area code. They carry no check digit: only shape is judged.
use super::{Fault, Wrong, digits, fold};

/// A telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The eleven digits of a mobile; of a landline `0789-6660033`.
    pub number: String,
    /// 手机.
    pub mobile: bool,
}
/// The number without country code, spaces and brackets.
///
/// # Errors
/// What is wrong with it and what to do.
pub fn check(text: &str) -> Result<Phone, Wrong> {
    let folded = fold(text);
    let bare: String = folded.chars().filter(|c| !matches!(c, '-' | '(' | ')' | '‐' | '‑' | '–' | '—')).collect();
    let foreign = ["+86", "0086"].into_iter().find_map(|p| bare.strip_prefix(p));
    let rest = foreign.or_else(|| bare.strip_prefix("86").filter(|r| mobile(r))).unwrap_or(&bare);
    if !digits(rest) {
        return Err(Wrong::new(Fault::Signs, "电话里只能有数字、空格和横线。请一格只填一个号码，分机写在备注。"));
    }
    if mobile(rest) {
        return Ok(Phone { number: rest.to_owned(), mobile: true });
    }
    // After the country code the zero of the area code is left out.
    let number = if foreign.is_some() && !rest.starts_with('0') { format!("0{rest}") } else { rest.to_owned() };
    if let Some((area, own)) = landline(&number) {
        return Ok(Phone { number: format!("{area}-{own}"), mobile: false });
    }
    let n = rest.len();
    if n == 11 && rest.starts_with('1') {
        return Err(Wrong::new(Fault::Signs, "手机号第二位应是 3 至 9。请核对。"));
    }
    let say = if rest.starts_with('0') {
        "固定电话应是区号加 7 至 8 位号码，号码不以 0、1 开头。请核对区号和号码，分机写在备注。".to_owned()
    } else {
        format!("手机号应为 11 位，固定电话前要有区号，现在是 {n} 位。请核对。")
    };
    Err(Wrong::new(Fault::Length, say))
}
/// For a field that holds such a number: what is wrong with it.
pub fn wrong(text: &str) -> Option<String> {
    check(text).err().map(|w| w.say)
}
fn mobile(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1', b'3'..=b'9', ..]) && text.len() == 11 && digits(text)
}
/// 010 and 02x stand before eight digits, other area codes have four and stand before seven or eight.
fn landline(text: &str) -> Option<(&str, &str)> {
    let (area, lengths) = match text.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => (3, 8..=8),
        [b'0', b'3'..=b'9', ..] => (4, 7..=8),
        _ => return None,
    };
    let (area, own) = text.split_at_checked(area)?;
    (lengths.contains(&own.len()) && own.starts_with(|c| matches!(c, '2'..='9'))).then_some((area, own))
}
