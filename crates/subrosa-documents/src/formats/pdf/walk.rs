//! One walk over the objects of a file, used to read it and to write it.
//!
//! Reading collects every string and every name that can carry text; writing goes the same way and puts in replacements.
//! What a viewer does not need is not walked, so it is neither read nor written: metadata, private data of applications,
//! scripts, actions that leave the file, attachments that cannot be read, thumbnails, signatures, form data packets (XFA), times of change.

use lopdf::{Dictionary, Object, ObjectId};

use super::store::Store;
use super::strings;

/// The keys that led to an object, nearest first, as far as they decide what a value means.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Trail {
    pub key: Vec<u8>,
    pub parent: Vec<u8>,
    pub grandparent: Vec<u8>,
}

impl Trail {
    fn down(&self, key: &[u8]) -> Self {
        Self { key: key.to_vec(), parent: self.key.clone(), grandparent: self.parent.clone() }
    }
}

/// What a walk does with what it meets.
pub(super) trait Visitor {
    /// A string that may be text; the bytes to write for it.
    fn string(&mut self, trail: &Trail, owner: &Dictionary, bytes: &[u8]) -> Vec<u8>;
    /// A name that a person or a program may have chosen freely; the name to write for it.
    fn name(&mut self, trail: &Trail, name: &[u8]) -> Vec<u8>;
    /// The name of a destination; the name to write for it.
    fn destination(&mut self, name: &[u8]) -> Vec<u8>;
    /// A reference; the object to write for it.
    fn reference(&mut self, trail: &Trail, id: ObjectId) -> Object;
}

/// Copies what is to be kept of `object` through a visitor. For a stream only the dictionary is walked; its data stay out.
pub(super) fn copy(store: &Store, object: &Object, trail: &Trail, visitor: &mut dyn Visitor) -> Object {
    static EMPTY: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);
    walk(store, object, trail, &EMPTY, visitor)
}

fn walk(store: &Store, object: &Object, trail: &Trail, owner: &Dictionary, visitor: &mut dyn Visitor) -> Object {
    match object {
        Object::Reference(id) => visitor.reference(trail, *id),
        Object::Array(items) => Object::Array(array(store, items, trail, owner, visitor)),
        Object::Dictionary(dict) => Object::Dictionary(dictionary(store, dict, trail, visitor)),
        Object::Stream(stream) => {
            let dict = dictionary(store, &stream.dict, trail, visitor);
            Object::Stream(lopdf::Stream { dict, content: Vec::new(), allows_compression: false, start_position: None })
        }
        Object::String(bytes, format) => {
            let written = match trail.key.as_slice() {
                b"D" | b"Dest" => visitor.destination(bytes),
                key if is_binary(key) => bytes.clone(),
                _ => visitor.string(trail, owner, bytes),
            };
            Object::String(written, *format)
        }
        Object::Name(name) => Object::Name(match trail.key.as_slice() {
            b"Dest" => visitor.destination(name),
            b"D" if owner.has(b"S") => visitor.destination(name),
            key if is_free_name(key, owner) || trail.parent == b"RoleMap" => visitor.name(trail, name),
            _ => name.clone(),
        }),
        other => other.clone(),
    }
}

fn array(store: &Store, items: &[Object], trail: &Trail, owner: &Dictionary, visitor: &mut dyn Visitor) -> Vec<Object> {
    let head = items.first().and_then(|first| store.resolve(first).as_name().ok()).unwrap_or_default();
    match head {
        // The table of an indexed colour space is binary.
        b"Indexed" | b"I" if items.len() == 4 => {
            let inner = trail.down(b"Lookup");
            return items.iter().map(|item| walk(store, item, &inner, owner, visitor)).collect();
        }
        b"Separation" | b"DeviceN" if items.len() >= 4 => {
            let colorants = trail.down(b"Colorants");
            return items
                .iter()
                .enumerate()
                .map(|(index, item)| match item {
                    Object::Name(name) if index == 1 => Object::Name(visitor.name(&colorants, name)),
                    Object::Array(names) if index == 1 => Object::Array(
                        names
                            .iter()
                            .map(|name| {
                                if let Object::Name(name) = name {
                                    Object::Name(visitor.name(&colorants, name))
                                } else {
                                    Object::Null
                                }
                            })
                            .collect(),
                    ),
                    _ => walk(store, item, trail, owner, visitor),
                })
                .collect();
        }
        _ => {}
    }
    // Destinations by name: the first of each pair in a name tree's leaf, and both limits of a node. A pair whose value goes
    // goes as a whole.
    if matches!(trail.key.as_slice(), b"Names" | b"Limits") {
        let pairs = items.chunks(2).filter(|pair| !pair.iter().any(|item| is_removed(store, item)));
        return pairs
            .flatten()
            .map(|item| match item {
                Object::String(bytes, format) => Object::String(visitor.destination(bytes), *format),
                _ => walk(store, item, trail, owner, visitor),
            })
            .collect();
    }
    let kept = items.iter().filter(|item| !is_removed(store, item));
    kept.map(|item| walk(store, item, trail, owner, visitor)).collect()
}

