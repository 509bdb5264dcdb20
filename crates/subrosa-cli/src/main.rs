//! The `subrosa` command: reads files, asks the libraries, writes files. What it prints and its exit codes are a contract.
//!
//! Each subcommand is a file; what they share (walking, writing, talking to a terminal) is a file each beside them.

#![allow(unreachable_pub, reason = "a binary: everything is private")]

mod apply;
mod args;
mod audit;
mod check;
mod completions;
mod encrypt;
mod engine;
mod entities;
mod exit;
mod explain;
mod hashed;

mod inspect;
mod interrupt;
mod inventory;
mod list;
mod man;
mod ocr;
mod output;
mod plan;
mod policy;
mod progress;
mod read;
mod receipt;
mod redact;
mod restore;
mod sarif;
mod scan;
mod sign;
mod signing;
mod stats;
mod terminal;
mod unlock;
mod vault;
mod walk;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Cli, Command};
use exit::Exit;
use terminal::{visible, warn};

fn main() -> ExitCode {
    hide_panics();
    interrupt::listen();
    let cli = Cli::parse();
    let ended = match cli.command {
        Command::Scan(args) => scan::run(&args, cli.color),
        Command::Redact(args) => redact::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Check(args) => check::run(&args, cli.color),
        Command::Inventory(args) => inventory::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Apply(args) => apply::run(&args),
        Command::Receipt(args) => receipt::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::List(args) => list::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Policy(args) => policy::run(&args),
        Command::Vault(args) => vault::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man => man::run(),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(error) if output::is_broken_pipe(&error) => Exit::Clean.into(),
        Err(error) => {
            warn(visible(&format!("{error:#}")));
            Exit::Error.into()
        }
    }
}

/// A panic's message can quote the text it stumbled over, so only its place is told.
fn hide_panics() {
    std::panic::set_hook(Box::new(|info| {
        if let Some(place) = info.location() {
            warn(format_args!("internal error at {}:{}", place.file(), place.line()));
        }
    }));
}
