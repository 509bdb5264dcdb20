//! Takes glyphs out of a content stream and puts a box with a label in their place.
//!
//! Codes are removed from the strings that show them; kept codes keep their bytes. The gap is as wide as the label, never as
//! wide as what was removed, and the rest of the line follows the label: text that was placed on its own behind the gap, at a
//! distance of a few letters, is placed anew, so that neither its old place nor the size of the shift stays in the file.
//! Kerns inside the gap and at its edges go too.
//!
//! Where a line begins and how wide its spaces are also tells how long it was. So text that is shown in one go with a gap loses
//! its small shifts of letters, and its spaces get one width (module [`spacing`](super::spacing)); lines that end at one edge, or
//! have one middle, still do so afterwards (module [`alignment`](super::alignment)).
//!
//! A label is set narrower where it would else lie over text that stays, in the next column, say (module
//! [`room`](super::room)).
//!
//! Not hidden: the spacing of other text on the same line that was placed on its own, the rectangle of a link and lines drawn
//! under the text. Text further right than a column's gap is taken for another column and stays.

use std::collections::BTreeMap;
use std::ops::Range;

use super::alignment::Edges;
use super::fonts::helvetica_width;
use super::geometry::Point;
use super::room;
use super::spacing;
use super::splice::{self, Rewritten};
use super::unit::{Element, Unit};

/// Size of the label against the text, and the room at either side of it, in font sizes.
pub(super) const LABEL_SIZE: f64 = 0.8;
pub(super) const LABEL_MARGIN: f64 = 0.15;
/// Width of a box without a label, and of the further boxes of a value that goes over several lines.
const PLAIN_WIDTH: f64 = 3.0;
/// A space between words that was a kern, whatever its width.
pub(super) const WORD_SPACE: f64 = 0.28;
/// Text at most this many font sizes behind the end of other text belongs to the same line of writing: narrower than the gap
/// between columns, unless it is also shown right after it.
pub(super) const FLOW: f64 = 0.85;
pub(super) const FLOW_IN_ORDER: f64 = 1.6;

/// How often a line is settled anew with narrower labels.
const ROUNDS: usize = 3;

/// What is to be removed from one unit: glyph to value.
pub(super) type Hits = BTreeMap<u32, u32>;

fn label_width(label: &str) -> f64 {
    if label.is_empty() { PLAIN_WIDTH } else { label.chars().map(helvetica_width).sum::<f64>() * LABEL_SIZE + 2.0 * LABEL_MARGIN }
}

/// Shows in a row without a move between them.
pub(super) struct Chain {
    pub shows: Range<usize>,
    pub direction: Point,
    pub start: Point,
    pub end: Point,
    pub size: f64,
    pub pieces: Vec<Piece>,
    pub gaps: Vec<Gap>,
    /// How much further its end stands behind its last gap, as its spaces have another width.
    pub tail: f64,
    /// How much longer it becomes.
    pub growth: f64,
    /// How far its start moves.
    pub shift: f64,
    /// Nothing of it is left, and the box stands elsewhere.
    pub vanished: bool,
    /// A move was written before it.
    pub placed: bool,
}

pub(super) enum Piece {
    Glyph(usize),
    Kern(Range<usize>),
    /// A kern that was a space between words, and gets the width of one.
    Space(Range<usize>),
    /// The place of a gap.
    Gap(usize),
}

pub(super) struct Gap {
    pub show: usize,
    pub value: u32,
    pub start: Point,
    /// Where it stood before anything moved.
    pub origin: Point,
    /// How much narrower its label is than it could be.
    pub squeeze: f64,
    /// How much further it stands than the gap before it, as the spaces between have another width.
    pub extra: f64,
    /// Width removed, along the line.
    pub removed: f64,
    /// Width put in, in font sizes; and along the line.
    pub width: f64,
    pub length: f64,
    /// Width of the box in it, in font sizes.
    pub boxed: f64,
    pub labelled: bool,
    /// Room for the space between words, where it was a kern and so went with the edge: before the box and after it.
    pub lead: f64,
    pub trail: f64,
    /// It lies over another gap of the same value, as in letters printed twice: one box serves for both.
    pub copy: bool,
    pub first_glyph: bool,
    pub last_glyph: bool,
}

