//! Editable numbers that are no periods; all are the office's own settings (【设】), shown as “本机构设定，非法定”.
use std::collections::BTreeMap;

/// Collective assessment needs opinions of at least so many persons (B1).
pub const ASSESSORS: &str = "assessors";
/// A rectification may be sent back so many times (B5).
pub const RETURNS: &str = "returns";
/// A review panel has so many experts, an odd number (B3.3).
pub const PANEL: &str = "panel";
/// Scores further apart than this many points must be deliberated (B3.5).
pub const SPREAD: &str = "spread";
/// A unit is urged so often to hand over a dossier before it is named in a circular (B3.4).
pub const URGES: &str = "urges";
/// An expert holds at most so many tasks at once (issue 3, 4).
pub const WORKLOAD: &str = "workload";
/// A problem seen in so many matters may be confirmed as a common one (B2) …
pub const COMMON_COUNT: &str = "common_count";
/// … or in so many units.
pub const COMMON_UNITS: &str = "common_units";
/// A re-sample check compares at least so many reviews on each side (T28).
pub const RESAMPLE_MIN: &str = "resample_min";
/// Its level, in per cent.
pub const RESAMPLE_LEVEL: &str = "resample_level";
/// Fewer cases than this are neither compared nor ranked (`case-review.md` E).
pub const FEW: &str = "few";
/// A secondment lasts at most so many months (B7).
pub const SECONDMENT_MONTHS: &str = "secondment_months";
/// After a secondment he keeps out of the matters he took part in for so many terms (B7).
pub const COOLING_TERMS: &str = "cooling_terms";
/// The same unit acts on the same enterprise more often than this in a year (enterprise.md D3): a frequency alert.
pub const CHECKS_A_YEAR: &str = "checks_a_year";
/// The same matter twice within so many days: a repeat alert.
pub const REPEAT_DAYS: &str = "repeat_days";
/// 罚没收入 of a unit grown by so many per cent within a year (司法部平台 2025-05【例】).
pub const FINES_GROWTH: &str = "fines_growth";
/// Observers go along in groups of so many, never fewer than two (`enterprise.md` B3).
pub const OBSERVER_GROUP: &str = "observer_group";
/// An observer holds at most so many tasks at once.
pub const OBSERVER_TASKS: &str = "observer_tasks";
/// Nobody younger becomes an observer (`enterprise.md` B9 【例】).
pub const OBSERVER_AGE: &str = "observer_age";
/// Whether a penalty, a dismissal from office or a bad credit record bars an observer (B9 【例】): 1 it does, 2 it does not.
pub const OBSERVER_RECORD: &str = "observer_record";
/// Whether working for the State bars an observer (B9 【例】): 1 it does, 2 it does not.
pub const OBSERVER_OFFICIALS: &str = "observer_officials";
/// An observer serves at most so many years at a time (B9) …
pub const OBSERVER_YEARS: &str = "observer_years";
/// … and may be appointed again so often.
pub const OBSERVER_RENEWALS: &str = "observer_renewals";
/// So many observers serve at most (B9).
pub const OBSERVERS: &str = "observers";
/// So many absences within a year without a reason are a ground for dismissing an observer (B9).
pub const OBSERVER_ABSENCES: &str = "observer_absences";
/// Calls about the same unit and problem are shown side by side within so many days.
pub const SAME_CALL_DAYS: &str = "same_call_days";
/// The exchange with 12345 is due by this day of the month (`enterprise.md` B1 【例】).
pub const EXCHANGE_DAY: &str = "exchange_day";
/// A packet may be read for at most so many days (M3.4).
pub const PACKET_DAYS: &str = "packet_days";
/// An early warning rests on so many different cases, never fewer than two (`agreement::calls_for_a_look`).
pub const WARNING_EVENTS: &str = "warning_events";
/// A negative-list entry is decided by at least so many members, never fewer than three (B12).
pub const LIST_VOTERS: &str = "list_voters";
/// `(name, 中文, value)` a new house starts with.
pub const DEFAULTS: &[(&str, &str, i64)] = &[
    (ASSESSORS, "集体研判最少人数", 2),
    (RETURNS, "整改最多退回次数", 2),
    (PANEL, "每案评查专家最少人数", 3),
    (SPREAD, "须合议的最高分与最低分之差", 15),
    (URGES, "调卷催告次数", 2),
    (WORKLOAD, "每名专家同时在办任务上限", 5),
    (COMMON_COUNT, "共性问题：同一问题码最少件数", 3),
    (COMMON_UNITS, "共性问题：同一问题码最少单位数", 2),
    (RESAMPLE_MIN, "再抽检验：整改前、后各至少件数", 5),
    (RESAMPLE_LEVEL, "再抽检验：检验水平（%）", 5),
    (FEW, "少于几件不作比较、不排名", 5),
    (SECONDMENT_MONTHS, "检察驻点每期最长月数", 6),
    (COOLING_TERMS, "离岗后回避本人参评案件的期数", 2),
    (CHECKS_A_YEAR, "涉企执法预警：同一单位一年内对同一企业检查次数上限", 2),
    (REPEAT_DAYS, "涉企执法预警：同一事由重复执法的天数", 90),
    (FINES_GROWTH, "涉企执法预警：罚没收入同比增长（%）", 20),
    (OBSERVER_GROUP, "每组监督员人数（不少于二人）", 3),
    (OBSERVER_TASKS, "每名监督员同时在派任务上限", 3),
    (OBSERVER_AGE, "监督员最小年龄（周岁）", 18),
    (OBSERVER_RECORD, "受过处分、刑罚等能否任监督员（1 不能，2 能）", 1),
    (OBSERVER_OFFICIALS, "国家机关工作人员能否任监督员（1 不能，2 能）", 1),
    (OBSERVER_YEARS, "监督员每届聘期最长年数", 3),
    (OBSERVER_RENEWALS, "监督员最多续聘次数", 1),
    (OBSERVERS, "监督员人数上限", 30),
    (OBSERVER_ABSENCES, "监督员一年内无故缺派可解聘的次数", 3),
    (SAME_CALL_DAYS, "来电查重：同一单位同类问题看近几日", 30),
    (EXCHANGE_DAY, "与12345互推：每月几日前", 10),
    (PACKET_DAYS, "授权包最长可看天数", 180),
    (WARNING_EVENTS, "预警：最少不同案件数（不少于二件）", 3),
    (LIST_VOTERS, "负面清单集体审定最少人数（不少于三人）", 3),
];
/// An editable number, or what a new house starts with where the register holds none.
pub fn value(held: &BTreeMap<String, i64>, name: &str) -> i64 {
    let default = || DEFAULTS.iter().find(|row| row.0 == name).map_or(0, |row| row.2);
    held.get(name).copied().unwrap_or_else(default)
}
