//! Values in words: codes by their labels, organisations by their names, texts out of the vault.
use domain::engine::{Column, Field, Shape, is_vault_ref};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::Result;
use crate::registers::Registers;

/// Texts at hand, by vault reference.
pub type Texts = BTreeMap<String, String>;

/// Control characters other than line ends have no place in a text; direction marks can make it read otherwise than it is.
pub fn unwritable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
/// Said of such a text.
pub const UNWRITABLE: &str = "含有不能使用的字符。";
/// Whether a value holds such a character anywhere.
pub fn holds_unwritable(value: &Json) -> bool {
    match value {
        Json::String(text) => text.contains(unwritable),
        Json::Array(all) => all.iter().any(holds_unwritable),
        Json::Object(all) => all.values().any(holds_unwritable),
        _ => false,
    }
}
/// A field's value as one text.
///
/// # Errors
/// What `resolve` fails with.
pub fn text_of(field: &Field, value: &Json, registers: &Registers, resolve: &mut dyn FnMut(&str) -> Result<String>) -> Result<String> {
    Ok(match (field.shape, value) {
        (_, Json::String(s)) if is_vault_ref(s).is_some() => resolve(is_vault_ref(s).unwrap_or(""))?,
        (Shape::Code(t), Json::String(s)) => t.label_of(s).to_owned(),
        (Shape::Codes(t), Json::Array(all)) => all.iter().filter_map(Json::as_str).map(|c| t.label_of(c)).collect::<Vec<_>>().join("、"),
        (Shape::Org, Json::String(s)) => registers.org_name(s).to_owned(),
        (Shape::Choice, Json::String(s)) if registers.org(s).is_some() => registers.org_name(s).to_owned(),
        (Shape::Money, Json::Number(n)) => money(n.as_i64().unwrap_or(0)),
        (Shape::YesNo, Json::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        (Shape::Rows(columns), Json::Array(rows)) => {
            let cell = |row: &Json, c: &Column| cell_of(c, row.get(c.name).and_then(Json::as_str).unwrap_or(""), registers);
            let line = |row: &Json| columns.iter().map(|c| cell(row, c)).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
            rows.iter().map(line).collect::<Vec<_>>().join("；")
        }
        (_, Json::String(s)) => s.clone(),
        (_, Json::Array(all)) => all.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("、"),
        (_, Json::Null) => String::new(),
        (_, other) => other.to_string(),
    })
}
/// A cell of a table: codes by their labels, organisations by their names.
pub fn cell_of(column: &Column, text: &str, registers: &Registers) -> String {
    match (column.codes, column.name) {
        (Some(table), _) => table.label_of(text).to_owned(),
        (None, "org") => registers.org_name(text).to_owned(),
        _ => text.to_owned(),
    }
}
/// The value with persons by their names, for a reader of the field.
///
/// # Errors
/// A fault of the engine.
pub fn with_names<'v>(tx: &Tx, field: &Field, value: &'v Json) -> Result<Cow<'v, Json>> {
    Ok(match (field.shape, value) {
        (Shape::Person, Json::String(id)) => Cow::Owned(crate::people::name(tx, id)?.into()),
        // What a matter offers to choose from may be persons: of other choices there is no account.
        (Shape::Choice, Json::String(id)) if crate::people::exists(tx, id)? => Cow::Owned(crate::people::name(tx, id)?.into()),
        (Shape::Rows(columns), Json::Array(rows)) if columns.iter().any(|c| c.name == "person") => {
            let mut rows = rows.clone();
            for person in rows.iter_mut().filter_map(|r| r.get_mut("person")) {
                *person = crate::people::name(tx, person.as_str().unwrap_or(""))?.into();
            }
            Cow::Owned(rows.into())
        }
        _ => Cow::Borrowed(value),
    })
}
/// 元, from 分.
pub fn money(fen: i64) -> String {
    format!("{}.{:02} 元", fen / 100, fen % 100)
}
