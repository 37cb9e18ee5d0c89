//! `xiezhi paper` and `xiezhi verify-paper`.
use std::path::Path;

use crate::documents::{self, Ledgers, Verdict};
use crate::failure::{Failure, Result};
use crate::house::House;

use super::run::say;

/// One PDF and one DOCX of every kind, and a table of where each came from.
pub(super) fn print_all(house: &House, out: &Path) -> Result<u8> {
    let all = documents::print_all(house, out)?;
    say("文书\t名称\t取自\t页数\t毫秒");
    for p in &all {
        let from = if p.matter.is_empty() { "样张" } else { p.matter.as_str() };
        say(format_args!("{}\t{}\t{from}\t{}\t{}", p.code, p.label, p.pages, p.ms));
    }
    let samples: Vec<&str> = all.iter().filter(|p| p.matter.is_empty()).map(|p| p.label).collect();
    let words = if samples.is_empty() {
        "没有样张。".to_owned()
    } else {
        format!("样张 {} 种：{}。", samples.len(), samples.join("、"))
    };
    say(format_args!("共 {} 种，各一份 PDF、一份 DOCX。{words}", all.len()));
    Ok(0)
}
/// Tells what the paper proves, step by step.
pub(super) fn verify(file: &Path, anchors: Option<&Path>, ledgers: &Ledgers, json: bool) -> Result<u8> {
    let read = |path: &Path| std::fs::read(path).map_err(|e| Failure::Bad(1, format!("读不了 {}：{e}", path.display())));
    let held = match anchors {
        Some(path) => ledger::anchors(&String::from_utf8_lossy(&read(path)?)).map_err(|e| Failure::Bad(1, e.to_string()))?,
        None => vec![],
    };
    let told = documents::verify(&read(file)?, &held, ledgers)?;
    let verdict = told.verdict();
    if json {
        let steps: Vec<_> = told.steps.iter().map(|(held, words)| serde_json::json!({"held": held, "words": words})).collect();
        say(serde_json::json!({"verdict": format!("{verdict:?}").to_lowercase(), "steps": steps}));
        return Ok(verdict as u8);
    }
    for (held, words) in &told.steps {
        let sign = match held {
            Some(true) => "相符",
            Some(false) => "不符",
            None => "说明",
        };
        say(format_args!("{sign}\t{words}"));
    }
    say(match verdict {
        Verdict::Genuine => "结论：真。文书与台账一致。",
        Verdict::Altered => "结论：不符。见上面标“不符”的各行。",
        Verdict::Unknown => "结论：不能判定。给出台账（--data 或者 --ledger）才能核全。",
    });
    Ok(verdict as u8)
}
