//! 涉企检查处罚记录 (enterprise.md C, D3): what an enforcement unit did to an enterprise, as the ledger the judicial administration collects
//! tells it. Alerts are reckoned from these rows (`app/src/enforcement`); a record itself accuses nobody.
//!
//! The enterprise is told apart by `firm`, a keyed digest the app makes: its name and code lie in the vault, so that a stolen file joins
//! no record to a complaint.
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json as j;

use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;

/// 阶段.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Kept,
    Voided,
}
use Phase::*;
/// One act of enforcement.
#[allow(missing_docs)]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    pub org: String,
    pub firm: String,
    pub firm_name: String,
    pub uscc: String,
    pub act_type: String,
    pub cause: String,
    pub doc_no: String,
    pub filed_on: Option<Date>,
    pub decided_on: Option<Date>,
    pub lead_officer: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub co_officer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regime: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_rep: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_no: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fine: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confiscated: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hearing: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_review: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}
impl Record {
    /// 罚没合计, 整数分.
    pub fn taken(&self) -> i64 {
        self.fine.unwrap_or(0).saturating_add(self.confiscated.unwrap_or(0))
    }
}
/// 步骤及其内容.
#[allow(missing_docs)]
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Record(Record),
    Enter(Record),
    Withdraw { reason: String },
    Void {},
}
/// What lasts of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EnforcementRecord {
    said: Record,
    touched: bool,
    voided: bool,
}
impl EnforcementRecord {
    /// What it says.
    pub fn said(&self) -> &Record {
        &self.said
    }
    /// Taken back: it counts nowhere.
    pub fn voided(&self) -> bool {
        self.voided
    }
}

const US: &[Standing] = &[Handler, Lead];
const C: &str = "本机构设定，非法定（规格C、D3）";
const ORG: Field = field("org", "执法单位", Shape::Org, US);
const FIRM: Field = field("firm", "企业指纹", Shape::Short, US).computed();
const FIRM_NAME: Field = field("firm_name", "企业名称", Shape::Short, US).personal();
const USCC: Field = field("uscc", "统一社会信用代码", Shape::Short, US).personal().hint("18 位。");
const LEGAL_REP: Field = field("legal_rep", "法定代表人", Shape::Short, US).optional().personal();
const ACT_TYPE: Field = field("act_type", "行为类型", Shape::Code(&codes::ENFORCEMENT_ACT), US);
const REGIME: Field = field("regime", "管理体制（台账）", Shape::Code(&codes::REGIME), US).optional();
const CHECK_KIND: Field = field("check_kind", "检查类型", Shape::Code(&codes::ENTERPRISE_CHECK), US).optional();
const PLAN_NO: Field = field("plan_no", "计划备案号", Shape::Short, US).optional();
const CHECK_CODE: Field = field("check_code", "检查码", Shape::Short, US).optional();
const CAUSE: Field = field("cause", "事由", Shape::Long, US);
const FILED_ON: Field = field("filed_on", "立案、检查日期", Shape::Date, US).past();
const DECIDED_ON: Field = field("decided_on", "决定日期", Shape::Date, US).past();
const DOC_NO: Field = field("doc_no", "文书号", Shape::Short, US);
const PENALTY: Field = field("penalty", "处罚种类", Shape::Short, US).optional();
const FINE: Field = field("fine", "罚款金额", Shape::Money, US).optional();
const CONFISCATED: Field = field("confiscated", "没收金额", Shape::Money, US).optional();
const LEAD_OFFICER: Field = field("lead_officer", "主办人员", Shape::Short, US).personal().hint("姓名和执法证号。");
const CO_OFFICER: Field = field("co_officer", "协办人员", Shape::Short, US).optional().personal();
const HEARING: Field = field("hearing", "听证", Shape::YesNo, US).optional();
const LEGAL_REVIEW: Field = field("legal_review", "法制审核", Shape::YesNo, US).optional();
const PUBLISHED: Field = field("published", "已公示", Shape::YesNo, US).optional();
const PUBLISHED_ON: Field = field("published_on", "公示日期", Shape::Date, US).optional();
const PAID_ON: Field = field("paid_on", "缴款日期", Shape::Date, US).optional();
const REMEDY: Field = field("remedy", "复议诉讼", Shape::Code(&codes::ENFORCEMENT_REMEDY), US).optional();
const REMARK: Field = field("remark", "备注", Shape::Long, US).optional().personal();
const REASON: Field = field("reason", "理由", Shape::Long, US).guarded();
const SAID: &[Field] = &[
    ORG,
    FIRM,
    FIRM_NAME,
    USCC,
    LEGAL_REP,
    ACT_TYPE,
    REGIME,
    CHECK_KIND,
    PLAN_NO,
    CHECK_CODE,
    CAUSE,
    FILED_ON,
    DECIDED_ON,
    DOC_NO,
    PENALTY,
    FINE,
    CONFISCATED,
    LEAD_OFFICER,
    CO_OFFICER,
    HEARING,
    LEGAL_REVIEW,
    PUBLISHED,
    PUBLISHED_ON,
    PAID_ON,
    REMEDY,
    REMARK,
];
const UNTOUCHED: Rule<EnforcementRecord> = rule("built_on", "已有后续办理，不能撤销", |s, _| !s.touched);

