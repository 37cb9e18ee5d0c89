//! 步骤表、期限表、页面 (B8).
use serde_json::json as j;

use super::{HALF_YEARLY, JointConference, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::CLOSED;
use crate::registers::codes;

type R = Rule<JointConference>;
const B8: &str = "本机构设定，非法定（规格B8）";
const ALL: &[Standing] = &[Intake, Lead, Member];
const OWN: &[Standing] = &[Intake, Lead];

const KIND: Field = field("kind", "会议类型", Shape::Code(&codes::CONFERENCE_KIND), ALL);
const YEAR: Field = field("year", "年度", Shape::Number, ALL).hint("如 2026。");
const HALF: Field = field("half", "上半年、下半年", Shape::Code(&codes::HALF), ALL).optional().hint("半年通报会必填。");
const PLANNED: Field = field("planned", "计划召开日期", Shape::Date, ALL);
const MEMBERS: Field = field("members", "成员单位", Shape::Rows(&[column("org", "单位")]), ALL).hint("名单由联席办按文件填写。");
const TOPIC: Field = field("topic", "议题", Shape::Short, ALL).guarded();
const WHY: Field = field("why", "理由", Shape::Long, ALL).guarded().hint("只写事项和数量，不写企业名称和个案。");
const TOPICS: Field = field("topics", "议题来源", Shape::Rows(TOPIC_ROW), ALL).computed();
const TOPIC_ROW: &[Column] =
    &[column("source", "来源").of(&codes::TOPIC_SOURCE), column("what", "议题"), column("matter_no", "任务编号").optional()];
const PROPOSED: Field = field("proposed", "成员提议", Shape::Rows(TOPIC_ROW), ALL);
const AGENDA: Field = field("agenda", "议程", Shape::Rows(&[column("topic", "议题"), column("org", "汇报单位").optional()]), ALL).guarded();
const FILES: Field = field("files", "会前材料", Shape::Files, ALL).optional();
const REASON: Field = field("reason", "理由", Shape::Long, ALL).guarded();
const MEETS_ON: Field = field("meets_on", "开会日期", Shape::Date, ALL);
const PLACE: Field = field("place", "地点", Shape::Short, ALL);
const COMES: Field = field("comes", "是否参加", Shape::Code(&codes::COMES), ALL);
const NOTE: Field = field("note", "说明", Shape::Short, ALL).optional().hint("请假须说明原因。");
const ANSWERED_FOR: Field = field("org", "答复单位", Shape::Org, ALL).optional().computed();
const REPLIES: Field = field("replies", "参会答复", Shape::Rows(REPLY), ALL);
const REPLY: &[Column] = &[column("org", "单位"), column("comes", "是否参加").of(&codes::COMES), column("note", "说明").optional()];
const HELD_ON: Field = field("held_on", "召开日期", Shape::Date, ALL).past();
const PRESENT: Field = field("present", "到会", Shape::Rows(&[column("org", "单位"), column("post", "到会人职务")]), ALL);
const MINUTES: Field = field("minutes", "会议纪要", Shape::Long, ALL).guarded();
const TASKS: Field =
    field("tasks", "任务和意见建议清单", Shape::Rows(TASK), ALL).guarded().optional().hint("签发后逐条立为任务，跟踪到销号。");
const TASK: &[Column] = &[
    column("kind", "种类").of(&codes::TASK_KIND),
    column("task", "内容"),
    column("org", "承办单位"),
    column("due", "期限（如 2026-06-16）"),
];
const ANALYSIS: Field = field("analysis", "分析和建议", Shape::Long, ALL).guarded().hint("不写企业名称，典型案例先脱敏。");
const FIGURES: Field = field(
    "figures",
    "数字",
    Shape::Rows(&[column("group", "类别"), column("label", "口径"), column("value", "数"), column("note", "说明").optional()]),
    ALL,
)
.computed();
const AS_OF: Field = field("as_of", "数到台账第几条", Shape::Number, ALL).computed();
const DOC_NO: Field = field("doc_no", "文号", Shape::Short, ALL).hint("机关代字〔年〕序号。");
const PUBLIC: Field = field("public", "是否公开", Shape::YesNo, ALL).hint("公开的通报在企业端“最近公开”可以看到。");
const SUMMARY: Field = field("summary", "销号小结", Shape::Long, ALL).guarded();

const HALF_YEAR: R = rule("not_half_yearly", "只有半年通报会制发半年通报", |s, _| s.kind == HALF_YEARLY);
const UNISSUED: R = rule("circular_issued", "半年通报已经印发", |s, _| s.circular.issued.is_none());
const DRAFTED: R = rule("circular_not_drafted", "还没有起草半年通报", |s, _| !s.circular.figures.is_empty());
const TOLD: R = rule("circular_not_issued", "半年通报还没有印发", |s, _| s.kind != HALF_YEARLY || s.circular.issued.is_some());
const ALL_DONE: R = rule("task_open", "还有任务没有销号", |_, at| at.all("conference_task", CLOSED));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Gathering, "议题征集", true, Some(Intake)),
    phase(Ready, "待审定会前材料", true, Some(Lead)),
    phase(Approved, "待通知", true, Some(Intake)),
    phase(Notified, "待召开", true, Some(Intake)),
    phase(Held, "待形成纪要", true, Some(Intake)),
    phase(Minuted, "待签发纪要", true, Some(Lead)),
    phase(Following, "任务跟踪", true, Some(Intake)),
    phase(Closed, "已销号", true, None),
    phase(Cancelled, "已取消", false, None),
];
const BEFORE: &[Phase] = &[Gathering, Ready, Approved, Notified];
const OPEN: &[Phase] = &[Gathering, Ready, Approved, Notified, Held, Minuted, Following];
#[rustfmt::skip]
pub const STEPS: &[Step<JointConference>] = &[
    step("call",           "发起联席会议", &[],          Go(Gathering), &[Intake],               B8, &[KIND, YEAR, HALF, PLANNED, MEMBERS]).seen(&[Member]),
    step("propose",        "提议议题",     &[Gathering], Stay,          &[Intake, Lead, Member], B8, &[TOPIC, WHY]).seen(ALL),
    step("gather",         "汇集议题",     &[Gathering], Stay,          &[Intake],               B8, &[TOPICS]),
    step("prepare",        "编制会前材料", &[Gathering], Go(Ready),     &[Intake],               B8, &[AGENDA, FILES]),
    step("return_agenda",  "退回会前材料", &[Ready],     Go(Gathering), &[Lead],                 B8, &[REASON]),
    step("approve",        "审定会前材料", &[Ready],     Go(Approved),  &[Lead],                 B8, &[]).other_than(&["prepare"]),
    step("notify",         "发会议通知",   &[Approved, Notified], Go(Notified), &[Intake],       B8, &[MEETS_ON, PLACE]).seen(&[Member]),
    step("attend",         "答复参会",     &[Notified],  Stay,          &[Member],               B8, &[COMES, NOTE, ANSWERED_FOR]).seen(OWN),
    step("hold",           "登记召开",     &[Notified],  Go(Held),      &[Intake],               B8, &[HELD_ON, PRESENT]).seen(&[Member]),
    step("minute",         "形成会议纪要", &[Held],      Go(Minuted),   &[Intake],               B8, &[MINUTES, TASKS]),
    step("return_minutes", "退回会议纪要", &[Minuted],   Go(Held),      &[Lead],                 B8, &[REASON]),
    step("sign",           "签发纪要、分解任务", &[Minuted], Go(Following), &[Lead],             B8, &[]).other_than(&["minute"]).seen(&[Member]).then(&[("conference_task", "assign")]).grave(),
    step("draft_circular", "起草半年通报", OPEN,         Stay,          &[Intake],               B8, &[ANALYSIS, FIGURES, AS_OF]).rules(&[HALF_YEAR, UNISSUED]),
    step("issue_circular", "印发半年通报", OPEN,         Stay,          &[Lead],                 B8, &[DOC_NO, PUBLIC]).rules(&[HALF_YEAR, UNISSUED, DRAFTED]).other_than(&["draft_circular"]).seen(&[Member]).grave(),
    step("close",          "会议销号",     &[Following], Go(Closed),    &[Lead],                 B8, &[SUMMARY]).rules(&[ALL_DONE, TOLD]).seen(&[Member]),
    step("cancel",         "取消会议",     BEFORE,       Go(Cancelled), &[Lead],                 B8, &[REASON]).seen(&[Member]),
];
pub const CLOCKS: &[Clock] = &[
    clock("prepare", "编制会前材料", Length::Limit("N110", None), &["call", "return_agenda"], &["prepare", "cancel"]),
    clock("approve", "审定会前材料", Length::Limit("N111", None), &["prepare"], &["approve", "return_agenda", "cancel"]),
    clock("meet", "召开会议", Length::Field("meets_on"), &["notify"], &["hold", "cancel"]),
    clock("minute", "形成、签发会议纪要", Length::Limit("N112", None), &["hold"], &["sign"]),
    clock(
        "circular",
        "印发半年通报",
        Length::ByCode { code: "kind", limits: &[(HALF_YEARLY, None), ("座谈会", None), ("专题会商", None)], paper: "planned" },
        &["call"],
        &["issue_circular", "close", "cancel"],
    ),
];

