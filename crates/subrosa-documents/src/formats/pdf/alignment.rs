//! Lines that end at one edge, or have one middle.
//!
//! Where such a line begins depends on how long it is. If something in it is replaced and it still begins at its old place, that
//! place tells how long the removed text was. So the line moves: it ends where it ended, or has the middle that it had.
//!
//! A line counts as aligned so when another line, which begins elsewhere, has its end or its middle and neither begins where any
//! other line does: those are aligned to the left, and justified lines are too.

use super::edit::{Chain, FLOW};

/// Edges this near to each other are one, in the units of the page.
const SAME: f64 = 0.7;
/// A stream with more stretches of text than this is no page of lines.
const MOST: usize = 4000;

/// The stretches of text of all lines: where they begin and end.
pub(super) struct Edges(Vec<Stretch>);

/// Text of one line that stands together.
struct Stretch {
    angle: i32,
    line: usize,
    chains: Vec<usize>,
    start: f64,
    end: f64,
}

impl Edges {
    /// The stretches of lines, each given by its angle and its chains from left to right, before anything moves.
    pub(super) fn of(chains: &[Chain], lines: &[(i32, Vec<usize>)]) -> Self {
        let mut all: Vec<Stretch> = Vec::new();
        for (line, (angle, members)) in lines.iter().enumerate() {
            let mut first = true;
            for &index in members {
                let Some(chain) = chains.get(index) else { continue };
                let (start, end) = (chain.start.dot(chain.direction), chain.end.dot(chain.direction));
                match all.last_mut().filter(|last| !first && start - last.end < FLOW * chain.size) {
                    Some(last) => {
                        last.end = last.end.max(end);
                        last.chains.push(index);
                    }
                    None => all.push(Stretch { angle: *angle, line, chains: vec![index], start, end }),
                }
                first = false;
            }
        }
        Self(all)
    }

    /// Moves the stretches of a line in which the gaps are settled.
    pub(super) fn align(&self, line: usize, chains: &mut [Chain]) {
        let from = self.0.partition_point(|stretch| stretch.line < line);
        for stretch in self.0.get(from..).unwrap_or_default().iter().take_while(|stretch| stretch.line == line) {
            let part = self.part(stretch);
            let ends = stretch.chains.iter().filter_map(|index| chains.get(*index));
            let end = ends.map(|chain| chain.end.dot(chain.direction) + chain.shift + chain.growth).fold(f64::MIN, f64::max);
            let growth = end - stretch.end;
            if part == 0.0 || !growth.is_finite() || growth.abs() < 1e-6 {
                continue;
            }
            for index in &stretch.chains {
                let Some(chain) = chains.get_mut(*index) else { continue };
                let step = chain.direction.times(-growth * part);
                chain.shift -= growth * part;
                chain.gaps.iter_mut().for_each(|gap| gap.start = gap.start.plus(step));
            }
        }
    }

    /// The part of what a stretch grows by that it moves: none, all, or half of it.
    fn part(&self, own: &Stretch) -> f64 {
        let same = |one: f64, other: f64| (one - other).abs() < SAME;
        if self.0.len() > MOST || !self.begins_alone(own) {
            return 0.0;
        }
        let ragged = |other: &&Stretch| {
            other.line != own.line && other.angle == own.angle && !same(other.start, own.start) && self.begins_alone(other)
        };
        let middle = |stretch: &Stretch| f64::midpoint(stretch.start, stretch.end);
        if self.0.iter().filter(ragged).any(|other| same(other.end, own.end)) {
            1.0
        } else if self.0.iter().filter(ragged).any(|other| same(middle(other), middle(own))) {
            0.5
        } else {
            0.0
        }
    }

    /// Whether no other line begins where this stretch does.
    fn begins_alone(&self, own: &Stretch) -> bool {
        let here = |other: &Stretch| other.line != own.line && other.angle == own.angle && (other.start - own.start).abs() < SAME;
        !self.0.iter().any(here)
    }
}
