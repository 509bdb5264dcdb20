//! Writes a file anew: only what the catalog reaches and the walk keeps, numbered from one, with one cross-reference table.
//!
//! Older revisions, unreachable objects, bytes before the header and after the end, comments between objects and the old
//! file identifier are not carried over, since nothing is copied that was not reached. The identifier is a digest of the new
//! contents, so the same edits give the same bytes.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::fmt::Write as _;
use std::io::Write as _;

use lopdf::encryption::encrypt_object;
use lopdf::{Dictionary, EncryptionState, Object, ObjectId, Stream, StringFormat};

use super::figures::Repainted;
use super::filters::{self, Decoded};
use super::font_text;
use super::raster::Replacement;
use super::scrub::Scrubber;
use super::store::Store;
use super::strings;
use super::walk::{self, Trail, Visitor};
use crate::refusal::Refusal;

/// Everything that differs from the file as it was read.
#[derive(Default)]
pub(super) struct Changes {
    /// New contents of pages, by page object.
    pub pages: HashMap<ObjectId, Vec<u8>>,
    /// Pages that become pictures, or empty.
    pub replaced: HashMap<ObjectId, Replacement>,
    /// What only those pages showed: it does not stay, whatever else refers to it.
    pub unused: HashSet<ObjectId>,
    /// Where pages are replaced: the resources of the other pages. Nothing is inherited any more.
    pub inherited: HashMap<ObjectId, Dictionary>,
    /// New data of content streams of their own.
    pub streams: HashMap<ObjectId, Vec<u8>>,
    /// Units that show labels and so need the label font, by the object with the resources.
    pub labelled: HashMap<ObjectId, Dictionary>,
    /// Images that were painted over.
    pub figures: HashMap<ObjectId, Repainted>,
    pub strings: HashMap<(ObjectId, usize), Vec<u8>>,
    /// The same by their old texts, for resources that are copied to another object.
    pub texts: HashMap<String, Vec<u8>>,
    pub names: BTreeMap<Vec<u8>, Vec<u8>>,
    pub destinations: BTreeMap<Vec<u8>, Vec<u8>>,
    /// Objects whose appearance is out of date.
    pub stale: HashSet<ObjectId>,
    pub producer: Option<Vec<u8>>,
    /// Finds removed values in font programs and the like.
    pub scrubber: Scrubber,
}

struct Copier<'a> {
    changes: &'a Changes,
    object: ObjectId,
    ordinal: usize,
    /// What is copied stood elsewhere, so that the numbers of its strings say nothing.
    elsewhere: bool,
    numbers: HashMap<ObjectId, u32>,
    queue: VecDeque<ObjectId>,
    next: u32,
}

impl Visitor for Copier<'_> {
    fn string(&mut self, _: &Trail, _: &Dictionary, bytes: &[u8]) -> Vec<u8> {
        let written = if self.elsewhere {
            self.changes.texts.get(&strings::decode(bytes)).cloned()
        } else {
            self.changes.strings.get(&(self.object, self.ordinal)).cloned()
        };
        self.ordinal += 1;
        written.unwrap_or_else(|| bytes.to_vec())
    }

    fn name(&mut self, _: &Trail, name: &[u8]) -> Vec<u8> {
        self.changes.names.get(name).cloned().unwrap_or_else(|| name.to_vec())
    }

    fn destination(&mut self, name: &[u8]) -> Vec<u8> {
        self.changes.destinations.get(name).cloned().unwrap_or_else(|| b"destination".to_vec())
    }

    fn reference(&mut self, _: &Trail, id: ObjectId) -> Object {
        Object::Reference((self.number(id), 0))
    }
}

impl Copier<'_> {
    fn number(&mut self, id: ObjectId) -> u32 {
        if let Some(&known) = self.numbers.get(&id) {
            return known;
        }
        let number = self.fresh();
        self.numbers.insert(id, number);
        self.queue.push_back(id);
        number
    }

    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }
}

