//! 字段 (C): what is filled in and who reads it. The accused reads nothing; the handling unit reads what an officer wrote instead.
use super::{EnterpriseAppeal, Phase};
use crate::engine::{Standing::*, *};
use crate::registers::codes;
use serde_json::json as j;

/// The desk; and whoever came.
const DESK: &[Standing] = &[Intake, Lead];
const HIS: &[Standing] = &[Intake, Lead, Reporter];
/// Whoever handles it too.
const ALL: &[Standing] = &[Intake, Lead, Reporter, Recipient];
const WITH_UNIT: &[Standing] = &[Intake, Lead, Recipient];
const KEEPERS: &[Standing] = &[Intake, Custodian];
const KEEPERS_AND_HE: &[Standing] = &[Intake, Custodian, Reporter];
const NOBODY: &[Standing] = &[];

const MODE: Field = field("mode", "反映方式", Shape::Code(&codes::APPEAL_MODE), &[Intake, Lead, Custodian, Reporter])
    .hint("匿名：不留身份。保密：身份封存，两位保管人同批才能开启。实名：同样封存。");
const REPORTER_NAME: Field = field("reporter_name", "反映人姓名", Shape::Short, NOBODY).optional().reporter();
const REPORTER_PHONE: Field = field("reporter_phone", "联系电话", Shape::Short, NOBODY).optional().reporter();
const REPORTER_ID: Field = field("reporter_id", "身份证号", Shape::Short, NOBODY).optional().reporter();
const ENTERPRISE: Field = field("enterprise", "企业名称", Shape::Short, NOBODY).optional().reporter();
const USCC: Field = field("uscc", "统一社会信用代码", Shape::Short, NOBODY).optional().reporter();
const DISCLOSE: Field = field("disclose", "同意向被反映单位披露身份", Shape::YesNo, HIS).optional();
const ORG: Field = field("org", "被反映单位", Shape::Org, ALL);
const ACT_TYPE: Field = field("act_type", "执法行为类型", Shape::Code(&codes::ENFORCEMENT_ACT), ALL);
const PROBLEMS: Field = field("problems", "问题类别", Shape::Codes(&codes::ENTERPRISE_PROBLEM), ALL);
const FACTS: Field = field("facts", "事实、时间和地点", Shape::Long, NOBODY).original();
const DEMAND: Field = field("demand", "诉求", Shape::Long, NOBODY).optional().original();
/// Whether a review or a suit is pending (0-4): looked at when screened, and again before anything is sent.
pub const LITIGATION: Field =
    field("litigation", "是否已申请复议、已起诉", Shape::Code(&codes::LITIGATION), HIS).hint("已申请复议或已起诉的，不重复监督。");
const DOC_NO: Field = field("doc_no", "执法文书号", Shape::Short, NOBODY).optional().original();
pub const FILES: Field = field("files", "材料", Shape::Files, NOBODY).optional().original();
const RECEIPT_KEY: Field = field("receipt_key", "回执公钥", Shape::Short, NOBODY).optional().computed();
const FIRM: Field = field("firm", "企业标记", Shape::Short, NOBODY).optional().computed();
/// What the house hands on from a call, sealed and reckoned there already.
const FIRM_GIVEN: Field = field("firm", "企业标记", Shape::Short, NOBODY).optional();
const RECEIPT_KEY_GIVEN: Field = field("receipt_key", "回执公钥", Shape::Short, NOBODY).optional();
const SOURCE: Field = field("source", "来源", Shape::Code(&codes::APPEAL_SOURCE), HIS);
const RECORDING: Field = field("recording", "录音编号", Shape::Short, NOBODY).optional().reporter();
const RECEIVED: Field = field("received", "收到日期", Shape::Date, HIS).past();

