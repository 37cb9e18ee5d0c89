//! From one matter to the next, over HTTP on both engines: who is offered what, when, and that the form knows where it comes from.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::web::onward::ONWARD;
use domain::engine::Shape;
use house::{COURT, OFFICE, PROCURACY, Town};

/// What the page of this matter offers this person to open next.
fn offered(town: &Town, who: &'static str, number: &str) -> Vec<String> {
    let page = town.by(who).get(&format!("/matter/{number}"));
    assert_eq!(page.status, 200, "{who} {number}");
    let all = page
        .text()
        .split("/matters/")
        .skip(1)
        .filter_map(|p| Some(p.split_once("/new/")?.1.split('"').next()?.to_owned()))
        .collect::<Vec<_>>();
    all.iter().map(|href| href.split('?').next().unwrap().to_owned()).collect()
}
/// The address behind that offer.
fn way(town: &Town, who: &'static str, number: &str, opening: &str) -> String {
    let page = town.by(who).get(&format!("/matter/{number}")).text().replace("&#38;", "&");
    let from = page.find(&format!("/matters/{opening}?")).unwrap_or_else(|| panic!("{who} {number} {opening}"));
    page[from..].split('"').next().unwrap().to_owned()
}

#[test]
fn every_way_on_leads_from_a_phase_to_a_form_that_has_its_fields() {
    for o in ONWARD {
        let from = domain::procedures::kind(o.from).unwrap_or_else(|| panic!("{o:?}"));
        assert!(o.phases.iter().all(|p| from.phase(p).is_some()), "{o:?}");
        let kind = domain::procedures::kind(o.opens.0).unwrap_or_else(|| panic!("{o:?}"));
        let step = kind.step(o.opens.1).unwrap_or_else(|| panic!("{o:?}"));
        assert!(step.opens() && step.by_people(), "{o:?}");
        for (name, value) in o.fill {
            let field = step.fields.iter().find(|f| f.name == *name && !f.computed).unwrap_or_else(|| panic!("{o:?} {name}"));
            match (field.shape, *value) {
                (Shape::Matter(of), "{number}") => assert!(of.is_empty() || of == o.from, "{o:?}"),
                (Shape::Org, "{org}") => {}
                (Shape::Code(table), code) => assert!(table.has(code), "{o:?}"),
                _ => panic!("{o:?} {name}"),
            }
        }
    }
}

