//! 授权包 (M3.4, F7): what goes out, who reads it until when, and how it is taken back and put right.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Kin, Person, Standing, unavoidable};
use domain::procedures::packet::{Packet, Phase, RECEIVED, REPLIED};
use domain::procedures::{PROVIDABLE, numbered};
use given::*;
use serde_json::{Value as Json, json};

const SOURCE: &str = "DX-2026-0001";

fn organiser() -> Person {
    who("organiser", "R12", "ZZB")
}
/// The source carries these marks.
fn source(g: &mut Given, marks: &[&str]) {
    g.kin = vec![Kin { number: SOURCE.into(), link: "sources".into(), marks: marks.iter().map(|m| (*m).to_owned()).collect() }];
}
fn opening() -> Json {
    json!({"kind": "定向监督", "to_org": "ZZB", "purpose": "干部考察参考", "basis": "商请函", "sources": [{"matter_no": SOURCE}], "to_role": "R12"})
}
fn laid(n: u8) -> Json {
    json!({"until": "2026-06-30", "package": [format!("f{n}")], "digest": format!("d{n}")})
}
fn look(n: u8) -> Json {
    json!({"receipt": [format!("r{n}")], "receipt_digest": format!("rd{n}")})
}
fn up_to(last: &str) -> Given {
    let mut g = given("packet");
    source(&mut g, &[PROVIDABLE]);
    let line = [
        ("open", handler(), opening()),
        ("prepare", handler(), laid(1)),
        ("approve", lead(), json!({})),
        ("sign", organiser(), json!({})),
        ("look", organiser(), look(1)),
    ];
    for (action, who, form) in line {
        g.takes(&who, action, form);
        if action == last {
            break;
        }
    }
    g
}
fn readers(g: &Given) -> Vec<Standing> {
    g.matter().mine(&g.at(&organiser()))
}

