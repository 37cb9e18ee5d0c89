//! 步骤表、期限表、页面 (B8).
use super::{Phase, Phase::*, Referral};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<Referral>;
const B8: &str = "本机构设定，非法定（规格B8）";
/// The article speaks of clues of duty crimes only; what goes elsewhere does so by our own setting.
pub const LAW: &str = "职务违法犯罪线索：监察法第37条（规格B8【文】）；其他：本机构设定，非法定（规格B8）";
/// The office and the receiver.
const WITH: &[Standing] = &[Handler, Lead, Secretary, Recipient];

const SOURCE: Field = field("source", "移送哪一件", Shape::Matter(""), OFFICE).hint("填编号，如 XS-2026-0043。");
/// 接收机关的类别.
pub const RECEIVER: Field = field("receiver", "接收机关类别", Shape::Code(&codes::RECEIVER_BODY), WITH);
/// 接收机关.
pub const TO_ORG: Field = field("to_org", "接收机关", Shape::Org, WITH);
/// 密级.
pub const SECRECY: Field =
    field("secrecy", "密级", Shape::Code(&codes::SECRECY), WITH).hint("国家秘密不能录入本系统，请按保密规定另行办理。");
const GROUND: Field = field("ground", "移送理由", Shape::Long, OFFICE).guarded().personal();
const FACTS: Field = field("facts", "事实", Shape::Long, OFFICE).guarded().personal().hint("只写事实和卷页，不写反映人。");
const EVIDENCE: Field = field("evidence", "证据清单", Shape::Long, OFFICE).personal().hint("一行一份：名称，页码或说明。");
const TEXTS: Field = field("texts", "随附文字", Shape::Long, OFFICE).optional().personal().hint("照录的材料，自动脱敏。");
const NAMES: Field =
    field("names", "另须遮盖的姓名", Shape::Long, OFFICE).optional().personal().hint("一行一个。件内登记的姓名自动遮盖，不用再填。");
const KEEP: Field = field("keep", "保留原文", Shape::Codes(&codes::REDACTION_KEEP), OFFICE)
    .optional()
    .hint("不选就全部遮盖。封存和涉未成年人的，选了也遮盖。");
const KEEP_WHY: Field = field("keep_why", "保留的理由", Shape::Long, OFFICE).optional().guarded().hint("选了保留的必填。");
const PACKAGE: Field = field("package", "移送包", Shape::Files, OFFICE).computed();
const DIGEST: Field = field("digest", "移送包指纹", Shape::Short, WITH).computed();
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded();
const SAID: Field = field("said", "接收机关的理由", Shape::Long, WITH).personal();
const PROGRESS: Field = field("progress", "办理情况", Shape::Long, WITH).personal();
const RESULT: Field = field("result", "办理结果", Shape::Long, WITH).personal().hint("照录文书。");
const FILES: Field = field("files", "附件", Shape::Files, WITH).optional();
const DOCUMENT: Field = field("document", "接收机关文书", Shape::Files, OFFICE);
const SENT_ON: Field = field("sent_on", "送达日期", Shape::Date, WITH);
const SIGNED_ON: Field = field("signed_on", "签收日期", Shape::Date, WITH);
const FROM_ORG: Field = field("from_org", "移送机关", Shape::Org, OFFICE);
const DOC_NO: Field = field("doc_no", "来文字号", Shape::Short, OFFICE);
const RECEIVED_ON: Field = field("received_on", "收到日期", Shape::Date, OFFICE).past();
const GIST: Field = field("gist", "来件要点", Shape::Long, OFFICE).guarded().personal();
const INCOMING: Field = field("files", "附件", Shape::Files, OFFICE).optional();
const CLUE: Field = field("clue", "登记为哪件线索", Shape::Matter("clue"), OFFICE).hint("先登记线索，再填线索编号。");
const TOLD: Field = field("told", "反馈内容", Shape::Long, OFFICE).guarded().personal();

