//! `subrosa vault`: the encrypted store of codes, who may do what with it, and its upkeep.

use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::{Args, Subcommand, ValueEnum};
use subrosa_core::key::Key;
use subrosa_vault::audit::{Anchor, Log};
use subrosa_vault::{Abilities, Ability, Categories, Erased, Location, Lock, OWNER, Stats, Vault};
use zeroize::Zeroizing;

use crate::audit::record;
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
        desk: Desk,
    },
    /// Change the passphrase of a role, or lock it for recipients of age
    Passphrase(PassphraseArgs),
    /// Change all keys; codes stay as they are. Ends a rotation that was interrupted
    Rotate(Desk),
    /// Copy a vault into a file, while others write in it, and check the copy
    Backup {
        /// The copy
        #[arg(value_name = "COPY")]
        to: PathBuf,

        #[command(flatten)]
        desk: Desk,
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
        desk: Desk,
    },
    /// Let entries expire that are older than a number of days
    Retain {
        /// The days, kept in the vault; without, those that are in it
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        days: Option<u32>,

        #[command(flatten)]
        desk: Desk,
    },
    /// Erase what leads from codes and documents to a person, for good
    #[command(after_help = FORGET)]
    Forget {
        /// A code such as CLIENT-7F3K9, or a name as the vault has it; - reads them from stdin, one a line
        #[arg(value_name = "PERSON", required = true)]
        people: Vec<String>,

        #[command(flatten)]
        desk: Desk,
    },
    /// Show what is in a vault, without values
    Stats(StatsArgs),
}

/// Who does something to a vault, and where that is recorded.
#[derive(Args)]
struct Desk {
    #[command(flatten)]
    unlock: Unlock,

    #[command(flatten)]
    record: Recording,
}

#[derive(Args)]
struct Recording {
    /// The audit log; VAULT.audit.jsonl beside the vault when not given
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,

    /// On what ground, for the audit log. Name no person in it
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Args)]
struct InitArgs {
    /// The new vault: a file, or postgres://USER@HOST/DATABASE for a team
    #[arg(long, value_name = "FILE|URL")]
    vault: PathBuf,

    /// File with the owner's passphrase, instead of SUBROSA_PASSPHRASE or a prompt
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,

    /// Recipient of age who opens the vault with an identity instead of a passphrase; may be repeated
    #[arg(long, value_name = "AGE", conflicts_with = "passphrase_file")]
    recipient: Vec<String>,

    #[command(flatten)]
    record: Recording,
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

    #[command(flatten)]
    opens: NewLock,

    #[command(flatten)]
    desk: Desk,
}

/// What a role opens with from now on.
#[derive(Args)]
struct NewLock {
    /// File with the role's new passphrase, instead of a prompt
    #[arg(long, value_name = "FILE")]
    new_passphrase_file: Option<PathBuf>,

    /// Recipient of age who opens the role with an identity instead of a passphrase; may be repeated
    #[arg(long, value_name = "AGE", conflicts_with = "new_passphrase_file")]
    recipient: Vec<String>,
}

#[derive(Args)]
#[command(after_help = PASSPHRASE)]
struct PassphraseArgs {
    #[command(flatten)]
    opens: NewLock,

    #[command(flatten)]
    desk: Desk,
}

impl NewLock {
    fn lock(&self, role: &str) -> anyhow::Result<Lock> {
        unlock::new_lock(&self.recipient, self.new_passphrase_file.as_deref(), false, role)
    }
}

fn groups() -> String {
    format!("Groups, as policies have them: {}.\n`subrosa list entities` lists entities.", entities::group_names())
}

const FORGET: &str = "\
A name as an argument can be seen by other users of the machine while the command runs, and stays in the shell's history; codes
and stdin do not tell it. Backups hold what was forgotten until they are deleted. A person's numbers and addresses are entries
of their own: forget them too.";

const PASSPHRASE: &str = "\
The old passphrase opens nothing afterwards. Older copies of the vault still open with it: where it may be known to others,
revoke the role and grant another.";

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
        Action::Revoke { name, desk } => desk.sit(|vault| {
            let moved = vault.revoke(name)?;
            let done = Done::new("revoke", format!("`{name}` is revoked; new keys for {}", rows(moved)));
            Ok(done.to(format!("role {name}")).with("rows", moved))
        }),
        Action::Passphrase(args) => passphrase(args),
        Action::Rotate(desk) => desk.sit(|vault| {
            let moved = vault.rotate()?;
            Ok(Done::new("rotate", format!("new keys for {}", rows(moved))).with("rows", moved))
        }),
        Action::Backup { to, desk } => desk.sit(|vault| {
            let checked = vault.backup(to).with_context(|| to.display().to_string())?;
            let done = Done::new("backup", format!("backup {}; {} checked", to.display(), rows(checked)));
            Ok(done.to(file_name(to)).with("rows", checked))
        }),
        Action::Restore { from, force, desk } => restore(from, *force, desk),
        Action::Retain { days, desk } => desk.sit(|vault| {
            let Erased { codes, records } = vault.retain(*days)?;
            let done = Done::new("retain", format!("{codes} codes and the records of {records} outputs have expired"));
            Ok(done.with("codes", codes).with("records", records))
        }),
        Action::Forget { people, desk } => forget(people, desk),
        Action::Stats(args) => stats(args),
    }?;
    Ok(Exit::Clean)
}

/// What was done to a vault: for the user, and for the audit log.
struct Done {
    action: &'static str,
    said: String,
    subject: Option<String>,
    counts: Vec<(&'static str, u64)>,
}

impl Done {
    fn new(action: &'static str, said: String) -> Self {
        Self { action, said, subject: None, counts: Vec::new() }
    }

