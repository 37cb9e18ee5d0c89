//! Chinese full text (technology.md 2.3): overlapping bigrams and single characters, ANDed, together with the holders who may see the
//! text, in one index: access is inside the query, so that neither hits nor counts tell what one may not see. What is written and asked
//! for is the keyed digest of each token: whoever holds the database without the key reads no word, though he can count how often equal
//! ones occur.
mod queries;

use domain::identifiers::half_width;

use crate::db::Tx;
use crate::failure::Result;
use crate::house::Keys;
use crate::matters::Docs;

/// Two documents per matter: what the office reads, and what every other party reads.
fn rowid(id: i64, office: bool) -> i64 {
    id * 2 + i64::from(office)
}
/// A third, where some stand apart: below all others, in the same order.
const APART: i64 = 1 << 50;
/// Puts the documents of a matter in place of what was there.
///
/// # Errors
/// A fault of the engine.
pub fn put(tx: &Tx, keys: &Keys, id: i64, docs: &Docs, known: bool) -> Result<()> {
    let ink = Ink::of(keys);
    let all = [(rowid(id, true), &docs.office), (rowid(id, false), &docs.others), (id - APART, &docs.apart)];
    for (row, (text, holders)) in all {
        if known {
            queries::drop_doc(tx, row)?;
        }
        if !holders.is_empty() {
            let mut all: Vec<String> = tokens(text).iter().map(|t| ink.word(t)).collect();
            all.extend(holders.iter().map(|h| ink.holder(h)));
            all.sort_unstable();
            all.dedup();
            queries::put_doc(tx, row, &all)?;
        }
    }
    Ok(())
}
/// Ids of matters that hold all words and that one of the holders may see, newest first, below `from`.
///
/// # Errors
/// A fault of the engine.
pub fn hits(tx: &Tx, keys: &Keys, q: &str, holders: &[String], from: i64, limit: usize) -> Result<Vec<i64>> {
    let ink = Ink::of(keys);
    let words: Vec<String> = query_tokens(q).iter().map(|t| ink.word(t)).collect();
    if words.is_empty() || holders.is_empty() {
        return Ok(vec![]);
    }
    // Who sits in no review and inspects nothing has no document apart: he is not made to wait for a second look.
    let mut aside = holders.iter().any(|h| h.starts_with("r:R4@") || h.starts_with("r:R5@"));
    for holder in holders.iter().filter(|h| h.starts_with("p:")) {
        aside = aside || queries::sits(tx, holder)?;
    }
    let holders: Vec<String> = holders.iter().map(|h| ink.holder(h)).collect();
    let top = if from == i64::MAX { from } else { rowid(from, false) };
    let mut ids = queries::hits(tx, &words, &holders, (0, top), limit.saturating_mul(2))?;
    ids.iter_mut().for_each(|row| *row /= 2);
    if aside {
        let apart = queries::hits(tx, &words, &holders, (-APART, if from == i64::MAX { 0 } else { from - APART }), limit)?;
        ids.extend(apart.into_iter().map(|row| row + APART));
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    ids.truncate(limit);
    Ok(ids)
}
/// What tokens are written with.
struct Ink([u8; 32]);
impl Ink {
    fn of(keys: &Keys) -> Self {
        Self(keys.compartment("search"))
    }
    fn word(&self, token: &str) -> String {
        self.written(b"w", token)
    }
    fn holder(&self, holder: &str) -> String {
        self.written(b"h", holder)
    }
    /// Fifty bits in letters and digits. A key before the text is a MAC as long as most of the digest stays untold; HMAC would cost four
    /// times as much, once for every two characters ever written.
    fn written(&self, what: &[u8], text: &str) -> String {
        let h = ledger::Alg::Sha256.hash(&[&self.0, what, text.as_bytes()]);
        let mut n = h.iter().take(7).fold(0u64, |n, b| n << 8 | u64::from(*b));
        let mut token = String::with_capacity(10);
        for _ in 0..10 {
            token.extend(u32::try_from(n & 31).ok().and_then(|d| char::from_digit(d, 32)));
            n >>= 5;
        }
        token
    }
}
/// Runs of Han characters as overlapping bigrams and as single characters; other runs of letters and digits whole.
fn tokens(text: &str) -> Vec<String> {
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
fn query_tokens(text: &str) -> Vec<String> {
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
/// Bytes after which the rest of a word without a break tells nothing more: PostgreSQL takes no word of two thousand.
const LONGEST: usize = 200;
enum Run {
    Han(Vec<char>),
    Other(String),
}
fn runs(text: &str) -> Vec<Run> {
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
/// Full-width letters and digits as their plain ones.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        c => half_width(c),
    }
}
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}
/// The text cut at the words of the query, for `<mark>`: `(is a hit, part)`.
pub fn marked(text: &str, q: &str) -> Vec<(bool, String)> {
    let wanted: Vec<String> = q.split_whitespace().map(|w| w.chars().map(fold).flat_map(char::to_lowercase).collect()).collect();
    let chars: Vec<char> = text.chars().collect();
    let folded: Vec<char> = chars.iter().map(|c| fold(*c)).map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    let mut hit = vec![false; chars.len()];
    for word in wanted.iter().filter(|w| !w.is_empty()) {
        let word: Vec<char> = word.chars().collect();
        for (i, _) in folded.windows(word.len()).enumerate().filter(|(_, w)| **w == word[..]) {
            hit.iter_mut().skip(i).take(word.len()).for_each(|h| *h = true);
        }
    }
    parts(chars.into_iter().zip(hit))
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
