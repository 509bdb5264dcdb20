//! The texts outside of content streams, as segments: bookmarks, form fields, annotations, links, layer names, alternate
//! texts, names.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId};

use super::fonts::names;
use super::store::Store;
use super::strings;
use super::unit::Unit;
use super::walk::{self, Trail, Visitor};

/// A string that is text, by its object and its number among the strings of that object.
pub(super) struct FoundString {
    pub object: ObjectId,
    pub ordinal: usize,
    pub key: Vec<u8>,
    pub text: String,
    pub label: Option<Arc<str>>,
}

/// What a walk from the trailer found.
#[derive(Default)]
pub(super) struct Carriers {
    pub strings: Vec<FoundString>,
    pub names: BTreeSet<Vec<u8>>,
    pub destinations: BTreeSet<Vec<u8>>,
    /// Every object reached, in the order of reaching, with the keys that led to it.
    pub reached: Vec<ObjectId>,
    pub trails: HashMap<ObjectId, Trail>,
}

impl Carriers {
    /// Takes the tags of marked content in as well, those that people or programs chose.
    pub(super) fn add_tags(&mut self, units: &[Unit]) {
        let trail = Trail { key: b"S".to_vec(), ..Trail::default() };
        for tag in units.iter().flat_map(|unit| unit.tags.keys()).filter(|tag| !is_known_name(&trail, tag)) {
            self.names.insert(tag.clone());
        }
    }

    /// New names for destinations, in the order of the old, so that name trees stay sorted.
    pub(super) fn destination_names(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        self.destinations
            .iter()
            .enumerate()
            .map(|(index, name)| (name.clone(), format!("destination-{index:06}").into_bytes()))
            .collect()
    }
}

struct Collector<'a> {
    store: &'a Store,
    found: Carriers,
    queue: VecDeque<ObjectId>,
    object: ObjectId,
    ordinal: usize,
}

/// Walks everything that the trailer's catalog reaches and that is kept.
pub(super) fn collect(store: &Store) -> Carriers {
    let mut collector = Collector { store, found: Carriers::default(), queue: VecDeque::new(), object: (0, 0), ordinal: 0 };
    if let Ok(Object::Reference(root)) = store.document.trailer.get(b"Root") {
        collector.reference(&Trail { key: b"Root".to_vec(), ..Trail::default() }, *root);
    }
    while let Some(id) = collector.queue.pop_front() {
        let (Some(object), Some(trail)) = (store.document.objects.get(&id), collector.found.trails.get(&id).cloned()) else {
            continue;
        };
        collector.object = id;
        collector.ordinal = 0;
        walk::copy(store, object, &trail, &mut collector);
    }
    collector.found
}

impl Visitor for Collector<'_> {
    fn string(&mut self, trail: &Trail, owner: &Dictionary, bytes: &[u8]) -> Vec<u8> {
        let text = strings::decode(bytes);
        if !text.trim().is_empty() && !is_vocabulary(&trail.key, bytes) {
            let label = label(self.store, trail, owner);
            self.found.strings.push(FoundString {
                object: self.object,
                ordinal: self.ordinal,
                key: trail.key.clone(),
                text,
                label,
            });
        }
        self.ordinal += 1;
        bytes.to_vec()
    }

    fn name(&mut self, trail: &Trail, name: &[u8]) -> Vec<u8> {
        if !is_known_name(trail, name) {
            self.found.names.insert(name.to_vec());
        }
        name.to_vec()
    }

    fn destination(&mut self, name: &[u8]) -> Vec<u8> {
        self.found.destinations.insert(name.to_vec());
        name.to_vec()
    }

    fn reference(&mut self, trail: &Trail, id: ObjectId) -> Object {
        if let Entry::Vacant(place) = self.found.trails.entry(id) {
            place.insert(trail.clone());
            self.found.reached.push(id);
            self.queue.push_back(id);
        }
        Object::Reference(id)
    }
}

/// Strings with prescribed values.
fn is_vocabulary(key: &[u8], bytes: &[u8]) -> bool {
    match key {
        b"Registry" | b"Ordering" => {
            matches!(bytes, b"Adobe" | b"Identity" | b"UCS" | b"UCS2" | b"Japan1" | b"GB1" | b"CNS1" | b"Korea1" | b"KR")
        }
        // What is longer may be private use.
        b"Lang" => strings::decode(bytes).split('-').all(|tag| tag.len() <= 4),
        _ => false,
    }
}

