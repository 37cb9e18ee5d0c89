//! 步骤表、期限表、页面 (B6, T5–T13).
use super::{Phase, Phase::*, ProcuratorialOpinion};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<ProcuratorialOpinion>;
type S = ProcuratorialOpinion;
const ALL: &[Standing] = &[Handler, Lead, Secretary, Procurator, Respondent];
/// What the unit is not told by us: how the procuratorate goes on with it.
const WITHIN: &[Standing] = &[Handler, Lead, Secretary, Procurator];
const B6: &str = "本机构设定，非法定（规格B6）";
/// Articles 553 and 554 speak of 纠正违法通知书 and 纠正意见 only (T7, T8); what we ask of other papers is our own.
const OBJECTION: &str = "纠正意见：人民检察院刑事诉讼规则第554条（T8【文】）；其他文书：本机构设定，非法定（规格B6）";
const OVERDUE: &str = "纠正违法通知书：人民检察院刑事诉讼规则第553条（T7【文】）；其他文书：本机构设定，非法定（规格B6）";
/// The one kind whose reply may be extended (T10b).
const ENFORCEMENT: &str = "民事执行检察建议书";
/// The one kind whose paper sets the day (T7).
pub const BY_PAPER: &str = "纠正违法通知书";

const PROC_ORG: Field = field("proc_org", "检察机关", Shape::Org, ALL);
const KIND: Field = field("kind", "文书种类", Shape::Code(&codes::OPINION_KIND), ALL).hint("不同文书的回复期限不同。");
const DOC_NO: Field = field("doc_no", "文号", Shape::Short, ALL).hint("如 云检建〔2026〕5号。");
const ORG: Field = field("org", "被监督单位", Shape::Org, ALL);
const MATTER: Field = field("matter", "监督事项", Shape::Long, ALL).personal().hint("照录文书所提事项。");
const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, ALL).past();
const SERVE_WAY: Field = field("serve_way", "送达方式", Shape::Code(&codes::SERVE_WAY), ALL).optional();
const REPLY_BY: Field = field("reply_by", "文书所定回复期限", Shape::Date, ALL)
    .optional()
    .hint("只有纠正违法通知书填写：按通知书所定，末日遇休息日顺延。其他文书自动计算。");
const PAPER: Field = field("paper", "意见书", Shape::Files, ALL).optional();
const SERVICE: Field = field("service", "送达凭证", Shape::Files, ALL).optional();
const GROUND: Field = field("ground", "延长事由", Shape::Long, ALL);
const ADOPTION: Field = field("adoption", "采纳情况", Shape::Code(&codes::ADOPTION), ALL);
const ANSWER: Field = field("answer", "回复情况", Shape::Short, ALL);
const REPLIED_ON: Field = field("replied_on", "回复日期", Shape::Date, ALL).past();
const CORRECT_BY: Field = field("correct_by", "落实期限", Shape::Date, ALL).hint("单位回复中自定的落实日期。");
const REASONS: Field = field("reasons", "被监督单位理由", Shape::Long, ALL).personal().hint("照录。");
const FILES: Field = field("files", "附件", Shape::Files, ALL).optional();
const FINDING: Field = field("finding", "检察机关意见", Shape::Long, ALL).personal().hint("照录检察机关的复核、核对意见。");
const REFUSED_ON: Field = field("refused_on", "不配合的日期", Shape::Date, WITHIN).past();
const CONDUCT: Field = field("conduct", "不配合调查核实的情况", Shape::Long, WITHIN).personal();
const PROOF: Field = field("proof", "催告凭证", Shape::Files, ALL).hint("催告文书和送达凭证。");
const INQUIRY_PROOF: Field = field("inquiry", "凭证", Shape::Files, WITHIN);
const REMINDED_ON: Field = field("reminded_on", "催告日期", Shape::Date, ALL).past();
const REMINDER_NO: Field = field("reminder_no", "催告文号", Shape::Short, ALL);
const REMIND_BY: Field = field("remind_by", "催告所定回复期限", Shape::Date, ALL);
const SAID_ON: Field = field("said_on", "说明日期", Shape::Date, ALL).past();
const RESULT: Field = field("result", "落实情况", Shape::Long, ALL).personal();
const CLOSING: Field = field("result", "办理结果", Shape::Long, ALL).personal();
const PASSED_ON: Field = field("passed_on", "程序走完日期", Shape::Date, WITHIN).past();
const SUPERIOR: Field = field("superior", "上一级检察机关", Shape::Short, WITHIN);
const SUPERIOR_FINDING: Field =
    field("passed", "复核与上一级程序的结果", Shape::Long, WITHIN).personal().hint("本院复核和上一级程序都走完后照录。");
