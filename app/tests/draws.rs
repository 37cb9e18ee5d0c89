//! What a draw refuses is told by the procedure, at its field or as its rule, whoever presses and by whichever door.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;

use cases::*;
use house::{Town, batch};
use serde_json::{Value as Json, json};

/// A review that waits for its experts, and five of them in the pool.
fn waiting(town: &Town) -> String {
    for login in ["expert", "inspector", "party-org", "posted", "officer"] {
        let form = json!({"name": "某专家", "category": "法官", "unit": "某院", "professions": ["01"], "account": town.ids[login], "until": "2028-12-31"});
        by_house(town, opens("expert", &[]), "enter_serving", form);
    }
    let aj = dossier(town, CASE);
    let form = json!({
        "dossier": aj, "org": house::COURT, "case_type": "01", "closed_on": "2025-11-20", "effective_on": "2025-12-20", "sealed": false,
        "standard": standard(town), "kind": "常态",
    });
    by_house(town, opens("review", &[]), "open", form)
}
/// Announces by the API: `(status, refused fields with their messages or the sentence)`.
fn announce(town: &Town, key: &str, form: &Json) -> (u16, Json) {
    let page = api(town, "handler").api("/api/v1/matters", key, &json!({"kind": "draw", "action": "announce", "form": form}));
    (page.status, serde_json::from_str(&page.text()).unwrap_or_default())
}

both! {
    fn an_announcement_is_refused_at_its_fields(town: &Town) {
        let pc = waiting(town);
        let (court, police) = (town.ids["court"].as_str(), town.ids["police"].as_str());
        let good = json!({
            "what": "抽专家", "review": pc, "purpose": "抽取评查专家", "witness1": court, "witness2": police,
            "t0": batch::at(town, 60), "t1": batch::at(town, 120), "t2": batch::at(town, 180),
        });
        let but = |changes: Json| {
            let mut form = good.clone();
            changes.as_object().unwrap().iter().for_each(|(k, v)| form[k] = v.clone());
            form
        };
        let past = batch::at(town, -60);
        for (n, (changes, field, say)) in [
            (json!({"purpose": ""}), "purpose", "必填。"),
            (json!({"t0": "明天"}), "t0", "写作 2026-12-01 10:00。"),
            (json!({"t0": past}), "t0", "T0 应晚于现在。"),
            (json!({"t2": batch::at(town, 90)}), "t2", "T2 应晚于 T1。"),
            (json!({"review": ""}), "batch", "请填批次，或单独一件评查。"),
            (json!({"witness2": court}), "witness2", "封口人至少两名，来自不同单位，不能是同一人。"),
            (json!({"beacon": "双色球"}), "beacon", ""),
            (json!({"seats": "三"}), "seats", "应为整数。"),
        ].into_iter().enumerate() {
            let (status, told) = announce(town, &format!("k{n}"), &but(changes.clone()));
            let text = told.to_string();
            assert!(status == 422 && text.contains(&format!("\"{field}\"")) && text.contains(say), "{changes}: {status} {text}");
        }
        let (status, told) = announce(town, "k-all", &json!({"what": "抽专家", "t0": past}));
        let text = told.to_string();
        assert!(status == 422 && ["purpose", "witness1", "t1"].iter().all(|f| text.contains(f)), "all that is missing at once: {text}");
        assert_eq!(announce(town, "k-good", &good).0, 201);
        town.sound();
    }
    fn a_draw_too_early_silent_or_on_an_untrue_result_is_refused(town: &Town) {
        let pc = waiting(town);
        let (court, police) = (town.ids["court"].clone(), town.ids["police"].clone());
        let times = [60, 120, 180].map(|m| batch::at(town, m));
        let said = [
            ("what", "抽专家"), ("review", pc.as_str()), ("purpose", "抽取评查专家"), ("witness1", court.as_str()), ("witness2", police.as_str()),
            ("t0", times[0].as_str()), ("t1", times[1].as_str()), ("t2", times[2].as_str()),
        ];
        let plain = town.open("handler", "draw", "announce", &said);
        let named = town.open("handler", "draw", "announce", &[&said[..], &[("beacon", "ssq-2026123")]].concat());
        let early = town.by("handler").act(&plain, "freeze", &[]);
        assert!(early.status == 409 && early.says("至少两个单位的封口人封口之后才能冻结名单"), "{}", early.text());
        for cq in [&plain, &named] {
            ["court", "police"].iter().for_each(|who| drop(town.act(who, cq, "seal", &[("commitment", &"ab".repeat(32))])));
            let stranger = town.by("court").act(cq, "freeze", &[]);
            assert_eq!(stranger.status, 404, "{}", stranger.text());
            town.act("handler", cq, "freeze", &[]);
        }
        let result = ("value", "ssq-2026123:01,08,12,19,22,30+05");
        for cq in [&plain, &named] {
            let early = town.by("handler").act(cq, "draw", &[result, ("value_at", &batch::at(town, -1))]);
            assert!(early.status == 409 && early.says("T2 未到，不能抽取"), "{}", early.text());
        }
        town.pass(200);
        let silent = town.by("handler").act(&plain, "draw", &[]);
        assert!(silent.status == 409 && silent.says("没有公开信标，各方须全部揭晓才能抽取"), "{}", silent.text());
        let came = batch::at(town, -10);
        for (values, field) in [
            (vec![], "value"),
            (vec![("value", "ssq-2026124:01,08,12,19,22,30+05"), ("value_at", came.as_str())], "value"),
            (vec![result], "value_at"),
            (vec![result, ("value_at", times[1].as_str())], "value_at"),
            (vec![result, ("value_at", "明天")], "value_at"),
        ] {
            let page = town.by("handler").act(&named, "draw", &values);
            assert!(page.status == 422 && page.says(&format!("id=\"e-{field}\"")), "{values:?} {}: {}", page.status, page.text());
        }
        let future = batch::at(town, 10);
        assert_eq!(town.by("handler").act(&named, "draw", &[result, ("value_at", future.as_str())]).status, 422);
        town.act("handler", &named, "draw", &[result, ("value_at", &came)]);
        town.sound();
    }
}
