//! 步骤表、期限表、页面 (enterprise.md B3, B4).
use super::{Act, Observation as S, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<S>;
const DESK: &[Standing] = &[Intake, Lead];
const TEAM: &[Standing] = &[Intake, Lead, Observer, Member];
const ALL: &[Standing] = &[Intake, Lead, Observer, Member, Respondent];
const UNIT: &[Standing] = &[Intake, Lead, Respondent];
/// Whom the opinion itself reaches.
const READERS: &[Standing] = &[Intake, Lead, Observer, Respondent];
const B3: &str = "本机构设定，非法定（规格B3）";
const B4: &str = "本机构设定，非法定（规格B4）";
const ONLY_TASKS: &str = "本机构设定，非法定（规格0.5：只能挂靠已有的执法任务）";
const ON_SITE: &str = "本机构设定，非法定（规格B3；江西 2015 年报道【例】）";

const REQUEST: Field = field("observation_request", "观摩申请", Shape::Matter("observation_request"), DESK)
    .hint("须已同意、尚未派员。执法单位、任务、企业、时间地点取自申请。");
const SPECIALTIES: Field =
    field("specialties", "监督领域", Shape::Codes(&codes::OBSERVER_FIELD), DESK).optional().hint("监督员有其中一项即可。不限的不选。");
const REGION: Field = field("region", "区域", Shape::Short, DESK).optional().hint("如 澄湖区。不限的不填。");
const ORG: Field = field("org", "执法单位", Shape::Org, ALL).computed();
const TASK_NO: Field = field("task_no", "执法任务编号或检查码", Shape::Short, ALL).computed();
const ACT_TYPE: Field = field("act_type", "执法行为类型", Shape::Code(&codes::ENFORCEMENT_ACT), ALL).computed();
const VISIT_ON: Field = field("visit_on", "观摩日期", Shape::Date, ALL).computed();
const ENTERPRISE: Field = field("enterprise", "企业", Shape::Short, ALL).computed().personal();
const OFFICERS: Field = field("officers", "执法人员", Shape::Long, ALL).computed().personal();
const PLACE: Field = field("place", "地点", Shape::Short, ALL).computed().personal();
const FIRMS: Field = field("firms", "企业指纹", Shape::Short, &[]).optional().computed();
const REASON: Field = field("reason", "理由", Shape::Long, TEAM).personal();
const DRAW: Field = field("draw", "抽取编号", Shape::Short, TEAM);
const PROOF: Field = field("proof", "抽取证明指纹", Shape::Short, TEAM);
const CHOSEN: Field = field("chosen", "抽中监督员", Shape::Rows(CANDIDATE), DESK);
const ALTERNATES: Field = field("alternates", "候补监督员", Shape::Rows(CANDIDATE), DESK).optional();
const CANDIDATE: &[Column] = &[column("person", "人员"), column("observer", "监督员编号")];
const SECRECY: Field = field("secrecy", "承诺保密", Shape::YesNo, DESK).own().hint("不外传企业情况、商业资料和执法内容。");
const INTEGRITY: Field = field("integrity", "承诺廉洁", Shape::YesNo, DESK).own().hint("不收财物，不吃请，不为他人谋利。");
const NO_INTEREST: Field = field("no_interest", "承诺没有利害关系", Shape::YesNo, DESK)
    .own()
    .hint("与企业、执法人员没有亲属、投资、任职、竞争、代理关系；近三年没有经办该企业事务。");
const GROUND: Field = field("ground", "原因", Shape::Code(&codes::STEP_DOWN), DESK).own();
const DETAIL: Field = field("detail", "说明", Shape::Short, DESK).optional().personal().own();
const OBSERVER: Field = field("observer", "监督员", Shape::Choice, DESK);
const CONFLICT: Field = field("conflict", "利益冲突登记", Shape::Short, DESK).optional();
const NOTICE_NO: Field = field("notice_no", "派员通知书文号", Shape::Short, ALL);
const NOTIFIED_ON: Field = field("notified_on", "告知日期", Shape::Date, ALL).past();
const NOTICE_WAY: Field = field("serve_way", "告知单位的方式", Shape::Code(&codes::SERVE_WAY), UNIT);
const ENTERPRISE_WAY: Field = field("enterprise_way", "告知企业的方式", Shape::Short, DESK).hint("如电话、凭回执查询。");
const JUSTICE: Field = field("justice", "在场的市司法局人员", Shape::Person, TEAM).optional().hint("只有此人能办理“当场制止”。");
const ARRIVED_ON: Field = field("arrived_on", "到场日期", Shape::Date, ALL).past();
const ARRIVED: Field = field("arrived", "到场时间", Shape::Short, ALL).hint("写作 09:10。");
const SAID_AT: Field = field("said_at", "时间", Shape::Short, TEAM).hint("写作 09:25。");
const WORDS: Field = field("words", "说了什么", Shape::Long, TEAM).personal().guarded().hint("只提示，不指挥。");
const HEARD: Field = field("heard", "对方怎样回应", Shape::Long, TEAM).optional().personal();
const ENDED_ON: Field = field("ended_on", "结束日期", Shape::Date, ALL).past();
const LEFT: Field = field("left", "结束时间", Shape::Short, ALL).hint("写作 11:40。");
const ITEMS: Field = field("items", "观摩记录", Shape::Rows(ITEM), DESK).own().guarded();
const ITEM: &[Column] = &[
    column("item", "要点").of(&codes::OBSERVATION_ITEM),
    column("result", "结果").of(&codes::CHECK_RESULT),
    column("note", "说明").optional(),
    column("at", "时点").optional(),
];
const IMPRESSION: Field =
    field("impression", "总体印象", Shape::Long, DESK).optional().own().personal().guarded().hint("只写所见，不写处理意见。");
const PHOTOS: Field = field("photos", "照片", Shape::Files, DESK).optional().own().clean().hint("只拍执法过程，不拍商业资料。");
const EXCUSED: Field = field("excused", "有正当理由", Shape::YesNo, DESK).hint("无故缺席计入监督员考核。");
const OPINION: Field =
    field("opinion", "小组意见", Shape::Long, READERS).personal().letter().hint("写所见和依据，供执法单位决定时参考，没有强制力。");
const DIFFERING: Field =
    field("differing", "不同意见", Shape::Long, READERS).optional().personal().letter().hint("组员看法不同的，逐条列出。");
const BACK: Field = field("reason", "退回理由", Shape::Long, TEAM).personal().guarded();
const DOC_NO: Field = field("doc_no", "观摩监督意见文号", Shape::Short, READERS);
const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, UNIT).past();
const SERVE_WAY: Field = field("serve_way", "送达方式", Shape::Code(&codes::SERVE_WAY), UNIT);
const RECEIPT: Field = field("receipt", "送达回证", Shape::Files, UNIT).optional().hint("电子送达的，以单位在本系统签收为证。");
const DECIDED_ON: Field =
    field("decided_on", "作出执法决定的日期", Shape::Date, UNIT).past().hint("照实填写；晚于送达还是早于送达，页面如实列出。");
