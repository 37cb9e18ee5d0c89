//! 步骤表、期限表、页面 (B9, T17).
use super::{JudicialRelief as S, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

const B9: &str = "本机构设定，非法定（规格B9）";
const B9_RIGHTS: &str = "信访工作条例第37条（规格B9【文】）";
const T17: &str = "本机构设定，非法定（规格B9、T17）";
/// The office, and from the passing-on the body that audits.
const ALL: &[Standing] = &[Handler, Lead, Secretary, Respondent];

const CLUE: Field = field("clue", "来自线索", Shape::Matter("clue"), OFFICE).optional();
const REVIEW: Field = field("review", "来自评查件", Shape::Matter("review"), OFFICE).optional();
const NAME: Field = field("name", "姓名", Shape::Short, ALL).personal().frugal();
const CONTACT: Field = field("contact", "联系方式", Shape::Short, ALL).personal().frugal().hint("只写电话或住址，不写银行卡号、证件号。");
const SITUATION: Field = field("situation", "困难情况", Shape::Long, ALL).personal().frugal().hint("只写与救助有关的事实。");
const GROUND: Field = field("ground", "救助事由", Shape::Code(&codes::RELIEF_GROUND), ALL);
const TOLD_ON: Field = field("told_on", "告知日期", Shape::Date, OFFICE).past();
const HOW: Field = field("how", "方式", Shape::Short, OFFICE).frugal();
const EXPLAINED: Field = field("explained", "已说明将向办案机关提供姓名、联系方式和困难情况", Shape::YesNo, OFFICE);
const PROOF: Field = field("proof", "同意的凭据", Shape::Files, OFFICE).hint("签名、录音说明等，不附银行卡和证件复印件。");
const REASON: Field = field("reason", "不同意的情况", Shape::Long, OFFICE).personal().frugal();
const ORG: Field = field("org", "办案机关", Shape::Org, ALL);
const DOC_NO: Field = field("doc_no", "转办文号", Shape::Short, ALL).frugal();
const ELIGIBLE: Field = field("eligible", "符合救助条件", Shape::YesNo, ALL);
const FINDING: Field = field("finding", "审核意见", Shape::Long, ALL).personal().frugal();
const FILES: Field = field("files", "审核材料", Shape::Files, ALL).optional();
const AMOUNT: Field = field("amount", "救助金额", Shape::Money, ALL);
const DECISION: Field = field("decision", "审批意见", Shape::Long, ALL).personal().frugal();
const NOTIFIED_ON: Field = field("notified_on", "通知日期", Shape::Date, ALL).past();
const PAID_ON: Field = field("paid_on", "拨付日期", Shape::Date, ALL).past();
const PAY_DOC: Field = field("pay_doc", "拨付文号", Shape::Short, OFFICE).frugal().hint("写文号，不写账号、卡号。");
const VISITED_ON: Field = field("visited_on", "回访日期", Shape::Date, OFFICE).past();
const VISIT: Field = field("visit", "回访情况", Shape::Long, OFFICE).personal().frugal();

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Discovered, "待告知权利", true, Some(Handler)),
    phase(Told, "待征求意见", true, Some(Handler)),
    phase(Consented, "待转办", true, Some(Handler)),
    phase(PassedOn, "审核中", true, Some(Respondent)),
    phase(Audited, "待审批", true, Some(Lead)),
    phase(Approved, "待通知结果", true, Some(Handler)),
    phase(Notified, "待拨付", true, Some(Handler)),
    phase(Paid, "待回访", true, Some(Handler)),
    phase(Closed, "办结", true, None),
    phase(Rejected, "待告知结果", false, Some(Handler)),
    phase(Declined, "本人不同意", false, None),
];
const ASKED: &[&str] = &["discover", "pass_on", "audit"];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("discover",      "登记救助对象", &[],           Go(Discovered), &[Handler],         B9_RIGHTS, &[CLUE, REVIEW, NAME, CONTACT, SITUATION, GROUND]),
    step("tell_right",    "告知权利",     &[Discovered], Go(Told),       &[Handler],         B9,  &[TOLD_ON, HOW]),
    step("consent",       "本人同意",     &[Told],       Go(Consented),  &[Handler],         B9,  &[EXPLAINED, PROOF]),
    step("decline",       "本人不同意",   &[Told],       Go(Declined),   &[Handler],         B9,  &[REASON]),
    step("pass_on",       "转办案机关",   &[Consented],  Go(PassedOn),   &[Handler],         B9,  &[ORG, DOC_NO]).seen(&[Respondent]),
    step("audit",         "审核",         &[PassedOn],   Go(Audited),    &[Respondent],      T17, &[ELIGIBLE, FINDING, FILES]),
    step("decide_relief", "批准救助",     &[Audited],    Go(Approved),   &[Lead, Secretary], T17, &[AMOUNT, DECISION]).other_than(ASKED).seen(&[Respondent]).grave(),
    step("refuse_relief", "不予救助",     &[Audited],    Go(Rejected),   &[Lead, Secretary], T17, &[DECISION]).other_than(ASKED).seen(&[Respondent]).grave(),
    step("notify",        "通知审批结果", &[Approved],   Go(Notified),   &[Handler],         T17, &[NOTIFIED_ON, HOW]).seen(&[Respondent]),
    step("notify_refusal", "告知不予救助", &[Rejected],  Go(Closed),     &[Handler],         T17, &[NOTIFIED_ON, HOW]).seen(&[Respondent]),
    step("pay",           "拨付并通知领取", &[Notified],   Go(Paid),       &[Handler],         B9,  &[PAID_ON, PAY_DOC]).seen(&[Respondent]),
    step("revisit",       "回访",         &[Paid],       Go(Closed),     &[Handler],         B9,  &[VISITED_ON, VISIT]),
];
const STEP: Length = Length::Limit("N54", None);
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("tell",    "告知权利", STEP, &["discover"], &["tell_right"]),
    clock("consent", "征求意见", STEP, &["tell_right"], &["consent", "decline"]),
    clock("pass_on", "转办案机关", STEP, &["consent"], &["pass_on"]),
    clock("audit",   "审核", Length::Limit("T17a", None), &["pass_on"], &["audit"]),
    clock("decide",  "审批", Length::Limit("T17b", None), &["audit"], &["decide_relief", "refuse_relief"]),
    clock("notify",  "通知", Length::Limit("T17c", None), &["decide_relief", "refuse_relief"], &["notify", "notify_refusal"]),
    clock("pay",     "拨付", STEP, &["notify"], &["pay"]),
    clock("revisit", "回访", STEP, &["pay"], &["revisit"]),
];

