//! 行政执法监督员 and 观摩申请 over HTTP, on both engines: from enrolment to dismissal, the end of a term, the old roll; requests and
//! invitations from the first word to the answer, and who learns nothing of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::matters::{Ask, Desk, Where};
use app::registers::{Amendment, amend};
use domain::engine::Person;
use house::opinions::tick;
use house::{CHAMBER, MARKET, Town, encode};
use serde_json::{Value as Json, json};

const CODE: &str = "91361222MA81YF05XX";
/// Whoever has nothing to do with it finds nothing: no page, no row, no hit.
fn hidden(town: &Town, number: &str, kind: &str, word: &str, from: &[&'static str]) {
    for login in from {
        let who = town.by(login);
        assert_eq!(who.get(&format!("/matter/{number}")).status, 404, "{login}");
        assert!(!who.get(&format!("/matters/{kind}")).says(number), "{login}");
        for word in [word, number] {
            let found = who.get(&format!("/search?q={}", encode(word)));
            assert!(!found.says(&format!("/matter/{number}")), "{login} finds {word}");
        }
    }
}
fn enrolled(town: &Town, name: &str, idno: &str) -> String {
    let form = [
        ("name", name),
        ("idno", idno),
        ("source", "律师"),
        ("route", "自荐"),
        ("announcement", "选聘公告"),
        ("announced_on", "2026-02-10"),
        ("unit", "某律师事务所"),
        ("specialties", "市场监管"),
    ];
    town.open("intake", "observer", "enrol", &form)
}
const CLEAN: &[(&str, &str)] =
    &[("of_age", "yes"), ("penalised", "no"), ("expelled", "no"), ("dishonest", "no"), ("official", "no"), ("opinion", "符合条件。")];
/// Published on the first day, approved on the eighth.
fn approved(town: &Town, name: &str, idno: &str) -> String {
    let jd = enrolled(town, name, idno);
    town.act("intake2", &jd, "vet", CLEAN);
    town.act("intake", &jd, "publish", &[("place", "门户网站")]);
    town.day(8);
    town.act("convener", &jd, "approve", &[("opinion", "公示无异议。")]);
    jd
}
fn appointed(town: &Town, jd: &str, login: &'static str, until: &str) -> u16 {
    let id = town.ids[login].clone();
    let form = [
        ("account", id.as_str()),
        ("letter_no", "聘1号"),
        ("cert_no", "监1号"),
        ("promised", "yes"),
        ("from", "2026-03-10"),
        ("until", until),
    ];
    town.by("convener").act(jd, "appoint", &form).status
}
/// Whether the side bar is that of an observer: he holds the role at this very click.
fn observes(town: &Town, login: &'static str) -> bool {
    town.by(login).get("/").says("/matters/observer\"")
}
fn conflicts(town: &Town, login: &str) -> Vec<(String, String)> {
    let id = town.ids[login].clone();
    let house = town.house.clone();
    let registers = town.house.db.read_here(move |tx| house.registers(tx)).unwrap();
    registers.conflicts_of(&id).iter().map(|c| (c.kind.clone(), c.target.clone())).collect()
}
fn parameter(town: &Town, key: &'static str, number: i64) {
    let house = town.house.clone();
    let written = town.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &house)?;
        let (from, body) = (desk.now.today, Some(json!({"label": key, "value": number})));
        amend(&mut desk, Amendment { register: "parameter", key, from, body, personal: &[], batch: "", by: ("console", "console") })?;
        desk.close()
    });
    written.unwrap();
}
fn upload(town: &Town, login: &'static str, bytes: &[u8]) -> house::Page {
    let who = town.by(login);
    let csrf = who.get("/imports").hidden("csrf");
    let text = |n: &str, v: &str| format!("--xx\r\nContent-Disposition: form-data; name=\"{n}\"\r\n\r\n{v}\r\n");
    let head = format!(
        "{}{}--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"监督员名册.xlsx\"\r\n\r\n",
        text("csrf", &csrf),
        text("kind", "observer")
    );
    who.send("POST", "/imports", "multipart/form-data; boundary=xx", &[], &[head.as_bytes(), bytes, b"\r\n--xx--\r\n"].concat())
}
/// A larger file is taken in while its page says how far it is.
fn taken(town: &Town, file: &str) {
    for _ in 0..100 {
        if town.by("intake").get(file).says("已入库 30 行") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{}", town.by("intake").get(file).text());
}
fn phases(town: &Town) -> Vec<(String, String)> {
    let sql = "SELECT number, phase FROM idx WHERE kind = 'observer' ORDER BY id";
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.take(1))).collect())).unwrap()
}

