//! 步骤表、期限表 (B3.3–7).
use super::{Phase, Phase::*, Review};
use crate::engine::{Standing::*, To::*, *};
use crate::procedures::dossier::{PRIOR, REVIEWABLE};
use crate::procedures::{CLOSED, referral};
use crate::registers::{codes, limits, parameters};

type R = Rule<Review>;
const B3: &str = "本机构设定，非法定（规格B3）";
const B3_DRAW: &str = "本机构设定，非法定（规格B3、可核验抽取）";
const F1: &str = "本机构设定，非法定（规格F1）";
const F4: &str = "本机构设定，非法定（规格B3、F4）";
const INSIDE: &[Standing] = &[Handler, Lead, Secretary, Chair];
const ROOM: &[Standing] = &[Lead, Chair, Expert];
const TOLD: &[Standing] = &[Handler, Lead, Secretary, Chair, Respondent, Officer];
const ALL: &[Standing] = &[Handler, Lead, Secretary, Chair, Expert, ReExaminer, Respondent, Officer];

pub const DOSSIER: Field = field("dossier", "案卷", Shape::Matter("dossier"), INSIDE);
pub const ORG: Field = field("org", "承办单位", Shape::Org, TOLD);
pub const CASE_NO: Field = field("case_no", "案号", Shape::Short, TOLD).optional();
pub const CASE_TYPE: Field = field("case_type", "案件类型", Shape::Code(&codes::CASE_TYPE), ALL);
pub const CLOSED_ON: Field = field("closed_on", "结案日期", Shape::Date, INSIDE);
pub const EFFECTIVE_ON: Field = field("effective_on", "生效日期", Shape::Date, INSIDE);
pub const SEALED: Field = field("sealed", "是否封存", Shape::YesNo, ALL);
pub const STANDARD: Field = field("standard", "评查标准", Shape::Matter("standard"), ALL);
pub const KIND: Field = field("kind", "评查方式", Shape::Code(&codes::REVIEW_KIND), ALL);
pub const GRADES: Field = field("grades", "等次和分数线", Shape::Rows(GRADE_COLUMNS), ALL).optional();
const GRADE_COLUMNS: &[Column] = &[column("grade", "等次"), column("from", "自几分起")];
pub const DRAW: Field = field("draw", "抽取编号", Shape::Short, INSIDE);
pub const PROOF: Field = field("proof", "抽取证明指纹", Shape::Short, INSIDE);
pub const CHOSEN: Field = field("chosen", "抽中专家", Shape::Rows(CANDIDATE), &[Handler, Lead, Chair]);
pub const ALTERNATES: Field = field("alternates", "候补专家", Shape::Rows(CANDIDATE), &[Handler, Lead, Chair]).optional();
const CANDIDATE: &[Column] = &[
    column("person", "人员"),
    column("category", "类别").of(&codes::EXPERT_CATEGORY).optional(),
    column("fits", "专业相符").of(&codes::YES_NO),
];
pub const NO_CONFLICT: Field = field("no_conflict", "承诺没有回避情形", Shape::YesNo, INSIDE).own();
pub const SECRECY: Field = field("secrecy", "承诺保守评查秘密", Shape::YesNo, INSIDE).own();
pub const RELATION: Field = field("relation", "回避情形", Shape::Code(&codes::RELATION), OFFICE).own();
pub const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded().own();
pub const EXPERT: Field = field("expert", "专家", Shape::Choice, &[Handler, Lead, Chair]);
pub const CONFLICT: Field = field("conflict", "利益冲突登记", Shape::Short, OFFICE);
pub const LETTER_NO: Field = field("letter_no", "函号", Shape::Short, TOLD);
pub const CALL: Field = field("reason", "调卷事由", Shape::Long, TOLD).guarded();
pub const DUE: Field = field("due", "送卷期限", Shape::Date, TOLD);
pub const SEAL_GROUND: Field = field("seal_ground", "查阅封存案卷的事由", Shape::Code(&codes::SEAL_GROUND), TOLD).optional();
pub const RECEIVED_ON: Field = field("received_on", "收卷日期", Shape::Date, TOLD).past();
pub const VOLUMES: Field = field("volumes", "册数", Shape::Number, TOLD);
/// Sealed to its author; the page shows `SHEET_OPEN` once all are in.
pub const SHEET: Field =
    field("sheet", "评分表", Shape::Rows(DEDUCTION), &[]).guarded().own().optional().hint("没有扣分的不填。每处扣分写明卷页码。");
