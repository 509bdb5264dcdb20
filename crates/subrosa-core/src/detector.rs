//! The assembled pipeline from segments to findings.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::block::{Block, Label};
use crate::case::{CaseSheet, Finder};
use crate::cells::cells;
use crate::confidence::Confidence;
use crate::context::{self, ContextWords, Surroundings};
use crate::entity::Entity;
use crate::explanation::Explanation;
use crate::finding::Finding;
use crate::lexicon::{Lexicon, Lexicons};
use crate::lists::{AllowList, DenyList};
use crate::machine;
use crate::overlap;
use crate::placeholder;
use crate::plain::Plain;
use crate::propagate::{Mentions, propagate};
use crate::recognizer::{Proposal, Recognizer};
use crate::registry;
use crate::scan::Dispatch;
use crate::scoring;
use crate::segment::Segment;
use crate::span::Span;
use crate::tagger::{self, NameKind, Tagger};
use crate::token::tokenise;

/// Most bytes of text that are looked at together. Longer segments are cut at a paragraph, line or blank, so that memory
/// and cache use do not grow with the text.
const BLOCK: usize = 64 << 10;

/// Below this nothing is kept, whatever the options say: chance finds.
const FLOOR: Confidence = Confidence::new(250);

/// What a detector looks for.
#[derive(Clone, Default)]
pub struct Options {
    /// Only these entities; all when empty. Denied terms are always found.
    pub entities: BTreeSet<Entity>,
    /// Findings below this are dropped.
    pub minimum: Confidence,
    /// Terms that are always found, whatever stands around them.
    pub deny: Vec<String>,
    /// Terms that are never found. The deny list and the case sheet win.
    pub allow: Vec<String>,
    /// What is known of the people that the documents are about; always found.
    pub case: Option<Arc<CaseSheet>>,
}

/// Finds personal data. Built once (cheap: patterns compile when first needed), used from any number of threads.
pub struct Detector {
    recognizers: Vec<&'static dyn Recognizer>,
    context: Vec<ContextWords>,
    dispatch: Dispatch,
    /// Which of the tagger's entities are wanted.
    names: Vec<Entity>,
    minimum: Confidence,
    deny: DenyList,
    allow: AllowList,
    case: Finder,
    lexicons: Lexicons,
    tell: Option<fn(usize)>,
}

impl Detector {
    /// A detector for `options`, with all recognizers of the registry whose entity is wanted.
    pub fn new(options: &Options) -> Self {
        Self::with(registry::all(), options)
    }

