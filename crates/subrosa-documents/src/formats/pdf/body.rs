//! Ties reading and writing together: which segment stands for what, and what an edit in it means.

#![expect(clippy::many_single_char_names, reason = "the six numbers of a matrix are called a to f in the standard")]

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Object, ObjectId};
use subrosa_core::edit::Edit;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::admit::{self, Page};
use super::budget::Budget;
use super::carriers::{self, Carriers};
use super::edit::{self, Hits, Splice};
use super::geometry::Matrix;
use super::interpreter::{Interpreter, place_name};
use super::notes;
use super::store::Store;
use super::strings;
use super::text::{self, Mapped, Shown};
use super::tokenizer::{Operand, Tokenizer};
use super::unit::{Item, Place, Unit};
use super::walk::Trail;
use super::write::{self, Changes};
use crate::document::{Body, Document, UnreadPart};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// A page this much covered by images is a scan, whatever text lies over or under them.
const SCAN_COVERAGE: f64 = 0.7;
/// On a page without text, images that cover this much may show some.
const IMAGE_COVERAGE: f64 = 0.01;
/// On a page without text, this many drawn segments may be letters.
const DRAWN_SEGMENTS: usize = 400;

/// What stands behind a segment.
enum Origin {
    /// Shown text: its glyphs by place in the segment.
    Shown { place: String, map: Vec<Mapped> },
    /// A string object.
    String { object: ObjectId, ordinal: usize, key: Vec<u8> },
    /// A name, everywhere in the file.
    Name(Vec<u8>),
    /// A string in the property list of a marked-content sequence.
    Marked { unit: usize, mark: usize, string: usize },
    /// A comment in a content stream.
    Comment { unit: usize, comment: usize },
    /// The producer in the document information.
    Producer,
}