pub const SHEET_OPEN: Field = field("sheet_open", "个人评分表（合议公开）", Shape::Rows(DEDUCTION), ROOM);
pub const SECOND_SHEET: Field = field("second_sheet", "复核评分表", Shape::Rows(DEDUCTION), &[]).guarded().own().optional();
pub const SECOND_OPEN: Field = field("second_open", "复核评分表（公开）", Shape::Rows(DEDUCTION), &[Lead, Secretary, Chair, ReExaminer]);
const DEDUCTION: &[Column] = &[
    column("item", "条目"),
    column("full", "分值"),
    column("points", "扣分"),
    column("page", "卷页码"),
    column("problem", "问题码").of(&codes::PROBLEM),
    column("severity", "严重度").of(&codes::SEVERITY),
    column("note", "说明").optional(),
    column("by", "扣分事由").optional(),
    column("document", "有权机关文书").optional(),
];
pub const PINS: Field = field("pins", "固定的评查表", Shape::Rows(PIN_COLUMNS), ALL).optional().computed();
const PIN_COLUMNS: &[Column] = &[column("part", "种类"), column("standard", "标准编号"), column("title", "版本"), column("digest", "指纹")];
/// Answers on the card; like the sheet its author's until all are in.
pub const CARD: Field = field("card", "附卡回答", Shape::Rows(CARD_COLUMNS), &[])
    .own()
    .optional()
    .guarded()
    .hint("有附卡的逐项回答；答“否”的写明卷页码和理由。");
pub const CARD_OPEN: Field = field("card_open", "附卡回答（合议公开）", Shape::Rows(CARD_COLUMNS), ROOM);
const CARD_COLUMNS: &[Column] = &[
    column("question", "问题"),
    column("said", "回答").of(&codes::CARD_SAID),
    column("page", "卷页码").optional(),
    column("note", "说明").optional(),
];
pub const COUNTED: Field = field("counted", "分项得分", Shape::Rows(COUNTED_COLUMNS), &[]).own().optional().computed();
pub const COUNTED_OPEN: Field = field("counted_open", "分项得分（合议公开）", Shape::Rows(COUNTED_COLUMNS), ROOM);
const COUNTED_COLUMNS: &[Column] = &[
    column("sheet", "表"),
    column("item", "代码"),
    column("name", "条目"),
    column("full", "分值"),
    column("deducted", "扣分"),
    column("left", "得分"),
];
pub const GRADED: Field = field("graded", "各表结果", Shape::Rows(GRADED_COLUMNS), &[]).own().optional().computed();
pub const GRADED_OPEN: Field = field("graded_open", "各表结果（合议公开）", Shape::Rows(GRADED_COLUMNS), ROOM);
const GRADED_COLUMNS: &[Column] = &[
    column("sheet", "表"),
    column("version", "版本"),
    column("total", "得分"),
    column("grade", "等次"),
    column("clean", "实体项未扣分"),
    column("vetoes", "否决项").optional(),
    column("card", "未通过的附卡").optional(),
    column("notes", "说明").optional(),
];
pub const TOTAL: Field = field("total", "本人评分", Shape::Short, &[]).own();
pub const MY_OPINION: Field = field("my_opinion", "个人意见", Shape::Long, &[]).guarded().own().personal();
pub const MY_OPINION_OPEN: Field = field("my_opinion_open", "个人意见（合议公开）", Shape::Long, ROOM);
pub const FINDING: Field = field("re_examination_finding", "复核意见", Shape::Code(&codes::FINDING), &[]).own();
pub const SCORES: Field = field("scores", "个人得分", Shape::Rows(SCORE_COLUMNS), &[Handler, Lead, Secretary, Chair, Expert]);
pub const SECOND_SCORES: Field =
    field("second_scores", "复核得分", Shape::Rows(SCORE_COLUMNS), &[Handler, Lead, Secretary, Chair, ReExaminer]);
const SCORE_COLUMNS: &[Column] =
    &[column("code", "匿名号"), column("total", "得分"), column("grade", "等次"), column("finding", "复核意见")];
