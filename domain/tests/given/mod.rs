//! Given entries / when act / then entry or refusal. What is given is always replayed from the entries' bytes, so every
//! test of a rule is also a test that history alone makes the matter.
#![allow(dead_code, clippy::unwrap_used, clippy::panic)]

use domain::calendar::Calendar;
use domain::engine::*;
use domain::procedures::kind;
use domain::registers::{limits::Limits, parameters};
use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use serde_json::{Map, Value as Json};

/// The office that owns the matters, the unit concerned, and another unit.
pub const ZFW: &str = "ZFW";
pub const COURT: &str = "FY1";
pub const POLICE: &str = "GA1";

pub fn who(id: &str, role: &str, org: &str) -> Person {
    Person { id: id.into(), org: org.into(), roles: vec![RoleHeld { role: role.into(), org: org.into(), of: None }], system: None }
}
pub fn handler() -> Person {
    who("handler", "R1", ZFW)
}
pub fn second() -> Person {
    who("second", "R1", ZFW)
}
pub fn lead() -> Person {
    who("lead", "R2", ZFW)
}
pub fn secretary() -> Person {
    who("secretary", "R3", ZFW)
}
pub fn seconded() -> Person {
    who("seconded", "R7", ZFW)
}
pub fn unit() -> Person {
    who("unit", "R9", COURT)
}
pub fn other_unit() -> Person {
    who("other_unit", "R9", POLICE)
}
/// The procuratorate that issued the opinion.
pub const PROCURACY: &str = "JC1";
pub fn procurator() -> Person {
    who("procurator", "R11", PROCURACY)
}
pub fn chair() -> Person {
    who("chair", "R8", ZFW)
}
/// Of the group that inspects politically, and his colleague; of the group that looks at conduct.
pub fn inspector() -> Person {
    who("inspector", "R4", ZFW)
}
pub fn colleague() -> Person {
    who("colleague", "R4", ZFW)
}
pub fn patrol() -> Person {
    who("patrol", "R5", ZFW)
}
/// An expert of the pool, as the draws of the tests name him.
pub fn expert(n: u8) -> Person {
    who(&format!("e{n}"), "R6", "POOL")
}
pub fn house() -> Person {
    Person::house(ZFW)
}
/// The same person, holding the other's roles too.
pub fn also(me: &Person, other: &Person) -> Person {
    Person { roles: [me.roles.clone(), other.roles.clone()].concat(), ..me.clone() }
}
/// Somebody else, acting for this one by delegation.
pub fn deputy(id: &str, of: &Person) -> Person {
    let roles = of.roles.iter().map(|r| RoleHeld { of: Some(of.id.clone()), ..r.clone() });
    Person { id: id.into(), roles: roles.collect(), ..of.clone() }
}

