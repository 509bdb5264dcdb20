//! A file for people to read: pages line by line, then forms and annotations, bookmarks, links and properties.

use std::collections::HashSet;

use subrosa_core::segment::Segment;

use super::body::{Origin, PdfBody};
use super::paint::inspect;
use super::text::Mapped;
use super::unit::Place;
use crate::nested::in_words;
use crate::view::{Block, Face, Run, Shape, Views, lines};
use subrosa_core::span::Span;

/// What stands behind the pages.
const FORMS: usize = 1;
const ANNOTATIONS: usize = 2;
const BOOKMARKS: usize = 3;
const LINKS: usize = 4;
const TEXTS: usize = 5;
const PROPERTIES: usize = 6;
const ATTACHMENTS: usize = 7;
const NAMES: usize = 8;

impl PdfBody {
    /// The file for people to read.
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        let hidden = inspect::unseen(&self.store, self.size);
        let behind = self.pages.len();
        let mut order: Vec<((usize, u8), usize)> = Vec::new();
        let mut last_page = None;
        for (number, origin) in self.origins.iter().enumerate() {
            let structural = segments.get(number).is_some_and(|segment| segment.structural);
            let key = match origin {
                // The first text of a page is the one by position.
                Origin::Shown { place: Place::Page(page), .. } => {
                    let first = last_page != Some(*page);
                    last_page = Some(*page);
                    (*page, if first { 0 } else { 2 })
                }
                Origin::Read { page, .. } => (*page, 1),
                Origin::Figure(figure) => {
                    let page = self.figures.get(*figure).and_then(|figure| figure.page);
                    page.map_or((behind + FORMS, 2), |page| (page, 3))
                }
                Origin::Shown { .. } => (behind + FORMS, 1),
                _ if structural => (behind + NAMES, 0),
                Origin::String { key, .. } => (behind + kind(key).0, 0),
                Origin::Marked { .. } => (behind + TEXTS, 0),
                Origin::Comment { .. } => (behind + TEXTS, 1),
                Origin::Producer => (behind + PROPERTIES, 0),
                Origin::Attached => (behind + ATTACHMENTS, 0),
                Origin::Name(_) => (behind + NAMES, 1),
            };
            order.push((key, number));
        }
        order.sort_by_key(|(key, _)| *key);
        let mut last_child = None;
        for ((_, which), number) in order {
            let (Some(origin), Some(segment)) = (self.origins.get(number), segments.get(number)) else { continue };
            let label = segment.labels.first().cloned();
            match origin {
                Origin::Shown { place, map } => {
                    let (section, again, seen) = match place {
                        Place::Page(page) if which == 0 => (format!("Page {}", page + 1), false, true),
                        Place::Page(page) => (format!("Page {}, read in another way", page + 1), true, true),
                        Place::Stream(id) => {
                            let unit = self.units.iter().position(|unit| unit.place == Place::Stream(*id));
                            let on_page = unit.is_some_and(|unit| !self.sheets().of_appearance(unit).is_empty());
                            let section = if on_page { "Forms and annotations" } else { "Drawn on no page" };
                            (section.to_owned(), false, on_page)
                        }
                    };
                    let face = Face::text(views.section(&section)).shaped(Shape::Line).seen(seen);
                    let face = Face { again, ..face };
                    self.shown(number, segment, map, &hidden, &face, &mut views);
                }
                Origin::Read { page, .. } => {
                    let section = views.section(&format!("Page {}, picture", page + 1));
                    views.whole(number, &Face::text(section).shaped(Shape::Line));
                }
                Origin::Figure(figure) => {
                    let place = self.figures.get(*figure).map(|figure| in_words(&figure.place)).unwrap_or_default();
                    let section = views.section(&place);
                    views.whole(number, &Face::text(section).shaped(Shape::Line));
                }
                Origin::Attached => {
                    let child = self.children.of(number);
                    if let Some(child) = child.filter(|_| child != last_child) {
                        last_child = Some(child);
                        self.children.view_one(child, &mut views);
                    }
                }
                _ if segment.structural => views.name(number),
                Origin::String { key, .. } => {
                    let (_, section, visible) = kind(key);
                    let section = views.section(section);
                    views.whole(number, &Face::text(section).field(label).seen(visible));
                }
                Origin::Marked { .. } | Origin::Comment { .. } | Origin::Producer | Origin::Name(_) => {
                    let section = match origin {
                        Origin::Marked { .. } => "Alternate texts",
                        Origin::Producer => "Properties",
                        _ => "Comments of programs",
                    };
                    let section = views.section(section);
                    views.whole(number, &Face::text(section).field(label).seen(false));
                }
            }
        }
        views.finish()
    }

    /// Lines of shown text; glyphs that the eye does not meet are hidden.
    fn shown(&self, number: usize, segment: &Segment, map: &[Mapped], hidden: &Unseen, face: &Face, views: &mut Views<'_>) {
        let is_hidden = |mapped: &Mapped| {
            let place = self.units.get(mapped.unit as usize).map(|unit| unit.place);
            place.is_some_and(|place| hidden.contains(&(place, mapped.glyph)))
        };
        let mut at = 0;
        for span in lines(&segment.text, 0..segment.text.len()) {
            let mut runs: Vec<Run> = Vec::new();
            // The end of what has been looked at; copies share a place, of which one that is seen is enough.
            while let Some(first) = map.get(at).filter(|mapped| (mapped.start as usize) < span.end) {
                let copies = map.get(at..).unwrap_or_default().iter().take_while(|copy| copy.start == first.start).count();
                let group = map.get(at..at + copies).unwrap_or_default();
                at += copies.max(1);
                let place = Span::new(first.start as usize, first.end as usize);
                if group.iter().all(is_hidden) && !place.is_empty() {
                    match runs.last_mut() {
                        // What stands between two hidden glyphs is a space nobody drew.
                        Some(last) if segment.text.get(last.span.end..place.start).is_some_and(|gap| gap.trim().is_empty()) => {
                            last.span.end = place.end;
                        }
                        _ => runs.push(Run { span: place, hidden: true, ..Run::default() }),
                    }
                }
            }
            views.push(number, span, face, &runs);
        }
    }
}

/// What a string is: among what it stands, its section, whether it is seen.
fn kind(key: &[u8]) -> (usize, &'static str, bool) {
    match key {
        b"V" => (FORMS, "Forms and annotations", true),
        b"DV" | b"Opt" | b"TU" | b"TM" | b"CA" | b"RC" | b"AC" => (FORMS, "Form fields, not shown", false),
        b"Contents" | b"T" | b"Subj" => (ANNOTATIONS, "Annotations", false),
        b"Title" => (BOOKMARKS, "Bookmarks", false),
        b"URI" | b"F" | b"UF" => (LINKS, "Links", false),
        b"Alt" | b"ActualText" | b"E" => (TEXTS, "Alternate texts", false),
        _ => (TEXTS, "Other strings of the file", false),
    }
}

/// Glyphs that the eye does not meet, by their streams.
pub(super) type Unseen = HashSet<(Place, u32)>;