pub const SEATS: Field = field("seats", "席位", Shape::Rows(SEAT_COLUMNS), &[Handler, Lead, Secretary, Chair, Expert, ReExaminer]);
const SEAT_COLUMNS: &[Column] = &[column("code", "匿名号"), column("state", "进度")];
pub const PANEL: Field = field("panel", "评查专家", Shape::Rows(PANEL_COLUMNS), &[Handler, Lead, Chair]);
const PANEL_COLUMNS: &[Column] = &[column("code", "匿名号"), column("person", "人员")];
pub const SCORE: Field = field("score", "合议分", Shape::Short, &[Lead, Secretary, Handler, Chair, Expert]).hint("如 84.5。");
pub const VETO_STANDS: Field =
    field("veto_stands", "合议认定触发否决项", Shape::YesNo, &[Handler, Lead, Secretary, Chair, Expert]).optional();
pub const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), TOLD);
pub const OPINION: Field = field("opinion", "初评意见", Shape::Long, TOLD).guarded().personal().hint("只写评查意见，不写对案件怎样处理。");
pub const DRAFT: Field = field("draft_opinion", "初评意见（未反馈）", Shape::Long, &[Handler, Lead, Secretary, Chair, Expert]);
pub const ACCOUNTABLE: Field = field("accountable", "是否涉及责任查究", Shape::YesNo, INSIDE);
pub const DIFFERS: Field =
    field("differs", "与既有结论不一致的理由", Shape::Long, INSIDE).guarded().optional().hint("本案已有评查结论的必填。");
pub const MINUTES: Field = field("minutes", "合议笔录", Shape::Files, ROOM);
pub const DISSENT: Field = field("dissent", "少数意见", Shape::Long, ROOM).guarded().personal().hint("照录存档，不能修改。");
pub const DOC_NO: Field = field("doc_no", "文号", Shape::Short, TOLD);
pub const OFFICER: Field = field("officer", "承办干警", Shape::Person, TOLD).optional().hint("填了的，本人可以查阅、提出异议。");
pub const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, TOLD).past();
pub const RECEIPT: Field = field("receipt", "送达回证", Shape::Files, TOLD).optional().hint("本单位签收不用附；代为登记的必附。");
pub const GROUNDS: Field =
    field("grounds", "逐项异议", Shape::Rows(GROUND), &[Handler, Lead, Secretary, Chair, ReExaminer, Respondent, Officer])
        .hint("逐项写理由和证据；不写本单位和人员名称。");
const GROUND: &[Column] = &[column("item", "条目"), column("ground", "理由"), column("evidence", "证据及卷页")];
pub const FILES: Field = field("files", "证据材料", Shape::Files, &[Handler, Lead, Secretary, Respondent, Officer]).optional();
pub const ANSWER: Field = field("answer", "对异议的逐条答复", Shape::Long, TOLD).guarded().personal();
pub const OUTCOME: Field = field("outcome", "复核决定", Shape::Short, TOLD);
pub const RESULT_SCORE: Field = field("result_score", "评查得分", Shape::Short, TOLD);
pub const GRADE: Field = field("grade", "评查等次", Shape::Short, TOLD);
pub const CONSEQUENCE: Field = field("consequence", "结论后果", Shape::Short, TOLD);
pub const PRAISE: Field = field("praise", "讲评要点", Shape::Long, TOLD).guarded();
pub const SEVERITY: Field = field("severity", "严重度", Shape::Code(&codes::SEVERITY), TOLD);
pub const GIST: Field = field("gist", "问题要点", Shape::Long, OFFICE).guarded().hint("写事实，不写反映人。");
pub const RECEIVER: Field = field("receiver", "接收机关", Shape::Short, OFFICE);
pub const FACTS: Field =
    field("facts", "事实和卷页", Shape::Long, OFFICE).guarded().personal().hint("只写事实；函件统一用“请依法审查并说明理由”。");
pub const RESULT: Field = field("result", "有权机关答复", Shape::Long, OFFICE).personal().hint("照录文书。");
pub const DOCUMENT: Field = field("document", "有权机关文书", Shape::Files, OFFICE);
pub const EVIDENCE: Field = field("evidence", "证据清单", Shape::Files, OFFICE);
pub const BODY: Field = field("body", "有权机关", Shape::Short, OFFICE);
pub const CITED: Field = field("cited", "引用的有权机关文书", Shape::Rows(CITED_COLUMNS), OFFICE);
const CITED_COLUMNS: &[Column] = &[column("body", "有权机关"), column("doc_no", "文号")];
pub const ORG_OPEN: Field = field("org_open", "承办单位（评分锁定后）", Shape::Org, &[Expert]);
pub const ORG_SECOND: Field = field("org_second", "承办单位（复核锁定后）", Shape::Org, &[ReExaminer]);
pub const URGED: Field = field("urged", "催告次数", Shape::Number, TOLD);
pub const STOP: Field = field("reason", "终止理由", Shape::Long, OFFICE).guarded();

