//! A handful of connections for reading; one per thread that reads at the same time.
use std::sync::Mutex;

use crate::failure::Result;

/// Idle connections of one engine, and how to make another.
pub struct Pool<C> {
    idle: Mutex<Vec<C>>,
    make: Box<dyn Fn() -> Result<C> + Send + Sync>,
}
impl<C> Pool<C> {
    pub fn new(make: impl Fn() -> Result<C> + Send + Sync + 'static) -> Self {
        Self { idle: Mutex::new(vec![]), make: Box::new(make) }
    }
    /// Lends a connection. One whose use failed is dropped: it may be broken, and a new one costs little.
    pub fn with<T>(&self, f: impl FnOnce(&C) -> Result<T>) -> Result<T> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let conn = idle.map_or_else(|| (self.make)(), Ok)?;
        let done = f(&conn);
        let sound = !matches!(done, Err(crate::failure::Failure::Fault(_)));
        if let Some(mut idle) = self.idle.lock().ok().filter(|idle| sound && idle.len() < 32) {
            idle.push(conn);
        }
        done
    }
}
