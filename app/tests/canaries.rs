//! What comes in by the doors of the enterprise channel is found again only where trust.md 4.3 allows: a town seeded with words that occur
//! nowhere else is crawled as everybody, and its logs, its files, its backup and its exports are searched. On SQLite alone: pages are made
//! by the same queries on both engines, and the file is only there.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use Kind::*;
use house::sought::{Sought, files};
use house::{JUSTICE, MARKET, PEOPLE, Page, TOBACCO, Town, Visitor, encode};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// What a canary stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Who came: names, telephones, numbers, the enterprise.
    Identity,
    /// His own words, his files and their names, letters both ways.
    Words,
    /// What the desk notes for itself.
    Note,
    /// The gist of what was forwarded to the tobacco office.
    Forwarded,
    /// The gist of what was passed to the judicial administration.
    Transferred,
    /// What the handling unit answered.
    Answer,
    /// What is to be observed, where and why, as the enterprise wrote it.
    Asked,
    /// A form half written.
    Draft,
}
/// Every canary, by what it stands for. Rare characters: one pair of them in the clear anywhere is a find.
const CANARIES: &[(Kind, &str)] = &[
    // The confidential report at the portal, its files, its letters.
    (Identity, "鮀鮁鮂鮃"),
    (Identity, "15400091827"),
    (Identity, "361202198307140810"),
    (Identity, "鮄鮅鮆鮇鮈"),
    (Identity, "91361200MA7QK3WD0Q"),
    (Words, "鮉鮊鮋鮌鮍"),
    (Words, "鮎鮏鮐鮑鮒"),
    (Words, "鮓鮔鮕鮖鮗"),
    (Words, "鮘鮙鮚鮛鮜"),
    (Words, "鮝鮞鮟鮠鮡"),
    (Words, "鮢鮣鮤鮥鮦"),
    (Words, "鮧鮨鮩鮪鮫"),
    (Words, "鮬鮭鮮鮯鮰"),
    (Words, "鮱鮲鮳鮴鮵"),
    (Words, "鮶鮷鮸鮹鮺"),
    (Note, "鮻鮼鮽鮾鮿"),
    (Note, "鯀鯁鯂鯃鯄"),
    (Forwarded, "鯅鯆鯇鯈鯉"),
    (Answer, "鯊鯋鯌鯍鯎"),
    (Words, "鯏鯐鯑鯒鯓"),
    // Under his own name.
    (Identity, "鯔鯕鯖鯗"),
    (Identity, "15400082736"),
    (Identity, "鯘鯙鯚鯛鯜"),
    (Words, "鯝鯞鯟鯠鯡"),
    // By telephone.
    (Identity, "鯢鯣鯤鯥"),
    (Identity, "15400073645"),
    (Identity, "鯦鯧鯨鯩鯪"),
    (Identity, "91361200MA5XR8HB3L"),
    (Identity, "LY2026030277"),
    (Words, "鯫鯬鯭鯮鯯"),
    (Words, "鯰鯱鯲鯳鯴"),
    // A request for observation.
    (Identity, "鯵鯶鯷鯸"),
    (Identity, "15400064554"),
    (Identity, "鯹鯺鯻鯼鯽"),
    (Identity, "91361200MA9TU2GN92"),
    (Asked, "鯾鯿鰀鰁鰂"),
    (Asked, "鰃鰄鰅鰆鰇"),
    (Asked, "鰈鰉鰊鰋鰌"),
    // At the desk, with papers.
    (Identity, "鰍鰎鰏鰐"),
    (Identity, "15400055463"),
    (Identity, "361202197909230421"),
    (Identity, "鰑鰒鰓鰔鰕"),
    (Identity, "91361200MA4JL6PE6B"),
    (Words, "鰖鰗鰘鰙鰚"),
    (Words, "鰛鰜鰝鰞鰟"),
    (Words, "鰠鰡鰢鰣鰤"),
    (Transferred, "鰥鰦鰧鰨鰩"),
    // Out of the old hotline, out of 12345.
    (Identity, "鰪鰫鰬鰭"),
    (Identity, "15400046372"),
    (Identity, "鰮鰯鰰鰱鰲"),
    (Identity, "91361200MA3CF9KY5B"),
    (Words, "鰳鰴鰵鰶鰷"),
    (Identity, "鰸鰹鰺鰻"),
    (Identity, "15400037281"),
    (Words, "鰼鰽鰾鰿鱀"),
    (Draft, "鱁鱂鱃鱄"),
    (Draft, "鱅鱆鱇鱈鱉"),
];
fn said(text: &str) -> usize {
    CANARIES.iter().position(|c| c.1 == text).unwrap_or_else(|| panic!("no canary {text}"))
}
/// Who reads what, and at which addresses: the table of trust.md 4.3. `(kind, role, organisation, addresses)`; what is not here is nowhere.
/// An address stands for those below it; of a number its letters.
const ALLOWED: &[(Kind, &str, &str, &[&str])] = &[
    (Note, "R14", "GSL", APPEAL),
    (Note, "R15", "GSL", APPEAL),
    (Forwarded, "R14", "GSL", APPEAL),
    (Forwarded, "R15", "GSL", APPEAL),
    (Forwarded, "R9", TOBACCO, APPEAL),
    (Answer, "R14", "GSL", APPEAL),
    (Answer, "R15", "GSL", APPEAL),
    (Answer, "R9", TOBACCO, APPEAL),
    (Transferred, "R14", "GSL", APPEAL),
    (Transferred, "R15", "GSL", APPEAL),
    (Transferred, "R17", JUSTICE, SUPERVISION),
    (Transferred, "R18", JUSTICE, SUPERVISION),
    (Asked, "R14", "GSL", REQUEST),
    (Asked, "R15", "GSL", REQUEST),
];
const APPEAL: &[&str] = &["/matter/QY", "/api/v1/matters/QY", "/search", "/api/v1/search"];
const SUPERVISION: &[&str] = &["/matter/JX", "/api/v1/matters/JX", "/search", "/api/v1/search"];
const REQUEST: &[&str] = &["/matter/GS", "/matters/observation_request", "/api/v1/matters", "/search", "/api/v1/search"];
/// A draft is its writer's.
const DRAFT: (&str, &str) = ("intake", "/matters/enterprise_appeal/new/register");

