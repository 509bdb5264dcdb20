//! Images are copied pixel for pixel, but what a camera or a program wrote beside the pixels is left out, and what stands behind
//! their data.

use lopdf::{Dictionary, Object, Stream};

use super::filters;
use super::store::Store;
use crate::image;

/// Where a stream names its filters and their parameters.
const FILTERS: [&[u8]; 2] = [b"Filter", b"DecodeParms"];

/// Most bytes that the filters before that of a picture may give.
const LIMIT: usize = 1 << 30;

/// The data of an image, and `dict` (which is written, with its own numbers of objects) with the filters that belong to them:
/// a JPEG or JPEG 2000 picture without metadata and behind no other filter, compressed pixels up to their end.
pub(super) fn without_metadata(store: &Store, dict: &mut Dictionary, image: &Stream) -> Vec<u8> {
    match filters::unpacked(store, image, LIMIT) {
        Ok((picture, Some(index))) if index == 0 || FILTERS.iter().all(|key| !is_elsewhere(dict, key)) => {
            if index > 0 {
                for key in FILTERS {
                    keep_only(dict, key, index);
                }
            }
            image::salvaged(&picture).unwrap_or_else(|| picture.into_owned())
        }
        _ => {
            let length = filters::deflated_length(store, image).unwrap_or(image.content.len());
            image.content.get(..length).unwrap_or(&image.content).to_vec()
        }
    }
}

/// Whether an entry is another object.
fn is_elsewhere(dict: &Dictionary, key: &[u8]) -> bool {
    matches!(dict.get(key), Ok(Object::Reference(_)))
}

/// Leaves one of a list of filters or their parameters.
fn keep_only(dict: &mut Dictionary, key: &[u8], index: usize) {
    match dict.get(key).ok().and_then(|list| list.as_array().ok()?.get(index)).cloned() {
        Some(Object::Null) | None => drop(dict.remove(key)),
        Some(one) => dict.set(key, one),
    }
}
