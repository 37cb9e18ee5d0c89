//! Backup and restore of an embedded house: one file holding a consistent copy of the database, the attachments and the packages taken in. Keys are not in
//! it (trust.md T17): a stolen backup holds ciphertext only.
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::Store;
use crate::db::Dialect;
use crate::failure::{Failure, Result};
use crate::house::House;

const MAGIC: &[u8] = b"XIEZHI-BACKUP 1\n";

pub(super) fn backup(house: &House, file: &Path) -> Result<u8> {
    if house.db.dialect() == Dialect::Postgres {
        return Err(Failure::Bad(1, "PostgreSQL 请用 pg_dump 备份数据库，再复制数据目录。".into()));
    }
    let copy = file.with_extension("db-part");
    let _ = std::fs::remove_file(&copy);
    let source = rusqlite::Connection::open(house.folder.join("xiezhi.db"))?;
    source.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    let part = file.with_extension("part");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&part)?);
    out.write_all(MAGIC)?;
    let mut names = vec![("xiezhi.db".to_owned(), copy.clone())];
    walk(&house.folder.join("files"), "files", &mut names)?;
    walk(&house.folder.join("archive"), "archive", &mut names)?;
    names.extend([("anchors.txt".to_owned(), house.folder.join("anchors.txt"))].into_iter().filter(|(_, p)| p.exists()));
    for (name, path) in &names {
        let length = std::fs::metadata(path)?.len();
        out.write_all(&u32::try_from(name.len()).unwrap_or(0).to_be_bytes())?;
        out.write_all(name.as_bytes())?;
        out.write_all(&length.to_be_bytes())?;
        std::io::copy(&mut std::fs::File::open(path)?, &mut out)?;
    }
    out.into_inner().map_err(|e| Failure::Fault(e.to_string()))?.sync_all()?;
    std::fs::remove_file(copy)?;
    std::fs::rename(part, file)?;
    println!("已备份 {} 个文件到 {}。密钥文件 vault.key、signer.key 请另处保管。", names.len(), file.display());
    Ok(0)
}
fn walk(dir: &Path, under: &str, names: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        let name = format!("{under}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() { walk(&entry.path(), &name, names)? } else { names.push((name, entry.path())) }
    }
    Ok(())
}
pub(super) fn restore(file: &Path, store: &Store) -> Result<u8> {
    if store.data.join("xiezhi.db").exists() {
        return Err(Failure::Bad(1, format!("{} 里已有数据，不覆盖。请换一个空目录。", store.data.display())));
    }
    let bad = || Failure::Bad(1, "不是獬豸的备份文件，或文件不完整。".into());
    let mut input = std::io::BufReader::new(std::fs::File::open(file)?);
    let mut magic = vec![0; MAGIC.len()];
    input.read_exact(&mut magic).map_err(|_| bad())?;
    if magic != MAGIC {
        return Err(bad());
    }
    let mut count = 0;
    loop {
        let mut length = [0; 4];
        match input.read_exact(&mut length) {
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => break,
            other => other?,
        }
        let mut name = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap_or(0).min(4_096)];
        input.read_exact(&mut name).map_err(|_| bad())?;
        let name = String::from_utf8(name).map_err(|_| bad())?;
        if name.split('/').any(|p| p.is_empty() || p == "..") {
            return Err(bad());
        }
        let mut size = [0; 8];
        input.read_exact(&mut size).map_err(|_| bad())?;
        let path = store.data.join(&name);
        std::fs::create_dir_all(path.parent().unwrap_or(&store.data))?;
        let mut out = std::fs::File::create(&path)?;
        let size = u64::from_be_bytes(size);
        if std::io::copy(&mut (&mut input).take(size), &mut out)? != size {
            return Err(bad());
        }
        out.sync_all()?;
        count += 1;
    }
    println!("已恢复 {count} 个文件到 {}。请放回密钥文件，再用最新的链外存证核验。", store.data.display());
    Ok(0)
}
