//! 公平比较: units beside what chance and their mix of cases explain, as a funnel and as a table. In the order of their codes: no rank, no
//! score, no person. Every number opens to its matters.
use askama::Template;
use domain::agreement::{Bounds, Compared, Fair, Held, Rate, Tally, Verdict, fair, rate};
use domain::calendar::Half;
use domain::registers::codes::{CASE_TYPE, FAIR_MEASURE};
use domain::registers::parameters::FEW;
use std::collections::BTreeMap;

use super::pages::{Cell, Frame, Input, SmallForm, html};
use super::registers::field;
use super::visit::{Reply, Visit, encode};
use super::{present, workbench};
use crate::charts::funnel::{self, Funnel, Point, Side};
use crate::failure::Result;
use crate::fairness::{self, RECTIFIED, Reviewed};
use crate::statistics;

/// 公平比较: the funnel, and the tables of the same numbers.
#[derive(Template, Default)]
#[template(path = "fair.html")]
struct FairPage {
    frame: Frame,
    explain: String,
    /// What is compared.
    label: String,
    notes: Vec<String>,
    form: Option<SmallForm>,
    chart: Option<Funnel>,
    units: Vec<Vec<Cell>>,
    limits: Vec<Vec<Cell>>,
    strata: Vec<Vec<Cell>>,
    city: Vec<Vec<Cell>>,
}
impl FairPage {
    const UNITS: [&'static str; 8] = ["编号", "单位", "已评查", "件数", "每百件（95% 区间）", "应有件数", "实际与应有之比", "位置"];
    const LIMITS: [&'static str; 8] =
        ["编号", "单位", "图中每百件（调整后）", "95% 界限内（件）", "99.8% 界限内（件）", "收缩后每百件", "同期办结", "每百件办结"];
    const STRATA: [&'static str; 6] = ["单位", "案件类型", "已评查", "件数", "每百件", "全市每百件"];
    const CITY: [&'static str; 4] = ["案件类型", "已评查", "件数", "每百件（95% 区间）"];
}
/// So many half years may be chosen.
const CHOICES: usize = 8;
const FEWER: &str = "样本不足";

/// What is asked for: by default the newest half year gone by in which this reader finds anything.
fn asked(v: &Visit) -> Result<(Half, &'static str)> {
    let half = match Half::read(v.query.get("half")) {
        Some(half) => half,
        None => newest(v)?,
    };
    let measure = v.query.get("measure");
    Ok((half, FAIR_MEASURE.rows.iter().map(|(code, _)| *code).find(|code| *code == measure).unwrap_or(RECTIFIED)))
}
fn newest(v: &Visit) -> Result<Half> {
    let last = Half::of(v.now.today).before();
    let first = (1..CHOICES).fold(last, |half, _| half.before());
    Ok(fairness::newest(v.tx, &v.registers, v.who, first, last)?.unwrap_or(last))
}
/// `GET /fair?half=2025-2&measure=…`.
pub fn page(v: &Visit) -> Result<Reply> {
    let (half, measure) = asked(v)?;
    let (all, ended) = fairness::seen_by(v.tx, &v.registers, v.who, half)?;
    let few = v.registers.count(FEW);
    let fair = fair(fairness::units(&all, measure), few);
    let address = |org: &str, kind: &str, what: &str| {
        let (measure, org, kind) = (encode(measure), encode(org), encode(kind));
        format!("/fair/behind?half={}&measure={measure}&org={org}&type={kind}&what={what}", half.key())
    };
    let label = FAIR_MEASURE.label_of(measure);
    let page = FairPage {
        frame: present::frame(v, "公平比较", &[("工作台", "/"), ("公平比较", "")])?,
        explain: format!("{}，{label}。单位按代码排列，不排名，不打分。不足 {few} 件的单位不作比较。", half.words()),
        notes: notes(v, half, &fair, measure),
        form: Some(choose(v, half, measure)),
        chart: chart(v, &fair, few, label),
        label: label.to_owned(),
        units: fair.units.iter().enumerate().map(|(n, u)| row(v, (n + 1, u), &address)).collect(),
        limits: fair.units.iter().enumerate().map(|(n, u)| limits(v, (n + 1, u), &ended, few)).collect(),
        strata: strata(v, &fair, few, &address),
        city: city(&fair, few),
    };
    Ok(Reply::Html(html(&page)))
}
fn notes(v: &Visit, half: Half, fair: &Fair, measure: &str) -> Vec<String> {
    let what = if measure == RECTIFIED { "定论后转整改的" } else { "定论时登记了问题码的" };
    let mut all = vec![
        format!("分母：这个半年内定论、没有撤销的评查件。分子：其中{what}。"),
        "应有件数：按全市各案件类型的比率，乘以本单位各类型的件数。案件类型不同，不算单位的差别。".to_owned(),
        format!(
            "图中每百件（调整后）是全市每百件乘以实际与应有之比。界限按精确分布计算，并按一同比较的 {} 个单位调整。各单位没有差别时，出现高于 95% 界限的单位的机会不超过 2.5%，高于 99.8% 界限的不超过 0.1%。",
            fair.compared
        ),
        "每百件办结以同期办结案件为分母，受抽取多少影响，只列出，不比较。".to_owned(),
        "超出界限只提示关注，不是结论。".to_owned(),
    ];
    if half.days().1 >= v.now.today {
        all.push("这个半年还没有结束，数字还会变。".to_owned());
    }
    all
}
fn choose(v: &Visit, half: Half, measure: &str) -> SmallForm {
    let halves = std::iter::successors(Some(Half::of(v.now.today)), |h| Some(h.before())).take(CHOICES);
    let mut halves: Vec<(String, String, bool)> = halves.map(|h| (h.key(), h.words(), h == half)).collect();
    if !halves.iter().any(|h| h.2) {
        halves.push((half.key(), half.words(), true));
    }
    let measures = FAIR_MEASURE.rows.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned(), *code == measure));
    SmallForm {
        heading: "换一个半年或比较内容".into(),
        action: "/fair".into(),
        fields: vec![field("half", "半年", Input::One(halves)), field("measure", "比较什么", Input::One(measures.collect()))],
        submit: "比较".into(),
        get: true,
        ..Default::default()
    }
}
fn side(verdict: Verdict) -> Side {
    match verdict {
        Verdict::VeryHigh | Verdict::High => Side::High,
        Verdict::Within => Side::Within,
        Verdict::Low | Verdict::VeryLow => Side::Low,
    }
}
/// The picture; none where there are not two to compare.
fn chart(v: &Visit, fair: &Fair, few: usize, label: &str) -> Option<Funnel> {
    let point = |(n, u): (usize, &Compared)| {
        let held = u.held.as_ref()?;
        let name = v.registers.org_name(&u.unit.org).to_owned();
        Some(Point { n: n + 1, name, reviewed: u.all.reviewed, rate: held.adjusted, side: side(held.verdict) })
    };
    let points: Vec<Point> = fair.units.iter().enumerate().filter_map(point).collect();
    if points.len() < 2 {
        return None;
    }
    let most = points.iter().map(|p| p.reviewed).max().unwrap_or(few);
    let base = u64::try_from(fair.all.hits * 1_000).unwrap_or(0) / u64::try_from(fair.all.reviewed.max(1)).unwrap_or(1);
    let outside = |side: Side| points.iter().filter(|p| p.side == side).count();
    let desc = format!(
        "{} 个单位，{} 个高于界限，{} 个低于界限。横轴是已评查件数，纵轴是按案件类型调整后的{label}（每百件）。数字见下表。",
        points.len(),
        outside(Side::High),
        outside(Side::Low)
    );
    Some(funnel::draw(&points, base, &fair.funnel(funnel::numbers(few, most)), desc))
}
/// “0–9”: within these nothing is said; a side that cannot be passed is left open.
fn bounds((low, high): Bounds) -> String {
    let low = low.map_or(0, |n| n + 1);
    match high.map(|n| n.saturating_sub(1)) {
        None => format!("{low} 以上"),
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low}–{high}"),
    }
}
fn number(text: impl ToString) -> Cell {
    Cell::Number(text.to_string())
}
fn row(v: &Visit, (n, u): (usize, &Compared), address: &dyn Fn(&str, &str, &str) -> String) -> Vec<Cell> {
    let org = u.unit.org.as_str();
    let held = u.held.as_ref();
    let ratio = held.and_then(|h| h.ratio).map(|r| format!("{}.{:02}", r / 1_000, r % 1_000 / 10));
    vec![
        number(n),
        Cell::Text(v.registers.org_name(org).into()),
        Cell::Link(u.all.reviewed.to_string(), address(org, "", "all")),
        Cell::Link(u.all.hits.to_string(), address(org, "", "hits")),
        number(u.rate.as_ref().map_or_else(|| FEWER.into(), Rate::words)),
        number(held.map_or_else(|| "—".into(), Held::expected_words)),
        number(ratio.unwrap_or_else(|| "—".into())),
        Cell::Text(held.map_or(FEWER, |h| h.verdict.words()).into()),
    ]
}
/// What the place of a unit rests on, and the other denominator.
fn limits(v: &Visit, (n, u): (usize, &Compared), ended: &BTreeMap<String, usize>, few: usize) -> Vec<Cell> {
    let told = |f: fn(&Held) -> Bounds| number(u.held.as_ref().map_or_else(|| "—".into(), |h| bounds(f(h))));
    let ended = ended.get(&u.unit.org).copied().unwrap_or(0);
    // Reviewed in this half year, ended in an earlier one: more may be counted than there are.
    let of_ended = if u.all.hits > ended { None } else { rate(u.all.hits, ended, few) };
    vec![
        number(n),
        Cell::Text(v.registers.org_name(&u.unit.org).into()),
        number(u.held.as_ref().map_or_else(|| "—".into(), |h| format!("{}.{}", h.adjusted / 10, h.adjusted % 10))),
        told(|h| h.inner),
        told(|h| h.outer),
        number(u.shrunk.clone().unwrap_or_else(|| "—".into())),
        number(ended),
        number(of_ended.map_or_else(|| "—".into(), |r| r.per_100)),
    ]
}
/// Every unit by case type, beside the city.
fn strata(v: &Visit, fair: &Fair, few: usize, address: &dyn Fn(&str, &str, &str) -> String) -> Vec<Vec<Cell>> {
    let mut rows = vec![];
    for u in &fair.units {
        for (kind, t) in &u.unit.strata {
            let all = fair.strata.get(kind).copied().unwrap_or_default();
            let told = |hits, of| rate(hits, of, few).map_or_else(|| FEWER.to_owned(), |r| r.per_100);
            rows.push(vec![
                Cell::Text(v.registers.org_name(&u.unit.org).into()),
                Cell::Text(CASE_TYPE.label_of(kind).into()),
                Cell::Link(t.reviewed.to_string(), address(&u.unit.org, kind, "all")),
                Cell::Link(t.hits.to_string(), address(&u.unit.org, kind, "hits")),
                number(told(t.hits, t.reviewed)),
                number(told(all.hits, all.reviewed)),
            ]);
        }
    }
    rows
}
/// The city by case type, and all of it together: the line across the funnel.
fn city(fair: &Fair, few: usize) -> Vec<Vec<Cell>> {
    let row = |name: &str, t: &Tally| {
        let told = rate(t.hits, t.reviewed, few).map_or_else(|| FEWER.to_owned(), |r| r.words());
        vec![Cell::Text(name.into()), number(t.reviewed), number(t.hits), number(told)]
    };
    let strata = fair.strata.iter().map(|(kind, t)| row(CASE_TYPE.label_of(kind), t));
    strata.chain([row("合计", &fair.all)]).collect()
}
/// `GET /fair/behind?half=…&measure=…&org=…&type=…&what=hits`: the matters behind one number.
pub fn behind(v: &Visit) -> Result<Reply> {
    let ((half, measure), org, kind) = (asked(v)?, v.query.get("org"), v.query.get("type"));
    let (all, _) = fairness::seen_by(v.tx, &v.registers, v.who, half)?;
    let whole = v.query.get("what") == "all";
    let fits = |r: &&Reviewed| r.org == org && (kind.is_empty() || r.case_type == kind) && (whole || r.hit(measure));
    let told = statistics::told_of(v.tx, v.house, v.who, all.iter().filter(fits).map(|r| r.id))?;
    let what = if whole { "已定论评查件" } else { FAIR_MEASURE.label_of(measure) };
    let kind = CASE_TYPE.label_of(kind);
    let heading = [half.words().as_str(), v.registers.org_name(org), kind, what].join(" ").replace("  ", " ");
    workbench::told(v, &heading, ("公平比较", &format!("/fair?half={}&measure={}", half.key(), encode(measure))), told)
}
/// From a warning: the matters behind it, the comparison as it stands, and what was opened because of it.
pub fn tools(seen: &crate::matters::Seen) -> Vec<(String, String)> {
    let Some(warning) = seen.loaded.of::<domain::procedures::early_warning::EarlyWarning>().map(|m| &m.state) else { return vec![] };
    let c = warning.computed();
    let half = Half::named(c.year, &c.half).map(Half::key).unwrap_or_default();
    let (measure, org) = (encode(&c.measure), encode(&c.org));
    let mut all = vec![
        ("所依据的件".to_owned(), format!("/fair/behind?half={half}&measure={measure}&org={org}&what=hits")),
        ("公平比较".to_owned(), format!("/fair?half={half}&measure={measure}")),
    ];
    all.extend(warning.followed().iter().map(|(_, number)| (number.clone(), format!("/matter/{number}"))));
    all
}
