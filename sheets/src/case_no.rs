//! 案号、文号: one writing of many. Courts write （2024）赣1202刑初15号, everybody else 某字〔2024〕15号.
use crate::units::Units;

/// The usual writing of a number, with half-width round brackets for courts. Leading zeros of the serial number say nothing.
pub fn canonical(text: &str) -> String {
    serial(&written(text), true)
}
/// The same of a paper whose serial number is written with its zeros (聘书、证书).
pub fn with_zeros(text: &str) -> String {
    serial(&written(text), false)
}
fn written(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(crate::cells::half).collect();
    let chars: Vec<char> = plain.chars().collect();
    let mut out = String::new();
    let mut i = 0;
    while let Some(c) = chars.get(i) {
        let year: String = chars.iter().skip(i + 1).take(4).collect();
        let closed = chars.get(i + 5).is_some_and(|c| ")]】〕）］".contains(*c));
        if "([【〔（［".contains(*c) && closed && year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) {
            let (open, close) = if out.is_empty() { ('(', ')') } else { ('〔', '〕') };
            out.push(open);
            out.push_str(&year);
            out.push(close);
            i += 6;
            if chars.get(i) == Some(&'第') {
                i += 1;
            }
            continue;
        }
        out.push(match c {
            '（' | '［' => '(',
            '）' | '］' => ')',
            c => *c,
        });
        i += 1;
    }
    if out.chars().last().is_some_and(|c| c.is_ascii_digit()) && (out.contains('〔') || out.starts_with('(')) {
        out.push('号');
    }
    out
}
/// 第 and, where they say nothing, zeros before the serial number.
fn serial(text: &str, trim: bool) -> String {
    let Some(body) = text.strip_suffix('号') else { return text.to_owned() };
    let head = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = body.strip_prefix(head).unwrap_or("");
    let kept = if trim { digits.trim_start_matches('0') } else { digits };
    let dated = head.starts_with('(') || head.contains('〔');
    let head = head.strip_suffix('第').filter(|_| dated).unwrap_or(head);
    format!("{head}{}号", if kept.is_empty() && !digits.is_empty() { "0" } else { kept })
}
/// The case type that the number itself tells, where it does.
pub fn case_type(number: &str) -> Option<&'static str> {
    /// Signs that must stand in this order.
    type Signs = &'static [(&'static [&'static str], &'static str)];
    const COURTS: Signs = &[(&["刑更"], "07"), (&["委赔"], "06"), (&["刑"], "01"), (&["民"], "02"), (&["行"], "03"), (&["执"], "04")];
    const OTHERS: Signs = &[
        (&["公(刑)"], "01"),
        (&["公", "行罚决字"], "05"),
        (&["检", "公建"], "08"),
        (&["检刑"], "01"),
        (&["检捕"], "01"),
        (&["检不捕"], "01"),
        (&["检民监"], "02"),
        (&["检行监"], "03"),
        (&["府复决字"], "09"),
        (&["司罚决字"], "09"),
        (&["司矫"], "09"),
        (&["司公投字"], "09"),
        (&["援审字"], "09"),
    ];
    let told = |table: Signs, fits: &dyn Fn(&[&str]) -> bool| table.iter().find(|(signs, _)| fits(signs)).map(|(_, t)| *t);
    match court(number) {
        Some((_, kind)) => told(COURTS, &|signs| signs.iter().all(|s| kind.starts_with(s))),
        None => told(OTHERS, &|signs| signs.iter().try_fold(number, |rest, s| Some(rest.split_once(s)?.1)).is_some()),
    }
}
/// `(word, what follows)` of a court's number: (2024)赣1202刑初15号 is 赣1202 and 刑初15号.
fn court(number: &str) -> Option<(&str, &str)> {
    let rest = year(number.strip_prefix('(')?, ')')?;
    if rest.starts_with(KINDS) {
        return Some(("", rest));
    }
    if let Some(kind) = rest.strip_prefix("最高法") {
        return Some(("最高法", kind));
    }
    let first = rest.chars().next().filter(|c| PROVINCES.contains(*c))?;
    let tail = rest.get(first.len_utf8()..)?.trim_start_matches(|c: char| c.is_ascii_digit());
    tail.starts_with(KINDS).then(|| (rest.strip_suffix(tail).unwrap_or(""), tail))
}
/// How the kinds of court cases begin.
const KINDS: [char; 8] = ['刑', '民', '行', '执', '委', '赔', '清', '破'];
/// How the words of courts begin: the short name of the province.
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵黔云滇藏陕甘青宁新兵";

/// What follows a year of four digits and its closing bracket.
fn year(text: &str, close: char) -> Option<&str> {
    text.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).and_then(|_| text.get(4..)?.strip_prefix(close))
}
/// What a number that must be whole lacks; it is in its usual writing.
pub fn fault(number: &str, units: &Units) -> Option<String> {
    let like = "如 (2023)赣1202刑初123号 或 某公(治)立字〔2023〕45号";
    let dated =
        number.strip_prefix('(').is_some_and(|t| year(t, ')').is_some()) || number.split('〔').skip(1).any(|t| year(t, '〕').is_some());
    if !dated {
        return Some(format!("“{number}”没有四位年份。请补全，{like}。"));
    }
    let serial =
        |(body, rest): (&str, &str)| body.ends_with(|c: char| c.is_ascii_digit()) && (rest.is_empty() || rest.starts_with(['之', '-']));
    if !number.split_once('号').is_some_and(serial) {
        return Some(format!("“{number}”没有“号”前的序号。请补全，{like}。"));
    }
    match court(number) {
        Some(("", _)) => Some(format!("“{number}”没有法院代字。请补全，{like}。")),
        Some((word, _)) if !units.court(word) => Some(format!("法院代字“{word}”不在机构表。请核对案号，或先在机构中登记该法院。")),
        _ => None,
    }
}
