//! The import wizard (M1.1): upload, look, correct, take in, take back.
use sheets::Verdict;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use super::pages::{Cell, FieldView, ImportPage, Input, SmallForm, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::db::Row;
use crate::failure::{Failure, Result};
use crate::import::{self, Plan};
use crate::{edge, params, table};

/// Rows taken in so far, of batches under way.
static PROGRESS: LazyLock<Mutex<HashMap<i64, (usize, usize)>>> = LazyLock::new(Mutex::default);
const KINDS: &[(&str, &str)] = &[("clue", "线索台账"), ("organisation", "机构表"), ("officer", "干警信息")];

/// `GET /imports`.
pub fn start(v: &Visit) -> Result<Reply> {
    let rows =
        v.tx.rows("SELECT n, kind, name, state, batch, at_ms FROM staging WHERE person = $1 ORDER BY n DESC LIMIT 50", params![&v.who.id])?;
    let label = |k: &str| KINDS.iter().find(|(x, _)| *x == k).map_or("", |(_, l)| *l).to_owned();
    let state = |s: &str| match s {
        "checked" => "已检查，未入库",
        "taking" => "正在入库",
        "taken" => "已入库",
        "undone" => "已撤销",
        _ => "已放弃",
    };
    let row = |mut r: Row| {
        let n = r.int(0);
        vec![
            Cell::Link(r.take(2), format!("/imports/{n}")),
            Cell::Text(label(r.text(1))),
            Cell::Tag(state(r.text(3)).into(), ""),
            Cell::Code(r.take(4)),
            Cell::Text(edge::minute_of(r.int(5))),
        ]
    };
    let kind = FieldView {
        name: "kind".into(),
        label: "台账种类".into(),
        required: true,
        input: Input::One(KINDS.iter().map(|(k, l)| ((*k).into(), (*l).into(), *k == "clue")).collect()),
        ..Default::default()
    };
    let file = FieldView {
        name: "file".into(),
        label: "台账文件".into(),
        required: true,
        hint: "xlsx、xls、csv 或 tsv，按内容识别编码和版式。".into(),
        input: Input::Files(vec![]),
        ..Default::default()
    };
    let page = TablePage {
        frame: present::frame(v, "导入台账", &[("工作台", "/"), ("导入台账", "")])?,
        heading: "导入台账".into(),
        explain: "先检查，后入库；入库后没有后续办理的，可以整批撤销。".into(),
        columns: vec!["文件", "种类", "状态", "批次", "上传时间"],
        rows: rows.into_iter().map(row).collect(),
        form: Some(SmallForm {
            heading: "上传台账".into(),
            action: "/imports".into(),
            fields: vec![kind, file],
            submit: "上传并检查".into(),
            multipart: true,
        }),
        empty: "还没有导入过".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /imports`.
pub fn upload(p: &Post) -> Result<Reply> {
    let file = p.uploads.first().ok_or_else(|| Failure::Bad(422, "请选择台账文件。".into()))?;
    let kind = p.form.get("kind").to_owned();
    // A file that cannot be read is refused here; nothing is kept of it.
    let plan = p.house.db.read_here(|tx| import::plan(tx, &p.house, &kind, &file.bytes, None))?;
    let (person, name, bytes, now) = (p.who.id.clone(), file.name.chars().take(120).collect::<String>(), file.bytes.to_vec(), p.now.ms);
    let n = p.house.db.write_here(move |tx| {
        let sql = "INSERT INTO staging (person, kind, name, digest, body, mapping, progress, total, state, outcome, batch, at_ms) \
                   VALUES ($1, $2, $3, $4, $5, '', 0, $6, 'checked', '', '', $7) RETURNING n";
        Ok(tx.one(sql, params![person, kind, name, plan.digest, bytes, plan.table.rows.len(), now])?.map_or(0, |r| r.int(0)))
    })?;
    Ok(Reply::Go(format!("/imports/{n}")))
}
struct Staged {
    n: i64,
    kind: String,
    name: String,
    body: Vec<u8>,
    fields: Option<Vec<String>>,
    state: String,
    outcome: String,
    batch: String,
}
fn staged(v: &Visit) -> Result<Staged> {
    let n: i64 = v.part("n").parse().map_err(|_| Failure::NotFound)?;
    let sql = "SELECT kind, name, body, mapping, state, outcome, batch FROM staging WHERE n = $1 AND person = $2";
    let mut r = v.tx.one(sql, params![n, &v.who.id])?.ok_or(Failure::NotFound)?;
    let fields = Some(r.text(3)).filter(|m| !m.is_empty()).map(serde_json::from_str).transpose()?;
    Ok(Staged {
        n,
        kind: r.take(0),
        name: r.take(1),
        body: r.bytes(2).to_vec(),
        fields,
        state: r.take(4),
        outcome: r.take(5),
        batch: r.take(6),
    })
}
fn planned(v: &Visit) -> Result<(Staged, Plan)> {
    let s = staged(v)?;
    let plan = import::plan(v.tx, v.house, &s.kind, &s.body, s.fields.as_deref())?;
    Ok((s, plan))
}
/// `GET /imports/{n}`.
pub fn page(v: &Visit) -> Result<Reply> {
    let (s, plan) = planned(v)?;
    let t = &plan.table;
    let count = |l: &str, n: usize| (l.to_owned(), format!("{n} 行"));
    let mut problems: Vec<(String, String, String, bool)> = t
        .rows
        .iter()
        .flat_map(|r| r.problems.iter().map(move |p| (r.row.to_string(), p.column.clone(), p.message.clone(), p.fatal)))
        .collect();
    problems.sort_by_key(|p| !p.3);
    let more = problems.len().saturating_sub(200);
    problems.truncate(200);
    let brief = |row: u32| {
        let r = t.rows.iter().find(|r| r.row == row);
        let text = |f: &str| r.and_then(|r| r.values.get(f)).and_then(|x| x.as_str()).unwrap_or("").chars().take(60).collect::<String>();
        let names: &[&str] = match s.kind.as_str() {
            "clue" => &["clue_no", "unit", "case_no", "summary"],
            "officer" => &["name", "unit", "post"],
            _ => &["code", "name", "level"],
        };
        std::iter::once(format!("第 {row} 行")).chain(names.iter().map(|f| text(f))).collect::<Vec<_>>()
    };
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
    let progress = PROGRESS.lock().ok().and_then(|p| p.get(&s.n).copied()).filter(|_| s.state == "taking");
    let rows = t.valid().take(300).map(|r| {
        let b = brief(r.row);
        (r.row, b.get(1).cloned().unwrap_or_default(), b.get(2).cloned().unwrap_or_default())
    });
    let page = ImportPage {
        frame: present::frame(v, "导入台账", &[("工作台", "/"), ("导入台账", "/imports"), (&s.name, "")])?,
        heading: format!("{}：{}", plan.layout.label, s.name),
        n: s.n,
        counts: vec![
            count("数据行", t.rows.len()),
            count("有效", t.valid().count()),
            count("其中有提示", t.count(Verdict::Noted)),
            count("拒绝", t.count(Verdict::Rejected)),
            count("重复", t.count(Verdict::Duplicate)),
            count("跳过（空行、小计、表头、表尾）", t.skipped.len()),
        ],
        problems,
        problems_more: more,
        duplicates: t.duplicate_groups.iter().take(60).map(|g| g.iter().map(|r| brief(*r)).collect()).collect(),
        mapping,
        progress: (s.state == "taking")
            .then(|| progress.map_or((0, 1), |(d, n)| (i64::try_from(d).unwrap_or(0), i64::try_from(n).unwrap_or(1)))),
        can_take: s.state == "checked",
        outcome: vec![s.outcome.clone()].into_iter().filter(|o| !o.is_empty()).collect(),
        rows: if s.state == "checked" { rows.collect() } else { vec![] },
        state: s.state,
        batch: s.batch,
        key: edge::random_hex::<8>()?,
    };
    Ok(Reply::Html(html(&page)))
}
fn set_state(p: &Post, n: i64, from: &'static str, to: &'static str) -> Result<bool> {
    p.house.db.write_here(move |tx| Ok(tx.exec("UPDATE staging SET state = $3 WHERE n = $1 AND state = $2", params![n, from, to])? > 0))
}
/// `POST /imports/{n}/mapping`.
pub fn mapping(p: &Post) -> Result<Reply> {
    let (s, plan) = p.visit(planned)?;
    let fields: Vec<String> = (0..plan.mapping.columns.len()).map(|i| p.form.get(&format!("c{i}")).to_owned()).collect();
    let (n, kind, now) = (s.n, s.kind, p.now.ms);
    p.house.db.write_here(move |tx| {
        import::remember(tx, &kind, &plan.mapping, &fields, now)?;
        tx.exec("UPDATE staging SET mapping = $2 WHERE n = $1 AND state = 'checked'", params![n, serde_json::to_string(&fields)?])
    })?;
    Ok(Reply::Go(format!("/imports/{n}")))
}
/// `POST /imports/{n}/take`: on a thread of its own; the page shows how far it is.
pub fn take(p: &Post) -> Result<Reply> {
    let (s, plan) = p.visit(planned)?;
    let n = s.n;
    // A double click finds the state changed.
    if !set_state(p, n, "checked", "taking")? {
        return Ok(Reply::Go(format!("/imports/{n}")));
    }
    let chosen: Vec<u32> = p.form.all("row").filter_map(|r| r.parse().ok()).collect();
    let (house, who) = (p.house.clone(), p.who.clone());
    let work = move || {
        let mut progress = |done: usize, total: usize| {
            if let Ok(mut all) = PROGRESS.lock() {
                all.insert(n, (done, total));
            }
        };
        let done = import::take(&house, &who, &s.name, &plan, Some(chosen.as_slice()).filter(|c| !c.is_empty()), &mut progress);
        if let Ok(mut all) = PROGRESS.lock() {
            all.remove(&n);
        }
        let (state, outcome, batch) = match done {
            Ok(o) => ("taken", format!("已入库 {} 行，批次 {}。", o.taken, o.batch), o.batch),
            Err(f) => ("checked", format!("没有入库：{f}"), String::new()),
        };
        let _ = house.db.write_here(move |tx| {
            tx.exec("UPDATE staging SET state = $2, outcome = $3, batch = $4 WHERE n = $1", params![n, state, outcome, batch])
        });
    };
    let thread = std::thread::spawn(work);
    // Small batches are done before the page is back.
    let began = std::time::Instant::now();
    while !thread.is_finished() && began.elapsed().as_millis() < 1_500 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    Ok(Reply::Go(format!("/imports/{n}")))
}
/// `GET /imports/{n}/errors`.
pub fn errors(v: &Visit) -> Result<Reply> {
    let (s, plan) = planned(v)?;
    Ok(Reply::Download(import::error_sheet(&plan)?, table::XLSX, format!("错误表-{}.xlsx", s.name)))
}
/// `POST /imports/{n}/drop`.
pub fn discard(p: &Post) -> Result<Reply> {
    let s = p.visit(staged)?;
    set_state(p, s.n, "checked", "dropped")?;
    Ok(Reply::Go(format!("/imports?done={}", encode("已放弃，未入库"))))
}
/// `POST /imports/{n}/undo`.
pub fn undo(p: &Post) -> Result<Reply> {
    let s = p.visit(staged)?;
    if s.state != "taken" {
        return Err(Failure::Bad(409, "这一批不在可撤销的状态。".into()));
    }
    import::undo(&p.house, &p.who, &s.batch)?;
    set_state(p, s.n, "taken", "undone")?;
    Ok(Reply::Go(format!("/imports?done={}", encode("已撤销整批，已留痕"))))
}
