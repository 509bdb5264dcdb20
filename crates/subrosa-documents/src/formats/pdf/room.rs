//! Room for labels: a box that would lie over text which stays is made narrower, with its label.
//!
//! How much narrower follows from the text that stays alone, so it tells nothing of what was removed.

use std::collections::HashSet;

use super::edit::Chain;
use super::unit::Unit;

/// A label is not made narrower than this part of its width: what is smaller nobody could read anyway.
const NARROWEST: f64 = 0.1;
/// Lines above and below that are looked at, and most stretches of text in them: a page with more is no page of lines.
const LINES: usize = 8;
const MOST: usize = 2000;
/// How far letters reach above their baseline and below it, and a box, in font sizes.
const LETTERS: (f64, f64) = (0.75, 0.2);
const BOX: (f64, f64) = (0.85, 0.25);
/// What is left free before text that stays, in font sizes.
const DISTANCE: f64 = 0.15;

/// Makes the gaps of a settled line narrower where it grew over other text; says whether there were any. `lines` are all lines
/// with their angles, sorted from above; `groups` the chains of this one that move together.
pub(super) fn squeeze(
    unit: &Unit,
    chains: &mut [Chain],
    lines: &[(i32, Vec<usize>)],
    number: usize,
    groups: &[Vec<usize>],
) -> bool {
    let from = number.saturating_sub(LINES);
    let near = || lines.iter().skip(from).take(number - from + LINES + 1).filter(|line| lines[number].0 == line.0);
    if near().map(|(_, line)| line.len()).sum::<usize>() > MOST {
        return false;
    }
    let mut any = false;
    for group in groups {
        let boxed: f64 = group.iter().filter_map(|index| chains.get(*index)).map(|chain| boxed(unit, chain)).sum();
        let excess = if boxed <= 1e-6 { 0.0 } else { excess(chains, near().flat_map(|(_, line)| line), group) };
        if excess <= 1e-3 * boxed {
            continue;
        }
        let part = ((boxed - excess) / boxed).max(0.0);
        for index in group {
            for gap in chains.get_mut(*index).map(|chain| &mut chain.gaps).into_iter().flatten() {
                let narrower = (gap.squeeze * part).max(NARROWEST);
                any |= narrower < gap.squeeze;
                gap.squeeze = narrower;
            }
        }
    }
    any
}

/// The width of all boxes of a chain, along the line.
fn boxed(unit: &Unit, chain: &Chain) -> f64 {
    let length = |show: usize| {
        let Some(show) = unit.shows.get(show) else { return 0.0 };
        if show.vertical { show.em.apply_vector(0.0, 1.0) } else { show.em.apply_vector(1.0, 0.0) }.length()
    };
    chain.gaps.iter().map(|gap| gap.boxed * length(gap.show)).sum()
}

/// How far a group of chains reaches over text beside it that it did not reach over before.
fn excess<'a>(chains: &[Chain], near: impl Iterator<Item = &'a usize>, group: &[usize]) -> f64 {
    let own: HashSet<usize> = group.iter().copied().collect();
    let members = || group.iter().filter_map(|index| chains.get(*index));
    let Some(first) = members().next() else { return 0.0 };
    let along = |chain: &Chain| (chain.start.dot(first.direction), chain.end.dot(first.direction));
    let above = |chain: &Chain| chain.start.x * -first.direction.y + chain.start.y * first.direction.x;
    let size = members().map(|chain| chain.size).fold(0.0, f64::max);
    let (start, end) = members().map(along).fold((f64::MAX, f64::MIN), |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let new = members().map(|chain| (along(chain).0 + chain.shift, along(chain).1 + chain.shift + chain.growth));
    let (new_start, new_end) = new.fold((f64::MAX, f64::MIN), |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let (mut left, mut right) = (f64::MIN, f64::MAX);
    for index in near {
        let Some(other) = chains.get(*index).filter(|other| !other.vanished && !own.contains(index)) else { continue };
        let higher = above(other) - above(first);
        if higher - LETTERS.1 * other.size >= BOX.0 * size || higher + LETTERS.0 * other.size <= -BOX.1 * size {
            continue;
        }
        let (from, to) = along(other);
        if from >= end {
            right = right.min(from + other.shift - (DISTANCE * size).min(from - end));
        }
        if to <= start {
            left = left.max(to + other.shift + other.growth + (DISTANCE * size).min(start - to));
        }
    }
    (new_end - right).max(0.0) + (left - new_start).max(0.0)
}
