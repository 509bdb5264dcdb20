//! What stands for what, and what an edit in a segment means for the file.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use lopdf::{Dictionary, Object, ObjectId};
use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::boxes::Sheets;
use super::edit::{self, Hits};
use super::figures::{self, Figure, Places, Which};
use super::geometry::Matrix;
use super::inline;
use super::interpreter::place_name;
use super::pages::Pages;
use super::raster::{self, Cover, Replacement};
use super::scrub::Scrubber;
use super::splice::{self, Splice};
use super::store::Store;
use super::strings;
use super::subset;
use super::text::Mapped;
use super::tokenizer::{Operand, Tokenizer};
use super::unit::{Place, Unit};
use super::walk::Trail;
use super::write::{self, Changes};
use crate::document::{Body, Record};
use crate::nested::Children;
use crate::picture::look::Seen;
use crate::refusal::Refusal;
use crate::view::{Block, Rectangle};

/// What stands behind a segment.
pub(super) enum Origin {
    /// Shown text: its glyphs by place in the segment.
    Shown { place: Place, map: Vec<Mapped> },
    /// Text read from the picture of a page.
    Read { page: usize, seen: Seen },
    /// Text read from an image, by its number.
    Figure(usize),
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
    /// A text of an attached file.
    Attached,
}

pub(super) struct PdfBody {
    pub store: Store,
    pub units: Vec<Unit>,
    /// Page objects and what holds their resources.
    pub pages: Vec<(ObjectId, Dictionary)>,
    pub trails: HashMap<ObjectId, Trail>,
    pub destinations: BTreeMap<Vec<u8>, Vec<u8>>,
    pub segments: Vec<String>,
    pub origins: Vec<Origin>,
    pub producer: Option<String>,
    pub notes: Vec<String>,
    /// The resources that a stream without its own was interpreted with.
    pub borrowed: HashMap<ObjectId, Dictionary>,
    /// The file, where pages have to be drawn from it.
    pub bytes: Vec<u8>,
    /// The pages that were read from their picture, with the streams that they show.
    pub looked: BTreeMap<usize, BTreeMap<usize, Vec<Matrix>>>,
    /// The pages that could not be read, where there is nothing else that could not.
    pub blankable: BTreeSet<usize>,
    /// Those of them that are to be empty pages.
    pub blank: BTreeSet<usize>,
    /// The images whose text was read.
    pub figures: Vec<Figure>,
    /// The images that nobody looked into, and whether they are to be black.
    pub unseen: Vec<Which>,
    pub blank_images: bool,
    /// The attached files, and which embedded file each is.
    pub children: Children,
    pub attachments: Vec<(ObjectId, usize)>,
    /// How long the file is.
    pub size: usize,
    /// Where its streams are drawn; told when somebody asks.
    pub sheets: OnceLock<Sheets>,
}

