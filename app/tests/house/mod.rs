//! A small city served over real HTTP on a real database, for tests. The clock stands where the test puts it.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]
pub mod asked;
pub mod batch;
pub mod browser;
pub mod field;
pub mod leading;
pub mod opinions;
pub mod seated;
pub mod sought;
pub mod walk;
pub mod whole;

use app::db::Place;
use app::edge::Clock;
use app::house::House;
use app::matters::Desk;
use app::people;
use app::registers::{Amendment, amend};
use ledger::Alg;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

pub const OFFICE: &str = "ZFW";
pub const COURT: &str = "FY1";
pub const POLICE: &str = "GA1";
pub const PROCURACY: &str = "JC1";
/// 市司法局, 市工商联（联席办）, 市人民政府, 市市场监督管理局, 市烟草专卖局（垂直管理）.
pub const JUSTICE: &str = "SFJ";
pub const CHAMBER: &str = "GSL";
pub const GOVERNMENT: &str = "SZF";
pub const MARKET: &str = "SCJ";
pub const TOBACCO: &str = "YCJ";
const PASSWORD: &str = "Cheng-shi-2026";
/// 2026-03-02 09:00, a Monday.
pub const START: i64 = 1_772_413_200_000;
pub const DAY: i64 = 86_400_000;

/// `(log-in, name, role, organisation)`.
pub const PEOPLE: [(&str, &str, &str, &str); 50] = [
    ("handler", "林例安", "R1", OFFICE),
    ("second", "周样宁", "R1", OFFICE),
    ("lead", "陈拟正", "R2", OFFICE),
    ("secretary", "赵构平", "R3", OFFICE),
    ("inspector", "吴测明", "R4", OFFICE),
    ("expert", "王例衡", "R6", OFFICE),
    ("posted", "孙样直", "R7", OFFICE),
    ("court", "蒋样和", "R9", COURT),
    ("police", "韩构成", "R9", POLICE),
    ("officer", "钱构勤", "R10", POLICE),
    ("party-org", "褚虚白", "R12", "ZZB"),
    ("system", "曹样稳", "SYS", OFFICE),
    ("security", "严拟密", "SEC", OFFICE),
    ("auditor", "华构察", "AUD", OFFICE),
    ("chair", "何样平", "R8", OFFICE),
    ("procurator", "吕构直", "R11", PROCURACY),
    ("sent", "尤样勤", "R10", PROCURACY),
    ("patrol", "郑虚清", "R5", OFFICE),
    ("inspector2", "尤例察", "R4", OFFICE),
    ("discipline", "冯例纪", "R13", "JW"),
    ("bar", "沈拟律", "R9", "LX"),
    ("bureau", "卫样司", "R9", "SFJ"),
    ("expert1", "施例一", "R6", OFFICE),
    ("expert2", "张样二", "R6", OFFICE),
    ("expert3", "孔拟三", "R6", OFFICE),
    ("expert4", "曹构四", "R6", OFFICE),
    ("expert5", "严测五", "R6", OFFICE),
    ("expert6", "金虚六", "R6", OFFICE),
    ("expert7", "魏例七", "R6", OFFICE),
    ("expert8", "陶样八", "R6", OFFICE),
    ("expert9", "姜拟九", "R6", OFFICE),
    ("intake", "苏例接", "R14", CHAMBER),
    ("intake2", "潘样听", "R14", CHAMBER),
    ("convener", "葛拟召", "R15", CHAMBER),
    ("keeper1", "奚构密", "R16", CHAMBER),
    ("keeper2", "范测守", "R16", CHAMBER),
    ("keeper3", "彭虚藏", "R16", CHAMBER),
    ("justice", "郎例司", "R17", JUSTICE),
    ("justice2", "鲁样法", "R17", JUSTICE),
    ("justice-lead", "韦拟长", "R18", JUSTICE),
    ("mayor", "昌构府", "R20", GOVERNMENT),
    ("market", "马测市", "R9", MARKET),
    ("tobacco", "苗虚烟", "R9", TOBACCO),
    ("observer1", "凤例一", "R19", CHAMBER),
    ("observer2", "花样二", "R19", CHAMBER),
    ("observer3", "方拟三", "R19", CHAMBER),
    ("observer4", "俞构四", "R19", CHAMBER),
    ("observer5", "任测五", "R19", CHAMBER),
    ("secretary2", "袁样理", "R3", OFFICE),
    ("party-org2", "柳拟才", "R12", "ZZB"),
];
const ORGS: [[&str; 4]; 14] = [
    [OFFICE, "云岭市委政法委", "", "党委政法委"],
    [COURT, "云岭市中级人民法院", OFFICE, "审判机关"],
    [POLICE, "云岭市公安局", OFFICE, "公安机关"],
    ["GA1P", "云岭市公安局城东派出所", POLICE, "公安机关"],
    [PROCURACY, "云岭市人民检察院", OFFICE, "检察机关"],
    ["ZZB", "云岭市委组织部", OFFICE, "组织部门"],
    ["JW", "云岭市纪委监委", OFFICE, "纪检监察机关"],
    ["LX", "云岭市律师协会", OFFICE, "行业协会"],
    [JUSTICE, "云岭市司法局", OFFICE, "司法行政机关"],
    [CHAMBER, "云岭市工商业联合会", OFFICE, "工商联"],
    [GOVERNMENT, "云岭市人民政府", "", "人民政府"],
    [MARKET, "云岭市市场监督管理局", GOVERNMENT, "行政执法机关"],
    ["SCJ1", "云岭市市场监督管理局城东分局", MARKET, "行政执法机关"],
    [TOBACCO, "云岭市烟草专卖局", GOVERNMENT, "行政执法机关"],
];

