//! `subrosa policy`: what the presets do, and whether a file is a policy.

use std::io::Write as _;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use subrosa_core::policy::PRESETS;

use crate::engine::load_policy;
use crate::exit::Exit;

/// The arguments of `policy`.
#[derive(Args)]
pub struct PolicyArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List the presets
    List,
    /// Print a policy: a preset as it is written, to start an own one from; a file as it is understood
    Show {
        /// A preset or a TOML file
        #[arg(value_name = "NAME|FILE")]
        policy: String,
    },
    /// Check a policy file; name the line of a mistake
    Check {
        /// The TOML file
        #[arg(value_name = "FILE")]
        policy: String,
    },
}

/// Runs `policy`.
///
/// # Errors
/// A policy that is not there or has a mistake.
pub fn run(args: &PolicyArgs) -> anyhow::Result<Exit> {
    let mut out = std::io::stdout().lock();
    match &args.action {
        Action::List => {
            for preset in PRESETS {
                writeln!(out, "{}", preset.name).context("cannot write")?;
            }
        }
        Action::Show { policy } => {
            if let Some(preset) = PRESETS.iter().find(|preset| preset.name == policy) {
                write!(out, "{}", preset.source).context("cannot write")?;
            } else {
                let policy = load_policy(policy)?;
                write!(out, "# {}\n# sha256 {}\n{}", policy.name(), policy.hash(), policy.normalised())
                    .context("cannot write")?;
            }
        }
        Action::Check { policy } => {
            let policy = load_policy(policy)?;
            writeln!(out, "{}: no mistakes; sha256 {}", policy.name(), policy.hash()).context("cannot write")?;
        }
    }
    Ok(Exit::Clean)
}
