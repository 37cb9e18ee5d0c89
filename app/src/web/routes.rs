//! Every address of the house, with the right it asks for. What is not in this table is not there; what is, is also in
//! `openapi.json` and in the committed list of routes.
use super::visit::{Post, Reply, Visit};
use super::{
    admin, alive, api, archives, closed_loop, concerning, conference, deadlines, desk, doing, enforcement, exchange, fair, half_year, help,
    importing, inquiries, levers, lists, matter, measures, notices, observing, original, packets, papers, people, portal, problems,
    reading, referral, registers, rules, screen, seeking, standards, statistics, unit, vault_keys, workbench,
};
use crate::failure::Result;
use crate::hotline::DESK;

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Anybody.
    Public,
    /// Whoever is logged in; what he sees follows from his standings.
    SignedIn,
    /// Holders of one of these roles, anywhere.
    Roles(&'static [&'static str]),
}
/// What is done.
#[derive(Clone, Copy)]
pub enum Does {
    /// A page; changes nothing but the read records.
    Show(fn(&Visit) -> Result<Reply>),
    /// A page of somebody who may not be logged in.
    Open(fn(&Post) -> Result<Reply>),
    /// A change.
    Change(fn(&Post) -> Result<Reply>),
}
/// One address.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub right: Right,
    /// Scope an API token needs; `None`: cookies only.
    pub scope: Option<&'static str>,
    pub does: Does,
    /// What it is, in Chinese, for the generated list.
    pub what: &'static str,
}
const fn show(path: &'static str, right: Right, f: fn(&Visit) -> Result<Reply>, what: &'static str) -> Route {
    Route { method: "GET", path, right, scope: None, does: Does::Show(f), what }
}
const fn change(path: &'static str, right: Right, f: fn(&Post) -> Result<Reply>, what: &'static str) -> Route {
    Route { method: "POST", path, right, scope: None, does: Does::Change(f), what }
}
const fn open(method: &'static str, path: &'static str, f: fn(&Post) -> Result<Reply>, what: &'static str) -> Route {
    Route { method, path, right: Public, scope: None, does: Does::Open(f), what }
}
const fn api(mut route: Route, scope: &'static str) -> Route {
    route.scope = Some(scope);
    route
}
use Right::{Public, Roles, SignedIn};
/// The supervision office.
pub const OFFICE: &[&str] = &["R1", "R2", "R3"];
/// Whoever may import.
pub const IMPORTERS: &[&str] = &["R1", "R2", "R14", "R17", "R18"];
const ADMINS: &[&str] = crate::people::ADMINS;

