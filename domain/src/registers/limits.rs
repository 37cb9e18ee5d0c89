//! The register of limits (期限参数, M0.2) as a new house starts with it: `case-review.md` B14 (T…), `enterprise.md` B (E…), our own
//! where the pages name a period without a code (N…), those of experts (P…). Only a period read in an original text is `law`; any other
//! is the office's own setting and says so. The floors are code: below them would be a wrong.

use crate::calendar::{Calendar, LONGEST, Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Its name in procedures, such as `T21b`.
    pub code: String,
    /// What it is for.
    pub label: String,
    /// The event whose next day is the first to count.
    pub starts: String,
    /// How many `unit`s. None where the paper itself sets the day (T7) or the text knows no figure (T6).
    pub length: Option<u32>,
    /// What `length` counts.
    pub unit: Unit,
    /// Where it comes from, to be shown as written.
    pub basis: String,
    /// Read in an original text in force: changed only when the text changes.
    pub law: bool,
    /// The limit by which it may be prolonged, if it may.
    pub extended_by: Option<String>,
}

/// What stands as the basis of a period without legal basis.
pub const OWN: &str = "本机构设定，非法定";

impl Limit {
    /// Whether the office may set it as it likes.
    pub fn adjustable(&self) -> bool {
        !self.law
    }

    /// The period in words with its code and basis, for the step 加期限:
    /// “60 日（自然日），参数 T21b（本机构设定，非法定）”.
    pub fn words(&self) -> String {
        let length = self.length.map_or_else(|| "以文书所定日期为准".into(), |length| self.unit.words(length));
        format!("{length}，参数 {}（{}）", self.code, self.basis)
    }

    /// What is wrong with an amended row, as a Chinese sentence for its field; none if it may stand.
    pub fn fault(&self) -> Option<&'static str> {
        if self.label.trim().is_empty() {
            Some("请填写期限名称")
        } else if self.length.is_some_and(|length| length == 0 || length > LONGEST) {
            Some("期限应为 1 至 100000 之间的整数")
        } else if self.basis.trim().is_empty() {
            Some("请填写依据")
        } else if !self.law && !self.basis.contains(OWN) {
            Some("没有法定依据的期限，依据栏应写明“本机构设定，非法定”")
        } else {
            None
        }
    }
}

/// The limits in force on some day, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Limits(pub BTreeMap<String, Limit>);

impl Limits {
    /// The rows a new house starts with.
    pub fn defaults() -> Limits {
        defaults().into_iter().collect()
    }

    /// The limit of this code.
    pub fn get(&self, code: &str) -> Option<&Limit> {
        self.0.get(code)
    }
}

impl FromIterator<Limit> for Limits {
    fn from_iter<I: IntoIterator<Item = Limit>>(limits: I) -> Limits {
        Limits(limits.into_iter().map(|limit| (limit.code.clone(), limit)).collect())
    }
}

/// A length below which no setting may go. It carries its unit, so that changing a limit's unit cannot undercut it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    /// How many.
    pub length: u32,
    /// Of what.
    pub unit: Unit,
}

/// 申辩期, the time to answer before a negative-list decision: at least ten working days (`domain/README.md`).
pub const STATEMENT: Floor = Floor { length: 10, unit: Unit::WorkingDays };
/// 异议期, the time to object to a preliminary opinion: at least three working days (`domain/README.md`).
pub const OBJECTION: Floor = Floor { length: 3, unit: Unit::WorkingDays };

/// The longer of a limit and its floor for a period from `start`: what ends later when both are reckoned from that
/// day, since ten working days and fourteen days cannot be compared otherwise. A tie, and no floor, keep the limit.
pub fn at_least(calendar: &Calendar, start: Date, limit: (u32, Unit), floor: Option<Floor>) -> (u32, Unit) {
    match floor.map(|floor| (floor.length, floor.unit)) {
        Some(floor) if calendar.due(start, floor.0, floor.1).0 > calendar.due(start, limit.0, limit.1).0 => floor,
        _ => limit,
    }
}

/// The rows a new house starts with, in the order of their pages.
pub fn defaults() -> Vec<Limit> {
    ROWS.iter().map(Row::limit).collect()
}

/// A default in one line of source.
struct Row(&'static str, &'static str, &'static str, Option<u32>, Unit, Basis, Option<&'static str>);

