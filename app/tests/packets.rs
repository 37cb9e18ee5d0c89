//! 授权包 and 定向监督 over HTTP on both engines: asked, answered, read with receipts, taken back, put right; outsiders read nothing else.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::web::routes::{Does, ROUTES};
use domain::procedures::packet::{Look, Packet};
use house::asked::{FOUND, GOOD, carried_out, go_out, look, packets, sent, wanted};
use house::{COURT, Page, Town, encode};
use ledger::Alg;
use serde_json::json;

const OUTSIDERS: [&str; 3] = ["party-org", "discipline", "procurator"];

fn looks(town: &Town, sb: &str) -> Vec<Look> {
    town.house.db.read_here(|tx| app::matters::load_as::<Packet>(tx, sb)).unwrap().unwrap().state.looks().to_vec()
}
fn stored(town: &Town, sb: &str, look: &Look) -> Vec<u8> {
    town.house.db.read_here(|tx| app::packets::receipt(tx, &town.house, sb, look)).unwrap().into_bytes()
}
fn marks(town: &Town, number: &str, marks: &str) {
    let (number, marks) = (number.to_owned(), marks.to_owned());
    town.house.db.write_here(move |tx| tx.exec("UPDATE idx SET marks = $2 WHERE number = $1", app::params![&number, &marks])).unwrap();
}
/// Every file under the house's folder of attachments.
fn on_disk(town: &Town) -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(town.folder().join("files")).unwrap().map(|e| e.unwrap().path());
    folders.flat_map(|d| std::fs::read_dir(d).unwrap().map(|e| e.unwrap().path())).collect()
}

