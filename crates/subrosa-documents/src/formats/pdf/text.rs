//! From placed glyphs to text that can be searched.
//!
//! The order in which a page shows its glyphs and the order in which the eye meets them may both be the one in which a value
//! stands together, so a page gives its text once by position and, where it differs, once more in content order. Where the
//! font's own tables contradict ToUnicode, the lines concerned are given a third time by the font's tables. All of them map
//! back to the same glyphs, so an edit in any of them removes the same codes.
//!
//! Words that are hyphenated at a line's end stay divided; columns are not detected (content order serves for them).

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::budget::Budget;
use super::fonts::Reading;
use super::geometry::{Matrix, Point};
use super::unit::{Item, Unit};
use crate::refusal::Refusal;

/// A gap of this many font sizes is a space, a wider one a tab.
pub(super) const SPACE: f64 = 0.16;
const TAB: f64 = 1.8;
/// Glyphs so many times smaller than the one before are no more of its word: marks for programs stand at the ends of lines in
/// a size nobody reads. The first letter of a chapter is not as much larger than those after it.
const OTHER_SIZE: f64 = 6.0;

/// Which glyph stands behind which bytes of a text.
#[derive(Clone, Copy)]
pub(super) struct Mapped {
    pub start: u32,
    pub end: u32,
    pub unit: u32,
    pub glyph: u32,
}

/// A text and its glyphs, sorted by place in the text. Overprinted copies share a range.
#[derive(Default)]
pub(super) struct Assembled {
    pub text: String,
    pub map: Vec<Mapped>,
}

/// A glyph on its page.
#[derive(Clone, Copy)]
struct Placed<'a> {
    unit: u32,
    glyph: u32,
    origin: Point,
    end: Point,
    size: f64,
    reading: &'a Reading,
    other: &'a Reading,
    /// Unit vector of the writing direction.
    direction: Point,
    /// Part of a label: drawn last, wherever it stands, so content order says nothing of it.
    label: bool,
}

/// What a page shows besides its texts.
pub(super) struct Shown {
    pub texts: Vec<Assembled>,
    pub glyphs: usize,
    /// Glyphs without a reading that stand next to other glyphs, so that they may be letters.
    pub undecoded: usize,
    /// Images, as maps of the unit square.
    pub images: Vec<Matrix>,
    /// Painted path segments.
    pub painted: usize,
}

/// Assembles what a unit shows, with all that it uses.
pub(super) fn assemble(units: &[Unit], root: usize, budget: &Budget) -> Result<Shown, Refusal> {
    let mut placed = Vec::new();
    let mut shown = Shown { texts: Vec::new(), glyphs: 0, undecoded: 0, images: Vec::new(), painted: 0 };
    flatten(units, root, Matrix::IDENTITY, budget, &mut placed, &mut shown)?;
    shown.glyphs = placed.len();
    if placed.is_empty() {
        return Ok(shown);
    }
    let lines = lines_by_position(&placed);
    let by_position = write_lines(&placed, &lines, false);
    let labels: HashSet<(u32, u32)> = placed.iter().filter(|one| one.label).map(|one| (one.unit, one.glyph)).collect();
    let drawn = by_position.map.iter().map(|mapped| (mapped.unit, mapped.glyph)).filter(|glyph| !labels.contains(glyph));
    let shown_in_order = placed.iter().filter(|one| !one.label);
    let differs_in_order = !drawn.eq(shown_in_order.map(|one| (one.unit, one.glyph)));
    shown.undecoded = undecoded(&placed, &lines);
    if lines.iter().flatten().any(|&(index, _)| differs(&placed[index])) {
        let concerned: Vec<Line> =
            lines.iter().filter(|line| line.iter().any(|&(index, _)| differs(&placed[index]))).cloned().collect();
        shown.texts.push(write_lines(&placed, &concerned, true));
    }
    shown.texts.insert(0, by_position);
    if differs_in_order {
        shown.texts.insert(1, write_in_order(&placed, &lines));
    }
    Ok(shown)
}

