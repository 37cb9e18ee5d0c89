//! Numbers as people write them: of matters (ZG-2026-0019, zg19), of cases （2025）赣0902刑初12号 and of papers 宜政法督〔2026〕19号, whole or
//! in part. Each form is a token of its own, so that an exact number is found before every text that speaks of its digits.
use std::collections::HashSet;
use std::sync::LazyLock;

use super::letters::{is_han, low};

/// A text that names more numbers than this is found by its words.
const MOST: usize = 64;
static PREFIXES: LazyLock<HashSet<String>> =
    LazyLock::new(|| domain::procedures::all().iter().map(|k| k.prefix.to_ascii_lowercase()).collect());

/// A character with brackets and dashes of every kind alike.
pub(super) fn alike(c: char) -> char {
    match low(c) {
        '〔' | '［' | '[' | '【' | '〖' | '（' | '{' => '(',
        '〕' | '］' | ']' | '】' | '〗' | '）' | '}' => ')',
        '‐' | '‑' | '–' | '—' | '−' | '﹣' => '-',
        '“' | '”' | '「' | '」' | '『' | '』' | '＂' => '"',
        c => c,
    }
}
struct Reader<'a>(&'a [char]);
impl Reader<'_> {
    fn skip(&mut self, wanted: &str) -> bool {
        let hit = self.0.first().is_some_and(|c| wanted.contains(*c));
        if hit {
            self.0 = self.0.get(1..).unwrap_or(&[]);
        }
        hit
    }
    fn run(&mut self, most: usize, of: fn(char) -> bool) -> String {
        let n = self.0.iter().take(most).take_while(|c| of(**c)).count();
        let (head, rest) = self.0.split_at(n);
        self.0 = rest;
        head.iter().collect()
    }
    fn digits(&mut self, most: usize) -> String {
        self.run(most, |c| c.is_ascii_digit())
    }
    fn han(&mut self, most: usize) -> String {
        self.run(most, |c| is_han(c) && c != '号' && c != '第')
    }
    /// A serial number without zeros before it.
    fn serial(&mut self) -> Option<String> {
        let digits = self.digits(7);
        let n: u32 = digits.parse().ok()?;
        (n > 0).then(|| n.to_string())
    }
    /// `(2026)`; without brackets where four digits are followed by something else.
    fn year(&mut self) -> Option<String> {
        let before = self.0;
        let bracket = self.skip("(");
        let year = self.digits(4);
        let ends = if bracket { self.skip(")") } else { !self.0.first().is_some_and(char::is_ascii_digit) };
        if ends && is_year(&year) {
            // 2025年…
            self.skip("年");
            return Some(year);
        }
        self.0 = before;
        None
    }
    fn done(&self) -> bool {
        self.0.is_empty()
    }
}
fn is_year(text: &str) -> bool {
    text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
}
/// The token by which this number is asked for; `text` holds nothing else and is already `alike`.
pub(super) fn asked(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    matter(&chars).or_else(|| paper(&chars)).or_else(|| case(&chars))
}
fn matter(chars: &[char]) -> Option<String> {
    let mut r = Reader(chars);
    let prefix = r.run(4, |c| c.is_ascii_lowercase());
    if !PREFIXES.contains(&prefix) {
        return None;
    }
    r.skip("-");
    let mut first = r.digits(10);
    let mut second = if r.skip("-") { r.digits(7) } else { String::new() };
    // The year and the number without a dash between them.
    if second.is_empty() && first.len() > 6 && first.get(..4).is_some_and(is_year) {
        second = first.split_off(4);
    }
    if !r.done() || first.is_empty() {
        return None;
    }
    let (year, n) = if second.is_empty() { (String::new(), first) } else { (first, second) };
    let n: u32 = n.parse().ok()?;
    (year.is_empty() || is_year(&year)).then(|| format!("m{prefix}|{year}|{n}"))
}
fn paper(chars: &[char]) -> Option<String> {
    let mut r = Reader(chars);
    let agency = r.han(10);
    let bracket = r.0.first() == Some(&'(');
    let year = r.year()?;
    // 督2026-19: without brackets it takes a name before and a dash between.
    if !bracket && (agency.is_empty() || !r.skip("-")) {
        return None;
    }
    r.skip("第");
    let n = r.serial()?;
    r.skip("号");
    r.done().then(|| format!("d{year}|{agency}|{n}"))
}
fn case(chars: &[char]) -> Option<String> {
    let mut r = Reader(chars);
    let year = r.year();
    let first = r.han(8);
    let code = r.digits(7);
    let kind = r.han(6);
    if first.is_empty() || code.is_empty() {
        return None;
    }
    if kind.is_empty() {
        // 刑初12号: no court.
        let n: u32 = code.parse().ok()?;
        let whole = r.skip("号") && r.done() && first.chars().count() > 1;
        return whole.then(|| format!("c{}||{first}|{n}", year.unwrap_or_default()));
    }
    let n = r.serial()?;
    r.skip("号");
    r.done().then(|| format!("c{}|{first}{code}|{kind}|{n}", year.unwrap_or_default()))
}
/// Tokens of a matter's own number.
pub(super) fn own(number: &str) -> Vec<String> {
    let lower: String = number.chars().map(low).collect();
    let mut parts = lower.split('-');
    let (Some(prefix), Some(year), Some(Ok(n))) = (parts.next(), parts.next(), parts.next().map(str::parse::<u32>)) else { return vec![] };
    vec![format!("m{prefix}|{year}|{n}"), format!("m{prefix}||{n}")]
}
/// Tokens of the numbers of cases and papers that a text names.
pub(super) fn named(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().map(alike).collect();
    let mut all = vec![];
    for at in (0..chars.len()).filter(|at| chars.get(*at) == Some(&'(')).take(MOST) {
        let (before, rest) = chars.split_at(at);
        let mut r = Reader(rest);
        let Some(year) = r.year() else { continue };
        if r.0.first().is_some_and(char::is_ascii_digit) || r.0.first() == Some(&'第') {
            r.skip("第");
            let Some(n) = r.serial().filter(|_| r.skip("号")) else { continue };
            let agency: Vec<char> = before.iter().rev().take(10).take_while(|c| is_han(**c)).copied().collect();
            all.extend((2..=agency.len()).map(|n| agency.iter().take(n).rev().collect::<String>()).map(|a| format!("d{year}|{a}|{n}")));
            all.push(format!("d{year}||{n}"));
            continue;
        }
        let (first, code, kind) = (r.han(8), r.digits(7), r.han(6));
        if kind.is_empty() {
            // The high court: 赣刑终12号.
            let Some(n) = code.parse::<u32>().ok().filter(|_| r.skip("号")) else { continue };
            let rest: String = first.chars().skip(1).collect();
            for kind in [first, rest].iter().filter(|k| !k.is_empty()) {
                all.extend([format!("c{year}||{kind}|{n}"), format!("c||{kind}|{n}")]);
            }
        } else if let Some(n) = r.serial().filter(|_| r.skip("号")) {
            let court = format!("{first}{code}");
            for year in [year.as_str(), ""] {
                all.extend([format!("c{year}|{court}|{kind}|{n}"), format!("c{year}||{kind}|{n}")]);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Option<String> {
        asked(&text.chars().map(alike).collect::<String>())
    }
    #[test]
    fn a_matter_is_asked_for_in_every_way_people_write_its_number() {
        let own = own("ZG-2026-0019");
        for text in ["ZG-2026-0019", "zg-2026-19", "ZG2026-19", "zg20260019", "ＺＧ－2026－0019", "zg—2026—19"] {
            assert_eq!(ask(text).as_ref(), own.first(), "{text}");
        }
        for text in ["zg19", "ZG-19", "zg0019"] {
            assert_eq!(ask(text).as_ref(), own.get(1), "{text}");
        }
        for text in ["zz19", "zg", "zg-2026-", "19", "zg19号案"] {
            assert!(ask(text).is_none_or(|t| !own.contains(&t)), "{text}");
        }
    }
    #[test]
    fn a_case_is_asked_for_whole_and_in_part_in_brackets_of_every_width() {
        let named = named("本院受理的（2025）赣0902刑初12号一案，");
        for text in [
            "（2025）赣0902刑初12号",
            "(2025)赣0902刑初12号",
            "〔2025〕赣0902刑初12",
            "2025赣0902刑初12号",
            "赣0902刑初12号",
            "赣0902刑初12",
            "（2025）刑初12号",
            "刑初12号",
        ] {
            assert!(ask(text).is_some_and(|t| named.contains(&t)), "{text}: {:?} in {named:?}", ask(text));
        }
        for text in ["（2024）赣0902刑初12号", "赣0903刑初12号", "刑初2号", "民初12号", "超期12"] {
            assert!(ask(text).is_none_or(|t| !named.contains(&t)), "{text}");
        }
        assert!(super::named("（2025）赣刑终7号").contains(&ask("刑终7号").unwrap_or_default()));
    }
    #[test]
    fn a_paper_is_asked_for_with_and_without_its_agency() {
        let named = named("收到宜政法督〔2026〕19号督办函");
        for text in
            ["宜政法督〔2026〕19号", "宜政法督（2026）19号", "政法督[2026]19", "〔2026〕19号", "宜政法督2026-19", "宜政法督〔2026〕第19号"]
        {
            assert!(ask(text).is_some_and(|t| named.contains(&t)), "{text}: {:?} in {named:?}", ask(text));
        }
        for text in ["宜政法督〔2026〕9号", "宜检〔2026〕19号", "宜政法督〔2025〕19号"] {
            assert!(ask(text).is_none_or(|t| !named.contains(&t)), "{text}");
        }
    }
    #[test]
    fn hostile_texts_name_nothing() {
        for text in ["", "(", "((((", "(2026", "(2026)", "(2026)号", "(2026)0号", "(9999)1号", "（2026）赣号", "(2026)刑初999999999999号"]
        {
            assert_eq!(named(text), Vec::<String>::new(), "{text}");
            let _ = ask(text);
        }
    }
}
