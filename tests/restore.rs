//! Restoration through every format: what was edited out of a document comes back into it, read again each time.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of the files built here are small")]
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::trivially_copy_pass_by_ref,
    reason = "files of a test, not a hot path"
)]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests")]
#![allow(dead_code, reason = "the seeds are shared with the test of hostile files")]

#[path = "hostile/seeds.rs"]
mod seeds;

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::policy::OnUnread;
use subrosa_core::restore::{from_record, record};
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Document, Limits, Source};

fn read(bytes: &[u8], name: &str) -> Option<Document> {
    let source = Source::new(bytes, name);
    let mut document = sniff(&source).ok()?.read(&source, &Limits::default()).ok()?;
    document.settle(OnUnread::Keep).ok()?;
    Some(document)
}

/// Takes the name out of every segment that has it.
fn edits(segments: &[Segment]) -> Vec<Vec<Edit>> {
    let edit = |at: usize, name: &str| Edit {
        span: Span::new(at, at + name.len()),
        replacement: "[PERSON-7F3K9]".to_owned(),
        entity: Entity::PERSON,
        operator: "test",
    };
    let of = |segment: &Segment| {
        ["Quillfeather", "Jane"].iter().find_map(|name| Some(edit(segment.text.find(name)?, name))).into_iter().collect()
    };
    segments.iter().map(of).collect()
}

/// Letters and digits of every text. What is put back may be quoted (a mail address), or stand at a gap (a PDF).
fn texts(segments: &[Segment]) -> Vec<String> {
    let bare = |segment: &Segment| segment.text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    segments.iter().map(bare).filter(|text| !text.is_empty()).collect()
}

/// Formats that take values out by rules of their own, whatever the edits say: nothing can bring those back.
const ONE_WAY: &[&str] = &["a.dcm"];

#[test]
fn what_was_taken_out_comes_back() {
    let mut formats = 0;
    let mut wrong = Vec::new();
    for (name, bytes) in seeds::all() {
        let Some(original) = read(&bytes, &name).filter(|_| !ONE_WAY.contains(&name.as_str())) else { continue };
        let edits = edits(&original.segments);
        if edits.iter().all(Vec::is_empty) {
            continue;
        }
        let Ok(redacted) = original.body.write(&edits) else { continue };
        let redacted = read(&redacted, &name).unwrap_or_else(|| panic!("{name}: the redacted file is read again"));
        let restoration = from_record(&redacted.segments, &record(&original.segments, &edits));
        let restored = redacted.body.write(&restoration.edits).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        let restored = read(&restored, &name).unwrap_or_else(|| panic!("{name}: the restored file is read again"));
        formats += 1;
        let left = restored.segments.iter().filter(|segment| segment.text.contains("[PERSON-7F3K9]")).count();
        // A format may leave out what nobody sees when it writes (metadata, previews); what is there has to be what was there.
        let (before, after) = (texts(&original.segments), texts(&restored.segments));
        let strange = after.iter().filter(|text| !before.contains(text)).count();
        if left > 0 || strange > 0 || restoration.lost > 0 {
            wrong.push(format!("{name}: {left} codes left, {strange} texts changed, {} places lost", restoration.lost));
        }
    }
    assert!(formats > 20, "{formats}");
    assert!(wrong.is_empty(), "of {formats}:\n{}", wrong.join("\n"));
}
