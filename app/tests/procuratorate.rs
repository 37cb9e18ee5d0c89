//! 检察衔接 over HTTP, on both engines: opinions of a procuratorate, their ledger, and requests for supervision from acceptance to feedback.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::registers::{Amendment, amend};
use house::opinions::{opinion, tick, unheeded};
use house::{COURT, OFFICE, PROCURACY, Town};
use serde_json::{Value as Json, json};

const ASKS: &str = "请依法回复并说明理由。";
fn own_ways_done(town: &Town, jy: &str) {
    let today = town.today(0);
    town.act("procurator", jy, "report_up", &[("passed_on", &today), ("superior", "省人民检察院"), ("passed", "支持本院意见。")]);
}
fn request(town: &Town, jy: &str, papers: &[&'static str]) -> String {
    let mut form = vec![("procuratorial_opinion", jy), ("conduct", "不回复"), ("account", "催告后仍未回复。")];
    form.extend(papers.iter().map(|p| (*p, "file:凭证")));
    town.open("procurator", "escalation", "request", &form)
}
const PAPERS: &[&str] = &["paper", "service", "reminder"];
/// Whoever has nothing to do with it finds nothing: no page, no row, no hit.
fn hidden(town: &Town, number: &str, kind: &str, word: &str, from: &[&'static str]) {
    for who in from {
        let who = town.by(who);
        assert_eq!(who.get(&format!("/matter/{number}")).status, 404);
        assert!(!who.get(&format!("/matters/{kind}")).says(number));
        assert!(!who.get(&format!("/search?q={}", house::encode(word))).says(number));
    }
}
fn marks(town: &Town) -> Vec<Vec<String>> {
    let sql = "SELECT marks FROM idx WHERE kind = 'procuratorial_opinion' ORDER BY id";
    let words = |mut r: app::db::Row| r.take(0).split(' ').map(ToOwned::to_owned).collect();
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(words).collect())).unwrap()
}
fn counted(town: &Town, measure: &str) -> i64 {
    let sql = "SELECT COUNT(*) FROM fact WHERE measure = $1 AND until_seq = $2";
    let measure = measure.to_owned();
    town.house.db.read_here(|tx| Ok(tx.one(sql, app::params![measure, i64::MAX])?.map_or(0, |r| r.int(0)))).unwrap()
}

