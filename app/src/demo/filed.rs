//! What the city lives so that every kind of paper has a matter that made it: a supervision up its whole ladder, terms of experts and
//! observers from nomination to dismissal, answers that say no. Days are counted back from today, as in `tales.rs`.
use serde_json::{Value as Json, json};

use super::city::GOVERNMENT;
use super::tales::{HANDLER, LEAD, OTHER, SECRETARY, Tale};

const MARKET: &str = "361200SJ";
const SAFETY: &str = "361200YJ";
const VERTICAL: &str = super::city::TAX;
const JUSTICE1: &str = "jiandu1";
const JUSTICE2: &str = "jiandu2";
const CHIEF: &str = "sifafuzeren";
const MAYOR: &str = "shizhang";
const UNIT: &str = "shichangju";
const INTAKE: &str = "shouli1";
const INTAKE2: &str = "shouli2";
const CONVENER: &str = "zhaojiren";

pub(super) fn all(t: &mut Tale) {
    ladder(t);
    on_the_spot(t);
    to_the_superior(t);
    pressed(t);
    expert(t);
    observer(t);
    told_no(t);
    closed(t);
}
fn opened(t: &mut Tale, day: i32, jx: &'static str, org: &'static str, filing: &str) {
    let said = json!({"org": org, "source": "自行发现", "act_type": "行政检查", "problems": ["1"], "gist": "同一事项多次上门检查，没有制定检查计划。", "litigation": "没有"});
    t.opens(day, JUSTICE1, jx, "administrative_supervision", "open", said)
        .then(
            day + 1,
            JUSTICE1,
            jx,
            "propose_filing",
            json!({"filing": filing, "supervision_kind": if filing == "重点" { filing } else { "日常" }, "litigation": "没有", "reason": "同类问题多次出现。"}),
        )
        .then(day + 2, CHIEF, jx, "file", json!({}));
}
fn measured(measure: &str, record: &str) -> Json {
    json!({"measure": measure, "done_on": "day:0", "record": record,
        "people": [{"supervisor": "郎例司", "certificate": "云监0001"}, {"supervisor": "鲁样法", "certificate": "云监0002"}]})
}
fn concluded(t: &mut Tale, day: i32, jx: &'static str) {
    let found = json!({"natures": ["违法", "应履行未履行"], "grave": false, "finding": "没有制定并公布检查计划，重复检查没有书面依据。"});
    t.then(day, JUSTICE1, jx, "conclude", found).then(day + 1, CHIEF, jx, "approve_finding", json!({}));
}
/// A paper issued, served, signed for.
fn served(t: &mut Tale, day: i32, jx: &'static str, (draft, no): (&'static str, &str), more: Json) {
    let mut said = json!({"letter": "请依法履行职责，制定并公布检查计划，按期报送纠正情况。", "report_by": "day:20"});
    if let (Json::Object(more), Some(form)) = (more, said.as_object_mut()) {
        form.extend(more);
    }
    t.then(day, JUSTICE1, jx, draft, said)
        .then(day + 1, CHIEF, jx, "issue", json!({"doc_no": format!("云司监督〔{{year}}〕{no}（虚构）")}))
        .then(day + 2, JUSTICE2, jx, "serve", json!({"served_on": "day:0", "serve_way": "直接送达", "receipt": ["file:送达回证"]}))
        .then(day + 3, UNIT, jx, "sign", json!({}));
}
fn unheeded(t: &mut Tale, day: i32, jx: &'static str) {
    t.then(day, UNIT, jx, "report", json!({"result": "正在研究制定检查计划。", "evidence": ["file:情况说明"]})).then(
        day + 2,
        JUSTICE1,
        jx,
        "escalate",
        json!({"reason": "没有提出具体措施，检查计划仍未公布。"}),
    );
}
/// Each paper of the ladder, up to the decision of the government.
fn ladder(t: &mut Tale) {
    let jx = "jx3";
    opened(t, -200, jx, MARKET, "重点");
    t.then(-196, JUSTICE1, jx, "measure", measured("约谈", "约谈分管负责人，听取检查计划的制定情况。"));
    concluded(t, -192, jx);
    served(t, -188, jx, ("draft_reminder", "提醒1号"), json!({}));
    unheeded(t, -178, jx);
    served(t, -172, jx, ("draft_correction_opinion", "意见1号"), json!({}));
    t.then(-168, UNIT, jx, "object", json!({"grounds": "检查计划已在内部下达。"})).then(
        -164,
        JUSTICE2,
        jx,
        "uphold",
        json!({"answer": "内部下达不等于公布，意见书维持。"}),
    );
    unheeded(t, -158, jx);
    served(t, -152, jx, ("draft_listing", "挂牌1号"), json!({"public_until": "day:40", "responsible": "分管负责人"}));
    t.then(-147, CHIEF, jx, "circulate", json!({"publicity": "通报", "letter": "该单位检查计划制定情况，通报如下：尚未公布。"}))
        .then(-146, CHIEF, jx, "suggest_about_staff", json!({"body": "云岭市市场监督管理局（虚构）", "suggestion": ["批评教育"], "considered": "首次发生，已着手纠正，未造成损失。"}))
        .then(-145, CHIEF, jx, "refer", json!({"body": "云岭市监察委员会（虚构）", "doc_no": "云司移〔{year}〕1号（虚构）", "referred_on": "day:0", "facts": "检查台账有两处涂改，经手人说法不一。"}));
    unheeded(t, -138, jx);
    served(t, -132, jx, ("draft_raise", "提级1号"), json!({"superior": "省司法厅（虚构）"}));
    unheeded(t, -120, jx);
    let proposed = json!({"government": GOVERNMENT, "decision_ground": "未按意见书", "contents": ["限期履行"], "proposal": "建议责令限期公布检查计划。"});
    let decided = json!({"doc_no": "云府监决〔{year}〕1号（虚构）", "contents": ["限期履行"], "decision": "责令于二十日内公布年度检查计划。", "report_by": "day:20"});
    t.then(-114, CHIEF, jx, "propose_decision", proposed).then(-108, MAYOR, jx, "decide", decided);
    let served = json!({"served_on": "day:0", "serve_way": "直接送达", "receipt": ["file:送达回证"]});
    t.then(-106, JUSTICE2, jx, "serve", served).then(-105, UNIT, jx, "sign", json!({}));
    let result = json!({"result": "年度检查计划已公布，同类检查已合并。", "evidence": ["file:检查计划"]});
    t.then(-96, UNIT, jx, "report", result).then(-92, JUSTICE1, jx, "clear", json!({"opinion": "计划已公布。"})).then(
        -90,
        CHIEF,
        jx,
        "close",
        json!({"outcome": "检查计划已公布，抽查未见重复检查。"}),
    );
}
fn on_the_spot(t: &mut Tale) {
    opened(t, -60, "jx4", SAFETY, "督促");
    t.then(-56, JUSTICE1, "jx4", "correct_on_spot", measured("检查", "现场指出检查没有出示检查码，当场补正。"));
}
/// Whoever is directed from above is told of to whoever directs him.
fn to_the_superior(t: &mut Tale) {
    opened(t, -50, "jx5", VERTICAL, "督促");
    concluded(t, -44, "jx5");
    t.then(-40, CHIEF, "jx5", "tell_superior", json!({"superior": "市税务局（虚构）", "doc_no": "云司告〔{year}〕1号（虚构）", "told_on": "day:0", "letter": "该局稽查局没有公布检查计划，请依法处理。"}));
}
/// What is not answered is urged, talked about, circulated.
fn pressed(t: &mut Tale) {
    t.then(-3, HANDLER, "zi2", "urge", json!({"letter": "请尽快签收并报送整改方案；不能按期的，请说明理由。"}))
        .then(-2, LEAD, "zi2", "interview", json!({"letter": "经催办仍未签收，建议约谈分管负责人。"}))
        .then(-1, SECRETARY, "zi2", "circulate", json!({"letter": "该院窗口查询办法尚未公示。"}));
    t.then(-30, LEAD, "pc-fy", "suggest_review", json!({"receiver": "云岭市中级人民法院", "facts": "卷二第 12 页送达回证缺失。"}));
}
/// From the recommendation to the dismissal.
fn expert(t: &mut Tale) {
    let zj = "zj1";
    let said = json!({"name": "万例评", "category": "高校学者", "unit": "云岭大学法学院（虚构）", "professions": ["02"], "nominated_by": "云岭大学（虚构）"});
    t.opens(-240, HANDLER, zj, "expert", "nominate", said)
        .then(
            -236,
            LEAD,
            zj,
            "vet",
            json!({"political": true, "professional": true, "clean_record": true, "no_interest": true, "opinion": "符合条件。"}),
        )
        .then(-234, HANDLER, zj, "publish", json!({"place": "市委政法委网站（虚构）"}))
        .then(
            -222,
            LEAD,
            zj,
            "appoint",
            json!({"account": "@lvxie", "letter_no": "云聘〔{year}〕演示", "from": "day:0", "until": "day:700"}),
        )
        .then(-100, HANDLER, zj, "assess", json!({"review": "→pc-fy", "assessment": "不称职", "opinion": "没有参加任务，也没有说明。"}))
        .then(-90, HANDLER, zj, "propose_dismissal", json!({"dismissal": "无故缺席", "facts": "连续两次没有参加评查任务。"}))
        .then(-74, LEAD, zj, "dismiss", json!({"reason": "连续两次无故不参加，告知后没有陈述申辩。"}));
}
fn observer(t: &mut Tale) {
    let jd = "jdy";
    let said = json!({"name": "席例督", "idno": "361202198702066016", "source": "商协会", "route": "单位推荐", "announcement": "监督员选聘公告（虚构）", "announced_on": "day:-10", "nominated_by": "市物流商会（虚构）", "unit": "市物流商会（虚构）",
        "education": "本科", "specialties": ["市场监管"], "phone": "15400098765"});
    t.opens(-240, INTAKE, jd, "observer", "enrol", said)
        .then(
            -236,
            INTAKE2,
            jd,
            "vet",
            json!({"of_age": true, "penalised": false, "expelled": false, "dishonest": false, "official": false, "opinion": "符合条件。"}),
        )
        .then(-234, INTAKE, jd, "publish", json!({"place": "市工商联网站（虚构）"}))
        .then(-222, CONVENER, jd, "approve", json!({"opinion": "同意聘任。"}));
    // The roll is full; another is heard, and stays.
    t.then(-100, INTAKE, "jd4", "assess", json!({"year": "year:", "assessment": "合格", "opinion": "两次迟到，已说明。"}))
        .then(-24, INTAKE, "jd4", "propose_dismissal", json!({"dismissal": "失去资格", "facts": "所在单位变动，可能不再符合选聘条件。"}))
        .then(-8, CONVENER, "jd4", "keep", json!({"reason": "经核对，仍符合选聘条件，不予解聘。"}));
}
/// Answers that say no, or that something is passed back.
fn told_no(t: &mut Tale) {
    let asked = json!({"target": "岗位", "post": "立案庭庭长岗位", "org": "361221FY", "purpose": "了解该岗位任期内立案办理的总体情况。",
        "from": "day:-400", "to": "day:-40", "basis": "市委组织部商请函（虚构）"});
    t.opens(-34, "zuzhibu", "dx2", "directed_supervision", "request", asked).then(-32, HANDLER, "dx2", "accept_form", json!({})).then(
        -30,
        SECRETARY,
        "dx2",
        "refuse",
        json!({"reason": "该院正在接受督察，不重复开展。"}),
    );
    let request = json!({"org": MARKET, "act_type": "行政检查", "item": "冷库复查", "when": "day:16", "place": "城东冷链园（虚构）", "reason": "担心再次重复检查。", "tie": false,
        "disclose": false, "enterprise": "云岭样鲜冷链有限公司（虚构）"});
    t.opens(-40, INTAKE, "gs5", "observation_request", "register", request).then(
        -37,
        INTAKE,
        "gs5",
        "refuse",
        json!({"reason": "没有执法任务，不派员观摩。"}),
    );
    t.opens(-58, OTHER, "ys5", "referral", "receive", json!({"from_org": "361200JC", "doc_no": "云检移〔{year}〕5号（虚构）", "received_on": "day:-1", "gist": "办案中发现文书超期送达，移送核查。"}))
        .then(-56, OTHER, "ys5", "take_up", json!({"clue": "→xs1"}))
        .then(-50, OTHER, "ys5", "tell_result", json!({"told": "已并入同类问题，督促整改。"}));
    t.then(-20, HANDLER, "zd", "hand_over", json!({"handover": [{"thing": "在办线索研判三件", "to": "综合承办人"}]}));
}
/// The other group's plan of the year before, summed up.
fn closed(t: &mut Tale) {
    let targets = json!([{"org": "361222FY", "scope": "窗口纪律作风", "quarter": "四"}]);
    t.opens(-420, "xuncha", "nd0", "annual_plan", "draft", json!({"year": "year:", "kind": "纪律作风督查巡查", "targets": targets}))
        .then(-410, SECRETARY, "nd0", "approve", json!({}))
        .then(-330, "xuncha", "nd0", "close", json!({"summary": "全年计划一家，因机构调整没有进驻，转入下一年。"}));
}
