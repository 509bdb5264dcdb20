//! Everyday words at which a phrase may begin that some recognizer reads: units of time, numbers in words, weekdays, streets.
//!
//! A recognizer of running text would have to look at every word. These are looked for once a block, with a filter that tells
//! off nearly every word by its hash alone, and each recognizer then visits only the words of its classes.
//! English, Spanish, German, French, Italian, Dutch and Portuguese. It says nothing of what the words mean where they stand.

use std::sync::OnceLock;

use crate::dictionary::word_hash;
use crate::token::{Kind, Token};

mod numbers;
mod words;

/// A word of some class and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// Index of its token.
    pub token: usize,
    /// What it may be.
    pub classes: Classes,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u16);

impl Classes {
    /// A number in words: `three`, `dreiundvierzig`.
    pub const NUMBER: Self = Self(1);
    /// An ordinal in words: `third`.
    pub const ORDINAL: Self = Self(1 << 1);
    /// A unit of time from the day on, singular or plural: `year`, `Monate`.
    pub const UNIT: Self = Self(1 << 2);
    /// A unit of time below the day: `hours`, `minutos`.
    pub const SHORT_UNIT: Self = Self(1 << 3);
    /// A weekday's full name.
    pub const WEEKDAY: Self = Self(1 << 4);
    /// A month's full name.
    pub const MONTH: Self = Self(1 << 5);
    /// Points from now to another time: `last`, `nächsten`, `pasado`.
    pub const RELATIVE: Self = Self(1 << 6);
    /// Says that an age stands before or after it: `old`, `aged`, `edad`.
    pub const AGE: Self = Self(1 << 7);
    /// A fact of somebody's life whose length tells something of them: `imprisonment`, `married`, `condena`.
    pub const LIFE: Self = Self(1 << 8);
    /// May say what somebody does for a living: `works`, `profession`, `jubilado`.
    pub const WORK: Self = Self(1 << 9);
    /// The work of a person: `carpenter`, `enfermera`.
    pub const JOB: Self = Self(1 << 10);
    /// A street word that goes before the name: `Calle`, `rue`, `Via`.
    pub const STREET: Self = Self(1 << 11);
    /// A currency's name: `euros`, `zloty`.
    pub const MONEY: Self = Self(1 << 12);
    /// Nationality, origin or belief as languages write it that give it no capital: `española`, `türkischer`.
    pub const ORIGIN: Self = Self(1 << 13);
    /// The first word of a holiday's name: `Christmas`, `Labor`, `viernes`.
    pub const HOLIDAY: Self = Self(1 << 14);
    /// Where streets meet: `corner`, `esquina`.
    pub const CROSSING: Self = Self(1 << 15);

    /// Whether one of the classes of `other` is in it.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// With the classes of `other`.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Words of the filter: 2^14 bits for about 1600 words turn away nine of ten others.
const FILTER: usize = 256;

struct Table {
    /// A bit for each hash, by 14 of its bits.
    filter: [u64; FILTER],
    /// Sorted by hash.
    entries: Vec<(u64, Classes)>,
}

impl Table {
    fn new() -> Self {
        let mut entries: Vec<(u64, Classes)> = Vec::new();
        let mut add = |word: &str, class: Classes| entries.push((word_hash(word), class));
        for (class, list) in words::LISTS {
            list.split_ascii_whitespace().for_each(|word| add(word, *class));
        }
        numbers::all(|word| add(word, Classes::NUMBER));
        entries.sort_unstable_by_key(|(hash, _)| *hash);
        entries.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = earlier.1.and(later.1);
            }
            same
        });
        let mut filter = [0; FILTER];
        for (hash, _) in &entries {
            let (word, bit) = place(*hash);
            filter[word] |= bit;
        }
        Self { filter, entries }
    }

    fn get(&self, hash: u64) -> Option<Classes> {
        let (word, bit) = place(hash);
        if self.filter[word] & bit == 0 {
            return None;
        }
        let at = self.entries.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
        Some(self.entries[at].1)
    }
}

const fn place(hash: u64) -> (usize, u64) {
    ((hash >> 6) as usize % FILTER, 1 << (hash & 63))
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(Table::new)
}

/// The classes of one word, none when it is no keyword.
pub fn classes(token: &Token) -> Classes {
    if token.kind == Kind::Word { table().get(token.hash).unwrap_or_default() } else { Classes::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenise;

    fn of(word: &str) -> Classes {
        let mut tokens = Vec::new();
        tokenise(word, &mut tokens);
        classes(&tokens[0])
    }

    #[test]
    fn words_have_their_classes() {
        for number in ["seven", "veinticinco", "fünfundvierzig", "quarantadue", "drieëntwintig", "cinquenta", "soixante"] {
            assert!(of(number).any(Classes::NUMBER), "{number}");
        }
        assert!(of("Jahren").any(Classes::UNIT) && of("years").any(Classes::UNIT) && of("Mittwoch").any(Classes::WEEKDAY));
        assert_eq!(of("table"), Classes::default());
    }

    #[test]
    fn the_filter_turns_most_words_away() {
        let bits: u32 = table().filter.iter().map(|word| word.count_ones()).sum();
        assert!(bits < 64 * FILTER as u32 / 5, "{bits} of {}", 64 * FILTER);
    }
}