fn office(login: &str) -> (&'static str, &'static str) {
    PEOPLE.iter().find(|p| p.0 == login).map(|p| (p.2, p.3)).unwrap()
}
/// An address without its query; of a number only the letters.
fn place(path: &str) -> String {
    let path = path.split('?').next().unwrap();
    let part = |p: &str| match p.split_once('-') {
        Some((letters, rest)) if letters.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-') => letters.to_owned(),
        _ => p.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}
fn may(login: &str, kind: Kind, path: &str) -> bool {
    let at = place(path);
    let under = |a: &&&str| at == **a || at.strip_prefix(**a).is_some_and(|rest| rest.starts_with('/'));
    let (role, org) = office(login);
    let rows = ALLOWED.iter().filter(|r| r.0 == kind && r.1 == role && r.2 == org);
    rows.flat_map(|r| r.3).any(|a| under(&a)) || kind == Draft && (login, at.as_str()) == DRAFT
}

/// A form with files: `(field, name, words)`.
fn multipart(by: &Visitor, path: &str, values: &[(&str, &str)], files: &[(&str, &str, &str)]) -> Page {
    let mut body = String::new();
    for (name, value) in values {
        body += &format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    for (field, name, words) in files {
        body += &format!("--xx\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n{words}\r\n");
    }
    body += "--xx--\r\n";
    by.send("POST", path, "multipart/form-data; boundary=xx", &[("X-Forwarded-For", "203.0.113.77")], body.as_bytes())
}
/// Sends a form of the portal with its ticket; number and code of the receipt.
fn portal(town: &Town, values: &[(&str, &str)], files: &[(&str, &str, &str)]) -> (String, String) {
    let stranger = Visitor::stranger(town.port);
    let ticket = stranger.get("/portal").hidden("ticket");
    let all = [values, &[("ticket", ticket.as_str()), ("work", "0"), ("agree", "yes")]].concat();
    let page = multipart(&stranger, "/portal", &all, files).text();
    let of = |from: &str, to: &str| {
        page.split(from).nth(1).unwrap_or_else(|| panic!("{page}")).split(to).next().unwrap().replace("<b>", "").replace("</b>", "")
    };
    (of("data-number=\"", "\""), of("<dd class=\"code16\">", "</dd>"))
}
fn progress(town: &Town, receipt: &(String, String)) -> Page {
    Visitor::stranger(town.port).post("/portal", &[("op", "progress"), ("number", &receipt.0), ("code", &receipt.1)])
}
/// A step of whoever holds the receipt.
fn reporter(town: &Town, receipt: &(String, String), action: &str, values: &[(&str, &str)], files: &[(&str, &str, &str)]) -> Page {
    let page = progress(town, receipt).text();
    let form = page.split(&format!("name=\"action\" value=\"{action}\"")).nth(1).unwrap_or_else(|| panic!("no {action}: {page}"));
    let ticket = form.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fixed = [("op", "act"), ("action", action), ("ticket", ticket), ("number", &receipt.0), ("code", &receipt.1)];
    let done = multipart(&Visitor::stranger(town.port), "/portal", &[&fixed, values].concat(), files);
    assert_eq!(done.status, 200, "{action}: {}", done.text());
    done
}
fn matter_of(town: &Town, receipt: &(String, String)) -> String {
    let number = receipt.0.clone();
    town.house.db.read_here(|tx| tx.one("SELECT matter FROM receipt WHERE number = $1", app::params![number])).unwrap().unwrap().take(0)
}
fn numbers(town: &Town, sql: &'static str) -> Vec<String> {
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap()
}
/// Uploads a ledger and takes it in.
fn import(town: &Town, kind: &str, text: &str) {
    let by = town.by("intake");
    let csrf = by.get("/").hidden("csrf");
    let page = multipart(&by, "/imports", &[("csrf", &csrf), ("kind", kind)], &[("file", "台账.csv", text)]);
    assert_eq!(page.status, 303, "{}", page.text());
    let at = page.to().to_owned();
    let done = by.answer(&by.get(&at), &format!("{at}/take"), &[]);
    assert_eq!(done.status, 303, "{}", done.text());
    for _ in 0..100 {
        if by.get(&at).says("已入库 1 行") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{}", by.get(&at).text());
}

/// What was seeded.
struct Seeded {
    /// The confidential report, and its receipt.
    report: String,
    receipt: (String, String),
    /// What was told at the desk.
    visit: String,
}
fn seed(town: &Town) -> Seeded {
    town.with_keys();
    // A colleague has his part of the key once the first has come again.
    town.by("intake2");
    town.pass(31);
    let (report, receipt) = reported(town);
    let visit = visited(town);
    called(town);
    let asked = [
        ("op", "observe"),
        ("org", "云岭市市场监督管理局"),
        ("act_type", "行政检查"),
        ("item", "鯾鯿鰀鰁鰂"),
        ("when", "2026-03-20"),
        ("place", "鰃鰄鰅鰆鰇"),
        ("reason", "鰈鰉鰊鰋鰌"),
        ("tie", "no"),
        ("disclose", "no"),
        ("enterprise", "鯹鯺鯻鯼鯽"),
        ("uscc", "91361200MA9TU2GN92"),
        ("contact", "鯵鯶鯷鯸"),
        ("contact_phone", "15400064554"),
    ];
    portal(town, &asked, &[]);
    let gs = numbers(town, "SELECT number FROM idx WHERE kind = 'observation_request'").remove(0);
    town.act("intake", &gs, "ask_confirm", &[("about", "请确认有无食品安全检查任务。")]);
    // Half written.
    let by = town.by("intake");
    let form = by.get(DRAFT.1);
    let half = [("reporter_name", "鱁鱂鱃鱄"), ("facts", "鱅鱆鱇鱈鱉")];
    assert_eq!(by.answer(&form, "/draft/enterprise_appeal/register", &half).status, 303);
    Seeded { report, receipt, visit }
}
const SCREENED: &[(&str, &str)] = &[("litigation", "没有"), ("remedy", "不涉及"), ("chief_named", "no")];
/// At the portal, with letters, to a handling unit and back.
fn reported(town: &Town) -> (String, (String, String)) {
    let common = [("op", "report"), ("act_type", "行政检查"), ("problems", "1"), ("litigation", "没有"), ("org", "云岭市市场监督管理局")];
    let own = [
        ("mode", "保密"),
        ("reporter_name", "鮀鮁鮂鮃"),
        ("reporter_phone", "15400091827"),
        ("reporter_id", "361202198307140810"),
        ("enterprise", "鮄鮅鮆鮇鮈"),
        ("uscc", "91361200MA7QK3WD0Q"),
        ("facts", "3月1日鮉鮊鮋鮌鮍"),
        ("demand", "鮎鮏鮐鮑鮒"),
        ("doc_no", "鮓鮔鮕鮖鮗"),
        ("disclose", "no"),
    ];
    let receipt = portal(town, &[&common[..], &own].concat(), &[("files", "鮘鮙鮚鮛鮜.txt", "鮝鮞鮟鮠鮡")]);
    let named = [
        ("mode", "实名"),
        ("reporter_name", "鯔鯕鯖鯗"),
        ("reporter_phone", "15400082736"),
        ("enterprise", "鯘鯙鯚鯛鯜"),
        ("facts", "3月2日鯝鯞鯟鯠鯡"),
    ];
    portal(town, &[&common[..], &named].concat(), &[]);
    let qy = matter_of(town, &receipt);
    reporter(town, &receipt, "supplement", &[("text", "鮢鮣鮤鮥鮦")], &[("files", "鮧鮨鮩鮪鮫.txt", "鮬鮭鮮鮯鮰")]);
    reporter(town, &receipt, "message", &[("text", "鮱鮲鮳鮴鮵")], &[]);
    town.act("intake", &qy, "reply", &[("text", "鮶鮷鮸鮹鮺")]);
    town.act("intake", &qy, "screen", &[SCREENED, &[("note", "鮻鮼鮽鮾鮿")]].concat());
    town.act("intake", &qy, "accept", &[]);
    let png = [&b"\x89PNG\r\n\x1a\n"[..], b"\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0crc!\0\0\0\0IENDcrc!"].concat();
    let photo = app::files::take_in(&town.house, &town.ids["intake"], "鯏鯐鯑鯒鯓.png", &png).unwrap();
    town.act("intake", &qy, "redact", &[("gist", "要点鯅鯆鯇鯈鯉"), ("clean", &photo)]);
    town.act("intake2", &qy, "pass_gist", &[("known_to", "鯀鯁鯂鯃鯄")]);
    town.act("intake", &qy, "preview", &[]);
    reporter(town, &receipt, "agree_gist", &[], &[]);
    town.act("intake", &qy, "forward", &[("receiver", TOBACCO), ("litigation", "没有")]);
    town.act("tobacco", &qy, "answer", &[("unit_said", "鯊鯋鯌鯍鯎")]);
    (qy, receipt)
}
/// At the desk, with a paper, to the judicial administration and as far as a letter to the unit.
fn visited(town: &Town) -> String {
    let by = town.by("intake");
    let form = by.get(DRAFT.1);
    let values =
        [("csrf", form.hidden("csrf")), ("key", form.hidden("key")), ("version", form.hidden("version")), ("owner", form.hidden("owner"))];
    let told = [
        ("mode", "保密"),
        ("reporter_name", "鰍鰎鰏鰐"),
        ("reporter_phone", "15400055463"),
        ("reporter_id", "361202197909230421"),
        ("enterprise", "鰑鰒鰓鰔鰕"),
        ("uscc", "91361200MA4JL6PE6B"),
        ("org", MARKET),
        ("act_type", "行政处罚"),
        ("problems", "7"),
        ("facts", "鰖鰗鰘鰙鰚"),
        ("litigation", "没有"),
        ("source", "来访"),
    ];
    let all: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).filter(|(_, v)| !v.is_empty()).chain(told).collect();
    let page = multipart(&by, DRAFT.1, &all, &[("files", "鰛鰜鰝鰞鰟.txt", "鰠鰡鰢鰣鰤")]);
    assert_eq!(page.status, 303, "{}", page.text());
    let qy = page.number();
    town.act("intake", &qy, "screen", &[SCREENED, &[("note", "属于受理范围。")]].concat());
    town.act("intake", &qy, "accept", &[]);
    town.act("intake", &qy, "redact", &[("gist", "要点鰥鰦鰧鰨鰩")]);
    town.act("intake2", &qy, "pass_gist", &[("known_to", "车间工人也知道。")]);
    town.act("intake", &qy, "transfer", &[("litigation", "没有")]);
    let jx = numbers(town, "SELECT number FROM idx WHERE kind = 'administrative_supervision'").remove(0);
    let filed = [("filing", "重点"), ("supervision_kind", "重点"), ("litigation", "没有"), ("reason", "线索具体。")];
    town.act("justice", &jx, "propose_filing", &filed);
    town.act("justice-lead", &jx, "file", &[]);
    town.act("justice", &jx, "conclude", &[("natures", "违法"), ("grave", "no"), ("finding", "收费没有依据。")]);
    town.act("justice-lead", &jx, "approve_finding", &[]);
    let (day, served) = (town.today(20), town.today(0));
    town.act("justice", &jx, "draft_correction_opinion", &[("letter", "核对收费依据，报告纠正情况。"), ("report_by", &day)]);
    town.act("justice-lead", &jx, "issue", &[("doc_no", "云司监督〔2026〕1号")]);
    town.act("justice", &jx, "serve", &[("served_on", &served), ("serve_way", "直接送达"), ("receipt", "file:回证")]);
    town.act("market", &jx, "sign", &[]);
    qy
}
/// By telephone; out of the old hotline's export; from 12345, by the exchange and by file.
fn called(town: &Town) {
    let call = [
        ("reporter_phone", "15400073645"),
        ("reporter_name", "鯢鯣鯤鯥"),
        ("mode", "保密"),
        ("enterprise", "鯦鯧鯨鯩鯪"),
        ("uscc", "91361200MA5XR8HB3L"),
        ("org", "云岭市市场监督管理局"),
        ("problems", "1"),
        ("act_type", "行政检查"),
        ("facts", "鯫鯬鯭鯮鯯"),
        ("litigation", "没有"),
        ("doc_no", "鯰鯱鯲鯳鯴"),
        ("recording", "LY2026030277"),
        ("outcome", "登记为诉求"),
        ("back", "yes"),
    ];
    let page = town.by("intake").submit("/desk", "/desk", &call);
    assert_eq!(page.status, 303, "{}", page.text());
    let old = "来电编号,来电时间,来电号码,是否匿名,来电人,企业名称,统一社会信用代码,反映单位,反映内容,问题类别,行为类型,涉及金额,诉求,是否已复议诉讼,是否同意披露身份,处理方式,坐席,备注\n\
               RX202502020001,2025/2/2 9:06,15400046372,否,鰪鰫鰬鰭,鰮鰯鰰鰱鰲,91361200MA3CF9KY5B,云岭市市场监督管理局,鰳鰴鰵鰶鰷,四乱,行政检查,,要求退还,否,否,已受理,坐席06,\n";
    import(town, "hotline_call", old);
    let order = "工单号,来电日期,诉求类别,被反映单位,内容,联系人,电话,企业名称,统一社会信用代码\n\
                 GD20260301001,2026-03-01,四乱,云岭市市场监督管理局,鰼鰽鰾鰿鱀,鰸鰹鰺鰻,15400037281,,\n";
    import(town, "exchange_order", order);
    let form = town.by("intake").get("/tokens");
    let made = town.by("intake").answer(&form, "/tokens", &[("name", "互推"), ("scope", "exchange")]).text();
    let token: String = made.split("xz_").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
    let push = Visitor { bearer: format!("xz_{token}"), ..Visitor::stranger(town.port) };
    let order = json!({"order_no": "GD20260301002", "received": "2026-03-01", "category": "四乱", "org": "云岭市市场监督管理局", "content": "鰼鰽鰾鰿鱀",
        "contact": "鰸鰹鰺鰻", "phone": "15400037281"});
    let page = push.api("/api/v1/exchange/12345", "", &order);
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(Sought::new(&WORDS(), false).found(&page.body).is_empty(), "nothing of what was sent is sent back");
}
#[allow(non_snake_case)]
fn WORDS() -> Vec<&'static str> {
    CANARIES.iter().map(|c| c.1).collect()
}

/// Addresses somebody could type, besides those the pages lead to.
fn typed(town: &Town) -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/portal",
        "/metrics",
        "/healthz",
        "/ledger",
        "/ledger/anchors.txt",
        "/audit",
        "/audit?chain=confidential",
        "/reads",
        "/problems",
        "/rectifications",
        "/enforcement",
        "/enforcement/export",
        "/desk",
        "/exchange",
        "/exchange/csv?month=2026-03",
        "/exchange/xlsx?month=2026-03",
        "/vault",
        "/imports",
        "/officers",
        "/conflicts",
        "/accounts",
        "/delegations",
        "/inquiries/2026Q1",
        "/api/v1/me",
        "/api/v1/inbox",
        "/api/v1/organisations",
        "/api/v1/ledger",
        "/api/v1/exchange/12345/GD20260301001",
    ]
    .map(String::from)
    .to_vec();
    for kind in domain::procedures::all() {
        let k = kind.name;
        all.extend([format!("/matters/{k}"), format!("/matters/{k}/export"), format!("/api/v1/matters?kind={k}")]);
    }
    for n in numbers(town, "SELECT number FROM idx ORDER BY id") {
        all.extend(
            ["", "/loop", "/original", "/identity", "/circular", "/do/redact", "/do/rework_gist", "/do/answer", "/do/open_identity"]
                .map(|p| format!("/matter/{n}{p}")),
        );
        all.extend(["/reading", "/observe", "/api/v1/matters"].map(|p| format!("{p}/{n}")));
        all.extend([format!("/referral/{n}/package"), format!("/observation/{n}/notice"), format!("/observation/{n}/service")]);
    }
    all.extend(numbers(town, "SELECT id FROM file").iter().map(|id| format!("/file/{id}")));
    all.extend((1..=9).map(|n| format!("/imports/{n}")));
    all.extend((1..=9).map(|n| format!("/imports/{n}/errors")));
    let confidential = town.house.db.read_here(|tx| app::ledger::identity_of(tx, app::ledger::CHAIN_CONFIDENTIAL)).unwrap().2;
    all.extend((1..=confidential).map(|n| format!("/entry/{}", (1u64 << 48) + n)));
    for (_, word) in CANARIES {
        let q = encode(word);
        all.extend([format!("/search?q={q}"), format!("/api/v1/search?q={q}"), format!("/matter/{q}"), format!("/nothing/{q}")]);
    }
    all
}
/// One find: who, which canary, where.
type Find = (&'static str, usize, String);
/// Everything somebody reaches, and what he finds there.
fn crawl(login: &'static str, by: &Visitor, typed: &[String], sought: &Sought) -> (Vec<Find>, usize) {
    let (mut finds, mut seen, mut variants) = (vec![], BTreeSet::new(), BTreeMap::<String, usize>::new());
    let mut open: VecDeque<String> = typed.iter().cloned().collect();
    while let Some(path) = open.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = by.get(&path);
        assert!(page.status < 500, "{login} {path}: {}", page.text());
        // What one typed oneself comes back in the box; a find is then a row.
        let own = sought.found(path.as_bytes());
        let found = sought.found(&page.body);
        if !found.is_empty() {
            let text = page.text();
            let hit = text.split("<main").nth(1).is_some_and(|m| m.contains("/matter/"))
                || path.starts_with("/api/") && text.contains("\"number\":");
            finds.extend(found.into_iter().filter(|n| hit || !own.contains(n)).map(|n| (login, n, path.clone())));
        }
        for header in page.headers.values() {
            finds.extend(sought.found(header.as_bytes()).difference(&own).map(|n| (login, *n, format!("{path} (header)"))));
        }
        if !own.is_empty() || path.starts_with("/rules") {
            continue;
        }
        let text = page.text();
        let links = text.split("href=\"").skip(1).chain(text.split("src=\"").skip(1)).filter_map(|l| l.split('"').next());
        for link in
            links.map(|l| l.replace("&amp;", "&").replace("&#38;", "&")).filter(|l| l.starts_with('/') && !l.starts_with("/assets/"))
        {
            let link = link.split('#').next().unwrap().to_owned();
            // Lists can be filtered in ever so many ways: of each address the first twelve.
            let n = variants.entry(place(&link) + link.split('?').next().unwrap()).or_default();
            *n += usize::from(!seen.contains(&link));
            if *n <= 12 {
                open.push_back(link);
            }
        }
    }
    (finds, seen.len())
}

