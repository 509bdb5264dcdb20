//! Fonts that hold only the letters which a document shows: what they have for removed text alone goes with it.
//!
//! Of such a font the table ToUnicode is written anew with the codes that still are shown, and in TrueType programs the outlines
//! of letters that no text shows any more are blanked. Otherwise the font would tell which letters a removed name had.
//!
//! Not here: outlines in CFF and Type1 programs, widths. They stay and tell which letters a document had, not where.
//!
//! Tables of TrueType: OpenType 1.9, "glyf", "loca", "head".

use std::collections::{BTreeMap, BTreeSet, HashMap};

use lopdf::{Dictionary, Object, ObjectId};
use ttf_parser::{RawFace, Tag, cmap};

use super::edit::Hits;
use super::filters::{self, Decoded};
use super::fonts;
use super::store::Store;
use super::unit::Unit;

/// Most bytes of a font or a table.
const LIMIT: usize = 64 << 20;

/// The codes that texts show in a font.
#[derive(Default)]
struct Usage {
    kept: BTreeSet<u32>,
    gone: BTreeSet<u32>,
    /// What simple fonts read kept and removed codes as, for fonts that find their letters by characters.
    chars: BTreeMap<u32, char>,
}

/// New data of streams of fonts.
pub(super) fn changes(store: &Store, units: &[Unit], hits: &BTreeMap<u32, Hits>) -> HashMap<ObjectId, Vec<u8>> {
    let mut changes = HashMap::new();
    let mut touched: BTreeSet<ObjectId> = BTreeSet::new();
    for (unit, hits) in hits {
        let Some(unit) = units.get(*unit as usize) else { continue };
        let shows = hits
            .keys()
            .filter_map(|glyph| unit.glyphs.get(*glyph as usize))
            .filter_map(|glyph| unit.shows.get(glyph.show as usize));
        touched.extend(shows.filter_map(|show| show.font).filter(|font| is_subset(store, *font)));
    }
    if touched.is_empty() {
        return changes;
    }
    let usage = usage(units, hits);
    let losing = |font: &ObjectId| usage.get(font).is_some_and(|usage| usage.gone.difference(&usage.kept).next().is_some());
    // Fonts may have a table or a program in common: what any of them keeps stays.
    let mut tables: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    let mut programs: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for font in usage.keys() {
        let Some(dict) = dictionary(store, *font) else { continue };
        if let Some(table) = stream_id(store, dict, b"ToUnicode") {
            tables.entry(table).or_default().push(*font);
        }
        if let Some(program) = descriptor(store, dict).and_then(|dict| stream_id(store, dict, b"FontFile2")) {
            programs.entry(program).or_default().push(*font);
        }
    }
    let concerns = |fonts: &[ObjectId]| fonts.iter().any(|font| touched.contains(font) && losing(font));
    for (table, fonts) in tables.iter().filter(|(_, fonts)| concerns(fonts)) {
        let keeps = |code: u32| fonts.iter().filter_map(|font| usage.get(font)).any(|usage| usage.kept.contains(&code));
        let written = decoded(store, *table).and_then(|bytes| fonts::to_unicode_of(&bytes, &keeps));
        changes.extend(written.map(|bytes| (*table, bytes)));
    }
    for (program, fonts) in programs.iter().filter(|(_, fonts)| concerns(fonts)) {
        let fonts: Vec<(&Dictionary, &Usage)> =
            fonts.iter().filter_map(|font| Some((dictionary(store, *font)?, usage.get(font)?))).collect();
        let blanked = decoded(store, *program).and_then(|bytes| without_outlines(store, bytes, &fonts));
        changes.extend(blanked.map(|bytes| (*program, bytes)));
    }
    changes
}

