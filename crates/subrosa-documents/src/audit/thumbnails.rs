//! Are there small pictures of how the pages once looked?

use super::answers::Answers;
use super::kind::{Kind, Severity};
use super::subject::Subject;
use super::{Question, pdf};

static THUMBNAIL: Kind = Kind {
    id: "thumbnail",
    severity: Severity::Medium,
    title: "A preview picture is in the file",
    why: "A preview may have been made before the redaction and show what was removed.",
    advice: "Remove the preview, or save the redacted file anew so that it is made again.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&THUMBNAIL], ask };

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(file) = subject.pdf() {
        for (index, page) in pdf::pages(&file.store).into_iter().enumerate() {
            if file.store.stream(page, b"Thumb").is_some() {
                answers.see(&THUMBNAIL, format!("page {}", index + 1), "a preview of the page").page = Some(index + 1);
            }
        }
    }
    for part in subject.package().map(|package| package.parts.as_slice()).unwrap_or_default() {
        let lower = part.name.to_ascii_lowercase();
        if lower.starts_with("docprops/thumbnail") || lower.starts_with("thumbnails/") {
            answers.see(&THUMBNAIL, &*part.name, "a preview of the first page");
        } else if lower.starts_with("objectreplacements/") {
            answers.see(&THUMBNAIL, &*part.name, "a picture in place of an embedded object");
        }
    }
}