fn dictionary(store: &Store, dict: &Dictionary, trail: &Trail, visitor: &mut dyn Visitor) -> Dictionary {
    let mut out = Dictionary::new();
    let states = matches!(trail.key.as_slice(), b"N" | b"D" | b"R")
        && trail.parent == b"AP"
        && !dict.has(b"Subtype")
        && !dict.has(b"Length");
    let maps = matches!(trail.key.as_slice(), b"RoleMap" | b"ClassMap" | b"Colorants" | b"CharProcs");
    let destinations = trail.key == b"Dests" && !dict.has(b"Kids") && !dict.has(b"Names");
    let kind = Kind::of(dict, trail);
    for (key, value) in dict {
        if !kind.keeps(store, dict, key) || is_removed(store, value) {
            continue;
        }
        let inner = trail.down(key);
        let written = walk(store, value, &inner, dict, visitor);
        let key = if states || maps {
            visitor.name(&inner, key)
        } else if destinations {
            visitor.destination(key)
        } else {
            key.clone()
        };
        out.set(key, written);
    }
    out
}

/// Whether a text is written as the tag of a language (RFC 5646) or says nothing.
fn is_language(text: &str) -> bool {
    let subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.is_empty() || text.split('-').next().is_some_and(|first| first.len() <= 3) && text.split('-').all(subtag)
}

/// Strings that hold no text.
fn is_binary(key: &[u8]) -> bool {
    matches!(key, b"Lookup" | b"Panose")
}

/// Names that are chosen, not prescribed.
fn is_free_name(key: &[u8], owner: &Dictionary) -> bool {
    match key {
        b"V" | b"DV" | b"AS" | b"BaseFont" | b"FontName" | b"CMapName" | b"Opt" | b"C" | b"Differences" | b"HalftoneName"
        | b"Name" => true,
        b"S" => owner.has_type(b"StructElem") || owner.has(b"P") && owner.has(b"K"),
        _ => false,
    }
}

/// What a dictionary is, as far as it decides which of its entries stay.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Catalog,
    Page,
    Names,
    Form,
    Annotation,
    Other,
}

impl Kind {
    fn of(dict: &Dictionary, trail: &Trail) -> Self {
        if dict.has_type(b"Catalog") {
            Self::Catalog
        } else if dict.has_type(b"Page") || dict.has(b"Contents") && dict.has(b"MediaBox") {
            Self::Page
        } else if trail.key == b"Names" && trail.parent == b"Root" {
            Self::Names
        } else if trail.key == b"AcroForm" {
            Self::Form
        } else if dict.has(b"Rect") || dict.has(b"FT") || dict.has(b"Kids") && dict.has(b"T") {
            Self::Annotation
        } else {
            Self::Other
        }
    }

