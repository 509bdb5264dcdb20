//! `subrosa explain`: what an entity is, or why each finding of a file was made.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use clap::Args;
use subrosa::Engine;
use subrosa_core::finding::Finding;
use subrosa_core::policy::Circumstances;
use subrosa_core::registry;
use subrosa_core::segment::Segment;
use subrosa_documents::Source;
use subrosa_documents::formats::sniff;

use crate::args::Detection;
use crate::engine;
use crate::exit::Exit;
use crate::terminal::visible;
use crate::walk::{Input, Item};
use crate::{entities, read};

/// The arguments of `explain`.
#[derive(Args)]
pub struct ExplainArgs {
    /// An entity such as PERSON, a file, or - for stdin
    #[arg(value_name = "ENTITY|FILE")]
    what: PathBuf,

    #[command(flatten)]
    detection: Detection,

    /// Print the values found, too
    #[arg(long)]
    show_values: bool,

    /// Name that tells the format of stdin
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<String>,
}

/// Runs `explain`.
///
/// # Errors
/// Neither an entity nor a file that can be read.
pub fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let named = args.what.to_str().filter(|name| entities::known().contains(name));
    match named {
        Some(id) if !args.what.exists() => entity(id, args, &mut out)?,
        _ => file(args, &mut out)?,
    }
    out.flush().context("cannot write")?;
    Ok(Exit::Clean)
}

fn entity(id: &str, args: &ExplainArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let engine = engine::new(&args.detection)?;
    let entity = entities::parse(id)?;
    writeln!(out, "{id}: {}", entities::summaries().get(id).copied().unwrap_or_default())?;
    for recognizer in registry::all().iter().filter(|recognizer| recognizer.info().entity == entity) {
        let info = recognizer.info();
        if !info.context.is_empty() {
            writeln!(out, "  words that speak for it: {}", info.context.join(", "))?;
        }
        if !info.negative_context.is_empty() {
            writeln!(out, "  words that speak against it: {}", info.negative_context.join(", "))?;
        }
        for example in info.hits {
            writeln!(out, "  found: {}", visible(example))?;
        }
        for example in info.misses {
            writeln!(out, "  not found: {}", visible(example))?;
        }
    }
    let (policy, operator) = (engine.policy.name(), engine.policy.rule(&entity).treatment.operator);
    let threshold = engine.policy.threshold(&entity);
    writeln!(out, "  policy {policy}: {} from confidence {threshold}. {}", operator.id(), operator.description())?;
    Ok(())
}

fn file(args: &ExplainArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let stdin = args.what.as_os_str() == "-";
    if !stdin && !args.what.exists() {
        let known = entities::known().join(", ");
        return Err(anyhow!("{} is neither a file nor an entity; there are {known}", args.what.display()));
    }
    let engine = engine::new(&args.detection)?;
    let name = if stdin { args.stdin_filename.clone().unwrap_or_default() } else { args.what.to_string_lossy().into_owned() };
    let input = if stdin { Input::Stdin } else { Input::File(args.what.clone()) };
    let item = Item { input, relative: name.clone().into(), argument: 0 };
    let bytes = read::bytes(&item).with_context(|| format!("cannot read {}", args.what.display()))?;
    let source = Source::new(&bytes, &name).with(engine.aids());
    let document =
        sniff(&source).and_then(|format| format.read(&source, &engine.limits)).map_err(|refusal| anyhow!("{refusal}"))?;
    for unread in &document.unread {
        writeln!(out, "not inspected: {}: {}", visible(&unread.part), visible(&unread.reason))?;
    }
    let findings = engine.detect(&document.segments);
    for (index, (segment, findings)) in document.segments.iter().zip(&findings).enumerate() {
        for finding in findings {
            let place = document.body.place(index, finding.span);
            let value = args.show_values.then(|| visible(segment.text.get(finding.span.range()).unwrap_or_default()));
            let value = value.map(|value| format!(" {value}")).unwrap_or_default();
            writeln!(out, "{}: {} {}{value}", visible(&place), finding.entity, finding.confidence)?;
            explain(&engine, segment, finding, out)?;
        }
    }
    Ok(())
}

fn explain(engine: &Engine, segment: &Segment, finding: &Finding, out: &mut impl Write) -> anyhow::Result<()> {
    for (weight, reason) in finding.explanation.reasons() {
        writeln!(out, "{weight:>6} {reason}")?;
    }
    let threshold = engine.policy.threshold(&finding.entity);
    let plain = Circumstances::plain(&finding.entity, finding.confidence);
    let operator = engine.policy.rule_for(&Circumstances { labels: &segment.labels, ..plain }).operator.id();
    if finding.confidence >= threshold {
        writeln!(out, "  => {operator} (threshold {threshold})")?;
    } else {
        writeln!(out, "  => nothing: below the threshold {threshold}")?;
    }
    Ok(())
}
