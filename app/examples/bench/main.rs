//! `make bench`: how fast the house is, beside the bare engine, on this machine, in this run. Prints one table; asserts nothing about time.
//!   bench [--sizes 10000,100000] [--quick] [--imports] [--statistics]      --quick proves that the bench itself works; --imports, --statistics measure nothing else
//!   bench --search 200000 [DIR]                             search over so many matters of two kilobytes, and nothing else; a house in DIR
//!                                                           is kept, and measured as it is when it is there
//! The server runs in a process of its own, so that its memory is its own; the client shares the cores with it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic, clippy::disallowed_methods)]
mod client;
mod papers;
mod raw;
mod seek;
mod sheets;
mod town;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use client::{Load, Measured};

/// One line of the table.
struct Line {
    what: String,
    ours: String,
    latency: String,
    bare: String,
    goal: &'static str,
}
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("--serve") => return child_serve(Path::new(&args[1])),
        Some("--import") => return child_import(Path::new(&args[1]), Path::new(&args[2])),
        Some("--papers") => return papers::child(),
        _ => {}
    }
    if let Some(at) = args.iter().position(|a| a == "--search") {
        let scratch = Scratch::new();
        let dir = args.get(at + 2).map_or_else(|| scratch.0.join("search"), PathBuf::from);
        return seek::run(&dir, args[at + 1].parse().unwrap());
    }
    let quick = args.iter().any(|a| a == "--quick");
    let sizes = args.iter().position(|a| a == "--sizes").map(|i| args[i + 1].split(',').map(|n| n.parse().unwrap()).collect());
    let mut sizes: Vec<usize> = sizes.unwrap_or(if quick { vec![400] } else { vec![10_000, 100_000] });
    let only = args.iter().any(|a| a == "--statistics");
    if args.iter().any(|a| a == "--imports") {
        sizes.clear();
    }
    let span = Duration::from_millis(if quick { 300 } else { 4_000 });
    let scratch = Scratch::new();
    let mut lines = vec![];
    for (i, size) in sizes.iter().enumerate() {
        let dir = scratch.0.join(format!("house-{size}"));
        let last = i + 1 == sizes.len();
        at_size(&dir, *size, span, last, only, &mut lines);
    }
    if only {
        return print(lines);
    }
    if let Some(size) = sizes.last() {
        let raw = raw::commits(&scratch.0.join("raw.db"), span);
        acts(&scratch.0.join(format!("house-{size}")), span, raw, &mut lines);
    }
    if !args.iter().any(|a| a == "--imports") {
        scoring(&scratch.0.join("sheets"), span, &mut lines);
        papers(&mut lines);
    }
    for rows in if quick { vec![200] } else { vec![10_000, 60_000] } {
        import(&scratch.0, rows, &mut lines);
    }
    print(lines);
}
fn print(lines: Vec<Line>) {
    println!("\n| 项目 | 本系统 | p50 / p99 毫秒 | 裸引擎同一查询 | 目标 |\n|---|---|---|---|---|");
    for l in lines {
        println!("| {} | {} | {} | {} | {} |", l.what, l.ours, l.latency, l.bare, l.goal);
    }
}

