//! Who and what may be drawn: dossiers in the range of a plan, experts without a conflict. Every exclusion has a reason in words.
use domain::engine::{Matter, Procedure, is_vault_ref};
use domain::procedures::draw::OBSERVERS;
use domain::procedures::{dossier::Dossier, expert::Expert, rectification::Rectification, review::Review, review_batch::Plan};
use domain::registers::parameters::WORKLOAD;
use ledger::draw::{Candidate, Excluded, MUST};
use std::collections::HashMap;

use super::queries;
use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::Desk;

/// What stands in the matter of this number, of this very kind.
pub(super) fn state<S: Procedure>(tx: &Tx, number: &str) -> Result<S> {
    crate::matters::load_as(tx, number)?.map(|m: Matter<S>| m.state).ok_or(Failure::NotFound)
}
/// What a plan that checks a rectification is narrowed to: its unit, and the day after its closure (T28).
fn checked(tx: &Tx, plan: &Plan) -> Result<Option<(String, String)>> {
    let Some(number) = &plan.rectification else { return Ok(None) };
    let checked: Rectification = state(tx, number)?;
    let (org, _, _, closed) = checked.resampled();
    let since = closed.and_then(|day| day.tomorrow().ok()).ok_or_else(|| Failure::Bad(409, format!("{number} 还没有销号，不能复查。")))?;
    Ok(Some((org.to_owned(), since.to_string())))
}
/// The universe of a plan, of the office that made it: `(candidates, how many ended in the span but may not be reviewed)`.
pub(super) fn dossiers(tx: &Tx, owner: &str, plan: &Plan, today: jiff::civil::Date) -> Result<(Vec<Candidate>, usize)> {
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let (mut all, mut out, today) = (vec![], 0usize, today.to_string());
    let to = day(plan.to).min(today);
    let everything = plan.sampling == "全部";
    let (unit, since) = checked(tx, plan)?.unzip();
    let from = since.map_or_else(|| day(plan.from), |since| since.max(day(plan.from)));
    queries::ended_between(tx, owner, &from, &to, |mut r| {
        if [&plan.unit, &unit].into_iter().flatten().any(|u| u != r.text(1)) {
            return;
        }
        let tags = r.take(3);
        let has = |tag: &str| tags.split(' ').any(|t| t == tag);
        if !plan.case_types.iter().any(|t| t == r.text(2)) || !plan.tags.is_empty() && !plan.tags.iter().any(|t| has(t)) {
            return;
        }
        if !r.text(4).split(' ').any(|m| m == domain::procedures::dossier::REVIEWABLE) {
            out += 1;
            return;
        }
        let must = plan.must_review.iter().any(|m| match m.as_str() {
            "新发信访" => has("信访"),
            "减假暂" => r.text(2) == "07",
            _ => false,
        });
        let stratum = if everything || must { MUST.to_owned() } else { format!("{}/{}", r.text(1), r.text(2)) };
        let org = r.take(1);
        all.push(Candidate { id: r.take(0), stratum, org });
    })?;
    Ok((all, out))
}
/// An expert of the pool, ready to be looked at.
pub(super) struct Ready {
    pub(super) number: String,
    pub(super) expert: Expert,
    /// Relatives and clients in plain words.
    names: Vec<String>,
    tasks: i64,
}
/// Everybody in the pool on this day, and how many of those serving cannot be drawn.
pub(super) fn experts(desk: &Desk) -> Result<(Vec<Ready>, usize)> {
    let load: HashMap<String, i64> = queries::tasks(desk.tx, "review")?.into_iter().collect();
    let (mut all, mut out) = (vec![], 0);
    for mut row in queries::bodies(desk.tx, "expert", "Serving")? {
        let stored: Matter<Expert> = serde_json::from_str(row.text(1))?;
        if stored.state.may_be_drawn(&stored.clocks, desk.now.today).is_err() {
            out += 1;
            continue;
        }
        let expert = stored.state;
        let (_, relations, clients) = expert.relations();
        let refs = relations.iter().map(|r| r.relative.as_str()).chain(clients.iter().map(|c| c.client.as_str()));
        let names = refs.map(|t| plain(desk, t)).filter(|t| t.as_ref().is_ok_and(|t| !t.is_empty())).collect::<Result<Vec<_>>>()?;
        let tasks = load.get(&format!("p:{}", expert.account())).copied().unwrap_or(0);
        all.push(Ready { number: row.take(0), expert, names, tasks });
    }
    Ok((all, out))
}
fn plain(desk: &Desk, text: &str) -> Result<String> {
    match is_vault_ref(text) {
        Some(r) => Ok(crate::vault::open(desk.tx, &desk.house.keys, r)?.unwrap_or_default()),
        None => Ok(text.to_owned()),
    }
}
/// What a review asks of its experts.
pub(super) struct Case {
    id: i64,
    pub(super) review: Review,
    dossier: Dossier,
    org: String,
    pub(super) case_type: String,
    case_no: String,
    names: String,
}
impl Case {
    pub(super) fn of(desk: &Desk, number: &str) -> Result<Self> {
        let review: Review = state(desk.tx, number)?;
        let (dossier_no, org, case_type, case_no) = review.about();
        let (dossier_no, org, case_type, case_no) = (&dossier_no.to_owned(), org.to_owned(), case_type.to_owned(), case_no.to_owned());
        let dossier: Dossier = state(desk.tx, dossier_no)?;
        let id = crate::matters::id_of(desk.tx, number)?.ok_or(Failure::NotFound)?;
        let names = dossier.names_in_the_case().iter().map(|t| plain(desk, t)).collect::<Result<Vec<_>>>()?.join("、");
        Ok(Self { id, review, dossier, org, case_type, case_no, names })
    }
    /// Why this expert may not sit here; `None` when he may (F1).
    pub(super) fn bars(&self, desk: &Desk, e: &Ready) -> Result<Option<&'static str>> {
        let (own, relations, clients) = e.expert.relations();
        let account = e.expert.account();
        let at = |org: &str| !org.is_empty() && (desk.registers.under(&self.org, org) || desk.registers.under(org, &self.org));
        let capped = desk.registers.parameters.get(WORKLOAD).copied().unwrap_or(5);
        let all = [
            (self.review.barred().iter().any(|w| w == account), "参加过本案评查"),
            (crate::matters::conflicted(desk.tx, self.id, account, &desk.registers)?, "登记的利益冲突"),
            (own.is_some_and(at), "本单位"),
            (self.dossier.people().iter().any(|(_, p)| p == account), "曾办本案"),
            (relations.iter().any(|r| at(&r.org)), "申报的回避关系"),
            (clients.iter().any(|c| at(&c.org)), "在办代理单位"),
            (relations.iter().any(|r| !r.case_no.is_empty() && r.case_no == self.case_no), "申报的案件"),
            (e.names.iter().any(|n| self.names.contains(n.as_str())), "近亲属或代理关系"),
            (e.tasks >= capped, "在办任务已满"),
        ];
        Ok(all.into_iter().find(|(bars, _)| *bars).map(|(_, why)| why))
    }
}
/// The list of a draw of people for one matter, and those left out of it.
pub(super) fn people(desk: &Desk, what: &str, number: &str, ready: &[Ready]) -> Result<(Vec<Candidate>, Vec<Excluded>)> {
    if what == OBSERVERS { super::observers::pool(desk, number) } else { panel(desk, number, ready) }
}
/// The list for one review and those left out of it, with reasons.
pub(super) fn panel(desk: &Desk, number: &str, ready: &[Ready]) -> Result<(Vec<Candidate>, Vec<Excluded>)> {
    let case = Case::of(desk, number)?;
    let (mut list, mut out) = (vec![], vec![]);
    for e in ready {
        match case.bars(desk, e)? {
            Some(why) => out.push(Excluded { id: e.number.clone(), reason: why.to_owned() }),
            None => {
                let professions = e.expert.professions().join("+");
                let stratum =
                    if professions.is_empty() { e.expert.category().to_owned() } else { format!("{}/{professions}", e.expert.category()) };
                let org = e.expert.relations().0.unwrap_or("").to_owned();
                list.push(Candidate { id: e.number.clone(), stratum, org });
            }
        }
    }
    Ok((list, out))
}
