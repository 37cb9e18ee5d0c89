//! 步骤表、页面 (C 案件).
use super::{Dossier, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<Dossier>;
const C: &str = "本机构设定，非法定（规格B3、C）";
const BASIS_SEAL: &str = "刑事诉讼法第286条、治安管理处罚法第136条（规格F3【文】）";

const OLD_NO: Field = field("old_no", "原编号", Shape::Short, OFFICE).optional();
const CASE_NO: Field = field("case_no", "案号", Shape::Short, OFFICE).hint("如（2024）赣1202刑初15号。");
const CASE_TYPE: Field = field("case_type", "案件类型", Shape::Code(&codes::CASE_TYPE), OFFICE);
const CAUSE: Field = field("cause", "案由", Shape::Short, OFFICE);
const TRACK: Field = field("track", "适用程序", Shape::Short, OFFICE).optional().hint("如普通程序、简易程序、速裁程序。");
const STAGE: Field = field("stage", "审级、阶段", Shape::Code(&codes::STAGE), OFFICE).optional();
const ORG: Field = field("org", "承办单位", Shape::Org, OFFICE);
const DEPARTMENT: Field = field("department", "承办部门", Shape::Short, OFFICE).optional();
const HANDLER: Field = field("handler", "承办人", Shape::Short, OFFICE).personal();
const BENCH: Field = field("bench", "审判组织", Shape::Short, OFFICE).optional().personal().hint("合议庭成员，用顿号分开。");
const AGENTS: Field = field("agents", "代理人、辩护人", Shape::Short, OFFICE).optional().personal();
const FORMER: Field = field("former", "曾办人员", Shape::Short, OFFICE).optional().personal().hint("前一审级、前一阶段的办案人员。");
const FILED_ON: Field = field("filed_on", "立案日期", Shape::Date, OFFICE).past().optional();
const CLOSED_ON: Field = field("closed_on", "结案日期", Shape::Date, OFFICE).past();
const EFFECTIVE_ON: Field = field("effective_on", "生效日期", Shape::Date, OFFICE).past();
const PARTIES: Field = field("parties", "当事人", Shape::Short, OFFICE).optional().personal().hint("封存案件不填。");
const ALIAS: Field = field("alias", "当事人代称", Shape::Short, OFFICE).optional().hint("如被告人甲；不写姓名。");
const TAGS: Field = field("tags", "案件标签", Shape::Codes(&codes::TAG), OFFICE).optional();
const SEALS: Field = field("seals", "封存标志", Shape::Codes(&codes::SEAL), OFFICE);
const CLASSIFIED: Field = field("classified", "是否涉密", Shape::YesNo, OFFICE).hint("涉密案件不得录入。");
const SEIZED: Field = field("seized", "查封、扣押财物", Shape::Long, OFFICE).optional();
const RESULT: Field = field("result", "办理结果", Shape::Long, OFFICE).personal().hint("照录文书结果。");
const AFTERMATH: Field = field("aftermath", "后续程序", Shape::Code(&codes::AFTERMATH), OFFICE);
const REMARK: Field = field("remark", "备注", Shape::Long, OFFICE).optional().personal();
const FILES: Field = field("files", "文书", Shape::Files, OFFICE).optional();
const DOC_NO: Field = field("doc_no", "文书号", Shape::Short, OFFICE);
const CAPACITY: Field = field("capacity", "在案件中的身份", Shape::Code(&codes::CAPACITY), OFFICE);
const PERSON: Field = field("person", "人员", Shape::Person, OFFICE).hint("本系统中的人员；登记后自动回避本案。");
const NAMED: Field = field("named", "已登记的人员", Shape::Choice, OFFICE);
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE);
const GROUND: Field = field("ground", "依据", Shape::Short, OFFICE);
const DOCUMENT: Field = field("document", "有权机关文书", Shape::Files, OFFICE);
const PRIOR_BY: Field = field("prior_by", "结论来源", Shape::Code(&codes::PRIOR), OFFICE);
const PRIOR: Field = field("prior", "结论", Shape::Long, OFFICE).hint("照录等次和主要问题。");
const PRIOR_ON: Field = field("prior_on", "结论日期", Shape::Date, OFFICE).past();

/// What is known of a case: its number and unit `$key`, the rest `$rest`, between them and after them what a step adds.
macro_rules! record {
    ([$($first:expr),*] $key:ident $rest:ident [$($ended:expr),*] [$($marks:expr),*] [$($last:expr),*]) => {
        &[$($first,)* CASE_NO.$key(), CASE_TYPE.$rest(), CAUSE.$rest(), TRACK, STAGE, ORG.$key(), DEPARTMENT, HANDLER.$rest(), BENCH,
          AGENTS, FORMER, FILED_ON, $($ended,)* PARTIES, ALIAS, TAGS, $($marks,)* SEIZED, REMARK, $($last),*]
    };
}
const REGISTER: &[Field] = record!([] required required [] [SEALS.optional(), CLASSIFIED] [FILES]);
const REGISTER_EFFECTIVE: &[Field] =
    record!([] required required [CLOSED_ON, EFFECTIVE_ON, RESULT, AFTERMATH.optional()] [SEALS.optional(), CLASSIFIED] [FILES]);
