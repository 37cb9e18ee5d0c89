//! 涉企检查处罚 over HTTP, on both engines: the ledger comes in as its truth says, the alerts count what is there, and nobody reads what is
//! not his.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::cast_possible_truncation)]
mod house;

use app::enforcement::records_of;
use app::registers::{Amendment, amend};
use house::{GOVERNMENT, JUSTICE, MARKET, Page, Town};
use jiff::civil::date;
use serde_json::{Value as Json, json};

/// The 50 units of the ledger; the town has the first already.
fn units(town: &Town, truth: &Json) {
    let all: Vec<Json> = truth["单位表"].as_array().unwrap().clone();
    let inner = town.house.clone();
    let made = town.house.db.write_here(move |tx| {
        let known: Vec<(String, String)> = inner.registers(tx)?.orgs().map(|o| (o.name.clone(), o.code.clone())).collect();
        let mut desk = app::matters::Desk::open(tx, &inner)?;
        let (from, by) = (date(2018, 1, 1), ("console", "console"));
        for (n, unit) in all.iter().enumerate() {
            let name = unit["全称"].as_str().unwrap();
            let key = known.iter().find(|(k, _)| k == name).map_or(format!("ZF{n:02}"), |(_, code)| code.clone());
            let short = unit["简称"].as_array().and_then(|a| a.first()).and_then(Json::as_str).unwrap_or("");
            let body = json!({"name": name, "short": short, "parent": GOVERNMENT, "level": "市级", "kind": "行政执法机关",
                "region": unit["区划"], "status": "有效", "former": "", "regime": unit["管理体制"]});
            amend(&mut desk, Amendment { register: "organisation", key: &key, from, body: Some(body), personal: &[], batch: "", by })?;
        }
        desk.close()
    });
    made.unwrap();
}
fn upload(town: &Town, login: &'static str, bytes: &[u8]) -> Page {
    let who = town.by(login);
    let csrf = who.get("/imports").hidden("csrf");
    let text = |n: &str, v: &str| format!("--xx\r\nContent-Disposition: form-data; name=\"{n}\"\r\n\r\n{v}\r\n");
    let head = format!(
        "{}{}--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"涉企检查处罚台账.xlsx\"\r\n\r\n",
        text("csrf", &csrf),
        text("kind", "enforcement_record")
    );
    let body = [head.as_bytes(), bytes, b"\r\n--xx--\r\n"].concat();
    who.send("POST", "/imports", "multipart/form-data; boundary=xx", &[], &body)
}
fn count(town: &Town, sql: &'static str) -> i64 {
    town.house.db.read_here(|tx| Ok(tx.one(sql, &[])?.map_or(0, |r| r.int(0)))).unwrap()
}
fn looked(town: &Town, login: &'static str, query: &str) -> String {
    let page = town.by(login).get(&format!("/enforcement?{query}"));
    assert_eq!(page.status, 200, "{}", page.text());
    page.text()
}
const BOTH_YEARS: &str = "from=2023-01-01&to=2024-12-31";
/// A code of an enterprise of the sample, and another.
const RECORD: &[(&str, &str)] = &[
    ("org", MARKET),
    ("firm_name", "云岭例盛信息技术有限公司"),
    ("uscc", "91361226MA183D6W8P"),
    ("act_type", "行政检查"),
    ("cause", "广告检查"),
    ("doc_no", "云市监检〔2026〕1号"),
    ("filed_on", "2026-02-02"),
    ("decided_on", "2026-02-03"),
    ("lead_officer", "马测市 14123612001"),
];
fn record(town: &Town, doc_no: &str, decided: &str) -> String {
    let values: Vec<(&str, &str)> = RECORD
        .iter()
        .map(|(n, v)| {
            (
                *n,
                if *n == "doc_no" {
                    doc_no
                } else if *n == "decided_on" {
                    decided
                } else {
                    *v
                },
            )
        })
        .collect();
    town.open("justice", "enforcement_record", "record", &values)
}

