//! Of every glyph of a page: does the eye meet it?
//!
//! Pages are painted in order on a [`Canvas`]; a glyph is looked at in the band where its strokes lie. Text on text does not
//! cover, except full blocks (U+2588). Letters are not drawn, so a mask made of text hides nothing here.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::annotations::{self, Content, Drawn};
use super::canvas::{Canvas, Mask};
use super::layers::Layers;
use super::{Blend, Ink, Manner, Painted, Region, Shape};
use crate::formats::pdf::admit::{self, Page};
use crate::formats::pdf::budget::Budget;
use crate::formats::pdf::geometry::{Matrix, Point};
use crate::formats::pdf::interpreter::Interpreter;
use crate::formats::pdf::store::Store;
use crate::formats::pdf::unit::{Glyph, Item, Show, Unit};
use crate::limits::Limits;
use crate::refusal::Refusal;

/// This much of a glyph's band must be painted over.
const COVERED: f64 = 0.8;
/// Channels that differ by less are one colour to the eye.
const ALIKE: u8 = 10;
/// Letters smaller than this, in points, are not read.
const TINY: f64 = 2.0;
/// An image over this much of a page is a scan.
const SCAN: f64 = 0.5;
/// This much of a tile must be painted for its pattern to cover.
const TILED: f64 = 0.8;
/// Most boxes on the scans of a page.
const MAX_BOXES: usize = 300;
/// Most comparisons of a hidden run with a seen letter.
const MAX_COMPARED: usize = 50_000_000;
/// Most runs of seen text that are kept of a page.
const MAX_LINES: usize = 4_000;
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

/// A file, looked at.
pub(crate) struct Inspection {
    pub store: Store,
    pub pages: Vec<PageView>,
    /// Pages that paint too much to be looked at, and why.
    pub unread: Vec<(String, String)>,
}

/// Looks at a file.
///
/// # Errors
/// As for reading it.
pub(crate) fn inspect(bytes: &[u8], limits: &Limits) -> Result<Inspection, Refusal> {
    let budget = Budget::new(limits, bytes.len());
    let store = admit::load(bytes, limits, &budget)?;
    let pages = admit::pages(&store, limits)?;
    let layers = Layers::read(&store);
    let mut interpreter = Interpreter::new(&store, &budget);
    interpreter.recording = Some(layers);
    let mut roots = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let contents = admit::contents(&store, page, index + 1, &budget)?;
        let root = interpreter.page(index, contents, page.resources)?;
        let drawn = annotations::collect(&store, page, &mut interpreter)?;
        roots.push((root, drawn));
    }
    let units = std::mem::take(&mut interpreter.units);
    drop(interpreter);
    let mut tiles = HashMap::new();
    let mut views = Vec::with_capacity(pages.len());
    let mut work = 0;
    let mut unread = Vec::new();
    for (index, (page, (root, drawn))) in pages.iter().zip(&roots).enumerate() {
        let looked = if work > super::canvas::MAX_WORK {
            Err(Refusal::Limit("the pages before it paint too much".to_owned()))
        } else {
            look(&store, page, &units, *root, drawn, &budget, &mut tiles)
        };
        match looked {
            Ok((view, done)) => {
                work += done;
                views.push(view);
            }
            // The rest of the file can be asked about all the same.
            Err(refusal) => {
                work += super::canvas::MAX_WORK / 2;
                unread.push((format!("page {}", index + 1), format!("covered text was not looked for: {refusal}")));
                let turn = turn(&store, page);
                views.push(PageView {
                    area: page.area,
                    turn,
                    hidden: Vec::new(),
                    lines: Vec::new(),
                    covered_pictures: Vec::new(),
                });
            }
        }
    }
    Ok(Inspection { store, pages: views, unread })
}

/// The rotation of a page, its own or inherited.
fn turn(store: &Store, page: &Page<'_>) -> u16 {
    let mut dict = page.dict;
    for _ in 0..32 {
        if let Some(turn) = store.number(dict, b"Rotate") {
            return (turn as i64).rem_euclid(360) as u16;
        }
        let Some(parent) = store.dict(dict, b"Parent") else { break };
        dict = parent;
    }
    0
}