    /// Whether an entry is needed to view the document.
    fn keeps(self, store: &Store, dict: &Dictionary, key: &[u8]) -> bool {
        match (self, key) {
            (
                Self::Catalog,
                b"Type" | b"Version" | b"Pages" | b"PageLabels" | b"Names" | b"Dests" | b"ViewerPreferences" | b"PageLayout"
                | b"PageMode" | b"Outlines" | b"OpenAction" | b"AcroForm" | b"StructTreeRoot" | b"MarkInfo" | b"Lang"
                | b"OCProperties" | b"OutputIntents",
            )
            | (
                Self::Page,
                b"Type" | b"Parent" | b"Resources" | b"MediaBox" | b"CropBox" | b"BleedBox" | b"TrimBox" | b"ArtBox"
                | b"Contents" | b"Rotate" | b"Group" | b"Annots" | b"StructParents" | b"UserUnit" | b"Tabs" | b"Trans" | b"Dur",
            )
            | (Self::Names, b"Dests" | b"AP") => true,
            (Self::Names, b"EmbeddedFiles") => !store.attached.is_empty(),
            (Self::Catalog | Self::Page | Self::Names, _)
            | (
                Self::Annotation | Self::Other,
                b"Metadata" | b"PieceInfo" | b"LastModified" | b"AA" | b"Thumb" | b"AF" | b"SpiderInfo" | b"RF" | b"CI"
                | b"Params" | b"Alternates" | b"OPI" | b"CharSet" | b"CIDSet" | b"IDTree" | b"Measure",
            ) => false,
            (Self::Form, key) => !matches!(key, b"XFA" | b"SigFlags"),
            (_, b"M" | b"CreationDate" | b"NM" | b"RC" | b"RV" | b"DS" | b"Lock" | b"SV") => self != Self::Annotation,
            (_, b"EF") => store.keeps_files(dict),
            // What an old font is called in resources that may call it otherwise.
            (_, b"Name") => !dict.has_type(b"Font"),
            (_, b"Lang") => store.get(dict, b"Lang").as_str().is_ok_and(|bytes| is_language(&strings::decode(bytes))),
            (_, b"ID") if dict.has(b"EF") => false,
            (_, b"ID") => !(dict.has_type(b"StructElem") || dict.has(b"P") && dict.has(b"K")),
            (_, b"Headers") => !dict.has(b"O"),
            (_, key) => !key.starts_with(b"PTEX.") && !key.starts_with(b"ADBE_") && !key.starts_with(b"GTS_"),
        }
    }
}

/// Whether an object is dropped wherever it is referred to.
pub(super) fn is_removed(store: &Store, object: &Object) -> bool {
    let (id, object) = store.resolve_with_id(object);
    let dict = match object {
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => {
            let dict = &stream.dict;
            return dict.has_type(b"EmbeddedFile") && id.is_none_or(|id| !store.attached.contains(&id))
                || dict.has_type(b"Metadata")
                || dict.has_type(b"ObjStm")
                || dict.has_type(b"XRef");
        }
        _ => return false,
    };
    // One look at each key: this is asked of every object wherever it is referred to.
    let (mut rect, mut range, mut contents, mut kids, mut typed, mut kind, mut subtype, mut action) =
        (false, false, false, false, false, b"".as_slice(), b"".as_slice(), b"".as_slice());
    let name = |value| store.resolve(value).as_name().unwrap_or_default();
    for (key, value) in dict {
        match key.as_slice() {
            b"Rect" => rect = true,
            b"ByteRange" => range = true,
            b"Contents" => contents = true,
            b"K" => kids = true,
            b"Type" => (typed, kind) = (true, value.as_name().unwrap_or_default()),
            b"Subtype" => subtype = name(value),
            b"S" => action = name(value),
            _ => {}
        }
    }
    if rect && subtype == b"FileAttachment" {
        return !store.dict(dict, b"FS").is_some_and(|specification| store.keeps_files(specification));
    }
    if rect && matches!(subtype, b"Movie" | b"Sound" | b"Screen" | b"3D" | b"RichMedia" | b"TrapNet") {
        return true;
    }
    if range || kind == b"Sig" && contents || kind == b"DocTimeStamp" {
        return true;
    }
    if kind == b"Filespec" || kind == b"F" {
        return !store.keeps_files(dict);
    }
    (!typed || kind == b"Action")
        && !kids
        && matches!(
            action,
            b"JavaScript"
                | b"Launch"
                | b"SubmitForm"
                | b"ImportData"
                | b"GoToR"
                | b"GoToE"
                | b"Rendition"
                | b"Movie"
                | b"Sound"
                | b"RichMediaExecute"
                | b"Thread"
                | b"GoTo3DView"
                | b"GoToDp"
        )
}
