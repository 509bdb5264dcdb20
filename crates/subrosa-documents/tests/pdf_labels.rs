//! Labels do not lie over text that stays: in narrow columns and tables they are set narrower.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[allow(dead_code, reason = "each test program uses its own part")]
mod pdf_support;

use pdf_support::{assert_gone, file, page, read, redact, squeezed};
use subrosa_core::span::Span;

const LABEL: &str = "[PERSON-17]";

/// Left and right of a word, by the first segment that has it.
fn edges(bytes: &[u8], word: &str) -> (f32, f32) {
    let document = read(bytes).unwrap();
    let found = document.segments.iter().enumerate().find_map(|(index, segment)| Some((index, segment.text.find(word)?)));
    let (index, at) = found.unwrap_or_else(|| panic!("{word} is not there: {}", squeezed(&document)));
    let boxes = document.body.boxes(index, Span::new(at, at + word.len()));
    let (left, right) = boxes.iter().fold((f32::MAX, f32::MIN), |all, one| (all.0.min(one.x), all.1.max(one.x + one.width)));
    (left, right)
}

fn written(contents: &str, word: &str) -> Vec<u8> {
    let written = redact(&file(&page(contents)), word, LABEL);
    assert_gone(&written, word);
    written
}

#[test]
fn in_the_next_column_nothing_is_covered() {
    let rows = [
        ("at the end of the line", "1 0 0 1 72 700 Tm (seen by Ott) Tj 1 0 0 1 160 700 Tm (Second column) Tj"),
        ("in the middle of the line", "1 0 0 1 72 700 Tm (by Ott and) Tj 1 0 0 1 160 700 Tm (Second column) Tj"),
        ("alone in the line", "1 0 0 1 72 700 Tm (Ott) Tj 1 0 0 1 115 700 Tm (Second column) Tj"),
        ("drawn after the other column", "1 0 0 1 150 700 Tm (Second column) Tj 1 0 0 1 72 700 Tm (seen by Ott) Tj"),
        ("beside a line that stands a little higher", "1 0 0 1 72 700 Tm (seen by Ott) Tj 1 0 0 1 160 707 Tm (Second column) Tj"),
    ];
    for (what, contents) in rows {
        let written = written(&format!("BT /F1 12 Tf {contents} ET"), "Ott");
        let (label, column) = (edges(&written, LABEL), edges(&written, "Second"));
        assert!(label.1 <= column.0, "{what}: the label ends at {}, the column begins at {}", label.1, column.0);
        let begins = contents.split(" Tm (Second").next().unwrap().rsplit("1 0 0 1 ").next().unwrap();
        assert!(begins.starts_with(&format!("{}", column.0.round())), "{what}: the column stays at {begins}, not {}", column.0);
    }
}

#[test]
fn a_line_that_ends_at_the_right_does_not_grow_into_the_first_column() {
    let contents = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (First column here) Tj 1 0 0 1 180.67 700 Tm (by Ott) Tj \
                    1 0 0 1 175.33 686 Tm (of Inns) Tj 1 0 0 1 72 672 Tm (and more of it) Tj 1 0 0 1 192.67 672 Tm (here) Tj ET";
    let written = written(contents, "Ott");
    let (by, column) = (edges(&written, "by"), edges(&written, "here"));
    assert!(column.1 <= by.0, "the first column ends at {}, the second begins at {}", column.1, by.0);
}

#[test]
fn a_label_with_room_has_its_full_width() {
    let near = written("BT /F1 12 Tf 1 0 0 1 72 700 Tm (by Ott) Tj 1 0 0 1 130 700 Tm (Second) Tj ET", "Ott");
    let far = written("BT /F1 12 Tf 1 0 0 1 72 700 Tm (by Ott) Tj 1 0 0 1 330 700 Tm (Second) Tj ET", "Ott");
    let below = written("BT /F1 12 Tf 1 0 0 1 72 700 Tm (by Ott) Tj 1 0 0 1 130 685 Tm (Second) Tj ET", "Ott");
    let width = |bytes: &[u8]| edges(bytes, LABEL).1 - edges(bytes, LABEL).0;
    assert!(width(&near) < 0.9 * width(&far));
    assert!((width(&far) - width(&below)).abs() < 0.01, "text of another line takes no room");
}

#[test]
fn the_width_of_a_narrow_label_tells_nothing() {
    let of = |name: &str| {
        let contents = format!("BT /F1 12 Tf 1 0 0 1 72 700 Tm (seen by {name}) Tj 1 0 0 1 170 700 Tm (Second column) Tj ET");
        edges(&written(&contents, name), LABEL)
    };
    assert_eq!(of("Ott"), of("Millie"));
}
