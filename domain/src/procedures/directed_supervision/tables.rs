//! 步骤表、期限表、页面 (B11).
use super::{DirectedSupervision, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::packet::REPLIED;
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<DirectedSupervision>;
const B11: &str = "本机构设定，非法定（规格B11）";
/// The office and who asks.
const WITH: &[Standing] = &[Handler, Lead, Secretary, Requester];
/// The office; and who reads the packet it goes into.
const TOLD: &[Standing] = &[Handler, Lead, Secretary, Recipient];
/// Both.
const ALL: &[Standing] = &[Handler, Lead, Secretary, Requester, Recipient];

const TARGET: Field = field("target", "对象", Shape::Code(&codes::SUPERVISION_TARGET), ALL);
const POST: Field = field("post", "岗位或领域", Shape::Short, ALL).hint("写岗位或领域，不写案号和姓名。");
const ORG: Field = field("org", "所在单位", Shape::Org, ALL).optional();
const PURPOSE: Field = field("purpose", "目的", Shape::Long, ALL).guarded();
const FROM: Field = field("from", "期间自", Shape::Date, ALL).past();
const TO: Field = field("to", "期间至", Shape::Date, ALL).past().hint("只看已经办结的，不晚于今日。");
const BASIS: Field = field("basis", "依据", Shape::Short, ALL);
const FROM_ORG: Field = field("from_org", "商请单位", Shape::Org, WITH).computed().optional();
const APPROVED: Field = field("approved", "批准日期", Shape::Date, WITH);
const REASON: Field = field("reason", "理由", Shape::Long, WITH).guarded();
/// Why a result was sent back or taken back stays in the office.
const WHY: Field = field("why", "退回、收回的理由", Shape::Long, OFFICE).guarded();
const BATCH: Field = field("review_batch", "评查批次", Shape::Matter("review_batch"), OFFICE).optional().hint("填编号，如 PB-2026-0003。");
const CHECK: Field = field("special_check", "专项检查", Shape::Matter("special_check"), OFFICE).optional().hint("与评查批次填其中一项。");
const LOOKED_AT: Field = field("looked_at", "评查、检查件数", Shape::Number, TOLD);
const WITH_PROBLEMS: Field = field("with_problems", "有问题的件数", Shape::Number, TOLD);
const FOUND: Field = field("found", "结果", Shape::Long, TOLD).guarded().hint("只写件数和情况，不写案号和姓名。");
const GOOD: Field = field("good", "正面情况", Shape::Long, TOLD).guarded().optional();
const ANSWERED_ON: Field = field("answered_on", "函复日期", Shape::Date, WITH);
const USED: Field = field("used", "用后回告", Shape::Long, OFFICE).personal().hint("照录商请单位的回告。");
const DOCUMENT: Field = field("document", "回告文书", Shape::Files, OFFICE);

const DONE: R = rule("not_carried_out", "评查批次、专项检查还没有办结", |s, at| s.carried_out(at));
const USE_KNOWN: R =
    rule("use_unknown", "商请单位还没有回告使用情况", |s, at| !s.used.is_empty() || at.any("packet", REPLIED));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Requested, "待审查商请", true, Some(Handler)),
    phase(Returned, "退回补正", false, Some(Requester)),
    phase(Accepted, "待审批", true, Some(Secretary)),
    phase(Arranging, "待安排", true, Some(Handler)),
    phase(UnderWay, "监督中", true, Some(Handler)),
    phase(ResultDrafted, "结果待批准", true, Some(Lead)),
    phase(Answered, "已函复", true, Some(Handler)),
    phase(Closed, "办结", true, None),
    phase(Refused, "不予开展", false, None),
    phase(Withdrawn, "已撤回", false, None),
];
const WANTED: &[Field] = &[TARGET, POST, ORG, PURPOSE, FROM, TO, BASIS, FROM_ORG];
const ASKER: &[Standing] = &[Requester];
#[rustfmt::skip]
pub const STEPS: &[Step<DirectedSupervision>] = &[
    step("request",          "商请定向监督", &[],               Go(Requested),     &[Requester], B11, WANTED),
    step("revise",           "补正商请",     &[Returned],       Go(Requested),     &[Requester], B11, WANTED),
    step("withdraw",         "撤回商请",     &[Requested, Returned, Accepted], Go(Withdrawn), &[Requester], B11, &[REASON]).grave(),
    step("accept_form",      "审查通过",     &[Requested],      Go(Accepted),      &[Handler],   B11, &[]).seen(ASKER),
    step("return_request",   "退回补正",     &[Requested],      Go(Returned),      &[Handler],   B11, &[REASON]).seen(ASKER),
    step("approve",          "批准开展",     &[Accepted],       Go(Arranging),     &[Secretary], B11, &[]).other_than(&["accept_form"]).seen(ASKER).grave(),
    step("refuse",           "不予开展",     &[Accepted],       Go(Refused),       &[Secretary], B11, &[REASON]).seen(ASKER).grave(),
    step("arrange",          "安排评查或检查", &[Arranging, UnderWay], Go(UnderWay), &[Handler], B11, &[BATCH, CHECK]),
    step("result",           "拟结果函",     &[UnderWay],       Go(ResultDrafted), &[Handler],   B11, &[LOOKED_AT, WITH_PROBLEMS, FOUND, GOOD]).rules(&[DONE]),
    step("send_back_result", "退回结果函",   &[ResultDrafted],  Go(UnderWay),      &[Lead],      B11, &[WHY]),
    step("approve_result",   "批准函复",     &[ResultDrafted],  Go(Answered),      &[Lead],      B11, &[]).other_than(&["result"]).then(&[("packet", "open_for")]).seen(ASKER).grave(),
    step("take_back_result", "收回结果",     &[Answered, Closed], Go(UnderWay),    &[Lead],      B11, &[WHY]).then(&[("packet", "source_withdrawn")]).grave(),
    step("record_use",       "登记用后回告", &[Answered],       Stay,              &[Handler],   B11, &[USED, DOCUMENT]),
    step("close",            "办结",         &[Answered],       Go(Closed),        &[Handler],   B11, &[]).rules(&[USE_KNOWN]).seen(ASKER),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("check", "审查商请", Length::Limit("N140", None), &["request", "revise"], &["accept_form", "return_request", "withdraw"]),
    clock("revise", "补正商请", Length::Limit("N141", None), &["return_request"], &["revise", "withdraw"]),
    clock("approve", "审批", Length::Limit("N142", None), &["accept_form"], &["approve", "refuse", "withdraw"]),
    clock("arrange", "安排", Length::Limit("N143", None), &["approve"], &["arrange"]),
    clock("result", "拟结果函", Length::Limit("N144", None), &["arrange", "send_back_result", "take_back_result"], &["result"]),
    clock("approve_result", "批准结果函", Length::Limit("N145", None), &["result"], &["approve_result", "send_back_result"]),
    clock("use", "用后回告", Length::Limit("N146", None), &["approve_result"], &["record_use", "close", "take_back_result"]),
];

pub fn page(s: &DirectedSupervision) -> Vec<Section> {
    let w = &s.wanted;
    let wanted = vec![
        TARGET.row(w.target.as_str()),
        POST.row(w.post.as_str()),
        ORG.row(j!(w.org)),
        PURPOSE.row(w.purpose.as_str()),
        FROM.row(j!(w.from)),
        TO.row(j!(w.to)),
        BASIS.row(w.basis.as_str()),
        FROM_ORG.row(w.from_org.as_str()),
        APPROVED.row(j!(s.approved)),
        ANSWERED_ON.row(j!(s.answered)),
        REASON.row(s.reason.as_str()),
    ];
    let batch = s.arranged.starts_with("PB-");
    let by = if batch { BATCH.row(s.arranged.as_str()) } else { CHECK.row(s.arranged.as_str()) };
    let mut result = vec![by];
    if let Some(o) = &s.outcome {
        result.extend([LOOKED_AT.row(o.looked_at), WITH_PROBLEMS.row(o.with_problems), FOUND.row(o.found.as_str()), GOOD.row(j!(o.good))]);
    }
    result.extend([WHY.row(s.why.as_str()), USED.row(s.used.as_str())]);
    vec![section("商请", wanted), section("结果", result)]
}
