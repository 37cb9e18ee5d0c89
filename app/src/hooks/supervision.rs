//! What the judicial administration's papers rest on: the unit's regime as its register says, who passed the lead on, which government.
use domain::engine::{Form, Refusal};
use domain::procedures::administrative_supervision::AdministrativeSupervision;
use serde_json::{Value as Json, json};

use crate::failure::{Failure, Result};
use crate::matters::{self, Ask, Desk, Loaded, Where};
use crate::people;

pub(super) fn complete(desk: &Desk, loaded: &Loaded, ask: &Ask, form: &mut Form) -> Result<()> {
    let text = |form: &Form, name: &str| form.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
    match ask.action {
        "receive" | "open" | "file" => {
            let org = match loaded.of::<AdministrativeSupervision>().filter(|_| ask.action == "file") {
                Some(m) => m.state.unit().to_owned(),
                None => text(form, "org"),
            };
            if let Some(org) = desk.registers.org(&org) {
                form.insert("regime".into(), json!(org.regime));
            }
            if let (true, Where::Open { links, .. }) = (ask.who.is_house(), &ask.place) {
                let cause = links.first().map(|n| matters::load(desk.tx, n)).transpose()?.flatten();
                form.extend(cause.map(|c| ("sender".to_owned(), json!(c.matter.owner()))));
            }
            Ok(())
        }
        "propose_decision" => {
            let government = text(form, "government");
            let holds = people::everybody(desk.tx, desk.now.today)?.iter().any(|(_, role, org)| role == "R20" && *org == government);
            if holds || government.is_empty() {
                return Ok(());
            }
            Err(Failure::Refused(Refusal::at("government", "这个单位没有市政府审批人员，请选择本级人民政府。")))
        }
        _ => Ok(()),
    }
}
