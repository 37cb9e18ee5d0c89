//! 统计 (E): tables and charts of a period, every number with the way to its rows; the same tables as workbooks.
use askama::Template;
use domain::registers::parameters::FEW;
use ledger::Alg;
use std::collections::BTreeMap;

use super::pages::{Cell, Frame, Options, TablePage, html};
use super::present;
use super::visit::{Reply, Values, Visit, encode};
use crate::edge;
use crate::failure::{Failure, Result};
use crate::matters::{self, Item};
use crate::statistics::{self, Chart, Eyes, Grid, Makes, Period, Sums, TABLES, measure};

/// Rows of a number on one page.
const ROWS: i64 = 200;

/// A table and what it was asked: `(id, 查询指纹)` stand under it.
struct Card {
    grid: Grid,
    mark: String,
    download: String,
}
#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    frame: Frame,
    explain: String,
    periods: Options,
    from: String,
    to: String,
    units: Options,
    /// Why the period was not taken.
    error: Option<String>,
    /// Group, its tables.
    groups: Vec<(&'static str, Vec<Card>)>,
    undefined: &'static [(&'static str, &'static str)],
    snapshot: String,
    seq: u64,
}
/// What is asked, by the address.
pub struct Asked {
    pub period: Period,
    pub org: Option<String>,
    error: Option<String>,
}
impl Asked {
    /// From the query; this year where nothing is said.
    pub fn of(v: &Visit) -> Self {
        let (from, to, name) = (v.query.get("from"), v.query.get("to"), v.query.get("period"));
        let own = !from.is_empty() || !to.is_empty();
        let read = if own { Period::between(from, to) } else { Period::named(name) };
        let wrong = own && read.is_none() || !own && !name.is_empty() && read.is_none();
        let org = Some(v.query.get("org")).filter(|o| !o.is_empty() && v.registers.org(o).is_some());
        Self {
            period: read.unwrap_or_else(|| Period::year_of(v.now.today)),
            org: org.map(ToOwned::to_owned),
            error: wrong.then(|| "起止月份应写作“2026-01”，止月不早于起月，最长十年。现在按今年统计。".into()),
        }
    }
    /// The same question, to be put again.
    fn query(&self) -> String {
        let [from, to] = self.period.keys();
        let org = self.org.as_ref().map(|o| format!("&org={}", encode(o))).unwrap_or_default();
        format!("from={from}&to={to}{org}")
    }
}
/// Everything the page shows, as this person may know it.
fn grids(v: &Visit, asked: &Asked, only: Option<&str>) -> Result<Vec<Grid>> {
    let eyes = Eyes::of(v.tx, v.house, v.who, asked.org.as_deref())?;
    let sums = Sums::of(v.tx, &eyes, asked.period)?;
    let tables: Vec<_> = TABLES.iter().filter(|t| eyes.told(&t.measures()) && only.is_none_or(|id| t.id == id)).collect();
    let monthly: Vec<&str> = tables.iter().filter(|t| t.monthly()).flat_map(|t| t.measures()).collect();
    let months = match monthly.is_empty() {
        true => BTreeMap::new(),
        false => statistics::spans(v.tx, &eyes, &monthly, &statistics::twelve(asked.period.to))?,
    };
    let makes = Makes {
        sums: &sums,
        months: &months,
        period: asked.period,
        registers: &v.registers,
        org: asked.org.as_deref(),
        few: v.registers.count(FEW),
    };
    Ok(tables.into_iter().map(|t| makes.grid(t)).collect())
}
/// Digest of what was asked and what was answered: the same question at the same position has the same one.
fn mark(grid: &Grid, asked: &Asked, seq: u64) -> String {
    let said = serde_json::json!([grid.id, asked.query(), seq, grid.texts()]).to_string();
    edge::hex(&Alg::Sm3.hash(&[said.as_bytes()])).chars().take(12).collect()
}
/// `GET /statistics`.
pub fn page(v: &Visit) -> Result<Reply> {
    let asked = Asked::of(v);
    let seq = crate::ledger::identity(v.tx)?.2;
    let mut groups: Vec<(&'static str, Vec<Card>)> = vec![];
    for grid in grids(v, &asked, None)? {
        let card = Card { mark: mark(&grid, &asked, seq), download: format!("/statistics/table/{}?{}", grid.id, asked.query()), grid };
        match groups.last_mut().filter(|g| g.0 == card.grid.group) {
            Some(group) => group.1.push(card),
            None => groups.push((card.grid.group, vec![card])),
        }
    }
    let [from, to] = asked.period.keys();
    let whole = asked.org.as_ref().map_or("全部单位", |o| v.registers.org_name(o));
    let page = StatisticsPage {
        frame: present::frame(v, "统计", &[("工作台", "/"), ("统计", "")])?,
        explain: format!("{}，{whole}。每个数字可点到明细。单位按代码次序，不排名。", asked.period.words()),
        periods: periods(v, &asked),
        units: units(v, &asked),
        from,
        to,
        error: asked.error.clone(),
        groups,
        undefined: statistics::UNREGISTERED,
        snapshot: edge::minute_of(v.now.ms),
        seq,
    };
    Ok(Reply::Html(html(&page)))
}
fn periods(v: &Visit, asked: &Asked) -> Options {
    let year = v.now.today.year();
    let mut names: Vec<String> = vec![];
    for y in [year, year - 1] {
        names.push(y.to_string());
        names.extend(["H1", "H2", "Q1", "Q2", "Q3", "Q4"].map(|part| format!("{y}{part}")));
    }
    names.extend((2..5).map(|back| (year - back).to_string()));
    let option = |name: String| {
        let period = Period::named(&name);
        let words = period.map(Period::words).unwrap_or_default();
        (name, words, period == Some(asked.period))
    };
    names.into_iter().map(option).collect()
}
fn units(v: &Visit, asked: &Asked) -> Options {
    let all = (String::new(), "全部单位".to_owned(), asked.org.is_none());
    let orgs = v.registers.orgs().filter(|o| o.level != "内设");
    std::iter::once(all).chain(orgs.map(|o| (o.code.clone(), o.name.clone(), asked.org.as_ref() == Some(&o.code)))).collect()
}
/// `GET /statistics/table/{id}`: one table as a workbook, with what it was asked.
pub fn table(v: &Visit) -> Result<Reply> {
    let asked = Asked::of(v);
    let seq = crate::ledger::identity(v.tx)?.2;
    let grid = grids(v, &asked, Some(v.part("id")))?.pop().ok_or(Failure::NotFound)?;
    let head: Vec<&str> = grid.columns.iter().map(String::as_str).collect();
    let mut rows = grid.texts();
    let unit = asked.org.as_ref().map_or("全部单位", |o| v.registers.org_name(o));
    rows.push(vec![]);
    rows.push(vec![format!("{}，{}，{unit}，单位：{}", grid.title, asked.period.words(), grid.unit)]);
    rows.push(vec![format!("{}；快照 {}，台账第 {seq} 条，查询指纹 {}", grid.query, edge::minute_of(v.now.ms), mark(&grid, &asked, seq))]);
    let bytes = crate::table::xlsx(&head, &rows)?;
    let title: String = grid.title.chars().filter(|c| c.is_alphanumeric()).collect();
    Ok(Reply::Download(bytes, crate::table::XLSX, format!("{title}-{}.xlsx", asked.period.words())))
}
/// `GET /statistics/behind?measure=…`: the facts behind one number, as far as this person may see their matters.
pub fn behind(v: &Visit) -> Result<Reply> {
    let told = Told::read(v)?;
    let (rows, [all, seen]) = told.rows(v)?;
    let skip = v.query.get("skip").parse::<i64>().unwrap_or(0).max(0);
    let next = format!("{}&skip={}", told.here(v.query), skip + ROWS);
    let mut links = vec![];
    if skip + ROWS < seen {
        links.push((format!("后 {ROWS} 行"), next));
    }
    let sum: i64 = rows.iter().map(|r| r.0).sum();
    let words = if all > seen { format!("另有 {} 行你无权查看。", all - seen) } else { String::new() };
    let part = if seen > ROWS { format!("第 {} 行起，", skip + 1) } else { String::new() };
    let m = told.measure;
    let said = if m.unit == "分" { matters::money(sum) } else { sum.to_string() };
    let page = TablePage {
        frame: present::frame(v, &format!("{}的明细", m.name), &[("工作台", "/"), ("统计", "/statistics"), ("明细", "")])?,
        heading: format!("{}：{all} 行", m.name),
        explain: format!("{}。{part}本页合计 {said}。{words}", told.period.words()),
        notes: vec![format!("口径：{}。", m.what)],
        columns: vec!["编号", "事项", "单位", "类别", "日期", "数值"],
        rows: rows.into_iter().map(|r| r.1).collect(),
        links,
        empty: if all > 0 { "这些事项你无权查看".into() } else { "没有事项".into() },
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// The value of a row, and its cells.
type Valued = (i64, Vec<Cell>);
/// Which number.
struct Told {
    measure: &'static statistics::Measure,
    eyes: Eyes,
    period: Period,
    categories: Vec<String>,
    class: String,
}
impl Told {
    fn read(v: &Visit) -> Result<Self> {
        let m = measure(v.query.get("measure")).ok_or(Failure::NotFound)?;
        // “-” stands for those that name none: an empty value of a form would be all.
        let bare = |text: &str| if text == "-" { String::new() } else { text.to_owned() };
        let unit = Some(v.query.get("unit")).filter(|u| !u.is_empty()).map(bare);
        let period = Period::between(v.query.get("from"), v.query.get("to")).ok_or(Failure::NotFound)?;
        let categories = v.query.get("category").split(',').filter(|c| !c.is_empty()).map(bare).collect();
        let class = v.query.get("class").chars().filter(char::is_ascii_alphanumeric).collect();
        let eyes = Eyes::of(v.tx, v.house, v.who, unit.as_deref())?;
        Ok(Self { measure: m, eyes, period, categories, class })
    }
    fn here(&self, query: &Values) -> String {
        let kept = query.0.iter().filter(|(n, _)| n != "skip").map(|(n, t)| format!("{n}={}", encode(t))).collect::<Vec<_>>();
        format!("/statistics/behind?{}", kept.join("&"))
    }
    /// Value and cells of each row, and how many there are: all, and those he finds.
    fn rows(&self, v: &Visit) -> Result<(Vec<Valued>, [i64; 2])> {
        let behind = statistics::behind_number(&self.eyes, self.measure, self.period, &self.categories, &self.class)?;
        let skip = v.query.get("skip").parse::<i64>().unwrap_or(0).max(0);
        let [all, seen] = behind.count(v.tx)?;
        // A measure that is looked up counts nothing he does not find.
        let all = if self.measure.looked_up { seen } else { all };
        let mut rows = vec![];
        for r in behind.rows(v.tx, skip, ROWS)? {
            let Some(row) = matters::item_of(v.tx, r.int(0))? else { continue };
            let item = Item::read(v.tx, v.house, &v.registers, v.who, row)?;
            let value = if self.measure.unit == "分" { matters::money(r.int(4)) } else { r.int(4).to_string() };
            let unit = if r.text(1).is_empty() { String::new() } else { v.registers.org_name(r.text(1)).to_owned() };
            let cells = vec![
                Cell::Link(item.number.clone(), format!("/matter/{}", item.number)),
                Cell::Text(item.title.clone()),
                Cell::Text(unit),
                Cell::Text(statistics::named(self.measure.name, r.text(2))),
                Cell::Text(r.text(3).to_owned()),
                Cell::Number(value),
            ];
            rows.push((r.int(4), cells));
        }
        Ok((rows, [all, seen]))
    }
}
impl Card {
    /// A picture comes first, its table is folded beneath it; a table that is the picture itself is not.
    fn folds(&self) -> bool {
        !matches!(self.grid.chart, Chart::None)
    }
    /// Takes the whole width.
    fn wide(&self) -> bool {
        self.grid.columns.len() > 7 || self.grid.shaded() || !self.folds() && self.grid.columns.len() > 6
    }
}
