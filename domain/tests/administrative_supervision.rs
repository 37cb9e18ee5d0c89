//! 行政执法监督 (B5, B6; 《行政执法监督条例》): who opens and signs, the ladder, the government's decision, objection, vertical units.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod given;
use domain::engine::{Person, Standing};
use domain::procedures::all;
use given::*;
use serde_json::{Value as Json, json};

const JUSTICE: &str = ZFW;
const UNIT: &str = COURT;
fn clerk() -> Person {
    who("clerk", "R17", JUSTICE)
}
fn other() -> Person {
    who("other", "R17", JUSTICE)
}
fn chief() -> Person {
    who("chief", "R18", JUSTICE)
}
fn mayor() -> Person {
    who("mayor", "R20", "SZF")
}
fn hall() -> Person {
    who("hall", "R14", "GSL")
}
fn time() -> Person {
    Person::time(JUSTICE)
}
fn lead(regime: &str) -> Json {
    json!({"org": UNIT, "gist": "两次收费无依据。", "act_type": "行政检查", "problems": ["1"], "regime": regime, "sender": "GSL"})
}
fn received() -> Given {
    let mut g = given("administrative_supervision");
    g.takes(&house(), "receive", lead("属地"));
    g
}
const PLAIN: [&str; 3] = ["一般", "日常", "没有"];
fn filing([filing, kind, litigation]: [&str; 3]) -> Json {
    json!({"filing": filing, "supervision_kind": kind, "litigation": litigation, "reason": "线索具体。"})
}
fn people() -> Json {
    json!([{"supervisor": "郎例司", "certificate": "JD001"}, {"supervisor": "鲁样法", "certificate": "JD002"}])
}
/// What was found has been examined.
fn found(mut g: Given, said: [&str; 3], natures: &[&str], grave: bool) -> Given {
    g.takes(&clerk(), "propose_filing", filing(said));
    g.takes(&chief(), "file", json!({}));
    g.takes(&clerk(), "measure", json!({"measure": "检查", "people": people(), "record": "查阅台账。"}));
    g.takes(&clerk(), "conclude", json!({"natures": natures, "grave": grave, "finding": "收费没有依据。"}));
    g.takes(&chief(), "approve_finding", json!({}));
    g
}
fn paper() -> Json {
    json!({"letter": "核对收费依据并报告纠正情况。", "report_by": "2026-04-10"})
}
/// One paper drafted, signed, served and signed for.
fn out(g: &mut Given, draft: &str, values: Json) {
    g.takes(&clerk(), draft, values);
    g.takes(&chief(), "issue", json!({"doc_no": "云司监督〔2026〕1号"}));
    g.takes(&clerk(), "serve", json!({"served_on": g.today.to_string(), "serve_way": "直接送达"}));
    g.takes(&unit(), "sign", json!({}));
}
fn opinion() -> Given {
    let mut g = found(received(), PLAIN, &["违法"], false);
    out(&mut g, "draft_correction_opinion", paper());
    g
}

