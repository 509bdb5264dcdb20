//! The project's own chores: `cargo xtask help` lists them.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a command line tool of the project's own")]

mod accuracy;
mod bench;
mod entities_page;
mod examples;
mod r#gen;
mod new_recognizer;
mod policies_page;
mod project;
mod test;
mod tools;
mod train;
mod web;

use std::process::ExitCode;

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
    /// Checks everything: format, lints, tests, docs, generated data, examples, accuracy
    Test(test::Arguments),
    /// Measures detection on annotated text and writes tests/accuracy/*.txt
    Accuracy(accuracy::Arguments),
    /// Makes the data compiled into the library from the lists in dictionaries/, and docs/entities.md
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
    /// Trains the tagger of names and measures it (needs the annotated corpora)
    Train(train::Arguments),
    /// Runs the benches and prints their results as a table
    Bench,
    /// Makes the DOCX and PDF in examples/ from their sources (needs LibreOffice)
    Examples,
    /// Makes the WebAssembly module, the npm package and the page, in wasm/dist/ (needs Node 20)
    Web(web::Arguments),
    /// Adds a recognizer: its file with everything to fill in, and its two lines
    NewRecognizer {
        /// The file below recognizers/, such as uk/nhs or generic/passport
        name: String,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Test(arguments) => return test::run(&arguments),
        Command::Accuracy(arguments) => accuracy::run(&arguments)?,
        Command::Gen { check } => {
            r#gen::run(check)?;
            entities_page::run(check)?;
            policies_page::run(check)?;
        }
        Command::Dictionaries { check } => r#gen::extract(check)?,
        Command::Train(arguments) => train::run(&arguments)?,
        Command::Bench => bench::run()?,
        Command::Examples => examples::make()?,
        Command::Web(arguments) => web::run(&arguments)?,
        Command::NewRecognizer { name } => new_recognizer::run(&name)?,
    }
    Ok(ExitCode::SUCCESS)
}
