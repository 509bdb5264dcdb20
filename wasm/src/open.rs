//! A document that a person decides on.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use subrosa::plan::{Action, Decision, Decisions, InputFile, Origin, PlanFile, Planned, SCHEMA, Wishes, beginning, ending, plan};
use subrosa_core::apply::people::People;
use subrosa_core::confidence::Confidence;
use subrosa_core::fold::{Folded, fold};
use subrosa_core::span::Span;
use subrosa_documents::formats::sniff;
use subrosa_documents::view::Block;
use subrosa_documents::{Document, Source};

use crate::failure::Failure;
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
    plan: PlanFile,
    blocks: Vec<Block>,
    seen: Seen,
}

/// As `Place` in `types.ts`; the decision is the policy's.
#[derive(Serialize)]
struct Place {
    id: String,
    node: usize,
    start: usize,
    end: usize,
    entity: String,
    origin: Origin,
    confidence: f64,
    why: Vec<String>,
    #[serde(rename = "where")]
    whereabouts: String,
    before: String,
    value: String,
    after: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    replacement: Option<String>,
    visible: bool,
    decision: Action,
    /// The number of the value, however it is written.
    group: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
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
struct Decided {
    id: String,
    node: usize,
    start: usize,
    end: usize,
    entity: String,
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
        let plan = plan(engine, &wishes, &source, format.id(), &document)?;
        let mut blocks = document.body.blocks(&document.segments);
        let found: BTreeSet<(usize, usize)> = plan.findings.iter().map(|planned| (planned.segment, planned.start)).collect();
        // What only repeats other blocks is read where there is something to decide in it, and nowhere else.
        blocks.retain(|block| {
            let places = (block.segment, block.span.start)..(block.segment, block.span.end);
            !block.again || found.range(places).next().is_some()
        });
        Ok(Self { seen: Seen::new(&blocks), blocks, format: format.id(), document, plan, name: name.to_owned(), session, bytes })
    }

    /// Its format's id.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// Everything found, as JSON.
    pub fn places(&self) -> String {
        let mut people = self.people();
        let segments = &self.document.segments;
        let offsets: Vec<Offsets<'_>> = segments.iter().map(|segment| Offsets::new(&segment.text)).collect();
        let place = |planned: &Planned| {
            let offsets = offsets.get(planned.segment)?;
            let value = planned.value.clone().unwrap_or_default();
            let person = match planned.entity.as_str() {
                "PERSON" => people.find(&value),
                "EMAIL_ADDRESS" | "USERNAME" => people.of_mailbox(value.split('@').next().unwrap_or_default()),
                _ => None,
            };
            Some(Place {
                id: planned.id.clone(),
                node: planned.segment,
                start: offsets.of_byte(planned.start),
                end: offsets.of_byte(planned.end),
                entity: planned.entity.clone(),
                origin: planned.origin,
                confidence: planned.confidence.unwrap_or_default(),
                why: planned.why.clone(),
                whereabouts: planned.place.clone().unwrap_or_default(),
                before: planned.before.clone().unwrap_or_default(),
                value,
                after: planned.after.clone().unwrap_or_default(),
                replacement: planned.replacement.clone(),
                visible: self.seen.shows(&self.blocks, planned.segment, Span::new(planned.start, planned.end)),
                decision: match planned.origin {
                    Origin::Near => Action::Undecided,
                    _ => planned.decision.action,
                },
                group: planned.group.unwrap_or_default(),
                person: person.and_then(|person| self.called(person.known, person.number)),
            })
        };
        json(&self.plan.findings.iter().filter_map(place).collect::<Vec<_>>())
    }

    /// The people of the document, by what the policy acts on.
    fn people(&self) -> People {
        let mut people = self.session.engine.case().map(People::of_case).unwrap_or_default();
        let found = self.plan.findings.iter().filter(|planned| planned.origin == Origin::Found && planned.entity == "PERSON");
        people.learn(found.filter_map(|planned| planned.value.as_deref()));
        people
    }

    /// What labels call a person.
    fn called(&self, known: Option<usize>, number: Option<u32>) -> Option<String> {
        let in_sheet = known.and_then(|known| self.session.engine.case()?.people().get(known));
        let word = in_sheet.map_or("PERSON", |person| person.word.as_str());
        match (number, in_sheet) {
            (Some(number), _) => Some(format!("{word}-{number}")),
            (None, Some(_)) => Some(word.to_owned()),
            (None, None) => None,
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

    /// The document as a person decided, written and verified.
    ///
    /// # Errors
    /// A refusal; `plan` when a place is none of this document's, or something found is undecided.
    pub fn finish(&self, decisions: &str) -> Result<Written, Failure> {
        let decided: Vec<Decided> = serde_json::from_str(decisions)
            .map_err(|error| Failure::options(format!("decisions: at column {}", error.column())))?;
        let open =
            decided.iter().filter(|decided| decided.origin != Origin::Near && decided.decision == Action::Undecided).count();
        if open > 0 {
            return Err(Failure { code: "plan", message: format!("{open} places that were found are undecided") });
        }
        let known: BTreeSet<&str> = subrosa::entities::known().into_iter().collect();
        let segments = &self.document.segments;
        let offsets: Vec<Offsets<'_>> = segments.iter().map(|segment| Offsets::new(&segment.text)).collect();
        let planned = |decided: Decided| {
            let wrong = |what: &str| Failure { code: "plan", message: format!("place {} {what}", decided.id) };
            let known = known.contains(decided.entity.as_str());
            let offsets = offsets.get(decided.node).ok_or_else(|| wrong("is nowhere"))?;
            let (Some(start), Some(end), true) = (offsets.to_byte(decided.start), offsets.to_byte(decided.end), known) else {
                return Err(wrong("is nowhere"));
            };
            Ok(Planned {
                segment: decided.node,
                start,
                end,
                origin: decided.origin,
                confidence: Some(decided.confidence),
                decision: Decision::of(if decided.decision == Action::Undecided { Action::Keep } else { decided.decision }),
                entity: decided.entity,
                id: decided.id,
                place: None,
                why: Vec::new(),
                operator: None,
                group: None,
                before: None,
                value: None,
                after: None,
                replacement: None,
            })
        };
        let findings = decided.into_iter().map(planned).collect::<Result<Vec<_>, Failure>>()?;
        let PlanFile { tool, input: InputFile { name, format, bytes, sha256, text_sha256 }, .. } = &self.plan;
        let plan = PlanFile {
            schema: SCHEMA,
            tool: tool.clone(),
            input: InputFile {
                name: name.clone(),
                format: format.clone(),
                bytes: *bytes,
                sha256: sha256.clone(),
                text_sha256: text_sha256.clone(),
            },
            policy: self.plan.policy.clone(),
            unread: Vec::new(),
            findings,
        };
        self.session.written(&self.bytes, &self.name, &Decisions::new(&self.session.engine, &plan, false))
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

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
