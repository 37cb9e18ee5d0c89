//! What a reader is shown: a page of its own, complete and the same for ever, that is both the answer and the receipt.
use askama::Template;
use domain::procedures::packet::{Edition, Packet};
use domain::registers::codes::PACKET_KIND;

use crate::edge;
use crate::matters::Desk;

#[derive(Template)]
#[template(path = "packet_paper.html")]
struct Paper<'a> {
    number: &'a str,
    kind: &'a str,
    edition: usize,
    until: String,
    digest: &'a str,
    reader: &'a str,
    moment: String,
    text: &'a str,
}
/// The page, with reader, time, number and version upon it.
pub fn shown(desk: &Desk, (number, packet): (&str, &Packet), (n, edition): (usize, &Edition), reader: &str, text: &str) -> String {
    let paper = Paper {
        number,
        kind: if edition.correction { "更正函" } else { PACKET_KIND.label_of(&packet.opening().kind) },
        edition: n,
        until: edition.laid.until.map(|d| d.to_string()).unwrap_or_default(),
        digest: &edition.laid.digest,
        reader,
        moment: edge::minute_of(desk.now.ms),
        text,
    };
    paper.render().unwrap_or_default()
}