fn usage(units: &[Unit], hits: &BTreeMap<u32, Hits>) -> HashMap<ObjectId, Usage> {
    let mut all: HashMap<ObjectId, Usage> = HashMap::new();
    for (index, unit) in units.iter().enumerate() {
        let hits = hits.get(&(index as u32));
        for show in &unit.shows {
            let Some(font) = show.font else { continue };
            let usage = all.entry(font).or_default();
            for number in show.glyphs.clone() {
                let Some(glyph) = unit.glyphs.get(number) else { continue };
                let bytes = glyph.code.get(..usize::from(glyph.code_length)).unwrap_or_default();
                let code = bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                let gone = hits.is_some_and(|hits| hits.contains_key(&(number as u32)));
                if if gone { usage.gone.insert(code) } else { usage.kept.insert(code) } {
                    usage.chars.extend(glyph.reading.first().map(|char| (code, char)));
                }
            }
        }
    }
    all
}

fn dictionary(store: &Store, font: ObjectId) -> Option<&Dictionary> {
    store.document.objects.get(&font)?.as_dict().ok()
}

/// Whether a font holds only some letters: its name begins with six letters and a plus.
fn is_subset(store: &Store, font: ObjectId) -> bool {
    let name = dictionary(store, font).and_then(|dict| store.name(dict, b"BaseFont")).unwrap_or_default();
    name.get(6) == Some(&b'+') && name.iter().take(6).all(u8::is_ascii_uppercase)
}

fn stream_id(store: &Store, dict: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    match store.resolve_with_id(dict.get(key).ok()?) {
        (Some(id), Object::Stream(_)) => Some(id),
        _ => None,
    }
}

fn decoded(store: &Store, id: ObjectId) -> Option<Vec<u8>> {
    let stream = store.document.objects.get(&id)?.as_stream().ok()?;
    match filters::decode(store, stream, LIMIT).ok()? {
        Decoded::Bytes(bytes) => Some(bytes),
        Decoded::Image => None,
    }
}

/// The font of a composite font that has the outlines.
fn descendant<'s>(store: &'s Store, dict: &'s Dictionary) -> Option<&'s Dictionary> {
    store.resolve(store.array(dict, b"DescendantFonts")?.first()?).as_dict().ok()
}

fn descriptor<'s>(store: &'s Store, dict: &'s Dictionary) -> Option<&'s Dictionary> {
    store.dict(descendant(store, dict).unwrap_or(dict), b"FontDescriptor")
}

/// The program with the outlines blanked that only removed codes need. Nothing when it is not certain which those are.
fn without_outlines(store: &Store, mut program: Vec<u8>, fonts: &[(&Dictionary, &Usage)]) -> Option<Vec<u8>> {
    let (mut kept, mut gone): (BTreeSet<u16>, BTreeSet<u16>) = (BTreeSet::from([0]), BTreeSet::new());
    for (dict, usage) in fonts {
        let glyphs = Glyphs::of(store, dict, &program)?;
        let all = |codes: &BTreeSet<u32>| codes.iter().flat_map(|code| glyphs.of_code(*code, usage)).collect::<Vec<u16>>();
        kept.extend(all(&usage.kept));
        gone.extend(all(&usage.gone));
    }
    let outlines = Outlines::of(&program)?;
    let mut open: Vec<u16> = kept.iter().copied().collect();
    while let Some(glyph) = open.pop() {
        for part in outlines.components(&program, glyph) {
            if kept.insert(part) {
                open.push(part);
            }
        }
    }
    let ranges: Vec<_> = gone.difference(&kept).filter_map(|glyph| outlines.range(&program, *glyph)).collect();
    for range in ranges {
        program.get_mut(range)?.fill(0);
    }
    Some(program)
}

/// How codes of a font become glyphs of its program.
enum Glyphs<'p> {
    /// The code is the glyph.
    Same,
    /// Two bytes for each code say which.
    Listed(Vec<u8>),
    /// By the tables of the program.
    Tables(Vec<cmap::Subtable<'p>>),
}

