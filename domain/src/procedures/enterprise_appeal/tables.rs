//! 步骤表、期限表 (B1) and the fields of openings, gist and identity.
use super::fields::*;
use super::{EnterpriseAppeal, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::{CLOSED, administrative_supervision as supervision};

type R = Rule<EnterpriseAppeal>;
const B1: &str = "本机构设定，非法定（规格B1）";
const LAW33: &str = "《行政执法监督条例》第三十三条（规格0）";
const SECRET: &str = "信访工作条例第30条、第46条（规格E）";
const E16: &str = "本机构设定，非法定（规格E，期限参数E16）";

const NOT_PENDING: R = rule("litigation_pending", "已申请复议或已起诉，不重复监督，请办“引导复议诉讼”", |s, _| s.litigation == "没有");
const GIST_PASSED: R = rule("gist_unchecked", "要点须经另一人复核后才能送出", |s, _| s.passed);
const OVER: &[&str] = &[supervision::NOT_FILED, supervision::CONCLUDED, CLOSED];
const TAKEN_UP: R =
    rule("not_studied", "司法局还没有答复是否立项", |_, at| among(at, &[supervision::FILED]) || among(at, OVER));
const SUPERVISION_OVER: R = rule("supervision_open", "司法局的监督还没有办结", |_, at| among(at, OVER));
const HAS_ANSWER: R = rule("no_answer", "还没有单位说明", |s, _| !s.unit_said.is_empty());
const WAS_FORWARDED: R = rule("not_forwarded", "本件没有转办单位", |s, _| s.forwarded());
const CHECKED_TOO: R = rule("unchecked", "须先登记联席办核对情况", |s, _| !s.finding.is_empty());
const NOT_EXTENDED: R = rule("extended", "办结期限只能延长一次", |s, _| !s.extended);
const HAS_IDENTITY: R = rule("no_identity", "匿名件没有可以开启的身份", |s, _| !s.identity().is_empty());
const NONE_ASKED: R = rule("already_asked", "已有一项开启申请未了结", |s, _| s.request.is_none());
const ASKED: R = rule("not_asked", "没有待批准的开启申请", |s, _| s.request.is_some());
const NOT_MINE: R = rule("own_request", "不能批准自己的申请", |s, at| s.request.as_ref().is_none_or(|r| r.by != at.who.id));
const NOT_TWICE: R = rule("approved", "你已批准，须由另一位保管人同批", |s, at| {
    s.request.as_ref().is_none_or(|r| !r.approved.contains(&at.who.id))
});
const BOTH: R = rule("not_two", "须两位保管人都批准，并由其中一位开启", |s, at| s.identity_open_to(&at.who.id));
const ALERTED: R = rule("no_alert", "没有待核查的预警", |s, _| s.alerts.iter().any(|a| a.finding.is_empty()));
const LOOKED_INTO: R = rule("alert_not_looked_into", "没有已核查待解除的预警", |s, _| {
    s.alerts.iter().any(|a| !a.finding.is_empty() && a.cleared.is_empty())
});
const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

/// Every supervision this appeal led to carries one of the marks; true where there is none.
fn among(at: &At, marks: &[&str]) -> bool {
    at.kin.iter().filter(|k| k.link == "administrative_supervision").all(|k| k.marks.iter().any(|m| marks.contains(&m.as_str())))
}

#[rustfmt::skip]
pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Registered,  "已登记",           true,  Some(Intake)),
    phase(Screened,    "已甄别",           true,  Some(Intake)),
    phase(Accepted,    "已受理",           true,  Some(Intake)),
    phase(Checking,    "要点待复核",       true,  Some(Intake)),
    phase(Previewing,  "要点待反映人核对", false, Some(Reporter)),
    phase(Cleared,     "要点已复核",       true,  Some(Intake)),
    phase(Transferred, "已移送司法局",     true,  Some(Intake)),
    phase(Working,     "办理中",           true,  Some(Intake)),
    phase(Forwarded,   "已转办",           false, Some(Recipient)),
    phase(Answered,    "已反馈",           true,  Some(Intake)),
    phase(Mediating,   "多元化解中",       false, Some(Intake)),
    phase(Concluded,   "已办结",           true,  Some(Intake)),
    phase(CalledBack,  "已回访",           true,  None),
    phase(ReopenAsked, "申请重开",         false, Some(Lead)),
    phase(Disciplined, "移送监察",         false, Some(Lead)),
    phase(Declined,    "不予受理",         false, None),
    phase(Guided,      "引导复议诉讼",     false, None),
    phase(Petitioned,  "信访分流",         false, None),
    phase(Merged,      "已合并",           false, None),
    phase(Withdrawn,   "已撤回",           false, None),
    phase(Voided,      "已撤销导入",       false, None),
];
/// Whatever may still be written, asked and answered: everything but an import taken back.
const ANY: &[Phase] = &[
    Registered,
    Screened,
    Accepted,
    Checking,
    Previewing,
    Cleared,
    Transferred,
    Working,
    Forwarded,
    Answered,
    Mediating,
    Concluded,
    CalledBack,
    ReopenAsked,
    Disciplined,
    Declined,
    Guided,
    Petitioned,
    Merged,
    Withdrawn,
];
const EARLY: &[Phase] = &[Registered, Screened, Accepted, Checking, Previewing, Cleared];
const OPEN: &[Phase] = &[Screened, Accepted, Cleared, Transferred, Working, Forwarded, Answered];
/// Who is accused may come out late; whoever was sent it and turns out to be reads no more.
const LIVE: &[Phase] =
    &[Registered, Screened, Accepted, Checking, Previewing, Cleared, Transferred, Working, Forwarded, Answered, Mediating, Disciplined];
