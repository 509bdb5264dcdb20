//! Are there slides that are not shown, or notes below them?

use super::Question;
use super::answers::Answers;
use super::kind::{Kind, Severity};
use super::markup::{Event, walk, within};
use super::subject::{Office, Subject};

static SLIDE: Kind = Kind {
    id: "hidden-slide",
    severity: Severity::High,
    title: "A slide is hidden",
    why: "Hidden slides are left out of the show only; everybody who opens the file sees them.",
    advice: "Delete the slide.",
};
static NOTES: Kind = Kind {
    id: "speaker-notes",
    severity: Severity::Medium,
    title: "Speaker notes are in the file",
    why: "Notes are not shown to the audience, but everybody who gets the file can read them.",
    advice: "Delete the notes, or share a PDF of the slides.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&SLIDE, &NOTES], ask };

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(parts) = subject.office(Office::Slides) {
        for (name, text) in parts.xml("ppt/slides/slide") {
            let _ = walk(name, text, subject.limits, |open, event| {
                if let Event::Open("sld", attribute) = event
                    && open.is_empty()
                    && matches!(attribute("show").as_deref(), Some("0" | "false"))
                {
                    answers.see(&SLIDE, name, "a hidden slide");
                }
            });
        }
        for (name, text) in parts.xml("ppt/notesSlides/notesSlide") {
            let mut notes = String::new();
            let _ = walk(name, text, subject.limits, |open, event| match event {
                // The number of the slide is a field and no note.
                Event::Text(text) if within(open, "t") && !within(open, "fld") => notes.push_str(text),
                Event::Close("p") => notes.push('\n'),
                _ => {}
            });
            report(name, &notes, answers);
        }
    }
    if let Some(parts) = subject.office(Office::OpenDocument) {
        let Some(text) = parts.find("content.xml") else { return };
        let mut page = 0;
        let mut style = String::new();
        let mut hidden_styles = Vec::new();
        let mut notes = String::new();
        let _ = walk("content.xml", text, subject.limits, |open, event| match event {
            Event::Open("style", attribute) => style = attribute("name").unwrap_or_default(),
            Event::Open("drawing-page-properties", attribute) if attribute("visibility").as_deref() == Some("hidden") => {
                hidden_styles.push(style.clone());
            }
            Event::Open("page", attribute) if within(open, "presentation") => {
                page += 1;
                if attribute("style-name").is_some_and(|style| hidden_styles.contains(&style)) {
                    answers.see(&SLIDE, format!("slide {page}"), "a hidden slide");
                }
            }
            Event::Text(text) if within(open, "notes") && within(open, "p") => notes.push_str(text),
            Event::Close("notes") => {
                report(&format!("slide {page}"), &notes, answers);
                notes.clear();
            }
            _ => {}
        });
    }
}

fn report(place: &str, notes: &str, answers: &mut Answers) {
    if notes.chars().any(char::is_alphanumeric) {
        answers.text(place, None, notes);
        answers.see(&NOTES, place, "notes below a slide").value = Some(notes.trim().to_owned());
    }
}
