//! The scoring sheet, its offline draft, the reading room and the replay page, in real Chromium; axe-core on each.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::Town;
use house::browser::{Stage, Window, axe};
use house::seated::{Seated, scoring};
use serde_json::json;

const SIZES: [(u32, u32); 2] = [(1440, 900), (390, 844)];
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

fn town() -> (Town, Stage, Seated) {
    let town = Town::new("sqlite");
    let stage = Stage::at("scoring", town.port);
    let picture = {
        let w = stage.window(true);
        w.size(600, 400);
        w.open("/login");
        w.picture()
    };
    let seated = scoring(&town, &picture);
    (town, stage, seated)
}
fn sheet(s: &Seated) -> String {
    format!("/matter/{}/do/submit", s.review)
}
fn value(w: &Window, name: &str) -> String {
    w.run(&format!("return document.querySelector('[name=\"{name}\"]').value")).as_str().unwrap_or("").to_owned()
}
fn shown(w: &Window, css: &str) -> String {
    w.run(&format!("return document.querySelector('{css}').textContent")).as_str().unwrap_or("").to_owned()
}
/// Presses Tab until the element has the focus.
fn tab_to(w: &Window, css: &str) {
    for _ in 0..200 {
        if w.run(&format!("return document.activeElement?.matches('{css}') ?? false")) == true {
            return;
        }
        w.keys(TAB);
    }
    panic!("the keyboard does not reach {css}");
}
fn fill_row(w: &Window, n: usize, points: &str, page: &str) {
    w.choose(&format!("sheet.{n}.problem"), "C3");
    w.choose(&format!("sheet.{n}.severity"), "一般");
    w.fill(&format!("[name=\"sheet.{n}.points\"]"), points);
    w.fill(&format!("[name=\"sheet.{n}.page\"]"), page);
    w.fill(&format!("[name=\"sheet.{n}.note\"]"), "通知书无送达记录，24 小时内未见补记");
}
fn wait(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..200 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("never: {what}");
}

