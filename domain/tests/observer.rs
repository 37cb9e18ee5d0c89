//! 行政执法监督员 (enterprise.md B9): from the announcement to the end of a term; vetting, ties, training, dismissal after a hearing.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, Shape, vault_ref};
use domain::procedures::observer::Observer;
use domain::registers::parameters;
use given::*;
use jiff::civil::date;
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
fn observer(n: u8) -> Person {
    who(&format!("o{n}"), "R19", ZFW)
}
const CLEAN: [(&str, bool); 5] = [("of_age", true), ("penalised", false), ("expelled", false), ("dishonest", false), ("official", false)];
fn answers(other: &[(&str, bool)]) -> Json {
    let mut all: serde_json::Map<String, Json> = CLEAN.iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
    all.extend(other.iter().map(|(n, v)| ((*n).to_owned(), json!(v))));
    all.into()
}
fn enrolled() -> Given {
    let mut g = given("observer");
    g.takes(&intake(), "enrol", json!({"name": vault_ref("n"), "idno": vault_ref("i"), "route": "自荐", "announcement": "公告", "announced_on": "2026-02-01", "regions": "永砚县、 澄湖区"}));
    g
}
fn published() -> Given {
    let mut g = enrolled();
    g.takes(&intake2(), "vet", answers(&[]));
    g.takes(&intake(), "publish", json!({}));
    g
}
fn term(from: &str, until: &str) -> Json {
    json!({"account": "o1", "promised": true, "from": from, "until": until})
}
fn serving() -> Given {
    let mut g = published();
    g.on(3, 10).takes(&convener(), "approve", json!({}));
    g.takes(&convener(), "appoint", term("2026-03-10", "2029-03-09"));
    g
}
fn state(g: &Given) -> Observer {
    let body: Json = serde_json::from_str(&g.matter().body()).unwrap();
    serde_json::from_value(body["state"].clone()).unwrap()
}
/// Why he is not in the pool; nothing when he is.
fn pool(g: &Given) -> Option<&'static str> {
    state(g).may_be_drawn(g.today).err().map(|r| r.code)
}

