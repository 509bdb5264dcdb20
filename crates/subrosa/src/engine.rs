//! Detector, policy and what is known, ready for documents.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use subrosa_core::apply::Applier;
use subrosa_core::case::{self, CaseSheet, Consent, Date};
use subrosa_core::detector::{Detector, Options};
use subrosa_core::entity::Entity;
use subrosa_core::finding::Finding;
use subrosa_core::key::Key;
use subrosa_core::lists::DenyList;
use subrosa_core::operators::Leaves;
use subrosa_core::policy::Policy;
use subrosa_core::policy::law::Breach;
use subrosa_core::policy::parameters::ParameterError;
use subrosa_core::report::{CaseUsed, ConsentUsed};
use subrosa_core::secrets::{Needs, Secrets};
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;
use subrosa_core::store::Store;
use subrosa_documents::ocr::Ocr;
use subrosa_documents::{Aids, Limits, Refusal};

/// [`Engine::longest`] unless the user says otherwise: 128 MiB. Memory comes to six times as much at worst.
pub const LONGEST: u64 = 128 << 20;

/// Detector, policy and limits. Shared by all threads.
pub struct Engine {
    /// What to do with findings.
    pub policy: Policy,
    /// How much of the machine one document may take.
    pub limits: Limits,
    /// Most bytes of a file that has to be read as a whole.
    pub longest: u64,
    /// Makes keyed pseudonyms.
    pub key: Option<Key>,
    /// Keeps codes.
    pub store: Option<Arc<dyn Store + Send + Sync>>,
    /// Reads pictures.
    pub ocr: Option<Box<dyn Ocr>>,
    /// Tried on encrypted documents.
    pub passwords: Vec<String>,
    /// Whether [`Output::removed`](crate::Output::removed) is made: what brings the values back.
    pub records: bool,
    /// Tells how long detection takes. The libraries have no clock of their own.
    pub clock: Option<fn() -> Duration>,
    denies: bool,
    case: Option<Arc<CaseSheet>>,
    consents: Vec<Consent>,
    /// The client, for dates that are shifted; empty when there is no case sheet.
    subject: String,
    /// Whether only some entities are looked for.
    partial: bool,
    detector: Detector,
    detect_nanos: AtomicU64,
}

/// Why a policy cannot be kept to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unfit {
    /// Parameters that the policy does not take, or needs.
    #[error(transparent)]
    Parameters(#[from] ParameterError),
    /// The policy lets stay what its law lists.
    #[error("policy {policy}: {breach}")]
    Unlawful {
        /// The policy.
        policy: String,
        /// What is wrong.
        breach: Breach,
    },
    /// Only some entities are looked for.
    #[error("policy {policy}: looking for some entities only would let others stay that {basis} lists")]
    Partial {
        /// The policy.
        policy: String,
        /// Its law.
        basis: String,
    },
    /// Nothing in the case sheet lets the recipient have more.
    #[error("no consent in the case sheet is for them and still holds; without it nothing more may stay")]
    NoConsent,
    /// An operator has no key or no store.
    #[error("policy {policy}: the operator `{operator}` of {whose} needs {}", match needs { Needs::Key => "a key", Needs::Store => "a vault", Needs::Nothing => "nothing" })]
    Lacking {
        /// The policy.
        policy: String,
        /// The operator.
        operator: &'static str,
        /// Its entity, or `all other entities`.
        whose: String,
        /// What it needs.
        needs: Needs,
    },
}

impl Engine {
    /// A policy and a detector with `options`. The least confidence that the detector gives is that of the options.
    pub fn new(policy: Policy, options: &Options) -> Self {
        Self {
            policy,
            limits: Limits::default(),
            longest: LONGEST,
            key: None,
            store: None,
            ocr: None,
            passwords: Vec::new(),
            records: false,
            clock: None,
            denies: !options.deny.is_empty() || options.case.is_some(),
            case: options.case.clone(),
            consents: Vec::new(),
            subject: options.case.as_ref().and_then(|case| case.client()).map(case::Person::identity).unwrap_or_default(),
            partial: !options.entities.is_empty(),
            detector: Detector::new(options),
            detect_nanos: AtomicU64::new(0),
        }
    }