const SUPERIOR_FILES: Field = field("superior_files", "上一级程序的文书", Shape::Files, WITHIN).optional();
const ESCALATED_ON: Field = field("escalated_on", "报请日期", Shape::Date, WITHIN);
const NONE_GIVEN: Field = field("none_given", "催告后未说明理由", Shape::YesNo, ALL).optional();
const TERM: Field = field("term", "回复期限（台账）", Shape::Short, ALL).optional();
const DUE: Field = field("due", "应回复日（台账）", Shape::Date, ALL).optional();
const STATUS: Field = field("status", "回复情况（台账）", Shape::Short, ALL).optional();
const REPORTED_ON: Field = field("reported_on", "报请日期", Shape::Date, WITHIN).optional();
const HANDLER: Field = field("handler", "承办检察官", Shape::Short, WITHIN).optional().personal();
const REMARK: Field = field("remark", "备注", Shape::Long, WITHIN).optional().personal();

/// What a row of an old ledger may say. The last day is reckoned from the day it names.
const ENTER: &[Field] = &[
    PROC_ORG,
    KIND,
    DOC_NO,
    ORG,
    MATTER,
    SERVED_ON,
    SERVE_WAY,
    REPLY_BY.computed(),
    TERM,
    DUE,
    STATUS,
    REPLIED_ON.optional(),
    REASONS.optional(),
    NONE_GIVEN,
    REMINDED_ON.optional(),
    REMINDER_NO.optional(),
    REPORTED_ON,
    HANDLER,
    REMARK,
];

const EXTENDABLE: R = rule("not_extendable", "只有民事执行检察建议的回复可以延长", |s, _| s.said.kind == ENFORCEMENT);
const ONCE: R = rule("extended", "回复期限已延长过一次，不能再延长", |s, _| !s.extended);
const NOT_UPHELD: R = rule("upheld", "异议已经检察机关复核维持，不能再次提出", |s, _| !s.upheld);
/// 催告 needs something to remind of: a term that ran out, a refusal, nothing put right, no cooperation.
const HEEDLESS: R =
    rule("nothing_to_remind", "单位没有逾期、不采纳、不纠正或者不配合的情形，不需要催告", |s, _| {
        let overdue = s.due_passed.is_some() && s.answer.is_empty();
        overdue || s.answer == "不采纳" || s.uncorrected || s.refused_on.is_some()
    });
