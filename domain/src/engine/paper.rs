//! Papers generated from the tables and committed: step tables for lawyers, state diagrams, the access matrix.

use ledger::Alg;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{LazyLock, RwLock};

use super::clocks::{Clock, Length, Window};
use super::field::{Field, Shape};
use super::table::{Procedure, Rule, Step, To};
use super::words::Standing;

/// Fingerprint of a procedure's table, twelve hex digits; the table's text is itself on the ledger.
pub(super) fn fingerprint<S: Procedure>() -> String {
    static SEEN: LazyLock<RwLock<BTreeMap<&'static str, String>>> = LazyLock::new(RwLock::default);
    if let Some(known) = SEEN.read().ok().and_then(|seen| seen.get(S::KIND).cloned()) {
        return known;
    }
    let hash = Alg::Sm3.hash(&[lawyer_table::<S>().as_bytes()]);
    let text: String = hash.iter().take(6).fold(String::new(), |mut t, b| {
        let _ = write!(t, "{b:02x}");
        t
    });
    if let Ok(mut seen) = SEEN.write() {
        seen.insert(S::KIND, text.clone());
    }
    text
}

fn labels(by: &[Standing]) -> String {
    by.iter().map(|s| s.label()).collect::<Vec<_>>().join("、")
}
fn phase_label<S: Procedure>(p: S::Phase) -> &'static str {
    S::PHASES.iter().find(|r| r.phase == p).map_or("?", |r| r.label)
}