const DECISION_NO: Field = field("decision_no", "决定文号", Shape::Short, UNIT).optional();
const RESPONSE: Field = field("response", "回应", Shape::Code(&codes::OBSERVATION_RESPONSE), UNIT);
const REASONS: Field = field("reasons", "理由", Shape::Long, UNIT).optional().personal().hint("部分采纳、不采纳的必填。");
const FILES: Field = field("files", "附件", Shape::Files, UNIT).optional();
const INFORMED_ON: Field = field("informed_on", "告知企业的日期", Shape::Date, DESK).past();
const TEXT: Field = field("text", "告知内容", Shape::Long, DESK).personal().guarded();
const WHY: Field = field("reason", "取消、中止、恢复的理由", Shape::Long, ALL).personal().guarded();
// Of the page alone.
const SEATS: Field = field("seats", "观摩小组", Shape::Rows(SEAT), ALL);
const SEAT: &[Column] = &[column("code", "席位"), column("person", "人员"), column("lead", "组长"), column("state", "情况")];
const BY: Field = field("by", "记录人", Shape::Person, DESK).own();
const PEER: Field = field("peer", "组员", Shape::Short, &[]).own();
const PEER_ITEMS: Field = field("peer_items", "观摩记录（同组）", Shape::Rows(ITEM), &[]).own();
const PEER_IMPRESSION: Field = field("peer_impression", "总体印象（同组）", Shape::Long, &[]).own().personal();
const NOTES: Field = field("notes", "现场记录", Shape::Rows(NOTE), TEAM);
const NOTE: &[Column] = &[column("at", "时间"), column("kind", "种类"), column("person", "人员")];
const SERVED_NOTED: Field = field("served_noted", "送达登记入账的日期", Shape::Date, UNIT);
const SIGNED: Field = field("signed", "单位签收", Shape::Date, UNIT);
const TIMING: Field = field("timing", "与执法决定的先后", Shape::Short, UNIT);
const RESPONDED: Field = field("responded", "回应日期", Shape::Date, UNIT);
const LAPSED: Field = field("lapsed", "逾期未回应", Shape::Date, UNIT);

