//! 提醒: what a notice says, of every kind of matter, to every reader, of every event.
#![allow(clippy::unwrap_used)]
use domain::notices::{DISCREET, Event, INSIDE, SOMETHING, digest, open, told};
use domain::procedures;

#[test]
fn every_kind_tells_its_number_to_the_office_alone_and_the_confidential_ones_to_nobody() {
    for kind in procedures::all() {
        let number = format!("{}-2026-0007", kind.prefix);
        for event in Event::ALL.iter().filter(|e| e.of_matter()) {
            let outside = told(*event, kind.name, &number, false);
            assert_eq!((outside.what, outside.text.as_str()), ("matter", SOMETHING), "{} {event:?}", kind.name);
            let inside = told(*event, kind.name, &number, true);
            if kind.confidential || DISCREET.contains(&kind.name) {
                assert_eq!(inside, outside, "{} {event:?}", kind.name);
            } else {
                assert_eq!(inside.text, format!("{} {number}：{}", kind.label, event.label()));
            }
        }
    }
    assert!(procedures::all().iter().filter(|k| k.confidential).count() >= 3);
    assert!(DISCREET.iter().all(|k| procedures::kind(k).is_some()));
    assert!(!open("none", true), "what nobody knows is not told");
}
#[test]
fn whoever_judges_is_judged_or_stands_outside_is_no_reader_of_numbers() {
    for role in ["R6", "R9", "R10", "R11", "R12", "R13", "R16", "R19", "R20"] {
        assert!(!INSIDE.contains(&role), "{role}");
    }
}
#[test]
fn a_digest_counts_what_it_may_not_name() {
    let one = |event, kind: &str, number: &str| (event, kind.to_owned(), number.to_owned());
    let all = [
        one(Event::Reached, "clue", "XS-2026-0001"),
        one(Event::Reached, "clue", "XS-2026-0002"),
        one(Event::Today, "enterprise_appeal", "QY-2026-0009"),
        one(Event::Delegation, "", ""),
    ];
    let text = digest(&all, true);
    assert_eq!(text, "共 4 条提醒，请登录查看。\n到你手里，请办理 2 条：XS-2026-0001、XS-2026-0002\n代理明日到期 1 条\n保密事项待办 1 条");
    let outside = digest(&all, false);
    assert!(!outside.contains("XS-") && !outside.contains("QY-") && outside.ends_with("保密事项待办 3 条"), "{outside}");
}
#[test]
fn a_step_is_told_by_where_it_leads() {
    for (action, label, phase, event) in [
        ("send_back", "退回重办", "整改中", Event::Returned),
        ("ask_more", "要求补正", "待补正", Event::Returned),
        ("serve_notice", "签收", "申辩期", Event::Served),
        ("deliver", "登记送达", "待回应", Event::Served),
        ("propose", "提出", "待签发告知书", Event::ToSign),
        ("prepare", "备好", "待批准", Event::ToSign),
        ("send", "发出", "待签收", Event::Reached),
        ("demand", "责令", "整改中", Event::Reached),
    ] {
        assert_eq!(Event::of_step(action, label, phase), event, "{action}");
    }
    for event in Event::ALL {
        assert_eq!(Event::of(event.name()), Some(*event));
    }
}
