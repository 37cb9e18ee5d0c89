//! 步骤表、期限表、页面 (B2).
use super::{CommonProblem, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::{CLOSED, rectification::PROVED};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<CommonProblem>;
const TOLD: &[Standing] = &[Handler, Lead, Secretary, Inspector];
const B2: &str = "本机构设定，非法定（规格B2）";

const PROBLEM: Field = field("problem", "问题码", Shape::Code(&codes::PROBLEM), TOLD);
const FROM: Field = field("from", "期间自", Shape::Date, TOLD);
const TO: Field = field("to", "期间至", Shape::Date, TOLD);
const ANALYSIS: Field = field("analysis", "共性问题分析", Shape::Long, OFFICE).guarded().hint("写规律和成因，不写反映人。只在本室可见。");
const TOTAL: Field = field("total", "件数", Shape::Number, TOLD).computed().optional();
const UNITS: Field = field("units", "各单位", Shape::Rows(UNIT), TOLD).computed().optional();
const UNIT: &[Column] = &[
    column("org", "单位"),
    column("count", "件数"),
    column("dossiers", "同期办结案件"),
    column("per_100", "每百件").optional(),
    column("low", "区间下限").optional(),
    column("high", "区间上限").optional(),
];
const MATTERS: Field = field("matters", "所依据的件", Shape::Rows(BEHIND), OFFICE).computed().optional();
const BEHIND: &[Column] = &[column("matter_no", "编号"), column("org", "单位")];
const TARGET: Field = field("target", "建议对象", Shape::Choice, TOLD);
const KIND: Field = field("inspection_kind", "督察巡查种类", Shape::Code(&codes::INSPECTION_KIND), TOLD);
const REASONS: Field =
    field("reasons", "建议理由", Shape::Long, TOLD).guarded().hint("督察巡查组可见。只写问题码、计数和理由，不写编号、案号、人名。");
const SUGGESTION: Field = field("suggestion", "第几项建议", Shape::Choice, TOLD);
const NOTE: Field = field("note", "采纳理由", Shape::Long, TOLD).guarded();
const REASON: Field = field("reason", "理由", Shape::Long, TOLD).guarded();
const RECTIFIED: Field = field("unit", "责任单位", Shape::Choice, OFFICE);
const SEVERITY: Field = field("severity", "严重度", Shape::Code(&codes::SEVERITY), OFFICE);
const GIST: Field = field("gist", "问题要点", Shape::Long, OFFICE).guarded().hint("写事实，不写反映人。");
const SUMMARY: Field = field("summary", "小结", Shape::Long, OFFICE).guarded();
const SUGGESTIONS: Field = field("suggestions", "督察巡查对象建议", Shape::Rows(SUGGESTED), TOLD);
const SUGGESTED: &[Column] = &[
    column("n", "序号"),
    column("org", "对象"),
    column("kind", "种类"),
    column("reasons", "理由"),
    column("outcome", "答复"),
    column("said", "答复说明").optional(),
];

const ANSWERED: R = rule("suggestion_open", "还有建议没有答复", |s, _| s.suggestions.iter().all(|x| !x.waits()));
const UNTOUCHED: R = rule("rectifying", "已经立了整改件，不能撤销", |s, _| s.rectified.is_empty());
const LEFT: R = rule("all_rectified", "每个单位都已立整改件", |s, _| !s.all_rectified());
const ALL_RECTIFIED: R = rule("unit_without", "还有单位没有立整改件", |s, _| s.all_rectified());
const ALL_CLOSED: R = rule("rectification_open", "还有整改件没有销号", |_, at| at.every("rectification", CLOSED));
/// One repaired case does not close a common problem: the defect must have become rarer in every unit (T28).
const ALL_PROVED: R = rule("not_proved", "还有整改件没有通过再抽检验", |_, at| at.every("rectification", PROVED));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Confirmed, "已确认", true, Some(Lead)),
    phase(Suggested, "待督察巡查组答复", true, Some(Inspector)),
    phase(Answered, "推动整改", true, Some(Lead)),
    phase(Closed, "已销号", true, None),
    phase(Dropped, "已撤销", false, None),
];
const OPEN: &[Phase] = &[Confirmed, Suggested, Answered];
#[rustfmt::skip]
pub const STEPS: &[Step<CommonProblem>] = &[
    step("confirm", "确认共性问题",   &[],                    Go(Confirmed),             &[Handler],   B2, &[PROBLEM, FROM, TO, ANALYSIS, TOTAL, UNITS, MATTERS]),
    step("suggest", "建议督察巡查对象", OPEN,                 Go(Suggested),             &[Lead],      B2, &[TARGET, KIND, REASONS]).seen(&[Inspector]),
    step("adopt",   "采纳",           &[Suggested],           Once(Answered, &ANSWERED), &[Inspector], B2, &[SUGGESTION, NOTE]),
    step("decline", "不采纳",         &[Suggested],           Once(Answered, &ANSWERED), &[Inspector], B2, &[SUGGESTION, REASON]),
    step("rectify", "立整改件",       OPEN,                   Stay,                      &[Lead],      B2, &[RECTIFIED, SEVERITY, GIST]).rules(&[LEFT]).then(&[("rectification", "open")]),
    step("close",   "销号",           &[Confirmed, Answered], Go(Closed),                &[Lead],      B2, &[SUMMARY]).rules(&[ALL_RECTIFIED, ALL_CLOSED, ALL_PROVED]).seen(&[Inspector]).grave(),
    step("drop",    "撤销确认",       &[Confirmed],           Go(Dropped),               &[Lead],      B2, &[REASON]).rules(&[UNTOUCHED]),
];
pub const CLOCKS: &[Clock] = &[
    clock("next", "提出建议、推动整改", Length::Limit("N20", None), &["confirm"], &["suggest", "rectify", "close", "drop"]),
    clock("answer", "答复建议", Length::Limit("N21", None), &["suggest"], &["adopt", "decline"]),
    clock("push", "推动整改", Length::Limit("N22", None), &["adopt", "decline"], &["rectify", "suggest", "close"]),
];

pub fn page(s: &CommonProblem) -> Vec<Section> {
    let found = vec![
        PROBLEM.row(s.problem.as_str()),
        FROM.row(j!(s.from)),
        TO.row(j!(s.to)),
        TOTAL.row(s.total),
        UNITS.row(j!(s.units)),
        ANALYSIS.row(s.analysis.as_str()),
        MATTERS.row(j!(s.matters)),
    ];
    let told = |(n, x): (usize, &super::Suggestion)| j!({"n": (n + 1).to_string(), "org": x.target, "kind": x.kind, "reasons": x.reasons, "outcome": x.outcome(), "said": x.said});
    let suggestions: Vec<_> = s.suggestions.iter().enumerate().map(told).collect();
    let end = vec![SUMMARY.row(s.summary.as_str()), REASON.row(s.reason.as_str())];
    vec![section("问题", found), section("督察巡查", vec![SUGGESTIONS.row(suggestions)]), section("结果", end)]
}
