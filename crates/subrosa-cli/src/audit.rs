//! `subrosa audit`: is the log as it was written, and what does it say.

mod export;
pub mod record;
mod show;

use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use ed25519_dalek::VerifyingKey;
use subrosa_vault::audit::{Anchor as _, AuditError, Entry, Head, Log, Time};

use crate::engine;
use crate::exit::Exit;
use crate::sign::Verifier;
use crate::terminal::visible;
use crate::unlock::{self, Unlock};

/// The arguments of `audit`.
#[derive(Args)]
pub struct AuditArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Check every entry: order, chain, signatures
    #[command(after_help = VERIFY)]
    Verify {
        /// The log
        #[arg(value_name = "LOG")]
        log: PathBuf,

        /// Public key to trust; may be given several times
        #[arg(long, value_name = "FILE", required_unless_present_any = ["vault", "key_file"])]
        key: Vec<PathBuf>,

        /// Trusts what was signed for restorations with this key
        #[arg(long, value_name = "FILE")]
        key_file: Option<PathBuf>,

        /// Trusts the keys of the vault's roles, and knows from it how far the log had come
        #[command(flatten)]
        unlock: Unlock,

        /// How far the log had come, as `audit head` printed it: entries missing at its end show only by this
        #[arg(long, value_name = "COUNT:HASH")]
        head: Option<Head>,
    },
    /// Print the entries, one a line
    #[command(after_help = UNVERIFIED)]
    Show {
        /// The log
        #[arg(value_name = "LOG")]
        log: PathBuf,

        #[command(flatten)]
        filter: Filter,
    },
    /// Write the entries for other programs
    #[command(after_help = UNVERIFIED)]
    Export {
        /// The log
        #[arg(value_name = "LOG")]
        log: PathBuf,

        /// CSV with a row for each file of each entry, or the lines of the log
        #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
        format: export::Format,

        #[command(flatten)]
        filter: Filter,
    },
    /// Print how far the log has come, to be kept elsewhere
    Head {
        /// The log
        #[arg(value_name = "LOG")]
        log: PathBuf,
    },
}

const VERIFY: &str = "\
Exit codes: 0 all is as it was written, 1 something is not, 2 a file cannot be read.
A log from whose end entries were cut is as good as an older copy of itself. Who keeps what `audit head`
prints apart from the log, on paper say, can tell: give it back with --head.";

const UNVERIFIED: &str = "The entries are shown as they stand there; `audit verify` tells whether they are genuine.";

/// Which entries.
#[derive(Args)]
struct Filter {
    /// Only entries from this day or time on, in UTC: 2026-03-01 or 2026-03-01T09:30:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<Time>,

    /// Only these actions: redact, apply, restore, ...
    #[arg(long, value_name = "ACTION,...", value_delimiter = ',')]
    action: Vec<String>,

    /// Only entries of these actors
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    actor: Vec<String>,
}

impl Filter {
    fn takes(&self, entry: &Entry) -> bool {
        self.since.as_ref().is_none_or(|since| entry.time >= *since)
            && (self.action.is_empty() || self.action.contains(&entry.action))
            && (self.actor.is_empty() || self.actor.contains(&entry.actor))
    }
}

/// Runs `audit`.
///
/// # Errors
/// Files that cannot be read, keys that are none, logs that are none.
pub fn run(args: &AuditArgs) -> anyhow::Result<Exit> {
    match &args.action {
        Action::Verify { log, key, key_file, unlock, head } => {
            let mut keys = key.iter().map(|path| Ok(*Verifier::load(path)?.key())).collect::<anyhow::Result<Vec<_>>>()?;
            if let Some(path) = key_file {
                keys.push(unlock::signing_key(&engine::key(path)?).verifying_key());
            }
            let mut head = *head;
            if unlock.vault.is_some() {
                let vault = unlock.open()?;
                keys.extend(vault.roles()?.iter().filter_map(|role| VerifyingKey::from_bytes(&role.verifying_key).ok()));
                if head.is_none() {
                    head = vault.head().map_err(anyhow::Error::msg)?;
                }
            }
            verify(log, &keys, head.as_ref())
        }
        Action::Show { log, filter } => each(log, filter, &mut show::Table),
        Action::Export { log, format, filter } => each(log, filter, format.printer().as_mut()),
        Action::Head { log } => {
            let mut head = None;
            for entry in Log::at(log).entries().with_context(|| log.display().to_string())? {
                head = Some(entry.with_context(|| log.display().to_string())?);
            }
            let head = head.map(|entry| entry.head()).unwrap_or_default();
            writeln!(io::stdout(), "{head}").context("cannot write")?;
            Ok(Exit::Clean)
        }
    }
}

fn verify(path: &Path, keys: &[VerifyingKey], head: Option<&Head>) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    let name = path.display();
    let verified = match Log::at(path).verify(keys, head) {
        Ok(verified) => verified,
        Err(broken @ AuditError::Broken { .. }) => {
            writeln!(out, "{name}: {broken}")?;
            return Ok(Exit::Findings);
        }
        Err(error) => return Err(anyhow::Error::new(error).context(name.to_string())),
    };
    for (what, count) in
        [("torn lines that were cut off", verified.repairs), ("entries older than the one before", verified.out_of_time)]
    {
        if count > 0 {
            writeln!(out, "{name}: {count} {what}")?;
        }
    }
    if let Some((first, last)) = &verified.times {
        writeln!(out, "{name}: from {first} to {last}")?;
    }
    let entries = if verified.head.count == 1 { "entry" } else { "entries" };
    writeln!(out, "{name}: {} {entries} as written; head {}", verified.head.count, verified.head)?;
    if verified.torn > 0 {
        writeln!(
            out,
            "{name}: {} bytes behind them are an entry that was not finished: a crash while it was written, or a cut",
            verified.torn
        )?;
        return Ok(Exit::Findings);
    }
    Ok(Exit::Clean)
}

/// Prints entries.
trait Printer {
    /// What comes before all of them.
    fn head(&mut self, _: &mut dyn io::Write) -> io::Result<()> {
        Ok(())
    }

    /// One of them.
    fn entry(&mut self, entry: &Entry, out: &mut dyn io::Write) -> io::Result<()>;
}

fn each(path: &Path, filter: &Filter, printer: &mut dyn Printer) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    printer.head(&mut out).context("cannot write")?;
    for entry in Log::at(path).entries().with_context(|| path.display().to_string())? {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                out.flush().context("cannot write")?;
                return Err(anyhow::Error::new(error).context(visible(&path.to_string_lossy()).into_owned()));
            }
        };
        if filter.takes(&entry) {
            printer.entry(&entry, &mut out).context("cannot write")?;
        }
    }
    out.flush().context("cannot write")?;
    Ok(Exit::Clean)
}
