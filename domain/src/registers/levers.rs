//! 参数总览 (issue 6): why every limit and parameter is there, in one sentence, and what comes of raising or lowering it; which floor in
//! the code holds it. Beside the tables themselves, so that a new row without a reason fails the test and not a reader.

use super::limits::{Floor, OBJECTION, OWN, STATEMENT};
use super::parameters as p;
use crate::calendar::Unit;

/// Whose time a limit is: from this follows what changing it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A step the house itself owes.
    Duty,
    /// What a unit or another body owes an answer by.
    Reply,
    /// The time somebody has to use a right.
    Right,
    /// Only after this something can be judged or asked.
    Wait,
    /// How long something lasts, or how often it comes round.
    Term,
}
impl Sort {
    /// What happens when it is made longer or shorter.
    pub const fn effect(self) -> &'static str {
        match self {
            Self::Duty => "调长，逾期变少，后面的人等得更久；调短，催得更紧，逾期变多。",
            Self::Reply => "调长，答复的一方更从容，改正更慢；调短，逾期变多，答复可能草率。",
            Self::Right => "调长，权利更有保障，定论更晚；调短，可能来不及行使权利。",
            Self::Wait => "调长，看得更准，结果更晚；调短，结果更早，偶然因素更多。",
            Self::Term => "调长，一次管得更久；调短，更换、更新更频繁。",
        }
    }
}
/// Why a lever is there, and what moving it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    /// 为什么设.
    pub reason: &'static str,
    /// 调高、调低会怎样.
    pub effect: &'static str,
}
/// The reason of a limit.
pub fn limit(code: &str) -> Option<Why> {
    let row = LIMITS.iter().find(|(codes, ..)| codes.split(' ').any(|c| c == code))?;
    Some(Why { reason: row.2, effect: row.1.effect() })
}
/// The reason of a parameter.
pub fn parameter(name: &str) -> Option<Why> {
    PARAMETERS.iter().find(|row| row.0 == name).map(|(_, reason, effect)| Why { reason, effect })
}
/// What the code guarantees whatever a change order says: `(limit or parameter, at least this, in words, why)`.
pub const FLOORS: &[(&str, Least, &str, &str)] = &[
    ("T23a", Least::Period(STATEMENT), "不少于 10 个工作日", "申辩来不及写，告知就成了过场。"),
    ("T19", Least::Period(OBJECTION), "不少于 3 个工作日", "单位和干警要有时间看意见、找材料。"),
    (p::PANEL, Least::Count(3), "不少于 3 人，且为单数", "一两个人的意见不成多数。"),
    (p::OBSERVER_GROUP, Least::Count(2), "不少于 2 人", "一个人看到的没有人能印证。"),
    (p::LIST_VOTERS, Least::Count(3), "不少于 3 人", "两个人投票分不出多数。"),
    (p::WARNING_EVENTS, Least::Count(2), "不少于 2 件", "单独一件事不能引发预警。"),
];
/// A floor: a period, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Least {
    /// Of a limit.
    Period(Floor),
    /// Of a parameter.
    Count(i64),
}
/// The floor of a limit or parameter in words.
pub fn floor(key: &str) -> Option<&'static str> {
    FLOORS.iter().find(|row| row.0 == key).map(|row| row.2)
}
/// The floor of a limit as a period.
pub fn least(code: &str) -> Option<Floor> {
    FLOORS.iter().find_map(|row| match row.1 {
        Least::Period(floor) if row.0 == code => Some(floor),
        _ => None,
    })
}
/// Whether a period of this many units may be tried in a what-if: what `Limit::fault` would refuse is refused here too.
pub fn tried(text: &str) -> Option<(u32, Unit)> {
    let mut words = text.split_whitespace();
    let length: u32 = words.next()?.parse().ok()?;
    let unit = match words.next() {
        None | Some("working_days" | "个工作日" | "工作日") => Unit::WorkingDays,
        Some("calendar_days" | "日" | "天") => Unit::CalendarDays,
        Some("months" | "个月" | "月") => Unit::Months,
        Some(_) => return None,
    };
    (words.next().is_none() && (1..=1_000).contains(&length)).then_some((length, unit))
}
/// 改动的途径 of what a change order may change.
pub const BY_ORDER: &str = "执法监督室提出变更单，分管领导批准";
/// Of what an article fixes.
pub const BY_LAW: &str = "法律文本改了才改，变更单不能改";
/// Of what stands in the code.
pub const BY_CODE: &str = "写在程序里，换版本才能改";
/// Of a sheet.
pub const BY_EDITION: &str = "评查标准出新版本：执法监督室起草，分管领导批准";

