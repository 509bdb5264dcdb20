//! `subrosa apply`: carries out what a person decided.
//!
//! A decision outranks policy and detector: what is to be kept stays although it was found, what was added goes although it
//! was not, an exemption code becomes the label. The document is written and verified as by `redact`.
//!
//! *Kept in one place, removed in another.* Verification counts each removed value in the text and asks that no more of it is
//! left than the decisions leave. In raw parts of the file (streams, old revisions) it could not tell a copy that should be gone
//! from one that was kept. So another document is written first, in which the value is removed everywhere, verified, and
//! thrown away: a format that leaves copies behind is caught there. A term of a deny list has to be gone from everywhere, inside
//! longer words, too, unless the plan keeps it somewhere; then it is counted like other values.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum};
use sha2::{Digest as _, Sha256};
use subrosa::Engine;
use subrosa::plan::{Action, Decisions, Log, PlanFile, Planned, SCHEMA};
use subrosa_core::confidence::Confidence;
use subrosa_core::hex::hex;
use subrosa_core::policy::{OnUnread, PRESETS};
use subrosa_vault::Vault;
use subrosa_vault::audit::{Hash, Subject};

use crate::args::{Detection, Means, Reading, threshold};
use crate::encrypt::Encryption;
use crate::engine;
use crate::exit::Exit;
use crate::redact::redactor::Redactor;
use crate::redact::{
    self, on_unread,
    plan::{Plan, To},
    summary,
};
use crate::signing::Signing;
use crate::terminal::{say, visible};
use crate::walk::walk;
use crate::{entities, interrupt, output};

/// The arguments of `apply`.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct ApplyArgs {
    /// The plan
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// The document that it was made of
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Folder for the copy, a file name, or - for stdout
    #[arg(long, short, value_name = "OUT")]
    output: PathBuf,

    /// The policy that the plan was made under; not needed for presets
    #[arg(long, value_name = "NAME|FILE")]
    policy: Option<String>,

    /// As given to `plan`
    #[arg(long, value_name = "NUMBER", value_parser = threshold)]
    threshold: Option<Confidence>,

    /// As given to `plan`
    #[arg(long, value_name = "ACTION", value_parser = on_unread)]
    on_unread: Option<OnUnread>,

    /// As given to `plan`: no label holds one of these terms
    #[arg(long, value_name = "FILE")]
    deny: Vec<PathBuf>,

    /// As given to `plan`
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,

    #[command(flatten)]
    means: Means,

    #[command(flatten)]
    reading: Reading,

    /// What to do with findings that nobody decided, instead of writing nothing
    #[arg(long, value_enum, value_name = "ACTION")]
    undecided: Option<Undecided>,

    /// Where the decision log goes instead of OUT/decisions.json
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,

    #[command(flatten)]
    encryption: Encryption,

    #[command(flatten)]
    signing: Signing,

    /// Where the report goes instead of OUT/report.json
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Replace outputs that are already there
    #[arg(long)]
    force: bool,
}

/// What becomes of findings that nobody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Undecided {
    Label,
}

const AFTER: &str = "\
The plan is refused for any other document than its own, and for any other policy. The decision log
lists what was decided, with codes and reasons; neither it nor the report holds a value.
Exit codes: 0 written, 1 not written since findings are undecided, 2 usage, policy or I/O error,
3 refused.";

/// Runs `apply`.
///
/// # Errors
/// Usage errors, a plan that is none, a policy that is not the plan's, outputs that cannot be written.
pub fn run(args: &ApplyArgs) -> anyhow::Result<Exit> {
    #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
    let bytes = std::fs::read(&args.plan).with_context(|| format!("cannot read {}", args.plan.display()))?;
    let plan = parse(&bytes).with_context(|| format!("{}: no plan", args.plan.display()))?;
    let (engine, vault) = engine(args, &plan)?;
    let vault = vault.as_deref();
    let signing = args.signing.ready(vault)?;
    if blocks(&plan, args.undecided) {
        return Ok(Exit::Findings);
    }
    interrupt::be_graceful();
    let out = (args.output.as_os_str() != "-").then_some(args.output.as_path());
    let paths = std::slice::from_ref(&args.file);
    ensure!(!args.file.is_dir(), "a plan is of one document; {} is a folder", args.file.display());
    let walked = walk(paths, Some(&plan.input.name), None)?;
    let to = To { out, report: args.report.as_deref(), force: args.force, encrypt: args.encryption.is_wanted() };
    let outputs = Plan::new(&engine, paths, walked.items, &to)?;
    signing.check(outputs.report.as_deref(), args.force)?;
    let log_path = args.decisions.clone().or_else(|| outputs.report.as_deref().map(beside));
    if let Some(path) = log_path.as_deref().filter(|path| path.exists() && !args.force) {
        bail!("{} is already there; choose another output, or --force", path.display());
    }

    let decisions = Decisions::new(&engine, &plan, args.undecided.is_some());
    let redactor =
        Redactor { engine: &engine, vault, force: args.force, encryption: &args.encryption, decisions: Some(&decisions) };
    let done: Vec<_> = outputs.jobs.iter().map(|job| redactor.one(job)).collect();
    let complete = done.iter().all(Option::is_some);
    let report = redact::report(&engine, complete, done.into_iter().flatten().collect());
    summary::name_refused(&outputs, &report.files);
    summary::notes(&outputs, &report.files);
    // Of what was not written nothing was decided.
    let written = report.files.first().and_then(|file| file.sha256_out.clone());
    let log = decisions.log().filter(|_| written.is_some());
    let log = log.map(|log| Log { sha256_out: written, sha256_plan: Some(hex(Sha256::digest(&bytes))), ..log });
    let json = log.as_ref().map(json).transpose()?;
    let logged = match (&json, &log_path) {
        (Some(json), Some(path)) => {
            output::write(path, json, args.force).with_context(|| format!("cannot write {}", path.display()))
        }
        _ => Ok(()),
    };
    let finished = signing.finish("apply", &report, outputs.report.as_deref(), args.force, |record| {
        let subject =
            |name: &str, bytes: &[u8]| Subject { name: name.to_owned(), sha256_out: Some(Hash::of(bytes)), ..Subject::default() };
        record.subjects.push(subject("plan", &bytes));
        record.subjects.extend(json.iter().map(|json| subject("decisions", json)));
        if let Some(log) = &log {
            log.tell(&mut record.counts);
        }
    });
    logged.and(finished)?;
    summary::print(&report);
    Ok(redact::exit(&report, walked.failed))
}

