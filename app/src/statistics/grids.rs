//! Tables of the statistics page: every number in words, with the address of its rows; the same grid is the page's, the workbook's and the
//! chart's.
use domain::agreement::{Rate, rate};
use std::collections::{BTreeMap, BTreeSet};

use super::measures::{Ratio, Shape, Table, measure};
use super::period::Period;
use super::sums::{Part, Sum, Sums};
use crate::charts::{bars, dots, lines, stack};
use crate::edge::encode;
use crate::matters;
use crate::registers::Registers;

/// A number, and what stands behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub words: String,
    /// Address of its rows; empty where there are none.
    pub href: String,
    /// Said beside the number to whoever cannot see the table: row and column.
    pub label: String,
    /// How dark it is, of five; nothing where it is not shaded.
    pub level: Option<u64>,
    /// Stands to the right.
    pub right: bool,
}
/// A row: its name, its cells.
pub type Row = (String, Vec<Cell>);
/// The picture of a grid.
#[derive(Clone, Debug, Default)]
pub enum Chart {
    #[default]
    None,
    Bars(bars::Bars),
    Stack(stack::Stack),
    Lines(lines::Lines),
    Dots(dots::Dots),
}
/// A table as it is shown.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub id: &'static str,
    pub group: &'static str,
    pub title: &'static str,
    pub note: &'static str,
    /// 单位.
    pub unit: String,
    /// How many facts it rests on.
    pub sample: i64,
    /// 查询, in words.
    pub query: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// The last row is the sum of those above.
    pub totals: bool,
    pub chart: Chart,
}
impl Grid {
    /// Rows as texts, for the workbook and the fingerprint.
    pub fn texts(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|(name, cells)| std::iter::once(name.clone()).chain(cells.iter().map(|c| c.words.clone())).collect()).collect()
    }
    /// Whether this column of numbers stands to the right.
    pub fn right(&self, column: usize) -> bool {
        self.rows.iter().all(|(_, cells)| cells.get(column).is_some_and(|c| c.right))
    }
    /// Shades instead of a picture.
    pub fn shaded(&self) -> bool {
        self.rows.iter().any(|(_, cells)| cells.iter().any(|c| c.level.is_some()))
    }
}
/// What the grids are made from.
pub struct Makes<'a> {
    pub sums: &'a Sums,
    /// Measure and month → sum.
    pub months: &'a BTreeMap<(String, String), i64>,
    pub period: Period,
    pub registers: &'a Registers,
    pub org: Option<&'a str>,
    pub few: usize,
}
/// Which facts: measure, unit, categories, the beginning of the categories, which of the three spans.
#[derive(Clone, Copy, Default)]
struct Of<'a> {
    measure: &'a str,
    org: Option<&'a str>,
    categories: &'a [&'a str],
    class: &'a str,
    span: usize,
}
const LINES: [&str; 7] = ["项目", "本期", "上期", "环比", "去年同期", "同比", "口径"];
const SHARES: [&str; 7] = ["名称", "数", "总数", "每百", "上期每百", "去年同期每百", "口径"];

