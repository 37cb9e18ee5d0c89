//! Search over many matters of two kilobytes each: the house's whole answer – ranked, counted by facet, with snippets – beside the bare index
//! asked the same question in the same run. The documents are put by the search slice itself, not through the gate, and every row is a copy
//! of one real clue: what is read for phrases and snippets is that clue's text, as long as the others.
use app::matters::{Ask, Desk, Doc, Docs, Where};
use app::params;
use app::search::{self, Asked, Query};
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;
use std::time::{Duration, Instant};

use super::town;

/// Characters of one text: two kilobytes.
const LONG: usize = 680;
const WORDS: usize = 3_000;
/// Common characters, of which words are made up.
const CHARS: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);
impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
    /// The frequent words come first: the cube of an even number leans to the small ones about as Zipf's law does.
    fn word<'w>(&mut self, words: &'w [String]) -> &'w str {
        let x = self.roll(1 << 20) as f64 / f64::from(1 << 20);
        &words[((x * x * x) * words.len() as f64) as usize]
    }
}
fn words() -> Vec<String> {
    let (chars, mut dice): (Vec<char>, _) = (CHARS.chars().collect(), Dice(0x9e37_79b9_7f4a_7c15));
    (0..WORDS).map(|n| (0..2 + n % 3).map(|_| chars[dice.roll(chars.len())]).collect()).collect()
}
fn text(dice: &mut Dice, words: &[String], long: usize) -> String {
    let mut text = String::new();
    for n in 0.. {
        text.push_str(dice.word(words));
        if n % 5 == 4 {
            text.push('，');
        }
        if text.len() >= long * 3 {
            break;
        }
    }
    text
}
/// Builds the house.
fn build(dir: &Path, size: usize, words: &[String]) {
    let house = town::found(dir);
    let who = town::person("jingban", "R1", town::OFFICE);
    let inner = house.clone();
    let said = text(&mut Dice(7), words, LONG);
    house
        .db
        .write_here(move |tx| {
            let mut desk = Desk::open(tx, &inner)?;
            let form = json!({"source": "来信", "received": desk.now.today.to_string(), "org": "U001", "case_no": "（2025）赣1202刑初1号", "case_type": "01",
                "stage": "已终结", "is_closed": true, "problem": ["X1"], "summary": said, "reporter": "演示例", "reporter_phone": "15400012345"});
            let place = Where::Open { kind: "clue".into(), owner: town::OFFICE.into(), links: vec![] };
            desk.act(Ask { who: &who, place, action: "register", form: form.as_object().cloned().unwrap(), version: None, key: None })?;
            desk.close()
        })
        .unwrap();
    for from in (2..size + 1).step_by(1_000) {
        let (inner, words, until) = (house.clone(), words.to_vec(), (from + 1_000).min(size + 1));
        house
            .db
            .write_here(move |tx| {
                let mut dice = Dice((from as u64).wrapping_mul(0x2545_f491_4f6c_dd1d) | 1);
                (from..until).try_for_each(|n| {
                    let (id, number, unit, year) = (n as i64, format!("XS-{}-{n:06}", 2020 + n % 7), format!("U{:03}", n % 40), 2020 + n % 7);
                    tx.exec("INSERT INTO matter (id, kind, number, version, body) SELECT $1, kind, $2, version, body FROM matter WHERE id = 1", params![id, &number])?;
                    tx.exec(
                        "INSERT INTO idx (id, kind, number, title, gist, phase, ball, org, owner, codes, marks, due, due_label, provisional, paused, closed, changed_ms, tokens, opened_on) \
                         SELECT $1, kind, $2, title, gist, phase, ball, $3, owner, codes, marks, due, due_label, provisional, paused, closed, changed_ms, tokens, $4 FROM idx WHERE id = 1",
                        params![id, &number, &unit, format!("{year}-03-02")],
                    )?;
                    tx.exec("INSERT INTO party (holder, kind, id, standing, mine, due) SELECT holder, kind, $1, standing, mine, due FROM party WHERE id = 1", params![id])?;
                    let doc = Doc {
                        title: format!("{number} {} 云岭市第{}县人民法院", text(&mut dice, &words, 8), n % 40),
                        text: format!("X1\n（2025）赣1202刑初{n}号\n{}", text(&mut dice, &words, LONG)),
                        facets: [("kind", "clue"), ("org", &unit), ("open", "open"), ("year", &year.to_string()), ("code", "X1")].map(|(n, v)| search::facet(n, v)).to_vec(),
                        holders: vec![format!("r:R1@{}", town::OFFICE), format!("r:R2@{}", town::OFFICE), format!("r:R3@{}", town::OFFICE)],
                    };
                    search::put(tx, &inner.keys, id, &Docs { office: doc, ..Default::default() }, false)
                })
            })
            .unwrap();
    }
}
/// Frequent words, rare ones, several, numbers, first letters, phrases, narrowed and not.
fn questions(size: usize, words: &[String]) -> Vec<(String, search::Narrow)> {
    let mut dice = Dice(42);
    let (plain, court) = (search::Narrow::default(), search::Narrow { org: "U007".into(), year: "2024".into(), ..Default::default() });
    let mut all = vec![];
    for n in 0..60 {
        all.push((words[n * 3].clone(), plain.clone()));
        all.push((format!("{} {}", words[n], words[200 + n * 20]), plain.clone()));
    }
    (0..40).for_each(|n| all.push((words[WORDS - 1 - n * 7].clone(), plain.clone())));
    (0..20).for_each(|n| all.push((format!("{} -{}", words[n * 5], words[n * 5 + 1]), court.clone())));
    for n in 0..15 {
        let at = 1 + dice.roll(size);
        all.push((format!("XS-{}-{at:06}", 2020 + at % 7), plain.clone()));
        all.push((format!("（2025）赣1202刑初{at}号"), plain.clone()));
        all.push((format!("刑初{at}号"), plain.clone()));
        all.push((["zgtz", "dyd", "sj", "fy", "yls"][n % 5].to_owned(), plain.clone()));
        all.push((format!("“{}{}”", words[n], words[n + 1]), plain.clone()));
        all.push((format!("{}{}", words[n * 2], words[n * 2 + 31]), plain.clone()));
    }
    all
}
fn at(all: &mut [Duration], percent: usize) -> f64 {
    all.sort_unstable();
    all[(all.len() * percent / 100).min(all.len() - 1)].as_secs_f64() * 1e3
}
/// What this thread has computed so far: on a machine that does other work as well, the rest of the time is waiting.
fn computed() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(text.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0))
}
/// Measures; prints one table.
pub fn run(dir: &Path, size: usize) {
    let (words, began) = (words(), Instant::now());
    let who = town::person("jingban", "R1", town::OFFICE);
    if !dir.join("xiezhi.db").exists() {
        build(dir, size, &words);
    }
    eprintln!("{size} 件建成：{:.1} 秒", began.elapsed().as_secs_f64());
    let house = town::open(dir);
    let raw = Connection::open(dir.join("xiezhi.db")).unwrap();
    raw.execute_batch("PRAGMA cache_size=-16384").unwrap();
    let index: i64 = raw.query_row("SELECT SUM(LENGTH(block)) FROM search_data", [], |r| r.get(0)).unwrap();
    let (holders, now) = (domain::engine::holders(&who), house.clock.now());
    let (mut ours, mut alone, mut bare, mut bare_alone, mut found) = (vec![], vec![], vec![], vec![], 0usize);
    let questions = questions(size, &words);
    let mut slow: Vec<(Duration, String, usize)> = vec![];
    for (q, narrow) in &questions {
        let asked = Asked { query: Query::of(q), narrow: narrow.clone(), limit: 20, ..Default::default() };
        let (began, spent) = (Instant::now(), computed());
        let answer = house.db.read_here(|tx| search::seek(tx, &house, &who, &asked, now)).unwrap();
        ours.push(began.elapsed());
        alone.push(computed() - spent);
        slow.push((computed() - spent, q.clone(), answer.count));
        found += usize::from(answer.count > 0);
        let query = house.db.read_here(|tx| search::bare(tx, &house.keys, q, &holders)).unwrap();
        let (began, spent) = (Instant::now(), computed());
        let mut statement = raw.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 20").unwrap();
        let rows = statement.query_map([&query], |r| r.get::<_, i64>(0)).unwrap().count();
        std::hint::black_box(rows);
        bare.push(began.elapsed());
        bare_alone.push(computed() - spent);
    }
    slow.sort_by_key(|(time, ..)| std::cmp::Reverse(*time));
    for (time, q, count) in slow.iter().take(8) {
        eprintln!("{:>7.1} 毫秒 {q}：{count}", time.as_secs_f64() * 1e3);
    }
    println!(
        "\n| 检索，{size} 件，每件 2 KB，{} 个问法（{found} 个有结果） | p50 / p99 毫秒 | 其中计算 p50 / p99 毫秒 |\n|---|---|---|",
        questions.len()
    );
    for (what, wall, cpu) in [("本系统：排序、分面、摘要", &mut ours, &mut alone), ("裸索引，最新 20 件", &mut bare, &mut bare_alone)]
    {
        println!("| {what} | {:.1} / {:.1} | {:.1} / {:.1} |", at(wall, 50), at(wall, 99), at(cpu, 50), at(cpu, 99));
    }
    println!("| 目标 | p99 ≤ 50 | |\n\n索引 {} MB", index >> 20);
}
