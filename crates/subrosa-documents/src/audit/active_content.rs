//! Does the file hold programs?

use super::answers::Answers;
use super::kind::{Kind, Severity};
use super::subject::Subject;
use super::{Question, pdf};

static SCRIPT: Kind = Kind {
    id: "active-content",
    severity: Severity::Medium,
    title: "A script or macro is in the file",
    why: "Programs carry text, paths and names of their own, and may act when the file is opened.",
    advice: "Save the file in a format without macros, or remove the scripts.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&SCRIPT], ask };

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(file) = subject.pdf() {
        for (id, dict) in pdf::dictionaries(&file.store) {
            let place = format!("object {}", id.0);
            if dict.has(b"JS") || file.store.name(dict, b"S") == Some(b"JavaScript") {
                answers.see(&SCRIPT, "whole file", "JavaScript");
                let script = pdf::text(&file.store, dict, b"JS");
                let script = script
                    .or_else(|| pdf::stream(&file.store, dict, b"JS").map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
                answers.text(&place, None, &script.unwrap_or_default());
            } else if file.store.name(dict, b"S") == Some(b"Launch") {
                answers.see(&SCRIPT, "whole file", "an action that starts a program");
            }
        }
    }
    for part in subject.package().map(|package| package.parts.as_slice()).unwrap_or_default() {
        let name = part.name.as_str();
        let macros = name.ends_with("vbaProject.bin")
            || name.starts_with("Basic/") && has_extension(name, "xml")
            || name.starts_with("Scripts/");
        if macros && !name.ends_with("script-lc.xml") && !name.ends_with("script-lb.xml") {
            answers.see(&SCRIPT, name, "macros");
        }
    }
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension))
}