/// Writes the document with the changes.
pub(super) fn write(store: &Store, trails: &HashMap<ObjectId, Trail>, changes: &Changes) -> Result<Vec<u8>, Refusal> {
    let Ok(Object::Reference(root)) = store.document.trailer.get(b"Root") else {
        return Err(Refusal::damaged("trailer", "the catalog is not an object of its own"));
    };
    let mut copier = Copier {
        changes,
        object: (0, 0),
        ordinal: 0,
        elsewhere: false,
        numbers: HashMap::new(),
        queue: VecDeque::new(),
        next: 0,
    };
    let mut out = File::begin(&store.document.version, store.document.encryption_state.as_ref());
    let root = copier.number(*root);
    let label_font = if changes.labelled.is_empty() { None } else { Some(copier.fresh()) };
    while let Some(id) = copier.queue.pop_front() {
        let number = copier.number(id);
        if let Some(Repainted { image, alpha }) = changes.figures.get(&id).filter(|_| !changes.unused.contains(&id)) {
            // Nothing of the old image is reached: neither its mask nor its other versions.
            let Stream { mut dict, content, .. } = image.clone();
            if let Some(alpha) = alpha {
                let number = copier.fresh();
                out.object(number, Object::Stream(alpha.clone()))?;
                dict.set("SMask", Object::Reference((number, 0)));
            }
            let default = Trail::default();
            copier.elsewhere = true;
            let copied = walk::copy(store, &Object::Dictionary(dict), trails.get(&id).unwrap_or(&default), &mut copier);
            copier.elsewhere = false;
            if let Object::Dictionary(dict) = copied {
                out.object(number, Object::Stream(Stream { dict, content, allows_compression: false, start_position: None }))?;
            }
            continue;
        }
        copier.object = id;
        copier.ordinal = 0;
        let default = Trail::default();
        let trail = trails.get(&id).unwrap_or(&default);
        let object = store.document.objects.get(&id).unwrap_or(&Object::Null);
        let gone = walk::is_removed(store, &Object::Reference(id)) || changes.unused.contains(&id);
        let object = if gone { &Object::Null } else { object };
        let without_inheritance = without_inheritance(object, id, changes);
        let object = without_inheritance.as_ref().unwrap_or(object);
        let mut copied = if let (Object::Dictionary(page), Some(_)) = (object, changes.pages.get(&id)) {
            // The old contents are not reached from an edited page.
            let mut page = page.clone();
            page.remove(b"Contents");
            walk::copy(store, &Object::Dictionary(page), trail, &mut copier)
        } else {
            walk::copy(store, object, trail, &mut copier)
        };
        if let (Some(replacement), Object::Dictionary(page)) = (changes.replaced.get(&id), &mut copied) {
            let picture = replacement.picture.as_ref().map(|picture| (copier.fresh(), picture));
            let contents = copier.fresh();
            page.set("Resources", Object::Dictionary(Replacement::resources(picture.map(|(number, _)| number))));
            page.set("Contents", Object::Reference((contents, 0)));
            out.object(contents, deflated(Dictionary::new(), &replacement.contents)?)?;
            if let Some((number, picture)) = picture {
                out.object(number, Object::Stream(picture.clone()))?;
            }
        }
        if changes.stale.contains(&id)
            && let Object::Dictionary(field) = &mut copied
        {
            field.remove(b"AP");
            field.remove(b"MaxLen");
        }
        if trail.key == b"AcroForm"
            && !changes.stale.is_empty()
            && let Object::Dictionary(form) = &mut copied
        {
            form.set("NeedAppearances", Object::Boolean(true));
        }
        if let Some(resources) = changes.labelled.get(&id)
            && let Some(font) = label_font
        {
            let inner = Trail { key: b"Resources".to_vec(), ..Trail::default() };
            copier.elsewhere = true;
            let resources = walk::copy(store, &Object::Dictionary(flat_fonts(store, resources)), &inner, &mut copier);
            copier.elsewhere = false;
            add_label_font(&mut copied, resources, font);
        }
        if let Some(contents) = changes.pages.get(&id)
            && let Object::Dictionary(page) = &mut copied
        {
            let stream = copier.fresh();
            page.set("Contents", Object::Reference((stream, 0)));
            out.object(stream, deflated(Dictionary::new(), contents)?)?;
        }
        if let (Object::Stream(old), Object::Stream(new)) = (object, &mut copied) {
            *new = stream_data(store, old, new.dict.clone(), trail, changes.streams.get(&id), &changes.scrubber)?;
        }
        out.object(number, copied)?;
    }
    if let Some(font) = label_font {
        let mut dict = Dictionary::new();
        dict.set("Type", Object::Name(b"Font".to_vec()));
        dict.set("Subtype", Object::Name(b"Type1".to_vec()));
        dict.set("BaseFont", Object::Name(b"Helvetica".to_vec()));
        dict.set("Encoding", Object::Name(b"WinAnsiEncoding".to_vec()));
        out.object(font, Object::Dictionary(dict))?;
    }
    let mut info = None;
    if let Some(producer) = &changes.producer {
        let number = copier.fresh();
        let mut dict = Dictionary::new();
        dict.set("Producer", Object::String(producer.clone(), StringFormat::Literal));
        out.object(number, Object::Dictionary(dict))?;
        info = Some(number);
    }
    out.finish(root, info, old_identifier(store))
}

