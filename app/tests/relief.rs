//! 司法救助 over HTTP on both engines: from somebody found in need to the visit after he was paid, and who learns of him when.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{COURT, Town};

const CARD: &str = "6222 0212 3456 7890 123";

fn found(town: &Town, xs: &str) -> String {
    let values =
        [("clue", xs), ("name", "贺例安"), ("contact", "13800138000"), ("situation", "被害人重伤，无力支付医疗费。"), ("ground", "被害人")];
    town.open("handler", "judicial_relief", "discover", &values)
}
fn passed_on(town: &Town, jz: &str) {
    let today = town.today(0);
    town.act("handler", jz, "tell_right", &[("told_on", &today), ("how", "当面")]);
    town.act("handler", jz, "consent", &[("explained", "yes"), ("proof", "file:同意书")]);
    town.act("handler", jz, "pass_on", &[("org", COURT), ("doc_no", "云政法救〔2026〕1号")]);
}
fn seen(town: &Town, who: &'static str, number: &str) -> [bool; 3] {
    let (v, link) = (town.by(who), format!("/matter/{number}"));
    let search = format!("/search?q={}", house::encode("贺例安"));
    [v.get(&link).status == 200, v.get("/matters/judicial_relief").says(&link), v.get(&search).says(&link)]
}

both! {
    fn somebody_in_need_is_found_told_asked_and_helped(town: &Town) {
        let xs = town.clue();
        let values = [("name", "贺例安"), ("contact", "13800138000"), ("situation", CARD), ("ground", "被害人")];
        let card = town.by("handler").open("judicial_relief", "discover", &values);
        assert!(card.status == 422 && card.says("疑似银行卡号") && card.says("id=\"e-situation\""), "{}", card.text());
        let jz = found(town, &xs);
        let everybody_else = ["police", "expert", "posted", "inspector", "officer", "procurator", "auditor"];
        for who in everybody_else.into_iter().chain(["court"]) {
            assert_eq!(seen(town, who, &jz), [false; 3], "{who}");
        }
        let before = town.by("handler").act(&jz, "pass_on", &[("org", COURT), ("doc_no", "云政法救〔2026〕1号")]);
        assert_ne!(before.status, 303, "nobody is told before he was asked");
        passed_on(town, &jz);
        assert_eq!(seen(town, "court", &jz), [true; 3]);
        for who in everybody_else {
            assert_eq!(seen(town, who, &jz), [false; 3], "{who}");
        }
        let page = town.by("court").get(&format!("/matter/{jz}"));
        assert!(page.says("贺例安") && page.says("被害人重伤") && !page.says(&xs) && !page.says("同意书"), "{}", page.text());
        town.act("court", &jz, "audit", &[("eligible", "yes"), ("finding", "符合条件。")]);
        town.act("lead", &jz, "decide_relief", &[("amount", "20000"), ("decision", "同意救助。")]);
        let today = town.today(0);
        town.act("handler", &jz, "notify", &[("notified_on", &today), ("how", "电话")]);
        let account = town.by("handler").act(&jz, "pay", &[("paid_on", &today), ("pay_doc", "6222021234567890123")]);
        assert!(account.status == 422 && account.says("疑似银行卡号"), "{}", account.text());
        town.act("handler", &jz, "pay", &[("paid_on", &today), ("pay_doc", "云财拨〔2026〕8号")]);
        town.act("handler", &jz, "revisit", &[("visited_on", &today), ("visit", "已用于治疗。")]);
        assert_eq!(town.phase(&jz), "Closed");
        assert!(!town.by("court").get(&format!("/matter/{jz}")).says("已用于治疗"));
        town.sound();
    }
    fn whoever_does_not_consent_is_passed_on_to_nobody_and_whoever_is_barred_from_the_clue_learns_nothing(town: &Town) {
        let xs = town.clue();
        let jz = found(town, &xs);
        let form = town.by("handler").get("/conflicts");
        let second = town.ids["second"].clone();
        assert_eq!(seen(town, "second", &jz), [true; 3]);
        let set = town.by("handler").answer(&form, "/conflicts", &[("person", &second), ("kind", "matter"), ("target", &xs), ("why", "近亲属")]);
        assert_eq!((set.status, seen(town, "second", &jz)), (303, [false; 3]), "{}", set.text());
        let today = town.today(0);
        town.act("handler", &jz, "tell_right", &[("told_on", &today), ("how", "当面")]);
        let unsaid = town.by("handler").act(&jz, "consent", &[("explained", "no"), ("proof", "file:同意书")]);
        assert!(unsaid.status == 422 && unsaid.says("须先说明"), "{}", unsaid.text());
        town.act("handler", &jz, "decline", &[("reason", "不愿公开困难情况。")]);
        assert_eq!((town.phase(&jz).as_str(), seen(town, "court", &jz)), ("Declined", [false; 3]));
        town.sound();
    }
}
