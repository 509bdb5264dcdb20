//! The loaded objects, with look-ups that follow references and never loop.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::geometry::Matrix;

/// Longest chain of references that is followed.
const MAX_HOPS: usize = 32;

static NULL: Object = Object::Null;

/// The objects of a file.
pub(crate) struct Store {
    pub document: Document,
    /// Embedded files that stay: streams whose contents are read as documents of their own.
    pub attached: BTreeSet<ObjectId>,
}

impl Store {
    /// The object behind a reference, or the object itself; null where nothing stands or the chain does not end.
    pub(crate) fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.resolve_with_id(object).1
    }

    /// As [`Store::resolve`], with the number of the object last reached.
    pub(crate) fn resolve_with_id<'a>(&'a self, mut object: &'a Object) -> (Option<ObjectId>, &'a Object) {
        let mut last = None;
        for _ in 0..MAX_HOPS {
            let Object::Reference(id) = object else {
                return (last, object);
            };
            last = Some(*id);
            match self.document.objects.get(id) {
                Some(next) => object = next,
                None => return (last, &NULL),
            }
        }
        (None, &NULL)
    }

    pub(crate) fn get<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> &'a Object {
        dict.get(key).map_or(&NULL, |object| self.resolve(object))
    }

    pub(crate) fn dict<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        match self.get(dict, key) {
            Object::Dictionary(found) => Some(found),
            Object::Stream(found) => Some(&found.dict),
            _ => None,
        }
    }

    pub(crate) fn stream<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.get(dict, key).as_stream().ok()
    }

    pub(crate) fn array<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
        self.get(dict, key).as_array().ok().map(Vec::as_slice)
    }

    pub(crate) fn name<'a>(&'a self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dict, key).as_name().ok()
    }

    pub(crate) fn number(&self, dict: &Dictionary, key: &[u8]) -> Option<f64> {
        as_number(self.get(dict, key))
    }

    pub(crate) fn numbers(&self, dict: &Dictionary, key: &[u8]) -> Option<Vec<f64>> {
        self.array(dict, key)?.iter().map(|one| as_number(self.resolve(one))).collect()
    }

    pub(super) fn matrix(&self, dict: &Dictionary, key: &[u8]) -> Option<Matrix> {
        let values: [f64; 6] = self.numbers(dict, key)?.try_into().ok()?;
        Some(Matrix(values))
    }

    /// The embedded files of a file specification; empty for any other dictionary.
    pub(super) fn embedded_files(&self, specification: &Dictionary) -> Vec<ObjectId> {
        let Some(files) = self.dict(specification, b"EF") else { return Vec::new() };
        let mut ids: Vec<ObjectId> = files.iter().filter_map(|(_, file)| self.resolve_with_id(file).0).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Whether a file specification stays: it has embedded files, and each can be read.
    pub(super) fn keeps_files(&self, specification: &Dictionary) -> bool {
        let files = self.embedded_files(specification);
        !files.is_empty() && files.iter().all(|file| self.attached.contains(file))
    }

    pub(crate) fn root(&self) -> Option<&Dictionary> {
        self.dict(&self.document.trailer, b"Root")
    }
}

/// A number, real or integer.
pub(crate) fn as_number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)),
        _ => None,
    }
}
