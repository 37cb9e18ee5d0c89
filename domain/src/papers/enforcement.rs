//! 行政执法监督 (enterprise.md B5, B6): of the ladder each letter is made by the step that drafts it.
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

const OBJECTION: &str =
    "对本文书有异议的，可以自送达次日起{E14}内向我单位提出，说明理由；我单位由原经办人以外的人员在{E15}内复查（期限为本机构设定）。";

pub(super) const PAPERS: &[Paper] = &[
    record("supervision_filing", "监督立项审批表", "administrative_supervision", &["propose_filing", "file"]).says(
        "行政执法监督立项审批表",
        &[
            Facts(&["matter", "org", "source", "sender", "act_type", "problems", "regime", "litigation"]),
            Head("问题要点"),
            Text("gist"),
            Head("立项意见"),
            Facts(&["filing", "supervision_kind", "superior_doc"]),
            Text("reason"),
        ],
        "规格企业B5；《行政执法监督条例》第20条",
    ),
    letter("supervision_interview", "约谈通知", "administrative_supervision", &["measure"])
        .to("org", Respondent)
        .only("measure", "约谈")
        .says(
            "行政执法监督约谈通知",
            &[
                Say("因行政执法监督工作需要，我单位约谈你单位负责人，就有关执法情况听取说明。"),
                Say("请按承办人通知的时间、地点参加，可以携带有关材料。不能参加的，请说明理由。"),
            ],
            "规格企业B5；《行政执法监督条例》第22条",
        ),
    record("on_spot_correction", "立即纠正记录", "administrative_supervision", &["correct_on_spot"]).says(
        "立即纠正记录",
        &[Facts(&["matter", "org", "act_type", "done_on", "people", "participants"]), Head("记录"), Text("record")],
        "规格企业B5；《行政执法监督条例》第26条第2款",
    ),
    letter("reminder_letter", "提醒函", "administrative_supervision", &["draft_reminder"]).to("org", Respondent).says(
        "行政执法监督提醒函",
        &[Text("letter"), Say("请于{report_by}前回复办理情况。"), Say(OBJECTION)],
        "规格企业B6",
    ),
    letter("supervision_prompting", "行政执法监督督办函", "administrative_supervision", &["draft_prompting_letter"])
        .to("org", Respondent)
        .says(
            "行政执法监督督办函",
            &[
                Say("经查，你单位存在应当履行职责而未履行的情形。根据《行政执法监督条例》第二十七条，制发本函。"),
                Text("letter"),
                Say("请依法履行职责，于{report_by}前报送履行情况。"),
                Say(OBJECTION),
            ],
            "《行政执法监督条例》第27条（规格企业B5）",
        ),
    document("correction_opinion", "行政执法监督意见书", "administrative_supervision", &["draft_correction_opinion"])
        .to("org", Respondent)
        .says(
            "行政执法监督意见书",
            &[
                Say("经查，你单位的行政执法行为存在违法或者明显不当的情形。根据《行政执法监督条例》第二十八条，提出以下意见："),
                Text("letter"),
                Say("请自行纠正，于{report_by}前报送纠正情况。"),
                Say(OBJECTION),
            ],
            "《行政执法监督条例》第28条（规格企业B5）",
        ),
    document("listing_for_supervision", "挂牌督办通知", "administrative_supervision", &["draft_listing"]).to("org", Respondent).says(
        "挂牌督办通知",
        &[Text("letter"), Facts(&["responsible", "public_until"]), Say("请于{report_by}前报送办理情况。"), Say(OBJECTION)],
        "规格企业B6；《行政执法监督条例》第20条",
    ),
    document("raised_supervision", "提级监督通知", "administrative_supervision", &["draft_raise"]).to("org", Respondent).says(
        "提级监督通知",
        &[Text("letter"), Facts(&["superior"]), Say("请于{report_by}前报送办理情况。"), Say(OBJECTION)],
        "规格企业B6；《行政执法监督条例》第20条",
    ),
    document("decision_proposal", "处理建议", "administrative_supervision", &["propose_decision"])
        .to("government", Government)
        .report()
        .says(
            "关于行政执法监督处理建议的请示",
            &[
                Facts(&["org", "filing", "natures", "decision_ground"]),
                Head("查明事实"),
                Text("finding"),
                Head("处理建议"),
                Facts(&["contents"]),
                Text("proposal"),
                Say("妥否，请批示。"),
            ],
            "《行政执法监督条例》第29条（规格企业B5）",
        ),
    document("supervision_decision", "行政执法监督决定书", "administrative_supervision", &["decide"]).to("org", Respondent).says(
        "行政执法监督决定书",
        &[Say("根据《行政执法监督条例》第二十九条，决定如下："), Text("decision"), Say("请于{report_by}前报送执行情况。"), Say(OBJECTION)],
        "《行政执法监督条例》第29条（规格企业B5）",
    ),
    letter("superior_notice", "告知上级主管部门函", "administrative_supervision", &["tell_superior"]).to("superior", Government).says(
        "关于告知行政执法监督情况的函",
        &[
            Say("我单位在行政执法监督中发现{org}的下列情况，现告知你单位："),
            Facts(&["act_type", "problems", "told_on"]),
            Text("letter"),
            Say("请依法处理，并将处理情况函告我单位。"),
        ],
        "《行政执法监督条例》第42条第2款（规格企业A）",
    ),
    document("supervision_circular", "行政执法监督通报", "administrative_supervision", &["circulate"]).to("org", Respondent).says(
        "行政执法监督情况通报",
        &[Text("letter"), Facts(&["publicity"])],
        "《行政执法监督条例》第31条（规格企业B5）",
    ),
    letter("objection_answer", "异议答复书", "administrative_supervision", &["uphold", "vary", "revoke"]).to("org", Respondent).says(
        "对监督文书异议的答复书",
        &[Head("你单位的异议"), Text("grounds"), Head("答复"), Text("answer"), Say("变更后的报送期限为{report_by}。")],
        "《行政执法监督条例》第30条（规格企业B5）",
    ),
    letter("staff_suggestion", "对执法人员的处理建议", "administrative_supervision", &["suggest_about_staff"]).to("body", Handler).says(
        "关于执法人员处理建议的函",
        &[
            Say("我单位在行政执法监督中查明{org}有关情况，根据《行政执法监督条例》第三十二条，提出建议："),
            Facts(&["suggestion"]),
            Head("综合考虑"),
            Text("considered"),
            Say("是否处理、怎样处理，由你单位依照管理权限和程序决定。请将结果函告我单位。"),
        ],
        "《行政执法监督条例》第32条（规格企业B5）",
    ),
    letter("supervision_referral", "移送监察机关函", "administrative_supervision", &["refer"]).to("body", Handler).says(
        "关于移送有关线索的函",
        &[
            Say("我单位在行政执法监督中发现涉嫌职务违法犯罪的线索，依法移送你单位。"),
            Facts(&["org", "referred_on"]),
            Head("移送事实"),
            Text("facts"),
            Say("请依法审查，并将是否受理函告我单位。"),
        ],
        "《行政执法监督条例》第33条；《监察法》第37条（规格企业B5）",
    ),
];
