//! Takes glyphs out of a content stream and puts a box with a label in their place.
//!
//! Codes are removed from the strings that show them; kept codes keep their bytes. The gap is as wide as the label, never as
//! wide as what was removed, and the rest of the line follows the label: text that was placed on its own behind the gap, at a
//! distance of a few letters, is placed anew, so that neither its old place nor the size of the shift stays in the file.
//! Kerns inside the gap and at its edges go too.
//!
//! Not hidden: where a line begins (centred and right-aligned lines begin at a place that depends on their full length), and
//! the word spacing of justified lines. Text further right than a tab's width is taken for another column and stays.

#![expect(clippy::many_single_char_names, reason = "the six numbers of a matrix are called a to f in the standard")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::fonts::helvetica_width;
use super::geometry::{Matrix, Point, number};
use super::unit::{Element, MoveKind, ShowKind, Unit};

/// The resource name of the label font.
pub(super) const LABEL_FONT: &str = "SubrosaLabel";

/// Size of the label against the text, and the room at either side of it, in font sizes.
const LABEL_SIZE: f64 = 0.8;
const LABEL_MARGIN: f64 = 0.15;
/// Width of a box without a label, and of the further boxes of a value that goes over several lines.
const PLAIN_WIDTH: f64 = 3.0;
/// The box against the baseline.
const BOX_BOTTOM: f64 = -0.25;
const BOX_HEIGHT: f64 = 1.1;
/// Text at most this many font sizes behind the end of other text belongs to the same line of writing: narrower than the gap
/// between columns, unless it is also shown right after it.
const FLOW: f64 = 0.85;
const FLOW_IN_ORDER: f64 = 1.6;

/// What is to be removed from one unit: glyph to value.
pub(super) type Hits = BTreeMap<u32, u32>;

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

fn label_width(label: &str) -> f64 {
    if label.is_empty() { PLAIN_WIDTH } else { label.chars().map(helvetica_width).sum::<f64>() * LABEL_SIZE + 2.0 * LABEL_MARGIN }
}

/// Shows in a row without a move between them.
struct Chain {
    shows: Range<usize>,
    direction: Point,
    start: Point,
    end: Point,
    size: f64,
    pieces: Vec<Piece>,
    gaps: Vec<Gap>,
    /// How much longer it becomes.
    growth: f64,
    /// How far its start moves.
    shift: f64,
    /// Nothing of it is left, and the box stands elsewhere.
    vanished: bool,
    /// A move was written before it.
    placed: bool,
}

enum Piece {
    Glyph(usize),
    Kern(Range<usize>),
    /// The place of a gap.
    Gap(usize),
}

struct Gap {
    show: usize,
    value: u32,
    start: Point,
    /// Width removed, along the line.
    removed: f64,
    /// Width put in, in font sizes; and along the line.
    width: f64,
    length: f64,
    labelled: bool,
    /// It lies over another gap of the same value, as in letters printed twice: one box serves for both.
    copy: bool,
    first_glyph: bool,
    last_glyph: bool,
}

/// Plans the removal of `hits` from a unit; `labels` by value.
pub(super) fn rewrite(unit: &Unit, hits: &Hits, labels: &[String]) -> Rewritten {
    let mut chains = chains(unit);
    for chain in &mut chains {
        if chain.shows.clone().any(|show| unit.shows[show].glyphs.clone().any(|glyph| hits.contains_key(&(glyph as u32)))) {
            cut(unit, chain, hits);
        }
    }
    settle(unit, &mut chains, labels);
    let mut splices = Vec::new();
    place(unit, &mut chains, &mut splices);
    for chain in &chains {
        rewrite_shows(unit, chain, &mut splices);
    }
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    Rewritten { splices, boxes: boxes(unit, &chains, labels) }
}

fn chains(unit: &Unit) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut last_move = None;
    for (index, show) in unit.shows.iter().enumerate() {
        match chains.last_mut() {
            Some(chain) if last_move == show.after_move => {
                chain.shows.end = index + 1;
                chain.end = show.end;
            }
            _ => {
                let along = if show.vertical { show.em.apply_vector(0.0, -1.0) } else { show.em.apply_vector(1.0, 0.0) };
                let length = along.length();
                let direction = if length > 1e-9 { along.times(1.0 / length) } else { Point { x: 1.0, y: 0.0 } };
                let size = show.em.apply_vector(0.0, 1.0).length();
                let shows = index..index + 1;
                let (start, end) = (show.start, show.end);
                chains.push(Chain {
                    shows,
                    direction,
                    start,
                    end,
                    size,
                    pieces: Vec::new(),
                    gaps: Vec::new(),
                    growth: 0.0,
                    shift: 0.0,
                    vanished: false,
                    placed: false,
                });
            }
        }
        last_move = show.after_move;
    }
    chains
}

