//! 检察监督意见未落实报请执法监督, 检察驻点 (case-review.md B6, B7).
use super::{Paper, Part::*, document, letter, record};
use crate::engine::Standing::*;

pub(super) const PAPERS: &[Paper] = &[
    letter("completion_notice", "报请事项补正告知书", "escalation", &["ask_to_complete"]).to("proc_org", Procurator).says(
        "关于补正报请材料的告知书",
        &[
            Say("你院报请的事项，材料尚不齐全，请补正："),
            Facts(&["org", "conduct", "lacks"]),
            Text("note"),
            Say("不能补正的，请说明理由。"),
        ],
        "规格B6",
    ),
    letter("acceptance_notice", "受理报请告知书", "escalation", &["accept"]).to("proc_org", Procurator).says(
        "关于受理报请事项的告知书",
        &[
            Say("你院报请的下列事项，我单位已经受理："),
            Facts(&["org", "conduct"]),
            Say("我单位将先听取被监督单位的书面说明，再研究是否采取督促措施。"),
        ],
        "规格B6",
    ),
    letter("refusal_notice", "不予受理报请告知书", "escalation", &["refuse"]).to("proc_org", Procurator).says(
        "关于不予受理报请事项的告知书",
        &[Say("你院报请的下列事项，我单位不予受理："), Facts(&["org", "conduct"]), Head("理由"), Text("reason")],
        "规格B6",
    ),
    letter("explanation_request", "听取说明通知", "escalation", &["accept"]).to("org", Respondent).says(
        "关于请书面说明情况的函",
        &[
            Say("检察机关就下列事项报请执法监督，我单位已经受理："),
            Facts(&["proc_org", "conduct"]),
            Text("account"),
            Say("请在收到本函后{T27}内书面说明情况和理由（期限为本机构设定），可以附有关材料。"),
        ],
        "规格B6",
    ),
    letter("urging_letter", "督促函", "escalation", &["letter", "send_back"]).to("org", Respondent).says(
        "关于依法回复检察监督意见的督促函",
        &[
            Say("检察机关就下列事项报请执法监督，我单位听取了你单位的说明并进行了研究。"),
            Facts(&["proc_org", "conduct"]),
            Text("letter"),
            Say("请依法回复，说明理由。是否接受检察监督意见，由你单位依法决定。"),
        ],
        "规格B6",
    ),
    letter("justified_letter", "函告检察机关", "escalation", &["find_justified"]).to("proc_org", Procurator).says(
        "关于报请事项研究情况的函",
        &[
            Say("你院报请的下列事项，我单位听取了被监督单位的说明并进行了研究："),
            Facts(&["org", "conduct"]),
            Text("letter"),
            Say("有新的情况的，可以依照规定再次报请。"),
        ],
        "规格B6",
    ),
    record("escalation_minutes", "联席会议、约谈纪要", "escalation", &["conference", "interview"]).read_by(Respondent).says(
        "关于报请事项的会议（约谈）纪要",
        &[Facts(&["org", "proc_org", "conduct", "held_on", "participants"]), Head("要点"), Text("letter")],
        "规格B6",
    ),
    document("escalation_circular", "报请事项情况通报", "escalation", &["circulate"]).to("org", Respondent).says(
        "关于检察监督意见回复情况的通报",
        &[Facts(&["proc_org", "conduct"]), Text("letter"), Say("请依法回复，说明理由。")],
        "规格B6",
    ),
    document("party_report", "报党委报告", "escalation", &["report_party"]).report().says(
        "关于检察监督意见回复情况的报告",
        &[Facts(&["org", "proc_org", "conduct", "used"]), Head("报告要点"), Text("gist")],
        "规格B6",
    ),
    letter("procurator_feedback", "反馈检察机关函", "escalation", &["inform"]).to("proc_org", Procurator).says(
        "关于反馈报请事项办理情况的函",
        &[Say("你院报请的下列事项已经办理，现将情况反馈你院："), Facts(&["org", "conduct", "informed_on"]), Text("feedback")],
        "规格B6",
    ),
    letter("secondment_proposal", "检察驻点选派建议函", "secondment", &["propose"]).to("org", Procurator).says(
        "关于选派检察驻点人员的函",
        &[
            Say("因工作需要，商请你院选派人员驻点："),
            Facts(&["person", "post", "from", "until"]),
            Text("reason"),
            Say("驻点人员不参加评查本院案件和本人办理过的案件，期满当日收回权限。请审核并函复。"),
        ],
        "规格B7",
    ),
    record("handover_list", "驻点交接清单", "secondment", &["hand_over"]).says(
        "检察驻点交接清单",
        &[Facts(&["person", "org", "post", "from", "until"]), Head("交接清单"), Table("handover")],
        "规格B7",
    ),
    record("appraisal", "驻点鉴定表", "secondment", &["appraise"]).says(
        "检察驻点鉴定表",
        &[Facts(&["person", "org", "post", "from", "until", "cooling_until"]), Head("鉴定"), Text("appraisal")],
        "规格B7",
    ),
];
