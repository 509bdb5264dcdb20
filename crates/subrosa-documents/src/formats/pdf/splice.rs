//! Writes a plan for the removal of glyphs into the bytes of a content stream.

#![expect(clippy::many_single_char_names, reason = "the six numbers of a matrix are called a to f in the standard")]

use std::fmt::Write as _;
use std::ops::Range;

use super::edit::{Chain, LABEL_MARGIN, LABEL_SIZE, Piece, WORD_SPACE};
use super::geometry::{Matrix, Point, number};
use super::unit::{Element, Move, MoveKind, ShowKind, Unit};

/// The resource name of the label font.
pub(super) const LABEL_FONT: &str = "SubrosaLabel";

/// The box against the baseline.
const BOX_BOTTOM: f64 = -0.25;
const BOX_HEIGHT: f64 = 1.1;

/// A stretch of bytes and what replaces it.
pub(super) struct Splice {
    pub range: Range<usize>,
    pub bytes: Vec<u8>,
}

/// The outcome for one unit.
pub(super) struct Rewritten {
    pub splices: Vec<Splice>,
    /// Boxes and labels, to be drawn after everything else.
    pub boxes: String,
}

/// Rewrites the moves of text objects in which a chain moves: what follows is placed absolutely, so that nothing is left
/// that is relative to an old place.
pub(super) fn place(unit: &Unit, chains: &mut [Chain], splices: &mut Vec<Splice>) {
    let mut next_move = 0;
    let mut stale = false;
    for chain in chains {
        let Some(last) = unit.shows.get(chain.shows.start).and_then(|show| show.after_move) else {
            continue;
        };
        if last < next_move {
            continue;
        }
        let group = &unit.moves[next_move..=last];
        next_move = last + 1;
        let begin = group.iter().rposition(|one| one.kind == MoveKind::Begin);
        if begin.is_some() {
            stale = false;
        }
        let group = &group[begin.map_or(0, |at| at + 1)..];
        let moved = chain.shift.abs() > 1e-6 || chain.vanished;
        let Some(end) = group.last().or(unit.moves.get(last)) else {
            continue;
        };
        if !moved && !stale {
            continue;
        }
        if !moved && let Some(fixed) = group.iter().rposition(|one| one.kind == MoveKind::Absolute) {
            stale = false;
            remove_moves(&group[..fixed], splices);
            continue;
        }
        remove_moves(group, splices);
        let mut text = String::new();
        if group.iter().any(|one| one.kind == MoveKind::RelativeLeading) {
            let _ = write!(text, "{} TL ", number(end.leading));
        }
        if !chain.vanished {
            let line = shifted(end.line_matrix, end.ctm, chain.direction.times(chain.shift));
            let [a, b, c, d, e, f] = line.0.map(number);
            let _ = write!(text, "{a} {b} {c} {d} {e} {f} Tm ");
        }
        stale = moved;
        chain.placed = true;
        // Where the move is part of the showing operation, the new one stands before it; else it replaces the old ones.
        let at = if end.kind == MoveKind::Begin { end.range.end..end.range.end } else { end.range.start..end.range.start };
        let text = if end.kind == MoveKind::Begin { format!(" {}", text.trim_end()) } else { text };
        splices.push(Splice { range: at, bytes: text.into_bytes() });
    }
}

fn remove_moves(moves: &[Move], splices: &mut Vec<Splice>) {
    for one in moves.iter().filter(|one| !matches!(one.kind, MoveKind::Implied | MoveKind::Begin)) {
        splices.push(Splice { range: one.range.clone(), bytes: Vec::new() });
    }
}

/// A text line matrix moved by a vector of the stream's space.
fn shifted(line: Matrix, ctm: Matrix, by: Point) -> Matrix {
    let [a, b, c, d, ..] = ctm.0;
    let determinant = ctm.determinant();
    if determinant.abs() < 1e-12 {
        return line;
    }
    let x = (by.x * d - by.y * c) / determinant;
    let y = (by.y * a - by.x * b) / determinant;
    line.then(Matrix::translation(x, y))
}

