//! A half year of concluded reviews, as a comparison of units needs them.
use super::super::house::{OFFICE, Town};
use super::{on, opens, person, standard};
use app::matters::{Ask, Desk, Where};
use domain::engine::Person;
use serde_json::{Value as Json, json};
use std::sync::Arc;

const EXPERTS: [&str; 9] = ["expert1", "expert2", "expert3", "expert4", "expert5", "expert6", "expert7", "expert8", "expert9"];

/// How a review ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Praised,
    /// With a problem noted, and nothing to put right.
    Plain,
    /// 转整改.
    Rectified,
}
/// Everybody who has a hand in a review, known once.
struct Cast {
    house: Person,
    handler: Person,
    lead: Person,
    chair: Person,
    experts: Vec<(String, Person)>,
    standard: String,
    today: String,
    due: String,
}
fn press(desk: &mut Desk, who: &Person, place: Where, action: &str, form: &Json) -> String {
    let form = form.as_object().cloned().unwrap();
    desk.act(Ask { who, place, action, form, version: None, key: None }).unwrap_or_else(|e| panic!("{action}: {e:?}")).number
}
/// One review from the register of the dossier to its conclusion.
fn review(desk: &mut Desk, cast: &Cast, unit: &Person, n: usize, kind: &str, end: End) -> String {
    let org = unit.org.as_str();
    let case_no = format!("（2025）赣1202刑初{n}号");
    let said = json!({
        "case_no": case_no, "case_type": kind, "cause": "盗窃", "org": org, "handler": "文例法", "closed_on": "2025-11-20",
        "effective_on": "2025-12-10", "result": "照录。", "classified": false,
    });
    let aj = press(desk, &cast.handler, opens("dossier", &[]), "register_effective", &said);
    let opening = json!({
        "dossier": aj, "org": org, "case_no": case_no, "case_type": kind, "closed_on": "2025-11-20", "effective_on": "2025-12-10",
        "sealed": false, "standard": cast.standard, "kind": "常态",
    });
    let pc = press(desk, &cast.house, opens("review", &[]), "open", &opening);
    let panel: Vec<&(String, Person)> = (0..3).map(|k| &cast.experts[(n * 2 + k) % 9]).collect();
    let chosen: Vec<Json> = panel.iter().map(|(id, _)| json!({"person": id, "category": "法官", "fits": "是"})).collect();
    press(desk, &cast.house, on(&pc), "draw_panel", &json!({"draw": "CQ-1", "proof": "ab12", "chosen": chosen}));
    for (_, who) in &panel {
        press(desk, who, on(&pc), "promise", &json!({"no_conflict": true, "secrecy": true}));
    }
    press(desk, &cast.handler, on(&pc), "request_dossier", &json!({"letter_no": "调〔2026〕1号", "reason": "评查需要。", "due": cast.due}));
    press(desk, &cast.handler, on(&pc), "receive", &json!({"received_on": cast.today, "volumes": 2}));
    let (points, problem) = match end {
        End::Praised => ("", ""),
        End::Plain => ("8", "W1"),
        End::Rectified => ("20", "X1"),
    };
    let row = json!({"item": "期限", "full": "100", "points": points, "page": "正卷 12 页", "problem": problem, "severity": "一般"});
    let sheet = if end == End::Praised {
        json!({"my_opinion": "没有发现问题。"})
    } else {
        json!({"my_opinion": "有瑕疵。", "sheet": [row]})
    };
    for (_, who) in &panel {
        press(desk, who, on(&pc), "submit", &sheet);
    }
    let mut found = json!({"opinion": "意见一致。", "accountable": false});
    if end != End::Praised {
        found["problems"] = json!([problem]);
    }
    press(desk, &cast.chair, on(&pc), "adopt_mean", &found);
    press(desk, &cast.lead, on(&pc), "feed", &json!({"doc_no": "评〔2026〕1号"}));
    press(desk, unit, on(&pc), "serve", &json!({"served_on": cast.today}));
    press(desk, unit, on(&pc), "waive", &json!({}));
    press(desk, &cast.lead, on(&pc), "settle", &json!({"doc_no": "定〔2026〕1号"}));
    let (action, said) = match end {
        End::Praised => ("conclude_praise", json!({"praise": "程序规范。"})),
        End::Plain => ("conclude_plain", json!({})),
        End::Rectified => ("conclude_rectify", json!({"problems": ["X1"], "severity": "一般", "gist": "超期。"})),
    };
    press(desk, &cast.handler, on(&pc), action, &said);
    pc
}
/// So many reviews of this unit and case type; their numbers.
fn reviews(town: &Town, cast: &Arc<Cast>, login: &str, kind: &'static str, ends: &[(usize, End)]) -> Vec<String> {
    let (unit, house, cast, ends) = (person(town, login), town.house.clone(), cast.clone(), ends.to_vec());
    town.house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &house)?;
            let all = ends.iter().flat_map(|(n, end)| std::iter::repeat_n(*end, *n)).enumerate();
            let numbers = all.map(|(n, end)| review(&mut desk, &cast, &unit, n, kind, end)).collect();
            desk.close()?;
            Ok(numbers)
        })
        .unwrap()
}
/// The half year: the court 8 of 10 转整改, the police none of 10 (each with a small problem), the bar 1 of 3, all criminal; the market
/// supervision 6 civil ones without any.
pub fn half_year(town: &Town) -> Vec<String> {
    let experts = EXPERTS.iter().map(|e| (town.ids[e].clone(), person(town, e))).collect();
    let cast = Arc::new(Cast {
        house: Person::house(OFFICE),
        handler: person(town, "handler"),
        lead: person(town, "lead"),
        chair: person(town, "chair"),
        experts,
        standard: standard(town),
        today: town.today(0),
        due: town.today(10),
    });
    let court = reviews(town, &cast, "court", "01", &[(8, End::Rectified), (2, End::Praised)]);
    reviews(town, &cast, "police", "01", &[(10, End::Plain)]);
    reviews(town, &cast, "bar", "01", &[(1, End::Rectified), (2, End::Praised)]);
    reviews(town, &cast, "market", "02", &[(6, End::Praised)]);
    court
}
