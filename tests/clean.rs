//! Texts without personal data: how much is found in them all the same.
//!
//! Code, logs, tables, manuals and prose, written for this purpose. The most that may be found stands below; it may be
//! lowered, not raised. What a list names (`Apache`) is more easily forgiven than a number or a date that is none.

use std::collections::BTreeMap;
use std::path::Path;

use subrosa_core::detector::{Detector, Options};
use subrosa_core::policy::{DEFAULT, Policy};
use subrosa_core::segment::Segment;

/// Names found in all texts together.
const MOST_NAMES: usize = 3;
/// Everything else found in all texts together: numbers, dates, health terms.
const MOST_OTHERS: usize = 0;

#[test]
fn little_is_found_where_nothing_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/accuracy/clean");
    let policy = Policy::preset(DEFAULT).expect("a default policy");
    let detector = Detector::new(&Options { minimum: policy.lowest_threshold(), ..Options::default() });
    let mut found: BTreeMap<bool, Vec<String>> = BTreeMap::new();
    let (mut texts, mut bytes) = (0, 0);
    for entry in std::fs::read_dir(&folder).expect("the texts") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let segment = Segment::new(text.as_str());
        for finding in detector.detect(std::slice::from_ref(&segment)).into_iter().flatten() {
            if finding.confidence >= policy.threshold(&finding.entity) {
                let name = matches!(finding.entity.id(), "PERSON" | "LOCATION" | "ORGANIZATION" | "NRP");
                let shown = format!("{}: {} {:?}", path.display(), finding.entity, finding.span.of(&text));
                found.entry(name).or_default().push(shown);
            }
        }
        texts += 1;
        bytes += text.len();
    }
    assert!(texts >= 14 && bytes >= 15_000, "{texts} texts of {bytes} bytes: some are missing");
    for (name, most) in [(true, MOST_NAMES), (false, MOST_OTHERS)] {
        let found = found.remove(&name).unwrap_or_default();
        assert!(found.len() <= most, "{} findings, at most {most} allowed:\n{}", found.len(), found.join("\n"));
    }
}
