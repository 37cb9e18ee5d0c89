//! Standards: what changed between two editions, and their export for another edition.
use domain::procedures::standard::Edition;
use domain::standards::{ChangeKind, Content, diff};

use super::pages::{Cell, TablePage, html};
use super::present;
use super::visit::{Reply, Visit};
use crate::failure::{Failure, Result};
use crate::{matters, standards, table};

/// The edition of a standard this person may read.
fn edition(v: &Visit, number: &str) -> Result<(Edition, Option<Content>)> {
    matters::see(v.tx, v.house, v.who, number, v.now)?;
    standards::edition(v.tx, v.house, number)?.ok_or(Failure::NotFound)
}
/// `GET /standards/{number}/diff/{other}`: from the other to this one.
pub fn compare(v: &Visit) -> Result<Reply> {
    let (number, other) = (v.part("number"), v.part("other"));
    let (new, old) = (edition(v, number)?, edition(v, other)?);
    let rows = match (&old.1, &new.1) {
        (Some(Content::Sheet(a)), Some(Content::Sheet(b))) => diff(a, b).into_iter().map(|c| line(c.kind, &c.code, &c.words)).collect(),
        _ => plain(&old.0, &new.0),
    };
    let label = |e: &Edition| format!("{}（{}）", e.name, e.edition);
    let page = TablePage {
        frame: present::frame(
            v,
            "版本对照",
            &[("工作台", "/"), ("评查标准", "/matters/standard"), (number, &format!("/matter/{number}")), ("版本对照", "")],
        )?,
        heading: "版本对照".into(),
        explain: format!("自 {other} {} 至 {number} {}。", label(&old.0), label(&new.0)),
        columns: vec!["变化", "代码", "内容"],
        rows,
        links: vec![("原版本".into(), format!("/matter/{other}")), ("新版本".into(), format!("/matter/{number}"))],
        empty: "两个版本内容相同".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
fn line(kind: ChangeKind, code: &str, words: &str) -> Vec<Cell> {
    let tag = match kind {
        ChangeKind::Added => Cell::Tag("新增".into(), ""),
        ChangeKind::Removed => Cell::Tag("删去".into(), "red"),
        ChangeKind::Changed => Cell::Tag("修改".into(), ""),
    };
    vec![tag, Cell::Code(code.to_owned()), Cell::Text(words.to_owned())]
}
/// Editions without a whole sheet are compared row by row.
fn plain(old: &Edition, new: &Edition) -> Vec<Vec<Cell>> {
    let told = |e: &Edition| -> Vec<(String, String)> {
        let items =
            e.items.iter().map(|i| (i.item.clone(), [&i.full, &i.criteria, &i.tiers].map(String::as_str).join(" ").trim().to_owned()));
        let vetoes = e.vetoes.iter().map(|v| (format!("否决项：{}", v.veto), v.basis.clone()));
        items.chain(vetoes).chain(e.grades.iter().map(|g| (format!("等次：{}", g.grade), g.from.clone()))).collect()
    };
    let (a, b) = (told(old), told(new));
    let gone = a.iter().filter(|(k, _)| !b.iter().any(|(n, _)| n == k)).map(|(k, t)| line(ChangeKind::Removed, k, t));
    let other = b.iter().filter_map(|(k, t)| match a.iter().find(|(o, _)| o == k) {
        None => Some(line(ChangeKind::Added, k, t)),
        Some((_, before)) => (before != t).then(|| line(ChangeKind::Changed, k, &format!("由“{before}”改为“{t}”"))),
    });
    gone.chain(other).collect()
}
/// `GET /standards/{number}/export/{form}`: the sheet or card, to be edited and attached to a new draft.
pub fn export(v: &Visit) -> Result<Reply> {
    let (edition, content) = edition(v, v.part("number"))?;
    let content = content.ok_or_else(|| Failure::Bad(409, "这一标准没有评查表文件，只有页面上的条目。".into()))?;
    let name = format!("{}-{}", edition.name, edition.edition);
    match v.part("form") {
        "json" => Ok(Reply::Download(content.to_json().into_bytes(), "application/json", format!("{name}.json"))),
        "xlsx" => {
            let mut rows = content.rows();
            let head = if rows.is_empty() { vec![] } else { rows.remove(0) };
            let head: Vec<&str> = head.iter().map(String::as_str).collect();
            Ok(Reply::Download(table::xlsx(&head, &rows)?, table::XLSX, format!("{name}.xlsx")))
        }
        _ => Err(Failure::NotFound),
    }
}
