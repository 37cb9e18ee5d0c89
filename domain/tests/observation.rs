//! 随队观摩 (M4.3, enterprise.md B3, B4; boundaries 5 and 8): each rule both ways.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Matter, Person, Standing, Standing::*, unavoidable};
use domain::procedures::observation::{Observation, Phase, Timing, is_time};
use domain::procedures::{kind, observation};
use domain::registers::codes::OBSERVATION_ITEM;
use given::*;
use serde_json::{Value as Json, json};

const GSL: &str = ZFW;
trait Asks {
    fn mine(&self, who: &Person) -> Vec<Standing>;
    fn marks(&self) -> Vec<&'static str>;
    fn timing(&self) -> Timing;
}
impl Asks for Given {
    fn mine(&self, who: &Person) -> Vec<Standing> {
        self.matter().mine(&self.at(who))
    }
    fn marks(&self) -> Vec<&'static str> {
        self.matter().marks()
    }
    fn timing(&self) -> Timing {
        serde_json::from_str::<Matter<Observation>>(&self.matter().body()).unwrap().state.timing()
    }
}
fn intake() -> Person {
    who("intake", "R14", GSL)
}
fn convener() -> Person {
    who("convener", "R15", GSL)
}
fn observer(n: u8) -> Person {
    who(&format!("o{n}"), "R19", GSL)
}
fn market() -> Person {
    who("market", "R9", "SCJ")
}
fn justice() -> Person {
    who("justice", "R17", "SFJ")
}
fn seat(n: u8) -> Json {
    json!({"person": format!("o{n}"), "observer": format!("JD-2026-000{n}")})
}
fn drawn(chosen: &[u8], alternates: &[u8], draw: &str) -> Json {
    let all = |ns: &[u8]| ns.iter().map(|n| seat(*n)).collect::<Vec<_>>();
    let mut form = json!({"draw": draw, "proof": "ab12", "chosen": all(chosen)});
    if !alternates.is_empty() {
        form["alternates"] = json!(all(alternates));
    }
    form
}
fn opening() -> Json {
    json!({
        "observation_request": "GS-2026-0001", "org": "SCJ", "task_no": "J-0612-0387", "act_type": "行政检查", "visit_on": "2026-03-05",
        "enterprise": domain::engine::vault_ref("e"), "officers": domain::engine::vault_ref("f"), "place": domain::engine::vault_ref("p"),
        "firms": "f1 f2",
    })
}
fn promise() -> Json {
    json!({"secrecy": true, "integrity": true, "no_interest": true})
}
fn items(wrong: &[&str]) -> Json {
    let row = |(code, _): &(&str, &str)| {
        let bad = wrong.contains(code);
        json!({"item": code, "result": if bad { "不符合" } else { "符合" }, "note": if bad { "经企业询问才说明。" } else { "" }, "at": if bad { "09:25" } else { "" }})
    };
    json!(OBSERVATION_ITEM.rows.iter().map(row).collect::<Vec<_>>())
}
/// Owned by the office of the joint conference; the request is approved.
fn blank() -> Given {
    let mut g = given("observation");
    g.kin = vec![domain::engine::Kin { number: "GS-2026-0001".into(), link: "observation_request".into(), marks: vec!["approved".into()] }];
    g
}
fn assigned() -> Given {
    let mut g = blank();
    g.takes(&intake(), "assign", opening());
    g
}
fn promising() -> Given {
    let mut g = assigned();
    g.takes(&Person::house(GSL), "draw_observers", drawn(&[1, 2, 3], &[4, 5], "CQ-1"));
    g
}
fn told() -> Given {
    let mut g = promising();
    (1..=3).for_each(|n| drop(g.takes(&observer(n), "promise", promise())));
    g.takes(&intake(), "notify", notice());
    g
}
fn notice() -> Json {
    json!({"notice_no": "派〔2026〕1号", "notified_on": "2026-03-02", "serve_way": "电子送达", "enterprise_way": "凭回执查询", "justice": "justice"})
}
fn on_site() -> Given {
    let mut g = told();
    g.on(3, 5).takes(&observer(2), "begin", json!({"arrived_on": "2026-03-05", "arrived": "09:10"}));
    g
}
fn recorded() -> Given {
    let mut g = on_site();
    g.takes(&observer(1), "finish", json!({"ended_on": "2026-03-05", "left": "11:40"}));
    (1..=3).for_each(|n| drop(g.takes(&observer(n), "hand_in", json!({"items": items(&["5"])}))));
    g
}
fn opined() -> Given {
    let mut g = recorded();
    g.takes(&observer(1), "opine", json!({"opinion": "程序完整，检查事由告知偏晚。", "differing": "一名组员认为影响轻微。"}));
    g
}
fn approved() -> Given {
    let mut g = opined();
    g.on(3, 6).takes(&convener(), "approve", json!({"doc_no": "观〔2026〕1号"}));
    g
}
fn served() -> Given {
    let mut g = approved();
    g.takes(&intake(), "serve", json!({"served_on": "2026-03-06", "serve_way": "电子送达"}));
    g
}
fn phase(g: &Given) -> String {
    g.phase()
}
fn refused(g: &Given, who: &Person, action: &str, form: Json) -> String {
    let r = g.when(who, action, form).err().unwrap();
    if r.fields.is_empty() { r.code.to_owned() } else { r.fields.iter().map(|f| f.0.clone()).collect::<Vec<_>>().join(" ") }
}

