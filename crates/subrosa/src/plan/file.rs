//! The plan: what was found in one document, and what a person decided of it.
//!
//! A plan belongs to one input, by its SHA-256, and to one policy, by its hash. Offsets are UTF-8 bytes in the text of a
//! segment; `text_sha256` sees to it that the document reads the same when the plan is applied. Fields nobody knows are denied,
//! so that a newer plan is not half understood. The schema is `docs/schemas/plan.v1.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subrosa_core::report::{Tool, Unread};
use subrosa_core::segment::Segment;

use subrosa_core::hex::hex;

/// The version of the format.
pub const SCHEMA: u32 = 1;

/// A plan.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The program that made it.
    pub tool: Tool,
    /// The document it is for.
    pub input: InputFile,
    /// The policy it was made under.
    pub policy: PolicyOf,
    /// Parts of the document that could not be inspected.
    pub unread: Vec<Unread>,
    /// What was found, what nearly was, and what was added.
    pub findings: Vec<Planned>,
}

/// The policy that a plan was made under, by name and by what it does.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyOf {
    /// The policy's name.
    pub name: String,
    /// The hash of what it does.
    pub sha256: String,
    /// What its user gave.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
}

/// The document that a plan is for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFile {
    /// Its name.
    pub name: String,
    /// Its format.
    pub format: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// [`text_hash`] of what was read.
    pub text_sha256: String,
}

/// A span with what is to become of it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Its name in the plan.
    pub id: String,
    /// The segment it is in, from 0.
    pub segment: usize,
    /// First byte in the segment's text.
    pub start: usize,
    /// First byte after.
    pub end: usize,
    /// Where it came from.
    pub origin: Origin,
    /// What it is.
    pub entity: String,
    /// What is to become of it.
    pub decision: Decision,
    /// Where it stands, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// How sure, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Why it was found, or only nearly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// The operator that the policy has for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Findings of the same value have the same number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<u32>,
    /// The text before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The text after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What the policy would put in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
}

/// Where a span came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The detector is sure enough of it for the policy to act.
    Found,
    /// The detector is not.
    Near,
    /// A person added it.
    Added,
}

/// What is to become of a span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Whether it goes.
    pub action: Action,
    /// What it is, where that is not what was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// The exemption that it goes under: the label's text, `(b)(6)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why, for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whether a span goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The policy's operator treats it.
    Redact,
    /// It stays.
    Keep,
    /// Somebody has to say. Until then the plan is not applied.
    Undecided,
}

impl Decision {
    /// Nothing but an action.
    pub fn of(action: Action) -> Self {
        Self { action, entity: None, code: None, reason: None }
    }
}

/// SHA-256 over the texts of all segments, each with its length in bytes before it (64 bits, the least significant byte first).
pub fn text_hash(segments: &[Segment]) -> String {
    let mut digest = Sha256::new();
    for segment in segments {
        digest.update((segment.text.len() as u64).to_le_bytes());
        digest.update(segment.text.as_bytes());
    }
    hex(digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    use crate::schema;

    #[test]
    fn the_schema_and_the_program_agree() {
        let plan = json!({
            "schema": 1,
            "tool": { "name": "subrosa", "version": "0.1.0" },
            "input": { "name": "a.txt", "format": "txt", "bytes": 3, "sha256": "0".repeat(64), "text_sha256": "1".repeat(64) },
            "policy": { "name": "redact", "sha256": "2".repeat(64) },
            "unread": [{ "part": "page 3", "reason": "image only" }],
            "findings": [{
                "id": "1", "segment": 0, "start": 1, "end": 3, "origin": "found", "entity": "PERSON",
                "decision": { "action": "redact", "entity": "LOCATION", "code": "(b)(6)", "reason": "a third party" },
                "place": "line 1", "confidence": 0.8, "why": ["0.80 PERSON tagger"], "operator": "label", "group": 1,
                "before": "x", "value": "Al", "after": ".", "replacement": "[PERSON-1]"
            }]
        });
        let optional = [
            "place",
            "confidence",
            "why",
            "operator",
            "group",
            "before",
            "value",
            "after",
            "replacement",
            "code",
            "/findings/0/decision/reason",
            "/findings/0/decision/entity",
        ];
        let schema = schema::load("plan.v1.json");
        let reads = |value: &serde_json::Value| serde_json::from_value::<PlanFile>(value.clone()).is_ok();
        schema::every_field_is_checked(&plan, &schema, &optional, &[], &reads);
        let read: PlanFile = serde_json::from_value(plan.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), plan);
        for action in [Action::Redact, Action::Keep, Action::Undecided] {
            for origin in [Origin::Found, Origin::Near, Origin::Added] {
                let mut other = read.clone();
                other.findings[0].decision = Decision::of(action);
                other.findings[0].origin = origin;
                schema::check(&serde_json::to_value(&other).unwrap(), &schema).unwrap();
            }
        }
    }

    #[test]
    fn the_hash_of_a_text_tells_where_segments_end() {
        let hash = |texts: &[&str]| text_hash(&texts.iter().map(|text| Segment::new(*text)).collect::<Vec<_>>());
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["ab"]), hash(&["ab", ""]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
    }
}
