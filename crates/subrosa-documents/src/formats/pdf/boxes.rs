//! Where text is drawn: the rectangles of glyphs on the pages as a viewer shows them, turned and cut.
//!
//! They come from the same placed glyphs that are taken out when the text goes, with the height that common fonts have; the
//! outlines themselves are not looked at. A stream that a page draws several times has a rectangle for each. ISO 32000-2,
//! 7.7.3.3 (boxes, rotation, user units) and 12.5.5 (appearances).

use std::collections::{BTreeMap, HashMap};

use lopdf::ObjectId;
use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;

use super::admit::{self, Page};
use super::body::{Origin, PdfBody};
use super::geometry::{Matrix, Point};
use super::paint::annotations;
use super::raster;
use super::store::Store;
use super::text::Mapped;
use super::unit::{Place, Unit};
use crate::limits::Limits;
use crate::view::Rectangle;

/// How far letters reach above and below their line, for a font size of one.
const ABOVE: f64 = 0.8;
const BELOW: f64 = 0.22;
/// Glyphs further apart along a line than this many sizes get rectangles of their own.
const APART: f64 = 2.0;

/// What is drawn on a page: for each unit the ways from its space to the page as a viewer shows it.
pub(super) struct Sheet {
    ways: BTreeMap<usize, Vec<Matrix>>,
    /// Its width and height as a viewer shows it.
    size: (f64, f64),
}

/// The pages of a file, and which of them each stream of annotations is on.
pub(super) struct Sheets {
    pages: Vec<Sheet>,
    /// Units of appearances, by page.
    drawn: HashMap<usize, Vec<usize>>,
}

/// The map from a page's space to points from the upper left corner of what a viewer shows, and its size there.
fn to_viewer(store: &Store, page: &Page<'_>) -> (Matrix, (f64, f64)) {
    let [left, bottom, right, top] = page.shown(store);
    let (width, height) = (right - left, top - bottom);
    let unit = store.number(page.dict, b"UserUnit").filter(|unit| *unit > 0.0 && *unit < 1e6).unwrap_or(1.0);
    let (turned, size) = match page.turn(store) {
        90 => (Matrix([0.0, 1.0, 1.0, 0.0, -bottom, -left]), (height, width)),
        180 => (Matrix([-1.0, 0.0, 0.0, 1.0, right, -bottom]), (width, height)),
        270 => (Matrix([0.0, -1.0, -1.0, 0.0, top, right]), (height, width)),
        _ => (Matrix([1.0, 0.0, 0.0, -1.0, -left, top]), (width, height)),
    };
    (turned.then(Matrix([unit, 0.0, 0.0, unit, 0.0, 0.0])), (size.0 * unit, size.1 * unit))
}

impl Sheets {
    /// The pages of a file with these streams.
    pub(super) fn read(store: &Store, units: &[Unit]) -> Self {
        let mut sheets = Self { pages: Vec::new(), drawn: HashMap::new() };
        let mut by_place: HashMap<Place, usize> = HashMap::new();
        for (index, unit) in units.iter().enumerate() {
            by_place.entry(unit.place).or_insert(index);
        }
        let unit = |id: ObjectId| by_place.get(&Place::Stream(id)).copied();
        for (number, page) in admit::pages(store, &Limits::default()).unwrap_or_default().iter().enumerate() {
            let (way, size) = to_viewer(store, page);
            let mut ways: BTreeMap<usize, Vec<Matrix>> = BTreeMap::new();
            let mut add = |root: usize, to_page: Matrix| {
                for (unit, own) in raster::shown(units, root) {
                    ways.entry(unit).or_default().extend(own.into_iter().map(|own| own.then(to_page).then(way)));
                }
            };
            if let Some(root) = by_place.get(&Place::Page(number)) {
                add(*root, Matrix::IDENTITY);
            }
            for (stream, to_page) in annotations::appearances(store, page) {
                if let Some(root) = unit(stream) {
                    add(root, to_page);
                    sheets.drawn.entry(root).or_default().push(number);
                }
            }
            sheets.pages.push(Sheet { ways, size });
        }
        sheets
    }