#[test]
fn nothing_goes_out_unprepared_or_unapproved_and_no_correction_without_approval() {
    assert!(unavoidable::<Packet>(&["prepare"], Phase::Sent) && unavoidable::<Packet>(&["approve"], Phase::Open));
    assert!(unavoidable::<Packet>(&["sign"], Phase::Open), "signed for before it is read");
    assert!(unavoidable::<Packet>(&["approve_correction"], Phase::Corrected));
    assert!(unavoidable::<Packet>(&["source_withdrawn"], Phase::ToCorrect));
}
#[test]
fn what_is_prepared_is_approved_by_another_person_by_its_fingerprint_and_nobody_outside_sees_it_before() {
    let g = up_to("prepare");
    assert!(readers(&g).is_empty() && g.reads(&organiser()).is_empty());
    assert_eq!(g.refuses(&handler(), "approve", json!({})), "not_yours");
    assert_eq!(g.refuses(&also(&handler(), &lead()), "approve", json!({})), "same_hands");
    let mut own = given("packet");
    source(&mut own, &[PROVIDABLE]);
    own.takes(&lead(), "open", opening());
    own.takes(&handler(), "prepare", laid(1));
    assert_eq!(own.refuses(&lead(), "approve", json!({})), "same_hands", "nor by whoever opened it");
    let mut g = up_to("prepare");
    let acted = g.takes(&secretary(), "approve", json!({"digest": "别的", "until": "2030-01-01"}));
    assert_eq!(acted.entry.act["approve"], json!({"digest": "d1", "until": "2026-06-30"}), "the ledger holds what was approved");
    assert_eq!((readers(&g), g.due("valid").to_string()), (vec![Standing::Recipient], "2026-06-30".into()));
}
#[test]
fn the_role_that_reads_follows_the_kind_of_the_body_and_of_the_packet() {
    let g = up_to("approve");
    for stranger in [who("x", "R12", "GA1"), who("x", "R13", "ZZB"), who("x", "R11", "ZZB"), unit(), procurator(), inspector()] {
        assert!(g.matter().mine(&g.at(&stranger)).is_empty(), "{stranger:?}");
    }
    let wrong = |kind: &str, role: &str| {
        let mut form = opening();
        (form["kind"], form["to_role"]) = (json!(kind), json!(role));
        given("packet").when(&handler(), "open", form).err().map(|r| r.fields[0].0.clone())
    };
    assert_eq!(wrong("半年报告", "R11"), Some("to_org".into()), "R11 reads no report to the organisation department");
    assert_eq!(wrong("定向监督", "R13"), Some("to_org".into()), "the result goes to who asked");
    assert!(wrong("半年报告", "R12").is_none() && wrong("负面清单", "R13").is_none() && wrong("负面清单", "R11").is_none());
}
#[test]
fn what_is_read_outside_is_the_cover_and_never_the_sources_or_reasons() {
    let mut g = up_to("look");
    g.takes(&handler(), "new_version", json!({"reason": "补充"}));
    let mut read: Vec<_> = g.reads(&organiser()).into_iter().map(|r| r.0).collect();
    read.sort_unstable();
    assert_eq!(read, ["basis", "digest", "edition", "kind", "purpose", "sent_on", "signed_on", "to_org", "until"]);
    for (action, fields) in g.timeline(&organiser()) {
        assert!(["approve", "sign", "look", "new_version"].contains(&action.as_str()), "{action}");
        assert!(!fields.contains(&"reason") && !fields.contains(&"receipt") && !fields.contains(&"package"), "{action} {fields:?}");
    }
}
#[test]
fn it_is_read_until_its_day_while_every_source_may_be_told() {
    let mut g = up_to("sign");
    g.takes(&organiser(), "look", look(1));
    source(&mut g, &[]);
    assert_eq!(g.refuses(&organiser(), "look", look(2)), "suspended");
    source(&mut g, &[PROVIDABLE]);
    g.kin.clear();
    assert_eq!(g.refuses(&organiser(), "look", look(2)), "suspended", "a source that is not found is none");
    source(&mut g, &[PROVIDABLE]);
    g.on(6, 30);
    let seen = g.takes(&organiser(), "look", json!({"receipt": ["r2"], "receipt_digest": "rd2", "edition": 7}));
    assert_eq!(seen.entry.act["look"]["edition"], 1, "which version it was, the packet says");
    g.on(7, 1);
    assert_eq!(g.refuses(&organiser(), "look", look(3)), "expired", "before time itself has acted");
    assert_eq!(g.matter().lapsed(g.today), ["expire"]);
    g.takes(&Person::time(ZFW), "expire", json!({}));
    assert_eq!(g.refuses(&organiser(), "look", look(3)), "not_now");
    g.takes(&organiser(), "report_use", json!({"used": "用于考察。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Expired", vec![RECEIVED, REPLIED, "closed"]));
    let looked: Vec<_> =
        g.matter().facts().into_iter().filter(|f| f.measure == "授权包查看").map(|f| (f.on.to_string(), f.value)).collect();
    assert_eq!(looked, [("2026-03-02".into(), 1), ("2026-06-30".into(), 1)]);
}
#[test]
fn it_may_be_read_for_so_many_days_and_not_into_the_past() {
    let g = up_to("open");
    let until = |day: &str| {
        let mut form = laid(1);
        form["until"] = json!(day);
        g.when(&handler(), "prepare", form).err().map(|r| r.fields[0].0.clone())
    };
    assert_eq!((until("2026-03-01"), until("2026-08-30")), (Some("until".into()), Some("until".into())));
    assert_eq!((until("2026-03-02"), until("2026-08-29")), (None, None));
    let mut late = up_to("prepare");
    late.on(7, 1);
    assert_eq!(late.refuses(&lead(), "approve", json!({})), "until_over");
}
#[test]
fn nothing_is_prepared_or_approved_of_what_may_not_be_told() {
    let mut g = up_to("open");
    source(&mut g, &[]);
    assert_eq!(g.refuses(&handler(), "prepare", laid(1)), "not_providable");
    let mut g = up_to("prepare");
    source(&mut g, &["closed"]);
    assert_eq!(g.refuses(&lead(), "approve", json!({})), "not_providable");
    g.takes(&house(), "source_withdrawn", json!({"reason": "已撤下"}));
    assert_eq!(g.phase(), "Prepared", "what never went out needs no letter");
    g.takes(&lead(), "revoke", json!({"reason": "来源撤下"}));
    assert!(readers(&g).is_empty() && g.matter().marks() == ["closed"]);
}
#[test]
fn a_new_version_ends_the_reading_of_the_old_one_and_is_signed_for_anew() {
    let mut g = up_to("look");
    g.takes(&handler(), "new_version", json!({}));
    assert_eq!(g.refuses(&organiser(), "look", look(2)), "not_now");
    assert_eq!(readers(&g), [Standing::Recipient], "they see that there is a newer one to come");
    g.takes(&handler(), "prepare", laid(2));
    g.takes(&lead(), "approve", json!({}));
    assert_eq!(g.refuses(&organiser(), "look", look(2)), "not_now");
    g.takes(&organiser(), "sign", json!({}));
    assert_eq!(g.takes(&organiser(), "look", look(2)).entry.act["look"]["edition"], 2);
}
#[test]
fn the_lead_takes_it_back_at_once() {
    let mut g = up_to("sign");
    assert_eq!(g.refuses(&handler(), "revoke", json!({})), "not_yours");
    g.takes(&lead(), "revoke", json!({"reason": "用途不符"}));
    assert_eq!(g.refuses(&organiser(), "look", look(1)), "not_now");
    assert!(g.matter().due().is_none());
}
#[test]
fn whoever_received_what_is_withdrawn_gets_a_correction_also_after_the_end() {
    for end in ["sign", "revoke", "expire"] {
        let mut g = up_to("look");
        match end {
            "revoke" => drop(g.takes(&lead(), "revoke", json!({}))),
            "expire" => {
                g.on(7, 1);
                g.takes(&Person::time(ZFW), "expire", json!({}));
            }
            _ => {}
        }
        source(&mut g, &[]);
        g.takes(&house(), "source_withdrawn", json!({"reason": "定论撤销"}));
        assert_eq!((g.phase().as_str(), g.clock("correct").spans[0].code.as_str()), ("ToCorrect", "T26"), "{end}");
        assert_eq!(g.refuses(&organiser(), "look", look(2)), "not_now");
        g.takes(&handler(), "correct", json!({"correction": "该结果不再使用。", "package": ["f2"], "digest": "d2"}));
        assert_eq!(g.refuses(&also(&handler(), &lead()), "approve_correction", json!({})), "same_hands");
        g.takes(&lead(), "send_back_correction", json!({}));
        g.takes(&handler(), "correct", json!({"correction": "该结果不再使用。", "package": ["f3"], "digest": "d3"}));
        assert_eq!(g.takes(&lead(), "approve_correction", json!({})).entry.act["approve_correction"]["digest"], "d3");
        assert_eq!(g.refuses(&organiser(), "acknowledge", json!({})), "unread");
        // The letter itself is read though its source may not be told any more, and after the packet's day.
        assert_eq!(g.takes(&organiser(), "look", look(2)).entry.act["look"]["edition"], 2);
        g.takes(&organiser(), "acknowledge", json!({}));
        assert_eq!((g.phase().as_str(), g.matter().marks().contains(&"closed")), ("Corrected", true));
        g.takes(&organiser(), "look", look(3));
        assert_eq!(g.refuses(&house(), "source_withdrawn", json!({})), "not_now", "the whole packet has been called back");
    }
}
#[test]
fn a_correction_directs_no_outcome_and_the_receipt_on_paper_has_its_document() {
    let mut g = up_to("look");
    g.takes(&house(), "source_withdrawn", json!({}));
    let bad = json!({"correction": "应当改判无罪。", "package": ["f"], "digest": "d"});
    assert_eq!(g.wrong(&handler(), "correct", bad), ["correction"]);
    g.takes(&handler(), "correct", json!({"package": ["f"], "digest": "d"}));
    g.takes(&lead(), "approve_correction", json!({}));
    assert_eq!(g.wrong(&handler(), "record_acknowledgement", json!({})), ["document"]);
    g.takes(&handler(), "record_acknowledgement", json!({}));
    assert_eq!(g.phase(), "Corrected");
}
#[test]
fn a_source_that_opens_a_packet_need_say_no_more_than_the_contract() {
    let g = given("packet");
    let form = json!({"kind": "负面清单", "to_org": "ZZB", "purpose": "协管参考", "basis": "审定意见"});
    assert!(g.when(&house(), "open_for", form).is_ok());
}
#[test]
fn a_number_of_a_matter_is_found_in_a_text_however_it_stands() {
    assert_eq!(numbered("见ZJK-2026-0012号"), Some("ZJK-2026-0012"));
    assert_eq!(numbered("（XS-2026-0043）"), Some("XS-2026-0043"));
    assert_eq!((numbered("AB-2026-0001"), numbered("XS-26-1"), numbered("2026-03-02"), numbered("政-2026-")), (None, None, None, None));
}
