//! 提醒、提醒设置、归档 in real Chromium, on a desk and on a telephone; axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::walk;
use house::{CLUE, COURT};

fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("notices-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
    w.size(1440, 900);
}
#[test]
fn notices_are_read_and_settled_and_a_closed_matter_is_packed() {
    walk("notices", |b| {
        let (town, w) = (b.town(), &b.window);
        for _ in 0..3 {
            town.open(
                "handler",
                "rectification",
                "open",
                &[("org", COURT), ("problems", "X1"), ("severity", "一般"), ("gist", "审限超过三十日。")],
            );
        }
        w.enter(&town.by("lead").cookie);
        w.open("/");
        look(w, "workbench");
        w.submit(".topbar__tools a[href='/notices']");
        assert!(w.text().contains("到你手里，请办理"), "{}", w.text());
        look(w, "list");
        w.click("input[name=n]");
        w.submit("button[name=op][value=some]");
        assert!(w.text().contains("已标为已读 1 条"), "{}", w.text());
        w.submit("button[name=op][value=all]");
        look(w, "none");
        w.open("/notices/settings");
        look(w, "settings");
        w.fill("#to-mail", "lead@example.cn");
        w.submit("form[action='/notices/address'] button");
        assert!(w.text().contains("待验证"), "{}", w.text());
        look(w, "code");
        w.click("input[name=on][value='mail|reached']");
        w.fill("#f-qf", "22");
        w.fill("#f-qt", "7");
        w.submit("form[action='/notices/settings'] button");
        assert!(w.text().contains("已保存设置"), "{}", w.text());
        let xs = town.open("handler", "clue", "register", CLUE);
        town.open("handler", "clue", "register", CLUE);
        town.act("handler", &xs, "pass_on", &[("receiver", "市信访局"), ("reason", "不属本委职权。")]);
        w.enter(&town.by("handler").cookie);
        w.open("/archives");
        assert!(w.text().contains("待归档"), "{}", w.text());
        look(w, "archives");
        w.open(&format!("/matter/{xs}"));
        w.submit(&format!("a[href='/matter/{xs}/archive']"));
        assert!(w.text().contains("封存口令"), "{}", w.text());
        look(w, "pack");
        let form = town.by("handler").get(&format!("/matter/{xs}/archive"));
        let made = town.by("handler").answer(&form, &format!("/matter/{xs}/archive"), &[("retention", "永久"), ("secrecy", "内部")]);
        assert_eq!(made.status, 200, "{}", made.text());
        app::archive::take(&town.house, &made.body, "console").unwrap();
        w.open("/archives");
        assert!(w.text().contains("已归档") && w.text().contains("已导入，只读"), "{}", w.text());
        look(w, "archives-made");
        w.submit("a[href^='/archives/']");
        assert!(w.text().contains("办理经过"), "{}", w.text());
        look(w, "archive-taken");
        w.enter(&town.by("system").cookie);
        w.open("/deliveries");
        look(w, "deliveries");
    });
}
