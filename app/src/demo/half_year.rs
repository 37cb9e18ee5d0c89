//! Two half-year reports: one gone its whole way, answered on paper and entered in the ledger of uses; one that waits for its deliberation.
use serde_json::{Value as Json, json};

use super::tales::{HANDLER, LEAD, OTHER, SECRETARY, Tale};

pub(super) fn all(t: &mut Tale) {
    let open = || json!({"year": "halfyear:", "half": "half:"});
    counted(t, -200, "bn1", open());
    let meeting = json!({"held_on": "day:0", "present": [{"post": "分管领导"}, {"post": "执法监督室负责人"}, {"post": "驻点检察官"}],
        "minutes": "数字经校核一致，分析有依据，同意报审。"});
    t.then(-192, LEAD, "bn1", "deliberate", meeting)
        .then(-190, SECRETARY, "bn1", "sign", json!({}))
        .then(-189, HANDLER, "bn1", "send", json!({"to_org": "361200ZZ", "letter_no": "云政法函〔{year}〕12号（虚构）"}))
        .then(
            -170,
            HANDLER,
            "bn1",
            "record_suggestions",
            json!({"received_on": "day:0", "suggested": "请在下一期继续反映审限和送达两方面的变化。"}),
        )
        .then(-160, HANDLER, "bn1", "record_use", json!({"used_on": "day:0", "used_for": "班子年度考核参考"}))
        .then(-158, HANDLER, "bn1", "close", json!({"summary": "已回告并登记使用。"}))
        .then(-150, LEAD, "bn1", "archive", json!({}));
    counted(t, -12, "bn2", open());
}
/// Opened, counted, checked by the other handler, written about.
fn counted(t: &mut Tale, day: i32, on: &'static str, open: Json) {
    let written = json!({
        "summary": "评查、整改总体平稳，多数整改一次验收通过。",
        "teams": [{"org": "361200FY", "good": "整改由分管领导牵头，逐件销号。"}, {"org": "361200GA", "good": "财物管理整改按期完成，建立了台账。"}],
        "leads": "移送线索只计已反馈的，未办结的不列。",
        "suggestions": "建议把整改成效作为班子综合评价的参考。",
    });
    t.opens(day, HANDLER, on, "half_year_report", "open", open)
        .then(day + 1, HANDLER, on, "draft", json!({}))
        .then(day + 2, OTHER, on, "check", json!({"checked": "逐件核对，数字无误。"}))
        .then(day + 5, HANDLER, on, "analyse", written);
}
