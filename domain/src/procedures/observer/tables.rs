//! 步骤表、期限表、页面 (B9).
use super::{Observer as S, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::identifiers::{citizen, credit, phone};
use crate::registers::{codes, parameters};
use serde_json::json as j;

type R = Rule<S>;
const ALL: &[Standing] = &[Intake, Lead, Observer];
const OURS: &[Standing] = &[Intake, Lead];
/// Who follows what the lead decides.
const TOLD: &[Standing] = &[Intake, Observer];
const B9: &str = "本机构设定，非法定（规格B9）";
const B3: &str = "本机构设定，非法定（规格B3）";

const NAME: Field = field("name", "姓名", Shape::Short, ALL).personal();
const IDNO: Field = field("idno", "公民身份号码", Shape::Short, ALL).personal().checked(citizen::wrong);
const SOURCE: Field = field("source", "人员来源", Shape::Code(&codes::OBSERVER_SOURCE), ALL);
const ROUTE: Field = field("route", "报名方式", Shape::Code(&codes::OBSERVER_ROUTE), ALL);
const ANNOUNCEMENT: Field = field("announcement", "公告", Shape::Short, ALL).optional().hint("公告的名称或者文号。定向选聘的不填。");
const ANNOUNCED_ON: Field = field("announced_on", "公告日期", Shape::Date, ALL).optional().past();
const NOMINATED_BY: Field = field("nominated_by", "推荐单位", Shape::Short, ALL).optional().hint("单位推荐的填。");
const UNIT: Field = field("unit", "所在单位", Shape::Short, ALL).personal();
const USCC: Field = field("uscc", "所在单位统一社会信用代码", Shape::Short, ALL).optional().personal().checked(credit::wrong);
const ORG: Field = field("org", "所在机关单位", Shape::Org, ALL).optional().hint("在本平台机构名录中的单位任职的填。");
const FIRM: Field = field("firm", "企业指纹", Shape::Short, &[]).optional().computed();
const POST: Field = field("post", "职务", Shape::Short, ALL).optional();
const EDUCATION: Field = field("education", "学历", Shape::Code(&codes::EDUCATION), ALL).optional();
const SPECIALTIES: Field = field("specialties", "监督领域", Shape::Codes(&codes::OBSERVER_FIELD), ALL);
const REGIONS: Field =
    field("regions", "可派区域", Shape::Short, ALL).optional().hint("几个区域用顿号隔开，如 澄湖区、永砚县。不填为全市。");
const PHONE: Field = field("phone", "手机", Shape::Short, ALL).optional().personal().checked(phone::wrong);
/// As the old roll has it: a note of the wizard, no obstacle.
const OLD_PHONE: Field = field("phone", "手机", Shape::Short, ALL).optional().personal();
const FILES: Field = field("files", "报名表、证明材料", Shape::Files, OURS).optional();
const OWN: &str = "选聘条件由本机构设定，非法定。";
const OF_AGE: Field = field("of_age", "已满规定年龄", Shape::YesNo, OURS).hint(OWN);
const PENALISED: Field =
    field("penalised", "有违纪违法犯罪记录", Shape::YesNo, OURS).hint("含受过刑罚、行政拘留。选聘条件由本机构设定，非法定。");
const EXPELLED: Field = field("expelled", "曾被开除公职", Shape::YesNo, OURS).hint(OWN);
const DISHONEST: Field = field("dishonest", "是失信被执行人", Shape::YesNo, OURS).hint(OWN);
const OFFICIAL: Field = field("official", "是国家机关工作人员", Shape::YesNo, OURS).hint(OWN);
const OPINION: Field = field("opinion", "意见", Shape::Long, OURS).guarded().personal();
const REASON: Field = field("reason", "理由", Shape::Long, ALL).personal();
const PLACE: Field = field("place", "公示方式", Shape::Short, OURS);
const OBJECTION: Field = field("objection", "公示期间的异议", Shape::Long, OURS).personal();
const CHECKED: Field = field("checked", "核查结果", Shape::Long, OURS).personal();
const ACCOUNT: Field = field("account", "账号", Shape::Person, ALL);
const LETTER_NO: Field = field("letter_no", "聘书号", Shape::Short, ALL);
const CERT_NO: Field = field("cert_no", "监督员证号", Shape::Short, ALL);
const PROMISED: Field = field("promised", "已签保密、廉洁承诺书", Shape::YesNo, ALL);
const FROM: Field = field("from", "聘期起", Shape::Date, ALL);
const UNTIL: Field = field("until", "聘期止", Shape::Date, ALL);
const RELATION: Field = field("relation", "利害关系", Shape::Code(&codes::OBSERVER_TIE), ALL);
const REL_ORG: Field = field("related_org", "所涉单位", Shape::Org, ALL).optional();
const ENTERPRISE: Field = field("enterprise", "所涉企业", Shape::Short, ALL).optional().personal();
const ENTERPRISE_USCC: Field = field("uscc", "企业统一社会信用代码", Shape::Short, ALL).optional().personal().checked(credit::wrong);
const TIED_FIRM: Field = field("tied_firm", "所涉企业指纹", Shape::Short, &[]).optional().computed();
const TRAINED_ON: Field = field("trained_on", "培训日期", Shape::Date, ALL).past();
const SUBJECT: Field = field("subject", "培训内容", Shape::Short, ALL);
const TRAINED: Field = field("trained", "已培训", Shape::YesNo, ALL).optional();
const YEAR: Field = field("year", "考核年度", Shape::Number, ALL);
const ASSESSMENT: Field = field("assessment", "考核结果", Shape::Code(&codes::OBSERVER_ASSESSMENT), ALL);
const ASSESSED: Field = field("opinion", "考核意见", Shape::Long, ALL).guarded().personal();
const ABSENT_ON: Field = field("on", "缺派日期", Shape::Date, ALL).past();
const TASK: Field = field("task", "观摩件", Shape::Short, ALL).optional();
const EXCUSE: Field = field("excuse", "缺派理由", Shape::Long, ALL).optional().personal().hint("没有正当理由的不填，记为无故缺派。");
const DISPATCHED: Field = field("dispatched", "原名册派员次数", Shape::Number, ALL).optional();
const ABSENT: Field = field("absent", "原名册缺派次数", Shape::Number, ALL).optional();
const REMARK: Field = field("remark", "备注", Shape::Long, OURS).optional().personal();
const DISMISSAL: Field = field("dismissal", "解聘事由", Shape::Code(&codes::OBSERVER_DISMISSAL), ALL);
const FACTS: Field = field("facts", "事实和依据", Shape::Long, ALL).guarded().personal();
const STATEMENT: Field = field("statement", "陈述申辩", Shape::Long, ALL).personal();
const REPLY: Field = field("answer", "逐条答复", Shape::Long, ALL).guarded().personal();

const ENROL: &[Field] = &[
    NAME,
    IDNO,
    SOURCE,
    ROUTE,
    ANNOUNCEMENT,
    ANNOUNCED_ON,
    NOMINATED_BY,
    UNIT,
    USCC,
    FIRM,
    ORG,
    POST,
    EDUCATION,
    SPECIALTIES,
    REGIONS,
    PHONE,
    FILES,
];
const ENTER: &[Field] = &[
    NAME,
    IDNO,
    SOURCE,
    UNIT,
    USCC,
    FIRM,
    ORG,
    POST,
    EDUCATION,
    SPECIALTIES,
    REGIONS,
    OLD_PHONE,
    ACCOUNT.optional(),
    CERT_NO.optional(),
    FROM,
    UNTIL,
    TRAINED,
    PROMISED.optional(),
    ENTERPRISE,
    TIED_FIRM,
    DISPATCHED,
    ABSENT,
    REMARK,
];
const VET: &[Field] = &[OF_AGE, PENALISED, EXPELLED, DISHONEST, OFFICIAL, OPINION];
const TERM: &[Field] = &[ACCOUNT, LETTER_NO, CERT_NO, PROMISED, FROM, UNTIL];

const NO_ACCOUNT: R = rule("account_bound", "已绑定账号", |s, _| s.account.is_empty());
const RENEWABLE: R = rule("no_more_terms", "续聘次数已满（本机构设定，非法定）", |s, at| {
    s.renewals < at.parameter(parameters::OBSERVER_RENEWALS)
});
const ANSWERED: R = rule("unanswered", "陈述申辩尚未逐条答复", |s, _| s.answers.len() >= s.statements.len());
const ASKED: R = rule("nothing_stated", "没有待答复的陈述申辩", |s, _| s.answers.len() < s.statements.len());
const UNTOUCHED: R = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Enrolled, "待资格审查", true, Some(Intake)),
    phase(Vetted, "待公示", true, Some(Intake)),
    phase(Published, "公示中", true, Some(Lead)),
    phase(Approved, "待聘任", true, Some(Lead)),
    phase(Serving, "在聘", true, Some(Observer)),
    phase(Suspended, "停用", false, Some(Lead)),
    phase(Hearing, "拟解聘", false, Some(Observer)),
    phase(Dismissed, "已解聘", false, None),
    phase(Expired, "届满", true, None),
    phase(Left, "已辞任", false, None),
    phase(Rejected, "审查不通过", false, None),
    phase(Voided, "已撤销导入", false, None),
];
const ON_ROLL: &[Phase] = &[Serving, Suspended];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("enrol",          "登记报名",       &[],              Go(Enrolled),  &[Intake],           B9, ENROL),
    step("vet",            "资格审查通过",   &[Enrolled],      Go(Vetted),    &[Intake, Lead],     B9, VET).other_than(&["enrol"]),
    step("reject",         "审查不通过",     &[Enrolled, Vetted, Published, Approved], Go(Rejected), &[Intake, Lead], B9, &[REASON]),
    step("publish",        "公示",           &[Vetted],        Go(Published), &[Intake],           B9, &[PLACE]),
    step("note_objection", "登记公示异议",   &[Published],     Stay,          &[Intake],           B9, &[OBJECTION, CHECKED]),
    step("approve",        "批准聘任",       &[Published],     Go(Approved),  &[Lead],             B9, &[OPINION]).after("publicity").other_than(&["enrol", "vet"]).seen(&[Intake]),
    step("appoint",        "聘任",           &[Approved],      Go(Serving),   &[Lead],             B9, TERM).other_than(&["enrol"]).seen(TOLD),
    step("bind_account",   "绑定账号",       ON_ROLL,          Stay,          &[Lead],             B9, &[ACCOUNT]).rules(&[NO_ACCOUNT]).seen(TOLD),
    step("declare",        "申报利害关系",   ON_ROLL,          Stay,          &[Observer, Intake], B3, &[RELATION, REL_ORG, ENTERPRISE, ENTERPRISE_USCC, FIRM]),
    step("train",          "登记培训",       ON_ROLL,          Stay,          &[Intake],           B9, &[TRAINED_ON, SUBJECT]).seen(TOLD),
    step("assess",         "年度考核",       &[Serving, Suspended, Hearing, Expired], Stay, &[Intake], B9, &[YEAR, ASSESSMENT, ASSESSED]).seen(TOLD),
    step("note_absence",   "登记缺派",       ON_ROLL,          Stay,          &[Intake, House],    B9, &[ABSENT_ON, TASK, EXCUSE]).seen(TOLD),
    step("renew",          "续聘",           ON_ROLL,          Stay,          &[Lead],             B9, &[UNTIL, LETTER_NO]).rules(&[RENEWABLE]).seen(TOLD),
    step("suspend",        "停用",           &[Serving],       Go(Suspended), &[Lead],             B9, &[REASON]).seen(TOLD),
    step("restore",        "恢复",           &[Suspended],     Go(Serving),   &[Lead],             B9, &[REASON]).seen(TOLD),
    step("propose_dismissal", "告知拟解聘",  ON_ROLL,          Go(Hearing),   &[Intake],           B9, &[DISMISSAL, FACTS]).seen(TOLD),
    step("state_case",     "陈述申辩",       &[Hearing],       Stay,          &[Observer, Intake], B9, &[STATEMENT]).within("hearing"),
    step("answer_case",    "逐条答复",       &[Hearing],       Stay,          &[Intake, Lead],     B9, &[REPLY]).rules(&[ASKED]).seen(TOLD),
    step("keep",           "不予解聘",       &[Hearing],       Go(Serving),   &[Lead],             B9, &[REASON]).rules(&[ANSWERED]).seen(TOLD),
    step("dismiss",        "解聘",           &[Hearing],       Go(Dismissed), &[Lead],             B9, &[REASON]).after("hearing").other_than(&["propose_dismissal"]).rules(&[ANSWERED]).seen(TOLD).grave(),
    step("resign",         "辞任",           ON_ROLL,          Go(Left),      &[Observer],         B9, &[REASON]).seen(&[Intake]),
    step("expire",         "聘期届满",       ON_ROLL,          Go(Expired),   &[Time],             B9, &[]).after("term").seen(TOLD),
    step("enter_serving",  "历史导入：在聘", &[],              Go(Serving),   &[House],            B9, ENTER).seen(&[Intake]),
    step("enter_suspended", "历史导入：停用", &[],             Go(Suspended), &[House],            B9, ENTER).seen(&[Intake]),
    step("enter_dismissed", "历史导入：解聘", &[],             Go(Dismissed), &[House],            B9, ENTER).seen(&[Intake]),
    step("enter_expired",  "历史导入：届满", &[],              Go(Expired),   &[House],            B9, ENTER).seen(&[Intake]),
    step("void",           "撤销导入",       &[Serving, Suspended, Dismissed, Expired], Go(Voided), &[House], B9, &[]).rules(&[UNTOUCHED]).seen(&[Intake]),
];
const BEGINS: &[&str] = &["appoint", "renew", "enter_serving", "enter_suspended"];
const ENDS: &[&str] = &["dismiss", "resign", "expire", "void"];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("publicity",  "聘任公示", Length::Limit("N75", None), &["publish"], &["approve", "reject"]).opens(),
    clock("term",       "聘期", Length::Field("until"), BEGINS, ENDS).then("expire"),
    clock("training",   "每年培训", Length::Limit("N77", None), &["appoint", "train", "enter_serving", "enter_suspended"], ENDS),
    clock("assessment", "年度考核", Length::Limit("N78", None), &["appoint", "assess", "enter_serving", "enter_suspended"], ENDS),
    clock("hearing",    "陈述申辩", Length::Limit("N76", None), &["propose_dismissal"], &["keep", "dismiss"]).opens(),
];

