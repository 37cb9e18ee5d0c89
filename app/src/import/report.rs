//! What a dry run says: counts, and the sheet to correct.
use sheets::{Kind, RowRead, Table, Verdict};

use super::Plan;
use crate::failure::Result;

/// `(what, how many rows)`.
pub fn counts(t: &Table) -> Vec<(String, usize)> {
    let all = [
        ("数据行", t.rows.len()),
        ("有效", t.valid().count()),
        ("其中有提示", t.count(Verdict::Noted)),
        ("拒绝", t.count(Verdict::Rejected)),
        ("文件内重复", t.count(Verdict::Duplicate)),
        ("与库内事项疑似重复", t.count(Verdict::Known)),
        ("跳过（空行、小计、表头、表尾）", t.skipped.len()),
    ];
    all.into_iter().map(|(l, n)| (l.to_owned(), n)).collect()
}
/// Everything there is to say of a row.
fn said(r: &RowRead) -> String {
    let mut said: Vec<String> = r.problems.iter().map(|p| format!("{}：{}", p.column, p.message)).collect();
    said.extend(r.duplicate_of.map(|n| format!("与第 {n} 行重复")));
    said.extend((!r.known.is_empty()).then(|| format!("与库内 {} 疑似重复", r.known.join("、"))));
    said.join("；")
}
/// Rows with something wrong, as a sheet to correct: number, column, what is wrong, then the values as read.
///
/// # Errors
/// More rows than a sheet holds.
pub fn error_sheet(plan: &Plan) -> Result<Vec<u8>> {
    let mut head = vec!["行号", "判定", "问题和改法"];
    head.extend(plan.layout.columns.iter().map(|c| c.labels.first().copied().unwrap_or(c.field)));
    let mut rows = vec![];
    for r in plan.table.rows.iter().filter(|r| r.verdict != Verdict::Good) {
        let verdict = match r.verdict {
            Verdict::Rejected => "拒绝",
            Verdict::Duplicate | Verdict::Known => "重复",
            Verdict::Noted | Verdict::Good => "提示",
        };
        let mut row = vec![r.row.to_string(), verdict.to_owned(), said(r)];
        row.extend(plan.layout.columns.iter().map(|c| match r.values.get(c.field) {
            Some(serde_json::Value::String(s)) => s.clone(),
            Some(serde_json::Value::Bool(b)) => if *b { "是" } else { "否" }.into(),
            Some(serde_json::Value::Null) | None => String::new(),
            // Judged in 分, headed in 元: what comes back must be what went out.
            Some(sum) if matches!(c.kind, Kind::Money) => {
                sum.as_i64().map(|fen| format!("{}.{:02}", fen / 100, fen % 100)).unwrap_or_default()
            }
            Some(other) => other.to_string(),
        }));
        rows.push(row);
    }
    crate::table::xlsx(&head, &rows)
}
