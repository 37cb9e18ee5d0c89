//! 参数总览: every lever has a reason; a floor in the code holds whatever a change order says; a what-if reckons as the house does.
#![allow(clippy::unwrap_used, clippy::panic)]
use domain::calendar::{Calendar, Unit};
use domain::engine::{Running, Span, Spell};
use domain::registers::levers::{self, FLOORS, Least, Sort};
use domain::registers::{limits, parameters};
use jiff::civil::date;

fn plain(sentence: &str) {
    assert!(sentence.chars().count() >= 6 && sentence.ends_with('。'), "{sentence}");
    assert!(!sentence.contains(['!', '！']) && !sentence.contains("请勿"), "{sentence}");
}
#[test]
fn every_limit_has_a_reason_in_one_plain_sentence() {
    let missing: Vec<String> = limits::defaults().into_iter().map(|l| l.code).filter(|c| levers::limit(c).is_none()).collect();
    assert!(missing.is_empty(), "no reason in registers/levers.rs: {missing:?}");
    for limit in limits::defaults() {
        let why = levers::limit(&limit.code).unwrap();
        plain(why.reason);
        plain(why.effect);
        assert_eq!(why.reason.matches('。').count(), 1, "{}", limit.code);
    }
    assert!(levers::limit("T99").is_none());
}
#[test]
fn every_parameter_has_a_reason_and_says_what_moving_it_does() {
    let missing: Vec<&str> = parameters::DEFAULTS.iter().map(|row| row.0).filter(|n| levers::parameter(n).is_none()).collect();
    assert!(missing.is_empty(), "no reason in registers/levers.rs: {missing:?}");
    for (name, ..) in parameters::DEFAULTS {
        let why = levers::parameter(name).unwrap();
        plain(why.reason);
        plain(why.effect);
    }
    assert!(levers::parameter("none").is_none());
}
#[test]
fn a_longer_time_for_a_right_is_never_called_a_gain_in_speed() {
    assert_eq!(levers::limit("T23a").unwrap().effect, Sort::Right.effect());
    assert_eq!(levers::limit("T19").unwrap().effect, Sort::Right.effect());
}
#[test]
fn every_floor_names_a_lever_that_is_there_and_starts_no_lower() {
    for (key, least, words, why) in FLOORS {
        plain(why);
        assert!(words.starts_with("不少于"), "{words}");
        match least {
            Least::Period(floor) => {
                let limit = limits::Limits::defaults().get(key).cloned().unwrap();
                assert_eq!(limit.unit, floor.unit);
                assert!(limit.length.unwrap() >= floor.length, "{key}");
                assert_eq!(levers::least(key), Some(*floor));
            }
            Least::Count(n) => {
                let started = parameters::DEFAULTS.iter().find(|row| row.0 == *key).map(|row| row.2);
                assert!(started.is_none_or(|value| value >= *n), "{key}");
            }
        }
        assert_eq!(levers::floor(key), Some(*words));
    }
    assert_eq!((levers::floor("T18"), levers::least("T18"), levers::least(parameters::PANEL)), (None, None, None));
}
#[test]
fn a_period_to_be_tried_is_a_length_and_a_unit_and_nothing_else() {
    assert_eq!(levers::tried("15 working_days"), Some((15, Unit::WorkingDays)));
    assert_eq!(levers::tried("60 calendar_days"), Some((60, Unit::CalendarDays)));
    assert_eq!(levers::tried("3 months"), Some((3, Unit::Months)));
    assert_eq!(levers::tried(" 7 "), Some((7, Unit::WorkingDays)));
    for wrong in ["", "0", "1001", "-3", "x", "3 weeks", "3 months 4", "1.5"] {
        assert_eq!(levers::tried(wrong), None, "{wrong}");
    }
}
#[test]
fn a_run_is_reckoned_again_under_another_length_by_the_same_reckoning() {
    let calendar = Calendar::built_in();
    let span =
        |spell, length, code: &str| Span { spell, length, unit: Unit::WorkingDays, code: code.into(), basis: String::new(), until: None };
    let began = date(2026, 3, 2);
    let run = Running {
        began,
        due: calendar.due(began, 15, Unit::WorkingDays).0,
        provisional: false,
        spans: vec![span(Spell::Limit, 10, "T19"), span(Spell::Pause, 5, "")],
        paused: None,
        extended: false,
        stopped: Some(date(2026, 3, 20)),
    };
    let under = |length, floor| run.under("T19", (length, Unit::WorkingDays), floor, calendar).unwrap();
    assert_eq!(under(10, None).due, run.due, "the same length is the same day");
    assert_eq!(under(12, None).due, calendar.due(began, 17, Unit::WorkingDays).0, "what stood still stands still");
    assert_eq!(under(12, None).stopped, run.stopped);
    assert_eq!(under(1, levers::least("T19")).due, calendar.due(began, 8, Unit::WorkingDays).0, "never below its floor");
    assert!(run.under("T18", (1, Unit::WorkingDays), None, calendar).is_none(), "another limit moves nothing here");
    assert!(under(3, None).late(date(2026, 6, 30)) && !run.late(date(2026, 6, 30)));
    let open = Running { stopped: None, ..run.clone() };
    assert!(open.late(date(2026, 6, 30)) && !open.late(run.due));
}
