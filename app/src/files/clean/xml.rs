//! The parts of an Office file without the names in them. A tag is copied attribute by attribute; text between tags stays.

/// Attributes that name a person.
const PERSON: &[&str] = &["author", "initials", "userName", "displayName", "userId", "providerId", "lastModifiedBy", "lastEditedBy"];
/// Elements whose text does.
const NAMES: &[&str] = &["author", "creator", "lastModifiedBy"];

/// The part without names; nothing where it is no plain XML. `gone`: parts that are left out, by what their address contains.
pub fn scrub(xml: &str, gone: &[&str]) -> Option<String> {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some((text, from)) = rest.split_once('<') {
        out.push_str(text);
        if let Some(comment) = from.strip_prefix("!--") {
            rest = comment.split_once("-->")?.1;
            continue;
        }
        if let Some(data) = from.strip_prefix("![CDATA[") {
            let (data, after) = data.split_once("]]>")?;
            out.extend(["<![CDATA[", data, "]]>"]);
            rest = after;
            continue;
        }
        // A document type can name files and grow without end.
        if from.starts_with('!') {
            return None;
        }
        let (tag, after) = from.split_at_checked(end_of(from)?)?;
        rest = after.strip_prefix('>')?;
        let name = tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or("");
        let element = local(name);
        if tag.starts_with(['/', '?']) {
            out.extend(["<", tag, ">"]);
            continue;
        }
        let alone = tag.ends_with('/');
        if left_out(element, tag, gone) {
            if !alone {
                return None;
            }
            continue;
        }
        out.push('<');
        out.push_str(name);
        attributes(element, tag.get(name.len()..)?, &mut out)?;
        out.push_str(if alone { "/>" } else { ">" });
        if NAMES.contains(&element) && !alone {
            rest = rest.get(rest.find('<')?..)?;
        }
    }
    out.push_str(rest);
    Some(out)
}
/// Where the tag ends: a `>` may stand in a value.
fn end_of(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if c == q => quote = None,
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    None
}
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
/// What points to a part that is left out, and the numbers by which Word tells sittings apart.
fn left_out(element: &str, tag: &str, gone: &[&str]) -> bool {
    let points = matches!(element, "Relationship" | "Override") && gone.iter().any(|g| tag.to_ascii_lowercase().contains(g));
    points || matches!(element, "rsid" | "rsidRoot")
}
fn attributes(element: &str, mut rest: &str, out: &mut String) -> Option<()> {
    loop {
        rest = rest.trim_start();
        if rest.is_empty() || rest == "/" {
            return Some(());
        }
        let (name, after) = rest.split_once('=')?;
        let (name, after) = (name.trim(), after.trim_start());
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after.get(1..)?.split_once(quote)?;
        rest = after;
        if let Some(value) = kept(element, local(name), value) {
            out.extend([" ", name, "=\"", &value.replace('"', "&quot;"), "\""]);
        }
    }
}
/// The value as it stays; empty where an element must have one; nothing where the attribute goes.
fn kept<'v>(element: &str, name: &str, value: &'v str) -> Option<&'v str> {
    let person = PERSON.contains(&name) || name == "name" && matches!(element, "cmAuthor" | "author" | "userInfo");
    let path = element == "absPath" && name == "url";
    let local_file = name == "Target" && (value.starts_with("file:") || value.contains(":\\"));
    match name {
        _ if person || path => Some(""),
        _ if local_file => Some("about:blank"),
        "date" | "dateUtc" | "dT" | "dt" => None,
        // The printer's own settings are left out, and what points to them.
        "id" if element == "pageSetup" => None,
        _ if name.starts_with("rsid") => None,
        _ => Some(value),
    }
}
