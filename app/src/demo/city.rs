//! Who lives in the demonstration city: organisations and officers from the sample ledgers, accounts of every role, grants.
use domain::engine::Person;
use domain::procedures::observer::Observer;
use jiff::civil::{Date, date};
use serde_json::{Value as Json, json};

use crate::edge::{Clock, morning_of};
use crate::failure::{Failure, Result};
use crate::house::House;
use crate::matters::{self, Ask, Desk, Done, Filter, Where};
use crate::registers::{self, Amendment};
use crate::{import, people};

/// The day the office began to work with the house.
pub const START: Date = date(2025, 1, 6);
/// The office: 市委政法委.
pub const OFFICE: &str = "361200ZF";
/// The joint office: 市工商联; the judicial administration; the government.
pub const CHAMBER: &str = "361200GS";
pub const JUSTICE: &str = "361200SF";
pub const GOVERNMENT: &str = "361200RM";
/// A unit whose superior, not the city, directs it.
pub const TAX: &str = "361200XZ06";
/// One password for all: this is a demonstration, and says so.
pub const PASSWORD: &str = "Yunling-2026-demo";

const ORGANISATIONS: &[u8] = include_bytes!("../../../sheets/tests/samples/机构与人员.xlsx");
const DOSSIERS: &[u8] = include_bytes!("../../../sheets/tests/samples/案件台账.xlsx");
const EXPERTS: &[u8] = include_bytes!("../../../sheets/tests/samples/专家名册.xlsx");
const OPINIONS: &[u8] = include_bytes!("../../../sheets/tests/samples/检察监督意见台账.xlsx");
const CLUES: &[u8] = include_bytes!("../../../sheets/tests/samples/线索台账.xlsx");
const OBSERVERS: &[u8] = include_bytes!("../../../sheets/tests/samples/监督员名册.xlsx");
const ENFORCEMENT: &[u8] = include_bytes!("../../../sheets/tests/samples/涉企检查处罚台账.xlsx");
const CALLS: &[u8] = include_bytes!("../../../sheets/tests/samples/热线记录.csv");
/// `(login, ledger, name, contents)`, each by whose business it is: the office's before anybody else has come, the joint office's and the
/// judicial administration's once they are there.
type Ledger = (&'static str, &'static str, &'static str, &'static [u8]);
const FIRST_LEDGERS: &[Ledger] = &[
    ("jingban1", "organisation", "机构与人员.xlsx", ORGANISATIONS),
    ("jingban1", "officer", "机构与人员.xlsx", ORGANISATIONS),
    ("jingban1", "clue", "线索台账.xlsx", CLUES),
    ("jingban1", "dossier", "案件台账.xlsx", DOSSIERS),
    ("jingban1", "expert", "专家名册.xlsx", EXPERTS),
    ("jingban1", "procuratorial_opinion", "检察监督意见台账.xlsx", OPINIONS),
];
const LATER_LEDGERS: &[Ledger] = &[
    ("shouli1", "observer", "监督员名册.xlsx", OBSERVERS),
    ("shouli1", "hotline_call", "热线记录.csv", CALLS),
    ("jiandu1", "enforcement_record", "涉企检查处罚台账.xlsx", ENFORCEMENT),
];

