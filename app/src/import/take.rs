//! Takes rows in, and takes a batch back.
use domain::engine::{Form, Person, Request, RoleHeld};
use serde_json::{Value as Json, json};
use sheets::{RowRead, Values, Verdict};
use std::collections::HashSet;

use super::history::{Codes, KINDS, column, history, opens};
use super::{Plan, known, queries};
use crate::edge;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{Ask, Desk, Done, Where};
use crate::registers::{self, Amendment, Registers};

/// Code of every organisation by its full name.
pub(super) fn codes(registers: &Registers) -> Codes {
    registers.orgs().map(|o| (o.name.clone(), o.code.clone())).collect()
}
/// What was taken in.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Number of the batch.
    pub batch: String,
    /// Rows taken in.
    pub taken: usize,
}
/// The console imports for the office this ledger is brought in by: the organisation most people hold its role in, or the first one there is.
pub(super) fn console(house: &House, kind: &str) -> Result<Person> {
    let role = super::LEDGERS.iter().find(|l| l.0 == kind).and_then(|l| l.2.first()).copied().unwrap_or("R1");
    house.db.read_here(|tx| {
        let org = queries::console_org(tx, role)?.unwrap_or_else(|| "ROOT".into());
        let roles = vec![RoleHeld { role: role.into(), org: org.clone(), of: None }];
        Ok(Person { id: "console".into(), org, roles, system: None })
    })
}
/// Takes in all valid rows, or those chosen (then also such as look like duplicates), in one transaction. The waiting file `staged`, if
/// there is one, goes with the same commit. `progress(done, total)` is called as it goes.
///
/// # Errors
/// When this very file was taken in before, or a row is refused by the gate; nothing is then kept.
pub fn take(
    house: &House,
    who: &Person,
    name: &str,
    plan: Plan,
    chosen: Option<&[u32]>,
    staged: Option<i64>,
    progress: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Outcome> {
    plan.whole()?;
    let batch = Batch::of(house, who, name, plan, chosen, staged)?;
    let taken = batch.rows.len();
    // The writer's thread cannot borrow from here: it reports by a channel that this thread drains.
    let (send, receive) = std::sync::mpsc::channel();
    let (answer, wait) = std::sync::mpsc::channel();
    let (work, inner) = (house.clone(), house.clone());
    std::thread::spawn(move || {
        let _ = answer.send(work.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            let number = batch.enter(&mut desk, &send)?;
            desk.close()?;
            Ok(number)
        }));
    });
    while let Ok(n) = receive.recv() {
        progress(n, taken);
    }
    let batch = wait.recv().map_err(|_| Failure::Fault("导入中断".into()))??;
    Ok(Outcome { batch, taken })
}
type Progress = std::sync::mpsc::Sender<usize>;

