//! What the module knows, for those who choose.

use serde::Serialize;
use subrosa::entities;
use subrosa_core::entity::Entity;
use subrosa_core::policy::{PRESETS, Policy, groups};
use subrosa_core::ruleset;
use subrosa_core::secrets::Secrets;

/// As `Catalogue` in `types.ts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalogue {
    version: &'static str,
    ruleset: String,
    entities: Vec<Kind>,
    policies: Vec<Preset>,
    formats: Vec<&'static str>,
}

#[derive(Serialize)]
struct Kind {
    id: &'static str,
    summary: &'static str,
    group: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Preset {
    name: &'static str,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    needs_key: bool,
    parameters: Vec<Parameter>,
}

/// As `Parameter` in `types.ts`.
#[derive(Serialize)]
struct Parameter {
    name: String,
    description: String,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
    /// The values there are; any when empty.
    choices: Vec<String>,
}

/// Everything there is to choose from.
pub fn catalogue() -> Catalogue {
    let summaries = entities::summaries();
    let kind = |(id, summary): (&&'static str, &&'static str)| Kind {
        id,
        summary,
        group: groups::of(&Entity::new(id)).map_or("", |group| group.name),
    };
    let parameters = |policy: &Policy| {
        let declared = policy.parameters().iter();
        let parameters = declared.map(|(name, declared)| Parameter {
            name: name.clone(),
            description: declared.description.clone(),
            required: declared.required,
            default: declared.default.clone(),
            choices: declared.choices.clone(),
        });
        parameters.collect()
    };
    let preset = |preset: &subrosa_core::policy::Preset| {
        let policy = Policy::preset(preset.name)?;
        Some(Preset {
            name: preset.name,
            description: policy.description().to_owned(),
            basis: policy.law().map(|law| law.basis.clone()),
            needs_key: policy.lacking(&Secrets::default()).is_some(),
            parameters: parameters(&policy),
        })
    };
    Catalogue {
        version: env!("CARGO_PKG_VERSION"),
        ruleset: ruleset::hash(),
        entities: summaries.iter().map(kind).collect(),
        policies: PRESETS.iter().filter_map(preset).collect(),
        #[cfg(feature = "documents")]
        formats: subrosa_documents::formats::ALL.iter().map(|format| format.id()).collect(),
        #[cfg(not(feature = "documents"))]
        formats: Vec::new(),
    }
}
