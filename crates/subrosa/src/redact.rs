//! One document: read, detect, apply, write, verify. Bytes in, bytes out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};
use subrosa_core::apply::{Tally, Untreated};
use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::report::{self, FileReport, Findings, RefusalReport, Unread, Verdict};
use subrosa_core::restore::{self, Removed};
use subrosa_documents::formats::sniff;
use subrosa_documents::verify::{Listed, Verified, verify_listed};
use subrosa_documents::view::Rectangle;
use subrosa_documents::{Document, Format, Refusal, Source};

use crate::engine::Engine;
use subrosa_core::hex::hex;

/// What became of a document.
pub struct Redacted {
    /// Everything but the path.
    pub report: FileReport,
    /// The redacted document, or why there is none.
    pub output: Result<Output, Refusal>,
}

/// A redacted document.
pub struct Output {
    /// The document.
    pub bytes: Vec<u8>,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// What is no longer in it, to bring it back; empty unless the engine keeps records.
    pub removed: Vec<Removed>,
}

/// Said of a document whose [`Decided::proof`] cannot be written.
const UNPROVEN: &str = "of values that are removed in one place and kept in another only the text was searched, not raw parts";

/// Decides what is to change in a document that was read.
pub trait Decide: Sync {
    /// The edits, and what they come from.
    ///
    /// # Errors
    /// A [`Refusal`] where this document is not to be written.
    fn decide(&self, source: &Source<'_>, document: &Document) -> Result<Decided, Refusal>;

    /// Whether a person looked at the parts that the program could not read, and said what of them has to go: they are then no
    /// reason to refuse the document.
    fn looked(&self) -> bool {
        false
    }
}

/// What is to change in a document.
pub struct Decided {
    /// `edits[i]` belongs to segment `i`, sorted and disjoint.
    pub edits: Vec<Vec<Edit>>,
    /// The findings behind them, kept ones too.
    pub tally: Tally,
    /// For the report, what a person should know of the decisions.
    pub notes: Vec<String>,
    /// What a person wants painted over on pages and pictures.
    pub areas: Vec<Rectangle>,
    /// Where values go in one place and stay in another: the edits that remove them everywhere. Raw parts cannot tell a copy
    /// that should be gone from one that was kept, so a document with these edits is written and verified first, and thrown
    /// away: what the format leaves behind of a removed value shows there.
    pub proof: Option<Vec<Vec<Edit>>>,
}

/// Its hash: the rest is text.
impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Output({})", hex(self.sha256))
    }
}

/// Detector and policy decide.
pub struct Automatic<'a>(pub &'a Engine);

impl Decide for Automatic<'_> {
    fn decide(&self, _: &Source<'_>, document: &Document) -> Result<Decided, Refusal> {
        let findings = self.0.detect(&document.segments);
        let mut applier = self.0.applier();
        let edits = applier.apply(&document.segments, &findings).map_err(|error| untreated(&error))?;
        Ok(Decided { edits, tally: applier.tally().clone(), notes: Vec::new(), areas: Vec::new(), proof: None })
    }
}

/// Redacts one document. A panic on the way, which is a bug here, refuses this document and no other.
///
/// The engine's aids are used, not those of `source`. Memory is up to six times the document.
pub fn redact(engine: &Engine, source: &Source<'_>, decide: &dyn Decide) -> Redacted {
    let source = source.with(engine.aids());
    redact_as(engine, &source, decide, || sniff(&source))
}

/// The report on a document of which nothing is known yet.
pub fn unwritten(path: String) -> FileReport {
    FileReport {
        path,
        verdict: Verdict::Refused,
        format: None,
        bytes_in: 0,
        bytes_out: None,
        sha256_in: None,
        sha256_out: None,
        encrypted: None,
        findings: Findings::default(),
        unread: Vec::new(),
        verified: None,
        notes: Vec::new(),
        refusal: None,
    }
}

/// As [`redact()`], with a format of the caller's choice.
fn redact_as<'f>(
    engine: &Engine,
    source: &Source<'_>,
    decide: &dyn Decide,
    format: impl FnOnce() -> Result<&'f dyn Format, Refusal>,
) -> Redacted {
    let mut report = unwritten(String::new());
    report.bytes_in = source.bytes.len() as u64;
    report.sha256_in = Some(hex(Sha256::digest(source.bytes)));
    let ended = catch_unwind(AssertUnwindSafe(|| {
        if report.bytes_in > engine.longest {
            return Err(engine.too_long());
        }
        let format = format()?;
        report.format = Some(format.id().to_owned());
        redacted(engine, source, decide, format, &mut report)
    }));
    let ended = ended.unwrap_or_else(|_| Err(stumbled()));
    match ended {
        Ok(output) => {
            let (bytes, removed) = output;
            let sha256 = Sha256::digest(&bytes).into();
            report.bytes_out = Some(bytes.len() as u64);
            report.sha256_out = Some(hex(sha256));
            Redacted { report, output: Ok(Output { bytes, sha256, removed }) }
        }
        Err(refusal) => {
            report.verdict = Verdict::Refused;
            Redacted { report, output: Err(refusal) }
        }
    }
}

