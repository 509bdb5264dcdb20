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
}
