//! Routes with declared rights, sessions, CSRF, forms, failures as pages. One dispatcher; handlers are plain functions.
mod admin;
mod alive;
pub mod api;
mod archives;
mod closed_loop;
mod concerning;
mod conference;
mod deadlines;
mod desk;
mod doing;
mod embedded;
mod enforcement;
mod exchange;
mod expert_pages;
mod fair;
pub mod forms;
mod half_year;
pub mod help;
mod importing;
mod inquiries;
mod levers;
mod lists;
mod markdown;
mod matter;
mod measures;
mod notices;
mod observe_pages;
mod observing;
pub mod onward;
pub mod openapi;
mod original;
mod packets;
pub mod pages;
mod papers;
mod people;
mod portal;
mod portal_forms;
mod portal_page;
mod present;
mod problems;
mod reading;
mod referral;
mod registers;
pub mod routes;
mod rules;
mod scoring;
mod screen;
mod seeking;
mod serve;
mod sheet_view;
mod standards;
mod statistics;
mod unit;
mod vault_keys;
pub mod visit;
mod workbench;

pub use serve::{PUBLIC, Room, STAFF, serve};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest as _, Multipart, RawPathParams, Request, State};
use axum::http::{Response, header};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};
use crate::house::House;
use routes::{Does, ROUTES, Right, Route};
use visit::{Caller, Post, Reply, Upload, Values, Visit};

/// How the house is reached.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Cookies carry `Secure`: the public address is https.
    pub secure: bool,
    /// A demonstration: the log-in page lists its accounts.
    pub demo: bool,
    /// The portal is served elsewhere.
    pub without_portal: bool,
    /// Number of the service hotline; empty where none is set.
    pub hotline: std::sync::Arc<str>,
}
/// What every request shares.
#[derive(Clone)]
pub struct Doors {
    pub house: House,
    pub config: Config,
    meter: metrics_exporter_prometheus::PrometheusHandle,
}
impl Doors {
    /// Doors of a house; metrics are kept once per process.
    pub fn new(house: House, config: Config) -> Self {
        use std::sync::OnceLock;
        static METER: OnceLock<metrics_exporter_prometheus::PrometheusHandle> = OnceLock::new();
        let build = || {
            let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
            let handle = recorder.handle();
            let _ = metrics::set_global_recorder(recorder);
            handle
        };
        Self { house, config, meter: METER.get_or_init(build).clone() }
    }
}
/// Largest bodies: a form with attachments, and anything else.
const UPLOAD: usize = 210 << 20;
const FORM: usize = 2 << 20;

