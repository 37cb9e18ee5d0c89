//! Every datum that is filled in, shown, exported or hidden is a `Field` with a fixed audience.

use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::words::Standing;
use crate::registers::codes::CodeTable;
use crate::{redaction, wording};

/// A form as it reaches the gate: field name → typed value.
pub type Form = Map<String, Json>;

/// One datum.
#[derive(Debug)]
pub struct Field {
    /// Identifier, also the form's and the act's.
    pub name: &'static str,
    /// 中文, as every page prints it.
    pub label: &'static str,
    /// A line under the label: format, limits. May be empty.
    pub hint: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Must be given.
    pub required: bool,
    /// Who reads it. Nobody else does.
    pub seen: &'static [Standing],
    /// Also the person whom the value belongs to.
    pub own: bool,
    /// The house fills it in; no form shows it and what a form says of it is ignored.
    pub computed: bool,
    /// Compartment of the vault its text goes to; the entry then holds a salted commitment. `personal` texts are shown to their audience;
    /// no page shows any other: `identity` opens by request and approval, `reporter` by two custodians, `original` in the reading room of the intake.
    pub vault: Option<&'static str>,
    /// Our own words about a case: what directs an outcome is refused (boundary 1, F5②).
    pub guarded: bool,
    /// Holds only what the matter needs: a number like a bank card's is refused (B9).
    pub frugal: bool,
    /// A letter of the committee: it asks to answer and to give reasons, never to adopt or to put right in a certain way (M2.6).
    pub letter: bool,
    /// A day on which something has been done: none to come is taken.
    pub past: bool,
    /// Goes to whom the reporter must stay unknown: what identifies a person or an enterprise is refused (trust.md 4.3).
    pub faceless: bool,
    /// Attachments are kept as copies without author, place or device (trust.md 4.3, Metadata).
    pub clean: bool,
}

