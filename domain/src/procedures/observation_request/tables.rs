//! 步骤表、期限表、页面 (B2).
use super::{ObservationRequest as S, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::identifiers::credit;
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<S>;
/// The office and whoever asked: an enterprise's words reach nobody else.
const ASKING: &[Standing] = &[Intake, Lead, Reporter];
/// What both sides and the unit read.
const ALL: &[Standing] = &[Intake, Lead, Reporter, Respondent];
/// The office and the unit.
const UNIT: &[Standing] = &[Intake, Lead, Respondent];
const OURS: &[Standing] = &[Intake, Lead];
const B2: &str = "本机构设定，非法定（规格B2）";

const ORG: Field = field("org", "执法单位", Shape::Org, ALL);
const ACT_TYPE: Field = field("act_type", "执法行为类型", Shape::Code(&codes::ENFORCEMENT_ACT), ALL);
const WHEN: Field = field("when", "观摩日期", Shape::Date, ALL).hint("默认提前 3 个工作日提出。");
const ITEM: Field = field("item", "拟观摩的执法事项", Shape::Long, ASKING).personal();
const KNOWN_NO: Field = field("task_no", "执法任务编号或检查码", Shape::Short, ASKING).optional().personal().hint("知道的填写。");
const PLACE: Field = field("place", "地点", Shape::Short, ASKING).personal();
const PLACE_TOLD: Field = field("place", "地点", Shape::Short, ALL).personal();
const REASON: Field = field("reason", "申请理由", Shape::Long, ASKING).personal();
const TIE: Field = field("tie", "与监督员有利害关系", Shape::YesNo, ASKING);
const TIE_NOTE: Field =
    field("tie_note", "利害关系说明", Shape::Long, ASKING).optional().personal().hint("有利害关系的，写明与哪位监督员、什么关系。");
const DISCLOSE: Field = field("disclose", "同意向执法单位披露身份", Shape::YesNo, ASKING).hint("不同意的，执法单位看不到是谁申请的。");
const ENTERPRISE: Field = field("enterprise", "企业名称", Shape::Short, ASKING).reporter();
const USCC: Field = field("uscc", "统一社会信用代码", Shape::Short, ASKING).optional().reporter().checked(credit::wrong);
const CONTACT: Field = field("contact", "联系人", Shape::Short, ASKING).optional().reporter();
const CONTACT_PHONE: Field = field("contact_phone", "联系电话", Shape::Short, ASKING).optional().reporter();
const FIRM: Field = field("firm", "企业指纹", Shape::Short, &[]).optional().computed();
const RECEIPT_KEY: Field = field("receipt_key", "回执公钥", Shape::Short, &[]).optional().computed();

const TASK_NO: Field = field("task_no", "执法任务编号或检查码", Shape::Short, UNIT);
const TASK_STATE: Field = field("task_state", "执法任务状态", Shape::Code(&codes::TASK_STATE), UNIT);
const BASIS: Field = field("basis", "任务依据", Shape::Long, UNIT).personal();
const OFFICERS: Field =
    field("officers", "执法人员", Shape::Long, UNIT).personal().checked(officers).hint("每行一人，写姓名和执法证号，至少两人。");
const INSPECTED: Field = field("inspected", "被检查企业", Shape::Short, UNIT).personal();
const INSPECTED_USCC: Field =
    field("inspected_uscc", "被检查企业统一社会信用代码", Shape::Short, UNIT).optional().personal().checked(credit::wrong);
const INSPECTED_FIRM: Field = field("inspected_firm", "被检查企业指纹", Shape::Short, &[]).optional().computed();
const UNIT_PLACE: Field = field("place", "地点", Shape::Short, UNIT).personal();
const PLAN: Field = field("plan", "检查方案", Shape::Long, UNIT).personal();
const FILES: Field = field("files", "附件", Shape::Files, UNIT).optional();

const NOTE: Field = field("note", "须补正的内容", Shape::Long, ASKING).personal();
const SUPPLEMENT: Field = field("supplement", "补正内容", Shape::Long, ASKING).personal();
const UNIT_SUPPLEMENT: Field = Field { seen: UNIT, ..SUPPLEMENT };
const ABOUT: Field = field("about", "请单位确认的事项", Shape::Long, UNIT)
    .personal()
    .guarded()
    .faceless()
    .hint("单位只看到这里写的内容。不写申请人；申请人不同意披露的，也不写能看出申请人的内容。");
const NO_TASK: Field = field("reason", "说明", Shape::Long, ALL).personal().hint("如：当日没有这一执法任务。");
const LATE_REASON: Field = field("late_reason", "接受的理由", Shape::Long, ASKING).optional().personal().hint("提前的时间不够时填写。");
const REFUSAL: Field = field("reason", "不同意的理由", Shape::Long, ASKING).personal();
const GROUND: Field = field("ground", "申请复核的理由", Shape::Long, ASKING).personal();
const UNIT_GROUND: Field = Field { seen: UNIT, ..GROUND };
const REVIEW: Field = field("reason", "复核意见", Shape::Long, ASKING).personal();
const ENDED: Field = field("ended", "说明", Shape::Long, ASKING).personal();
const UNIT_ENDED: Field = Field { seen: UNIT, ..ENDED };
/// What the office answers an invitation the unit reads; what it answers an enterprise's request only whoever asked.
const UNIT_NOTE: Field = Field { seen: UNIT, ..NOTE };
const UNIT_LATE_REASON: Field = Field { seen: UNIT, ..LATE_REASON };
const UNIT_REFUSAL: Field = Field { seen: UNIT, ..REFUSAL };
const UNIT_REVIEW: Field = Field { seen: UNIT, ..REVIEW };
const LATE: Field = field("late", "提前的时间不够", Shape::YesNo, OURS);

const APPLY: &[Field] = &[
    ORG,
    ACT_TYPE,
    ITEM,
    KNOWN_NO,
    WHEN,
    PLACE,
    REASON,
    TIE,
    TIE_NOTE,
    DISCLOSE,
    ENTERPRISE,
    USCC,
    CONTACT,
    CONTACT_PHONE,
    FIRM,
    RECEIPT_KEY,
];
const TASK: &[Field] = &[TASK_NO, TASK_STATE, BASIS, OFFICERS, INSPECTED, INSPECTED_USCC, INSPECTED_FIRM];
const INVITE: &[Field] =
    &[ORG, ACT_TYPE, TASK_NO, TASK_STATE, BASIS, PLAN, FILES, OFFICERS, INSPECTED, INSPECTED_USCC, INSPECTED_FIRM, WHEN, UNIT_PLACE];

/// At least two officers, each with the number of his badge (行政处罚法 42).
fn officers(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let numbered = |l: &&str| l.chars().filter(char::is_ascii_digit).count() >= 4 && l.chars().any(char::is_alphabetic);
    match lines.iter().position(|l| !numbered(l)) {
        Some(n) => Some(format!("第 {} 行应有姓名和执法证号。", n + 1)),
        None => (lines.len() < 2).then(|| "执法人员不少于两人，每行一人。".to_owned()),
    }
}

const TASKED: R = rule("no_task", "须先由执法单位确认执法任务：编号或检查码，已批准、已备案或者有码", |s, _| s.task.is_some());
const UNTASKED: R = rule("task_known", "执法任务已确认", |s, _| s.task.is_none());
const AHEAD: R = rule("day_past", "观摩日期已过", |s, at| s.when.is_some_and(|d| d >= at.today));
const ONCE: R = rule("completed_once", "补正只能一次", |s, _| s.note.is_empty());
const UNASKED: R = rule("unit_asked", "已请执法单位确认，不再补正", |s, _| !s.asked);
const NOT_REOPENED: R = rule("reopened", "复核已撤销“不同意”，不能再次不同意", |s, _| !s.reopened);
const THEIRS: R = rule("not_invited", "不是本单位发出的邀请", |s, _| s.invited());
const OTHERS: R = rule("invited", "这是执法单位的邀请，由该单位办理", |s, _| !s.invited());

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Checking, "待联席办审查", true, Some(Intake)),
    phase(Completing, "待补正", false, Some(Respondent)),
    phase(Confirming, "待执法单位确认", true, Some(Respondent)),
    phase(Approved, "待派员", true, Some(Intake)),
    phase(Assigned, "已派员", true, Some(Intake)),
    phase(Closed, "已结", true, None),
    phase(Refused, "不同意", false, None),
    phase(Reviewing, "复核中", false, Some(Lead)),
    phase(Upheld, "复核维持不同意", false, None),
    phase(NoTask, "没有执法任务", false, None),
    phase(Withdrawn, "已撤回", false, None),
    phase(Lapsed, "观摩日期已过", false, None),
];
const OPEN: &[Phase] = &[Checking, Completing, Confirming, Approved, Reviewing];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("apply",            "提交观摩申请",     &[],           Go(Checking),   &[Reporter],           B2, APPLY).seen(&[Intake]),
    step("register",         "代企业登记申请",   &[],           Go(Checking),   &[Intake],             B2, APPLY).seen(&[Reporter]),
    step("invite",           "邀请观摩",         &[],           Go(Checking),   &[Respondent],         B2, INVITE).seen(&[Intake]),
    step("ask_to_complete",  "告知补正",         &[Checking],   Go(Completing), &[Intake],             B2, &[NOTE]).rules(&[ONCE, UNASKED]).seen(&[Reporter, Respondent]),
    step("complete",         "补正",             &[Completing], Go(Checking),   &[Reporter, Intake],   B2, &[SUPPLEMENT, WHEN]).rules(&[OTHERS]),
    step("complete_invitation", "补正（单位）",  &[Completing], Go(Checking),   &[Respondent],         B2, &[UNIT_SUPPLEMENT, WHEN]).rules(&[THEIRS]).seen(&[Intake]),
    step("ask_confirm",      "请执法单位确认",   &[Checking],   Go(Confirming), &[Intake],             B2, &[ABOUT]).rules(&[UNTASKED]).seen(&[Respondent, Reporter]),
    step("confirm_task",     "确认执法任务",     &[Confirming], Go(Checking),   &[Respondent],         B2, TASK).seen(&[Intake, Reporter]),
    step("no_task",          "没有这一执法任务", &[Confirming], Go(NoTask),     &[Respondent],         B2, &[NO_TASK]).seen(&[Intake, Reporter]),
    step("approve",          "同意观摩",         &[Checking],   Go(Approved),   &[Intake],             B2, &[LATE_REASON]).rules(&[TASKED, AHEAD]).seen(&[Reporter, Respondent]),
    step("refuse",           "不同意观摩",       &[Checking],   Go(Refused),    &[Intake],             B2, &[REFUSAL]).rules(&[NOT_REOPENED]).seen(&[Reporter, Respondent]),
    step("ask_review",       "申请复核",         &[Refused],    Go(Reviewing),  &[Reporter, Intake],   B2, &[GROUND]).within("review_window").rules(&[OTHERS]),
    step("ask_unit_review",  "申请复核（单位）", &[Refused],    Go(Reviewing),  &[Respondent],         B2, &[UNIT_GROUND]).within("review_window").rules(&[THEIRS]).seen(&[Intake]),
    step("uphold",           "维持不同意",       &[Reviewing],  Go(Upheld),     &[Lead],               B2, &[REVIEW]).other_than(&["refuse"]).seen(&[Intake, Reporter, Respondent]),
    step("reopen",         "撤销不同意，重新审查", &[Reviewing],  Go(Checking),   &[Lead],               B2, &[REVIEW]).other_than(&["refuse"]).seen(&[Intake, Reporter, Respondent]),
    step("withdraw",         "撤回申请",         OPEN,          Go(Withdrawn),  &[Reporter, Intake],   B2, &[ENDED]).rules(&[OTHERS]).seen(&[Respondent]),
    step("call_off",         "撤回邀请",         OPEN,          Go(Withdrawn),  &[Respondent],         B2, &[UNIT_ENDED]).rules(&[THEIRS]).seen(&[Intake]),
    step("assign",           "已派员",           &[Approved],   Go(Assigned),   &[House],              B2, &[]).seen(ALL),
    step("close",            "办结",             &[Approved, Assigned], Go(Closed), &[Intake, House],  B2, &[ENDED.optional()]).seen(&[Reporter, Respondent]),
    step("lapse",            "观摩日期已过",     OPEN,          Go(Lapsed),     &[Time, Intake],       B2, &[]).after("day").seen(ALL),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("answer",  "答复申请", Length::Limit("E7", None), &["apply", "register", "invite", "reopen"], &["approve", "refuse", "no_task", "withdraw", "call_off", "lapse"]).paused(&["ask_to_complete", "ask_confirm"], &["complete", "complete_invitation", "confirm_task"]),
    clock("completing", "补正", Length::Limit("N80", None), &["ask_to_complete"], &["complete", "complete_invitation", "withdraw", "call_off", "lapse"]),
    clock("confirm", "确认执法任务", Length::Limit("N79", None), &["ask_confirm"], &["confirm_task", "no_task", "withdraw", "call_off", "lapse"]),
    clock("review_window", "申请复核", Length::Limit("N81", None), &["refuse"], &["ask_review", "ask_unit_review"]).opens(),
    clock("review",  "复核", Length::Limit("N82", None), &["ask_review", "ask_unit_review"], &["uphold", "reopen", "withdraw", "call_off", "lapse"]),
    clock("day",     "观摩日期", Length::Field("when"), &["apply", "register", "invite", "complete", "complete_invitation"], &["assign", "close", "no_task", "uphold", "withdraw", "call_off", "lapse"]).then("lapse"),
];

