//! What the city lives in the enterprise channel (M4): appeals in every phase, two supervisions, observations, conferences. Days are
//! counted back from today, as in `tales.rs`; a line by `REPORTER` comes through the portal, and leaves a receipt to look with.
use serde_json::{Value as Json, json};

use super::city::{GOVERNMENT, JUSTICE, OFFICE};
use super::linkage::{DRAW, REPORTER};
use super::tales::Tale;

const INTAKE: &str = "shouli1";
const OTHER: &str = "shouli2";
const CONVENER: &str = "zhaojiren";
const JUSTICE1: &str = "jiandu1";
const JUSTICE2: &str = "jiandu2";
const CHIEF: &str = "sifafuzeren";
const MARKET: &str = "361200SJ";
const TRAFFIC: &str = "361200JT";
const COUNTY_TRAFFIC: &str = "361200XZ07";
const SAFETY: &str = "361200YJ";

/// An appeal: its key, the day it came, who brings it, the unit, act and problem, and what is said.
struct Appeal(&'static str, i32, &'static str, &'static str, (&'static str, &'static str), &'static str);
/// Those of the half year that the circular counts, brought to their end by the unit above the one it is about.
const SETTLED: &[Appeal] = &[
    Appeal("qa", -500, INTAKE, COUNTY_TRAFFIC, ("行政处罚", "1"), "同一事由两次收取费用，没有出具票据。"),
    Appeal("qb", -480, INTAKE, COUNTY_TRAFFIC, ("行政检查", "1"), "两个月内上门检查九次，事由相同。"),
    Appeal("qc", -462, INTAKE, COUNTY_TRAFFIC, ("行政检查", "1"), "检查时要求购买指定的记录设备。"),
    Appeal("qd", -445, INTAKE, COUNTY_TRAFFIC, ("行政处罚", "1"), "处罚之外另收整改保证金。"),
    Appeal("qe", -430, INTAKE, COUNTY_TRAFFIC, ("行政处罚", "1"), "先罚款后补写文书。"),
    Appeal("qf", -410, INTAKE, COUNTY_TRAFFIC, ("行政处罚", "1"), "按台数摊派培训费。"),
    Appeal("qg", -395, INTAKE, COUNTY_TRAFFIC, ("行政强制", "10"), "扣押车辆超过期限，没有书面决定。"),
    Appeal("qh", -380, INTAKE, COUNTY_TRAFFIC, ("行政许可", "11"), "换证时要求指定机构检测。"),
];
const ACCEPTED: &str = "accept";
const CLEARED: &str = "pass_gist";
/// How an appeal goes on, day by day after it came.
const WAY: &[(i32, &str, &str)] = &[(1, INTAKE, "screen"), (3, INTAKE, ACCEPTED), (4, INTAKE, "redact"), (5, OTHER, CLEARED)];
fn said(on: &str) -> Json {
    match on {
        "screen" => json!({"litigation": "没有", "remedy": "不涉及", "chief_named": false, "note": "事实具体，属受理范围。"}),
        "redact" => json!({"gist": "一家经营者在同一季度内因相同事由被同一单位多次检查或者收费，没有书面依据。"}),
        CLEARED => json!({"known_to": "同行业经营者和在场执法人员都知道。"}),
        _ => json!({}),
    }
}
/// The appeal with its first steps, up to and with `last`; nothing beyond its opening where that is empty.
fn appeal(t: &mut Tale, a: &Appeal, last: &str) {
    let Appeal(key, day, who, org, (act, problem), facts) = *a;
    let mut form = json!({"mode": "匿名", "org": org, "act_type": act, "problems": [problem], "facts": facts, "demand": "请核对是否有依据。", "litigation": "没有"});
    if who == REPORTER {
        t.opens(day, who, key, "enterprise_appeal", "submit", form);
    } else {
        let named = json!({"mode": "保密", "reporter_name": "甘例棠", "reporter_phone": "15400098765", "enterprise": "云岭样例物流有限公司（虚构）", "source": "来访"});
        if let (Json::Object(named), Some(form)) = (named, form.as_object_mut()) {
            form.extend(named);
        }
        t.opens(day, who, key, "enterprise_appeal", "register", form);
    }
    if last.is_empty() {
        return;
    }
    for (after, who, action) in WAY {
        t.then(day + after, who, key, action, said(action));
        if *action == last {
            return;
        }
    }
}
/// Sent to the unit above, which answers and is checked.
fn answered(t: &mut Tale, key: &'static str, day: i32) {
    t.then(day, INTAKE, key, "forward", json!({"receiver": TRAFFIC, "litigation": "没有"})).then(
        day + 7,
        "jiaotong",
        key,
        "answer",
        json!({"unit_said": "已调阅检查台账，合并同类检查，退回没有依据的费用。"}),
    );
}
fn concluded(t: &mut Tale, key: &'static str, day: i32, outcome: &str) {
    t.then(day, INTAKE, key, "check", json!({"finding": "查阅台账和退款凭证，情况属实。"})).then(
        day + 2,
        INTAKE,
        key,
        "conclude",
        json!({"outcome": outcome, "why": "检查已合并；其余事项的处理情况如实告知。"}),
    );
}
/// Every tale of the channel.
pub(super) fn all(t: &mut Tale) {
    observers(t);
    for (n, a) in SETTLED.iter().enumerate() {
        appeal(t, a, CLEARED);
        answered(t, a.0, a.1 + 7);
        concluded(t, a.0, a.1 + 16, if n % 3 == 2 { "部分解决" } else { "解决" });
        let called = json!({"called_on": "day:0", "reached": true, "said_solved": if n % 3 == 2 { "部分" } else { "是" }});
        t.then(a.1 + 22, OTHER, a.0, "call_back", called);
    }
    appeals(t);
    ended(t);
    supervisions(t);
    observations(t);
    conferences(t);
}
/// Terms of the old roll go on.
fn observers(t: &mut Tale) {
    for jd in ["jd1", "jd2", "jd3", "jd4"] {
        t.then(-400, CONVENER, jd, "renew", json!({"until": "2029-05-16", "letter_no": "云联聘〔{year}〕续（虚构）"}));
        t.then(-60, INTAKE, jd, "train", json!({"trained_on": "day:0", "subject": "随队观摩要点和回避规定。"}));
    }
}
/// One in each phase, from the first day to the last.
fn appeals(t: &mut Tale) {
    let told = |text: &str| json!({"text": text});
    appeal(t, &Appeal("q1", -2, REPORTER, COUNTY_TRAFFIC, ("行政检查", "1"), "本周三上午被要求停业检查，没有出示检查码。"), "");
    appeal(t, &Appeal("q2", -5, INTAKE, MARKET, ("行政处罚", "8"), "同样情形处罚轻重不一。"), "screen");
    appeal(t, &Appeal("q3", -9, REPORTER, MARKET, ("行政检查", "9"), "上月二十日检查没有录像，也没有公示。"), ACCEPTED);
    t.then(-5, REPORTER, "q3", "message", told("今天又接到电话，要求补交一份材料。")).then(
        -4,
        INTAKE,
        "q3",
        "reply",
        told("已收到，正在办理。请保留通话记录。"),
    );
    appeal(t, &Appeal("q4", -8, INTAKE, SAFETY, ("行政检查", "3"), "两次检查要求不一致。"), "redact");
    appeal(t, &Appeal("q5", -12, REPORTER, COUNTY_TRAFFIC, ("行政强制", "10"), "上月扣押设备，至今没有决定书。"), CLEARED);
    t.then(-2, INTAKE, "q5", "preview", json!({}));
    appeal(t, &Appeal("q6", -10, INTAKE, COUNTY_TRAFFIC, ("行政许可", "11"), "办证时被要求到指定机构检测。"), CLEARED);
    appeal(t, &Appeal("q7", -20, INTAKE, COUNTY_TRAFFIC, ("行政处罚", "1"), "按月收取没有依据的费用。"), CLEARED);
    answered(t, "q7", -12);
    appeal(t, &Appeal("q8", -16, INTAKE, COUNTY_TRAFFIC, ("行政检查", "1"), "一个月内同一事项检查五次。"), CLEARED);
    t.then(-7, INTAKE, "q8", "forward", json!({"receiver": TRAFFIC, "litigation": "没有"}));
    appeal(t, &Appeal("q9", -40, INTAKE, COUNTY_TRAFFIC, ("行政处罚", "8"), "罚款数额明显高于同类。"), CLEARED);
    answered(t, "q9", -33);
    t.then(-20, INTAKE, "q9", "mediate", json!({"agreed": true, "agreed_on": "day:0", "mediator": "市商会调解中心（演示）"}));
    appeal(t, &Appeal("q10", -36, INTAKE, COUNTY_TRAFFIC, ("行政检查", "1"), "节前集中检查，要求停业半日。"), CLEARED);
    answered(t, "q10", -28);
    concluded(t, "q10", -12, "解决");
    appeal(t, &Appeal("q11", -45, REPORTER, COUNTY_TRAFFIC, ("行政处罚", "1"), "九月以来三次被收取停车管理费，没有票据。"), CLEARED);
    answered(t, "q11", -37);
    concluded(t, "q11", -24, "部分解决");
    t.then(-18, REPORTER, "q11", "rate", json!({"score": "2", "solved": "部分", "words": "退了两次的，第三次的没有说法。"})).then(
        -4,
        REPORTER,
        "q11",
        "ask_reopen",
        json!({"reason": "第三次收的费用没有退，也没有说明。"}),
    );
    appeal(t, &Appeal("q12", -14, REPORTER, MARKET, ("行政检查", "12"), "上周检查人员没有着装，态度粗暴。"), "screen");
    t.then(-9, REPORTER, "q12", "withdraw", json!({}));
}
/// What this office does not handle itself.
fn ended(t: &mut Tale) {
    appeal(t, &Appeal("q13", -30, INTAKE, MARKET, ("行政处罚", "8"), "不服罚款决定。"), "screen");
    let way = "可在知道决定之日起六十日内向市人民政府申请复议，带决定书和营业执照。";
    t.then(-27, INTAKE, "q13", "guide", json!({"litigation": "没有", "guidance": way}));
    appeal(t, &Appeal("q14", -28, INTAKE, SAFETY, ("行政检查", "13"), "合同价款争议，要求出面催收。"), "screen");
    t.then(-25, INTAKE, "q14", "decline", json!({"reason": "属合同纠纷，没有执法行为；可以申请调解或者起诉。"}));
    appeal(t, &Appeal("q15", -26, INTAKE, SAFETY, ("行政许可", "13"), "对政策有意见，希望调整。"), "screen");
    t.then(-22, INTAKE, "q15", "petition", json!({"to": "市信访局", "reason": "属政策建议，依规定分流。"}));
    appeal(t, &Appeal("q16", -19, INTAKE, COUNTY_TRAFFIC, ("行政检查", "4"), "检查人员收受购物卡。"), ACCEPTED);
    t.then(-14, CONVENER, "q16", "discipline", json!({"cause": "反映执法人员收受财物，属监察机关职权。"}));
    appeal(t, &Appeal("q17", -6, INTAKE, COUNTY_TRAFFIC, ("行政检查", "1"), "与前件同一事项，同一家经营者再次来访。"), "");
    t.then(-4, INTAKE, "q17", "merge", json!({"into": "→q8", "reason": "同一经营者、同一单位、同一事项。"}));
}
/// Filed, looked into by two, a 督办函 issued by another and served.
fn prompted(t: &mut Tale, (qy, jx): (&'static str, &'static str), day: i32, (unit, report_by): (&'static str, &'static str)) {
    let measure = json!({"measure": "调阅复制", "done_on": "day:0", "record": "调阅检查计划、台账和收费票据。",
        "people": [{"supervisor": "郎例司", "certificate": "云监0001"}, {"supervisor": "鲁样法", "certificate": "云监0002"}]});
    let letter = "经查，你单位应当制定并公布检查计划而没有制定。请依法履行职责，按期报送纠正情况。";
    t.then(day, INTAKE, qy, "transfer", json!({"litigation": "没有"})).makes(jx, "administrative_supervision");
    t.then(
        day + 2,
        JUSTICE1,
        jx,
        "propose_filing",
        json!({"filing": "督促", "supervision_kind": "日常", "litigation": "没有", "reason": "线索具体，同类问题多次出现。"}),
    )
    .then(day + 4, CHIEF, jx, "file", json!({}))
    .then(day + 5, INTAKE, qy, "grade", json!({"grade": "B", "grade_why": "同一单位屡次发生。"}))
    .then(day + 8, JUSTICE1, jx, "measure", measure)
    .then(
        day + 12,
        JUSTICE1,
        jx,
        "conclude",
        json!({"natures": ["应履行未履行"], "grave": false, "finding": "没有制定检查计划，同一事项重复上门。"}),
    )
    .then(day + 14, CHIEF, jx, "approve_finding", json!({}))
    .then(day + 16, JUSTICE1, jx, "draft_prompting_letter", json!({"letter": letter, "report_by": report_by}))
    .then(day + 17, CHIEF, jx, "issue", json!({"doc_no": "云司监督〔{year}〕督办（虚构）"}))
    .then(day + 18, JUSTICE2, jx, "serve", json!({"served_on": "day:0", "serve_way": "直接送达", "receipt": ["file:送达回证"]}))
    .then(day + 20, unit, jx, "sign", json!({}));
}
fn supervisions(t: &mut Tale) {
    appeal(t, &Appeal("q20", -80, INTAKE, SAFETY, ("行政检查", "1"), "多个科室轮流上门检查同一事项。"), CLEARED);
    prompted(t, ("q20", "jx1"), -73, ("yingji", "day:30"));
    let result = json!({"result": "已制定并公布年度检查计划，合并同类检查。", "evidence": ["file:年度检查计划"]});
    t.then(-35, "yingji", "jx1", "report", result)
        .then(-30, JUSTICE1, "jx1", "clear", json!({"opinion": "计划已公布，抽查未见重复检查。"}))
        .then(-26, CHIEF, "jx1", "close", json!({"outcome": "被监督单位已制定检查计划，同类检查已合并。"}))
        .then(-22, INTAKE, "q20", "record_result", json!({"unit_said": "已制定并公布检查计划，合并同类检查。"}));
    // The other has not reported by the day its paper named.
    appeal(t, &Appeal("q21", -70, INTAKE, "361200CG", ("行政检查", "5"), "占道问题只罚不管，反复上门。"), CLEARED);
    prompted(t, ("q21", "jx2"), -63, ("chengguan", "day:20"));
    appeal(t, &Appeal("q22", -12, INTAKE, MARKET, ("行政检查", "9"), "检查结果没有公示。"), CLEARED);
    t.then(-4, INTAKE, "q22", "transfer", json!({"litigation": "没有"}));
}
fn request(day: &str, item: &str) -> Json {
    json!({"org": MARKET, "act_type": "行政检查", "item": item, "when": day, "place": "城东冷链园三号库（虚构）", "reason": "上次检查没有亮证。", "tie": false,
        "disclose": false, "enterprise": "云岭样鲜冷链有限公司（虚构）"})
}
fn task(no: &str) -> Json {
    json!({"task_no": no, "task_state": "有码", "basis": "年度检查计划", "officers": "马测市 36120001\n丁样安 36120002", "inspected": "云岭样鲜冷链有限公司（虚构）"})
}
/// One from its request to the archive, one that waits for its draw; two requests under way.
fn observations(t: &mut Tale) {
    const SEATS: [&str; 3] = ["席0", "席1", "席2"];
    t.opens(-46, INTAKE, "gs1", "observation_request", "register", request("day:14", "冷库食品安全检查"))
        .then(-45, INTAKE, "gs1", "ask_confirm", json!({"about": "请确认有无对冷链经营者的食品安全检查任务。"}))
        .then(-44, "shichangju", "gs1", "confirm_task", task("检演示-7"))
        .then(-43, INTAKE, "gs1", "approve", json!({}))
        .opens(-42, INTAKE, "gm1", "observation", "assign", json!({"observation_request": "→gs1"}))
        .then(-41, INTAKE, "gm1", DRAW, json!({}));
    for seat in SEATS {
        t.then(-38, seat, "gm1", "promise", json!({"secrecy": true, "integrity": true, "no_interest": true}));
    }
    let notice = json!({"notice_no": "云联派〔{year}〕1号（虚构）", "notified_on": "day:0", "serve_way": "电子送达", "enterprise_way": "电话", "justice": "@jiandu1"});
    t.then(-37, INTAKE, "gm1", "notify", notice)
        .then(-32, "席0", "gm1", "begin", json!({"arrived_on": "day:0", "arrived": "09:10"}))
        .then(-32, "席1", "gm1", "remind", json!({"said_at": "09:25", "words": "请说明检查依据。", "heard": "已口头说明。"}))
        .then(-32, "席0", "gm1", "finish", json!({"ended_on": "day:0", "left": "11:40"}));
    for (n, seat) in SEATS.into_iter().enumerate() {
        let item = |(code, _): &(&str, &str)| {
            let wrong = *code == "5" && n != 1;
            let (result, note, at) = if wrong { ("不符合", "经企业询问才说明依据。", "09:25") } else { ("符合", "", "") };
            json!({"item": code, "result": result, "note": note, "at": at})
        };
        let items: Vec<Json> = domain::registers::codes::OBSERVATION_ITEM.rows.iter().map(item).collect();
        t.then(-31, seat, "gm1", "hand_in", json!({"items": items, "impression": "程序总体完整，事由告知偏晚。"}));
    }
    t.then(-28, "席0", "gm1", "opine", json!({"opinion": "检查事由和依据告知偏晚，其余程序完整。", "differing": "一名组员认为告知及时。"}))
        .then(-26, CONVENER, "gm1", "approve", json!({"doc_no": "云联观〔{year}〕1号（虚构）"}))
        .then(-25, INTAKE, "gm1", "serve", json!({"served_on": "day:0", "serve_way": "电子送达"}))
        .then(-24, "shichangju", "gm1", "sign", json!({}))
        .then(-22, "shichangju", "gm1", "decide_on", json!({"decided_on": "day:0", "decision_no": "云市监〔{year}〕演示号"}))
        .then(-18, "shichangju", "gm1", "respond", json!({"response": "部分采纳", "reasons": "检查码系统当日故障，已补充告知。"}))
        .then(-15, INTAKE, "gm1", "inform", json!({"informed_on": "day:0", "text": "单位部分采纳，已说明理由。"}))
        .then(-12, INTAKE, "gm1", "archive", json!({}));
    let mut invited = task("检演示-9");
    if let (Json::Object(more), Some(form)) = (
        json!({"org": SAFETY, "act_type": "行政检查", "plan": "检查一个半天，两人。", "when": "day:21", "place": "城西工业园（虚构）"}),
        invited.as_object_mut(),
    ) {
        form.extend(more);
    }
    t.opens(-9, "yingji", "gs2", "observation_request", "invite", invited)
        .then(-8, INTAKE, "gs2", "approve", json!({}))
        .opens(-2, INTAKE, "gm2", "observation", "assign", json!({"observation_request": "→gs2"}))
        .opens(-4, INTAKE, "gs3", "observation_request", "register", request("day:16", "仓储消防联合检查"))
        .then(-2, INTAKE, "gs3", "ask_confirm", json!({"about": "请确认有无对仓储经营者的检查任务。"}))
        .opens(-2, REPORTER, "gs4", "observation_request", "apply", request("day:18", "冷库食品安全检查"));
}
/// The half-year circular, issued to the public; a symposium with opinions of enterprises as tasks, one of them overdue.
fn conferences(t: &mut Tale) {
    let members = json!([{"org": OFFICE}, {"org": JUSTICE}, {"org": GOVERNMENT}, {"org": MARKET}, {"org": TRAFFIC}]);
    let came = json!([{"org": JUSTICE, "post": "副局长"}, {"org": MARKET, "post": "副局长"}, {"org": TRAFFIC, "post": "副局长"}]);
    let call = |kind: &str, half: &str| {
        let mut form = json!({"kind": kind, "year": "halfyear:", "planned": "day:20", "members": members});
        if let Some(form) = form.as_object_mut().filter(|_| !half.is_empty()) {
            form.insert("half".into(), json!(half));
        }
        form
    };
    let held = |t: &mut Tale, key: &'static str, day: i32, kind: &str, half: &str| {
        t.opens(day, INTAKE, key, "joint_conference", "call", call(kind, half))
            .then(day + 2, "shichangju", key, "propose", json!({"topic": "检查计划统筹", "why": "多个部门检查同一事项。"}))
            .then(day + 5, INTAKE, key, "prepare", json!({"agenda": [{"topic": "检查计划统筹", "org": JUSTICE}, {"topic": "超期事项"}]}))
            .then(day + 6, CONVENER, key, "approve", json!({}))
            .then(day + 7, INTAKE, key, "notify", json!({"meets_on": "day:7", "place": "市工商联三楼会议室"}))
            .then(day + 9, JUSTICE1, key, "attend", json!({"comes": "参加"}))
            .then(day + 14, INTAKE, key, "hold", json!({"held_on": "day:0", "present": came}));
    };
    held(t, "lh1", -318, "半年通报", "half:");
    let analysis = "诉求集中在交通运输执法的重复检查和没有依据的收费，多数已经解决。\n下步统筹检查计划，检查结果同一系统公示。";
    t.then(-304, INTAKE, "lh1", "draft_circular", json!({"analysis": analysis})).then(
        -302,
        CONVENER,
        "lh1",
        "issue_circular",
        json!({"doc_no": "云联办〔{year}〕1号（虚构）", "public": true}),
    );
    let one = json!([{"kind": "任务", "task": "汇总各部门年度检查计划", "org": JUSTICE, "due": "day:40"}]);
    t.then(-302, INTAKE, "lh1", "minute", json!({"minutes": "会议听取了半年情况，研究了检查计划统筹。", "tasks": one}))
        .then(-300, CONVENER, "lh1", "sign", json!({}))
        .makes("rw1", "conference_task");
    t.then(-270, JUSTICE1, "rw1", "report", json!({"result": "已汇总四个部门的年度检查计划，合并九项。"}))
        .then(-266, INTAKE, "rw1", "close", json!({"outcome": "已落实"}))
        .then(-260, CONVENER, "lh1", "close", json!({"summary": "任务已落实，通报已印发。"}));
    held(t, "lh2", -84, "座谈会", "");
    let opinions = json!([
        {"kind": "意见建议", "task": "建议检查前一日告知，减少停工", "org": TRAFFIC, "due": "day:30"},
        {"kind": "意见建议", "task": "建议各部门裁量基准在同一处公布", "org": JUSTICE, "due": "day:120"},
        {"kind": "任务", "task": "研究包容审慎清单", "org": MARKET, "due": "day:45"}
    ]);
    t.then(-68, INTAKE, "lh2", "minute", json!({"minutes": "八位企业和商会负责人提出意见建议，逐条列为任务。", "tasks": opinions}))
        .then(-66, CONVENER, "lh2", "sign", json!({}))
        .makes("rw2", "conference_task");
    t.then(-40, "shichangju", "rw2", "report", json!({"result": "已梳理首违不罚事项二十项。"})).then(
        -36,
        INTAKE,
        "rw2",
        "close",
        json!({"outcome": "已落实"}),
    );
    t.opens(-6, INTAKE, "lh3", "joint_conference", "call", call("专题会商", "")).then(-5, INTAKE, "lh3", "gather", json!({}));
}
