//! Case numbers, as courts, the police and other bodies write them.
use super::Kind;
use super::reading::{Reading, han, separates};

/// One of these stands in every court's case number.
const COURT: &str = "民刑行执赔破清财知调督特申终初再监";
/// What a body writes before the year when the paper decides a case; what it writes before a rule of general effect is none of these.
const DECIDES: &[&str] = &[
    "决", "罚", "刑", "诉", "捕", "拘", "纠", "立字", "立案", "受字", "受案", "复议", "投字", "提字", "审字", "公建", "民再", "民抗",
    "民执", "民监", "行监", "检建", "检民", "检行", "检催", "移字", "移送",
];
/// Words of a sentence that end the look back.
const WORDS: &str = "据以的为是在对与及和了将由经依按照于见号令";

impl Reading {
    pub(super) fn cases(&mut self, keep: bool) {
        let mut i = 0;
        while i < self.len() {
            i = match self.case(i) {
                Some((from, to)) => {
                    if keep {
                        self.keep(from, to);
                    } else {
                        self.take(from, to, Kind::CaseNo, 0);
                    }
                    to + 1
                }
                None => i + 1,
            };
        }
    }
    /// A year in brackets, or bare before a court's code.
    fn case(&self, i: usize) -> Option<(usize, usize)> {
        let open = self.at(i).is_some_and(|c| matches!(c, '(' | '[' | '<' | '{'));
        let year = if open { self.next(i) } else { i };
        if !open && !self.number_starts(i) {
            return None;
        }
        let digits = self.digits(year, 4, |_| false);
        let text: String = digits.iter().filter_map(|p| self.at(*p)).collect();
        if digits.len() < 4 || !(text.starts_with("19") || text.starts_with("20")) {
            return None;
        }
        let mut at = self.next(*digits.last()?);
        if open {
            self.at(at).filter(|c| matches!(c, ')' | ']' | '>' | '}'))?;
            at = self.next(at);
        }
        if let Some(to) = self.court(at) {
            return Some((i, to));
        }
        if !open {
            return None;
        }
        let from = self.decides(i)?;
        Some((from, self.numbered(at)?))
    }
    /// 赣1202刑初15号, 最高法民终3号之一: where it ends.
    fn court(&self, start: usize) -> Option<usize> {
        self.at(start).filter(|c| han(*c) && !matches!(c, '年' | '第'))?;
        // How many characters have passed since the last that says what kind of case it is: 执恢3号, 执字第3号, and not 人民法院第3号.
        let (mut at, mut last, mut since) = (start, None, usize::MAX);
        for _ in 0..24 {
            let c = self.at(at)?;
            if c == '号' {
                return last.map(|_| self.branch(at));
            }
            if c.is_ascii_digit() {
                if since <= 1 {
                    last = Some(at);
                }
            } else if last.is_some() && c != '第' {
                // The number is over; its 号 was left out.
                return last;
            } else if han(c) {
                since = if COURT.contains(c) { 0 } else { since.saturating_add(usize::from(c != '第')) };
            } else {
                return last;
            }
            let next = self.next(at);
            if self.at(next).is_none() {
                return last;
            }
            at = next;
        }
        None
    }
    fn branch(&self, at: usize) -> usize {
        let second = self.next(at);
        let third = self.next(second);
        let numbered = self.at(third).is_some_and(|c| "一二三四五六七八九十".contains(c) || c.is_ascii_digit());
        if self.at(second) == Some('之') && numbered { third } else { at }
    }
    /// 13号, 第13号, 13.
    fn numbered(&self, at: usize) -> Option<usize> {
        let first = if self.at(at) == Some('第') { self.next(at) } else { at };
        let last = *self.digits(first, 6, |_| false).last()?;
        let sign = self.next(last);
        Some(if self.at(sign) == Some('号') { sign } else { last })
    }
    /// Where the words of a deciding body before this bracket begin.
    fn decides(&self, bracket: usize) -> Option<usize> {
        let part = |c: char| han(c) && !WORDS.contains(c) || matches!(c, '(' | ')' | '[' | ']');
        let mut from = bracket;
        while from > 0 && bracket - from < 16 && self.before(from).is_some_and(|c| part(c) || separates(c) && c != '\n') {
            from -= 1;
        }
        while self.at(from).is_some_and(|c| separates(c) || matches!(c, ')' | ']')) {
            from += 1;
        }
        let before: String = (from..bracket).filter_map(|n| self.at(n)).filter(|c| !separates(*c)).collect();
        let general = ["发", "通", "函", "办"].iter().any(|w| before.trim_end_matches('字').ends_with(w));
        (!general && from < bracket && DECIDES.iter().any(|w| before.contains(w))).then_some(from)
    }
}
