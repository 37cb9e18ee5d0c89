//! 版式: what the columns of each kind of ledger are called and what they hold. Data, not code.
use domain::registers::codes::{self, CodeTable};

use crate::rules::{self, Rule};
use crate::words;

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A serial number nobody relies on.
    Seq,
    /// Text.
    Text,
    /// Text whose paragraphs are kept.
    Prose,
    /// Several short texts; one separator of many becomes 、.
    List,
    /// A day that has passed.
    Date,
    /// A day that may lie ahead.
    Ahead,
    /// A day that has passed, with its time to the minute.
    Moment,
    /// 是 or 否; blank is 否.
    Bool,
    /// One code.
    Code(&'static CodeTable),
    /// An organisation.
    Unit,
    /// Where somebody works: one of our organisations by its full name, else as written.
    Workplace,
    /// Several of them, as in a list.
    Workplaces,
    /// 案号 or 文号.
    Number,
    /// 文号 whose zeros are kept.
    Paper,
    /// 案号 that must be whole: year, court, serial number.
    CaseNumber,
    /// 身份证.
    Id,
    /// 统一社会信用代码.
    Credit,
    /// 身份证 or 统一社会信用代码, told apart by content.
    IdOrCredit,
    /// An amount in yuan, kept in 分.
    Money,
    /// A whole number from 0.
    Count,
    /// A telephone number.
    Phone,
    /// 行政区划代码.
    Region,
    /// Digits of a fixed width, zeros in front.
    Digits(usize),
    /// Computed by the sheet; never believed.
    Formula,
}
/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Canonical field.
    pub field: &'static str,
    /// What the heading says, most usual first.
    pub labels: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// Must be given.
    pub required: bool,
}
/// One kind of ledger.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Glossary identifier.
    pub kind: &'static str,
    /// 中文.
    pub label: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Fields that together make a row the same as an earlier one.
    pub same: &'static [&'static [&'static str]],
    /// `(later, earlier)`: days that must not stand in the other order.
    pub order: &'static [(&'static str, &'static str)],
    /// The person whose number tells more than the other cells.
    pub person: Option<Person>,
    /// Words for "not yet" where a day belongs.
    pub not_yet: &'static [&'static str],
    /// What only this kind of ledger knows.
    pub rules: &'static [Rule],
}
/// Fields of a person that his number also tells.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// 身份证号.
    pub number: &'static str,
    /// Day of birth, where there is such a column.
    pub birth: Option<&'static str>,
    /// Sex, where there is such a column.
    pub gender: Option<&'static str>,
    /// Days that cannot lie before birth.
    pub after: &'static [&'static str],
}
const PLAIN: Layout = Layout { kind: "", label: "", columns: &[], same: &[], order: &[], person: None, not_yet: &[], rules: &[] };
const fn col(field: &'static str, labels: &'static [&'static str], kind: Kind) -> Column {
    Column { field, labels, kind, required: false }
}
const fn must(field: &'static str, labels: &'static [&'static str], kind: Kind) -> Column {
    Column { field, labels, kind, required: true }
}
/// 线索台账.
pub static CLUE: Layout = Layout {
    kind: "clue",
    label: "线索台账",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("clue_no", &["线索编号", "编号"], Kind::Text),
        must("source", &["线索来源", "来源"], Kind::Code(&codes::SOURCE)),
        must("received", &["收到日期", "收到时间", "受理日期"], Kind::Date),
        col("doc_no", &["来文字号", "来文号"], Kind::Number),
        must("unit", &["涉案单位", "被反映单位", "单位"], Kind::Unit),
        col("case_no", &["案号"], Kind::Number),
        col("case_type", &["案件类型", "类型"], Kind::Code(&codes::CASE_TYPE)),
        col("stage", &["诉讼阶段", "办案阶段"], Kind::Code(&codes::STAGE)),
        col("is_closed", &["是否办结"], Kind::Bool),
        col("officer", &["涉及干警", "干警"], Kind::Text),
        must("summary", &["诉求要点", "诉求摘要", "反映内容"], Kind::Text),
        col("reporter", &["来访反映人/姓名", "反映人姓名", "反映人", "姓名"], Kind::Text),
        col("reporter_id", &["身份证号", "反映人身份证号"], Kind::Id),
        col("reporter_phone", &["联系电话", "电话"], Kind::Phone),
        col("keep_secret", &["要求保密", "是否保密"], Kind::Bool),
        col("problem", &["问题码", "问题类别"], Kind::Code(&codes::PROBLEM)),
        col("screen", &["初筛结论", "初筛"], Kind::Code(&codes::SCREEN)),
        col("assessed", &["是否研判"], Kind::Bool),
        col("assessed_on", &["研判日期"], Kind::Date),
        col("disposal", &["处置去向", "去向", "处置"], Kind::Code(&codes::ROUTE)),
        col("to_review", &["是否评查"], Kind::Bool),
        col("grade", &["评查等次", "等次"], Kind::Code(&codes::GRADE)),
        col("review_on", &["定论日期"], Kind::Date),
        col("corrected", &["是否督促纠错纠偏", "是否纠错"], Kind::Bool),
        col("correct_way", &["纠错纠偏/方式", "方式"], Kind::Code(&codes::CORRECTION)),
        col("corrected_on", &["整改到位日期"], Kind::Date),
        col("days", &["研判用时天"], Kind::Formula),
        col("handler", &["承办人"], Kind::Text),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["clue_no"], &["unit", "case_no"]],
    ..PLAIN
};
/// 机构.
pub static ORGANISATION: Layout = Layout {
    kind: "organisation",
    label: "机构表",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("code", &["机构编码", "编码"], Kind::Text),
        must("name", &["机构名称", "名称"], Kind::Text),
        col("short", &["简称"], Kind::Text),
        col("parent", &["上级机构编码", "上级编码"], Kind::Text),
        must("level", &["层级"], Kind::Code(&words::LEVEL)),
        must("kind", &["类别"], Kind::Code(&words::ORG_KIND)),
        must("region", &["行政区划代码", "区划代码"], Kind::Region),
        col("doc_ab", &["文书法院代字", "文书代字", "法院代字"], Kind::Text),
        col("status", &["状态"], Kind::Code(&words::ORG_STATUS)),
        col("former", &["曾用名"], Kind::Text),
        col("regime", &["管理体制"], Kind::Code(&words::MANAGEMENT)),
    ],
    same: &[&["code"]],
    ..PLAIN
};
/// 人员.
pub static OFFICER: Layout = Layout {
    kind: "officer",
    label: "干警信息",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("name", &["姓名"], Kind::Text),
        col("gender", &["性别"], Kind::Code(&words::GENDER)),
        must("idno", &["身份证号", "身份证号码"], Kind::Id),
        col("birth", &["出生日期", "出生年月"], Kind::Date),
        must("badge", &["警号工号", "警号", "工号"], Kind::Digits(6)),
        must("unit", &["单位", "工作单位"], Kind::Unit),
        col("dept", &["部门"], Kind::Text),
        col("post", &["职务"], Kind::Text),
        col("rank", &["职级警衔", "职级", "警衔"], Kind::Text),
        col("quota", &["员额"], Kind::Bool),
        must("joined", &["参加工作", "参加工作时间"], Kind::Date),
        col("current_from", &["任现职", "任现职时间"], Kind::Date),
        col("phone", &["联系电话", "电话"], Kind::Phone),
        col("kin", &["近亲属从业情况"], Kind::Text),
        col("status", &["在岗状态", "状态"], Kind::Code(&words::DUTY)),
        col("station", &["是否驻点"], Kind::Bool),
        col("station_from", &["政法委驻点/起", "驻点起", "起"], Kind::Date),
        col("station_to", &["政法委驻点/止", "驻点止", "止"], Kind::Date),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["idno"]],
    order: &[("current_from", "joined"), ("station_to", "station_from")],
    person: Some(Person { number: "idno", birth: Some("birth"), gender: Some("gender"), after: &["joined"] }),
    ..PLAIN
};
/// 案件台账.
pub static DOSSIER: Layout = Layout {
    kind: "dossier",
    label: "案件台账",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("case_no", &["案号(文号)", "案号", "文号"], Kind::CaseNumber),
        must("case_type", &["案件基本情况/类型", "案件类型", "类型"], Kind::Code(&codes::CASE_TYPE)),
        must("cause", &["案由"], Kind::Text),
        col("procedure", &["程序", "适用程序"], Kind::Text),
        col("stage", &["阶段", "诉讼阶段", "办案阶段"], Kind::Code(&codes::STAGE)),
        must("unit", &["承办单位", "办案单位", "单位"], Kind::Unit),
        col("dept", &["部门", "承办部门"], Kind::Text),
        must("handler", &["承办人"], Kind::Text),
        col("handler_no", &["工号(警号)", "警号工号", "警号", "工号"], Kind::Digits(6)),
        col("collegial", &["合议庭", "合议庭成员"], Kind::List),
        col("party", &["当事人/姓名(名称)", "当事人姓名", "当事人", "姓名(名称)"], Kind::Text),
        col("cert_no", &["证件号码", "证件号"], Kind::IdOrCredit),
        col("birth", &["出生日期"], Kind::Date),
        must("filed", &["立案(受案)", "立案日期", "受案日期", "立案"], Kind::Date),
        col("concluded", &["结案", "结案日期"], Kind::Date),
        col("effective", &["生效", "生效日期"], Kind::Date),
        col("days", &["办理天数"], Kind::Formula),
        col("is_enterprise", &["涉企", "是否涉企"], Kind::Bool),
        col("is_minor", &["未成年", "是否未成年"], Kind::Bool),
        col("is_merit", &["立功", "是否立功"], Kind::Bool),
        col("is_petition", &["信访", "是否信访", "涉信访"], Kind::Bool),
        col("is_sealed", &["封存", "是否封存"], Kind::Bool),
        col("amount", &["标的额(元)", "标的额"], Kind::Money),
        col("result", &["处理结果"], Kind::Text),
        col("followup", &["后续"], Kind::Text),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["case_no"]],
    order: &[("concluded", "filed"), ("effective", "concluded")],
    person: Some(Person { number: "cert_no", birth: Some("birth"), gender: None, after: &["filed"] }),
    not_yet: &["未结", "未办结", "未结案", "在办", "审理中", "办理中", "未生效"],
    rules: &[rules::no_result_before_the_end, rules::no_name_under_seal],
};
/// 专家名册.
pub static EXPERT: Layout = Layout {
    kind: "expert",
    label: "专家名册",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("name", &["姓名"], Kind::Text),
        col("gender", &["性别"], Kind::Code(&words::GENDER)),
        col("birth", &["出生年月日", "出生日期", "出生年月"], Kind::Date),
        must("idno", &["身份证号", "身份证号码"], Kind::Id),
        must("category", &["来源类别", "类别"], Kind::Code(&words::EXPERT_KIND)),
        must("unit", &["工作单位", "单位"], Kind::Workplace),
        col("post", &["职务(职称)", "职务", "职称"], Kind::Text),
        col("specialty", &["专业领域", "专长"], Kind::List),
        col("cert_no", &["执业证号"], Kind::Text),
        col("phone", &["联系电话", "电话"], Kind::Phone),
        must("term_start", &["聘期起", "聘任情况/起"], Kind::Ahead),
        must("term_end", &["聘期止", "聘任情况/止"], Kind::Ahead),
        col("letter_no", &["聘书编号"], Kind::Paper),
        col("promised", &["已签承诺书", "承诺书"], Kind::Bool),
        col("avoid_kin", &["近亲属在政法单位"], Kind::Text),
        col("avoid_agent", &["在办代理单位"], Kind::Workplaces),
        col("avoid_former", &["曾任职单位"], Kind::Workplaces),
        col("tasks", &["参评次数"], Kind::Count),
        col("assess", &["年度考核"], Kind::Code(&words::ASSESSMENT)),
        col("status", &["状态"], Kind::Code(&words::EXPERT_STATUS)),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["idno"]],
    order: &[("term_end", "term_start")],
    person: Some(Person { number: "idno", birth: Some("birth"), gender: Some("gender"), after: &["term_start"] }),
    ..PLAIN
};
/// 检察监督意见台账.
pub static OPINION: Layout = Layout {
    kind: "procuratorial_opinion",
    label: "检察监督意见台账",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("proc_unit", &["检察机关", "检察院"], Kind::Unit),
        must("kind", &["监督文书/种类", "文书种类", "种类"], Kind::Code(&codes::OPINION_KIND)),
        must("doc_no", &["监督文书/文号", "文号", "文书号"], Kind::CaseNumber),
        must("unit", &["被监督单位", "单位"], Kind::Unit),
        must("matter", &["监督事项", "事项"], Kind::Text),
        must("served", &["送达日期", "送达/送达日期"], Kind::Date),
        col("serve_way", &["送达/方式", "送达方式", "方式"], Kind::Code(&codes::SERVE_WAY)),
        must("term", &["回复期限", "期限"], Kind::Text),
        col("due", &["应回复日", "应回复日期"], Kind::Ahead),
        col("replied", &["实际回复日", "回复日期"], Kind::Date),
        must("status", &["回复情况"], Kind::Code(&words::OPINION_STATUS)),
        col("reason", &["被监督单位理由", "理由"], Kind::Text),
        col("urged", &["催告日期"], Kind::Date),
        col("urge_no", &["催告文号"], Kind::Number),
        col("reported", &["是否报请党委政法委", "是否报请"], Kind::Bool),
        col("reported_on", &["报请日期"], Kind::Date),
        col("days", &["回复用时(天)", "回复用时天", "回复用时"], Kind::Formula),
        col("handler", &["承办检察官", "承办人"], Kind::Text),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["proc_unit", "doc_no"]],
    order: &[("replied", "served"), ("urged", "served"), ("reported_on", "served")],
    ..PLAIN
};
/// 涉企检查处罚台账.
pub static ENFORCEMENT: Layout = Layout {
    kind: "enforcement_record",
    label: "涉企检查处罚台账",
    columns: &[
        col("seq", &["序号"], Kind::Seq),
        must("unit", &["执法单位", "单位"], Kind::Unit),
        col("mgmt", &["管理体制"], Kind::Code(&words::MANAGEMENT)),
        must("firm", &["行政相对人/企业名称", "企业名称", "行政相对人"], Kind::Text),
        must("uscc", &["行政相对人/统一社会信用代码", "统一社会信用代码", "信用代码"], Kind::Credit),
        col("legal_rep", &["行政相对人/法定代表人", "法定代表人"], Kind::Text),
        must("action", &["行为类型", "执法行为类型"], Kind::Code(&codes::ENFORCEMENT_ACT)),
        col("check_kind", &["检查/类型", "检查类型"], Kind::Code(&words::INSPECTION_KIND)),
        col("plan_no", &["检查/计划备案号", "计划备案号"], Kind::Number),
        col("check_code", &["检查/检查码", "检查码"], Kind::Text),
        must("matter", &["事由(案由)", "事由", "案由"], Kind::Text),
        must("filed", &["时间/立案(检查)日期", "立案日期", "检查日期"], Kind::Date),
        must("decided", &["时间/决定日期", "决定日期"], Kind::Date),
        must("doc_no", &["文书号", "文号"], Kind::CaseNumber),
        col("penalty", &["处罚/种类", "处罚种类"], Kind::List),
        col("fine", &["处罚/罚款金额(元)", "罚款金额(元)", "罚款金额"], Kind::Money),
        col("confiscated", &["处罚/没收金额(元)", "没收金额(元)", "没收金额"], Kind::Money),
        col("total", &["处罚/罚没合计", "罚没合计"], Kind::Formula),
        must("officer1", &["执法人员/主办", "主办"], Kind::Text),
        col("cert1", &["执法人员/主办证号", "主办证号"], Kind::Digits(11)),
        col("officer2", &["执法人员/协办", "协办"], Kind::Text),
        col("cert2", &["执法人员/协办证号", "协办证号"], Kind::Digits(11)),
        col("hearing", &["听证"], Kind::Bool),
        col("legal_review", &["法制审核"], Kind::Bool),
        col("published", &["公示/已公示", "已公示"], Kind::Bool),
        col("published_on", &["公示/公示日期", "公示日期"], Kind::Date),
        col("paid_on", &["缴款日期"], Kind::Date),
        col("remedy", &["复议诉讼"], Kind::Code(&words::REMEDY)),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["unit", "doc_no"]],
    order: &[("decided", "filed")],
    ..PLAIN
};
/// 热线记录.
pub static HOTLINE: Layout = Layout {
    kind: "hotline_call",
    label: "热线记录",
    columns: &[
        must("call_no", &["来电编号", "编号"], Kind::Text),
        must("called_at", &["来电时间"], Kind::Moment),
        col("caller_phone", &["来电号码", "联系电话", "电话"], Kind::Phone),
        col("anonymous", &["是否匿名", "匿名"], Kind::Bool),
        col("caller", &["来电人", "姓名"], Kind::Text),
        col("firm", &["企业名称"], Kind::Text),
        col("uscc", &["统一社会信用代码", "信用代码"], Kind::Credit),
        must("unit", &["反映单位", "被反映单位"], Kind::Unit),
        must("content", &["反映内容"], Kind::Prose),
        must("category", &["问题类别"], Kind::Code(&codes::ENTERPRISE_PROBLEM)),
        col("action", &["行为类型", "执法行为类型"], Kind::Code(&codes::ENFORCEMENT_ACT)),
        col("amount", &["涉及金额", "涉案金额"], Kind::Money),
        col("demand", &["诉求"], Kind::Code(&words::DEMAND)),
        col("in_remedy", &["是否已复议诉讼"], Kind::Bool),
        col("disclose", &["是否同意披露身份"], Kind::Bool),
        col("handle", &["处理方式"], Kind::Code(&words::HANDLING)),
        col("operator", &["坐席"], Kind::Text),
        col("remark", &["备注"], Kind::Text),
    ],
    // The same enterprise on the same matter once more, in other words; who gives no name of an enterprise is never taken for another.
    same: &[&["call_no"], &["firm", "unit", "category", "action"]],
    ..PLAIN
};
/// 12345 工单: our own layout of what that hotline sends over (M4.1).
pub static EXCHANGE: Layout = Layout {
    kind: "exchange_order",
    label: "12345工单",
    columns: &[
        must("order_no", &["工单号", "工单编号"], Kind::Text),
        must("received", &["来电日期", "日期"], Kind::Date),
        col("category", &["诉求类别", "问题类别"], Kind::Code(&codes::ENTERPRISE_PROBLEM)),
        col("unit", &["被反映单位", "反映单位"], Kind::Unit),
        must("content", &["内容", "反映内容"], Kind::Prose),
        col("contact", &["联系人", "姓名"], Kind::Text),
        col("phone", &["电话", "联系电话"], Kind::Phone),
        col("firm", &["企业名称"], Kind::Text),
        col("uscc", &["统一社会信用代码", "信用代码"], Kind::Credit),
    ],
    same: &[&["order_no"]],
    ..PLAIN
};
/// 监督员名册.
pub static OBSERVER: Layout = Layout {
    kind: "observer",
    label: "监督员名册",
    columns: &[
        col("seq", &["编号", "序号"], Kind::Seq),
        must("name", &["姓名"], Kind::Text),
        col("gender", &["性别"], Kind::Code(&words::GENDER)),
        must("idno", &["公民身份号码", "身份证号", "身份证号码"], Kind::Id),
        must("source", &["人员来源", "来源"], Kind::Code(&words::OBSERVER_SOURCE)),
        must("org", &["所在单位", "工作单位", "单位"], Kind::Workplace),
        col("org_uscc", &["单位信用代码", "统一社会信用代码"], Kind::Credit),
        col("post", &["职务"], Kind::Text),
        col("education", &["学历"], Kind::Code(&words::EDUCATION)),
        col("specialty", &["监督领域", "专业领域"], Kind::List),
        col("region", &["可派区域"], Kind::List),
        col("phone", &["手机", "联系电话", "电话"], Kind::Phone),
        must("term_start", &["聘任日期", "聘期起"], Kind::Ahead),
        must("term_end", &["届满日期", "聘期止"], Kind::Ahead),
        col("cert_no", &["证书编号"], Kind::Paper),
        col("trained", &["已培训"], Kind::Bool),
        col("promised", &["已签保密承诺", "已签承诺书"], Kind::Bool),
        col("relation", &["利害关系申报"], Kind::Text),
        col("dispatch", &["派员次数"], Kind::Count),
        col("absent", &["缺派次数"], Kind::Count),
        col("status", &["状态"], Kind::Code(&words::OBSERVER_STATUS)),
        col("remark", &["备注"], Kind::Text),
    ],
    same: &[&["idno"]],
    order: &[("term_end", "term_start")],
    person: Some(Person { number: "idno", birth: None, gender: Some("gender"), after: &["term_start"] }),
    rules: &[rules::may_observe],
    ..PLAIN
};
/// The layout of a kind the house takes in. Others join with their arm in `app/src/import/take.rs`: without it their rows, names and
/// numbers of identity included, would be taken for rows of a register and written in the open. [`OBSERVER`] waits for its own.
pub fn layout(kind: &str) -> Option<&'static Layout> {
    [&CLUE, &DOSSIER, &EXPERT, &OPINION, &ORGANISATION, &OFFICER, &HOTLINE, &EXCHANGE, &ENFORCEMENT].into_iter().find(|l| l.kind == kind)
}
