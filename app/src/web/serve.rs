//! Serves the router with time limits: a slow header, an idle connection or too many connections cost nobody else anything.
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// Connections at the same time, in all and from one address.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub all: usize,
    pub each: usize,
}
/// Behind a proxy every connection comes from one address.
pub const STAFF: Room = Room { all: 512, each: 512 };
/// An industrial park stands behind one address, and may not take the whole portal for itself.
pub const PUBLIC: Room = Room { all: 256, each: 128 };

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Serves until `stop` resolves; requests under way are finished.
///
/// # Errors
/// When the socket fails.
pub async fn serve(listener: TcpListener, router: Router, room: Room, stop: impl Future<Output = ()> + Send) -> std::io::Result<()> {
    let places = Arc::new(Semaphore::new(room.all));
    let taken: Arc<Mutex<HashMap<IpAddr, usize>>> = Arc::default();
    let graceful = hyper_util::server::graceful::GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let place = tokio::select! {
            place = places.clone().acquire_owned() => place.map_err(std::io::Error::other)?,
            () = &mut stop => break,
        };
        let (stream, address) = tokio::select! {
            accepted = listener.accept() => match accepted { Ok((stream, from)) => (stream, from.ip()), Err(_) => continue },
            () = &mut stop => break,
        };
        let Some(seat) = Seat::take(&taken, address, room.each) else { continue };
        let _ = stream.set_nodelay(true);
        let mut builder = Builder::new(TokioExecutor::new()).http1_only();
        builder.http1().timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10)).max_buf_size(64 << 10);
        let inner = TowerToHyperService::new(router.clone());
        let service = hyper::service::service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
            request.extensions_mut().insert(Peer(address));
            hyper::service::Service::call(&inner, request)
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            let _ = connection.await;
            drop((place, seat));
        });
    }
    let _ = tokio::time::timeout(Duration::from_secs(10), graceful.shutdown()).await;
    Ok(())
}
/// One of the connections of an address.
struct Seat(Arc<Mutex<HashMap<IpAddr, usize>>>, IpAddr);
impl Seat {
    fn take(taken: &Arc<Mutex<HashMap<IpAddr, usize>>>, address: IpAddr, most: usize) -> Option<Self> {
        let mut all = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let n = all.entry(address).or_default();
        (*n < most).then(|| *n += 1)?;
        Some(Self(taken.clone(), address))
    }
}
impl Drop for Seat {
    fn drop(&mut self) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = all.get_mut(&self.1).map_or(0, |n| {
            *n -= 1;
            *n
        });
        if left == 0 {
            all.remove(&self.1);
        }
    }
}
