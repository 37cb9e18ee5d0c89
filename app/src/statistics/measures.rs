//! What the statistics page counts, as data: each measure with its definition in words and whose matters it counts, and the tables made of them.
use domain::registers::codes::*;

/// Whose matters a measure counts: these roles find every one of them that their organisation keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Desk {
    /// 政法委执法监督室.
    Office,
    /// 联席办.
    Joint,
    /// 司法局行政执法监督.
    Judicial,
    /// Whoever reviews files: the office those of the judicial organs, the judicial administration those of enforcement.
    Files,
}
impl Desk {
    /// Every desk.
    pub const ALL: [Self; 4] = [Self::Office, Self::Joint, Self::Judicial, Self::Files];
    /// Its roles.
    pub const fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Office => &["R1", "R2", "R3"],
            Self::Joint => &["R14", "R15"],
            Self::Judicial => &["R17", "R18"],
            Self::Files => &["R1", "R2", "R3", "R17", "R18"],
        }
    }
}
/// Roles that have a page of statistics.
pub const READERS: &[&str] = &["R1", "R2", "R3", "R14", "R15", "R17", "R18"];

/// One measure of the facts.
#[derive(Debug)]
pub struct Measure {
    /// As facts name it.
    pub name: &'static str,
    /// Whose matters.
    pub desk: Desk,
    /// 单位.
    pub unit: &'static str,
    /// What divides it.
    pub codes: Option<&'static CodeTable>,
    /// 口径.
    pub what: &'static str,
    /// Rests on what somebody reported: small numbers of it are for its own desk only (ui.md 9).
    pub reported: bool,
    /// Some of its matters leave the desk's sight: each is looked up, none is counted that is not found.
    pub looked_up: bool,
}
const fn m(desk: Desk, name: &'static str, unit: &'static str, codes: Option<&'static CodeTable>, what: &'static str) -> Measure {
    Measure { name, desk, unit, codes, what, reported: false, looked_up: false }
}
impl Measure {
    const fn reported(mut self) -> Self {
        self.reported = true;
        self
    }
    const fn looked_up(mut self) -> Self {
        self.looked_up = true;
        self
    }
}
use Desk::{Files, Joint, Judicial, Office};
/// Every measure of the page.
#[rustfmt::skip]
pub const MEASURES: &[Measure] = &[
    m(Office, "线索",           "件", Some(&PROBLEM), "登记的线索，按收到日期；导入后撤销的不计").reported(),
    m(Office, "研判",           "件", Some(&PROBLEM), "研判完毕的线索，按批准去向日期").reported(),
    m(Office, "评查",           "件", Some(&PROBLEM), "批准转评查的线索，按批准日期").reported(),
    m(Office, "督促纠错纠偏",   "件", Some(&PROBLEM), "已督促纠错纠偏的线索；不推定全部出自评查").reported(),
    m(Office, "线索来源",       "件", Some(&SOURCE),  "登记的线索按来源分，按收到日期").reported(),
    m(Files,  "评查立件",       "件", Some(&REVIEW_KIND), "立件评查的案卷，按立件日期"),
    m(Files,  "评查定论",       "件", Some(&GRADE),   "有评查定论的案卷，按定论日期；定论撤销的不计"),
    m(Files,  "评查得分",       "十分之一分", Some(&REVIEW_KIND), "有定论的评查件的得分"),
    m(Files,  "评查案件类型",   "件", Some(&CASE_TYPE), "有评查定论的案卷按案件类型分"),
    m(Files,  "多人评分",       "件", Some(&REVIEW_KIND), "有定论、两人以上各自交了评分表的评查件"),
    m(Files,  "等次一致",       "件", Some(&REVIEW_KIND), "其中各人评分同属一个等次的"),
    m(Files,  "定论有异议",     "件", Some(&REVIEW_KIND), "有定论的评查件中，单位或干警提出过异议的"),
    m(Files,  "定论经改变",     "件", Some(&REVIEW_KIND), "其中异议后改变了初评意见的"),
    m(Files,  "否决命中",       "件", Some(&REVIEW_KIND), "有定论的评查件中，命中否决项的"),
    m(Files,  "整改下达",       "件", Some(&PROBLEM), "下达的整改通知，按下达日期，按首个问题码分"),
    m(Files,  "整改严重度",     "件", Some(&SEVERITY), "下达的整改通知按严重度分"),
    m(Files,  "整改验收",       "件", Some(&PROBLEM), "验收通过的整改件，按验收日期"),
    m(Files,  "按期验收",       "件", Some(&PROBLEM), "其中在整改期限内验收的；暂停、延长已计入期限"),
    m(Files,  "逾期验收",       "件", Some(&PROBLEM), "其中超过整改期限才验收的"),
    m(Files,  "退回后验收",     "件", Some(&PROBLEM), "其中被退回过的"),
    m(Files,  "反弹后验收",     "件", Some(&PROBLEM), "其中反弹重开过的"),
    m(Files,  "整改退回",       "次", Some(&PROBLEM), "退回整改的次数，按退回日期"),
    m(Files,  "整改反弹",       "次", Some(&PROBLEM), "回头看或再抽检验发现反弹的次数"),
    m(Files,  "整改销号",       "件", Some(&PROBLEM), "已销号的整改件，按销号日期；反弹重开的随即不计"),
    m(Files,  "整改检验",       "件", Some(&PROBLEM), "通过再抽检验的整改件"),
    m(Office, "检察意见",       "件", Some(&OPINION_KIND), "登记的检察监督意见，按送达日期"),
    m(Office, "检察意见回复",   "件", Some(&OPINION_KIND), "单位第一次回复的检察监督意见，按回复日期"),
    m(Office, "意见已回复",     "件", Some(&OPINION_KIND), "本期送达的检察监督意见中，已有回复的"),
    m(Office, "意见回复用时",   "日", Some(&OPINION_KIND), "从送达到第一次回复的日数"),
    m(Office, "报请执法监督",   "件", Some(&ESCALATION_CONDUCT), "检察机关报请执法监督（升级）的件数"),
    m(Office, "报请办结",       "件", Some(&ESCALATION_CONDUCT), "处理结果已反馈检察机关的件数"),
    m(Office, "督察进驻",       "次", Some(&INSPECTION_KIND), "督察巡查进驻公告，按公告日期"),
    m(Office, "督察反馈",       "次", Some(&INSPECTION_KIND), "反馈意见送达的次数"),
    m(Office, "督察归档",       "次", Some(&INSPECTION_KIND), "督察巡查归档的次数"),
    m(Office, "督察建议",       "条", Some(&PROBLEM), "因共性问题提出的督察巡查对象建议"),
    m(Office, "督察建议采纳",   "条", Some(&PROBLEM), "督察组答复采纳的建议"),
    m(Office, "督察建议不采纳", "条", Some(&PROBLEM), "督察组答复不采纳并说明理由的建议"),
    m(Office, "共性问题",       "个", Some(&PROBLEM), "确认的共性问题，按确认日期"),
    m(Office, "共性问题销号",   "个", Some(&PROBLEM), "销号的共性问题"),
    m(Files,  "查究建议",       "件", None, "建议责任查究的件数"),
    m(Files,  "查究移交",       "件", None, "移交有权机关的件数"),
    m(Files,  "查究反馈",       "件", None, "有权机关反馈结果的件数"),
    m(Office, "负面清单拟列",   "件", Some(&LIST_CATEGORY), "拟列入的件数；你查不到的不计").looked_up(),
    m(Office, "负面清单申辩",   "件", Some(&LIST_CATEGORY), "提出申辩的件数").looked_up(),
    m(Office, "负面清单采纳申辩", "件", Some(&LIST_CATEGORY), "全部或部分采纳申辩的件数").looked_up(),
    m(Office, "负面清单列入",   "件", Some(&LIST_CATEGORY), "审定列入的件数").looked_up(),
    m(Office, "负面清单移出",   "件", Some(&LIST_CATEGORY), "移出的件数").looked_up(),
    m(Office, "救助金额",       "分", Some(&RELIEF_GROUND), "已发放的司法救助金，按发放日期"),
    m(Joint,  "热线来电",       "件", Some(&ENTERPRISE_PROBLEM), "登记的来电，每个来电计一件").reported(),
    m(Joint,  "热线登记诉求",   "件", Some(&ENTERPRISE_PROBLEM), "来电中实质是诉求的").reported(),
    m(Joint,  "企业诉求",       "件", Some(&APPEAL_SOURCE), "登记的企业诉求，按登记日期；并案的计入主件").reported(),
    m(Joint,  "诉求受理",       "件", Some(&APPEAL_SOURCE), "决定受理的诉求").reported(),
    m(Joint,  "诉求办结",       "件", Some(&APPEAL_SOURCE), "办结的诉求，按办结日期").reported(),
    m(Joint,  "诉求解决",       "件", Some(&APPEAL_SOURCE), "其中办理结果是解决的").reported(),
    m(Joint,  "诉求逾期",       "件", Some(&APPEAL_SOURCE), "其中逾期才办结的").reported(),
    m(Joint,  "诉求问题",       "件", Some(&ENTERPRISE_PROBLEM), "登记的企业诉求，按首个问题类别分").reported(),
    m(Joint,  "企业评价",       "分值", None, "企业对办理结果的评分，五分制").reported(),
    m(Joint,  "反映金额",       "分", Some(&ENTERPRISE_PROBLEM), "涉案金额：来电人说的涉及金额，未经核实").reported(),
    m(Joint,  "观摩申请",       "件", Some(&ENFORCEMENT_ACT), "企业申请派监督员随队观摩的件数").reported(),
    m(Joint,  "观摩邀请",       "件", Some(&ENFORCEMENT_ACT), "执法单位邀请派员的件数"),
    m(Joint,  "同意观摩",       "件", Some(&ENFORCEMENT_ACT), "同意派员的件数"),
    m(Joint,  "不同意观摩",     "件", Some(&ENFORCEMENT_ACT), "不同意派员的件数"),
    m(Joint,  "随队观摩",       "次", None, "监督员到场的次数"),
    m(Joint,  "观摩不符合项",   "项", None, "观摩表记为不符合的项数"),
    m(Joint,  "观摩意见送达",   "件", None, "观摩意见送达执法单位的件数"),
    m(Joint,  "观摩意见回应",   "件", Some(&OBSERVATION_RESPONSE), "执法单位正式回应的件数"),
    m(Joint,  "监督员聘任",     "人次", Some(&OBSERVER_SOURCE), "聘任监督员的人次"),
    m(Joint,  "监督员解聘",     "人次", Some(&OBSERVER_SOURCE), "解聘监督员的人次"),
    m(Judicial, "执法监督立项", "件", Some(&ENFORCEMENT_ACT), "行政执法监督立项的件数"),
    m(Judicial, "执法监督办结", "件", Some(&ENFORCEMENT_ACT), "行政执法监督办结的件数"),
    m(Judicial, "监督文书",     "份", Some(&SUPERVISION_PAPER), "送达的监督文书；撤回的不计"),
    m(Judicial, "按期报送纠正", "份", Some(&SUPERVISION_PAPER), "按期报送纠正情况的文书，按报送日期"),
    m(Judicial, "逾期未报纠正", "份", Some(&SUPERVISION_PAPER), "到期没有报送纠正情况的文书，按到期日"),
    m(Judicial, "涉企执法",     "次", Some(&ENFORCEMENT_ACT), "登记的涉企检查、处罚等执法行为，按决定日期"),
    m(Judicial, "罚没金额",     "分", None, "登记的罚款和没收金额，按决定日期"),
];
/// The measure of this name.
pub fn measure(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|m| m.name == name)
}
/// 金额 that the page defines and no step of any procedure registers yet.
pub const UNREGISTERED: &[(&str, &str)] = &[
    ("挽回金额", "监督后单位少收、少罚、解除冻结的金额。还没有登记这项的步骤，不列数"),
    ("退还金额", "监督后单位实际退还企业、当事人的金额。还没有登记这项的步骤，不列数"),
];

