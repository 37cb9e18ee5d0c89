//! A load client: keep-alive connections, one thread each, no think time unless asked for. It reads whole answers and checks their status.
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// What to ask for.
pub struct Load {
    pub port: u16,
    /// Each request is somebody's: the paths in turn, by these in turn.
    pub cookies: Vec<String>,
    /// Between an answer and the next request of the same connection.
    pub pause: Duration,
    pub connections: usize,
    pub span: Duration,
    pub paths: Vec<String>,
}
/// What was measured.
pub struct Measured {
    micros: Vec<u64>,
    span: Duration,
}
impl Measured {
    pub fn per_second(&self) -> f64 {
        self.micros.len() as f64 / self.span.as_secs_f64()
    }
    /// Milliseconds.
    pub fn percentile(&self, p: usize) -> f64 {
        self.micros.get((self.micros.len().max(1) - 1) * p / 100).map_or(0.0, |m| *m as f64 / 1e3)
    }
    fn of(parts: Vec<Vec<u64>>, span: Duration) -> Self {
        let mut micros: Vec<u64> = parts.into_iter().flatten().collect();
        micros.sort_unstable();
        Self { micros, span }
    }
}
struct Wire {
    write: TcpStream,
    read: BufReader<TcpStream>,
    body: Vec<u8>,
}
impl Wire {
    fn open(port: u16) -> Self {
        let write = TcpStream::connect(("127.0.0.1", port)).unwrap();
        write.set_nodelay(true).unwrap();
        Self { read: BufReader::with_capacity(128 << 10, write.try_clone().unwrap()), write, body: vec![] }
    }
    fn ask(&mut self, request: &[u8]) -> u16 {
        self.write.write_all(request).unwrap();
        let (mut status, mut length, mut line) = (0, 0usize, String::new());
        loop {
            line.clear();
            assert!(self.read.read_line(&mut line).unwrap() > 0, "connection closed");
            if line == "\r\n" {
                break;
            }
            if status == 0 {
                status = line.split(' ').nth(1).unwrap().parse().unwrap();
            } else if let Some(n) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = n.trim().parse().unwrap();
            }
        }
        self.body.resize(length, 0);
        self.read.read_exact(&mut self.body).unwrap();
        status
    }
}
fn get_bytes(path: &str, cookie: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n").into_bytes()
}
/// One page.
pub fn get(port: u16, path: &str, cookie: &str) -> (u16, String) {
    let mut wire = Wire::open(port);
    let status = wire.ask(&get_bytes(path, cookie));
    (status, String::from_utf8_lossy(&wire.body).into_owned())
}
/// Percent-encoding.
pub fn encode(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}
impl Load {
    /// Loads the server for the span; a second's warm-up is not counted.
    pub fn run(&self) -> Measured {
        let requests: Vec<Vec<u8>> =
            self.paths.iter().enumerate().map(|(i, p)| get_bytes(p, &self.cookies[i % self.cookies.len()])).collect();
        let start = Instant::now() + self.span / 4;
        let end = start + self.span;
        let parts = std::thread::scope(|scope| {
            let one = |n: usize| {
                let requests = &requests;
                scope.spawn(move || {
                    let (mut wire, mut micros, mut i) = (Wire::open(self.port), vec![], n * 131);
                    loop {
                        let began = Instant::now();
                        assert_eq!(wire.ask(&requests[i % requests.len()]), 200);
                        let now = Instant::now();
                        if began >= start {
                            micros.push((now - began).as_micros() as u64);
                        }
                        if now >= end {
                            return micros;
                        }
                        i += 1;
                        if !self.pause.is_zero() {
                            std::thread::sleep(self.pause);
                        }
                    }
                })
            };
            let all: Vec<_> = (0..self.connections).map(one).collect();
            all.into_iter().map(|h| h.join().unwrap()).collect()
        });
        Measured::of(parts, self.span)
    }
}
/// Acts over the JSON API, each on a matter of its own client.
pub fn acts(port: u16, token: &str, targets: &[String], clients: usize, span: Duration) -> Measured {
    let end = Instant::now() + span;
    let parts = std::thread::scope(|scope| {
        let one = |n: usize| {
            scope.spawn(move || {
                let (mut wire, mut micros, mut i) = (Wire::open(port), vec![], 0usize);
                while Instant::now() < end {
                    let number = &targets[(n + i * clients) % targets.len()];
                    let body = format!("{{\"form\":{{\"letter\":\"请按期报送，第 {i} 次提醒。\"}}}}");
                    let request = format!(
                        "POST /api/v1/matters/{number}/urge HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {}-{clients}-{n}-{i}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                        std::process::id(),
                        body.len()
                    );
                    let began = Instant::now();
                    let status = wire.ask(request.as_bytes());
                    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&wire.body));
                    micros.push(began.elapsed().as_micros() as u64);
                    i += 1;
                }
                micros
            })
        };
        let all: Vec<_> = (0..clients).map(one).collect();
        all.into_iter().map(|h| h.join().unwrap()).collect()
    });
    Measured::of(parts, span)
}