macro_rules! opening {
    ($firm:expr, $key:expr $(, $more:expr)*) => {
        &[MODE, REPORTER_NAME, REPORTER_PHONE, REPORTER_ID, ENTERPRISE, USCC, DISCLOSE, ORG, ACT_TYPE, PROBLEMS, FACTS, DEMAND, LITIGATION,
          DOC_NO, FILES, $key, $firm $(, $more)*]
    };
}
pub const SUBMIT: &[Field] = opening!(FIRM, RECEIPT_KEY);
pub const REGISTER: &[Field] = opening!(FIRM, RECEIPT_KEY, SOURCE, RECORDING);
pub const FROM_CALL: &[Field] = opening!(FIRM_GIVEN, RECEIPT_KEY_GIVEN, SOURCE.optional(), RECORDING);
pub const ENTER: &[Field] = opening!(FIRM_GIVEN, RECEIPT_KEY_GIVEN, SOURCE, RECORDING, RECEIVED);

const ACCUSED_MORE: Field =
    field("accused_more", "还涉及的单位", Shape::Rows(&[column("org", "单位代码")]), DESK).optional().hint("都不会收到本件。");
const ACCUSED_PEOPLE: Field = field("accused_people", "被反映的人", Shape::Long, DESK).optional().personal().hint("一行一个。");
const CHIEF_NAMED: Field = field("chief_named", "反映单位负责人", Shape::YesNo, DESK);
const REMEDY: Field = field("remedy", "复议、诉讼途径", Shape::Code(&codes::REMEDY), HIS)
    .hint("参考，以法律原文为准：复议在六十日内申请；不履行职责和当场处罚，先复议再诉讼（行政复议法20、23条）。");
const NOTE: Field = field("note", "甄别意见", Shape::Long, DESK).guarded().personal();
pub const SCREEN: &[Field] = &[LITIGATION, REMEDY, ACCUSED_MORE, ACCUSED_PEOPLE, CHIEF_NAMED, NOTE];
pub const MEND: &[Field] =
    &[ORG.optional(), ACT_TYPE.optional(), PROBLEMS.optional(), ACCUSED_MORE, ACCUSED_PEOPLE, CHIEF_NAMED.optional()];
pub const INTO: Field =
    field("into", "并入哪件诉求", Shape::Matter("enterprise_appeal"), DESK).hint("同一企业、同一单位、同一文书号的合并办理。");
/// Our reasons, which whoever came reads.
pub const REASON: Field = field("reason", "理由", Shape::Long, HIS).guarded().personal();
pub const GUIDANCE: Field = field("guidance", "复议、诉讼怎样办", Shape::Long, HIS)
    .optional()
    .guarded()
    .personal()
    .hint("还可以复议、诉讼的必填：向谁申请、期限、要带什么（条例33条）。");
pub const WHERE: Field = field("to", "分流到哪里", Shape::Short, HIS);
pub const CAUSE: Field = field("cause", "移送监察的理由", Shape::Long, DESK).guarded().personal();
pub const GIST: Field = field("gist", "要点", Shape::Long, DESK)
    .guarded()
    .faceless()
    .personal()
    .hint("重新写，不照抄。不写姓名、企业名称、电话、证件号、车牌、住址、文书号和只有反映人知道的细节。");
/// The same gist once a second person has passed it.
const GIST_OUT: Field = field("gist_out", "要点", Shape::Long, ALL).personal();
pub const CLEAN: Field = field("clean", "去标识材料", Shape::Files, WITH_UNIT).optional();
pub const RETURNED: Field = field("returned", "退回理由", Shape::Long, DESK).guarded().personal();
pub const KNOWN_TO: Field = field("known_to", "除反映人外还有谁知道这些事", Shape::Long, DESK)
    .guarded()
    .personal()
    .hint("写明哪些人也知道。只有反映人知道的，退回改写。");