both! {
    fn what_was_asked_for_is_answered_by_a_packet_and_each_look_leaves_the_bytes_it_showed(town: &Town) {
        for (post, purpose) in [("（2026）赣1202刑初15号承办岗位", "了解情况"), ("执行岗位", "了解被告人王明涉嫌受贿一案进展"), ("执行岗位", "核实XS-2026-0001")] {
            let refused = town.by("party-org").open("directed_supervision", "request", &wanted(post, purpose));
            assert!(refused.status == 422 && refused.says("不能以特定在办案件为标的"), "{}", refused.text());
        }
        let (dx, zx) = carried_out(town);
        let own = town.by("party-org").get(&format!("/matter/{dx}"));
        assert!(own.says("执行局局长岗位") && !own.says(&zx) && !own.says(FOUND) && !own.says("林例安"), "{}", own.text());
        assert_eq!(town.by("party-org").get(&format!("/matter/{zx}")).status, 404);
        assert!(town.by("court").get(&format!("/matter/{dx}")).status == 404, "the unit learns nothing of it");
        town.act("lead", &dx, "approve_result", &[]);
        let sb = packets(town).pop().unwrap();
        let path = format!("/packet/{sb}");
        for step in ["open_for", "prepare"] {
            for page in [path.clone(), format!("/matter/{sb}")] {
                assert_eq!(town.by("party-org").get(&page).status, 404, "nothing before the approval: {step} {page}");
            }
            if step == "open_for" {
                town.act("handler", &sb, "prepare", &[("until", &town.today(30))]);
            }
        }
        let office = town.by("lead").get(&path);
        let preview = town.by("lead").answer(&office, &format!("{path}/preview"), &[]);
        assert!(preview.says(FOUND) && preview.says(GOOD) && !preview.says(&dx) && !preview.says(&zx), "{}", preview.text());
        assert!(!office.says(FOUND), "a page tells how it stands, never what is in it");
        assert_eq!(town.by("handler").act(&sb, "approve", &[]).status, 404, "another person approves");
        town.act("lead", &sb, "approve", &[]);
        assert_eq!(look(town, "party-org", &sb, "1").status, 409, "signed for before it is read");
        town.act("party-org", &sb, "sign", &[]);
        let cover = town.by("party-org").get(&path);
        assert!(cover.says("可以查看") && !cover.says(FOUND) && !cover.says(&dx), "{}", cover.text());
        assert!(looks(town, &sb).is_empty(), "a page is no look");
        let shown = look(town, "party-org", &sb, "1");
        assert!(shown.status == 200 && shown.says(FOUND) && shown.says("褚虚白 · 云岭市委组织部") && shown.says(&format!("{sb} 第 1 版")), "{}", shown.text());
        assert!(!shown.says(&dx) && !shown.says(&zx) && !shown.says("csrf"), "{}", shown.text());
        let second = look(town, "party-org2", &sb, "1");
        let all = looks(town, &sb);
        for (page, look) in [&shown, &second].into_iter().zip(&all) {
            let hash: String = Alg::Sm3.hash(&[&page.body]).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!((stored(town, &sb, look), &look.receipt_digest), (page.body.clone(), &hash), "the receipt is what was shown");
        }
        let entries = town.house.db.read_here(|tx| app::ledger::stream(tx, &sb)).unwrap();
        let on_ledger = entries.iter().filter(|k| String::from_utf8_lossy(&k.event.payload).contains(&all[1].receipt_digest)).count();
        assert_eq!(on_ledger, 1);
        for file in on_disk(town) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!bytes.windows(FOUND.len()).any(|w| w == FOUND.as_bytes()), "{} lies open", file.display());
        }
        // What became of it: the office sees who looked, its leaders the bytes, the auditor counts.
        let uses = town.by("lead").get("/packets/uses");
        assert!(uses.says(&sb) && uses.says("褚虚白") && uses.says("柳拟才") && !uses.says(FOUND), "{}", uses.text());
        let again = town.by("lead").answer(&uses, &format!("{path}/receipt"), &[("look", "0")]);
        assert_eq!(again.body, shown.body);
        let no = town.by("handler").get("/packets/uses");
        assert_eq!(town.by("handler").answer(&no, &format!("{path}/receipt"), &[("look", "0")]).status, 404);
        let counts = town.by("auditor").get("/packets/uses");
        assert!(counts.says("云岭市委组织部") && counts.says("<span class=\"num\">2</span>") && !counts.says(&sb) && !counts.says("褚虚白"), "{}", counts.text());
        assert!(town.by("handler").act(&dx, "close", &[]).says("商请单位还没有回告使用情况"));
        town.act("party-org", &sb, "reply", &[("suggestions", "建议加强期限管理。")]);
        town.act("party-org2", &sb, "report_use", &[("used", "用于年度考核。")]);
        assert!(town.by("handler").get(&format!("/matter/{sb}")).says("建议加强期限管理"));
        town.act("handler", &dx, "close", &[]);
        town.sound();
    }
    fn taken_back_over_suspended_or_renewed_it_is_unreadable_at_once_even_in_an_open_tab(town: &Town) {
        let (dx, sb) = sent(town);
        let path = format!("/packet/{sb}");
        let try_tab = |tab: &Page, why: &str| {
            let page = town.by("party-org").answer(tab, &path, &[("edition", "1")]);
            assert!(page.status == 409 && page.says(why) && !page.says(FOUND) && !page.says(GOOD), "{why}: {} {}", page.status, page.text());
        };
        let tab = town.by("party-org").get(&path);
        assert!(tab.says("可以查看"));
        marks(town, &dx, "");
        try_tab(&tab, "授权包暂停提供");
        assert!(town.by("party-org").get(&path).says("授权包暂停提供"));
        marks(town, &dx, "providable");
        assert_eq!(look(town, "party-org", &sb, "1").status, 200);
        town.act("handler", &sb, "new_version", &[("reason", "补充数据")]);
        try_tab(&tab, "当前阶段不能办理");
        assert!(town.by("party-org").get(&path).says("旧版不再提供"));
        go_out(town, &sb);
        town.act("party-org", &sb, "sign", &[]);
        try_tab(&tab, "已有新版本");
        assert!(town.by("party-org").get(&path).says("已有新版本"));
        let second = look(town, "party-org", &sb, "2");
        assert!(second.says(&format!("{sb} 第 2 版")), "{}", second.text());
        // Its last day.
        town.day(30);
        assert_eq!(look(town, "party-org", &sb, "2").status, 200);
        let tab = town.by("party-org").get(&path);
        town.day(32);
        let late = town.by("party-org").answer(&town.by("party-org").get("/"), &path, &[("edition", "2")]);
        assert!(late.status == 409 && late.says("授权包已到期") && !late.says(FOUND), "{}", late.text());
        assert!(tab.says("可以查看") && town.by("party-org").get(&path).says("授权包已到期"));
        town.act("handler", &sb, "new_version", &[("reason", "续用")]);
        go_out(town, &sb);
        town.act("party-org", &sb, "sign", &[]);
        let tab = town.by("party-org").get(&path);
        town.act("lead", &sb, "revoke", &[("reason", "用途不符")]);
        let gone = town.by("party-org").answer(&tab, &path, &[("edition", "3")]);
        assert!(gone.status == 409 && !gone.says(FOUND), "{}", gone.text());
        let after = town.by("party-org").get(&path);
        assert!(after.says("已收回") && !after.says("用途不符"), "why, stays in the office: {}", after.text());
        let many = looks(town, &sb).len();
        assert_eq!(many, 3, "what was refused left no receipt");
        town.sound();
    }
    fn a_correction_reaches_every_past_recipient(town: &Town) {
        let (dx, first) = sent(town);
        look(town, "party-org", &first, "1");
        let row = [("kind", "负面清单"), ("to_org", "JW"), ("purpose", "工作参考"), ("basis", "协作办法"), ("sources.0.matter_no", dx.as_str())];
        let second = town.open("handler", "packet", "open", &row);
        go_out(town, &second);
        town.act("discipline", &second, "sign", &[]);
        assert!(look(town, "discipline", &second, "1").says(FOUND));
        // One that was over already counts as well: its receiver has read it.
        town.act("lead", &second, "revoke", &[("reason", "到此为止")]);
        let never = town.open("handler", "packet", "open", &row);
        town.act("lead", &dx, "take_back_result", &[("why", "件数统计有误")]);
        assert_eq!([&first, &second, &never].map(|n| town.phase(n)), ["ToCorrect", "ToCorrect", "Drafting"]);
        for (sb, who) in [(&first, "party-org"), (&second, "discipline")] {
            let cover = town.by(who).get(&format!("/packet/{sb}"));
            assert!(cover.says("已停止提供") && !cover.says("件数统计有误"), "{}", cover.text());
            assert_eq!(look(town, who, sb, "1").status, 409);
            town.act("handler", sb, "correct", &[("correction", "原件数有误，原函停止使用。")]);
            assert_eq!(look(town, who, sb, "1").status, 409, "not before it is approved");
            town.act("lead", sb, "approve_correction", &[]);
            assert!(town.by(who).act(sb, "acknowledge", &[]).says("先查看更正函"));
            let letter = look(town, who, sb, "2");
            assert!(letter.status == 200 && letter.says("原件数有误，原函停止使用") && letter.says("更正函") && !letter.says(FOUND), "{}", letter.text());
            assert_eq!(stored(town, sb, looks(town, sb).last().unwrap()), letter.body);
            town.act(who, sb, "acknowledge", &[]);
            assert_eq!(town.phase(sb), "Corrected");
        }
        assert!(town.by("handler").act(&never, "prepare", &[("until", &town.today(9))]).says("来源现在不能对外提供"));
        town.sound();
    }
    fn what_is_approved_is_what_was_prepared_byte_for_byte(town: &Town) {
        let (dx, _) = carried_out(town);
        let early = [("kind", "负面清单"), ("to_org", "JW"), ("purpose", "参考"), ("basis", "办法"), ("sources.0.matter_no", dx.as_str())];
        let refused = town.by("handler").open("packet", "open", &early);
        assert!(refused.status == 422 && refused.says("现在不能对外提供"), "{}", refused.text());
        town.act("lead", &dx, "approve_result", &[]);
        let sb = packets(town).pop().unwrap();
        town.act("handler", &sb, "prepare", &[("until", &town.today(30))]);
        let files = on_disk(town);
        let whole: Vec<_> = files.iter().map(|f| std::fs::read(f).unwrap()).collect();
        files.iter().for_each(|f| std::fs::write(f, "\u{1}s:00ff").unwrap());
        let altered = town.by("lead").act(&sb, "approve", &[]);
        assert!(altered.status == 409 && altered.says("授权包与批准时的指纹不符"), "{}", altered.text());
        files.iter().zip(&whole).for_each(|(f, bytes)| std::fs::write(f, bytes).unwrap());
        town.act("lead", &sb, "approve", &[]);
        town.act("party-org", &sb, "sign", &[]);
        files.iter().for_each(|f| std::fs::write(f, "\u{1}s:00ff").unwrap());
        assert_eq!(look(town, "party-org", &sb, "1").status, 409);
        files.iter().zip(&whole).for_each(|(f, bytes)| std::fs::write(f, bytes).unwrap());
        assert_eq!(look(town, "party-org", &sb, "1").status, 200);
        for (source, to, why) in [("DX-2026-9999", "JW", "没有“DX-2026-9999”"), (dx.as_str(), COURT, "授权包只发给"), (sb.as_str(), "JW", "现在不能对外提供")] {
            let form = [("kind", "负面清单"), ("to_org", to), ("purpose", "参考"), ("basis", "办法"), ("sources.0.matter_no", source)];
            let page = town.by("handler").open("packet", "open", &form);
            assert!(page.status == 422 && page.says(why), "{why}: {}", page.text());
        }
        town.sound();
    }
    fn outsiders_browse_nothing_else_and_what_they_tried_is_counted(town: &Town) {
        let xs = town.clue();
        let (dx, sb) = sent(town);
        let zx = town.house.db.read_here(|tx| Ok(tx.one("SELECT number FROM idx WHERE kind = 'special_check'", &[])?.unwrap().take(0))).unwrap();
        let hidden = |who: &str| -> Vec<&str> {
            let own: &[&str] = if who == "party-org" { &[&dx, &sb] } else { &[] };
            [xs.as_str(), &zx, &dx, &sb].into_iter().filter(|n| !own.contains(n)).collect()
        };
        for who in OUTSIDERS {
            let by = town.by(who);
            for number in hidden(who) {
                for route in ROUTES.iter().filter(|r| r.path.contains("{number}") && !r.path.starts_with("/api/") && r.path.contains("{number}")) {
                    let path = ["{action}", "{file}", "{id}", "{other}", "{form}"].iter().fold(route.path.replace("{number}", number), |p, n| p.replace(n, "look"));
                    let page = if matches!(route.does, Does::Show(_)) { by.get(&path) } else { by.answer(&by.get("/"), &path, &[("edition", "1")]) };
                    assert!([403, 404].contains(&page.status) && !page.says(FOUND), "{who} {} {path}: {}", route.method, page.status);
                }
            }
            let kinds = domain::procedures::all().iter().flat_map(|k| [format!("/matters/{}", k.name), format!("/api/v1/matters?kind={}", k.name)]);
            let pages = kinds.chain(["/", "/organisations", "/limits", "/codes", "/ledger", "/rules", "/delegations"].map(Into::into));
            let words = [xs.as_str(), &zx, &dx, &sb, "执行局局长", "审理超过", FOUND].map(|w| format!("/search?q={}", encode(w)));
            for path in pages.chain(words) {
                let page = by.get(&path);
                for number in hidden(who) {
                    // The search box repeats what was typed; hits would be links.
                    let told = page.says(FOUND) && !path.starts_with("/search");
                    assert!(!page.says(&format!("/matter/{number}")) && !told, "{who} {path} {number}");
                }
            }
            for measure in ["线索", "定向监督", "授权包", "负面清单"] {
                assert_eq!(by.get(&format!("/funnel/{}", encode(measure))).status, 404, "{who}: not even how many {measure}");
            }
        }
        // The same answer for what is not his and what is not there.
        assert_eq!(town.by("discipline").get(&format!("/packet/{sb}")).text(), town.by("discipline").get("/packet/SB-2026-9999").text());
        let api = |who| town.by(who).send("POST", &format!("/api/v1/matters/{sb}/look"), "application/json", &[("X-Csrf", &town.by(who).get("/").hidden("csrf"))], json!({"form": {}}).to_string().as_bytes());
        assert_eq!((api("party-org").status, api("discipline").status, looks(town, &sb).len()), (404, 404, 0), "no receipt of what was not shown");
        town.by("handler").get("/matter/XS-2026-9999");
        app::matters::flush(&town.house).unwrap();
        for reader in ["lead", "secretary", "auditor"] {
            let reads = town.by(reader).get("/reads");
            for kind in ["被拒：事项", "被拒：事项列表", "被拒：检索无结果", "被拒：授权包", "被拒：漏斗明细"] {
                assert!(reads.says(kind), "{reader}: {kind}: {}", reads.text());
            }
            assert!(!reads.says(&xs) && !reads.says(&sb), "counts, no numbers");
        }
        let sql = "SELECT DISTINCT person FROM read_record WHERE id = 0";
        let noted: Vec<String> = town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| r.take(0)).collect())).unwrap();
        assert!(OUTSIDERS.iter().all(|o| noted.contains(&town.ids[o])) && !noted.contains(&town.ids["handler"]), "of outsiders alone");
        town.day(1);
        town.sound();
    }
}
