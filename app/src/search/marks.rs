//! Hits in a text, for `<mark>`: words, phrases, and what sounds like them.
use super::grammar::{Query, Term};
use super::letters::low;
use super::sounds;

/// The text cut at the words of the query: `(is a hit, part)`.
pub fn marked(text: &str, q: &Query) -> Vec<(bool, String)> {
    let chars: Vec<char> = text.chars().collect();
    let hit = hits(&chars, q, true);
    parts(chars.into_iter().zip(hit))
}
/// The part of the text around its first hit, so many characters long, and how many of the words are in it; nothing where none is.
pub fn around(text: &str, q: &Query, most: usize) -> Option<(usize, Vec<(bool, String)>)> {
    let chars: Vec<char> = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let hit = hits(&chars, q, false);
    let first = hit.iter().position(|h| *h)?;
    let words = q.wanted.iter().filter(|t| !found(&letters(&chars), t).is_empty()).count();
    let from = first.saturating_sub(most / 4);
    let more = from + most < chars.len();
    let dots = |cut: bool| cut.then_some(('…', false));
    Some((words, parts(dots(from > 0).into_iter().chain(chars.into_iter().zip(hit).skip(from).take(most)).chain(dots(more)))))
}
/// Each letter, folded, with its place.
fn letters(chars: &[char]) -> Vec<(char, usize)> {
    chars.iter().enumerate().map(|(at, c)| (low(*c), at)).filter(|(c, _)| c.is_alphanumeric()).collect()
}
/// Where the term stands: `(first, last)` place of each.
fn found(letters: &[(char, usize)], term: &Term) -> Vec<(usize, usize)> {
    let word: Vec<char> = term.plain().chars().collect();
    let at = letters.windows(word.len().max(1)).filter(|w| w.iter().map(|l| &l.0).eq(word.iter()));
    at.filter_map(|w| Some((w.first()?.1, w.last()?.1))).collect()
}
fn hits(chars: &[char], q: &Query, sounding: bool) -> Vec<bool> {
    let mut hit = vec![false; chars.len()];
    let letters = letters(chars);
    let mut mark = |first: usize, last: usize| hit.iter_mut().take(last + 1).skip(first).for_each(|h| *h = true);
    for term in &q.wanted {
        let mut all = found(&letters, term);
        if let Some(word) = term.latin().filter(|_| sounding && all.is_empty()) {
            all.extend(sounds::heard(chars, word).into_iter().map(|(at, n)| (at, at + n - 1)));
        }
        all.into_iter().for_each(|(first, last)| mark(first, last));
    }
    hit
}
/// Characters, each with whether it is part of a hit, in runs.
pub(crate) fn parts(chars: impl Iterator<Item = (char, bool)>) -> Vec<(bool, String)> {
    let mut parts: Vec<(bool, String)> = vec![];
    for (c, hit) in chars {
        match parts.last_mut() {
            Some((last, part)) if *last == hit => part.push(c),
            _ => parts.push((hit, c.to_string())),
        }
    }
    parts
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn shown(text: &str, q: &str) -> String {
        marked(text, &Query::of(q)).into_iter().map(|(hit, part)| if hit { format!("[{part}]") } else { part }).collect()
    }
    #[test]
    fn words_phrases_traditional_characters_and_sounds_are_marked() {
        assert_eq!(shown("关于超期办理的整改通知", "超期 zgtz"), "关于[超期]办理的[整改通知]");
        assert_eq!(shown("執法監督", "执法"), "[執法]監督");
        assert_eq!(shown("（2025）赣0902刑初12号", "赣0902刑初12"), "（2025）[赣0902刑初12]号");
        assert_eq!(shown("无关", "超期"), "无关");
    }
    #[test]
    fn a_snippet_begins_a_little_before_the_first_hit() {
        let text = format!("{}超期未结{}", "前".repeat(100), "后".repeat(100));
        let (words, parts) = around(&text, &Query::of("超期 没有"), 40).unwrap();
        assert_eq!(words, 1);
        let whole: String = parts.iter().map(|p| p.1.as_str()).collect();
        assert!(whole.starts_with('…') && whole.ends_with('…') && whole.contains("前超期未结后"), "{whole}");
        assert!(around("无关", &Query::of("超期"), 40).is_none());
    }
}
