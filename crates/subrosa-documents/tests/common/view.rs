//! What holds for the view of every document.
// Each test program uses its own part of this module.
#![allow(dead_code, unreachable_pub)]

use subrosa_documents::Document;
use subrosa_documents::view::{Block, Shape};

/// The view of a document, after all has been looked at that holds for every view.
pub fn view(document: &Document) -> Vec<Block> {
    let blocks = document.body.blocks(&document.segments);
    let mut shown: Vec<(usize, usize, usize)> = Vec::with_capacity(blocks.len());
    for block in &blocks {
        assert!(block.segment < document.segments.len(), "{block:?} is of no segment");
        let text = &document.segments[block.segment].text;
        assert!(text.get(block.span.range()).is_some(), "{block:?} cuts a character or lies outside");
        assert!(!block.span.is_empty() && !block.section.is_empty(), "{block:?} is empty, or its section");
        shown.push((block.segment, block.span.start, block.span.end));
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
    shown.sort_unstable();
    let mut shown = shown.into_iter().peekable();
    for (number, segment) in document.segments.iter().enumerate() {
        let mut at = 0;
        loop {
            let next = shown.next_if(|(segment, ..)| *segment == number);
            let (start, end) = next.map_or((segment.text.len(), segment.text.len()), |(_, start, end)| (start, end));
            assert!(start >= at, "byte {start} of segment {number} is in two blocks");
            let between = segment.text[at..start].trim_matches(['\n', '\r', '\t']);
            assert!(between.is_empty(), "{} bytes of segment {number} before {start} are in no block", between.len());
            at = end;
            if next.is_none() {
                break;
            }
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
        let runs: Vec<String> = block
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
        format!("[{}] {seen}{shape}:{label} {text}{}", block.section, runs.concat())
    };
    view(document).iter().map(line).collect()
}
