//! 行政执法监督 over HTTP, on both engines: from a lead that was passed on to the file, and what whom it concerns never learns.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use domain::engine::Request;
use house::{CHAMBER, GOVERNMENT, JUSTICE, MARKET, TOBACCO, Town};
use serde_json::json;

const GIST: &str = "两次收费没有依据";
/// A lead the joint office passed on; `(number of the cause, number of the supervision)`.
fn passed_on(town: &Town, org: &str) -> (String, String) {
    let values = [("order_no", "12345-2026-7"), ("received", "2026-02-27"), ("problems", "1"), ("org", org), ("facts", "反映收费。")];
    let cause = town.open("intake", "hotline_call", "relay", &values);
    let (inner, number, org) = (town.house.clone(), cause.clone(), org.to_owned());
    let opened = town.house.db.write_here(move |tx| {
        let mut desk = app::matters::Desk::open(tx, &inner)?;
        let id = tx.one("SELECT id FROM idx WHERE number = $1", app::params![&number])?.unwrap().int(0);
        let done = app::matters::Done { number: number.clone(), version: 1, seq: desk.head.seq() };
        let form = json!({"org": org, "gist": GIST, "act_type": "行政检查", "problems": ["1"]});
        let request = Request { kind: "administrative_supervision", action: "receive", form, link: None };
        let opened = desk.react(&done, id, vec![request])?;
        desk.close()?;
        Ok(opened)
    });
    (cause, opened.unwrap()[0].number.clone())
}
fn filed(town: &Town, jx: &str) {
    let said = [("filing", "重点"), ("supervision_kind", "重点"), ("litigation", "没有"), ("reason", "线索具体。")];
    town.act("justice", jx, "propose_filing", &said);
    town.act("justice-lead", jx, "file", &[]);
}
fn found(town: &Town, jx: &str, nature: &str, grave: &str) {
    filed(town, jx);
    let done = town.today(0);
    let one = [
        ("measure", "检查"),
        ("done_on", done.as_str()),
        ("people.0.supervisor", "郎例司"),
        ("people.0.certificate", "JD1"),
        ("record", "查阅收费台账。"),
    ];
    assert_eq!(town.by("justice").act(jx, "measure", &one).status, 422, "one alone supervises nobody");
    let two = [&one[..], &[("people.1.supervisor", "鲁样法"), ("people.1.certificate", "JD2")]].concat();
    town.act("justice", jx, "measure", &two);
    town.act("justice", jx, "conclude", &[("natures", nature), ("grave", grave), ("finding", "收费没有依据。")]);
    town.act("justice-lead", jx, "approve_finding", &[]);
}
fn serve(town: &Town, jx: &str, draft: &str) {
    let day = town.today(20);
    town.act("justice", jx, draft, &[("letter", "核对收费依据，报告纠正情况。"), ("report_by", &day)]);
    town.act("justice-lead", jx, "issue", &[("doc_no", "云司监督〔2026〕1号")]);
    let served = town.today(0);
    town.act("justice", jx, "serve", &[("served_on", &served), ("serve_way", "直接送达"), ("receipt", "file:回证")]);
}
#[track_caller]
fn hidden(town: &Town, number: &str, from: &[&'static str]) {
    for login in from {
        let who = town.by(login);
        assert_eq!(who.get(&format!("/matter/{number}")).status, 404, "{login}");
        assert!(!who.get("/matters/administrative_supervision").says(number), "{login}");
        for word in ["收费", number] {
            let page = who.get(&format!("/search?q={}", house::encode(word)));
            assert!(!page.says(&format!("/matter/{number}")), "{login} {word}");
        }
    }
}
const STRANGERS: &[&str] = &["handler", "lead", "secretary", "observer1", "tobacco", "keeper1", "mayor"];

both! {
    fn a_lead_passed_on_becomes_an_opinion_that_is_heeded_and_the_unit_never_learns_whence_it_came(town: &Town) {
        let (cause, jx) = passed_on(town, MARKET);
        let owner = town.house.db.read_here(|tx| app::matters::load(tx, &jx)).unwrap().unwrap().matter.owner().to_owned();
        assert_eq!(owner, JUSTICE, "it is the judicial administration's, whoever passed it on");
        hidden(town, &jx, STRANGERS);
        hidden(town, &jx, &["market"]);
        found(town, &jx, "违法", "no");
        hidden(town, &jx, &["market"]);
        serve(town, &jx, "draft_correction_opinion");
        hidden(town, &jx, STRANGERS);
        // The unit reads the paper, and neither the lead, nor whence it came, nor who looked.
        let page = town.by("market").get(&format!("/matter/{jx}"));
        assert!(page.says("核对收费依据"), "{}", page.text());
        for secret in [GIST, cause.as_str(), "云岭市工商业联合会", "郎例司", "JD1", "收费没有依据"] {
            assert!(!page.says(secret), "{secret}");
        }
        assert!(!town.by("market").get(&format!("/search?q={}", house::encode(GIST))).says(&jx));
        assert!(!town.by("market").get(&format!("/matter/{jx}/loop")).says(&cause));
        // The joint office follows how far it is, and reads no paper.
        let page = town.by("intake").get(&format!("/matter/{jx}"));
        assert!(page.status == 200 && page.says("待签收") && !page.says("核对收费依据") && !page.says(GIST), "{}", page.text());
        town.act("market", &jx, "sign", &[]);
        town.act("market", &jx, "object", &[("grounds", "收费有依据。")]);
        assert_eq!(town.phase(&jx), "Correcting");
        assert_eq!(town.by("justice").act(&jx, "uphold", &[("answer", "维持。")]).status, 409, "another than who handled it");
        town.act("justice2", &jx, "uphold", &[("answer", "依据已核对，维持。")]);
        town.act("market", &jx, "report", &[("result", "已经退还。"), ("evidence", "file:凭证")]);
        town.act("justice", &jx, "clear", &[("opinion", "已核对。")]);
        town.act("justice-lead", &jx, "close", &[("outcome", "单位已经退还多收费用。")]);
        assert!(town.by("intake").get(&format!("/matter/{jx}")).says("单位已经退还多收费用"));
        town.sound();
    }
    fn what_is_not_heeded_climbs_and_only_the_government_decides(town: &Town) {
        let (_, jx) = passed_on(town, MARKET);
        found(town, &jx, "违法", "no");
        serve(town, &jx, "draft_correction_opinion");
        town.act("market", &jx, "sign", &[]);
        town.day(40);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!(town.phase(&jx), "Overdue");
        town.act("justice", &jx, "escalate", &[("reason", "逾期没有报送。")]);
        // One rung at a time.
        let raise = [("letter", "提级。"), ("report_by", "2026-06-01"), ("superior", "省司法厅")];
        assert_eq!(town.by("justice").act(&jx, "draft_raise", &raise).status, 409);
        let said = [("government", MARKET), ("decision_ground", "未按意见书"), ("contents", "限期履行"), ("proposal", "请制发决定书。")];
        let wrong = town.by("justice-lead").act(&jx, "propose_decision", &said);
        assert!(wrong.status == 422 && wrong.says("没有市政府审批人员"), "{}", wrong.text());
        let said = [&[("government", GOVERNMENT)], &said[1..]].concat();
        assert_eq!(town.by("justice").act(&jx, "propose_decision", &said).status, 404, "the lead proposes");
        town.act("justice-lead", &jx, "propose_decision", &said);
        for nobody in ["justice-lead", "justice", "handler", "secretary", "intake", "market"] {
            assert_eq!(town.by(nobody).act(&jx, "decide", &[]).status, 404, "{nobody}");
        }
        let decision =
            [("doc_no", "云府监决〔2026〕1号"), ("contents", "限期履行"), ("decision", "限期退还。"), ("report_by", &town.today(30))];
        town.act("mayor", &jx, "decide", &decision);
        let served = town.today(0);
        town.act("justice", &jx, "serve", &[("served_on", &served), ("serve_way", "直接送达"), ("receipt", "file:回证")]);
        assert!(town.by("market").get(&format!("/matter/{jx}")).says("云府监决〔2026〕1号"));
        town.sound();
    }
    fn a_unit_under_its_own_superior_gets_no_decision(town: &Town) {
        assert!(town.by("justice").get("/organisations").says("垂直"));
        let (_, jx) = passed_on(town, TOBACCO);
        found(town, &jx, "违法", "yes");
        let said = [("government", GOVERNMENT), ("decision_ground", "重大问题"), ("contents", "限期履行"), ("proposal", "请制发决定书。")];
        let refused = town.by("justice-lead").act(&jx, "propose_decision", &said);
        assert!(refused.status == 409 && refused.says("告知其上一级主管部门"), "{}", refused.text());
        let told = [("superior", "省烟草专卖局"), ("doc_no", "云司告〔2026〕1号"), ("told_on", &town.today(0)), ("letter", "发现的问题如下。")];
        town.act("justice-lead", &jx, "tell_superior", &told);
        assert_eq!(town.phase(&jx), "Told");
        town.sound();
    }
    fn only_the_judicial_administration_opens_it(town: &Town) {
        let own = [
            ("org", MARKET),
            ("source", "媒体"),
            ("act_type", "行政检查"),
            ("problems", "1"),
            ("gist", "媒体报道多次检查。"),
            ("litigation", "没有"),
        ];
        for nobody in ["handler", "lead", "intake", "convener", "observer1", "market", "mayor", "justice-lead"] {
            assert_eq!(town.by(nobody).open("administrative_supervision", "open", &own).status, 404, "{nobody}");
        }
        let pending = [&own[..5], &[("litigation", "已起诉")]].concat();
        let refused = town.by("justice").open("administrative_supervision", "open", &pending);
        assert!(refused.status == 422 && refused.says("不重复监督"), "{}", refused.text());
        let jx = town.open("justice", "administrative_supervision", "open", &own);
        hidden(town, &jx, STRANGERS);
        hidden(town, &jx, &["intake", "convener", "market"]);
        let special = [("filing", "一般"), ("supervision_kind", "承接上级专项"), ("litigation", "没有"), ("reason", "专项。")];
        let refused = town.by("justice").act(&jx, "propose_filing", &special);
        assert!(refused.status == 422 && refused.says("市级不自行开展专项监督"), "{}", refused.text());
        assert!(CHAMBER != JUSTICE);
    }
}
