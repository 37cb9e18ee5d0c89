//! 步骤表、期限表、页面 (B7).
use super::{Phase, Phase::*, Secondment as S};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<S>;
const B7: &str = "本机构设定，非法定（规格B7）";
/// Both sides; he himself while he serves.
const BOTH: &[Standing] = &[Handler, Lead, Secretary, Procurator];
const ALL: &[Standing] = &[Handler, Lead, Secretary, Procurator, Officer];
/// What is handed over names our matters: the sending side does not read it.
const OURS: &[Standing] = &[Handler, Lead, Secretary, Officer];

const PERSON: Field = field("person", "驻点人员", Shape::Person, ALL).hint("只能选选派单位的人。");
const ORG: Field = field("org", "选派检察院", Shape::Org, ALL);
const POST: Field = field("post", "驻点岗位", Shape::Code(&codes::SECONDMENT_POST), ALL);
const FROM: Field = field("from", "驻点起", Shape::Date, ALL);
const UNTIL: Field = field("until", "驻点止", Shape::Date, ALL).hint("当日止，次日起没有驻点身份。");
const REASON: Field = field("reason", "理由", Shape::Long, BOTH);
const OPINION: Field = field("opinion", "审核意见", Shape::Long, BOTH).guarded();
const DOC_NO: Field = field("doc_no", "选派检察院同意续期的文号", Shape::Short, BOTH);
const ARRIVE_BY: Field = field("arrive_by", "最晚到岗", Shape::Date, ALL).optional().computed();
const SET_UNTIL: Field = UNTIL.optional().computed();
const HANDOVER_BY: Field = field("handover_by", "最晚交接", Shape::Date, ALL).optional().computed();
const PROMISE: Field =
    field("promise", "回避保密承诺", Shape::Long, ALL).personal().hint("不评查本院案件和本人曾办案件，离岗后不保留任何材料。");
const HANDOVER: Field = field("handover", "交接清单", Shape::Rows(HANDED), OURS);
const HANDED: &[Column] = &[column("thing", "事项编号或物品"), column("to", "移交给"), column("remark", "备注").optional()];
const LEFT: Field = field("left", "离岗", Shape::Date, BOTH);
const COOLING_UNTIL: Field = field("cooling_until", "回避至", Shape::Date, BOTH).optional().computed().hint("此日以前回避其参评过的事项。");
const APPRAISAL: Field = field("appraisal", "鉴定", Shape::Long, BOTH).personal();

const BEGUN: R = rule("not_begun", "驻点起日未到", |s, at| s.from.is_none_or(|from| from <= at.today));
const AHEAD: R =
    rule("term_over", "驻点止日已过，请不予同意后重新选派", |s, at| s.until.is_none_or(|until| at.today <= until));
const HANDED_OVER: R = rule("not_handed_over", "交接清单尚未填报", |s, _| !s.handover.is_empty());

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Proposed, "待选派单位审核", true, Some(Procurator)),
    phase(SenderAgreed, "待用人单位审核", true, Some(Lead)),
    phase(Agreed, "待到岗", true, Some(Handler)),
    phase(Serving, "在岗", true, Some(Handler)),
    phase(Left, "待鉴定", true, Some(Lead)),
    phase(CoolingOff, "已鉴定，回避期内", true, Some(Time)),
    phase(Archived, "已归档", true, None),
    phase(Declined, "未选派", false, None),
];
#[rustfmt::skip]
pub const STEPS: &[Step<S>] = &[
    step("propose",          "选派建议",     &[],             Go(Proposed),     &[Handler, Procurator], B7, &[PERSON, ORG, POST, FROM, UNTIL, REASON]),
    step("agree_sender",     "选派单位同意", &[Proposed],     Go(SenderAgreed), &[Procurator],          B7, &[OPINION]).other_than(&["propose"]),
    step("agree_host",       "用人单位同意", &[SenderAgreed], Go(Agreed),       &[Lead],                B7, &[OPINION, ARRIVE_BY]).other_than(&["propose", "agree_sender"]).seen(&[Procurator]),
    step("decline",          "不予同意",     &[Proposed, SenderAgreed, Agreed], Go(Declined), &[Lead, Procurator], B7, &[REASON]),
    step("arrive",           "到岗",         &[Agreed],       Go(Serving),      &[Handler],             B7, &[PROMISE, SET_UNTIL, HANDOVER_BY]).rules(&[BEGUN, AHEAD]).seen(&[Procurator, Officer]),
    step("extend",           "续期（换岗）", &[Serving],      Stay,             &[Lead],                B7, &[POST, UNTIL, DOC_NO, HANDOVER_BY]).within("term").seen(&[Procurator, Officer]),
    step("extend_same_post", "续任同岗",     &[Serving],      Stay,             &[Secretary],           B7, &[UNTIL, DOC_NO, REASON, HANDOVER_BY]).within("term").seen(&[Procurator, Officer]),
    step("hand_over",        "填报交接清单", &[Serving, Left], Stay,            &[Handler, Officer],    B7, &[HANDOVER]),
    step("leave",            "离岗",         &[Serving],      Go(Left),         &[Handler],             B7, &[COOLING_UNTIL]).rules(&[HANDED_OVER]).seen(&[Procurator]).grave(),
    step("recall",           "提前召回",     &[Serving],      Go(Left),         &[Lead, Procurator],    B7, &[REASON, COOLING_UNTIL]).grave(),
    step("lapse",            "期满离岗",     &[Serving],      Go(Left),         &[Time],                B7, &[COOLING_UNTIL]).after("term").seen(&[Procurator]),
    step("appraise",         "鉴定",         &[Left],         Go(CoolingOff),   &[Lead],                B7, &[APPRAISAL]).rules(&[HANDED_OVER]).seen(&[Procurator]),
    step("cool_off",         "回避期满归档", &[CoolingOff],   Go(Archived),     &[Time],                B7, &[]).after("cooling").seen(&[Procurator]),
];
const BEGINS: &[&str] = &["arrive", "extend", "extend_same_post"];
const ENDS: &[&str] = &["leave", "recall", "lapse"];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("agree",    "选派审核", Length::Limit("N51", None), &["propose", "agree_sender"], &["agree_host", "decline"]),
    clock("arrival",  "到岗", Length::Field("arrive_by"), &["agree_host"], &["arrive", "decline"]),
    clock("term",     "驻点期", Length::Field("until"), BEGINS, ENDS).then("lapse"),
    clock("handover", "到期前交接", Length::Field("handover_by"), BEGINS, &["hand_over", "leave", "recall"]),
    clock("appraise", "鉴定", Length::Limit("N53", None), ENDS, &["appraise"]),
    clock("cooling",  "离岗后回避", Length::Field("cooling_until"), ENDS, &["cool_off"]).then("cool_off"),
];

pub fn page(s: &S) -> Vec<Section> {
    let post = vec![
        PERSON.row(s.person.as_str()),
        ORG.row(s.org.as_str()),
        POST.row(s.post.as_str()),
        FROM.row(j!(s.from)),
        UNTIL.row(j!(s.until)),
        REASON.row(s.reason.as_str()),
        PROMISE.row(s.promise.as_str()),
    ];
    let end = vec![
        HANDOVER.row(j!(s.handover)),
        LEFT.row(j!(s.left)),
        REASON.row(s.left_for.as_str()),
        COOLING_UNTIL.row(j!(s.cooling_until)),
        APPRAISAL.row(s.appraisal.as_str()),
    ];
    vec![section("驻点", post), section("交接和离岗", end)]
}
