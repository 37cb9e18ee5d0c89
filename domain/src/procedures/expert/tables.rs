//! 步骤表、期限表、页面 (B14a).
use super::{Expert as S, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<S>;
const ALL: &[Standing] = &[Handler, Lead, Secretary, Expert];
const B14: &str = "本机构设定，非法定（规格B14a）";
const F1: &str = "本机构设定，非法定（规格F1）";

const NAME: Field = field("name", "姓名", Shape::Short, ALL).personal();
const CATEGORY: Field = field("category", "类别", Shape::Code(&codes::EXPERT_CATEGORY), ALL);
const UNIT: Field = field("unit", "工作单位", Shape::Short, ALL);
const ORG: Field = field("org", "所在政法单位", Shape::Org, ALL).optional().hint("在政法单位任职的填；本单位的案件自动回避。");
const PROFESSIONS: Field = field("professions", "专业", Shape::Codes(&codes::CASE_TYPE), ALL);
const CERTIFICATE: Field = field("certificate", "资格证号", Shape::Short, ALL).optional().personal();
const NOMINATED_BY: Field = field("nominated_by", "推荐单位", Shape::Short, ALL).optional().hint("自荐的不填。");
const FILES: Field = field("files", "推荐表、证明材料", Shape::Files, OFFICE).optional();
const POLITICAL: Field = field("political", "政治条件符合", Shape::YesNo, OFFICE);
const PROFESSIONAL: Field = field("professional", "专业条件符合", Shape::YesNo, OFFICE);
const CLEAN_RECORD: Field = field("clean_record", "无违纪违法记录", Shape::YesNo, OFFICE);
const NO_INTEREST: Field = field("no_interest", "无重大利益冲突", Shape::YesNo, OFFICE);
const OPINION: Field = field("opinion", "意见", Shape::Long, OFFICE);
const REASON: Field = field("reason", "理由", Shape::Long, ALL);
const PLACE: Field = field("place", "公示方式", Shape::Short, OFFICE);
const OBJECTION: Field = field("objection", "公示期间的异议", Shape::Long, OFFICE).personal();
const CHECKED: Field = field("checked", "核查结果", Shape::Long, OFFICE).personal();
const ACCOUNT: Field = field("account", "账号", Shape::Person, ALL);
const LETTER_NO: Field = field("letter_no", "聘书号", Shape::Short, ALL);
const FROM: Field = field("from", "聘期起", Shape::Date, ALL);
const UNTIL: Field = field("until", "聘期止", Shape::Date, ALL);
const RELATIONS: Field = field("relations", "回避情形", Shape::Rows(BARRING), ALL).optional();
const BARRING: &[Column] = &[column("relation", "关系").of(&codes::RELATION), column("org", "单位")];
const CLIENTS: Field = field("clients", "在办代理单位", Shape::Rows(CLIENT), ALL).optional();
const CLIENT: &[Column] = &[column("client", "单位名称"), column("org", "单位代码").optional(), column("matter", "代理事项").optional()];
const NO_CLIENTS: Field = field("no_clients", "没有在办代理单位", Shape::YesNo, ALL);
const RELATION: Field = field("relation", "关系", Shape::Code(&codes::RELATION), ALL);
const REL_ORG: Field = field("related_org", "所涉单位", Shape::Org, ALL).optional();
const RELATIVE: Field = field("relative", "所涉人员", Shape::Short, ALL).optional().personal();
const CASE_NO: Field = field("case_no", "所涉案号", Shape::Short, ALL).optional();
const REVIEW: Field = field("review", "评查件", Shape::Matter("review"), OFFICE);
const ASSESSMENT: Field = field("assessment", "考核结果", Shape::Code(&codes::ASSESSMENT), ALL);
const DISMISSAL: Field = field("dismissal", "解聘事由", Shape::Code(&codes::DISMISSAL), ALL);
const FACTS: Field = field("facts", "事实和依据", Shape::Long, ALL).personal();
const STATEMENT: Field = field("statement", "陈述申辩", Shape::Long, ALL).personal();
const REPLY: Field = field("answer", "逐条答复", Shape::Long, ALL).personal();

const NOMINATE: &[Field] = &[NAME, CATEGORY, UNIT, ORG, PROFESSIONS, CERTIFICATE, NOMINATED_BY, FILES];
const ENTER: &[Field] = &[
    NAME,
    CATEGORY,
    UNIT,
    ORG,
    PROFESSIONS,
    CERTIFICATE,
    NOMINATED_BY,
    ACCOUNT.optional(),
    LETTER_NO.optional(),
    FROM.optional(),
    UNTIL,
    RELATIONS,
];
const TERM: &[Field] = &[ACCOUNT, LETTER_NO, FROM, UNTIL];

const LAWYER: R = rule("not_a_lawyer", "仅律师类专家适用", |s, _| s.lawyer());
const NO_LAWYER: R = rule("a_lawyer", "律师类专家请办理“聘任（律师）”", |s, _| !s.lawyer());
const NO_ACCOUNT: R = rule("account_bound", "已绑定账号", |s, _| s.account.is_empty());
const ANSWERED: R = rule("unanswered", "陈述申辩尚未逐条答复", |s, _| s.answers.len() >= s.statements.len());
const ASKED: R = rule("nothing_stated", "没有待答复的陈述申辩", |s, _| s.answers.len() < s.statements.len());
const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Nominated, "待资格审查", true, Some(Lead)),
    phase(Vetted, "待公示", true, Some(Handler)),
    phase(Published, "公示中", true, Some(Lead)),
    phase(Serving, "在库", true, Some(Expert)),
    phase(Suspended, "暂停", false, Some(Lead)),
    phase(Hearing, "拟解聘", false, Some(Expert)),
    phase(Dismissed, "已解聘", false, None),
    phase(Expired, "期满出库", true, None),
    phase(Left, "已辞聘", false, None),
    phase(Rejected, "审查不通过", false, None),
    phase(Voided, "已撤销导入", false, None),
];
const IN_POOL: &[Phase] = &[Serving, Suspended];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("nominate",       "推荐专家",       &[],              Go(Nominated), &[Handler],         B14, NOMINATE),
    step("vet",            "资格审查通过",   &[Nominated],     Go(Vetted),    &[Lead],            B14, &[POLITICAL, PROFESSIONAL, CLEAN_RECORD, NO_INTEREST, OPINION]).other_than(&["nominate"]),
    step("reject",         "审查不通过",     &[Nominated, Vetted, Published], Go(Rejected), &[Lead], B14, &[REASON]),
    step("publish",        "公示",           &[Vetted],        Go(Published), &[Handler],         B14, &[PLACE]),
    step("note_objection", "登记公示异议",   &[Published],     Stay,          &[Handler],         B14, &[OBJECTION, CHECKED]),
    step("appoint",        "聘任",           &[Published],     Go(Serving),   &[Lead],            B14, TERM).after("publicity").other_than(&["nominate"]).rules(&[NO_LAWYER]).seen(&[Expert]),
    step("appoint_lawyer", "聘任（律师）",   &[Published],     Go(Serving),   &[Lead],            B14, TERM).after("publicity").other_than(&["nominate"]).rules(&[LAWYER]).seen(&[Expert]),
    step("bind_account",   "绑定账号",       IN_POOL,          Stay,          &[Lead],            B14, &[ACCOUNT]).rules(&[NO_ACCOUNT]),
    step("declare",        "申报在办代理单位", IN_POOL,        Stay,          &[Expert],          F1,  &[CLIENTS, NO_CLIENTS]).rules(&[LAWYER]),
    step("relate",         "申报回避关系",   IN_POOL,          Stay,          &[Expert, Handler], F1,  &[RELATION, REL_ORG, RELATIVE, CASE_NO]),
    step("assess",         "任务考核",       &[Serving, Suspended, Hearing, Expired], Stay, &[Handler], B14, &[REVIEW, ASSESSMENT, OPINION]),
    step("renew",          "续聘",           IN_POOL,          Stay,          &[Lead],            B14, &[UNTIL, LETTER_NO]).seen(&[Expert]),
    step("suspend",        "暂停",           &[Serving],       Go(Suspended), &[Lead],            B14, &[REASON]).seen(&[Expert]),
    step("restore",        "恢复",           &[Suspended],     Go(Serving),   &[Lead],            B14, &[REASON]).seen(&[Expert]),
    step("propose_dismissal", "告知拟解聘",  IN_POOL,          Go(Hearing),   &[Handler],         B14, &[DISMISSAL, FACTS]).seen(&[Expert]),
    step("state_case",     "陈述申辩",       &[Hearing],       Stay,          &[Expert],          B14, &[STATEMENT]).within("hearing"),
    step("answer_case",    "逐条答复",       &[Hearing],       Stay,          &[Handler, Lead],   B14, &[REPLY]).rules(&[ASKED]).seen(&[Expert]),
    step("keep",           "不予解聘",       &[Hearing],       Go(Serving),   &[Lead],            B14, &[REASON]).rules(&[ANSWERED]).seen(&[Expert]),
    step("dismiss",        "解聘",           &[Hearing],       Go(Dismissed), &[Lead],            B14, &[REASON]).after("hearing").other_than(&["propose_dismissal"]).rules(&[ANSWERED]).seen(&[Expert]).grave(),
    step("resign",         "辞聘",           IN_POOL,          Go(Left),      &[Expert],          B14, &[REASON]),
    step("expire",         "期满出库",       IN_POOL,          Go(Expired),   &[Time],            B14, &[]).after("term").seen(&[Expert]),
    step("enter_serving",  "历史导入：在库", &[],              Go(Serving),   &[House],           B14, ENTER),
    step("void",           "撤销导入",       &[Serving],       Go(Voided),    &[House],           B14, &[]).rules(&[UNTOUCHED]),
];
const ENDS: &[&str] = &["dismiss", "resign", "expire", "void"];
pub const CLOCKS: &[Clock] = &[
    clock("publicity", "聘任公示", Length::Limit("P3", None), &["publish"], &["appoint", "appoint_lawyer", "reject"]).opens(),
    clock("term", "聘期", Length::Field("until"), &["appoint", "appoint_lawyer", "renew", "enter_serving"], ENDS).then("expire"),
    clock("declaration", "申报在办代理单位", Length::Limit("P1", None), &["appoint_lawyer", "declare"], ENDS),
    clock("hearing", "陈述申辩", Length::Limit("P2", None), &["propose_dismissal"], &["keep", "dismiss"]).opens(),
];

