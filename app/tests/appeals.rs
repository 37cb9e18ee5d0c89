//! 企业诉求 over HTTP on both engines: from the desk over the gist by two to the judicial administration or a handling unit, back with a
//! result, told honestly, called back, reopened; and the accused unit, which never learns that there is one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::appeals::owner_of_intake;
use app::matters::{Ask, Desk, Where};
use domain::engine::{Form, Person};
use house::{CHAMBER, COURT, MARKET, TOBACCO, Town};
use serde_json::{Value as Json, json};

const USCC: &str = "91350100M000100Y43";
const CANARIES: [&str; 4] = ["甘例棠", "15400098765", "云岭样例食品", USCC];
const SAID: &[(&str, &str)] = &[
    ("mode", "保密"),
    ("reporter_name", "甘例棠"),
    ("reporter_phone", "15400098765"),
    ("enterprise", "云岭样例食品有限公司"),
    ("uscc", USCC),
    ("org", MARKET),
    ("act_type", "行政检查"),
    ("problems", "1"),
    ("facts", "三月以来被检查六次，每次都要求停产。"),
    ("litigation", "没有"),
    ("source", "来访"),
];
const GIST: &str = "一家企业在一个季度内被同一单位检查六次。";
fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    SAID.iter().filter(|(n, _)| !more.iter().any(|(m, _)| m == n)).chain(more).copied().collect()
}
/// Registered, screened, accepted; the gist written by one and passed by another.
fn cleared(town: &Town, screened: &[(&str, &str)]) -> String {
    let qy = town.open("intake", "enterprise_appeal", "register", SAID);
    let mut screen = vec![("litigation", "没有"), ("remedy", "不涉及"), ("note", "事实清楚，属受理范围。")];
    screen.extend(screened.iter().copied());
    if !screened.iter().any(|(n, _)| *n == "chief_named") {
        screen.push(("chief_named", "no"));
    }
    town.act("intake", &qy, "screen", &screen);
    town.act("intake", &qy, "accept", &[]);
    town.act("intake", &qy, "redact", &[("gist", GIST)]);
    town.act("intake2", &qy, "pass_gist", &[("known_to", "车间工人和检查人员都知道。")]);
    qy
}
/// To this person the appeal is not there: no page, no row, no hit, nothing in the API.
fn nothing(town: &Town, login: &'static str, qy: &str) {
    let by = town.by(login);
    assert_eq!(by.get(&format!("/matter/{qy}")).status, 404, "{login}");
    assert!(!by.get("/matters/enterprise_appeal").says(qy), "{login}: in the list");
    assert!(!by.get("/").says(qy), "{login}: on the workbench");
    for q in [qy, "检查六次", "四乱"] {
        let q: String = q.bytes().map(|b| format!("%{b:02X}")).collect();
        let page = by.get(&format!("/search?q={q}"));
        assert!(
            !page.text().split("<main").nth(1).unwrap_or("").replace(&format!("value=\"{qy}\""), "").contains(&format!("/matter/{qy}")),
            "{login}: found"
        );
    }
    assert_eq!(by.get(&format!("/api/v1/matters/{qy}")).status, 404, "{login}: API");
    assert!(!by.get("/api/v1/matters?kind=enterprise_appeal").says(qy), "{login}: API list");
    assert_eq!(by.act(qy, "answer", &[("unit_said", "知道了。")]).status, 404, "{login}: acts");
}
fn silent(page: &str, who: &str) {
    for canary in CANARIES {
        assert!(!page.contains(canary), "{who} reads {canary}");
    }
}

