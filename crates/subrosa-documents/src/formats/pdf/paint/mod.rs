//! What a page paints beside its text: filled shapes, thick lines, pictures, with colour, opacity, clip and order.
//!
//! [`record`] follows the painting operators while a content stream is interpreted, [`colour`] turns colour spaces into what
//! the eye would see, [`canvas`] replays all of it on a coarse grid, [`view`] says of every glyph whether the eye meets it, and
//! [`runs`] joins what is hidden. [`inspect`] does all of it for a file.
//!
//! Only the audit asks for this: reading for redaction counts every glyph, seen or not. Glyph outlines are not drawn; shadings,
//! pictures and unknown colours count as a colour that equals no other. ISO 32000-2, 8.4 to 8.11 and 11.

pub(super) mod annotations;
pub(super) mod canvas;
mod cells;
mod colour;
pub(super) mod inspect;
pub(super) mod layers;
pub(super) mod record;
mod runs;
pub(super) mod view;

use std::sync::Arc;

use super::geometry::{Matrix, Point};
use colour::Space;

/// A colour as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Red, green, blue.
    Rgb([u8; 3]),
    /// Some colour, or several: a shading, a picture, a tint that cannot be computed.
    Unknown,
    /// A tiling pattern: the index of its unit.
    Tiles(usize),
    /// A pattern that is not to be had: it may paint nothing.
    Nothing,
}

impl Ink {
    pub(super) const BLACK: Self = Self::Rgb([0; 3]);
}

/// An area: polygons, and how their crossings count.
#[derive(Clone, Debug, Default)]
pub(super) struct Region {
    pub polygons: Vec<Vec<Point>>,
    pub even_odd: bool,
}

/// A clip and those it lies within.
#[derive(Debug)]
pub(super) struct Clip {
    pub region: Region,
    pub outer: Option<Arc<Clip>>,
    /// How many clips it lies within.
    pub depth: usize,
}

/// How painting mixes with what is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Blend {
    #[default]
    Normal,
    /// Multiply, Darken, ColorBurn: only dark covers.
    Darkens,
    /// Screen, Lighten, ColorDodge: only light covers.
    Lightens,
    Other,
}

/// The part of the graphics state that decides what is seen.
#[derive(Clone)]
pub(super) struct Look {
    pub fill: Ink,
    pub stroke: Ink,
    fill_space: Space,
    stroke_space: Space,
    pub fill_alpha: f64,
    pub stroke_alpha: f64,
    pub blend: Blend,
    /// A soft mask may let nothing through.
    pub masked: bool,
    width: f64,
    dashed: bool,
    /// Line ends reach half a width beyond the line.
    long_ends: bool,
    /// The text rendering mode.
    pub mode: u8,
    pub clip: Option<Arc<Clip>>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            fill: Ink::BLACK,
            stroke: Ink::BLACK,
            fill_space: Space::Gray,
            stroke_space: Space::Gray,
            fill_alpha: 1.0,
            stroke_alpha: 1.0,
            blend: Blend::Normal,
            masked: false,
            width: 1.0,
            dashed: false,
            long_ends: false,
            mode: 0,
            clip: None,
        }
    }
}

/// How something is painted.
#[derive(Clone, Debug)]
pub(super) struct Manner {
    pub ink: Ink,
    pub alpha: f64,
    pub blend: Blend,
    pub masked: bool,
    pub clip: Option<Arc<Clip>>,
    /// It stands in a layer that is switched off.
    pub hidden: bool,
}

/// What is painted.
#[derive(Debug)]
pub(super) enum Shape {
    /// The inside of a path, or the area of a thick line.
    Area(Region),
    /// The unit square under a map.
    Picture(Matrix),
    /// Everything inside the clip.
    Everything,
    /// The next stream that is used, as a group.
    Group,
}

/// One thing painted, in the space of its stream.
#[derive(Debug)]
pub(super) struct Painted {
    pub shape: Shape,
    pub manner: Manner,
}

/// How a text is shown.
#[derive(Clone, Debug)]
pub(super) struct TextLook {
    pub manner: Manner,
    /// The colour of the outline, where there is one beside the inside.
    pub outline: Option<Ink>,
    pub mode: u8,
}
