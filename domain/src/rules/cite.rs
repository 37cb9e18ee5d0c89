//! Citations: names of rules with the number of an article, wherever they stand in a text.
use std::collections::BTreeMap;
use std::ops::Range;

use super::numeral::{is_part, leading, plain};
use super::read::key;

/// Short names everybody uses: `(short, name without the country)`.
const SHORT: &[(&str, &str)] = &[
    ("刑诉法", "刑事诉讼法"),
    ("民诉法", "民事诉讼法"),
    ("行诉法", "行政诉讼法"),
    ("治安处罚法", "治安管理处罚法"),
    ("国赔法", "国家赔偿法"),
    ("个保法", "个人信息保护法"),
    ("未保法", "未成年人保护法"),
    ("民促法", "民营经济促进法"),
    ("刑诉规则", "人民检察院刑事诉讼规则"),
    ("高检规则", "人民检察院刑事诉讼规则"),
    ("高检刑诉规则", "人民检察院刑事诉讼规则"),
    ("刑诉解释", "最高人民法院关于适用《刑事诉讼法》的解释"),
    ("刑诉法解释", "最高人民法院关于适用《刑事诉讼法》的解释"),
    ("高法解释", "最高人民法院关于适用《刑事诉讼法》的解释"),
    ("执行程序解释", "最高人民法院关于适用《民事诉讼法》执行程序若干问题的解释"),
    ("公益诉讼解释", "最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释"),
    ("信息公开条例", "政府信息公开条例"),
    ("营商条例", "优化营商环境条例"),
];

/// A citation found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// The rule's key.
    pub rule: String,
    /// 第几条 and 之几.
    pub article: (u32, u32),
}
/// The names by which the rules of a library are cited.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// Of the rules of these keys: the keys themselves, and short names of those that are there.
    pub fn of<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        let mut all: BTreeMap<String, String> = keys.into_iter().map(|k| (k.to_owned(), k.to_owned())).collect();
        for (short, name) in SHORT {
            if all.contains_key(*name) {
                all.entry((*short).to_owned()).or_insert_with(|| (*name).to_owned());
            }
        }
        Self(all)
    }
    /// The rule of this name, however it is written.
    pub fn rule(&self, name: &str) -> Option<&str> {
        self.0.get(&key(name)).map(String::as_str)
    }
    /// The longest name this text ends with. What some province made is not the rule of the same name without the province.
    fn ending(&self, text: &str) -> Option<(&str, &str)> {
        let ends = self
            .0
            .iter()
            .filter(|(name, _)| text.strip_suffix(name.as_str()).is_some_and(|t| !t.ends_with(['省', '市', '州', '区', '县'])));
        ends.max_by_key(|(name, _)| name.len()).map(|(name, rule)| (name.as_str(), rule.as_str()))
    }
    /// “刑事诉讼法第五十六条”, “刑诉法 56 条”, “行政处罚法58” as a whole: the rule and the article.
    pub fn jump(&self, text: &str) -> Option<(&str, (u32, u32))> {
        let text = key(text);
        let outer = |name: &str| text.strip_prefix(name).or_else(|| text.strip_prefix(&format!("《{name}》"))).map(ToOwned::to_owned);
        let found = self.0.iter().filter_map(|(name, rule)| Some((name.len(), rule, outer(name)?)));
        let (_, rule, rest) = found.max_by_key(|(length, ..)| *length)?;
        let rest = rest.strip_prefix('第').unwrap_or(&rest);
        let (n, rest) = leading(rest)?;
        let rest = rest.strip_prefix('条').unwrap_or(rest);
        let (of, rest) = rest.strip_prefix(['之', '-']).and_then(leading).unwrap_or((0, rest));
        rest.chars().all(|c| is_part(c) || "第款项条".contains(c)).then_some((rule.as_str(), (n, of)))
    }
    /// Every citation of a text, in order: 《名称》第N条, a known name right before 第N条 or before a bare number, and the articles listed after.
    pub fn citations(&self, text: &str) -> Vec<Citation> {
        let mut all: Vec<Citation> = vec![];
        let mut from = 0;
        while let Some((at, bare)) = starts(text, from) {
            let number = if bare { at } else { at + '第'.len_utf8() };
            let digits = text.get(number..).map_or(0, |t| t.find(|c| !plain(c).is_ascii_digit()).unwrap_or(t.len()));
            from = number + digits;
            let Some((article, end)) = article(text, number, bare) else { continue };
            let follows = |between: &str| if bare { between.trim() == "、" } else { goes_on(between) };
            let listed = all.last().filter(|l| text.get(l.at.end..at).is_some_and(follows)).map(|l| (at, l.rule.clone()));
            let before = text.get(..at).unwrap_or("");
            let named = listed.or_else(|| self.bracketed(before)).or_else(|| {
                let before = before.trim_end();
                let (name, rule) = self.ending(before)?;
                Some((before.len() - name.len(), rule.to_owned()))
            });
            if let Some((start, rule)) = named {
                all.push(Citation { at: start..end, rule, article });
            }
            from = end;
        }
        all
    }
    /// The name in brackets right before, and where it begins. A remark such as （2018修正） may stand between.
    fn bracketed(&self, before: &str) -> Option<(usize, String)> {
        let mut before = before.trim_end();
        if let Some(inner) = before.strip_suffix(['）', ')']) {
            let open = inner.rfind(['（', '(']).filter(|i| inner.len() - i < 60)?;
            before = before.get(..open)?.trim_end();
        }
        let mut depth = 0;
        before.ends_with(['》', '〉']).then_some(())?;
        for (at, c) in before.char_indices().rev() {
            depth += match c {
                '》' | '〉' => 1,
                '《' | '〈' => -1,
                _ => 0,
            };
            if depth == 0 {
                let name = before.get(at + c.len_utf8()..before.len() - '》'.len_utf8())?;
                return self.rule(name).map(|rule| (at, rule.to_owned()));
            }
        }
        None
    }
}
/// Where the next citation may begin: at 第, or at a bare number (“刑诉法56”).
fn starts(text: &str, from: usize) -> Option<(usize, bool)> {
    let (i, c) = text.get(from..)?.char_indices().find(|(_, c)| *c == '第' || plain(*c).is_ascii_digit())?;
    Some((from + i, c != '第'))
}
/// “五十六条之一” at this place: the article and where it ends.
fn article(text: &str, at: usize, bare: bool) -> Option<((u32, u32), usize)> {
    let (n, rest) = leading(text.get(at..)?.trim_start())?;
    let rest = match rest.trim_start().strip_prefix('条') {
        Some(rest) => rest,
        // A number by itself is an article only where nothing is counted or dated with it.
        None if bare && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.') => rest,
        None => return None,
    };
    let (of, rest) = rest.strip_prefix('之').and_then(leading).unwrap_or((0, rest));
    Some(((n, of), text.len() - rest.len()))
}
/// Whether what stands between two articles only lists: 第一款、第二项和…
fn goes_on(between: &str) -> bool {
    let lists = between.chars().map(plain).all(|c| is_part(c) || "第款项目、，和及与或者以至到（）() ".contains(c));
    lists && between.contains(['、', '，', '和', '及', '与', '或', '至', '到'])
}