fn parse(bytes: &[u8]) -> anyhow::Result<PlanFile> {
    // What a parser says of a mistake can quote the text.
    let plan: PlanFile = serde_json::from_slice(bytes)
        .map_err(|error| anyhow::anyhow!("line {}, column {} is not as a plan has it", error.line(), error.column()))?;
    ensure!(plan.schema == SCHEMA, "it is of another version of the format");
    plan.findings.iter().try_for_each(check)?;
    Ok(plan)
}

/// What is wrong with a span whatever the document.
fn check(planned: &Planned) -> anyhow::Result<()> {
    let id = visible(&planned.id);
    let decision = &planned.decision;
    for entity in [Some(&planned.entity), decision.entity.as_ref()].into_iter().flatten() {
        entities::parse(entity).with_context(|| format!("finding {id}"))?;
    }
    let of_code = |byte: u8| byte.is_ascii_alphanumeric() || b" ().,:/_-".contains(&byte);
    if let Some(code) = &decision.code {
        ensure!(
            (1..=40).contains(&code.len()) && code.bytes().all(of_code),
            "finding {id}: a code has 1 to 40 letters, digits, spaces and ( ) . , : / _ -"
        );
    }
    if let Some(reason) = &decision.reason {
        let plain = (1..=500).contains(&reason.chars().count()) && !reason.contains(char::is_control);
        ensure!(plain, "finding {id}: a reason has 1 to 500 characters and no control characters");
    }
    Ok(())
}

/// The engine of the plan's policy.
fn engine(args: &ApplyArgs, plan: &PlanFile) -> anyhow::Result<(Engine, Option<Arc<Vault>>)> {
    let is_preset = PRESETS.iter().any(|preset| preset.name == plan.policy.name);
    let made_under = visible(&plan.policy.name);
    let policy = match &args.policy {
        Some(policy) => policy.clone(),
        None if is_preset => plan.policy.name.clone(),
        None => bail!("the plan was made under the policy `{made_under}`, which is no preset; give its file with --policy"),
    };
    let mut engine = engine::new(&Detection {
        policy,
        entities: Vec::new(),
        threshold: args.threshold,
        deny: args.deny.clone(),
        allow: Vec::new(),
        case: args.case.clone(),
        reading: args.reading.clone(),
    })?;
    if let Some(on_unread) = args.on_unread {
        engine.policy = engine.policy.with_on_unread(on_unread);
    }
    let other = || format!("the plan was made under the policy `{made_under}`");
    let vault = engine::entrust_with(&mut engine, &args.means, &plan.policy.parameters).with_context(other)?;
    ensure!(
        engine.policy.hash() == plan.policy.sha256,
        "the plan was made under the policy `{made_under}` with another hash than this one; give --policy, --threshold, --on-unread and --param as for `plan`"
    );
    Ok((engine, vault))
}

/// Whether something is undecided, which is then named.
fn blocks(plan: &PlanFile, undecided: Option<Undecided>) -> bool {
    const NAMED: usize = 10;
    let open: Vec<&Planned> = plan.findings.iter().filter(|planned| planned.decision.action == Action::Undecided).collect();
    if open.is_empty() || undecided.is_some() {
        return false;
    }
    for planned in open.iter().take(NAMED) {
        let place = planned.place.as_deref().unwrap_or_default();
        say(format_args!("undecided: finding {}, {}: {}", visible(&planned.id), visible(place), visible(&planned.entity)));
    }
    if open.len() > NAMED {
        say(format_args!("and {} more", open.len() - NAMED));
    }
    say(format_args!("nothing is written: {} to decide, or --undecided label", open.len()));
    true
}

/// `decisions.json` for `report.json`, `a.txt.decisions.json` for `a.txt.report.json`.
fn beside(report: &Path) -> PathBuf {
    let name = report.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix("report.json").map_or_else(|| format!("{name}."), str::to_owned);
    report.with_file_name(format!("{stem}decisions.json"))
}

fn json(log: &Log) -> anyhow::Result<Vec<u8>> {
    let mut json = serde_json::to_vec_pretty(log)?;
    json.push(b'\n');
    Ok(json)
}
