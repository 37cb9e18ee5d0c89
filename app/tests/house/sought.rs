//! Words looked for in bytes in every form in which they could lie there, many words at once.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]
use std::collections::{BTreeSet, HashMap};
use std::io::Read as _;

/// Where a form begins. Every form is at least so long.
const HEAD: usize = 6;

/// The words, by the beginnings of their forms.
pub struct Sought {
    heads: HashMap<[u8; HEAD], Vec<(usize, Vec<u8>)>>,
    starts: Vec<bool>,
}
impl Sought {
    /// `pairs`: of Han words also every two characters, as an index has them. For words of rare characters only.
    pub fn new(words: &[&str], pairs: bool) -> Self {
        let mut all = Self { heads: HashMap::new(), starts: vec![false; 1 << 16] };
        for (n, word) in words.iter().enumerate() {
            for form in forms(word, pairs) {
                all.starts[usize::from(form[0]) << 8 | usize::from(form[1])] = true;
                all.heads.entry(form[..HEAD].try_into().unwrap()).or_default().push((n, form));
            }
        }
        all
    }
    /// Which of the words lie in these bytes; in a workbook also packed.
    pub fn found(&self, bytes: &[u8]) -> BTreeSet<usize> {
        let mut found = self.plain(bytes);
        if bytes.starts_with(b"PK\x03\x04") {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for i in 0..zip.len() {
                let mut inside = vec![];
                zip.by_index(i).unwrap().read_to_end(&mut inside).unwrap();
                found.extend(self.plain(&inside));
            }
        }
        found
    }
    fn plain(&self, bytes: &[u8]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (at, head) in bytes.windows(HEAD).enumerate() {
            if self.starts[usize::from(head[0]) << 8 | usize::from(head[1])]
                && let Some(forms) = self.heads.get(head)
            {
                found.extend(forms.iter().filter(|(_, form)| bytes[at..].starts_with(form)).map(|(n, _)| *n));
            }
        }
        found
    }
}
/// Plain, both UTF-16, percent-encoded, base64 at every place.
fn forms(word: &str, pairs: bool) -> Vec<Vec<u8>> {
    let chars: Vec<char> = word.chars().collect();
    let mut all = vec![word.as_bytes().to_vec()];
    if pairs {
        all.extend(chars.windows(2).filter(|w| !w[0].is_ascii() && !w[1].is_ascii()).map(|w| w.iter().collect::<String>().into_bytes()));
    }
    all.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
    all.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
    if !word.is_ascii() {
        let upper: String = word.bytes().map(|b| format!("%{b:02X}")).collect();
        all.push(upper.to_lowercase().into_bytes());
        all.push(upper.into_bytes());
    }
    all.extend((0..3).map(|n| base64(&[vec![0; n], word.as_bytes().to_vec()].concat(), n)));
    assert!(all.iter().all(|f| f.len() >= HEAD), "{word} is too short to be told from chance");
    all
}
/// What of the base64 does not depend on what stands beside it.
fn base64(bytes: &[u8], skipped: usize) -> Vec<u8> {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let whole = bytes.chunks_exact(3).flat_map(|c| {
        let n = u32::from(c[0]) << 16 | u32::from(c[1]) << 8 | u32::from(c[2]);
        [18, 12, 6, 0].map(|at| SIGNS[(n >> at & 63) as usize])
    });
    whole.skip(if skipped > 0 { 4 } else { 0 }).collect()
}
/// Every file under a folder.
pub fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let (mut all, mut open) = (vec![], vec![folder.to_owned()]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()));
        } else {
            all.push(path);
        }
    }
    all
}
