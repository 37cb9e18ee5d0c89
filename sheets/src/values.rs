//! The canonical values of one row. Sixty thousand rows are held at once, so a row is one short list and not a tree.
use serde_json::Value as Json;
use std::ops::Index;

/// Field → value, in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(&'static str, Json)>);
impl Values {
    /// Room for so many.
    pub fn with_capacity(n: usize) -> Self {
        Self(Vec::with_capacity(n))
    }
    /// The value of a field, if it has a column.
    pub fn get(&self, field: &str) -> Option<&Json> {
        self.0.iter().find(|(f, _)| *f == field).map(|(_, v)| v)
    }
    /// Its text; empty where there is none.
    pub fn text(&self, field: &str) -> &str {
        self.get(field).and_then(Json::as_str).unwrap_or("")
    }
    /// Puts a value in place of what was there.
    pub fn set(&mut self, field: &'static str, value: Json) {
        match self.0.iter_mut().find(|(f, _)| *f == field) {
            Some(slot) => slot.1 = value,
            None => self.0.push((field, value)),
        }
    }
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Json)> {
        self.0.iter().map(|(f, v)| (*f, v))
    }
}
impl Index<&str> for Values {
    type Output = Json;
    fn index(&self, field: &str) -> &Json {
        self.get(field).unwrap_or(&Json::Null)
    }
}
