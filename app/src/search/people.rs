//! People a reader may look up anyway – officers on the page of the register, accounts on the page of the administrators –, by name or by
//! its pinyin. Experts and observers are matters and are found as such.
use domain::engine::{Person, in_role};

use super::{Query, To, queries, sounds};
use crate::db::Tx;
use crate::failure::Result;
use crate::registers::Registers;
use crate::{alive, people as accounts};

const MOST: usize = 6;
/// As many as their own page lists.
const ALL: usize = 2_000;

/// Somebody found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub name: String,
    /// Unit and post.
    pub what: String,
    pub to: To,
}
/// People whose name holds the one word asked for; officers for these roles, who have their page.
///
/// # Errors
/// A fault of the engine.
pub fn people(tx: &Tx, who: &Person, registers: &Registers, query: &Query, office: &[&str]) -> Result<Vec<Known>> {
    let [term] = query.wanted.as_slice() else { return Ok(vec![]) };
    let word = term.plain();
    if word.chars().count() < 2 {
        return Ok(vec![]);
    }
    let is = |name: &str| match term.latin() {
        Some(latin) => !sounds::heard(&name.chars().collect::<Vec<_>>(), latin).is_empty(),
        None => super::letters::plain(name).contains(&word),
    };
    let mut all = vec![];
    if office.iter().any(|r| in_role(who, r)) {
        // What is written by its sound is looked for among all.
        let (part, most) = if term.latin().is_some() { ("", ALL) } else { (word.as_str(), MOST) };
        for [key, name, org, post] in queries::officers(tx, part, most)?.into_iter().filter(|o| is(&o[1])).take(MOST) {
            let page = registers.official(&key).filter(|o| alive::may_open(who, registers, o));
            let to = page.map_or_else(|| To::Officers(name.clone()), |_| To::Page(format!("/alive/official/{key}")));
            all.push(Known { what: format!("{} {post}", registers.org_name(&org)), name, to });
        }
    }
    if accounts::ADMINS.iter().any(|r| in_role(who, r)) {
        let found = accounts::accounts(tx)?.into_iter().filter(|a| is(&a.name)).take(MOST);
        all.extend(found.map(|a| Known {
            what: format!("账号 {}，{}", a.login, registers.org_name(&a.org)),
            name: a.name,
            to: To::Page("/accounts".into()),
        }));
    }
    Ok(all)
}
