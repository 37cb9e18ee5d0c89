//! 步骤表、期限表 (B5, B6).
use super::{AdministrativeSupervision, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;

type S = AdministrativeSupervision;
type R = Rule<S>;
const US: &[Standing] = &[Handler, Lead];
/// And the government, once something is proposed to it.
const AUTHORITY: &[Standing] = &[Handler, Lead, Government];
/// And the unit: papers, and what is said about them.
const ALL: &[Standing] = &[Handler, Lead, Government, Respondent];
/// And the office that passed the lead on: how far it is, and what it tells the enterprise.
const PROGRESS: &[Standing] = &[Handler, Lead, Government, Intake];
const B5: &str = "本机构设定，非法定（规格B5）";
const B6: &str = "本机构设定，非法定（规格B6）";

/// 提醒函: practice elsewhere, no paper of the regulation (B6).
pub const REMINDER: &str = "提醒函";
/// 督办函 (27).
pub const PROMPTING: &str = "督办函";
/// 意见书 (28).
pub const OPINION: &str = "意见书";
/// 挂牌督办 (20).
pub const LISTING: &str = "挂牌督办";
/// 提级监督 (20).
pub const RAISE: &str = "提级监督";
/// 决定书 (29).
pub const DECISION: &str = "决定书";
/// A proposal not to file.
pub const NOT_TO_FILE: &str = "不予立项";
/// The only special supervision a city carries out: a superior's (21).
pub const FROM_ABOVE: &str = "承接上级专项";
/// Nothing was found.
pub const NOTHING: &str = "未发现问题";
/// One of the three grounds of article 29.
pub const GRAVE_GROUND: &str = "重大问题";
const UNPERFORMED: &str = "应履行未履行";

pub const ORG: Field = field("org", "行政执法单位", Shape::Org, &[Handler, Lead, Government, Respondent, Intake]);
pub const GIST: Field = field("gist", "问题要点", Shape::Long, US).guarded().personal().hint("写事实、时间、地点，不写反映人和企业。");
pub const ACT_TYPE: Field = field("act_type", "执法行为类型", Shape::Code(&codes::ENFORCEMENT_ACT), PROGRESS);
pub const PROBLEMS: Field = field("problems", "问题类别", Shape::Codes(&codes::ENTERPRISE_PROBLEM), PROGRESS);
pub const SOURCE: Field = field("source", "来源", Shape::Code(&codes::SUPERVISION_SOURCE), US);
pub const LITIGATION: Field =
    field("litigation", "复议诉讼情况", Shape::Code(&codes::LITIGATION), US).hint("已进入复议、诉讼的不重复监督。");
pub const REGIME: Field = field("regime", "管理体制", Shape::Code(&codes::REGIME), US).computed().optional();
const SENDER: Field = field("sender", "移送单位", Shape::Org, US).computed().optional();
pub const FILES: Field = field("files", "附件", Shape::Files, US).optional();
pub const FILING: Field = field("filing", "立项级别", Shape::Code(&codes::SUPERVISION_FILING), PROGRESS);
pub const SUPERVISION_KIND: Field = field("supervision_kind", "监督种类", Shape::Code(&codes::SUPERVISION_KIND), AUTHORITY)
    .hint("市级只开展日常监督、重点监督；专项监督只承接上级的。");
pub const SUPERIOR_DOC: Field =
    field("superior_doc", "上级专项文件", Shape::Short, AUTHORITY).optional().hint("承接上级专项的填文件名称和文号。");
pub const REASON: Field = field("reason", "理由", Shape::Long, AUTHORITY).guarded().personal();
const REMEDY: Field = field("remedy", "引导方式", Shape::Code(&codes::REMEDY_WAY), US);
pub const GUIDANCE: Field =
    field("guidance", "引导内容", Shape::Long, &[Handler, Lead, Intake]).hint("写向哪个机关、在什么期限内提出；由受理的单位告知当事人。");
const MEASURE: Field = field("measure", "监督措施", Shape::Code(&codes::SUPERVISION_MEASURE), AUTHORITY);
const DONE_ON: Field = field("done_on", "日期", Shape::Date, AUTHORITY).past();
const PEOPLE: Field = field("people", "监督人员", Shape::Rows(SUPERVISORS), AUTHORITY).hint("不少于 2 人，向对方出示监督证。");
const SUPERVISORS: &[Column] = &[column("supervisor", "姓名"), column("certificate", "监督证号")];
const PARTICIPANTS: Field = field("participants", "邀请参加的人员", Shape::Codes(&codes::PARTICIPANT), AUTHORITY).optional();
const RECORD: Field = field("record", "记录", Shape::Long, AUTHORITY).personal();
pub const MEASURES: Field = field("measures", "监督措施", Shape::Rows(MEASURE_ROWS), AUTHORITY);
const MEASURE_ROWS: &[Column] = &[
    column("measure", "措施"),
    column("done_on", "日期"),
    column("certificates", "监督证号"),
    column("participants", "邀请参加").optional(),
];
pub const NATURES: Field = field("natures", "查明的情形", Shape::Codes(&codes::FINDING_NATURE), AUTHORITY);
const GRAVE: Field = field("grave", "涉及重大问题", Shape::YesNo, AUTHORITY).hint("重大问题可直接提出处理建议，报请本级政府决定。");
pub const FOUND: Field = field("finding", "查明事实", Shape::Long, AUTHORITY).personal();
const LETTER: Field =
    field("letter", "文书内容", Shape::Long, ALL).guarded().personal().hint("写明事实、依据和要求；不写反映人，不写线索来源。");
pub const LETTER_ROW: Field = LETTER;
pub const PAPER_ROW: Field = field("paper", "文书", Shape::Code(&codes::SUPERVISION_PAPER), US);
pub const DRAFT_LETTER: Field = field("draft_letter", "文书内容", Shape::Long, AUTHORITY).personal();
pub const DRAFT_REPORT_BY: Field = field("draft_report_by", "报送纠正情况期限", Shape::Date, US);
/// The regulation names no number of days: each paper says its own.
const REPORT_BY: Field =
    field("report_by", "报送纠正情况期限", Shape::Date, ALL).hint("文书所定的日期，必填。建议期限见期限参数 E12、E13。");
pub const REPORT_BY_ROW: Field = REPORT_BY;
const PUBLIC_UNTIL: Field = field("public_until", "挂牌公开期限", Shape::Date, ALL);
const RESPONSIBLE: Field = field("responsible", "责任人", Shape::Short, ALL).personal().hint("单位确定的责任人。");
const UPPER: Field = field("superior", "提级办理的监督机构", Shape::Short, ALL);
const DOC_NO: Field = field("doc_no", "文号", Shape::Short, ALL).hint("机关代字〔年〕序号。");
const GOVERNMENT: Field = field("government", "本级人民政府", Shape::Org, AUTHORITY);
pub const GROUND: Field = field("decision_ground", "报请的情形", Shape::Code(&codes::DECISION_GROUND), AUTHORITY);
pub const CONTENTS: Field =
    field("contents", "处理内容", Shape::Codes(&codes::DECISION_CONTENT), AUTHORITY).hint("参照外地条例的选项，由本级人民政府决定。");
/// What is to be done about an enforcement act is for this proposal to say (29); nothing else of the house may.
pub const PROPOSAL: Field = field("proposal", "处理建议", Shape::Long, AUTHORITY).personal();
const DECIDED: Field = field("decision", "决定内容", Shape::Long, ALL).personal().hint("照录决定书。");
pub const SUPERIOR: Field = field("superior", "上一级主管部门", Shape::Short, AUTHORITY);
const TOLD_ON: Field = field("told_on", "告知日期", Shape::Date, AUTHORITY).past();
pub const TOLD_ROW: Field = TOLD_ON;
pub const TELLING: Field = field("letter", "告知内容", Shape::Long, AUTHORITY).guarded().personal();
const REPLIED_ON: Field = field("replied_on", "回复日期", Shape::Date, AUTHORITY).past();
pub const REPLY: Field = field("reply", "回复内容", Shape::Long, AUTHORITY).personal().hint("照录。");
const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, ALL).past();
const SERVE_WAY: Field = field("serve_way", "送达方式", Shape::Code(&codes::SERVE_WAY), ALL);
const RECEIPT: Field = field("receipt", "送达回证", Shape::Files, ALL);
const ASKED_UNTIL: Field = field("asked_until", "申请延至", Shape::Date, ALL);
pub const ASKED_ROW: Field = ASKED_UNTIL;
const WHY: Field = field("reason", "理由", Shape::Long, ALL).personal();
pub const RESULT: Field = field("result", "纠正情况", Shape::Long, ALL).personal();
const EVIDENCE: Field = field("evidence", "佐证", Shape::Files, ALL).hint("PDF、图片、文档，每份不超过 50 MB。");
pub const OPINION_ROW: Field = field("opinion", "核查意见", Shape::Long, ALL).guarded().personal();
pub const OBJECTION: Field = field("grounds", "异议理由", Shape::Long, ALL).personal();
const PROOF: Field = field("files", "附件", Shape::Files, ALL).optional();
pub const ANSWER: Field = field("answer", "异议答复", Shape::Long, ALL).guarded().personal();
const PUBLICITY: Field = field("publicity", "方式", Shape::Code(&codes::PUBLICITY), ALL);
const BODY: Field = field("body", "有权机关", Shape::Short, US);
pub const SUGGESTION: Field =
    field("suggestion", "建议", Shape::Codes(&codes::STAFF_SUGGESTION), US).hint("是否采纳、如何处理由有权机关决定。");