#[test]
fn nobody_goes_along_without_an_approved_request_and_nothing_of_the_task_is_typed() {
    let mut g = blank();
    assert_eq!(refused(&g, &observer(1), "assign", opening()), "not_yours");
    assert_eq!(refused(&g, &market(), "assign", opening()), "not_yours");
    g.takes(&intake(), "assign", opening());
    let typed: Vec<&str> =
        kind("observation").unwrap().step("assign").unwrap().fields.iter().filter(|f| !f.computed).map(|f| f.name).collect();
    assert_eq!(typed, ["observation_request", "specialties", "region"]);
    g.kin.clear();
    assert_eq!(refused(&g, &Person::house(GSL), "draw_observers", drawn(&[1, 2, 3], &[], "CQ-1")), "request_not_approved");
}
#[test]
fn a_group_is_drawn_large_enough_and_nobody_twice() {
    let mut g = assigned();
    let house = Person::house(GSL);
    assert_eq!(refused(&g, &intake(), "draw_observers", drawn(&[1, 2, 3], &[], "CQ-1")), "not_yours", "nobody names observers by hand");
    assert_eq!(refused(&g, &house, "draw_observers", drawn(&[1, 2], &[], "CQ-1")), "chosen");
    assert_eq!(refused(&g, &house, "draw_observers", drawn(&[1, 2, 2], &[], "CQ-1")), "chosen");
    g.parameters.insert("observer_group".into(), 1);
    assert_eq!(refused(&g, &house, "draw_observers", drawn(&[1], &[], "CQ-1")), "chosen", "never fewer than two");
    g.takes(&house, "draw_observers", drawn(&[1, 2], &[3], "CQ-1"));
    g.takes(&observer(1), "step_down", json!({"ground": "亲属"}));
    g.takes(&observer(3), "step_down", json!({"ground": "不能到场"}));
    assert_eq!(refused(&g, &house, "draw_more", drawn(&[4], &[], "CQ-1")), "draw", "a draw counts once");
    assert_eq!(refused(&g, &house, "draw_more", drawn(&[1], &[], "CQ-2")), "chosen", "who left does not come back");
    g.takes(&house, "draw_more", drawn(&[4], &[], "CQ-2"));
    assert_eq!(refused(&g, &house, "draw_more", drawn(&[5], &[], "CQ-3")), "no_vacancy");
}
#[test]
fn each_promises_for_himself_or_the_next_alternate_takes_his_seat() {
    let mut g = promising();
    for (field, say) in [("secrecy", "保密"), ("integrity", "廉洁"), ("no_interest", "回避")] {
        let mut form = promise();
        form[field] = json!(false);
        let r = g.when(&observer(1), "promise", form).err().unwrap();
        assert!(r.fields[0].0 == field && r.fields[0].1.contains(say), "{r:?}");
    }
    assert_eq!(refused(&g, &observer(4), "promise", promise()), "not_yours", "an alternate sees nothing yet");
    g.takes(&observer(1), "promise", promise());
    assert_eq!(refused(&g, &observer(1), "promise", promise()), "promised_already");
    g.takes(&observer(2), "step_down", json!({"ground": "经办", "detail": domain::engine::vault_ref("d")}));
    assert_eq!(refused(&g, &observer(2), "promise", promise()), "not_yours", "who stepped down is out");
    g.takes(&observer(4), "promise", promise());
    assert_eq!(phase(&g), "Promising");
    g.takes(&observer(3), "promise", promise());
    assert_eq!(phase(&g), "Confirmed");
    g.takes(&intake(), "replace", json!({"observer": "o3", "reason": domain::engine::vault_ref("r")}));
    assert_eq!(
        (phase(&g).as_str(), refused(&g, &intake(), "confirm", json!({}))),
        ("Promising", "too_few".into()),
        "the alternate is asked first"
    );
    g.takes(&observer(5), "step_down", json!({"ground": "不能到场"}));
    g.takes(&intake(), "confirm", json!({}));
    assert_eq!(phase(&g), "Confirmed", "two who promised are a group where nobody is left");
    assert_eq!(refused(&g, &intake(), "replace", json!({"observer": "o9"})), "observer");
}
#[test]
fn the_leader_is_the_lowest_ticket_among_those_who_come() {
    let mut g = promising();
    g.takes(&observer(1), "step_down", json!({"ground": "亲属"}));
    [2, 3, 4].iter().for_each(|n| drop(g.takes(&observer(*n), "promise", promise())));
    g.takes(&intake(), "notify", notice());
    g.on(3, 5).takes(&observer(4), "begin", json!({"arrived_on": "2026-03-05", "arrived": "09:10"}));
    [2, 3, 4].iter().for_each(|n| drop(g.takes(&observer(*n), "hand_in", json!({"items": items(&[])}))));
    let say = json!({"opinion": "程序完整。"});
    assert_eq!(refused(&g, &observer(4), "opine", say.clone()), "not_leader", "an alternate sits where the first sat, and does not lead");
    assert_eq!(refused(&g, &observer(3), "opine", say.clone()), "not_leader");
    g.takes(&observer(2), "opine", say);
}
#[test]
fn unit_and_officer_learn_of_it_by_the_notice() {
    let mut g = promising();
    assert!(g.mine(&market()).is_empty() && g.mine(&justice()).is_empty());
    (1..=3).for_each(|n| drop(g.takes(&observer(n), "promise", promise())));
    let mut late = notice();
    late["notified_on"] = json!("2026-03-09");
    assert_eq!(refused(&g, &intake(), "notify", late), "notified_on");
    g.takes(&intake(), "notify", notice());
    assert_eq!((g.mine(&market()), g.mine(&justice())), (vec![Respondent], vec![Member]));
}
#[test]
fn a_reminder_is_recorded_and_only_the_judicial_administration_stops() {
    let mut g = on_site();
    let words = json!({"said_at": "09:25", "words": "请说明检查依据。"});
    g.takes(&observer(3), "remind", words.clone());
    assert_eq!(refused(&g, &observer(3), "stop", words.clone()), "not_yours");
    let outsider = Person { roles: vec![], ..justice() };
    assert_eq!(refused(&g, &outsider, "stop", words.clone()), "not_justice", "named, but no officer of the judicial administration");
    g.takes(&justice(), "stop", words);
    assert_eq!(refused(&g, &observer(3), "remind", json!({"said_at": "25:61", "words": "请说明。"})), "said_at");
    assert!(is_time("09:25") && !is_time("9:25") && !is_time("24:00") && !is_time("09:25:00"));
}
#[test]
fn a_record_answers_every_item_once_and_says_what_was_amiss() {
    let g = on_site();
    let hand = |rows: Json| refused(&g, &observer(1), "hand_in", json!({"items": rows}));
    let all = items(&["5"]);
    let mut short = all.clone();
    short.as_array_mut().unwrap().pop();
    assert_eq!(hand(short), "items");
    let mut twice = all.clone();
    twice[1] = twice[0].clone();
    assert_eq!(hand(twice), "items");
    let mut silent = all.clone();
    silent[4]["note"] = json!(" ");
    assert_eq!(hand(silent), "items");
    let mut when = all.clone();
    when[4]["at"] = json!("上午");
    assert_eq!(hand(when), "items");
    let mut directs = all.clone();
    directs[4]["note"] = json!("建议从轻处理");
    assert_eq!(hand(directs), "items", "what was seen, not what should come of it");
    assert!(g.when(&observer(1), "hand_in", json!({"items": all})).is_ok());
    assert_eq!(refused(&g, &observer(4), "hand_in", json!({"items": items(&[])})), "not_yours");
}
#[test]
fn what_one_wrote_is_read_by_the_others_only_behind_their_own() {
    let mut g = on_site();
    let reads = |g: &Given, who: &Person| {
        let rows: Vec<&str> = g.reads(who).into_iter().map(|r| r.0).collect();
        (rows.iter().filter(|n| **n == "items").count(), rows.iter().filter(|n| **n == "peer_items").count())
    };
    g.takes(&observer(1), "hand_in", json!({"items": items(&["5"])}));
    assert_eq!((reads(&g, &observer(1)), reads(&g, &observer(2)), reads(&g, &intake())), ((1, 0), (0, 0), (1, 0)));
    g.takes(&observer(2), "hand_in", json!({"items": items(&[])}));
    assert_eq!((reads(&g, &observer(1)), reads(&g, &observer(2)), reads(&g, &observer(3))), ((1, 1), (1, 1), (0, 0)));
    assert_eq!((reads(&g, &market()), reads(&g, &justice())), ((0, 0), (0, 0)), "the unit reads no observer's own record");
    assert_eq!(refused(&g, &observer(1), "hand_in", json!({"items": items(&[])})), "not_seated", "handed in is handed in");
    assert_eq!(phase(&g), "OnSite");
    g.takes(&observer(3), "hand_in", json!({"items": items(&[])}));
    assert_eq!(phase(&g), "Recorded");
}
#[test]
fn one_alone_is_no_group_and_absence_is_told_from_absence() {
    let mut g = on_site();
    g.takes(&observer(1), "hand_in", json!({"items": items(&[])}));
    g.takes(&intake(), "absent", json!({"observer": "o2", "excused": true, "reason": domain::engine::vault_ref("r")}));
    assert!(g.mine(&observer(2)).is_empty(), "who did not come sees nothing more");
    g.takes(&intake(), "absent", json!({"observer": "o3", "excused": false, "reason": domain::engine::vault_ref("r")}));
    assert_eq!(phase(&g), "OnSite", "one record makes no opinion of a group");
    assert_eq!(
        refused(&g, &intake(), "absent", json!({"observer": "o1", "excused": false, "reason": domain::engine::vault_ref("r")})),
        "observer"
    );
    g.takes(&intake(), "suspend", json!({"reason": domain::engine::vault_ref("r")}));
    g.takes(&convener(), "cancel", json!({"reason": domain::engine::vault_ref("r")}));
    assert!(g.mine(&observer(1)).is_empty() && !g.mine(&market()).is_empty());
    let mut g = on_site();
    [1, 2].iter().for_each(|n| drop(g.takes(&observer(*n), "hand_in", json!({"items": items(&[])}))));
    g.takes(&intake(), "absent", json!({"observer": "o3", "excused": false, "reason": domain::engine::vault_ref("r")}));
    assert_eq!(phase(&g), "Recorded", "the act that leaves nobody out completes it");
}
#[test]
fn boundary_8_the_opinion_commands_nothing() {
    let g = recorded();
    for text in [
        "责令立即改正。",
        "责令你局停止检查。",
        "建议撤销处罚决定。",
        "应当从轻处罚。",
        "请予以撤销。",
        "要求退还罚款。",
        "请按本意见办理。",
    ] {
        assert_eq!(refused(&g, &observer(1), "opine", json!({"opinion": text})), "opinion", "{text}");
        assert_eq!(refused(&g, &observer(1), "opine", json!({"opinion": "程序完整。", "differing": text})), "differing", "{text}");
    }
    for text in [
        "程序完整，检查事由告知偏晚，请在作出决定前研究并说明理由。",
        "全程开启记录仪，现场笔录由当事人核对签名。",
        "请说明未出示检查码的原因。",
    ] {
        assert!(g.when(&observer(1), "opine", json!({"opinion": text})).is_ok(), "{text}");
    }
    // Nothing here can be ordered: whoever decides on the unit is the judicial administration or the government, and neither acts in this table
    // but to write down what its officer stopped on the spot.
    for s in &kind("observation").unwrap().steps {
        assert!(!s.by.contains(&Government), "{}", s.action);
        assert!(!s.by.contains(&Member) || s.action == "stop", "{}", s.action);
        assert!(["责令", "决定书", "督办", "处罚"].iter().all(|w| !s.label.contains(w)), "{}", s.label);
    }
}
#[test]
fn the_opinion_goes_out_on_another_persons_word_and_the_unit_reads_it_when_served() {
    let mut g = opined();
    let reads = |g: &Given, who: &Person, name: &str| g.reads(who).iter().any(|r| r.0 == name);
    assert_eq!(refused(&g, &intake(), "approve", json!({"doc_no": "观〔2026〕1号"})), "not_yours");
    assert_eq!(refused(&g, &also(&observer(1), &convener()), "approve", json!({"doc_no": "观〔2026〕1号"})), "same_hands");
    g.takes(&convener(), "send_back", json!({"reason": "请补充时点。"}));
    assert_eq!(phase(&g), "Recorded");
    g.takes(&observer(1), "opine", json!({"opinion": "09:25 才告知检查事由。"}));
    assert!(!reads(&g, &market(), "opinion") && !reads(&g, &market(), "opinion_draft") && reads(&g, &observer(2), "opinion_draft"));
    g.on(3, 6).takes(&convener(), "approve", json!({"doc_no": "观〔2026〕1号"}));
    let serve = |on: &str, way: &str| json!({"served_on": on, "serve_way": way});
    assert_eq!(refused(&g, &intake(), "serve", serve("2026-03-05", "电子送达")), "served_on", "not before it was approved");
    assert_eq!(refused(&g, &intake(), "serve", serve("2026-03-09", "电子送达")), "served_on", "not to come");
    assert_eq!(refused(&g, &intake(), "serve", serve("2026-03-06", "直接送达")), "receipt");
    g.takes(&intake(), "serve", serve("2026-03-06", "电子送达"));
    assert!(reads(&g, &market(), "opinion") && reads(&g, &market(), "timing"));
    g.takes(&market(), "sign", json!({}));
    assert_eq!(refused(&g, &market(), "sign", json!({})), "signed_already");
}
#[test]
fn whether_it_came_before_the_decision_is_said_as_it_is() {
    for (day, said, label) in
        [("2026-03-05", Timing::Late, "晚于"), ("2026-03-06", Timing::SameDay, "同日"), ("2026-03-09", Timing::Before, "早于")]
    {
        let mut g = served();
        assert_eq!(g.timing(), Timing::Open);
        g.on(3, 10).takes(&market(), "decide_on", json!({"decided_on": day}));
        assert_eq!(g.timing(), said, "{day}");
        assert_eq!(g.marks().contains(&observation::SERVED_LATE), said == Timing::Late);
        let shown = g.reads(&market()).into_iter().find(|r| r.0 == "timing").unwrap().1;
        assert!(shown.as_str().unwrap().contains(label), "{shown}");
        assert_eq!(refused(&g, &market(), "decide_on", json!({"decided_on": day})), "decided_already", "it is not put right afterwards");
    }
    // A decision taken while the observers were still writing stays on record when the opinion comes.
    let mut g = on_site();
    assert_eq!(refused(&g, &intake(), "decide_on", json!({"decided_on": "2026-03-05"})), "not_yours");
    g.takes(&market(), "decide_on", json!({"decided_on": "2026-03-05"}));
    assert_eq!(g.timing(), Timing::Unserved);
}
#[test]
fn the_unit_answers_with_reasons_or_its_silence_is_recorded() {
    let g = served();
    for response in ["部分采纳", "不采纳"] {
        assert_eq!(refused(&g, &market(), "respond", json!({"response": response})), "reasons", "{response}");
    }
    assert_eq!(refused(&g, &intake(), "respond", json!({"response": "采纳"})), "not_yours");
    let mut g = served();
    g.takes(&market(), "respond", json!({"response": "采纳"}));
    assert!(!g.marks().contains(&observation::DECLINED));
    let mut g = served();
    g.takes(&market(), "respond", json!({"response": "不采纳", "reasons": domain::engine::vault_ref("r")}));
    assert!(g.marks().contains(&observation::DECLINED));
    let mut g = served();
    assert_eq!(refused(&g, &Person::time(GSL), "lapse_response", json!({})), "too_early");
    g.on(3, 30).takes(&Person::time(GSL), "lapse_response", json!({}));
    assert!(g.marks().contains(&observation::UNANSWERED));
    g.takes(&market(), "respond", json!({"response": "采纳"}));
    assert!(!g.marks().contains(&observation::UNANSWERED), "late is better than never");
}
#[test]
fn the_enterprise_is_told_behind_its_request_and_the_task_ends() {
    let mut g = served();
    g.takes(&market(), "respond", json!({"response": "采纳"}));
    let (_, acted) = g.when(&intake(), "inform", json!({"informed_on": "2026-03-06", "text": domain::engine::vault_ref("t")})).unwrap();
    assert_eq!(
        (acted.requests[0].kind, acted.requests[0].action, acted.requests[0].link),
        ("observation_request", "close", Some("observation_request"))
    );
    assert_eq!(acted.requests[0].form["ended"], json!(domain::engine::vault_ref("t")));
    g.takes(&intake(), "inform", json!({"informed_on": "2026-03-06", "text": domain::engine::vault_ref("t")}));
    g.takes(&intake(), "archive", json!({}));
    assert!(g.mine(&observer(1)).is_empty() && g.mine(&market()) == [Respondent]);
    let started = blank().when(&intake(), "assign", opening()).unwrap();
    assert_eq!(started.1.requests[0].action, "assign");
}
#[test]
fn sight_of_the_task_ends_with_the_task() {
    let mut g = recorded();
    assert_eq!(refused(&g, &Person::time(GSL), "end_access", json!({})), "too_early");
    g.on(3, 13).takes(&Person::time(GSL), "end_access", json!({}));
    assert!(g.mine(&observer(2)).is_empty() && g.mine(&observer(1)) == [Observer], "the leader still owes the opinion");
    g.takes(&observer(1), "opine", json!({"opinion": "程序完整。"}));
    g.takes(&convener(), "approve", json!({"doc_no": "观〔2026〕1号"}));
    assert!(g.mine(&observer(1)).is_empty());
}
#[test]
fn boundary_5_a_conflict_takes_an_observers_standing() {
    let mut g = promising();
    assert_eq!(g.mine(&observer(1)), [Observer]);
    g.recused = true;
    assert!(g.mine(&observer(1)).is_empty() && refused(&g, &observer(1), "promise", promise()) == "not_yours");
    g.recused = false;
    let form = json!({"observer": "o1", "conflict": "台账第 9 条"});
    g.takes(&Person::house(GSL), "replace", form);
    assert!(g.mine(&observer(1)).is_empty() && g.mine(&observer(4)) == [Observer]);
}
#[test]
fn no_opinion_is_served_without_draw_promises_records_and_approval() {
    for actions in [
        &["draw_observers"][..],
        &["promise", "confirm"],
        &["notify"],
        &["begin"],
        &["hand_in", "absent"],
        &["opine"],
        &["approve"],
        &["serve"],
    ] {
        assert!(unavoidable::<Observation>(actions, Phase::Archived), "{actions:?}");
    }
    assert!(unavoidable::<Observation>(&["inform"], Phase::Archived));
}
#[test]
fn the_title_names_no_enterprise_and_the_digest_is_read_by_nobody() {
    let g = assigned();
    assert_eq!(g.matter().index().title, "随队观摩：{org}");
    for who in [intake(), convener()] {
        assert!(g.reads(&who).iter().all(|r| r.0 != "firms"));
    }
}
