//! 程序性督办 (boundary 2): fixed questions, fixed answers, a day set by the paper.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use given::*;
use jiff::civil::date;
use serde_json::json;

fn up_to(last: &str) -> Given {
    let mut g = given("prompt");
    for (action, who) in [("open", handler()), ("send", lead()), ("sign", unit()), ("answer", unit())] {
        let form = match action {
            "open" => json!({"org": COURT, "case_no": "（2026）赣1202刑初1号", "items": ["超期"]}),
            "send" => json!({"reply_by": "2026-03-20"}),
            _ => json!({}),
        };
        g.takes(&who, action, form);
        if action == last {
            break;
        }
    }
    g
}

#[test]
fn only_fixed_items_are_asked_and_only_fixed_words_answered() {
    let g = given("prompt");
    let asked = json!({"org": COURT, "case_no": "1", "items": ["应当改判"], "reply_by": "2026-03-20"});
    assert_eq!(g.wrong(&handler(), "open", asked), ["items"]);
    let g = up_to("sign");
    assert_eq!(g.wrong(&unit(), "answer", json!({"answer": "本案定性无误", "answered_on": "2026-03-02"})), ["answer"]);
    assert_eq!(g.wrong(&unit(), "answer", json!({"answer": "已依法办理", "answered_on": "2026-03-02", "opinion": "x"})), ["opinion"]);
}
#[test]
fn the_lead_signs_it_with_a_day_to_come_and_only_then_the_unit_learns_of_it() {
    let mut g = up_to("open");
    assert_eq!((g.buttons(&unit()), g.reads(&unit())), (vec![], vec![]));
    assert_eq!(g.refuses(&handler(), "send", json!({"reply_by": "2026-03-20"})), "not_yours");
    assert_eq!(g.refuses(&lead(), "send", json!({"reply_by": "2026-03-02"})), "bad_form");
    g.takes(&lead(), "send", json!({"reply_by": "2026-03-20"}));
    assert_eq!(g.buttons(&unit()), ["sign"]);
    assert_eq!((g.buttons(&other_unit()), g.reads(&other_unit())), (vec![], vec![]));
}
#[test]
fn the_house_opens_it_for_an_approved_clue() {
    let mut g = given("prompt");
    g.takes(&house(), "open", json!({"org": COURT}));
    assert_eq!(g.phase(), "Drafted");
}
#[test]
fn the_reply_is_due_on_the_day_the_paper_names_even_a_sunday() {
    let mut g = up_to("open");
    g.takes(&lead(), "send", json!({"reply_by": "2026-03-22"}));
    let clock = g.clock("reply");
    assert_eq!((clock.due, clock.provisional), (date(2026, 3, 22), false));
    assert!(!clock.over(date(2026, 3, 22)) && clock.over(date(2026, 3, 23)));
    g.takes(&unit(), "sign", json!({}));
    g.takes(&unit(), "answer", json!({}));
    assert_eq!(g.clock("reply").stopped, Some(g.today));
}
#[test]
fn what_was_done_was_not_done_tomorrow() {
    let g = up_to("sign");
    assert_eq!(g.refuses(&unit(), "answer", json!({"answered_on": "2026-03-03"})), "bad_form");
    assert!(g.when(&unit(), "answer", json!({"answered_on": "2026-03-02"})).is_ok());
}
#[test]
fn an_answer_is_sent_back_without_a_word_or_closes_the_prompt() {
    let mut g = up_to("answer");
    assert_eq!(g.wrong(&handler(), "send_back", json!({"reason": "应当改判"})), ["reason"]);
    g.takes(&handler(), "send_back", json!({}));
    assert_eq!(g.phase(), "Signed");
    g.takes(&unit(), "answer", json!({}));
    assert!(g.matter().marks().is_empty());
    g.takes(&handler(), "close", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec!["closed"]));
    assert_eq!(g.counted().into_iter().map(|c| c.0).collect::<Vec<_>>(), ["程序性督办", "督办办结"]);
}
#[test]
fn urging_is_counted_and_told_to_the_unit_without_a_name() {
    let mut g = up_to("send");
    g.takes(&handler(), "urge", json!({}));
    g.takes(&unit(), "sign", json!({}));
    g.takes(&handler(), "urge", json!({}));
    assert!(g.reads(&unit()).contains(&("urged", json!(2))));
    let (matter, mine) = (g.matter(), g.matter().mine(&g.at(&unit())));
    let entry = serde_json::from_str(&g.entries[2]).unwrap();
    assert_eq!(matter.timeline(&entry, &mine, "unit").unwrap().actor, None);
    let office = matter.mine(&g.at(&lead()));
    assert_eq!(matter.timeline(&entry, &office, "lead").unwrap().actor, Some("handler"));
}
