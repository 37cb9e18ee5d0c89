//! The ledgers of a city, with their truth: every row's verdict and values, the groups, the funnel.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_possible_truncation, clippy::panic)]
use serde_json::Value as Json;
use sheets::*;
use std::collections::BTreeMap;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
fn truth(name: &str) -> Json {
    serde_json::from_slice(&sample(name)).unwrap()
}
fn today() -> jiff::civil::Date {
    jiff::civil::date(2025, 1, 10)
}
fn table(file: &str, kind: &str, units: &Units) -> Table {
    let mut book = Book::open(&sample(file), &Caps::default()).unwrap();
    let layout = layouts::layout(kind).unwrap();
    let mapping = best_sheet(&book, layout).unwrap();
    assert_eq!(mapping.found(), layout.columns.len(), "{:?}", mapping.columns);
    read(&mut book, layout, &mapping, units, today(), &|_| vec![])
}
fn units() -> Units {
    let t = table("机构与人员.xlsx", "organisation", &Units::default());
    let text = |r: &RowRead, f: &str| r.values.get(f).and_then(Json::as_str).unwrap_or("").to_owned();
    let all: Vec<Unit> = t
        .valid()
        .map(|r| Unit {
            code: text(r, "code"),
            name: text(r, "name"),
            short: text(r, "short"),
            former: text(r, "former"),
            inner: text(r, "level") == "内设",
        })
        .collect();
    Units::new(&all)
}
fn compare(t: &Table, rows: &Json, sheet: &str) {
    let mut wrong = vec![];
    let expected: BTreeMap<u64, &Json> =
        rows.as_array().unwrap().iter().filter(|r| r["表"] == sheet).map(|r| (r["行"].as_u64().unwrap(), r)).collect();
    let ours: Vec<u64> = t.rows.iter().map(|r| u64::from(r.row)).collect();
    assert_eq!(ours, expected.keys().copied().collect::<Vec<_>>(), "which rows are data");
    for r in &t.rows {
        let e = expected[&u64::from(r.row)];
        let codes: Vec<&str> = e["码"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
        let want = match e["判定"].as_str().unwrap() {
            "拒绝" => vec![Verdict::Rejected],
            "重复" => vec![Verdict::Duplicate],
            "提示" => vec![Verdict::Noted],
            _ => vec![Verdict::Good],
        };
        // A formula without a cached value (W05) is nothing we read: such a row is as good as any other.
        let only_formula = codes.iter().filter(|c| c.starts_with('W')).all(|c| *c == "W05") && want == [Verdict::Noted];
        if !(want.contains(&r.verdict) || only_formula && r.verdict == Verdict::Good) {
            wrong.push(format!("{} {:?} should be {} {codes:?}: {:?}", r.row, r.verdict, e["判定"], r.problems));
            continue;
        }
        if matches!(r.verdict, Verdict::Rejected) {
            continue;
        }
        for (field, value) in r.values.iter() {
            let bad_phone = codes.contains(&"W07") && field.contains("phone");
            let expected = &e["值"][field];
            if field != "days" && !bad_phone && value != expected {
                wrong.push(format!("{} {field}: {value} should be {expected}", r.row));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
fn groups(t: &Table, truth: &Json) {
    let pick = |v: &Json| v[1].as_u64().unwrap() as u32;
    let mut expected: Vec<Vec<u32>> = truth
        .as_array()
        .unwrap()
        .iter()
        .map(|g| std::iter::once(pick(&g["保留行"])).chain(g["重复行"].as_array().unwrap().iter().map(pick)).collect())
        .collect();
    expected.sort();
    assert_eq!(t.duplicate_groups, expected);
}
#[test]
fn clues_are_read_exactly_as_they_are() {
    let (t, truth) = (table("线索台账.xlsx", "clue", &units()), truth("线索台账.truth.json"));
    compare(&t, &truth["行"], "2023-2024线索");
    groups(&t, &truth["重复组"]);
    let yes = |f: &str| t.valid().filter(|r| r.values[f] == true).count();
    assert_eq!((t.valid().count(), yes("assessed"), yes("to_review"), yes("corrected")), (120, 98, 30, 19));
    let s = summary_json(&t);
    assert_eq!(
        (s["rows"].as_u64(), s["valid"].as_u64(), s["rejected"].as_u64(), s["duplicates"].as_u64()),
        (Some(141), Some(120), Some(10), Some(11))
    );
    let skipped: Vec<_> = t.skipped.iter().map(|(r, w)| (*r, *w)).collect();
    assert_eq!(
        skipped,
        [
            (67, "重复表头"),
            (81, "重复表头"),
            (104, "空行"),
            (127, "空行"),
            (133, "空行"),
            (137, "空行"),
            (152, "小计"),
            (153, "表尾"),
            (154, "表尾")
        ]
    );
}
#[test]
fn organisations_are_read_exactly_as_they_are() {
    let (t, truth) = (table("机构与人员.xlsx", "organisation", &Units::default()), truth("机构与人员.truth.json"));
    compare(&t, &truth["机构表"]["行"], "机构");
    groups(&t, &truth["机构表"]["重复组"]);
    assert_eq!((t.rows.len(), t.valid().count(), t.count(Verdict::Rejected)), (238, 228, 7));
}
#[test]
fn officers_are_read_exactly_as_they_are() {
    let (t, truth) = (table("机构与人员.xlsx", "officer", &units()), truth("机构与人员.truth.json"));
    compare(&t, &truth["行"], "人员");
    groups(&t, &truth["重复组"]);
    assert_eq!((t.rows.len(), t.valid().count(), t.count(Verdict::Rejected)), (600, 556, 36));
}
#[test]
fn spoken_names_of_units_are_understood() {
    let (units, truth) = (units(), truth("机构与人员.truth.json"));
    let wrong: Vec<String> = truth["单位简称"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(full, all)| {
            all.as_array()
                .unwrap()
                .iter()
                .filter_map(Json::as_str)
                .filter(|s| units.find(s).map(|u| u.1) != Some(full))
                .map(move |s| format!("{s} → {full}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}