/// Lists the pieces of a chain, with gaps in place of the removed glyphs and without the kerns next to them.
fn cut(unit: &Unit, chain: &mut Chain, hits: &Hits) {
    let mut flat = Vec::new();
    for index in chain.shows.clone() {
        for element in &unit.shows[index].elements {
            match element {
                Element::Glyphs(range) => flat.extend(range.clone().map(|glyph| (index, Piece::Glyph(glyph)))),
                Element::Kern(range) => flat.push((index, Piece::Kern(range.clone()))),
            }
        }
    }
    let mut pen = chain.start;
    let mut open: Option<(u32, usize)> = None;
    let mut first = true;
    let mut kerns: Vec<Piece> = Vec::new();
    for (show, piece) in flat {
        match piece {
            Piece::Glyph(glyph) => {
                let one = &unit.glyphs[glyph];
                let hit = hits.get(&(glyph as u32)).copied();
                match (open, hit) {
                    (Some((value, _)), Some(next)) if value == next => kerns.clear(),
                    (_, Some(value)) => {
                        close(chain, open.take(), one.origin);
                        kerns.clear();
                        chain.pieces.push(Piece::Gap(chain.gaps.len()));
                        open = Some((value, chain.gaps.len()));
                        chain.gaps.push(Gap {
                            show,
                            value,
                            start: pen,
                            removed: 0.0,
                            width: 0.0,
                            length: 0.0,
                            labelled: false,
                            copy: false,
                            first_glyph: first,
                            last_glyph: false,
                        });
                    }
                    (was_open, None) => {
                        close(chain, was_open, one.origin);
                        if was_open.is_some() {
                            kerns.clear();
                        }
                        open = None;
                        chain.pieces.append(&mut kerns);
                        chain.pieces.push(Piece::Glyph(glyph));
                        pen = one.next;
                    }
                }
                first = false;
            }
            other => kerns.push(other),
        }
    }
    if open.is_none() {
        chain.pieces.append(&mut kerns);
    }
    let end = chain.end;
    if let Some((_, gap)) = open {
        chain.gaps[gap].last_glyph = true;
    }
    close(chain, open, end);
}

fn close(chain: &mut Chain, open: Option<(u32, usize)>, at: Point) {
    if let Some((_, gap)) = open {
        let direction = chain.direction;
        if let Some(gap) = chain.gaps.get_mut(gap) {
            gap.removed = at.minus(gap.start).dot(direction);
        }
    }
}

/// Decides the width of every gap and how far each chain moves, line by line.
fn settle(unit: &Unit, chains: &mut [Chain], labels: &[String]) {
    let mut order: Vec<(i32, f64, f64, usize)> = chains
        .iter()
        .enumerate()
        .map(|(index, chain)| {
            let angle = chain.direction.y.atan2(chain.direction.x).to_degrees().round() as i32;
            let angle = (angle + 360) % 360;
            let (sine, cosine) = f64::from(angle).to_radians().sin_cos();
            let across = chain.start.dot(Point { x: -sine, y: cosine });
            (angle, across, chain.start.dot(Point { x: cosine, y: sine }), index)
        })
        .collect();
    order.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.3.cmp(&b.3)));
    // Where the first gap of each value stands: its label is drawn there and nowhere else.
    let mut labelled: BTreeMap<u32, Point> = BTreeMap::new();
    let mut from = 0;
    while from < order.len() {
        let (angle, across, _, first) = order[from];
        let mut to = from + 1;
        while to < order.len()
            && order[to].0 == angle
            && across - order[to].1 < 0.5 * chains[first].size.max(chains[order[to].3].size)
        {
            to += 1;
        }
        order[from..to].sort_by(|a, b| a.2.total_cmp(&b.2).then(a.3.cmp(&b.3)));
        let line: Vec<usize> = order[from..to].iter().map(|key| key.3).collect();
        if line.iter().any(|&index| !chains[index].gaps.is_empty()) {
            settle_line(unit, chains, &line, labels, &mut labelled);
        }
        from = to;
    }
}

