//! 文书: every paper arises from a step there is, tells fields there are, and only what its reader may read; no text directs an outcome.
#![allow(clippy::unwrap_used, clippy::panic)]
use domain::engine::{Field, Kind, Standing};
use domain::papers::{Block, Given, Layout, PAPERS, Paper, Part, SERIES, compose, lengths, of, paper};
use domain::procedures::kind;
use domain::registers::limits;
use domain::wording;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// 件/文书 that case-review.md B1–B14a and E, and enterprise.md B and C, name; and the paper that each is.
const NAMED: &[(&str, &[(&str, &str)])] = &[
    (
        "B1",
        &[
            ("登记表", "clue_registration"),
            ("研判意见书", "clue_assessment"),
            ("分流审批单", "clue_routing"),
            ("告知书", "clue_notice"),
            ("程序性督办", "prompting_letter"),
        ],
    ),
    ("B2", &[("共性问题分析", "common_problem_analysis"), ("督察巡查对象建议单", "inspection_suggestion")]),
    (
        "B3",
        &[
            ("方案", "review_plan"),
            ("抽案记录", "sampling_record"),
            ("抽取名单(限阅)", "panel_list"),
            ("回避保密承诺", "review_promise"),
            ("调卷函", "dossier_request"),
            ("个人评分表", "score_sheet"),
            ("合议笔录", "deliberation_record"),
            ("初评意见书", "preliminary_opinion"),
            ("异议书", "objection"),
            ("复核决定", "review_decision"),
            ("评查定论书", "review_conclusion"),
            ("一案一档目录", "case_file"),
            ("函请依法审查", "review_request"),
        ],
    ),
    (
        "B4",
        &[
            ("方案", "inspection_plan"),
            ("进驻公告", "inspection_announcement"),
            ("底稿", "working_paper"),
            ("书面报告", "inspection_report"),
            ("反馈", "inspection_feedback"),
            ("抄送", "inspection_copy"),
            ("回头看", "inspection_look_back"),
            ("执法检查方案", "check_plan"),
            ("执法检查结论", "check_conclusion"),
        ],
    ),
    (
        "B5",
        &[
            ("整改通知", "rectification_notice"),
            ("催办", "rectification_reminder"),
            ("约谈建议", "interview_suggestion"),
            ("通报", "rectification_circular"),
            ("验收", "rectification_acceptance"),
            ("销号", "rectification_file"),
            ("建议查究", "accountability_suggestion"),
        ],
    ),
    (
        "B6",
        &[
            ("补正", "completion_notice"),
            ("受理", "acceptance_notice"),
            ("不予受理", "refusal_notice"),
            ("听取书面说明", "explanation_request"),
            ("督促函", "urging_letter"),
            ("函告检察", "justified_letter"),
            ("联席会议、约谈", "escalation_minutes"),
            ("通报", "escalation_circular"),
            ("报党委", "party_report"),
            ("反馈检察", "procurator_feedback"),
        ],
    ),
    ("B7", &[("选派建议", "secondment_proposal"), ("交接清单", "handover_list"), ("鉴定", "appraisal")]),
    ("B8", &[("移送审批", "referral_approval"), ("移送函", "referral_letter")]),
    (
        "B9",
        &[
            ("司法救助告知", "relief_right_notice"),
            ("转办案机关", "relief_transfer"),
            ("审批", "relief_approval"),
            ("通知领取", "relief_result"),
        ],
    ),
    ("B10", &[("半年报告", "half_year_report"), ("研判会", "report_meeting"), ("商请函", "organisation_letter")]),
    ("B11", &[("结果函复", "directed_result")]),
    (
        "B12",
        &[
            ("负面清单告知书", "listing_notice"),
            ("逐条答复", "listing_answer"),
            ("审定", "listing_decision"),
            ("复核", "listing_review"),
            ("更正函", "correction_letter"),
            ("恢复名誉", "exoneration_letter"),
        ],
    ),
    ("B13", &[("征求意见", "consultation_letter"), ("合法性审查", "legality_opinion"), ("试行印发", "joint_rule")]),
    (
        "B14a",
        &[
            ("推荐表", "expert_nomination"),
            ("聘书", "expert_appointment"),
            ("保密承诺", "review_promise"),
            ("考核表", "expert_assessment"),
            ("解聘通知", "expert_dismissal"),
            ("解聘(可申辩)", "expert_dismissal_notice"),
        ],
    ),
    (
        "E",
        &[
            ("评查专报", "review_report"),
            ("半年分析", "half_year_report"),
            ("督察反馈", "inspection_feedback"),
            ("联席会议纪要", "meeting_minutes"),
            ("年度总结", "annual_summary"),
        ],
    ),
    ("F5", &[("过问记录", "inquiry_record")]),
    (
        "企业B1",
        &[
            ("受理告知", "appeal_accepted"),
            ("不予受理告知", "appeal_declined"),
            ("引导复议诉讼", "appeal_guided"),
            ("线索移送函", "appeal_transfer"),
            ("转办单", "appeal_forward"),
            ("办结答复", "appeal_concluded"),
        ],
    ),
    ("企业B2", &[("不同意", "observation_refused")]),
    (
        "企业B3",
        &[
            ("派员通知书", "observation_notice"),
            ("承诺书", "observer_promise"),
            ("观摩记录表", "observation_record"),
            ("观摩监督意见", "observation_opinion"),
        ],
    ),
    (
        "企业B5、C",
        &[
            ("立项审批", "supervision_filing"),
            ("立即纠正记录", "on_spot_correction"),
            ("督办函", "supervision_prompting"),
            ("意见书", "correction_opinion"),
            ("处理建议", "decision_proposal"),
            ("决定书", "supervision_decision"),
            ("提醒函", "reminder_letter"),
            ("挂牌督办", "listing_for_supervision"),
            ("提级监督", "raised_supervision"),
            ("约谈通知", "supervision_interview"),
            ("移送函", "supervision_referral"),
            ("告知上级函", "superior_notice"),
            ("通报", "supervision_circular"),
            ("异议复查", "objection_answer"),
            ("对人员建议", "staff_suggestion"),
        ],
    ),
    (
        "企业B8、C",
        &[
            ("会议通知", "meeting_notice"),
            ("会议纪要", "meeting_minutes"),
            ("半年通报", "half_year_circular"),
            ("意见建议清单", "suggestion_list"),
            ("任务台账", "task_ledger"),
        ],
    ),
    (
        "企业B9",
        &[
            ("公示", "observer_announcement"),
            ("报名", "observer_enrolment"),
            ("聘书", "observer_appointment"),
            ("年度考核", "observer_assessment"),
            ("解聘", "observer_dismissal"),
        ],
    ),
];

