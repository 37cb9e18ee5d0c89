//! 步骤表、页面 (trust.md 4.2).
use super::{Draw, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;
use serde_json::json as j;

type R = Rule<Draw>;
const WHO: &[Standing] = &[Handler, Lead, Secretary, Intake, Witness];
/// Whoever draws: the supervision office, or that of the joint conference.
const DESK: &[Standing] = &[Handler, Lead, Secretary, Intake];
const SEEN: &[Standing] = &[Intake, Witness];
const B3: &str = "本机构设定，非法定（规格B3、可核验抽取）";

const WHAT: Field = field("what", "抽什么", Shape::Code(&codes::DRAW_WHAT), WHO);
const BATCH: Field = field("batch", "评查批次", Shape::Matter("review_batch"), DESK).optional().hint("抽案、为整批抽专家时填。");
const REVIEW: Field = field("review", "评查件", Shape::Matter("review"), DESK).optional().hint("只为一件抽专家、补抽、抽复核专家时填。");
const OBSERVATION: Field = field("observation", "随队观摩", Shape::Matter("observation"), DESK).optional().hint("抽监督员时填。");
const PURPOSE: Field = field("purpose", "事由", Shape::Short, WHO).hint("公开，不写案情、姓名。");
const WITNESS1: Field = field("witness1", "封口人一", Shape::Person, DESK);
const WITNESS2: Field = field("witness2", "封口人二", Shape::Person, DESK).hint("须来自另一单位，如检察院、工商联、被评查单位代表。");
const WITNESS3: Field = field("witness3", "封口人三", Shape::Person, DESK).optional();
const T0: Field = field("t0", "T0 封口、冻结截止", Shape::Short, WHO).hint("写作 2026-12-01 10:00。");
const T1: Field = field("t1", "T1 揭晓截止", Shape::Short, WHO).hint("晚于 T0。");
const T2: Field = field("t2", "T2 抽取时间", Shape::Short, WHO).hint("晚于 T1；有信标的，晚于开奖。");
const BEACON: Field = field("beacon", "公开信标", Shape::Short, WHO)
    .optional()
    .hint("T1 之后开出的，如双色球 ssq-2026123、排列5 pl5-26300。不填的，各方须全部揭晓。");
const SEATS: Field =
    field("seats", "每组人数", Shape::Number, WHO).optional().hint("评查三人以上单数，观摩不少于二人；不填按参数。抽案不填。");
const ONE_PER_UNIT: Field = field("one_per_unit", "同一单位至多一人", Shape::YesNo, WHO).optional();
const PREVIOUS: Field = field("previous", "前次抽取", Shape::Matter("draw"), WHO).optional().hint("重新抽取的填。");
const REASON: Field = field("reason", "重新抽取的理由", Shape::Long, WHO).optional();
const CODE: Field = field("code", "公告编号", Shape::Short, WHO).computed();
const ALG: Field = field("alg", "指纹算法", Shape::Short, WHO).computed();
const PARTIES: Field = field("parties", "封口方", Shape::Rows(PARTY), WHO).computed();
const PARTY: &[Column] = &[column("code", "代码"), column("body", "单位"), column("person", "人员")];
const ANNOUNCEMENT: Field = field("announcement", "公告文件", Shape::Files, WHO).computed();
const DIGEST: Field = field("digest", "公告指纹", Shape::Short, WHO).computed();
const TARGETS: Field = field("targets", "为哪几件", Shape::Rows(TARGET), DESK).computed();
const TARGET: &[Column] = &[column("target", "为哪一件")];
const COMMITMENT: Field = field("commitment", "封口指纹", Shape::Short, WHO).hint("先生成秘密，抄下保存，只交指纹。");
const SECRET: Field = field("secret", "秘密", Shape::Short, WHO).hint("封口时记下的 32 位十六进制。");
const LISTS: Field = field("lists", "冻结的名单", Shape::Rows(LIST), WHO).computed();
const LIST: &[Column] = &[
    column("draw", "抽取编号"),
    column("target", "为哪一件"),
    column("root", "名单指纹"),
    column("size", "候选数"),
    column("excluded", "排除数"),
];
const POOLS: Field = field("pools", "名单文件", Shape::Files, DESK).computed();
const CHECKPOINT: Field = field("checkpoint", "冻结时台账的根", Shape::Short, WHO).computed();
const VALUE: Field = field("value", "信标结果", Shape::Short, WHO).optional().hint("如 ssq-2026123:01,08,12,19,22,30+05。没有信标的不填。");
const VALUE_AT: Field = field("value_at", "开出时间", Shape::Short, WHO).optional().hint("写作 2026-12-01 21:15。");
const RESULTS: Field = field("results", "抽取结果", Shape::Rows(RESULT), DESK).computed();
const RESULT: &[Column] = &[
    column("draw", "抽取编号"),
    column("target", "为哪一件"),
    column("seed", "种子"),
    column("proof", "证明指纹"),
    column("chosen", "抽中"),
];
const PROOFS: Field = field("proofs", "证明文件", Shape::Files, DESK).computed();
const VOID: Field = field("reason", "作废理由", Shape::Long, WHO);
const STATE: Field = field("state", "封口和揭晓", Shape::Rows(STATES), WHO);
const STATES: &[Column] = &[column("body", "单位"), column("sealed", "封口指纹"), column("revealed", "揭晓")];

const ONCE: R = rule("sealed_already", "你已封口", |s, at| s.seal_of(&at.who.id).is_none());
const SEALED: R = rule("not_sealed", "你没有封口", |s, at| s.seal_of(&at.who.id).is_some_and(|x| x.secret.is_empty()));
const BEFORE_T0: R =
    rule("after_t0", "T0 已过。封口和冻结须在 T0 之前，请作废后重新公告", |s, at| at.now_ms <= s.times()[0]);
const T0_TO_T1: R =
    rule("not_between", "只能在 T0 之后、T1 之前揭晓", |s, at| at.now_ms > s.times()[0] && at.now_ms <= s.times()[1]);
const AFTER_T2: R = rule("before_t2", "T2 未到，不能抽取", |s, at| at.now_ms >= s.times()[2]);
const NOT_SILENT: R = rule("silent", "没有公开信标，各方须全部揭晓才能抽取。请作废后重新公告", |s, _| s.told());
const TWO_BODIES: R = rule("seals_missing", "至少两个单位的封口人封口之后才能冻结名单", |s, _| s.bodies() >= 2);

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Announced, "已公告，待封口和冻结", true, Some(Handler)),
    phase(Frozen, "已冻结，待揭晓和抽取", true, Some(Handler)),
    phase(Drawn, "已抽取", true, None),
    phase(Voided, "已作废", false, None),
];
const ANNOUNCE: &[Field] = &[
    WHAT,
    BATCH,
    REVIEW,
    OBSERVATION,
    PURPOSE,
    WITNESS1,
    WITNESS2,
    WITNESS3,
    T0,
    T1,
    T2,
    BEACON,
    SEATS,
    ONE_PER_UNIT,
    PREVIOUS,
    REASON,
    CODE,
    ALG,
    PARTIES,
    ANNOUNCEMENT,
    DIGEST,
    TARGETS,
];
#[rustfmt::skip]
pub const STEPS: &[Step<Draw>] = &[
    step("announce", "公告抽取",       &[],          Go(Announced), &[Handler, Intake], B3, ANNOUNCE).seen(SEEN),
    step("seal",     "封口",           &[Announced], Stay,          &[Witness],       B3, &[COMMITMENT]).rules(&[ONCE, BEFORE_T0]).seen(SEEN),
    step("freeze",   "冻结名单",       &[Announced], Go(Frozen),    &[Handler, Intake], B3, &[LISTS, POOLS, CHECKPOINT]).rules(&[BEFORE_T0, TWO_BODIES]).seen(SEEN).grave(),
    step("reveal",   "揭晓",           &[Frozen],    Stay,          &[Witness],       B3, &[SECRET]).rules(&[SEALED, T0_TO_T1]).seen(SEEN),
    step("draw",     "抽取",           &[Frozen],    Go(Drawn),     &[Handler, Intake, Lead], B3, &[VALUE, VALUE_AT, RESULTS, PROOFS]).rules(&[AFTER_T2, NOT_SILENT]).seen(SEEN).grave(),
    step("void",     "作废本次公告",   &[Announced, Frozen], Go(Voided), &[Lead],     B3, &[VOID]).seen(SEEN).grave(),
];