/// Bodies the sheet does not hold: `(code, name, short, above, level, kind)`.
const MORE: &[[&str; 6]] = &[
    ["361200ZZ", "中共云岭市委组织部", "市委组织部", OFFICE, "市级", "组织部门"],
    ["361200JW", "云岭市纪委监委", "市纪委监委", OFFICE, "市级", "纪委监委"],
    ["361200GS", "云岭市工商业联合会", "市工商联", OFFICE, "市级", "工商联"],
    ["361200SJ", "云岭市市场监督管理局", "市市场监管局", OFFICE, "市级", "行政执法机关"],
    ["361200LX", "云岭市律师协会", "市律协", OFFICE, "市级", "行业协会"],
    [GOVERNMENT, "云岭市人民政府", "市政府", OFFICE, "市级", "人民政府"],
    ["361200JT", "云岭市交通运输局", "市交通运输局", OFFICE, "市级", "行政执法机关"],
    ["361200YJ", "云岭市应急管理局", "市应急管理局", OFFICE, "市级", "行政执法机关"],
    ["361200CG", "云岭市城市管理局", "市城管局", OFFICE, "市级", "行政执法机关"],
    // Administrative bodies to which opinions of a procuratorate were served.
    ["361200XZ01", "云岭市生态环境局", "", OFFICE, "市级", "行政执法机关"],
    ["361200XZ02", "安泉县住房和城乡建设局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ03", "安泉县农业农村局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ04", "澄湖区农业农村局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ05", "澄湖区市场监督管理局", "", OFFICE, "县级", "行政执法机关"],
    [TAX, "澄湖区税务局稽查局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ07", "石梁县交通运输局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ08", "石梁县市场监督管理局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ09", "青岭县交通运输局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ10", "青岭县人力资源和社会保障局", "青岭县人社局", OFFICE, "县级", "行政执法机关"],
    ["361200XZ11", "青岭县住房和城乡建设局", "", OFFICE, "县级", "行政执法机关"],
    ["361200XZ12", "青岭县消防救援大队", "青岭县消防救援", OFFICE, "县级", "行政执法机关"],
    ["361202GA01P", "云岭市公安局澄湖分局城东派出所", "城东派出所", "361202GA", "派出", "公安机关"],
];
/// The twelve supervised units whose liaisons have accounts.
pub const UNITS: [&str; 12] = [
    "361200FY", "361200JC", "361200GA", "361200SF", "361202FY", "361202GA", "361221FY", "361221GA", "361222FY", "361222GA", "361200SJ",
    "361202JC",
];
/// `(log-in, name, role, organisation)`. Names are invented, their second character always one of 例样拟构测虚.
const STAFF: &[(&str, &str, &str, &str)] = &[
    ("jingban1", "林例安", "R1", OFFICE),
    ("jingban2", "周样宁", "R1", OFFICE),
    ("fuzeren", "陈拟正", "R2", OFFICE),
    ("shuji", "赵构平", "R3", OFFICE),
    ("ducha", "吴测明", "R4", OFFICE),
    ("ducha2", "范例察", "R4", OFFICE),
    ("xuncha", "郑虚清", "R5", OFFICE),
    ("zhuanjia1", "王例衡", "R6", OFFICE),
    ("zhuanjia2", "谢样明", "R6", OFFICE),
    ("zhuanjia3", "邹拟白", "R6", OFFICE),
    ("zhuanjia4", "喻构和", "R6", OFFICE),
    ("zhuanjia5", "柏测正", "R6", OFFICE),
    ("zhuanjia6", "水虚清", "R6", OFFICE),
    ("zhuanjia7", "窦例宁", "R6", OFFICE),
    ("zhuanjia8", "章样安", "R6", OFFICE),
    ("zhuanjia9", "云拟远", "R6", OFFICE),
    ("zhudian", "孙样直", "R7", "361200JC"),
    ("zuzhang", "李拟公", "R8", OFFICE),
    ("ganjing", "钱构勤", "R10", "361200GA"),
    ("faguan", "俞构法", "R10", "361200FY"),
    ("jianchayuan", "冯测远", "R11", "361200JC"),
    ("jianchayuan2", "池测新", "R11", "361200JC"),
    ("zuzhibu", "褚虚白", "R12", "361200ZZ"),
    ("jiwei", "卫例廉", "R13", "361200JW"),
    ("lvxie", "魏样律", "R9", "361200LX"),
    ("shouli1", "苏例接", "R14", CHAMBER),
    ("shouli2", "潘样听", "R14", CHAMBER),
    ("zhaojiren", "葛拟召", "R15", CHAMBER),
    ("baoguan1", "奚构密", "R16", CHAMBER),
    ("baoguan2", "邓测守", "R16", CHAMBER),
    ("baoguan3", "彭虚藏", "R16", CHAMBER),
    ("jiandu1", "郎例司", "R17", JUSTICE),
    ("jiandu2", "鲁样法", "R17", JUSTICE),
    ("sifafuzeren", "韦拟长", "R18", JUSTICE),
    ("jianduyuan1", "凤例一", "R19", CHAMBER),
    ("jianduyuan2", "花样二", "R19", CHAMBER),
    ("jianduyuan3", "方拟三", "R19", CHAMBER),
    ("jianduyuan4", "俞构四", "R19", CHAMBER),
    ("shizhang", "昌构府", "R20", GOVERNMENT),
    ("jiaotong", "毕例通", "R9", "361200JT"),
    ("yingji", "郝样应", "R9", "361200YJ"),
    ("chengguan", "邬拟城", "R9", "361200CG"),
];
/// Whose keys the joint office cannot do without: they log in once, as they would in any house.
const KEYHOLDERS: [&str; 5] = ["shouli1", "shouli2", "baoguan1", "baoguan2", "baoguan3"];
const LIAISONS: [(&str, &str); 12] = [
    ("zhongyuan", "蒋样和"),
    ("jianchalianluo", "沈拟新"),
    ("gongan", "韩构成"),
    ("sifaju", "杨测礼"),
    ("chenghufayuan", "朱虚谷"),
    ("chenghugongan", "秦例川"),
    ("shiliangfayuan", "尤样清"),
    ("shilianggongan", "许拟平"),
    ("qinglingfayuan", "何构文"),
    ("qinglinggongan", "吕测刚"),
    ("shichangju", "施虚诚"),
    ("chenghujiancha", "张例直"),
];

