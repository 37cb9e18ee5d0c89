//! 抽取 (M2.2, trust.md 4.2): completes what nobody may type – announcement, frozen lists, results – and carries the result to the
//! batch or the reviews. The rules of the procedure stand in `domain`, those of the draw in `ledger::draw`.
mod observers;
mod pools;
mod queries;
mod results;

pub use results::{carry, frozen};

use domain::engine::{Form, Refusal};
use domain::procedures::draw::{Draw, OBSERVERS, Plan, Seated, Target};
use domain::procedures::review_batch::ReviewBatch;
use domain::registers::parameters::{self, PANEL};
use ledger::draw::{Announcement, Kind, Party, Spec, freeze};
use serde_json::{Value as Json, json};

use crate::edge::{hex, random_hex};
use crate::failure::{Failure, Result};
use crate::matters::{Ask, Desk, Loaded};
use crate::{files, people};

/// What every draw leaves out, in the words of the announcement.
const RULES: &[&str] = &[
    "本单位、近亲属、曾办、代理、曾评、举报关系及登记的其他利益冲突不入名单",
    "不在库、聘期外、未按季申报、在办任务已满的专家不入名单",
    "未办结、未生效、封存的案卷不入名单",
];

/// Likewise, where observers are drawn.
const OBSERVER_RULES: &[&str] = &[
    "与执法单位、企业有申报或登记的利害关系的，本单位的，抽到过本件的不入名单",
    "不在聘、聘期外、没有账号、在派任务已满的不入名单",
    "所选监督领域、区域不符的不入名单",
];

