//! Log-in, one-time links, devices, API tokens.
use std::sync::atomic::{AtomicUsize, Ordering};

use super::pages::{Cell, FieldView, Input, InvitationPage, LoginPage, SetupPage, SmallForm, TablePage, html};
use super::present;
use super::visit::{Post, Reply, Visit, cookie};
use crate::failure::{Failure, Result};
use crate::people::{self, Attempt, Login, SCOPES};
use crate::{demo, edge};

/// Argon2 takes 19 MiB each: two at a time, sixteen waiting, then 503 (trust.md 2.4).
static HASHING: AtomicUsize = AtomicUsize::new(0);
const HASHING_MOST: usize = 18;

struct Place;
impl Place {
    fn take() -> Result<Self> {
        if HASHING.fetch_add(1, Ordering::SeqCst) >= HASHING_MOST {
            HASHING.fetch_sub(1, Ordering::SeqCst);
            return Err(Failure::Bad(503, "登录的人多，请稍后再试。".into()));
        }
        Ok(Self)
    }
}
impl Drop for Place {
    fn drop(&mut self) {
        HASHING.fetch_sub(1, Ordering::SeqCst);
    }
}
fn login(p: &Post, status: u16, error: Option<String>) -> Result<Reply> {
    let (_, _, size) = p.house.db.read_here(crate::ledger::identity)?;
    let next = if p.form.has("next") { p.form.get("next") } else { p.query.get("next") };
    let page = LoginPage {
        error,
        login: p.form.get("account").into(),
        next: next.into(),
        demo: demo::accounts(&p.house)?,
        foot: format!("自主部署 · 版本 {} · 台账 {size} 条", env!("CARGO_PKG_VERSION")),
    };
    Ok(Reply::Page(status, html(&page)))
}
/// `GET /login`.
pub fn login_page(p: &Post) -> Result<Reply> {
    if p.session.is_some() { Ok(Reply::Go("/".into())) } else { login(p, 200, None) }
}
/// `POST /login`.
pub fn log_in(p: &Post) -> Result<Reply> {
    let _place = Place::take()?;
    let text = |n: &str| p.form.get(n).trim().to_owned();
    let device = p.headers.get("user-agent").and_then(|v| v.to_str().ok()).unwrap_or("未知设备").to_owned();
    let attempt = Attempt { login: text("account"), password: p.form.get("password").to_owned(), code: text("otp"), device };
    match people::log_in(&p.house, attempt)? {
        Login::In(token) => {
            let next = p.form.get("next");
            // Only our own pages: an address with a host in it leads elsewhere.
            let to = if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') { next } else { "/" };
            Ok(Reply::GoWith(to.to_owned(), cookie(p.secure, &token)))
        }
        Login::Wrong => login(p, 401, Some("账号、密码或动态口令不对。请重新输入。".into())),
        Login::Wait(seconds) => login(p, 429, Some(format!("试错次数多，请等 {seconds} 秒再试。密码和口令都对时随时可以登录。"))),
    }
}
/// `GET /offline-key`: the key under which a browser may keep a draft while the net is away (trust.md T15). It follows from the
/// session and the house, is written nowhere, and cannot be had again once the session is over.
pub fn offline_key(v: &Visit) -> Result<Reply> {
    let session = v.session.ok_or(Failure::NotFound)?;
    Ok(Reply::Json(200, serde_json::json!({"key": v.house.keys.blind(&format!("offline|{}", session.key))})))
}
/// `POST /logout`.
pub fn log_out(p: &Post) -> Result<Reply> {
    if let Some(session) = &p.session {
        people::log_out(&p.house, session)?;
    }
    Ok(Reply::GoWith("/login".into(), cookie(p.secure, "")))
}
/// SVG path of the square with its border, and its width.
pub(super) fn qr(text: &str) -> (String, i32) {
    use std::fmt::Write as _;
    let Ok(code) = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium) else { return (String::new(), 1) };
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{},{}h1v1h-1z", x + 4, y + 4);
        }
    }
    (path, size + 8)
}
fn invitation(p: &Post, status: u16, password: Option<String>, code: Option<String>) -> Result<Reply> {
    let token = p.part("token");
    let known = p.house.db.read_here(|tx| people::open_invitation(tx, token, p.now.ms))?;
    let Some((account, secret)) = known else {
        return Err(Failure::Bad(404, "链接已用过或已过期。请向管理员重新要一个。".into()));
    };
    let address = people::otpauth(&secret, &account.login);
    let shown = address.split("secret=").nth(1).and_then(|s| s.split('&').next()).unwrap_or("").to_owned();
    let page = InvitationPage {
        name: account.name,
        login: account.login,
        qr: qr(&address),
        secret: shown,
        error_password: password,
        error_code: code,
        done: false,
    };
    Ok(Reply::Page(status, html(&page)))
}
/// `GET /invitation/{token}`.
pub fn invitation_page(p: &Post) -> Result<Reply> {
    invitation(p, 200, None, None)
}
/// `POST /invitation/{token}`.
pub fn take_invitation(p: &Post) -> Result<Reply> {
    let _place = Place::take()?;
    match people::take_invitation(&p.house, p.part("token"), p.form.get("password"), p.form.get("code")) {
        Ok(_) => Ok(Reply::Html(html(&InvitationPage { done: true, ..Default::default() }))),
        Err(Failure::Refused(r)) => {
            let of = |name: &str| r.fields.iter().find(|(n, _)| n == name).map(|(_, say)| say.clone());
            invitation(p, 422, of("password"), of("code"))
        }
        Err(other) => Err(other),
    }
}
fn setup(p: &Post, status: u16, errors: &[(String, String)], links: Vec<(String, String, String)>) -> Result<Reply> {
    let error = |name: &str| errors.iter().find(|(n, _)| n == name).map(|(_, say)| say.clone());
    let page = SetupPage {
        org: p.form.get("org").into(),
        code: p.form.get("code").into(),
        error_org: error("org"),
        error_code: error("code"),
        links,
    };
    Ok(Reply::Page(status, html(&page)))
}
/// `GET /setup/{token}`: the first run, for whoever holds the link that the console printed.
pub fn setup_page(p: &Post) -> Result<Reply> {
    if !p.house.db.read_here(|tx| people::setup_open(tx, p.part("token"), p.now.ms))? {
        return Err(Failure::Bad(404, "链接已用过或已过期。请重新启动服务取得新的链接。".into()));
    }
    setup(p, 200, &[], vec![])
}
/// `POST /setup/{token}`.
pub fn set_up(p: &Post) -> Result<Reply> {
    match people::found(&p.house, Some(p.part("token")), p.form.get("org"), p.form.get("code")) {
        Ok(links) => setup(p, 200, &[], links),
        Err(Failure::Refused(r)) => setup(p, 422, &r.fields, vec![]),
        Err(other) => Err(other),
    }
}
/// `GET /devices`.
pub fn devices(v: &Visit) -> Result<Reply> {
    let here = v.session.map(|s| s.key.clone()).unwrap_or_default();
    let rows = people::sessions(v.tx, &v.who.id, v.now.ms)?.into_iter().map(|s| {
        let end = if s.key == here {
            Cell::Tag("本机".into(), "")
        } else {
            Cell::Button("/devices/revoke".into(), "下线".into(), vec![("session".into(), s.key.clone())])
        };
        vec![Cell::Text(s.device), Cell::Text(edge::minute_of(s.created_ms)), Cell::Text(edge::minute_of(s.seen_ms)), end]
    });
    let page = TablePage {
        frame: present::frame(v, "登录设备", &[("工作台", "/"), ("登录设备", "")])?,
        heading: "登录设备".into(),
        explain: "不认识的设备请立即下线，并告诉系统管理员。".into(),
        columns: vec!["设备", "登录时间", "最近使用", "操作"],
        rows: rows.collect(),
        empty: "没有其他设备".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `POST /devices/revoke`.
pub fn revoke(p: &Post) -> Result<Reply> {
    people::revoke(&p.house, &p.who.id, p.form.get("session"))?;
    Ok(Reply::Go("/devices?done=%E5%B7%B2%E4%B8%8B%E7%BA%BF".into()))
}
fn token_page(v: &Visit, fresh: Option<&str>) -> Result<Reply> {
    let scope = |s: &str| SCOPES.iter().filter(|(k, _)| s.split(' ').any(|x| x == *k)).map(|(_, l)| *l).collect::<Vec<_>>().join("、");
    let rows = people::api_tokens(v.tx, &v.who.id)?.into_iter().map(|t| {
        vec![
            Cell::Text(t.name),
            Cell::Text(scope(&t.scopes)),
            Cell::Text(edge::minute_of(t.created_ms)),
            Cell::Button("/tokens/withdraw".into(), "收回".into(), vec![("token".into(), t.key)]),
        ]
    });
    let name = FieldView { name: "name".into(), label: "用途".into(), required: true, ..Default::default() };
    let scopes = SCOPES.iter().map(|(k, l)| ((*k).to_owned(), (*l).to_owned(), false)).collect();
    let scopes =
        FieldView { name: "scope".into(), label: "权限".into(), required: true, input: Input::Many(scopes), ..Default::default() };
    let page = TablePage {
        frame: present::frame(v, "接口令牌", &[("工作台", "/"), ("接口令牌", "")])?,
        heading: "接口令牌".into(),
        explain: "令牌代表你本人，所见所办与你登录时相同。".into(),
        notes: fresh.map(|t| format!("新令牌只显示这一次：{t}")).into_iter().collect(),
        columns: vec!["用途", "权限", "建立时间", "操作"],
        rows: rows.collect(),
        form: Some(SmallForm {
            heading: "新建令牌".into(),
            action: "/tokens".into(),
            fields: vec![name, scopes],
            submit: "新建令牌".into(),
            ..Default::default()
        }),
        empty: "没有令牌".into(),
        ..Default::default()
    };
    Ok(Reply::Html(html(&page)))
}
/// `GET /tokens`.
pub fn tokens(v: &Visit) -> Result<Reply> {
    token_page(v, None)
}
/// `POST /tokens`.
pub fn new_token(p: &Post) -> Result<Reply> {
    let scopes: Vec<String> = p.form.all("scope").map(ToOwned::to_owned).collect();
    let token = people::issue(&p.house, &p.who.id, p.form.get("name"), &scopes)?;
    p.visit(|v| token_page(v, Some(&token)))
}
/// `POST /tokens/withdraw`.
pub fn withdraw_token(p: &Post) -> Result<Reply> {
    people::withdraw(&p.house, &p.who.id, p.form.get("token"))?;
    Ok(Reply::Go("/tokens".into()))
}
