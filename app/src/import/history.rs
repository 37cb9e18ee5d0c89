//! Which opening a row of an old ledger takes, and what it says: one function per kind of matter that has a ledger.
use domain::engine::Form;
use domain::procedures::import::ORDERS;
use serde_json::{Value as Json, json};
use sheets::Values;
use std::collections::BTreeMap;

/// Kinds of matters whose ledgers are imported; every other layout is a register's.
pub(super) const KINDS: &[&str] = &["clue", "dossier", "expert", "procuratorial_opinion", "hotline_call", "enforcement_record"];
/// The kind of matter a row of this ledger opens; nothing where it is a register's.
pub(super) fn opens(ledger: &str) -> Option<&'static str> {
    let kind = if ledger == ORDERS { "hotline_call" } else { ledger };
    KINDS.iter().find(|k| **k == kind).copied()
}

/// Full name of an organisation → its code.
pub(super) type Codes = BTreeMap<String, String>;

/// `(opening, form)` of a row.
pub(super) fn history(kind: &str, values: &Values, codes: &Codes) -> (&'static str, Form) {
    match kind {
        "dossier" => dossier(values, codes),
        "expert" => expert(values, codes),
        "procuratorial_opinion" => opinion(values, codes),
        "hotline_call" => call(values, codes),
        "enforcement_record" => enforcement(values, codes),
        ORDERS => ("enter_relayed", said(ORDER, values, codes)),
        _ => clue(values, codes),
    }
}
/// The sheet's name of what the form calls `field`, for messages at the cell.
pub(super) fn column(kind: &str, field: &str) -> &'static str {
    let pairs: &[(&str, &str)] = match kind {
        "dossier" => &[
            ("org", "unit"),
            ("track", "procedure"),
            ("department", "dept"),
            ("bench", "collegial"),
            ("parties", "party"),
            ("alias", "party"),
            ("filed_on", "filed"),
            ("closed_on", "concluded"),
            ("effective_on", "effective"),
            ("aftermath", "followup"),
            ("tags", "is_enterprise"),
            ("seals", "is_sealed"),
        ],
        "expert" => &[
            ("certificate", "cert_no"),
            ("professions", "specialty"),
            ("from", "term_start"),
            ("until", "term_end"),
            ("relations", "avoid_kin"),
        ],
        "procuratorial_opinion" => OPINION,
        "hotline_call" => CALL,
        "enforcement_record" => ENFORCEMENT,
        ORDERS => ORDER,
        _ => &[("old_no", "clue_no"), ("org", "unit")],
    };
    let layout = sheets::layouts::layout(kind);
    let name = pairs.iter().find(|(f, _)| *f == field).map_or(field, |(_, c)| c);
    layout.and_then(|l| l.columns.iter().find(|c| c.field == name)).map_or("", |c| c.field)
}
fn code(values: &Values, codes: &Codes) -> Json {
    let unit = values.text("unit");
    json!(codes.get(unit).map_or(unit, String::as_str))
}
fn clue(values: &Values, codes: &Codes) -> (&'static str, Form) {
    let text = |f: &str| values.text(f);
    let yes = |f: &str| values.get(f) == Some(&Json::Bool(true));
    let action = match (text("screen"), text("disposal")) {
        ("不属职权转办" | "检举控告转纪检", _) => "enter_passed_on",
        ("重复并案", _) | (_, "存查") => "enter_closed",
        (_, d) if !d.is_empty() && yes("corrected") => "enter_closed",
        (_, d) if !d.is_empty() => "enter_routed",
        ("研判中", _) => "enter_assessing",
        _ if yes("assessed") => "enter_assessing",
        _ => "enter_registered",
    };
    let mut form = Form::new();
    for (field, value) in values.iter().filter(|(_, v)| !v.is_null()) {
        let (name, value) = match field {
            "seq" | "days" => continue,
            "clue_no" => ("old_no", value.clone()),
            "unit" => ("org", code(values, codes)),
            "problem" => ("problem", json!([value])),
            other => (other, value.clone()),
        };
        form.insert(name.to_owned(), value);
    }
    (action, form)
}
/// Identity numbers and days of birth stay out: no review needs them.
fn dossier(values: &Values, codes: &Codes) -> (&'static str, Form) {
    let text = |f: &str| values.text(f);
    let yes = |f: &str| values.get(f) == Some(&Json::Bool(true));
    let mut form = Form::from_iter([("org".to_owned(), code(values, codes)), ("classified".to_owned(), json!(false))]);
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            form.insert(name.to_owned(), json!(value));
        }
    };
    for (name, field) in [
        ("case_no", "case_no"),
        ("case_type", "case_type"),
        ("cause", "cause"),
        ("track", "procedure"),
        ("stage", "stage"),
        ("department", "dept"),
        ("handler", "handler"),
        ("bench", "collegial"),
        ("filed_on", "filed"),
        ("result", "result"),
    ] {
        put(name, text(field));
    }
    put(if yes("is_sealed") { "alias" } else { "parties" }, text("party"));
    let after = match text("followup") {
        "" => "",
        f if f.contains("上诉") => "上诉",
        f if f.contains("再审") => "再审",
        f if f.contains("赔偿") => "赔偿",
        _ => "其他",
    };
    let amount = values.get("amount").and_then(Json::as_i64).map(|fen| format!("标的额 {}.{:02} 元", fen / 100, fen % 100));
    let remark: Vec<String> =
        [text("followup").to_owned(), text("remark").to_owned()].into_iter().chain(amount).filter(|t| !t.is_empty()).collect();
    put("remark", &remark.join("；"));
    let action = match (text("concluded"), text("effective")) {
        ("", _) => "enter_pending",
        (closed, "") => {
            put("closed_on", closed);
            put("aftermath", after);
            "enter_concluded"
        }
        (closed, effective) => {
            put("closed_on", closed);
            put("effective_on", effective);
            put("aftermath", after);
            "enter_effective"
        }
    };
    let tags = [("is_enterprise", "涉企"), ("is_merit", "立功"), ("is_minor", "未成年"), ("is_petition", "信访")];
    let mut tags: Vec<&str> = tags.iter().filter(|(f, _)| yes(f)).map(|(_, t)| *t).collect();
    if text("procedure").contains("速裁") {
        tags.push("速裁");
    }
    if !tags.is_empty() {
        form.insert("tags".into(), json!(tags));
    }
    if yes("is_sealed") {
        form.insert("seals".into(), json!([if yes("is_minor") { "未成年人犯罪记录" } else { "治安违法记录" }]));
    }
    (action, form)
}
/// Professions as the case types they fit: a panel needs one expert of the dossier's type.
const PROFESSIONS: &[(&str, &[&str])] = &[
    ("刑事", &["01"]),
    ("证据与鉴定", &["01"]),
    ("未成年人保护", &["01"]),
    ("民事", &["02"]),
    ("涉企与知识产权", &["02", "01"]),
    ("行政", &["03", "09"]),
    ("执行", &["04"]),
    ("治安与行政处罚", &["05"]),
    ("国家赔偿", &["06"]),
    ("刑罚执行", &["07"]),
    ("公益诉讼", &["08"]),
    ("生态环境资源", &["08"]),
];
/// Identity number, day of birth and telephone stay out; of declared relations only the organisation enters, not the relative's name.
fn expert(values: &Values, codes: &Codes) -> (&'static str, Form) {
    let text = |f: &str| values.text(f);
    let mut form = Form::new();
    for (name, field) in [
        ("name", "name"),
        ("category", "category"),
        ("unit", "unit"),
        ("certificate", "cert_no"),
        ("letter_no", "letter_no"),
        ("from", "term_start"),
        ("until", "term_end"),
    ] {
        if !text(field).is_empty() {
            form.insert(name.to_owned(), json!(text(field)));
        }
    }
    if let Some(org) = codes.get(text("unit")) {
        form.insert("org".into(), json!(org));
    }
    let known = |word: &str| PROFESSIONS.iter().find(|(w, _)| *w == word).map_or(&["99"][..], |(_, all)| all);
    let mut professions: Vec<&str> = text("specialty").split('、').filter(|w| !w.is_empty()).flat_map(known).copied().collect();
    professions.sort_unstable();
    professions.dedup();
    if professions.is_empty() {
        professions.push("99");
    }
    form.insert("professions".into(), json!(professions));
    let mut relations = vec![];
    let mut relate = |relation: &str, text: &str| {
        // The longest name first: 云岭市公安局澄湖分局 is no second 云岭市公安局.
        let mut rest = text.to_owned();
        let mut names: Vec<(&String, &String)> = codes.iter().filter(|(name, _)| text.contains(name.as_str())).collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (name, org) in names {
            if rest.contains(name.as_str()) {
                rest = rest.replace(name.as_str(), "");
                relations.push(json!({"relation": relation, "org": org}));
            }
        }
    };
    relate("近亲属", text("avoid_kin"));
    relate("代理", text("avoid_agent"));
    relate("利害", text("avoid_former"));
    if !relations.is_empty() {
        form.insert("relations".into(), json!(relations));
    }
    ("enter_serving", form)
}
/// `(field of the form, column)`.
const OPINION: &[(&str, &str)] = &[
    ("proc_org", "proc_unit"),
    ("kind", "kind"),
    ("doc_no", "doc_no"),
    ("org", "unit"),
    ("matter", "matter"),
    ("served_on", "served"),
    ("serve_way", "serve_way"),
    ("term", "term"),
    ("due", "due"),
    ("status", "status"),
    ("replied_on", "replied"),
    ("reasons", "reason"),
    ("reminded_on", "urged"),
    ("reminder_no", "urge_no"),
    ("reported_on", "reported_on"),
    ("handler", "handler"),
    ("remark", "remark"),
];
/// What a row says under these columns; organisations by their codes.
fn said(columns: &[(&str, &str)], values: &Values, codes: &Codes) -> Form {
    let one = |(name, column): &(&str, &str)| {
        let value = match (*name, values.get(column)?) {
            (_, Json::Null) => return None,
            ("org" | "proc_org", Json::String(unit)) => json!(codes.get(unit).unwrap_or(unit)),
            ("problems", code) => json!([code]),
            (_, value) => value.clone(),
        };
        (value != "").then(|| ((*name).to_owned(), value))
    };
    columns.iter().filter_map(one).collect()
}
/// What an old ledger writes where a unit gave no reasons.
const NO_REASONS: &str = "未说明理由";
/// An adopted one has ended for an old ledger; the others stand where it left them.
fn opinion(values: &Values, codes: &Codes) -> (&'static str, Form) {
    let mut form = said(OPINION, values, codes);
    // That it gave none after the reminder is a record of its own, not a reason.
    if values.text("reason") == NO_REASONS {
        form.remove("reasons");
        form.insert("none_given".into(), json!(true));
    }
    let action = match values.text("status") {
        "已采纳" => "enter_closed",
        "部分采纳" => "enter_adopted",
        "提出异议" => "enter_contested",
        "不采纳" | "逾期未回复" => "enter_unheeded",
        _ => "enter_awaiting",
    };
    (action, form)
}
/// `(field of the form, column)`.
const CALL: &[(&str, &str)] = &[
    ("old_no", "call_no"),
    ("received", "called_at"),
    ("reporter_phone", "caller_phone"),
    ("reporter_name", "caller"),
    ("enterprise", "firm"),
    ("uscc", "uscc"),
    ("org", "unit"),
    ("facts", "content"),
    ("problems", "category"),
    ("act_type", "action"),
    ("amount", "amount"),
    ("demand", "demand"),
    ("in_remedy", "in_remedy"),
    ("disclose", "disclose"),
    ("handle", "handle"),
    ("operator", "operator"),
    ("remark", "remark"),
];
/// Likewise, of what 12345 sends.
const ORDER: &[(&str, &str)] = &[
    ("order_no", "order_no"),
    ("received", "received"),
    ("problems", "category"),
    ("org", "unit"),
    ("facts", "content"),
    ("reporter_name", "contact"),
    ("reporter_phone", "phone"),
    ("enterprise", "firm"),
    ("uscc", "uscc"),
];
/// What was taken up is still in hand; every other way of handling has ended for an old ledger. Who asked to stay unnamed leaves no name
/// that could be opened, and of the hour only the day enters.
fn call(values: &Values, codes: &Codes) -> (&'static str, Form) {
    let yes = |f: &str| values.get(f) == Some(&Json::Bool(true));
    let mut form = said(CALL, values, codes);
    let mode = match (yes("anonymous"), yes("disclose")) {
        (true, _) => "匿名",
        (false, true) => "实名",
        (false, false) => "保密",
    };
    form.insert("mode".into(), json!(mode));
    form.insert("received".into(), json!(values.text("called_at").get(..10).unwrap_or("")));
    if yes("anonymous") {
        form.remove("reporter_name");
        form.remove("reporter_phone");
    }
    (if matches!(values.text("handle"), "" | "已受理") { "enter_open" } else { "enter_closed" }, form)
}
/// `(field of the form, column)`.
const ENFORCEMENT: &[(&str, &str)] = &[
    ("org", "unit"),
    ("regime", "mgmt"),
    ("firm_name", "firm"),
    ("uscc", "uscc"),
    ("legal_rep", "legal_rep"),
    ("act_type", "action"),
    ("check_kind", "check_kind"),
    ("plan_no", "plan_no"),
    ("check_code", "check_code"),
    ("cause", "matter"),
    ("filed_on", "filed"),
    ("decided_on", "decided"),
    ("doc_no", "doc_no"),
    ("penalty", "penalty"),
    ("fine", "fine"),
    ("confiscated", "confiscated"),
    ("lead_officer", "officer1"),
    ("co_officer", "officer2"),
    ("hearing", "hearing"),
    ("legal_review", "legal_review"),
    ("published", "published"),
    ("published_on", "published_on"),
    ("paid_on", "paid_on"),
    ("remedy", "remedy"),
    ("remark", "remark"),
];
/// An officer stands with the number of his certificate, in one text.
fn enforcement(values: &Values, codes: &Codes) -> (&'static str, Form) {
    let mut form = said(ENFORCEMENT, values, codes);
    for (field, name, number) in [("lead_officer", "officer1", "cert1"), ("co_officer", "officer2", "cert2")] {
        if form.contains_key(field) {
            form.insert(field.into(), json!(format!("{} {}", values.text(name), values.text(number)).trim_end()));
        }
    }
    ("enter", form)
}
