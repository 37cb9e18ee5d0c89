//! What the bodies of the city issue together stands in the rule library; organisations are named there and kept by their codes (B13).
use domain::engine::{Form, Refusal, refusals};
use domain::procedures::joint_rule::JointRule;
use domain::rules::Text;
use serde_json::Value as Json;

use crate::failure::{Failure, Result};
use crate::matters::{Desk, Loaded};
use crate::rules;

/// Names of organisations in the tables of the form become their codes.
pub(super) fn complete(desk: &Desk, form: &mut Form) -> Result<()> {
    let mut wrong = vec![];
    for field in ["recipients", "taken"] {
        let rows = form.get_mut(field).and_then(Json::as_array_mut);
        for (n, org) in rows.into_iter().flatten().filter_map(|r| r.get_mut("org")).enumerate() {
            let name = org.as_str().unwrap_or("").trim().to_owned();
            let named = |o: &&crate::registers::Org| o.code == name || o.name == name || (!name.is_empty() && o.short == name);
            match desk.registers.orgs().find(named) {
                Some(known) => *org = known.code.clone().into(),
                None => wrong.push((field.to_owned(), format!("第 {} 行：没有单位“{name}”。", n + 1))),
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal { fields: wrong, ..refusals::BAD_FORM }.into()) }
}
pub(super) fn after(desk: &mut Desk, loaded: &Loaded, action: &str, by: (&str, &str)) -> Result<()> {
    let Some(paper) = loaded.of::<JointRule>().and_then(|m| m.state.paper()) else { return Ok(()) };
    match (action, paper.repealed) {
        ("issue", _) => {
            let lines: Vec<&str> = paper.text.lines().collect();
            let text = Text {
                title: paper.title.to_owned(),
                kind: rules::JOINT,
                notes: vec![format!("{} {}印发", paper.issued, paper.doc_no)],
                version: paper.issued,
                effective: Some(paper.effective),
                articles: Text::body(&lines).map_err(|say| Failure::Bad(409, say))?,
            };
            rules::take_in(desk, &text, &loaded.number, by).map(drop)
        }
        ("repeal", Some(on)) => rules::repeal(desk, &loaded.number, on, by),
        _ => Ok(()),
    }
}