const CONSIDERED: Field = field("considered", "综合考虑", Shape::Long, US).personal().hint("写明主客观原因、后果、纠正情况。");
const REFERRED_ON: Field = field("referred_on", "移送日期", Shape::Date, US).past();
pub const REFERRED_ROW: Field = REFERRED_ON;
const FACTS: Field = field("facts", "移送事实", Shape::Long, US).guarded().personal();
pub const OUTCOME: Field =
    field("outcome", "办理结果", Shape::Long, PROGRESS).guarded().personal().hint("可以告知当事人的结果；受理的单位据此答复。");

pub const PAPERS: Field = field("papers", "监督文书", Shape::Rows(PAPER_ROWS), ALL);
const PAPER_ROWS: &[Column] = &[
    column("paper", "文书"),
    column("doc_no", "文号"),
    column("served_on", "送达").optional(),
    column("report_by", "报送期限").optional(),
    column("state", "情况"),
];
const LEAD: &[Field] = &[ORG, GIST, ACT_TYPE, PROBLEMS, REGIME, SENDER];
const OWN: &[Field] = &[ORG, SOURCE, ACT_TYPE, PROBLEMS, GIST, LITIGATION, FILES, REGIME];
const PAPER: &[Field] = &[LETTER, REPORT_BY];

const TO_FILE: R = rule("not_to_file", "拟不予立项的，办理“不予立项”", |s, _| s.filing != NOT_TO_FILE);
const NOT_KEY: R = rule("key_already", "已是重点监督", |s, _| s.filing != "重点");
const SOMETHING: R = rule("nothing_found", "未发现问题，不发监督文书", |s, _| !s.found(NOTHING));
const FIRST: R = rule("rung", "已发过监督文书，逐级升级", |s, _| s.rung == 0);
const SECOND: R = rule("rung", "已发过督办函、意见书，逐级升级", |s, _| s.rung <= 1);
const THIRD: R = rule("rung", "逐级升级：督办函、意见书没有落实的才挂牌督办", |s, _| s.rung == 2 && s.unheeded);
const FOURTH: R = rule("rung", "逐级升级：挂牌督办没有落实的才提级监督", |s, _| s.rung == 3 && s.unheeded);
const KEY: R = rule("not_key", "挂牌督办、提级监督只用于重点监督", |s, _| s.filing == "重点");
const NOT_PERFORMED: R =
    rule("not_unperformed", "督办函用于应当履行职责而未履行的（条例第27条）", |s, _| s.found(UNPERFORMED));