/// What every paper may name besides the fields of its matter.
const KNOWN: &[&str] = &["matter"];

fn source(kind: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/procedures").join(kind);
    let files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "rs"));
    files.map(|p| std::fs::read_to_string(p).unwrap()).collect()
}
/// Who reads a row that only a page shows, as its `field(…)` says: a list, or the name of one.
fn page_audience(source: &str, name: &str) -> Option<String> {
    let at = source.match_indices("field(").find(|(at, _)| {
        let inside = source.get(at + 6..).unwrap_or_default().trim_start();
        inside.starts_with(&format!("\"{name}\""))
    })?;
    let call = source.get(at.0 + 6..)?;
    let mut depth = 1;
    let end = call.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0
    })?;
    let call = call.get(..end.0)?.trim_end().trim_end_matches(',');
    let last = if call.ends_with(']') { call.get(call.rfind("&[")?..)? } else { call.rsplit(',').next()? };
    let last = last.trim();
    if last.starts_with("&[") {
        return Some(last.to_owned());
    }
    let list = source.split(&format!("const {last}: &[Standing] = ")).nth(1).and_then(|rest| rest.split(';').next());
    list.map(str::to_owned).or_else(|| (last == "OFFICE").then(|| "&[Handler, Lead, Secretary]".to_owned()))
}
fn tells(kind: &Kind, paper: &Paper, name: &str, source: &str) -> Result<(), String> {
    let reads = |f: &&Field| f.seen.contains(&paper.reader) || f.own;
    let own: Vec<&Field> =
        kind.steps.iter().filter(|s| paper.steps.contains(&s.action)).flat_map(|s| s.fields).filter(|f| f.name == name).collect();
    if !own.is_empty() {
        let hidden = own.iter().any(|f| !reads(f) || f.is_sealed());
        return if hidden { Err(format!("{} does not read `{name}` of its step", paper.reader.label())) } else { Ok(()) };
    }
    let others: Vec<&Field> = kind.steps.iter().flat_map(|s| s.fields).filter(|f| f.name == name).collect();
    if others.iter().any(|f| reads(f) && !f.is_sealed()) {
        return Ok(());
    }
    match page_audience(source, name) {
        None if others.is_empty() => Err(format!("`{name}` is no field of {}", kind.name)),
        Some(list) if list.split(|c: char| !c.is_alphanumeric()).any(|s| s == format!("{:?}", paper.reader)) => Ok(()),
        found => Err(format!("{} does not read `{name}`: {found:?}", paper.reader.label())),
    }
}

