//! Are there redactions that were marked and never applied?

use super::Question;
use super::answers::Answers;
use super::kind::{Kind, Severity};
use super::pdf;
use super::subject::Subject;

static MARK: Kind = Kind {
    id: "redaction-not-applied",
    severity: Severity::High,
    title: "A redaction was marked but never applied",
    why: "The mark only says what is to be removed; everything under it is still there.",
    advice: "Open the original in the program that made the marks and apply the redactions, or run `subrosa redact`.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&MARK], ask };

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    let Some(file) = subject.pdf() else { return };
    for annotation in pdf::annotations(&file.store) {
        if annotation.subtype == "Redact" {
            let seen = answers.see(&MARK, format!("page {}", annotation.page), "a redaction mark");
            (seen.page, seen.area) = (Some(annotation.page), annotation.area);
        }
    }
}
