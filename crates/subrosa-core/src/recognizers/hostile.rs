//! No text makes a recognizer panic or propose a span that cuts a character.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::confidence::Confidence;
use crate::detector::{Detector, Options};
use crate::segment::Segment;

/// Pieces that recognizers look at, and some that are awkward.
const PIECES: &[&str] = &[
    "3",
    "12",
    "1980",
    "31/12/1980",
    "March",
    "may",
    "de",
    "mars",
    "'",
    "’98",
    "-",
    "/",
    ".",
    ":",
    "@",
    "#",
    "(",
    ")",
    "+",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\t",
    "born",
    "DOB",
    "Age",
    "year",
    "old",
    "años",
    "MRN",
    "no",
    "nos",
    "and",
    ",",
    "forty",
    "five",
    "T10:20",
    "am",
    "p.m.",
    "www",
    "com",
    "http",
    "://",
    "::",
    "2001",
    "db8",
    "192.0.2.1",
    "/24",
    "00",
    "5e",
    "GB29",
    "NWBK",
    "AB",
    "fax",
    "Tel",
    "ext",
    "x12",
    "\u{200b}",
    "é",
    "ｅ",
    "３",
    "€",
    "\u{feff}",
    "–",
    "º",
    "1er",
    "50s",
    "45M",
    "y/o",
    "username",
    "é@é.é",
    "Calle",
    "C/",
    "Av.",
    "s/n",
    "nº",
    "5º B",
    "28013",
    "Madrid",
    "Hauptstraße",
    "rue de",
    "Domicilio:",
    "lives at",
    "P.O. Box",
    "APO AA",
    "1017 GP",
    "SW1A",
    "years",
    "imprisonment",
    "and a half",
    "Wednesday",
    "last",
    "pasado",
    "third",
    "BC",
    "EUR",
    "$",
    "%",
    "disability",
    "works as a",
    "teacher",
    "Occupation:",
    "retired",
    "Catholic",
    "nacionalidad española",
    "Jehovah’s",
    "+49 (0)",
    "|",
    "\"",
    "=",
    ">",
    "password",
    "PIN",
    "is",
    "key",
    "secret",
    "eyJhbGciOiJI",
    "sk_live_",
    "-----BEGIN PRIVATE KEY-----",
    "Private-Lines:",
    "°",
    "lat",
    "51.5007",
    "(01)00812345000016",
    "geo",
    "ecli",
    "C",
    "131/12",
    "plate",
    "AB",
    "five",
    "double",
    "at",
    "dot",
    "2l9",
    "u/",
    "facebook.com/",
    "photo",
    "attached",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces(picks in prop::collection::vec(0..PIECES.len(), 0..24), label in prop::option::of(0..PIECES.len())) {
        let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
        holds(&text, label.map(|label| PIECES[label]));
    }

    #[test]
    fn anything(text in "\\PC{0,80}") {
        holds(&text, None);
    }
}

fn holds(text: &str, label: Option<&str>) {
    static DETECTOR: LazyLock<Detector> =
        LazyLock::new(|| Detector::new(&Options { minimum: Confidence::NONE, ..Options::default() }));
    let mut segment = Segment::new(text);
    if let Some(label) = label {
        segment.labels = vec![label.into()];
    }
    let mut last = 0;
    for finding in &DETECTOR.detect(std::slice::from_ref(&segment))[0] {
        assert!(finding.span.start >= last && finding.span.start < finding.span.end);
        assert!(text.get(finding.span.start..finding.span.end).is_some(), "{text:?}");
        last = finding.span.end;
    }
}