pub fn page(s: &S) -> Vec<Section> {
    let [clue, review] = &s.sources;
    let found = vec![
        CLUE.row(j!(clue)),
        REVIEW.row(j!(review)),
        NAME.row(s.name.as_str()),
        CONTACT.row(s.contact.as_str()),
        SITUATION.row(s.situation.as_str()),
        GROUND.row(s.ground.as_str()),
        TOLD_ON.row(j!(s.told_on)),
        HOW.row(s.how.as_str()),
        REASON.row(s.reason.as_str()),
    ];
    let decided = vec![
        ORG.row(s.org.as_str()),
        DOC_NO.row(s.doc_no.as_str()),
        ELIGIBLE.row(j!(s.eligible)),
        FINDING.row(s.finding.as_str()),
        AMOUNT.row(j!(s.amount)),
        DECISION.row(s.decision.as_str()),
    ];
    let after = vec![
        NOTIFIED_ON.row(j!(s.notified_on)),
        PAID_ON.row(j!(s.paid_on)),
        PAY_DOC.row(s.pay_doc.as_str()),
        VISITED_ON.row(j!(s.visited_on)),
        VISIT.row(s.visit.as_str()),
    ];
    vec![section("救助对象", found), section("审核审批", decided), section("发放和回访", after)]
}
