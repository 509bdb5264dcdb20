//! Are there recorded changes, whose old text is still there?

use super::answers::{Answers, counted};
use super::kind::{Kind, Severity};
use super::markup::{Event, walk, within};
use super::subject::{Office, Subject};
use super::{Question, plain};

static TRACKED: Kind = Kind {
    id: "tracked-changes",
    severity: Severity::High,
    title: "Recorded changes are in the file",
    why: "Deleted text is kept until the changes are accepted: one click shows it again, with who changed it and when.",
    advice: "Accept or reject all changes and switch recording off before you share the file.",
};

/// The question.
pub(super) static QUESTION: Question = Question { kinds: &[&TRACKED], ask };

/// Elements of Word that mark a change of text, and those that mark a change of form.
const TEXT_CHANGES: &[&str] = &["ins", "del", "moveFrom", "moveTo"];
const FORM_CHANGES: &[&str] = &[
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "cellIns",
    "cellDel",
    "cellMerge",
    "numberingChange",
];

fn ask(subject: &Subject<'_>, answers: &mut Answers) {
    if let Some(parts) = subject.office(Office::Word) {
        for (name, text) in parts.xml("word/") {
            let (mut insertions, mut deletions, mut forms) = (0, 0, 0);
            let mut deleted = String::new();
            let _ = walk(name, text, subject.limits, |open, event| match event {
                Event::Open("del" | "moveFrom", attribute) if attribute("author").is_some() => {
                    deletions += 1;
                    answers.text(name, Some("author"), &attribute("author").unwrap_or_default());
                }
                Event::Open(local, attribute) if TEXT_CHANGES.contains(&local) && attribute("author").is_some() => {
                    insertions += 1;
                    answers.text(name, Some("author"), &attribute("author").unwrap_or_default());
                }
                Event::Open(local, _) if FORM_CHANGES.contains(&local) => forms += 1,
                Event::Text(text) if within(open, "delText") || within(open, "t") && within(open, "moveFrom") => {
                    deleted.push_str(text);
                }
                Event::Close("p") if !deleted.is_empty() => deleted.push('\n'),
                _ => {}
            });
            report(name, insertions, deletions, forms, &deleted, answers);
        }
    }
    if let Some(parts) = subject.office(Office::OpenDocument) {
        for (name, text) in parts.xml("content.xml") {
            let (mut insertions, mut deletions, mut forms) = (0, 0, 0);
            let mut deleted = String::new();
            let _ = walk(name, text, subject.limits, |open, event| match event {
                Event::Open("deletion" | "cell-content-change", _) => deletions += 1,
                Event::Open("insertion", _) => insertions += 1,
                Event::Open("format-change", _) => forms += 1,
                Event::Text(text) if within(open, "creator") && within(open, "changed-region") => {
                    answers.text(name, Some("author"), text);
                }
                Event::Text(text)
                    if within(open, "tracked-changes") && within(open, "deletion") && !within(open, "change-info") =>
                {
                    deleted.push_str(text);
                }
                _ => {}
            });
            report(name, insertions, deletions, forms, &deleted, answers);
        }
    }
    if let Some(text) = subject.rtf() {
        let count = |word: &str| plain::controls(text).filter(|one| one.word == word && one.number != Some(0)).count();
        report("whole file", count("revised"), count("deleted"), 0, "", answers);
    }
    if let Some(parts) = subject.office(Office::Workbook) {
        let logs = parts.xml("xl/revisions/").filter(|(name, _)| name.contains("revisionLog")).count();
        if logs > 0 {
            answers.see_many(&TRACKED, "xl/revisions", counted(logs, "log") + " of changes to a shared workbook", logs);
        }
    }
}

fn report(name: &str, insertions: usize, deletions: usize, forms: usize, deleted: &str, answers: &mut Answers) {
    let all = insertions + deletions + forms;
    if all == 0 {
        return;
    }
    let parts = [(insertions, "insertion"), (deletions, "deletion"), (forms, "change of form")];
    let counts: Vec<String> =
        parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, thing)| {
                if *thing == "change of form" && *count > 1 { format!("{count} changes of form") } else { counted(*count, thing) }
            })
            .collect();
    answers.text(name, None, deleted);
    let seen = answers.see_many(&TRACKED, name, counts.join(", "), all);
    seen.value = Some(deleted.trim().to_owned()).filter(|text| !text.is_empty());
}
