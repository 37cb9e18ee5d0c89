//! 检察驻点 over HTTP on both engines: what the role opens, and that nothing of it is left the moment it ends.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{CLUE, PROCURACY, Town, Visitor};

fn proposed(town: &Town) -> String {
    let (sent, from, until) = (town.ids["sent"].clone(), town.today(0), "2026-09-01");
    let values =
        [("person", sent.as_str()), ("org", PROCURACY), ("post", "研判"), ("from", &from), ("until", until), ("reason", "充实研判力量。")];
    town.open("handler", "secondment", "propose", &values)
}
fn serving(town: &Town) -> String {
    let zd = proposed(town);
    town.act("procurator", &zd, "agree_sender", &[("opinion", "同意选派。")]);
    town.act("lead", &zd, "agree_host", &[("opinion", "同意接收。")]);
    town.act("handler", &zd, "arrive", &[("promise", "遵守回避和保密规定。")]);
    zd
}
fn seen(town: &Town, who: &'static str, number: &str) -> [bool; 3] {
    let kind = if number.starts_with("XS") { "clue" } else { "secondment" };
    let v = town.by(who);
    let link = format!("/matter/{number}");
    [v.get(&link).status == 200, v.get(&format!("/matters/{kind}")).says(&link), v.get(&format!("/search?q={number}")).says(&link)]
}
fn token(town: &Town) -> Visitor {
    let form = town.by("sent").get("/tokens");
    let made = town.by("sent").answer(&form, "/tokens", &[("name", "对接"), ("scope", "read")]).text();
    let token = made.split("xz_").nth(1).map(|t| t.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()).unwrap();
    Visitor { bearer: format!("xz_{token}"), ..Visitor::stranger(town.port) }
}

