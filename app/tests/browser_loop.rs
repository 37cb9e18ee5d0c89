//! The same loop walked in real Chromium, and its picture looked at there.
#![allow(clippy::unwrap_used)]
mod house;

use house::walk::walk;
use house::whole::whole;
use house::{batch::Hands as _, browser};

#[test]
fn the_whole_loop_is_walked_in_a_browser() {
    walk("loop", |b| {
        let told = whole(b);
        let w = &b.window;
        w.enter(&b.town().by("handler").cookie);
        for (width, height) in [(1440, 900), (390, 844)] {
            w.size(width, height);
            w.open(&format!("/matter/{}/loop", told.clue));
            w.shot(&format!("loop-{width}"));
            assert_eq!(w.sound(browser::axe().as_deref()), Vec::<String>::new());
        }
        // The picture is walked by its boxes.
        w.size(1440, 900);
        w.submit(&format!("svg a[href=\"/matter/{}\"]", told.rule));
        assert_eq!(w.address(), format!("/matter/{}", told.rule));
    });
}
