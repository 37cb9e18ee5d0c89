//! 四性检测 (DA/T 70): named checks over the members of a package, offline, without the house that made it.
use domain::engine::{AnyMatter, Entry, is_vault_ref};
use domain::registers::codes::{RETENTION, SECRECY};
use ledger::{Alg, Checkpoint, Event, Hash, Inclusion, VerifyingKey, commitment, unhex};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

use super::container::Members;
use super::meta::{FORMAT, Line, Meta, escaped, page, timeline_page};
use super::sealed::{self, Secrets};
use super::{forms, names};
use crate::edge::hex;
use crate::files;
use crate::vault::SHREDDED;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Pass(String),
    Fail(String),
    /// Not to be looked at without something that is not at hand.
    Open(String),
}
use Found::{Fail, Open, Pass};
/// One check of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// 真实性、完整性、可用性、安全性.
    pub nature: String,
    pub name: String,
    /// What is looked at.
    pub what: String,
    /// 通过、不通过、未核.
    pub result: String,
    pub detail: String,
    /// What would make it fail.
    pub fails: String,
}
/// 四性检测报告.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub number: String,
    pub checked_at: String,
    pub passed: bool,
    pub checks: Vec<Check>,
}
/// An entry of the package as its two members hold it.
struct Held {
    event: Event,
    bytes: Vec<u8>,
    proof: Inclusion,
}
/// The members, read once for every check.
struct Opened<'a> {
    members: &'a Members,
    meta: Result<Meta, String>,
    lines: Result<Vec<Line>, String>,
    held: Result<Vec<Held>, String>,
    secrets: Option<Secrets>,
    passphrase: bool,
}
type Look = fn(&Opened) -> Found;
/// `(nature, name, what, fails, how)`.
#[rustfmt::skip]
const CHECKS: &[(&str, &str, &str, &str, Look)] = &[
    ("真实性", "来源", "每一条都出自元数据所记的台账和事项", "条目属于另一本台账、另一件，或顺序有缺", origin),
    ("真实性", "内容指纹", "每一条都在检查点的根之下", "条目、证明或检查点被改动", inclusion),
    ("真实性", "签名", "检查点和清单由元数据所记的公钥签名", "签名无效，或公钥不符", signature),
    ("真实性", "重算", "按条目重新推算，办理结果与 state.json 相同", "条目与结果不一致", replayed),
    ("真实性", "承诺值", "封存的文字和附件名与条目里的承诺值相符", "文字或附件名被改动", commitments),
    ("完整性", "清单", "清单列出全部成员，指纹相符", "成员缺少、多出或被改动", manifest),
    ("完整性", "必备成员", "说明、元数据、办理经过、条目、检查点都在", "缺少其中任何一个", required),
    ("完整性", "元数据", "元数据各项都有内容，XML 与 JSON 所记相同", "有空项，或两份不同", metadata),
    ("完整性", "附件", "条目提到的附件都在包内，或注明不在的原因", "附件缺少又没有说明", attachments),
    ("完整性", "文字去向", "条目提到的保密仓文字都已封存，或注明不在的原因", "文字缺少又没有说明", texts),
    ("完整性", "办理经过", "办理经过与条目逐条对应，网页与数据相同", "少一条、多一条或内容不同", timeline),
    ("可用性", "附件和文书能打开", "附件、文书的类型与内容相符，能读出", "类型不符或内容损坏", openable),
    ("可用性", "格式通用", "说明、元数据、办理经过是 UTF-8 文字", "不是文字，或编码不对", readable),
    ("安全性", "无宏无程序", "附件里没有宏、脚本、可执行文件", "发现宏、脚本或可执行文件", harmless),
    ("安全性", "封存", "个人信息只在封存部分；反映人原文和身份不在包内", "封存部分不成形，或有不该在包内的内容", kept_apart),
    ("安全性", "已销毁内容", "依法销毁的文字不在包内", "销毁的文字仍在包内", destroyed),
    ("安全性", "保管期限和密级", "保管期限、密级在代码表内", "代码不在表内", coded),
];
/// Looks at everything. `passphrase` opens the sealed part; without it what lies there is not looked at.
pub fn checks(members: &Members, passphrase: Option<&str>) -> Vec<Check> {
    let opened = Opened::of(members, passphrase);
    let one = |&(nature, name, what, fails, look): &(&str, &str, &str, &str, Look)| {
        let (result, detail) = match look(&opened) {
            Pass(words) => ("通过", words),
            Fail(words) => ("不通过", words),
            Open(words) => ("未核", words),
        };
        let text = |t: &str| t.to_owned();
        Check { nature: text(nature), name: text(name), what: text(what), result: text(result), detail, fails: text(fails) }
    };
    CHECKS.iter().map(one).collect()
}
impl Report {
    /// The report that lies in a package: what anybody finds who has no passphrase.
    pub fn of(members: &Members, checked_at: &str) -> Self {
        let checks = checks(members, None);
        let number = serde_json::from_slice::<Meta>(member(members, names::META)).map(|m| m.number).unwrap_or_default();
        Self { number, checked_at: checked_at.to_owned(), passed: checks.iter().all(|c| c.result != "不通过"), checks }
    }
    /// As its two members hold it.
    ///
    /// # Errors
    /// None but of memory.
    pub fn members(&self) -> crate::failure::Result<[(String, Vec<u8>); 2]> {
        let json = serde_json::to_vec_pretty(self)?;
        Ok([(names::REPORT.to_owned(), json), (names::REPORT_PAGE.to_owned(), self.page().into_bytes())])
    }
    fn page(&self) -> String {
        let verdict = if self.passed { "全部通过" } else { "有不通过项" };
        let mut body = format!("<p>{}，检测时间 {}，{verdict}。</p>\n<table><thead><tr>", escaped(&self.number), escaped(&self.checked_at));
        for head in ["性质", "检测项", "检测什么", "结果", "说明", "怎样算不通过"] {
            body += &format!("<th>{head}</th>");
        }
        body += "</tr></thead><tbody>\n";
        for c in &self.checks {
            let cells = [&c.nature, &c.name, &c.what, &c.result, &c.detail, &c.fails];
            body += &format!("<tr>{}</tr>\n", cells.map(|t| format!("<td>{}</td>", escaped(t))).concat());
        }
        page("四性检测报告", &(body + "</tbody></table>\n"))
    }
}
/// Whether the report in a package is the one its members give; only its time is its own.
pub fn reported(members: &Members) -> bool {
    let Ok(held) = serde_json::from_slice::<Report>(member(members, names::REPORT)) else { return false };
    let again = Report::of(members, &held.checked_at).members();
    again.is_ok_and(|all| all.iter().all(|(name, bytes)| members.get(name) == Some(bytes)))
}