both! {
    fn from_a_clue_the_office_refers_and_relieves(town: &Town) {
        let xs = town.clue();
        assert_eq!(offered(town, "handler", &xs), ["open", "discover"]);
        assert_eq!(offered(town, "lead", &xs), ["open"], "the lead refers; whom to relieve the handler registers");
        assert!(offered(town, "posted", &xs).is_empty() && offered(town, "secretary", &xs).is_empty());
        let form = town.by("handler").get(&way(town, "handler", &xs, "referral/new/open"));
        assert!(form.says(&format!("name=\"source\" value=\"{xs}\"")) && form.says(&format!("href=\"/matter/{xs}\"")), "{}", form.text());
        let other = town.clue();
        town.act("handler", &xs, "merge", &[("clue", &other), ("reason", "同一件事。")]);
        assert!(offered(town, "handler", &xs).is_empty(), "it goes on in the other one");
    }
    fn from_an_inspection_under_way_each_opens_what_is_his(town: &Town) {
        let (leader, from, to) = (town.ids["inspector"].clone(), town.today(0), town.today(40));
        let values = [("kind", "政治督察"), ("org", COURT), ("scope", "审限管理情况"), ("leader", leader.as_str()), ("members", "尤例察"), ("from", &from), ("to", &to)];
        let dc = town.open("inspector", "inspection", "propose", &values);
        assert!(offered(town, "handler", &dc).is_empty() && offered(town, "inspector", &dc).is_empty(), "nothing before the entry");
        town.act("secretary", &dc, "approve", &[]);
        town.act("inspector", &dc, "announce", &[("announced_on", &from), ("contact", "专用信箱")]);
        assert_eq!(offered(town, "handler", &dc), ["open", "plan", "plan"]);
        assert_eq!(offered(town, "inspector", &dc), ["plan"]);
        assert!(offered(town, "court", &dc).is_empty());
        let check = town.by("inspector").get(&way(town, "inspector", &dc, "special_check/new/plan"));
        assert!(check.says(&format!("name=\"inspection\" value=\"{dc}\"")) && check.says(&format!("value=\"{COURT}\" selected")), "{}", check.text());
        let batch = town.by("handler").get(&way(town, "handler", &dc, "review_batch/new/plan"));
        assert!(batch.says("value=\"嵌入\" selected") && batch.says(&format!("value=\"{COURT}\" selected")), "{}", batch.text());
    }
    fn a_procuratorate_goes_on_from_its_opinion_once_it_was_not_heeded(town: &Town) {
        let said = [("proc_org", PROCURACY), ("kind", "通知立案书"), ("doc_no", "云检通立〔2026〕5号"), ("org", COURT), ("matter", "应当立案而未立案。"),
            ("served_on", "2026-03-02"), ("paper", "file:意见书"), ("service", "file:回证")];
        let jy = town.open("procurator", "procuratorial_opinion", "register", &said);
        assert!(offered(town, "procurator", &jy).is_empty());
        town.day(16);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!(offered(town, "procurator", &jy), ["request"]);
        assert!(offered(town, "handler", &jy).is_empty() && offered(town, "court", &jy).is_empty());
        let to = way(town, "procurator", &jy, "escalation/new/request");
        assert!(to.contains(&format!("owner={OFFICE}")), "{to}");
        let form = town.by("procurator").get(&to);
        assert!(form.says(&format!("name=\"procuratorial_opinion\" value=\"{jy}\"")), "{}", form.text());
    }
    fn a_rectification_that_waits_for_its_resample_leads_to_the_batch(town: &Town) {
        let zg = town.rectifying();
        assert_eq!(offered(town, "handler", &zg), ["open"]);
        town.act("court", &zg, "report", &[("result", "已改。"), ("evidence", "file:清单")]);
        town.act("handler", &zg, "accept", &[("opinion", "同意。")]);
        town.day(140);
        town.act("second", &zg, "hold", &[("finding", "未见同类问题。")]);
        town.act("lead", &zg, "close", &[]);
        town.day(232);
        app::inbox::tick(&town.house).unwrap();
        assert_eq!((town.phase(&zg).as_str(), offered(town, "handler", &zg)), ("Resampling", vec!["open".to_owned(), "plan".into()]));
        assert_eq!(offered(town, "lead", &zg), ["open"]);
        let form = town.by("handler").get(&way(town, "handler", &zg, "review_batch/new/plan"));
        assert!(form.says("value=\"复查\" selected") && form.says(&format!("name=\"rectification\" value=\"{zg}\"")), "{}", form.text());
    }
    fn a_common_problem_leads_to_a_rule_and_once_adopted_to_an_inspection(town: &Town) {
        for _ in 0..3 {
            town.clue();
        }
        let police: Vec<(&str, &str)> = house::CLUE.iter().map(|(n, v)| if *n == "org" { (*n, house::POLICE) } else { (*n, *v) }).collect();
        town.open("handler", "clue", "register", &police);
        let today = town.today(0);
        let gx = town.open("handler", "common_problem", "confirm", &[("problem", "X1"), ("from", "2025-03-02"), ("to", &today), ("analysis", "报批缺位。")]);
        assert_eq!(offered(town, "handler", &gx), ["propose"], "the rule alone");
        town.act("lead", &gx, "suggest", &[("target", COURT), ("inspection_kind", "政治督察"), ("reasons", "三件。")]);
        assert!(offered(town, "inspector", &gx).is_empty());
        town.act("inspector", &gx, "adopt", &[("suggestion", "1"), ("note", "列入年度计划。")]);
        assert_eq!(offered(town, "inspector", &gx), ["propose"]);
        assert_eq!(offered(town, "handler", &gx), ["propose", "propose"]);
        let form = town.by("inspector").get(&way(town, "inspector", &gx, "inspection/new/propose"));
        assert!(form.says(&format!("name=\"common_problem\" value=\"{gx}\"")), "{}", form.text());
    }
    fn a_line_more_keeps_every_line_and_a_unit_is_chosen_by_its_name(town: &Town) {
        let path = "/matters/special_check/new/plan";
        let form = town.by("handler").get(path);
        assert!(form.says("name=\"checklist.1.item\"") && !form.says("name=\"checklist.2.item\""), "two lines to begin with");
        assert!(form.says("name=\"partners.0.org\"><option value=\"\">请选择</option>") && form.says("云岭市人民检察院"), "{}", form.text());
        // The first line left empty, a second one written.
        let more = town.by("handler").answer(&form, path, &[("more", "checklist"), ("checklist.0.item", ""), ("checklist.1.item", "应封已封"), ("partners.1.org", PROCURACY)]);
        assert!(more.status == 200 && more.says("name=\"checklist.1.item\" value=\"应封已封\"") && more.says("name=\"checklist.2.item\""), "{}", more.text());
        assert!(more.says(&format!("value=\"{PROCURACY}\" selected")) && !more.says("name=\"partners.2.org\""), "{}", more.text());
    }
}
