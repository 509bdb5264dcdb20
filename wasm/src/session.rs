//! One set of options, for any number of texts and documents.

use serde::Serialize;
use subrosa::Engine;
#[cfg(feature = "documents")]
use subrosa::redact::Decided;
#[cfg(feature = "documents")]
use subrosa::{Automatic, Decide, Redacted, redact};
use subrosa_core::detector::Detector;
use subrosa_core::edit::Edit;
use subrosa_core::finding::Finding;
#[cfg(feature = "documents")]
use subrosa_core::report::{FileReport, PolicyUsed, Report, Tool};
use subrosa_core::restore;
use subrosa_core::segment::Segment;
#[cfg(feature = "documents")]
use subrosa_documents::{Document, Refusal, Source};

use crate::failure::Failure;
use crate::finding::{Found, found};
use crate::options::Options;
use crate::record;

/// A detector and a policy.
pub struct Session {
    /// Detector, policy and what is known.
    pub engine: Engine,
    /// What was asked for.
    pub options: Options,
    /// Finds near misses too, when they are wanted.
    wide: Option<Detector>,
}

/// As `TextResult` in `types.ts`.
#[derive(Serialize)]
pub struct TextResult {
    text: String,
    findings: Vec<Found>,
    record: String,
}

/// A document that was written and verified.
#[cfg(feature = "documents")]
pub struct Written {
    /// The document.
    pub bytes: Vec<u8>,
    /// The report of the command line, of this one file.
    pub report: Report,
    /// What brings the values back.
    pub record: String,
}

impl Session {
    /// Of JSON options.
    ///
    /// # Errors
    /// [`Failure`] `options`.
    pub fn new(options: &str) -> Result<Self, Failure> {
        let options = Options::parse(options)?;
        #[cfg_attr(not(feature = "documents"), expect(unused_mut))]
        let mut engine = options.engine()?;
        #[cfg(feature = "documents")]
        engine.tell(crate::progress::read);
        let near = options.near().filter(|near| *near < engine.policy.lowest_threshold());
        let wide = near.map(|near| options.detector(Some(near))).transpose()?.map(|options| Detector::new(&options));
        Ok(Self { engine, options, wide })
    }

    /// What is in a text; near misses too, if the options ask for them.
    ///
    /// # Errors
    /// [`Failure`] `untreated`.
    pub fn scan(&self, text: &str) -> Result<Vec<Found>, Failure> {
        let segments = [Segment::new(text)];
        let findings = match &self.wide {
            Some(wide) => wide.detect(&segments),
            None => self.engine.detect(&segments),
        };
        Ok(self.treated(&segments, findings)?.0)
    }

    /// A text with what the policy removes removed.
    ///
    /// # Errors
    /// [`Failure`] `untreated`.
    pub fn redact(&self, text: &str) -> Result<TextResult, Failure> {
        let segments = [Segment::new(text)];
        let (findings, edits) = self.treated(&segments, self.engine.detect(&segments))?;
        let record = record::write(&restore::record(&segments, std::slice::from_ref(&edits)));
        Ok(TextResult { text: edited(text, &edits), findings, record })
    }

    fn treated(&self, segments: &[Segment], mut findings: Vec<Vec<Finding>>) -> Result<(Vec<Found>, Vec<Edit>), Failure> {
        let edits = self.engine.applier().apply(segments, &findings)?.pop().unwrap_or_default();
        let findings = findings.pop().unwrap_or_default();
        let text = segments.first().map_or("", |segment| segment.text.as_str());
        Ok((found(&self.engine, text, &findings, &edits), edits))
    }
}

#[cfg(feature = "documents")]
impl Session {
    /// A document as `subrosa redact` writes it.
    ///
    /// # Errors
    /// A refusal.
    pub fn redact_file(&self, bytes: &[u8], name: &str) -> Result<Written, Failure> {
        self.written(self.redacted(bytes, name, &Told(&self.engine)), name)
    }

    /// A document as `decide` will have it.
    pub fn redacted(&self, bytes: &[u8], name: &str, decide: &dyn Decide) -> Redacted {
        redact(&self.engine, &Source::new(bytes, name), decide)
    }

    /// What became of a document.
    ///
    /// # Errors
    /// A refusal.
    pub fn written(&self, redacted: Redacted, name: &str) -> Result<Written, Failure> {
        let output = redacted.output?;
        let path = subrosa::names::redacted(&self.engine, std::path::Path::new(name)).to_string_lossy().into_owned();
        let report = self.report(FileReport { path, ..redacted.report });
        Ok(Written { bytes: output.bytes, report, record: record::write(&output.removed) })
    }

    /// The report on one file.
    fn report(&self, file: FileReport) -> Report {
        let tool = Tool { name: "subrosa".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        Report::new(tool, PolicyUsed::from(&self.engine.policy), true, vec![file]).with_case(self.engine.case_used())
    }

    /// Finds near misses from the confidence that the options ask for, or from 0.3.
    ///
    /// # Errors
    /// [`Failure`] `options`.
    pub fn wide(&self) -> Result<Detector, Failure> {
        let near = self.options.near().unwrap_or(NEAR).min(self.engine.policy.lowest_threshold());
        let mut wide = Detector::new(&self.options.detector(Some(near))?);
        wide.tell(crate::progress::read);
        Ok(wide)
    }
}

/// Detector and policy decide, and somebody is told how far they are.
#[cfg(feature = "documents")]
struct Told<'a>(&'a Engine);

#[cfg(feature = "documents")]
impl Decide for Told<'_> {
    fn decide(&self, source: &Source<'_>, document: &Document) -> Result<Decided, Refusal> {
        crate::progress::expect(&document.segments, 1);
        Automatic(self.0).decide(source, document)
    }
}

/// The least confidence of near misses in a review.
#[cfg(feature = "documents")]
const NEAR: subrosa_core::confidence::Confidence = subrosa_core::confidence::Confidence::new(300);

/// A text with edits made, which are sorted and disjoint.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        result.push_str(text.get(done..edit.span.start).unwrap_or_default());
        result.push_str(&edit.replacement);
        done = edit.span.end;
    }
    result.push_str(text.get(done..).unwrap_or_default());
    result
}
