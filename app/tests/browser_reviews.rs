//! The same batches walked in real Chromium: every step by the form on the screen.
mod house;

use house::batch::{regular, special};
use house::walk::walk;

#[test]
fn a_regular_batch_is_walked_in_a_browser() {
    walk("regular", |b| regular(b));
}
#[test]
fn two_special_batches_are_walked_in_a_browser() {
    walk("special", |b| special(b));
}