both! {
    fn silence_after_a_reminder_leads_to_a_letter_an_answer_and_feedback(town: &Town) {
        let jy = unheeded(town);
        let soon = request(town, &jy, PAPERS);
        let early = town.by("handler").act(&soon, "accept", &[]);
        assert!(early.status == 409 && early.says("检察机关自身复核与上一级程序尚未走完"), "{}", early.text());
        town.act("procurator", &soon, "withdraw", &[("account", "补走程序。")]);
        own_ways_done(town, &jy);
        town.act("procurator", &jy, "no_reasons", &[]);
        let bq = request(town, &jy, PAPERS);
        hidden(town, &bq, "escalation", "催告后仍未回复", &["court", "police", "expert", "party-org", "posted"]);
        town.act("handler", &bq, "accept", &[]);
        assert!(town.by("procurator").get(&format!("/matter/{jy}")).says("已报请执法监督"), "the opinion knows of it");
        hidden(town, &bq, "escalation", "催告后仍未回复", &["police", "expert", "party-org"]);
        hidden(town, &jy, "procuratorial_opinion", "应当立案而未立案", &["police", "expert", "party-org"]);
        let unit = town.by("court").get(&format!("/matter/{bq}"));
        assert!(unit.status == 200 && unit.says("催告后仍未回复") && unit.says("书面说明"), "{}", unit.text());
        let unheard = town.by("lead").act(&bq, "letter", &[("letter", ASKS)]);
        assert_eq!(unheard.status, 404, "no letter before the unit was heard or its time ran out");
        town.day(46);
        tick(town);
        assert_eq!(town.phase(&bq), "Studying");
        town.act("second", &bq, "study", &[("means", "督促函"), ("opinion", "逾期未回复，也未说明理由。")]);
        let directs = town.by("lead").act(&bq, "letter", &[("letter", "应当采纳检察意见，限期纠正。")]);
        assert!(directs.status == 422 && directs.says("请依法回复并说明理由"), "{}", directs.text());
        let turn = town.by("lead").act(&bq, "interview", &[("held_on", &town.today(0)), ("participants", "甲"), ("minutes", "file:纪要"), ("letter", ASKS)]);
        assert!(turn.status == 409 && turn.says("较轻的方式尚未用过"), "{}", turn.text());
        town.act("lead", &bq, "letter", &[("letter", ASKS)]);
        town.act("court", &bq, "answer", &[("reply", "已向检察机关书面回复并说明理由。")]);
        town.act("handler", &bq, "accept_answer", &[("opinion", "已回复并说明理由。")]);
        let today = town.today(0);
        town.act("handler", &bq, "inform", &[("informed_on", &today), ("feedback", "被监督单位已回复并说明理由。")]);
        let told = town.by("procurator").get(&format!("/matter/{bq}"));
        assert!(told.says("被监督单位已回复并说明理由") && !told.says("已向检察机关书面回复"), "{}", told.text());
        assert_eq!((town.phase(&bq), counted(town, "报请执法监督"), counted(town, "报请办结")), ("Archived".to_owned(), 2, 1));
        town.sound();
    }
    fn reasons_that_hold_are_told_to_the_procuratorate(town: &Town) {
        let jy = unheeded(town);
        own_ways_done(town, &jy);
        let today = town.today(0);
        town.act("court", &jy, "reasons", &[("said_on", &today), ("reasons", "案件不属本院管辖，已移送。")]);
        let bq = request(town, &jy, PAPERS);
        town.act("handler", &bq, "accept", &[]);
        town.act("court", &bq, "explain", &[("explanation", "附移送函，已告知当事人。")]);
        town.act("handler", &bq, "study", &[("means", "理由成立"), ("opinion", "不属其管辖，有移送函。")]);
        let own = town.by("handler").act(&bq, "find_justified", &[("letter", "理由成立。")]);
        assert_eq!(own.status, 404, "the lead decides");
        town.act("lead", &bq, "find_justified", &[("letter", "经研究，被监督单位的理由成立。")]);
        let today = town.today(0);
        town.act("handler", &bq, "inform", &[("informed_on", &today), ("feedback", "理由成立，已函告。")]);
        assert!(town.by("procurator").get(&format!("/matter/{bq}")).says("理由成立，函告检察机关"));
        town.act("procurator", &jy, "close", &[("result", "不再跟进。")]);
        assert_eq!((town.phase(&bq), town.phase(&jy)), ("Archived".to_owned(), "Closed".to_owned()));
        town.sound();
    }
    fn what_is_not_complete_comes_back_and_what_is_too_early_is_turned_away(town: &Town) {
        let jy = opinion(town);
        let early = request(town, &jy, PAPERS);
        let running = town.by("handler").act(&early, "accept", &[]);
        assert!(running.status == 409 && running.says("回复期限尚未届满"), "{}", running.text());
        town.act("lead", &early, "refuse", &[("reason", "回复期限尚未届满。")]);
        assert!(town.by("procurator").get(&format!("/matter/{early}")).says("回复期限尚未届满"));
        town.day(16);
        tick(town);
        let today = town.today(0);
        town.act("procurator", &jy, "remind", &[("reminded_on", &today), ("reminder_no", "云检催〔2026〕1号"), ("remind_by", &town.today(10)), ("proof", "file:回证")]);
        town.day(30);
        tick(town);
        own_ways_done(town, &jy);
        let bq = request(town, &jy, &["paper"]);
        let lacking = town.by("handler").act(&bq, "accept", &[]);
        assert!(lacking.status == 409 && lacking.says("材料不齐"), "{}", lacking.text());
        town.act("handler", &bq, "ask_to_complete", &[("note", "请按所列补齐。")]);
        let told = town.by("procurator").get(&format!("/matter/{bq}"));
        assert!(told.says("送达凭证、催告凭证、对方理由"), "{}", told.text());
        town.act("procurator", &bq, "supplement", &[("service", "file:回证"), ("reminder", "file:催告回证")]);
        assert_eq!(town.by("handler").act(&bq, "accept", &[]).status, 409, "the reasons are still not said");
        town.act("procurator", &jy, "no_reasons", &[]);
        town.act("handler", &bq, "accept", &[]);
        assert_eq!(town.phase(&bq), "Hearing");
        town.sound();
    }
    /// Neither the office nor the unit is typed, and an opinion of another procuratorate is the same as none.
    fn a_request_goes_to_the_office_above_about_ones_own_opinion(town: &Town) {
        let jy = opinion(town);
        let page = town.by("procurator").get("/matters/escalation/new/request");
        assert!(page.status == 200 && page.hidden("owner") == OFFICE && !page.says("name=\"org\""), "{}", page.text());
        for who in ["court", "expert", "handler", "party-org"] {
            assert_eq!(town.by(who).get("/matters/escalation/new/request").status, 404, "{who}");
        }
        let values: &[(&str, &str)] = &[("procuratorial_opinion", &jy), ("conduct", "不回复"), ("account", "未回复。"), ("owner", PROCURACY)];
        let elsewhere = town.by("procurator").answer(&page, "/matters/escalation/new/request", values);
        assert_eq!(elsewhere.status, 409, "{}", elsewhere.text());
        let xs = town.clue();
        let mut said = vec![];
        for number in [xs.as_str(), "JY-2026-0999"] {
            let wrong = town.by("procurator").open("escalation", "request", &[("procuratorial_opinion", number), ("conduct", "不回复"), ("account", "x")]);
            assert_eq!(wrong.status, 422);
            said.push(wrong.text().replace(number, "?").matches("没有这件检察监督意见").count());
        }
        assert!(said[0] > 0 && said[0] == said[1], "what one may not see is the same as nothing");
        let nav = town.by("procurator").get("/");
        assert!(nav.says("检察衔接") && !town.by("expert").get("/").says("检察衔接"));
    }
    fn the_procuratorates_ledger_comes_in_as_it_stands_and_goes_back(town: &Town) {
        let truth: Json = serde_json::from_str(include_str!("../../sheets/tests/samples/检察监督意见台账.truth.json")).unwrap();
        units(town, &truth);
        let (house, bytes) = (&town.house, include_bytes!("../../sheets/tests/samples/检察监督意见台账.xlsx"));
        let who = house.db.read_here(|tx| app::people::person(tx, &town.ids["handler"], house.clock.now().today)).unwrap().unwrap();
        let plan = || house.db.read_here(|tx| app::import::plan(tx, house, &who, "procuratorial_opinion", bytes, None)).unwrap();
        let done = app::import::take(house, &who, "检察监督意见台账.xlsx", plan(), None, None, &mut |_, _| {}).unwrap();
        assert_eq!(done.taken, 104);
        business(town, &truth["业务真值_有效唯一"]);
        // The unit follows what was served on it, and nothing else.
        let sql = "SELECT number FROM idx WHERE kind = 'procuratorial_opinion' AND phase = $1 ORDER BY id";
        let of = |phase: &str| -> Vec<String> {
            let phase = phase.to_owned();
            house.db.read_here(|tx| Ok(tx.rows(sql, app::params![phase])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap()
        };
        assert_eq!(["Awaiting", "Closed", "Adopted", "Contested", "Unheeded"].map(|p| of(p).len()), [6, 52, 7, 10, 29]);
        let one = &of("Unheeded")[0];
        assert!(town.by("handler").get(&format!("/matter/{one}")).says("历史导入"));
        hidden(town, one, "procuratorial_opinion", "监督", &["police", "expert", "party-org"]);
        // Every paper is known now, whatever its brackets.
        let again = plan();
        assert_eq!(again.table.valid().count(), 0, "{:?}", app::import::counts(&again.table));
        app::import::undo(house, &who, &done.batch).unwrap();
        assert_eq!((of("Voided").len(), counted(town, "检察意见"), counted(town, "报请执法监督")), (104, 0, 0));
        assert_eq!(plan().table.valid().count(), 104);
        town.sound();
    }
}
/// The bodies of the ledger, as the register of organisations would have them: the city's own, and those outside 政法.
fn units(town: &Town, truth: &Json) {
    let (house, ids) = (&town.house, &town.ids);
    let who = house.db.read_here(|tx| app::people::person(tx, &ids["handler"], house.clock.now().today)).unwrap().unwrap();
    // The town of the tests has bodies of the same names: a name that two share names neither.
    let inner = house.clone();
    let renamed = house.db.write_here(move |tx| {
        let mut desk = app::matters::Desk::open(tx, &inner)?;
        let from = desk.now.today;
        for (key, kind) in [(COURT, "审判机关"), (house::POLICE, "公安机关"), (PROCURACY, "检察机关"), ("SFJ", "司法行政")] {
            let body = Some(json!({"name": format!("甲{kind}"), "short": "", "parent": OFFICE, "level": "市级", "kind": kind, "region": "361200", "status": "有效", "former": ""}));
            amend(&mut desk, Amendment { register: "organisation", key, from, body, personal: &[], batch: "", by: ("console", "console") })?;
        }
        desk.close()
    });
    renamed.unwrap();
    let bytes = include_bytes!("../../sheets/tests/samples/机构与人员.xlsx");
    let plan = house.db.read_here(|tx| app::import::plan(tx, house, &who, "organisation", bytes, None)).unwrap();
    app::import::take(house, &who, "机构与人员.xlsx", plan, None, None, &mut |_, _| {}).unwrap();
    let names: Vec<String> = truth["单位表"].as_array().unwrap().iter().map(|n| n.as_str().unwrap().to_owned()).collect();
    let inner = house.clone();
    let added = house.db.write_here(move |tx| {
        let known: Vec<String> = inner.registers(tx)?.orgs().map(|o| o.name.clone()).collect();
        let mut desk = app::matters::Desk::open(tx, &inner)?;
        let from = jiff::civil::date(2018, 1, 1);
        let others: Vec<&String> = names.iter().filter(|n| !known.contains(n)).collect();
        for (n, name) in others.iter().enumerate() {
            let (key, by) = (format!("XZ{n}"), ("console", "console"));
            let short = match name.as_str() {
                "青岭县人力资源和社会保障局" => "青岭县人社局",
                "青岭县消防救援大队" => "青岭县消防救援",
                _ => "",
            };
            let body = Some(json!({"name": name, "short": short, "parent": OFFICE, "level": "县级", "kind": "行政执法机关", "region": "361200", "status": "有效", "former": ""}));
            amend(&mut desk, Amendment { register: "organisation", key: &key, from, body, personal: &[], batch: "", by })?;
        }
        desk.close()?;
        Ok(others.len())
    });
    assert_eq!(added.unwrap(), 12);
}
/// Whether a row carries a mark.
type Has<'a> = &'a dyn Fn(&str) -> bool;
/// What the ledger's authors counted comes out of the house's own state.
fn business(town: &Town, truth: &Json) {
    let all = marks(town);
    let with = |want: &dyn Fn(Has) -> bool| all.iter().filter(|m| want(&|mark| m.iter().any(|x| x == mark))).count();
    let replied = counted(town, "检察意见回复");
    let overdue = with(&|has| has("due_passed") && has("unanswered"));
    let grounds = with(&|has| {
        (has("due_passed") && has("unanswered") || has("declined")) && has("reminded") && (has("reasons_given") || has("no_reasons"))
    });
    let states: Vec<Json> = {
        let sql = "SELECT number FROM idx WHERE kind = 'procuratorial_opinion' ORDER BY id";
        let numbers: Vec<String> =
            town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap();
        let body = |n: &String| {
            let loaded = town.house.db.read_here(|tx| app::matters::load(tx, n)).unwrap().unwrap();
            serde_json::from_str::<Json>(&loaded.matter.body()).unwrap()["state"].clone()
        };
        numbers.iter().map(body).collect()
    };
    // 末日, rolled by the house's calendar; the ledger has the day before rolling.
    let last = |s: &Json| s["said"]["reply_by"].as_str().unwrap().to_owned();
    let late = states.iter().filter(|s| s["replied_on"].as_str().is_some_and(|on| on > last(s).as_str())).count();
    let rolled = states.iter().filter(|s| s["history"]["due"].as_str().is_some_and(|due| due != last(s))).count();
    let ours = json!({
        "已回复": replied,
        "回复率分子": replied,
        "回复率分母_已到期或已回复": replied + i64::try_from(overdue).unwrap(),
        "逾期未回复": overdue,
        "逾期后才回复_顺延口径": late,
        "不采纳": with(&|has| has("declined")),
        "已催告": with(&|has| has("reminded")),
        "具备提请要件_逾期或不采纳且已催告且有对方理由记录": grounds,
        "已报请": counted(town, "报请执法监督"),
        "末日顺延的件数": rolled,
    });
    assert_eq!(&ours, truth);
}
