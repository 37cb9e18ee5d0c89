//! 步骤表、期限表、页面 (B10).
use serde_json::json as j;

use super::{HalfYearReport, Phase, Phase::*};
use crate::engine::{Standing::*, To::*, *};
use crate::registers::codes;

type R = Rule<HalfYearReport>;
const B10: &str = "本机构设定，非法定（规格B10）";
/// The office, and whoever is sent the signed report.
const TO_THEM: &[Standing] = &[Handler, Lead, Secretary, Recipient];

const YEAR: Field = field("year", "年度", Shape::Number, OFFICE).hint("如 2026。");
const HALF: Field = field("half", "上半年、下半年", Shape::Code(&codes::HALF), OFFICE);
const CUT: Field = field("cut", "取数截止日", Shape::Date, OFFICE).optional().computed();
const STANDING: Field = field("standing", "同期已有的报告", Shape::Short, OFFICE).optional().computed();
const PERIOD: Field = field("period", "报告期", Shape::Short, TO_THEM);
const FIGURES: Field = field("figures", "取数", Shape::Rows(FIGURE), OFFICE).computed();
const FIGURE: &[Column] = &[
    column("query", "查询编号"),
    column("group", "类别"),
    column("label", "口径"),
    column("tone", "性质"),
    column("key", "分项").optional(),
    column("value", "数"),
    column("rows", "明细行数"),
    column("digest", "明细指纹"),
];
const TOLD: Field = field("told", "数据", Shape::Rows(TOLD_COLUMNS), &[Recipient]);
const TOLD_COLUMNS: &[Column] = &[
    column("query", "查询编号"),
    column("group", "类别"),
    column("label", "口径"),
    column("tone", "性质"),
    column("value", "数"),
    column("digest", "明细指纹").optional(),
];
const RATES: Field =
    field("rates", "比率", Shape::Rows(&[column("label", "名称"), column("of", "件数"), column("rate", "每百件（95% 区间）")]), TO_THEM);
const METHODS: Field = field("methods", "标准版本、抽样方法、样本量", Shape::Rows(METHOD), TO_THEM).computed().optional();
const METHOD: &[Column] = &[
    column("kind", "评查方式").of(&codes::REVIEW_KIND),
    column("standard", "评查标准"),
    column("sampling", "抽样法").optional(),
    column("universe", "范围内件数").optional(),
    column("sample", "样本量").optional(),
    column("counted", "其中已定论"),
];
const AS_OF: Field = field("as_of", "数到台账第几条", Shape::Number, TO_THEM).computed();
const FEW: Field = field("few", "少于几件的分项不列", Shape::Number, TO_THEM).computed();
const REMEDY: Field = field("remedy", "申请复核期限（日）", Shape::Number, TO_THEM).computed();
const CHECKED: Field = field("checked", "校核情况", Shape::Long, OFFICE).guarded().hint("数字有误的，在原件中更正后重新取数。");
const ANALYSIS: Field = field("summary", "总体情况", Shape::Long, TO_THEM).guarded().hint("不写姓名和未办结的事项。");
const TEAMS: Field = field("teams", "班子活情况", Shape::Rows(TEAM), TO_THEM)
    .guarded()
    .hint("一个单位一行，正面事项必填；没有的写“没有查实的正面事项”。只写已定论的，不写姓名。");
const TEAM: &[Column] = &[column("org", "单位"), column("good", "正面事项"), column("bad", "存在问题").optional()];
const OFFICIALS_GOOD: Field = field("officials_good", "干部活情况：正面事项", Shape::Long, TO_THEM)
    .personal()
    .guarded()
    .optional()
    .hint("只写领导班子成员，不写其他干警。");
const OFFICIALS_BAD: Field = field("officials_bad", "干部活情况：负面事项", Shape::Long, TO_THEM)
    .personal()
    .guarded()
    .optional()
    .hint("只写已定论、已过申诉期的事项；填了的，正面事项也要填。");
const LEADS: Field = field("leads", "问题线索", Shape::Long, TO_THEM).guarded().hint("只写类别和件数，不写来源和未办结的线索。");
const SUGGESTIONS: Field = field("suggestions", "工作建议", Shape::Long, TO_THEM).guarded();
const GROUNDS: Field = field("grounds", "依据的事项", Shape::Rows(&[column("matter_no", "编号")]), OFFICE)
    .optional()
    .hint("写了存在问题、负面事项的，列出已办结的件，如 PC-2026-0003。不随报告发出。");
