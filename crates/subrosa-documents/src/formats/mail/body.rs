//! What was read, and the way back into the file: ranges of bytes that change, all others copied.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use encoding_rs::Encoding;
use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::changes::{apply, edited, ordered, splices, token};
use super::parse::{Content, Entity};
use super::read::{charset_of, envelope_words, flow_of};
use super::slots::{FilePart, Leaf, LeafKind, Message, Slot};
use super::story::Story;
use super::value::{Change, Reading, Value};
use super::{charset, names, params, uuencode};
use crate::document::{Body, Record};
use crate::encoding::Splice;
use crate::nested::Children;
use crate::refusal::Refusal;
use crate::view::Block;

/// What was read.
pub(super) struct MailBody {
    pub(super) bytes: Vec<u8>,
    pub(super) entities: Vec<Entity>,
    pub(super) messages: Vec<Message>,
    /// The number of the first message, when they have numbers.
    pub(super) numbered: Option<u64>,
    /// One for each segment.
    pub(super) slots: Vec<Slot>,
    pub(super) leaves: Vec<Leaf>,
    pub(super) children: Children,
}

/// What stands for a part that was left out.
const NOTE: &str = "[A part that could not be read was left out here.]";

impl Body for MailBody {
    fn place(&self, segment: usize, span: Span) -> String {
        if let Some(place) = self.children.place(segment, span) {
            return place;
        }
        match self.slots.get(segment) {
            Some(&Slot::Envelope(entity)) => self.at(entity, "envelope line"),
            Some(&Slot::Name(entity, field)) => self.at(entity, &format!("name of header field {}", field + 1)),
            Some(&Slot::Value(entity, field) | &Slot::Main(entity, field)) => self.at(entity, &self.field_name(entity, field)),
            Some(&Slot::Parameter(entity, field, _, _)) => {
                self.at(entity, &format!("{}, parameter", self.field_name(entity, field)))
            }
            Some(&Slot::Boundary(entity)) => self.at(entity, "boundary"),
            Some(&Slot::Preamble(entity)) => self.at(entity, "text before the parts"),
            Some(&Slot::Epilogue(entity)) => self.at(entity, "text behind the parts"),
            Some(&Slot::Story(leaf)) => self.line(leaf, span.start),
            Some(Slot::Child) | None => "unknown place".to_owned(),
        }
    }

    fn record(&self, segment: usize) -> Option<Record> {
        self.children.record(segment)
    }

    fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        self.view(segments)
    }

    fn settle(&mut self, on_unread: OnUnread) -> bool {
        if matches!(on_unread, OnUnread::Fail | OnUnread::Keep) {
            return on_unread == OnUnread::Keep;
        }
        let children = &mut self.children;
        // Nothing of mail can be blanked but what a document inside blanks.
        let removes = on_unread == OnUnread::Remove;
        let mut settled = true;
        for leaf in &mut self.leaves {
            match &mut leaf.kind {
                LeafKind::Document(child, _) => leaf.removed = !children.settle_one(*child, on_unread),
                LeafKind::Unread => leaf.removed = true,
                LeafKind::Story { files, unread, .. } => {
                    for file in files {
                        file.removed = !file.child.is_some_and(|child| children.settle_one(child, on_unread));
                        settled &= removes || !file.removed;
                    }
                    settled &= removes || !*unread;
                    leaf.removed = false;
                    if *unread {
                        leaf.removed = true;
                    }
                }
                LeafKind::Signature => {}
            }
            settled &= removes || !leaf.removed;
        }
        settled
    }

    fn write(&self, edits: &[Vec<Edit>]) -> Result<Vec<u8>, Refusal> {
        let mut changes = self.header_changes(edits)?;
        self.leaf_changes(edits, &mut changes)?;
        if changes.is_empty() {
            return Ok(self.bytes.clone());
        }
        self.drop_signatures(&mut changes);
        self.lengths(&mut changes)?;
        apply(&self.bytes, changes)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for leaf in &self.leaves {
            let part = self.part(leaf.entity);
            match &leaf.kind {
                LeafKind::Signature => notes.push(format!("{part}: its signature is left out")),
                LeafKind::Story { files, .. } if files.iter().any(|file| file.removed) => {
                    notes.push(format!("{part}: a file in its text could not be read and is left out"));
                }
                _ if leaf.removed => notes.push(format!("{part}: could not be read and is left out")),
                LeafKind::Unread => notes.push(format!("{part}: could not be read and is as it was")),
                _ => {}
            }
        }
        let signed = |entity: &&Entity| entity.fields.iter().any(|field| names::is_signature(field.name(&self.bytes)));
        let signed = self.entities.iter().filter(signed).count();
        if signed > 0 {
            notes.push(format!(
                "signatures of mail servers (DKIM, ARC) stand in {signed} of its headers; they are left out where something was changed"
            ));
        }
        notes.extend(self.children.notes());
        notes
    }
}