/// A matter as its entries tell it, and its circumstances.
pub struct Given {
    pub kind: &'static Kind,
    pub today: Date,
    pub limits: Limits,
    pub parameters: Parameters,
    pub kin: Vec<Kin>,
    pub calendar: Calendar,
    pub recused: bool,
    pub entries: Vec<String>,
}
/// No entry yet; the registers as a new house has them; Monday, 2 March 2026.
pub fn given(name: &str) -> Given {
    Given {
        kind: kind(name).unwrap(),
        today: date(2026, 3, 2),
        limits: Limits::defaults(),
        parameters: parameters::DEFAULTS.iter().map(|(name, _, value)| ((*name).to_owned(), *value)).collect(),
        kin: vec![],
        calendar: Calendar::built_in().clone(),
        recused: false,
        entries: vec![],
    }
}
impl Given {
    pub fn at<'a>(&'a self, who: &'a Person) -> At<'a> {
        At {
            // Noon in Beijing.
            now_ms: jiff::tz::offset(8).to_timestamp(self.today.at(12, 0, 0, 0)).map_or(0, jiff::Timestamp::as_millisecond),
            today: self.today,
            who,
            recused: self.recused,
            kin: &self.kin,
            limits: &self.limits,
            parameters: &self.parameters,
            calendar: &self.calendar,
        }
    }
    pub fn on(&mut self, month: i8, day: i8) -> &mut Self {
        self.today = date(self.today.year(), month, day);
        self
    }
    pub fn later(&mut self, days: i32) -> &mut Self {
        self.today = self.today.saturating_add(days.days());
        self
    }
    /// A linked matter with these marks.
    pub fn linked(&mut self, link: &str, marks: &[&str]) {
        let marks = marks.iter().map(|m| (*m).to_owned()).collect();
        self.kin = vec![Kin { number: "N1".into(), link: link.into(), marks }];
    }
    /// Rebuilt from the entries alone, no table consulted.
    pub fn matter(&self) -> Box<dyn AnyMatter> {
        let mut matter = (self.kind.blank)(ZFW);
        for entry in &self.entries {
            matter.follow_entry(&serde_json::from_str(entry).unwrap()).unwrap();
        }
        matter
    }
    pub fn phase(&self) -> String {
        self.matter().phase().unwrap().name.clone()
    }
    pub fn clock(&self, name: &str) -> Running {
        self.matter().clocks().get(name).unwrap_or_else(|| panic!("{name} never started")).clone()
    }
    pub fn due(&self, name: &str) -> Date {
        self.clock(name).due
    }
    /// `(measure, day)` of everything counted here.
    pub fn counted(&self) -> Vec<(&'static str, String)> {
        self.matter().facts().into_iter().map(|f| (f.measure, f.on.to_string())).collect()
    }
    /// Every value this person reads on the page, by field.
    pub fn reads(&self, who: &Person) -> Vec<(&'static str, Json)> {
        self.matter().view(&self.at(who)).into_iter().flat_map(|s| s.rows).map(|r| (r.field.name, r.value)).collect()
    }
    /// What this person finds in the timeline: the steps' identifiers, with the fields he reads there.
    pub fn timeline(&self, who: &Person) -> Vec<(String, Vec<&'static str>)> {
        let (matter, mine) = (self.matter(), self.matter().mine(&self.at(who)));
        let entries = self.entries.iter().map(|e| serde_json::from_str::<Entry>(e).unwrap());
        let told = entries.filter_map(|e| {
            let told = matter.timeline(&e, &mine, &who.id)?;
            Some((e.action().unwrap().0.to_owned(), told.fields.iter().map(|f| f.0.name).collect()))
        });
        told.collect()
    }
    /// Buttons this person has here, greyed ones too.
    pub fn buttons(&self, who: &Person) -> Vec<&'static str> {
        self.matter().offered(&self.at(who)).into_iter().map(|o| o.action).collect()
    }
    /// The form of a step: these values, and a fitting one for every other required field.
    fn filled(&self, action: &str, values: Json) -> Form {
        let fields = self.kind.step(action).unwrap_or_else(|| panic!("no step {action}")).fields;
        let mut form: Map<String, Json> = fields.iter().filter(|f| f.required).map(|f| (f.name.to_owned(), sample(&f.shape))).collect();
        // A day that has been; the steps that want one to come say which.
        form.extend(
            fields.iter().filter(|f| f.required && matches!(f.shape, Shape::Date)).map(|f| (f.name.to_owned(), "2026-02-27".into())),
        );
        form.extend(values.as_object().cloned().unwrap());
        form
    }
    /// When: nothing is recorded.
    pub fn when(&self, who: &Person, action: &str, values: Json) -> Result<(Box<dyn AnyMatter>, Acted), Refusal> {
        let mut matter = self.matter();
        matter.act(action, self.filled(action, values), &self.at(who)).map(|acted| (matter, acted))
    }
    /// Then: the entry, which is now given, and the reactions.
    #[track_caller]
    pub fn takes(&mut self, who: &Person, action: &str, values: Json) -> Acted {
        let (after, acted) = self.when(who, action, values).unwrap_or_else(|r| panic!("{action} by {}: {r:?}", who.id));
        self.entries.push(serde_json::to_string(&acted.entry).unwrap());
        assert_eq!(self.matter().body(), after.body(), "replaying {action} makes another matter");
        self.opens(&acted);
        acted
    }
    /// An opening that is caused is never refused: it would undo a lawful press.
    #[track_caller]
    pub fn opens(&self, acted: &Acted) {
        for request in acted.requests.iter().filter(|r| r.link.is_none()) {
            let form = request.form.as_object().cloned().unwrap();
            let opened = (kind(request.kind).unwrap().blank)(ZFW).act(request.action, form, &self.at(&house()));
            assert!(opened.is_ok(), "{}.{} is refused: {:?}", request.kind, request.action, opened.err());
        }
    }
    /// Then: the refusal's code. The greyed button, if there is one, says the same.
    #[track_caller]
    pub fn refuses(&self, who: &Person, action: &str, values: Json) -> &'static str {
        let before = self.matter();
        let mut matter = self.matter();
        let refusal = match matter.act(action, self.filled(action, values), &self.at(who)) {
            Ok(_) => panic!("{action} by {} was taken", who.id),
            Err(refusal) => refusal,
        };
        assert_eq!(matter.body(), before.body(), "a refused {action} changed something");
        if who.system.is_none() {
            let offer = before.offered(&self.at(who)).into_iter().find(|o| o.action == action);
            match refusal.code {
                "not_yours" | "not_now" => assert!(offer.is_none(), "{action} is refused and yet offered"),
                "bad_form" | "future" => assert!(offer.is_some_and(|o| o.blocked.is_none()), "{action}: a precondition hides in the form"),
                _ => assert_eq!(offer.and_then(|o| o.blocked).as_ref(), Some(&refusal), "{action}: the button says otherwise"),
            }
        }
        refusal.code
    }
    /// Then: the fields that are wrong, of exactly this form.
    #[track_caller]
    pub fn wrong(&self, who: &Person, action: &str, values: Json) -> Vec<String> {
        let form = values.as_object().cloned().unwrap();
        let refusal = self.matter().act(action, form, &self.at(who)).err().unwrap_or_else(|| panic!("{action} by {} was taken", who.id));
        assert_eq!(refusal.code, "bad_form");
        refusal.fields.into_iter().map(|f| f.0).collect()
    }
    /// The year's notice came: the entry that moves the running clocks, if any moves.
    pub fn notice(&mut self, text: &str) -> Option<Entry> {
        self.calendar = self.calendar.with_notice(text).unwrap();
        let mut matter = self.matter();
        let entry = matter.rereckon(&self.at(&house()))?;
        self.entries.push(serde_json::to_string(&entry).unwrap());
        assert_eq!(self.matter().body(), matter.body());
        Some(entry)
    }
}
