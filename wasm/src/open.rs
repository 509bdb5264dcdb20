//! A document that a person decides on.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use subrosa::Engine;
use subrosa::plan::{Action, Decision, Decisions, Origin, PlanFile, Planned, Wishes, beginning, each, empty, ending};
use subrosa_core::apply::people::People;
use subrosa_core::confidence::Confidence;
use subrosa_core::fold::{Folded, fold};
use subrosa_core::span::Span;
use subrosa_documents::formats::sniff;
use subrosa_documents::view::{Block, Rectangle};
use subrosa_documents::{Document, Source};

use crate::failure::Failure;
use crate::found::{Findings, Kept};
use crate::progress;
use crate::session::{Session, Written};
use crate::utf16::Offsets;
use crate::view::{self, Drawn, Seen};

/// A document that was read, with what was found.
pub struct Opened {
    session: Session,
    bytes: Vec<u8>,
    name: String,
    format: &'static str,
    document: Document,
    /// The plan without its findings.
    plan: PlanFile,
    found: Findings,
    blocks: Vec<Block>,
    seen: Seen,
    /// What a person decided, as far as it was told.
    decided: Vec<Planned>,
    spent: bool,
}

/// A document of more bytes than this is let go of before it is written: reading it once more costs less than the memory.
const LONG: usize = 4 << 20;

/// As `Place` in `types.ts`; the decision is the policy's.
#[derive(Serialize)]
struct Place<'a> {
    id: String,
    node: usize,
    start: usize,
    end: usize,
    entity: &'a str,
    origin: Origin,
    confidence: f64,
    why: Vec<&'a str>,
    #[serde(rename = "where")]
    whereabouts: String,
    before: String,
    value: &'a str,
    after: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<&'a str>,
    visible: bool,
    decision: Action,
    /// The number of the value, however it is written.
    group: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'a str>,
}

/// Somewhere a text stands.
#[derive(Serialize)]
struct Same {
    node: usize,
    start: usize,
    end: usize,
    before: String,
    value: String,
    after: String,
    #[serde(rename = "where")]
    place: String,
    visible: bool,
}

/// A part that was not looked into.
#[derive(Serialize)]
struct Unread<'a> {
    part: &'a str,
    reason: &'a str,
}

/// What a person decided of one place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    node: usize,
    start: usize,
    end: usize,
    #[serde(borrow)]
    entity: Cow<'a, str>,
    origin: Origin,
    confidence: f64,
    decision: Action,
}

impl Opened {
    /// Reads a document and finds what is in it.
    ///
    /// # Errors
    /// A refusal.
    pub fn new(options: &str, bytes: Vec<u8>, name: &str) -> Result<Self, Failure> {
        let session = Session::new(options)?;
        let wide = session.wide()?;
        let engine = &session.engine;
        let source = Source::new(&bytes, name).with(engine.aids());
        if bytes.len() as u64 > engine.longest {
            return Err(engine.too_long().into());
        }
        let format = sniff(&source)?;
        let document = format.read(&source, &engine.limits)?;
        let wishes = Wishes { wide: &wide, ask_below: Confidence::NONE, text: true };
        let mut found = Findings::default();
        progress::expect(&document.segments, 2);
        each(engine, &wishes, &document, |planned| found.add(planned))?;
        let people = people(engine, &document, &found);
        for (index, person) in people {
            found.belongs(index, person);
        }
        let plan = empty(engine, &source, format.id(), &document);
        let mut blocks = document.body.blocks(&document.segments);
        // What only repeats other blocks is read where there is something to decide in it, and nowhere else.
        blocks.retain(|block| !block.again || found.any_in(block.segment, block.span));
        Ok(Self {
            seen: Seen::new(&blocks),
            blocks,
            format: format.id(),
            document,
            plan,
            found,
            name: name.to_owned(),
            session,
            bytes,
            decided: Vec::new(),
            spent: false,
        })
    }

    /// Its format's id.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// How many places there are.
    pub fn place_count(&self) -> usize {
        self.found.count()
    }

