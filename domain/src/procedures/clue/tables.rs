//! 步骤表、期限表、页面 (B1).
use super::{Clue, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::CLOSED;
use crate::registers::{codes, parameters};
use serde_json::json as j;

type R = Rule<Clue>;
const B1: &str = "本机构设定，非法定（规格B1）";
const B1_RIGHTS: &str = "信访工作条例第28条、第31条第1项（规格B1【文】）";
const B1_SECRET: &str = "信访工作条例第30条（规格B1【文】）";

const OLD_NO: Field = field("old_no", "原编号", Shape::Short, OFFICE).optional();
const SOURCE: Field = field("source", "线索来源", Shape::Code(&codes::SOURCE), OFFICE);
const RECEIVED: Field = field("received", "收到日期", Shape::Date, OFFICE).past();
const DOC_NO: Field = field("doc_no", "来文字号", Shape::Short, OFFICE).optional();
const ORG: Field = field("org", "涉案单位", Shape::Org, OFFICE);
const CASE_NO: Field = field("case_no", "案号", Shape::Short, OFFICE).optional().hint("如（2024）赣1202刑初15号。");
const CASE_TYPE: Field = field("case_type", "案件类型", Shape::Code(&codes::CASE_TYPE), OFFICE).optional();
const STAGE: Field = field("stage", "办案阶段", Shape::Code(&codes::STAGE), OFFICE).optional();
const IS_CLOSED: Field = field("is_closed", "案件是否办结", Shape::YesNo, OFFICE).hint("未办结的案件只能作程序性督办。");
const OFFICER: Field = field("officer", "涉及干警", Shape::Short, OFFICE).optional().personal();
const SUMMARY: Field = field("summary", "诉求要点", Shape::Long, OFFICE).personal().hint("写诉求和事实，不写反映人姓名。");
const PROBLEM: Field = field("problem", "问题码", Shape::Codes(&codes::PROBLEM), OFFICE).optional();
const REPORTER: Field = field("reporter", "反映人姓名", Shape::Short, &[]).optional().sealed().hint("单独加密封存，登记后本页也看不到。");
const REPORTER_ID: Field = field("reporter_id", "反映人身份证号", Shape::Short, &[]).optional().sealed();
const REPORTER_PHONE: Field = field("reporter_phone", "反映人联系电话", Shape::Short, &[]).optional().sealed();
const KEEP_SECRET: Field = field("keep_secret", "要求保密", Shape::YesNo, OFFICE).optional();
const REMARK: Field = field("remark", "备注", Shape::Long, OFFICE).optional().personal();
const FILES: Field = field("files", "附件", Shape::Files, OFFICE).optional();
const INTO: Field = field("clue", "并入哪件线索", Shape::Matter("clue"), OFFICE).hint("填线索编号，如 XS-2026-0043。");
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded();
const RECEIVER: Field = field("receiver", "接收机关", Shape::Short, OFFICE);
const GIST: Field = field("gist", "转交要点", Shape::Long, OFFICE).guarded().hint("重新写要点，不带反映人信息和原件。");
const ROUTE: Field = field("route", "建议去向", Shape::Code(&codes::ROUTE), OFFICE);
const OPINION: Field = field("opinion", "研判意见", Shape::Long, OFFICE).guarded().personal();
const REPLY_BY: Field = field("reply_by", "回复期限", Shape::Date, OFFICE).optional().hint("去向为程序性督办时必填。");
const ITEMS: Field =
    field("items", "督办事项", Shape::Codes(&codes::PROMPT_ITEM), OFFICE).optional().hint("去向为程序性督办时必选，只有固定选项。");
const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), OFFICE);
const SEVERITY: Field = field("severity", "严重度", Shape::Code(&codes::SEVERITY), OFFICE);
const ISSUE: Field = field("gist", "问题要点", Shape::Long, OFFICE).guarded().hint("写事实，不写反映人。");
const TOLD_ON: Field = field("told_on", "告知日期", Shape::Date, OFFICE).past();
const HOW: Field = field("how", "告知方式", Shape::Short, OFFICE);
const RESULT: Field = field("result", "办理结果", Shape::Long, OFFICE);
const GROUND: Field = field("ground", "查阅事由", Shape::Code(&codes::GROUND), OFFICE);
const SCREEN: Field = field("screen", "初筛结论", Shape::Code(&codes::SCREEN), OFFICE).optional();
const ASSESSED: Field = field("assessed", "是否研判", Shape::YesNo, OFFICE).optional();
const ASSESSED_ON: Field = field("assessed_on", "研判日期", Shape::Date, OFFICE).optional();
const DISPOSAL: Field = field("disposal", "处置去向", Shape::Code(&codes::ROUTE), OFFICE).optional();
const TO_REVIEW: Field = field("to_review", "是否评查", Shape::YesNo, OFFICE).optional();
const GRADE: Field = field("grade", "评查等次", Shape::Code(&codes::GRADE), OFFICE).optional();
const REVIEW_ON: Field = field("review_on", "定论日期", Shape::Date, OFFICE).optional();
const CORRECTED: Field = field("corrected", "是否督促纠错纠偏", Shape::YesNo, OFFICE).optional();
const CORRECT_WAY: Field = field("correct_way", "纠错纠偏方式", Shape::Code(&codes::CORRECTION), OFFICE).optional();
const CORRECTED_ON: Field = field("corrected_on", "整改到位日期", Shape::Date, OFFICE).optional();
const HANDLER: Field = field("handler", "原承办人", Shape::Short, OFFICE).optional().personal();
const OPENED: Field = field("opened", "身份已查阅次数", Shape::Number, OFFICE);

