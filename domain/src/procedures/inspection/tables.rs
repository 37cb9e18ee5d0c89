//! 步骤表、期限表、页面 (B4).
use super::{Inspection, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::CLOSED;
use crate::procedures::annual_plan::ACTIVE;
use crate::procedures::common_problem::ADOPTED;
use crate::procedures::working_paper::DONE;
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<Inspection>;
/// The office and the group.
const US: &[Standing] = &[Handler, Lead, Secretary, Inspector];
/// And the unit.
const ALL: &[Standing] = &[Handler, Lead, Secretary, Inspector, Respondent];
const B4: &str = "本机构设定，非法定（规格B4）";

const KIND: Field = field("kind", "种类", Shape::Code(&codes::INSPECTION_KIND), ALL);
const ORG: Field = field("org", "被督察单位", Shape::Org, ALL);
const SCOPE: Field = field("scope", "督察范围", Shape::Long, US).guarded();
const PLAN_NO: Field = field("plan", "年度计划", Shape::Matter("annual_plan"), US).optional().hint("计划内的填年度计划编号，须已批准。");
const COMMON: Field = field("common_problem", "来源共性问题", Shape::Matter("common_problem"), US)
    .optional()
    .hint("由对象建议而来的填共性问题编号，须已采纳。");
const LEADER: Field = field("leader", "组长", Shape::Person, US);
const MEMBERS: Field = field("members", "组员", Shape::Short, US).personal();
const FROM: Field = field("from", "督察自", Shape::Date, ALL);
const TO: Field = field("to", "督察至", Shape::Date, ALL);
const REASON: Field = field("reason", "理由", Shape::Long, US).guarded();
const ANNOUNCED_ON: Field = field("announced_on", "进驻日期", Shape::Date, ALL);
const CONTACT: Field = field("contact", "联系方式", Shape::Short, ALL).hint("公告上的电话、信箱、地址。");
const PAPER_KIND: Field = field("paper_kind", "底稿种类", Shape::Code(&codes::PAPER_KIND), &[Lead, Inspector]);
const FOUND: Field = field("found", "发现的问题", Shape::Long, US).guarded();
const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), US);
const FILES: Field = field("files", "督察报告", Shape::Files, US).optional();
const OPINION: Field = field("opinion", "审议意见", Shape::Long, US).guarded();
const AGREED: Field = field("agreed", "赞成票", Shape::Number, US);
const OPPOSED: Field = field("opposed", "反对票", Shape::Number, US).optional();
const MINUTES: Field = field("minutes", "会议纪要", Shape::Files, US);
const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, ALL).past().hint("以送达回证为准，整改报告的期限从次日起算。");
const FEEDBACK: Field = field("feedback", "反馈意见", Shape::Long, ALL).guarded();
const DOCUMENT: Field = field("document", "反馈文书", Shape::Files, ALL).optional();
const RECIPIENT: Field = field("recipient", "抄送对象", Shape::Code(&codes::FEEDBACK_COPY), US);
const COPIED_TO: Field = field("copied_to", "抄送单位", Shape::Org, US);
const SENT_ON: Field = field("sent_on", "送出日期", Shape::Date, US).past();
const COPY: Field = field("copy", "哪一份抄送", Shape::Choice, US);
const RECEIVED_ON: Field = field("received_on", "签收日期", Shape::Date, US).past();
const SIGNED_BY: Field = field("signed_by", "签收人", Shape::Short, US).personal();
const RECEIPT: Field = field("receipt", "回执", Shape::Files, US).optional();
const COPIES: Field = field("copies", "抄送和回执", Shape::Rows(COPIED), US);
const COPIED: &[Column] = &[
    column("recipient", "抄送对象").of(&codes::FEEDBACK_COPY),
    column("org", "单位"),
    column("sent_on", "送出"),
    column("received_on", "签收"),
];
const SEVERITY: Field = field("severity", "严重度", Shape::Code(&codes::SEVERITY), US);
const GIST: Field = field("gist", "问题要点", Shape::Long, US).guarded();
const RECTIFIED: Field = field("rectified", "整改情况", Shape::Long, ALL);
const EVIDENCE: Field = field("evidence", "佐证", Shape::Files, ALL).optional();
const FINDING: Field = field("finding", "回头看情况", Shape::Long, US).guarded();

