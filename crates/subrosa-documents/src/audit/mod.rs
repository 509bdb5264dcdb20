//! Looks for what somebody else's redaction left in a file: text that is there but not seen, and text that nobody thought of.
//!
//! [`audit`] asks a list of [`QUESTIONS`], one a file. A question looks at one aspect of the raw parts of a file and gives
//! [`Observation`]s: what kind, where, how much. It shares as little as possible with the readers that redact, and it does
//! not look for personal data: the caller runs the detector over the document and over [`Audit::texts`], the texts that
//! reading the document does not give.
//!
//! Not asked: whether the words that are meant to be seen say too much, whether pixels were blurred well enough, whether
//! gaps betray the length of what was removed.

mod active_content;
mod answers;
mod attachments;
mod comments;
mod covered_text;
mod hidden_cells;
mod hidden_pages;
mod hidden_text;
mod kind;
mod markup;
mod metadata;
mod office;
mod pdf;
mod picture_data;
mod plain;
mod redaction_marks;
mod revisions;
mod subject;
mod thumbnails;
mod tracked_changes;

pub use answers::{Audit, FoundText, Observation, PageShape};
pub use kind::{Kind, Severity};

use answers::Answers;
use subject::Subject;

use crate::document::UnreadPart;
use crate::formats::Source;
use crate::limits::Limits;
use crate::refusal::Refusal;

/// One question that is asked of every file.
pub struct Question {
    /// The kinds of observation it may make.
    pub kinds: &'static [&'static Kind],
    ask: fn(&Subject<'_>, &mut Answers),
}

/// All questions, the gravest first.
#[rustfmt::skip] // one a line
pub static QUESTIONS: &[&Question] = &[
    &covered_text::QUESTION,
    &redaction_marks::QUESTION,
    &hidden_text::QUESTION,
    &revisions::QUESTION,
    &tracked_changes::QUESTION,
    &comments::QUESTION,
    &hidden_cells::QUESTION,
    &hidden_pages::QUESTION,
    &attachments::QUESTION,
    &active_content::QUESTION,
    &picture_data::QUESTION,
    &thumbnails::QUESTION,
    &metadata::QUESTION,
];

/// The kind of what the detector finds. Not asked here: the caller knows the detector.
pub static PERSONAL_DATA: Kind = Kind {
    id: "personal-data",
    severity: Severity::High,
    title: "Personal data is still in the file",
    why: "Whoever opens the file, or searches it with a program, can read it.",
    advice: "Run `subrosa redact` on the original, or remove it there by hand and export again.",
};

/// Every kind of observation, by the order of the questions.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    QUESTIONS.iter().flat_map(|question| question.kinds.iter().copied()).chain(std::iter::once(&PERSONAL_DATA))
}

/// Asks every question of a file.
///
/// # Errors
/// A [`Refusal`] when the file as a whole cannot be inspected: damaged, encrypted, over a limit. Files of kinds that no
/// question knows give an empty audit: what they hold is for the detector.
pub fn audit(source: &Source<'_>, limits: &Limits) -> Result<Audit, Refusal> {
    let subject = Subject::open(source, limits)?;
    let mut answers = Answers::default();
    for (part, reason) in &subject.unread {
        answers.unread.push(UnreadPart { part: part.clone(), reason: reason.clone() });
    }
    for question in QUESTIONS {
        (question.ask)(&subject, &mut answers);
    }
    Ok(answers.finish(&subject))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_distinct_names_and_say_everything() {
        let mut ids: Vec<&str> = kinds().map(|kind| kind.id).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for kind in kinds() {
            assert!(kind.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", kind.id);
            for text in [kind.title, kind.why, kind.advice] {
                assert!(text.len() > 10, "{}", kind.id);
            }
            assert!(kind.why.ends_with('.') && kind.advice.ends_with('.') && !kind.title.ends_with('.'), "{}", kind.id);
        }
    }
}
