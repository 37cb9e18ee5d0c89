//! 步骤表、期限表、页面 (E).
use super::{EarlyWarning, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<EarlyWarning>;
const E: &str = "本机构设定，非法定（规格E）";

const ORG: Field = field("org", "单位", Shape::Org, OFFICE);
const MEASURE: Field = field("measure", "比较什么", Shape::Code(&codes::FAIR_MEASURE), OFFICE);
const YEAR: Field = field("year", "年度", Shape::Number, OFFICE);
const HALF: Field = field("half", "半年", Shape::Code(&codes::HALF), OFFICE);
const REVIEWED: Field = field("reviewed", "已定论评查件", Shape::Number, OFFICE);
const OBSERVED: Field = field("observed", "实际件数", Shape::Number, OFFICE);
const EXPECTED: Field = field("expected", "按全市水平应有件数", Shape::Short, OFFICE);
const LIMIT: Field = field("limit", "达到几件即超过上限", Shape::Number, OFFICE);
const COMPARED: Field = field("compared", "一同比较的单位数", Shape::Number, OFFICE);
const CASES: Field = field("cases", "不同案件数", Shape::Number, OFFICE);
const REVIEWERS: Field = field("reviewers", "涉及评查员人数", Shape::Number, OFFICE);
const STRATA: Field = field("strata", "按案件类型", Shape::Rows(STRATUM), OFFICE);
const STRATUM: &[Column] = &[
    column("case_type", "案件类型").of(&codes::CASE_TYPE),
    column("reviewed", "已定论评查件"),
    column("hits", "实际件数"),
    column("city", "全市每百件"),
];
const DIGEST: Field = field("digest", "所依据各件的指纹", Shape::Short, OFFICE);
const NOTICE: Field = field("notice", "说明", Shape::Short, OFFICE);
const NOTE: Field = field("note", "核查情况", Shape::Long, OFFICE).guarded().hint("写看了什么、看到什么。不写人员姓名。");
const GROUND: Field = field("ground", "解除理由", Shape::Code(&codes::CLEAR_GROUND), OFFICE);
const EXPLANATION: Field = field("explanation", "理由说明", Shape::Long, OFFICE).guarded();
const REASON: Field = field("reason", "退回理由", Shape::Long, OFFICE).guarded();
const MEANS: Field = field("means", "采取什么措施", Shape::Code(&codes::WARNING_MEANS), OFFICE);
/// A number and no link: whoever may see what was opened must not find a warning behind it.
const FOLLOWED: Field = field("followed", "措施的编号", Shape::Short, OFFICE).hint("如 PB-2026-0003。");
const TAKEN: Field = field("taken", "已采取的措施", Shape::Rows(MEASURES), OFFICE);
const MEASURES: &[Column] = &[column("means", "措施").of(&codes::WARNING_MEANS), column("number", "编号")];
const SUMMARY: Field = field("summary", "小结", Shape::Long, OFFICE).guarded();
const RAISED: &[Field] = &[ORG, MEASURE, YEAR, HALF, REVIEWED, OBSERVED, EXPECTED, LIMIT, COMPARED, CASES, REVIEWERS, STRATA, DIGEST];

const ACTED: R = rule("nothing_taken", "还没有采取措施", |s, _| !s.followed.is_empty());

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Raised, "待核查", true, Some(Handler)),
    phase(Examined, "待处理", true, Some(Handler)),
    phase(Clearing, "待批准解除", false, Some(Lead)),
    phase(Acting, "已采取措施", true, Some(Lead)),
    phase(Cleared, "已解除", false, None),
    phase(Closed, "已办结", true, None),
];
#[rustfmt::skip]
pub const STEPS: &[Step<EarlyWarning>] = &[
    step("raise",         "形成预警",     &[],                 Go(Raised),   &[House],   E, RAISED),
    step("examine",       "登记核查情况", &[Raised, Examined], Go(Examined), &[Handler], E, &[NOTE]),
    step("propose_clear", "提出解除预警", &[Examined, Acting], Go(Clearing), &[Handler], E, &[GROUND, EXPLANATION]),
    step("return_clear",  "退回重新核查", &[Clearing],         Go(Examined), &[Lead],    E, &[REASON]),
    step("clear",         "批准解除预警", &[Clearing],         Go(Cleared),  &[Lead],    E, &[]).other_than(&["examine", "propose_clear"]).grave(),
    step("act_on",        "登记采取的措施", &[Examined, Acting], Go(Acting), &[Handler], E, &[MEANS, FOLLOWED]),
    step("close",         "预警办结",     &[Acting],           Go(Closed),   &[Lead],    E, &[SUMMARY]).rules(&[ACTED]).grave(),
];
pub const CLOCKS: &[Clock] = &[
    clock("examine", "核查预警", Length::Limit("N150", None), &["raise"], &["examine"]),
    clock("handle", "处理预警", Length::Limit("N151", None), &["examine", "return_clear"], &["propose_clear", "act_on"]),
    clock("clear", "批准解除预警", Length::Limit("N152", None), &["propose_clear"], &["clear", "return_clear"]),
    clock("close", "预警办结", Length::Limit("N153", None), &["act_on"], &["close", "propose_clear"]),
];

pub fn page(s: &EarlyWarning) -> Vec<Section> {
    let c = &s.said;
    let found = vec![
        NOTICE.row("预警只提示关注，不是结论。"),
        ORG.row(c.org.as_str()),
        MEASURE.row(c.measure.as_str()),
        YEAR.row(c.year),
        HALF.row(c.half.as_str()),
        REVIEWED.row(c.reviewed),
        OBSERVED.row(c.observed),
        EXPECTED.row(c.expected.as_str()),
        LIMIT.row(c.limit),
        COMPARED.row(c.compared),
        CASES.row(c.cases),
        REVIEWERS.row(c.reviewers),
        STRATA.row(j!(c.strata)),
        DIGEST.row(c.digest.as_str()),
    ];
    let taken: Vec<_> = s.followed.iter().map(|(means, number)| j!({"means": means, "number": number})).collect();
    let handled = vec![
        NOTE.row(s.note.as_str()),
        TAKEN.row(taken),
        GROUND.row(s.ground.as_str()),
        EXPLANATION.row(s.explanation.as_str()),
        REASON.row(s.reason.as_str()),
        SUMMARY.row(s.summary.as_str()),
    ];
    vec![section("比较结果", found), section("核查和处理", handled)]
}
