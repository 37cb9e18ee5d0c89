//! Certificates, telephones, accounts, plates, mail addresses.
use super::Kind;
use super::reading::{Reading, separates};
use crate::identifiers::region;

/// First character of a plate.
const PLATES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Last character of a plate of its own kind.
const PLATE_ENDS: &str = "警学港澳领使挂试超";
/// A long row of digits before one of these is a quantity.
const UNITS: &str = "元角分万亿千百吨克斤米件份人次年个";

fn never(_: char) -> bool {
    false
}
fn brackets(c: char) -> bool {
    matches!(c, '(' | ')')
}

impl Reading {
    pub(super) fn numbers(&mut self) {
        let mut i = 0;
        while i < self.len() {
            let found = if self.number_starts(i) { self.number(i) } else { None };
            i = match found {
                Some((to, kind)) => {
                    // The plus of a country code, the bracket around an area code.
                    let bracket = || self.before(i) == Some('(') && (i..to).any(|n| self.at(n) == Some(')'));
                    let from = if self.before(i) == Some('+') || bracket() { i - 1 } else { i };
                    self.take(from, to, kind, 0);
                    to + 1
                }
                None => i + 1,
            };
        }
    }
    /// Where a number that starts here ends, and what it is.
    fn number(&self, i: usize) -> Option<(usize, Kind)> {
        let places = self.digits(i, 40, never);
        let d = Digits { of: self, places: &places };
        let id = || d.certificate().map(|to| (to, Kind::IdCard));
        let row = || d.long_row().map(|to| (to, Kind::Account));
        let phone = || d.mobile().or_else(|| d.land_line()).map(|to| (to, Kind::Phone));
        id().or_else(row).or_else(phone).or_else(|| d.account().map(|to| (to, Kind::Account)))
    }
    pub(super) fn plates(&mut self, keep: bool) {
        let mut i = 0;
        while i < self.len() {
            i = match self.plate(i) {
                Some(to) if keep => {
                    self.keep(i, to);
                    to + 1
                }
                Some(to) => {
                    self.take(i, to, Kind::Plate, 0);
                    to + 1
                }
                None => i + 1,
            };
        }
    }
    fn plate(&self, i: usize) -> Option<usize> {
        let armed =
            self.at(i) == Some('W') && self.at(self.next(i)) == Some('J') && !self.before(i).is_some_and(|c| c.is_ascii_alphanumeric());
        let mut at = if armed { self.next(self.next(i)) } else { i };
        if self.at(at).is_some_and(|c| PLATES.contains(c)) {
            let letter = self.next(at);
            if !armed {
                self.at(letter).filter(char::is_ascii_uppercase)?;
                at = letter;
            }
            at = self.next(at);
        } else if !armed {
            return None;
        }
        let mut places = vec![];
        while places.len() < 6 && self.at(at).is_some_and(|c| c.is_ascii_alphanumeric()) {
            places.push(at);
            at = self.next(at);
        }
        // A word in Latin letters is no plate: there are digits in every one.
        if places.iter().filter(|p| self.digit(**p)).count() < 3 {
            return None;
        }
        let ends = |n: usize| places.get(n.checked_sub(1)?).copied().filter(|p| !self.at(p + 1).is_some_and(|c| c.is_ascii_alphanumeric()));
        let lengths = if armed { [5, 4] } else { [6, 5] };
        let police = || ends(4).map(|p| self.next(p)).filter(|p| self.at(*p).is_some_and(|c| PLATE_ENDS.contains(c)));
        lengths.into_iter().find_map(ends).or_else(police)
    }
    /// A letter and eight digits, by themselves.
    pub(super) fn passports(&mut self) {
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        for i in 0..self.len() {
            let digits = (i + 1..=i + 8).all(|n| self.digit(n));
            if digits && self.at(i).is_some_and(|c| c.is_ascii_alphabetic()) && !word(self.before(i)) && !word(self.at(i + 9)) {
                self.take(i, i + 8, Kind::IdCard, 0);
            }
        }
    }
    pub(super) fn emails(&mut self) {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        for i in 0..self.len() {
            if self.at(i) != Some('@') {
                continue;
            }
            let blank = |c: char| separates(c) && !word(c);
            let mut from = i;
            while from > 0 && i - from < 2 && self.before(from).is_some_and(blank) {
                from -= 1;
            }
            let edge = from;
            while from > 0 && self.before(from).is_some_and(word) {
                from -= 1;
            }
            let mut at = i + 1;
            while at < i + 3 && self.at(at).is_some_and(blank) {
                at += 1;
            }
            let begins = at;
            while self.at(at).is_some_and(word) {
                at += 1;
            }
            // A full stop ends the sentence, not the address.
            while at > begins && self.before(at).is_some_and(|c| !c.is_ascii_alphanumeric()) {
                at -= 1;
            }
            let host = self.folded.get(begins..at).unwrap_or(&[]);
            if from < edge && host.contains(&'.') && host.len() > 3 {
                self.take(from, at - 1, Kind::Email, 0);
            }
        }
    }
}