const REGISTER: &[Field] = &[
    SOURCE,
    RECEIVED,
    DOC_NO,
    ORG,
    CASE_NO,
    CASE_TYPE,
    STAGE,
    IS_CLOSED,
    PROBLEM,
    SUMMARY,
    OFFICER,
    REPORTER,
    REPORTER_ID,
    REPORTER_PHONE,
    KEEP_SECRET,
    REMARK,
    FILES,
];
const AMEND: &[Field] = &[
    SOURCE.optional(),
    RECEIVED.optional(),
    DOC_NO,
    ORG.optional(),
    CASE_NO,
    CASE_TYPE,
    STAGE,
    IS_CLOSED.optional(),
    PROBLEM,
    SUMMARY.optional(),
    OFFICER,
    REMARK,
    FILES,
];
/// What a row of an old ledger may say.
const ENTER: &[Field] = &[
    OLD_NO,
    SOURCE,
    RECEIVED,
    DOC_NO,
    ORG,
    CASE_NO,
    CASE_TYPE,
    STAGE,
    IS_CLOSED.optional(),
    PROBLEM,
    SUMMARY,
    OFFICER,
    REPORTER,
    REPORTER_ID,
    REPORTER_PHONE,
    KEEP_SECRET,
    REMARK,
    SCREEN,
    ASSESSED,
    ASSESSED_ON,
    DISPOSAL,
    TO_REVIEW,
    GRADE,
    REVIEW_ON,
    CORRECTED,
    CORRECT_WAY,
    CORRECTED_ON,
    HANDLER,
];

const ONCE_EACH: R = rule("opined", "你已写过研判意见", |s, at| !s.opinions.iter().any(|o| o.by == at.who.id));
const ENOUGH: R =
    rule("too_few_opinions", "集体研判的人数还不够", |s, at| s.opinions.len() as i64 >= at.parameter(parameters::ASSESSORS));
const CONCLUDED: R =
    rule("case_pending", "案件尚未办结，不能转整改，只能作程序性督办", |s, _| s.said.is_closed != Some(false));
const TOLD_WHETHER: R =
    rule("case_unclear", "登记没有写明案件是否办结，请先更正登记", |s, _| s.said.is_closed.is_some());
/// Boundary 2 once more at the signature: the registration may have been corrected since the proposal.
const REVIEWABLE: R =
    rule("pending_review", "案件未办结或登记未写明是否办结，不能转评查，请退回研判", |s, _| {
        s.route != "转评查" || s.concluded()
    });
const SETTLED: R =
    rule("downstream_open", "督办件或整改件还没有办结", |_, at| at.all("prompt", CLOSED) && at.all("rectification", CLOSED));
