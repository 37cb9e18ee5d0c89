//! 半年通报 as a page to print (M4.1): the counted figures and what is said about them.
use domain::procedures::joint_conference::JointConference;

use super::pages::{Cell, TablePage, html};
use super::present;
use super::visit::{Reply, Visit};
use crate::failure::{Failure, Result};
use crate::matters::{self, Seen};

/// Where the circular of this conference is read, once this person may.
pub fn address(seen: &Seen) -> Option<String> {
    let circular = seen.loaded.of::<JointConference>()?.state.circular();
    // A member reads what has been issued, the office also its draft.
    (circular.issued.is_some() || seen.offers.iter().any(|o| o.action == "draft_circular" || o.action == "issue_circular"))
        .then_some(circular)
        .filter(|c| !c.figures.is_empty())
        .map(|_| format!("/matter/{}/circular", seen.item.number))
}
/// `GET /matter/{number}/circular`.
pub fn circular(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    address(&seen).ok_or(Failure::NotFound)?;
    let state = &seen.loaded.of::<JointConference>().ok_or(Failure::NotFound)?.state;
    let c = state.circular();
    let title = format!("{}年{}涉企行政执法监督情况通报", state.year(), state.half());
    let issued = c.issued.map_or_else(|| "草稿，尚未印发".to_owned(), |on| format!("{} {}印发", c.doc_no, present::day(on, v.now.today)));
    let back = format!("/matter/{number}");
    let page = TablePage {
        frame: present::frame(v, &title, &[("工作台", "/"), (number, &back), ("半年通报", "")])?,
        heading: title.clone(),
        explain: format!("{issued}。数到台账第 {} 条。", c.as_of),
        notes: c.analysis.lines().filter(|l| !l.trim().is_empty()).map(ToOwned::to_owned).collect(),
        columns: vec!["类别", "口径", "数", "说明"],
        rows: c
            .figures
            .iter()
            .map(|f| {
                vec![Cell::Head(f.group.clone()), Cell::Text(f.label.clone()), Cell::Number(f.value.clone()), Cell::Text(f.note.clone())]
            })
            .collect(),
        links: vec![("回本件".into(), back.clone())],
        form: None,
        empty: "还没有数字。".into(),
        hint: String::new(),
    };
    Ok(Reply::Html(html(&page)))
}