fn refused(field: &str, say: impl Into<String>) -> Failure {
    Failure::Refused(Refusal::at(field, say))
}
fn wrong(field: &'static str) -> impl Fn(ledger::draw::Refused) -> Failure {
    move |r| refused(field, r.to_string())
}
/// Completes the computed fields of a step of a draw.
///
/// # Errors
/// What stands in the way, in words.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "announce" => announce(desk, ask, form),
        "freeze" => lists(desk, draw(loaded)?, ask, form),
        "draw" => results::draw(desk, draw(loaded)?, ask, form),
        _ => Ok(()),
    }
}
fn draw(loaded: &Loaded) -> Result<&Draw> {
    loaded.of::<Draw>().map(|m| &m.state).ok_or(Failure::NotFound)
}
fn put(form: &mut Form, name: &str, value: Json) {
    form.insert(name.to_owned(), value);
}
fn announce(desk: &Desk, ask: &Ask, form: &mut Form) -> Result<()> {
    // The gate tells what is missing, malformed or unknown; here only what is there is completed.
    let typed = form.iter().filter(|(_, v)| !v.is_null() && v.as_str() != Some("")).map(|(k, v)| (k.clone(), v.clone()));
    let Ok(mut plan) = serde_json::from_value::<Plan>(Json::Object(typed.collect())) else { return Ok(()) };
    if [&plan.what, &plan.purpose, &plan.witness1, &plan.witness2, &plan.t0, &plan.t1, &plan.t2].iter().any(|t| t.is_empty()) {
        return Ok(());
    }
    for who in [Some(&plan.witness1), Some(&plan.witness2), plan.witness3.as_ref()].into_iter().flatten() {
        let Some(person) = people::person(desk.tx, who, desk.now.today)? else { return Ok(()) };
        let org = person.org;
        let n = plan.parties.iter().filter(|p| p.code.split('-').next() == Some(org.as_str())).count();
        let code = if n == 0 { org.clone() } else { format!("{org}-{}", n + 1) };
        plan.parties.push(Seated { code, body: desk.registers.org_name(&org).to_owned(), person: who.clone() });
    }
    plan.parties.sort_by(|a, b| a.code.cmp(&b.code));
    let [t0, t1, t2] = plan.judge(desk.now.ms)?;
    let alg = desk.head.alg();
    plan.code = format!("CQ{}", random_hex::<6>()?);
    let (mut round, mut before) = (1, String::new());
    if let Some(previous) = &plan.previous {
        let old: Draw = pools::state(desk.tx, previous)?;
        (round, before) = (results::round_of(desk, &old)? + 1, old.plan.code);
    }
    let targets = targets(desk, &plan)?;
    let announcement = Announcement {
        id: plan.code.clone(),
        purpose: plan.purpose.clone(),
        round,
        previous: before,
        reason: plan.reason.clone().filter(|_| round > 1).unwrap_or_default(),
        at: desk.now.ms,
        t0,
        t1,
        t2,
        parties: plan.parties.iter().map(|p| Party { code: p.code.clone(), body: p.body.clone() }).collect(),
        beacon: plan.beacon.clone().unwrap_or_default(),
        exclusions: if plan.what == OBSERVERS { OBSERVER_RULES } else { RULES }.iter().map(|r| (*r).to_owned()).collect(),
        draws: specs(desk, &plan, &targets)?,
    };
    announcement.check().map_err(wrong("purpose"))?;
    let bytes = serde_json::to_vec(&announcement)?;
    let file = files::take_in_here(desk, &ask.who.id, &format!("抽取公告-{}.json", plan.code), &bytes)?;
    put(form, "code", json!(plan.code));
    put(form, "alg", json!(alg.name()));
    put(form, "parties", json!(plan.parties));
    put(form, "announcement", json!([file]));
    put(form, "digest", json!(hex(&announcement.digest(alg))));
    put(form, "targets", json!(targets.into_iter().map(|target| Target { target }).collect::<Vec<_>>()));
    Ok(())
}
/// What is drawn for: `(number of the batch or review)`, in the order of the draws.
fn targets(desk: &Desk, plan: &Plan) -> Result<Vec<String>> {
    match (plan.what.as_str(), &plan.batch, &plan.review) {
        ("抽案", Some(batch), _) => Ok(vec![batch.clone()]),
        ("抽专家", Some(batch), None) => {
            let all = queries::linked(desk.tx, batch, "review", "Drawing")?;
            if all.is_empty() { Err(refused("batch", "本批没有待抽专家的评查件。")) } else { Ok(all) }
        }
        (OBSERVERS, ..) => Ok(plan.observation.iter().cloned().collect()),
        (_, _, Some(review)) => Ok(vec![review.clone()]),
        _ => Ok(vec![]),
    }
}
fn specs(desk: &Desk, plan: &Plan, targets: &[String]) -> Result<Vec<Spec>> {
    let mut all = vec![];
    for (n, target) in targets.iter().enumerate() {
        let id = format!("{}-{:03}", plan.code, n + 1);
        let blank = Spec { id, kind: Kind::Simple, size: 0, profession: String::new(), one_per_unit: false, quotas: vec![] };
        all.push(match plan.what.as_str() {
            "抽案" => sample(desk, blank, target)?,
            OBSERVERS => Spec { size: observers::size(desk, target, plan.seats)?, ..blank },
            "补抽专家" => {
                let size = pools::Case::of(desk, target)?.review.vacancies();
                Spec { size: u32::try_from(size).unwrap_or(0).max(1), ..blank }
            }
            _ => {
                let least = parameters::value(&desk.registers.parameters, PANEL);
                let size = u32::try_from(plan.seats.unwrap_or(least).max(least)).unwrap_or(3);
                let profession = pools::Case::of(desk, target)?.case_type;
                Spec { kind: Kind::Panel, size, profession, one_per_unit: plan.one_per_unit == Some(true), ..blank }
            }
        });
    }
    Ok(all)
}
/// How the plan of a batch wants its dossiers drawn.
fn sample(desk: &Desk, blank: Spec, batch: &str) -> Result<Spec> {
    let batch: ReviewBatch = pools::state(desk.tx, batch)?;
    let (plan, size) = (batch.plan(), u32::try_from(batch.plan().size).unwrap_or(0));
    Ok(match plan.sampling.as_str() {
        "比例分层" => Spec { kind: Kind::Proportional, size, ..blank },
        "定额分层" => {
            // 写作“单位代码/案件类型=件数”，用分号或换行分开。
            let rows = plan.strata.as_deref().unwrap_or("").split(['；', ';', '\n', '，', ',']).filter(|t| !t.trim().is_empty());
            let row = |t: &str| t.split_once('=').and_then(|(s, n)| Some((s.trim().to_owned(), n.trim().parse::<u32>().ok()?)));
            let quotas: Option<Vec<(String, u32)>> = rows.map(row).collect();
            let mut quotas: Vec<_> = quotas
                .filter(|q| !q.is_empty())
                .ok_or_else(|| refused("batch", "方案的分层办法应写作“单位代码/案件类型=件数”，用分号分开。请先退回修改方案。"))?
                .into_iter()
                .map(|(s, n)| (s, n, n))
                .collect();
            quotas.sort();
            let size = quotas.iter().map(|q| q.1).sum();
            Spec { kind: Kind::Fixed, size, quotas, ..blank }
        }
        "全部" => blank,
        _ => Spec { size, ..blank },
    })
}
/// Freezes the list of every draw; the checkpoint is the root over all entries so far.
fn lists(desk: &Desk, draw: &Draw, ask: &Ask, form: &mut Form) -> Result<()> {
    let (alg, checkpoint) = (desk.head.alg(), desk.head.root(desk.tx)?);
    let ready = if matches!(draw.plan.what.as_str(), "抽案" | OBSERVERS) { (vec![], 0) } else { pools::experts(desk)? };
    let announcement = results::announcement(desk, draw)?;
    let (mut rows, mut ids) = (vec![], vec![]);
    let targets = targets(desk, &draw.plan)?;
    // Entries from before the announcement named them hold none.
    if !draw.plan.targets.is_empty() && !draw.plan.targets.iter().map(|t| &t.target).eq(&targets) {
        return Err(Failure::Bad(409, "公告之后，待抽的件有变化。请作废后重新公告。".into()));
    }
    for (spec, target) in announcement.draws.iter().zip(targets) {
        let (list, out) = match draw.plan.what.as_str() {
            "抽案" => {
                let batch = crate::matters::load_as::<ReviewBatch>(desk.tx, &target)?.ok_or(Failure::NotFound)?;
                pools::dossiers(desk.tx, &batch.owner, batch.state.plan(), desk.now.today)?
            }
            _ => {
                let (list, out) = pools::people(desk, &draw.plan.what, &target, &ready.0)?;
                ledger::draw::feasible(spec, &list, &[]).map_err(|why| {
                    let left: Vec<String> = out.iter().map(|e| format!("{}（{}）", e.id, e.reason)).take(20).collect();
                    let left = if left.is_empty() { String::new() } else { format!("已排除：{}。", left.join("、")) };
                    Failure::Bad(409, format!("{target} 抽不成：{why} {left}"))
                })?;
                (list, out.len() + ready.1)
            }
        };
        let frozen = freeze(alg, desk.now.ms, &list, &checkpoint).map_err(|r| Failure::Bad(409, format!("{target}：{r}")))?;
        let bytes = serde_json::to_vec(&frozen)?;
        ids.push(files::take_in_here(desk, &ask.who.id, &format!("候选名单-{}.json", spec.id), &bytes)?);
        rows.push(
            json!({"draw": spec.id, "target": target, "root": frozen.root, "size": list.len().to_string(), "excluded": out.to_string()}),
        );
    }
    put(form, "lists", json!(rows));
    put(form, "pools", json!(ids));
    put(form, "checkpoint", json!(hex(&checkpoint)));
    Ok(())
}
