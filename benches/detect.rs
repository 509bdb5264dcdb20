//! Detection speed by kind of text, one core, all recognizers on. `cargo bench -p subrosa-core`.
//!
//! Beside it, what it can be compared with: the fastest search there is, for one byte, and as many regular expressions as there
//! are recognizers, run one after the other as most tools do.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use regex_automata::meta::Regex;
use std::hint::black_box;
use std::time::Duration;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::registry;
use subrosa_core::segment::Segment;

mod kinds;

/// Long enough that start-up and caches do not show.
const BYTES: usize = 1 << 20;
/// Expressions one at a time are slow.
const BYTES_OF_EXPRESSIONS: usize = 1 << 16;

fn repeated(text: &str, bytes: usize) -> String {
    text.repeat(bytes / text.len() + 1)
}

/// As many different expressions as there are recognizers, each of the plain kind that finds numbers in groups.
fn expressions() -> Vec<Regex> {
    let expression = |index: usize| format!(r"\b[A-Z]{{0,{}}}\d{{{}}}[- ]?\d{{{}}}\b", index % 3, 2 + index % 5, 3 + index / 15);
    (0..registry::all().len()).filter_map(|index| Regex::new(&expression(index)).ok()).collect()
}

fn detect(criterion: &mut Criterion) {
    let detector = Detector::new(&Options::default());
    let expressions = expressions();
    for kind in kinds::all() {
        let mut group = criterion.benchmark_group(kind.name);
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
        let segment = Segment::new(repeated(&kind.text, BYTES));
        group.throughput(Throughput::Bytes(segment.text.len() as u64));
        group.bench_function("detect", |bencher| bencher.iter(|| detector.detect(std::slice::from_ref(&segment))));
        group.bench_function("memchr", |bencher| bencher.iter(|| memchr::memchr(0, black_box(segment.text.as_bytes()))));
        let text = repeated(&kind.text, BYTES_OF_EXPRESSIONS);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("expressions", |bencher| {
            bencher.iter(|| expressions.iter().map(|expression| expression.find_iter(&text).count()).sum::<usize>());
        });
        group.finish();
    }
}

criterion_group!(benches, detect);
criterion_main!(benches);
