//! 步骤表、期限表、页面 (M3.4, F7).
use super::{Packet, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<Packet>;
const M3_4: &str = "本机构设定，非法定（规格F7、M3.4）";
const B12: &str = "本机构设定，非法定（规格B12、T26）";
const WITH: &[Standing] = &[Handler, Lead, Secretary, Recipient];
/// Sealed bytes: nobody downloads them; the packet's own page opens them.
const NOBODY: &[Standing] = &[];

const KIND: Field = field("kind", "授权包种类", Shape::Code(&codes::PACKET_KIND), WITH);
const TO_ORG: Field = field("to_org", "接收机关", Shape::Org, WITH).hint("组织部门、纪检监察机关、公安机关、检察机关。");
const TO_ROLE: Field = field("to_role", "接收角色", Shape::Short, OFFICE).computed().optional();
const PURPOSE: Field = field("purpose", "用途", Shape::Long, WITH).guarded();
const BASIS: Field = field("basis", "依据", Shape::Short, WITH);
const SOURCES: Field = field("sources", "来源", Shape::Rows(SOURCE), OFFICE).hint("一行一件，须已可以对外提供。");
const SOURCE: &[Column] = &[column("matter_no", "编号")];
const UNTIL: Field = field("until", "看到何日为止", Shape::Date, WITH).hint("到期自动停止查看。");
const PACKAGE: Field = field("package", "授权包内容", Shape::Files, NOBODY).computed();
const DIGEST: Field = field("digest", "内容指纹", Shape::Short, WITH).computed();
const EDITION: Field = field("edition", "第几版", Shape::Number, WITH);
const SENT_ON: Field = field("sent_on", "送出日期", Shape::Date, WITH);
const SIGNED_ON: Field = field("signed_on", "签收日期", Shape::Date, WITH);
const RECEIPT: Field = field("receipt", "查看回执", Shape::Files, NOBODY).computed();
const RECEIPT_DIGEST: Field = field("receipt_digest", "回执指纹", Shape::Short, WITH).computed();
const SUGGESTIONS: Field = field("suggestions", "工作建议", Shape::Long, WITH).personal();
const USED: Field = field("used", "用后回告", Shape::Long, WITH).personal().hint("怎样用的，用在何处。");
const FILES: Field = field("files", "附件", Shape::Files, WITH).optional();
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded().personal();
const CORRECTION: Field =
    field("correction", "更正内容", Shape::Long, OFFICE).guarded().personal().hint("写明哪些不再提供、应当怎样更正。");
const DOCUMENT: Field = field("document", "接收机关回函", Shape::Files, OFFICE);

const STANDS: R = rule("not_providable", "来源现在不能对外提供", |s, at| s.provided(at));
/// Said to who would read: not what has happened at the source.
const PROVIDED: R = rule("suspended", "授权包暂停提供", |s, at| s.correcting || s.provided(at));
const IN_TIME: R = rule("expired", "授权包已到期", |s, at| {
    s.correcting || s.newest().and_then(|(_, e)| e.laid.until).is_some_and(|until| at.today <= until)
});
const NOT_OVER: R =
    rule("until_over", "截止日已过，退回重办", |s, at| s.prepared.as_ref().and_then(|l| l.until).is_some_and(|d| d >= at.today));
const WENT_OUT: R = rule("unsent", "没有送出过", |s, _| !s.sent.is_empty());
const CORRECTION_READ: R = rule("unread", "先查看更正函，再确认知悉", |s, _| {
    let newest = i64::try_from(s.sent.len()).unwrap_or(i64::MAX);
    s.looks.iter().any(|l| l.edition == newest)
});

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Drafting, "拟办", true, Some(Handler)),
    phase(Prepared, "待批准", true, Some(Lead)),
    phase(Sent, "已送达待签收", true, Some(Recipient)),
    phase(Open, "可查看", true, Some(Recipient)),
    phase(Expired, "已到期", true, None),
    phase(Revoked, "已收回", false, None),
    phase(ToCorrect, "须更正", false, Some(Handler)),
    phase(CorrectionDrafted, "更正待批准", false, Some(Lead)),
    phase(CorrectionSent, "更正待知悉", false, Some(Recipient)),
    phase(Corrected, "已更正", false, None),
];
const OPEN: &[Field] = &[KIND, TO_ORG, PURPOSE, BASIS, SOURCES, TO_ROLE];
const OPEN_FOR: &[Field] = &[KIND, TO_ORG, PURPOSE, BASIS, SOURCES.computed().optional(), TO_ROLE];
const THERE: &[Standing] = &[Recipient];
/// A correction calls back the whole packet: it covers what else is withdrawn of it, and its time runs from the first.
const BUT_CORRECTING: &[Phase] = &[Drafting, Prepared, Sent, Phase::Open, Expired, Revoked];
#[rustfmt::skip]
pub const STEPS: &[Step<Packet>] = &[
    step("open",                  "拟授权包",     &[],                            Go(Drafting),          &[Handler, Lead],   M3_4, OPEN),
    step("open_for",              "由来源件拟授权包", &[],                        Go(Drafting),          &[House],           M3_4, OPEN_FOR),
    step("prepare",               "准备授权包",   &[Drafting],                    Go(Prepared),          &[Handler],         M3_4, &[UNTIL, PACKAGE, DIGEST]).rules(&[STANDS]),
    step("send_back_draft",       "退回重办",     &[Prepared],                    Go(Drafting),          &[Lead, Secretary], M3_4, &[REASON]),
    step("approve",               "批准送出",     &[Prepared],                    Go(Sent),              &[Lead, Secretary], M3_4, &[DIGEST.optional(), UNTIL.computed().optional()]).other_than(&["open", "prepare"]).rules(&[STANDS, NOT_OVER]).seen(THERE).grave(),
    step("sign",                  "签收",         &[Sent],                        Go(Phase::Open),       &[Recipient],       M3_4, &[]),
    step("look",                  "查看",         &[Phase::Open, CorrectionSent, Corrected], Stay,       &[Recipient],       M3_4, &[EDITION.computed().optional(), RECEIPT, RECEIPT_DIGEST]).rules(&[IN_TIME, PROVIDED]),
    step("reply",                 "提出工作建议", &[Phase::Open, Expired],        Stay,                  &[Recipient],       M3_4, &[SUGGESTIONS, FILES]),
    step("report_use",            "用后回告",     &[Phase::Open, Expired],        Stay,                  &[Recipient],       M3_4, &[USED, FILES]),
    step("new_version",           "出新版本",     &[Sent, Phase::Open, Expired],  Go(Drafting),          &[Handler, Lead],   M3_4, &[REASON]).seen(THERE).grave(),
    step("revoke",                "收回",         &[Drafting, Prepared, Sent, Phase::Open], Go(Revoked), &[Lead],            M3_4, &[REASON]).seen(THERE).grave(),
    step("expire",                "到期",         &[Sent, Phase::Open],           Go(Expired),           &[Time],            M3_4, &[]).after("valid").seen(THERE),
    step("source_withdrawn",      "来源已经撤下", BUT_CORRECTING,                 Once(ToCorrect, &WENT_OUT), &[House],      B12,  &[REASON]),
    step("correct",               "拟更正函",     &[ToCorrect],                   Go(CorrectionDrafted), &[Handler],         B12,  &[CORRECTION, PACKAGE, DIGEST]),
    step("send_back_correction",  "退回更正函",   &[CorrectionDrafted],           Go(ToCorrect),         &[Lead, Secretary], B12,  &[REASON]),
    step("approve_correction",    "批准发出更正", &[CorrectionDrafted],           Go(CorrectionSent),    &[Lead, Secretary], B12,  &[DIGEST.optional()]).other_than(&["correct"]).seen(THERE).grave(),
    step("acknowledge",           "确认知悉更正", &[CorrectionSent],              Go(Corrected),         &[Recipient],       B12,  &[]).rules(&[CORRECTION_READ]),
    step("record_acknowledgement", "登记知悉回函", &[CorrectionSent],             Go(Corrected),         &[Handler],         B12,  &[DOCUMENT]).seen(THERE),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("prepare", "准备授权包", Length::Limit("N147", None), &["open", "open_for", "send_back_draft", "new_version"], &["prepare", "revoke"]),
    clock("approve", "批准授权包", Length::Limit("N148", None), &["prepare"], &["approve", "send_back_draft", "revoke"]),
    clock("sign", "签收授权包", Length::Limit("N149", None), &["approve"], &["sign", "revoke", "new_version", "expire", "source_withdrawn"]),
    clock("valid", "看到何日为止", Length::Field("until"), &["approve"], &["revoke", "new_version", "expire", "source_withdrawn"]).then("expire"),
    clock("correct", "发更正函", Length::Limit("T26", None), &["source_withdrawn"], &["approve_correction"]),
    clock("acknowledge", "知悉更正", Length::Limit("N149", None), &["approve_correction"], &["acknowledge", "record_acknowledgement"]),
];

pub fn page(s: &Packet) -> Vec<Section> {
    let o = &s.opening;
    let packet = vec![
        KIND.row(o.kind.as_str()),
        TO_ORG.row(o.to_org.as_str()),
        PURPOSE.row(o.purpose.as_str()),
        BASIS.row(o.basis.as_str()),
        SOURCES.row(j!(o.sources)),
        REASON.row(s.reason.as_str()),
        CORRECTION.row(s.correction.as_str()),
    ];
    let sent = s.newest().map_or_else(Vec::new, |(n, e)| {
        vec![
            EDITION.row(n),
            SENT_ON.row(j!(e.sent_on)),
            UNTIL.row(j!(e.laid.until)),
            DIGEST.row(e.laid.digest.as_str()),
            SIGNED_ON.row(j!(s.signed_on)),
        ]
    });
    let answers = s.replies.iter().map(|t| SUGGESTIONS.row(t.as_str())).chain(s.uses.iter().map(|t| USED.row(t.as_str())));
    vec![section("授权包", packet), section("送出", sent), section("接收机关回告", answers.collect())]
}
