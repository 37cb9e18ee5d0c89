//! The portal as strangers reach it: reports of all three kinds, receipts, the mailbox, locks, floods, hostile bodies.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{CHAMBER, Page, Town, Visitor, encode};
use ledger::Alg;
use std::time::Instant;

const REPORT: &[(&str, &str)] = &[
    ("op", "report"),
    ("mode", "匿名"),
    ("org", "云岭市市场监督管理局"),
    ("act_type", "行政检查"),
    ("problems", "1"),
    ("facts", "5月12日上午，同一单位一个月内第四次来检查，没有出示检查通知书。"),
    ("demand", "请依法规范检查。"),
    ("litigation", "没有"),
    ("agree", "yes"),
];
const SECRET: &str = "蓝岭测试印刷厂";
/// The form with these values in place of its own.
fn with<'a>(base: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = base.iter().filter(|(n, _)| !more.iter().any(|(m, _)| m == n));
    kept.chain(more).copied().collect()
}
/// A browser somewhere: no cookie, an address of its own.
struct Stranger<'a> {
    town: &'a Town,
    from: &'a str,
}
impl<'a> Stranger<'a> {
    fn at(town: &'a Town, from: &'a str) -> Self {
        Self { town, from }
    }
    fn get(&self) -> Page {
        sane(Visitor::stranger(self.town.port).send("GET", "/portal", "", &[("X-Forwarded-For", self.from)], &[]))
    }
    fn post(&self, values: &[(&str, &str)]) -> Page {
        let body: Vec<String> = values.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
        self.raw("application/x-www-form-urlencoded", body.join("&").as_bytes())
    }
    fn raw(&self, kind: &str, body: &[u8]) -> Page {
        sane(Visitor::stranger(self.town.port).send("POST", "/portal", kind, &[("X-Forwarded-For", self.from)], body))
    }
    /// Sends a report by a form just fetched, with the work it asks for.
    fn report(&self, more: &[(&str, &str)]) -> Page {
        let page = self.get();
        let (ticket, work) = worked(&page);
        self.post(&with(&with(REPORT, &[("ticket", &ticket), ("work", &work)]), more))
    }
    fn progress(&self, number: &str, code: &str) -> Page {
        self.post(&[("op", "progress"), ("number", number), ("code", code)])
    }
    /// Takes a step on the page of a matter.
    fn act(&self, page: &Page, action: &str, values: &[(&str, &str)]) -> Page {
        let fixed = held(page, action);
        let all = with(&fixed.iter().map(|(n, v)| (*n, v.as_str())).collect::<Vec<_>>(), values);
        self.post(&all)
    }
    /// Likewise with files: `(name, bytes)`.
    fn multipart(&self, values: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        let mut body = vec![];
        for (name, value) in values {
            body.extend(format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, bytes) in files {
            body.extend(format!("--xx\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n").bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--xx--\r\n");
        self.raw("multipart/form-data; boundary=xx", &body)
    }
}
/// Hidden values of the form of a step.
fn held(page: &Page, action: &str) -> Vec<(&'static str, String)> {
    let text = page.text();
    let at = text.find(&format!("name=\"action\" value=\"{action}\"")).unwrap_or_else(|| panic!("no {action}: {text}"));
    let value = |name: &str| text[at..].split_once(&format!("name=\"{name}\" value=\"")).unwrap().1.split('"').next().unwrap().to_owned();
    vec![("op", "act".into()), ("action", action.into()), ("ticket", value("ticket")), ("number", value("number")), ("code", value("code"))]
}
/// What holds of every answer of the portal: no cookie, nothing kept, nothing in an address, one of few sizes.
fn sane(page: Page) -> Page {
    assert!(page.status < 500 || page.status == 503, "{}: {}", page.status, page.text());
    assert_eq!(page.cookie, None);
    assert_eq!(page.headers.get("cache-control").map(String::as_str), Some("no-store"));
    assert_eq!(page.to(), "", "no redirect");
    assert!(page.body.len().is_multiple_of(64 << 10), "{}", page.body.len());
    let text = page.text();
    for part in text.split("href=\"").skip(1).chain(text.split("action=\"").skip(1)) {
        let to = part.split('"').next().unwrap();
        let known = ["/portal", "/assets/xiezhi.css", "https://www.gov.cn/"].contains(&to) || to.starts_with('#') || to == "/portal#home";
        assert!(known, "an address tells something: {to}");
    }
    page
}
/// A ticket and an answer to its work.
fn worked(page: &Page) -> (String, String) {
    let text = page.text();
    let bits: u32 = text.split("data-bits=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let ticket = page.hidden("ticket");
    let zeros = |n: &u64| {
        let h = Alg::Sha256.hash(&[ticket.as_bytes(), b".", n.to_string().as_bytes()]);
        u32::from_be_bytes(h[..4].try_into().unwrap()).leading_zeros() >= bits
    };
    let n = (0u64..).find(zeros).unwrap();
    (ticket, n.to_string())
}
/// `(number, code)` of a receipt.
fn receipt(page: &Page) -> (String, String) {
    let text = page.text();
    assert!(page.status == 200 && text.contains("class=\"code16\""), "{}: {text}", page.status);
    let number = text.split("data-number=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let code: String =
        text.split("<dd class=\"code16\">").nth(1).unwrap().split("</dd>").next().unwrap().replace("<b>", "").replace("</b>", "");
    (number, code)
}
fn matters(town: &Town) -> i64 {
    town.house.db.read_here(|tx| Ok(tx.one("SELECT COUNT(*) FROM matter WHERE kind = 'enterprise_appeal'", &[])?.unwrap().int(0))).unwrap()
}
fn matter_of(town: &Town, number: &str) -> String {
    let number = number.to_owned();
    let row = town.house.db.read_here(|tx| tx.one("SELECT matter FROM receipt WHERE number = $1", app::params![number])).unwrap();
    row.unwrap().take(0)
}

both! {
    fn anonymous_confidential_and_named_reports_come_in(town: &Town) {
        let me = Stranger::at(town, "203.0.113.7");
        assert!(me.report(&[]).says("还不能在网上受理"), "without keys nothing could be sealed");
        assert_eq!(matters(town), 0);
        town.with_keys();
        let (number, code) = receipt(&me.report(&[("reporter_name", SECRET), ("uscc", "17")]));
        assert_eq!((number.len(), code.len()), (10, 16));
        assert_eq!(domain::identifiers::receipt::check_number(&number).as_ref(), Ok(&number));
        let lacking = me.report(&[("mode", "保密")]);
        assert!(lacking.status == 422 && lacking.says("请至少留姓名或电话之一"), "{}", lacking.text());
        let named = [("mode", "保密"), ("reporter_phone", "１５４ 0009 8765"), ("enterprise", SECRET), ("uscc", "９１３６1200MA3XXXXX1")];
        let wrong = me.report(&named);
        assert!(wrong.status == 422 && wrong.says("统一社会信用代码应为 18 位，现在是 17 位") || wrong.says("统一社会信用代码里不能有"), "{}", wrong.text());
        assert!(wrong.says("href=\"#report-uscc\"") && wrong.says(SECRET) && wrong.says("第四次来检查"), "nothing typed is lost");
        let (_, strong) = receipt(&me.report(&[("mode", "实名"), ("reporter_name", "甘例棠"), ("reporter_phone", "15400098765"), ("strong", "yes")]));
        assert_eq!(strong.len(), 24);
        assert_eq!(matters(town), 2);
        let qy = matter_of(town, &number);
        assert_eq!(town.by("intake").get(&format!("/matter/{qy}")).status, 200);
        for who in ["market", "handler", "justice", "court", "observer1", "auditor"] {
            assert_eq!(town.by(who).get(&format!("/matter/{qy}")).status, 404, "{who}");
        }
        assert!(!town.by("intake").get(&format!("/matter/{qy}")).says(&number), "the office does not see the number of a receipt");
        town.sound();
    }

    fn a_form_says_what_is_wrong_at_its_place(town: &Town) {
        town.with_keys();
        let me = Stranger::at(town, "203.0.113.8");
        let page = me.report(&[("org", "没有这个局"), ("problems", ""), ("agree", "")]);
        assert_eq!(page.status, 422);
        for words in ["没有找到“没有这个局”", "#report-org", "#report-problems", "#report-agree", "还不能提交，有 3 处要改"] {
            assert!(page.says(words), "{words}: {}", page.text());
        }
        assert!(me.report(&[("org", "市场监督")]).says("有几个单位的名称里有"), "two of that name");
        assert!(me.report(&[("org", "烟草")]).says("已收到"), "a part of one name is enough");
        let hint = me.report(&[("facts", "执法人员态度恶劣，要求我们停业。")]);
        assert!(hint.says("已收到") && hint.says("没有写明时间"), "a hint and no refusal");
        let stale = me.post(&with(REPORT, &[("ticket", "made.up.0.text")]));
        assert!(stale.status == 422 && stale.says("页面放得太久了") && stale.says("第四次来检查"));
    }

    fn a_double_click_shows_one_receipt_and_never_later(town: &Town) {
        town.with_keys();
        let me = Stranger::at(town, "203.0.113.9");
        let (ticket, work) = worked(&me.get());
        let all = with(REPORT, &[("ticket", &ticket), ("work", &work)]);
        let got: Vec<(String, String)> = std::thread::scope(|s| {
            let clicks: Vec<_> = (0..4).map(|_| s.spawn(|| receipt(&me.post(&all)))).collect();
            clicks.into_iter().map(|c| c.join().unwrap()).collect()
        });
        assert!(got.iter().all(|g| *g == got[0]) && matters(town) == 1, "{got:?}");
        let other = me.post(&with(&all, &[("facts", "另一件事，6月1日。")]));
        assert!(other.says("已经收到过") && !other.says(&got[0].1[..4]), "another text by the same form");
        town.pass(3);
        let later = me.post(&all);
        assert!(later.says("已经收到过") && !later.says("class=\"code16\"") && matters(town) == 1);
    }

    fn a_receipt_opens_its_mailbox_and_nothing_else(town: &Town) {
        town.with_keys();
        let me = Stranger::at(town, "203.0.113.10");
        let (number, code) = receipt(&me.report(&[]));
        let (other, other_code) = receipt(&me.report(&[("facts", "7月3日，另一件事。")]));
        let page = me.progress(&number, &format!("{} {}", &code[..8], &code[8..]));
        assert!(page.status == 200 && page.says("第四次来检查") && page.says("请依法规范检查") && page.says("已登记"), "{}", page.text());
        assert!(!page.says("另一件事"));
        for (n, c) in [(&number, &other_code), (&other, &code)] {
            assert!(me.progress(n, c).says("受理号或回执密码不对"));
        }
        let slip = format!("{}{}", &number[..9], (number.as_bytes()[9] - b'0' + 1) % 10);
        assert!(me.progress(&slip, &code).says("受理号有误，可能写错一位"), "a slip is told before anything is looked up");
        assert!(me.progress(&number, "12").says("回执密码应为 16 位"));
        // Somebody who may write into the database lays his own receipt to another's matter.
        let (mine, theirs) = (matter_of(town, &number), number.clone());
        let foreign = matter_of(town, &other);
        town.house.db.write_here(move |tx| tx.exec("UPDATE receipt SET matter = $2 WHERE number = $1", app::params![theirs, foreign])).unwrap();
        assert!(me.progress(&number, &code).says("受理号或回执密码不对"));
        let theirs = number.clone();
        town.house.db.write_here(move |tx| tx.exec("UPDATE receipt SET matter = $2 WHERE number = $1", app::params![theirs, mine])).unwrap();
        assert!(me.progress(&number, &code).says("进度"));
    }

    fn an_application_for_observers_has_a_receipt_that_opens_too(town: &Town) {
        town.with_keys();
        let (me, when) = (Stranger::at(town, "203.0.113.21"), town.today(10));
        let (ticket, work) = worked(&me.get());
        let said = [
            ("op", "observe"), ("ticket", ticket.as_str()), ("work", &work), ("org", "云岭市市场监督管理局"), ("act_type", "行政检查"), ("item", "冷库食品安全检查"),
            ("when", &when), ("place", "城东冷链园"), ("reason", "上次检查没有亮证。"), ("tie", "no"), ("disclose", "no"), ("enterprise", SECRET), ("agree", "yes"),
        ];
        let (number, code) = receipt(&me.post(&said));
        let page = me.progress(&number, &code);
        assert!(page.status == 200 && page.says("待联席办审查") && page.says("上次检查没有亮证"), "{}", page.text());
        assert_eq!(me.act(&page, "withdraw", &[("ended", "改期。"), ("sure", "yes")]).status, 200);
        assert!(me.progress(&number, &code).says("已撤回"));
        town.sound();
    }
    fn wrong_codes_and_unknown_numbers_are_answered_alike(town: &Town) {
        town.with_keys();
        let (number, code) = receipt(&Stranger::at(town, "203.0.113.11").report(&[]));
        let unknown = domain::identifiers::receipt::receipt_number(123_456_789).unwrap();
        let mut took = [vec![], vec![]];
        let mut seen = vec![];
        for round in 0..5 {
            town.pass(11);
            let from = format!("198.51.{round}.7");
            let me = Stranger::at(town, &from);
            for (i, n) in [&number, &unknown].into_iter().enumerate() {
                let began = Instant::now();
                let page = me.progress(n, "0000111122223333");
                took[i].push(began.elapsed());
                seen.push((page.status, page.body.len(), page.text().contains("受理号或回执密码不对")));
            }
        }
        assert!(seen.iter().all(|s| *s == (422, seen[0].1, true)), "{seen:?}");
        took.iter_mut().for_each(|t| t.sort());
        let (a, b) = (took[0][2].as_secs_f64(), took[1][2].as_secs_f64());
        assert!(a / b < 1.6 && b / a < 1.6, "{took:?}");
        // The front page, a refused form and a matter are of the same size.
        let me = Stranger::at(town, "198.51.100.1");
        let sizes = [me.get(), me.report(&[("org", "")]), me.progress(&number, &code), me.report(&[]), me.raw("multipart/form-data; boundary=x", b"")];
        assert!(sizes.iter().all(|p| p.body.len() == seen[0].1), "{:?}", sizes.iter().map(|p| p.body.len()).collect::<Vec<_>>());
    }

    fn guessing_is_locked_out_and_the_owner_waits(town: &Town) {
        town.with_keys();
        let me = Stranger::at(town, "203.0.113.12");
        let (number, code) = receipt(&me.report(&[]));
        for _ in 0..8 {
            assert_eq!(me.progress(&number, &code).status, 200, "a right code is no try");
        }
        let thief = Stranger::at(town, "192.0.2.1");
        let tries: Vec<u16> = std::thread::scope(|s| {
            let all: Vec<_> = (0..9).map(|_| s.spawn(|| thief.progress(&number, "9999888877776666").status)).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!((tries.iter().filter(|s| **s == 422).count(), tries.iter().filter(|s| **s == 429).count()), (5, 4), "{tries:?}");
        let shut = me.progress(&number, &code);
        assert!(shut.status == 429 && shut.headers.contains_key("retry-after") && shut.says("10 分钟后再试"), "{}", shut.text());
        let unknown = domain::identifiers::receipt::receipt_number(42).unwrap();
        let same: Vec<u16> = (0..6).map(|_| thief.progress(&unknown, "9999888877776666").status).collect();
        assert_eq!(same, [422, 422, 422, 422, 422, 429], "an unknown number locks like a known one");
        town.pass(10);
        assert_eq!(me.progress(&number, &code).status, 200);
    }

    fn words_go_both_ways_and_the_reporter_says_how_it_went(town: &Town) {
        town.with_keys();
        let me = Stranger::at(town, "203.0.113.13");
        let (number, code) = receipt(&me.report(&[]));
        let qy = matter_of(town, &number);
        let mut page = me.progress(&number, &code);
        assert!(page.says("disabled") || !page.says("value=\"rate\""), "no rating yet");
        let fixed = held(&page, "supplement");
        let mut values: Vec<(&str, &str)> = fixed.iter().map(|(n, v)| (*n, v.as_str())).collect();
        values.push(("text", "补充：现场照片两张。"));
        page = me.multipart(&values, &[("照片.png", b"\x89PNG\r\n\x1a\nxxxx"), ("说明.txt", "当天的记录".as_bytes())]);
        assert!(page.says("已补充") && page.says("现场照片两张") && page.says("2 份"), "{}", page.text());
        let again = me.multipart(&values, &[("照片.png", b"\x89PNG\r\n\x1a\nxxxx")]);
        assert!(again.says("已经提交过") && again.text().matches("现场照片两张").count() == 1, "the same page sent twice");
        page = me.act(&again, "message", &[("text", "")]);
        assert!(page.status == 422 && page.says("必填"));
        page = me.act(&page, "message", &[("text", "什么时候有结果？")]);
        assert!(page.says("什么时候有结果"));
        town.act("intake", &qy, "reply", &[("text", "正在核实，五日内答复。")]);
        assert!(me.progress(&number, &code).says("正在核实，五日内答复"), "the office's answer opens by his key");
        for who in ["intake", "convener"] {
            let staff = town.by(who).get(&format!("/matter/{qy}"));
            assert!(!staff.says("什么时候有结果") && !staff.says("第四次来检查"), "{who} reads originals in the reading room only");
        }
        page = me.progress(&number, &code);
        assert!(me.act(&page, "withdraw", &[]).says("请先勾选确认"));
        town.act("intake", &qy, "screen", &[("litigation", "没有"), ("remedy", "不涉及"), ("chief_named", "no"), ("note", "属于受理范围。")]);
        town.act("intake", &qy, "accept", &[]);
        assert!(me.progress(&number, &code).says("受理"));
        town.act("convener", &qy, "discipline", &[("cause", "涉嫌违纪，依法移送。")]);
        assert!(!me.progress(&number, &code).says("涉嫌违纪"), "what is not for him");
        town.act("intake", &qy, "record_result", &[("unit_said", "已退还费用并致歉。")]);
        page = me.progress(&number, &code);
        page = me.act(&page, "rate", &[("score", "4"), ("solved", "部分"), ("words", "退了一半。")]);
        assert!(page.says("已评价") && page.says("退了一半"), "{}", page.text());
        town.act("intake2", &qy, "check", &[("finding", "退费凭证已核对。")]);
        town.act("intake2", &qy, "conclude", &[("outcome", "部分解决"), ("why", "已退还部分费用。")]);
        page = me.progress(&number, &code);
        assert!(page.says("已办结") && page.says("部分解决"), "{}", page.text());
        page = me.act(&page, "ask_reopen", &[("reason", "还有一半没有退。")]);
        assert!(page.says("申请重开") && page.says("还有一半没有退"), "{}", page.text());
        assert_eq!(town.phase(&qy), "ReopenAsked");
        // When he looked stands nowhere.
        app::matters::flush(&town.house).unwrap();
        let looks = town.house.db.read_here(|tx| Ok(tx.one("SELECT COUNT(*) FROM read_record WHERE person = 'reporter'", &[])?.unwrap().int(0)));
        assert_eq!(looks.unwrap(), 0);
        town.sound();
    }

    fn hostile_bodies_are_refused_in_words(town: &Town) {
        town.with_keys();
        let me = Stranger::at(town, "203.0.113.14");
        let bomb = bomb();
        let exe = [b"MZ\x90\x00".as_slice(), &[0; 600]].concat();
        let large = [b"%PDF-1.7\n".as_slice(), &vec![b'x'; (20 << 20) + 1]].concat();
        for (name, bytes, words) in [
            ("页面.html", "\u{feff}<html><script>1</script>".as_bytes(), "是网页"),
            ("程序.pdf", &exe[..], "类型不能接收"),
            ("表.xlsx", &bomb[..], "展开后过大"),
            ("坏.zip", b"PK\x03\x04broken", "已损坏"),
            ("大.pdf", &large[..], "超过 20 MB"),
        ] {
            let (ticket, work) = worked(&me.get());
            let page = me.multipart(&with(REPORT, &[("ticket", &ticket), ("work", &work)]), &[(name, bytes)]);
            assert_eq!(page.status, 422, "{name}");
            assert!(page.says(words) && page.says("第四次来检查") && page.says("请重新选择") && page.says(name), "{name}: {}", page.text());
        }
        assert_eq!(matters(town), 0);
        let (ticket, work) = worked(&me.get());
        let page = me.multipart(&with(REPORT, &[("ticket", &ticket), ("work", &work)]), &[("照片.png", b"\x89PNG\r\n\x1a\nxxxx")]);
        receipt(&page);
        for (kind, body) in [
            ("", &b""[..]),
            ("multipart/form-data", b"--x"),
            ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n"),
            ("multipart/form-data; boundary=x", b"--x\r\n\r\n\xff\xfe\r\n--x--"),
            ("application/json", b"{\"op\": \"report\"}"),
            ("application/x-www-form-urlencoded", b"op=report&ticket=%00%ff&facts=%00"),
            ("application/x-www-form-urlencoded", b"op=act&action=../../x&number=0000005724&code=1111222233334444"),
            ("application/x-www-form-urlencoded", b"op=progress&number=%F0%9F%98%80&code=%E2%80%AE"),
            ("application/x-www-form-urlencoded", "op=progress&number=٣٣٣&code=Ａ".as_bytes()),
            ("application/x-www-form-urlencoded", b"op=report&ticket=1.2.3.4&work=99999999999999999999999999"),
            ("text/plain", &[0xff; 4_000]),
        ] {
            let page = me.raw(kind, body);
            assert!(page.status < 500, "{kind}: {}", page.status);
        }
        let foreign = Visitor::stranger(town.port).send("POST", "/portal", "application/x-www-form-urlencoded", &[("Sec-Fetch-Site", "cross-site")], b"op=progress");
        assert_eq!(foreign.status, 403);
    }

    fn a_flood_from_one_address_leaves_an_honest_one_in(town: &Town) {
        town.with_keys();
        let park = Stranger::at(town, "198.18.7.20");
        let answers: Vec<u16> = std::thread::scope(|s| {
            let spam = |n: usize| {
                let ticket = park.get().hidden("ticket");
                park.post(&with(REPORT, &[("ticket", &ticket), ("facts", &format!("第 {n} 条，3月{}日。", n % 28 + 1))])).status
            };
            let all: Vec<_> = (0..100).map(|n| s.spawn(move || spam(n))).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        let (taken, turned) = (answers.iter().filter(|s| **s == 200).count(), answers.iter().filter(|s| **s == 503).count());
        assert!((1..60).contains(&taken) && taken + turned == 100, "{answers:?}");
        // His neighbour's flood costs him some work.
        let neighbour = Stranger::at(town, "198.18.7.21");
        let page = neighbour.get();
        assert!(!page.says("data-bits=\"0\" "), "work is asked for");
        receipt(&neighbour.report(&[]));
        // Without script he waits three seconds.
        let ticket = neighbour.get().hidden("ticket");
        let unworked = with(REPORT, &[("ticket", &ticket), ("facts", "没有脚本，4月2日。")]);
        let early = neighbour.post(&unworked);
        assert!(early.status == 503 && early.says("请等 10 秒") && early.says("没有脚本，4月2日"), "{}", early.text());
        assert!(early.headers.contains_key("retry-after"));
        let ticket = early.hidden("ticket");
        town.house.clock.put(town.house.clock.now().ms + 3_000);
        receipt(&neighbour.post(&with(&unworked, &[("ticket", &ticket)])));
        // Elsewhere nothing is asked.
        assert!(Stranger::at(town, "203.0.113.99").get().says("data-bits=\"0\""));
        town.sound();
    }
}
/// A workbook of half a megabyte that unpacks to a gigabyte of zeros.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    zip.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
        .unwrap();
    let block = vec![0u8; 1 << 20];
    for _ in 0..100 {
        zip.write_all(&block).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
#[test]
fn the_portal_has_a_listener_of_its_own() {
    let town = Town::new("sqlite");
    town.with_keys();
    let serve = |public: bool| {
        let (send, receive) = std::sync::mpsc::channel();
        let house = town.house.clone();
        std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                send.send(listener.local_addr().unwrap().port()).unwrap();
                let config = app::web::Config { without_portal: !public, hotline: "0795-1234567".into(), ..Default::default() };
                let doors = app::web::Doors::new(house, config);
                let router = if public { app::web::portal_router(doors) } else { app::web::router(doors) };
                app::web::serve(listener, router, app::web::PUBLIC, std::future::pending()).await.unwrap();
            });
        });
        Visitor::stranger(receive.recv().unwrap())
    };
    let (public, staff) = (serve(true), serve(false));
    let page = public.get("/portal");
    assert!(page.status == 200 && page.says("0795-1234567") && page.says("5 个工作日内告知"), "{}", page.text());
    assert_eq!(public.get("/").to(), "/portal");
    for path in ["/login", "/metrics", "/api/v1/me", "/matters/clue", "/assets/xiezhi.js"] {
        assert_eq!(public.get(path).status, 404, "{path}");
    }
    assert_eq!(public.get("/assets/portal.js").status, 200);
    assert_eq!((staff.get("/portal").status, staff.get("/login").status), (404, 200));
    assert!(Visitor::stranger(town.port).get("/portal").says("号码待公布"));
}
#[test]
fn a_stolen_database_holds_no_code_and_no_word() {
    let town = Town::new("sqlite");
    town.with_keys();
    let me = Stranger::at(&town, "203.0.113.15");
    let (number, code) = receipt(&me.report(&[("mode", "保密"), ("reporter_phone", "15400098765"), ("enterprise", SECRET)]));
    let page = me.progress(&number, &code);
    me.act(&page, "message", &[("text", "只有我知道的话。")]);
    let mut files = vec![town.folder().to_owned()];
    let mut bytes = vec![];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    let holds = |words: &str| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    assert!(holds(&number), "the locator is no secret");
    for words in [code.as_str(), SECRET, "15400098765", "第四次来检查", "只有我知道的话", "203.0.113.15"] {
        assert!(!holds(words), "{words}");
    }
    let qy = matter_of(&town, &number);
    assert_eq!(town.house.db.read_here(|tx| app::matters::load(tx, &qy)).unwrap().unwrap().matter.owner(), CHAMBER);
}
