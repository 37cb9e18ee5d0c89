//! What the city lives in the procedures that link offices: one loop from a clue to a joint rule and two inspections, opinions of the
//! procuratorate, referrals, a check of sealed records, relief, a secondment. Days are counted back from today.
use serde_json::{Value as Json, json};

use super::linkage::{ENTERED, FIRST, Line, SECOND};

/// Matters the city has already: key, kind, where in its body which value stands, unit.
pub(super) const FOUND: &[(&str, &str, (&str, &str), &str)] = &[
    ("zg", "rectification", ("/state/source", "评查"), FIRST),
    ("pc-fy", "review", ("/phase", "Concluded"), "361200FY"),
    ("pc-ch", "review", ("/phase", "Concluded"), "361202FY"),
    ("jy1", "procuratorial_opinion", ("/state/said/doc_no", "云检建〔2024〕5号"), "361200SF"),
    ("jy2", "procuratorial_opinion", ("/state/said/doc_no", "云检民再建〔2023〕1号"), "361200FY"),
];
pub(super) const HANDLER: &str = "jingban1";
pub(super) const OTHER: &str = "jingban2";
pub(super) const LEAD: &str = "fuzeren";
pub(super) const SECRETARY: &str = "shuji";
const INSPECTOR: &str = "ducha";
const PROCURATOR: &str = "jianchayuan";
const COURT1: &str = "shiliangfayuan";
const COURT2: &str = "chenghufayuan";

