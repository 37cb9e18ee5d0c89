//! The journeys that matter, in real Chromium against the demonstration city; axe-core on every kind of page.
//! Screenshots go to $XIEZHI_SHOTS when it is set.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use serde_json::{Value as Json, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

const PASSWORD: &str = "Yunling-2026-demo";

/// A program started for the test, stopped whatever happens.
struct Running(Child);
impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
/// Starts a program and waits for the line that tells its port.
fn start(mut command: Command, says: &str) -> (Running, u16) {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap_or_else(|e| panic!("{command:?}: {e}; run `make setup`"));
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let running = Running(child);
    for line in lines.map_while(Result::ok) {
        if let Some((_, rest)) = line.split_once(says) {
            let port = rest.trim_end_matches('.').rsplit([':', ' ']).next().unwrap().parse().unwrap();
            return (running, port);
        }
    }
    panic!("{command:?} ended without saying “{says}”");
}
/// The city and a browser to look at it with.
struct Stage {
    _house: Running,
    _driver: Running,
    dir: PathBuf,
    house: u16,
    driver: u16,
}
impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
impl Stage {
    fn new(name: &str) -> Self {
        let dir = std::env::temp_dir().join(format!("xiezhi-browser-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let mut house = Command::new(env!("CARGO_BIN_EXE_xiezhi"));
        house.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(dir.join("data")).env_remove("DATABASE_URL");
        let (_house, port) = start(house, "地址 http://127.0.0.1");
        let mut driver = Command::new("chromedriver");
        driver.arg("--port=0");
        let (_driver, at) = start(driver, "started successfully on port");
        Self { _house, _driver, dir, house: port, driver: at }
    }
    fn window(&self, script: bool) -> Window<'_> {
        static N: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let n = N.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let profile = format!("--user-data-dir={}", self.dir.join(format!("profile{n}")).display());
        let mut args = vec![
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=zh-CN",
            &profile,
        ];
        if !script {
            args.push("--blink-settings=scriptEnabled=false");
        }
        let options = json!({"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": {"args": args}}}});
        let made = wire(self.driver, "POST", "/session", &options);
        let id = made["sessionId"].as_str().unwrap_or_else(|| panic!("no browser: {made}")).to_owned();
        Window { stage: self, id }
    }
}
/// One WebDriver command; its value.
fn wire(port: u16, method: &str, path: &str, body: &Json) -> Json {
    let body = if method == "POST" { body.to_string() } else { String::new() };
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0usize);
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = n.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    serde_json::from_slice::<Json>(&body).unwrap()["value"].take()
}
struct Window<'a> {
    stage: &'a Stage,
    id: String,
}
impl Drop for Window<'_> {
    fn drop(&mut self) {
        self.call("DELETE", "", &json!({}));
    }
}
impl Window<'_> {
    fn call(&self, method: &str, path: &str, body: &Json) -> Json {
        wire(self.stage.driver, method, &format!("/session/{}{path}", self.id), body)
    }
    fn size(&self, width: u32, height: u32) {
        self.call("POST", "/goog/cdp/execute", &json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}}));
    }
    fn open(&self, path: &str) {
        self.call("POST", "/url", &json!({"url": format!("http://127.0.0.1:{}{path}", self.stage.house)}));
    }
    fn find(&self, css: &str) -> Option<String> {
        let found = self.call("POST", "/element", &json!({"using": "css selector", "value": css}));
        found["element-6066-11e4-a52e-4f735466cecf"].as_str().map(ToOwned::to_owned)
    }
    fn must(&self, css: &str) -> String {
        self.find(css).unwrap_or_else(|| panic!("no {css} at {}:\n{}", self.address(), self.text()))
    }
    fn click(&self, css: &str) {
        let done = self.call("POST", &format!("/element/{}/click", self.must(css)), &json!({}));
        assert!(done.is_null(), "{css}: {done}");
    }
    /// Clicks and waits until another page stands there.
    fn submit(&self, css: &str) {
        let old = self.must("html");
        self.click(css);
        self.gone(&old);
    }
    fn gone(&self, old: &str) {
        for _ in 0..600 {
            let name = self.call("GET", &format!("/element/{old}/name"), &json!({}));
            if name["error"].is_string() && self.find("body").is_some() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        panic!("still the same page: {}", self.text());
    }
    fn fill(&self, css: &str, text: &str) {
        let element = self.must(css);
        self.call("POST", &format!("/element/{element}/clear"), &json!({}));
        let done = self.call("POST", &format!("/element/{element}/value"), &json!({"text": text}));
        assert!(done.is_null(), "{css}: {done}");
    }
    /// Keys to whatever has the focus.
    fn keys(&self, keys: &str) {
        let press = |c: char| [json!({"type": "keyDown", "value": c}), json!({"type": "keyUp", "value": c})];
        let actions: Vec<Json> = keys.chars().flat_map(press).collect();
        self.call("POST", "/actions", &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}));
    }
    fn choose(&self, name: &str, value: &str) {
        self.click(&format!("[name=\"{name}\"] option[value=\"{value}\"]"));
    }
    fn run(&self, script: &str) -> Json {
        self.call("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }
    fn text(&self) -> String {
        let body = self.must_body();
        self.call("GET", &format!("/element/{body}/text"), &json!({})).as_str().unwrap_or("").to_owned()
    }
    fn must_body(&self) -> String {
        self.find("body").unwrap()
    }
    fn address(&self) -> String {
        self.call("GET", "/url", &json!({})).as_str().unwrap_or("").split(&format!(":{}", self.stage.house)).nth(1).unwrap_or("").to_owned()
    }
    fn log_in(&self, account: &str) {
        self.call("DELETE", "/cookie", &json!({}));
        self.open("/login");
        self.fill("#account", account);
        self.fill("#password", PASSWORD);
        self.submit("button[type=submit]");
        assert_eq!(self.address(), "/", "{account}: {}", self.text());
    }
    fn shot(&self, name: &str) {
        let Ok(folder) = std::env::var("XIEZHI_SHOTS") else { return };
        let picture = self.call("GET", "/screenshot", &json!({}));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), base64(picture.as_str().unwrap())).unwrap();
    }
    /// Nothing scrolls sideways, and axe finds nothing, with everything opened; the menus, which cover the page, in a second look.
    fn sound(&self, axe: Option<&str>) -> Vec<String> {
        let mut wrong = vec![];
        self.run("document.querySelectorAll('main details').forEach(d => d.open = true)");
        let over = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth").as_i64().unwrap();
        if over > 0 {
            wrong.push(format!("{} scrolls sideways by {over} px", self.address()));
        }
        if let Some(axe) = axe {
            self.run(axe);
            let found = self.call("POST", "/execute/async", &json!({"script": "const done = arguments[0]; const rules = {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}; axe.run(document, rules).then(page => { const bar = document.querySelector('.topbar'); bar?.querySelectorAll('details').forEach(d => d.open = true); return (bar ? axe.run(bar, rules) : Promise.resolve({violations: []})).then(menus => done([...page.violations, ...menus.violations].map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).slice(0, 3).join(', ')))) })", "args": []}));
            let found = found.as_array().unwrap_or_else(|| panic!("axe did not answer: {found}"));
            wrong.extend(found.iter().map(|v| format!("{}: {}", self.address(), v.as_str().unwrap_or("?"))));
        }
        wrong
    }
}
fn base64(text: &str) -> Vec<u8> {
    let digit = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let four = |chunk: &[u8]| {
        let kept = chunk.iter().filter(|c| **c != b'=').count();
        let n = chunk.iter().fold(0u32, |n, c| n << 6 | u32::from(if *c == b'=' { 0 } else { digit(*c) }));
        n.to_be_bytes()[1..kept].to_vec()
    };
    text.as_bytes().chunks(4).flat_map(four).collect()
}
fn axe() -> Option<String> {
    let home = std::env::var("HOME").unwrap_or_default();
    let source = std::fs::read_to_string(format!("{home}/.cache/xiezhi/npm/node_modules/axe-core/axe.min.js")).ok();
    if source.is_none() {
        println!("没有 axe-core，只查横向滚动。安装：make setup");
    }
    source
}
fn register(w: &Window, summary: &str) {
    w.choose("source", "来信");
    w.fill("[name=received]", "2026-11-02");
    w.choose("org", "361200FY");
    w.fill("[name=summary]", summary);
}
/// The number in the address of a matter.
fn number(w: &Window) -> String {
    w.address().trim_start_matches("/matter/").split('?').next().unwrap().to_owned()
}
fn date(w: &Window, css: &str, day: &str) {
    // A date input takes its value by script where there is one, by keys where there is none.
    w.run(&format!("document.querySelector('{css}').value = '{day}'"));
}

