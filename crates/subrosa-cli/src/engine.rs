//! The engine that a command line asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use subrosa::{Engine, Unfit};
use subrosa_core::case::{CaseSheet, Date};
use subrosa_core::confidence::Confidence;
use subrosa_core::detector::Options;
use subrosa_core::key::Key;
use subrosa_core::policy::{PRESETS, Policy};
use subrosa_core::secrets::Needs;
use subrosa_core::store::Store;
use subrosa_documents::ocr::Ocr;
use subrosa_vault::Vault;
use zeroize::Zeroizing;

use crate::args::{Detection, Means, Reading, Running};
use crate::entities;
use crate::ocr::Tesseract;
use crate::terminal::visible;

/// What the vault's key is for in keyed operators.
pub const PURPOSE: &str = "operators";

/// What the arguments ask for.
///
/// # Errors
/// An unknown policy or entity, a policy file with a mistake, a list that cannot be read.
pub fn new(detection: &Detection) -> anyhow::Result<Engine> {
    let mut policy = load_policy(&detection.policy)?;
    if let Some(threshold) = detection.threshold {
        policy = policy.with_threshold(threshold);
    }
    let options = options(detection, policy.lowest_threshold())?;
    let Reading { no_ocr, ocr_language, password_file, max_file } = &detection.reading;
    let ocr = if *no_ocr { None } else { Tesseract::find(ocr_language.as_deref()) };
    if ocr.is_none() && ocr_language.is_some() {
        bail!("--ocr-language: the tesseract program is not installed");
    }
    let mut engine = Engine::new(policy, &options);
    engine.ocr = ocr.map(|ocr| Box::new(ocr) as Box<dyn Ocr>);
    engine.passwords = password_file.as_deref().map_or_else(|| Ok(Vec::new()), passwords)?;
    engine.clock = Some(clock);
    engine.longest = max_file << 20;
    // What a user lets in may also expand to more.
    engine.limits.expanded_bytes = engine.limits.expanded_bytes.max(engine.longest.saturating_mul(8));
    Ok(engine)
}

/// Gives the engine what the policy and its operators need, and gives back the vault, if one was opened.
///
/// # Errors
/// A file that holds no key; a policy with an operator that needs what was not given, or with parameters that nobody
/// gave; a threshold, parameter or choice of entities that breaks the law of the policy.
pub fn entrust(engine: &mut Engine, means: &Means) -> anyhow::Result<Option<Arc<Vault>>> {
    entrust_with(engine, means, &BTreeMap::new())
}

/// As [`entrust`], with the policy's parameters as an earlier step was given them.
///
/// # Errors
/// As [`entrust`].
pub fn entrust_with(
    engine: &mut Engine,
    means: &Means,
    parameters: &BTreeMap<String, String>,
) -> anyhow::Result<Option<Arc<Vault>>> {
    let mut given = BTreeMap::new();
    for (name, value) in &means.parameters {
        if given.insert(name.clone(), value.clone()).is_some() {
            bail!("--param {}: given twice", visible(name));
        }
    }
    for (name, value) in parameters {
        given.entry(name.clone()).or_insert_with(|| value.clone());
    }
    engine.parametrise(&given).map_err(said)?;
    if let Some(path) = &means.key_file {
        engine.key = Some(key(path)?);
    }
    let vault = if means.unlock.vault.is_some() { Some(Arc::new(means.unlock.open()?)) } else { None };
    if let Some(vault) = &vault {
        if engine.key.is_none() {
            engine.key = Some(vault.key(PURPOSE).with_context(|| vault.location().to_string())?);
        }
        engine.records = true;
        engine.store = Some(Arc::clone(vault) as Arc<dyn Store + Send + Sync>);
    }
    if let (Some(recipient), true) = (&means.recipient, engine.case().is_some()) {
        engine.address(recipient, today()).map_err(said)?;
    }
    engine.ready().map_err(said)?;
    Ok(vault)
}

