//! What only several cells of a row together can tell.
use domain::identifiers::citizen;
use serde_json::Value as Json;

use crate::case_no;
use crate::layouts::{Layout, Person};
use crate::rows::Problem;
use crate::values::Values;

/// A row under a rule: its values may be put right, what was put right is said.
pub struct Row<'a> {
    layout: &'a Layout,
    values: &'a mut Values,
    problems: &'a mut Vec<Problem>,
}
/// A rule of one kind of ledger; it says nothing where there is nothing to say.
pub type Rule = fn(&mut Row<'_>);

impl Row<'_> {
    fn text(&self, field: &str) -> Option<String> {
        self.values.get(field).and_then(Json::as_str).map(ToOwned::to_owned)
    }
    /// There is such a column, its cell is empty, and nothing was wrong with it.
    fn empty(&self, field: &str) -> bool {
        self.values.get(field) == Some(&Json::Null) && !self.problems.iter().any(|p| p.fatal)
    }
    fn label(&self, field: &str) -> &str {
        self.layout.columns.iter().find(|c| c.field == field).and_then(|c| c.labels.first()).map_or("", |l| *l)
    }
    fn say(&mut self, field: &str, code: &'static str, message: impl Into<String>) {
        let column = self.label(field).to_owned();
        self.problems.push(Problem { column, code, message: message.into(), fatal: code.starts_with('R') });
    }
}
/// Everything that holds for a row as a whole.
pub(crate) fn together(layout: &Layout, values: &mut Values, problems: &mut Vec<Problem>) {
    let mut row = Row { layout, values, problems };
    order(&mut row);
    case_type(&mut row);
    if let Some(person) = layout.person {
        identity(&mut row, person);
    }
    for rule in layout.rules {
        rule(&mut row);
    }
}
/// R02: what ends does not end before it began.
fn order(row: &mut Row<'_>) {
    for (later, earlier) in row.layout.order {
        if let (Some(a), Some(b)) = (row.text(later), row.text(earlier))
            && a < b
        {
            let say = format!("{a} 早于“{}”{b}，请核对。", row.label(earlier));
            row.say(later, "R02", say);
        }
    }
}
/// W09: the number of a case tells its type.
fn case_type(row: &mut Row<'_>) {
    if let (Some(number), Some(given)) = (row.text("case_no"), row.text("case_type"))
        && let Some(told) = case_no::case_type(&number).filter(|t| *t != given)
    {
        row.say("case_type", "W09", "案件类型与案号不一致，按案号入库，请核对。");
        row.values.set("case_type", told.into());
    }
}
/// R03, W10, W11: birth and sex as the number of identity tells them; nobody acts before birth.
fn identity(row: &mut Row<'_>, person: Person) {
    let written = person.birth.and_then(|f| row.text(f));
    // An organisation may stand where a person may.
    let citizen = row.text(person.number).and_then(|n| citizen::check(&n).ok());
    let told = citizen.as_ref().map(|c| c.birth.to_string());
    // Either may be absurd: the written day is looked at before it is put right.
    for after in person.after {
        let Some(day) = row.text(after) else { continue };
        if let Some(birth) = [&written, &told].into_iter().flatten().find(|b| day < **b) {
            row.say(after, "R03", format!("{day} 早于出生日期 {birth}，请核对。"));
        }
    }
    if let (Some(field), Some(told)) = (person.birth, told.filter(|t| written.is_some_and(|w| w != *t))) {
        row.say(field, "W11", format!("出生日期与身份证号不符，按身份证号 {told} 入库，请核对。"));
        row.values.set(field, told.into());
    }
    let Some(field) = person.gender else { return };
    if let Some(told) = citizen.map(|c| c.sex).filter(|s| row.text(field).is_some_and(|g| g != **s)) {
        row.say(field, "W10", format!("性别与身份证号不符，按“{told}”入库，请核对。"));
        row.values.set(field, told.into());
    }
}
/// W13: a case that has not ended has no result; what is written there is not taken in, and the case can enter no review.
pub fn no_result_before_the_end(row: &mut Row<'_>) {
    if row.empty("concluded") && row.text("result").is_some() {
        row.say(
            "result",
            "W13",
            "没有结案日期却填了处理结果，处理结果不入库，也不能进入评查。已结案的请补填结案日期，未结案的请删去处理结果。",
        );
        row.values.set("result", Json::Null);
    }
}
/// W08: in a sealed dossier a party is 某某 before anything is kept, wherever the row writes the name.
pub fn no_name_under_seal(row: &mut Row<'_>) {
    if row.values.get("is_sealed") != Some(&Json::Bool(true)) {
        return;
    }
    let Some(party) = row.text("party") else { return };
    let names = party.split(['、', '，', ',', '；', ';']).map(str::trim);
    let full: Vec<(&str, String)> = names.filter(|n| !n.is_empty() && !n.contains('某')).map(|n| (n, hidden(n))).collect();
    if full.is_empty() {
        return;
    }
    for field in ["party", "cause", "result", "followup", "remark"] {
        let Some(old) = row.text(field) else { continue };
        // One letter is a surname, and stands in other words too.
        let names = full.iter().filter(|(n, _)| field == "party" || n.chars().count() > 1);
        row.values.set(field, names.fold(old, |text, (name, hidden)| text.replace(name, hidden)).into());
    }
    row.say("party", "W08", "封存案件写了当事人全名，已改为“某某”入库。原台账里的全名请一并隐去。");
}
/// R16: who works for an organ of the State or is on the list of defaulters cannot be an observer (`enterprise.md` B9).
pub fn may_observe(row: &mut Row<'_>) {
    const BARS: [&str; 5] = ["失信被执行人", "国家机关在职", "国家机关工作人员", "在职公务员", "现职公务员"];
    const NOT: [&str; 8] = ["非", "不是", "不属于", "不属", "未列为", "未列入", "未被列为", "无"];
    let Some(remark) = row.text("remark") else { return };
    let bar = BARS.into_iter().find(|bar| remark.split_once(bar).is_some_and(|(before, _)| !NOT.iter().any(|n| before.ends_with(n))));
    if let Some(bar) = bar {
        row.say("remark", "R16", format!("备注写明“{bar}”，不具备监督员资格，不能入库。请核对。"));
    }
}
/// The surname and 某某.
fn hidden(name: &str) -> String {
    const DOUBLE: [&str; 12] = ["欧阳", "诸葛", "司马", "上官", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯"];
    let surname = DOUBLE.into_iter().find(|d| name.starts_with(d) && name.chars().count() > 2);
    let first: String = name.chars().take(1).collect();
    format!("{}某某", surname.unwrap_or(&first))
}
