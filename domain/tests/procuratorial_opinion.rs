//! 检察监督意见 (B6, T5–T13): each kind of paper has its limit, objection and re-examination, reminder and reasons, what it publishes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::calendar::{Calendar, Unit};
use domain::engine::{Person, Spell};
use domain::registers::codes::OPINION_KIND;
use given::*;
use jiff::civil::{Date, date};
use serde_json::{Value as Json, json};

const BY_PAPER: &str = "纠正违法通知书";
/// `(kind, limit, length, unit)` as B14 has them.
const LIMITS: [(&str, &str, i8, Unit); 7] = [
    ("检察建议书", "T5", 2, Unit::Months),
    ("再审检察建议书", "T11", 3, Unit::Months),
    ("民事执行检察建议书", "T10a", 3, Unit::Months),
    ("公益诉讼检察建议书", "T12a", 2, Unit::Months),
    ("公益诉讼检察建议书(紧急)", "T12b", 15, Unit::CalendarDays),
    ("未成年人保护检察建议书", "T13", 1, Unit::Months),
    ("通知立案书", "T9", 15, Unit::CalendarDays),
];
fn paper(kind: &str, served: Date) -> Json {
    json!({"proc_org": PROCURACY, "kind": kind, "doc_no": "云检建〔2026〕5号", "org": COURT, "matter": "未依法送达。", "served_on": served.to_string()})
}
fn served(kind: &str, on: Date) -> Given {
    let mut g = given("procuratorial_opinion");
    g.today = on;
    g.takes(&procurator(), "register", paper(kind, on));
    g
}
/// An ordinary suggestion, served on Monday, 2 March 2026: due on 6 May, after the holiday.
fn opinion() -> Given {
    served("检察建议书", date(2026, 3, 2))
}
fn time() -> Person {
    Person::time(ZFW)
}
/// What the calendar would give by hand: the same day of a later month, at most its last; then the next working day.
fn by_hand(served: Date, n: i8, unit: Unit) -> Date {
    let mut end = match unit {
        Unit::Months => {
            let months = i32::from(served.year()) * 12 + i32::from(served.month()) - 1 + i32::from(n);
            let (year, month) = (i16::try_from(months / 12).unwrap(), i8::try_from(months % 12 + 1).unwrap());
            let last = match month {
                2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            date(year, month, served.day().min(last))
        }
        _ => (0..n).fold(served, |d, _| d.tomorrow().unwrap()),
    };
    while !Calendar::built_in().works(end) {
        end = end.tomorrow().unwrap();
    }
    end
}

#[test]
fn every_kind_has_its_limit_from_every_day_of_two_years() {
    let kinds: Vec<&str> = OPINION_KIND.rows.iter().map(|r| r.0).collect();
    let known: Vec<&str> = LIMITS.iter().map(|l| l.0).chain([BY_PAPER]).collect();
    assert!(kinds.len() == known.len() && kinds.iter().all(|k| known.contains(k)));
    for (kind, code, n, unit) in LIMITS {
        let mut day = date(2024, 1, 1);
        while day < date(2026, 1, 1) {
            let mut g = given("procuratorial_opinion");
            g.today = day;
            let (matter, _) = g.when(&procurator(), "register", paper(kind, day)).unwrap();
            let clock = &matter.clocks()["reply"];
            assert_eq!(clock.due, by_hand(day, n, unit), "{kind} served on {day}");
            assert_eq!((clock.spans[0].code.as_str(), clock.began), (code, day), "{kind}");
            day = day.tomorrow().unwrap();
        }
    }
}
#[test]
fn months_end_with_the_month_and_a_last_day_off_moves_on() {
    for (kind, served_on, due) in [
        ("检察建议书", date(2025, 12, 31), date(2026, 2, 28)), // a Saturday on which one works
        ("未成年人保护检察建议书", date(2025, 1, 31), date(2025, 2, 28)),
        ("未成年人保护检察建议书", date(2024, 1, 31), date(2024, 2, 29)),
        ("检察建议书", date(2025, 8, 1), date(2025, 10, 9)),         // National Day
        ("公益诉讼检察建议书", date(2025, 12, 8), date(2026, 2, 9)), // a Sunday
        ("公益诉讼检察建议书(紧急)", date(2026, 3, 2), date(2026, 3, 17)),
        ("通知立案书", date(2026, 2, 2), date(2026, 2, 24)), // in the Spring Festival
        ("再审检察建议书", date(2025, 11, 30), date(2026, 2, 28)),
        ("民事执行检察建议书", date(2026, 3, 2), date(2026, 6, 2)),
    ] {
        assert_eq!(served(kind, served_on).due("reply"), due, "{kind} {served_on}");
    }
    // The day of service is not counted, whenever it is registered.
    let mut g = given("procuratorial_opinion");
    g.on(3, 20).takes(&handler(), "register", paper("通知立案书", date(2026, 3, 2)));
    assert_eq!((g.clock("reply").began, g.due("reply")), (date(2026, 3, 2), date(2026, 3, 17)));
    assert_eq!(g.refuses(&handler(), "register", json!({})), "not_now");
}
#[test]
fn a_notice_of_violation_goes_by_its_own_paper_and_no_other_paper_does() {
    let g = given("procuratorial_opinion");
    let wrong = |kind: &str, by: Option<&str>| {
        let mut form = paper(kind, date(2026, 3, 2));
        if let Some(by) = by {
            form["reply_by"] = json!(by);
        }
        g.when(&procurator(), "register", form).map(|(m, _)| m.clocks()["reply"].clone()).map_err(|r| r.fields[0].0.clone())
    };
    assert_eq!(wrong(BY_PAPER, None).unwrap_err(), "reply_by");
    assert_eq!(wrong(BY_PAPER, Some("2026-03-02")).unwrap_err(), "reply_by", "not before the day after service");
    assert_eq!(wrong("检察建议书", Some("2026-03-20")).unwrap_err(), "reply_by", "the law sets it");
    let clock = wrong(BY_PAPER, Some("2026-03-21")).unwrap();
    assert_eq!((clock.due, clock.spans[0].spell), (date(2026, 3, 21), Spell::Paper), "the day the paper names, a Saturday too");
    assert!(clock.why(Calendar::built_in()).iter().any(|l| l.detail.contains("文书所定期限")));
}
#[test]
fn a_changed_limit_and_a_new_notice_reach_the_chosen_limit() {
    let mut g = given("procuratorial_opinion");
    g.limits.0.get_mut("T5").unwrap().length = Some(1);
    g.takes(&procurator(), "register", paper("检察建议书", date(2026, 3, 2)));
    assert_eq!(g.due("reply"), date(2026, 4, 2));
    g.limits.0.remove("T13");
    assert_eq!(given_refusal(&g, "未成年人保护检察建议书"), "no_limit");
    // A year whose notice is not out: provisional until it comes, then reckoned again.
    let mut g = served("再审检察建议书", date(2026, 11, 9));
    assert!(g.clock("reply").provisional && g.due("reply") == date(2027, 2, 9));
    let notice = "2027|元旦|01-01..01-03|\n2027|春节|02-05..02-11|01-31、02-14\n2027|劳动节|05-01..05-05|\n2027|国庆节|10-01..10-07|";
    g.notice(notice).unwrap();
    assert_eq!((g.due("reply"), g.clock("reply").provisional), (date(2027, 2, 12), false));
}
fn given_refusal(g: &Given, kind: &str) -> &'static str {
    let fresh = Given { entries: vec![], limits: g.limits.clone(), ..given("procuratorial_opinion") };
    fresh.when(&procurator(), "register", paper(kind, date(2026, 3, 2))).err().unwrap().code
}
/// The sample ledger: its last days, rolled, as its authors reckoned them.
#[test]
fn the_ledgers_last_days_are_ours() {
    let truth: Json = serde_json::from_str(include_str!("../../sheets/tests/samples/检察监督意见台账.truth.json")).unwrap();
    let mut seen = 0;
    for row in truth["行"].as_array().unwrap() {
        let v = &row["值"];
        let (Some(served_on), Some(due)) = (v["served"].as_str(), v["due_rolled"].as_str()) else { continue };
        let day: Date = served_on.parse().unwrap();
        let mut form = paper(v["kind"].as_str().unwrap(), day);
        if v["kind"] == BY_PAPER {
            form["reply_by"] = json!(due);
        }
        let mut g = given("procuratorial_opinion");
        g.today = day;
        g.takes(&procurator(), "register", form);
        assert_eq!(g.due("reply").to_string(), due, "{v}");
        seen += 1;
    }
    assert_eq!(seen, 120);
}
#[test]
fn only_the_reply_to_a_civil_enforcement_suggestion_is_extended_and_once() {
    let mut g = served("民事执行检察建议书", date(2026, 3, 2));
    assert_eq!(g.refuses(&handler(), "extend", json!({})), "not_yours");
    g.takes(&procurator(), "extend", json!({}));
    assert_eq!(g.due("reply"), date(2026, 7, 2));
    assert_eq!(g.refuses(&procurator(), "extend", json!({})), "extended");
    assert_eq!(opinion().refuses(&procurator(), "extend", json!({})), "not_extendable");
}
#[test]
fn who_registers_who_reads_and_who_learns_nothing() {
    let g = given("procuratorial_opinion");
    let form = paper("检察建议书", date(2026, 3, 2));
    for who in [lead(), unit(), who("elsewhere", "R11", "JC2")] {
        assert_eq!(g.when(&who, "register", form.clone()).err().unwrap().code, "not_yours", "{}", who.id);
    }
    assert!(g.when(&handler(), "register", form.clone()).is_ok());
    // Any procuratorate is offered the form; the gate asks whose paper it is.
    assert_eq!(g.buttons(&who("elsewhere", "R11", "JC2")), ["register"]);
    assert_eq!((g.buttons(&unit()), g.buttons(&seconded())), (vec![], vec![]));
    let g = opinion();
    for who in [other_unit(), who("elsewhere", "R11", "JC2"), expert(1), who("zzb", "R12", "ZZB"), seconded()] {
        assert_eq!((g.reads(&who), g.buttons(&who)), (vec![], vec![]), "{}", who.id);
    }
    assert!(g.reads(&unit()).iter().any(|(f, _)| *f == "matter"), "it was served on the unit");
    assert_eq!(g.buttons(&unit()), ["adopt", "object", "decline"]);
    let mut late = form;
    late["served_on"] = json!("2026-03-03");
    assert_eq!(given("procuratorial_opinion").wrong(&procurator(), "register", late), ["served_on"]);
}
#[test]
fn what_is_asked_and_answered_is_taken_down_as_it_was_said() {
    let g = opinion();
    let said = json!({"replied_on": "2026-03-02", "reasons": "本院认为应当改判的意见不能成立。"});
    assert!(g.when(&unit(), "decline", said).is_ok());
    let mut form = paper("检察建议书", date(2026, 3, 2));
    form["matter"] = json!("建议依法纠正，应当采信该证据。");
    assert!(given("procuratorial_opinion").when(&procurator(), "register", form).is_ok());
}
#[test]
fn an_adoption_is_carried_out_checked_and_closed_or_stays_undone() {
    let mut g = opinion();
    g.on(3, 10);
    let adopt = |adoption: &str| json!({"adoption": adoption, "replied_on": "2026-03-10", "correct_by": "2026-03-31"});
    assert_eq!(g.wrong(&unit(), "adopt", adopt("部分采纳")), ["reasons"]);
    let days = json!({"adoption": "已采纳", "replied_on": "2026-03-11", "correct_by": "2026-03-31"});
    assert_eq!(g.wrong(&unit(), "adopt", days), ["replied_on"]);
    let early = json!({"adoption": "已采纳", "replied_on": "2026-03-01", "correct_by": "2026-03-31"});
    assert_eq!(g.wrong(&procurator(), "adopt", early), ["replied_on"], "not before service");
    let back = json!({"adoption": "已采纳", "replied_on": "2026-03-10", "correct_by": "2026-03-09"});
    assert_eq!(g.wrong(&unit(), "adopt", back), ["correct_by"]);
    g.takes(&unit(), "adopt", adopt("已采纳"));
    assert_eq!((g.phase().as_str(), g.clock("reply").stopped, g.due("correct")), ("Adopted", Some(date(2026, 3, 10)), date(2026, 3, 31)));
    assert!(!g.matter().marks().contains(&"unanswered"));
    g.on(3, 31);
    assert_eq!(g.refuses(&time(), "lapse_correction", json!({})), "too_early");
    let mut undone = Given { entries: g.entries.clone(), ..given("procuratorial_opinion") };
    undone.on(4, 1).takes(&time(), "lapse_correction", json!({}));
    assert!(undone.matter().marks().contains(&"uncorrected"));
    g.takes(&unit(), "correct", json!({"result": "已补正送达。"}));
    let mut found = Given { entries: g.entries.clone(), ..given("procuratorial_opinion") };
    found.on(4, 1).takes(&procurator(), "not_corrected", json!({"finding": "仍有三件。"}));
    assert_eq!((found.phase().as_str(), found.matter().marks().contains(&"uncorrected")), ("Unheeded", true));
    assert_eq!(g.refuses(&unit(), "close", json!({})), "not_yours");
    g.takes(&procurator(), "close", json!({"result": "核对无误。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec!["closed"]));
    let counted: Vec<_> = g.counted();
    let on = |m, day: &str| (m, day.to_owned());
    let (served, replied) = ("2026-03-02", "2026-03-10");
    assert_eq!(counted, [on("检察意见", served), on("检察意见回复", replied), on("意见已回复", served), on("意见回复用时", replied)]);
    assert!(g.matter().facts().iter().any(|f| f.measure == "意见回复用时" && f.value == 8));
}
#[test]
fn an_objection_is_re_examined_in_seven_days_and_upheld_once() {
    let mut g = opinion();
    g.on(3, 9).takes(&unit(), "object", json!({"replied_on": "2026-03-06", "reasons": "认为已依法送达。"}));
    assert_eq!((g.phase().as_str(), g.due("re_examine")), ("Contested", date(2026, 3, 13)), "seven days from the objection (T8)");
    assert_eq!(g.refuses(&unit(), "decline", json!({})), "not_now");
    assert_eq!(g.refuses(&handler(), "uphold", json!({})), "not_yours");
    let mut gone = Given { entries: g.entries.clone(), ..given("procuratorial_opinion") };
    gone.on(3, 10).takes(&procurator(), "withdraw", json!({"finding": "异议成立。"}));
    assert_eq!(gone.phase(), "Closed");
    g.on(3, 13).takes(&procurator(), "uphold", json!({"finding": "维持。"}));
    assert_eq!((g.phase().as_str(), g.due("again")), ("Awaiting", date(2026, 4, 3)));
    assert!(g.matter().marks().contains(&"unanswered"), "it owes a reply once more");
    assert_eq!(g.refuses(&unit(), "object", json!({})), "upheld");
    g.on(4, 4).takes(&time(), "lapse_again", json!({}));
    assert!(g.matter().marks().contains(&"due_passed"));
}
#[test]
fn silence_is_recorded_by_time_reminded_with_proof_and_its_want_of_reasons_by_the_procurator() {
    let mut g = opinion();
    let remind = json!({"reminded_on": "2026-05-08", "remind_by": "2026-05-22"});
    assert_eq!(g.refuses(&procurator(), "remind", remind.clone()), "nothing_to_remind");
    assert_eq!(g.on(5, 6).refuses(&time(), "lapse_reply", json!({})), "too_early");
    g.on(5, 7).takes(&time(), "lapse_reply", json!({}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Unheeded", vec!["due_passed", "unanswered"]));
    g.on(5, 8);
    assert_eq!(g.refuses(&handler(), "remind", remind.clone()), "not_yours", "the office only keeps it in view");
    assert_eq!(g.refuses(&procurator(), "no_reasons", json!({})), "not_reminded");
    let mut bare = remind.clone();
    bare["reminder_no"] = json!("云检催〔2026〕1号");
    assert_eq!(g.wrong(&procurator(), "remind", bare.clone()), ["proof"]);
    bare["proof"] = json!(["f1"]);
    bare["remind_by"] = json!("2026-05-08");
    assert_eq!(g.wrong(&procurator(), "remind", bare), ["remind_by"]);
    g.takes(&procurator(), "remind", remind);
    assert_eq!((g.phase().as_str(), g.due("reminder")), ("Reminded", date(2026, 5, 22)));
    assert_eq!(g.refuses(&procurator(), "no_reasons", json!({})), "not_now");
    let mut spoke = Given { entries: g.entries.clone(), ..given("procuratorial_opinion") };
    spoke.on(5, 12).takes(&unit(), "reasons", json!({"said_on": "2026-05-12", "reasons": "人手不足。"}));
    spoke.on(5, 23).takes(&time(), "lapse_reminder", json!({}));
    assert_eq!(spoke.refuses(&procurator(), "no_reasons", json!({})), "reasons_given");
    assert_eq!(spoke.matter().marks(), ["due_passed", "unanswered", "reminded", "reminder_passed", "reasons_given"]);
    g.on(5, 23).takes(&time(), "lapse_reminder", json!({}));
    assert_eq!(g.refuses(&unit(), "no_reasons", json!({})), "not_yours", "nobody states his own silence");
    g.takes(&procurator(), "no_reasons", json!({}));
    g.takes(&procurator(), "report_up", json!({"passed_on": "2026-05-23", "superior": "省人民检察院"}));
    assert_eq!(g.matter().marks(), ["due_passed", "unanswered", "reminded", "reminder_passed", "no_reasons", "re_examined"]);
    assert!(!g.reads(&unit()).iter().any(|(f, _)| ["passed", "superior", "passed_on"].contains(f)), "that is the procuratorate's own");
    // Late is better than never: the reply is taken, and what it says of the reasons counts.
    g.takes(&unit(), "decline", json!({"replied_on": "2026-05-23", "reasons": "已依法履职。"}));
    assert_eq!(g.matter().marks(), ["due_passed", "declined", "reminded", "reminder_passed", "reasons_given", "re_examined"]);
    // What is asked of the committee leaves its trace here.
    g.takes(&house(), "escalate", json!({}));
    assert!(g.reads(&procurator()).iter().any(|(name, _)| *name == "escalated_on"));
}
#[test]
fn what_an_old_ledger_says_enters_where_it_stands_and_is_taken_back_untouched() {
    let row = |extra: Json| {
        let mut form = paper("检察建议书", date(2024, 3, 14));
        form.as_object_mut().unwrap().extend(extra.as_object().cloned().unwrap());
        form.as_object_mut().unwrap().insert("due".into(), json!("2024-05-04"));
        form
    };
    let enter = |action: &str, extra: Json| {
        let mut g = given("procuratorial_opinion");
        g.takes(&house(), action, row(extra));
        g
    };
    let g = enter(
        "enter_unheeded",
        json!({"status": "逾期未回复", "reminded_on": "2024-06-01", "none_given": true, "reported_on": "2024-07-01"}),
    );
    assert_eq!(g.matter().marks(), ["due_passed", "unanswered", "reminded", "reminder_passed", "no_reasons", "escalated"]);
    assert!(g.reads(&handler()).contains(&("reply_by", json!("2024-05-06"))), "the ledger's day, rolled over the holiday");
    assert_eq!(g.counted(), [("检察意见", "2024-03-14".to_owned()), ("报请执法监督", "2024-07-01".to_owned())]);
    let g = enter("enter_unheeded", json!({"status": "不采纳", "replied_on": "2024-04-01", "reasons": "已依法履职"}));
    assert_eq!(g.matter().marks(), ["declined", "reasons_given"]);
    let g = enter("enter_closed", json!({"status": "已采纳", "replied_on": "2024-04-01"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Closed", vec!["closed"]));
    let mut g = enter("enter_awaiting", json!({"status": "未到期"}));
    assert_eq!(g.due("reply"), date(2024, 5, 14), "the house reckons for itself");
    assert_eq!(g.refuses(&handler(), "void", json!({})), "not_yours");
    let mut built = Given { entries: g.entries.clone(), ..given("procuratorial_opinion") };
    built.takes(&procurator(), "record_uncooperative", json!({"refused_on": "2024-04-02"}));
    assert_eq!(built.refuses(&house(), "void", json!({})), "built_on");
    g.takes(&house(), "void", json!({}));
    assert_eq!((g.matter().facts(), g.reads(&unit())), (vec![], vec![]));
    // The history of a notice of violation needs the day its paper names.
    let mut form = paper(BY_PAPER, date(2024, 3, 14));
    form["status"] = json!("未到期");
    assert_eq!(given("procuratorial_opinion").wrong(&house(), "enter_awaiting", form), ["due"]);
}