fn redacted(
    engine: &Engine,
    source: &Source<'_>,
    decide: &dyn Decide,
    format: &dyn Format,
    report: &mut FileReport,
) -> Result<(Vec<u8>, Vec<Removed>), Refusal> {
    let mut document = format.read(source, &engine.limits)?;
    report.unread =
        document.unread.iter().map(|unread| Unread { part: unread.part.clone(), reason: unread.reason.clone() }).collect();
    document.settle(if decide.looked() { OnUnread::Keep } else { engine.policy.on_unread() })?;
    let Decided { edits, tally, mut notes, areas, proof } = decide.decide(source, &document)?;
    report.findings = Findings::from(&tally);
    if !document.body.cover(&areas) {
        return Err(Refusal::Plan("areas cannot be painted over in this document, or lie outside it".to_owned()));
    }
    let listed = |text: &str| engine.listed(text);
    let listed = engine.denies().then_some(&listed as &Listed<'_>);
    if let Some(proof) = proof {
        match document.body.write(&proof) {
            Ok(output) => {
                verify_listed(format, &document, &proof, &Source { bytes: &output, ..*source }, &engine.limits, listed)?;
            }
            // A place that cannot be edited is no reason to refuse to keep it.
            Err(_) => notes.push(UNPROVEN.to_owned()),
        }
    }
    let output = document.body.write(&edits)?;
    report.notes = document.body.notes();
    report.notes.extend(notes);
    // What is read again needs the room.
    document.spend();
    let verified = verify_listed(format, &document, &edits, &Source { bytes: &output, ..*source }, &engine.limits, listed)?;
    report.verified = Some(reported(&verified));
    report.verdict = verdict(!areas.is_empty() || edits.iter().any(|edits| !edits.is_empty()), &tally);
    let removed = if engine.records { restore::record(&document.segments, &edits) } else { Vec::new() };
    Ok((output, removed))
}

/// For the report, what was searched.
pub fn reported(verified: &Verified) -> report::Verified {
    let Verified { segments, parts, values } = *verified;
    report::Verified { segments: segments as u64, parts: parts as u64, values: values as u64 }
}

/// The verdict on a document that is written.
pub fn verdict(edited: bool, tally: &Tally) -> Verdict {
    match (edited, tally.findings()) {
        (true, _) => Verdict::Redacted,
        (false, 0) => Verdict::Clean,
        (false, _) => Verdict::Kept,
    }
}

/// A value that could not be treated refuses its document.
pub fn untreated(error: &Untreated) -> Refusal {
    Refusal::Untreated(error.to_string())
}

/// What refuses a document when the program stumbles over it.
pub fn stumbled() -> Refusal {
    Refusal::Internal("the program stumbled over this file".to_owned())
}

/// For the report, a refusal.
pub fn refusal_report(refusal: &Refusal) -> RefusalReport {
    RefusalReport { kind: refusal.kind().to_owned(), reason: refusal.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use subrosa_core::detector::Options;
    use subrosa_core::entity::Entity;
    use subrosa_core::policy::Policy;
    use subrosa_core::segment::Segment;
    use subrosa_core::span::Span;
    use subrosa_documents::{Body, Limits, Part, UnreadPart};

    const CANARY: &str = "card 4111 1111 1111 1111";

    /// A format of one segment that goes wrong in one way.
    #[derive(Clone, Copy, PartialEq)]
    enum Faulty {
        PanicsReading,
        PanicsWriting,
        ForgetsEdits,
        HasUnread,
        CannotReadAgain,
        LeavesACopy,
    }

    struct Whole(String, Faulty);

    impl Body for Whole {
        fn place(&self, _: usize, _: Span) -> String {
            "everywhere".to_owned()
        }

        fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
            assert!(self.1 != Faulty::PanicsWriting, "stumbled over {}", self.0);
            let mut text = self.0.clone();
            for edit in edits.iter().flatten().rev().filter(|_| self.1 != Faulty::ForgetsEdits) {
                text.replace_range(edit.span.range(), &edit.replacement);
            }
            Ok(text.into_bytes())
        }
    }

    impl Format for Faulty {
        fn id(&self) -> &'static str {
            "faulty"
        }

        fn claims(&self, _: &Source<'_>) -> bool {
            true
        }

        fn read(&self, source: &Source<'_>, _: &Limits) -> Result<Document, Refusal> {
            let text = String::from_utf8_lossy(source.bytes).into_owned();
            assert!(*self != Faulty::PanicsReading, "stumbled over {text}");
            if *self == Faulty::CannotReadAgain && text.contains('[') {
                return Err(Refusal::damaged("line 1", "has a bracket"));
            }
            let unread = UnreadPart { part: "page 3".to_owned(), reason: "image only".to_owned() };
            let unread = if *self == Faulty::HasUnread { vec![unread] } else { Vec::new() };
            Ok(Document { segments: vec![Segment::new(text.as_str())], unread, body: Box::new(Whole(text, *self)) })
        }

        fn raw_parts(&self, source: &Source<'_>, _: &Limits) -> Result<Vec<Part>, Refusal> {
            let text = String::from_utf8_lossy(source.bytes).into_owned();
            let text = if *self == Faulty::LeavesACopy { format!("{text} {CANARY}") } else { text };
            Ok(vec![Part { name: "whole".to_owned(), text }])
        }
    }

    fn treated(faulty: Faulty, on_unread: OnUnread) -> Redacted {
        let policy = Policy::preset("redact").unwrap().with_on_unread(on_unread);
        let engine = Engine::new(policy, &Options::default());
        let source = Source::nameless(CANARY.as_bytes());
        redact_as(&engine, &source, &Automatic(&engine), || Ok(&faulty))
    }

    #[track_caller]
    fn refused(faulty: Faulty, kind: &str) {
        let Redacted { report, output } = treated(faulty, OnUnread::Fail);
        let refusal = refusal_report(&output.expect_err("refused"));
        assert_eq!(report.verdict, Verdict::Refused);
        assert_eq!((report.bytes_out, &report.sha256_out), (None, &None));
        assert_eq!(refusal.kind, kind, "{}", refusal.reason);
        assert!(!format!("{report:?} {refusal:?}").contains("1111"), "{report:?} {refusal:?}");
    }

    #[test]
    fn every_fault_of_a_format_refuses_the_file_without_its_text() {
        refused(Faulty::PanicsReading, "internal");
        refused(Faulty::PanicsWriting, "internal");
        refused(Faulty::CannotReadAgain, "damaged");
        refused(Faulty::HasUnread, "uninspectable");
        refused(Faulty::ForgetsEdits, "residue");
    }

    /// Removes the first of two cards and keeps the second.
    struct First {
        proven: bool,
    }

    impl Decide for First {
        fn decide(&self, _: &Source<'_>, document: &Document) -> Result<Decided, Refusal> {
            let edit = |start: usize| Edit {
                span: Span::new(start, start + 19),
                replacement: "[X]".to_owned(),
                entity: Entity::new("CREDIT_CARD"),
                operator: "label",
            };
            let starts: Vec<usize> = document.segments[0].text.match_indices("4111 ").map(|(at, _)| at).collect();
            let proof = self.proven.then(|| vec![starts.iter().map(|start| edit(*start)).collect()]);
            Ok(Decided {
                edits: vec![vec![edit(starts[0])]],
                tally: Tally::default(),
                notes: Vec::new(),
                areas: Vec::new(),
                proof,
            })
        }
    }

    #[test]
    fn a_copy_shows_although_the_value_is_kept_elsewhere() {
        let engine = Engine::new(Policy::preset("redact").unwrap(), &Options::default());
        let twice = format!("{CANARY} and {CANARY}");
        let source = Source::nameless(twice.as_bytes());
        let outcome = |faulty: &'static Faulty, proven| redact_as(&engine, &source, &First { proven }, || Ok(faulty)).output;
        assert_eq!(outcome(&Faulty::CannotReadAgain, true).unwrap_err().kind(), "damaged");
        assert_eq!(outcome(&Faulty::LeavesACopy, true).unwrap_err().kind(), "residue");
        assert!(outcome(&Faulty::LeavesACopy, false).is_ok(), "without the proof nobody could tell");
        assert_eq!(outcome(&Faulty::ForgetsEdits, true).unwrap_err().kind(), "residue");
        assert_eq!(outcome(&Faulty::PanicsWriting, true).unwrap_err().kind(), "internal");
    }

    #[test]
    fn what_is_listed_is_looked_for_where_no_segment_holds_it() {
        let sheet = "version = 1\n[[people]]\nrole = 'client'\nnames = ['Jane Card']\n";
        let case = std::sync::Arc::new(subrosa_core::case::CaseSheet::parse(sheet).unwrap());
        let outcome = |options: &Options| {
            let engine = Engine::new(Policy::preset("redact").unwrap(), options);
            let source = Source::nameless(b"nothing here");
            redact_as(&engine, &source, &Automatic(&engine), || Ok(&Faulty::LeavesACopy)).output.map(|output| output.bytes)
        };
        let denies = |term: &str| Options { deny: vec![term.to_owned()], ..Options::default() };
        assert_eq!(outcome(&Options::default()).unwrap(), b"nothing here");
        assert_eq!(outcome(&denies("car")).unwrap(), b"nothing here", "inside a longer word it is chance");
        assert_eq!(outcome(&denies("card")).unwrap_err().kind(), "residue");
        let knows = Options { case: Some(case), ..Options::default() };
        assert_eq!(outcome(&knows).unwrap(), b"nothing here", "the name has a capital");
    }

    #[test]
    fn unread_parts_stay_when_the_policy_says_so_and_are_named() {
        let Redacted { report, output } = treated(Faulty::HasUnread, OnUnread::Keep);
        assert_eq!(output.unwrap().bytes, b"card [CREDIT_CARD]");
        assert_eq!(report.verdict, Verdict::Redacted);
        assert_eq!(report.unread.len(), 1);
    }
}