/// A folder that goes when the bench ends.
struct Scratch(PathBuf);
impl Scratch {
    fn new() -> Self {
        let dir = std::env::temp_dir().join(format!("xiezhi-bench-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }
}
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
/// The server, in a process of its own.
struct Server {
    child: Child,
    port: u16,
    /// From start to the first answer.
    first: Duration,
}
impl Server {
    fn start(dir: &Path) -> Self {
        let began = Instant::now();
        let me = std::env::current_exe().unwrap();
        let mut child = Command::new(me).arg("--serve").arg(dir).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().unwrap();
        assert_eq!(client::get(port, "/login", "").0, 200);
        Self { child, port, first: began.elapsed() }
    }
    fn memory(&self) -> u64 {
        status(&format!("/proc/{}/status", self.child.id()), "VmRSS:")
    }
}
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
/// A line of `/proc/…/status`, MiB.
fn status(path: &str, name: &str) -> u64 {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines().find_map(|l| l.strip_prefix(name)).and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
fn child_serve(dir: &Path) {
    let house = town::open(dir);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{}", listener.local_addr().unwrap().port());
        let keeper = house.clone();
        std::thread::spawn(move || {
            loop {
                app::matters::flush(&keeper).unwrap();
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        let doors = app::web::Doors::new(house, app::web::Config::default());
        app::web::serve(listener, app::web::router(doors), app::web::STAFF, std::future::pending()).await.unwrap();
    });
}
fn per_second(m: &Measured) -> String {
    format!("{:.0} /s", m.per_second())
}
fn latency(m: &Measured) -> String {
    format!("{:.1} / {:.1}", m.percentile(50), m.percentile(99))
}
/// Pages that add up everything: one reader after the other.
fn statistics(server: &Server, cookie: &str, size: usize, span: Duration, lines: &mut Vec<Line>) {
    for (what, path) in [("统计页", "/statistics"), ("大屏", "/screen"), ("工作台", "/")] {
        let load = Load {
            port: server.port,
            cookies: vec![cookie.to_owned()],
            pause: Duration::ZERO,
            connections: 1,
            span,
            paths: vec![path.into()],
        };
        let m = load.run();
        lines.push(Line {
            what: format!("{what}，{size} 件"),
            ours: per_second(&m),
            latency: latency(&m),
            bare: String::new(),
            goal: if path == "/statistics" { "20 万件 ≤ 300 毫秒，100 万件 ≤ 1500 毫秒" } else { "" },
        });
    }
}
fn at_size(dir: &Path, size: usize, span: Duration, last: bool, only: bool, lines: &mut Vec<Line>) {
    let began = Instant::now();
    let (built, entries) = town::build(dir, size);
    eprintln!("{size} 件，{entries} 条：{:.1} 秒建成", began.elapsed().as_secs_f64());
    let server = Server::start(dir);
    let cookie = format!("xiezhi={}", built.cookie);
    statistics(&server, &cookie, size, span, lines);
    if only {
        return;
    }
    let page = |path: String| Load {
        port: server.port,
        cookies: vec![cookie.clone()],
        pause: Duration::ZERO,
        connections: 16,
        span,
        paths: path.split('\n').map(Into::into).collect(),
    };
    let bare = raw::Bare::open(&dir.join("xiezhi.db"));
    let mut line = |what: &str, m: &Measured, bare: f64, goal: &'static str| {
        lines.push(Line {
            what: format!("{what}，{size} 件"),
            ours: per_second(m),
            latency: latency(m),
            bare: format!("{bare:.0} /s，为其 {:.0}%", 100.0 * m.per_second() / bare),
            goal,
        });
    };
    let list = page("/matters/clue".into()).run();
    line("列表，最新 50 件", &list, bare.list(span), "≥ 2000 /s，p99 ≤ 40");
    let details: Vec<String> = built.numbers.iter().step_by((built.numbers.len() / 2_000).max(1)).map(|n| format!("/matter/{n}")).collect();
    let detail = page(details.join("\n")).run();
    line("详情", &detail, bare.detail(&built.numbers, span), "≥ 4000 /s，p99 ≤ 40");
    town::check_search(server.port, &cookie, &built);
    let search = page(format!("/search?q={}", client::encode(town::WORD))).run();
    line("检索“超期”（命中核对无误）", &search, bare.search(&built.question, span), "≥ 1500 /s，p99 ≤ 40");
    if last {
        let plain = |what: String, ours: String, goal| Line { what, ours, latency: String::new(), bare: String::new(), goal };
        lines.push(plain(format!("负载之后常驻内存，{size} 件"), format!("{} MiB", server.memory()), "≤ 300 MiB"));
        drop(server);
        let again = Server::start(dir);
        lines.push(plain(
            format!("再次启动到第一次应答，{size} 件"),
            format!("{:.0} 毫秒", again.first.as_secs_f64() * 1e3),
            "≤ 1000 毫秒",
        ));
        drop(again);
        let house = town::open(dir);
        let began = Instant::now();
        let outcome = house.db.read_here(|tx| app::ledger::verify(tx, &house, vec![])).unwrap();
        assert_eq!(outcome.report.exit_code(), 0, "{:?}", outcome.differs);
        let n = outcome.report.entries as f64 / began.elapsed().as_secs_f64();
        lines.push(plain(format!("核验 {} 条", outcome.report.entries), format!("{n:.0} 条/秒"), "≥ 50000 条/秒"));
    }
}
fn acts(dir: &Path, span: Duration, raw: f64, lines: &mut Vec<Line>) {
    let token = town::token(dir);
    let targets = town::busy(dir, 64);
    let server = Server::start(dir);
    for (clients, goal) in [(1usize, "≥ 裸提交的 60%"), (16, "≥ 裸提交的 200%")] {
        let m = client::acts(server.port, &token, &targets, clients, span);
        lines.push(Line {
            what: format!("办理一步，落盘后应答，{clients} 个客户端"),
            ours: per_second(&m),
            latency: latency(&m),
            bare: format!("{raw:.0} 次提交/秒，为其 {:.0}%", 100.0 * m.per_second() / raw),
            goal,
        });
    }
}
/// A hundred experts, each opening his own sheet; hastier than people are.
fn scoring(dir: &Path, span: Duration, lines: &mut Vec<Line>) {
    let (paths, cookies): (Vec<_>, Vec<_>) = sheets::build(dir, 34).into_iter().unzip();
    let server = Server::start(dir);
    for (pause, what, goal) in [(250, "每人每 0.25 秒一次", "p99 ≤ 50"), (0, "不歇", "")] {
        let load = Load {
            port: server.port,
            cookies: cookies.clone(),
            pause: Duration::from_millis(pause),
            connections: 100,
            span,
            paths: paths.clone(),
        };
        let m = load.run();
        let what = format!("100 位专家打开评分表，{what}");
        lines.push(Line { what, ours: per_second(&m), latency: latency(&m), bare: String::new(), goal });
    }
}
fn papers(lines: &mut Vec<Line>) {
    let out = Command::new(std::env::current_exe().unwrap()).arg("--papers").output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let goals = ["≤ 300 毫秒", "", "", ""];
    for (line, goal) in String::from_utf8_lossy(&out.stdout).lines().zip(goals) {
        let (what, ours) = line.split_once('\t').unwrap();
        lines.push(Line { what: what.into(), ours: ours.into(), latency: String::new(), bare: String::new(), goal });
    }
}
fn import(scratch: &Path, rows: usize, lines: &mut Vec<Line>) {
    let (file, dir) = (scratch.join(format!("ledger-{rows}.xlsx")), scratch.join(format!("import-{rows}")));
    std::fs::write(&file, town::ledger(rows)).unwrap();
    town::found(&dir);
    let me = std::env::current_exe().unwrap();
    let out = Command::new(me).arg("--import").arg(&file).arg(&dir).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let said = String::from_utf8_lossy(&out.stdout).trim().to_owned();
    let goal = if rows > 10_000 { "≤ 30 秒，< 300 MiB" } else { "≤ 2 秒" };
    lines.push(Line {
        what: format!("导入 {rows} 行，从文件到落盘"), ours: said, latency: String::new(), bare: String::new(), goal
    });
}
fn child_import(file: &Path, dir: &Path) {
    let house = town::open(dir);
    let who = town::person("jingban", "R1", town::OFFICE);
    let began = Instant::now();
    let bytes = std::fs::read(file).unwrap();
    let plan = house.db.read_here(|tx| app::import::plan(tx, &house, &who, "clue", &bytes, None)).unwrap();
    drop(bytes);
    let done = app::import::take(&house, &who, "大台账.xlsx", plan, None, None, &mut |_, _| {}).unwrap();
    println!("{} 行 {:.2} 秒，峰值 {} MiB", done.taken, began.elapsed().as_secs_f64(), status("/proc/self/status", "VmHWM:"));
}