#[test]
fn an_enrolment_says_which_announcement_or_who_nominated_and_its_number_has_its_check_digit() {
    let g = given("observer");
    let field = |mut form: Json| {
        form["idno"] = json!(vault_ref("i"));
        g.when(&intake(), "enrol", form).err().unwrap().fields[0].0.clone()
    };
    assert_eq!(field(json!({"route": "自荐"})), "announcement");
    assert_eq!(field(json!({"route": "单位推荐", "announcement": "公告", "announced_on": "2026-02-01"})), "nominated_by");
    assert_eq!(field(json!({"route": "定向", "announced_on": "2026-03-03"})), "announced_on", "none to come");
    assert!(g.when(&intake(), "enrol", json!({"route": "定向", "idno": vault_ref("i")})).is_ok());
    assert_eq!(g.refuses(&handler(), "enrol", json!({"route": "定向", "idno": vault_ref("i")})), "not_yours");
    let idno = g.kind.fields().into_iter().find(|f| f.name == "idno").unwrap();
    assert_eq!(idno.wrong(&json!("361202199001010011")).is_some(), domain::identifiers::citizen::check("361202199001010011").is_err());
    assert!(idno.wrong(&json!("361202198702066017")).is_some_and(|say| say.contains("校验位")));
    assert_eq!(idno.wrong(&json!("361202198702066016")), None);
}
#[test]
fn what_the_house_has_set_bars_and_what_it_has_lifted_does_not() {
    let mut g = enrolled();
    for bar in [("of_age", false), ("penalised", true), ("expelled", true), ("dishonest", true), ("official", true)] {
        let refusal = g.when(&intake2(), "vet", answers(&[bar])).err().unwrap();
        assert_eq!(refusal.fields[0].0, bar.0);
        assert!(refusal.fields[0].1.contains("本机构设定，非法定"));
    }
    assert_eq!(g.refuses(&intake(), "vet", answers(&[])), "same_hands");
    g.parameters.insert(parameters::OBSERVER_OFFICIALS.into(), 2);
    assert!(g.when(&intake2(), "vet", answers(&[("official", true)])).is_ok());
    assert!(g.when(&intake2(), "vet", answers(&[("penalised", true)])).is_err());
    g.takes(&intake(), "reject", json!({}));
    assert_eq!((g.phase().as_str(), g.buttons(&intake())), ("Rejected", vec![]));
}
#[test]
fn nobody_is_approved_before_the_publicity_ends_and_the_lead_appoints_what_others_prepared() {
    let mut g = published();
    assert_eq!(g.due("publicity"), date(2026, 3, 9));
    g.takes(&intake(), "note_objection", json!({}));
    g.on(3, 9);
    assert_eq!(g.refuses(&convener(), "approve", json!({})), "too_early");
    g.on(3, 10);
    assert_eq!(g.refuses(&intake(), "approve", json!({})), "not_yours");
    assert_eq!(g.refuses(&also(&intake2(), &convener()), "approve", json!({})), "same_hands");
    g.takes(&convener(), "approve", json!({}));
    assert_eq!(
        g.refuses(&convener(), "appoint", json!({"account": "o1", "promised": false, "from": "2026-03-10", "until": "2029-03-09"})),
        "bad_form"
    );
    for (until, fits) in [("2026-03-10", false), ("2029-03-10", true), ("2029-03-11", false)] {
        assert_eq!(g.when(&convener(), "appoint", term("2026-03-10", until)).is_ok(), fits, "{until}");
    }
    g.parameters.insert(parameters::OBSERVER_YEARS.into(), 5);
    g.takes(&convener(), "appoint", term("2026-03-10", "2031-03-09"));
    assert_eq!((g.phase().as_str(), pool(&g), g.matter().marks()), ("Serving", None, vec!["serving"]));
    assert_eq!(state(&g).regions(), ["永砚县", "澄湖区"]);
}
#[test]
fn he_sees_himself_and_nobody_else_and_the_office_alone_sees_the_vetting() {
    assert_eq!(published().reads(&observer(1)), vec![]);
    let g = serving();
    let read: Vec<_> = g.reads(&observer(1)).into_iter().map(|r| r.0).collect();
    assert!(read.contains(&"name") && read.contains(&"cert_no"), "{read:?}");
    let told = g.timeline(&observer(1));
    assert_eq!(told.iter().map(|t| t.0.as_str()).collect::<Vec<_>>(), ["appoint"], "{told:?}");
    assert!(g.timeline(&intake()).iter().any(|t| t.0 == "approve"), "whoever prepares follows what is decided");
    for other in [observer(2), handler(), lead(), secretary(), unit(), who("keeper", "R16", ZFW), who("intake", "R14", COURT)] {
        assert_eq!((g.reads(&other), g.buttons(&other)), (vec![], vec![]), "{}", other.id);
    }
    assert!(!g.matter().index().title.contains('n'), "no name in a title");
}
#[test]
fn a_tie_names_a_unit_or_an_enterprise_and_its_code_is_never_in_the_open() {
    let mut g = serving();
    assert_eq!(g.refuses(&observer(1), "declare", json!({"relation": "亲属"})), "bad_form");
    assert_eq!(g.refuses(&observer(1), "declare", json!({"relation": "亲属", "uscc": vault_ref("u"), "related_org": COURT})), "bad_form");
    g.takes(&observer(1), "declare", json!({"relation": "亲属", "related_org": COURT}));
    g.takes(&intake(), "declare", json!({"relation": "投资", "enterprise": vault_ref("e"), "uscc": vault_ref("u"), "firm": "d1 d2"}));
    assert_eq!(state(&g).ties()[1].firm.as_deref(), Some("d1 d2"));
    let said = format!("{:?}{:?}", g.reads(&intake()), g.timeline(&intake()));
    assert!(said.contains("enterprise") && !said.contains("firm") && !said.contains("d1 d2"), "nobody reads a digest");
    for f in g.kind.fields().into_iter().filter(|f| ["enterprise", "uscc", "unit", "idno", "name", "phone"].contains(&f.name)) {
        assert_eq!(f.vault, Some("personal"), "{}", f.name);
        assert!(matches!(f.shape, Shape::Short));
    }
}
#[test]
fn training_and_assessment_are_owed_once_a_year() {
    let mut g = serving();
    assert_eq!((g.due("training"), g.due("assessment")), (date(2027, 3, 10), date(2027, 3, 10)));
    g.on(6, 1).takes(&intake(), "train", json!({"trained_on": "2026-05-30"}));
    assert_eq!((g.due("training"), g.due("assessment")), (date(2027, 6, 1), date(2027, 3, 10)));
    assert_eq!(g.refuses(&intake(), "assess", json!({"year": 2027})), "bad_form");
    g.takes(&intake(), "assess", json!({"year": 2026, "assessment": "优秀"}));
    assert_eq!(g.refuses(&intake(), "assess", json!({"year": 2026})), "bad_form", "once a year");
    assert!(g.timeline(&observer(1)).iter().any(|t| t.0 == "assess" && t.1.contains(&"assessment")), "he is told");
}
#[test]
fn three_absences_without_a_reason_within_a_year_are_a_ground_and_two_are_not() {
    let mut g = serving();
    g.on(6, 1);
    let propose = json!({"dismissal": "缺派"});
    for (on, excuse) in [("2026-03-20", None), ("2026-04-20", None), ("2026-05-01", Some(vault_ref("x")))] {
        let mut form = json!({"on": on});
        excuse.into_iter().for_each(|e| form["excuse"] = json!(e));
        g.takes(&house(), "note_absence", form);
    }
    assert_eq!((state(&g).absences(g.today), g.refuses(&intake(), "propose_dismissal", propose.clone())), (2, "bad_form"));
    g.takes(&intake(), "note_absence", json!({"on": "2026-05-20"}));
    assert!(g.when(&intake(), "propose_dismissal", propose.clone()).is_ok());
    g.today = date(2027, 3, 20);
    assert_eq!((state(&g).absences(g.today), g.refuses(&intake(), "propose_dismissal", propose)), (2, "bad_form"), "a year ago to the day");
    assert!(g.when(&intake(), "propose_dismissal", json!({"dismissal": "泄密"})).is_ok());
}
#[test]
fn he_is_dismissed_only_after_he_was_told_could_speak_and_was_answered_and_by_another() {
    let mut g = serving();
    assert_eq!(g.refuses(&convener(), "dismiss", json!({})), "not_now");
    let proposer = also(&intake(), &convener());
    g.takes(&proposer, "propose_dismissal", json!({"dismissal": "泄密"}));
    assert_eq!((pool(&g), g.due("hearing")), (Some("not_serving"), date(2026, 3, 17)));
    assert!(g.timeline(&observer(1)).iter().any(|t| t.0 == "propose_dismissal" && t.1.contains(&"facts")), "he reads why");
    g.takes(&observer(1), "state_case", json!({}));
    assert_eq!(g.refuses(&convener(), "dismiss", json!({})), "too_early");
    g.on(3, 18);
    assert_eq!(g.refuses(&observer(1), "state_case", json!({})), "too_late");
    assert_eq!((g.refuses(&convener(), "dismiss", json!({})), g.refuses(&convener(), "keep", json!({}))), ("unanswered", "unanswered"));
    g.takes(&intake(), "answer_case", json!({}));
    assert_eq!(g.refuses(&intake(), "answer_case", json!({})), "nothing_stated");
    assert_eq!((g.refuses(&proposer, "dismiss", json!({})), g.refuses(&intake2(), "dismiss", json!({}))), ("same_hands", "not_yours"));
    let mut kept = given("observer");
    kept.entries.clone_from(&g.entries);
    kept.on(3, 18).takes(&convener(), "keep", json!({}));
    assert_eq!((kept.phase().as_str(), pool(&kept)), ("Serving", None));
    g.takes(&convener(), "dismiss", json!({}));
    assert_eq!((g.phase().as_str(), g.clock("term").live()), ("Dismissed", false));
    assert!(g.counted().iter().any(|c| c.0 == "监督员解聘"));
}
#[test]
fn a_term_ends_by_itself_and_is_prolonged_once() {
    let time = Person::time(ZFW);
    let mut g = serving();
    assert_eq!(g.refuses(&convener(), "renew", json!({"until": "2029-03-09"})), "bad_form");
    assert_eq!(g.refuses(&convener(), "renew", json!({"until": "2032-03-10"})), "bad_form", "three years more at most");
    let mut longer = given("observer");
    longer.entries.clone_from(&g.entries);
    longer.on(3, 10).takes(&convener(), "renew", json!({"until": "2032-03-09"}));
    assert_eq!(longer.due("term"), date(2032, 3, 9));
    assert_eq!(longer.refuses(&convener(), "renew", json!({"until": "2033-03-09"})), "no_more_terms");
    longer.parameters.insert(parameters::OBSERVER_RENEWALS.into(), 2);
    assert!(longer.when(&convener(), "renew", json!({"until": "2033-03-09"})).is_ok());
    g.today = date(2029, 3, 9);
    assert_eq!((g.refuses(&time, "expire", json!({})), pool(&g)), ("too_early", None));
    g.later(1);
    assert_eq!((pool(&g), g.matter().lapsed(g.today)), (Some("term_over"), vec!["expire"]), "the day itself ends it");
    g.takes(&time, "expire", json!({}));
    assert_eq!(g.phase(), "Expired");
    let mut g = serving();
    g.takes(&convener(), "suspend", json!({}));
    assert_eq!(pool(&g), Some("not_serving"));
    g.takes(&convener(), "restore", json!({}));
    assert_eq!(pool(&g), None);
    g.takes(&observer(1), "resign", json!({}));
    assert_eq!((g.phase().as_str(), g.clock("term").live()), ("Left", false));
}
#[test]
fn an_old_roll_enters_by_the_house_and_is_taken_back_while_untouched() {
    let row = json!({"name": vault_ref("n"), "idno": vault_ref("i"), "from": "2024-06-01", "until": "2027-05-31", "enterprise": vault_ref("e"), "tied_firm": "d", "trained": true});
    for (action, phase, why) in [
        ("enter_serving", "Serving", Some("no_account")),
        ("enter_suspended", "Suspended", Some("not_serving")),
        ("enter_dismissed", "Dismissed", Some("not_serving")),
        ("enter_expired", "Expired", Some("not_serving")),
    ] {
        let mut g = given("observer");
        assert_eq!(g.refuses(&intake(), action, row.clone()), "not_yours");
        g.takes(&house(), action, row.clone());
        assert_eq!((g.phase().as_str(), pool(&g)), (phase, why));
        assert_eq!(state(&g).ties()[0].firm.as_deref(), Some("d"));
        g.takes(&house(), "void", json!({}));
        assert_eq!((g.phase().as_str(), g.counted()), ("Voided", vec![]));
    }
    let mut g = given("observer");
    g.takes(&house(), "enter_serving", row);
    g.takes(&convener(), "bind_account", json!({"account": "o1"}));
    assert_eq!((pool(&g), g.refuses(&convener(), "bind_account", json!({}))), (None, "account_bound"));
    assert_eq!(g.refuses(&house(), "void", json!({})), "built_on");
}