/// The file as it was read, without its protection: for whoever draws its pages, never for anybody outside.
pub(super) fn unprotected(store: &Store) -> Option<Vec<u8>> {
    let root = store.document.trailer.get(b"Root").and_then(Object::as_reference).ok()?;
    let mut out = File::begin(&store.document.version, None);
    for (id, object) in &store.document.objects {
        out.object(id.0, object.clone()).ok()?;
    }
    out.finish(root.0, None, None).ok()
}

/// A page or a node of the page tree as it is copied where pages are replaced: without what only the old page showed, and
/// with resources of its own.
fn without_inheritance(object: &Object, id: ObjectId, changes: &Changes) -> Option<Object> {
    let Object::Dictionary(dict) = object else { return None };
    if changes.replaced.contains_key(&id) {
        let mut page = dict.clone();
        page.remove(b"Contents");
        page.remove(b"Resources");
        return Some(Object::Dictionary(page));
    }
    if let Some(resources) = changes.inherited.get(&id) {
        let mut page = dict.clone();
        if !page.has(b"Resources") {
            page.set("Resources", Object::Dictionary(resources.clone()));
        }
        return Some(Object::Dictionary(page));
    }
    if !changes.replaced.is_empty() && dict.has_type(b"Pages") {
        let mut node = dict.clone();
        node.remove(b"Resources");
        return Some(Object::Dictionary(node));
    }
    None
}

/// The identifier of the file as it was read. The key of a protected file depends on it.
fn old_identifier(store: &Store) -> Option<&[u8]> {
    store.array(&store.document.trailer, b"ID")?.first().and_then(|first| store.resolve(first).as_str().ok())
}

/// Resources whose font dictionary stands directly in them, so that a font can be added to it.
fn flat_fonts(store: &Store, resources: &Dictionary) -> Dictionary {
    let mut resources = resources.clone();
    let fonts = store.dict(&resources, b"Font").cloned().unwrap_or_default();
    resources.set("Font", Object::Dictionary(fonts));
    resources
}

fn add_label_font(copied: &mut Object, resources: Object, font: u32) {
    let Object::Dictionary(mut resources) = resources else {
        return;
    };
    if let Ok(Object::Dictionary(fonts)) = resources.get_mut(b"Font") {
        fonts.set(super::splice::LABEL_FONT, Object::Reference((font, 0)));
    }
    match copied {
        Object::Dictionary(dict) => dict.set("Resources", Object::Dictionary(resources)),
        Object::Stream(stream) => stream.dict.set("Resources", Object::Dictionary(resources)),
        _ => {}
    }
}