pub fn page(s: &S) -> Vec<Section> {
    let mut what = vec![ORG.row(s.unit()), ACT_TYPE.row(s.act_type()), WHEN.row(j!(s.when)), LATE.row(j!(s.late.then_some(true)))];
    let mut who = vec![];
    if let Some(a) = &s.application {
        // The unit reads where only if whoever asks lets it know who he is.
        let place = if a.disclose { &PLACE_TOLD } else { &PLACE };
        what.extend([ITEM.row(a.item.as_str()), KNOWN_NO.row(j!(a.task_no)), place.row(a.place.as_str())]);
        what.extend([REASON.row(a.reason.as_str()), TIE.row(a.tie), TIE_NOTE.row(j!(a.tie_note)), DISCLOSE.row(a.disclose)]);
        who.extend([ENTERPRISE.row(a.enterprise.as_str()), USCC.row(j!(a.uscc))]);
        who.extend([CONTACT.row(j!(a.contact)), CONTACT_PHONE.row(j!(a.contact_phone))]);
    }
    if let Some(i) = &s.invitation {
        what.extend([UNIT_PLACE.row(i.place.as_str()), PLAN.row(i.plan.as_str()), FILES.row(i.files.clone())]);
    }
    what.push(ABOUT.row(s.about.as_str()));
    let task = s.task.iter().flat_map(|t| {
        [
            TASK_NO.row(t.task_no.as_str()),
            TASK_STATE.row(t.task_state.as_str()),
            BASIS.row(t.basis.as_str()),
            OFFICERS.row(t.officers.as_str()),
            INSPECTED.row(t.inspected.as_str()),
            INSPECTED_USCC.row(j!(t.inspected_uscc)),
        ]
    });
    let [note, supplement, late_reason, refusal, ground, review, ended] = if s.invited() {
        [&UNIT_NOTE, &UNIT_SUPPLEMENT, &UNIT_LATE_REASON, &UNIT_REFUSAL, &UNIT_GROUND, &UNIT_REVIEW, &UNIT_ENDED]
    } else {
        [&NOTE, &SUPPLEMENT, &LATE_REASON, &REFUSAL, &GROUND, &REVIEW, &ENDED]
    };
    let answer = vec![
        note.row(s.note.as_str()),
        supplement.row(s.supplement.as_str()),
        NO_TASK.row(s.no_task.as_str()),
        late_reason.row(s.late_reason.as_str()),
        refusal.row(s.refusal.as_str()),
        ground.row(s.ground.as_str()),
        review.row(s.review.as_str()),
        ended.row(s.ended.as_str()),
    ];
    vec![section("申请", what), section("申请人", who), section("执法任务", task.collect()), section("办理", answer)]
}
