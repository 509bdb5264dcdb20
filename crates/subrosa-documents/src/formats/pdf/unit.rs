//! What interpretation finds in one content stream: shown text, moves of the text position, uses of other streams.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::ObjectId;

use super::fonts::Reading;
use super::geometry::{Matrix, Point};
use super::paint::{Painted, TextLook};
use super::tokenizer::Operand;

/// Where a content stream stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Place {
    /// The streams of a page's contents, joined. The number is the page's index.
    Page(usize),
    /// A stream of its own: a form, a pattern, an appearance, a glyph procedure.
    Stream(ObjectId),
}

/// One shown glyph. Points are in the space of its content stream.
pub(super) struct Glyph {
    pub reading: Reading,
    pub other: Reading,
    /// Index of its [`Show`].
    pub show: u32,
    /// The code's bytes, at most four.
    pub code: [u8; 4],
    pub code_length: u8,
    pub origin: Point,
    /// Where the pen stands after it, spacing left out.
    pub end: Point,
    /// Where the pen stands after it, spacing included.
    pub next: Point,
    /// Height of the font size.
    pub size: f64,
}

/// A part of a shown string or array.
pub(super) enum Element {
    Glyphs(Range<usize>),
    /// A number of a `TJ` array, with its bytes.
    Kern(Range<usize>),
}

/// The operators that show text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ShowKind {
    Plain,
    /// `'`
    NextLine,
    /// `"`, with its two spacings.
    NextLineSpaced(f64, f64),
}

/// One operation that shows text.
pub(super) struct Show {
    pub kind: ShowKind,
    pub range: Range<usize>,
    pub elements: Vec<Element>,
    pub glyphs: Range<usize>,
    pub start: Point,
    pub end: Point,
    /// From a space where the font size is one to the space of the stream, at the start of the operation.
    pub em: Matrix,
    pub vertical: bool,
    /// The word spacing in force, in font sizes, and the number of the operation that set it.
    pub word_spacing: f64,
    pub spaced_by: Option<usize>,
    /// Its font, where that is an object of its own.
    pub font: Option<ObjectId>,
    /// Index of the last [`Move`] before it.
    pub after_move: Option<usize>,
    /// It shows a label that an earlier redaction drew.
    pub label: bool,
    /// How it is painted, where that is recorded.
    pub look: Option<Box<TextLook>>,
}

/// One operation that sets the text position, with the text line matrix and leading after it.
pub(super) struct Move {
    pub range: Range<usize>,
    pub kind: MoveKind,
    pub line_matrix: Matrix,
    /// The current transformation matrix at that place.
    pub ctm: Matrix,
    pub leading: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MoveKind {
    /// `BT`
    Begin,
    /// `Td`, `T*`
    Relative,
    /// `TD`, which also sets the leading.
    RelativeLeading,
    /// `Tm`
    Absolute,
    /// The line feed in `'` and `"`. Its bytes belong to the [`Show`].
    Implied,
}

/// One entry of a stream in drawing order.
pub(super) enum Item {
    Show(usize),
    /// Another stream drawn here, by the index of its unit.
    Use(usize, Matrix),
    /// An image: the unit square under this matrix.
    Image(Matrix),
    /// Something painted, where painting is recorded: a shape, the image or the group that comes next.
    Paint(Box<Painted>),
}

/// A marked-content sequence whose property list stands in the stream and holds text.
pub(super) struct Marked {
    /// The property list's bytes.
    pub range: Range<usize>,
    /// Its strings, decoded, with their keys.
    pub strings: Vec<(Vec<u8>, String)>,
    /// The glyphs shown inside.
    pub glyphs: Range<usize>,
}

/// An image that stands in the stream itself.
pub(super) struct InlineImage {
    /// From `BI` to `EI`, both included.
    pub range: Range<usize>,
    pub entries: Vec<(Vec<u8>, Operand)>,
    /// Its data, and what white space stands behind them.
    pub data: Range<usize>,
}

/// One interpreted content stream.
pub(super) struct Unit {
    pub place: Place,
    pub bytes: Vec<u8>,
    pub shows: Vec<Show>,
    pub moves: Vec<Move>,
    pub glyphs: Vec<Glyph>,
    pub items: Vec<Item>,
    pub marked: Vec<Marked>,
    /// Comments, and what else no operator shows.
    pub comments: Vec<Range<usize>>,
    pub images: Vec<InlineImage>,
    /// It draws a glyph.
    pub glyph: bool,
    /// Tags of marked content, and where each stands.
    pub tags: BTreeMap<Vec<u8>, Vec<Range<usize>>>,
    /// Operations that set the word spacing.
    pub word_spacings: Vec<Range<usize>>,
    /// Most `Q` without a `q` before them at any point.
    pub underflow: usize,
    /// `q` less `Q` over the whole stream.
    pub open_states: i64,
    /// Where operands begin that the stream ends behind.
    pub loose_end: Option<usize>,
    /// Whether the stream ends inside a text object.
    pub open_text: bool,
    /// Painted curves and lines, as a measure of drawn letters on a page without text.
    pub painted: usize,
}

impl Unit {
    pub(super) fn new(place: Place, bytes: Vec<u8>) -> Self {
        Self {
            place,
            bytes,
            shows: Vec::new(),
            moves: Vec::new(),
            glyphs: Vec::new(),
            items: Vec::new(),
            marked: Vec::new(),
            comments: Vec::new(),
            images: Vec::new(),
            glyph: false,
            tags: BTreeMap::new(),
            word_spacings: Vec::new(),
            underflow: 0,
            open_states: 0,
            loose_end: None,
            open_text: false,
            painted: 0,
        }
    }
}