#[test]
fn the_loop_is_walked_by_each_role_in_a_browser() {
    let stage = Stage::new("loop");
    let w = stage.window(true);
    w.size(1440, 900);
    w.log_in("jingban1");
    w.open("/matters/clue/new/register");
    register(&w, "反映案件审理超过法定期限，没有书面说明理由。");
    date(&w, "[name=received]", "2026-11-02");
    w.submit("button.btn--main");
    assert!(w.text().contains("案件是否办结") && w.find("#e-is_closed").is_some(), "the message stands at its field: {}", w.text());
    assert_eq!(
        w.run("return document.querySelector('[name=summary]').value"),
        "反映案件审理超过法定期限，没有书面说明理由。",
        "nothing typed is lost"
    );
    w.shot("form-error-1440");
    w.click("[name=is_closed][value=yes]");
    w.submit("button.btn--main");
    let xs = number(&w);
    assert!(xs.starts_with("XS-"), "{}", w.text());
    w.shot("clue-1440");
    let act = |who: &str, number: &str, action: &str, fill: &dyn Fn(&Window)| {
        w.log_in(who);
        w.open(&format!("/matter/{number}/do/{action}"));
        fill(&w);
        w.submit("button.btn--main");
        // A grave step asks once more.
        if w.address().contains("/do/") && w.find("dialog[open] .btn--main").is_some() {
            w.click("dialog[open] .btn--main");
        }
        assert!(w.address().starts_with("/matter/") && !w.address().contains("/do/"), "{who} {action} at {}: {}", w.address(), w.text());
    };
    act("jingban1", &xs, "assess", &|_| {});
    for who in ["jingban1", "zhudian"] {
        act(who, &xs, "opine", &|w| {
            w.choose("route", "转评查");
            w.fill("[name=opinion]", "反映具体，有案可查。");
        });
    }
    act("jingban2", &xs, "propose", &|w| {
        w.choose("route", "转评查");
        w.fill("[name=reason]", "两名研判人员意见一致。");
    });
    act("fuzeren", &xs, "approve", &|_| {});
    act("fuzeren", &xs, "rectify", &|w| {
        w.click("[name=problems][value=X1]");
        w.choose("severity", "一般");
        w.fill("[name=gist]", "审限超过三十日。");
    });
    let zg = w
        .run("return [...document.querySelectorAll('.chain a')].map(a => a.getAttribute('href')).find(h => h.includes('/ZG-'))")
        .as_str()
        .unwrap()
        .trim_start_matches("/matter/")
        .to_owned();
    w.log_in("zhongyuan");
    w.open(&format!("/matter/{zg}"));
    assert!(w.text().contains("没有找到"), "before the demand the unit knows of nothing");
    act("fuzeren", &zg, "demand", &|w| w.fill("[name=what]", "逐件核查，限期纠正。"));
    act("zhongyuan", &zg, "sign", &|_| {});
    act("zhongyuan", &zg, "plan", &|w| w.fill("[name=plan]", "分管领导牵头，两个月内完成。"));
    w.open(&format!("/matter/{xs}"));
    assert!(w.text().contains("没有找到"), "the unit never sees the clue");
    act("jingban1", &zg, "confirm_plan", &|_| {});
    let file = stage.dir.join("清单.txt");
    std::fs::write(&file, "清单（演示）").unwrap();
    act("zhongyuan", &zg, "report", &|w| {
        w.fill("[name=result]", "补办报批三件。");
        let input = w.must("input[type=file]");
        w.call("POST", &format!("/element/{input}/value"), &json!({"text": file.to_string_lossy()}));
    });
    act("jingban1", &zg, "accept", &|w| w.fill("[name=opinion]", "措施具体，同意验收。"));
    assert!(w.text().contains("待回头看"));
    w.run("document.querySelectorAll('main details').forEach(d => d.open = true)");
    w.shot("rectification-1440");
}
#[test]
fn every_kind_of_page_passes_axe_and_fits_the_phone() {
    let stage = Stage::new("axe");
    let w = stage.window(true);
    let axe = axe();
    let looks: [(&str, &[&str]); 8] = [
        (
            "jingban1",
            &[
                "/",
                "/matters/clue",
                "/matters/rectification?q=%E8%B6%85%E6%9C%9F",
                "/matter/XS-2026-0040",
                "/matter/ZG-2026-0045",
                "/matters/clue/new/register",
                "/search?q=%E8%B6%85%E6%9C%9F",
                "/imports",
                "/organisations",
                "/officers",
                "/limits",
                "/calendar",
                "/codes",
                "/conflicts",
                "/ledger",
                "/entry/300",
                "/tokens",
                "/devices",
                "/delegations",
                "/funnel/%E7%A0%94%E5%88%A4",
                "/nothing",
                "/matters/inquiry_record",
                "/matters/amendment/new/propose",
            ],
        ),
        (
            "jingban2",
            &[
                "/matters/review_batch",
                "/matter/PB-2026-0001",
                "/matters/review",
                "/matter/PC-2026-0001",
                "/matter/PC-2025-0007",
                "/matters/draw",
                "/matter/CQ-2026-0001",
                "/matters/draw/new/announce",
                "/matters/dossier",
                "/matters/expert",
                "/matters/standard",
            ],
        ),
        ("zhuanjia1", &["/", "/matters/review"]),
        ("fuzeren", &["/", "/reads", "/matter/ZG-2026-0010"]),
        ("gongan", &["/", "/matters/rectification", "/matters/prompt"]),
        ("system-admin", &["/", "/accounts", "/matters/grant"]),
        ("security-admin", &["/matters/grant"]),
        ("auditor", &["/audit", "/reads"]),
    ];
    let mut wrong = vec![];
    for (who, paths) in looks {
        w.size(1440, 900);
        w.log_in(who);
        for (n, path) in paths.iter().enumerate() {
            for (width, height) in [(1440, 900), (390, 844)] {
                w.size(width, height);
                w.open(path);
                w.shot(&format!("{who}-{n:02}-{width}"));
                wrong.extend(w.sound(axe.as_deref()).into_iter().map(|x| format!("{width}: {x}")));
            }
        }
    }
    w.call("DELETE", "/cookie", &json!({}));
    for (width, height) in [(1440, 900), (390, 844), (360, 740)] {
        w.size(width, height);
        w.open("/login");
        w.shot(&format!("login-{width}"));
        wrong.extend(w.sound(axe.as_deref()));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
#[test]
fn everything_works_without_script_and_by_keyboard_alone() {
    let stage = Stage::new("plain");
    {
        let w = stage.window(false);
        w.size(1440, 900);
        w.log_in("jingban1");
        w.open("/matters/inquiry_record/new/record");
        w.choose("kind", "查询");
        w.fill("[name=on]", "11022026");
        w.choose("org", "361200GA");
        w.fill("[name=asked_by]", "某机关干部 演示");
        w.fill("[name=content]", "查询办理进度。");
        w.fill("[name=ground]", "工作需要");
        w.submit("button.btn--main");
        assert!(w.address().starts_with("/matter/GW-"), "{}: {}", w.address(), w.text());
    }
    let w = stage.window(true);
    w.size(1440, 900);
    w.open("/login");
    // Keys of the WebDriver standard: tab, enter.
    let (tab, enter) = ("\u{e004}", "\u{e007}");
    let old = w.must("html");
    w.keys(&format!("{tab}{tab}jingban1{tab}{PASSWORD}{enter}"));
    w.gone(&old);
    assert_eq!(w.address(), "/", "logged in by keys alone: {}", w.text());
    w.keys(tab);
    assert_eq!(w.run("return document.activeElement.className"), "skip", "the first stop is the skip link");
    w.keys(enter);
    w.keys(tab);
    let inside = w.run("return document.querySelector('main').contains(document.activeElement) && getComputedStyle(document.activeElement).outlineStyle !== 'none'");
    assert_eq!(inside, true, "and it leads into the page, with the focus to be seen");
    // 200 % zoom of a 1440 screen.
    w.size(720, 450);
    for path in ["/", "/matters/clue", "/matter/ZG-2026-0045"] {
        w.open(path);
        assert!(w.sound(None).is_empty(), "{path} at 200 %");
    }
    w.call("POST", "/goog/cdp/execute", &json!({"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}}));
    let shown =
        w.run("const s = e => getComputedStyle(document.querySelector(e)).display; return [s('.topbar'), s('.print-only') !== 'none']");
    assert_eq!(shown, json!(["none", true]), "paper shows what was printed, by whom and when, and no chrome");
}
#[test]
fn the_import_wizard_reads_a_real_ledger_and_says_what_is_wrong() {
    let stage = Stage::new("import");
    let w = stage.window(true);
    w.size(1440, 900);
    w.log_in("jingban1");
    w.open("/imports");
    w.choose("kind", "clue");
    let file = stage.dir.join("另一份台账.csv");
    std::fs::write(&file, "线索编号,线索来源,收到日期,涉案单位,诉求要点\n甲-1,来信,2026-10-05,市中院,要点一\n甲-2,来信,2026-13-05,市中院,要点二\n甲-3,来信,2026-10-07,没有的单位,要点三\n").unwrap();
    let input = w.must("input[type=file]");
    w.call("POST", &format!("/element/{input}/value"), &json!({"text": file.to_string_lossy()}));
    w.submit("form[action='/imports'] button.btn--main");
    let text = w.text();
    assert!(text.contains("2026-13-05") && text.contains("不是存在的日期") && text.contains("不在机构表"), "{text}");
    w.shot("import-1440");
    w.size(390, 844);
    w.shot("import-390");
    assert!(w.sound(axe().as_deref()).is_empty(), "{:#?}", w.sound(axe().as_deref()));
    w.size(1440, 900);
    w.submit("form[action$='/take'] button[type=submit]");
    assert!(w.text().contains("已入库"), "{}", w.text());
    w.submit("form[action$='/undo'] button[type=submit]");
    assert!(w.text().contains("已撤销"), "{}", w.text());
}
