//! Slots: places in a part that hold text, and how an edit of the text becomes an edit of the markup.

use std::ops::Range;

use super::escape::{self, Offsets};
use super::foreign;

/// How a slot writes its text, and what its vocabulary allows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Character data of an element. `preserve` is where ` xml:space="preserve"` goes when white space comes to an edge,
    /// in vocabularies that drop it otherwise.
    Element {
        /// Offset after the element's name; nothing when the attribute is there or not needed.
        preserve: Option<usize>,
    },
    /// A CDATA section.
    Cdata,
    /// An attribute value.
    Attribute,
    /// An attribute value that has to stay a URI.
    Uri,
    /// The name of an element or attribute, or a prefix: it stays one.
    Name,
    /// An optional attribute that holds a date and time: dropped whole unless it still is one.
    DateAttribute {
        /// From the white space before the attribute's name.
        from: usize,
    },
    /// An attribute value that has to stay a date and time.
    RequiredDate,
    /// An attribute value that has to stay a number.
    NumberAttribute,
    /// Character data that has to stay a date and time.
    DateElement,
    /// Character data that has to stay a number.
    NumberElement,
    /// A comment.
    Comment,
    /// A processing instruction's data.
    Instruction,
    /// An element that stands for a character (`w:sym`): removed whole; text in its place goes into a `t` of its prefix.
    Symbol {
        /// Bytes of the prefix with its colon, from the byte after `<`.
        prefix: usize,
    },
    /// Characters of a fixed number in a part that is no markup, of two bytes or one.
    Fixed {
        /// Two bytes a character.
        wide: bool,
    },
}

/// A place in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// The part's number in its package.
    pub(crate) part: usize,
    /// First byte in the decoded part.
    pub(crate) start: usize,
    /// First byte after.
    pub(crate) end: usize,
    /// How it is written.
    pub(crate) kind: Kind,
}

/// A replacement of raw markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Splice {
    /// What goes.
    pub(crate) range: Range<usize>,
    /// What comes.
    pub(crate) text: String,
}

/// A replacement in a slot's decoded text.
#[derive(Clone, Debug)]
pub(crate) struct SlotEdit {
    /// What goes; ascending and disjoint within a slot.
    pub(crate) range: Range<usize>,
    /// What comes.
    pub(crate) text: String,
}

/// What stands for a removed date where the schema demands one. It says nothing of anybody, so that no part of it is residue.
pub(crate) const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// Turns the edits of one slot (`raw` is the whole part) into splices.
pub(crate) fn splice(slot: &Slot, raw: &str, edits: &[SlotEdit], out: &mut Vec<Splice>) {
    let Some(inside) = raw.get(slot.start..slot.end) else {
        return;
    };
    let whole = |text: String| Splice { range: slot.start..slot.end, text };
    match slot.kind {
        Kind::Fixed { .. } => {} // no markup: written by its own part
        Kind::Name => out.push(whole(foreign::as_name(&edited(inside, edits)))),
        Kind::DateAttribute { from } => match constrained(inside, edits, is_date) {
            Some(text) => out.push(whole(text)),
            None => out.push(Splice { range: from..slot.end + 1, text: String::new() }),
        },
        Kind::DateElement | Kind::RequiredDate => {
            out.push(whole(constrained(inside, edits, is_date).unwrap_or_else(|| NO_DATE.to_owned())));
        }
        Kind::NumberElement | Kind::NumberAttribute => {
            out.push(whole(constrained(inside, edits, is_number).unwrap_or_else(|| "0".to_owned())));
        }
        Kind::Symbol { prefix } => {
            let prefix = raw.get(slot.start + 1..slot.start + 1 + prefix).unwrap_or_default();
            let text: String = edits.iter().map(|edit| edit.text.as_str()).collect();
            let markup = if text.is_empty() { text } else { format!("<{prefix}t>{}</{prefix}t>", escape::element(&text)) };
            out.push(whole(markup));
        }
        Kind::Cdata | Kind::Comment | Kind::Instruction => {
            for edit in edits {
                let text = match slot.kind {
                    Kind::Cdata => escape::cdata(&edit.text),
                    // Neither may hold its own end, and a comment no two hyphens.
                    _ => edit.text.replace("--", "__").replace("?>", "__").replace(['<', '>'], "_"),
                };
                out.push(Splice { range: slot.start + edit.range.start..slot.start + edit.range.end, text });
            }
        }
        Kind::Element { .. } | Kind::Attribute | Kind::Uri => {
            let mut offsets = Offsets::new(inside);
            let first = out.len();
            for edit in edits {
                let from = offsets.advance(edit.range.start);
                let until = offsets.advance(edit.range.end);
                let text = match slot.kind {
                    Kind::Element { .. } => escape::element(&edit.text),
                    Kind::Uri => escape::attribute(&escape::uri(&edit.text)),
                    _ => escape::attribute(&edit.text),
                };
                out.push(Splice { range: slot.start + from..slot.start + until, text });
            }
            if let Kind::Element { preserve: Some(at) } = slot.kind
                && white_edge(inside, slot.start, &out[first..])
            {
                out.push(Splice { range: at..at, text: " xml:space=\"preserve\"".to_owned() });
            }
        }
    }
}

/// The decoded text after the edits if it still is what the vocabulary demands.
fn constrained(raw: &str, edits: &[SlotEdit], holds: fn(&str) -> bool) -> Option<String> {
    let text = edited(&escape::decode(raw)?, edits);
    holds(text.trim()).then(|| escape::attribute(&text))
}

/// A text after its edits.
fn edited(text: &str, edits: &[SlotEdit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.range.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Whether the edits bring white space to an edge of the text that had none there.
fn white_edge(inside: &str, start: usize, splices: &[Splice]) -> bool {
    let (Some(first), Some(last)) = (splices.first(), splices.last()) else {
        return false;
    };
    let white = |text: &str, from_end: bool| {
        let edge = if from_end { text.chars().next_back() } else { text.chars().next() };
        edge.is_some_and(char::is_whitespace)
    };
    // The new text, as far as its edges need it.
    let mut new = String::new();
    let mut at = 0;
    for splice in splices {
        new.push_str(inside.get(at..splice.range.start - start).unwrap_or_default());
        new.push_str(&splice.text);
        at = splice.range.end - start;
    }
    new.push_str(inside.get(at..).unwrap_or_default());
    let touches_start = first.range.start == start;
    let touches_end = last.range.end == start + inside.len();
    (touches_start && white(&new, false)) || (touches_end && white(&new, true))
}

/// `2026-01-31` or `2026-01-31T12:00:00` with an optional zone.
fn is_date(text: &str) -> bool {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let digits = |text: &str, pattern: &str| {
        text.len() == pattern.len()
            && text.bytes().zip(pattern.bytes()).all(
                |(byte, expected)| {
                    if expected == b'0' { byte.is_ascii_digit() } else { byte == expected }
                },
            )
    };
    let time_holds = |time: &str| {
        let clock = time.trim_end_matches('Z');
        let (clock, zone) = clock.split_at_checked(8).unwrap_or((clock, ""));
        digits(clock, "00:00:00") && zone.bytes().all(|byte| byte.is_ascii_digit() || b".:+-".contains(&byte))
    };
    digits(date, "0000-00-00") && time.is_none_or(time_holds)
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite)
}