pub fn page(s: &S) -> Vec<Section> {
    let said = &s.said;
    let who = vec![
        NAME.row(said.name.as_str()),
        IDNO.row(said.idno.as_str()),
        SOURCE.row(said.source.as_str()),
        ROUTE.row(said.route.as_str()),
        ANNOUNCEMENT.row(j!(said.announcement)),
        ANNOUNCED_ON.row(j!(said.announced_on)),
        NOMINATED_BY.row(j!(said.nominated_by)),
        UNIT.row(said.unit.as_str()),
        USCC.row(j!(said.uscc)),
        ORG.row(j!(said.org)),
        POST.row(j!(said.post)),
        EDUCATION.row(j!(said.education)),
        SPECIALTIES.row(said.specialties.clone()),
        REGIONS.row(j!(said.regions)),
        PHONE.row(j!(said.phone)),
        FILES.row(said.files.clone()),
        REMARK.row(s.remark.as_str()),
    ];
    let appointed = s.from.is_some();
    let term = vec![
        ACCOUNT.row(s.account.as_str()),
        LETTER_NO.row(s.letter_no.as_str()),
        CERT_NO.row(s.cert_no.as_str()),
        PROMISED.row(j!(appointed.then_some(s.promised))),
        FROM.row(j!(s.from)),
        UNTIL.row(j!(s.until)),
        REASON.row(s.reason.as_str()),
    ];
    let ties = s.ties.iter().flat_map(|t| {
        [
            RELATION.row(t.relation.as_str()),
            REL_ORG.row(j!(t.related_org)),
            ENTERPRISE.row(j!(t.enterprise)),
            ENTERPRISE_USCC.row(j!(t.uscc)),
        ]
    });
    let trained = s.trained.iter().flat_map(|(on, subject)| [TRAINED_ON.row(j!(on)), SUBJECT.row(subject.as_str())]);
    let assessed = s
        .assessed
        .iter()
        .flat_map(|(year, result, opinion)| [YEAR.row(*year), ASSESSMENT.row(result.as_str()), ASSESSED.row(opinion.as_str())]);
    let absent = s
        .absences
        .iter()
        .flat_map(|(on, task, excuse)| [ABSENT_ON.row(on.to_string()), TASK.row(task.as_str()), EXCUSE.row(excuse.as_str())]);
    let old = [DISPATCHED.row(j!(s.counted.0)), ABSENT.row(j!(s.counted.1))];
    let mut hearing = vec![DISMISSAL.row(s.dismissal.as_str()), FACTS.row(s.facts.as_str())];
    hearing.extend(s.statements.iter().map(|t| STATEMENT.row(t.as_str())));
    hearing.extend(s.answers.iter().map(|t| REPLY.row(t.as_str())));
    vec![
        section("监督员", who),
        section("聘任", term),
        section("利害关系", ties.collect()),
        section("培训和考核", trained.chain(assessed).collect()),
        section("派员", old.into_iter().chain(absent).collect()),
        section("解聘", hearing),
    ]
}