pub fn page(s: &S) -> Vec<Section> {
    let who = vec![
        NAME.row(s.said.name.as_str()),
        CATEGORY.row(s.said.category.as_str()),
        UNIT.row(s.said.unit.as_str()),
        ORG.row(j!(s.said.org)),
        PROFESSIONS.row(s.said.professions.clone()),
        CERTIFICATE.row(j!(s.said.certificate)),
        NOMINATED_BY.row(j!(s.said.nominated_by)),
    ];
    let term = vec![
        ACCOUNT.row(s.account.as_str()),
        LETTER_NO.row(s.letter_no.as_str()),
        FROM.row(j!(s.from)),
        UNTIL.row(j!(s.until)),
        REASON.row(s.reason.as_str()),
    ];
    let mut barred = vec![CLIENTS.row(j!(s.clients))];
    barred.extend(s.relations.iter().flat_map(|r| {
        [RELATION.row(r.relation.as_str()), REL_ORG.row(r.org.as_str()), RELATIVE.row(r.relative.as_str()), CASE_NO.row(r.case_no.as_str())]
    }));
    barred.retain(|r| r.value.as_str() != Some(""));
    let assessed = s.assessed.iter().flat_map(|(review, result, opinion)| {
        [REVIEW.row(review.as_str()), ASSESSMENT.row(result.as_str()), OPINION.row(opinion.as_str())]
    });
    let mut hearing = vec![DISMISSAL.row(s.dismissal.as_str()), FACTS.row(s.facts.as_str())];
    hearing.extend(s.statements.iter().map(|t| STATEMENT.row(t.as_str())));
    hearing.extend(s.answers.iter().map(|t| REPLY.row(t.as_str())));
    vec![
        section("专家", who),
        section("聘任", term),
        section("回避关系", barred),
        section("考核", assessed.collect()),
        section("解聘", hearing),
    ]
}
