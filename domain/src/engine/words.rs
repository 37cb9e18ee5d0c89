//! The words every procedure uses: who stands how, what is refused and why, what is counted.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::calendar::Calendar;
use crate::registers::{limits::Limits, parameters};

/// A sentence for the person who is refused, shown word for word. `fields` names the places it concerns, if any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Stable identifier for tests, logs and the JSON API.
    pub code: &'static str,
    /// The Chinese sentence.
    pub reason: &'static str,
    /// `(field name, what is wrong and what to do)`.
    pub fields: Vec<(String, String)>,
}
impl Refusal {
    /// A refusal that concerns the whole act.
    pub const fn new(code: &'static str, reason: &'static str) -> Self {
        Self { code, reason, fields: Vec::new() }
    }
    /// A refusal of the form's contents at one field.
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        Self { fields: vec![(field.to_owned(), message.into())], ..refusals::BAD_FORM }
    }
}

/// The engine's own refusals.
pub mod refusals {
    use super::Refusal;
    /// No row of this action leads out of the present phase.
    pub const NOT_NOW: Refusal = Refusal::new("not_now", "当前阶段不能办理此事项");
    /// The person has none of the standings the row names.
    pub const NOT_YOURS: Refusal = Refusal::new("not_yours", "你对本件没有办理此事项的身份");
    /// Four eyes.
    pub const SAME_HANDS: Refusal = Refusal::new("same_hands", "须由另一人办理");
    /// The window has not opened.
    pub const TOO_EARLY: Refusal = Refusal::new("too_early", "规定的期间尚未届满");
    /// The window has closed.
    pub const TOO_LATE: Refusal = Refusal::new("too_late", "期间已经届满");
    /// The form's contents are wrong; `fields` says where.
    pub const BAD_FORM: Refusal = Refusal::new("bad_form", "有内容需要改正");
    /// A clock needs a limit that the register does not hold.
    pub const NO_LIMIT: Refusal = Refusal::new("no_limit", "期限参数尚未设定，请先在期限参数中设定");
    /// A day of service in the future.
    pub const FUTURE: Refusal = Refusal::new("future", "起算日不能晚于今日");
    /// A reaction the table does not announce.
    pub const UNANNOUNCED: Refusal = Refusal::new("unannounced", "流程表未载明的后续动作");
    /// Referred to a competent body (case-review.md B8).
    pub const FROZEN: Refusal = Refusal::new("frozen", "本件已移送有权机关，移送办结前不能办理");
    /// The same, as those outside the office are told: whom it is about must not learn that it was sent, or to whom.
    pub const STILL: Refusal = Refusal::new("still", "本件暂停办理，恢复后可以继续");
    /// The form was made from an older version of the matter.
    pub const STALE: Refusal = Refusal::new("stale", "本件已有新的办理，请核对后再提交");
}