const WAS_REMINDED: R = rule("not_reminded", "尚未催告", |s, _| s.reminded_on.is_some());
const REMINDER_OVER: R = rule("reminder_running", "催告所定期限尚未届满", |s, _| s.reminder_passed);
const NO_REASONS_YET: R = rule("reasons_given", "单位已经说明理由", |s, _| s.reasons.is_empty());
const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Awaiting, "待回复", true, Some(Respondent)),
    phase(Contested, "检察复核", false, Some(Procurator)),
    phase(Unheeded, "未回复或未落实", false, Some(Procurator)),
    phase(Reminded, "已催告", false, Some(Respondent)),
    phase(Adopted, "已采纳待落实", true, Some(Respondent)),
    phase(Corrected, "已落实待核对", true, Some(Procurator)),
    phase(Closed, "办结", true, None),
    phase(Voided, "已撤销导入", false, None),
];
/// Phases in which the unit may still answer.
const OPEN: &[Phase] = &[Awaiting, Unheeded, Reminded];
const ALIVE: &[Phase] = &[Awaiting, Contested, Unheeded, Reminded, Adopted, Corrected];
const EITHER: &[Standing] = &[Respondent, Procurator];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("register",     "登记检察监督意见", &[],         Go(Awaiting),  &[Procurator, Handler], B6, &[PROC_ORG, KIND, DOC_NO, ORG, MATTER, SERVED_ON, SERVE_WAY, REPLY_BY, PAPER, SERVICE]).seen(&[Respondent]),
    step("extend",       "延长回复期限",   &[Awaiting],   Stay,          &[Procurator],  "本机构设定，非法定（期限参数T10b）", &[GROUND]).rules(&[EXTENDABLE, ONCE]).seen(&[Respondent]),
    step("adopt",        "回复：采纳",     OPEN,          Go(Adopted),   EITHER,         B6, &[ADOPTION, REPLIED_ON, CORRECT_BY, REASONS.optional(), FILES]),
    step("object",       "回复：提出异议", OPEN,          Go(Contested), EITHER,         OBJECTION, &[REPLIED_ON, REASONS, FILES]).rules(&[NOT_UPHELD]),
    step("decline",      "回复：不采纳",   OPEN,          Go(Unheeded),  EITHER,         B6, &[REPLIED_ON, REASONS, FILES]),
    step("uphold",       "复核：维持",     &[Contested],  Go(Awaiting),  &[Procurator],  OBJECTION, &[FINDING]).seen(&[Respondent]),
    step("withdraw",     "撤回意见",       ALIVE,         Go(Closed),    &[Procurator],  B6, &[FINDING]).seen(&[Respondent]).grave(),
    step("lapse_reply",  "逾期未回复",     &[Awaiting],   Go(Unheeded),  &[Time],        OVERDUE, &[]).after("reply").seen(&[Respondent, Procurator]),
    step("lapse_again",  "逾期未再回复",   &[Awaiting],   Go(Unheeded),  &[Time],        B6, &[]).after("again").seen(&[Respondent, Procurator]),
    step("lapse_correction", "逾期未落实", &[Adopted],    Go(Unheeded),  &[Time],        B6, &[]).after("correct").seen(&[Respondent, Procurator]),
    step("record_uncooperative", "记明不配合调查核实", &[Awaiting, Unheeded, Reminded, Adopted], Stay, &[Procurator], B6, &[REFUSED_ON, CONDUCT, INQUIRY_PROOF]),
    step("remind",       "催告",           &[Awaiting, Unheeded, Adopted], Go(Reminded), &[Procurator], OVERDUE, &[REMINDED_ON, REMIND_BY, REMINDER_NO, PROOF]).rules(&[HEEDLESS]).seen(&[Respondent]),
    step("lapse_reminder", "催告期限届满", &[Reminded],   Go(Unheeded),  &[Time],        B6, &[]).after("reminder").seen(&[Respondent, Procurator]),
    step("reasons",      "说明理由",       &[Reminded, Unheeded], Stay,  EITHER,         B6, &[SAID_ON, REASONS, FILES]),
    step("no_reasons",   "记明催告后未说明理由", &[Unheeded], Stay,      &[Procurator],  B6, &[]).rules(&[WAS_REMINDED, REMINDER_OVER, NO_REASONS_YET]).seen(&[Respondent]),
    step("correct",      "报告已落实",     &[Adopted, Unheeded, Reminded], Go(Corrected), EITHER, B6, &[RESULT, FILES]),
    step("not_corrected", "核对：未纠正",  &[Corrected],  Go(Unheeded),  &[Procurator],  B6, &[FINDING]).seen(&[Respondent]),
    step("report_up",    "走完复核与上一级程序", &[Unheeded, Reminded], Stay, &[Procurator], OVERDUE, &[PASSED_ON, SUPERIOR, SUPERIOR_FINDING, SUPERIOR_FILES]),
    step("escalate",     "已报请执法监督", ALIVE,         Stay,          &[House],       B6, &[]).seen(&[Procurator]),
    step("close",        "办结",           &[Adopted, Corrected, Unheeded], Go(Closed), &[Procurator, Handler], B6, &[CLOSING]).seen(&[Respondent]).grave(),
    step("enter_awaiting",  "历史导入：待回复",     &[], Go(Awaiting),  &[House], B6, ENTER),
    step("enter_contested", "历史导入：检察复核",   &[], Go(Contested), &[House], B6, ENTER),
    step("enter_adopted",   "历史导入：已采纳待落实", &[], Go(Adopted), &[House], B6, ENTER),
    step("enter_unheeded",  "历史导入：未回复或未落实", &[], Go(Unheeded), &[House], B6, ENTER),
    step("enter_closed",    "历史导入：办结",       &[], Go(Closed),    &[House], B6, ENTER),
    step("void",         "撤销导入", &[Awaiting, Contested, Adopted, Unheeded, Closed], Go(Voided), &[House], B6, &[]).rules(&[UNTOUCHED]),
];
/// Each kind of paper has its own limit; one names its own day.
const REPLY: Length = Length::ByCode {
    code: "kind",
    limits: &[
        (BY_PAPER, None),
        ("检察建议书", Some("T5")),
        ("再审检察建议书", Some("T11")),
        (ENFORCEMENT, Some("T10a")),
        ("公益诉讼检察建议书", Some("T12a")),
        ("公益诉讼检察建议书(紧急)", Some("T12b")),
        ("未成年人保护检察建议书", Some("T13")),
        ("通知立案书", Some("T9")),
    ],
    paper: "reply_by",
};
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("reply", "回复", REPLY, &["register", "enter_awaiting"], &["adopt", "object", "decline", "remind", "lapse_reply", "withdraw", "void"])
        .counted("served_on").extended("extend", "T10b").then("lapse_reply"),
    clock("again", "维持后再回复", Length::Limit("N38", None), &["uphold"], &["adopt", "decline", "remind", "lapse_again", "withdraw"]).then("lapse_again"),
    clock("re_examine", "检察复核", Length::Limit("T8", None), &["object"], &["uphold", "withdraw"]).counted("replied_on"),
    clock("correct", "落实", Length::Field("correct_by"), &["adopt"], &["correct", "not_corrected", "remind", "lapse_correction", "withdraw", "close"]).then("lapse_correction"),
    clock("check", "核对落实情况", Length::Limit("N39", None), &["correct"], &["not_corrected", "withdraw", "close"]),
    clock("reminder", "催告后回复", Length::Field("remind_by"), &["remind"], &["adopt", "object", "decline", "correct", "lapse_reminder", "withdraw"]).then("lapse_reminder"),
];

