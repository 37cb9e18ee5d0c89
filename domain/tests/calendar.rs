//! M0.2: the calendar against the public holiday data, a naive count, and the worked example of the prototype.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use domain::calendar::{Calendar, DayKind, Notice, Unit};
use jiff::{
    Span,
    civil::{Date, date},
};
use proptest::prelude::*;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

fn next(day: Date) -> Date {
    day.tomorrow().unwrap()
}

fn every(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(Span::new().days(1)).take_while(move |day| *day <= to)
}

#[test]
fn our_facts_equal_the_public_data_day_by_day() {
    // Where the environment says, beside the workspace, or further up when the workspace is a worktree.
    let told = std::env::var_os("XIEZHI_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|up| up.join("../shared"));
    let Some(folder) = told.into_iter().chain(beside).map(|shared| shared.join("data/holidays")).find(|f| f.is_dir()) else {
        println!("skipped: no data/holidays in XIEZHI_SHARED or in ../shared beside or above the workspace");
        return;
    };
    let mut days: BTreeMap<Date, (String, bool)> = BTreeMap::new();
    for year in 2018..=2026 {
        let text = std::fs::read_to_string(folder.join(format!("{year}.json"))).unwrap();
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        for day in json["days"].as_array().unwrap() {
            days.insert(
                day["date"].as_str().unwrap().parse().unwrap(),
                (day["name"].as_str().unwrap().into(), day["isOffDay"].as_bool().unwrap()),
            );
        }
        let loaded = Calendar::default().with_notice(&text).unwrap();
        assert!(loaded.published(year));
    }
    let ours = Calendar::built_in();
    for day in every(date(2018, 1, 1), date(2026, 12, 31)) {
        let monday_to_friday = day.weekday().to_monday_one_offset() <= 5;
        let (name, off) = days.get(&day).cloned().unwrap_or((String::new(), !monday_to_friday));
        assert_eq!(ours.works(day), !off, "{day} {name}");
        match ours.day(day) {
            DayKind::Working => assert!(!off && monday_to_friday, "{day}"),
            DayKind::Makeup => assert!(!off && !monday_to_friday, "{day}"),
            DayKind::Weekend => assert!(off && !days.contains_key(&day), "{day}"),
            DayKind::Holiday(ours) => assert!(off && (ours == name || name.is_empty()), "{day} {ours} {name}"),
        }
    }
}

#[test]
fn the_worked_example_of_the_guide_is_reckoned_step_by_step() {
    let calendar = Calendar::built_in();
    let plan = calendar.reckon(date(2026, 4, 21), 15, Unit::WorkingDays);
    assert_eq!((plan.due, plan.provisional), (date(2026, 5, 14), false));
    let words: Vec<String> = plan.steps.iter().map(|s| format!("{}：{}", s.what, s.detail)).collect();
    assert_eq!(
        words,
        [
            "起算日：次日起算",
            "加期限：15 个工作日",
            "不计：周末 3 日",
            "不计：劳动节 5月1日至5日",
            "调休：5月9日（星期六）上班，计入",
            "放假依据：国务院办公厅 2026 年部分节假日安排",
            "末日检查：5月14日为星期四，工作日，不顺延",
        ]
    );
    let grid = calendar.grid(date(2026, 4, 21), 15, Unit::WorkingDays);
    assert_eq!((grid.len(), grid[0][0].day, grid[3][6].day), (4, date(2026, 4, 20), date(2026, 5, 17)));
    assert_eq!((grid[2][5].kind.clone(), grid[2][5].ordinal), (DayKind::Makeup, Some(11)));
    assert_eq!((grid[0][1].ordinal, grid[1][4].ordinal, grid[3][3].ordinal, grid[3][4].ordinal), (None, None, Some(15), None));

    let rectify = calendar.reckon(date(2026, 5, 15), 60, Unit::CalendarDays);
    assert_eq!(rectify.due, date(2026, 7, 14));
    assert_eq!(calendar.shift(rectify.last, 6), date(2026, 7, 20));
    assert_eq!(calendar.working_days_before(date(2026, 7, 20), 3), date(2026, 7, 15));
    assert_eq!(calendar.working_days_between(date(2026, 6, 16), date(2026, 6, 11)), -3);
}

#[test]
fn a_last_day_off_moves_to_the_next_working_day() {
    let calendar = Calendar::built_in();
    let saturday = calendar.reckon(date(2026, 7, 8), 10, Unit::CalendarDays);
    assert_eq!((saturday.last, saturday.due), (date(2026, 7, 18), date(2026, 7, 20)));
    assert_eq!(saturday.steps.last().unwrap().detail, "7月18日为星期六，周末，顺延至7月20日（星期一）");
    let national_day = calendar.reckon(date(2026, 9, 1), 1, Unit::Months);
    assert_eq!(national_day.due, date(2026, 10, 8));
    assert_eq!(national_day.steps.last().unwrap().detail, "10月1日为星期四，国庆节放假，顺延至10月8日（星期四）");
    // A Saturday worked by the notice is a last day like any other.
    assert_eq!(calendar.due(date(2026, 5, 4), 5, Unit::CalendarDays).0, date(2026, 5, 9));
    assert_eq!(calendar.due(date(2024, 1, 31), 1, Unit::Months).0, date(2024, 2, 29));
}

#[test]
fn a_year_without_notice_makes_a_deadline_provisional_until_the_notice_comes() {
    let calendar = Calendar::built_in();
    let far = calendar.reckon(date(2026, 12, 25), 10, Unit::WorkingDays);
    assert!(far.provisional);
    assert_eq!(far.steps.last().unwrap().detail, "2027 年放假安排未发布或未录入，到期日暂定");
    assert!(!calendar.due(date(2026, 12, 25), 4, Unit::WorkingDays).1);
    assert!(calendar.due(date(2017, 12, 29), 1, Unit::WorkingDays).1);

    let notice =
        "2027 | 元旦 | 01-01..01-03 |\n2027｜春节｜02-05..02-11｜01-31、02-14\n2027 | 劳动节 | 05-01..05-05 |\n2027|国庆节|10-01..10-07|";
    let informed = calendar.with_notice(notice).unwrap();
    let settled = informed.reckon(date(2026, 12, 25), 10, Unit::WorkingDays);
    assert_eq!((far.due, settled.due, settled.provisional), (date(2027, 1, 8), date(2027, 1, 11), false));
    assert!(informed.published(2026) && informed.published(2027) && !calendar.published(2027));
    assert_eq!(informed.day(date(2027, 2, 14)), DayKind::Makeup);
    assert_eq!(Notice::read(notice).unwrap()[0].words()[1], "春节：2月5日至11日放假，1月31日（星期日）、2月14日（星期日）上班");
}

#[test]
fn a_bad_notice_is_refused_with_the_place_and_the_reason() {
    let reason = |text: &str| Notice::read(text).unwrap_err().to_string();
    assert_eq!(reason(""), "没有读到放假安排。每行写：年 | 节日 | 放假 | 上班");
    assert_eq!(reason("2027 | 元旦"), "第 1 行：应有四栏，用竖线隔开：年 | 节日 | 放假 | 上班");
    assert_eq!(reason("# 注\n2027 | 元旦 | 02-30 |"), "第 2 行：“02-30”不是日期，应写成 05-01 或 2027-05-01");
    assert_eq!(reason("2027 | 元旦 | 01-03..01-01 |"), "第 1 行：“01-03..01-01”起止颠倒");
    assert_eq!(reason("明年 | 元旦 | 01-01 |"), "第 1 行：“明年”不是年份");
    assert_eq!(reason("2027 | 元旦 | 01-01 |"), "缺少 2027 年5月1日放假，通知不完整");
    assert_eq!(reason("2027 | 元旦 | 01-01 | 01-01"), "2027-01-01 既写放假又写上班");
    assert_eq!(reason("2027 | 元旦 | 2026-07-01 |"), "2026-07-01 不在 2027 年内");
    assert_eq!(reason("2027 | 春节 | 01-01..12-01 |"), "春节放假超过 31 日，请核对");
    assert_eq!(reason(r#"{"year":2027,"days":[]}"#), "缺少 2027 年1月1日放假，通知不完整");
    assert!(reason("{\"year\":").starts_with("第 1 行第 8 列读不懂"));
    assert_eq!(
        reason(r#"{"year":2027,"days":[{"name":"元旦","date":"元月一日","isOffDay":true}]}"#),
        "“元月一日”不是日期，应写成 2027-01-01"
    );
}

#[test]
fn reckoning_ends_at_the_end_of_the_calendar_and_never_fails() {
    let calendar = Calendar::built_in();
    for start in [Date::MIN, date(2026, 4, 21), Date::MAX] {
        for length in [0, 1, 100_000, u32::MAX] {
            for unit in [Unit::WorkingDays, Unit::CalendarDays, Unit::Months] {
                let reckoning = calendar.reckon(start, length, unit);
                assert_eq!((reckoning.due, reckoning.provisional), calendar.due(start, length, unit));
                assert!(calendar.works(reckoning.due) && reckoning.due >= start, "{start} {length} {unit:?}");
                calendar.grid(start, length, unit);
                calendar.shift(start, length);
                calendar.working_days_before(start, length);
            }
        }
    }
    assert_eq!(calendar.due(Date::MAX, u32::MAX, Unit::CalendarDays), (Date::MAX, true));
}

fn a_day() -> impl Strategy<Value = Date> {
    (0..3650_i32).prop_map(|n| date(2017, 6, 1).saturating_add(Span::new().days(n)))
}

fn a_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::WorkingDays), Just(Unit::CalendarDays), Just(Unit::Months)]
}

/// What a person does with a calendar on the wall.
fn naive(start: Date, length: u32, unit: Unit) -> Date {
    let calendar = Calendar::built_in();
    let mut day = start;
    match unit {
        Unit::WorkingDays => {
            for _ in 0..length {
                day = next(day);
                while !calendar.works(day) {
                    day = next(day);
                }
            }
        }
        Unit::CalendarDays => {
            for _ in 0..length {
                day = next(day)
            }
        }
        Unit::Months => day = start.saturating_add(Span::new().months(length)),
    }
    while !calendar.works(day) {
        day = next(day);
    }
    day
}

proptest! {
    #[test]
    fn due_equals_the_naive_count(start in a_day(), length in 0..300_u32, unit in a_unit()) {
        let calendar = Calendar::built_in();
        let (due, provisional) = calendar.due(start, length, unit);
        prop_assert_eq!(due, naive(start, length, unit));
        prop_assert!(calendar.works(due));
        prop_assert_eq!(provisional, start.year() < 2018 || due.year() > 2026);
        prop_assert_eq!(calendar.reckon(start, length, unit).due, due);
    }

    #[test]
    fn a_later_start_or_a_longer_period_never_ends_earlier(start in a_day(), length in 0..300_u32, unit in a_unit()) {
        let due = |start, length| Calendar::built_in().due(start, length, unit).0;
        prop_assert!(due(next(start), length) >= due(start, length));
        prop_assert!(due(start, length + 1) >= due(start, length));
    }

    #[test]
    fn the_grid_numbers_every_counted_day_once(start in a_day(), length in 1..120_u32, unit in a_unit()) {
        let calendar = Calendar::built_in();
        let reckoning = calendar.reckon(start, length, unit);
        let cells: Vec<_> = calendar.grid(start, length, unit).concat();
        let counted: Vec<_> = cells.iter().filter(|c| c.ordinal.is_some()).collect();
        for (at, cell) in (1..).zip(&counted) {
            prop_assert_eq!(cell.ordinal, Some(at));
        }
        if unit == Unit::Months {
            return Ok(());
        }
        prop_assert_eq!(counted.len(), length as usize);
        prop_assert_eq!(counted.last().unwrap().day, reckoning.last);
    }

    #[test]
    fn working_days_between_is_the_number_of_days_that_work(a in a_day(), b in a_day()) {
        let calendar = Calendar::built_in();
        let (first, last) = (a.min(b), a.max(b));
        let days = i64::try_from(every(next(first), last).filter(|d| calendar.works(*d)).count()).unwrap();
        prop_assert_eq!(calendar.working_days_between(first, last), days);
        prop_assert_eq!(calendar.working_days_between(last, first), -days);
    }
}
