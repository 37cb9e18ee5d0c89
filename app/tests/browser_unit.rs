//! The liaison of an enforcement unit in real Chromium, on a desk and on a telephone: signs a letter of supervision, objects, reports the
//! correction, answers the opinion of those who went along, invites them himself; axe-core on each page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::batch::Hands as _;
use house::browser::{Window, axe};
use house::walk::{Browser, walk};
use house::{MARKET, Town, field};

const LETTER: &str = "限期对积压的许可申请作出答复，并报告结果。";
const INVITATION: &[(&str, &str)] = &[
    ("org", MARKET),
    ("act_type", "行政检查"),
    ("task_no", "检2026-9"),
    ("task_state", "有码"),
    ("basis", "年度检查计划"),
    ("plan", "两人一组，查冷库温控记录。"),
    ("officers", "马测市 36120001\n丁样安 36120002"),
    ("inspected", "云岭样例食品有限公司"),
    ("place", "城东冷链园一号库"),
];

/// Looked at on a desk and on a telephone; nothing scrolls sideways, axe is silent.
fn look(w: &Window, name: &str) {
    for (width, height) in [(1440, 900), (390, 844)] {
        w.size(width, height);
        w.shot(&format!("unit-{name}-{width}"));
        assert_eq!(w.sound(axe().as_deref()), Vec::<String>::new(), "{name} at {width}");
        // It was looked at with the menus opened.
        w.run("document.querySelectorAll('.topbar details').forEach(d => d.open = false)");
    }
}
/// From the page of a matter by its button to the form.
fn to(w: &Window, number: &str, action: &str, label: &str) {
    let button = format!("a.btn[href^=\"/matter/{number}/do/{action}\"]");
    assert_eq!(w.run(&format!("return document.querySelector('{button}')?.textContent.trim()")), label, "{}", w.text());
    w.submit(&button);
}
/// Back on the page of the matter, with these words on it.
fn told(b: &Browser, number: &str, words: &str) {
    let w = &b.window;
    assert!(w.address().starts_with(&format!("/matter/{number}?done=")), "{}: {}", w.address(), w.text());
    assert!(w.text().contains(words), "{words}: {}", w.text());
}
/// A letter of supervision, served on the unit.
fn letter(town: &Town) -> String {
    let lead = [
        ("org", MARKET),
        ("source", "媒体"),
        ("act_type", "行政许可"),
        ("problems", "1"),
        ("gist", "媒体报道许可申请积压。"),
        ("litigation", "没有"),
    ];
    let jx = town.open("justice", "administrative_supervision", "open", &lead);
    let filed = [("filing", "重点"), ("supervision_kind", "重点"), ("litigation", "没有"), ("reason", "线索具体。")];
    town.act("justice", &jx, "propose_filing", &filed);
    town.act("justice-lead", &jx, "file", &[]);
    town.act("justice", &jx, "conclude", &[("natures", "应履行未履行"), ("grave", "no"), ("finding", "三件申请逾期未答复。")]);
    town.act("justice-lead", &jx, "approve_finding", &[]);
    town.act("justice", &jx, "draft_prompting_letter", &[("letter", LETTER), ("report_by", &town.today(20))]);
    town.act("justice-lead", &jx, "issue", &[("doc_no", "云司督〔2026〕1号")]);
    let served = [("served_on", town.today(0)), ("serve_way", "直接送达".to_owned()), ("receipt", "file:回证".to_owned())];
    town.act("justice", &jx, "serve", &served.each_ref().map(|(n, v)| (*n, v.as_str())));
    jx
}
/// An opinion of those who went along, served on the unit.
fn opinion(town: &Town) -> String {
    let (gm, group) = field::on_site(town);
    town.act(group[0], &gm, "finish", &[("ended_on", &town.today(0)), ("left", "11:40")]);
    for login in &group {
        field::hand_in(town, login, &gm, &["5"]);
    }
    town.act(group[0], &gm, "opine", &[("opinion", "检查事由告知偏晚，其余程序完整。")]);
    town.act("convener", &gm, "approve", &[("doc_no", "观〔2026〕1号")]);
    town.act("intake", &gm, "serve", &[("served_on", &town.today(0)), ("serve_way", "电子送达")]);
    gm
}

#[test]
fn a_liaison_signs_reports_answers_and_invites() {
    walk("unit", |b| {
        let (town, w) = (b.town(), &b.window);
        let gm = opinion(town);
        let jx = letter(town);
        w.enter(&town.by("market").cookie);
        w.open("/");
        assert!(w.text().contains(&jx) && w.text().contains(&gm), "both wait for him: {}", w.text());
        look(w, "home");
        // 督办函: read, signed, objected to, reported upon.
        w.size(390, 844);
        w.submit(&format!("main a[href^=\"/matter/{jx}\"]"));
        let text = w.text();
        assert!(
            text.contains(LETTER) && text.contains("云司督〔2026〕1号") && !text.contains("媒体报道") && !text.contains("郎例司"),
            "{text}"
        );
        look(w, "letter");
        to(w, &jx, "sign", "签收");
        look(w, "sign");
        b.send(&[]);
        told(b, &jx, "待报送纠正情况");
        to(w, &jx, "object", "提出异议");
        look(w, "object");
        b.send(&[("grounds", "其中一件申请材料不齐，已告知补正。"), ("files", "file:补正告知书")]);
        told(b, &jx, "材料不齐");
        w.size(1440, 900);
        to(w, &jx, "report", "报送纠正情况");
        look(w, "report");
        b.send(&[("result", "三件申请均已答复。"), ("evidence", "file:答复书")]);
        told(b, &jx, "三件申请均已答复");
        look(w, "reported");
        assert_eq!(town.phase(&jx), "Reported");
        // The opinion: signed, the day of the decision, an answer that gives its reasons.
        w.open("/matters/observation");
        look(w, "observations");
        w.submit(&format!("main a[href^=\"/matter/{gm}\"]"));
        assert!(w.text().contains("告知偏晚") && !w.text().contains("经企业询问才说明依据"), "{}", w.text());
        look(w, "opinion");
        to(w, &gm, "sign", "签收意见");
        b.send(&[]);
        w.size(390, 844);
        to(w, &gm, "respond", "回应意见");
        b.send(&[("response", "部分采纳")]);
        assert!(w.text().contains("还不能提交，有 1 处要改") && w.text().contains("请写明理由"), "{}", w.text());
        look(w, "respond-refused");
        b.send(&[("response", "部分采纳"), ("reasons", "检查码系统当日故障。")]);
        told(b, &gm, "检查码系统当日故障");
        assert_eq!(town.phase(&gm), "Answered");
        w.open(&format!("/observation/{gm}/service"));
        look(w, "service");
        // An invitation of his own.
        w.open("/matters/observation_request");
        look(w, "requests");
        w.submit("a[href^=\"/matters/observation_request/new/invite\"]");
        look(w, "invite");
        let when = town.today(7);
        b.send(&[INVITATION, &[("when", when.as_str())]].concat());
        let at = w.address();
        assert!(at.starts_with("/matter/GS-") && w.text().contains("待联席办审查") && w.text().contains("温控记录"), "{at}: {}", w.text());
        look(w, "invited");
        let gs = at.trim_start_matches("/matter/").split('?').next().unwrap().to_owned();
        assert!(
            town.by("intake").get(&format!("/matter/{gs}")).says("温控记录")
                && town.by("tobacco").get(&format!("/matter/{gs}")).status == 404
        );
        town.sound();
    });
}