/// An account of the city.
pub struct Resident {
    pub login: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    pub org: String,
    pub id: String,
}
/// A receipt of the portal: number, code, what it stands for.
pub type Receipt = (String, String, String);
/// Everybody with an account.
pub struct Town(pub Vec<Resident>);
impl Town {
    /// The account list, as the log-in page shows it.
    /// Behind it receipts of reporters, so that a visitor can ask for the progress of a matter.
    pub fn list(&self, receipts: &[Receipt]) -> String {
        let line = |r: &Resident| format!("{}\t{PASSWORD}\t{} {}（{}）\n", r.login, r.role, people::role_label(r.role), r.name);
        let receipt =
            |(number, code, what): &Receipt| format!("{number}\t{code}\t企业端查进度：{what}（账号处是受理号，密码处是回执密码）\n");
        self.0.iter().map(line).chain(receipts.iter().map(receipt)).collect()
    }
    /// The account of this log-in name, as it acts on a day.
    pub fn person(&self, tx: &crate::db::Tx, login: &str, day: Date) -> Result<Person> {
        let id = self.0.iter().find(|r| r.login == login).map(|r| r.id.as_str()).unwrap_or_default();
        people::person(tx, id, day)?.ok_or_else(|| Failure::Fault(format!("演示账号 {login} 不存在")))
    }
    /// The liaison of a unit.
    pub fn liaison(&self, org: &str) -> Option<&'static str> {
        self.0.iter().find(|r| r.role == "R9" && r.org == org).map(|r| r.login)
    }
}
/// Opens a desk for one act at this instant.
pub fn press(house: &House, f: impl FnOnce(&mut Desk) -> Result<Done> + Send + 'static) -> Result<Done> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let done = f(&mut desk)?;
        desk.close()?;
        Ok(done)
    })
}
/// A form of these values.
pub fn form(values: Json) -> domain::engine::Form {
    values.as_object().cloned().unwrap_or_default()
}

