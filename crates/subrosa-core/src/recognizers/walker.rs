//! Walks all recognizers: runs the examples in their files and holds what must be true of each.

use std::collections::BTreeSet;

use crate::confidence::Confidence;
use crate::detector::{Detector, Options};
use crate::marked;
use crate::recognizer::{Recognizer, Trigger};
use crate::segment::Segment;

use super::ALL;

/// Folders whose name is not part of the entity.
const NEUTRAL: &[&str] = &["generic", "health"];
/// The confidence from which the policies act.
const THRESHOLD: Confidence = Confidence::new(500);

fn found(recognizer: &'static dyn Recognizer, text: &str) -> Vec<String> {
    let detector = Detector::with(&[recognizer], &Options { minimum: THRESHOLD, ..Options::default() });
    let segment = Segment::new(text);
    detector.detect(std::slice::from_ref(&segment))[0].iter().map(|finding| finding.span.of(text).to_owned()).collect()
}

#[test]
fn every_example_holds() {
    let mut wrong = Vec::new();
    for recognizer in ALL {
        let info = recognizer.info();
        assert!(!info.hits.is_empty() && !info.misses.is_empty(), "{} has no examples", info.entity);
        for hit in info.hits {
            let (text, wanted) = marked::read(hit);
            assert!(!wanted.is_empty(), "{}: no marked value in {hit:?}", info.entity);
            let found = found(*recognizer, &text);
            if found != wanted {
                wrong.push(format!("{}: in {hit:?} found {found:?}", info.entity));
            }
        }
        for miss in info.misses {
            let found = found(*recognizer, miss);
            if !found.is_empty() {
                wrong.push(format!("{}: in {miss:?} found {found:?}", info.entity));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn entities_are_unique_and_equal_to_the_path() {
    let mut seen = BTreeSet::new();
    for recognizer in ALL {
        let info = recognizer.info();
        assert!(seen.insert(info.entity.clone()), "{} twice", info.entity);
        let (_, path) = info.module.split_once("recognizers::").expect("recognizers live in this folder");
        let mut parts: Vec<_> = path.split("::").collect();
        if NEUTRAL.contains(&parts[0]) {
            parts.remove(0);
        }
        assert_eq!(parts.join("_").replace("r#", "").to_uppercase(), info.entity.id(), "{path}");
        assert!(!info.summary.is_empty() && info.summary.ends_with('.'), "{}: the summary is a sentence", info.entity);
    }
}

#[test]
fn layouts_are_well_formed() {
    for recognizer in ALL {
        let info = recognizer.info();
        for trigger in recognizer.triggers() {
            if let Trigger::Layouts(layouts) = trigger {
                for layout in *layouts {
                    assert!(layout.places().is_some(), "{}: `{}` is no layout", info.entity, layout.signs);
                }
            }
        }
        for phrase in info.context {
            let is_word = |word: &str| word.chars().any(char::is_alphabetic);
            let words = phrase.split(|sign: char| !sign.is_alphanumeric());
            assert!({ words }.any(is_word), "{}: `{phrase}` has no word", info.entity);
        }
    }
}
