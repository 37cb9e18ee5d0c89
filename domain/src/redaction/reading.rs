//! A text made ready for reading: characters folded to one width, and what has been taken out of it so far.
use super::{Kind, Known, Piece};
use crate::identifiers::half_width;

/// A span to be replaced, and the number its sign carries.
struct Span {
    from: usize,
    to: usize,
    kind: Kind,
    number: usize,
}
/// A text being read.
pub(super) struct Reading {
    chars: Vec<char>,
    /// The same characters in one width and case; as many as `chars`.
    pub(super) folded: Vec<char>,
    taken: Vec<bool>,
    spans: Vec<Span>,
}
/// Longest row of separators inside one number or name.
const GAP: usize = 3;
const CHINESE_DIGITS: &str = "零一二三四五六七八九";

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut folded: Vec<char> = chars.iter().map(|c| fold(*c)).collect();
        spelt_numbers(&mut folded);
        Self { taken: vec![false; chars.len()], chars, folded, spans: vec![] }
    }
    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }
    /// The folded character here, unless something else has taken it.
    pub(super) fn at(&self, i: usize) -> Option<char> {
        self.folded.get(i).copied().filter(|_| !self.taken.get(i).copied().unwrap_or(true))
    }
    pub(super) fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|i| self.at(i))
    }
    pub(super) fn digit(&self, i: usize) -> bool {
        self.at(i).is_some_and(|c| c.is_ascii_digit())
    }
    /// A digit with no digit directly before it.
    pub(super) fn number_starts(&self, i: usize) -> bool {
        self.digit(i) && !self.before(i).is_some_and(|c| c.is_ascii_digit())
    }
    /// Takes `from..=to` out. What overlaps something taken before is left to it.
    pub(super) fn take(&mut self, from: usize, to: usize, kind: Kind, number: usize) {
        self.keep(from, to);
        self.spans.push(Span { from, to, kind, number });
    }
    /// Takes it out of the reading and leaves it in the text.
    pub(super) fn keep(&mut self, from: usize, to: usize) {
        if let Some(all) = self.taken.get_mut(from..=to) {
            all.fill(true);
        }
    }
    /// The next place after `i` that is no separator, at most `GAP` further.
    pub(super) fn next(&self, i: usize) -> usize {
        let mut next = i + 1;
        while next <= i + GAP && self.at(next).is_some_and(separates) {
            next += 1;
        }
        next
    }
    /// Places of at most `max` digits from `i` on, with separators between them.
    pub(super) fn digits(&self, i: usize, max: usize, also: fn(char) -> bool) -> Vec<usize> {
        let mut all = vec![];
        let mut at = i;
        while all.len() < max && self.digit(at) {
            all.push(at);
            let mut next = at + 1;
            while next <= at + GAP && self.at(next).is_some_and(|c| separates(c) || also(c)) {
                next += 1;
            }
            at = next;
        }
        all
    }
    /// Names and numbers given, longest first, so that 王小 does not cut 王小明.
    pub(super) fn known(&mut self, names: &[Known]) {
        let mut all: Vec<(usize, Kind, Vec<char>)> = vec![];
        for (n, known) in names.iter().enumerate() {
            let mut folded: Vec<char> = known.text.chars().map(fold).collect();
            folded.retain(|c| !separates(*c) && !c.is_control());
            let same = all.iter().find(|a| a.2 == folded).map(|a| a.0);
            if folded.len() > 1 {
                all.push((same.unwrap_or(n + 1), known.kind, folded));
            }
        }
        all.sort_by_key(|(_, _, chars)| std::cmp::Reverse(chars.len()));
        for (number, kind, wanted) in all {
            let mut i = 0;
            while i < self.len() {
                match self.spelt(i, &wanted) {
                    Some(to) => {
                        self.take(i, to, kind, number);
                        i = to + 1;
                    }
                    None => i += 1,
                }
            }
        }
    }
    /// Where these characters end when they stand here, separators or not between them.
    fn spelt(&self, i: usize, wanted: &[char]) -> Option<usize> {
        let (first, rest) = wanted.split_first()?;
        let mut last = self.at(i).filter(|c| c == first).map(|_| i)?;
        for c in rest {
            let next = self.next(last);
            // Two characters on either side of a line's end are two words.
            let broken = wanted.len() < 3 && (last + 1..next).any(|n| self.at(n) == Some('\n'));
            last = self.at(next).filter(|x| x == c && !broken).map(|_| next)?;
        }
        // Inside a longer row of digits it is another number.
        let glued = first.is_ascii_digit() && self.digit(i.wrapping_sub(1)) || self.digit(last) && self.digit(last + 1);
        (!glued).then_some(last)
    }
    /// What was taken out first.
    pub(super) fn first(&self) -> Option<String> {
        let span = self.spans.first()?;
        Some(self.chars.get(span.from..=span.to)?.iter().collect())
    }
    pub(super) fn pieces(mut self) -> Vec<Piece> {
        self.spans.sort_by_key(|s| s.from);
        let mut all = vec![];
        let mut from = 0;
        let text = |a: usize, b: usize| self.chars.get(a..b).map(|c| c.iter().collect::<String>()).filter(|t| !t.is_empty());
        for s in &self.spans {
            all.extend(text(from, s.from).map(Piece::Text));
            let number = if s.kind == Kind::Name { s.number.to_string() } else { String::new() };
            all.push(Piece::Masked { kind: s.kind, shown: format!("〔{}{number}〕", s.kind.label()) });
            from = s.to + 1;
        }
        all.extend(text(from, self.chars.len()).map(Piece::Text));
        all
    }
}
/// One width, one case, Arabic digits.
pub(crate) fn fold(c: char) -> char {
    let digit = |base: u32| char::from_digit((u32::from(c) - base) % 10, 10).unwrap_or(c);
    let c = match u32::from(c) {
        0x1D7CE..=0x1D7FF => digit(0x1D7CE),
        0x2460..=0x2468 => digit(0x245F),
        0x24EA => '0',
        0x2080..=0x2089 => digit(0x2080),
        _ => half_width(c),
    };
    match c {
        '〇' | '○' => '零',
        '〔' | '【' | '﹝' | '〖' => '[',
        '〕' | '】' | '﹞' | '〗' => ']',
        _ => c.to_ascii_uppercase(),
    }
}
/// A row of Chinese digits as long as a telephone number is one; shorter ones are years and quantities.
fn spelt_numbers(folded: &mut [char]) {
    let value = |c: char| CHINESE_DIGITS.chars().position(|d| d == c).and_then(|n| char::from_digit(u32::try_from(n).ok()?, 10));
    for row in folded.chunk_by_mut(|a, b| value(*a).is_some() == value(*b).is_some()).filter(|row| row.len() >= 11) {
        row.iter_mut().for_each(|c| *c = value(*c).unwrap_or(*c));
    }
}
/// What people put between the digits of a number or the characters of a name. The dot and the slash divide amounts and dates: they are
/// none.
pub(super) fn separates(c: char) -> bool {
    let dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' | '－' | '_' | '~');
    let dot = matches!(c, '·' | '•' | '・' | '‧' | '∙' | '\u{FF65}');
    let unseen = matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    dash || dot || unseen || c.is_whitespace()
}
/// A Chinese character.
pub(super) fn han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3FFFF)
}