/// Scripts of the pages people log in for; the portal has its own.
const SCRIPTS: &[(&str, &str)] = &[
    ("/assets/xiezhi.js", include_str!("../../assets/xiezhi.js")),
    ("/assets/offline.js", include_str!("../../assets/offline.js")),
    ("/assets/observe.js", include_str!("../../assets/observe.js")),
    ("/assets/scoring.js", include_str!("../../assets/scoring.js")),
    ("/assets/desk.js", include_str!("../../assets/desk.js")),
    ("/assets/draw-replay.js", include_str!("../../assets/draw-replay.js")),
];
/// The router: the table of routes, assets, health, metrics.
pub fn router(doors: Doors) -> Router {
    let bare = doors.config.without_portal;
    let routed = routed(ROUTES.iter().filter(|r| !(bare && r.path == portal::PATH)));
    let script = |router: Router<Doors>, (path, text): &(&'static str, &'static str)| {
        let text: &'static str = text;
        router.route(path, axum::routing::get(move || asset("text/javascript; charset=utf-8", text)))
    };
    SCRIPTS
        .iter()
        .fold(routed, script)
        .route("/metrics", axum::routing::get(|State(d): State<Doors>| async move { d.meter.render() }))
        .route("/api/v1/openapi.json", axum::routing::get(|| async { Reply::Json(200, openapi::document()).response() }))
        .fallback(|request: Request| async move { failed(request.uri().path(), Failure::NotFound) })
        .layer(axum::middleware::map_response(guarded))
        .with_state(doors)
}
/// The router of a listener that serves nothing but the portal.
pub fn portal_router(doors: Doors) -> Router {
    routed(ROUTES.iter().filter(|r| r.path == portal::PATH))
        .route("/", axum::routing::get(|| async { Reply::Go(portal::PATH.into()).response() }))
        .fallback(|| async { failed(portal::PATH, Failure::NotFound) })
        .layer(axum::middleware::map_response(guarded))
        .with_state(doors)
}
/// These routes, and what every listener has besides.
fn routed(routes: impl Iterator<Item = &'static Route>) -> Router<Doors> {
    let mut paths: Vec<(&'static str, MethodRouter<Doors>)> = vec![];
    for route in routes {
        let filter = if route.method == "GET" { MethodFilter::GET } else { MethodFilter::POST };
        let handler = move |State(doors): State<Doors>, params: RawPathParams, request: Request| async move {
            dispatch(route, doors, &params, request).await
        };
        match paths.iter().position(|(p, _)| *p == route.path) {
            Some(i) => {
                let (path, old) = paths.remove(i);
                paths.push((path, old.on(filter, handler)));
            }
            None => paths.push((route.path, on(filter, handler))),
        }
    }
    let mut router = Router::new();
    for (path, method) in paths {
        router = router.route(path, method);
    }
    router
        .route("/healthz", axum::routing::get(healthz))
        .route("/assets/xiezhi.css", axum::routing::get(|| asset("text/css; charset=utf-8", include_str!("../../assets/xiezhi.css"))))
        .route("/assets/portal.js", axum::routing::get(|| asset("text/javascript; charset=utf-8", include_str!("../../assets/portal.js"))))
}
async fn asset(kind: &'static str, text: &'static str) -> Response<Body> {
    let mut r = Reply::Text(kind, text.to_owned()).response();
    r.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, max-age=3600"));
    r
}
async fn healthz(State(doors): State<Doors>) -> Response<Body> {
    let alive = doors.house.db.read(|tx| crate::ledger::identity(tx).map(|(_, _, size)| size)).await;
    match alive {
        Ok(size) => Reply::Json(200, serde_json::json!({"status": "ok", "entries": size})).response(),
        Err(_) => Reply::Json(503, serde_json::json!({"status": "down"})).response(),
    }
}
/// Headers of every answer (trust.md 3, rows 29, 30, 42).
async fn guarded(mut r: Response<Body>) -> Response<Body> {
    const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let h = r.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| {
        if !h.contains_key(&name) {
            h.insert(name, header::HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    r
}

async fn dispatch(route: &'static Route, doors: Doors, params: &RawPathParams, request: Request) -> Response<Body> {
    let began = Instant::now();
    let here = request.uri().path().to_owned();
    let path = params.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let done = answer(route, doors, path, request).await;
    let response = match done {
        Ok(reply) => reply.response(),
        Err(failure) => failed(&here, failure),
    };
    metrics::counter!("requests_total", "route" => route.path, "status" => response.status().as_u16().to_string()).increment(1);
    metrics::histogram!("request_seconds", "route" => route.path).record(began.elapsed().as_secs_f64());
    response
}
async fn answer(route: &'static Route, doors: Doors, path: HashMap<String, String>, request: Request) -> Result<Reply> {
    let query = Values::read(request.uri().query().unwrap_or(""));
    // A sign one of the engines cannot even look for.
    if path.values().any(|t| t.contains('\0')) {
        return Err(Failure::NotFound);
    }
    if query.has_nul() {
        return Err(Failure::Bad(400, crate::matters::UNWRITABLE.into()));
    }
    let here = request.uri().path().to_owned();
    let secure = doors.config.secure;
    let (house, now) = (doors.house.clone(), doors.house.clock.now());
    if let Does::Show(f) = route.does {
        let headers = request.headers().clone();
        let inner = house.clone();
        return house
            .db
            .read(move |tx| {
                let caller = visit::caller(tx, &headers, now, secure)?;
                let caller = admitted(&inner, route, caller, &here)?;
                let registers = inner.registers(tx)?;
                let visit = Visit {
                    house: &inner,
                    tx,
                    who: &caller.person,
                    session: caller.session.as_ref(),
                    registers,
                    path: &path,
                    query: &query,
                    here: &here,
                    dest: headers.get("sec-fetch-dest").and_then(|v| v.to_str().ok()).unwrap_or(""),
                    now,
                };
                let reply = f(&visit);
                crate::packets::note_refused(&inner, visit.who, route.what, &reply, now);
                note(&inner, caller.session.as_ref(), now.ms);
                reply
            })
            .await;
    }
    let headers = request.headers().clone();
    let (peer, public) = (peer(&request), route.path == portal::PATH);
    let length = length(&request);
    let _room = if public { room(length).await? } else { None };
    // A slow line, and no slower.
    let (limit, patience) = if public { (portal::BODY, Duration::from_secs(30 + length / (32 << 10))) } else { (UPLOAD, Duration::MAX) };
    let late = |_| Failure::Bad(408, "网络太慢，没有传完。请少传几个附件再试。".into());
    let (form, uploads, body) = tokio::time::timeout(patience, body(request, limit)).await.map_err(late)??;
    let hotline = doors.config.hotline.clone();
    if form.has_nul() {
        return Err(Failure::Bad(422, crate::matters::UNWRITABLE.into()));
    }
    let done = tokio::task::spawn_blocking(move || {
        let caller = house.db.read_here(|tx| visit::caller(tx, &headers, now, secure))?;
        let (f, caller) = match route.does {
            Does::Open(f) => (f, caller.unwrap_or(Caller { person: Default::default(), session: None, scopes: vec![] })),
            Does::Change(f) => (f, admitted(&house, route, caller, &here)?),
            Does::Show(_) => return Err(Failure::NotFound),
        };
        let post = Post {
            house,
            who: caller.person,
            session: caller.session,
            path,
            query,
            form,
            uploads,
            body,
            headers,
            now,
            peer,
            hotline,
            secure,
        };
        if matches!(route.does, Does::Change(_)) {
            visit::own_page(&post)?;
        }
        let reply = f(&post);
        crate::packets::note_refused(&post.house, &post.who, route.what, &reply, now);
        reply
    });
    done.await.map_err(|e| Failure::Fault(e.to_string()))?
}
/// Who may call this route; of a body outside it is noted where he may not (M3.4).
fn admitted(house: &House, route: &Route, caller: Option<Caller>, here: &str) -> Result<Caller> {
    let who = caller.as_ref().map(|c| c.person.clone());
    let admitted = admit(route, caller, here);
    if let Some(who) = who {
        crate::packets::note_refused(house, &who, route.what, &admitted, house.clock.now());
    }
    admitted
}
/// Default deny: the right of the route, and the scope where the caller is a token.
fn admit(route: &Route, caller: Option<Caller>, here: &str) -> Result<Caller> {
    let Some(caller) = caller else {
        let api = here.starts_with("/api/");
        return Err(Failure::Bad(if api { 401 } else { 303 }, if api { "请带有效的接口令牌。".into() } else { here.to_owned() }));
    };
    if caller.session.is_none() && route.scope.is_none_or(|s| !caller.scopes.iter().any(|have| have == s)) {
        return Err(Failure::Forbidden("接口令牌没有这项权限。".into()));
    }
    match route.right {
        Right::Roles(roles) if !roles.iter().any(|r| domain::engine::in_role(&caller.person, r)) => {
            Err(Failure::Forbidden(format!("缺少权限：{}。", route.what)))
        }
        Right::Roles(_) | Right::SignedIn | Right::Public => Ok(caller),
    }
}
/// Sessions are marked as used once a minute, off the path of the answer.
fn note(house: &House, session: Option<&crate::people::Session>, now_ms: i64) {
    if let Some(session) = session.filter(|s| now_ms - s.seen_ms >= 60_000) {
        let (house, session) = (house.clone(), session.clone());
        std::thread::spawn(move || crate::people::seen(&house, &session, now_ms));
    }
}
/// Whose address it is: behind a proxy of this machine, what the proxy says.
fn peer(request: &Request) -> Option<IpAddr> {
    let near = request.extensions().get::<serve::Peer>().map(|p| p.0);
    let told = request.headers().get("x-forwarded-for").and_then(|v| v.to_str().ok()).and_then(|v| v.rsplit(',').next());
    told.filter(|_| near.is_some_and(|a| a.is_loopback())).and_then(|t| t.trim().parse().ok()).or(near)
}
/// Memory for bodies of the portal, in megabytes: anybody may send one, and each lies in memory until it is judged.
static BODIES: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(256);
/// A body that names no length may be as large as any.
fn length(request: &Request) -> u64 {
    let told = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    let unsaid = if request.method() == "GET" { 0 } else { portal::BODY as u64 };
    told.unwrap_or(unsaid).min(portal::BODY as u64)
}
/// Room for a body; small ones always have it.
async fn room(length: u64) -> Result<Option<tokio::sync::SemaphorePermit<'static>>> {
    let megabytes = u32::try_from(length >> 20).unwrap_or(0);
    if megabytes == 0 {
        return Ok(None);
    }
    let wait = tokio::time::timeout(Duration::from_secs(20), BODIES.acquire_many(megabytes)).await;
    let full = || Failure::Bad(503, "现在上传的人多。请过一会儿再试，或先不带附件。".into());
    wait.ok().and_then(std::result::Result::ok).map(Some).ok_or_else(full)
}
async fn body(request: Request, limit: usize) -> Result<(Values, Vec<Upload>, Bytes)> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    if kind.starts_with("multipart/form-data") {
        return multipart(request, limit).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), if kind.starts_with("application/octet-stream") { limit } else { FORM }).await;
    let bytes = bytes.map_err(|_| Failure::Bad(413, "提交的内容过大。".into()))?;
    let form = if kind.starts_with("application/x-www-form-urlencoded") {
        Values::read(std::str::from_utf8(&bytes).unwrap_or(""))
    } else {
        Values::default()
    };
    Ok((form, vec![], bytes))
}
async fn multipart(mut request: Request, limit: usize) -> Result<(Values, Vec<Upload>, Bytes)> {
    let large = || Failure::Bad(413, format!("附件过多或过大：一次最多 20 份、{} MB。", limit / 10_000_000 * 10));
    let bad = |e: axum::extract::multipart::MultipartError| {
        if e.status() == 413 { large() } else { Failure::Bad(400, "表单没有传完整，请重新提交。".into()) }
    };
    // Without this the framework stops at two megabytes.
    axum::extract::DefaultBodyLimit::max(limit + FORM).apply(&mut request);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Failure::Bad(400, "表单格式不对。".into()))?;
    let (mut form, mut uploads, mut total) = (Values::default(), vec![], 0usize);
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        let (field, name) = (part.name().unwrap_or("").to_owned(), part.file_name().map(ToOwned::to_owned));
        let bytes = part.bytes().await.map_err(bad)?;
        total += bytes.len();
        if total > limit || uploads.len() > 20 {
            return Err(large());
        }
        match name {
            Some(name) if !bytes.is_empty() => uploads.push(Upload { field, name, bytes }),
            Some(_) => {}
            None => form.0.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((form, uploads, Bytes::new()))
}
/// A failure as a page, or as JSON where the caller speaks JSON. Faults are logged once and shown as a number.
fn failed(here: &str, failure: Failure) -> Response<Body> {
    static FAULTS: AtomicU64 = AtomicU64::new(0);
    let api = here.starts_with("/api/");
    if let (Failure::Bad(303, to), false) = (&failure, api) {
        return Reply::Go(format!("/login?next={}", visit::encode(to))).response();
    }
    let mut reference = None;
    let (status, words) = match &failure {
        Failure::NotFound => (404, "没有找到，或你无权查看。".to_owned()),
        Failure::Forbidden(why) => (403, why.clone()),
        Failure::Stale => (409, failure.to_string()),
        Failure::Refused(r) if r.code == "bad_form" => (422, r.reason.to_owned()),
        Failure::Refused(r) => (409, r.reason.to_owned()),
        Failure::Bad(status, why) => (*status, why.clone()),
        Failure::Fault(what) => {
            let number = format!("{:06}", FAULTS.fetch_add(1, Ordering::Relaxed) + 1);
            tracing::error!(reference = number, what, path = here, "fault");
            reference = Some(number);
            (500, "系统出了故障，你的提交没有生效。".to_owned())
        }
    };
    if api {
        let fields = if let Failure::Refused(r) = &failure { r.fields.iter().cloned().collect() } else { HashMap::<String, String>::new() };
        let code = if let Failure::Refused(r) = &failure { r.code } else { "" };
        return Reply::Json(status, serde_json::json!({"error": words, "code": code, "fields": fields, "reference": reference})).response();
    }
    if here == portal::PATH {
        return portal::trouble(status, &words, reference).response();
    }
    Reply::Page(status, present::failure_page(status, &words, reference)).response()
}
