//! 文书 over HTTP on both engines: what a matter has to print, who prints what; 公文 from the draft to the receipt, its number and its proof.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::documents::{self, Form, Ledgers, Verdict};
use domain::papers::{Proof, Sheet};
use domain::procedures::official_paper::OfficialPaper;
use house::{COURT, POLICE, Page, Town};

const NOTICE: &str = "rectification_notice";

fn state(town: &Town, number: &str) -> OfficialPaper {
    town.house.db.read_here(|tx| app::matters::load_as::<OfficialPaper>(tx, number)).unwrap().unwrap().state
}
fn draft(town: &Town, about: &str, paper: &str) -> String {
    town.open("handler", "official_paper", "draft", &[("about", about), ("paper", paper)])
}
/// Up to the signature.
fn signed(town: &Town, about: &str) -> String {
    let fw = draft(town, about, NOTICE);
    town.act("handler", &fw, "submit", &[]);
    town.act("second", &fw, "review", &[]);
    town.act("lead", &fw, "sign", &[]);
    fw
}
fn pdf(town: &Town, who: &'static str, fw: &str) -> Page {
    town.by(who).get(&format!("/paper/{fw}/pdf"))
}
fn held(page: &Page) -> (Sheet, Proof) {
    typeset::contained(&page.body).unwrap().unwrap()
}