/// Places of digits, with separators between them or not, from the start of a number on.
struct Digits<'a> {
    of: &'a Reading,
    places: &'a [usize],
}
impl Digits<'_> {
    fn value(&self, from: usize, n: usize) -> Option<u32> {
        let all = self.places.get(from..from + n)?;
        all.iter().try_fold(0, |v, p| Some(v * 10 + self.of.at(*p)?.to_digit(10)?))
    }
    /// Where the first `n` digits end, where no further digit is glued to them.
    fn ends(&self, n: usize) -> Option<usize> {
        let last = *self.places.get(n.checked_sub(1)?)?;
        (!self.of.digit(last + 1)).then_some(last)
    }
    /// Lengths of the groups of the first `n` digits.
    fn groups(&self, n: usize) -> Vec<usize> {
        let places = self.places.get(..n).unwrap_or(self.places);
        places.chunk_by(|a, b| a + 1 == *b).map(<[usize]>::len).collect()
    }
    /// The number begins with a day written 2024-03-05.
    fn dated(&self, n: usize) -> bool {
        let [4, m @ 1..=2, d @ 1..=2, ..] = self.groups(n)[..] else { return false };
        let within = |v: Option<u32>, top: u32| v.is_some_and(|v| (1..=top).contains(&v));
        matches!(self.value(0, 2), Some(19 | 20)) && within(self.value(4, m), 12) && within(self.value(4 + m, d), 31)
    }
    /// 18 digits, 17 and an X, 17 whose last is lost, or 15: a province, and a day of birth.
    fn certificate(&self) -> Option<usize> {
        // 83 and 91: residents from Taiwan, foreigners.
        if !self.value(0, 2).is_some_and(|p| region::known(p) || matches!(p, 83 | 91)) {
            return None;
        }
        let day = |month: usize| {
            self.value(month, 2).is_some_and(|m| (1..=12).contains(&m)) && self.value(month + 2, 2).is_some_and(|d| (1..=31).contains(&d))
        };
        if self.value(6, 2).is_some_and(|c| (18..=20).contains(&c)) && day(10) {
            let x = || {
                let last = self.of.next(self.ends(17)?);
                self.of.at(last).filter(|c| *c == 'X').map(|_| last)
            };
            return self.ends(18).or_else(x).or_else(|| self.ends(17));
        }
        if day(8) { self.ends(15) } else { None }
    }
    /// Whatever it is: nothing but an account, a certificate or an order has fifteen digits in a row.
    fn long_row(&self) -> Option<usize> {
        let first = *self.places.first()?;
        let to = (first..).take_while(|n| self.of.digit(*n)).last()?;
        (to - first >= 14).then_some(to)
    }
    fn mobile(&self) -> Option<usize> {
        let begins = |p: usize| self.value(p, 1) == Some(1) && self.value(p + 1, 1).is_some_and(|d| d >= 3);
        let prefix = |p: usize| match p {
            0 => true,
            2 => self.value(0, 2) == Some(86),
            _ => self.value(0, 4) == Some(86),
        };
        let whole = [0, 2, 4]
            .into_iter()
            .filter(|p| prefix(*p) && begins(*p))
            .find_map(|p| self.ends(p + 11).filter(|to| !self.dated(p + 11) && !self.of.at(to + 1).is_some_and(|c| "元万亿".contains(c))));
        // One digit too few or too many, written in one: still somebody's number, unless it counts something.
        let n = self.groups(self.places.len()).first().copied().unwrap_or(0);
        let near = || {
            let to = self.ends(n).filter(|_| begins(0) && (n == 10 || n == 12))?;
            (!self.of.at(self.of.next(to)).is_some_and(|c| UNITS.contains(c))).then_some(to)
        };
        whole.or_else(near)
    }
    /// Area code and number: 0795-3221234, （0795）3221234, +86 795 3221234.
    fn land_line(&self) -> Option<usize> {
        let first = *self.places.first()?;
        let places = self.of.digits(first, 16, brackets);
        let d = Digits { of: self.of, places: &places };
        let foreign = if self.of.before(first) == Some('+') && d.value(0, 2) == Some(86) {
            Some(2)
        } else {
            (d.value(0, 4) == Some(86)).then_some(4)
        };
        let pairs = |n: usize| d.groups(n).iter().all(|g| *g == 2);
        if let Some(p) = foreign {
            return (9..=12).rev().find_map(|n| d.ends(p + n));
        }
        let area = d.value(0, 1) == Some(0) && d.value(1, 1).is_some_and(|n| n > 0);
        (10..=12).rev().filter(|n| area && !pairs(*n)).find_map(|n| d.ends(n))
    }
    /// 16 to 19 digits in groups.
    fn account(&self) -> Option<usize> {
        let issuer = matches!(self.value(0, 2), Some(30 | 34..=37 | 40..=69 | 81 | 84..=89 | 90..=99));
        // A row of round sums is a row of sums.
        let round = |n: usize| {
            let groups = self.groups(n);
            let ends = groups.iter().scan(0, |at, g| {
                *at += g;
                Some(*at)
            });
            groups.len() > 2 && ends.map(|e| self.value(e - 1, 1)).all(|v| v == Some(0))
        };
        (16..=19).rev().filter(|n| issuer && !self.dated(*n) && !round(*n)).find_map(|n| self.ends(n))
    }
}
