//! Outlook messages for people to read: who and what about, the richest of the bodies, then recipients and attachments, then
//! everything else.

use subrosa_core::segment::Segment;

use super::body::MessageBody;
use crate::nested::in_words;
use crate::view::{Block, Face, Views};

/// Properties that a reader is shown at the head of a message.
const SHOWN: &[&str] = &["from name", "sender name", "sender email address", "sent", "to", "cc", "bcc", "subject"];
/// Properties that name a recipient or an attachment.
const NAMING: &[&str] = &["name", "email address", "file"];

/// The bodies, the one that programs show first.
const BODIES: [&str; 3] = ["HTML body", "RTF body", "body"];

/// What a segment stands in: `attachment 1, ` and the name of the property.
fn split(place: &str) -> (&str, &str) {
    place.rsplit_once(", ").map_or(("", place), |(prefix, name)| (prefix, name))
}

enum Shown {
    Segment(usize, Face),
    Child(usize, String, bool),
}

impl MessageBody {
    /// The message for people to read.
    pub(super) fn view(&self, segments: &[Segment]) -> Vec<Block> {
        let mut views = Views::of(segments);
        let mut shown: Vec<((String, u8, usize), Shown)> = Vec::new();
        let names: Vec<&str> = self.places.iter().map(|place| place.name.as_str()).chain(self.children.names()).collect();
        // Per message the body that is shown: of several that say the same the first.
        let chosen = |prefix: &str| {
            let is_there = |body: &&&str| names.iter().any(|name| split(name) == (prefix, **body));
            BODIES.iter().find(is_there).copied()
        };
        for place in &self.places {
            let Some(segment) = segments.get(place.segment) else { continue };
            let (prefix, name) = split(&place.name);
            let label = segment.labels.first().cloned();
            let (rank, section, visible) = match name {
                _ if segment.structural => (9, "Names".to_owned(), false),
                "body" => (2, "Text".to_owned(), chosen(prefix) == Some("body")),
                _ if SHOWN.contains(&name) && !prefix.contains("recipient") => (0, "Header".to_owned(), true),
                _ if NAMING.contains(&name) && !prefix.is_empty() => (5, in_words(prefix), true),
                _ => (8, "Properties".to_owned(), false),
            };
            let face = Face::text(views.section(&named(prefix, &section))).field(label).seen(visible);
            shown.push(((message(prefix), rank, place.segment), Shown::Segment(place.segment, face)));
        }
        for (child, name) in self.children.names().enumerate() {
            let (prefix, body) = split(name);
            let (rank, section, visible) = match body {
                "headers" => (7, "Technical header".to_owned(), false),
                "HTML body" | "RTF body" => (3, "Text".to_owned(), chosen(prefix) == Some(body)),
                _ => (6, in_words(name), true),
            };
            let (prefix, rank) = if rank == 6 { (message(prefix), rank) } else { (prefix.to_owned(), rank) };
            let section = if rank == 6 { section } else { named(&prefix, &section) };
            let section = if rank == 3 && !visible { format!("{section}, other version") } else { section };
            shown.push(((message(&prefix), rank, child), Shown::Child(child, section, visible)));
        }
        shown.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (_, shown) in shown {
            match shown {
                Shown::Segment(number, face) if face.label.is_none() => {
                    views.paragraphs(number, 0..segments.get(number).map_or(0, |segment| segment.text.len()), &face);
                }
                Shown::Segment(number, face) => views.whole(number, &face),
                Shown::Child(child, section, visible) => self.children.view(child, &section, visible, &mut views),
            }
        }
        views.finish()
    }
}

/// The message that something stands in: an attachment that is one, or nothing.
fn message(prefix: &str) -> String {
    let parts = prefix.split(", ").filter(|part| !part.starts_with("recipient"));
    parts.collect::<Vec<&str>>().join(", ")
}

fn named(prefix: &str, section: &str) -> String {
    let message = message(prefix);
    if message.is_empty() || in_words(&message) == section {
        section.to_owned()
    } else {
        format!("{}, {}", in_words(&message), section.to_lowercase())
    }
}