both! {
    fn a_secondment_opens_the_clues_and_leaves_nothing_the_day_it_ends(town: &Town) {
        let other = town.ids["court"].clone();
        let from = town.today(0);
        let values = [("person", other.as_str()), ("org", PROCURACY), ("post", "研判"), ("from", &from), ("until", "2026-09-01"), ("reason", "选派。")];
        let wrong = town.by("handler").open("secondment", "propose", &values);
        assert!(wrong.status == 422 && wrong.says("只能选派该检察院的人员"), "{}", wrong.text());
        let xs = town.clue();
        let own: Vec<(&str, &str)> = CLUE.iter().map(|(n, v)| if *n == "org" { (*n, PROCURACY) } else { (*n, *v) }).collect();
        let about_his_own = town.open("handler", "clue", "register", &own);
        let zd = proposed(town);
        town.act("procurator", &zd, "agree_sender", &[("opinion", "同意选派。")]);
        town.act("lead", &zd, "agree_host", &[("opinion", "同意接收。")]);
        assert_eq!((seen(town, "sent", &xs), seen(town, "sent", &zd)), ([false; 3], [false; 3]));
        town.act("handler", &zd, "arrive", &[("promise", "遵守回避和保密规定。")]);
        assert_eq!((seen(town, "sent", &xs), seen(town, "sent", &zd)), ([true; 3], [true; 3]));
        assert_eq!(seen(town, "sent", &about_his_own), [false; 3], "what concerns his own procuratorate is out of his sight");
        for who in ["court", "expert", "officer", "posted", "inspector", "auditor"] {
            assert_eq!(seen(town, who, &zd), [false; 3], "{who}");
        }
        let twice = proposed(town);
        town.act("procurator", &twice, "agree_sender", &[("opinion", "同意。")]);
        town.act("lead", &twice, "agree_host", &[("opinion", "同意。")]);
        let refused = town.by("handler").act(&twice, "arrive", &[("promise", "遵守。")]);
        assert!(refused.status == 422 && refused.says("已在本机构驻点"), "{}", refused.text());
        let (next, later) = (town.clue(), town.clue());
        for number in [&xs, &next] {
            town.act("handler", number, "assess", &[]);
        }
        town.act("sent", &xs, "opine", &[("route", "转评查"), ("opinion", "反映具体。")]);
        let api = token(town);
        assert_eq!(api.get(&format!("/api/v1/matters/{xs}")).status, 200);
        let path = format!("/matter/{next}/do/opine");
        let tab = town.by("sent").get(&path);
        assert_eq!(tab.status, 200);
        let early = town.by("handler").act(&zd, "leave", &[]);
        assert!(early.status == 409 && early.says("交接清单尚未填报"), "{}", early.text());
        town.act("sent", &zd, "hand_over", &[("handover.0.thing", &xs), ("handover.0.to", "承办人")]);
        town.act("handler", &zd, "leave", &[]);
        // The tab he still has open.
        assert_eq!(town.by("sent").answer(&tab, &path, &[("route", "存查"), ("opinion", "写了一半。")]).status, 404);
        assert_eq!(api.get(&format!("/api/v1/matters/{xs}")).status, 404);
        for number in [&xs, &next, &later, &zd] {
            assert_eq!(seen(town, "sent", number), [false; 3], "{number}");
        }
        let procurator = town.by("procurator").get(&format!("/matter/{zd}"));
        assert!(procurator.status == 200 && !procurator.says(&xs), "the sending side reads none of our matters");
        let conflicts = town.by("handler").get("/conflicts");
        assert!(conflicts.says(&format!("检察驻点 {zd}")) && conflicts.says(&xs) && !conflicts.says(&next), "{}", conflicts.text());
        assert!(!conflicts.says("检察驻点：选派单位"), "his own procuratorate is his again");
        // Whatever role he comes back in: not to what he took part in.
        let back = town.open("system", "grant", "propose", &[("person", &town.ids["sent"].clone()), ("role", "R7"), ("org", house::OFFICE), ("from", &from), ("reason", "协助。")]);
        town.act("security", &back, "approve", &[]);
        assert_eq!((seen(town, "sent", &xs), seen(town, "sent", &next)), ([false; 3], [true; 3]));
        town.act("lead", &zd, "appraise", &[("appraisal", "履职认真。")]);
        town.day(364);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!((town.phase(&zd).as_str(), seen(town, "sent", &xs)[0]), ("CoolingOff", false));
        town.day(367);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!((town.phase(&zd).as_str(), seen(town, "sent", &xs)), ("Archived", [true; 3]));
        assert!(!town.by("handler").get("/conflicts").says(&zd));
        town.sound();
    }
    fn the_sending_procuratorate_proposes_its_own_and_another_hand_of_it_agrees(town: &Town) {
        let form = town.by("procurator").get("/matters/secondment/new/propose");
        assert!(form.status == 200 && form.says(&town.ids["sent"]), "{}", form.text());
        for who in ["handler", "court", "officer", "discipline"] {
            assert!(!form.says(&town.ids[who]), "accounts of other bodies are not offered: {who}");
        }
        assert!(town.by("handler").get("/matters/secondment/new/propose").says(&town.ids["discipline"]), "the office is offered all");
        for who in ["court", "sent", "inspector", "lead"] {
            assert_eq!(town.by(who).get("/matters/secondment/new/propose").status, 404, "{who}");
        }
        let (sent, from) = (town.ids["sent"].clone(), town.today(0));
        let values = |org: &'static str, owner: &'static str| {
            let said = [("person", sent.as_str()), ("org", org), ("post", "研判"), ("from", &from), ("until", "2026-09-01"), ("reason", "充实研判力量。"), ("owner", owner)];
            town.by("procurator").open("secondment", "propose", &said)
        };
        assert_ne!(values(house::COURT, house::OFFICE).status, 303, "nobody proposes for another body");
        assert_ne!(values(PROCURACY, PROCURACY).status, 303, "it is brought before the office above");
        let zd = values(PROCURACY, house::OFFICE).number();
        assert!(zd.starts_with("ZD-"), "{zd}");
        let same = town.by("procurator").act(&zd, "agree_sender", &[("opinion", "同意选派。")]);
        assert!(same.status == 409 && same.says("须由另一人办理"), "{}", same.text());
        assert_eq!(town.by("lead").act(&zd, "agree_host", &[("opinion", "同意。")]).status, 404, "the sender first");
        assert!(town.by("lead").get("/matters/secondment").says(&zd));
        town.sound();
    }
    fn the_last_day_is_the_last_whether_or_not_anybody_acts(town: &Town) {
        let (xs, zd) = (town.clue(), serving(town));
        let lent = town.by("sent").get("/delegations");
        let to = town.ids["procurator"].clone();
        let role = format!("R7|{}", house::OFFICE);
        let refused = town.by("sent").answer(&lent, "/delegations", &[("person", &to), ("role", &role), ("from", &town.today(0)), ("until", &town.today(9))]);
        assert!(refused.status == 422 && refused.says("只属本人"), "{}", refused.text());
        town.day(183);
        assert_eq!((town.today(0).as_str(), seen(town, "sent", &xs)[0]), ("2026-09-01", true));
        town.day(184);
        // Before time itself has written it down.
        assert_eq!((town.phase(&zd).as_str(), seen(town, "sent", &xs)), ("Serving", [false; 3]));
        app::inbox::tick(&town.house).unwrap();
        assert_eq!((town.phase(&zd).as_str(), seen(town, "sent", &zd)), ("Left", [false; 3]));
        let waits = town.by("lead").act(&zd, "appraise", &[("appraisal", "履职认真。")]);
        assert!(waits.status == 409 && waits.says("交接清单尚未填报"), "{}", waits.text());
        town.sound();
    }
    fn what_was_lent_ends_with_what_it_was_lent_from(town: &Town) {
        let expert = town.ids["expert"].clone();
        let sq = town.open("system", "grant", "propose", &[("person", &expert), ("role", "R1"), ("org", house::OFFICE), ("from", &town.today(0)), ("reason", "轮岗。")]);
        town.act("security", &sq, "approve", &[]);
        let form = town.by("expert").get("/delegations");
        let (to, role, today) = (town.ids["inspector"].clone(), format!("R1|{}", house::OFFICE), town.today(0));
        let set = town.by("expert").answer(&form, "/delegations", &[("person", &to), ("role", &role), ("from", &today), ("until", &town.today(30))]);
        assert_eq!((set.status, town.by("inspector").get("/imports").status), (303, 200), "{}", set.text());
        town.act("security", &sq, "withdraw", &[("reason", "轮岗结束。")]);
        assert_eq!(town.by("inspector").get("/imports").status, 403);
    }
}