/// His own reasons.
pub const SAID: Field = field("reason", "理由", Shape::Long, NOBODY).original();
pub const RECEIVER: Field = field("receiver", "收件单位", Shape::Org, ALL);
/// The judicial administration of the place: the house knows which.
pub const SUPERVISOR: Field = field("receiver", "收件单位", Shape::Org, ALL).computed();
/// The house looks the receiver up in the tree of organisations; without its answer nothing is sent.
pub const RECEIVER_BARRED: Field = field("receiver_barred", "转办拦截", Shape::Code(&codes::FORWARD_GUARD), DESK).computed();
pub const GRADE: Field = field("grade", "研判分级", Shape::Code(&codes::APPEAL_GRADE), HIS);
pub const GRADE_WHY: Field = field("grade_why", "分级理由", Shape::Long, DESK).guarded().personal();
pub const UNIT_SAID: Field = field("unit_said", "单位说明和证据", Shape::Long, ALL).personal();
pub const UNIT_FILES: Field = field("unit_files", "单位材料", Shape::Files, WITH_UNIT).optional();
pub const SENT_BACK: Field = field("sent_back", "退回重报的理由", Shape::Long, WITH_UNIT).guarded().personal();
pub const AGREED: Field = field("agreed", "企业同意调解", Shape::YesNo, HIS);
pub const AGREED_ON: Field = field("agreed_on", "同意日期", Shape::Date, HIS).past();
pub const MEDIATOR: Field = field("mediator", "调解组织", Shape::Short, HIS);
pub const AGREEMENT: Field = field("agreement", "协议内容", Shape::Long, HIS).personal();
pub const FINDING: Field = field("finding", "联席办核对", Shape::Long, HIS).guarded().personal();
pub const OUTCOME: Field = field("outcome", "办理结果", Shape::Code(&codes::APPEAL_OUTCOME), ALL).hint("办结不等于解决，照实选。");
pub const WHY: Field = field("why", "结果说明", Shape::Long, HIS).guarded().personal();
pub const LATE: Field = field("late", "超过办结期限", Shape::YesNo, DESK).optional().computed();
pub const CALLED_ON: Field = field("called_on", "回访日期", Shape::Date, DESK).past();
pub const REACHED: Field = field("reached", "联系上了", Shape::YesNo, DESK);
pub const SAID_SOLVED: Field = field("said_solved", "企业说是否解决", Shape::Code(&codes::SOLVED), DESK).optional();
pub const HEARD: Field = field("heard", "企业的话", Shape::Long, NOBODY).optional().original();
pub const TEXT: Field = field("text", "内容", Shape::Long, NOBODY).original();
pub const SCORE: Field = field("score", "评分", Shape::Code(&codes::RATING), HIS);
pub const SOLVED: Field = field("solved", "问题解决了吗", Shape::Code(&codes::SOLVED), HIS);
pub const WORDS: Field = field("words", "想说的话", Shape::Long, NOBODY).optional().original();
pub const GROUND: Field = field("ground", "开启事由", Shape::Code(&codes::GROUND), KEEPERS_AND_HE);
pub const GROUND_WHY: Field = field("reason", "理由", Shape::Long, KEEPERS).guarded().personal();
pub const RECORD: Field = field("record", "检查处罚记录", Shape::Short, DESK);
pub const DECIDED: Field = field("decided", "检查处罚日期", Shape::Date, DESK);
pub const WHAT: Field = field("what", "检查处罚种类", Shape::Code(&codes::ENFORCEMENT_ACT), DESK).optional();
pub const ALERT: Field = field("alert", "哪条预警", Shape::Choice, DESK);
pub const LOOKED: Field = field("looked", "哪条预警", Shape::Choice, DESK);
pub const ALERT_FINDING: Field = field("alert_finding", "核查情况", Shape::Long, DESK).guarded().personal();
pub const CLEARED_WHY: Field = field("cleared_why", "解除理由", Shape::Long, DESK).guarded().personal();
const GRADED: Field = field("accepted_on", "受理日期", Shape::Date, HIS);
const CONCLUDED_ON: Field = field("concluded_on", "办结日期", Shape::Date, ALL);
const REGISTERED_ON: Field = field("registered_on", "登记日期", Shape::Date, HIS);
const OPENED: Field = field("opened", "身份已开启次数", Shape::Number, KEEPERS_AND_HE);
const REOPENED: Field = field("reopened", "重开次数", Shape::Number, HIS);

