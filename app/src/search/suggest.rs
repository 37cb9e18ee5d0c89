//! What to ask next: matters by their titles and numbers, rules and units while somebody types; other words where nothing was found. All
//! of it from what this person finds.
use domain::engine::Person;

use super::letters::{is_han, low, plain};
use super::queries::Expr;
use super::seek::Seeker;
use super::{Narrow, Query, Term, sounds};
use crate::db::Tx;
use crate::edge::Now;
use crate::failure::Result;
use crate::house::House;
use crate::rules;

/// Where something found leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// A search for these words.
    Words(String),
    /// The matter of this number.
    Matter(String),
    /// An address.
    Page(String),
    /// Officers of this name.
    Officers(String),
}
/// A way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub label: String,
    pub note: String,
    pub to: To,
}
impl Way {
    fn of(label: String, note: impl Into<String>, to: To) -> Self {
        Self { label, note: note.into(), to }
    }
    fn ask(words: &str, note: impl Into<String>) -> Self {
        Self::of(words.to_owned(), note, To::Words(words.to_owned()))
    }
}
const MATTERS: usize = 6;
const OTHERS: usize = 3;

/// What this person may mean, while he types.
///
/// # Errors
/// A fault of the engine.
pub fn suggest(tx: &Tx, house: &House, who: &Person, q: &str, now: Now) -> Result<Vec<Way>> {
    let query = Query::of(q);
    if query.is_empty() {
        return Ok(vec![]);
    }
    let seeker = Seeker::new(tx, house, who, now)?;
    let asking = seeker.asking(&query, &Narrow::default())?;
    let mut all = vec![];
    let numbered = asking.numbered().map(|e| seeker.gather(&asking, &e, MATTERS)).transpose()?.unwrap_or_default().0;
    let titled = seeker.gather(&asking, &asking.titled(), MATTERS)?.0;
    for item in numbered.into_iter().chain(titled) {
        let kind = domain::procedures::kind(&item.kind).map_or("", |k| k.label);
        all.push(Way::of(format!("{} {}", item.number, item.title), kind, To::Matter(item.number)));
    }
    all.dedup();
    all.truncate(MATTERS);
    let library = rules::library(tx, house)?;
    if let Some(to) = library.jump(q) {
        all.insert(0, Way::of(q.trim().to_owned(), "制度库条文", To::Page(to)));
    }
    let word = query.phrase();
    let named = library.versions.iter().filter(|v| v.state == domain::rules::State::InForce && plain(&v.held.title).contains(&word));
    all.extend(named.take(OTHERS).map(|v| Way::of(format!("《{}》", v.held.rule), "制度库", To::Page(rules::address(&v.held, "")))));
    let latin = query.wanted.first().and_then(Term::latin);
    let sounds_so = |name: &str| latin.is_some_and(|w| !sounds::heard(&name.chars().collect::<Vec<_>>(), w).is_empty());
    let units = seeker.registers.orgs().filter(|o| o.level != "内设" && (plain(&o.name).contains(&word) || sounds_so(&o.name)));
    all.extend(units.take(OTHERS).map(|o| Way::ask(&o.name, "单位")));
    Ok(all)
}
/// Other questions that find something where this one found nothing: without what narrows it, with fewer words, with a shorter word, with
/// words that sound alike.
///
/// # Errors
/// A fault of the engine.
pub fn like_it(tx: &Tx, house: &House, who: &Person, (query, narrow): (&Query, &Narrow), now: Now) -> Result<Vec<Way>> {
    const WAYS: usize = 6;
    let seeker = Seeker::new(tx, house, who, now)?;
    let count = |q: &Query| -> Result<(usize, bool)> {
        let asking = seeker.asking(q, &Narrow::default())?;
        let (all, more) = seeker.gather(&asking, &asking.anywhere(), 99)?;
        Ok((all.len(), more))
    };
    let mut words: Vec<(String, &str)> = vec![];
    let whole: Vec<&str> = query.wanted.iter().map(|t| t.text.as_str()).collect();
    if !narrow.is_empty() || !query.unwanted.is_empty() {
        words.push((whole.join(" "), "不加条件"));
    }
    if whole.len() > 1 {
        words.extend(whole.iter().map(|w| ((*w).to_owned(), "只用一个词")));
    }
    for term in &query.wanted {
        let chars: Vec<char> = term.plain().chars().collect();
        words.extend(alike(&seeker, &chars)?.map(|w| (w, "读音相同")));
        if chars.len() > 2 && chars.iter().all(|c| is_han(*c)) {
            let shorter = [chars.get(..chars.len() - 1), chars.get(1..)].into_iter().flatten();
            words.extend(shorter.map(|s| (s.iter().collect(), "少一个字")));
            // Two words that were written as one.
            let (first, second) = chars.split_at(chars.len() / 2);
            words.extend([first, second].iter().filter(|half| half.len() > 1).map(|half| (half.iter().collect(), "只用一半")));
        }
    }
    let mut ways: Vec<Way> = vec![];
    for (word, note) in words {
        if ways.len() < WAYS && ways.iter().all(|w| w.label != word) {
            match count(&Query::of(&word))? {
                (0, _) => {}
                (n, more) => ways.push(Way::ask(&word, format!("{note}，{n} 件{}", if more { "以上" } else { "" }))),
            }
        }
    }
    Ok(ways)
}
/// Characters of a title that this person finds and that sound like these.
fn alike(seeker: &Seeker, chars: &[char]) -> Result<Option<String>> {
    if !(2..=8).contains(&chars.len()) || !chars.iter().all(|c| is_han(*c)) {
        return Ok(None);
    }
    let asked: String = chars.iter().collect();
    let Some(spelt) = sounds::spelt(&asked) else { return Ok(None) };
    let query = Query::of(&asked);
    let asking = seeker.asking(&query, &Narrow::default())?;
    let expr: Expr = asking.whole(vec![asking.all(b"p", sounds::pairs(&spelt))]);
    for item in seeker.gather(&asking, &expr, 20)?.0 {
        let title: Vec<char> = item.title.chars().map(low).collect();
        let same = title.windows(chars.len()).find(|w| {
            let heard: String = w.iter().collect();
            heard != asked && w.iter().all(|c| is_han(*c)) && sounds::spelt(&heard).as_deref() == Some(spelt.as_slice())
        });
        if let Some(same) = same {
            return Ok(Some(same.iter().collect()));
        }
    }
    Ok(None)
}
