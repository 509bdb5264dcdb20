//! Follows the painting operators of a content stream.

use std::rc::Rc;
use std::sync::Arc;

use lopdf::{Dictionary, Object, Stream};

use super::colour::Space;
use super::{Blend, Clip, Ink, Look, Manner, Painted, Region, Shape, TextLook};
use crate::formats::pdf::filters::{self, Decoded};
use crate::formats::pdf::geometry::{Matrix, Point};
use crate::formats::pdf::interpreter::{Interpreter, Run};
use crate::formats::pdf::store::Store;
use crate::formats::pdf::tokenizer::{Operand, Operation};
use crate::formats::pdf::unit::Item;
use crate::refusal::Refusal;

/// Most points of one path; what comes after them is left out of it.
const MAX_POINTS: usize = 200_000;
/// Deepest nesting of clips.
const MAX_CLIPS: usize = 200;
/// Lines thinner than this cover nothing.
const THICK: f64 = 1.5;
/// Straight pieces a curve is drawn with.
const PIECES: usize = 8;
/// Most bytes of a mask that are looked at.
const MAX_MASK: usize = 1 << 22;

/// The path under construction and the open marks.
#[derive(Default)]
pub(in crate::formats::pdf) struct Trace {
    lines: Vec<(Vec<Point>, bool)>,
    points: usize,
    /// In user space: the last point, for curves.
    pen: (f64, f64),
    /// The rule of a clip that begins with the next painting operator: true for even-odd.
    clip: Option<bool>,
    /// For every open mark, whether it hides its content.
    marks: Vec<bool>,
}

impl Trace {
    fn hidden(&self) -> bool {
        self.marks.contains(&true)
    }

    fn move_to(&mut self, at: Point) {
        self.lines.push((vec![at], false));
        self.points += 1;
    }

    fn line_to(&mut self, at: Point) {
        if self.points >= MAX_POINTS {
            return;
        }
        self.points += 1;
        match self.lines.last_mut() {
            Some((line, false)) => line.push(at),
            // After a closed line the next one goes on from its beginning.
            Some((line, true)) => {
                let start = line.first().copied().unwrap_or(at);
                self.lines.push((vec![start, at], false));
            }
            None => self.lines.push((vec![at], false)),
        }
    }

    fn region(&self, even_odd: bool) -> Region {
        Region { polygons: self.lines.iter().map(|(line, _)| line.clone()).filter(|line| line.len() > 2).collect(), even_odd }
    }
}

/// How a text or shape is painted with the state as it is.
pub(in crate::formats::pdf) fn text_look(look: &Look, trace: &Trace) -> TextLook {
    let (ink, alpha) = if matches!(look.mode, 1 | 5) { (look.stroke, look.stroke_alpha) } else { (look.fill, look.fill_alpha) };
    let outline = matches!(look.mode, 2 | 6).then_some(look.stroke);
    TextLook { manner: manner(look, trace, ink, alpha), outline, mode: look.mode }
}

fn manner(look: &Look, trace: &Trace, ink: Ink, alpha: f64) -> Manner {
    Manner { ink, alpha, blend: look.blend, masked: look.masked, clip: look.clip.clone(), hidden: trace.hidden() }
}

