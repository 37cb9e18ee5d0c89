//! The one place where time and chance enter. Everything else gets them as arguments.
#![allow(clippy::disallowed_methods)]
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::failure::{Failure, Result};

/// An instant and the local day it falls on (Asia/Shanghai).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since 1970 UTC.
    pub ms: i64,
    /// Local day.
    pub today: Date,
}
impl Now {
    /// The same day, without its hour.
    #[must_use]
    pub fn by_day(self) -> Self {
        Self { ms: day_start(self.ms), ..self }
    }
}
/// The clock of this house: the machine's, or one that tests and the demonstration set.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<std::sync::Arc<std::sync::atomic::AtomicI64>>);
impl Clock {
    /// A clock that stands where it is put.
    pub fn set_to(ms: i64) -> Self {
        Self(Some(std::sync::Arc::new(ms.into())))
    }
    /// Puts a standing clock elsewhere; the machine's own clock ignores it.
    pub fn put(&self, ms: i64) {
        if let Some(at) = &self.0 {
            at.store(ms, std::sync::atomic::Ordering::SeqCst);
        }
    }
    /// This instant.
    pub fn now(&self) -> Now {
        let ms = self.0.as_ref().map_or_else(|| Timestamp::now().as_millisecond(), |at| at.load(std::sync::atomic::Ordering::SeqCst));
        Now { ms, today: day_of(ms) }
    }
}
/// The local day of an instant.
pub fn day_of(ms: i64) -> Date {
    local(ms).date()
}
/// 2026-06-16 10:31 of an instant, local. What is kept by the day is shown as the day.
pub fn minute_of(ms: i64) -> String {
    local(ms).strftime(if ms == day_start(ms) { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" }).to_string()
}
/// The first instant of the local day of this one.
pub fn day_start(ms: i64) -> i64 {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    zone.to_timestamp(day_of(ms).at(0, 0, 0, 0)).map_or(ms, |t| t.as_millisecond())
}
fn local(ms: i64) -> jiff::civil::DateTime {
    // China has had no daylight saving since 1991: a fixed offset cannot disagree between machines.
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    zone.to_datetime(Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH))
}
/// Milliseconds since 1970 UTC of nine o'clock on a local day.
pub fn morning_of(day: Date) -> i64 {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    zone.to_timestamp(day.at(9, 0, 0, 0)).map_or(0, |t| t.as_millisecond())
}
/// Hour of the day of an instant, local.
pub fn hour_of(ms: i64) -> i8 {
    local(ms).hour()
}
/// Milliseconds since 1970 UTC of this hour on a local day.
pub fn at_hour(day: Date, hour: i8) -> i64 {
    let zone = TimeZone::fixed(jiff::tz::offset(8));
    zone.to_timestamp(day.at(hour.clamp(0, 23), 0, 0, 0)).map_or(0, |t| t.as_millisecond())
}
/// Bytes nobody can guess.
///
/// # Errors
/// When the operating system has none to give.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| Failure::Fault(e.to_string()))?;
    Ok(bytes)
}
/// Random bytes in lower-case hex.
///
/// # Errors
/// As `random`.
pub fn random_hex<const N: usize>() -> Result<String> {
    random::<N>().map(|b| hex(&b))
}
/// The same source, for libraries that draw by themselves (key agreement, shares of a secret).
pub struct Chance;
impl sm2::elliptic_curve::rand_core::TryRng for Chance {
    type Error = std::convert::Infallible;
    fn try_next_u32(&mut self) -> std::result::Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }
    fn try_next_u64(&mut self) -> std::result::Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }
    fn try_fill_bytes(&mut self, into: &mut [u8]) -> std::result::Result<(), Self::Error> {
        if getrandom::fill(into).is_err() {
            // These libraries cannot be told; a secret that somebody could guess must never be made.
            std::process::abort();
        }
        Ok(())
    }
}
impl sm2::elliptic_curve::rand_core::TryCryptoRng for Chance {}
/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}
/// Bytes of lower- or upper-case hex.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|p| Some(digit(*p.first()?)? << 4 | digit(*p.get(1)?)?)).collect()
}
/// Percent-encodes a value for a query string.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut s, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
            s.push(char::from(b));
        } else {
            let _ = write!(s, "%{b:02X}");
        }
        s
    })
}
