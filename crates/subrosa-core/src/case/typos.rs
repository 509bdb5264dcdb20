//! A word with one typing error: a letter too many, too few, another, or two exchanged.

use std::collections::BTreeSet;

use crate::dictionary::{self, word_hash};

/// Fewest letters of a word in which one error still leaves it known.
const SHORTEST: usize = 5;
/// Most letters of a word that is looked at: names are shorter.
const LONGEST: usize = 24;

/// The writings of `word` with one error. What is a word or a name of its own is left out: `Marie` is not `Maria` mistyped,
/// and a `Brown` case must not take the `Crown` out of every court.
pub(super) fn of(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    if !(SHORTEST..=LONGEST).contains(&letters.len()) || !letters.iter().all(|letter| letter.is_alphabetic()) {
        return Vec::new();
    }
    let mut all = BTreeSet::new();
    let mut add = |letters: &[char]| {
        all.insert(letters.iter().collect::<String>());
    };
    for at in 0..letters.len() {
        let mut fewer = letters.clone();
        fewer.remove(at);
        add(&fewer);
        if at > 0 {
            let mut exchanged = letters.clone();
            exchanged.swap(at - 1, at);
            add(&exchanged);
        }
        for letter in 'a'..='z' {
            let mut other = letters.clone();
            if let Some(place) = other.get_mut(at) {
                *place = letter;
            }
            add(&other);
            let mut more = letters.clone();
            more.insert(at, letter);
            add(&more);
        }
    }
    // A letter behind the last is an ending more often than an error.
    all.remove(&letters.iter().collect::<String>());
    all.into_iter().filter(|writing| !is_another(writing)).collect()
}

/// Whether `writing` is `word` with one error, both in small letters, and no word or name of its own.
pub(crate) fn is_slip(writing: &str, word: &str) -> bool {
    let (ours, theirs): (Vec<char>, Vec<char>) = (writing.chars().collect(), word.chars().collect());
    if !(SHORTEST..=LONGEST).contains(&theirs.len()) || ours.len().abs_diff(theirs.len()) > 1 || ours == theirs {
        return false;
    }
    let pairs = || ours.iter().zip(&theirs);
    let start = pairs().take_while(|(our, their)| our == their).count();
    let rest = |letters: &[char], skipped: usize| letters.iter().skip(start + skipped).copied().collect::<Vec<_>>();
    let exchanged = ours.get(start) == theirs.get(start + 1) && ours.get(start + 1) == theirs.get(start);
    let one = match ours.len().cmp(&theirs.len()) {
        std::cmp::Ordering::Less => rest(&ours, 0) == rest(&theirs, 1),
        // Another letter behind the last is an ending.
        std::cmp::Ordering::Greater => {
            (start < theirs.len() || ours.last() == theirs.last()) && rest(&ours, 1) == rest(&theirs, 0)
        }
        std::cmp::Ordering::Equal => rest(&ours, 1) == rest(&theirs, 1) || exchanged && rest(&ours, 2) == rest(&theirs, 2),
    };
    one && !is_another(writing)
}

fn is_another(writing: &str) -> bool {
    let hash = word_hash(writing);
    let name = dictionary::names().get(hash).unwrap_or_default();
    name.given.max(name.surname) > 0 || dictionary::common_words().get(hash).is_some() || dictionary::places().get(hash).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_and_no_other_word() {
        let all = of("Winslow");
        for expected in ["wnislow", "winslw", "winsslow", "wimslow"] {
            assert!(all.iter().any(|writing| writing == expected), "{expected}");
        }
        assert!(!all.contains(&"winslow".to_owned()));
        assert!(!of("Brown").contains(&"crown".to_owned()));
        assert!(of("Roe").is_empty());
        assert!(of("O'Hara").is_empty());
    }

    #[test]
    fn one_error_is_seen_in_a_writing_too() {
        for slip in of("Winslow") {
            assert!(is_slip(&slip, "winslow"), "{slip}");
        }
        for other in ["winslow", "winslows", "wonsliw", "wilson", "win", ""] {
            assert!(!is_slip(other, "winslow"), "{other}");
        }
        assert!(!is_slip("crown", "brown") && !is_slip("rae", "roe"));
    }
}
