//! `subrosa vault`: the encrypted store of codes, who may do what with it, and its upkeep.

use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand, ValueEnum};
use subrosa_core::key::Key;
use subrosa_vault::{Abilities, Ability, Categories, Erased, OWNER, Stats, Vault};
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::output::Draft;
use crate::terminal::say;
use crate::unlock::{self, Unlock};
use crate::{entities, terminal};
use subrosa_core::hex::hex;

/// The arguments of `vault`.
#[derive(Args)]
pub struct VaultArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a vault, with the role `owner`, who may do everything
    Init(InitArgs),
    /// Make a key for --key-file: the same key makes the same pseudonyms
    Keygen {
        /// The key's file
        #[arg(value_name = "KEY")]
        key: PathBuf,
    },
    /// Add a role, with keys for some kinds of values and no others
    Grant(GrantArgs),
    /// Take a role back, and change all keys
    Revoke {
        /// The role
        #[arg(value_name = "ROLE")]
        name: String,

        #[command(flatten)]
        unlock: Unlock,
    },
    /// Change all keys; codes stay as they are. Ends a rotation that was interrupted
    Rotate(Unlock),
    /// Copy a vault, while others write in it, and check the copy
    Backup {
        /// The copy
        #[arg(value_name = "COPY")]
        to: PathBuf,

        #[command(flatten)]
        unlock: Unlock,
    },
    /// Put a checked backup in the place of a vault
    Restore {
        /// The backup
        #[arg(value_name = "COPY")]
        from: PathBuf,

        /// Move a vault that is there aside, to FILE.before-restore
        #[arg(long)]
        force: bool,

        #[command(flatten)]
        unlock: Unlock,
    },
    /// Let entries expire that are older than a number of days
    Retain {
        /// The days, kept in the vault; without, those that are in it
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        days: Option<u32>,

        #[command(flatten)]
        unlock: Unlock,
    },
    /// Erase what leads from codes and documents to a person, for good
    #[command(after_help = FORGET)]
    Forget {
        /// A code such as CLIENT-7F3K9, or a name as the vault has it; - reads them from stdin, one a line
        #[arg(value_name = "PERSON", required = true)]
        people: Vec<String>,

        #[command(flatten)]
        unlock: Unlock,
    },
    /// Show what is in a vault, without values
    Stats(StatsArgs),
}

#[derive(Args)]
struct InitArgs {
    /// The new vault
    #[arg(long, value_name = "FILE")]
    vault: PathBuf,

    /// File with the owner's passphrase, instead of SUBROSA_PASSPHRASE or a prompt
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,

    /// Recipient of age who opens the vault with an identity instead of a passphrase; may be repeated
    #[arg(long, value_name = "AGE", conflicts_with = "passphrase_file")]
    recipient: Vec<String>,
}

#[derive(Args)]
#[command(after_help = groups())]
struct GrantArgs {
    /// The new role
    #[arg(value_name = "ROLE")]
    name: String,

    /// What the role may do: have codes made, get values back, everything
    #[arg(long, value_name = "ABILITY,...", value_delimiter = ',', required = true)]
    allow: Vec<Allowed>,

    /// Kinds of values the role reaches: entities, groups, or * for all
    #[arg(long, value_name = "KIND,...", value_delimiter = ',', required = true)]
    categories: Vec<String>,

    /// File with the new role's passphrase, instead of a prompt
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,

    /// Recipient of age who opens the role with an identity instead of a passphrase; may be repeated
    #[arg(long, value_name = "AGE", conflicts_with = "new_passphrase_file")]
    recipient: Vec<String>,

    #[command(flatten)]
    unlock: Unlock,
}

fn groups() -> String {
    format!("Groups, as policies have them: {}.\n`subrosa list entities` lists entities.", entities::group_names())
}

const FORGET: &str = "\
A name as an argument can be seen by other users of the machine while the command runs, and stays in the shell's history; codes
and stdin do not tell it. Backups hold what was forgotten until they are deleted. A person's numbers and addresses are entries
of their own: forget them too.";