impl<'a> Interpreter<'a> {
    /// Follows one operation. `Do` and the operators that show text are the interpreter's own.
    pub(in crate::formats::pdf) fn paint(&mut self, run: &mut Run<'a>, operation: &Operation<'_>) -> Result<(), Refusal> {
        let values: Vec<f64> = operation.operands.iter().filter_map(|(operand, _)| operand.number()).collect();
        let ctm = run.state.ctm;
        match (operation.operator, values.as_slice()) {
            (b"m", [x, y]) => {
                run.trace.move_to(ctm.apply(*x, *y));
                run.trace.pen = (*x, *y);
            }
            (b"l", [x, y]) => {
                run.trace.line_to(ctm.apply(*x, *y));
                run.trace.pen = (*x, *y);
            }
            (b"c", [x1, y1, x2, y2, x3, y3]) => curve(&mut run.trace, ctm, [*x1, *y1, *x2, *y2, *x3, *y3]),
            (b"v", [x2, y2, x3, y3]) => {
                let (x1, y1) = run.trace.pen;
                curve(&mut run.trace, ctm, [x1, y1, *x2, *y2, *x3, *y3]);
            }
            (b"y", [x1, y1, x3, y3]) => curve(&mut run.trace, ctm, [*x1, *y1, *x3, *y3, *x3, *y3]),
            (b"re", [x, y, width, height]) => {
                run.trace.move_to(ctm.apply(*x, *y));
                run.trace.line_to(ctm.apply(x + width, *y));
                run.trace.line_to(ctm.apply(x + width, y + height));
                run.trace.line_to(ctm.apply(*x, y + height));
                run.trace.pen = (*x, *y);
                close(&mut run.trace);
            }
            (b"h", _) => close(&mut run.trace),
            (b"W", _) => run.trace.clip = Some(false),
            (b"W*", _) => run.trace.clip = Some(true),
            (b"f" | b"F", _) => end_path(run, Some(false), false),
            (b"f*", _) => end_path(run, Some(true), false),
            (b"B", _) => end_path(run, Some(false), true),
            (b"B*", _) => end_path(run, Some(true), true),
            (b"b", _) => {
                close(&mut run.trace);
                end_path(run, Some(false), true);
            }
            (b"b*", _) => {
                close(&mut run.trace);
                end_path(run, Some(true), true);
            }
            (b"S", _) => end_path(run, None, true),
            (b"s", _) => {
                close(&mut run.trace);
                end_path(run, None, true);
            }
            (b"n", _) => end_path(run, None, false),
            (b"sh", _) => {
                let look = &run.state.look;
                let manner = manner(look, &run.trace, Ink::Unknown, look.fill_alpha);
                push(run, Shape::Everything, manner);
            }
            (b"w", [width]) => Rc::make_mut(&mut run.state.look).width = *width,
            (b"J", [cap]) => Rc::make_mut(&mut run.state.look).long_ends = *cap > 0.0,
            (b"d", _) => {
                let dashed = matches!(operation.operands.first(), Some((Operand::Array(items), _)) if !items.is_empty());
                Rc::make_mut(&mut run.state.look).dashed = dashed;
            }
            (b"Tr", [mode]) => Rc::make_mut(&mut run.state.look).mode = mode.clamp(0.0, 7.0) as u8,
            (b"gs", _) => {
                if let Some((Operand::Name(name), _)) = operation.operands.last()
                    && let Some(states) = run.resources.and_then(|found| self.store.dict(found, b"ExtGState"))
                    && let Some(state) = self.store.dict(states, name)
                {
                    graphics_state(self.store, Rc::make_mut(&mut run.state.look), state);
                }
            }
            (b"g" | b"rg" | b"k" | b"G" | b"RG" | b"K", values) => {
                let space = match operation.operator.to_ascii_lowercase().as_slice() {
                    b"g" => Space::Gray,
                    b"rg" => Space::Rgb,
                    _ => Space::Cmyk,
                };
                let ink = space.ink(values);
                let stroke = operation.operator.first().is_some_and(u8::is_ascii_uppercase);
                set_colour(Rc::make_mut(&mut run.state.look), stroke, Some(space), ink);
            }
            (b"cs" | b"CS", _) => {
                if let Some((Operand::Name(name), _)) = operation.operands.last() {
                    let space = Space::named(self.store, run.resources, name);
                    let ink = space.initial();
                    set_colour(Rc::make_mut(&mut run.state.look), operation.operator == b"CS", Some(space), ink);
                }
            }
            (b"sc" | b"scn" | b"SC" | b"SCN", values) => {
                let stroke = operation.operator.starts_with(b"S");
                let ink = if let Some((Operand::Name(name), _)) = operation.operands.last() {
                    self.pattern(run, name)?
                } else {
                    let look = &run.state.look;
                    if stroke { look.stroke_space.ink(values) } else { look.fill_space.ink(values) }
                };
                set_colour(Rc::make_mut(&mut run.state.look), stroke, None, ink);
            }
            (b"BMC", _) => run.trace.marks.push(false),
            (b"BDC", _) => {
                let hides = self.mark_hides(run, operation);
                run.trace.marks.push(hides);
            }
            (b"EMC", _) => {
                run.trace.marks.pop();
            }
            (b"BI", _) => inline_image(run, operation),
            _ => {}
        }
        Ok(())
    }

