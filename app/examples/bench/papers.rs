//! A paper of three pages with two charts and a table: the first and the later ones, in a process of its own so that its memory is its own.
use domain::papers::{Block, Layout, Proof, Sheet};
use std::time::Instant;
use typeset::{Fonts, docx, pdf};

/// Runs in the child; prints what is measured.
pub fn child() {
    let began = Instant::now();
    let fonts = Fonts::find(None).unwrap();
    let scan = ms(began);
    let proof = Proof { line: "存证 城·10484·0a57ab62a588ec8f8067".into(), square: "https://zf.example.gov.cn/v?p=10484".into() };
    let began = Instant::now();
    let first = pdf(&sheet(0), &proof, &fonts).unwrap();
    let cold = ms(began);
    let mut warm: Vec<f64> = (1..=20).map(|i| timed(|| pdf(&sheet(i), &proof, &fonts).unwrap().len())).collect();
    warm.sort_by(f64::total_cmp);
    let mut docs: Vec<f64> = (0..=20).map(|i| timed(|| docx(&sheet(i), &proof).unwrap().len())).collect();
    let docx_cold = docs.remove(0);
    docs.sort_by(f64::total_cmp);
    let peak = super::status("/proc/self/status", "VmHWM:");
    println!("三页文书 PDF，第二件起（{} KB）\t{:.0} 毫秒，最慢 {:.0}", first.len() / 1024, warm[10], warm[19]);
    println!("三页文书 PDF，头一件；找字体\t{cold:.0} 毫秒；{scan:.0} 毫秒");
    println!("三页文书 DOCX，第二件起；头一件\t{:.0} 毫秒；{docx_cold:.0} 毫秒", docs[10]);
    println!("排版的内存峰值\t{peak} MiB");
}
fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1e3
}
fn timed(work: impl FnOnce() -> usize) -> f64 {
    let began = Instant::now();
    assert!(work() > 0);
    ms(began)
}
/// No two are alike: each says its own number in every paragraph.
fn sheet(nth: usize) -> Sheet {
    let say = |i: usize| {
        Block::Text(format!("第{nth}件第{i}段。半年来，共评查案件一千二百三十四件，发现问题三百四十五个，整改完成三百零一个，按期整改率为百分之八十七点二。").repeat(2))
    };
    let svg = format!(
        "<svg viewBox=\"0 0 640 160\"><text x=\"90\" y=\"56\" text-anchor=\"end\">公安机关</text><rect class=\"c2\" x=\"100\" y=\"40\" width=\"{}\" height=\"22\"/></svg>",
        100 + nth
    );
    let mut body: Vec<Block> = (0..6).flat_map(|i| [Block::Heading(1, format!("{i}、情况")), say(i)]).collect();
    body.insert(5, Block::Figure { caption: "图1".into(), svg: svg.clone(), alt: "图".into() });
    body.insert(9, Block::Figure { caption: "图2".into(), svg, alt: "图".into() });
    let rows = (0..6).map(|r| vec![format!("单位{r}"), (nth * 7 + r).to_string()]).collect();
    body.push(Block::Table { caption: "表1".into(), head: vec!["单位".into(), "件数".into()], rows });
    Sheet {
        layout: Layout::Letter,
        organ: "中共云岭市委政法委员会".into(),
        number: format!("云政法督函〔2026〕{nth}号"),
        title: "关于半年来执法监督情况的函".into(),
        to: vec!["云岭市公安局".into()],
        body,
        signed: vec!["中共云岭市委政法委员会".into()],
        on: Some(jiff::civil::date(2026, 7, 1)),
        seal: true,
        ..Sheet::default()
    }
}
