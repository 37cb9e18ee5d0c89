//! Who may do and see what, over real HTTP: every route as every role, and nothing of a reporter anywhere.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::web::routes::{ROUTES, Right};
use house::{COURT, POLICE, Town, Visitor};

const EVERYBODY: [&str; 14] = [
    "handler",
    "second",
    "lead",
    "secretary",
    "inspector",
    "expert",
    "posted",
    "court",
    "police",
    "officer",
    "party-org",
    "system",
    "security",
    "auditor",
];
const CANARIES: [&str; 3] = ["甘例棠", "361202199001010011", "15400098765"];

fn role(login: &str) -> &'static str {
    match login {
        "handler" | "second" => "R1",
        "lead" => "R2",
        "secretary" => "R3",
        "inspector" => "R4",
        "expert" => "R6",
        "posted" => "R7",
        "court" | "police" => "R9",
        "officer" => "R10",
        "party-org" => "R12",
        "system" => "SYS",
        "security" => "SEC",
        _ => "AUD",
    }
}
/// A path with its parts filled in.
fn filled(path: &str, xs: &str) -> String {
    let parts = [
        ("{kind}", "clue"),
        ("{number}", xs),
        ("{action}", "assess"),
        ("{token}", "none"),
        ("{place}", "clue"),
        ("{id}", "none"),
        ("{measure}", "%E7%BA%BF%E7%B4%A2"),
        ("{n}", "1"),
        ("{seq}", "3"),
        ("{quarter}", "2026Q1"),
        ("{file}", "clue_registration"),
        ("{form}", "pdf"),
    ];
    parts.iter().fold(path.to_owned(), |p, (name, value)| p.replace(name, value))
}
#[test]
fn every_route_asks_for_what_the_table_says() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    for r in ROUTES {
        let path = filled(r.path, &xs);
        let stranger = Visitor::stranger(town.port).send(r.method, &path, "", &[], &[]);
        let api = r.path.starts_with("/api/");
        match r.right {
            // A wrong log-in is 401 too.
            Right::Public => assert!(stranger.status != 401 || path == "/login", "{path}"),
            _ if api => assert_eq!(stranger.status, 401, "{} {path}", r.method),
            _ => assert!(stranger.status == 303 && stranger.to().starts_with("/login"), "{} {path}: {}", r.method, stranger.status),
        }
        for who in EVERYBODY {
            let Right::Roles(roles) = r.right else { continue };
            let page = town.by(who).send(r.method, &path, "", &[], &[]);
            if !roles.contains(&role(who)) {
                assert_eq!(page.status, 403, "{who} {} {path}", r.method);
                assert!(page.says(r.what), "the missing right is said in words");
            } else if r.method == "GET" {
                assert_ne!(page.status, 403, "{who} {path}");
            }
        }
    }
    town.sound();
}
#[test]
fn every_answer_carries_the_headers_and_a_change_needs_its_own_page() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    for path in ["/", "/login", "/nothing", "/assets/xiezhi.css", "/healthz", &format!("/matter/{xs}"), "/api/v1/openapi.json"] {
        let page = town.by("handler").get(path);
        for (name, value) in [
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
        ] {
            assert!(page.headers.get(name).is_some_and(|v| v.contains(value)), "{path} {name}");
        }
    }
    let before = town.entries();
    let path = format!("/matter/{xs}/do/assess");
    let by = town.by("handler");
    assert_eq!(by.post(&path, &[("version", "1")]).status, 403, "no token");
    let csrf = by.get(&path).hidden("csrf");
    let foreign = by.send(
        "POST",
        &path,
        "application/x-www-form-urlencoded",
        &[("Origin", "https://evil.invalid")],
        format!("csrf={csrf}").as_bytes(),
    );
    assert_eq!(foreign.status, 403, "another origin");
    assert_eq!(town.entries(), before);
}
#[test]
fn boundary_3_every_look_leaves_a_record() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    town.by("secretary").get(&format!("/matter/{xs}"));
    town.by("secretary").get(&format!("/matter/{xs}"));
    app::matters::flush(&town.house).unwrap();
    assert!(town.by("lead").get(&format!("/matter/{xs}")).says("赵构平"), "the office sees who looked");
    let reads = town.by("auditor").get("/reads");
    assert!(reads.says(&town.ids["secretary"]) && !reads.says(&xs), "the auditor counts, without numbers");
    town.day(1);
    let before = town.entries();
    app::matters::flush(&town.house).unwrap();
    assert_eq!(town.entries(), before + 2, "the digest of a day gone by is an entry, and so is the head of the confidential chain");
    town.sound();
    town.house.db.write_here(|tx| tx.exec("DELETE FROM read_record WHERE n = 1", &[])).unwrap();
    let outcome = town.house.db.read_here(|tx| app::ledger::verify(tx, &town.house, vec![])).unwrap();
    assert_eq!(outcome.report.exit_code(), 2, "a record that went missing is found");
}
#[test]
fn boundary_4_nothing_of_a_reporter_is_found_anywhere_before_an_approved_opening() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    town.act("handler", &xs, "assess", &[]);
    let pages = [
        "/",
        "/matters/clue",
        "/matters/clue/export",
        "/search?q=%E7%94%98%E4%BE%8B%E6%A3%A0",
        "/search?q=15400098765",
        "/api/v1/openapi.json",
        "/officers",
        "/audit",
        "/reads",
        "/ledger",
        "/entry/20",
        "/metrics",
        "/healthz",
    ];
    for who in EVERYBODY {
        let by = town.by(who);
        let more = [format!("/matter/{xs}"), format!("/matter/{xs}/do/amend_record"), format!("/matter/{xs}/do/opine")];
        for path in pages.iter().map(|p| (*p).to_owned()).chain(more) {
            let page = by.get(&path);
            let text = if page.body.starts_with(b"PK") { unzipped(&page.body) } else { page.text() };
            for canary in CANARIES {
                // The search box repeats what was typed; hits would be links.
                let own = path.contains("search") && !text.contains(&format!("/matter/{xs}"));
                assert!(own || !text.contains(canary), "{who} reads {canary} at {path}");
            }
        }
        if role(who) != "R1" && role(who) != "R2" && role(who) != "R3" && role(who) != "R7" {
            assert_eq!(by.get(&format!("/matter/{xs}")).status, 404, "{who}");
        }
    }
    app::matters::flush(&town.house).unwrap();
    for entry in std::fs::read_dir(town.folder()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        for canary in CANARIES {
            let utf16: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [canary.as_bytes(), &utf16] {
                assert!(!bytes.windows(needle.len()).any(|w| w == needle), "{canary} lies in {}", path.display());
            }
        }
    }
}
fn unzipped(bytes: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for i in 0..zip.len() {
        std::io::Read::read_to_string(&mut zip.by_index(i).unwrap(), &mut all).unwrap();
    }
    all
}
#[test]
fn boundary_5_a_person_with_a_conflict_cannot_tell_that_the_matter_exists() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    let zg = town.rectifying();
    assert!(town.by("second").get("/matters/clue").says(&xs));
    let form = town.by("handler").get("/conflicts");
    let second = town.ids["second"].clone();
    let set = town.by("handler").answer(
        &form,
        "/conflicts",
        &[("person", &second), ("kind", "org"), ("target", COURT), ("why", "近亲属在该院任职")],
    );
    assert_eq!(set.status, 303, "{}", set.text());
    let by = town.by("second");
    for path in [
        "/",
        "/matters/clue",
        "/matters/rectification",
        "/search?q=%E5%AE%A1%E9%99%90",
        "/search?q=%E6%B3%95%E5%AE%9A%E6%9C%9F%E9%99%90",
        "/matters/rectification?mine=1",
    ] {
        let page = by.get(path);
        assert!(!page.says(&xs) && !page.says(&zg), "{path} shows it");
    }
    for number in [&xs, &zg] {
        assert_eq!(by.get(&format!("/matter/{number}")).status, 404);
        assert_eq!(by.get(&format!("/matter/{number}/do/urge")).status, 404);
    }
    assert_eq!(by.get("/matters/clue/export").status, 200);
    assert!(!unzipped(&by.get("/matters/clue/export").body).contains(&xs));
    let funnel = by.get("/funnel/%E7%BA%BF%E7%B4%A2");
    assert!(!funnel.says(&xs));
    assert!(town.by("lead").get("/matters/clue").says(&xs), "others go on");
    town.sound();
}
#[test]
fn boundary_9_nothing_here_can_fetch_anything() {
    // Collecting what people do online would take a client. There is one that posts notices where the house's own file says, and reads
    // nothing of what comes back; no other is among what the program is built from.
    let lock = include_str!("../../Cargo.lock");
    for client in ["reqwest", "isahc", "surf", "hyper-tls", "hyper-rustls", "curl", "headless_chrome"] {
        assert!(!lock.contains(&format!("name = \"{client}\"")), "{client}");
    }
    let posts = "app/src/notices/gateways.rs";
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(!text.contains("ureq::") || path.ends_with(posts.trim_start_matches("app/")), "{}", path.display());
        }
    }
    let text = include_str!("../src/notices/gateways.rs");
    assert!(
        !text.contains("agent.get(") && !text.contains("into_body") && !text.contains("read_to_string()"),
        "{posts} posts and reads nothing"
    );
}
#[test]
fn a_unit_sees_its_own_matters_and_nothing_of_anyone_elses() {
    let town = Town::new("sqlite");
    let zg = town.rectifying();
    assert!(town.by("court").get("/matters/rectification").says(&zg));
    let other = town.by("police");
    assert!(!other.get("/matters/rectification").says(&zg) && other.get(&format!("/matter/{zg}")).status == 404);
    assert_eq!(
        other.get(&format!("/matter/{zg}")).text(),
        other.get("/matter/ZG-2026-9999").text(),
        "not allowed and not there look the same"
    );
    town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单内容")]);
    let page = town.by("handler").get(&format!("/matter/{zg}")).text();
    let file = page.split("/file/").nth(1).unwrap().split('"').next().map(|id| format!("/file/{id}")).unwrap();
    let got = town.by("handler").get(&file);
    assert!(got.status == 200 && got.headers["content-disposition"].starts_with("attachment") && got.text() == "清单内容");
    assert_eq!(other.get(&file).status, 404);
    let _ = POLICE;
}
#[test]
fn a_session_ends_when_it_is_revoked_idle_or_old_and_a_code_works_once() {
    let town = Town::new("sqlite");
    let by = town.by("handler");
    assert_eq!(by.get("/").status, 200);
    let used = town.code("handler");
    assert_ne!(town.log_in("handler", town.password(), &used).status, 303, "the code of this half minute is used up");
    town.pass(31);
    assert_eq!(by.get("/").status, 303, "idle");
    let (one, code) = (town.by("handler"), ());
    town.pass(2);
    let two = town.log_in("handler", town.password(), &town.code("handler"));
    let two = Visitor { cookie: two.cookie.unwrap(), ..Visitor::stranger(town.port) };
    let devices = two.get("/devices");
    let key = devices.hidden("session");
    assert_eq!(two.answer(&devices, "/devices/revoke", &[("session", &key)]).status, 303);
    assert_eq!(one.get("/").status, 303, "revoked at once");
    assert_eq!(two.get("/").status, 200);
    let out = two.answer(&two.get("/"), "/logout", &[]);
    assert_eq!((out.status, two.get("/").status, code), (303, 303, ()));
}
#[test]
fn guessing_slows_the_guesser_and_never_locks_the_chief_out() {
    let town = Town::new("sqlite");
    let words: Vec<String> = (0..7).map(|_| town.log_in("lead", "wrong password", "000000").text()).collect();
    assert!(words[0].contains("账号、密码或动态口令不对"));
    assert!(words[6].contains("请等"));
    assert_eq!(
        words[0].replace("value=\"lead\"", ""),
        town.log_in("nobody", "wrong password", "000000").text().replace("value=\"nobody\"", ""),
        "an unknown account looks the same"
    );
    town.pass(1);
    assert_eq!(town.log_in("lead", town.password(), &town.code("lead")).status, 303);
}
#[test]
fn the_three_administrators_have_no_business_right() {
    let town = Town::new("sqlite");
    let xs = town.clue();
    for who in ["system", "security", "auditor"] {
        let by = town.by(who);
        for path in ["/matters/clue", "/matters/rectification", "/search?q=%E5%AE%A1%E7%90%86"] {
            assert!(!by.get(path).says(&xs), "{who} {path}");
        }
        assert_eq!(by.get("/matters/clue/new/register").status, 404, "{who}");
        assert_eq!(by.get("/imports").status, 403, "{who}");
    }
    assert!(town.by("auditor").get("/audit").status == 200 && town.by("system").get("/audit").status == 403);
}
#[test]
fn generated_lists_of_routes_are_the_committed_ones() {
    let route = |r: &app::web::routes::Route| {
        let right = match r.right {
            Right::Public => "任何人".to_owned(),
            Right::SignedIn => "登录者".to_owned(),
            Right::Roles(roles) => roles.join("、"),
        };
        format!("{:<5} {:<38} {right:<28} {:<6} {}\n", r.method, r.path, r.scope.unwrap_or("-"), r.what)
    };
    let routes: String = ROUTES.iter().map(route).collect();
    let openapi = serde_json::to_string_pretty(&app::web::openapi::document()).unwrap() + "\n";
    for (name, text) in [("routes.txt", routes), ("openapi.json", openapi)] {
        let path = format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var("XIEZHI_BLESS").is_ok() {
            std::fs::write(&path, &text).unwrap();
        }
        assert!(
            std::fs::read_to_string(&path).is_ok_and(|t| t == text),
            "docs/{name} is not what the tables say; run with XIEZHI_BLESS=1 and read the difference"
        );
    }
}