/// What the program logs, kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);
impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
fn named(found: &BTreeSet<usize>) -> Vec<&'static (Kind, &'static str)> {
    found.iter().map(|n| &CANARIES[*n]).collect()
}

#[test]
fn what_came_in_is_read_where_the_table_allows_and_nowhere_else() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt().with_env_filter("app=trace,info").with_writer(move || writer.clone()).json().init();
    let town = Town::new("sqlite");
    let seeded = seed(&town);
    let (pages, bytes) = (Sought::new(&WORDS(), false), Sought::new(&WORDS(), true));
    town.act("intake", &seeded.report, "ask_identity", &[("ground", "核实回访"), ("reason", "回访。")]);
    town.act("keeper1", &seeded.report, "approve_identity", &[]);
    town.act("keeper2", &seeded.report, "approve_identity", &[]);

    crawled(&town, &pages);
    rooms(&town, &seeded, &pages);
    opened_once(&town, &seeded, &pages);
    own(&town, &seeded, &pages);

    tracing::info!("the log is kept");
    let logged = log.0.lock().unwrap().clone();
    assert!(String::from_utf8_lossy(&logged).contains("the log is kept"));
    assert_eq!(named(&bytes.found(&logged)), Vec::<&(Kind, &str)>::new(), "in the log");
    on_disk(&town, &bytes);
    town.sound();
}
/// Every log-in, every page.
fn crawled(town: &Town, sought: &Sought) {
    let typed = typed(town);
    let stranger = Visitor::stranger(town.port);
    let mut finds: Vec<Find> = vec![];
    for path in &typed {
        let page = stranger.get(path);
        let found = sought.found(&page.body);
        assert!(found.difference(&sought.found(path.as_bytes())).next().is_none(), "a stranger at {path}: {:?}", named(&found));
    }
    let mut count = 0;
    for few in PEOPLE.chunks(3) {
        let visitors: Vec<_> = few.iter().map(|p| (p.0, town.by(p.0))).collect();
        std::thread::scope(|s| {
            let all: Vec<_> = visitors.iter().map(|(login, by)| s.spawn(|| crawl(login, by, &typed, sought))).collect();
            for (more, pages) in all.into_iter().map(|t| t.join().unwrap()) {
                finds.extend(more);
                count += pages;
            }
        });
    }
    println!("{count} pages as {} people, {} finds", PEOPLE.len(), finds.len());
    let wrong: BTreeSet<String> = finds
        .iter()
        .filter(|(login, n, path)| !may(login, CANARIES[*n].0, path))
        .map(|(login, n, path)| format!("{login} reads {:?} at {path}", CANARIES[*n]))
        .collect();
    assert!(wrong.is_empty(), "{} leaks:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    // And everybody reads what he should: the crawl went where the words are.
    for (kind, role, org, places) in ALLOWED {
        let read = |f: &&Find| CANARIES[f.1].0 == *kind && office(f.0) == (role, org) && place(&f.2) == places[0];
        assert!(finds.iter().any(|f| read(&f)), "{role} of {org} does not read {kind:?} at {}", places[0]);
    }
    assert!(finds.iter().any(|f| f.0 == DRAFT.0 && CANARIES[f.1].0 == Draft), "his own draft");
}
/// The reading room: R14 with a ground, and his own words there, never who he is.
fn rooms(town: &Town, seeded: &Seeded, sought: &Sought) {
    for (login, ..) in PEOPLE {
        let by = town.by(login);
        let csrf = by.get("/").hidden("csrf");
        for number in [&seeded.report, &seeded.visit] {
            let room = format!("/matter/{number}/original");
            let page = by.post(&room, &[("csrf", &csrf), ("ground", "拟写要点")]);
            let found = sought.found(&page.body);
            if office(login).0 != "R14" {
                assert!(page.status >= 400 && found.is_empty(), "{login} {number}: {} {:?}", page.status, named(&found));
                continue;
            }
            assert!(page.status == 200 && found.iter().all(|n| CANARIES[*n].0 == Words), "{login}: {} {:?}", page.status, named(&found));
            let facts = if *number == seeded.report { "鮉鮊鮋鮌鮍" } else { "鰖鰗鰘鰙鰚" };
            assert!(found.contains(&said(facts)), "{login} {number}: {:?}", named(&found));
            let text = page.text();
            for part in text.split(&format!("{room}/")).skip(1) {
                let file = part.split('"').next().unwrap();
                let paper = by.post(&format!("{room}/{file}"), &[("csrf", &csrf), ("ground", "拟写要点")]);
                assert!(sought.found(&paper.body).iter().any(|n| CANARIES[*n].0 == Words), "{login} {file}: {}", paper.status);
                for (stranger, ..) in PEOPLE.iter().filter(|p| matches!(p.0, "market" | "justice" | "convener" | "keeper1" | "system")) {
                    let by = town.by(stranger);
                    let csrf = by.get("/").hidden("csrf");
                    let page = by.post(&format!("{room}/{file}"), &[("csrf", &csrf), ("ground", "拟写要点")]);
                    assert!(page.status >= 400 && sought.found(&page.body).is_empty(), "{stranger} {file}");
                }
            }
        }
    }
}
/// Who he is: once, to one of two custodians who agreed, and to nobody after.
fn opened_once(town: &Town, seeded: &Seeded, sought: &Sought) {
    for login in ["intake", "convener", "keeper3", "market", "tobacco", "justice", "system", "security", "auditor", "secretary"] {
        let page = town.by(login).act(&seeded.report, "open_identity", &[]);
        assert!(page.status >= 400 && sought.found(&page.body).is_empty(), "{login}: {}", page.status);
    }
    let page = town.by("keeper2").act(&seeded.report, "open_identity", &[]);
    let want: BTreeSet<usize> = ["鮀鮁鮂鮃", "15400091827", "361202198307140810", "鮄鮅鮆鮇鮈", "91361200MA7QK3WD0Q"].map(said).into();
    assert_eq!((page.status, sought.found(&page.body)), (200, want), "{}", page.text());
    for login in ["keeper1", "keeper2", "intake", "convener"] {
        for path in ["", "/identity", "/original", "/do/open_identity"] {
            let page = town.by(login).get(&format!("/matter/{}{path}", seeded.report));
            let found = sought.found(&page.body);
            assert!(found.iter().all(|n| CANARIES[*n].0 != Identity), "{login} {path}: {:?}", named(&found));
        }
    }
}
/// Whoever holds the receipt reads his own, and nothing of ours or of others.
fn own(town: &Town, seeded: &Seeded, sought: &Sought) {
    let found = sought.found(&progress(town, &seeded.receipt).body);
    let his = ["鮉鮊鮋鮌鮍", "鮎鮏鮐鮑鮒", "鮢鮣鮤鮥鮦", "鮱鮲鮳鮴鮵", "鮶鮷鮸鮹鮺"].map(said);
    assert!(his.iter().all(|n| found.contains(n)), "{:?}", named(&found));
    let theirs = |n: &&usize| {
        let text = CANARIES[**n].1;
        let allowed = [
            "鮓鮔鮕鮖鮗",
            "鯅鯆鯇鯈鯉",
            "鯊鯋鯌鯍鯎",
            "鮘鮙鮚鮛鮜",
            "鮧鮨鮩鮪鮫",
            "鮀鮁鮂鮃",
            "15400091827",
            "361202198307140810",
            "鮄鮅鮆鮇鮈",
            "91361200MA7QK3WD0Q",
        ];
        !his.contains(n) && !allowed.contains(&text)
    };
    let wrong: BTreeSet<usize> = found.iter().filter(theirs).copied().collect();
    assert!(wrong.is_empty(), "{:?}", named(&wrong));
    let wrong =
        Visitor::stranger(town.port).post("/portal", &[("op", "progress"), ("number", &seeded.receipt.0), ("code", "0000111122223333")]);
    assert!(wrong.status == 422 && sought.found(&wrong.body).is_empty());
}
/// Database, write-ahead log, files, anchors; a backup; an exported ledger; what the command line says.
fn on_disk(town: &Town, sought: &Sought) {
    app::matters::flush(&town.house).unwrap();
    let out = std::env::temp_dir().join(format!("xiezhi-canaries-{}", std::process::id()));
    std::fs::create_dir_all(&out).unwrap();
    let data = town.folder().to_string_lossy().into_owned();
    let run = |args: &[&str]| {
        let done =
            Command::new(env!("CARGO_BIN_EXE_xiezhi")).args(args).args(["--data", &data]).env_remove("DATABASE_URL").output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        assert_eq!(done.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&said));
        let own = sought.found(args.join(" ").as_bytes());
        let found: BTreeSet<usize> = sought.found(&said).difference(&own).copied().collect();
        assert!(found.is_empty(), "{args:?} says {:?}", named(&found));
    };
    let (backup, ledger) = (out.join("b.xzb"), out.join("l.xzl"));
    run(&["backup", &backup.to_string_lossy()]);
    run(&["export-ledger", "--out", &ledger.to_string_lossy()]);
    run(&["verify", "--json"]);
    for kind in ["enterprise_appeal", "hotline_call", "observation_request", "administrative_supervision"] {
        run(&["list", kind, "--json"]);
    }
    run(&["search", "鮉鮊鮋鮌鮍", "--json"]);
    let all = [files(town.folder()), files(&out)].concat();
    assert!(["xiezhi.db", "xiezhi.db-wal", "b.xzb", "l.xzl"].iter().all(|n| all.iter().any(|p| p.ends_with(n))), "{all:?}");
    let mut read = 0;
    for path in all {
        let bytes = std::fs::read(&path).unwrap();
        read += bytes.len();
        let found = sought.found(&bytes);
        assert!(found.is_empty(), "{} holds {:?}", path.display(), named(&found));
        assert!(sought.found(path.to_string_lossy().as_bytes()).is_empty(), "{}", path.display());
    }
    println!("{read} bytes on disk searched");
    std::fs::remove_dir_all(out).unwrap();
}
/// The search itself: a word that is there is found in whatever form.
#[test]
fn every_form_of_a_word_is_found() {
    let word = CANARIES[0].1;
    let sought = Sought::new(&[word, "15400091827"], true);
    let utf16 = |le: bool| word.encode_utf16().flat_map(|u| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect::<Vec<u8>>();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    zip.start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
        .unwrap();
    std::io::Write::write_all(&mut zip, format!("<t>{word}</t>").as_bytes()).unwrap();
    let two: String = word.chars().skip(1).take(2).collect();
    for bytes in [
        word.as_bytes().to_vec(),
        utf16(true),
        utf16(false),
        encode(word).into_bytes(),
        encode(word).to_lowercase().into_bytes(),
        two.into_bytes(),
        zip.finish().unwrap().into_inner(),
    ] {
        assert_eq!(
            sought.found(&[b"....".to_vec(), bytes.clone(), b"....".to_vec()].concat()).len() + sought.found(&bytes).len(),
            if bytes.starts_with(b"PK") { 1 } else { 2 }
        );
    }
    assert!(
        sought.found(b"tel 15400091827").contains(&1)
            && sought.found(b"MTU0MDAwOTE4Mjc=").contains(&1)
            && sought.found(b"15400091828").is_empty()
    );
}
