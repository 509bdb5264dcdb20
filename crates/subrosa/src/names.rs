//! Names of files and folders that hold a denied term or what a case sheet names.
//!
//! Only what the user named is taken out of names. A date or a place in a name often is what a folder is sorted by, and a
//! detector made for running text is a poor judge of names; a denied term is a plain wish.

use std::path::{Component, Path, PathBuf};

use subrosa_core::apply::Applier;
use subrosa_core::finding::Finding;
use subrosa_core::segment::Segment;

use crate::engine::Engine;

/// What stands for a name of which nothing else can stay.
const REDACTED: &str = "[REDACTED]";

/// The path with denied terms replaced in each of its parts. `_` counts as a blank: `John_Smith.txt` holds `John Smith`.
pub fn redacted(engine: &Engine, path: &Path) -> PathBuf {
    if !engine.denies() {
        return path.to_owned();
    }
    redacted_by(&|| engine.applier(), &|segments| engine.detect(segments), path)
}

type Find<'a> = dyn Fn(&[Segment]) -> Vec<Vec<Finding>> + 'a;

fn redacted_by<'a>(applier: &dyn Fn() -> Applier<'a>, find: &Find<'_>, path: &Path) -> PathBuf {
    path.components()
        .map(|part| match part {
            Component::Normal(name) => {
                name.to_str().map_or_else(|| name.into(), |name| redacted_part(applier, find, name).into())
            }
            other => other.as_os_str().to_owned(),
        })
        .collect()
}

fn redacted_part<'a>(applier: &dyn Fn() -> Applier<'a>, find: &Find<'_>, name: &str) -> String {
    let segments = [Segment::new(name.replace('_', " "))];
    let mut findings = find(&segments);
    for of_name in &mut findings {
        of_name.retain(Engine::is_certain);
    }
    let Ok(edits) = applier().apply(&segments, &findings) else { return REDACTED.to_owned() };
    let mut result = String::with_capacity(name.len());
    let mut done = 0;
    let extension = extension(name);
    for edit in edits.iter().flatten().filter(|edit| edit.span.start < extension) {
        // A blank has the length of `_`, so offsets hold for the name itself.
        result.push_str(name.get(done..edit.span.start).unwrap_or_default());
        result.push_str(&edit.replacement.replace(['/', '\\', '\0', ':'], "_"));
        done = edit.span.end;
    }
    result.push_str(name.get(done..).unwrap_or_default());
    if result.is_empty() || result == "." || result == ".." { REDACTED.to_owned() } else { result }
}

/// Where the extension of a name begins, its end when there is none. It tells the kind of file and nothing else: a denied
/// `docx` takes it from no file.
fn extension(name: &str) -> usize {
    match name.rsplit_once('.') {
        Some((stem, kind))
            if !stem.is_empty() && (1..=5).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            stem.len() + 1
        }
        _ => name.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::confidence::Confidence;
    use subrosa_core::entity::Entity;
    use subrosa_core::explanation::Explanation;
    use subrosa_core::lists::DenyList;
    use subrosa_core::policy::Policy;
    use subrosa_core::span::Span;

    /// A detector that finds one word, and calls it a denied term, and every digit, and calls it an age.
    fn find(word: &str, segments: &[Segment]) -> Vec<Vec<Finding>> {
        let finding = |start: usize, length: usize, entity: Entity| Finding {
            span: Span::new(start, start + length),
            entity,
            confidence: Confidence::FULL,
            explanation: Explanation { recognizer: "test", pattern: "test", base: Confidence::FULL, steps: Vec::new() },
        };
        let in_one = |segment: &Segment| {
            let lower = segment.text.to_lowercase();
            let words = lower.match_indices(word).map(|(at, found)| finding(at, found.len(), Entity::DENIED_TERM));
            let digits = lower.match_indices(|sign: char| sign.is_ascii_digit()).map(|(at, _)| finding(at, 1, Entity::AGE));
            let mut all: Vec<Finding> = words.chain(digits).collect();
            all.sort_by_key(|finding| finding.span);
            all
        };
        segments.iter().map(in_one).collect()
    }

    #[track_caller]
    fn case(rule: &str, path: &str, expected: &str) {
        let policy = format!("version = 1\nname = 'x'\n[default]\n{rule}");
        let policy = Policy::parse(&policy, &[]).unwrap();
        let denied = DenyList::new(&["Ada Poe".to_owned()]);
        let applier = || Applier::new(&policy).avoiding(&denied);
        assert_eq!(redacted_by(&applier, &|segments| find("ada poe", segments), Path::new(path)), Path::new(expected));
    }

    #[test]
    fn denied_terms_go_from_every_part_of_a_path_and_nothing_else_does() {
        case("operator = 'label'", "Ada Poe/scan_ada_poe_42.pdf", "[DENIED_TERM]/scan_[DENIED_TERM]_42.pdf");
        case("operator = 'label'", "a/b.txt", "a/b.txt");
        case("operator = 'keep'", "Ada Poe", "[DENIED_TERM]");
    }

    #[test]
    fn a_name_never_becomes_another_folder_or_nothing() {
        case("operator = 'remove'", "a/Ada Poe", "a/[REDACTED]");
        case("operator = 'remove'", "a/Ada Poe..", "a/[REDACTED]");
        case("operator = 'label'\ntext = '../..'", "a/Ada Poe", "a/[.._..]");
    }

    #[test]
    fn the_extension_stays() {
        assert_eq!(extension("a letter.docx"), 9);
        assert_eq!(["none", ".hidden", "v1.2 of Ann Lee"].map(|name| extension(name) == name.len()), [true; 3]);
    }
}
