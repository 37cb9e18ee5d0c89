//! 步骤表、期限表 (B5).
use super::{Phase, Phase::*, Rectification};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::CLOSED;
use crate::registers::{codes, parameters};

type R = Rule<Rectification>;
type S = Rectification;
const ALL: &[Standing] = &[Handler, Lead, Secretary, Respondent];
/// All three kinds of supervision follow how far it is (M1.5), and nothing of what was written.
const PROGRESS: &[Standing] = &[Handler, Lead, Secretary, Respondent, Inspector];
const B5: &str = "本机构设定，非法定（规格B5）";
const T28: &str = "本机构设定，非法定（规格B14）";

pub const ORG: Field = field("org", "责任单位", Shape::Org, PROGRESS);
/// Not the unit: that there was a clue is not for whom it is about (boundary 4).
pub const SOURCE: Field =
    field("source", "来源", Shape::Code(&codes::RECTIFICATION_SOURCE), &[Handler, Lead, Secretary, Inspector]).optional();
pub const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), PROGRESS);
pub const SEVERITY: Field = field("severity", "严重度", Shape::Code(&codes::SEVERITY), PROGRESS);
pub const GIST: Field = field("gist", "问题要点", Shape::Long, OFFICE).guarded().hint("写事实，不写反映人。只在本室可见。");
pub const WHAT: Field = field("what", "整改要求", Shape::Long, ALL).guarded();
pub const PLAN: Field = field("plan", "整改方案", Shape::Long, ALL);
pub const FILES: Field = field("files", "附件", Shape::Files, ALL).optional();
pub const REASON: Field = field("reason", "理由", Shape::Long, ALL).guarded();
pub const RESULT: Field = field("result", "整改结果", Shape::Long, ALL);
pub const EVIDENCE: Field = field("evidence", "佐证", Shape::Files, ALL).hint("PDF、图片、文档，每份不超过 50 MB。");
pub const OPINION: Field = field("opinion", "验收意见", Shape::Long, ALL).guarded();
pub const DONE: Field = field("done", "已完成部分", Shape::Long, ALL).guarded();
pub const REMAINING: Field = field("remaining", "尚待整改", Shape::Long, ALL).guarded();
pub const LETTER: Field = field("letter", "函件要点", Shape::Long, ALL).guarded();
pub const FINDING: Field = field("finding", "回头看情况", Shape::Long, OFFICE).guarded();
pub const PEOPLE: Field = field("facts", "涉嫌失责事实", Shape::Long, OFFICE).guarded().personal();
pub const WEIGHT: Field = field("weight", "反弹次数", Shape::Number, OFFICE);
pub const DEMANDED_ON: Field = field("demanded_on", "下达日期", Shape::Date, PROGRESS);
pub const ACCEPTED_ON: Field = field("accepted_on", "验收日期", Shape::Date, PROGRESS);
pub const CLOSED_ON: Field = field("closed_on", "销号日期", Shape::Date, PROGRESS);
pub const PROVED_ON: Field = field("proved_on", "通过再抽检验日期", Shape::Date, PROGRESS);
pub const BEFORE_N: Field = field("before_n", "整改前评查件数", Shape::Number, OFFICE).computed();
pub const BEFORE_BAD: Field = field("before_bad", "整改前有该问题的", Shape::Number, OFFICE).computed();
pub const AFTER_N: Field = field("after_n", "销号后评查件数", Shape::Number, OFFICE).computed();
pub const AFTER_BAD: Field = field("after_bad", "销号后有该问题的", Shape::Number, OFFICE).computed();
pub const OUTCOME: Field = field("outcome", "检验结论", Shape::Code(&codes::RESAMPLE), OFFICE).computed().optional();
pub const RECKONING: Field = field("reckoning", "算法", Shape::Short, OFFICE).computed().optional();
const COMPARISON: &[Field] = &[BEFORE_N, BEFORE_BAD, AFTER_N, AFTER_BAD, OUTCOME, RECKONING];
const WAIVE: Field = field("reason", "不再抽检的理由", Shape::Long, OFFICE).guarded();

const RETURNS_LEFT: R =
    rule("returned_enough", "退回次数已用完，只能部分验收或升级", |s, at| s.returns < at.parameter(parameters::RETURNS));
