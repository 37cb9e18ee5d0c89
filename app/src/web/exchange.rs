//! 12345 互推 (`enterprise.md` B1 【例】, M4.1): what of a month goes there, as a page, a sheet and a file; orders from there by the API.
use domain::engine::Form;
use domain::registers::codes::ENTERPRISE_PROBLEM;
use domain::registers::parameters::EXCHANGE_DAY;
use jiff::civil::{Date, date};
use serde_json::{Value as Json, json};

use super::pages::{Cell, Input, SmallForm, TablePage, html};
use super::visit::{Post, Reply, Visit, encode};
use super::{present, registers};
use crate::failure::{Failure, Result};
use crate::hotline::{self, Pushed};
use crate::table;

const COLUMNS: [&str; 6] = ["编号", "工单号", "日期", "问题类别", "被反映单位", "办理状态"];

/// First day of a month and of the next: `2026-03`.
fn month(text: &str) -> Option<(Date, Date)> {
    let (year, month) = text.split_once('-')?;
    let (year, month): (i16, i8) = (year.parse().ok().filter(|y| (2000..2100).contains(y))?, month.parse().ok()?);
    let first = Date::new(year, month, 1).ok()?;
    Some((first, if month == 12 { date(year + 1, 1, 1) } else { date(year, month + 1, 1) }))
}
/// The month asked for; by default the one that has ended.
fn asked(v: &Visit) -> Result<(String, Date, Date)> {
    let last = v.now.today.first_of_month().yesterday().map_or_else(|_| String::new(), |d| d.strftime("%Y-%m").to_string());
    let said = Some(v.query.get("month").to_owned()).filter(|m| !m.is_empty()).unwrap_or(last);
    let (from, after) = month(&said).ok_or_else(|| Failure::Bad(422, "月份应写作 2026-03。".into()))?;
    Ok((said, from, after))
}
fn rows(v: &Visit, from: Date, after: Date) -> Result<Vec<Vec<String>>> {
    let all = hotline::pushed(v.tx, v.house, v.who, v.now, (&from.to_string(), &after.to_string()))?;
    let category = |p: &Pushed| p.categories.iter().map(|c| ENTERPRISE_PROBLEM.label_of(c)).collect::<Vec<_>>().join("、");
    let row = |p: Pushed| {
        let unit = v.registers.org_name(&p.org).to_owned();
        vec![p.number.clone(), p.order_no.clone(), p.day.clone(), category(&p), unit, p.status.to_owned()]
    };
    Ok(all.into_iter().map(row).collect())
}
/// `GET /exchange`.
pub fn page(v: &Visit) -> Result<Reply> {
    let (said, from, after) = asked(v)?;
    let cells = |r: Vec<String>| {
        let mut cells = r.into_iter();
        let number = cells.next().unwrap_or_default();
        let link = Cell::Link(number.clone(), format!("/matter/{number}"));
        std::iter::once(link).chain(cells.map(Cell::Text)).collect()
    };
    let page = TablePage {
        frame: present::frame(v, "12345互推", &[("工作台", "/"), ("12345互推", "")])?,
        heading: format!("12345互推：{said}"),
        explain: format!(
            "每月{}日前互推上月件（本机构设定，非法定）。只给编号、日期、类别、单位、状态，不给来电人、企业、原话和要点。",
            v.registers.count(EXCHANGE_DAY)
        ),
        columns: COLUMNS.to_vec(),
        rows: rows(v, from, after)?.into_iter().map(cells).collect(),
        links: [("xlsx", "导出 XLSX"), ("csv", "导出 CSV")]
            .into_iter()
            .map(|(form, label)| (label.to_owned(), format!("/exchange/{form}?month={}", encode(&said))))
            .collect(),
        form: Some(SmallForm {
            heading: "换一个月".into(),
            action: "/exchange".into(),
            fields: vec![registers::field("month", "月份（如 2026-03）", Input::Line(said.clone()))],
            submit: "查看".into(),
            get: true,
            ..Default::default()
        }),
        empty: "这个月没有要互推的件".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /exchange/{form}`.
pub fn export(v: &Visit) -> Result<Reply> {
    let (said, from, after) = asked(v)?;
    let rows = rows(v, from, after)?;
    match v.part("form") {
        "xlsx" => Ok(Reply::Download(table::xlsx(&COLUMNS, &rows)?, table::XLSX, format!("12345互推-{said}.xlsx"))),
        "csv" => Ok(Reply::Download(table::csv(&COLUMNS, &rows), table::CSV, format!("12345互推-{said}.csv"))),
        _ => Err(Failure::NotFound),
    }
}
/// `(name in the order, field of the row)`.
const ORDER: &[(&str, &str)] = &[
    ("order_no", "order_no"),
    ("received", "received"),
    ("org", "org"),
    ("content", "facts"),
    ("contact", "reporter_name"),
    ("phone", "reporter_phone"),
    ("enterprise", "enterprise"),
    ("uscc", "uscc"),
];
/// `POST /api/v1/exchange/12345`: `{"order_no", "received", "category", "org", "content", "contact", "phone", "enterprise", "uscc"}`. The same
/// number is answered as the first time.
pub fn relay(p: &Post) -> Result<Reply> {
    let body: Json = serde_json::from_slice(&p.body).map_err(|_| Failure::Bad(400, "不是合格的 JSON。".into()))?;
    let text = |name: &str| body.get(name).and_then(Json::as_str).map(str::trim).filter(|t| !t.is_empty());
    let mut form: Form = ORDER.iter().filter_map(|(name, field)| Some(((*field).to_owned(), json!(text(name)?)))).collect();
    let registers = p.visit(|v| Ok(v.registers.clone()))?;
    if let Some(said) = text("org") {
        let named = registers.orgs().find(|o| o.code == said || o.name == said || o.short == said);
        form.insert("org".into(), json!(named.map_or(said, |o| o.code.as_str())));
    }
    if let Some(said) = text("category") {
        let code = ENTERPRISE_PROBLEM.rows.iter().find(|(c, l)| *c == said || *l == said).map_or(said, |(c, _)| c);
        form.insert("problems".into(), json!([code]));
    }
    let order_no = text("order_no").unwrap_or("").to_owned();
    let told = hotline::relay(&p.house, &p.who, &order_no, form)?;
    Ok(Reply::Json(200, serde_json::to_value(told)?))
}
/// `GET /api/v1/exchange/12345/{order}`.
pub fn status(v: &Visit) -> Result<Reply> {
    Ok(Reply::Json(200, serde_json::to_value(hotline::order(v.tx, v.house, v.who, v.part("order"))?)?))
}
