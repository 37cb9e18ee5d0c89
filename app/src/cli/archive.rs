//! `xiezhi archive`: a package made, checked, taken in, sent out again.
use domain::engine::{Person, RoleHeld};
use serde_json::json;
use std::path::{Path, PathBuf};

use super::run::say;
use crate::archive::{self, Check, Wish};
use crate::failure::{Failure, Result};
use crate::house::House;

/// The passphrase a file holds; empty where none is named.
pub(super) fn passphrase(file: Option<&Path>) -> Result<String> {
    let read = |f: &Path| std::fs::read_to_string(f).map_err(|e| Failure::Bad(1, format!("读不了口令文件：{e}")));
    Ok(file.map(read).transpose()?.unwrap_or_default().trim_end_matches(['\r', '\n']).to_owned())
}
/// The console packs what any office of the house may pack.
fn packer(house: &House) -> Result<Person> {
    let owners = house.db.read_here(crate::matters::owners)?;
    let roles = owners.iter().flat_map(|org| {
        archive::READERS.iter().map(|role| RoleHeld { role: (*role).into(), org: org.clone(), of: None }).collect::<Vec<_>>()
    });
    Ok(Person { id: "console".into(), org: String::new(), roles: roles.collect(), system: None })
}
pub(super) fn make(house: &House, wish: &Wish, out: Option<PathBuf>) -> Result<u8> {
    let who = packer(house)?;
    let number = &wish.number;
    let here = house.db.read_here(|tx| Ok(crate::matters::load(tx, number)?.is_some()))?;
    let made = if here { archive::make(house, &who, wish) } else { archive::again(house, number) };
    // A look at a matter is written in groups; this process ends before the next one.
    crate::matters::flush(house)?;
    let made = made.map_err(|e| match e {
        Failure::NotFound => Failure::Bad(1, format!("没有可归档的 {number}。")),
        other => other,
    })?;
    let out = out.unwrap_or_else(|| PathBuf::from(&made.name));
    std::fs::write(&out, &made.bytes)?;
    let verdict = if made.report.passed { "四性检测通过" } else { "四性检测有不通过项" };
    say(format_args!("已归档 {number} 到 {}，{verdict}。指纹 {}", out.display(), made.digest));
    Ok(if made.report.passed { 0 } else { 2 })
}
fn tell(checks: &[Check], json: bool) -> Result<u8> {
    let passed = checks.iter().all(|c| c.result != "不通过");
    if json {
        say(serde_json::to_string_pretty(&json!({"passed": passed, "checks": checks}))?);
    } else {
        checks.iter().for_each(|c| say(format_args!("{}\t{}\t{}\t{}", c.nature, c.name, c.result, c.detail)));
        say(if passed { "全部通过。" } else { "没有通过。" });
    }
    Ok(if passed { 0 } else { 2 })
}
fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).map_err(|e| Failure::Bad(1, format!("读不了归档包：{e}")))
}
pub(super) fn check(file: &Path, passphrase: &str, out: Option<&Path>, json: bool) -> Result<u8> {
    match archive::check(&read(file)?, Some(passphrase).filter(|p| !p.is_empty())) {
        Ok((members, checks)) => {
            let code = tell(&checks, json)?;
            out.filter(|_| code == 0).map_or(Ok(()), |folder| lay_out(&members, passphrase, folder))?;
            Ok(code)
        }
        Err(why) => {
            say(if json { json!({"passed": false, "file": why}).to_string() } else { format!("没有通过：{why}") });
            Ok(2)
        }
    }
}
/// What was sealed, in a folder: papers as files, the texts beside them.
fn lay_out(members: &archive::Members, passphrase: &str, folder: &Path) -> Result<()> {
    let secrets = archive::unsealed(members, passphrase).ok_or_else(|| Failure::Bad(1, "包里没有封存部分，或者没有给口令。".into()))?;
    std::fs::create_dir_all(folder)?;
    for (name, text) in &secrets.papers {
        // A name is ours, but the package came from somewhere: nothing is written outside the folder.
        let name = Path::new(name).file_name().unwrap_or_default();
        std::fs::write(folder.join(name), crate::edge::unhex(text).unwrap_or_default())?;
    }
    let rest = json!({"texts": secrets.texts, "files": secrets.files, "names": secrets.names});
    Ok(std::fs::write(folder.join("texts.json"), serde_json::to_vec_pretty(&rest)?)?)
}
pub(super) fn import(house: &House, file: &Path, json: bool) -> Result<u8> {
    let (meta, checks) = archive::take(house, &read(file)?, "console")?;
    let code = tell(&checks, json)?;
    if !json {
        say(format_args!("已导入 {}（{}），{} 条，重新推算与 state.json 相同。", meta.number, meta.title, meta.entries));
    }
    Ok(code)
}
