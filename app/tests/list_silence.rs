//! 不干涉 (issue 6, 3; trust.md 4.4): two cities alike but for an entry of the negative list. In every phase of it, whatever anybody outside
//! opens – page, list, export, search, API – is the same in both, byte for byte.
//!
//! What is taken out before comparing, and why: keys of persons (drawn by chance in each city) become log-in names; hexadecimal runs of
//! sixteen and more (fingerprints, CSRF, form and file keys: chance, too) become `#`. What is not compared, and why: `/ledger`, its
//! anchors and `/api/v1/ledger` say how many entries the ledger has, which is what makes it one (they say nothing of what is in them);
//! `/audit`, `/entry` and `/reads` are the auditor's, who may see events and counts (trust.md 4.3); keys of a session (`/offline-key`).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;
mod listed;

use house::{DAY, START, Town, encode};
use listed::*;

/// Everybody outside: who is not R1, R2, R3, the seconded prosecutor while he attributes, or the officer himself. Nobody of them is on the
/// panel of the review.
#[rustfmt::skip]
const OUTSIDE: [&str; 20] = [
    "inspector", "patrol", "expert", "expert1", "chair", "police", "court", "sent", "procurator", "party-org2", "discipline", "intake",
    "convener", "keeper1", "justice", "observer1", "mayor", "system", "security", "auditor",
];
/// Not compared: see above.
const COUNTS: &[&str] = &["/ledger", "/ledger/anchors.txt", "/api/v1/ledger", "/offline-key", "/audit", "/reads"];

