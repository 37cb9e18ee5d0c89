//! 步骤表、期限表、页面 (B6, T27).
use super::grounds::{self, Judged};
use super::{Escalation, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<Escalation>;
type S = Escalation;
const ALL: &[Standing] = &[Handler, Lead, Secretary, Procurator, Respondent];
/// Between the office and the procuratorate.
const PROCURACY: &[Standing] = &[Handler, Lead, Secretary, Procurator];
/// Between the office and the unit.
const UNIT: &[Standing] = &[Handler, Lead, Secretary, Respondent];
const B6: &str = "本机构设定，非法定（规格B6）";
const HEARD: &str = "本机构设定，非法定（规格B6，期限参数T27）";
/// What a letter may ask.
const ASK: &str = "只写：请依法回复并说明理由。不写采纳、纠正的要求。";

const OPINION: Field =
    field("procuratorial_opinion", "检察监督意见", Shape::Matter("procuratorial_opinion"), PROCURACY).hint("填登记编号，如 JY-2026-0003。");
const CONDUCT: Field = field("conduct", "报请情形", Shape::Code(&codes::ESCALATION_CONDUCT), ALL);
const ACCOUNT: Field = field("account", "报请事项", Shape::Long, ALL).personal().hint("检察机关的陈述，受理后送被监督单位说明。");
const ORG: Field = field("org", "被监督单位", Shape::Org, ALL).optional().computed();
const PROC_ORG: Field = field("proc_org", "检察机关", Shape::Org, ALL).optional().computed();
const PAPER: Field = field("paper", "意见书", Shape::Files, PROCURACY).optional().hint("受理前必须齐全。");
const SERVICE: Field = field("service", "送达凭证", Shape::Files, PROCURACY).optional().hint("受理前必须齐全。");
const REMINDER: Field = field("reminder", "催告凭证", Shape::Files, PROCURACY).optional().hint("受理前必须齐全。");
const LACKS: Field = field("lacks", "所缺材料", Shape::Long, PROCURACY).optional().computed();
const NOTE: Field = field("note", "补正说明", Shape::Long, PROCURACY).guarded().hint("所缺各项由系统按要件表列出。");
const REASON: Field = field("reason", "理由", Shape::Long, PROCURACY).guarded();
const WHY_BACK: Field = field("reason", "理由", Shape::Long, OFFICE).guarded();
const WITHDRAWAL: Field = field("account", "撤回说明", Shape::Long, ALL).personal();
const EXPLANATION: Field = field("explanation", "书面说明", Shape::Long, UNIT).personal().hint("如实写明情况和理由。");
const FILES: Field = field("files", "附件", Shape::Files, UNIT).optional();
const MEANS: Field = field("means", "拟用方式", Shape::Code(&codes::ESCALATION_MEANS), OFFICE);
const STUDY: Field = field("opinion", "研究意见", Shape::Long, OFFICE).guarded().personal();
const LETTER: Field = field("letter", "函件要点", Shape::Long, ALL).letter().hint(ASK);
/// To the procuratorate: it tells that the unit's reasons hold.
const TO_PROCURACY: Field = field("letter", "函告要点", Shape::Long, ALL).letter().hint("告知理由成立及其依据。");
const HELD_ON: Field = field("held_on", "召开日期", Shape::Date, ALL).past();
const PARTICIPANTS: Field = field("participants", "参加人员", Shape::Long, ALL);
const MINUTES: Field = field("minutes", "纪要", Shape::Files, ALL);
const RECEIVER: Field = field("receiver", "接收机关", Shape::Short, OFFICE);
const GIST: Field = field("gist", "移送要点", Shape::Long, OFFICE).guarded().personal().hint("移送本身另立移送件办理。");
const REPORT: Field = field("gist", "报告要点", Shape::Long, OFFICE).guarded().personal();
const REPLY: Field = field("reply", "答复", Shape::Long, UNIT).personal();
const VERDICT: Field = field("opinion", "核对意见", Shape::Long, OFFICE).guarded().personal();
const INFORMED_ON: Field = field("informed_on", "反馈日期", Shape::Date, PROCURACY).past();
const FEEDBACK: Field = field("feedback", "反馈内容", Shape::Long, PROCURACY).guarded();
const SILENT: Field = field("silent", "说明期内没有说明", Shape::YesNo, ALL);
const USED: Field = field("used", "已用方式", Shape::Codes(&codes::ESCALATION_MEANS), ALL);

macro_rules! admissible {
    ($($name:ident $code:literal $why:expr;)*) => { $(
        const $name: R = rule($code, $why, |s, at| s.judged(at) != Judged::Refused($why));
    )* };
}
admissible! {
    BORNE_OUT "not_borne_out" grounds::NOT_BORNE_OUT;
    TERM_OVER "term_running" grounds::TERM_RUNNING;
    REMINDED "not_reminded" grounds::NOT_REMINDED;
    REMINDER_OVER "reminder_running" grounds::REMINDER_RUNNING;
    OWN_DONE "own_ways_open" grounds::OWN_WAYS;
}
const COMPLETE: R = rule("incomplete", "材料不齐，请先告知补正", |s, at| !matches!(s.judged(at), Judged::Complete(_)));
const INCOMPLETE: R = rule("nothing_missing", "没有需要补正的材料", |s, at| matches!(s.judged(at), Judged::Complete(_)));
/// Neither an admissible request nor one never asked to be completed is turned away.
const REFUSABLE: R =
    rule("not_refusable", "符合受理要件，或者尚未告知补正，不能不予受理", |s, at| match s.judged(at) {
        Judged::Admissible => false,
        Judged::Complete(_) => !s.lacks.is_empty(),
        Judged::Refused(_) => true,
    });
macro_rules! in_turn {
    ($($name:ident $means:literal;)*) => { $(
        const $name: R = rule("out_of_turn", "较轻的方式尚未用过或者尚未逾期不答复，确需直接使用的先由书记会议说明理由", |s, _| s.in_turn($means));
    )* };
}
in_turn! {
    CONFERENCE_TURN "联席会议";
    INTERVIEW_TURN "约谈";
    CIRCULAR_TURN "通报";
    PARTY_TURN "报党委";
}

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Requested, "待受理", true, Some(Handler)),
    phase(Completing, "待补正", false, Some(Procurator)),
    phase(Hearing, "听取说明", true, Some(Respondent)),
    phase(Studying, "研究中", true, Some(Handler)),
    phase(Proposed, "待决定", true, Some(Lead)),
    phase(Answering, "待答复", true, Some(Respondent)),
    phase(Answered, "待核对", true, Some(Handler)),
    phase(Settled, "待反馈检察", true, Some(Handler)),
    phase(Archived, "已归档", true, None),
    phase(Refused, "不予受理", false, None),
    phase(Withdrawn, "已撤回", false, None),
];
const DECIDE: &[Standing] = &[Lead, Secretary];
const BOTH: &[Standing] = &[Procurator, Respondent];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("request",         "报请执法监督",   &[],           Go(Requested),  &[Procurator], B6, &[OPINION, CONDUCT, ACCOUNT, PAPER, SERVICE, REMINDER, ORG, PROC_ORG]),
    step("ask_to_complete", "告知补正",       &[Requested],  Go(Completing), &[Handler],    B6, &[NOTE, LACKS]).rules(&[INCOMPLETE]).seen(&[Procurator]),
    step("supplement",      "补正",           &[Completing], Go(Requested),  &[Procurator], B6, &[PAPER, SERVICE, REMINDER]),
    step("lapse_supplement", "补正期满",      &[Completing], Go(Requested),  &[Time],       B6, &[]).after("supplement").seen(&[Procurator]),
    step("accept",          "受理",           &[Requested],  Go(Hearing),    &[Handler],    B6, &[])
        .rules(&[BORNE_OUT, TERM_OVER, REMINDED, REMINDER_OVER, OWN_DONE, COMPLETE]).seen(BOTH).then(&[("procuratorial_opinion", "escalate")]),
    step("refuse",          "不予受理",       &[Requested],  Go(Refused),    &[Lead],       B6, &[REASON]).rules(&[REFUSABLE]).seen(&[Procurator]).grave(),
    step("withdraw",        "撤回报请",       &[Requested, Completing, Hearing, Studying], Go(Withdrawn), &[Procurator], B6, &[WITHDRAWAL]).seen(&[Respondent]).grave(),
    step("explain",         "书面说明",       &[Hearing],    Go(Studying),   &[Respondent], HEARD, &[EXPLANATION, FILES]),
    step("lapse_explanation", "说明期届满",   &[Hearing],    Go(Studying),   &[Time],       HEARD, &[]).after("explain").seen(BOTH),
    step("study",           "提出研究意见",   &[Studying],   Go(Proposed),   &[Handler],    B6, &[MEANS, STUDY]),
    step("return_study",    "退回研究",       &[Proposed],   Go(Studying),   DECIDE,        B6, &[WHY_BACK]),
    step("leap",            "准许直接使用较重方式", &[Proposed], Stay,       &[Secretary],  B6, &[WHY_BACK]),
    step("find_justified",  "理由成立，函告检察机关", &[Proposed], Go(Settled), DECIDE,     B6, &[TO_PROCURACY]).other_than(&["study"]).seen(BOTH).grave(),
    step("letter",          "发督促函",       &[Proposed],   Go(Answering),  DECIDE,        B6, &[LETTER]).other_than(&["study"]).seen(BOTH).grave(),
    step("conference",      "召开联席会议",   &[Proposed],   Go(Answering),  DECIDE,        B6, &[HELD_ON, PARTICIPANTS, MINUTES, LETTER]).other_than(&["study"]).rules(&[CONFERENCE_TURN]).seen(BOTH),
    step("interview",       "约谈",           &[Proposed],   Go(Answering),  DECIDE,        B6, &[HELD_ON, PARTICIPANTS, MINUTES, LETTER]).other_than(&["study"]).rules(&[INTERVIEW_TURN]).seen(&[Respondent]),
    step("circulate",       "通报",           &[Proposed],   Go(Answering),  &[Secretary],  B6, &[LETTER]).other_than(&["study"]).rules(&[CIRCULAR_TURN]).seen(BOTH).grave(),
    step("refer",           "移送",           &[Proposed],   Go(Settled),    DECIDE,        B6, &[RECEIVER, GIST]).other_than(&["study"]).grave(),
    step("report_party",    "报党委",         &[Proposed],   Go(Settled),    &[Secretary],  B6, &[REPORT]).other_than(&["study"]).rules(&[PARTY_TURN]).seen(BOTH).grave(),
    step("answer",          "答复",           &[Answering, Proposed], Go(Answered), &[Respondent], B6, &[REPLY, FILES]).rules(&[ASKED]),
    step("lapse_answer",    "逾期未答复",     &[Answering],  Go(Proposed),   &[Time],       B6, &[]).after("answer").seen(BOTH),
    step("send_back",       "退回再答复",     &[Answered],   Go(Answering),  &[Handler],    B6, &[LETTER]).seen(&[Respondent]),
    step("accept_answer",   "核对通过",       &[Answered],   Go(Settled),    &[Handler],    B6, &[VERDICT]).seen(&[Respondent]),
    step("inform",          "反馈检察机关",   &[Settled],    Go(Archived),   &[Handler],    B6, &[INFORMED_ON, FEEDBACK]).seen(&[Procurator]).grave(),
];
const ASKED: R = rule("not_asked", "尚未要求答复", |s, _| !s.used.is_empty());
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("examine", "审查报请", Length::Limit("N35", None), &["request", "supplement", "lapse_supplement"], &["accept", "ask_to_complete", "refuse", "withdraw"]),
    clock("supplement", "补正", Length::Limit("N36", None), &["ask_to_complete"], &["supplement", "lapse_supplement", "withdraw"]).then("lapse_supplement"),
    clock("explain", "书面说明", Length::Limit("T27", None), &["accept"], &["explain", "lapse_explanation", "withdraw"]).then("lapse_explanation"),
    clock("study", "研究", Length::Limit("N37", None), &["explain", "lapse_explanation", "return_study"], &["study", "withdraw"]),
    clock("decide", "决定处理方式", Length::Limit("N37", None), &["study", "lapse_answer"],
        &["return_study", "find_justified", "letter", "conference", "interview", "circulate", "refer", "report_party", "answer"]),
    clock("answer", "答复", Length::Limit("N38", None), &["letter", "conference", "interview", "circulate", "send_back"], &["answer", "lapse_answer"]).then("lapse_answer"),
    clock("check", "核对答复", Length::Limit("N39", None), &["answer"], &["send_back", "accept_answer"]),
    clock("inform", "反馈检察机关", Length::Limit("N37", None), &["find_justified", "refer", "report_party", "accept_answer"], &["inform"]),
];

