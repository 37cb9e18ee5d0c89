//! 期限日历: a month of what one owes and what one follows, and the same as a calendar one subscribes to by a secret address.
use askama::Template;
use domain::calendar::DayKind;
use jiff::civil::Date;

use super::pages::{Due, Frame, html};
use super::present;
use super::visit::{Post, Reply, Visit};
use crate::failure::{Failure, Result};
use crate::inbox::{self, ical};
use crate::{matters, people};

/// What a token that opens the feed must be good for.
const SCOPE: &str = "calendar";
/// The feed reaches back and forward so many days.
const DAYS: [i64; 2] = [-60, 366];

/// A day of the grid.
#[derive(Default)]
struct Day {
    number: i8,
    iso: String,
    /// Class: working, off, made up for, not of this month.
    class: &'static str,
    /// 休、班, or the holiday.
    mark: String,
    today: bool,
    owed: usize,
    followed: usize,
}
/// A row of the list.
struct Row {
    number: String,
    title: String,
    kind: &'static str,
    label: String,
    mine: bool,
    due: Option<Due>,
}
#[derive(Template)]
#[template(path = "deadlines.html")]
struct DeadlinesPage {
    frame: Frame,
    heading: String,
    /// Addresses of the month before and the next.
    before: String,
    after: String,
    weeks: Vec<Vec<Day>>,
    /// Day in words, ISO, its rows.
    days: Vec<(String, String, Vec<Row>)>,
    only_mine: bool,
    month: String,
    full: bool,
    /// The address of the feed, shown once.
    fresh: Option<String>,
    /// Feeds that are open: `(name, since, key)`.
    feeds: Vec<(String, String, String)>,
}
fn page_of(v: &Visit, fresh: Option<String>) -> Result<Reply> {
    let today = v.now.today;
    let first = format!("{}-01", v.query.get("month")).parse::<Date>().unwrap_or_else(|_| today.first_of_month());
    let last = first.last_of_month();
    let only_mine = v.query.get("mine") == "1";
    let all = inbox::due(v.tx, v.house, v.who, [first, last], only_mine)?;
    let full = i64::try_from(all.len()).is_ok_and(|n| n >= inbox::LISTED);
    let mut days: Vec<(String, String, Vec<Row>)> = vec![];
    for d in &all {
        let row = Row {
            number: d.item.number.clone(),
            title: d.item.title.clone(),
            kind: domain::procedures::kind(&d.item.kind).map_or("", |k| k.label),
            label: d.item.due_label.clone(),
            mine: d.mine,
            due: present::due(&d.item.due, false, d.item.provisional, &v.registers, today),
        };
        match days.last_mut().filter(|(_, iso, _)| *iso == d.item.due) {
            Some(day) => day.2.push(row),
            None => {
                let words = d.item.due.parse().map_or_else(|_| d.item.due.clone(), |on| present::day(on, today));
                days.push((words, d.item.due.clone(), vec![row]));
            }
        }
    }
    let month = |m: Date| format!("/deadlines?month={:04}-{:02}{}", m.year(), m.month(), if only_mine { "&mine=1" } else { "" });
    let feeds = people::api_tokens(v.tx, &v.who.id)?.into_iter().filter(|t| t.scopes == SCOPE);
    let page = DeadlinesPage {
        frame: present::frame(v, "期限日历", &[("工作台", "/"), ("期限日历", "")])?,
        heading: format!("{}年{}月", first.year(), first.month()),
        before: month(first.saturating_sub(jiff::Span::new().months(1))),
        after: month(first.saturating_add(jiff::Span::new().months(1))),
        weeks: weeks(v, first, last, &all),
        days,
        only_mine,
        month: format!("{:04}-{:02}", first.year(), first.month()),
        full,
        fresh,
        feeds: feeds.map(|t| (t.name, crate::edge::minute_of(t.created_ms), t.key)).collect(),
    };
    Ok(Reply::Html(html(&page)))
}
/// Whole weeks, Monday first.
fn weeks(v: &Visit, first: Date, last: Date, all: &[inbox::Due]) -> Vec<Vec<Day>> {
    let back = i64::from(first.weekday().to_monday_zero_offset());
    let mut day = first.saturating_sub(jiff::Span::new().days(back));
    let mut weeks = vec![];
    while day <= last {
        let mut week = vec![];
        for _ in 0..7 {
            week.push(cell(v, day, (first..=last).contains(&day), all));
            day = day.saturating_add(jiff::Span::new().days(1));
        }
        weeks.push(week);
    }
    weeks
}
fn cell(v: &Visit, day: Date, within: bool, all: &[inbox::Due]) -> Day {
    if !within {
        return Day { class: "out", ..Day::default() };
    }
    let (class, mark) = match v.registers.calendar.day(day) {
        DayKind::Working => ("", String::new()),
        DayKind::Weekend => ("off", "休".into()),
        DayKind::Holiday(name) => ("off", name),
        DayKind::Makeup => ("mk", "班".into()),
    };
    let iso = day.to_string();
    let of = |mine: bool| all.iter().filter(|d| d.mine == mine && d.item.due == iso).count();
    Day { number: day.day(), class, mark, today: day == v.now.today, owed: of(true), followed: of(false), iso }
}
/// `GET /deadlines?month=2026-11&mine=1`.
pub fn page(v: &Visit) -> Result<Reply> {
    page_of(v, None)
}
/// `POST /deadlines/feed`: a new secret address, shown once; it is withdrawn like any other token.
pub fn subscribe(p: &Post) -> Result<Reply> {
    let token = people::issue(&p.house, &p.who.id, "日历订阅", &[SCOPE.to_owned()])?;
    let host = p.headers.get("host").and_then(|v| v.to_str().ok()).unwrap_or("");
    let address = format!("{}://{host}/deadlines.ics?token={token}", if p.secure { "https" } else { "http" });
    p.visit(|v| page_of(v, Some(address)))
}
/// `GET /deadlines.ics?token=…`: programs that keep calendars send no header of ours, so the secret stands in the address; it opens this and
/// nothing else, and logs name routes only.
pub fn feed(p: &Post) -> Result<Reply> {
    let events = p.house.db.read_here(|tx| {
        let (id, scopes) = people::bearer(tx, p.query.get("token"))?.ok_or(Failure::NotFound)?;
        let who = people::person(tx, &id, p.now.today)?.filter(|_| scopes.iter().any(|s| s == SCOPE)).ok_or(Failure::NotFound)?;
        let days = DAYS.map(|n| p.now.today.saturating_add(jiff::Span::new().days(n)));
        Ok(inbox::due(tx, &p.house, &who, days, true)?.iter().filter_map(|d| event(p, d)).collect::<Vec<_>>())
    })?;
    Ok(Reply::Text("text/calendar; charset=utf-8", ical::calendar(p.now.ms, &events)))
}
fn event(p: &Post, d: &inbox::Due) -> Option<ical::Event> {
    let item = &d.item;
    let kind = domain::procedures::kind(&item.kind)?;
    let uid = p.house.keys.blind(&format!("ics|{}|{}", item.number, item.due_label));
    let summary = if kind.confidential || matters::confidential(item.id) {
        "有一件保密事项到期".to_owned()
    } else {
        format!("{} {} {}", kind.label, item.number, item.due_label)
    };
    Some(ical::Event { uid: format!("{}@xiezhi", uid.get(..32).unwrap_or(&uid)), day: item.due.parse().ok()?, summary })
}