/// The data of a stream: new, or decoded and packed again so that nothing hides between the data and their end; data that are
/// sound and stay as they are keep the packing they have, up to its end. Pixels and what cannot be decoded are copied.
fn stream_data(
    store: &Store,
    old: &Stream,
    mut dict: Dictionary,
    trail: &Trail,
    new: Option<&Vec<u8>>,
    scrubber: &Scrubber,
) -> Result<Stream, Refusal> {
    for key in [b"Length".as_slice(), b"DL", b"F", b"FFilter", b"FDecodeParms"] {
        dict.remove(key);
    }
    let image = store.name(&old.dict, b"Subtype") == Some(b"Image");
    let sound = if new.is_some() || image { None } else { filters::decode_sound(store, old, 1 << 30) };
    let (packed, sound) = sound.map_or((None, None), |(plain, used)| (old.content.get(..used), Some(plain)));
    let plain = match new {
        Some(bytes) => Some(bytes.clone()),
        None if sound.is_some() => sound,
        None if image => None,
        None => match filters::decode(store, old, 1 << 30) {
            Ok(Decoded::Bytes(bytes)) => Some(bytes),
            _ => None,
        },
    };
    let Some(mut plain) = plain else {
        let content = super::images::without_metadata(store, &mut dict, old);
        return Ok(Stream { dict, content, allows_compression: false, start_position: None });
    };
    dict.remove(b"Filter");
    dict.remove(b"DecodeParms");
    let profile = old.dict.has(b"N") && !old.dict.has(b"FunctionType") && !old.dict.has(b"Subtype");
    let mut scrubbed = false;
    match trail.key.as_slice() {
        b"FontFile" | b"FontFile2" | b"FontFile3" => {
            for range in font_text::ranges(&plain) {
                scrubbed |= scrubber.blank(plain.get_mut(range).unwrap_or_default());
            }
        }
        b"ToUnicode" | b"Encoding" => scrubbed = font_text::blank_map(&mut plain),
        _ if store.number(&old.dict, b"FunctionType") == Some(4.0) => scrubbed = font_text::blank_comments(&mut plain),
        // Only printers of long ago run it, and it may say anything.
        _ if store.name(&old.dict, b"Subtype") == Some(b"PS") => {
            plain.clear();
            scrubbed = true;
        }
        _ if profile => scrubbed = scrubber.blank(&mut plain),
        _ => {}
    }
    if let (Some(packed), false) = (packed, scrubbed) {
        dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
        return Ok(Stream { dict, content: packed.to_vec(), allows_compression: false, start_position: None });
    }
    match deflated(dict, &plain)? {
        Object::Stream(stream) => Ok(stream),
        _ => Err(Refusal::Internal("a stream that is none".to_owned())),
    }
}

fn deflated(mut dict: Dictionary, data: &[u8]) -> Result<Object, Refusal> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::with_capacity(data.len() / 2), crate::package::EFFORT);
    let packed = encoder
        .write_all(data)
        .and_then(|()| encoder.finish())
        .map_err(|_| Refusal::Internal("compression failed".to_owned()))?;
    dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
    Ok(Object::Stream(Stream { dict, content: packed, allows_compression: false, start_position: None }))
}

/// A file being written.
pub(super) struct File<'a> {
    bytes: Vec<u8>,
    offsets: BTreeMap<u32, usize>,
    protection: Option<&'a EncryptionState>,
}

impl<'a> File<'a> {
    pub(super) fn begin(version: &str, protection: Option<&'a EncryptionState>) -> Self {
        let known = version.len() == 3 && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let version = if known { version } else { "1.7" };
        let mut bytes = format!("%PDF-{version}\n%").into_bytes();
        bytes.extend_from_slice(&[0xe2, 0xe3, 0xcf, 0xd3, b'\n']);
        Self { bytes, offsets: BTreeMap::new(), protection }
    }

    pub(super) fn object(&mut self, number: u32, mut object: Object) -> Result<(), Refusal> {
        if let Some(state) = self.protection {
            encrypt_object(state, (number, 0), &mut object)
                .map_err(|_| Refusal::Encrypted("the file's protection cannot be restored".to_owned()))?;
        }
        self.offsets.insert(number, self.bytes.len());
        self.bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        match object {
            Object::Stream(mut stream) => {
                stream.dict.set("Length", Object::Integer(stream.content.len() as i64));
                serialise_dictionary(&stream.dict, &mut self.bytes);
                self.bytes.extend_from_slice(b"\nstream\n");
                self.bytes.extend_from_slice(&stream.content);
                self.bytes.extend_from_slice(b"\nendstream");
            }
            other => serialise(&other, &mut self.bytes),
        }
        self.bytes.extend_from_slice(b"\nendobj\n");
        Ok(())
    }