/// Lines as they are told.
#[derive(Default)]
pub(super) struct Tale(Vec<Line>);
impl Tale {
    pub(super) fn opens(
        &mut self,
        day: i32,
        who: &'static str,
        on: &'static str,
        kind: &'static str,
        action: &'static str,
        form: Json,
    ) -> &mut Self {
        self.0.push(Line { day, who, on, opens: Some(kind), action, form, child: None });
        self
    }
    pub(super) fn then(&mut self, day: i32, who: &'static str, on: &'static str, action: &'static str, form: Json) -> &mut Self {
        self.0.push(Line { day, who, on, opens: None, action, form, child: None });
        self
    }
    /// The last line brings this about.
    pub(super) fn makes(&mut self, key: &'static str, kind: &'static str) -> &mut Self {
        if let Some(last) = self.0.last_mut() {
            last.child = Some((key, kind));
        }
        self
    }
    /// A rectification of this unit from its demand to the acceptance, as far as days go.
    fn rectified(&mut self, on: &'static str, unit: &'static str, begins: i32) -> &mut Self {
        let done = json!({"result": "回证已逐件补齐，送达规程已印发，每月自查。", "evidence": ["file:逐件清单"]});
        self.then(begins, LEAD, on, "demand", json!({"what": "逐件补齐送达回证，规范电子送达确认，建立每月自查。"}))
            .then(begins + 2, unit, on, "sign", json!({}))
            .then(begins + 10, unit, on, "plan", json!({"plan": "一、分管领导牵头；二、逐件清查；三、每月自查一次。"}))
            .then(begins + 13, HANDLER, on, "confirm_plan", json!({}))
            .then(begins + 45, unit, on, "report", done)
    }
}
/// Every tale.
pub(super) fn all() -> Vec<Line> {
    let mut t = Tale::default();
    problem(&mut t);
    first_inspection(&mut t);
    second_inspection(&mut t);
    rule(&mut t);
    opinions(&mut t);
    check(&mut t);
    referrals(&mut t);
    relief(&mut t);
    secondment(&mut t);
    super::channel::all(&mut t);
    super::half_year::all(&mut t);
    super::listing::all(&mut t);
    super::filed::all(&mut t);
    t.0
}
fn clue(t: &mut Tale, day: i32, on: &'static str, org: &'static str, (problem, summary): (&str, &str)) {
    let said = json!({"source": "来信", "received": "day:0", "org": org, "case_no": format!("（{{year}}）赣1202演{}号", 900 - day), "case_type": "02", "stage": "已终结",
        "is_closed": true, "problem": [problem], "summary": summary, "reporter": format!("演示例{}", 100 - day), "keep_secret": true});
    t.opens(day, HANDLER, on, "clue", "register", said);
    t.then(day + 2, HANDLER, on, "tell", json!({"told_on": "day:0", "how": "书面"}));
}
/// Found in one court by a review, put right, back again, told of another court by clues: a common problem.
fn problem(t: &mut Tale) {
    for (day, on, org) in [(-268, "xs1", SECOND), (-214, "xs2", SECOND), (-187, "xs3", "361200FY")] {
        clue(t, day, on, org, ("C4", "反映文书送达回证缺失，没有收到开庭传票，请求依法处理并书面告知。"));
        t.then(day + 5, HANDLER, on, "pass_on", json!({"receiver": "市中级人民法院", "reason": "属审判流程管理，依规定转办。"}));
    }
    t.rectified("zg", COURT1, -332);
    t.then(-283, HANDLER, "zg", "accept", json!({"opinion": "措施具体，佐证齐全，同意验收。"}));
    t.then(-182, OTHER, "zg", "relapse", json!({"finding": "抽查新办案件，又有三件没有送达回证。"}));
    t.opens(
        -172,
        HANDLER,
        "gx",
        "common_problem",
        "confirm",
        json!({"problem": "C4", "from": "day:-180", "to": "day:-1", "analysis": "两家以上法院反复出现送达回证缺失：电子送达没有确认记录，外包投递不回传，立案后无人复核。一家整改后又反弹，靠逐件补正不能解决。"}),
    );
    let suggest = |org: &str, kind: &str, reasons: &str| json!({"target": org, "inspection_kind": kind, "reasons": reasons});
    t.then(-168, LEAD, "gx", "suggest", suggest(FIRST, "政治督察", "送达问题（C4）整改后又反弹，宜看责任是否落实到人。"))
        .then(-168, LEAD, "gx", "suggest", suggest(SECOND, "政治督察", "送达问题（C4）半年内反映两次，涉不同承办部门。"))
        .then(-168, LEAD, "gx", "suggest", suggest(SECOND, "纪律作风督查巡查", "送达问题（C4）反映两次，窗口答复不一致。"))
        .then(-161, INSPECTOR, "gx", "adopt", json!({"suggestion": "1", "note": "列入年度计划。"}))
        .then(-161, INSPECTOR, "gx", "adopt", json!({"suggestion": "2", "note": "列入年度计划，安排在前一家之后。"}))
        .then(
            -158,
            "xuncha",
            "gx",
            "decline",
            json!({"suggestion": "3", "reason": "该院本年已作纪律作风巡查，未见作风问题；送达属流程管理，由政治督察一并看。"}),
        );
    let fault = |org: &str| json!({"unit": org, "severity": "一般", "gist": "送达回证缺失，无法证明按期送达。"});
    t.then(-150, LEAD, "gx", "rectify", fault(SECOND)).makes("zg2", "rectification");
    t.rectified("zg2", COURT2, -148);
    t.then(-100, HANDLER, "zg2", "accept", json!({"opinion": "回证已补齐，规程已印发，同意验收。"}));
    // The court where it came back is asked once more, by the same matter.
    t.rectified("zg", COURT1, -178);
    t.then(-128, LEAD, "zg", "accept_grave", json!({"opinion": "分管领导验收，同意。"}));
}
fn plan_of(t: &mut Tale, (day, on): (i32, &'static str), org: &'static str, scope: &str) {
    let said = json!({"kind": "政治督察", "org": org, "scope": scope, "plan": "→nd", "common_problem": "→gx", "leader": "@ducha", "members": "范例察、江拟衡",
        "from": "day:8", "to": "day:60"});
    t.opens(day, INSPECTOR, on, "inspection", "propose", said);
    t.then(day + 5, SECRETARY, on, "approve", json!({}));
}
/// A paper opened, written by one of the group and signed by the other.
fn paper(
    t: &mut Tale,
    day: i32,
    dc: &'static str,
    dg: &'static str,
    (kind, writer, signer): (&str, &'static str, &'static str),
    content: &str,
) {
    let mut said = json!({"held_on": "day:0", "place": "第二会议室", "secrecy": "内部", "content": content, "problems": ["C4"]});
    if let (true, Some(form)) = (kind == "谈话", said.as_object_mut()) {
        form.extend([("talked_to".to_owned(), json!("卓例言")), ("second".to_owned(), json!(format!("@{signer}")))]);
    }
    t.then(day, writer, dc, "add_paper", json!({"paper_kind": kind})).makes(dg, "working_paper");
    t.then(day + 1, writer, dg, "write", said);
}
/// Planned for the year, carried out, fed back with copies and receipts; what it found is put right in the one list.
fn first_inspection(t: &mut Tale) {
    let target = |org: &str, quarter: &str| json!({"org": org, "scope": "民事案件送达管理和责任落实", "quarter": quarter, "source": "→gx"});
    t.opens(
        -140,
        INSPECTOR,
        "nd",
        "annual_plan",
        "draft",
        json!({"year": "year:", "kind": "政治督察", "targets": [target(FIRST, "三"), target(SECOND, "四")]}),
    );
    t.then(-133, SECRETARY, "nd", "approve", json!({}));
    plan_of(t, (-126, "dc1"), FIRST, "民事案件送达管理和责任落实");
    t.then(-115, INSPECTOR, "dc1", "announce", json!({"announced_on": "day:0", "contact": "专用信箱 12 号，电话 000-1234"}));
    paper(t, -108, "dc1", "dg1", ("谈话", "ducha", "ducha2"), "谈到送达台账没有逐月核对，反弹后未追到责任人。");
    paper(t, -106, "dc1", "dg2", ("查阅", "ducha2", "ducha"), "查阅送达台账十二个月，三个月没有复核签名。");
    for (day, who, dg) in [(-104, "ducha2", "dg1"), (-103, "ducha", "dg2")] {
        t.then(day, who, dg, "sign", json!({})).then(day + 2, who, dg, "file", json!({}));
    }
    let found = "送达管理责任没有落实到人，整改后反弹未追查原因；窗口对查询推诿。";
    t.then(-70, INSPECTOR, "dc1", "report", json!({"found": found, "problems": ["C4", "F1"], "files": ["file:督察报告"]}))
        .then(-55, SECRETARY, "dc1", "deliberate", json!({"opinion": "同意反馈，两项问题转整改。", "agreed": 7, "opposed": 0, "minutes": ["file:领导小组会议纪要"]}))
        .then(-46, LEAD, "dc1", "feed_back", json!({"served_on": "day:0", "feedback": "一、送达管理责任未落实到人；二、窗口对查询推诿。请逐项整改，两个月内书面报告。", "document": ["file:反馈意见"]}));
    for (recipient, org) in [("组织人事", "361200ZZ"), ("纪检监察", "361200JW"), ("政法委", "361221ZF")] {
        t.then(-44, HANDLER, "dc1", "copy", json!({"recipient": recipient, "copied_to": org, "sent_on": "day:0"}));
    }
    for copy in ["组织人事部门 361200ZZ", "纪检监察机关 361200JW", "属地政法委 361221ZF"] {
        let said = json!({"copy": copy, "received_on": "day:-1", "signed_by": "收发室 演示例收", "receipt": ["file:抄送回执"]});
        t.then(-37, HANDLER, "dc1", "receipt", said);
    }
    t.then(
        -43,
        INSPECTOR,
        "dc1",
        "rectify",
        json!({"problems": ["C4"], "severity": "一般", "gist": "送达管理责任未落实到人，反弹未追查原因。"}),
    )
    .makes("zi1", "rectification");
    t.then(-43, INSPECTOR, "dc1", "rectify", json!({"problems": ["F1"], "severity": "轻微", "gist": "窗口对送达查询推诿。"}))
        .makes("zi2", "rectification");
    t.rectified("zi1", COURT1, -40);
    t.then(-4, LEAD, "zi2", "demand", json!({"what": "落实首问负责，公示查询办法。"}));
}
/// Under way today: a paper filed, one signed by two, one that waits for the second signature; a batch of reviews inside it.
fn second_inspection(t: &mut Tale) {
    plan_of(t, (ENTERED - 11, "dc2"), SECOND, "民事案件送达管理和责任落实");
    t.then(ENTERED, INSPECTOR, "dc2", "announce", json!({"announced_on": "day:0", "contact": "专用信箱 15 号，电话 000-1235"}));
    paper(t, -23, "dc2", "dg3", ("查阅", "ducha2", "ducha"), "查阅外包投递合同和回传记录，三成没有回传。");
    paper(t, -12, "dc2", "dg4", ("谈话", "ducha", "ducha2"), "谈到电子送达确认书由书记员口头说明，没有留存。");
    t.then(-20, "ducha", "dg3", "sign", json!({})).then(-18, "ducha", "dg3", "file", json!({}));
    t.then(-9, "ducha2", "dg4", "sign", json!({}));
    paper(t, -8, "dc2", "dg5", ("谈话", "ducha2", "ducha"), "谈到分管领导每季听取一次送达情况汇报。");
    // A plan for next quarter and the other group's plan for the year wait for the secretary.
    let next = json!({"kind": "政治督察", "org": "361200FY", "scope": "送达管理对下监督指导", "common_problem": "→gx", "leader": "@ducha2", "members": "吴测明",
        "from": "day:40", "to": "day:80"});
    t.opens(-6, "ducha2", "dc3", "inspection", "propose", next);
    let targets = json!([{"org": "361200GA", "scope": "窗口纪律作风", "quarter": "四"}, {"org": "361202GA", "scope": "窗口纪律作风", "quarter": "四"}]);
    t.opens(-8, "xuncha", "nd2", "annual_plan", "draft", json!({"year": "year:", "kind": "纪律作风督查巡查", "targets": targets}));
}
const TEXT: &str = "## 第一章 总则\n第一条 为统一民事案件送达材料的收集、留存和核对，制定本指引。本指引为演示虚构。\n\
第二条 送达材料应当能够证明送达的方式、时间、地点和收件人。\n## 第二章 留存\n第三条 电子送达的，留存受送达人确认书、发送记录和到达记录。\n\
第四条 委托投递的，投递单位在投递后三日内回传签收凭证；退回的写明原因和次数。\n第五条 直接送达的，由两名送达人员签名；拒收的附见证说明或者影像。\n\
## 第三章 核对\n第六条 开庭三日前，由承办部门核对送达材料是否齐全，缺失的补正后再排期。\n第七条 各会签单位每季度抽查一次，结果送执法监督机构。\n\
## 第四章 附则\n第八条 本指引试行一年，期满前评估。";
/// What two offices and the bar agreed on, so that it does not come back.
fn rule(t: &mut Tale) {
    let title = "关于民事案件送达材料的证据指引（试行）";
    let asked = [("361200FY", "是"), ("361200JC", "是"), ("361200SF", "是"), ("361200LX", "否")];
    let recipients: Vec<Json> = asked.iter().map(|(org, signs)| json!({"org": org, "countersigns": signs})).collect();
    let taken: Vec<Json> =
        asked.iter().map(|(org, _)| json!({"org": org, "taken": "是", "reason": "已写入相应条文，或者无修改意见。"})).collect();
    let more = "\n第九条 律师可以查阅本人代理案件的送达材料清单。";
    t.opens(
        -145,
        HANDLER,
        "lw",
        "joint_rule",
        "propose",
        json!({"title": title, "common_problem": "→gx", "why": "送达问题（C4）跨单位反复出现，需要统一材料要求。"}),
    )
    .then(-142, LEAD, "lw", "approve_project", json!({}))
    .then(-120, HANDLER, "lw", "draft", json!({"text": TEXT}))
    .then(-117, HANDLER, "lw", "consult", json!({"recipients": recipients, "reply_by": "day:20"}));
    let views = [
        ("zhongyuan", "同意。第六条可与排期系统衔接。"),
        (PROCURATOR, "同意，无修改意见。"),
        ("sifaju", "同意。"),
        ("lvxie", "建议写明律师可以查阅送达材料清单。"),
    ];
    for (day, (who, view)) in (-110..).zip(views) {
        t.then(day, who, "lw", "opine", json!({"view": view}));
    }
    t.then(-98, HANDLER, "lw", "adopt_opinions", json!({"taken": taken, "revised": format!("{TEXT}{more}")})).then(
        -91,
        OTHER,
        "lw",
        "review_legality",
        json!({"opinion": "未设定新的义务，与上位法不抵触，同意会签。"}),
    );
    for who in ["zhongyuan", PROCURATOR, "sifaju"] {
        t.then(-88, who, "lw", "countersign", json!({}));
    }
    t.then(
        -80,
        SECRETARY,
        "lw",
        "issue",
        json!({"doc_no": "云政法〔{year}〕30号（虚构）", "effective_on": "day:14", "trial_until": "day:379"}),
    )
    .then(-70, HANDLER, "lw", "file_record", json!({"filed_with": "市委法规室（演示）", "filed_on": "day:0"}));
    // Another stands at the beginning.
    t.opens(
        -3,
        OTHER,
        "lw2",
        "joint_rule",
        "propose",
        json!({"title": "关于未成年人犯罪记录封存的衔接办法（试行）", "why": "专项检查发现查询权限管理不一致。"}),
    );
}
/// Requests for supervision, from opinions of the old ledger; and what the procuratorate has on its own table.
fn opinions(t: &mut Tale) {
    let request = |jy: &str| {
        json!({"procuratorial_opinion": jy, "conduct": "不回复", "account": "催告后仍未回复，也未说明理由。",
        "paper": ["file:意见书"], "service": ["file:送达回证"], "reminder": ["file:催告回证"]})
    };
    let own_ways = json!({"passed_on": "day:0", "superior": "省人民检察院（演示）", "passed": "复核维持，支持本院意见。"});
    for (day, jy, bq) in [(-330, "jy1", "bq1"), (-20, "jy2", "bq2")] {
        let of = if jy == "jy1" { "→jy1" } else { "→jy2" };
        let mut asked = request(of);
        // One comes without the receipt of its reminder.
        if let Some(form) = asked.as_object_mut().filter(|_| bq == "bq2") {
            form.remove("reminder");
        }
        t.then(day, PROCURATOR, jy, "report_up", own_ways.clone()).then(day, PROCURATOR, jy, "no_reasons", json!({})).opens(
            day + 4,
            PROCURATOR,
            bq,
            "escalation",
            "request",
            asked,
        );
    }
    t.then(-14, HANDLER, "bq2", "ask_to_complete", json!({"note": "请补交催告的送达回证。"}))
        .then(-12, PROCURATOR, "bq2", "supplement", json!({"reminder": ["file:催告回证"]}))
        .then(-11, HANDLER, "bq2", "accept", json!({}));
    let sat = |letter: &str| json!({"held_on": "day:0", "participants": "市委政法委、市人民检察院、市司法局", "minutes": ["file:会议纪要"], "letter": letter});
    // Nothing is answered until the committee is told.
    t.then(-321, HANDLER, "bq1", "accept", json!({}))
        .then(-312, "sifaju", "bq1", "explain", json!({"explanation": "原经办人离岗，文书未移交，现已查到。"}))
        .then(-305, OTHER, "bq1", "study", json!({"means": "督促函", "opinion": "逾期未回复，所述原因不构成理由。"}))
        .then(-300, LEAD, "bq1", "letter", json!({"letter": "请依法回复并说明理由。"}))
        .then(-265, LEAD, "bq1", "conference", sat("请依法回复并说明理由。"))
        .then(-230, LEAD, "bq1", "interview", sat("请依法回复并说明理由。"))
        .then(-195, SECRETARY, "bq1", "circulate", json!({"letter": "经督促、会商、约谈仍未回复，现予通报。请依法回复并说明理由。"}))
        .then(-150, SECRETARY, "bq1", "report_party", json!({"gist": "该局经多次督促仍未回复检察建议，也没有说明理由。"}))
        .then(-140, HANDLER, "bq1", "inform", json!({"informed_on": "day:0", "feedback": "各种方式均已用过，已报党委。"}))
        .then(-130, PROCURATOR, "jy1", "close", json!({"result": "收到书面回复，建议已落实，不再跟进。"}));
    let opinion = |doc_no: &str, org: &str, matter: &str| {
        json!({"proc_org": "361200JC", "kind": "检察建议书", "doc_no": doc_no, "org": org, "matter": matter, "served_on": "day:-1", "serve_way": "宣告送达",
            "paper": ["file:检察建议书"], "service": ["file:送达回证"]})
    };
    let open = |t: &mut Tale, day, on, said| {
        t.opens(day, PROCURATOR, on, "procuratorial_opinion", "register", said);
    };
    open(t, -52, "jy3", opinion("云检建〔{year}〕31号", "361200GA", "送达告知记录不完整，建议统一样式。"));
    t.then(-30, "gongan", "jy3", "adopt", json!({"adoption": "已采纳", "replied_on": "day:0", "correct_by": "day:30"})).then(
        -6,
        "gongan",
        "jy3",
        "correct",
        json!({"result": "样式已统一，培训两期。", "files": ["file:样式和培训记录"]}),
    );
    open(t, -12, "jy4", opinion("云检建〔{year}〕36号", "361202FY", "执行案款发放不及时，建议建立台账。"));
}
/// Sealed records: what was found is said without anybody's name.
fn check(t: &mut Tale) {
    let items = [("应封已封", "刑事诉讼法第286条"), ("查询权限", "刑事诉讼法第286条"), ("出具证明", "刑事诉讼法第286条")];
    let list: Vec<Json> = items.iter().map(|(item, basis)| json!({"item": item, "basis": basis})).collect();
    let said = json!({"name": "未成年人犯罪记录封存专项检查", "mode": "联合专项", "theme": "未成年人犯罪记录封存", "org": "361200SF", "from": "day:8", "to": "day:30",
        "checklist": list, "partners": [{"org": "361200JC", "contact": "未检部门"}]});
    t.opens(-74, OTHER, "zx", "special_check", "plan", said).then(-70, LEAD, "zx", "approve", json!({}));
    for (item, result, found, cases) in [
        ("应封已封", "不符合", "抽查四十件，两件应封未封，其中张某一件可被直接查询。", 2),
        ("查询权限", "不符合", "六个账号有超出范围的查询权限，有一件在无依据时被查询。", 1),
        ("出具证明", "符合", "出具无犯罪记录证明的样式统一，未见泄露。", 0),
    ] {
        t.then(-58, OTHER, "zx", "find", json!({"item": item, "check_result": result, "found": found, "cases": cases}));
    }
    t.then(-48, OTHER, "zx", "conclude", json!({"conclusion": "三项中两项不符合：两件应封未封，一件被违规查询。"}))
        .then(
            -46,
            LEAD,
            "zx",
            "refer",
            json!({"receiver": "公安机关", "referred": "一件封存记录在无依据时被查询，请依法核查；名单由贵机关依法调取。"}),
        )
        .then(-45, LEAD, "zx", "rectify", json!({"problems": ["M1"], "severity": "重大", "gist": "两件应封未封，六个账号权限超出范围。"}))
        .makes("zm", "rectification");
    t.then(-43, LEAD, "zm", "demand", json!({"what": "立即封存，收回查询权限，逐件排查。"}))
        .then(-41, "sifaju", "zm", "sign", json!({}))
        .then(-34, "sifaju", "zm", "plan", json!({"plan": "一、当日封存；二、收回权限；三、逐件排查。"}));
}
/// To the supervisory body: one accepted, one that waits to be signed for, one that waits for approval here.
fn referrals(t: &mut Tale) {
    for (day, xs, ys, names) in [(-62, "xs4", "ys1", "钱构收"), (-22, "xs5", "ys2", "孔例借"), (-14, "xs6", "ys3", "岑测托")] {
        let source = match xs {
            "xs4" => "→xs4",
            "xs5" => "→xs5",
            _ => "→xs6",
        };
        clue(t, day, xs, "361200GA", ("F1", "反映窗口人员收受礼品后优先办理，请求核查。"));
        let open = json!({"source": source, "receiver": "纪委监委", "to_org": "361200JW", "ground": "反映内容涉嫌职务违法，属监察机关职权。", "secrecy": "内部"});
        let material = json!({"facts": format!("反映经办人{names}收受礼品，登记与监控时间不一致。"), "evidence": "来信一份，2页\n窗口登记复印件，3页", "names": names});
        t.opens(day + 4, HANDLER, ys, "referral", "open", open).then(day + 8, HANDLER, ys, "prepare", material);
    }
    t.then(-50, LEAD, "ys1", "approve", json!({}))
        .then(-47, "jiwei", "ys1", "sign", json!({}))
        .then(-40, "jiwei", "ys1", "accept", json!({}))
        .then(-5, LEAD, "ys2", "approve", json!({}));
    t.opens(-9, OTHER, "ys4", "referral", "receive", json!({"from_org": "361200JC", "doc_no": "云检移〔{year}〕8号（虚构）", "received_on": "day:-1", "gist": "办案中发现文书超期送达，移送核查。"}));
}
/// Two persons in need: one helped to the end, one whose case the court examines.
fn relief(t: &mut Tale) {
    for (day, jz, org, name) in [(-90, "jz1", SECOND, "贺例安"), (-20, "jz2", "361222FY", "龙样济")] {
        let said =
            json!({"name": name, "contact": "15400000123", "situation": "受伤后无力支付医疗费，家中两人无劳动能力。", "ground": "侵权"});
        t.opens(day, HANDLER, jz, "judicial_relief", "discover", said)
            .then(day + 2, HANDLER, jz, "tell_right", json!({"told_on": "day:0", "how": "当面"}))
            .then(day + 6, HANDLER, jz, "consent", json!({"explained": true, "proof": ["file:同意书"]}))
            .then(day + 10, HANDLER, jz, "pass_on", json!({"org": org, "doc_no": "云政法救〔{year}〕演示号"}));
    }
    t.then(-68, COURT2, "jz1", "audit", json!({"eligible": true, "finding": "材料属实，符合条件。"}))
        .then(-60, LEAD, "jz1", "decide_relief", json!({"amount": 20_000, "decision": "同意救助。"}))
        .then(-58, HANDLER, "jz1", "notify", json!({"notified_on": "day:0", "how": "电话"}))
        .then(-49, HANDLER, "jz1", "pay", json!({"paid_on": "day:0", "pay_doc": "云财拨演示八号"}))
        .then(-38, HANDLER, "jz1", "revisit", json!({"visited_on": "day:0", "visit": "已用于治疗，生活有好转。"}));
}
/// The procurator at the office, for a term that ends next month; his successor is proposed.
fn secondment(t: &mut Tale) {
    let said = json!({"person": "@zhudian", "org": "361200JC", "post": "研判", "from": "day:7", "until": "day:185", "reason": "充实线索研判力量。"});
    t.opens(-150, HANDLER, "zd", "secondment", "propose", said)
        .then(-147, PROCURATOR, "zd", "agree_sender", json!({"opinion": "同意选派。"}))
        .then(-145, LEAD, "zd", "agree_host", json!({"opinion": "同意接收。"}))
        .then(-142, HANDLER, "zd", "arrive", json!({"promise": "遵守回避和保密规定，不办理涉本院事项。"}));
    let next = json!({"person": "@jianchayuan2", "org": "361200JC", "post": "衔接", "from": "day:40", "until": "day:200", "reason": "现驻点人员下月期满。"});
    t.opens(-4, HANDLER, "zd2", "secondment", "propose", next);
}
