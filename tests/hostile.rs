//! Hostile files of every format: each is refused with a reason or read, edited, written and verified; none makes the library
//! panic, run on, or take memory without bound.
//!
//! Every format has a small good file in `hostile/seeds.rs` that is cut, flipped and spliced; `hostile/bombs.rs` has files
//! made to expand, to nest and to lie. A few small real files of each kind join the seeds when `../shared/documents` lies
//! beside the repository. Nothing is random from run to run.

#![allow(clippy::cast_possible_truncation, reason = "the numbers of the files built here are small")]
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::trivially_copy_pass_by_ref,
    reason = "files of a test, not a hot path"
)]
#![allow(clippy::disallowed_methods, clippy::print_stderr, clippy::unwrap_used, reason = "tests read files and run programs")]

#[path = "hostile/bombs.rs"]
mod bombs;
#[path = "hostile/seeds.rs"]
mod seeds;

#[path = "../crates/subrosa-documents/tests/common/view.rs"]
mod view;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::span::Span;
use subrosa_documents::formats::{self, sniff};
use subrosa_documents::{Limits, Refusal, Source, verify};

use seeds::File;

/// What a case may take before it counts as hanging. Wide, since builds without optimization and busy machines are slow: what
/// is meant is to find work that grows faster than the file.
const PATIENCE: Duration = Duration::from_secs(30);

/// From here on a case is printed.
const SLOW: Duration = Duration::from_secs(2);

/// Most memory that the process may ever have held, in kilobytes.
const MEMORY: u64 = 1_500_000;

/// Reads, edits, writes and verifies.
fn treat(name: &str, bytes: &[u8]) -> Result<(), Refusal> {
    let source = Source::new(bytes, name);
    let limits = Limits::default();
    let format = sniff(&source)?;
    let document = format.read(&source, &limits)?;
    view::view(&document);
    let edits: Vec<Vec<Edit>> = document.segments.iter().enumerate().map(|(at, segment)| first(at, &segment.text)).collect();
    for (at, edits) in edits.iter().enumerate().take(50) {
        let span = edits.first().map_or(Span::new(0, 0), |edit| edit.span);
        let _ = document.body.place(at, span);
    }
    let _ = document.body.notes();
    let written = document.body.write(&edits)?;
    verify::verify(format, &document, &edits, &Source::new(&written, name), &limits).map(|_| ())
}

/// An edit of the first word of every third segment.
fn first(segment: usize, text: &str) -> Vec<Edit> {
    let Some(start) = text.find(char::is_alphanumeric).filter(|_| segment.is_multiple_of(3)) else { return Vec::new() };
    let rest = &text[start..];
    let length = rest.find(|char: char| !char.is_alphanumeric()).unwrap_or(rest.len());
    let length = rest.floor_char_boundary(length.min(40));
    let span = Span::new(start, start + length.max(1));
    vec![Edit { span, replacement: "[X]".to_owned(), entity: Entity::PERSON, operator: "label" }]
}

/// What went wrong, of all cases of a test.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn run(&mut self, what: &str, name: &str, bytes: &[u8]) {
        let start = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| treat(name, bytes)));
        let took = start.elapsed();
        if took > SLOW {
            eprintln!("slow: {what} of {name}, {} bytes: {took:.1?}", bytes.len());
        }
        if std::env::var_os("HOSTILE_SHOW").is_some() {
            eprintln!(
                "{took:.1?} {what} of {name}: {}",
                outcome.as_ref().map_or_else(|_| "panic".to_owned(), |it| format!("{it:?}"))
            );
        }
        if outcome.is_err() {
            self.0.push(format!("{what} of {name}: panic"));
        }
        if let Ok(Err(Refusal::Internal(reason))) = outcome {
            self.0.push(format!("{what} of {name}: internal error: {reason}"));
        }
        if took > PATIENCE {
            self.0.push(format!("{what} of {name}: {took:.1?}"));
        }
    }

    fn judge(self) {
        if let Some(held) = most_memory() {
            assert!(held < MEMORY, "held {held} kB at once");
        }
        assert!(self.0.is_empty(), "{} cases:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// The most memory the process ever held, in kilobytes, where the system tells.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// A sequence of numbers that looks random and is always the same.
struct Numbers(u32);

impl Numbers {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize
    }
}

/// What is done to a good file.
fn broken(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut numbers = Numbers(0x9e37_79b9);
    let length = bytes.len().max(1);
    let mut out: Vec<(String, Vec<u8>)> = Vec::new();
    for part in 0..16 {
        out.push((format!("{part}/16"), bytes[..bytes.len() * part / 16].to_vec()));
    }
    for round in 0..24 {
        let mut flipped = bytes.to_vec();
        for _ in 0..1 << (round % 6) {
            let at = numbers.next() % length;
            flipped[at] = numbers.next() as u8;
        }
        out.push((format!("flips {round}"), flipped));
    }
    for round in 0..12 {
        // Garbage, a part of the file itself, or nothing, in place of a stretch.
        let at = numbers.next() % length;
        let end = (at + numbers.next() % 40).min(bytes.len());
        let from = numbers.next() % length;
        let piece: Vec<u8> = match round % 3 {
            0 => (0..30).map(|_| numbers.next() as u8).collect(),
            1 => bytes[from..(from + 60).min(bytes.len())].to_vec(),
            _ => Vec::new(),
        };
        out.push((format!("splice {round}"), [&bytes[..at], &piece, &bytes[end..]].concat()));
    }
    for (kind, extreme) in [[0xff_u8; 4], [0; 4], [0xff, 0xff, 0xff, 0x7f], [0x7f, 0xff, 0xff, 0xff]].iter().enumerate() {
        // Wherever a length might stand: at the head, where binary kinds have theirs, and all over.
        for round in 0..10 {
            let at = if round < 5 { 4 + round * 4 } else { numbers.next() % length };
            let mut lying = bytes.to_vec();
            for (target, value) in lying.iter_mut().skip(at).zip(extreme) {
                *target = *value;
            }
            out.push((format!("extreme {kind} at {at}"), lying));
        }
    }
    // Numbers written in digits: the first three become long.
    let digits: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()).collect();
    for &at in digits.iter().step_by(digits.len() / 8 + 1) {
        let long = [&bytes[..at], b"99999999999999999999", &bytes[at + 1..]].concat();
        let negative = [&bytes[..at], b"-1", &bytes[at + 1..]].concat();
        out.push((format!("long number at {at}"), long));
        out.push((format!("negative number at {at}"), negative));
    }
    out
}

