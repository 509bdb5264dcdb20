//! `subrosa restore`: the values back into a document, for whom the vault lets have them.

use std::convert::Infallible;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use sha2::{Digest as _, Sha256};
use subrosa_core::entity::Entity;
use subrosa_core::key::Key;
use subrosa_core::operators::encrypt;
use subrosa_core::restore::{Restoration, from_codes, from_record};
use subrosa_core::segment::Segment;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Aids, Document, Limits, Refusal, Source};
use subrosa_vault::audit::{Hash, Log, Record, Subject};
use subrosa_vault::{Answer, RestoreEvent, Restoring, Vault};

use crate::audit::record;
use crate::exit::Exit;
use crate::output::Draft;
use crate::terminal::{say, visible};
use crate::unlock::{self, Unlock};
use crate::walk::{Input, Item, walk};
use crate::{engine, interrupt, read};

/// The arguments of `restore`.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct RestoreArgs {
    /// Redacted files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Folder for the restored copies; a file name for a single file
    #[arg(long, short, value_name = "OUT")]
    output: PathBuf,

    #[command(flatten)]
    unlock: Unlock,

    /// Key that `encrypt` was given, where there is no vault
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,

    /// On what ground; it goes into the audit log. Name no person in it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// The audit log; VAULT.audit.jsonl beside the vault when not given
    #[arg(long, value_name = "FILE", requires = "vault")]
    audit: Option<PathBuf>,

    /// Passwords to try on encrypted documents, one a line
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,

    /// Replace outputs that are already there
    #[arg(long)]
    force: bool,

    /// Name that tells the format of stdin
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

const AFTER: &str = "\
A document that is byte for byte what `redact --vault` wrote gets every value back as it stood. In
one that somebody changed since, codes get the value that they stand for. What the role may not see
stays as it is, and is counted. Every restoration needs a reason, and is in the audit log before a
file is written.
Exit codes: 0 all that stood in a record or behind a code is back, 1 something was withheld or not
found, 2 usage or I/O error, 3 a file was refused (the others are written).";

/// How many values came back, how many are withheld, and how many were not found in a document.
#[derive(Clone, Copy, Default)]
struct Counts {
    restored: u64,
    withheld: u64,
    lost: u64,
}

/// Where values come from.
enum Origin<'v> {
    Vault { vault: &'v Vault, reason: &'v str, log: Log },
    Key(Key),
}

/// A restored document.
struct Restored {
    bytes: Vec<u8>,
    counts: Counts,
    event: Option<RestoreEvent>,
}

/// Runs `restore`.
///
/// # Errors
/// Usage errors, a vault that does not open, a role that may not restore, an audit log that takes no entry.
pub fn run(args: &RestoreArgs) -> anyhow::Result<Exit> {
    let vault = if args.unlock.vault.is_some() { Some(args.unlock.open()?) } else { None };
    let origin = match (&vault, &args.key_file) {
        (Some(_), Some(_)) => bail!("--key-file: the vault has a key of its own; use one of the two"),
        (Some(vault), None) => {
            let reason = args.reason.as_deref().context("why? every restoration from a vault needs a --reason")?;
            let log = unlock::log(vault.location(), args.audit.as_deref())?;
            log.check().context("the audit log")?;
            // Asked before anything is read, for a role that may not restore.
            let _event = vault.restoring(reason).with_context(|| vault.location().to_string())?.finish();
            Origin::Vault { vault, reason, log }
        }
        (None, Some(path)) => Origin::Key(engine::key(path)?),
        (None, None) => bail!("where from? use --vault, or --key-file for values that `encrypt` sealed"),
    };
    let passwords = args.password_file.as_deref().map_or_else(|| Ok(Vec::new()), engine::passwords)?;
    interrupt::be_graceful();
    let out = args.output.is_dir().then_some(args.output.as_path());
    let walked = walk(&args.paths, args.stdin_filename.as_deref(), out)?;
    let single = walked.items.len() == 1 && !args.paths.iter().any(|path| path.is_dir());
    let mut exit = if walked.failed { Exit::Error } else { Exit::Clean };
    let mut all = Counts::default();
    for item in &walked.items {
        if interrupt::asked() {
            return Ok(Exit::Interrupted);
        }
        let target = target(args, item, single);
        if let Input::File(input) = &item.input {
            ensure!(
                input.canonicalize().ok() != target.canonicalize().ok(),
                "{} is an input; choose another output",
                target.display()
            );
        }
        match one(&origin, item, &passwords)? {
            Ok(restored) => {
                if let (Origin::Vault { vault, log, .. }, Some(event)) = (&origin, &restored.event) {
                    enter(vault, log, item, &restored, event)?;
                }
                write(&target, &restored.bytes, args.force).with_context(|| format!("cannot write {}", target.display()))?;
                all.restored += restored.counts.restored;
                all.withheld += restored.counts.withheld;
                all.lost += restored.counts.lost;
            }
            Err(refusal) => {
                say(format_args!("refused {}: {}", item.display(), visible(&refusal.to_string())));
                exit = exit.max(Exit::Refused);
            }
        }
    }
    say(format_args!("{} restored, {} withheld, {} not found", all.restored, all.withheld, all.lost));
    Ok(if all.withheld + all.lost > 0 { exit.max(Exit::Findings) } else { exit })
}