pub(super) fn rewrite_shows(unit: &Unit, chain: &Chain, splices: &mut Vec<Splice>) {
    let implied = |index: usize| unit.shows[index].kind != ShowKind::Plain;
    let first = chain.shows.start;
    if chain.gaps.is_empty() {
        if implied(first) && chain.placed {
            let pieces: Vec<Piece> = unit.shows[first]
                .elements
                .iter()
                .flat_map(|element| match element {
                    Element::Glyphs(range) => range.clone().map(Piece::Glyph).collect::<Vec<_>>(),
                    Element::Kern(range) => vec![Piece::Kern(range.clone())],
                })
                .collect();
            splices.push(write_show(unit, chain, first, &pieces.iter().collect::<Vec<_>>(), true));
        }
        return;
    }
    let owner = |piece: &Piece| match piece {
        Piece::Glyph(glyph) => unit.glyphs[*glyph].show as usize,
        Piece::Gap(gap) => chain.gaps[*gap].show,
        Piece::Kern(range) | Piece::Space(range) => {
            chain.shows.clone().find(|&show| unit.shows[show].range.end >= range.end).unwrap_or(first)
        }
    };
    let mut at = 0;
    for index in chain.shows.clone() {
        let from = at;
        while at < chain.pieces.len() && owner(&chain.pieces[at]) == index {
            at += 1;
        }
        let pieces: Vec<&Piece> = chain.pieces[from..at].iter().collect();
        let complete = pieces.iter().filter(|piece| !matches!(piece, Piece::Gap(_))).count()
            == unit.shows[index]
                .elements
                .iter()
                .map(|element| match element {
                    Element::Glyphs(range) => range.len(),
                    Element::Kern(_) => 1,
                })
                .sum::<usize>();
        let untouched = complete && !pieces.iter().any(|piece| matches!(piece, Piece::Gap(_) | Piece::Space(_)));
        if untouched && !(implied(index) && chain.placed) {
            continue;
        }
        splices.push(write_show(unit, chain, index, &pieces, chain.placed));
    }
}

fn write_show(unit: &Unit, chain: &Chain, index: usize, pieces: &[&Piece], placed: bool) -> Splice {
    let show = &unit.shows[index];
    let mut out = String::new();
    if let ShowKind::NextLineSpaced(word, character) = show.kind {
        let _ = write!(out, "{} Tw {} Tc ", number(word), number(character));
    }
    if show.kind != ShowKind::Plain && !placed {
        out.push_str("T* ");
    }
    let mut array = String::new();
    let mut in_string = false;
    for piece in pieces {
        match piece {
            Piece::Glyph(glyph) => {
                if !in_string {
                    array.push('<');
                    in_string = true;
                }
                let one = &unit.glyphs[*glyph];
                for byte in &one.code[..usize::from(one.code_length)] {
                    let _ = write!(array, "{byte:02x}");
                }
            }
            Piece::Kern(_) | Piece::Space(_) | Piece::Gap(_) => {
                if in_string {
                    array.push('>');
                    in_string = false;
                }
                match piece {
                    Piece::Kern(range) => {
                        let bytes = unit.bytes.get(range.clone()).unwrap_or_default();
                        let _ = write!(array, " {} ", String::from_utf8_lossy(bytes));
                    }
                    Piece::Space(_) => {
                        let _ = write!(array, " {} ", number(-1000.0 * WORD_SPACE));
                    }
                    Piece::Gap(gap) => {
                        let width = chain.gaps[*gap].width;
                        if width > 0.0 {
                            let sign = if show.vertical { 1000.0 } else { -1000.0 };
                            let _ = write!(array, " {} ", number(width * sign));
                        }
                    }
                    Piece::Glyph(_) => {}
                }
            }
        }
    }
    if in_string {
        array.push('>');
    }
    if !array.trim().is_empty() {
        let _ = write!(out, "[{}] TJ", array.trim());
    }
    Splice { range: show.range.clone(), bytes: out.into_bytes() }
}

