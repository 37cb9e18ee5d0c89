//! 整改闭环与责任查究 (case-review.md B5).
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    document("rectification_notice", "整改通知书", "rectification", &["demand"]).to("org", Respondent).says(
        "整改通知书",
        &[
            Say("经监督，你单位存在下列问题："),
            Facts(&["problems", "severity"]),
            Head("整改要求"),
            Text("what"),
            Head("期限"),
            Say("请在收到本通知后{N5}内签收，签收后{T21a}内报送整改方案；方案经确认后，在{T21b}内报送整改结果和佐证。以上期限为本机构设定。"),
            Head("说明理由"),
            Say("对所列问题或者整改要求有不同意见的，可以在整改方案中写明，并附理由和依据。"),
        ],
        "规格B5",
    ),
    letter("rectification_reminder", "整改催办函", "rectification", &["urge"]).to("org", Respondent).says(
        "关于催办整改的函",
        &[
            Say("你单位下列整改事项尚未办结："),
            Facts(&["problems", "severity", "demanded_on"]),
            Text("letter"),
            Say("请尽快报送办理情况；不能按期办理的，请说明理由。"),
        ],
        "规格B5",
    ),
    record("interview_suggestion", "约谈建议", "rectification", &["interview"]).says(
        "关于约谈的建议",
        &[
            Facts(&["matter", "org", "problems", "severity", "demanded_on"]),
            Head("建议约谈的理由"),
            Text("letter"),
            Say("约谈由有权的单位依照管理权限决定。"),
        ],
        "规格B5",
    ),
    document("rectification_circular", "整改情况通报", "rectification", &["circulate"]).to("org", Respondent).says(
        "关于整改情况的通报",
        &[
            Say("经催办和约谈建议，下列整改事项仍未办结，现予通报："),
            Facts(&["problems", "severity", "demanded_on"]),
            Text("letter"),
            Say("请报送办理情况；不能办理的，请说明理由。"),
        ],
        "规格B5",
    ),
    letter("rectification_acceptance", "整改验收意见", "rectification", &["accept", "accept_grave", "accept_partly"]).to("org", Respondent).says(
        "关于整改验收意见的函",
        &[
            Say("你单位报送的整改结果，我单位已经验收。"),
            Facts(&["problems", "severity", "demanded_on", "accepted_on"]),
            Head("验收意见"),
            Text("opinion"),
            Head("已完成部分"),
            Text("done"),
            Head("尚待整改"),
            Text("remaining"),
        ],
        "规格B5",
    ),
    record("rectification_file", "整改销号单", "rectification", &["close"]).says(
        "整改销号单",
        &[Facts(&["matter"]), All],
        "规格B5",
    ),
    letter("accountability_suggestion", "责任查究建议函", "accountability", &["refer"]).to("to", Handler).says(
        "关于建议依法审查责任的函",
        &[
            Say("我单位在工作中发现{org}存在下列情况："),
            Text("facts"),
            Say("是否涉及责任、怎样处理，由你单位依照管理权限和程序决定。请依法审查，并将结果函告我单位。"),
        ],
        "规格B5、0.2",
    ),
];