#[test]
fn boundary_8_only_the_judicial_administration_opens_and_signs_and_only_the_government_decides() {
    for k in all() {
        for s in &k.steps {
            let paper = ["督办函", "意见书", "决定书"].iter().any(|w| s.label.contains(w)) && !s.label.contains("观摩");
            // The committee's own 督办函 asks a judicial organ about fixed points of procedure (boundary 2): another paper of the same name.
            let ours = matches!(k.name, "administrative_supervision" | "prompt");
            assert!(!paper || ours, "{}.{}: {}", k.name, s.action, s.label);
        }
    }
    let kind = domain::procedures::kind("administrative_supervision").unwrap();
    let by = |action: &str| kind.step(action).unwrap().by;
    assert_eq!(
        (by("open"), by("issue"), by("decide"), by("propose_decision")),
        (&[Standing::Handler][..], &[Standing::Lead][..], &[Standing::Government][..], &[Standing::Lead][..])
    );
    // The committee, the joint office, observers, the unit: none opens it or signs.
    let mut g = given("administrative_supervision");
    for stranger in [handler(), lead_of_committee(), secretary(), hall(), who("o", "R19", "GSL"), unit(), mayor()] {
        assert_eq!(g.when(&stranger, "open", json!({"litigation": "没有"})).map(drop).unwrap_err().code, "not_yours", "{}", stranger.id);
    }
    g.takes(&clerk(), "open", json!({"litigation": "没有", "org": UNIT}));
    g = found(received(), PLAIN, &["违法"], false);
    g.takes(&clerk(), "draft_correction_opinion", paper());
    for stranger in [handler(), lead_of_committee(), hall(), clerk(), unit(), mayor()] {
        assert_eq!(g.refuses(&stranger, "issue", json!({})), "not_yours", "{}", stranger.id);
    }
}
fn lead_of_committee() -> Person {
    who("lead2", "R2", JUSTICE)
}
#[test]
fn no_special_supervision_of_its_own_and_no_dispute_that_is_pending() {
    let g = received();
    let wrong = |said: [&str; 3], more: Json| {
        let mut form = filing(said);
        form.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap());
        g.wrong(&clerk(), "propose_filing", form)
    };
    assert_eq!(wrong(["一般", "专项", "没有"], json!({})), ["supervision_kind"], "a city has none of its own");
    assert_eq!(wrong(["一般", "承接上级专项", "没有"], json!({})), ["superior_doc"]);
    assert_eq!(wrong(["一般", "日常", "没有"], json!({"superior_doc": "赣司〔2026〕1号"})), ["superior_doc"]);
    assert_eq!(wrong(["重点", "日常", "没有"], json!({})), ["filing"]);
    assert_eq!(wrong(["一般", "重点", "没有"], json!({})), ["filing"]);
    for pending in ["已复议", "已起诉"] {
        assert_eq!(wrong(["一般", "日常", pending], json!({})), ["litigation"]);
        let own = json!({"org": UNIT, "source": "媒体", "act_type": "行政检查", "problems": ["1"], "gist": "无", "litigation": pending});
        assert_eq!(given("administrative_supervision").wrong(&clerk(), "open", own), ["litigation"]);
    }
    let mut g = received();
    let mut above = filing(["一般", "承接上级专项", "没有"]);
    above["superior_doc"] = json!("赣司〔2026〕1号");
    g.takes(&clerk(), "propose_filing", above);
    let mut g = received();
    assert_eq!(g.due("assess").to_string(), "2026-03-09", "E3: five working days");
    g.takes(&clerk(), "propose_filing", filing(["不予立项", "日常", "已起诉"]));
    assert_eq!(g.refuses(&chief(), "file", json!({})), "not_to_file");
    g.takes(&chief(), "not_file", json!({"reason": "已进入诉讼。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("NotFiled", vec!["not_filed"]));
    let mut g = received();
    g.takes(&chief(), "guide", json!({"remedy": "复议", "guidance": "六十日内向市政府申请复议。"}));
    assert_eq!((g.phase().as_str(), g.matter().marks()), ("Guided", vec!["not_filed"]));
}
#[test]
fn a_measure_takes_two_with_their_own_certificates_and_four_eyes_stand_at_every_door() {
    let mut g = received();
    g.takes(&clerk(), "propose_filing", filing(PLAIN));
    let both = also(&chief(), &clerk());
    let mut h = received();
    h.takes(&both, "propose_filing", filing(PLAIN));
    assert_eq!(h.refuses(&both, "file", json!({})), "same_hands");
    g.takes(&chief(), "file", json!({}));
    let with = |people: Json| json!({"measure": "检查", "done_on": "2026-03-02", "people": people, "record": "查阅台账。"});
    assert_eq!(g.wrong(&clerk(), "measure", with(json!([{"supervisor": "甲", "certificate": "1"}]))), ["people"]);
    let twice = json!([{"supervisor": "甲", "certificate": "1"}, {"supervisor": "乙", "certificate": "1"}]);
    assert_eq!(g.wrong(&clerk(), "measure", with(twice)), ["people"]);
    let mut late = with(people());
    late["done_on"] = json!("2026-03-03");
    assert_eq!(g.wrong(&clerk(), "measure", late), ["done_on"]);
    g.takes(&clerk(), "measure", with(people()));
    g.takes(&chief(), "suspend", json!({}));
    assert_eq!(g.refuses(&clerk(), "conclude", json!({"grave": false})), "not_now");
    g.later(10).takes(&clerk(), "resume", json!({}));
    assert_eq!(g.wrong(&clerk(), "conclude", json!({"natures": ["未发现问题", "违法"], "grave": false, "finding": "无"})), ["natures"]);
    g.takes(&clerk(), "conclude", json!({"natures": ["未发现问题"], "grave": false}));
    g.takes(&chief(), "approve_finding", json!({}));
    assert_eq!(g.refuses(&clerk(), "draft_reminder", paper()), "nothing_found");
    g.takes(&chief(), "settle", json!({}));
    g.takes(&chief(), "close", json!({}));
    assert_eq!(g.matter().marks(), ["filed", "concluded", "closed"]);
}
#[test]
fn each_paper_says_its_own_day_and_fits_what_was_found() {
    let g = found(received(), PLAIN, &["违法"], false);
    assert_eq!(g.refuses(&clerk(), "draft_prompting_letter", paper()), "not_unperformed");
    assert_eq!(g.wrong(&clerk(), "draft_correction_opinion", json!({"letter": "核对。"})), ["report_by"], "no paper without a day");
    assert_eq!(g.wrong(&clerk(), "draft_correction_opinion", json!({"letter": "核对。", "report_by": "2026-03-02"})), ["report_by"]);
    let g = found(received(), PLAIN, &["应履行未履行"], false);
    assert_eq!(g.refuses(&clerk(), "draft_correction_opinion", paper()), "not_unlawful");
    let mut g = opinion();
    assert_eq!((g.due("report").to_string(), g.due("objection").to_string()), ("2026-04-10".into(), "2026-03-16".into()));
    // Asked for, granted once.
    assert_eq!(g.refuses(&chief(), "extend", json!({"report_by": "2026-04-20"})), "not_asked");
    assert_eq!(g.wrong(&unit(), "ask_extension", json!({"asked_until": "2026-04-10", "reason": "无"})), ["asked_until"]);
    g.takes(&unit(), "ask_extension", json!({"asked_until": "2026-04-20"}));
    g.takes(&chief(), "extend", json!({"report_by": "2026-04-20"}));
    assert_eq!(g.due("report").to_string(), "2026-04-20");
    assert_eq!(g.refuses(&unit(), "ask_extension", json!({"asked_until": "2026-05-20"})), "extended");
    g.on(4, 20);
    assert_eq!(g.refuses(&time(), "lapse_report", json!({})), "too_early");
    g.on(4, 21).takes(&time(), "lapse_report", json!({}));
    assert_eq!(g.phase(), "Overdue");
    g.takes(&unit(), "report", json!({"result": "已退还。"}));
    let counted: Vec<&str> = g.counted().into_iter().map(|c| c.0).collect();
    assert!(counted.contains(&"监督文书") && counted.contains(&"逾期未报纠正") && !counted.contains(&"按期报送纠正"), "{counted:?}");
    g.takes(&clerk(), "send_back", json!({"report_by": "2026-05-20"}));
    g.takes(&unit(), "report", json!({}));
    g.takes(&clerk(), "clear", json!({}));
    let both = also(&chief(), &clerk());
    assert_eq!(g.matter().marks(), ["filed", "concluded"]);
    g.takes(&both, "close", json!({"outcome": "已退还收费。"}));
    assert!(g.reads(&hall()).contains(&("outcome", json!("已退还收费。"))), "whoever passed it on tells the enterprise");
    let mut g = opinion();
    g.takes(&unit(), "report", json!({}));
    assert!(g.counted().iter().any(|c| c.0 == "按期报送纠正"));
}
#[test]
fn the_ladder_is_climbed_rung_by_rung_and_the_government_decides_on_what_was_not_heeded() {
    let mut g = found(received(), ["重点", "重点", "没有"], &["违法", "应履行未履行"], false);
    for (rung, draft) in ["draft_reminder", "draft_prompting_letter", "draft_listing", "draft_raise"].into_iter().enumerate() {
        let all = ["draft_reminder", "draft_prompting_letter", "draft_listing", "draft_raise"];
        // From where nothing stands yet a 督办函 may be the first.
        for (other, step) in all.into_iter().enumerate().filter(|(n, _)| *n != rung && !(rung == 0 && *n == 1)) {
            assert_eq!(g.refuses(&clerk(), step, paper()), "rung", "{step} at rung {rung}, {other}");
        }
        if rung < 2 {
            let decision = json!({"government": "SZF", "decision_ground": "未按督办函", "contents": ["撤销"], "proposal": "x"});
            assert_eq!(g.refuses(&chief(), "propose_decision", decision), "not_decidable");
        }
        let mut said = paper();
        said["public_until"] = json!("2026-06-01");
        said["responsible"] = json!("分管负责人");
        said["superior"] = json!("省司法厅");
        let fields = domain::procedures::kind("administrative_supervision").unwrap().step(draft).unwrap().fields;
        said.as_object_mut().unwrap().retain(|k, _| fields.iter().any(|f| f.name == k));
        out(&mut g, draft, said);
        g.takes(&unit(), "report", json!({}));
        g.takes(&clerk(), "escalate", json!({"reason": "没有纠正。"}));
        assert!(g.matter().marks().contains(&"escalated"));
    }
    let wrong = json!({"government": "SZF", "decision_ground": "重大问题", "contents": ["撤销"], "proposal": "x"});
    assert_eq!(g.wrong(&chief(), "propose_decision", wrong), ["decision_ground"]);
    assert!(g.matter().view(&g.at(&mayor())).is_empty(), "before the proposal the government is nobody here");
    g.takes(&chief(), "propose_decision", json!({"government": "SZF", "decision_ground": "未按督办函", "contents": ["限期履行"]}));
    for stranger in [chief(), clerk(), handler(), hall(), unit(), who("m", "R20", "XZF")] {
        assert_eq!(g.refuses(&stranger, "decide", json!({})), "not_yours", "{}", stranger.id);
    }
    g.takes(
        &mayor(),
        "decide",
        json!({"doc_no": "云府监决〔2026〕1号", "contents": ["限期履行"], "report_by": "2026-04-30", "decision": "限期履行。"}),
    );
    g.takes(&clerk(), "serve", json!({"served_on": "2026-03-02", "serve_way": "直接送达"}));
    assert_eq!(g.due("report").to_string(), "2026-04-30");
    assert_eq!(g.refuses(&unit(), "object", json!({})), "decision");
    assert!(g.reads(&unit()).contains(&("letter", json!("限期履行。"))));
}
#[test]
fn a_grave_problem_goes_to_the_government_directly_and_it_may_decline() {
    let mut g = found(received(), PLAIN, &["违法"], true);
    assert_eq!(g.refuses(&chief(), "settle", json!({})), "to_dispose");
    g.takes(&chief(), "propose_decision", json!({"government": "SZF", "decision_ground": "重大问题", "contents": ["确认违法"]}));
    g.takes(&mayor(), "decline", json!({}));
    g.takes(&chief(), "settle", json!({}));
    assert!(g.reads(&unit()).is_empty(), "no paper, no unit");
}
#[test]
fn units_under_their_own_superior_get_no_decision_but_a_letter_to_him() {
    for regime in ["垂直", "双重以上级为主"] {
        let mut g = given("administrative_supervision");
        g.takes(&house(), "receive", lead(regime));
        let mut g = found(g, PLAIN, &["违法"], true);
        assert_eq!(g.refuses(&chief(), "propose_decision", json!({"decision_ground": "重大问题"})), "vertical");
        g.takes(&chief(), "tell_superior", json!({"superior": "省烟草专卖局"}));
        g.takes(&clerk(), "note_superior", json!({}));
        assert_eq!(g.phase(), "Settled");
    }
    let g = found(received(), PLAIN, &["违法"], true);
    assert_eq!(g.refuses(&chief(), "tell_superior", json!({})), "local");
    // What the register says at the filing is what holds.
    let mut g = received();
    g.takes(&clerk(), "propose_filing", filing(PLAIN));
    g.takes(&chief(), "file", json!({"regime": "垂直"}));
    assert!(g.reads(&clerk()).contains(&("regime", json!("垂直"))));
}
#[test]
fn an_objection_is_looked_at_by_another_in_its_time_and_stops_nothing() {
    let mut g = opinion();
    g.takes(&unit(), "object", json!({"grounds": "收费有依据。"}));
    assert_eq!(g.phase(), "Correcting", "it does not stop execution");
    assert_eq!(g.due("answer").to_string(), "2026-03-23", "E15");
    assert_eq!(g.refuses(&unit(), "object", json!({})), "objecting");
    for hands in [clerk(), chief()] {
        assert_eq!(g.refuses(&hands, "uphold", json!({})), "same_hands", "{}", hands.id);
    }
    let (mut upheld, mut varied, mut revoked) = (opinion(), opinion(), opinion());
    for g in [&mut upheld, &mut varied, &mut revoked] {
        g.takes(&unit(), "object", json!({}));
    }
    upheld.takes(&other(), "uphold", json!({}));
    assert_eq!(upheld.refuses(&unit(), "object", json!({})), "answered");
    varied.takes(&other(), "vary", json!({"letter": "只核对本年度。", "report_by": "2026-05-08"}));
    assert_eq!(varied.due("report").to_string(), "2026-05-08");
    assert!(varied.reads(&unit()).contains(&("letter", json!("只核对本年度。"))));
    revoked.takes(&other(), "revoke", json!({}));
    assert_eq!(revoked.phase(), "Disposing");
    assert_eq!(revoked.refuses(&clerk(), "draft_listing", json!({"public_until": "2026-06-01", "report_by": "2026-05-08"})), "not_key");
    revoked.takes(&clerk(), "draft_correction_opinion", paper());
    let mut late = opinion();
    late.on(3, 16).takes(&unit(), "object", json!({}));
    let mut late = opinion();
    late.on(3, 17);
    assert_eq!(late.refuses(&unit(), "object", json!({})), "too_late");
    // Nothing is filed away over it.
    let mut g = opinion();
    g.takes(&unit(), "report", json!({}));
    g.takes(&unit(), "object", json!({}));
    g.takes(&clerk(), "clear", json!({}));
    assert_eq!(g.refuses(&chief(), "close", json!({})), "objecting");
}
#[test]
fn the_unit_learns_of_it_by_service_and_never_whence_it_came() {
    let mut g = found(received(), PLAIN, &["违法"], false);
    g.takes(&clerk(), "draft_correction_opinion", paper());
    g.takes(&chief(), "issue", json!({}));
    assert!(g.matter().view(&g.at(&unit())).is_empty() && g.timeline(&unit()).is_empty());
    // Taken back before it went out: no trace on the ladder.
    g.takes(&chief(), "return_draft", json!({}));
    g.takes(&clerk(), "draft_correction_opinion", paper());
    g.takes(&chief(), "issue", json!({}));
    g.takes(&clerk(), "serve", json!({"served_on": "2026-03-02", "serve_way": "直接送达"}));
    let read: Vec<&str> = g.reads(&unit()).iter().map(|r| r.0).collect();
    for hidden in ["gist", "source", "sender", "finding", "problems", "act_type", "measures", "litigation", "reason", "regime"] {
        assert!(!read.contains(&hidden), "{hidden}");
    }
    let told: Vec<String> = g.timeline(&unit()).into_iter().map(|t| t.0).collect();
    assert_eq!(told, ["serve"]);
    // Whoever passed it on follows how far it is, and nothing else.
    let read: Vec<&str> = g.reads(&hall()).iter().map(|r| r.0).collect();
    assert_eq!(read, ["org", "act_type", "problems", "filing"]);
    // The next draft is ours until it is served.
    g.takes(&unit(), "sign", json!({}));
    g.takes(&unit(), "report", json!({}));
    g.takes(&clerk(), "escalate", json!({}));
    g.takes(&chief(), "raise_filing", json!({}));
    g.takes(&clerk(), "draft_listing", json!({"letter": "挂牌。", "report_by": "2026-05-08", "public_until": "2026-06-01"}));
    assert!(g.reads(&unit()).contains(&("letter", json!("核对收费依据并报告纠正情况。"))));
}