#[test]
fn every_paper_arises_from_steps_there_are_and_tells_only_what_its_reader_reads() {
    let limits: BTreeSet<String> = limits::defaults().iter().map(|l| l.code.clone()).collect();
    let mut faults = vec![];
    for p in PAPERS {
        let Some(kind) = kind(p.kind) else {
            faults.push(format!("{}: no procedure {}", p.code, p.kind));
            continue;
        };
        let source = source(p.kind);
        faults.extend(p.steps.iter().filter(|s| kind.step(s).is_none()).map(|s| format!("{}: {} has no step {s}", p.code, p.kind)));
        let named = p.fields().into_iter().filter(|f| !KNOWN.contains(f) && !limits.contains(*f));
        faults.extend(named.filter_map(|f| tells(kind, p, f, &source).err()).map(|say| format!("{}: {say}", p.code)));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
#[test]
fn codes_and_labels_are_their_own_titles_are_short_and_series_are_known() {
    let mut codes = BTreeSet::new();
    let mut labels = BTreeSet::new();
    for p in PAPERS {
        assert!(codes.insert(p.code), "{} twice", p.code);
        assert!(labels.insert(p.label), "{} twice", p.label);
        assert!(!p.title.is_empty() && p.title.chars().count() <= 60, "{}", p.code);
        assert!(!p.parts.is_empty() && !p.basis.is_empty() && !p.steps.is_empty(), "{}", p.code);
        let official = matches!(p.layout, Layout::Document | Layout::Letter);
        assert_eq!(official, p.series.is_some(), "{}", p.code);
        assert!(p.series.is_none_or(|s| SERIES.iter().any(|(code, _, _)| *code == s)), "{}", p.code);
        assert_eq!(paper(p.code).map(|q| q.label), Some(p.label));
        assert!(p.steps.iter().all(|s| of(p.kind, s).any(|q| q.code == p.code)), "{}", p.code);
    }
}
#[test]
fn every_paper_that_the_procedures_name_is_there() {
    let named: Vec<_> = NAMED.iter().flat_map(|(place, all)| all.iter().map(move |(name, code)| (place, name, code))).collect();
    let missing: Vec<_> = named.iter().filter(|(_, _, code)| paper(code).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
#[test]
fn no_text_of_a_paper_directs_an_outcome() {
    let mut found = vec![];
    for p in PAPERS {
        let said = p.parts.iter().filter_map(|part| match part {
            Part::Head(text) | Part::Say(text) => Some(*text),
            _ => None,
        });
        for text in said.chain([p.title]) {
            let plain = text.replace(['{', '}'], "");
            // Only the supervision of enforcement may ask a unit to put something right (《行政执法监督条例》 27–29).
            let letter = p.layout == Layout::Letter
                && p.kind != "administrative_supervision"
                && p.kind != "packet"
                && p.kind != "negative_list_entry";
            let hits = if letter { wording::check_letter(&plain) } else { wording::check(&plain) };
            if !hits.is_empty() {
                found.push(format!("{}: {text}: {}", p.code, wording::words(&hits)));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
#[test]
fn no_paper_for_a_unit_or_an_officer_speaks_of_who_reported() {
    let told = [Standing::Respondent, Standing::Officer, Standing::Recipient];
    for p in PAPERS.iter().filter(|p| told.contains(&p.reader)) {
        for f in p.fields() {
            assert!(
                !f.starts_with("reporter") && !["source", "enterprise", "uscc", "sender", "clue", "demand", "disclose"].contains(&f),
                "{}: {f}",
                p.code
            );
        }
    }
}

fn given(pairs: &[(&str, &str)]) -> Given {
    let values: BTreeMap<String, String> = pairs.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect();
    let labels = [("problems", "问题码"), ("severity", "严重度"), ("case_no", "案号"), ("grade", "评查等次")];
    Given {
        organ: "云岭市委政法委员会".into(),
        number: "云政法督〔2026〕3号".into(),
        on: Some(jiff::civil::date(2026, 11, 28)),
        values: values.into_iter().chain(lengths(&limits::defaults())).collect(),
        labels: labels.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
        copies: vec!["市委组织部".into()],
        ..Given::default()
    }
}
#[test]
fn what_is_empty_is_left_out_and_headings_are_numbered_through() {
    let p = paper("rectification_notice").unwrap();
    let bare = compose(p, &given(&[("org", "市公安局")]));
    assert!(!bare.body.iter().any(|b| matches!(b, Block::Facts(_))), "{bare:?}");
    let heads = |sheet: &domain::papers::Sheet| -> Vec<String> {
        let head = |b: &Block| if let Block::Heading(_, text) = b { Some(text.clone()) } else { None };
        sheet.body.iter().filter_map(head).collect()
    };
    assert_eq!(heads(&bare), ["一、期限", "二、说明理由"], "the heading of the demand had nothing below it");
    let full = compose(p, &given(&[("org", "市公安局"), ("what", "一是补正。\n二是培训。"), ("problems", "未告知"), ("severity", " ")]));
    assert_eq!(heads(&full), ["一、整改要求", "二、期限", "三、说明理由"]);
    assert_eq!(full.to, ["市公安局"]);
    assert!(full.body.contains(&Block::Facts(vec![("问题码".into(), "未告知".into())])));
    assert!(full.body.contains(&Block::Text("二是培训。".into())));
    assert!(full.seal && full.copies == ["市委组织部"] && full.printed_by == full.organ && full.printed_on == full.on);
    let record = compose(paper("clue_registration").unwrap(), &given(&[]));
    assert!(!record.seal && record.copies.is_empty() && record.printed_by.is_empty());
}
#[test]
fn a_value_with_braces_is_text_and_several_addressees_are_several() {
    let p = paper("meeting_notice").unwrap();
    let sheet = compose(p, &given(&[("members", "市公安局、市司法局\n市工商联"), ("meets_on", "{place}")]));
    assert_eq!(sheet.to, ["市公安局", "市司法局", "市工商联"]);
    assert!(sheet.body.contains(&Block::Text("定于{place}召开联席会议，请派员参加。".into())), "{sheet:?}");
}
#[test]
fn an_interview_notice_is_made_by_an_interview_alone() {
    let p = paper("supervision_interview").unwrap();
    assert!(p.applies(&serde_json::json!({"measure": "约谈"})));
    assert!(!p.applies(&serde_json::json!({"measure": "暗访"})) && !p.applies(&serde_json::json!({})));
    assert!(paper("objection").unwrap().applies(&serde_json::json!({})));
    let codes = &domain::registers::codes::SUPERVISION_MEASURE;
    assert!(codes.has("约谈"));
}
#[test]
fn three_papers_read_as_they_are_committed() {
    let unit = [
        ("org", "云岭市公安局"),
        ("case_no", "（2025）云01刑终12号"),
        ("grade", "瑕疵"),
        ("opinion", "告知不全。"),
        ("reply_by", "2026年12月15日"),
    ];
    let table = (vec!["条目".to_owned(), "理由".to_owned()], vec![vec!["C3".to_owned(), "已经告知".to_owned()]]);
    let with = Given { tables: BTreeMap::from([("grounds".to_owned(), table)]), ..given(&unit) };
    let all = Given {
        sections: vec![
            ("案件".into(), vec![("案号".into(), "甲".into())]),
            ("空".into(), vec![]),
            ("结论".into(), vec![("等次".into(), "合格".into())]),
        ],
        ..given(&[("matter", "PC-2026-0001")])
    };
    let sheets = [
        compose(paper("preliminary_opinion").unwrap(), &given(&unit)),
        compose(paper("objection").unwrap(), &with),
        compose(paper("case_file").unwrap(), &all),
    ];
    let text = serde_json::to_string_pretty(&sheets).unwrap() + "\n";
    let at = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/papers.json");
    if std::env::var("XIEZHI_BLESS").is_ok() {
        std::fs::write(&at, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(at).unwrap());
}