const LIGHT: R = rule("grave", "反弹重开的整改由分管领导验收", |s, _| s.weight == 0);
const GRAVE: R = rule("light", "未经反弹的整改由承办人验收", |s, _| s.weight > 0);
const URGED: R = rule("not_urged", "须先催办", |s, _| s.pressure >= 1);
const INTERVIEWED: R = rule("not_interviewed", "须先提出约谈建议", |s, _| s.pressure >= 2);
const RUNNING: R = rule("paused", "整改期限已经暂停", |s, _| !s.paused);
const PAUSED: R = rule("not_paused", "整改期限没有暂停", |s, _| s.paused);
const NOT_EXTENDED: R = rule("extended", "整改期限已延长过一次，不能再延长", |s, _| !s.extended);
const HELD: R = rule("not_looked_back", "回头看尚未确认整改巩固", |s, _| s.held);
const ANSWERED: R = rule("accountability_open", "责任查究尚未反馈结果", |_, at| at.all("accountability", super::super::ANSWERED));
/// The batches that check it say so by a link of this name.
const CHECKED: R = rule("batch_open", "还没有复查批次，或者复查批次没有办结", |_, at| at.every("rectification", CLOSED));
const EFFECTIVE: R = rule("no_effect", "再抽检验没有证明问题减少", |s, _| s.shows_effect());

