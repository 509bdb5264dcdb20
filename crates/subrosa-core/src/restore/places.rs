//! Where the replacements of a record stand in a text that is divided otherwise than it was.
//!
//! Each replacement is looked for by itself. Where it stood for one value only, every place of it is that value's. Where it
//! stood for several, as `[PHONE_NUMBER]` does, the entries of the record and the places in the text are aligned in order,
//! so that the signs around them agree as much as they can: the alignment of Needleman and Wunsch (1970) with no price for a
//! gap.

use std::collections::{BTreeMap, BTreeSet};

use super::{Removed, Whole};
use crate::segment::Segment;
use crate::span::Span;

/// Signs around that have to agree when there are more or fewer places than entries.
const AGREEING: usize = 4;
/// Signs of the same segment that are enough to say that it is another.
const TELLING: usize = 3;
/// Most pairs of an entry and a place that are weighed for one replacement.
const MOST: usize = 4 << 20;

/// A segment and where in it.
type Place = (usize, Span);

/// What was found.
pub(super) struct Found<'r> {
    /// Entries with their places.
    pub(super) pairs: Vec<(&'r Removed, Place)>,
    /// Entries without.
    pub(super) lost: usize,
}

/// The places of the entries that have one, none of them in `taken`, which they are added to.
///
/// A format may have read one place twice, as a PDF is read by position and by order. So an entry whose
/// value came back elsewhere is lost only as far as its replacement is left in the text.
pub(super) fn of<'r>(segments: &[Segment], record: &[&'r Removed], taken: &mut [Vec<Span>]) -> Found<'r> {
    let mut groups: BTreeMap<&str, Vec<&'r Removed>> = BTreeMap::new();
    for removed in record.iter().filter(|removed| !removed.replacement.is_empty()) {
        groups.entry(&removed.replacement).or_default().push(removed);
    }
    // The longest first: `Lawson` stands in `Rachel Lawson` too.
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(replacement, _)| std::cmp::Reverse(replacement.len()));
    let mut found = Found { pairs: Vec::new(), lost: record.iter().filter(|removed| removed.replacement.is_empty()).count() };
    let whole = Whole::of(segments);
    for (replacement, entries) in groups {
        let places = free(segments, replacement, taken);
        for place in &places {
            if let Some(taken) = taken.get_mut(place.0) {
                taken.push(place.1);
            }
        }
        let alike = entries.windows(2).all(|pair| matches!(pair, [a, b] if a.value == b.value));
        let pairs: Vec<(usize, usize)> = if alike && places.len() <= entries.len() {
            (0..places.len()).map(|at| (at, at)).collect()
        } else {
            aligned(&whole, segments, &entries, &places)
        };
        let paired: BTreeSet<usize> = pairs.iter().map(|(entry, _)| *entry).collect();
        let back: BTreeSet<&str> = paired.iter().filter_map(|entry| Some(entries.get(*entry)?.value.as_str())).collect();
        let without = entries.iter().enumerate().filter(|(at, _)| !paired.contains(at));
        let (again, gone): (Vec<_>, Vec<_>) = without.partition(|(_, entry)| back.contains(entry.value.as_str()));
        found.lost += gone.len() + again.len().min(places.len() - pairs.len());
        found.pairs.extend(pairs.into_iter().filter_map(|(entry, place)| Some((*entries.get(entry)?, *places.get(place)?))));
    }
    found
}

/// Where a replacement stands and nothing else does.
fn free(segments: &[Segment], replacement: &str, taken: &[Vec<Span>]) -> Vec<Place> {
    let mut places = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let others = taken.get(index).map(Vec::as_slice).unwrap_or_default();
        for (at, _) in segment.text.match_indices(replacement) {
            let span = Span::new(at, at + replacement.len());
            if !others.iter().any(|other| other.overlaps(span)) {
                places.push((index, span));
            }
        }
    }
    places
}

/// Pairs of an entry and a place, both in order, with the most agreement around them.
fn aligned(whole: &Whole, segments: &[Segment], entries: &[&Removed], places: &[Place]) -> Vec<(usize, usize)> {
    let then: Vec<[Side; 2]> = entries.iter().map(|entry| sides(&entry.before, &entry.after, usize::MAX, usize::MAX)).collect();
    let now: Vec<[Side; 2]> = places.iter().map(|place| around(whole, segments, *place)).collect();
    let as_many = entries.len() == places.len();
    let weight = |entry: usize, place: usize| match (then.get(entry), now.get(place)) {
        (Some(then), Some(now)) => weight(then, now, as_many),
        _ => 0,
    };
    if entries.len().saturating_mul(places.len()) > MOST {
        let both = 0..if as_many { places.len() } else { 0 };
        return both.filter(|at| weight(*at, *at) > 0).map(|at| (at, at)).collect();
    }
    let width = places.len() + 1;
    let mut best = vec![0_u32; (entries.len() + 1) * width];
    for entry in (0..entries.len()).rev() {
        for place in (0..places.len()).rev() {
            let here = entry * width + place;
            let paired = weight(entry, place);
            let with = if paired > 0 { paired + best[here + width + 1] } else { 0 };
            best[here] = with.max(best[here + 1]).max(best[here + width]);
        }
    }
    let (mut entry, mut place, mut pairs) = (0, 0, Vec::new());
    while entry < entries.len() && place < places.len() {
        let here = entry * width + place;
        let paired = weight(entry, place);
        if paired > 0 && best[here] == paired + best[here + width + 1] {
            pairs.push((entry, place));
            (entry, place) = (entry + 1, place + 1);
        } else if best[here] == best[here + width] {
            entry += 1;
        } else {
            place += 1;
        }
    }
    pairs
}

/// What stands on one side of a replacement, the nearest sign first.
struct Side {
    signs: Vec<char>,
    /// How many of them stand in the same segment.
    own: usize,
}

fn sides(before: &str, after: &str, own_before: usize, own_after: usize) -> [Side; 2] {
    [Side { signs: before.chars().rev().collect(), own: own_before }, Side { signs: after.chars().collect(), own: own_after }]
}

/// What stands around a place.
fn around(whole: &Whole, segments: &[Segment], (segment, span): Place) -> [Side; 2] {
    let (before, after) = whole.around(segment, span);
    let text = segments.get(segment).map_or("", |segment| segment.text.as_str());
    let (own_before, own_after) = super::around(text, span);
    sides(&before, &after, own_before.chars().count(), own_after.chars().count())
}

/// How well an entry fits a place; 0 where it does not.
fn weight(then: &[Side; 2], now: &[Side; 2], as_many: bool) -> u32 {
    let (mut agreeing, mut agree, mut contradict) = (0, false, false);
    for (then, now) in then.iter().zip(now) {
        let same = then.signs.iter().zip(&now.signs).take_while(|(then, now)| then == now).count();
        let compared = then.signs.len().min(now.signs.len());
        let own = compared.min(now.own);
        if own >= TELLING && same < own.min(AGREEING) {
            // In the sentence of the replacement something else stands now.
            return 0;
        }
        agreeing += same;
        agree |= compared > 0 && same >= compared.min(AGREEING);
        contradict |= compared > 0 && same < compared.min(AGREEING);
    }
    // With as many places as entries each is the other's unless the text around says otherwise.
    let fits = if as_many { agree || !contradict } else { agreeing >= AGREEING };
    if fits { agreeing as u32 + 1 } else { 0 }
}