struct PdfBody {
    store: Store,
    units: Vec<Unit>,
    /// Page objects and what holds their resources.
    pages: Vec<(ObjectId, Dictionary)>,
    trails: HashMap<ObjectId, Trail>,
    destinations: BTreeMap<Vec<u8>, Vec<u8>>,
    segments: Vec<String>,
    origins: Vec<Origin>,
    producer: Option<String>,
    notes: Vec<String>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let budget = Budget::new(limits, bytes.len());
    let store = admit::load(bytes, limits, &budget)?;
    let carriers = carriers::collect(&store);
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
    drop(interpreter);
    for (index, (page, root)) in pages.iter().zip(&roots).enumerate() {
        let name = format!("page {}", index + 1);
        let shown = text::assemble(&units, *root, &budget)?;
        collected.judge_page(&name, page, &shown);
        collected.add_shown(&name, shown);
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
            collected.add_shown(&name, shown);
        }
    }
    collected.add_marks(&units);
    let notes = notes::collect(&store, &carriers.reached);
    let destinations = carriers.destination_names();
    let producer = producer(&store);
    if let Some(producer) = &producer {
        collected.add(Segment::labelled(producer.clone(), "producer"), Origin::Producer);
    }
    for found in carriers.strings {
        let labels = found.label.into_iter().collect();
        let origin = Origin::String { object: found.object, ordinal: found.ordinal, key: found.key };
        collected.add(Segment { text: found.text, labels }, origin);
    }
    for name in carriers.names {
        collected.add(Segment::labelled(String::from_utf8_lossy(&name).into_owned(), "name"), Origin::Name(name));
    }
    let pages = pages.iter().map(|page| (page.id, page.resources.cloned().unwrap_or_default())).collect();
    let texts = collected.segments.iter().map(|segment| segment.text.clone()).collect();
    let trails = carriers.trails;
    let body =
        PdfBody { store, units, pages, trails, destinations, segments: texts, origins: collected.origins, producer, notes };
    Ok(Document { segments: collected.segments, unread: collected.unread, body: Box::new(body) })
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
                for (_, procedure) in procedures.iter() {
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

    fn add_shown(&mut self, name: &str, shown: Shown) {
        for assembled in shown.texts {
            if !assembled.text.trim().is_empty() {
                self.add(Segment::new(assembled.text), Origin::Shown { place: name.to_owned(), map: assembled.map });
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

    fn judge_page(&mut self, name: &str, page: &Page<'_>, shown: &Shown) {
        self.judge_glyphs(name, shown);
        let covered = coverage(page.area, &shown.images);
        if shown.glyphs == 0 && covered >= IMAGE_COVERAGE {
            self.unread(name, "images without text".to_owned());
        } else if covered >= SCAN_COVERAGE {
            self.unread(name, "an image covers the page, as in a scan".to_owned());
        } else if shown.glyphs == 0 && shown.painted >= DRAWN_SEGMENTS {
            self.unread(name, "drawn shapes without text".to_owned());
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
                let text = String::from_utf8_lossy(unit.bytes.get(range.clone()).unwrap_or_default()).into_owned();
                if text.len() > 1 {
                    self.add(Segment::new(text), Origin::Comment { unit: unit_index, comment });
                }
            }
        }
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

impl Body for PdfBody {
    fn place(&self, segment: usize, _: Span) -> String {
        match self.origins.get(segment) {
            Some(Origin::Shown { place, .. }) => place.clone(),
            Some(Origin::String { object, key, .. }) => {
                format!("object {} ({})", object.0, String::from_utf8_lossy(key))
            }
            Some(Origin::Name(_)) => "name".to_owned(),
            Some(Origin::Marked { unit, .. }) => {
                self.units.get(*unit).map_or_else(String::new, |unit| format!("{}, marked content", place_name(unit.place)))
            }
            Some(Origin::Comment { unit, .. }) => {
                self.units.get(*unit).map_or_else(String::new, |unit| format!("{}, comment", place_name(unit.place)))
            }
            Some(Origin::Producer) => "document information (Producer)".to_owned(),
            None => String::new(),
        }
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }

    fn is_structural(&self, segment: usize) -> bool {
        matches!(self.origins.get(segment), Some(Origin::Name(_)))
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut plan = Plan { producer: self.producer.clone(), ..Plan::default() };
        for (index, edits) in edits.iter().enumerate().filter(|(_, edits)| !edits.is_empty()) {
            let (Some(origin), Some(text)) = (self.origins.get(index), self.segments.get(index)) else {
                return Err(Refusal::Internal("an edit in a segment that does not exist".to_owned()));
            };
            if edits.iter().any(|edit| text.get(edit.span.range()).is_none()) {
                return Err(Refusal::Internal("an edit outside its segment".to_owned()));
            }
            plan.add(origin, text, edits);
        }
        let changes = self.changes(plan)?;
        write::write(&self.store, &self.trails, &changes)
    }
}

/// All edits, sorted by what they change.
#[derive(Default)]
struct Plan {
    /// By unit: glyph to value.
    hits: BTreeMap<u32, Hits>,
    /// Replacement texts, by value.
    labels: Vec<String>,
    strings: HashMap<(ObjectId, usize), (Vec<u8>, String)>,
    names: BTreeMap<Vec<u8>, Vec<u8>>,
    /// By unit and mark: the string and its new text.
    marks: BTreeMap<(usize, usize), Vec<(usize, String)>>,
    comments: Vec<(usize, usize)>,
    producer: Option<String>,
    values: Vec<String>,
}

impl Plan {
    fn add(&mut self, origin: &Origin, text: &str, edits: &[Edit]) {
        for edit in edits {
            let value = edit.span.of(text);
            self.values.push(value.to_lowercase());
            let words = value.split(|one: char| !one.is_alphanumeric()).filter(|word| word.len() >= 4 && *word != value);
            self.values.extend(words.map(str::to_lowercase));
        }
        match origin {
            Origin::Shown { map, .. } => {
                for edit in edits {
                    self.hit(map, edit);
                }
            }
            Origin::String { object, ordinal, key } => {
                self.strings.insert((*object, *ordinal), (key.clone(), edited(text, edits)));
            }
            Origin::Name(name) => {
                let fresh = format!("Removed{}", self.names.len() + 1).into_bytes();
                self.names.insert(name.clone(), fresh);
            }
            Origin::Marked { unit, mark, string } => {
                self.marks.entry((*unit, *mark)).or_default().push((*string, edited(text, edits)))
            }
            Origin::Comment { unit, comment } => self.comments.push((*unit, *comment)),
            Origin::Producer => self.producer = Some(edited(text, edits)),
        }
    }

    fn hit(&mut self, map: &[Mapped], edit: &Edit) {
        let (start, end) = (edit.span.start as u32, edit.span.end as u32);
        let from = map.partition_point(|mapped| mapped.end <= start);
        let value = self.labels.len() as u32;
        let mut used = false;
        for mapped in map[from..].iter().take_while(|mapped| mapped.start < end) {
            let unit = self.hits.entry(mapped.unit).or_default();
            unit.entry(mapped.glyph).or_insert_with(|| {
                used = true;
                value
            });
        }
        if used {
            self.labels.push(edit.replacement.clone());
        }
    }
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.replacement);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

impl PdfBody {
    fn changes(&self, plan: Plan) -> Result<Changes, Refusal> {
        let mut changes = Changes { destinations: self.destinations.clone(), names: plan.names.clone(), ..Changes::default() };
        changes.producer = plan.producer.as_deref().map(strings::encode);
        let mut values = plan.values.clone();
        values.sort_unstable();
        values.dedup();
        changes.values = values;
        let mut touched: BTreeMap<usize, (Vec<Splice>, String)> = BTreeMap::new();
        for (unit, hits) in &plan.hits {
            let index = *unit as usize;
            let Some(unit) = self.units.get(index) else {
                continue;
            };
            let rewritten = edit::rewrite(unit, hits, &plan.labels);
            touched.insert(index, (rewritten.splices, rewritten.boxes));
        }
        for (unit, comment) in &plan.comments {
            if let Some(range) = self.units.get(*unit).and_then(|unit| unit.comments.get(*comment)) {
                touched.entry(*unit).or_default().0.push(Splice { range: range.clone(), bytes: b"%".to_vec() });
            }
        }
        self.change_marks(&plan, &mut touched)?;
        for (index, (splices, boxes)) in touched {
            let Some(unit) = self.units.get(index) else {
                continue;
            };
            let bytes =
                edit::apply(unit, splices, &boxes).ok_or_else(|| Refusal::Internal("edits of one stream overlap".to_owned()))?;
            self.change_unit(unit, bytes, !boxes.is_empty(), &mut changes);
        }
        for ((object, ordinal), (key, text)) in plan.strings {
            if matches!(key.as_slice(), b"V" | b"DV") && !self.appearance_changes(object, &changes) {
                self.mark_stale(object, &mut changes.stale);
            }
            changes.strings.insert((object, ordinal), strings::encode(&text));
        }
        Ok(changes)
    }

    /// New property lists, where a text in them was edited or the glyphs that it stands for were removed.
    fn change_marks(&self, plan: &Plan, touched: &mut BTreeMap<usize, (Vec<Splice>, String)>) -> Result<(), Refusal> {
        for (index, unit) in self.units.iter().enumerate() {
            for (mark_index, mark) in unit.marked.iter().enumerate() {
                let hit = plan.hits.get(&(index as u32)).is_some_and(|hits| {
                    let glyphs = mark.glyphs.start as u32..mark.glyphs.end as u32;
                    !glyphs.is_empty() && hits.range(glyphs).next().is_some()
                });
                let edits = plan.marks.get(&(index, mark_index));
                if !hit && edits.is_none() {
                    continue;
                }
                let replacements: Vec<Option<String>> = (0..mark.strings.len())
                    .map(|string| match edits.and_then(|edits| edits.iter().find(|(at, _)| *at == string)) {
                        Some((_, text)) => Some(text.clone()),
                        None => hit.then(String::new).filter(|_| {
                            mark.strings
                                .get(string)
                                .is_some_and(|(key, _)| matches!(key.as_slice(), b"ActualText" | b"Alt" | b"E"))
                        }),
                    })
                    .collect();
                let bytes = property_list(unit.bytes.get(mark.range.clone()).unwrap_or_default(), &replacements)
                    .ok_or_else(|| Refusal::damaged(place_name(unit.place), "a property list that cannot be written"))?;
                touched.entry(index).or_default().0.push(Splice { range: mark.range.clone(), bytes });
            }
        }
        Ok(())
    }

    fn change_unit(&self, unit: &Unit, bytes: Vec<u8>, labelled: bool, changes: &mut Changes) {
        match unit.place {
            Place::Page(index) => {
                if let Some((id, resources)) = self.pages.get(index) {
                    changes.pages.insert(*id, bytes);
                    if labelled {
                        changes.labelled.insert(*id, resources.clone());
                    }
                }
            }
            Place::Stream(id) => {
                changes.streams.insert(id, bytes);
                if labelled && let Some(Object::Stream(stream)) = self.store.document.objects.get(&id) {
                    // A form without resources of its own uses the page's; with the label font it gets its own.
                    let own = self.store.dict(&stream.dict, b"Resources").cloned();
                    let inherited = || self.pages.first().map(|(_, resources)| resources.clone()).unwrap_or_default();
                    changes.labelled.insert(id, own.unwrap_or_else(inherited));
                }
            }
        }
    }

    fn appearance_changes(&self, field: ObjectId, changes: &Changes) -> bool {
        let Some(Object::Dictionary(dict)) = self.store.document.objects.get(&field) else {
            return false;
        };
        let Some(appearance) = self.store.dict(dict, b"AP") else {
            return false;
        };
        matches!(appearance.get(b"N"), Ok(Object::Reference(id)) if changes.streams.contains_key(id))
    }

    /// A field whose value changed and whose appearance did not: the viewer has to draw it anew.
    fn mark_stale(&self, field: ObjectId, stale: &mut Vec<ObjectId>) {
        stale.push(field);
        let Some(Object::Dictionary(dict)) = self.store.document.objects.get(&field) else {
            return;
        };
        for kid in self.store.array(dict, b"Kids").unwrap_or_default() {
            if let Object::Reference(id) = kid {
                stale.push(*id);
            }
        }
    }
}

/// A property list written anew with some of its strings replaced, in the order in which they stand.
fn property_list(bytes: &[u8], replacements: &[Option<String>]) -> Option<Vec<u8>> {
    let mut source = bytes.to_vec();
    source.extend_from_slice(b" x");
    let operation = Tokenizer::new(&source).next_operation().ok()??;
    let (operand, _) = operation.operands.into_iter().next()?;
    let mut out = Vec::new();
    let mut string = 0;
    write_operand(&operand, replacements, &mut string, &mut out);
    Some(out)
}

fn write_operand(operand: &Operand, replacements: &[Option<String>], string: &mut usize, out: &mut Vec<u8>) {
    match operand {
        Operand::Number(value) => out.extend_from_slice(super::geometry::number(*value).as_bytes()),
        Operand::Name(name) => write::serialise_name(name, out),
        Operand::String(bytes) => {
            let replacement = replacements.get(*string).and_then(Option::as_ref).map(|text| strings::encode(text));
            *string += 1;
            write::serialise_string(replacement.as_deref().unwrap_or(bytes), &lopdf::StringFormat::Hexadecimal, out);
        }
        Operand::Array(items) => {
            out.push(b'[');
            for (item, _) in items {
                write_operand(item, replacements, string, out);
                out.push(b' ');
            }
            out.push(b']');
        }
        Operand::Dictionary(entries) => {
            out.extend_from_slice(b"<<");
            for (key, value) in entries {
                write::serialise_name(key, out);
                out.push(b' ');
                write_operand(value, replacements, string, out);
                out.push(b' ');
            }
            out.extend_from_slice(b">>");
        }
        Operand::Other => out.extend_from_slice(b"null"),
    }
}