impl Procedure for EnforcementRecord {
    const KIND: &'static str = "enforcement_record";
    const LABEL: &'static str = "涉企检查处罚记录";
    const PREFIX: &'static str = "JL";
    type Phase = Phase;
    type Act = Act;
    const PHASES: &'static [PhaseRow<Phase>] = &[phase(Kept, "已登记", true, None), phase(Voided, "已撤销", false, None)];
    const STEPS: &'static [Step<Self>] = &[
        step("record", "登记检查处罚", &[], Go(Kept), &[Handler], C, SAID),
        step("enter", "历史导入：检查处罚", &[], Go(Kept), &[House], C, SAID),
        step("withdraw", "撤销登记", &[Kept], Go(Voided), &[Lead], C, &[REASON]).grave(),
        step("void", "撤销导入", &[Kept], Go(Voided), &[House], C, &[]).rules(&[UNTOUCHED]),
    ];

    fn decide(&self, act: Act, _: &At) -> Result<Act, Refusal> {
        match &act {
            Act::Record(r) | Act::Enter(r) if r.decided_on < r.filed_on => {
                Err(Refusal::at("decided_on", "决定日期不能早于立案、检查日期。"))
            }
            _ => Ok(act),
        }
    }
    fn evolve(&mut self, act: &Act, _: &Stamp) {
        match act.clone() {
            Act::Record(said) | Act::Enter(said) => self.said = said,
            Act::Withdraw { .. } => (self.touched, self.voided) = (true, true),
            Act::Void {} => self.voided = true,
        }
    }
    fn parties(&self) -> Vec<Party> {
        super::judicial()
    }
    fn index(&self) -> Index {
        let title = format!("{{org}}：{} {}", codes::ENFORCEMENT_ACT.label_of(&self.said.act_type), self.said.doc_no);
        Index { gist: self.said.cause.clone(), ..index(title, &self.said.org, std::slice::from_ref(&self.said.act_type)) }
    }
    fn page(&self, _: Phase) -> Vec<Section> {
        let s = &self.said;
        let act = vec![
            ORG.row(s.org.as_str()),
            REGIME.row(j!(s.regime)),
            ACT_TYPE.row(s.act_type.as_str()),
            CAUSE.row(s.cause.as_str()),
            DOC_NO.row(s.doc_no.as_str()),
            FILED_ON.row(j!(s.filed_on)),
            DECIDED_ON.row(j!(s.decided_on)),
            CHECK_KIND.row(j!(s.check_kind)),
            PLAN_NO.row(j!(s.plan_no)),
            CHECK_CODE.row(j!(s.check_code)),
            LEAD_OFFICER.row(s.lead_officer.as_str()),
            CO_OFFICER.row(j!(s.co_officer)),
        ];
        let firm = vec![FIRM_NAME.row(s.firm_name.as_str()), USCC.row(s.uscc.as_str()), LEGAL_REP.row(j!(s.legal_rep))];
        let result = vec![
            PENALTY.row(j!(s.penalty)),
            FINE.row(j!(s.fine)),
            CONFISCATED.row(j!(s.confiscated)),
            PAID_ON.row(j!(s.paid_on)),
            HEARING.row(j!(s.hearing)),
            LEGAL_REVIEW.row(j!(s.legal_review)),
            PUBLISHED.row(j!(s.published)),
            PUBLISHED_ON.row(j!(s.published_on)),
            REMEDY.row(j!(s.remedy)),
            REMARK.row(j!(s.remark)),
        ];
        vec![section("执法行为", act), section("行政相对人", firm), section("结果", result)]
    }
    fn facts(&self) -> Vec<Fact> {
        let s = &self.said;
        let Some(on) = s.decided_on.filter(|_| !self.voided) else { return vec![] };
        let one = fact("涉企执法", &s.org, &s.act_type, on);
        let taken = Some(s.taken()).filter(|t| *t > 0);
        std::iter::once(one).chain(taken.map(|value| Fact { value, ..fact("罚没金额", &s.org, "", on) })).collect()
    }
}
