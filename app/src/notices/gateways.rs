//! What leaves the house: e-mail by SMTP and a signed JSON POST. Nothing is reached but what `gateways.json` in the data folder names (or the
//! file that XIEZHI_GATEWAYS names); without it nothing leaves.
use ledger::Alg;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{SmtpTransport, Transport as _};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use crate::edge::hex;
use crate::failure::{Failure, Result};

/// No gateway is waited for longer, well below the lease of a message.
const PATIENCE: Duration = Duration::from_secs(15);
/// Subject of every e-mail: whoever sees a screen or a mailbox learns nothing, not even from which system it is (trust.md T5).
const SUBJECT: &str = "一条政务提醒";

/// Where messages go.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateways {
    pub mail: Option<Mail>,
    pub webhook: Option<Webhook>,
}
/// An SMTP server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `smtps://host:465`, `smtp+starttls://host:587`; `smtp://127.0.0.1:25` for a server of this machine alone.
    pub server: String,
    /// Address it is sent from.
    pub from: String,
    #[serde(default)]
    pub user: String,
    #[serde(default)]
    pub password: String,
}
/// A gateway that takes JSON.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// `https://…`; `http://` for this machine alone.
    pub url: String,
    /// Shared with the gateway; signs every message.
    pub secret: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
}
/// One message on its way.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The same at every try.
    pub event: String,
    pub channel: String,
    pub to: String,
    pub what: &'static str,
    pub text: String,
    pub at_ms: i64,
}
/// Why a message did not go out, in fixed words: what a gateway answers may hold anything.
#[derive(Debug)]
pub struct Trouble {
    pub words: String,
    /// Another try would end the same way.
    pub final_: bool,
}
fn trouble(words: &str, final_: bool) -> Trouble {
    Trouble { words: words.to_owned(), final_ }
}
impl Gateways {
    /// Reads the file of a house; no file, no gateways.
    ///
    /// # Errors
    /// A file that others may read, or that does not say what it should.
    pub fn find(folder: &Path) -> Result<Self> {
        let file = std::env::var_os("XIEZHI_GATEWAYS").map_or_else(|| folder.join("gateways.json"), Into::into);
        if !file.exists() {
            return Ok(Self::default());
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            if std::fs::metadata(&file)?.permissions().mode() & 0o077 != 0 {
                return Err(Failure::Fault(format!("{} 可被他人读取，请先执行 chmod 600。", file.display())));
            }
        }
        let all = Self::read(&std::fs::read_to_string(&file)?);
        all.map_err(|say| Failure::Fault(format!("{}：{say}", file.display())))
    }
    /// Reads the text of such a file.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> std::result::Result<Self, String> {
        let all: Self = serde_json::from_str(text).map_err(|e| format!("读不通（第 {} 行）", e.line()))?;
        if let Some(mail) = &all.mail {
            mail.transport()?;
            mail.from.parse::<Mailbox>().map_err(|_| "mail.from 应是邮箱地址".to_owned())?;
        }
        match &all.webhook {
            Some(w) if !(w.url.starts_with("https://") || w.url.starts_with("http://") && near(&w.url)) => {
                Err("webhook.url 应以 https:// 开头；http:// 只用于本机".into())
            }
            Some(w) if w.secret.len() < 16 => Err("webhook.secret 至少 16 个字符".into()),
            _ => Ok(all),
        }
    }
    /// Names of the channels there are.
    pub fn channels(&self) -> Vec<&'static str> {
        [self.mail.as_ref().map(|_| "mail"), self.webhook.as_ref().map(|_| "webhook")].into_iter().flatten().collect()
    }
    /// Sends one message.
    ///
    /// # Errors
    /// Why it did not go out.
    pub fn send(&self, letter: &Letter) -> std::result::Result<(), Trouble> {
        match (letter.channel.as_str(), &self.mail, &self.webhook) {
            ("mail", Some(mail), _) => mail.send(letter),
            ("webhook", _, Some(webhook)) => webhook.send(letter),
            _ => Err(trouble("没有这条通道", false)),
        }
    }
}
/// Host and port of an address with a scheme.
fn place(address: &str) -> Option<(&str, u16)> {
    let rest = address.split_once("://")?.1.split('/').next()?;
    let (host, port) = rest.rsplit_once(':')?;
    Some((host, port.parse().ok()?))
}
/// Whether an address is this machine's own.
fn near(address: &str) -> bool {
    let host = address.split_once("://").map_or("", |(_, rest)| rest).split('/').next().unwrap_or("");
    let host = host.rsplit_once(':').map_or(host, |(h, _)| h);
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}
impl Mail {
    fn transport(&self) -> std::result::Result<SmtpTransport, String> {
        let wrong = || "mail.server 应写作 smtps://主机:465、smtp+starttls://主机:587；smtp:// 只用于本机".to_owned();
        let (host, port) = place(&self.server).ok_or_else(wrong)?;
        let builder = match self.server.split_once("://").map_or("", |(scheme, _)| scheme) {
            "smtps" => SmtpTransport::relay(host).map_err(|_| wrong())?,
            "smtp+starttls" => SmtpTransport::starttls_relay(host).map_err(|_| wrong())?,
            "smtp" if near(&self.server) => SmtpTransport::builder_dangerous(host),
            _ => return Err(wrong()),
        };
        // The machine's own name is nobody's business.
        let builder = builder.port(port).timeout(Some(PATIENCE)).hello_name(ClientId::Domain("localhost".into()));
        let login = (!self.user.is_empty()).then(|| Credentials::new(self.user.clone(), self.password.clone()));
        Ok(login.map_or_else(|| builder.clone(), |c| builder.clone().credentials(c)).build())
    }
    fn send(&self, letter: &Letter) -> std::result::Result<(), Trouble> {
        let wrong = |_| trouble("地址不能用", true);
        let from: Mailbox = self.from.parse().map_err(wrong)?;
        let to: Mailbox = letter.to.parse().map_err(wrong)?;
        let at = UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.at_ms).unwrap_or(0));
        let id = format!("<{}@{}>", letter.event, from.email.domain());
        let message = Message::builder()
            .from(from)
            .to(to)
            .subject(SUBJECT)
            .date(at)
            .message_id(Some(id))
            .header(ContentType::TEXT_PLAIN)
            .body(format!("{}\n\n系统自动发出，不用回复。\n", letter.text))
            .map_err(|_| trouble("写不成邮件", true))?;
        let transport = self.transport().map_err(|say| trouble(&say, false))?;
        transport.send(&message).map(drop).map_err(|e| match () {
            () if e.is_permanent() => trouble("对方拒收", true),
            () if e.is_transient() => trouble("对方暂不接收", false),
            () if e.is_timeout() => trouble("等候超时", false),
            () if e.is_tls() => trouble("加密连接失败", false),
            () => trouble("连接不上", false),
        })
    }
}
impl Webhook {
    fn send(&self, letter: &Letter) -> std::result::Result<(), Trouble> {
        let at = (letter.at_ms / 1_000).to_string();
        let body = serde_json::json!({"event": letter.event, "to": letter.to, "what": letter.what, "text": letter.text}).to_string();
        let signature = hex(&Alg::Sha256.hmac(self.secret.as_bytes(), format!("{at}.{body}").as_bytes()));
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // What is reached is what is configured here, not what the environment says.
            .proxy(None)
            .user_agent("")
            .build()
            .into();
        let mut request = agent.post(&self.url).header("content-type", "application/json; charset=utf-8");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request =
            request.header("x-event-id", &letter.event).header("x-timestamp", &at).header("x-signature", format!("sha256={signature}"));
        match request.send(&body).map(|r| r.status().as_u16()) {
            Ok(200..=299) => Ok(()),
            // Asked to come later, or the gateway itself is in trouble.
            Ok(408 | 425 | 429 | 500..=599) => Err(trouble("对方暂不接收", false)),
            Ok(_) => Err(trouble("对方拒收", true)),
            Err(ureq::Error::Timeout(_)) => Err(trouble("等候超时", false)),
            Err(ureq::Error::Tls(_) | ureq::Error::Rustls(_)) => Err(trouble("加密连接失败", false)),
            Err(_) => Err(trouble("连接不上", false)),
        }
    }
}
