//! Fonts: from the bytes of a shown string to characters and widths.
//!
//! A code's character is looked for where viewers and copy-and-paste look: ToUnicode first, then the encoding with its
//! differences, then the font program itself. Where two of these disagree both readings are kept, since a wrong ToUnicode
//! table would otherwise hide from detection what the eye sees. A code without any reading is reported as such and never
//! guessed. ISO 32000-2, 9.5 to 9.10.
//!
//! Glyph outlines are not looked at: a font whose tables lie in every place at once can only be found out by drawing it.

mod cmap;
mod composite;
mod metrics;
pub(super) mod names;
mod program;
mod simple;

use std::ops::Range;
use std::sync::Arc;

use lopdf::{Dictionary, ObjectId};

use super::geometry::Matrix;
use super::store::Store;

pub(super) use metrics::helvetica_width;

/// What a code means.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Reading {
    /// Nothing says so.
    #[default]
    Unknown,
    Char(char),
    /// Several characters: a ligature, a decomposed letter.
    Text(Arc<str>),
}

impl Reading {
    /// Drops characters that say nothing: U+0000, U+FFFD, private use.
    fn from_text(text: &str) -> Self {
        let meaningless = |c: char| c == '\0' || c == '\u{fffd}' || ('\u{e000}'..='\u{f8ff}').contains(&c) || c > '\u{effff}';
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Self::Unknown,
            _ if text.chars().all(meaningless) => Self::Unknown,
            (Some(one), None) => Self::Char(one),
            _ => Self::Text(text.into()),
        }
    }

    pub(super) fn is_known(&self) -> bool {
        *self != Self::Unknown
    }

    pub(super) fn push_to(&self, text: &mut String) {
        match self {
            Self::Unknown => text.push('\u{fffd}'),
            Self::Char(one) => text.push(*one),
            Self::Text(all) => text.push_str(all),
        }
    }

    pub(super) fn first(&self) -> Option<char> {
        match self {
            Self::Unknown => None,
            Self::Char(one) => Some(*one),
            Self::Text(all) => all.chars().next(),
        }
    }
}

/// One code of a shown string.
pub(super) struct Code {
    /// Its bytes in the string.
    pub bytes: Range<usize>,
    pub reading: Reading,
    /// A second reading, where the font's own tables disagree with the first.
    pub other: Reading,
    /// Advance along the writing direction for a font size of one. Negative downwards in vertical writing.
    pub advance: f64,
    /// Whether word spacing applies: a one-byte code 32.
    pub word_space: bool,
}

/// A font as far as text needs it.
pub(super) struct Font {
    coding: Coding,
    /// Its object, where it is one of its own.
    pub id: Option<ObjectId>,
    /// Whether it writes downwards.
    pub vertical: bool,
}

enum Coding {
    Simple(Box<simple::Simple>),
    Composite(Box<composite::Composite>),
}

impl Font {
    /// Reads a font dictionary. Always gives a font: what cannot be read in it leaves codes unknown.
    pub(super) fn load(store: &Store, dict: &Dictionary, id: Option<ObjectId>, limit: usize) -> Self {
        if store.name(dict, b"Subtype") == Some(b"Type0") {
            let composite = composite::Composite::load(store, dict, limit);
            let vertical = composite.vertical();
            Self { coding: Coding::Composite(Box::new(composite)), id, vertical }
        } else {
            Self { coding: Coding::Simple(Box::new(simple::Simple::load(store, dict, limit))), id, vertical: false }
        }
    }

    /// Hands the codes of a shown string to `each`, in order.
    pub(super) fn decode(&self, bytes: &[u8], each: &mut dyn FnMut(Code)) {
        match &self.coding {
            Coding::Simple(simple) => simple.decode(bytes, each),
            Coding::Composite(composite) => composite.decode(bytes, each),
        }
    }
}

/// The scale from a Type3 font's glyph space to text space.
fn type3_scale(store: &Store, dict: &Dictionary) -> f64 {
    let matrix = store.matrix(dict, b"FontMatrix").unwrap_or(Matrix([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]));
    matrix.apply_vector(1.0, 0.0).length()
}

/// The decoded ToUnicode table of a font.
fn to_unicode(store: &Store, dict: &Dictionary, limit: usize) -> Option<cmap::CMap> {
    let stream = store.stream(dict, b"ToUnicode")?;
    match super::filters::decode(store, stream, limit).ok()? {
        super::filters::Decoded::Bytes(bytes) => Some(cmap::CMap::parse(&bytes)),
        super::filters::Decoded::Image => None,
    }
}

/// A table ToUnicode with those of its codes that are to stay; nothing when it cannot be written anew.
pub(super) fn to_unicode_of(table: &[u8], keeps: &dyn Fn(u32) -> bool) -> Option<Vec<u8>> {
    cmap::CMap::parse(table).written(keeps)
}