both! {
    fn an_appeal_goes_to_a_handling_unit_and_back_and_the_accused_never_learns_of_it(town: &Town) {
        let qy = cleared(town, &[]);
        assert!(qy.starts_with("QY-"), "{qy}");
        for login in ["market", "tobacco", "court", "handler", "lead", "secretary", "justice", "mayor", "observer1"] {
            nothing(town, login, &qy);
        }
        for login in ["intake", "intake2", "convener", "keeper1"] {
            let page = town.by(login).get(&format!("/matter/{qy}"));
            assert_eq!(page.status, 200, "{login}");
            silent(&page.text(), login);
            assert_eq!(page.says(GIST), login != "keeper1", "{login}");
        }
        // To the accused, below it: never.
        for to in [MARKET, "SCJ1"] {
            let page = town.by("intake").act(&qy, "forward", &[("receiver", to), ("litigation", "没有")]);
            assert!(page.status == 422 && page.says("被反映单位"), "{to}: {} {}", page.status, page.text());
        }
        let pending = town.by("intake").act(&qy, "forward", &[("receiver", TOBACCO), ("litigation", "已起诉")]);
        assert!(pending.status == 422 && pending.says("不重复监督"), "{}", pending.text());
        town.act("intake", &qy, "forward", &[("receiver", TOBACCO), ("litigation", "没有")]);
        let page = town.by("tobacco").get(&format!("/matter/{qy}"));
        assert!(page.status == 200 && page.says(GIST), "{}", page.text());
        silent(&page.text(), "the handling unit");
        assert!(!page.says("三月以来") && !page.says("事实清楚") && !page.says("苏例接"), "neither his words, nor our notes, nor who wrote them");
        nothing(town, "market", &qy);
        town.act("tobacco", &qy, "answer", &[("unit_said", "已核对检查计划，合并为一次。")]);
        town.act("intake", &qy, "check", &[("finding", "查阅检查台账，情况属实。")]);
        town.act("intake", &qy, "conclude", &[("outcome", "部分解决"), ("why", "检查次数已合并，损失未处理。")]);
        let own = town.by("intake").act(&qy, "call_back", &[("called_on", &town.today(0)), ("reached", "yes"), ("said_solved", "部分")]);
        assert!(own.status != 303, "who concluded does not call back");
        town.act("intake2", &qy, "call_back", &[("called_on", &town.today(0)), ("reached", "yes"), ("said_solved", "部分")]);
        assert_eq!(town.phase(&qy), "CalledBack");
        let page = town.by("convener").get(&format!("/matter/{qy}"));
        assert!(page.says("部分解决") && page.says("查阅检查台账") && page.says("合并为一次"), "three voices side by side");
        town.act("convener", &qy, "reopen", &[("reason", "损失没有处理。")]);
        assert_eq!(town.phase(&qy), "Accepted");
        assert_eq!(town.by("tobacco").get(&format!("/matter/{qy}")).status, 404, "the unit that handled it before");
        town.sound();
    }
    fn an_appeal_is_transferred_to_the_judicial_administration_which_learns_the_gist_only(town: &Town) {
        let qy = cleared(town, &[]);
        town.act("intake", &qy, "transfer", &[("litigation", "没有")]);
        let number = town.house.db.read_here(|tx| {
            let sql = "SELECT x.number FROM idx x JOIN link l ON l.b = x.id JOIN idx a ON a.id = l.a WHERE a.number = $1 AND x.kind = 'administrative_supervision'";
            Ok(tx.one(sql, app::params![&qy])?.unwrap().text(0).to_owned())
        }).unwrap();
        let page = town.by("justice").get(&format!("/matter/{number}"));
        assert!(page.status == 200 && page.says(GIST), "{}", page.text());
        silent(&page.text(), "the judicial administration");
        assert!(!page.says(&qy), "not even its number");
        for login in ["justice", "market"] {
            nothing(town, login, &qy);
        }
        assert_eq!(town.by("market").get(&format!("/matter/{number}")).status, 404, "before it is told");
        let early = town.by("intake").act(&qy, "grade", &[("grade", "B"), ("grade_why", "屡次发生。")]);
        assert!(early.says("还没有答复是否立项"), "{}", early.text());
        town.sound();
    }
    fn what_the_tree_says_today_decides_who_reads(town: &Town) {
        let qy = cleared(town, &[]);
        town.act("intake", &qy, "forward", &[("receiver", TOBACCO), ("litigation", "没有")]);
        assert_eq!(town.by("tobacco").get(&format!("/matter/{qy}")).status, 200);
        // The tobacco office is put under the market office.
        move_under(town, TOBACCO, MARKET);
        nothing(town, "tobacco", &qy);
        move_under(town, TOBACCO, "SZF");
        assert_eq!(town.by("tobacco").get(&format!("/matter/{qy}")).status, 200);
        // Nor does it take the tree: it comes out that the receiver is accused too.
        town.act("intake", &qy, "mend", &[("accused_more.0.org", TOBACCO)]);
        nothing(town, "tobacco", &qy);
        town.sound();
    }
    fn accused_units_and_persons_besides_the_first_are_kept_away_too(town: &Town) {
        let qy = cleared(town, &[("accused_more.0.org", COURT), ("accused_people", "苗虚烟"), ("chief_named", "yes")]);
        let barred = |to: &str, say: &str| {
            let page = town.by("intake").act(&qy, "forward", &[("receiver", to), ("litigation", "没有")]);
            assert!(page.status == 422 && page.says(say), "{to}: {}", page.text());
        };
        barred(COURT, "这是被反映单位");
        barred(TOBACCO, "联络员是被反映人");
        barred("SZF", "直接上级单位");
        town.act("intake", &qy, "forward", &[("receiver", "GA1"), ("litigation", "没有")]);
        assert_eq!(town.by("police").get(&format!("/matter/{qy}")).status, 200);
        for login in ["court", "tobacco", "market"] {
            nothing(town, login, &qy);
        }
        town.sound();
    }
    fn an_office_receives_nothing_about_itself(town: &Town) {
        let page = town.by("intake").open("enterprise_appeal", "register", &with(&[("org", CHAMBER)]));
        assert!(page.status == 422 && page.says("本受理单位在被反映单位之内"), "{} {}", page.status, page.text());
        let above = town.by("intake").open("enterprise_appeal", "register", &with(&[("org", "ZFW")]));
        assert!(above.status == 422 && above.says("各受理处都在被反映单位之内"), "{}", above.text());
        let owner = |accused: &[&str]| {
            let house = &town.house;
            house.db.read_here(|tx| owner_of_intake(tx, &*house.registers(tx)?, accused, house.clock.now().today)).unwrap()
        };
        assert_eq!(owner(&[MARKET]).as_deref(), Some(CHAMBER));
        assert_eq!(owner(&[CHAMBER]).as_deref(), Some("ZFW"), "nobody else has a desk: the committee has to appoint one");
        assert_eq!(owner(&["ZFW"]), None);
        // Nor is what comes to be about it kept there.
        let qy = town.open("intake", "enterprise_appeal", "register", SAID);
        let mend = town.by("intake").act(&qy, "mend", &[("org", CHAMBER)]);
        assert!(mend.status == 422 && mend.says("另行登记"), "{}", mend.text());
        let anonymous = town.by("intake").open("enterprise_appeal", "register", &with(&[("mode", "匿名")]));
        assert!(anonymous.says("匿名件不填姓名和电话"), "{}", anonymous.text());
        let wrong = town.by("intake").open("enterprise_appeal", "register", &with(&[("uscc", "91350100M000100Y44")]));
        assert!(wrong.status == 422, "{}", wrong.text());
        town.sound();
    }
    fn retaliation_is_shown_to_the_desk_and_to_nobody_else(town: &Town) {
        let qy = cleared(town, &[]);
        town.act("intake", &qy, "forward", &[("receiver", TOBACCO), ("litigation", "没有")]);
        town.day(30);
        let record = |org: &str, uscc: &str, doc: &str| {
            let day = town.today(0);
            let values = [("org", org), ("firm_name", "某厂"), ("uscc", uscc), ("act_type", "行政检查"), ("cause", "日常检查"), ("filed_on", &day), ("decided_on", &day), ("doc_no", doc), ("lead_officer", "马测市")];
            town.open("justice", "enforcement_record", "record", &values)
        };
        let other = record(COURT, USCC, "文1");
        let jl = record("SCJ1", USCC, "文2");
        let page = town.by("intake").get(&format!("/matter/{qy}"));
        assert!(page.says("打击报复预警") && page.says(&jl) && !page.says(&other), "{}", page.text());
        for (login, number) in [("tobacco", &qy), ("justice", &jl), ("keeper1", &qy)] {
            let page = town.by(login).get(&format!("/matter/{number}"));
            assert!(page.status == 200 && !page.says("预警：") && !page.says("打击报复"), "{login}");
            assert_eq!(page.says(&qy), login != "justice", "{login}");
        }
        assert_eq!(town.by("market").get(&format!("/matter/{jl}")).status, 404);
        // What the two wait under is the same nowhere: a stolen file leads from no record, whose number is published, to an appeal.
        let sql = "SELECT COUNT(*) FROM match_key a JOIN match_key e ON a.kind = 'enterprise_appeal' AND e.kind = 'enforcement_firm' AND e.key LIKE '%' || substr(a.key, 7) || '%'";
        assert_eq!(town.house.db.read_here(|tx| Ok(tx.one(sql, &[])?.map_or(0, |r| r.int(0)))).unwrap(), 0);
        town.act("intake", &qy, "look_into_alert", &[("alert", &jl), ("alert_finding", "年度计划内的检查。")]);
        assert!(town.by("intake").act(&qy, "clear_alert", &[("looked", &jl), ("cleared_why", "有计划。")]).status != 303);
        town.act("convener", &qy, "clear_alert", &[("looked", &jl), ("cleared_why", "有计划，不是报复。")]);
        town.sound();
    }
    fn whoever_reported_writes_rates_and_is_answered_and_two_custodians_open_his_identity(town: &Town) {
        let qy = cleared(town, &[]);
        reporter(town, &qy, "message", &json!({"text": "再次反映：今天又来检查。"})).unwrap();
        town.act("intake", &qy, "reply", &[("text", "已收到，正在办理。")]);
        town.act("intake", &qy, "preview", &[]);
        reporter(town, &qy, "agree_gist", &json!({})).unwrap();
        assert!(reporter(town, &qy, "screen", &json!({})).is_err());
        for login in ["intake", "convener", "keeper1"] {
            let text = town.by(login).get(&format!("/matter/{qy}")).text();
            assert!(!text.contains("又来检查") && !text.contains("正在办理。"), "{login}: letters lie in the reading room");
        }
        town.act("intake", &qy, "ask_identity", &[("ground", "人身保护"), ("reason", "企业称受到威胁。")]);
        town.act("keeper1", &qy, "approve_identity", &[]);
        assert!(town.by("keeper1").act(&qy, "open_identity", &[]).status != 303, "one alone opens nothing");
        assert!(town.by("keeper1").act(&qy, "approve_identity", &[]).status != 303);
        town.act("keeper2", &qy, "approve_identity", &[]);
        assert!(town.by("keeper3").act(&qy, "open_identity", &[]).status != 303, "nor somebody who did not approve");
        town.sound();
    }
    fn what_goes_to_the_supervisory_body_is_referred_by_the_desk_itself(town: &Town) {
        let qy = cleared(town, &[]);
        town.act("convener", &qy, "discipline", &[("cause", "反映执法人员收受礼金。")]);
        assert!(town.by("intake").get(&format!("/matter/{qy}")).says("/matters/referral/new/open"), "the way on");
        let open = [("source", qy.as_str()), ("receiver", "纪委监委"), ("to_org", "JW"), ("ground", "涉嫌职务违法。"), ("secrecy", "内部")];
        let ys = town.open("intake", "referral", "open", &open);
        assert_eq!(town.by("lead").get(&format!("/matter/{ys}")).status, 404, "the committee sees neither");
        let to_market = town.by("intake").open("referral", "open", &[("source", qy.as_str()), ("receiver", "有权机关"), ("to_org", "SCJ1"), ("ground", "转办。"), ("secrecy", "内部")]);
        assert!(to_market.status == 422, "{}", to_market.text());
        town.act("intake", &ys, "prepare", &[("facts", "收受礼金。"), ("evidence", "材料一份")]);
        let package = town.by("convener").get(&format!("/referral/{ys}/package"));
        silent(&package.text(), "the package");
        town.act("convener", &ys, "approve", &[]);
        assert_eq!(town.by("discipline").get(&format!("/matter/{ys}")).status, 200);
        nothing(town, "discipline", &qy);
        town.sound();
    }
}

