//! The file format of `tests/cases/*.toml`, which the README beside them explains.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use subrosa_core::span::Span;

/// One case.
#[allow(dead_code, reason = "each runner reads what it checks")]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    pub(crate) name: String,
    /// The text with what has to be found marked `⟦ENTITY:value⟧`; a list where a document has several segments.
    pub(crate) marked: OneOrMore,
    /// Field names of the (first) segment, nearest first.
    #[serde(default)]
    pub(crate) labels: Vec<String>,
    /// A preset.
    pub(crate) policy: Option<String>,
    /// What the policy asks its user for.
    #[serde(default)]
    pub(crate) parameters: BTreeMap<String, String>,
    /// What the policy's law says of it.
    pub(crate) citation: Option<String>,
    /// The entities that are left to a person to decide, once for each time.
    #[serde(default)]
    pub(crate) undecided: Vec<String>,
    /// A policy of its own, as a policy file has it from `[default]` on.
    pub(crate) rules: Option<String>,
    /// Only these entities.
    #[serde(default)]
    pub(crate) entities: Vec<String>,
    /// Terms always found.
    #[serde(default)]
    pub(crate) deny: Vec<String>,
    /// Terms never found.
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    /// The text, or texts, after redaction.
    pub(crate) redacted: Option<OneOrMore>,
    /// Redacting the redacted text again may change it, as the operator's documentation says.
    #[serde(default)]
    pub(crate) changes_again: bool,
}

impl Case {
    /// The source of the case's own policy.
    pub(crate) fn policy_file(&self) -> Option<String> {
        self.rules.as_ref().map(|rules| format!("version = 1\nname = \"case\"\n{rules}"))
    }
}

/// The key that all cases are run with: the bytes 0 to 31.
pub(crate) const KEY: &str = "subrosa-key-1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// A string or a list of strings.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMore {
    /// A string.
    One(String),
    /// A list.
    More(Vec<String>),
}

impl OneOrMore {
    /// The strings.
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(more) => more,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// All cases, with the name of their file before their own.
pub(crate) fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let files = |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut paths = [files(&folder), files(&folder.join("policies"))].concat();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let source = std::fs::read_to_string(&path).unwrap();
        let file: File = toml::from_str(&source).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        cases.extend(file.case.into_iter().map(|case| Case { name: format!("{stem}: {}", case.name), ..case }));
    }
    assert!(!cases.is_empty());
    cases
}

/// The text without its marks, and what they mark.
pub(crate) fn unmark(marked: &str) -> (String, Vec<(Span, String)>) {
    let mut text = String::new();
    let mut found = Vec::new();
    for (number, piece) in marked.split(['⟦', '⟧']).enumerate() {
        if number % 2 == 0 {
            text.push_str(piece);
            continue;
        }
        let (entity, value) = piece.split_once(':').expect("a mark is ⟦ENTITY:value⟧");
        let start = text.len();
        text.push_str(value);
        found.push((Span::new(start, text.len()), entity.to_owned()));
    }
    (text, found)
}

/// The text with marks around what was found, to compare and to show.
pub(crate) fn mark<'a>(text: &str, found: impl IntoIterator<Item = (Span, &'a str)>) -> String {
    let mut marked = String::new();
    let mut done = 0;
    for (span, entity) in found {
        assert!(done <= span.start, "findings are sorted and disjoint");
        marked.push_str(&text[done..span.start]);
        marked.push_str(&format!("⟦{entity}:{}⟧", span.of(text)));
        done = span.end;
    }
    marked + &text[done..]
}
