//! What questions need of office documents: runs of text with the colours they stand in, and shapes in front of text.
//!
//! Works on the raw parts. Styles that are inherited are followed only where they are commonly used to hide: what a theme, a
//! list or a conditional format changes is not computed.

mod opendocument;
mod slides;
mod word;
mod workbook;

use super::subject::{Office, Parts};
use crate::limits::Limits;

/// Text that is formatted so that nobody sees it.
pub(super) struct Found {
    pub place: String,
    /// In whose colour it stands, or how it is hidden: `white`, `tiny`, `hidden`.
    pub what: &'static str,
    pub letters: usize,
    pub text: String,
}

impl Found {
    /// Nothing when the text is blank.
    fn new(place: String, what: &'static str, text: &str) -> Option<Self> {
        let letters = text.chars().filter(|sign| sign.is_alphanumeric()).count();
        (letters > 0).then(|| Self { place, what, letters, text: text.trim().to_owned() })
    }
}

/// What a question asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// In the colour of a box.
    Boxed,
    /// Hidden in another way.
    Hidden,
}

/// Text in the colour of its highlight, shading, cell or shape.
pub(super) fn boxed_text(parts: &Parts, limits: &Limits) -> Vec<Found> {
    runs(parts, limits).into_iter().filter(|(way, _)| *way == Way::Boxed).map(|(_, found)| found).collect()
}

/// White, tiny or hidden text.
pub(super) fn hidden_runs(parts: &Parts, limits: &Limits) -> Vec<Found> {
    runs(parts, limits).into_iter().filter(|(way, _)| *way == Way::Hidden).map(|(_, found)| found).collect()
}

fn runs(parts: &Parts, limits: &Limits) -> Vec<(Way, Found)> {
    let found = match parts.kind {
        Office::Word => word::runs(parts, limits),
        Office::Workbook => workbook::runs(parts, limits),
        Office::Slides => slides::runs(parts, limits),
        Office::OpenDocument => opendocument::runs(parts, limits),
        Office::Other => Vec::new(),
    };
    joined(found)
}

/// Findings of one place and way as one: Word splits a sentence into many runs.
fn joined(found: Vec<(Way, Found)>) -> Vec<(Way, Found)> {
    let mut all: Vec<(Way, Found)> = Vec::new();
    for (way, one) in found {
        match all.last_mut() {
            Some((known, last)) if *known == way && last.place == one.place && last.what == one.what => {
                last.letters += one.letters;
                last.text.push(' ');
                last.text.push_str(&one.text);
            }
            _ => all.push((way, one)),
        }
    }
    all
}

/// Filled shapes without text in front of text: a place and how many.
pub(super) fn covering_shapes(parts: &Parts, limits: &Limits) -> Vec<(String, usize)> {
    match parts.kind {
        Office::Word => word::shapes(parts, limits),
        Office::Workbook => workbook::shapes(parts, limits),
        Office::Slides => slides::shapes(parts, limits),
        Office::OpenDocument => opendocument::shapes(parts, limits),
        Office::Other => Vec::new(),
    }
}

/// Six hexadecimal digits as a colour; those of eight begin with the opacity.
fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim_start_matches('#');
    let digits = if digits.len() == 8 { digits.get(2..)? } else { digits };
    if digits.len() != 6 || !digits.is_ascii() {
        return None;
    }
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

fn is_dark(colour: [u8; 3]) -> bool {
    colour.iter().all(|channel| *channel <= 0x50)
}

fn is_white(colour: [u8; 3]) -> bool {
    colour.iter().all(|channel| *channel >= 0xf4)
}

/// Two colours that the eye takes for one.
fn is_alike(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= 12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_with_and_without_opacity() {
        assert_eq!(rgb("FF000000"), Some([0; 3]));
        assert_eq!(rgb("#ffffff"), Some([255; 3]));
        assert_eq!(rgb("auto"), None);
        assert_eq!(rgb("ä12345"), None);
    }
}
