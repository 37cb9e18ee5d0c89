//! 提醒 over HTTP, SMTP and a webhook, on both engines: who is told what, and what never leaves the house.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;
mod sinks;

use app::notices::{self, Gateways};
use house::{COURT, DAY, Town};
use sinks::{Hook, Mails};

const SECRET: &str = "sixteen-signs-or-more";
/// Nothing of this may stand in anything that left.
const CANARIES: &[&str] = &["审限超过三十日", "逐件核查", "云岭市中级人民法院", "林例安", "陈拟正", "獬豸"];

fn gateways(mails: &Mails, hook: &Hook) -> Gateways {
    let text = serde_json::json!({
        "mail": {"server": format!("smtp://127.0.0.1:{}", mails.port), "from": "notice@example.cn"},
        "webhook": {"url": format!("http://127.0.0.1:{}/hook", hook.port), "secret": SECRET, "headers": {"x-app": "gate"}},
    });
    Gateways::read(&text.to_string()).unwrap()
}
/// Everything that is due now goes out; how many did.
fn post(town: &Town, gateways: &Gateways) -> usize {
    notices::fan_out(&town.house).unwrap();
    notices::deliver(&town.house, gateways).unwrap()
}
fn set(town: &Town, login: &'static str, path: &str, values: &[(&str, &str)]) -> house::Page {
    town.by(login).submit("/notices/settings", path, values)
}
/// This person gets these events on this channel, at an address he has verified.
fn subscribed(town: &Town, gates: &Gateways, login: &'static str, channel: &str, to: &str, code: impl Fn() -> String, on: &[&str]) {
    assert_eq!(set(town, login, "/notices/address", &[("channel", channel), ("to", to)]).status, 303);
    assert_eq!(post(town, gates), 1, "the code goes out");
    assert_eq!(set(town, login, "/notices/verify", &[("channel", channel), ("code", "x")]).status, 422);
    assert_eq!(set(town, login, "/notices/verify", &[("channel", channel), ("code", &code())]).status, 303);
    let on: Vec<String> = on.iter().map(|e| format!("{channel}|{e}")).collect();
    let mut values = vec![("hour", "8"), ("digest", "")];
    values.extend(on.iter().map(|o| ("on", o.as_str())));
    assert_eq!(set(town, login, "/notices/settings", &values).status, 303);
}
fn opened(town: &Town) -> String {
    town.open("handler", "rectification", "open", &[("org", COURT), ("problems", "X1"), ("severity", "一般"), ("gist", "审限超过三十日。")])
}
fn demanded(town: &Town) -> String {
    let zg = opened(town);
    town.act("lead", &zg, "demand", &[("what", "逐件核查，限期纠正。")]);
    zg
}

