//! `subrosa receipt`: keys for signing reports, and the check of a signed report with the files it speaks of.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use sha2::{Digest as _, Sha256};
use subrosa_core::report::{FileReport, Report, SCHEMA};

use crate::encrypt::EXTENSION;
use crate::exit::Exit;
use crate::sign::{Signer, Verifier, signature_path};
use crate::terminal::{say, visible};
use subrosa_core::hex::hex;

/// The arguments of `receipt`.
#[derive(Args)]
pub struct ReceiptArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a key for signing reports: KEY, and KEY.pub to give away
    Keygen {
        /// The private key's file
        #[arg(value_name = "KEY")]
        key: PathBuf,
    },
    /// Check that a report is as it was signed, and the redacted files as it says
    #[command(after_help = VERIFY)]
    Verify {
        /// The report; its signature is beside it, with .sig behind its name
        #[arg(value_name = "REPORT")]
        report: PathBuf,

        /// Public key of who signed it
        #[arg(long, value_name = "FILE")]
        key: PathBuf,

        /// Folder of the redacted files, instead of the report's own
        #[arg(long, value_name = "FOLDER")]
        files: Option<PathBuf>,
    },
}

const VERIFY: &str = "\
Exit codes: 0 all is as it was signed, 1 something is not, 2 a file cannot be read.
openssl can check the signature too:
  openssl pkeyutl -verify -pubin -inkey KEY.pub -rawin -in report.json -sigfile report.json.sig";

/// Runs `receipt`.
///
/// # Errors
/// Files that cannot be read or written, keys that are none.
pub fn run(args: &ReceiptArgs) -> anyhow::Result<Exit> {
    match &args.action {
        Action::Keygen { key } => {
            let public = Signer::generate()?.save(key)?;
            say(format_args!("private key {}; public key {}", key.display(), public.display()));
            Ok(Exit::Clean)
        }
        Action::Verify { report, key, files } => verify(report, key, files.as_deref()),
    }
}

fn verify(path: &Path, key: &Path, files: Option<&Path>) -> anyhow::Result<Exit> {
    let key = Verifier::load(key)?;
    let bytes = read(path)?;
    let signature = read(&signature_path(path))?;
    let mut out = io::stdout().lock();
    if !key.holds(&bytes, &signature) {
        writeln!(out, "{}: the signature does not hold", path.display())?;
        return Ok(Exit::Findings);
    }
    let report: Report = serde_json::from_slice(&bytes).with_context(|| format!("{}: no report", path.display()))?;
    anyhow::ensure!(report.schema == SCHEMA, "{}: a report of another version", path.display());
    let folder = files.or(path.parent()).unwrap_or(Path::new("."));
    let mut wrong = 0_usize;
    let written: Vec<&FileReport> = report.files.iter().filter(|file| file.sha256_out.is_some()).collect();
    for file in &written {
        // The report on a single file is named after the redacted file, which may be called otherwise than the original.
        let named_after = path.to_str().and_then(|path| path.strip_suffix(".report.json")).filter(|_| written.len() == 1);
        let reason = match named_after.filter(|_| files.is_none()) {
            Some(redacted) => changed(Path::new(redacted), file),
            None => differs(folder, file),
        };
        if let Some(reason) = reason {
            writeln!(out, "{}: {reason}", visible(&file.path))?;
            wrong += 1;
        }
    }
    writeln!(out, "the signature holds; {} of {} files are as signed", written.len() - wrong, written.len())?;
    Ok(if wrong == 0 { Exit::Clean } else { Exit::Findings })
}

/// In what a redacted file is not what the report says of it.
fn differs(folder: &Path, file: &FileReport) -> Option<String> {
    let below = Path::new(&file.path);
    // A report may come from anybody: it does not lead out of its folder.
    if !below.components().all(|part| matches!(part, Component::Normal(_))) {
        return Some("its path leads out of the folder".to_owned());
    }
    changed(&folder.join(below), file)
}

fn changed(path: &Path, file: &FileReport) -> Option<String> {
    // An encrypted file is looked at as it stands there: who checks a receipt need not be able to read it.
    let mut name = path.as_os_str().to_owned();
    let mut expected = file.sha256_out.as_ref();
    if let Some(encrypted) = &file.encrypted {
        name.push(format!(".{EXTENSION}"));
        expected = Some(&encrypted.sha256);
    }
    match digest(Path::new(&name)) {
        Ok(digest) if Some(&digest) == expected => None,
        Ok(_) => Some("it was changed since".to_owned()),
        Err(error) => Some(format!("it cannot be read: {}", error.kind())),
    }
}

fn digest(path: &Path) -> io::Result<String> {
    #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
    let mut file = BufReader::new(std::fs::File::open(path)?);
    let mut digest = Sha256::new();
    loop {
        let read = file.fill_buf()?;
        if read.is_empty() {
            return Ok(hex(digest.finalize()));
        }
        digest.update(read);
        let length = read.len();
        file.consume(length);
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
    std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
