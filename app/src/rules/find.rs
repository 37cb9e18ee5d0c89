//! Full text of the library: overlapping bigrams over the letters of each article, scored in one place for both engines.
//! An exact phrase beats all words, all words beat their parts, rarer bigrams weigh more, what is in force comes before what is not,
//! an article that begins with the words before one that mentions them, a shorter one before a longer.
use domain::rules::State;
use std::cmp::Reverse;

use super::{Library, Piece, Version};
use crate::search::{fold, parts};

/// Longer questions are cut here.
const MOST_CHARS: usize = 200;

struct Doc {
    /// Place of its version in the library.
    version: usize,
    piece: Piece,
    /// Letters only.
    plain: String,
}
/// What search looks in.
pub struct Index {
    docs: Vec<Doc>,
    /// Bigram (42 bits) and article (22 bits), sorted.
    postings: Vec<u64>,
}
impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} articles)", self.docs.len())
    }
}
/// An article found.
pub struct Hit<'a> {
    pub version: &'a Version,
    pub piece: &'a Piece,
}
/// The letters of a text, as search compares them.
pub fn plain(text: &str) -> String {
    letters(text).map(|(c, _)| c).collect()
}
/// Each letter with the place of its character in the text.
fn letters(text: &str) -> impl Iterator<Item = (char, usize)> {
    text.chars().enumerate().filter_map(|(i, c)| {
        let c = fold(c);
        c.is_alphanumeric().then(|| (c.to_lowercase().next().unwrap_or(c), i))
    })
}
fn grams(plain: &str) -> Vec<u64> {
    let mut all: Vec<u64> =
        plain.chars().zip(plain.chars().skip(1)).map(|(a, b)| (u64::from(u32::from(a)) << 21 | u64::from(u32::from(b))) << 22).collect();
    all.sort_unstable();
    all.dedup();
    all
}
/// What a question asks for.
struct Asked {
    words: Vec<String>,
    phrase: String,
}
impl Asked {
    fn of(q: &str) -> Self {
        let q: String = q.chars().take(MOST_CHARS).collect();
        let words: Vec<String> = q.split_whitespace().map(plain).filter(|w| !w.is_empty()).collect();
        Self { phrase: words.concat(), words }
    }
    /// 3 the phrase, 2 every word, 1 all its parts, 0 some of them.
    fn tier(&self, doc: &Doc, whole: bool) -> u8 {
        match () {
            () if doc.plain.contains(&self.phrase) => 3,
            () if self.words.iter().all(|w| doc.plain.contains(w)) => 2,
            () => whole.into(),
        }
    }
}
impl Index {
    /// Of these texts, one for each version.
    pub fn new(texts: Vec<Vec<Piece>>) -> Self {
        let mut docs = vec![];
        for (version, pieces) in texts.into_iter().enumerate() {
            docs.extend(pieces.into_iter().map(|piece| Doc { version, plain: plain(&piece.text), piece }));
        }
        let mut postings: Vec<u64> = vec![];
        for (n, doc) in docs.iter().enumerate() {
            postings.extend(grams(&doc.plain).into_iter().map(|g| g | n as u64));
        }
        postings.sort_unstable();
        Self { docs, postings }
    }
    /// Articles that hold this bigram.
    fn holding(&self, gram: u64) -> impl ExactSizeIterator<Item = usize> {
        let from = self.postings.partition_point(|p| *p < gram);
        let to = self.postings.partition_point(|p| *p < gram + (1 << 22));
        let found = self.postings.get(from..to).unwrap_or(&[]);
        found.iter().map(|p| usize::try_from(p & 0x3f_ffff).unwrap_or(usize::MAX))
    }
    /// The best articles for this question among the versions `keep` lets through, and how many there are.
    pub fn find<'a>(&'a self, library: &'a Library, q: &str, keep: &dyn Fn(&Version) -> bool, most: usize) -> (Vec<Hit<'a>>, usize) {
        let asked = Asked::of(q);
        if asked.phrase.is_empty() {
            return (vec![], 0);
        }
        let kept: Vec<bool> = library.versions.iter().map(keep).collect();
        let keeps = |d: &Doc| kept.get(d.version).copied().unwrap_or(false);
        let state = |d: &Doc| library.versions.get(d.version).map_or(State::Repealed, |v| v.state);
        let mut scores = vec![0u32; self.docs.len()];
        let mut whole = 0;
        let mut wanted: Vec<u64> = asked.words.iter().flat_map(|w| grams(w)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        for gram in wanted {
            let docs = self.holding(gram);
            // One more for each halving: what few articles hold tells them apart. What none holds weighs most.
            let weight = 1 + (self.docs.len() / docs.len().max(1)).max(1).ilog2();
            whole += weight;
            docs.for_each(|d| scores.get_mut(d).into_iter().for_each(|s| *s += weight));
        }
        // Half the weight is the least that counts; a word of one letter has no bigram and is looked for itself.
        let enough = |d: &Doc, score: u32| if whole > 0 { score * 2 >= whole } else { d.plain.contains(&asked.phrase) };
        let mut found: Vec<_> = self
            .docs
            .iter()
            .zip(&scores)
            .enumerate()
            .filter(|(_, (d, score))| enough(d, **score) && keeps(d))
            .map(|(n, (d, score))| {
                let tier = if *score == whole { asked.tier(d, true) } else { 0 };
                let begins = d.plain.starts_with(&asked.phrase);
                (Reverse((tier, *score)), state(d), !begins, d.plain.len(), n)
            })
            .collect();
        let all = found.len();
        found.sort_unstable();
        found.truncate(most);
        let hit = |n: usize| {
            let doc = self.docs.get(n)?;
            Some(Hit { version: library.versions.get(doc.version)?, piece: &doc.piece })
        };
        (found.into_iter().filter_map(|(.., n)| hit(n)).collect(), all)
    }
}
/// The text with the words of the question marked, from a little before the first of them where `around` cuts it to so many characters.
pub fn shown(text: &str, q: &str, around: Option<usize>) -> Vec<(bool, String)> {
    let chars: Vec<char> = text.chars().collect();
    let mut hit = vec![false; chars.len()];
    let letters: Vec<(char, usize)> = letters(text).collect();
    let mut mark = |word: &[char]| {
        let mut any = false;
        for at in (0..letters.len()).filter(|at| letters.iter().skip(*at).map(|l| &l.0).take(word.len()).eq(word.iter())) {
            let (first, last) = (letters.get(at).map_or(0, |l| l.1), letters.get(at + word.len() - 1).map_or(0, |l| l.1));
            hit.iter_mut().take(last + 1).skip(first).for_each(|h| *h = true);
            any = true;
        }
        any
    };
    let asked = Asked::of(q);
    let phrase: Vec<char> = asked.phrase.chars().collect();
    if !phrase.is_empty() && !mark(&phrase) {
        for word in &asked.words {
            let word: Vec<char> = word.chars().collect();
            if !mark(&word) {
                for pair in word.windows(2) {
                    mark(pair);
                }
            }
        }
    }
    let first = hit.iter().position(|h| *h).unwrap_or(0);
    let (from, most) = around.map_or((0, chars.len()), |most| (first.saturating_sub(most / 5), most));
    let cut = |cut: bool| cut.then_some(('…', false));
    let more = from + most < chars.len();
    parts(cut(from > 0).into_iter().chain(chars.into_iter().zip(hit).skip(from).take(most)).chain(cut(more)))
}
