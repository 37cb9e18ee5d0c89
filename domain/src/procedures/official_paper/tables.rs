//! 步骤表、期限表、页面 (M0.4).
use super::{OfficialPaper, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<OfficialPaper>;
const M0_4: &str = "GB/T 9704-2012；办理程序为本机构设定，非法定（规格M0.4）";
const WITH: &[Standing] = &[Handler, Lead, Secretary, Respondent];
/// Sealed bytes: nobody downloads them; the paper's own page opens them.
const NOBODY: &[Standing] = &[];

// Not named `source`: a paper about a matter that has been referred goes on, and does not stand still with it.
const ABOUT: Field = field("about", "依据哪一件", Shape::Matter(""), OFFICE).hint("填编号，如 ZG-2026-0043。");
const PAPER: Field = field("paper", "文书", Shape::Code(&codes::NUMBERED_PAPER), WITH).hint("须是该件的文书。");
const TO_ORG: Field = field("to_org", "主送单位", Shape::Org, WITH).optional().hint("不填的，用文书自己的主送。");
const TO: Field = field("to", "主送（不在机构底册的）", Shape::Short, OFFICE).optional().personal().hint("填了主送单位的不填。");
const COPIES: Field = field("copies", "抄送", Shape::Long, OFFICE).optional().hint("一行一个机关。");
const BODY: Field =
    field("body", "正文", Shape::Long, OFFICE).optional().guarded().personal().hint("不填的，由系统依据该件写成。填了就替换，一行一段。");
const ATTACHMENTS: Field = field("attachments", "附件名称", Shape::Long, OFFICE).optional().hint("一行一个，不写序号。");
const OFFICE_OF: Field = field("office", "拟稿岗位", Shape::Short, OFFICE).computed();
const ORGAN: Field = field("organ", "发文机关", Shape::Org, WITH).computed();
const SHEET: Field = field("sheet", "文书内容", Shape::Files, NOBODY).computed();
const COMMITMENT: Field = field("commitment", "文书的承诺值", Shape::Short, WITH).computed();
const DOC_NUMBER: Field = field("doc_number", "发文字号", Shape::Short, WITH).computed();
const SERIES: Field = field("series", "字号系列", Shape::Short, OFFICE).computed();
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded().personal();
const REMARK: Field = field("remark", "核稿意见", Shape::Long, OFFICE).optional().guarded().personal();
const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, WITH).past();
const WAY: Field = field("way", "送达方式", Shape::Code(&codes::SERVE_WAY), WITH);
const RECEIPT: Field = field("receipt", "送达回证", Shape::Files, OFFICE).optional();
const RECEIVED_ON: Field = field("received_on", "收到日期", Shape::Date, WITH).past();
const VOID_REASON: Field = field("void_reason", "作废理由", Shape::Long, WITH).guarded();
const SIGNED_ON: Field = field("signed_on", "签发日期", Shape::Date, WITH);
const VOIDED_ON: Field = field("voided_on", "作废日期", Shape::Date, WITH);