const PLAN: &[Field] = &[KIND, ORG, SCOPE, PLAN_NO, COMMON, LEADER, MEMBERS, FROM, TO];

const PLANNED: R =
    rule("plan_not_active", "所填年度计划没有批准或者已经总结", |s, at| at.carries(s.plan.plan.as_deref(), ACTIVE));
const TARGET_ADOPTED: R = rule("target_not_adopted", "所填共性问题的对象建议没有采纳", |s, at| {
    at.carries(s.plan.common_problem.as_deref(), ADOPTED)
});
const PAPERS_DONE: R = rule("papers_open", "还有底稿没有归卷或撤回", |_, at| at.all("working_paper", DONE));
const RECTIFIED_ALL: R = rule("rectifications_open", "还有整改件没有销号", |_, at| at.all("rectification", CLOSED));
const COPY_OUT: R = rule("no_copy_out", "没有待登记回执的抄送", |s, _| s.copies.iter().any(|c| c.received_on.is_empty()));
const RECEIPTS: R = rule("receipts_missing", "还有抄送没有回执", |s, _| s.copies.iter().all(|c| !c.received_on.is_empty()));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Proposed, "方案待批准", true, Some(Secretary)),
    phase(Returned, "方案退回", false, Some(Inspector)),
    phase(Approved, "待进驻公告", true, Some(Inspector)),
    phase(UnderWay, "督察中", true, Some(Inspector)),
    phase(Reported, "待领导小组审议", true, Some(Secretary)),
    phase(Deliberated, "待反馈", true, Some(Lead)),
    phase(Rectifying, "整改中", true, Some(Respondent)),
    phase(LookedBack, "待归档", true, Some(Handler)),
    phase(Archived, "已归档", true, None),
    phase(Abandoned, "已中止", false, None),
];
const FED_BACK: &[Phase] = &[Rectifying, LookedBack];
#[rustfmt::skip]
pub const STEPS: &[Step<Inspection>] = &[
    step("propose",       "拟订方案",       &[],            Go(Proposed),    &[Inspector, Handler], B4, PLAN),
    step("revise",        "修改方案",       &[Returned],    Go(Proposed),    &[Inspector, Handler], B4, PLAN),
    step("return_plan",   "退回方案",       &[Proposed],    Go(Returned),    &[Secretary],          B4, &[REASON]).seen(&[Inspector]),
    step("approve",       "批准方案",       &[Proposed],    Go(Approved),    &[Secretary],          B4, &[]).other_than(&["propose", "revise"]).rules(&[PLANNED, TARGET_ADOPTED]).seen(&[Inspector]),
    step("abandon",       "中止督察",       &[Proposed, Returned, Approved], Go(Abandoned), &[Lead, Secretary], B4, &[REASON]).seen(&[Inspector]),
    step("announce",      "进驻公告",       &[Approved],    Go(UnderWay),    &[Inspector, Handler], B4, &[ANNOUNCED_ON, CONTACT]).seen(&[Respondent]).grave(),
    step("add_paper",     "立底稿",         &[UnderWay],    Stay,            &[Inspector],          B4, &[PAPER_KIND]).then(&[("working_paper", "open")]),
    step("report",        "提交督察报告",   &[UnderWay],    Go(Reported),    &[Inspector],          B4, &[FOUND, PROBLEMS, FILES]).rules(&[PAPERS_DONE]),
    step("return_report", "退回报告",       &[Reported],    Go(UnderWay),    &[Secretary],          B4, &[REASON]).seen(&[Inspector]),
    step("deliberate",    "领导小组审议",   &[Reported],    Go(Deliberated), &[Secretary],          B4, &[OPINION, AGREED, OPPOSED, MINUTES]).other_than(&["report"]).seen(&[Inspector]),
    step("feed_back",     "反馈督察意见",   &[Deliberated], Go(Rectifying),  &[Lead, Secretary],    B4, &[SERVED_ON, FEEDBACK, DOCUMENT]).seen(&[Inspector, Respondent]).grave(),
    step("copy",          "抄送反馈意见",   FED_BACK,       Stay,            &[Handler],            B4, &[RECIPIENT, COPIED_TO, SENT_ON]).seen(&[Inspector]),
    step("receipt",       "登记抄送回执",   FED_BACK,       Stay,            &[Handler],            B4, &[COPY, RECEIVED_ON, SIGNED_BY, RECEIPT]).rules(&[COPY_OUT]).seen(&[Inspector]),
    step("rectify",       "转整改",         &[Rectifying],  Stay,            &[Lead, Inspector],    B4, &[PROBLEMS, SEVERITY, GIST]).then(&[("rectification", "open")]),
    step("report_back",   "报送整改报告",   &[Rectifying],  Stay,            &[Respondent],         B4, &[RECTIFIED, EVIDENCE]).seen(&[Inspector]),
    step("look_back",     "回头看",         &[Rectifying],  Go(LookedBack),  &[Inspector],          B4, &[FINDING]).rules(&[RECTIFIED_ALL]),
    step("archive",       "归档",           &[LookedBack],  Go(Archived),    &[Handler],            B4, &[]).rules(&[RECEIPTS]).seen(&[Inspector]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("approve", "审批方案", Length::Limit("N27", None), &["propose", "revise"], &["return_plan", "approve", "abandon"]),
    clock("announce", "进驻公告", Length::Limit("N28", None), &["approve"], &["announce", "abandon"]),
    clock("report", "提交督察报告", Length::Limit("N29", None), &["announce", "return_report"], &["report"]),
    clock("deliberate", "领导小组审议", Length::Limit("N30", None), &["report"], &["return_report", "deliberate"]),
    clock("feed_back", "反馈督察意见", Length::Limit("N31", None), &["deliberate"], &["feed_back"]),
    clock("report_back", "报送整改报告", Length::Limit("T22", None), &["feed_back"], &["report_back", "look_back"]).counted("served_on"),
    clock("look_back", "回头看", Length::Limit("N32", None), &["report_back"], &["look_back"]),
];

pub fn page(s: &Inspection) -> Vec<Section> {
    let p = &s.plan;
    let plan = vec![
        KIND.row(p.kind.as_str()),
        ORG.row(p.org.as_str()),
        SCOPE.row(p.scope.as_str()),
        PLAN_NO.row(j!(p.plan)),
        COMMON.row(j!(p.common_problem)),
        LEADER.row(p.leader.as_str()),
        MEMBERS.row(p.members.as_str()),
        FROM.row(j!(p.from)),
        TO.row(j!(p.to)),
        ANNOUNCED_ON.row(j!(s.announced)),
        CONTACT.row(s.contact.as_str()),
        REASON.row(s.reason.as_str()),
    ];
    let mut report = vec![FOUND.row(s.found.as_str()), PROBLEMS.row(s.problems.clone()), OPINION.row(s.opinion.as_str())];
    if !s.opinion.is_empty() {
        report.extend([AGREED.row(s.agreed), OPPOSED.row(s.opposed)]);
    }
    let feedback = vec![SERVED_ON.row(j!(s.served)), FEEDBACK.row(s.feedback.as_str()), COPIES.row(j!(s.copies))];
    let after = vec![RECTIFIED.row(s.rectified.as_str()), FINDING.row(s.finding.as_str())];
    vec![section("方案", plan), section("报告和审议", report), section("反馈", feedback), section("整改和回头看", after)]
}
