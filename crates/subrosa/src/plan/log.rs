//! The decision log: what a person decided of each finding, with exemption codes and reasons, and without the values.
//!
//! It is what has to be given with a release: which passages went, on what ground, and which stayed. The schema is
//! `docs/schemas/decisions.v1.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use subrosa_core::report::Tool;
use subrosa_core::span::Span;
use subrosa_documents::Document;

use super::file::{Action, Origin, PlanFile, PolicyOf};

/// The version of the format.
pub(super) const SCHEMA: u32 = 1;

/// What was decided of one document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// The version of the format, 1.
    pub schema: u32,
    /// The program that carried it out.
    pub tool: Tool,
    /// The policy it kept to.
    pub policy: PolicyOf,
    /// SHA-256 of the document before.
    pub sha256_in: String,
    /// SHA-256 of the document after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_out: Option<String>,
    /// SHA-256 of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256_plan: Option<String>,
    /// How often each thing was decided.
    pub counts: Counts,
    /// Decisions to redact, by exemption code.
    pub codes: BTreeMap<String, u64>,
    /// Decisions, by reason.
    pub reasons: BTreeMap<String, u64>,
    /// Each decision, in the order of the plan.
    pub decisions: Vec<Decided>,
}

/// How often each thing was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Findings that went.
    pub redacted: u64,
    /// Findings that stayed.
    pub kept: u64,
    /// Near misses that went.
    pub near_redacted: u64,
    /// Near misses that stayed.
    pub near_kept: u64,
    /// Spans that a person added.
    pub added: u64,
    /// Of what went, spans that were found as something else.
    pub retagged: u64,
    /// Of what went, findings that nobody decided: they got a label.
    pub undecided: u64,
    /// Distinct values that went in one place and stayed in another.
    pub parted: u64,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// As in the plan.
    pub id: String,
    /// Where it stands, for people.
    pub place: String,
    /// Where it came from.
    pub origin: Origin,
    /// What was decided.
    pub action: Action,
    /// What it is.
    pub entity: String,
    /// What it was found as, where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found_as: Option<String>,
    /// The exemption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Log {
    /// Of a plan and the document that it is for. `parted` values go in one place and stay in another. Without `each` there are
    /// counts and no decisions.
    pub fn new(plan: &PlanFile, document: &Document, label_undecided: bool, parted: u64, each: bool) -> Self {
        let mut counts = Counts { parted, ..Counts::default() };
        let mut codes = BTreeMap::new();
        let mut reasons = BTreeMap::new();
        let mut decisions = Vec::with_capacity(if each { plan.findings.len() } else { 0 });
        for planned in &plan.findings {
            let decision = &planned.decision;
            let goes = decision.action == Action::Redact || decision.action == Action::Undecided && label_undecided;
            *match (planned.origin, goes) {
                (Origin::Found, true) => &mut counts.redacted,
                (Origin::Found, false) => &mut counts.kept,
                (Origin::Near, true) => &mut counts.near_redacted,
                (Origin::Near, false) => &mut counts.near_kept,
                (Origin::Added, true) => &mut counts.added,
                // Added and thought better of.
                (Origin::Added, false) => continue,
            } += 1;
            let retagged = decision.entity.as_ref().filter(|entity| goes && **entity != planned.entity);
            counts.retagged += u64::from(retagged.is_some());
            counts.undecided += u64::from(decision.action == Action::Undecided);
            let code = decision.code.clone().filter(|_| goes);
            if let Some(code) = &code {
                *codes.entry(code.clone()).or_default() += 1;
            }
            if let Some(reason) = &decision.reason {
                *reasons.entry(reason.clone()).or_default() += 1;
            }
            if !each {
                continue;
            }
            decisions.push(Decided {
                id: planned.id.clone(),
                place: document.body.place(planned.segment, Span::new(planned.start, planned.end)),
                origin: planned.origin,
                action: decision.action,
                entity: retagged.unwrap_or(&planned.entity).clone(),
                found_as: retagged.map(|_| planned.entity.clone()),
                code,
                reason: decision.reason.clone(),
            });
        }
        Self {
            schema: SCHEMA,
            tool: plan.tool.clone(),
            policy: plan.policy.clone(),
            sha256_in: plan.input.sha256.clone(),
            sha256_out: None,
            sha256_plan: None,
            counts,
            codes,
            reasons,
            decisions,
        }
    }

    /// What the report says of it.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let Counts { parted, undecided, .. } = self.counts;
        if parted > 0 {
            let values = if parted == 1 { "1 value is" } else { &format!("{parted} values are") };
            notes.push(format!("by decision {values} removed in one place and kept in another"));
        }
        match undecided {
            0 => {}
            1 => notes.push("1 finding that nobody decided was replaced by a label".to_owned()),
            more => notes.push(format!("{more} findings that nobody decided were replaced by labels")),
        }
        notes
    }

    /// For the audit log.
    pub fn tell(&self, counts: &mut BTreeMap<String, u64>) {
        let Counts { redacted, kept, near_redacted, near_kept, added, retagged, undecided, parted } = self.counts;
        let named = [
            ("redacted", redacted),
            ("kept", kept),
            ("near redacted", near_redacted),
            ("near kept", near_kept),
            ("added", added),
            ("retagged", retagged),
            ("undecided", undecided),
            ("parted", parted),
        ];
        counts.extend(named.into_iter().filter(|(_, count)| *count > 0).map(|(name, count)| (format!("decided {name}"), count)));
        // More are in the decision log, of which the entry holds the hash.
        counts.extend(self.codes.iter().take(100).map(|(code, count)| (format!("code {code}"), *count)));
        counts.extend(self.reasons.iter().take(100).map(|(reason, count)| (format!("reason {reason}"), *count)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    use crate::schema;

    #[test]
    fn the_schema_and_the_program_agree() {
        let log = json!({
            "schema": 1,
            "tool": { "name": "subrosa", "version": "0.1.0" },
            "policy": { "name": "redact", "sha256": "2".repeat(64) },
            "sha256_in": "0".repeat(64), "sha256_out": "1".repeat(64), "sha256_plan": "3".repeat(64),
            "counts": {
                "redacted": 1, "kept": 2, "near_redacted": 3, "near_kept": 4, "added": 5, "retagged": 6, "undecided": 7, "parted": 8
            },
            "codes": { "(b)(6)": 1 },
            "reasons": { "a third party": 1 },
            "decisions": [{
                "id": "1", "place": "line 1", "origin": "found", "action": "redact", "entity": "PERSON", "found_as": "LOCATION",
                "code": "(b)(6)", "reason": "a third party"
            }]
        });
        let optional = ["sha256_out", "sha256_plan", "found_as", "code", "reason"];
        let reads = |value: &serde_json::Value| serde_json::from_value::<Log>(value.clone()).is_ok();
        let schema = schema::load("decisions.v1.json");
        schema::every_field_is_checked(&log, &schema, &optional, &["codes", "reasons"], &reads);
        let read: Log = serde_json::from_value(log.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), log);
    }
}
