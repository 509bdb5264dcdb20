//! Even spacing of text around a gap.
//!
//! In a justified line the width of each space tells how long the line was, and so what was removed from it. Programs that place
//! every letter round each shift by what came before it on the line (Bland, Iyer and Levchenko, "Story Beyond the Eye", 2023).
//! So the text that is shown in one go with a gap keeps neither: its letters follow each other as the font has them, and spaces
//! that were moves of the pen are all of one width.

use std::collections::BTreeSet;
use std::ops::Range;

use super::edit::{Chain, Piece, WORD_SPACE};
use super::splice::Splice;
use super::unit::{Show, Unit};

/// Moves forward of at least this, in thousandths of the font size, are spaces between words; beyond this, tabs and columns.
const SPACE: f64 = -180.0;
const TAB: f64 = -1000.0;

/// Evens the spacing of a chain with gaps, and notes how far that moves its gaps and its end.
pub(super) fn even(unit: &Unit, chain: &mut Chain, stretching: &[Range<usize>]) {
    let Some(first) = unit.shows.get(chain.shows.start).filter(|show| !chain.gaps.is_empty() && !show.vertical) else { return };
    let mut em = first.em.apply_vector(1.0, 0.0).length();
    let mut extra = 0.0;
    let mut pieces = Vec::with_capacity(chain.pieces.len());
    for piece in std::mem::take(&mut chain.pieces) {
        match piece {
            Piece::Kern(range) => match unit.bytes.get(range.clone()).and_then(thousandths) {
                Some(kern) if kern > SPACE => extra += kern / 1000.0 * em,
                Some(kern) if kern > TAB => {
                    extra += (kern / 1000.0 + WORD_SPACE) * em;
                    pieces.push(Piece::Space(range));
                }
                _ => pieces.push(Piece::Kern(range)),
            },
            Piece::Glyph(glyph) => {
                if let Some(one) = unit.glyphs.get(glyph)
                    && let Some(show) = unit.shows.get(one.show as usize)
                {
                    em = show.em.apply_vector(1.0, 0.0).length();
                    let space = one.code_length == 1 && one.code[0] == b' ';
                    extra -= if space && is_own(chain, show, stretching) { show.word_spacing * em } else { 0.0 };
                }
                pieces.push(Piece::Glyph(glyph));
            }
            Piece::Gap(gap) => {
                if let Some(gap) = chain.gaps.get_mut(gap) {
                    gap.extra = std::mem::take(&mut extra);
                }
                pieces.push(Piece::Gap(gap));
            }
            Piece::Space(range) => pieces.push(Piece::Space(range)),
        }
    }
    chain.pieces = pieces;
    chain.tail = extra;
}

/// The operations that set the word spacing, and the shows that each is in force for: the first, and behind the last.
pub(super) fn stretching(unit: &Unit) -> Vec<Range<usize>> {
    let mut shows: Vec<Range<usize>> = vec![0..0; unit.word_spacings.len()];
    for (index, show) in unit.shows.iter().enumerate() {
        if let Some(shows) = show.spaced_by.and_then(|operation| shows.get_mut(operation)) {
            *shows = if shows.start == shows.end { index..index + 1 } else { shows.start..index + 1 };
        }
    }
    shows
}

/// Whether the word spacing of a show is that of its chain alone, and so made for this line.
fn is_own(chain: &Chain, show: &Show, stretching: &[Range<usize>]) -> bool {
    let shows = show.spaced_by.and_then(|operation| stretching.get(operation));
    show.word_spacing != 0.0 && shows.is_some_and(|shows| chain.shows.start <= shows.start && shows.end <= chain.shows.end)
}

/// Sets the spacings that were made for lines with gaps to none.
pub(super) fn unstretched(unit: &Unit, chains: &[Chain], stretching: &[Range<usize>]) -> Vec<Splice> {
    let mut operations: BTreeSet<usize> = BTreeSet::new();
    for chain in chains.iter().filter(|chain| !chain.gaps.is_empty()) {
        let shows = unit.shows.get(chain.shows.clone()).unwrap_or_default().iter();
        let own = shows.filter(|show| !show.vertical && is_own(chain, show, stretching));
        operations.extend(own.filter_map(|show| show.spaced_by));
    }
    let ranges = operations.into_iter().filter_map(|operation| unit.word_spacings.get(operation));
    ranges.map(|range| Splice { range: range.clone(), bytes: b"0 Tw".to_vec() }).collect()
}

fn thousandths(bytes: &[u8]) -> Option<f64> {
    std::str::from_utf8(bytes).ok()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
