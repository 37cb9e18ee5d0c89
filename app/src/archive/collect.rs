//! The members of a package, from the matter as its office reads it.
use domain::engine::{Entry, Field, Person, Shape, Standing};
use domain::registers::codes::RETENTION;
use ledger::{Hash, Inclusion, hex};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

use super::checks::named;
use super::container::Members;
use super::meta::{Absent, FORMAT, Line, Meta, Origin, Piece, timeline_page};
use super::sealed::{Secret, Secrets, seal};
use super::{Wish, names};
use crate::db::Tx;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::{CHAIN_CONFIDENTIAL, CHAIN_MAIN, Kept};
use crate::matters::{self, JUDGES, Seen, text_of};
use crate::registers::Registers;
use crate::vault::{self, SHREDDED};
use crate::{documents, files, people};

const README_TEXT: &str = "这是一件事项的归档包，不用原系统也能读。\n\
\n\
metadata.json、metadata.xml  元数据，两份内容相同。\n\
timeline.html  办理经过，用浏览器打开。timeline.json 是同样的内容。\n\
state.json  办结时的状态，由条目逐条推算得出。\n\
entries/NNNN.bin  台账条目的原样字节；NNNN.proof.txt 是它在台账里的证明。\n\
checkpoint.txt  签名的检查点；公钥在元数据里。\n\
attachments/  附件。\n\
sealed/texts.bin  个人信息、附件原名、承诺值的盐、文书（有口令才有这一份）。文书在 papers 之下，十六进制。\n\
manifest.sha256  每个成员的 SHA-256。用 sha256sum -c manifest.sha256 核对。manifest.sig 是对它的签名。\n\
四性检测.html、四性检测.json  检测报告。\n\
\n\
核对条目：xiezhi-audit receipt entries/0001.proof.txt --key 公钥\n\
核对全包：xiezhi archive --check 本文件\n\
\n\
封存部分的写法：前 16 字节为 XIEZHI-SEALED 1 和换行，接着 16 字节盐、24 字节随机数，其余为密文。\n\
密钥 = Argon2id（口令，盐，64 MiB，3 次，1 路，32 字节）。密文 = XChaCha20-Poly1305，附加数据为前 16 字节。明文为 JSON。\n\
\n\
反映人的原文和身份不在包内。本系统为非涉密系统，包内不含国家秘密。\n";

