//! Chinese full text (technology.md 2.3): overlapping bigrams and single characters, ANDed, together with the holders who may see the
//! text, in one index: access is inside the query, so that neither hits nor counts tell what one may not see. Titles, their pinyin,
//! numbers and what narrows a search are tokens beside them. What is written and asked for is the keyed digest of each token: whoever
//! holds the database without the key reads no word, though he can count how often equal ones occur.
mod grammar;
mod letters;
mod marks;
mod numbers;
mod people;
mod queries;
mod seek;
mod sounds;
mod suggest;

pub use grammar::{Query, Term};
pub(crate) use letters::fold;
pub(crate) use marks::parts;
pub use marks::{around, marked};
pub use people::{Known, people};
pub use seek::{Asked, Cursor, Facet, Found, Hit, MOST, Tier, seek};
pub use suggest::{To, Way, like_it, suggest};

use queries::Expr;

use crate::db::Tx;
use crate::failure::Result;
use crate::house::Keys;
use crate::matters::{Doc, Docs};

/// Two documents per matter: what the office reads, and what every other party reads.
fn rowid(id: i64, office: bool) -> i64 {
    id * 2 + i64::from(office)
}
/// A third, where some stand apart: below all others, in the same order.
const APART: i64 = 1 << 50;
/// Part of the mark of every index row: another way of writing is another number, and what was written before is written again.
pub const WRITING: &str = "2";

/// Puts the documents of a matter in place of what was there.
///
/// # Errors
/// A fault of the engine.
pub fn put(tx: &Tx, keys: &Keys, id: i64, docs: &Docs, known: bool) -> Result<()> {
    let ink = Ink::of(keys);
    for (row, doc) in [(rowid(id, true), &docs.office), (rowid(id, false), &docs.others), (id - APART, &docs.apart)] {
        if known {
            queries::drop_doc(tx, row)?;
        }
        if !doc.holders.is_empty() {
            queries::put_doc(tx, row, &written(&ink, doc))?;
        }
    }
    Ok(())
}
fn written(ink: &Ink, doc: &Doc) -> Vec<String> {
    let whole = format!("{}\n{}", doc.title, doc.text);
    let mut numbers = numbers::named(&whole);
    numbers.extend(doc.title.split(' ').next().into_iter().flat_map(numbers::own));
    let each: [(&[u8], Vec<String>); 7] = [
        (b"w", letters::tokens(&whole)),
        (b"t", letters::tokens(&doc.title)),
        (b"i", sounds::initials(&doc.title)),
        (b"p", sounds::syllables(&doc.title)),
        (b"n", numbers),
        (b"f", doc.facets.clone()),
        (b"h", doc.holders.clone()),
    ];
    let mut all: Vec<String> = each.iter().flat_map(|(what, tokens)| tokens.iter().map(|t| ink.written(what, t))).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What narrows a search; empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    pub kind: String,
    pub org: String,
    /// `open`, `closed`.
    pub open: String,
    pub year: String,
    pub code: String,
}
impl Narrow {
    /// Name, as the address has it, and value of each.
    pub fn each(&self) -> [(&'static str, &str); 5] {
        [("kind", &self.kind), ("org", &self.org), ("open", &self.open), ("year", &self.year), ("code", &self.code)]
    }
    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        self.each().iter().all(|(_, value)| value.is_empty())
    }
}
/// A token of the index by which a search is narrowed.
pub fn facet(name: &str, value: &str) -> String {
    format!("{name}|{value}")
}