/// The smallest real files of each kind, where they are.
fn real() -> Vec<File> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/documents");
    let Ok(kinds) = std::fs::read_dir(folder) else {
        eprintln!("no real files beside the repository: only built ones are tried");
        return Vec::new();
    };
    let mut kinds: Vec<PathBuf> = kinds.map(|kind| kind.unwrap().path()).filter(|kind| kind.is_dir()).collect();
    kinds.sort();
    let mut out = Vec::new();
    for kind in kinds {
        let mut files: Vec<(u64, PathBuf)> = std::fs::read_dir(kind)
            .unwrap()
            .map(|file| (file.as_ref().unwrap().metadata().unwrap().len(), file.unwrap().path()))
            .filter(|(size, _)| (200..40_000).contains(size))
            .collect();
        files.sort();
        for (_, file) in files.iter().step_by(files.len() / 3 + 1) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            out.push((name, std::fs::read(file).unwrap()));
        }
    }
    out
}

#[test]
fn every_format_has_a_good_file() {
    let mut told = BTreeSet::new();
    for (name, bytes) in seeds::all() {
        let source = Source::new(&bytes, &name);
        let format = sniff(&source).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        told.insert(format.id());
        let document = format.read(&source, &Limits::default()).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        document.body.write(&[]).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    }
    let all: BTreeSet<&str> = formats::ALL.iter().map(|format| format.id()).collect();
    assert_eq!(told, all);
    assert_eq!(all.len(), formats::ALL.len(), "a format stands in the list twice");
}

#[test]
fn broken_files_of_every_format() {
    let mut faults = Faults::default();
    for (name, bytes) in seeds::all() {
        faults.run("the good file", &name, &bytes);
        for (what, bytes) in broken(&bytes) {
            faults.run(&what, &name, &bytes);
        }
    }
    faults.judge();
}

#[test]
fn broken_real_files() {
    let mut faults = Faults::default();
    for (name, bytes) in real() {
        for (what, bytes) in broken(&bytes).into_iter().step_by(3) {
            faults.run(&what, &name, &bytes);
        }
    }
    faults.judge();
}

#[test]
fn deep_nesting() {
    let mut faults = Faults::default();
    for (what, (name, bytes)) in bombs::deep() {
        faults.run(what, &name, &bytes);
    }
    faults.judge();
}

#[test]
fn bombs_and_lies() {
    let mut faults = Faults::default();
    for (what, (name, bytes)) in bombs::bombs() {
        faults.run(what, &name, &bytes);
    }
    faults.judge();
}

#[test]
fn one_thing_over_and_over() {
    let mut faults = Faults::default();
    for (what, (name, bytes)) in bombs::monotonous(100_000) {
        faults.run(&what, &name, &bytes);
    }
    faults.judge();
}

/// Writes all bombs into a folder, to be given to other programs: `HOSTILE_OUT=folder cargo test … -- --ignored`.
#[test]
#[ignore = "writes files, by hand"]
fn write_them() {
    let Some(folder) = std::env::var_os("HOSTILE_OUT").map(PathBuf::from) else { return };
    let big = bombs::monotonous(20_000_000).filter(|(what, _)| what.starts_with('='));
    let fixed = bombs::deep().into_iter().chain(bombs::bombs()).map(|(what, file)| (what.to_owned(), file));
    for (number, (what, (name, bytes))) in fixed.chain(big).enumerate() {
        let what: String = what.chars().map(|char| if char.is_ascii_alphanumeric() { char } else { '_' }).collect();
        std::fs::write(folder.join(format!("{number:03}-{what}-{name}")), bytes).unwrap();
    }
}
