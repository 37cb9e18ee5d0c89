//! 步骤表、期限表、页面 (B3.1–2).
use super::{Phase, Phase::*, ReviewBatch};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::CLOSED;
use crate::procedures::clue::TO_REVIEW;
use crate::procedures::inspection::UNDER_WAY;
use crate::procedures::standard::EFFECTIVE;
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<ReviewBatch>;
const WHO: &[Standing] = &[Handler, Lead, Secretary, Chair];
/// And the group of the inspection a batch is embedded in: results only, never a case, a name or a score.
const GROUP: &[Standing] = &[Handler, Lead, Secretary, Chair, Inspector];
const INSPECTED: &[Standing] = &[Handler, Lead, Secretary, Inspector];
const B3: &str = "本机构设定，非法定（规格B3）";

const NAME: Field = field("name", "批次名称", Shape::Short, GROUP);
const KIND: Field = field("kind", "评查方式", Shape::Code(&codes::REVIEW_KIND), GROUP);
const SCOPE: Field = field("scope", "评查范围", Shape::Long, GROUP).guarded().hint("哪些单位、哪类案件。");
const CASE_TYPES: Field = field("case_types", "案件类型", Shape::Codes(&codes::CASE_TYPE), WHO);
const TAGS: Field = field("tags", "案件标签", Shape::Codes(&codes::TAG), WHO).optional();
const FROM: Field = field("from", "结案日期自", Shape::Date, WHO);
const TO: Field = field("to", "结案日期至", Shape::Date, WHO);
const STANDARD: Field = field("standard", "评查标准", Shape::Matter("standard"), WHO).hint("填标准编号，须已生效。");
const SAMPLING: Field = field("sampling", "抽样法", Shape::Code(&codes::SAMPLING), WHO);
const SIZE: Field = field("size", "抽取数", Shape::Number, WHO).hint("抽样法为“全部评查”的填 0；件数可在“样本量”页推算。");
const STRATA: Field = field("strata", "分层办法", Shape::Short, WHO).optional().hint("分层抽样填：按单位、案件类型各抽多少。");
const MUST: Field = field("must_review", "重点必查", Shape::Codes(&codes::MUST_REVIEW), WHO).optional();
const REASON: Field = field("reason", "立项理由", Shape::Long, WHO).guarded().optional();
const UNIT: Field =
    field("unit", "评查单位", Shape::Org, WHO).optional().hint("只评查一个单位的填。复查整改件的，只评查责任单位销号后办结的案件。");
const CLUE: Field = field("clue", "来源线索", Shape::Matter("clue"), OFFICE).optional().hint("由线索转评查的填线索编号；须已批准转评查。");
const INSPECTION: Field =
    field("inspection", "所属督察巡查", Shape::Matter("inspection"), INSPECTED).optional().hint("嵌入督察巡查的填督察巡查编号。");
const RECTIFICATION: Field =
    field("rectification", "复查的整改件", Shape::Matter("rectification"), OFFICE).optional().hint("销号后同类再抽的填整改件编号。");
const REMARK: Field = field("remark", "理由", Shape::Long, WHO).guarded();
const FINISH_BY: Field = field("finish_by", "完成期限", Shape::Date, GROUP);
const ROOT: Field = field("root", "候选清单指纹", Shape::Short, WHO);
const UNIVERSE: Field = field("universe", "候选案卷数", Shape::Number, WHO);
const EXCLUDED: Field = field("excluded", "排除数", Shape::Number, WHO).hint("未办结、未生效的。");
const GRADES: Field = field("grades", "等次和分数线", Shape::Rows(GRADE), WHO).optional();
const GRADE: &[Column] = &[column("grade", "等次"), column("from", "自几分起")];
const DRAW: Field = field("draw", "抽取编号", Shape::Short, WHO);
const PROOF: Field = field("proof", "抽取证明指纹", Shape::Short, WHO);
const DOSSIERS: Field = field("dossiers", "抽中案卷", Shape::Rows(CHOSEN), WHO);
const CHOSEN: &[Column] = &[
    column("dossier", "案卷编号"),
    column("org", "承办单位"),
    column("case_no", "案号").optional(),
    column("case_type", "案件类型").of(&codes::CASE_TYPE),
    column("closed_on", "结案日期"),
    column("effective_on", "生效日期"),
    column("sealed", "是否封存").of(&codes::YES_NO).optional(),
    column("must", "重点必查").of(&codes::YES_NO).optional(),
];
const ROUND: Field = field("round", "第几次抽取", Shape::Number, WHO);
const SUMMARY: Field = field("summary", "批次小结", Shape::Long, WHO).guarded();

const PLAN: &[Field] =
    &[NAME, KIND, SCOPE, CASE_TYPES, TAGS, FROM, TO, STANDARD, SAMPLING, SIZE, STRATA, MUST, UNIT, CLUE, INSPECTION, RECTIFICATION, REASON];

