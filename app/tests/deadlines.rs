//! 期限日历 over HTTP on both engines: the month, and the feed behind a secret address that its owner withdraws.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{MARKET, Page, Town, Visitor};
use std::collections::BTreeMap;

/// A strict little reader of RFC 5545: the events, each with its properties.
fn events(text: &str) -> Vec<BTreeMap<String, String>> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "lines end in CRLF and nothing else");
    let mut lines: Vec<String> = vec![];
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    let (mut open, mut all): (Vec<String>, Vec<BTreeMap<String, String>>) = (vec![], vec![]);
    for line in &lines {
        let (name, value) = line.split_once(':').unwrap_or_else(|| panic!("no property: {line}"));
        match name {
            "BEGIN" => {
                open.push(value.to_owned());
                if value == "VEVENT" {
                    all.push(BTreeMap::new());
                }
            }
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            _ if open.last().is_some_and(|o| o == "VEVENT") => {
                assert!(all.last_mut().unwrap().insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
            }
            _ if open.last().is_some_and(|o| o == "VALARM") => {
                all.last_mut().unwrap().insert(format!("alarm {name}"), value.to_owned());
            }
            _ => assert_eq!(open, ["VCALENDAR"]),
        }
    }
    assert!(open.is_empty() && lines[0] == "BEGIN:VCALENDAR" && lines.contains(&"VERSION:2.0".to_owned()));
    for e in &all {
        let day = |name: &str| {
            let text = &e[name];
            assert!(text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()), "{text}");
            format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse::<jiff::civil::Date>().unwrap()
        };
        assert_eq!(day("DTSTART;VALUE=DATE").tomorrow().unwrap(), day("DTEND;VALUE=DATE"));
        assert!(e["DTSTAMP"].len() == 16 && e["DTSTAMP"].ends_with('Z') && e["UID"].ends_with("@xiezhi"), "{e:?}");
        assert_eq!((e["alarm ACTION"].as_str(), e["alarm TRIGGER"].as_str()), ("DISPLAY", "-PT15H"));
    }
    all
}
/// A new address of somebody's feed.
fn feed(town: &Town, login: &'static str) -> String {
    let who = town.by(login);
    let page = who.get("/deadlines");
    let page = who.post("/deadlines/feed", &[("csrf", &page.hidden("csrf"))]);
    let text = page.text();
    let at = text.find("/deadlines.ics?token=").unwrap_or_else(|| panic!("{text}"));
    text[at..].split('<').next().unwrap().to_owned()
}
fn read(town: &Town, address: &str) -> Page {
    Visitor::stranger(town.port).get(address)
}

both! {
    fn a_month_shows_what_i_owe_and_what_i_follow(town: &Town) {
        let zg = town.rectifying();
        let due = town.house.db.read_here(|tx| Ok(app::matters::load(tx, &zg)?.unwrap().matter.due().unwrap().1.due)).unwrap();
        let month = format!("/deadlines?month={:04}-{:02}", due.year(), due.month());
        let mine = town.by("court").get(&month);
        assert!(mine.says(&zg) && mine.says("tag--red") && mine.says("办 1") && mine.says(&format!("id=\"d-{due}\"")), "{}", mine.text());
        let follows = town.by("handler").get(&month);
        assert!(follows.says(&zg) && follows.says("看 1") && !follows.says("tag--red"), "{}", follows.text());
        assert!(!town.by("handler").get(&format!("{month}&mine=1")).says(&zg));
        assert!(!town.by("police").get(&month).says(&zg) && !town.by("expert").get(&month).says(&zg));
        // The eighth of January's holidays stand in the grid.
        assert!(town.by("court").get("/deadlines?month=2026-01").says("元旦") && town.by("court").get("/deadlines?month=2026-02").says("班"));
        assert_eq!(town.by("court").get("/deadlines?month=nonsense").status, 200);
    }
    fn the_feed_opens_by_its_address_alone_until_it_is_withdrawn(town: &Town) {
        let zg = town.rectifying();
        let address = feed(town, "court");
        let page = read(town, &address);
        assert_eq!((page.status, page.headers["content-type"].as_str()), (200, "text/calendar; charset=utf-8"));
        let first = events(&page.text());
        assert!(first.len() == 1 && first[0]["SUMMARY"] == format!("整改件 {zg} 整改"), "{first:?}");
        town.pass(60 * 24);
        assert_eq!(events(&read(town, &address).text())[0]["UID"], first[0]["UID"], "an event keeps its name");
        assert!(events(&read(town, &feed(town, "police")).text()).is_empty());
        // The address opens nothing else, and nothing else opens it.
        let token = address.split('=').nth(1).unwrap().to_owned();
        let bearer = Visitor { port: town.port, cookie: String::new(), bearer: token };
        assert_eq!(bearer.get("/api/v1/inbox").status, 403);
        let who = town.by("court");
        let form = who.get("/tokens");
        let other = who.answer(&form, "/tokens", &[("name", "看"), ("scope", "read")]).text();
        let other = other.split("xz_").nth(1).unwrap().chars().take_while(char::is_ascii_hexdigit).collect::<String>();
        assert_eq!(read(town, &format!("/deadlines.ics?token=xz_{other}")).status, 404);
        let shown = who.get("/deadlines");
        assert_eq!(who.post("/tokens/withdraw", &[("csrf", &shown.hidden("csrf")), ("token", &shown.hidden("token"))]).status, 303);
        assert_eq!((read(town, &address).status, read(town, "/deadlines.ics").status), (404, 404));
    }
    fn of_a_confidential_matter_the_feed_tells_a_day_and_nothing_else(town: &Town) {
        let said = [
            ("mode", "保密"), ("reporter_name", "甘例棠"), ("reporter_phone", "15400098765"), ("enterprise", "云岭样例食品有限公司"),
            ("uscc", "91350100M000100Y43"), ("org", MARKET), ("act_type", "行政检查"), ("problems", "1"), ("facts", "被检查六次。"),
            ("litigation", "没有"), ("source", "来访"),
        ];
        let qy = town.open("intake", "enterprise_appeal", "register", &said);
        let text = read(town, &feed(town, "intake")).text();
        let all = events(&text);
        assert!(all.iter().any(|e| e["SUMMARY"] == "有一件保密事项到期"), "{text}");
        assert!(!text.contains(&qy) && !text.contains("诉求") && !text.contains("云岭"), "{text}");
    }
}
