//! Reads a file into segments and judges what of it could not be read.

#![expect(clippy::many_single_char_names, reason = "the six numbers of a matrix are called a to f in the standard")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::OnceLock;

use lopdf::{Object, ObjectId};
use subrosa_core::segment::Segment;

use super::admit::{self, Page};
use super::attachments;
use super::body::{Origin, PdfBody};
use super::budget::Budget;
use super::carriers::{self, Carriers};
use super::figures;
use super::geometry::Matrix;
use super::inline;
use super::interpreter::{Interpreter, place_name};
use super::notes;
use super::pages::Pages;
use super::raster;
use super::raw_parts;
use super::store::Store;
use super::strings;
use super::text::{self, Shown};
use super::unit::{Item, Place, Unit};
use super::write;
use crate::document::{Document, Part, UnreadPart};
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested::Children;
use crate::refusal::Refusal;

/// A page this much covered by images is a scan, whatever text lies over or under them.
const SCAN_COVERAGE: f64 = 0.7;
/// On a page without text, images that cover this much may show some.
const IMAGE_COVERAGE: f64 = 0.01;
/// So few glyphs without a reading may be symbols that say nothing.
const SYMBOLS: usize = 24;
/// On a page without text, this many drawn segments may be letters.
const DRAWN_SEGMENTS: usize = 400;

/// Reads a file.
pub(super) fn read(source: &Source<'_>, limits: &Limits) -> Result<Document, Refusal> {
    interpret(source, limits, |_| Ok(())).map(|(document, ())| document)
}

/// Reads a file and lists its raw parts, for which its objects are loaded once.
pub(super) fn read_with_parts(source: &Source<'_>, limits: &Limits) -> Result<(Document, Vec<Part>), Refusal> {
    interpret(source, limits, |store| raw_parts::of(store, source, limits))
}