/// The boxes, each a black rectangle with its label in white.
pub(super) fn boxes(unit: &Unit, chains: &[Chain], labels: &[String]) -> String {
    let mut out = String::new();
    for gap in chains.iter().flat_map(|chain| &chain.gaps).filter(|gap| gap.boxed > 0.0 && !gap.copy) {
        let show = &unit.shows[gap.show];
        let [a, b, c, d, ..] = show.em.0;
        let em = Matrix([a, b, c, d, gap.start.x, gap.start.y]);
        if em.determinant().abs() < 1e-9 || !em.is_finite() {
            continue;
        }
        let (em, bottom) =
            if show.vertical { (Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]).then(em), -0.55) } else { (em, BOX_BOTTOM) };
        let [a, b, c, d, e, f] = em.0.map(number);
        let _ = write!(
            out,
            "q {a} {b} {c} {d} {e} {f} cm 0 g {} {} {} {} re f",
            number(gap.lead),
            number(bottom),
            number(gap.boxed),
            number(BOX_HEIGHT)
        );
        if gap.labelled {
            let label = labels.get(gap.value as usize).map_or("", String::as_str);
            let baseline = bottom + 0.3;
            let _ = write!(
                out,
                " BT 1 g 0 Tr 0 Tc 0 Tw {} Tz 0 Ts /{LABEL_FONT} {} Tf {} {} Td <{}> Tj ET",
                number(100.0 * gap.squeeze),
                number(LABEL_SIZE),
                number(gap.lead + LABEL_MARGIN * gap.squeeze),
                number(baseline),
                hex_label(label)
            );
        }
        out.push_str(" Q\n");
    }
    out
}

/// A label in WinAnsi codes, as hexadecimal digits.
fn hex_label(label: &str) -> String {
    use pdf_encoding::Encoding;
    let map = Encoding::WinAnsiEncoding.reverse_map();
    label.chars().fold(String::new(), |mut out, one| {
        let code = map.and_then(|map| map.get(u32::from(one))).unwrap_or(b'?');
        let _ = write!(out, "{code:02x}");
        out
    })
}

/// The unit's bytes with the splices made and the boxes drawn after it.
pub(super) fn apply(unit: &Unit, mut splices: Vec<Splice>, boxes: &str) -> Option<Vec<u8>> {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = Vec::with_capacity(unit.bytes.len() + boxes.len() + 64);
    if !boxes.is_empty() {
        (0..=unit.underflow).for_each(|_| out.extend_from_slice(b"q "));
        out.push(b'\n');
    }
    // Operands that the stream ends behind do nothing, but would take what is added for more of them.
    let end = unit.loose_end.filter(|_| !boxes.is_empty()).unwrap_or(unit.bytes.len());
    let mut at = 0;
    for splice in splices.into_iter().filter(|splice| splice.range.start < end || splice.range.end <= end) {
        // A comment inside an operation that was written anew went with it.
        if splice.range.end <= at && splice.range.start < at {
            continue;
        }
        out.extend_from_slice(unit.bytes.get(at..splice.range.start)?);
        if splice.bytes.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(&splice.bytes);
        at = splice.range.end;
    }
    out.extend_from_slice(unit.bytes.get(at..end.max(at))?);
    if !boxes.is_empty() {
        // The stream may end in a comment.
        out.push(b'\n');
        if unit.open_text {
            out.extend_from_slice(b"\nET");
        }
        let open = unit.underflow as i64 + 1 + unit.open_states;
        (0..open.max(0)).for_each(|_| out.extend_from_slice(b" Q"));
        out.push(b'\n');
        out.extend_from_slice(boxes.as_bytes());
    }
    Some(out)
}