#[rustfmt::skip]
pub const ROUTES: &[Route] = &[
    open("GET",  "/login",                 people::login_page,      "登录页"),
    open("POST", "/login",                 people::log_in,          "登录"),
    open("GET",  "/invitation/{token}",    people::invitation_page, "一次性链接"),
    open("POST", "/invitation/{token}",    people::take_invitation, "凭一次性链接设置密码和动态口令"),
    open("GET",  "/setup/{token}",         people::setup_page,      "首次运行向导"),
    open("POST", "/setup/{token}",         people::set_up,          "登记本机构，建立三员账号"),
    open("GET",  "/draw/replay",           |_| Ok(Reply::Html(include_str!("../../assets/draw-replay.html").into())), "重放抽取"),
    open("GET",  portal::PATH,             portal::page,            "企业端"),
    open("POST", portal::PATH,             portal::send,            "企业端：反映、申请、查进度"),
    change("/logout",                      SignedIn, people::log_out,       "退出"),
    show("/devices",                       SignedIn, people::devices,       "登录设备"),
    change("/devices/revoke",              SignedIn, people::revoke,        "下线一台设备"),
    show("/tokens",                        SignedIn, people::tokens,        "接口令牌"),
    change("/tokens",                      SignedIn, people::new_token,     "新建接口令牌"),
    change("/tokens/withdraw",             SignedIn, people::withdraw_token, "收回接口令牌"),
    show("/",                              SignedIn, workbench::workbench,    "工作台"),
    show("/matters/{kind}",                SignedIn, lists::list,         "事项列表"),
    show("/matters/{kind}/export",         SignedIn, lists::export,       "导出列表"),
    show("/matters/{kind}/new/{action}",   SignedIn, doing::opening_form, "立件表单"),
    change("/matters/{kind}/new/{action}", SignedIn, doing::open,         "立件"),
    change("/matters/{kind}/views",        SignedIn, lists::save_view,    "保存视图"),
    change("/matters/{kind}/views/drop",   SignedIn, lists::drop_view,     "删除视图"),
    change("/matters/{kind}/bulk",         SignedIn, lists::bulk,         "批量办理"),
    show("/matter/{number}",               SignedIn, matter::detail,       "事项"),
    show("/matter/{number}/loop",          SignedIn, closed_loop::page,   "闭环图"),
    show("/mine",                          SignedIn, concerning::mine,     "与我有关"),
    show("/matter/{number}/receipt/{seq}", SignedIn, concerning::receipt,  "存证回执"),
    show("/matter/{number}/receipt/{seq}/proof.txt", SignedIn, concerning::proof, "下载存证证明文件"),
    show("/matter/{number}/circular",      SignedIn, conference::circular,  "半年通报"),
    show("/matter/{number}/report",        SignedIn, half_year::page,     "半年分析研判报告"),
    show("/matter/{number}/report/behind", SignedIn, half_year::behind,   "报告数字的明细"),
    show("/matter/{number}/recompute",     SignedIn, half_year::recompute, "半年报告复算"),
    show("/matter/{number}/identity",      SignedIn, doing::identity,     "查阅反映人身份"),
    show("/matter/{number}/original",      SignedIn, original::ask,        "原文阅览室：选事由"),
    change("/matter/{number}/original",    SignedIn, original::read,       "阅读反映人原文"),
    change("/matter/{number}/original/{file}", SignedIn, original::file,   "下载反映人原始附件"),
    show("/vault",                         Roles(vault_keys::READERS), vault_keys::page, "保密仓密钥"),
    change("/vault/rewrap",                Roles(&["R16"]), vault_keys::rewrap, "换发身份保管人份额"),
    show("/matter/{number}/do/{action}",   SignedIn, doing::form,         "办理表单"),
    change("/matter/{number}/do/{action}", SignedIn, doing::act,          "办理"),
    change("/draft/{place}/{action}",      SignedIn, doing::save_draft,   "暂存草稿"),
    show("/matter/{number}/agreement",     SignedIn, measures::agreement_of, "批次的一致性"),
    show("/my/severity",                   SignedIn, measures::my_severity, "本人宽严"),
    show("/sample-size",                   Roles(OFFICE), measures::sample_size, "样本量"),
    show("/standards/{number}/diff/{other}", SignedIn, standards::compare, "评查标准版本对照"),
    show("/standards/{number}/export/{form}", SignedIn, standards::export, "导出评查标准（xlsx、json）"),
    show("/file/{id}",                     SignedIn, matter::file,         "下载附件"),
    show("/offline-key",                   SignedIn, people::offline_key, "本次登录的离线暂存密钥"),
    show("/reading/{number}",              SignedIn, reading::page,       "阅卷室"),
    show("/reading/{number}/{file}",       SignedIn, reading::paper,      "阅卷室中的一份文书"),
    show("/referral/{number}/package",     SignedIn, referral::package,   "移送包"),
    show("/packet/{number}",               SignedIn, packets::page,       "授权包"),
    change("/packet/{number}",             SignedIn, packets::read,       "查看授权包"),
    change("/packet/{number}/preview",     SignedIn, packets::preview,    "核对授权包"),
    change("/packet/{number}/receipt",     SignedIn, packets::receipt,    "授权包查看回执的原文"),
    show("/help",                          SignedIn, help::index,         "使用手册"),
    show("/help/{page}",                   SignedIn, help::page,          "使用手册的一页"),
    show("/help/picture/{name}",           SignedIn, help::picture,       "使用手册的图"),
    show("/matter/{number}/papers",        SignedIn, papers::of_matter,   "本件的文书"),
    show("/matter/{number}/paper/{file}",  SignedIn, papers::paper,       "一份文书（网页、pdf、docx）"),
    show("/paper/{number}",                SignedIn, papers::preview,     "公文"),
    show("/paper/{number}/{form}",         SignedIn, papers::printed,     "下载公文（pdf、docx）"),
    show("/papers",                        Roles(papers::REGISTER), papers::register, "发文登记簿"),
    show("/papers.xlsx",                   Roles(papers::REGISTER), papers::export, "导出发文登记簿"),
    show("/packets/uses",                  Roles(crate::packets::USES), packets::uses, "授权包使用台账"),
    show("/observe/{number}",              SignedIn, observing::page,      "观摩表"),
    change("/observe/{number}",            SignedIn, observing::take,      "暂存、交出观摩表"),
    change("/observe/{number}/sync",       SignedIn, observing::sync,      "观摩表：断网后合并"),
    change("/observe/{number}/photo",      SignedIn, observing::photo,     "观摩表：上传照片"),
    show("/observe/{number}/photo/{id}",   SignedIn, observing::picture,   "观摩表：看自己的照片"),
    show("/observation/{number}/notice",   SignedIn, observing::notice,    "派员通知书"),
    show("/observation/{number}/service",  SignedIn, observing::service,   "观摩监督意见送达证明"),
    show("/search",                        SignedIn, seeking::page,       "检索"),
    show("/search/suggest",                SignedIn, seeking::suggest,    "检索时的联想"),
    change("/search/saved",                SignedIn, seeking::save,       "保存检索"),
    change("/search/saved/drop",           SignedIn, seeking::drop_saved, "删除存下的检索"),
    show("/archives",                      Roles(crate::archive::READERS), archives::list, "归档"),
    show("/archives/{n}",                  Roles(crate::archive::READERS), archives::one, "导入的归档包"),
    show("/matter/{number}/archive",       Roles(crate::archive::READERS), archives::form, "归档一件：填保管期限"),
    change("/matter/{number}/archive",     Roles(crate::archive::READERS), archives::make, "生成归档包"),
    show("/notices",                       SignedIn, notices::page,        "提醒"),
    change("/notices/read",                SignedIn, notices::read,        "标为已读"),
    show("/notices/settings",              SignedIn, notices::settings,    "提醒设置"),
    change("/notices/settings",            SignedIn, notices::keep,        "保存提醒设置"),
    change("/notices/address",             SignedIn, notices::address,     "发验证码到自己的地址"),
    change("/notices/verify",              SignedIn, notices::verify,      "验证自己的地址"),
    show("/deliveries",                    Roles(&["SYS"]), notices::deliveries, "提醒的投递"),
    change("/deliveries/retry",            Roles(&["SYS"]), notices::retry, "再投一次"),
    show("/rules",                         SignedIn, rules::list,         "制度库"),
    show("/rules/{rule}/{version}",        SignedIn, rules::text,         "制度全文"),
    show("/statistics",                    Roles(crate::statistics::READERS), statistics::page, "统计"),
    show("/statistics/table/{id}",         Roles(crate::statistics::READERS), statistics::table, "下载统计表"),
    show("/statistics/behind",             Roles(crate::statistics::READERS), statistics::behind, "统计数字的明细"),
    show("/screen",                        Roles(crate::statistics::READERS), screen::page, "大屏"),
    show("/deadlines",                     SignedIn, deadlines::page,      "期限日历"),
    change("/deadlines/feed",              SignedIn, deadlines::subscribe, "生成日历订阅地址"),
    open("GET",  "/deadlines.ics",         deadlines::feed,         "日历订阅"),
    show("/funnel/{measure}",              SignedIn, workbench::funnel,       "漏斗明细"),
    show("/problems",                      Roles(crate::problems::COUNTERS), problems::candidates, "共性问题候选"),
    show("/problems/behind",               Roles(crate::problems::COUNTERS), problems::behind, "共性问题候选的明细"),
    show("/fair",                          Roles(crate::fairness::READERS), fair::page, "公平比较"),
    show("/fair/behind",                   Roles(crate::fairness::READERS), fair::behind, "公平比较的明细"),
    show("/rectifications",                Roles(&["R1", "R2", "R3", "R4", "R5"]), problems::rectifications, "整改总览"),
    show("/rectifications/behind",         Roles(&["R1", "R2", "R3", "R4", "R5"]), problems::rectified, "整改总览的明细"),
    show("/inquiries/{quarter}",           Roles(&["R1", "R2", "R3", "R9"]), inquiries::export, "按季导出过问记录"),
    show("/imports",                       Roles(IMPORTERS), importing::start,   "导入台账"),
    change("/imports",                     Roles(IMPORTERS), importing::upload,  "上传台账"),
    show("/imports/{n}",                   Roles(IMPORTERS), importing::page,    "导入：对应关系和检查报告"),
    change("/imports/{n}/mapping",         Roles(IMPORTERS), importing::mapping, "修改对应关系"),
    change("/imports/{n}/take",            Roles(IMPORTERS), importing::take,    "入库"),
    show("/imports/{n}/errors",            Roles(IMPORTERS), importing::errors,  "下载错误表"),
    change("/imports/{n}/drop",            Roles(IMPORTERS), importing::discard, "放弃本次导入"),
    change("/imports/{n}/undo",            Roles(IMPORTERS), importing::undo,    "撤销整批"),
    show("/desk",                          Roles(DESK), desk::page,              "热线坐席"),
    change("/desk",                        Roles(&["R14"]), desk::take,          "登记来电"),
    change("/desk/like",                   Roles(&["R14"]), desk::like,          "来电查重"),
    show("/enforcement",                   Roles(crate::enforcement::COUNTERS), enforcement::page, "涉企执法预警"),
    show("/enforcement/behind",            Roles(crate::enforcement::READERS), enforcement::behind, "涉企执法预警的明细"),
    show("/enforcement/export",            Roles(crate::enforcement::COUNTERS), enforcement::export, "导出涉企执法预警"),
    show("/exchange",                      Roles(DESK), exchange::page,          "12345互推"),
    show("/exchange/{form}",               Roles(DESK), exchange::export,        "导出12345互推（xlsx、csv）"),
    show("/organisations",                 SignedIn, registers::organisations, "机构"),
    show("/unit/{code}",                   SignedIn, unit::page,               "单位画像"),
    show("/alive",                         Roles(crate::alive::READERS), alive::list, "班子活情况"),
    show("/alive/unit/{code}",             SignedIn, alive::unit, "单位活情况"),
    show("/alive/unit/{code}/behind",      SignedIn, alive::behind_unit, "单位活情况的明细"),
    show("/alive/official/{key}",          SignedIn, alive::official, "领导干部活情况"),
    show("/alive/official/{key}/{part}/behind", SignedIn, alive::behind_official, "领导干部活情况的明细"),
    show("/levers",                        Roles(crate::levers::READERS), levers::list, "参数总览"),
    show("/levers/of/{key}",               Roles(crate::levers::READERS), levers::one, "一项参数：理由、历史、试算"),
    show("/officers",                      Roles(OFFICE), registers::officers, "干警"),
    show("/limits",                        SignedIn, registers::limits,        "期限参数"),
    show("/calendar",                      SignedIn, registers::calendar,      "放假安排"),
    show("/codes",                         SignedIn, registers::codes,         "代码表"),
    show("/conflicts",                     Roles(OFFICE), registers::conflicts, "利益冲突"),
    change("/conflicts",                   Roles(OFFICE), registers::add_conflict, "登记利益冲突"),
    change("/conflicts/end",               Roles(OFFICE), registers::end_conflict, "终止利益冲突"),
    show("/delegations",                   SignedIn, registers::delegations,   "代理"),
    change("/delegations",                 SignedIn, registers::delegate,      "设代理"),
    change("/delegations/end",             SignedIn, registers::end_delegation, "终止代理"),
    show("/accounts",                      Roles(ADMINS), admin::accounts, "账号"),
    change("/accounts",                    Roles(&["SYS"]), admin::new_account, "新建账号"),
    change("/accounts/invite",             Roles(&["SYS"]), admin::invite, "发一次性链接"),
    show("/audit",                         Roles(&["AUD"]), admin::audit,  "审计日志"),
    show("/ledger",                        SignedIn, admin::ledger,        "存证核验"),
    show("/ledger/anchors.txt",            SignedIn, admin::anchors,       "下载存证"),
    show("/entry/{seq}",                   SignedIn, admin::entry,         "留痕条目"),
    show("/reads",                         Roles(&["R2", "R3", "AUD"]), admin::reads, "查阅记录"),
    api(show("/api/v1/me",                        SignedIn, api::me,      "当前身份"), "read"),
    api(show("/api/v1/kinds",                     SignedIn, api::kinds,   "流程和字段"), "read"),
    api(show("/api/v1/matters",                   SignedIn, api::list,    "事项列表"), "read"),
    api(show("/api/v1/matters/{number}",          SignedIn, api::detail,  "事项"), "read"),
    api(change("/api/v1/matters",                 SignedIn, api::open,    "立件"), "act"),
    api(change("/api/v1/matters/{number}/{action}", SignedIn, api::act,   "办理"), "act"),
    api(change("/api/v1/files",                   SignedIn, api::upload,  "上传附件"), "act"),
    api(show("/api/v1/search",                    SignedIn, seeking::answer,  "检索"), "read"),
    api(show("/api/v1/inbox",                     SignedIn, api::inbox,   "待办"), "read"),
    api(show("/api/v1/deadline",                  SignedIn, api::deadline, "推算期限"), "read"),
    api(show("/api/v1/limits",                    SignedIn, api::limits,  "期限参数"), "read"),
    api(show("/api/v1/organisations",             SignedIn, api::organisations, "机构"), "read"),
    api(show("/api/v1/ledger",                    SignedIn, api::ledger,  "台账首行和检查点"), "read"),
    api(change("/api/v1/imports/{kind}",          Roles(IMPORTERS), api::import, "导入台账"), "import"),
    api(change("/api/v1/exchange/12345",          Roles(&["R14"]), exchange::relay, "接收12345工单"), "exchange"),
    api(show("/api/v1/exchange/12345/{order}",    Roles(&["R14"]), exchange::status, "12345工单的办理状态"), "exchange"),
];
