//! Takes rows in, and takes a batch back.
use domain::engine::{Form, Person, Request, RoleHeld};
use serde_json::{Value as Json, json};
use sheets::RowRead;
use std::collections::BTreeMap;

use super::Plan;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{Ask, Desk, Where};
use crate::registers::{self, Amendment};
use crate::{edge, params};

/// What was taken in.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Number of the batch.
    pub batch: String,
    /// Rows taken in.
    pub taken: usize,
}
/// The console imports for the office of the house: the organisation most people hold R1 in, or the first one there is.
pub(super) fn console(house: &House) -> Result<Person> {
    house.db.read_here(|tx| {
        let row = tx.one("SELECT org FROM holding WHERE role = 'R1' ORDER BY org LIMIT 1", &[])?;
        let row = row.or(tx.one("SELECT code FROM org ORDER BY path LIMIT 1", &[])?);
        let org = row.map(|mut r| r.take(0)).unwrap_or_else(|| "ROOT".into());
        let roles = vec![RoleHeld { role: "R1".into(), org: org.clone(), of: None }];
        Ok(Person { id: "console".into(), org, roles, system: None })
    })
}
/// Takes in all valid rows, or those chosen, in one transaction. `progress(done, total)` is called as it goes.
///
/// # Errors
/// When this very file was taken in before, or a row is refused by the gate; nothing is then kept.
pub fn take(
    house: &House,
    who: &Person,
    name: &str,
    plan: &Plan,
    chosen: Option<&[u32]>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Outcome> {
    let rows: Vec<RowRead> = plan.table.valid().filter(|r| chosen.is_none_or(|c| c.contains(&r.row))).cloned().collect();
    if rows.is_empty() {
        return Err(Failure::Bad(422, "没有可以入库的行。".into()));
    }
    let (inner, who, name, digest, kind) = (house.clone(), who.clone(), name.to_owned(), plan.digest.clone(), plan.layout.kind);
    let counts = (plan.table.rows.len(), plan.table.count(sheets::Verdict::Rejected), plan.table.count(sheets::Verdict::Duplicate));
    let taken = rows.len();
    // The writer's thread cannot borrow from here: it reports by a channel that this thread drains.
    let (send, receive) = std::sync::mpsc::channel();
    let (answer, wait) = std::sync::mpsc::channel();
    let work = house.clone();
    std::thread::spawn(move || {
        let done = work.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            if kind == "clue" && taken_before(&desk, &digest)? {
                return Err(Failure::Bad(409, "这份文件已经入库，不重复导入。要重来，请先撤销那一批。".into()));
            }
            let owner = who.roles.iter().find(|r| r.role == "R1" || r.role == "R2").map(|r| r.org.clone()).ok_or_else(|| Failure::Forbidden("缺少权限：导入台账。".into()))?;
            let form = json!({"kind": kind, "name": name, "digest": digest, "rows": counts.0, "taken": rows.len(), "rejected": counts.1, "duplicates": counts.2});
            let form = form.as_object().cloned().unwrap_or_default();
            let batch = desk.act(Ask { who: &who, place: Where::Open { kind: "import".into(), owner, links: vec![] }, action: "take", form, version: None, key: None })?;
            match kind {
                "clue" => clues(&mut desk, &batch, &rows, &send)?,
                _ => register_rows(&mut desk, kind, &batch.number, &rows, &who.id, &send)?,
            }
            desk.close()?;
            Ok(batch.number)
        });
        let _ = answer.send(done);
    });
    while let Ok(n) = receive.recv() {
        progress(n, taken);
    }
    let batch = wait.recv().map_err(|_| Failure::Fault("导入中断".into()))??;
    Ok(Outcome { batch, taken })
}
fn taken_before(desk: &Desk, digest: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM matter m JOIN idx i ON i.id = m.id WHERE m.kind = 'import' AND i.phase = 'Taken' AND m.body LIKE $1 LIMIT 1";
    Ok(desk.tx.one(sql, params![format!("%{digest}%")])?.is_some())
}
type Progress = std::sync::mpsc::Sender<usize>;

