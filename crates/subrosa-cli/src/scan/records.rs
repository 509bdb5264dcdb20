//! `--records`: a JSON line in, a JSON line out, in the same order.
//!
//! In: `{"id": ..., "text": "..."}`; other fields are for the caller. Out: `{"id": ..., "spans": [...]}` with the id as it
//! was written. A line that is no such object is named on stderr with its number and has no line in the output.
//! The schema is `docs/schemas/records.v1.json`.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context as _;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use subrosa::Engine;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::Offsets;
use crate::exit::Exit;
use crate::stats::Stats;
use crate::terminal::warn;

/// Lines are treated together until they have this many bytes.
const BATCH_BYTES: usize = 4 << 20;
/// And at most this many lines.
const BATCH_LINES: usize = 4096;
/// The longest line taken. What is longer is malformed.
const LONGEST_LINE: u64 = 256 << 20;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a RawValue,
    spans: Vec<Found<'a>>,
}

#[derive(Serialize)]
struct Found<'a> {
    start: usize,
    end: usize,
    entity: &'a str,
    confidence: f64,
}

/// The answer to one line, with its line end.
struct Line {
    json: Vec<u8>,
    findings: u64,
}

/// Answers all of stdin.
///
/// # Errors
/// Input that cannot be read, output that cannot be written.
pub fn run(engine: &Engine, offsets: Offsets, stats: &mut Stats) -> anyhow::Result<Exit> {
    let mut input = BufReader::with_capacity(1 << 20, std::io::stdin());
    let mut output = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout());
    answer_all(engine, offsets, &mut input, &mut output, stats, &mut |line, reason| warn(format_args!("line {line}: {reason}")))
}

fn answer_all(
    engine: &Engine,
    offsets: Offsets,
    input: &mut BufReader<impl Read>,
    output: &mut impl Write,
    stats: &mut Stats,
    complain: &mut dyn FnMut(usize, &str),
) -> anyhow::Result<Exit> {
    let mut exit = Exit::Clean;
    let mut number = 0;
    let mut ended = false;
    while !ended {
        let mut batch: Vec<Vec<u8>> = Vec::new();
        let mut size = 0;
        while size < BATCH_BYTES && batch.len() < BATCH_LINES {
            let mut line = Vec::new();
            let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).context("cannot read stdin")?;
            if read == 0 {
                ended = true;
                break;
            }
            if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
                stats.bytes += skip_line(input)?;
            }
            size += read;
            batch.push(line);
            // Nothing more is at hand: a caller may be waiting for this answer before it sends the next line.
            if input.buffer().is_empty() {
                break;
            }
        }
        stats.bytes += size as u64;
        let answers: Vec<Result<Option<Line>, String>> =
            batch.par_iter().with_min_len(8).map(|line| answer(engine, offsets, line)).collect();
        for answer in answers {
            number += 1;
            match answer {
                Ok(None) => {}
                Ok(Some(Line { json, findings })) => {
                    output.write_all(&json).context("cannot write")?;
                    stats.findings += findings;
                    if findings > 0 {
                        exit = exit.max(Exit::Findings);
                    }
                }
                Err(reason) => {
                    complain(number, &reason);
                    exit = Exit::Error;
                }
            }
        }
        output.flush().context("cannot write")?;
    }
    Ok(exit)
}

/// One line's answer; nothing for a blank line; the reason why it is malformed.
fn answer(engine: &Engine, offsets: Offsets, line: &[u8]) -> Result<Option<Line>, String> {
    if line.len() as u64 >= LONGEST_LINE {
        return Err(format!("longer than {} MiB", LONGEST_LINE >> 20));
    }
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let line = std::str::from_utf8(line).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to()))?;
    let record: Record<'_> = serde_json::from_str(line).map_err(|error| reason(&error))?;
    let segments = [Segment::new(record.text)];
    let findings = catch_unwind(AssertUnwindSafe(|| engine.find(&segments))).map_err(|_| "internal error".to_owned())?;
    let findings = findings.into_iter().next().unwrap_or_default();
    let mut units = Units::new(&segments[0].text, offsets);
    let spans: Vec<Found<'_>> = findings
        .iter()
        .map(|finding| {
            let Span { start, end } = units.of(finding.span);
            Found { start, end, entity: finding.entity.id(), confidence: finding.confidence.unit() }
        })
        .collect();
    let findings = spans.len() as u64;
    let mut json = serde_json::to_vec(&Answer { id: record.id, spans }).map_err(|error| reason(&error))?;
    json.push(b'\n');
    Ok(Some(Line { json, findings }))
}

