//! The draw itself: ingredients from the record, a proof file for each result, and what follows from it.
use domain::engine::Form;
use domain::procedures::draw::{Draw, OBSERVERS};
use domain::procedures::review_batch::ReviewBatch;
use domain::procedures::standard::Standard;
use ledger::draw::{Announcement, Beacon, Excluded, Frozen, Ingredients, Proof, Replayed, Seal};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::{observers, pools, put};
use crate::failure::{Failure, Result};
use crate::files;
use crate::matters::{Ask, Desk, Loaded};

/// Alternates a review is told of: whoever stood ready may not re-examine, so few. The proof file has them all.
const ALTERNATES: usize = 3;

/// Reads an attachment the house made.
fn attached<T: DeserializeOwned>(desk: &Desk, id: &str) -> Result<T> {
    let (file, ..) = files::get(desk.tx, desk.house, id)?.ok_or(Failure::NotFound)?;
    Ok(serde_json::from_slice(&files::bytes(desk.house, &file.digest)?)?)
}
pub(super) fn announcement(desk: &Desk, draw: &Draw) -> Result<Announcement> {
    attached(desk, draw.plan.announcement.first().map_or("", String::as_str))
}
/// 第几次.
pub(super) fn round_of(desk: &Desk, draw: &Draw) -> Result<u32> {
    Ok(announcement(desk, draw)?.round)
}
fn seals(draw: &Draw) -> Vec<Seal> {
    let of = |p: &domain::procedures::draw::Seated| {
        let s = draw.seals.iter().find(|s| s.person == p.person)?;
        let told = s.clone();
        Some(Seal {
            party: p.code.clone(),
            commitment: told.commitment,
            committed_at: told.committed_at,
            secret: told.secret,
            revealed_at: told.revealed_at,
        })
    };
    draw.plan.parties.iter().filter_map(of).collect()
}
/// Draws every list of the announcement and writes a proof file for each.
pub(super) fn draw(desk: &Desk, draw: &Draw, ask: &Ask, form: &mut Form) -> Result<()> {
    let text = |name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    // What the gate refuses is not drawn.
    if !draw.ready(desk.now.ms) {
        return Ok(());
    }
    let value = text("value");
    let at = draw.came(&value, &text("value_at"), desk.now.ms)?;
    let (announcement, alg) = (announcement(desk, draw)?, desk.head.alg());
    let ready = if matches!(draw.plan.what.as_str(), "抽案" | OBSERVERS) { vec![] } else { pools::experts(desk)?.0 };
    let (mut rows, mut ids) = (vec![], vec![]);
    for (list, pool) in draw.lists.iter().zip(&draw.pools) {
        let frozen: Frozen = attached(desk, pool)?;
        // Conflicts that came up after the freeze: on the list, but without a seat.
        let excluded: Vec<Excluded> =
            if draw.plan.what == "抽案" { vec![] } else { late(desk, (&draw.plan.what, &list.target), &ready, &frozen)? };
        let (proof, replayed) = Proof::draw(Ingredients {
            alg,
            announcement: announcement.clone(),
            draw: list.draw.clone(),
            frozen,
            excluded,
            seals: seals(draw),
            beacon: Beacon { value: value.clone(), at },
            drawn_at: desk.now.ms,
            ledger: None,
        })
        .map_err(|r| Failure::Bad(409, format!("{} 抽不成：{r}", list.target)))?;
        let chosen = if draw.plan.what == "抽案" {
            format!("{} 件，见证明文件", replayed.chosen.len())
        } else {
            replayed.chosen.join("、")
        };
        ids.push(files::take_in_here(desk, &ask.who.id, &format!("抽取证明-{}.json", list.draw), &proof.to_bytes())?);
        rows.push(json!({"draw": list.draw, "target": list.target, "seed": replayed.seed, "proof": proof.digest, "chosen": chosen}));
    }
    put(form, "results", json!(rows));
    put(form, "proofs", json!(ids));
    Ok(())
}
fn late(desk: &Desk, (what, target): (&str, &str), ready: &[pools::Ready], frozen: &Frozen) -> Result<Vec<Excluded>> {
    let (still, out) = pools::people(desk, what, target, ready)?;
    let listed = frozen.candidates().map_err(|r| Failure::Fault(r.to_string()))?;
    let gone = |c: &ledger::draw::Candidate| {
        let known = out.iter().find(|e| e.id == c.id).map(|e| e.reason.clone());
        let left = || (!still.iter().any(|s| s.id == c.id)).then(|| "已不在库".to_owned());
        known.or_else(left).map(|reason| Excluded { id: c.id.clone(), reason })
    };
    Ok(listed.iter().filter_map(gone).collect())
}
/// After the freeze of a sample: the batch is told root and sizes.
///
/// # Errors
/// What the batch refuses.
pub fn frozen(desk: &mut Desk, loaded: &Loaded, cause: u64) -> Result<()> {
    let draw = super::draw(loaded)?;
    let (Some(batch), Some(list), "抽案") = (&draw.plan.batch, draw.lists.first(), draw.plan.what.as_str()) else { return Ok(()) };
    let standard = pools::state::<ReviewBatch>(desk.tx, batch)?.plan().standard.clone();
    let grades = pools::state::<Standard>(desk.tx, &standard)?.edition().grades.clone();
    let number = |t: &str| t.parse::<i64>().unwrap_or(0);
    let mut form = Form::from_iter([
        ("root".to_owned(), json!(list.root)),
        ("universe".to_owned(), json!(number(&list.size))),
        ("excluded".to_owned(), json!(number(&list.excluded))),
    ]);
    if !grades.is_empty() {
        form.insert("grades".to_owned(), json!(grades));
    }
    desk.as_house(batch, "freeze", form, cause).map(drop)
}
/// After the draw: the batch takes its sample, each review its experts, the observation its observers.
///
/// # Errors
/// What the batch or a review refuses; the draw is then undone.
pub fn carry(desk: &mut Desk, loaded: &Loaded, cause: u64) -> Result<()> {
    let draw = super::draw(loaded)?;
    for (result, id) in draw.results.iter().zip(&draw.proofs) {
        let (file, ..) = files::get(desk.tx, desk.house, id)?.ok_or(Failure::NotFound)?;
        let (_, replayed) = Proof::read(&files::bytes(desk.house, &file.digest)?).map_err(|r| Failure::Fault(r.to_string()))?;
        let mut form = Form::from_iter([("draw".to_owned(), json!(result.draw)), ("proof".to_owned(), json!(replayed.digest))]);
        let action = match draw.plan.what.as_str() {
            "抽案" => {
                form.insert("dossiers".to_owned(), sample(desk, &replayed)?);
                "take_sample"
            }
            OBSERVERS => {
                form.insert("chosen".to_owned(), observers::seated(desk, &replayed.chosen)?);
                let alternates = replayed.alternates.iter().take(ALTERNATES).cloned().collect::<Vec<_>>();
                if !alternates.is_empty() {
                    form.insert("alternates".to_owned(), observers::seated(desk, &alternates)?);
                }
                observers::step(desk, &result.target)?
            }
            what => {
                let alternates = replayed.alternates.iter().take(ALTERNATES).cloned().collect::<Vec<_>>();
                let fits = pools::Case::of(desk, &result.target)?.case_type;
                form.insert("chosen".to_owned(), seated(desk, &replayed.chosen, &fits)?);
                if !alternates.is_empty() {
                    form.insert("alternates".to_owned(), seated(desk, &alternates, &fits)?);
                }
                match what {
                    "抽复核专家" => "draw_re_examiners",
                    "补抽专家" => "draw_more",
                    _ => "draw_panel",
                }
            }
        };
        desk.as_house(&result.target, action, form, cause)?;
    }
    Ok(())
}
fn seated(desk: &Desk, ids: &[String], case_type: &str) -> Result<Json> {
    let mut rows = vec![];
    for id in ids {
        let expert = pools::state::<domain::procedures::expert::Expert>(desk.tx, id)?;
        let fits = if expert.professions().iter().any(|p| p == case_type) { "是" } else { "否" };
        rows.push(json!({"person": expert.account(), "category": expert.category(), "fits": fits}));
    }
    Ok(json!(rows))
}
fn sample(desk: &Desk, replayed: &Replayed) -> Result<Json> {
    let must: std::collections::HashSet<&str> =
        replayed.tickets.iter().filter(|t| t.stratum == ledger::draw::MUST).map(|t| t.id.as_str()).collect();
    let mut rows = vec![];
    for id in &replayed.chosen {
        let dossier = pools::state::<domain::procedures::dossier::Dossier>(desk.tx, id)?;
        let told = dossier.told();
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
        rows.push(json!({
            "dossier": id, "org": told.org, "case_no": told.case_no, "case_type": told.case_type, "closed_on": day(told.closed_on),
            "effective_on": day(told.effective_on), "sealed": if told.sealed { "是" } else { "否" },
            "must": if must.contains(id.as_str()) { "是" } else { "否" },
        }));
    }
    Ok(json!(rows))
}
