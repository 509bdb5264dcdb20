//! Of every glyph of a page: does the eye meet it?
//!
//! Pages are painted in order on a [`Canvas`]; a glyph is looked at in the band where its strokes lie. Text on text does not
//! cover, except full blocks (U+2588). Letters are not drawn, so a mask made of text hides nothing here.

use std::collections::{BTreeMap, HashMap};

use super::annotations::{Content, Drawn};
use super::canvas::{Canvas, Mask};
use super::{Blend, Ink, Manner, Painted, Region, Shape};
use crate::formats::pdf::admit::Page;
use crate::formats::pdf::budget::Budget;
use crate::formats::pdf::geometry::{Matrix, Point};
use crate::formats::pdf::unit::{Glyph, Item, Show, Unit};
use crate::refusal::Refusal;

/// This much of a glyph's band must be painted over.
const COVERED: f64 = 0.8;
/// Channels that differ by less are one colour to the eye.
const ALIKE: u8 = 10;
/// Letters smaller than this, in points, are not read.
const TINY: f64 = 2.0;
/// An image over this much of a page is a scan.
pub(super) const SCAN: f64 = 0.5;
/// This much of a tile must be painted for its pattern to cover.
const TILED: f64 = 0.8;
/// Steps along and across a glyph's band.
const ALONG: [f64; 6] = [0.1, 0.26, 0.42, 0.58, 0.74, 0.9];
const ACROSS: [f64; 5] = [0.06, 0.28, 0.5, 0.72, 0.94];

/// Why text is not seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Its layer is off.
    Layer,
    /// A mode or an opacity that paints nothing.
    Invisible,
    OffPage,
    Clipped,
    /// A filled shape or thick line lies on it.
    UnderShape,
    UnderPicture,
    /// An annotation of this kind lies on it.
    UnderAnnotation(String),
    /// It stands in the colour of the box that it stands on.
    BoxColour,
    /// It stands in the colour of the bare page, or of a white area.
    PageColour,
    Tiny,
    /// The text layer of a scanned page.
    ScanLayer,
}

/// Glyphs beside each other that are hidden in the same way.
pub(crate) struct HiddenRun {
    pub why: Why,
    /// Left, bottom, right, top.
    pub area: [f64; 4],
    /// Letters and digits.
    pub letters: usize,
    pub text: String,
}

/// What a page shows and hides.
pub(crate) struct PageView {
    /// Left, bottom, right, top.
    pub area: [f64; 4],
    /// How far the page is turned clockwise when shown: 0, 90, 180 or 270.
    pub turn: u16,
    pub hidden: Vec<HiddenRun>,
    /// Runs of text that is seen: left, bottom, right, top.
    pub lines: Vec<[f64; 4]>,
    /// Boxes on a scanned page: the pixels beneath are still there.
    pub covered_pictures: Vec<[f64; 4]>,
}

/// A glyph as it was painted.
pub(super) struct Painting<'a> {
    pub(super) glyph: &'a Glyph,
    /// Its unit, and its number there.
    pub(super) place: (u32, u32),
    pub(super) at: Point,
    pub(super) along: Point,
    pub(super) up: Point,
    /// How much had been painted before it.
    pub(super) number: u32,
    pub(super) early: Option<Why>,
}

/// What was painted under a number.
pub(super) struct Cover {
    pub(super) kind: Why,
    /// The part of the page it takes.
    pub(super) share: f64,
}

pub(super) struct Walk<'a> {
    units: &'a [Unit],
    pub(super) canvas: Canvas,
    pub(super) covers: Vec<Cover>,
    pub(super) glyphs: Vec<Painting<'a>>,
    /// Boxes on scans, with their numbers.
    pub(super) boxes: Vec<(u32, [f64; 4])>,
    budget: &'a Budget,
    tiles: &'a mut HashMap<usize, bool>,
    /// The annotation that is being drawn.
    annotation: Option<&'a str>,
}

/// How a stream is drawn.
#[derive(Clone)]
struct Frame {
    to_page: Matrix,
    mask: Mask,
    alpha: f64,
    blend: Blend,
    masked: bool,
    hidden: bool,
}

