//! An enterprise on a telephone: report, receipt, progress, supplement, rating, in real Chromium with and without script.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::Town;
use house::browser::{Stage, Window, axe};
use serde_json::json;

/// Looked at on a telephone and on a desk; nothing scrolls sideways, axe is silent.
fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("portal-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
    }
}
/// Fills in the report as far as it is the same everywhere.
fn fill(w: &Window) {
    w.fill("#report-org", "云岭市烟草专卖局");
    w.click("#report-act_type option[value=行政检查]");
    w.click("#report [name=problems][value='1']");
    w.fill("#report-facts", "5月12日上午第四次来检查，没有出示检查通知书。");
    w.click("#report-litigation label:first-child input");
}
/// `(number, code)` of the receipt in the window.
fn receipt(w: &Window) -> (String, String) {
    let number =
        w.call("GET", &format!("/element/{}/attribute/data-number", w.must("[data-number]")), &json!({})).as_str().unwrap().to_owned();
    let code =
        w.call("GET", &format!("/element/{}/text", w.must(".code16")), &json!({})).as_str().unwrap().split_whitespace().collect::<String>();
    (number, code)
}
fn seek(w: &Window, number: &str, code: &str) {
    w.fill("#seek-number", number);
    w.fill("#seek-code", code);
    w.submit("#progress button[type=submit]");
}
#[test]
fn an_enterprise_on_a_telephone() {
    let town = Town::new("sqlite");
    town.with_keys();
    let stage = Stage::at("portal", town.port);
    let w = stage.window(true);
    w.size(390, 844);
    w.open("/portal");
    look(&w, "home");
    w.click(".doors a[href='#report']");
    assert_eq!(w.run("return getComputedStyle(document.querySelector('#home')).display"), "none", "one section at a time");
    look(&w, "form");
    fill(&w);
    w.submit("#report button[type=submit]");
    assert!(w.text().contains("还不能提交，有 1 处要改"), "{}", w.text());
    assert_eq!(w.run("return document.activeElement.getAttribute('role')"), "alert", "the summary has the focus");
    assert_eq!(w.run("return document.querySelector('#report-facts').value"), "5月12日上午第四次来检查，没有出示检查通知书。");
    look(&w, "errors");
    w.click("#report .alert a");
    assert_eq!(
        w.run("return getComputedStyle(document.querySelector('#report')).display"),
        "block",
        "a link to a field leaves the form in sight"
    );
    // Whoever stays anonymous is asked for no name.
    assert_eq!(w.run("return document.querySelector('#report-reporter_name').offsetParent"), json!(null));
    w.click("#report [name=agree]");
    w.submit("#report button[type=submit]");
    let (number, code) = receipt(&w);
    assert_eq!((number.len(), code.len()), (10, 16));
    look(&w, "receipt");
    w.call("POST", "/goog/cdp/execute", &json!({"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}}));
    w.shot("portal-receipt-print");
    w.call("POST", "/goog/cdp/execute", &json!({"cmd": "Emulation.setEmulatedMedia", "params": {"media": ""}}));
    w.size(390, 844);
    w.click(".receipt a[href='#progress']");
    seek(&w, &number, "0000111122223333");
    assert!(w.text().contains("受理号或回执密码不对"), "{}", w.text());
    look(&w, "refused");
    seek(&w, &number, &code);
    assert!(w.text().contains("已登记") && w.text().contains("第四次来检查"), "{}", w.text());
    w.click("#do-supplement summary");
    w.fill("#supplement-text", "补一张现场照片。");
    let photo = stage.dir.join("照片.png");
    std::fs::write(&photo, b"\x89PNG\r\n\x1a\nxxxx").unwrap();
    w.call("POST", &format!("/element/{}/value", w.must("#supplement-files")), &json!({"text": photo.to_string_lossy()}));
    w.submit("#do-supplement button[type=submit]");
    assert!(w.text().contains("已补充") && w.text().contains("1 份"), "{}", w.text());
    look(&w, "matter");
    let row = town.house.db.read_here(|tx| tx.one("SELECT matter FROM receipt", &[])).unwrap();
    let qy: String = row.unwrap().take(0);
    town.act("intake", &qy, "screen", &[("litigation", "没有"), ("remedy", "不涉及"), ("chief_named", "no"), ("note", "属于受理范围。")]);
    town.act("intake", &qy, "accept", &[]);
    town.act("convener", &qy, "discipline", &[("cause", "涉嫌违纪，依法移送。")]);
    town.act("intake", &qy, "record_result", &[("unit_said", "已停止重复检查并致歉。")]);
    town.act("intake", &qy, "reply", &[("text", "单位已致歉，请评价。")]);
    w.open("/portal#progress");
    seek(&w, &number, &code);
    assert!(w.text().contains("单位已致歉，请评价"), "{}", w.text());
    w.click("#do-rate summary");
    w.click("#do-rate option[value='4']");
    w.click("#do-rate [name=solved][value=部分]");
    w.fill("#rate-words", "解决了一部分。");
    w.submit("#do-rate button[type=submit]");
    assert!(w.text().contains("已评价") && w.text().contains("解决了一部分"), "{}", w.text());
    look(&w, "rated");
    assert_eq!(w.run("return document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"), "{}{}");
    assert_eq!(w.address(), "/portal", "nothing in the address");
}
#[test]
fn without_script_it_is_the_same() {
    let town = Town::new("sqlite");
    town.with_keys();
    let stage = Stage::at("portal-bare", town.port);
    let w = stage.window(false);
    w.size(390, 844);
    w.open("/portal");
    w.shot("portal-bare-home-390");
    w.click(".doors a[href='#report']");
    fill(&w);
    w.click("#report [name=agree]");
    w.shot("portal-bare-form-390");
    w.submit("#report button[type=submit]");
    let (number, code) = receipt(&w);
    w.click(".receipt a[href='#progress']");
    seek(&w, &number, &code);
    w.click("#do-message summary");
    w.fill("#message-text", "请问何时答复？");
    w.submit("#do-message button[type=submit]");
    assert!(w.text().contains("请问何时答复"), "{}", w.text());
    w.shot("portal-bare-matter-390");
}
#[test]
fn script_does_the_work_that_a_flood_asks_for() {
    let town = Town::new("sqlite");
    town.with_keys();
    let stranger = house::Visitor::stranger(town.port);
    for _ in 0..21 {
        stranger.post("/portal", &[("op", "report"), ("ticket", &stranger.get("/portal").hidden("ticket"))]);
    }
    let stage = Stage::at("portal-work", town.port);
    let w = stage.window(true);
    w.size(390, 844);
    w.open("/portal#report");
    assert!(w.find("#report form[data-bits='12']").is_some());
    fill(&w);
    w.click("#report [name=agree]");
    w.submit("#report button[type=submit]");
    receipt(&w);
}
