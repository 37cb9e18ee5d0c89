//! A folder of Markdown laws into the library. What is there already is left alone; a file that cannot be read stops no other.
use domain::rules::Text;
use std::path::Path;

use super::take_in;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::Desk;

/// Larger than any code of law.
const MOST: u64 = 8 << 20;
/// A law of the folder, now in the library.
pub struct Taken {
    pub title: String,
    pub version: String,
    pub articles: usize,
    /// Not there before.
    pub new: bool,
    /// Where its numbers do not follow one another.
    pub gaps: Vec<(String, String)>,
}
/// What became of one file: taken in, or what is wrong with it.
pub struct Outcome {
    pub file: String,
    pub done: std::result::Result<Taken, String>,
}
/// Takes in every `.md` file of this folder, by name.
///
/// # Errors
/// When the folder itself cannot be read.
pub fn folder(house: &House, folder: &Path) -> Result<Vec<Outcome>> {
    let entries = std::fs::read_dir(folder).map_err(|e| Failure::Bad(1, format!("读不了文件夹 {}：{e}", folder.display())))?;
    let mut files = vec![];
    for entry in entries {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("md")) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files
        .iter()
        .map(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Outcome { done: one(house, path, &file), file }
        })
        .collect())
}
fn one(house: &House, path: &Path, file: &str) -> std::result::Result<Taken, String> {
    let size = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
    if size > MOST {
        return Err(format!("文件过大（{} MB）。", size >> 20));
    }
    let bytes = std::fs::read(path).map_err(|e| format!("读不了：{e}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "不是 UTF-8 文本。".to_owned())?;
    let law = Text::read(file, &text)?;
    let articles = law.articles.iter().filter(|a| a.number > 0).count();
    let mut taken = Taken { title: law.title.clone(), version: law.version.to_string(), articles, new: false, gaps: law.gaps() };
    let inner = house.clone();
    let new = house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let new = take_in(&mut desk, &law, "", ("console", "console"))?;
        desk.close()?;
        Ok(new)
    });
    taken.new = new.map_err(|e| e.to_string())?;
    Ok(taken)
}