/// One question as the index is asked it.
struct Asking<'a> {
    ink: Ink,
    query: &'a Query,
    narrow: Vec<Expr>,
    holders: Expr,
    /// Who sits in no review and inspects nothing has no document apart: he is not made to wait for a second look.
    aside: bool,
}
impl<'a> Asking<'a> {
    fn of(tx: &Tx, keys: &Keys, query: &'a Query, narrow: &Narrow, holders: &[String]) -> Result<Self> {
        let ink = Ink::of(keys);
        let mut aside = holders.iter().any(|h| h.starts_with("r:R4@") || h.starts_with("r:R5@"));
        for holder in holders.iter().filter(|h| h.starts_with("p:")) {
            aside = aside || queries::sits(tx, holder)?;
        }
        let of = |(name, value): &(&str, &str)| Expr::Token(ink.written(b"f", &facet(name, value)));
        let narrow = narrow.each().iter().filter(|(_, value)| !value.is_empty()).map(of).collect();
        let holders = Expr::Any(holders.iter().map(|h| Expr::Token(ink.written(b"h", h))).collect());
        Ok(Self { ink, query, narrow, holders, aside })
    }
    fn all(&self, class: &[u8], tokens: impl IntoIterator<Item = String>) -> Expr {
        Expr::All(tokens.into_iter().map(|t| Expr::Token(self.ink.written(class, &t))).collect())
    }
    /// What holds the term in these words: written out, as a number, or by its sound.
    fn term(&self, term: &Term, class: &[u8]) -> Expr {
        let mut any = vec![self.all(class, letters::query_tokens(&term.text))];
        any.extend(term.number.iter().map(|n| self.all(b"n", [n.clone()])));
        if let Some(word) = term.latin() {
            any.push(self.all(b"i", sounds::asked_initials(word)));
            any.extend(sounds::cuts(word).iter().map(|cut| self.all(b"p", sounds::pairs(cut))));
        }
        Expr::Any(any)
    }
    /// These conditions, for these holders, narrowed, without what is unwanted.
    fn whole(&self, mut all: Vec<Expr>) -> Expr {
        all.extend(self.narrow.iter().cloned());
        all.push(self.holders.clone());
        let unwanted = self.query.unwanted.iter().map(|t| self.all(b"w", letters::query_tokens(&t.text))).collect();
        Expr::But(Box::new(Expr::All(all)), unwanted)
    }
    /// Whatever holds every word.
    fn anywhere(&self) -> Expr {
        self.whole(self.query.wanted.iter().map(|t| self.term(t, b"w")).collect())
    }
    /// Whatever holds every word in its title.
    fn titled(&self) -> Expr {
        self.whole(self.query.wanted.iter().map(|t| self.term(t, b"t")).collect())
    }
    /// Whatever is or names the number asked for; nothing where none is.
    fn numbered(&self) -> Option<Expr> {
        self.query.wanted.iter().any(|t| t.number.is_some()).then(|| {
            let term = |t: &Term| t.number.as_ref().map_or_else(|| self.term(t, b"w"), |n| self.all(b"n", [n.clone()]));
            self.whole(self.query.wanted.iter().map(term).collect())
        })
    }
    /// Ids of matters, newest first, below `from`; fewer than `limit` only where there are no more.
    fn ids(&self, tx: &Tx, expr: &Expr, from: i64, limit: usize) -> Result<Vec<i64>> {
        let top = if from == i64::MAX { from } else { rowid(from, false) };
        let mut ids = queries::hits(tx, expr, (0, top), limit.saturating_mul(2))?;
        ids.iter_mut().for_each(|row| *row /= 2);
        if self.aside {
            let apart = queries::hits(tx, expr, (-APART, if from == i64::MAX { 0 } else { from - APART }), limit)?;
            ids.extend(apart.into_iter().map(|row| row + APART));
        }
        ids.sort_unstable_by(|a, b| b.cmp(a));
        ids.dedup();
        ids.truncate(limit);
        Ok(ids)
    }
}
/// Ids of matters that hold all words and that one of the holders may see, newest first, below `from`.
///
/// # Errors
/// A fault of the engine.
pub fn hits(tx: &Tx, keys: &Keys, q: (&Query, &Narrow), holders: &[String], from: i64, limit: usize) -> Result<Vec<i64>> {
    if q.0.is_empty() || holders.is_empty() {
        return Ok(vec![]);
    }
    let asking = Asking::of(tx, keys, q.0, q.1, holders)?;
    asking.ids(tx, &asking.anywhere(), from, limit)
}
/// The question as the engine is asked it, for whoever measures the bare engine.
///
/// # Errors
/// A fault of the engine.
pub fn bare(tx: &Tx, keys: &Keys, q: &str, holders: &[String]) -> Result<String> {
    let query = Query::of(q);
    Ok(Asking::of(tx, keys, &query, &Narrow::default(), holders)?.anywhere().written(tx.dialect()))
}
/// What tokens are written with.
struct Ink([u8; 32]);
impl Ink {
    fn of(keys: &Keys) -> Self {
        Self(keys.compartment("search"))
    }
    /// Fifty bits in letters and digits. A key before the text is a MAC as long as most of the digest stays untold; HMAC would cost four
    /// times as much, once for every two characters ever written.
    fn written(&self, what: &[u8], text: &str) -> String {
        let h = ledger::Alg::Sha256.hash(&[&self.0, what, text.as_bytes()]);
        let mut n = h.iter().take(7).fold(0u64, |n, b| n << 8 | u64::from(*b));
        let mut token = String::with_capacity(10);
        for _ in 0..10 {
            token.extend(u32::try_from(n & 31).ok().and_then(|d| char::from_digit(d, 32)));
            n >>= 5;
        }
        token
    }
}
