//! One writer. Acts that wait share a commit: each runs under its own savepoint, and none is answered before the commit.
use rusqlite::Connection;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::{Tx, pg::Session};
use crate::failure::{Failure, Result};

/// How many waiting writes share one commit at most.
const TOGETHER: usize = 128;

/// Tells the waiting caller how the commit went.
type Reply = Box<dyn FnOnce(std::result::Result<(), String>) + Send>;
/// Runs the work, or says that there is no database; says whether to keep it, and how to answer.
type Job = Box<dyn FnOnce(Option<&Tx>) -> (bool, Reply) + Send>;

/// The door to the writer's queue.
#[derive(Clone)]
pub struct Writer(SyncSender<Job>);

impl Writer {
    pub(super) fn sqlite(conn: Connection) -> Result<Self> {
        Self::start(move |jobs, first| batch(&Tx::Sqlite(&conn), "BEGIN IMMEDIATE", jobs, first))
    }
    pub(super) fn postgres(url: String) -> Result<Self> {
        let mut session: Option<RefCell<Session>> = None;
        Self::start(move |jobs, first| {
            if session.is_none() {
                session = Session::open(&url).ok().map(Into::into);
            }
            let sound = match &session {
                Some(s) => batch(&Tx::Postgres(s), "BEGIN", jobs, first),
                None => refuse(first),
            };
            if !sound {
                session = None;
            }
            sound
        })
    }
    fn start(mut run: impl FnMut(&Receiver<Job>, Job) -> bool + Send + 'static) -> Result<Self> {
        let (door, jobs) = sync_channel::<Job>(1_024);
        std::thread::Builder::new().name("writer".into()).spawn(move || {
            while let Ok(first) = jobs.recv() {
                run(&jobs, first);
            }
        })?;
        Ok(Self(door))
    }
    /// Puts work in the queue; `answer` is called once it is durable, or has failed.
    pub(super) fn queue<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Tx) -> Result<T> + Send + 'static,
        answer: impl FnOnce(Result<T>) + Send + 'static,
    ) -> Result<()> {
        let job: Job = Box::new(move |tx| {
            let done = match tx {
                Some(tx) => catch_unwind(AssertUnwindSafe(|| work(tx))).unwrap_or_else(|_| Err(Failure::Fault("写入时程序中断".into()))),
                None => Err(Failure::Fault("数据库连接不上".into())),
            };
            let keep = done.is_ok();
            let reply: Reply = Box::new(move |committed| answer(done.and_then(|t| committed.map(|()| t).map_err(Failure::Fault))));
            (keep, reply)
        });
        self.0.try_send(job).map_err(|_| Failure::Bad(503, "系统忙，请稍后再试。".into()))
    }
}

fn refuse(job: Job) -> bool {
    let (_, reply) = job(None);
    reply(Ok(()));
    false
}

/// Carries out `first` and whatever waits behind it in one transaction. `false`: the connection is not to be trusted.
fn batch(tx: &Tx, begin: &str, jobs: &Receiver<Job>, first: Job) -> bool {
    if tx.exec(begin, &[]).is_err() {
        return refuse(first);
    }
    let mut replies: Vec<(bool, Reply)> = vec![];
    let mut sound = true;
    let mut next = Some(first);
    while let Some(job) = next {
        sound &= tx.exec("SAVEPOINT act", &[]).is_ok();
        let (keep, reply) = job(Some(tx));
        sound &= keep || tx.exec("ROLLBACK TO SAVEPOINT act", &[]).is_ok();
        sound &= tx.exec("RELEASE SAVEPOINT act", &[]).is_ok();
        replies.push((keep, reply));
        next = if sound && replies.len() < TOGETHER { jobs.try_recv().ok() } else { None };
    }
    let any = replies.iter().any(|(keep, _)| *keep);
    let end = match (sound, any) {
        (true, true) => tx.exec("COMMIT", &[]).map(drop),
        (true, false) => tx.exec("ROLLBACK", &[]).map(drop),
        (false, _) => Err(Failure::Fault("事务中断".into())),
    };
    let end = end.map_err(|e| {
        let _ = tx.batch("ROLLBACK");
        e.to_string()
    });
    let sound = end.is_ok();
    for (_, reply) in replies {
        reply(end.clone());
    }
    sound
}