const APPROVED_REQUEST: R =
    rule("request_not_approved", "观摩申请未获同意，不能派员", |_, at| at.any("observation_request", "approved"));
const DRAWN_FOR: R = rule("no_vacancy", "没有空缺的席位", |s, _| s.vacancies() > 0);
const SEATED: R = rule("not_seated", "你不在观摩小组内", |s, at| s.open_seat(&at.who.id).is_some());
const NOT_PROMISED: R = rule("promised_already", "你已签承诺书", |s, at| s.seat(&at.who.id).is_some_and(|x| !x.promised));
const ALL_PROMISED: R = rule("promises_missing", "还有监督员没有签承诺书", |s, _| s.all_promised());
const ENOUGH: R = rule("too_few", "至少两名监督员已签承诺书，并且没有等待承诺的，才能按现有人数确认", |s, _| s.enough());
const PAIR: R = rule("too_few_on_site", "至少两名监督员到场才能观摩", |s, _| s.enough());
const LEADS: R = rule("not_leader", "由组长办理：已承诺并到场的监督员中抽签序号最小的", |s, at| {
    s.leader() == Some(at.who.id.as_str())
});
const JUSTICE_ONLY: R = rule("not_justice", "当场制止只能由在场的市司法局人员办理", |_, at| {
    at.who.roles.iter().any(|r| matches!(r.role.as_str(), "R17" | "R18"))
});
const ALL_IN: R = rule("records_missing", "还有监督员没有交观摩记录", |s, _| s.all_in());
const NOT_DECIDED: R = rule("decided_already", "已登记决定日期", |s, _| s.decided_on.is_none());
const NOT_SIGNED: R = rule("signed_already", "已签收", |s, _| s.signed.is_none());