const STILL_REVIEWABLE: R = rule("not_reviewable", "案卷未办结或未生效，不能评查", |_, at| at.every("dossier", REVIEWABLE));
const I_MUST_PROMISE: R = rule("promised", "你已作出承诺", |s, at| s.active_seat(&at.who.id).is_some_and(|x| !x.promised));
const ALL_PROMISED: R =
    rule("promise_missing", "还有专家未承诺", |s, _| !s.panel.is_empty() && s.panel.iter().all(|x| x.promised && !x.who.is_empty()));
const I_SIT: R = rule("not_seated", "你不在席位上，或评分已提交锁定", |s, at| {
    s.active_seat(&at.who.id).is_some_and(|x| x.sheet.is_none())
});
const I_MAY_SCORE: R = rule("locked", "尚未承诺，或评分已提交锁定", |s, at| {
    s.active_seat(&at.who.id).is_some_and(|x| x.promised && x.sheet.is_none())
});
const ALL_SUBMITTED: R = rule("sheet_missing", "还有专家未提交评分", |s, _| Review::all_in(&s.panel));
const ALL_RE_EXAMINED: R = rule("re_examination_missing", "还有复核专家未提交", |s, _| Review::all_in(&s.second));
const VACANT: R = rule("no_vacancy", "没有空缺的席位", |s, _| s.vacancies() > 0);
const URGES_LEFT: R = rule("urged_enough", "催告次数已用完，请通报", |s, at| s.urged < at.parameter(parameters::URGES));
const URGED_ENOUGH: R = rule("urge_first", "须先催告满规定次数", |s, at| s.urged >= at.parameter(parameters::URGES));
const AGREED: R = rule("must_deliberate", "分差过大、有否决项或等次不一致，必须合议", |s, at| {
    !s.must_deliberate(at.parameter(parameters::SPREAD))
});
const MEAN_NOT_WORSE: R = rule("aggravates", "均分低于异议前的分数，不得因异议加重", |s, _| {
    s.floor.as_ref().is_none_or(|f| s.mean() >= f.score)
});
const I_SAT: R = rule("no_sheet", "仅提交过评分的专家可以写少数意见", |s, at| {
    s.panel.iter().any(|x| x.who == at.who.id && x.sheet.is_some())
});
const NOT_OBJECTED: R = rule("objected", "你已提出异议", |s, at| !s.objectors.contains(&at.who.id));
const NO_OFFICER: R = rule("officer_may_object", "承办干警也有异议权，须待异议期满", |s, _| s.officer.is_empty());
const FOUND_UPHELD: R = rule("not_upheld", "复核意见不是多数维持", |s, _| s.found() == "维持");
const FOUND_ALTERED: R = rule("not_altered", "复核意见已有维持或撤销的多数", |s, _| s.found() == "变更");
const FOUND_ANNULLED: R = rule("not_annulled", "复核意见不是多数撤销", |s, _| s.found() == "撤销");
const SAID_WHY: R =
    rule("differs_missing", "本案已登记其他评查结论，初评意见没有写明不一致的理由，请退回合议", |s, at| {
        !at.any("dossier", PRIOR) || !s.draft.differs.is_empty()
    });
const MILD: R = rule("grave", "不合格或涉及责任查究的，报书记会议审定", |s, _| !s.worst() && !s.draft.accountable);
const GRAVE: R =
    rule("mild", "未达不合格、不涉及责任查究的，由分管领导审定", |s, _| s.worst() || s.draft.accountable);
