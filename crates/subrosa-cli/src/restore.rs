//! `subrosa restore`: the values back into a document, for whom the vault lets have them.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use ed25519_dalek::SigningKey;
use sha2::{Digest as _, Sha256};
use subrosa_core::entity::Entity;
use subrosa_core::key::Key;
use subrosa_core::operators::encrypt;
use subrosa_core::restore::{Restoration, from_codes, from_record};
use subrosa_core::segment::Segment;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Aids, Limits, Refusal, Source};
use subrosa_vault::audit::{Anchor, Hash, Log, Record, Subject};
use subrosa_vault::{Answer, RestoreEvent, Restoring, Vault, is_code};
use zeroize::Zeroizing;

use crate::audit::record;
use crate::exit::Exit;
use crate::inventory::csv::quoted;
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

    /// The audit log; VAULT.audit.jsonl beside the vault or KEY.audit.jsonl beside the key when not given
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,

    /// Write a list of codes and values (CSV) instead of documents
    #[arg(long)]
    list: bool,

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
file is written. With --list OUT is a table of the codes in the documents and what they stand for:
the reference list that courts take under seal.
Exit codes: 0 all that stood in a record or behind a code is back, 1 something was withheld or not
found, 2 usage or I/O error, 3 a file was refused (the others are written).";

/// How many values came back, how many are withheld, and how many were not found in a document.
#[derive(Clone, Copy, Default)]
struct Counts {
    restored: u64,
    withheld: u64,
    lost: u64,
}

/// Where values come from, and where that is recorded.
struct Origin<'v> {
    source: Keeper<'v>,
    reason: String,
    log: Log,
}

enum Keeper<'v> {
    Vault(&'v Vault),
    /// With the key that its audit log is signed with.
    Key(Key, Box<SigningKey>),
}

/// What the list has of a code.
struct Listed {
    code: String,
    entity: Entity,
    value: Zeroizing<String>,
}

/// A restored document.
struct Restored {
    bytes: Vec<u8>,
    counts: Counts,
    event: RestoreEvent,
    listed: Vec<Listed>,
}