/// The flag that would help.
fn said(unfit: Unfit) -> anyhow::Error {
    match unfit {
        Unfit::Parameters(error) => anyhow::anyhow!("--param: {error}"),
        Unfit::Unlawful { policy, breach } => anyhow::Error::new(breach).context(format!("policy {policy}")),
        Unfit::Partial { policy, basis } => {
            anyhow::anyhow!("policy {policy}: --entities would let others stay that {basis} lists")
        }
        Unfit::NoConsent => anyhow::anyhow!("--recipient: {unfit}"),
        Unfit::Lacking { needs: Needs::Key, .. } => anyhow::anyhow!("{unfit}: use --key-file or --vault"),
        Unfit::Lacking { .. } => anyhow::anyhow!("{unfit}: use --vault"),
        other => anyhow::Error::new(other),
    }
}

/// What a detector is to look for, down to `minimum`.
///
/// # Errors
/// An unknown entity, a list that cannot be read.
pub fn options(detection: &Detection, minimum: Confidence) -> anyhow::Result<Options> {
    let mut wanted = BTreeSet::new();
    for id in &detection.entities {
        wanted.insert(entities::parse(id.trim())?);
    }
    let case = detection.case.as_deref().map(case_sheet).transpose()?;
    Ok(Options { entities: wanted, minimum, deny: terms(&detection.deny)?, allow: terms(&detection.allow)?, case })
}

/// Time since the first call.
fn clock() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(now).elapsed()
}

/// The time.
pub fn now() -> Instant {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    Instant::now()
}

/// A preset, or else a file.
///
/// # Errors
/// Neither is there, or the file has a mistake; then the error says where.
pub fn load_policy(name: &str) -> anyhow::Result<Policy> {
    if let Some(policy) = Policy::preset(name) {
        return Ok(policy);
    }
    let path = Path::new(name);
    if !path.exists() {
        let presets: Vec<_> = PRESETS.iter().map(|preset| preset.name).collect();
        bail!("there is no policy `{name}`: neither a file nor one of {}", presets.join(", "));
    }
    let source = read_text(path)?;
    Policy::parse(&source, &entities::known()).with_context(|| format!("policy {name}"))
}

/// The key in a file.
///
/// # Errors
/// A file that cannot be read, or holds no key.
pub fn key(path: &Path) -> anyhow::Result<Key> {
    let text = Zeroizing::new(read_text(path)?);
    Key::parse(&text).with_context(|| path.display().to_string())
}

/// The case sheet in a file.
fn case_sheet(path: &Path) -> anyhow::Result<Arc<CaseSheet>> {
    let text = Zeroizing::new(read_text(path)?);
    let sheet = CaseSheet::parse(&text).with_context(|| format!("case sheet {}", path.display()))?;
    Ok(Arc::new(sheet))
}

/// The day, in universal time.
fn today() -> Date {
    #[allow(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Date::of_day((now.as_secs() / 86_400) as u32)
}

/// The lines of all files that are not blank. A byte order mark is no part of the first.
fn terms(paths: &[impl AsRef<Path>]) -> anyhow::Result<Vec<String>> {
    let mut terms = Vec::new();
    for path in paths {
        let text = read_text(path.as_ref())?;
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
        terms.extend(lines.map(str::to_owned));
    }
    Ok(terms)
}

/// The lines of a file, as they are: a password may begin or end with a space.
///
/// # Errors
/// A file that cannot be read.
pub fn passwords(path: &Path) -> anyhow::Result<Vec<String>> {
    let text = read_text(path)?;
    let lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    #[allow(clippy::disallowed_methods, reason = "the command line opens files")]
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        anyhow::anyhow!("{}: not UTF-8 at byte {valid}", path.display())
    })
}

/// A pool of threads with stacks deep enough for nested documents.
///
/// # Errors
/// The system gives no threads.
pub fn threads(running: &Running) -> anyhow::Result<rayon::ThreadPool> {
    rayon::ThreadPoolBuilder::new().num_threads(running.jobs).stack_size(16 << 20).build().context("cannot start threads")
}
