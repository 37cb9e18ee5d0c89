//! 步骤表、期限表 (B12). Before anything stands behind his name there are, on every way: the notice, the whole time to answer, answers
//! point by point, a vote of others, service, and the time to ask for review.
use super::fields::*;
use super::{NegativeListEntry, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::review;
use crate::registers::limits;

type R = Rule<NegativeListEntry>;
const B12: &str = "本机构设定，非法定（规格B12）";
const F4: &str = "本机构设定，非法定（规格B12、F4）";
const F7: &str = "本机构设定，非法定（规格B12、F7）";
const LAW63: &str = "比照公务员法第63条（规格B12）";
const LAW95: &str = "公务员法第95条、第96条（规格B14 T15、T16）";

const SOURCE_STANDS: R =
    rule("source_revoked", "来源评查件的定论已经撤销，只能排除或者移出", |_, at| at.all("review", review::CONCLUDED));
const FOUNDED: R = rule("unfounded", "还没有有权机关的责任认定，也没有本人确认", |s, _| {
    !s.findings.is_empty() || s.acknowledged.is_some()
});
const I_HAVE_NOT: R = rule("judged", "你已核对过，由另一方核对", |s, at| {
    s.judged.iter().all(|j| j.by != at.who.id && at.who.roles.iter().all(|r| r.of.as_ref() != Some(&j.by)))
});
const BOTH: R = rule("one_judged", "须由承办人和检察驻点人员分别核对", |s, _| s.both_judged());
const NOT_SPARED: R = rule("spared", "有不列情形，只能排除", |s, _| !s.spared());
const STATED: R = rule("nothing_stated", "没有申辩意见，请直接提请审定", |s, _| s.points() > 0);
const UNSTATED: R = rule("stated", "有申辩意见，须逐条答复", |s, _| s.points() == 0);
const ALL_ANSWERED: R = rule("unanswered", "还有申辩意见没有答复", |s, _| s.all_answered());
const RECUSALS_ANSWERED: R = rule("recusal_open", "还有回避申请没有答复", |s, _| s.recusals.iter().all(|r| r.granted.is_some()));
const RECUSAL_ASKED: R = rule("no_recusal", "没有待答复的回避申请", |s, _| s.recusals.iter().any(|r| r.granted.is_none()));
const NOT_RECUSED: R = rule("recused", "你在本件回避", |s, at| {
    !s.recused.contains(&at.who.id) && at.who.roles.iter().all(|r| r.of.as_ref().is_none_or(|of| !s.recused.contains(of)))
});
const NOT_MINE: R = rule("own_cause", "不能办理本人的事项", |s, at| s.about().0 != at.who.id);
const NOT_VOTER: R = rule("voted", "参加过审定表决的人不能办理复核", |s, at| {
    !s.voted(&at.who.id) && at.who.roles.iter().all(|r| r.of.as_ref().is_none_or(|of| !s.voted(of)))
});

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Nominated, "候选，责任归因审查", true, Some(Handler)),
    phase(Attributed, "待提出拟列", true, Some(Handler)),
    phase(Proposed, "待签发告知书", true, Some(Lead)),
    phase(Noticed, "待送达告知书", true, Some(Handler)),
    phase(Stating, "申辩期", true, Some(Officer)),
    phase(Answering, "待逐条答复", true, Some(Handler)),
    phase(Countersigning, "答复待第二人署名", false, Some(Handler)),
    phase(Deciding, "待集体审定", true, Some(Secretary)),
    phase(Decided, "已审定待送达", true, Some(Handler)),
    phase(Reviewable, "复核申请期，不对外", true, Some(Officer)),
    phase(UnderReview, "复核中，不对外", false, Some(Secretary)),
    phase(ReviewDecided, "复核决定待送达", false, Some(Handler)),
    phase(Open, "已列入", true, Some(Handler)),
    phase(Appealed, "申诉中，不对外", false, Some(Handler)),
    phase(Removed, "已移出，待更正", true, Some(Handler)),
    phase(Exonerated, "已纠正，待更正", false, Some(Handler)),
    phase(Ended, "已移出", true, None),
    phase(Reopened, "申请纠正", false, Some(Secretary)),
    phase(Excluded, "已排除", false, None),
];
const EARLY: &[Phase] = &[Nominated, Attributed, Proposed, Noticed, Stating, Answering, Countersigning, Deciding];
const LISTED: &[Phase] = &[Decided, Reviewable, UnderReview, ReviewDecided, Open, Appealed];
const RECUSABLE: &[Phase] = &[Noticed, Stating, Answering, Countersigning, Deciding, Reviewable, UnderReview];
const WRONGED: &[Phase] = &[Decided, Reviewable, UnderReview, ReviewDecided, Open, Appealed, Removed, Reopened];
const HIS: &[Standing] = &[Officer, Handler];
const TOLD: &[Standing] = &[Officer];
const PREPARERS: &[&str] = &["nominate", "attribute", "propose_list", "answer", "submit_answers", "countersign"];
const DECIDERS: &[&str] = &["nominate", "attribute", "propose_list", "answer", "submit_answers", "countersign", "decide_list"];
const WITHDRAW: &[(&str, &str)] = &[("packet", "source_withdrawn")];
const NOMINATION: &[Field] = &[
    REVIEW,
    OFFICER,
    OFFICER_GROUND,
    CATEGORY,
    PROBLEMS,
    FACTS,
    EVIDENCE,
    CITED_BODY,
    CITED_NO,
    CITED_FILES,
    RENEWS,
    ORG,
    CONCLUDED_ON,
    GRAVE,
    NAMED,
];
const CHECKED: &[Field] = &[ONLY_GENERAL, DISPUTE, NEW_EVIDENCE, INTERFERED, ATTRIBUTION];
const SERVICE: &[Field] = &[SERVED_ON, SERVE_WAY, RECEIPT];
const HEARD: &[Field] = &[STATEMENT, AGENT, FILES, POINTS];
const ON_PAPER: &[Field] = &[STATEMENT, AGENT, PAPER, RECEIVED_ON, POINTS];
const DECISION_FORM: &[Field] = &[VOTES, MONTHS, DECISION, GIST, DECISION_NO, MINUTES, UNTIL];
const APPEAL_FORM: &[Field] = &[ANSWER, BODY, DOC_NO, DOCUMENT];
const APPEAL_SHORT: &[Field] = &[ANSWER, BODY, DOC_NO, DOCUMENT, MONTHS, UNTIL];
#[rustfmt::skip]
pub const STEPS: &[Step<NegativeListEntry>] = &[
    step("nominate",         "提名候选",         &[],              Go(Nominated),   &[Handler],         B12, NOMINATION),
    step("attach_finding",   "附有权机关责任认定", &[Nominated],   Stay,            &[Handler],         B12, &[BODY, DOC_NO, FINDING]),
    step("attach_acknowledgement", "附本人确认", &[Nominated],     Stay,            &[Handler],         B12, &[ACKNOWLEDGED_ON, ACKNOWLEDGEMENT]),
    step("attribute",        "责任归因核对",     &[Nominated],     Once(Attributed, &BOTH), &[Handler, Procurator], B12, CHECKED).rules(&[SOURCE_STANDS, FOUNDED, I_HAVE_NOT, NOT_MINE]),
    step("propose_list",     "提出拟列",         &[Attributed],    Go(Proposed),    &[Handler],         B12, &[MONTHS]).rules(&[SOURCE_STANDS, NOT_SPARED, NOT_MINE]),
    step("exclude",          "排除",             EARLY,            Go(Excluded),    &[Lead, Secretary], B12, &[EXCLUSION, REASON]).rules(&[NOT_MINE]).seen(TOLD).grave(),
    step("exclude_revoked",  "定论撤销，自动排除", EARLY,          Go(Excluded),    &[House],           B12, &[]).seen(TOLD),
    step("issue_notice",     "签发告知书",       &[Proposed],      Go(Noticed),     &[Lead],            F4,  &[NOTICE_NO, BASIS]).other_than(&["nominate", "attribute", "propose_list"]).rules(&[SOURCE_STANDS, NOT_SPARED, NOT_MINE]).seen(TOLD),
    step("serve_notice",     "签收、登记送达告知书", &[Noticed],   Go(Stating),     HIS,                F4,  SERVICE).seen(TOLD).even_frozen(),
    step("state",            "陈述、申辩",       &[Stating],       Stay,            &[Officer],         LAW63, HEARD).within("statement").even_frozen(),
    step("state_on_paper",   "登记书面申辩",     &[Stating],       Stay,            &[Handler],         LAW63, ON_PAPER).seen(TOLD).even_frozen(),
    step("state_late",       "补登书面申辩",     &[Answering, Countersigning, Deciding], Go(Answering), &[Handler], LAW63, ON_PAPER).seen(TOLD).even_frozen(),
    step("waive_statement",  "表示不申辩",       &[Stating],       Stay,            &[Officer],         LAW63, &[]).even_frozen(),
    step("apply_recusal",    "申请回避",         RECUSABLE,        Stay,            &[Officer],         "本机构设定，非法定（规格B12、F1）", &[RECUSAL_WHOM, RECUSAL_WHY]).even_frozen(),
    step("answer_recusal",   "答复回避申请",     RECUSABLE,        Stay,            &[Secretary, Lead], "本机构设定，非法定（规格B12、F1）", &[RECUSAL, GRANTED, RECUSED, RECUSAL_ANSWER]).rules(&[RECUSAL_ASKED, NOT_RECUSED, NOT_MINE]).seen(TOLD).even_frozen(),
    step("lapse_statement",  "申辩期届满",       &[Stating],       Go(Answering),   &[Time],            F4,  &[]).after("statement").seen(TOLD),
    step("submit_unstated",  "没有申辩，提请审定", &[Answering],   Go(Deciding),    &[Handler],         F4,  &[]).after("statement").rules(&[UNSTATED, NOT_MINE]),
    step("answer",           "逐条答复",         &[Answering],     Stay,            &[Handler],         LAW63, &[POINT, ADOPTED, ANSWER]).rules(&[STATED, NOT_RECUSED, NOT_MINE]).seen(TOLD),
    step("submit_answers",   "答复齐了，送第二人", &[Answering],   Go(Countersigning), &[Handler],      LAW63, &[]).rules(&[STATED, ALL_ANSWERED]),
    step("return_answers",   "退回答复",         &[Countersigning], Go(Answering),  &[Handler, Lead],   LAW63, &[RETURNED]).other_than(&["answer"]).rules(&[NOT_RECUSED, NOT_MINE]),
    step("countersign",      "第二人署名",       &[Countersigning], Go(Deciding),   &[Handler, Lead],   LAW63, &[]).other_than(&["answer"]).rules(&[ALL_ANSWERED, NOT_RECUSED, NOT_MINE]).seen(TOLD),
    step("decide_list",      "集体审定：列入",   &[Deciding],      Go(Decided),     &[Secretary],       B12, DECISION_FORM).after("statement").other_than(PREPARERS).rules(&[SOURCE_STANDS, NOT_SPARED, ALL_ANSWERED, RECUSALS_ANSWERED, NOT_RECUSED, NOT_MINE]).seen(TOLD).grave(),
    step("decide_against",   "集体审定：不列入", &[Deciding],      Go(Excluded),    &[Secretary],       B12, &[VOTES, DECISION, MINUTES]).other_than(PREPARERS).rules(&[NOT_RECUSED, NOT_MINE]).seen(TOLD).grave(),
    step("serve_decision",   "签收、登记送达决定", &[Decided],     Go(Reviewable),  HIS,                F4,  SERVICE).seen(TOLD).even_frozen(),
    step("apply_review",     "申请复核",         &[Reviewable],    Go(UnderReview), HIS,                LAW95, &[GROUNDS, APPLIED]).within("review").seen(TOLD).even_frozen(),
    step("uphold",           "复核：维持",       &[UnderReview],   Go(ReviewDecided), &[Secretary, Lead], LAW95, &[ANSWER, DOC_NO]).other_than(DECIDERS).rules(&[SOURCE_STANDS, NOT_VOTER, RECUSALS_ANSWERED, NOT_RECUSED, NOT_MINE]).seen(TOLD).grave(),
    step("shorten_on_review", "复核：缩短期限",  &[UnderReview],   Go(ReviewDecided), &[Secretary, Lead], LAW95, &[ANSWER, DOC_NO, MONTHS, UNTIL]).other_than(DECIDERS).rules(&[SOURCE_STANDS, NOT_VOTER, RECUSALS_ANSWERED, NOT_RECUSED, NOT_MINE]).seen(TOLD).grave(),
    step("remove_on_review", "复核：移出",       &[UnderReview],   Go(Removed),     &[Secretary, Lead], LAW95, &[ANSWER, DOC_NO]).other_than(DECIDERS).rules(&[NOT_VOTER, RECUSALS_ANSWERED, NOT_RECUSED, NOT_MINE]).seen(TOLD).then(WITHDRAW).grave(),
    step("serve_review",     "签收、登记送达复核决定", &[ReviewDecided], Go(Open),  HIS,                F7,  SERVICE).seen(TOLD).even_frozen(),
    step("lapse_review",     "复核申请期届满",   &[Reviewable],    Go(Open),        &[Time],            F7,  &[]).after("review").seen(TOLD),
    step("appeal_directly",  "直接申诉",         &[Reviewable],    Go(Appealed),    HIS,                LAW95, &[GROUNDS, APPLIED]).within("review").seen(TOLD).even_frozen(),
    step("appeal",           "申诉",             &[Open],          Go(Appealed),    HIS,                LAW95, &[GROUNDS, APPLIED]).within("appeal").seen(TOLD).even_frozen(),
    step("prolong_appeal",   "申诉决定延期",     &[Appealed],      Stay,            &[Handler],         LAW95, &[REASON]).seen(TOLD),
    step("appeal_upheld",    "申诉：维持",       &[Appealed],      Go(Open),        &[Handler],         LAW95, APPEAL_FORM).rules(&[SOURCE_STANDS, NOT_MINE]).seen(TOLD),
    step("appeal_shortened", "申诉：缩短期限",   &[Appealed],      Go(Open),        &[Handler],         LAW95, APPEAL_SHORT).rules(&[SOURCE_STANDS, NOT_MINE]).seen(TOLD),
    step("appeal_reversed",  "申诉：移出",       &[Appealed],      Go(Removed),     &[Handler],         LAW95, APPEAL_FORM).seen(TOLD).then(WITHDRAW).even_frozen(),
    step("provide",          "对外提供",         &[Open],          Stay,            &[Handler],         F7,  &[TO_ORG, PURPOSE, USE_BASIS]).rules(&[SOURCE_STANDS, NOT_MINE]).seen(TOLD).then(&[("packet", "open_for")]),
    step("expire",           "期满自动移出",     LISTED,           Go(Removed),     &[Time],            B12, &[]).after("term").seen(TOLD).then(WITHDRAW),
    step("remove_early",     "提前移出",         LISTED,           Go(Removed),     &[Secretary],       B12, &[REMOVAL, REASON, DOCUMENT]).rules(&[NOT_MINE]).seen(TOLD).then(WITHDRAW).grave().even_frozen(),
    step("remove_revoked",   "定论撤销，自动移出", LISTED,         Go(Removed),     &[House],           B12, &[]).seen(TOLD).then(WITHDRAW),
    step("exonerate",        "纠正并恢复名誉",   WRONGED,          Go(Exonerated),  &[Secretary],       "参照法官法第65条（规格B12）", &[LETTER, DOC_NO, DOCUMENT]).rules(&[NOT_MINE]).seen(TOLD).then(WITHDRAW).grave().even_frozen(),
    step("confirm_corrected", "更正办结",        &[Removed, Exonerated], Go(Ended), &[Handler],         B12, &[TOLD_TO]).seen(TOLD).even_frozen(),
    step("ask_correction",   "申请纠正",         &[Ended],         Go(Reopened),    &[Officer],         "参照法官法第65条（规格B12）", &[GROUNDS, APPLIED]),
    step("refuse_correction", "不予纠正",        &[Reopened],      Go(Ended),       &[Secretary],       B12, &[ANSWER, DOC_NO]).rules(&[NOT_MINE]).seen(TOLD),
];
const GONE: &[&str] = &["expire", "remove_early", "remove_revoked", "exonerate", "remove_on_review", "appeal_reversed"];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("attribution", "责任归因审查", Length::Limit("N130", None), &["nominate"], &["attribute", "exclude", "exclude_revoked"]),
    clock("proposal", "提出拟列、签发告知书", Length::Limit("N131", None), &["attribute"], &["issue_notice", "exclude", "exclude_revoked"]),
    clock("notice", "送达告知书", Length::Limit("N132", None), &["issue_notice"], &["serve_notice", "exclude", "exclude_revoked"]),
    clock("statement", "申辩期", Length::Limit("T23a", Some(limits::STATEMENT)), &["serve_notice"], &["lapse_statement", "exclude", "exclude_revoked"]).then("lapse_statement"),
    clock("recusal", "答复回避申请", Length::Limit("N136", None), &["apply_recusal"], &["answer_recusal", "exclude", "exclude_revoked", "decide_against", "expire", "remove_early", "remove_revoked", "exonerate", "remove_on_review"]),
    clock("answering", "逐条答复", Length::Limit("N133", None), &["lapse_statement", "return_answers", "state_late"], &["countersign", "submit_unstated", "exclude", "exclude_revoked"]),
    clock("decision", "集体审定", Length::Limit("N134", None), &["countersign", "submit_unstated"], &["decide_list", "decide_against", "state_late", "exclude", "exclude_revoked"]),
    clock("service", "送达决定", Length::Limit("N132", None), &["decide_list", "uphold", "shorten_on_review"], &["serve_decision", "serve_review", "expire", "remove_early", "remove_revoked", "exonerate"]),
    clock("review", "申请复核", Length::Limit("T15a", None), &["serve_decision"], &["apply_review", "appeal_directly", "lapse_review", "expire", "remove_early", "remove_revoked", "exonerate"]).then("lapse_review"),
    clock("reviewing", "复核决定", Length::Limit("T15b", None), &["apply_review"], &["uphold", "shorten_on_review", "remove_on_review", "expire", "remove_early", "remove_revoked", "exonerate"]),
    clock("appeal", "提出申诉", Length::Limit("T16a", None), &["serve_review"], &["appeal", "expire", "remove_early", "remove_revoked", "exonerate"]).opens(),
    clock("appealing", "申诉决定", Length::Limit("T16b", None), &["appeal", "appeal_directly"], &["appeal_upheld", "appeal_shortened", "appeal_reversed", "expire", "remove_early", "remove_revoked", "exonerate"]).extended("prolong_appeal", "T16c"),
    clock("correction", "发更正", Length::Limit("T26", None), GONE, &["confirm_corrected"]),
    clock("redress", "答复纠正申请", Length::Limit("N135", None), &["ask_correction"], &["exonerate", "refuse_correction"]),
    // Last: where the time for review and the term run out together, time presses both, and in this order.
    clock("term", "列入期限", Length::Field("until"), &["decide_list", "shorten_on_review", "appeal_shortened"], GONE).then("expire"),
];
