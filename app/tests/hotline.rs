//! The hotline desk over HTTP, on both engines: a call at the desk, hints of duplicates, the old hotline's export, the exchange with 12345.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::cast_possible_truncation)]
mod house;

use app::registers::{Amendment, amend};
use house::{MARKET, Page, TOBACCO, Town, Visitor};
use serde_json::{Value as Json, json};

const NAME: &str = "甘例棠热线";
const PHONE: &str = "15400098765";
const FIRM: &str = "云岭市拟隆电子科技厂";
const USCC: &str = "91361226MA183D6W8P";
const FACTS: &str = "执法人员检查时收走账本没有清单";
const PAPER: &str = "云市监罚〔2026〕77号";
const CANARIES: [&str; 6] = [NAME, PHONE, FIRM, USCC, FACTS, PAPER];
/// Everybody to whom a call must not exist.
const OTHERS: [&str; 13] = [
    "handler",
    "lead",
    "secretary",
    "inspector",
    "posted",
    "market",
    "tobacco",
    "justice",
    "justice-lead",
    "mayor",
    "keeper1",
    "observer1",
    "auditor",
];

/// The keys are made when their holders first log in.
fn keyed(town: &Town) {
    for who in ["intake", "keeper1", "keeper2"] {
        town.by(who);
    }
}
const COMPLAINT: &[(&str, &str)] = &[
    ("reporter_phone", PHONE),
    ("reporter_name", NAME),
    ("mode", "保密"),
    ("enterprise", FIRM),
    ("uscc", USCC),
    ("org", "云岭市市场监督管理局"),
    ("problems", "1 7"),
    ("act_type", "行政检查"),
    ("facts", FACTS),
    ("litigation", "没有"),
    ("doc_no", PAPER),
    ("outcome", "登记为诉求"),
];
fn with<'a>(form: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(n, _)| !more.iter().any(|m| m.0 == *n)).copied();
    kept.chain(more.iter().copied().filter(|m| !m.1.is_empty())).collect()
}
fn call(town: &Town, values: &[(&str, &str)]) -> Page {
    town.by("intake").submit("/desk", "/desk", values)
}
/// Takes a call that must be taken; its number.
fn taken(town: &Town, values: &[(&str, &str)]) -> String {
    let page = call(town, values);
    assert_eq!(page.status, 303, "{}", page.text());
    let told = page.to().split("RX-").nth(1).unwrap_or_else(|| panic!("{}", page.to()));
    format!("RX-{}", told.split('.').next().unwrap().split('%').next().unwrap())
}
fn look(town: &Town, who: &'static str, values: &[(&str, &str)]) -> Page {
    town.by(who).submit("/desk", "/desk/like", values)
}
fn count(town: &Town, sql: &'static str) -> i64 {
    town.house.db.read_here(|tx| Ok(tx.one(sql, &[])?.map_or(0, |r| r.int(0)))).unwrap()
}
fn appeals(town: &Town) -> Vec<String> {
    let sql = "SELECT number FROM idx WHERE kind = 'enterprise_appeal' ORDER BY id";
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap()
}
fn bare(page: &Page) -> bool {
    !CANARIES.iter().any(|c| page.says(c))
}

