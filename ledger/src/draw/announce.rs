//! The announcement: everything that must be public before anybody can know the result (`trust.md` 4.2, 1, 8 and 9).
use serde::{Deserialize, Serialize};

use super::{LATEST, Refused, Wrong, beacon_name, hash_lp, is_code, is_text};
use crate::{Alg, Hash};

/// What is announced. One announcement may cover all draws of a batch; commitments, reveals and beacon are then made once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// Its own number; for a single draw that of the draw. Parties commit under it.
    pub id: String,
    /// What the draw is for.
    pub purpose: String,
    /// 第几次: 1, or more for a re-draw.
    pub round: u32,
    /// Number of the announcement that this one repeats; empty the first time.
    pub previous: String,
    /// Why it is repeated; empty the first time.
    pub reason: String,
    /// When it was announced; times are milliseconds since 1970 UTC.
    pub at: i64,
    /// T0: pools frozen and secrets committed no later than this.
    pub t0: i64,
    /// T1: secrets revealed no later than this.
    pub t1: i64,
    /// T2: drawn no earlier than this.
    pub t2: i64,
    /// Who contributes secrets, in the byte order of their codes; two or more, from two or more bodies.
    pub parties: Vec<Party>,
    /// Name of the public result drawn after T1 ([`beacon_name`]), empty where there is none.
    pub beacon: String,
    /// Rules of recusal and eligibility, in words.
    pub exclusions: Vec<String>,
    /// The draws, in the byte order of their ids.
    pub draws: Vec<Spec>,
}
/// Who contributes a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its code, which enters commitment and seed order.
    pub code: String,
    /// The body it speaks for.
    pub body: String,
}
/// How seats are filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Experts who judge together: odd and at least three, rules of category, unit and profession.
    Panel,
    /// So many out of all.
    Simple,
    /// So many, shared out over the strata by their sizes (largest remainder).
    Proportional,
    /// So many of each stratum.
    Fixed,
}
/// What one draw asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Number of the draw, unique in the house.
    pub id: String,
    /// How seats are filled.
    pub kind: Kind,
    /// Number of seats; dossiers of the stratum `must` come on top.
    pub size: u32,
    /// Panel: code of the profession that at least one member must have; empty where none is asked for.
    #[serde(rename = "match")]
    pub profession: String,
    /// Panel: no two members of one unit (`org`); candidates without a unit are nobody's colleagues.
    pub one_per_unit: bool,
    /// `(category or stratum, least, most)` in byte order. Panel: empty means any category; otherwise one that is not listed gets no
    /// seat. Fixed: least = most. Simple and proportional: empty.
    pub quotas: Vec<(String, u32, u32)>,
}
/// Texts that increase strictly in byte order.
pub(crate) fn ascending<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut last: Option<&str> = None;
    texts.into_iter().all(|t| last.replace(t).is_none_or(|l| l < t))
}