/// Abilities as users write them. No doc comments: they would make the help longer.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allowed {
    Write,
    Restore,
    Administer,
}

#[derive(Args)]
struct StatsArgs {
    /// Print one JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    unlock: Unlock,
}

/// Runs `vault`.
///
/// # Errors
/// Vaults that do not open, roles that may not, files that cannot be written.
pub fn run(args: &VaultArgs) -> anyhow::Result<Exit> {
    match &args.action {
        Action::Init(args) => init(args),
        Action::Keygen { key } => keygen(key),
        Action::Grant(args) => grant(args),
        Action::Revoke { name, unlock } => with(unlock, |vault| {
            let moved = vault.revoke(name)?;
            Ok(format!("`{name}` is revoked; new keys for {}", rows(moved)))
        }),
        Action::Rotate(unlock) => with(unlock, |vault| Ok(format!("new keys for {}", rows(vault.rotate()?)))),
        Action::Backup { to, unlock } => with(unlock, |vault| {
            let checked = vault.backup(to).with_context(|| to.display().to_string())?;
            Ok(format!("backup {}; {} checked", to.display(), rows(checked)))
        }),
        Action::Restore { from, force, unlock } => restore(from, *force, unlock),
        Action::Retain { days, unlock } => with(unlock, |vault| {
            let erased = vault.retain(*days)?;
            Ok(format!("{} codes and the records of {} outputs have expired", erased.codes, erased.records))
        }),
        Action::Forget { people, unlock } => forget(people, unlock),
        Action::Stats(args) => stats(args),
    }?;
    Ok(Exit::Clean)
}

/// Opens the vault, does something, says what; an error is the vault's.
fn with(unlock: &Unlock, work: impl FnOnce(&Vault) -> anyhow::Result<String>) -> anyhow::Result<()> {
    let vault = unlock.open()?;
    let done = work(&vault).with_context(|| vault.path().display().to_string())?;
    say(done);
    Ok(())
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn restore(from: &Path, force: bool, unlock: &Unlock) -> anyhow::Result<()> {
    let to = unlock.path()?;
    ensure!(from.is_file(), "{}: there is no such backup", from.display());
    ensure!(force || to.symlink_metadata().is_err(), "{}: there is a file already; use --force to move it aside", to.display());
    let opener = unlock.opener()?;
    let aside = Vault::restore_backup(from, to, &unlock.role, &opener, unlock::today()?, force)
        .with_context(|| format!("{} from {}", to.display(), from.display()))?;
    match aside {
        Some(aside) => say(format_args!("vault {}; what was there is {}", to.display(), aside.display())),
        None => say(format_args!("vault {}", to.display())),
    }
    Ok(())
}

fn forget(people: &[String], unlock: &Unlock) -> anyhow::Result<()> {
    let mut whom: Vec<Zeroizing<String>> = Vec::new();
    for person in people {
        if person != "-" {
            whom.push(Zeroizing::new(person.clone()));
            continue;
        }
        for line in io::stdin().lock().lines() {
            let line = Zeroizing::new(line.context("cannot read stdin")?);
            if !line.trim().is_empty() {
                whom.push(Zeroizing::new(line.trim().to_owned()));
            }
        }
    }
    ensure!(!whom.is_empty(), "nobody to forget");
    with(unlock, |vault| {
        let mut all = Erased::default();
        for (index, person) in whom.iter().enumerate() {
            // The place in the list, for the name itself is to be forgotten.
            let erased = vault.forget(person).with_context(|| format!("number {} of {}", index + 1, whom.len()))?;
            all.codes += erased.codes;
            all.records += erased.records;
        }
        Ok(format!("forgotten: {} codes, {} values in records; backups still hold them", all.codes, all.records))
    })
}

fn init(args: &InitArgs) -> anyhow::Result<()> {
    let path = &args.vault;
    ensure!(path.symlink_metadata().is_err(), "{}: there is a file already", path.display());
    let lock = unlock::new_lock(&args.recipient, args.passphrase_file.as_deref(), true, OWNER)?;
    Vault::create(path, &lock, entities::known(), unlock::today()?).with_context(|| path.display().to_string())?;
    say(format_args!("vault {}; keep a backup, for nobody can help who loses the owner's secret", path.display()));
    Ok(())
}

fn keygen(path: &Path) -> anyhow::Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let text = Key::take(&mut bytes).to_text();
    let cannot = || format!("cannot write {}", path.display());
    // Drafts are made for the owner only.
    let mut draft = Draft::of_file(path).with_context(cannot)?;
    draft.write_all(text.as_bytes()).with_context(cannot)?;
    draft.commit(false, None).with_context(cannot)?;
    say(format_args!("key {}; whoever has it can tell which value a pseudonym was made from", path.display()));
    Ok(())
}

