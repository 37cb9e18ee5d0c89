//! What a question asks for: words, all of which must be there; “phrases” letter by letter; `-words` that must not; numbers; and letters
//! that may stand for pinyin. Pure: the same question is the same query on both engines.
use super::letters::{Run, plain, query_tokens, runs};
use super::numbers::{self, alike};
use super::sounds;

/// Longer questions are cut here.
const MOST_CHARS: usize = 200;
/// Of so many words at most.
const MOST_TERMS: usize = 12;

/// A word, a phrase or a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Folded, as it was typed.
    pub text: String,
    /// Its letters stand together.
    pub quoted: bool,
    /// Token of the number it may be.
    pub(super) number: Option<String>,
}
impl Term {
    fn of(text: String, quoted: bool) -> Option<Self> {
        let number = if quoted { None } else { numbers::asked(&text) };
        (!query_tokens(&text).is_empty()).then_some(Self { text, quoted, number })
    }
    /// The word where it may stand for pinyin.
    pub(super) fn latin(&self) -> Option<&str> {
        Some(self.text.as_str()).filter(|t| !self.quoted && sounds::is_latin(t))
    }
    /// Whether the index alone tells that its letters stand together: a pair, one character, one word.
    pub(super) fn exact(&self) -> bool {
        match runs(&self.text).as_slice() {
            [Run::Han(chars)] => chars.len() <= 2,
            [Run::Other(_)] => true,
            _ => false,
        }
    }
    /// Its letters and digits.
    pub(super) fn plain(&self) -> String {
        plain(&self.text)
    }
}
/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these.
    pub wanted: Vec<Term>,
    /// None of these.
    pub unwanted: Vec<Term>,
}
impl Query {
    /// Reads a question.
    pub fn of(q: &str) -> Self {
        let text: String = q.chars().take(MOST_CHARS).map(alike).collect();
        let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        // A number with spaces in it is still one: its brackets say so.
        if whole.contains('(') && numbers::asked(&whole).is_some() {
            return Self { wanted: Term::of(whole, false).into_iter().collect(), unwanted: vec![] };
        }
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() && query.wanted.len() + query.unwanted.len() < MOST_TERMS {
            let minus = rest.strip_prefix('-').filter(|r| r.starts_with(|c: char| c.is_alphanumeric() || c == '"'));
            let from = minus.unwrap_or(rest);
            let (word, quoted, after) = match from.strip_prefix('"') {
                Some(inner) => {
                    let (phrase, after) = inner.split_once('"').unwrap_or((inner, ""));
                    (phrase, true, after)
                }
                None => {
                    let end = from.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(from.len());
                    let (word, after) = from.split_at(end);
                    (word, false, after)
                }
            };
            let into = if minus.is_some() { &mut query.unwanted } else { &mut query.wanted };
            into.extend(Term::of(word.to_owned(), quoted));
            rest = after.trim_start();
        }
        query
    }
    /// Nothing is asked for. What is only left out asks for nothing either.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }
    /// The words wanted, one after the other.
    pub(super) fn phrase(&self) -> String {
        self.wanted.iter().map(Term::plain).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[Term]) -> Vec<&str> {
        all.iter().map(|t| t.text.as_str()).collect()
    }
    #[test]
    fn words_phrases_and_what_is_left_out() {
        let q = Query::of("超期　“查封 财产”  -撤回 -\"另案\" ＺＧ");
        assert_eq!(texts(&q.wanted), ["超期", "查封 财产", "zg"]);
        assert_eq!(texts(&q.unwanted), ["撤回", "另案"]);
        assert_eq!(q.wanted.iter().map(|t| t.quoted).collect::<Vec<_>>(), [false, true, false]);
    }
    #[test]
    fn traditional_characters_and_full_width_letters_are_folded() {
        assert_eq!(texts(&Query::of("執法監督 ＡＢｃ１２").wanted), ["执法监督", "abc12"]);
        assert_eq!(Query::of("整改通知"), Query::of("整改通知"));
    }
    #[test]
    fn a_number_with_spaces_is_one_term_and_a_dash_inside_leaves_nothing_out() {
        let q = Query::of("（2025） 赣0902 刑初 12 号");
        assert_eq!(texts(&q.wanted), ["(2025)赣0902刑初12号"]);
        assert!(q.wanted.iter().all(|t| t.number.is_some()));
        let q = Query::of("ZG-2026-0019 超期");
        assert_eq!(texts(&q.wanted), ["zg-2026-0019", "超期"]);
        assert!(q.unwanted.is_empty());
    }
    #[test]
    fn a_quoted_number_is_a_phrase() {
        assert!(Query::of("\"zg19\"").wanted.iter().all(|t| t.quoted && t.number.is_none()));
    }
    #[test]
    fn nothing_comes_of_signs_alone() {
        for q in ["", "  ", "\"", "\"\"", "-", "--", "-\"", "()", "。，", "-甲", "“”"] {
            assert!(Query::of(q).is_empty(), "{q}");
        }
        assert_eq!(Query::of(&"甲 ".repeat(500)).wanted.len(), 12);
    }
    #[test]
    fn a_pair_of_characters_needs_no_second_look() {
        let exact = |q: &str| Query::of(q).wanted.iter().all(Term::exact);
        assert!(exact("超期") && exact("超") && exact("abc"));
        assert!(!exact("超期办") && !exact("刑初12"));
    }
}
