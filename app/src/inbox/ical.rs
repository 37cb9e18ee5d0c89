//! Deadlines as a calendar other programs subscribe to (RFC 5545), written by hand: whole days, an alarm the day before at nine. Number, kind,
//! step and day only; of what is confidential not even these.
use jiff::Timestamp;
use jiff::civil::Date;

/// A day somebody owes something by.
pub struct Event {
    /// The same as long as it is about the same step of the same matter, and tells neither.
    pub uid: String,
    pub day: Date,
    pub summary: String,
}
/// Octets of a line before it is folded (3.1).
const FOLD: usize = 75;

/// The calendar, as of an instant.
pub fn calendar(now_ms: i64, events: &[Event]) -> String {
    let stamp = Timestamp::from_millisecond(now_ms).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    for text in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//xiezhi//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:獬豸期限",
    ] {
        line(text);
    }
    for e in events {
        let summary = escape(&e.summary);
        line("BEGIN:VEVENT");
        line(&format!("UID:{}", e.uid));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", e.day.strftime("%Y%m%d")));
        line(&format!("DTEND;VALUE=DATE:{}", e.day.saturating_add(jiff::Span::new().days(1)).strftime("%Y%m%d")));
        line(&format!("SUMMARY:{summary}"));
        line("TRANSP:TRANSPARENT");
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(&format!("DESCRIPTION:{summary}"));
        line("TRIGGER:-PT15H");
        line("END:VALARM");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}
/// Text (3.3.11).
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace("\r\n", "\\n").replace('\n', "\\n")
}
/// A line in pieces of at most 75 octets, none of which cuts a character.
fn fold(text: &str, out: &mut String) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > FOLD {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_texts_escaped() {
        let event =
            Event {
                uid: "a@xiezhi".into(), day: jiff::civil::date(2026, 12, 31), summary: format!("{}；a,b;c\\d\ne", "整改".repeat(30))
            };
        let text = calendar(1_772_413_200_000, &[event]);
        assert!(text.split("\r\n").all(|l| l.len() <= 75), "{text}");
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("；a\\,b\\;c\\\\d\\ne\r\n") && whole.contains("DTEND;VALUE=DATE:20270101\r\n"), "{whole}");
        assert!(whole.contains("DTSTAMP:20260302T010000Z\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    }
}