impl MailBody {
    /// Whether a document inside is written otherwise than it was.
    fn changes(&self, child: usize, edits: &[Vec<Edit>]) -> bool {
        self.children.is_edited(child, edits) || self.children.is_changed(child)
    }

    fn entity(&self, number: usize) -> Result<&Entity, Refusal> {
        self.entities.get(number).ok_or_else(|| Refusal::Internal("a part of the message is missing".to_owned()))
    }

    /// How an entity is called: `part 2`, `message 7, part 2`; nothing for a message alone.
    fn path(&self, number: usize) -> String {
        let path = self.entities.get(number).map_or("", |entity| entity.path.as_str());
        let Some(first) = self.numbered else { return path.to_owned() };
        let message = self.messages.partition_point(|message| message.first <= number) as u64;
        let message = first + message.saturating_sub(1);
        if path.is_empty() { format!("message {message}") } else { format!("message {message}, {path}") }
    }

    fn part(&self, number: usize) -> String {
        let path = self.path(number);
        if path.is_empty() { "body".to_owned() } else { path }
    }

    fn at(&self, number: usize, what: &str) -> String {
        let path = self.path(number);
        if path.is_empty() { what.to_owned() } else { format!("{path}, {what}") }
    }

    /// By its name when everybody knows it, else by its number.
    fn field_name(&self, entity: usize, field: usize) -> String {
        let name =
            self.entities.get(entity).and_then(|entity| entity.fields.get(field)).map_or("", |field| field.name(&self.bytes));
        if names::is_known(name) { format!("header field {name}") } else { format!("header field {}", field + 1) }
    }

    fn line(&self, leaf: usize, at: usize) -> String {
        let Some(leaf) = self.leaves.get(leaf) else { return "unknown place".to_owned() };
        let part = self.part(leaf.entity);
        let LeafKind::Story { lines, .. } = &leaf.kind else { return part };
        let lines = lines.get_or_init(|| {
            let story = self.story(leaf.entity).map(|(_, _, story)| story.text).unwrap_or_default();
            memchr::memchr_iter(b'\n', story.as_bytes()).map(|end| end as u32).collect()
        });
        format!("{part}, line {}", lines.partition_point(|end| (*end as usize) < at) + 1)
    }