/// Paints a page with its annotations and looks at it. Gives how much was done, too.
pub(super) fn look<'a>(
    page: &Page<'_>,
    turn: u16,
    units: &'a [Unit],
    root: usize,
    drawn: &'a [Drawn],
    budget: &'a Budget,
    tiles: &'a mut HashMap<usize, bool>,
) -> Result<(PageView, u64), Refusal> {
    let walk = painted(page, units, root, drawn, budget, tiles)?;
    let work = walk.canvas.work();
    Ok((walk.finish(page.area, turn), work))
}

/// The glyphs of a page that the eye does not meet, by unit and number, and how much was done.
pub(super) fn unseen_on<'a>(
    page: &Page<'_>,
    units: &'a [Unit],
    root: usize,
    drawn: &'a [Drawn],
    budget: &'a Budget,
    tiles: &'a mut HashMap<usize, bool>,
) -> Result<(Vec<(u32, u32)>, u64), Refusal> {
    let walk = painted(page, units, root, drawn, budget, tiles)?;
    let work = walk.canvas.work();
    Ok((walk.unseen(), work))
}

fn painted<'a>(
    page: &Page<'_>,
    units: &'a [Unit],
    root: usize,
    drawn: &'a [Drawn],
    budget: &'a Budget,
    tiles: &'a mut HashMap<usize, bool>,
) -> Result<Walk<'a>, Refusal> {
    let canvas = Canvas::new(page.area);
    let frame =
        Frame { to_page: Matrix::IDENTITY, mask: canvas.open(), alpha: 1.0, blend: Blend::Normal, masked: false, hidden: false };
    let mut walk =
        Walk { units, canvas, covers: Vec::new(), glyphs: Vec::new(), boxes: Vec::new(), budget, tiles, annotation: None };
    walk.unit(root, &frame)?;
    for one in drawn {
        walk.annotation = Some(&one.subtype);
        let frame = Frame { hidden: one.hidden, ..frame.clone() };
        match &one.content {
            Content::Appearance(unit, to_page) => walk.unit(*unit, &Frame { to_page: *to_page, ..frame })?,
            Content::Plain(painted) => walk.shape(painted, &frame)?,
        }
    }
    Ok(walk)
}

impl<'a> Walk<'a> {
    fn unit(&mut self, index: usize, frame: &Frame) -> Result<(), Refusal> {
        let units = self.units;
        let Some(unit) = units.get(index) else { return Ok(()) };
        let mut group = None;
        for item in &unit.items {
            self.budget.operation()?;
            match item {
                Item::Show(show) => {
                    if let Some(show) = unit.shows.get(*show) {
                        self.show(index, unit, show, frame)?;
                    }
                }
                Item::Paint(painted) if matches!(painted.shape, Shape::Group) => group = Some(&painted.manner),
                Item::Paint(painted) => self.shape(painted, frame)?,
                Item::Image(_) => {}
                Item::Use(inner, matrix) => {
                    let mut inner_frame = frame.clone();
                    inner_frame.to_page = matrix.then(frame.to_page);
                    if let Some(manner) = group.take() {
                        let to_cells = frame.to_page.then(self.canvas.grid.to_cells);
                        inner_frame.mask = self.canvas.mask(manner.clip.as_ref(), to_cells, &frame.mask);
                        inner_frame.alpha *= manner.alpha;
                        inner_frame.masked |= manner.masked;
                        inner_frame.hidden |= manner.hidden;
                        if manner.blend != Blend::Normal {
                            inner_frame.blend = manner.blend;
                        }
                    }
                    self.unit(*inner, &inner_frame)?;
                }
            }
        }
        Ok(())
    }

    /// The manner of something in a frame.
    fn manner(&mut self, own: &Manner, frame: &Frame) -> Result<Manner, Refusal> {
        let mut manner = own.clone();
        manner.alpha *= frame.alpha;
        manner.masked |= frame.masked;
        manner.hidden |= frame.hidden;
        if frame.blend != Blend::Normal {
            manner.blend = frame.blend;
        }
        if let Ink::Tiles(unit) = manner.ink {
            manner.ink = Ink::Unknown;
            manner.masked |= !self.tile_is_full(unit)?;
        }
        Ok(manner)
    }

