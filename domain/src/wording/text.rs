//! A text as the guard reads it: letters only, each with its place in the original and what stood before it.

use std::collections::BTreeMap;

use crate::identifiers::half_width;

/// What separates a character from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Nothing.
    None,
    /// Spaces and signs that end nothing: `应 当`, `应·当`, `应“当`.
    Light,
    /// A new line.
    Line,
    /// ，、：
    Clause,
    /// 。！？；
    Sentence,
}
impl Break {
    fn of(c: char) -> Self {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => Self::Line,
            '，' | ',' | '、' | '：' | ':' | '､' => Self::Clause,
            '。' | '！' | '？' | '；' | '!' | '?' | ';' | '｡' => Self::Sentence,
            _ => Self::Light,
        }
    }
    /// Whether a clause ends here.
    pub(super) fn ends_clause(self) -> bool {
        self >= Self::Line
    }
    /// Whether a sentence ends here.
    pub(super) fn ends_sentence(self) -> bool {
        matches!(self, Self::Line | Self::Sentence)
    }
}

/// One kept character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept {
    pub(super) c: char,
    /// Bytes in the original.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) before: Break,
    /// A single character stands beside that break (`应。当。改。判`): it does not keep words apart. It still ends the
    /// sentence, so that what lets a sentence pass does not reach further.
    pub(super) soft: bool,
}

/// The kept characters of a text.
pub(super) struct Text(pub(super) Vec<Kept>);

/// Words by their first character, longest first, so that 应当 is found before 应.
pub(super) struct Words {
    by_first: BTreeMap<char, Vec<Vec<char>>>,
    longest: usize,
}
impl Words {
    pub(super) fn new(words: &[String]) -> Self {
        let mut by_first: BTreeMap<char, Vec<Vec<char>>> = BTreeMap::new();
        for word in words {
            let chars: Vec<char> = word.chars().map(plain).collect();
            if let Some(first) = chars.first() {
                by_first.entry(*first).or_default().push(chars);
            }
        }
        by_first.values_mut().for_each(|all| all.sort_by_key(|w| std::cmp::Reverse(w.len())));
        let longest = by_first.values().flatten().map(Vec::len).max().unwrap_or_default();
        Self { by_first, longest }
    }
    fn of(&self, first: char) -> &[Vec<char>] {
        self.by_first.get(&first).map_or(&[], Vec::as_slice)
    }
}

/// A stretch of kept characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Full-width forms, traditional forms of the characters the patterns use, and case as one.
fn plain(c: char) -> char {
    let c = half_width(c);
    let pairs = "應应當当採采從从輕轻處处須须決决議议減减無无罰罚駁驳寬宽嚴严證证據据維维發发審审請请銷销訴诉緩缓須须認认為为";
    let mut chars = pairs.chars();
    while let (Some(old), Some(new)) = (chars.next(), chars.next()) {
        if c == old {
            return new;
        }
    }
    c.to_lowercase().next().unwrap_or(c)
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let mut kept: Vec<Kept> = vec![];
        let mut before = Break::Sentence;
        for (from, c) in text.char_indices() {
            if plain(c).is_alphanumeric() {
                kept.push(Kept { c: plain(c), from, to: from + c.len_utf8(), before, soft: false });
                before = Break::None;
            } else {
                before = before.max(Break::of(c));
            }
        }
        soften(&mut kept);
        Self(kept)
    }
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
    /// The break before a place; past the end, a sentence ends.
    pub(super) fn before(&self, at: usize) -> Break {
        self.0.get(at).map_or(Break::Sentence, |k| k.before)
    }
    /// The longest of the words that begins here and does not run across a clause.
    pub(super) fn word_at(&self, words: &Words, at: usize) -> Option<Span> {
        let fits = |w: &&Vec<char>| {
            let same =
                |(i, c): (usize, &char)| self.0.get(at + i).is_some_and(|k| k.c == *c && (i == 0 || k.soft || k.before <= Break::Line));
            w.iter().enumerate().all(same)
        };
        words.of(self.0.get(at)?.c).iter().find(fits).map(|w| Span { from: at, to: at + w.len() })
    }
    /// Every place where one of the words begins, in order; at one place only the longest.
    pub(super) fn find(&self, words: &Words, within: Span) -> Vec<Span> {
        let found = (within.from..within.to.min(self.len())).filter_map(|at| self.word_at(words, at));
        found.filter(|s| s.to <= within.to).collect()
    }
    /// Whether one of the words ends exactly here.
    pub(super) fn word_before(&self, words: &Words, end: usize) -> bool {
        (end.saturating_sub(words.longest)..end).any(|at| {
            let fits =
                |w: &Vec<char>| at + w.len() == end && w.iter().enumerate().all(|(i, c)| self.0.get(at + i).is_some_and(|k| k.c == *c));
            self.0.get(at).is_some_and(|k| words.of(k.c).iter().any(fits))
        })
    }
    /// Where the clause begins that holds this place.
    pub(super) fn clause(&self, at: usize) -> usize {
        self.back(at, Break::ends_clause)
    }
    /// Where the sentence begins that holds this place.
    pub(super) fn sentence(&self, at: usize) -> usize {
        self.back(at, Break::ends_sentence)
    }
    /// Where the sentence ends that holds this place.
    pub(super) fn sentence_end(&self, at: usize) -> usize {
        (at + 1..self.len()).find(|i| self.before(*i).ends_sentence()).unwrap_or(self.len())
    }
    fn back(&self, at: usize, ends: fn(Break) -> bool) -> usize {
        (0..=at.min(self.len())).rev().find(|i| *i < self.len() && ends(self.before(*i))).unwrap_or(0)
    }
    /// Whether words are kept apart before this place by more than `most`.
    pub(super) fn parted(&self, at: usize, most: Break) -> bool {
        self.before(at) > most && !self.0.get(at).is_some_and(|k| k.soft)
    }
    /// Whether a clause ends anywhere after the first place, up to the last.
    pub(super) fn broken(&self, span: Span) -> bool {
        (span.from + 1..=span.to).any(|i| self.parted(i, Break::Light))
    }
}

/// `应。当。改。判`: a sign beside a single character ends nothing.
fn soften(kept: &mut [Kept]) {
    let starts: Vec<usize> = kept.iter().enumerate().filter(|(_, k)| k.before > Break::None).map(|(i, _)| i).collect();
    let length = |n: usize| Some(starts.get(n + 1).copied().unwrap_or(kept.len()) - starts.get(n)?);
    let single: Vec<bool> = (0..starts.len()).map(|n| length(n) == Some(1)).collect();
    for (n, at) in starts.iter().enumerate().skip(1) {
        let beside = single.get(n).copied().unwrap_or(false) || single.get(n - 1).copied().unwrap_or(false);
        if let (true, Some(k)) = (beside, kept.get_mut(*at)) {
            k.soft = true;
        }
    }
}
