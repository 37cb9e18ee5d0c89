//! 检索 in real Chromium, on a desk and on a telephone: typing with suggestions, hits, what narrows, what is kept, an empty answer; axe-core
//! on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::encode;
use house::walk::walk;

/// Looked at on a desk and on a telephone; nothing scrolls sideways, axe is silent.
fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("search-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
    w.size(1440, 900);
}
#[test]
fn whoever_searches_finds_narrows_keeps_and_is_helped() {
    walk("search", |b| {
        let (town, w) = (b.town(), &b.window);
        let zg = town.rectifying();
        (0..22).for_each(|_| drop(town.clue()));
        let laws = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/fixtures/rules");
        app::rules::folder(&town.house, &laws).unwrap();
        w.enter(&town.by("handler").cookie);
        w.open("/search");
        look(w, "empty");
        w.fill("main [name=q]", "超过");
        w.submit("main form[role=search] .btn--main");
        assert!(w.text().contains("命中 23 件") && w.text().contains("缩小范围"), "{}", w.text());
        look(w, "hits");
        w.submit("main a[href*=\"kind=rectification\"]");
        assert!(w.text().contains(&zg) && w.text().contains("命中 1 件"), "{}", w.text());
        look(w, "narrowed");
        w.fill("main [name=name]", "审限整改");
        w.submit("main form[action=\"/search/saved\"] .btn");
        assert!(w.text().contains("审限整改"), "{}", w.text());
        w.open("/");
        assert!(w.text().contains("我的检索") && w.text().contains("审限整改"), "{}", w.text());
        look(w, "workbench");
        w.open(&format!("/search?q={}", encode("河道")));
        assert!(w.text().contains("制度"), "{}", w.text());
        look(w, "rules");
        w.open(&format!("/search?q={}", encode("超过不见")));
        assert!(w.text().contains("没有命中"), "{}", w.text());
        look(w, "nothing");
        // Suggestions come while he types; without a script they stand on the page.
        w.open("/search");
        w.fill("main [name=q]", "zg1");
        w.run("document.querySelector('main [name=q]').dispatchEvent(new Event('input', {bubbles: true}))");
        let shown = (0..40).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            w.run("return [...document.querySelectorAll('#q-like option')].map(o => o.value).join(' ')")
                .as_str()
                .unwrap_or("")
                .contains(&zg)
        });
        assert!(shown, "no suggestion came");
        w.open("/search?q=zg1");
        assert!(w.text().contains("你要找的可能是"), "{}", w.text());
    });
}
