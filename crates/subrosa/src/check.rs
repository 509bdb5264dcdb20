//! What somebody else's redaction left in a document.
//!
//! The documents library asks its questions of the raw parts; the detector is run over everything that can be read, hidden or
//! not.

use std::collections::{BTreeMap, HashSet};

use subrosa_core::segment::Segment;
use subrosa_core::span::Span;
use subrosa_documents::audit::{Kind, PERSONAL_DATA, PageShape};
use subrosa_documents::formats::sniff;
use subrosa_documents::{Audit, Document, Refusal, Source, UnreadPart};

use crate::engine::Engine;

/// What was left in a document.
#[derive(Default)]
pub struct Checked {
    /// In the order of the questions, personal data last.
    pub leaks: Vec<Leak>,
    /// Parts that could not be inspected.
    pub unread: Vec<UnreadPart>,
    /// The shapes of its pages, where it has pages.
    pub pages: Vec<PageShape>,
}

/// One thing that was left.
pub struct Leak {
    /// What it is.
    pub kind: &'static Kind,
    /// Where, for people.
    pub place: String,
    /// More, in words; without values.
    pub detail: String,
    /// How often.
    pub count: usize,
    /// The page, from 1, where there are pages.
    pub page: Option<usize>,
    /// Left, bottom, right and top on the page, in points.
    pub area: Option<[f64; 4]>,
    /// What the detector takes it for.
    pub entity: Option<String>,
    /// The values, if they were asked for.
    pub values: Vec<String>,
}

/// Asks the questions, then runs the detector over everything that can be read.
///
/// # Errors
/// A [`Refusal`] when nothing can be said of the document.
pub fn check(engine: &Engine, source: &Source<'_>, show_values: bool) -> Result<Checked, Refusal> {
    let source = &source.with(engine.aids());
    let audit = subrosa_documents::audit(source, &engine.limits)?;
    let document = sniff(source).and_then(|format| format.read(source, &engine.limits));
    let mut checked = Checked::default();
    let found = match document {
        Ok(document) => {
            let found = personal_data(engine, &document, &audit, show_values);
            checked.unread = document.unread;
            found
        }
        // The questions about raw parts were answered; only the text as a whole could not be had.
        Err(refusal) if audit.understood => {
            let reason = format!("personal data was not looked for: {refusal}");
            checked.unread.push(UnreadPart { part: "text".to_owned(), reason });
            in_segments(engine, &[], &|_, _| String::new(), &audit, show_values)
        }
        Err(refusal) => return Err(refusal),
    };
    let Audit { observations, unread, pages, .. } = audit;
    checked.unread.extend(unread);
    checked.unread.dedup();
    checked.pages = pages;
    let seen = observations.into_iter().map(|seen| Leak {
        kind: seen.kind,
        place: seen.place,
        detail: seen.detail,
        count: seen.count,
        page: seen.page,
        area: seen.area,
        entity: None,
        values: seen.value.filter(|_| show_values).into_iter().collect(),
    });
    checked.leaks = seen.chain(found).collect();
    Ok(checked)
}

/// What the detector finds in a document, and in the texts that only the audit saw.
fn personal_data(engine: &Engine, document: &Document, audit: &Audit, show_values: bool) -> Vec<Leak> {
    in_segments(engine, &document.segments, &|segment, span| document.body.place(segment, span), audit, show_values)
}

type Place<'a> = dyn Fn(usize, Span) -> String + 'a;

/// One finding for each entity in each place. A format may give a text more than once, in different orders: a value counts as
/// often as it stands in the one that has it most.
fn in_segments(engine: &Engine, segments: &[Segment], place: &Place<'_>, audit: &Audit, show_values: bool) -> Vec<Leak> {
    let mut counts: BTreeMap<(String, String), BTreeMap<String, BTreeMap<usize, usize>>> = BTreeMap::new();
    let mut order = Vec::new();
    let mut add = |place: String, entity: String, value: &str, segment: usize| {
        let key = (place, entity);
        if !counts.contains_key(&key) {
            order.push(key.clone());
        }
        *counts.entry(key).or_default().entry(value.to_owned()).or_default().entry(segment).or_default() += 1;
    };
    let mut known = HashSet::new();
    for (index, findings) in engine.find(segments).into_iter().enumerate() {
        let Some(segment) = segments.get(index) else { continue };
        for finding in findings {
            let value = segment.text.get(finding.span.range()).unwrap_or_default();
            known.insert((finding.entity.id().to_owned(), value.to_owned()));
            add(place(index, finding.span), finding.entity.id().to_owned(), value, index);
        }
    }
    let extra: Vec<Segment> = audit
        .texts
        .iter()
        .map(|found| match &found.label {
            Some(label) => Segment::labelled(found.text.clone(), label.as_str()),
            None => Segment::new(found.text.clone()),
        })
        .collect();
    for (index, findings) in engine.find(&extra).into_iter().enumerate() {
        let (Some(segment), Some(found)) = (extra.get(index), audit.texts.get(index)) else { continue };
        for finding in findings {
            let value = segment.text.get(finding.span.range()).unwrap_or_default();
            let id = finding.entity.id().to_owned();
            // Found in the document already: the readers see most of what the questions see.
            if !known.contains(&(id.clone(), value.to_owned())) {
                add(found.place.clone(), id, value, segments.len() + index);
            }
        }
    }
    let leak = |key: (String, String)| {
        let values = counts.get(&key).cloned().unwrap_or_default();
        let count = values.values().map(|by_segment| by_segment.values().copied().max().unwrap_or(0)).sum();
        let (place, entity) = key;
        Leak {
            kind: &PERSONAL_DATA,
            page: place.strip_prefix("page ").and_then(|rest| rest.split(',').next()?.parse().ok()),
            place,
            detail: if count == 1 { entity.clone() } else { format!("{entity}, {count} times") },
            count,
            area: None,
            entity: Some(entity),
            values: if show_values { values.into_keys().collect() } else { Vec::new() },
        }
    };
    order.into_iter().map(leak).collect()
}
