//! Are there comments, notes and people's names beside the text?

use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::markup::{Event, walk};
use super::subject::{Office, Subject};
use super::{Question, hidden_text, pdf, plain};

static COMMENT: Kind = Kind {
    id: "comment",
    severity: Severity::Medium,
    title: "Comments and notes",
    why: "Comments say who worked on the document and often repeat what was to be removed.",
    advice: "Delete the comments before you share the file.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&COMMENT], ask };

/// The members that hold comments, and the elements that are one.
const MEMBERS: &[(Office, &str, &[&str])] = &[
    (Office::Word, "word/comments", &["comment"]),
    (Office::Workbook, "xl/comments", &["comment"]),
    (Office::Workbook, "xl/threadedComments/", &["threadedComment"]),
    (Office::Slides, "ppt/comments/", &["cm"]),
    (Office::Slides, "ppt/commentAuthors", &["cmAuthor"]),
    (Office::OpenDocument, "content.xml", &["annotation"]),
    (Office::OpenDocument, "styles.xml", &["annotation"]),
];

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(file) = subject.pdf() {
        for annotation in pdf::annotations(&file.store) {
            // What is drawn on the page is read there; what pops up is not.
            let drawn = matches!(annotation.subtype.as_str(), "FreeText" | "Link" | "Widget" | "Watermark" | "Popup" | "Redact");
            let contents = pdf::text(&file.store, annotation.dict, b"Contents");
            let Some(contents) = contents.filter(|_| !drawn) else { continue };
            let detail = format!("text in a comment ({})", hidden_text::plain_name(&annotation.subtype));
            let seen = answers.see(&COMMENT, format!("page {}", annotation.page), detail);
            (seen.page, seen.area, seen.value) = (Some(annotation.page), annotation.area, Some(contents));
        }
    }
    if let Some(text) = subject.rtf() {
        let count = plain::controls(text).filter(|one| one.word == "annotation").count();
        if count > 0 {
            answers.see_many(&COMMENT, "whole file", counted(count, "comment"), count);
        }
    }
    for (kind, start, elements) in MEMBERS {
        let Some(parts) = subject.office(*kind) else { continue };
        // Word's extended comment parts hold no text; a plain name ends before them.
        for (name, text) in parts.xml(start) {
            let mut count = 0;
            let mut last = String::new();
            let walked = walk(name, text, subject.limits, |open, event| match event {
                Event::Open(local, attribute) if elements.contains(&local) => {
                    count += 1;
                    for field in ["author", "name", "initials"] {
                        if let Some(value) = attribute(field) {
                            answers.text(name, Some("author"), &value);
                        }
                    }
                    last.clear();
                }
                Event::Text(text) if open.iter().any(|one| elements.contains(&one.as_str())) => last.push_str(text),
                Event::Close(local) if elements.contains(&local) => answers.text(name, None, &last),
                _ => {}
            });
            if walked.is_ok() && count > 0 {
                answers.see_many(&COMMENT, name, counted(count, "comment"), count);
            }
        }
    }
}