const TOLD: &[Standing] = &[Reporter];
const BOTH_TOLD: &[Standing] = &[Reporter, Recipient];
const PERSONS: &[Standing] = &[Intake, Custodian, Reporter];

#[rustfmt::skip]
pub const STEPS: &[Step<EnterpriseAppeal>] = &[
    step("submit",       "反映人提交诉求", &[], Go(Registered), &[Reporter], B1, SUBMIT),
    step("register",     "登记诉求",       &[], Go(Registered), &[Intake],   B1, REGISTER).seen(TOLD),
    step("from_call",    "由热线转来",     &[], Go(Registered), &[House],    B1, FROM_CALL).seen(TOLD),
    step("enter",        "历史导入",       &[], Go(Registered), &[House],    B1, ENTER),
    step("mend",         "更正登记",       LIVE, Stay,          &[Intake],   B1, MEND),
    step("screen",       "甄别",           &[Registered], Go(Screened), &[Intake], B1, SCREEN),
    step("merge",        "并入另一件诉求", &[Registered, Screened, Accepted], Go(Merged), &[Intake], B1, &[INTO, REASON]).seen(TOLD),
    step("accept",       "受理",           &[Screened], Go(Accepted), &[Intake], B1, &[GUIDANCE]).rules(&[NOT_PENDING]).seen(TOLD),
    step("decline",      "不予受理",       &[Screened], Go(Declined), &[Intake], LAW33, &[REASON, GUIDANCE]).seen(TOLD).grave(),
    step("guide",        "引导复议诉讼",   OPEN,        Go(Guided),   &[Intake], LAW33, &[LITIGATION, GUIDANCE.required()]).seen(TOLD).grave(),
    step("petition",     "信访分流",       &[Screened, Accepted], Go(Petitioned), &[Intake], B1, &[WHERE, REASON]).seen(TOLD).grave(),
    step("discipline",   "移送监察",       &[Screened, Accepted, Cleared, Answered], Go(Disciplined), &[Lead], "《行政执法监督条例》第三十三条（规格B5）", &[CAUSE]).grave(),
    step("redact",       "拟写脱敏要点",   &[Accepted], Go(Checking), &[Intake], SECRET, &[GIST, CLEAN]),
    step("return_gist",  "退回要点",       &[Checking], Go(Accepted), &[Intake], SECRET, &[RETURNED]).other_than(&["redact"]),
    step("pass_gist",    "复核要点",       &[Checking], Go(Cleared),  &[Intake], SECRET, &[KNOWN_TO]).other_than(&["redact"]),
    step("rework_gist",  "重写要点",       &[Cleared],  Go(Accepted), &[Intake], SECRET, &[RETURNED]),
    step("preview",      "请反映人核对要点", &[Cleared], Go(Previewing), &[Intake], SECRET, &[]).seen(TOLD),
    step("agree_gist",   "反映人同意要点", &[Previewing], Go(Cleared),  &[Reporter], SECRET, &[]).within("preview").seen(&[Intake]).even_frozen(),
    step("object_gist",  "反映人要求修改要点", &[Previewing], Go(Accepted), &[Reporter], SECRET, &[SAID]).within("preview").seen(&[Intake]).even_frozen(),
    step("lapse_preview", "核对期满",      &[Previewing], Go(Cleared), &[Time], SECRET, &[]).after("preview").seen(&[Intake, Reporter]),
    step("transfer",     "移送司法局",     &[Cleared],  Go(Transferred), &[Intake], LAW33, &[SUPERVISOR, LITIGATION, RECEIVER_BARRED]).rules(&[NOT_PENDING, GIST_PASSED]).seen(TOLD).then(&[("administrative_supervision", "receive")]).grave(),
    step("forward",      "转办",           &[Cleared],  Go(Forwarded),   &[Intake], SECRET, &[RECEIVER, LITIGATION, RECEIVER_BARRED]).rules(&[NOT_PENDING, GIST_PASSED]).seen(BOTH_TOLD).grave(),
    step("grade",        "登记研判分级",   &[Transferred], Go(Working), &[Intake], B1, &[GRADE, GRADE_WHY]).rules(&[TAKEN_UP]).seen(TOLD),
    step("answer",       "报办理情况",     &[Forwarded], Go(Answered),  &[Recipient], B1, &[UNIT_SAID, UNIT_FILES]).seen(&[Intake]),
    step("return_answer", "退回重报",      &[Answered], Go(Forwarded),  &[Intake], B1, &[SENT_BACK]).rules(&[WAS_FORWARDED]).seen(&[Recipient]),
    step("record_result", "登记办理结果",  &[Transferred, Working, Disciplined], Go(Answered), &[Intake, Lead], B1, &[UNIT_SAID, UNIT_FILES]).rules(&[SUPERVISION_OVER]),
    step("mediate",      "启动多元化解",   &[Working, Answered], Go(Mediating), &[Intake], B1, &[AGREED, AGREED_ON, MEDIATOR]).seen(TOLD),
    step("settle",       "登记调解协议",   &[Mediating], Go(Answered), &[Intake], B1, &[AGREEMENT]).seen(TOLD),
    step("fail",         "登记调解不成",   &[Mediating], Go(Working),  &[Intake], B1, &[REASON]).seen(TOLD),
    step("check",        "登记联席办核对", &[Answered], Stay, &[Intake], B1, &[FINDING]).rules(&[HAS_ANSWER]).seen(TOLD),
    step("extend",       "延长办结期限",   &[Accepted, Checking, Cleared, Transferred, Working, Forwarded, Answered, Mediating], Stay, &[Lead], B1, &[REASON]).rules(&[NOT_EXTENDED]).seen(BOTH_TOLD),
    step("conclude",     "办结",           &[Answered], Go(Concluded), &[Intake, Lead], B1, &[OUTCOME, WHY, GUIDANCE, LATE]).rules(&[CHECKED_TOO]).seen(BOTH_TOLD).grave(),
    step("call_back",    "回访",           &[Concluded], Go(CalledBack), &[Intake], B1, &[CALLED_ON, REACHED, SAID_SOLVED, HEARD]).other_than(&["conclude"]),
    step("reopen",       "重开",           &[Concluded, CalledBack, ReopenAsked], Go(Accepted), &[Lead], B1, &[REASON]).seen(TOLD),
    step("refuse_reopen", "不予重开",      &[ReopenAsked], Go(Concluded), &[Lead], B1, &[REASON]).seen(TOLD),
    step("ask_reopen",   "反映人申请重开", &[Concluded, CalledBack], Go(ReopenAsked), &[Reporter], B1, &[SAID]).within("reopen").seen(&[Intake]).even_frozen(),
    step("supplement",   "反映人补充",     ANY, Stay, &[Reporter], B1, &[TEXT, FILES]).seen(&[Intake]).even_frozen(),
    step("message",      "反映人留言",     ANY, Stay, &[Reporter], B1, &[TEXT]).seen(&[Intake]).even_frozen(),
    step("reply",        "回复反映人",     ANY, Stay, &[Intake],   B1, &[TEXT]).seen(TOLD).even_frozen(),
    step("withdraw",     "反映人撤回",     EARLY, Go(Withdrawn), &[Reporter], B1, &[]).seen(&[Intake]).even_frozen(),
    step("rate",         "反映人评价",     &[Answered, Concluded, CalledBack, ReopenAsked], Stay, &[Reporter], B1, &[SCORE, SOLVED, WORDS]).seen(&[Intake]).even_frozen(),
    step("ask_identity", "申请开启反映人身份", ANY, Stay, &[Intake, Custodian], SECRET, &[GROUND, GROUND_WHY]).rules(&[HAS_IDENTITY, NONE_ASKED]).seen(PERSONS).even_frozen(),
    step("approve_identity", "批准开启反映人身份", ANY, Stay, &[Custodian], SECRET, &[]).rules(&[ASKED, NOT_MINE, NOT_TWICE]).seen(PERSONS).grave().even_frozen(),
    step("refuse_identity", "不批准或收回批准开启反映人身份", ANY, Stay, &[Custodian], SECRET, &[GROUND_WHY]).rules(&[ASKED]).seen(PERSONS).even_frozen(),
    step("open_identity", "开启反映人身份", ANY, Stay, &[Custodian], SECRET, &[]).rules(&[ASKED, BOTH]).seen(PERSONS).grave().even_frozen(),
    step("alert",        "打击报复预警",   ANY, Stay, &[House], E16, &[RECORD, DECIDED, WHAT]).seen(&[Intake]),
    step("look_into_alert", "核查预警",    ANY, Stay, &[Intake], E16, &[ALERT, ALERT_FINDING]).rules(&[ALERTED]).even_frozen(),
    step("clear_alert",  "解除预警",       ANY, Stay, &[Intake, Lead], E16, &[LOOKED, CLEARED_WHY]).other_than(&["look_into_alert"]).rules(&[LOOKED_INTO]).even_frozen(),
    step("void",         "撤销导入",       &[Registered], Go(Voided), &[House], B1, &[]).rules(&[UNTOUCHED]),
];