    fn shape(&mut self, painted: &Painted, frame: &Frame) -> Result<(), Refusal> {
        let manner = self.manner(&painted.manner, frame)?;
        let to_cells = frame.to_page.then(self.canvas.grid.to_cells);
        let mask = self.canvas.mask(manner.clip.as_ref(), to_cells, &frame.mask);
        if mask.bounds.is_empty() {
            return Ok(());
        }
        let everything;
        let (region, to_cells, picture) = match &painted.shape {
            Shape::Area(region) => (region, to_cells, false),
            Shape::Picture(matrix) => {
                everything = unit_square();
                (&everything, matrix.then(to_cells), true)
            }
            Shape::Everything => {
                let (width, height) = (self.canvas.grid.width as f64, self.canvas.grid.height as f64);
                everything = Region {
                    polygons: vec![
                        [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)].map(|(x, y)| Point { x, y }).to_vec(),
                    ],
                    even_odd: false,
                };
                (&everything, Matrix::IDENTITY, false)
            }
            Shape::Group => return Ok(()),
        };
        if !to_cells.is_finite() {
            return Ok(());
        }
        self.paint(region, to_cells, &mask, &manner, picture)
    }

    fn paint(&mut self, region: &Region, to_cells: Matrix, mask: &Mask, manner: &Manner, picture: bool) -> Result<(), Refusal> {
        let number = self.covers.len() as u32 + 1;
        if !picture && let Some(area) = self.box_on_scan(region, to_cells) {
            self.boxes.push((number, area));
        }
        let taken = self.canvas.paint(region, to_cells, mask, manner, number)?;
        let cells = (self.canvas.grid.width * self.canvas.grid.height).max(1) as f64;
        let kind = match (self.annotation, picture) {
            (Some(subtype), _) => Why::UnderAnnotation(subtype.to_owned()),
            (None, true) => Why::UnderPicture,
            (None, false) => Why::UnderShape,
        };
        self.covers.push(Cover { kind, share: taken as f64 / cells });
        Ok(())
    }

    /// The area of a box, on the page, when it is about to be painted on a scan.
    fn box_on_scan(&self, region: &Region, to_cells: Matrix) -> Option<[f64; 4]> {
        let [polygon] = region.polygons.as_slice() else { return None };
        let points = polygon.iter().map(|point| to_cells.apply(point.x, point.y));
        let (mut low, mut high) = (Point { x: f64::MAX, y: f64::MAX }, Point { x: f64::MIN, y: f64::MIN });
        for point in points {
            low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        let (size, grid) = (high.minus(low), &self.canvas.grid);
        let share = size.x * size.y / (grid.width * grid.height).max(1) as f64;
        if size.x < 10.0 || size.y < 8.0 || share > 0.3 {
            return None;
        }
        let on_scan = |part_x: f64, part_y: f64| {
            let at = Point { x: low.x + part_x * size.x, y: low.y + part_y * size.y };
            let cover = self.canvas.at(at).and_then(|(number, _)| self.cover(number));
            cover.is_some_and(|cover| cover.kind == Why::UnderPicture && cover.share >= SCAN)
        };
        let spots = [(0.1, 0.1), (0.9, 0.1), (0.5, 0.5), (0.1, 0.9), (0.9, 0.9)];
        spots.iter().all(|(x, y)| on_scan(*x, *y)).then(|| {
            let scale = grid.to_cells.0[0];
            let back = |at: Point| Point { x: (at.x - grid.to_cells.0[4]) / scale, y: (at.y - grid.to_cells.0[5]) / scale };
            let (low, high) = (back(low), back(high));
            [low.x, low.y, high.x, high.y]
        })
    }

    fn cover(&self, number: u32) -> Option<&Cover> {
        (number as usize).checked_sub(1).and_then(|index| self.covers.get(index))
    }

    /// Whether the cell of a pattern is painted nearly everywhere.
    fn tile_is_full(&mut self, unit: usize) -> Result<bool, Refusal> {
        if let Some(known) = self.tiles.get(&unit) {
            return Ok(*known);
        }
        // A pattern may use itself in a circle of patterns: until it is known it paints nothing.
        self.tiles.insert(unit, false);
        let mut low = Point { x: f64::MAX, y: f64::MAX };
        let mut high = Point { x: f64::MIN, y: f64::MIN };
        let units = self.units;
        let items = units.get(unit).map(|unit| unit.items.as_slice()).unwrap_or_default();
        for item in items {
            if let Item::Paint(painted) = item
                && let Shape::Area(region) = &painted.shape
            {
                for point in region.polygons.iter().flatten() {
                    low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
                    high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
                }
            }
        }
        let size = high.minus(low);
        let full = if size.x > 0.0 && size.y > 0.0 && size.x < 1e5 && size.y < 1e5 {
            let mut canvas = Canvas::new([low.x, low.y, high.x, high.y]);
            let (to_cells, mask) = (canvas.grid.to_cells, canvas.open());
            let mut number = 0;
            for item in items {
                if let Item::Paint(painted) = item
                    && let Shape::Area(region) = &painted.shape
                {
                    number += 1;
                    // An uncoloured tile takes its colour from outside: any will do.
                    let manner = Manner { ink: Ink::Unknown, clip: None, ..painted.manner.clone() };
                    canvas.paint(region, to_cells, &mask, &manner, number)?;
                }
            }
            let spots = (0..400).map(|spot| Point {
                x: (f64::from(spot % 20) + 0.5) / 20.0 * canvas.grid.width as f64,
                y: (f64::from(spot / 20) + 0.5) / 20.0 * canvas.grid.height as f64,
            });
            let painted = spots.filter(|spot| canvas.at(*spot).is_some_and(|(number, _)| number > 0)).count();
            painted as f64 >= TILED * 400.0
        } else {
            // An image as a tile.
            items.iter().any(|item| matches!(item, Item::Image(_)))
        };
        self.tiles.insert(unit, full);
        Ok(full)
    }

    fn show(&mut self, index: usize, unit: &'a Unit, show: &Show, frame: &Frame) -> Result<(), Refusal> {
        let Some(look) = &show.look else { return Ok(()) };
        self.budget.glyphs(show.glyphs.len())?;
        let manner = self.manner(&look.manner, frame)?;
        let to_cells = frame.to_page.then(self.canvas.grid.to_cells);
        let mask = self.canvas.mask(manner.clip.as_ref(), to_cells, &frame.mask);
        let up = show.em.apply_vector(0.0, 1.0);
        let up = frame.to_page.apply_vector(up.x, up.y);
        for (number, glyph) in show.glyphs.clone().zip(unit.glyphs.get(show.glyphs.clone()).unwrap_or_default()) {
            let at = frame.to_page.apply(glyph.origin.x, glyph.origin.y);
            let end = frame.to_page.apply(glyph.end.x, glyph.end.y);
            let (at, along) = if show.vertical {
                // Below the origin, half an em to both sides.
                let side = Point { x: up.y, y: -up.x };
                (end.minus(side.times(0.5)), side)
            } else {
                (at, end.minus(at))
            };
            let mut painting = Painting {
                glyph,
                place: (index as u32, number as u32),
                at,
                along,
                up,
                number: self.covers.len() as u32,
                early: None,
            };
            if glyph.reading.first() == Some('\u{2588}') && !matches!(look.mode, 3 | 7) {
                let corners = [at, at.plus(along), at.plus(along).plus(up.times(0.8)), at.plus(up.times(0.8))];
                let region = Region { polygons: vec![corners.to_vec()], even_odd: false };
                let to_cells = self.canvas.grid.to_cells;
                self.paint(&region, to_cells, &mask, &manner, false)?;
                continue;
            }
            painting.early = self.early(&painting, &manner, look.mode, look.outline, &mask);
            self.glyphs.push(painting);
        }
        Ok(())
    }

    /// What can be said of a glyph when it is painted.
    fn early(&self, painting: &Painting<'_>, manner: &Manner, mode: u8, outline: Option<Ink>, mask: &Mask) -> Option<Why> {
        if manner.hidden {
            return Some(Why::Layer);
        }
        if matches!(mode, 3 | 7) || manner.alpha < 0.04 || manner.ink == Ink::Nothing {
            return Some(Why::Invisible);
        }
        let (mut all, mut on_page, mut let_through, mut alike, mut on_box) = (0, 0, 0, 0, 0);
        for spot in painting.band() {
            all += 1;
            let at = self.canvas.grid.to_cells.apply(spot.x, spot.y);
            let Some((column, row)) = self.canvas.grid.cell(at) else { continue };
            on_page += 1;
            let_through += usize::from(mask.lets(&self.canvas.grid, column, row));
            if let (Some((number, Some(colour))), Ink::Rgb(ink)) = (self.canvas.at(at), manner.ink)
                && is_alike(colour, ink)
                && outline.is_none_or(|outline| matches!(outline, Ink::Rgb(outline) if is_alike(colour, outline)))
            {
                alike += 1;
                on_box += usize::from(number > 0 && !is_alike(colour, [255; 3]));
            }
        }
        if on_page * 10 <= all {
            Some(Why::OffPage)
        } else if let_through * 7 <= on_page {
            Some(Why::Clipped)
        } else if alike * 10 >= on_page * 9 {
            Some(if on_box * 2 > alike { Why::BoxColour } else { Why::PageColour })
        } else if painting.up.length() < TINY {
            Some(Why::Tiny)
        } else {
            None
        }
    }

    /// What lies on a glyph at the end.
    fn covered(&self, painting: &Painting<'_>) -> Option<&Cover> {
        let (mut all, mut over) = (0, BTreeMap::<u32, usize>::new());
        for spot in painting.band() {
            let at = self.canvas.grid.to_cells.apply(spot.x, spot.y);
            let Some((number, _)) = self.canvas.at(at) else { continue };
            all += 1;
            if number > painting.number {
                *over.entry(number).or_default() += 1;
            }
        }
        let covered: usize = over.values().sum();
        if all == 0 || (covered as f64) < COVERED * f64::from(all) {
            return None;
        }
        over.iter().max_by_key(|(_, count)| **count).and_then(|(number, _)| self.cover(*number))
    }

    /// Why a glyph is not seen, or nothing when it is.
    pub(super) fn reason(&self, painting: &Painting<'_>, scanned: bool) -> Option<Why> {
        if painting.early == Some(Why::Layer) || painting.along.length() < 1e-6 {
            return painting.early.clone().filter(|why| *why == Why::Layer);
        }
        let covered = self.covered(painting);
        let scan = covered.is_some_and(|cover| cover.kind == Why::UnderPicture && cover.share >= SCAN);
        match (&painting.early, covered) {
            (Some(Why::OffPage | Why::Clipped), _) => painting.early.clone(),
            (_, _) if scan => Some(Why::ScanLayer),
            (_, Some(cover)) => Some(cover.kind.clone()),
            (Some(Why::Invisible), None) if scanned => Some(Why::ScanLayer),
            (early, None) => early.clone(),
        }
    }
}

impl Painting<'_> {
    /// Points where the strokes of the glyph lie.
    fn band(&self) -> impl Iterator<Item = Point> + '_ {
        let low = matches!(self.glyph.reading.first(), Some('a' | 'c' | 'e' | 'g' | 'm'..='s' | 'u'..='z'));
        let height = if low { 0.46 } else { 0.64 };
        ACROSS.iter().flat_map(move |across| {
            let base = self.at.plus(self.up.times(across * height));
            ALONG.iter().map(move |along| base.plus(self.along.times(*along)))
        })
    }

    /// Left, bottom, right, top.
    pub(super) fn area(&self) -> [f64; 4] {
        let (low, high) = (self.up.times(-0.22), self.up.times(0.78));
        let corners =
            [self.at.plus(low), self.at.plus(high), self.at.plus(self.along).plus(low), self.at.plus(self.along).plus(high)];
        corners.iter().map(|point| [point.x, point.y, point.x, point.y]).reduce(union).unwrap_or_default()
    }
}

/// The smallest area that holds both.
pub(super) fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn is_alike(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= ALIKE)
}

fn unit_square() -> Region {
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| Point { x, y });
    Region { polygons: vec![corners.to_vec()], even_odd: false }
}