const HELD_ON: Field = field("held_on", "研判会日期", Shape::Date, OFFICE).past();
const PRESENT: Field = field("present", "参加人", Shape::Rows(&[column("post", "职务")]), OFFICE);
const MINUTES: Field = field("minutes", "研判意见", Shape::Long, OFFICE).guarded();
const FILES: Field = field("files", "附件", Shape::Files, OFFICE).optional();
const REASON: Field = field("reason", "理由", Shape::Long, OFFICE).guarded();
const SIGNED_ON: Field = field("signed_on", "审签日期", Shape::Date, TO_THEM);
const TO_ORG: Field = field("to_org", "商请的组织部门", Shape::Org, OFFICE);
const LETTER_NO: Field = field("letter_no", "商请函文号", Shape::Short, OFFICE).hint("机关代字〔年〕序号。");
const SENT_ON: Field = field("sent_on", "商请函日期", Shape::Date, OFFICE);
const RECEIVED_ON: Field = field("received_on", "收到日期", Shape::Date, OFFICE).past();
const SUGGESTED: Field = field("suggested", "回告的工作建议", Shape::Long, OFFICE).personal().hint("照录；线上已在授权包回告的不用登记。");
const USED_ON: Field = field("used_on", "使用日期", Shape::Date, OFFICE).past();
const USED_FOR: Field = field("used_for", "用途", Shape::Short, OFFICE).hint("如“年度考核参考”，不写姓名。");
const BACK: Field = field("back", "回告", Shape::Long, OFFICE);
const USES: Field = field("uses", "使用台账", Shape::Rows(&[column("used_on", "日期"), column("used_for", "用途")]), OFFICE);
const SUMMARY: Field = field("summary", "销号小结", Shape::Long, OFFICE).guarded();
const DONE: Field = field("done", "销号小结", Shape::Long, OFFICE);

const RESTS: R = rule("ground_open", "依据的事项有的没有办结，或定论已经撤销", |s, at| s.rests(at));
const SUPPORTED: R = rule("ground_missing", "写了存在问题、负面事项，没有列出依据的事项", |s, _| {
    let a = &s.analysis;
    !a.grounds.is_empty() || a.officials_bad.is_empty() && a.teams.iter().all(|t| t.bad.is_empty())
});
const ANSWERED: R = rule("not_answered", "组织部门还没有签收并回告", |s, at| s.answered(at));

pub const PHASES: &[PhaseRow<Phase>] = &[
    phase(Opened, "待取数", true, Some(Handler)),
    phase(Drafted, "待校核", true, Some(Handler)),
    phase(Checked, "待分析", true, Some(Handler)),
    phase(Analysed, "待研判", true, Some(Lead)),
    phase(Deliberated, "待审签", true, Some(Secretary)),
    phase(Signed, "待商请", true, Some(Handler)),
    phase(Sent, "待回告", true, Some(Handler)),
    phase(Closed, "已入台账", true, Some(Lead)),
    phase(Archived, "已归档", true, None),
    phase(Abandoned, "已终止", false, None),
    phase(Withdrawn, "已撤回", false, None),
];
const DRAFT: &[Field] = &[FIGURES, METHODS, AS_OF, FEW, REMEDY];
const WRITTEN: &[Field] = &[ANALYSIS, TEAMS, OFFICIALS_GOOD, OFFICIALS_BAD, LEADS, SUGGESTIONS, GROUNDS];
const BEFORE: &[Phase] = &[Opened, Drafted, Checked, Analysed];
const UNSIGNED: &[Phase] = &[Opened, Drafted, Checked, Analysed, Deliberated];
#[rustfmt::skip]
pub const STEPS: &[Step<HalfYearReport>] = &[
    step("open",               "立半年报告",     &[],                    Go(Opened),      &[Handler],         B10, &[YEAR, HALF, CUT, STANDING]),
    step("draft",              "取数成稿",       BEFORE,                 Go(Drafted),     &[Handler],         B10, DRAFT),
    step("check",              "校核",           &[Drafted],             Go(Checked),     &[Handler, Lead],   B10, &[CHECKED]).other_than(&["draft"]),
    step("analyse",            "写分析",         &[Checked, Analysed],   Go(Analysed),    &[Handler],         B10, WRITTEN),
    step("deliberate",         "研判会通过",     &[Analysed],            Go(Deliberated), &[Lead],            B10, &[HELD_ON, PRESENT, MINUTES, FILES]).other_than(&["analyse"]).rules(&[SUPPORTED, RESTS]),
    step("return_draft",       "退回修改",       &[Analysed, Deliberated], Go(Checked),   &[Lead, Secretary], B10, &[REASON]),
    step("sign",               "审签",           &[Deliberated],         Go(Signed),      &[Secretary],       B10, &[]).other_than(&["draft", "check", "analyse", "deliberate"]).rules(&[RESTS]).grave(),
    step("send",               "发商请函",       &[Signed],              Go(Sent),        &[Handler, Lead],   B10, &[TO_ORG, LETTER_NO]).then(&[("packet", "open_for")]).grave(),
    step("record_suggestions", "登记回告的建议", &[Sent, Closed],        Stay,            &[Handler],         B10, &[RECEIVED_ON, SUGGESTED, FILES]),
    step("record_use",         "登记使用",       &[Sent, Closed],        Stay,            &[Handler],         B10, &[USED_ON, USED_FOR]),
    step("close",              "销号入台账",     &[Sent],                Go(Closed),      &[Handler, Lead],   B10, &[SUMMARY]).rules(&[ANSWERED]),
    step("archive",            "归档",           &[Closed],              Go(Archived),    &[Lead],            B10, &[]).grave(),
    step("abandon",            "终止",           UNSIGNED,               Go(Abandoned),   &[Lead],            B10, &[REASON]),
    step("withdraw",           "撤回报告",       &[Signed, Sent, Closed], Go(Withdrawn),  &[Secretary],       B10, &[REASON]).then(&[("packet", "source_withdrawn")]).grave(),
];
#[rustfmt::skip]
pub const CLOCKS: &[Clock] = &[
    clock("report", "半年报", Length::Limit("T24", None), &["open"], &["send", "abandon", "withdraw"]).counted("cut"),
    clock("draft", "取数成稿", Length::Limit("N120", None), &["open"], &["draft", "abandon"]),
    clock("check", "校核", Length::Limit("N121", None), &["draft"], &["check", "abandon"]),
    clock("analyse", "写分析", Length::Limit("N122", None), &["check", "return_draft"], &["analyse", "draft", "abandon"]),
    clock("deliberate", "研判", Length::Limit("N123", None), &["analyse"], &["deliberate", "return_draft", "draft", "abandon"]),
    clock("sign", "审签", Length::Limit("N124", None), &["deliberate"], &["sign", "return_draft", "abandon"]),
    clock("send", "发商请函", Length::Limit("N125", None), &["sign"], &["send", "withdraw"]),
    clock("answer", "回告工作建议", Length::Limit("N126", None), &["send"], &["close", "withdraw"]),
    clock("archive", "归档", Length::Limit("N127", None), &["close"], &["archive", "withdraw"]),
];

