//! Why a draw or a proof file is refused.
use serde::Serialize;

use super::Infeasible;

/// What is wrong with a draw or its file, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is explained by its label
pub enum Wrong {
    Form,
    Digest,
    Announcement,
    Times,
    Pool,
    Root,
    Seal,
    Beacon,
    Seed,
    Infeasible,
    Chosen,
    Excluded,
    Substitution,
    Ledger,
}
impl Wrong {
    /// 中文.
    pub fn label(self) -> &'static str {
        match self {
            Self::Form => "文件不是规定的写法",
            Self::Digest => "文件被改动，摘要不符",
            Self::Announcement => "抽取公告不合规定",
            Self::Times => "时间次序不对",
            Self::Pool => "候选名单不合规定",
            Self::Root => "名单指纹不符",
            Self::Seal => "封口与揭晓不符",
            Self::Beacon => "公开信标不合规定",
            Self::Seed => "种子不符",
            Self::Infeasible => "抽不出合规的结果",
            Self::Chosen => "抽中名单不符",
            Self::Excluded => "回避名单不合规定",
            Self::Substitution => "递补不符",
            Self::Ledger => "台账凭据不符",
        }
    }
}
/// A refusal: which kind, and a sentence for whoever reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// Which kind.
    pub kind: Wrong,
    /// Simplified Chinese, for the user.
    pub say: String,
}
impl Refused {
    pub(crate) fn new(kind: Wrong, say: impl Into<String>) -> Self {
        Self { kind, say: say.into() }
    }
    /// `Ok` while the rule holds.
    pub(crate) fn unless(holds: bool, kind: Wrong, say: impl FnOnce() -> String) -> Result<(), Self> {
        if holds { Ok(()) } else { Err(Self::new(kind, say())) }
    }
}
impl From<Infeasible> for Refused {
    fn from(why: Infeasible) -> Self {
        Self::new(Wrong::Infeasible, why.to_string())
    }
}
impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}：{}", self.kind.label(), self.say)
    }
}
impl std::error::Error for Refused {}