    fn to(self, subject: String) -> Self {
        Self { subject: Some(subject), ..self }
    }

    fn with(mut self, what: &'static str, count: u64) -> Self {
        self.counts.push((what, count));
        self
    }
}

impl Desk {
    /// Opens the vault, sees that its log takes entries, does something, records it, and says what; an error is the vault's.
    fn sit(&self, work: impl FnOnce(&Vault) -> anyhow::Result<Done>) -> anyhow::Result<()> {
        let vault = self.unlock.open()?;
        let log = self.record.ready(&vault)?;
        let done = work(&vault).with_context(|| vault.location().to_string())?;
        self.record.enter(&log, &vault, done)
    }
}

impl Recording {
    /// The log, if it takes entries of this vault: what cannot be recorded is not begun.
    fn ready(&self, vault: &Vault) -> anyhow::Result<Log> {
        let log = self.log(vault.location())?;
        unlock::check(&log, vault)?;
        Ok(log)
    }

    fn log(&self, location: &Location) -> anyhow::Result<Log> {
        if let Some(reason) = &self.reason {
            let plain = !reason.trim().is_empty() && reason.chars().count() <= 2000 && !reason.contains(char::is_control);
            ensure!(plain, "--reason: 1 to 2000 characters, no control characters");
        }
        unlock::log(location, self.audit.as_deref())
    }

    fn enter(&self, log: &Log, vault: &Vault, done: Done) -> anyhow::Result<()> {
        let entry = record::of_vault(vault.role(), done.action, done.subject.as_deref(), &done.counts, self.reason.clone());
        say(done.said);
        let anchor: &dyn Anchor = vault;
        log.append(entry, vault.signer().key(), Some(anchor)).context("it is done, and is not in the audit log")?;
        Ok(())
    }
}

fn file_name(path: &Path) -> String {
    format!("copy {}", path.file_name().unwrap_or_default().to_string_lossy())
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

fn restore(from: &Path, force: bool, desk: &Desk) -> anyhow::Result<()> {
    let unlock = &desk.unlock;
    let to = unlock.location()?;
    ensure!(from.is_file(), "{}: there is no such backup", from.display());
    let there = to.file().is_some_and(|path| path.symlink_metadata().is_ok());
    ensure!(force || !there, "{to}: there is a file already; use --force to move it aside");
    let log = desk.record.log(&to)?;
    let opener = unlock.opener()?;
    let aside = Vault::restore_backup(from, &to, &unlock.role, &opener, unlock::today()?, force)
        .with_context(|| format!("{to} from {}", from.display()))?;
    let said = match aside {
        Some(aside) => format!("vault {to}; what was there is {aside}"),
        None => format!("vault {to}"),
    };
    let vault = Vault::open(&to, &unlock.role, &opener, unlock::today()?).with_context(|| to.to_string())?;
    desk.record.enter(&log, &vault, Done::new("restore", said).to(file_name(from)))
}

fn passphrase(args: &PassphraseArgs) -> anyhow::Result<()> {
    args.desk.sit(|vault| {
        let lock = args.opens.lock(vault.role())?;
        vault.relock(&lock)?;
        Ok(Done::new("passphrase", format!("`{}` opens with the new secret only", vault.role())))
    })
}

fn forget(people: &[String], desk: &Desk) -> anyhow::Result<()> {
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
    desk.sit(|vault| {
        let mut all = Erased::default();
        for (index, person) in whom.iter().enumerate() {
            // The place in the list, for the name itself is to be forgotten.
            let erased = vault.forget(person).with_context(|| format!("number {} of {}", index + 1, whom.len()))?;
            all.codes += erased.codes;
            all.records += erased.records;
        }
        let Erased { codes, records } = all;
        let many = |count: u64, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
        let said = format!("forgotten: {}, {} in records; backups still hold them", many(codes, "code"), many(records, "value"));
        // Not who: that would be remembering.
        Ok(Done::new("forget", said).with("people", whom.len() as u64).with("codes", codes).with("records", records))
    })
}

fn init(args: &InitArgs) -> anyhow::Result<()> {
    let location = unlock::location(&args.vault)?;
    if let Some(path) = location.file() {
        ensure!(path.symlink_metadata().is_err(), "{location}: there is a file already");
    }
    let log = args.record.log(&location)?;
    ensure!(log.entries().is_err(), "the audit log: there is one already, of another vault");
    let lock = unlock::new_lock(&args.recipient, args.passphrase_file.as_deref(), true, OWNER)?;
    let vault = Vault::create(&location, &lock, entities::known(), unlock::today()?).with_context(|| location.to_string())?;
    let said = format!("vault {location}; keep a backup, for nobody can help who loses the owner's secret");
    args.record.enter(&log, &vault, Done::new("init", said).to(format!("role {OWNER}")))
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
    let abilities = Abilities::of(&abilities);
    args.desk.sit(|vault| {
        let lock = args.opens.lock(&args.name)?;
        vault.grant(&args.name, abilities, &categories, &lock)?;
        let done = Done::new("grant", format!("`{}` may {abilities}: {categories}", args.name));
        Ok(done.to(format!("role {} may {abilities}: {categories}", args.name)))
    })
}

fn stats(args: &StatsArgs) -> anyhow::Result<()> {
    let vault = args.unlock.open()?;
    let stats = vault.stats().with_context(|| vault.location().to_string())?;
    let roles = vault.roles().with_context(|| vault.location().to_string())?;
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
