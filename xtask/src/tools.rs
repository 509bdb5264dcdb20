//! The independent programs that the tests look at documents with, and how to get them.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::project::{root, succeed, target};

/// A program from the system's packages.
struct Program {
    name: &'static str,
    debian: &'static str,
    used_for: &'static str,
}

const PROGRAMS: &[Program] = &[
    Program { name: "pdftotext", debian: "poppler-utils", used_for: "reads PDF" },
    Program { name: "mutool", debian: "mupdf-tools", used_for: "reads PDF" },
    Program { name: "qpdf", debian: "qpdf", used_for: "takes PDF apart" },
    Program { name: "unzip", debian: "unzip", used_for: "takes DOCX apart" },
    Program { name: "soffice", debian: "libreoffice-writer", used_for: "opens DOCX" },
    Program { name: "python3", debian: "python3", used_for: "runs pypdf" },
    Program { name: "node", debian: "nodejs", used_for: "runs the npm package and its tests" },
    Program { name: "npm", debian: "npm", used_for: "gets what those need" },
    Program { name: "chromium", debian: "chromium", used_for: "opens the page and the form field" },
];

/// The programs of a PostgreSQL server, which Debian does not put on the path; tests start a cluster of their own with them.
const POSTGRES: Program = Program { name: "initdb", debian: "postgresql", used_for: "holds vaults that a team shares" };

/// Parts of the Rust toolchain.
const COMPONENTS: &[(&str, &str)] = &[("cargo-fmt", "rustfmt"), ("cargo-clippy", "clippy")];

/// The oldest Node that Vite and the tests run on.
const OLDEST_NODE: u32 = 20;

/// Python modules from PyPI.
const MODULES: &[&str] = &["pypdf", "olefile"];

/// Sees to it that everything is there. Installs what is missing when `install` says so and we are allowed to.
pub(crate) fn provide(install: bool) -> Result<()> {
    let missing: Vec<_> =
        COMPONENTS.iter().filter(|(name, _)| !runs(name, "--version")).map(|(_, component)| *component).collect();
    if !missing.is_empty() {
        let how = format!("rustup component add {}", missing.join(" "));
        if !(install && shell(&how)) {
            bail!("the Rust toolchain lacks {}; install with: {how}", missing.join(", "));
        }
    }
    let missing: Vec<_> = PROGRAMS.iter().chain([&POSTGRES]).filter(|program| !is_there(program)).collect();
    if !missing.is_empty() {
        let mut packages: Vec<_> = missing.iter().map(|program| program.debian).collect();
        packages.dedup();
        let packages = packages.join(" ");
        let how = format!("apt-get install -y --no-install-recommends {packages}");
        if install && is_root() {
            println!("installing {packages}");
            shell(&format!("apt-get update -qq && DEBIAN_FRONTEND=noninteractive {how} -qq >/dev/null"));
        }
        let absent: Vec<_> = missing
            .iter()
            .filter(|program| !is_there(program))
            .map(|program| format!("{} ({}, package {})", program.name, program.used_for, program.debian))
            .collect();
        if !absent.is_empty() {
            bail!("not installed: {}; as root: {how}", absent.join(", "));
        }
    }
    node_is_new()?;
    if !has_modules(&python()) {
        let folder = environment();
        let how = format!("python3 -m pip install {}", MODULES.join(" "));
        if !install {
            bail!("Python has no {}; install with: {how}", MODULES.join(" or "));
        }
        println!("installing {} into {}", MODULES.join(" "), folder.display());
        let made = succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder)).is_ok() || {
            is_root() && shell("apt-get install -y -qq python3-venv >/dev/null") && {
                succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder)).is_ok()
            }
        };
        if made {
            succeed(Command::new(folder.join("bin/python")).args(["-m", "pip", "install", "--quiet"]).args(MODULES)).ok();
        }
        if !has_modules(&python()) {
            bail!("Python has no {}; install with: {how}", MODULES.join(" or "));
        }
    }
    Ok(())
}

/// Distributions still have versions of Node that the tools of the browser side do not run on.
fn node_is_new() -> Result<()> {
    let version = Command::new("node").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("node is {version}; version {OLDEST_NODE} or later is needed, see https://nodejs.org");
    }
    Ok(())
}

/// A Python that has the modules: our own environment where there is one, the system's otherwise.
pub(crate) fn python() -> PathBuf {
    let own = environment().join("bin/python");
    if own.exists() { own } else { PathBuf::from("python3") }
}

fn environment() -> PathBuf {
    target().join("xtask-python")
}

fn has_modules(python: &PathBuf) -> bool {
    let import = format!("import {}", MODULES.join(", "));
    quietly(Command::new(python).args(["-c", &import]))
}

fn on_path(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

fn is_there(program: &Program) -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    on_path(program.name) || versions.map(|version| version.path().join("bin")).any(|bin| bin.join(program.name).is_file())
}

fn runs(name: &str, argument: &str) -> bool {
    quietly(Command::new(name).arg(argument))
}

fn quietly(command: &mut Command) -> bool {
    let nothing = Stdio::null;
    command.stdin(nothing()).stdout(nothing()).stderr(nothing()).status().is_ok_and(|status| status.success())
}

fn shell(line: &str) -> bool {
    succeed(Command::new("sh").args(["-c", line]).current_dir(root())).is_ok()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