impl Makes<'_> {
    /// The grid of this table.
    pub fn grid(&self, t: &'static Table) -> Grid {
        let mut g = Grid { id: t.id, group: t.group, title: t.title, note: t.note, ..Grid::default() };
        let first = t.measures().first().and_then(|m| measure(m));
        g.unit = first.map_or("", |m| if m.unit == "分" { "元" } else { m.unit }).into();
        g.sample = t.measures().iter().collect::<BTreeSet<_>>().into_iter().map(|m| self.sums.all(m)[0].1).sum();
        match &t.shape {
            Shape::Lines(all) => self.lines(&mut g, all),
            Shape::Months(all) => self.months(&mut g, all),
            Shape::Codes(one) => self.codes(&mut g, one),
            Shape::Cross(one, stacked) => self.cross(&mut g, one, *stacked),
            Shape::Means(one, by, unit) => self.means(&mut g, one, *by, unit),
            Shape::Ratios(all) => self.ratios(&mut g, all),
            Shape::ByUnit(one) => self.by_unit(&mut g, one),
        }
        g
    }
    fn span(&self, n: usize) -> Period {
        [self.period, self.period.before(), self.period.year_ago()].get(n).copied().unwrap_or(self.period)
    }
    fn href(&self, of: Of) -> String {
        let [from, to] = self.span(of.span).keys();
        let mut to = format!("/statistics/behind?measure={}&from={from}&to={to}", encode(of.measure));
        if let Some(org) = of.org.or(self.org) {
            to += &format!("&unit={}", if org.is_empty() { "-".into() } else { encode(org) });
        }
        if !of.categories.is_empty() {
            to += &format!(
                "&category={}",
                encode(&of.categories.iter().map(|c| if c.is_empty() { "-" } else { c }).collect::<Vec<_>>().join(","))
            );
        }
        if !of.class.is_empty() {
            to += &format!("&class={}", encode(of.class));
        }
        to
    }
    /// A sum with the way to its rows.
    fn number(&self, of: Of, sum: Sum, label: &str) -> Cell {
        let money = measure(of.measure).is_some_and(|m| m.unit == "分");
        let words = if money { matters::money(sum.0) } else { sum.0.to_string() };
        let href = if sum.1 == 0 { String::new() } else { self.href(of) };
        Cell { words, href, label: label.to_owned(), level: None, right: true }
    }
    /// Now, before, change, a year ago, change.
    fn compared(&self, of: Of, sums: [Sum; 3], name: &str) -> Vec<Cell> {
        let cell = |span: usize, when: &str| {
            let sum = sums.get(span).copied().unwrap_or_default();
            self.number(Of { span, ..of }, sum, &format!("{name}，{when}"))
        };
        let change = |n: usize| plain(changed(sums[0].0, sums.get(n).map_or(0, |s| s.0)));
        vec![cell(0, "本期"), cell(1, "上期"), change(1), cell(2, "去年同期"), change(2)]
    }
    fn lines(&self, g: &mut Grid, all: &[&'static str]) {
        g.columns = LINES.map(Into::into).into();
        for m in all.iter().filter_map(|n| measure(n)) {
            let name = if g.unit == m.unit || m.unit == "分" { m.name.to_owned() } else { format!("{}（{}）", m.name, m.unit) };
            let of = Of { measure: m.name, ..Of::default() };
            let mut cells = self.compared(of, self.sums.all(m.name), &name);
            cells.push(text(m.what));
            g.rows.push((name, cells));
        }
        g.query = format!("计数事实：{}", all.join("、"));
        g.chart = Chart::Bars(self.drawn(g, 0));
    }
    /// Bars of one column.
    fn drawn(&self, g: &Grid, column: usize) -> bars::Bars {
        let rows: Vec<bars::Given> =
            g.rows.iter().map(|(name, cells)| given(name, &cells.get(column).cloned().unwrap_or_default())).collect();
        bars::linked(g.title, &rows)
    }
    fn months(&self, g: &mut Grid, all: &[&'static str]) {
        let months: Vec<i32> = (self.period.to - 11..=self.period.to).collect();
        g.columns = std::iter::once("月份".to_owned()).chain(all.iter().map(|m| (*m).to_owned())).collect();
        g.sample = 0;
        let mut drawn: Vec<(String, Vec<u64>)> = all.iter().map(|m| ((*m).to_owned(), vec![])).collect();
        for month in &months {
            let key = super::period::key(*month);
            let at = Self { period: Period { from: *month, to: *month }, ..*self };
            let mut cells = vec![];
            for (m, line) in all.iter().zip(&mut drawn) {
                let n = self.months.get(&((*m).to_owned(), key.clone())).copied().unwrap_or(0);
                cells.push(at.number(Of { measure: m, ..Of::default() }, (n, n), &format!("{m}，{key}")));
                line.1.push(u64::try_from(n).unwrap_or(0));
                g.sample += n;
            }
            g.rows.push((key, cells));
        }
        g.query = format!("计数事实按月：{}", all.join("、"));
        let ticks: Vec<String> = months.iter().map(|m| format!("{}月", m.rem_euclid(12) + 1)).collect();
        g.chart = Chart::Lines(lines::lines(g.title, &ticks, &drawn));
    }
    fn codes(&self, g: &mut Grid, one: &'static str) {
        g.columns = LINES[..6].iter().map(|c| (*c).to_owned()).collect();
        for code in self.order(one, |p| p.category.clone()) {
            let name = named(one, &code);
            let of = Of { measure: one, categories: &[&code], ..Of::default() };
            g.rows.push((name.clone(), self.compared(of, self.sums.sum(one, |p| p.category == code), &name)));
        }
        self.total(g, one);
        g.query = format!("计数事实：{one}，按类别分");
        let without = Grid { rows: g.rows.iter().take(g.rows.len().saturating_sub(1)).cloned().collect(), ..g.clone() };
        g.chart = if without.rows.is_empty() { Chart::None } else { Chart::Bars(self.drawn(&without, 0)) };
    }
    fn total(&self, g: &mut Grid, one: &'static str) {
        if !g.rows.is_empty() {
            g.rows.push(("合计".into(), self.compared(Of { measure: one, ..Of::default() }, self.sums.all(one), "合计")));
            g.totals = true;
        }
    }
    /// Keys of the parts in the order of the code table; unknown ones behind.
    fn order(&self, one: &str, key: impl Fn(&Part) -> String) -> Vec<String> {
        let known = measure(one).and_then(|m| m.codes).map_or(&[][..], |c| c.rows);
        let place = |k: &String| known.iter().position(|(c, _)| c == k || c.starts_with(k.as_str()) && !k.is_empty()).unwrap_or(usize::MAX);
        let mut all: Vec<String> = self.sums.parts(one).iter().map(key).collect::<BTreeSet<_>>().into_iter().collect();
        all.sort_by_key(|k| (place(k), k.clone()));
        all
    }
    fn cross(&self, g: &mut Grid, one: &'static str, stacked: bool) {
        // Forty codes do not fit side by side: their letter does.
        let classed = measure(one).and_then(|m| m.codes).is_some_and(|c| c.name == "problem");
        let class = |category: &str| if classed { category.get(..1).unwrap_or("").to_owned() } else { category.to_owned() };
        let columns = self.order(one, |p| class(&p.category));
        let label = |k: &str| if classed { class_named(k) } else { named(one, k) };
        let mut units: BTreeMap<&str, (BTreeMap<String, Sum>, [Sum; 3])> = BTreeMap::new();
        for p in self.sums.parts(one) {
            let (cells, whole) = units.entry(&p.org).or_default();
            let cell = cells.entry(class(&p.category)).or_default();
            *cell = (cell.0 + p.sums[0].0, cell.1 + p.sums[0].1);
            whole.iter_mut().zip(p.sums).for_each(|(a, b)| *a = (a.0 + b.0, a.1 + b.1));
        }
        g.columns = std::iter::once("单位".to_owned()).chain(columns.iter().map(|k| label(k))).collect();
        g.columns.extend(["合计", "上期", "环比", "去年同期", "同比"].map(Into::into));
        g.query = format!("计数事实：{one}，按单位和类别分");
        let most = units.values().flat_map(|u| u.0.values()).map(|s| s.0).max().unwrap_or(0);
        let mut drawn: Vec<(String, Vec<bars::Given>)> = vec![];
        let mut below: BTreeMap<String, Sum> = BTreeMap::new();
        let row = |name: &str, org: Option<&str>, sums: &BTreeMap<String, Sum>, whole: [Sum; 3], shaded: bool| {
            let of = Of { measure: one, org, ..Of::default() };
            let cell = |k: &String| {
                let (sum, only) = (sums.get(k).copied().unwrap_or_default(), [k.as_str()]);
                let of = if classed && !k.is_empty() { Of { class: k, ..of } } else { Of { categories: &only, ..of } };
                Cell { level: shaded.then(|| shade(sum.0, most)), ..self.number(of, sum, &format!("{name}，{}", label(k))) }
            };
            let cells: Vec<Cell> = columns.iter().map(cell).collect();
            (cells, self.compared(of, whole, &format!("{name}，合计")))
        };
        for (org, (sums, whole)) in &units {
            let name = if org.is_empty() { "未注明" } else { self.registers.org_name(org) };
            let (cells, rest) = row(name, Some(org), sums, *whole, !stacked);
            drawn.push((name.to_owned(), cells.iter().map(|c| given("", c)).collect()));
            sums.iter().for_each(|(k, s)| {
                let cell = below.entry(k.clone()).or_default();
                *cell = (cell.0 + s.0, cell.1 + s.1);
            });
            g.rows.push((name.to_owned(), [cells, rest].concat()));
        }
        if units.is_empty() {
            return;
        }
        let (cells, rest) = row("合计", None, &below, self.sums.all(one), false);
        g.rows.push(("合计".into(), [cells, rest].concat()));
        g.totals = true;
        if stacked {
            let series: Vec<String> = columns.iter().map(|k| label(k)).collect();
            g.chart = Chart::Stack(stack::stack(g.title, &series, &drawn));
        }
    }
    fn means(&self, g: &mut Grid, one: &'static str, by: i64, unit: &str) {
        g.columns = ["类别", "件数", "均值", "上期均值", "去年同期均值"].map(Into::into).into();
        g.unit = unit.into();
        let mut keys: Vec<Option<String>> = self.order(one, |p| p.category.clone()).into_iter().map(Some).collect();
        if !keys.is_empty() {
            keys.push(None);
        }
        for code in keys {
            let name = code.as_ref().map_or("合计".to_owned(), |c| named(one, c));
            let sums = self.sums.sum(one, |p| code.as_ref().is_none_or(|c| p.category == *c));
            let only: Vec<&str> = code.iter().map(String::as_str).collect();
            let mut cells = vec![self.number(Of { measure: one, categories: &only, ..Of::default() }, (sums[0].1, sums[0].1), &name)];
            cells.extend(sums.map(|s| plain(mean(s, by))));
            g.rows.push((name, cells));
        }
        g.totals = !g.rows.is_empty();
        g.query = format!("计数事实：{one}，值之和除以件数");
    }
    fn share(&self, r: &Ratio, here: impl Fn(&Part) -> bool) -> [(i64, i64); 3] {
        let picked = |p: &Part| here(p) && (r.picks.is_empty() || r.picks.contains(&p.category.as_str()));
        let hits = self.sums.sum(r.hits, picked).map(|s| s.0);
        let of = r.of.iter().map(|m| self.sums.sum(m, &here).map(|s| s.0));
        let of = of.fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
        [(hits[0], of[0]), (hits[1], of[1]), (hits[2], of[2])]
    }
    fn rate(&self, (hits, of): (i64, i64)) -> Option<Rate> {
        rate(usize::try_from(hits).ok()?, usize::try_from(of).ok()?, self.few)
    }
    fn rate_words(&self, share: (i64, i64)) -> String {
        self.rate(share).map_or_else(|| if share.1 == 0 { "—".into() } else { format!("少于 {} 件，不算比率", self.few) }, |r| r.words())
    }
    /// What counts, and of how many: both lead to their rows where they are the rows of one measure.
    fn both(&self, r: &Ratio, org: Option<&str>, share: (i64, i64), name: &str) -> Vec<Cell> {
        let whole = r.of.first().filter(|_| r.of.len() == 1);
        let cell = |m: Option<&&'static str>, picks: &[&str], n: i64, what: &str| match m {
            Some(m) => self.number(Of { measure: m, org, categories: picks, ..Of::default() }, (n, n), &format!("{name}，{what}")),
            None => plain(n.to_string()),
        };
        vec![cell(Some(&r.hits), r.picks, share.0, "数"), cell(whole, &[], share.1, "总数")]
    }
    fn ratios(&self, g: &mut Grid, all: &'static [Ratio]) {
        g.columns = SHARES.map(Into::into).into();
        for r in all {
            let shares = self.share(r, |_| true);
            let mut cells = self.both(r, None, shares[0], r.label);
            cells.extend(shares.map(|s| plain(self.rate_words(s))));
            let of = r.of.iter().filter_map(|m| measure(m)).map(|m| m.name).collect::<Vec<_>>().join("＋");
            let picks = if r.picks.is_empty() { String::new() } else { format!("（{}）", r.picks.join("、")) };
            cells.push(text(&format!("{}{picks} ÷ {of}。{}", r.hits, measure(r.hits).map_or("", |m| m.what))));
            g.rows.push((r.label.to_owned(), cells));
        }
        g.query = "数、总数都是计数事实之和；区间为 Wilson 95% 区间".into();
    }
    fn by_unit(&self, g: &mut Grid, r: &'static Ratio) {
        g.columns = ["单位", "数", "总数", "每百件（95% 区间）"].map(Into::into).into();
        let whole = r.of.first().copied().unwrap_or(r.hits);
        let units: BTreeSet<String> = self.sums.parts(whole).iter().filter(|p| p.sums[0].1 > 0).map(|p| p.org.clone()).collect();
        let mut drawn = vec![];
        for unit in units {
            let name = self.registers.org_name(&unit).to_owned();
            let share = self.share(r, |p| p.org == unit)[0];
            let mut cells = self.both(r, Some(&unit), share, &name);
            cells.push(plain(self.rate_words(share)));
            drawn.push(dots::Given {
                label: name.clone(),
                hits: share.0,
                of: share.1,
                rate: self.rate(share),
                href: cells.first().map(|c| c.href.clone()).unwrap_or_default(),
            });
            g.rows.push((name, cells));
        }
        g.query = format!("{} ÷ {whole}，按单位分；少于 {} 件的不算比率、不排名", r.hits, self.few);
        g.chart = if drawn.is_empty() { Chart::None } else { Chart::Dots(dots::dots(g.title, &drawn, self.few)) };
    }
}
/// What a bar is drawn from.
fn given(name: &str, cell: &Cell) -> bars::Given {
    let number = cell.words.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
    bars::Given { label: name.to_owned(), number, value: cell.words.clone(), href: cell.href.clone() }
}
/// What a category of a measure is called.
pub fn named(one: &str, code: &str) -> String {
    match measure(one).and_then(|m| m.codes) {
        _ if code.is_empty() => "未注明".into(),
        Some(table) => table.label_of(code).to_owned(),
        None => code.to_owned(),
    }
}
/// Letters of the problem codes.
fn class_named(letter: &str) -> String {
    const CLASSES: [(&str, &str); 9] = [
        ("S", "S 实体"),
        ("Z", "Z 证据"),
        ("C", "C 程序"),
        ("W", "W 文书"),
        ("X", "X 效率"),
        ("Q", "Q 财物"),
        ("F", "F 作风"),
        ("J", "J 配合"),
        ("M", "M 封存"),
    ];
    CLASSES.iter().find(|c| c.0 == letter).map_or_else(|| "未注明".into(), |c| c.1.to_owned())
}
fn plain(words: String) -> Cell {
    Cell { words, right: true, ..Cell::default() }
}
fn text(words: &str) -> Cell {
    Cell { words: words.to_owned(), ..Cell::default() }
}
/// One to five, by the darkest; nought for nothing.
fn shade(n: i64, most: i64) -> u64 {
    if n <= 0 { 0 } else { u64::try_from((n * 5 + most - 1) / most.max(1)).unwrap_or(5).clamp(1, 5) }
}
/// “增 12.5%”.
fn changed(now: i64, was: i64) -> String {
    let by = (now - was).abs();
    let share = |was: i64| format!("{}.{}%", by * 1_000 / was / 10, by * 1_000 / was % 10);
    match () {
        () if now == was => "持平".into(),
        () if was <= 0 => "—".into(),
        () if now > was => format!("增 {}", share(was)),
        () => format!("减 {}", share(was)),
    }
}
/// The mean with one decimal.
fn mean((sum, n): Sum, by: i64) -> String {
    let Some(tenths) = (sum * 20 / by.max(1) + n).checked_div(2 * n).filter(|_| n > 0) else { return "—".into() };
    format!("{}.{}", tenths / 10, tenths % 10)
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_means_and_shades_are_said_in_words() {
        assert_eq!([changed(9, 8), changed(3, 4), changed(4, 4), changed(4, 0)], ["增 12.5%", "减 25.0%", "持平", "—"]);
        assert_eq!([mean((1_735, 2), 10), mean((10, 3), 1), mean((0, 0), 1)], ["86.8", "3.3", "—"]);
        assert_eq!([shade(0, 9), shade(1, 9), shade(5, 9), shade(9, 9)], [0, 1, 3, 5]);
    }
}
