//! The hash of a word and of a phrase: what every dictionary is keyed by.
//!
//! A word's hash is that of its folded form (see [`super::fold`]); a phrase's is folded from its words' hashes, so that
//! looking a phrase up word by word builds no string. Words of ASCII letters take a path that reads eight bytes at a time
//! and folds case with one OR. Arithmetic is wrapping and little-endian everywhere: the same text has the same hash on every
//! platform. Not a defence against chosen collisions: nobody gains by making a word look like a name.

use super::fold::{fold_char, is_apostrophe};

const K0: u64 = 0x9E37_79B9_7F4A_7C15;
const K1: u64 = 0xD6E8_FEB8_6659_FD93;
const K2: u64 = 0xA076_1D64_78BD_642F;
const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const CASE: u64 = 0x2020_2020_2020_2020;
const APOSTROPHES: u64 = 0x2727_2727_2727_2727;
/// Words longer than this are in no dictionary; what follows is not hashed when a word needs folding.
pub(super) const LONGEST: usize = 64;

/// Hash of one word, whatever its case, accents, width and apostrophes.
///
/// `word` is a word by the rule of [`words`]; a hyphen or space in it would be hashed like a letter.
#[inline]
pub fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut special = 0;
    let hash = hash_bytes(bytes, |chunk| {
        special |= (chunk & HIGH) | zero_bytes(chunk ^ APOSTROPHES);
        chunk | CASE
    });
    if special == 0 { hash } else { folded_hash(word) }
}

/// [`word_hash`] of a word of nothing but ASCII letters, whatever their case.
#[inline]
pub(crate) fn letters_hash(letters: &[u8]) -> u64 {
    hash_bytes(letters, |chunk| chunk | CASE)
}

/// [`letters_hash`] of a word of one to seven letters: the lowest `len` bytes of `letters`, the others being nought.
#[inline]
pub(crate) fn short_letters_hash(letters: u64, len: u32) -> u64 {
    let from = |letter: u32| letters >> (8 * letter);
    let chunk = if len >= 4 {
        letters & 0xffff_ffff | from(len - 4) << 32
    } else {
        letters & 0xff | (from(len / 2) & 0xff) << 8 | from(len.saturating_sub(1)) << 16
    };
    finish(step(u64::from(len).wrapping_mul(K0), chunk | CASE))
}

/// Hash of a word as it is spelled: with its case, its accents and what nobody sees.
pub(crate) fn exact_hash(word: &str) -> u64 {
    hash_bytes(word.as_bytes(), |chunk| chunk)
}

/// Hash of the phrase that a phrase and one more word make. A single word's phrase hash is its word hash.
#[inline]
pub fn phrase_hash(phrase: u64, next_word: u64) -> u64 {
    finish((phrase.rotate_left(25) ^ K1).wrapping_mul(K0) ^ next_word)
}

/// Hash of a word by its singular: `allergy` and `allergies`, `abscess` and `abscesses`, `cyst` and `cysts` agree.
///
/// English only, and only the regular plurals of words of five letters or more. It need not find the true singular
/// (`diabetes` becomes `diabete`), only do the same when the dictionary is built and when it is read.
#[inline]
pub fn stem_hash(word: &str) -> u64 {
    // Salts what has lost more than an `s`, so that `allerg` is not `allergy`.
    const Y: u64 = 0x5851_F42D_4C95_7F2D;
    let bytes = word.as_bytes();
    let (Some(&last), true) = (bytes.last(), bytes.len() >= 5) else {
        return word_hash(word);
    };
    let ends = |suffix: &[u8]| bytes.len() > suffix.len() + 1 && bytes[bytes.len() - suffix.len()..].eq_ignore_ascii_case(suffix);
    let cut = |n: usize| word.get(..word.len() - n).unwrap_or(word);
    match last | 0x20 {
        b'y' => word_hash(cut(1)) ^ Y,
        b's' if ends(b"ies") => word_hash(cut(3)) ^ Y,
        b's' if ends(b"sses") || ends(b"xes") || ends(b"ches") || ends(b"shes") => word_hash(cut(2)),
        b's' if ends(b"ss") || ends(b"us") || ends(b"is") => word_hash(word),
        b's' => word_hash(cut(1)),
        _ => word_hash(word),
    }
}

/// The words of a text as the dictionaries see them: runs of letters and digits with the apostrophes and combining marks in them.
///
/// `St. John's-by-the-Sea` is `St`, `John's`, `by`, `the`, `Sea`. The lists are cut by this rule before they are hashed.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_word_char(c)).filter(|w| w.chars().any(char::is_alphanumeric))
}

/// Whether a word may hold this character; see [`words`].
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_apostrophe(c) || unicode_normalization::char::is_combining_mark(c)
}

/// The hash of a word that has an accent, an apostrophe or another script.
#[cold]
#[inline(never)]
fn folded_hash(word: &str) -> u64 {
    let mut folded = [0; LONGEST];
    let mut len = 0;
    for c in word.chars() {
        fold_char(c, |f| {
            let mut utf8 = [0; 4];
            let utf8 = f.encode_utf8(&mut utf8).as_bytes();
            if let Some(room) = folded.get_mut(len..len + utf8.len()) {
                room.copy_from_slice(utf8);
                len += utf8.len();
            }
        });
    }
    let folded = &folded[..len];
    // What is ASCII now must hash as it does on the fast path, which sets the bit in digits and padding too.
    let case = if folded.is_ascii() { CASE } else { 0 };
    hash_bytes(folded, |chunk| chunk | case)
}

