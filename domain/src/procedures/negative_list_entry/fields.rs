//! 字段: what is filled in and what is shown, each with its fixed audience (B12). The liaison of his unit is in none of them.
use crate::engine::{Standing::*, *};
use crate::registers::codes;

/// The office, whoever attributes, and the officer himself.
pub const ALL: &[Standing] = &[Handler, Lead, Secretary, Procurator, Officer];
const KEPT: &[Standing] = &[Handler, Lead, Secretary, Procurator, Officer, Auditor];
/// And whoever it is told to in a packet, once it may be told.
const TOLD: &[Standing] = &[Handler, Lead, Secretary, Officer, Recipient];

pub const REVIEW: Field =
    field("review", "来源评查件", Shape::Matter("review"), ALL).hint("只能从已定论的评查件提名。填编号，如 PC-2026-0007。");
pub const OFFICER: Field = field("officer", "承办人", Shape::Person, ALL);
pub const OFFICER_GROUND: Field =
    field("officer_ground", "承办依据", Shape::Short, ALL).optional().hint("不是评查件所列承办人的必填：案卷哪一页、哪份分工文件。");
pub const CATEGORY: Field = field("category", "类别", Shape::Code(&codes::LIST_CATEGORY), KEPT);
pub const PROBLEMS: Field = field("problems", "问题码", Shape::Codes(&codes::PROBLEM), ALL);
pub const FACTS: Field =
    field("facts", "失责事项", Shape::Long, ALL).guarded().personal().hint("写事实、时间和卷页，一事一段。不写反映人。");
pub const EVIDENCE: Field = field("evidence", "证据", Shape::Long, ALL).personal().hint("一行一份：名称，页码。");
pub const CITED_BODY: Field =
    field("cited_body", "作出文书的有权机关", Shape::Short, ALL).optional().hint("类别为照引文书的，机关、文号、文书都要填。");
pub const CITED_NO: Field = field("cited_no", "有权机关文书文号", Shape::Short, ALL).optional();
pub const CITED_FILES: Field = field("cited", "有权机关文书", Shape::Files, ALL).optional();
pub const RENEWS: Field =
    field("renews", "延续哪一件", Shape::Matter("negative_list_entry"), ALL).optional().hint("延续也要重新归因、告知、审定。填原编号。");
pub const ORG: Field = field("org", "所在单位", Shape::Org, KEPT).computed();
pub const CONCLUDED_ON: Field = field("concluded_on", "评查定论日期", Shape::Date, ALL).computed().optional();
pub const GRAVE: Field = field("grave", "书记会议审定的重大瑕疵", Shape::YesNo, ALL).computed().optional();
pub const NAMED: Field = field("named", "评查件所列承办人", Shape::Person, ALL).computed().optional();

pub const BODY: Field = field("body", "有权机关", Shape::Short, ALL);
pub const DOC_NO: Field = field("doc_no", "文号", Shape::Short, ALL);
pub const FINDING: Field = field("finding", "责任认定文书", Shape::Files, ALL);
pub const ACKNOWLEDGED_ON: Field = field("acknowledged_on", "本人确认日期", Shape::Date, ALL).past();
pub const ACKNOWLEDGEMENT: Field = field("acknowledgement", "本人确认书", Shape::Files, ALL);

/// Two judge apart: neither reads the other's answers before both are in.
pub const ONLY_GENERAL: Field = field("only_general", "仅一般瑕疵", Shape::YesNo, &[]).own();
pub const DISPUTE: Field = field("dispute", "属法律认识分歧", Shape::YesNo, &[]).own();
pub const NEW_EVIDENCE: Field = field("new_evidence", "新证据致改变", Shape::YesNo, &[]).own();
pub const INTERFERED: Field = field("interfered", "受干预，已如实记录", Shape::YesNo, &[]).own();
pub const ATTRIBUTION: Field =
    field("attribution", "归因意见", Shape::Long, &[]).own().guarded().personal().hint("写明本人在案件中做了什么、依据哪一页。");
pub const CHECKS: Field = field("checks", "不列情形核对（二人分别）", Shape::Rows(CHECK), ALL);
const CHECK: &[Column] = &[
    column("who", "核对人"),
    column("only_general", "仅一般瑕疵"),
    column("dispute", "法律认识分歧"),
    column("new_evidence", "新证据致改变"),
    column("interfered", "受干预已如实记录"),
];
pub const ATTRIBUTION_OPEN: Field = field("attribution_open", "归因意见", Shape::Long, ALL).guarded().personal();