/// 身份: how a person stands toward one matter. Glossary, "身份的值".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // each is explained by its label
pub enum Standing {
    Handler,
    Lead,
    Secretary,
    Respondent,
    Officer,
    Expert,
    Chair,
    ReExaminer,
    Procurator,
    Inspector,
    Recipient,
    Cosigner,
    Recorder,
    Observer,
    Member,
    Government,
    Requester,
    Reporter,
    Intake,
    Custodian,
    Witness,
    SystemAdmin,
    SecurityAdmin,
    Auditor,
    /// Time itself: steps that nobody takes, pressed by the scheduler after the step's clock has run out.
    Time,
    /// The house, carrying out an announced reaction of another matter.
    House,
}
impl Standing {
    /// Every value, in the order of the access matrix.
    pub const ALL: &'static [Self] = &[
        Self::Handler,
        Self::Lead,
        Self::Secretary,
        Self::Respondent,
        Self::Officer,
        Self::Expert,
        Self::Chair,
        Self::ReExaminer,
        Self::Procurator,
        Self::Inspector,
        Self::Recipient,
        Self::Cosigner,
        Self::Recorder,
        Self::Observer,
        Self::Member,
        Self::Government,
        Self::Requester,
        Self::Reporter,
        Self::Intake,
        Self::Custodian,
        Self::Witness,
        Self::SystemAdmin,
        Self::SecurityAdmin,
        Self::Auditor,
        Self::Time,
        Self::House,
    ];
    /// 中文, as pages and the ledger print it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Handler => "承办人",
            Self::Lead => "分管领导",
            Self::Secretary => "书记会议",
            Self::Respondent => "被监督单位联络员",
            Self::Officer => "当事干警",
            Self::Expert => "评查专家",
            Self::Chair => "专班组长",
            Self::ReExaminer => "复核专家",
            Self::Procurator => "检察机关",
            Self::Inspector => "督察巡查组",
            Self::Recipient => "接收机关",
            Self::Cosigner => "会签单位",
            Self::Recorder => "登记人",
            Self::Observer => "监督员",
            Self::Member => "成员单位",
            Self::Government => "本级政府",
            Self::Requester => "商请单位",
            Self::Reporter => "反映人",
            Self::Intake => "受理员",
            Self::Custodian => "身份保管人",
            Self::Witness => "封口人",
            Self::SystemAdmin => "系统管理员",
            Self::SecurityAdmin => "安全保密管理员",
            Self::Auditor => "审计员",
            Self::Time => "期限届满",
            Self::House => "系统",
        }
    }
    /// One's own cause outlives a conflict of interest: a party may always follow what concerns himself.
    const fn own_cause(self) -> bool {
        matches!(self, Self::Officer | Self::Reporter | Self::Respondent | Self::Time | Self::House)
    }
}
/// The supervision office: whoever prepares, leads and decides there.
pub const OFFICE: &[Standing] = &[Standing::Handler, Standing::Lead, Standing::Secretary];

/// Who holds a standing. Roles are held within an organisation: the same role elsewhere is nobody here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// One person, by pseudonymous key.
    Person(String),
    /// A role within the organisation that owns the matter.
    Role(&'static str),
    /// A role within another organisation, by its code.
    RoleIn(&'static str, String),
}
impl Holder {
    /// The key under which lists and search find what this holder may see. `owner`: code of the owning organisation.
    pub fn key(&self, owner: &str) -> String {
        match self {
            Self::Person(id) => format!("p:{id}"),
            Self::Role(role) => format!("r:{role}@{owner}"),
            Self::RoleIn(role, org) => format!("r:{role}@{org}"),
        }
    }
    /// An empty seat, or a unit not yet named, is nobody's.
    fn vacant(&self) -> bool {
        matches!(self, Self::Person(id) if id.is_empty()) || matches!(self, Self::RoleIn(_, org) if org.is_empty())
    }
}
/// `(standing, who holds it)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party(pub Standing, pub Holder);
/// A standing held by a role of the owning organisation.
pub const fn role(standing: Standing, role: &'static str) -> Party {
    Party(standing, Holder::Role(role))
}
/// A standing held by a role of the named organisation.
pub fn role_in(standing: Standing, role: &'static str, org: &str) -> Party {
    Party(standing, Holder::RoleIn(role, org.to_owned()))
}
/// A standing held by one person.
pub fn person(standing: Standing, id: &str) -> Party {
    Party(standing, Holder::Person(id.to_owned()))
}

/// A role someone holds in an organisation, in his own right or by delegation (代理).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleHeld {
    /// Role code of `case-review.md` A and `enterprise.md` A: "R1" … .
    pub role: String,
    /// Code of the organisation it is held in.
    pub org: String,
    /// Whose it is, when delegated.
    #[serde(default)]
    pub of: Option<String>,
}
/// Who acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Pseudonymous key, as on the ledger.
    pub id: String,
    /// Code of his organisation.
    pub org: String,
    /// What he holds today.
    pub roles: Vec<RoleHeld>,
    /// Set for the house, for time, and for a reporter let in by his receipt: they stand by themselves.
    pub system: Option<Standing>,
}
impl Person {
    /// The house carrying out an announced reaction, on behalf of the organisation that owns the cause.
    pub fn house(org: &str) -> Self {
        Self { id: "house".into(), org: org.into(), roles: vec![], system: Some(Standing::House) }
    }
    /// Whoever holds the receipt of a matter (enterprise.md B1): let in by the portal, known by no name.
    pub fn reporter(org: &str) -> Self {
        Self { id: "reporter".into(), org: org.into(), roles: vec![], system: Some(Standing::Reporter) }
    }
    /// The house or time: nobody who wants something for himself.
    pub fn is_house(&self) -> bool {
        self.system.is_some_and(|s| s != Standing::Reporter)
    }
    /// Time recording what it has ended.
    pub fn time(org: &str) -> Self {
        Self { id: "time".into(), org: org.into(), roles: vec![], system: Some(Standing::Time) }
    }
}
/// Every key under which this person may find matters.
pub fn holders(who: &Person) -> Vec<String> {
    let roles = who.roles.iter().map(|r| format!("r:{}@{}", r.role, r.org));
    let mut keys: Vec<String> = std::iter::once(format!("p:{}", who.id)).chain(roles).collect();
    keys.sort();
    keys.dedup();
    keys
}
/// Whether the person holds this role anywhere.
pub fn in_role(who: &Person, role: &str) -> bool {
    who.roles.iter().any(|r| r.role == role)
}

