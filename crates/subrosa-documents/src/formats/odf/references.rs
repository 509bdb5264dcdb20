//! Where references in the markup lead: to a member of the package that stays, to one that goes, or out of it.

use std::collections::HashMap;

/// Where a reference leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a part that stays.
    Kept,
    /// To a part that goes.
    Dropped,
    /// Out of the package, or to a place in the document.
    Outside,
}

/// What is known of the package while its parts are read.
#[derive(Default)]
pub(super) struct References {
    /// Every member and every folder, and whether it stays.
    kept: HashMap<String, bool>,
    /// The folder of the document that each part belongs to, with its `/`.
    folders: Vec<String>,
    macros: bool,
}

impl References {
    /// The members as (name, folder of its document, whether it stays).
    pub(super) fn new<'m>(members: impl Iterator<Item = (&'m str, &'m str, bool)>, macros: bool) -> Self {
        let mut references = Self { macros, ..Self::default() };
        for (name, folder, kept) in members {
            for (at, _) in name.match_indices('/') {
                let stays = references.kept.entry(name.get(..at).unwrap_or_default().to_owned()).or_default();
                *stays |= kept;
            }
            references.kept.insert(name.to_owned(), kept);
            references.folders.push(folder.to_owned());
        }
        references
    }

    /// Whether the macros of the document go, and with them what calls them.
    pub(super) fn macros_go(&self) -> bool {
        self.macros
    }

    /// Where a reference in a part leads.
    pub(super) fn find(&self, part: usize, href: &str) -> Target {
        let folder = self.folders.get(part).map_or("", String::as_str);
        let path = href.strip_prefix("./").unwrap_or(href).trim_end_matches('/');
        let found = self.kept.get(&format!("{folder}{path}")).or_else(|| self.kept.get(path));
        match found {
            Some(true) => Target::Kept,
            Some(false) => Target::Dropped,
            None => Target::Outside,
        }
    }
}