/// Names that belong to the format, and fonts that every viewer brings along.
fn is_known_name(trail: &Trail, name: &[u8]) -> bool {
    if name.len() < 3 || !name.iter().any(u8::is_ascii_alphabetic) {
        return true;
    }
    if matches!(trail.key.as_slice(), b"Differences") || trail.parent == b"CharProcs" {
        return is_known_glyph(name);
    }
    let text = String::from_utf8_lossy(name);
    if trail.key == b"CMapName" && ["Adobe-", "Identity-"].iter().any(|start| text.starts_with(start)) {
        return true;
    }
    if matches!(trail.key.as_slice(), b"BaseFont" | b"FontName") {
        let plain = text.split_once('+').map_or(&*text, |(tag, rest)| if tag.len() == 6 { rest } else { &*text });
        let known = [
            "Helvetica",
            "Times",
            "Courier",
            "Symbol",
            "ZapfDingbats",
            "Arial",
            "Verdana",
            "Georgia",
            "Calibri",
            "Cambria",
            "Tahoma",
        ];
        return known.iter().any(|font| plain.starts_with(font));
    }
    matches!(
        name,
        b"Off"
            | b"Yes"
            | b"All"
            | b"None"
            | b"Black"
            | b"Cyan"
            | b"Magenta"
            | b"Yellow"
            | b"Document"
            | b"DocumentFragment"
            | b"Part"
            | b"Art"
            | b"Sect"
            | b"Div"
            | b"BlockQuote"
            | b"Caption"
            | b"TOC"
            | b"TOCI"
            | b"Index"
            | b"NonStruct"
            | b"Private"
            | b"Lbl"
            | b"LBody"
            | b"Table"
            | b"THead"
            | b"TBody"
            | b"TFoot"
            | b"Span"
            | b"Quote"
            | b"Note"
            | b"Reference"
            | b"BibEntry"
            | b"Code"
            | b"Link"
            | b"Annot"
            | b"Ruby"
            | b"Warichu"
            | b"Figure"
            | b"Formula"
            | b"Form"
            | b"Artifact"
            | b"Normal"
            | b"Default"
            | b"View"
            | b"Design"
            | b"Title"
            | b"Aside"
            | b"FENote"
            | b"Strong"
            | b"Sub"
            | b"Textbody"
            | b"Standard"
            | b"Heading"
            // What tags are called in content.
            | b"OC"
            | b"PlacedGraphic"
            | b"PlacedPDF"
            | b"Clip"
            // Icons and stamps (ISO 32000-2, tables 175, 184 and 187).
            | b"Comment"
            | b"Key"
            | b"Help"
            | b"NewParagraph"
            | b"Paragraph"
            | b"Insert"
            | b"Approved"
            | b"AsIs"
            | b"Confidential"
            | b"Departmental"
            | b"Draft"
            | b"Experimental"
            | b"Expired"
            | b"Final"
            | b"ForComment"
            | b"ForPublicRelease"
            | b"NotApproved"
            | b"NotForPublicRelease"
            | b"Sold"
            | b"TopSecret"
            | b"Graph"
            | b"PushPin"
            | b"Paperclip"
            | b"Tag"
            | b"Speaker"
            | b"Mic"
    )
}

/// Whether a glyph has a name from the lists, or one of a letter or few and a number, as programs make them.
fn is_known_glyph(name: &[u8]) -> bool {
    let letters = name.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    letters < 4 || names::text_of(name).is_some()
}

/// A field name for a string: the form field it fills, or what its key says.
fn label(store: &Store, trail: &Trail, owner: &Dictionary) -> Option<Arc<str>> {
    let text = |dict: &Dictionary, key: &[u8]| {
        store.get(dict, key).as_str().ok().map(strings::decode).filter(|text| !text.trim().is_empty())
    };
    match trail.key.as_slice() {
        b"V" | b"DV" | b"Opt" => {
            let mut dict = owner;
            for _ in 0..8 {
                if let Some(name) = text(dict, b"TU").or_else(|| text(dict, b"T")) {
                    return Some(name.into());
                }
                dict = store.dict(dict, b"Parent")?;
            }
            None
        }
        b"Title" => Some("bookmark".into()),
        b"Contents" if owner.has(b"Rect") => Some("annotation".into()),
        b"T" if owner.has(b"Rect") && !owner.has(b"FT") => Some("author".into()),
        b"Subj" => Some("subject".into()),
        b"URI" => Some("link".into()),
        b"Alt" => Some("alternate text".into()),
        _ => None,
    }
}