/// Builds the city: the office and its three administrators first, then the ledgers by the importer, then everybody's grant.
pub fn build(house: &House, clock: &Clock) -> Result<Town> {
    let admins = people::found(house, None, "中共云岭市委政法委员会", OFFICE)?;
    let mut town = Town(vec![]);
    for (login, name, _) in admins {
        let (login, role, given) = match login.as_str() {
            "system-admin" => ("system-admin", "SYS", "曹样稳"),
            "security-admin" => ("security-admin", "SEC", "严拟密"),
            _ => ("auditor", "AUD", "华构察"),
        };
        let _ = name;
        let account = house.db.read_here(|tx| people::by_login(tx, login))?.ok_or(Failure::NotFound)?;
        town.0.push(Resident { login, name: given, role, org: OFFICE.into(), id: account.id });
    }
    more_organisations(house)?;
    for (login, name, role, org) in STAFF.iter().filter(|s| s.2 == "R1" || s.2 == "R2") {
        settle(house, &mut town, login, name, role, org)?;
    }
    let ids: Vec<String> = town.0.iter().map(|r| r.id.clone()).collect();
    open_doors(house, ids)?;
    grants(house, &town, 3, START)?;
    clock.put(morning_of(START) + 3_600_000);
    take_in(house, &town, FIRST_LEDGERS)?;
    let first = town.0.len();
    for (login, name, role, org) in STAFF.iter().filter(|s| s.2 != "R1" && s.2 != "R2") {
        settle(house, &mut town, login, name, role, org)?;
    }
    for ((login, name), org) in LIAISONS.iter().zip(UNITS) {
        settle(house, &mut town, login, name, "R9", org)?;
    }
    open_doors(house, town.0.iter().skip(first).map(|r| r.id.clone()).collect())?;
    grants(house, &town, first, START)?;
    for login in KEYHOLDERS {
        let attempt = people::Attempt { login: login.into(), password: PASSWORD.into(), code: String::new(), device: "演示".into() };
        people::log_in(house, attempt)?;
    }
    take_in(house, &town, LATER_LEDGERS)?;
    bind_observers(house, &town)?;
    Ok(town)
}
/// Accounts of observers are bound to those of the old roll who serve and are tied to nothing.
fn bind_observers(house: &House, town: &Town) -> Result<()> {
    let (who, filter) = (
        house.db.read_here(|tx| town.person(tx, "zhaojiren", START))?,
        Filter { kind: "observer".into(), phase: "Serving".into(), limit: 200, ..Default::default() },
    );
    let serving = house.db.read_here(|tx| matters::list(tx, house, &who, &filter, house.clock.now()))?.items;
    let free = |number: &str| -> Result<bool> {
        let loaded = house.db.read_here(|tx| matters::load(tx, number))?;
        Ok(loaded.as_ref().and_then(|l| l.of::<Observer>()).is_some_and(|m| m.state.ties().is_empty()))
    };
    let mut accounts = town.0.iter().filter(|r| r.role == "R19");
    for item in serving {
        if !free(&item.number)? {
            continue;
        }
        let Some(account) = accounts.next() else { break };
        let (who, place, form) = (who.clone(), Where::On(item.number), form(json!({"account": account.id})));
        press(house, move |d| d.act(Ask { who: &who, place, action: "bind_account", form, version: None, key: None }))?;
    }
    Ok(())
}
fn take_in(house: &House, town: &Town, ledgers: &[Ledger]) -> Result<()> {
    for (login, kind, name, bytes) in ledgers {
        let who = house.db.read_here(|tx| town.person(tx, login, START))?;
        let plan = house.db.read_here(|tx| import::plan(tx, house, &who, kind, bytes, None))?;
        import::take(house, &who, name, plan, None, None, &mut |_, _| {})?;
    }
    Ok(())
}
fn more_organisations(house: &House) -> Result<()> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        // Bodies above come first; the sheet's own rows are amended over these when they are imported.
        let early = [["361202ZF", "中共云岭市澄湖区委政法委员会", "澄湖区委政法委", OFFICE, "县级", "党委政法委"], ["361202GA", "云岭市公安局澄湖分局", "澄湖公安分局", "361202ZF", "县级", "公安机关"]];
        for [code, name, short, parent, level, kind] in early.iter().chain(MORE) {
            let body = json!({"name": name, "short": short, "parent": parent, "level": level, "kind": kind, "region": code.get(..6), "status": "有效", "former": "",
                "regime": if *code == TAX { "垂直" } else { "" }});
            registers::amend(&mut desk, Amendment { register: "organisation", key: code, from: START, body: Some(body), personal: &[], batch: "", by: ("console", "console") })?;
        }
        desk.close()
    })
}
fn settle(house: &House, town: &mut Town, login: &'static str, name: &'static str, role: &'static str, org: &str) -> Result<()> {
    let by = town.0.first().map(|r| r.id.clone()).unwrap_or_default();
    let (inner, org_) = (house.clone(), org.to_owned());
    let id = house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let id = people::create(&mut desk, login, name, &org_, (&by, "SYS"))?;
        desk.close()?;
        Ok(id)
    })?;
    town.0.push(Resident { login, name, role, org: org.into(), id });
    Ok(())
}
fn open_doors(house: &House, ids: Vec<String>) -> Result<()> {
    let inner = house.clone();
    let phc = people::hash_password(PASSWORD)?;
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        for id in &ids {
            people::open_demo(&mut desk, id, &phc)?;
        }
        desk.close()
    })
}
/// The system administrator proposes, the security administrator approves: nobody is let in otherwise, here as anywhere.
fn grants(house: &House, town: &Town, from: usize, day: Date) -> Result<()> {
    let (sys, sec) = house.db.read_here(|tx| Ok((town.person(tx, "system-admin", day)?, town.person(tx, "security-admin", day)?)))?;
    // Whoever comes from a procuratorate is seconded, and an observer appointed: neither is granted the role.
    for r in town.0.iter().skip(from).filter(|r| r.role != "R7" && r.role != "R19") {
        let said = form(
            json!({"person": r.id, "role": r.role, "org": r.org, "from": day.to_string(), "reason": format!("任{}", people::role_label(r.role))}),
        );
        let who = sys.clone();
        let place = Where::Open { kind: "grant".into(), owner: OFFICE.into(), links: vec![] };
        let done = press(house, move |d| d.act(Ask { who: &who, place, action: "propose", form: said, version: None, key: None }))?;
        let who = sec.clone();
        press(house, move |d| {
            d.act(Ask { who: &who, place: Where::On(done.number), action: "approve", form: Default::default(), version: None, key: None })
        })?;
    }
    Ok(())
}
/// A checkpoint over all of it, and the anchors beside the data.
pub fn checkpoint(house: &House) -> Result<()> {
    let inner = house.clone();
    house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        desk.checkpoint();
        desk.close()
    })?;
    house.db.read_here(|tx| crate::ledger::publish(tx, &house.folder))
}
