//! Is there text under boxes, bars, highlights or pictures?

use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::subject::{Office, Subject};
use super::{Question, office};
use crate::formats::pdf::Why;

static COVERED: Kind = Kind {
    id: "covered-text",
    severity: Severity::High,
    title: "Text under a box can still be read",
    why: "The text is only painted over: selecting and copying it, or searching the file, brings it back.",
    advice: "Remove the text itself: run `subrosa redact` on the original, or use a tool that applies redactions.",
};

static PICTURE: Kind = Kind {
    id: "covered-picture",
    severity: Severity::Medium,
    title: "A box lies on a scanned page",
    why: "The box is an object of its own: the picture beneath still shows what it hides.",
    advice: "Redact the pixels of the picture, or print the page to a new picture.",
};

static SHAPE: Kind = Kind {
    id: "covering-shape",
    severity: Severity::Medium,
    title: "A filled shape lies in front of text",
    why: "A shape can be moved aside or deleted; the text beneath is untouched.",
    advice: "Delete the text itself and then the shape.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&COVERED, &PICTURE, &SHAPE], ask };

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(pdf) = subject.pdf() {
        for (index, page) in pdf.pages.iter().enumerate() {
            let number = index + 1;
            for run in &page.hidden {
                let how = match &run.why {
                    Why::UnderShape => "under a filled shape".to_owned(),
                    Why::UnderPicture => "under a picture".to_owned(),
                    Why::UnderAnnotation(subtype) => format!("under an annotation ({})", super::hidden_text::plain_name(subtype)),
                    Why::BoxColour => "in the colour of the box it stands on".to_owned(),
                    _ => continue,
                };
                let detail = format!("{} {how}", counted(run.letters, "character"));
                let seen = answers.see(&COVERED, format!("page {number}"), detail);
                (seen.page, seen.area, seen.value) = (Some(number), Some(run.area), Some(run.text.trim().to_owned()));
            }
            for area in &page.covered_pictures {
                let seen = answers.see(&PICTURE, format!("page {number}"), "a box that can be taken off the picture");
                (seen.page, seen.area) = (Some(number), Some(*area));
            }
        }
    }
    for kind in [Office::Word, Office::Workbook, Office::Slides, Office::OpenDocument] {
        let Some(parts) = subject.office(kind) else { continue };
        for found in office::boxed_text(parts, subject.limits) {
            let detail = format!("{} in the colour of {}", counted(found.letters, "character"), found.what);
            answers.see(&COVERED, found.place, detail).value = Some(found.text);
        }
        for (place, count) in office::covering_shapes(parts, subject.limits) {
            answers.see_many(&SHAPE, place, counted(count, "filled shape") + " without text of its own", count);
        }
    }
}