    /// Some of what was found, as JSON. Of a long document all of it at once would be many times the document.
    pub fn places(&self, from: usize, count: usize) -> String {
        // Places of one segment follow each other.
        let mut of: Option<(usize, Offsets<'_>)> = None;
        let mut places = Vec::new();
        for index in from..from.saturating_add(count).min(self.found.count()) {
            let Some(found) = self.found.get(index) else { break };
            let Some(segment) = self.document.segments.get(found.segment) else { continue };
            let text = segment.text.as_str();
            let offsets = match of.take() {
                Some((segment, offsets)) if segment == found.segment => offsets,
                _ => Offsets::new(text),
            };
            places.push(self.place(index, &found, text, &offsets));
            of = Some((found.segment, offsets));
        }
        json(&places)
    }

    fn place<'a>(&'a self, index: usize, found: &Kept<'a>, text: &'a str, offsets: &Offsets<'_>) -> Place<'a> {
        let Kept { segment, span, .. } = *found;
        let value = text.get(span.range()).unwrap_or_default();
        Place {
            id: (index + 1).to_string(),
            node: segment,
            start: offsets.of_byte(span.start),
            end: offsets.of_byte(span.end),
            entity: found.entity,
            origin: found.origin,
            confidence: found.confidence,
            why: found.why.lines().collect(),
            whereabouts: self.document.body.place(segment, span),
            before: ending(text.get(..span.start).unwrap_or_default()),
            value,
            after: beginning(text.get(span.end..).unwrap_or_default()),
            replacement: found.replacement,
            visible: self.seen.shows(&self.blocks, segment, span),
            decision: match found.origin {
                Origin::Near => Action::Undecided,
                _ => found.action,
            },
            group: found.group,
            person: found.person,
        }
    }

    /// Parts that were not looked into, as JSON.
    pub fn unread(&self) -> String {
        let unread = self.document.unread.iter().map(|unread| Unread { part: &unread.part, reason: &unread.reason });
        json(&unread.collect::<Vec<_>>())
    }

    /// How many blocks there are to read.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Blocks as JSON.
    pub fn blocks(&self, from: usize, count: usize) -> String {
        let end = from.saturating_add(count).min(self.blocks.len());
        let mut shown = Vec::new();
        // Blocks of one segment mostly follow each other, and counting its characters anew for each would cost their square.
        let mut of = None;
        for block in self.blocks.get(from..end).unwrap_or_default() {
            let text = self.document.segments.get(block.segment).map_or("", |segment| segment.text.as_str());
            let offsets = match of.take() {
                Some((segment, offsets)) if segment == block.segment => offsets,
                _ => Offsets::new(text),
            };
            shown.push(view::shown(block, text, &offsets));
            of = Some((block.segment, offsets));
        }
        json(&shown)
    }

    /// Where a span is drawn, as JSON.
    ///
    /// # Errors
    /// A span that is none.
    pub fn boxes(&self, node: usize, start: usize, end: usize) -> Result<String, Failure> {
        let span = self.span(node, start, end)?;
        Ok(json(&self.document.body.boxes(node, span).into_iter().map(Drawn::from).collect::<Vec<_>>()))
    }

    /// Everywhere a text stands, as JSON; the place itself too.
    ///
    /// # Errors
    /// A span that is none.
    pub fn same(&self, node: usize, start: usize, end: usize) -> Result<String, Failure> {
        let span = self.span(node, start, end)?;
        let text = self.document.segments.get(node).map_or("", |segment| segment.text.as_str());
        let value = fold(text.get(span.range()).unwrap_or_default());
        let mut found = Vec::new();
        for (index, segment) in self.document.segments.iter().enumerate() {
            let folded = Folded::new(&segment.text);
            let mut places: Vec<Span> = Vec::new();
            if !value.is_empty() {
                let hits = folded.text().match_indices(&value).map(|(at, hit)| folded.place(at..at + hit.len()));
                places.extend(hits.filter(|place| folded.bounded(place)).map(|place| Span::new(place.start, place.end)));
            }
            if index == node && !places.iter().any(|place| place.overlaps(span)) {
                places.push(span);
                places.sort();
            }
            let offsets = Offsets::new(&segment.text);
            found.extend(places.into_iter().map(|place| Same {
                node: index,
                start: offsets.of_byte(place.start),
                end: offsets.of_byte(place.end),
                before: ending(segment.text.get(..place.start).unwrap_or_default()),
                value: place.of(&segment.text).to_owned(),
                after: beginning(segment.text.get(place.end..).unwrap_or_default()),
                place: self.document.body.place(index, place),
                visible: self.seen.shows(&self.blocks, index, place),
            }));
        }
        Ok(json(&found))
    }

    /// Takes note of decisions; with `first` those that were told before count no more.
    ///
    /// # Errors
    /// `plan` when a place is none of this document's, or something found is undecided.
    pub fn decide(&mut self, decisions: &str, first: bool) -> Result<(), Failure> {
        if first {
            self.decided = Vec::with_capacity(self.found.count());
        }
        let decided: Vec<Decided<'_>> = serde_json::from_str(decisions)
            .map_err(|error| Failure::options(format!("decisions: at column {}", error.column())))?;
        let open =
            decided.iter().filter(|decided| decided.origin != Origin::Near && decided.decision == Action::Undecided).count();
        if open > 0 {
            return Err(Failure { code: "plan", message: format!("{open} places that were found are undecided") });
        }
        let known: BTreeSet<&str> = subrosa::entities::known().into_iter().collect();
        // Places of one segment follow each other.
        let mut of: Option<(usize, Offsets<'_>)> = None;
        for decided in decided {
            let wrong = || Failure { code: "plan", message: format!("place {} is nowhere", decided.id) };
            let segment = self.document.segments.get(decided.node).ok_or_else(wrong)?;
            let offsets = match of.take() {
                Some((segment, offsets)) if segment == decided.node => offsets,
                _ => Offsets::new(&segment.text),
            };
            let known = known.contains(decided.entity.as_ref());
            let (Some(start), Some(end), true) = (offsets.to_byte(decided.start), offsets.to_byte(decided.end), known) else {
                return Err(wrong());
            };
            of = Some((decided.node, offsets));
            self.decided.push(Planned {
                segment: decided.node,
                start,
                end,
                origin: decided.origin,
                confidence: Some(decided.confidence),
                decision: Decision::of(if decided.decision == Action::Undecided { Action::Keep } else { decided.decision }),
                entity: decided.entity.into_owned(),
                // Told above, if at all; of a long document names take as much room as places.
                id: String::new(),
                place: None,
                why: Vec::new(),
                operator: None,
                group: None,
                before: None,
                value: None,
                after: None,
                replacement: None,
            });
        }
        Ok(())
    }

    /// The document as a person decided, written and verified. A long one cannot be asked anything afterwards.
    ///
    /// # Errors
    /// A refusal; `plan` when a place is none of this document's.
    pub fn finish(&mut self, areas: &str) -> Result<Written, Failure> {
        let findings = std::mem::take(&mut self.decided);
        let areas: Vec<Drawn> =
            serde_json::from_str(areas).map_err(|error| Failure::options(format!("areas: at column {}", error.column())))?;
        let plan = PlanFile { findings, unread: Vec::new(), ..self.plan.clone() };
        let areas = areas.into_iter().map(Rectangle::from).collect();
        if self.bytes.len() > LONG {
            self.spend();
        }
        let decisions = Decisions::new(&self.session.engine, &plan, false).covering(areas).unlogged();
        let redacted = self.session.redacted(&self.bytes, &self.name, &decisions);
        // The record needs the room.
        drop(decisions);
        drop(plan);
        self.session.written(redacted, &self.name)
    }

    /// Whether the document was let go of.
    pub fn is_spent(&self) -> bool {
        self.spent
    }

    fn spend(&mut self) {
        self.spent = true;
        self.document.spend();
        self.document.segments = Vec::new();
        self.document.unread = Vec::new();
        self.blocks = Vec::new();
        self.seen = Seen::new(&[]);
        self.found = Findings::default();
    }

    fn span(&self, node: usize, start: usize, end: usize) -> Result<Span, Failure> {
        let segment = self.document.segments.get(node);
        let offsets = segment.map(|segment| Offsets::new(&segment.text));
        let bytes = offsets.and_then(|offsets| Some((offsets.to_byte(start)?, offsets.to_byte(end)?)));
        match bytes {
            Some((start, end)) if start < end => Ok(Span::new(start, end)),
            _ => Err(Failure::options("the span is nowhere in the document")),
        }
    }
}

/// Whom the findings belong to, as far as that can be told: numbers of findings and what labels call the person. People are
/// numbered as they are first mentioned, by what the policy acts on.
fn people(engine: &Engine, document: &Document, found: &Findings) -> Vec<(usize, String)> {
    let value = |kept: &Kept<'_>| document.segments.get(kept.segment).and_then(|segment| segment.text.get(kept.span.range()));
    let mut people = engine.case().map(People::of_case).unwrap_or_default();
    let acted = found.iter().filter(|kept| kept.origin == Origin::Found && kept.entity == "PERSON");
    people.learn(acted.filter_map(|kept| value(&kept)));
    let called = |known: Option<usize>, number: Option<u32>| {
        let in_sheet = known.and_then(|known| engine.case()?.people().get(known));
        let word = in_sheet.map_or("PERSON", |person| person.word.as_str());
        match (number, in_sheet) {
            (Some(number), _) => Some(format!("{word}-{number}")),
            (None, Some(_)) => Some(word.to_owned()),
            (None, None) => None,
        }
    };
    let mut belonging = Vec::new();
    for (index, kept) in found.iter().enumerate() {
        let value = value(&kept).unwrap_or_default();
        let person = match kept.entity {
            "PERSON" => people.find(value),
            "EMAIL_ADDRESS" | "USERNAME" => people.of_mailbox(value.split('@').next().unwrap_or_default()),
            _ => None,
        };
        if let Some(person) = person.and_then(|person| called(person.known, person.number)) {
            belonging.push((index, person));
        }
    }
    belonging
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
