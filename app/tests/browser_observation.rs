//! An observer in the field, in real Chromium at 390 px: with net, without, and with net again while another device has gone on; axe-core on
//! each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::browser::{Stage, Window, axe};
use house::{Town, field};
use serde_json::json;

fn wait(what: &str, w: &Window, holds: impl Fn() -> bool) {
    for _ in 0..300 {
        if holds() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("never: {what}: {} {}", status(w), w.text());
}
fn status(w: &Window) -> String {
    w.run("return document.querySelector('[data-saved]')?.textContent ?? ''").as_str().unwrap_or("").to_owned()
}
fn tick(w: &Window, item: &str, result: &str) {
    w.run(&format!("document.querySelector('[name=\"result.{item}\"][value=\"{result}\"]').click()"));
}
fn net(w: &Window, on: bool) {
    w.cdp("Network.enable", json!({}));
    w.cdp("Network.emulateNetworkConditions", json!({"offline": !on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}));
}
/// Everything this origin keeps in the browser, as one text.
fn stored(w: &Window) -> String {
    let script = "const done = arguments[0]; (async () => { \
        const all = Object.entries(localStorage).map((e) => e.join('=')); \
        for (const { name } of await indexedDB.databases()) { await new Promise((next) => { const o = indexedDB.open(name); o.onsuccess = () => { \
          const s = o.result.transaction('sealed').objectStore('sealed'), k = s.getAllKeys(), v = s.getAll(); \
          v.onsuccess = () => { all.push(...k.result, ...v.result.map((x) => Object.keys(x).join() + String.fromCharCode(...x.sealed.slice(0, 4000)))); o.result.close(); next(); }; }; }); } \
        done(all.join('\\n')); })()";
    w.call("POST", "/execute/async", &json!({"script": script, "args": []})).as_str().unwrap_or("?").to_owned()
}
/// Puts a photograph into the camera field of this item.
fn shoot(w: &Window, item: &str) {
    w.run(&format!(
        "const c = Object.assign(document.createElement('canvas'), {{width: 900, height: 600}}); const g = c.getContext('2d'); \
         g.fillStyle = '#4d789f'; g.fillRect(0, 0, 900, 600); g.fillStyle = '#fff'; g.fillRect(300, 200, 300, 200); \
         c.toBlob((b) => {{ const t = new DataTransfer(); t.items.add(new File([b], 'IMG_2026.jpg', {{type: 'image/jpeg'}})); \
         const i = document.querySelector('[name=\"photo.{item}\"]'); i.files = t.files; i.dispatchEvent(new Event('change', {{bubbles: true}})); }}, 'image/jpeg')"
    ));
}

#[test]
fn an_observer_goes_on_without_net_and_merges_what_two_devices_said() {
    let town = Town::new("sqlite");
    let (gm, group) = field::on_site(&town);
    let me = group[0];
    let path = format!("/observe/{gm}");
    let stage = Stage::at("observation", town.port);
    let w = stage.window(true);
    let mut wrong = vec![];
    w.size(390, 844);
    w.enter(&town.by(me).cookie);
    w.open(&path);
    wait("the key", &w, || w.run("return !document.querySelector('[data-offline-words]').hidden") == true);
    w.shot("observe-empty-390");
    wrong.extend(w.sound(axe().as_deref()));
    tick(&w, "1", "符合");
    wait("sent", &w, || status(&w).starts_with("已传"));
    // No net: typed, timed, photographed; kept here and unreadable.
    net(&w, false);
    tick(&w, "5", "不符合");
    w.fill("[name=\"note.5\"]", "断网时记下：经企业询问才说明依据");
    w.click("#o-5 [data-now]");
    shoot(&w, "5");
    wait("a photograph here", &w, || w.run("return document.querySelector('#o-5 [data-shots] li')?.textContent.includes('未传')") == true);
    wait("kept here", &w, || status(&w).contains("已存本机"));
    assert!(w.text().contains("断网也能接着填"), "{}", w.text());
    w.shot("observe-offline-390");
    let kept = stored(&w);
    assert!(kept.contains("xz-offline-") && kept.contains("iv,sealed"), "{kept}");
    for word in ["断网", "不符合", "企业", &gm, "JFIF", "observe"] {
        assert!(!kept.contains(word), "{word} is readable in the browser");
    }
    // Meanwhile his other device has gone on with the same item.
    let by = town.by(me);
    let csrf = by.get(&path).hidden("csrf");
    let other = json!({"items": [{"item": "5", "base": 0, "result": "符合", "note": "另一台：当面说明了", "at": "09:20"}, {"item": "2", "base": 0, "result": "未涉及"}]});
    let taken = by.send("POST", &format!("{path}/sync"), "application/json", &[("x-csrf", &csrf)], other.to_string().as_bytes());
    assert_eq!(taken.status, 200, "{}", taken.text());
    net(&w, true);
    wait("both stand there", &w, || status(&w).contains("1 项要选定"));
    let box_text = w.run("return document.querySelector('#o-5 [data-others]').textContent").as_str().unwrap().to_owned();
    assert!(box_text.contains("断网时记下") && box_text.contains("另一台：当面说明了"), "{box_text}");
    assert_eq!(
        w.run("return document.querySelector('[name=\"result.2\"]:checked')?.value"),
        "未涉及",
        "what only the other device said is here too"
    );
    w.run("document.querySelector('#o-5').scrollIntoView()");
    w.shot("observe-conflict-390");
    wrong.extend(w.sound(axe().as_deref()));
    w.run("[...document.querySelectorAll('#o-5 [data-others] button')].find((b) => b.textContent.includes('断网时记下')).click()");
    wait("chosen and sent", &w, || {
        status(&w).starts_with("已传") && w.run("return document.querySelector('#o-5 [data-others]').hidden") == true
    });
    wait("nothing left here", &w, || !stored(&w).contains("sealed"));
    // A reload finds it all on the server.
    w.open(&path);
    assert_eq!(w.run("return document.querySelector('[name=\"note.5\"]').value"), "断网时记下：经企业询问才说明依据");
    wait("the photograph", &w, || w.run("return document.querySelector('#o-5 [data-shots] img')?.naturalWidth > 0") == true);
    for n in 1..=12 {
        if !matches!(n, 5) {
            tick(&w, &n.to_string(), "符合");
        }
    }
    w.fill("[name=\"note.all\"]", "程序完整，告知偏晚");
    wait("all of it", &w, || status(&w).starts_with("已传") && w.run("return document.querySelector('[data-filled]').textContent") == "12");
    w.shot("observe-filled-390");
    w.submit(".phone__foot [value=send]");
    assert!(w.text().contains("交给组长？"), "{}", w.text());
    w.shot("observe-ask-390");
    wrong.extend(w.sound(axe().as_deref()));
    w.submit("dialog [value=hand]");
    assert!(w.address().starts_with(&format!("/matter/{gm}")), "{}: {}", w.address(), w.text());
    assert!(!stored(&w).contains("xz-offline-"), "nothing of it stays on this machine");
    w.open(&path);
    w.shot("observe-handed-390");
    wrong.extend(w.sound(axe().as_deref()));
    // The prototype's paper: what the unit reads.
    w.enter(&town.by("market").cookie);
    w.open(&format!("/observation/{gm}/notice"));
    w.shot("observation-notice-390");
    wrong.extend(w.sound(axe().as_deref()));
    assert!(wrong.is_empty(), "{wrong:#?}");
    town.sound();
}
#[test]
fn a_sheet_is_kept_and_handed_in_without_script() {
    let town = Town::new("sqlite");
    let (gm, group) = field::on_site(&town);
    let stage = Stage::at("observation-plain", town.port);
    let w = stage.window(false);
    // So high that the bars cover nothing that is clicked.
    w.size(390, 9_000);
    w.enter(&town.by(group[0]).cookie);
    w.open(&format!("/observe/{gm}"));
    for n in 1..=12 {
        w.click(&format!("[name=\"result.{n}\"][value=\"{}\"]", if n == 5 { "不符合" } else { "符合" }));
    }
    w.submit(".phone__foot [value=send]");
    assert!(w.text().contains("不符合的，请写说明"), "{}", w.text());
    w.fill("[name=\"note.5\"]", "yi");
    w.submit(".phone__foot [value=save]");
    w.submit(".phone__foot [value=send]");
    assert!(w.text().contains("交给组长？"), "{}", w.text());
    w.submit("dialog [value=hand]");
    assert!(w.address().starts_with(&format!("/matter/{gm}")), "{}: {}", w.address(), w.text());
}