pub const LOOKS: &[(&str, &str)] = &[("observation_request", "approved")];

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Assigned, "待派员", true, Some(Intake)),
    phase(Promising, "待回避核验和承诺", true, Some(Observer)),
    phase(Confirmed, "待告知", true, Some(Intake)),
    phase(Told, "已告知，待观摩", true, Some(Observer)),
    phase(OnSite, "现场观摩中", true, Some(Observer)),
    phase(Recording, "待交记录", true, Some(Observer)),
    phase(Recorded, "待小组汇总", true, Some(Observer)),
    phase(Opined, "待联席办审核", true, Some(Lead)),
    phase(Approved, "待送达", true, Some(Intake)),
    phase(Served, "已送达，待单位回应", true, Some(Respondent)),
    phase(Unanswered, "单位逾期未回应", false, Some(Intake)),
    phase(Answered, "待告知企业", true, Some(Intake)),
    phase(Informed, "待归档", true, Some(Intake)),
    phase(Archived, "已归档", true, None),
    phase(Suspended, "已中止", false, Some(Intake)),
    phase(Cancelled, "已取消", false, None),
];
const BEFORE: &[Phase] = &[Promising, Confirmed, Told];
const VISITED: &[Phase] = &[OnSite, Recording];
/// The unit may state its own decision whenever it comes: before the opinion, or long after.
const KNOWN: &[Phase] = &[Told, OnSite, Recording, Recorded, Opined, Approved, Served, Unanswered, Answered, Informed];
const ASSIGN: &[Field] = &[REQUEST, SPECIALTIES, REGION, ORG, TASK_NO, ACT_TYPE, VISIT_ON, ENTERPRISE, OFFICERS, PLACE, FIRMS];
const DRAWN: &[Field] = &[DRAW, PROOF, CHOSEN, ALTERNATES];
const NOTIFY: &[Field] = &[NOTICE_NO, NOTIFIED_ON, NOTICE_WAY, ENTERPRISE_WAY, JUSTICE];
const SEEN: &[Standing] = &[Intake];
const CLOSES: &[(&str, &str)] = &[("observation_request", "close")];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("assign",         "立随队观摩",       &[],            Go(Assigned),  &[Intake],       ONLY_TASKS, ASSIGN).then(&[("observation_request", "assign")]),
    step("widen",          "调整抽取范围",     &[Assigned, Promising], Stay,  &[Intake],       B3, &[SPECIALTIES, REGION, REASON]),
    step("draw_observers", "抽取监督员",       &[Assigned],    Go(Promising), &[House],        B3, DRAWN).rules(&[APPROVED_REQUEST]).seen(TEAM),
    step("draw_more",      "补抽监督员",       &[Promising],   Stay,          &[House],        B3, DRAWN).rules(&[DRAWN_FOR]).seen(TEAM),
    step("promise",        "签承诺书",         &[Promising],   Once(Confirmed, &ALL_PROMISED), &[Observer], B3, &[SECRECY, INTEGRITY, NO_INTEREST]).rules(&[SEATED, NOT_PROMISED]).seen(SEEN),
    step("step_down",      "申请回避、退出",   BEFORE,         Go(Promising), &[Observer],     B3, &[GROUND, DETAIL]).rules(&[SEATED]).seen(SEEN),
    step("replace",        "换人",             BEFORE,         Go(Promising), &[Intake, House], B3, &[OBSERVER, CONFLICT, REASON.optional()]).seen(SEEN),
    step("confirm",        "按现有人数确认",   &[Promising],   Go(Confirmed), &[Intake],       B3, &[]).rules(&[ENOUGH]),
    step("notify",         "告知单位和企业",   &[Confirmed],   Go(Told),      &[Intake],       B3, NOTIFY).rules(&[APPROVED_REQUEST]).seen(&[Observer, Respondent]),
    step("begin",          "到场",             &[Told],        Go(OnSite),    &[Observer],     B3, &[ARRIVED_ON, ARRIVED]).rules(&[SEATED, PAIR]).seen(UNIT),
    step("remind",         "记录现场提示",     &[OnSite],      Stay,          &[Observer],     ON_SITE, &[SAID_AT, WORDS, HEARD]).rules(&[SEATED]).seen(SEEN),
    step("stop",           "记录当场制止",     &[OnSite],      Stay,          &[Member],       ON_SITE, &[SAID_AT, WORDS]).rules(&[JUSTICE_ONLY]).seen(TEAM).grave(),
    step("finish",         "观摩结束",         &[OnSite],      Go(Recording), &[Observer],     B3, &[ENDED_ON, LEFT]).rules(&[SEATED]).seen(UNIT),
    step("hand_in",        "交观摩记录",       &[OnSite, Recording], Once(Recorded, &ALL_IN), &[Observer], B3, &[ITEMS, IMPRESSION, PHOTOS]).rules(&[SEATED]).seen(SEEN).grave(),
    step("absent",         "登记缺席",         VISITED,        Once(Recorded, &ALL_IN), &[Intake], B3, &[OBSERVER, EXCUSED, REASON]),
    step("opine",          "提出小组意见",     &[Recorded],    Go(Opined),    &[Observer],     B3, &[OPINION, DIFFERING]).rules(&[LEADS]).seen(SEEN),
    step("send_back",      "退回小组",         &[Opined],      Go(Recorded),  &[Lead],         B4, &[BACK]).seen(&[Intake, Observer]),
    step("approve",        "审核通过",         &[Opined],      Go(Approved),  &[Lead],         B4, &[DOC_NO]).other_than(&["opine"]).seen(&[Intake, Observer]),
    step("serve",          "送达观摩监督意见", &[Approved],    Go(Served),    &[Intake],       B4, &[SERVED_ON, SERVE_WAY, RECEIPT]).seen(READERS).grave(),
    step("sign",           "签收意见",         &[Served, Unanswered], Stay,    &[Respondent],   B4, &[]).rules(&[NOT_SIGNED]).seen(SEEN),
    step("decide_on",      "登记执法决定日期", KNOWN,          Stay,          &[Respondent],   B4, &[DECIDED_ON, DECISION_NO]).rules(&[NOT_DECIDED]).seen(SEEN).grave(),
    step("respond",        "回应意见",         &[Served, Unanswered], Go(Answered), &[Respondent], B4, &[RESPONSE, REASONS, FILES]).seen(SEEN),
    step("lapse_response", "逾期未回应",       &[Served],      Go(Unanswered), &[Time],        B4, &[]).after("response").seen(UNIT),
    step("inform",         "告知企业",         &[Answered, Unanswered], Go(Informed), &[Intake], B4, &[INFORMED_ON, TEXT]).then(CLOSES),
    step("archive",        "归档",             &[Informed],    Go(Archived),  DESK,            B3, &[]).seen(&[Respondent]),
    step("end_access",     "监督员查阅到期",   &[Recorded, Opined, Approved, Served, Unanswered, Answered, Informed], Stay, &[Time], "本机构设定，非法定（任务办结后收回查阅）", &[]).after("access"),
    step("suspend",        "中止观摩",         &[OnSite],      Go(Suspended), &[Intake],       B3, &[WHY]).seen(ALL),
    step("resume",         "恢复观摩",         &[Suspended],   Go(OnSite),    &[Intake],       B3, &[WHY]).seen(ALL),
    step("cancel",         "取消观摩",         &[Assigned, Promising, Confirmed, Told, Suspended], Go(Cancelled), &[Lead], B3, &[WHY]).seen(ALL).then(CLOSES).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("draw", "抽取监督员", Length::Limit("N85", None), &["assign"], &["draw_observers", "cancel"]),
    clock("promise", "监督员承诺", Length::Limit("N86", None), &["draw_observers", "step_down", "replace", "draw_more"], &["promise", "confirm", "cancel"]),
    clock("notice", "告知单位和企业", Length::Limit("N87", None), &["promise", "confirm"], &["notify", "step_down", "replace", "cancel"]),
    clock("record", "提交观摩记录", Length::Limit("E8", None), &["finish"], &["hand_in", "absent"]).counted("ended_on"),
    clock("opinion", "小组意见", Length::Limit("E9", None), &["hand_in", "absent", "send_back"], &["opine"]),
    clock("feedback", "联席办反馈", Length::Limit("E10", None), &["opine"], &["serve", "send_back"]),
    clock("response", "单位回应", Length::Limit("E11", None), &["serve"], &["respond", "lapse_response"]).counted("served_on").then("lapse_response"),
    clock("information", "告知企业", Length::Limit("N88", None), &["respond", "lapse_response"], &["inform"]),
    clock("access", "监督员查阅", Length::Limit("N89", None), &["hand_in", "absent"], &["end_access", "archive"]).then("end_access"),
];

