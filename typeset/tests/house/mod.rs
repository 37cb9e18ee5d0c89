//! Papers to set: each layout, and what goes wrong in print: long tables, rare characters, texts that look like markup.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
pub mod schema;
pub mod tools;

use domain::papers::{Block, Layout, Proof, Sheet};
use jiff::civil::date;

pub fn proof() -> Proof {
    Proof {
        line: "存证 云岭政法·10484·0a57ab62a588ec8f8067。扫码或凭文号核验正文是否与存证一致。".into(),
        square: "https://zf.example.gov.cn/verify?p=10484&h=0a57ab62a588ec8f806724c7699748ea1b2c3d4e".into(),
    }
}
fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|s| (*s).to_owned()).collect()
}
fn say(text: &str) -> Block {
    Block::Text(text.into())
}
fn head(level: u8, text: &str) -> Block {
    Block::Heading(level, text.into())
}
pub fn notice() -> Sheet {
    Sheet {
        code: "rectification_notice".into(),
        layout: Layout::Document,
        organ: "中共云岭市委政法委员会".into(),
        number: "云政法督〔2026〕19号".into(),
        signer: String::new(),
        title: "关于对涉企案件专项评查发现问题进行整改的通知".into(),
        to: texts(&["云岭市公安局东湖分局"]),
        body: vec![
            say("根据涉企案件专项评查第1批第7卷定论，现通知如下。"),
            head(1, "一、发现的问题"),
            say("（一）账户内41.6万元在卷未见关联，未在3日内解除。经办人王喆、李堃、张𬱟已作说明。"),
            say("（二）企业两次书面申请，在卷未见答复记录。"),
            head(1, "二、有关要求"),
            head(2, "（一）整改的范围"),
            say("请对剩余查封财物依法审查，逐笔说明理由。请补作书面告知，并留存送达回证。"),
            say("请自收到之日起15个工作日内报送整改方案，方案确认后60日内报送整改结果。"),
            say("对评查定论有异议的，可以依照程序提出。本通知不对案件的证据采信、事实认定和处理作决定。"),
        ],
        attachments: texts(&["涉企案件专项评查第1批第7卷问题清单", "整改方案的格式和填写说明，含逐笔说明理由的表样和送达回证的留存要求"]),
        signed: texts(&["中共云岭市委政法委员会"]),
        on: Some(date(2026, 4, 20)),
        seal: true,
        note: "联系人：承办人01，电话：0871-00000000".into(),
        copies: texts(&["云岭市公安局", "云岭市人民检察院"]),
        printed_by: "中共云岭市委政法委员会办公室".into(),
        printed_on: Some(date(2026, 4, 21)),
        draft: false,
    }
}
pub fn letter() -> Sheet {
    Sheet {
        code: "urging_letter".into(),
        layout: Layout::Letter,
        organ: "中共云岭市委政法委员会".into(),
        number: "云政法督函〔2026〕7号".into(),
        title: "关于依法回复检察建议的督促函".into(),
        to: texts(&["云岭市公安局"]),
        body: vec![
            say(
                "市人民检察院就其2026年3月9日送达的检察建议，向我委报请执法监督。经形式审查，该建议的回复期已于5月9日届满，检察机关已于5月18日书面催告，至今未见回复。",
            ),
            say(
                "请你局自收到本函之日起10个工作日内，依法回复市人民检察院，并说明理由；认为理由正当的，请一并附送书面材料。回复情况同时抄报我委。",
            ),
            say("本函仅督促依法回复、说明理由，不对案件处理提出意见。本函的发出已自动形成记录，可按季核对。"),
        ],
        signed: texts(&["中共云岭市委政法委员会"]),
        on: Some(date(2026, 6, 16)),
        seal: true,
        copies: texts(&["云岭市人民检察院"]),
        ..Sheet::default()
    }
}
pub fn record() -> Sheet {
    let facts: &[(&str, &str)] = &[
        ("受理编号", "XS-2026-0042"),
        ("来源", "来信"),
        ("反映事项", "某企业反映账户被冻结后两次书面申请未获答复。\n第二次申请的日期为2026年2月3日。"),
        ("承办人", "王喆"),
        ("空着的", ""),
    ];
    let rows = (1..=70)
        .map(|i| {
            vec![
                i.to_string(),
                format!("案卷第{i}号"),
                format!("问题的说明，第{i}行，写得长一些，看换行的样子"),
                format!("{}.50", 1_200 + i * 37),
            ]
        })
        .collect();
    Sheet {
        code: "registration".into(),
        layout: Layout::Record,
        number: "XS-2026-0042".into(),
        title: "线索登记表".into(),
        body: vec![
            head(1, "一、基本情况"),
            Block::Facts(facts.iter().map(|(l, v)| ((*l).into(), (*v).into())).collect()),
            head(1, "二、清单"),
            Block::Table { caption: "表1 问题清单".into(), head: texts(&["序号", "案卷", "问题", "金额（元）"]), rows },
        ],
        signed: texts(&["登记人：承办人01"]),
        on: Some(date(2026, 2, 5)),
        ..Sheet::default()
    }
}
pub fn certificate() -> Sheet {
    Sheet {
        code: "expert_appointment".into(),
        layout: Layout::Certificate,
        organ: "中共云岭市委政法委员会".into(),
        number: "云政法聘〔2026〕3号".into(),
        title: "聘书".into(),
        body: vec![say("兹聘请王喆同志为云岭市案件评查专家，聘期自2026年3月1日至2029年2月28日。")],
        signed: texts(&["中共云岭市委政法委员会"]),
        on: Some(date(2026, 3, 1)),
        seal: true,
        ..Sheet::default()
    }
}
/// 上行文, five pages, two figures, a table over a page break, signed for.
pub fn report() -> Sheet {
    let chart = |a: u32, b: u32| {
        format!(
            "<svg class=\"chart\" viewBox=\"0 0 640 220\" role=\"img\"><text x=\"90\" y=\"56\" text-anchor=\"end\">公安机关</text><rect class=\"c2\" x=\"100\" y=\"40\" width=\"{a}\" height=\"22\"/><text class=\"t-num\" x=\"{}\" y=\"56\">{a}</text><text x=\"90\" y=\"106\" text-anchor=\"end\">法院</text><rect class=\"c4\" x=\"100\" y=\"90\" width=\"{b}\" height=\"22\"/><line class=\"ax\" x1=\"100\" y1=\"0\" x2=\"100\" y2=\"220\"/></svg>",
            a + 108
        )
    };
    let long = "半年来，共评查案件一千二百三十四件，发现问题三百四十五个，整改完成三百零一个，按期整改率为百分之八十七点二。".repeat(4);
    let mut body = vec![say(&long)];
    for (i, chapter) in ["一、总体情况", "二、主要问题", "三、整改情况", "四、下步打算"].iter().enumerate() {
        body.extend([head(1, chapter), head(2, "（一）数量"), say(&long), head(3, "1．构成"), say(&long)]);
        if i < 2 {
            let svg = chart(300 + 40 * u32::try_from(i).unwrap(), 120);
            body.push(Block::Figure {
                caption: format!("图{} 各单位问题数", i + 1), svg, alt: "公安机关三百，法院一百二十".into()
            });
            let rows = (1..=9).map(|n| vec![format!("单位{n}"), (n * 13).to_string(), format!("{n}.5%")]).collect();
            body.push(Block::Table {
                caption: format!("表{} 各单位问题数", i + 1), head: texts(&["单位", "问题数", "比率"]), rows
            });
        }
    }
    Sheet {
        code: "half_year_report".into(),
        layout: Layout::Document,
        organ: "中共云岭市委政法委员会".into(),
        number: "云政法督报〔2026〕2号".into(),
        signer: "赵𬱟".into(),
        title: "关于2026年上半年全市政法机关执法监督情况的分析报告".into(),
        to: texts(&["中共云岭市委", "中共云岭省委政法委员会"]),
        body,
        signed: texts(&["中共云岭市委政法委员会"]),
        on: Some(date(2026, 7, 10)),
        printed_by: "中共云岭市委政法委员会办公室".into(),
        printed_on: Some(date(2026, 7, 10)),
        ..Sheet::default()
    }
}
/// Texts that are markup elsewhere, endless words, nothing at all.
pub fn hostile() -> Sheet {
    let nasty = "#eval(\"1\") $x^2$ \\u{41} *粗* _斜_ @ref <label> `raw` // 注 /* */ [内容] = 标题 <&> &amp; ]]> {{ x }} --- ~ '引' \"号\"";
    Sheet {
        code: "hostile".into(),
        layout: Layout::Record,
        number: "<&>\"#1".into(),
        title: "#let x = 1；<w:p/>".into(),
        to: texts(&["", "甲<乙>&丙"]),
        body: vec![
            head(1, "#标题 = <b>"),
            say(nasty),
            say("第一行\n\n第二行\r\n第三\u{202e}行\u{0}"),
            say(""),
            say(&"Pneumono".repeat(40)),
            Block::Facts(vec![(String::new(), String::new()), (nasty.into(), nasty.into()), ("长词".into(), "x".repeat(300))]),
            Block::Facts(vec![]),
            Block::Table { caption: nasty.into(), head: texts(&["A", "B"]), rows: vec![vec![], vec!["y".repeat(200), nasty.into(), "多出的".into()]] },
            Block::Table { caption: String::new(), head: vec![], rows: vec![] },
            Block::Figure { caption: "破图".into(), svg: "<svg <not xml".into(), alt: "画不出的图".into() },
            Block::Figure { caption: String::new(), svg: "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><image href='/etc/passwd'/><rect width='9' height='9'/></svg>".into(), alt: "外链图".into() },
            Block::Figure { caption: String::new(), svg: "<svg viewBox='0 0 9 90'><rect class='c1' width='9' height='90'/></svg>".into(), alt: "高图".into() },
        ],
        attachments: texts(&["附<件>"]),
        signed: texts(&["签 & 署"]),
        note: "#注".into(),
        copies: texts(&["抄<送>"]),
        draft: true,
        ..Sheet::default()
    }
}
pub fn all() -> Vec<(&'static str, Sheet)> {
    vec![
        ("notice", notice()),
        ("letter", letter()),
        ("record", record()),
        ("certificate", certificate()),
        ("report", report()),
        ("hostile", hostile()),
        ("draft", Sheet { draft: true, ..letter() }),
        ("empty", Sheet::default()),
    ]
}
