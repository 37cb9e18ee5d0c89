//! What an issued paper carries: read back as written, small enough for a square, and nothing else is read.
#![allow(clippy::unwrap_used)]
use ledger::{Alg, Square, commitment};

fn square() -> Square {
    let salt = [9; 32];
    let paper = Some((salt, commitment(Alg::Sm3, &salt, b"sheet")));
    Square { alg: Alg::Sm3, ledger_id: [0xab; 16], size: 9_780, root: [0x11; 32], seq: 9_779, paper }
}
#[test]
fn a_square_is_read_as_it_was_written_and_fits_two_hundred_bytes() {
    let with = square();
    assert!(with.text().starts_with("XZ1:") && with.text().len() < 200, "{}", with.text().len());
    let without = Square { paper: None, ..square() };
    for s in [with, without] {
        assert_eq!(Square::parse(&s.text()), Some(s));
    }
}
#[test]
fn what_is_cut_or_of_another_form_is_not_read() {
    let text = square().text();
    for cut in 0..text.len() {
        assert!(Square::parse(&text[..cut]).is_none_or(|s| s.paper.is_none()), "{cut}");
    }
    for other in ["", "XZ1:", "XZ2:AAAA", &text.replace("XZ1:", ""), &format!("{text}AAAA")] {
        assert_eq!(Square::parse(other), None, "{other}");
    }
}
#[test]
fn a_square_commits_to_one_sheet_and_its_line_says_where() {
    let s = square();
    assert_eq!((s.commits_to(b"sheet"), s.commits_to(b"Sheet")), (Some(true), Some(false)));
    assert_eq!(Square { paper: None, ..square() }.commits_to(b"sheet"), None);
    // RFC 4648: sixteen times 00010001, in groups of five.
    assert_eq!(s.line(), "存证 abababab·9780·CEIRCEIRCEIRCEIRCEIR");
}
