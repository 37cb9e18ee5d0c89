//! 定向监督 and its packet: asked by the organisation department, carried out by a check, answered.
#![allow(dead_code, clippy::unwrap_used)]
use super::{COURT, Page, Town};

pub const FOUND: &str = "三件超期，均已整改";
pub const GOOD: &str = "文书说理充分";

pub fn wanted<'a>(post: &'a str, purpose: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("target", "岗位"),
        ("post", post),
        ("org", COURT),
        ("purpose", purpose),
        ("from", "2025-01-01"),
        ("to", "2025-12-31"),
        ("basis", "干部监督工作安排"),
    ]
}
/// A check that is concluded.
pub fn checked(town: &Town) -> String {
    let (from, to) = (town.today(0), town.today(9));
    let values = [
        ("name", "执行工作检查"),
        ("mode", "执法检查"),
        ("theme", "其他"),
        ("org", COURT),
        ("from", from.as_str()),
        ("to", &to),
        ("checklist.0.item", "期限"),
        ("checklist.0.basis", "规定"),
    ];
    let zx = town.open("handler", "special_check", "plan", &values);
    town.act("lead", &zx, "approve", &[]);
    town.act("handler", &zx, "find", &[("item", "期限"), ("check_result", "不符合"), ("found", "三件超期。"), ("cases", "3")]);
    town.act("handler", &zx, "conclude", &[("conclusion", "一项不符合。")]);
    zx
}
/// Asked, approved, carried out by a check: `(supervision, check)`, its result drafted.
pub fn carried_out(town: &Town) -> (String, String) {
    let dx = town.open("party-org", "directed_supervision", "request", &wanted("执行局局长岗位", "了解执行岗位履职情况"));
    let zx = answer(town, &dx);
    (dx, zx)
}
/// From the request to the result as drafted; the check that carried it out.
pub fn answer(town: &Town, dx: &str) -> String {
    town.act("handler", dx, "accept_form", &[]);
    town.act("secretary", dx, "approve", &[]);
    let zx = checked(town);
    town.act("handler", dx, "arrange", &[("special_check", &zx)]);
    town.act("handler", dx, "result", &[("looked_at", "20"), ("with_problems", "3"), ("found", FOUND), ("good", GOOD)]);
    zx
}
pub fn packets(town: &Town) -> Vec<String> {
    let sql = "SELECT number FROM idx WHERE kind = 'packet' ORDER BY id";
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap()
}
/// Answered; the packet has been prepared, approved and signed for: `(supervision, packet)`.
pub fn sent(town: &Town) -> (String, String) {
    let (dx, _) = carried_out(town);
    town.act("lead", &dx, "approve_result", &[]);
    let sb = packets(town).pop().unwrap();
    go_out(town, &sb);
    town.act("party-org", &sb, "sign", &[]);
    (dx, sb)
}
pub fn go_out(town: &Town, sb: &str) {
    town.act("handler", sb, "prepare", &[("until", &town.today(30))]);
    town.act("lead", sb, "approve", &[]);
}
pub fn look(town: &Town, login: &'static str, sb: &str, edition: &str) -> Page {
    let by = town.by(login);
    let page = by.get(&format!("/packet/{sb}"));
    by.answer(&page, &format!("/packet/{sb}"), &[("edition", edition)])
}
