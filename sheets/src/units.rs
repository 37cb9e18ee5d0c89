//! Names of organisations as people write and say them: full, short, former, and the spoken forms that follow from the full name.
use std::collections::{HashMap, HashSet};

/// One organisation.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// 机构编码.
    pub code: String,
    /// Full name.
    pub name: String,
    /// 简称.
    pub short: String,
    /// 曾用名.
    pub former: String,
    /// Inner departments are no units of a case.
    pub inner: bool,
}
/// All of them, by every name.
#[derive(Clone, Debug, Default)]
pub struct Units {
    by_name: HashMap<String, Option<(String, String)>>,
    courts: HashSet<String>,
}
impl Units {
    /// Builds the directory; a name that two organisations share names neither.
    pub fn new(all: &[Unit]) -> Self {
        let mut units = Self::default();
        let outer = || all.iter().filter(|u| !u.inner);
        for u in outer() {
            units.by_name.insert(u.name.clone(), Some((u.code.clone(), u.name.clone())));
        }
        // The city is what most names of the first level begin with.
        let city = outer().filter_map(|u| u.name.strip_suffix("中级人民法院")).next().unwrap_or("").to_owned();
        for u in outer() {
            let mut names = spoken(&u.name, &city);
            names.extend(u.former.split(['、', ';', '；']).map(ToOwned::to_owned));
            names.push(u.short.clone());
            names.sort();
            names.dedup();
            for n in names.into_iter().filter(|n| !n.is_empty() && *n != u.name) {
                let this = Some((u.code.clone(), u.name.clone()));
                units
                    .by_name
                    .entry(n)
                    .and_modify(|old| {
                        if *old != this {
                            *old = None
                        }
                    })
                    .or_insert(this);
            }
        }
        units
    }
    /// With 法院代字 (赣1202): a number of a court that is not among them is then refused. Without any, none is.
    #[must_use]
    pub fn with_courts<S: Into<String>>(mut self, words: impl IntoIterator<Item = S>) -> Self {
        self.courts.extend(words.into_iter().map(Into::into));
        self
    }
    /// Whether this may be the word of a court.
    pub fn court(&self, word: &str) -> bool {
        self.courts.is_empty() || self.courts.contains(word)
    }
    /// `(code, full name)` of a name in any writing.
    pub fn find(&self, name: &str) -> Option<(&str, &str)> {
        self.by_name.get(name)?.as_ref().map(|(c, n)| (c.as_str(), n.as_str()))
    }
}
/// Spoken forms of a full name.
fn spoken(name: &str, city: &str) -> Vec<String> {
    let place = |p: &str| -> Vec<String> {
        let top = p == city;
        let near = p.strip_prefix(city).filter(|n| !n.is_empty()).unwrap_or(p).to_owned();
        let bare = near.trim_end_matches(['市', '县', '区']).to_owned();
        let mut all = vec![near, bare];
        if top {
            all.push("市".into());
        }
        all
    };
    let with =
        |p: &str, ends: &[&str]| -> Vec<String> { place(p).iter().flat_map(|p| ends.iter().map(move |e| format!("{p}{e}"))).collect() };
    if let Some(p) = name.strip_prefix("中共").and_then(|n| n.strip_suffix("委政法委员会")) {
        let mut all = with(p, &["委政法委", "政法委"]);
        if p == city {
            all.push("政法委".into());
        }
        return all;
    }
    if let Some((p, branch)) = name.strip_suffix("分局").and_then(|n| n.split_once("公安局")) {
        let _ = p;
        return vec![format!("{branch}分局"), format!("{branch}公安分局")];
    }
    for (full, ends) in [
        ("中级人民法院", &["中院", "中级法院"][..]),
        ("人民法院", &["法院"]),
        ("人民检察院", &["检察院", "检"]),
        ("公安局", &["公安局", "局"]),
        ("司法局", &["司法局"]),
    ] {
        if let Some(p) = name.strip_suffix(full) {
            return with(p, ends);
        }
    }
    vec![]
}
