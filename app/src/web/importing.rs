//! The import wizard (M1.1): upload, look, correct, take in, take back.
use sheets::{RowRead, Verdict};

use super::pages::{Cell, FieldView, ImportPage, Input, KnownRow, SmallForm, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::import::{self, Plan, Staged};
use crate::{edge, table};

/// Largest ledger (trust.md 2.4).
const LARGEST: usize = 50 << 20;

fn label(kind: &str) -> String {
    import::LEDGERS.iter().find(|l| l.0 == kind).map_or("", |l| l.1).to_owned()
}
fn state(state: &str) -> &'static str {
    match state {
        "checked" => "已检查，未入库",
        "taking" => "正在入库",
        "taken" => "已入库",
        "undone" => "已撤销",
        "expired" => "已过期，文件已删除",
        _ => "已放弃，文件已删除",
    }
}
/// `GET /imports`.
pub fn start(v: &Visit) -> Result<Reply> {
    let row = |s: Staged| {
        vec![
            Cell::Link(s.name, format!("/imports/{}", s.n)),
            Cell::Text(label(&s.kind)),
            Cell::Tag(state(&s.state).into(), ""),
            Cell::Code(s.batch),
            Cell::Text(edge::minute_of(s.at_ms)),
        ]
    };
    let mine = import::LEDGERS.iter().filter(|l| l.2.iter().any(|r| domain::engine::in_role(v.who, r)));
    let kind = FieldView {
        name: "kind".into(),
        label: "台账种类".into(),
        required: true,
        input: Input::One(mine.enumerate().map(|(n, (k, l, _))| ((*k).into(), (*l).into(), n == 0)).collect()),
        ..Default::default()
    };
    let file = FieldView {
        name: "file".into(),
        label: "台账文件".into(),
        required: true,
        hint: "xlsx、xls、csv 或 tsv，最大 50 MB，按内容识别编码和版式。".into(),
        input: Input::Files(vec![]),
        ..Default::default()
    };
    let page = TablePage {
        frame: present::frame(v, "导入台账", &[("工作台", "/"), ("导入台账", "")])?,
        heading: "导入台账".into(),
        explain: "先检查，后入库；入库后没有后续办理的，可以整批撤销。上传的文件加密暂存，入库、放弃或满 24 小时即删除。".into(),
        columns: vec!["文件", "种类", "状态", "批次", "上传时间"],
        rows: import::list(v.tx, v.house, v.who)?.into_iter().map(row).collect(),
        form: Some(SmallForm {
            heading: "上传台账".into(),
            action: "/imports".into(),
            fields: vec![kind, file],
            submit: "上传并检查".into(),
            multipart: true,
            ..Default::default()
        }),
        empty: "还没有导入过".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /imports`.
pub fn upload(p: &Post) -> Result<Reply> {
    let file = p.uploads.first().ok_or_else(|| Failure::Bad(422, "请选择台账文件；空文件不能导入。".into()))?;
    if file.bytes.len() > LARGEST {
        return Err(Failure::Bad(413, "文件超过 50 MB，请按年份或单位拆成几个文件再导入。".into()));
    }
    let kind = p.form.get("kind").to_owned();
    // A file that cannot be read is refused here; nothing is kept of it.
    let plan = p.house.db.read_here(|tx| import::plan(tx, &p.house, &p.who, &kind, &file.bytes, None))?;
    // Where headings are left over, the missing columns may be among them, and the person can say so.
    if plan.mapping.unassigned() < plan.missing.len() {
        plan.whole()?;
    }
    let n = import::put(&p.house, &p.who, &kind, &file.name, &file.bytes, &plan)?;
    Ok(Reply::Go(format!("/imports/{n}")))
}
fn staged(v: &Visit) -> Result<Staged> {
    let n: i64 = v.part("n").parse().map_err(|_| Failure::NotFound)?;
    import::get(v.tx, v.house, v.who, n)
}
fn planned(v: &Visit) -> Result<(Staged, Plan)> {
    let s = staged(v)?;
    // Reading a large ledger takes seconds: other answers must not wait behind it.
    let plan = tokio::task::block_in_place(|| import::plan_of(v.tx, v.house, v.who, &s))?;
    Ok((s, plan))
}
fn frame(v: &Visit, s: &Staged) -> Result<ImportPage> {
    Ok(ImportPage {
        frame: present::frame(v, "导入台账", &[("工作台", "/"), ("导入台账", "/imports"), (&s.name, "")])?,
        heading: format!("{}：{}", label(&s.kind), s.name),
        n: s.n,
        outcome: vec![s.outcome.clone()].into_iter().filter(|o| !o.is_empty()).collect(),
        state_label: state(&s.state).into(),
        state: s.state.clone(),
        batch: s.batch.clone(),
        ..ImportPage::default()
    })
}
fn lines(counts: Vec<(String, usize)>) -> Vec<(String, String)> {
    counts.into_iter().map(|(l, n)| (l, format!("{n} 行"))).collect()
}
/// A row in a few words.
fn brief(kind: &str, r: &RowRead) -> Vec<String> {
    let names: &[&str] = match kind {
        "clue" => &["clue_no", "unit", "case_no", "summary"],
        "dossier" => &["case_no", "unit", "cause", "concluded"],
        "expert" => &["name", "category", "unit"],
        "procuratorial_opinion" => &["doc_no", "proc_unit", "unit", "status"],
        // Who called is not shown, not even here.
        "hotline_call" => &["call_no", "unit", "category", "handle"],
        "enforcement_record" => &["doc_no", "unit", "action", "decided"],
        "exchange_order" => &["order_no", "unit", "category", "received"],
        "officer" => &["name", "unit", "post"],
        _ => &["code", "name", "level"],
    };
    let text = |f: &&str| r.values.text(f).chars().take(60).collect::<String>();
    std::iter::once(format!("第 {} 行", r.row)).chain(names.iter().map(text)).collect()
}
/// `GET /imports/{n}`.
pub fn page(v: &Visit) -> Result<Reply> {
    let s = staged(v)?;
    let progress = import::progress(v.house, s.n).filter(|_| s.state == "taking");
    // A batch that died half-way left nothing behind and may be taken in again.
    if progress.is_none() && matches!(s.state.as_str(), "checked" | "taking") {
        let (s, plan) = planned(v)?;
        return checked(v, &s, &plan);
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(0);
    let page = ImportPage { counts: lines(s.report.clone()), progress: progress.map(|(d, n)| (count(d), count(n))), ..frame(v, &s)? };
    Ok(Reply::Html(html(&page)))
}
/// The report of a dry run.
fn checked(v: &Visit, s: &Staged, plan: &Plan) -> Result<Reply> {
    let t = &plan.table;
    let mut problems: Vec<(String, String, String, bool)> = t
        .rows
        .iter()
        .flat_map(|r| r.problems.iter().map(move |p| (r.row.to_string(), p.column.clone(), p.message.clone(), p.fatal)))
        .collect();
    problems.sort_by_key(|p| !p.3);
    let more = problems.len().saturating_sub(200);
    problems.truncate(200);
    let in_file = |row: &u32| t.rows.iter().find(|r| r.row == *row).map(|r| brief(&s.kind, r)).unwrap_or_default();
    let mut known = vec![];
    for r in t.rows.iter().filter(|r| r.verdict == Verdict::Known).take(300) {
        let theirs = r.known.iter().map(|n| import::brief(v.tx, &v.registers, n)).collect::<Result<Vec<_>>>()?;
        known.push(KnownRow { row: r.row, cells: brief(&s.kind, r), theirs });
    }
    let options = |chosen: Option<&str>| {
        let mut all = vec![(String::new(), "不导入".to_owned(), chosen.is_none())];
        all.extend(
            plan.layout
                .columns
                .iter()
                .map(|c| (c.field.to_owned(), c.labels.first().copied().unwrap_or(c.field).to_owned(), chosen == Some(c.field))),
        );
        all
    };
    let mapping = plan
        .mapping
        .columns
        .iter()
        .enumerate()
        .map(|(i, (label, field))| (label.clone(), plan.samples.get(i).cloned().unwrap_or_default(), i, options(*field)))
        .collect();
    let rows = t.valid().take(300).map(|r| {
        let b = brief(&s.kind, r);
        (r.row, b.get(1).cloned().unwrap_or_default(), b.get(2).cloned().unwrap_or_default())
    });
    let page = ImportPage {
        counts: lines(import::counts(t)),
        problems,
        problems_more: more,
        duplicates: t.duplicate_groups.iter().take(60).map(|g| g.iter().map(in_file).collect()).collect(),
        known_more: t.count(Verdict::Known).saturating_sub(known.len()),
        known,
        mapping,
        missing: plan.missing.join("、"),
        can_take: plan.missing.is_empty(),
        rows: rows.collect(),
        key: edge::random_hex::<8>()?,
        ..frame(v, s)?
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /imports/{n}/mapping`.
pub fn mapping(p: &Post) -> Result<Reply> {
    let (s, plan) = p.visit(planned)?;
    let fields: Vec<String> = (0..plan.mapping.columns.len()).map(|i| p.form.get(&format!("c{i}")).to_owned()).collect();
    import::map(&p.house, &s, &plan, fields)?;
    Ok(Reply::Go(format!("/imports/{}", s.n)))
}
/// Which rows: those ticked, or all valid ones and of the seeming duplicates those ticked.
fn chosen(p: &Post, plan: &Plan) -> Option<Vec<u32>> {
    let ticked = |name: &'static str| p.form.all(name).filter_map(|r| r.parse().ok()).collect::<Vec<u32>>();
    let (only, also) = (ticked("row"), ticked("also"));
    match (only.is_empty(), also.is_empty()) {
        (false, _) => Some([only, also].concat()),
        (true, false) => Some(plan.table.valid().map(|r| r.row).chain(also).collect()),
        (true, true) => None,
    }
}
/// `POST /imports/{n}/take`: on a thread of its own; the page shows how far it is.
pub fn take(p: &Post) -> Result<Reply> {
    let s = p.visit(staged)?;
    let here = Reply::Go(format!("/imports/{}", s.n));
    // A double click finds it claimed.
    if !import::begin(&p.house, s.n)? {
        return Ok(here);
    }
    let plan = p.visit(|v| import::plan_of(v.tx, v.house, v.who, &s));
    let (house, who, name, n) = (p.house.clone(), p.who.clone(), s.name, s.n);
    let chosen = plan.as_ref().ok().and_then(|plan| chosen(p, plan));
    let thread = std::thread::spawn(move || {
        let mut progress = |done: usize, total: usize| import::advance(&house, n, done, total);
        let done = plan.and_then(|plan| import::take(&house, &who, &name, plan, chosen.as_deref(), Some(n), &mut progress));
        import::end(&house, n, done.as_ref().err().map(|f| format!("没有入库：{f}")));
        done
    });
    // Small batches are done before the page is back, and a refusal is then told with its own status.
    let began = std::time::Instant::now();
    while !thread.is_finished() && began.elapsed().as_millis() < 1_500 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    if thread.is_finished() {
        thread.join().map_err(|_| Failure::Fault("导入中断".into()))??;
    }
    Ok(here)
}
/// `GET /imports/{n}/errors`.
pub fn errors(v: &Visit) -> Result<Reply> {
    let (s, plan) = planned(v)?;
    Ok(Reply::Download(import::error_sheet(&plan)?, table::XLSX, format!("错误表-{}.xlsx", s.name)))
}
/// `POST /imports/{n}/drop`.
pub fn discard(p: &Post) -> Result<Reply> {
    import::discard(&p.house, p.visit(staged)?.n)?;
    Ok(Reply::Go(format!("/imports?done={}", encode("已放弃，未入库"))))
}
/// `POST /imports/{n}/undo`.
pub fn undo(p: &Post) -> Result<Reply> {
    let s = p.visit(staged)?;
    if s.state != "taken" {
        return Err(Failure::Bad(409, "这一批不在可撤销的状态。".into()));
    }
    import::undo(&p.house, &p.who, &s.batch)?;
    Ok(Reply::Go(format!("/imports?done={}", encode("已撤销整批，已留痕"))))
}