    /// Gives the policy its parameters, and sees that its law allows what is asked.
    ///
    /// # Errors
    /// [`Unfit`]; the engine is then as it was.
    pub fn parametrise(&mut self, given: &BTreeMap<String, String>) -> Result<(), Unfit> {
        let policy = self.policy.clone().with_parameters(given)?;
        let name = || policy.name().to_owned();
        policy.lint().map_err(|breach| Unfit::Unlawful { policy: name(), breach })?;
        if let Some(law) = policy.law().filter(|law| self.partial && law.list.is_some()) {
            return Err(Unfit::Partial { policy: name(), basis: law.basis.clone() });
        }
        self.policy = policy;
        Ok(())
    }

    /// Says who is to have the documents: what the case sheet lets them have on that day stays.
    ///
    /// # Errors
    /// [`Unfit::NoConsent`].
    pub fn address(&mut self, recipient: &str, today: Date) -> Result<(), Unfit> {
        if let Some(case) = &self.case {
            self.consents = case.in_force(recipient, today);
        }
        if self.consents.is_empty() { Err(Unfit::NoConsent) } else { Ok(()) }
    }

    /// Sees that every operator has what it needs.
    ///
    /// # Errors
    /// [`Unfit::Lacking`].
    pub fn ready(&self) -> Result<(), Unfit> {
        let Some((entity, treatment)) = self.policy.lacking(&self.secrets()) else { return Ok(()) };
        Err(Unfit::Lacking {
            policy: self.policy.name().to_owned(),
            operator: treatment.operator.id(),
            whose: entity.map_or("all other entities", Entity::id).to_owned(),
            needs: treatment.operator.needs(),
        })
    }

    /// Whether the user named terms that have to go, by a list or a case sheet.
    pub fn denies(&self) -> bool {
        self.denies
    }

    /// Has somebody told of every stretch of text that the detector has read, by its length in bytes.
    pub fn tell(&mut self, tell: fn(usize)) {
        self.detector.tell(tell);
    }

    /// What is known of the people.
    pub fn case(&self) -> Option<&CaseSheet> {
        self.case.as_deref()
    }

    /// The keys and codes of the run.
    pub fn secrets(&self) -> Secrets<'_> {
        let store = self.store.as_ref().map(|store| store.as_ref() as &dyn Store);
        Secrets { key: self.key.as_ref(), store, subject: &self.subject }
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
        Aids { ocr: self.ocr.as_deref(), passwords: &self.passwords }
    }

    /// Everything the detector finds, whatever the policy's thresholds.
    pub fn detect(&self, segments: &[Segment]) -> Vec<Vec<Finding>> {
        let start = self.clock.map(|clock| clock());
        let findings = self.detector.detect(segments);
        if let (Some(clock), Some(start)) = (self.clock, start) {
            self.detect_nanos.fetch_add(clock().saturating_sub(start).as_nanos() as u64, Ordering::Relaxed);
        }
        findings
    }

    /// The terms that the user denied.
    pub fn denied(&self) -> &DenyList {
        self.detector.denied()
    }

    /// Where a text holds, as words of their own, what the user named and nothing lets stay: terms of the deny list; of the
    /// case sheet, what the policy never keeps, if there is no consent.
    pub fn listed(&self, text: &str) -> Vec<Span> {
        let goes = |entity: &Entity| {
            let treatments = &mut self.policy.rule(entity).treatments();
            treatments.all(|treatment| treatment.operator.leaves() < Leaves::Value)
        };
        let known = self.detector.known(text).filter(|(_, entity)| self.consents.is_empty() && goes(entity));
        self.denied().words(text).chain(known.map(|(span, _)| span)).collect()
    }

    /// The findings that the policy would act on, kept ones too.
    pub fn find(&self, segments: &[Segment]) -> Vec<Vec<Finding>> {
        let mut findings = self.detect(segments);
        for of_segment in &mut findings {
            of_segment.retain(|finding| finding.confidence >= self.policy.threshold(&finding.entity));
        }
        findings
    }

    /// Time spent in the detector, over all threads; nothing without a clock.
    pub fn detect_time(&self) -> Duration {
        Duration::from_nanos(self.detect_nanos.load(Ordering::Relaxed))
    }

    /// What refuses a file that has to be read as a whole and is longer than this engine takes.
    pub fn too_long(&self) -> Refusal {
        Refusal::Limit(format!("a file of its kind is read as a whole, and has more than {} MiB", self.longest >> 20))
    }
}