    /// The pages that an appearance is drawn on.
    pub(super) fn of_appearance(&self, unit: usize) -> &[usize] {
        self.drawn.get(&unit).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The place of a glyph as a viewer shows it: along its line, across it, and its corners.
struct Spot {
    along: Point,
    start: Point,
    end: Point,
    size: f64,
    area: [f64; 4],
}

fn spot(unit: &Unit, mapped: &Mapped, way: Matrix) -> Option<Spot> {
    let glyph = unit.glyphs.get(mapped.glyph as usize)?;
    let show = unit.shows.get(glyph.show as usize)?;
    let up = show.em.apply_vector(0.0, 1.0);
    let along = glyph.end.minus(glyph.origin);
    let (at, along, low, high) = if show.vertical {
        // Below the origin, half an em to both sides.
        let side = Point { x: up.y, y: -up.x };
        (glyph.end.minus(side.times(0.5)), side, 0.0, 1.0)
    } else {
        (glyph.origin, along, -BELOW, ABOVE)
    };
    let corner = |along_part: f64, up_part: f64| {
        let point = at.plus(along.times(along_part)).plus(up.times(up_part));
        way.apply(point.x, point.y)
    };
    let corners = [corner(0.0, low), corner(1.0, low), corner(0.0, high), corner(1.0, high)];
    let area = corners.iter().map(|at| [at.x, at.y, at.x, at.y]).reduce(union)?;
    let step = way.apply_vector(along.x, along.y);
    let size = way.apply_vector(up.x, up.y).length();
    let (start, end) = (way.apply(glyph.origin.x, glyph.origin.y), way.apply(glyph.end.x, glyph.end.y));
    area.iter().all(|edge| edge.is_finite()).then_some(Spot { along: step, start, end, size, area })
}

fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Whether a glyph stands on the line of the one before and near it.
fn follows(before: &Spot, next: &Spot) -> bool {
    let size = before.size.max(next.size).max(0.01);
    let length = before.along.length();
    let step = next.start.minus(before.start);
    let direction = if length > 1e-9 { before.along.times(1.0 / length) } else { Point { x: 1.0, y: 0.0 } };
    let across = Point { x: -direction.y, y: direction.x };
    let gap = next.start.minus(before.end).length().min(before.start.minus(next.end).length());
    step.dot(across).abs() < 0.35 * size && gap < APART * size
}

impl PdfBody {
    /// Where a span is drawn.
    pub(super) fn rectangles(&self, segment: usize, span: Span) -> Vec<Rectangle> {
        let sheets = self.sheets();
        match self.origins.get(segment) {
            Some(Origin::Shown { place, map }) => {
                let own = match place {
                    Place::Page(page) => vec![*page],
                    Place::Stream(id) => {
                        let unit = self.units.iter().position(|unit| unit.place == Place::Stream(*id));
                        unit.map(|unit| sheets.of_appearance(unit).to_vec()).unwrap_or_default()
                    }
                };
                own.into_iter().flat_map(|page| self.glyphs(sheets, page, map, span)).collect()
            }
            Some(Origin::Read { page, seen }) => {
                let edit = Edit { span, replacement: String::new(), entity: Entity::DENIED_TERM, operator: "view" };
                let Some(sheet) = sheets.pages.get(*page) else { return Vec::new() };
                let scale = raster::scale(sheet.size.0.max(sheet.size.1));
                let points = |pixels: u32| (f64::from(pixels) / scale).max(0.0);
                let areas = seen.under(&[edit]).into_iter();
                areas
                    .filter_map(|area| {
                        let area = [points(area.left), points(area.top), points(area.right), points(area.bottom)];
                        sheet.rectangle(*page, area)
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn glyphs(&self, sheets: &Sheets, page: usize, map: &[Mapped], span: Span) -> Vec<Rectangle> {
        let Some(sheet) = sheets.pages.get(page) else { return Vec::new() };
        let (start, end) = (span.start as u32, span.end as u32);
        let from = map.partition_point(|mapped| mapped.end <= start);
        // A stream's uses one after the other, so that a line of each is one rectangle.
        let mut areas: Vec<(usize, Spot)> = Vec::new();
        for mapped in map.get(from..).unwrap_or_default().iter().take_while(|mapped| mapped.start < end) {
            let Some(unit) = self.units.get(mapped.unit as usize) else { continue };
            for (use_number, way) in sheet.ways.get(&(mapped.unit as usize)).into_iter().flatten().enumerate() {
                let Some(spot) = spot(unit, mapped, *way) else { continue };
                match areas.iter_mut().rev().take(8).find(|(own, last)| *own == use_number && follows(last, &spot)) {
                    Some((_, last)) => *last = Spot { area: union(last.area, spot.area), ..spot },
                    None => areas.push((use_number, spot)),
                }
            }
        }
        areas.into_iter().filter_map(|(_, spot)| sheet.rectangle(page, spot.area)).collect()
    }
}

impl Sheet {
    /// The part of an area that lies on the page.
    fn rectangle(&self, page: usize, [left, top, right, bottom]: [f64; 4]) -> Option<Rectangle> {
        let (left, right) = (left.max(0.0), right.min(self.size.0));
        let (top, bottom) = (top.max(0.0), bottom.min(self.size.1));
        (right > left && bottom > top).then_some(Rectangle {
            page: page as u32 + 1,
            x: left as f32,
            y: top as f32,
            width: (right - left) as f32,
            height: (bottom - top) as f32,
        })
    }
}
