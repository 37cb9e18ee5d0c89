//! What each person chose: which events on which channel, when to be left alone, and his own addresses. Sealed with the house key, seen by
//! nobody else; an address counts once a code sent to it came back.
use domain::notices::Event;
use ledger::Alg;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::queries;
use crate::db::Tx;
use crate::edge::{Now, at_hour, day_of, hour_of, random, random_hex};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::sealing;

/// `(name, 中文, what its address is)`.
pub const CHANNELS: &[(&str, &str, &str)] = &[("mail", "电子邮件", "邮箱地址"), ("webhook", "政务消息", "在政务消息平台的账号")];
/// `(name, 中文)`.
pub const DIGESTS: &[(&str, &str)] = &[("", "逐条发送"), ("daily", "每天汇总一次"), ("weekly", "每周一汇总一次")];
/// A code is good for half an hour and five tries; five are sent a day.
const CODE_MS: i64 = 30 * 60_000;
const TRIES: u32 = 5;
const CODES_A_DAY: u32 = 5;

/// An address of one's own on a channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub to: String,
    pub verified: bool,
    /// The code that is on its way; empty where none is.
    pub code: String,
    until_ms: i64,
    tries: u32,
}
/// What a person chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// `channel|event`.
    pub on: Vec<String>,
    /// From and to which hour nothing is sent.
    pub quiet: Option<(i8, i8)>,
    /// Of `DIGESTS`.
    pub digest: String,
    /// Hour of the digest.
    pub hour: i8,
    pub addresses: BTreeMap<String, Address>,
    /// Day of the last code and how many were sent on it.
    pub codes: (String, u32),
}
impl Settings {
    /// Whether this event is wanted on this channel.
    pub fn wants(&self, channel: &str, event: &str) -> bool {
        self.on.iter().any(|c| c.split_once('|') == Some((channel, event)))
    }
    /// Where this channel reaches him, once verified.
    pub fn reached(&self, channel: &str) -> Option<&str> {
        self.addresses.get(channel).filter(|a| a.verified).map(|a| a.to.as_str())
    }
    /// The first instant from this one at which he is not to be left alone.
    pub fn after_quiet(&self, ms: i64) -> i64 {
        let Some((from, to)) = self.quiet.filter(|(from, to)| from != to) else { return ms };
        let hour = hour_of(ms);
        let quiet = if from < to { (from..to).contains(&hour) } else { hour >= from || hour < to };
        let end = at_hour(day_of(ms), to);
        match quiet {
            true if end > ms => end,
            true => end + 86_400_000,
            false => ms,
        }
    }
    /// The newest instant up to now at which a digest was due; nothing where he wants none.
    pub fn digest_at(&self, now: Now) -> Option<i64> {
        let today = at_hour(now.today, self.hour);
        let day = 86_400_000;
        let past = if today <= now.ms { today } else { today - day };
        match self.digest.as_str() {
            "daily" => Some(past),
            "weekly" => (0..7).map(|n| past - n * day).find(|ms| day_of(*ms).weekday() == jiff::civil::Weekday::Monday),
            _ => None,
        }
    }
}
fn open(house: &House, person: &str, body: &str) -> Result<Settings> {
    Ok(serde_json::from_str(&sealing::open(&house.keys, &crate::own::about(person, "notices", "settings"), body)?)?)
}
/// What this person chose; nothing leaves the house before he did.
///
/// # Errors
/// A fault of the engine.
pub fn settings(tx: &Tx, house: &House, person: &str) -> Result<Settings> {
    queries::settings(tx, person)?.map_or_else(|| Ok(Settings { hour: 8, ..Default::default() }), |body| open(house, person, &body))
}
/// Everybody who chose something.
pub(super) fn everybody(tx: &Tx, house: &House) -> Result<Vec<(String, Settings)>> {
    queries::all_settings(tx)?.into_iter().map(|(person, body)| open(house, &person, &body).map(|s| (person, s))).collect()
}
fn put(tx: &Tx, house: &House, person: &str, settings: &Settings) -> Result<()> {
    let text = serde_json::to_string(settings)?;
    queries::put_settings(tx, person, &sealing::seal(&house.keys, &crate::own::about(person, "notices", "settings"), &text)?)
}
/// Keeps what he chose; his addresses stay.
///
/// # Errors
/// What is wrong with it, in words.
pub fn keep(tx: &Tx, house: &House, person: &str, chosen: Settings) -> Result<()> {
    let hours = [chosen.hour].into_iter().chain(chosen.quiet.into_iter().flat_map(|(a, b)| [a, b]));
    let known = |c: &String| c.split_once('|').is_some_and(|(ch, ev)| CHANNELS.iter().any(|k| k.0 == ch) && Event::of(ev).is_some());
    if hours.into_iter().any(|h| !(0..24).contains(&h)) || !DIGESTS.iter().any(|d| d.0 == chosen.digest) || !chosen.on.iter().all(known) {
        return Err(Failure::Bad(422, "时刻应为 0 至 23 的整数。".into()));
    }
    let old = settings(tx, house, person)?;
    put(tx, house, person, &Settings { addresses: old.addresses, codes: old.codes, ..chosen })
}
/// Takes an address and sends a code to it; an empty one ends the channel.
///
/// # Errors
/// What is wrong with it, in words.
pub fn ask_code(tx: &Tx, house: &House, person: &str, channel: &str, to: &str) -> Result<()> {
    let (now, to) = (house.clock.now(), to.trim());
    let bad = |say: &str| Err(Failure::Bad(422, say.into()));
    if !CHANNELS.iter().any(|c| c.0 == channel) {
        return Err(Failure::NotFound);
    }
    let mut all = settings(tx, house, person)?;
    if to.is_empty() {
        all.addresses.remove(channel);
        return put(tx, house, person, &all);
    }
    let plain = to.len() <= 120 && to.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '+'));
    if !plain || (channel == "mail" && to.parse::<lettre::Address>().is_err()) {
        return bad(if channel == "mail" {
            "邮箱地址应写作 name@example.cn。"
        } else {
            "账号只有字母、数字和 . _ - @。"
        });
    }
    let today = now.today.to_string();
    let sent = if all.codes.0 == today { all.codes.1 } else { 0 };
    if sent >= CODES_A_DAY {
        return bad("今天已发过 5 次验证码，请明天再试。");
    }
    all.codes = (today.clone(), sent + 1);
    let code = format!("{:06}", u32::from_be_bytes(random::<4>()?) % 1_000_000);
    all.addresses.insert(channel.into(), Address { to: to.into(), code, until_ms: now.ms + CODE_MS, ..Default::default() });
    put(tx, house, person, &all)?;
    let event = random_hex::<16>()?;
    let post = queries::Post { event: &event, person, channel, what: "code", notice: 0, state: "waiting", due_ms: now.ms, day: &today };
    queries::put_delivery(tx, &post)
}
/// Takes the code that came to an address; `false` where it is another.
///
/// # Errors
/// A fault of the engine.
pub fn confirm(tx: &Tx, house: &House, person: &str, channel: &str, code: &str) -> Result<bool> {
    let (now, mut all) = (house.clock.now(), settings(tx, house, person)?);
    let Some(address) = all.addresses.get_mut(channel) else { return Ok(false) };
    address.tries += 1;
    // By digest: how long it takes tells nothing of the code.
    let digest = |text: &str| Alg::Sha256.hash(&[text.as_bytes()]);
    let open = !address.code.is_empty() && now.ms <= address.until_ms && address.tries <= TRIES;
    let right = open && digest(code.trim()) == digest(&address.code);
    if right {
        (address.verified, address.code) = (true, String::new());
    }
    put(tx, house, person, &all)?;
    Ok(right)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::{Date, date};

    fn now(day: Date, hour: i8) -> Now {
        Now { ms: at_hour(day, hour), today: day }
    }
    #[test]
    fn quiet_hours_end_when_they_say_across_midnight_too() {
        let day = date(2026, 3, 2);
        for (quiet, hour, sent) in [
            (None, 3, at_hour(day, 3)),
            (Some((22, 7)), 23, at_hour(date(2026, 3, 3), 7)),
            (Some((22, 7)), 3, at_hour(day, 7)),
            (Some((22, 7)), 7, at_hour(day, 7)),
            (Some((22, 7)), 12, at_hour(day, 12)),
            (Some((12, 14)), 13, at_hour(day, 14)),
            (Some((12, 14)), 14, at_hour(day, 14)),
            (Some((9, 9)), 9, at_hour(day, 9)),
        ] {
            let chosen = Settings { quiet, ..Default::default() };
            assert_eq!(chosen.after_quiet(at_hour(day, hour)), sent, "{quiet:?} at {hour}");
        }
    }
    #[test]
    fn a_digest_is_due_at_its_hour_each_day_or_on_mondays() {
        let (monday, wednesday) = (date(2026, 3, 2), date(2026, 3, 4));
        let chosen = |digest: &str| Settings { digest: digest.into(), hour: 8, ..Default::default() };
        assert_eq!(chosen("").digest_at(now(wednesday, 9)), None);
        assert_eq!(chosen("daily").digest_at(now(wednesday, 9)), Some(at_hour(wednesday, 8)));
        assert_eq!(chosen("daily").digest_at(now(wednesday, 7)), Some(at_hour(date(2026, 3, 3), 8)));
        assert_eq!(chosen("weekly").digest_at(now(wednesday, 9)), Some(at_hour(monday, 8)));
        assert_eq!(chosen("weekly").digest_at(now(monday, 7)), Some(at_hour(date(2026, 2, 23), 8)));
        assert_eq!(chosen("weekly").digest_at(now(monday, 8)), Some(at_hour(monday, 8)));
    }
}
