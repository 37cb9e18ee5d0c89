//! Copies tell no author, place or device, and still show what they showed (trust.md 4.3, Metadata); pages of the portal are of few sizes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::cast_possible_truncation)]
use app::files::clean;
use app::web::visit::padded;
use std::io::{Cursor, Read as _, Write as _};

const WHO: &str = "Qiu-Yuan-Zuo-Zhe";

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|w| w == word)
}
fn be(n: usize) -> [u8; 2] {
    (n as u16).to_be_bytes()
}
/// A picture of one grey block: 8 × 8, baseline.
fn jpeg(extra: &[(u8, Vec<u8>)], after: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    let mut segment = |marker: u8, content: &[u8]| {
        out.extend([0xff, marker]);
        out.extend(be(content.len() + 2));
        out.extend_from_slice(content);
    };
    extra.iter().for_each(|(marker, content)| segment(*marker, content));
    segment(0xdb, &[vec![0], vec![1; 64]].concat());
    segment(0xc0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    segment(0xc4, &[vec![0], vec![0, 1], vec![0; 14], vec![0]].concat());
    segment(0xc4, &[vec![0x10], vec![0, 1], vec![0; 14], vec![0]].concat());
    segment(0xda, &[1, 1, 0, 0, 63, 0]);
    out.extend([0x3f, 0xff, 0x00, 0xff, 0xd9]);
    out.extend_from_slice(after);
    out
}
fn exif(way: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0II\x2a\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, way, 0, 0, 0]);
    tiff.extend([0x3b, 0x01, 2, 0, 17, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0]);
    tiff.extend(WHO.as_bytes());
    tiff
}
#[test]
fn a_photograph_keeps_its_picture_and_which_way_up() {
    let thumb = [b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01".to_vec(), b"QYZ".to_vec()].concat();
    let extra = [
        (0xe0, thumb),
        (0xe1, exif(6)),
        (0xe1, format!("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>{WHO}").into_bytes()),
        (0xe2, b"MPF\0second".to_vec()),
        (0xed, format!("Photoshop 3.0\0{WHO}").into_bytes()),
        (0xfe, WHO.as_bytes().to_vec()),
    ];
    // Many telephones put a second picture, with a place of its own, behind the first.
    let copy = clean("照片.jpg", &jpeg(&extra, &jpeg(&[(0xe1, exif(1))], b"SEFT trailer"))).unwrap();
    for word in [WHO, "xmpmeta", "Photoshop", "MPF", "SEFT", "QYZ", "second"] {
        assert!(!has(&copy, word.as_bytes()), "{word}");
    }
    let read = img_parts::jpeg::Jpeg::from_bytes(copy.clone().into()).unwrap();
    assert_eq!(read.dimensions(), Some((8, 8)));
    assert!(has(&copy, b"Exif\0\0MM") && has(&copy, &[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]), "held upright as before");
    assert!(copy.ends_with(&[0x3f, 0xff, 0x00, 0xff, 0xd9]) && has(&copy, b"JFIF\0"));
    assert_eq!(clean("照片.jpg", &copy).unwrap(), copy, "a copy of the copy is the same");
    assert!(!has(&clean("照片.jpg", &jpeg(&[(0xe1, exif(1))], b"")).unwrap(), b"Exif"), "upright anyway: nothing to say");
    for broken in [&b"\xff\xd8\xff"[..], b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xda\0\x03\0\x11\x22"] {
        assert!(clean("照片.jpg", broken).is_err());
    }
}
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let crc = [name.as_slice(), data]
        .concat()
        .iter()
        .fold(!0u32, |c, b| (0..8).fold(c ^ u32::from(*b), |c, _| (c >> 1) ^ (0xedb8_8320 & (!(c & 1)).wrapping_add(1))));
    [&(data.len() as u32).to_be_bytes()[..], name, data, &(!crc).to_be_bytes()].concat()
}
#[test]
fn drawings_lose_their_remarks() {
    let head = chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let png = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        head,
        chunk(b"tEXt", format!("Author\0{WHO}").as_bytes()),
        chunk(b"iTXt", WHO.as_bytes()),
        chunk(b"eXIf", &exif(1)),
        chunk(b"tIME", &[7, 0xea, 3, 2, 9, 0, 0]),
        chunk(b"IDAT", &[0x78, 1, 1, 2, 0, 0xfd, 0xff, 0, 0, 0, 2, 0, 1]),
        chunk(b"IEND", &[]),
        WHO.as_bytes().to_vec(),
    ]
    .concat();
    let copy = clean("图.png", &png).unwrap();
    for word in [WHO, "tEXt", "iTXt", "eXIf", "tIME"] {
        assert!(!has(&copy, word.as_bytes()), "{word}");
    }
    let read = img_parts::png::Png::from_bytes(copy.into()).unwrap();
    assert_eq!(read.chunks().iter().map(|c| c.kind()).collect::<Vec<_>>(), [*b"IHDR", *b"IDAT", *b"IEND"]);
    let part = |name: &[u8; 4], data: &[u8]| [&name[..], &(data.len() as u32).to_le_bytes(), data, &vec![0; data.len() % 2]].concat();
    let body = [
        b"WEBP".to_vec(),
        part(b"VP8X", &[0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        part(b"ICCP", b"odd"),
        part(b"VP8L", &[0x2f, 0, 0, 0, 0]),
        part(b"EXIF", &exif(3)),
        part(b"XMP ", WHO.as_bytes()),
    ]
    .concat();
    let webp = [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat();
    let copy = clean("图.webp", &webp).unwrap();
    assert!(!has(&copy, WHO.as_bytes()) && !has(&copy, b"EXIF") && !has(&copy, b"ICCP"));
    let read = img_parts::webp::WebP::from_bytes(copy.into()).unwrap();
    assert!(read.has_chunk(*b"VP8L") && read.chunk_by_id(*b"VP8X").is_some());
}
#[test]
fn a_pdf_loses_author_notes_attachments_and_what_was_there_before() {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut doc = Document::with_version("1.7");
    let pages = doc.new_object_id();
    let photo = jpeg(&[(0xfe, WHO.as_bytes().to_vec())], b"");
    let image = doc.add_object(Stream::new(
        dictionary! {"Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 8, "Filter" => "DCTDecode"},
        photo,
    ));
    let note = doc.add_object(dictionary! {"Type" => "Annot", "Subtype" => "Text", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()], "T" => Object::string_literal(WHO), "Contents" => Object::string_literal("看这里")});
    let content = doc.add_object(Stream::new(dictionary! {}, b"BT (Hello) Tj ET".to_vec()));
    let page = doc.add_object(dictionary! {"Type" => "Page", "Parent" => pages, "Contents" => content, "Annots" => vec![note.into()], "Resources" => dictionary! {"XObject" => dictionary! {"I" => image}}});
    doc.objects.insert(pages, dictionary! {"Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1}.into());
    let xmp =
        doc.add_object(Stream::new(dictionary! {"Type" => "Metadata", "Subtype" => "XML"}, format!("<dc:creator>{WHO}").into_bytes()));
    let attached = doc.add_object(Stream::new(dictionary! {"Type" => "EmbeddedFile"}, WHO.as_bytes().to_vec()));
    let names = dictionary! {"EmbeddedFiles" => dictionary! {"Names" => vec![Object::string_literal("a"), dictionary! {"EF" => dictionary! {"F" => attached}}.into()]}};
    let catalog = doc.add_object(dictionary! {"Type" => "Catalog", "Pages" => pages, "Metadata" => xmp, "Names" => names});
    let info = doc.add_object(dictionary! {"Author" => Object::string_literal(WHO), "Producer" => Object::string_literal("Maker 9")});
    doc.add_object(Object::string_literal(WHO));
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    let mut pdf = vec![];
    doc.save_to(&mut pdf).unwrap();
    assert!(has(&pdf, WHO.as_bytes()));
    let copy = clean("申辩.pdf", &pdf).unwrap();
    for word in [WHO, "Maker 9", "/Author", "/Metadata", "EmbeddedFile"] {
        assert!(!has(&copy, word.as_bytes()), "{word}");
    }
    let read = Document::load_mem(&copy).unwrap();
    assert_eq!(read.get_pages().len(), 1);
    assert!(has(&read.get_page_content(read.get_pages()[&1]), b"Hello"));
    assert!(clean("坏.pdf", b"%PDF-1.7 nothing").is_err());
}
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, content) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}
fn unzipped(bytes: &[u8]) -> Vec<(String, String)> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let one = |n| {
        let mut text = vec![];
        let mut part = parts.by_index(n).unwrap();
        part.read_to_end(&mut text).unwrap();
        (part.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
    };
    let n = zip::ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    (0..n).map(one).collect()
}
#[test]
fn a_document_loses_who_wrote_changed_and_remarked() {
    let types = r#"<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="w"/><Override PartName="/docProps/core.xml" ContentType="c"/></Types>"#;
    let rels = r#"<Relationships><Relationship Id="rId1" Type="o" Target="word/document.xml"/><Relationship Id="rId2" Type="c" Target="docProps/core.xml"/></Relationships>"#;
    let own = format!(
        r#"<Relationships><Relationship Id="rId1" Type="attachedTemplate" Target="file:///C:\Users\{WHO}\a.dotm" TargetMode="External"/></Relationships>"#
    );
    let body = format!(
        r#"<w:document><!-- {WHO} --><w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:ins w:id="3" w:author="{WHO}" w:date="2026-03-02T09:00:00Z"><w:r><w:t xml:space="preserve">检查 &lt;六&gt; 次 </w:t></w:r></w:ins></w:p></w:document>"#
    );
    let notes = format!(r#"<comments><authors><author>{WHO}</author></authors><w:comment w:author='{WHO}' w:initials="QY"/></comments>"#);
    let core = format!("<cp:coreProperties><dc:creator>{WHO}</dc:creator></cp:coreProperties>");
    let photo = jpeg(&[(0xfe, WHO.as_bytes().to_vec())], b"");
    let parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", rels.as_bytes()),
        ("word/_rels/settings.xml.rels", own.as_bytes()),
        ("word/document.xml", body.as_bytes()),
        ("word/comments.xml", notes.as_bytes()),
        ("word/settings.xml", br#"<w:settings><w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>"#),
        ("word/media/image1.jpeg", &photo),
        ("docProps/core.xml", core.as_bytes()),
    ];
    let copy = unzipped(&clean("情况说明.docx", &zipped(&parts)).unwrap());
    let part = |name: &str| copy.iter().find(|(n, _)| n == name).map(|(_, t)| t.as_str());
    assert!(copy.iter().all(|(n, t)| !t.contains(WHO) && !t.contains("00AB12CD") && !n.starts_with("docProps")), "{copy:?}");
    assert_eq!(
        part("word/document.xml").unwrap(),
        r#"<w:document><w:p><w:ins w:id="3" w:author=""><w:r><w:t xml:space="preserve">检查 &lt;六&gt; 次 </w:t></w:r></w:ins></w:p></w:document>"#
    );
    assert!(
        part("[Content_Types].xml").unwrap().contains("/word/document.xml") && !part("[Content_Types].xml").unwrap().contains("core.xml")
    );
    assert!(part("_rels/.rels").unwrap().contains("word/document.xml") && !part("_rels/.rels").unwrap().contains("core.xml"));
    assert!(part("word/_rels/settings.xml.rels").unwrap().contains(r#"Target="about:blank""#));
    // Macros, embedded files, other archives, bombs, external entities.
    let with = |name: &'static str, content: &'static [u8]| zipped(&[&parts[..], &[(name, content)]].concat());
    let bomb = vec![b' '; 9 << 20];
    let entity: &[u8] = br#"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"#;
    for bad in [
        with("word/vbaProject.bin", b"x"),
        with("word/embeddings/oleObject1.bin", b"x"),
        with("word/more.xml", entity),
        zipped(&[("a.txt", b"x")]),
        zipped(&[("[Content_Types].xml", types.as_bytes()), ("word/document.xml", &bomb)]),
        zipped(
            &(0..1_001)
                .map(|_| ("", &b""[..]))
                .enumerate()
                .map(|(n, _)| (Box::leak(format!("p{n}.xml").into_boxed_str()) as &str, &b"<a/>"[..]))
                .chain([("[Content_Types].xml", types.as_bytes())])
                .collect::<Vec<_>>(),
        ),
    ] {
        assert!(clean("附件.docx", &bad).unwrap_err().to_string().contains("去不掉作者信息"));
    }
}
#[test]
fn anything_else_is_refused_in_words_and_plain_text_stays() {
    for other in [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"[..], b"ID3voice", b"RIFFxxxxWAVEfmt ", b"\0\x01\x02", b"<html>"] {
        let say = clean("证据.doc", other).unwrap_err().to_string();
        assert!(say.contains("这种文件去不掉作者信息，请转成 PDF 或图片再放入脱敏材料。"), "{say}");
    }
    assert_eq!(clean("说明.txt", "只有字".as_bytes()).unwrap(), "只有字".as_bytes());
}
#[test]
fn pages_of_the_portal_are_of_few_sizes() {
    let size = |n: usize| padded("页".repeat(n)).len();
    assert_eq!(size(0), 16_384);
    assert_eq!(size(10), size(5_000), "no receipt, a receipt, a long reply: the same size");
    assert_eq!(size(5_459), 16_384, "three bytes a sign, seven for the frame");
    assert_eq!(size(5_460), 23_170);
    assert_eq!(size(7_800), 32_768);
    assert_eq!(size(11_000), 46_340);
    let page = padded("<p>查无此件。</p>".into());
    assert!(page.starts_with("<p>查无此件。</p><!-- ") && page.ends_with(" -->"));
    let sizes: std::collections::BTreeSet<usize> = (0..30_000).step_by(97).map(size).collect();
    assert_eq!(sizes.len(), 6, "{sizes:?}");
}
