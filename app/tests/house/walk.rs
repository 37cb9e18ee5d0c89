//! A story walked in real Chromium: every step by the form on the screen.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
use super::Town;
use super::batch::Hands;
use super::browser::{Stage, Window};
use serde_json::json;

/// A window, and whose turn it is.
pub struct Browser<'a> {
    town: &'a Town,
    pub window: Window<'a>,
}
impl Browser<'_> {
    /// Fills the form on the screen in and sends it.
    pub fn send(&self, values: &[(&str, &str)]) {
        let w = &self.window;
        for (n, (name, value)) in values.iter().enumerate() {
            if let Some(text) = value.strip_prefix("file:") {
                let path = self.town.folder().join(format!("附件{n}.txt"));
                std::fs::write(&path, text).unwrap();
                let input = w.must(&format!("input[type=file][name=\"{name}\"]"));
                w.call("POST", &format!("/element/{input}/value"), &json!({"text": path.to_string_lossy()}));
                continue;
            }
            let set = "const [name, value] = [NAME, VALUE]; const all = [...document.querySelectorAll(`[name=\"${name}\"]`)]; \
                       const tick = all.find(e => ['radio', 'checkbox'].includes(e.type) && e.value === value); \
                       if (tick) { tick.click(); return true; } \
                       if (!all[0] || ['radio', 'checkbox', 'hidden'].includes(all[0].type)) return false; \
                       all[0].value = value; all[0].dispatchEvent(new Event('input', {bubbles: true})); \
                       all[0].dispatchEvent(new Event('change', {bubbles: true})); return all[0].value === value;";
            let script = set.replacen("NAME", &json!(name).to_string(), 1).replacen("VALUE", &json!(value).to_string(), 1);
            assert_eq!(w.run(&script), true, "{name} takes no {value} at {}", w.address());
        }
        w.submit("main form .card__foot .btn--main");
    }
    /// The sheet of one expert: the second item opened, one row taken off it.
    fn sheet(&self, values: &[(&str, &str)]) {
        let (w, of) = (&self.window, |name: &str| values.iter().find(|(n, _)| n.ends_with(name)).map_or("", |(_, v)| *v).to_owned());
        let field = if values.iter().any(|(n, _)| n.starts_with("second_sheet")) { "second_sheet" } else { "sheet" };
        w.click("#i-2 > summary");
        w.click("#i-2 [name=more]");
        w.choose(&format!("{field}.0.problem"), &of(".problem"));
        w.choose(&format!("{field}.0.severity"), &of(".severity"));
        w.fill(&format!("[name=\"{field}.0.points\"]"), &of(".points"));
        w.fill(&format!("[name=\"{field}.0.page\"]"), &of(".page"));
        w.fill("[name=my_opinion]", &of("my_opinion"));
        if field == "second_sheet" {
            w.choose("re_examination_finding", &of("re_examination_finding"));
        }
        w.submit(".score__side [name=op][value=lock]");
        w.submit("dialog[open] .btn--main");
    }
    fn arrived(&self, who: &str, action: &str) -> String {
        let at = self.window.address();
        assert!(at.starts_with("/matter/") && at.contains("?done="), "{who} {action} at {at}:\n{}", self.window.text());
        at.trim_start_matches("/matter/").split('?').next().unwrap().to_owned()
    }
}
impl Hands for Browser<'_> {
    fn town(&self) -> &Town {
        self.town
    }
    fn act(&self, login: &'static str, number: &str, action: &str, values: &[(&str, &str)]) {
        if ["ZJK-", "BZ-"].iter().any(|p| number.starts_with(p)) {
            self.town.act(login, number, action, values);
            return;
        }
        self.window.enter(&self.town.by(login).cookie);
        self.window.open(&format!("/matter/{number}/do/{action}"));
        if matches!(action, "submit" | "re_examine") {
            self.sheet(values)
        } else {
            self.send(values)
        }
        self.arrived(login, action);
    }
    fn open(&self, login: &'static str, kind: &str, action: &str, values: &[(&str, &str)]) -> String {
        // Standards, experts and dossiers are there before the story begins.
        if matches!(kind, "standard" | "expert" | "dossier") {
            return self.town.open(login, kind, action, values);
        }
        self.window.enter(&self.town.by(login).cookie);
        self.window.open(&format!("/matters/{kind}/new/{action}"));
        self.send(values);
        self.arrived(login, action)
    }
}
/// Tells the story in a window of its own.
pub fn walk(name: &str, story: impl FnOnce(&Browser)) {
    let town = Town::new("sqlite");
    let stage = Stage::at(name, town.port);
    let window = stage.window(true);
    window.size(1440, 900);
    story(&Browser { town: &town, window });
}
