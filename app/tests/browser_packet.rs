//! The organisation department in real Chromium, on a desk and on a telephone: asks, signs for the answer, reads it, tells its use; the
//! office sees who has looked. axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::asked::{self, FOUND, go_out, packets};
use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::walk;

fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("packet-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
    w.size(1440, 900);
}
#[test]
fn the_organisation_department_asks_reads_and_tells_its_use() {
    walk("packet", |b| {
        let (town, w) = (b.town(), &b.window);
        w.enter(&town.by("party-org").cookie);
        w.open("/matters/directed_supervision");
        look(w, "list");
        w.submit("a[href^=\"/matters/directed_supervision/new/request\"]");
        look(w, "request");
        let mut form = asked::wanted("执行岗位", "了解（2026）赣1202刑初15号的办理");
        b.send(&form);
        assert!(w.text().contains("不能以特定在办案件为标的"), "{}", w.text());
        look(w, "refused");
        form = asked::wanted("执行岗位", "了解履职情况");
        form.retain(|(n, _)| *n == "purpose");
        b.send(&form);
        assert!(w.address().starts_with("/matter/DX-") && w.text().contains("待审查商请"), "{}: {}", w.address(), w.text());
        look(w, "requested");
        let dx = w.address().trim_start_matches("/matter/").split('?').next().unwrap().to_owned();
        asked::answer(town, &dx);
        town.act("lead", &dx, "approve_result", &[]);
        let sb = packets(town).pop().unwrap();
        go_out(town, &sb);
        w.enter(&town.by("party-org").cookie);
        w.open("/");
        assert!(w.text().contains(&sb), "it waits for him: {}", w.text());
        look(w, "home");
        w.open(&format!("/matter/{sb}/do/sign"));
        b.send(&[]);
        w.open(&format!("/packet/{sb}"));
        look(w, "cover");
        assert!(!w.text().contains(FOUND));
        w.size(390, 844);
        w.submit("main td form .btn");
        assert!(w.text().contains(FOUND) && w.text().contains("褚虚白"), "{}", w.text());
        look(w, "paper");
        w.submit("main a.btn");
        assert_eq!(w.address(), format!("/packet/{sb}"));
        w.open(&format!("/matter/{sb}/do/report_use"));
        look(w, "use");
        b.send(&[("used", "用于年度考核。")]);
        w.enter(&town.by("lead").cookie);
        w.open("/packets/uses");
        assert!(w.text().contains("褚虚白") && w.text().contains("用后回告 1 次"), "{}", w.text());
        look(w, "uses");
        w.submit("main td form .btn");
        assert!(w.text().contains(FOUND), "{}", w.text());
        w.open("/reads");
        look(w, "reads");
        w.open(&format!("/matter/{sb}"));
        look(w, "matter");
        town.sound();
    });
}
