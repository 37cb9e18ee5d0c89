//! What each command does.
use domain::engine::{Person, RoleHeld};
use ledger::Alg;
use serde_json::json;
use std::io::Write as _;
use std::path::Path;

use super::{Command, DrawCommand, ReportCommand, StandardCommand, Store, UserCommand, VaultCommand, archive, backup};
use crate::documents::Ledgers;
use crate::edge::Clock;
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::ledger::{CHAIN_CONFIDENTIAL, CHAIN_MAIN};
use crate::matters::{self, Desk, Filter};
use crate::registers::{self, Registers};
use crate::web::{self, Config, Doors};
use crate::{demo, inbox, notices, people, search};

fn open(store: &Store) -> Result<House> {
    House::open(&store.place(), Clock::default(), Alg::Sm3)
}
fn existing(store: &Store) -> Result<House> {
    if store.database.is_none() && !store.data.join("xiezhi.db").exists() {
        return Err(Failure::Bad(1, format!("{} 里没有数据。先运行 xiezhi demo 或 xiezhi user init。", store.data.display())));
    }
    open(store)
}
/// The console speaks for whoever may read the files: it sees what the office sees, and nothing sealed.
fn console(house: &House) -> Result<Person> {
    house.db.read_here(|tx| {
        let roles = crate::matters::owners(tx)?
            .into_iter()
            .flat_map(|org| ["R1", "R2", "R3"].map(|role| RoleHeld { role: role.into(), org: org.clone(), of: None }));
        Ok(Person { id: "console".into(), org: String::new(), roles: roles.collect(), system: None })
    })
}
/// Prints; a closed pipe is no failure of ours.
pub(super) fn say(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
pub(super) fn run(command: Command) -> Result<u8> {
    match command {
        Command::Serve { store, listen, secure, portal } => {
            let config = Config { secure, without_portal: portal.no_portal, hotline: hotline(&portal.hotline)?, ..Default::default() };
            serve(open(&store)?, &listen, portal.portal_listen.as_deref(), config)
        }
        Command::Demo { store, listen, fill_only } => {
            demo::ensure(&store.place())?;
            let house = open(&store)?;
            for (login, password, who) in demo::accounts(&house)? {
                say(format_args!("{who}\t{login}\t{password}"));
            }
            if fill_only { Ok(0) } else { serve(house, &listen, None, Config { demo: true, ..Default::default() }) }
        }
        Command::Verify { store, anchor, json } => verify(&existing(&store)?, anchor.as_deref(), json),
        Command::ExportLedger { store, out, confidential } => {
            export(&existing(&store)?, &out, if confidential { CHAIN_CONFIDENTIAL } else { CHAIN_MAIN })
        }
        Command::Backup { file, store } => backup::backup(&existing(&store)?, &file),
        Command::Restore { file, store } => backup::restore(&file, &store),
        Command::User { what } => user(what),
        Command::Import { kind, file, store, dry_run, json } => crate::import::command(&open(&store)?, &kind, &file, dry_run, json),
        Command::ImportRules { folder, store } => import_rules(&open(&store)?, &folder),
        Command::Search { query, store, json } => search(&existing(&store)?, &query, json),
        Command::List { kind, store, json } => list(&existing(&store)?, &kind, json),
        Command::Report { what: ReportCommand::Recompute { number, store, json } } => recompute(&existing(&store)?, &number, json),
        Command::Paper { all: _, out, store } => super::paper::print_all(&existing(&store)?, &out),
        Command::VerifyPaper { file, anchors, data, database, ledger, json } => {
            let house = data.map(|data| existing(&Store { data, database })).transpose()?;
            let held = house.as_ref().map(Ledgers::House).or(ledger.as_deref().map(Ledgers::Export)).unwrap_or(Ledgers::None);
            super::paper::verify(&file, anchors.as_deref(), &held, json)
        }
        Command::Draw { what: DrawCommand::Replay { file, json } } => {
            let bytes = std::fs::read(&file).map_err(|e| Failure::Bad(1, format!("读不了抽取文件：{e}")))?;
            let (text, code) = ledger::draw::report(&bytes, json);
            say(text);
            Ok(code)
        }
        Command::Standard { what: StandardCommand::Load { store, org } } => {
            let new = crate::standards::load(&existing(&store)?, org.as_deref())?;
            say(format_args!("已装入 {} 件，待分管领导批准。{}", new.len(), new.join(" ")));
            Ok(0)
        }
        Command::Vault { what } => vault(what),
        Command::Archive { number, store, out, retention, secrecy, passphrase_file, check, import, json } => {
            let passphrase = archive::passphrase(passphrase_file.as_deref())?;
            match (check, import) {
                (Some(file), _) => archive::check(&file, &passphrase, out.as_deref(), json),
                (_, Some(file)) => archive::import(&open(&store)?, &file, json),
                _ => {
                    let wish = crate::archive::Wish { number: number.unwrap_or_default(), retention, secrecy, passphrase };
                    archive::make(&existing(&store)?, &wish, out)
                }
            }
        }
        Command::Deadline { data, from, working_days, calendar_days, json } => deadline(data, &from, working_days, calendar_days, json),
    }
}
fn recompute(house: &House, number: &str, json: bool) -> Result<u8> {
    let told = house.db.read_here(|tx| crate::reports::recompute(tx, house, number)).map_err(|e| match e {
        Failure::NotFound => Failure::Bad(1, format!("没有半年报告 {number}。")),
        Failure::Refused(r) => Failure::Bad(1, format!("{}。", r.reason)),
        other => other,
    })?;
    if json {
        say(serde_json::to_string_pretty(&told)?);
    } else {
        for (what, all) in [("复算不同", &told.differences), ("正文被改动", &told.altered)] {
            all.iter().for_each(|d| say(format_args!("{what}\t{}\t{}\t原 {}\t现 {}", d.query, d.label, d.was, d.is)));
        }
        let words = if told.equal() { "全部一致" } else { "有不同" };
        say(format_args!("{number} 数到台账第 {} 条，复算 {} 个数字，{words}。", told.as_of, told.figures));
    }
    Ok(if told.equal() { 0 } else { 2 })
}
/// A number to dial, or none.
fn hotline(text: &str) -> Result<std::sync::Arc<str>> {
    let dialled = text.len() <= 20 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    if dialled { Ok(text.into()) } else { Err(Failure::Bad(1, "热线号码只有数字和横线。".into())) }
}
async fn bind(listen: &str) -> Result<tokio::net::TcpListener> {
    tokio::net::TcpListener::bind(listen).await.map_err(|e| Failure::Fault(format!("不能监听 {listen}：{e}")))
}
/// Until it is told to stop.
async fn stopped() {
    let mut term = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).ok();
    let ended = async {
        match &mut term {
            Some(t) => drop(t.recv().await),
            None => std::future::pending().await,
        }
    };
    tokio::select! { _ = tokio::signal::ctrl_c() => {}, () = ended => {} }
}
fn vault(what: VaultCommand) -> Result<u8> {
    match what {
        VaultCommand::Escrow { store, replace } => {
            for (n, share) in crate::vault::escrow(&existing(&store)?, replace)?.iter().enumerate() {
                say(format_args!("第 {} 张\t{share}", n + 1));
            }
            say("只显示这一次。请抄在三张纸上，分装信封，由三人分存；任何一人不得持有两张。");
            say("受理员下次登录、身份保管人下次换发时，角色密钥即托管到这把恢复密钥之下。");
        }
        VaultCommand::Recover { store } => {
            let house = existing(&store)?;
            let papers: Vec<String> = std::io::stdin().lines().collect::<std::io::Result<_>>()?;
            // As printed: what stands before the tab is the paper's number.
            let papers = papers.iter().map(|l| l.rsplit('\t').next().unwrap_or("").trim().to_owned()).filter(|l| !l.is_empty());
            crate::vault::recover(&house, &papers.collect::<Vec<_>>())?.iter().for_each(say);
        }
    }
    Ok(0)
}
fn serve(house: House, listen: &str, portal: Option<&str>, config: Config) -> Result<u8> {
    logs();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = bind(listen).await?;
        let address = format!("http://{}", listener.local_addr()?);
        say(format_args!("地址 {address}"));
        if let Some(token) = people::first_run(&house)? {
            say(format_args!("还没有账号。请在 24 小时内打开首次运行向导：{address}/setup/{token}"));
        }
        let background = house.clone();
        std::thread::Builder::new().name("keeper".into()).spawn(move || keep(&background))?;
        let (background, gateways) = (house.clone(), notices::Gateways::find(&house.folder)?);
        std::thread::Builder::new().name("post".into()).spawn(move || post(&background, &gateways))?;
        let doors = Doors::new(house.clone(), config);
        let public = match portal {
            Some(listen) => {
                let listener = bind(listen).await?;
                say(format_args!("企业端地址 http://{}{}", listener.local_addr()?, "/portal"));
                Some(tokio::spawn(web::serve(listener, web::portal_router(doors.clone()), web::PUBLIC, stopped())))
            }
            None => None,
        };
        web::serve(listener, web::router(doors), web::STAFF, stopped()).await?;
        if let Some(public) = public {
            public.await.map_err(|e| Failure::Fault(e.to_string()))??;
        }
        matters::flush(&house)?;
        Ok(0)
    })
}
/// Logs name routes, references and durations; never persons, never contents.
fn logs() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).json().try_init();
}
/// The house's own work: read records every second, clocks and reminders every minute, anchors after checkpoints.
fn keep(house: &House) {
    let mut n = 0u64;
    loop {
        let done = matters::flush(house).and_then(|()| if n.is_multiple_of(60) { minute(house) } else { Ok(()) });
        if let Err(e) = done {
            tracing::error!(what = %e, "keeper");
            let (now, alarm) = (house.clock.now(), house.clone());
            let told = alarm.db.write_here(move |tx| notices::alarm(tx, now));
            drop(told);
        }
        n += 1;
        std::thread::sleep(std::time::Duration::from_secs(1));
    }
}
/// What leaves the house, on a thread of its own: a gateway that does not answer holds up nothing else.
fn post(house: &House, gateways: &notices::Gateways) {
    loop {
        if let Err(e) = notices::fan_out(house).and_then(|()| notices::deliver(house, gateways)) {
            tracing::error!(what = %e, "post");
        }
        std::thread::sleep(std::time::Duration::from_secs(5));
    }
}
fn minute(house: &House) -> Result<()> {
    inbox::tick(house)?;
    crate::import::expire(house)?;
    crate::files::sweep(house)?;
    let inner = house.clone();
    let now = house.clock.now().ms;
    house.db.write_here(move |tx| {
        matters::forget_idem(tx, now - 86_400_000)?;
        crate::portal::forget(tx, inner.clock.now().today)?;
        // At least one checkpoint a day, and one at every start that has something new.
        let mut desk = Desk::open(tx, &inner)?;
        desk.checkpoint();
        desk.close()
    })?;
    house.db.read_here(|tx| crate::ledger::publish(tx, &house.folder))
}
fn verify(house: &House, anchor: Option<&Path>, json: bool) -> Result<u8> {
    let anchors = match anchor {
        Some(path) => ledger::anchors(&std::fs::read_to_string(path)?).map_err(|e| Failure::Bad(1, e.to_string()))?,
        None => vec![],
    };
    let outcome = house.db.read_here(|tx| crate::ledger::verify(tx, house, anchors))?;
    let r = &outcome.report;
    if json {
        say(serde_json::to_string(&outcome)?);
    } else {
        match &r.fault {
            None => say(format_args!(
                "一致：{} 条，保密链 {} 条，检查点 {} 个，链外存证 {} 个，依法销毁 {} 处。读表与台账重算结果相同。",
                r.entries, outcome.confidential.entries, r.checkpoints, r.anchors, outcome.shredded
            )),
            Some(f) => say(format_args!(
                "不一致：第 {} 条，{}。{}",
                crate::ledger::label(f.seq),
                f.kind.label(),
                outcome.differs.as_deref().unwrap_or("")
            )),
        }
    }
    Ok(r.exit_code())
}
fn export(house: &House, out: &Path, chain: i64) -> Result<u8> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    ledger::write_head(&mut file)?;
    let count = house.db.read_here(|tx| {
        let mut n = 0u64;
        crate::ledger::each(tx, chain, |row| {
            ledger::write_entry(&mut file, row.bytes(1), row.bytes(2))?;
            n += 1;
            Ok(true)
        })?;
        for row in crate::ledger::checkpoints(tx, chain)? {
            ledger::write_checkpoint(&mut file, row.text(2))?;
        }
        Ok(n)
    })?;
    file.into_inner().map_err(|e| Failure::Fault(e.to_string()))?.sync_all()?;
    say(format_args!("已导出 {count} 条到 {}。", out.display()));
    Ok(0)
}
fn import_rules(house: &House, folder: &Path) -> Result<u8> {
    let all = crate::rules::folder(house, folder)?;
    let (mut new, mut wrong) = (0, 0);
    for o in &all {
        match &o.done {
            Ok(t) => {
                new += usize::from(t.new);
                let state = if t.new { "已入库" } else { "已有，未重复导入" };
                let gaps: Vec<String> = t.gaps.iter().map(|(a, b)| format!("；{a}之后是{b}")).collect();
                say(format_args!("{}\t{}\t{} 条\t{state}{}", t.title, t.version, t.articles, gaps.concat()));
            }
            Err(why) => {
                wrong += 1;
                say(format_args!("{}\t没有入库：{why}", o.file));
            }
        }
    }
    say(format_args!("共 {} 个文件：新入库 {new}，已有 {}，没有入库 {wrong}。", all.len(), all.len() - new - wrong));
    Ok(if wrong > 0 { 3 } else { 0 })
}
fn search(house: &House, query: &str, json: bool) -> Result<u8> {
    let who = console(house)?;
    let asked = search::Asked { query: search::Query::of(query), limit: 100, ..Default::default() };
    let found = house.db.read_here(|tx| search::seek(tx, house, &who, &asked, house.clock.now()))?;
    let items = found.hits.iter().map(|h| &h.item);
    if json {
        let hits: Vec<_> = items.map(web::api::hit).collect();
        say(json!({ "hits": hits }));
    } else {
        items.for_each(|i| say(format_args!("{}\t{}\t{}", i.number, i.title, i.gist.chars().take(40).collect::<String>())));
    }
    Ok(0)
}
fn list(house: &House, kind: &str, json: bool) -> Result<u8> {
    if matches!(kind, "organisation" | "officer") {
        let rows = house.db.read_here(|tx| {
            registers::as_of(tx, kind, house.clock.now().today)?
                .into_iter()
                .map(|(k, b)| Ok((k, registers::open_body(tx, house, b)?)))
                .collect::<Result<Vec<_>>>()
        })?;
        let items: Vec<_> = rows.into_iter().map(|(key, body)| json!({"key": key, "body": body})).collect();
        if json {
            say(json!({ "items": items }))
        } else {
            items.iter().for_each(say)
        }
        return Ok(0);
    }
    if domain::procedures::kind(kind).is_none() {
        return Err(Failure::Bad(1, format!("没有“{kind}”这类事项。")));
    }
    let who = console(house)?;
    let mut f = Filter { kind: kind.into(), limit: 1_000, ..Default::default() };
    let mut items = vec![];
    loop {
        let listing = house.db.read_here(|tx| matters::list(tx, house, &who, &f, house.clock.now()))?;
        f.from = listing.items.last().map_or(0, |i| i.id);
        items.extend(listing.items);
        if !listing.more {
            break;
        }
    }
    let registers = house.db.read_here(|tx| house.registers(tx))?;
    if json {
        say(json!({ "items": items.iter().map(|i| web::api::item(i, &registers)).collect::<Vec<_>>() }));
    } else {
        items.iter().for_each(|i| say(format_args!("{}\t{}\t{}\t{}", i.number, i.phase, i.due, i.title)));
    }
    Ok(0)
}
fn deadline(data: Option<std::path::PathBuf>, from: &str, working: Option<u32>, calendar: Option<u32>, json: bool) -> Result<u8> {
    let registers = match data {
        Some(data) => {
            let house = existing(&Store { data, database: None })?;
            let registers = house.db.read_here(|tx| house.registers(tx))?;
            Registers::clone(&registers)
        }
        None => Registers::of_calendar(domain::calendar::Calendar::built_in().clone()),
    };
    let r = web::api::reckoning(&registers, from, working.or(calendar), working.is_some())?;
    if json {
        say(r);
        return Ok(0);
    }
    let text = |v: &serde_json::Value, n: &str| v.get(n).and_then(|x| x.as_str()).unwrap_or("").to_owned();
    say(format_args!(
        "到期日 {}{}",
        text(&r, "due"),
        if r.get("provisional").and_then(serde_json::Value::as_bool) == Some(true) { "（暂定）" } else { "" }
    ));
    for step in r.get("steps").and_then(|s| s.as_array()).into_iter().flatten() {
        say(format_args!("  {} {} {}", text(step, "what"), text(step, "detail"), text(step, "day")));
    }
    Ok(0)
}
fn user(what: UserCommand) -> Result<u8> {
    match what {
        UserCommand::Init { store, org, code, origin } => {
            let house = open(&store)?;
            let links = people::found(&house, None, &org, &code)?;
            say("三员账号已建立。三条链接请分别当面交给三个人，24 小时内有效，各用一次：");
            for (login, who, token) in links {
                say(format_args!("{who}\t{login}\t{origin}/invitation/{token}"));
            }
            Ok(0)
        }
        UserCommand::Invite { login, store, origin } => {
            let house = existing(&store)?;
            let inner = house.clone();
            let token = house.db.write_here(move |tx| {
                let account = people::by_login(tx, &login)?.ok_or_else(|| Failure::Bad(1, format!("没有账号“{login}”。")))?;
                let mut desk = Desk::open(tx, &inner)?;
                let token = people::invite(&mut desk, &account.id, ("console", "console"))?;
                desk.close()?;
                Ok(token)
            })?;
            say(format_args!("{origin}/invitation/{token}"));
            Ok(0)
        }
        UserCommand::List { store } => {
            let house = existing(&store)?;
            house
                .db
                .read_here(people::accounts)?
                .iter()
                .for_each(|a| say(format_args!("{}\t{}\t{}\t{}\t{}", a.id, a.login, a.name, a.org, a.state)));
            Ok(0)
        }
    }
}
