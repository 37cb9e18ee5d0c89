//! Reviews whose experts may score: three to a review, each logged in.
use app::matters::{Ask, Desk, Where};
use domain::engine::Person;
use serde_json::{Value as Json, json};
use std::path::Path;

use super::town::{OFFICE, account, found, log_in, person};

/// Builds so many reviews; the address of every expert's sheet, and his cookie.
pub fn build(dir: &Path, reviews: usize) -> Vec<(String, String)> {
    let house = found(dir);
    // Log-ins are given for the life of the process.
    let login = |n: usize| -> &'static str { Box::leak(format!("expert-{n}").into_boxed_str()) };
    let people: Vec<_> = (0..reviews * 3).map(|n| (login(n), account(&house, login(n), "R6"))).collect();
    let ids: Vec<String> = people.iter().map(|(_, (id, _))| id.clone()).collect();
    let inner = house.clone();
    let numbers = house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let edition = domain::standards::Library::shipped().sheets.into_iter().next().unwrap();
        let items: Vec<Json> = edition
            .items
            .iter()
            .map(|i| json!({"item": i.name, "full": i.points.to_string(), "criteria": i.measures.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join("；")}))
            .collect();
        let vetoes: Vec<Json> = edition.vetoes.iter().map(|v| json!({"veto": v.text})).collect();
        let (handler, house) = (person("jingban", "R1", OFFICE), Person::house(OFFICE));
        let mut act = |who: &Person, place: Where, action: &str, form: Json| {
            desk.act(Ask { who, place, action, form: form.as_object().cloned().unwrap(), version: None, key: None })
        };
        let open = |kind: &str| Where::Open { kind: kind.into(), owner: OFFICE.into(), links: vec![] };
        let said = json!({"name": edition.name, "standard_kind": "基础表", "edition": edition.version, "items": items, "vetoes": vetoes});
        let standard = act(&handler, open("standard"), "draft", said)?.number;
        let mut numbers = vec![];
        for n in 0..reviews {
            let case = format!("（2024）赣1202刑初{n}号");
            let said = json!({"case_no": case, "case_type": "01", "cause": "盗窃", "org": "U001", "handler": "甲例", "closed_on": "2025-12-01", "effective_on": "2025-12-20", "result": "照录。", "classified": false});
            let dossier = act(&handler, open("dossier"), "register_effective", said)?.number;
            let said = json!({"dossier": dossier, "org": "U001", "case_no": case, "case_type": "01", "closed_on": "2025-12-01", "effective_on": "2025-12-20", "sealed": false, "standard": standard, "kind": "常态"});
            let number = act(&house, open("review"), "open", said)?.number;
            let on = || Where::On(number.clone());
            let seats = &ids[n * 3..n * 3 + 3];
            let chosen: Vec<Json> = seats.iter().map(|id| json!({"person": id, "fits": "是"})).collect();
            act(&house, on(), "draw_panel", json!({"draw": format!("CQ-{n}"), "proof": "ab12", "chosen": chosen}))?;
            for id in seats {
                act(&person(id, "R6", OFFICE), on(), "promise", json!({"no_conflict": true, "secrecy": true}))?;
            }
            act(&handler, on(), "request_dossier", json!({"letter_no": "调1号", "reason": "评查。", "due": "2026-03-20"}))?;
            act(&handler, on(), "receive", json!({"received_on": "2026-03-02", "volumes": 3}))?;
            numbers.push(number);
        }
        desk.close()?;
        Ok(numbers)
    });
    let numbers = numbers.unwrap();
    let sheet = |n: usize| format!("/matter/{}/do/submit", numbers[n / 3]);
    people.iter().enumerate().map(|(n, (login, (_, secret)))| (sheet(n), format!("xiezhi={}", log_in(&house, login, secret)))).collect()
}
