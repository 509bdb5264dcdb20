//! A document for people to read: paragraphs, headings, items, emphasis, cells; what is deleted or hidden is not seen.

use subrosa_core::segment::Segment;

use super::body::RtfBody;
use super::destination::{self, Destination};
use super::tokens::{Token, Tokens};
use crate::flow::Carrier;
use crate::flow::tables;
use crate::flow::view::{Look, Marks, Ordered, Paragraph, Stretch};
use crate::view::{Block, Face, Shape, Views};

/// Deepest level of a heading or an item that is told apart.
const DEEPEST: i32 = 8;

/// What a place of the document is: its order, its section, whether it is seen.
fn told(detail: &str, structural: bool) -> (u8, &'static str, bool) {
    match detail {
        _ if structural => (90, "Names", false),
        _ if detail.ends_with("before tracked changes") => (1, "Text, before tracked changes", false),
        _ if detail.ends_with("after tracked changes") => (1, "Text, after tracked changes", true),
        "" => (0, "Text", true),
        _ if detail.starts_with("table") => (0, "Text", true),
        "text box" => (0, "Text box", true),
        "list label" => (0, "Text", true),
        "header" => (2, "Header", true),
        "footer" => (3, "Footer", true),
        "note" => (4, "Footnotes", true),
        "picture, drawn text" => (5, "Pictures", true),
        "comment" | "initials" => (6, "Comments", false),
        "field code" | "index entry" => (7, "Field codes", false),
        "HTML tag" => (8, "HTML", false),
        _ => (9, "Properties", false),
    }
}

/// What a group inherits.
#[derive(Clone, Copy, Default)]
struct State {
    look: Look,
    /// The level of a heading or an item, from 0.
    outline: Option<i32>,
    item: Option<i32>,
    deleted: bool,
    /// Outside of the text, where paragraphs have no shape.
    aside: bool,
}

/// The marks of a document.
fn marks(bytes: &[u8]) -> Marks {
    let mut marks = Marks::default();
    let mut state = State::default();
    let mut stack: Vec<State> = Vec::new();
    let mut paragraph = marks.begin(Paragraph::default());
    let (mut fresh, mut starred) = (false, false);
    let start = super::start(bytes).unwrap_or(0);
    let mut tokens = Tokens::new(bytes.get(start..).unwrap_or_default());
    while let Ok(Some((token, range))) = tokens.next() {
        let at = range.start + start;
        let was_fresh = std::mem::replace(&mut fresh, matches!(token, Token::Open));
        match token {
            Token::Open => {
                starred = false;
                stack.push(state);
                fresh = true;
            }
            Token::Close => state = stack.pop().unwrap_or_default(),
            Token::Symbol(b'*') if was_fresh => (starred, fresh) = (true, true),
            Token::Word(word, parameter) => {
                let on = parameter != Some(0);
                if was_fresh {
                    match destination::of(word, starred) {
                        None | Some(Destination::Inline) => {}
                        Some(destination) => {
                            state.aside = !matches!(destination, Destination::Story(_));
                            paragraph = marks.begin(Paragraph::default());
                        }
                    }
                }
                match word {
                    "b" => state.look.bold = on,
                    "i" => state.look.italic = on,
                    "ul" | "uld" | "uldb" | "ulw" | "ulwave" | "ulth" => state.look.underline = on,
                    "ulnone" => state.look.underline = false,
                    "strike" | "striked" => state.look.struck = on,
                    "v" => state.look.hidden = on,
                    "deleted" => state.deleted = on,
                    "plain" => (state.look, state.deleted) = (Look::default(), false),
                    "pard" => (state.outline, state.item) = (None, None),
                    "outlinelevel" => state.outline = parameter,
                    "ls" | "pnlvlblt" | "pnlvlbody" => state.item = state.item.or(Some(0)),
                    "ilvl" => state.item = parameter,
                    "par" | "sect" | "cell" | "nestcell" | "row" | "page" | "column" => {
                        paragraph = marks.begin(Paragraph::default());
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        let text = match token {
            Token::Text(_) | Token::Hex(_) => true,
            Token::Symbol(symbol) => b"\\{}~-_".contains(&symbol),
            Token::Word(word, _) => {
                matches!(word, "u" | "emdash" | "endash" | "lquote" | "rquote" | "ldblquote" | "rdblquote" | "bullet")
            }
            _ => false,
        };
        if text {
            let level = |level: i32| level.clamp(0, DEEPEST) as u8 + 1;
            let shape = match (state.aside, state.outline, state.item) {
                (false, Some(outline), _) if (0..=DEEPEST).contains(&outline) => Shape::Heading(level(outline)),
                (false, _, Some(item)) => Shape::Item(level(item)),
                _ => Shape::Paragraph,
            };
            if let Some(paragraph) = marks.paragraph(paragraph) {
                paragraph.shape = shape;
            }
            let look =
                Look { struck: state.look.struck || state.deleted, hidden: state.look.hidden || state.deleted, ..state.look };
            marks.mark(at, paragraph, look);
        }
    }
    marks
}

impl RtfBody {
    /// The document for people to read.
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        let mut ordered = Ordered::default();
        let marks = marks(&self.bytes);
        for ((number, segment), place) in segments.iter().enumerate().zip(&self.places) {
            let (rank, section, visible) = told(&place.detail, segment.structural);
            let Carrier::Run(pieces) = &place.carrier else { continue };
            let own = pieces.first().is_some_and(|piece| piece.slot.part == 0);
            let cell = tables::record_at("", &place.detail).and_then(|record| views.cell(&record));
            let section = views.section(section);
            let label = segment.labels.first().cloned();
            let mut face = |paragraph: Paragraph| {
                let face = Face::text(section.clone()).seen(visible);
                let face = Face { again: rank == 1, shape: cell.unwrap_or(paragraph.shape), ..face };
                if cell.is_none() && rank >= 6 { face.field(label.clone()) } else { Face { label: label.clone(), ..face } }
            };
            let pieces = pieces.iter().map(Stretch::from);
            ordered.flow((rank, 0, 0), (number, segment), pieces, own.then_some(&marks), &mut face);
        }
        ordered.into_views(&mut views);
        self.children.view_all(&mut views);
        views.finish()
    }
}
