//! What is true of every check: it passes the examples, finds a wrong last sign, and passes by chance as often as it says.

use crate::layout::Layout;
use crate::recognizer::{Recognizer, Trigger};
use crate::recognizers::ALL;
use crate::validators::{Check, Signs};
use crate::verdict::Verdict;

/// Recognizers that are told by layout, with their check and layouts.
fn checked() -> impl Iterator<Item = (&'static dyn Recognizer, &'static Check, Vec<Layout>)> {
    ALL.iter().filter_map(|recognizer| {
        let layouts: Vec<Layout> = recognizer
            .triggers()
            .iter()
            .filter_map(|trigger| if let Trigger::Layouts(layouts) = trigger { Some(*layouts) } else { None })
            .flatten()
            .copied()
            .collect();
        let check = recognizer.check().filter(|check| check.chance > 1 && !layouts.is_empty())?;
        Some((*recognizer, check, layouts))
    })
}

fn is_valid(check: &Check, value: &str) -> bool {
    matches!(check.verdict(&Signs::of(value)), Verdict::Valid { .. })
}

/// The marked values of the examples that pass.
fn examples(recognizer: &'static dyn Recognizer, check: &Check) -> Vec<&'static str> {
    let marked = recognizer.info().hits.iter().flat_map(|hit| hit.split('⟦').skip(1));
    marked.filter_map(|part| part.split_once('⟧')).map(|(value, _)| value).filter(|value| is_valid(check, value)).collect()
}

#[test]
fn every_check_passes_an_example_and_finds_a_wrong_sign() {
    for (recognizer, check, _) in checked() {
        let entity = &recognizer.info().entity;
        let examples = examples(recognizer, check);
        assert!(!examples.is_empty(), "{entity}: no example passes");
        for example in examples {
            // In some place or other nearly every wrong sign is found; a date alone finds fewest.
            let signs = Signs::of(example).to_vec();
            let best = (0..signs.len()).map(|place| wrong_signs_that_pass(check, &signs, place)).min();
            assert!(best <= Some(3), "{entity}: {best:?} wrong signs pass");
        }
    }
}

fn wrong_signs_that_pass(check: &Check, signs: &[u8], place: usize) -> usize {
    let others: &[u8] = if signs[place].is_ascii_digit() { b"0123456789" } else { b"ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
    let mut wrong = signs.to_vec();
    let passes = |other: &&u8| {
        wrong[place] = **other;
        **other != signs[place] && matches!(check.verdict(&wrong), Verdict::Valid { .. })
    };
    others.iter().filter(passes).count()
}

/// A generator of numbers that look random: SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % limit
    }

    /// A value of the layout. Where letter and digit may stand it has digits, or either.
    fn value(&mut self, places: &[u16], either: bool) -> Vec<u8> {
        let digits_and_letters = |classes: &&u16| **classes & 3 != 0;
        let sign = |classes: &u16| match classes {
            1 => b"0123456789"[self.below(10) as usize],
            2 => b'A' + self.below(26) as u8,
            _ if !either => b"0123456789"[self.below(10) as usize],
            _ => b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[self.below(36) as usize],
        };
        places.iter().filter(digits_and_letters).map(sign).collect()
    }
}

#[test]
fn chance_is_as_it_says() {
    let mut wrong = Vec::new();
    for (recognizer, check, layouts) in checked() {
        let mut random = Random(1);
        let tries = (u64::from(check.chance) * 100).min(100_000);
        let mut passing = |(layout, either): (&Layout, bool)| {
            let places = layout.places().expect("a layout");
            let valid = |_: &u64| matches!(check.verdict(&random.value(&places, either)), Verdict::Valid { .. });
            (0..tries).filter(valid).count() as u64
        };
        let kinds = layouts.iter().flat_map(|layout| {
            let both = layout.signs.contains('*');
            [Some((layout, false)), both.then_some((layout, true))].into_iter().flatten()
        });
        // Of the layout that lets most pass; a few more or less are luck.
        let most = kinds.map(&mut passing).max().unwrap_or_default();
        let said = tries / u64::from(check.chance);
        if most > said * 3 / 2 + 8 || most + 8 < said / 3 {
            wrong.push(format!("{}: {most} of {tries} pass, not 1 in {}", recognizer.info().entity, check.chance));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