fn member<'a>(members: &'a Members, name: &str) -> &'a [u8] {
    members.get(name).map_or(&[], Vec::as_slice)
}
impl<'a> Opened<'a> {
    fn of(members: &'a Members, passphrase: Option<&str>) -> Self {
        let meta = serde_json::from_slice(member(members, names::META)).map_err(|e| format!("元数据读不通：{e}"));
        let lines = serde_json::from_slice(member(members, names::TIMELINE)).map_err(|e| format!("办理经过读不通：{e}"));
        let secrets = passphrase.and_then(|p| sealed::open(members.get(names::SEALED)?, p));
        Self { members, meta, lines, held: held(members), secrets, passphrase: passphrase.is_some() }
    }
    fn meta(&self) -> Result<&Meta, Found> {
        self.meta.as_ref().map_err(|e| Fail(e.clone()))
    }
    fn held(&self) -> Result<&[Held], Found> {
        self.held.as_deref().map_err(|e| Fail(e.clone()))
    }
    /// References to texts, and numbers of attachments, that the entries name.
    fn references(&self) -> Result<(BTreeSet<String>, BTreeSet<String>), Found> {
        let mut all = BTreeSet::new();
        for h in self.held()? {
            all.extend(h.event.vault_refs.iter().map(|(r, _)| r.trim_end_matches('#').to_owned()));
            if let Ok(payload) = serde_json::from_slice::<Json>(&h.event.payload) {
                named(&payload, &mut all);
            }
        }
        let (files, texts) = all.into_iter().partition(|r: &String| r.starts_with('F'));
        Ok((texts, files))
    }
}
/// Vault references anywhere in a payload.
pub fn named(value: &Json, into: &mut BTreeSet<String>) {
    match value {
        Json::String(text) => into.extend(is_vault_ref(text).map(ToOwned::to_owned)),
        Json::Array(all) => all.iter().for_each(|v| named(v, into)),
        Json::Object(all) => all.values().for_each(|v| named(v, into)),
        _ => {}
    }
}
fn held(members: &Members) -> Result<Vec<Held>, String> {
    let mut all = vec![];
    for (name, bytes) in members.range(names::ENTRIES.to_owned()..) {
        let Some(stem) = name.strip_prefix(names::ENTRIES).and_then(|n| n.strip_suffix(".bin")) else { continue };
        let event = Event::decode(bytes).map_err(|_| format!("条目 {stem} 读不通"))?;
        let proof = members.get(&format!("{}{stem}.proof.txt", names::ENTRIES)).ok_or_else(|| format!("条目 {stem} 没有证明"))?;
        let proof =
            std::str::from_utf8(proof).ok().and_then(|t| Inclusion::parse(t).ok()).ok_or_else(|| format!("条目 {stem} 的证明读不通"))?;
        all.push(Held { event, bytes: bytes.clone(), proof });
    }
    if all.is_empty() { Err("没有条目".into()) } else { Ok(all) }
}
/// Turns a look that stops at the first thing wrong into what it found.
fn found(look: impl FnOnce() -> Result<Found, Found>) -> Found {
    look().unwrap_or_else(|wrong| wrong)
}
fn ensure(holds: bool, words: impl FnOnce() -> String) -> Result<(), Found> {
    if holds { Ok(()) } else { Err(Fail(words())) }
}

