//! Documents in base64 inside other files: whether text is one, of which kind, and its bytes.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Least characters of text that is taken for a document without being called one.
const LEAST: usize = 64;

/// How documents begin, and the extensions of their kinds.
const BEGINNINGS: &[(&[u8], &str)] = &[
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xFF\xD8\xFF", "jpg"),
    (b"\x89PNG\r\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"{\\rtf", "rtf"),
    (b"\xD0\xCF\x11\xE0", "doc"),
    (b"<?xml", "xml"),
    (b"<html", "html"),
    (b"<!DOCTYPE", "html"),
    (b"<ClinicalDocument", "xml"),
    (b"MSH|", "hl7"),
    (b"\x1F\x8B", "gz"),
];

/// A document, decoded.
pub(crate) struct Document {
    pub(crate) bytes: Vec<u8>,
    pub(crate) name: String,
}

/// Whether text is nothing but base64, and enough of it.
pub(crate) fn looks(text: &str) -> bool {
    let text = text.trim();
    text.len() >= 4
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_ \r\n\t".contains(&byte))
        && text.bytes().take(20).filter(u8::is_ascii_whitespace).count() < 2
}

/// The kind of document that text in base64 begins as, where it is known and long enough.
pub(crate) fn kind(text: &str) -> Option<&'static str> {
    if text.len() < LEAST {
        return None;
    }
    let head: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).take(32).collect();
    let head = decode(&head)?;
    beginning(&head)
}

/// The kind of document that bytes begin as.
pub(crate) fn beginning(bytes: &[u8]) -> Option<&'static str> {
    BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)).map(|&(_, extension)| extension)
}

/// The document that text in base64 stands for; `media` is its media type or nothing.
pub(crate) fn document(text: &str, media: &str) -> Option<Document> {
    let bytes = decode(text.as_bytes())?;
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let extension = if media.is_empty() { beginning(&bytes).unwrap_or("bin") } else { extension(&media) };
    Some(Document { name: format!("data.{extension}"), bytes })
}

/// Bytes as base64 in one line.
pub(crate) fn encode(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

/// Base64 as most programs take it: white space, a missing end and the alphabet for addresses do not matter.
pub(crate) fn decode(bytes: &[u8]) -> Option<Vec<u8>> {
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let clean: Vec<u8> = bytes
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|&byte| {
            if byte == b'-' {
                b'+'
            } else if byte == b'_' {
                b'/'
            } else {
                byte
            }
        })
        .collect();
    GeneralPurpose::new(&alphabet::STANDARD, lenient).decode(clean).ok()
}

/// The extension of files of a media type.
pub(crate) fn extension(media: &str) -> &str {
    match media {
        "" | "text/plain" => "txt",
        "text/html" => "html",
        "application/xhtml+xml" => "xhtml",
        "image/svg+xml" => "svg",
        "text/xml" | "application/xml" => "xml",
        "application/json" | "text/json" => "json",
        "application/ld+json" => "jsonld",
        "application/fhir+json" => "fhir.json",
        "text/csv" => "csv",
        "text/tab-separated-values" => "tsv",
        "text/javascript" | "application/javascript" | "application/x-javascript" => "js",
        "text/css" => "css",
        "text/calendar" => "ics",
        "text/vcard" | "text/x-vcard" => "vcf",
        "text/rtf" | "application/rtf" => "rtf",
        "application/pdf" => "pdf",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/tiff" => "tif",
        "image/webp" => "webp",
        "image/bmp" => "bmp",
        "message/rfc822" => "eml",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation" => "pptx",
        _ => "bin",
    }
}
