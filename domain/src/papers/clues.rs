//! 线索、程序性督办、共性问题、过问记录 (case-review.md B1, B2, F5).
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    record("clue_registration", "线索登记表", "clue", &["register", "amend_record", "enter_registered"]).says(
        "线索登记表",
        &[
            Head("来源"),
            Facts(&["source", "received", "doc_no", "keep_secret"]),
            Head("涉及的案件"),
            Facts(&["org", "case_no", "case_type", "stage", "is_closed", "problem"]),
            Head("诉求要点"),
            Text("summary"),
            Head("备注"),
            Text("remark"),
            Say("反映人身份单独封存，不在本表列出。"),
        ],
        "规格B1",
    ),
    record("clue_assessment", "线索研判意见书", "clue", &["opine", "propose"]).says(
        "线索研判意见书",
        &[
            Head("线索"),
            Facts(&["matter", "source", "received", "org", "case_no", "is_closed", "problem"]),
            Head("研判意见"),
            Text("opinion"),
            Head("建议去向"),
            Facts(&["route"]),
            Text("reason"),
        ],
        "规格B1",
    ),
    record("clue_routing", "线索分流审批单", "clue", &["approve"]).says(
        "线索分流审批单",
        &[
            Head("线索"),
            Facts(&["matter", "source", "received", "org", "case_no", "problem"]),
            Head("拟办去向"),
            Facts(&["route", "reason"]),
            Head("审批"),
            Facts(&["items", "reply_by"]),
            Say("以上分流已经批准。在办案件只督办程序事项，不涉及案件实体处理。"),
        ],
        "规格B1",
    ),
    letter("clue_notice", "线索办理告知书", "clue", &["tell"]).says(
        "关于反映事项办理情况的告知书",
        &[
            Say("你反映的事项，我单位于{received}收到，已经登记。现将办理情况告知如下："),
            Facts(&["told_on", "how"]),
            Say("涉及诉讼权利救济的事项，由有权的政法机关依照法律规定的程序办理。你可以依法向有权机关申请复议、申诉，或者提起诉讼。"),
            Say("对你的身份和反映的内容，我单位依法保密。"),
        ],
        "规格B1；《信访工作条例》第23条、第28条、第31条",
    ),
    letter("clue_passing_on", "线索转办函", "clue", &["pass_on"]).to("receiver", Handler).says(
        "关于转送反映事项的函",
        &[
            Say("我单位于{received}收到一件反映事项，经审查，不属于我单位职权范围。现转送你单位依法办理。"),
            Facts(&["org", "case_no", "problem"]),
            Head("转送理由"),
            Text("reason"),
            Say("反映人的身份和材料依法保密，不得透露给被反映的人和单位。"),
        ],
        "规格B1；《信访工作条例》第30条",
    ),
    letter("clue_to_discipline", "检举控告转交函", "clue", &["pass_discipline"]).to("receiver", Handler).says(
        "关于转交检举控告的函",
        &[
            Say("我单位在工作中收到一件检举控告，依照管理权限转交你单位。转交要点如下："),
            Text("gist"),
            Say("检举控告的材料和情况，不得透露给被检举、控告的人和单位。请依法审查，并将是否受理函告我单位。"),
        ],
        "规格B1；《信访工作条例》第30条",
    ),
    letter("prompting_letter", "程序性督办函", "prompt", &["send"]).to("org", Respondent).says(
        "关于办理程序事项的督办函",
        &[
            Say("我单位收到反映，涉及你单位办理的案件的下列程序事项："),
            Facts(&["case_no", "items"]),
            Say("请就上述程序事项依法回复，并说明理由。请于{reply_by}前回复。"),
            Say("本函只涉及程序事项，不涉及案件的证据采信、事实认定和裁判结果。"),
        ],
        "规格B1",
    ),
    record("inquiry_record", "过问记录", "inquiry_record", &["record", "amend_record"]).says(
        "过问案件情况记录",
        &[
            Facts(&["kind", "on", "org", "case_no", "asked_by", "ground"]),
            Head("内容"),
            Text("content"),
            Head("更正理由"),
            Text("reason"),
            Say("本记录依照干预过问案件记录制度留存，按季汇总。"),
        ],
        "规格F5；《领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定》第5条、第7条",
    ),
    record("common_problem_analysis", "共性问题分析", "common_problem", &["confirm"]).says(
        "共性问题分析",
        &[
            Head("问题"),
            Facts(&["problem", "from", "to", "total"]),
            Head("分布"),
            Table("units"),
            Head("分析"),
            Text("analysis"),
            Say("本分析只列问题码和件数，不附个案材料。"),
        ],
        "规格B2",
    ),
    document("inspection_suggestion", "督察巡查对象建议单", "common_problem", &["suggest"]).read_by(Inspector).says(
        "关于督察巡查对象的建议",
        &[
            Say("经分析评查和整改情况，发现下列共性问题："),
            Facts(&["problem", "from", "to", "total"]),
            Table("units"),
            Head("建议对象"),
            Facts(&["target", "inspection_kind"]),
            Head("建议理由"),
            Text("reasons"),
            Say("是否采纳由督察巡查组决定，请说明理由。本件只列问题码和件数，不附个案材料。"),
        ],
        "规格B2",
    ),
];
