//! The audit report of a run.
//!
//! Says which file was treated how, with counts and file hashes. Never a value, nor a hash of one, nor any content of a
//! file; names of parts and paths are as the caller gives them. The schema is `docs/schemas/report.v1.json`; fields nobody
//! knows are denied on reading, so that a newer report is not half understood.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::apply::Tally;
use crate::entity::Entity;
use crate::policy::{Policy, safe_harbor};

/// The version of the report format.
pub const SCHEMA: u32 = 1;

/// What was done with every file of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Version of the report format, [`SCHEMA`].
    pub schema: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The policy it kept to.
    pub policy: PolicyUsed,
    /// What a case sheet gave, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseUsed>,
    /// Whether every file was reached. An interrupted run lists only what was done.
    pub complete: bool,
    /// Sums over the files.
    pub totals: Totals,
    /// What was found under each letter of the Safe Harbor list, where the policy keeps to that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coverage: Vec<Covered>,
    /// The files, sorted by path.
    pub files: Vec<FileReport>,
}

/// The program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The policy, by name and by what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyUsed {
    /// The policy's name.
    pub name: String,
    /// [`Policy::hash`](crate::policy::Policy::hash).
    pub sha256: String,
    /// What its user gave.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    /// The law it is written for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<LawUsed>,
}

/// What a policy says of its law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawUsed {
    /// What to read.
    pub basis: String,
    /// The name of the law's list that the policy was checked against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// What the law wants a reader of the documents to know.
    pub says: Vec<String>,
    /// What the policy does not decide.
    pub undecided: Vec<String>,
}

/// A letter of a list, and how much was found under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// `A` to `R`.
    pub letter: char,
    /// What the letter lists.
    pub what: String,
    /// Findings in the files that were written.
    pub found: u64,
}

/// What a case sheet gave: nothing of its people but how many they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseUsed {
    /// People in the sheet.
    pub people: u64,
    /// The consents and legal demands that held for the recipient. The words are the user's.
    pub consents: Vec<ConsentUsed>,
}

/// Why something stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentUsed {
    /// Who may have it.
    pub recipient: String,
    /// The consent or legal demand.
    pub ground: String,
    /// The last day it holds, YYYY-MM-DD.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The entities that may stay.
    pub keep: Vec<String>,
}

/// Sums over all files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Files reached.
    pub files: u64,
    /// Files of each verdict; all four are always there.
    pub redacted: u64,
    /// Files without findings.
    pub clean: u64,
    /// Files whose findings the policy keeps.
    pub kept: u64,
    /// Files for which nothing was written.
    pub refused: u64,
    /// Findings in the files that were written.
    pub findings: u64,
    /// Of these, the ones that a person has still to decide about.
    pub undecided: u64,
    /// Bytes read.
    pub bytes_in: u64,
    /// Bytes written.
    pub bytes_out: u64,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Something was replaced.
    Redacted,
    /// Nothing was found.
    Clean,
    /// Something was found, and the policy keeps all of it.
    Kept,
    /// No output was written.
    Refused,
}

impl Verdict {
    /// As in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Redacted => "redacted",
            Self::Clean => "clean",
            Self::Kept => "kept",
            Self::Refused => "refused",
        }
    }
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileReport {
    /// Where it was, below the path that the user gave, with `/` between folders. A part of the path that the policy redacts
    /// is redacted here too.
    pub path: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Its format, when one claimed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Bytes read.
    pub bytes_in: u64,
    /// Bytes written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes_out: Option<u64>,
    /// SHA-256 of the file read, lower-case hex; nothing when it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_in: Option<String>,
    /// SHA-256 of the file written; of an encrypted one, before it was encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_out: Option<String>,
    /// The file as it stands on the disk, where it is encrypted. Its name is the path and `.age`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encrypted: Option<Encrypted>,
    /// Counts of what was found.
    pub findings: Findings,
    /// Parts that could not be inspected.
    pub unread: Vec<Unread>,
    /// What was looked at in the written file before it was let out; nothing when nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<Verified>,
    /// What a person should know of the written file: what was left out of it, what stays in it without having been looked
    /// into.
    pub notes: Vec<String>,
    /// Why nothing was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<RefusalReport>,
}

/// Counts of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    /// Findings acted on or kept, by entity.
    pub by_entity: BTreeMap<String, u64>,
    /// The same by operator.
    pub by_operator: BTreeMap<String, u64>,
    /// Those that stay because a consent says so, by its ground.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_consent: BTreeMap<String, u64>,
    /// Of these, the ones that a person has still to decide about, by entity. They are labelled until then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub undecided: BTreeMap<String, u64>,
}