/// What is wrong with a line. The parser's own words can quote the line, so only its category and column are told.
fn reason(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Data => "not an object with `id` and a `text` string",
        Category::Syntax | Category::Eof => "not JSON",
        Category::Io => "cannot be read",
    };
    format!("{what} (column {})", error.column())
}

/// Drops the rest of a line that is too long; the bytes dropped.
fn skip_line(input: &mut impl BufRead) -> anyhow::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = input.fill_buf().context("cannot read stdin")?;
        let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        skipped += used as u64;
        if ended {
            return Ok(skipped);
        }
    }
}

/// Converts spans, which come in order, in one pass over the text.
struct Units<'a> {
    text: &'a str,
    offsets: Offsets,
    passed: usize,
    count: usize,
}

impl<'a> Units<'a> {
    fn new(text: &'a str, offsets: Offsets) -> Self {
        Self { text, offsets, passed: 0, count: 0 }
    }

    fn of(&mut self, span: Span) -> Span {
        let start = self.at(span.start);
        Span::new(start, self.at(span.end))
    }

    fn at(&mut self, byte: usize) -> usize {
        let passed = self.text.get(self.passed..byte).unwrap_or_default();
        self.count += match self.offsets {
            Offsets::Bytes => passed.len(),
            Offsets::Chars => passed.chars().count(),
            Offsets::Utf16 => passed.chars().map(char::len_utf16).sum(),
        };
        self.passed = byte.max(self.passed);
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::detector::Options;
    use subrosa_core::policy::Policy;

    fn answered(input: &str, offsets: Offsets) -> (String, Vec<String>, Exit) {
        let engine = Engine::new(Policy::preset("redact").unwrap(), &Options::default());
        let mut output = Vec::new();
        let mut complaints = Vec::new();
        let mut input = BufReader::new(input.as_bytes());
        let complain = &mut |line: usize, reason: &str| complaints.push(format!("{line}: {reason}"));
        let exit = answer_all(&engine, offsets, &mut input, &mut output, &mut Stats::start(), complain).unwrap();
        (String::from_utf8(output).unwrap(), complaints, exit)
    }

    #[test]
    fn ids_come_back_as_they_were_written() {
        let (output, complaints, exit) =
            answered("{\"text\":\"x\",\"id\":1.50,\"more\":{}}\n\n{\"id\":\"\\u0041\",\"text\":\"\"}", Offsets::Bytes);
        assert_eq!(output, "{\"id\":1.50,\"spans\":[]}\n{\"id\":\"\\u0041\",\"spans\":[]}\n");
        assert_eq!((complaints, exit), (vec![], Exit::Clean));
    }

    #[test]
    fn offsets_count_what_was_asked_for() {
        let line = "{\"id\":1,\"text\":\"\u{1f600}é card 4111 1111 1111 1111, card 4012888888881881\"}\n";
        for (offsets, first, second) in [(Offsets::Bytes, 12, 38), (Offsets::Chars, 8, 34), (Offsets::Utf16, 9, 35)] {
            let (output, _, exit) = answered(line, offsets);
            for start in [first, second] {
                assert!(output.contains(&format!("\"start\":{start},")), "{output}");
            }
            assert_eq!(exit, Exit::Findings);
        }
    }

    #[test]
    fn malformed_lines_are_named_without_their_content() {
        let input =
            "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"Canary\"\n[\"Canary\"]\n{\"id\":3}\n{\"id\":4,\"text\":\"b\"}\n";
        let (output, complaints, exit) = answered(input, Offsets::Bytes);
        assert_eq!(output.lines().count(), 2);
        assert_eq!(exit, Exit::Error);
        let numbers: Vec<&str> = complaints.iter().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(numbers, ["2", "3", "4"]);
        assert!(!complaints.concat().contains("Canary"), "{complaints:?}");
    }

    #[test]
    fn many_lines_keep_their_order() {
        let input = (0..10_000).map(|i| format!("{{\"id\":{i},\"text\":\"t\"}}\n")).collect::<Vec<_>>().concat();
        let (output, ..) = answered(&input, Offsets::Bytes);
        let expected = (0..10_000).map(|i| format!("{{\"id\":{i},\"spans\":[]}}\n")).collect::<Vec<_>>().concat();
        assert_eq!(output, expected);
    }
}