    /// A detector with recognizers of the caller's choice.
    pub fn with(recognizers: &[&'static dyn Recognizer], options: &Options) -> Self {
        let wanted = |entity: &Entity| options.entities.is_empty() || options.entities.contains(entity);
        let recognizers: Vec<_> = recognizers.iter().copied().filter(|recognizer| wanted(&recognizer.info().entity)).collect();
        let minimum = options.minimum.max(FLOOR);
        Self {
            names: NameKind::ALL
                .iter()
                .map(|kind| kind.entity())
                .filter(|entity| recognizers.iter().any(|recognizer| recognizer.info().entity == *entity))
                .collect(),
            context: recognizers.iter().map(|recognizer| ContextWords::new(recognizer.info())).collect(),
            dispatch: Dispatch::new(&recognizers, minimum),
            recognizers,
            minimum,
            deny: DenyList::new(&options.deny),
            allow: AllowList::new(&options.allow),
            case: options.case.as_deref().map(Finder::new).unwrap_or_default(),
            lexicons: Lexicons::default(),
            tell: None,
        }
    }

    /// Has somebody told of every stretch of text that was read, by its length in bytes.
    pub fn tell(&mut self, tell: fn(usize)) {
        self.tell = Some(tell);
    }

    /// The terms that are always found.
    pub fn denied(&self) -> &DenyList {
        &self.deny
    }

    /// Where a text holds what the case sheet tells, as words of their own, and what it is. Nothing else is looked for.
    pub fn known(&self, text: &str) -> impl Iterator<Item = (Span, &Entity)> {
        self.case.words(text)
    }

    /// The findings of each segment of one document: `result[i]` belongs to `segments[i]`, sorted and disjoint.
    ///
    /// Detection never fails. Names accepted in one segment are found in all. Time is linear in the text.
    pub fn detect(&self, segments: &[Segment]) -> Vec<Vec<Finding>> {
        self.lexicons.with(|lexicon| self.detect_with(lexicon, segments))
    }

    fn detect_with(&self, lexicon: &Lexicon, segments: &[Segment]) -> Vec<Vec<Finding>> {
        let labels = LabelCache::new(segments);
        let bytes = segments.iter().map(|segment| segment.text.len()).sum();
        let mut mentions = Mentions::default();
        let mut tokens = Vec::new();
        let mut tagger = Tagger::new(tagger::model::builtin(), tagger::LEANING, bytes);
        let mut findings: Vec<Vec<Finding>> = Vec::with_capacity(segments.len());
        for (index, segment) in segments.iter().enumerate() {
            let mut found = Vec::new();
            let segment_labels: Vec<&Label> = labels.of(segment).collect();
            for span in blocks(&segment.text) {
                let plain = Plain::read(span.of(&segment.text), std::mem::take(&mut tokens), lexicon);
                mentions.note(index, span.start, &plain);
                if !segment.structural {
                    let place = |part: Span| plain.place(part).moved(span.start);
                    let block = Block::new(plain.text(), plain.tokens(), &segment_labels)
                        .with_lexicon(lexicon)
                        .with_notable(plain.notable());
                    self.detect_text(&block, &mut |finding| found.push(Finding { span: place(finding.span), ..finding }));
                    self.read_names(&mut tagger, &block, index, place);
                }
                tokens = plain.into_tokens();
                if let Some(tell) = self.tell {
                    tell(span.range().len());
                }
            }
            findings.push(found);
        }
        let addresses: Vec<Vec<Span>> = findings.iter().map(|found| addresses(found)).collect();
        for name in tagger.finish() {
            let finding = name.finding();
            if self.names.contains(&finding.entity)
                && finding.confidence >= self.minimum
                && !tagger::is_nobody(finding.span.of(&segments[name.segment].text))
                && !is_within(finding.span, &addresses[name.segment])
            {
                findings[name.segment].push(finding);
            }
        }
        propagate(segments, &mentions, &mut findings);
        for (segment, found) in segments.iter().zip(&mut findings) {
            let text = segment.text.as_str();
            placeholder::drop_inside(text, found);
            self.allow.drop_allowed(text, found);
            self.case.add(text, found);
            self.deny.add_denied(text, found);
            overlap::resolve(found);
        }
        findings
    }

    /// Lets the tagger read a block, if it finds something that is wanted. `place` tells where a span of the block stands.
    fn read_names(&self, tagger: &mut Tagger<'_>, block: &Block<'_>, segment: usize, place: impl Fn(Span) -> Span) {
        if !self.names.is_empty() {
            tagger.read(block, segment, place);
        }
    }

    /// Looks at a text as a whole, then at each of its cells under the label that it stands under.
    fn detect_text(&self, block: &Block<'_>, accept: &mut impl FnMut(Finding)) {
        self.detect_block(block, accept);
        if !block.notable().columns {
            return;
        }
        let text = block.text;
        let mut cell_tokens = Vec::new();
        let mut known: HashMap<Span, Label> = HashMap::new();
        for cell in cells(text, block.tokens, &block.notable().parting) {
            for label in cell.labels.into_iter().flatten() {
                known.entry(label).or_insert_with(|| context::label(label.of(text)));
            }
            let own: Vec<&Label> =
                cell.labels.iter().flatten().filter_map(|label| known.get(label)).chain(block.labels.iter().copied()).collect();
            cell_tokens.clear();
            tokenise(cell.span.of(text), &mut cell_tokens);
            let part = block.of_part(cell.span.of(text), &cell_tokens, &own);
            self.detect_block(&part, &mut |finding| {
                let finding = moved(finding, cell.span.start);
                // Only the whole line shows that it is a log's.
                if finding.entity != Entity::DATE_TIME || !machine::is_nobodys_date(block, finding.span) {
                    accept(finding);
                }
            });
        }
    }

    fn detect_block(&self, block: &Block<'_>, accept: &mut impl FnMut(Finding)) {
        self.dispatch.run(&self.recognizers, block, |index, proposal| {
            let recognizer = self.recognizers[usize::from(index)];
            let around = self.surroundings(block, usize::from(index), proposal.span);
            let Proposal { span, base, pattern, verdict } = proposal;
            let Some((confidence, steps)) = scoring::score(base, verdict, around) else { return };
            if confidence >= self.minimum && !span.is_empty() {
                accept(Finding {
                    span,
                    entity: recognizer.info().entity.clone(),
                    confidence,
                    explanation: Explanation { recognizer: id(recognizer), pattern, base, steps },
                });
            }
        });
    }

    fn surroundings(&self, block: &Block<'_>, recognizer: usize, span: Span) -> Surroundings {
        let first = block.token_at(span.start);
        let last = block.token_at(span.end.saturating_sub(1)).max(first);
        self.context[recognizer].around(block, first, last)
    }
}

/// Where the mail addresses among findings are, in order.
fn addresses(found: &[Finding]) -> Vec<Span> {
    let addresses = found.iter().filter(|finding| finding.entity == Entity::EMAIL_ADDRESS).map(|finding| finding.span);
    let mut addresses: Vec<Span> = addresses.collect();
    addresses.sort_by_key(|span| span.start);
    addresses
}

/// Whether a name is part of an address, `maria@example.com`, and goes with it.
fn is_within(name: Span, addresses: &[Span]) -> bool {
    let after = addresses.partition_point(|address| address.start <= name.start);
    after.checked_sub(1).is_some_and(|last| addresses[last].contains(name))
}

/// A finding whose text starts at byte `offset` of a longer one.
fn moved(mut finding: Finding, offset: usize) -> Finding {
    finding.span = finding.span.moved(offset);
    finding
}

/// Identifier of a recognizer: its entity's, which lives as long as the program.
fn id(recognizer: &'static dyn Recognizer) -> &'static str {
    recognizer.info().entity.id()
}

/// Cuts a text into blocks: at an empty line if one lies in the last half, else at a line end, else at a blank.
fn blocks(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let end = if text.len() - start <= BLOCK { text.len() } else { start + cut(&text[start..]) };
        let span = Span::new(start, end);
        start = end;
        Some(span)
    })
}

/// Where to cut a text that is longer than a block.
fn cut(text: &str) -> usize {
    let mut end = BLOCK;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let half = end / 2;
    let tail = &text.as_bytes()[half..end];
    let after = |found: Option<usize>, width: usize| found.map(|at| half + at + width);
    after(memchr::memmem::rfind(tail, b"\n\n"), 2)
        .or_else(|| after(memchr::memrchr(b'\n', tail), 1))
        .or_else(|| after(memchr::memrchr(b' ', tail), 1))
        .unwrap_or(end)
}

/// Labels hashed once for each distinct label of a document: a column gives the same one to all its cells.
struct LabelCache {
    /// By the address of the shared text, which the segments keep alive.
    known: HashMap<*const u8, Label>,
}

impl LabelCache {
    fn new(segments: &[Segment]) -> Self {
        let mut known = HashMap::new();
        for text in segments.iter().flat_map(|segment| &segment.labels) {
            known.entry(text.as_ptr()).or_insert_with(|| context::label(text));
        }
        Self { known }
    }

    fn of<'a>(&'a self, segment: &'a Segment) -> impl Iterator<Item = &'a Label> {
        segment.labels.iter().filter_map(|text| self.known.get(&text.as_ptr()))
    }
}