impl Announcement {
    /// Whether it may be published: two opposed parties, times in order, a beacon named in the known form, every draw well formed.
    ///
    /// # Errors
    /// The first rule that fails.
    pub fn check(&self) -> Result<(), Refused> {
        let bodies: std::collections::BTreeSet<&str> = self.parties.iter().map(|p| p.body.as_str()).collect();
        let codes = self.parties.iter().all(|p| is_code(&p.code) && is_text(&p.body));
        let first = self.round == 1 && self.previous.is_empty() && self.reason.is_empty();
        let again = self.round > 1 && is_code(&self.previous) && self.previous != self.id && is_text(&self.reason);
        let rules = [
            (is_code(&self.id), "公告编号须为 1 至 200 字节，不含控制字符。"),
            (is_text(&self.purpose), "须写明抽取事由，至多 2000 字节，不含控制字符。"),
            (first || again, "第 1 次抽取不写前次编号和理由；再次抽取须写前次编号和理由。"),
            (self.parties.len() >= 2 && bodies.len() >= 2, "封口方至少两个，且来自不同单位。"),
            (self.parties.len() <= 20 && codes, "封口方至多 20 个，须各有代码和单位。"),
            (ascending(self.parties.iter().map(|p| p.code.as_str())), "封口方须按代码升序，不重复。"),
            (self.exclusions.iter().all(|e| is_text(e)), "回避规则每条 1 至 2000 字节，不含控制字符。"),
            (!self.draws.is_empty() && ascending(self.draws.iter().map(|d| d.id.as_str())), "须至少列一次抽取，按编号升序，不重复。"),
        ];
        if let Some((_, say)) = rules.iter().find(|(holds, _)| !holds) {
            return Err(Refused::new(Wrong::Announcement, *say));
        }
        let ordered = 0 <= self.at && self.at < self.t0 && self.t0 < self.t1 && self.t1 < self.t2 && self.t2 <= LATEST;
        Refused::unless(ordered, Wrong::Times, || "应为：公告时间 < T0 < T1 < T2。".into())?;
        if !self.beacon.is_empty() {
            beacon_name(&self.beacon)?;
        }
        self.draws.iter().try_for_each(Spec::check)
    }
    /// Fingerprint of the announcement, to be written to the ledger before T0: `Hash(lp("draw-announcement-v1", its JSON))`.
    pub fn digest(&self, alg: Alg) -> Hash {
        hash_lp(alg, &[b"draw-announcement-v1", &serde_json::to_vec(self).unwrap_or_default()])
    }
    /// The draw of that id.
    pub fn draw(&self, id: &str) -> Option<&Spec> {
        self.draws.iter().find(|d| d.id == id)
    }
}
impl Spec {
    /// Whether it asks for something that can be meant.
    ///
    /// # Errors
    /// The first rule that fails.
    pub fn check(&self) -> Result<(), Refused> {
        let panel = self.kind == Kind::Panel;
        let least: u64 = self.quotas.iter().map(|q| u64::from(q.1)).sum();
        let most: u64 = self.quotas.iter().map(|q| u64::from(q.2)).sum();
        let size = u64::from(self.size);
        let exact = self.quotas.iter().all(|q| q.1 == q.2) && least == size && !self.quotas.is_empty();
        let quotas = match self.kind {
            Kind::Panel => self.quotas.is_empty() || (least <= size && size <= most),
            Kind::Fixed => exact,
            Kind::Simple | Kind::Proportional => self.quotas.is_empty(),
        };
        let rows = self.quotas.iter().all(|q| is_code(&q.0) && q.1 <= q.2 && (panel || q.0 != super::MUST));
        let rules = [
            (is_code(&self.id), "抽取编号须为 1 至 200 字节，不含控制字符。"),
            (!panel || (self.size >= 3 && self.size % 2 == 1), "评查组须为 3 人以上单数。"),
            (!panel || self.size <= 99, "评查组至多 99 人。"),
            (panel || self.size <= 1_000_000, "抽样至多 1000000 件。"),
            (rows, "名额须写代码，且下限不大于上限；必查不占名额。"),
            (ascending(self.quotas.iter().map(|q| q.0.as_str())), "名额须按代码升序，不重复。"),
            (quotas, "名额与总数不符：各类下限之和不得大于总数，上限之和不得小于总数；按层定额须恰好相等；简单和按比例抽样不写名额。"),
            (panel || (self.profession.is_empty() && !self.one_per_unit), "专业匹配和同一单位至多一人只用于评查组。"),
            (self.profession.is_empty() || is_specialty(&self.profession), "专业代码不得含“/”“+”和控制字符。"),
        ];
        match rules.iter().find(|(holds, _)| !holds) {
            Some((_, say)) => Err(Refused::new(Wrong::Announcement, format!("{}：{say}", self.id))),
            None => Ok(()),
        }
    }
}
fn is_specialty(code: &str) -> bool {
    is_code(code) && !code.contains(['/', '+'])
}
