//! Plays the tales (`tales.rs`): every line on its working day, through the gate. In a form `→key` stands for the number of a matter,
//! `@login` for an account, `file:name` for a paper of that name, `day:±n` for a day so far from the line's own, `{year}` for its year.
use domain::calendar::{Calendar, Half};
use jiff::civil::Date;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, VecDeque};

use super::stage::Stage;
use super::tales;
use crate::edge::morning_of;
use crate::failure::{Failure, Result};
use crate::matters::Filter;
use crate::portal;

/// The two units of the loop: the courts of 石梁 and 澄湖.
pub(super) const FIRST: &str = "361221FY";
pub(super) const SECOND: &str = "361202FY";
/// The day the group entered the second unit, counted from today.
pub(super) const ENTERED: i32 = -30;

/// Who comes through the portal.
pub(super) const REPORTER: &str = "反映人";
/// In place of an action: observers are drawn for this matter.
pub(super) const DRAW: &str = "抽监督员";
/// One line of a tale.
pub(super) struct Line {
    /// Days before today.
    pub day: i32,
    pub who: &'static str,
    /// Key of the matter.
    pub on: &'static str,
    /// Kind of what this line opens; otherwise the matter is there.
    pub opens: Option<&'static str>,
    pub action: &'static str,
    pub form: Json,
    /// Key and kind of what this line brings about in another procedure.
    pub child: Option<(&'static str, &'static str)>,
}
/// The lines in order, and the matters they have made so far.
pub(super) struct Script<'a> {
    stage: Stage<'a>,
    lines: VecDeque<(Date, Line)>,
    known: BTreeMap<&'static str, String>,
    minutes: i64,
    /// What reporters hold, by the key of the matter.
    receipts: BTreeMap<&'static str, portal::Receipt>,
}
fn later(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}
impl<'a> Script<'a> {
    pub(super) fn new(stage: Stage<'a>, calendar: &Calendar, today: Date) -> Self {
        let working = |mut day: Date| {
            while !calendar.works(day) {
                day = later(day, 1);
            }
            day
        };
        let mut lines: Vec<(Date, Line)> = tales::all().into_iter().map(|l| (working(later(today, l.day)), l)).collect();
        // Lines of one day stay in the order in which they are told.
        lines.sort_by_key(|(day, _)| *day);
        Self { stage, lines: lines.into(), known: BTreeMap::new(), minutes: 0, receipts: BTreeMap::new() }
    }
    /// The day of the next line.
    pub(super) fn next(&self) -> Option<Date> {
        self.lines.front().map(|(day, _)| *day)
    }
    /// Everything that has happened before this day.
    pub(super) fn up_to(&mut self, day: Date) -> Result<()> {
        while let Some((on, line)) = self.lines.pop_front_if(|(on, _)| *on < day) {
            self.minutes = (self.minutes + 4) % 120;
            self.stage.clock.put(morning_of(on) + 5 * 3_600_000 + self.minutes * 60_000);
            self.play(&line, on).map_err(|e| Failure::Fault(format!("演示，{on}，{}：{e}", line.on)))?;
        }
        Ok(())
    }
    fn play(&mut self, line: &Line, on: Date) -> Result<()> {
        let form = self.filled(&line.form, line.who, on)?;
        match line.opens {
            Some(kind) if line.who == REPORTER => {
                let (number, receipt) = self.stage.reported(kind, line.action, form)?;
                self.known.insert(line.on, number);
                self.receipts.insert(line.on, receipt);
            }
            None if line.who == REPORTER => {
                let receipt = self.receipts.get(line.on).map(|r| r.number.clone()).unwrap_or_default();
                let ticket = format!("demo|{receipt}|{on}|{}", line.action);
                portal::act(self.stage.house, self.number(line.on)?, line.action, super::city::form(form), (ticket, receipt))?;
            }
            None if line.action == DRAW => {
                let number = self.number(line.on)?;
                self.stage.draw(line.who, DRAW, "observation", &number)?;
            }
            Some(kind) => {
                let number = self.stage.opened(line.who, kind, line.action, form)?;
                self.known.insert(line.on, number);
            }
            None => {
                let number = self.number(line.on)?;
                match line.who.strip_prefix('席').and_then(|n| n.parse().ok()) {
                    Some(seat) => self.stage.act(self.seated(&number, seat)?, &number, line.action, form)?,
                    None => self.stage.act(line.who, &number, line.action, form)?,
                }
            }
        }
        if let Some((key, kind)) = line.child {
            let of = self.number(line.on)?;
            let newest = self.stage.kin(&of, kind)?.into_iter().max().ok_or(Failure::NotFound)?;
            self.known.insert(key, newest);
        }
        Ok(())
    }
    /// Log-in of whoever has this seat of an observation, in the order of the tickets.
    fn seated(&self, number: &str, seat: usize) -> Result<&'static str> {
        let body = self.stage.state(number)?;
        let mut seats = body.pointer("/state/seats").and_then(Json::as_array).cloned().unwrap_or_default();
        seats.sort_by_key(|s| s.get("rank").and_then(Json::as_u64));
        let account = seats.get(seat).and_then(|s| s.get("who")?.as_str()).unwrap_or("");
        self.stage.town.0.iter().find(|r| r.id == account).map(|r| r.login).ok_or(Failure::NotFound)
    }
    /// Receipts to look with: number, code, and where the matter stands at the end.
    pub(super) fn receipts(&self) -> Result<Vec<super::city::Receipt>> {
        let phase = |key: &str| -> Result<String> {
            let number = self.known.get(key).map_or("", String::as_str);
            let loaded = self.stage.house.db.read_here(|tx| crate::matters::load(tx, number))?.ok_or(Failure::NotFound)?;
            let kind = domain::procedures::kind(loaded.matter.kind()).map_or("", |k| k.label);
            Ok(format!("{kind}，{}", loaded.matter.phase().map_or("", |p| p.label)))
        };
        self.receipts.iter().map(|(key, r)| Ok((r.number.clone(), r.code.clone(), phase(key)?))).collect()
    }
    /// The number of a matter made by an earlier line, or found where the city has it already.
    fn number(&mut self, key: &str) -> Result<String> {
        if let Some(number) = self.known.get(key) {
            return Ok(number.clone());
        }
        if let Some(n) = key.strip_prefix("jd") {
            return self.observer(&format!("jianduyuan{n}"));
        }
        let Some((key, kind, (field, value), org)) = tales::FOUND.iter().copied().find(|f| f.0 == key) else {
            return Err(Failure::Fault(format!("{key} 还没有")));
        };
        let filter = Filter { kind: kind.into(), org: org.into(), limit: 200, ..Default::default() };
        for item in self.stage.list("jingban1", &filter)? {
            if self.stage.state(&item.number)?.pointer(field).and_then(Json::as_str) == Some(value) {
                self.known.insert(key, item.number.clone());
                return Ok(item.number);
            }
        }
        Err(Failure::Fault(format!("{key} 找不到")))
    }
    /// The entry of the roll that is bound to this account.
    fn observer(&self, login: &str) -> Result<String> {
        let filter = Filter { kind: "observer".into(), limit: 200, ..Default::default() };
        let account = self.stage.id(login);
        for item in self.stage.list("shouli1", &filter)? {
            if self.stage.state(&item.number)?.pointer("/state/account").and_then(Json::as_str) == Some(&account) {
                return Ok(item.number);
            }
        }
        Err(Failure::Fault(format!("{login} 没有监督员名册")))
    }
    fn filled(&mut self, value: &Json, who: &str, on: Date) -> Result<Json> {
        Ok(match value {
            Json::Object(all) => {
                let mut filled = serde_json::Map::new();
                for (name, value) in all {
                    filled.insert(name.clone(), self.filled(value, who, on)?);
                }
                Json::Object(filled)
            }
            Json::Array(all) => Json::Array(all.iter().map(|v| self.filled(v, who, on)).collect::<Result<_>>()?),
            Json::String(text) => self.said(text, who, on)?,
            other => other.clone(),
        })
    }
    fn said(&mut self, text: &str, who: &str, on: Date) -> Result<Json> {
        if text == "year:" {
            return Ok(json!(on.year()));
        }
        let ended = Half::of(on).before();
        match text {
            "halfyear:" => return Ok(json!(ended.year())),
            "half:" => return Ok(json!(ended.code())),
            _ => {}
        }
        if let Some(key) = text.strip_prefix('→') {
            return Ok(json!(self.number(key)?));
        }
        if let Some(login) = text.strip_prefix('@') {
            return Ok(json!(self.stage.id(login)));
        }
        if let Some(name) = text.strip_prefix("file:") {
            return Ok(json!(self.stage.file(who, name)?));
        }
        if let Some(days) = text.strip_prefix("day:").and_then(|n| n.parse().ok()) {
            return Ok(json!(later(on, days).to_string()));
        }
        Ok(json!(text.replace("{year}", &on.year().to_string())))
    }
}
