//! Messages for people to read: who, when and what about, the text, what is attached; what machines wrote comes last.

use std::collections::HashMap;
use std::sync::Arc;

use subrosa_core::segment::Segment;

use super::body::MailBody;
use super::parse::Content;
use super::read::file_of;
use super::slots::{LeafKind, Slot};
use crate::view::{Block, Face, Shape, Views};

/// Header fields that mail programs show.
const SHOWN: &[&str] =
    &["from", "sender", "reply-to", "to", "cc", "bcc", "date", "subject", "resent-from", "resent-to", "organization"];

/// The parts of a message, in the order in which they are read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Which {
    Header,
    Text,
    Attachment,
    Machines,
}

/// What an entity is to a reader.
#[derive(Clone)]
struct About {
    /// The number of the message in the file.
    message: usize,
    names: Arc<Names>,
    which: Which,
    section: Arc<str>,
    visible: bool,
    /// Whether it is a message itself.
    root: bool,
}

/// What the sections of a message are called.
struct Names {
    /// What comes before them: nothing for a file of one message.
    base: String,
    header: Arc<str>,
    text: Arc<str>,
    around: Arc<str>,
    technical: Arc<str>,
}

impl Names {
    fn of(base: String) -> Arc<Self> {
        let named = |name: &str| Arc::from(under(&base, name));
        let (header, text) = (named("Header"), named("Text"));
        let (around, technical) = (named("Text around the parts"), named("Technical header"));
        Arc::new(Self { base, header, text, around, technical })
    }
}

/// What is shown.
enum Shown {
    Segment(usize, Face),
    Child(usize, Arc<str>, bool),
}

/// Where a document inside stands: among what, its section, whether it is seen.
type Inner = ((usize, Which), Arc<str>, bool);

fn under(base: &str, section: &str) -> String {
    if base.is_empty() { section.to_owned() } else { format!("{base}, {}", section.to_lowercase()) }
}

impl MailBody {
    fn about(&self) -> Vec<Option<About>> {
        let mut found = vec![None; self.entities.len()];
        let mut files = 0;
        for (number, message) in self.messages.iter().enumerate() {
            let base = self.numbered.map_or_else(String::new, |first| format!("Message {}", first + number as u64));
            let names = Names::of(base);
            let section = Arc::clone(&names.text);
            let root = About { message: number, names, which: Which::Text, section, visible: true, root: true };
            self.walk(message.first, root, &mut files, &mut found);
        }
        found
    }

    /// An entity and all in it. A part's number is larger than that of what it is in, so that this comes to an end.
    fn walk(&self, number: usize, mut about: About, files: &mut usize, found: &mut Vec<Option<About>>) {
        let Some(entity) = self.entities.get(number) else { return };
        let later = |part: &usize| *part > number;
        match &entity.content {
            Content::Multipart { parts, .. } => {
                let versions = entity.media == "multipart/alternative";
                for (nth, part) in parts.iter().enumerate().filter(|(_, part)| later(part)) {
                    let mut inner = About { root: false, ..about.clone() };
                    // Of several versions of a text programs show the last that they can.
                    if versions && nth + 1 < parts.len() && inner.visible {
                        inner.section = Arc::from(format!("{}, other version", inner.section));
                        inner.visible = false;
                    }
                    self.walk(*part, inner, files, found);
                }
            }
            Content::Message(inner) if later(inner) => {
                *files += 1;
                let names = Names::of(under(&about.names.base, &format!("Attached message {files}")));
                let section = Arc::clone(&names.text);
                let inner_about = About { names, section, which: Which::Attachment, root: true, ..about.clone() };
                self.walk(*inner, inner_about, files, found);
            }
            Content::Message(_) => {}
            Content::Leaf => {
                let file = file_of(&self.bytes, entity);
                let disposition = entity.field(&self.bytes, "Content-Disposition");
                let value = disposition.and_then(|field| self.bytes.get(field.value_range())).unwrap_or_default();
                let attached = value.get(..10).is_some_and(|start| start.eq_ignore_ascii_case(b"attachment"));
                if attached || file.is_some() || !matches!(entity.media.as_str(), "text/plain" | "text/html") && !about.root {
                    *files += 1;
                    let name = file.unwrap_or_else(|| files.to_string());
                    about.which = Which::Attachment;
                    about.section = match about.names.base.as_str() {
                        "" => Arc::from(format!("Attachment {name}")),
                        base => Arc::from(format!("{base}, Attachment {name}")),
                    };
                }
            }
        }
        if let Some(place) = found.get_mut(number) {
            *place = Some(about);
        }
    }