fn flatten<'a>(
    units: &'a [Unit],
    index: usize,
    to_page: Matrix,
    budget: &Budget,
    placed: &mut Vec<Placed<'a>>,
    shown: &mut Shown,
) -> Result<(), Refusal> {
    let Some(unit) = units.get(index) else {
        return Ok(());
    };
    budget.operation()?;
    shown.painted += unit.painted;
    for item in &unit.items {
        match item {
            Item::Use(inner, matrix) => flatten(units, *inner, matrix.then(to_page), budget, placed, shown)?,
            Item::Image(matrix) => shown.images.push(matrix.then(to_page)),
            Item::Paint(_) => {}
            Item::Show(show) => {
                let Some(show) = unit.shows.get(*show) else {
                    continue;
                };
                budget.glyphs(show.glyphs.len())?;
                let along = if show.vertical { show.em.apply_vector(0.0, -1.0) } else { show.em.apply_vector(1.0, 0.0) };
                let along = to_page.apply_vector(along.x, along.y);
                let length = along.length();
                let direction = if length > 1e-9 { along.times(1.0 / length) } else { Point { x: 1.0, y: 0.0 } };
                let grow = to_page.determinant().abs().sqrt();
                for glyph in show.glyphs.clone() {
                    let Some(one) = unit.glyphs.get(glyph) else {
                        continue;
                    };
                    placed.push(Placed {
                        unit: index as u32,
                        glyph: glyph as u32,
                        origin: to_page.apply(one.origin.x, one.origin.y),
                        end: to_page.apply(one.end.x, one.end.y),
                        size: (one.size * grow).max(0.01),
                        reading: &one.reading,
                        other: &one.other,
                        direction,
                        label: show.label,
                    });
                }
            }
        }
    }
    Ok(())
}

/// A line: indices of placed glyphs in reading order, and whether each is a copy printed over the one before.
type Line = Vec<(usize, bool)>;

/// Lines from the top down, each along its direction. Text of other directions follows the horizontal.
fn lines_by_position(placed: &[Placed<'_>]) -> Vec<Line> {
    let angle = |one: &Placed<'_>| ((one.direction.y.atan2(one.direction.x).to_degrees().round() as i32) + 360) % 360;
    let mut keyed: Vec<(i32, f64, f64, usize)> = placed
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let angle = angle(one);
            let direction = Point { x: f64::from(angle).to_radians().cos(), y: f64::from(angle).to_radians().sin() };
            let across = Point { x: -direction.y, y: direction.x };
            (angle, one.origin.dot(across), one.origin.dot(direction), index)
        })
        .collect();
    keyed.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.3.cmp(&b.3)));
    let mut lines = Vec::new();
    let mut line: Vec<(i32, f64, f64, usize)> = Vec::new();
    for key in keyed {
        let joins = line.first().is_some_and(|first| {
            let size = placed[first.3].size.max(placed[key.3].size);
            first.0 == key.0 && (first.1 - key.1) < 0.35 * size
        });
        if !joins && !line.is_empty() {
            lines.push(finish_line(placed, std::mem::take(&mut line)));
        }
        line.push(key);
    }
    if !line.is_empty() {
        lines.push(finish_line(placed, line));
    }
    lines
}

fn finish_line(placed: &[Placed<'_>], mut line: Vec<(i32, f64, f64, usize)>) -> Line {
    line.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.3.cmp(&b.3)));
    let mut kept: Vec<(usize, f64)> = Vec::with_capacity(line.len());
    let mut copies: Vec<(usize, usize)> = Vec::new();
    for &(_, across, along, index) in &line {
        let one = &placed[index];
        // A copy lies within a fraction of the glyph's size, so only the last few kept glyphs can be its original.
        let original = kept.iter().rev().take(6).find(|&&(other, at)| {
            let same = placed[other].reading == one.reading && one.reading.is_known();
            let near = (at - along).abs() < 0.12 * one.size && placed[other].origin.minus(one.origin).length() < 0.2 * one.size;
            same && near && (across.is_finite())
        });
        match original {
            Some(&(other, _)) => copies.push((other, index)),
            None => kept.push((index, along)),
        }
    }
    copies.sort_unstable();
    let order = in_logical_order(placed, kept.into_iter().map(|(index, _)| index).collect());
    let mut line = Vec::with_capacity(order.len() + copies.len());
    for index in order {
        line.push((index, false));
        let from = copies.partition_point(|&(other, _)| other < index);
        line.extend(copies[from..].iter().take_while(|&&(other, _)| other == index).map(|&(_, copy)| (copy, true)));
    }
    line
}

