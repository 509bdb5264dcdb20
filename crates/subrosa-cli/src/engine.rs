//! The detector and the policy that a command line asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use subrosa_core::apply::Applier;
use subrosa_core::case::{self, CaseSheet, Consent, Date};
use subrosa_core::confidence::Confidence;
use subrosa_core::detector::{Detector, Options};
use subrosa_core::entity::Entity;
use subrosa_core::finding::Finding;
use subrosa_core::key::Key;
use subrosa_core::lists::DenyList;
use subrosa_core::policy::{PRESETS, Policy};
use subrosa_core::report::{CaseUsed, ConsentUsed};
use subrosa_core::secrets::{Needs, Secrets};
use subrosa_core::segment::Segment;
use subrosa_core::store::Store;
use subrosa_documents::ocr::Ocr;
use subrosa_documents::{Aids, Limits};
use subrosa_vault::Vault;
use zeroize::Zeroizing;

use crate::args::{Detection, Means, Reading, Running};
use crate::entities;
use crate::ocr::Tesseract;
use crate::terminal::visible;

/// [`Engine::longest`] unless the user says otherwise: 128 MiB. Memory comes to six times as much at worst.
pub const LONGEST: u64 = 128 << 20;

/// What the vault's key is for in keyed operators.
pub const PURPOSE: &str = "operators";

/// Detector, policy and limits. Shared by all threads.
pub struct Engine {
    /// What to do with findings.
    pub policy: Policy,
    /// How much of the machine one document may take.
    pub limits: Limits,
    /// Most bytes of a file that has to be read as a whole.
    pub longest: u64,
    /// Whether the user named terms that have to go, by a list or a case sheet.
    pub denies: bool,
    /// What is known of the people.
    case: Option<Arc<CaseSheet>>,
    /// What may stay for the recipient.
    consents: Vec<Consent>,
    /// The client, for dates that are shifted; empty when there is no case sheet.
    subject: String,
    /// Whether only some entities are looked for.
    partial: bool,
    key: Option<Key>,
    vault: Option<Vault>,
    ocr: Option<Tesseract>,
    passwords: Vec<String>,
    detector: Detector,
    detect_nanos: AtomicU64,
}

impl Engine {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// An unknown policy or entity, a policy file with a mistake, a list that cannot be read.
    pub fn new(detection: &Detection) -> anyhow::Result<Self> {
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
        let passwords = password_file.as_deref().map_or_else(|| Ok(Vec::new()), passwords)?;
        let mut engine = Self { ocr, passwords, ..Self::with(policy, &options) };
        engine.longest = max_file << 20;
        // What a user lets in may also expand to more.
        engine.limits.expanded_bytes = engine.limits.expanded_bytes.max(engine.longest.saturating_mul(8));
        Ok(engine)
    }

    /// A policy and a detector with `options`.
    pub fn with(policy: Policy, options: &Options) -> Self {
        let denies = !options.deny.is_empty() || options.case.is_some();
        let partial = !options.entities.is_empty();
        let detector = Detector::new(options);
        Self {
            policy,
            limits: Limits::default(),
            longest: LONGEST,
            denies,
            case: options.case.clone(),
            consents: Vec::new(),
            subject: options.case.as_ref().and_then(|case| case.client()).map(case::Person::identity).unwrap_or_default(),
            partial,
            key: None,
            vault: None,
            ocr: None,
            passwords: Vec::new(),
            detector,
            detect_nanos: AtomicU64::new(0),
        }
    }

    /// Takes what the policy and its operators need.
    ///
    /// # Errors
    /// A file that holds no key; a policy with an operator that needs what was not given, or with parameters that nobody
    /// gave; a threshold, parameter or choice of entities that breaks the law of the policy.
    pub fn entrust(&mut self, means: &Means) -> anyhow::Result<()> {
        self.entrust_with(means, &BTreeMap::new())
    }

