//! `cargo xtask test`: everything that must hold, the quick checks first.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::project::{cargo, succeed};
use crate::{accuracy, entities_page, examples, r#gen, tools, web};

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Install nothing; fail when a tool is missing
    #[arg(long)]
    no_install: bool,
    /// Only these steps
    #[arg(long, value_name = "STEP,...", value_delimiter = ',')]
    only: Vec<String>,
    /// Stop at the first step that fails
    #[arg(long)]
    fail_fast: bool,
}

/// A step: its name, what it checks, and how.
type Step = (&'static str, &'static str, fn(&Arguments) -> Result<()>);

const STEPS: &[Step] = &[
    ("tools", "the programs that the tests look at documents with", |arguments| tools::provide(!arguments.no_install)),
    ("format", "cargo fmt --check", |_| succeeds(&["fmt", "--all", "--check"])),
    ("generated", "compiled dictionaries and docs/entities.md against their sources", |_| {
        r#gen::run(true)?;
        entities_page::run(true)
    }),
    ("accuracy", "figures on annotated text against the committed ones", |_| {
        accuracy::run(&accuracy::Arguments { check: true, ..accuracy::Arguments::default() })
    }),
    ("lints", "cargo clippy on all targets, warnings are errors", |_| {
        succeeds(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }),
    ("tests", "cargo test of the whole workspace", |_| succeeds(&["test", "--quiet", "--workspace"])),
    (
        "long",
        "what takes seconds in a release build and minutes in others: ten thousand documents, the speed of the vault",
        |_| {
            let packages = ["-p", "subrosa-cli", "-p", "subrosa-vault", "--test", "pseudonyms", "--test", "vault_processes"];
            // By name: tests that are run by other tests are ignored, too.
            let names = ["ten_thousand", "fast_enough"];
            succeeds(&[&["test", "--quiet", "--release"], &packages[..], &["--", "--ignored"], &names].concat())
        },
    ),
    ("docs", "cargo doc, warnings are errors", |_| {
        let mut doc = cargo(&["doc", "--quiet", "--workspace", "--no-deps"]);
        succeed(doc.env("RUSTDOCFLAGS", "-D warnings"))
    }),
    ("web", "the module does what the command line does; the npm package, the form field and the page in a browser", |_| {
        web::check()
    }),
    ("examples", "redact examples/, look at the result with other programs", |_| examples::check()),
];

fn succeeds(arguments: &[&str]) -> Result<()> {
    succeed(&mut cargo(arguments))
}

/// Runs the steps. The last line printed is `N passed, N failed`.
///
/// # Errors
/// A step is asked for that there is not.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let names: Vec<_> = STEPS.iter().map(|(name, ..)| *name).collect();
    if let Some(unknown) = arguments.only.iter().find(|only| !names.contains(&only.as_str())) {
        bail!("there is no step `{unknown}`; there are {}", names.join(", "));
    }
    let (mut passed, mut failed) = (0, 0);
    for (name, what, check) in STEPS {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == name) {
            continue;
        }
        println!("\n== {name}: {what}");
        let start = Instant::now();
        let ended = check(arguments);
        let seconds = start.elapsed().as_secs_f64();
        match ended {
            Ok(()) => {
                println!("== {name} passed in {seconds:.1} s");
                passed += 1;
            }
            Err(error) => {
                println!("{error:#}\n== {name} FAILED after {seconds:.1} s");
                failed += 1;
                if arguments.fail_fast {
                    break;
                }
            }
        }
    }
    println!("\n{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
