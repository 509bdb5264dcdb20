//! What keyed operators and codes need and a policy does not hold.

use crate::key::Key;
use crate::store::Store;

/// The key, the store and the subject of a run. Nothing of it is needed by policies that only remove and label.
#[derive(Clone, Copy, Default)]
pub struct Secrets<'a> {
    /// Makes pseudonyms that are the same everywhere where the key is.
    pub key: Option<&'a Key>,
    /// Keeps codes that are not made from the value.
    pub store: Option<&'a dyn Store>,
    /// Whom the documents are about, so that all dates of one person are shifted alike. Empty when nobody said.
    pub subject: &'a str,
}

/// What an operator cannot work without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// It works by itself.
    Nothing,
    /// A key.
    Key,
    /// A store.
    Store,
}

impl Secrets<'_> {
    /// Whether they hold what is needed.
    pub fn have(&self, needs: Needs) -> bool {
        match needs {
            Needs::Nothing => true,
            Needs::Key => self.key.is_some(),
            Needs::Store => self.store.is_some(),
        }
    }
}
