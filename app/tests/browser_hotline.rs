//! A call at the desk in real Chromium, by keyboard alone: typed, a duplicate seen, saved, and the next one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::Town;
use house::browser::{Stage, Window, axe};
use serde_json::json;
use std::time::{Duration, Instant};

const TAB: &str = "\u{e004}";
const SPACE: &str = " ";
const ALT: char = '\u{e00a}';

/// Alt and a key, as a hand presses them.
fn alt(w: &Window, key: char) {
    let act = |kind: &str, value: char| json!({"type": kind, "value": value});
    let actions = [act("keyDown", ALT), act("keyDown", key), act("keyUp", key), act("keyUp", ALT)];
    w.call("POST", "/actions", &json!({"actions": [{"type": "key", "id": "k", "actions": actions}]}));
}
fn focus(w: &Window) -> String {
    w.run("return document.activeElement.name || document.activeElement.id || document.activeElement.tagName")
        .as_str()
        .unwrap_or("")
        .to_owned()
}
/// Tab until the focus is there: the order is the form's.
fn to(w: &Window, name: &str) {
    for _ in 0..30 {
        if focus(w) == name {
            return;
        }
        w.keys(TAB);
    }
    panic!("{name} is never reached by Tab; at {}", focus(w));
}
fn until(w: &Window, script: &str) {
    for _ in 0..200 {
        if w.run(script) == true {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("never: {script}\n{}", w.text());
}
/// Presses keys that lead to another page.
fn leads(w: &Window, press: impl FnOnce()) {
    let old = w.must("html");
    press();
    w.gone(&old);
}

#[test]
fn a_call_is_taken_by_keyboard_alone() {
    let town = Town::new("sqlite");
    for who in ["keeper1", "keeper2"] {
        town.by(who);
    }
    let stage = Stage::at("hotline", town.port);
    let w = stage.window(true);
    w.size(1440, 900);
    w.enter(&town.by("intake").cookie);
    w.open("/desk");
    // No hand on the mouse from here on: a click that was not made by a key is counted.
    let watch = "window.mouse = 0; for (const e of ['mousedown', 'pointerdown', 'touchstart']) addEventListener(e, () => { window.mouse += 1; }, true)";
    w.run(watch);
    // A simple call: what was asked, answered, saved.
    let began = Instant::now();
    assert_eq!(focus(&w), "reporter_phone", "the first field has the focus");
    w.keys("15400098765");
    to(&w, "facts");
    w.keys("问许可证怎么延期");
    alt(&w, '1');
    assert_eq!(w.run("return document.querySelector('[name=outcome]:checked').value"), "咨询答复");
    assert_eq!(w.run("return window.mouse"), 0);
    leads(&w, || alt(&w, 's'));
    assert!(w.address().starts_with("/desk?done=") && w.text().contains("已登记 RX-2026-0001"), "{}", w.text());
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
    println!("a simple call by keyboard: {:?}", began.elapsed());
    assert_eq!(
        (focus(&w).as_str(), w.run("return document.querySelector('#f-facts').value")),
        ("reporter_phone", json!("")),
        "a fresh form"
    );
    // The same caller again: the hint comes while one types.
    w.run(watch);
    w.keys("154-0009-8765");
    until(&w, "return !!document.querySelector('[data-like] a[href=\"/matter/RX-2026-0001\"]')");
    assert!(w.text().contains("同一电话"));
    w.shot("desk-hint-1440");
    to(&w, "reporter_name");
    w.keys("苏例舟");
    to(&w, "mode");
    to(&w, "org");
    w.keys("云岭市市场监督管理局");
    to(&w, "act_type");
    w.keys("行政检查");
    to(&w, "problems");
    w.keys("1 7");
    assert!(w.run("return document.querySelector('[data-problems]').textContent").as_str().unwrap().contains("程序违法"));
    to(&w, "facts");
    w.keys("一周来查三次");
    alt(&w, '2');
    to(&w, "litigation");
    w.keys("没有申请");
    alt(&w, '5');
    assert_eq!(w.run("return document.querySelector('[name=back]').checked"), true);
    assert_eq!(w.run("return window.mouse"), 0);
    leads(&w, || alt(&w, 's'));
    assert!(w.text().contains("已登记 RX-2026-0002") && w.text().contains("待回电"), "{}", w.text());
    // Joined by keyboard: Tab reaches the button, space presses it, the form keeps what was typed.
    w.run(watch);
    w.keys("15400098765");
    to(&w, "facts");
    w.keys("又来电催问");
    until(&w, "return document.querySelectorAll('[data-like] button[name=join]').length > 1");
    to(&w, "join");
    leads(&w, || w.keys(SPACE));
    assert!(w.run("return document.querySelector('#f-into').value").as_str().unwrap().contains("-2026-"), "{}", w.text());
    assert_eq!(w.run("return document.querySelector('#f-facts').value"), "又来电催问");
    alt(&w, '2');
    leads(&w, || alt(&w, 's'));
    assert!(w.text().contains("已登记 RX-2026-0003"), "{}", w.text());
    // What to say to whom we cannot help.
    w.run(watch);
    alt(&w, '3');
    assert_eq!(focus(&w), "out_of_scope", "the way out is asked for at once");
    w.keys("民事");
    until(&w, "return document.querySelector('[data-say][role=status]').textContent.includes('人民调解')");
    w.shot("desk-polite-1440");
    assert_eq!(w.run("return window.mouse"), 0);
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.open("/desk");
        w.shot(&format!("desk-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new());
        w.open("/exchange?month=2026-03");
        w.shot(&format!("exchange-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new());
    }
    // Without script: the hint comes after pressing 查重.
    let plain = stage.window(false);
    plain.size(1440, 900);
    plain.enter(&town.by("intake").cookie);
    plain.open("/desk");
    plain.keys("15400098765");
    leads(&plain, || alt(&plain, 'q'));
    assert!(plain.text().contains("同一电话") && !plain.must("#f-reporter_phone").is_empty(), "{}", plain.text());
    town.sound();
}