both! {
    fn a_paper_is_drafted_reviewed_signed_numbered_served_and_signed_for(town: &Town) {
        let zg = town.rectifying();
        let list = town.by("handler").get(&format!("/matter/{zg}/papers"));
        assert!(list.says("整改通知书") && list.says("拟公文"), "{}", list.text());
        assert!(town.by("handler").get(&format!("/matter/{zg}")).says(&format!("/matter/{zg}/papers")));
        let sample = town.by("handler").get(&format!("/matter/{zg}/paper/{NOTICE}"));
        assert!(sample.says("未签发") && sample.says("逐件核查，限期纠正。") && sample.says("必备要素齐全"), "{}", sample.text());
        let fw = draft(town, &zg, NOTICE);
        assert_eq!(state(town, &fw).opening().wording.to_org, COURT, "its own unit");
        assert!(town.by("handler").get(&format!("/paper/{fw}")).says("未签发"));
        for who in ["court", "police", "officer", "justice", "intake", "expert", "procurator"] {
            for page in [format!("/paper/{fw}"), format!("/paper/{fw}/pdf"), format!("/matter/{fw}")] {
                assert_eq!(town.by(who).get(&page).status, 404, "{who} {page}");
            }
        }
        town.act("handler", &fw, "revise", &[("to_org", COURT), ("copies", "云岭市人民检察院"), ("attachments", "问题清单")]);
        town.act("handler", &fw, "submit", &[]);
        let own = town.by("handler").act(&fw, "review", &[]);
        assert!(own.says("须由另一人办理"), "{}", own.text());
        town.act("second", &fw, "review", &[("remark", "同意。")]);
        town.act("lead", &fw, "sign", &[]);
        let number = state(town, &fw).signed().unwrap().doc_number.clone();
        assert_eq!(number, "云政法督〔2026〕1号");
        assert_eq!(pdf(town, "court", &fw).status, 404, "signed is not served");
        assert!(!town.by("court").get("/papers").says(&number));
        town.act("handler", &fw, "serve", &[("served_on", &town.today(0)), ("way", "电子送达")]);
        let got = pdf(town, "court", &fw);
        let (sheet, proof) = held(&got);
        assert_eq!((sheet.number.as_str(), sheet.draft, sheet.copies.clone(), sheet.attachments.clone()),
            (number.as_str(), false, vec!["云岭市人民检察院".to_owned()], vec!["问题清单".to_owned()]));
        assert!(proof.line.starts_with("存证 ") && proof.square.starts_with("XZ1:") && proof.square.len() < 200, "{proof:?}");
        assert_eq!(held(&pdf(town, "handler", &fw)).0, sheet, "one sheet for all");
        let word = town.by("court").get(&format!("/paper/{fw}/docx"));
        assert_eq!(held(&word).0, sheet, "PDF and DOCX say the same");
        let page = town.by("court").get(&format!("/paper/{fw}"));
        assert!(page.says(&number) && page.says("存证 ") && !page.says(&zg) && !page.says("林例安"), "{}", page.text());
        assert_eq!(town.by("police").get(&format!("/paper/{fw}")).status, 404);
        assert!(town.by("court").get("/papers").says(&number) && !town.by("police").get("/papers").says(&number));
        town.act("court", &fw, "acknowledge", &[]);
        assert_eq!(town.phase(&fw), "Acknowledged");
        assert!(town.by("handler").get("/papers?state=").says(&number) && town.by("handler").get("/papers.xlsx").status == 200);
        app::matters::flush(&town.house).unwrap();
        assert!(town.by("lead").get(&format!("/matter/{fw}")).says("蒋样和"), "the office sees who read and printed it");
        town.sound();
    }
    fn numbers_run_without_gaps_and_a_void_one_stays(town: &Town) {
        let zg = town.rectifying();
        let all: Vec<String> = (0..3).map(|_| signed(town, &zg)).collect();
        town.act("lead", &all[1], "void", &[("void_reason", "主送写错。")]);
        // What the gate turns away takes no number.
        let fw = draft(town, &zg, NOTICE);
        town.act("handler", &fw, "submit", &[]);
        town.act("second", &fw, "review", &[]);
        for who in ["handler", "second", "court"] {
            assert_ne!(town.by(who).act(&fw, "sign", &[]).status, 303, "{who}");
        }
        town.act("secretary", &fw, "sign", &[]);
        let letter = draft(town, &zg, "rectification_notice");
        town.act("handler", &letter, "drop", &[("reason", "不发了。")]);
        let numbers: Vec<String> = all.iter().chain([&fw]).map(|n| state(town, n).signed().unwrap().doc_number.clone()).collect();
        assert_eq!(numbers, (1..=4).map(|n| format!("云政法督〔2026〕{n}号")).collect::<Vec<_>>());
        let register = town.by("handler").get("/papers");
        assert!(numbers.iter().all(|n| register.says(n)) && register.says("作废 2026-03-02"), "{}", register.text());
        let void = town.by("handler").get("/papers?state=void");
        assert!(void.says(&numbers[1]) && !void.says(&numbers[0]));
        // Another year counts anew.
        town.day(320);
        let fw = signed(town, &zg);
        assert_eq!(state(town, &fw).signed().unwrap().doc_number, "云政法督〔2027〕1号");
        town.sound();
    }
    fn a_paper_belongs_to_its_matter_its_office_and_its_unit(town: &Town) {
        let zg = town.rectifying();
        let open = |who: &'static str, values: &[(&str, &str)]| town.by(who).open("official_paper", "draft", values);
        let other = open("handler", &[("about", &zg), ("paper", "urging_letter")]);
        assert!(other.says("这不是该件的文书"), "{}", other.text());
        let elsewhere = open("handler", &[("about", &zg), ("paper", NOTICE), ("to_org", POLICE)]);
        assert!(elsewhere.says("只发给该件的被监督单位"), "{}", elsewhere.text());
        assert_eq!(open("court", &[("about", &zg), ("paper", NOTICE)]).status, 404, "a unit drafts nothing");
        let unknown = open("justice", &[("about", &zg), ("paper", NOTICE)]);
        assert!(unknown.says("没有") && unknown.status == 422, "not his to know: {}", unknown.text());
        let early = open("handler", &[("about", &zg), ("paper", "rectification_file")]);
        assert_ne!(early.status, 303, "no record is numbered");
        let not_yet = open("handler", &[("about", &zg), ("paper", "rectification_reminder")]);
        assert!(not_yet.says("还没有形成这份文书"), "{}", not_yet.text());
        // What its reader may not read is on no paper, whoever prints it.
        let clue = town.clue();
        let record = town.by("handler").get(&format!("/matter/{clue}/paper/clue_registration.pdf"));
        let said = String::from_utf8(held(&record).0.bytes()).unwrap();
        assert!(said.contains("反映案件审理超过法定期限") && !said.contains("甘例棠") && !said.contains("15400098765"), "{said}");
        for who in ["court", "police", "procurator", "intake"] {
            assert_eq!(town.by(who).get(&format!("/matter/{clue}/paper/clue_registration.pdf")).status, 404, "{who}");
        }
        // The unit prints its own papers of the matter, and none that are not written for it.
        assert_eq!(town.by("court").get(&format!("/matter/{zg}/paper/{NOTICE}")).status, 200);
        assert_eq!(town.by("court").get(&format!("/matter/{zg}/paper/rectification_file")).status, 404);
    }
    fn whoever_is_recused_from_the_matter_does_not_find_its_paper(town: &Town) {
        let zg = town.rectifying();
        let fw = signed(town, &zg);
        let second = town.ids["second"].clone();
        let page = town.by("lead").get("/conflicts");
        let done = town.by("lead").answer(&page, "/conflicts", &[("person", &second), ("kind", "org"), ("target", COURT), ("why", "近亲属任职。")]);
        assert!(done.status == 303, "{}", done.text());
        assert_eq!(town.by("second").get(&format!("/paper/{fw}")).status, 404);
        assert!(!town.by("second").get("/papers").says("云政法督〔2026〕1号"));
    }
    fn a_genuine_paper_is_told_from_an_altered_one(town: &Town) {
        let zg = town.rectifying();
        let fw = signed(town, &zg);
        let (sheet, proof) = held(&pdf(town, "handler", &fw));
        let verdict = |sheet: &Sheet, proof: &Proof, form: Form| {
            let told = documents::verify(&documents::set(sheet, proof, form).unwrap(), &[], &Ledgers::House(&town.house)).unwrap();
            (told.verdict(), told.steps.into_iter().map(|(_, say)| say).collect::<Vec<_>>().join("\n"))
        };
        for form in Form::ALL {
            assert_eq!(verdict(&sheet, &proof, form).0, Verdict::Genuine, "{}", verdict(&sheet, &proof, form).1);
        }
        let alone = documents::verify(&documents::set(&sheet, &proof, Form::Pdf).unwrap(), &[], &Ledgers::None).unwrap();
        assert_eq!(alone.verdict(), Verdict::Unknown, "no ledger, no verdict: {alone:?}");
        // Another text under the same square.
        let mut other = sheet.clone();
        other.title = "关于不再整改的通知".into();
        let (said, words) = verdict(&other, &proof, Form::Pdf);
        assert!(said == Verdict::Altered && words.contains("内容被改动"), "{words}");
        // Another line.
        let line = Proof { line: proof.line.replace('·', "-"), ..proof.clone() };
        assert!(verdict(&sheet, &line, Form::Docx).1.contains("存证行与二维码不符"));
        // A square of one's own making: it commits to the text, and no entry commits to it.
        let mut square = documents::Square::parse(&proof.square).unwrap();
        let salt = [7u8; 32];
        square.paper = Some((salt, ledger::commitment(square.alg, &salt, &other.bytes())));
        let forged = Proof { line: square.line(), square: square.text() };
        let (said, words) = verdict(&other, &forged, Form::Pdf);
        assert!(said == Verdict::Altered && words.contains("没有承诺这份文书"), "{words}");
        // Another root.
        let mut square = documents::Square::parse(&proof.square).unwrap();
        square.root[0] ^= 1;
        let moved = Proof { line: square.line(), square: square.text() };
        let (said, words) = verdict(&sheet, &moved, Form::Pdf);
        assert!(said == Verdict::Altered && words.contains("没有这个检查点"), "{words}");
        // An anchor kept elsewhere says otherwise, or the same.
        let held = ledger::Anchor { ledger_id: square.ledger_id, size: square.size, root: square.root };
        let file = documents::set(&sheet, &proof, Form::Pdf).unwrap();
        assert_eq!(documents::verify(&file, &[held], &Ledgers::None).unwrap().verdict(), Verdict::Altered);
        // One byte of the file.
        let mut bytes = file.clone();
        let at = bytes.len() / 2;
        bytes[at] ^= 1;
        assert_ne!(documents::verify(&bytes, &[], &Ledgers::House(&town.house)).unwrap().verdict(), Verdict::Genuine);
        // A record is written again from the ledger.
        let record = town.by("handler").get(&format!("/matter/{}/paper/clue_registration.pdf", town.clue()));
        let told = documents::verify(&record.body, &[], &Ledgers::House(&town.house)).unwrap();
        assert!(matches!(told.verdict(), Verdict::Genuine | Verdict::Unknown), "{told:?}");
    }
    fn what_lies_sealed_is_found_out_when_it_was_changed(town: &Town) {
        let zg = town.rectifying();
        let fw = draft(town, &zg, NOTICE);
        town.act("handler", &fw, "submit", &[]);
        town.act("second", &fw, "review", &[]);
        let (fw2, id) = (fw.clone(), state(town, &fw).submitted().unwrap().sheet[0].clone());
        let digest = town.house.db.read_here(|tx| app::files::get(tx, &town.house, &id)).unwrap().unwrap().0.digest;
        let path = town.folder().join("files").join(&digest[..2]).join(&digest);
        let good = std::fs::read(&path).unwrap();
        let mut bad = good.clone();
        let last = bad.len() - 1;
        bad[last] = if bad[last] == b'0' { b'1' } else { b'0' };
        std::fs::write(&path, &bad).unwrap();
        let refused = town.by("lead").act(&fw2, "sign", &[]);
        assert!(refused.status == 409 && refused.says("与送核时的内容不符"), "{}", refused.text());
        std::fs::write(&path, &good).unwrap();
        town.act("lead", &fw, "sign", &[]);
        let sheet = held(&pdf(town, "lead", &fw)).0;
        for file in std::fs::read_dir(town.folder().join("files")).unwrap().flat_map(|d| std::fs::read_dir(d.unwrap().path()).unwrap()) {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            assert!(!bytes.windows(sheet.title.len()).any(|w| w == sheet.title.as_bytes()), "the sheet lies open");
        }
    }
}
/// Two nodes sign at once: every number once, none left out.
#[test]
fn two_nodes_never_give_the_same_number() {
    let town = Town::new("postgres");
    let port = town.second_node();
    let zg = town.rectifying();
    let waiting: Vec<String> = (0..8)
        .map(|_| {
            let fw = draft(&town, &zg, NOTICE);
            town.act("handler", &fw, "submit", &[]);
            town.act("second", &fw, "review", &[]);
            fw
        })
        .collect();
    let lead = town.by("lead");
    std::thread::scope(|s| {
        for (n, fw) in waiting.iter().enumerate() {
            let mut who = lead.clone();
            who.port = if n % 2 == 0 { who.port } else { port };
            s.spawn(move || assert_eq!(who.act(fw, "sign", &[]).status, 303, "{fw}"));
        }
    });
    let mut serials: Vec<u32> = waiting
        .iter()
        .map(|fw| state(&town, fw).signed().unwrap().doc_number.split('〕').nth(1).unwrap().trim_end_matches('号').parse().unwrap())
        .collect();
    serials.sort_unstable();
    assert_eq!(serials, (1..=8).collect::<Vec<_>>());
    town.sound();
}
/// Of an appeal nothing on the main chain tells the hour: its papers are printed from it, with its number and without a square.
#[test]
fn papers_about_confidential_matters_bear_no_number_that_dates_them() {
    let town = Town::new("sqlite");
    let facts = [
        ("mode", "保密"),
        ("reporter_name", "甘例棠"),
        ("reporter_phone", "15400098765"),
        ("enterprise", "云岭样例商贸有限公司"),
        ("source", "来访"),
        ("org", house::MARKET),
        ("act_type", "行政检查"),
        ("problems", "1"),
        ("facts", "一个月内上门检查五次。"),
        ("demand", "请核对依据。"),
        ("litigation", "没有"),
    ];
    let qy = town.open("intake", "enterprise_appeal", "register", &facts);
    town.act("intake", &qy, "screen", &[("litigation", "没有"), ("remedy", "不涉及"), ("chief_named", "no"), ("note", "属受理范围。")]);
    town.act("intake", &qy, "accept", &[]);
    let refused = town.by("intake").open("official_paper", "draft", &[("about", &qy), ("paper", "appeal_accepted")]);
    assert!(refused.status == 422 && refused.says("文书从该件页面直接打印"), "{}", refused.text());
    let page = town.by("intake").get(&format!("/matter/{qy}/papers"));
    assert!(page.says("受理告知书") && !page.says("拟公文"), "{}", page.text());
    let (sheet, proof) = held(&town.by("intake").get(&format!("/matter/{qy}/paper/appeal_accepted.pdf")));
    assert_eq!((sheet.number.as_str(), sheet.draft, proof.square.as_str()), (qy.as_str(), false, ""), "{proof:?}");
    assert!(!String::from_utf8(sheet.bytes()).unwrap().contains("甘例棠"), "nothing of who it was");
    for who in ["market", "handler", "justice", "court"] {
        assert_eq!(town.by(who).get(&format!("/matter/{qy}/paper/appeal_accepted.pdf")).status, 404, "{who}");
    }
}