fn clues(desk: &mut Desk, batch: &crate::matters::Done, rows: &[RowRead], progress: &Progress) -> Result<()> {
    let codes: BTreeMap<String, String> = desk.registers.orgs().map(|o| (o.name.clone(), o.code.clone())).collect();
    let id = crate::matters::id_of(desk.tx, &batch.number)?.ok_or(Failure::NotFound)?;
    for (n, row) in rows.iter().enumerate() {
        let (action, form) = history(&row.values, &codes);
        let request = Request { kind: "clue", action, form: Json::Object(form), link: None };
        desk.react(batch, id, vec![request]).map_err(|e| match e {
            Failure::Refused(r) => Failure::Bad(422, format!("第 {} 行不能入库：{}", row.row, Failure::Refused(r))),
            other => other,
        })?;
        if n % 200 == 0 {
            let _ = progress.send(n);
        }
    }
    Ok(())
}
/// Which opening a row of an old ledger takes, and what it says.
fn history(values: &BTreeMap<&'static str, Json>, codes: &BTreeMap<String, String>) -> (&'static str, Form) {
    let text = |f: &str| values.get(f).and_then(Json::as_str).unwrap_or("");
    let yes = |f: &str| values.get(f) == Some(&Json::Bool(true));
    let action = match (text("screen"), text("disposal")) {
        ("不属职权转办" | "检举控告转纪检", _) => "enter_passed_on",
        ("重复并案", _) | (_, "存查") => "enter_closed",
        (_, d) if !d.is_empty() && yes("corrected") => "enter_closed",
        (_, d) if !d.is_empty() => "enter_routed",
        ("研判中", _) => "enter_assessing",
        _ if yes("assessed") => "enter_assessing",
        _ => "enter_registered",
    };
    let mut form = Form::new();
    for (field, value) in values.iter().filter(|(_, v)| !v.is_null()) {
        let (name, value) = match *field {
            "seq" | "days" => continue,
            "clue_no" => ("old_no", value.clone()),
            "unit" => ("org", json!(codes.get(text("unit")).map_or(text("unit"), String::as_str))),
            "problem" => ("problem", json!([value])),
            other => (other, value.clone()),
        };
        form.insert(name.to_owned(), value);
    }
    (action, form)
}
fn register_rows(desk: &mut Desk, kind: &'static str, batch: &str, rows: &[RowRead], by: &str, progress: &Progress) -> Result<()> {
    let personal = registers::PERSONAL.iter().find(|(r, _)| *r == kind).map_or(&[][..], |(_, m)| m);
    let codes: BTreeMap<String, String> = desk.registers.orgs().map(|o| (o.name.clone(), o.code.clone())).collect();
    // A parent must stand before its children, whatever the order of the sheet.
    let mut rows: Vec<&RowRead> = rows.iter().collect();
    if kind == "organisation" {
        rows.sort_by_key(|r| r.values.get("code").and_then(Json::as_str).map(str::len));
    }
    let from = jiff::civil::Date::constant(2018, 1, 1);
    for (n, row) in rows.iter().enumerate() {
        let text = |f: &str| row.values.get(f).and_then(Json::as_str).unwrap_or("");
        let mut body: Form =
            row.values.iter().filter(|(f, v)| **f != "seq" && !v.is_null()).map(|(f, v)| ((*f).to_owned(), v.clone())).collect();
        let key = match kind {
            "organisation" => text("code").to_owned(),
            _ => {
                body.insert("unit".into(), json!(codes.get(text("unit")).map_or(text("unit"), String::as_str)));
                officer_key(desk, text("idno"))?
            }
        };
        registers::amend(
            desk,
            Amendment { register: kind, key: &key, from, body: Some(Json::Object(body)), personal, batch, by: (by, "R1") },
        )?;
        if n % 200 == 0 {
            let _ = progress.send(n);
        }
    }
    Ok(())
}
/// Officers go by a random key; the same number of identity finds the same key through its blind digest.
fn officer_key(desk: &Desk, idno: &str) -> Result<String> {
    let blind = desk.house.keys.blind(idno);
    let known = desk.tx.one("SELECT key FROM officer WHERE blind = $1", params![blind])?;
    known.map_or_else(|| edge::random_hex::<6>().map(|h| format!("G{h}")), |mut r| Ok(r.take(0)))
}
/// Takes a whole batch back.
///
/// # Errors
/// A refusal where something was built on it; nothing is then taken back.
pub fn undo(house: &House, who: &Person, batch: &str) -> Result<()> {
    let (inner, who, batch) = (house.clone(), who.clone(), batch.to_owned());
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let form = Form::from_iter([("reason".to_owned(), json!("整批撤销"))]);
        let built = |f: Failure| match f {
            Failure::Refused(r) if r.code == "built_on" => Failure::Bad(409, "其中有事项已有后续办理，不能整批撤销。".into()),
            other => other,
        };
        desk.act(Ask { who: &who, place: Where::On(batch.clone()), action: "undo", form, version: None, key: None }).map_err(built)?;
        registers::undo(&mut desk, &batch, (&who.id, "R1"))?;
        desk.close()
    })
}