const OPEN: &[Phase] = &[Demanded, Planning, PlanFiled, Rectifying, Reported, Continuing];
const BUSY: &[Phase] = &[Rectifying, Continuing];
pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Drafted, "待下发", true, Some(Lead)),
    phase(Demanded, "待签收", true, Some(Respondent)),
    phase(Planning, "拟订方案", true, Some(Respondent)),
    phase(PlanFiled, "方案待确认", false, Some(Handler)),
    phase(Rectifying, "整改中", true, Some(Respondent)),
    phase(Reported, "待验收", true, Some(Handler)),
    phase(Continuing, "持续整改", false, Some(Respondent)),
    phase(LookingBack, "待回头看", true, Some(Handler)),
    phase(Closed, "已销号", true, Some(Time)),
    phase(Resampling, "待再抽检验", true, Some(Handler)),
    phase(Proved, "已检验", true, None),
    phase(Waived, "未经检验", false, None),
];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("open",           "立整改件",       &[],            Go(Drafted),     &[House, Handler], B5, &[ORG, PROBLEMS, SEVERITY, GIST, SOURCE]),
    step("demand",         "下达整改通知",   &[Drafted],     Go(Demanded),    &[Lead],           B5, &[WHAT, FILES]).seen(&[Respondent]),
    step("sign",           "签收",           &[Demanded],    Go(Planning),    &[Respondent],     B5, &[]),
    step("plan",           "报送整改方案",   &[Planning],    Go(PlanFiled),   &[Respondent],     B5, &[PLAN, FILES]),
    step("return_plan",    "退回方案",       &[PlanFiled],   Go(Planning),    &[Handler],        B5, &[REASON]).seen(&[Respondent]),
    step("confirm_plan",   "确认方案",       &[PlanFiled],   Go(Rectifying),  &[Handler],        B5, &[]).seen(&[Respondent]),
    step("report",         "报送整改结果",   BUSY,           Go(Reported),    &[Respondent],     B5, &[RESULT, EVIDENCE]),
    step("send_back",      "退回整改",       &[Reported],    Go(Continuing),  &[Handler],        B5, &[REASON]).rules(&[RETURNS_LEFT]).seen(&[Respondent]),
    step("accept_partly",  "部分验收",       &[Reported],    Go(Continuing),  &[Handler, Lead],  B5, &[DONE, REMAINING]).seen(&[Respondent]),
    step("accept",         "验收通过",       &[Reported],    Go(LookingBack), &[Handler],        B5, &[OPINION]).rules(&[LIGHT]).seen(&[Respondent]),
    step("accept_grave",   "验收通过（加重）", &[Reported],  Go(LookingBack), &[Lead],           B5, &[OPINION]).rules(&[GRAVE]).seen(&[Respondent]),
    step("urge",           "催办",           OPEN,           Stay,            &[Handler],        B5, &[LETTER]).seen(&[Respondent]),
    step("interview",      "提出约谈建议",   OPEN,           Stay,            &[Lead],           B5, &[LETTER]).rules(&[URGED]),
    step("circulate",      "通报",           OPEN,           Stay,            &[Secretary],      B5, &[LETTER]).rules(&[INTERVIEWED]).seen(&[Respondent]),
    step("pause",          "暂停整改期限",   BUSY,           Stay,            &[Lead],           B5, &[REASON]).rules(&[RUNNING]).seen(&[Respondent]),
    step("resume",         "恢复整改期限",   BUSY,           Stay,            &[Handler],        B5, &[]).rules(&[PAUSED]).seen(&[Respondent]),
    step("extend",         "延长整改期限",   BUSY,           Stay,            &[Lead],           B5, &[REASON]).rules(&[NOT_EXTENDED]).seen(&[Respondent]),
    step("hold",           "回头看：巩固",   &[LookingBack], Stay,            &[Handler],        B5, &[FINDING]).after("settle_in").other_than(&["accept", "accept_grave"]),
    step("relapse",        "反弹重开",       &[LookingBack, Resampling], Go(Drafted),   &[Handler],        B5, &[FINDING]).after("settle_in").other_than(&["accept", "accept_grave"]).seen(&[Respondent]),
    step("accountability", "建议责任查究",   OPEN,           Stay,            &[Lead],           B5, &[PEOPLE]).then(&[("accountability", "open")]),
    step("close",          "销号",           &[LookingBack], Go(Closed),      &[Lead],           B5, &[]).rules(&[HELD, ANSWERED]).seen(&[Respondent]).grave(),
    step("due_resample",   "再抽期限届满",   &[Closed],      Go(Resampling),  &[Time],           T28, &[]).after("resample").seen(&[Respondent]),
    step("compare",        "再抽检验：比对", &[Resampling],  Stay,            &[Handler],        T28, COMPARISON).rules(&[CHECKED]),
    step("prove",          "再抽检验：通过", &[Resampling],  Go(Proved),      &[Lead],           T28, &[]).other_than(&["compare"]).rules(&[EFFECTIVE]).seen(&[Respondent]).grave(),
    step("waive_resample", "不作再抽检验",   &[Resampling],  Go(Waived),      &[Lead],           T28, &[WAIVE]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("demand", "下达整改通知", Length::Limit("N4", None), &["open", "relapse"], &["demand"]),
    clock("sign", "签收", Length::Limit("N5", None), &["demand"], &["sign"]),
    clock("plan", "报送方案", Length::Limit("T21a", None), &["sign"], &["plan"]),
    clock("confirm", "确认方案", Length::Limit("N6", None), &["plan"], &["return_plan", "confirm_plan"]),
    clock("replan", "退回后再报方案", Length::Limit("N7", None), &["return_plan"], &["plan"]),
    clock("rectify", "整改", Length::Limit("T21b", None), &["confirm_plan"], &["accept", "accept_grave"])
        .paused(&["pause", "report"], &["resume", "send_back", "accept_partly"]).extended("extend", "T21c"),
    clock("acceptance", "验收", Length::Limit("T21d", None), &["report"], &["send_back", "accept_partly", "accept", "accept_grave"]),
    clock("rework", "退回后再报", Length::Limit("T21e", None), &["send_back"], &["report"]).paused(&["pause"], &["resume"]).inside("rectify"),
    clock("settle_in", "回头看最早", Length::Limit("T21f", None), &["accept", "accept_grave"], &[]).opens(),
    clock("look_back", "回头看最晚", Length::Limit("T21g", None), &["accept", "accept_grave"], &["hold", "relapse"]),
    clock("close", "销号", Length::Limit("N9", None), &["hold"], &["close", "relapse"]),
    clock("resample", "销号后再抽", Length::Limit("T28", None), &["close"], &["due_resample"]).then("due_resample"),
    clock("compare", "再抽并比对", Length::Limit("N23", None), &["due_resample"], &["compare", "relapse", "waive_resample"]),
    clock("outcome", "检验结论", Length::Limit("N24", None), &["compare"], &["prove", "relapse", "waive_resample"]),
];
