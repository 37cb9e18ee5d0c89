//! 企业诉求 (B1): openings, screening, the gist by two, where it may go, three voices, honest closure, identity, watch for retaliation.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, vault_ref};
use domain::procedures::enterprise_appeal::{EnterpriseAppeal, guard};
use given::*;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn intake() -> Person {
    who("intake", "R14", ZFW)
}
fn intake2() -> Person {
    who("intake2", "R14", ZFW)
}
fn convener() -> Person {
    who("convener", "R15", ZFW)
}
fn keeper(n: u8) -> Person {
    who(&format!("keeper{n}"), "R16", ZFW)
}
fn reporter() -> Person {
    Person::reporter(ZFW)
}
fn said(more: Json) -> Json {
    let mut form = json!({"mode": "保密", "reporter_phone": vault_ref("phone"), "org": COURT, "facts": vault_ref("facts"), "litigation": "没有", "firm": "f00", "source": "来访"});
    form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
    form
}
fn registered() -> Given {
    let mut g = given("enterprise_appeal");
    g.takes(&intake(), "register", said(json!({})));
    g
}
fn screened(remedy: &str) -> Given {
    let mut g = registered();
    g.takes(&intake(), "screen", json!({"litigation": "没有", "remedy": remedy, "chief_named": false, "note": vault_ref("note")}));
    g
}
fn accepted() -> Given {
    let mut g = screened("不涉及");
    g.takes(&intake(), "accept", json!({}));
    g
}
fn cleared() -> Given {
    let mut g = accepted();
    g.takes(&intake(), "redact", json!({"gist": "一个季度内被同一单位检查六次。"}));
    g.takes(&intake2(), "pass_gist", json!({}));
    g
}
const SEND: fn(&str) -> Json = |to| json!({"receiver": to, "litigation": "没有", "receiver_barred": "无"});
fn answered() -> Given {
    let mut g = cleared();
    g.takes(&intake(), "forward", SEND(POLICE));
    g.takes(&other_unit(), "answer", json!({"unit_said": vault_ref("unit")}));
    g
}
fn concluded(outcome: &str) -> Given {
    let mut g = answered();
    g.takes(&intake(), "check", json!({}));
    g.takes(&intake(), "conclude", json!({"outcome": outcome}));
    g
}
fn state(g: &Given) -> EnterpriseAppeal {
    let body: Json = serde_json::from_str(&g.matter().body()).unwrap();
    serde_json::from_value(body["state"].clone()).unwrap()
}

fn told(g: &Given, who: &Person) -> Vec<String> {
    g.timeline(who).into_iter().map(|line| line.0).collect()
}

