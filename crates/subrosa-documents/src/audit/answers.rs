//! What the questions answer.

use std::collections::BTreeMap;

use super::kind::Kind;
use super::subject::{Content, Subject};
use crate::document::UnreadPart;
use crate::formats::pdf::PageView;

/// Most observations of one kind; what comes after is counted in the last.
const MOST_OF_A_KIND: usize = 2_000;
/// Most bytes of texts handed to the detector.
const MOST_TEXT: usize = 64 << 20;

/// Something seen in a file. No text of the document stands in it but in `value`.
#[derive(Clone, Debug)]
pub struct Observation {
    /// What it is.
    pub kind: &'static Kind,
    /// Where: `page 3`, `word/document.xml, paragraph 12`.
    pub place: String,
    /// What exactly, for people: `14 characters under a filled shape`.
    pub detail: String,
    /// How many of them are in this place.
    pub count: usize,
    /// The page of a PDF, from 1.
    pub page: Option<usize>,
    /// Left, bottom, right, top on that page, in points.
    pub area: Option<[f64; 4]>,
    /// The text it is about, only for those who ask to see values.
    pub value: Option<String>,
}

/// A text that reading the document does not give.
#[derive(Clone, Debug)]
pub struct FoundText {
    /// Where it stands.
    pub place: String,
    /// What it is called there: `author`.
    pub label: Option<String>,
    /// The text.
    pub text: String,
}

/// The shape of a PDF's page, to draw places on.
#[derive(Clone, Debug)]
pub struct PageShape {
    /// Left, bottom, right, top in points.
    pub area: [f64; 4],
    /// Degrees clockwise by which it is turned when shown.
    pub turn: u16,
    /// Where text is seen: left, bottom, right, top of each run, no more than some thousands.
    pub lines: Vec<[f64; 4]>,
}

/// The answers to all questions about a file.
pub struct Audit {
    /// What was seen, in the order of the questions.
    pub observations: Vec<Observation>,
    /// Texts for the detector beyond those of the document.
    pub texts: Vec<FoundText>,
    /// Parts that could not be looked into.
    pub unread: Vec<UnreadPart>,
    /// The pages of a PDF; empty for other files.
    pub pages: Vec<PageShape>,
    /// Whether the questions know files of this kind.
    pub understood: bool,
}

/// Collects answers.
#[derive(Default)]
pub(super) struct Answers {
    pub observations: Vec<Observation>,
    pub texts: Vec<FoundText>,
    pub unread: Vec<UnreadPart>,
    text_bytes: usize,
    /// The places of the observations of each kind.
    by_kind: BTreeMap<&'static str, Vec<usize>>,
}

impl Answers {
    /// Something seen once in a place.
    pub(super) fn see(&mut self, kind: &'static Kind, place: impl Into<String>, detail: impl Into<String>) -> &mut Observation {
        self.see_many(kind, place, detail, 1)
    }

    /// Something seen several times in a place. The same thing seen again in the same place is counted, not listed anew.
    pub(super) fn see_many(
        &mut self,
        kind: &'static Kind,
        place: impl Into<String>,
        detail: impl Into<String>,
        count: usize,
    ) -> &mut Observation {
        let new = Observation { kind, place: place.into(), detail: detail.into(), count, page: None, area: None, value: None };
        let of_kind = self.by_kind.entry(kind.id).or_default();
        let known = of_kind.iter().rev().take(64).copied().find(|index| {
            let known = self.observations.get(*index);
            known.is_some_and(|known| known.area.is_none() && known.place == new.place && known.detail == new.detail)
        });
        let full = of_kind.len() >= MOST_OF_A_KIND;
        let index = if let Some(index) = known.or(if full { of_kind.last().copied() } else { None }) {
            if let Some(known) = self.observations.get_mut(index) {
                known.count += count;
            }
            index
        } else {
            self.observations.push(new);
            of_kind.push(self.observations.len() - 1);
            self.observations.len() - 1
        };
        &mut self.observations[index]
    }

    /// A text for the detector.
    pub(super) fn text(&mut self, place: &str, label: Option<&str>, text: &str) {
        if !text.trim().is_empty() && self.text_bytes + text.len() <= MOST_TEXT {
            self.text_bytes += text.len();
            self.texts.push(FoundText { place: place.to_owned(), label: label.map(str::to_owned), text: text.to_owned() });
        }
    }

    /// A part that cannot be looked into.
    pub(super) fn unread(&mut self, part: impl Into<String>, reason: impl Into<String>) {
        self.unread.push(UnreadPart { part: part.into(), reason: reason.into() });
    }

    pub(super) fn finish(self, subject: &Subject<'_>) -> Audit {
        let shape = |page: &PageView| PageShape { area: page.area, turn: page.turn, lines: page.lines.clone() };
        let pages = subject.pdf().map(|pdf| pdf.pages.iter().map(shape).collect()).unwrap_or_default();
        let understood = !matches!(subject.content, Content::Other);
        Audit { observations: self.observations, texts: self.texts, unread: self.unread, pages, understood }
    }
}

/// `1 row`, `3 rows`.
pub(super) fn counted(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
