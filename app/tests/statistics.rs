//! 统计 over HTTP on both engines: every number of the page is the sum of the rows behind it, and the workbook holds the same; what one may
//! not see is not counted for him.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use house::{COURT, MARKET, Page, Town, Visitor, whole};

const YEAR: &str = "/statistics?period=2026";

fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", "\"").replace("&lt;", "<").replace("&gt;", ">")
}
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(inside, _)| inside)
}
/// A text without its tags.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    unescaped(&out)
}
/// `(id, table rows as texts)` of every card.
fn tables(page: &Page) -> Vec<(String, Vec<Vec<String>>)> {
    let text = page.text();
    let cards = text.split("aria-labelledby=\"t-").skip(1);
    let rows = |card: &str| {
        let body = card.split("<tbody>").nth(1).and_then(|t| t.split("</tbody>").next()).unwrap_or("");
        let row = |r: &str| {
            r.split("</t")
                .filter(|c| c.contains("<th scope=\"row\">") || c.contains("<td"))
                .map(|c| bare(&format!("<{c}")).trim_start_matches("h>").trim_start_matches("d>").to_owned())
                .collect()
        };
        body.split("<tr>").skip(1).map(row).collect::<Vec<Vec<String>>>()
    };
    cards.map(|c| (c.split('"').next().unwrap().to_owned(), rows(c))).collect()
}
/// Every number of a table that opens: address and words.
fn numbers(page: &Page) -> Vec<(String, String)> {
    let text = page.text();
    let cells = text.split("<td").skip(1).filter_map(|t| t.split("</td>").next());
    let all = cells.filter_map(|t| between(t, "<a href=\"/statistics/behind?", "</a>"));
    let mut all: Vec<(String, String)> = all
        .filter_map(|a| a.split_once('"'))
        .map(|(href, rest)| (format!("/statistics/behind?{}", unescaped(href)), rest.rsplit('>').next().unwrap().to_owned()))
        .collect();
    all.sort();
    all.dedup();
    all
}
/// Money in 分, or a plain number.
fn value(words: &str) -> i64 {
    match words.strip_suffix(" 元") {
        Some(yuan) => yuan.replace('.', "").parse().unwrap(),
        None => words.parse().unwrap_or_else(|_| panic!("no number: {words}")),
    }
}
/// Sum and number of the rows behind an address.
fn behind(who: &Visitor, href: &str) -> (i64, i64) {
    let page = who.get(href);
    assert_eq!(page.status, 200, "{href}");
    assert!(!page.says("无权查看"), "{href} counts what he may not see");
    let text = page.text();
    let values: Vec<i64> =
        text.split("data-l=\"数值\"").skip(1).map(|t| value(&bare(&format!("<{}", t.split("</td>").next().unwrap())))).collect();
    (values.iter().sum(), i64::try_from(values.len()).unwrap())
}
/// Every number is the sum of its rows, and the workbook says what the page says.
fn crawl(town: &Town, login: &'static str) -> usize {
    let who = town.by(login);
    let page = who.get(YEAR);
    assert_eq!(page.status, 200, "{login}");
    let all = numbers(&page);
    for (href, words) in &all {
        let (sum, rows) = behind(&who, href);
        assert!(value(words) == sum || value(words) == rows, "{login} {href}: {words}, behind it {sum} of {rows} rows");
    }
    for (id, rows) in tables(&page) {
        let book = who.get(&format!("/statistics/table/{id}?from=2026-01&to=2026-12"));
        assert_eq!(book.status, 200, "{login} {id}");
        let book = sheets::Book::open(&book.body, &sheets::Caps::default()).unwrap();
        let text = |c: &sheets::Cell| if let sheets::Cell::Text(t) = c { t.clone() } else { String::new() };
        let cells: Vec<Vec<String>> = book.sheets[0].rows.iter().skip(1).take(rows.len()).map(|r| r.iter().map(text).collect()).collect();
        for (shown, kept) in rows.iter().zip(&cells) {
            let kept: Vec<&str> = kept.iter().map(String::as_str).chain(std::iter::repeat("")).take(shown.len()).collect();
            assert_eq!(shown.iter().map(String::as_str).collect::<Vec<_>>(), kept, "{login} {id}");
        }
    }
    all.len()
}
fn row<'a>(all: &'a [(String, Vec<Vec<String>>)], id: &str, name: &str) -> &'a [String] {
    let table = all.iter().find(|(t, _)| t == id).unwrap_or_else(|| panic!("no table {id}"));
    table.1.iter().find(|r| r[0].starts_with(name)).unwrap_or_else(|| panic!("no {name} in {table:?}"))
}
/// Calls, appeals and acts of enforcement, besides the loop.
fn others(town: &Town) {
    let call = [("order_no", "12345-2026-7"), ("received", "2026-02-27"), ("problems", "1"), ("org", MARKET), ("facts", "反映收费。")];
    town.open("intake", "hotline_call", "relay", &call);
    let said = [
        ("mode", "保密"),
        ("reporter_name", "甘例棠"),
        ("reporter_phone", "15400098765"),
        ("enterprise", "云岭样例食品有限公司"),
        ("uscc", "91350100M000100Y43"),
        ("org", MARKET),
        ("act_type", "行政检查"),
        ("problems", "1"),
        ("facts", "被检查六次。"),
        ("litigation", "没有"),
        ("source", "来访"),
    ];
    town.open("intake", "enterprise_appeal", "register", &said);
    let record = [
        ("firm_name", "云岭例盛信息技术有限公司"),
        ("uscc", "91361226MA183D6W8P"),
        ("org", MARKET),
        ("act_type", "行政处罚"),
        ("cause", "标签"),
        ("doc_no", "云市监罚〔2026〕1号"),
        ("filed_on", "2026-02-02"),
        ("decided_on", "2026-02-03"),
        ("fine", "1000"),
        ("lead_officer", "马测市 14123612001"),
    ];
    town.open("justice", "enforcement_record", "record", &record);
}

