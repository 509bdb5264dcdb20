//! A long document, a few pieces at a time, so that memory does not grow with the file.
//!
//! Pieces are read, searched and written in parallel; only the numbering of persons goes through them in order, so the
//! output is that of one thread. Every piece is verified before any later one is read. A name found in one piece is not
//! looked for in the others.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use subrosa::Engine;
use subrosa::redact::{reported, stumbled, untreated, verdict};
use subrosa_core::edit::Edit;
use subrosa_core::finding::Finding;
use subrosa_core::report::{self, FileReport, Findings, Unread};
use subrosa_documents::stream::{Origin, Piece, Pieces, StreamError, Streamable};
use subrosa_documents::verify::{Verified, compare};
use subrosa_documents::{Document, Format, Refusal};

use super::redactor::{End, writing};
use crate::hashed::Hashed;
use crate::interrupt;

/// Pieces in memory at a time. A fixed number, so that memory does not hang on the number of threads.
const WINDOW: usize = 8;

/// A format that can be cut.
pub struct InPieces {
    format: &'static dyn Format,
    streamable: &'static dyn Streamable,
}

/// A piece that was read and searched.
struct Searched {
    document: Document,
    origin: Origin,
    findings: Vec<Vec<Finding>>,
}

impl InPieces {
    /// The format, if it can be cut.
    pub fn new(format: &'static dyn Format) -> Option<Self> {
        format.stream().map(|streamable| Self { format, streamable })
    }

    /// Redacts a stream in pieces of about `size` bytes, and fills in the report. What was written to `out` counts only
    /// when all went well.
    pub fn treat(
        &self,
        engine: &Engine,
        input: impl Read,
        size: usize,
        out: &mut impl Write,
        report: &mut FileReport,
    ) -> Result<(), End> {
        report.format = Some(self.format.id().to_owned());
        let caught = catch_unwind(AssertUnwindSafe(|| self.all(engine, input, size, out, report)));
        caught.unwrap_or_else(|_| Err(End::Refused(stumbled())))
    }

    fn all(
        &self,
        engine: &Engine,
        input: impl Read,
        size: usize,
        out: &mut impl Write,
        report: &mut FileReport,
    ) -> Result<(), End> {
        let mut input = Hashed::new(input);
        let mut out = Hashed::new(out);
        let mut applier = engine.applier();
        let mut edited = false;
        let mut searched_again = report::Verified::default();
        let ended = (|| {
            let mut pieces = Pieces::new(&mut input, self.streamable, self.format.id(), size);
            loop {
                let window = pieces.by_ref().take(WINDOW).collect::<Result<Vec<Piece>, StreamError>>()?;
                if window.is_empty() {
                    return Ok(());
                }
                // Outcomes are looked at in order, so that the same file is always refused for the same reason.
                let searched: Vec<Result<Searched, Refusal>> =
                    window.into_par_iter().map(|piece| search(engine, piece)).collect();
                let mut decided = Vec::with_capacity(searched.len());
                for piece in searched {
                    let piece = piece?;
                    report.unread.extend(
                        piece
                            .document
                            .unread
                            .iter()
                            .map(|unread| Unread { part: unread.part.clone(), reason: unread.reason.clone() }),
                    );
                    let edits = applier.apply(&piece.document.segments, &piece.findings).map_err(|error| untreated(&error))?;
                    edited |= edits.iter().any(|edits| !edits.is_empty());
                    decided.push((piece, edits));
                }
                let written: Vec<Result<(Vec<u8>, Verified), Refusal>> =
                    decided.into_par_iter().map(|(piece, edits)| write(engine, &piece, &edits)).collect();
                for piece in written {
                    let (bytes, verified) = piece?;
                    out.write_all(&bytes).map_err(writing)?;
                    let verified = reported(&verified);
                    searched_again.segments += verified.segments;
                    searched_again.parts += verified.parts;
                    // A value in two pieces counts for each.
                    searched_again.values += verified.values;
                }
                if interrupt::asked() {
                    return Err(End::Interrupted);
                }
            }
        })();
        report.bytes_in = input.bytes;
        report.findings = Findings::from(applier.tally());
        ended?;
        out.flush().map_err(writing)?;
        report.sha256_in = Some(input.sha256());
        report.sha256_out = Some(out.sha256());
        report.bytes_out = Some(out.bytes);
        report.verified = Some(searched_again);
        report.verdict = verdict(edited, applier.tally());
        Ok(())
    }
}