    fn mark_hides(&self, run: &Run<'_>, operation: &Operation<'_>) -> bool {
        let [(Operand::Name(tag), _), (Operand::Name(name), _)] = operation.operands.as_slice() else { return false };
        let properties = run.resources.and_then(|found| self.store.dict(found, b"Properties"));
        match (tag.as_slice(), properties.and_then(|properties| properties.get(name).ok())) {
            (b"OC", Some(layer)) => self.layer_hides(layer),
            _ => false,
        }
    }

    fn layer_hides(&self, layer: &Object) -> bool {
        self.recording.as_ref().is_some_and(|layers| layers.hides(self.store, layer))
    }

    /// A pattern of the resources, as a colour.
    fn pattern(&mut self, run: &Run<'a>, name: &[u8]) -> Result<Ink, Refusal> {
        let patterns = run.resources.and_then(|found| self.store.dict(found, b"Pattern"));
        let Some(entry) = patterns.and_then(|patterns| patterns.get(name).ok()) else { return Ok(Ink::Nothing) };
        match self.store.resolve_with_id(entry) {
            (Some(id), Object::Stream(stream)) => Ok(Ink::Tiles(self.stream(id, stream, run.resources)?)),
            (_, Object::Dictionary(_)) => Ok(Ink::Unknown),
            _ => Ok(Ink::Nothing),
        }
    }

    /// Notes an image before the interpreter draws it.
    pub(in crate::formats::pdf) fn paint_image(&self, run: &mut Run<'a>, image: &Stream) {
        let ctm = run.state.ctm;
        let look = Rc::clone(&run.state.look);
        let mut how = manner(&look, &run.trace, Ink::Unknown, look.fill_alpha);
        how.hidden |= image.dict.get(b"OC").is_ok_and(|layer| self.layer_hides(layer));
        if matches!(self.store.get(&image.dict, b"ImageMask"), Object::Boolean(true)) {
            how.ink = look.fill;
            how.masked |= !stencil_is_full(self.store, image);
        } else {
            how.masked |= !is_opaque(self.store, &image.dict);
            how.ink = plain_colour(self.store, run.resources, image);
        }
        push(run, Shape::Picture(ctm), how);
    }

    /// Notes how a form is drawn before it is used, and gives the look inside it.
    pub(in crate::formats::pdf) fn paint_group(&self, run: &mut Run<'a>, dict: &Dictionary, matrix: Matrix) {
        let look = Rc::clone(&run.state.look);
        let mut how = manner(&look, &run.trace, Ink::Unknown, look.fill_alpha);
        how.hidden |= dict.get(b"OC").is_ok_and(|layer| self.layer_hides(layer));
        if let Some(&[x0, y0, x1, y1]) = self.store.numbers(dict, b"BBox").as_deref() {
            let to_unit = matrix.then(run.state.ctm);
            let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| to_unit.apply(x, y));
            let region = Region { polygons: vec![corners.to_vec()], even_odd: false };
            let depth = how.clip.as_ref().map_or(0, |outer| outer.depth + 1);
            how.clip = Some(Arc::new(Clip { region, outer: how.clip.take(), depth }));
        }
        push(run, Shape::Group, how);
    }
}

/// The look with which a form begins: its clip, opacity and blending are those of the group as a whole.
pub(in crate::formats::pdf) fn inside(look: &Rc<Look>) -> Rc<Look> {
    let mut inner = Rc::clone(look);
    let changed = Rc::make_mut(&mut inner);
    changed.clip = None;
    changed.fill_alpha = 1.0;
    changed.stroke_alpha = 1.0;
    changed.blend = Blend::Normal;
    changed.masked = false;
    inner
}

