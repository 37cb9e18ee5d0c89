//! PDF: `official.typ` is the layout, the sheet is a file it reads. PDF/A-3b with the sheet within, tagged.
use crate::page::{Page, page};
use crate::{CONTAINED, Contained, Fault, Fonts, figures};
use domain::papers::{Proof, Sheet};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));
/// How many later papers what was reckoned for one may serve: enough for a warm house, bounded for a long one.
const REMEMBERED: usize = 8;
/// What stands for a character that no font has (the printer's 〓).
const MISSING: char = '〓';

/// The paper as PDF. Equal sheets and proofs give equal bytes, on machines with the same fonts.
///
/// # Errors
/// Where the typesetter refuses.
pub fn pdf(sheet: &Sheet, proof: &Proof, fonts: &Fonts) -> Result<Vec<u8>, Fault> {
    let (document, page) = laid(sheet, proof, fonts)?;
    // PDF/A wants a date, and no date is made up: a sheet without one is an ordinary PDF.
    let standard = if page.date.is_some() { PdfStandard::A_3b } else { PdfStandard::V_1_7 };
    let standards = PdfStandards::new(&[standard]).map_err(|e| Fault::Set(e.message().to_string()))?;
    let options = PdfOptions { creator: Smart::Custom(Some("獬豸".into())), standards, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|e| fault(&e))
}
/// The pages, laid out.
pub(crate) fn laid(sheet: &Sheet, proof: &Proof, fonts: &Fonts) -> Result<(PagedDocument, Page), Fault> {
    let mut page = page(sheet, proof, &|text| printable(text, fonts));
    let svgs = figures::figures(sheet);
    page.shape(|nth| figures::tree(svgs.get(nth)?, fonts).map(|t| t.size().height() / t.size().width()));
    let mut files: BTreeMap<String, Vec<u8>> =
        svgs.into_iter().enumerate().map(|(nth, svg)| (format!("figure-{nth}.svg"), svg.into_bytes())).collect();
    let square = figures::square(&proof.square);
    page.square = page.square && square.is_some();
    files.insert("square.svg".into(), square.unwrap_or_default().into_bytes());
    files.insert(CONTAINED.into(), Contained::bytes(sheet, proof)?);
    files.insert("page.json".into(), serde_json::to_vec(&page).map_err(|e| Fault::Set(e.to_string()))?);
    let document = typst::compile(&House::new(fonts, files)?).output.map_err(|e| fault(&e));
    comemo::evict(REMEMBERED);
    Ok((document?, page))
}
fn fault(errors: &[SourceDiagnostic]) -> Fault {
    Fault::Set(errors.iter().map(|e| e.message.to_string()).collect::<Vec<_>>().join("；"))
}
/// A text in characters that can be printed, with places to break where an endless word has none.
fn printable(text: &str, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        run = if c.is_ascii_graphic() { run + 1 } else { 0 };
        if run > LONGEST_WORD {
            out.push('\u{200b}');
        }
        out.push(if c == '\n' || fonts.has(c) { c } else { MISSING });
    }
    out
}
/// Letters in a row that are left whole.
const LONGEST_WORD: u32 = 16;

/// What the typesetter sees: the layout, the files of this paper, the fonts. No clock, no disk, no network.
pub(crate) struct House<'a> {
    fonts: &'a Fonts,
    main: Source,
    files: HashMap<FileId, Bytes>,
}
impl<'a> House<'a> {
    pub(crate) fn new(fonts: &'a Fonts, files: BTreeMap<String, Vec<u8>>) -> Result<Self, Fault> {
        let files = files.into_iter().map(|(name, bytes)| Ok((id(&name)?, Bytes::new(bytes)))).collect::<Result<_, Fault>>()?;
        Ok(Self { fonts, main: Source::new(id("official.typ")?, include_str!("official.typ").into()), files })
    }
}
fn id(name: &str) -> Result<FileId, Fault> {
    let path = VirtualPath::new(format!("/{name}")).map_err(|_| Fault::Set(name.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}
impl World for House<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }
    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }
    fn main(&self) -> FileId {
        self.main.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::NotSource) }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