/// Whether an opening of these standings is brought before the office from outside by this person: he stands toward the matter only once
/// it is made, so the form is offered and the gate asks again.
pub(super) fn brings(by: &[Standing], at: &At) -> bool {
    let from = [(Standing::Procurator, "R11"), (Standing::Respondent, "R9"), (Standing::Requester, "R12")];
    !at.recused && from.iter().any(|(standing, role)| by.contains(standing) && in_role(at.who, role))
}

/// Editable numbers that are no periods (退回次数, 研判人数 …): name → value. Never written into code.
pub type Parameters = BTreeMap<String, i64>;

/// Everything a rule may look at besides the matter itself. Loaded by the edge inside the write transaction.
pub struct At<'a> {
    /// The instant, milliseconds since 1970 UTC.
    pub now_ms: i64,
    /// The local day (Asia/Shanghai) of that instant.
    pub today: Date,
    /// Who acts.
    pub who: &'a Person,
    /// The actor has a registered conflict of interest: every standing but his own cause is gone.
    pub recused: bool,
    /// Linked matters, as far as one matter may know of another.
    pub kin: &'a [Kin],
    /// 期限参数 in force today.
    pub limits: &'a Limits,
    /// Other parameters in force today.
    pub parameters: &'a Parameters,
    /// The working-day calendar.
    pub calendar: &'a Calendar,
}
impl At<'_> {
    /// At least one linked matter of this link carries the mark.
    pub fn any(&self, link: &str, mark: &str) -> bool {
        self.kin.iter().any(|k| k.link == link && k.marks.iter().any(|m| m == mark))
    }
    /// Every linked matter of this link carries the mark. True of none: say `any` too where at least one is meant.
    pub fn all(&self, link: &str, mark: &str) -> bool {
        self.kin.iter().filter(|k| k.link == link).all(|k| k.marks.iter().any(|m| m == mark))
    }
    /// There are linked matters of this link, and every one carries the mark.
    pub fn every(&self, link: &str, mark: &str) -> bool {
        self.any(link, mark) && self.all(link, mark)
    }
    /// The linked matter of this number carries the mark; true where none is named.
    pub fn carries(&self, named: Option<&str>, mark: &str) -> bool {
        named.is_none_or(|number| self.kin.iter().any(|k| k.number == number && k.marks.iter().any(|m| m == mark)))
    }
    /// The matter is with a competent body: nobody goes on with it meanwhile (B8: 不得边移送边定责). Time and the house do: what has run
    /// out has run out, and a lawful consequence of another matter is not held up.
    pub(super) fn frozen(&self) -> bool {
        !self.who.is_house() && self.any("source", REFERRAL_UNDER_WAY)
    }
    /// An editable number (`parameters`), or what a new house starts with where the register holds none.
    pub fn parameter(&self, name: &str) -> i64 {
        parameters::value(self.parameters, name)
    }
}