#[test]
fn an_anonymous_appeal_holds_nothing_that_could_be_opened_and_any_other_a_way_back() {
    for (by, action) in [(reporter(), "submit"), (intake(), "register"), (house(), "from_call"), (house(), "enter")] {
        let g = given("enterprise_appeal");
        let whole = |mode: &str, more: Json| {
            let mut form = said(more);
            let f = form.as_object_mut().unwrap();
            f.insert("mode".into(), json!(mode));
            f.remove("reporter_phone").filter(|_| mode == "匿名");
            if action == "submit" {
                f.remove("source");
            }
            form
        };
        let names = ["reporter_name", "reporter_phone", "reporter_id", "enterprise", "uscc"];
        for name in &names[..if by.is_house() { 3 } else { 5 }] {
            let refused = g.when(&by, action, whole("匿名", json!({*name: vault_ref("x")}))).err();
            // The phone itself is taken out above.
            assert_eq!(refused.map(|r| r.fields[0].0.clone()), (*name != "reporter_phone").then(|| (*name).to_owned()), "{action} {name}");
        }
        assert!(g.when(&by, action, whole("匿名", json!({}))).is_ok(), "{action}");
        for mode in ["保密", "实名"] {
            assert_eq!(g.when(&by, action, whole(mode, json!({}))).err().unwrap().fields[0].0, "reporter_phone", "{action} {mode}");
            assert!(g.when(&by, action, whole(mode, json!({"reporter_name": vault_ref("x")}))).is_ok(), "{action} {mode}");
        }
    }
    let mut g = given("enterprise_appeal");
    let mut form = said(json!({"mode": "匿名"}));
    form.as_object_mut().unwrap().remove("reporter_phone");
    g.takes(&intake(), "register", form);
    assert_eq!(state(&g).identity(), vec![]);
    assert_eq!(g.refuses(&intake(), "ask_identity", json!({})), "no_identity");
}
#[test]
fn an_anonymous_call_keeps_its_recording_and_its_enterprise_to_itself() {
    let mut g = given("enterprise_appeal");
    let mut form = said(json!({"mode": "匿名", "enterprise": vault_ref("e"), "uscc": vault_ref("u"), "recording": vault_ref("r")}));
    form.as_object_mut().unwrap().remove("reporter_phone");
    g.takes(&house(), "from_call", form);
    assert_eq!((state(&g).identity(), state(&g).firm()), (vec![], "f00"), "known again for the watch, and nothing to open");
    assert!(!g.entries[0].contains("v:e") && !g.entries[0].contains("v:u") && !g.entries[0].contains("v:r"));
}
#[test]
fn a_pending_review_or_suit_is_not_supervised_twice() {
    for pending in ["已复议", "已起诉"] {
        let mut g = registered();
        g.takes(&intake(), "screen", json!({"litigation": pending, "remedy": "没有途径", "chief_named": false}));
        assert_eq!(g.refuses(&intake(), "accept", json!({})), "litigation_pending", "{pending}");
        assert_eq!(g.wrong(&intake(), "guide", json!({"litigation": pending})), ["guidance"]);
        g.takes(&intake(), "guide", json!({"litigation": pending, "guidance": vault_ref("how")}));
        assert_eq!((g.phase().as_str(), g.matter().marks()), ("Guided", vec!["closed"]));
        // Once more before anything is sent.
        let g = cleared();
        for action in ["transfer", "forward"] {
            let mut form = SEND(POLICE);
            form["litigation"] = json!(pending);
            assert_eq!(g.when(&intake(), action, form).err().unwrap().fields[0].0, "litigation", "{action} {pending}");
        }
    }
    assert_eq!(accepted().matter().marks(), ["accepted"]);
}
#[test]
fn where_review_or_suit_is_open_every_answer_says_how() {
    for (remedy, open) in [("可复议", true), ("先复议", true), ("可诉讼", true), ("没有途径", false), ("不涉及", false)] {
        let g = screened(remedy);
        for action in ["accept", "decline"] {
            let bare = g.when(&intake(), action, json!({})).err().map(|r| r.fields[0].0.clone());
            assert_eq!(bare, open.then(|| "guidance".to_owned()), "{action} {remedy}");
            assert!(g.when(&intake(), action, json!({"guidance": vault_ref("how")})).is_ok());
        }
    }
}
#[test]
fn the_gist_is_written_by_one_and_passed_by_another_and_says_who_else_knows() {
    let mut g = accepted();
    assert_eq!(g.refuses(&convener(), "redact", json!({})), "not_yours");
    g.takes(&intake(), "redact", json!({"gist": "一个季度内被同一单位检查六次。"}));
    assert_eq!(g.refuses(&intake(), "pass_gist", json!({})), "same_hands");
    assert_eq!(g.wrong(&intake2(), "pass_gist", json!({})), ["known_to"]);
    assert!(state(&g).gist().is_empty(), "not passed yet");
    for action in ["transfer", "forward"] {
        assert_eq!(g.refuses(&intake(), action, SEND(POLICE)), "not_now");
    }
    g.takes(&intake2(), "return_gist", json!({}));
    g.takes(&intake(), "redact", json!({"gist": "被检查多次。"}));
    g.takes(&intake2(), "pass_gist", json!({}));
    assert_eq!((g.phase().as_str(), state(&g).gist()), ("Cleared", "被检查多次。"));
}
#[test]
fn a_gist_that_still_tells_who_reported_is_refused() {
    let g = accepted();
    for (text, word) in [
        ("联系电话 13900001234", "电话"),
        ("身份证 11010519491231002X", "身份证号"),
        ("车牌赣C12345", "车牌"),
        ("住城东街道建设路12号3单元", "住址"),
        ("云岭样例食品有限公司被查", "企业名称"),
        ("云岭样例食品有 限 公司被查", "企业名称"),
        ("代码91350100M000100Y43。", "统一社会信用代码"),
    ] {
        let refused = g.when(&intake(), "redact", json!({"gist": text})).err().unwrap_or_else(|| panic!("taken: {text}"));
        assert!(refused.fields[0].0 == "gist" && refused.fields[0].1.contains(word), "{text}: {refused:?}");
    }
    assert!(g.when(&intake(), "redact", json!({"gist": "某公司一个季度内被检查六次，罚款三次。"})).is_ok());
}
#[test]
fn the_reporter_may_look_at_the_gist_for_three_days() {
    let mut g = cleared();
    g.takes(&intake(), "preview", json!({}));
    assert_eq!(g.due("preview"), date(2026, 3, 5));
    assert!(g.reads(&reporter()).iter().any(|r| r.0 == "gist_out"));
    assert!(g.when(&reporter(), "agree_gist", json!({})).is_ok());
    let mut objected = cleared();
    objected.takes(&intake(), "preview", json!({}));
    objected.takes(&reporter(), "object_gist", json!({"reason": vault_ref("no")}));
    assert_eq!((objected.phase().as_str(), state(&objected).gist()), ("Accepted", ""));
    g.on(3, 6);
    assert_eq!(g.refuses(&reporter(), "object_gist", json!({})), "too_late");
    g.takes(&Person::time(ZFW), "lapse_preview", json!({}));
    assert_eq!(g.phase(), "Cleared");
    assert!(g.due("move") > date(2026, 3, 4), "the clock stood still meanwhile");
}
#[test]
fn the_handling_unit_reads_the_gist_and_its_own_words_and_nothing_else() {
    let mut g = cleared();
    assert_eq!(g.reads(&other_unit()), vec![]);
    g.takes(&intake(), "forward", SEND(POLICE));
    g.takes(&other_unit(), "answer", json!({"unit_said": vault_ref("unit")}));
    let mut alerted = g;
    alerted.takes(&house(), "alert", json!({"record": "JC-1", "decided": "2026-03-03"}));
    alerted.takes(&keeper(1), "ask_identity", json!({}));
    alerted.takes(&reporter(), "message", json!({"text": vault_ref("mine")}));
    alerted.takes(&reporter(), "rate", json!({"score": "1", "solved": "否"}));
    let read: Vec<_> = alerted.reads(&other_unit()).into_iter().map(|r| r.0).collect();
    assert_eq!(read, ["org", "act_type", "problems", "gist_out", "receiver", "unit_said"]);
    assert_eq!(alerted.reads(&unit()), vec![], "the accused");
    assert_eq!(told(&alerted, &other_unit()), ["forward", "answer"]);
    let kept: Vec<_> = alerted.reads(&keeper(2)).into_iter().map(|r| r.0).collect();
    assert_eq!(kept, ["mode", "ground", "reason"], "keepers read of identities only");
    assert_eq!(alerted.refuses(&keeper(1), "reply", json!({})), "not_yours");
}
#[test]
fn what_was_concluded_is_not_therefore_solved() {
    for (outcome, mark) in [("解决", "solved"), ("部分解决", "unsolved"), ("未解决", "unsolved"), ("超出职权", "unsolved")] {
        let g = concluded(outcome);
        assert_eq!(g.matter().marks(), ["accepted", "closed", mark], "{outcome}");
        assert_eq!(g.counted().iter().any(|c| c.0 == "诉求解决"), outcome == "解决");
    }
    let g = answered();
    assert_eq!(g.refuses(&intake(), "conclude", json!({})), "unchecked");
    let mut g = concluded("部分解决");
    g.takes(&reporter(), "rate", json!({"score": "2", "solved": "否"}));
    let voices: Vec<_> = g
        .matter()
        .view(&g.at(&convener()))
        .into_iter()
        .find(|s| s.label == "三方说法")
        .unwrap()
        .rows
        .into_iter()
        .map(|r| r.field.name)
        .collect();
    assert_eq!(voices, ["unit_said", "finding", "score", "solved"]);
    assert_eq!(g.refuses(&intake(), "call_back", json!({"reached": false})), "same_hands");
    assert_eq!(g.refuses(&intake2(), "call_back", json!({"reached": true})), "bad_form");
    g.takes(&intake2(), "call_back", json!({"reached": true, "said_solved": "部分"}));
    assert_eq!(g.phase(), "CalledBack");
}
#[test]
fn the_time_for_an_appeal_is_prolonged_once_and_what_is_late_is_counted_so() {
    let mut g = answered();
    assert_eq!((g.due("accept"), g.due("finish")), (date(2026, 3, 9), date(2026, 4, 1)));
    g.takes(&intake(), "check", json!({}));
    assert_eq!(g.refuses(&intake(), "extend", json!({})), "not_yours");
    g.takes(&convener(), "extend", json!({}));
    assert_eq!(g.due("finish"), date(2026, 5, 6), "30 days more, off the holiday");
    assert_eq!(g.refuses(&convener(), "extend", json!({})), "extended");
    let late = |g: &mut Given| {
        g.takes(&intake(), "conclude", json!({"outcome": "解决"}));
        g.counted().iter().any(|c| c.0 == "诉求逾期")
    };
    g.today = date(2026, 5, 6);
    assert!(!late(&mut g));
    let mut g = answered();
    g.takes(&intake(), "check", json!({}));
    g.today = date(2026, 4, 2);
    assert!(late(&mut g));
}
#[test]
fn the_reporter_may_ask_to_reopen_within_a_limit_and_the_lead_decides_with_reasons() {
    let mut g = concluded("未解决");
    g.takes(&reporter(), "ask_reopen", json!({"reason": vault_ref("r")}));
    assert_eq!(g.refuses(&intake(), "reopen", json!({})), "not_yours");
    assert_eq!(g.wrong(&convener(), "refuse_reopen", json!({})), ["reason"]);
    let mut again = concluded("未解决");
    again.takes(&convener(), "reopen", json!({}));
    assert_eq!((again.phase().as_str(), again.matter().marks(), state(&again).gist()), ("Accepted", vec!["accepted"], ""));
    assert_eq!(again.reads(&other_unit()), vec![], "the unit that handled it before reads no more");
    g.takes(&convener(), "refuse_reopen", json!({}));
    assert_eq!(g.phase(), "Concluded");
    // Sixty days, and the last of them falls into the holiday of May.
    g.on(5, 7);
    assert_eq!(g.refuses(&reporter(), "ask_reopen", json!({"reason": vault_ref("r")})), "too_late");
}
#[test]
fn mediation_needs_the_enterprises_consent_and_failing_leads_back() {
    let mut g = answered();
    assert_eq!(g.refuses(&intake(), "mediate", json!({"agreed": false})), "bad_form");
    g.takes(&intake(), "mediate", json!({"agreed": true}));
    let mut failed = given("enterprise_appeal");
    failed.entries = g.entries.clone();
    failed.takes(&intake(), "fail", json!({}));
    assert_eq!(failed.phase(), "Working");
    g.takes(&intake(), "settle", json!({}));
    assert_eq!(g.phase(), "Answered");
}
#[test]
fn supervision_is_looked_at_before_its_grade_and_its_end_are_recorded() {
    let mut g = cleared();
    g.takes(&intake(), "transfer", SEND("SFJ"));
    let link = "administrative_supervision";
    g.linked(link, &[]);
    assert_eq!(g.refuses(&intake(), "grade", json!({})), "not_studied");
    assert_eq!(g.refuses(&intake(), "record_result", json!({})), "supervision_open");
    g.linked(link, &["filed"]);
    g.takes(&intake(), "grade", json!({"grade": "B"}));
    assert_eq!(g.refuses(&intake(), "record_result", json!({})), "supervision_open");
    for mark in ["not_filed", "concluded", "closed"] {
        g.linked(link, &[mark]);
        assert!(g.when(&intake(), "record_result", json!({})).is_ok(), "{mark}");
    }
}
#[test]
fn two_custodians_together_open_an_identity_and_none_of_them_asked() {
    for asker in [intake(), keeper(3)] {
        let mut g = accepted();
        assert_eq!(g.refuses(&keeper(1), "approve_identity", json!({})), "not_asked");
        g.takes(&asker, "ask_identity", json!({}));
        assert_eq!(g.refuses(&asker, "ask_identity", json!({})), "already_asked");
        if asker.id == "keeper3" {
            assert_eq!(g.refuses(&asker, "approve_identity", json!({})), "own_request");
        }
        g.takes(&keeper(1), "approve_identity", json!({}));
        assert_eq!(g.refuses(&keeper(1), "approve_identity", json!({})), "approved");
        assert_eq!(g.refuses(&keeper(1), "open_identity", json!({})), "not_two");
        assert!(!state(&g).identity_open_to("keeper1"));
        g.takes(&keeper(2), "approve_identity", json!({}));
        assert!(state(&g).identity_open_to("keeper1") && state(&g).identity_open_to("keeper2") && !state(&g).identity_open_to(&asker.id));
        assert_eq!(g.refuses(&intake2(), "open_identity", json!({})), "not_yours");
        let lines = told(&g, &reporter());
        assert_eq!(lines[lines.len() - 3..], ["ask_identity", "approve_identity", "approve_identity"]);
        g.takes(&keeper(1), "open_identity", json!({}));
        assert!(!state(&g).identity_open_to("keeper1"), "once");
        assert!(g.reads(&reporter()).contains(&("opened", json!(1))));
    }
}
#[test]
fn retaliation_is_watched_for_ninety_days_and_a_warning_is_cleared_by_another() {
    let mut g = registered();
    let (limits, calendar) = (g.limits.clone(), g.calendar.clone());
    for (day, watched) in [(date(2026, 3, 2), false), (date(2026, 3, 3), true), (date(2026, 6, 1), true), (date(2026, 6, 2), false)] {
        assert_eq!(state(&g).watches(day, &limits, &calendar), watched, "{day}");
        let warned = g.when(&house(), "alert", json!({"record": "JC-1", "decided": day.to_string()}));
        assert_eq!(warned.is_ok(), watched, "{day}");
    }
    assert_eq!(g.refuses(&intake(), "look_into_alert", json!({"alert": "JC-1"})), "no_alert");
    g.takes(&house(), "alert", json!({"record": "JC-1", "decided": "2026-03-03"}));
    assert_eq!(g.refuses(&intake(), "clear_alert", json!({"looked": "JC-1"})), "alert_not_looked_into");
    g.takes(&intake(), "look_into_alert", json!({"alert": "JC-1"}));
    assert_eq!(g.refuses(&intake(), "clear_alert", json!({"looked": "JC-1"})), "same_hands");
    for person in [reporter(), keeper(1), other_unit(), unit()] {
        assert!(!g.reads(&person).iter().any(|r| r.0 == "record"), "{}", person.id);
        assert!(!told(&g, &person).iter().any(|l| l.contains("alert")), "{}", person.id);
    }
    assert!(g.reads(&intake()).iter().any(|r| r.0 == "record"));
    g.takes(&convener(), "clear_alert", json!({"looked": "JC-1"}));
    assert_eq!(g.refuses(&intake2(), "look_into_alert", json!({"alert": "JC-1"})), "no_alert");
}
#[test]
fn merged_withdrawn_and_passed_on_end_without_a_conclusion() {
    let mut g = accepted();
    g.takes(&intake(), "merge", json!({"into": "QY-2026-0001"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Merged", vec!["accepted", "closed"]));
    let mut g = cleared();
    g.takes(&reporter(), "withdraw", json!({}));
    assert_eq!(g.phase(), "Withdrawn");
    g.takes(&reporter(), "message", json!({"text": vault_ref("m")}));
    assert_eq!(state(&g).mail().len(), 1, "the mailbox stays open");
    assert_eq!(answered().refuses(&reporter(), "withdraw", json!({})), "not_now", "what was sent on goes its way");
    let mut g = screened("不涉及");
    g.takes(&convener(), "discipline", json!({}));
    assert_eq!(g.phase(), "Disciplined");
    g.takes(&convener(), "record_result", json!({}));
    assert_eq!(g.phase(), "Answered");
}

/// A forest: the unit above each, by its place, as dice say; loops are possible, as in a register somebody got wrong.
fn above(parents: &[usize], loops: bool) -> impl Fn(&str) -> Option<String> {
    let parents = parents.to_vec();
    move |unit: &str| {
        let n: usize = unit.parse().ok()?;
        let parent = *parents.get(n)?;
        (loops || parent < n).then(|| parent.to_string())
    }
}
proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]
    /// trust.md 4.3: on ten thousand random trees nothing goes to the accused, below them, or to the chief's own superior.
    #[test]
    fn the_guard_bars_the_accused_all_below_and_the_named_chiefs_superior(
        parents in prop::collection::vec(0_usize..30, 1..30),
        accused in prop::collection::vec(0_usize..30, 1..4),
        to in 0_usize..30,
        chief in any::<bool>(),
        loops in any::<bool>(),
    ) {
        let up = above(&parents, loops);
        let names: Vec<String> = accused.iter().map(ToString::to_string).collect();
        let units: Vec<&str> = names.iter().map(String::as_str).collect();
        let to = to.to_string();
        // Said once more, the other way round: from the accused downward.
        let mut below: Vec<String> = names.clone();
        loop {
            let next: Vec<String> = (0..30).map(|n: usize| n.to_string()).filter(|n| !below.contains(n) && up(n).is_some_and(|p| below.contains(&p))).collect();
            if next.is_empty() { break; }
            below.extend(next);
        }
        let superior = chief && names.iter().any(|a| up(a).as_deref() == Some(&to));
        let verdict = guard::verdict(&to, &units, chief, &up);
        let wanted = if names.contains(&to) { guard::ITSELF } else if below.contains(&to) { guard::UNDER } else if superior { guard::ABOVE } else { guard::FREE };
        prop_assert_eq!(verdict, wanted);
        prop_assert_eq!(guard::sentence(verdict).is_none(), verdict == guard::FREE);
    }
}
