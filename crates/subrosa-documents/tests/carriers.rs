//! Every place of every format that can hold somebody's name, one file for each: the name is planted there, found by a search that
//! knows no format, taken out as `--deny` does, and no longer found by that search; or the file is refused, and says why.
//!
//! PDF has its own tests; what stands in the pixels of pictures is in `pictures.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::too_many_lines,
    clippy::trivially_copy_pass_by_ref,
    reason = "helpers and tables of tests"
)]

#[path = "docx/build.rs"]
mod build;
mod common;
#[path = "carriers/mail.rs"]
mod mail;
#[path = "carriers/opendocument.rs"]
mod opendocument;
#[path = "carriers/outlook.rs"]
mod outlook;
#[path = "msg/build.rs"]
#[allow(clippy::unwrap_used, dead_code, unreachable_pub)]
mod outlook_build;
#[path = "carriers/picture.rs"]
mod picture;
#[path = "carriers/record.rs"]
mod record;
#[path = "carriers/rich_text.rs"]
mod rich_text;
#[path = "carriers/sheet.rs"]
mod sheet;
#[path = "carriers/slide.rs"]
mod slide;
#[path = "carriers/spill.rs"]
mod spill;
#[path = "carriers/web.rs"]
mod web;
#[path = "carriers/word.rs"]
mod word;
#[path = "xlsx/build.rs"]
mod workbook;

use common::open;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_documents::{Limits, Source, verify};

/// A file that holds the value in one place.
#[derive(Clone)]
struct Carrier {
    name: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    /// What the refusal says, where the file cannot be written.
    refused: Option<&'static str>,
}

/// A file that is written without the value.
fn gone(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>) -> Carrier {
    Carrier { name, file, bytes: bytes.into(), refused: None }
}

/// A file that is refused.
fn refused(name: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>, reason: &'static str) -> Carrier {
    Carrier { refused: Some(reason), ..gone(name, file, bytes) }
}

/// What is wrong with how a file is treated.
fn wrong(carrier: &Carrier, value: &str, detector: &Detector) -> Result<(), String> {
    let (format, document) = match (open(carrier.file, &carrier.bytes), carrier.refused) {
        (Ok(read), _) => read,
        (Err(refusal), Some(reason)) if refusal.to_string().contains(reason) => return Ok(()),
        (Err(refusal), _) => return Err(format!("refused: {refusal}")),
    };
    match (document.unread.first(), carrier.refused) {
        (Some(unread), Some(reason)) if unread.reason.contains(reason) => return Ok(()),
        (Some(unread), _) => return Err(format!("unread: {}: {}", unread.part, unread.reason)),
        (None, Some(reason)) => return Err(format!("it is read, not refused because of {reason}")),
        (None, None) => {}
    }
    let found = detector.detect(&document.segments);
    let edit = |span| Edit { span, replacement: "[X]".to_owned(), entity: Entity::DENIED_TERM, operator: "label" };
    let edits: Vec<Vec<Edit>> =
        found.into_iter().map(|found| found.into_iter().map(|finding| edit(finding.span)).collect()).collect();
    let written = document.body.write(&edits).map_err(|refusal| format!("not written: {refusal}"))?;
    let source = Source::new(&written, carrier.file);
    verify::verify(format, &document, &edits, &source, &Limits::default())
        .map_err(|refusal| format!("not verified: {refusal}"))?;
    if let Some(place) = spill::find(&written, value) {
        return Err(format!("left in {place} after {} edits", edits.iter().map(Vec::len).sum::<usize>()));
    }
    let again = format.read(&source, &Limits::default()).map_err(|refusal| format!("not read again: {refusal}"))?;
    let same = again.body.write(&[]).map_err(|refusal| format!("not written again: {refusal}"))?;
    if same == written { Ok(()) } else { Err("written once more, it changes".to_owned()) }
}

/// Fails with every carrier that is treated wrongly.
fn assert_all(carriers: &[Carrier], value: &str) {
    assert!(carriers.len() > 5);
    let detector = Detector::with(&[], &Options { deny: vec![value.to_owned()], ..Options::default() });
    let mut planted = 0;
    let mut wrong: Vec<String> = Vec::new();
    for carrier in carriers {
        let treated = if spill::find(&carrier.bytes, value).is_some() {
            planted += 1;
            self::wrong(carrier, value, &detector)
        } else if value.contains(' ') {
            // In names that hold no space the value is written otherwise, and not looked for.
            Ok(())
        } else {
            Err("the search does not find what was planted".to_owned())
        };
        wrong.extend(treated.err().map(|what| format!("{}: {what}", carrier.name)));
    }
    assert!(planted * 10 > carriers.len() * 8, "{planted} of {}", carriers.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), carriers.len(), wrong.join("\n"));
}

/// A plain name, and one of two words with letters that are not ASCII.
const NAMES: [&str; 2] = ["Quillon", "Zo\u{EB} Quill\u{F8}n"];

#[test]
fn of_word_documents() {
    for name in NAMES {
        assert_all(&word::carriers(name), name);
    }
}

#[test]
fn of_workbooks() {
    for name in NAMES {
        assert_all(&sheet::carriers(name), name);
    }
}

#[test]
fn of_presentations() {
    for name in NAMES {
        assert_all(&slide::carriers(name), name);
    }
}

#[test]
fn of_open_documents() {
    for name in NAMES {
        assert_all(&opendocument::carriers(name), name);
    }
}

#[test]
fn of_rich_text() {
    assert_all(&rich_text::carriers("Quillon"), "Quillon");
}

#[test]
fn of_mail() {
    assert_all(&mail::carriers("Quillon"), "Quillon");
}

#[test]
fn of_outlook_messages() {
    for name in NAMES {
        assert_all(&outlook::carriers(name), name);
    }
}

#[test]
fn of_web_pages() {
    for name in NAMES {
        assert_all(&web::carriers(name), name);
    }
}

#[test]
fn of_records() {
    for name in NAMES {
        assert_all(&record::carriers(name), name);
    }
}

#[test]
fn of_pictures() {
    assert_all(&picture::carriers("Quillon"), "Quillon");
}
