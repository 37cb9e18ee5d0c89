//! The comparison of units and a warning in real Chromium, on a desk and on a telephone; axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::walk;

fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("fair-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        // It was looked at with the menus opened.
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
}
#[test]
fn a_comparison_is_read_as_picture_and_table_and_leads_to_its_matters() {
    walk("fair", |b| {
        let (town, w) = (b.town(), &b.window);
        cases::compared::half_year(town);
        town.day(125);
        app::inbox::tick(&town.house).unwrap();
        w.enter(&town.by("lead").cookie);
        w.open("/fair");
        assert!(w.text().contains("2026年上半年，转整改率") && w.text().contains("高于 95% 界限"), "{}", w.text());
        assert_eq!(w.run("return document.querySelectorAll('svg.chart g > title').length"), 3);
        look(w, "page");
        w.size(1440, 900);
        w.run("document.querySelector('#fu-h').scrollIntoView()");
        w.shot("fair-tables-1440");
        w.submit("td[data-l='件数'] a");
        assert!(w.text().contains("件"), "{}", w.text());
        look(w, "behind");
        w.open("/matters/early_warning");
        look(w, "list");
        w.submit("a[href^='/matter/YJ-']");
        assert!(w.text().contains("预警只提示关注，不是结论。"), "{}", w.text());
        look(w, "warning");
    });
}
