//! The register of limits: complete, honest about its basis, and never below its floors.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use domain::calendar::{Calendar, Unit};
use domain::registers::limits::{Floor, Limits, OBJECTION, OWN, STATEMENT, at_least, defaults};
use jiff::civil::date;
use std::collections::BTreeSet;

#[test]
fn every_row_of_the_pages_is_there_once() {
    let limits = defaults();
    let codes: BTreeSet<&str> = limits.iter().map(|l| l.code.as_str()).collect();
    assert_eq!(codes.len(), limits.len());
    // N, P: steps the pages give no code for; our own settings.
    let paged = codes.iter().filter(|c| !c.starts_with(['N', 'P']));
    let bases: BTreeSet<&str> = paged.map(|c| c.trim_end_matches(char::is_lowercase)).collect();
    let wanted: BTreeSet<String> = (1..=28).map(|n| format!("T{n}")).chain((1..=16).map(|n| format!("E{n}"))).collect();
    assert_eq!(bases, wanted.iter().map(String::as_str).collect());
    for limit in &limits {
        assert_eq!(limit.fault(), None, "{}", limit.code);
        let extension = limit.extended_by.as_deref();
        assert!(extension.is_none_or(|code| codes.contains(code)), "{}", limit.code);
    }
}

#[test]
fn what_no_text_says_is_called_our_own_setting() {
    for limit in defaults() {
        if limit.law {
            assert!(limit.basis.starts_with('《') && !limit.basis.contains('【'), "{}", limit.code);
        } else {
            assert!(limit.basis.starts_with(OWN) && !limit.basis.contains("依据") && limit.adjustable(), "{}", limit.code);
        }
    }
    let law: Vec<String> = defaults().into_iter().filter(|l| l.law).map(|l| l.code).collect();
    let wanted = "T1 T2 T3a T3b T4a T4b T7 T8 T9 T12a T12b T13 T14 T15a T15b T16a T16b T16c T25";
    assert_eq!(law.join(" "), wanted);
}

#[test]
fn lengths_keep_the_unit_of_the_page() {
    let limits = Limits::defaults();
    let term = |code: &str| limits.get(code).map(|l| (l.length.unwrap(), l.unit)).unwrap();
    assert_eq!(term("T3a"), (60, Unit::CalendarDays));
    assert_eq!(term("T12a"), (2, Unit::Months));
    assert_eq!(term("T19"), (7, Unit::WorkingDays));
    assert_eq!(term("T21b"), (60, Unit::CalendarDays));
    assert_eq!(term("T23a"), (10, Unit::WorkingDays));
    assert_eq!(term("E15"), (15, Unit::WorkingDays));
    assert_eq!(limits.get("T7").unwrap().length, None);
    assert_eq!(limits.get("T21b").unwrap().words(), "60 日（自然日），参数 T21b（本机构设定，非法定）");
}

#[test]
fn a_floor_holds_whatever_unit_the_setting_uses() {
    let calendar = Calendar::built_in();
    let plain = date(2026, 6, 1);
    let longer = |start, limit, floor| at_least(calendar, start, limit, Some(floor));
    let floor = (STATEMENT.length, STATEMENT.unit);
    assert_eq!(longer(plain, (9, Unit::WorkingDays), STATEMENT), floor);
    assert_eq!(longer(plain, (12, Unit::WorkingDays), STATEMENT), (12, Unit::WorkingDays));
    assert_eq!(longer(plain, (10, Unit::CalendarDays), STATEMENT), floor);
    assert_eq!(longer(plain, (1, Unit::Months), STATEMENT), (1, Unit::Months));
    // Fourteen days are enough in June and not across the National Day.
    assert_eq!(longer(plain, (14, Unit::CalendarDays), STATEMENT), (14, Unit::CalendarDays));
    assert_eq!(longer(date(2026, 9, 28), (14, Unit::CalendarDays), STATEMENT), floor);
    assert_eq!(longer(plain, (1, Unit::CalendarDays), OBJECTION), (3, Unit::WorkingDays));
    let fortnight = Floor { length: 14, unit: Unit::CalendarDays };
    assert_eq!(longer(date(2026, 9, 28), (3, Unit::WorkingDays), fortnight), (14, Unit::CalendarDays));
    assert_eq!(at_least(calendar, plain, (1, Unit::WorkingDays), None), (1, Unit::WorkingDays));
}

#[test]
fn an_amended_row_must_make_sense_and_stay_honest() {
    let mut limit = Limits::defaults().get("T21b").unwrap().clone();
    for (length, fault) in [(0, true), (1, false), (100_000, false), (100_001, true)] {
        limit.length = Some(length);
        assert_eq!(limit.fault().is_some(), fault, "{length}");
    }
    limit.length = Some(30);
    limit.basis = "依据某条".into();
    assert_eq!(limit.fault(), Some("没有法定依据的期限，依据栏应写明“本机构设定，非法定”"));
}