    pub(super) fn finish(mut self, root: u32, info: Option<u32>, old_identifier: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
        let mut encryption = None;
        if let Some(state) = self.protection.take() {
            let dict = state.encode().map_err(|_| Refusal::Encrypted("the file's protection cannot be restored".to_owned()))?;
            let number = self.offsets.keys().next_back().map_or(1, |last| last + 1);
            self.object(number, Object::Dictionary(dict))?;
            encryption = Some(number);
        }
        let start = self.bytes.len();
        let size = self.offsets.keys().next_back().map_or(1, |last| last + 1);
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for number in 1..size {
            let _ = match self.offsets.get(&number) {
                Some(offset) => writeln!(table, "{offset:010} 00000 n "),
                None => writeln!(table, "0000000000 00000 f "),
            };
        }
        let mut trailer = Dictionary::new();
        trailer.set("Size", Object::Integer(i64::from(size)));
        trailer.set("Root", Object::Reference((root, 0)));
        if let Some(info) = info {
            trailer.set("Info", Object::Reference((info, 0)));
        }
        let identifier = if let Some(number) = encryption {
            trailer.set("Encrypt", Object::Reference((number, 0)));
            old_identifier.map(<[u8]>::to_vec)
        } else {
            Some(digest(&self.bytes).into_iter().flat_map(u64::to_be_bytes).collect())
        };
        if let Some(identifier) = identifier {
            let identifier = Object::String(identifier, StringFormat::Hexadecimal);
            trailer.set("ID", Object::Array(vec![identifier.clone(), identifier]));
        }
        self.bytes.extend_from_slice(table.as_bytes());
        self.bytes.extend_from_slice(b"trailer\n");
        serialise_dictionary(&trailer, &mut self.bytes);
        self.bytes.extend_from_slice(format!("\nstartxref\n{start}\n%%EOF\n").as_bytes());
        Ok(self.bytes)
    }
}

/// Two FNV-1a sums with different starts: an identifier, not a protection.
fn digest(bytes: &[u8]) -> [u64; 2] {
    [0xcbf2_9ce4_8422_2325_u64, 0x8422_2325_cbf2_9ce4].map(|start| {
        bytes.chunks(8).fold(start, |sum, chunk| {
            let word = chunk.iter().fold(0_u64, |word, &byte| word << 8 | u64::from(byte));
            (sum ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
        })
    })
}

fn serialise(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null | Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => {
            out.extend_from_slice(if value.is_finite() { value.to_string() } else { "0".to_owned() }.as_bytes());
        }
        Object::Name(name) => serialise_name(name, out),
        Object::String(bytes, format) => serialise_string(bytes, *format, out),
        Object::Reference((number, generation)) => out.extend_from_slice(format!("{number} {generation} R").as_bytes()),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                serialise(item, out);
            }
            out.push(b']');
        }
        Object::Dictionary(dict) => serialise_dictionary(dict, out),
    }
}

fn serialise_dictionary(dict: &Dictionary, out: &mut Vec<u8>) {
    out.extend_from_slice(b"<<");
    for (key, value) in dict {
        out.push(b' ');
        serialise_name(key, out);
        out.push(b' ');
        serialise(value, out);
    }
    out.extend_from_slice(b" >>");
}

pub(super) fn serialise_name(name: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for &byte in name {
        let plain = (b'!'..=b'~').contains(&byte)
            && !matches!(byte, b'#' | b'/' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'%');
        if plain {
            out.push(byte);
        } else {
            out.extend_from_slice(format!("#{byte:02x}").as_bytes());
        }
    }
}

pub(super) fn serialise_string(bytes: &[u8], format: StringFormat, out: &mut Vec<u8>) {
    if format == StringFormat::Hexadecimal || bytes.iter().any(|&byte| !(32..127).contains(&byte)) {
        out.push(b'<');
        for byte in bytes {
            out.extend_from_slice(format!("{byte:02x}").as_bytes());
        }
        out.push(b'>');
        return;
    }
    out.push(b'(');
    for &byte in bytes {
        if matches!(byte, b'(' | b')' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b')');
}
