//! Replays a draw from the bytes of its proof file alone.
use serde::{Serialize, Serializer};
use std::collections::HashSet;

use super::choose::Field;
use super::pool::Line;
use super::proof::{Evidence, bytes};
use super::{Announcement, FORMAT, LATEST, Proof, Quota, Refused, Wrong, beacon_value, is_text, pool_root, tickets};
use crate::{Alg, Hash, hex, verify_inclusion};

/// A candidate's ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ticket {
    /// Public id.
    pub id: String,
    /// As on the frozen list.
    pub stratum: String,
    /// As on the frozen list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub org: String,
    /// Lower goes first.
    #[serde(serialize_with = "as_hex")]
    pub ticket: Hash,
}
fn as_hex<S: Serializer>(hash: &Hash, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&hex(hash))
}
/// What comes out of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drawn {
    /// Number of the draw.
    pub draw: String,
    /// What it was for.
    pub purpose: String,
    /// 第几次.
    pub round: u32,
    /// Digest of the file, hex: to be compared with the one published.
    pub digest: String,
    /// Digest of the announcement, hex: likewise.
    pub announcement: String,
    /// Root of the frozen list, hex: likewise.
    pub root: String,
    /// The seed, hex.
    pub seed: String,
    /// Seats and sizes; everyone of a row has the same chance.
    pub quotas: Vec<Quota>,
    /// Ids drawn, in the order of their tickets, before any substitution.
    pub chosen: Vec<String>,
    /// Ids that hold the seats after all substitutions, in the order of their tickets.
    pub seated: Vec<String>,
    /// Seats that nobody was left for: the draw must be repeated.
    pub vacant: usize,
    /// What a reader should know: no beacon, a party that stayed silent, no evidence from the ledger.
    pub notes: Vec<String>,
    /// Who took the seat at each substitution; empty where nobody did.
    #[serde(skip)]
    pub took: Vec<String>,
}
/// A draw recomputed, with every ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// What came out.
    #[serde(flatten)]
    pub drawn: Drawn,
    /// All on the frozen list, lowest ticket first; equal ones by id.
    pub tickets: Vec<Ticket>,
    /// Ids not chosen and not excluded, in the order of their tickets, before any substitution.
    pub alternates: Vec<String>,
}
impl std::ops::Deref for Replayed {
    type Target = Drawn;
    fn deref(&self) -> &Drawn {
        &self.drawn
    }
}

