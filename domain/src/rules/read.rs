//! A rule in Markdown: title, notes on its revisions up to `<!-- INFO END -->`, headings, articles “第N条 …” with the paragraphs that
//! follow them. Whatever else stands there (a preamble, annexes) is kept in its place.
use jiff::civil::Date;

use super::numeral::{chinese, leading, plain};

/// A text read into articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// As printed.
    pub title: String,
    /// Code of `codes::RULE_KIND`.
    pub kind: &'static str,
    /// Lines on adoption and revision.
    pub notes: Vec<String>,
    /// The version's date: in the file's name, else the newest of the notes.
    pub version: Date,
    /// The first day in force, where the text itself says one for this version.
    pub effective: Option<Date>,
    /// In order.
    pub articles: Vec<Article>,
}
/// An article, or (number 0) a piece of text outside all articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// 第几条.
    pub number: u32,
    /// 之几, 0 for none.
    pub of: u32,
    /// Its place in an address.
    pub anchor: String,
    /// “第一百三十三条之一”, or the heading of an annex.
    pub label: String,
    /// Headings above it, outermost first.
    pub chapter: Vec<String>,
    /// Paragraphs and items, one a line.
    pub text: String,
}
impl Article {
    fn of(number: u32, of: u32, chapter: Vec<String>, text: &str) -> Self {
        let (mut anchor, mut label) = (format!("a{number}"), format!("第{}条", chinese(number)));
        if of > 0 {
            anchor = format!("{anchor}-{of}");
            label = format!("{label}之{}", chinese(of));
        }
        Self { number, of, anchor, label, chapter, text: text.to_owned() }
    }
}
/// The name a rule goes by: without the country, in one kind of brackets, without blanks.
pub fn key(title: &str) -> String {
    let one = |c: char| match c {
        '〈' | '<' | '＜' | '«' => '《',
        '〉' | '>' | '＞' | '»' => '》',
        '/' => '／',
        '|' => '｜',
        '(' => '（',
        ')' => '）',
        c => c,
    };
    let name: String = title.chars().filter(|c| !c.is_whitespace() && !c.is_control()).map(one).collect();
    name.replace("中华人民共和国", "")
}
/// A line without what nobody sees.
fn seen(line: &str) -> String {
    let hidden = |c: &char| !(c.is_control() && *c != '\t' || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}'));
    line.chars().filter(hidden).collect::<String>().trim().to_owned()
}
/// “第一章 总　则” → “第一章 总则”.
fn heading(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("").to_owned();
    let rest: String = words.collect();
    if rest.is_empty() { first } else { format!("{first} {rest}") }
}

