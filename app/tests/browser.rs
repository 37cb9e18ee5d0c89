//! The journeys that matter, in real Chromium against the demonstration city; axe-core on every kind of page.
//! Screenshots go to $XIEZHI_SHOTS when it is set.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::browser::{PASSWORD, Stage, Window, axe};
use serde_json::json;

fn register(w: &Window, summary: &str) {
    w.choose("source", "来信");
    w.fill("[name=received]", "2026-11-02");
    w.choose("org", "361200FY");
    w.fill("[name=summary]", summary);
}
/// The number in the address of a matter.
fn number(w: &Window) -> String {
    w.address().trim_start_matches("/matter/").split('?').next().unwrap().to_owned()
}
fn date(w: &Window, css: &str, day: &str) {
    // A date input takes its value by script where there is one, by keys where there is none.
    w.run(&format!("document.querySelector('{css}').value = '{day}'"));
}

#[test]
fn the_loop_is_walked_by_each_role_in_a_browser() {
    let stage = Stage::new("loop");
    let w = stage.window(true);
    w.size(1440, 900);
    w.log_in("jingban1");
    w.open("/matters/clue/new/register");
    register(&w, "反映案件审理超过法定期限，没有书面说明理由。");
    date(&w, "[name=received]", "2026-11-02");
    w.submit("button.btn--main");
    assert!(w.text().contains("案件是否办结") && w.find("#e-is_closed").is_some(), "the message stands at its field: {}", w.text());
    assert_eq!(
        w.run("return document.querySelector('[name=summary]').value"),
        "反映案件审理超过法定期限，没有书面说明理由。",
        "nothing typed is lost"
    );
    w.shot("form-error-1440");
    w.click("[name=is_closed][value=yes]");
    w.submit("button.btn--main");
    let xs = number(&w);
    assert!(xs.starts_with("XS-"), "{}", w.text());
    w.shot("clue-1440");
    let act = |who: &str, number: &str, action: &str, fill: &dyn Fn(&Window)| {
        w.log_in(who);
        w.open(&format!("/matter/{number}/do/{action}"));
        fill(&w);
        w.submit("button.btn--main");
        // A grave step asks once more.
        if w.address().contains("/do/") && w.find("dialog[open] .btn--main").is_some() {
            w.click("dialog[open] .btn--main");
        }
        assert!(w.address().starts_with("/matter/") && !w.address().contains("/do/"), "{who} {action} at {}: {}", w.address(), w.text());
    };
    act("jingban1", &xs, "assess", &|_| {});
    for who in ["jingban1", "zhudian"] {
        act(who, &xs, "opine", &|w| {
            w.choose("route", "转评查");
            w.fill("[name=opinion]", "反映具体，有案可查。");
        });
    }
    act("jingban2", &xs, "propose", &|w| {
        w.choose("route", "转评查");
        w.fill("[name=reason]", "两名研判人员意见一致。");
    });
    act("fuzeren", &xs, "approve", &|_| {});
    act("fuzeren", &xs, "rectify", &|w| {
        w.click("[name=problems][value=X1]");
        w.choose("severity", "一般");
        w.fill("[name=gist]", "审限超过三十日。");
    });
    let zg = w
        .run("return [...document.querySelectorAll('.chain a')].map(a => a.getAttribute('href')).find(h => h.includes('/ZG-'))")
        .as_str()
        .unwrap()
        .trim_start_matches("/matter/")
        .to_owned();
    w.log_in("zhongyuan");
    w.open(&format!("/matter/{zg}"));
    assert!(w.text().contains("没有找到"), "before the demand the unit knows of nothing");
    act("fuzeren", &zg, "demand", &|w| w.fill("[name=what]", "逐件核查，限期纠正。"));
    act("zhongyuan", &zg, "sign", &|_| {});
    act("zhongyuan", &zg, "plan", &|w| w.fill("[name=plan]", "分管领导牵头，两个月内完成。"));
    w.open(&format!("/matter/{xs}"));
    assert!(w.text().contains("没有找到"), "the unit never sees the clue");
    act("jingban1", &zg, "confirm_plan", &|_| {});
    let file = stage.dir.join("清单.txt");
    std::fs::write(&file, "清单（演示）").unwrap();
    act("zhongyuan", &zg, "report", &|w| {
        w.fill("[name=result]", "补办报批三件。");
        let input = w.must("input[type=file]");
        w.call("POST", &format!("/element/{input}/value"), &json!({"text": file.to_string_lossy()}));
    });
    act("jingban1", &zg, "accept", &|w| w.fill("[name=opinion]", "措施具体，同意验收。"));
    assert!(w.text().contains("待回头看"));
    w.run("document.querySelectorAll('main details').forEach(d => d.open = true)");
    w.shot("rectification-1440");
}
/// Who looks at which pages.
const LOOKS: &[(&str, &[&str])] = &[
    (
        "jingban1",
        &[
            "/problems",
            "/problems/behind?problem=X3",
            "/matters/common_problem",
            "/matters/common_problem/new/confirm?problem=X3",
            "/rectifications",
            "/unit/361202FY",
            "/rules",
            "/rules?q=%E5%AE%A1%E9%99%90",
            "/matters/special_check/new/plan",
            "/matters/joint_rule/new/propose",
            "/matters/referral/new/open",
            "/matters/secondment/new/propose",
        ],
    ),
    ("ducha", &["/", "/matters/annual_plan/new/draft", "/matters/inspection/new/propose", "/matters/special_check"]),
    (
        "jianchayuan",
        &["/", "/matters/procuratorial_opinion/new/register", "/matters/escalation/new/request", "/matters/secondment/new/propose"],
    ),
    ("jiwei", &["/", "/matters/referral"]),
    (
        "jingban1",
        &[
            "/",
            "/matters/clue",
            "/matters/rectification?q=%E8%B6%85%E6%9C%9F",
            "/matter/XS-2026-0040",
            "/matter/ZG-2026-0045",
            "/matters/clue/new/register",
            "/search?q=%E8%B6%85%E6%9C%9F",
            "/imports",
            "/organisations",
            "/officers",
            "/limits",
            "/calendar",
            "/codes",
            "/conflicts",
            "/ledger",
            "/entry/300",
            "/tokens",
            "/devices",
            "/delegations",
            "/help",
            "/help/review",
            "/help/role-R1",
            "/funnel/%E7%A0%94%E5%88%A4",
            "/nothing",
            "/matters/inquiry_record",
            "/matters/amendment/new/propose",
        ],
    ),
    (
        "jingban2",
        &[
            "/matters/review_batch",
            "/matter/PB-2026-0001",
            "/matters/review",
            "/matter/PC-2026-0001",
            "/matter/PC-2025-0007",
            "/matters/draw",
            "/matter/CQ-2026-0001",
            "/matters/draw/new/announce",
            "/matters/dossier",
            "/matters/expert",
            "/matters/standard",
        ],
    ),
    ("zhuanjia1", &["/", "/matters/review"]),
    ("fuzeren", &["/", "/reads", "/matter/ZG-2026-0010"]),
    ("gongan", &["/", "/matters/rectification", "/matters/prompt"]),
    ("system-admin", &["/", "/accounts", "/matters/grant"]),
    ("security-admin", &["/matters/grant"]),
    ("auditor", &["/audit", "/reads"]),
];
/// Opens what the demonstration city has none of, by forms that come filled in; the pages to look at.
fn opened(w: &Window) -> Vec<String> {
    w.size(1440, 900);
    w.log_in("jingban1");
    // Opening forms that come filled in from another page.
    let opened = |path: &str| {
        w.open(path);
        w.submit("button.btn--main");
        assert!(w.address().starts_with("/matter/"), "{path}: {}", w.text());
        number(w)
    };
    let asked = |form: &str, values: &[(&str, &str)]| {
        let all: Vec<String> = values.iter().map(|(n, v)| format!("{n}={}", house::encode(v))).collect();
        opened(&format!("/matters/{form}?{}", all.join("&")))
    };
    let gx =
        asked("common_problem/new/confirm", &[("problem", "X3"), ("from", "2025-12-01"), ("to", "2026-11-05"), ("analysis", "报批缺位。")]);
    let lw = asked("joint_rule/new/propose", &[("title", "案件报批规定"), ("common_problem", &gx), ("why", "需要统一规则。")]);
    let jz = asked(
        "judicial_relief/new/discover",
        &[("clue", "XS-2026-0040"), ("name", "甘例棠"), ("contact", "15400098765"), ("situation", "家庭无收入。"), ("ground", "被害人")],
    );
    let ys = asked(
        "referral/new/open",
        &[("source", "XS-2026-0040"), ("receiver", "纪委监委"), ("to_org", "361200JW"), ("ground", "依法移送。"), ("secrecy", "内部")],
    );
    w.open(&format!("/matter/{ys}/do/prepare"));
    w.fill("[name=facts]", "涉及甘例棠，电话 15400098765。");
    w.fill("[name=evidence]", "来信一份。");
    w.submit("button.btn--main");
    let new = [&gx, &lw, &jz, &ys].map(|n| format!("/matter/{n}"));
    new.into_iter().chain([format!("/referral/{ys}/package"), format!("/matter/{gx}/loop")]).collect()
}
#[test]
fn every_kind_of_page_passes_axe_and_fits_the_phone() {
    let stage = Stage::new("axe");
    let w = stage.window(true);
    let axe = axe();
    let new = opened(&w);
    let new: Vec<&str> = new.iter().map(String::as_str).collect();
    let mut wrong = vec![];
    for (who, paths) in std::iter::once(("jingban1", &new[..])).chain(LOOKS.iter().copied()) {
        w.size(1440, 900);
        w.log_in(who);
        for (n, path) in paths.iter().enumerate() {
            for (width, height) in [(1440, 900), (390, 844)] {
                w.size(width, height);
                w.open(path);
                w.shot(&format!("{who}-{n:02}-{width}"));
                wrong.extend(w.sound(axe.as_deref()).into_iter().map(|x| format!("{width}: {x}")));
            }
        }
    }
    w.call("DELETE", "/cookie", &json!({}));
    for (width, height) in [(1440, 900), (390, 844), (360, 740)] {
        w.size(width, height);
        w.open("/login");
        w.shot(&format!("login-{width}"));
        wrong.extend(w.sound(axe.as_deref()));
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
#[test]
fn everything_works_without_script_and_by_keyboard_alone() {
    let stage = Stage::new("plain");
    {
        let w = stage.window(false);
        w.size(1440, 900);
        w.log_in("jingban1");
        w.open("/matters/inquiry_record/new/record");
        w.choose("kind", "查询");
        w.fill("[name=on]", "11022026");
        w.choose("org", "361200GA");
        w.fill("[name=asked_by]", "某机关干部 演示");
        w.fill("[name=content]", "查询办理进度。");
        w.fill("[name=ground]", "工作需要");
        w.submit("button.btn--main");
        assert!(w.address().starts_with("/matter/GW-"), "{}: {}", w.address(), w.text());
    }
    let w = stage.window(true);
    w.size(1440, 900);
    w.open("/login");
    // Keys of the WebDriver standard: tab, enter.
    let (tab, enter) = ("\u{e004}", "\u{e007}");
    let old = w.must("html");
    w.keys(&format!("{tab}{tab}jingban1{tab}{PASSWORD}{enter}"));
    w.gone(&old);
    assert_eq!(w.address(), "/", "logged in by keys alone: {}", w.text());
    w.keys(tab);
    assert_eq!(w.run("return document.activeElement.className"), "skip", "the first stop is the skip link");
    w.keys(enter);
    w.keys(tab);
    let inside = w.run("return document.querySelector('main').contains(document.activeElement) && getComputedStyle(document.activeElement).outlineStyle !== 'none'");
    assert_eq!(inside, true, "and it leads into the page, with the focus to be seen");
    // 200 % zoom of a 1440 screen.
    w.size(720, 450);
    for path in ["/", "/matters/clue", "/matter/ZG-2026-0045"] {
        w.open(path);
        assert!(w.sound(None).is_empty(), "{path} at 200 %");
    }
    w.call("POST", "/goog/cdp/execute", &json!({"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}}));
    let shown =
        w.run("const s = e => getComputedStyle(document.querySelector(e)).display; return [s('.topbar'), s('.print-only') !== 'none']");
    assert_eq!(shown, json!(["none", true]), "paper shows what was printed, by whom and when, and no chrome");
}
#[test]
fn the_import_wizard_reads_a_real_ledger_and_says_what_is_wrong() {
    let stage = Stage::new("import");
    let w = stage.window(true);
    w.size(1440, 900);
    w.log_in("jingban1");
    w.open("/imports");
    w.choose("kind", "clue");
    let file = stage.dir.join("另一份台账.csv");
    std::fs::write(&file, "线索编号,线索来源,收到日期,涉案单位,诉求要点\n甲-1,来信,2026-10-05,市中院,要点一\n甲-2,来信,2026-13-05,市中院,要点二\n甲-3,来信,2026-10-07,没有的单位,要点三\n").unwrap();
    let input = w.must("input[type=file]");
    w.call("POST", &format!("/element/{input}/value"), &json!({"text": file.to_string_lossy()}));
    w.submit("form[action='/imports'] button.btn--main");
    let text = w.text();
    assert!(text.contains("2026-13-05") && text.contains("不是存在的日期") && text.contains("不在机构表"), "{text}");
    w.shot("import-1440");
    w.size(390, 844);
    w.shot("import-390");
    assert!(w.sound(axe().as_deref()).is_empty(), "{:#?}", w.sound(axe().as_deref()));
    w.size(1440, 900);
    w.submit("form[action$='/take'] button[type=submit]");
    assert!(w.text().contains("已入库"), "{}", w.text());
    w.submit("form[action$='/undo'] button[type=submit]");
    assert!(w.text().contains("已撤销"), "{}", w.text());
}