    /// As [`entrust`](Self::entrust), with the policy's parameters as an earlier step was given them.
    ///
    /// # Errors
    /// As [`entrust`](Self::entrust).
    pub fn entrust_with(&mut self, means: &Means, parameters: &BTreeMap<String, String>) -> anyhow::Result<()> {
        let mut given = BTreeMap::new();
        for (name, value) in &means.parameters {
            if given.insert(name.clone(), value.clone()).is_some() {
                bail!("--param {}: given twice", visible(name));
            }
        }
        for (name, value) in parameters {
            given.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let policy = self.policy.clone().with_parameters(&given).map_err(|error| anyhow::anyhow!("--param: {error}"))?;
        policy.lint().with_context(|| format!("policy {}", policy.name()))?;
        if let Some(law) = policy.law().filter(|law| self.partial && law.list.is_some()) {
            bail!("policy {}: --entities would let others stay that {} lists", policy.name(), law.basis);
        }
        self.policy = policy;
        if let Some(path) = &means.key_file {
            self.take_key(path)?;
        }
        if means.unlock.vault.is_some() {
            let vault = means.unlock.open()?;
            if self.key.is_none() {
                self.key = Some(vault.key(PURPOSE).with_context(|| vault.path().display().to_string())?);
            }
            self.vault = Some(vault);
        }
        if let (Some(recipient), Some(case)) = (&means.recipient, &self.case) {
            self.consents = case.in_force(recipient, today());
            if self.consents.is_empty() {
                bail!("--recipient: no consent in the case sheet is for them and still holds; without it nothing more may stay");
            }
        }
        if let Some((entity, treatment)) = self.policy.lacking(&self.secrets()) {
            let whose = entity.map_or("all other entities", Entity::id);
            let flag = match treatment.operator.needs() {
                Needs::Key => "a key: use --key-file or --vault",
                Needs::Store => "a vault: use --vault",
                Needs::Nothing => "nothing",
            };
            bail!("policy {}: the operator `{}` of {whose} needs {flag}", self.policy.name(), treatment.operator.id());
        }
        Ok(())
    }

    /// Takes the key in a file.
    ///
    /// # Errors
    /// It holds none.
    pub fn take_key(&mut self, path: &Path) -> anyhow::Result<()> {
        self.key = Some(key(path)?);
        Ok(())
    }

    /// What is known of the people.
    pub fn case(&self) -> Option<&CaseSheet> {
        self.case.as_deref()
    }

    /// The keys and codes of the run.
    pub fn secrets(&self) -> Secrets<'_> {
        let store = self.vault.as_ref().map(|vault| vault as &dyn Store);
        Secrets { key: self.key.as_ref(), store, subject: &self.subject }
    }

    /// The vault, if one was opened.
    pub fn vault(&self) -> Option<&Vault> {
        self.vault.as_ref()
    }

    /// A fresh applier for one document.
    pub fn applier(&self) -> Applier<'_> {
        let applier = Applier::new(&self.policy).avoiding(self.denied()).with(self.secrets());
        match &self.case {
            Some(case) => applier.about(case, &self.consents),
            None => applier,
        }
    }

    /// For the report, what the case sheet gave.
    pub fn case_used(&self) -> Option<CaseUsed> {
        let case = self.case.as_ref()?;
        let consents = self.consents.iter().map(|consent| ConsentUsed {
            recipient: consent.recipient.clone(),
            ground: consent.ground.clone(),
            until: consent.until.map(|until| until.to_string()),
            keep: consent.keep.iter().map(|entity| entity.id().to_owned()).collect(),
        });
        Some(CaseUsed { people: case.people().len() as u64, consents: consents.collect() })
    }

    /// Whether a finding is no guess: the user named the term.
    pub fn is_certain(finding: &Finding) -> bool {
        finding.entity == Entity::DENIED_TERM || finding.explanation.recognizer == case::RECOGNIZER
    }

    /// What helps to read documents.
    pub fn aids(&self) -> Aids<'_> {
        Aids { ocr: self.ocr.as_ref().map(|ocr| ocr as &dyn Ocr), passwords: &self.passwords }
    }

    /// Everything the detector finds, whatever the policy's thresholds.
    pub fn detect(&self, segments: &[Segment]) -> Vec<Vec<Finding>> {
        let start = now();
        let findings = self.detector.detect(segments);
        self.detect_nanos.fetch_add(start.elapsed().as_nanos() as u64, Ordering::Relaxed);
        findings
    }

    /// The terms that the user denied.
    pub fn denied(&self) -> &DenyList {
        self.detector.denied()
    }

    /// The findings that the policy would act on, kept ones too.
    pub fn find(&self, segments: &[Segment]) -> Vec<Vec<Finding>> {
        self.over_threshold(self.detect(segments))
    }

    fn over_threshold(&self, mut findings: Vec<Vec<Finding>>) -> Vec<Vec<Finding>> {
        for of_segment in &mut findings {
            of_segment.retain(|finding| finding.confidence >= self.policy.threshold(&finding.entity));
        }
        findings
    }

    /// Time spent in the detector, over all threads.
    pub fn detect_time(&self) -> Duration {
        Duration::from_nanos(self.detect_nanos.load(Ordering::Relaxed))
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