impl Body for PdfBody {
    fn place(&self, segment: usize, span: Span) -> String {
        match self.origins.get(segment) {
            Some(Origin::Shown { place, .. }) => place_name(*place),
            Some(Origin::Read { page, .. }) => format!("page {}, picture", page + 1),
            Some(Origin::Figure(figure)) => self.figures.get(*figure).map(|figure| figure.place.clone()).unwrap_or_default(),
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
            Some(Origin::Attached) | None => self.children.place(segment, span).unwrap_or_default(),
        }
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.children.record(segment)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn boxes(&self, segment: usize, span: Span) -> Vec<Rectangle> {
        self.rectangles(segment, span)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        if on_unread == OnUnread::Blank {
            self.blank = self.blankable.clone();
        }
        self.blank_images = matches!(on_unread, OnUnread::Blank | OnUnread::Remove);
        on_unread == OnUnread::Keep || !self.blank.is_empty()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = [self.notes.clone(), self.children.notes()].concat();
        if !self.unseen.is_empty() {
            let what = if self.blank_images {
                "are black now, as their text could not be read"
            } else {
                "stay as they are and were not looked into"
            };
            notes.push(format!("Images {what}: {}.", self.unseen.len()));
        }
        if !self.blank.is_empty() {
            let pages: Vec<String> = self.blank.iter().map(|index| (index + 1).to_string()).collect();
            notes.push(format!("Pages that could not be read are empty now: {}.", pages.join(", ")));
        }
        notes
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
        let replaced = self.replaced(edits, &plan)?;
        let mut changes = self.changes(plan, edits)?;
        for (origin, edits) in self.origins.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            if let Origin::Figure(figure) = origin
                && let Some(figure) = self.figures.get(*figure)
                && let Which::Object(id) = figure.which
            {
                changes.figures.insert(id, figure.repainted(&self.store, id, edits)?);
            }
        }
        if self.blank_images {
            let objects = self.unseen.iter().filter_map(|which| if let Which::Object(id) = which { Some(*id) } else { None });
            changes.figures.extend(objects.map(|id| (id, figures::blank())));
        }
        for (file, child) in &self.attachments {
            // Also without an edit: what its format leaves out is left out.
            changes.streams.insert(*file, self.children.write(*child, edits)?);
        }
        self.replace(replaced, &mut changes);
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
    /// By object and number: the key, the old and the new text.
    strings: BTreeMap<(ObjectId, usize), (Vec<u8>, String, String)>,
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
                self.strings.insert((*object, *ordinal), (key.clone(), text.to_owned(), edited(text, edits)));
            }
            Origin::Name(name) => {
                let fresh = format!("Removed{}", self.names.len() + 1).into_bytes();
                self.names.insert(name.clone(), fresh);
            }
            Origin::Marked { unit, mark, string } => {
                self.marks.entry((*unit, *mark)).or_default().push((*string, edited(text, edits)));
            }
            Origin::Comment { unit, comment } => self.comments.push((*unit, *comment)),
            Origin::Producer => self.producer = Some(edited(text, edits)),
            // Their values count for fonts and the like; their edits are made by their own formats.
            Origin::Read { .. } | Origin::Figure(_) | Origin::Attached => {}
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

impl PdfBody {
    /// Where its streams are drawn.
    pub(super) fn sheets(&self) -> &Sheets {
        self.sheets.get_or_init(|| Sheets::read(&self.store, &self.units))
    }
}

/// The glyphs under an edit.
fn under<'m>(map: &'m [Mapped], edit: &Edit) -> impl Iterator<Item = &'m Mapped> + use<'m> {
    let (start, end) = (edit.span.start as u32, edit.span.end as u32);
    let from = map.partition_point(|mapped| mapped.end <= start);
    map.get(from..).unwrap_or_default().iter().take_while(move |mapped| mapped.start < end)
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
    /// The pages that are replaced by their picture, since something of it or under it has to go, and those that are emptied.
    fn replaced(&self, edits: &[Vec<Edit>], plan: &Plan) -> Result<BTreeMap<usize, Replacement>, Refusal> {
        let mut covers: BTreeMap<usize, Cover<'_>> = BTreeMap::new();
        let touched: BTreeSet<usize> = plan.hits.keys().map(|unit| *unit as usize).collect();
        let touched = touched.into_iter().chain(plan.marks.keys().chain(&plan.comments).map(|(unit, _)| *unit));
        for unit in touched.collect::<BTreeSet<usize>>() {
            for (page, _) in self.looked.iter().filter(|(_, shown)| shown.contains_key(&unit)) {
                covers.entry(*page).or_default();
            }
        }
        for (origin, edits) in self.origins.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            match origin {
                Origin::Read { page, seen } => covers.entry(*page).or_default().seen.push((seen, edits)),
                Origin::Shown { map, .. } => {
                    for mapped in edits.iter().flat_map(|edit| under(map, edit)) {
                        for (page, cover) in &mut covers {
                            if self.looked.get(page).is_some_and(|shown| shown.contains_key(&(mapped.unit as usize))) {
                                cover.glyphs.push(mapped);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        let mut replaced: BTreeMap<usize, Replacement> = self.blank.iter().map(|page| (*page, Replacement::default())).collect();
        if covers.is_empty() {
            return Ok(replaced);
        }
        let again = |page: usize| Refusal::uninspectable(format!("page {}", page + 1), "it cannot be drawn again");
        let pages = Pages::new(&self.bytes, self.pages.len()).ok_or_else(|| again(0))?;
        for (page, cover) in covers {
            let mut drawn = pages.draw(page).map_err(|_| again(page))?;
            let Some(shown) = self.looked.get(&page) else { return Err(again(page)) };
            drawn.cover(&cover, &self.units, shown);
            replaced.insert(page, drawn.replacement()?);
        }
        Ok(replaced)
    }

    /// Notes what replaced pages have and what is then used no more.
    fn replace(&self, replaced: BTreeMap<usize, Replacement>, changes: &mut Changes) {
        if replaced.is_empty() {
            return;
        }
        let mut kept = HashSet::new();
        for (index, (id, resources)) in self.pages.iter().enumerate() {
            if replaced.contains_key(&index) {
                raster::drawn_objects(&self.store, resources, &mut changes.unused);
            } else {
                raster::drawn_objects(&self.store, resources, &mut kept);
                changes.inherited.insert(*id, resources.clone());
            }
        }
        changes.unused.retain(|id| !kept.contains(id));
        for (index, replacement) in replaced {
            if let Some((id, _)) = self.pages.get(index) {
                changes.pages.remove(id);
                changes.labelled.remove(id);
                changes.replaced.insert(*id, replacement);
            }
        }
    }

    fn changes(&self, plan: Plan, edits: &[Vec<Edit>]) -> Result<Changes, Refusal> {
        let mut changes = Changes { destinations: self.destinations.clone(), names: plan.names.clone(), ..Changes::default() };
        changes.producer = plan.producer.as_deref().map(strings::encode);
        let mut values = plan.values.clone();
        values.sort_unstable();
        values.dedup();
        changes.scrubber = Scrubber::new(&values);
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
                let comment = self.units.get(*unit).is_some_and(|unit| unit.bytes.get(range.start) == Some(&b'%'));
                let bytes = if comment { b"%".as_slice() } else { b" " };
                touched.entry(*unit).or_default().0.push(Splice { range: range.clone(), bytes: bytes.to_vec() });
            }
        }
        for (index, unit) in self.units.iter().enumerate().filter(|(_, unit)| !unit.images.is_empty()) {
            let splices = self.inline_images(index, unit, edits)?;
            if !splices.is_empty() {
                touched.entry(index).or_default().0.extend(splices);
            }
        }
        self.change_marks(&plan, &mut touched)?;
        for (name, fresh) in &plan.names {
            for (index, unit) in self.units.iter().enumerate() {
                let splice = |range: &Range<usize>| Splice { range: range.clone(), bytes: [b"/", fresh.as_slice()].concat() };
                if let Some(places) = unit.tags.get(name) {
                    touched.entry(index).or_default().0.extend(places.iter().map(splice));
                }
            }
        }
        for (index, (splices, boxes)) in touched {
            let Some(unit) = self.units.get(index) else {
                continue;
            };
            let bytes = splice::apply(unit, splices, &boxes)
                .ok_or_else(|| Refusal::Internal("edits of one stream overlap".to_owned()))?;
            self.change_unit(unit, bytes, !boxes.is_empty(), &mut changes);
        }
        changes.streams.extend(subset::changes(&self.store, &self.units, &plan.hits));
        for ((object, ordinal), (key, old, text)) in plan.strings {
            if matches!(key.as_slice(), b"V" | b"DV") && !self.appearance_changes(object, &changes) {
                self.mark_stale(object, &mut changes.stale);
            }
            let written = strings::encode(&text);
            changes.texts.insert(old, written.clone());
            changes.strings.insert((object, ordinal), written);
        }
        Ok(changes)
    }

    /// What becomes of the images in a content stream.
    fn inline_images(&self, index: usize, unit: &Unit, edits: &[Vec<Edit>]) -> Result<Vec<Splice>, Refusal> {
        let mut painted: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
        let resources = |unit: usize| self.resources(unit);
        let places = Places { units: &self.units, resources: &resources };
        for (origin, edits) in self.origins.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            if let Origin::Figure(figure) = origin
                && let Some(figure) = self.figures.get(*figure)
                && let Which::Inline { unit, image } = figure.which
                && unit == index
            {
                painted.insert(image, figure.repainted_inline(&self.store, &places, edits)?);
            }
        }
        for which in self.unseen.iter().filter(|_| self.blank_images) {
            if let Which::Inline { unit, image } = which
                && *unit == index
            {
                painted.insert(*image, figures::BLANK_INLINE.to_vec());
            }
        }
        let painted =
            painted.into_iter().filter_map(|(image, bytes)| Some(Splice { range: unit.images.get(image)?.range.clone(), bytes }));
        let mut splices: Vec<Splice> = painted.collect();
        for splice in inline::cleaned(&self.store, unit) {
            if !splices.iter().any(|other| other.range == splice.range) {
                splices.push(splice);
            }
        }
        Ok(splices)
    }

    /// The resources of a unit.
    fn resources(&self, unit: usize) -> Option<&Dictionary> {
        match self.units.get(unit)?.place {
            Place::Page(page) => self.pages.get(page).map(|(_, resources)| resources),
            Place::Stream(id) => {
                let own = self.store.document.objects.get(&id).and_then(|object| object.as_stream().ok());
                own.and_then(|stream| self.store.dict(&stream.dict, b"Resources")).or_else(|| self.borrowed.get(&id))
            }
        }
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
                    // A form without resources of its own uses those of its user; with the label font it gets its own.
                    let own = self.store.dict(&stream.dict, b"Resources").cloned();
                    let borrowed = || self.borrowed.get(&id).cloned().unwrap_or_default();
                    changes.labelled.insert(id, own.unwrap_or_else(borrowed));
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
    fn mark_stale(&self, field: ObjectId, stale: &mut HashSet<ObjectId>) {
        stale.insert(field);
        let Some(Object::Dictionary(dict)) = self.store.document.objects.get(&field) else {
            return;
        };
        for kid in self.store.array(dict, b"Kids").unwrap_or_default() {
            if let Object::Reference(id) = kid {
                stale.insert(*id);
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

/// Writes an operand, its strings in the order in which they stand replaced where there is a replacement.
pub(super) fn write_operand(operand: &Operand, replacements: &[Option<String>], string: &mut usize, out: &mut Vec<u8>) {
    match operand {
        Operand::Number(value) => out.extend_from_slice(super::geometry::number(*value).as_bytes()),
        Operand::Name(name) => write::serialise_name(name, out),
        Operand::String(bytes) => {
            let replacement = replacements.get(*string).and_then(Option::as_ref).map(|text| strings::encode(text));
            *string += 1;
            write::serialise_string(replacement.as_deref().unwrap_or(bytes), lopdf::StringFormat::Hexadecimal, out);
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
        Operand::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Operand::Other => out.extend_from_slice(b"null"),
    }
}
