//! The members of an archive, whatever kind of archive it is.

use std::sync::Arc;

use subrosa_core::edit::Edit;
use subrosa_core::policy::OnUnread;
use subrosa_core::segment::Segment;
use subrosa_core::span::Span;

use super::paths::{self, Taken};
use crate::document::{Part, Record, UnreadPart};
use crate::formats::Source;
use crate::limits::Limits;
use crate::nested::{self, Children};
use crate::package::{Budget, metered};
use crate::refusal::Refusal;
use crate::view::{Block, Face, Views};

/// So many members may pass a limit by themselves before the whole archive is refused: more is no accident.
const MOST_OVER_LIMIT: usize = 4;

/// The members that were read.
#[derive(Default)]
pub(super) struct Contents {
    items: Vec<Item>,
    children: Children,
    notes: Vec<String>,
}

/// A member.
struct Item {
    /// How it is called in places and notes.
    part: String,
    /// Its path, without a slash at the end.
    path: String,
    is_folder: bool,
    /// The segment of the path.
    segment: usize,
    /// Where it links to, and the segment of that.
    link: Option<(String, usize)>,
    child: Option<usize>,
    unread: bool,
    /// It cannot be kept as it is, since it cannot be copied or its name is not certain.
    cannot_stay: bool,
    settled: Option<Settled>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    Removed,
    Emptied,
}

/// How a member is written.
pub(super) enum Written {
    /// Not at all.
    Gone,
    /// As it was.
    Same,
    /// With this content.
    Data(Vec<u8>),
}

/// Reads members one by one.
pub(super) struct Reader<'a> {
    source: &'a Source<'a>,
    limits: &'a Limits,
    pub(super) budget: Budget,
    pub(super) segments: Vec<Segment>,
    pub(super) unread: Vec<UnreadPart>,
    over_limit: usize,
    contents: Contents,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source<'a>, limits: &'a Limits) -> Self {
        Self {
            source,
            limits,
            budget: Budget::new(limits, source.bytes.len()),
            segments: Vec::new(),
            unread: Vec::new(),
            over_limit: 0,
            contents: Contents::default(),
        }
    }

    /// Begins a member: its path is a segment. All that follows is about this member.
    pub(super) fn member(&mut self, path: &str) {
        let number = self.contents.items.len() + 1;
        let is_folder = path.ends_with('/');
        let path = path.trim_end_matches('/');
        let extension = paths::extension(path).filter(|_| !is_folder);
        let part = extension.map_or_else(|| format!("member {number}"), |extension| format!("member {number} ({extension})"));
        let segment = self.segments.len();
        self.segments.push(Segment::new(path));
        let item = Item {
            part,
            path: path.to_owned(),
            is_folder,
            segment,
            link: None,
            child: None,
            unread: false,
            cannot_stay: false,
            settled: None,
        };
        self.contents.items.push(item);
    }

    /// How the member is called.
    pub(super) fn part(&self) -> String {
        self.contents.items.last().map(|item| item.part.clone()).unwrap_or_default()
    }

    /// The member links to another.
    pub(super) fn link(&mut self, target: &str) {
        let segment = self.segments.len();
        self.segments.push(Segment::new(target));
        if let Some(item) = self.contents.items.last_mut() {
            item.link = Some((target.to_owned(), segment));
        }
    }

    /// The member cannot be read.
    pub(super) fn unread(&mut self, reason: &str, can_stay: bool) {
        if let Some(item) = self.contents.items.last_mut() {
            item.unread = true;
            item.cannot_stay |= !can_stay;
            self.unread.push(UnreadPart { part: item.part.clone(), reason: reason.to_owned() });
        }
    }

    /// Reads what the member holds.
    ///
    /// # Errors
    /// [`Refusal::Limit`] when the archive expands to too much or too deep.
    pub(super) fn content(&mut self, data: &[u8]) -> Result<(), Refusal> {
        let Some(item) = self.contents.items.last() else { return Ok(()) };
        if data.is_empty() {
            return Ok(());
        }
        let (part, name, left) = (item.part.clone(), paths::kind_name(&item.path), self.budget.left());
        let (document, expanded) = metered(|| nested::read(self.source, &name, data, self.limits, left));
        self.budget.charge(expanded, &part)?;
        match document {
            Ok(document) => {
                let inner_unread = !document.unread.is_empty();
                let child = self.contents.children.adopt(&part, document, &mut self.segments, &mut self.unread);
                if let Some(item) = self.contents.items.last_mut() {
                    item.child = Some(child);
                    item.unread = inner_unread;
                }
            }
            Err(refusal) => {
                self.over_limit += usize::from(matches!(refusal, Refusal::Limit(_)));
                if self.over_limit >= MOST_OVER_LIMIT {
                    return Err(Refusal::Limit(format!("{part}: {refusal}; as several members before")));
                }
                self.unread(&refusal.to_string(), true);
            }
        }
        Ok(())
    }

    /// Everything that was read. `note` says what of the archive is not carried over.
    pub(super) fn finish(self, note: &str) -> (Vec<Segment>, Vec<UnreadPart>, Contents) {
        let mut contents = self.contents;
        if !contents.items.is_empty() {
            contents.notes.push(note.to_owned());
        }
        (self.segments, self.unread, contents)
    }
}