pub fn page(s: &S) -> Vec<Section> {
    let said = &s.said;
    let paper = vec![
        PROC_ORG.row(said.proc_org.as_str()),
        KIND.row(said.kind.as_str()),
        DOC_NO.row(said.doc_no.as_str()),
        ORG.row(said.org.as_str()),
        MATTER.row(said.matter.as_str()),
        SERVED_ON.row(j!(said.served_on)),
        SERVE_WAY.row(j!(said.serve_way)),
        REPLY_BY.row(j!(said.reply_by)),
        PAPER.row(j!(said.paper)),
        SERVICE.row(j!(said.service)),
    ];
    let answered = vec![
        ANSWER.row(s.answer.as_str()),
        REPLIED_ON.row(j!(s.replied_on)),
        REASONS.row(s.reasons.as_str()),
        NONE_GIVEN.row(if s.none_given { j!(true) } else { j!(null) }),
        FINDING.row(s.finding.as_str()),
        CORRECT_BY.row(j!(s.correct_by)),
        RESULT.row(s.result.as_str()),
    ];
    let pressed = vec![
        REFUSED_ON.row(j!(s.refused_on)),
        CONDUCT.row(s.conduct.as_str()),
        REMINDED_ON.row(j!(s.reminded_on)),
        REMINDER_NO.row(s.reminder_no.as_str()),
        REMIND_BY.row(j!(s.remind_by)),
        PASSED_ON.row(j!(s.passed_on)),
        SUPERIOR.row(s.superior.as_str()),
        SUPERIOR_FINDING.row(s.passed.as_str()),
        ESCALATED_ON.row(j!(s.escalated_on)),
    ];
    let mut all = vec![section("监督文书", paper), section("回复和落实", answered), section("催告和检察程序", pressed)];
    if let Some(h) = &s.history {
        all.push(section(
            "历史导入",
            vec![TERM.row(j!(h.term)), DUE.row(j!(h.due)), STATUS.row(j!(h.status)), HANDLER.row(j!(h.handler)), REMARK.row(j!(h.remark))],
        ));
    }
    all
}
