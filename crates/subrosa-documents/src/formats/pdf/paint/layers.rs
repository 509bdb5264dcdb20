//! Which layers (optional content groups) are switched off when the file is opened. ISO 32000-2, 8.11.

use std::collections::HashSet;

use lopdf::{Dictionary, Object, ObjectId};

use crate::formats::pdf::store::Store;

/// The groups that the default configuration switches off.
#[derive(Default)]
pub(in crate::formats::pdf) struct Layers {
    off: HashSet<ObjectId>,
}

impl Layers {
    pub(in crate::formats::pdf) fn read(store: &Store) -> Self {
        let mut off = HashSet::new();
        let Some(properties) = store.root().and_then(|root| store.dict(root, b"OCProperties")) else {
            return Self { off };
        };
        let ids = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
            let items = store.array(dict, key).unwrap_or_default();
            items.iter().filter_map(|item| item.as_reference().ok()).collect()
        };
        let default = store.dict(properties, b"D");
        if default.and_then(|default| store.name(default, b"BaseState")) == Some(b"OFF") {
            off.extend(ids(properties, b"OCGs"));
        }
        if let Some(default) = default {
            off.extend(ids(default, b"OFF"));
            for id in ids(default, b"ON") {
                off.remove(&id);
            }
        }
        Self { off }
    }

    /// Whether a group, or a membership in groups, is not shown.
    pub(in crate::formats::pdf) fn hides(&self, store: &Store, object: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        let (id, found) = store.resolve_with_id(object);
        let Ok(dict) = found.as_dict() else { return false };
        if store.name(dict, b"Type") != Some(b"OCMD") {
            return id.is_some_and(|id| self.off.contains(&id));
        }
        let members: Vec<bool> = match dict.get(b"OCGs") {
            Ok(Object::Reference(id)) if !matches!(store.get(dict, b"OCGs"), Object::Array(_)) => vec![self.off.contains(id)],
            _ => {
                let items = store.array(dict, b"OCGs").unwrap_or_default();
                items.iter().filter_map(|item| item.as_reference().ok()).map(|id| self.off.contains(&id)).collect()
            }
        };
        if members.is_empty() {
            return false;
        }
        let any_off = members.contains(&true);
        let any_on = members.contains(&false);
        match store.name(dict, b"P") {
            Some(b"AllOn") => any_off,
            Some(b"AnyOff") => !any_off,
            Some(b"AllOff") => any_on,
            _ => !any_on,
        }
    }
}
