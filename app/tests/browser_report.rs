//! The half-year report in real Chromium, on a desk and on a telephone: drafted by its button, read with its bars, recounted; axe-core on each.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::Town;
use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::walk;

/// Looked at on a desk and on a telephone; nothing scrolls sideways, axe is silent.
fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("report-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
}
/// Seven rectifications of the court, closed in June.
fn closed(town: &Town) {
    for n in 0..7 {
        let zg = town.rectifying();
        let done = [("result", "已改。"), ("evidence", "file:清单")];
        town.act("court", &zg, "report", &done);
        if n == 2 {
            town.act("handler", &zg, "send_back", &[("reason", "缺佐证。")]);
            town.act("court", &zg, "report", &done);
        }
        town.act("handler", &zg, "accept", &[("opinion", "同意验收。")]);
    }
    town.day(97);
    for n in 1..=7 {
        let zg = format!("ZG-2026-000{n}");
        town.act("second", &zg, "hold", &[("finding", "已经巩固。")]);
        town.act("lead", &zg, "close", &[]);
    }
    town.day(126);
}
#[test]
fn a_report_is_drafted_read_and_recounted_on_a_desk_and_on_a_telephone() {
    walk("report", |b| {
        let (town, w) = (b.town(), &b.window);
        closed(town);
        w.enter(&town.by("handler").cookie);
        let bn = b.open("handler", "half_year_report", "open", &[("year", "2026"), ("half", "上半年")]);
        b.act("handler", &bn, "draft", &[]);
        look(w, "matter");
        w.open(&format!("/matter/{bn}/report"));
        assert!(w.text().contains("正面、负面事项对照") && w.text().contains("一次验收通过且未反弹"), "{}", w.text());
        assert_eq!(w.run("return document.querySelectorAll('svg.chart rect').length > 0"), true);
        look(w, "page");
        w.size(1440, 900);
        w.run("document.querySelector('svg.chart').closest('section').scrollIntoView()");
        w.shot("report-chart-1440");
        w.open(&format!("/matter/{bn}/recompute"));
        assert!(w.text().contains("全部一致"), "{}", w.text());
        look(w, "recompute");
    });
}
