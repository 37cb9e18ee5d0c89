//! The import wizard over HTTP, on both engines: from upload to undo, and what is refused on the way.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use house::{COURT, DAY, POLICE, Page, Town, Visitor};
use std::io::{Cursor, Write as _};

const HEAD: &str = "线索编号,线索来源,收到日期,涉案单位,案号,诉求要点,反映人姓名,初筛结论,是否办结";
/// Lines under `HEAD`, as a CSV file.
fn csv(lines: &[&str]) -> Vec<u8> {
    format!("{HEAD}\n{}\n", lines.join("\n")).into_bytes()
}
fn two() -> Vec<u8> {
    csv(&[
        "甲-1,来信,2026-01-05,云岭市公安局,（2025）赣1202刑初71号,反映办案超期没有说明。,甘例棠,",
        "甲-2,来访,2026-01-06,云岭市中级人民法院,,反映文书错漏较多。,苗样舟,研判中,是",
    ])
}
fn upload_as(who: &Visitor, kind: &str, name: &str, bytes: &[u8]) -> Page {
    let csrf = who.get("/imports").hidden("csrf");
    let text = |n: &str, v: &str| format!("--xx\r\nContent-Disposition: form-data; name=\"{n}\"\r\n\r\n{v}\r\n");
    let head = format!(
        "{}{}--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n",
        text("csrf", &csrf),
        text("kind", kind)
    );
    let body = [head.as_bytes(), bytes, b"\r\n--xx--\r\n"].concat();
    who.send("POST", "/imports", "multipart/form-data; boundary=xx", &[], &body)
}
fn upload(town: &Town, name: &str, bytes: &[u8]) -> Page {
    upload_as(&town.by("handler"), "clue", name, bytes)
}
/// Uploads what must be taken; the address of its page.
fn look(town: &Town, name: &str, bytes: &[u8]) -> String {
    let page = upload(town, name, bytes);
    assert_eq!(page.status, 303, "{}", page.text());
    page.to().to_owned()
}
/// Presses a button of a file's page.
fn press(town: &Town, file: &str, button: &str, values: &[(&str, &str)]) -> Page {
    let who = town.by("handler");
    let page = who.get(file);
    assert_eq!(page.status, 200, "{}", page.text());
    who.answer(&page, &format!("{file}/{button}"), values)
}
fn take(town: &Town, file: &str, values: &[(&str, &str)]) -> String {
    let page = press(town, file, "take", values);
    assert_eq!((page.status, page.to()), (303, file), "{}", page.text());
    let page = town.by("handler").get(file).text();
    assert!(page.contains("已入库"), "{page}");
    format!("DR-{}", page.split("DR-").nth(1).unwrap().split(['。', '"', '<']).next().unwrap())
}
/// Numbers of the clues there are, oldest first, with their phases.
fn clues(town: &Town) -> Vec<(String, String)> {
    let sql = "SELECT number, phase FROM idx WHERE kind = 'clue' ORDER BY id";
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.take(1))).collect())).unwrap()
}
fn phases(town: &Town) -> Vec<String> {
    clues(town).into_iter().map(|(_, p)| p).collect()
}
/// `(state, bytes kept)` of every staged file.
fn staged(town: &Town) -> Vec<(String, Vec<u8>)> {
    let sql = "SELECT state, body FROM staging ORDER BY n";
    town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.bytes(1).to_vec())).collect())).unwrap()
}
fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}
/// Refused in words, with this status, and nothing of it is kept anywhere.
#[track_caller]
fn refused(town: &Town, name: &str, bytes: &[u8], status: u16, what: &str) {
    let (entries, files) = (town.entries(), staged(town).len());
    let page = upload(town, name, bytes);
    assert!(page.status == status && page.says(what), "{name}: {} {}", page.status, page.text());
    assert_eq!((town.entries(), staged(town).len()), (entries, files), "{name}");
}
/// Cells of the first sheet of a workbook.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let book = sheets::Book::open(bytes, &sheets::Caps::default()).unwrap();
    let text = |c: &sheets::Cell| if let sheets::Cell::Text(t) = c { t.clone() } else { String::new() };
    book.sheets[0].rows.iter().map(|r| r.iter().map(text).collect()).collect()
}