/// Plans the removal of `hits` from a unit; `labels` by value.
pub(super) fn rewrite(unit: &Unit, hits: &Hits, labels: &[String]) -> Rewritten {
    let mut chains = chains(unit);
    let stretched = spacing::stretching(unit);
    for chain in &mut chains {
        if chain.shows.clone().any(|show| unit.shows[show].glyphs.clone().any(|glyph| hits.contains_key(&(glyph as u32)))) {
            cut(unit, chain, hits);
            spacing::even(unit, chain, &stretched);
        }
    }
    settle(unit, &mut chains, labels);
    let mut splices = Vec::new();
    splice::place(unit, &mut chains, &mut splices);
    splices.extend(spacing::unstretched(unit, &chains, &stretched));
    for chain in &chains {
        splice::rewrite_shows(unit, chain, &mut splices);
    }
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    Rewritten { splices, boxes: splice::boxes(unit, &chains, labels) }
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
                    tail: 0.0,
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
    let mut removed_to = chain.start;
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
                            origin: pen,
                            squeeze: 1.0,
                            extra: 0.0,
                            removed: 0.0,
                            width: 0.0,
                            length: 0.0,
                            boxed: 0.0,
                            labelled: false,
                            lead: if !first && is_space(pen, one.origin, chain) { WORD_SPACE } else { 0.0 },
                            trail: 0.0,
                            copy: false,
                            first_glyph: first,
                            last_glyph: false,
                        });
                    }
                    (was_open, None) => {
                        close(chain, was_open, one.origin);
                        if let Some((_, gap)) = was_open
                            && is_space(removed_to, one.origin, chain)
                        {
                            chain.gaps[gap].trail = WORD_SPACE;
                        }
                        if was_open.is_some() {
                            kerns.clear();
                        }
                        open = None;
                        chain.pieces.append(&mut kerns);
                        chain.pieces.push(Piece::Glyph(glyph));
                        pen = one.next;
                    }
                }
                if hit.is_some() {
                    removed_to = one.next;
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

/// Whether a distance along a chain separates words.
fn is_space(from: Point, to: Point, chain: &Chain) -> bool {
    to.minus(from).dot(chain.direction) > super::text::SPACE * chain.size
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
    let mut lines: Vec<(i32, Vec<usize>)> = Vec::new();
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
        lines.push((angle, order[from..to].iter().map(|key| key.3).collect()));
        from = to;
    }
    let edges = Edges::of(chains, &lines);
    for (number, (_, line)) in lines.iter().enumerate() {
        if line.iter().any(|&index| !chains[index].gaps.is_empty()) {
            for round in 0..=ROUNDS {
                let (groups, new) = settle_line(unit, chains, line, labels, &mut labelled);
                edges.align(number, chains);
                if round == ROUNDS || !room::squeeze(unit, chains, &lines, number, &groups) {
                    break;
                }
                for value in new {
                    labelled.remove(&value);
                }
            }
        }
    }
}

/// Settles the gaps of a line. Gives the chains that move together, and the values whose labels stand in it.
fn settle_line(
    unit: &Unit,
    chains: &mut [Chain],
    line: &[usize],
    labels: &[String],
    labelled: &mut BTreeMap<u32, Point>,
) -> (Vec<Vec<usize>>, Vec<u32>) {
    let (mut groups, mut new): (Vec<Vec<usize>>, Vec<u32>) = (Vec::new(), Vec::new());
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
        match groups.last_mut().filter(|_| flows || copy_of.is_some()) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
        let whole = chain.pieces.iter().all(|piece| !matches!(piece, Piece::Glyph(_)));
        let mut growth = 0.0;
        let tail = chain.tail;
        for (at, gap) in chain.gaps.iter_mut().enumerate() {
            let em = unit.shows[gap.show].em;
            let unit_length =
                if unit.shows[gap.show].vertical { em.apply_vector(0.0, 1.0) } else { em.apply_vector(1.0, 0.0) }.length();
            let label = labels.get(gap.value as usize).map_or("", String::as_str);
            let known = labelled.get(&gap.value).copied();
            let again = known.is_some_and(|place| place.minus(gap.origin).length() < 0.2 * chain.size);
            if at == 0 && continues {
                gap.width = 0.0;
            } else if known.is_none() || again {
                gap.width = label_width(label) * gap.squeeze;
                gap.labelled = !label.is_empty();
                gap.copy = again;
                labelled.entry(gap.value).or_insert_with(|| {
                    new.push(gap.value);
                    gap.origin
                });
            } else {
                gap.width = PLAIN_WIDTH * gap.squeeze;
            }
            growth += gap.extra;
            gap.boxed = gap.width;
            gap.width += gap.trail + if at == 0 && continues { 0.0 } else { gap.lead };
            gap.length = gap.width * unit_length;
            gap.start = gap.origin.plus(direction.times(new_start - start + growth));
            growth += gap.length - gap.removed;
        }
        growth += tail;
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
    (groups, new)
}