/// A part that could not be inspected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The part of the file.
    pub part: String,
    /// Why it could not be inspected.
    pub reason: String,
}

/// A written file that is encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Encrypted {
    /// How many recipients can decrypt it.
    pub recipients: u64,
    /// Its bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// The search of a written file for what was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verified {
    /// Texts that were read again.
    pub segments: u64,
    /// Raw parts, streams and names that were searched besides.
    pub parts: u64,
    /// Distinct removed values that were looked for.
    pub values: u64,
}

/// Why a file was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalReport {
    /// One word: `damaged`, `encrypted`, `uninspectable`, `residue`, ...
    pub kind: String,
    /// The part and the reason, without any content.
    pub reason: String,
}

impl From<&Tally> for Findings {
    fn from(tally: &Tally) -> Self {
        let by_id = |counts: &BTreeMap<Entity, u64>| counts.iter().map(|(entity, n)| (entity.id().to_owned(), *n)).collect();
        Self {
            by_entity: by_id(&tally.by_entity),
            by_operator: tally.by_operator.iter().map(|(operator, count)| ((*operator).to_owned(), *count)).collect(),
            by_consent: tally.by_consent.clone(),
            undecided: by_id(&tally.undecided),
        }
    }
}

impl Findings {
    /// All findings.
    pub fn count(&self) -> u64 {
        self.by_entity.values().sum()
    }
}

impl Report {
    /// The same report with what a case sheet gave.
    #[must_use]
    pub fn with_case(self, case: Option<CaseUsed>) -> Self {
        Self { case, ..self }
    }

    /// A report on `files`, which are sorted by path here.
    pub fn new(tool: Tool, policy: PolicyUsed, complete: bool, mut files: Vec<FileReport>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut totals = Totals { files: files.len() as u64, ..Totals::default() };
        for file in &files {
            *match file.verdict {
                Verdict::Redacted => &mut totals.redacted,
                Verdict::Clean => &mut totals.clean,
                Verdict::Kept => &mut totals.kept,
                Verdict::Refused => &mut totals.refused,
            } += 1;
            if file.verdict != Verdict::Refused {
                totals.findings += file.findings.count();
                totals.undecided += file.findings.undecided.values().sum::<u64>();
            }
            totals.bytes_in += file.bytes_in;
            totals.bytes_out += file.bytes_out.unwrap_or_default();
        }
        let list = policy.law.as_ref().and_then(|law| law.list.as_deref());
        let coverage = if list == Some("safe-harbor") { coverage(&files) } else { Vec::new() };
        Self { schema: SCHEMA, tool, policy, case: None, complete, totals, coverage, files }
    }
}

impl From<&Policy> for PolicyUsed {
    fn from(policy: &Policy) -> Self {
        let law = policy.law().map(|law| LawUsed {
            basis: law.basis.clone(),
            list: law.list.map(|list| list.name.to_owned()),
            says: law.report.clone(),
            undecided: law.undecided.clone(),
        });
        Self { name: policy.name().to_owned(), sha256: policy.hash(), parameters: policy.given().clone(), law }
    }
}

