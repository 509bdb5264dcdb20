//! The command line as the user writes it: parsed, not yet checked against files.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use subrosa_core::confidence::Confidence;

use crate::terminal::Color;
use crate::unlock::Unlock;
use crate::{apply, audit, check, completions, explain, inventory, list, plan, policy, receipt, redact, restore, scan, vault};

/// Finds personal and health information in documents and removes it.
#[derive(Parser)]
#[command(name = "subrosa", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// When to colour the output; auto heeds NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", display_order = 100)]
    pub color: Color,
}

const EXIT_CODES: &str = "\
Exit codes: 0 clean or redacted, 1 findings (scan, check) or open decisions (redact, plan, apply),
2 usage, policy or I/O error, 3 at least one file refused (all others were treated), 130 interrupted.";

/// The subcommands.
#[derive(Subcommand)]
pub enum Command {
    /// Find personal information and say where it stands
    Scan(scan::ScanArgs),
    /// Write redacted copies in the same format, and a report
    Redact(redact::RedactArgs),
    /// Put the values back, for whom the vault lets have them
    Restore(restore::RestoreArgs),
    /// Check what a redaction left: text under boxes, hidden text, metadata
    Check(check::CheckArgs),
    /// Write findings and near misses of a document for a person to decide
    Plan(plan::PlanArgs),
    /// Carry out a plan: write the document as decided, and a report
    Apply(apply::ApplyArgs),
    /// Count the people in files and what is said of them; what a notice of a breach needs
    Inventory(inventory::InventoryArgs),
    /// Make keys for signing reports, and check signed ones
    Receipt(receipt::ReceiptArgs),
    /// Verify, show or export an audit log
    Audit(audit::AuditArgs),
    /// List entities, policies, formats or operators
    List(list::ListArgs),
    /// Say what an entity is, or why each finding of a file was made
    Explain(explain::ExplainArgs),
    /// List, show or check policies
    Policy(policy::PolicyArgs),
    /// Keep codes for values in an encrypted vault, and say who may have them back
    Vault(vault::VaultArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man,
}

/// What to look for.
#[derive(Args, Clone)]
pub struct Detection {
    /// Policy to keep to: a preset or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = subrosa_core::policy::DEFAULT)]
    pub policy: String,

    /// Look only for these entities (and denied terms)
    #[arg(long, value_name = "ENTITY,...", value_delimiter = ',')]
    pub entities: Vec<String>,

    /// Least confidence, 0 to 1, instead of the policy's
    #[arg(long, value_name = "NUMBER", value_parser = threshold)]
    pub threshold: Option<Confidence>,

    /// Terms to find wherever they stand, one a line
    #[arg(long, value_name = "FILE")]
    pub deny: Vec<PathBuf>,

    /// Terms never to find, one a line
    #[arg(long, value_name = "FILE")]
    pub allow: Vec<PathBuf>,

    /// Case sheet: the people whom the documents are about (TOML); found with certainty and named by their role
    #[arg(long, value_name = "FILE")]
    pub case: Option<PathBuf>,

    #[command(flatten)]
    pub reading: Reading,
}

/// What helps to read documents.
#[derive(Args, Clone)]
pub struct Reading {
    /// Do not read text in pictures, even if tesseract is installed
    #[arg(long)]
    pub no_ocr: bool,

    /// Languages of text in pictures, as tesseract names them
    #[arg(long, value_name = "LANGS", conflicts_with = "no_ocr")]
    pub ocr_language: Option<String>,

    /// Passwords to try on encrypted documents, one a line
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,

    /// Largest file of the kinds that are read as a whole (not text, tables, lines); memory is up to six times as much
    #[arg(long, value_name = "MIB", default_value_t = subrosa::engine::LONGEST >> 20, value_parser = clap::value_parser!(u64).range(1..=65_536))]
    pub max_file: u64,
}

/// What operators need and a policy does not hold.
#[derive(Args)]
pub struct Means {
    /// Key that pseudonyms and shifted dates are made with, the same wherever it is; see `vault keygen`
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,

    #[command(flatten)]
    pub unlock: Unlock,

    /// Who is to have the outputs: what the case sheet lets them have by consent or legal demand stays
    #[arg(long, value_name = "NAME", requires = "case")]
    pub recipient: Option<String>,

    /// What the policy asks its user for, see `policy explain`; the report prints it
    #[arg(long = "param", value_name = "NAME=VALUE", value_parser = parameter)]
    pub parameters: Vec<(String, String)>,
}

/// How to run.
#[derive(Args)]
pub struct Running {
    /// Threads to use; all cores when 0. The output is the same for any number
    #[arg(long, short, value_name = "N", default_value_t = 0)]
    pub jobs: usize,

    /// Print one JSON line about time and memory on stderr
    #[arg(long)]
    pub stats: bool,

    /// Name that tells the format of stdin
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<String>,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("not of the form NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

/// A confidence as the user writes it.
pub fn threshold(text: &str) -> Result<Confidence, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    if (0.0..=1.0).contains(&number) { Ok(Confidence::from_unit(number)) } else { Err("not between 0 and 1".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn thresholds_are_numbers_from_0_to_1() {
        assert_eq!(threshold("0.25"), Ok(Confidence::new(250)));
        for wrong in ["", "x", "1.1", "-0.1", "NaN", "inf"] {
            assert!(threshold(wrong).is_err(), "{wrong}");
        }
    }
}
