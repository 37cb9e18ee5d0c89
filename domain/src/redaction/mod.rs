//! 脱敏 (M2.4, boundaries 4 and 6): what identifies a person is replaced by a readable sign before a text leaves the house. Pure: the
//! names to be masked are given; numbers, plates, addresses and case numbers are recognised by their shape, however they are spaced or
//! whatever width their characters have. Where shape leaves a doubt, it masks.
mod cases;
mod numbers;
mod places;
mod reading;

use reading::Reading;
pub(crate) use reading::fold;

/// What a sign stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is explained by its label
pub enum Kind {
    Name,
    IdCard,
    Phone,
    Account,
    Plate,
    Address,
    CaseNo,
    Email,
}
impl Kind {
    /// Every kind, in the order they are counted.
    pub const ALL: &'static [Self] =
        &[Self::Name, Self::IdCard, Self::Phone, Self::Account, Self::Plate, Self::Address, Self::CaseNo, Self::Email];
    /// 中文, as the sign says it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::IdCard => "身份证号",
            Self::Phone => "电话",
            Self::Account => "账号",
            Self::Plate => "车牌",
            Self::Address => "住址",
            Self::CaseNo => "案号",
            Self::Email => "邮箱",
        }
    }
}
/// Something given to be masked wherever it stands: a name, or a number that may not have the shape of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub kind: Kind,
    /// As it was given.
    pub text: String,
}
impl Known {
    /// A person's name.
    pub fn name(text: impl Into<String>) -> Self {
        Self { kind: Kind::Name, text: text.into() }
    }
}
/// What stays legible; by default nothing does. Names, certificates, telephones and accounts have no such choice here: a name that is
/// to stay legible is not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // each is the kind of its name
pub struct Keep {
    pub case_no: bool,
    pub plate: bool,
    pub address: bool,
}
/// A part of a redacted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it was.
    Text(String),
    /// What stands in place of what was there.
    Masked {
        /// Its kind.
        kind: Kind,
        /// The sign, such as 〔姓名1〕: the same name has the same number.
        shown: String,
    },
}
impl Piece {
    /// As it is read.
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Masked { shown, .. } => shown,
        }
    }
}

/// Replaces by signs what identifies somebody. `names` are numbered by their place.
pub fn redact(text: &str, names: &[Known], keep: &Keep) -> Vec<Piece> {
    let mut page = Reading::of(text);
    page.known(names);
    page.emails();
    // Before telephones and accounts: a case number holds years and digits of its own.
    page.cases(keep.case_no);
    page.numbers();
    page.passports();
    page.plates(keep.plate);
    if !keep.address {
        page.addresses();
    }
    page.pieces()
}
/// The redacted text in one.
pub fn redacted(text: &str, names: &[Known], keep: &Keep) -> String {
    redact(text, names, keep).iter().map(Piece::shown).collect()
}
/// What a text holds that identifies somebody. Names by themselves have no shape to be known by.
pub fn kinds(text: &str, keep: &Keep) -> Vec<Kind> {
    let kind = |p: Piece| if let Piece::Masked { kind, .. } = p { Some(kind) } else { None };
    redact(text, &[], keep).into_iter().filter_map(kind).collect()
}
/// The first case number of a text, as it stands there.
pub fn case_number(text: &str) -> Option<String> {
    let mut page = Reading::of(text);
    page.cases(false);
    page.first()
}
/// What in a text would tell who reported, in words; nothing where it names neither a person's numbers nor an enterprise. Names of
/// persons have no shape to be known by: a second officer reads it for those.
pub fn betrays(text: &str) -> Option<String> {
    let mut found: Vec<&str> = kinds(text, &Keep::default()).into_iter().map(Kind::label).collect();
    let folded: String = text.chars().filter(|c| !c.is_whitespace()).map(fold).collect();
    if ENTERPRISES.iter().any(|word| folded.contains(word)) {
        found.push("企业名称");
    }
    if folded.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| crate::identifiers::credit::check(run).is_ok()) {
        found.push("统一社会信用代码");
    }
    found.sort_unstable();
    found.dedup();
    (!found.is_empty()).then(|| format!("还写有：{}。请删去或改写，不能让人认出反映人。", found.join("、")))
}
/// Words that end the name of an enterprise. “某公司” and “该厂” say none.
const ENTERPRISES: &[&str] = &["有限公司", "有限责任公司", "股份公司", "合作社", "合伙企业", "个人独资", "经营部"];
/// Whether a text holds a number like a bank card's, an account's or a personal document's, which a record has no use for (B9:
/// 平台不存银行卡等与评查无关信息).
pub fn needless(text: &str) -> bool {
    let keep = Keep { case_no: true, plate: true, address: true };
    kinds(text, &keep).iter().any(|k| matches!(k, Kind::IdCard | Kind::Account))
}
/// Finds the signs in a text redacted before, to mark and count them.
pub fn signs(text: &str) -> Vec<Piece> {
    let mut all = vec![];
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('〔') {
        let (before, here) = rest.split_at(at);
        plain.push_str(before);
        match sign_at(here) {
            Some((kind, shown)) => {
                if !plain.is_empty() {
                    all.push(Piece::Text(std::mem::take(&mut plain)));
                }
                rest = here.get(shown.len()..).unwrap_or("");
                all.push(Piece::Masked { kind, shown });
            }
            None => {
                plain.push('〔');
                rest = here.get('〔'.len_utf8()..).unwrap_or("");
            }
        }
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        all.push(Piece::Text(plain));
    }
    all
}
fn sign_at(text: &str) -> Option<(Kind, String)> {
    let inside = text.strip_prefix('〔')?.split('〕').next()?;
    let kind = Kind::ALL.iter().find(|k| {
        let number = inside.strip_prefix(k.label());
        number.is_some_and(|n| if **k == Kind::Name { !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) } else { n.is_empty() })
    })?;
    let shown = format!("〔{inside}〕");
    text.starts_with(&shown).then_some((*kind, shown))
}