both! {
    fn a_notice_goes_to_whoever_asked_for_it_and_says_a_number_to_the_office_alone(town: &Town) {
        let (mails, hook) = (Mails::new(), Hook::new(200));
        let gates = gateways(&mails, &hook);
        subscribed(town, &gates, "lead", "mail", "lead@example.cn", || mails.code(), &["reached", "to_sign", "served"]);
        subscribed(town, &gates, "court", "webhook", "court-01", || hook.code(), &["reached", "to_sign", "served"]);
        let before = (mails.all().len(), hook.all().len());
        let zg = demanded(town);
        assert_eq!(post(town, &gates), 2, "the lead, then the unit; nobody else asked");
        assert_eq!(post(town, &gates), 0, "once");
        let mail = mails.all()[before.0].clone();
        assert_eq!(mail.to, "lead@example.cn");
        assert!(mail.text().contains(&zg) && mail.text().contains("到你手里，请办理"), "{}", mail.text());
        let sent = hook.all()[before.1].clone();
        let said = sent.json();
        assert_eq!((said["text"].as_str(), said["what"].as_str(), said["to"].as_str()), (Some(domain::notices::SOMETHING), Some("matter"), Some("court-01")));
        assert!(!sent.body.contains(&zg) && !sent.body.contains("整改"), "{}", sent.body);
        let signed = ledger::Alg::Sha256.hmac(SECRET.as_bytes(), format!("{}.{}", sent.head("x-timestamp"), sent.body).as_bytes());
        assert_eq!(sent.head("x-signature"), format!("sha256={}", ledger::hex(&signed)));
        assert_eq!((sent.head("x-event-id"), sent.head("x-app")), (said["event"].as_str().unwrap().to_owned(), "gate".to_owned()));
        for wire in mails.all().iter().map(|m| m.raw.clone() + &m.text()).chain(hook.all().iter().map(|h| h.raw.clone())) {
            CANARIES.iter().for_each(|c| assert!(!wire.contains(c), "{c} left the house:\n{wire}"));
        }
        // In the house's own files neither address nor code lies in the clear.
        for entry in std::fs::read_dir(town.folder()).unwrap().flatten() {
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            for secret in ["lead@example.cn", "court-01"] {
                assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret} lies in {}", entry.path().display());
            }
        }
        // Unsubscribed: nothing more.
        assert_eq!(set(town, "lead", "/notices/settings", &[("hour", "8"), ("digest", "")]).status, 303);
        assert_eq!(set(town, "court", "/notices/address", &[("channel", "webhook"), ("to", "")]).status, 303);
        demanded(town);
        assert_eq!(post(town, &gates), 0);
        town.sound();
    }
    fn a_gateway_that_is_down_costs_a_later_try_and_holds_up_no_act(town: &Town) {
        let (mails, hook) = (Mails::new(), Hook::new(200));
        let gates = gateways(&mails, &hook);
        subscribed(town, &gates, "lead", "webhook", "lead-01", || hook.code(), &["reached", "to_sign"]);
        let before = hook.all().len();
        hook.answer(503);
        opened(town);
        assert_eq!(post(town, &gates), 0);
        assert_eq!(post(town, &gates), 0, "not at once again");
        assert_eq!(hook.all().len(), before + 1);
        hook.answer(200);
        town.pass(2);
        assert_eq!(post(town, &gates), 1);
        let all = hook.all();
        assert_eq!(all.len(), before + 2);
        assert_eq!(all[before].json()["event"], all[before + 1].json()["event"], "the same event number at every try");
        // A server that is not there at all.
        let gone = Gateways::read(r#"{"webhook": {"url": "http://127.0.0.1:9/x", "secret": "sixteen-signs-or-more"}}"#).unwrap();
        opened(town);
        for _ in 0..40 {
            post(town, &gone);
            town.pass(361);
        }
        let dead = town.by("system").get("/deliveries");
        assert!(dead.says("连接不上") && dead.says("再投") && !dead.says("ZG-"), "{}", dead.text());
        assert!(!dead.says(&town.ids["lead"]) && !dead.says("陈拟正"), "no persons");
        assert!(town.by("system").get("/notices").says("系统有一条告警，请登录查看"));
        assert!(town.by("lead").get("/notices/settings").says("没有送到"));
        assert_eq!(town.by("lead").get("/deliveries").status, 403);
        let event = dead.hidden("event");
        assert_eq!(town.by("system").answer(&dead, "/deliveries/retry", &[("event", &event)]).status, 303);
        assert_eq!(post(town, &gates), 1, "tried again by hand");
        hook.answer(400);
        opened(town);
        assert_eq!(post(town, &gates), 0);
        assert!(town.by("system").get("/deliveries").says("对方拒收"), "what is refused is not tried again");
        town.sound();
    }
    fn two_nodes_send_nothing_twice(town: &Town) {
        let (mails, hook) = (Mails::new(), Hook::new(200));
        let gates = gateways(&mails, &hook);
        subscribed(town, &gates, "lead", "webhook", "lead-01", || hook.code(), &["reached", "to_sign"]);
        let before = hook.all().len();
        for _ in 0..6 {
            opened(town);
        }
        let other = app::house::House::open(town.place(), app::edge::Clock::set_to(town.house.clock.now().ms), ledger::Alg::Sm3).unwrap();
        std::thread::scope(|s| {
            for house in [&town.house, &other] {
                let gates = gates.clone();
                s.spawn(move || {
                    notices::fan_out(house).unwrap();
                    notices::deliver(house, &gates).unwrap();
                });
            }
        });
        let mut events: Vec<String> = hook.all()[before..].iter().map(|h| h.head("x-event-id")).collect();
        assert_eq!(events.len(), 6, "each once");
        events.sort();
        events.dedup();
        assert_eq!(events.len(), 6);
        town.sound();
    }
    fn quiet_hours_wait_and_a_digest_is_one_message(town: &Town) {
        let (mails, hook) = (Mails::new(), Hook::new(200));
        let gates = gateways(&mails, &hook);
        subscribed(town, &gates, "lead", "mail", "lead@example.cn", || mails.code(), &["reached", "to_sign"]);
        let on = [("on", "mail|reached"), ("on", "mail|to_sign")];
        let keep = |more: &[(&str, &str)]| set(town, "lead", "/notices/settings", &[&on[..], more].concat()).status;
        assert_eq!(keep(&[("hour", "8"), ("digest", ""), ("quiet_from", "9"), ("quiet_to", "12")]), 303);
        assert_eq!(keep(&[("hour", "8"), ("digest", ""), ("quiet_from", "9"), ("quiet_to", "")]), 422);
        assert_eq!(keep(&[("hour", "25"), ("digest", "")]), 422);
        let before = mails.all().len();
        opened(town);
        assert_eq!(post(town, &gates), 0, "it is nine in the morning");
        town.pass(3 * 60);
        assert_eq!(post(town, &gates), 1);
        assert_eq!(keep(&[("hour", "8"), ("digest", "daily")]), 303);
        let numbers = [opened(town), opened(town)];
        assert_eq!(post(town, &gates), 0);
        town.house.clock.put(town.house.clock.now().ms + DAY);
        assert_eq!(post(town, &gates), 1);
        let mail = mails.all()[before + 1].text();
        assert!(mail.contains("共 2 条提醒") && numbers.iter().all(|n| mail.contains(n)), "{mail}");
        assert_eq!(post(town, &gates), 0);
        town.sound();
    }
    fn of_confidential_intake_nothing_is_told_on_the_day_and_no_number_ever(town: &Town) {
        let (mails, hook) = (Mails::new(), Hook::new(200));
        let gates = gateways(&mails, &hook);
        town.with_keys();
        subscribed(town, &gates, "intake", "mail", "intake@example.cn", || mails.code(), &["reached", "returned", "to_sign", "served"]);
        let before = mails.all().len();
        let qy = town.open("intake2", "enterprise_appeal", "register", &[
            ("mode", "保密"), ("reporter_name", "甘例棠"), ("reporter_phone", "15400098765"), ("enterprise", "云岭样例食品有限公司"),
            ("uscc", "91350100M000100Y43"), ("org", house::MARKET), ("act_type", "行政检查"), ("problems", "1"),
            ("facts", "三月以来被检查六次，每次都要求停产。"), ("litigation", "没有"), ("source", "来访"),
        ]);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!(post(town, &gates), 0, "not at the hour it came");
        assert!(!town.by("intake").get("/notices").says(&qy));
        town.day(1);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!(post(town, &gates), 1);
        let mail = mails.all()[before].clone();
        assert!(mail.text().contains(domain::notices::SOMETHING) && !mail.text().contains(&qy), "{}", mail.text());
        for canary in ["甘例棠", "15400098765", "食品", "检查六次", "企业"] {
            assert!(!mail.text().contains(canary) && !mail.raw.contains(canary), "{canary}");
        }
        town.sound();
    }
    fn the_page_shows_ones_own_notices_and_marks_them_as_read(town: &Town) {
        let zg = opened(town);
        let page = town.by("lead").get("/notices");
        assert!(page.says(&zg) && page.says("到你手里，请办理") && page.says("未读"), "{}", page.text());
        assert!(town.by("lead").get("/").says("<span>提醒</span><b class=\"count\">1</b>"));
        for other in ["court", "police", "expert", "system", "second"] {
            assert!(!town.by(other).get("/notices?show=all").says(&zg), "{other}");
        }
        assert!(!town.by("lead").get("/notices?what=overdue").says(&zg), "filtered by kind");
        let n = page.text().split("name=\"n\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(town.by("court").submit("/notices", "/notices/read", &[("op", "some"), ("n", &n)]).status, 303);
        assert!(town.by("lead").get("/notices").says(&zg), "nobody marks another's");
        assert_eq!(town.by("lead").answer(&page, "/notices/read", &[("op", "some"), ("n", &n)]).status, 303);
        assert!(!town.by("lead").get("/notices").says(&zg) && town.by("lead").get("/notices?show=all").says(&zg));
        assert!(town.by("lead").get("/").says("<span>提醒</span><b class=\"count\">0</b>"));
        // A conflict takes the notice out of sight with the matter.
        let more = opened(town);
        let form = town.by("handler").get("/conflicts");
        let set = [("person", town.ids["lead"].as_str()), ("kind", "org"), ("target", COURT), ("why", "近亲属在该院任职")];
        assert_eq!(town.by("handler").answer(&form, "/conflicts", &set).status, 303);
        let page = town.by("lead").get("/notices?show=all");
        assert!(!page.says(&zg) && !page.says(&more), "{}", page.text());
        assert!(town.by("lead").get("/").says("<span>提醒</span><b class=\"count\">0</b>"));
        town.sound();
    }
    fn what_falls_due_is_told_to_whoever_is_to_move_and_then_to_whoever_leads(town: &Town) {
        let zg = demanded(town);
        for day in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14] {
            town.day(day);
            app::inbox::tick(&town.house).unwrap();
        }
        let unit = town.by("court").get("/notices?show=all&what=overdue");
        assert!(unit.says(&zg), "{}", unit.text());
        let lead = town.by("lead").get("/notices?show=all&what=escalated");
        assert!(lead.says("逾期，已升级") && lead.says(&zg), "{}", lead.text());
        town.sound();
    }
    fn a_delegation_that_ends_tomorrow_is_told_to_both(town: &Town) {
        let form = [("person", town.ids["second"].clone()), ("role", format!("R1|{}", house::OFFICE)), ("from", town.today(0)), ("until", town.today(3))];
        let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(town.by("handler").submit("/delegations", "/delegations", &form).status, 303);
        town.day(2);
        app::inbox::tick(&town.house).unwrap();
        for who in ["handler", "second"] {
            assert!(town.by(who).get("/notices").says("有一项代理明日到期，请登录查看"), "{who}");
        }
        assert!(!town.by("lead").get("/notices").says("代理明日到期，请登录查看"));
    }
}
#[test]
fn gateways_are_named_in_a_file_or_there_are_none() {
    assert!(Gateways::read("{}").unwrap().channels().is_empty());
    for (text, say) in [
        (r#"{"webhook": {"url": "http://gate.example.cn/x", "secret": "sixteen-signs-or-more"}}"#, "https"),
        (r#"{"webhook": {"url": "https://gate.example.cn/x", "secret": "short"}}"#, "16"),
        (r#"{"mail": {"server": "smtp://mail.example.cn:25", "from": "a@example.cn"}}"#, "smtps"),
        (r#"{"mail": {"server": "smtps://mail.example.cn:465", "from": "nobody"}}"#, "from"),
        (r#"{"other": {}}"#, "读不通"),
    ] {
        let wrong = Gateways::read(text).unwrap_err();
        assert!(wrong.contains(say), "{wrong}");
    }
    let town = Town::new("sqlite");
    assert!(Gateways::find(town.folder()).unwrap().channels().is_empty());
    let file = town.folder().join("gateways.json");
    std::fs::write(&file, "{}").unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    assert!(Gateways::find(town.folder()).is_err(), "what others may read is refused");
}