const UNSIGNED: R = rule("signed", "接收机关已经签收，不能撤回", |s, _| s.signed_on.is_none());

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Drafting, "拟移送", true, Some(Handler)),
    phase(Prepared, "待批准", true, Some(Lead)),
    phase(Sent, "已送达待签收", true, Some(Recipient)),
    phase(Signed, "待决定受理", true, Some(Recipient)),
    phase(Accepted, "办理中", true, Some(Recipient)),
    phase(Ended, "办结", true, None),
    phase(Supplementing, "退回补充", false, Some(Handler)),
    phase(Supplemented, "补充待批准", false, Some(Lead)),
    phase(Refused, "不受理", false, None),
    phase(Withdrawn, "已撤回", false, None),
    phase(Received, "来件待处理", false, Some(Handler)),
    phase(TakenUp, "来件待反馈", false, Some(Handler)),
    phase(SentBack, "来件已退回", false, None),
];
const OUR_TURN: &[Phase] = &[Prepared, Supplemented];
const WITH_THEM: &[Phase] = &[Sent, Signed, Accepted, Supplementing, Supplemented];
const OPEN: &[Field] = &[SOURCE, RECEIVER, TO_ORG, GROUND, SECRECY];
const OPEN_FOR: &[Field] = &[SOURCE.computed().optional(), RECEIVER, TO_ORG, GROUND, SECRECY];
const MATERIAL: &[Field] = &[FACTS, EVIDENCE, TEXTS, NAMES, KEEP, KEEP_WHY, PACKAGE, DIGEST];
const INCOME: &[Field] = &[FROM_ORG, DOC_NO, RECEIVED_ON, GIST, INCOMING];
const HANDS: &[&str] = &["open", "prepare", "supplement"];
const TOLD_TOO: &[Standing] = &[Recipient];
#[rustfmt::skip]
pub const STEPS: &[Step<Referral>] = &[
    step("open",                  "拟移送",       &[],              Go(Drafting),      &[Handler, Lead],   LAW, OPEN),
    step("open_for",              "由评查件移送", &[],              Go(Drafting),      &[House],           LAW, OPEN_FOR),
    step("prepare",               "准备移送包",   &[Drafting],      Go(Prepared),      &[Handler],         B8,  MATERIAL),
    step("send_back_draft",       "退回修改",     &[Prepared],      Go(Drafting),      &[Lead, Secretary], B8,  &[REASON]),
    step("approve",               "批准移送",     OUR_TURN,         Go(Sent),          &[Lead, Secretary], LAW, &[DIGEST.optional()]).other_than(HANDS).seen(TOLD_TOO).grave(),
    step("withdraw",              "撤回移送",     &[Drafting, Prepared, Sent], Go(Withdrawn), &[Lead],      B8,  &[REASON]).rules(&[UNSIGNED]).grave(),
    step("sign",                  "签收",         &[Sent],          Go(Signed),        &[Recipient],       B8,  &[]),
    step("accept",                "受理",         &[Signed],        Go(Accepted),      &[Recipient],       B8,  &[]),
    step("return_for_supplement", "退回补充",     &[Signed],        Go(Supplementing), &[Recipient],       B8,  &[SAID]),
    step("supplement",            "补充材料",     &[Supplementing], Go(Supplemented),  &[Handler],         B8,  MATERIAL),
    step("send_back_supplement",  "退回修改补充", &[Supplemented],  Go(Supplementing), &[Lead, Secretary], B8,  &[REASON]),
    step("refuse",                "不受理",       &[Signed],        Go(Refused),       &[Recipient],       B8,  &[SAID]).grave(),
    step("progress",              "反馈办理情况", &[Accepted],      Stay,              &[Recipient],       B8,  &[PROGRESS, FILES]),
    step("result",                "反馈办理结果", &[Accepted],      Go(Ended),         &[Recipient],       B8,  &[RESULT, FILES]).grave(),
    step("record_result",         "登记办理结果", WITH_THEM,        Go(Ended),         &[Handler],         B8,  &[RESULT, DOCUMENT]).seen(TOLD_TOO).grave(),
    step("receive",               "登记移送来件", &[],              Go(Received),      &[Handler],         B8,  INCOME),
    step("take_up",               "接收并转线索", &[Received],      Go(TakenUp),       &[Handler],         B8,  &[CLUE]),
    step("send_back",             "退回来件",     &[Received],      Go(SentBack),      &[Handler],         B8,  &[REASON]),
    step("tell_result",           "反馈移送机关", &[TakenUp],       Go(Ended),         &[Handler],         B8,  &[TOLD]),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("prepare", "准备移送包", Length::Limit("N40", None), &["open", "open_for", "send_back_draft"], &["prepare", "withdraw"]),
    clock("approve", "批准移送", Length::Limit("N41", None), &["prepare", "supplement"], &["approve", "send_back_draft", "send_back_supplement", "withdraw", "record_result"]),
    clock("sign", "签收", Length::Limit("N42", None), &["approve"], &["sign", "withdraw", "record_result"]),
    clock("accept", "决定是否受理", Length::Limit("N43", None), &["sign"], &["accept", "return_for_supplement", "refuse", "record_result"]),
    clock("supplement", "补充材料", Length::Limit("N40", None), &["return_for_supplement", "send_back_supplement"], &["supplement", "record_result"]),
    clock("feedback", "反馈办理情况", Length::Limit("N44", None), &["accept", "progress"], &["result", "record_result"]),
    clock("take_up", "处理来件", Length::Limit("N43", None), &["receive"], &["take_up", "send_back"]).counted("received_on"),
    clock("tell", "反馈移送机关", Length::Limit("N44", None), &["take_up"], &["tell_result"]),
];

pub fn page(s: &Referral) -> Vec<Section> {
    let o = &s.opening;
    let going = vec![
        SOURCE.row(o.source.as_str()),
        RECEIVER.row(o.receiver.as_str()),
        TO_ORG.row(o.to_org.as_str()),
        SECRECY.row(o.secrecy.as_str()),
        GROUND.row(o.ground.as_str()),
        SENT_ON.row(j!(s.sent_on)),
        DIGEST.row(s.sent.last().map_or("", |p| p.1.as_str())),
        SIGNED_ON.row(j!(s.signed_on)),
        REASON.row(s.reason.as_str()),
    ];
    let prepared = s.material.as_ref().map_or_else(Vec::new, |m| {
        vec![
            FACTS.row(m.facts.as_str()),
            EVIDENCE.row(m.evidence.as_str()),
            TEXTS.row(j!(m.texts)),
            NAMES.row(j!(m.names)),
            KEEP.row(j!(m.keep)),
            KEEP_WHY.row(j!(m.keep_why)),
        ]
    });
    let mut answered: Vec<Row> = s.said.iter().map(|t| SAID.row(t.as_str())).collect();
    answered.extend(s.progress.iter().map(|t| PROGRESS.row(t.as_str())));
    answered.push(RESULT.row(s.result.as_str()));
    let came = vec![
        FROM_ORG.row(s.from_org.as_str()),
        DOC_NO.row(s.doc_no.as_str()),
        RECEIVED_ON.row(j!(s.received_on)),
        GIST.row(s.gist.as_str()),
        CLUE.row(s.clue.as_str()),
        TOLD.row(s.told.as_str()),
    ];
    vec![section("移送", going), section("移送包的材料", prepared), section("接收机关办理", answered), section("来件", came)]
}
