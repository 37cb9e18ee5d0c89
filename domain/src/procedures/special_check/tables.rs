//! 步骤表、期限表、页面 (M1.4, M2.7).
use super::{Phase, Phase::*, SpecialCheck};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::CLOSED;
use crate::procedures::inspection::UNDER_WAY;
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<SpecialCheck>;
/// The office and a group that takes part.
const US: &[Standing] = &[Handler, Lead, Secretary, Inspector];
/// And the unit.
const ALL: &[Standing] = &[Handler, Lead, Secretary, Inspector, Respondent];
const M2: &str = "本机构设定，非法定（规格M1.4、M2.7）";
const F3: &str = "本机构设定，非法定（规格F3、M2.7）";

const NAME: Field = field("name", "检查名称", Shape::Short, ALL);
const MODE: Field = field("mode", "检查方式", Shape::Code(&codes::CHECK_MODE), ALL);
const THEME: Field = field("theme", "检查主题", Shape::Code(&codes::CHECK_THEME), ALL);
const ORG: Field = field("org", "被检查单位", Shape::Org, ALL);
const CHECKLIST: Field = field("checklist", "检查清单", Shape::Rows(ITEM), US).guarded();
const ITEM: &[Column] = &[column("item", "检查项目"), column("basis", "依据")];
const PARTNERS: Field = field("partners", "参加单位", Shape::Rows(PARTNER), US).optional();
const PARTNER: &[Column] = &[column("org", "单位"), column("contact", "联系部门").optional()];
const FROM: Field = field("from", "检查自", Shape::Date, US);
const TO: Field = field("to", "检查至", Shape::Date, US);
const INSPECTION: Field =
    field("inspection", "所属督察巡查", Shape::Matter("inspection"), US).optional().hint("嵌入督察巡查的填督察巡查编号，须在督察中。");
const REASON: Field = field("reason", "理由", Shape::Long, US).guarded();
const CHECKED: Field = field("item", "检查项目", Shape::Choice, ALL);
const RESULT: Field = field("check_result", "检查结果", Shape::Code(&codes::CHECK_RESULT), ALL);
const FOUND: Field =
    field("found", "发现的情况", Shape::Long, ALL).guarded().hint("只写情况和件数。不写姓名、身份证号、电话、案号，可写“张某”。");
const CASES: Field = field("cases", "涉及件数", Shape::Number, ALL);
const FINDINGS: Field = field("findings", "检查发现", Shape::Rows(FINDING), ALL);
const FINDING: &[Column] = &[
    column("item", "检查项目"),
    column("check_result", "结果").of(&codes::CHECK_RESULT),
    column("found", "情况"),
    column("cases", "件数"),
];
const WRONG: Field = field("wrong", "不符合的项目数", Shape::Number, ALL);
const CONCLUSION: Field = field("conclusion", "检查结论", Shape::Long, ALL).guarded().hint("不写姓名。");
const RECEIVER: Field = field("receiver", "接收机关", Shape::Code(&codes::RECEIVER_BODY), US);
const REFERRED: Field = field("referred", "移送要点", Shape::Long, US).guarded().hint("不写姓名；名单由接收机关依法调取。");
const REFERRALS: Field = field("referrals", "已移送线索", Shape::Long, US);
const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), US);
const SEVERITY: Field = field("severity", "严重度", Shape::Code(&codes::SEVERITY), US);
const GIST: Field = field("gist", "问题要点", Shape::Long, US).guarded().hint("不写姓名。");

const PLAN: &[Field] = &[NAME, MODE, THEME, ORG, CHECKLIST, PARTNERS, FROM, TO, INSPECTION];

const EMBEDDED: R =
    rule("inspection_not_under_way", "所属督察巡查不在督察中", |s, at| at.carries(s.plan.inspection.as_deref(), UNDER_WAY));
const ALL_CHECKED: R = rule("items_unchecked", "检查清单还有没有检查的项目", |s, _| {
    s.plan.checklist.iter().all(|i| s.findings.iter().any(|f| f.item == i.item))
});
const RECTIFIED: R = rule("rectifications_open", "还有整改件没有销号", |_, at| at.all("rectification", CLOSED));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Planned, "方案待批准", true, Some(Lead)),
    phase(Returned, "方案退回", false, Some(Handler)),
    phase(Checking, "检查中", true, Some(Handler)),
    phase(Concluded, "结论已作出", true, Some(Handler)),
    phase(Closed, "检查办结", true, None),
    phase(Abandoned, "已中止", false, None),
];
#[rustfmt::skip]
pub const STEPS: &[Step<SpecialCheck>] = &[
    step("plan",        "拟订检查方案", &[],          Go(Planned),   &[Handler, Inspector], M2, PLAN),
    step("revise",      "修改检查方案", &[Returned],  Go(Planned),   &[Handler, Inspector], M2, PLAN),
    step("return_plan", "退回方案",     &[Planned],   Go(Returned),  &[Lead],               M2, &[REASON]).seen(&[Inspector]),
    step("approve",     "批准方案",     &[Planned],   Go(Checking),  &[Lead],               M2, &[]).other_than(&["plan", "revise"]).rules(&[EMBEDDED]).seen(&[Inspector]),
    step("abandon",     "中止检查",     &[Planned, Returned, Checking], Go(Abandoned), &[Lead], M2, &[REASON]).seen(&[Inspector]),
    step("find",        "记录检查发现", &[Checking],  Stay,          &[Handler, Inspector], F3, &[CHECKED, RESULT, FOUND, CASES]),
    step("conclude",    "作出检查结论", &[Checking],  Go(Concluded), &[Handler, Inspector], F3, &[CONCLUSION]).rules(&[ALL_CHECKED]).seen(&[Respondent]),
    step("refer",       "移送线索",     &[Checking, Concluded], Stay, &[Lead],              F3, &[RECEIVER, REFERRED]).seen(&[Inspector]),
    step("rectify",     "转整改",       &[Concluded], Stay,          &[Lead],               M2, &[PROBLEMS, SEVERITY, GIST]).then(&[("rectification", "open")]).seen(&[Inspector]),
    step("close",       "检查办结",     &[Concluded], Go(Closed),    &[Handler, Lead],      M2, &[]).rules(&[RECTIFIED]).seen(&[Inspector, Respondent]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("approve", "审批方案", Length::Limit("N27", None), &["plan", "revise"], &["return_plan", "approve", "abandon"]),
    clock("conclude", "作出检查结论", Length::Limit("N34", None), &["approve"], &["conclude", "abandon"]),
];

pub fn page(s: &SpecialCheck) -> Vec<Section> {
    let p = &s.plan;
    let plan = vec![
        NAME.row(p.name.as_str()),
        MODE.row(p.mode.as_str()),
        THEME.row(p.theme.as_str()),
        ORG.row(p.org.as_str()),
        CHECKLIST.row(j!(p.checklist)),
        PARTNERS.row(j!(p.partners)),
        FROM.row(j!(p.from)),
        TO.row(j!(p.to)),
        INSPECTION.row(j!(p.inspection)),
        REASON.row(s.reason.as_str()),
    ];
    let told = |f: &super::Finding| j!({"item": f.item, "check_result": f.check_result, "found": f.found, "cases": f.cases.to_string()});
    let findings: Vec<_> = s.findings.iter().map(told).collect();
    let mut found = vec![FINDINGS.row(findings), CONCLUSION.row(s.conclusion.as_str())];
    if s.concluded.is_some() {
        found.push(WRONG.row(s.wrong()));
    }
    vec![section("方案", plan), section("检查发现", found), section("线索移送", vec![REFERRALS.row(s.referrals().join("\n"))])]
}
