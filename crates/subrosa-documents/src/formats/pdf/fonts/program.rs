//! What an embedded font program says about its own glyphs.
//!
//! Type1: the encoding in its clear-text part. CFF: charset and encoding. TrueType: `cmap` and `post`.

use std::collections::HashMap;

use ttf_parser::{GlyphId, RawFace, Tag, cff, cmap, post};

use super::super::tokenizer::{Operand, Tokenizer};
use super::names;

/// Most glyphs of a font: identifiers are 16 bits wide.
const MAX_GLYPHS: u32 = 1 << 16;
/// Glyphs of the standard Macintosh order, whose names a `post` table leaves out.
const MACINTOSH_GLYPHS: usize = 258;

/// The built-in encoding of a Type1 program: `dup 65 /A put`.
pub(super) fn type1_encoding(program: &[u8]) -> HashMap<u8, String> {
    let mut map = HashMap::new();
    let clear = memchr::memmem::find(program, b"eexec").map_or(program, |end| &program[..end]);
    let Some(start) = memchr::memmem::find(clear, b"/Encoding") else {
        return map;
    };
    let mut tokenizer = Tokenizer::new(&clear[start..]);
    while let Ok(Some(operation)) = tokenizer.next_operation() {
        match operation.operator {
            b"put" => {
                if let [.., (Operand::Number(code), _), (Operand::Name(name), _)] = operation.operands.as_slice()
                    && (0.0..256.0).contains(code)
                    && let Some(text) = names::text_of(name)
                {
                    map.insert(*code as u8, text);
                }
            }
            b"def" | b"readonly" if !map.is_empty() => break,
            b"StandardEncoding" => {
                for code in 0..=255 {
                    if let Some(one) = names::char_in(pdf_encoding::Encoding::AdobeStandard, code) {
                        map.insert(code, one.to_string());
                    }
                }
                break;
            }
            _ => {}
        }
    }
    map
}

/// The built-in encoding of a bare CFF program.
pub(super) fn cff_encoding(program: &[u8]) -> HashMap<u8, String> {
    let mut map = HashMap::new();
    let Some(table) = cff_table(program) else {
        return map;
    };
    for code in 0..=255_u8 {
        let name = table.glyph_index(code).filter(|glyph| glyph.0 != 0).and_then(|glyph| table.glyph_name(glyph));
        if let Some(text) = name.and_then(|name| names::text_of(name.as_bytes())) {
            map.insert(code, text);
        }
    }
    map
}

/// A CFF program, bare or inside OpenType.
fn cff_table(program: &[u8]) -> Option<cff::Table<'_>> {
    match RawFace::parse(program, 0).ok().and_then(|face| face.table(Tag::from_bytes(b"CFF "))) {
        Some(inner) => cff::Table::parse(inner),
        None => cff::Table::parse(program),
    }
}

/// What a TrueType program says of single-byte codes and of glyph identifiers.
#[derive(Default)]
pub(super) struct TrueType {
    /// Text of a glyph, from the Unicode `cmap` reversed and `post`.
    pub by_glyph: HashMap<u16, String>,
    /// Glyph of a one-byte code, by the symbol or Macintosh `cmap`.
    pub by_code: HashMap<u8, u16>,
    /// Whether `by_code` came from a Macintosh table, so that codes are Mac Roman.
    pub macintosh: bool,
}

impl TrueType {
    pub(super) fn parse(program: &[u8]) -> Self {
        let mut this = Self::default();
        let Ok(face) = RawFace::parse(program, 0) else {
            return this;
        };
        if let Some(data) = face.table(Tag::from_bytes(b"post")) {
            this.by_glyph = post_names(data);
        }
        let Some(table) = face.table(Tag::from_bytes(b"cmap")).and_then(cmap::Table::parse) else {
            return this;
        };
        let mut symbol = None;
        let mut macintosh = None;
        for subtable in table.subtables {
            let platform = (subtable.platform_id as u16, subtable.encoding_id);
            match platform {
                (3, 0) => symbol = Some(subtable),
                (1, _) => macintosh = Some(subtable),
                _ => {}
            }
            if subtable.is_unicode() {
                let mut budget = MAX_GLYPHS;
                subtable.codepoints(|code| {
                    budget = budget.saturating_sub(1);
                    if budget > 0
                        && let (Some(glyph), Some(one)) = (subtable.glyph_index(code), char::from_u32(code))
                        && glyph.0 != 0
                    {
                        this.by_glyph.entry(glyph.0).or_insert_with(|| one.to_string());
                    }
                });
            }
        }
        for code in 0..=255_u8 {
            let in_symbol = symbol.and_then(|table| {
                [0xf000, 0, 0xf100, 0xf200]
                    .iter()
                    .find_map(|base| table.glyph_index(base + u32::from(code)).filter(|glyph| glyph.0 != 0))
            });
            let glyph = in_symbol.or_else(|| {
                let found = macintosh.and_then(|table| table.glyph_index(u32::from(code)).filter(|glyph| glyph.0 != 0));
                this.macintosh |= found.is_some();
                found
            });
            if let Some(glyph) = glyph {
                this.by_code.insert(code, glyph.0);
            }
        }
        this
    }
}

/// Glyph names of a `post` table of version 2.
fn post_names(data: &[u8]) -> HashMap<u16, String> {
    let mut map = HashMap::new();
    let Some(table) = post::Table::parse(data).filter(|_| data.starts_with(&[0, 2, 0, 0])) else {
        return map;
    };
    // Looked up once: finding a name by its number walks the whole list.
    let own: Vec<&str> = table.names().take(MAX_GLYPHS as usize).collect();
    let indices =
        data.get(34..).unwrap_or_default().chunks_exact(2).map(|pair| usize::from(u16::from_be_bytes([pair[0], pair[1]])));
    let count = data.get(32..34).map_or(0, |pair| usize::from(u16::from_be_bytes([pair[0], pair[1]])));
    for (glyph, index) in (0..=u16::MAX).zip(indices.take(count)) {
        let name = match index.checked_sub(MACINTOSH_GLYPHS) {
            None => table.glyph_name(GlyphId(glyph)),
            Some(index) => own.get(index).copied(),
        };
        if let Some(text) = name.and_then(|name| names::text_of(name.as_bytes())) {
            map.insert(glyph, text);
        }
    }
    map
}

/// The text of each glyph identifier of a font that a composite font embeds: TrueType by its tables, CFF by glyph names.
pub(super) fn texts_by_glyph(program: &[u8]) -> HashMap<u16, String> {
    let mut map = TrueType::parse(program).by_glyph;
    if let Some(table) = cff_table(program) {
        for glyph in 0..table.number_of_glyphs() {
            if let Some(text) = table.glyph_name(GlyphId(glyph)).and_then(|name| names::text_of(name.as_bytes())) {
                map.entry(glyph).or_insert(text);
            }
        }
    }
    map
}

/// The glyph of each CID of a CID-keyed CFF program; nothing when CIDs are glyph identifiers.
pub(super) fn cff_cids(program: &[u8]) -> HashMap<u32, u16> {
    let mut map = HashMap::new();
    if let Some(table) = cff_table(program) {
        for glyph in 0..table.number_of_glyphs() {
            if let Some(cid) = table.glyph_cid(GlyphId(glyph)) {
                map.insert(u32::from(cid), glyph);
            }
        }
    }
    map
}
