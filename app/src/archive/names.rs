//! Names of the members of a package.
pub const README: &str = "README.txt";
pub const META: &str = "metadata.json";
pub const META_XML: &str = "metadata.xml";
pub const TIMELINE: &str = "timeline.json";
pub const TIMELINE_PAGE: &str = "timeline.html";
pub const STATE: &str = "state.json";
pub const CHECKPOINT: &str = "checkpoint.txt";
pub const MANIFEST: &str = "manifest.sha256";
/// The house's signature over the manifest: metadata and timeline are its word as much as the entries are.
pub const SIGNED: &str = "manifest.sig";
pub const REPORT: &str = "四性检测.json";
pub const REPORT_PAGE: &str = "四性检测.html";
pub const SEALED: &str = "sealed/texts.bin";
pub const ENTRIES: &str = "entries/";
pub const ATTACHMENTS: &str = "attachments/";
/// Members every package has, the report aside: it is about them.
pub const REQUIRED: &[&str] = &[README, META, META_XML, TIMELINE, TIMELINE_PAGE, STATE, CHECKPOINT, MANIFEST, SIGNED];
/// Not in the manifest: itself, what signs it, and the report, which is reckoned anew at every check.
pub const UNLISTED: &[&str] = &[MANIFEST, SIGNED, REPORT, REPORT_PAGE];
/// Why a text is absent that was destroyed by lawful order.
pub const DESTROYED: &str = "已依法销毁";

/// Whether a member holds contents somebody made: an attachment.
pub fn contents(name: &str) -> bool {
    name.starts_with(ATTACHMENTS)
}
/// Whether a package may hold a member of this name besides those it must.
pub fn known(name: &str) -> bool {
    contents(name) || name.starts_with(ENTRIES) || [REPORT, REPORT_PAGE, SEALED].contains(&name)
}
