//! FHIR resources in JSON: what their elements are called, and the documents inside them.
//!
//! A resource is told by its `resourceType`. Its values are labelled by their path in plain words (`Patient.name.family` is
//! "family name"), identifiers and telephone numbers also by their system or type; the narrative (`text.div`) is read as
//! XHTML, attachments by their media type. Reference: FHIR R5, sections 2.6.2 (JSON) and 2.4 (`Attachment`, `Narrative`).

use std::sync::Arc;

use super::tokens::Text;
use crate::formats::health::labels;
use crate::formats::hl7::id_type;
use crate::formats::html::in_words;

/// Bytes in which a resource says what it is.
const HEAD: usize = 64 * 1024;

/// Whether the text begins as resources do.
pub(super) fn is(text: &str) -> bool {
    let head = text.as_bytes().get(..HEAD).unwrap_or(text.as_bytes());
    memchr::memmem::find(head, b"\"resourceType\"").is_some()
}

/// What is known of an open object or array.
#[derive(Default)]
pub(super) struct Context {
    /// What its system or type says of its value.
    system: Option<Arc<str>>,
    /// The segments of its values.
    values: Vec<usize>,
    /// The media type of an attachment.
    media: Option<String>,
    /// The data of an attachment.
    data: Option<Text>,
}

/// The open objects and arrays of a resource, beside the path of their keys.
#[derive(Default)]
pub(super) struct Resource {
    open: Vec<Context>,
}

impl Resource {
    pub(super) fn open(&mut self) {
        self.open.push(Context::default());
    }

    /// Ends the innermost object or array. Gives the attachment in it, and the segments that its system names.
    pub(super) fn close(&mut self) -> (Option<(Text, String)>, Vec<usize>, Option<Arc<str>>) {
        let Some(context) = self.open.pop() else { return (None, Vec::new(), None) };
        let attachment = context.data.map(|data| (data, context.media.unwrap_or_default()));
        (attachment, context.values, context.system)
    }

    /// The labels of a value under `key`, and what it says of its siblings. `path` are the keys around, outermost first.
    pub(super) fn value(&mut self, path: &[Option<Arc<str>>], key: &str, text: &str, segment: usize) -> Vec<String> {
        if let Some(context) = self.open.last_mut() {
            match key {
                "system" => context.system = labels::of_system(text).map(Arc::from).or(context.system.take()),
                "contentType" => context.media = Some(text.to_owned()),
                "value" => context.values.push(segment),
                _ => {}
            }
        }
        // The type of an identifier stands in an object of its own.
        let of_type = path.iter().rposition(|key| key.as_deref() == Some("type"));
        if let Some(owner) = of_type.and_then(|at| at.checked_sub(1)).filter(|_| matches!(key, "code" | "text" | "display")) {
            let named = if key == "code" {
                id_type(text).map(str::to_owned)
            } else {
                Some(in_words(text)).filter(|words| words.len() < 40)
            };
            if let (Some(context), Some(named)) = (self.open.get_mut(owner), named) {
                context.system.get_or_insert_with(|| Arc::from(named));
            }
        }
        let keys = path.iter().flatten().map(|key| &**key).chain([key]);
        labels::of_path(keys.collect::<Vec<_>>().into_iter())
    }

    /// Keeps the data of an attachment until its media type is known.
    pub(super) fn data(&mut self, place: Text) {
        if let Some(context) = self.open.last_mut() {
            context.data = Some(place);
        }
    }
}