const HAS_IDENTITY: R = rule("no_identity", "本件没有登记反映人信息", |s, _| !s.identity().is_empty());
const NONE_ASKED: R = rule("already_asked", "已有一项查阅申请未了结", |s, _| s.request.is_none());
const ASKED: R = rule("not_asked", "没有待批准的查阅申请", |s, _| s.request.as_ref().is_some_and(|r| !r.approved));
/// An approval that is never used would bar everyone else for good: it can be taken back.
const OPEN_REQUEST: R = rule("not_asked", "没有未了结的查阅申请", |s, _| s.request.is_some());
const NOT_MINE: R = rule("own_request", "须由另一人批准", |s, at| s.request.as_ref().is_none_or(|r| r.by != at.who.id));
const MINE_APPROVED: R =
    rule("not_approved", "你的查阅申请尚未批准", |s, at| s.request.as_ref().is_some_and(|r| r.approved && r.by == at.who.id));
const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Registered, "已登记", true, Some(Handler)),
    phase(Assessing, "研判中", true, Some(Handler)),
    phase(Proposed, "待批准", true, Some(Lead)),
    phase(Routed, "已分流", true, Some(Handler)),
    phase(Closed, "办结", true, None),
    phase(Merged, "已并案", false, None),
    phase(PassedOn, "已转办", false, None),
    phase(Voided, "已撤销导入", false, None),
];
const ALIVE: &[Phase] = &[Registered, Assessing, Proposed, Routed, Closed];
const EARLY: &[Phase] = &[Registered, Assessing];
#[rustfmt::skip]
pub const STEPS: &[Step<Clue>] = &[
    step("register",          "登记线索",         &[],          Go(Registered), &[Handler], B1_RIGHTS, REGISTER),
    step("amend_record",      "更正登记",         ALIVE,        Stay,           &[Handler], B1, AMEND),
    step("assess",            "提交研判",         &[Registered], Go(Assessing), &[Handler], B1, &[]),
    step("merge",             "并入另一件线索",   EARLY,        Go(Merged),     &[Handler], B1, &[INTO, REASON]),
    step("pass_on",           "不属职权转办",     EARLY,        Go(PassedOn),   &[Handler], B1_RIGHTS, &[RECEIVER, REASON]),
    step("pass_discipline",   "检举控告转纪检",   EARLY,        Go(PassedOn),   &[Lead],    B1_SECRET, &[RECEIVER, GIST]),
    step("opine",             "写研判意见",       &[Assessing], Stay,           &[Handler, Lead], B1, &[ROUTE, OPINION]).rules(&[ONCE_EACH]),
    step("propose",           "提出分流建议",     &[Assessing], Go(Proposed),   &[Handler], B1, &[ROUTE, REASON]).rules(&[ENOUGH]),
    step("return_proposal",   "退回研判",         &[Proposed],  Go(Assessing),  &[Lead],    B1, &[REASON]),
    step("approve",           "批准分流",         &[Proposed],  Go(Routed),     &[Lead],    B1, &[ITEMS, REPLY_BY]).other_than(&["propose", "opine"]).rules(&[REVIEWABLE]).then(&[("prompt", "open")]),
    step("rectify",           "转整改",           &[Routed],    Stay,           &[Lead],    B1, &[PROBLEMS, SEVERITY, ISSUE]).rules(&[TOLD_WHETHER, CONCLUDED]).then(&[("rectification", "open")]),
    step("tell",              "告知反映人",       &[Registered, Assessing, Proposed, Routed, Closed], Stay, &[Handler], "信访工作条例第23条（期限参数T2【文】）", &[TOLD_ON, HOW]).even_frozen(),
    step("close",             "办结",             &[Routed],    Go(Closed),     &[Handler], B1, &[RESULT]).rules(&[SETTLED]).grave(),
    step("ask_identity",      "申请查阅反映人身份", ALIVE,      Stay,           &[Handler], B1_SECRET, &[GROUND, REASON]).rules(&[HAS_IDENTITY, NONE_ASKED]).even_frozen(),
    step("approve_identity",  "批准查阅",         ALIVE,        Stay,           &[Lead],    B1_SECRET, &[]).rules(&[ASKED, NOT_MINE]).grave().even_frozen(),
    step("refuse_identity",   "不批准或收回批准", ALIVE,       Stay,           &[Lead],    B1_SECRET, &[REASON]).rules(&[OPEN_REQUEST]).even_frozen(),
    step("open_identity",     "查阅反映人身份",   ALIVE,        Stay,           &[Handler], B1_SECRET, &[]).rules(&[MINE_APPROVED]).even_frozen(),
    step("enter_registered",  "历史导入：已登记", &[],          Go(Registered), &[House],   B1, ENTER),
    step("enter_assessing",   "历史导入：研判中", &[],          Go(Assessing),  &[House],   B1, ENTER),
    step("enter_routed",      "历史导入：已分流", &[],          Go(Routed),     &[House],   B1, ENTER),
    step("enter_closed",      "历史导入：办结",   &[],          Go(Closed),     &[House],   B1, ENTER),
    step("enter_passed_on",   "历史导入：已转办", &[],          Go(PassedOn),   &[House],   B1, ENTER),
    step("void",              "撤销导入",         &[Registered, Assessing, Routed, Closed, PassedOn], Go(Voided), &[House], B1, &[]).rules(&[UNTOUCHED]),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("tell", "告知反映人", Length::Limit("T2", None), &["register"], &["tell", "merge", "pass_on", "pass_discipline"]).counted("received"),
    clock("screen", "初筛", Length::Limit("N1", None), &["register", "enter_registered"], &["assess", "merge", "pass_on", "pass_discipline", "void"]),
    clock("assess", "集体研判", Length::Limit("N2", None), &["assess", "return_proposal", "enter_assessing"], &["propose", "merge", "pass_on", "pass_discipline", "void"]),
    clock("approve", "批准分流", Length::Limit("N3", None), &["propose"], &["approve", "return_proposal"]),
];

