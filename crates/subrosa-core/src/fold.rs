//! Text in the form in which two writings of one value are the same: `JANE  ROE`, `Jane-Roe` and `Ｊａｎｅ Roe` fold to `janeroe`.
//!
//! Compatibility composition (NFKC), no difference of case, and nothing of white space, hyphens and characters without a
//! width. Folding is for looking a value up; what is found is mapped back to its place in the text, and whether a match
//! stands for itself or inside a longer word is asked there ([`Folded::bounded`]), where the spaces still are.
//!
//! Case is folded by way of upper case (`ß` and `SS` are the same, so are `ς` and `σ`), which is Unicode's full folding but
//! for a few letters such as the dotless `ı`, here the same as `i`. Look-alikes of other scripts stay different.
//! References: UAX #15 (NFKC), Unicode 16 section 3.13 (case folding).

use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Folded bytes between two checkpoints.
const CHECKPOINT: usize = 64;

/// A folded text with the way back.
pub struct Folded<'t> {
    source: &'t str,
    text: String,
    /// (folded offset, source offset) where a group of characters begins, about every [`CHECKPOINT`] bytes.
    checkpoints: Vec<(usize, usize)>,
}

/// Folds a value.
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// Whether a folded value stands in a text for itself, not as a part of a longer word or number.
pub fn stands_in(folded: &str, text: &str) -> bool {
    if folded.is_empty() || text.is_empty() {
        return false;
    }
    let text = Folded::new(text);
    let mut places = text.text().match_indices(folded);
    places.any(|(at, found)| text.bounded(&text.place(at..at + found.len())))
}

/// Letters and digits in a text.
pub fn alphanumerics(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphanumeric()).count()
}

impl<'t> Folded<'t> {
    /// Folds a text. Cost: one pass; memory: the folded text and a quarter of it.
    pub fn new(source: &'t str) -> Self {
        let bytes = source.as_bytes();
        let mut text = Vec::with_capacity(source.len());
        let mut checkpoints = vec![(0, 0)];
        let mut group_text = String::new();
        let (mut at, mut due) = (0, CHECKPOINT);
        while at < bytes.len() {
            if text.len() >= due {
                checkpoints.push((text.len(), at));
                due = text.len() + CHECKPOINT;
            }
            let plain = fold_plain(&bytes[at..], &mut text);
            at += plain;
            if plain == 0 {
                let Some(group) = source.get(at..).and_then(|rest| Groups(rest).next()) else { break };
                group_text.clear();
                fold_group(group, &mut group_text);
                text.extend_from_slice(group_text.as_bytes());
                at += group.len();
            }
        }
        // Bytes of whole characters in, whole characters out: this only checks, and copies nothing.
        let text = String::from_utf8(text).unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned());
        Self { source, text, checkpoints }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text that was folded.
    pub fn source(&self) -> &'t str {
        self.source
    }

    /// Where a range of the folded text stands in the source: from the first character that gave a byte of it to the last.
    /// Dropped characters at its ends are left out. An empty range gives an empty one.
    pub fn place(&self, folded: Range<usize>) -> Range<usize> {
        let index = self.checkpoints.partition_point(|&(start, _)| start <= folded.start).saturating_sub(1);
        let (mut at, mut place) = self.checkpoints.get(index).copied().unwrap_or_default();
        let mut found: Option<Range<usize>> = None;
        let mut buffer = String::new();
        for group in Groups(self.source.get(place..).unwrap_or_default()) {
            if at >= folded.end {
                break;
            }
            buffer.clear();
            fold_group(group, &mut buffer);
            let next = at + buffer.len();
            if next > folded.start && next > at {
                let start = found.map_or(place, |found| found.start);
                found = Some(start..place + group.len());
            }
            at = next;
            place += group.len();
        }
        found.unwrap_or(place..place)
    }

    /// Whether what stands at `place` in the source stands there for itself, not as a part of a longer word or number.
    pub fn bounded(&self, place: &Range<usize>) -> bool {
        bounded(self.source, place)
    }
}