/// Every address without a part of its own, and those with one that lead to the entry or to what is near it.
fn addresses(pc: &str, all_of_them: bool) -> Vec<String> {
    let fm = "FM-2026-0001";
    let near =
        ["/", "/mine", "/search", "/api/v1/inbox", "/api/v1/matters", "/matters/negative_list_entry", "/matters/review", "/matters/packet"];
    let plain = app::web::routes::ROUTES.iter().filter(|r| r.method == "GET" && !r.path.contains('{') && !COUNTS.contains(&r.path));
    let mut all: Vec<String> =
        plain.map(|r| r.path.to_owned()).filter(|p| !matches!(p.as_str(), "/api/v1/deadline" | "/draw/replay")).collect();
    all.extend(domain::procedures::all().iter().map(|k| format!("/matters/{}", k.name)));
    all.retain(|path| all_of_them || near.contains(&path.as_str()));
    for kind in ["negative_list_entry", "review", "packet"] {
        all.push(format!("/matters/{kind}/export"));
        all.push(format!("/api/v1/matters?kind={kind}"));
        all.push(format!("/matters/{kind}?q={}", encode("失责")));
    }
    for word in [fm, "负面清单", "钱构勤", "查封款物", "重大瑕疵", "FM", pc] {
        all.push(format!("/search?q={}", encode(word)));
        all.push(format!("/api/v1/search?q={}", encode(word)));
    }
    for number in [fm, pc] {
        all.extend(
            ["", "/loop", "/do/state", "/do/provide", "/receipt/200", "/receipt/200/proof.txt"].map(|end| format!("/matter/{number}{end}")),
        );
        all.push(format!("/api/v1/matters/{number}"));
    }
    for measure in ["负面清单拟列", "负面清单申辩", "负面清单列入", "负面清单移出", "评查"] {
        all.push(format!("/funnel/{}", encode(measure)));
    }
    all.extend(["GA1", "FY1", "ZFW", "ZZB"].map(|org| format!("/unit/{org}")));
    all.push(format!("/matters/negative_list_entry/new/nominate?review={pc}"));
    all
}
/// Statistics and the wall name the position they were counted at, as `/ledger` does, and a fingerprint over it: both are taken out, so that
/// every number on them is compared.
fn unplaced(text: &str) -> String {
    let marks = [("台账第 ", " 条"), ("查询指纹 <code>", "<"), ("<p class=\"big\">", "<"), ("链尾 <code>", "<"), ("查询指纹 ", "　")];
    let cut = |text: String, (from, to): (&str, &str)| {
        let mut parts = text.split(from).map(ToOwned::to_owned);
        let first = parts.next().unwrap_or_default();
        parts.fold(first, |all, p| format!("{all}{from}#{}", p.find(to).map_or(p.as_str(), |end| &p[end..])))
    };
    marks.into_iter().fold(text.to_owned(), cut)
}
/// Chance and the position taken out, nothing else.
fn plain(town: &Town, page: &house::Page) -> String {
    let text = unplaced(&format!("{} {}\n{}", page.status, page.to(), cases::said(page)));
    let text = text.split("<dcterms:").enumerate().map(|(n, t)| if n == 0 { t } else { t.split_once("</dcterms:").map_or("", |p| p.1) });
    let text: String = text.collect();
    let text = town.ids.iter().fold(text, |t, (login, id)| t.replace(id.as_str(), login));
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars().chain(['\n']) {
        if c.is_ascii_digit() || ('a'..='f').contains(&c) {
            run.push(c);
            continue;
        }
        let cut = run.len() == 4 && (c == '…' || out.ends_with('…'));
        out += if run.len() >= 16 || cut { "#" } else { &run };
        run.clear();
        out.push(c);
    }
    out
}
/// What everybody outside is told on this day.
fn told(town: &Town, day: i64, pc: &str, all_of_them: bool) -> Vec<(String, String)> {
    let mut all = vec![];
    // The same minute for the same reader in both cities.
    for (n, login) in OUTSIDE.into_iter().enumerate() {
        town.house.clock.put(START + day * DAY + (n as i64 + 1) * 1_800_000 / 10 + 3_600_000);
        let visitor = town.by(login);
        for path in addresses(pc, all_of_them) {
            all.push((format!("{login} {path}"), plain(town, &visitor.get(&path))));
        }
    }
    all
}
/// Both cities on this day; in the second one the entry has gone on.
fn alike(one: &Town, two: &Town, day: i64, pc: &str, when: &str) {
    // Every address there is, twice on one engine; what is near the entry, in each phase on both: both run the same queries.
    let all_of_them = matches!(when, "candidate" | "under review") && matches!(one.place(), app::db::Place::Folder(_));
    for town in [one, two] {
        app::inbox::tick(&town.house).unwrap();
        app::matters::flush(&town.house).unwrap();
    }
    let (a, b) = (told(one, day, pc, all_of_them), told(two, day, pc, all_of_them));
    let mut differ = vec![];
    for ((at, without), (_, with)) in a.iter().zip(&b) {
        if without != with {
            let n = without.chars().zip(with.chars()).position(|(a, b)| a != b).unwrap_or(0);
            let part = |t: &str| t.chars().skip(n.saturating_sub(60)).take(160).collect::<String>();
            differ.push(format!("{at}:\n  {:?}\n  {:?}", part(without), part(with)));
        }
    }
    assert!(differ.is_empty(), "{when}: an outsider can tell, {} times\n{}", differ.len(), differ[..differ.len().min(8)].join("\n"));
    assert!(a.iter().any(|(_, t)| t.starts_with("200")), "something was read");
}
fn silence(engine: &str) {
    let (one, two) = (Town::new(engine), Town::new(engine));
    let (pc, same) = (concluded(&one), concluded(&two));
    assert_eq!(pc, same);
    let fm = nominated(&two, &pc);
    assert_eq!(fm, "FM-2026-0001");
    alike(&one, &two, 21, &pc, "candidate");
    let at = |day: i64| [&one, &two].iter().for_each(|t| tick(t, day));
    at(22);
    noticed(&two, &fm);
    signed(&two, &fm, "serve_notice");
    two.act("officer", &fm, "state", &[("statement", STATEMENT)]);
    alike(&one, &two, 22, &pc, "stating");
    at(40);
    answered(&two, &fm);
    decided(&two, &fm, "12");
    signed(&two, &fm, "serve_decision");
    alike(&one, &two, 41, &pc, "decided, within the time for review");
    at(42);
    two.act("officer", &fm, "apply_review", &[("grounds", "责任划分不当。")]);
    alike(&one, &two, 43, &pc, "under review");
    at(44);
    two.act("secretary2", &fm, "uphold", &[("answer", "维持。"), ("doc_no", "复〔2026〕1号")]);
    signed(&two, &fm, "serve_review");
    two.act("officer", &fm, "appeal", &[("grounds", "请上级复查。")]);
    alike(&one, &two, 45, &pc, "appealed");
}
#[test]
fn whoever_is_outside_cannot_tell_a_city_with_an_entry_from_one_without_sqlite() {
    silence("sqlite");
}
#[test]
fn whoever_is_outside_cannot_tell_a_city_with_an_entry_from_one_without_postgres() {
    silence("postgres");
}
