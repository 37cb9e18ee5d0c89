//! Pinyin of titles: first letters and pairs of syllables, every reading of a character that has several.
use pinyin::{Pinyin, ToPinyinMulti as _};
use std::collections::HashSet;
use std::sync::LazyLock;

use super::letters::{Run, low, runs};

/// More combinations of readings than this stand for nobody's words.
const MOST: usize = 24;

fn readings(c: char) -> Vec<&'static str> {
    let mut all: Vec<&str> = c.to_pinyin_multi().into_iter().flatten().map(Pinyin::plain).filter(|s| !s.is_empty()).collect();
    all.sort_unstable();
    all.dedup();
    all
}
fn letters_of(c: char) -> Vec<&'static str> {
    let mut all: Vec<&str> = readings(c).into_iter().filter_map(|s| s.get(..1)).collect();
    all.dedup();
    all
}
/// Every combination of one reading each.
fn product(parts: &[Vec<&str>], between: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for (n, part) in parts.iter().enumerate() {
        let join = if n == 0 { "" } else { between };
        all = all.iter().flat_map(|head| part.iter().map(move |next| format!("{head}{join}{next}"))).take(MOST).collect();
    }
    all
}
/// First letters of two and of three characters in a row.
pub(super) fn initials(text: &str) -> Vec<String> {
    spoken(text, letters_of, &[2, 3], "")
}
/// Two syllables in a row.
pub(super) fn syllables(text: &str) -> Vec<String> {
    spoken(text, readings, &[2], " ")
}
fn spoken(text: &str, of: fn(char) -> Vec<&'static str>, lengths: &[usize], between: &str) -> Vec<String> {
    let mut all = vec![];
    for run in runs(text) {
        let Run::Han(chars) = run else { continue };
        let parts: Vec<Vec<&str>> = chars.iter().map(|c| of(*c)).collect();
        for length in lengths {
            all.extend(parts.windows(*length).flat_map(|w| product(w, between)));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}
/// A word of letters that may stand for first letters.
pub(super) fn is_latin(word: &str) -> bool {
    (2..=40).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}
/// What a title must hold to begin its characters with these letters: overlapping threes, or the one pair.
pub(super) fn asked_initials(word: &str) -> Vec<String> {
    let bytes: Vec<char> = word.chars().collect();
    bytes.windows(bytes.len().min(3)).map(|w| w.iter().collect()).collect()
}
static SYLLABLES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let all = ('\u{4e00}'..='\u{9fff}').flat_map(readings);
    all.filter(|s| s.contains(['a', 'e', 'i', 'o', 'u', 'v'])).collect()
});
/// The word cut into at least two syllables, in the few ways there are.
pub(super) fn cuts(word: &str) -> Vec<Vec<&str>> {
    const WAYS: usize = 6;
    let mut done = vec![];
    let mut open: Vec<(usize, Vec<&str>)> = vec![(0, vec![])];
    while let Some((at, cut)) = open.pop() {
        if at == word.len() {
            if cut.len() > 1 {
                done.push(cut);
            }
            continue;
        }
        if done.len() >= WAYS || open.len() > 200 {
            break;
        }
        // The longest syllable is tried first: it is pushed last.
        for length in 1..=6 {
            if let Some(part) = word.get(at..at + length).filter(|p| SYLLABLES.contains(p)) {
                open.push((at + length, cut.iter().copied().chain([part]).collect()));
            }
        }
    }
    done
}
/// Pairs of syllables that a title must hold to sound like this cut.
pub(super) fn pairs(cut: &[&str]) -> Vec<String> {
    cut.windows(2).map(|w| w.join(" ")).collect()
}
/// Places in the text where it sounds like the word: `(first, length)` in characters.
pub(super) fn heard(chars: &[char], word: &str) -> Vec<(usize, usize)> {
    let letters: Vec<char> = word.chars().collect();
    let begins = |c: &char, l: &char| letters_of(low(*c)).iter().any(|r| r.starts_with(*l));
    let mut all: Vec<(usize, usize)> = chars
        .windows(letters.len().max(1))
        .enumerate()
        .filter(|(_, w)| w.iter().zip(&letters).all(|(c, l)| begins(c, l)))
        .map(|(at, w)| (at, w.len()))
        .collect();
    for cut in cuts(word) {
        let says = |w: &[char]| w.iter().zip(&cut).all(|(c, s)| readings(low(*c)).contains(s));
        all.extend(chars.windows(cut.len()).enumerate().filter(|(_, w)| says(w)).map(|(at, w)| (at, w.len())));
    }
    all
}
/// Syllables of a text of Han characters alone, in the reading most in use.
pub(super) fn spelt(text: &str) -> Option<Vec<&'static str>> {
    text.chars().map(|c| c.to_pinyin_multi().and_then(|m| m.into_iter().next()).map(Pinyin::plain)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_of_a_character_is_heard() {
        // 重 is zhong and chong, 行 is xing and hang.
        let all = initials("重庆银行");
        assert!(all.contains(&"cq".to_owned()) && all.contains(&"zq".to_owned()), "{all:?}");
        assert!(all.contains(&"yh".to_owned()) && all.contains(&"yx".to_owned()), "{all:?}");
    }
    #[test]
    fn letters_of_a_title_are_asked_for_in_threes() {
        assert_eq!(asked_initials("zgtz"), ["zgt", "gtz"]);
        assert_eq!(asked_initials("zg"), ["zg"]);
        let all = initials("整改通知");
        assert!(asked_initials("zgtz").iter().all(|t| all.contains(t)), "{all:?}");
    }
    #[test]
    fn a_word_is_cut_into_syllables_in_every_way() {
        assert!(cuts("zhenggai").contains(&vec!["zheng", "gai"]));
        let xian = cuts("xianqi");
        assert!(xian.contains(&vec!["xian", "qi"]) && xian.contains(&vec!["xi", "an", "qi"]), "{xian:?}");
        assert!(cuts("zgtz").is_empty());
        assert!(cuts("gai").iter().all(|c| c.len() > 1));
    }
    #[test]
    fn long_words_without_sense_cost_little() {
        assert!(cuts(&"a".repeat(40)).len() <= 6);
    }
    #[test]
    fn what_is_heard_is_marked() {
        let chars: Vec<char> = "关于整改通知".chars().collect();
        assert_eq!(heard(&chars, "zgtz"), [(2, 4)]);
        assert_eq!(heard(&chars, "zhenggai"), [(2, 2)]);
    }
    #[test]
    fn pairs_of_syllables_stand_for_full_pinyin() {
        let all = syllables("整改通知");
        assert!(pairs(&["zheng", "gai", "tong"]).iter().all(|p| all.contains(p)), "{all:?}");
        assert_eq!(spelt("整改").unwrap(), ["zheng", "gai"]);
    }
}
