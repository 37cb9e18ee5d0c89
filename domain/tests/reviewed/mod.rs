//! A review as far along as a test needs it.
#![allow(dead_code)]
use super::given::*;
use serde_json::{Value as Json, json};

pub fn with(mut form: Json, more: Json) -> Json {
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    form
}
pub fn opening(more: Json) -> Json {
    let form = json!({
        "dossier": "AJ-2026-0001", "org": COURT, "case_no": "（2024）赣1202刑初15号", "case_type": "01", "closed_on": "2025-12-01",
        "effective_on": "2025-12-20", "sealed": false, "standard": "BZ-2026-0001", "kind": "常态",
    });
    with(form, more)
}
pub fn opened(more: Json) -> Given {
    let mut g = given("review");
    g.takes(&house(), "open", opening(more));
    g.linked("dossier", &["reviewable"]);
    g
}
/// A draw of these experts, the first of the dossier's profession.
pub fn panel(people: &[u8]) -> Json {
    again(people, "CQ-1")
}
pub fn again(people: &[u8], draw: &str) -> Json {
    let row = |(i, n): (usize, &u8)| json!({"person": format!("e{n}"), "fits": if i == 0 { "是" } else { "否" }});
    json!({"draw": draw, "proof": "ab12", "chosen": people.iter().enumerate().map(row).collect::<Vec<_>>()})
}
pub fn drawn() -> Given {
    let mut g = opened(json!({}));
    g.takes(&house(), "draw_panel", panel(&[1, 2, 3]));
    g
}
pub fn promised() -> Given {
    let mut g = drawn();
    (1..=3).for_each(|n| drop(g.takes(&expert(n), "promise", json!({}))));
    g
}
/// The dossier is here: 9 March 2026.
pub fn scoring() -> Given {
    let mut g = promised();
    g.takes(&handler(), "request_dossier", json!({"due": "2026-03-20"}));
    g.on(3, 9).takes(&handler(), "receive", json!({"received_on": "2026-03-09"}));
    g
}
/// A sheet with one deduction for delay.
pub fn lost(points: &str) -> Json {
    row(points, "X1", "一般")
}
pub fn row(points: &str, problem: &str, severity: &str) -> Json {
    json!({"sheet": [{"item": "期限", "full": "100", "points": points, "page": "12", "problem": problem, "severity": severity, "note": ""}]})
}
/// The same sheet, as a re-examiner's.
pub fn opinion_of(points: &str, finding: &str) -> Json {
    json!({"second_sheet": lost(points)["sheet"], "re_examination_finding": finding})
}
/// Three sheets are in.
pub fn submitted(points: [&str; 3]) -> Given {
    let mut g = scoring();
    for (n, p) in points.iter().enumerate() {
        g.takes(&expert(u8::try_from(n).unwrap() + 1), "submit", lost(p));
    }
    g
}
/// Three alike, their mean adopted, fed back and served today.
pub fn served(points: &str, accountable: bool) -> Given {
    let mut g = submitted([points; 3]);
    g.takes(&chair(), "adopt_mean", json!({"problems": ["X1"], "accountable": accountable}));
    g.takes(&lead(), "feed", json!({}));
    let today = g.today.to_string();
    g.takes(&unit(), "serve", json!({"served_on": today}));
    g
}
pub fn settling(points: &str, accountable: bool) -> Given {
    let mut g = served(points, accountable);
    g.takes(&unit(), "waive", json!({}));
    g
}
pub fn settled(points: &str, accountable: bool) -> Given {
    let mut g = settling(points, accountable);
    let worst = points == "40";
    let (who, action) = if worst || accountable { (secretary(), "settle_grave") } else { (lead(), "settle") };
    g.takes(&who, action, json!({"doc_no": "评定〔2026〕1号"}));
    g
}