/// A place nobody else uses: `sqlite`, or a fresh database of the test cluster.
pub fn place(engine: &str) -> Place {
    static N: AtomicU64 = AtomicU64::new(0);
    let name = format!("xz_{}_{}", std::process::id(), N.fetch_add(1, Ordering::SeqCst));
    let dir = std::env::temp_dir().join(&name);
    std::fs::create_dir_all(&dir).unwrap();
    if engine == "sqlite" {
        return Place::Folder(dir);
    }
    let url = std::env::var("XIEZHI_TEST_POSTGRES").expect("run by `make test`, or: scripts/pg run cargo nextest run");
    postgres::Client::connect(&url, postgres::NoTls).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    Place::Server(format!("{}/{name}", url.rsplit_once('/').unwrap().0), dir)
}
/// Runs a story on both engines: two tests, `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! both {
    ($($(#[$doc:meta])* fn $name:ident($town:ident: &Town) $body:block)*) => { $(
        mod $name {
            use super::*;
            fn story($town: &Town) $body
            #[test]
            fn sqlite() { story(&Town::new("sqlite")); }
            #[test]
            fn postgres() { story(&Town::new("postgres")); }
        }
    )* };
}

/// The city.
pub struct Town {
    pub house: House,
    pub port: u16,
    place: Place,
    secrets: BTreeMap<&'static str, Vec<u8>>,
    pub ids: BTreeMap<&'static str, String>,
    visitors: Mutex<BTreeMap<&'static str, (String, i64)>>,
}
impl Drop for Town {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.place.folder());
    }
}
impl Town {
    pub fn new(engine: &str) -> Self {
        let place = place(engine);
        let house = House::open(&place, Clock::set_to(START), Alg::Sm3).unwrap();
        let inner = house.clone();
        let by = ("console", "console");
        let invited = house.db.write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            let from = jiff::civil::date(2018, 1, 1);
            for [code, name, parent, kind] in ORGS {
                let level = if code.len() == 4 { "派出" } else { "市级" };
                let body = json!({"name": name, "short": "", "parent": parent, "level": level, "kind": kind, "region": "361200", "status": "有效", "former": "", "regime": if code == TOBACCO { "垂直" } else { "" }});
                amend(&mut desk, Amendment { register: "organisation", key: code, from, body: Some(body), personal: &[], batch: "", by })?;
            }
            let mut invited = vec![];
            for (login, name, role, org) in PEOPLE {
                let id = people::create(&mut desk, login, name, org, by)?;
                let body = Some(json!({"from": "2026-01-01", "until": ""}));
                amend(&mut desk, Amendment { register: "holding", key: &format!("{id}|{role}|{org}|"), from, body, personal: &[], batch: "", by })?;
                invited.push((login, id.clone(), people::invite(&mut desk, &id, by)?));
            }
            desk.close()?;
            Ok(invited)
        });
        let (mut secrets, mut ids) = (BTreeMap::new(), BTreeMap::new());
        let hash = people::hash_password(PASSWORD).unwrap();
        for (login, id, token) in invited.unwrap() {
            let (_, secret) = house.db.read_here(|tx| people::open_invitation(tx, &token, START)).unwrap().unwrap();
            // One hash for all: Argon2 fourteen times over would be most of every test.
            let (key, phc, totp) = (id.clone(), hash.clone(), secret.clone());
            house
                .db
                .write_here(move |tx| {
                    tx.exec("UPDATE account SET password = $2, totp = $3, state = 'active' WHERE id = $1", app::params![key, phc, totp])
                })
                .unwrap();
            secrets.insert(login, secret);
            ids.insert(login, id);
        }
        let port = serve(&house);
        Self { house, port, place, secrets, ids, visitors: Mutex::default() }
    }
    /// A second node over the same database: its port. The clocks are two, set alike.
    pub fn second_node(&self) -> u16 {
        serve(&House::open(&self.place, Clock::set_to(self.house.clock.now().ms), Alg::Sm3).unwrap())
    }
    pub fn place(&self) -> &Place {
        &self.place
    }
    pub fn folder(&self) -> &std::path::Path {
        self.place.folder()
    }
    /// Puts the clock so many days after the start.
    pub fn day(&self, days: i64) {
        self.house.clock.put(START + days * DAY);
    }
    /// Lets minutes pass.
    pub fn pass(&self, minutes: i64) {
        self.house.clock.put(self.house.clock.now().ms + minutes * 60_000);
    }
    pub fn today(&self, plus: i32) -> String {
        self.house.clock.now().today.saturating_add(jiff::Span::new().days(plus)).to_string()
    }
    /// What the token of this person shows now.
    pub fn code(&self, login: &str) -> String {
        let totp = totp_rs::Builder::new()
            .with_algorithm(totp_rs::Algorithm::SHA1)
            .with_skew(1)
            .with_secret(self.secrets[login].clone())
            .build_noncompliant();
        totp.generate(self.house.clock.now().ms as u64 / 1_000).to_string()
    }
    /// Logs in by the form; the answer as it came.
    pub fn log_in(&self, login: &str, password: &str, code: &str) -> Page {
        Visitor { port: self.port, cookie: String::new(), bearer: String::new() }
            .post("/login", &[("account", login), ("password", password), ("otp", code)])
    }
    /// Somebody's browser, logged in; again where the session has run out meanwhile.
    pub fn by(&self, login: &'static str) -> Visitor {
        let mut all = self.visitors.lock().unwrap();
        let now = self.house.clock.now().ms;
        if let Some((cookie, at)) = all.get(login)
            && now - at < 25 * 60_000
        {
            return Visitor { port: self.port, cookie: cookie.clone(), bearer: String::new() };
        }
        self.house.clock.put(now + 61_000);
        let page = self.log_in(login, PASSWORD, &self.code(login));
        assert_eq!(page.status, 303, "{login}: {}", page.text());
        let cookie = page.cookie.unwrap();
        all.insert(login, (cookie.clone(), self.house.clock.now().ms));
        Visitor { port: self.port, cookie, bearer: String::new() }
    }
    /// The keys of the enterprise channel exist: an intake officer and two custodians have logged in.
    pub fn with_keys(&self) {
        for login in ["intake", "keeper1", "keeper2"] {
            self.by(login);
        }
    }
    pub fn password(&self) -> &'static str {
        PASSWORD
    }
    /// Takes a step by its form, as a browser does; returns the number of the matter.
    pub fn act(&self, login: &'static str, number: &str, action: &str, values: &[(&str, &str)]) -> String {
        let page = self.by(login).act(number, action, values);
        assert_eq!(page.status, 303, "{login} {action}: {}", page.text());
        page.number()
    }
    /// Opens a matter by its form.
    pub fn open(&self, login: &'static str, kind: &str, action: &str, values: &[(&str, &str)]) -> String {
        if matches!(kind, "enterprise_appeal" | "hotline_call" | "observation_request") {
            self.with_keys();
        }
        let page = self.by(login).open(kind, action, values);
        assert_eq!(page.status, 303, "{login} {action}: {}", page.text());
        page.number()
    }
    pub fn phase(&self, number: &str) -> String {
        let loaded = self.house.db.read_here(|tx| app::matters::load(tx, number)).unwrap().unwrap();
        loaded.matter.phase().unwrap().name.clone()
    }
    /// Everything still verifies.
    pub fn sound(&self) {
        app::matters::flush(&self.house).unwrap();
        let outcome = self.house.db.read_here(|tx| app::ledger::verify(tx, &self.house, vec![])).unwrap();
        assert_eq!(outcome.report.exit_code(), 0, "{outcome:?}");
    }
    pub fn entries(&self) -> u64 {
        self.house.db.read_here(app::ledger::identity).unwrap().2
    }
    pub fn clue(&self) -> String {
        self.open("handler", "clue", "register", CLUE)
    }
    /// A rectification that the unit is working on.
    pub fn rectifying(&self) -> String {
        let zg = self.open(
            "handler",
            "rectification",
            "open",
            &[("org", COURT), ("problems", "X1"), ("severity", "一般"), ("gist", "审限超过三十日。")],
        );
        self.act("lead", &zg, "demand", &[("what", "逐件核查，限期纠正。")]);
        self.act("court", &zg, "sign", &[]);
        self.act("court", &zg, "plan", &[("plan", "分管领导牵头，两个月内完成。")]);
        self.act("handler", &zg, "confirm_plan", &[]);
        zg
    }
}
/// A clue about a case that has ended.
pub const CLUE: &[(&str, &str)] = &[
    ("source", "来信"),
    ("received", "2026-02-27"),
    ("org", COURT),
    ("case_no", "（2025）赣1202刑初15号"),
    ("is_closed", "yes"),
    ("problem", "X1"),
    ("summary", "反映案件审理超过法定期限，没有书面说明理由。"),
    ("reporter", "甘例棠"),
    ("reporter_id", "361202199001010011"),
    ("reporter_phone", "15400098765"),
];