impl<'p> Glyphs<'p> {
    fn of(store: &Store, dict: &Dictionary, program: &'p [u8]) -> Option<Self> {
        let Some(inner) = descendant(store, dict) else {
            let table = RawFace::parse(program, 0).ok()?.table(Tag::from_bytes(b"cmap"))?;
            return Some(Self::Tables(cmap::Table::parse(table)?.subtables.into_iter().collect()));
        };
        if !matches!(store.name(dict, b"Encoding"), Some(b"Identity-H" | b"Identity-V")) {
            return None;
        }
        match store.get(inner, b"CIDToGIDMap") {
            Object::Null => Some(Self::Same),
            Object::Name(name) if name == b"Identity" => Some(Self::Same),
            Object::Stream(stream) => match filters::decode(store, stream, LIMIT).ok()? {
                Decoded::Bytes(list) => Some(Self::Listed(list)),
                Decoded::Image => None,
            },
            _ => None,
        }
    }

    /// The glyphs that viewers may take for a code.
    fn of_code(&self, code: u32, usage: &Usage) -> Vec<u16> {
        match self {
            Self::Same => u16::try_from(code).into_iter().collect(),
            Self::Listed(list) => {
                let at = code as usize * 2;
                list.get(at..at + 2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).into_iter().collect()
            }
            Self::Tables(tables) => {
                let char = usage.chars.get(&code).map(|char| u32::from(*char));
                let ways = [Some(code), Some(0xF000 + code), char];
                let found = tables.iter().flat_map(|table| ways.iter().flatten().filter_map(|code| table.glyph_index(*code)));
                found.map(|glyph| glyph.0).filter(|glyph| *glyph != 0).collect()
            }
        }
    }
}

/// Where the outlines of a program stand.
struct Outlines {
    glyf: usize,
    loca: usize,
    wide: bool,
    count: usize,
}

impl Outlines {
    fn of(program: &[u8]) -> Option<Self> {
        let face = RawFace::parse(program, 0).ok()?;
        let offset = |tag: &[u8; 4]| {
            let table = face.table(Tag::from_bytes(tag))?;
            Some((table.as_ptr().addr() - program.as_ptr().addr(), table))
        };
        let (_, head) = offset(b"head")?;
        let wide = *head.get(51)? == 1;
        let (glyf, _) = offset(b"glyf")?;
        let (loca, places) = offset(b"loca")?;
        Some(Self { glyf, loca, wide, count: places.len() / if wide { 4 } else { 2 } })
    }

    fn place(&self, program: &[u8], glyph: usize) -> Option<usize> {
        if self.wide {
            let bytes = program.get(self.loca + 4 * glyph..)?.first_chunk::<4>()?;
            usize::try_from(u32::from_be_bytes(*bytes)).ok()
        } else {
            let bytes = program.get(self.loca + 2 * glyph..)?.first_chunk::<2>()?;
            Some(usize::from(u16::from_be_bytes(*bytes)) * 2)
        }
    }

    /// The bytes of an outline; nothing for one that is empty or not there.
    fn range(&self, program: &[u8], glyph: u16) -> Option<std::ops::Range<usize>> {
        let glyph = usize::from(glyph);
        if glyph + 1 >= self.count {
            return None;
        }
        let start = self.glyf.checked_add(self.place(program, glyph)?)?;
        let end = self.glyf.checked_add(self.place(program, glyph + 1)?)?;
        (start < end && end <= program.len()).then_some(start..end)
    }

    /// The outlines that one is put together of.
    fn components(&self, program: &[u8], glyph: u16) -> Vec<u16> {
        const WORDS: u16 = 1;
        const SCALE: u16 = 8;
        const MORE: u16 = 32;
        const TWO_SCALES: u16 = 64;
        const MATRIX: u16 = 128;
        let data = self.range(program, glyph).and_then(|range| program.get(range)).unwrap_or_default();
        let word = |at: usize| data.get(at..at + 2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
        let mut parts = Vec::new();
        if word(0).is_none_or(|contours| contours < 0x8000) {
            return parts;
        }
        let mut at = 10;
        while let (Some(flags), Some(part)) = (word(at), word(at + 2)) {
            parts.push(part);
            at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
            at += match flags {
                _ if flags & SCALE != 0 => 2,
                _ if flags & TWO_SCALES != 0 => 4,
                _ if flags & MATRIX != 0 => 8,
                _ => 0,
            };
            if flags & MORE == 0 {
                break;
            }
        }
        parts
    }
}
