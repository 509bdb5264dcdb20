//! Detection speed by kind of text, one core, all recognizers on. `cargo bench -p subrosa-core`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use subrosa_core::detector::{Detector, Options};
use subrosa_core::segment::Segment;

const TEXTS: &[(&str, &str)] = &[
    ("prose", include_str!("texts/prose.txt")),
    ("clinical", include_str!("texts/clinical.txt")),
    ("log", include_str!("texts/log.txt")),
    ("source", include_str!("detect.rs")),
];
/// Long enough that start-up and caches do not show.
const BYTES: usize = 2 << 20;

fn detect(criterion: &mut Criterion) {
    let detector = Detector::new(&Options::default());
    let mut group = criterion.benchmark_group("detect");
    group.sample_size(10);
    for (name, text) in TEXTS {
        let segment = Segment::new(text.repeat(BYTES / text.len() + 1));
        group.throughput(Throughput::Bytes(segment.text.len() as u64));
        group.bench_function(*name, |bencher| bencher.iter(|| detector.detect(std::slice::from_ref(&segment))));
    }
    group.finish();
}

criterion_group!(benches, detect);
criterion_main!(benches);
