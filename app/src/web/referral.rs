//! 移送包: before the approval what the receiver will get, with what is masked marked and counted; afterwards what he reads, under a
//! watermark of his own. Every look leaves a record.
use domain::procedures::referral::Referral;
use domain::redaction::{Kind, Piece, signs};

use super::pages::{PackagePage, html};
use super::present;
use super::visit::{Reply, Visit};
use crate::failure::{Failure, Result};
use crate::{edge, matters, people, referrals};

/// `GET /referral/{number}/package`.
pub fn package(v: &Visit) -> Result<Reply> {
    let loaded = matters::load(v.tx, v.part("number"))?.ok_or(Failure::NotFound)?;
    let referral = loaded.of::<Referral>().map(|m| &m.state).ok_or(Failure::NotFound)?;
    let circumstances = matters::Circumstances::of(v.tx, &loaded, v.who, v.now, &v.registers)?;
    let mine = loaded.matter.mine(&circumstances.at(v.who));
    let (text, digest) = referrals::readable(v.house, v.tx, referral, &mine)?;
    v.house.reads.note(&v.who.id, loaded.id, "查看移送包", v.now);
    let pieces = signs(&text);
    let count = |k: &Kind| pieces.iter().filter(|p| matches!(p, Piece::Masked { kind, .. } if kind == k)).count();
    let number = loaded.number.as_str();
    let reader = format!("{} · {}", people::name(v.tx, &v.who.id)?, v.registers.org_name(&v.who.org));
    let page = PackagePage {
        frame: present::frame(
            v,
            "移送包",
            &[("工作台", "/"), ("移送", "/matters/referral"), (number, &format!("/matter/{number}")), ("移送包", "")],
        )?,
        number: number.into(),
        approved: referral.received().is_some_and(|(_, sent)| sent == digest),
        digest,
        counts: Kind::ALL.iter().map(|k| (k.label(), count(k))).filter(|(_, n)| *n > 0).collect(),
        pieces: pieces.iter().map(|p| (matches!(p, Piece::Masked { .. }), p.shown().to_owned())).collect(),
        watermark: (reader, format!("{number} · {}", edge::minute_of(v.now.ms))),
    };
    Ok(Reply::Html(html(&page)))
}
