//! 离线核验: checks an exported ledger, or replays a draw, without a database and without the house.
use std::io::{BufReader, Write as _};
use std::process::ExitCode;

use ledger::{Export, Inclusion, Report, VerifyingKey, anchors, hex};

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1).peekable();
    if args.next_if(|a| a == "draw").is_some() {
        return draw(&args.collect::<Vec<_>>());
    }
    if args.next_if(|a| a == "receipt").is_some() {
        return receipt(&args.collect::<Vec<_>>());
    }
    let (mut file, mut anchor, mut json) = (None, None, false);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--anchor" => anchor = args.next(),
            "--json" => json = true,
            "--help" | "-h" => {
                println!(
                    "用法：xiezhi-audit 台账.xzl [--anchor anchors.txt] [--json]\n      xiezhi-audit draw 抽取.json [--json]\n      xiezhi-audit receipt 回执.txt [--key 公钥]\n退出码：0 一致；1 用法或文件问题；2 被改动；3 不完整"
                );
                return ExitCode::SUCCESS;
            }
            _ => file = Some(arg),
        }
    }
    match file.ok_or_else(|| "请给出导出的台账文件。".to_owned()).and_then(|file| audit(&file, anchor.as_deref())) {
        Ok(report) => {
            if json {
                println!("{}", serde_json::to_string(&report).unwrap_or_default())
            } else {
                tell(&report)
            }
            ExitCode::from(report.exit_code())
        }
        Err(say) => {
            eprintln!("{say}");
            ExitCode::from(1)
        }
    }
}
/// `draw FILE [--json]`: 0 replayed, 2 refused, 1 usage.
fn draw(args: &[String]) -> ExitCode {
    let files: Vec<&String> = args.iter().filter(|a| *a != "--json").collect();
    let [file] = files.as_slice() else {
        eprintln!("用法：xiezhi-audit draw 抽取.json [--json]");
        return ExitCode::from(1);
    };
    match std::fs::read(file) {
        Ok(bytes) => {
            let (text, code) = ledger::draw::report(&bytes, args.len() > 1);
            // A closed pipe is no failure of ours; the exit code still tells.
            let _ = writeln!(std::io::stdout(), "{text}");
            ExitCode::from(code)
        }
        Err(e) => {
            eprintln!("读不了抽取文件：{e}");
            ExitCode::from(1)
        }
    }
}
/// `receipt FILE [--key KEY]`: 0 the entry is under the signed root, 2 it is not, 1 usage.
fn receipt(args: &[String]) -> ExitCode {
    let (file, key) = match args {
        [file] => (file, None),
        [file, flag, key] if flag == "--key" => (file, Some(key)),
        _ => {
            eprintln!("用法：xiezhi-audit receipt 回执.txt [--key 公钥]");
            return ExitCode::from(1);
        }
    };
    let Ok(text) = std::fs::read_to_string(file) else {
        eprintln!("读不了回执文件。");
        return ExitCode::from(1);
    };
    let key = match key.map(|k| VerifyingKey::from_text(k)) {
        Some(None) => {
            eprintln!("公钥读不通。");
            return ExitCode::from(1);
        }
        Some(key) => key,
        None => None,
    };
    match Inclusion::parse(&text).and_then(|i| i.verify(key.as_ref()).map(|c| (i, c))) {
        Ok((i, c)) => {
            println!("一致：第 {} 条在前 {} 条的检查点之下，根 {}。", i.index.saturating_add(1), c.size, hex(&c.root));
            println!(
                "{}",
                if key.is_some() {
                    "检查点签名有效。"
                } else {
                    "没有给公钥，签名未核；请与外单位保管的链外存证对照根。"
                }
            );
            ExitCode::SUCCESS
        }
        Err(bad) => {
            println!("不一致：{}。", bad.label());
            ExitCode::from(2)
        }
    }
}
fn audit(file: &str, anchor: Option<&str>) -> Result<Report, String> {
    let held = match anchor {
        Some(path) => anchors(&std::fs::read_to_string(path).map_err(|e| format!("读不了存证文件：{e}"))?).map_err(|e| e.to_string())?,
        None => vec![],
    };
    let open = || Ok(Box::new(BufReader::new(std::fs::File::open(file)?)) as Box<dyn std::io::BufRead>);
    Export::verify(open, held).map_err(|e| format!("读不了台账文件：{e}"))
}
fn tell(report: &Report) {
    match &report.fault {
        None => println!("一致：{} 条，检查点 {} 个，链外存证 {} 个。", report.entries, report.checkpoints, report.anchors),
        Some(f) => println!("不一致：第 {} 条，{}。", f.seq, f.kind.label()),
    }
}
