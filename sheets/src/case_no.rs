//! 案号、文号: one writing of many. Courts write （2024）赣1202刑初15号, everybody else 某字〔2024〕15号.

/// The usual writing of a number, with half-width round brackets for courts.
pub fn canonical(text: &str) -> String {
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
    trim_zeros(&out)
}
/// Leading zeros of the serial number say nothing.
fn trim_zeros(text: &str) -> String {
    let Some(body) = text.strip_suffix('号') else { return text.to_owned() };
    let digits: String = body.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let head = body.strip_suffix(&digits).unwrap_or(body);
    let kept = digits.trim_start_matches('0');
    format!("{head}{}号", if kept.is_empty() && !digits.is_empty() { "0" } else { kept })
}
/// The case type that the number itself tells, where it does.
pub fn case_type(number: &str) -> Option<&'static str> {
    const SIGNS: &[(&str, &str)] = &[
        ("公(刑)", "01"),
        ("检刑诉", "01"),
        ("刑初", "01"),
        ("刑终", "01"),
        ("民初", "02"),
        ("民终", "02"),
        ("行初", "03"),
        ("行终", "03"),
        ("执", "04"),
        ("公(治)行罚决字", "05"),
        ("府复决字", "09"),
    ];
    SIGNS.iter().find(|(sign, _)| number.contains(sign)).map(|(_, t)| *t)
}
