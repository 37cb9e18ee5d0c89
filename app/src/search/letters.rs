//! Letters as search compares them: half width, lower case, simplified; runs of Han characters and of others.
use domain::identifiers::half_width;
use std::sync::LazyLock;

const FIRST: u32 = 0x3400;
/// The simplified character of each from U+3400 to U+9FFF, each looked up alone: a text and a question are folded alike whatever stands
/// around.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: Vec<char> = (FIRST..=0x9fff).filter_map(char::from_u32).collect();
    let apart: String = all.iter().flat_map(|c| [*c, '0']).collect();
    fast2s::convert(&apart).chars().step_by(2).collect()
});
/// Full-width letters and digits as their plain ones, traditional characters as simplified ones.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{3400}'..='\u{9fff}' => usize::try_from(u32::from(c) - FIRST).ok().and_then(|at| SIMPLE.get(at)).copied().unwrap_or(c),
        c => half_width(c),
    }
}
/// Folded, and lower case.
pub(super) fn low(c: char) -> char {
    let c = fold(c);
    c.to_lowercase().next().unwrap_or(c)
}
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}
/// Letters and digits alone: what a phrase is compared by.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(low).filter(|c| c.is_alphanumeric()).collect()
}
/// Bytes after which the rest of a word without a break tells nothing more: PostgreSQL takes no word of two thousand.
const LONGEST: usize = 200;
pub(super) enum Run {
    Han(Vec<char>),
    Other(String),
}
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut all: Vec<Run> = vec![];
    let mut open = false;
    for c in text.chars().map(fold) {
        if is_han(c) {
            match all.last_mut() {
                Some(Run::Han(chars)) if open => chars.push(c),
                _ => all.push(Run::Han(vec![c])),
            }
            open = true;
        } else if c.is_alphanumeric() {
            let lower = c.to_lowercase();
            match all.last_mut() {
                Some(Run::Other(word)) if open && word.len() >= LONGEST => {}
                Some(Run::Other(word)) if open => word.extend(lower),
                _ => all.push(Run::Other(lower.collect())),
            }
            open = true;
        } else {
            open = false;
        }
    }
    all
}
/// Runs of Han characters as overlapping bigrams and as single characters; other runs of letters and digits whole.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut all = vec![];
    for run in runs(text) {
        match run {
            Run::Han(chars) => {
                all.extend(chars.windows(2).map(|w| w.iter().collect::<String>()));
                all.extend(chars.iter().map(char::to_string));
            }
            Run::Other(word) => all.push(word),
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
/// A single character asks for itself: it stands wherever a word begins with it.
pub(super) fn query_tokens(text: &str) -> Vec<String> {
    let mut all = vec![];
    for run in runs(text) {
        match run {
            Run::Han(chars) if chars.len() == 1 => all.extend(chars.iter().map(char::to_string)),
            Run::Han(chars) => all.extend(chars.windows(2).map(|w| w.iter().collect::<String>())),
            Run::Other(word) => all.push(word),
        }
    }
    all
}