fn interpret<T>(
    source: &Source<'_>,
    limits: &Limits,
    more: impl FnOnce(&Store) -> Result<T, Refusal>,
) -> Result<(Document, T), Refusal> {
    let bytes = source.bytes;
    let budget = Budget::new(limits, source.bytes.len());
    let mut store = admit::load(source.bytes, source.aids.passwords, limits, &budget)?;
    let attached = attachments::read(source, &store, &budget, limits);
    store.attached = attached.iter().map(|attachment| attachment.file).collect();
    let mut carriers = carriers::collect(&store);
    admit::require_objects(&store, &carriers)?;
    let pages = admit::pages(&store, limits)?;
    let mut collected = Collected::default();
    let mut interpreter = Interpreter::new(&store, &budget);
    let mut roots = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let contents = admit::contents(&store, page, index + 1, &budget)?;
        roots.push(interpreter.page(index, contents, page.resources)?);
    }
    interpret_others(&store, &carriers, &mut interpreter)?;
    let units = std::mem::take(&mut interpreter.units);
    let borrowed = std::mem::take(&mut interpreter.borrowed);
    drop(interpreter);
    let unprotected = if source.aids.ocr.is_some() && store.document.was_encrypted() { write::unprotected(&store) } else { None };
    let drawable = unprotected.as_deref().unwrap_or(bytes);
    let mut drawn: Option<Option<Pages>> = None;
    let (mut looked, mut unread) = (BTreeMap::new(), BTreeSet::new());
    for (index, (page, root)) in pages.iter().zip(&roots).enumerate() {
        let name = format!("page {}", index + 1);
        let shown = text::assemble(&units, *root, &budget)?;
        let problem = unreadable(page, &shown);
        let undecoded = shown.undecoded;
        collected.add_shown(Place::Page(index), shown);
        if let Some(reason) = problem {
            let seen = source.aids.ocr.map(|ocr| {
                let drawn = drawn.get_or_insert_with(|| Pages::new(drawable, pages.len()));
                drawn.as_ref().ok_or_else(|| "it cannot be drawn".to_owned())?.read(index, ocr)
            });
            match seen {
                // Glyphs without a reading that were not read from the picture either, as those of another script.
                Some(Ok(seen)) if undecoded > SYMBOLS && seen.sure * 3 < undecoded => {
                    unread.insert(index);
                    collected.unread(&name, format!("{reason}; they cannot be read from its picture either"));
                }
                Some(Ok(seen)) => {
                    looked.insert(index, raster::shown(&units, *root));
                    if !seen.text.is_empty() {
                        collected.add(Segment::new(seen.text.clone()), Origin::Read { page: index, seen });
                    }
                }
                Some(Err(more)) => {
                    unread.insert(index);
                    collected.unread(&name, format!("{reason}; {more}"));
                }
                None => {
                    unread.insert(index);
                    collected.unread(&name, reason);
                }
            }
        }
    }
    let read_as_picture = |index: usize| looked.contains_key(&index) || unread.contains(&index);
    let mut figures = figures::read(&store, source.aids.ocr, &pages, &carriers, &read_as_picture);
    let own = |id: ObjectId| store.dict(&store.document.objects.get(&id)?.as_stream().ok()?.dict, b"Resources");
    let resources = |unit: usize| match units.get(unit)?.place {
        Place::Page(page) => pages.get(page)?.resources,
        Place::Stream(id) => own(id).or_else(|| borrowed.get(&id)),
    };
    let places = figures::Places { units: &units, resources: &resources };
    let left = left_to_pages(&units, &roots, &read_as_picture);
    figures.read_inline(&store, source.aids.ocr, &places, &|unit| left.contains(&unit));
    let mut read_images = Vec::with_capacity(figures.read.len());
    for figure in figures.read {
        collected.add(Segment::new(figure.seen.text.clone()), Origin::Figure(read_images.len()));
        read_images.push(figure);
    }
    let inner: HashSet<usize> = units
        .iter()
        .flat_map(|unit| &unit.items)
        .filter_map(|item| if let Item::Use(inner, _) = item { Some(*inner) } else { None })
        .collect();
    for (index, unit) in units.iter().enumerate() {
        if matches!(unit.place, Place::Stream(_)) && !inner.contains(&index) {
            let name = place_name(unit.place);
            let shown = text::assemble(&units, index, &budget)?;
            collected.judge_glyphs(&name, &shown);
            collected.add_shown(unit.place, shown);
        }
    }
    collected.add_marks(&units);
    let mut notes = notes::collect(&store);
    notes.extend(notes::images(figures.looked));
    notes.extend(notes::looked(&looked));
    carriers.add_tags(&units);
    let destinations = carriers.destination_names();
    let producer = producer(&store);
    if let Some(producer) = &producer {
        collected.add(Segment::labelled(producer.clone(), "producer"), Origin::Producer);
    }
    for found in carriers.strings {
        let labels = found.label.into_iter().collect();
        let origin = Origin::String { object: found.object, ordinal: found.ordinal, key: found.key };
        let structural = is_naming(&origin);
        collected.add(Segment { text: found.text, labels, structural }, origin);
    }
    for name in carriers.names {
        collected.add(Segment::structural(String::from_utf8_lossy(&name).into_owned()), Origin::Name(name));
    }
    let mut children = Children::default();
    let mut attachments = Vec::new();
    // Only what the catalog reaches is written.
    for attachment in attached.into_iter().filter(|attachment| carriers.trails.contains_key(&attachment.file)) {
        let first = collected.segments.len();
        let child = children.adopt(&attachment.part, attachment.document, &mut collected.segments, &mut collected.unread);
        collected.origins.extend((first..collected.segments.len()).map(|_| Origin::Attached));
        attachments.push((attachment.file, child));
    }
    let more = more(&store)?;
    let pages = pages.iter().map(|page| (page.id, page.resources.cloned().unwrap_or_default())).collect();
    let texts = collected.segments.iter().map(|segment| segment.text.clone()).collect();
    let trails = carriers.trails;
    let body = PdfBody {
        store,
        units,
        pages,
        trails,
        destinations,
        segments: texts,
        origins: collected.origins,
        producer,
        notes,
        borrowed,
        bytes: if looked.is_empty() { Vec::new() } else { drawable.to_vec() },
        looked,
        blankable: if collected.unread.len() == unread.len() { unread } else { BTreeSet::new() },
        blank: BTreeSet::new(),
        figures: read_images,
        unseen: figures.unseen,
        blank_images: false,
        children,
        attachments,
        size: bytes.len(),
        sheets: OnceLock::new(),
    };
    Ok((Document { segments: collected.segments, unread: collected.unread, body: Box::new(body) }, more))
}

/// The units that only pages show which are read as a picture. Looked up only where images in content streams may hold text.
fn left_to_pages(units: &[Unit], roots: &[usize], read_as_picture: &dyn Fn(usize) -> bool) -> BTreeSet<usize> {
    if !units.iter().any(|unit| unit.images.iter().any(|image| image.may_hold_text(unit))) {
        return BTreeSet::new();
    }
    let shown_by = |as_picture: bool| -> BTreeSet<usize> {
        let roots = roots.iter().enumerate().filter(|(page, _)| read_as_picture(*page) == as_picture);
        roots.flat_map(|(_, root)| raster::shown(units, *root).into_keys()).collect()
    };
    &shown_by(true) - &shown_by(false)
}

/// Whether a string is the format's own: default appearances, colour profiles, languages, font families.
fn is_naming(origin: &Origin) -> bool {
    let Origin::String { key, .. } = origin else { return false };
    matches!(
        key.as_slice(),
        b"DA"
            | b"Registry"
            | b"Ordering"
            | b"OutputConditionIdentifier"
            | b"OutputCondition"
            | b"RegistryName"
            | b"Lang"
            | b"FontFamily"
    )
}

