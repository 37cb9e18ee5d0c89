//! 联席会议 (M4.1, `enterprise.md` B8, D1): what is put on the agenda by itself, and the counted figures of the half-year circular.
//! Topics and figures carry numbers and units, never an enterprise and never the number of an appeal.
mod queries;

use domain::engine::Form;
use domain::procedures::joint_conference::{Circular, Figure, JointConference, Topic};
use domain::registers::codes;
use domain::registers::parameters::FEW;
use domain::small_cells;
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Loaded};

/// Before the gate: what was found and counted; nobody types it.
///
/// # Errors
/// A fault of the engine.
pub fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    match ask.action {
        "gather" => {
            form.insert("topics".into(), json!(topics(desk, loaded.matter.owner())?));
        }
        "draft_circular" => {
            let conference = &loaded.of::<JointConference>().ok_or(Failure::NotFound)?.state;
            // Another kind of conference has no circular: the gate says so.
            let Some(period) = conference.period() else { return Ok(()) };
            form.insert("figures".into(), json!(figures(desk, period)?));
            form.insert("as_of".into(), json!(desk.head.seq()));
        }
        _ => {}
    }
    Ok(())
}
/// Kinds whose overdue matters are topics, by the owning office or of the whole city.
const OVERDUE: &[&str] = &["enterprise_appeal", "hotline_call", "observation_request", "observation", "administrative_supervision"];

fn topics(desk: &Desk, owner: &str) -> Result<Vec<Topic>> {
    let today = desk.now.today.to_string();
    let topic = |source: &str, what: String, number: &str| Topic { source: source.into(), what, matter_no: number.into() };
    let mut all = vec![];
    for mut row in queries::overdue_tasks(desk.tx, owner, &today)? {
        let (number, org, due) = (row.take(0), row.take(1), row.take(2));
        all.push(topic("超期任务", format!("{}承办的会议任务应于 {due} 办结，至今没有销号", desk.registers.org_name(&org)), &number));
    }
    for kind in OVERDUE {
        let Some(label) = domain::procedures::kind(kind).map(|k| k.label) else { continue };
        let n = queries::overdue(desk.tx, kind, &today)?;
        if n > 0 {
            all.push(topic("超期事项", format!("{label}逾期 {n} 件"), ""));
        }
    }
    for (code, n) in queries::common_problems(desk.tx)? {
        all.push(topic("共性问题", format!("{}，已确认 {n} 次", codes::PROBLEM.label_of(&code)), ""));
    }
    Ok(all)
}
/// A line of the circular: group, what it is called, which facts add up to it, and the code that divides them or nothing.
struct Line(&'static str, &'static str, &'static str, &'static str);
/// What the circular counts (D1). The days are those of the half year.
const LINES: &[Line] = &[
    Line("受理", "收到诉求", "企业诉求", ""),
    Line("受理", "其中热线来电登记", "热线登记诉求", ""),
    Line("受理", "热线来电", "热线来电", ""),
    Line("受理", "受理", "诉求受理", ""),
    Line("受理", "办结", "诉求办结", ""),
    Line("受理", "办结且解决", "诉求解决", ""),
    Line("受理", "逾期", "诉求逾期", ""),
    Line("监督", "立项", "执法监督立项", ""),
    Line("监督", "发督办函", "监督文书", "督办函"),
    Line("监督", "发意见书", "监督文书", "意见书"),
    Line("监督", "发决定书", "监督文书", "决定书"),
    Line("监督", "按期报送纠正情况", "按期报送纠正", ""),
    Line("监督", "逾期未报纠正情况", "逾期未报纠正", ""),
    Line("观摩", "企业申请", "观摩申请", ""),
    Line("观摩", "单位邀请", "观摩邀请", ""),
    Line("观摩", "随队观摩", "随队观摩", ""),
    Line("观摩", "送达观摩意见", "观摩意见送达", ""),
    Line("观摩", "送达晚于单位决定", "观摩意见晚于决定送达", ""),
    Line("观摩", "采纳", "观摩意见回应", "采纳"),
    Line("观摩", "部分采纳", "观摩意见回应", "部分采纳"),
    Line("观摩", "不采纳", "观摩意见回应", "不采纳"),
    Line("会议", "分解任务", "会议任务", "任务"),
    Line("会议", "任务销号", "会议任务销号", "任务"),
    Line("企业建议", "收到意见建议", "会议任务", "意见建议"),
    Line("企业建议", "意见建议销号", "会议任务销号", "意见建议"),
];