fn grant(args: &GrantArgs) -> anyhow::Result<()> {
    let categories = entities::expand(&args.categories)?;
    let categories = Categories::of(categories.iter().map(String::as_str))?;
    let abilities: Vec<Ability> = args
        .allow
        .iter()
        .map(|allowed| match allowed {
            Allowed::Write => Ability::Write,
            Allowed::Restore => Ability::Restore,
            Allowed::Administer => Ability::Administer,
        })
        .collect();
    let vault = args.unlock.open()?;
    let lock = unlock::new_lock(&args.recipient, args.new_passphrase_file.as_deref(), false, &args.name)?;
    let abilities = Abilities::of(&abilities);
    vault.grant(&args.name, abilities, &categories, &lock).with_context(|| vault.path().display().to_string())?;
    say(format_args!("`{}` may {abilities}: {categories}", args.name));
    Ok(())
}

fn stats(args: &StatsArgs) -> anyhow::Result<()> {
    let vault = args.unlock.open()?;
    let stats = vault.stats().with_context(|| vault.path().display().to_string())?;
    let roles = vault.roles().with_context(|| vault.path().display().to_string())?;
    let mut out = io::stdout().lock();
    if args.json {
        let roles: Vec<_> = roles
            .iter()
            .map(|role| {
                serde_json::json!({
                    "name": role.name,
                    "abilities": Ability::ALL.iter().filter(|(_, ability)| role.abilities.has(*ability)).map(|(name, _)| *name).collect::<Vec<_>>(),
                    "categories": role.categories.to_string().split(',').collect::<Vec<_>>(),
                    "revoked": role.revoked,
                })
            })
            .collect();
        let Stats { id, epoch, rotating, keep_days, entries, days: _, outputs } = stats;
        let entries: serde_json::Map<String, serde_json::Value> =
            entries.into_iter().map(|(category, count)| (category, count.into())).collect();
        let object = serde_json::json!({
            "id": hex(id), "epoch": epoch, "rotating": rotating, "keep_days": keep_days, "codes": entries,
            "outputs": outputs, "roles": roles,
        });
        writeln!(out, "{object}")?;
        return Ok(());
    }
    writeln!(out, "vault    {}", hex(stats.id))?;
    let under_way = if stats.rotating { ", a rotation is under way" } else { "" };
    writeln!(out, "epoch    {}{under_way}", stats.epoch)?;
    match stats.keep_days {
        Some(days) => writeln!(out, "keeps    {days} days")?,
        None => writeln!(out, "keeps    until told otherwise")?,
    }
    writeln!(out, "outputs  {}", stats.outputs)?;
    writeln!(out, "codes    {}", stats.entries.iter().map(|(_, count)| count).sum::<u64>())?;
    for (category, count) in &stats.entries {
        writeln!(out, "  {:<24} {count:>9}", terminal::visible(category))?;
    }
    writeln!(out, "roles")?;
    for role in &roles {
        let what = if role.revoked { "revoked".to_owned() } else { format!("{}: {}", role.abilities, role.categories) };
        writeln!(out, "  {:<24} {what}", role.name)?;
    }
    Ok(())
}
