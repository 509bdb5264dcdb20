//! What reads otherwise, and that the way back is exact.

use proptest::prelude::*;

use super::*;

fn plain(text: &str) -> String {
    Plain::read(text, Vec::new(), &Lexicon::default()).text().to_owned()
}

#[test]
fn characters_in_disguise() {
    for (text, wanted) in [
        ("２１９－０９－９９９９", "219-09-9999"),
        ("219\u{2011}09\u{2011}9999", "219-09-9999"),
        ("21\u{200b}9\u{ad}-09", "219-09"),
        ("312\u{a0}555\u{a0}0142", "312 555 0142"),
        ("a word \u{2014} and another", "a word \u{2014} and another"),
        ("\u{430}nna@example.com", "anna@example.com"),
        ("Анна и Beta", "Анна и Beta"),
        ("٠١٢٣", "0123"),
        ("\u{1d41a}\u{1d41d}\u{1d41a}\u{1d7d2}\u{1d7d0}", "ada42"),
        ("o\u{fb03}ce@example.com", "office@example.com"),
        ("exam\u{ad}\nple.com", "example.com"),
        ("Müller – naïve “quotes”", "Müller – naïve “quotes”"),
    ] {
        assert_eq!(plain(text), wanted);
    }
}

#[test]
fn line_ends_inside_values() {
    for (text, wanted) in [
        ("write to ada.poe@\nexample.com today", "write to ada.poe@example.com today"),
        ("write to ada.poe\n@example.com today", "write to ada.poe@example.com today"),
        ("> ada@example.\n> org.", "> ada@example.org."),
        ("ada@exam-\nple.com", "ada@exam-ple.com"),
        ("SSN 219-09-\n9999", "SSN 219-09-9999"),
        ("card 4111 1111\n1111 1111", "card 4111 1111 1111 1111"),
        ("call (312)\n555-0142", "call (312) 555-0142"),
        ("call +44 20 7946\n0018", "call +44 20 7946 0018"),
        ("Write to ada@example.com.\nThen wait.", "Write to ada@example.com.\nThen wait."),
        ("x\n@property\ndef y", "x\n@property\ndef y"),
        ("12\n-5\n100\n200", "12\n-5\n100\n200"),
    ] {
        assert_eq!(plain(text), wanted);
    }
}

#[test]
fn words_for_digits_and_signs() {
    for (text, wanted) in [
        ("call five five five, oh one four two", "call 555-0142"),
        ("three one two five five five zero one four two", "312-555-0142"),
        ("double five five, zero one double two", "555-0122"),
        ("two one nine, zero nine, nine nine nine nine.", "219-09-9999."),
        ("drei eins zwei fünf fünf fünf", "312555"),
        ("one two three four five", "one two three four five"),
        ("at one point four people", "at one point four people"),
        ("ada dot poe at example dot com", "ada.poe@example.com"),
        ("ada [at] example [dot] com", "ada@example.com"),
        ("ada.poe(at)example.com", "ada.poe@example.com"),
        ("ada underscore poe at mail dot example dot org.", "ada_poe@mail.example.org."),
        ("look at example dot com", "look at example dot com"),
        ("we met at noon. The dot com era", "we met at noon. The dot com era"),
    ] {
        assert_eq!(plain(text), wanted);
    }
}

#[test]
fn misread_digits() {
    for (text, wanted) in [
        ("id 2l9-O9-9999 x", "id 219-09-9999 x"),
        ("(3I2) 555-Ol42", "(312) 555-0142"),
        ("on O3/O4/197O", "on 03/04/1970"),
        ("card 4lll 1111 111l 1111", "card 4111 1111 1111 1111"),
        ("SSN: 2l9O99999", "SSN: 219099999"),
        ("part 2l9O99999", "part 2l9O99999"),
        ("B12 and 5S, 3-O-methyl", "B12 and 5S, 3-O-methyl"),
        ("item SO-12-IOO", "item SO-12-IOO"),
    ] {
        assert_eq!(plain(text), wanted);
    }
}

#[test]
fn the_way_back_covers_what_was_dropped_inside_only() {
    let text = "x \u{200b}21\u{200b}9\u{2011}09\u{2011}99\u{ad}99\u{200b} y";
    let plain = Plain::read(text, Vec::new(), &Lexicon::default());
    let at = plain.text().find("219-09-9999").unwrap();
    let span = plain.place(Span::new(at, at + 11));
    assert_eq!(span.of(text), "21\u{200b}9\u{2011}09\u{2011}99\u{ad}99");
}

/// Pieces of which hard texts are made.
const PIECES: &[&str] = &[
    "ada",
    "@",
    "example.com",
    "example.",
    "\n",
    "-",
    "219",
    "2l9",
    "O9",
    "five",
    "oh",
    "double",
    "at",
    "dot",
    "(",
    ")",
    "[",
    "]",
    " ",
    "\u{200b}",
    "\u{ad}",
    "\u{a0}",
    "\u{2011}",
    "\u{2013}",
    "１",
    "Ａ",
    "а",
    "я",
    "\u{fb03}",
    "é",
    "/",
    ".",
    ",",
    "4111",
    "+44",
    "+",
    "(312",
    ">",
    "_",
    "٣",
    "\u{1d7d2}",
    "|",
    "\t",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_span_maps_to_whole_characters_that_read_as_it_does(picks in prop::collection::vec(0..PIECES.len(), 0..24), from in 0..80_usize, len in 1..40_usize) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        let plain = Plain::read(&text, Vec::new(), &Lexicon::default());
        let whole = plain.place(Span::new(0, plain.text().len()));
        prop_assert!(whole.end <= text.len());
        let from = plain.text().floor_char_boundary(from);
        let to = plain.text().ceil_char_boundary(from + len);
        let span = plain.place(Span::new(from, to));
        prop_assert!(text.get(span.start..span.end).is_some());
        // Every character of the plain span that the source has, too, stands in the source span.
        let kept = |character: &char| character.is_ascii_alphabetic() && text.contains(*character) && !"OIlSBZaeoxp".contains(*character);
        let inside = &text[span.start..span.end];
        for character in plain.text()[from..to].chars().filter(kept) {
            let spelled = inside.contains("dot") || inside.contains("at") || !inside.is_ascii();
            prop_assert!(inside.contains(character) || spelled);
        }
    }
}