pub fn page(s: &JointConference) -> Vec<Section> {
    let about = vec![
        KIND.row(s.kind.as_str()),
        YEAR.row(s.year),
        HALF.row(s.half.as_str()),
        PLANNED.row(j!(s.planned)),
        MEMBERS.row(s.members.iter().map(|org| j!({"org": org})).collect::<Vec<_>>()),
        REASON.row(s.reason.as_str()),
    ];
    let before = vec![
        TOPICS.row(j!(s.topics)),
        PROPOSED.row(j!(s.proposed)),
        AGENDA.row(j!(s.agenda)),
        MEETS_ON.row(j!(s.meets_on)),
        PLACE.row(s.place.as_str()),
        REPLIES.row(s.replies.iter().map(|(org, comes, note)| j!({"org": org, "comes": comes, "note": note})).collect::<Vec<_>>()),
    ];
    let meeting = vec![HELD_ON.row(j!(s.held_on)), PRESENT.row(j!(s.present)), MINUTES.row(s.minutes.as_str()), TASKS.row(j!(s.tasks))];
    let c = &s.circular;
    let circular = if c.figures.is_empty() {
        vec![]
    } else {
        vec![FIGURES.row(j!(c.figures)), ANALYSIS.row(c.analysis.as_str()), AS_OF.row(c.as_of), DOC_NO.row(c.doc_no.as_str())]
    };
    let end = vec![SUMMARY.row(s.summary.as_str())];
    vec![section("会议", about), section("会前", before), section("会议情况", meeting), section("半年通报", circular), section("结果", end)]
}
