//! What the bodies of the city issue together stands in the rule library (B13).
use domain::procedures::joint_rule::JointRule;
use domain::rules::Text;

use crate::failure::{Failure, Result};
use crate::matters::{Desk, Loaded};
use crate::rules;

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