/// [`stem_hash`] of a word whose [`word_hash`] is known: only words that end in `s` or `y` have another.
#[inline]
pub fn stem_hash_of(word: &str, hash: u64) -> u64 {
    match word.as_bytes().last() {
        Some(b's' | b'y' | b'S' | b'Y') if word.len() >= 5 => stem_hash(word),
        _ => hash,
    }
}

/// Hashes bytes eight at a time, each chunk passed through `prepare`. Up to eight bytes, words of one length never collide.
#[inline]
fn hash_bytes(bytes: &[u8], mut prepare: impl FnMut(u64) -> u64) -> u64 {
    let mut hash = (bytes.len() as u64).wrapping_mul(K0);
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        hash = step(hash, prepare(u64::from_le_bytes(*chunk)));
        rest = after;
    }
    if let Some((low, _)) = rest.split_first_chunk::<4>() {
        // Four to seven bytes: two overlapping reads hold them all.
        let high = rest.last_chunk::<4>().map_or(0, |c| u32::from_le_bytes(*c));
        hash = step(hash, prepare(u64::from(u32::from_le_bytes(*low)) | u64::from(high) << 32));
    } else if let (Some(&first), Some(&last)) = (rest.first(), rest.last()) {
        // One to three: first, middle (or first again), last.
        let middle = rest[rest.len() / 2];
        hash = step(hash, prepare(u64::from(first) | u64::from(middle) << 8 | u64::from(last) << 16));
    }
    finish(hash)
}

#[inline]
fn step(hash: u64, chunk: u64) -> u64 {
    let mixed = (hash ^ chunk).wrapping_mul(K1);
    mixed ^ (mixed >> 32)
}

#[inline]
pub(super) fn finish(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(K2);
    mixed ^ (mixed >> 32)
}

/// A bit for each byte that is zero (exact for the lowest, which is all that is asked).
#[inline]
fn zero_bytes(chunk: u64) -> u64 {
    chunk.wrapping_sub(LOW) & !chunk & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_word_agree() {
        for (a, b) in [
            ("JOSÉ", "jose"),
            ("Jose\u{301}", "JOSE"),
            ("Müller", "MULLER"),
            ("Weiß", "weiss"),
            ("O'Brien", "obrien"),
            ("O’Brien", "OBRIEN"),
            ("ＡＢＣ１", "abc1"),
            ("Αθήνα", "ΑΘΗΝΑ"),
            ("Hans-Peter", "HANS-PETER"),
        ] {
            assert_eq!(word_hash(a), word_hash(b), "{a} {b}");
        }
        assert_ne!(word_hash("иван"), word_hash("йван2"));
        assert_ne!(word_hash("a"), word_hash("aa"));
        assert_ne!(word_hash("aba"), word_hash("aab"));
    }

    #[test]
    fn hashes_never_change() {
        // Committed tables are keyed by these: a change here is a change of their format.
        assert_eq!(word_hash("smith"), HASH_OF_SMITH);
        assert_eq!(phrase_hash(word_hash("new"), word_hash("york")), HASH_OF_NEW_YORK);
    }
    const HASH_OF_SMITH: u64 = 2_100_366_357_861_348_268;
    const HASH_OF_NEW_YORK: u64 = 13_422_347_868_781_246_568;

    #[test]
    fn plurals_agree() {
        for (a, b) in [
            ("allergy", "Allergies"),
            ("abscess", "abscesses"),
            ("cyst", "Cysts"),
            ("biopsy", "biopsies"),
            ("tumor", "tumors"),
            ("stitch", "stitches"),
        ] {
            if a.len() >= 5 {
                assert_eq!(stem_hash(a), stem_hash(b), "{a} {b}");
            }
        }
        assert_eq!(stem_hash("cysts"), word_hash("cyst"));
        assert_eq!(stem_hash("sepsis"), word_hash("sepsis"));
        assert_ne!(stem_hash("allergy"), stem_hash("allerg"));
    }

    #[test]
    fn words_are_cut_at_signs() {
        assert_eq!(words("St. John's-by-the-Sea (x) '").collect::<Vec<_>>(), ["St", "John's", "by", "the", "Sea", "x"]);
    }

    proptest! {
        #[test]
        fn case_of_ascii_does_not_matter(word in "[A-Za-z0-9]{0,40}") {
            prop_assert_eq!(word_hash(&word), word_hash(&word.to_ascii_uppercase()));
            prop_assert_eq!(word_hash(&word), letters_hash(word.as_bytes()));
            if let Some(letters) = word.as_bytes().get(..word.len().min(7)).filter(|letters| !letters.is_empty()) {
                let mut chunk = [0; 8];
                chunk[..letters.len()].copy_from_slice(letters);
                prop_assert_eq!(short_letters_hash(u64::from_le_bytes(chunk), letters.len() as u32), letters_hash(letters));
            }
            prop_assert_eq!(stem_hash(&word), stem_hash(&word.to_ascii_lowercase()));
        }

        #[test]
        fn an_accent_does_not_matter(before in "[a-z]{0,12}", after in "[a-z]{0,12}") {
            prop_assert_eq!(word_hash(&format!("{before}é{after}")), word_hash(&format!("{before}e{after}")));
        }

        #[test]
        fn any_text_hashes(text in "\\PC{0,100}") {
            let _ = (word_hash(&text), stem_hash(&text), words(&text).count());
        }

        #[test]
        fn different_words_differ(a in "[a-z]{1,20}", b in "[a-z]{1,20}") {
            prop_assert_eq!(a == b, word_hash(&a) == word_hash(&b));
        }
    }
}
