//! Papers generated from the tables are the committed ones; `XIEZHI_BLESS=1` rewrites them, and the difference is read as a lawyer would.
#![allow(clippy::unwrap_used, clippy::panic)]
use domain::engine::{Standing, access_matrix};
use domain::papers::PAPERS;
use domain::procedures::all;
use domain::registers::{codes, limits, parameters};
use std::fmt::Write as _;
use std::path::PathBuf;

fn docs(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
}
fn committed(name: &str, text: &str) {
    if std::env::var("XIEZHI_BLESS").is_ok() {
        std::fs::create_dir_all(docs(name).parent().unwrap()).unwrap();
        std::fs::write(docs(name), text).unwrap();
    }
    let same = std::fs::read_to_string(docs(name)).is_ok_and(|t| t == text);
    assert!(same, "docs/{name} is not what the tables say; run with XIEZHI_BLESS=1 and read the difference");
}
#[test]
fn each_procedure_has_its_table_and_its_diagram() {
    for kind in all() {
        let text = format!("{}\n## 状态图\n\n```mermaid\n{}```\n", (kind.table)(), (kind.diagram)());
        committed(&format!("procedures/{}.md", kind.name), &text);
    }
    let files = std::fs::read_dir(docs("procedures")).unwrap().count();
    assert_eq!(files, all().len(), "a page without a procedure lies in docs/procedures");
}
#[test]
fn the_grounds_of_a_request_are_the_committed_ones() {
    committed("escalation-grounds.md", &domain::procedures::escalation::grounds::table());
}
#[test]
fn the_access_matrix_is_the_committed_one() {
    committed("access.txt", &access_matrix(all()));
}
#[test]
fn the_limits_are_listed_with_unit_basis_and_nature() {
    let mut text = String::from(
        "# 期限参数和其他参数\n\n新建的系统从这些值开始；改动须经变更单，一人提出、另一人批准。\n\n| 码 | 事项 | 起算 | 期限 | 依据 | 性质 |\n|---|---|---|---|---|---|\n",
    );
    for l in limits::defaults() {
        let length = l.length.map_or_else(|| "以文书所定日期为准".into(), |n| l.unit.words(n));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {length} | {} | {} |",
            l.code,
            l.label,
            l.starts,
            l.basis,
            if l.law { "法定" } else { "本机构设定" }
        );
    }
    text += "\n| 参数 | 名称 | 初值 |\n|---|---|---|\n";
    for (name, label, value) in parameters::DEFAULTS {
        let _ = writeln!(text, "| `{name}` | {label} | {value} |");
    }
    text += "\n| 代码表 | 名称 | 取值 |\n|---|---|---|\n";
    for t in codes::ALL {
        let _ = writeln!(text, "| `{}` | {} | {} |", t.name, t.label, t.rows.iter().map(|(_, l)| *l).collect::<Vec<_>>().join("、"));
    }
    committed("limits.md", &text);
}
#[test]
fn the_papers_are_listed_with_layout_step_reader_and_basis() {
    let mut text = String::from("# 文书\n\n每种文书写什么，见 `domain/src/papers/`。写给谁，就只写谁可以看的内容。\n\n");
    text += "| 码 | 名称 | 版式 | 由哪一步产生 | 写给谁 | 依据 |\n|---|---|---|---|---|---|\n";
    for p in PAPERS {
        let kind = domain::procedures::kind(p.kind).unwrap();
        let step = |action: &&str| kind.step(action).map_or("?", |s| s.label);
        let steps = p.steps.iter().map(step).collect::<Vec<_>>().join("、");
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {}：{steps} | {} | {} |",
            p.code,
            p.label,
            p.layout.label(),
            kind.label,
            p.reader.label(),
            p.basis
        );
    }
    committed("papers.md", &text);
}
#[test]
fn every_name_in_the_code_stands_in_the_glossary() {
    let glossary = std::fs::read_to_string(docs("glossary.md")).unwrap();
    let mut missing: Vec<String> = vec![];
    let mut ask = |name: &str| {
        if !glossary.contains(&format!("`{name}`")) {
            missing.push(name.to_owned());
        }
    };
    all().iter().for_each(|k| ask(k.name));
    Standing::ALL.iter().for_each(|s| ask(&format!("{s:?}")));
    ["limit", "parameter", "notice", "organisation", "officer", "holding", "conflict", "rule", "official"].iter().for_each(|r| ask(r));
    assert!(missing.is_empty(), "not in docs/glossary.md: {missing:?}");
}
