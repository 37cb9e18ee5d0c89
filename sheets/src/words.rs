//! Closed vocabularies that only ledgers use: what is written is what is kept. Those the house works with stand in
//! `domain::registers::codes`.
use domain::registers::codes::CodeTable;

macro_rules! words {
    ($($id:ident, $name:literal, $label:literal, [$($word:literal),* $(,)?];)*) => {
        $(pub(crate) static $id: CodeTable = CodeTable { name: $name, label: $label, rows: &[$(($word, $word)),*] };)*
    };
}
words! {
    GENDER, "gender", "性别", ["男", "女"];
    DUTY, "duty", "在岗状态", ["在职", "退休", "调离", "停职"];
    LEVEL, "level", "层级", ["省级", "市级", "县级", "派出", "内设"];
    ORG_KIND, "org_kind", "类别", ["党委政法委", "审判机关", "检察机关", "公安机关", "司法行政", "行政执法机关", "组织部门", "纪委监委", "工商联", "内设机构"];
    ORG_STATUS, "org_status", "状态", ["有效", "撤销"];
    EXPERT_KIND, "expert_kind", "来源类别", ["法官", "检察官", "律师", "人大代表", "政协委员", "高校学者"];
    ASSESSMENT, "assessment", "年度考核", ["优秀", "称职", "基本称职", "不称职"];
    EXPERT_STATUS, "expert_status", "状态", ["候选", "在库", "暂停", "解聘", "期满"];
    OPINION_STATUS, "opinion_status", "回复情况", ["已采纳", "部分采纳", "提出异议", "不采纳", "逾期未回复", "未到期"];
    MANAGEMENT, "management", "管理体制", ["属地", "垂直", "双重以上级为主"];
    INSPECTION_KIND, "inspection_kind", "检查类型", ["日常", "个案", "专项"];
    REMEDY, "remedy", "复议诉讼", ["申请复议", "提起诉讼"];
    DEMAND, "demand", "诉求", ["请求核查", "要求退还", "要求书面说明", "咨询", "要求依法处理"];
    HANDLING, "handling", "处理方式", ["已受理", "移送司法局", "转办", "不予受理", "引导复议诉讼", "移送监察", "信访分流"];
    OBSERVER_STATUS, "observer_status", "状态", ["在聘", "停用", "解聘", "届满"];
}
