//! What holds for the view of every document.
// Each test program uses its own part of this module.
#![allow(dead_code, unreachable_pub)]

use subrosa_documents::Document;
use subrosa_documents::view::{Block, Shape};

/// The view of a document, after all has been looked at that holds for every view.
pub fn view(document: &Document) -> Vec<Block> {
    let blocks = document.body.blocks(&document.segments);
    let mut shown: Vec<Vec<bool>> = document.segments.iter().map(|segment| vec![false; segment.text.len()]).collect();
    for block in &blocks {
        assert!(block.segment < document.segments.len(), "{block:?} is of no segment");
        let text = &document.segments[block.segment].text;
        assert!(text.get(block.span.range()).is_some(), "{block:?} cuts a character or lies outside");
        assert!(!block.span.is_empty() && !block.section.is_empty(), "{block:?} is empty, or its section");
        for byte in &mut shown[block.segment][block.span.range()] {
            assert!(!std::mem::replace(byte, true), "{block:?} shows something again");
        }
        let mut end = block.span.start;
        for run in &block.runs {
            assert!(run.span.start >= end && !run.span.is_empty(), "{block:?} has runs that overlap");
            assert!(text.get(run.span.range()).is_some(), "{block:?} has a run that cuts a character");
            end = run.span.end;
        }
        assert!(end <= block.span.end, "{block:?} has a run that reaches beyond it");
        assert_eq!(block.visible, block.shows(block.span), "{block:?} is seen when any of it is");
        if let Shape::Cell { table, row, column } = block.shape {
            assert!(table > 0 && row > 0 && column > 0, "{block:?} is in no cell");
        }
        if let Shape::Heading(level) | Shape::Item(level) = block.shape {
            assert!((1..=9).contains(&level), "{block:?} has no such level");
        }
    }
    for (number, (segment, shown)) in document.segments.iter().zip(shown).enumerate() {
        for (at, character) in segment.text.char_indices() {
            assert!(shown[at] || matches!(character, '\n' | '\r' | '\t'), "byte {at} of segment {number} is in no block");
        }
    }
    blocks
}

/// A view in lines, for tests: section, shape, whether it is seen, label, text.
pub fn lines(document: &Document) -> Vec<String> {
    let line = |block: &Block| {
        let text = block.span.of(&document.segments[block.segment].text);
        let shape = match block.shape {
            Shape::Paragraph => "paragraph".to_owned(),
            Shape::Heading(level) => format!("heading {level}"),
            Shape::Item(level) => format!("item {level}"),
            Shape::Cell { table, row, column } => format!("cell {table} {row} {column}"),
            Shape::Field => "field".to_owned(),
            Shape::Line => "line".to_owned(),
        };
        let label = block.label.as_ref().map(|label| format!(" {label} =")).unwrap_or_default();
        let runs: String = block
            .runs
            .iter()
            .map(|run| {
                let looks = [
                    (run.bold, "bold"),
                    (run.italic, "italic"),
                    (run.underline, "underline"),
                    (run.struck, "struck"),
                    (run.hidden, "hidden"),
                ];
                let looks: Vec<&str> = looks.iter().filter(|(has, _)| *has).map(|(_, look)| *look).collect();
                format!(" <{} {}>", looks.join(" "), run.span.of(&document.segments[block.segment].text))
            })
            .collect();
        let seen = if block.visible { "" } else { "hidden " };
        format!("[{}] {seen}{shape}:{label} {text}{runs}", block.section)
    };
    view(document).iter().map(line).collect()
}
