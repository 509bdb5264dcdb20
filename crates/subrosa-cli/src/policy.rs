//! `subrosa policy`: what the presets do, how two policies differ, and whether a file is a policy.

mod diff;
mod explain;

use std::io::Write as _;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use subrosa_core::policy::PRESETS;

use crate::engine::load_policy;
use crate::exit::Exit;
use crate::list::summary;

/// The arguments of `policy`.
#[derive(Args)]
pub struct PolicyArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List the presets with what they are for
    List,
    /// Print a policy: a preset as it is written, to start an own one from; a file as it is understood
    Show {
        /// A preset or a TOML file
        #[arg(value_name = "NAME|FILE")]
        policy: String,
        /// Print it whole: with what it extends, and a rule for each entity of a group
        #[arg(long)]
        resolved: bool,
    },
    /// Check a policy file, also against the law of the preset it extends; name the line of a mistake
    Check {
        /// The TOML file
        #[arg(value_name = "FILE")]
        policy: String,
    },
    /// Say in what two policies differ, entity by entity
    Diff {
        /// A preset or a TOML file
        #[arg(value_name = "A")]
        from: String,
        /// Another
        #[arg(value_name = "B")]
        to: String,
    },
    /// Say what a policy is for, what becomes of each entity and why, and what it does not decide
    Explain {
        /// A preset or a TOML file
        #[arg(value_name = "NAME|FILE")]
        policy: String,
        /// Only this entity
        entity: Option<String>,
    },
}

/// Runs `policy`.
///
/// # Errors
/// A policy that is not there or has a mistake.
pub fn run(args: &PolicyArgs) -> anyhow::Result<Exit> {
    let text = match &args.action {
        Action::List => {
            let width = PRESETS.iter().map(|preset| preset.name.len()).max().unwrap_or_default();
            let lines = PRESETS.iter().map(|preset| format!("{:width$}  {}\n", preset.name, summary(preset.name)));
            lines.collect::<Vec<_>>().concat()
        }
        Action::Show { policy, resolved } => match PRESETS.iter().find(|preset| preset.name == policy) {
            Some(preset) if !resolved => preset.source.to_owned(),
            _ => {
                let policy = load_policy(policy)?;
                let text = if *resolved { policy.resolved() } else { policy.normalised() };
                format!("# {}\n# sha256 {}\n{text}", policy.name(), policy.hash())
            }
        },
        Action::Check { policy } => {
            let policy = load_policy(policy)?;
            let law = policy.law().map(|law| format!("; keeps to the limits of {}", law.basis)).unwrap_or_default();
            format!("{}: no mistakes{law}; sha256 {}\n", policy.name(), policy.hash())
        }
        Action::Diff { from, to } => diff::diff(&load_policy(from)?, &load_policy(to)?),
        Action::Explain { policy, entity } => explain::explain(&load_policy(policy)?, entity.as_deref())?,
    };
    std::io::stdout().lock().write_all(text.as_bytes()).context("cannot write")?;
    Ok(Exit::Clean)
}
