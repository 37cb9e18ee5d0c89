//! 嵌入成果: what an inspection brings together, on its own page and, for its group, on the page of a batch embedded in it.
use domain::engine::Standing;
use domain::procedures::review_batch::ReviewBatch;

use super::matter::Section;
use super::pages::Told;
use super::present::{self, way};
use super::visit::Visit;
use crate::failure::Result;
use crate::inspections::{self, Part};
use crate::matters::Seen;

/// The section of this page, where there is anything to tell this reader.
///
/// # Errors
/// A fault of the engine.
pub fn section(v: &Visit, seen: &Seen) -> Result<Option<Section>> {
    let number = &seen.item.number;
    let group = seen.mine.contains(&Standing::Inspector);
    let batch = seen.loaded.of::<ReviewBatch>().filter(|_| group).and_then(|m| m.state.embedded_in()).map(ToOwned::to_owned);
    let all = |number: &str| inspections::parts(v.tx, number, v.who, &v.registers);
    let parts = match (seen.item.kind.as_str(), batch) {
        ("inspection", _) if group || seen.office() => all(number)?,
        (_, Some(inspection)) => all(&inspection)?.into_iter().filter(|p| p.number == *number).collect(),
        _ => vec![],
    };
    if parts.is_empty() {
        return Ok(None);
    }
    let row = |p: &Part| -> Result<_> {
        let kind = domain::procedures::kind(&p.kind).map_or("", |k| k.label);
        let plain = |text: String| (text, String::new());
        let number = (p.number.clone(), way(v, &p.number)?);
        Ok(vec![plain(kind.to_owned()), number, plain(present::stage(&p.kind, &p.phase, p.closed).label), plain(results(p))])
    };
    let table = Told::Table(vec!["种类", "编号", "阶段", "被督察单位的结果"], parts.iter().map(row).collect::<Result<_>>()?);
    Ok(Some(("嵌入成果和整改进度".into(), vec![("只列件数和等次".into(), table)])))
}
fn results(p: &Part) -> String {
    let words = p.counts.iter().map(|(measure, category, n)| match measure.as_str() {
        "评查定论" => format!("{category} {n} 件"),
        "评查立件" => format!("评查 {n} 件"),
        _ => format!("不符合 {n} 项"),
    });
    words.collect::<Vec<_>>().join("，")
}