/// Mark of a referral that has been sent and not ended: it freezes the matter it has as its link `source`.
pub const REFERRAL_UNDER_WAY: &str = "referral_under_way";

/// 关联件: the link (the other's kind, or a named relation), and the marks it publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    /// Number of the other matter.
    pub number: String,
    /// Name of the link, by default the other's kind.
    pub link: String,
    /// Its published marks.
    pub marks: Vec<String>,
}

/// Every standing this person has toward a matter, with the person he acts for when by delegation.
pub fn standings(parties: &[Party], owner: &str, at: &At) -> Vec<(Standing, Option<String>)> {
    if let Some(own) = at.who.system {
        return vec![(own, None)];
    }
    let mut mine: Vec<(Standing, Option<String>)> = vec![];
    for Party(standing, holder) in parties.iter().filter(|p| !p.1.vacant() && (!at.recused || p.0.own_cause())) {
        let held = |role: &str, org: &str| at.who.roles.iter().find(|r| r.role == role && r.org == org).map(|r| r.of.clone());
        let how = match holder {
            Holder::Person(id) => (*id == at.who.id).then_some(None),
            Holder::Role(role) => held(role, owner),
            Holder::RoleIn(role, org) => held(role, org),
        };
        mine.extend(how.map(|of| (*standing, of)));
    }
    mine
}

/// Who did it, how he stood, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Pseudonymous key of the person.
    pub by: String,
    /// The standing he used.
    pub standing: Standing,
    /// Whose right he used, when by delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Local day.
    pub on: Date,
    /// Instant, milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// What lists, inbox and search know of a matter of any kind, besides phase, clocks and parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Read by every party: may hold only what each of them may see.
    pub title: String,
    /// Read by the office only; may be a vault reference.
    pub gist: String,
    /// Code of the organisation concerned.
    pub org: String,
    /// Codes of the code tables (problem codes and the like).
    pub codes: Vec<String>,
    /// Blind for now: whoever stands here only as an expert or re-examiner is shown no organisation in lists, search and API (issue 3, 7).
    pub blind: bool,
}
/// An index row without a gist.
pub fn index(title: String, org: &str, codes: &[String]) -> Index {
    Index { title, org: org.into(), codes: codes.to_vec(), ..Index::default() }
}
/// Codes joined for a title.
pub fn codes(codes: &[String]) -> String {
    codes.join("、")
}

/// 计数事实: what statistics add up (engine.md 4 (n)). Derived from state; the house dates its life by ledger position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fact {
    /// What is counted.
    pub measure: &'static str,
    /// Code of the organisation.
    pub org: String,
    /// A code that divides the measure, or nothing.
    pub category: String,
    /// How much: 1, 分, tenths of points …
    pub value: i64,
    /// The day in the world.
    pub on: Date,
}
/// One counted thing.
pub fn fact(measure: &'static str, org: &str, category: &str, on: Date) -> Fact {
    Fact { measure, org: org.into(), category: category.into(), value: 1, on }
}

/// One counted thing for each day that has come.
pub fn facts<const N: usize>(org: &str, category: &str, all: [(&'static str, Option<Date>); N]) -> Vec<Fact> {
    all.into_iter().filter_map(|(measure, on)| Some(fact(measure, org, category, on?))).collect()
}
/// The marks that hold.
pub fn marks<const N: usize>(all: [(&'static str, bool); N]) -> Vec<&'static str> {
    all.into_iter().filter(|m| m.1).map(|m| m.0).collect()
}

/// Marks a value whose text lies in the vault. Forms cannot hold it: control characters are refused at the edge.
const VAULT: &str = "\u{1}v:";
/// The value that stands in acts, state and entries for a text kept in the vault.
pub fn vault_ref(reference: &str) -> String {
    format!("{VAULT}{reference}")
}
/// The vault's reference, if this value is one.
pub fn is_vault_ref(value: &str) -> Option<&str> {
    value.strip_prefix(VAULT)
}