/// Everything but the manifest and the report.
pub fn members(tx: &Tx, house: &House, (who, seen): (&Person, &Seen), wish: &Wish) -> Result<Members> {
    let registers = house.registers(tx)?;
    if !RETENTION.has(&wish.retention) || !domain::registers::codes::SECRECY.has(&wish.secrecy) {
        return Err(Failure::Bad(422, "请选择保管期限和密级。".into()));
    }
    let stream = crate::ledger::stream(tx, &seen.loaded.number)?;
    let mut all = Members::new();
    let origin = proofs(tx, house, seen, &stream, &mut all)?;
    let mut making = Making { tx, house, registers: &registers, seen, absent: vec![], secrets: Secrets::default(), pieces: vec![] };
    let lines = making.lines(&stream)?;
    making.texts(&stream, &wish.passphrase)?;
    making.attachments(&stream, &mut all)?;
    making.papers(who, &wish.passphrase)?;
    let Making { absent, secrets, pieces, .. } = making;
    let meta = meta(seen, wish, &registers, (house.clock.now().today, &lines), (pieces, absent), origin);
    let mut put = |name: &str, bytes: Vec<u8>| drop(all.insert(name.to_owned(), bytes));
    put(names::README, README_TEXT.into());
    put(names::META, serde_json::to_vec_pretty(&meta)?);
    put(names::META_XML, meta.xml().into());
    put(names::TIMELINE, serde_json::to_vec_pretty(&lines)?);
    put(names::TIMELINE_PAGE, timeline_page(&meta, &lines).into());
    put(names::STATE, seen.loaded.matter.body().into());
    if !wish.passphrase.is_empty() {
        put(names::SEALED, seal(&secrets, &wish.passphrase)?);
    }
    Ok(all)
}
fn meta(
    seen: &Seen,
    wish: &Wish,
    registers: &Registers,
    (today, lines): (jiff::civil::Date, &[Line]),
    (pieces, absent): (Vec<Piece>, Vec<Absent>),
    origin: Origin,
) -> Meta {
    let (m, index) = (seen.loaded.matter.as_ref(), seen.loaded.matter.index());
    Meta {
        format: FORMAT.into(),
        title: index.title.replace("{org}", registers.org_name(&index.org)),
        number: seen.loaded.number.clone(),
        responsible: registers.org_name(m.owner()).to_owned(),
        owner: m.owner().to_owned(),
        kind: m.kind().to_owned(),
        kind_label: domain::procedures::kind(m.kind()).map_or("", |k| k.label).to_owned(),
        org: index.org,
        opened_on: seen.item.opened_on.clone(),
        closed_on: lines.last().map(|l| l.on.clone()).unwrap_or_default(),
        made_on: today.to_string(),
        retention: wish.retention.clone(),
        retention_basis: "本机构设定，非法定".into(),
        secrecy: wish.secrecy.clone(),
        entries: lines.len(),
        pieces,
        absent,
        origin,
    }
}
/// Exact bytes of each entry, its proof, and the checkpoint they stand under.
fn proofs(tx: &Tx, house: &House, seen: &Seen, stream: &[Kept], all: &mut Members) -> Result<Origin> {
    let confidential = domain::procedures::kind(seen.loaded.matter.kind()).is_some_and(|k| k.confidential);
    let (chain, label) = if confidential { (CHAIN_CONFIDENTIAL, "保密链") } else { (CHAIN_MAIN, "主链") };
    let last = stream.last().map_or(0, |k| k.event.seq);
    let Some((size, checkpoint)) = crate::ledger::covering(tx, chain, last)? else {
        return Err(Failure::Bad(409, "最后一步还没有检查点。保密件请次日再归档。".into()));
    };
    let mut hashes: Vec<Hash> = vec![];
    crate::ledger::each(tx, chain, |row| {
        hashes.push(row.bytes(2).try_into().map_err(|_| Failure::Fault("台账指纹损坏".into()))?);
        Ok(hashes.len() as u64 != size)
    })?;
    let (id, alg, _) = crate::ledger::identity_of(tx, chain)?;
    let places: Vec<usize> = stream.iter().filter_map(|k| usize::try_from(k.event.seq).ok()?.checked_sub(1)).collect();
    let paths = ledger::inclusion_proofs(alg, &hashes, &places);
    for (n, (kept, path)) in stream.iter().zip(paths).enumerate() {
        let entry = kept.event.encode();
        let proof = Inclusion { entry: entry.clone(), index: kept.event.seq - 1, path, checkpoint: checkpoint.clone() };
        all.insert(format!("{}{:04}.bin", names::ENTRIES, n + 1), entry);
        all.insert(format!("{}{:04}.proof.txt", names::ENTRIES, n + 1), proof.text().into());
    }
    all.insert(names::CHECKPOINT.into(), checkpoint.into());
    Ok(Origin { ledger: id, alg: alg.name().into(), chain: label.into(), public_key: house.keys.public(), size })
}
/// What gathers while a package is made.
struct Making<'a> {
    tx: &'a Tx<'a>,
    house: &'a House,
    registers: &'a Registers,
    seen: &'a Seen,
    absent: Vec<Absent>,
    secrets: Secrets,
    pieces: Vec<Piece>,
}
impl Making<'_> {
    fn without(&mut self, reference: &str, why: &str) {
        self.absent.push(Absent { reference: reference.to_owned(), why: why.to_owned() });
    }
    fn piece(&mut self, all: &mut Members, member: String, title: &str, bytes: Vec<u8>) {
        let format = files::type_of(&bytes).unwrap_or("").to_owned();
        self.pieces.push(Piece { no: self.pieces.len() + 1, member: member.clone(), title: title.to_owned(), format, bytes: bytes.len() });
        all.insert(member, bytes);
    }
    /// Each entry as the office reads it; persons by their keys, texts about persons by their references.
    fn lines(&mut self, stream: &[Kept]) -> Result<Vec<Line>> {
        let (mut lines, matter, mine) = (vec![], &self.seen.loaded.matter, &self.seen.mine);
        for (n, kept) in stream.iter().enumerate() {
            let entry: Entry = serde_json::from_slice(&kept.event.payload)?;
            let told = matter.timeline(&entry, mine, "");
            let mut fields = vec![];
            for (field, value) in told.iter().flat_map(|t| &t.fields) {
                let text = text_of(field, value, self.registers, &mut |r| Ok(format!("〔个人信息 {r}〕")))?;
                fields.push((field.label.to_owned(), text));
            }
            let (by, standing) = (&entry.stamp.by, entry.stamp.standing);
            let judge = JUDGES.contains(&standing) && !self.seen.reads_judges();
            let actor = match &told {
                Some(t) if !judge => t.actor.unwrap_or("").to_owned(),
                _ => matter.code_of(by, mine).unwrap_or_default(),
            };
            if !actor.is_empty() && !matches!(standing, Standing::House | Standing::Time) && people::exists(self.tx, &actor)? {
                self.secrets.names.insert(actor.clone(), people::name(self.tx, &actor)?);
            }
            lines.push(Line {
                no: n + 1,
                seq: kept.event.seq,
                on: entry.stamp.on.to_string(),
                actor,
                standing: standing.label().to_owned(),
                label: told.map_or("系统重算", |t| t.label).to_owned(),
                fields,
                fingerprint: hex(&kept.h),
            });
        }
        Ok(lines)
    }
    /// Values that lie in the vault or on the disk, each with the field it was given under.
    fn given(&self, stream: &[Kept]) -> Result<BTreeMap<String, &'static Field>> {
        let kind = domain::procedures::kind(self.seen.loaded.matter.kind()).ok_or(Failure::NotFound)?;
        let mut all = BTreeMap::new();
        for kept in stream {
            let entry: Entry = serde_json::from_slice(&kept.event.payload)?;
            let Some((action, contents)) = entry.action() else { continue };
            for field in kind.step(action).map_or(&[][..], |s| s.fields) {
                let Some(value) = contents.get(field.name) else { continue };
                match field.shape {
                    Shape::Files => all.extend(matters::file_ids(value).into_iter().map(|id| (id.to_owned(), field))),
                    _ => {
                        let mut refs = BTreeSet::new();
                        named(value, &mut refs);
                        all.extend(refs.into_iter().map(|r| (r, field)));
                    }
                }
            }
        }
        Ok(all)
    }
    fn reads(&self, field: Option<&&'static Field>) -> bool {
        field.is_some_and(|f| !f.is_sealed() && f.seen_by(&self.seen.mine))
    }
    /// Every text the entries name: sealed, or absent with the reason.
    fn texts(&mut self, stream: &[Kept], passphrase: &str) -> Result<()> {
        let (given, mut all) = (self.given(stream)?, BTreeSet::new());
        for kept in stream {
            all.extend(kept.event.vault_refs.iter().map(|(r, _)| r.trim_end_matches('#').to_owned()));
            named(&serde_json::from_slice::<Json>(&kept.event.payload)?, &mut all);
        }
        for reference in all.iter().filter(|r| !r.starts_with('F')) {
            match vault::open(self.tx, &self.house.keys, reference)? {
                None if vault::salt_of(self.tx, reference)?.is_none() => {
                    self.without(reference, "反映人原文或身份，留在保密仓，或已依法销毁")
                }
                None => self.without(reference, "反映人身份，留在保密仓"),
                Some(text) if text == SHREDDED => self.without(reference, names::DESTROYED),
                Some(_) if !self.reads(given.get(reference)) => self.without(reference, "归档单位无权阅读"),
                Some(_) if passphrase.is_empty() => self.without(reference, "个人信息，没有封入本包"),
                Some(text) => {
                    let salt = vault::salt_of(self.tx, reference)?.map(|s| hex(&s)).unwrap_or_default();
                    self.secrets.texts.insert(reference.clone(), Secret { text, salt, ..Default::default() });
                }
            }
        }
        Ok(())
    }
    /// Papers name persons and tell what the vault keeps: sealed, or absent.
    fn papers(&mut self, who: &Person, passphrase: &str) -> Result<()> {
        let (tx, house, registers, loaded) = (self.tx, self.house, self.registers, &self.seen.loaded);
        if passphrase.is_empty() {
            if documents::count(loaded, &self.seen.mine) > 0 {
                self.without("papers", "文书写有姓名和个人信息，没有封入本包");
            }
            return Ok(());
        }
        let reader = documents::Reader { who, mine: &self.seen.mine, whole: false, now: house.clock.now() };
        let files = documents::files_of(&documents::Asked { tx, house, registers, reader }, loaded)?;
        self.secrets.papers = files.into_iter().map(|(name, bytes)| (name, hex(&bytes))).collect();
        Ok(())
    }
    /// Every attachment the entries name: a member under its number, or absent with the reason.
    fn attachments(&mut self, stream: &[Kept], all: &mut Members) -> Result<()> {
        let given = self.given(stream)?;
        let mut ids: BTreeSet<String> = given.iter().filter(|(_, f)| matches!(f.shape, Shape::Files)).map(|(id, _)| id.clone()).collect();
        ids.extend(stream.iter().flat_map(|k| &k.event.vault_refs).map(|(r, _)| r.clone()).filter(|r| r.starts_with('F')));
        for id in ids {
            match files::kept(self.tx, self.house, &id)? {
                None => self.without(&id, "附件已不在"),
                Some(files::Kept::Destroyed) => self.without(&id, names::DESTROYED),
                Some(files::Kept::Sealed) => self.without(&id, "反映人原件，留在保密仓"),
                Some(files::Kept::Plain(..)) if !self.reads(given.get(&id)) => self.without(&id, "归档单位无权阅读"),
                Some(files::Kept::Plain(file, salt)) => {
                    let bytes = files::bytes(self.house, &file.digest)?;
                    let end = file.name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase());
                    let end = end.filter(|e| (1..=5).contains(&e.len()) && e.bytes().all(|b| b.is_ascii_alphanumeric()));
                    let label = given.get(&id).map_or("附件", |f| f.label);
                    self.piece(all, format!("{}{id}.{}", names::ATTACHMENTS, end.as_deref().unwrap_or("bin")), label, bytes);
                    self.secrets.files.insert(id, Secret { text: file.name, salt: hex(&salt), digest: file.digest });
                }
            }
        }
        Ok(())
    }
}
