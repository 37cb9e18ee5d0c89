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
    let edges = plain(&around.edges);
    let places = places(around.links.len(), &edges);
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
        arrows: edges.iter().map(|(from, to)| arrow(at(*from), at(*to))).collect(),
        boxes,
        rows: rows.collect(),
        hidden: around.links.iter().filter(|l| l.item.is_none()).count(),
    };
    Ok(Reply::Html(html(&page)))
}
fn label(kind: &str) -> &'static str {
    domain::procedures::kind(kind).map_or("", |k| k.label)
}
/// The column of every box: right of whatever leads to it, and no farther left of what it leads to than need be.
fn columns(n: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut at = vec![0usize; n];
    let of = |at: &[usize], n: usize| at.get(n).copied().unwrap_or(0);
    // A circle of links would push its boxes on for ever: as many rounds as there are boxes are enough without one.
    for _ in 0..n {
        for (from, to) in edges {
            let least = of(&at, *from) + 1;
            if let Some(column) = at.get_mut(*to).filter(|c| **c < least && least < n) {
                *column = least;
            }
        }
    }
    for first in (0..n).filter(|n| !edges.iter().any(|(_, to)| to == n)) {
        let nearest = edges.iter().filter(|(from, _)| *from == first).map(|(_, to)| of(&at, *to)).min();
        if let (Some(column), Some(nearest)) = (at.get_mut(first), nearest) {
            *column = nearest.saturating_sub(1);
        }
    }
    at
}
/// The arrows worth drawing: not those that only say again what a longer way says.
fn plain(edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let roundabout = |(from, to): &(usize, usize)| {
        let next = |n: usize| edges.iter().filter(move |(a, b)| *a == n && (*a, *b) != (*from, *to)).map(|(_, b)| *b);
        let (mut seen, mut left): (Vec<usize>, Vec<usize>) = (vec![], next(*from).collect());
        while let Some(n) = left.pop() {
            if n == *to {
                return true;
            }
            if !seen.contains(&n) {
                seen.push(n);
                left.extend(next(n));
            }
        }
        false
    };
    edges.iter().filter(|e| !roundabout(e)).copied().collect()
}
/// The upper left corner of every box: within its column near to what leads there.
fn places(n: usize, edges: &[(usize, usize)]) -> Vec<(i64, i64)> {
    let columns = columns(n, edges);
    let last = columns.iter().max().copied().unwrap_or(0);
    let of = |c: usize| columns.iter().enumerate().filter(move |(_, x)| **x == c).map(|(n, _)| n);
    let tallest = (0..=last).map(|c| of(c).count()).max().unwrap_or(1);
    let mut at = vec![(0, 0); n];
    let (mut x, step) = (EDGE, BOX.1 + ROOM.1);
    for column in 0..=last {
        let mut boxes: Vec<usize> = of(column).collect();
        let causes = |n: &usize| {
            let heights = edges.iter().filter(|(_, to)| to == n).filter_map(|(from, _)| at.get(*from)).map(|p| p.1);
            let (sum, count) = heights.fold((0, 0), |(sum, count), y| (sum + y, count + 1));
            if count == 0 { i64::MAX } else { sum / count }
        };
        boxes.sort_by_key(|n| (causes(n), *n));
        let mut y = EDGE + i64::try_from(tallest - boxes.len()).unwrap_or(0) * step / 2;
        for n in boxes {
            if let Some(p) = at.get_mut(n) {
                *p = (x, y);
            }
            y += step;
        }
        x += BOX.0 + ROOM.0;
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
