//! What is measured of reviewing: agreement of a batch, one's own severity, the size of a sample. Plain tables; no figure decides anything.
use domain::agreement::{Alpha, Answer};
use domain::engine::Standing;
use domain::sampling::{Confidence, size_words};

use super::pages::{Cell, Input, SmallForm, TablePage, html};
use super::present;
use super::registers::field;
use super::visit::{Reply, Visit};
use crate::failure::{Failure, Result};
use crate::{agreement, matters, people};

fn share(answer: Answer) -> String {
    answer.value().map_or_else(|| answer.words(), |p| format!("{:.0}%", p * 100.0))
}
fn row(what: &str, name: String, percent: String, kappa: String, alpha: Option<&Alpha>, note: String) -> Vec<Cell> {
    let (value, between) = alpha.map_or_else(Default::default, |a| (a.value.words(), a.interval.words()));
    vec![
        Cell::Tag(what.to_owned(), ""),
        Cell::Text(name),
        Cell::Text(percent),
        Cell::Text(kappa),
        Cell::Text(value),
        Cell::Text(between),
        Cell::Text(note),
    ]
}
/// `GET /matter/{number}/agreement`: for the office; names of experts only for whoever reads the panel.
pub fn agreement_of(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let seen = matters::see(v.tx, v.house, v.who, number, v.now)?;
    if seen.item.kind != "review_batch" || !seen.office() {
        return Err(Failure::NotFound);
    }
    let m = agreement::of_batch(v.tx, v.house, number)?;
    let b = &m.batch;
    let none = String::new;
    let mut rows = vec![
        row("全批", "总分".into(), none(), none(), Some(&b.total), none()),
        row("全批", "等次".into(), share(b.grade_percent), b.grade_kappa.mean.words(), Some(&b.grade), none()),
    ];
    rows.extend(b.calibration().map(|i| {
        row(
            "校准清单",
            format!("{} {}", i.code, i.name),
            share(i.percent),
            i.kappa.words(),
            Some(&i.alpha),
            i.low.clone().unwrap_or_default(),
        )
    }));
    for i in b.items.iter().filter(|i| i.low.is_none()) {
        rows.push(row("条目", format!("{} {}", i.code, i.name), share(i.percent), i.kappa.words(), Some(&i.alpha), none()));
    }
    for (p, review) in b.panels.iter().zip(&m.reviews) {
        let mean = p.mean.map(|m| format!("，均分 {m}")).unwrap_or_default();
        let why = p.triggers.iter().map(domain::agreement::Trigger::words).collect::<Vec<_>>().join("；");
        let note = format!("{} 人，离散度 {} 分{mean}{}{why}", p.seats, p.dispersion, if why.is_empty() { "" } else { "；必须合议：" });
        let mut cells = row("评查件", none(), share(p.percent), none(), Some(&p.alpha), note);
        if let Some(cell) = cells.get_mut(1) {
            *cell = Cell::Link(review.clone(), format!("/matter/{review}"));
        }
        rows.push(cells);
    }
    let named = seen.mine.iter().any(|s| matches!(s, Standing::Handler | Standing::Lead));
    for (n, s) in b.severity.iter().enumerate() {
        let name = if named { people::name(v.tx, &s.rater)? } else { format!("专家{}", n + 1) };
        rows.push(row("评查员", name, none(), none(), None, s.words()));
    }
    let seed = if m.seed.is_empty() {
        "本批没有抽取证明，不作区间估计".into()
    } else {
        format!("区间由抽取证明 {}… 重抽得出，可重算", m.seed.get(..12).unwrap_or(""))
    };
    let page = TablePage {
        frame: present::frame(
            v,
            "一致性",
            &[("工作台", "/"), ("评查批次", "/matters/review_batch"), (number, &format!("/matter/{number}")), ("一致性", "")],
        )?,
        heading: format!("{} 一致性", seen.item.title),
        explain: format!("已合议的 {} 件；未合议的 {} 件不计。{seed}。", m.reviews.len(), m.waiting),
        notes: vec!["系数只供校准用，不决定任何一件的等次。α 低于 0.667 的条目列入校准清单。".into()],
        columns: vec!["类别", "对象", "一致率", "加权 κ", "α", "95% 区间", "说明"],
        rows: if m.reviews.is_empty() { vec![] } else { rows },
        empty: "还没有合议过的评查件".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /my/severity`: one's own, nobody else's.
pub fn my_severity(v: &Visit) -> Result<Reply> {
    let own = agreement::of_person(v.tx, v.house, &v.who.id)?;
    let rows = own.map(|s| {
        let number = |x: f64| Cell::Number(format!("{x:.2}"));
        vec![
            Cell::Text(s.words()),
            Cell::Number(s.units.to_string()),
            number(s.mean),
            number(s.spread),
            s.drift.map_or(Cell::Text("件数不足".into()), number),
        ]
    });
    let page = TablePage {
        frame: present::frame(v, "本人宽严", &[("工作台", "/"), ("本人宽严", "")])?,
        heading: "本人宽严".into(),
        explain: "与同组其他专家在同一案卷上的总分比较，只有本人看得到。负数为偏严。".into(),
        columns: vec!["结果", "共同评分件数", "平均差（分）", "标准差", "后半段减前半段"],
        rows: rows.into_iter().collect(),
        empty: "还没有合议过的共同评分".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// Thousandths from percentage points with at most one decimal.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let digit: u32 = part.parse().ok().filter(|_| part.len() == 1)?;
    whole.parse::<u32>().ok().filter(|w| *w <= 100).map(|w| w * 10 + digit)
}
/// `GET /sample-size`: how many to draw for a wanted margin.
pub fn sample_size(v: &Visit) -> Result<Reply> {
    let get = |name: &str, otherwise: &str| Some(v.query.get(name)).filter(|t| !t.is_empty()).unwrap_or(otherwise).to_owned();
    let (population, margin, confidence) = (get("population", ""), get("margin", "5"), get("confidence", "95"));
    let answer = if population.is_empty() {
        None
    } else {
        let read = population.trim().parse::<u64>().ok().zip(thousandths(&margin));
        let read = read.zip(confidence.parse().ok().and_then(Confidence::from_percent));
        Some(match read {
            Some(((n, m), c)) => size_words(n, m, c).unwrap_or_else(domain::sampling::BadSample::words),
            None => "候选案卷数应为整数，误差限应为百分点数，如 5 或 2.5。".into(),
        })
    };
    let choice = ["90", "95", "99"].map(|c| (c.to_owned(), format!("{c}%"), c == confidence));
    let form = SmallForm {
        heading: "算一算".into(),
        action: "/sample-size".into(),
        fields: vec![
            field("population", "候选案卷数", Input::Line(population)),
            field("margin", "误差限（百分点）", Input::Line(margin)),
            field("confidence", "置信水平", Input::One(choice.to_vec())),
        ],
        submit: "计算".into(),
        get: true,
        ..Default::default()
    };
    let page = TablePage {
        frame: present::frame(v, "样本量", &[("工作台", "/"), ("评查批次", "/matters/review_batch"), ("样本量", "")])?,
        heading: "样本量".into(),
        explain: "要按抽取结果估计全部案卷的问题比例，至少抽多少件。本机构设定，非法定。".into(),
        columns: vec!["结果"],
        rows: answer.map(|a| vec![Cell::Text(a)]).into_iter().collect(),
        empty: "填写后计算".into(),
        form: Some(form),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
