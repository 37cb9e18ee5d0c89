//! 公文 of the city: drawn from its matters, in every state – waiting for review and signature, served, signed for, sent out, void.
use serde_json::json;

use super::stage::Stage;
use crate::documents;
use crate::failure::{Failure, Result};
use domain::papers::paper;

/// Who drafts, reviews and signs in the office of each kind.
const SUPERVISION: [&str; 3] = ["jingban1", "jingban2", "fuzeren"];
const JUDICIAL: [&str; 3] = ["jiandu1", "jiandu2", "sifafuzeren"];
const JOINT: [&str; 3] = ["shouli1", "shouli2", "zhaojiren"];
/// How far a paper has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum As {
    Drafted,
    Submitted,
    Reviewed,
    Signed,
    Served,
    Received,
    Voided,
}
use As::*;
/// `(kind of paper, office, how far)`; several of one kind are drawn from several matters.
const PAPERS: &[(&str, [&str; 3], As)] = &[
    ("rectification_notice", SUPERVISION, Received),
    ("rectification_notice", SUPERVISION, Voided),
    ("rectification_reminder", SUPERVISION, Served),
    ("rectification_acceptance", SUPERVISION, Received),
    ("urging_letter", SUPERVISION, Received),
    ("prompting_letter", SUPERVISION, Served),
    ("referral_letter", SUPERVISION, Received),
    ("clue_passing_on", SUPERVISION, Served),
    ("review_conclusion", SUPERVISION, Signed),
    ("preliminary_opinion", SUPERVISION, Reviewed),
    ("rectification_notice", SUPERVISION, Submitted),
    ("accountability_suggestion", SUPERVISION, Drafted),
    ("correction_opinion", JUDICIAL, Received),
    ("supervision_prompting", JUDICIAL, Served),
    ("meeting_minutes", JOINT, Received),
    ("half_year_circular", JOINT, Reviewed),
];

/// Writes them, on the day the clock shows.
pub(super) fn issue(stage: Stage) -> Result<()> {
    let mut used: Vec<String> = vec![];
    for (code, hands, until) in PAPERS {
        let kind = paper(code).ok_or(Failure::NotFound)?;
        let found = stage.house.db.read_here(|tx| documents::matters_with(tx, kind))?;
        // A city that has no such matter has no such paper.
        let Some(about) = found.into_iter().find(|n| !used.contains(n)) else { continue };
        used.push(about.clone());
        one(&stage, &about, code, *hands, *until)?;
    }
    Ok(())
}
fn one(stage: &Stage, about: &str, code: &str, [writes, reviews, signs]: [&str; 3], until: As) -> Result<()> {
    let number = stage.opened(writes, "official_paper", "draft", json!({"about": about, "paper": code}))?;
    let step = |who: &str, action: &'static str, said| stage.act(who, &number, action, said);
    if until == Drafted {
        return Ok(());
    }
    step(writes, "submit", json!({}))?;
    if until == Submitted {
        return Ok(());
    }
    step(reviews, "review", json!({"remark": "要素齐全，同意送签。"}))?;
    if until == Reviewed {
        return Ok(());
    }
    step(signs, "sign", json!({}))?;
    if until == Voided {
        return step(signs, "void", json!({"void_reason": "主送单位写错，另行发文。"}));
    }
    if until == Signed {
        return Ok(());
    }
    let state = stage.state(&number)?;
    let unit = state.pointer("/state/opening/to_org").and_then(|o| o.as_str()).unwrap_or("").to_owned();
    let in_house = paper(code).is_some_and(|p| p.reader == domain::engine::Standing::Respondent) && !unit.is_empty();
    let today = stage.house.clock.now().today;
    step(
        writes,
        if in_house { "serve" } else { "send_out" },
        json!({"served_on": today, "way": if in_house { "电子送达" } else { "直接送达" }}),
    )?;
    if until == Served {
        return Ok(());
    }
    match stage.town.liaison(&unit).filter(|_| in_house) {
        Some(liaison) => step(liaison, "acknowledge", json!({})),
        None => {
            let receipt = stage.file(writes, "送达回证")?;
            step(writes, "record_receipt", json!({"received_on": today, "receipt": [receipt]}))
        }
    }
}