both! {
    fn the_ledger_comes_in_as_its_truth_says_and_goes_back(town: &Town) {
        let truth: Json = serde_json::from_str(include_str!("../../sheets/tests/samples/涉企检查处罚台账.truth.json")).unwrap();
        let bytes = include_bytes!("../../sheets/tests/samples/涉企检查处罚台账.xlsx");
        units(town, &truth);
        assert_eq!(upload(town, "handler", bytes).status, 403, "it is the judicial administration's ledger");
        let page = upload(town, "justice", bytes);
        assert_eq!(page.status, 303, "{}", page.text());
        let file = page.to().to_owned();
        let began = std::time::Instant::now();
        let who = town.by("justice");
        let page = who.get(&file);
        let taken = who.answer(&page, &format!("{file}/take"), &[]);
        assert_eq!(taken.status, 303, "{}", taken.text());
        for _ in 0..600 {
            if town.by("justice").get(&file).says("已入库 1862 行") {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        eprintln!("1862 rows taken in {:?}", began.elapsed());
        assert_eq!(count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'enforcement_record' AND phase = 'Kept'"), 1862);
        assert_eq!(count(town, "SELECT COUNT(DISTINCT owner) FROM idx WHERE kind = 'enforcement_record'"), 1);
        // The figures of the page are those of the truth.
        let said = &truth["业务真值_有效唯一"];
        let page = looked(town, "justice", BOTH_YEARS);
        let money = |fen: &Json| format!("{}.{:02} 元", fen.as_i64().unwrap() / 100, fen.as_i64().unwrap() % 100);
        for words in [
            "共 1862 件".to_owned(),
            format!("企业 {} 家", said["企业数_按信用代码"]),
            format!("行政处罚 {} 件", said["处罚件数"]),
            format!("行政检查 {} 件", said["检查件数"]),
            format!("罚款 {}", money(&said["罚款合计_分"])),
            format!("没收 {}", money(&said["没收合计_分"])),
        ] {
            assert!(page.contains(&words), "{words}");
        }
        let all = alerts(town, (date(2023, 1, 1), date(2024, 12, 31)));
        let of = |what: &str| all.iter().filter(|a| a.what == what).map(|a| a.ids.len()).sum::<usize>() as i64;
        assert_eq!(of("一人执法"), said["单人执法"].as_i64().unwrap());
        assert_eq!(of("处罚超过九十日"), said["超90日"].as_i64().unwrap());
        assert_eq!(of("处罚未经法制审核"), said["未法制审核的处罚"].as_i64().unwrap());
        assert_eq!(of("检查无计划备案号"), said["检查无备案号"].as_i64().unwrap());
        let vertical = "SELECT COUNT(*) FROM matter WHERE kind = 'enforcement_record' AND body LIKE '%\"regime\":\"垂直\"%'";
        assert_eq!(count(town, vertical), said["垂直管理单位件数"].as_i64().unwrap());
        // Reckoned from the truth by hand: units whose fines grew by a fifth, matters repeated within ninety days.
        let growth = alerts(town, (date(2024, 1, 1), date(2024, 12, 31)));
        assert_eq!(growth.iter().filter(|a| a.what == "罚没收入增长").count(), 29);
        assert_eq!(all.iter().filter(|a| a.what == "重复执法").count(), 6);
        // Nothing in the file names an enterprise, an officer or a code.
        for secret in ["云岭例盛信息技术有限公司", "91361226MA183D6W8P"] {
            let sql = "SELECT COUNT(*) FROM matter WHERE body LIKE $1";
            let like = format!("%{secret}%");
            let n = town.house.db.read_here(|tx| Ok(tx.one(sql, app::params![like])?.map_or(0, |r| r.int(0)))).unwrap();
            assert_eq!(n, 0, "{secret}");
        }
        // Known now, whatever the brackets; and taken back as a whole.
        let again = upload(town, "justice", bytes);
        assert!(again.status != 303 || town.by("justice").get(again.to()).says("疑似重复"), "{}", again.text());
        let who = town.by("justice");
        let page = who.get(&file);
        let undone = who.answer(&page, &format!("{file}/undo"), &[]);
        assert_eq!(undone.status, 303, "{}", undone.text());
        assert!(!looked(town, "justice", BOTH_YEARS).contains("1862"));
        assert_eq!(count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'enforcement_record' AND phase = 'Voided'"), 1862);
        town.sound();
    }
    fn alerts_open_to_their_rows_and_names_stay_with_the_judicial_administration(town: &Town) {
        let first = record(town, "云市监检〔2026〕1号", "2026-02-03");
        for (n, day) in [(2, "2026-02-10"), (3, "2026-02-20")] {
            record(town, &format!("云市监检〔2026〕{n}号"), day);
        }
        let page = looked(town, "justice", "");
        for words in ["检查过频", "2026 年检查同一企业 3 次", "重复执法", "云岭例盛信息技术有限公司", "不排名"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let behind = page.split("href=\"/enforcement/behind").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&").replace("&#38;", "&");
        let rows = town.by("justice").get(&format!("/enforcement/behind{behind}"));
        assert!(rows.status == 200 && rows.says(&first), "{}", rows.text());
        // Another unit, another year: nothing.
        assert!(!looked(town, "justice", &format!("org={JUSTICE}")).contains("检查过频"));
        assert!(!looked(town, "justice", "from=2025-01-01&to=2025-12-31").contains("检查过频"));
        // The joint office reads figures, no name and no row.
        for counter in ["intake", "convener"] {
            let page = looked(town, counter, "");
            assert!(page.contains("检查过频") && page.contains("一家企业") && !page.contains("例盛"), "{counter}: {page}");
            assert_eq!(town.by(counter).get(&format!("/enforcement/behind{behind}")).status, 403);
            assert_eq!(town.by(counter).get(&format!("/matter/{first}")).status, 404);
        }
        for nobody in ["handler", "lead", "secretary", "market", "observer1", "mayor", "expert"] {
            assert_eq!(town.by(nobody).get("/enforcement").status, 403, "{nobody}");
            assert_eq!(town.by(nobody).get(&format!("/matter/{first}")).status, 404, "{nobody}");
            assert!(!town.by(nobody).get(&format!("/search?q={}", house::encode("广告检查"))).says(&first), "{nobody}");
        }
        let book = town.by("justice").get("/enforcement/export?");
        assert!(book.status == 200 && book.body.starts_with(b"PK"));
        // The acts of one unit on one enterprise, as the watch over complaints asks for them.
        let (inner, keys) = (town.house.clone(), &town.house.keys);
        let firm = keys.blind("91361226MA183D6W8P");
        let found = |from, to| inner.db.read_here(|tx| records_of(tx, keys, &firm, MARKET, (from, to))).unwrap().len();
        assert_eq!((found(date(2026, 2, 3), date(2026, 2, 10)), found(date(2026, 2, 4), date(2026, 2, 9)), found(date(2026, 1, 1), date(2026, 3, 1))), (2, 0, 3));
        let body = town.house.db.read_here(|tx| app::matters::load(tx, &first)).unwrap().unwrap().matter.body();
        assert!(!body.contains(&firm), "a stolen file joins no record to a complaint");
        town.act("justice-lead", &first, "withdraw", &[("reason", "重复登记。")]);
        assert_eq!(found(date(2026, 1, 1), date(2026, 3, 1)), 2);
        assert!(!looked(town, "justice", "").contains("检查过频"));
        // A code with a slip in it is told at its field.
        let slip: Vec<(&str, &str)> = RECORD.iter().map(|(n, v)| (*n, if *n == "uscc" { "91361226MA183D6W8Q" } else { *v })).collect();
        assert_eq!(town.by("justice").open("enforcement_record", "record", &slip).status, 422);
        town.sound();
    }
}
fn alerts(town: &Town, period: (jiff::civil::Date, jiff::civil::Date)) -> Vec<app::enforcement::Alert> {
    let house = &town.house;
    house
        .db
        .read_here(|tx| {
            let who = app::people::person(tx, &town.ids["justice"], house.clock.now().today)?.unwrap();
            let registers = house.registers(tx)?;
            let before = (period.0.saturating_sub(jiff::Span::new().years(1)), period.1.saturating_sub(jiff::Span::new().years(1)));
            let now = app::enforcement::decided(tx, &registers, &who, period, "")?;
            let before = app::enforcement::decided(tx, &registers, &who, before, "")?;
            Ok(app::enforcement::alerts(&now, &before, &registers))
        })
        .unwrap()
}
