//! The handbook: a page for every procedure and every role, links and pictures that lead somewhere, and diagrams that say what the tables say.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]
mod house;

use app::charts::states::{self, States};
use app::web::help::{PAGES, PICTURES};
use domain::procedures::{all, kind};
use domain::registers::codes;
use house::Town;
use std::path::{Path, PathBuf};

/// Pages that are neither for a role nor for a procedure.
const OTHERS: &[&str] = &["README", "basics", "search", "statistics", "notices", "archive"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/handbook")
}
/// What stands between `](` and `)` in a text.
fn targets(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(to, _)| to).collect()
}

#[test]
fn every_procedure_and_every_role_has_a_page_and_none_is_forgotten_in_the_folder() {
    let has = |name: &str| PAGES.iter().any(|(page, _)| *page == name);
    let mut missing: Vec<String> = all().iter().map(|k| k.name.to_owned()).filter(|name| !has(name)).collect();
    missing.extend(codes::ROLE.rows.iter().map(|(role, _)| format!("role-{role}")).filter(|name| !has(name)));
    assert!(missing.is_empty(), "no page in docs/handbook and app/src/web/help.rs: {missing:?}");
    let files = std::fs::read_dir(folder()).unwrap().map(|f| f.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md"));
    let lost: Vec<_> = files.map(|p| p.file_stem().unwrap().to_string_lossy().into_owned()).filter(|name| !has(name)).collect();
    assert!(lost.is_empty(), "not in PAGES: {lost:?}");
    for (name, text) in PAGES {
        let title = text.lines().next().unwrap().trim_start_matches("# ");
        let expected = kind(name).map(|k| k.label).or_else(|| name.strip_prefix("role-").map(|role| codes::ROLE.label_of(role)));
        assert!(expected.is_none_or(|label| label == title), "{name}: {title}, not {expected:?}");
        assert!(!text.contains('！') && !text.contains("请勿"), "{name}");
        assert!(OTHERS.contains(name) || text.matches("\n## ").count() >= 3, "{name} has too few chapters");
    }
}
#[test]
fn every_link_and_every_picture_of_the_handbook_is_there() {
    let mut shown = vec![];
    for (name, text) in PAGES {
        for to in targets(text) {
            match to.strip_prefix("pictures/") {
                Some(picture) => shown.push(picture.trim_end_matches(".png").to_owned()),
                None => assert!(PAGES.iter().any(|(page, _)| to == format!("{page}.md")), "{name} leads to {to}"),
            }
        }
    }
    for picture in &shown {
        assert!(PICTURES.iter().any(|(p, _)| p == picture), "{picture} is not in PICTURES");
    }
    for (name, bytes) in PICTURES {
        assert!(shown.iter().any(|s| s == name), "{name} is shown nowhere");
        assert!(bytes.len() < 150_000, "{name} has {} bytes", bytes.len());
    }
    let files = std::fs::read_dir(folder().join("pictures")).map_or(0, Iterator::count);
    assert_eq!(files, PICTURES.len(), "a picture lies in the folder that no page shows");
}
#[test]
fn a_diagram_draws_every_step_that_moves_a_matter_inside_its_frame() {
    for kind in all() {
        let s: States = states::draw(kind);
        assert_eq!(s.places.len(), kind.phases.len() + 1, "{}", kind.name);
        for step in kind.steps.iter().filter(|s| s.to.is_some() && (s.opens() || s.from.iter().any(|f| Some(f) != s.to.as_ref()))) {
            assert!(s.ways.iter().any(|w| w.title.contains(step.label)), "{}: {}", kind.name, step.label);
        }
        assert!(s.places.windows(2).all(|p| p[0].y + p[0].height < p[1].y), "{}: boxes overlap", kind.name);
        for w in &s.ways {
            let numbers = w.lines.iter().flat_map(|l| l.split(['M', 'H', 'V', ' '])).filter_map(|n| n.parse::<i64>().ok());
            assert!(numbers.into_iter().all(|n| n >= 0 && n <= s.width.max(s.height)), "{}: {:?}", kind.name, w.lines);
            assert!((0..s.width).contains(&w.at.0) && (0..s.height).contains(&w.at.1), "{}: {:?}", kind.name, w.at);
        }
        apart(kind.name, &s);
    }
}
/// No two ways share a piece of a line.
fn apart(name: &str, s: &States) {
    let mut taken: Vec<(i64, i64, i64, usize)> = vec![];
    for (n, way) in s.ways.iter().enumerate() {
        for line in &way.lines {
            let Some((x, rest)) = line.split_once('H') else { continue };
            let (Some((lane, down)), Some(y)) = (rest.split_once('V'), x.split(' ').nth(1)) else { continue };
            let (lane, y): (i64, i64) = (lane.parse().unwrap(), y.parse().unwrap());
            let end: i64 = down.split('H').next().unwrap().parse().unwrap();
            let (top, bottom) = (y.min(end), y.max(end));
            let meets = taken.iter().find(|(l, t, b, other)| *l == lane && *other != n && top < *b && *t < bottom);
            assert!(meets.is_none(), "{name}: {} runs into another line", way.title);
            taken.push((lane, top, bottom, n));
        }
    }
}

both! {
    fn everybody_who_is_logged_in_reads_the_handbook(town: &Town) {
        for who in ["handler", "expert", "police", "auditor"] {
            let by = town.by(who);
            let index = by.get("/help");
            assert!(index.status == 200 && index.text().contains("使用手册") && index.text().contains("/help/rectification"), "{who}");
            let page = by.get("/help/rectification");
            assert!(page.text().contains("流程图") && page.text().contains("下达整改通知") && page.text().contains("整改通知书"), "{who}: {}", page.text());
            let role = by.get("/help/role-R6");
            assert!(role.text().contains("评查专家在目录中看到") && role.text().contains("阅卷室"), "{who}");
            assert_eq!(by.get("/help/nothing").status, 404);
            assert_eq!(by.get("/help/picture/nothing").status, 404);
        }
    }
}
