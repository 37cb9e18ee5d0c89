//! 步骤表、期限表、页面 (`enterprise.md` B1, M4.1).
use super::{HotlineCall as S, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<S>;
const B1: &str = "本机构设定，非法定（规格B1）";
/// 《行政执法监督条例》第三十三条: what is in review or before a court is not supervised again; the person is shown the way there.
const ART33: &str = "行政执法监督条例第33条（规格B1【法】）";
/// The office of the joint conference; nobody else knows of a call.
const DESK: &[Standing] = &[Intake, Lead];

const OLD_NO: Field = field("old_no", "原来电编号", Shape::Short, DESK);
const ORDER_NO: Field = field("order_no", "工单号", Shape::Short, DESK).hint("12345 的工单号。");
const RECEIVED: Field = field("received", "来电日期", Shape::Date, DESK).past();
const MODE: Field = field("mode", "来电方式", Shape::Code(&codes::APPEAL_MODE), DESK);
const REPORTER_NAME: Field = field("reporter_name", "来电人", Shape::Short, &[]).optional().reporter().hint("登记后密封，本页不再显示。");
const REPORTER_PHONE: Field = field("reporter_phone", "来电号码", Shape::Short, &[]).optional().reporter();
const ENTERPRISE: Field = field("enterprise", "企业名称", Shape::Short, &[]).optional().reporter();
const USCC: Field = field("uscc", "统一社会信用代码", Shape::Short, &[]).optional().reporter();
const DISCLOSE: Field = field("disclose", "同意向被反映单位披露身份", Shape::YesNo, DESK).optional();
const ORG: Field = field("org", "被反映单位", Shape::Org, DESK).optional();
const ACT_TYPE: Field = field("act_type", "执法行为类型", Shape::Code(&codes::ENFORCEMENT_ACT), DESK).optional();
const PROBLEMS: Field = field("problems", "问题类别", Shape::Codes(&codes::ENTERPRISE_PROBLEM), DESK).optional();
const FACTS: Field = field("facts", "来电内容", Shape::Long, &[]).optional().original().hint("按来电人的话记。登记后密封。");
const DEMAND: Field = field("demand", "诉求", Shape::Long, &[]).optional().original();
const LITIGATION: Field = field("litigation", "是否在复议、诉讼", Shape::Code(&codes::LITIGATION), DESK).optional();
const DOC_NO: Field = field("doc_no", "执法文书号", Shape::Short, &[]).optional().original();
const RECORDING: Field = field("recording", "录音编号", Shape::Short, &[]).optional().reporter();
const OUTCOME: Field = field("outcome", "办理结果", Shape::Code(&codes::HOTLINE_OUTCOME), DESK);
const SCOPE: Field = field("out_of_scope", "告知去向", Shape::Code(&codes::OUT_OF_SCOPE), DESK).optional().hint("不属受理范围时选。");
const INTO: Field = field("into", "并入哪一件", Shape::Matter(""), DESK).hint("填编号，如 RX-2026-0003。");
const REASON: Field = field("reason", "并入理由", Shape::Long, DESK).guarded().personal();
const RESULT: Field = field("result", "答复情况", Shape::Long, DESK).guarded().personal().hint("写答复了什么，不写来电人信息。");
const AMOUNT: Field = field("amount", "涉及金额", Shape::Money, DESK).optional();
const IN_REMEDY: Field = field("in_remedy", "已复议、诉讼", Shape::YesNo, DESK).optional();
const HANDLE: Field = field("handle", "原处理方式", Shape::Short, DESK).optional();
const OPERATOR: Field = field("operator", "原坐席", Shape::Short, DESK).optional().personal();
/// Whatever an operator noted may tell who called.
const REMARK: Field = field("remark", "备注", Shape::Long, &[]).optional().original();
const MISSED: Field = field("missed", "回电无人接听次数", Shape::Number, DESK);
const FIRM: Field = field("firm", "企业标识", Shape::Short, &[]).optional().computed();
const PHONE_KEY: Field = field("phone_key", "电话标识", Shape::Short, &[]).optional().computed();
const PAPER_KEY: Field = field("paper_key", "文书标识", Shape::Short, &[]).optional().computed();

const TAKE: &[Field] = &[
    REPORTER_PHONE,
    REPORTER_NAME,
    MODE,
    ENTERPRISE,
    USCC,
    ORG,
    ACT_TYPE,
    PROBLEMS,
    FACTS,
    DEMAND,
    DOC_NO,
    LITIGATION,
    DISCLOSE,
    RECORDING,
    OUTCOME,
    SCOPE,
    INTO.optional(),
    FIRM,
    PHONE_KEY,
    PAPER_KEY,
];
/// What 12345 sends.
const RELAY: &[Field] =
    &[ORDER_NO, RECEIVED, PROBLEMS, ORG, FACTS.required(), REPORTER_NAME, REPORTER_PHONE, ENTERPRISE, USCC, FIRM, PHONE_KEY, PAPER_KEY];
/// What a row of the old hotline's export may say.
const ENTER: &[Field] = &[
    OLD_NO,
    RECEIVED,
    MODE,
    REPORTER_NAME,
    REPORTER_PHONE,
    ENTERPRISE,
    USCC,
    ORG,
    FACTS,
    PROBLEMS,
    ACT_TYPE,
    AMOUNT,
    DEMAND,
    IN_REMEDY,
    DISCLOSE,
    HANDLE,
    OPERATOR,
    REMARK,
    FIRM,
    PHONE_KEY,
    PAPER_KEY,
];
/// A row of the old export may lack what happened.
const REGISTER: &[Field] = &[ORG, ACT_TYPE, PROBLEMS, LITIGATION, MODE.optional(), DISCLOSE, FACTS.hint("原来已记内容的不用再写。")];

const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);
/// Article 33 once more where the old ledger says so.
const NO_REMEDY: R =
    rule("in_remedy", "已在复议、诉讼的不重复监督，请告知复议、诉讼途径", |s, _| s.said.in_remedy != Some(true));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Open, "待处理", true, Some(Intake)),
    phase(CallingBack, "待回电", true, Some(Intake)),
    phase(Closed, "办结", true, None),
    phase(Merged, "已并入", false, None),
    phase(Voided, "已撤销导入", false, None),
];
const APPEAL: &[(&str, &str)] = &[("enterprise_appeal", "from_call")];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("take",          "登记来电",           &[],                  Go(Closed),      &[Intake], B1, TAKE).then(APPEAL),
    step("take_back",     "登记来电（要回电）", &[],                  Go(CallingBack), &[Intake], B1, TAKE).then(APPEAL),
    step("relay",         "登记12345工单",      &[],                  Go(Open),        &[Intake], B1, RELAY),
    step("register",      "登记为诉求",         &[Open],              Go(Closed),      &[Intake], ART33, REGISTER).rules(&[NO_REMEDY]).then(APPEAL),
    step("settle",        "答复办结",           &[Open],              Go(Closed),      &[Intake], B1, &[OUTCOME, SCOPE, RESULT]),
    step("call_back",     "已回电",             &[CallingBack],       Go(Closed),      &[Intake], B1, &[RESULT]),
    step("miss",          "回电无人接听",       &[CallingBack],       Stay,            &[Intake], B1, &[]),
    step("merge",         "并入另一件",         &[Open, CallingBack], Go(Merged),      &[Intake], B1, &[INTO, REASON]),
    step("enter_open",    "历史导入：待处理",   &[],                  Go(Open),        &[House],  B1, ENTER),
    step("enter_closed",  "历史导入：办结",     &[],                  Go(Closed),      &[House],  B1, ENTER),
    step("enter_relayed", "导入12345工单",      &[],                  Go(Open),        &[House],  B1, RELAY),
    step("void",          "撤销导入",           &[Open, Closed],      Go(Voided),      &[House],  B1, &[]).rules(&[UNTOUCHED]),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("call_back", "回电", Length::Limit("N70", None), &["take_back"], &["call_back", "merge"]),
    clock("settle", "处理工单", Length::Limit("N71", None), &["relay", "enter_relayed"], &["register", "settle", "merge", "void"]).counted("received"),
];

pub fn page(s: &S) -> Vec<Section> {
    let said = &s.said;
    let call = vec![
        OLD_NO.row(j!(said.old_no)),
        ORDER_NO.row(j!(said.order_no)),
        RECEIVED.row(j!(said.received)),
        MODE.row(j!(said.mode)),
        ORG.row(j!(said.org)),
        ACT_TYPE.row(j!(said.act_type)),
        PROBLEMS.row(j!(said.problems)),
        LITIGATION.row(j!(said.litigation)),
        IN_REMEDY.row(j!(said.in_remedy)),
        DISCLOSE.row(j!(said.disclose)),
        AMOUNT.row(j!(said.amount)),
        HANDLE.row(j!(said.handle)),
        OPERATOR.row(j!(said.operator)),
    ];
    let into = if s.into.is_empty() { j!(said.into) } else { j!(s.into) };
    let mut done = vec![OUTCOME.row(j!(said.outcome)), SCOPE.row(j!(said.out_of_scope)), INTO.row(into)];
    done.extend([REASON.row(s.reason.as_str()), RESULT.row(s.result.as_str())]);
    if s.missed > 0 {
        done.push(MISSED.row(s.missed));
    }
    vec![section("来电", call), section("办理", done)]
}
