//! Shows what is found in the text on standard input: one line for each finding, with the words around it.
//!
//! `cargo run --release -p subrosa-core --example findings < FILE`

use std::io::{self, Read, Write};

use subrosa_core::confidence::Confidence;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::segment::Segment;

fn main() -> io::Result<()> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    let segment = Segment::new(String::from_utf8_lossy(&bytes).into_owned());
    let detector = Detector::new(&Options { minimum: Confidence::new(500), ..Options::default() });
    let found = detector.detect(std::slice::from_ref(&segment));
    let text = &segment.text;
    let mut out = io::stdout().lock();
    for finding in &found[0] {
        let before: String = text[..finding.span.start].chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[finding.span.end..].chars().take(20).collect();
        let line = format!("{}⟦{}⟧{}", before, finding.span.of(text), after).replace('\n', "⏎");
        writeln!(out, "{}\t{}\t{}\t{line}", finding.entity, finding.confidence, finding.explanation.pattern)?;
    }
    Ok(())
}