/// Every letter with what was found under it, also where that is nothing.
fn coverage(files: &[FileReport]) -> Vec<Covered> {
    let mut found: BTreeMap<char, u64> = BTreeMap::new();
    for (id, count) in files.iter().filter(|file| file.refusal.is_none()).flat_map(|file| &file.findings.by_entity) {
        let letter = Entity::parse(id).ok().and_then(|entity| safe_harbor::letter(&entity));
        if let Some(letter) = letter {
            *found.entry(letter).or_default() += count;
        }
    }
    let letters = safe_harbor::LETTERS.iter();
    letters
        .map(|(letter, what, _)| Covered {
            letter: *letter,
            what: (*what).to_owned(),
            found: found.get(letter).copied().unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
#[path = "../../../tests/support/schema.rs"]
mod schema;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn example() -> Report {
        let tool = Tool { name: "subrosa".into(), version: "0.1.0".into() };
        let law = LawUsed {
            basis: "45 CFR 164.514(b)(2)".into(),
            list: Some("safe-harbor".into()),
            says: vec!["a line".into()],
            undecided: vec!["faces".into()],
        };
        let parameters = BTreeMap::from([("reference_year".to_owned(), "2020".to_owned())]);
        let policy = PolicyUsed { name: "redact".into(), sha256: "0".repeat(64), parameters, law: Some(law) };
        let counts = |name: &str| BTreeMap::from([(name.to_owned(), 2)]);
        let redacted = FileReport {
            path: "b/notes.txt".into(),
            verdict: Verdict::Redacted,
            format: Some("txt".into()),
            bytes_in: 10,
            bytes_out: Some(12),
            sha256_in: Some("1".repeat(64)),
            sha256_out: Some("2".repeat(64)),
            encrypted: Some(Encrypted { recipients: 1, bytes: 212, sha256: "4".repeat(64) }),
            findings: Findings {
                by_entity: counts("PERSON"),
                by_operator: counts("label"),
                by_consent: BTreeMap::new(),
                undecided: counts("PERSON"),
            },
            unread: Vec::new(),
            verified: Some(Verified { segments: 3, parts: 0, values: 2 }),
            notes: vec!["a preview is left out".into()],
            refusal: None,
        };
        let refused = FileReport {
            path: "a.pdf".into(),
            verdict: Verdict::Refused,
            format: None,
            bytes_in: 3,
            bytes_out: None,
            sha256_in: Some("3".repeat(64)),
            sha256_out: None,
            encrypted: None,
            findings: Findings::default(),
            unread: vec![Unread { part: "page 3".into(), reason: "image only".into() }],
            verified: None,
            notes: Vec::new(),
            refusal: Some(RefusalReport { kind: "uninspectable".into(), reason: "page 3: image only".into() }),
        };
        let consent = ConsentUsed {
            recipient: "the clinic".into(),
            ground: "signed".into(),
            until: Some("2031-01-31".into()),
            keep: vec!["PHONE_NUMBER".into()],
        };
        Report::new(tool, policy, true, vec![redacted, refused]).with_case(Some(CaseUsed { people: 2, consents: vec![consent] }))
    }

    fn check(report: &Value) -> Result<(), String> {
        schema::check(report, &schema::load("report.v1.json"))
    }

    #[test]
    fn a_report_follows_the_schema_and_comes_back() {
        let report = example();
        let written = serde_json::to_value(&report).unwrap();
        check(&written).unwrap();
        assert_eq!(serde_json::from_value::<Report>(written).unwrap(), report);
        assert_eq!(report.files[0].path, "a.pdf");
        assert_eq!((report.totals.redacted, report.totals.refused, report.totals.findings), (1, 1, 2));
        assert_eq!(report.totals.undecided, 2);
        let letters: String = report.coverage.iter().map(|covered| covered.letter).collect();
        assert_eq!(letters, "ABCDEFGHIJKLMNOPQR");
        assert_eq!(report.coverage[0].found, 2);
    }

    /// Field by field: none may be missing, of another type, or joined by one nobody knows, for the schema and for serde.
    #[test]
    fn every_field_is_checked() {
        let whole = serde_json::to_value(example()).unwrap();
        let mut fields = Vec::new();
        fn collect(value: &Value, pointer: &str, fields: &mut Vec<(String, String)>) {
            if let Some(object) = value.as_object() {
                for (name, field) in object {
                    fields.push((pointer.to_owned(), name.clone()));
                    collect(field, &format!("{pointer}/{name}"), fields);
                }
            }
            for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                collect(item, &format!("{pointer}/{i}"), fields);
            }
        }
        collect(&whole, "", &mut fields);
        assert!(fields.len() > 40, "{}", fields.len());
        for (pointer, name) in fields {
            const MAPS: &[&str] = &["/by_entity", "/by_operator", "/by_consent", "/findings/undecided", "/parameters"];
            let map = MAPS.iter().any(|map| pointer.ends_with(map));
            let mut wrong = whole.clone();
            wrong.pointer_mut(&pointer).unwrap()[&name] = json!([[]]);
            assert!(check(&wrong).is_err(), "{pointer}/{name} may be a list of lists");
            assert!(serde_json::from_value::<Report>(wrong).is_err(), "{pointer}/{name} is read as a list of lists");
            if !map {
                let mut more = whole.clone();
                more.pointer_mut(&pointer).unwrap()["unheard_of"] = json!(1);
                assert!(check(&more).is_err(), "{pointer} may have a field nobody knows");
                assert!(serde_json::from_value::<Report>(more).is_err(), "{pointer} is read with a field nobody knows");
            }
            const OPTIONAL: &[&str] = &[
                "format",
                "bytes_out",
                "sha256_in",
                "sha256_out",
                "encrypted",
                "verified",
                "refusal",
                "parameters",
                "law",
                "list",
                "coverage",
                "case",
                "until",
                "by_consent",
            ];
            let optional = OPTIONAL.contains(&name.as_str()) || (name == "undecided" && pointer.ends_with("/findings"));
            let mut less = whole.clone();
            less.pointer_mut(&pointer).unwrap().as_object_mut().unwrap().remove(&name);
            assert_eq!(check(&less).is_ok(), map || (optional && pointer != "/totals"), "{pointer} without {name}");
        }
    }
}