pub fn page(s: &Draw) -> Vec<Section> {
    let p = &s.plan;
    let announced = vec![
        WHAT.row(p.what.as_str()),
        PURPOSE.row(p.purpose.as_str()),
        BATCH.row(j!(p.batch)),
        REVIEW.row(j!(p.review)),
        OBSERVATION.row(j!(p.observation)),
        CODE.row(p.code.as_str()),
        T0.row(p.t0.as_str()),
        T1.row(p.t1.as_str()),
        T2.row(p.t2.as_str()),
        BEACON.row(j!(p.beacon)),
        SEATS.row(j!(p.seats)),
        PREVIOUS.row(j!(p.previous)),
        REASON.row(j!(p.reason)),
        DIGEST.row(p.digest.as_str()),
        ANNOUNCEMENT.row(p.announcement.clone()),
        TARGETS.row(j!(p.targets)),
    ];
    let state = |x: &super::Seated| {
        let seal = s.seals.iter().find(|k| k.person == x.person);
        let sealed = seal.map_or("未封口", |k| k.commitment.as_str());
        j!({"body": x.body, "sealed": sealed, "revealed": seal.map_or("", |k| k.secret.as_str())})
    };
    let seals = vec![STATE.row(p.parties.iter().map(state).collect::<Vec<_>>())];
    let frozen = vec![LISTS.row(j!(s.lists)), CHECKPOINT.row(s.checkpoint.as_str()), POOLS.row(s.pools.clone())];
    let drawn = vec![VALUE.row(s.value.as_str()), RESULTS.row(j!(s.results)), PROOFS.row(s.proofs.clone()), VOID.row(s.void.as_str())];
    vec![section("公告", announced), section("封口和揭晓", seals), section("名单", frozen), section("结果", drawn)]
}
