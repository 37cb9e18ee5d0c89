//! Real Chromium over WebDriver. Screenshots go to $XIEZHI_SHOTS when it is set.
use serde_json::{Value as Json, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub const PASSWORD: &str = "Yunling-2026-demo";

/// Pictures of the handbook, by the name of the shot.
#[rustfmt::skip]
const HANDBOOK: &[&str] = &[
    "workbench", "list", "matter", "form", "loop", "problems", "imports", "rules", "batch", "review", "draw", "fair", "inspection", "opinion",
    "unit", "expert", "grant",
];

/// A program started for the test, stopped whatever happens.
pub struct Running(Child);
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
pub struct Stage {
    _house: Option<Running>,
    _driver: Running,
    pub dir: PathBuf,
    pub house: u16,
    driver: u16,
}
impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
impl Stage {
    /// The demonstration city.
    pub fn new(name: &str) -> Self {
        let dir = Self::folder(name);
        let mut house = Command::new(env!("CARGO_BIN_EXE_xiezhi"));
        house.args(["demo", "--listen", "127.0.0.1:0", "--data"]).arg(dir.join("data")).env_remove("DATABASE_URL");
        let (house, port) = start(house, "地址 http://127.0.0.1");
        Self::with(Some(house), dir, port)
    }
    /// A house that is served already.
    pub fn at(name: &str, port: u16) -> Self {
        Self::with(None, Self::folder(name), port)
    }
    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("xiezhi-browser-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir_all(&dir).unwrap();
        dir
    }
    fn with(_house: Option<Running>, dir: PathBuf, house: u16) -> Self {
        let mut driver = Command::new("chromedriver");
        driver.arg("--port=0");
        let (_driver, driver) = start(driver, "started successfully on port");
        Self { _house, _driver, dir, house, driver }
    }
    pub fn window(&self, script: bool) -> Window<'_> {
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
pub struct Window<'a> {
    stage: &'a Stage,
    id: String,
}
impl Drop for Window<'_> {
    fn drop(&mut self) {
        self.call("DELETE", "", &json!({}));
    }
}
impl Window<'_> {
    pub fn call(&self, method: &str, path: &str, body: &Json) -> Json {
        wire(self.stage.driver, method, &format!("/session/{}{path}", self.id), body)
    }
    pub fn size(&self, width: u32, height: u32) {
        self.call("POST", "/goog/cdp/execute", &json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}}));
    }
    pub fn open(&self, path: &str) {
        self.call("POST", "/url", &json!({"url": format!("http://127.0.0.1:{}{path}", self.stage.house)}));
    }
    pub fn find(&self, css: &str) -> Option<String> {
        let found = self.call("POST", "/element", &json!({"using": "css selector", "value": css}));
        found["element-6066-11e4-a52e-4f735466cecf"].as_str().map(ToOwned::to_owned)
    }
    pub fn must(&self, css: &str) -> String {
        self.find(css).unwrap_or_else(|| panic!("no {css} at {}:\n{}", self.address(), self.text()))
    }
    pub fn click(&self, css: &str) {
        let done = self.call("POST", &format!("/element/{}/click", self.must(css)), &json!({}));
        assert!(done.is_null(), "{css}: {done}");
    }
    /// Clicks and waits until another page stands there.
    pub fn submit(&self, css: &str) {
        let old = self.must("html");
        self.click(css);
        self.gone(&old);
    }
    pub fn gone(&self, old: &str) {
        for _ in 0..600 {
            let name = self.call("GET", &format!("/element/{old}/name"), &json!({}));
            if name["error"].is_string() && self.find("body").is_some() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(25));
        }
        panic!("still the same page: {}", self.text());
    }
    pub fn fill(&self, css: &str, text: &str) {
        let element = self.must(css);
        self.call("POST", &format!("/element/{element}/clear"), &json!({}));
        let done = self.call("POST", &format!("/element/{element}/value"), &json!({"text": text}));
        assert!(done.is_null(), "{css}: {done}");
    }
    /// Keys to whatever has the focus.
    pub fn keys(&self, keys: &str) {
        let press = |c: char| [json!({"type": "keyDown", "value": c}), json!({"type": "keyUp", "value": c})];
        let actions: Vec<Json> = keys.chars().flat_map(press).collect();
        self.call("POST", "/actions", &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}));
    }
    pub fn choose(&self, name: &str, value: &str) {
        self.click(&format!("[name=\"{name}\"] option[value=\"{value}\"]"));
    }
    pub fn run(&self, script: &str) -> Json {
        self.call("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }
    pub fn text(&self) -> String {
        let body = self.must_body();
        self.call("GET", &format!("/element/{body}/text"), &json!({})).as_str().unwrap_or("").to_owned()
    }
    pub fn must_body(&self) -> String {
        self.find("body").unwrap()
    }
    pub fn address(&self) -> String {
        self.call("GET", "/url", &json!({})).as_str().unwrap_or("").split(&format!(":{}", self.stage.house)).nth(1).unwrap_or("").to_owned()
    }
    pub fn log_in(&self, account: &str) {
        self.call("DELETE", "/cookie", &json!({}));
        self.open("/login");
        self.fill("#account", account);
        self.fill("#password", PASSWORD);
        self.submit("button[type=submit]");
        assert_eq!(self.address(), "/", "{account}: {}", self.text());
    }
    /// Takes over a session that was opened elsewhere.
    pub fn enter(&self, cookie: &str) {
        self.open("/login");
        self.call("DELETE", "/cookie", &json!({}));
        let (name, value) = cookie.split_once('=').unwrap();
        self.call("POST", "/cookie", &json!({"cookie": {"name": name, "value": value, "path": "/", "httpOnly": true}}));
    }
    pub fn cdp(&self, command: &str, params: Json) -> Json {
        self.call("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": params}))
    }
    /// The picture of what is in the window.
    pub fn picture(&self) -> Vec<u8> {
        base64(self.call("GET", "/screenshot", &json!({})).as_str().unwrap())
    }
    /// Kept in the handbook, if it is one of its pictures, when $XIEZHI_PICTURES is set; and where $XIEZHI_SHOTS says.
    pub fn shot(&self, name: &str) {
        if HANDBOOK.contains(&name) && std::env::var_os("XIEZHI_PICTURES").is_some() {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/handbook/pictures");
            std::fs::write(folder.join(format!("{name}.png")), self.picture()).unwrap();
        }
        let Ok(folder) = std::env::var("XIEZHI_SHOTS") else { return };
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), self.picture()).unwrap();
    }
    /// Nothing scrolls sideways, and axe finds nothing, with everything opened; the menus, which cover the page, in a second look.
    pub fn sound(&self, axe: Option<&str>) -> Vec<String> {
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
pub fn axe() -> Option<String> {
    let home = std::env::var("HOME").unwrap_or_default();
    let source = std::fs::read_to_string(format!("{home}/.cache/xiezhi/npm/node_modules/axe-core/axe.min.js")).ok();
    if source.is_none() {
        println!("没有 axe-core，只查横向滚动。安装：make setup");
    }
    source
}