const UNLAWFUL: R = rule("not_unlawful", "意见书用于查明的违法或者明显不当问题（条例第28条）", |s, _| {
    s.found("违法") || s.found("明显不当")
});
const OURS: R =
    rule("vertical", "垂直管理、双重领导以上级为主的单位，问题告知其上一级主管部门，不报请决定书（条例第42条）", |s, _| !s.vertical());
const THEIRS: R = rule("local", "属地管理的单位由本级监督处理，不用告知函", |s, _| s.vertical());
/// Article 29: a grave problem, or a 督办函, 意见书 not heeded.
const DECIDABLE: R = rule(
    "not_decidable",
    "涉及重大问题，或者没有按督办函、意见书办理的，才报请本级人民政府决定（条例第29条）",
    |s, _| s.grave || s.rung >= 2 && s.unheeded,
);
const SETTLED_PLAIN: R = rule("to_dispose", "查明有问题的应作处理", |s, _| s.found(NOTHING) || s.declined);
const ASKED: R = rule("not_asked", "单位没有申请延期", |s, _| s.asked_until.is_some());
const ONCE: R = rule("extended", "本文书已延期一次", |s, _| !s.extended);
const OBJECTABLE: R = rule("decision", "决定书由本级人民政府作出，异议不在此提出", |s, _| s.paper != DECISION);
const NO_OBJECTION: R = rule("objecting", "异议还没有答复", |s, _| !s.objecting);
const NOT_ANSWERED: R = rule("answered", "对本文书的异议已经答复", |s, _| s.answer.is_empty());
const OBJECTING: R = rule("no_objection", "没有待处理的异议", |s, _| s.objecting);
/// Whoever handled it does not look at the objection.
const HANDLED: &[&str] = &[
    "propose_filing",
    "file",
    "measure",
    "conclude",
    "approve_finding",
    "draft_reminder",
    "draft_prompting_letter",
    "draft_correction_opinion",
    "draft_listing",
    "draft_raise",
    "issue",
    "send_back",
];

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Received, "待研判", true, Some(Handler)),
    phase(Proposed, "立项待审批", true, Some(Lead)),
    phase(Investigating, "调查中", true, Some(Handler)),
    phase(Suspended, "调查中止", false, Some(Handler)),
    phase(Examining, "待审核", true, Some(Lead)),
    phase(Disposing, "待处理", true, Some(Handler)),
    phase(Drafted, "文书待签发", false, Some(Lead)),
    phase(Deciding, "待政府决定", false, Some(Government)),
    phase(Issued, "文书待送达", false, Some(Handler)),
    phase(Served, "待签收", false, Some(Respondent)),
    phase(Correcting, "待报送纠正情况", true, Some(Respondent)),
    phase(Overdue, "逾期未报", false, Some(Handler)),
    phase(Reported, "待核查", true, Some(Handler)),
    phase(Told, "已告知上级主管部门", false, Some(Handler)),
    phase(Settled, "待归档", true, Some(Lead)),
    phase(Closed, "已归档", true, None),
    phase(NotFiled, "不予立项", false, None),
    phase(Guided, "已引导复议诉讼", false, None),
];
/// A paper is with the unit.
const OUT: &[Phase] = &[Served, Correcting, Overdue, Reported];
/// What was found has been examined.
const FOUND_OUT: &[Phase] = &[Disposing, Drafted, Deciding, Issued, Served, Correcting, Overdue, Reported, Told, Settled];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("receive",  "接收移送的线索", &[], Go(Received), &[House], "条例第20条第2款；移送办法本机构设定（规格B1）", LEAD),
    step("open",     "登记监督线索",   &[], Go(Received), &[Handler], "条例第20条、第33条", OWN),
    step("propose_filing", "提出立项意见", &[Received], Go(Proposed), &[Handler], "条例第20条、第21条、第33条；分级本机构设定（规格B5）", &[FILING, SUPERVISION_KIND, SUPERIOR_DOC, LITIGATION, REASON]),
    step("file",     "批准立项",   &[Proposed], Go(Investigating), &[Lead], B5, &[REGIME]).rules(&[TO_FILE]).other_than(&["propose_filing"]),
    step("not_file", "不予立项",   &[Proposed], Go(NotFiled), &[Lead], B5, &[REASON]).other_than(&["propose_filing"]).grave(),
    step("return_filing", "退回立项意见", &[Proposed], Go(Received), &[Lead], B5, &[REASON]),
    step("guide",    "引导复议、诉讼", &[Received, Investigating, Suspended], Go(Guided), &[Lead], "条例第33条第3款", &[REMEDY, GUIDANCE]).grave(),
    step("measure",  "记录监督措施", &[Investigating], Stay, &[Handler], "条例第22条、第23条；两人持证本机构设定（规格B5）", &[MEASURE, DONE_ON, PEOPLE, PARTICIPANTS, RECORD, FILES]),
    step("suspend",  "中止调查",   &[Investigating], Go(Suspended), &[Lead], B5, &[REASON]),
    step("resume",   "恢复调查",   &[Suspended], Go(Investigating), &[Handler, Lead], B5, &[]),
    step("raise_filing", "转为重点监督", &[Investigating, Examining, Disposing], Stay, &[Lead], "条例第20条", &[REASON]).rules(&[NOT_KEY]),
    step("conclude", "提交审核",   &[Investigating], Go(Examining), &[Handler], B5, &[NATURES, GRAVE, FOUND, FILES]),
    step("return_investigation", "退回调查", &[Examining], Go(Investigating), &[Lead], B5, &[REASON]),
    step("approve_finding", "审核通过", &[Examining], Go(Disposing), &[Lead], B5, &[]).other_than(&["conclude"]),
    step("correct_on_spot", "记录立即纠正", &[Investigating, Disposing], Go(Settled), &[Handler], "条例第26条第2款", &[MEASURE, DONE_ON, PEOPLE, PARTICIPANTS, RECORD, FILES]),
    step("draft_reminder", "拟制提醒函", &[Disposing], Go(Drafted), &[Handler], B6, PAPER).rules(&[SOMETHING, FIRST]),
    step("draft_prompting_letter", "拟制督办函", &[Disposing], Go(Drafted), &[Handler], "条例第27条", PAPER).rules(&[NOT_PERFORMED, SECOND]),
    step("draft_correction_opinion", "拟制意见书", &[Disposing], Go(Drafted), &[Handler], "条例第28条", PAPER).rules(&[UNLAWFUL, SECOND]),
    step("draft_listing", "拟制挂牌督办通知", &[Disposing], Go(Drafted), &[Handler], "条例第20条第3款；次序本机构设定（规格B6）", &[LETTER, REPORT_BY, PUBLIC_UNTIL, RESPONSIBLE]).rules(&[KEY, THIRD]),
    step("draft_raise", "拟制提级监督通知", &[Disposing], Go(Drafted), &[Handler], "条例第20条第3款；次序本机构设定（规格B6）", &[LETTER, REPORT_BY, UPPER]).rules(&[KEY, FOURTH]),
    step("return_draft", "退回重新拟制", &[Drafted, Issued], Go(Disposing), &[Lead], B6, &[REASON]),
    step("issue",    "签发文书",   &[Drafted], Go(Issued), &[Lead], "条例第26条；提醒函：本机构设定，非法定（规格B6）", &[DOC_NO]).other_than(&["draft_reminder", "draft_prompting_letter", "draft_correction_opinion", "draft_listing", "draft_raise"]).grave(),
    step("propose_decision", "报请决定书", &[Disposing], Go(Deciding), &[Lead], "条例第29条、第42条", &[GOVERNMENT, GROUND, CONTENTS, PROPOSAL]).rules(&[OURS, DECIDABLE]),
    step("withdraw_proposal", "撤回报请", &[Deciding], Go(Disposing), &[Lead], B5, &[REASON]).seen(&[Government]),
    step("decide",   "制发决定书", &[Deciding], Go(Issued), &[Government], "条例第29条", &[DOC_NO, CONTENTS, DECIDED, REPORT_BY]).grave(),
    step("decline",  "决定不予纠正", &[Deciding], Go(Disposing), &[Government], "条例第29条", &[REASON]),
    step("tell_superior", "告知上一级主管部门", &[Disposing], Go(Told), &[Lead], "条例第42条第2款", &[SUPERIOR, DOC_NO, TOLD_ON, TELLING]).rules(&[THEIRS, SOMETHING]).grave(),
    step("note_superior", "登记上级主管部门回复", &[Told], Go(Settled), &[Handler], B5, &[REPLIED_ON, REPLY]),
    step("serve",    "登记送达",   &[Issued], Go(Served), &[Handler], B6, &[SERVED_ON, SERVE_WAY, RECEIPT, REPORT_BY.computed().optional()]).seen(&[Respondent, Government]),
    step("sign",     "签收",       &[Served], Go(Correcting), &[Respondent], B6, &[]),
    step("ask_extension", "申请延期", &[Served, Correcting], Stay, &[Respondent], B6, &[ASKED_UNTIL, WHY]).rules(&[ONCE]),
    step("extend",   "同意延期",   &[Served, Correcting], Stay, &[Lead], B6, &[REPORT_BY]).rules(&[ASKED, ONCE]).seen(&[Respondent]),
    step("report",   "报送纠正情况", &[Correcting, Overdue], Go(Reported), &[Respondent], "条例第27条第2款、第28条第2款", &[RESULT, EVIDENCE]).seen(&[Government]),
    step("lapse_report", "逾期未报送", &[Served, Correcting], Go(Overdue), &[Time], "条例第27条第2款、第28条第2款；期限由文书确定", &[]).after("report").seen(&[Respondent, Government]),
    step("clear",    "核查：销号", &[Reported], Go(Settled), &[Handler], B6, &[OPINION_ROW]).seen(&[Respondent, Government]),
    step("send_back", "核查：退回", &[Reported], Go(Correcting), &[Handler], B6, &[REPORT_BY, WHY]).seen(&[Respondent]),
    step("escalate", "核查：升级", &[Reported, Overdue], Go(Disposing), &[Handler], B6, &[REASON]),
    step("object",   "提出异议",   OUT, Stay, &[Respondent], "条例第30条；期限本机构设定，非法定（期限参数E14）", &[OBJECTION, PROOF]).within("objection").rules(&[OBJECTABLE, NO_OBJECTION, NOT_ANSWERED]),
    step("uphold",   "异议：维持", OUT, Stay, &[Handler, Lead], "条例第30条", &[ANSWER]).rules(&[OBJECTING]).other_than(HANDLED).seen(&[Respondent]),
    step("vary",     "异议：变更", OUT, Go(Correcting), &[Handler, Lead], "条例第30条", &[ANSWER, LETTER, REPORT_BY]).rules(&[OBJECTING]).other_than(HANDLED).seen(&[Respondent]),
    step("revoke",   "异议：撤回文书", OUT, Go(Disposing), &[Handler, Lead], "条例第30条", &[ANSWER]).rules(&[OBJECTING]).other_than(HANDLED).seen(&[Respondent]),
    step("circulate", "通报、公布", FOUND_OUT, Stay, &[Lead], "条例第31条", &[PUBLICITY, LETTER]).rules(&[SOMETHING]).seen(&[Respondent]),
    step("suggest_about_staff", "建议处理执法人员", FOUND_OUT, Stay, &[Lead], "条例第32条", &[BODY, SUGGESTION, CONSIDERED]).rules(&[SOMETHING]),
    step("refer",    "移送监察机关", FOUND_OUT, Stay, &[Lead], "条例第33条第1款", &[BODY, DOC_NO, REFERRED_ON, FACTS]).rules(&[SOMETHING]),
    step("settle",   "不发文书办结", &[Disposing], Go(Settled), &[Lead], B5, &[REASON]).rules(&[SETTLED_PLAIN]),
    step("return_settlement", "退回继续办理", &[Settled], Go(Investigating), &[Lead], B5, &[REASON]),
    step("close",    "办结归档",   &[Settled], Go(Closed), &[Lead], B5, &[OUTCOME]).rules(&[NO_OBJECTION]).other_than(&["clear"]).seen(&[Respondent, Government, Intake]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("assess", "研判", Length::Limit("E3", None), &["receive", "open", "return_filing"], &["propose_filing", "guide"]),
    clock("file", "立项审批", Length::Limit("N90", None), &["propose_filing"], &["file", "not_file", "return_filing"]),
    clock("investigate", "调查", Length::Limit("N91", None), &["file"], &["conclude", "correct_on_spot", "guide"]).paused(&["suspend"], &["resume"]),
    clock("examine", "审核、签发", Length::Limit("N92", None), &["conclude", "draft_reminder", "draft_prompting_letter", "draft_correction_opinion", "draft_listing", "draft_raise"], &["return_investigation", "approve_finding", "return_draft", "issue"]),
    clock("dispose", "作出处理", Length::Limit("N93", None), &["approve_finding", "escalate", "revoke", "decline", "withdraw_proposal", "return_draft"],
        &["correct_on_spot", "draft_reminder", "draft_prompting_letter", "draft_correction_opinion", "draft_listing", "draft_raise", "propose_decision", "tell_superior", "settle"]),
    clock("decide", "政府决定", Length::Limit("N94", None), &["propose_decision"], &["decide", "decline", "withdraw_proposal"]),
    clock("serve", "送达", Length::Limit("N95", None), &["issue", "decide"], &["serve", "return_draft"]),
    clock("report", "报送纠正情况", Length::Field("report_by"), &["serve", "extend", "send_back", "vary"], &["report", "lapse_report", "revoke"]).then("lapse_report"),
    clock("objection", "提出异议", Length::Limit("E14", None), &["serve"], &["revoke"]).counted("served_on").opens(),
    clock("answer", "处理异议", Length::Limit("E15", None), &["object"], &["uphold", "vary", "revoke"]),
    clock("check", "核查", Length::Limit("N96", None), &["report"], &["clear", "send_back", "escalate", "vary", "revoke"]),
    clock("superior", "上级主管部门回复", Length::Limit("N97", None), &["tell_superior"], &["note_superior"]),
    clock("close", "归档", Length::Limit("N98", None), &["clear", "note_superior", "settle", "correct_on_spot"], &["close", "return_settlement"]),
];
