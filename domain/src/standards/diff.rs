//! What changed between two versions of a sheet, in words (editor, change order, report).

use super::{Item, Joint, Measure, Points, Sheet, Tier, Veto};
use serde::Serialize;

/// Nature of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Only in the new version.
    Added,
    /// Only in the old version.
    Removed,
    /// In both, differently.
    Changed,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Nature.
    pub kind: ChangeKind,
    /// Code of the item, measure, tier, joint or veto; a field name for the head.
    pub code: String,
    /// The sentence.
    pub words: String,
}

/// Every change from `old` to `new`; empty if they say the same. The version number itself is no change.
pub fn diff(old: &Sheet, new: &Sheet) -> Vec<Change> {
    let mut out = vec![];
    let mut head = |field: &str, label: &str, a: String, b: String| {
        if a != b {
            out.push(changed(field, format!("{label}由“{a}”改为“{b}”")));
        }
    };
    head("code", "代码", old.code.clone(), new.code.clone());
    head("name", "名称", old.name.clone(), new.name.clone());
    head("effective", "启用日", old.effective.to_string(), new.effective.to_string());
    head("kind", "种类", old.kind.label().into(), new.kind.label().into());
    head("case_types", "适用案件类型", old.case_types.join("、"), new.case_types.join("、"));
    head("tags", "适用标签", old.tags.join("、"), new.tags.join("、"));
    head("basis", "依据", old.basis.clone(), new.basis.clone());
    head("notes", "说明", old.notes.join("；"), new.notes.join("；"));
    rows(&mut out, "条目", &old.items, &new.items);
    let measures = |s: &Sheet| -> Vec<(String, Measure)> {
        s.items.iter().flat_map(|i| i.measures.iter().map(|m| (i.code.clone(), m.clone()))).collect()
    };
    rows(&mut out, "扣分事由", &measures(old), &measures(new));
    rows(&mut out, "扣分档", &old.tiers, &new.tiers);
    rows(&mut out, "合扣组", &old.joints, &new.joints);
    rows(&mut out, "否决项", &old.vetoes, &new.vetoes);
    out
}

fn changed(code: &str, words: String) -> Change {
    Change { kind: ChangeKind::Changed, code: code.into(), words }
}

/// A row with a code and named values in words.
trait Told {
    fn code(&self) -> &str;
    /// `(label, value)`; the first is the row's title.
    fn told(&self) -> Vec<(&'static str, String)>;
}
fn yes(flag: bool) -> String {
    if flag { "是" } else { "否" }.into()
}
fn points(p: Points) -> String {
    format!("{p} 分")
}
impl Told for Item {
    fn code(&self) -> &str {
        &self.code
    }
    fn told(&self) -> Vec<(&'static str, String)> {
        vec![("名称", self.name.clone()), ("分值", points(self.points)), ("实体项", yes(self.substantive))]
    }
}
impl Told for (String, Measure) {
    fn code(&self) -> &str {
        &self.1.code
    }
    fn told(&self) -> Vec<(&'static str, String)> {
        let m = &self.1;
        let range = if m.min == m.max { points(m.min) } else { format!("{} 至 {} 分", m.min, m.max) };
        vec![
            ("事由", m.text.clone()),
            ("扣分", range),
            ("按处计", yes(m.each)),
            ("所属条目", self.0.clone()),
            ("严重度", m.severity.clone()),
            ("问题码", m.problem.clone().unwrap_or_else(|| "无".into())),
            ("合扣组", m.joint.clone().unwrap_or_else(|| "无".into())),
        ]
    }
}
impl Told for Tier {
    fn code(&self) -> &str {
        &self.code
    }
    fn told(&self) -> Vec<(&'static str, String)> {
        let range = match (self.min, self.max) {
            (Some(min), Some(max)) => format!("{min} 至 {max} 分"),
            _ => "满扣".into(),
        };
        vec![("说明", self.text.clone()), ("扣分", range), ("严重度", self.severity.clone())]
    }
}
impl Told for Joint {
    fn code(&self) -> &str {
        &self.code
    }
    fn told(&self) -> Vec<(&'static str, String)> {
        vec![("说明", self.text.clone()), ("合计", points(self.total))]
    }
}
impl Told for Veto {
    fn code(&self) -> &str {
        &self.code
    }
    fn told(&self) -> Vec<(&'static str, String)> {
        vec![("内容", self.text.clone()), ("须有有权机关文书", yes(self.document))]
    }
}

fn rows<T: Told>(out: &mut Vec<Change>, what: &str, old: &[T], new: &[T]) {
    let title = |row: &T| format!("{what} {}“{}”", row.code(), row.told().into_iter().next().map(|(_, t)| t).unwrap_or_default());
    let also = |row: &T| row.told().into_iter().nth(1).map(|(label, value)| format!("（{label} {value}）")).unwrap_or_default();
    for row in old.iter().filter(|row| !new.iter().any(|n| n.code() == row.code())) {
        out.push(Change { kind: ChangeKind::Removed, code: row.code().into(), words: format!("删去{}{}", title(row), also(row)) });
    }
    for row in new {
        let Some(before) = old.iter().find(|o| o.code() == row.code()) else {
            out.push(Change { kind: ChangeKind::Added, code: row.code().into(), words: format!("新增{}{}", title(row), also(row)) });
            continue;
        };
        let pairs = before.told().into_iter().zip(row.told());
        let parts: Vec<String> = pairs.filter(|(a, b)| a != b).map(|((label, a), (_, b))| format!("{label}由“{a}”改为“{b}”")).collect();
        if !parts.is_empty() {
            out.push(changed(row.code(), format!("{}：{}", title(before), parts.join("，"))));
        }
    }
}
