//! What a hostile wire gets (trust.md I1, I8): never a fault, never a hint; and what the outside may see of the house.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::cast_possible_truncation)]
mod house;

use house::{Town, Visitor, encode};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// A small generator, the same numbers in every run.
struct Chance(u64);
impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}
/// Status of the answer; 0 where the server hung up without one.
fn raw(port: u16, bytes: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(1_500))).unwrap();
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut head = [0u8; 64];
    let n = stream.read(&mut head).unwrap_or(0);
    String::from_utf8_lossy(&head[..n]).split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0)
}
const NASTY: &[&str] = &[
    "",
    "%00",
    "%ff%fe",
    "%c0%af",
    "../../etc/passwd",
    "' OR 1=1 --",
    "<script>",
    "\u{202e}",
    "9999999999999999999",
    "-1",
    "%E8%B6%85%E6%9C%9F",
    "NaN",
    "$(7*7)",
    "%",
    "%zz",
    "\u{0}",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

#[test]
fn two_thousand_malformed_requests_fault_nothing_and_change_nothing() {
    let town = Town::new("sqlite");
    let zg = town.rectifying();
    let cookie = town.by("handler").cookie;
    let routes = app::web::routes::ROUTES;
    let (mut chance, before) = (Chance(0x9e37_79b9_7f4a_7c15), town.entries());
    let mut answered = 0;
    for n in 0..2_000 {
        let route = &routes[chance.below(routes.len())];
        let mut path = route.path.to_owned();
        while let (Some(a), Some(b)) = (path.find('{'), path.find('}')) {
            let value = if chance.below(3) == 0 { zg.as_str() } else { chance.one(NASTY) };
            path.replace_range(a..=b, value);
        }
        let query = format!(
            "{}={}&q={}&after={}",
            chance.one(&["phase", "due", "org", "before"]),
            chance.one(NASTY),
            chance.one(NASTY),
            chance.one(NASTY)
        );
        let body = match chance.below(6) {
            0 => "[".repeat(10_000),
            1 => r#"{"form":{"letter":"一","letter":"二"},"form":{}}"#.into(),
            2 => format!("csrf=x&key={}&letter={}", chance.one(NASTY), chance.one(NASTY)),
            3 => "--xx\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../../x\"\r\n\r\nno end".into(),
            4 => "\u{feff}{\"form\":null}".into(),
            _ => String::new(),
        };
        let kind = chance.one(&[
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=xx",
            "multipart/form-data",
            "text/plain; charset=\u{1}",
            "",
        ]);
        let (length, extra) = match chance.below(8) {
            0 => (format!("Content-Length: {}\r\nContent-Length: 3\r\n", body.len()), String::new()),
            1 => ("Transfer-Encoding: chunked\r\n".into(), String::new()),
            2 => (format!("Content-Length: {}\r\n", body.len()), format!("X-Long: {}\r\n", "y".repeat(100_000))),
            3 => (format!("Content-Length: {}\r\n", body.len()), "Cookie: xiezhi=\u{1}\r\nAuthorization: Bearer \r\n".into()),
            _ => (format!("Content-Length: {}\r\n", body.len()), String::new()),
        };
        let method = chance.one(&[route.method, "GET", "POST", "PUT", "TRACE", "G\u{0}T"]);
        let request = format!(
            "{method} {path}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\n{extra}{length}Connection: close\r\n\r\n{body}"
        );
        let status = raw(town.port, request.as_bytes());
        answered += usize::from(status > 0);
        assert!(status < 500, "{n}: {status} for {}", request.chars().take(400).collect::<String>());
    }
    assert!(answered > 1_500, "{answered} were answered");
    assert_eq!(Visitor::stranger(town.port).get("/healthz").status, 200);
    assert_eq!(town.entries(), before, "no request without a form of ours acts");
    town.sound();
}
#[test]
fn a_name_that_exists_takes_no_longer_to_refuse_than_one_that_does_not() {
    let town = Town::new("sqlite");
    let median = |who: &dyn Fn(usize) -> String| {
        let mut all: Vec<Duration> = (0..15)
            .map(|n| {
                town.pass(30);
                let began = Instant::now();
                let page = town.log_in(&who(n), "no such password", "000000");
                assert_eq!(page.status, 401, "{}", page.text());
                began.elapsed()
            })
            .collect();
        all.sort();
        all[all.len() / 2]
    };
    // Argon2 dominates both; the factor leaves room for a busy machine.
    let (known, unknown) = (median(&|_| "lead".into()), median(&|n| format!("nobody{n}")));
    assert!(known < unknown * 3 && unknown < known * 3, "{known:?} {unknown:?}");
}
#[test]
fn metrics_and_health_tell_numbers_and_no_person_or_matter() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    town.by("handler").get(&format!("/matter/{xs}"));
    town.by("handler").get(&format!("/search?q={}", encode("甘例棠")));
    let out = Visitor::stranger(town.port);
    let (health, metrics) = (out.get("/healthz"), out.get("/metrics").text());
    assert_eq!((health.status, health.json()["status"].as_str()), (200, Some("ok")));
    assert!(metrics.contains("requests_total{route=\"/matter/{number}\""), "{metrics}");
    for told in [xs.as_str(), "甘例棠", "handler", "林例安", "15400098765"] {
        assert!(!metrics.contains(told) && !health.text().contains(told), "{told}");
    }
}
/// Two nodes over one database: acts from both interleave on one chain, and each sees at once what the other wrote.
#[test]
fn two_nodes_share_one_ledger() {
    let town = Town::new("postgres");
    let other = town.second_node();
    let numbers: Vec<String> = (0..4).map(|_| town.rectifying()).collect();
    let by = town.by("handler");
    let there = Visitor { port: other, ..by.clone() };
    let urge = |node: &Visitor, number: &str| {
        for _ in 0..10 {
            let page = node.act(number, "urge", &[("letter", "请按期报送。")]);
            assert_eq!(page.status, 303, "{}", page.text());
        }
    };
    let before = town.entries();
    std::thread::scope(|s| {
        for (n, number) in numbers.iter().enumerate() {
            let node = if n % 2 == 0 { &by } else { &there };
            s.spawn(move || urge(node, number));
        }
    });
    assert_eq!(town.entries(), before + 40);
    let rows = [("person", town.ids["second"].as_str()), ("kind", "org"), ("target", house::COURT), ("why", "近亲属在该院任职")];
    assert_eq!(by.submit("/conflicts", "/conflicts", &rows).status, 303);
    let second = Visitor { port: other, ..town.by("second") };
    assert_eq!(second.get(&format!("/matter/{}", numbers[0])).status, 404, "the other node knows of the conflict at once");
    town.sound();
}
