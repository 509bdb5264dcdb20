//! What the place and the spacing of a line tell of removed text: two files that differ in it alone are written alike.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

#[allow(dead_code)]
mod pdf_support;

use lopdf::Document;
use pdf_support::{file, page, redact};

/// The content of the first page.
fn content(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    let page = document.page_iter().next().unwrap();
    String::from_utf8(document.get_page_content(page)).unwrap()
}

fn written(contents: &str, value: &str) -> String {
    content(&redact(&file(&page(contents)), &value.replace(' ', ""), "[PERSON]"))
}

/// How wide Helvetica is in 12 points.
fn width(text: &str) -> f64 {
    let letter = |char: char| match char {
        'f' | 't' | ' ' | '.' | ',' | 'I' => 278.0,
        'i' | 'j' | 'l' => 222.0,
        'r' => 333.0,
        'J' | 'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 500.0,
        'm' | 'M' => 833.0,

        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 667.0,
        'w' | 'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 722.0,
        'F' | 'T' | 'Z' => 611.0,
        'G' | 'O' | 'Q' => 778.0,
        _ => 556.0,
    };
    text.chars().map(letter).sum::<f64>() * 0.012
}

/// Lines that are placed so that this part of them lies at the left of x = 300: all of it, or half.
fn lines(texts: &[&str], part: f64) -> String {
    let line = |(number, text): (usize, &&str)| {
        let x = 300.0 - part * width(text);
        format!("1 0 0 1 {x:.3} {} Tm ({text}) Tj\n", 700 - 14 * number)
    };
    format!("BT /F1 12 Tf\n{}ET", texts.iter().enumerate().map(line).collect::<String>())
}

#[test]
fn aligned_lines_stay_aligned_and_begin_elsewhere() {
    for part in [1.0, 0.5] {
        let of = |name: &str| {
            let signed = format!("Signed by {name} on Monday");
            written(&lines(&["The office of the county", &signed, "Room 12"], part), name)
        };
        let (short, long) = (of("Ann Roe"), of("Bartholomew Quillfeather"));
        let numbers = |content: &str| -> Vec<f64> { content.split_whitespace().filter_map(|word| word.parse().ok()).collect() };
        let (short, long) = (numbers(&short), numbers(&long));
        assert_eq!(short.len(), long.len());
        for (one, other) in short.iter().zip(&long) {
            assert!((one - other).abs() < 0.1, "{one} {other} at part {part}");
        }
    }
}

#[test]
fn lines_at_the_left_stay_where_they_begin() {
    let contents = lines(&["Signed by Ann Roe on Monday", "in the office", "Room 12"], 0.0);
    assert!(written(&contents, "Ann Roe").contains("1 0 0 1 300.000 700 Tm"));
}

#[test]
fn spaces_of_justified_lines_are_those_of_the_font() {
    let of = |name: &str, spacing: &str| {
        let contents = format!(
            "BT /F1 12 Tf 72 700 Td {spacing} Tw (Signed by {name} on Monday) Tj 0 -14 Td 1.5 Tw (in the office of the county) Tj ET"
        );
        written(&contents, name)
    };
    let (short, long) = (of("Ann Roe", "7.25"), of("Bartholomew Quillfeather", "0.4"));
    assert_eq!(short, long);
    assert!(short.contains("0 Tw") && short.contains("1.5 Tw"), "{short}");
}

#[test]
fn shifts_of_letters_beside_a_gap_go() {
    let of = |name: &str, shifts: [&str; 4]| {
        let [one, two, three, four] = shifts;
        let contents = format!(
            "BT /F1 12 Tf 72 700 Td [(Si){one}(gned){two}(by {name}){three}(on){four}(Mon)] TJ 0 -14 Td [(in){two}(it)] TJ ET"
        );
        written(&contents, name)
    };
    let short = of("Ann Roe", ["-3", "-310", "-290", "-301"]);
    let long = of("Bartholomew Quillfeather", ["4", "-220", "-250", "-266"]);
    let first = |content: &str| content.lines().find(|line| line.contains("TJ")).unwrap().split("Td").nth(1).unwrap().to_owned();
    assert_eq!(first(&short), first(&long));
    assert!(short.contains("[(in)-310(it)]"), "other lines keep theirs: {short}");
}