pub const EXCLUSION: Field = field("exclusion", "排除理由", Shape::Code(&codes::LIST_EXCLUSION), ALL);
pub const REASON: Field = field("reason", "理由", Shape::Long, ALL).guarded().personal();
pub const MONTHS: Field = field("months", "期限（月）", Shape::Number, ALL).hint("告知以后只能维持、缩短或者排除，不得因申辩加重。");
pub const NOTICE_NO: Field = field("doc_no", "告知书文号", Shape::Short, ALL);
pub const BASIS: Field = field("basis", "拟列依据", Shape::Long, ALL).guarded().personal();
pub const RIGHTS: Field = field("rights", "你的权利", Shape::Long, ALL);
pub const NATURE: Field = field("nature", "性质", Shape::Short, ALL);
pub const SERVED_ON: Field = field("served_on", "送达日期", Shape::Date, ALL).past();
pub const SERVE_WAY: Field = field("serve_way", "送达方式", Shape::Code(&codes::SERVE_WAY), ALL);
pub const RECEIPT: Field = field("receipt", "送达回证", Shape::Files, ALL).optional().hint("本人在线签收的不用附；代为登记的必须附。");

pub const STATEMENT: Field =
    field("statement", "陈述、申辩", Shape::Long, ALL).personal().hint("一行写一条意见，逐条答复。陈述、申辩不会加重。");
pub const AGENT: Field = field("agent", "代理人", Shape::Short, ALL).optional().personal().hint("委托代理的填姓名，委托书作附件。");
pub const FILES: Field = field("files", "附件", Shape::Files, ALL).optional();
pub const PAPER: Field = field("paper", "本人书面材料（扫描件）", Shape::Files, ALL);
pub const RECEIVED_ON: Field = field("received_on", "收到日期", Shape::Date, ALL).past();
pub const POINTS: Field = field("points", "条数", Shape::Number, ALL).computed();
pub const NUMBERS: Field = field("numbers", "申辩", Shape::Short, ALL);
pub const RECUSAL_WHOM: Field = field("recusal_whom", "申请谁回避", Shape::Short, ALL).personal().hint("写姓名或者职务。");
pub const RECUSAL_WHY: Field = field("recusal_why", "回避理由", Shape::Long, ALL).personal();
pub const RECUSAL: Field = field("recusal", "哪一项回避申请", Shape::Choice, ALL);
pub const GRANTED: Field = field("granted", "是否准许", Shape::YesNo, ALL);
pub const RECUSED: Field =
    field("recused", "准许回避的人", Shape::Person, OFFICE).optional().hint("准许的必填；此人不再表决、审定、复核。");
pub const RECUSAL_ANSWER: Field = field("recusal_answer", "回避答复", Shape::Long, ALL).guarded().personal();
pub const POINT: Field = field("point", "答复哪一条", Shape::Choice, ALL);
pub const ADOPTED: Field = field("adopted", "是否采纳", Shape::Code(&codes::POINT_ADOPTED), ALL);
pub const ANSWER: Field =
    field("answer", "答复", Shape::Long, ALL).guarded().personal().checked(attitude).hint("写事实和依据。不评价态度。");
pub const ANSWERED: Field = field("answered", "答复情况", Shape::Rows(ANSWERED_ROW), ALL);
const ANSWERED_ROW: &[Column] = &[column("point", "申辩意见"), column("adopted", "是否采纳").of(&codes::POINT_ADOPTED)];
pub const RETURNED: Field = field("reason", "退回理由", Shape::Long, OFFICE).guarded().personal();

pub const VOTES: Field =
    field("votes", "表决", Shape::Rows(VOTE), OFFICE).guarded().hint("每人一行。办过本件的人不表决；反对的写明理由，不写姓名。");
const VOTE: &[Column] = &[column("person", "表决人"), column("vote", "表决").of(&codes::VOTE), column("why", "理由").optional()];
pub const TALLY: Field = field("tally", "表决结果", Shape::Short, ALL);
pub const DISSENTS: Field = field("dissents", "反对意见的理由", Shape::Rows(&[column("why", "理由")]), ALL);
pub const DECISION: Field = field("decision", "审定理由", Shape::Long, ALL).guarded().personal().checked(attitude);
pub const GIST: Field =
    field("gist", "对外提供的内容", Shape::Long, ALL).guarded().personal().hint("接收机关只读到这一段、类别和期限。写事实，不写评价。");