fn search(engine: &Engine, piece: Piece) -> Result<Searched, Refusal> {
    let (mut document, origin) = piece.into_document(engine.aids(), &engine.limits)?;
    document.settle(engine.policy.on_unread())?;
    let findings = engine.detect(&document.segments);
    Ok(Searched { document, origin, findings })
}

fn write(engine: &Engine, piece: &Searched, edits: &[Vec<Edit>]) -> Result<(Vec<u8>, Verified), Refusal> {
    let bytes = piece.document.body.write(edits)?;
    let again = piece.origin.read(&bytes, engine.aids(), &engine.limits)?;
    let verified = compare(&piece.document, edits, &again, &[])?;
    Ok((bytes, verified))
}

impl From<StreamError> for End {
    fn from(error: StreamError) -> Self {
        match error {
            StreamError::Refused(refusal) => Self::Refused(refusal),
            StreamError::Io(error) => Self::Io(anyhow::Error::new(error).context("cannot read")),
            other => Self::Io(anyhow::Error::new(other)),
        }
    }
}

impl From<Refusal> for End {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa::redact::unwritten;
    use subrosa::{Automatic, redact};
    use subrosa_core::detector::Options;
    use subrosa_core::policy::Policy;
    use subrosa_documents::Source;
    use subrosa_documents::formats::sniff;

    fn in_pieces(engine: &Engine, text: &str, name: &str, size: usize) -> (Result<(), End>, String, FileReport) {
        let format = sniff(&Source::new(text.as_bytes(), name)).unwrap();
        let mut out = Vec::new();
        let mut report = unwritten(String::new());
        let ended = InPieces::new(format).unwrap().treat(engine, text.as_bytes(), size, &mut out, &mut report);
        (ended, String::from_utf8(out).unwrap(), report)
    }

    #[test]
    fn pieces_are_the_whole() {
        let engine = Engine::new(Policy::preset("redact").unwrap(), &Options::default());
        let line = |i: u32| format!("entry {i}: card 4111 1111 1111 1111, paid\n\n");
        let text = (0..2000).map(line).collect::<Vec<_>>().concat();
        let whole = redact(&engine, &Source::new(text.as_bytes(), "a.txt"), &Automatic(&engine));
        let (ended, out, report) = in_pieces(&engine, &text, "a.txt", 1000);
        assert!(ended.is_ok());
        assert_eq!(out.as_bytes(), whole.output.ok().unwrap().bytes);
        // A piece is a text of its own.
        assert!(report.verified.as_ref().is_some_and(|verified| verified.segments > 50));
        assert_eq!(FileReport { verified: whole.report.verified.clone(), ..report.clone() }, whole.report);
        assert_eq!(report.findings.by_entity["CREDIT_CARD"], 2000);
    }

    #[test]
    fn a_broken_piece_refuses_the_whole() {
        let engine = Engine::new(Policy::preset("redact").unwrap(), &Options::default());
        let line = |i: u32| format!("{{\"id\":{i},\"note\":\"card 4111 1111 1111 1111\"}}\n");
        let text = (0..5000).map(line).collect::<Vec<_>>().concat() + "{\"id\": \"Canary\n";
        let (ended, _, report) = in_pieces(&engine, &text, "a.jsonl", 1000);
        let Err(End::Refused(refusal)) = ended else { panic!("a broken line is refused") };
        assert!(!refusal.to_string().contains("Canary"), "{refusal}");
        assert_eq!(report.sha256_out, None);
    }
}
