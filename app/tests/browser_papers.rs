//! A paper in real Chromium, on a desk and on a telephone: drafted from its matter, looked at, reviewed, signed, served, signed for, printed.
//! axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::walk;

fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("papers-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
    w.size(1440, 900);
}
#[test]
fn a_paper_goes_from_its_matter_to_the_unit_that_signs_for_it() {
    walk("papers", |b| {
        let (town, w) = (b.town(), &b.window);
        let zg = town.rectifying();
        w.enter(&town.by("handler").cookie);
        w.open(&format!("/matter/{zg}"));
        w.submit(&format!("a[href=\"/matter/{zg}/papers\"]"));
        assert!(w.text().contains("整改通知书"), "{}", w.text());
        look(w, "of-matter");
        w.open(&format!("/matter/{zg}/paper/rectification_notice"));
        assert!(w.text().contains("未签发") && w.text().contains("发文前检查"), "{}", w.text());
        look(w, "sample");
        w.open(&format!("/matter/{zg}/papers"));
        w.submit("a[href^=\"/matters/official_paper/new/draft\"]");
        look(w, "draft-form");
        b.send(&[("copies", "云岭市人民检察院")]);
        let fw = w.address().trim_start_matches("/matter/").split('?').next().unwrap().to_owned();
        assert!(fw.starts_with("FW-"), "{fw}");
        w.submit(&format!("a[href=\"/paper/{fw}\"]"));
        look(w, "drafted");
        town.act("handler", &fw, "submit", &[]);
        b.act("second", &fw, "review", &[("remark", "同意送签。")]);
        b.act("lead", &fw, "sign", &[]);
        w.open(&format!("/paper/{fw}"));
        assert!(w.text().contains("云政法督〔2026〕1号") && w.text().contains("存证 "), "{}", w.text());
        look(w, "signed");
        b.act("handler", &fw, "serve", &[("served_on", &town.today(0)), ("way", "电子送达")]);
        w.enter(&town.by("court").cookie);
        w.open("/");
        assert!(w.text().contains(&fw), "it waits for the unit: {}", w.text());
        w.open(&format!("/paper/{fw}"));
        look(w, "received");
        b.act("court", &fw, "acknowledge", &[]);
        let pdf = town.by("court").get(&format!("/paper/{fw}/pdf"));
        assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF"), "{}", pdf.status);
        w.enter(&town.by("lead").cookie);
        w.open("/papers");
        assert!(w.text().contains("云政法督〔2026〕1号"), "{}", w.text());
        look(w, "register");
        w.open(&format!("/matter/{fw}"));
        look(w, "matter");
        town.sound();
    });
}