pub fn page(s: &Clue) -> Vec<Section> {
    let said = &s.said;
    let known = vec![
        OLD_NO.row(j!(said.old_no)),
        SOURCE.row(j!(said.source)),
        RECEIVED.row(j!(said.received)),
        DOC_NO.row(j!(said.doc_no)),
        ORG.row(j!(said.org)),
        CASE_NO.row(j!(said.case_no)),
        CASE_TYPE.row(j!(said.case_type)),
        STAGE.row(j!(said.stage)),
        IS_CLOSED.row(j!(said.is_closed)),
        PROBLEM.row(j!(said.problem)),
        SUMMARY.row(j!(said.summary)),
        OFFICER.row(j!(said.officer)),
        KEEP_SECRET.row(j!(said.keep_secret)),
        REMARK.row(j!(said.remark)),
    ];
    let mut judged: Vec<Row> = s.opinions.iter().flat_map(|o| [ROUTE.row(o.route.as_str()), OPINION.row(o.opinion.as_str())]).collect();
    judged.extend([
        DISPOSAL.row(s.route.as_str()),
        REASON.row(s.route_reason.as_str()),
        RECEIVER.row(s.receiver.as_str()),
        GIST.row(s.gist.as_str()),
    ]);
    judged.extend([TOLD_ON.row(j!(s.told_on)), RESULT.row(s.result.as_str())]);
    if s.opened > 0 {
        judged.push(OPENED.row(s.opened));
    }
    let mut all = vec![section("登记", known), section("研判和办理", judged)];
    if let Some(h) = &s.history {
        all.push(section(
            "历史导入",
            vec![
                SCREEN.row(j!(h.screen)),
                ASSESSED.row(j!(h.assessed)),
                ASSESSED_ON.row(j!(h.assessed_on)),
                DISPOSAL.row(j!(h.disposal)),
                TO_REVIEW.row(j!(h.to_review)),
                GRADE.row(j!(h.grade)),
                REVIEW_ON.row(j!(h.review_on)),
                CORRECTED.row(j!(h.corrected)),
                CORRECT_WAY.row(j!(h.correct_way)),
                CORRECTED_ON.row(j!(h.corrected_on)),
                HANDLER.row(j!(h.handler)),
            ],
        ));
    }
    all
}
