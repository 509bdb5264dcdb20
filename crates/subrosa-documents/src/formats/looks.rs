//! What bytes look like when no format here reads them, so that a refusal can say so.
//!
//! Two groups: binary kinds, told by their first bytes, and kinds of text whose mark-up or transfer encoding would hide
//! values from a reader of plain text (`<b>J</b>ane`, `=4A=61ne`, `\'4aane`). Both are refused by name.

use crate::encoding;
use crate::formats::Source;

/// First bytes of binary kinds that are not read.
const MAGIC: &[(&[u8], &str)] = &[
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"BM", "a BMP image"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an OLE container (legacy Office document or Outlook message)"),
    (b"%!PS", "PostScript"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"\x7FELF", "an ELF program"),
    (b"MZ", "a Windows program"),
    (b"\xCF\xFA\xED\xFE", "a Mach-O program"),
    (b"\xCA\xFE\xBA\xBE", "a Java class or Mach-O program"),
    (b"\0asm", "a WebAssembly module"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1A\x45\xDF\xA3", "a Matroska recording"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"-----BEGIN PGP MESSAGE", "a PGP message"),
    (b"-----BEGIN PKCS7", "a PKCS #7 message"),
    (b"age-encryption.org/", "an age-encrypted file"),
];

/// Extensions of text kinds that hide values from a reader of plain text, whatever their content looks like.
const EXTENSIONS: &[(&str, &str)] = &[
    ("eml", "a mail message"),
    ("mbox", "a mailbox"),
    ("mht", "a web archive"),
    ("mhtml", "a web archive"),
    ("ps", "PostScript"),
    ("eps", "PostScript"),
];

/// Bytes looked at.
const HEAD: usize = 8 * 1024;

/// What the bytes look like, when that is a kind that no reader of text may take.
pub(crate) fn unsupported(source: &Source<'_>) -> Option<&'static str> {
    let head = source.bytes.get(..HEAD).unwrap_or(source.bytes);
    if let Some(kind) = binary(head) {
        return Some(kind);
    }
    let extension = source.extension();
    if let Some(&(_, kind)) = EXTENSIONS.iter().find(|(known, _)| *known == extension) {
        return Some(kind);
    }
    let text = head_text(head);
    let start = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    marked_up(start).or_else(|| mail(start))
}

fn binary(head: &[u8]) -> Option<&'static str> {
    if let Some(kind) = zip(head) {
        return Some(kind);
    }
    if head.starts_with(b"RIFF") {
        return match head.get(8..12) {
            Some(b"WAVE") => Some("a WAVE recording"),
            Some(b"AVI ") => Some("an AVI recording"),
            _ => None,
        };
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some("an MP4 recording or HEIC image");
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    // `BM` and `MZ` also begin words: only with the zero bytes that their headers have.
    let (_, kind) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic))?;
    let short = head.starts_with(b"BM") || head.starts_with(b"MZ") || head.starts_with(b"ID3") || head.starts_with(b"BZh");
    (!short || memchr::memchr(0, head).is_some()).then_some(*kind)
}

fn zip(head: &[u8]) -> Option<&'static str> {
    if !(head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")) {
        return None;
    }
    let holds = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    Some(match () {
        () if holds(b"mimetypeapplication/vnd.oasis.opendocument") => "an OpenDocument file",
        () if holds(b"mimetypeapplication/epub+zip") => "an EPUB book",
        () if holds(b"word/") => "a Word document",
        () if holds(b"xl/workbook.bin") => "a binary Excel workbook (.xlsb); save it as .xlsx",
        () if holds(b"xl/") => "an Excel workbook",
        () if holds(b"ppt/") => "a PowerPoint presentation",
        () => "a ZIP archive",
    })
}

/// The beginning of a file as text, as far as it can be had; only to tell the kind by.
pub(crate) fn head_text(bytes: &[u8]) -> String {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let Ok((charset, mark)) = encoding::detect(head) else { return String::from_utf8_lossy(head).into_owned() };
    let whole = head.len() - (head.len() - mark.len()) % charset.unit();
    let decoded = head.get(..whole).and_then(|head| encoding::decode_as(head, charset, mark).ok());
    decoded.map_or_else(|| String::from_utf8_lossy(head).into_owned(), |decoded| decoded.text)
}

fn marked_up(start: &str) -> Option<&'static str> {
    let lower = start.get(..start.floor_char_boundary(512)).unwrap_or_default().to_ascii_lowercase();
    if lower.starts_with("{\\rtf") {
        return Some("RTF");
    }
    None
}

/// A mail message: header lines from the first line on, with one that says how the rest is encoded or how it was sent.
/// Header lines that a person types (`From: … To: … Subject: …`) alone make no message.
fn mail(start: &str) -> Option<&'static str> {
    let telling = ["mime-version:", "content-transfer-encoding:", "received:", "return-path:", "dkim-signature:"];
    let mut seen = false;
    for (number, line) in start.lines().enumerate() {
        if number == 0 && line.starts_with("From ") && line.contains('@') {
            continue;
        }
        if line.is_empty() {
            break;
        }
        let folded = line.starts_with([' ', '\t']);
        let name = line.split(':').next().unwrap_or_default();
        let header = name.len() < line.len() && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        if !(header || folded && number > 0) {
            break;
        }
        let lower = line.to_ascii_lowercase();
        seen |= telling.iter().any(|name| lower.starts_with(name));
    }
    seen.then_some("a mail message")
}
