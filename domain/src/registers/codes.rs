//! 代码表: closed vocabularies of `case-review.md` C, shown by label, stored by code.

/// A closed vocabulary. Codes never change their meaning; a new meaning is a new code.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeTable {
    /// Identifier.
    pub name: &'static str,
    /// 中文.
    pub label: &'static str,
    /// `(code, label)` in the order shown.
    pub rows: &'static [(&'static str, &'static str)],
}
impl CodeTable {
    /// Whether the code is in the table.
    pub fn has(&self, code: &str) -> bool {
        self.rows.iter().any(|(c, _)| *c == code)
    }
    /// The label of a code; the code itself where it is unknown (an old table).
    pub fn label_of<'a>(&self, code: &'a str) -> &'a str
    where
        'static: 'a,
    {
        self.rows.iter().find(|(c, _)| *c == code).map_or(code, |(_, l)| *l)
    }
}
macro_rules! tables {
    ($($(#[$doc:meta])* $id:ident, $name:literal, $label:literal, [$(($code:literal, $text:literal)),* $(,)?];)*) => {
        $($(#[$doc])* pub static $id: CodeTable = CodeTable { name: $name, label: $label, rows: &[$(($code, $text)),*] };)*
        /// Every code table, for the page that lists them.
        pub static ALL: &[&CodeTable] = &[$(&$id),*];
    };
}
tables! {
    /// 线索来源.
    SOURCE, "source", "线索来源", [
        ("来信", "来信"), ("来访", "来访"), ("来电", "来电"), ("网上", "网上"), ("转送", "转送"), ("交办", "交办"), ("督办", "督办"), ("舆情", "舆情"),
        ("热点", "热点"), ("检察", "检察"), ("组织", "组织"), ("纪检", "纪检"), ("巡察", "巡察"), ("人大政协", "人大政协"), ("工商联", "工商联"),
    ];
    /// 案件类型.
    CASE_TYPE, "case_type", "案件类型", [
        ("01", "刑事"), ("02", "民事"), ("03", "行政诉讼"), ("04", "执行"), ("05", "公安行政"), ("06", "国家赔偿"), ("07", "减假暂"), ("08", "公益诉讼"),
        ("09", "司法行政"), ("99", "其他"),
    ];
    /// 诉讼阶段.
    STAGE, "stage", "办案阶段", [
        ("接报案", "接报案"), ("立案", "立案"), ("侦查", "侦查"), ("审查逮捕", "审查逮捕"), ("审查起诉", "审查起诉"), ("一审", "一审"), ("二审", "二审"),
        ("再审", "再审"), ("执行", "执行"), ("复议", "复议"), ("行政处罚", "行政处罚"), ("监管改造", "监管改造"), ("已终结", "已终结"),
    ];
    /// 问题目录.
    PROBLEM, "problem", "问题码", [
        ("S1", "S1 事实"), ("S2", "S2 定性"), ("S3", "S3 量刑裁量"), ("S4", "S4 法律适用"), ("S5", "S5 主文"),
        ("Z1", "Z1 非法取证"), ("Z2", "Z2 收集不全"), ("Z3", "Z3 采信"), ("Z4", "Z4 鉴定"), ("Z5", "Z5 保管"),
        ("C1", "C1 管辖"), ("C2", "C2 回避"), ("C3", "C3 告知"), ("C4", "C4 送达"), ("C5", "C5 强制措施"), ("C6", "C6 权利保障"), ("C7", "C7 审核审批"), ("C8", "C8 公开"),
        ("W1", "W1 错漏"), ("W2", "W2 说理"), ("W3", "W3 格式"), ("W4", "W4 公开"),
        ("X1", "X1 超期"), ("X2", "X2 挂案"), ("X3", "X3 终本"), ("X4", "X4 拖延移送"),
        ("Q1", "Q1 超权"), ("Q2", "Q2 超范围"), ("Q3", "Q3 超数额"), ("Q4", "Q4 超时限"), ("Q5", "Q5 不返还"),
        ("F1", "F1 推诿"), ("F2", "F2 违规交往"), ("F3", "F3 泄密"), ("F4", "F4 态度"), ("F5", "F5 三个规定"),
        ("J1", "J1 不回复"), ("J2", "J2 不配合"), ("J3", "J3 不整改"), ("M1", "M1 应封未封"), ("M2", "M2 违规查询"),
    ];
    /// 严重度.
    SEVERITY, "severity", "严重度", [("轻微", "轻微"), ("一般", "一般"), ("重大", "重大"), ("否决", "否决")];
    /// 初筛结论.
    SCREEN, "screen", "初筛结论", [("重复并案", "重复并案"), ("不属职权转办", "不属职权转办"), ("检举控告转纪检", "检举控告转纪检"), ("研判中", "研判中")];
    /// 处置去向.
    ROUTE, "disposal", "处置去向", [
        ("转评查", "转评查"), ("转检察监督", "转检察监督"), ("程序性督办", "程序性督办"), ("司法救助", "司法救助"), ("督察参考", "督察参考"), ("存查", "存查"),
    ];
    /// 等次.
    GRADE, "grade", "评查等次", [("优质", "优质"), ("合格", "合格"), ("瑕疵", "瑕疵"), ("不合格", "不合格")];
    /// 纠错纠偏方式.
    CORRECTION, "correction", "纠错纠偏方式", [("补正", "补正"), ("整改", "整改"), ("依法审查建议", "依法审查建议")];
    /// 程序性督办的固定选项 (boundary 2): nothing on the merits can be asked.
    PROMPT_ITEM, "prompt_item", "督办事项", [("是否受理", "是否受理"), ("超期", "是否超期"), ("未告知", "是否告知"), ("未送达", "是否送达")];
    /// 督办回复的固定选项.
    PROMPT_ANSWER, "prompt_answer", "回复", [("已依法办理", "已依法办理"), ("正在办理", "正在依法办理"), ("尚未办理", "尚未办理"), ("不属本单位", "不属本单位办理")];
    /// 过问记录的种类.
    INQUIRY, "inquiry", "记录种类", [("过问", "过问"), ("调卷", "调卷"), ("查询", "查询"), ("来函", "来函"), ("批示", "批示")];
    /// 角色 (case-review.md A, enterprise.md A): what a person can hold.
    ROLE, "role", "角色", [
        ("R1", "执法监督室经办"), ("R2", "执法监督室负责人、分管领导"), ("R3", "政法委书记、书记会议"), ("R4", "政治督察组"),
        ("R5", "纪律作风督查巡查组"), ("R6", "评查专家"), ("R7", "检察驻点人员"), ("R8", "专班组长"),
        ("R9", "被监督单位联络员"), ("R10", "承办干警"), ("R11", "市检察院"), ("R12", "组织部门"),
        ("R13", "纪委监委、公安"), ("SYS", "系统管理员"), ("SEC", "安全保密管理员"), ("AUD", "审计员"),
    ];
    /// 查阅身份的事由.
    GROUND, "ground", "查阅事由", [("核实回访", "核实、回访反映人"), ("人身保护", "反映人安全受到威胁"), ("法定移送", "依法移送有权机关"), ("司法调取", "司法机关依法调取")];
}