/// Serves the house on a free port until the process ends.
pub fn serve(house: &House) -> u16 {
    let (send, receive) = std::sync::mpsc::channel();
    let house = house.clone();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            send.send(listener.local_addr().unwrap().port()).unwrap();
            let doors = app::web::Doors::new(house, app::web::Config::default());
            app::web::serve(listener, app::web::router(doors), app::web::STAFF, std::future::pending()).await.unwrap();
        });
    });
    receive.recv().unwrap()
}
/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    /// `name=value` of a cookie that was set.
    pub cookie: Option<String>,
}
impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }
    pub fn to(&self) -> &str {
        self.headers.get("location").map_or("", String::as_str)
    }
    /// Number of the matter a redirect leads to.
    pub fn number(&self) -> String {
        self.to().trim_start_matches("/matter/").split('?').next().unwrap().to_owned()
    }
    pub fn says(&self, what: &str) -> bool {
        self.text().contains(what)
    }
    /// Value of a hidden input.
    pub fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let at = text.find(&format!("name=\"{name}\" value=\"")).map(|i| i + name.len() + 15);
        at.and_then(|i| text[i..].split('"').next()).unwrap_or("").to_owned()
    }
}
/// One browser.
#[derive(Clone)]
pub struct Visitor {
    pub port: u16,
    pub cookie: String,
    pub bearer: String,
}
impl Visitor {
    pub fn stranger(port: u16) -> Self {
        Self { port, cookie: String::new(), bearer: String::new() }
    }
    pub fn send(&self, method: &str, path: &str, kind: &str, extra: &[(&str, &str)], body: &[u8]) -> Page {
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Length: {}\r\n", self.port, body.len());
        let mut add = |name: &str, value: &str| head += &format!("{name}: {value}\r\n");
        if !self.cookie.is_empty() {
            add("Cookie", &self.cookie);
        }
        if !self.bearer.is_empty() {
            add("Authorization", &format!("Bearer {}", self.bearer));
        }
        if !kind.is_empty() {
            add("Content-Type", kind);
        }
        extra.iter().for_each(|(n, v)| add(n, v));
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(b"\r\n").unwrap();
        // A server that refuses a body may answer before it has read all of it.
        let _ = stream.write_all(body);
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let status = line.split(' ').nth(1).unwrap_or("0").parse().unwrap();
        let (mut headers, mut cookie) = (BTreeMap::new(), None);
        loop {
            line.clear();
            reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            if name.eq_ignore_ascii_case("set-cookie") {
                cookie = value.split(';').next().map(ToOwned::to_owned);
            }
            headers.insert(name.to_ascii_lowercase(), value.to_owned());
        }
        let mut body = vec![];
        let _ = reader.read_to_end(&mut body);
        Page { status, headers, body, cookie }
    }
    pub fn get(&self, path: &str) -> Page {
        self.send("GET", path, "", &[], &[])
    }
    pub fn post(&self, path: &str, values: &[(&str, &str)]) -> Page {
        let body: Vec<String> = values.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
        self.send("POST", path, "application/x-www-form-urlencoded", &[], body.join("&").as_bytes())
    }
    /// Gets the page with the form, fills it in and posts it to `action`. A value `file:…` becomes an attachment of that text.
    pub fn submit(&self, form: &str, action: &str, values: &[(&str, &str)]) -> Page {
        let page = self.get(form);
        if page.status != 200 {
            return page;
        }
        self.answer(&page, action, values)
    }
    /// Posts the form of a page already at hand.
    pub fn answer(&self, page: &Page, action: &str, values: &[(&str, &str)]) -> Page {
        let hidden = ["csrf", "version", "key", "once", "owner"].map(|n| (n, page.hidden(n)));
        let all = hidden.iter().filter(|(n, v)| !v.is_empty() && !values.iter().any(|(m, _)| m == n)).map(|(n, v)| (*n, v.as_str()));
        let all: Vec<(&str, &str)> = all.chain(values.iter().copied()).collect();
        if all.iter().any(|(_, v)| v.starts_with("file:")) {
            return self.multipart(action, &all);
        }
        self.post(action, &all)
    }
    pub fn multipart(&self, path: &str, values: &[(&str, &str)]) -> Page {
        let mut body = String::new();
        for (name, value) in values {
            match value.strip_prefix("file:") {
                Some(text) => {
                    body += &format!(
                        "--xx\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"佐证.txt\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
                    )
                }
                None => body += &format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"),
            }
        }
        body += "--xx--\r\n";
        self.send("POST", path, "multipart/form-data; boundary=xx", &[], body.as_bytes())
    }
    pub fn act(&self, number: &str, action: &str, values: &[(&str, &str)]) -> Page {
        let path = format!("/matter/{number}/do/{action}");
        self.submit(&path, &path, values)
    }
    pub fn open(&self, kind: &str, action: &str, values: &[(&str, &str)]) -> Page {
        let path = format!("/matters/{kind}/new/{action}");
        self.submit(&path, &path, values)
    }
    pub fn api(&self, path: &str, key: &str, body: &Json) -> Page {
        self.send("POST", path, "application/json", &[("Idempotency-Key", key)], body.to_string().as_bytes())
    }
}
pub fn encode(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() || b == b'-' { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