const IN_HOUSE: R = rule("not_in_house", "收文单位不在本平台签收，请用“发出”", |s, _| s.in_house());
const OUTSIDE: R = rule("in_house", "收文单位在本平台签收，请用“送达单位”", |s, _| !s.in_house());

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Drafting, "拟稿", true, Some(Handler)),
    phase(Reviewing, "待核稿", true, Some(Handler)),
    phase(Signing, "待签发", true, Some(Lead)),
    phase(Signed, "已签发待送达", true, Some(Handler)),
    phase(Served, "已送达待签收", true, Some(Respondent)),
    phase(Sent, "已发出待回执", false, Some(Handler)),
    phase(Acknowledged, "已签收", true, None),
    phase(Dropped, "已撤稿", false, None),
    phase(Voided, "已作废", false, None),
];
const WORDING: &[Field] = &[TO_ORG, TO, COPIES, BODY, ATTACHMENTS];
const DRAFT: &[Field] = &[ABOUT, PAPER, TO_ORG, TO, COPIES, BODY, ATTACHMENTS, OFFICE_OF, ORGAN];
const LAID: &[Field] = &[SHEET, COMMITMENT];
const SIGN: &[Field] = &[DOC_NUMBER, SERIES, SHEET, COMMITMENT];
const SERVE: &[Field] = &[SERVED_ON, WAY, RECEIPT];
const WROTE: &[&str] = &["draft", "revise", "submit"];
const UNIT: &[Standing] = &[Respondent];
#[rustfmt::skip]
pub const STEPS: &[Step<OfficialPaper>] = &[
    step("draft",          "拟稿",       &[],                       Go(Drafting),     &[Handler],                  M0_4, DRAFT),
    step("revise",         "改稿",       &[Drafting],               Stay,             &[Handler],                  M0_4, WORDING),
    step("submit",         "送核",       &[Drafting],               Go(Reviewing),    &[Handler],                  M0_4, LAID),
    step("send_back",      "退回改稿",   &[Reviewing, Signing],     Go(Drafting),     &[Handler, Lead, Secretary], M0_4, &[REASON]),
    step("review",         "核稿",       &[Reviewing],              Go(Signing),      &[Handler, Lead, Secretary], M0_4, &[REMARK]).other_than(WROTE),
    step("sign",           "签发",       &[Signing],                Go(Signed),       &[Lead, Secretary],          M0_4, SIGN).other_than(WROTE).grave(),
    step("serve",          "送达单位",   &[Signed],                 Go(Served),       &[Handler],                  M0_4, SERVE).rules(&[IN_HOUSE]).seen(UNIT),
    step("send_out",       "发出",       &[Signed],                 Go(Sent),         &[Handler],                  M0_4, SERVE).rules(&[OUTSIDE]),
    step("acknowledge",    "签收",       &[Served],                 Go(Acknowledged), &[Respondent],               M0_4, &[]),
    step("record_receipt", "登记回执",   &[Served, Sent],           Go(Acknowledged), &[Handler],                  M0_4, &[RECEIVED_ON, RECEIPT.required()]).seen(UNIT),
    step("drop",           "撤稿",       &[Drafting, Reviewing, Signing], Go(Dropped), &[Handler, Lead],           M0_4, &[REASON]),
    step("void",           "作废",       &[Signed, Served, Sent, Acknowledged], Go(Voided), &[Lead, Secretary],    M0_4, &[VOID_REASON]).seen(UNIT).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("draft",   "拟好公文送核", Length::Limit("N160", None), &["draft", "send_back"], &["submit", "drop"]),
    clock("review",  "核稿",         Length::Limit("N161", None), &["submit"],             &["review", "send_back", "drop"]),
    clock("sign",    "签发",         Length::Limit("N162", None), &["review"],             &["sign", "send_back", "drop"]),
    clock("serve",   "送达公文",     Length::Limit("N163", None), &["sign"],               &["serve", "send_out", "void"]),
    clock("receive", "签收、回执",   Length::Limit("N164", None), &["serve", "send_out"],  &["acknowledge", "record_receipt", "void"]),
];

pub fn page(s: &OfficialPaper) -> Vec<Section> {
    let (o, w) = (&s.opening, &s.opening.wording);
    let signed = s.signed.as_ref();
    let draft = vec![
        PAPER.row(o.paper.as_str()),
        ABOUT.row(o.about.as_str()),
        ORGAN.row(o.organ.as_str()),
        TO_ORG.row(w.to_org.as_str()),
        TO.row(w.to.as_str()),
        COPIES.row(w.copies.as_str()),
        ATTACHMENTS.row(w.attachments.as_str()),
        BODY.row(w.body.as_str()),
        REMARK.row(s.remark.as_str()),
        REASON.row(s.reason.as_str()),
    ];
    let issued = vec![
        DOC_NUMBER.row(signed.map_or("", |x| x.doc_number.as_str())),
        SIGNED_ON.row(j!(s.signed_on)),
        COMMITMENT.row(signed.map_or("", |x| x.commitment.as_str())),
        SERVED_ON.row(j!(s.served_on)),
        WAY.row(s.way.as_str()),
        RECEIVED_ON.row(j!(s.received_on)),
        VOIDED_ON.row(j!(s.voided_on)),
        VOID_REASON.row(s.void_reason.as_str()),
    ];
    vec![section("公文", draft), section("签发和送达", issued)]
}