/// Ends the path: paints it, and makes it the clip when asked to.
fn end_path(run: &mut Run<'_>, fill: Option<bool>, stroke: bool) {
    let look = Rc::clone(&run.state.look);
    if let Some(even_odd) = fill {
        let manner = manner(&look, &run.trace, look.fill, look.fill_alpha);
        let region = run.trace.region(even_odd);
        if !region.polygons.is_empty() {
            push(run, Shape::Area(region), manner);
        }
    }
    if stroke && !look.dashed {
        let wide = look.width * run.state.ctm.determinant().abs().sqrt();
        if wide >= THICK && wide.is_finite() {
            let polygons = run.trace.lines.iter().flat_map(|(line, closed)| bars(line, *closed, wide, look.long_ends));
            let region = Region { polygons: polygons.collect(), even_odd: false };
            let manner = manner(&look, &run.trace, look.stroke, look.stroke_alpha);
            push(run, Shape::Area(region), manner);
        }
    }
    if let Some(even_odd) = run.trace.clip.take() {
        let region = run.trace.region(even_odd);
        let outer = look.clip.clone();
        let depth = outer.as_ref().map_or(0, |outer| outer.depth + 1);
        // A clip too many is left out: then more is taken for visible, which is the safe side of covering, not of hiding.
        if depth < MAX_CLIPS {
            Rc::make_mut(&mut run.state.look).clip = Some(Arc::new(Clip { region, outer, depth }));
        }
    }
    run.trace.lines.clear();
    run.trace.points = 0;
}

fn push(run: &mut Run<'_>, shape: Shape, manner: Manner) {
    run.unit.items.push(Item::Paint(Box::new(Painted { shape, manner })));
}

fn set_colour(look: &mut Look, stroke: bool, space: Option<Space>, ink: Ink) {
    if stroke {
        look.stroke = ink;
        look.stroke_space = space.unwrap_or(look.stroke_space.clone());
    } else {
        look.fill = ink;
        look.fill_space = space.unwrap_or(look.fill_space.clone());
    }
}

fn close(trace: &mut Trace) {
    if let Some((_, closed)) = trace.lines.last_mut() {
        *closed = true;
    }
}

fn curve(trace: &mut Trace, ctm: Matrix, [x1, y1, x2, y2, x3, y3]: [f64; 6]) {
    let (x0, y0) = trace.pen;
    for piece in 1..=PIECES {
        let t = piece as f64 / PIECES as f64;
        let u = 1.0 - t;
        let mix = |a: f64, b: f64, c: f64, d: f64| u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d;
        trace.line_to(ctm.apply(mix(x0, x1, x2, x3), mix(y0, y1, y2, y3)));
    }
    trace.pen = (x3, y3);
}

/// The pieces of a thick line as rectangles.
fn bars(line: &[Point], closed: bool, width: f64, long_ends: bool) -> Vec<Vec<Point>> {
    let back = if closed { line.first() } else { None };
    let half = width / 2.0;
    let ends = line.iter().skip(1).chain(back);
    let bar = |(from, to): (&Point, &Point)| {
        let along = to.minus(*from);
        let length = along.length();
        if length < 1e-6 || !length.is_finite() {
            return None;
        }
        let along = along.times(half / length);
        let across = Point { x: -along.y, y: along.x };
        let reach = if long_ends || line.len() > 2 { along } else { Point::default() };
        let (from, to) = (from.minus(reach), to.plus(reach));
        Some(vec![from.plus(across), to.plus(across), to.minus(across), from.minus(across)])
    };
    line.iter().zip(ends).filter_map(bar).collect()
}

fn graphics_state(store: &Store, look: &mut Look, state: &Dictionary) {
    if let Some(alpha) = store.number(state, b"ca") {
        look.fill_alpha = alpha;
    }
    if let Some(alpha) = store.number(state, b"CA") {
        look.stroke_alpha = alpha;
    }
    if let Some(width) = store.number(state, b"LW") {
        look.width = width;
    }
    match store.get(state, b"SMask") {
        Object::Name(_) => look.masked = false,
        Object::Dictionary(_) => look.masked = true,
        _ => {}
    }
    let mode = match store.get(state, b"BM") {
        Object::Name(name) => Some(name.as_slice()),
        Object::Array(names) => names.first().and_then(|name| store.resolve(name).as_name().ok()),
        _ => None,
    };
    if let Some(mode) = mode {
        look.blend = blend(mode);
    }
}

/// What a blend mode does to what lies beneath.
pub(super) fn blend(mode: &[u8]) -> Blend {
    match mode {
        b"Normal" | b"Compatible" => Blend::Normal,
        b"Multiply" | b"Darken" | b"ColorBurn" => Blend::Darkens,
        b"Screen" | b"Lighten" | b"ColorDodge" => Blend::Lightens,
        _ => Blend::Other,
    }
}

