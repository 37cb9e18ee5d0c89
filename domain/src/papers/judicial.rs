//! 移送, 授权包更正, 司法救助, 联合出台文件 (case-review.md B8, B9, B13).
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    record("referral_approval", "移送审批表", "referral", &["prepare", "supplement"]).says(
        "移送审批表",
        &[
            Facts(&["receiver", "to_org", "secrecy", "digest"]),
            Head("移送理由"),
            Text("ground"),
            Head("事实"),
            Text("facts"),
            Head("证据清单"),
            Table("evidence"),
            Head("保留原文"),
            Facts(&["keep", "keep_why"]),
        ],
        "规格B8",
    ),
    letter("referral_letter", "移送函", "referral", &["approve"]).to("to_org", Recipient).says(
        "关于移送有关线索的函",
        &[
            Say("我单位在工作中发现有关线索，依照管理权限移送你单位。"),
            Facts(&["receiver", "secrecy", "sent_on", "digest"]),
            Say("移送的事实和证据清单见移送包。移送包的指纹如上，可以核对内容是否一致。"),
            Say("请依法审查，签收后将是否受理和办理情况函告我单位。"),
        ],
        "规格B8；职务违法犯罪线索：《监察法》第37条",
    ),
    letter("transfer_reply", "移送来件反馈函", "referral", &["tell_result"]).to("from_org", Handler).says(
        "关于反馈移送事项办理情况的函",
        &[Say("你单位移送的事项，我单位于{received_on}收到，现反馈如下："), Facts(&["doc_no"]), Text("told")],
        "规格B8",
    ),
    letter("correction_letter", "更正函", "packet", &["approve_correction"]).to("to_org", Recipient).says(
        "关于更正已送交内容的函",
        &[
            Say("我单位于{sent_on}送交你单位的下列内容，来源已经撤下，现予更正："),
            Facts(&["kind", "purpose", "basis"]),
            Say("更正后的内容见授权包。请停止使用原内容，告知使用过原内容的人员，并回函确认知悉。"),
        ],
        "规格B12、F7",
    ),
    letter("relief_right_notice", "司法救助权利告知书", "judicial_relief", &["tell_right"]).to("name", Handler).says(
        "司法救助权利告知书",
        &[
            Say("经了解，你可能符合国家司法救助的条件。现告知你："),
            Facts(&["ground", "told_on", "how"]),
            Say("你可以向办案机关申请司法救助。你同意的，我单位把你的姓名、联系方式和困难情况转给办案机关审核；你不同意的，不转。"),
            Say("是否符合条件、救助多少，由有权机关依照规定审核决定。申请司法救助不收费用，不影响你的其他权利。"),
        ],
        "规格B9；《信访工作条例》第37条",
    ),
    letter("relief_transfer", "司法救助转办函", "judicial_relief", &["pass_on"]).to("org", Respondent).says(
        "关于转送司法救助事项的函",
        &[
            Say("下列人员可能符合司法救助条件，本人同意转送，现转你单位审核："),
            Facts(&["name", "contact", "ground"]),
            Head("困难情况"),
            Text("situation"),
            Say("请依照规定审核，在{T17a}内报送审核意见和理由（期限为本机构设定）。"),
        ],
        "规格B9；《信访工作条例》第37条",
    ),
    record("relief_approval", "司法救助审批表", "judicial_relief", &["decide_relief", "refuse_relief"]).says(
        "司法救助审批表",
        &[
            Facts(&["name", "ground", "org", "eligible"]),
            Head("困难情况"),
            Text("situation"),
            Head("审核意见"),
            Text("finding"),
            Head("审批"),
            Facts(&["amount"]),
            Text("decision"),
        ],
        "规格B9",
    ),
    letter("relief_result", "司法救助结果通知书", "judicial_relief", &["notify", "notify_refusal"]).to("name", Handler).says(
        "司法救助结果通知书",
        &[
            Say("你的司法救助事项已经审批，现将结果通知你："),
            Facts(&["amount", "notified_on", "how"]),
            Text("decision"),
            Say("对结果有疑问的，可以向办案机关询问，或者依照规定再次申请。"),
        ],
        "规格B9",
    ),
    letter("consultation_letter", "征求意见函", "joint_rule", &["consult"]).to("recipients", Cosigner).says(
        "关于征求《{title}》意见的函",
        &[Say("现将《{title}》送你单位征求意见，请于{reply_by}前书面回复。没有意见的，也请回复。"), Head("文本"), Text("text")],
        "规格B13",
    ),
    record("legality_opinion", "合法性审查意见", "joint_rule", &["review_legality", "return_legality"]).says(
        "合法性审查意见",
        &[Facts(&["title"]), Head("意见采纳情况"), Table("taken"), Head("审查意见"), Text("opinion")],
        "规格B13",
    ),
    document("joint_rule", "联合出台文件", "joint_rule", &["issue"]).to("recipients", Cosigner).says(
        "关于印发《{title}》的通知",
        &[
            Say("现将《{title}》印发给你们，自{effective_on}起试行，试行至{trial_until}。"),
            Text("text"),
            Say("本文件不溯及已经办结的案件，不作为处理具体案件的决定。"),
        ],
        "规格B13",
    ),
];
