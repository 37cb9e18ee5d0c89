//! A review whose dossier is here and whose experts may score: the house's acts are taken as the house, the others by forms.
use super::{COURT, OFFICE, Town};
use app::matters::{Ask, Desk, Where};
use domain::engine::{Person, RoleHeld};
use serde_json::{Value as Json, json};

/// Who sits, in the order of the draw: 评查员1 to 3.
pub const PANEL: [&str; 3] = ["expert", "posted", "inspector"];
/// The edition: items that make 100, two vetoes.
pub const ITEMS: [(&str, &str, &str); 6] = [
    ("立案管辖", "8", "超期或不立案未说明 2/处；管辖错误 8。"),
    ("强制措施", "12", "无据、超期、未告知家属 2–4；错误羁押 12。"),
    ("取证", "30", "讯问人数、时间地点、录音录像缺 2；关键物证无来源 6；该调未调 4。"),
    ("法律与量刑", "30", "罪名错 12；自首立功从轻失当 6；具结程序不合 4。"),
    ("期限", "15", "审查起诉、审理超限每处 3。"),
    ("卷宗", "5", "缺页、目录、光盘每项 0.5。"),
];
pub const VETOES: [(&str, &str); 2] = [("刑讯等非法证据作定案依据", "刑诉法56"), ("超期羁押", "")];
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length 44>>stream\nBT /F1 24 Tf 40 100 Td (Volume 1, P31) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n";

pub struct Seated {
    pub review: String,
    pub dossier: String,
    pub standard: String,
}
/// One act of the house.
pub fn as_house(town: &Town, place: Where, action: &'static str, form: Json) -> String {
    act(town, Person::house(OFFICE), place, action, form)
}
fn act(town: &Town, who: Person, place: Where, action: &'static str, form: Json) -> String {
    let inner = town.house.clone();
    let done = town.house.db.write_here(move |tx| {
        let mut desk = Desk::open(tx, &inner)?;
        let form = form.as_object().cloned().unwrap();
        let done = desk.act(Ask { who: &who, place: place.clone(), action, form, version: None, key: None })?;
        desk.close()?;
        Ok(done)
    });
    done.unwrap().number
}
/// The standard of rows above; in no whole sheet.
fn plain(town: &Town) -> String {
    let mut form: Vec<(String, String)> =
        [("name", "刑事案件评查标准"), ("standard_kind", "基础表"), ("case_type", "01"), ("edition", "2026 年第 1 版")]
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .to_vec();
    for (n, (item, full, criteria)) in ITEMS.iter().enumerate() {
        for (column, value) in [("item", item), ("full", full), ("criteria", criteria)] {
            form.push((format!("items.{n}.{column}"), (*value).to_owned()));
        }
    }
    for (n, (veto, basis)) in VETOES.iter().enumerate() {
        form.push((format!("vetoes.{n}.veto"), (*veto).to_owned()));
        form.push((format!("vetoes.{n}.basis"), (*basis).to_owned()));
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    town.open("handler", "standard", "draft", &form)
}
/// The shipped sheets in force: the number of D1.
pub fn shipped(town: &Town) -> String {
    let new = app::standards::load(&town.house, Some(super::OFFICE)).unwrap();
    for number in &new {
        town.act("lead", number, "approve", &[("from", "2026-03-02"), ("doc_no", "执监〔2026〕1号")]);
        town.act("handler", number, "bring_into_force", &[]);
    }
    let d1 = |n: &&String| town.by("handler").get(&format!("/matter/{n}")).says("<h1>D1 ");
    new.iter().find(d1).unwrap().clone()
}
/// A dossier with three papers (text, picture, PDF), and a review of it by the standard of rows, for which experts are drawn.
pub fn drawn(town: &Town, picture: &[u8]) -> Seated {
    drawn_by(town, picture, plain(town), &[])
}
/// Likewise, by this standard; the dossier carries these tags.
pub fn drawn_by(town: &Town, picture: &[u8], standard: String, tags: &[&str]) -> Seated {
    let paper = |name: &str, bytes: &[u8]| app::files::take_in(&town.house, &town.ids["handler"], name, bytes).unwrap();
    let text = paper("云岭中院判决书.txt", "卷一 拘留通知书\n第 31 页没有送达记录。".as_bytes());
    let (image, pdf) = (paper("云岭中院笔录.png", picture), paper("云岭中院卷一.pdf", PDF));
    let mut said = vec![
        ("case_no", "（2024）赣1202刑初15号"),
        ("case_type", "01"),
        ("cause", "盗窃"),
        ("org", COURT),
        ("handler", "甲例法官"),
        ("closed_on", "2025-12-01"),
        ("effective_on", "2025-12-20"),
        ("result", "照录：判决。"),
        ("classified", "no"),
        ("files", &text),
        ("files", &image),
        ("files", &pdf),
    ];
    said.extend(tags.iter().map(|t| ("tags", *t)));
    let dossier = town.open("handler", "dossier", "register_effective", &said);
    let opening = json!({
        "dossier": dossier, "org": COURT, "case_no": "（2024）赣1202刑初15号", "case_type": "01", "closed_on": "2025-12-01",
        "effective_on": "2025-12-20", "sealed": false, "standard": standard, "kind": "常态",
    });
    let review = as_house(town, Where::Open { kind: "review".into(), owner: OFFICE.into(), links: vec![] }, "open", opening);
    draw(town, &review, "draw_panel", "CQ-1", PANEL);
    Seated { review, dossier, standard }
}
/// The result of a draw, as the house tells it to the review.
pub fn draw(town: &Town, review: &str, action: &'static str, number: &str, people: [&'static str; 3]) {
    let seat = |(n, who): (usize, &&str)| json!({"person": town.ids[who], "fits": if n == 0 { "是" } else { "否" }});
    let chosen: Vec<Json> = people.iter().enumerate().map(seat).collect();
    as_house(town, Where::On(review.to_owned()), action, json!({"draw": number, "proof": "ab12", "chosen": chosen}));
}
/// One act of the head of the panel, who has no account in this city.
pub fn as_chair(town: &Town, review: &str, action: &'static str, form: Json) -> String {
    let role = RoleHeld { role: "R8".into(), org: OFFICE.into(), of: None };
    let chair = Person { id: "chair".into(), org: OFFICE.into(), roles: vec![role], system: None };
    act(town, chair, Where::On(review.to_owned()), action, form)
}
/// Likewise, promised and the dossier received: everybody may score.
pub fn scoring(town: &Town, picture: &[u8]) -> Seated {
    let seated = drawn(town, picture);
    fetched(town, &seated);
    seated
}
/// Everybody has promised and the dossier is here.
pub fn fetched(town: &Town, seated: &Seated) {
    for who in PANEL {
        town.act(who, &seated.review, "promise", &[("no_conflict", "yes"), ("secrecy", "yes")]);
    }
    let (due, today) = (town.today(7), town.today(0));
    town.act("handler", &seated.review, "request_dossier", &[("letter_no", "调〔2026〕1号"), ("reason", "常态评查。"), ("due", &due)]);
    town.act("handler", &seated.review, "receive", &[("received_on", &today), ("volumes", "3")]);
}