fn inline_image(run: &mut Run<'_>, operation: &Operation<'_>) {
    let Some((Operand::Dictionary(entries), _)) = operation.operands.first() else { return };
    let get = |long: &[u8], short: &[u8]| entries.iter().find(|(key, _)| key == long || key == short).map(|(_, value)| value);
    let number = |long: &[u8], short: &[u8]| get(long, short).and_then(Operand::number);
    let ctm = run.state.ctm;
    let look = Rc::clone(&run.state.look);
    let stencil = matches!(get(b"ImageMask", b"IM"), Some(Operand::Boolean(true)));
    let mut how = manner(&look, &run.trace, if stencil { look.fill } else { Ink::Unknown }, look.fill_alpha);
    // The bits of a larger stencil are letters or ornaments as a rule.
    how.masked |= stencil && number(b"Width", b"W").zip(number(b"Height", b"H")).is_none_or(|(w, h)| w * h > 1.0);
    push(run, Shape::Picture(ctm), how);
}

/// Whether a stencil paints all of its area, as far as it can be told.
fn stencil_is_full(store: &Store, image: &Stream) -> bool {
    let paints = match store.numbers(&image.dict, b"Decode").as_deref() {
        Some([first, _]) if *first > 0.5 => 0xff,
        _ => 0x00,
    };
    match filters::decode(store, image, MAX_MASK) {
        Ok(Decoded::Bytes(bytes)) => {
            let width = store.number(&image.dict, b"Width").unwrap_or(0.0) as usize;
            let row = width.div_ceil(8).max(1);
            let whole = width / 8;
            let solid =
                |row: &[u8]| row.get(..whole).unwrap_or_default().iter().map(|byte| usize::from(*byte == paints)).sum::<usize>();
            let full: usize = bytes.chunks(row).map(solid).sum();
            let all = bytes.chunks(row).count() * whole;
            if whole == 0 { bytes.iter().all(|byte| *byte & 0x80 == paints & 0x80) } else { full * 20 >= all * 19 }
        }
        _ => false,
    }
}

/// Whether an image lets nothing through.
fn is_opaque(store: &Store, dict: &Dictionary) -> bool {
    match store.get(dict, b"Mask") {
        Object::Null => {}
        Object::Stream(mask) => return stencil_is_full(store, mask),
        _ => return false,
    }
    let Object::Stream(mask) = store.get(dict, b"SMask") else { return true };
    match filters::decode(store, mask, MAX_MASK) {
        Ok(Decoded::Bytes(bytes)) => bytes.iter().filter(|byte| **byte > 0xe6).count() * 20 >= bytes.len() * 19,
        _ => false,
    }
}

/// The colour of an image that has only one, when its bytes can be had without an image decoder.
fn plain_colour(store: &Store, resources: Option<&Dictionary>, image: &Stream) -> Ink {
    let bits = store.number(&image.dict, b"BitsPerComponent").unwrap_or(8.0);
    let Ok(entry) = image.dict.get(b"ColorSpace") else { return Ink::Unknown };
    let space = Space::read(store, resources, entry, 0);
    let count = space.width();
    let decode_is_plain = matches!(store.get(&image.dict, b"Decode"), Object::Null);
    let Ok(Decoded::Bytes(bytes)) = filters::decode(store, image, MAX_MASK) else { return Ink::Unknown };
    if count == 0 || !decode_is_plain {
        return Ink::Unknown;
    }
    let uniform = |step: usize| bytes.chunks_exact(step).all(|pixel| bytes.get(..step) == Some(pixel));
    let values: Vec<f64> = match bits as i64 {
        8 if uniform(count) => bytes.iter().take(count).map(|byte| space.value(*byte)).collect(),
        1 if count == 1 && bytes.iter().all(|byte| *byte == 0) => vec![0.0],
        1 if count == 1 && bytes.iter().all(|byte| *byte == 0xff) => vec![1.0],
        _ => return Ink::Unknown,
    };
    if values.len() == count { space.ink(&values) } else { Ink::Unknown }
}