/// A glyph as it was painted.
struct Painting<'a> {
    glyph: &'a Glyph,
    at: Point,
    along: Point,
    up: Point,
    /// How much had been painted before it.
    number: u32,
    early: Option<Why>,
}

/// What was painted under a number.
struct Cover {
    kind: Why,
    /// The part of the page it takes.
    share: f64,
}

struct Walk<'a> {
    units: &'a [Unit],
    canvas: Canvas,
    covers: Vec<Cover>,
    glyphs: Vec<Painting<'a>>,
    /// Boxes on scans, with their numbers.
    boxes: Vec<(u32, [f64; 4])>,
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

fn look<'a>(
    store: &Store,
    page: &Page<'_>,
    units: &'a [Unit],
    root: usize,
    drawn: &'a [Drawn],
    budget: &'a Budget,
    tiles: &'a mut HashMap<usize, bool>,
) -> Result<(PageView, u64), Refusal> {
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
    let work = walk.canvas.work();
    Ok((walk.finish(page.area, turn(store, page)), work))
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
                        self.show(unit, show, frame)?;
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

    fn show(&mut self, unit: &'a Unit, show: &Show, frame: &Frame) -> Result<(), Refusal> {
        let Some(look) = &show.look else { return Ok(()) };
        self.budget.glyphs(show.glyphs.len())?;
        let manner = self.manner(&look.manner, frame)?;
        let to_cells = frame.to_page.then(self.canvas.grid.to_cells);
        let mask = self.canvas.mask(manner.clip.as_ref(), to_cells, &frame.mask);
        let up = show.em.apply_vector(0.0, 1.0);
        let up = frame.to_page.apply_vector(up.x, up.y);
        for glyph in unit.glyphs.get(show.glyphs.clone()).unwrap_or_default() {
            let at = frame.to_page.apply(glyph.origin.x, glyph.origin.y);
            let end = frame.to_page.apply(glyph.end.x, glyph.end.y);
            let (at, along) = if show.vertical {
                // Below the origin, half an em to both sides.
                let side = Point { x: up.y, y: -up.x };
                (end.minus(side.times(0.5)), side)
            } else {
                (at, end.minus(at))
            };
            let mut painting = Painting { glyph, at, along, up, number: self.covers.len() as u32, early: None };
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

    fn finish(self, area: [f64; 4], turn: u16) -> PageView {
        let scanned = self.covers.iter().any(|cover| cover.kind == Why::UnderPicture && cover.share >= SCAN);
        let reasons: Vec<Option<Why>> = self.glyphs.iter().map(|painting| self.reason(painting, scanned)).collect();
        // A text that stands twice in one place is seen when one of the two is.
        let key = |painting: &Painting<'_>| {
            (painting.at.x.round() as i64, painting.at.y.round() as i64, painting.glyph.reading.first())
        };
        let near = |(x, y, sign): (i64, i64, Option<char>)| {
            [-1, 0, 1].into_iter().flat_map(move |dx| [-1, 0, 1].map(|dy| (x + dx, y + dy, sign)))
        };
        let seen: HashSet<_> =
            self.glyphs.iter().zip(&reasons).filter(|(_, why)| why.is_none()).flat_map(|(one, _)| near(key(one))).collect();
        let letters = self.glyphs.iter().zip(&reasons).filter(|(_, why)| why.is_none());
        let visible: Vec<(Point, char)> = letters
            .filter_map(|(one, _)| Some((one.at.plus(one.along.times(0.5)).plus(one.up.times(0.3)), one.glyph.reading.first()?)))
            .filter(|(_, sign)| sign.is_alphanumeric())
            .collect();
        let mut hidden: Vec<HiddenRun> = Vec::new();
        let lines = self.seen_lines(&reasons);
        let mut open: Option<(Point, f64)> = None;
        for (painting, why) in self.glyphs.iter().zip(reasons) {
            let sign = painting.glyph.reading.first();
            let letter = sign.is_some_and(char::is_alphanumeric);
            let why = why.filter(|_| !letter || !seen.contains(&key(painting)));
            let size = painting.up.length().max(0.1);
            let near = open.is_some_and(|(end, size)| {
                let gap = painting.at.minus(end);
                gap.length() < 4.0 * size.max(1.0)
            });
            match (&why, letter, hidden.last_mut()) {
                (Some(why), _, Some(run)) if near && run.why == *why => {
                    painting.glyph.reading.push_to(&mut run.text);
                    run.letters += usize::from(letter);
                    if letter {
                        run.area = union(run.area, painting.area());
                    }
                    open = Some((painting.at.plus(painting.along), size));
                }
                (Some(why), true, _) => {
                    let mut text = String::new();
                    painting.glyph.reading.push_to(&mut text);
                    hidden.push(HiddenRun { why: why.clone(), area: painting.area(), letters: 1, text });
                    open = Some((painting.at.plus(painting.along), size));
                }
                // A blank may stand between two hidden words, whatever lies on it.
                (None, false, _) if near => {}
                (_, false, _) => {}
                _ => open = None,
            }
        }
        if hidden.len().saturating_mul(visible.len()) < MAX_COMPARED {
            hidden.retain(|run| !is_repeated(run, &visible));
        }
        let covered_pictures = self.covered_pictures();
        PageView { area, turn, hidden, lines, covered_pictures }
    }

    /// Where text is seen, glyphs beside each other as one.
    fn seen_lines(&self, reasons: &[Option<Why>]) -> Vec<[f64; 4]> {
        let mut lines: Vec<[f64; 4]> = Vec::new();
        let mut end: Option<Point> = None;
        for (painting, _) in self.glyphs.iter().zip(reasons).filter(|(_, why)| why.is_none()) {
            let size = painting.up.length().max(0.1);
            let near = end.is_some_and(|end| painting.at.minus(end).length() < size);
            let full = lines.len() >= MAX_LINES;
            match lines.last_mut() {
                Some(line) if near => *line = union(*line, painting.area()),
                _ if full => break,
                _ => lines.push(painting.area()),
            }
            end = Some(painting.at.plus(painting.along));
        }
        lines
    }

    fn reason(&self, painting: &Painting<'_>, scanned: bool) -> Option<Why> {
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

    /// Boxes on scans that are still seen at the end and that nobody has written on.
    fn covered_pictures(&self) -> Vec<[f64; 4]> {
        let holds = |area: &[f64; 4], point: Point| {
            let [left, bottom, right, top] = *area;
            (left..=right).contains(&point.x) && (bottom..=top).contains(&point.y)
        };
        let written_on = |number: u32, area: &[f64; 4]| {
            self.glyphs.iter().any(|painting| painting.number >= number && painting.early.is_none() && holds(area, painting.at))
        };
        let still_seen = |number: u32, [left, bottom, right, top]: [f64; 4]| {
            let middle = Point { x: f64::midpoint(left, right), y: f64::midpoint(bottom, top) };
            let at = self.canvas.grid.to_cells.apply(middle.x, middle.y);
            self.canvas.at(at).is_some_and(|(found, _)| found == number)
        };
        let kept =
            self.boxes.iter().take(MAX_BOXES).filter(|(number, area)| still_seen(*number, *area) && !written_on(*number, area));
        kept.map(|(_, area)| *area).collect()
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
    fn area(&self) -> [f64; 4] {
        let (low, high) = (self.up.times(-0.22), self.up.times(0.78));
        let corners =
            [self.at.plus(low), self.at.plus(high), self.at.plus(self.along).plus(low), self.at.plus(self.along).plus(high)];
        corners.iter().map(|point| [point.x, point.y, point.x, point.y]).reduce(union).unwrap_or_default()
    }
}

/// Whether the words of a hidden run are seen in the same place, as where a program draws a text anew over its old self.
fn is_repeated(run: &HiddenRun, visible: &[(Point, char)]) -> bool {
    let [left, bottom, right, top] = run.area;
    let inside = |at: &Point| (left - 2.0..=right + 2.0).contains(&at.x) && (bottom - 2.0..=top + 2.0).contains(&at.y);
    let wanted: String = run.text.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let shown: String = visible.iter().filter(|(at, _)| inside(at)).map(|(_, sign)| *sign).collect();
    run.letters > 0 && shown.contains(&wanted)
}

fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn is_alike(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= ALIKE)
}

fn unit_square() -> Region {
    let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| Point { x, y });
    Region { polygons: vec![corners.to_vec()], even_odd: false }
}