impl Contents {
    pub(super) fn place(&self, segment: usize, span: Span) -> String {
        if let Some(place) = self.children.place(segment, span) {
            return place;
        }
        // In the order of their segments.
        let item = self.items.partition_point(|item| item.segment <= segment).checked_sub(1);
        let Some(item) = item.and_then(|at| self.items.get(at)) else { return "archive".to_owned() };
        let what = if item.segment == segment { "its path" } else { "its link" };
        format!("{}, {what}", item.part)
    }

    pub(super) fn record(&self, segment: usize) -> Option<Record> {
        self.children.record(segment)
    }

    /// The members for people to read: each under its path.
    pub(super) fn blocks(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        for item in &self.items {
            let section = views.section(if item.path.is_empty() { &item.part } else { &item.path });
            let own = [(item.segment, "path")].into_iter().chain(item.link.iter().map(|(_, segment)| (*segment, "link")));
            for (segment, label) in own {
                views.whole(segment, &Face::text(Arc::clone(&section)).field(Some(label.into())));
            }
            if let Some(child) = item.child {
                self.children.view(child, &section, true, &mut views);
            }
        }
        views.finish()
    }

    pub(super) fn settle(&mut self, on_unread: OnUnread) -> bool {
        let settled = match on_unread {
            OnUnread::Fail => return false,
            OnUnread::Keep => {
                return self.items.iter().all(|item| !item.cannot_stay) && self.children.settle(on_unread);
            }
            OnUnread::Remove => Settled::Removed,
            OnUnread::Blank => Settled::Emptied,
        };
        for item in self.items.iter_mut().filter(|item| item.unread) {
            if item.child.is_some_and(|child| self.children.settle_one(child, on_unread)) {
                continue;
            }
            let settled = if item.cannot_stay { Settled::Removed } else { settled };
            item.settled = Some(settled);
            let verb = if settled == Settled::Removed { "left out" } else { "emptied" };
            self.notes.push(format!("{} could not be read and is {verb}", item.part));
        }
        true
    }

    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = self.children.notes();
        notes.extend_from_slice(&self.notes);
        notes
    }

    /// The paths with the edits made, each different from all others; nothing for a folder that another one became, too.
    pub(super) fn paths(&self, edits: &[Vec<Edit>]) -> Vec<Option<String>> {
        let of = |item: &Item| edits.get(item.segment).map(Vec::as_slice).unwrap_or_default();
        let mut taken = Taken::default();
        self.items.iter().filter(|item| of(item).is_empty()).for_each(|item| taken.reserve(&item.path));
        let path = |item: &Item| match of(item) {
            [] => Some(item.path.clone()),
            edits => taken.take(paths::edited(&item.path, edits, item.is_folder), item.is_folder),
        };
        self.items.iter().map(path).collect()
    }

    /// Where a member links to, with the edits made.
    pub(super) fn link(&self, member: usize, edits: &[Vec<Edit>]) -> Option<String> {
        let (target, segment) = self.items.get(member)?.link.as_ref()?;
        let edits = edits.get(*segment).map(Vec::as_slice).unwrap_or_default();
        // The steps of a link may lead upwards, so only the replacements are made safe.
        let mut out = String::new();
        let mut done = 0;
        for edit in edits {
            out.push_str(target.get(done..edit.span.start).unwrap_or_default());
            out.extend(edit.replacement.chars().map(|char| if char.is_control() || char == '/' { '_' } else { char }));
            done = edit.span.end;
        }
        out.push_str(target.get(done..).unwrap_or_default());
        Some(if out.is_empty() { "_".to_owned() } else { out })
    }

    /// How a member is written.
    ///
    /// # Errors
    /// As [`Body::write`](crate::Body::write).
    pub(super) fn write(&self, member: usize, edits: &[Vec<Edit>]) -> Result<Written, Refusal> {
        let Some(item) = self.items.get(member) else { return Ok(Written::Gone) };
        Ok(match (item.settled, item.child) {
            (Some(Settled::Removed), _) => Written::Gone,
            (Some(Settled::Emptied), _) => Written::Data(Vec::new()),
            (None, Some(child)) if self.children.is_edited(child, edits) || self.children.is_changed(child) => {
                Written::Data(self.children.write(child, edits)?)
            }
            (None, _) => Written::Same,
        })
    }
}

/// Adds what the residue search is to see of a member: as its format gives it, or its bytes.
pub(super) fn raw_parts(source: &Source<'_>, number: usize, path: &str, data: &[u8], limits: &Limits, parts: &mut Vec<Part>) {
    nested::raw_parts_or_views(source, &format!("member {number}"), &paths::kind_name(path), data, limits, parts);
}