pub fn page(s: &S) -> Vec<Section> {
    let asked = vec![
        OPINION.row(s.opinion.as_str()),
        PROC_ORG.row(s.proc_org.as_str()),
        ORG.row(s.org.as_str()),
        CONDUCT.row(s.conduct.as_str()),
        ACCOUNT.row(s.account.as_str()),
        PAPER.row(s.papers.paper.clone()),
        SERVICE.row(s.papers.service.clone()),
        REMINDER.row(s.papers.reminder.clone()),
        LACKS.row(s.lacks.as_str()),
    ];
    let heard = vec![EXPLANATION.row(s.explanation.as_str()), SILENT.row(if s.silent { j!(true) } else { j!(null) })];
    let decided = vec![
        MEANS.row(s.means.as_str()),
        STUDY.row(s.study.as_str()),
        USED.row(s.used.clone()),
        LETTER.row(s.letter.as_str()),
        HELD_ON.row(j!(s.held_on)),
        PARTICIPANTS.row(s.participants.as_str()),
        MINUTES.row(s.minutes.clone()),
        RECEIVER.row(s.receiver.as_str()),
        GIST.row(s.gist.as_str()),
        REPLY.row(s.reply.as_str()),
        VERDICT.row(s.verdict.as_str()),
    ];
    let told = vec![INFORMED_ON.row(j!(s.informed)), FEEDBACK.row(s.feedback.as_str())];
    // Why it was turned away or sent back stands in the timeline, each time to whom it concerns.
    vec![section("报请", asked), section("听取说明", heard), section("研究和处理", decided), section("反馈", told)]
}