#[test]
fn a_sheet_is_filled_in_counted_locked_and_reads_well() {
    let (town, stage, s) = town();
    let w = stage.window(true);
    let mut wrong = vec![];
    w.size(1440, 900);
    w.enter(&town.by("expert").cookie);
    w.open(&sheet(&s));
    w.shot("sheet-empty-1440");
    w.click("#i-2 > summary");
    w.click("#i-2 [name=more]");
    fill_row(&w, 0, "2", "卷一 P31");
    w.click("#i-3 > summary");
    w.click("#i-3 [name=more]");
    fill_row(&w, 1, "4", "");
    assert_eq!((shown(&w, "[data-total]").as_str(), shown(&w, "#i-2 [data-left]").as_str()), ("94", "10"), "it counts as one types");
    assert!(shown(&w, "[data-grade]").contains("合格 85–94.9 分"), "{}", shown(&w, "[data-grade]"));
    assert!(shown(&w, "[data-open]").contains("还有 2 处要填：取证 卷页码、个人意见"), "{}", shown(&w, "[data-open]"));
    w.click("input[name=veto][value='超期羁押']");
    assert!(shown(&w, "[data-grade]").contains("不合格"), "{}", shown(&w, "[data-grade]"));
    w.shot("sheet-veto-1440");
    w.click("input[name=veto][value='超期羁押']");
    assert!(shown(&w, "[data-grade]").contains("合格 85–94.9 分"));
    w.submit(".score__side [name=op][value=lock]");
    assert!(w.find("#e-1-page").is_some() && w.find("#e-my_opinion").is_some(), "messages at their cells: {}", w.text());
    assert_eq!((value(&w, "sheet.0.page").as_str(), value(&w, "sheet.1.points").as_str()), ("卷一 P31", "4"), "nothing typed is lost");
    assert_eq!(shown(&w, "[data-total]"), "94", "server and script count alike");
    for (width, height) in SIZES {
        w.size(width, height);
        w.shot(&format!("sheet-wrong-{width}"));
        wrong.extend(w.sound(axe().as_deref()).into_iter().map(|x| format!("{width}: {x}")));
    }
    // 200 % of a 1440 screen, then paper.
    w.size(720, 450);
    wrong.extend(w.sound(None));
    w.size(1440, 900);
    w.cdp("Emulation.setEmulatedMedia", json!({"media": "print"}));
    let paper = w.run("const s = e => getComputedStyle(document.querySelector(e)).display; return [s('.topbar'), s('.score__bar'), s('.print-only') !== 'none', s('.watermark') !== 'none']");
    assert_eq!(paper, json!(["none", "none", true, true]));
    w.cdp("Emulation.setEmulatedMedia", json!({"media": ""}));
    w.fill("[name=\"sheet.1.page\"]", "卷二 P140");
    w.fill("[name=my_opinion]", "侦查程序总体规范，拘留通知无送达记录（卷一 P31）。请依法审查并说明理由。");
    w.submit(".score__side [name=op][value=lock]");
    assert!(w.text().contains("提交并锁定评分表？") && w.text().contains("合计 94 分"), "{}", w.text());
    for (width, height) in SIZES {
        w.size(width, height);
        w.shot(&format!("sheet-ask-{width}"));
        wrong.extend(w.sound(axe().as_deref()).into_iter().map(|x| format!("{width}: {x}")));
    }
    w.size(1440, 900);
    w.submit("dialog[open] .btn--main");
    assert!(w.address().starts_with(&format!("/matter/{}?done=", s.review)), "{}", w.address());
    w.shot("sheet-done-1440");
    w.open(&sheet(&s));
    assert!(w.text().contains("已提交并锁定") && w.find("input[name^=sheet]:not([type=hidden])").is_none(), "{}", w.text());
    for (width, height) in SIZES {
        w.size(width, height);
        w.shot(&format!("sheet-locked-{width}"));
        wrong.extend(w.sound(axe().as_deref()).into_iter().map(|x| format!("{width}: {x}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
#[test]
fn a_sheet_is_handed_in_without_script_and_by_keyboard_alone() {
    let (town, stage, s) = town();
    {
        let w = stage.window(false);
        // So high that the bar at its foot covers nothing that is clicked.
        w.size(390, 3_000);
        w.enter(&town.by("expert").cookie);
        w.open(&sheet(&s));
        w.click("#i-2 > summary");
        w.submit("#i-2 [name=more]");
        assert!(w.address().ends_with("#i-2"), "back where the row is: {}", w.address());
        fill_row(&w, 0, "2.5", "卷一 P31");
        w.click("input[name=veto][value='超期羁押']");
        w.shot("sheet-plain-390");
        w.submit(".score__side [name=op][value=count]");
        assert!(w.text().contains("97.5") && w.find("#e-1-note").is_some(), "{}", w.text());
        w.click("input[name=veto][value='超期羁押']");
        w.fill("[name=my_opinion]", "总体规范。");
        w.submit(".score__bar [name=op][value=lock]");
        w.submit("dialog[open] .btn--main");
        assert!(w.address().starts_with("/matter/PC-") && !w.address().contains("/do/"), "{}", w.address());
    }
    let w = stage.window(true);
    w.size(1440, 900);
    w.enter(&town.by("posted").cookie);
    w.open(&sheet(&s));
    tab_to(&w, "#i-2 > summary");
    w.keys(ENTER);
    tab_to(&w, "#i-2 [name=more]");
    w.keys(ENTER);
    assert_eq!(w.run("return document.activeElement.name"), "sheet.0.problem", "the new row has the focus");
    w.keys(&format!("C3{TAB}一{TAB}2{TAB}"));
    w.keys("31");
    tab_to(&w, "[name=my_opinion]");
    w.keys("ok");
    // Chinese cannot be typed by keys without an input method.
    w.run("const s = document.querySelector('[name=\"sheet.0.severity\"]'); s.value = '一般'");
    tab_to(&w, ".score__side [name=op][value=lock]");
    let old = w.must("html");
    w.keys(ENTER);
    w.gone(&old);
    assert!(w.text().contains("提交并锁定评分表？"), "{}", w.text());
    tab_to(&w, "dialog .btn--main");
    let old = w.must("html");
    w.keys(ENTER);
    w.gone(&old);
    assert!(w.address().starts_with("/matter/PC-") && !w.address().contains("/do/"), "{}: {}", w.address(), w.text());
}
#[test]
fn a_draft_without_net_is_kept_unreadable_and_goes_with_the_session() {
    let (town, stage, s) = town();
    let w = stage.window(true);
    w.size(1440, 900);
    w.enter(&town.by("expert").cookie);
    w.open(&sheet(&s));
    wait("the offer", || w.run("return !document.querySelector('[data-offline]').hidden") == true);
    w.click("[data-offline-on]");
    let stored =
        |w: &Window| w.run("return Object.entries(localStorage).filter(([k]) => k.startsWith('xz-offline-')).map(e => e.join('='))");
    wait("a first copy", || stored(&w).as_array().is_some_and(|a| a.len() == 1));
    let net = |on: bool| {
        w.cdp("Network.enable", json!({}));
        w.cdp("Network.emulateNetworkConditions", json!({"offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}));
    };
    net(false);
    w.fill("[name=my_opinion]", "断网时写的意见");
    wait("no net", || shown(&w, "[data-saved]").contains("网络不通"));
    wait("kept here", || shown(&w, "[data-offline-note]").contains("已在本机加密暂存"));
    w.shot("sheet-offline-1440");
    let kept = stored(&w).to_string();
    assert!(!kept.contains("断网") && !kept.contains(&s.review) && !kept.contains("submit"), "{kept}");
    net(true);
    w.open(&sheet(&s));
    wait("found again", || w.run("return !document.querySelector('[data-offline-found]').hidden") == true);
    w.shot("sheet-offline-found-1440");
    let old = w.must("html");
    w.click("[data-offline-take]");
    w.gone(&old);
    assert_eq!(value(&w, "my_opinion"), "断网时写的意见");
    assert_eq!(stored(&w), json!([]), "the server has it: nothing is left here");
    // Whoever logs in next on this machine can read nothing, and nothing is left once one logs out.
    net(false);
    w.fill("[name=my_opinion]", "又写一句");
    wait("kept again", || stored(&w).as_array().is_some_and(|a| a.len() == 1));
    net(true);
    w.enter(&town.by("posted").cookie);
    w.open(&sheet(&s));
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert!(w.run("return document.querySelector('[data-offline-found]').hidden") == true && value(&w, "my_opinion").is_empty());
    w.click(".menu > summary");
    w.submit("form[action='/logout'] button");
    assert_eq!(stored(&w), json!([]));
}
#[test]
fn a_whole_sheet_with_overlay_and_card_counts_as_the_server_does() {
    let town = Town::new("sqlite");
    let stage = Stage::at("whole", town.port);
    let s = house::seated::drawn_by(&town, b"\x89PNG\r\n\x1a\nrest", house::seated::shipped(&town), &["涉企", "立功"]);
    house::seated::fetched(&town, &s);
    let w = stage.window(true);
    w.size(1440, 900);
    w.enter(&town.by("expert").cookie);
    w.open(&sheet(&s));
    let mut n = 0;
    let mut add = |item: usize, ground: &str, points: &str, page: &str| {
        w.click(&format!("#i-{item} > summary"));
        w.click(&format!("#i-{item} [name=more]"));
        w.choose(&format!("sheet.{n}.by"), ground);
        w.fill(&format!("[name=\"sheet.{n}.points\"]"), points);
        w.fill(&format!("[name=\"sheet.{n}.page\"]"), page);
        n += 1;
    };
    add(2, "D1.2.3", "2", "卷一 P31");
    add(14, "D6.4.1", "5", "卷三 P12");
    assert_eq!(shown(&w, "[data-total]"), "95", "the lower of the two");
    for q in 0..8 {
        w.click(&format!("[name=\"card.{q}.said\"][value=\"{}\"]", if q == 2 { "否" } else { "是" }));
    }
    assert_eq!(shown(&w, "[data-total]"), "92", "the failed card costs its item");
    assert!(shown(&w, "[data-open]").contains("还有 2 处要填：附卡第 3 项、个人意见"), "{}", shown(&w, "[data-open]"));
    let live = shown(&w, "[data-grade]");
    let mut wrong = vec![];
    w.submit(".score__side [name=op][value=lock]");
    assert_eq!((shown(&w, "[data-total]"), shown(&w, "[data-grade]")), ("92".to_owned(), live), "server and script count alike");
    assert!(w.find("#e-c-2").is_some(), "{}", w.text());
    for (width, height) in [(1440, 2_600), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("whole-{width}"));
        wrong.extend(w.sound(axe().as_deref()).into_iter().map(|x| format!("{width}: {x}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    w.size(1440, 900);
    w.fill("[name=\"card.2.page\"]", "卷二 P9");
    w.fill("[name=\"card.2.note\"]", "线索来源没有材料");
    w.fill("[name=my_opinion]", "总体规范。");
    w.submit(".score__side [name=op][value=lock]");
    w.submit("dialog[open] .btn--main");
    w.open(&sheet(&s));
    w.size(1440, 2_600);
    w.shot("whole-locked-1440");
    assert!(w.text().contains("已提交并锁定") && w.text().contains("线索来源没有材料"), "{}", w.text());
}
#[test]
fn papers_are_read_in_place_and_a_draw_is_replayed() {
    let (town, stage, s) = town();
    let w = stage.window(true);
    let mut wrong = vec![];
    w.size(1440, 900);
    w.enter(&town.by("expert").cookie);
    w.open(&format!("/reading/{}", s.review));
    let links = w.run("return [...document.querySelectorAll('.att a')].map(a => a.getAttribute('href'))");
    let links: Vec<String> = links.as_array().unwrap().iter().map(|l| l.as_str().unwrap().to_owned()).collect();
    assert_eq!(links.len(), 3);
    for (n, link) in links.iter().enumerate() {
        for (width, height) in SIZES {
            w.size(width, height);
            w.open(link);
            // The viewer of a PDF takes its time to paint.
            std::thread::sleep(std::time::Duration::from_millis(if w.find("iframe").is_some() { 2_500 } else { 100 }));
            w.shot(&format!("reading-{n}-{width}"));
            wrong.extend(w.sound(axe().as_deref()).into_iter().map(|x| format!("{width}: {x}")));
        }
        let over = w.run("const m = document.querySelector('.watermark'); return [m.textContent.includes('评查员1'), getComputedStyle(m).pointerEvents, getComputedStyle(m).position]");
        assert_eq!(over, json!([true, "none", "fixed"]));
        if w.find(".read img").is_some() {
            assert_eq!(w.run("return document.querySelector('.read img').naturalWidth"), 600, "the picture is there");
        }
    }
    for (width, height) in SIZES {
        w.size(width, height);
        w.open("/draw/replay");
        w.shot(&format!("replay-{width}"));
        wrong.extend(w.sound(axe().as_deref()).into_iter().map(|x| format!("{width}: {x}")));
    }
    assert_eq!(w.run("return document.querySelector('#no-script').hidden"), true, "its script runs under our policy");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