pub fn page(s: &HalfYearReport) -> Vec<Section> {
    let (c, a) = (&s.counts, &s.analysis);
    let period = s.period().map(|p| format!("{} 至 {}", p.from, p.to));
    let about = vec![
        PERIOD.row(j!(period)),
        YEAR.row(s.year),
        HALF.row(s.half.as_str()),
        CUT.row(j!(s.cut)),
        REASON.row(s.reason.as_str()),
        SIGNED_ON.row(j!(s.signed)),
    ];
    let mut counted = vec![];
    if !c.figures.is_empty() {
        counted.extend([FIGURES.row(j!(c.figures)), METHODS.row(j!(c.methods)), AS_OF.row(c.as_of), FEW.row(c.few), REMEDY.row(c.remedy)]);
        let rates = super::figures::rates(&c.figures, c.few).into_iter();
        counted.push(RATES.row(rates.map(|(label, of, rate)| j!({"label": label, "of": of, "rate": rate})).collect::<Vec<_>>()));
        counted.push(CHECKED.row(s.checked.as_str()));
    }
    // A draft is told nobody outside, not even that there is one.
    if s.signed.is_some() {
        let told = |f: &super::Figure| j!({"query": f.name(), "group": f.group, "label": f.label, "tone": f.tone, "value": f.value, "digest": f.digest});
        counted.push(TOLD.row(s.told().iter().map(told).collect::<Vec<_>>()));
    }
    let written = vec![
        ANALYSIS.row(a.summary.as_str()),
        TEAMS.row(j!(a.teams)),
        OFFICIALS_GOOD.row(a.officials_good.as_str()),
        OFFICIALS_BAD.row(a.officials_bad.as_str()),
        LEADS.row(a.leads.as_str()),
        SUGGESTIONS.row(a.suggestions.as_str()),
        GROUNDS.row(j!(a.grounds)),
    ];
    let meeting = vec![HELD_ON.row(j!(s.held_on)), PRESENT.row(j!(s.present)), MINUTES.row(s.minutes.as_str())];
    let mut after = vec![TO_ORG.row(s.to_org.as_str()), LETTER_NO.row(s.letter_no.as_str()), SENT_ON.row(j!(s.sent))];
    after.extend(s.suggestions.iter().map(|(_, said)| SUGGESTED.row(said.as_str())));
    after.push(BACK.row(s.suggestions.iter().map(|(on, _)| format!("{on} 收到书面回告")).collect::<Vec<_>>().join("\n")));
    after.push(USES.row(s.uses.iter().map(|(on, why)| j!({"used_on": on, "used_for": why})).collect::<Vec<_>>()));
    after.push(DONE.row(s.summary.as_str()));
    vec![
        section("报告", about),
        section("数据", counted),
        section("分析", written),
        section("研判会", meeting),
        section("商请和回告", after),
    ]
}
