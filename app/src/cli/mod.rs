//! The same doors as the web, from a terminal. Help is in Chinese, the same everywhere.
mod archive;
mod backup;
mod paper;
pub mod run;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::db::Place;

/// 獬豸：执法监督+ 平台
#[derive(Parser)]
#[command(name = "xiezhi", version, about = "獬豸：执法监督+ 平台", disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}
/// Where the data lies.
#[derive(Args, Clone, Debug)]
pub struct Store {
    /// 数据目录（内嵌数据库、附件、密钥、存证）
    #[arg(long, default_value = "./data")]
    pub data: PathBuf,
    /// PostgreSQL 地址；不给则用内嵌数据库
    #[arg(long, env = "DATABASE_URL")]
    pub database: Option<String>,
}
impl Store {
    pub fn place(&self) -> Place {
        match &self.database {
            Some(url) => Place::Server(url.clone(), self.data.clone()),
            None => Place::Folder(self.data.clone()),
        }
    }
}
/// How the public reaches the portal.
#[derive(Args, Clone, Debug)]
pub struct Portal {
    /// 企业端另设一个监听地址，只提供企业端
    #[arg(long, value_name = "地址")]
    pub portal_listen: Option<String>,
    /// 工作端的地址上不提供企业端
    #[arg(long)]
    pub no_portal: bool,
    /// 企业端显示的服务热线号码；不给则显示“号码待公布”
    #[arg(long, env = "XIEZHI_HOTLINE", default_value = "")]
    pub hotline: String,
}
#[derive(Subcommand)]
pub enum Command {
    /// 启动服务
    Serve {
        #[command(flatten)]
        store: Store,
        /// 监听地址
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        /// 对外地址是 https（会话凭证只走加密连接）
        #[arg(long)]
        secure: bool,
        #[command(flatten)]
        portal: Portal,
    },
    /// 演示：目录为空时建好演示城市，再启动服务
    Demo {
        #[command(flatten)]
        store: Store,
        /// 监听地址
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
        /// 只建数据，不启动服务
        #[arg(long)]
        fill_only: bool,
    },
    /// 核验台账：重算全部指纹，重建读表并比对（退出码 0 一致，2 被改动，3 不完整，1 用法或故障）
    Verify {
        #[command(flatten)]
        store: Store,
        /// 链外存证文件（anchors.txt 或检查点）
        #[arg(long)]
        anchor: Option<PathBuf>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 导出台账，供 xiezhi-audit 离线核验
    ExportLedger {
        #[command(flatten)]
        store: Store,
        /// 写到哪个文件（.xzl）
        #[arg(long, default_value = "ledger.xzl")]
        out: PathBuf,
        /// 导出保密链，不导出主链
        #[arg(long)]
        confidential: bool,
    },
    /// 备份到一个文件（数据库和附件；密钥另存）
    Backup {
        file: PathBuf,
        #[command(flatten)]
        store: Store,
    },
    /// 从备份恢复到一个空目录
    Restore {
        file: PathBuf,
        #[command(flatten)]
        store: Store,
    },
    /// 账号：首次建立三员、发一次性链接、列账号
    User {
        #[command(subcommand)]
        what: UserCommand,
    },
    /// 导入台账（退出码 0 全部有效，3 有错误行，1 文件被拒绝）
    Import {
        /// 种类：clue、organisation、officer
        kind: String,
        /// 台账文件
        file: PathBuf,
        #[command(flatten)]
        store: Store,
        /// 只检查，不入库
        #[arg(long)]
        dry_run: bool,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 制度库：导入一个文件夹里的 Markdown 法律法规（退出码 0 全部入库，3 有文件没有入库，1 文件夹读不了）
    ImportRules {
        /// 文件夹，内有“名称(2026-01-31).md”这样的文件
        folder: PathBuf,
        #[command(flatten)]
        store: Store,
    },
    /// 检索
    Search {
        /// 检索词
        query: String,
        #[command(flatten)]
        store: Store,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 列出一类事项
    List {
        /// 种类，如 clue
        kind: String,
        #[command(flatten)]
        store: Store,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 评查标准：装入随系统提供的六张评查表、立功附卡、涉企叠加表
    Standard {
        #[command(subcommand)]
        what: StandardCommand,
    },
    /// 半年分析研判报告
    Report {
        #[command(subcommand)]
        what: ReportCommand,
    },
    /// 文书：每种各出一份 PDF 和 DOCX，列出取自哪一件
    Paper {
        /// 每种都出
        #[arg(long, required = true)]
        all: bool,
        /// 写到哪个文件夹
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        store: Store,
    },
    /// 核验一份文书（退出码 0 真，2 不符，3 不能判定，1 用法或故障）
    VerifyPaper {
        /// 文书的电子件（PDF 或 DOCX）
        file: PathBuf,
        /// 链外存证文件（anchors.txt）
        #[arg(long)]
        anchors: Option<PathBuf>,
        /// 数据目录；给出时与台账核对
        #[arg(long)]
        data: Option<PathBuf>,
        /// 导出的台账（.xzl）；没有数据目录时用
        #[arg(long, conflicts_with = "data")]
        ledger: Option<PathBuf>,
        /// PostgreSQL 地址；与数据目录一起给
        #[arg(long, requires = "data")]
        database: Option<String>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 可验证抽取
    Draw {
        #[command(subcommand)]
        what: DrawCommand,
    },
    /// 保密仓：建立恢复密钥、凭两张份额恢复
    Vault {
        #[command(subcommand)]
        what: VaultCommand,
    },
    /// 归档：生成归档包，或核对、导入一个归档包（退出码 0 通过，2 没有通过，1 用法或故障）
    Archive {
        /// 事项编号，如 ZG-2026-0001；导入的归档包也可用原编号再导出
        #[arg(required_unless_present_any = ["check", "import"])]
        number: Option<String>,
        #[command(flatten)]
        store: Store,
        /// 写到哪个文件（.zip）；不给则为“归档-编号.zip”。核对时：凭口令把封存的文书和文字取到哪个文件夹
        #[arg(long)]
        out: Option<PathBuf>,
        /// 保管期限：永久、30年、10年
        #[arg(long, default_value = "30年")]
        retention: String,
        /// 密级：内部、工作秘密
        #[arg(long, default_value = "内部")]
        secrecy: String,
        /// 封存口令所在的文件；不给则个人信息不入包（核对时不核封存部分）
        #[arg(long)]
        passphrase_file: Option<PathBuf>,
        /// 核对一个归档包，不需要数据
        #[arg(long, value_name = "文件", conflicts_with_all = ["number", "import"])]
        check: Option<PathBuf>,
        /// 导入一个归档包，只读，不并入台账
        #[arg(long, value_name = "文件", conflicts_with = "number")]
        import: Option<PathBuf>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
    /// 推算期限
    Deadline {
        /// 数据目录；给出时用其中的放假安排
        #[arg(long)]
        data: Option<PathBuf>,
        /// 起算日
        #[arg(long)]
        from: String,
        /// 工作日数
        #[arg(long, conflicts_with = "calendar_days", required_unless_present = "calendar_days")]
        working_days: Option<u32>,
        /// 自然日数
        #[arg(long)]
        calendar_days: Option<u32>,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
}
#[derive(Subcommand)]
pub enum ReportCommand {
    /// 复算：按报告记载的台账位置重新取数，列出不同的数字（退出码 0 一致，2 不同，1 用法或故障）
    Recompute {
        /// 报告编号，如 BN-2026-0001
        number: String,
        #[command(flatten)]
        store: Store,
        /// 输出 JSON
        #[arg(long)]
        json: bool,
    },
}
#[derive(Subcommand)]
pub enum DrawCommand {
    /// 重放抽取证明文件：重算种子、票、抽中和候补（退出码 0 一致，2 不符，1 文件读不出）；不需要数据
    Replay {
        /// 抽取证明文件（.json）
        file: PathBuf,
        /// 输出 JSON，含全部票
        #[arg(long)]
        json: bool,
    },
}
#[derive(Subcommand)]
pub enum VaultCommand {
    /// 建立恢复密钥，打印三张份额（任两张可恢复）；抄在纸上分装信封，由三人分存
    Escrow {
        #[command(flatten)]
        store: Store,
        /// 信封遗失：另立一把，旧的作废
        #[arg(long)]
        replace: bool,
    },
    /// 凭两张份额恢复角色密钥，发给现任受理员和身份保管人；份额从标准输入读，一行一张
    Recover {
        #[command(flatten)]
        store: Store,
    },
}
#[derive(Subcommand)]
pub enum StandardCommand {
    /// 装入预置标准，报分管领导批准后生效；已有的不重复装
    Load {
        #[command(flatten)]
        store: Store,
        /// 机构编码；不给则为有经办人的每个机构
        #[arg(long)]
        org: Option<String>,
    },
}
#[derive(Subcommand)]
pub enum UserCommand {
    /// 首次运行：登记本机构，建立三员账号，打印三个一次性链接
    Init {
        #[command(flatten)]
        store: Store,
        /// 本机构名称
        #[arg(long)]
        org: String,
        /// 本机构编码
        #[arg(long, default_value = "ROOT")]
        code: String,
        /// 对外地址，用于拼出链接
        #[arg(long, default_value = "http://127.0.0.1:8080")]
        origin: String,
    },
    /// 给已有账号发新的一次性链接
    Invite {
        login: String,
        #[command(flatten)]
        store: Store,
        /// 对外地址，用于拼出链接
        #[arg(long, default_value = "http://127.0.0.1:8080")]
        origin: String,
    },
    /// 列出账号
    List {
        #[command(flatten)]
        store: Store,
    },
}

/// Carries out one command.
pub fn main(cli: Cli) -> ExitCode {
    match run::run(cli.command) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(1)
        }
    }
}