/// A share: what counts, which categories of it (all where none is named), and what adds up to the whole.
#[derive(Debug)]
pub struct Ratio {
    pub label: &'static str,
    pub hits: &'static str,
    pub picks: &'static [&'static str],
    pub of: &'static [&'static str],
}
const fn ratio(label: &'static str, hits: &'static str, of: &'static [&'static str]) -> Ratio {
    Ratio { label, hits, picks: &[], of }
}
/// How a table is made.
#[derive(Debug)]
pub enum Shape {
    /// Measures one below the other: now, before, a year ago, definition.
    Lines(&'static [&'static str]),
    /// The twelve months up to the end of the period.
    Months(&'static [&'static str]),
    /// One measure by its category.
    Codes(&'static str),
    /// One measure, units by category; bars that add up, or shades.
    Cross(&'static str, bool),
    /// Mean of a measure by its category; what its values are divided by.
    Means(&'static str, i64, &'static str),
    /// Shares.
    Ratios(&'static [Ratio]),
    /// One share, unit by unit.
    ByUnit(Ratio),
}
/// One table of the page.
#[derive(Debug)]
pub struct Table {
    pub id: &'static str,
    pub group: &'static str,
    pub title: &'static str,
    pub note: &'static str,
    pub shape: Shape,
}
const fn t(id: &'static str, group: &'static str, title: &'static str, note: &'static str, shape: Shape) -> Table {
    Table { id, group, title, note, shape }
}
use Shape::{ByUnit, Codes, Cross, Lines, Means, Months, Ratios};
/// The tables, in order. A table shows only where the reader is told of all it counts.
#[rustfmt::skip]
pub const TABLES: &[Table] = &[
    t("funnel",    "闭环", "闭环漏斗", "督促纠错不推定全部出自评查，两者之间不算比率", Lines(&["线索", "研判", "评查", "督促纠错纠偏", "整改销号"])),
    t("months",    "闭环", "近 12 个月", "到本期末为止", Months(&["线索", "评查定论", "整改销号"])),
    t("sources",   "闭环", "线索来源", "按代码次序", Codes("线索来源")),
    t("clues",     "闭环", "线索：单位 × 问题类别", "按首个问题码的类别", Cross("线索", false)),
    t("grades",    "评查", "评查定论：单位 × 等次", "按单位代码次序，不排名", Cross("评查定论", true)),
    t("types",     "评查", "评查定论：单位 × 案件类型", "按单位代码次序，不排名", Cross("评查案件类型", false)),
    t("means",     "评查", "均分", "按评查方式", Means("评查得分", 10, "分")),
    t("quality",   "评查", "一致率、异议率、改变率", "每百件，括号内为 95% 区间", Ratios(&[
        ratio("评分等次一致率", "等次一致", &["多人评分"]),
        ratio("异议率", "定论有异议", &["评查定论"]),
        ratio("复核改变率", "定论经改变", &["定论有异议"]),
        ratio("否决项命中率", "否决命中", &["评查定论"]),
    ])),
    t("rectified", "整改", "整改", "次数按发生日期，件数按办理日期", Lines(&["整改下达", "整改验收", "按期验收", "逾期验收", "整改退回", "整改反弹", "整改销号", "整改检验"])),
    t("problems",  "整改", "整改：单位 × 问题类别", "按首个问题码的类别", Cross("整改下达", false)),
    t("codes",     "整改", "整改：问题码", "按代码次序", Codes("整改下达")),
    t("severity",  "整改", "整改：单位 × 严重度", "按单位代码次序，不排名", Cross("整改严重度", true)),
    t("in_time",   "整改", "按期整改率", "横线为 95% 置信区间（Wilson）；区间重叠的，不宜认为有高低之分", ByUnit(ratio("按期整改率", "按期验收", &["整改验收"]))),
    t("relapse",   "整改", "按期、退回、反弹", "验收通过的整改件，每百件，括号内为 95% 区间", Ratios(&[
        ratio("按期整改率", "按期验收", &["整改验收"]),
        ratio("退回率", "退回后验收", &["整改验收"]),
        ratio("反弹率", "反弹后验收", &["整改验收"]),
    ])),
    t("pressed",   "整改", "责任查究", "只计件数", Lines(&["查究建议", "查究移交", "查究反馈"])),
    t("opinions",  "检察衔接", "检察监督意见和报请", "升级次数即报请执法监督的件数", Lines(&["检察意见", "检察意见回复", "报请执法监督", "报请办结"])),
    t("replied",   "检察衔接", "检察意见回复率", "本期送达的意见，每百件，括号内为 95% 区间", Ratios(&[ratio("回复率", "意见已回复", &["检察意见"])])),
    t("reply_days", "检察衔接", "检察意见平均回复时长", "按文书种类", Means("意见回复用时", 1, "日")),
    t("escalated", "检察衔接", "报请执法监督的情形", "按代码次序", Codes("报请执法监督")),
    t("inspected", "督察巡查", "督察巡查和建议", "", Lines(&["督察进驻", "督察反馈", "督察归档", "督察建议", "督察建议采纳", "督察建议不采纳", "共性问题", "共性问题销号"])),
    t("adopted",   "督察巡查", "督察建议采纳率", "每百条，括号内为 95% 区间", Ratios(&[ratio("采纳率", "督察建议采纳", &["督察建议采纳", "督察建议不采纳"])])),
    t("listed",    "负面清单", "负面清单", "只出计数，不分单位", Lines(&["负面清单拟列", "负面清单申辩", "负面清单采纳申辩", "负面清单列入", "负面清单移出"])),
    t("hotline",   "涉企维权", "热线和诉求", "反映次数不等于实质诉求件数", Lines(&["热线来电", "热线登记诉求", "企业诉求", "诉求受理", "诉求办结", "诉求解决", "诉求逾期"])),
    t("appeal_sources", "涉企维权", "诉求来源", "按代码次序", Codes("企业诉求")),
    t("appeals",   "涉企维权", "诉求：单位 × 问题类别", "按首个问题类别", Cross("诉求问题", false)),
    t("solved",    "涉企维权", "诉求解决率、逾期率", "办结的诉求，每百件，括号内为 95% 区间", Ratios(&[
        ratio("解决率", "诉求解决", &["诉求办结"]),
        ratio("逾期率", "诉求逾期", &["诉求办结"]),
    ])),
    t("rated",     "涉企维权", "企业评价均值", "五分制", Means("企业评价", 1, "分")),
    t("observed",  "涉企维权", "随队观摩", "", Lines(&["观摩申请", "观摩邀请", "同意观摩", "不同意观摩", "随队观摩", "观摩不符合项", "观摩意见送达", "观摩意见回应", "监督员聘任", "监督员解聘"])),
    t("responded", "涉企维权", "观摩意见采纳率", "已回应的意见，每百件，括号内为 95% 区间", Ratios(&[
        Ratio { label: "采纳率", hits: "观摩意见回应", picks: &["采纳", "部分采纳"], of: &["观摩意见回应"] },
    ])),
    t("supervised", "行政执法监督", "行政执法监督", "", Lines(&["执法监督立项", "执法监督办结", "监督文书", "按期报送纠正", "逾期未报纠正", "涉企执法"])),
    t("papers",    "行政执法监督", "监督文书：单位 × 文书", "按单位代码次序，不排名", Cross("监督文书", true)),
    t("corrected", "行政执法监督", "按期报送纠正率", "每百份，括号内为 95% 区间", Ratios(&[ratio("按期率", "按期报送纠正", &["按期报送纠正", "逾期未报纠正"])])),
    t("enforced",  "行政执法监督", "涉企执法：单位 × 行为", "按单位代码次序，不排名", Cross("涉企执法", true)),
    t("involved",  "金额", "涉案金额", "涉案、挽回、退还分开计，互不相加", Lines(&["反映金额"])),
    t("fined",     "金额", "罚没金额", "罚款和没收相加", Lines(&["罚没金额"])),
    t("relief",    "金额", "司法救助金额", "", Lines(&["救助金额"])),
];
impl Table {
    /// Whether it is made of months.
    pub const fn monthly(&self) -> bool {
        matches!(self.shape, Months(_))
    }
    /// Every measure it rests on.
    pub fn measures(&self) -> Vec<&'static str> {
        let of = |r: &Ratio| std::iter::once(r.hits).chain(r.of.iter().copied()).collect::<Vec<_>>();
        match &self.shape {
            Lines(all) | Months(all) => all.to_vec(),
            Codes(one) | Cross(one, _) | Means(one, ..) => vec![one],
            Ratios(all) => all.iter().flat_map(of).collect(),
            ByUnit(one) => of(one),
        }
    }
}
/// The table of this id.
pub fn table(id: &str) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.id == id)
}
/// What comes in at a desk, and what it finishes: for the weeks of the workbench.
pub const FLOW: &[(Desk, &[&str], &[&str])] = &[
    (Office, &["线索", "检察意见", "督察进驻"], &["研判", "报请办结", "督察归档", "共性问题销号"]),
    (Files, &["评查立件", "整改下达"], &["评查定论", "整改销号"]),
    (Joint, &["热线来电", "企业诉求", "观摩申请", "观摩邀请"], &["诉求办结", "观摩意见回应"]),
    (Judicial, &["执法监督立项"], &["执法监督办结"]),
];
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_made_of_measures_that_are_there_and_no_name_stands_twice() {
        for t in TABLES {
            assert!(t.measures().iter().all(|m| measure(m).is_some()), "{}", t.id);
            assert_eq!(TABLES.iter().filter(|o| o.id == t.id).count(), 1, "{}", t.id);
        }
        for (desk, come, done) in FLOW {
            assert!(come.iter().chain(*done).all(|m| measure(m).is_some_and(|m| m.desk == *desk)));
        }
        assert!(MEASURES.iter().all(|m| MEASURES.iter().filter(|o| o.name == m.name).count() == 1));
        assert!(Desk::ALL.iter().flat_map(|d| d.roles()).all(|r| READERS.contains(r)));
    }
}
