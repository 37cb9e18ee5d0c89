//! As much of Markdown as the handbook is written in: headings, paragraphs, lists, tables, pictures; in a line strong words, code and links.
//! What else there is stands as it is written.

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    Plain(String),
    Strong(String),
    Code(String),
    /// Words and address.
    Link(String, String),
}
pub type Line = Vec<Span>;
/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Level and words.
    Head(usize, String),
    Text(Line),
    /// Items; numbered or not.
    List(bool, Vec<Line>),
    /// Head and rows.
    Table(Vec<String>, Vec<Vec<Line>>),
    /// What it shows, and its name.
    Picture(String, String),
}

/// The pieces of this text.
pub fn read(text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let more = |fits: fn(&str) -> bool, lines: &mut std::iter::Peekable<_>| {
            let mut all = vec![line.to_owned()];
            while let Some(next) = next_if(lines, fits) {
                all.push(next);
            }
            all
        };
        match () {
            () if line.is_empty() => {}
            () if line.starts_with('#') => pieces.push(heading(line)),
            () if line.starts_with("![") => pieces.extend(picture(line)),
            () if line.starts_with('|') => pieces.extend(table(&more(|l| l.starts_with('|'), &mut lines))),
            () if bullet(line) => pieces.push(list(false, &more(bullet, &mut lines))),
            () if counted(line) => pieces.push(list(true, &more(counted, &mut lines))),
            () => pieces.push(Piece::Text(spans(&more(plain, &mut lines).concat()))),
        }
    }
    pieces
}
fn next_if<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>, fits: fn(&str) -> bool) -> Option<String> {
    lines.next_if(|l| fits(l)).map(ToOwned::to_owned)
}
fn bullet(line: &str) -> bool {
    line.starts_with("- ")
}
fn counted(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". "))
}
fn plain(line: &str) -> bool {
    !(line.is_empty() || line.starts_with(['#', '|']) || line.starts_with("![") || bullet(line) || counted(line))
}
fn heading(line: &str) -> Piece {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    Piece::Head(level, line.trim_start_matches('#').trim().to_owned())
}
fn picture(line: &str) -> Option<Piece> {
    let (alt, rest) = line.strip_prefix("![")?.split_once("](")?;
    Some(Piece::Picture(alt.to_owned(), rest.trim_end_matches(')').to_owned()))
}
fn list(numbered: bool, lines: &[String]) -> Piece {
    let words = |line: &String| spans(line.split_once(' ').map_or("", |(_, words)| words));
    Piece::List(numbered, lines.iter().map(words).collect())
}
fn table(lines: &[String]) -> Option<Piece> {
    let cells = |line: &String| line.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    let (head, rows) = lines.split_first()?;
    let rows = rows.iter().filter(|line| !line.starts_with("|-"));
    Some(Piece::Table(cells(head), rows.map(|row| cells(row).iter().map(|c| spans(c)).collect()).collect()))
}
/// Strong words, code and links of a line.
pub fn spans(text: &str) -> Line {
    let mut line = vec![];
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '[']) {
        let (before, mark) = rest.split_at(at);
        let found = match mark.as_bytes() {
            [b'*', b'*', ..] => mark.get(2..).and_then(|t| t.split_once("**")).map(|(t, rest)| (Span::Strong(t.into()), rest)),
            [b'`', ..] => mark.get(1..).and_then(|t| t.split_once('`')).map(|(t, rest)| (Span::Code(t.into()), rest)),
            [b'[', ..] => link(mark),
            _ => None,
        };
        let (span, after) = found.unwrap_or_else(|| (Span::Plain(mark.chars().take(1).collect()), mark.get(1..).unwrap_or_default()));
        line.extend(Some(Span::Plain(before.to_owned())).filter(|_| !before.is_empty()));
        line.push(span);
        rest = after;
    }
    line.extend(Some(Span::Plain(rest.to_owned())).filter(|_| !rest.is_empty()));
    line
}
fn link(text: &str) -> Option<(Span, &str)> {
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (to, after) = rest.split_once(')')?;
    Some((Span::Link(words.into(), to.into()), after))
}