/// The request is taken up, and ends with what the enterprise reads of it there.
pub fn follow(act: &Act) -> Vec<Request> {
    let on = |action, form| vec![Request { kind: "observation_request", action, form, link: Some("observation_request") }];
    match act {
        Act::Assign(_) => on("assign", j!({})),
        Act::Inform { text, .. } => on("close", j!({ "ended": text })),
        Act::Cancel { reason } => on("close", j!({ "ended": reason })),
        _ => vec![],
    }
}
fn seats(s: &S) -> Row {
    let row = |x: &super::Seat| {
        let state = match (x.absent, &x.record) {
            _ if x.who.is_empty() => "空缺",
            (Some(true), _) => "有理由缺席",
            (Some(false), _) => "无故缺席",
            (None, Some(_)) => "已交记录",
            _ if x.promised => "已签承诺书",
            _ => "待承诺",
        };
        let lead = if !x.who.is_empty() && s.leader() == Some(x.who.as_str()) { "组长" } else { "" };
        j!({"code": x.code, "person": x.who, "lead": lead, "state": state})
    };
    SEATS.row(s.seats.iter().map(row).collect::<Vec<_>>())
}
/// What one handed in: for the office and himself; for those of his group who have handed in their own.
fn records(s: &S) -> Vec<Section> {
    let mut all = vec![];
    for x in &s.seats {
        let Some(r) = &x.record else { continue };
        let mut rows = vec![
            BY.row_of(&x.who, x.who.as_str()),
            ITEMS.row_of(&x.who, j!(r.items)),
            IMPRESSION.row_of(&x.who, r.impression.as_str()),
            PHOTOS.row_of(&x.who, r.photos.clone()),
        ];
        for peer in s.seats.iter().filter(|p| p.record.is_some() && p.who != x.who) {
            rows.extend([
                PEER.row_of(&peer.who, x.code.as_str()),
                PEER_ITEMS.row_of(&peer.who, j!(r.items)),
                PEER_IMPRESSION.row_of(&peer.who, r.impression.as_str()),
            ]);
        }
        all.push(section("观摩记录", rows));
    }
    all
}
pub fn page(s: &S) -> Vec<Section> {
    let said = &s.said;
    let task = vec![
        REQUEST.row(said.observation_request.as_str()),
        ORG.row(said.org.as_str()),
        TASK_NO.row(said.task_no.as_str()),
        ACT_TYPE.row(said.act_type.as_str()),
        VISIT_ON.row(j!(said.visit_on)),
        ENTERPRISE.row(said.enterprise.as_str()),
        PLACE.row(said.place.as_str()),
        OFFICERS.row(said.officers.as_str()),
        SPECIALTIES.row(said.specialties.clone()),
        REGION.row(j!(said.region)),
        WHY.row(s.reason.as_str()),
    ];
    let mut group = vec![seats(s)];
    group.extend(s.draws.iter().flat_map(|(draw, proof)| [DRAW.row(draw.as_str()), PROOF.row(proof.as_str())]));
    let notice = vec![
        NOTICE_NO.row(s.notice_no.as_str()),
        NOTIFIED_ON.row(j!(s.notified)),
        NOTICE_WAY.row(s.notice_way.as_str()),
        ENTERPRISE_WAY.row(s.enterprise_way.as_str()),
        JUSTICE.row(j!(s.justice)),
        ARRIVED_ON.row(j!(s.arrived_on)),
        ARRIVED.row(s.arrived.as_str()),
        ENDED_ON.row(j!(s.ended_on)),
        LEFT.row(s.left.as_str()),
    ];
    let kind = |stop: bool| if stop { "当场制止" } else { "提示" };
    let mut spot = vec![NOTES.row(s.notes.iter().map(|n| j!({"at": n.at, "kind": kind(n.stop), "person": n.who})).collect::<Vec<_>>())];
    spot.extend(s.notes.iter().flat_map(|n| [WORDS.row(n.words.as_str()), HEARD.row(n.heard.as_str())]));
    let mut all = vec![section("执法任务", task), section("观摩小组", group), section("派员和到场", notice), section("现场记录", spot)];
    all.extend(records(s));
    // The unit reads the opinion once it is served, not while it is weighed.
    let drafted: Vec<Row> =
        vec![OPINION_DRAFT.row(s.opinion.as_str()), DIFFERING_DRAFT.row(s.differing.as_str()), BACK.row(s.sent_back.as_str())];
    let served = s.served.as_ref();
    let opinion = vec![
        DOC_NO.row(s.doc_no.as_str()),
        OPINION.row(s.opinion.as_str()),
        DIFFERING.row(s.differing.as_str()),
        SERVED_ON.row(j!(served.map(|x| x.served_on))),
        SERVE_WAY.row(j!(served.map(|x| x.serve_way.as_str()))),
        RECEIPT.row(j!(served.map(|x| &x.receipt))),
        SERVED_NOTED.row(j!(s.served_noted)),
        SIGNED.row(j!(s.signed)),
        DECIDED_ON.row(j!(s.decided_on)),
        DECISION_NO.row(s.decision_no.as_str()),
        TIMING.row(if served.is_some() { s.timing().label() } else { "" }),
        RESPONSE.row(s.response.as_str()),
        RESPONDED.row(j!(s.responded)),
        LAPSED.row(j!(s.lapsed)),
        REASONS.row(s.reasons.as_str()),
        FILES.row(s.files.clone()),
        INFORMED_ON.row(j!(s.informed)),
        TEXT.row(s.informed_text.as_str()),
    ];
    // Before the service only what the unit itself has said is told beside its decision.
    let before = vec![DECIDED_ON.row(j!(s.decided_on)), DECISION_NO.row(s.decision_no.as_str())];
    all.push(section("观摩监督意见", if served.is_some() { opinion } else { [drafted, before].concat() }));
    all
}
const OPINION_DRAFT: Field = field("opinion_draft", "小组意见", Shape::Long, &[Intake, Lead, Observer]).personal();
const DIFFERING_DRAFT: Field = field("differing_draft", "不同意见", Shape::Long, &[Intake, Lead, Observer]).personal();
