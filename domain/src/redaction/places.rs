//! Where somebody lives: a street, village or estate with its number, a town with its village, or what follows 住址. A district by itself
//! is no address: offices are named by it.
use super::Kind;
use super::reading::{Reading, han, separates};

/// Ends the name of a place within which things are numbered.
const STREETS: &[&str] = &[
    "路", "街", "巷", "大道", "弄", "胡同", "村", "社区", "小区", "新区", "园区", "校区", "厂区", "花园", "家园", "公寓", "宿舍", "苑",
    "广场", "大厦", "屯", "庄", "大街", "街道",
];
/// Ends such a name too, but that of an office as well: only with what is counted inside a building.
const BUILDINGS: &[&str] = &["院", "府", "城", "期", "湾", "坊", "里", "区", "园", "镇", "乡"];
const INSIDE: &[&str] = &["号楼", "栋", "幢", "座", "单元"];
/// Ends the name of an administrative division.
const DIVISIONS: &[&str] = &["省", "市", "自治区", "区", "县", "旗", "州", "盟", "镇", "乡", "街道", "办事处", "村", "社区"];
/// What is counted in an address.
const UNITS: &[&str] = &["号楼", "号院", "号", "栋", "幢", "座", "单元", "室", "楼", "层", "户", "组", "弄", "队", "#"];
/// Words before an address that are no part of it.
const BEFORE: &str = "在住到至往从系为是的落址位经去过，。；：、（）()“”《》";
/// What announces an address.
const SAID: &[&str] = &["住址", "地址", "户籍地", "户籍所在地", "家住", "现住", "住所地", "居住地", "居住于", "居住在", "暂住", "户籍在"];
/// What makes an office of a town's name.
const OFFICES: &[&str] = &["人民政府", "政府", "派出所", "法庭", "司法所", "党委", "中心", "卫生院", "学校", "人大"];

impl Reading {
    pub(super) fn addresses(&mut self) {
        let mut i = 0;
        while i < self.len() {
            i = match self.numbered_place(i).or_else(|| self.village(i)).or_else(|| self.announced(i)) {
                Some((from, to)) => {
                    self.take(from, to, Kind::Address, 0);
                    to + 1
                }
                None => i + 1,
            };
        }
    }
    fn word(&self, at: usize, word: &str) -> Option<usize> {
        let mut next = at;
        for c in word.chars() {
            self.at(next).filter(|x| *x == c)?;
            next += 1;
        }
        Some(next)
    }
    fn ends_with(&self, end: usize, words: &[&str]) -> bool {
        let fits = |w: &&str| {
            let n = w.chars().count();
            // A name, not the bare word: 本村, 全市 have one before it too, and no number after.
            end > n && self.word(end - n, w).is_some() && self.before(end - n).is_some_and(|c| han(c) || c.is_ascii_alphanumeric())
        };
        words.iter().any(fits)
    }
    /// Number and what it counts, from here on: 88号, A3栋, 十二组. Where it ends.
    fn counted(&self, at: usize) -> Option<usize> {
        let figure = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "一二三四五六七八九十百甲乙丙丁零".contains(c);
        let mut next = at;
        while next < at + 8 && self.at(next).is_some_and(|c| figure(c) || c == '-' && next > at) {
            next += 1;
        }
        if next == at {
            return None;
        }
        let unit = if self.at(next).is_some_and(separates) { self.next(next) } else { next };
        UNITS.iter().find_map(|w| self.word(unit, w)).map(|end| end - 1)
    }
    /// Further numbers of the same place: 3栋2单元501室, 501, -501.
    fn further(&self, mut to: usize) -> usize {
        loop {
            let next = self.next(to);
            if let Some(end) = self.counted(next) {
                to = end;
                continue;
            }
            let bare = self.digits(next, 5, |_| false);
            return match bare.last() {
                // A bare number counts as a room only where nothing else is counted by it.
                Some(last) if next <= to + 2 && !self.at(last + 1).is_some_and(|c| han(c) || matches!(c, '.' | '/')) && bare.len() < 5 => {
                    *last
                }
                _ => to,
            };
        }
    }
    fn numbered_place(&self, i: usize) -> Option<(usize, usize)> {
        let to = self.counted(i)?;
        let mut end = i;
        while end > 0 && i - end < 2 && self.before(end).is_some_and(separates) {
            end -= 1;
        }
        // 第3号 and 刑初15号 stand after no place.
        let inside = || self.ends_with(end, BUILDINGS) && self.ends_with(to + 1, INSIDE);
        (self.ends_with(end, STREETS) || inside()).then(|| (self.back(end), self.further(to)))
    }
    /// 石塘镇阳光村.
    fn village(&self, i: usize) -> Option<(usize, usize)> {
        let town = ["镇", "乡", "街道", "县", "区"].iter().find_map(|w| self.word(i, w))?;
        self.before(i).filter(|c| han(*c) && *c != '乡' && *c != '城')?;
        for at in town..town + 6 {
            self.at(at).filter(|c| han(*c) && !"农乡的各全与和及或等为内区县".contains(*c))?;
            let end = ["村", "社区", "小区", "屯"].iter().find_map(|w| self.word(at, w)).filter(|_| at > town);
            if let Some(end) = end {
                return Some((self.back(town), self.further(end - 1)));
            }
        }
        None
    }
    /// 住址：… to the end of the phrase, where a division is named in it.
    fn announced(&self, i: usize) -> Option<(usize, usize)> {
        let mut from = SAID.iter().filter_map(|w| self.word(i, w)).max()?;
        while self.at(from).is_some_and(|c| separates(c) || matches!(c, ':' | '在' | '于' | '为' | '是')) {
            from += 1;
        }
        let part = |c: char| han(c) || c.is_ascii_alphanumeric() || matches!(c, '(' | ')' | '#') || separates(c) && c != '\n';
        let mut to = from;
        while to < from + 40 && self.at(to).is_some_and(part) {
            to += 1;
        }
        while to > from && self.before(to).is_some_and(separates) {
            to -= 1;
        }
        let place: String = (from..to).filter_map(|n| self.at(n)).collect();
        let office = OFFICES.iter().any(|w| place.ends_with(w));
        let named = DIVISIONS.iter().chain(STREETS).any(|w| place.find(w).is_some_and(|n| n > 0));
        (named && !office && to > from + 1).then(|| (from, to - 1))
    }
    /// Where the place whose last word ends before `end` begins: names between divisions, back to a word that is no part of it.
    fn back(&self, end: usize) -> usize {
        let mut from = end;
        let mut name = 0;
        while from > 0 && end - from < 36 {
            let Some(c) = self.before(from) else { break };
            if separates(c) && c != '\n' {
                // 江西省 云岭市 人民路: a blank between divisions.
                if !self.ends_with(from - 1, DIVISIONS) {
                    break;
                }
            } else if !(han(c) || c.is_ascii_alphanumeric()) || BEFORE.contains(c) || name > 8 {
                break;
            }
            name = if self.ends_with(from, DIVISIONS) { 1 } else { name + 1 };
            from -= 1;
        }
        from
    }
}
