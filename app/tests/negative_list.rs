//! 负面清单 over HTTP on both engines (B12): the whole way with notice, statement, receipt, answers, vote, remedies, packets and the way out.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod cases;
mod house;
mod listed;

use house::Town;
use house::asked::{go_out, look, packets};
use ledger::{Inclusion, VerifyingKey, commitment, unhex};
use listed::*;

fn receipts(town: &Town, fm: &str) -> Vec<String> {
    let page = town.by("officer").get(&format!("/matter/{fm}"));
    page.text().split(&format!("/matter/{fm}/receipt/")).skip(1).map(|t| t.split('"').next().unwrap().to_owned()).collect()
}

both! {
    fn an_entry_goes_the_whole_way_and_he_reads_all_of_it(town: &Town) {
        let pc = concluded(town);
        let fm = nominated(town, &pc);
        assert!(fm.starts_with("FM-"), "{fm}");
        assert_eq!(town.by("officer").get(&format!("/matter/{fm}")).status, 404, "not before the notice");
        assert!(!town.by("officer").get("/mine").says(&fm) && town.by("officer").get("/mine").says(&pc), "the review concerns him already");
        let early = town.by("handler").act(&fm, "attribute", &[]);
        assert!(early.status == 409 && early.says("还没有有权机关的责任认定"), "{}", early.text());
        noticed(town, &fm);
        assert_eq!(town.by("posted").get(&format!("/matter/{fm}")).status, 404, "his part is done");
        let mine = town.by("officer").get("/mine");
        assert!(mine.says(&fm) && mine.says("签收、登记送达告知书"), "{}", mine.text());
        let page = town.by("officer").get(&format!("/matter/{fm}"));
        for word in [FACTS, "不是对人的处理决定", "申请复核", "查封由本人承办", "告〔2026〕1号", "云公责〔2026〕3号"] {
            assert!(page.says(word), "{word}: {}", page.text());
        }
        signed(town, &fm, "serve_notice");
        town.act("officer", &fm, "state", &[("statement", STATEMENT)]);
        let blocked = town.by("secretary").act(&fm, "decide_list", &[]);
        assert_eq!(blocked.status, 404, "no vote while he may speak");
        tick(town, 32);
        assert_eq!(town.phase(&fm), "Stating", "ten working days have not passed");
        tick(town, 40);
        assert_eq!(town.phase(&fm), "Answering");
        let harsh = town.by("handler").act(&fm, "answer", &[("point", "1"), ("adopted", "不采纳"), ("answer", "该干警态度恶劣。")]);
        assert!(harsh.status == 422 && harsh.says("对态度的评价"), "{}", harsh.text());
        answered(town, &fm);
        let longer = town.by("secretary").get(&format!("/matter/{fm}/do/decide_list"));
        assert!(longer.says("<option") && longer.says("郑虚清"), "those who vote are chosen from the office: {}", longer.text());
        decided(town, &fm, "12");
        let his = town.by("officer").get(&format!("/matter/{fm}"));
        assert!(his.says("赞成 2 票，反对 1 票") && his.says("主要责任在审批环节") && !his.says("郑虚清"), "{}", his.text());
        signed(town, &fm, "serve_decision");
        tick(town, 69);
        assert_eq!(town.phase(&fm), "Reviewable");
        tick(town, 73);
        assert_eq!(town.phase(&fm), "Open");
        let provided = [("to_org", "ZZB"), ("purpose", "协管参考。"), ("use_basis", "干部监督职责")];
        town.act("handler", &fm, "provide", &provided);
        assert!(town.by("officer").get(&format!("/matter/{fm}")).says("云岭市委组织部"), "he reads whom it was told");
        assert_eq!(town.by("party-org2").get(&format!("/matter/{fm}")).status, 404, "a recipient reads the packet and nothing else");
        let sb = packets(town).pop().unwrap();
        go_out(town, &sb);
        town.act("party-org2", &sb, "sign", &[]);
        let read = look(town, "party-org2", &sb, "1");
        assert!(read.status == 200 && read.says("查封款物未及时解除") && !read.says(FACTS) && !read.says(&fm), "{}", read.text());
        // Taken off early: the packet is told to be corrected; then it is gone for all but him and the auditor.
        let removal = [("removal", "责任变更"), ("reason", "责任认定已经变更。"), ("document", "file:变更认定书")];
        town.act("secretary", &fm, "remove_early", &removal);
        assert_eq!(town.phase(&sb), "ToCorrect");
        let after = look(town, "party-org2", &sb, "1");
        assert!(after.status != 200 && !after.says("查封款物未及时解除"), "{}", after.text());
        let told = [("told.0.org", "ZZB"), ("told.0.told_on", &*town.today(0)), ("told.0.doc_no", "更〔2026〕1号")];
        town.act("handler", &fm, "confirm_corrected", &told);
        for who in ["handler", "lead", "secretary", "posted"] {
            assert_eq!(town.by(who).get(&format!("/matter/{fm}")).status, 404, "{who}");
            assert!(!town.by(who).get("/matters/negative_list_entry").says(&fm), "{who}");
        }
        let aud = town.by("auditor").get(&format!("/matter/{fm}"));
        assert!(aud.status == 200 && !aud.says(FACTS) && !aud.says("钱构勤"), "{}", aud.text());
        assert!(town.by("officer").get(&format!("/matter/{fm}")).says(FACTS));
        town.sound();
    }
    fn his_statement_has_a_receipt_that_proves_its_place_and_its_words_without_us(town: &Town) {
        let pc = concluded(town);
        let fm = nominated(town, &pc);
        noticed(town, &fm);
        signed(town, &fm, "serve_notice");
        town.act("officer", &fm, "state", &[("statement", STATEMENT)]);
        let all = receipts(town, &fm);
        assert_eq!(all.len(), 1, "{all:?}");
        let page = town.by("officer").get(&format!("/matter/{fm}/receipt/{}", all[0]));
        assert!(page.status == 200 && page.says("本人在线提交") && page.says("已收到"), "{}", page.text());
        let file = town.by("officer").get(&format!("/matter/{fm}/receipt/{}/proof.txt", all[0]));
        assert_eq!(file.status, 200);
        let proof = Inclusion::parse(&file.text()).unwrap();
        let key = VerifyingKey::from_text(&town.house.keys.public()).unwrap();
        proof.verify(Some(&key)).unwrap();
        // The entry he holds commits to the very words he wrote: the salt opens it.
        let event = proof.event().unwrap();
        let text = page.text();
        let salt = text.split("内容 1 的盐").nth(1).and_then(|t| t.split("<code").nth(1)).and_then(|t| t.split(['>', '<']).nth(1)).unwrap();
        let said = commitment(event.alg, &unhex::<32>(salt).unwrap(), STATEMENT.as_bytes());
        assert!(event.vault_refs.iter().any(|(_, c)| *c == said), "{event:?}");
        // The office reads that it arrived, not the salt; outsiders find nothing.
        let theirs = town.by("handler").get(&format!("/matter/{fm}/receipt/{}", all[0]));
        assert!(theirs.status == 200 && !theirs.says("的盐"), "{}", theirs.text());
        let hashed = Inclusion::parse(&town.by("handler").get(&format!("/matter/{fm}/receipt/{}/proof.txt", all[0])).text()).unwrap();
        assert!(hashed.event().is_none() && hashed.verify(Some(&key)).is_ok());
        for who in ["police", "sent", "party-org2", "auditor"] {
            for end in ["", "/proof.txt"] {
                assert_eq!(town.by(who).get(&format!("/matter/{fm}/receipt/{}{end}", all[0])).status, 404, "{who}");
            }
        }
        assert_eq!(town.by("officer").get(&format!("/matter/{fm}/receipt/1")).status, 404, "another's entry has none here");
        // On paper: entered by the office, with the paper, and a receipt all the same.
        let paper = [("statement", "同类情形他人未列入。"), ("received_on", &*town.today(0)), ("paper", "file:扫描件")];
        town.act("handler", &fm, "state_on_paper", &paper);
        let all = receipts(town, &fm);
        let page = town.by("officer").get(&format!("/matter/{fm}/receipt/{}", all[1]));
        assert!(page.says("代为登记"), "{}", page.text());
        assert!(town.by("officer").get(&format!("/matter/{fm}")).says("同类情形他人未列入"));
        town.sound();
    }
    fn a_revoked_review_takes_its_entries_off_at_once_whatever_phase_they_are_in(town: &Town) {
        let pc = concluded(town);
        let fm = reviewable(town, &pc);
        tick(town, 73);
        town.act("handler", &fm, "provide", &[("to_org", "ZZB"), ("purpose", "协管参考。"), ("use_basis", "干部监督职责")]);
        let other = nominated(town, &pc);
        let revoke = [("body", "省公安厅"), ("doc_no", "复〔2026〕7号"), ("document", "file:复议决定")];
        town.act("secretary", &pc, "revoke", &revoke);
        assert_eq!((town.phase(&fm).as_str(), town.phase(&other).as_str()), ("Removed", "Excluded"));
        let refused = town.by("handler").open("negative_list_entry", "nominate", &[
            ("review", &pc), ("officer", &town.ids["officer"]), ("category", "重大瑕疵"), ("problems", "Q2"), ("facts", FACTS), ("evidence", "卷三"),
        ]);
        assert!(refused.status == 422 && refused.says("只能从已定论、未撤销的评查件提名"), "{}", refused.text());
        town.sound();
    }
    fn others_review_and_while_they_do_nothing_is_told(town: &Town) {
        let pc = concluded(town);
        let fm = reviewable(town, &pc);
        town.act("officer", &fm, "apply_review", &[("grounds", "责任划分不当。")]);
        tick(town, 75);
        assert_eq!(town.phase(&fm), "UnderReview", "the time for review does not lapse while it runs");
        let same = town.by("lead").act(&fm, "uphold", &[("answer", "维持。"), ("doc_no", "复〔2026〕1号")]);
        assert!(same.status == 409 && same.says("参加过审定表决的人不能办理复核"), "{}", same.text());
        let longer = [("answer", "缩短。"), ("doc_no", "复〔2026〕1号"), ("months", "13")];
        let worse = town.by("secretary2").act(&fm, "shorten_on_review", &longer);
        assert!(worse.status == 422 && worse.says("不得因陈述、申辩、复核、申诉加重"), "{}", worse.text());
        town.act("secretary2", &fm, "shorten_on_review", &[("answer", "缩短。"), ("doc_no", "复〔2026〕1号"), ("months", "3")]);
        assert_eq!(town.by("handler").act(&fm, "provide", &[]).status, 404);
        signed(town, &fm, "serve_review");
        assert_eq!(town.phase(&fm), "Open");
        tick(town, 140);
        assert_eq!(town.phase(&fm), "Removed", "three months from the decision");
        town.sound();
    }
}
