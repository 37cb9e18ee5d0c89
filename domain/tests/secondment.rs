//! 检察驻点 (B7): both sides agree, six months at most, handed over before the end, gone the same day, out of his old matters for two terms.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, Standing, vault_ref};
use given::*;
use jiff::civil::date;
use serde_json::{Value as Json, json};

const SENDER: &str = "JC1";
fn procurator() -> Person {
    who("procurator", "R11", SENDER)
}
fn himself() -> Person {
    who("p1", "R10", SENDER)
}
fn time() -> Person {
    Person::time(ZFW)
}
const TERM: [&str; 2] = ["2026-03-10", "2026-09-09"];
fn proposal() -> Json {
    json!({"person": "p1", "org": SENDER, "post": "评查", "from": TERM[0], "until": TERM[1]})
}
fn agreed() -> Given {
    let mut g = given("secondment");
    g.takes(&handler(), "propose", proposal());
    g.takes(&procurator(), "agree_sender", json!({}));
    g.takes(&lead(), "agree_host", json!({}));
    g
}
fn serving() -> Given {
    let mut g = agreed();
    g.on(3, 10).takes(&handler(), "arrive", json!({"promise": vault_ref("p")}));
    g
}
fn list() -> Json {
    json!({"handover": [{"thing": "XS-2026-0001", "to": "承办人"}]})
}

