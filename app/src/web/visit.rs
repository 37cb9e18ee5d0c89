//! What a handler gets and gives: one shape for pages and one for changes. Handlers are plain functions; the table of routes says
//! who may call them.
use axum::body::Body;
use axum::http::{HeaderMap, Response, StatusCode, header};
use domain::engine::Person;
use std::collections::HashMap;
use std::sync::Arc;

use crate::db::Tx;
use crate::edge::Now;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::people::{self, Session};
use crate::registers::Registers;

/// Name → values, in the order they came.
#[derive(Clone, Debug, Default)]
pub struct Values(pub Vec<(String, String)>);
impl Values {
    /// The first value of this name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }
    /// Every value of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }
    /// Whether the name came at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }
    /// Whether a name or value holds the character NUL.
    pub fn has_nul(&self) -> bool {
        self.0.iter().any(|(n, v)| n.contains('\0') || v.contains('\0'))
    }
    /// `a=1&b=2`, percent-encoded.
    pub fn read(text: &str) -> Self {
        let pair = |p: &str| {
            let (n, v) = p.split_once('=').unwrap_or((p, ""));
            (decode(n), decode(v))
        };
        Self(text.split('&').filter(|p| !p.is_empty()).map(pair).collect())
    }
}
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(b) = bytes.get(i) {
        let hex = (*b == b'%')
            .then(|| bytes.get(i + 1..i + 3))
            .flatten()
            .and_then(|h| std::str::from_utf8(h).ok())
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match (b, hex) {
            (_, Some(byte)) => {
                out.push(byte);
                i += 2;
            }
            (b'+', _) => out.push(b' '),
            (b, _) => out.push(*b),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}
pub use crate::edge::encode;

/// An uploaded file.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: axum::body::Bytes,
}
/// Who calls.
#[derive(Clone, Debug)]
pub struct Caller {
    pub person: Person,
    /// By cookie; `None` for an API token.
    pub session: Option<Session>,
    /// Scopes of the API token; empty for a cookie.
    pub scopes: Vec<String>,
}
/// A page being asked for, inside one consistent view of the database.
pub struct Visit<'a> {
    pub house: &'a House,
    pub tx: &'a Tx<'a>,
    pub who: &'a Person,
    pub session: Option<&'a Session>,
    pub registers: Arc<Registers>,
    pub path: &'a HashMap<String, String>,
    pub query: &'a Values,
    /// The path as called, for links back.
    pub here: &'a str,
    /// What the browser says it fetches this for (`Sec-Fetch-Dest`); empty where it does not say.
    pub dest: &'a str,
    pub now: Now,
}
impl Visit<'_> {
    /// A part of the path.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }
}
/// A change being asked for, on a thread that may wait.
pub struct Post {
    pub house: House,
    pub who: Person,
    pub session: Option<Session>,
    pub path: HashMap<String, String>,
    pub query: Values,
    pub form: Values,
    pub uploads: Vec<Upload>,
    /// The body as it came, for JSON.
    pub body: axum::body::Bytes,
    pub headers: HeaderMap,
    pub now: Now,
    /// Where it came from; for limits only, never kept.
    pub peer: Option<std::net::IpAddr>,
    /// Number of the service hotline, as the portal shows it; empty where none is set.
    pub hotline: Arc<str>,
    /// Cookies carry `Secure`.
    pub secure: bool,
}
impl Post {
    /// A part of the path.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }
    /// Runs a read on this thread as a visit of the same person would.
    ///
    /// # Errors
    /// What `f` fails with.
    pub fn visit<T>(&self, f: impl FnOnce(&Visit) -> Result<T>) -> Result<T> {
        self.house.db.read_here(|tx| {
            let registers = self.house.registers(tx)?;
            f(&Visit {
                house: &self.house,
                tx,
                who: &self.who,
                session: self.session.as_ref(),
                registers,
                path: &self.path,
                query: &self.query,
                here: "",
                dest: "",
                now: self.now,
            })
        })
    }
}
/// As the policy of every page, and frames of our own.
const ROOM: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; frame-src 'self'; object-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// The viewer of a PDF brings its own style; it fetches and runs nothing.
const PAPER: &str = "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/// A page filled up with blanks to the next of a few sizes: 16 KiB and every power of √2 above (trust.md 4.3, T5). Whoever watches the line
/// sees one of these, whatever the page says.
pub fn padded(mut html: String) -> String {
    const FRAME: usize = "<!---->".len();
    let (needed, mut even) = (html.len() + FRAME, 16usize << 10);
    let size = loop {
        let odd = (even * even * 2).isqrt();
        if needed <= odd {
            break if needed <= even { even } else { odd };
        }
        even *= 2;
    };
    html.push_str("<!--");
    html.extend(std::iter::repeat_n(' ', size - needed));
    html.push_str("-->");
    html
}
/// What is answered.
pub enum Reply {
    Html(String),
    /// A page that is fetched again after so many seconds.
    Live(String, u32),
    /// A page that says what was wrong.
    Page(u16, String),
    Json(u16, serde_json::Value),
    /// A page of the portal, filled up to a usual size; seconds to wait where it says so.
    Padded(u16, String, Option<i64>),
    /// 303 See Other.
    Go(String),
    /// 303 with a cookie set.
    GoWith(String, String),
    /// Bytes, type, name; always an attachment.
    Download(Vec<u8>, &'static str, String),
    Text(&'static str, String),
    /// A page of the portal, with its status: of a size that does not tell what it says.
    Even(u16, String),
    /// A page that may hold frames of our own: the reading room.
    Room(String),
    /// Bytes and type, shown in place inside such a page and kept nowhere.
    Inline(Vec<u8>, &'static str),
}
impl Reply {
    /// As HTTP.
    pub fn response(self) -> Response<Body> {
        let new = |status: u16, kind: &str, body: Body| {
            let mut r = Response::new(body);
            *r.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            if let Ok(kind) = kind.parse() {
                r.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            r
        };
        let go = |to: String, cookie: Option<String>| {
            let mut r = new(303, "text/plain; charset=utf-8", Body::empty());
            if let Ok(to) = to.parse() {
                r.headers_mut().insert(header::LOCATION, to);
            }
            if cookie.as_deref().is_some_and(|c| c.ends_with(GONE)) {
                // Whatever the browser kept for this session goes with it (trust.md T15).
                r.headers_mut().insert("clear-site-data", header::HeaderValue::from_static("\"storage\""));
            }
            if let Some(cookie) = cookie.and_then(|c| c.parse().ok()) {
                r.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            r
        };
        match self {
            Self::Html(html) => new(200, "text/html; charset=utf-8", html.into()),
            Self::Live(html, seconds) => {
                let mut r = new(200, "text/html; charset=utf-8", html.into());
                r.headers_mut().insert(header::REFRESH, seconds.into());
                r
            }
            Self::Page(status, html) => new(status, "text/html; charset=utf-8", html.into()),
            Self::Json(status, json) => new(status, "application/json", json.to_string().into()),
            Self::Padded(status, html, wait) => {
                let mut r = new(status, "text/html; charset=utf-8", super::portal_page::padded(html).into());
                if let Some(seconds) = wait {
                    r.headers_mut().insert(header::RETRY_AFTER, seconds.into());
                }
                r
            }
            Self::Go(to) => go(to, None),
            Self::GoWith(to, cookie) => go(to, Some(cookie)),
            Self::Text(kind, text) => new(200, kind, text.into()),
            Self::Even(status, html) => new(status, "text/html; charset=utf-8", padded(html).into()),
            Self::Room(html) => {
                let mut r = new(200, "text/html; charset=utf-8", html.into());
                r.headers_mut().insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static(ROOM));
                r
            }
            Self::Inline(bytes, kind) => {
                let mut r = new(200, kind, bytes.into());
                for (name, value) in [
                    (header::CONTENT_DISPOSITION, "inline"),
                    (header::CONTENT_SECURITY_POLICY, PAPER),
                    (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
                ] {
                    r.headers_mut().insert(name, header::HeaderValue::from_static(value));
                }
                r
            }
            Self::Download(bytes, kind, name) => {
                let mut r = new(200, kind, bytes.into());
                // RFC 6266; never shown inline from our origin.
                let value = format!("attachment; filename=\"download\"; filename*=UTF-8''{}", encode(&name));
                if let Ok(value) = value.parse() {
                    r.headers_mut().insert(header::CONTENT_DISPOSITION, value);
                }
                r.headers_mut().insert(header::CONTENT_SECURITY_POLICY, header::HeaderValue::from_static("sandbox; default-src 'none'"));
                r
            }
        }
    }
}

/// Ends a cookie.
const GONE: &str = "; Max-Age=0";
/// Name of the session cookie. `__Host-` needs https; a loopback demonstration has none.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-xiezhi" } else { "xiezhi" }
}
/// `Set-Cookie` for a fresh session, or one that ends it.
pub fn cookie(secure: bool, token: &str) -> String {
    let age = if token.is_empty() { GONE } else { "" };
    let only = if secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{only}{age}", cookie_name(secure))
}
fn cookie_of(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split("; "));
    all.filter_map(|c| c.split_once('=')).find(|(n, _)| *n == cookie_name(secure)).map(|(_, v)| v)
}
/// Who calls, by cookie or API token.
///
/// # Errors
/// A fault of the engine.
pub fn caller(tx: &Tx, headers: &HeaderMap, now: Now, secure: bool) -> Result<Option<Caller>> {
    if let Some(token) = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer ")) {
        let Some((id, scopes)) = people::bearer(tx, token)? else { return Ok(None) };
        return Ok(people::person(tx, &id, now.today)?.map(|person| Caller { person, session: None, scopes }));
    }
    let Some(token) = cookie_of(headers, secure) else { return Ok(None) };
    let Some(session) = people::session(tx, token, now.ms)? else { return Ok(None) };
    let person = people::person(tx, &session.person, now.today)?;
    Ok(person.map(|person| Caller { person, session: Some(session), scopes: vec![] }))
}
/// A change by cookie must come from our own page: its token, and its origin where the browser tells it.
///
/// # Errors
/// `Forbidden`, in words.
pub fn own_page(post: &Post) -> Result<()> {
    let Some(session) = &post.session else { return Ok(()) };
    let given =
        if post.form.has("csrf") { post.form.get("csrf") } else { post.headers.get("x-csrf").and_then(|v| v.to_str().ok()).unwrap_or("") };
    let origin = post.headers.get(header::ORIGIN).and_then(|v| v.to_str().ok());
    let host = post.headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("");
    // Under `Referrer-Policy: no-referrer` a browser sends `Origin: null` with our own forms too; where it tells the site, that counts.
    let ours = origin.is_none_or(|o| o == "null" || o.split_once("://").is_some_and(|(_, h)| h == host));
    let site = post.headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    let ours = ours && site.is_none_or(|s| s == "same-origin" || s == "none");
    if given == session.csrf && ours {
        Ok(())
    } else {
        Err(Failure::Forbidden("页面已过期。请返回上一页刷新后再提交，已填内容不会丢失。".into()))
    }
}