const REQUEST: &[(&str, &str)] = &[
    ("org", MARKET),
    ("act_type", "行政检查"),
    ("item", "对本公司冷库的食品安全检查"),
    ("when", "2026-03-20"),
    ("place", "城东冷链园三号库"),
    ("reason", "上次检查没有亮证。"),
    ("tie", "no"),
    ("disclose", "no"),
    ("enterprise", "云岭例鲜冷链有限公司"),
    ("uscc", CODE),
    ("contact", "甘例棠"),
];
const TASK: &[(&str, &str)] = &[
    ("task_no", "检2026-7"),
    ("task_state", "有码"),
    ("basis", "年度检查计划"),
    ("officers", "马测市 36120001\n丁样安 36120002"),
    ("inspected", "云岭例鲜冷链有限公司"),
    ("inspected_uscc", CODE),
];
const OUTSIDE: &[&str] = &["handler", "lead", "secretary", "tobacco", "court", "justice", "observer1", "keeper1"];
fn registered(town: &Town) -> String {
    town.open("intake", "observation_request", "register", REQUEST)
}
/// What the unit must not learn of who asked.
fn says_who(page: &house::Page) -> bool {
    ["例鲜", CODE, "甘例棠", "本公司冷库", "城东冷链园", "没有亮证"].iter().any(|w| page.says(w))
}