// No clock speaks of identities or alerts: the day on which something is due is read by every party.
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("accept", "是否受理", Length::Limit("E1", None), &["submit", "register", "from_call", "enter"], &["accept", "decline", "guide", "petition", "discipline", "merge", "withdraw", "void"]),
    clock("finish", "办结", Length::Limit("E4", None), &["accept", "reopen"], &["conclude", "guide", "petition", "merge", "withdraw"]).extended("extend", "E5"),
    clock("move", "移送、转办", Length::Limit("E2", None), &["accept", "reopen"], &["transfer", "forward", "guide", "petition", "discipline", "merge", "withdraw"])
        .paused(&["preview"], &["agree_gist", "object_gist", "lapse_preview"]),
    clock("gist", "复核要点", Length::Limit("N60", None), &["redact"], &["pass_gist", "return_gist", "withdraw"]),
    clock("preview", "反映人核对要点", Length::Limit("N61", None), &["preview"], &["agree_gist", "object_gist", "lapse_preview", "withdraw"]).then("lapse_preview"),
    clock("grade", "研判", Length::Limit("E3", None), &["transfer"], &["grade", "record_result", "guide"]),
    clock("answer", "报办理情况", Length::Limit("N62", None), &["forward", "return_answer"], &["answer", "guide"]),
    clock("mediate", "多元化解", Length::Limit("N63", None), &["mediate"], &["settle", "fail"]),
    clock("call_back", "回访", Length::Limit("N64", None), &["conclude", "refuse_reopen"], &["call_back", "reopen", "ask_reopen"]),
    clock("reopen", "可以申请重开", Length::Limit("N65", None), &["conclude"], &["reopen"]).opens(),
    clock("decide", "答复重开申请", Length::Limit("N66", None), &["ask_reopen"], &["reopen", "refuse_reopen"]),
];