fn origin(o: &Opened) -> Found {
    found(|| {
        let (meta, held) = (o.meta()?, o.held()?);
        for (n, h) in held.iter().enumerate() {
            let own = crate::edge::hex(&h.event.ledger_id) == meta.origin.ledger
                && h.event.alg.name() == meta.origin.alg
                && h.event.stream == meta.number
                && usize::try_from(h.event.stream_ver) == Ok(n + 1)
                && h.event.kind.split('@').next() == Some(&meta.kind);
            ensure(own, || format!("第 {} 条不是本件的", n + 1))?;
        }
        ensure(held.len() == meta.entries, || format!("元数据记 {} 条，实有 {} 条", meta.entries, held.len()))?;
        Ok(Pass(format!("{} 条", held.len())))
    })
}
fn inclusion(o: &Opened) -> Found {
    found(|| {
        let checkpoint = String::from_utf8_lossy(member(o.members, names::CHECKPOINT)).into_owned();
        for (n, h) in o.held()?.iter().enumerate() {
            ensure(h.proof.entry == h.bytes, || format!("第 {} 条与它的证明不是同一条", n + 1))?;
            ensure(h.proof.checkpoint == checkpoint, || format!("第 {} 条的检查点与 {} 不同", n + 1, names::CHECKPOINT))?;
            h.proof.verify(None).map_err(|bad| Fail(format!("第 {} 条：{}", n + 1, bad.label())))?;
        }
        let point = Checkpoint::parse(&checkpoint).map_err(|_| Fail("检查点读不通".into()))?;
        ensure(o.meta()?.origin.size == point.size, || "检查点的条数与元数据不同".into())?;
        Ok(Pass(format!("前 {} 条的根 {}", point.size, hex(&point.root))))
    })
}
fn signature(o: &Opened) -> Found {
    found(|| {
        let key = VerifyingKey::from_text(&o.meta()?.origin.public_key).ok_or_else(|| Fail("公钥读不通".into()))?;
        let text = String::from_utf8_lossy(member(o.members, names::CHECKPOINT)).into_owned();
        ensure(Checkpoint::signed_by(&text, &key), || "检查点的签名无效".into())?;
        let note = String::from_utf8_lossy(member(o.members, names::SIGNED)).into_owned();
        let body = note_of(o.meta()?, member(o.members, names::MANIFEST));
        ensure(note.starts_with(&format!("{body}\n")), || "清单的签名不是对这份清单的".into())?;
        ensure(Checkpoint::signed_by(&note, &key), || "清单的签名无效".into())?;
        Ok(Pass("签名有效；公钥请与外单位保管的链外存证对照".into()))
    })
}
/// The matter as its entries make it.
pub fn rebuilt(kind: &str, entries: impl Iterator<Item = Vec<u8>>) -> Result<Box<dyn AnyMatter>, String> {
    let kind = domain::procedures::kind(kind).ok_or_else(|| format!("没有“{kind}”这种事项"))?;
    let mut matter = (kind.blank)("");
    for payload in entries {
        let entry: Entry = serde_json::from_slice(&payload).map_err(|e| e.to_string())?;
        matter.follow_entry(&entry).map_err(|e| e.to_string())?;
    }
    Ok(matter)
}
fn replayed(o: &Opened) -> Found {
    found(|| {
        let payloads = o.held()?.iter().map(|h| h.event.payload.clone());
        let matter = rebuilt(&o.meta()?.kind, payloads).map_err(|e| Fail(format!("条目不能推算：{e}")))?;
        ensure(matter.body().as_bytes() == member(o.members, names::STATE), || "推算的结果与 state.json 不同".into())?;
        Ok(Pass(format!("第 {} 版", matter.version())))
    })
}
fn commitments(o: &Opened) -> Found {
    found(|| {
        let Some(sealed_part) = o.members.get(names::SEALED) else { return Ok(Open("个人信息没有封入本包".into())) };
        ensure(sealed::formed(sealed_part), || "封存部分不成形".into())?;
        let Some(secrets) = &o.secrets else {
            return if o.passphrase {
                Err(Fail("口令不对，或封存部分被改动".into()))
            } else {
                Ok(Open("需要口令".into()))
            };
        };
        let mut seen = 0;
        for (alg, reference, committed) in o.held()?.iter().flat_map(|h| h.event.vault_refs.iter().map(|(r, c)| (h.event.alg, r, c))) {
            let told = secrets.texts.get(reference).map(|s| (s, s.text.clone()));
            let told = told.or_else(|| secrets.files.get(reference).map(|s| (s, format!("{}\n{}", s.text, s.digest))));
            let Some((secret, text)) = told else { continue };
            let salt: [u8; 32] = unhex(&secret.salt).ok_or_else(|| Fail(format!("{reference} 的盐读不通")))?;
            ensure(commitment(alg, &salt, text.as_bytes()) == *committed, || format!("{reference} 与承诺值不符"))?;
            seen += 1;
        }
        for (id, secret) in &secrets.files {
            let held = attachment(o.members, id).map(|(_, bytes)| hex(&Alg::Sha256.hash(&[bytes])));
            ensure(held.is_none_or(|d| d == secret.digest), || format!("附件 {id} 与承诺的指纹不符"))?;
        }
        Ok(Pass(format!("{seen} 处相符")))
    })
}
/// What is signed of a package. It begins otherwise than a checkpoint, so that neither passes for the other.
pub fn note_of(meta: &Meta, manifest: &[u8]) -> String {
    format!("xiezhi-archive/{}\n{}\n{}\n", meta.origin.ledger, meta.number, hex(&Alg::Sha256.hash(&[manifest])))
}
/// The manifest over everything but itself and the report.
pub fn manifest_of(members: &Members) -> String {
    let listed = members.iter().filter(|(name, _)| !names::UNLISTED.contains(&name.as_str()));
    listed.map(|(name, bytes)| format!("{}  {name}\n", hex(&Alg::Sha256.hash(&[bytes])))).collect()
}
fn manifest(o: &Opened) -> Found {
    let (told, is) = (member(o.members, names::MANIFEST), manifest_of(o.members));
    if told == is.as_bytes() {
        return Pass(format!("{} 个成员", is.lines().count()));
    }
    let told = String::from_utf8_lossy(told).into_owned();
    let lines: BTreeSet<&str> = is.lines().collect();
    let wrong = told.lines().find(|l| !lines.contains(l)).or_else(|| is.lines().find(|l| !told.lines().any(|t| t == *l)));
    Fail(format!("{} 与清单不符", wrong.and_then(|l| l.split_once("  ")).map_or("清单", |(_, name)| name)))
}
fn required(o: &Opened) -> Found {
    let missing: Vec<&str> = names::REQUIRED.iter().copied().filter(|n| !o.members.contains_key(*n)).collect();
    let foreign = o.members.keys().find(|n| !names::REQUIRED.contains(&n.as_str()) && !names::known(n));
    match (missing.is_empty(), foreign) {
        (true, None) => Pass(format!("{} 个", names::REQUIRED.len())),
        (false, _) => Fail(format!("缺少 {}", missing.join("、"))),
        (_, Some(name)) => Fail(format!("多出 {name}")),
    }
}
fn metadata(o: &Opened) -> Found {
    found(|| {
        let meta = o.meta()?;
        let empty: Vec<&str> = meta.fields().iter().filter(|f| f.2.trim().is_empty()).map(|f| f.1).collect();
        ensure(empty.is_empty(), || format!("没有内容：{}", empty.join("、")))?;
        ensure(meta.format == FORMAT, || format!("格式不是 {FORMAT}"))?;
        ensure(meta.xml().as_bytes() == member(o.members, names::META_XML), || "metadata.xml 与 metadata.json 不同".into())?;
        for p in &meta.pieces {
            let held = o.members.get(&p.member).ok_or_else(|| Fail(format!("件内目录的 {} 不在包内", p.member)))?;
            ensure(held.len() == p.bytes, || format!("{} 的大小与件内目录不同", p.member))?;
        }
        Ok(Pass(format!("{} 项，件内目录 {} 件", meta.fields().len(), meta.pieces.len())))
    })
}
fn attachment<'a>(members: &'a Members, id: &str) -> Option<(&'a str, &'a [u8])> {
    let start = format!("{}{id}.", names::ATTACHMENTS);
    members.iter().find(|(n, _)| n.starts_with(&start)).map(|(n, b)| (n.as_str(), b.as_slice()))
}
fn attachments(o: &Opened) -> Found {
    found(|| {
        let (_, files) = o.references()?;
        let absent: BTreeSet<&str> = o.meta()?.absent.iter().map(|a| a.reference.as_str()).collect();
        let lost = files.iter().find(|id| attachment(o.members, id).is_none() && !absent.contains(id.as_str()));
        lost.map_or_else(|| Ok(Pass(format!("{} 份", files.len()))), |id| Err(Fail(format!("附件 {id} 不在包内"))))
    })
}
fn texts(o: &Opened) -> Found {
    found(|| {
        let (texts, _) = o.references()?;
        let why: BTreeMap<&str, &str> = o.meta()?.absent.iter().map(|a| (a.reference.as_str(), a.why.as_str())).collect();
        let apart: Vec<&String> = texts.iter().filter(|r| !why.contains_key(r.as_str())).collect();
        if apart.is_empty() {
            return Ok(Pass(format!("{} 处都注明了不在的原因", texts.len())));
        }
        ensure(o.members.contains_key(names::SEALED), || format!("{} 处没有去向", apart.len()))?;
        let lost = o.secrets.as_ref().and_then(|s| apart.iter().find(|r| !s.texts.contains_key(r.as_str())));
        lost.map_or(Ok(()), |r| Err(Fail(format!("{r} 没有封存"))))?;
        Ok(Pass(format!("封存 {} 处，注明 {} 处", apart.len(), texts.len() - apart.len())))
    })
}
fn timeline(o: &Opened) -> Found {
    found(|| {
        let (meta, held) = (o.meta()?, o.held()?);
        let lines = o.lines.as_ref().map_err(|e| Fail(e.clone()))?;
        ensure(timeline_page(meta, lines).as_bytes() == member(o.members, names::TIMELINE_PAGE), || "网页与数据不同".into())?;
        ensure(lines.len() == held.len(), || format!("办理经过 {} 条，条目 {} 条", lines.len(), held.len()))?;
        for (l, h) in lines.iter().zip(held) {
            let print: Hash = h.event.alg.hash(&[&h.bytes]);
            ensure(l.seq == h.event.seq && l.fingerprint == hex(&print), || format!("第 {} 条与条目不符", l.no))?;
        }
        Ok(Pass(format!("{} 条", lines.len())))
    })
}
fn openable(o: &Opened) -> Found {
    let all: Vec<_> = o.members.iter().filter(|(n, _)| names::contents(n)).collect();
    let formats: BTreeMap<&str, &str> = o.meta.iter().flat_map(|m| &m.pieces).map(|p| (p.member.as_str(), p.format.as_str())).collect();
    let wrong =
        all.iter().find_map(|(name, bytes)| forms::unreadable(formats.get(name.as_str()).copied().unwrap_or(""), bytes).map(|w| (name, w)));
    if let Some((name, why)) = wrong {
        return Fail(format!("{name}：{why}"));
    }
    let papers = o.secrets.iter().flat_map(|s| &s.papers);
    let opens = |text: &str| {
        let bytes = crate::edge::unhex(text)?;
        forms::unreadable(files::type_of(&bytes)?, &bytes).is_none().then_some(())
    };
    let torn = papers.clone().find(|(_, text)| opens(text).is_none());
    torn.map_or_else(|| Pass(format!("{} 份", all.len() + papers.count())), |(name, _)| Fail(format!("文书 {name} 打不开")))
}
fn readable(o: &Opened) -> Found {
    let bad = names::REQUIRED.iter().find(|n| std::str::from_utf8(member(o.members, n)).is_err());
    bad.map_or_else(|| Pass("都是文字".into()), |n| Fail(format!("{n} 不是 UTF-8 文字")))
}
fn harmless(o: &Opened) -> Found {
    let all: Vec<_> = o.members.iter().filter(|(n, _)| names::contents(n)).collect();
    let wrong = all.iter().find_map(|(name, bytes)| forms::harmful(bytes).map(|w| (name, w)));
    wrong.map_or_else(|| Pass(format!("{} 份", all.len())), |(name, why)| Fail(format!("{name}：{why}")))
}
fn kept_apart(o: &Opened) -> Found {
    found(|| {
        if let Some(part) = o.members.get(names::SEALED) {
            ensure(sealed::formed(part), || "封存部分不成形".into())?;
        }
        if let Some(secrets) = &o.secrets {
            // What opens by keys of persons has a second commitment, over its ciphertext.
            let keyed: BTreeSet<&str> =
                o.held()?.iter().flat_map(|h| &h.event.vault_refs).filter_map(|(r, _)| r.strip_suffix('#')).collect();
            let wrong = secrets.texts.keys().find(|r| keyed.contains(r.as_str()));
            wrong.map_or(Ok(()), |r| Err(Fail(format!("{r} 不应在包内"))))?;
        }
        let words = if o.members.contains_key(names::SEALED) { "个人信息已封存" } else { "个人信息没有封入" };
        Ok(Pass(words.into()))
    })
}
fn destroyed(o: &Opened) -> Found {
    found(|| {
        let gone: Vec<&str> = o.meta()?.absent.iter().filter(|a| a.why == names::DESTROYED).map(|a| a.reference.as_str()).collect();
        if let Some(secrets) = &o.secrets {
            let kept = secrets.texts.iter().find(|(r, s)| gone.contains(&r.as_str()) || s.text == SHREDDED);
            kept.map_or(Ok(()), |(r, _)| Err(Fail(format!("{r} 已依法销毁，却在包内"))))?;
        }
        let filed = gone.iter().find(|id| attachment(o.members, id).is_some());
        filed.map_or(Ok(()), |id| Err(Fail(format!("附件 {id} 已依法销毁，却在包内"))))?;
        Ok(Pass(format!("依法销毁 {} 处，都不在包内", gone.len())))
    })
}
fn coded(o: &Opened) -> Found {
    found(|| {
        let meta = o.meta()?;
        ensure(RETENTION.has(&meta.retention), || format!("没有保管期限“{}”", meta.retention))?;
        ensure(SECRECY.has(&meta.secrecy), || format!("没有密级“{}”", meta.secrecy))?;
        Ok(Pass(format!("{}，{}", RETENTION.label_of(&meta.retention), SECRECY.label_of(&meta.secrecy))))
    })
}
