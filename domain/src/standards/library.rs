//! Which versions apply to a dossier on a day, and finding them again for ever.

use super::{Card, Scale, Sheet};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A code with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ref {
    /// Such as `D1`.
    pub code: String,
    /// Such as `2026.1`.
    pub version: String,
}

/// What a review is pinned to (历史数据须带标准版本号, B3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The base sheet.
    pub sheet: Ref,
    /// The overlay, scored beside it.
    pub overlay: Option<Ref>,
    /// The card of the base sheet.
    pub card: Option<Ref>,
    /// The scale of grades, for both sheets.
    pub scale: Ref,
}

/// A pin with what it points to.
#[derive(Clone, Copy, Debug)]
pub struct Pinned<'a> {
    /// The base sheet.
    pub sheet: &'a Sheet,
    /// The overlay.
    pub overlay: Option<&'a Sheet>,
    /// The card.
    pub card: Option<&'a Card>,
    /// The scale.
    pub scale: &'a Scale,
}

/// All versions of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Library {
    /// Sheets, base and overlay.
    pub sheets: Vec<Sheet>,
    /// Cards.
    pub cards: Vec<Card>,
    /// Scales of grades.
    pub scales: Vec<Scale>,
}

/// The shipped files with their names, as committed.
pub const SHIPPED: &[(&str, &str)] = &[
    ("D1", include_str!("data/D1.json")),
    ("D2", include_str!("data/D2.json")),
    ("D3", include_str!("data/D3.json")),
    ("D4", include_str!("data/D4.json")),
    ("D5", include_str!("data/D5.json")),
    ("D6", include_str!("data/D6.json")),
    ("A1", include_str!("data/A1.json")),
    ("A2", include_str!("data/A2.json")),
    ("A3", include_str!("data/A3.json")),
    ("A4", include_str!("data/A4.json")),
];
/// The shipped card.
pub const SHIPPED_CARD: &str = include_str!("data/LG.json");
/// The shipped scales.
pub const SHIPPED_SCALES: &str = include_str!("data/scales.json");

impl Library {
    /// What a new house starts with: D1–D6, the 立功 card, four scales. A test reads and checks every file, so nothing
    /// of it can be missing here.
    pub fn shipped() -> Self {
        Self {
            sheets: SHIPPED.iter().filter_map(|(_, text)| Sheet::from_json(text).ok()).collect(),
            cards: Card::from_json(SHIPPED_CARD).into_iter().collect(),
            scales: Scale::list_from_json(SHIPPED_SCALES).unwrap_or_default(),
        }
    }

    /// The newest versions in force on `day` for a dossier of this case type with these tags, and the scale `scale`.
    ///
    /// # Errors
    /// A Chinese sentence: no sheet for the type, more than one, no scale.
    pub fn pin(&self, case_type: &str, tags: &[&str], day: Date, scale: &str) -> Result<Pin, String> {
        let tagged = |wanted: &[String]| !wanted.is_empty() && wanted.iter().all(|t| tags.contains(&t.as_str()));
        let of_type = |s: &&Sheet| s.case_types.iter().any(|t| t == case_type);
        let base = self.sheets.iter().filter(|s| s.kind == super::Kind::Base).filter(of_type);
        let base = newest(base, day, |s| (&s.code, &s.version, s.effective));
        let sheet = match base.as_slice() {
            [one] => one.clone(),
            [] => return Err("没有适用于这一案件类型的评查标准，请先制定".into()),
            many => return Err(format!("这一案件类型有 {} 张基础表同时适用，请先停用其余", many.len())),
        };
        let over = self.sheets.iter().filter(|s| s.kind == super::Kind::Overlay && tagged(&s.tags)).filter(of_type);
        let over = newest(over, day, |s| (&s.code, &s.version, s.effective));
        if over.len() > 1 {
            return Err(format!("本件有 {} 张叠加表同时适用，只能叠加一张", over.len()));
        }
        let cards = self.cards.iter().filter(|c| tagged(&c.tags) && c.sheets.contains(&sheet.code));
        let cards = newest(cards, day, |c| (&c.code, &c.version, c.effective));
        if cards.len() > 1 {
            return Err(format!("本件有 {} 张附卡同时适用，只能用一张", cards.len()));
        }
        let scales = newest(self.scales.iter().filter(|s| s.code == scale), day, |s| (&s.code, &s.version, s.effective));
        let scale = scales.into_iter().next().ok_or_else(|| format!("没有等次方案“{scale}”"))?;
        Ok(Pin { sheet, overlay: over.into_iter().next(), card: cards.into_iter().next(), scale })
    }

    /// What a pin points to; none if a version is missing, which a sound register never lets happen.
    pub fn find(&self, pin: &Pin) -> Option<Pinned<'_>> {
        let sheet = |r: &Ref| self.sheets.iter().find(|s| s.code == r.code && s.version == r.version);
        let card = |r: &Ref| self.cards.iter().find(|c| c.code == r.code && c.version == r.version);
        Some(Pinned {
            sheet: sheet(&pin.sheet)?,
            overlay: pin.overlay.as_ref().map(sheet).map_or(Some(None), |s| s.map(Some))?,
            card: pin.card.as_ref().map(card).map_or(Some(None), |c| c.map(Some))?,
            scale: self.scales.iter().find(|s| s.code == pin.scale.code && s.version == pin.scale.version)?,
        })
    }
}

/// The newest version in force of each code, in order of code. The later of two with the same day in the list wins.
fn newest<'a, T: 'a>(all: impl Iterator<Item = &'a T>, day: Date, key: impl Fn(&'a T) -> (&'a String, &'a String, Date)) -> Vec<Ref> {
    let mut best: std::collections::BTreeMap<&String, (Date, &String)> = std::collections::BTreeMap::new();
    for (code, version, from) in all.map(key).filter(|(_, _, from)| *from <= day) {
        let row = best.entry(code).or_insert((from, version));
        if from >= row.0 {
            *row = (from, version);
        }
    }
    best.into_iter().map(|(code, (_, version))| Ref { code: code.clone(), version: version.clone() }).collect()
}
