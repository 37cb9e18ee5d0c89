//! The closed loop of a matter as a picture (M0.1): boxes and arrows drawn by the server, and the same as a table.

use super::pages::{self, LoopBox, LoopPage, LoopRow, html};
use super::present;
use super::visit::{Reply, Visit};
use crate::failure::Result;
use crate::matters::{self, Link};

/// Size of a box and the room between boxes, in units of the drawing.
const BOX: (i64, i64) = (190, 74);
const ROOM: (i64, i64) = (58, 22);
const EDGE: i64 = 12;

/// `GET /matter/{number}/loop`.
pub fn page(v: &Visit) -> Result<Reply> {
    let number = v.part("number");
    let around = matters::loop_of(v.tx, v.house, v.who, number, v.now)?;
    let places = places(&around);
    let at = |n: usize| places.get(n).copied().unwrap_or_default();
    let size = |f: fn(&(i64, i64)) -> i64, of: i64| places.iter().map(f).max().unwrap_or(0) + of + EDGE;
    let kind = |l: &Link| l.item.as_ref().map(|i| i.kind.clone()).unwrap_or_default();
    let boxes = around.links.iter().enumerate().map(|(n, l)| draw(v, l, at(n))).collect();
    let upstream = |n: usize| around.edges.iter().filter(move |(_, to)| *to == n).filter_map(|(from, _)| around.links.get(*from));
    let told = |l: &Link| l.item.as_ref().map_or("无权查看的一件", |i| i.number.as_str()).to_owned();
    let rows = around.links.iter().enumerate().filter_map(|(n, l)| {
        let item = l.item.as_ref()?;
        Some(LoopRow {
            number: item.number.clone(),
            kind: label(&kind(l)).to_owned(),
            title: item.title.clone(),
            stage: present::stage(&item.kind, &item.phase, item.closed),
            from: upstream(n).map(told).collect::<Vec<_>>().join("、"),
            here: l.depth == 0,
        })
    });
    let of = around.links.iter().find(|l| l.depth == 0).map(kind).unwrap_or_default();
    let list = format!("/matters/{of}");
    let back = format!("/matter/{number}");
    let page = LoopPage {
        frame: present::frame(v, &format!("{number} 闭环图"), &[("工作台", "/"), (label(&of), &list), (number, &back), ("闭环图", "")])?,
        number: number.to_owned(),
        width: size(|p| p.0, BOX.0),
        height: size(|p| p.1, BOX.1),
        arrows: around.edges.iter().map(|(from, to)| arrow(at(*from), at(*to))).collect(),
        boxes,
        rows: rows.collect(),
        hidden: around.links.iter().filter(|l| l.item.is_none()).count(),
    };
    Ok(Reply::Html(html(&page)))
}
fn label(kind: &str) -> &'static str {
    domain::procedures::kind(kind).map_or("", |k| k.label)
}
/// The upper left corner of every box: a column for each step from cause to consequence, within it near to what leads there.
fn places(around: &matters::Loop) -> Vec<(i64, i64)> {
    let first = around.links.iter().map(|l| l.depth).min().unwrap_or(0);
    let last = around.links.iter().map(|l| l.depth).max().unwrap_or(0);
    let mut at = vec![(0, 0); around.links.len()];
    let tallest = (first..=last).map(|d| around.links.iter().filter(|l| l.depth == d).count()).max().unwrap_or(1);
    for depth in first..=last {
        let mut column: Vec<usize> = around.links.iter().enumerate().filter(|(_, l)| l.depth == depth).map(|(n, _)| n).collect();
        let causes = |n: &usize| {
            let heights = around.edges.iter().filter(|(_, to)| to == n).filter_map(|(from, _)| at.get(*from)).map(|p| p.1);
            let (sum, count) = heights.fold((0, 0), |(sum, count), y| (sum + y, count + 1));
            if count == 0 { i64::MAX } else { sum / count }
        };
        column.sort_by_key(|n| (causes(n), *n));
        let x = i64::from(depth - first) * (BOX.0 + ROOM.0) + EDGE;
        let step = BOX.1 + ROOM.1;
        let spare = i64::try_from(tallest - column.len()).unwrap_or(0) * step / 2;
        for (row, n) in column.into_iter().enumerate() {
            if let Some(p) = at.get_mut(n) {
                *p = (x, spare + i64::try_from(row).unwrap_or(0) * step + EDGE);
            }
        }
    }
    at
}
/// From the right side of one box to the left side of the other; around below where the other does not stand to the right.
fn arrow(from: (i64, i64), to: (i64, i64)) -> String {
    let (x1, y1) = (from.0 + BOX.0, from.1 + BOX.1 / 2);
    let (x2, y2) = (to.0 - 3, to.1 + BOX.1 / 2);
    let bend = if x2 > x1 { (x2 - x1) / 2 } else { ROOM.0 / 2 };
    format!("M{x1} {y1} C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend)
}
fn draw(v: &Visit, link: &Link, (x, y): (i64, i64)) -> LoopBox {
    let Some(item) = &link.item else {
        return LoopBox {
            x, y, tone: "hidden", lines: ["另有一件".into(), "你无权查看".into(), String::new()], ..LoopBox::default()
        };
    };
    let row = present::list_row(item, "", v);
    let late = row.due.as_ref().is_some_and(|d| d.tone == "over");
    let about = if row.unit.is_empty() { item.title.clone() } else { row.unit };
    LoopBox {
        x,
        y,
        tone: if late {
            "over"
        } else if item.closed {
            "done"
        } else {
            ""
        },
        here: link.depth == 0,
        number: item.number.clone(),
        title: item.title.clone(),
        lines: [format!("{} · {}", row.kind, row.stage.label), item.number.clone(), pages::short(&about, 13)],
    }
}
