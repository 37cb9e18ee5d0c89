//! 活情况 and 参数总览 in real Chromium, on a desk and on a telephone, by the office and by the official himself; axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::batch::{self, Hands as _};
use house::browser::{Window, axe};
use house::leading::leading;
use house::walk::walk;
use house::{COURT, POLICE};

/// Looked at on a desk and on a telephone; nothing scrolls sideways, axe is silent.
fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("alive-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
    w.size(1440, 900);
}
#[test]
fn the_office_reads_facts_and_levers_and_an_official_his_own_page() {
    walk("alive", |b| {
        let (town, w) = (b.town(), &b.window);
        leading(town);
        batch::regular(town);
        let zg = town.rectifying();
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        town.act("handler", &zg, "accept", &[("opinion", "同意。")]);
        town.day(140);
        town.act("second", &zg, "hold", &[("finding", "未见同类问题。")]);
        town.act("lead", &zg, "close", &[]);
        w.enter(&town.by("handler").cookie);
        w.open("/alive");
        look(w, "list");
        w.submit(&format!("main a[href=\"/alive/unit/{COURT}\"]"));
        assert!(w.text().contains("按期整改") && w.text().contains("评查有瑕疵"), "{}", w.text());
        look(w, "unit");
        w.submit("main td a[href*=\"what=punctual\"]");
        assert!(w.text().contains(&zg), "{}", w.text());
        w.open("/alive/official/G1");
        look(w, "official");
        w.open("/levers");
        look(w, "levers");
        w.submit("main a[href=\"/levers/of/parameter.spread\"]");
        w.fill("main input[name=value]", "1");
        w.submit("main form button[type=submit]");
        assert!(w.text().contains("其中必须合议的"), "{}", w.text());
        look(w, "lever");
        // What a browser sends by the page's own link becomes a change order.
        w.open("/levers/of/parameter.spread");
        w.submit("main a[href^=\"/matters/amendment/new/propose\"]");
        look(w, "propose");
        b.send(&[("value", "12"), ("from", &town.today(0)), ("reason", "上半年合议过少。")]);
        assert!(w.address().starts_with("/matter/BG-") && w.text().contains("spread"), "{}: {}", w.address(), w.text());
        w.enter(&town.by("officer").cookie);
        w.open("/");
        w.submit("nav a[href=\"/alive/official/G1\"]");
        look(w, "own");
        w.open(&format!("/alive/unit/{POLICE}"));
        assert!(w.text().contains("没有找到"), "{}", w.text());
        town.sound();
    });
}