/// What stands in the code and is no row of a register: `(name, value, why, basis; whether an article says so)`.
#[rustfmt::skip]
pub const FIXED: &[(&str, &str, &str, &str, bool)] = &[
    ("必须合议的其他情形", "有否决项，或者等次不一致", "分歧不在分数上，也要坐下来谈。", OWN, false),
    ("抽样比例", "每批方案自定", "各批目的不同，抽多少写在方案里，由批准人把关。", OWN, false),
    ("样本量的把握程度", "90%、95%、99% 三档", "把握越高，要抽的案卷越多。", OWN, false),
    ("比率的区间", "95%（威尔逊区间）", "件数少的时候，比率只是一个范围。", OWN, false),
    ("处罚过久的预警", "90 日", "处罚久拖不决，企业一直悬着。", "《行政处罚法》第六十条", true),
    ("到期提醒", "到期前 3 个工作日和当日", "早了没人看，晚了来不及。", OWN, false),
    ("逾期升级", "先报分管领导，再报书记会议", "一直没人办的，要有人过问。", OWN, false),
    ("变更单能填的参数", "1 至 1000", "挡住多写的零。", OWN, false),
];
/// Of a sheet's item, a grade and its vetoes: `(why, what moving it does)`.
pub const ITEM: Why = Why {
    reason: "这一条目在全卷 100 分里占多重。", effect: "调高，这方面的问题更影响等次；调低，影响更小。"
};
/// 等次分数线.
pub const GRADE: Why =
    Why { reason: "多少分以上算这个等次。", effect: "调高，到这个等次的变少；调低，变多。" };
/// 否决项.
pub const VETO: Why = Why {
    reason: "触碰底线的问题，分再高也不合格。", effect: "增加一项，不合格变多，也更常合议；减少一项，反之。"
};

use Sort::{Duty, Reply, Right, Term, Wait};