fn producer(store: &Store) -> Option<String> {
    let info = store.dict(&store.document.trailer, b"Info")?;
    let text = strings::decode(store.get(info, b"Producer").as_str().ok()?);
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Content streams that no page's content uses: appearances, patterns, glyph procedures, forms left over.
fn interpret_others<'a>(store: &'a Store, carriers: &Carriers, interpreter: &mut Interpreter<'a>) -> Result<(), Refusal> {
    for id in &carriers.reached {
        let Some(object) = store.document.objects.get(id) else {
            continue;
        };
        match object {
            Object::Stream(stream) => {
                let form = store.name(&stream.dict, b"Subtype") == Some(b"Form");
                let pattern = store.number(&stream.dict, b"PatternType") == Some(1.0);
                if (form || pattern) && !interpreter.knows(*id) {
                    interpreter.stream(*id, stream, None)?;
                }
            }
            Object::Dictionary(font) if store.name(font, b"Subtype") == Some(b"Type3") => {
                let Some(procedures) = store.dict(font, b"CharProcs") else {
                    continue;
                };
                let resources = store.dict(font, b"Resources");
                for (_, procedure) in procedures {
                    if let (Some(id), Object::Stream(stream)) = store.resolve_with_id(procedure)
                        && !interpreter.knows(id)
                    {
                        interpreter.stream(id, stream, resources)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

#[derive(Default)]
struct Collected {
    segments: Vec<Segment>,
    origins: Vec<Origin>,
    unread: Vec<UnreadPart>,
}

impl Collected {
    fn add(&mut self, segment: Segment, origin: Origin) {
        self.segments.push(segment);
        self.origins.push(origin);
    }

    fn add_shown(&mut self, place: Place, shown: Shown) {
        for assembled in shown.texts {
            if !assembled.text.trim().is_empty() {
                self.add(Segment::new(assembled.text), Origin::Shown { place, map: assembled.map });
            }
        }
    }

    fn unread(&mut self, part: &str, reason: String) {
        self.unread.push(UnreadPart { part: part.to_owned(), reason });
    }

    fn judge_glyphs(&mut self, name: &str, shown: &Shown) {
        if shown.undecoded > 0 {
            self.unread(name, format!("{} glyphs without a known character", shown.undecoded));
        }
    }

    fn add_marks(&mut self, units: &[Unit]) {
        for (unit_index, unit) in units.iter().enumerate() {
            for (mark_index, mark) in unit.marked.iter().enumerate() {
                for (string, (_, text)) in mark.strings.iter().enumerate() {
                    if !text.trim().is_empty() {
                        self.add(Segment::new(text.clone()), Origin::Marked { unit: unit_index, mark: mark_index, string });
                    }
                }
            }
            for (comment, range) in unit.comments.iter().enumerate() {
                let text = inline::loose_text(unit.bytes.get(range.clone()).unwrap_or_default());
                if text.len() > 1 {
                    self.add(Segment::new(text), Origin::Comment { unit: unit_index, comment });
                }
            }
        }
    }
}

/// Why the text of a page cannot be known from its content, if so.
fn unreadable(page: &Page<'_>, shown: &Shown) -> Option<String> {
    let covered = coverage(page.area, &shown.images);
    if shown.undecoded > 0 {
        Some(format!("{} glyphs without a known character", shown.undecoded))
    } else if shown.glyphs == 0 && covered >= IMAGE_COVERAGE {
        Some("images without text".to_owned())
    } else if covered >= SCAN_COVERAGE {
        Some("an image covers the page, as in a scan".to_owned())
    } else if shown.glyphs == 0 && shown.painted >= DRAWN_SEGMENTS {
        Some("drawn shapes without text".to_owned())
    } else {
        None
    }
}

/// The part of the page that images cover, counted on a grid.
fn coverage(area: [f64; 4], images: &[Matrix]) -> f64 {
    const GRID: usize = 24;
    let [left, bottom, right, top] = area;
    let (width, height) = ((right - left).max(1.0), (top - bottom).max(1.0));
    let mut covered = [[false; GRID]; GRID];
    for image in images {
        let determinant = image.determinant();
        if determinant.abs() < 1e-9 {
            continue;
        }
        let [a, b, c, d, e, f] = image.0;
        for (row, cells) in covered.iter_mut().enumerate() {
            for (column, cell) in cells.iter_mut().enumerate() {
                let x = left + (column as f64 + 0.5) / GRID as f64 * width - e;
                let y = bottom + (row as f64 + 0.5) / GRID as f64 * height - f;
                let (u, v) = ((x * d - y * c) / determinant, (y * a - x * b) / determinant);
                *cell |= (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v);
            }
        }
    }
    let grid = covered.iter().flatten().filter(|cell| **cell).count() as f64 / (GRID * GRID) as f64;
    // Images smaller than a cell may miss every cell's centre.
    let small = images.iter().map(|image| image.determinant().abs()).sum::<f64>() / (width * height);
    grid.max(small.min(IMAGE_COVERAGE))
}