both! {
    fn from_enrolment_to_dismissal_after_a_hearing(town: &Town) {
        let form = [("name", "尤例童"), ("idno", "361202198702066017"), ("source", "律师"), ("route", "定向"), ("unit", "某所"), ("specialties", "税务")];
        let slip = town.by("intake").open("observer", "enrol", &form);
        assert!(slip.status == 422 && slip.says("校验位不对"), "{}", slip.text());
        parameter(town, "observer_age", 60);
        let form = [("name", "尤例童"), ("idno", "361202198702066016"), ("source", "律师"), ("route", "定向"), ("unit", "某所"), ("specialties", "税务")];
        let young = town.by("intake").open("observer", "enrol", &form);
        assert!(young.status == 422 && young.says("未满 60 周岁，不能选聘（本机构设定，非法定）"), "{}", young.text());
        parameter(town, "observer_age", 18);
        let jd = approved(town, "尤例勤", "361202198702066016");
        hidden(town, &jd, "observer", "尤例勤", &["handler", "lead", "secretary", "market", "keeper1", "observer1", "justice", "sent"]);
        assert!(!observes(town, "sent"));
        assert_eq!(appointed(town, &jd, "sent", "2029-03-09"), 303);
        assert!(observes(town, "sent"), "his role begins with the appointment");
        let own = town.by("sent").get(&format!("/matter/{jd}"));
        assert!(own.status == 200 && own.says("尤例勤") && own.says("监1号") && !own.says("公示无异议"), "{}", own.text());
        // Whom else the pool holds he does not learn.
        let other = enrolled(town, "丙样安", "361202198702066016");
        hidden(town, &other, "observer", "丙样安", &["sent"]);
        town.act("sent", &jd, "declare", &[("relation", "亲属"), ("related_org", MARKET)]);
        town.act("sent", &jd, "declare", &[("relation", "投资"), ("enterprise", "云岭例鲜冷链有限公司"), ("uscc", CODE)]);
        let firm = town.house.keys.blind(CODE);
        let held = conflicts(town, "sent");
        assert!(held.contains(&("org".into(), MARKET.into())) && held.contains(&("firm".into(), firm.clone())), "{held:?}");
        assert!(town.by("sent").get(&format!("/matter/{jd}")).says("例鲜冷链"));
        let page = town.by("handler").get("/conflicts");
        assert!(!page.says(&firm) && !page.says("例鲜"), "what he declared of an enterprise stands on his own record");
        town.act("intake", &jd, "propose_dismissal", &[("dismissal", "泄密"), ("facts", "将观摩情况告知他人。")]);
        town.act("sent", &jd, "state_case", &[("statement", "所告知的是公开信息。")]);
        town.day(16);
        let unanswered = town.by("convener").act(&jd, "dismiss", &[("reason", "泄密属实。")]);
        assert!(unanswered.status == 409 && unanswered.says("陈述申辩尚未逐条答复"), "{}", unanswered.text());
        town.act("intake", &jd, "answer_case", &[("answer", "该信息当时没有公开。")]);
        assert_eq!(town.by("intake").act(&jd, "dismiss", &[("reason", "泄密属实。")]).status, 404, "another decides");
        assert!(observes(town, "sent"));
        town.act("convener", &jd, "dismiss", &[("reason", "泄密属实。")]);
        assert!(!observes(town, "sent") && town.by("sent").get(&format!("/matter/{jd}")).says("泄密属实"), "he is told, and holds nothing");
        town.sound();
    }
    fn a_term_ends_the_role_at_the_click_after_its_last_day(town: &Town) {
        let jd = approved(town, "尤例勤", "361202198702066016");
        let second = enrolled(town, "丙样安", "361202198702066016");
        assert_eq!(appointed(town, &jd, "sent", "2026-03-20"), 303);
        town.act("convener", &jd, "suspend", &[("reason", "借调。")]);
        assert!(!observes(town, "sent"));
        town.act("convener", &jd, "restore", &[("reason", "已回。")]);
        town.day(18);
        assert!(observes(town, "sent"), "on the last day");
        town.day(19);
        assert!(!observes(town, "sent"), "nobody had to do anything");
        assert_eq!(town.phase(&jd), "Serving");
        tick(town);
        assert_eq!(town.phase(&jd), "Expired");
        // The number of observers is the house's own setting.
        parameter(town, "observers", 0);
        town.act("intake2", &second, "vet", CLEAN);
        town.act("intake", &second, "publish", &[("place", "门户网站")]);
        town.day(28);
        town.act("convener", &second, "approve", &[("opinion", "同意。")]);
        assert_eq!(appointed(town, &second, "bar", "2028-03-09"), 409);
        parameter(town, "observers", 1);
        assert_eq!(appointed(town, &second, "bar", "2028-03-09"), 303);
        town.sound();
    }
    fn the_old_roll_has_thirty_and_is_taken_back_as_one(town: &Town) {
        let bytes = include_bytes!("../../sheets/tests/samples/监督员名册.xlsx");
        let truth: Json = serde_json::from_str(include_str!("../../sheets/tests/samples/监督员名册.truth.json")).unwrap();
        let want = |what: &str| truth["行数"][what].as_u64().unwrap_or_else(|| panic!("{what}: {}", truth["行数"]));
        assert_eq!(upload(town, "handler", bytes).status, 403, "it is not the supervision office's");
        let page = upload(town, "intake", bytes);
        assert_eq!(page.status, 303, "{}", page.text());
        let file = page.to().to_owned();
        let who = town.by("intake");
        let looked = who.get(&file);
        assert_eq!(who.answer(&looked, &format!("{file}/take"), &[]).status, 303);
        taken(town, &file);
        let all = phases(town);
        assert_eq!((all.len() as u64, all.iter().filter(|p| p.1 == "Serving").count()), (want("有效唯一"), 30));
        let report = town.by("intake").get(&file).text();
        for what in ["重复", "拒绝"] {
            assert!(report.contains(&format!("{} 行", want(what))), "{what}: {report}");
        }
        let jd = all[0].0.clone();
        let one = town.by("intake").get(&format!("/matter/{jd}"));
        assert!(one.status == 200 && one.says("云涉企监督〔"), "{}", one.text());
        hidden(town, &jd, "observer", "云涉企监督", &["handler", "lead", "market", "observer1", "sent"]);
        // Bound to an account, what the roll said of an enterprise bars him by its name.
        let sql = "SELECT number FROM idx WHERE kind = 'observer' ORDER BY id";
        let numbers: Vec<String> = town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap();
        let tied = numbers.iter().find(|n| town.by("intake").get(&format!("/matter/{n}")).says("所涉企业")).unwrap();
        // Which batch it is, and back.
        let batch = format!("DR-{}", report.split("DR-").nth(1).unwrap().split(['。', '"', '<']).next().unwrap());
        let back = who.answer(&who.get(&file), &format!("{file}/undo"), &[]);
        assert_eq!(back.status, 303, "{batch}: {}", back.text());
        assert!(phases(town).iter().all(|p| p.1 == "Voided"));
        // The same file once more, and this time somebody builds on it.
        let again = upload(town, "intake", bytes).to().to_owned();
        who.answer(&who.get(&again), &format!("{again}/take"), &[]);
        taken(town, &again);
        assert_eq!(phases(town).iter().filter(|p| p.1 == "Serving").count(), 30, "{tied}");
        let newest = phases(town).into_iter().rev().find(|p| town.by("intake").get(&format!("/matter/{}", p.0)).says("所涉企业")).unwrap().0;
        town.act("convener", &newest, "bind_account", &[("account", &town.ids["sent"])]);
        assert!(observes(town, "sent"));
        assert!(conflicts(town, "sent").iter().any(|c| c.0 == "firm"));
        assert_eq!(who.answer(&who.get(&again), &format!("{again}/undo"), &[]).status, 409);
        town.sound();
    }
    fn an_enterprises_request_waits_for_the_units_word_and_does_not_tell_it_who_asked(town: &Town) {
        let gs = registered(town);
        hidden(town, &gs, "observation_request", "冷库", OUTSIDE);
        hidden(town, &gs, "observation_request", "冷库", &["market"]);
        let page = town.by("intake").get(&format!("/matter/{gs}"));
        assert!(page.says("本公司冷库") && !page.says("例鲜") && !page.says(CODE) && !page.says("甘例棠"), "{}", page.text());
        let early = town.by("intake").act(&gs, "approve", &[]);
        assert!(early.status == 409 && early.says("须先由执法单位确认执法任务"), "{}", early.text());
        let named = town.by("intake").act(&gs, "ask_confirm", &[("about", "云岭例鲜冷链有限公司申请，电话 15400098765。")]);
        assert!(named.status == 422 && named.says("请删去或改写"), "{}", named.text());
        town.act("intake", &gs, "ask_confirm", &[("about", "请确认 3 月 20 日有无对冷链经营者的食品安全检查任务。")]);
        let unit = town.by("market").get(&format!("/matter/{gs}"));
        assert!(unit.status == 200 && unit.says("对冷链经营者") && !says_who(&unit), "{}", unit.text());
        let listed = town.by("market").get("/matters/observation_request");
        assert!(listed.says(&gs) && !says_who(&listed), "{}", listed.text());
        hidden(town, &gs, "observation_request", "对冷链经营者", OUTSIDE);
        let bare = town.by("market").act(&gs, "confirm_task", &[("task_no", "检2026-7"), ("task_state", "有码"), ("basis", "计划"), ("officers", "马测市 36120001"), ("inspected", "某冷库")]);
        assert!(bare.status == 422 && bare.says("执法人员不少于两人"), "{}", bare.text());
        town.act("market", &gs, "confirm_task", TASK);
        town.act("intake", &gs, "approve", &[]);
        assert_eq!(town.phase(&gs), "Approved");
        let unit = town.by("market").get(&format!("/matter/{gs}"));
        assert!(unit.says("待派员") && !["本公司冷库", "城东冷链园", "没有亮证"].iter().any(|w| unit.says(w)), "{}", unit.text());
        // The day passes without anybody being sent: the unit has waited for nobody.
        town.day(19);
        tick(town);
        assert_eq!(town.phase(&gs), "Lapsed");
        town.sound();
    }
    fn a_request_is_completed_refused_and_looked_at_again(town: &Town) {
        let gs = registered(town);
        town.act("intake", &gs, "ask_to_complete", &[("note", "请说明检查的大致时间。")]);
        town.act("intake", &gs, "complete", &[("supplement", "上午。"), ("when", "2026-03-20")]);
        let twice = town.by("intake").act(&gs, "ask_to_complete", &[("note", "再补。")]);
        assert!(twice.status == 409 && twice.says("补正只能一次"), "{}", twice.text());
        town.act("intake2", &gs, "refuse", &[("reason", "当日没有可派的监督员。")]);
        town.act("intake", &gs, "ask_review", &[("ground", "监督员名册上有三十人。")]);
        town.act("convener", &gs, "reopen", &[("reason", "可以从邻近区域派员。")]);
        let again = town.by("intake2").act(&gs, "refuse", &[("reason", "仍不同意。")]);
        assert!(again.status == 409 && again.says("不能再次不同意"), "{}", again.text());
        town.act("intake", &gs, "ask_confirm", &[("about", "请确认 3 月 20 日有无食品安全检查任务。")]);
        town.act("market", &gs, "no_task", &[("reason", "当日没有检查任务。")]);
        assert_eq!(town.phase(&gs), "NoTask");
        let unit = town.by("market").get(&format!("/matter/{gs}"));
        assert!(!says_who(&unit) && !unit.says("请说明检查的大致时间") && !unit.says("三十人") && !unit.says("邻近区域"), "{}", unit.text());
        // What the enterprise reads by its receipt: the answers, and nothing of what is sealed.
        let (house, number) = (town.house.clone(), gs.clone());
        let read = town.house.db.read_here(move |tx| {
            let loaded = app::matters::load(tx, &number)?.unwrap();
            let who = Person::reporter(CHAMBER);
            let at = app::matters::Circumstances::of(tx, &loaded, &who, house.clock.now(), &house.registers(tx)?)?;
            Ok(loaded.matter.view(&at.at(&who)).iter().flat_map(|s| s.rows.iter().map(|r| r.field.label)).collect::<Vec<_>>())
        });
        let read = read.unwrap();
        assert!(read.contains(&"说明") && read.contains(&"复核意见") && !read.contains(&"企业名称") && !read.contains(&"请单位确认的事项"), "{read:?}");
        town.sound();
    }
    fn an_enterprise_asks_for_itself_by_its_receipt(town: &Town) {
        town.with_keys();
        let house = town.house.clone();
        let form = json!({"org": MARKET, "act_type": "行政检查", "item": "对本公司冷库的食品安全检查", "when": "2026-03-20", "place": "城东冷链园三号库",
            "reason": "上次检查没有亮证。", "tie": false, "disclose": false, "enterprise": "云岭例鲜冷链有限公司", "uscc": CODE});
        let apply = move |owner: &'static str| {
            let (house, form) = (house.clone(), form.as_object().cloned().unwrap());
            let inner = house.clone();
            house.db.write_here(move |tx| {
                let mut desk = Desk::open(tx, &inner)?;
                let place = Where::Open { kind: "observation_request".into(), owner: owner.into(), links: vec![] };
                let who = Person::reporter(owner);
                let done = desk.act(Ask { who: &who, place, action: "apply", form, version: None, key: None })?;
                desk.close()?;
                Ok(done.number)
            })
        };
        assert!(apply(MARKET).is_err(), "a unit takes in nothing against itself");
        let gs = apply(CHAMBER).unwrap();
        hidden(town, &gs, "observation_request", "冷库", OUTSIDE);
        hidden(town, &gs, "observation_request", "例鲜", &["market"]);
        let page = town.by("intake").get(&format!("/matter/{gs}"));
        assert!(page.says("上次检查没有亮证") && !page.says("例鲜"), "{}", page.text());
        town.sound();
    }
    fn a_unit_invites_the_joint_office_and_nobody_else_learns_of_it(town: &Town) {
        let mut form: Vec<(&str, &str)> = TASK.to_vec();
        form.extend([("org", MARKET), ("act_type", "行政检查"), ("plan", "两人一组，查冷库温控记录。"), ("when", "2026-03-04"), ("place", "城东冷链园")]);
        let foreign: Vec<(&str, &str)> = form.iter().map(|f| if f.0 == "org" { ("org", "YCJ") } else { *f }).collect();
        assert_ne!(town.by("market").open("observation_request", "invite", &foreign).status, 303, "each unit for itself");
        let without: Vec<(&str, &str)> = form.iter().filter(|f| f.0 != "task_no").copied().collect();
        assert_eq!(town.by("market").open("observation_request", "invite", &without).status, 422, "no task, no invitation");
        let gs = town.open("market", "observation_request", "invite", &form);
        hidden(town, &gs, "observation_request", "温控记录", OUTSIDE);
        assert!(town.by("intake").get(&format!("/matter/{gs}")).says("温控记录"));
        let late = town.by("intake").act(&gs, "approve", &[]);
        assert!(late.status == 422 && late.says("提前的时间不够"), "{}", late.text());
        town.act("intake", &gs, "approve", &[("late_reason", "检查日期已定，可以派员。")]);
        let page = town.by("market").get(&format!("/matter/{gs}"));
        assert!(page.says("待派员") && page.says("可以派员"), "{}", page.text());
        town.act("market", &gs, "call_off", &[("ended", "检查改期。")]);
        assert_eq!(town.phase(&gs), "Withdrawn");
        town.sound();
    }
}