impl Text {
    /// A file of the library, by its name and its text.
    ///
    /// # Errors
    /// What cannot be read, in words.
    pub fn read(file: &str, text: &str) -> Result<Self, String> {
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let (named, dated) = dated(stem);
        let (mut title, mut notes, mut body) = (None, vec![], vec![]);
        let mut info = text.contains("INFO END");
        for line in text.lines().map(seen).filter(|l| !l.is_empty()) {
            if line.starts_with("<!--") {
                info = info && !line.contains("INFO END");
            } else if let Some(t) = line.strip_prefix("# ").filter(|_| title.is_none()) {
                title = Some(t.trim().to_owned());
            } else if info {
                notes.push(line);
            } else {
                body.push(line);
            }
        }
        let title = title.unwrap_or_else(|| named.to_owned());
        if title.is_empty() || title.chars().count() > 150 {
            return Err("没有名称，或名称过长。".into());
        }
        let articles = Self::body(&body)?;
        let said = in_force(&articles, &notes);
        let newest = notes.iter().flat_map(|n| days(n)).map(|(d, _)| d).max();
        let version = dated.or(newest).or(said).ok_or("看不出版本日期。请在文件名末尾写明，如“名称(2026-01-31).md”。")?;
        // A text revised since still names the first day of the text it revised.
        let effective = said.filter(|d| *d >= version);
        Ok(Self { kind: kind(&title, &notes), title, notes, version, effective, articles })
    }
    /// The articles of these lines.
    ///
    /// # Errors
    /// Where there are none, in words.
    pub fn body<L: AsRef<str>>(lines: &[L]) -> Result<Vec<Article>, String> {
        let lines: Vec<String> = lines.iter().map(|l| seen(l.as_ref())).filter(|l| !l.is_empty()).collect();
        // Short papers count their points 一、二、三、 and are cited as articles all the same.
        let by_points = !lines.iter().any(|l| article(l, 0).is_some());
        let mut all: Vec<Article> = vec![];
        let mut above: Vec<(usize, String)> = vec![];
        let (mut last, mut outside) = (0, true);
        for line in &lines {
            let level = line.chars().take_while(|c| *c == '#').count();
            if level > 0 {
                let name = heading(line.trim_start_matches('#'));
                above.retain(|(l, _)| *l < level);
                let annex = name.starts_with("附件") || name.starts_with("附录") || name.starts_with("附表");
                if annex {
                    all.push(Article { label: name, ..Article::default() });
                } else {
                    above.push((level, name));
                }
                outside = !annex;
                continue;
            }
            let chapter = || above.iter().map(|(_, n)| n.clone()).collect::<Vec<_>>();
            let opens = if by_points { point(line) } else { article(line, last) };
            if let Some((number, of, rest)) = opens {
                all.push(Article::of(number, of, chapter(), rest));
                (last, outside) = (number, false);
            } else if let Some(open) = all.last_mut().filter(|_| !outside) {
                if !open.text.is_empty() {
                    open.text.push('\n');
                }
                open.text.push_str(line);
            } else {
                all.push(Article { chapter: chapter(), text: line.clone(), ..Article::default() });
                outside = false;
            }
        }
        if all.iter().all(|a| a.number == 0) {
            return Err("没有读出条文：条文应另起一行，以“第一条 ”开头。".into());
        }
        number(&mut all);
        Ok(all)
    }
    /// Where the numbers of the articles do not follow one another, as `(before, after)`.
    pub fn gaps(&self) -> Vec<(String, String)> {
        let all: Vec<&Article> = self.articles.iter().filter(|a| a.number > 0).collect();
        let follows = |a: &Article, b: &Article| (b.number == a.number + 1 && b.of == 0) || (b.number == a.number && b.of == a.of + 1);
        let first = all.first().filter(|a| a.number != 1).map(|a| (String::new(), a.label.clone()));
        let pairs = all.iter().zip(all.iter().skip(1)).filter(|(a, b)| !follows(a, b));
        first.into_iter().chain(pairs.map(|(a, b)| (a.label.clone(), b.label.clone()))).collect()
    }
}
/// An anchor of its own for every piece: a number that comes again (an annex that starts anew) says so.
fn number(all: &mut [Article]) {
    let mut taken = std::collections::BTreeMap::<String, u32>::new();
    for (n, a) in all.iter_mut().enumerate() {
        if a.number == 0 {
            a.anchor = format!("p{n}");
        }
        let again = taken.entry(a.anchor.clone()).or_default();
        *again += 1;
        if *again > 1 {
            a.anchor = format!("{}_{again}", a.anchor);
        }
    }
}
/// “第一百三十三条之一 在道路上…”: number, 之几, the rest.
fn article(line: &str, last: u32) -> Option<(u32, u32, &str)> {
    let (n, rest) = leading(line.strip_prefix('第')?)?;
    let spaced = rest.starts_with(char::is_whitespace);
    let rest = rest.trim_start().strip_prefix('条')?;
    let (of, rest) = rest.strip_prefix('之').and_then(leading).unwrap_or((0, rest));
    let blank = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '：' || c == ':');
    // A paragraph may begin by naming an article: it is no article unless it is the next one and reads on by itself.
    let next = n == last + 1 && !rest.starts_with(['第', '、', '至', '规', '的', '和', '或', '中', '所', '，', '与', '及']);
    (blank || spaced || next).then(|| (n, of, rest.trim_start_matches(|c: char| c.is_whitespace() || c == '：' || c == ':')))
}
/// “一、…”.
fn point(line: &str) -> Option<(u32, u32, &str)> {
    let (n, rest) = leading(line)?;
    rest.strip_prefix('、').map(|rest| (n, 0, rest.trim_start()))
}
/// “名称(2021-08-20)” → name and day.
fn dated(stem: &str) -> (&str, Option<Date>) {
    let open = stem.rfind(['(', '（']);
    let parts = open.and_then(|i| stem.split_at_checked(i));
    let day = parts.and_then(|(_, d)| d.trim_matches(['(', ')', '（', '）']).trim().parse::<Date>().ok());
    match (parts, day) {
        (Some((name, _)), Some(day)) => (name.trim(), Some(day)),
        _ => (stem, None),
    }
}
/// Every “2026年1月31日” of a text, with what follows it.
fn days(text: &str) -> Vec<(Date, String)> {
    let chars: Vec<char> = text.chars().map(plain).collect();
    let number = |from: usize| -> (usize, i32) {
        let digits: String = chars.iter().skip(from).take(4).take_while(|c| c.is_ascii_digit()).collect();
        (from + digits.len(), digits.parse().unwrap_or(0))
    };
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    let mut all = vec![];
    for at in (4..chars.len()).filter(|at| is(*at, '年')) {
        let (end, year) = number(at - 4);
        let (m, month) = number(at + 1);
        let (d, day) = number(m + 1);
        if end != at || !is(m, '月') || !is(d, '日') {
            continue;
        }
        let narrow = |n: i32| i8::try_from(n).unwrap_or(0);
        if let Ok(date) = Date::new(i16::try_from(year).unwrap_or(0), narrow(month), narrow(day)) {
            all.push((date, chars.iter().skip(d + 1).collect()));
        }
    }
    all
}
/// The day the last articles, or else the notes, name as the first in force.
fn in_force(articles: &[Article], notes: &[String]) -> Option<Date> {
    let begins = |rest: &str| ["起施行", "起实施", "起生效", "施行"].iter().any(|w| rest.trim_start().starts_with(w));
    let said = |text: &str| days(text).into_iter().find(|(_, rest)| begins(rest)).map(|(d, _)| d);
    let last = articles.iter().rev().filter(|a| a.number > 0).take(3).find_map(|a| said(&a.text));
    last.or_else(|| notes.iter().rev().find_map(|n| said(n)))
}
/// What kind of rule it is, by who made it: the notes say so, else the title.
fn kind(title: &str, notes: &[String]) -> &'static str {
    let noted = |words: &[&str]| notes.iter().any(|n| words.iter().any(|w| n.contains(w)));
    let local = title.find(['省', '市', '州', '区']).is_some_and(|i| i <= 24) && title.ends_with("条例");
    match () {
        () if title.starts_with("最高人民") || title.contains("解释") || noted(&["最高人民检察院第", "最高人民法院审判委员会"]) => {
            "司法解释"
        }
        () if local => "地方性法规",
        () if noted(&["中共中央"]) => "党内法规",
        () if noted(&["国务院令", "国务院第"]) => "行政法规",
        () if noted(&["部令", "部长办公会", "公安部", "局令", "委令"]) => "规章",
        () if title.ends_with('法') => "法律",
        () if title.ends_with("条例") || noted(&["国务院"]) => "行政法规",
        () if title.ends_with("法典") => "法律",
        () => "内部制度",
    }
}