const STANDARD_IN_FORCE: R = rule("standard_not_in_force", "评查标准不是已生效的版本", |_, at| at.every("standard", EFFECTIVE));
const SOURCE_ROUTED: R = rule("clue_not_routed", "来源线索没有批准转评查", |_, at| at.all("clue", TO_REVIEW));
const CLOSED_BEFORE: R = rule("rectification_open", "复查的整改件还没有销号", |_, at| at.all("rectification", CLOSED));
const INSPECTION_UNDER_WAY: R =
    rule("inspection_not_under_way", "所属督察巡查不在督察中", |s, at| at.carries(s.plan.inspection.as_deref(), UNDER_WAY));
const OPENED: R = rule("reviews_missing", "评查件还没有全部立件", |s, at| {
    at.kin.iter().filter(|k| k.link == "review").count() >= s.dossiers.len()
});
const ALL_CLOSED: R = rule("reviews_open", "还有评查件未定论", |_, at| at.all("review", CLOSED));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Planned, "方案待批准", true, Some(Lead)),
    phase(Returned, "方案退回", false, Some(Handler)),
    phase(Approved, "待冻结候选清单", true, Some(Handler)),
    phase(Frozen, "待抽案", true, Some(Handler)),
    phase(Sampled, "待立件", true, Some(Handler)),
    phase(Running, "评查中", true, Some(Handler)),
    phase(Closed, "批次办结", true, None),
    phase(Abandoned, "已中止", false, None),
];
#[rustfmt::skip]
pub const STEPS: &[Step<ReviewBatch>] = &[
    step("plan",         "拟订方案",       &[],         Go(Planned),   &[Handler], B3, PLAN),
    step("revise",       "修改方案",       &[Returned], Go(Planned),   &[Handler], B3, PLAN),
    step("return_plan",  "退回方案",       &[Planned],  Go(Returned),  &[Lead],    B3, &[REMARK]),
    step("approve",      "批准方案",       &[Planned],  Go(Approved),  &[Lead],    B3, &[FINISH_BY]).other_than(&["plan", "revise"]).rules(&[STANDARD_IN_FORCE, SOURCE_ROUTED, CLOSED_BEFORE, INSPECTION_UNDER_WAY]),
    step("freeze",       "冻结候选清单",   &[Approved], Go(Frozen),    &[House],   B3, &[ROOT, UNIVERSE, EXCLUDED, GRADES]),
    step("thaw",         "重新编制候选清单", &[Frozen], Go(Approved),  &[Lead],    B3, &[REMARK]),
    step("take_sample",  "记入抽案结果",   &[Frozen],   Go(Sampled),   &[House],   B3, &[DRAW, PROOF, DOSSIERS]),
    step("draw_again",   "重新抽案",       &[Sampled],  Go(Frozen),    &[Lead],    B3, &[REMARK]),
    step("open_reviews", "逐案立评查件",   &[Sampled],  Go(Running),   &[Handler], B3, &[]).then(&[("review", "open")]),
    step("close",        "批次办结",       &[Running],  Go(Closed),    &[Handler], B3, &[SUMMARY]).rules(&[OPENED, ALL_CLOSED]).grave(),
    step("abandon",      "中止批次",       &[Planned, Returned, Approved, Frozen, Sampled], Go(Abandoned), &[Lead], B3, &[REMARK]),
];
pub const CLOCKS: &[Clock] = &[clock("finish", "完成评查", Length::Field("finish_by"), &["approve"], &["close", "abandon"])];

pub fn page(s: &ReviewBatch) -> Vec<Section> {
    let p = &s.plan;
    let plan = vec![
        NAME.row(p.name.as_str()),
        KIND.row(p.kind.as_str()),
        SCOPE.row(p.scope.as_str()),
        CASE_TYPES.row(p.case_types.clone()),
        TAGS.row(p.tags.clone()),
        FROM.row(j!(p.from)),
        TO.row(j!(p.to)),
        STANDARD.row(p.standard.as_str()),
        SAMPLING.row(p.sampling.as_str()),
        SIZE.row(p.size),
        STRATA.row(j!(p.strata)),
        MUST.row(p.must_review.clone()),
        UNIT.row(j!(p.unit)),
        CLUE.row(j!(p.clue)),
        INSPECTION.row(j!(p.inspection)),
        RECTIFICATION.row(j!(p.rectification)),
        REASON.row(j!(p.reason)),
        FINISH_BY.row(j!(s.finish_by)),
        REMARK.row(s.remark.as_str()),
    ];
    let mut sample = vec![ROOT.row(s.root.as_str())];
    if !s.root.is_empty() {
        sample.extend([UNIVERSE.row(s.universe), EXCLUDED.row(s.excluded), GRADES.row(j!(s.grades))]);
    }
    if let Some(last) = s.draws.last() {
        sample.extend([ROUND.row(s.draws.len()), DRAW.row(last.as_str()), PROOF.row(s.proof.as_str()), DOSSIERS.row(j!(s.dossiers))]);
    }
    vec![section("方案", plan), section("抽案", sample), section("小结", vec![SUMMARY.row(s.summary.as_str())])]
}