/// Runs `restore`.
///
/// # Errors
/// Usage errors, a vault that does not open, a role that may not restore, an audit log that takes no entry.
pub fn run(args: &RestoreArgs) -> anyhow::Result<Exit> {
    let vault = if args.unlock.vault.is_some() { Some(args.unlock.open()?) } else { None };
    let reason = args.reason.as_deref().map(str::trim);
    let origin = match (&vault, &args.key_file) {
        (Some(_), Some(_)) => bail!("--key-file: the vault has a key of its own; use one of the two"),
        (Some(vault), None) => {
            let reason = reason.context("why? every restoration from a vault needs a --reason")?;
            let log = unlock::log(vault.location(), args.audit.as_deref())?;
            unlock::check(&log, vault)?;
            // Asked before anything is read, for a role that may not restore.
            let _event = vault.restoring(reason).with_context(|| vault.location().to_string())?.finish();
            Origin { source: Keeper::Vault(vault), reason: reason.to_owned(), log }
        }
        (None, Some(path)) => {
            let reason = reason.context("why? every restoration needs a --reason")?;
            ensure!(RestoreEvent::is_reason(reason), "--reason: 3 to 500 characters, no control characters");
            let key = engine::key(path)?;
            let log = args.audit.as_deref().map_or_else(|| unlock::log_beside(path), Log::at);
            log.check().with_context(|| log.path().display().to_string())?;
            let signing = Box::new(unlock::signing_key(&key));
            Origin { source: Keeper::Key(key, signing), reason: reason.to_owned(), log }
        }
        (None, None) => bail!("where from? use --vault, or --key-file for values that `encrypt` sealed"),
    };
    let passwords = args.password_file.as_deref().map_or_else(|| Ok(Vec::new()), engine::passwords)?;
    interrupt::be_graceful();
    let out = args.output.is_dir().then_some(args.output.as_path());
    let walked = walk(&args.paths, args.stdin_filename.as_deref(), out)?;
    if args.list {
        ensure!(args.force || !args.output.exists(), "{} is there already; use --force to replace it", args.output.display());
    }
    let mut list = Zeroizing::new("file,code,kind,value\n".to_owned());
    let single = walked.items.len() == 1 && !args.paths.iter().any(|path| path.is_dir());
    let mut exit = if walked.failed { Exit::Error } else { Exit::Clean };
    let mut all = Counts::default();
    for item in &walked.items {
        if interrupt::asked() {
            return Ok(Exit::Interrupted);
        }
        let target = if args.list { args.output.clone() } else { target(args, item, single) };
        if let Input::File(input) = &item.input {
            ensure!(
                input.canonicalize().ok() != target.canonicalize().ok(),
                "{} is an input; choose another output",
                target.display()
            );
        }
        match one(&origin, item, &passwords, args.list)? {
            Ok(restored) => {
                enter(&origin, item, &restored, args.list)?;
                if args.list {
                    add(&mut list, &crate::redact::slashed(&item.relative), &restored.listed);
                } else {
                    write(&target, &restored.bytes, args.force).with_context(|| format!("cannot write {}", target.display()))?;
                }
                let Counts { withheld, lost, .. } = restored.counts;
                if withheld + lost > 0 {
                    say(format_args!("{}: {withheld} withheld, {lost} not found", item.display()));
                }
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
    if args.list {
        let cannot = || format!("cannot write {}", args.output.display());
        write(&args.output, list.as_bytes(), args.force).with_context(cannot)?;
    }
    say(format_args!("{} restored, {} withheld, {} not found", all.restored, all.withheld, all.lost));
    Ok(if all.withheld + all.lost > 0 { exit.max(Exit::Findings) } else { exit })
}

fn one(origin: &Origin<'_>, item: &Item, passwords: &[String], list: bool) -> anyhow::Result<Result<Restored, Refusal>> {
    let bytes = read::whole(item, subrosa::engine::LONGEST).with_context(|| format!("cannot read {}", item.display()))?;
    let Some(bytes) = bytes else { return Ok(Err(read::too_long(subrosa::engine::LONGEST))) };
    let name = item.relative.to_string_lossy();
    let source = Source::new(&bytes, &name).with(Aids { ocr: None, passwords });
    let limits = Limits::default();
    let document = match sniff(&source).and_then(|format| format.read(&source, &limits)) {
        Ok(document) => document,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut listed = Vec::new();
    let (restoration, withheld, event) = match &origin.source {
        Keeper::Vault(vault) => {
            let mut restoring = vault.restoring(&origin.reason)?;
            let record = if list { None } else { Some(Sha256::digest(&bytes).into()) };
            let (restoration, withheld) = from_vault(&mut restoring, &document.segments, record, &mut listed)?;
            (restoration, withheld, restoring.finish())
        }
        Keeper::Key(key, _) => {
            let (restored, withheld) = (BTreeMap::new(), BTreeMap::new());
            let mut event = RestoreEvent { role: record::account(), reason: origin.reason.clone(), restored, withheld };
            let mut shut = 0;
            let Ok(restoration) = from_codes(&document.segments, |code| {
                let value = encrypt::open(code, key);
                shut += u64::from(value.is_none() && !encrypt::tokens(code).is_empty());
                let entity = code.trim_start_matches('[').split(':').next().and_then(|id| Entity::parse(id).ok());
                Ok::<_, Infallible>(entity.zip(value).map(|(entity, value)| {
                    *event.restored.entry(entity.id().to_owned()).or_default() += 1;
                    listed.push(Listed {
                        code: code.to_owned(),
                        entity: entity.clone(),
                        value: Zeroizing::new(value.to_string()),
                    });
                    (entity, value.to_string())
                }))
            });
            (restoration, shut, event)
        }
    };
    let restored = restoration.edits.iter().map(|edits| edits.len() as u64).sum();
    let lost = restoration.lost as u64 + strange(&document.segments, &restoration).saturating_sub(withheld);
    let counts = Counts { restored, withheld, lost };
    let bytes = if list { Ok(Vec::new()) } else { document.body.write(&restoration.edits) };
    Ok(bytes.map(|bytes| Restored { bytes, counts, event, listed }))
}

/// By the record of the output, else by the codes in it.
fn from_vault(
    restoring: &mut Restoring<'_>,
    segments: &[Segment],
    record: Option<[u8; 32]>,
    listed: &mut Vec<Listed>,
) -> anyhow::Result<(Restoration, u64)> {
    if let Some(sha256) = record
        && let Some(record) = restoring.removed(&sha256)?
    {
        return Ok((from_record(segments, &record.removed), record.withheld.values().sum()));
    }
    let mut withheld = 0;
    let restoration = from_codes(segments, |code| {
        Ok::<_, anyhow::Error>(match restoring.value_of(code)? {
            Answer::Value { entity, value } => {
                listed.push(Listed { code: code.to_owned(), entity: entity.clone(), value: Zeroizing::new(value.clone()) });
                Some((entity, value))
            }
            Answer::Withheld(_) => {
                withheld += 1;
                None
            }
            Answer::Unknown => None,
        })
    })?;
    Ok((restoration, withheld))
}

/// How many codes of a vault stay: another's, or of what was forgotten, or withheld.
fn strange(segments: &[Segment], restoration: &Restoration) -> u64 {
    let mut all = 0;
    let Ok(_) = from_codes(segments, |code| {
        all += u64::from(is_code(code));
        Ok::<_, Infallible>(None)
    });
    let edited =
        segments.iter().zip(&restoration.edits).flat_map(|(segment, edits)| edits.iter().map(|edit| edit.span.of(&segment.text)));
    all - edited.filter(|code| is_code(code)).count().min(all as usize) as u64
}

/// Adds the codes of a file to the list, each once.
fn add(list: &mut String, file: &str, listed: &[Listed]) {
    let mut seen = BTreeSet::new();
    for Listed { code, entity, value } in listed {
        if seen.insert(code) {
            let code = code.trim_start_matches('[').trim_end_matches(']');
            let cells = [file, code, entity.id(), value.as_str()].map(quoted);
            list.push_str(&cells.join(","));
            list.push('\n');
        }
    }
}

/// Tells the audit log, before the file is there.
fn enter(origin: &Origin<'_>, item: &Item, restored: &Restored, list: bool) -> anyhow::Result<()> {
    let event = &restored.event;
    let mut counts: BTreeMap<String, u64> = event.restored.clone();
    counts.extend(event.withheld.iter().map(|(category, count)| (format!("withheld {category}"), *count)));
    let subject = Subject {
        name: crate::redact::slashed(&item.relative),
        outcome: Some(if list { "listed" } else { "restored" }.to_owned()),
        sha256_out: (!list).then(|| Hash::of(&restored.bytes)),
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
    let appended = match &origin.source {
        Keeper::Vault(vault) => {
            let anchor: &dyn Anchor = *vault;
            origin.log.append(entry, vault.signer().key(), Some(anchor))
        }
        Keeper::Key(_, signing) => origin.log.append(entry, signing, None),
    };
    appended.context("nothing was restored, for it would not be in the audit log")?;
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