fn settle_line(unit: &Unit, chains: &mut [Chain], line: &[usize], labels: &[String], labelled: &mut BTreeMap<u32, Point>) {
    // End of the last chain, before and after; and the value whose gap is open at that end.
    let mut before: Option<(f64, f64, Option<u32>)> = None;
    let mut index_before = None;
    let mut starts: Vec<(f64, f64)> = Vec::new();
    for &index in line {
        let chain = &mut chains[index];
        let direction = chain.direction;
        let (start, end) = (chain.start.dot(direction), chain.end.dot(direction));
        let distance = before.map_or(f64::MAX, |(old_end, ..)| start - old_end);
        let reach = if index_before.is_some_and(|before: usize| before + 1 == index) { FLOW_IN_ORDER } else { FLOW };
        let flows = (-0.6 * chain.size..reach * chain.size).contains(&distance);
        let open = before.and_then(|(_, _, open)| open).filter(|_| flows);
        let copy_of = starts.iter().rev().take(8).find(|(old, _)| (old - start).abs() < 0.2 * chain.size).copied();
        let continues = chain.gaps.first().is_some_and(|gap| gap.first_glyph && Some(gap.value) == open);
        let new_start = match (copy_of, before) {
            (Some((old, new)), _) => new + (start - old),
            (None, Some((_, new_end, _))) if continues => new_end,
            (None, Some((_, new_end, _))) if flows => new_end + distance,
            _ => start,
        };
        let whole = chain.pieces.iter().all(|piece| !matches!(piece, Piece::Glyph(_)));
        let mut growth = 0.0;
        for (at, gap) in chain.gaps.iter_mut().enumerate() {
            let em = unit.shows[gap.show].em;
            let unit_length =
                if unit.shows[gap.show].vertical { em.apply_vector(0.0, 1.0) } else { em.apply_vector(1.0, 0.0) }.length();
            let label = labels.get(gap.value as usize).map_or("", String::as_str);
            let known = labelled.get(&gap.value).copied();
            let again = known.is_some_and(|place| place.minus(gap.start).length() < 0.2 * chain.size);
            if at == 0 && continues {
                gap.width = 0.0;
            } else if known.is_none() || again {
                gap.width = label_width(label);
                gap.labelled = !label.is_empty();
                gap.copy = again;
                labelled.entry(gap.value).or_insert(gap.start);
            } else {
                gap.width = PLAIN_WIDTH;
            }
            gap.length = gap.width * unit_length;
            gap.start = gap.start.plus(direction.times(new_start - start + growth));
            growth += gap.length - gap.removed;
        }
        chain.growth = growth;
        chain.shift = new_start - start;
        chain.vanished = whole && !chain.gaps.is_empty() && chain.gaps.iter().all(|gap| gap.width == 0.0);
        let open = chain.gaps.last().filter(|gap| gap.last_glyph).map(|gap| gap.value);
        let (old_end, new_end) = (end, end + chain.shift + growth);
        starts.push((start, new_start));
        if before.is_none_or(|(last, ..)| last <= old_end) {
            before = Some((old_end, new_end, open));
            index_before = Some(index);
        }
    }
}

/// Rewrites the moves of text objects in which a chain moves: what follows is placed absolutely, so that nothing is left
/// that is relative to an old place.
fn place(unit: &Unit, chains: &mut [Chain], splices: &mut Vec<Splice>) {
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

fn remove_moves(moves: &[super::unit::Move], splices: &mut Vec<Splice>) {
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

fn rewrite_shows(unit: &Unit, chain: &Chain, splices: &mut Vec<Splice>) {
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
        Piece::Kern(range) => chain.shows.clone().find(|&show| unit.shows[show].range.end >= range.end).unwrap_or(first),
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
        let untouched = complete && !pieces.iter().any(|piece| matches!(piece, Piece::Gap(_)));
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
            Piece::Kern(_) | Piece::Gap(_) => {
                if in_string {
                    array.push('>');
                    in_string = false;
                }
                match piece {
                    Piece::Kern(range) => {
                        let bytes = unit.bytes.get(range.clone()).unwrap_or_default();
                        let _ = write!(array, " {} ", String::from_utf8_lossy(bytes));
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
fn boxes(unit: &Unit, chains: &[Chain], labels: &[String]) -> String {
    let mut out = String::new();
    for gap in chains.iter().flat_map(|chain| &chain.gaps).filter(|gap| gap.width > 0.0 && !gap.copy) {
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
            "q {a} {b} {c} {d} {e} {f} cm 0 g 0 {} {} {} re f",
            number(bottom),
            number(gap.width),
            number(BOX_HEIGHT)
        );
        if gap.labelled {
            let label = labels.get(gap.value as usize).map_or("", String::as_str);
            let baseline = bottom + 0.3;
            let _ = write!(
                out,
                " BT 1 g 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts /{LABEL_FONT} {} Tf {} {} Td <{}> Tj ET",
                number(LABEL_SIZE),
                number(LABEL_MARGIN),
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
    let mut at = 0;
    for splice in splices {
        out.extend_from_slice(unit.bytes.get(at..splice.range.start)?);
        if splice.bytes.is_empty() {
            out.push(b' ');
        }
        out.extend_from_slice(&splice.bytes);
        at = splice.range.end;
    }
    out.extend_from_slice(unit.bytes.get(at..)?);
    if !boxes.is_empty() {
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