fn figures(desk: &Desk, (from, to): (Date, Date)) -> Result<Vec<Figure>> {
    let (from, to) = (from.to_string(), to.to_string());
    let figure = |group: &str, label: String, value: String, note: String| Figure { group: group.into(), label, value, note };
    let mut all = vec![];
    for Line(group, label, measure, category) in LINES {
        let n = queries::counted(desk.tx, measure, category, &from, &to)?;
        all.push(figure(group, (*label).to_owned(), n.to_string(), format!("口径：{measure}，{from} 至 {to}")));
    }
    let few = desk.registers.count(FEW);
    for (measure, group, by_unit) in DIVIDED {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for mut row in queries::divided(desk.tx, measure, &from, &to)? {
            let key = row.take(usize::from(!by_unit));
            *counts.entry(key).or_default() += u64::try_from(row.int(2)).unwrap_or(0);
        }
        let named = |key: &str| match (key, by_unit) {
            ("", _) => "未注明".to_owned(),
            (org, true) => desk.registers.org_name(org).to_owned(),
            (code, false) => codes::ENTERPRISE_PROBLEM.label_of(code).to_owned(),
        };
        let note = format!("口径：{measure}，{from} 至 {to}");
        all.extend(divided(&counts, few).into_iter().map(|(key, value, why)| figure(group, named(&key), value, format!("{note}{why}"))));
    }
    all.push(figure("小样本", format!("少于 {few} 件的不分类、不分单位列出"), "—".into(), String::new()));
    Ok(all)
}
/// What is divided too: measure, group, and whether by unit or by category.
const DIVIDED: &[(&str, &str, bool)] = &[("诉求问题", "诉求问题类别", false), ("监督文书", "监督文书分单位", true)];

/// Counts as they may be told: `(key, value, why it is left out)`. Whatever is left out is told alike: which of them is small and which
/// only covers for it would give the small one away. The sum stands elsewhere in the circular; where it could not be told, nothing is.
fn divided(counts: &BTreeMap<String, u64>, few: usize) -> Vec<(String, String, String)> {
    let few_ = u64::try_from(few).unwrap_or(u64::MAX);
    let table = small_cells::shown(&[counts.values().copied().collect()], few_);
    if table.all.is_none() {
        return vec![];
    }
    let told = counts.iter().zip(table.cells.into_iter().flatten()).filter(|((_, n), _)| **n > 0);
    told.map(|((key, _), cell)| match cell {
        Some(n) => (key.clone(), n.to_string(), String::new()),
        None => (key.clone(), format!("少于 {few}，或不列"), format!("；少于 {few} 件的不列，为防推算，另有隐去")),
    })
    .collect()
}
/// Issued circulars that the public may read, newest first: `(name, circular)`.
///
/// # Errors
/// A fault of the engine.
pub fn published(tx: &Tx) -> Result<Vec<(String, Circular)>> {
    let mut all = vec![];
    for number in queries::conferences(tx)? {
        let Some(m) = matters::load_as::<JointConference>(tx, &number)? else { continue };
        let circular = m.state.circular().clone();
        if circular.public && circular.issued.is_some() {
            all.push((m.state.name(), circular));
        }
    }
    all.sort_by_key(|(_, c)| std::cmp::Reverse(c.issued));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(counts: &[(&str, u64)]) -> Vec<String> {
        let counts = counts.iter().map(|(k, n)| ((*k).to_owned(), *n)).collect();
        divided(&counts, 5).into_iter().map(|(k, v, _)| format!("{k} {v}")).collect()
    }
    #[test]
    fn a_small_count_is_left_out_together_with_one_that_covers_for_it() {
        assert_eq!(told(&[("1", 9), ("2", 6), ("3", 0)]), ["1 9", "2 6"]);
        assert_eq!(told(&[("1", 9), ("2", 2), ("3", 7)]), ["1 9", "2 少于 5，或不列", "3 少于 5，或不列"]);
        assert!(told(&[("1", 3)]).is_empty(), "the sum would tell it");
    }
}