pub const MINUTES: Field = field("minutes", "审定会议记录", Shape::Files, OFFICE);
pub const UNTIL: Field = field("until", "期限至", Shape::Date, KEPT).computed().optional();
pub const DECISION_NO: Field = field("doc_no", "决定文号", Shape::Short, ALL);
pub const DECIDED_ON: Field = field("decided_on", "审定日期", Shape::Date, KEPT);

pub const GROUNDS: Field = field("grounds", "申请理由", Shape::Long, ALL).personal();
pub const APPLIED: Field = field("files", "附件", Shape::Files, ALL).optional().hint("代为登记的，附本人书面材料。");
pub const RELIEF: Field = field("relief", "救济", Shape::Short, ALL);
pub const DOCUMENT: Field = field("document", "有权机关文书", Shape::Files, ALL);

pub const TO_ORG: Field = field("to_org", "接收机关", Shape::Org, ALL);
pub const PURPOSE: Field = field("purpose", "用途", Shape::Long, ALL).guarded().hint("只作协管、协查参考；写明具体用在哪里，不写姓名。");
pub const USE_BASIS: Field = field("use_basis", "提供依据", Shape::Short, ALL);
pub const PROVIDED: Field = field("provided", "对外提供记录", Shape::Rows(PROVIDED_ROW), ALL);
const PROVIDED_ROW: &[Column] = &[column("org", "接收机关"), column("purpose", "用途"), column("on", "日期")];
pub const REMOVAL: Field = field("removal", "移出理由", Shape::Code(&codes::LIST_REMOVAL), ALL);
pub const REMOVED_FOR: Field = field("removed_for", "移出情况", Shape::Short, KEPT);
pub const REMOVED_ON: Field = field("removed_on", "移出日期", Shape::Date, KEPT);
pub const LETTER: Field =
    field("letter", "更正、恢复名誉函", Shape::Long, ALL).guarded().personal().hint("发所在单位和曾经收到的机关，本人一份。");
pub const TOLD_TO: Field = field("told", "已发更正的单位", Shape::Rows(TOLD_ROW), ALL).optional().hint("对外提供过的，逐一登记。");
const TOLD_ROW: &[Column] = &[column("org", "单位"), column("told_on", "日期（如 2026-06-16）"), column("doc_no", "更正函文号")];

/// What a recipient reads, and all he reads: on the page only while the entry may be told.
pub const LISTED_PERSON: Field = field("listed_person", "干警", Shape::Person, TOLD);
pub const LISTED_ORG: Field = field("listed_org", "单位", Shape::Org, TOLD);
pub const LISTED_CATEGORY: Field = field("listed_category", "类别", Shape::Code(&codes::LIST_CATEGORY), TOLD);
pub const LISTED_GIST: Field = field("listed_gist", "事项", Shape::Long, TOLD).personal();
pub const LISTED_MONTHS: Field = field("listed_months", "期限（月）", Shape::Number, TOLD);
pub const LISTED_UNTIL: Field = field("listed_until", "期限至", Shape::Date, TOLD);
pub const LISTED_NATURE: Field = field("listed_nature", "性质", Shape::Short, TOLD);

/// Words that judge how somebody took it. A defence is answered by facts and grounds; nobody fares worse for having made it (boundary 7).
const ATTITUDE: &[&str] = &[
    "态度恶劣",
    "态度不好",
    "态度差",
    "态度不端正",
    "认错态度",
    "悔改态度",
    "拒不认错",
    "拒不悔改",
    "拒不承认",
    "不知悔改",
    "毫无悔意",
    "狡辩",
    "强词夺理",
    "无理取闹",
    "胡搅蛮缠",
    "抵触情绪",
    "对抗组织",
    "避重就轻",
    "百般抵赖",
    "抵赖",
    "巧言令色",
    "推诿塞责",
    "倒打一耙",
];
/// What in an answer speaks of attitude, if anything.
pub fn attitude(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let found = ATTITUDE.iter().find(|w| plain.contains(**w))?;
    Some(format!("“{found}”是对态度的评价。答复只写事实和依据，不因申辩加重。"))
}