#[test]
fn both_sides_agree_each_by_its_own_hand() {
    let mut g = given("secondment");
    g.takes(&handler(), "propose", proposal());
    assert_eq!(g.refuses(&lead(), "agree_host", json!({})), "not_now", "the sender first");
    assert_eq!(g.refuses(&lead(), "agree_sender", json!({})), "not_yours");
    assert_eq!(g.refuses(&who("other", "R11", "JC2"), "agree_sender", json!({})), "not_yours", "another procuratorate is nobody here");
    g.takes(&procurator(), "agree_sender", json!({}));
    assert_eq!(g.refuses(&procurator(), "agree_host", json!({})), "not_yours");
    let proposer = also(&handler(), &lead());
    assert_eq!(g.refuses(&proposer, "agree_host", json!({})), "same_hands");
    assert!(g.when(&procurator(), "decline", json!({})).is_ok() && g.when(&lead(), "decline", json!({})).is_ok());
    g.takes(&lead(), "agree_host", json!({}));
    assert_eq!((g.phase().as_str(), g.due("arrival")), ("Agreed", date(2026, 3, 17)), "five working days from the first day");
}
#[test]
fn a_term_is_six_months_at_most_and_the_parameter_says_so() {
    let mut g = given("secondment");
    let with = |until: &str| json!({"from": TERM[0], "until": until, "post": "评查"});
    for until in ["2026-09-10", "2026-03-09", "2026-03-01"] {
        assert_eq!(g.refuses(&handler(), "propose", with(until)), "bad_form", "{until}");
    }
    for until in [TERM[1], TERM[0]] {
        assert!(g.when(&handler(), "propose", with(until)).is_ok(), "{until}");
    }
    g.parameters.insert("secondment_months".into(), 3);
    assert_eq!(g.refuses(&handler(), "propose", with("2026-06-10")), "bad_form");
    assert!(g.when(&handler(), "propose", with("2026-06-09")).is_ok());
}
#[test]
fn nobody_arrives_before_the_first_day_or_after_the_last() {
    let mut g = agreed();
    assert_eq!(g.on(3, 9).refuses(&handler(), "arrive", json!({})), "not_begun");
    assert_eq!(g.on(9, 10).refuses(&handler(), "arrive", json!({})), "term_over");
    assert!(g.on(9, 9).when(&handler(), "arrive", json!({})).is_ok());
    let typed = json!({"until": "2027-09-09", "handover_by": "2027-01-01"});
    g.on(3, 10).takes(&handler(), "arrive", typed);
    assert_eq!(
        (g.due("term"), g.due("handover")),
        (date(2026, 9, 9), date(2026, 8, 10)),
        "thirty days before; what was typed counts nothing"
    );
}
#[test]
fn a_term_shorter_than_the_notice_is_handed_over_at_once() {
    let mut g = given("secondment");
    g.takes(&handler(), "propose", json!({"person": "p1", "org": SENDER, "post": "评查", "from": TERM[0], "until": "2026-03-20"}));
    g.takes(&procurator(), "agree_sender", json!({}));
    g.takes(&lead(), "agree_host", json!({}));
    g.on(3, 10).takes(&handler(), "arrive", json!({}));
    assert_eq!(g.due("handover"), date(2026, 3, 10));
}
#[test]
fn he_leaves_with_a_list_and_is_appraised_and_archived_after_the_cooling_off() {
    let mut g = serving();
    g.on(9, 1);
    assert_eq!(g.refuses(&handler(), "leave", json!({})), "not_handed_over");
    g.takes(&himself(), "hand_over", list());
    g.takes(&handler(), "leave", json!({}));
    assert_eq!(g.matter().mine(&g.at(&himself())), vec![], "the same day he has no standing left");
    assert_eq!((g.due("appraise"), g.due("cooling")), (date(2026, 9, 15), date(2027, 9, 1)), "two terms of six months");
    assert_eq!(g.refuses(&handler(), "appraise", json!({})), "not_yours");
    g.takes(&lead(), "appraise", json!({}));
    assert_eq!(g.refuses(&time(), "cool_off", json!({})), "too_early");
    g.later(366).takes(&time(), "cool_off", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&handler())), ("Archived", vec![]));
}
#[test]
fn the_end_of_the_term_waits_for_nobody() {
    let mut g = serving();
    assert_eq!(g.on(9, 9).refuses(&time(), "lapse", json!({})), "too_early", "the last day is his");
    g.on(9, 10);
    assert_eq!(g.matter().lapsed(g.today), ["lapse"]);
    g.takes(&time(), "lapse", json!({}));
    assert_eq!(g.refuses(&lead(), "appraise", json!({})), "not_handed_over");
    assert_eq!(g.refuses(&himself(), "hand_over", list()), "not_yours");
    g.takes(&handler(), "hand_over", list());
    g.takes(&lead(), "appraise", json!({}));
}
#[test]
fn either_side_recalls_him_with_a_reason() {
    let mut g = serving();
    assert_eq!(g.wrong(&procurator(), "recall", json!({})), ["reason"]);
    assert_eq!(g.refuses(&handler(), "recall", json!({})), "not_yours");
    assert!(g.when(&lead(), "recall", json!({})).is_ok());
    g.takes(&procurator(), "recall", json!({}));
    assert_eq!((g.phase().as_str(), g.due("cooling")), ("Left", date(2027, 3, 10)));
}
#[test]
fn he_stays_on_in_another_post_or_by_the_secretarys_reason() {
    let mut g = serving();
    g.takes(&handler(), "hand_over", list());
    let longer = |post: &str, until: &str| json!({"post": post, "until": until});
    assert_eq!(g.refuses(&lead(), "extend", longer("评查", "2027-03-09")), "bad_form", "not twice in the same post");
    for until in ["2026-09-09", "2027-03-10"] {
        assert_eq!(g.refuses(&lead(), "extend", longer("研判", until)), "bad_form", "{until}");
    }
    assert_eq!(g.refuses(&lead(), "extend_same_post", json!({})), "not_yours");
    assert!(g.when(&secretary(), "extend_same_post", json!({"until": "2027-03-09"})).is_ok());
    assert_eq!(g.wrong(&secretary(), "extend_same_post", json!({"until": "2027-03-09", "doc_no": "云检函〔2026〕3号"})), ["reason"]);
    g.takes(&lead(), "extend", longer("研判", "2027-03-09"));
    assert_eq!((g.due("term"), g.due("handover")), (date(2027, 3, 9), date(2027, 2, 7)));
    assert_eq!(g.refuses(&handler(), "leave", json!({})), "not_handed_over", "the old list is not the new one");
    g.today = date(2027, 3, 10);
    assert_eq!(g.refuses(&lead(), "extend", longer("评查", "2027-09-09")), "too_late");
}
#[test]
fn the_sender_reads_who_and_how_long_but_none_of_our_matters() {
    let mut g = serving();
    g.takes(&himself(), "hand_over", list());
    let fields = |who: &Person| g.reads(who).into_iter().map(|r| r.0).collect::<Vec<_>>();
    assert!(fields(&procurator()).contains(&"until") && !fields(&procurator()).contains(&"handover"));
    assert!(fields(&himself()).contains(&"handover") && fields(&handler()).contains(&"handover"));
    assert!(!g.timeline(&procurator()).iter().any(|t| t.0 == "hand_over"));
    for person in [unit(), who("r9", "R9", SENDER), expert(1), who("p2", "R10", SENDER)] {
        assert_eq!((g.reads(&person), g.buttons(&person)), (vec![], vec![]));
    }
    g.recused = true;
    assert_eq!(g.matter().mine(&g.at(&himself())), [Standing::Officer], "barred from his own procuratorate he still follows his own post");
    assert_eq!(g.counted(), [("检察驻点", "2026-03-10".to_owned())]);
}