    /// The messages for people to read.
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let about = self.about();
        let of = |entity: usize| about.get(entity).and_then(Option::as_ref);
        let mut views = Views::of(segments);
        let mut shown: Vec<((usize, Which), Shown)> = Vec::new();
        let mut last_child = None;
        let mut inner = self.inner(&of);
        for (number, slot) in self.slots.iter().enumerate() {
            let Some(segment) = segments.get(number) else { break };
            let label = segment.labels.first().cloned();
            let entity = match *slot {
                Slot::Envelope(entity)
                | Slot::Name(entity, _)
                | Slot::Value(entity, _)
                | Slot::Main(entity, _)
                | Slot::Parameter(entity, ..)
                | Slot::Boundary(entity)
                | Slot::Preamble(entity)
                | Slot::Epilogue(entity) => entity,
                Slot::Story(leaf) => self.leaves.get(leaf).map_or(0, |leaf| leaf.entity),
                Slot::Child => {
                    let child = self.children.of(number);
                    if child != last_child
                        && let Some(child) = child
                    {
                        last_child = Some(child);
                        let known = inner.remove(&child);
                        let unknown = || ((self.messages.len(), Which::Attachment), Arc::from("Attachment"), true);
                        let (key, section, visible) = known.unwrap_or_else(unknown);
                        shown.push((key, Shown::Child(child, section, visible)));
                    }
                    continue;
                }
            };
            let Some(about) = of(entity) else { continue };
            let (which, section, visible) = match slot {
                _ if segment.structural => (Which::Machines, Arc::clone(&about.names.technical), false),
                Slot::Value(..) if about.root && label.as_deref().is_some_and(is_shown) => {
                    let which = if about.which == Which::Attachment { Which::Attachment } else { Which::Header };
                    (which, Arc::clone(&about.names.header), about.visible)
                }
                Slot::Parameter(..) if about.which == Which::Attachment => {
                    (Which::Attachment, Arc::clone(&about.section), about.visible)
                }
                Slot::Story(_) => (about.which, Arc::clone(&about.section), about.visible),
                Slot::Preamble(_) | Slot::Epilogue(_) => (Which::Machines, Arc::clone(&about.names.around), false),
                _ => (Which::Machines, Arc::clone(&about.names.technical), false),
            };
            let face = Face::text(section).field(label).seen(visible);
            shown.push(((about.message, which), Shown::Segment(number, face)));
        }
        shown.sort_by_key(|(key, _)| *key);
        for (_, shown) in shown {
            match shown {
                Shown::Segment(number, face) if face.shape == Shape::Paragraph => {
                    views.paragraphs(number, 0..segments.get(number).map_or(0, |segment| segment.text.len()), &face);
                }
                Shown::Segment(number, face) => views.whole(number, &face),
                Shown::Child(child, section, visible) => self.children.view(child, &section, visible, &mut views),
            }
        }
        views.finish()
    }

    /// Where each document inside stands: among what, its section, whether it is seen.
    fn inner<'a>(&self, of: &dyn Fn(usize) -> Option<&'a About>) -> HashMap<usize, Inner> {
        let mut inner = HashMap::new();
        for leaf in &self.leaves {
            let Some(about) = of(leaf.entity) else { continue };
            match &leaf.kind {
                LeafKind::Document(child, _) => {
                    inner.insert(*child, ((about.message, about.which), Arc::clone(&about.section), about.visible));
                }
                LeafKind::Story { files, .. } => {
                    for (nth, child) in files.iter().enumerate().filter_map(|(nth, file)| Some((nth, file.child?))) {
                        let section = Arc::from(format!("{}, file {}", about.section, nth + 1));
                        inner.insert(child, ((about.message, Which::Attachment), section, about.visible));
                    }
                }
                LeafKind::Signature | LeafKind::Unread => {}
            }
        }
        inner
    }
}

fn is_shown(label: &str) -> bool {
    SHOWN.iter().any(|shown| label.eq_ignore_ascii_case(shown))
}
