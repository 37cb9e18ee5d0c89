//! 步骤表、期限表 (B13).
use super::{JointRule, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;

type R = Rule<JointRule>;
type S = JointRule;
const ALL: &[Standing] = &[Handler, Lead, Secretary, Cosigner];
const B13: &str = "本机构设定，非法定（规格B13）";
/// Who speaks for a body: its contact person, or the procuracy itself.
pub const SPEAK: [&str; 2] = ["R9", "R11"];

pub const TITLE: Field = field("title", "文件名称", Shape::Short, ALL).hint("如：关于……的证据指引（试行）。");
pub const COMMON_PROBLEM: Field = field("common_problem", "共性问题", Shape::Matter("common_problem"), OFFICE).optional();
pub const WHY: Field = field("why", "立项理由", Shape::Long, OFFICE).guarded();
pub const REASON: Field = field("reason", "理由", Shape::Long, ALL).guarded();
pub const TEXT: Field =
    field("text", "文本", Shape::Long, ALL).hint("逐条写，每条另起一行，以“第一条 ”开头；章名以“## ”开头。只定今后的办法，不写个案。");
pub const NO: Field = field("no", "现在的文本", Shape::Short, ALL);
pub const DRAFTS: Field = field("drafts", "历次文本", Shape::Rows(DRAFT), ALL);
const DRAFT: &[Column] = &[column("no", "稿次"), column("on", "日期"), column("text", "文本")];
pub const RECIPIENTS: Field = field("recipients", "征求意见的单位", Shape::Rows(ASKED), ALL).hint("会签的选“是”，只征求意见的选“否”。");
const ASKED: &[Column] = &[column("org", "单位"), column("countersigns", "会签").of(&codes::YES_NO)];
pub const REPLY_BY: Field = field("reply_by", "答复期限", Shape::Date, ALL);
/// A body's own words, taken down as they are.
pub const OPINION: Field = field("view", "意见", Shape::Long, ALL);
pub const ORG: Field = field("org", "单位", Shape::Org, ALL).optional().computed();
pub const OPINIONS: Field = field("opinions", "各单位意见", Shape::Rows(SAID), ALL);
const SAID: &[Column] = &[column("org", "单位"), column("on", "日期"), column("opinion", "意见")];
pub const TAKEN: Field =
    field("taken", "意见采纳情况", Shape::Rows(ANSWER), ALL).optional().guarded().hint("每个单位的意见答一行；没有收到意见的不填。");
const ANSWER: &[Column] = &[column("org", "单位"), column("taken", "采纳").of(&codes::YES_NO), column("reason", "理由")];
pub const REVISED: Field = field("revised", "修改后的文本", Shape::Long, ALL).optional().hint("没有改动的不填。");
pub const LEGALITY: Field = field("opinion", "合法性审查意见", Shape::Long, ALL).guarded();
pub const SIGNED: Field = field("signed", "已会签", Shape::Rows(SIGNATURE), ALL);
const SIGNATURE: &[Column] = &[column("org", "单位"), column("on", "日期")];
pub const DOC_NO: Field = field("doc_no", "文号", Shape::Short, ALL);
pub const ISSUED: Field = field("issued", "印发日期", Shape::Date, ALL);
pub const EFFECTIVE_ON: Field = field("effective_on", "施行日期", Shape::Date, ALL);
pub const TRIAL_UNTIL: Field = field("trial_until", "试行至", Shape::Date, ALL);
pub const FILED_WITH: Field = field("filed_with", "备案机关", Shape::Short, ALL);
pub const FILED_ON: Field = field("filed_on", "备案日期", Shape::Date, ALL).past();
pub const FILED: Field = field("filed", "备案", Shape::Short, ALL);
pub const RESULT: Field = field("result", "后评估结果", Shape::Code(&codes::EVALUATION), ALL);
pub const REPORT: Field = field("report", "后评估报告", Shape::Long, ALL).guarded();
pub const CONFIRMED: Field = field("confirmed", "转为正式", Shape::Date, ALL);
pub const REPEALED_ON: Field = field("repealed_on", "废止日期", Shape::Date, ALL);

const NOT_YET_SAID: R = rule("already_opined", "本单位已提出意见", |s, at| s.speaks(at, &s.opinions, false).is_some());
const ALL_SAID: R = rule("opinions_open", "还有单位没有提出意见", |s, _| s.all(&s.opinions, false));
const TO_SIGN: R =
    rule("not_to_countersign", "本单位不在会签之列，或已会签", |s, at| s.speaks(at, &s.signed, true).is_some());
const ALL_SIGNED: R = rule("countersignatures_open", "还有单位没有会签", |s, _| s.all(&s.signed, true));
const KEEPS: R = rule("not_to_keep", "后评估结果不是继续执行", |s, _| s.result == "继续");
const ANOTHER_DAY: R = rule("issued_today", "同一文件一日只印发一次", |s, at| s.issued != Some(at.today));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Proposed, "待批准立项", true, Some(Lead)),
    phase(Drafting, "起草中", true, Some(Handler)),
    phase(Drafted, "待征求意见", true, Some(Handler)),
    phase(Consulting, "征求意见中", true, Some(Cosigner)),
    phase(Opined, "待处理意见", true, Some(Handler)),
    phase(Reviewing, "待合法性审查", true, Some(Handler)),
    phase(Countersigning, "待会签", true, Some(Cosigner)),
    phase(Countersigned, "待印发", true, Some(Secretary)),
    phase(Issued, "待备案", true, Some(Handler)),
    phase(Trial, "试行中", true, Some(Handler)),
    phase(Evaluated, "已评估", true, Some(Secretary)),
    phase(Confirmed, "正式施行", true, None),
    phase(Repealed, "已废止", true, None),
    phase(Dropped, "不予立项", false, None),
];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("open",               "由共性问题立项", &[],              Go(Proposed),       &[House],     B13, &[TITLE, WHY]),
    step("propose",            "立项",           &[],              Go(Proposed),       &[Handler],   B13, &[TITLE, COMMON_PROBLEM, WHY]),
    step("approve_project",    "批准立项",       &[Proposed],      Go(Drafting),       &[Lead],      B13, &[]).other_than(&["propose"]),
    step("drop",               "不予立项",       &[Proposed],      Go(Dropped),        &[Lead],      B13, &[REASON]),
    step("draft",              "起草",           &[Drafting, Drafted], Go(Drafted),    &[Handler],   B13, &[TEXT]),
    step("consult",            "征求意见",       &[Drafted],       Go(Consulting),     &[Handler],   B13, &[RECIPIENTS, REPLY_BY]).seen(&[Cosigner]),
    step("opine",              "提出意见",       &[Consulting],    Once(Opined, &ALL_SAID), &[Cosigner], B13, &[OPINION, ORG]).rules(&[NOT_YET_SAID]),
    step("close_consult",      "期满，不再等候意见", &[Consulting], Go(Opined),        &[Handler],   B13, &[]).after("reply").seen(&[Cosigner]),
    step("adopt_opinions",     "处理意见",       &[Opined],        Go(Reviewing),      &[Handler],   B13, &[TAKEN, REVISED]).seen(&[Cosigner]),
    step("review_legality",    "合法性审查：通过", &[Reviewing],   Go(Countersigning), &[Handler],   B13, &[LEGALITY]).other_than(&["draft", "adopt_opinions"]).seen(&[Cosigner]),
    step("return_legality",    "合法性审查：退回", &[Reviewing],   Go(Drafting),       &[Handler],   B13, &[LEGALITY]).other_than(&["draft", "adopt_opinions"]),
    step("countersign",        "会签",           &[Countersigning], Once(Countersigned, &ALL_SIGNED), &[Cosigner], B13, &[ORG]).rules(&[TO_SIGN]),
    step("refuse_countersign", "不予会签",       &[Countersigning], Go(Drafting),      &[Cosigner],  B13, &[OPINION, ORG]).rules(&[TO_SIGN]),
    step("issue",              "试行印发",       &[Countersigned], Go(Issued),         &[Secretary], B13, &[DOC_NO, EFFECTIVE_ON, TRIAL_UNTIL]).rules(&[ALL_SIGNED, ANOTHER_DAY]).seen(&[Cosigner]).grave(),
    step("file_record",        "备案",           &[Issued],        Go(Trial),          &[Handler],   B13, &[FILED_WITH, FILED_ON]).seen(&[Cosigner]),
    step("evaluate",           "后评估",         &[Trial, Confirmed], Go(Evaluated),   &[Handler],   B13, &[RESULT, REPORT]).seen(&[Cosigner]),
    step("confirm",            "转为正式",       &[Evaluated],     Go(Confirmed),      &[Secretary], B13, &[]).rules(&[KEEPS]).seen(&[Cosigner]),
    step("amend",              "启动修订",       &[Trial, Evaluated, Confirmed], Go(Drafting), &[Lead], B13, &[REASON]).seen(&[Cosigner]),
    step("repeal",             "废止",           &[Trial, Evaluated, Confirmed], Go(Repealed), &[Secretary], B13, &[REASON, REPEALED_ON]).seen(&[Cosigner]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("approve", "批准立项", Length::Limit("N45", None), &["open", "propose"], &["approve_project", "drop"]),
    clock("draft", "起草", Length::Limit("N46", None), &["approve_project", "return_legality", "refuse_countersign", "amend"], &["consult"]),
    clock("reply", "答复征求意见", Length::Field("reply_by"), &["consult"], &["opine", "close_consult"]),
    clock("adopt", "处理意见", Length::Limit("N47", None), &["opine", "close_consult"], &["adopt_opinions"]),
    clock("legality", "合法性审查", Length::Limit("N47", None), &["adopt_opinions"], &["review_legality", "return_legality"]),
    clock("countersign", "会签", Length::Limit("N48", None), &["review_legality"], &["countersign", "refuse_countersign"]),
    clock("issue", "印发", Length::Limit("N49", None), &["countersign"], &["issue"]),
    clock("file", "备案", Length::Limit("N49", None), &["issue"], &["file_record"]),
    clock("trial", "试行期满前后评估", Length::Field("trial_until"), &["issue"], &["evaluate", "amend", "repeal"]),
];
