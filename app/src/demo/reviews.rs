//! Case reviews of the demonstration: two special batches and a regular one to their closure in 2025, one under way today. Everything
//! by the same acts as in a real office: draws announced, sealed, frozen, revealed and drawn, sheets handed in, one objection.
use domain::calendar::Calendar;
use domain::procedures::{dossier::Dossier, review::Review};
use domain::standards::Library;
use jiff::civil::{Date, date};
use serde_json::{Value as Json, json};

use super::stage::Stage;
use crate::edge::morning_of;
use crate::failure::{Failure, Result};
use crate::matters::{self, Filter};

/// Log-ins of the experts whose roll entry is bound to an account.
pub const EXPERTS: [&str; 9] =
    ["zhuanjia1", "zhuanjia2", "zhuanjia3", "zhuanjia4", "zhuanjia5", "zhuanjia6", "zhuanjia7", "zhuanjia8", "zhuanjia9"];
/// What happens on which day.
#[derive(Clone, Copy)]
enum Scene {
    Pool,
    Renewal,
    Plan(usize),
    Sample(usize),
    Panels(usize),
    Scores(usize),
    Opinions(usize),
    Objection(usize),
    End(usize),
}
/// A batch: name, kind, case type, tag, standard, sampling, size.
const BATCHES: [(&str, &str, &str, &str, &str, &str, i64); 6] = [
    ("2025 年涉企民事案件专项评查", "专项", "02", "涉企", "D2", "比例分层", 3),
    ("2025 年立功认定专项评查", "专项", "01", "立功", "D1", "随机", 2),
    ("2025 年上半年常态评查", "常态", "02", "", "D2", "随机", 3),
    ("2026 年第四季度常态评查", "常态", "01", "", "D1", "比例分层", 4),
    ("石梁法院民事送达重点评查", "重点", "02", "", "D2", "随机", 1),
    ("政治督察嵌入评查：民事送达", "嵌入", "02", "", "D2", "随机", 2),
];
/// The batch from which the loop begins, and the one inside an inspection. A clue of its own would add to the funnel, which reads as the
/// old ledger reported it.
const ONE_COURT: usize = 4;
const EMBEDDED: usize = 5;
/// The scenes in order, and what they have made so far.
pub(super) struct Scenes<'a> {
    stage: Stage<'a>,
    all: std::collections::VecDeque<(Date, Scene)>,
    standards: Vec<(String, String)>,
    batches: Vec<String>,
    /// So many of the experts, the first ones, are of the civil profession.
    civil: usize,
}
fn later(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
impl<'a> Scenes<'a> {
    pub(super) fn new(stage: Stage<'a>, calendar: &Calendar, today: Date) -> Self {
        let mut all = vec![(date(2025, 2, 5), Scene::Pool), (date(2025, 6, 20), Scene::Renewal)];
        let embedded = later(today, i64::from(super::linkage::ENTERED) + 3);
        let begins = [date(2025, 2, 17), date(2025, 3, 3), date(2025, 3, 17), later(today, -29), later(today, -372), embedded];
        for (n, begins) in begins.into_iter().enumerate() {
            let steps = [(0, Scene::Plan(n)), (3, Scene::Sample(n)), (7, Scene::Panels(n)), (15, Scene::Scores(n))];
            all.extend(steps.map(|(after, scene)| (later(begins, after), scene)));
            if n != EMBEDDED {
                all.push((later(begins, 22), Scene::Opinions(n)));
            }
            if n < 3 || n == ONE_COURT {
                all.extend([(later(begins, 30), Scene::Objection(n)), (later(begins, 38), Scene::End(n))]);
            }
        }
        // An office works on working days.
        let working = |mut day: Date| {
            while !calendar.works(day) {
                day = later(day, 1);
            }
            day
        };
        let mut all: Vec<(Date, Scene)> = all.into_iter().map(|(day, scene)| (working(day), scene)).collect();
        all.sort_by_key(|(day, _)| *day);
        Self { stage, all: all.into(), standards: vec![], batches: vec![String::new(); BATCHES.len()], civil: 0 }
    }
    /// The day of the next scene.
    pub(super) fn next(&self) -> Option<Date> {
        self.all.front().map(|(day, _)| *day)
    }
    /// Everything that has happened before this day.
    pub(super) fn up_to(&mut self, day: Date) -> Result<()> {
        while let Some((on, scene)) = self.all.pop_front_if(|(on, _)| *on < day) {
            self.stage.clock.put(morning_of(on) + 3 * 3_600_000);
            self.play(scene, on).map_err(|e| Failure::Fault(format!("演示评查，{on}：{e}")))?;
        }
        Ok(())
    }
    fn play(&mut self, scene: Scene, on: Date) -> Result<()> {
        match scene {
            Scene::Pool => self.pool(on),
            Scene::Renewal => self.renew(),
            Scene::Plan(n) => self.plan(n, on),
            Scene::Sample(n) => {
                let batch = self.batch(n)?;
                self.stage.draw("jingban1", "抽案", "batch", &batch)?;
                self.stage.act("jingban1", &batch, "open_reviews", json!({}))
            }
            Scene::Panels(n) => {
                let batch = self.batch(n)?;
                self.stage.draw("jingban1", "抽专家", "batch", &batch)
            }
            Scene::Scores(n) => self.scores(n, on),
            Scene::Opinions(n) => self.opinions(n, on),
            Scene::Objection(n) => self.objection(n),
            Scene::End(n) => self.end(n, on),
        }
    }
    fn batch(&self, n: usize) -> Result<String> {
        self.batches.get(n).cloned().ok_or(Failure::NotFound)
    }
    /// Reviews of a batch with their bodies, oldest first.
    fn reviews(&self, batch: &str) -> Result<Vec<(String, Json)>> {
        let mut all = self.stage.kin(batch, "review")?;
        all.sort();
        all.into_iter().map(|number| self.stage.state(&number).map(|body| (number, body))).collect()
    }
    /// Standards brought into force, accounts bound to the roll.
    fn pool(&mut self, on: Date) -> Result<()> {
        let library = Library::shipped();
        for sheet in library.sheets.iter().filter(|s| matches!(s.code.as_str(), "D1" | "D2")) {
            let items: Vec<Json> = sheet
                .items
                .iter()
                .map(|i| json!({"item": i.name, "full": i.points.to_string(), "criteria": i.name, "tiers": "轻微 1，一般 2–3，重大满扣"}))
                .collect();
            let vetoes: Vec<Json> = sheet.vetoes.iter().map(|v| json!({"veto": v.text})).collect();
            let said = json!({"name": format!("{}案件评查简表", sheet.name), "standard_kind": "基础表", "case_type": sheet.case_types.first(), "edition": "2025 年第 1 版",
                "items": items, "vetoes": vetoes});
            let number = self.stage.opened("jingban1", "standard", "draft", said)?;
            self.stage.act("jingban1", &number, "propose", json!({}))?;
            self.stage.act("fuzeren", &number, "approve", json!({"from": on.to_string(), "doc_no": "云政法〔2025〕6号（虚构）"}))?;
            self.stage.act("jingban1", &number, "bring_into_force", json!({}))?;
            self.standards.push((sheet.code.clone(), number));
        }
        let (civil, criminal) = (self.roll("02")?, self.roll("01")?);
        let mut chosen: Vec<String> = civil.into_iter().take(7).collect();
        self.civil = chosen.len();
        chosen.extend(criminal.into_iter().filter(|z| !chosen.contains(z)).take(EXPERTS.len() - chosen.len()).collect::<Vec<_>>());
        for (login, expert) in EXPERTS.iter().zip(&chosen) {
            self.stage.act("fuzeren", expert, "bind_account", json!({"account": self.stage.id(login)}))?;
        }
        Ok(())
    }
    /// Experts of this profession from outside the supervised units.
    fn roll(&self, profession: &str) -> Result<Vec<String>> {
        let filter = Filter { kind: "expert".into(), phase: "Serving".into(), limit: 200, ..Default::default() };
        let all = self.stage.list("jingban1", &filter)?;
        let mut fit = vec![];
        for item in all {
            let body = self.stage.state(&item.number)?;
            let outside = matches!(body.pointer("/state/said/category").and_then(Json::as_str), Some("人大代表" | "政协委员" | "高校学者"));
            let free = body.pointer("/state/relations").and_then(Json::as_array).is_none_or(Vec::is_empty);
            if outside && free && item.codes.iter().any(|c| c == profession) {
                fit.push(item.number);
            }
        }
        Ok(fit)
    }
    fn renew(&self) -> Result<()> {
        let bound = EXPERTS.map(|login| self.stage.id(login));
        let filter = Filter { kind: "expert".into(), phase: "Serving".into(), limit: 200, ..Default::default() };
        for item in self.stage.list("jingban1", &filter)? {
            let body = self.stage.state(&item.number)?;
            let account = body.pointer("/state/account").and_then(Json::as_str).unwrap_or("");
            if bound.iter().any(|b| b == account) {
                let said = json!({"until": "2028-06-27", "letter_no": "云执监聘〔2025〕续（虚构）"});
                self.stage.act("fuzeren", &item.number, "renew", said)?;
            }
        }
        Ok(())
    }
    fn plan(&mut self, n: usize, on: Date) -> Result<()> {
        let Some((name, kind, case_type, tag, standard, sampling, size)) = BATCHES.get(n).copied() else { return Ok(()) };
        let standard = self.standards.iter().find(|(c, _)| c == standard).map(|(_, n)| n.clone()).unwrap_or_default();
        let mut said = json!({"name": name, "kind": kind, "scope": "市、县两级已生效案件", "case_types": [case_type], "from": "2022-01-01", "to": "2024-12-31",
            "standard": standard, "sampling": sampling, "size": size, "reason": "年度评查计划（演示）"});
        let more = match n {
            ONE_COURT => json!({"unit": super::linkage::FIRST}),
            EMBEDDED => json!({"unit": super::linkage::SECOND, "inspection": self.inspection()?}),
            _ if tag.is_empty() => json!({}),
            _ => json!({"tags": [tag]}),
        };
        if let (Json::Object(more), Some(form)) = (more, said.as_object_mut()) {
            form.extend(more);
        }
        let number = self.stage.opened("jingban1", "review_batch", "plan", said)?;
        self.stage.act("fuzeren", &number, "approve", json!({"finish_by": later(on, 90).to_string()}))?;
        if let Some(slot) = self.batches.get_mut(n) {
            *slot = number;
        }
        Ok(())
    }
    fn inspection(&self) -> Result<String> {
        let filter = Filter {
            kind: "inspection".into(),
            phase: "UnderWay".into(),
            org: super::linkage::SECOND.into(),
            limit: 1,
            ..Default::default()
        };
        self.stage.list("ducha", &filter)?.into_iter().next().map(|i| i.number).ok_or(Failure::NotFound)
    }
    fn login(&self, account: &str) -> &'static str {
        EXPERTS.iter().find(|l| self.stage.id(l) == account).copied().unwrap_or("zhuanjia1")
    }
    /// Commitments, dossiers called for and received, sheets handed in. Of the batch under way the last review waits for its experts.
    fn scores(&self, n: usize, on: Date) -> Result<()> {
        let batch = self.batch(n)?;
        let reviews = self.reviews(&batch)?;
        for (i, (number, body)) in reviews.iter().enumerate() {
            let seats: Vec<String> = body
                .pointer("/state/panel")
                .and_then(Json::as_array)
                .into_iter()
                .flatten()
                .filter_map(|s| s.get("who")?.as_str().map(ToOwned::to_owned))
                .collect();
            let under_way = n == 3;
            for (k, who) in seats.iter().enumerate() {
                if under_way && i + 1 == reviews.len() && k > 0 {
                    continue;
                }
                self.stage.act(self.login(who), number, "promise", json!({"no_conflict": true, "secrecy": true}))?;
            }
            if under_way && i + 1 == reviews.len() {
                continue;
            }
            let said = json!({"letter_no": format!("云政法调〔{}〕{}号（虚构）", on.year(), i + 1), "reason": "按评查方案调卷", "due": later(on, 10).to_string()});
            self.stage.act("jingban1", number, "request_dossier", said)?;
            self.stage.act("jingban1", number, "receive", json!({"received_on": on.to_string(), "volumes": 2 + i}))?;
            for (k, who) in seats.iter().enumerate() {
                // Of the review under way one sheet is still owed.
                if under_way && i == 1 && k == 2 {
                    continue;
                }
                self.stage.act(self.login(who), number, "submit", sheet(n, i, k))?;
            }
        }
        Ok(())
    }
    /// Chance may draw a dossier that another batch has reviewed.
    fn has_prior(&self, review: &str) -> Result<bool> {
        self.stage.house.db.read_here(|tx| {
            let Some(review) = matters::load_as::<Review>(tx, review)? else { return Ok(false) };
            Ok(matters::load_as::<Dossier>(tx, review.state.about().0)?.is_some_and(|d| d.state.priors().next().is_some()))
        })
    }
    fn opinions(&self, n: usize, on: Date) -> Result<()> {
        for (i, (number, body)) in self.reviews(&self.batch(n)?)?.iter().enumerate() {
            if body.get("phase").and_then(Json::as_str) != Some("Deliberating") {
                continue;
            }
            let opinion = "程序总体规范，个别事项说理不足，建议讲评。";
            let found = if n == ONE_COURT { json!(["C4"]) } else { json!(["S1", "C4"]) };
            let prior = self.has_prior(number)?.then_some("与既有结论一致");
            let agreed = json!({"problems": ["W2"], "opinion": opinion, "accountable": false, "differs": prior});
            if self.stage.act("zuzhang", number, "adopt_mean", agreed).is_err() {
                let file = self.stage.file("zuzhang", "合议笔录")?;
                let said = json!({"score": "82", "problems": found, "opinion": "事实部分说理不足，送达回证缺失。", "accountable": false, "minutes": [file], "differs": prior});
                self.stage.act("zuzhang", number, "deliberate", said)?;
            }
            if n == 3 && i == 0 {
                continue;
            }
            self.stage.act("fuzeren", number, "feed", json!({"doc_no": format!("云政法评〔{}〕{}号（虚构）", on.year(), i + 1)}))?;
            let receipt = self.stage.file("jingban1", "送达回证")?;
            self.stage.act("jingban1", number, "serve", json!({"served_on": on.to_string(), "receipt": [receipt]}))?;
        }
        Ok(())
    }
    /// In the regular batch a unit objects to the lowest score; others look again and uphold.
    fn objection(&self, n: usize) -> Result<()> {
        if n != 2 {
            return Ok(());
        }
        let reviews = self.reviews(&self.batch(n)?)?;
        for (number, body) in &reviews {
            let org = body.pointer("/state/org").and_then(Json::as_str).unwrap_or("");
            let (Some(liaison), Some("Objectable")) = (self.stage.town.liaison(org), body.get("phase").and_then(Json::as_str)) else {
                continue;
            };
            // Somebody of the profession who took no part in it must be left to look again.
            let sat = body.pointer("/state/sat").and_then(Json::as_array).cloned().unwrap_or_default();
            if !EXPERTS.iter().take(self.civil).any(|login| !sat.contains(&json!(self.stage.id(login)))) {
                continue;
            }
            let ground = json!({"grounds": [{"item": "送达通知", "ground": "回证已归入副卷，请核对。", "evidence": "副卷 3 页"}]});
            self.stage.act(liaison, number, "object", ground)?;
            self.stage.draw("jingban1", "抽复核专家", "review", number)?;
            let seats = self.stage.state(number)?.pointer("/state/second").and_then(Json::as_array).cloned().unwrap_or_default();
            for seat in &seats {
                let login = self.login(seat.get("who").and_then(Json::as_str).unwrap_or(""));
                self.stage.act(login, number, "promise_late", json!({"no_conflict": true, "secrecy": true}))?;
                let mut said = sheet(n, 0, 1);
                if let Some(form) = said.as_object_mut() {
                    let rows = form.remove("sheet").unwrap_or_default();
                    form.insert("second_sheet".into(), rows);
                    form.insert("re_examination_finding".into(), json!("维持"));
                }
                self.stage.act(login, number, "re_examine", said)?;
            }
            return self.stage.act("fuzeren", number, "uphold", json!({"answer": "副卷已核对，回证缺失属实，维持原意见。"}));
        }
        Ok(())
    }
    fn end(&self, n: usize, on: Date) -> Result<()> {
        crate::inbox::tick(self.stage.house)?;
        let batch = self.batch(n)?;
        for (i, (number, _)) in self.reviews(&batch)?.iter().enumerate() {
            let doc = json!({"doc_no": format!("云政法定〔{}〕{}号（虚构）", on.year(), i + 1)});
            if self.stage.act("fuzeren", number, "settle", doc.clone()).is_err() {
                self.stage.act("shuji", number, "settle_grave", doc)?;
            }
            let problem = if n == ONE_COURT { "C4" } else { "S1" };
            let fault = json!({"problems": [problem], "severity": "一般", "gist": "事实说理不足，送达回证缺失。"});
            let ways = [
                ("conclude_praise", json!({"praise": "程序规范，说理充分，可作讲评材料。"})),
                ("conclude_plain", json!({})),
                ("conclude_rectify", fault),
            ];
            let done = ways.into_iter().any(|(action, said)| self.stage.act("jingban1", number, action, said).is_ok());
            if !done {
                return Err(Failure::Fault(format!("{number} 无法定论")));
            }
        }
        self.stage.act("jingban1", &batch, "close", json!({"summary": "全部定论，问题已转整改。"}))
    }
}
/// What one expert takes off: mild in most reviews, apart in one of each batch.
fn sheet(n: usize, review: usize, seat: usize) -> Json {
    let points = if review == 1 || n == ONE_COURT { ["4", "22", "12"].get(seat) } else { ["2", "3", "2"].get(seat) }.unwrap_or(&"3");
    let criminal = matches!(n, 1 | 3);
    let (item, full) = if criminal { ("取证", "20") } else { ("文书", "15") };
    let (more, worth) = if criminal { ("法律与量刑", "16") } else { ("事实", "10") };
    let value: f64 = points.parse().unwrap_or(0.0);
    let first = value.min(10.0);
    let row = |item: &str, full: &str, points: f64, problem: &str| json!({"item": item, "full": full, "points": format!("{points}"), "page": "正卷 12–15 页", "problem": problem, "severity": "一般", "note": "（演示）"});
    let mut rows = vec![row(item, full, first, if criminal { "Z2" } else { "W2" })];
    if value > first {
        rows.push(row(more, worth, (value - first).min(10.0), "S1"));
    }
    json!({"sheet": rows, "my_opinion": "个别事项说理不足，其余规范。"})
}