/// 步骤表 and 期限表 as Markdown: what the lawyer reads and what the fingerprint covers.
pub fn lawyer_table<S: Procedure>() -> String {
    let mut text = format!("# {} `{}`\n\n", S::LABEL, S::KIND);
    text += "| 步骤 | 由谁 | 从 | 到 | 填写 | 条件 | 依据 |\n|---|---|---|---|---|---|---|\n";
    for r in S::STEPS {
        let from = if r.from.is_empty() {
            "（立件）".to_owned()
        } else {
            r.from.iter().map(|p| phase_label::<S>(*p)).collect::<Vec<_>>().join("、")
        };
        let to = match &r.to {
            To::Stay => "不变".to_owned(),
            To::Go(p) => phase_label::<S>(*p).to_owned(),
            To::Once(p, rule) => format!("{}（不再有“{}”时）", phase_label::<S>(*p), rule.reason),
        };
        let fields = form_words::<S>(r);
        let _ = writeln!(
            text,
            "| {} `{}` | {} | {from} | {to} | {fields} | {} | {} |",
            r.label,
            r.action,
            labels(r.by),
            conditions(r),
            r.basis
        );
    }
    if !S::CLOCKS.is_empty() {
        text += "\n| 期限 | 长度 | 起算 | 办结 | 暂停与恢复 | 延长 |\n|---|---|---|---|---|---|\n";
        for c in S::CLOCKS {
            let _ = writeln!(text, "{}", clock_words::<S>(c));
        }
    }
    text += "\n| 数据 | 谁可见 |\n|---|---|\n";
    let mut told: Vec<&str> = vec![];
    for f in S::STEPS.iter().flat_map(|r| r.fields) {
        if !told.contains(&f.name) {
            told.push(f.name);
            let who = if f.is_sealed() { "封存，经申请、另一人批准后一次一查".to_owned() } else { labels(f.seen) };
            let marks = [
                (f.vault.is_some(), "（保密仓）"),
                (f.guarded, "（用语拦截）"),
                (f.letter, "（不得要求采纳、纠正）"),
                (f.frugal, "（不存无关号码）"),
                (f.past, "（不晚于今日）"),
            ];
            let marks: String = marks.into_iter().filter(|m| m.0).map(|m| m.1).collect();
            let _ = writeln!(text, "| {} `{}`{marks} | {who} |", f.label, f.name);
        }
    }
    text
}
/// What is filled in; a long form that an earlier step has too is not told twice.
fn form_words<S: Procedure>(r: &Step<S>) -> String {
    let words = |r: &Step<S>| r.fields.iter().map(field_words).collect::<Vec<_>>().join("、");
    let mine = words(r);
    let same = S::STEPS.iter().take_while(|s| s.action != r.action).find(|s| s.fields.len() > 3 && words(s) == mine);
    same.map_or(mine, |s| format!("同“{}”", s.label))
}
fn field_words(f: &Field) -> String {
    if f.required { f.label.to_owned() } else { format!("{}（可不填）", f.label) }
}
fn step_label<S: Procedure>(action: &'static str) -> &'static str {
    S::STEPS.iter().find(|s| s.action == action).map_or(action, |s| s.label)
}
fn field_label<S: Procedure>(c: &Clock, name: &'static str) -> &'static str {
    let starts = S::STEPS.iter().filter(|s| c.starts.contains(&s.action));
    starts.flat_map(|s| s.fields).find(|f| f.name == name).map_or(name, |f| f.label)
}
fn paper_words<S: Procedure>(c: &Clock, field: &'static str) -> String {
    format!("文书所定的“{}”", field_label::<S>(c, field))
}
fn code_label<S: Procedure>(c: &Clock, field: &str, code: &'static str) -> &'static str {
    let mut starts = S::STEPS.iter().filter(|s| c.starts.contains(&s.action)).flat_map(|s| s.fields);
    match starts.find(|f| f.name == field).map(|f| f.shape) {
        Some(Shape::Code(table)) => table.label_of(code),
        _ => code,
    }
}
/// A limit by its code and its name; how long it is stands in the register, where it may change.
fn limit_words(code: &str) -> String {
    let known = crate::registers::limits::defaults().into_iter().find(|l| l.code == code);
    known.map_or_else(|| code.to_owned(), |l| format!("{code} {}", l.label))
}
fn conditions<S: Procedure>(r: &Step<S>) -> String {
    let clock = |name: &str| S::CLOCKS.iter().find(|c| c.name == name).map_or("?", |c| c.label);
    let mut all: Vec<String> = vec![];
    if !r.rules.is_empty() {
        let said = r.rules.iter().map(|x: &Rule<S>| format!("“{}”", x.reason)).collect::<Vec<_>>();
        all.push(format!("不符合的不予办理，提示{}", said.join("或")));
    }
    match r.window {
        Window::Any => {}
        Window::Within(c) => all.push(format!("“{}”届满前", clock(c))),
        Window::After(c) => all.push(format!("“{}”届满后", clock(c))),
    }
    if !r.other_than.is_empty() {
        all.push(format!("不与“{}”同人", r.other_than.iter().map(|a| step_label::<S>(a)).collect::<Vec<_>>().join("、")));
    }
    if r.even_frozen {
        all.push("移送期间不停".to_owned());
    }
    let caused = |(k, a): &(&str, &str)| {
        let kind = crate::procedures::kind(k);
        let label = kind.and_then(|k| Some(format!("{}“{}”", k.label, k.step(a)?.label))).unwrap_or_default();
        format!("可连带{label} `{k}.{a}`")
    };
    all.extend(r.then.iter().map(caused));
    all.join("；")
}
fn clock_words<S: Procedure>(c: &'static Clock) -> String {
    let list = |all: &'static [&'static str]| all.iter().map(|a| step_label::<S>(a)).collect::<Vec<_>>().join("、");
    let mut length = match c.length {
        Length::Limit(code, None) => limit_words(code),
        Length::Limit(code, Some(floor)) => format!("{}，不少于 {}", limit_words(code), floor.unit.words(floor.length)),
        Length::Field(f) => paper_words::<S>(c, f),
        Length::ByCode { code, limits, paper } => {
            let one = |(kind, limit): &(&'static str, Option<&'static str>)| {
                let length = limit.map_or_else(|| paper_words::<S>(c, paper), limit_words);
                format!("{}：{length}", code_label::<S>(c, code, kind))
            };
            format!("按“{}”：{}", field_label::<S>(c, code), limits.iter().map(one).collect::<Vec<_>>().join("；"))
        }
    };
    if let Some(outer) = c.inside.and_then(|name| S::CLOCKS.iter().find(|o| o.name == name)) {
        let _ = write!(length, "，不晚于“{}”的末日", outer.label);
    }
    if c.opens {
        length += "，届满才可办，不算逾期";
    }
    let pause = if c.pauses.is_empty() { String::new() } else { format!("{} / {}", list(c.pauses), list(c.resumes)) };
    let extend = c.extends.map(|(a, l)| format!("{}，{}", step_label::<S>(a), limit_words(l))).unwrap_or_default();
    let counted = c.counted.map(|f| format!("，自“{}”次日起", field_label::<S>(c, f))).unwrap_or_default();
    format!("| {} | {length} | {}{counted} | {} | {pause} | {extend} |", c.label, list(c.starts), list(c.stops))
}

/// The state diagram as Mermaid text; joint steps are noted.
pub fn diagram<S: Procedure>() -> String {
    let mut text = String::from("stateDiagram-v2\n");
    for p in S::PHASES {
        let _ = writeln!(text, "  {:?}: {}", p.phase, p.label);
    }
    for r in S::STEPS {
        let (to, joint) = match &r.to {
            To::Stay => continue,
            To::Go(p) => (p, ""),
            To::Once(p, _) => (p, "（共同）"),
        };
        if r.from.is_empty() {
            let _ = writeln!(text, "  [*] --> {to:?}: {}{joint}", r.label);
        }
        for from in r.from {
            let _ = writeln!(text, "  {from:?} --> {to:?}: {}{joint}", r.label);
        }
    }
    for p in S::PHASES.iter().filter(|p| p.ball.is_none()) {
        let _ = writeln!(text, "  {:?} --> [*]", p.phase);
    }
    text
}

/// The access matrix: phase × action × standing, and field × standing. Committed, so that a change is a visible diff.
pub fn access_matrix(kinds: &[super::Kind]) -> String {
    let mut text = String::new();
    for k in kinds {
        let _ = writeln!(text, "== {} {}", k.name, k.label);
        for s in &k.steps {
            let from = if s.from.is_empty() { "-".to_owned() } else { s.from.join(",") };
            let by = s.by.iter().map(|b| format!("{b:?}")).collect::<Vec<_>>().join(",");
            let _ = writeln!(text, "act   {:<22} {by:<36} {from}", s.action);
        }
        for f in k.fields() {
            let who =
                if f.is_sealed() { "(sealed)".to_owned() } else { f.seen.iter().map(|b| format!("{b:?}")).collect::<Vec<_>>().join(",") };
            let _ = writeln!(text, "read  {:<22} {who}{}", f.name, if f.own { " +own" } else { "" });
        }
        text.push('\n');
    }
    text
}