    fn fallback(&self, number: usize) -> Option<&'static Encoding> {
        let index = self.messages.partition_point(|message| message.first <= number).checked_sub(1)?;
        self.messages.get(index)?.fallback
    }

    /// The line end of a header.
    fn eol(&self, entity: &Entity) -> &'static str {
        let first = entity.fields.first().and_then(|field| self.bytes.get(field.range()));
        if first.is_some_and(|field| field.ends_with(b"\r\n")) { "\r\n" } else { "\n" }
    }

    /// The bytes, text and story of a leaf, as they were read.
    fn story(&self, number: usize) -> Result<(Vec<u8>, charset::Text, Story), Refusal> {
        let twice = || Refusal::Internal("a part was read once and not twice".to_owned());
        let entity = self.entity(number)?;
        let raw = self.bytes.get(entity.body.clone()).unwrap_or_default();
        let decoded = entity.transfer.decode(raw).map_err(|_| twice())?.into_owned();
        let label = charset_of(&self.bytes, entity);
        let text = charset::decode(&decoded, label.as_deref()).map_err(|_| twice())?;
        let story = Story::read(text.text(), flow_of(&self.bytes, entity));
        Ok((decoded, text, story))
    }

    fn header_changes(&self, edits: &[Vec<Edit>]) -> Result<Vec<Change>, Refusal> {
        let mut changes = Vec::new();
        let mut renamed: BTreeMap<&str, String> = BTreeMap::new();
        let mut parameters: BTreeMap<(usize, usize, u16), Vec<Option<String>>> = BTreeMap::new();
        for (slot, edits) in self.slots.iter().zip(edits).filter(|(_, edits)| !edits.is_empty()) {
            match *slot {
                Slot::Child | Slot::Story(_) => {}
                Slot::Envelope(number) => {
                    let envelope = self.entity(number)?.envelope.clone().unwrap_or_default();
                    self.plain(envelope_words(&self.bytes, envelope), edits, &mut changes)?;
                }
                Slot::Preamble(number) | Slot::Epilogue(number) => {
                    if let Content::Multipart { preamble, epilogue, .. } = &self.entity(number)?.content {
                        let range = if matches!(slot, Slot::Preamble(_)) { preamble } else { epilogue };
                        let raw = self.bytes.get(range.clone()).unwrap_or_default();
                        let text = charset::decode(raw, None).map_err(Refusal::Internal)?;
                        changes.push((range.clone(), text.splice(&splices(edits))?));
                    }
                }
                Slot::Name(number, field) => {
                    let Some(field) = self.entity(number)?.fields.get(field) else { continue };
                    let old = field.name(&self.bytes);
                    let new = token(&edited(old, edits)?);
                    renamed.insert(old, if new.is_empty() { "X-Removed".to_owned() } else { new });
                }
                Slot::Value(number, field) => {
                    let entity = self.entity(number)?;
                    let Some(field) = entity.fields.get(field) else { continue };
                    let reading = Reading::of(field.name(&self.bytes), self.fallback(number));
                    let value = Value::read(&self.bytes, field.value_range(), reading);
                    changes.extend(value.write(&self.bytes, edits, reading, self.eol(entity))?);
                }
                Slot::Main(number, field) => {
                    let Some(field) = self.entity(number)?.fields.get(field) else { continue };
                    let main = params::read(&self.bytes, field.value_range()).main;
                    let text = String::from_utf8_lossy(self.bytes.get(main.clone()).unwrap_or_default()).into_owned();
                    changes.push((main, token(&edited(&text, edits)?).into_bytes()));
                }
                Slot::Parameter(number, field, which, nth) => {
                    let Some(place) = self.entity(number)?.fields.get(field) else { continue };
                    let read = params::read(&self.bytes, place.value_range());
                    let names = read.names();
                    let texts = names.get(usize::from(which)).map(|name| read.texts(&self.bytes, name)).unwrap_or_default();
                    let Some(text) = texts.get(usize::from(nth)) else { continue };
                    let new = parameters.entry((number, field, which)).or_default();
                    new.resize(texts.len().max(new.len()), None);
                    if let Some(new) = new.get_mut(usize::from(nth)) {
                        *new = Some(edited(text, edits)?.replace(['\r', '\n'], " "));
                    }
                }
                Slot::Boundary(number) => self.boundary(number, edits, &mut changes)?,
            }
        }
        self.rename(&renamed, &mut changes);
        for ((number, field, which), texts) in parameters {
            let Some(place) = self.entity(number)?.fields.get(field) else { continue };
            let read = params::read(&self.bytes, place.value_range());
            if let Some(name) = read.names().get(usize::from(which)) {
                read.write(name, &texts, &mut changes);
            }
        }
        Ok(changes)
    }

    /// Edits of a text without an encoding of its own: UTF-8 in place, anything else is written anew.
    fn plain(&self, range: Range<usize>, edits: &[Edit], changes: &mut Vec<Change>) -> Result<(), Refusal> {
        let raw = self.bytes.get(range.clone()).unwrap_or_default();
        let text = String::from_utf8_lossy(raw).into_owned();
        changes.push((range, edited(&text, edits)?.replace(['\r', '\n'], " ").into_bytes()));
        Ok(())
    }

    /// New names of fields, wherever a field has the old one.
    fn rename(&self, renamed: &BTreeMap<&str, String>, changes: &mut Vec<Change>) {
        if renamed.is_empty() {
            return;
        }
        for field in self.entities.iter().flat_map(|entity| &entity.fields) {
            if let Some(new) = renamed.get(field.name(&self.bytes)) {
                changes.push((field.name_range(&self.bytes), new.clone().into_bytes()));
            }
        }
    }

    /// A boundary, in its parameter and in all its lines.
    fn boundary(&self, number: usize, edits: &[Edit], changes: &mut Vec<Change>) -> Result<(), Refusal> {
        let entity = self.entity(number)?;
        let Content::Multipart { boundary, delimiters, .. } = &entity.content else { return Ok(()) };
        let allowed = |char: char| char.is_ascii_alphanumeric() || "'()+_,-./:=?".contains(char);
        let mut new: String = edited(boundary, edits)?.chars().map(|char| if allowed(char) { char } else { '_' }).collect();
        new.truncate(60);
        // Two boundaries that become alike must stay two.
        let _ = write!(new, "_b{number}");
        let part = || self.part(number);
        let inside = self.bytes.get(entity.range.clone()).unwrap_or_default();
        if memchr::memmem::find(inside, format!("--{new}").as_bytes()).is_some() {
            return Err(Refusal::uninspectable(part(), "its boundary cannot be changed for certain"));
        }
        let field = entity.field(&self.bytes, "Content-Type");
        let read = field.map(|field| params::read(&self.bytes, field.value_range()));
        let read = read.ok_or_else(|| Refusal::Internal("a multipart has no boundary".to_owned()))?;
        let texts: Vec<Option<String>> = read.texts(&self.bytes, "boundary").iter().map(|_| Some(new.clone())).collect();
        read.write("boundary", &texts, changes);
        changes.extend(delimiters.iter().map(|place| (place.clone(), new.clone().into_bytes())));
        Ok(())
    }

    fn leaf_changes(&self, edits: &[Vec<Edit>], changes: &mut Vec<Change>) -> Result<(), Refusal> {
        let mut stories: BTreeMap<usize, &[Edit]> = BTreeMap::new();
        for (slot, edits) in self.slots.iter().zip(edits) {
            if let (Slot::Story(leaf), false) = (slot, edits.is_empty()) {
                stories.insert(*leaf, edits);
            }
        }
        for (number, leaf) in self.leaves.iter().enumerate() {
            let entity = self.entity(leaf.entity)?;
            match &leaf.kind {
                LeafKind::Signature => {}
                _ if leaf.removed => self.note(leaf.entity, changes)?,
                LeafKind::Unread => {}
                LeafKind::Document(child, _) if !self.changes(*child, edits) => {}
                LeafKind::Document(child, told) => {
                    let raw = self.bytes.get(entity.body.clone()).unwrap_or_default();
                    let old = entity.transfer.decode(raw).map_err(|reason| Refusal::Internal(reason.to_owned()))?;
                    let new = self.children.write(*child, edits)?;
                    let new = told.map_or_else(|| Cow::from(&new), |encoding| charset::untold(encoding, &new).into());
                    if *old != *new {
                        changes.push((entity.body.clone(), entity.transfer.encode(raw, &old, &new)));
                    }
                }
                LeafKind::Story { files, .. } => {
                    let edited = stories.get(&number).copied().unwrap_or_default();
                    if !edited.is_empty() || !files.is_empty() {
                        self.write_story(leaf.entity, files, edited, edits, changes)?;
                    }
                }
            }
        }
        self.drop_signature_parts(changes);
        Ok(())
    }

    fn write_story(
        &self,
        number: usize,
        files: &[FilePart],
        edited: &[Edit],
        edits: &[Vec<Edit>],
        changes: &mut Vec<Change>,
    ) -> Result<(), Refusal> {
        let (old, text, story) = self.story(number)?;
        let mut splices = story.write(edited)?;
        for (file, block) in files.iter().zip(&story.files) {
            let eol = if text.text().get(..block.data.start).is_some_and(|head| head.ends_with("\r\n")) { "\r\n" } else { "\n" };
            let before = text.text().get(block.data.clone()).unwrap_or_default();
            let data = match file.child {
                _ if file.removed => uuencode::encode(NOTE.as_bytes(), eol),
                Some(child) if self.changes(child, edits) => uuencode::encode(&self.children.write(child, edits)?, eol),
                _ => continue,
            };
            if data != before {
                splices.push(Splice { range: block.data.clone(), text: data });
            }
        }
        if splices.is_empty() {
            return Ok(());
        }
        splices.sort_by_key(|splice| splice.range.start);
        let part = self.part(number);
        let new = text.splice(&splices).map_err(|refusal| match refusal {
            Refusal::Uninspectable { reason, .. } => Refusal::uninspectable(part, reason),
            other => other,
        })?;
        let entity = self.entity(number)?;
        let raw = self.bytes.get(entity.body.clone()).unwrap_or_default();
        changes.push((entity.body.clone(), entity.transfer.encode(raw, &old, &new)));
        Ok(())
    }

    /// A short text in the place of a part.
    fn note(&self, number: usize, changes: &mut Vec<Change>) -> Result<(), Refusal> {
        let entity = self.entity(number)?;
        let eol = self.eol(entity);
        let mut header = format!("Content-Type: text/plain; charset=us-ascii{eol}");
        for field in &entity.fields {
            let name = field.name(&self.bytes);
            if name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-"))
                && !name.eq_ignore_ascii_case("content-length")
            {
                changes.push((field.range(), std::mem::take(&mut header).into_bytes()));
            }
        }
        let raw = self.bytes.get(entity.body.clone()).unwrap_or_default();
        let end = if raw.ends_with(b"\n") { eol } else { "" };
        changes.push((entity.body.clone(), format!("{NOTE}{end}").into_bytes()));
        Ok(())
    }

    /// A signature goes with the boundary line before it, and what it signed is signed no more.
    fn drop_signature_parts(&self, changes: &mut Vec<Change>) {
        let signatures: HashSet<usize> =
            self.leaves.iter().filter(|leaf| matches!(leaf.kind, LeafKind::Signature)).map(|leaf| leaf.entity).collect();
        for entity in self.entities.iter().filter(|entity| entity.media == "multipart/signed") {
            let Content::Multipart { delimiters, parts, .. } = &entity.content else { continue };
            let mut dropped = false;
            for (index, part) in parts.iter().enumerate().filter(|(_, part)| signatures.contains(part)) {
                let (Some(before), Some(signature)) = (delimiters.get(index), self.entities.get(*part)) else { continue };
                let from = before.start.saturating_sub(2);
                // Up to the next boundary line, which begins two hyphens before its boundary.
                let to = delimiters.get(index + 1).map_or(signature.range.end, |next| next.start.saturating_sub(2));
                changes.push((from..to.max(from), Vec::new()));
                dropped = true;
            }
            let Some(field) = entity.field(&self.bytes, "Content-Type").filter(|_| dropped) else { continue };
            let read = params::read(&self.bytes, field.value_range());
            changes.push((read.main.clone(), b"multipart/mixed".to_vec()));
            changes.extend(["protocol", "micalg"].iter().flat_map(|name| read.dropped(name)).map(|range| (range, Vec::new())));
        }
    }

    /// Signatures in headers hold no more where anything of their message changed.
    fn drop_signatures(&self, changes: &mut Vec<Change>) {
        let mut starts: Vec<usize> = changes.iter().map(|(range, _)| range.start).collect();
        starts.sort_unstable();
        let mut drops = Vec::new();
        for entity in &self.entities {
            let changed = starts.get(starts.partition_point(|start| *start < entity.range.start));
            if changed.is_some_and(|start| *start < entity.range.end) {
                let signatures = entity.fields.iter().filter(|field| names::is_signature(field.name(&self.bytes)));
                drops.extend(signatures.map(|field| (field.range(), Vec::new())));
            }
        }
        changes.extend(drops);
    }

    /// `Content-Length` of a mailbox is what readers cut by, so it must stay right.
    fn lengths(&self, changes: &mut Vec<Change>) -> Result<(), Refusal> {
        let mut fixes = Vec::new();
        let ordered = ordered(std::mem::take(changes));
        for message in &self.messages {
            let entity = self.entity(message.first)?;
            let Some(field) = entity.field(&self.bytes, "Content-Length") else { continue };
            let value = String::from_utf8_lossy(self.bytes.get(field.value_range()).unwrap_or_default()).into_owned();
            let Ok(length) = value.trim().parse::<usize>() else { continue };
            let body = entity.body.start..entity.body.start.saturating_add(length);
            if body.end > entity.body.end {
                continue;
            }
            let mut new = length;
            let from = ordered.partition_point(|(range, _)| range.start < body.start);
            for (range, bytes) in ordered.get(from..).unwrap_or_default() {
                if range.start >= body.end {
                    break;
                }
                new = (new + bytes.len()).saturating_sub(range.len());
            }
            if new != length {
                fixes.push((field.value_range(), new.to_string().into_bytes()));
            }
        }
        *changes = ordered;
        changes.extend(fixes);
        Ok(())
    }
}