/// Whether a range of a text is no part of a longer word or number: no letter is cut from a letter and no digit from a digit
/// at its ends. Characters without a width do not count, and writing systems without spaces have no such bounds.
///
/// # Panics
/// If the range does not lie in the text on character boundaries.
pub fn bounded(text: &str, place: &Range<usize>) -> bool {
    let inside = &text[place.clone()];
    let before = text[..place.start].chars().rev().find(|&char| !invisible(char));
    let after = text[place.end..].chars().find(|&char| !invisible(char));
    !joined(before, inside.chars().next()) && !joined(inside.chars().next_back(), after)
}

fn joined(left: Option<char>, right: Option<char>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let letter = |char: char| char.is_alphabetic() || is_combining_mark(char);
    (left.is_numeric() && right.is_numeric()) || (letter(left) && letter(right) && !(unspaced(left) || unspaced(right)))
}

/// Scripts that are written without spaces between words, or with endings joined to names.
fn unspaced(char: char) -> bool {
    matches!(u32::from(char),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3130..=0x318F
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Characters that a reader does not see.
fn invisible(char: char) -> bool {
    matches!(char, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn dropped(char: char) -> bool {
    char == '-' || char.is_whitespace() || matches!(char, '\u{2010}'..='\u{2015}' | '\u{2212}') || invisible(char)
}

/// What each character from U+0080 to U+00FF folds to by itself, and how many bytes that are. Raw bytes read as Latin-1 are
/// full of them.
static LATIN: LazyLock<[([u8; 8], usize); 128]> = LazyLock::new(|| {
    let mut table = [([0; 8], 0); 128];
    for (entry, byte) in table.iter_mut().zip(0x80_u8..=0xFF) {
        let mut folded = String::new();
        fold_any(char::from(byte).encode_utf8(&mut [0; 2]), &mut folded);
        for (place, byte) in entry.0.iter_mut().zip(folded.bytes()) {
            *place = byte;
        }
        entry.1 = folded.len();
    }
    table
});

/// What each ASCII character folds to; [`DROP`] where to nothing.
const PLAIN: [u8; 128] = {
    let mut table = [DROP; 128];
    let mut byte = 0;
    while byte < 128 {
        if !matches!(byte, b' ' | b'-' | 0x09..=0x0D) {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

const DROP: u8 = 0xFF;

/// Folds the characters below U+0100 that `bytes` begin with, in at most [`CHECKPOINT`] bytes and up to one that the next may
/// compose with. Gives the number of bytes.
fn fold_plain(bytes: &[u8], out: &mut Vec<u8>) -> usize {
    let window = &bytes[..bytes.len().min(CHECKPOINT)];
    let mut folded = [0_u8; CHECKPOINT];
    if window.is_ascii() && bytes.get(window.len()).is_none_or(|&next| next < COMPOSING) {
        let mut kept = 0;
        for &byte in window {
            let to = PLAIN.get(usize::from(byte)).copied().unwrap_or(DROP);
            if let Some(place) = folded.get_mut(kept) {
                *place = to;
            }
            kept += usize::from(to != DROP);
        }
        out.extend_from_slice(folded.get(..kept).unwrap_or_default());
        return window.len();
    }
    let latin = &*LATIN;
    // The most that a window gives: five bytes for two.
    let mut folded = [0_u8; CHECKPOINT * 3];
    let (mut at, mut kept) = (0, 0);
    while at < window.len() {
        let (code, length) = match bytes.get(at..).unwrap_or_default() {
            [byte, ..] if byte.is_ascii() => (*byte, 1),
            [0xC2, byte, ..] => (*byte, 2),
            [0xC3, byte, ..] => (*byte | 0x40, 2),
            _ => break,
        };
        if bytes.get(at + length).is_some_and(|&next| next >= COMPOSING) {
            break;
        }
        if let Some(&to) = PLAIN.get(usize::from(code)) {
            if let Some(place) = folded.get_mut(kept) {
                *place = to;
            }
            kept += usize::from(to != DROP);
        } else if let Some((text, used)) = latin.get(usize::from(code & 0x7F)) {
            if let Some(place) = folded.get_mut(kept..kept + text.len()) {
                place.copy_from_slice(text);
            }
            kept += used;
        }
        at += length;
    }
    out.extend_from_slice(folded.get(..kept).unwrap_or_default());
    at
}

/// Nothing below U+0300 joins what stands before it: no character that begins with a lesser byte.
const COMPOSING: u8 = 0xCC;

fn fold_group(group: &str, out: &mut String) {
    match *group.as_bytes() {
        [b' ' | b'-' | 0x09..=0x0D] => {}
        [byte] => out.push(char::from(byte.to_ascii_lowercase())),
        _ => fold_any(group, out),
    }
}

fn fold_any(group: &str, out: &mut String) {
    // A mark on a blank, as the spacing diacritics decompose, stands on no letter and goes with its blank.
    let mut on_blank = false;
    for char in group.nfkc() {
        on_blank = char == ' ' || on_blank && is_combining_mark(char);
        if on_blank {
            continue;
        }
        if char.is_ascii() {
            if !dropped(char) {
                out.push(char.to_ascii_lowercase());
            }
        } else if !dropped(char) {
            // Folding can leave what composes anew only for letters whose case pair is a sequence, and then on both sides.
            out.extend(char.to_uppercase().flat_map(char::to_lowercase));
        }
    }
}

/// The text in pieces that normalise for themselves: a character with the marks and jamo that follow it.
struct Groups<'t>(&'t str);

impl<'t> Iterator for Groups<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        let bytes = self.0.as_bytes();
        let alone = |length: usize| bytes.get(length).is_none_or(|&next| next < COMPOSING);
        let length = if bytes.first()?.is_ascii() && alone(1) {
            1
        } else if matches!(bytes, [0xC2 | 0xC3, ..]) && alone(2) {
            2
        } else {
            let mut chars = self.0.char_indices().skip(1);
            chars.find(|&(_, char)| !joins(char)).map_or(self.0.len(), |(at, _)| at)
        };
        let (group, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(group)
    }
}

/// Whether a character may compose with the one before it.
fn joins(char: char) -> bool {
    char as u32 >= 0x300
        && (canonical_combining_class(char) != 0
            || is_combining_mark(char)
            || matches!(char, '\u{1160}'..='\u{11FF}' | '\u{FF9E}' | '\u{FF9F}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writings_of_one_value_fold_to_the_same() {
        let same = ["Jane Roe", "JANE\u{a0}ROE", "jane-roe", "J\u{ad}ane\u{200b} Roe", "Ｊａｎｅ　Ｒｏｅ", "Jane\n‐Roe"];
        assert!(same.iter().all(|text| fold(text) == "janeroe"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Zoe\u{308}"), fold("ZOË"));
        assert_eq!(fold("ﬁnn Σίσυφος"), fold("FINN ΣΊΣΥΦΟΣ"));
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}"), fold("한"));
        assert_ne!(fold("Anna"), fold("Аnna"), "a Cyrillic letter is another");
    }

    #[test]
    fn matches_are_mapped_back_without_dropped_ends() {
        let text = "Dr.  JA\u{ad}NE - Zoe\u{308}, x";
        let folded = Folded::new(text);
        let at = folded.text().find("janezoë").unwrap();
        let place = folded.place(at..at + "janezoë".len());
        assert_eq!(&text[place], "JA\u{ad}NE - Zoe\u{308}");
    }

    #[test]
    fn bounds_are_letters_against_letters_and_digits_against_digits() {
        let bounded_in = |text: &str, value: &str| {
            let at = text.find(value).unwrap();
            bounded(text, &(at..at + value.len()))
        };
        assert!(!bounded_in("Annual", "Ann"));
        assert!(!bounded_in("Han\u{ad}na", "na"));
        assert!(!bounded_in("123456", "2345"));
        assert!(bounded_in("ID12345", "12345"));
        assert!(bounded_in("ann_lee", "ann"));
        assert!(bounded_in("患者王小明住院", "王小明"));
        assert!(bounded_in("(Ann)", "Ann"));
    }

    proptest! {
        #[test]
        fn every_part_is_found_where_it_stands(text in "[a-cA-C \u{e4}\u{c4}\u{df}\u{e9}\u{301}\u{ad}\u{fb01}\u{d55c}\u{1112}\u{1161}\u{1f600}-]{0,200}", from in 0..300_usize, length in 1..20_usize) {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.text(), fold(&text));
            let from = folded.text().floor_char_boundary(from);
            let to = folded.text().ceil_char_boundary(from + length);
            let place = folded.place(from..to);
            prop_assert!(fold(&text[place]).contains(&folded.text()[from..to]));
        }

        #[test]
        fn folding_twice_changes_nothing(text: String) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
