//! Forms: what a browser sends becomes typed values by the shapes of the row's fields, and back again when something is wrong.
//! Nothing typed is ever lost; every message stands at its field.
use domain::engine::{Field, Form, Refusal, Shape, refusals};
use serde_json::{Map, Value as Json, json};

use super::visit::Values;
use crate::failure::{Failure, Result};
use crate::matters::{UNWRITABLE, unwritable};

/// Typed values of a browser's form.
///
/// # Errors
/// What cannot be read, at its field.
pub fn read(fields: &[Field], given: &Values, files: &[(String, String)]) -> Result<Form> {
    let (mut form, mut wrong) = (Form::new(), vec![]);
    for f in fields.iter().filter(|f| !f.computed) {
        match one(f, given, files) {
            Ok(Some(value)) => {
                wrong.extend(f.wrong(&value).map(|say| (f.name.to_owned(), say)));
                form.insert(f.name.to_owned(), value);
            }
            Ok(None) if f.required => wrong.push((f.name.to_owned(), "必填。".to_owned())),
            Ok(None) => {}
            Err(say) => wrong.push((f.name.to_owned(), say)),
        }
    }
    if wrong.is_empty() { Ok(form) } else { Err(Failure::Refused(Refusal { fields: wrong, ..refusals::BAD_FORM })) }
}
fn one(f: &Field, given: &Values, files: &[(String, String)]) -> std::result::Result<Option<Json>, String> {
    let text = clean(given.get(f.name))?;
    let some = |v: Json| Ok(Some(v));
    match f.shape {
        Shape::Codes(_) => {
            let all: Vec<&str> = given.all(f.name).filter(|v| !v.is_empty()).collect();
            Ok((!all.is_empty()).then(|| json!(all)))
        }
        Shape::Files => {
            let kept = given.all(f.name).filter(|v| !v.is_empty()).map(ToOwned::to_owned);
            let all: Vec<String> = kept.chain(files.iter().filter(|(field, _)| field == f.name).map(|(_, id)| id.clone())).collect();
            Ok((!all.is_empty()).then(|| json!(all)))
        }
        Shape::Rows(columns) => rows(f.name, columns, given),
        _ if text.is_empty() => Ok(None),
        Shape::Number => some(json!(text.replace(',', "").parse::<i64>().map_err(|_| "应为整数。".to_owned())?)),
        Shape::Money => some(json!(fen(&text).ok_or("应为金额，如 41.60，单位元。")?)),
        Shape::YesNo => some(json!(matches!(text.as_str(), "yes" | "true" | "是"))),
        Shape::Date => some(json!(day(&text).ok_or("应为日期，如 2026-06-16。")?)),
        _ => some(json!(text)),
    }
}
fn clean(text: &str) -> std::result::Result<String, String> {
    if text.contains(unwritable) { Err(UNWRITABLE.into()) } else { Ok(text.replace("\r\n", "\n").trim().to_owned()) }
}
fn day(text: &str) -> Option<String> {
    let plain = text.replace(['年', '月', '/', '.'], "-").replace('日', "");
    let mut parts = plain.split('-').map(|p| p.trim().parse::<i16>().ok());
    let (y, m, d) = (parts.next()??, parts.next()??, parts.next()??);
    let date = jiff::civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?;
    Some(date.to_string())
}
fn fen(text: &str) -> Option<i64> {
    let plain = text.replace([',', '，'], "");
    let (yuan, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    if rest.len() > 2 || !rest.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let cents: i64 = format!("{rest:0<2}").parse().ok()?;
    yuan.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}
fn rows(name: &str, columns: &[domain::engine::Column], given: &Values) -> std::result::Result<Option<Json>, String> {
    let mut all: Vec<Json> = vec![];
    for n in 0..200 {
        let cell = |c: &domain::engine::Column| given.get(&format!("{name}.{n}.{}", c.name)).to_owned();
        if columns.iter().all(|c| cell(c).trim().is_empty()) {
            continue;
        }
        let mut row = Map::new();
        for c in columns {
            row.insert(c.name.to_owned(), json!(clean(&cell(c))?));
        }
        all.push(Json::Object(row));
    }
    Ok((!all.is_empty()).then_some(Json::Array(all)))
}
