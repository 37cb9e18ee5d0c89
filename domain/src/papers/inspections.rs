//! 政治督察、纪律作风督查巡查、专项检查、年度计划 (case-review.md B4).
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    document("inspection_plan", "督察方案", "inspection", &["propose", "revise", "approve"]).read_by(Inspector).says(
        "对{org}开展{kind}的方案",
        &[
            Head("督察对象和时间"),
            Facts(&["org", "kind", "from", "to"]),
            Head("督察范围"),
            Text("scope"),
            Head("来源"),
            Facts(&["plan", "common_problem"]),
            Head("人员"),
            Facts(&["leader", "members"]),
            Head("纪律要求"),
            Say("督察期间不干预被督察单位正常办案，不对具体案件的证据采信、事实认定和裁判提出要求。"),
        ],
        "规格B4",
    ),
    document("inspection_announcement", "督察进驻公告", "inspection", &["announce"]).to("org", Respondent).says(
        "关于{kind}进驻的公告",
        &[
            Say("经批准，督察组自{announced_on}起进驻{org}开展{kind}，至{to}结束。"),
            Head("联系方式"),
            Text("contact"),
            Say("督察组受理与督察内容有关的来信、来电、来访。涉及具体案件诉讼权利救济的，由有权机关依照法定程序办理。"),
        ],
        "规格B4",
    ),
    record("working_paper", "督察底稿", "working_paper", &["write", "sign"]).read_by(Inspector).says(
        "督察底稿",
        &[
            Facts(&["kind", "org", "paper_kind", "held_on", "place", "talked_to", "second", "secrecy", "problems"]),
            Head("内容"),
            Text("content"),
        ],
        "规格B4",
    ),
    document("inspection_report", "督察报告", "inspection", &["report"]).read_by(Inspector).report().says(
        "关于对{org}开展{kind}情况的报告",
        &[
            Head("基本情况"),
            Facts(&["org", "kind", "from", "to", "leader"]),
            Text("scope"),
            Head("发现的问题"),
            Text("found"),
            Facts(&["problems"]),
        ],
        "规格B4",
    ),
    document("inspection_feedback", "督察反馈意见", "inspection", &["feed_back"]).to("org", Respondent).says(
        "关于{kind}情况的反馈意见",
        &[
            Say("督察组自{from}至{to}对你单位开展了{kind}。经审议，现将意见反馈如下："),
            Text("feedback"),
            Say("请研究上述意见，在{T22}内报送整改情况（期限为本机构设定）。对反馈意见有不同看法的，请书面说明理由。"),
        ],
        "规格B4",
    ),
    letter("inspection_copy", "督察反馈抄送函", "inspection", &["copy"]).to("copied_to", Handler).says(
        "关于抄送督察反馈意见的函",
        &[Say("现将对{org}的{kind}反馈意见抄送你单位。请签收，并将回执送我单位。"), Facts(&["recipient", "sent_on"])],
        "规格B4",
    ),
    document("inspection_look_back", "督察回头看报告", "inspection", &["look_back"]).read_by(Inspector).report().says(
        "关于对{org}开展回头看情况的报告",
        &[Head("整改情况"), Text("rectified"), Head("回头看情况"), Text("finding")],
        "规格B4",
    ),
    document("check_plan", "专项检查方案", "special_check", &["plan", "revise", "approve"]).says(
        "{name}检查方案",
        &[Head("检查对象和时间"), Facts(&["org", "mode", "theme", "from", "to", "partners"]), Head("检查清单"), Table("checklist")],
        "规格B4",
    ),
    document("check_conclusion", "专项检查结论", "special_check", &["conclude"]).to("org", Respondent).says(
        "{name}检查结论",
        &[
            Say("我单位对你单位开展了检查，现将结论告知如下："),
            Facts(&["mode", "theme"]),
            Head("检查发现"),
            Table("findings"),
            Head("检查结论"),
            Text("conclusion"),
            Say("对检查结论有不同看法的，请书面说明理由。"),
        ],
        "规格B4",
    ),
    document("annual_summary", "年度总结", "annual_plan", &["close"]).read_by(Inspector).report().says(
        "{year}年度{kind}总结",
        &[Head("计划的对象"), Table("targets"), Head("总结"), Text("summary")],
        "规格B4、E",
    ),
];
