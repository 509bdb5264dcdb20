//! `subrosa vault`: the encrypted store of codes, who may do what with it, and its upkeep.

mod groups;

use std::io::{self, Write as _};
use std::path::PathBuf;

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand, ValueEnum};
use subrosa_core::key::Key;
use subrosa_vault::{Abilities, Ability, Categories, OWNER, Stats, Vault};

use crate::exit::Exit;
use crate::hex::hex;
use crate::output::Draft;
use crate::terminal::say;
use crate::unlock::{self, Unlock};
use crate::{entities, terminal};

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
#[command(after_help = GROUPS)]
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

const GROUPS: &str = "\
Groups: names, places, dates, phones, faxes, emails, national-ids, records, health-plans, accounts, licences, vehicles,
devices, urls, ips, other-ids. `subrosa list entities` lists entities.";

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
        Action::Init(args) => init(args)?,
        Action::Keygen { key } => {
            keygen(key)?;
        }
        Action::Grant(args) => grant(args)?,
        Action::Stats(args) => stats(args)?,
    }
    Ok(Exit::Clean)
}

fn init(args: &InitArgs) -> anyhow::Result<()> {
    let path = &args.vault;
    ensure!(path.symlink_metadata().is_err(), "{}: there is a file already", path.display());
    let lock = unlock::new_lock(&args.recipient, args.passphrase_file.as_deref(), true, OWNER)?;
    Vault::create(path, &lock, entities::known(), unlock::today()?).with_context(|| path.display().to_string())?;
    say(format_args!("vault {}; keep a backup, for nobody can help who loses the owner's secret", path.display()));
    Ok(())
}

fn keygen(path: &std::path::Path) -> anyhow::Result<()> {
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
    let categories = groups::expand(&args.categories)?;
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