pub fn page(s: &EnterpriseAppeal, _: Phase) -> Vec<Section> {
    let said = &s.said;
    let more: Vec<_> = s.accused_more.iter().map(|a| j!({"org": a.accused_org})).collect();
    let known = vec![
        MODE.row(said.mode.as_str()),
        SOURCE.row(s.source.as_str()),
        REGISTERED_ON.row(j!(s.registered)),
        ORG.row(said.org.as_str()),
        ACCUSED_MORE.row(more),
        ACCUSED_PEOPLE.row(s.accused_people.as_str()),
        CHIEF_NAMED.row(j!(s.chief_named.then_some(true))),
        ACT_TYPE.row(said.act_type.as_str()),
        PROBLEMS.row(said.problems.clone()),
        DISCLOSE.row(j!(said.disclose)),
        LITIGATION.row(s.litigation.as_str()),
        REMEDY.row(s.remedy.as_str()),
        NOTE.row(s.note.as_str()),
        OPENED.row(j!((s.opened > 0).then_some(s.opened))),
    ];
    let out = if s.passed { s.gist.as_str() } else { "" };
    let gist = vec![
        GIST.row(if s.passed { "" } else { s.gist.as_str() }),
        GIST_OUT.row(out),
        CLEAN.row(j!(Some(&s.clean).filter(|_| s.passed))),
        KNOWN_TO.row(s.known_to.as_str()),
        RETURNED.row(s.returned.as_str()),
    ];
    let mut done = vec![
        GRADED.row(j!(s.accepted)),
        RECEIVER.row(s.receiver.as_str()),
        GRADE.row(s.grade.as_str()),
        GRADE_WHY.row(s.grade_why.as_str()),
        SENT_BACK.row(s.sent_back.as_str()),
        MEDIATOR.row(s.mediator.as_str()),
        AGREEMENT.row(s.agreement.as_str()),
        WHERE.row(s.to.as_str()),
        REASON.row(s.reason.as_str()),
        CAUSE.row(s.cause.as_str()),
    ];
    done.push(REOPENED.row(j!((s.reopened > 0).then_some(s.reopened))));
    // Three voices side by side: none of them speaks for another.
    let mut voices = vec![UNIT_SAID.row(s.unit_said.as_str()), UNIT_FILES.row(s.unit_files.clone()), FINDING.row(s.finding.as_str())];
    if let Some(r) = &s.rating {
        voices.extend([SCORE.row(r.score.as_str()), SOLVED.row(r.solved.as_str())]);
    }
    let closing = vec![
        OUTCOME.row(s.outcome.as_str()),
        WHY.row(s.why.as_str()),
        GUIDANCE.row(s.guidance.as_str()),
        CONCLUDED_ON.row(j!(s.concluded)),
        LATE.row(j!(s.late.then_some(true))),
        CALLED_ON.row(j!(s.called_on)),
        SAID_SOLVED.row(s.said_solved.as_str()),
    ];
    let mut all =
        vec![section("诉求", known), section("要点", gist), section("办理", done), section("三方说法", voices), section("结果", closing)];
    for a in &s.alerts {
        let rows = vec![
            RECORD.row(a.record.as_str()),
            DECIDED.row(j!(a.decided)),
            WHAT.row(a.what.as_str()),
            ALERT_FINDING.row(a.finding.as_str()),
            CLEARED_WHY.row(a.cleared.as_str()),
        ];
        all.push(section("打击报复预警", rows));
    }
    if let Some(r) = &s.request {
        all.push(section("身份开启申请", vec![GROUND.row(r.ground.as_str()), GROUND_WHY.row(r.reason.as_str())]));
    }
    all
}
