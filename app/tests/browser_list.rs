//! 负面清单 in real Chromium (B12): the handler nominates and issues, the officer reads, signs and answers on a telephone and takes his
//! receipt, the secretary records the vote, time ends it; axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;
mod listed;

use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::walk;
use listed::*;

/// Looked at on a desk and on a telephone; nothing scrolls sideways, axe is silent.
fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("list-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
}
#[test]
fn an_officer_is_told_answers_on_his_telephone_and_the_entry_ends_by_itself() {
    walk("list", |b| {
        let (town, w) = (b.town(), &b.window);
        let pc = concluded(town);
        w.enter(&town.by("handler").cookie);
        w.open("/matters/negative_list_entry/new/nominate");
        look(w, "nominate");
        w.size(1440, 900);
        let officer = town.ids["officer"].clone();
        let said = [
            ("review", pc.as_str()),
            ("officer", &officer),
            ("category", "重大瑕疵"),
            ("problems", "Q2"),
            ("facts", FACTS),
            ("evidence", "卷三，12 页、14 页"),
        ];
        b.send(&said);
        let at = w.address();
        assert!(at.starts_with("/matter/FM-"), "{at}: {}", w.text());
        let fm = at.trim_start_matches("/matter/").split('?').next().unwrap().to_owned();
        look(w, "nominated");
        noticed(town, &fm);
        // The officer, on a telephone.
        w.enter(&town.by("officer").cookie);
        w.size(390, 844);
        w.open("/mine");
        assert!(w.text().contains(&fm), "{}", w.text());
        look(w, "mine");
        w.size(390, 844);
        w.submit(&format!("main a[href=\"/matter/{fm}\"]"));
        assert!(w.text().contains(FACTS) && w.text().contains("你可以查阅与你有关的事实和依据"), "{}", w.text());
        look(w, "notice");
        w.size(390, 844);
        w.open(&format!("/matter/{fm}/do/serve_notice"));
        b.send(&[("served_on", &town.today(0)), ("serve_way", "电子送达")]);
        assert!(w.text().contains("申辩期"), "{}", w.text());
        w.open(&format!("/matter/{fm}/do/state"));
        look(w, "state");
        w.size(390, 844);
        b.send(&[("statement", STATEMENT)]);
        assert!(w.text().contains("存证回执"), "{}", w.text());
        look(w, "stated");
        w.size(390, 844);
        w.submit(&format!("a[href^=\"/matter/{fm}/receipt/\"]"));
        assert!(w.text().contains("本人在线提交") && w.text().contains("下载证明文件"), "{}", w.text());
        look(w, "receipt");
        tick(town, 40);
        answered(town, &fm);
        // The vote, as the meeting recorded it.
        w.enter(&town.by("secretary").cookie);
        w.size(1440, 900);
        w.open(&format!("/matter/{fm}/do/decide_list"));
        look(w, "decide");
        decided(town, &fm, "1");
        w.open(&format!("/matter/{fm}"));
        look(w, "decided");
        w.enter(&town.by("officer").cookie);
        w.open(&format!("/matter/{fm}"));
        assert!(w.text().contains("赞成 2 票，反对 1 票"), "{}", w.text());
        look(w, "decision");
        signed(town, &fm, "serve_decision");
        tick(town, 73);
        assert_eq!(town.phase(&fm), "Removed", "a month from the decision it is over by itself");
        w.enter(&town.by("officer").cookie);
        w.open(&format!("/matter/{fm}"));
        assert!(w.text().contains("期满移出"), "{}", w.text());
        look(w, "expired");
        town.sound();
    });
}
