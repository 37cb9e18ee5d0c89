//! The order in which ECMA-376 (part 1, `wml.xsd`) wants children, for the elements a paper uses.
use roxmltree::{Document, Node};

const ORDER: &[(&str, &str)] = &[
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "rPr",
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    ),
    ("pBdr", "top left bottom right between bar"),
    ("tbl", "bookmarkStart bookmarkEnd tblPr tblGrid tr"),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    ),
    ("tblBorders", "top left start bottom right end insideH insideV"),
    ("tblCellMar", "top left start bottom right end"),
    ("tr", "tblPrEx trPr tc"),
    ("tc", "tcPr p tbl"),
    ("tcPr", "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    (
        "sectPr",
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    ),
    ("pgBorders", "top left bottom right"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    ("font", "altName panose1 charset family notTrueType pitch sig"),
    ("settings", "mirrorMargins defaultTabStop evenAndOddHeaders characterSpacingControl compat"),
    ("anchor", "simplePos positionH positionV extent effectExtent wrapNone docPr cNvGraphicFramePr graphic"),
    ("inline", "extent effectExtent docPr cNvGraphicFramePr graphic"),
    ("pic", "nvPicPr blipFill spPr"),
    ("wsp", "cNvPr cNvSpPr spPr style extLst txbx bodyPr"),
    ("spPr", "xfrm prstGeom noFill solidFill ln"),
    ("ln", "noFill solidFill prstDash"),
];

/// What stands out of order, or is not known to stand there at all.
pub fn disorder(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).expect("well-formed XML");
    document.descendants().filter(Node::is_element).flat_map(|n| of(&n)).collect()
}
fn of(node: &Node) -> Vec<String> {
    let name = node.tag_name().name();
    let Some((_, order)) = ORDER.iter().find(|(n, _)| *n == name) else { return vec![] };
    let order: Vec<&str> = order.split(' ').collect();
    let mut faults = vec![];
    let mut last = 0;
    for child in node.children().filter(Node::is_element).map(|c| c.tag_name().name()) {
        match order.iter().position(|o| *o == child) {
            None => faults.push(format!("{name} holds {child}")),
            Some(at) if at < last => faults.push(format!("{name}: {child} comes too late")),
            Some(at) => last = at,
        }
    }
    let once = ["pPr", "rPr", "tblPr", "tcPr"].contains(&name);
    let mut seen: Vec<&str> = node.children().filter(Node::is_element).map(|c| c.tag_name().name()).collect();
    seen.sort_unstable();
    if once && seen.windows(2).any(|w| w[0] == w[1]) {
        faults.push(format!("{name} says something twice"));
    }
    faults
}