both! {
    fn a_complaint_is_taken_and_nobody_else_knows_of_it(town: &Town) {
        let blocked = town.by("intake").get("/desk");
        assert!(blocked.says("至少两名身份保管人各登录一次"), "{}", blocked.text());
        assert_eq!(call(town, COMPLAINT).status, 422, "without keys nothing is taken in");
        keyed(town);
        let fresh = town.by("intake").get("/desk");
        assert!(!fresh.says("身份保管人各登录一次") && fresh.says("autofocus") && fresh.says("accesskey=\"4\""), "{}", fresh.text());
        let rx = taken(town, &with(COMPLAINT, &[("back", "yes")]));
        assert_eq!(town.phase(&rx), "CallingBack");
        let xq = appeals(town);
        assert_eq!(xq.len(), 1);
        let page = town.by("intake").get(&format!("/matter/{rx}"));
        assert!(page.says(&xq[0]) && page.says("四乱") && page.says("登记为诉求") && bare(&page), "{}", page.text());
        let appeal = town.by("intake").get(&format!("/matter/{}", xq[0]));
        assert!(appeal.status == 200 && appeal.says("云岭市市场监督管理局") && bare(&appeal), "{}", appeal.text());
        // What was sealed at the desk is the appeal's too, under the same references.
        let refs = |number: &str| {
            let body = town.house.db.read_here(|tx| app::matters::load(tx, number)).unwrap().unwrap().matter.body();
            let body: Json = serde_json::from_str(&body).unwrap();
            ["facts", "reporter_name", "uscc"].map(|f| body["state"]["said"][f].as_str().unwrap_or("-").to_owned())
        };
        assert_eq!(refs(&rx), refs(&xq[0]));
        let desk = town.by("intake").get("/desk");
        assert!(desk.says(&rx) && desk.says("待回电") && bare(&desk), "owed and of today: {}", desk.text());
        assert!(town.by("convener").get("/desk").says(&rx) && town.by("convener").get(&format!("/matter/{rx}")).status == 200);
        for who in OTHERS {
            let by = town.by(who);
            assert_eq!(by.get(&format!("/matter/{rx}")).status, 404, "{who}");
            assert_eq!(by.get("/desk").status, 403, "{who}");
            for path in ["/matters/hotline_call", "/", "/search?q=%E5%9B%9B%E4%B9%B1", &format!("/search?q={rx}")] {
                let page = by.get(path);
                assert!(bare(&page) && !page.says(&format!("/matter/{rx}")), "{who} {path}");
            }
        }
        // The call is owed, and closed once it is made.
        town.act("intake", &rx, "miss", &[]);
        town.act("intake2", &rx, "call_back", &[("result", "已告知受理情况。")]);
        assert_eq!(town.phase(&rx), "Closed");
        app::matters::flush(&town.house).unwrap();
        for file in std::fs::read_dir(town.folder()).unwrap().map(|f| f.unwrap().path()).filter(|f| f.is_file()) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!CANARIES.iter().any(|c| bytes.windows(c.len()).any(|w| w == c.as_bytes())), "{}", file.display());
        }
        town.sound();
    }
    fn what_is_wrong_comes_back_with_everything_typed(town: &Town) {
        keyed(town);
        for (more, say) in [
            (&[("litigation", "")][..], "请问明是否已复议、起诉"),
            (&[("org", "某某局")], "机构表里没有“某某局”"),
            (&[("org", "")], "登记为诉求须写明被反映单位"),
            (&[("problems", "1 14")], "没有问题类别“14”"),
            (&[("uscc", "91361226MA183D6W8Q")], "校验位不对"),
            (&[("reporter_phone", "1540009876")], "手机号应为 11 位"),
            (&[("mode", "匿名")], "匿名来电不登记此项"),
            (&[("litigation", "已起诉")], "已在复议、诉讼的不重复监督"),
            (&[("outcome", "")], "必填"),
            (&[("outcome", "不属受理范围")], "请选告知来电人去哪里"),
        ] {
            let page = call(town, &with(COMPLAINT, more));
            assert!(page.status == 422 && page.says(say), "{say}: {} {}", page.status, page.text());
            assert!(page.says(FACTS) && page.says(NAME) && page.says("还不能登记"), "nothing typed is lost: {say}");
        }
        assert_eq!((count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'hotline_call'"), appeals(town).len()), (0, 0));
        // The simplest call: what was asked, and that it was answered.
        let simple = [("mode", "保密"), ("facts", "问许可证怎么延期。"), ("outcome", "咨询答复")];
        assert_eq!(town.phase(&taken(town, &simple)), "Closed");
        let out = [("mode", "保密"), ("outcome", "不属受理范围"), ("out_of_scope", "民事纠纷")];
        taken(town, &out);
        assert!(town.by("intake").get("/desk").says("可以先请商会或者人民调解委员会调解"), "what to say stands on the page");
        assert!(appeals(town).is_empty());
        // A draft is the writer's own.
        let kept = town.by("intake").submit("/desk", "/draft/desk/call", &[("facts", "说到一半")]);
        assert_eq!((kept.status, kept.to()), (303, "/desk"));
        assert!(town.by("intake").get("/desk").says("说到一半") && !town.by("intake2").get("/desk").says("说到一半"));
        taken(town, &simple);
        assert!(!town.by("intake").get("/desk").says("说到一半"), "gone with the call");
        // The same press twice is one call.
        let (who, form) = (town.by("intake"), town.by("intake").get("/desk"));
        let twice: Vec<String> = (0..2).map(|_| who.answer(&form, "/desk", &simple).to().to_owned()).collect();
        assert_eq!(twice[0], twice[1]);
    }
    fn what_a_call_may_be_the_same_as_is_shown_and_joined(town: &Town) {
        keyed(town);
        let rx = taken(town, COMPLAINT);
        let xq = appeals(town)[0].clone();
        for (typed, why) in [
            ([("uscc", "91361226ma183d6w8p"), ("org", "")], "同一企业"),
            ([("reporter_phone", "+86 154 0009 8765"), ("org", "")], "同一电话"),
            ([("doc_no", "云市监罚（2026）077号"), ("org", "")], "同一文书号"),
            ([("org", "云岭市市场监督管理局"), ("problems", "７")], "同一单位同类问题"),
        ] {
            let page = look(town, "intake2", &typed);
            assert!(page.status == 200 && page.says(why) && page.says(&format!("/matter/{rx}")), "{why}: {}", page.text());
        }
        let both = look(town, "intake2", &[("uscc", USCC)]);
        assert!(both.says(&format!("/matter/{xq}")), "the complaint is found as the call is");
        for none in [[("uscc", "913612260576412345"), ("org", "")], [("org", "云岭市烟草专卖局"), ("problems", "1")], [("org", "云岭市市场监督管理局"), ("problems", "2")]] {
            assert!(look(town, "intake2", &none).says("没有找到"), "{none:?}");
        }
        // Joined: the form keeps what was typed, and no second complaint is opened.
        let page = look(town, "intake2", &with(COMPLAINT, &[("join", &xq)]));
        assert!(page.says(&format!("name=\"into\" value=\"{xq}\"")) && page.says(FACTS), "{}", page.text());
        let second = taken(town, &with(COMPLAINT, &[("into", &xq)]));
        assert_eq!(appeals(town).len(), 1);
        assert!(town.by("intake").get(&format!("/matter/{second}")).says(&format!("/matter/{xq}")));
        let unknown = call(town, &with(COMPLAINT, &[("into", "RX-2026-9999")]));
        assert!(unknown.status == 422 && unknown.says("没有“RX-2026-9999”"), "{}", unknown.text());
        // What one may not see is the same as nothing.
        bar(town, "intake2", MARKET);
        assert!(look(town, "intake2", &[("uscc", USCC)]).says("没有找到"));
        // The same unit and problem are forgotten after a month, the enterprise is not.
        town.day(31);
        let later = look(town, "intake", &[("org", "云岭市市场监督管理局"), ("problems", "1")]);
        assert!(later.says("没有找到"), "{}", later.text());
        assert!(look(town, "intake", &[("uscc", USCC)]).says(&rx));
        town.sound();
    }
    fn the_old_hotlines_export_comes_in_and_goes_again(town: &Town) {
        let truth: Json = serde_json::from_str(include_str!("../../sheets/tests/samples/热线记录.truth.json")).unwrap();
        let file = include_bytes!("../../sheets/tests/samples/热线记录.csv");
        enforcers(town);
        for who in ["handler", "convener", "keeper1"] {
            assert_eq!(upload(&town.by(who), "hotline_call", file).status, 403, "{who}");
        }
        assert_eq!(upload(&town.by("intake"), "clue", file).status, 403, "nor does the desk bring in clues");
        assert!(!town.by("handler").get("/imports").says("热线记录") && town.by("intake").get("/imports").says("热线记录"));
        let page = upload(&town.by("intake"), "hotline_call", file);
        assert_eq!(page.status, 303, "{}", page.text());
        let at = page.to().to_owned();
        let n = |key: &str| truth["行数"][key].as_i64().unwrap();
        let looked = town.by("intake").get(&at);
        for (what, rows) in [("数据行", n("数据行")), ("有效", n("有效唯一")), ("拒绝", n("拒绝")), ("文件内重复", n("重复"))] {
            assert!(looked.says(&format!("<dt>{what}</dt><dd>{rows} 行</dd>")), "{what} {rows}: {}", looked.text());
        }
        let press = |button: &str| {
            let who = town.by("intake");
            who.answer(&who.get(&at), &format!("{at}/{button}"), &[])
        };
        let early = press("take");
        assert!(early.status == 503 && early.says("身份保管人的密钥尚未建立"), "{} {}", early.status, early.text());
        keyed(town);
        let began = std::time::Instant::now();
        assert_eq!(press("take").status, 303);
        while town.by("intake").get(&at).says("正在入库") {
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        println!("354 calls in {:?}", began.elapsed());
        assert!(town.by("intake").get(&at).says("已入库 354 行"), "{}", town.by("intake").get(&at).text());
        // Row by row what the truth says.
        let names: Vec<&str> = truth["字段"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
        let good = truth["行"].as_array().unwrap().iter().filter(|r| !matches!(r[1].as_str(), Some("拒绝" | "重复")));
        let good: Vec<Json> = good.map(|r| names.iter().zip(r[3].as_array().unwrap()).map(|(n, v)| ((*n).to_owned(), v.clone())).collect::<serde_json::Map<_, _>>().into()).collect();
        assert_eq!(good.len(), 354);
        let said = |town: &Town| -> Vec<Json> {
            let sql = "SELECT body FROM matter WHERE kind = 'hotline_call' ORDER BY id";
            let bodies = town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect::<Vec<_>>())).unwrap();
            bodies.iter().map(|b| serde_json::from_str(b).unwrap()).collect()
        };
        let all = said(town);
        let registers = town.house.db.read_here(|tx| town.house.registers(tx)).unwrap();
        for (row, m) in good.iter().zip(&all) {
            let s = &m["state"]["said"];
            let anonymous = row["anonymous"] == true;
            assert_eq!((&s["old_no"], &s["problems"][0], &s["act_type"], &s["amount"]), (&row["call_no"], &row["category"], &row["action"], &row["amount"]));
            assert_eq!((&s["received"].as_str(), &s["handle"]), (&row["called_at"].as_str().map(|t| &t[..10]), &row["handle"]));
            assert_eq!(registers.org_name(s["org"].as_str().unwrap()), row["unit"].as_str().unwrap());
            assert_eq!((s["mode"] == "匿名", s["in_remedy"] == true), (anonymous, row["in_remedy"] == true), "{row}");
            let sealed = |f: &str| s[f].as_str().is_some_and(|v| domain::engine::is_vault_ref(v).is_some());
            assert_eq!((sealed("facts"), sealed("reporter_name"), sealed("uscc")), (true, !anonymous && row["caller"].is_string(), !anonymous && row["uscc"].is_string()));
            assert_eq!(s["firm"].is_string(), sealed("uscc"));
            assert_eq!(m["phase"] == "Open", row["handle"] == "已受理", "{row}");
        }
        let held = |fits: &dyn Fn(&Json) -> bool| all.iter().filter(|m| fits(&m["state"]["said"])).count() as i64;
        let sum: i64 = all.iter().filter_map(|m| m["state"]["said"]["amount"].as_i64()).sum();
        let whole = &truth["业务真值_有效唯一"];
        assert_eq!(
            json!({"匿名": held(&|s| s["mode"] == "匿名"), "已复议诉讼": held(&|s| s["in_remedy"] == true), "涉及金额合计_分": sum}),
            json!({"匿名": whole["匿名"], "已复议诉讼": whole["已复议诉讼"], "涉及金额合计_分": whole["涉及金额合计_分"]})
        );
        assert_eq!(count(town, "SELECT COUNT(*) FROM fact WHERE measure = '热线来电'"), 354);
        // Nobody else learns of them, and no name lies in the open.
        let some = all.iter().position(|m| m["state"]["said"]["reporter_name"].is_string()).unwrap();
        let number = numbers(town)[some].clone();
        assert_eq!((town.by("intake").get(&format!("/matter/{number}")).status, town.by("lead").get(&format!("/matter/{number}")).status), (200, 404));
        let name = good[some]["caller"].as_str().unwrap().to_owned();
        assert!(!town.by("intake").get(&format!("/matter/{number}")).says(&name));
        if let Ok(bytes) = std::fs::read(town.folder().join("xiezhi.db")) {
            assert!(!bytes.windows(name.len()).any(|w| w == name.as_bytes()), "{name} lies in the database");
        }
        let errors = upload(&town.by("intake"), "hotline_call", file).to().to_owned();
        let again = town.by("intake").get(&errors);
        assert!(again.says("与库内事项疑似重复"), "{}", again.text());
        assert_eq!(&town.by("intake").get(&format!("{errors}/errors")).body[..2], b"PK");
        // The whole batch goes, and may come again.
        assert_eq!(press("undo").status, 303);
        assert_eq!(count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'hotline_call' AND phase <> 'Voided'"), 0);
        assert_eq!(count(town, "SELECT COUNT(*) FROM match_key WHERE kind = 'hotline_call'"), 0);
        assert!(!town.by("intake").get(&errors).says("有效</dt><dd>0 行"));
        town.sound();
    }
    fn orders_come_from_12345_once_and_their_status_goes_back_by_day(town: &Town) {
        let api = |who: &'static str, scope: &str| {
            let form = town.by(who).get("/tokens");
            let made = town.by(who).answer(&form, "/tokens", &[("name", "互推"), ("scope", scope)]).text();
            let token = made.split("xz_").nth(1).map(|t| format!("xz_{}", t.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()));
            Visitor { bearer: token.unwrap(), ..Visitor::stranger(town.port) }
        };
        let order = json!({"order_no": "GD20260302001", "received": "2026-03-01", "category": "四乱", "org": "云岭市市场监督管理局", "content": FACTS,
            "contact": NAME, "phone": PHONE, "enterprise": FIRM, "uscc": USCC});
        let (push, other) = (api("intake", "exchange"), api("intake", "read"));
        let send = |by: &Visitor, order: &Json| by.api("/api/v1/exchange/12345", "", order);
        let early = send(&push, &order);
        assert!(early.status == 422 && early.says("密钥尚未建立"), "{} {}", early.status, early.text());
        keyed(town);
        assert_eq!((send(&other, &order).status, send(&api("handler", "exchange"), &order).status), (403, 403));
        let first = send(&push, &order);
        assert_eq!(first.status, 200, "{}", first.text());
        let told = first.json();
        assert_eq!((&told["order_no"], &told["received"], &told["status"], &told["changed_on"]), (&json!("GD20260302001"), &json!("2026-03-01"), &json!("待处理"), &json!("2026-03-02")));
        assert!(bare(&first), "nothing of what was sent is sent back");
        let mut other_words = order.clone();
        other_words["content"] = json!("换个说法");
        assert_eq!((send(&push, &order).json(), send(&push, &other_words).json()), (told.clone(), told.clone()), "the same number, the same answer");
        assert_eq!(count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'hotline_call'"), 1);
        for (field, value, say) in [("received", "2026-03-09", "不能晚于今日"), ("received", "三月", "应为日期"), ("category", "十四乱", "请从列表中"), ("org", "某局", "没有“某局”"), ("uscc", "123", "应为 18 位"), ("order_no", "", "必填")] {
            let mut bad = order.clone();
            bad["order_no"] = json!("GD2");
            bad[field] = json!(value);
            let page = send(&push, &bad);
            assert!(page.status == 422 && page.says(say), "{field} {value}: {} {}", page.status, page.text());
        }
        // Two senders at once: one call.
        let mut race = order.clone();
        race["order_no"] = json!("GD20260302002");
        let answers: Vec<String> = std::thread::scope(|s| {
            let all: Vec<_> = (0..4).map(|_| s.spawn(|| send(&push, &race).json()["number"].as_str().unwrap().to_owned())).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|n| *n == answers[0]) && count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'hotline_call'") == 2);
        // The desk makes it a complaint; its status is then that of the complaint, by day.
        let rx = told["number"].as_str().unwrap().to_owned();
        town.day(2);
        town.act("intake", &rx, "register", &[("act_type", "行政检查"), ("litigation", "没有")]);
        let status = push.get("/api/v1/exchange/12345/GD20260302001");
        assert_eq!((&status.json()["status"], &status.json()["changed_on"]), (&json!("已登记"), &json!("2026-03-04")), "{}", status.text());
        assert_eq!((push.get("/api/v1/exchange/12345/GD9").status, other.get("/api/v1/exchange/12345/GD20260302001").status), (404, 403));
        // The same order by file is known.
        let file = format!("工单号,来电日期,诉求类别,被反映单位,内容,联系人,电话,企业名称,统一社会信用代码\nGD20260302001,2026-03-01,四乱,云岭市市场监督管理局,{FACTS},{NAME},{PHONE},{FIRM},{USCC}\nGD20260302003,2026/3/2,7,,又一件,,,,\n");
        let page = upload(&town.by("intake"), "exchange_order", file.as_bytes());
        assert_eq!(page.status, 303, "{}", page.text());
        let at = page.to().to_owned();
        assert!(town.by("intake").get(&at).says(&format!("/matter/{rx}")), "{}", town.by("intake").get(&at).text());
        let who = town.by("intake");
        assert_eq!(who.answer(&who.get(&at), &format!("{at}/take"), &[]).status, 303);
        assert_eq!(count(town, "SELECT COUNT(*) FROM idx WHERE kind = 'hotline_call' AND phase = 'Open'"), 2);
        // What goes to 12345: number, day, category, unit, status.
        town.by("intake");
        taken(town, &[("mode", "保密"), ("outcome", "不属受理范围"), ("out_of_scope", "12345")]);
        taken(town, &[("mode", "保密"), ("outcome", "不属受理范围"), ("out_of_scope", "信访")]);
        let page = town.by("convener").get("/exchange?month=2026-03");
        assert!(page.says(&rx) && page.says("GD20260302003") && page.says("云岭市市场监督管理局") && page.says("四乱") && page.says("每月10日前") && bare(&page), "{}", page.text());
        let csv = town.by("intake").get("/exchange/csv?month=2026-03");
        let lines: Vec<String> = csv.text().lines().map(ToOwned::to_owned).collect();
        assert!(csv.status == 200 && lines[0].contains("\"编号\",\"工单号\",\"日期\"") && bare(&csv), "{}", csv.text());
        assert_eq!(lines.len(), 1 + 5, "one complaint, three orders, one call sent there: {lines:?}");
        assert_eq!(&town.by("intake").get("/exchange/xlsx?month=2026-03").body[..2], b"PK");
        assert_eq!(town.by("intake").get("/exchange/csv?month=2026-02").text().lines().count(), 1);
        assert_eq!((town.by("intake").get("/exchange?month=2026-13").status, town.by("intake").get("/exchange/pdf").status), (422, 404));
        for who in OTHERS {
            assert_eq!(town.by(who).get("/exchange/csv?month=2026-03").status, 403, "{who}");
        }
        town.sound();
    }
}
fn numbers(town: &Town) -> Vec<String> {
    let sql = "SELECT number FROM matter WHERE kind = 'hotline_call' ORDER BY id";
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap()
}
fn upload(who: &Visitor, kind: &str, bytes: &[u8]) -> Page {
    let csrf = who.get("/").hidden("csrf");
    let text = |n: &str, v: &str| format!("--xx\r\nContent-Disposition: form-data; name=\"{n}\"\r\n\r\n{v}\r\n");
    let head = format!(
        "{}{}--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"台账.csv\"\r\n\r\n",
        text("csrf", &csrf),
        text("kind", kind)
    );
    let body = [head.as_bytes(), bytes, b"\r\n--xx--\r\n"].concat();
    who.send("POST", "/imports", "multipart/form-data; boundary=xx", &[], &body)
}
/// The enforcement bodies the samples name.
fn enforcers(town: &Town) {
    let truth: Json = serde_json::from_str(include_str!("../../sheets/tests/samples/涉企检查处罚台账.truth.json")).unwrap();
    let units = truth["单位表"].as_array().unwrap().clone();
    let house = town.house.clone();
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = app::matters::Desk::open(tx, &house)?;
            for (n, u) in units.iter().enumerate() {
                let name = u["全称"].as_str().unwrap();
                let key = match name {
                    "云岭市市场监督管理局" => MARKET.to_owned(),
                    "云岭市烟草专卖局" => TOBACCO.to_owned(),
                    _ => format!("ZF{n:02}"),
                };
                let also = u["简称"].as_array().unwrap().iter().filter_map(Json::as_str).collect::<Vec<_>>().join("、");
                let body = json!({"name": name, "short": "", "parent": "SZF", "level": "市级", "kind": "行政执法机关", "region": "361200", "status": "有效", "former": also});
                let from = jiff::civil::date(2018, 1, 1);
                let by = ("console", "console");
                amend(&mut desk, Amendment { register: "organisation", key: &key, from, body: Some(body), personal: &[], batch: "", by })?;
            }
            desk.close()
        })
        .unwrap();
}
fn bar(town: &Town, login: &str, org: &str) {
    let (house, key) = (town.house.clone(), format!("{}|org|{org}", town.ids[login]));
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = app::matters::Desk::open(tx, &house)?;
            let (body, from) = (Some(json!({"why": "近亲属在该局任职"})), desk.now.today);
            let by = ("console", "console");
            amend(&mut desk, Amendment { register: "conflict", key: &key, from, body, personal: &["why"], batch: "", by })?;
            desk.close()
        })
        .unwrap();
}
