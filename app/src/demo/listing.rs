//! 综合评价 of the city (M3): an officer listed after everything he is owed, told of by a packet; another one heard just now; a directed
//! supervision that was asked for. What they cite is invented, as the city is.
use serde_json::{Value as Json, json};

use super::tales::{HANDLER, LEAD, OTHER, SECRETARY, Tale};

const JUDGE: &str = "faguan";
const POSTED: &str = "zhudian";
const PERSONNEL: &str = "zuzhibu";

pub(super) fn all(t: &mut Tale) {
    listed(t);
    heard(t);
    asked(t);
}
/// From the nomination to the notice.
fn noticed(t: &mut Tale, day: i32, on: &'static str, review: &str, no: u8) {
    let said = json!({"review": review, "officer": format!("@{JUDGE}"), "officer_ground": "卷内登记的承办人。", "category": "引用文书", "problems": ["C4"],
        "facts": "两份关键文书没有送达回证，当事人未能按期上诉。", "evidence": "卷二第 12 页至第 15 页，送达登记簿。",
        "cited_body": "云岭市中级人民法院（虚构）", "cited_no": format!("云中法责〔{{year}}〕{no}号（虚构）"), "cited": ["file:责任认定书"]});
    let checked =
        |why: &str| json!({"only_general": false, "dispute": false, "new_evidence": false, "interfered": false, "attribution": why});
    let finding = json!({"body": "云岭市中级人民法院（虚构）", "doc_no": format!("云中法责〔{{year}}〕{no}号（虚构）"), "finding": ["file:责任认定书"]});
    t.opens(day, HANDLER, on, "negative_list_entry", "nominate", said)
        .then(day + 1, HANDLER, on, "attach_finding", finding)
        .then(day + 2, HANDLER, on, "attribute", checked("送达由其本人经办，有登记簿为证。"))
        .then(day + 3, POSTED, on, "attribute", checked("逐页核对，与登记簿一致。"))
        .then(day + 4, HANDLER, on, "propose_list", json!({"months": 6}))
        .then(
            day + 5,
            LEAD,
            on,
            "issue_notice",
            json!({"doc_no": format!("云政法告〔{{year}}〕{no}号（虚构）"), "basis": "规格B12，本机构设定，非法定。"}),
        )
        .then(day + 6, JUDGE, on, "serve_notice", json!({"served_on": "day:0", "serve_way": "直接送达"}));
}
fn listed(t: &mut Tale) {
    let on = "fm1";
    noticed(t, -120, on, "→pc-fy", 1);
    let vote = |login: &str| json!({"person": format!("@{login}"), "vote": "赞成", "why": ""});
    let decision = json!({"votes": [vote(SECRETARY), vote(LEAD), vote("xuncha")], "months": 4, "decision": "采纳部分申辩，缩短期限。",
        "gist": "文书送达失责一项，供协管参考。", "doc_no": "云政法审〔{year}〕1号（虚构）", "minutes": ["file:审定会议记录"]});
    let served = || json!({"served_on": "day:0", "serve_way": "直接送达"});
    t.then(-110, JUDGE, on, "state", json!({"statement": "送达当月由两人轮值，登记簿只记一人。\n已在判决前口头告知当事人。"}))
        .then(-92, HANDLER, on, "answer", json!({"point": "1", "adopted": "部分采纳", "answer": "轮值属实，按比例缩短期限。"}))
        .then(-92, HANDLER, on, "answer", json!({"point": "2", "adopted": "不采纳", "answer": "卷内没有口头告知的记录。"}))
        .then(-91, HANDLER, on, "submit_answers", json!({}))
        .then(-90, OTHER, on, "countersign", json!({}))
        .then(-88, SECRETARY, on, "decide_list", decision)
        .then(-86, JUDGE, on, "serve_decision", served())
        .then(
            // The time to ask for review may end on the far side of the October holidays.
            -40,
            HANDLER,
            on,
            "provide",
            json!({"to_org": "361200ZZ", "purpose": "干部协管、协查参考。", "use_basis": "规格F7，本机构设定，非法定。"}),
        )
        .makes("sb1", "packet")
        .then(-39, HANDLER, "sb1", "prepare", json!({"until": "day:120"}))
        .then(-38, LEAD, "sb1", "approve", json!({}))
        .then(-36, PERSONNEL, "sb1", "sign", json!({}));
}
fn heard(t: &mut Tale) {
    noticed(t, -12, "fm2", "→pc-ch", 2);
    t.then(-4, JUDGE, "fm2", "state", json!({"statement": "送达登记由书记员负责，本人按时签发。"}));
}
fn asked(t: &mut Tale) {
    let said: Json = json!({"target": "岗位", "post": "执行局局长岗位", "org": "361202FY", "purpose": "了解该岗位任期内执行案件办理的总体情况。",
        "from": "day:-400", "to": "day:-40", "basis": "市委组织部商请函（虚构）"});
    t.opens(-9, PERSONNEL, "dx1", "directed_supervision", "request", said).then(-7, HANDLER, "dx1", "accept_form", json!({})).then(
        -5,
        SECRETARY,
        "dx1",
        "approve",
        json!({}),
    );
}
