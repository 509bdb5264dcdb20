//! From edits to JSON.

use std::collections::HashMap;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::reader::{Kid, Place, raw};
use super::tokens::{Text, Token};
use super::{Shape, strings, walk};
use crate::document::{Body, Record, Records};
use crate::encoding::{Decoded, Splice};
use crate::formats::html::base64;
use crate::lines::Lines;
use crate::nested::Children;
use crate::refusal::Refusal;
use crate::view::{self, Block, Face};

/// A JSON text with the places of its segments.
pub(super) struct JsonBody {
    pub(super) decoded: Decoded,
    /// One for each segment.
    pub(super) places: Vec<Place>,
    pub(super) shape: Shape,
    pub(super) depth: usize,
    pub(super) lines: Lines,
    pub(super) children: Children,
    pub(super) kids: Vec<Kid>,
    pub(super) records: Records,
}

impl Body for JsonBody {
    /// The line, and the byte in it, since a whole file is often one line. No keys: people's names are keys too.
    fn place(&self, segment: usize, span: Span) -> String {
        let (Some(&(Place::String(text) | Place::Number(text) | Place::Key(text))), decoded) =
            (self.places.get(segment), self.decoded.text.as_str())
        else {
            return self.children.place(segment, span).unwrap_or_else(|| "unknown place".to_owned());
        };
        let inside = if text.escaped { strings::Map::new(raw(decoded, text)).at(span.start).unwrap_or(0) } else { span.start };
        let at = text.start as usize + inside;
        self.lines.line_and_byte(decoded, at)
    }

    fn record(&self, segment: usize) -> Option<Record> {
        // Keys are no values.
        let own = !matches!(self.places.get(segment), Some(Place::Key(_)));
        self.children.record(segment).or_else(|| self.records.of(segment).filter(|_| own))
    }

    /// Values under their keys, then the keys themselves.
    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        let is_key = |number: usize| matches!(self.places.get(number), Some(Place::Key(_)));
        let mut keys = Vec::new();
        self.children.among(segments, &mut |number, views| {
            if is_key(number) {
                keys.push(number);
            } else {
                views.plain(number, self.record(number));
            }
            if number + 1 == segments.len() {
                let face = Face::text(views.section("Keys")).shaped(view::Shape::Line);
                let face = Face { again: true, ..face };
                for key in &keys {
                    views.whole(*key, &face);
                }
            }
        })
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let text = self.decoded.text.as_str();
        let mut splices = Vec::new();
        let mut keys: HashMap<String, &[Edit]> = HashMap::new();
        for (edits, &place) in edits.iter().zip(&self.places).filter(|(edits, _)| !edits.is_empty()) {
            match place {
                Place::String(place) => string(text, place, edits, &mut splices)?,
                Place::Number(place) => splices.push(number(text, place, edits)?),
                Place::Key(place) => {
                    keys.insert(strings::decode(raw(text, place)), edits);
                }
                Place::Inside => {}
            }
        }
        if !keys.is_empty() {
            self.keys(&keys, &mut splices)?;
        }
        self.kids(edits, &mut splices)?;
        if !keys.is_empty() || !self.kids.is_empty() {
            splices.sort_by_key(|splice| splice.range.start);
        }
        self.decoded.splice(&splices)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        match on_unread {
            OnUnread::Keep => true,
            OnUnread::Remove => {
                self.kids.iter_mut().filter(|kid| kid.child.is_none()).for_each(|kid| kid.removed = true);
                self.children.settle(on_unread)
            }
            _ => false,
        }
    }

    fn notes(&self) -> Vec<String> {
        let removed = self.kids.iter().filter(|kid| kid.removed);
        let mut notes: Vec<String> = removed.map(|kid| format!("{} is left out: it could not be read", kid.part)).collect();
        notes.extend(self.children.notes());
        notes
    }
}

impl JsonBody {
    /// Writes the documents inside that are edited or left out.
    fn kids(&self, edits: &[Vec<Edit>], splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        for kid in &self.kids {
            let mut text = String::new();
            match kid.child {
                _ if kid.removed => {}
                Some(child) if self.children.is_edited(child, edits) => {
                    let bytes = self.children.write(child, edits)?;
                    if kid.encoded {
                        text = base64::encode(&bytes);
                    } else {
                        let written = std::str::from_utf8(&bytes);
                        let written = written.map_err(|_| Refusal::Internal("a narrative was not written as text".to_owned()))?;
                        strings::encode(written, &mut text);
                    }
                }
                _ => continue,
            }
            splices.push(Splice { range: kid.place.start as usize..kid.place.end as usize, text });
        }
        Ok(())
    }

    /// Edits keys wherever they stand.
    fn keys(&self, edited: &HashMap<String, &[Edit]>, splices: &mut Vec<Splice>) -> Result<(), Refusal> {
        let text = self.decoded.text.as_str();
        let mut result = Ok(());
        let walked = walk(text, self.shape, self.depth, |token| {
            if let (Token::Key(place), Ok(())) = (token, &result)
                && let Some(edits) = edited.get(strings::decode(raw(text, place)).as_str())
            {
                result = string(text, place, edits, splices);
            }
        });
        walked.map_err(|_| Refusal::Internal("a JSON text was read once and not twice".to_owned()))?;
        result
    }
}

fn outside() -> Refusal {
    Refusal::Internal("an edit lies outside its string".to_owned())
}

fn string(text: &str, place: Text, edits: &[Edit], splices: &mut Vec<Splice>) -> Result<(), Refusal> {
    let raw = raw(text, place);
    let mut map = strings::Map::new(raw);
    let start = place.start as usize;
    for edit in edits {
        let (from, to) = if place.escaped {
            (map.at(edit.span.start).ok_or_else(outside)?, map.at(edit.span.end).ok_or_else(outside)?)
        } else {
            (edit.span.start, edit.span.end)
        };
        if to > raw.len() {
            return Err(outside());
        }
        let mut text = String::with_capacity(edit.replacement.len());
        strings::encode(&edit.replacement, &mut text);
        splices.push(Splice { range: start + from..start + to, text });
    }
    Ok(())
}

/// A number with edits is a number no more.
fn number(text: &str, place: Text, edits: &[Edit]) -> Result<Splice, Refusal> {
    let raw = raw(text, place);
    let mut out = String::from("\"");
    let mut done = 0;
    for edit in edits {
        out.push_str(raw.get(done..edit.span.start).filter(|_| edit.span.end <= raw.len()).ok_or_else(outside)?);
        strings::encode(&edit.replacement, &mut out);
        done = edit.span.end;
    }
    out.push_str(raw.get(done..).ok_or_else(outside)?);
    out.push('"');
    Ok(Splice { range: place.start as usize..place.end as usize, text: out })
}
