//! 联席会议, 任务 (enterprise.md B8).
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    letter("meeting_notice", "联席会议通知", "joint_conference", &["notify"]).to("members", Member).says(
        "关于召开联席会议的通知",
        &[
            Say("定于{meets_on}召开联席会议，请派员参加。"),
            Facts(&["kind", "meets_on", "place"]),
            Head("议程"),
            Text("agenda"),
            Say("请答复是否参加。不能参加的，请说明理由。"),
        ],
        "规格企业B8",
    ),
    document("meeting_minutes", "联席会议纪要", "joint_conference", &["minute", "sign"]).to("members", Member).says(
        "联席会议纪要",
        &[Facts(&["kind", "held_on", "place"]), Table("present"), Head("议定事项"), Text("minutes"), Head("任务"), Table("tasks")],
        "规格企业B8",
    ),
    record("suggestion_list", "意见建议清单", "joint_conference", &["minute", "sign", "hold"]).read_by(Member).says(
        "意见建议清单",
        &[Facts(&["kind", "year", "half", "held_on"]), Head("任务和意见建议"), Table("tasks"), Head("成员提议"), Table("proposed")],
        "规格企业B8",
    ),
    document("half_year_circular", "半年通报", "joint_conference", &["draft_circular", "issue_circular"]).to("members", Member).says(
        "{year}年{half}涉企行政执法监督情况通报",
        &[Head("数据"), Table("figures"), Head("分析和建议"), Text("analysis"), Facts(&["as_of"]), Say("件数少的分项不列。")],
        "规格企业B8、D",
    ),
    record("task_ledger", "任务台账", "conference_task", &["assign", "report", "put", "close", "drop"]).read_by(Member).says(
        "联席会议任务台账",
        &[Facts(&["matter"]), All],
        "规格企业B8",
    ),
];
