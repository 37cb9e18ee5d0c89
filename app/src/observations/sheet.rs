//! The sheet an observer fills in, on one device or several, with net or without: kept for him alone until he hands it in. What two
//! devices said differently stands side by side until he chooses; nothing typed is overwritten and nothing is lost.
use domain::registers::codes::OBSERVATION_ITEM;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::own;

/// The place of 总体印象 among the items.
pub const IMPRESSION: &str = "all";
/// Form of the draft.
const DRAFT: &str = "observe";
/// Photographs of one sheet, at most.
pub const PHOTOS: usize = 40;

/// What one device said of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Value {
    pub result: String,
    pub note: String,
    pub at: String,
}
/// An item as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Held {
    /// Goes up with every change: by it a device says what it has seen.
    pub rev: u64,
    pub value: Value,
    /// What other devices said without having seen that.
    pub others: Vec<Value>,
    /// What stood at each earlier `rev`: a device that sends it back has changed nothing.
    past: BTreeMap<u64, Value>,
}
/// A photograph taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Photo {
    /// Id of the attachment.
    pub id: String,
    /// Code of the item.
    pub item: String,
    /// Given by the device: the same photograph sent twice is one.
    pub key: String,
}
/// What a device sends of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Given {
    pub item: String,
    /// The `rev` it had seen.
    pub base: u64,
    #[serde(flatten)]
    pub value: Value,
    /// The person chose this value among those shown.
    pub pick: bool,
}
/// The whole sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sheet {
    pub items: BTreeMap<String, Held>,
    pub photos: Vec<Photo>,
}
impl Held {
    fn put(&mut self, value: Value) {
        self.past.insert(self.rev, std::mem::replace(&mut self.value, value));
        self.rev += 1;
        // Nobody is so far behind.
        while self.past.len() > 40 {
            self.past.pop_first();
        }
    }
    fn take(&mut self, g: Given) {
        if g.pick && g.base == self.rev {
            self.others.clear();
            self.put(g.value);
            return;
        }
        let unchanged = self.past.get(&g.base) == Some(&g.value) || g.base == 0 && g.value == Value::default();
        if g.value == self.value || unchanged || self.others.contains(&g.value) {
            return;
        }
        if g.base == self.rev && self.others.is_empty() {
            self.put(g.value);
        } else {
            self.others.push(g.value);
            let same = self.value.clone();
            self.put(same);
        }
    }
}
impl Sheet {
    /// Takes in what a device sends.
    pub fn take(&mut self, given: Given) {
        if given.item == IMPRESSION || OBSERVATION_ITEM.has(&given.item) {
            self.items.entry(given.item.clone()).or_default().take(given);
        }
    }
    /// Takes in a photograph, once. `false` where there are too many already.
    pub fn add(&mut self, photo: Photo) -> bool {
        if self.photos.iter().any(|p| !p.key.is_empty() && p.key == photo.key) {
            return true;
        }
        let fits = self.photos.len() < PHOTOS;
        if fits {
            self.photos.push(photo);
        }
        fits
    }
    /// Items of which devices said different things, and nobody has chosen yet.
    pub fn open(&self) -> Vec<&str> {
        self.items.iter().filter(|(_, h)| !h.others.is_empty()).map(|(code, _)| code.as_str()).collect()
    }
    /// This person's sheet of the matter, and when it was last changed.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn of(tx: &Tx, house: &House, person: &str, number: &str) -> Result<(Self, i64)> {
        let kept = own::draft(tx, house, person, number, DRAFT)?;
        Ok(kept.map(|(text, at)| (serde_json::from_str(&text).unwrap_or_default(), at)).unwrap_or_default())
    }
    /// Forgets it.
    ///
    /// # Errors
    /// A fault of the engine.
    pub fn drop(tx: &Tx, person: &str, number: &str) -> Result<()> {
        own::drop_draft(tx, person, number, DRAFT)
    }
}
/// Takes in what one device sends and keeps the sheet, in one write: two devices at once do not overwrite each other.
///
/// # Errors
/// Too much text, or a fault of the engine.
pub fn sync(tx: &Tx, house: &House, (person, number): (&str, &str), now: i64, given: Vec<Given>, photos: Vec<Photo>) -> Result<Sheet> {
    let (mut sheet, _) = Sheet::of(tx, house, person, number)?;
    given.into_iter().for_each(|g| sheet.take(g));
    if !photos.into_iter().all(|p| sheet.add(p)) {
        return Err(Failure::Bad(413, format!("一份记录最多 {PHOTOS} 张照片。")));
    }
    let text = serde_json::to_string(&sheet)?;
    if text.len() > 400_000 {
        return Err(Failure::Bad(413, "记录过长。".into()));
    }
    own::keep_draft_here(tx, house, (person, number, DRAFT), &text, now)?;
    Ok(sheet)
}
#[cfg(test)]
mod tests {
    use super::*;

    fn said(result: &str) -> Value {
        Value { result: result.into(), ..Value::default() }
    }
    fn given(base: u64, result: &str, pick: bool) -> Given {
        Given { item: "3".into(), base, value: said(result), pick }
    }
    #[test]
    fn two_devices_never_overwrite_each_other() {
        let mut s = Sheet::default();
        s.take(given(0, "符合", false));
        s.take(given(0, "不符合", false));
        let held = |s: &Sheet| s.items.get("3").cloned().unwrap_or_default();
        assert_eq!((held(&s).value, held(&s).others, s.open()), (said("符合"), vec![said("不符合")], vec!["3"]));
        let rev = held(&s).rev;
        s.take(given(0, "不符合", false));
        assert_eq!(held(&s).rev, rev, "sent twice is sent once");
        s.take(given(rev, "未涉及", false));
        assert_eq!((held(&s).value, held(&s).others.len()), (said("符合"), 2), "typing on chooses nothing");
        s.take(given(rev, "不符合", true));
        assert_eq!(held(&s).others.len(), 2, "a choice made before the last change is none");
        s.take(given(held(&s).rev, "不符合", true));
        assert_eq!((held(&s).value, s.open().len()), (said("不符合"), 0));
    }
    #[test]
    fn what_a_device_sends_back_unchanged_is_no_word_against_another() {
        let mut s = Sheet::default();
        s.take(given(0, "符合", false));
        s.take(given(1, "不符合", false));
        s.take(given(1, "符合", false));
        s.take(given(0, "", false));
        assert!(s.open().is_empty() && s.items.get("3").is_some_and(|h| h.value == said("不符合")));
        s.take(Given { item: "99".into(), ..Given::default() });
        assert_eq!(s.items.len(), 1, "no item of that number");
    }
    #[test]
    fn a_photograph_sent_twice_is_one() {
        let mut s = Sheet::default();
        let photo = |n: usize| Photo { id: format!("F{n}"), item: "1".into(), key: format!("k{}", n % PHOTOS) };
        assert!((0..=PHOTOS).all(|n| s.add(photo(n))) && s.photos.len() == PHOTOS);
        assert!(!s.add(Photo { key: "new".into(), ..photo(0) }));
    }
}
