//! The handbook in real Chromium, on a desk and on a telephone; the pictures in it are taken here, of this build (`XIEZHI_PICTURES=1`).
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::web::help::PAGES;
use house::browser::{Stage, axe};

/// Who looks where, and what the picture is called.
const TELLING: &[(&str, &str, &str)] = &[
    ("jingban1", "/", "workbench"),
    ("jingban1", "/matters/rectification", "list"),
    ("jingban1", "/matter/ZG-2026-0045", "matter"),
    ("jingban1", "/matters/clue/new/register", "form"),
    ("jingban1", "/matter/ZG-2026-0045/loop", "loop"),
    ("jingban1", "/problems", "problems"),
    ("jingban1", "/imports", "imports"),
    ("jingban1", "/rules", "rules"),
    ("jingban2", "/matter/PB-2026-0001", "batch"),
    ("jingban2", "/matter/PC-2026-0001", "review"),
    ("jingban2", "/matter/CQ-2026-0001", "draw"),
    ("fuzeren", "/fair", "fair"),
    ("ducha", "/matters/inspection/new/propose", "inspection"),
    ("jianchayuan", "/matters/procuratorial_opinion/new/register", "opinion"),
    ("gongan", "/", "unit"),
    ("zhuanjia1", "/", "expert"),
    ("security-admin", "/matters/grant", "grant"),
];

#[test]
fn the_handbook_is_read_on_a_desk_and_on_a_telephone_with_pictures_of_this_build() {
    let stage = Stage::new("help");
    let w = stage.window(true);
    let mut now = "";
    for (who, path, name) in TELLING {
        w.size(1180, 760);
        if now != *who {
            w.log_in(who);
            now = who;
        }
        w.open(path);
        assert!(!w.text().contains("没有找到"), "{who} {path}: {}", w.text());
        w.shot(name);
    }
    let axe = axe();
    w.log_in("jingban1");
    let mut wrong = vec![];
    for (n, (page, _)) in PAGES.iter().enumerate() {
        // Every page on a desk; every fourth, and the longest, on a telephone too.
        let sizes = [(1440, 900), (390, 844)];
        let many = n % 4 == 0 || ["review", "enterprise_appeal"].contains(page);
        for (width, height) in sizes.into_iter().take(1 + usize::from(many)) {
            w.size(width, height);
            w.open(&format!("/help/{page}"));
            w.shot(&format!("help-{page}-{width}"));
            wrong.extend(w.sound(axe.as_deref()).into_iter().map(|x| format!("{width}: {x}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    w.size(1440, 900);
    w.open("/help");
    w.submit("a[href='/help/review']");
    assert!(w.text().contains("流程图"), "{}", w.text());
    w.submit("a.btn[href='/matters/review']");
    assert_eq!(w.address(), "/matters/review");
}