const FINE: R = rule("not_fine", "仅最高等次的案件可以讲评", |s, _| s.rank() == 0);
const PLAIN: R = rule("not_plain", "仅第二等次的案件可以直接办结", |s, _| s.rank() == 1 && !s.worst());
const FAULTY: R = rule("not_faulty", "前两个等次的案件不转整改", |s, _| s.rank() > 1 || s.rank() > 0 && s.worst());
const TO_ACCOUNT: R = rule("not_accountable", "初评意见没有认为涉及责任查究", |s, _| s.draft.accountable);
const SUGGESTED: R = rule("nothing_suggested", "没有发出依法审查建议", |s, _| !s.suggested.is_empty());
const IN_FORCE: R = rule("revoked", "定论已经撤销", |s, _| !s.revoked);
const REFERRAL_ENDED: R = rule("referral_open", "移送还没有办结或撤回", |_, at| at.all("referral", CLOSED));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Drawing, "待抽专家", true, Some(Handler)),
    phase(Promising, "待承诺", false, Some(Expert)),
    phase(Fetching, "待调卷", true, Some(Handler)),
    phase(Requested, "送卷中", false, Some(Respondent)),
    phase(Scoring, "独立评分", true, Some(Expert)),
    phase(Deliberating, "待合议", true, Some(Chair)),
    phase(Drafted, "初评意见待批", false, Some(Lead)),
    phase(Fed, "待送达", false, Some(Respondent)),
    phase(Objectable, "异议期", true, Some(Respondent)),
    phase(Objected, "待抽复核专家", false, Some(Handler)),
    phase(ReExamining, "复核中", false, Some(ReExaminer)),
    phase(Deciding, "待作复核决定", false, Some(Lead)),
    phase(Settling, "待审定", true, Some(Lead)),
    phase(Settled, "已审定", false, Some(Handler)),
    phase(Concluded, "已定论", true, None),
    phase(Frozen, "暂停评查", false, Some(Lead)),
    phase(Stopped, "已终止", false, None),
];
const EARLY: &[Phase] = &[Promising, Fetching, Requested, Scoring, ReExamining];
const LATE: &[Phase] = &[Fetching, Requested, Scoring, ReExamining];
const BEFORE_FEEDING: &[Phase] = &[Drawing, Promising, Fetching, Requested, Scoring, Deliberating, Drafted, Frozen];
const END: &[Phase] = &[Settled, Concluded];
const OPEN: &[Field] = &[DOSSIER, ORG, CASE_NO, CASE_TYPE, CLOSED_ON, EFFECTIVE_ON, SEALED, STANDARD, KIND, GRADES, PINS];
const DRAWN: &[Field] = &[DRAW, PROOF, CHOSEN, ALTERNATES];
const WORDS: &[Standing] = &[Respondent, Officer];
const REFER: &[Field] = &[referral::RECEIVER, referral::TO_ORG, referral::SECRECY, FACTS, EVIDENCE];
#[rustfmt::skip]
pub const STEPS: &[Step<Review>] = &[
    step("open",             "立评查件",       &[],            Go(Drawing),      &[House],      B3, OPEN),
    step("draw_panel",       "记入专家抽取结果", &[Drawing],   Go(Promising),    &[House],      B3_DRAW, DRAWN).rules(&[STILL_REVIEWABLE]),
    step("promise",          "回避和保密承诺", &[Promising],   Once(Fetching, &ALL_PROMISED), &[Expert], F1, &[NO_CONFLICT, SECRECY]).rules(&[I_MUST_PROMISE]),
    step("promise_late",     "候补、复核承诺", LATE,           Stay,             &[Expert, ReExaminer], F1, &[NO_CONFLICT, SECRECY]).rules(&[I_MUST_PROMISE]),
    step("recuse",           "回避退出",       EARLY,          Stay,             &[Expert, ReExaminer], F1, &[RELATION, REASON]).rules(&[I_SIT]).even_frozen(),
    step("replace",          "依登记的冲突更换专家", EARLY,    Stay,             &[House],      F1, &[EXPERT, CONFLICT]),
    step("strike",           "依登记的冲突撤换并补评", &[Deliberating, Drafted], Go(Scoring), &[House], F1, &[EXPERT, CONFLICT]),
    step("draw_more",        "记入补抽结果",   EARLY,          Stay,             &[House],      B3_DRAW, DRAWN).rules(&[VACANT]),
    step("request_dossier",  "调卷",           &[Fetching],    Go(Requested),    &[Handler],    B3, &[LETTER_NO, CALL, DUE, SEAL_GROUND]).rules(&[STILL_REVIEWABLE, ALL_PROMISED]).seen(&[Respondent]).then(&[("inquiry_record", "record")]),
    step("urge",             "催告送卷",       &[Requested],   Stay,             &[Handler],    B3, &[LETTER_NO]).after("delivery").rules(&[URGES_LEFT]).seen(&[Respondent]),
    step("circulate",        "通报不送卷",     &[Requested],   Stay,             &[Lead],       B3, &[LETTER_NO, CALL]).rules(&[URGED_ENOUGH]).seen(&[Respondent]),
    step("receive",          "收卷",           &[Requested],   Go(Scoring),      &[Handler],    B3, &[RECEIVED_ON, VOLUMES]).rules(&[ALL_PROMISED]).seen(&[Respondent]),
    step("submit",           "提交并锁定评分", &[Scoring],     Once(Deliberating, &ALL_SUBMITTED), &[Expert], B3, &[SHEET, CARD, MY_OPINION, COUNTED, GRADED]).rules(&[I_MAY_SCORE]),
    step("adopt_mean",       "采用均分",       &[Deliberating], Go(Drafted),     &[Chair],      B3, &[PROBLEMS.optional(), OPINION, ACCOUNTABLE, DIFFERS]).other_than(&["submit"]).rules(&[AGREED, MEAN_NOT_WORSE]),
    step("deliberate",       "合议",           &[Deliberating], Go(Drafted),     &[Chair],      B3, &[SCORE, VETO_STANDS, PROBLEMS.optional(), OPINION, ACCOUNTABLE, DIFFERS, MINUTES]).other_than(&["submit"]),
    step("dissent",          "写少数意见",     &[Deliberating, Drafted], Stay,   &[Expert],     B3, &[DISSENT]).rules(&[I_SAT]).seen(&[Chair]),
    step("return_opinion",   "退回合议",       &[Drafted],     Go(Deliberating), &[Lead],       B3, &[REASON]).seen(&[Chair]),
    step("feed",             "批准反馈初评意见", &[Drafted],   Go(Fed),          &[Lead],       F4, &[DOC_NO, OFFICER]).other_than(&["adopt_mean", "deliberate"]).rules(&[SAID_WHY]).seen(WORDS),
    step("serve",            "签收、登记送达", &[Fed],         Go(Objectable),   &[Respondent, Handler], F4, &[SERVED_ON, RECEIPT]).seen(WORDS),
    step("object",           "提出异议",       &[Objectable],  Go(Objected),     WORDS,         F4, &[GROUNDS, FILES]).within("objection").even_frozen(),
    step("object_too",       "另提异议",       &[Objected, ReExamining], Stay,   WORDS,         F4, &[GROUNDS, FILES]).within("objection").rules(&[NOT_OBJECTED]).even_frozen(),
    step("waive",            "无异议",         &[Objectable],  Go(Settling),     &[Respondent], F4, &[]).rules(&[NO_OFFICER]),
    step("lapse_objection",  "异议期满无异议", &[Objectable],  Go(Settling),     &[Time],       F4, &[]).after("objection").seen(WORDS),
    step("draw_re_examiners", "记入复核专家抽取结果", &[Objected], Go(ReExamining), &[House],   B3_DRAW, DRAWN),
    step("re_examine",       "提交并锁定复核意见", &[ReExamining], Once(Deciding, &ALL_RE_EXAMINED), &[ReExaminer], B3, &[SECOND_SHEET, CARD, FINDING, MY_OPINION, COUNTED, GRADED]).rules(&[I_MAY_SCORE]),
    step("uphold",           "复核决定：维持", &[Deciding],    Go(Settling),     &[Lead],       F4, &[ANSWER]).rules(&[FOUND_UPHELD]).seen(WORDS),
    step("alter",            "复核决定：部分变更", &[Deciding], Go(Settling),    &[Lead],       F4, &[ANSWER]).rules(&[FOUND_ALTERED]).seen(WORDS),
    step("annul",            "复核决定：撤销初评意见", &[Deciding], Go(Settling), &[Lead],      F4, &[ANSWER]).rules(&[FOUND_ANNULLED]).seen(WORDS),
    step("settle",           "审定",           &[Settling],    Go(Settled),      &[Lead],       B3, &[DOC_NO]).other_than(&["adopt_mean", "deliberate"]).rules(&[MILD]),
    step("settle_grave",     "书记会议审定",   &[Settling],    Go(Settled),      &[Secretary],  B3, &[DOC_NO]).rules(&[GRAVE]),
    step("conclude_praise",  "定论：讲评",     &[Settled],     Go(Concluded),    &[Handler],    B3, &[PRAISE]).rules(&[FINE]).seen(WORDS).then(&[("dossier", "note_review")]).grave(),
    step("conclude_plain",   "定论：办结",     &[Settled],     Go(Concluded),    &[Handler],    B3, &[]).rules(&[PLAIN]).seen(WORDS).then(&[("dossier", "note_review")]).grave(),
    step("conclude_rectify", "定论：转整改",   &[Settled],     Go(Concluded),    &[Handler],    B3, &[PROBLEMS, SEVERITY, GIST]).rules(&[FAULTY]).seen(WORDS).then(&[("dossier", "note_review"), ("rectification", "open")]).grave(),
    step("suggest_review",   "函请依法审查",   END,            Stay,             &[Lead],       B3, &[RECEIVER, FACTS]),
    step("record_reply",     "登记有权机关答复", &[Concluded], Stay,             &[Handler],    B3, &[RESULT, DOCUMENT]).rules(&[SUGGESTED]),
    step("accountability",   "建议责任查究",   END,            Stay,             &[Lead],       B3, &[FACTS]).rules(&[TO_ACCOUNT]).then(&[("accountability", "open")]),
    step("cite",             "引用有权机关文书", END,          Stay,             &[Handler],    "平台不作认定，只引用有权机关文书（规格0.4）", &[BODY, DOC_NO, DOCUMENT]),
    step("refer",            "移送并冻结评查", &[Deliberating, Drafted, Settling, Settled], Go(Frozen), &[Lead, Secretary], referral::LAW, REFER).then(&[("referral", "open_for")]).grave(),
    step("take_up_again",    "移送办结，恢复评查", &[Frozen],  Go(Deliberating), &[Lead],       B3, &[RESULT, DOCUMENT]).rules(&[REFERRAL_ENDED]),
    step("pass_clue",        "定论后移送线索", &[Concluded],   Stay,             &[Lead, Secretary], referral::LAW, REFER).then(&[("referral", "open_for")]).grave(),
    step("revoke",           "撤销定论",       &[Concluded],   Stay,             &[Secretary],  "平台不作认定，只引用有权机关文书（规格0.4）", &[BODY, DOC_NO, DOCUMENT]).rules(&[IN_FORCE]).seen(WORDS).then(&[("dossier", "note_review")]).grave().even_frozen(),
    step("stop",             "终止评查",       BEFORE_FEEDING, Go(Stopped),      &[Lead],       B3, &[STOP]).seen(&[Respondent]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("draw", "抽取专家", Length::Limit("N10", None), &["open"], &["draw_panel", "stop"]),
    clock("promise", "承诺", Length::Limit("N11", None), &["draw_panel"], &["promise", "stop"]),
    clock("call", "调卷", Length::Limit("N12", None), &["promise"], &["request_dossier", "stop"]),
    clock("delivery", "送卷", Length::Field("due"), &["request_dossier"], &["receive", "stop"]),
    clock("scoring", "个人评分", Length::Limit("T18", None), &["receive", "strike"], &["submit", "stop"]),
    clock("deliberation", "合议", Length::Limit("N13", None), &["submit", "return_opinion"], &["adopt_mean", "deliberate", "refer", "stop"]),
    clock("feedback", "批准反馈", Length::Limit("N14", None), &["adopt_mean", "deliberate"], &["feed", "return_opinion", "strike", "refer", "stop"]),
    clock("service", "送达", Length::Limit("N15", None), &["feed"], &["serve"]),
    clock("objection", "异议期", Length::Limit("T19", Some(limits::OBJECTION)), &["serve"], &["object", "waive", "lapse_objection"]).counted("served_on").then("lapse_objection"),
    clock("re_examination", "复核", Length::Limit("T20", None), &["object"], &["uphold", "alter", "annul"]),
    clock("settlement", "审定", Length::Limit("N16", None), &["waive", "lapse_objection", "uphold", "alter", "annul"], &["settle", "settle_grave", "refer"]),
    clock("conclusion", "定论", Length::Limit("N17", None), &["settle", "settle_grave"], &["conclude_praise", "conclude_plain", "conclude_rectify", "refer"]),
];