/// `(codes, whose time, why)`.
#[rustfmt::skip]
const LIMITS: &[(&str, Sort, &str)] = &[
    ("T1", Duty, "来信来访不能压着不分。"),
    ("T2", Duty, "反映人要知道由谁办。"),
    ("T3a", Duty, "普通信访事项要有办结的日子。"),
    ("T3b", Duty, "情况复杂的可以延一次，不能无限延。"),
    ("T4a", Right, "对答复不服的，要有时间申请复查、复核。"),
    ("T4b", Duty, "复查、复核也要有办结的日子。"),
    ("T5", Reply, "检察建议发出后，要知道什么时候该有回音。"),
    ("T6", Reply, "催促之后仍没有正当理由的，什么时候往上报。"),
    ("T7", Reply, "纠正违法通知书自己写明回复日，平台照办。"),
    ("T8", Reply, "对纠正意见有异议的，检察机关及时复查。"),
    ("T9", Reply, "收到立案通知，公安机关及时立案。"),
    ("T10a T10b", Reply, "民事执行检察建议要有回复日，复杂的可以延一次。"),
    ("T11", Reply, "再审检察建议由法院审查，时间要够。"),
    ("T12a T12b", Reply, "公益受损，行政机关要按时回复；紧急的更快。"),
    ("T13", Reply, "未成年人保护的建议不能没有回音。"),
    ("T14", Duty, "依法查询封存记录的，要按时答复。"),
    ("T15a", Right, "对人事处理不服的，要有时间申请复核；过了这段时间才可以对外提供。"),
    ("T15b", Duty, "复核不能拖着不决定。"),
    ("T16a", Right, "对复核决定不服的，要有时间申诉。"),
    ("T16b T16c", Duty, "申诉要有作出决定的日子，复杂的可以延一次。"),
    ("T17a T17b T17c", Duty, "救助要及时，拖久了就失去意义。"),
    ("T18", Duty, "专家各自评分要有时间看卷，也不能压住整批。"),
    ("T19", Right, "单位和干警看过初评意见，要有时间提出异议。"),
    ("T20", Duty, "有异议的，复核要按时作出决定。"),
    ("T21a", Reply, "整改先要有方案，方案不能拖。"),
    ("T21b", Reply, "整改要有完成的日子。"),
    ("T21c", Reply, "确有困难的可以延一次，不能无限延。"),
    ("T21d", Duty, "单位报了结果，这边要及时验收。"),
    ("T21e", Reply, "验收没通过的，给时间补齐再报。"),
    ("T21f T21g", Wait, "回头看太早看不出是否巩固，太晚问题可能已经反弹。"),
    ("T22", Reply, "督察反馈之后，整改情况要按时报。"),
    ("T23a", Right, "干警收到告知，要有时间陈述申辩。"),
    ("T23b T23c", Term, "列入不是一辈子的事，到期自动移出；错案比重大瑕疵长。"),
    ("T24", Duty, "取数截止之后，半年报要按时写完。"),
    ("T25", Term, "过问记录按季汇总，供核对。"),
    ("T26", Duty, "移出以后，收过函的单位要尽快收到更正。"),
    ("T27", Right, "听了被监督单位的说明再研究。"),
    ("T28", Wait, "销号以后隔一段时间再抽，才知道整改是否管用。"),
    ("N1", Duty, "登记了的线索要有人看。"),
    ("N2", Duty, "研判要凑齐人，也不能久拖。"),
    ("N3", Duty, "分流建议提出后，要及时批。"),
    ("N4", Duty, "立了件就要把通知、函件发出去。"),
    ("N5", Reply, "收到通知要签收，期限从签收起算。"),
    ("N6", Duty, "方案报来了，要及时确认，单位才好动手。"),
    ("N7", Reply, "方案、回复被退回的，补齐再报。"),
    ("N8", Duty, "回复来了要核对，不能收下了事。"),
    ("N9", Duty, "确认巩固了就销号，不挂空账。"),
    ("N10", Duty, "立了评查件要及时抽专家。"),
    ("N11", Duty, "专家先承诺回避和保密，再接触案卷。"),
    ("N12", Duty, "人齐了就调卷。"),
    ("N13", Duty, "评分齐了就合议，趁专家还记得案情。"),
    ("N14", Duty, "初评意见要批了才能反馈。"),
    ("N15", Duty, "批了就送达，异议期从送达起算。"),
    ("N16", Duty, "异议处理完就审定。"),
    ("N17", Duty, "审定了就定论，各方都在等结果。"),
    ("N20", Duty, "确认了共性问题，要有下一步。"),
    ("N21", Duty, "督察组收到建议，采纳不采纳都要答。"),
    ("N22", Duty, "有了答复，接着推动整改。"),
    ("N23", Duty, "再抽的件要有时间评完再比。"),
    ("N24", Duty, "比对完了要有结论。"),
    ("N25", Duty, "计划报来要及时审批。"),
    ("N26", Term, "一年的计划到期要总结。"),
    ("N27", Duty, "方案批了才能动。"),
    ("N28", Duty, "批了方案就公告，群众才知道到哪里反映。"),
    ("N29", Duty, "督察报告要趁情况新鲜时写。"),
    ("N30", Duty, "报告由领导小组集体审议。"),
    ("N31", Duty, "审议完了就反馈，被督察单位才好整改。"),
    ("N32", Wait, "整改报告之后隔一段时间再去看。"),
    ("N33", Duty, "底稿及时归卷，免得散失。"),
    ("N34", Duty, "检查要有结论，不能只查不结。"),
    ("N35", Duty, "报请的材料及时看，缺什么早说。"),
    ("N36", Reply, "缺材料的，给时间补。"),
    ("N37", Duty, "报请的事项一环接一环，每一环都有期限。"),
    ("N38", Reply, "复核维持、发函之后，单位再答一次。"),
    ("N39", Duty, "落实情况报来要核对。"),
    ("N40", Duty, "移送包要脱敏、备齐，退回的要补。"),
    ("N41", Duty, "移送先批准，再出门。"),
    ("N42", Reply, "移送出去要有人签收。"),
    ("N43", Reply, "签收后要说受理不受理。"),
    ("N44", Reply, "办理情况定期告知，件在停办，各方都在等。"),
    ("N45", Duty, "立项要及时批。"),
    ("N46", Duty, "起草要有时间写好，也要有完稿的日子。"),
    ("N47", Duty, "征求来的意见逐条处理，再审合法性。"),
    ("N48", Duty, "会签一家家来，每家都有期限。"),
    ("N49", Duty, "签齐了就印发，印发了就备案。"),
    ("N50", Wait, "期满之前留出时间交接。"),
    ("N51", Duty, "选派两边都要审。"),
    ("N52", Duty, "到岗之日起算任期。"),
    ("N53", Duty, "离岗时鉴定，材料还在手边。"),
    ("N54", Duty, "救助每一环都不拖。"),
    ("N60", Duty, "要点先拟好，转办才有依据。"),
    ("N61", Right, "请反映人看要点写得对不对。"),
    ("N62", Reply, "转给单位的诉求要有回音。"),
    ("N63", Duty, "调解给一段时间，调不成另走他路。"),
    ("N64", Duty, "办结之后问一问企业满不满意。"),
    ("N65", Right, "企业不满意的，一段时间内可以请求重开。"),
    ("N66", Duty, "请求重开的要有答复。"),
    ("N70", Duty, "答应回电就要回。"),
    ("N71", Duty, "12345 转来的工单要按时处理。"),
    ("N75", Wait, "公示够久，别人才来得及提意见。"),
    ("N76", Right, "解聘之前让本人说话。"),
    ("N77 N78", Term, "监督员每年培训、考核一次。"),
    ("N79", Reply, "请单位确认任务，好安排人去。"),
    ("N80", Reply, "申请缺什么，给时间补。"),
    ("N81", Right, "不同意的，企业可以请求复核。"),
    ("N82", Duty, "复核要赶在执法之前。"),
    ("N85", Duty, "执法有日子，派人要快。"),
    ("N86", Duty, "监督员先承诺，再去现场。"),
    ("N87", Duty, "派了谁，单位和企业要先知道。"),
    ("N88", Duty, "观摩的结果要告诉企业。"),
    ("N89", Term, "任务完了，查阅的权限收回。"),
    ("N90", Duty, "立项意见要及时批。"),
    ("N91", Duty, "调查要有时间查清，也要有查完的日子。"),
    ("N92", Duty, "查完了要审，文书要签。"),
    ("N93", Duty, "审过了就要有处理。"),
    ("N94", Duty, "报请政府的，要有决定的日子。"),
    ("N95", Duty, "签发了就送达，期限从送达起算。"),
    ("N96", Duty, "纠正情况报来要核查。"),
    ("N97", Reply, "告知上级主管部门的，等它回复。"),
    ("N98", Duty, "办完了归档。"),
    ("N110", Duty, "开会之前材料要备好。"),
    ("N111", Duty, "会前材料要有人审。"),
    ("N112", Duty, "会开完了纪要要出来，任务才好落实。"),
    ("N120", Duty, "到了日子就取数成稿。"),
    ("N121", Duty, "数字先有人核对，再往下走。"),
    ("N122", Duty, "数字说明什么，要有人写。"),
    ("N123", Duty, "报告由研判会一起看过。"),
    ("N124", Duty, "报告审签了才出门。"),
    ("N125", Duty, "审签之后尽快送组织部门。"),
    ("N126", Reply, "组织部门看过报告，有建议就回告。"),
    ("N127 N128 N129", Duty, "报告用完了归档。"),
    ("N130", Duty, "责任是谁的，要查清楚再说。"),
    ("N131", Duty, "归因完了，要么排除，要么告知。"),
    ("N132", Duty, "文书签了就送到本人手里。"),
    ("N133", Duty, "申辩一条一条答复。"),
    ("N134", Duty, "列不列由集体定，不能拖着不定。"),
    ("N135", Duty, "移出以后请求纠正的，要有答复。"),
    ("N136 N137 N138 N139", Duty, "申请回避的，先答复再往下走。"),
    ("N140", Duty, "商请来了先看范围合不合规矩。"),
    ("N141", Reply, "商请缺什么，给时间补。"),
    ("N142", Duty, "定向监督先批准再动手。"),
    ("N143", Duty, "批了就安排评查或者检查。"),
    ("N144", Duty, "评查、检查要有时间做完，再函复。"),
    ("N145", Duty, "结果函批了才送。"),
    ("N146", Reply, "结果怎么用的，要告诉这边一声。"),
    ("N147", Duty, "授权包要备齐，退回的要补。"),
    ("N148", Duty, "授权包批了才送。"),
    ("N149", Reply, "送出去的包、更正的函，要有人签收。"),
    ("N160", Duty, "起草了的文要往下走，退回的要改。"),
    ("N161", Duty, "核稿由另一个人看一遍，看完就送签。"),
    ("N162", Duty, "签发了才有文号，才能送出去。"),
    ("N163", Duty, "签了的文要送到收文单位手里。"),
    ("N164", Reply, "收到了要签收，说明文确实到了。"),
    ("N150", Duty, "预警出来了要有人核查。"),
    ("N151", Duty, "核查完了要有处理。"),
    ("N152", Duty, "解除预警要另一个人批准。"),
    ("N153 N154 N155 N156 N157 N158 N159", Duty, "采取了措施，隔一段时间办结。"),
    ("E1", Duty, "企业要知道受不受理。"),
    ("E2", Duty, "受理了就交给有权处理的机关。"),
    ("E3", Duty, "移送来的及时研判。"),
    ("E4 E5", Duty, "企业的事要有办结的日子，复杂的可以延一次。"),
    ("E6", Wait, "观摩要提前说，才派得出人。"),
    ("E7", Duty, "申请了观摩，要尽快答复。"),
    ("E8", Duty, "看完趁记得清楚时写。"),
    ("E9", Duty, "小组的意见要赶在执法决定之前。"),
    ("E10", Duty, "意见要送到执法单位手里。"),
    ("E11", Reply, "单位收到意见，要说采纳不采纳。"),
    ("E12", Reply, "意见书给单位自己改正的时间。"),
    ("E13", Reply, "决定书执行得怎样，要按时报。"),
    ("E14", Right, "单位对处理决定不服的，可以申请复查。"),
    ("E15", Duty, "复查要按时有结果。"),
    ("E16", Wait, "投诉之后一段时间，看企业有没有被报复。"),
    ("N170", Term, "提醒留一段时间，回头能查；再久没有用处。"),
    ("N171", Duty, "办结后缓一缓，等材料齐了再归档。"),
    ("P1", Term, "律师代理的案子常变，按季申报才好回避。"),
    ("P2", Right, "解聘之前让专家说话。"),
    ("P3", Wait, "公示够久，别人才来得及提意见。"),
];
/// `(name, why, what raising and lowering does)`.
#[rustfmt::skip]
const PARAMETERS: &[(&str, &str, &str)] = &[
    (p::ASSESSORS, "研判由几个人一起定，不由一人说了算。", "调高，更稳妥，更难凑齐；调低，更快，更靠个人。"),
    (p::RETURNS, "退回有次数，免得来回拖。", "调高，单位机会更多；调低，更早升级。"),
    (p::PANEL, "几位专家各自评，才看得出分歧。", "调高，更准，更费人；调低，少数人的宽严影响更大。"),
    (p::SPREAD, "分数差太多，说明看法不同，要坐下来合议。", "调高，合议变少，分歧被平均掉；调低，合议变多。"),
    (p::URGES, "催几次不送卷，就通报。", "调高，更宽容，更慢；调低，更早通报。"),
    (p::WORKLOAD, "一位专家手里的件太多就看不细。", "调高，可抽的人多，质量可能下降；调低，可抽的人少。"),
    (p::COMMON_COUNT, "同一问题出现几件，才算共性。", "调高，候选变少，更可靠；调低，候选变多，偶然的也进来。"),
    (p::COMMON_UNITS, "同一问题跨几个单位，才算共性。", "调高，候选变少；调低，候选变多。"),
    (p::RESAMPLE_MIN, "件数太少，前后比不出变化。", "调高，能检验的变少，结论更可靠；调低，能检验的变多，偶然更多。"),
    (p::RESAMPLE_LEVEL, "多大把握才说整改有效。", "调高，更容易说有变化，误判更多；调低，更难说有变化。"),
    (p::FEW, "件数太少，比率没有意义，也容易认出是谁。", "调高，能比较的单位变少；调低，比较变多，偶然更大。"),
    (p::SECONDMENT_MONTHS, "驻点有期限，到期收回权限。", "调高，更熟悉情况，也更久不在本院；调低，轮换更频繁。"),
    (p::COOLING_TERMS, "离岗后一段时间不碰自己参与过的件。", "调高，更避嫌，可派的人更少；调低，反之。"),
    (p::CHECKS_A_YEAR, "同一家企业一年被查几次算多。", "调高，提示变少；调低，提示变多。"),
    (p::REPEAT_DAYS, "同一事由隔几天又来算重复。", "调高，提示变多；调低，提示变少。"),
    (p::FINES_GROWTH, "罚没收入涨多少要看一看。", "调高，提示变少；调低，提示变多。"),
    (p::OBSERVER_GROUP, "几名监督员一起去，互相印证。", "调高，看得更全，更费人；调低，反之。"),
    (p::OBSERVER_TASKS, "一名监督员同时接太多就顾不过来。", "调高，可派的人多；调低，可派的人少。"),
    (p::OBSERVER_AGE, "监督员要成年。", "调高，能任的人变少；调低，能任的人变多。"),
    (p::OBSERVER_RECORD, "受过处分、刑罚的能不能任监督员。", "取 1 不能任，取 2 能任。"),
    (p::OBSERVER_OFFICIALS, "监督员代表社会，国家机关的人能不能任。", "取 1 不能任，取 2 能任。"),
    (p::OBSERVER_YEARS, "聘期有限，人常换常新。", "调高，更熟练；调低，更换更快。"),
    (p::OBSERVER_RENEWALS, "续聘有次数，免得固化。", "调高，老面孔更多；调低，更换更快。"),
    (p::OBSERVERS, "人数有限，管得过来。", "调高，可派的人多，管理更难；调低，反之。"),
    (p::OBSERVER_ABSENCES, "几次无故不来，就可以解聘。", "调高，更宽容；调低，更严。"),
    (p::SAME_CALL_DAYS, "隔几天内的同类来电放在一起看。", "调高，提示的旧来电变多；调低，变少。"),
    (p::LIST_VOTERS, "列不列由几个人一起投票，不由一人定。", "调高，更稳妥，更难凑齐；调低，更靠少数人。"),
    (p::PACKET_DAYS, "送出去的东西不能一直看下去。", "调高，收件机关看得更久；调低，到期更早，要重新授权。"),
    (p::WARNING_EVENTS, "一件事不足以说明什么，要几件不同的案子才提醒。", "调高，预警变少，更可靠；调低，预警变多，偶然的也进来。"),
    (p::EXCHANGE_DAY, "与 12345 每月对一次账，定在哪天之前。", "调高，交换更晚；调低，交换更早。"),
];