fn move_under(town: &Town, code: &'static str, parent: &'static str) {
    let house = town.house.clone();
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            let body = app::registers::newest(tx, "organisation")?.into_iter().find(|(k, _)| k == code).map(|(_, b)| b);
            let mut body: Json = body.unwrap();
            body["parent"] = json!(parent);
            let from = desk.now.today;
            let by = ("console", "console");
            app::registers::amend(
                &mut desk,
                app::registers::Amendment { register: "organisation", key: code, from, body: Some(body), personal: &[], batch: "", by },
            )?;
            desk.close()
        })
        .unwrap();
}
/// As the portal will: whoever holds the receipt.
fn reporter(town: &Town, qy: &str, action: &'static str, values: &Json) -> Result<(), app::failure::Failure> {
    let (house, qy, form): (_, _, Form) = (town.house.clone(), qy.to_owned(), values.as_object().cloned().unwrap());
    town.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        let who = Person::reporter(CHAMBER);
        desk.act(Ask { who: &who, place: Where::On(qy), action, form, version: None, key: None })?;
        desk.close()
    })
}
/// What is shown to a unit is a sum over ended quarters, of five and more.
#[test]
fn a_unit_reads_what_enterprises_say_of_it_only_as_a_mean_of_many() {
    let town = Town::new("sqlite");
    let rate = |n: i64, day: &'static str| {
        let row = move |tx: &app::db::Tx| {
            let sql = "INSERT INTO fact (id, measure, org, category, value, on_day, since_seq, until_seq) VALUES ($1, '企业评价', $2, '', 2, $3, 1, $4)";
            tx.exec(sql, app::params![n, MARKET, day, i64::MAX])
        };
        town.house.db.write_here(row).unwrap();
    };
    let shown = || town.by("market").get(&format!("/unit/{MARKET}")).says("企业评价");
    (1..5).for_each(|n| rate(n, "2025-12-31"));
    rate(5, "2026-01-01");
    assert!(!shown(), "four of an ended quarter, and one of this");
    rate(6, "2025-12-31");
    assert!(shown() && town.by("market").get(&format!("/unit/{MARKET}")).says("2.0 分"));
}
#[test]
fn a_unit_is_told_of_its_ratings_only_where_nobody_can_be_told_apart() {
    use app::appeals::rated;
    assert_eq!(rated(&[5, 4, 3, 2], 5), None);
    assert_eq!(rated(&[5, 4, 3, 2, 1], 5), Some((5, 30)));
    assert_eq!(rated(&[], 0), None);
}