/// What the writer needs, owned: of the plan only the rows to be entered are still there.
struct Batch {
    who: Person,
    kind: &'static str,
    form: Form,
    rows: Vec<RowRead>,
    digest: String,
    /// The dry run knew nothing of the file in this house.
    fresh: bool,
    /// Size of the ledger at the dry run.
    seen: u64,
    staged: Option<i64>,
    report: String,
}
impl Batch {
    fn of(house: &House, who: &Person, name: &str, plan: Plan, chosen: Option<&[u32]>, staged: Option<i64>) -> Result<Self> {
        let (kind, digest, seen) = (plan.layout.kind, plan.digest, plan.seen);
        let count = |v: Verdict| plan.table.count(v);
        let (all, rejected, known) = (plan.table.rows.len(), count(Verdict::Rejected), count(Verdict::Known));
        let duplicates = count(Verdict::Duplicate) + known;
        let report = serde_json::to_string(&super::counts(&plan.table))?;
        let chosen: Option<HashSet<u32>> = chosen.map(|c| c.iter().copied().collect());
        let wanted = |r: &RowRead| match &chosen {
            Some(chosen) => r.verdict != Verdict::Rejected && chosen.contains(&r.row),
            None => matches!(r.verdict, Verdict::Good | Verdict::Noted),
        };
        let rows: Vec<RowRead> = plan.table.rows.into_iter().filter(wanted).collect();
        if let Some(chosen) = chosen.filter(|c| c.len() != rows.len()) {
            let row = chosen.iter().filter(|n| !rows.iter().any(|r| r.row == **n)).min().copied().unwrap_or(0);
            return Err(Failure::Bad(422, format!("选中的第 {row} 行不能入库，请先改正。没有入库任何行。")));
        }
        if rows.is_empty() {
            if known > 0 && house.db.read_here(|tx| queries::taken_before(tx, &digest))? {
                return Err(again());
            }
            let why = if known > 0 {
                "有效的行都与库内事项疑似重复，确需导入的请逐行选择。"
            } else {
                "没有可以入库的行。"
            };
            return Err(Failure::Bad(422, why.into()));
        }
        let form = json!({"kind": kind, "name": name, "digest": digest, "rows": all, "taken": rows.len(), "rejected": rejected, "duplicates": duplicates});
        let form = form.as_object().cloned().unwrap_or_default();
        Ok(Self { who: who.clone(), kind, form, rows, digest, fresh: known == 0, seen, staged, report })
    }
    /// Enters the rows and returns the number of the batch.
    fn enter(self, desk: &mut Desk, progress: &Progress) -> Result<String> {
        if opens(self.kind).is_some() && self.fresh && queries::taken_before(desk.tx, &self.digest)? {
            return Err(again());
        }
        let twice = || Failure::Bad(409, "这份文件已经入库，或已被放弃，没有再次入库。".into());
        if let Some(n) = self.staged {
            queries::staged_state(desk.tx, n)?.filter(|s| s == "taking").ok_or_else(twice)?;
        }
        let owner = super::office(&self.who, self.kind)?;
        if opens(self.kind) == Some("hotline_call") {
            crate::vault::ready(desk.tx, &owner)?;
        }
        let meanwhile = desk.head.seq() != self.seen;
        let place = Where::Open { kind: "import".into(), owner, links: vec![] };
        let batch = desk.act(Ask { who: &self.who, place, action: "take", form: self.form, version: None, key: None })?;
        let taken = self.rows.len();
        match opens(self.kind) {
            Some(_) => matters(desk, self.kind, &batch, self.rows, meanwhile.then_some(&self.who), progress)?,
            None => register_rows(desk, self.kind, &batch.number, self.rows, &self.who.id, progress)?,
        }
        if let Some(n) = self.staged {
            let outcome = format!("已入库 {taken} 行，批次 {}。上传的文件已删除。", batch.number);
            queries::settle(desk.tx, n, &batch.number, &outcome, &self.report)?.then_some(()).ok_or_else(twice)?;
        }
        Ok(batch.number)
    }
}
fn again() -> Failure {
    Failure::Bad(409, "这份文件已经入库，不重复导入。要重来，请先撤销那一批。".into())
}
/// Opens a matter for every row; each row is let go once it is in. `look`: the house has changed since the dry run, so look again.
fn matters(
    desk: &mut Desk,
    ledger: &'static str,
    batch: &Done,
    rows: Vec<RowRead>,
    look: Option<&Person>,
    progress: &Progress,
) -> Result<()> {
    let codes = codes(&desk.registers);
    let id = crate::matters::id_of(desk.tx, &batch.number)?.ok_or(Failure::NotFound)?;
    let looker = look.map(|who| known::Looker::new(ledger, who, &desk.registers, &codes));
    for (n, row) in rows.into_iter().enumerate() {
        if let Some(looker) = &looker {
            let like = looker.like(desk.tx, &row, id)?;
            if let Some(number) = like.iter().find(|n| !row.known.contains(n)) {
                let say = format!("第 {} 行与刚刚登记的 {number} 疑似重复，没有入库任何行。请重新检查。", row.row);
                return Err(Failure::Bad(409, say));
            }
        }
        let (action, form) = history(ledger, &row.values, &codes);
        let kind = opens(ledger).unwrap_or(ledger);
        let request = Request { kind, action, form: Json::Object(form), link: None };
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
/// What the opening of this row would refuse, by field of the sheet: the dry run is as strict as the gate.
pub(super) fn wrong(kind: &str, values: &Values, codes: &Codes) -> Vec<(&'static str, String)> {
    let (action, form) = history(kind, values, codes);
    let Some(step) = opens(kind).and_then(domain::procedures::kind).and_then(|k| k.step(action)) else { return vec![] };
    let told = step.fields.iter().filter_map(|f| Some((f.name, f.wrong(form.get(f.name)?)?)));
    told.map(|(name, say)| (column(kind, name), say)).collect()
}
fn register_rows(desk: &mut Desk, kind: &'static str, batch: &str, mut rows: Vec<RowRead>, by: &str, progress: &Progress) -> Result<()> {
    let personal = registers::PERSONAL.iter().find(|(r, _)| *r == kind).map_or(&[][..], |(_, m)| m);
    let codes = codes(&desk.registers);
    // A parent must stand before its children, whatever the order of the sheet.
    if kind == "organisation" {
        rows.sort_by_key(|r| r.values.text("code").len());
    }
    let from = jiff::civil::Date::constant(2018, 1, 1);
    for (n, row) in rows.iter().enumerate() {
        let text = |f: &str| row.values.text(f);
        let mut body: Form =
            row.values.iter().filter(|(f, v)| *f != "seq" && !v.is_null()).map(|(f, v)| (f.to_owned(), v.clone())).collect();
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
    queries::officer_key(desk.tx, &blind)?.map_or_else(|| edge::random_hex::<6>().map(|h| format!("G{h}")), Ok)
}
/// Takes a whole batch back.
///
/// # Errors
/// A refusal where something was built on it; nothing is then taken back.
pub fn undo(house: &House, who: &Person, batch: &str) -> Result<()> {
    let (inner, who, batch) = (house.clone(), who.clone(), batch.to_owned());
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let id = crate::matters::id_of(tx, &batch)?.ok_or(Failure::NotFound)?;
        let built = built_on(&desk, id)?;
        if let Some(first) = built.first() {
            let which = if built.len() == 1 { first.clone() } else { format!("{first} 等 {} 件", built.len()) };
            return Err(Failure::Bad(409, format!("{which} 已有后续办理，不能整批撤销。")));
        }
        let form = Form::from_iter([("reason".to_owned(), json!("整批撤销"))]);
        desk.act(Ask { who: &who, place: Where::On(batch.clone()), action: "undo", form, version: None, key: None })?;
        registers::undo(&mut desk, &batch, (&who.id, "R1"))?;
        queries::set_undone(tx, &batch)?;
        desk.close()
    })
}
/// Matters of the batch on which somebody, or a clock, has taken a step since. The engine's own re-reckoning is no step.
fn built_on(desk: &Desk, batch: i64) -> Result<Vec<String>> {
    let mut built = vec![];
    for number in KINDS.iter().map(|k| queries::moved_on(desk.tx, batch, k)).collect::<Result<Vec<_>>>()?.concat() {
        let stands = crate::matters::load(desk.tx, &number)?.is_some_and(|l| l.matter.stands("void"));
        // What another matter names (a referral, a request) was built on too, though nothing was done here.
        let mut acted = !stands || queries::named(desk.tx, &number)?;
        for kept in crate::ledger::stream(desk.tx, &number)?.iter().skip(1).filter(|_| stands) {
            let entry: domain::engine::Entry = serde_json::from_slice(&kept.event.payload)?;
            acted |= entry.action().is_some_and(|(a, _)| a != "rereckon");
        }
        built.extend(acted.then_some(number));
    }
    Ok(built)
}