const AMEND: &[Field] = record!([] optional optional [] [] [FILES]);
/// What a row of 案件台账.xlsx may say.
macro_rules! entered {
    ($($ended:expr),*) => {
        record!([OLD_NO] required optional [$($ended,)* RESULT.optional(), AFTERMATH.optional()] [SEALS.optional(), CLASSIFIED.optional()] [])
    };
}
const ENTER: &[Field] = entered!();
const ENTER_CONCLUDED: &[Field] = entered!(CLOSED_ON);
const ENTER_EFFECTIVE: &[Field] = entered!(CLOSED_ON, EFFECTIVE_ON);

const SEALED: R = rule("not_sealed", "本案没有封存", |s, _| s.sealed());
const NOT_SEALED: R = rule("sealed", "本案已经封存", |s, _| !s.sealed());
const SOMEBODY: R = rule("nobody_named", "没有登记过人员", |s, _| !s.named.is_empty());
const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Pending, "在办", true, None),
    phase(Concluded, "已结未生效", true, None),
    phase(Effective, "已生效", true, None),
    phase(Voided, "已撤销导入", false, None),
];
const ALIVE: &[Phase] = &[Pending, Concluded, Effective];
#[rustfmt::skip]
pub const STEPS: &[Step<Dossier>] = &[
    step("register",           "登记在办案件",   &[],                     Go(Pending),   &[Handler], C, REGISTER),
    step("register_effective", "登记已生效案件", &[],                     Go(Effective), &[Handler], C, REGISTER_EFFECTIVE),
    step("amend_record",       "更正登记",       ALIVE,                   Stay,          &[Handler], C, AMEND),
    step("conclude",           "登记结案",       &[Pending],              Go(Concluded), &[Handler], C, &[CLOSED_ON, RESULT]),
    step("take_effect",        "登记生效",       &[Concluded],            Go(Effective), &[Handler], C, &[EFFECTIVE_ON]),
    step("reopen",             "登记重新在办",   &[Concluded, Effective], Go(Pending),   &[Handler], C, &[AFTERMATH, DOC_NO]),
    step("name_person",        "登记涉案人员",   ALIVE,                   Stay,          &[Handler], C, &[CAPACITY, PERSON]),
    step("drop_person",        "删去涉案人员",   ALIVE,                   Stay,          &[Lead],    C, &[NAMED, REASON]).rules(&[SOMEBODY]),
    step("seal",               "封存",           ALIVE,                   Stay,          &[Handler], BASIS_SEAL, &[SEALS, ALIAS.required(), GROUND]).rules(&[NOT_SEALED]).grave(),
    step("unseal",             "解除封存",       ALIVE,                   Stay,          &[Lead],    "人民检察院刑事诉讼规则第485条（规格F3【文】）", &[GROUND, DOCUMENT]).rules(&[SEALED]),
    step("record_conclusion",  "登记既有评查结论", ALIVE,                 Stay,          &[Handler], C, &[PRIOR_BY, PRIOR, PRIOR_ON, DOC_NO]),
    step("note_review",        "记入本平台评查定论", ALIVE,               Stay,          &[House],   C, &[PRIOR, PRIOR_ON, DOC_NO]),
    step("enter_pending",      "历史导入：在办", &[],                     Go(Pending),   &[House],   C, ENTER),
    step("enter_concluded",    "历史导入：已结未生效", &[],               Go(Concluded), &[House],   C, ENTER_CONCLUDED),
    step("enter_effective",    "历史导入：已生效", &[],                   Go(Effective), &[House],   C, ENTER_EFFECTIVE),
    step("void",               "撤销导入",       ALIVE,                   Go(Voided),    &[House],   C, &[]).rules(&[UNTOUCHED]),
];

pub fn page(s: &Dossier) -> Vec<Section> {
    let said = &s.said;
    let known = vec![
        OLD_NO.row(j!(said.old_no)),
        CASE_NO.row(j!(said.case_no)),
        CASE_TYPE.row(j!(said.case_type)),
        CAUSE.row(j!(said.cause)),
        TRACK.row(j!(said.track)),
        STAGE.row(j!(said.stage)),
        TAGS.row(j!(said.tags)),
        SEALS.row(j!(said.seals)),
        ORG.row(j!(said.org)),
        DEPARTMENT.row(j!(said.department)),
        FILED_ON.row(j!(said.filed_on)),
        CLOSED_ON.row(j!(said.closed_on)),
        EFFECTIVE_ON.row(j!(said.effective_on)),
        RESULT.row(j!(said.result)),
        AFTERMATH.row(j!(said.aftermath)),
        SEIZED.row(j!(said.seized)),
        REMARK.row(j!(said.remark)),
    ];
    let mut people = vec![
        HANDLER.row(j!(said.handler)),
        BENCH.row(j!(said.bench)),
        AGENTS.row(j!(said.agents)),
        FORMER.row(j!(said.former)),
        ALIAS.row(j!(said.alias)),
    ];
    if !s.sealed() {
        people.push(PARTIES.row(j!(said.parties)));
    }
    people.extend(s.named.iter().flat_map(|(capacity, person)| [CAPACITY.row(capacity.as_str()), PERSON.row(person.as_str())]));
    let prior = s.priors.iter().flat_map(|p| {
        [PRIOR_BY.row(p.by.as_str()), PRIOR.row(p.said.as_str()), PRIOR_ON.row(p.on.to_string()), DOC_NO.row(p.doc_no.as_str())]
    });
    vec![section("案件", known), section("人员", people), section("既有评查结论", prior.collect())]
}
