//! What a person should know of a written file: what it no longer has, and what nobody looked into.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

use super::store::Store;

/// Deepest nesting that is looked into.
const MAX_DEPTH: usize = 32;

/// One sentence a matter, without any text of the document.
pub(super) fn collect(store: &Store) -> Vec<String> {
    let mut left_out = [
        (false, "Attached files that cannot be inspected are left out."),
        (false, "Sound, films and 3D scenes are left out."),
        (false, "Scripts are left out."),
        (false, "Actions that open or send something outside the document are left out."),
        (false, "Digital signatures are left out: they would no longer be valid."),
        (false, "Form data packets (XFA) are left out; the form's fields stay."),
        (false, "Metadata (title, author, dates, XMP) is left out."),
    ];
    let mut stack: Vec<(&Object, usize)> = store.document.objects.values().map(|object| (object, 0)).collect();
    while let Some((object, depth)) = stack.pop() {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            Object::Array(items) if depth < MAX_DEPTH => {
                stack.extend(items.iter().map(|item| (item, depth + 1)));
                continue;
            }
            _ => continue,
        };
        for ((seen, _), has) in left_out.iter_mut().zip(kinds(store, dict)) {
            *seen |= has;
        }
        if depth < MAX_DEPTH {
            stack.extend(dict.iter().map(|(_, value)| (value, depth + 1)));
        }
    }
    left_out[6].0 |= store.document.trailer.has(b"Info");
    let mut notes: Vec<String> = left_out.iter().filter(|(seen, _)| *seen).map(|(_, note)| (*note).to_owned()).collect();
    if store.document.was_encrypted() {
        notes.push("The file's protection against changes is kept.".to_owned());
    }
    notes
}

/// Which of the matters a dictionary is about, in the order of the sentences.
fn kinds(store: &Store, dict: &Dictionary) -> [bool; 7] {
    let action = store.name(dict, b"S").unwrap_or_default();
    let annotation = if dict.has(b"Rect") { store.name(dict, b"Subtype").unwrap_or_default() } else { b"" };
    let media = matches!(annotation, b"Movie" | b"Sound" | b"Screen" | b"3D" | b"RichMedia");
    let outward = matches!(action, b"Launch" | b"SubmitForm" | b"ImportData" | b"GoToR" | b"GoToE");
    [
        dict.has(b"EF") && !store.keeps_files(dict),
        media,
        action == b"JavaScript" || dict.has(b"JS"),
        outward,
        dict.has(b"ByteRange"),
        dict.has(b"XFA"),
        dict.has_type(b"Metadata"),
    ]
}

/// How many images beside text were read.
pub(super) fn images(looked: usize) -> Option<String> {
    let what = "Handwriting, faces and what cannot be read by a program stay.";
    (looked > 0).then(|| format!("Images whose printed text was looked into: {looked}. {what}"))
}

/// Which pages were read from their picture.
pub(super) fn looked<T>(pages: &BTreeMap<usize, T>) -> Option<String> {
    let numbers: Vec<String> = pages.keys().map(|index| (index + 1).to_string()).collect();
    if numbers.is_empty() {
        return None;
    }
    Some(format!(
        "Pages read from their picture, and replaced by it where something is removed: {}; handwriting, faces and what cannot \
         be read by a program stay.",
        numbers.join(", ")
    ))
}
