//! `subrosa plan`: what was found in a document, for a person to decide.

mod page;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use subrosa::Engine;
use subrosa::plan::{Action, Origin, PlanFile, Planned, Wishes};
use subrosa_core::confidence::Confidence;
use subrosa_core::detector::Detector;
use subrosa_core::policy::OnUnread;
use subrosa_documents::formats::sniff;
use subrosa_documents::{Document, Refusal, Source};
use subrosa_vault::Vault;
use subrosa_vault::audit::Anchor;

use crate::args::{Detection, Means, threshold};
use crate::audit::record::{self, Who};
use crate::engine;
use crate::exit::Exit;
use crate::output::Draft;
use crate::read;
use crate::redact::on_unread;
use crate::terminal::{say, visible};
use crate::unlock;
use crate::walk::{Input, Item, walk};

/// The arguments of `plan`.
#[derive(Args)]
#[command(after_help = AFTER)]
pub struct PlanArgs {
    /// The document, or - for stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where the plan goes, - for stdout
    #[arg(long, short, value_name = "PLAN")]
    output: PathBuf,

    /// Write a page to decide on in a browser, instead of JSON; also where PLAN ends in .html. It works without a network
    #[arg(long)]
    html: bool,

    /// Leave out the document's text: places and offsets only
    #[arg(long, conflicts_with = "html")]
    no_text: bool,

    /// List near misses from this confidence on, 0.25 at least
    #[arg(long, value_name = "NUMBER", value_parser = threshold, default_value = "0.3")]
    near: Confidence,

    /// Leave findings below this confidence undecided: the plan is applied only when each is decided
    #[arg(long, value_name = "NUMBER", value_parser = threshold)]
    ask_below: Option<Confidence>,

    #[command(flatten)]
    detection: Detection,

    #[command(flatten)]
    means: Means,

    /// What to do with parts nobody could read, instead of the policy's choice: fail, remove, blank, keep
    #[arg(long, value_name = "ACTION", value_parser = on_unread)]
    on_unread: Option<OnUnread>,

    /// The audit log of the vault, which codes are written into; VAULT.audit.jsonl beside it when not given
    #[arg(long, value_name = "FILE", requires = "vault")]
    audit: Option<PathBuf>,

    /// On what ground, for the audit log. Name no person in it
    #[arg(long, value_name = "TEXT", requires = "vault")]
    reason: Option<String>,

    /// Replace the output if it is already there
    #[arg(long)]
    force: bool,

    /// Name that tells the format of stdin
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

const AFTER: &str = "\
The plan holds text of the document, since a person has to see it: only its owner may read the file.
`subrosa apply` carries it out, on the same document, under the same policy.
Exit codes: 0 written, 1 written with findings undecided, 2 usage or I/O error, 3 document refused.";

/// Runs `plan`.
///
/// # Errors
/// Usage errors, files that cannot be read or written.
pub fn run(args: &PlanArgs) -> anyhow::Result<Exit> {
    let mut engine = engine::new(&args.detection)?;
    let vault = engine::entrust(&mut engine, &args.means)?;
    let vault = vault.as_deref();
    let who = Who::new(vault.map(Vault::role), args.reason.clone())?;
    let log = vault.map(|vault| unlock::log(vault.location(), args.audit.as_deref())).transpose()?;
    if let (Some(vault), Some(log)) = (vault, &log) {
        unlock::check(log, vault)?;
    }
    if let Some(on_unread) = args.on_unread {
        engine.policy = engine.policy.with_on_unread(on_unread);
    }
    let least = args.near.min(engine.policy.lowest_threshold());
    let wide = Detector::new(&engine::options(&args.detection, least)?);
    let wishes = Wishes { wide: &wide, ask_below: args.ask_below.unwrap_or(Confidence::NONE), text: !args.no_text };
    let walked = walk(std::slice::from_ref(&args.file), args.stdin_filename.as_deref(), None)?;
    let [item] = walked.items.as_slice() else { anyhow::bail!("a plan is of one document; {} is a folder", args.file.display()) };
    let bytes = read::whole(item, engine.longest).with_context(|| format!("cannot read {}", item.display()))?;
    let name = item.relative.to_string_lossy();
    let read = bytes.as_deref().ok_or_else(|| read::too_long(engine.longest)).and_then(|bytes| {
        let source = Source::new(bytes, &name).with(engine.aids());
        let (format, document) = read(&engine, &source)?;
        let plan = subrosa::plan::plan(&engine, &wishes, &source, format, &document)?;
        Ok((plan, document))
    });
    let (plan, document) = match read {
        Ok(made) => made,
        Err(refusal) => return Ok(refused(item, &refusal)),
    };
    let out = (args.output.as_os_str() != "-").then_some(args.output.as_path());
    if let (Input::File(input), Some(Ok(out))) = (&item.input, out.map(Path::canonicalize)) {
        anyhow::ensure!(input.canonicalize().ok() != Some(out), "{} is the input; choose another output", input.display());
    }
    let named = args.output.extension().is_some_and(|end| end.eq_ignore_ascii_case("html") || end.eq_ignore_ascii_case("htm"));
    if let (Some(vault), Some(log)) = (vault, &log) {
        vault.flush().with_context(|| vault.location().to_string())?;
        let anchor: &dyn Anchor = vault;
        log.append(record::of_plan(&who, &plan), vault.signer().key(), Some(anchor)).context("the audit log")?;
    }
    let bytes = if args.html || named && !args.no_text {
        page::page(&plan, &document)?.into_bytes()
    } else {
        let mut json = serde_json::to_vec_pretty(&plan)?;
        json.push(b'\n');
        json
    };
    write(out, &bytes, args.force).with_context(|| format!("cannot write {}", args.output.display()))?;
    Ok(tell(&plan, out, wishes.text))
}

fn refused(item: &Item, refusal: &Refusal) -> Exit {
    say(format_args!("refused {}: {}", item.display(), visible(&refusal.to_string())));
    Exit::Refused
}

fn read(engine: &Engine, source: &Source<'_>) -> Result<(&'static str, Document), Refusal> {
    let format = sniff(source)?;
    Ok((format.id(), format.read(source, &engine.limits)?))
}

/// Writes for the owner's eyes only.
fn write(out: Option<&Path>, bytes: &[u8], force: bool) -> std::io::Result<()> {
    let mut draft = out.map_or_else(Draft::of_stdout, Draft::of_file)?;
    draft.write_all(bytes)?;
    // Drafts are made for the owner only.
    draft.commit(force, None).map(drop)
}

/// Says what there is to decide.
fn tell(plan: &PlanFile, out: Option<&Path>, text: bool) -> Exit {
    for unread in &plan.unread {
        say(format_args!("not inspected: {}: {}", visible(&unread.part), visible(&unread.reason)));
    }
    let count = |wanted: &dyn Fn(&Planned) -> bool| plan.findings.iter().filter(|planned| wanted(planned)).count();
    let of = |action| count(&|planned| planned.origin == Origin::Found && planned.decision.action == action);
    let undecided = of(Action::Undecided);
    let near = count(&|planned| planned.origin == Origin::Near);
    say(format_args!(
        "{} to redact, {} to keep, {undecided} undecided; {near} near misses",
        of(Action::Redact),
        of(Action::Keep)
    ));
    if let (Some(out), true) = (out, text) {
        say(format_args!(
            "{} holds text of the document: only you can read it (mode 600); remove it when it is done",
            out.display()
        ));
    }
    if undecided > 0 { Exit::Findings } else { Exit::Clean }
}