fn is_right_to_left(one: char) -> bool {
    matches!(one, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Turns the runs of right-to-left letters of a line from the order on the page to the order of reading.
fn in_logical_order(placed: &[Placed<'_>], order: Vec<usize>) -> Vec<usize> {
    let kind = |index: usize| placed[index].reading.first();
    let right_to_left = order.iter().filter(|&&index| kind(index).is_some_and(is_right_to_left)).count();
    if right_to_left == 0 {
        return order;
    }
    let left_to_right =
        order.iter().filter(|&&index| kind(index).is_some_and(|one| one.is_alphabetic() && !is_right_to_left(one))).count();
    let base_is_right = right_to_left >= left_to_right;
    // Runs of one direction; what has no direction joins the run before it.
    let mut runs: Vec<(bool, Vec<usize>)> = Vec::new();
    for index in order {
        let right = match kind(index) {
            Some(one) if is_right_to_left(one) => Some(true),
            Some(one) if one.is_alphanumeric() => Some(false),
            _ => None,
        };
        match runs.last_mut() {
            Some((current, run)) if right.is_none_or(|right| right == *current) => run.push(index),
            _ => runs.push((right.unwrap_or(base_is_right), vec![index])),
        }
    }
    if base_is_right {
        runs.reverse();
    }
    runs.into_iter()
        .flat_map(|(right, mut run)| {
            if right {
                run.reverse();
            }
            run
        })
        .collect()
}

/// The white space between two glyphs of one line, by their distance.
fn space_between(before: &Placed<'_>, after: &Placed<'_>) -> Option<char> {
    let size = before.size.min(after.size);
    let forward = after.origin.minus(before.end).dot(before.direction);
    // In right-to-left text the next glyph ends where this one begins.
    let backward = before.origin.minus(after.end).dot(before.direction);
    let gap = if forward > -0.5 * size { forward } else { backward };
    if gap > TAB * size {
        Some('\t')
    } else if gap > SPACE * size || before.size.max(after.size) > OTHER_SIZE * size {
        Some(' ')
    } else {
        None
    }
}

impl Assembled {
    fn push(&mut self, one: &Placed<'_>, other: bool) {
        let start = self.text.len() as u32;
        let reading = if other && one.other.is_known() { one.other } else { one.reading };
        reading.push_to(&mut self.text);
        self.map.push(Mapped { start, end: self.text.len() as u32, unit: one.unit, glyph: one.glyph });
    }

    fn push_copy(&mut self, one: &Placed<'_>) {
        if let Some(&original) = self.map.last() {
            self.map.push(Mapped { unit: one.unit, glyph: one.glyph, ..original });
        }
    }

    fn separate(&mut self, with: char) {
        let wanted = !self.text.is_empty() && (with == '\n' || !self.text.ends_with(char::is_whitespace));
        if wanted {
            self.text.push(with);
        }
    }
}

fn is_white(reading: &Reading) -> bool {
    reading.first().is_some_and(char::is_whitespace)
}

fn write_lines(placed: &[Placed<'_>], lines: &[Line], other: bool) -> Assembled {
    let mut out = Assembled::default();
    for line in lines {
        out.separate('\n');
        let mut before: Option<&Placed<'_>> = None;
        for &(index, copy) in line {
            let one = &placed[index];
            if copy {
                out.push_copy(one);
                continue;
            }
            if let Some(space) = before.and_then(|before| space_between(before, one))
                && !is_white(one.reading)
            {
                out.separate(space);
            }
            out.push(one, other);
            before = Some(one);
        }
    }
    out
}

/// The glyphs as they are shown, each label at its place beside those of its line: it stands for what was there, and without it
/// the words on both sides of it would be one.
fn with_labels<'p, 'a>(placed: &'p [Placed<'a>], lines: &[Line]) -> Vec<&'p Placed<'a>> {
    let mut before: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut after: HashMap<usize, Vec<usize>> = HashMap::new();
    for line in lines.iter().filter(|line| line.iter().any(|&(index, _)| placed[index].label)) {
        let (mut last, mut first) = (None, Vec::new());
        for &(index, _) in line {
            match (placed[index].label, last) {
                (true, Some(last)) => after.entry(last).or_default().push(index),
                (true, None) => first.push(index),
                (false, _) => {
                    if !first.is_empty() {
                        before.insert(index, std::mem::take(&mut first));
                    }
                    last = Some(index);
                }
            }
        }
    }
    let labels = |of: &HashMap<usize, Vec<usize>>, index: usize| of.get(&index).cloned().unwrap_or_default();
    let order = (0..placed.len()).filter(|&index| !placed[index].label);
    order
        .flat_map(|index| [labels(&before, index), vec![index], labels(&after, index)].concat())
        .map(|index| &placed[index])
        .collect()
}

fn write_in_order(placed: &[Placed<'_>], lines: &[Line]) -> Assembled {
    let mut out = Assembled::default();
    let mut before: Option<&Placed<'_>> = None;
    let order = if placed.iter().any(|one| one.label) { with_labels(placed, lines) } else { placed.iter().collect() };
    for one in order {
        if let Some(before) = before {
            let size = before.size.max(one.size);
            let step = one.origin.minus(before.origin);
            let across = Point { x: -before.direction.y, y: before.direction.x };
            let turned = before.direction.dot(one.direction) < 0.99;
            if turned || step.dot(across).abs() > 0.45 * size {
                out.separate('\n');
            } else if let Some(space) = space_between(before, one)
                && !is_white(one.reading)
            {
                out.separate(space);
            }
        }
        out.push(one, false);
        before = Some(one);
    }
    out
}

/// Whether the font's own tables read the glyph as another letter. Compatible forms (ligatures, widths, case of space) count
/// as the same.
fn differs(one: &Placed<'_>) -> bool {
    use unicode_normalization::UnicodeNormalization;
    if !one.other.is_known() {
        return false;
    }
    let fold = |reading: &Reading| {
        let mut text = String::new();
        reading.push_to(&mut text);
        text.nfkc().flat_map(char::to_lowercase).filter(|one| one.is_alphanumeric()).collect::<String>()
    };
    fold(one.reading).cmp(&fold(one.other)) != Ordering::Equal
}

/// Counts glyphs without a reading that could be part of a word: next to a letter or to another such glyph. A mark that
/// stands alone (a bullet, a tick) can hide no name.
fn undecoded(placed: &[Placed<'_>], lines: &[Line]) -> usize {
    let mut count = 0;
    for line in lines {
        let order: Vec<&Placed<'_>> = line.iter().filter(|(_, copy)| !copy).map(|&(index, _)| &placed[index]).collect();
        let touches = |one: &Placed<'_>, other: &Placed<'_>| {
            let adjacent = space_between(one, other).is_none() && space_between(other, one).is_none();
            // What is drawn around another glyph (the ring of a copyright sign) is no letter of its own.
            let middle = |glyph: &Placed<'_>| glyph.origin.plus(glyph.end).times(0.5);
            let around = middle(one).minus(middle(other)).length() < 0.2 * one.size;
            adjacent && !around && other.reading.first().is_none_or(char::is_alphanumeric)
        };
        for (index, one) in order.iter().enumerate() {
            if one.reading.is_known() {
                continue;
            }
            let before = index.checked_sub(1).and_then(|at| order.get(at)).is_some_and(|other| touches(one, other));
            let after = order.get(index + 1).is_some_and(|other| touches(one, other));
            count += usize::from(before || after);
        }
    }
    count
}
