//! A mail server and a gateway that take whatever comes and remember it.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::cast_possible_truncation)]
use serde_json::Value as Json;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

#[derive(Clone, Debug)]
pub struct Mail {
    pub to: String,
    pub raw: String,
}
impl Mail {
    /// The body as its reader sees it.
    pub fn text(&self) -> String {
        let (head, body) = self.raw.split_once("\r\n\r\n").unwrap();
        let head = head.to_ascii_lowercase();
        if head.contains("transfer-encoding: base64") { base64(body) } else { quoted(body) }
    }
}
fn base64(text: &str) -> String {
    let digit = |c: u8| "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".bytes().position(|d| d == c).unwrap_or(0) as u32;
    let signs: Vec<u8> = text.bytes().filter(|c| !c.is_ascii_whitespace()).collect();
    let mut out = vec![];
    for four in signs.chunks(4) {
        let n = four.iter().fold(0u32, |n, c| n << 6 | digit(*c));
        let kept = four.iter().filter(|c| **c != b'=').count().saturating_sub(1);
        out.extend(&n.to_be_bytes()[1..=kept]);
    }
    String::from_utf8(out).unwrap()
}
fn quoted(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let (bytes, mut out, mut i) = (text.as_bytes(), vec![], 0);
    while i < bytes.len() {
        let hex = if bytes[i] == b'=' { text.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(h, 16).ok()) } else { None };
        out.push(hex.unwrap_or(bytes[i]));
        i += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
fn six_digits(text: &str) -> String {
    let at = text.find("验证码 ").unwrap_or_else(|| panic!("no code in {text}")) + "验证码 ".len();
    text[at..at + 6].to_owned()
}
/// SMTP.
pub struct Mails {
    pub port: u16,
    all: Arc<Mutex<Vec<Mail>>>,
}
impl Mails {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, all) = (listener.local_addr().unwrap().port(), Arc::<Mutex<Vec<Mail>>>::default());
        let kept = all.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                std::thread::spawn(move || drop(serve_mail(stream, &kept)));
            }
        });
        Self { port, all }
    }
    pub fn all(&self) -> Vec<Mail> {
        self.all.lock().unwrap().clone()
    }
    pub fn code(&self) -> String {
        six_digits(&self.all().last().unwrap().text())
    }
}
fn serve_mail(mut stream: TcpStream, kept: &Mutex<Vec<Mail>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?);
    let (mut line, mut to) = (String::new(), String::new());
    write!(stream, "220 sink\r\n")?;
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        match line.get(..4).unwrap_or("") {
            "DATA" => {
                write!(stream, "354 go on\r\n")?;
                let mut raw = String::new();
                loop {
                    line.clear();
                    lines.read_line(&mut line)?;
                    if line == ".\r\n" {
                        break;
                    }
                    raw += &line;
                }
                kept.lock().unwrap().push(Mail { to: to.clone(), raw });
                write!(stream, "250 taken\r\n")?;
            }
            "RCPT" => {
                to = line.split('<').nth(1).and_then(|t| t.split('>').next()).unwrap_or("").to_owned();
                write!(stream, "250 ok\r\n")?;
            }
            "QUIT" => {
                write!(stream, "221 bye\r\n")?;
                return Ok(());
            }
            _ => write!(stream, "250 ok\r\n")?,
        }
    }
}
#[derive(Clone, Debug)]
pub struct Posted {
    pub raw: String,
    pub body: String,
}
impl Posted {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap()
    }
    pub fn head(&self, name: &str) -> String {
        let found = self.raw.lines().find_map(|l| l.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)));
        found.map_or("", |(_, v)| v).trim().to_owned()
    }
}
/// HTTP.
pub struct Hook {
    pub port: u16,
    status: Arc<AtomicU16>,
    all: Arc<Mutex<Vec<Posted>>>,
}
impl Hook {
    pub fn new(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, all) = (listener.local_addr().unwrap().port(), Arc::<Mutex<Vec<Posted>>>::default());
        let status = Arc::new(AtomicU16::new(status));
        let (kept, says) = (all.clone(), status.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, says) = (kept.clone(), says.clone());
                std::thread::spawn(move || drop(serve_post(stream, &kept, says.load(Ordering::SeqCst))));
            }
        });
        Self { port, status, all }
    }
    pub fn answer(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }
    pub fn all(&self) -> Vec<Posted> {
        self.all.lock().unwrap().clone()
    }
    pub fn code(&self) -> String {
        six_digits(self.all().last().unwrap().json()["text"].as_str().unwrap())
    }
}
fn serve_post(mut stream: TcpStream, kept: &Mutex<Vec<Posted>>, status: u16) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut head, mut line, mut length) = (String::new(), String::new(), 0usize);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = n.trim().parse().unwrap();
        }
        head += &line;
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).unwrap();
    kept.lock().unwrap().push(Posted { raw: format!("{head}\n{body}"), body });
    write!(stream, "HTTP/1.1 {status} x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}