fn one(origin: &Origin<'_>, item: &Item, passwords: &[String]) -> anyhow::Result<Result<Restored, Refusal>> {
    let bytes = read::whole(item, subrosa::engine::LONGEST).with_context(|| format!("cannot read {}", item.display()))?;
    let Some(bytes) = bytes else { return Ok(Err(read::too_long(subrosa::engine::LONGEST))) };
    let name = item.relative.to_string_lossy();
    let source = Source::new(&bytes, &name).with(Aids { ocr: None, passwords });
    let limits = Limits::default();
    let document = match sniff(&source).and_then(|format| format.read(&source, &limits)) {
        Ok(document) => document,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match origin {
        Origin::Vault { vault, reason, .. } => {
            let mut restoring = vault.restoring(reason)?;
            let (restoration, withheld) = from_vault(&mut restoring, &document.segments, Sha256::digest(&bytes).into())?;
            let event = restoring.finish();
            Ok(made(&document, &restoration, withheld, Some(event)))
        }
        Origin::Key(key) => {
            let mut shut = 0;
            let Ok(restoration) = from_codes(&document.segments, |code| {
                let value = encrypt::open(code, key);
                shut += u64::from(value.is_none() && !encrypt::tokens(code).is_empty());
                let entity = code.trim_start_matches('[').split(':').next().and_then(|id| Entity::parse(id).ok());
                Ok::<_, Infallible>(entity.zip(value).map(|(entity, value)| (entity, value.to_string())))
            });
            Ok(made(&document, &restoration, shut, None))
        }
    }
}

/// By the record of the output, else by the codes in it.
fn from_vault(restoring: &mut Restoring<'_>, segments: &[Segment], sha256: [u8; 32]) -> anyhow::Result<(Restoration, u64)> {
    if let Some(record) = restoring.removed(&sha256)? {
        return Ok((from_record(segments, &record.removed), record.withheld.values().sum()));
    }
    let mut withheld = 0;
    let restoration = from_codes(segments, |code| {
        Ok::<_, anyhow::Error>(match restoring.value_of(code)? {
            Answer::Value { entity, value } => Some((entity, value)),
            Answer::Withheld(_) => {
                withheld += 1;
                None
            }
            Answer::Unknown => None,
        })
    })?;
    Ok((restoration, withheld))
}

fn made(document: &Document, restoration: &Restoration, withheld: u64, event: Option<RestoreEvent>) -> Result<Restored, Refusal> {
    let restored = restoration.edits.iter().map(|edits| edits.len() as u64).sum();
    let bytes = document.body.write(&restoration.edits)?;
    Ok(Restored { bytes, counts: Counts { restored, withheld, lost: restoration.lost as u64 }, event })
}

/// Tells the audit log, before the file is there.
fn enter(vault: &Vault, log: &Log, item: &Item, restored: &Restored, event: &RestoreEvent) -> anyhow::Result<()> {
    let mut counts: std::collections::BTreeMap<String, u64> = event.restored.clone();
    counts.extend(event.withheld.iter().map(|(category, count)| (format!("withheld {category}"), *count)));
    let subject = Subject {
        name: crate::redact::slashed(&item.relative),
        outcome: Some("restored".to_owned()),
        sha256_out: Some(Hash::of(&restored.bytes)),
        ..Subject::default()
    };
    let entry = Record {
        time: record::now(),
        actor: event.role.clone(),
        action: "restore".to_owned(),
        subjects: vec![subject],
        counts,
        reason: Some(event.reason.clone()),
        policy: None,
    };
    let signer = vault.signer();
    log.append(entry, signer.key(), Some(vault)).context("nothing was restored, for it would not be in the audit log")?;
    Ok(())
}

/// Writes for the owner's eyes only: it is no longer redacted.
fn write(target: &Path, bytes: &[u8], force: bool) -> std::io::Result<()> {
    let mut draft = Draft::of_file(target)?;
    draft.write_all(bytes)?;
    draft.commit(force, None).map(drop)
}

fn target(args: &RestoreArgs, item: &Item, single: bool) -> PathBuf {
    let is_file = single && !args.output.is_dir() && args.output.extension().is_some();
    if is_file { args.output.clone() } else { args.output.join(&item.relative) }
}