both! {
    fn every_number_is_the_sum_of_its_rows_and_the_workbook_holds_the_same(town: &Town) {
        whole::whole(town);
        others(town);
        town.rectifying();
        for (login, least) in [("handler", 40), ("lead", 40), ("secretary", 40), ("intake", 6), ("convener", 6), ("justice", 3)] {
            let found = crawl(town, login);
            assert!(found >= least, "{login}: {found} numbers");
        }
        // The same figures on either engine.
        let all = tables(&town.by("handler").get(YEAR));
        assert_eq!(row(&all, "funnel", "线索")[1..3], ["2", "0"]);
        assert_eq!(row(&all, "rectified", "整改反弹")[1], "1");
        assert_eq!(row(&all, "rectified", "整改下达")[1], "2");
        assert_eq!(row(&all, "grades", "云岭市中级人民法院")[1], "1");
        assert_eq!(row(&all, "adopted", "采纳率")[1..4], ["1", "1", "少于 5 件，不算比率"]);
        assert_eq!(row(&tables(&town.by("justice").get(YEAR)), "fined", "罚没金额")[1], "1000.00 元");
        // One unit, another period.
        let court = tables(&town.by("handler").get(&format!("{YEAR}&org={COURT}")));
        assert_eq!(row(&court, "funnel", "线索")[1], "1");
        let before = tables(&town.by("handler").get("/statistics?period=2027"));
        assert_eq!(row(&before, "funnel", "线索")[1..6], ["0", "2", "减 100.0%", "2", "减 100.0%"]);
        assert!(town.by("handler").get("/statistics?from=2026-13&to=2026-01").says("起止月份应写作"));
        town.sound();
    }
    fn what_a_conflict_hides_is_not_counted(town: &Town) {
        whole::whole(town);
        town.rectifying();
        let before = crawl(town, "second");
        assert_eq!(cases::conflict(town, "second", "org", COURT).status, 303);
        let page = town.by("second").get(YEAR);
        assert!(!page.says("/statistics/behind?measure=%E6%95%B4%E6%94%B9%E4%B8%8B%E8%BE%BE&#38;from=2026-01&#38;to=2026-12&#38;unit=FY1"));
        let all = tables(&page);
        assert_eq!(row(&all, "funnel", "线索")[1], "1");
        assert_eq!(row(&all, "rectified", "整改下达")[1], "0");
        assert!(crawl(town, "second") < before);
        assert_eq!(row(&tables(&town.by("handler").get(YEAR)), "rectified", "整改下达")[1], "2", "nobody else's numbers change");

    }
    fn whose_desk_it_is_not_learns_no_number(town: &Town) {
        whole::whole(town);
        others(town);
        let refused = |login: &'static str, path: &str| town.by(login).get(path).status;
        for who in ["court", "inspector", "expert", "officer", "party-org", "discipline", "system", "auditor", "mayor"] {
            for path in [YEAR, "/screen", "/statistics/table/funnel", "/statistics/behind?measure=x&from=2026-01&to=2026-12"] {
                assert_eq!(refused(who, path), 403, "{who} {path}");
            }
        }
        let of = |measure: &str| format!("/statistics/behind?measure={}&from=2026-01&to=2026-12", house::encode(measure));
        assert_eq!((refused("handler", &of("企业诉求")), refused("intake", &of("线索")), refused("justice", &of("线索"))), (404, 404, 404));
        assert_eq!((refused("handler", "/statistics/table/hotline"), refused("intake", "/statistics/table/funnel")), (404, 404));
        let wall = town.by("handler").get("/screen");
        assert!(wall.status == 200 && wall.headers["refresh"] == "60" && wall.says("少于 5"), "{}", wall.text());
        assert!(!wall.says("中级人民法院") && !wall.says("XS-") && !wall.says("ZG-"));
        assert!(!town.by("handler").get("/screen?still=1").headers.contains_key("refresh"));
        // The workbench tells the weeks to whoever keeps a desk, the days to everybody.
        assert!(town.by("handler").get("/").says("近 12 周进来和办结") && !town.by("court").get("/").says("近 12 周进来和办结"));
        assert!(town.by("court").get("/").says("待办按期限"));
    }
    fn a_house_of_an_earlier_build_gets_its_facts_and_sums_at_the_start(town: &Town) {
        whole::whole(town);
        town.with_keys();
        others(town);
        town.house.db.write_here(|tx| {
            tx.exec("DELETE FROM tally", &[])?;
            tx.exec("DELETE FROM fact WHERE measure IN ('线索来源', '整改严重度', '多人评分')", &[])?;
            tx.exec("INSERT INTO counter (name, value) VALUES ('facts_after', 0)", &[])
        }).unwrap();
        app::statistics::catch_up(&town.house).unwrap();
        town.sound();
        crawl(town, "handler");
        // A second start finds nothing to do.
        app::statistics::catch_up(&town.house).unwrap();
    }
}
