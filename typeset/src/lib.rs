//! Sets a `domain::papers::Sheet` as PDF (typst) and as DOCX. A leaf: it knows no matter, no database and no clock.
#![forbid(unsafe_code)]
