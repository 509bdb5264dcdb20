//! `subrosa list`: what there is.

use std::io::Write as _;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use subrosa_core::secrets::Needs;
use subrosa_core::{operators, policy, ruleset};
use subrosa_documents::formats;

use crate::entities;
use crate::exit::Exit;

/// The arguments of `list`.
#[derive(Args)]
pub struct ListArgs {
    /// What to list
    #[arg(value_enum)]
    what: What,
}

#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// Kinds of personal data that are looked for.
    #[value(alias = "recognizers")]
    Entities,
    /// Policies that come with the program.
    Policies,
    /// Document formats, by their usual extension.
    Formats,
    /// What a policy can do with a finding.
    Operators,
    /// The hash of all that decides what is found; a web page with the same hash finds the same.
    Ruleset,
}

/// Runs `list`.
///
/// # Errors
/// Output that cannot be written.
pub fn run(args: &ListArgs) -> anyhow::Result<Exit> {
    let rows: Vec<(String, String)> = match args.what {
        What::Entities => entities::summaries().into_iter().map(|(id, summary)| (id.to_owned(), summary.to_owned())).collect(),
        What::Policies => policy::PRESETS.iter().map(|preset| (preset.name.to_owned(), summary(preset.name))).collect(),
        What::Formats => formats::ALL.iter().map(|format| (format.id().to_owned(), String::new())).collect(),
        What::Ruleset => vec![(ruleset::hash(), String::new())],
        What::Operators => operators::ALL.iter().map(|operator| (operator.id().to_owned(), operator_text(*operator))).collect(),
    };
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut out = std::io::stdout().lock();
    for (name, text) in rows {
        writeln!(out, "{}", format!("{name:width$}  {text}").trim_end()).context("cannot write")?;
    }
    Ok(Exit::Clean)
}

/// The first sentence of what a preset says of itself.
pub fn summary(preset: &str) -> String {
    let policy = policy::Policy::preset(preset);
    let description = policy.map(|policy| policy.description().to_owned()).unwrap_or_default();
    description.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned()
}

fn operator_text(operator: &dyn operators::Operator) -> String {
    let mut text = operator.description().to_owned();
    text.push_str(match operator.needs() {
        Needs::Nothing => "",
        Needs::Key => " Needs a key.",
        Needs::Store => " Needs a vault.",
    });
    let parameters: Vec<_> = operator.parameters().iter().map(|parameter| parameter.name).collect();
    if !parameters.is_empty() {
        text.push_str(" Parameters: ");
        text.push_str(&parameters.join(", "));
        text.push('.');
    }
    text
}