enum Basis {
    /// An article that was read (【文】).
    Law(&'static str),
    /// Nothing but our setting (【设】【默】).
    Own,
    /// Our setting after a source not binding here or not read in full, with its mark (【摘】【地】【例】【未核】).
    After(&'static str),
}

impl Row {
    fn limit(&self) -> Limit {
        let Row(code, label, starts, length, unit, basis, extended_by) = self;
        let (basis, law) = match basis {
            Basis::Law(article) => ((*article).into(), true),
            Basis::Own => (OWN.into(), false),
            Basis::After(source) => (format!("{OWN}；参照{source}"), false),
        };
        Limit {
            code: (*code).into(),
            label: (*label).into(),
            starts: (*starts).into(),
            length: *length,
            unit: *unit,
            basis,
            law,
            extended_by: extended_by.map(Into::into),
        }
    }
}

use Basis::{After, Law, Own};
use Unit::{CalendarDays as Days, Months, WorkingDays as Work};

const PROSECUTION_ADVICE: Basis = After("2019 年检察建议工作规定【摘，条号未核】");
const RELIEF: Basis = After("地方规范【地】、中央 2014 年意见【未核】");

#[rustfmt::skip]
const ROWS: &[Row] = &[
    Row("T1",   "信访部门分流",           "收到信访事项",       Some(15), Days,   Law("《信访工作条例》第二十二条"), None),
    Row("T2",   "直接收到、被转送的告知", "收到信访事项",       Some(15), Days,   Law("《信访工作条例》第二十三条"), None),
    Row("T3a",  "普通信访事项办结",       "受理",               Some(60), Days,   Law("《信访工作条例》第三十四条"), Some("T3b")),
    Row("T3b",  "普通信访事项延期",       "原期限届满",         Some(30), Days,   Law("《信访工作条例》第三十四条"), None),
    Row("T4a",  "申请复查、复核",         "收到书面答复",       Some(30), Days,   Law("《信访工作条例》第三十五条、第三十六条"), None),
    Row("T4b",  "办理复查、复核",         "收到复查、复核请求", Some(30), Days,   Law("《信访工作条例》第三十五条、第三十六条"), None),
    Row("T5",   "检察建议回复",           "收到检察建议书",     Some(2),  Months, PROSECUTION_ADVICE, None),
    Row("T6",   "检察建议逾期升级",       "催促后无正当理由",   None,     Days,   PROSECUTION_ADVICE, None),
    Row("T7",   "纠正违法通知书回复",     "收到通知书",         None,     Days,   Law("《人民检察院刑事诉讼规则》第五百五十三条"), None),
    Row("T8",   "复查被监督单位对纠正意见的异议", "收到书面意见", Some(7), Days,  Law("《人民检察院刑事诉讼规则》第五百五十四条"), None),
    Row("T9",   "公安机关按通知立案",     "收到通知立案书",     Some(15), Days,   Law("《人民检察院刑事诉讼规则》第五百六十三条"), None),
    Row("T10a", "民事执行检察建议回复",   "收到检察建议书",     Some(3),  Months, After("2016 年民事执行监督规定第十三条、第十四条【摘】"), Some("T10b")),
    Row("T10b", "民事执行检察建议回复延长", "原期限届满",       Some(1),  Months, After("2016 年民事执行监督规定第十三条、第十四条【摘】"), None),
    Row("T11",  "行政再审检察建议审查",   "收到再审检察建议书", Some(3),  Months, After("2024 年两高意见【摘】"), None),
    Row("T12a", "行政公益诉讼检察建议回复", "收到检察建议书",   Some(2),  Months, Law("《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条"), None),
    Row("T12b", "行政公益诉讼检察建议回复（紧急）", "收到检察建议书", Some(15), Days, Law("《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第二十一条"), None),
    Row("T13",  "未成年人保护建议书面回复", "收到建议",         Some(1),  Months, Law("《未成年人保护法》第一百一十四条"), None),
    Row("T14",  "封存记录查询许可",       "收到书面申请",       Some(7),  Days,   Law("《人民检察院刑事诉讼规则》第四百八十四条"), None),
    Row("T15a", "人事处理申请复核",       "知道人事处理",       Some(30), Days,   Law("《公务员法》第九十五条"), None),
    Row("T15b", "人事处理复核决定",       "接到复核申请书",     Some(30), Days,   Law("《公务员法》第九十六条"), None),
    Row("T16a", "人事处理提出申诉",       "接到复核决定",       Some(15), Days,   Law("《公务员法》第九十五条"), None),
    Row("T16b", "人事处理申诉决定",       "受理申诉",           Some(60), Days,   Law("《公务员法》第九十六条"), Some("T16c")),
    Row("T16c", "人事处理申诉决定延长",   "原期限届满",         Some(30), Days,   Law("《公务员法》第九十六条"), None),
    Row("T17a", "司法救助审核",           "收到申请",           Some(10), Work,   RELIEF, None),
    Row("T17b", "司法救助审批",           "收到审核意见",       Some(10), Work,   RELIEF, None),
    Row("T17c", "司法救助通知",           "作出决定",           Some(2),  Work,   RELIEF, None),
    Row("T18",  "评查个人打分",           "收卷",               Some(10), Work,   Own, None),
    Row("T19",  "初评意见异议期",         "送达初评意见",       Some(7),  Work,   Own, None),
    Row("T20",  "复核",                   "提出异议",           Some(15), Work,   Own, None),
    Row("T21a", "报送整改方案",           "签收整改通知",       Some(15), Work,   Own, None),
    Row("T21b", "报送整改结果",           "整改方案确认",       Some(60), Days,   Own, Some("T21c")),
    Row("T21c", "整改延长（一次）",       "原期限届满",         Some(30), Days,   Own, None),
    Row("T21d", "验收",                   "报送整改结果",       Some(5),  Work,   Own, None),
    Row("T21e", "退回后再报",             "退回",               Some(15), Days,   Own, None),
    Row("T21f", "回头看最早",             "验收",               Some(3),  Months, Own, None),
    Row("T21g", "回头看最晚",             "验收",               Some(6),  Months, Own, None),
    Row("T22",  "政治督察整改报告",       "收到反馈意见",       Some(2),  Months, After("早期中央巡视报道【摘】，2024 年巡视条例期限【未核】"), None),
    Row("T23a", "负面清单申辩期",         "送达告知书",         Some(10), Work,   Own, None),
    Row("T23b", "负面清单有效期上限（重大瑕疵）", "审定",       Some(12), Months, Own, None),
    Row("T23c", "负面清单有效期上限（错案）", "审定",           Some(24), Months, Own, None),
    Row("T24",  "半年报",                 "取数截止",           Some(30), Days,   Own, None),
    Row("T25",  "干预过问记录汇总（每季）", "上次汇总",         Some(3),  Months, Law("《领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定》第七条"), None),
    Row("T26",  "移出后发更正",           "移出",               Some(5),  Work,   Own, None),
    Row("T27",  "报请后被监督单位书面说明", "受理报请",         Some(10), Work,   Own, None),
    Row("T28",  "整改销号后同类再抽",     "销号",               Some(90), Days,   Own, None),
    Row("N1",   "线索初筛",               "登记",               Some(5),  Work,   Own, None),
    Row("N2",   "集体研判并提出分流建议", "提交研判或退回研判", Some(10), Work,   Own, None),
    Row("N3",   "批准分流",               "提出分流建议",       Some(5),  Work,   Own, None),
    Row("N4",   "下达通知、签发函件",     "立件",               Some(5),  Work,   Own, None),
    Row("N5",   "签收",                   "下达",               Some(3),  Work,   Own, None),
    Row("N6",   "确认整改方案",           "报送整改方案",       Some(5),  Work,   Own, None),
    Row("N7",   "退回后再报方案、再回复", "退回",               Some(5),  Work,   Own, None),
    Row("N8",   "核对督办回复",           "回复",               Some(5),  Work,   Own, None),
    Row("N9",   "销号",                   "回头看确认巩固",     Some(10), Work,   Own, None),
    Row("N10",  "抽取评查专家",           "立评查件",           Some(10), Work,   Own, None),
    Row("N11",  "专家承诺",               "抽取",               Some(3),  Work,   Own, None),
    Row("N12",  "调卷",                   "全部承诺",           Some(5),  Work,   Own, None),
    Row("N13",  "合议",                   "全部提交评分",       Some(5),  Work,   Own, None),
    Row("N14",  "批准反馈",               "提出初评意见",       Some(5),  Work,   Own, None),
    Row("N15",  "送达初评意见",           "批准反馈",           Some(5),  Work,   Own, None),
    Row("N16",  "审定",                   "异议期满、复核决定", Some(10), Work,   Own, None),
    Row("N17",  "定论",                   "审定",               Some(5),  Work,   Own, None),
    Row("N20",   "就共性问题提出建议、推动整改", "确认共性问题", Some(10), Work, Own, None),
    Row("N21",   "答复督察巡查对象建议", "提出建议", Some(15), Work, Own, None),
    Row("N22",   "答复建议后推动整改", "采纳、不采纳", Some(10), Work, Own, None),
    Row("N23",   "再抽并比对", "再抽期限届满", Some(60), Work, Own, None),
    Row("N24",   "作出再抽检验结论", "比对", Some(10), Work, Own, None),
    Row("N25",   "审批年度计划", "提交计划", Some(10), Work, Own, None),
    Row("N26",   "总结年度计划", "批准计划", Some(12), Months, Own, None),
    Row("N27",   "审批督察方案、检查方案", "提交方案", Some(10), Work, Own, None),
    Row("N28",  "发布进驻公告",         "批准方案",           Some(10), Work,   Own, None),
    Row("N29",   "提交督察报告", "发布进驻公告", Some(2), Months, Own, None),
    Row("N30",   "领导小组审议督察报告", "提交报告", Some(15), Work, Own, None),
    Row("N31",  "反馈督察意见",         "审议通过",           Some(10), Work,   Own, None),
    Row("N32",  "督察回头看",           "报送整改报告",       Some(6),  Months, Own, None),
    Row("N33",  "底稿归卷",             "立底稿",             Some(10), Work,   Own, None),
    Row("N34",   "作出检查结论", "批准方案", Some(2), Months, Own, None),
    Row("N35",   "审查报请材料", "报请、补正", Some(5), Work, Own, None),
    Row("N36",   "补正报请材料", "告知补正", Some(10), Work, Own, None),
    Row("N37",   "研究、决定、反馈报请事项", "上一环节办结", Some(10), Work, Own, None),
    Row("N38",   "再次回复检察意见、答复督促", "复核维持、发函", Some(15), Work, Own, None),
    Row("N39",   "核对落实、答复", "报告落实、答复", Some(5), Work, Own, None),
    Row("N40",   "准备、补充移送包", "拟移送、退回", Some(10), Work, Own, None),
    Row("N41",  "批准移送",               "准备好移送包",       Some(5),  Work,   Own, None),
    Row("N42",  "签收移送",               "批准移送",           Some(5),  Work,   Own, None),
    Row("N43",   "决定是否受理移送、处理来件", "签收、收到来件", Some(10), Work, Own, None),
    Row("N44",   "反馈移送办理情况", "受理、上次反馈", Some(60), Days, Own, None),
    Row("N45",  "批准联合出台文件立项",   "立项",               Some(5),  Work,   Own, None),
    Row("N46",  "起草联合出台文件",       "批准立项、退回、启动修订", Some(30), Days, Own, None),
    Row("N47",   "处理征求到的意见、审查合法性", "意见收齐、处理完毕", Some(10), Work, Own, None),
    Row("N48",   "会签联合出台文件", "合法性审查通过", Some(5), Work, Own, None),
    Row("N49",   "印发、备案联合出台文件", "全部会签、印发", Some(10), Work, Own, None),
    Row("N50",   "驻点期满前交接", "驻点期满（向前推算）", Some(30), Days, Own, None),
    Row("N51",  "驻点选派审核",           "提出选派建议、选派单位同意", Some(5), Work, Own, None),
    Row("N52",   "驻点到岗", "双方同意、驻点起日，取较晚的", Some(5), Work, Own, None),
    Row("N53",   "驻点鉴定", "离岗", Some(10), Work, Own, None),
    Row("N54",   "司法救助其余各环节", "上一环节办结", Some(10), Work, Own, None),
    Row("N110", "编制会前材料",           "发起会议、退回",     Some(10), Work,   Own, None),
    Row("N111", "审定会前材料",           "编制会前材料",       Some(3),  Work,   Own, None),
    Row("N112", "形成、签发会议纪要",     "召开会议",           Some(5),  Work,   Own, None),
    Row("N85",  "抽取监督员",             "立随队观摩",         Some(2),  Work,   Own, None),
    Row("N86",  "监督员承诺",             "抽取、换人",         Some(1),  Work,   Own, None),
    Row("N87",  "告知单位和企业派员",     "监督员全部承诺",     Some(1),  Work,   Own, None),
    Row("N88",  "告知企业观摩结果",       "单位回应、逾期未回应", Some(3), Work,  Own, None),
    Row("N89",  "监督员查阅到期",         "全部交观摩记录",     Some(7),  Days,   Own, None),
    Row("N75",  "监督员聘任公示",         "公示",               Some(5),  Work,   Own, None),
    Row("N76",  "监督员解聘陈述申辩",     "告知拟解聘",         Some(5),  Work,   Own, None),
    Row("N77",  "监督员培训（每年）",     "聘任、上次培训",     Some(12), Months, Own, None),
    Row("N78",  "监督员年度考核",         "聘任、上次考核",     Some(12), Months, Own, None),
    Row("N79",  "执法单位确认执法任务",   "请单位确认",         Some(1),  Work,   Own, None),
    Row("N80",  "补正观摩申请",           "告知补正",           Some(2),  Work,   Own, None),
    Row("N81",  "对不同意观摩申请复核",   "告知不同意",         Some(5),  Work,   Own, None),
    Row("N82",  "复核不同意观摩的决定",   "申请复核",           Some(2),  Work,   Own, None),
    Row("N60",  "复核要点",               "拟写要点",           Some(2),  Work,   Own, None),
    Row("N61",  "反映人核对要点",         "请反映人核对",       Some(3),  Days,   Own, None),
    Row("N62",  "转办单位报办理情况",     "转办、退回重报",     Some(15), Work,   Own, None),
    Row("N63",  "多元化解",               "启动多元化解",       Some(30), Days,   Own, None),
    Row("N64",  "回访企业",               "办结",               Some(5),  Work,   Own, None),
    Row("N65",  "可以申请重开",           "办结",               Some(60), Days,   Own, None),
    Row("N66",  "答复重开申请",           "申请重开",           Some(5),  Work,   Own, None),
    Row("N90",  "立项审批",               "提出立项意见",       Some(5),  Work,   Own, None),
    Row("N91",  "行政执法监督调查",       "批准立项",           Some(30), Work,   Own, None),
    Row("N92",  "审核调查、签发监督文书", "提交审核、拟制文书", Some(5),  Work,   Own, None),
    Row("N93",  "作出监督处理",           "审核通过、升级、退回", Some(10), Work, Own, None),
    Row("N94",  "政府决定监督处理建议",   "报请",               Some(15), Work,   Own, None),
    Row("N95",  "送达监督文书",           "签发",               Some(3),  Work,   Own, None),
    Row("N96",  "核查纠正情况",           "报送纠正情况",       Some(10), Work,   Own, None),
    Row("N97",  "登记上级主管部门回复",   "告知",               Some(60), Days,   Own, None),
    Row("N98",  "监督办结归档",           "销号、办结",         Some(10), Work,   Own, None),
    Row("N70",  "热线回电",               "答应回电",           Some(1),  Work,   Own, None),
    Row("N71",  "处理12345工单",          "来电日期",           Some(5),  Work,   Own, None),
    Row("E1",   "是否受理",               "登记",               Some(5),  Work,   Own, None),
    Row("E2",   "移送司法局",             "受理",               Some(2),  Work,   Own, None),
    Row("E3",   "研判",                   "移送",               Some(5),  Work,   Own, None),
    Row("E4",   "线索办结",               "受理",               Some(30), Days,   Own, Some("E5")),
    Row("E5",   "线索办结延长（一次）",   "原期限届满",         Some(30), Days,   Own, None),
    Row("E6",   "观摩提前申请",           "提出申请",           Some(3),  Work,   Own, None),
    Row("E7",   "观摩申请答复",           "收到申请",           Some(1),  Work,   Own, None),
    Row("E8",   "提交观摩记录",           "观摩结束",           Some(2),  Work,   Own, None),
    Row("E9",   "小组意见",               "提交观摩记录",       Some(5),  Work,   Own, None),
    Row("E10",  "联席办反馈",             "收到小组意见",       Some(3),  Work,   Own, None),
    Row("E11",  "单位回应观摩监督意见",   "送达意见",           Some(15), Work,   Own, None),
    Row("E12",  "意见书自行纠正",         "收到意见书",         Some(30), Days,   After("《山东省行政执法监督条例》第二十八条【例】"), None),
    Row("E13",  "决定书执行情况报告",     "收到决定书",         Some(30), Days,   After("《山东省行政执法监督条例》第二十九条【例】"), None),
    Row("E14",  "异议申请",               "收到处理决定",       Some(10), Work,   After("《重庆市行政执法监督条例》第二十一条【例】"), None),
    Row("E15",  "异议复查",               "收到复查申请",       Some(15), Work,   After("《重庆市行政执法监督条例》第二十一条【例】"), None),
    Row("E16",  "报复监测",               "投诉",               Some(90), Days,   Own, None),
    Row("N150", "核查预警",               "形成预警",           Some(10), Work,   Own, None),
    Row("N151", "处理预警",               "核查、退回",         Some(10), Work,   Own, None),
    Row("N152", "批准解除预警",           "提出解除",           Some(5),  Work,   Own, None),
    Row("N153", "预警办结",               "采取措施",           Some(6),  Months, Own, None),
    Row("N130", "负面清单责任归因审查",   "提名",               Some(15), Work,   Own, None),
    Row("N131", "提出拟列、签发告知书",   "归因完成",           Some(10), Work,   Own, None),
    Row("N132", "送达告知书、决定、复核决定", "签发、审定、复核", Some(5),  Work,   Own, None),
    Row("N133", "逐条答复申辩",           "申辩期满、退回",     Some(10), Work,   Own, None),
    Row("N134", "负面清单集体审定",       "答复复核完毕",       Some(20), Work,   Own, None),
    Row("N135", "答复移出后的纠正申请",   "申请纠正",           Some(30), Days,   Own, None),
    Row("N136", "答复回避申请",           "申请回避",           Some(3),  Work,   Own, None),
    Row("P1",   "律师专家申报在办代理单位（每季）", "聘任、上次申报", Some(3), Months, Own, None),
    Row("P2",   "专家解聘陈述申辩",       "告知拟解聘",         Some(5),  Work,   Own, None),
    Row("P3",   "专家聘任公示",           "公示",               Some(5),  Work,   Own, None),
    Row("N140", "审查定向监督商请",       "商请、补正",         Some(5),  Work,   Own, None),
    Row("N141", "补正定向监督商请",       "退回补正",           Some(10), Work,   Own, None),
    Row("N142", "审批定向监督",           "审查通过",           Some(5),  Work,   Own, None),
    Row("N143", "安排定向监督",           "批准",               Some(10), Work,   Own, None),
    Row("N144", "定向监督拟结果函",       "安排、退回",         Some(3),  Months, Own, None),
    Row("N145", "批准定向监督结果函",     "拟结果函",           Some(5),  Work,   Own, None),
    Row("N146", "定向监督用后回告",       "函复结果",           Some(60), Days,   Own, None),
    Row("N147", "准备授权包",             "拟授权包、退回、出新版本", Some(10), Work, Own, None),
    Row("N148", "批准授权包",             "准备好授权包",       Some(5),  Work,   Own, None),
    Row("N149", "签收授权包、知悉更正",   "送出、发更正函",     Some(5),  Work,   Own, None),
    Row("N120", "半年报告取数成稿",       "立报告",             Some(5),  Work,   Own, None),
    Row("N121", "校核半年报告",           "取数成稿",           Some(5),  Work,   Own, None),
    Row("N122", "写半年报告的分析",       "校核、退回",         Some(5),  Work,   Own, None),
    Row("N123", "研判半年报告",           "写好分析",           Some(5),  Work,   Own, None),
    Row("N124", "审签半年报告",           "研判会通过",         Some(5),  Work,   Own, None),
    Row("N125", "发商请函",               "审签",               Some(3),  Work,   Own, None),
    Row("N126", "组织部门回告工作建议",   "发商请函",           Some(30), Days,   Own, None),
    Row("N127", "半年报告归档",           "销号",               Some(10), Work,   Own, None),
    Row("N160", "拟好公文送核",           "拟稿、退回",         Some(5),  Work,   Own, None),
    Row("N161", "核稿",                   "送核",               Some(2),  Work,   Own, None),
    Row("N162", "签发公文",               "核稿",               Some(2),  Work,   Own, None),
    Row("N163", "送达公文",               "签发",               Some(3),  Work,   Own, None),
    Row("N164", "签收公文、交回回执",     "送达、发出",         Some(5),  Work,   Own, None),
    Row("N170", "提醒保留",               "发出提醒",           Some(184), Days,  Own, None),
    Row("N171", "办结后归档",             "办结",               Some(60), Days,   Own, None),
];
