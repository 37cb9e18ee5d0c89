//! 半年分析研判报告 as a page to print (M3.1), the matters behind each figure, and its recount (复算).
use askama::Template;
use domain::procedures::half_year_report::HalfYearReport;
use domain::procedures::half_year_report::figures::{By, Figure, LINES, line_of, rates, told};
use domain::registers::codes::REVIEW_KIND;

use super::pages::{Cell, Frame, TablePage, Told, html};
use super::present;
use super::visit::{Reply, Visit, encode};
use super::workbench;
use crate::charts::bars::{Bars, Given, linked};
use crate::failure::{Failure, Result};
use crate::matters::{self, Seen};
use crate::{edge, reports, statistics};

/// A figure in its table.
struct Numbered {
    query: String,
    label: String,
    tone: String,
    value: String,
    digest: String,
    href: String,
}
/// Figures of one kind: a table, and bars where they divide something.
struct Part {
    heading: String,
    note: String,
    rows: Vec<Numbered>,
    chart: Option<Bars>,
}
#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    number: String,
    heading: String,
    explain: String,
    draft: bool,
    /// Heading and paragraphs.
    said: Vec<(&'static str, Vec<String>)>,
    /// Unit, to its credit, not to its credit.
    teams: Vec<(String, String, String)>,
    pairs: Vec<(String, String, String, String, String)>,
    /// Name, so many of so many, in a hundred.
    rates: Vec<(&'static str, String, String)>,
    parts: Vec<Part>,
    methods: Vec<domain::procedures::half_year_report::Method>,
    notes: Vec<String>,
}

/// Pages about this report.
pub fn tools(seen: &Seen) -> Vec<(String, String)> {
    let drafted = seen.loaded.of::<HalfYearReport>().is_some_and(|m| !m.state.counts().figures.is_empty());
    let to = |label: &str, what: &str| (label.to_owned(), format!("/matter/{}/{what}", seen.item.number));
    if drafted { vec![to("看报告", "report"), to("复算", "recompute")] } else { vec![] }
}
/// The report, once this person may see it and it was drafted.
fn drafted(v: &Visit) -> Result<Seen> {
    let seen = matters::see(v.tx, v.house, v.who, v.part("number"), v.now)?;
    if tools(&seen).is_empty() || !seen.office() { Err(Failure::NotFound) } else { Ok(seen) }
}
/// `GET /matter/{number}/report`: the figures as they are told outside, what was written about them, how they came about.
pub fn page(v: &Visit) -> Result<Reply> {
    let seen = drafted(v)?;
    let number = seen.item.number.clone();
    let report = &seen.loaded.of::<HalfYearReport>().ok_or(Failure::NotFound)?.state;
    let c = report.counts();
    let period = report.period().ok_or(Failure::NotFound)?;
    let signed = report.signed().map(|on| format!("{}审签", present::day(on, v.now.today)));
    let letter = Some(report.letter_no()).filter(|l| !l.is_empty()).map(|l| format!("商请函 {l}"));
    let explain: Vec<String> = [Some(format!("{} 至 {}", period.from, period.to)), signed, letter].into_iter().flatten().collect();
    let figures = told(&c.figures, c.few);
    let mut methods = c.methods.clone();
    methods.iter_mut().for_each(|m| m.kind = REVIEW_KIND.label_of(&m.kind).to_owned());
    let name = report.name();
    let back = format!("/matter/{number}");
    let page = ReportPage {
        frame: present::frame(v, &name, &[("工作台", "/"), (&number, &back), ("报告", "")])?,
        heading: name,
        explain: explain.join("，"),
        draft: report.signed().is_none(),
        said: said(v, &seen)?,
        teams: report.analysis().teams.iter().map(|t| (v.registers.org_name(&t.org).to_owned(), t.good.clone(), t.bad.clone())).collect(),
        pairs: pairs(&figures),
        rates: rates(&figures, c.few),
        parts: parts(&figures, &number),
        methods,
        notes: notes(c.as_of, c.few, c.remedy),
        number,
    };
    Ok(Reply::Html(html(&page)))
}
/// How the figures came about.
fn notes(as_of: i64, few: i64, remedy: i64) -> Vec<String> {
    vec![
        format!("数字由系统从计数事实取得，数到台账第 {as_of} 条，任何人不能改写。"),
        "未办结的，还可以提出异议、申请复核的，不计入。".into(),
        format!("责任查究结果，在有权机关反馈后再等 {remedy} 日的申请复核期和顺延日，期满才计入。"),
        format!("分单位、分等次、分类别的，少于 {few} 件的不列，也不排名；为防推算，另有隐去。"),
        "明细指纹由明细行算出。复算会重新取数，逐个比对。".into(),
    ]
}
/// What was written, in the order in which it is read.
fn said(v: &Visit, seen: &Seen) -> Result<Vec<(&'static str, Vec<String>)>> {
    let texts = [
        ("summary", "总体情况"),
        ("officials_good", "干部活情况：正面事项"),
        ("officials_bad", "干部活情况：负面事项"),
        ("leads", "问题线索"),
        ("suggestions", "工作建议"),
    ];
    let rows = || seen.sections.iter().flat_map(|s| &s.rows);
    let mut all = vec![];
    for (name, heading) in texts {
        let Some(row) = rows().find(|r| r.field.name == name) else { continue };
        let Told::Text(text) = present::told(v, row.field, &row.value)? else { continue };
        all.push((heading, text.lines().filter(|l| !l.trim().is_empty()).map(ToOwned::to_owned).collect()));
    }
    Ok(all)
}
/// What is to somebody's credit beside what is not, group by group.
fn pairs(figures: &[Figure]) -> Vec<(String, String, String, String, String)> {
    let groups: Vec<&str> = LINES.iter().filter(|l| l.by == By::All).map(|l| l.group).collect();
    let of = |group: &str, tone: &str| -> Vec<&Figure> {
        figures.iter().filter(|f| f.key.is_empty() && f.group == group && f.tone == tone).collect()
    };
    let mut all = vec![];
    for (n, group) in groups.iter().enumerate() {
        if groups.iter().take(n).any(|g| g == group) {
            continue;
        }
        let (good, bad) = (of(group, "正面"), of(group, "负面"));
        for i in 0..good.len().max(bad.len()) {
            let cell =
                |all: &[&Figure]| all.get(i).map(|f| (f.label.clone(), f.value.clone())).unwrap_or_else(|| ("—".into(), String::new()));
            let ((a, x), (b, y)) = (cell(&good), cell(&bad));
            all.push(((*group).to_owned(), a, x, b, y));
        }
    }
    all
}
fn parts(figures: &[Figure], number: &str) -> Vec<Part> {
    let row = |f: &Figure| Numbered {
        query: f.name(),
        label: f.label.clone(),
        tone: f.tone.clone(),
        value: f.value.clone(),
        // As much as an eye compares; the whole of it stands in the matter.
        digest: f.digest.split(':').next_back().unwrap_or("").chars().take(16).collect(),
        href: format!("/matter/{number}/report/behind?query={}&key={}", encode(&f.query), encode(&f.key)),
    };
    let whole = figures.iter().filter(|f| f.key.is_empty()).map(row).collect();
    let whole = Part { heading: "汇总数字".into(), note: "点查询编号看明细".into(), rows: whole, chart: None };
    let divided = LINES.iter().filter(|l| l.by != By::All).map(|line| {
        let of: Vec<&Figure> = figures.iter().filter(|f| f.query == line.id).collect();
        let given = |f: &&Figure| Given { label: f.label.clone(), number: f.value.parse().ok(), value: f.value.clone(), href: row(f).href };
        let drawn: Vec<Given> = of.iter().map(given).collect();
        Part {
            heading: line.label.into(),
            note: "按代码次序，不排名".into(),
            chart: if drawn.is_empty() { None } else { Some(linked(line.label, &drawn)) },
            rows: of.into_iter().map(row).collect(),
        }
    });
    std::iter::once(whole).chain(divided).collect()
}
/// `GET /matter/{number}/report/behind?query=BN-12&key=`: the matters behind one figure, as far as this person may see them.
pub fn behind(v: &Visit) -> Result<Reply> {
    let seen = drafted(v)?;
    let (number, query, key) = (&seen.item.number, v.query.get("query"), v.query.get("key"));
    let line = line_of(query).ok_or(Failure::NotFound)?;
    let ids = reports::behind(v.tx, number, query, key)?;
    let told = statistics::told_of(v.tx, v.house, v.who, ids.into_iter())?;
    workbench::told(v, &format!("{query} {}", line.label), ("半年分析研判报告", &format!("/matter/{number}/report")), told)
}
/// `GET /matter/{number}/recompute`.
pub fn recompute(v: &Visit) -> Result<Reply> {
    let seen = drafted(v)?;
    let number = seen.item.number.clone();
    let r = reports::recompute(v.tx, v.house, &number)?;
    let back = format!("/matter/{number}");
    let row = |what: &str, d: &domain::procedures::half_year_report::figures::Difference| {
        let cells = [&d.label, &d.was, &d.is, &d.digest_was, &d.digest_is].map(|t| Cell::Text(t.clone()));
        [Cell::Tag(what.to_owned(), "red"), Cell::Code(d.query.clone())].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows = r.differences.iter().map(|d| row("取数不同", d)).chain(r.altered.iter().map(|d| row("正文被改动", d)));
    let words = if r.equal() { "全部一致" } else { "有不同，逐个列在下面" };
    let page = TablePage {
        frame: present::frame(v, "复算", &[("工作台", "/"), (&number, &back), ("复算", "")])?,
        heading: format!("{number} 复算：{words}"),
        explain: format!("按台账第 {} 条的位置重新取数，比对 {} 个数字，{}。", r.as_of, r.figures, edge::minute_of(v.now.ms)),
        columns: vec!["情况", "查询", "口径", "报告所载", "现在取得", "报告所载指纹", "现在的指纹"],
        rows: rows.collect(),
        links: vec![("看报告".into(), format!("{back}/report")), ("回本件".into(), back.clone())],
        empty: "每个数字和明细指纹都与报告一致".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