/// What a field holds, and how it is checked and shown.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// One line, at most 200 characters.
    Short,
    /// Several lines, at most 20,000 characters.
    Long,
    /// A civil date, ISO 8601.
    Date,
    /// 整数分.
    Money,
    /// A whole number.
    Number,
    /// Yes or no.
    YesNo,
    /// One code of the table.
    Code(&'static CodeTable),
    /// Several codes of the table.
    Codes(&'static CodeTable),
    /// One of what the matter itself offers now: `Procedure::choices`.
    Choice,
    /// Pseudonymous key of a person in the house.
    Person,
    /// Code of an organisation.
    Org,
    /// Number of another matter; the act links to it.
    Matter(&'static str),
    /// A table the person fills in.
    Rows(&'static [Column]),
    /// Attachments, by their ids.
    Files,
}
/// One column of a `Rows` field. A few names mean the same everywhere: `person`, `org`, and `matter_no`, the number of another matter.
#[derive(Debug)]
pub struct Column {
    /// Identifier.
    pub name: &'static str,
    /// 中文.
    pub label: &'static str,
    /// Must be given in every row.
    pub required: bool,
    /// A closed set of values, or free text when absent.
    pub codes: Option<&'static CodeTable>,
}
/// A required free-text column.
pub const fn column(name: &'static str, label: &'static str) -> Column {
    Column { name, label, required: true, codes: None }
}
impl Column {
    /// May be left empty.
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
    /// Its cells are codes of this table.
    pub const fn of(mut self, codes: &'static CodeTable) -> Self {
        self.codes = Some(codes);
        self
    }
    /// Its cells are numbers of matters; each row is a link.
    pub fn names_matters(&self) -> bool {
        self.name == "matter_no"
    }
}

/// A required field with this audience.
pub const fn field(name: &'static str, label: &'static str, shape: Shape, seen: &'static [Standing]) -> Field {
    Field {
        name,
        label,
        hint: "",
        shape,
        required: true,
        seen,
        own: false,
        computed: false,
        vault: None,
        guarded: false,
        frugal: false,
        letter: false,
        past: false,
        faceless: false,
        clean: false,
    }
}
impl Field {
    /// May be left empty.
    pub const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
    /// Must be given here, though another step may leave it empty.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }
    /// Filled in by the house before the gate: lists, fingerprints, results nobody may type.
    pub const fn computed(mut self) -> Self {
        self.computed = true;
        self
    }
    /// Also shown to whom the value belongs to.
    pub const fn own(mut self) -> Self {
        self.own = true;
        self
    }
    /// About a natural person: the text goes to the vault and can be destroyed lawfully.
    pub const fn personal(mut self) -> Self {
        self.vault = Some("personal");
        self
    }
    /// Identifies a reporter: opened one matter at a time, with a ground and a second person's approval.
    pub const fn sealed(mut self) -> Self {
        self.vault = Some("identity");
        self
    }
    /// Identifies whoever came by the enterprise channel: sealed to the custodians, opened by two of them together (trust.md 4.3, ID).
    pub const fn reporter(mut self) -> Self {
        self.vault = Some("reporter");
        self
    }
    /// His own words, or his own files: sealed to the intake and to himself (trust.md 4.3, BODY and FILES). Whoever handles it reads what
    /// an officer wrote instead.
    pub const fn original(mut self) -> Self {
        self.vault = Some("original");
        self
    }
    /// Written by us about a case: refused where it directs an outcome (`crate::wording`). What others said and is taken down
    /// verbatim is never guarded.
    pub const fn guarded(mut self) -> Self {
        self.guarded = true;
        self
    }
    /// Refused where it holds a number like a bank card's or a personal document's (B9: 平台不存银行卡等与评查无关信息).
    pub const fn frugal(mut self) -> Self {
        self.frugal = true;
        self
    }
    /// A letter to a unit: guarded, and refused where it asks for anything but an answer with reasons.
    pub const fn letter(mut self) -> Self {
        (self.guarded, self.letter) = (true, true);
        self
    }
    /// A day to come is refused.
    pub const fn past(mut self) -> Self {
        self.past = true;
        self
    }
    /// Refused where it holds what identifies somebody (`crate::redaction`).
    pub const fn faceless(mut self) -> Self {
        self.faceless = true;
        self
    }
    /// What is attached is taken in as a copy without author, place and device, under a name that says nothing; what cannot be copied so is
    /// refused.
    pub const fn clean(mut self) -> Self {
        self.clean = true;
        self
    }
    /// The line under the label.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }
    /// Whether one of these standings reads it.
    pub fn seen_by(&self, mine: &[Standing]) -> bool {
        self.seen.iter().any(|s| mine.contains(s))
    }
    /// Sealed values are never shown on a page, in a list, an export or the API.
    pub fn is_sealed(&self) -> bool {
        self.vault.is_some_and(|compartment| compartment != "personal")
    }
    /// The numbers of other matters in this value: what they are called no reader learns who may not know of them.
    pub fn matters<'v>(&self, value: &'v Json) -> Vec<&'v str> {
        match (self.shape, value) {
            (Shape::Matter(_), Json::String(number)) => vec![number],
            (Shape::Rows(columns), Json::Array(rows)) => {
                let named: Vec<&Column> = columns.iter().filter(|c| c.names_matters()).collect();
                rows.iter().flat_map(|row| named.iter().filter_map(|c| row.get(c.name)?.as_str())).collect()
            }
            _ => vec![],
        }
    }
    /// A row of a page holding this field's value.
    pub fn row(&'static self, value: impl Into<Json>) -> Row {
        Row { field: self, value: value.into(), whose: None }
    }
    /// Likewise, of a value that belongs to one person.
    pub fn row_of(&'static self, whose: &str, value: impl Into<Json>) -> Row {
        Row { whose: Some(whose.into()), ..self.row(value) }
    }
    /// What is wrong with this value, in words; `None` when it fits. Browser form, vault and gate all ask here, so that a text is judged
    /// before it becomes a reference.
    pub fn wrong(&self, value: &Json) -> Option<String> {
        let needless = || self.frugal && value.as_str().is_some_and(redaction::needless);
        self.misshapen(value)
            .or_else(|| if self.guarded { self.directs(value) } else { None })
            .or_else(|| needless().then(|| NEEDLESS.to_owned()))
            .or_else(|| value.as_str().filter(|_| self.faceless).and_then(redaction::betrays))
    }
    /// What is wrong with this day, seen from today.
    pub(super) fn to_come(&self, value: &Json, today: Date) -> Option<String> {
        let ahead = self.past && value.as_str().and_then(|s| s.parse::<Date>().ok()).is_some_and(|day| day > today);
        ahead.then(|| format!("{}不能晚于今日。", self.label))
    }
    /// What in a text, or in the free columns of a table, directs an outcome, with the words found and why.
    fn directs(&self, value: &Json) -> Option<String> {
        let found = if self.letter { wording::check_letter } else { wording::check };
        let judge = |text: &str| Some(wording::words(&found(text))).filter(|say| !say.is_empty());
        match (self.shape, value) {
            (Shape::Short | Shape::Long, Json::String(text)) => judge(text),
            (Shape::Rows(columns), Json::Array(rows)) => {
                let free = |row: &Json| {
                    let of = |c: &Column| judge(row.get(c.name)?.as_str()?).map(|say| format!("“{}”：{say}", c.label));
                    columns.iter().filter(|c| c.codes.is_none()).find_map(of)
                };
                rows.iter().enumerate().find_map(|(n, row)| free(row).map(|say| format!("第 {} 行{say}", n + 1)))
            }
            _ => None,
        }
    }
    fn misshapen(&self, value: &Json) -> Option<String> {
        let text = |max: usize| match value.as_str() {
            Some(s) if s.trim().is_empty() => Some("不能为空。".to_owned()),
            Some(s) if s.chars().count() > max => Some(format!("最多 {max} 字，现在是 {} 字。", s.chars().count())),
            Some(_) => None,
            None => Some("应为文字。".to_owned()),
        };
        let code = |table: &CodeTable, v: &Json| !v.as_str().is_some_and(|c| table.has(c));
        let must = |bad: bool, say: &str| bad.then(|| say.to_owned());
        match self.shape {
            Shape::Short | Shape::Person | Shape::Org | Shape::Matter(_) | Shape::Choice => text(200),
            Shape::Long => text(20_000),
            Shape::Date => must(value.as_str().is_none_or(|s| s.parse::<Date>().is_err()), "应为日期，如 2026-06-16。"),
            Shape::Money => must(value.as_i64().is_none_or(|n| n < 0), "应为不小于零的金额。"),
            Shape::Number => must(value.as_i64().is_none(), "应为整数。"),
            Shape::YesNo => must(!value.is_boolean(), "请选择是或否。"),
            Shape::Code(table) => must(code(table, value), "请从列表中选择。"),
            Shape::Codes(table) => {
                must(value.as_array().is_none_or(|a| a.is_empty() || a.iter().any(|v| code(table, v))), "请从列表中至少选择一项。")
            }
            Shape::Files => must(value.as_array().is_none_or(|a| a.is_empty() || a.iter().any(|v| !v.is_string())), "请添加至少一份附件。"),
            Shape::Rows(columns) => rows_wrong(columns, value),
        }
    }
}

/// Said where a text holds what the house must not keep.
const NEEDLESS: &str = "含有疑似银行卡号、账号或证件号的数字。本平台不存与评查无关的信息，请删去后再提交。";

fn rows_wrong(columns: &[Column], value: &Json) -> Option<String> {
    let rows = value.as_array().filter(|rows| !rows.is_empty());
    let Some(rows) = rows else { return Some("请至少填写一行。".into()) };
    for (n, row) in rows.iter().enumerate() {
        for c in columns {
            let text = row.get(c.name).and_then(Json::as_str).unwrap_or("").trim();
            if c.required && text.is_empty() {
                return Some(format!("第 {} 行“{}”不能为空。", n + 1, c.label));
            }
            if c.codes.is_some_and(|t| !text.is_empty() && !t.has(text)) {
                return Some(format!("第 {} 行“{}”请从列表中选择。", n + 1, c.label));
            }
            if text.chars().count() > 2_000 {
                return Some(format!("第 {} 行“{}”最多 2000 字。", n + 1, c.label));
            }
        }
        let known = |k: &String| columns.iter().any(|c| c.name == k);
        if row.as_object().is_none_or(|o| !o.keys().all(known)) {
            return Some(format!("第 {} 行有表中没有的列。", n + 1));
        }
    }
    None
}

/// A value on a page: its field decides who reads it and how it looks.
#[derive(Clone, Debug)]
pub struct Row {
    /// The datum.
    pub field: &'static Field,
    /// Its value; a vault reference stands for a text kept there.
    pub value: Json,
    /// Whose it is.
    pub whose: Option<String>,
}
/// A titled group of rows.
#[derive(Clone, Debug)]
pub struct Section {
    /// 中文.
    pub label: &'static str,
    /// Its rows.
    pub rows: Vec<Row>,
}
/// A titled group of rows; empty values are dropped.
pub fn section(label: &'static str, rows: Vec<Row>) -> Section {
    let empty = |v: &Json| v.is_null() || v.as_str() == Some("") || v.as_array().is_some_and(Vec::is_empty);
    Section { label, rows: rows.into_iter().filter(|r| !empty(&r.value)).collect() }
}
