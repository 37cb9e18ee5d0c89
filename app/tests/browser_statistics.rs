//! Statistics, the wall, the calendar of deadlines and the pictures of the workbench in real Chromium, on a desk and on a telephone; axe-core
//! on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::browser::{Stage, Window, axe};

fn look(w: &Window, name: &str, sizes: &[(u32, u32)]) {
    for (width, height) in sizes {
        w.size(*width, *height);
        w.shot(&format!("{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.shot(&format!("{name}-{width}-open"));
        // It was looked at with the menus opened.
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
}
const BOTH: &[(u32, u32)] = &[(1440, 900), (390, 844)];

#[test]
fn figures_are_read_as_pictures_and_tables_and_lead_to_their_rows() {
    let stage = Stage::new("statistics");
    let w = stage.window(true);
    w.size(1440, 900);
    w.log_in("jingban1");
    look(&w, "workbench-charts", BOTH);
    w.size(1440, 900);
    w.open("/statistics?period=2025");
    assert!(w.text().contains("闭环漏斗"), "{}", w.text());
    // No picture lacks its table.
    let bare = w.run("return [...document.querySelectorAll('main section.card')].filter(c => c.querySelector('svg.chart') && !c.querySelector('table')).length");
    assert_eq!(bare, 0);
    assert!(w.run("return document.querySelectorAll('svg.chart').length").as_i64().unwrap() > 8);
    look(&w, "statistics", BOTH);
    w.size(1440, 900);
    for id in ["months", "grades", "in_time", "problems"] {
        w.run(&format!("document.getElementById('t-{id}').scrollIntoView()"));
        w.shot(&format!("statistics-{id}"));
    }
    let first = w.run("return document.querySelector('[aria-labelledby=\"t-funnel\"] td a').getAttribute('href')");
    w.open(first.as_str().unwrap());
    assert!(w.text().contains("本页合计"), "{}", w.text());
    look(&w, "statistics-behind", BOTH);
    w.size(1920, 1080);
    w.open("/screen?still=1");
    let over = w.run("return [document.documentElement.scrollHeight - 1080, document.documentElement.scrollWidth - 1920]");
    assert!(over[0].as_i64().unwrap() <= 0 && over[1].as_i64().unwrap() <= 0, "scrolls by {over}");
    look(&w, "screen", &[(1920, 1080), (1440, 900), (390, 844)]);
    w.size(1440, 900);
    w.open("/deadlines");
    look(&w, "deadlines", BOTH);
    for who in ["shouli1", "jiandu1", "zhongyuan"] {
        w.size(1440, 900);
        w.log_in(who);
        look(&w, &format!("workbench-{who}"), BOTH);
        w.open("/deadlines");
        look(&w, &format!("deadlines-{who}"), BOTH);
        if who != "zhongyuan" {
            w.size(1440, 900);
            w.open("/statistics?period=2025");
            look(&w, &format!("statistics-{who}"), BOTH);
            w.size(1920, 1080);
            w.open("/screen?still=1");
            look(&w, &format!("screen-{who}"), &[(1920, 1080)]);
        }
    }
}