/// Recomputes everything in a proof file, see [`Proof::read`].
///
/// # Errors
/// The first thing that does not hold.
pub fn replay(file: &[u8]) -> Result<Replayed, Refused> {
    Proof::read(file).map(|(_, replayed)| replayed)
}
/// Reads and recomputes, see [`Proof::read`].
pub(super) fn read(file: &[u8]) -> Result<(Proof, Replayed), Refused> {
    let proof: Proof = serde_json::from_slice(file).map_err(|_| Refused::new(Wrong::Form, "不是抽取证明文件，或缺字段、多字段。"))?;
    Refused::unless(proof.format == FORMAT, Wrong::Form, || format!("文件格式应为 {FORMAT}。"))?;
    let alg = proof.alg()?;
    Refused::unless(proof.to_bytes() == file, Wrong::Form, || "应为紧凑 JSON，字段按规定次序，末尾一个换行。".into())?;
    let digest = hex(&alg.hash(&[proof.head().as_bytes()]));
    Refused::unless(digest == proof.digest, Wrong::Digest, || format!("文件写的是 {}，重算为 {digest}。", proof.digest))?;
    let seed = hex(&proof.reckon_seed(alg)?);
    Refused::unless(seed == proof.seed, Wrong::Seed, || format!("文件写的是 {}，重算为 {seed}。", proof.seed))?;
    let (candidates, reckoned) = reckon(&proof, alg)?;
    let mut drawn = reckoned.drawn;
    Refused::unless(drawn.chosen == proof.chosen, Wrong::Chosen, || format!("重算的抽中名单是 {}。", drawn.chosen.join(" ")))?;
    for (s, into) in proof.substitutions.iter().zip(&drawn.took) {
        let say = || format!("“{}”退出后应由“{into}”递补，文件写的是“{}”。", s.out, s.into);
        Refused::unless(s.into == *into, Wrong::Substitution, say)?;
    }
    drawn.digest = digest;
    let (tickets, alternates) = {
        let seats: HashSet<u32> = reckoned.chosen.into_iter().collect();
        let at = |i: &u32| candidates.get(*i as usize).zip(reckoned.tickets.get(*i as usize));
        let copy = |(c, t): (&Line<'_>, &Hash)| Ticket { id: c.id.into(), stratum: c.stratum.into(), org: c.org.into(), ticket: *t };
        let waiting = |i: &&u32| !seats.contains(*i) && reckoned.open.get(**i as usize) == Some(&true);
        let alternates = reckoned.order.iter().filter(waiting).filter_map(at).map(|(c, _)| c.id.to_owned()).collect();
        (reckoned.order.iter().filter_map(at).map(copy).collect(), alternates)
    };
    Ok((proof, Replayed { drawn, tickets, alternates }))
}
/// What a draw's numbers are, by position on the list.
struct Reckoned {
    drawn: Drawn,
    tickets: Vec<Hash>,
    order: Vec<u32>,
    chosen: Vec<u32>,
    open: Vec<bool>,
}
/// What comes out, without copying the list.
pub(super) fn evaluate(proof: &Proof, alg: Alg) -> Result<Drawn, Refused> {
    reckon(proof, alg).map(|(_, r)| r.drawn)
}
/// Everything but digest, seed, chosen and who came in, which `Proof::draw` fills in and `replay` compares.
fn reckon(proof: &Proof, alg: Alg) -> Result<(Vec<Line<'_>>, Reckoned), Refused> {
    let a = &proof.announcement;
    a.check()?;
    let spec = a.draw(&proof.draw).ok_or_else(|| Refused::new(Wrong::Announcement, format!("公告里没有抽取“{}”。", proof.draw)))?;
    let candidates = proof.frozen.view()?;
    let root = hex(&pool_root(alg, &proof.frozen.lines));
    Refused::unless(root == proof.frozen.root, Wrong::Root, || format!("文件写的是 {}，重算为 {root}。", proof.frozen.root))?;
    let mut notes = hands(proof)?;
    times(proof)?;
    let announced = hex(&a.digest(alg));
    match &proof.ledger {
        Some(evidence) => witnessed(proof, evidence, alg, &announced)?,
        None => notes.push("文件不含台账凭据：请把公告指纹、名单指纹、文件摘要与公布的比对。".into()),
    }
    let seed: Hash = bytes(&proof.seed).ok_or_else(|| Refused::new(Wrong::Seed, "种子应为 64 位小写十六进制。"))?;
    let hashes = tickets(alg, &seed, candidates.iter().map(|c| c.id));
    let order = in_order(&hashes);
    let field = Field::new(spec, &candidates, &proof.excluded_ids()?);
    let chosen = field.choose(&order)?;
    let (seated, took) = substitutions(proof, &field, &order, &chosen, &candidates)?;
    let id = |i: &u32| candidates.get(*i as usize).map(|c| c.id.to_owned()).unwrap_or_default();
    let mut holders = seated.clone();
    holders.sort_by_key(|i| (hashes.get(*i as usize), *i));
    let drawn = Drawn {
        draw: proof.draw.clone(),
        purpose: a.purpose.clone(),
        round: a.round,
        digest: proof.digest.clone(),
        announcement: announced,
        root,
        seed: proof.seed.clone(),
        quotas: field.rows,
        vacant: chosen.len() - seated.len(),
        chosen: chosen.iter().map(id).collect(),
        seated: holders.iter().map(id).collect(),
        took: took.iter().map(|i| i.as_ref().map(id).unwrap_or_default()).collect(),
        notes,
    };
    Ok((candidates, Reckoned { drawn, tickets: hashes, order, chosen, open: field.open }))
}
/// Positions by ticket, lowest first. Candidates stand in the order of their ids, so equal tickets go by id.
fn in_order(tickets: &[Hash]) -> Vec<u32> {
    // The first eight bytes nearly always decide, and lie close together.
    let head = |t: &Hash| t.first_chunk::<8>().map_or(0, |b| u64::from_be_bytes(*b));
    let mut order: Vec<(u64, u32)> = tickets.iter().map(head).zip(0u32..).collect();
    order
        .sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| tickets.get(a.1 as usize).cmp(&tickets.get(b.1 as usize))).then(a.1.cmp(&b.1)));
    order.into_iter().map(|(_, i)| i).collect()
}
/// Seals and beacon: who handed in what, and whether that is enough for a seed nobody could steer.
fn hands(proof: &Proof) -> Result<Vec<String>, Refused> {
    let a = &proof.announcement;
    let all = a.parties.iter().map(|p| &p.code).eq(proof.seals.iter().map(|s| &s.party));
    Refused::unless(all, Wrong::Seal, || "应逐一列出公告的封口方，次序相同。".into())?;
    beacon_value(&a.beacon, &proof.beacon.value)?;
    let mut notes = vec![];
    for s in &proof.seals {
        match (s.commitment.is_empty(), s.secret.is_empty()) {
            (true, _) => notes.push(format!("“{}”没有封口，不参与种子。", s.party)),
            (false, true) => notes.push(format!("“{}”封口后没有揭晓，不参与种子，已记录。", s.party)),
            (false, false) => {}
        }
    }
    if a.beacon.is_empty() {
        let revealed = proof.seals.iter().filter(|s| !s.secret.is_empty());
        let bodies: HashSet<_> = revealed.filter_map(|s| a.parties.iter().find(|p| p.code == s.party)).map(|p| &p.body).collect();
        let silent = proof.seals.iter().any(|s| s.secret.is_empty() && !s.commitment.is_empty());
        let say = "没有公开信标时，已封口的各方必须全部揭晓，且至少来自两个单位；否则最后揭晓的一方可以左右结果，须重新公告抽取。";
        Refused::unless(!silent && bodies.len() >= 2, Wrong::Seal, || say.into())?;
        notes.push("没有公开信标：种子只由各方封口产生，各方串通时可以左右结果。".into());
    }
    Ok(notes)
}
fn times(proof: &Proof) -> Result<(), Refused> {
    let Announcement { at, t0, t1, t2, .. } = proof.announcement;
    let drawn = proof.drawn_at;
    let seals = &proof.seals;
    let beacon = if proof.announcement.beacon.is_empty() { proof.beacon.at == 0 } else { (t1 + 1..=drawn).contains(&proof.beacon.at) };
    let rules = [
        ((at..=t0).contains(&proof.frozen.at), "名单须在公告之后、T0 之前冻结。"),
        (seals.iter().all(|s| s.commitment.is_empty() || (at..=t0).contains(&s.committed_at)), "封口须在公告之后、T0 之前。"),
        (seals.iter().all(|s| s.secret.is_empty() || (t0 + 1..=t1).contains(&s.revealed_at)), "揭晓须在 T0 之后、T1 之前。"),
        (beacon, "信标须在 T1 之后、抽取之前开出；没有信标的时间写 0。"),
        ((t2..=LATEST).contains(&drawn), "抽取须在 T2 之后。"),
    ];
    match rules.iter().find(|(holds, _)| !holds) {
        Some((_, say)) => Err(Refused::new(Wrong::Times, *say)),
        None => Ok(()),
    }
}
fn witnessed(proof: &Proof, evidence: &Evidence, alg: Alg, announced: &str) -> Result<(), Refused> {
    let bad = |say: &str| Refused::new(Wrong::Ledger, say);
    let root: Hash = bytes(&proof.frozen.checkpoint).ok_or_else(|| bad("检查点的根应为 64 位小写十六进制。"))?;
    Refused::unless(i64::try_from(evidence.size).is_ok_and(|n| n <= LATEST), Wrong::Ledger, || "检查点的条数过大。".into())?;
    let mut held = vec![];
    for (n, e) in evidence.entries.iter().enumerate() {
        let entry = from_hex(&e.bytes).ok_or_else(|| bad("条目应为小写十六进制。"))?;
        let path: Option<Vec<Hash>> = e.path.iter().map(|p| bytes(p)).collect();
        let path = path.ok_or_else(|| bad("路径应为 64 位小写十六进制。"))?;
        let under = verify_inclusion(alg, &alg.hash(&[&entry]), e.index, evidence.size, &path, &root);
        Refused::unless(under, Wrong::Ledger, || format!("第 {} 个条目不在 T0 检查点之下。", n + 1))?;
        held.push(entry);
    }
    let commitments = proof.seals.iter().map(|s| s.commitment.as_str()).filter(|c| !c.is_empty());
    for (text, what) in
        [(announced, "公告指纹"), (proof.frozen.root.as_str(), "名单指纹")].into_iter().chain(commitments.map(|c| (c, "封口")))
    {
        let found = held.iter().any(|entry| entry.windows(text.len()).any(|w| w == text.as_bytes()));
        Refused::unless(found, Wrong::Ledger, || format!("T0 检查点之下的条目里没有{what} {text}。"))?;
    }
    Ok(())
}
fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: &u8| char::from(*b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let pairs: Option<Vec<u8>> = text.as_bytes().chunks(2).map(|p| Some(digit(p.first()?)? << 4 | digit(p.get(1)?)?)).collect();
    pairs.filter(|b| hex(b) == text)
}
type Seated = (Vec<u32>, Vec<Option<u32>>);
/// Who holds the seats in the end, and who came in at each step.
fn substitutions(proof: &Proof, field: &Field, order: &[u32], chosen: &[u32], all: &[Line<'_>]) -> Result<Seated, Refused> {
    let bad = |say: String| Refused::new(Wrong::Substitution, say);
    let (mut seated, mut gone, mut took, mut last) = (chosen.to_vec(), HashSet::new(), vec![], proof.drawn_at);
    for s in &proof.substitutions {
        let at = all.binary_search_by(|c| c.id.cmp(s.out.as_str())).ok().and_then(|n| u32::try_from(n).ok());
        let out = at.filter(|i| field.open.get(*i as usize) == Some(&true));
        let out = out.ok_or_else(|| bad(format!("“{}”不在可抽的名单里。", s.out)))?;
        Refused::unless(gone.insert(out), Wrong::Substitution, || format!("“{}”已经退出过。", s.out))?;
        Refused::unless(is_text(&s.reason), Wrong::Substitution, || format!("“{}”退出须写理由。", s.out))?;
        Refused::unless((last..=LATEST).contains(&s.at), Wrong::Times, || "递补须在抽取之后，按先后排列。".into())?;
        last = s.at;
        let Some(place) = seated.iter().position(|i| *i == out) else {
            took.push(None);
            continue;
        };
        let next = field.next(order, &seated, out, &gone);
        match (next, seated.get_mut(place)) {
            (Some(next), Some(seat)) => *seat = next,
            _ => drop(seated.remove(place)),
        }
        took.push(next);
    }
    Ok((seated, took))
}

/// What both command lines print, and their exit code: 0 replayed, 2 refused.
pub fn report(file: &[u8], json: bool) -> (String, u8) {
    let told = replay(file);
    let code = if told.is_ok() { 0 } else { 2 };
    let text = match (told, json) {
        (Ok(r), true) => serde_json::to_string(&serde_json::json!({ "ok": true, "replayed": r })).unwrap_or_default(),
        (Err(e), true) => serde_json::json!({ "ok": false, "kind": e.kind, "label": e.kind.label(), "say": e.say }).to_string(),
        (Ok(r), false) => r.tell(),
        (Err(e), false) => format!("不符。{e}"),
    };
    (text, code)
}
impl Replayed {
    /// In words, for a terminal. Of long lists the beginning.
    pub fn tell(&self) -> String {
        let short = |ids: &[String]| {
            let more = if ids.len() > 50 { format!(" …… 共 {} 个", ids.len()) } else { String::new() };
            ids.iter().take(50).cloned().collect::<Vec<_>>().join(" ") + &more
        };
        let mut lines = vec![
            format!("一致。{} · 第 {} 次 · {}", self.draw, self.round, self.purpose),
            format!("文件摘要 {}", self.digest),
            format!("公告指纹 {}", self.announcement),
            format!("名单指纹 {}", self.root),
            format!("种子     {}", self.seed),
        ];
        for q in &self.quotas {
            let name = if q.stratum.is_empty() { "全部" } else { &q.stratum };
            let seats = if q.least == q.most { q.least.to_string() } else { format!("{} 至 {}", q.least, q.most) };
            lines.push(format!("名额     {name}：{seats} 个，可抽 {} 个，名单 {} 个", q.eligible, q.listed));
        }
        for (n, t) in self.tickets.iter().take(50).enumerate() {
            lines.push(format!("第 {} 票  {} {} {}", n + 1, hex(&t.ticket), t.id, t.stratum));
        }
        if self.tickets.len() > 50 {
            lines.push(format!("……  共 {} 票，全部见 --json", self.tickets.len()));
        }
        lines.push(format!("抽中     {}", short(&self.chosen)));
        lines.push(format!("候补     {}", short(&self.alternates)));
        if self.seated != self.chosen {
            lines.push(format!("递补后   {}", short(&self.seated)));
        }
        if self.vacant > 0 {
            lines.push(format!("空缺 {} 个：候补已尽，须重新公告抽取。", self.vacant));
        }
        lines.extend(self.notes.iter().map(|n| format!("注意：{n}")));
        lines.join("\n")
    }
}