both! {
    fn a_ledger_goes_all_the_way_and_back(town: &Town) {
        // A heading nobody knows, a wrong extension, semicolons, GB18030, a date that is none, a formula, a control character.
        let text = "线索号码;线索来源;收到日期;涉案单位;诉求要点;反映人姓名\n\
                    甲-1;来信;2026-01-05;云岭市公安局;=cmd|反映办案超期。;甘例棠\n\
                    甲-2;来访;2026-02-30;云岭市公安局;反映推诿。;\n\
                    甲-3;来访;2026-01-07;云岭市中级人民法院;反映\u{7}文书错漏。;\n\
                    甲-4;网上;2026-01-08;云岭市中级人民法院;反映超期。;\n\
                    甲-4;网上;2026-01-08;云岭市中级人民法院;又来一次。;\n";
        let bytes = gb18030(text);
        town.by("handler");
        let entries = town.entries();
        let file = look(town, "旧台账.xlsx", &bytes);
        let page = town.by("handler").get(&file);
        assert!(page.says("缺少必填列：线索编号") && !page.says("全部有效行入库"), "{}", page.text());
        let whole = press(town, &file, "take", &[]);
        assert!(whole.status == 422 && whole.says("缺少必填列：线索编号"), "{}", whole.text());
        let fields = ["clue_no", "source", "received", "unit", "summary", "reporter"];
        let names: Vec<String> = (0..fields.len()).map(|i| format!("c{i}")).collect();
        let said: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(fields).collect();
        let twice = press(town, &file, "mapping", &[("c0", "source"), ("c1", "source")]);
        assert!(twice.status == 422 && twice.says("有两列都对应“线索来源”"), "{}", twice.text());
        assert_eq!(press(town, &file, "mapping", &said).status, 303);
        let page = town.by("handler").get(&file);
        for what in ["“2026-02-30”不是存在的日期", "含有看不见的控制字符", "以公式符号开头", "收到日期", "疑似重复", "全部有效行入库"] {
            assert!(page.says(what), "{what}: {}", page.text());
        }
        assert_eq!(town.entries(), entries, "a dry run changes nothing");
        let sheet = town.by("handler").get(&format!("{file}/errors"));
        assert_eq!((sheet.status, &sheet.body[..2]), (200, &b"PK"[..]));
        let sheet = cells(&sheet.body);
        assert_eq!(sheet.iter().map(|r| r[1].as_str()).collect::<Vec<_>>(), ["判定", "提示", "拒绝", "提示", "重复"]);
        assert!(sheet.iter().flatten().any(|c| c == "'=cmd|反映办案超期。") && !sheet.iter().flatten().any(|c| c.starts_with('=')), "{sheet:?}");
        let wrong = press(town, &file, "take", &[("row", "2"), ("row", "3")]);
        assert!(wrong.status == 422 && wrong.says("选中的第 3 行不能入库"), "{}", wrong.text());
        assert!(clues(town).is_empty());
        let batch = take(town, &file, &[("row", "2"), ("row", "4")]);
        assert_eq!(phases(town), ["Registered", "Registered"]);
        let seen = town.by("handler").get(&format!("/matter/{}", clues(town)[1].0));
        assert!(seen.says("反映文书错漏。") && seen.says("历史导入"), "{}", seen.text());
        let gone = town.by("handler").get(&format!("{file}/errors"));
        assert!(gone.status == 409 && gone.says("已不在系统里"), "{}", gone.text());
        // The next file with these headings is understood at once.
        let next = look(town, "新台账.txt", &gb18030(&text.replace("甲-", "乙-")));
        assert!(!town.by("handler").get(&next).says("缺少必填列"), "remembered");
        assert_eq!(press(town, &next, "drop", &[]).status, 303);
        assert_eq!(staged(town).iter().map(|(s, b)| (s.as_str(), b.len())).collect::<Vec<_>>(), [("taken", 0), ("dropped", 0)]);
        assert_eq!(press(town, &next, "drop", &[]).status, 409);
        // Back again, whole; then the same file may come once more.
        assert_eq!(press(town, &file, "undo", &[]).status, 303);
        assert_eq!((phases(town), town.phase(&batch)), (vec!["Voided".to_owned(); 2], "Undone".to_owned()));
        assert_eq!(press(town, &file, "undo", &[]).status, 409);
        let again = look(town, "旧台账.xlsx", &bytes);
        take(town, &again, &[]);
        assert_eq!(clues(town).len(), 5);
        town.sound();
    }
    fn what_waits_is_sealed_and_gone_after_a_day(town: &Town) {
        let file = look(town, "台账.csv", &two());
        let kept = staged(town).remove(0).1;
        assert!(kept.len() > two().len());
        for name in ["甘例棠", "苗样舟", "反映", "公安局", "甲-1"] {
            assert!(!holds(&kept, name), "{name}");
        }
        for file in std::fs::read_dir(town.folder()).unwrap().map(|f| f.unwrap().path()).filter(|f| f.is_file()) {
            let bytes = std::fs::read(&file).unwrap();
            assert!(!holds(&bytes, "苗样舟"), "{}", file.display());
        }
        assert_eq!(town.by("second").get(&file).status, 404, "another person's file");
        town.house.clock.put(town.house.clock.now().ms + DAY - 1_200_000);
        assert_eq!(app::import::expire(&town.house).unwrap(), 0);
        assert!(town.by("handler").get(&file).says("全部有效行入库"));
        town.house.clock.put(town.house.clock.now().ms + 1_200_000);
        let late = town.by("handler").get(&file);
        assert!(late.status == 200 && late.says("已过期，文件已删除") && !late.says("全部有效行入库"), "{}", late.text());
        assert_eq!(press(town, &file, "take", &[]).status, 409);
        assert_eq!(app::import::expire(&town.house).unwrap(), 1);
        assert!(staged(town).iter().all(|(_, b)| b.is_empty()) && clues(town).is_empty());
    }
    fn what_the_house_holds_already_is_not_taken_in_unless_chosen(town: &Town) {
        let held = town.clue();
        let bytes = csv(&[
            "甲-1,来信,2026-01-05,云岭市中级人民法院,(2025)赣1202刑初015号,同一件事又来一封信。,甘例棠,",
            "甲-2,来访,2026-01-06,云岭市公安局,（2025）赣1202刑初15号,另一单位的另一件事。,,",
        ]);
        let file = look(town, "台账.csv", &bytes);
        let page = town.by("handler").get(&file);
        assert!(page.says("与库内事项疑似重复") && page.says(&format!("/matter/{held}")) && page.says("云岭市中级人民法院"), "{}", page.text());
        take(town, &file, &[]);
        assert_eq!(clues(town).len(), 2, "the row that the house holds stayed out");
        // The same file again: one row is held twice over, the other by the first import.
        let again = look(town, "台账.csv", &bytes);
        let none = press(town, &again, "take", &[]);
        assert!(none.status == 409 && none.says("这份文件已经入库"), "{}", none.text());
        assert!(town.by("handler").get(&again).says("没有入库：这份文件已经入库"));
        take(town, &again, &[("also", "2")]);
        assert_eq!(clues(town).len(), 3);
        // What one may not see is the same as nothing.
        let other = look_as(town, "second", &csv(&["甲-9,来信,2026-01-05,云岭市中级人民法院,（2025）赣1202刑初15号,又一封。,,"]));
        assert!(town.by("second").get(&other).says(&held));
        bar(town, "second", COURT);
        let page = town.by("second").get(&other);
        assert!(page.says("全部有效行入库") && !page.says(&held) && !page.says("与库内事项疑似重复，"), "{}", page.text());
    }
    fn the_same_file_comes_in_once(town: &Town) {
        let (a, b) = (look(town, "甲.csv", &two()), look(town, "乙.csv", &two()));
        let who = town.by("handler");
        let forms = [(&a, who.get(&a)), (&a, who.get(&a)), (&b, who.get(&b)), (&a, who.get(&a))];
        let pressed: Vec<u16> = std::thread::scope(|s| {
            let one = |(file, page): &(&String, Page)| who.answer(page, &format!("{file}/take"), &[]).status;
            let all: Vec<_> = forms.iter().map(|f| s.spawn(move || one(f))).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert_eq!(clues(town).len(), 2, "{pressed:?}");
        assert!(pressed.iter().all(|s| [303, 409].contains(s)), "{pressed:?}");
        let states: Vec<String> = staged(town).into_iter().map(|(s, _)| s).collect();
        assert_eq!(states.iter().filter(|s| *s == "taken").count(), 1, "{states:?}");
        town.sound();
    }
    /// The dry run is a promise about the house as it was; what came meanwhile is found by the write itself.
    fn what_was_registered_meanwhile_stops_the_batch(town: &Town) {
        let house = &town.house;
        let who = house.db.read_here(|tx| app::people::person(tx, &town.ids["handler"], house.clock.now().today)).unwrap().unwrap();
        let plan = house.db.read_here(|tx| app::import::plan(tx, house, &who, "clue", &two(), None)).unwrap();
        let said: Vec<(&str, &str)> = house::CLUE
            .iter()
            .map(|(n, v)| match *n {
                "org" => (*n, POLICE),
                "case_no" => (*n, "（2025）赣1202刑初71号"),
                _ => (*n, *v),
            })
            .collect();
        town.open("second", "clue", "register", &said);
        let done = app::import::take(house, &who, "台账.csv", plan, None, None, &mut |_, _| {});
        let why = done.unwrap_err();
        assert!(matches!(&why, app::failure::Failure::Bad(409, say) if say.contains("第 2 行与刚刚登记的 XS-")), "{why}");
        assert_eq!(clues(town).len(), 1);
    }
    fn a_batch_on_which_something_was_built_stays(town: &Town) {
        let file = look(town, "台账.csv", &two());
        take(town, &file, &[]);
        assert_eq!(phases(town), ["Registered", "Assessing"]);
        let moved = clues(town)[1].0.clone();
        town.act("handler", &moved, "opine", &[("route", "转评查"), ("opinion", "反映具体，有案可查。")]);
        town.act("second", &moved, "opine", &[("route", "转评查"), ("opinion", "同意。")]);
        let say = format!("{moved} 已有后续办理，不能整批撤销");
        let (entries, built) = (town.entries(), press(town, &file, "undo", &[]));
        assert!(built.status == 409 && built.says(&say), "{}", built.text());
        // Nor once it has left the phase it came in.
        town.act("handler", &moved, "propose", &[("route", "转评查"), ("reason", "意见一致。")]);
        let built = press(town, &file, "undo", &[]);
        assert!(built.status == 409 && built.says(&say), "{}", built.text());
        assert_eq!((town.entries(), phases(town)[0].as_str()), (entries + 1, "Registered"), "all of the batch stays");
        assert!(town.by("handler").get(&file).says("撤销整批"));
        town.sound();
    }
    fn organisations_come_and_go_as_a_batch(town: &Town) {
        let text = "机构编码,机构名称,上级机构编码,层级,类别,行政区划代码,状态\nFY9,云岭市澄湖县人民法院,FY1,县级,审判机关,361221,有效\n";
        let who = town.by("handler");
        let page = upload_as(&who, "organisation", "机构.csv", text.as_bytes());
        assert_eq!(page.status, 303, "{}", page.text());
        let file = page.to().to_owned();
        let rejected = town.by("handler").get(&file);
        assert!(rejected.says("上级机构编码不存在"), "a sheet must hold the bodies above: {}", rejected.text());
    }
    /// An old XLS with a sheet of remarks before it and a heading of two levels, under a wrong name (see sheets/tests/hostile.rs).
    fn an_old_xls_under_a_wrong_name_comes_in(town: &Town) {
        let file = look(town, "线索.csv", include_bytes!("../../sheets/tests/samples/旧版线索台账.xls"));
        // A crash between the click and the commit leaves the file claimed and nothing else.
        town.house.db.write_here(|tx| tx.exec("UPDATE staging SET state = 'taking'", &[])).unwrap();
        take(town, &file, &[]);
        assert_eq!(clues(town).len(), 3);
        let seen = town.by("handler").get(&format!("/matter/{}", clues(town)[1].0));
        assert!(seen.says("=cmd|反映询问笔录与录像不一致。") && !seen.says("䶮样舟"), "text is text, and who reported stays sealed: {}", seen.text());
    }
    fn the_error_sheet_comes_back_corrected(town: &Town) {
        let bytes = csv(&["甲-1,来信,2026-01-05,云岭市公安局,,=1+1|反映超期。,,", "甲-2,来信,2026-13-05,云岭市公安局,,反映推诿。,,"]);
        let file = look(town, "台账.csv", &bytes);
        let sheet = town.by("handler").get(&format!("{file}/errors")).body;
        let mut rows = cells(&sheet);
        let received = rows[0].iter().position(|h| h == "收到日期").unwrap();
        rows[2][received] = "2026-01-05".into();
        let head: Vec<&str> = rows[0].iter().map(String::as_str).collect();
        let again = look(town, "错误表.xlsx", &app::table::xlsx(&head, &rows[1..]).unwrap());
        take(town, &again, &[]);
        let seen = town.by("handler").get(&format!("/matter/{}", clues(town)[0].0));
        assert!(seen.says("=1+1|反映超期。") && !seen.says("&#39;=1+1") && !seen.says("&#x27;=1+1"), "our mark came off again: {}", seen.text());
        assert_eq!(clues(town).len(), 2);
    }
    fn a_sum_stands_in_the_error_sheet_as_it_was_written(town: &Town) {
        let text = "案号,案件类型,案由,承办单位,承办人,立案日期,标的额(元)\n（2025）赣1202民初71号,民事,买卖合同纠纷,云岭市中级人民法院,文例法,2025-13-05,12345.60\n";
        let page = upload_as(&town.by("handler"), "dossier", "案件.csv", text.as_bytes());
        assert_eq!(page.status, 303, "{}", page.text());
        let rows = cells(&town.by("handler").get(&format!("{}/errors", page.to())).body);
        let sum = rows[0].iter().position(|h| h.contains("标的额")).unwrap();
        assert_eq!(rows[1][sum], "12345.60");
    }
    /// What was in the house before there were keys is found by the same keys.
    fn a_house_of_before_learns_its_keys(town: &Town) {
        let batch = look(town, "台账.csv", &two());
        take(town, &batch, &[]);
        town.clue();
        let keys = |town: &Town| {
            let sql = "SELECT key, id FROM match_key ORDER BY key, id";
            town.house.db.read_here(|tx| Ok(tx.rows(sql, &[])?.into_iter().map(|mut r| (r.take(0), r.int(1))).collect::<Vec<_>>())).unwrap()
        };
        let kept = keys(town);
        let sql = match town.house.db.dialect() {
            app::db::Dialect::Sqlite => include_str!("../migrations/sqlite/0005_imports.sql"),
            app::db::Dialect::Postgres => include_str!("../migrations/postgres/0005_imports.sql"),
        };
        let todo = "INSERT INTO counter (name, value) VALUES ('to_seal', 1)";
        let fill = format!("DELETE FROM match_key; INSERT{}; {todo}", sql.split_once("INSERT").unwrap().1.trim_end().trim_end_matches(';'));
        town.house.db.write_here(move |tx| tx.batch(&fill)).unwrap();
        app::sealing::catch_up(&town.house).unwrap();
        assert_eq!(kept.len(), 4);
        assert_eq!(keys(town), kept);
    }
    fn the_api_imports_by_the_same_rules(town: &Town) {
        let form = town.by("handler").get("/tokens");
        let made = town.by("handler").answer(&form, "/tokens", &[("name", "对接"), ("scope", "import")]).text();
        let token = made.split("xz_").nth(1).map(|t| format!("xz_{}", t.chars().take_while(char::is_ascii_alphanumeric).collect::<String>()));
        let api = Visitor { bearer: token.unwrap(), ..Visitor::stranger(town.port) };
        let send = |query: &str, bytes: &[u8]| {
            let page = api.send("POST", &format!("/api/v1/imports/clue?{query}"), "application/octet-stream", &[], bytes);
            (page.status, page.json())
        };
        let entries = town.entries();
        let (status, missing) = send("name=a.csv", "线索编号,线索来源,收到日期\n甲-1,来信,2026-01-05\n".as_bytes());
        assert!(status == 422 && missing["error"].as_str().unwrap().contains("缺少必填列：涉案单位、诉求要点"), "{missing}");
        let (status, bomb) = send("name=a.xlsx", &zip(&[("xl/workbook.xml", &vec![b' '; 8 << 20])]));
        assert!(status == 413 && bomb["error"].as_str().unwrap().contains("压缩炸弹"), "{bomb}");
        assert_eq!(send("dry_run=1&name=a.csv", &two()).1["valid"], 2);
        assert_eq!(town.entries(), entries);
        let (status, done) = send("name=a.csv", &two());
        assert!(status == 200 && done["batch"].as_str().unwrap().starts_with("DR-"), "{done}");
        let (status, again) = send("name=a.csv", &two());
        assert!(status == 409 && again["error"].as_str().unwrap().contains("已经入库"), "{again}");
        let (_, seen) = send("dry_run=1&name=a.csv", &two());
        assert_eq!((&seen["valid"], &seen["duplicates"], &seen["known"][0]["row"]), (&0.into(), &2.into(), &2.into()));
        assert_eq!(clues(town).len(), 2);
    }
    fn hostile_files_are_refused_and_leave_nothing(town: &Town) {
        town.by("handler");
        let good = app::table::xlsx(&["线索编号", "线索来源", "收到日期", "涉案单位", "诉求要点"], &[vec!["甲-1".into(); 5]]).unwrap();
        refused(town, "炸弹.xlsx", &zip(&[("xl/workbook.xml", &vec![b' '; 64 << 20])]), 413, "疑似压缩炸弹");
        refused(town, "大.xlsx", &workbook(1, &[(0, 0), (1_048_575, 16_383)]), 413, "表格过大");
        refused(town, "空行.xlsx", &workbook(1, &[(0, 0), (1_048_575, 0)]), 413, "空行过多");
        refused(town, "多表.xlsx", &workbook(51, &[(0, 0)]), 413, "工作表多于 50 张");
        let dtd = br#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>"#;
        refused(town, "实体.xlsx", &zip(&[("xl/workbook.xml", dtd)]), 422, "外部实体声明");
        refused(town, "文书.xlsx", b"%PDF-1.7\n%\xe2\xe3", 422, "不是表格文件");
        refused(town, "照片.xlsx", b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01", 422, "不是表格文件");
        refused(town, "半截.xlsx", &good[..good.len() / 2], 422, "损坏");
        let wide: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        refused(town, "加密.xlsx", &[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600], wide].concat(), 422, "文件加了密码");
        refused(town, "空.xlsx", b"", 422, "空文件不能导入");
        refused(town, "空白.csv", b"\n\n", 422, "没有找到线索台账的表头");
        refused(town, "缺列.csv", "线索编号,线索来源,收到日期,涉案单位\n甲-1,来信,2026-01-05,云岭市公安局\n".as_bytes(), 422, "缺少必填列：诉求要点");
        refused(town, "过大.csv", &vec![b'a'; (50 << 20) + 1], 413, "文件超过 50 MB");
        let strange = upload_as(&town.by("handler"), "observation", "台账.csv", &two());
        assert!(strange.status == 422 && strange.says("不能导入“observation”"), "{}", strange.text());
        // Three megabytes in a column that nobody maps: large is not hostile.
        let long = format!("{HEAD},附件全文\n甲-1,来信,2026-01-05,云岭市公安局,,反映超期。,,,,{}\n", "文".repeat(1 << 20));
        look(town, "长.csv", long.as_bytes());
        // An overlong cell rejects its row in the dry run, not the batch at the gate.
        let long = csv(&[&format!("甲-1,来信,2026-01-05,云岭市公安局,,{},,", "长".repeat(20_001)), &format!("甲-2,来信,2026-01-05,云岭市公安局,,反映超期。,{},", "名".repeat(201))]);
        let file = look(town, "长格.csv", &long);
        let page = town.by("handler").get(&file);
        assert!(page.says("最多 20000 字，现在是 20001 字") && page.says("最多 200 字，现在是 201 字"), "{}", page.text());
        let none = press(town, &file, "take", &[]);
        assert!(none.status == 422 && none.says("没有可以入库的行") && clues(town).is_empty(), "{}", none.text());
    }
}
fn look_as(town: &Town, login: &'static str, bytes: &[u8]) -> String {
    upload_as(&town.by(login), "clue", "台账.csv", bytes).to().to_owned()
}
/// Registers that this person may not touch what concerns the organisation.
fn bar(town: &Town, login: &str, org: &str) {
    use app::registers::{Amendment, amend};
    let (house, key) = (town.house.clone(), format!("{}|org|{org}", town.ids[login]));
    let done = town.house.db.write_here(move |tx| {
        let mut desk = app::matters::Desk::open(tx, &house)?;
        let body = Some(serde_json::json!({"why": "近亲属在该院任职"}));
        let from = desk.now.today;
        amend(
            &mut desk,
            Amendment { register: "conflict", key: &key, from, body, personal: &["why"], batch: "", by: ("console", "console") },
        )?;
        desk.close()
    });
    done.unwrap();
}
fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}
fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, body) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(body).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
/// So many sheets with a word in each of these cells.
fn workbook(sheets: usize, at: &[(u32, u16)]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..sheets {
        let sheet = book.add_worksheet();
        for (r, c) in at {
            sheet.write_string(*r, *c, "字").unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Nothing was done on the clue itself, but a body outside reads of it.
#[test]
fn what_was_referred_is_not_taken_back_with_its_import() {
    let town = Town::new("sqlite");
    let file = look(&town, "甲.csv", &two());
    take(&town, &file, &[]);
    let xs = clues(&town)[0].0.clone();
    let open = [("source", xs.as_str()), ("receiver", "纪委监委"), ("to_org", "JW"), ("ground", "涉嫌职务违法。"), ("secrecy", "内部")];
    let ys = town.open("handler", "referral", "open", &open);
    town.act("handler", &ys, "prepare", &[("facts", "有异常往来。"), ("evidence", "笔录，第3页")]);
    town.act("lead", &ys, "approve", &[]);
    let undone = press(&town, &file, "undo", &[]);
    assert!(undone.status == 409 && undone.says("已有后续办理"), "{} {}", undone.status, undone.text());
    town.sound();
}
