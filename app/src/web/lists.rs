//! Lists of matters of every kind, search, their export, saved views and bulk acts. All follow from the tables.
use domain::engine::Form;
use domain::registers::codes;

use super::api::{filter, take};
use super::pages::{ListPage, Select, html};
use super::present;
use super::visit::{Post, Reply, Visit, encode};
use crate::failure::{Failure, Result};
use crate::matters::{self, Where};
use crate::{edge, own};

fn kind_of(v: &Visit) -> Result<&'static domain::engine::Kind> {
    domain::procedures::kind(v.part("kind")).ok_or(Failure::NotFound)
}
/// Of a body outside it is noted that it asked for a list in which there never is anything for it (M3.4).
pub(super) fn note_empty(v: &Visit, kind: &str, found: usize) {
    if !kind.is_empty() && !present::leads_to(v.who, kind) {
        crate::packets::note_empty(v.house, v.who, "事项列表", found, v.now);
    }
}
/// `GET /matters/{kind}`.
pub fn list(v: &Visit) -> Result<Reply> {
    let kind = kind_of(v)?;
    let f = filter(v, kind.name);
    let listing = matters::list(v.tx, v.house, v.who, &f, v.now)?;
    note_empty(v, kind.name, listing.items.len());
    let base = format!("/matters/{}", kind.name);
    let mut query = String::new();
    for (n, value) in v.query.0.iter().filter(|(n, value)| !matches!(n.as_str(), "before" | "after" | "done") && !value.is_empty()) {
        query += &format!("&{}={}", encode(n), encode(value));
    }
    let next = listing.items.last().filter(|_| listing.more).map(|i| format!("{base}?after={}{query}", i.id));
    let prev = listing.items.first().filter(|_| listing.before && f.q.is_empty()).map(|i| format!("{base}?before={}{query}", i.id));
    let openings = matters::offers_opening(v.tx, v.house, v.who, kind.name, v.now)?;
    let openings: Vec<_> =
        openings.into_iter().map(|(owner, o)| (o.label.to_owned(), format!("{base}/new/{}?owner={}", o.action, encode(&owner)))).collect();
    let views = own::views(v.tx, v.house, &v.who.id, kind.name)?;
    let tabs = tabs(&views, &base, &query);
    let quarter = super::inquiries::quarter_of(v.now.today);
    let more = match kind.name {
        "inquiry_record" => vec![(format!("导出本季 {quarter}"), format!("/inquiries/{quarter}"))],
        "review_batch" if super::routes::OFFICE.iter().any(|r| domain::engine::in_role(v.who, r)) => {
            vec![("样本量".to_owned(), "/sample-size".to_owned())]
        }
        "review" if domain::engine::in_role(v.who, "R6") => vec![("本人宽严".to_owned(), "/my/severity".to_owned())],
        _ => vec![],
    };
    let bulk = match kind.name {
        "rectification" | "prompt" if domain::engine::in_role(v.who, "R1") => vec![("urge".to_owned(), "催办".to_owned())],
        "clue" if domain::engine::in_role(v.who, "R1") => vec![("assess".to_owned(), "提交研判".to_owned())],
        _ => vec![],
    };
    let rows: Vec<_> = listing.items.iter().map(|i| present::list_row(i, &f.q, v)).collect();
    let words = if rows.is_empty() {
        "没有命中".to_owned()
    } else {
        format!("本页 {} 件{}", rows.len(), if listing.more { "，后面还有" } else { "，已到末尾" })
    };
    let page = ListPage {
        frame: present::frame(v, kind.label, &[("工作台", "/"), (kind.label, "")])?,
        heading: kind.label.into(),
        explain: "点编号看全部经过。筛选条件都在地址里，可以收藏。".into(),
        tabs,
        filters: selects(v, kind),
        q: f.q.clone(),
        action: base.clone(),
        rows,
        kinds: false,
        bulk,
        bulk_action: format!("{base}/bulk"),
        key: edge::random_hex::<8>()?,
        prev,
        next,
        words,
        export: Some(format!("{base}/export?{}", query.trim_start_matches('&'))),
        openings: more.into_iter().chain(openings).collect(),
        views: Some(format!("{base}/views")),
        own: views.into_iter().map(|w| (w.n, w.name)).collect(),
        query: query.trim_start_matches('&').to_owned(),
        empty: format!("没有符合条件的{}", kind.label),
    };
    Ok(Reply::Html(html(&page)))
}
fn tabs(views: &[own::View], base: &str, query: &str) -> Vec<(String, String, bool)> {
    let here = query.trim_start_matches('&');
    let fixed = [
        ("全部", ""),
        ("球在我手里", "mine=1"),
        ("已逾期", "due=over"),
        ("3 个工作日内", "due=soon"),
        ("未办结", "open=open"),
        ("已办结", "open=closed"),
    ];
    let mut all: Vec<(String, String, bool)> = fixed.iter().map(|(l, q)| ((*l).to_owned(), format!("{base}?{q}"), here == *q)).collect();
    all.extend(views.iter().map(|w| (w.name.clone(), format!("{base}?{}", w.query), w.query == here)));
    all
}
fn selects(v: &Visit, kind: &domain::engine::Kind) -> Vec<Select> {
    let chosen = |name: &str, value: &str| v.query.get(name) == value;
    let all = |name: &str, label: &str| (String::new(), label.to_owned(), chosen(name, ""));
    let mut phase = vec![all("phase", "全部阶段")];
    phase.extend(kind.phases.iter().map(|p| (p.name.clone(), p.label.to_owned(), chosen("phase", &p.name))));
    let mut org = vec![all("org", "全部单位")];
    org.extend(v.registers.orgs().filter(|o| o.level != "内设").map(|o| (o.code.clone(), o.name.clone(), chosen("org", &o.code))));
    let mut code = vec![all("code", "全部问题码")];
    if kind.name == "rectification" {
        code.extend(codes::RECTIFICATION_SOURCE.rows.iter().map(|(c, l)| ((*c).to_owned(), format!("来源：{l}"), chosen("code", c))));
    }
    code.extend(codes::PROBLEM.rows.iter().map(|(c, l)| ((*c).to_owned(), (*l).to_owned(), chosen("code", c))));
    let mut due = vec![all("due", "全部期限")];
    due.extend(
        [("over", "已逾期"), ("today", "今日到期"), ("soon", "3 个工作日内"), ("paused", "暂停"), ("tent", "暂定")]
            .map(|(c, l)| (c.to_owned(), l.to_owned(), chosen("due", c))),
    );
    let select = |name, label, options| Select { name, label, options };
    vec![select("org", "单位", org), select("phase", "阶段", phase), select("code", "问题码", code), select("due", "期限状态", due)]
}
/// `GET /matters/{kind}/export`: the list as XLSX, as this person sees it.
pub fn export(v: &Visit) -> Result<Reply> {
    let kind = kind_of(v)?;
    let mut f = filter(v, kind.name);
    f.limit = 1_000;
    note_empty(v, kind.name, 0);
    let mut rows: Vec<Vec<String>> = vec![];
    loop {
        let listing = matters::list(v.tx, v.house, v.who, &f, v.now)?;
        for i in &listing.items {
            let r = present::list_row(i, "", v);
            let due = r.due.map(|d| d.iso).unwrap_or_default();
            rows.push(vec![
                i.number.clone(),
                i.title.clone(),
                r.unit,
                i.codes.join("、"),
                r.stage.label,
                r.ball.map(|b| b.words).unwrap_or_default(),
                due,
                i.opened_on.clone(),
            ]);
        }
        match listing.items.last().filter(|_| listing.more && rows.len() < 100_000) {
            Some(last) => f.from = last.id,
            None => break,
        }
    }
    let bytes = crate::table::xlsx(&["编号", "事项", "单位", "问题码", "阶段", "球在谁手里", "到期日", "立件日"], &rows)?;
    Ok(Reply::Download(bytes, crate::table::XLSX, format!("{}-{}.xlsx", kind.label, v.now.today)))
}
/// `POST /matters/{kind}/views`.
pub fn save_view(p: &Post) -> Result<Reply> {
    let (person, kind, name, query) =
        (p.who.id.clone(), p.part("kind").to_owned(), p.form.get("name").trim().to_owned(), p.form.get("query").to_owned());
    if name.is_empty() || name.chars().count() > 20 || query.len() > 500 {
        return Err(Failure::Bad(422, "请填视图名称，最多 20 字。".into()));
    }
    let to = format!("/matters/{kind}?{query}");
    own::save_view(&p.house, person, kind, name, query)?;
    Ok(Reply::Go(to))
}
/// `POST /matters/{kind}/views/drop`.
pub fn drop_view(p: &Post) -> Result<Reply> {
    let n = p.form.get("n").parse().map_err(|_| Failure::NotFound)?;
    own::drop_view(&p.house, p.who.id.clone(), n)?;
    Ok(Reply::Go(format!("/matters/{}", p.part("kind"))))
}
/// `POST /matters/{kind}/bulk`: acts that are safe in bulk, each through its own gate; those refused are told.
pub fn bulk(p: &Post) -> Result<Reply> {
    let action = p.form.get("action");
    if !matches!(action, "urge" | "assess") {
        return Err(Failure::Bad(422, "此项不能批量办理。".into()));
    }
    let (mut done, mut refused) = (0, vec![]);
    for number in p.form.all("sel").take(100) {
        let needs_letter = p.visit(|v| Ok(matters::load(v.tx, number)?.is_some_and(|l| l.matter.kind() == "rectification")))?;
        let mut form = Form::new();
        if needs_letter && action == "urge" {
            form.insert("letter".into(), "请按期报送，逾期将按规定升级。".into());
        }
        match take(p, Where::On(number.to_owned()), action, form, None, Some(format!("{}{number}", p.form.get("key")))) {
            Ok(_) => done += 1,
            Err(Failure::Fault(f)) => return Err(Failure::Fault(f)),
            Err(_) => refused.push(number.to_owned()),
        }
    }
    let words = if refused.is_empty() {
        format!("已办 {done} 件，已留痕。")
    } else {
        format!("已办 {done} 件；{} 现在不能办。", refused.join("、"))
    };
    Ok(Reply::Go(format!("/matters/{}?done={}", p.part("kind"), encode(&words))))
}
