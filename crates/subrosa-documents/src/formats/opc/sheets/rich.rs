//! Strings of spreadsheets: a text in runs, with the reading of it (`rPh`) beside it. Shared strings and inline strings are
//! of one kind. Written to ECMA-376-1, 18.4.

use std::ops::Range;

use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::xml::{Kind, Name, Slot, Tag, TextKind, Visitor, escape, scan};

use crate::flow::{Piece, Reading};

/// A string item.
#[derive(Clone, Debug, Default)]
pub(super) struct Rich {
    /// Its text without phonetic readings.
    pub(super) text: String,
    /// Where its runs stand.
    pub(super) pieces: Vec<Piece>,
    /// The phonetic readings.
    pub(super) phonetic: Vec<(String, Slot)>,
    /// The elements that belong to phonetic readings.
    pub(super) aside: Vec<Range<usize>>,
}

/// Follows the elements of one item.
#[derive(Default)]
pub(super) struct RichReader {
    pub(super) rich: Rich,
    /// Where the phonetic element that is open begins.
    phonetic: Option<(usize, usize)>,
    depth: usize,
    /// Where ` xml:space` could go in the `t` that is open.
    in_text: Option<Option<usize>>,
}

impl RichReader {
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        match tag.name.local {
            "rPh" | "phoneticPr" if self.phonetic.is_none() => self.phonetic = Some((self.depth, tag.range.start)),
            "t" => {
                let spaced = tag.attributes.iter().any(|attribute| attribute.name.local == "space");
                self.in_text = Some((!spaced).then_some(tag.name_end));
            }
            _ => {}
        }
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &Name<'_>, end: usize) {
        self.depth = self.depth.saturating_sub(1);
        if name.local == "t" {
            self.in_text = None;
        }
        if let Some((depth, start)) = self.phonetic
            && depth == self.depth
        {
            self.rich.aside.push(start..end);
            self.phonetic = None;
        }
    }

    /// `raw` is the markup at `range`, which stands in part `part`.
    pub(super) fn text(&mut self, part: usize, raw: &str, range: &Range<usize>, kind: TextKind) {
        let Some(preserve) = self.in_text else { return };
        let (decoded, kind) = match kind {
            TextKind::Plain => (escape::decode(raw).unwrap_or_default(), Kind::Element { preserve }),
            TextKind::Cdata => (raw.into(), Kind::Cdata),
            TextKind::Comment | TextKind::Instruction => return,
        };
        let slot = Slot { part, start: range.start, end: range.end, kind };
        if self.phonetic.is_some() {
            self.rich.phonetic.push((decoded.into_owned(), slot));
        } else {
            let start = self.rich.text.len();
            self.rich.text.push_str(&decoded);
            self.rich.pieces.push(Piece { start, end: self.rich.text.len(), slot, reading: Reading::Every });
        }
    }
}

/// A shared string as the file has it.
pub(super) struct Item {
    /// The whole `si` element.
    pub(super) range: Range<usize>,
    /// What is between its tags; empty for an empty element.
    pub(super) inside: Range<usize>,
    pub(super) text: String,
}

/// The shared strings, in order.
#[derive(Default)]
pub(super) struct Strings<'a> {
    part: usize,
    source: &'a str,
    pub(super) items: Vec<Item>,
    open: Option<(Range<usize>, RichReader)>,
}

impl<'a> Strings<'a> {
    /// Reads the shared strings part.
    pub(super) fn read(part: usize, name: &str, text: &'a str, limits: &Limits) -> Result<Vec<Item>, Refusal> {
        let mut strings = Self { part, source: text, ..Self::default() };
        scan(name, text, limits, &mut strings)?;
        Ok(strings.items)
    }
}

impl<'a> Visitor<'a> for Strings<'_> {
    fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
        match &mut self.open {
            Some((_, reader)) => reader.open(tag),
            None if tag.name.local == "si" => self.open = Some((tag.range.clone(), RichReader::default())),
            None => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
        if name.local == "si" {
            if let Some((tag, RichReader { rich, .. })) = self.open.take() {
                // Nothing is inside an empty-element tag.
                let close =
                    if tag.end == end { end } else { self.source.get(..end).and_then(|head| head.rfind("</")).unwrap_or(end) };
                self.items.push(Item { range: tag.start..end, inside: tag.end..close, text: rich.text });
            }
        } else if let Some((_, reader)) = &mut self.open {
            reader.close(name, end);
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
        if let Some((_, reader)) = &mut self.open {
            reader.text(self.part, self.source.get(range.clone()).unwrap_or_default(), &range, kind);
        }
        Ok(())
    }
}

/// Reads the item at `range` once more, with its pieces.
pub(super) fn item(part: usize, text: &str, range: &Range<usize>) -> Option<Rich> {
    struct One<'a> {
        part: usize,
        source: &'a str,
        reader: RichReader,
    }
    impl<'a> Visitor<'a> for One<'_> {
        fn open(&mut self, tag: &Tag<'a>) -> Result<(), Refusal> {
            self.reader.open(tag);
            Ok(())
        }
        fn close(&mut self, name: &Name<'a>, end: usize) -> Result<(), Refusal> {
            self.reader.close(name, end);
            Ok(())
        }
        fn text(&mut self, range: Range<usize>, kind: TextKind) -> Result<(), Refusal> {
            let raw = self.source.get(range.clone()).unwrap_or_default();
            self.reader.text(self.part, raw, &range, kind);
            Ok(())
        }
    }
    let source = text.get(range.clone())?;
    let mut one = One { part, source, reader: RichReader::default() };
    scan("string", source, &Limits::default(), &mut one).ok()?;
    let mut rich = one.reader.rich;
    let shift = range.start;
    let moved = |slot: &mut Slot| {
        slot.start += shift;
        slot.end += shift;
        if let Kind::Element { preserve: Some(at) } = &mut slot.kind {
            *at += shift;
        }
    };
    rich.pieces.iter_mut().for_each(|piece| moved(&mut piece.slot));
    rich.phonetic.iter_mut().for_each(|(_, slot)| moved(slot));
    for aside in &mut rich.aside {
        *aside = aside.start + shift..aside.end + shift;
    }
    Some(rich)
}
